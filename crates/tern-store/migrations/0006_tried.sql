CREATE TABLE tried (
    -- Table: what a seat found when it last tried something kept aside, so that it is tried again only when that may have
    -- changed.
    held     BLOB NOT NULL REFERENCES quarantine (id) ON DELETE CASCADE,
    seat     BLOB NOT NULL CHECK (length(seat) = 16),
    -- Hash of all that the answer depended on.
    knew     BLOB NOT NULL CHECK (length(knew) = 32),
    -- Ids of the records whose answers it depended on, one after another.
    records  BLOB NOT NULL CHECK (length(records) % 16 = 0),
    -- Why it would not count if somebody took it; empty when it would, NULL when nobody is asked.
    if_taken TEXT,
    -- The seat reads what it holds.
    opens    INTEGER NOT NULL CHECK (opens IN (0, 1)),
    PRIMARY KEY (held, seat)
) STRICT, WITHOUT ROWID;
