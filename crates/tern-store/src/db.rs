//! Opening an encrypted database file, the same way everywhere.

use std::io::ErrorKind;
use std::path::Path;

use rusqlite::{Connection, MAIN_DB, OpenFlags, ffi};
use zeroize::Zeroizing;

use crate::{Result, StoreError, heap};

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
    heap::lend()?;
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
    if db.is_readonly(MAIN_DB)? {
        return Err(StoreError::Io(ErrorKind::PermissionDenied.into()));
    }
    // SQLCipher would print to standard error on a wrong key.
    db.execute_batch("PRAGMA cipher_log_level = NONE")?;
    set_key(&db, key)?;
    // One process has the folder, so the index of the write-ahead log stays in memory, if that is said before anything is
    // read: a full disk has no room for it.
    db.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL;
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

/// Gives SQLCipher a raw key. A statement with the key in it would leave copies of its text where nobody wipes them.
fn set_key(db: &Connection, key: &[u8; 32]) -> Result<()> {
    let spelled = spelled(key);
    // SAFETY: the handle is that of an open connection, and SQLCipher copies the bytes before it returns.
    #[expect(unsafe_code, reason = "rusqlite has no safe call for it")]
    let code = unsafe { ffi::sqlite3_key(db.handle(), spelled.as_ptr().cast(), SPELLED as i32) };
    match code {
        ffi::SQLITE_OK => Ok(()),
        code => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()),
    }
}

/// Bytes of a raw key as SQLCipher reads it.
const SPELLED: usize = 2 + 2 * 32 + 1;

/// `x'…'`, in a place that never grows.
fn spelled(key: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| DIGITS.get(usize::from(half)).copied().unwrap_or_default();
    let mut text = Zeroizing::new(Vec::with_capacity(SPELLED));
    text.extend_from_slice(b"x'");
    text.extend(key.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    text.push(b'\'');
    text
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
