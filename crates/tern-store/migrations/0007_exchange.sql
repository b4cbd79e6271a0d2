CREATE TABLE held_log (
    -- Table: how much of each log is held, taken or kept aside. Follows from the envelopes; kept so that an exchange need
    -- not read them all.
    log   BLOB NOT NULL PRIMARY KEY CHECK (length(log) = 16),
    scope BLOB NOT NULL CHECK (length(scope) = 16),
    seat  BLOB NOT NULL CHECK (length(seat) = 16),
    -- Canonical CBOR: ends of whole chains, and envelopes with a gap before them.
    state BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE peer (
    -- Table: hubs and devices that this one has exchanged with, or knows of by a file.
    -- Key that they sign with.
    key     BLOB NOT NULL PRIMARY KEY CHECK (length(key) = 32),
    -- Seat of a device; NULL for a hub.
    seat    BLOB CHECK (length(seat) = 16),
    -- Where it was reached last; empty when only by file.
    address TEXT NOT NULL,
    -- What it is known to hold, because it signed so.
    memory  BLOB NOT NULL,
    -- When it signed last, by this device's clock: milliseconds since 1970.
    met_ms  INTEGER NOT NULL,
    -- It once lacked what it had signed for: it came back from an old copy.
    fell_back_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE asker (
    -- Table: what devices that asked this one held then, so that the next exchange is short.
    seat   BLOB NOT NULL PRIMARY KEY CHECK (length(seat) = 16),
    memory BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blob_at (
    -- Table: attachments that a hub or device is known to hold.
    blob BLOB NOT NULL CHECK (length(blob) = 32),
    key  BLOB NOT NULL CHECK (length(key) = 32),
    PRIMARY KEY (blob, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob_wanted (
    -- Table: attachments that records here speak of and that are not here.
    id     BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    record BLOB NOT NULL CHECK (length(record) = 16),
    scope  BLOB NOT NULL CHECK (length(scope) = 16),
    -- Bytes of content, as the record says.
    size   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX quarantine_by_place ON quarantine (log, seq, id);

CREATE INDEX intent_by_envelope ON intent (envelope, record);
