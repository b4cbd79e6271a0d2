//! The store in one file of SQLite.

mod tx;

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use tern_sync::planted;

pub use tx::SqliteTx;

use crate::store::{Store, StoreError};

const SCHEMA: &str = include_str!("sqlite/schema.sql");
const SCHEMA_VERSION: i64 = 1;
/// Before this, two connections could lose what was committed.
const OLDEST: i32 = 3_051_003;
/// How long a lock is waited for, such as that of somebody who makes a copy.
const PATIENCE: Duration = Duration::from_secs(10);

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The index of the write-ahead log finds no room: SQLite has no other name for it.
        let extended = error.sqlite_error().map(|error| error.extended_code);
        if extended == Some(SQLITE_IOERR_SHMSIZE) || error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
            return Self::Full;
        }
        Self::Database(error.to_string())
    }
}

/// An open file.
pub struct Sqlite {
    db: Connection,
}

impl Sqlite {
    /// Opens a file, or makes it. Nobody else on the machine may read it: the hub's key lies in it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST {
            return Err(StoreError::Database("this SQLite may lose what was committed".to_owned()));
        }
        private(path)?;
        let db = Connection::open(path)?;
        db.busy_timeout(PATIENCE)?;
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;
             PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
        )?;
        db.set_prepared_statement_cache_capacity(64);
        let mut store = Self { db };
        store.prepare()?;
        Ok(store)
    }

    fn prepare(&mut self) -> Result<(), StoreError> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => tx.execute_batch(SCHEMA)?,
            SCHEMA_VERSION => {}
            _ => return Err(StoreError::Database("made by a newer hub".to_owned())),
        }
        Ok(tx.commit()?)
    }
}

fn private(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| StoreError::Database(error.to_string()))
}

impl Store for Sqlite {
    type Tx<'a> = SqliteTx<'a>;

    fn within<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&SqliteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let tx =
            self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let tx = SqliteTx(tx);
        let done = work(&tx)?;
        if planted::at_times("signed-before-commit", 9) {
            return Ok(done);
        }
        tx.0.commit().map_err(StoreError::from)?;
        Ok(done)
    }
}
