//! Choices of the programme and of this device, as text.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::{Result, Vault, WriteTx};

impl Vault {
    /// A choice, when it was made.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        find(self.db(), key)
    }
}

impl WriteTx<'_> {
    /// A choice as this transaction sees it.
    pub fn setting(&self, key: &str) -> Result<Option<String>> {
        find(self.0, key)
    }

    /// Makes or changes a choice.
    pub fn put_setting(&self, key: &str, value: &str) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO setting (key, value) VALUES (:key, :value)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?
            .execute(named_params! { ":key": key, ":value": value })?;
        Ok(())
    }
}

fn find(db: &Connection, key: &str) -> Result<Option<String>> {
    Ok(db
        .prepare_cached("SELECT value FROM setting WHERE key = :key")?
        .query_row(named_params! { ":key": key }, |row| row.get("value"))
        .optional()?)
}
