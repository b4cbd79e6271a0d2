//! The vault file: kept tables that migrate by adding, derived tables that are made again at will.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::db::{self, Absent, RawKey};
use crate::{Home, Result, StoreError};

/// Kept tables, one script a version. Only ever appended to.
const MIGRATIONS: [&str; 1] = [include_str!("../migrations/0001_kept.sql")];

/// Tables that are derived and may be dropped.
const DERIVED: [&str; 3] = ["typo_key", "name_key", "child"];

/// Raised whenever the code that fills the derived tables changes what it writes.
pub const DERIVED_VERSION: i64 = 1;

/// An open vault. The only writer there is.
pub struct Vault {
    db: Connection,
    stale: bool,
}

/// One transaction. Dropped without [`Vault::write`] returning `Ok`, nothing of it happened.
pub struct WriteTx<'a>(pub(crate) Transaction<'a>);

impl Vault {
    /// Makes the file of a new programme.
    pub fn create(home: &Home, key: &RawKey, vfs: Option<&str>) -> Result<Self> {
        if home.vault_path().exists() {
            return Err(StoreError::NotEmpty);
        }
        Self::prepare(db::open(&home.vault_path(), key, Absent::Create, vfs)?)
    }

    /// Opens the file; **never** makes one.
    pub fn open(home: &Home, key: &RawKey, vfs: Option<&str>) -> Result<Self> {
        Self::prepare(db::open(&home.vault_path(), key, Absent::Refuse, vfs)?)
    }

    fn prepare(mut db: Connection) -> Result<Self> {
        let have: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let have = usize::try_from(have).map_err(|_| StoreError::Damaged)?;
        if have > MIGRATIONS.len() {
            return Err(StoreError::Newer);
        }
        if have < MIGRATIONS.len() {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for script in MIGRATIONS.iter().skip(have) {
                tx.execute_batch(script)?;
            }
            tx.execute_batch(&format!("PRAGMA user_version = {}", MIGRATIONS.len()))?;
            tx.commit()?;
        }
        let mut vault = Self { db, stale: false };
        vault.stale = vault.setting("derived_version")?.as_deref() != Some(&DERIVED_VERSION.to_string());
        Ok(vault)
    }

    /// True when the derived tables must be made again before they are read.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Runs one transaction; when this returns `Ok`, it is on the disk.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&WriteTx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let tx =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let tx = WriteTx(tx);
        let done = work(&tx)?;
        tx.0.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Empties the derived tables and fills them by `fill`, in one transaction.
    pub fn rebuild<E: From<StoreError>>(
        &mut self,
        fill: impl FnOnce(&WriteTx<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.write(|tx| {
            for table in DERIVED {
                tx.0.execute_batch(&format!("DROP TABLE IF EXISTS {table}")).map_err(StoreError::from)?;
            }
            tx.0.execute_batch(include_str!("derived.sql")).map_err(StoreError::from)?;
            fill(tx)?;
            Ok::<(), E>(tx.put_setting("derived_version", &DERIVED_VERSION.to_string())?)
        })?;
        self.stale = false;
        Ok(())
    }

    /// Pages whose seal does not hold. Empty when the file is whole.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        let mut problems = Vec::new();
        for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
            let mut check = self.db.prepare(pragma)?;
            let rows = check.query_map([], |row| row.get::<_, String>(0))?;
            for row in rows {
                let row = row?;
                if row != "ok" {
                    problems.push(row);
                }
            }
        }
        Ok(problems)
    }

    /// Moves the write-ahead log into the file, so that a copy of the file alone is whole.
    pub fn checkpoint(&self) -> Result<()> {
        Ok(self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }
}
