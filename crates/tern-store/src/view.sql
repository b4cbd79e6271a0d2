-- A view file: derived tables of one scope above core, under a key that only its members' slots hold.

CREATE TABLE value (
    -- Table: what each answered field of the scope holds.
    record   BLOB NOT NULL CHECK (length(record) = 16),
    path     TEXT NOT NULL,
    -- Canonical CBOR of the value to show.
    value    BLOB NOT NULL,
    -- 1 when devices differ.
    disputed INTEGER NOT NULL,
    PRIMARY KEY (record, path)
) STRICT, WITHOUT ROWID;

-- Index: numbers that other systems gave, for finding by them.
CREATE INDEX value_external_id ON value (value) WHERE path GLOB 'external_ids/*';

CREATE TABLE thumbnail (
    -- Table: small pictures, opened, so that a profile appears at once.
    record BLOB NOT NULL PRIMARY KEY CHECK (length(record) = 16),
    -- Hash of the sealed photo it was made from.
    blob   BLOB NOT NULL CHECK (length(blob) = 32),
    jpeg   BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE through (
    -- Table: one row: up to which intent this file is derived, and by which code.
    one     INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    ord     INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
