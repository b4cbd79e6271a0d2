//! Opening an encrypted database file, the same way everywhere.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::{Result, StoreError};

/// Oldest SQLite that is free of the write-ahead-log race fixed in 3.51.3.
pub const MIN_SQLITE: i32 = 3_051_003;

/// Bytes of a page: no database is smaller.
const PAGE: u64 = 4096;

/// Whether an absent file is made or refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Make it. Only for a new programme, and for view files, which hold nothing of their own.
    Create,
    /// Refuse.
    Refuse,
}

/// Opens, sets the key, and reads the first page so that a wrong key or a damaged file is found here.
pub fn open(path: &Path, key: &[u8; 32], absent: Absent, vfs: Option<&str>) -> Result<Connection> {
    if rusqlite::version_number() < MIN_SQLITE {
        return Err(StoreError::Newer);
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if absent == Absent::Create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    } else if std::fs::metadata(path).map_or(0, |file| file.len()) < PAGE {
        // SQLite would begin such a file anew, and throw away a write-ahead log beside it.
        return Err(StoreError::Damaged);
    }
    let db = match vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    // SQLCipher would print to standard error on a wrong key.
    db.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let hex = Zeroizing::new(key.iter().map(|b| format!("{b:02x}")).collect::<String>());
    let statement = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()));
    db.execute_batch(&statement)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    db.execute_batch(
        // One process has the folder, so the index of the write-ahead log stays in memory: a full disk can be read.
        "PRAGMA locking_mode = EXCLUSIVE;
         PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA busy_timeout = 2000;
         PRAGMA cache_size = -16000;",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    Ok(db)
}

/// Pages whose seal does not hold, and what SQLite finds wrong with their order. Empty when the file is whole.
pub(crate) fn integrity_problems(db: &Connection) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    for pragma in ["PRAGMA cipher_integrity_check", "PRAGMA integrity_check"] {
        let mut check = db.prepare(pragma)?;
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
