CREATE TABLE read_once (
    -- Table: files of others that were read whole. What one says of what its writer holds counts once: whatever was heard
    -- later is younger.
    digest BLOB NOT NULL PRIMARY KEY CHECK (length(digest) = 32)
) STRICT, WITHOUT ROWID;
