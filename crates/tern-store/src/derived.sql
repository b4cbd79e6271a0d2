-- Derived tables: dropped and made again from the intents whenever the code that makes them changes.

CREATE TABLE child (
    -- Table: what lists show of a child, one row a record. Core answers only.
    row        INTEGER PRIMARY KEY,
    record     BLOB NOT NULL UNIQUE CHECK (length(record) = 16),
    -- The name to show; empty when none is known.
    name       TEXT NOT NULL,
    -- Every name as written, one a line.
    names      TEXT NOT NULL,
    -- Code of list `sex`; empty when not answered.
    sex        TEXT NOT NULL,
    -- Days since 1970-01-01 that the birth date can mean; NULL when not known.
    born_from  INTEGER,
    born_to    INTEGER,
    -- Middle of the above, for the age that lists show.
    born       INTEGER,
    -- 1 when not known to the day.
    estimated  INTEGER NOT NULL,
    -- 1 when the day is one that officials write when nobody knows.
    heaped     INTEGER NOT NULL,
    -- Codes, comma between.
    languages  TEXT NOT NULL,
    -- Places as written, one a line.
    places     TEXT NOT NULL,
    -- First and last change: milliseconds and minutes east of UTC, and whether the clock was doubted.
    begun_ms   INTEGER NOT NULL,
    begun_min  INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    changed_min INTEGER NOT NULL,
    -- 1 when the clock was doubted at the last change.
    unsure     INTEGER NOT NULL,
    -- Fields of the core on which devices differ.
    disputes   INTEGER NOT NULL
) STRICT;
CREATE INDEX child_changed ON child (changed_ms);
CREATE INDEX child_begun ON child (begun_ms);

CREATE TABLE thing (
    -- Table: records that are no child's: places, organisations, people, country profiles …
    record BLOB NOT NULL PRIMARY KEY CHECK (length(record) = 16),
    -- The kind that its form names.
    kind   TEXT NOT NULL,
    -- What lists call it; empty when it has no name yet.
    title  TEXT NOT NULL,
    -- A record whose title stands before this one: a visit is called by the place it was made to.
    about  BLOB CHECK (about IS NULL OR length(about) = 16)
) STRICT;
CREATE INDEX thing_kind ON thing (kind, title);

CREATE TABLE name_key (
    -- Table: what a child is found by: words and sounds of its names and searchable answers.
    -- 0 word as folded, 1 word as romanised, 2 consonant skeleton.
    kind  INTEGER NOT NULL,
    key   TEXT NOT NULL,
    child INTEGER NOT NULL REFERENCES child (row),
    PRIMARY KEY (kind, key, child)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_key_child ON name_key (child);

CREATE TABLE typo_key (
    -- Table: hashes of words with one letter left out: finds a word with one wrong letter.
    hash  INTEGER NOT NULL,
    child INTEGER NOT NULL REFERENCES child (row),
    PRIMARY KEY (hash, child)
) STRICT, WITHOUT ROWID;
CREATE INDEX typo_key_child ON typo_key (child);
