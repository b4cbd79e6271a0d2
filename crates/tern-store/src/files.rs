//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes to a temporary name, flushes to the disk, renames, and flushes the folder.
///
/// After a power cut the old file or the new one is there, never a mixture.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    place_whole(path, bytes)?;
    sync_folder(path)
}

/// The same of a file whose name a power cut may still take away, until [`sync_folder`]: for many in one folder.
pub fn place_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let fresh = path.with_extension("new");
    let mut file = File::create(&fresh)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _ = fs::remove_file(&fresh);
    })?;
    fs::rename(&fresh, path)
}

/// Flushes the folder that holds `path`, so that a rename survives a power cut.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    match path.parent() {
        #[cfg(unix)]
        Some(folder) if folder.as_os_str().is_empty() => File::open(".")?.sync_all(),
        #[cfg(unix)]
        Some(folder) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("slots");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
