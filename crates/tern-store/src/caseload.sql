CREATE TABLE caseload (
    -- Table: how each child stands, one row a record: what the board and lists of tasks are read from.
    record BLOB NOT NULL PRIMARY KEY CHECK (length(record) = 16),
    -- 1 while the record is open.
    open   INTEGER NOT NULL,
    -- Where the child is; empty when nobody said.
    site   TEXT NOT NULL,
    -- Group of the site that the child is in; empty for none.
    circle TEXT NOT NULL,
    -- Who has the child in care, as written; empty for nobody.
    worker TEXT NOT NULL,
    -- How the needs stand, and what is to be done: JSON of the code that made it.
    needs  TEXT NOT NULL,
    tasks  TEXT NOT NULL
) STRICT;
CREATE INDEX caseload_open ON caseload (open, site);
