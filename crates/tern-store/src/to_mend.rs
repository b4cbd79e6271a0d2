//! Records that came and count by another or not at all, until somebody has looked whether their child counts.

use rusqlite::named_params;
use tern_record::RecordId;

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

impl WriteTx<'_> {
    /// A record is to be looked at.
    pub fn note_to_mend(&self, record: RecordId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO to_mend (record) VALUES (:record) ON CONFLICT DO NOTHING")?
            .execute(named_params! { ":record": record.as_bytes() })?;
        Ok(())
    }

    /// It was looked at.
    pub fn mended(&self, record: RecordId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM to_mend WHERE record = :record")?
            .execute(named_params! { ":record": record.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// Records that are to be looked at.
    pub fn to_mend(&self) -> Result<Vec<RecordId>> {
        let mut query = self.db().prepare_cached("SELECT record FROM to_mend ORDER BY record")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "to_mend", RecordId::from_slice)).collect()
    }
}
