-- The seat that an event was about: who was admitted, changed, removed, lent to. An event is about a record or about a
-- seat, never about both; NULL where it is about neither.
ALTER TABLE audit ADD COLUMN whom BLOB CHECK (whom IS NULL OR (length(whom) = 16 AND record IS NULL));
CREATE INDEX audit_whom ON audit (whom);
