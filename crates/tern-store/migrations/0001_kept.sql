-- Kept tables: the truth. Migrations only add; an older Tern must still open the file.

CREATE TABLE intent (
    -- Table: what people put, one row an intent. What is said in it is never altered: only the envelope that carries it,
    -- and, when its scope does not count any more, scope and key.
    -- Order in which this device learned of it.
    ord         INTEGER PRIMARY KEY,
    -- Hash that identifies it.
    id          BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    -- Document: one compartment of one record.
    doc         BLOB NOT NULL CHECK (length(doc) = 16),
    -- Record.
    record      BLOB NOT NULL CHECK (length(record) = 16),
    -- 0 core, 1 protection, 2 restricted.
    compartment INTEGER NOT NULL CHECK (compartment BETWEEN 0 AND 2),
    -- Scope whose key it travels under.
    scope       BLOB NOT NULL CHECK (length(scope) = 16),
    -- Seat that made it.
    seat        BLOB NOT NULL CHECK (length(seat) = 16),
    -- When its author says it was typed, in milliseconds.
    at_ms       INTEGER NOT NULL,
    -- Epoch under whose key the body is sealed; NULL when plain, which only core may be.
    epoch       BLOB CHECK ((epoch IS NULL) = (compartment = 0)),
    -- Canonical CBOR, or the same sealed.
    body        BLOB NOT NULL,
    -- Envelope that carries it; NULL while it is not sealed into one.
    envelope    INTEGER REFERENCES envelope (ord)
) STRICT;
CREATE INDEX intent_by_doc ON intent (doc, ord);
CREATE INDEX intent_by_record ON intent (record, ord);
CREATE INDEX intent_unsealed ON intent (seat, scope, ord) WHERE envelope IS NULL;

CREATE TABLE envelope (
    -- Table: signed, sealed work of one seat in one scope, own and foreign.
    ord   INTEGER PRIMARY KEY,
    -- Hash of its header.
    id    BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    -- Hash chain it belongs to.
    log   BLOB NOT NULL CHECK (length(log) = 16),
    -- Place in the chain, from 0. A forked log has two envelopes of one place.
    seq   INTEGER NOT NULL,
    -- The envelope before; 32 zero bytes for the first.
    prev  BLOB NOT NULL CHECK (length(prev) = 32),
    -- Scope.
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    -- Seat that signed it.
    seat  BLOB NOT NULL CHECK (length(seat) = 16),
    -- As made or received.
    bytes BLOB NOT NULL CHECK (length(bytes) > 80)
) STRICT;
CREATE INDEX envelope_by_log ON envelope (log, seq, id, prev);
CREATE INDEX envelope_by_seat ON envelope (seat, log, seq);

CREATE TABLE roster (
    -- Table: signed entries of who belongs and what may be read by whom.
    ord   INTEGER PRIMARY KEY,
    -- Hash of its bytes.
    id    BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    -- As made or received.
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE scope_key (
    -- Table: epoch keys and view keys of scopes, sealed so that only the seat's own slot opens them.
    seat   BLOB NOT NULL CHECK (length(seat) = 16),
    scope  BLOB NOT NULL CHECK (length(scope) = 16),
    -- Epoch, or sixteen zero bytes for the key of the view file.
    epoch  BLOB NOT NULL CHECK (length(epoch) = 16),
    -- Sealed under the seat's keyring key.
    sealed BLOB NOT NULL CHECK (length(sealed) > 80),
    PRIMARY KEY (seat, scope, epoch)
) STRICT, WITHOUT ROWID;

CREATE TABLE secret (
    -- Table: single secrets of a seat, such as the root key until it is shared among coordinators.
    seat   BLOB NOT NULL CHECK (length(seat) = 16),
    name   TEXT NOT NULL,
    -- Sealed under the seat's keyring key.
    sealed BLOB NOT NULL CHECK (length(sealed) > 80),
    PRIMARY KEY (seat, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    -- Table: this device's own logs, one for each scope, seat and incarnation.
    id    BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    seat  BLOB NOT NULL CHECK (length(seat) = 16),
    -- Next place to fill.
    next  INTEGER NOT NULL,
    -- Id of the newest envelope; 32 zero bytes before the first.
    head  BLOB NOT NULL CHECK (length(head) = 32),
    UNIQUE (scope, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    -- Table: forms that were begun, content apart in `draft_part`.
    id           BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    -- Seat whose worker began it, or took it over.
    seat         BLOB NOT NULL CHECK (length(seat) = 16),
    -- Form id and version.
    form         TEXT NOT NULL,
    form_version INTEGER NOT NULL,
    -- Begun and last saved: milliseconds and minutes east of UTC.
    begun_ms     INTEGER NOT NULL,
    begun_min    INTEGER NOT NULL,
    saved_ms     INTEGER NOT NULL,
    saved_min    INTEGER NOT NULL,
    -- Codes of `help_asked`, comma between: shown while the content stays closed.
    help         TEXT NOT NULL DEFAULT '',
    -- The record it became; the draft then only waits to be closed.
    record       BLOB CHECK (length(record) = 16),
    -- When its worker dropped it; kept so that dropping can be undone.
    dropped_ms   INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_part (
    -- Table: answers of a draft as typed, one row a compartment.
    draft       BLOB NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    compartment INTEGER NOT NULL CHECK (compartment BETWEEN 0 AND 2),
    -- Epoch under whose key the body is sealed; NULL when plain, which only core may be.
    epoch       BLOB CHECK ((epoch IS NULL) = (compartment = 0)),
    body        BLOB NOT NULL,
    PRIMARY KEY (draft, compartment)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob (
    -- Table: sealed attachments that lie beside the vault, by the hash of their ciphertext.
    id     BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    record BLOB NOT NULL CHECK (length(record) = 16),
    scope  BLOB NOT NULL CHECK (length(scope) = 16),
    -- Bytes of ciphertext.
    size   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
    -- Table: what the gate refused, with the reason; never dropped unseen.
    ord   INTEGER PRIMARY KEY,
    -- The envelope, once its author's signature was checked; before that, hash of the refused bytes.
    id    BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    -- Stable reason code.
    code  TEXT NOT NULL,
    -- When it came first.
    at_ms INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    -- Where the envelope stands, and the one before it: told once the signature was checked.
    seat  BLOB,
    log   BLOB CHECK ((log IS NULL) = (seat IS NULL)),
    seq   INTEGER CHECK ((seq IS NULL) = (seat IS NULL)),
    prev  BLOB CHECK ((prev IS NULL) = (seat IS NULL))
) STRICT;
CREATE INDEX quarantine_by_log ON quarantine (log, seq);
CREATE INDEX quarantine_by_seat ON quarantine (seat);

CREATE TABLE declined (
    -- Table: work that somebody looked at and left aside. It stays so by whatever way it comes again.
    envelope BLOB NOT NULL PRIMARY KEY CHECK (length(envelope) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    -- Table: choices of the programme and of this device.
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
