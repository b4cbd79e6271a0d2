//! Sealed attachments beside the store: whole ones behind `object_store`, under the hash of what they are; those that are
//! still coming in files of their own, one for each seat that brings one, so that nobody spoils what another brings.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use object_store::local::LocalFileSystem;
use object_store::path::Path as Name;
use object_store::{ObjectStore, ObjectStoreExt as _};
use tern_record::{BlobId, SeatId};
use tern_seal::limits::MAX_BLOB;
use tern_seal::sha256;
use tern_sync::blob::Chunk;
use tokio::runtime::{Builder, Runtime};

use crate::store::StoreError;

/// Blobs of one seat that may be on their way at once. They come one after another, but for lines that were cut.
const MAX_PARTS: usize = 4;
/// What began and never went on is given up after this.
const PART_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Nobody may have begun to write of this what nobody knows of.
const ORPHAN_AGE: Duration = Duration::from_secs(60 * 60);

/// The place of the blobs.
pub struct Blobs {
    whole: Box<dyn ObjectStore>,
    parts: PathBuf,
    waiter: Waiter,
    /// Held as long as this is: the folder is this hub's alone.
    lock: File,
}

impl Drop for Blobs {
    /// Lets go by itself and not only by closing the file: a program that is just being started holds every open file until
    /// it runs, and with it the folder.
    fn drop(&mut self) {
        let _ = self.lock.unlock();
    }
}

/// Waits for what is asynchronous.
struct Waiter(Option<Runtime>);

impl Waiter {
    fn wait<T>(&self, work: impl Future<Output = object_store::Result<T>>) -> object_store::Result<T> {
        let gone =
            object_store::Error::NotImplemented { operation: String::new(), implementer: String::new() };
        self.0.as_ref().map_or(Err(gone), |runtime| runtime.block_on(work))
    }
}

impl Drop for Waiter {
    /// Wherever it is let go, nobody is waited for.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is kept; more is to come.
    Part,
    /// It was the last, and the whole is what it is named by. It is kept for good.
    Whole,
    /// It does not follow, or the whole is not what it is named by.
    No,
}

/// What cleaning up found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Blobs that nobody knew of.
    pub orphans: usize,
    /// Beginnings that never went on.
    pub parts: usize,
}

fn broken(error: &(dyn Error + 'static)) -> StoreError {
    let mut at = Some(error);
    while let Some(error) = at {
        let kind = error.downcast_ref().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) {
            return StoreError::Full;
        }
        at = error.source();
    }
    StoreError::Blobs(error.to_string())
}

fn name(id: BlobId) -> Name {
    let hex = id.to_hex();
    Name::from(format!("{}/{hex}", hex.get(..2).unwrap_or_default()))
}

