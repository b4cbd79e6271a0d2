CREATE TABLE unopened (
    -- Table: envelopes that lie here sealed for somebody else who reads their scope.
    envelope INTEGER NOT NULL PRIMARY KEY REFERENCES envelope (ord)
) STRICT, WITHOUT ROWID;
