-- What a hub keeps: sealed work, who belongs, and its own key. Nothing here names a person.

CREATE TABLE own (
    -- Table: the one row of this hub.
    one     INTEGER PRIMARY KEY CHECK (one = 1),
    -- Programme; NULL until one was given.
    realm   BLOB CHECK (length(realm) = 32),
    -- Seed of the key that signs replies.
    key     BLOB CHECK (length(key) = 32),
    -- Written to see that it can be.
    touched INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO own (one) VALUES (1);

CREATE TABLE statement (
    -- Table: signed entries of the roster, in the order in which they came.
    ord   INTEGER PRIMARY KEY,
    id    BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE wrap (
    -- Table: keys of epochs, wrapped to seats: so somebody says.
    epoch BLOB NOT NULL CHECK (length(epoch) = 16),
    seat  BLOB NOT NULL CHECK (length(seat) = 16),
    bytes BLOB NOT NULL,
    -- Seat that brought it first; zeros for the roster file.
    brought BLOB NOT NULL CHECK (length(brought) = 16),
    PRIMARY KEY (epoch, seat, bytes)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    -- Table: hash chains of envelopes, each of one seat in one scope.
    id    BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    seat  BLOB NOT NULL CHECK (length(seat) = 16),
    -- How much of it is held.
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE envelope (
    -- Table: signed, sealed work.
    ord   INTEGER PRIMARY KEY,
    id    BLOB NOT NULL UNIQUE CHECK (length(id) = 32),
    log   BLOB NOT NULL CHECK (length(log) = 16),
    -- Place in the log, from 0. A forked log has two envelopes of one place.
    seq   INTEGER NOT NULL CHECK (seq >= 0),
    -- The envelope before; 32 zero bytes for the first.
    prev  BLOB NOT NULL CHECK (length(prev) = 32),
    bytes BLOB NOT NULL
) STRICT;
CREATE INDEX envelope_by_log ON envelope (log, seq, id, prev);

CREATE TABLE blob (
    -- Table: sealed attachments that lie beside this file whole.
    id    BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    size  INTEGER NOT NULL CHECK (size >= 0),
    -- Seat that brought it.
    seat  BLOB NOT NULL CHECK (length(seat) = 16)
) STRICT, WITHOUT ROWID;

CREATE TABLE memory (
    -- Table: what a seat was last known to hold.
    seat  BLOB NOT NULL PRIMARY KEY CHECK (length(seat) = 16),
    bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE usage (
    -- Table: what is kept of each seat.
    seat       BLOB NOT NULL PRIMARY KEY CHECK (length(seat) = 16),
    envelopes  INTEGER NOT NULL DEFAULT 0,
    bytes      INTEGER NOT NULL DEFAULT 0,
    logs       INTEGER NOT NULL DEFAULT 0,
    blobs      INTEGER NOT NULL DEFAULT 0,
    blob_bytes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE late (
    -- Table: what is kept of each seat that is out, beyond where its removal says that it stood.
    seat      BLOB NOT NULL PRIMARY KEY CHECK (length(seat) = 16),
    envelopes INTEGER NOT NULL DEFAULT 0,
    -- Of envelopes and of blobs that it brought.
    bytes     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 1;
