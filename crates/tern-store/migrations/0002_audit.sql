CREATE TABLE audit (
    -- Table: who read what is restricted and why, and what a rule stopped. Rows are added, never altered, and hold
    -- no answer of a child.
    ord        INTEGER PRIMARY KEY,
    -- When, by the device's clock: milliseconds since 1970 and minutes east of UTC.
    at_ms      INTEGER NOT NULL,
    offset_min INTEGER NOT NULL,
    -- Seat of the worker who did it.
    seat       BLOB NOT NULL CHECK (length(seat) = 16),
    -- Code of what was done: read_restricted, blocked …
    what       TEXT NOT NULL,
    -- The record it was about; NULL for the whole programme.
    record     BLOB CHECK (length(record) = 16),
    -- The reason that was typed, or the rule.
    why        TEXT NOT NULL
) STRICT;
CREATE INDEX audit_record ON audit (record);
