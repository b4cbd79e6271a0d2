//! The vault file: kept tables that migrate by adding, derived tables that are made again at will.

use rusqlite::{Connection, TransactionBehavior};

use crate::db::{self, Absent};
use crate::{Home, Result, StoreError};

/// Kept tables, one script a version. Only ever appended to.
const MIGRATIONS: [&str; 9] = [
    include_str!("../migrations/0001_kept.sql"),
    include_str!("../migrations/0002_audit.sql"),
    include_str!("../migrations/0003_unopened.sql"),
    include_str!("../migrations/0004_wraps.sql"),
    include_str!("../migrations/0005_audit_whom.sql"),
    include_str!("../migrations/0006_tried.sql"),
    include_str!("../migrations/0007_exchange.sql"),
    include_str!("../migrations/0008_to_mend.sql"),
    include_str!("../migrations/0009_read_once.sql"),
];

/// Migrations before an exchange knew how much of each log is held.
const BEFORE_EXCHANGE: usize = 7;

/// Tables that are derived and may be dropped.
const DERIVED: [&str; 5] = ["caseload", "thing", "typo_key", "name_key", "child"];

/// Raised whenever the code that fills the derived tables changes what it writes.
pub const DERIVED_VERSION: i64 = 7;

/// An open vault. The only writer there is.
pub struct Vault {
    db: Connection,
    stale: bool,
    /// Everything that is written is part of one transaction until its end is told.
    is_joined: bool,
}

impl WriteTx<'_> {
    fn empty_derived(&self) -> Result<()> {
        for table in DERIVED {
            self.0.execute_batch(&format!("DROP TABLE IF EXISTS {table}"))?;
        }
        self.0.execute_batch(include_str!("derived.sql"))?;
        Ok(self.0.execute_batch(include_str!("caseload.sql"))?)
    }
}

/// How many migrations the file has seen; 0 when it is empty.
fn version(db: &Connection) -> Result<usize> {
    let have: i64 = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    usize::try_from(have).map_err(|_| StoreError::Damaged)
}

/// One transaction. Dropped without [`Vault::write`] returning `Ok`, nothing of it happened.
pub struct WriteTx<'a>(pub(crate) &'a Connection);

impl Vault {
    /// Makes the file of a new programme.
    pub fn create(home: &Home, key: &[u8; 32], vfs: Option<&str>) -> Result<Self> {
        if home.vault_path().exists() {
            return Err(StoreError::NotEmpty);
        }
        Self::prepare(db::open(&home.vault_path(), key, Absent::Create, vfs)?)
    }

    /// Opens the file; **never** makes one, nor fills one that is empty.
    pub fn open(home: &Home, key: &[u8; 32], vfs: Option<&str>) -> Result<Self> {
        let db = db::open(&home.vault_path(), key, Absent::Refuse, vfs)?;
        if version(&db)? == 0 {
            return Err(StoreError::Damaged);
        }
        Self::prepare(db)
    }

    fn prepare(mut db: Connection) -> Result<Self> {
        let have = version(&db)?;
        if have > MIGRATIONS.len() {
            return Err(StoreError::Newer);
        }
        if have < MIGRATIONS.len() {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            for script in MIGRATIONS.iter().skip(have) {
                tx.execute_batch(script)?;
            }
            if have < BEFORE_EXCHANGE {
                WriteTx(&tx).note_all_places()?;
            }
            tx.execute_batch(&format!("PRAGMA user_version = {}", MIGRATIONS.len()))?;
            tx.commit()?;
        }
        let mut vault = Self { db, stale: false, is_joined: false };
        vault.stale = vault.setting("derived_version")?.as_deref() != Some(&DERIVED_VERSION.to_string());
        Ok(vault)
    }

    /// True when the derived tables must be made again before they are read.
    pub fn is_stale(&self) -> bool {
        self.stale
    }

    /// Runs one transaction; when this returns `Ok`, it is on the disk, or will be with all that it is joined to.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&WriteTx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        if self.is_joined {
            return self.write_joined(work);
        }
        let tx =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let done = work(&WriteTx(&tx))?;
        tx.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    fn write_joined<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&WriteTx<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        if self.db.is_autocommit() {
            // SQLite undoes all of it when the disk is full: nothing that comes after may be kept alone.
            return Err(StoreError::Undone.into());
        }
        let part = self.db.savepoint().map_err(StoreError::from)?;
        let done = work(&WriteTx(&part))?;
        part.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    /// Joins everything that is written from now on into one transaction, until [`Vault::keep_joined`] or
    /// [`Vault::drop_joined`].
    pub fn begin_joined(&mut self) -> Result<()> {
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        self.is_joined = true;
        Ok(())
    }

    /// Keeps what was joined; when this returns `Ok`, it is on the disk. When not, [`Vault::drop_joined`] is still to come.
    pub fn keep_joined(&mut self) -> Result<()> {
        self.db.execute_batch("COMMIT")?;
        self.is_joined = false;
        Ok(())
    }

    /// As if nothing of what was joined had been written.
    pub fn drop_joined(&mut self) {
        if !self.db.is_autocommit() {
            // What cannot be undone now is undone when the file is next opened.
            let _ = self.db.execute_batch("ROLLBACK");
        }
        self.is_joined = false;
    }

    /// Empties the derived tables and fills them by `fill`, in one transaction.
    pub fn rebuild<E: From<StoreError>>(
        &mut self,
        fill: impl FnOnce(&WriteTx<'_>) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.write(|tx| {
            tx.empty_derived()?;
            fill(tx)?;
            Ok::<(), E>(tx.put_setting("derived_version", &DERIVED_VERSION.to_string())?)
        })?;
        self.stale = false;
        Ok(())
    }

    /// Empties the derived tables, to be filled in many transactions. They count as old until
    /// [`Vault::finish_rebuild`]: what ends the process before that leaves them to be made again.
    pub fn begin_rebuild(&mut self) -> Result<()> {
        self.stale = true;
        self.write(|tx| {
            tx.empty_derived()?;
            tx.put_setting("derived_version", "0")
        })
    }

    /// Notes that the derived tables are full.
    pub fn finish_rebuild(&mut self) -> Result<()> {
        self.write(|tx| tx.put_setting("derived_version", &DERIVED_VERSION.to_string()))?;
        self.stale = false;
        Ok(())
    }

    /// A number that is another one whenever something was written since.
    pub fn written(&self) -> u64 {
        self.db.total_changes()
    }

    /// Pages whose seal does not hold. Empty when the file is whole.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        db::integrity_problems(&self.db)
    }

    /// Moves the write-ahead log into the file, so that a copy of the file alone is whole.
    pub fn checkpoint(&self) -> Result<()> {
        Ok(self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?)
    }

    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }
}
