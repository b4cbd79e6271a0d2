//! Signed entries of who belongs.

use rusqlite::named_params;
use tern_record::EntryId;

use crate::{Result, Vault, WriteTx};

impl WriteTx<'_> {
    /// Adds an entry; `false` when it was there already.
    pub fn add_roster_entry(&self, id: EntryId, bytes: &[u8]) -> Result<bool> {
        let added = self
            .0
            .prepare_cached(
                "INSERT INTO roster (id, bytes) VALUES (:id, :bytes) ON CONFLICT (id) DO NOTHING",
            )?
            .execute(named_params! { ":id": id.as_bytes(), ":bytes": bytes })?;
        Ok(added == 1)
    }
}

impl Vault {
    /// Ids of all entries, in their order.
    pub fn roster_ids(&self) -> Result<Vec<[u8; 32]>> {
        let mut query = self.db().prepare_cached("SELECT id FROM roster ORDER BY id")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// All entries in the order learned.
    pub fn roster_entries(&self) -> Result<Vec<Vec<u8>>> {
        let mut query = self.db().prepare_cached("SELECT bytes FROM roster ORDER BY ord")?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}
