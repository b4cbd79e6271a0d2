//! The store in one file of SQLite.

mod tx;

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
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
    path: PathBuf,
    writer: Mutex<Connection>,
    /// Connections that nobody looks through now.
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens a file, or makes it. Nobody else on the machine may read it: the hub's key lies in it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if rusqlite::version_number() < OLDEST {
            return Err(StoreError::Database("this SQLite may lose what was committed".to_owned()));
        }
        private(path)?;
        let mut writer = connect(path)?;
        writer.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;",
        )?;
        Self::prepare(&mut writer)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// A connection to look through.
    fn reader(&self) -> Result<Connection, StoreError> {
        if let Some(reader) = lock(&self.readers).pop() {
            return Ok(reader);
        }
        let reader = connect(&self.path)?;
        reader.execute_batch("PRAGMA query_only = ON")?;
        Ok(reader)
    }

    fn prepare(db: &mut Connection) -> Result<(), StoreError> {
        let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let version: i64 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        match version {
            0 => tx.execute_batch(SCHEMA)?,
            SCHEMA_VERSION => {}
            _ => return Err(StoreError::Database("made by a newer hub".to_owned())),
        }
        Ok(tx.commit()?)
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let db = Connection::open(path)?;
    db.busy_timeout(PATIENCE)?;
    db.execute_batch("PRAGMA trusted_schema = OFF")?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

/// What a panic left behind is undone by its transaction.
fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
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
        &self,
        work: impl FnOnce(&SqliteTx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let tx =
            writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
        let tx = SqliteTx { db: tx, only_looks: false };
        let done = work(&tx)?;
        if planted::at_times("signed-before-commit", 9) {
            return Ok(done);
        }
        tx.db.commit().map_err(StoreError::from)?;
        Ok(done)
    }

    fn look<T, E: From<StoreError>>(&self, work: impl FnOnce(&SqliteTx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut reader = self.reader()?;
        let tx = SqliteTx { db: reader.transaction().map_err(StoreError::from)?, only_looks: true };
        let done = work(&tx);
        drop(tx);
        lock(&self.readers).push(reader);
        done
    }
}
