CREATE TABLE to_mend (
    -- Table: records that came and count by another. Whether that one counts is still to be looked at.
    record BLOB NOT NULL PRIMARY KEY CHECK (length(record) = 16)
) STRICT, WITHOUT ROWID;
