//! Why the vault refused. No variant holds a value of a record.

use std::io;

use rusqlite::ErrorCode;

/// Everything that can go wrong between a change and the disk.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another process has this data folder open.
    #[error("the data folder is in use by another process")]
    InUse,
    /// There is no vault in this folder.
    #[error("there is no vault in this folder")]
    NoHome,
    /// A new vault needs an empty folder.
    #[error("the folder is not empty")]
    NotEmpty,
    /// The file is damaged, or the key is not its key.
    #[error("the vault file cannot be read")]
    Damaged,
    /// A newer version of Tern wrote this file.
    #[error("the vault was written by a newer version")]
    Newer,
    /// Nothing was written: the disk has no room.
    #[error("the disk is full")]
    DiskFull,
    /// What was to be kept together was undone before its end.
    #[error("what was to be kept together was undone")]
    Undone,
    /// A row does not hold what its column says.
    #[error("a row of table {0} cannot be read")]
    Row(&'static str),
    /// The database refused.
    #[error("the database refused")]
    Sql(#[source] rusqlite::Error),
    /// A file could not be read or written.
    #[error("a file could not be read or written")]
    Io(#[source] io::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        // The index of the write-ahead log finds no room: SQLite has no other name for it.
        let extended = error.sqlite_error().map(|error| error.extended_code);
        if extended == Some(rusqlite::ffi::SQLITE_IOERR_SHMSIZE) {
            return Self::DiskFull;
        }
        // Once a page did not read, SQLCipher writes nothing more, and says so in these words. Files that nobody may write are
        // not opened at all.
        if extended == Some(rusqlite::ffi::SQLITE_READONLY) {
            return Self::Damaged;
        }
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Self::Damaged,
            _ => Self::Sql(error),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}