impl Blobs {
    /// Opens a folder, or makes it.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let (whole, parts) = (folder.join("whole"), folder.join("parts"));
        for folder in [folder, &whole, &parts] {
            make(folder).map_err(|error| broken(&error))?;
        }
        let lock = File::create(folder.join("lock")).map_err(|error| broken(&error))?;
        lock.try_lock().map_err(|_| StoreError::InUse)?;
        let whole = LocalFileSystem::new_with_prefix(whole).map_err(|error| broken(&error))?;
        let waiter = Builder::new_current_thread().build().map_err(|error| broken(&error))?;
        let waiter = Waiter(Some(waiter));
        Ok(Self { whole: Box::new(whole.with_fsync(true)), parts, waiter, lock })
    }

    /// Bytes that are here of a blob that a seat brings.
    pub fn begun(&self, by: SeatId, id: BlobId) -> u64 {
        fs::metadata(self.part(by, id)).map_or(0, |part| part.len())
    }

    /// Bytes of all blobs that have begun to come.
    pub fn unfinished(&self) -> Result<u64, StoreError> {
        let parts = fs::read_dir(&self.parts).map_err(|error| broken(&error))?.flatten();
        Ok(parts.map(|part| part.metadata().map_or(0, |part| part.len())).sum())
    }

    /// Takes a piece from a seat.
    pub fn append(&self, by: SeatId, chunk: &Chunk) -> Result<Appended, StoreError> {
        let part = self.part(by, chunk.of.id);
        let begun = self.begun(by, chunk.of.id);
        let end = chunk.from.saturating_add(chunk.bytes.len() as u64);
        let is_fit = chunk.of.size <= MAX_BLOB as u64 && end <= chunk.of.size && !chunk.bytes.is_empty();
        if !is_fit || chunk.from != begun || (begun == 0 && !self.may_begin(by)?) {
            return Ok(Appended::No);
        }
        Self::write(&part, &chunk.bytes).map_err(|error| broken(&error))?;
        if end < chunk.of.size {
            return Ok(Appended::Part);
        }
        let bytes = fs::read(&part).map_err(|error| broken(&error))?;
        let is_it = BlobId::new(sha256(&bytes)) == chunk.of.id;
        if is_it {
            let name = name(chunk.of.id);
            let put = self.whole.put(&name, bytes.into());
            self.waiter.wait(put).map_err(|error| broken(&error))?;
        }
        fs::remove_file(&part).map_err(|error| broken(&error))?;
        Ok(if is_it { Appended::Whole } else { Appended::No })
    }

    /// Gives up what is here of a blob that a seat brings.
    pub fn forget(&self, by: SeatId, id: BlobId) {
        let _ = fs::remove_file(self.part(by, id));
    }

    /// A piece of a blob that is here whole; nothing when it is not.
    pub fn read(&self, id: BlobId, from: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        let range = from..from.saturating_add(most as u64);
        match self.waiter.wait(self.whole.get_range(&name(id), range)) {
            Ok(bytes) => Ok(bytes.into()),
            Err(object_store::Error::NotFound { .. }) => Ok(Vec::new()),
            Err(error) => Err(broken(&error)),
        }
    }

    /// Blobs that lie here whole, each with its bytes and how long it has been here.
    pub fn all(&self) -> Result<BTreeMap<BlobId, (u64, Duration)>, StoreError> {
        let mut all = BTreeMap::new();
        let list = |prefix: Option<&Name>| {
            self.waiter.wait(self.whole.list_with_delimiter(prefix)).map_err(|error| broken(&error))
        };
        for prefix in list(None)?.common_prefixes {
            for object in list(Some(&prefix))?.objects {
                let Some(Ok(id)) = object.location.filename().map(BlobId::from_hex) else { continue };
                let age = std::time::SystemTime::from(object.last_modified).elapsed().unwrap_or_default();
                all.insert(id, (object.size, age));
            }
        }
        Ok(all)
    }

    /// Removes what nobody knows of and what never went on.
    pub fn sweep(&self, is_known: impl Fn(BlobId) -> bool) -> Result<Swept, StoreError> {
        let mut swept = Swept::default();
        for (id, (_, age)) in self.all()? {
            if !is_known(id) && age >= ORPHAN_AGE {
                self.waiter.wait(self.whole.delete(&name(id))).map_err(|error| broken(&error))?;
                swept.orphans += 1;
            }
        }
        for part in fs::read_dir(&self.parts).map_err(|error| broken(&error))?.flatten() {
            let age =
                part.metadata().and_then(|part| part.modified()).map(|at| at.elapsed().unwrap_or_default());
            if age.is_ok_and(|age| age >= PART_AGE) && fs::remove_file(part.path()).is_ok() {
                swept.parts += 1;
            }
        }
        Ok(swept)
    }

    /// Writes and reads something, to see that it can.
    pub fn probe(&self) -> Result<(), StoreError> {
        let path = self.parts.join("probe");
        Self::write(&path, b"well").and_then(|()| fs::remove_file(path)).map_err(|error| broken(&error))
    }

    fn part(&self, by: SeatId, id: BlobId) -> PathBuf {
        self.parts.join(format!("{}-{}", by.to_hex(), id.to_hex()))
    }

    fn may_begin(&self, by: SeatId) -> Result<bool, StoreError> {
        let of_seat = by.to_hex();
        let parts = fs::read_dir(&self.parts).map_err(|error| broken(&error))?.flatten();
        let begun = parts.filter(|part| part.file_name().to_string_lossy().starts_with(&of_seat)).count();
        Ok(begun < MAX_PARTS)
    }

    fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        file.write_all(bytes)
    }
}

fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_lets_go_keeps_nobody_out_by_what_a_program_that_starts_still_holds() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(folder.path()).unwrap();
        assert!(matches!(Blobs::open(folder.path()), Err(StoreError::InUse)));
        let held_by_another = blobs.lock.try_clone().unwrap();
        drop(blobs);
        assert!(Blobs::open(folder.path()).is_ok());
        drop(held_by_another);
    }
}
