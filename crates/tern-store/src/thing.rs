//! Records that are no child's: places, organisations, people, country profiles.

use rusqlite::named_params;
use tern_record::RecordId;

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

impl WriteTx<'_> {
    /// Replaces what lists say of a record.
    pub fn put_thing(&self, record: RecordId, kind: &str, title: &str) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO thing (record, kind, title) VALUES (:record, :kind, :title)
                 ON CONFLICT (record) DO UPDATE SET kind = :kind, title = :title",
            )?
            .execute(named_params! { ":record": record.as_bytes(), ":kind": kind, ":title": title })?;
        Ok(())
    }
}

impl Vault {
    /// Records of a kind with their titles, by title.
    pub fn things(&self, kind: &str) -> Result<Vec<(RecordId, String)>> {
        let mut query = self
            .db()
            .prepare_cached("SELECT record, title FROM thing WHERE kind = :kind ORDER BY title, record")?;
        let rows = query
            .query_map(named_params! { ":kind": kind }, |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))?;
        rows.map(|row| {
            let (record, title) = row?;
            Ok((id(&record, "thing", RecordId::from_slice)?, title))
        })
        .collect()
    }

    /// Kind and title of a record.
    pub fn thing(&self, record: RecordId) -> Result<Option<(String, String)>> {
        use rusqlite::OptionalExtension as _;
        let mut query = self.db().prepare_cached("SELECT kind, title FROM thing WHERE record = :record")?;
        Ok(query
            .query_row(named_params! { ":record": record.as_bytes() }, |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?)
    }
}
