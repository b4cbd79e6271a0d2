//! The data folder: what lies where, and the lock that lets one process in.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use fs4::TryLockError;
use tern_record::{BlobId, ScopeId, SeatId};

use crate::files::{sync_folder, write_whole};
use crate::{Result, StoreError};

/// A data folder that this process holds alone. Dropping it lets the next one in.
///
/// ```text
/// home/  tern.lock      one process at a time
///        creating       only while a new programme is being made: what lies here holds nothing yet
///        slots          what opens the vault: sealed keys, one slot a worker, one for the rescue code
///        request        only while the device waits to be admitted: what its screen shows
///        ask            only while a locked device asks coordinators for help
///        travel         only while the device travels: its slots, sealed for coordinators
///        door-*         on a shared device, for a worker who asked there: the vault's key, once the worker was admitted
///        tries          wrong passphrases so far
///        vault.db       everything kept
///        view-*.db      derived tables, one file a sealed scope
///        blobs/         sealed attachments, named by the hash of their ciphertext; `.part` while one is coming
///        incoming       only while a file of work is read: sealed, as it was brought
/// ```
pub struct Home {
    folder: PathBuf,
    lock: File,
}

impl Drop for Home {
    /// Lets go by itself and not only by closing the file: a program that is just being started holds every open file until
    /// it runs, and with it the folder.
    fn drop(&mut self) {
        let _ = fs4::FileExt::unlock(&self.lock);
    }
}

impl Home {
    /// Takes hold of a folder that has a vault.
    pub fn open(folder: &Path) -> Result<Self> {
        if !Self::exists(folder) {
            return Err(StoreError::NoHome);
        }
        let home = Self::hold(folder)?;
        home.end_journey()?;
        Ok(home)
    }

    /// Makes a folder for a new vault; refuses one with anything in it.
    ///
    /// Until [`Home::finish`] the folder counts as empty: nobody has words for what is in it, so what an
    /// interrupted attempt left is cleared away.
    pub fn create(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        restrict(folder)?;
        let home = Self::hold(folder)?;
        let marker = folder.join("creating");
        if marker.exists() {
            home.clear()?;
        }
        let foreign = fs::read_dir(folder)?
            .filter_map(std::result::Result::ok)
            .any(|entry| !["tern.lock", "device.json"].iter().any(|own| entry.file_name() == *own));
        if foreign {
            return Err(StoreError::NotEmpty);
        }
        write_whole(&marker, b"")?;
        fs::create_dir_all(home.folder.join("blobs"))?;
        Ok(home)
    }

    /// Notes that the new vault is complete and has words that open it.
    pub fn finish(&self) -> Result<()> {
        fs::remove_file(self.folder.join("creating"))?;
        Ok(sync_folder(&self.folder.join("creating"))?)
    }

    /// True when a finished vault, or what is left of one, lies in the folder.
    pub fn exists(folder: &Path) -> bool {
        !folder.join("creating").exists()
            && ["slots", "vault.db", "travel"].iter().any(|name| folder.join(name).exists())
    }

    fn clear(&self) -> Result<()> {
        for name in [
            "vault.db",
            "vault.db-wal",
            "vault.db-shm",
            "slots",
            "slots.new",
            "request",
            "request.new",
            "tries",
            "ask",
            "slots.back",
            "creating",
        ] {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        self.remove_views()?;
        match fs::remove_dir(self.folder.join("blobs")) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn hold(folder: &Path) -> Result<Self> {
        let path = folder.join("tern.lock");
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match fs4::FileExt::try_lock(&lock) {
            Ok(()) => Ok(Self { folder: folder.to_owned(), lock }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the vault file lies.
    pub fn vault_path(&self) -> PathBuf {
        self.folder.join("vault.db")
    }

    /// Where the derived tables of a scope lie.
    pub fn view_path(&self, scope: ScopeId) -> PathBuf {
        self.folder.join(format!("view-{}.db", scope.to_hex()))
    }

    /// Where a sealed attachment lies.
    pub fn blob_path(&self, blob: BlobId) -> PathBuf {
        self.folder.join("blobs").join(blob.to_hex())
    }

    /// The sealed keys, as last written.
    pub fn read_slots(&self) -> Result<Vec<u8>> {
        match fs::read(self.folder.join("slots")) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(StoreError::Damaged),
            read => Ok(read?),
        }
    }

    /// Replaces the sealed keys, whole or not at all.
    pub fn write_slots(&self, bytes: &[u8]) -> Result<()> {
        Ok(write_whole(&self.folder.join("slots"), bytes)?)
    }

    /// What a device that waits to be admitted shows; nothing once it has joined.
    pub fn read_request(&self) -> Result<Option<Vec<u8>>> {
        self.read_if_there("request")
    }

    /// Notes that this device waits to be admitted, whole or not at all.
    pub fn write_request(&self, bytes: &[u8]) -> Result<()> {
        Ok(write_whole(&self.folder.join("request"), bytes)?)
    }

    /// Notes that this device has joined.
    pub fn remove_request(&self) -> Result<()> {
        fs::remove_file(self.folder.join("request"))?;
        Ok(sync_folder(&self.folder.join("request"))?)
    }

    /// Clears the folder of a device that waits to be admitted: it holds nothing of anybody.
    pub fn forget_request(&self) -> Result<()> {
        if self.read_request()?.is_none() {
            return Err(StoreError::NotEmpty);
        }
        write_whole(&self.folder.join("creating"), b"")?;
        self.clear()
    }

    /// The door of a worker who asked to be admitted on this device: nothing for others, empty until it opens.
    pub fn read_door(&self, seat: SeatId) -> Result<Option<Vec<u8>>> {
        self.read_if_there(&door(seat))
    }

    /// Keeps a door, whole or not at all.
    pub fn write_door(&self, seat: SeatId, bytes: &[u8]) -> Result<()> {
        Ok(write_whole(&self.folder.join(door(seat)), bytes)?)
    }

    /// The worker is not on this device any more.
    pub fn remove_door(&self, seat: SeatId) -> Result<()> {
        self.remove_if_there(&door(seat))
    }

    /// What a locked device asks of coordinators, with the secret that opens their answers.
    pub fn read_ask(&self) -> Result<Option<Vec<u8>>> {
        self.read_if_there("ask")
    }

    /// Keeps what is asked, whole or not at all.
    pub fn write_ask(&self, bytes: &[u8]) -> Result<()> {
        Ok(write_whole(&self.folder.join("ask"), bytes)?)
    }

    /// Forgets what was asked.
    pub fn remove_ask(&self) -> Result<()> {
        self.remove_if_there("ask")
    }

    /// The sealed slots of a device that travels; nothing when its keys are on it.
    pub fn read_travel(&self) -> Result<Option<Vec<u8>>> {
        self.read_if_there("travel")
    }

    /// Keeps the sealed slots, whole or not at all.
    pub fn write_travel(&self, bytes: &[u8]) -> Result<()> {
        Ok(write_whole(&self.folder.join("travel"), bytes)?)
    }

    /// Puts the slots in the place of the file that sealed them. What a power cut interrupts is ended at the next
    /// [`Home::open`].
    pub fn bring_keys(&self, slots: &[u8]) -> Result<()> {
        write_whole(&self.folder.join("slots.back"), slots)?;
        self.end_journey()
    }

    fn end_journey(&self) -> Result<()> {
        let back = self.folder.join("slots.back");
        if back.exists() {
            self.remove_if_there("travel")?;
            fs::rename(&back, self.folder.join("slots"))?;
            sync_folder(&back)?;
        }
        Ok(())
    }

    /// Overwrites and removes what opens the vault, and every derived file of what is sealed.
    pub fn remove_keys(&self) -> Result<()> {
        let slots = self.folder.join("slots");
        if let Ok(file) = fs::metadata(&slots) {
            let zeros = vec![0; usize::try_from(file.len()).unwrap_or(0)];
            let mut open = OpenOptions::new().write(true).open(&slots)?;
            std::io::Write::write_all(&mut open, &zeros)?;
            open.sync_all()?;
        }
        self.remove_if_there("slots")?;
        self.remove_if_there("slots.new")?;
        self.remove_views()?;
        Ok(sync_folder(&slots)?)
    }

    fn remove_views(&self) -> Result<()> {
        for entry in fs::read_dir(&self.folder)?.filter_map(std::result::Result::ok) {
            if entry.file_name().to_str().is_some_and(|name| name.starts_with("view-")) {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn read_if_there(&self, name: &str) -> Result<Option<Vec<u8>>> {
        match fs::read(self.folder.join(name)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            read => Ok(Some(read?)),
        }
    }

    fn remove_if_there(&self, name: &str) -> Result<()> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
            Ok(()) => Ok(sync_folder(&self.folder.join(name))?),
        }
    }

    /// Wrong tries so far and the time of the last, in milliseconds; zero when there were none.
    pub fn read_tries(&self) -> (u32, i64) {
        let text = fs::read_to_string(self.folder.join("tries")).unwrap_or_default();
        let mut parts = text.split_whitespace();
        let count = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        (count, parts.next().and_then(|part| part.parse().ok()).unwrap_or(0))
    }

    /// Notes wrong tries so that a restart does not shorten the wait.
    pub fn write_tries(&self, count: u32, last_ms: i64) -> Result<()> {
        let path = self.folder.join("tries");
        if count == 0 {
            return match fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            };
        }
        Ok(write_whole(&path, format!("{count} {last_ms}\n").as_bytes())?)
    }
}

#[cfg(unix)]
fn restrict(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?)
}

#[cfg(not(unix))]
fn restrict(_: &Path) -> Result<()> {
    Ok(())
}

fn door(seat: SeatId) -> String {
    format!("door-{}", seat.to_hex())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_at_a_time_and_a_new_vault_needs_an_empty_folder() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::create(folder.path()).unwrap();
        home.write_slots(b"x").unwrap();
        home.finish().unwrap();
        assert!(matches!(Home::open(folder.path()), Err(StoreError::InUse)));
        drop(home);
        assert!(matches!(Home::create(folder.path()), Err(StoreError::NotEmpty)));
        let home = Home::open(folder.path()).unwrap();
        home.write_tries(6, 77).unwrap();
        assert_eq!(home.read_tries(), (6, 77));
        home.write_tries(0, 0).unwrap();
        assert_eq!(home.read_tries(), (0, 0));
    }

    #[test]
    fn who_lets_go_keeps_nobody_out_by_what_a_program_that_starts_still_holds() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::create(folder.path()).unwrap();
        home.write_slots(b"x").unwrap();
        home.finish().unwrap();
        let held_by_another = home.lock.try_clone().unwrap();
        drop(home);
        assert!(Home::open(folder.path()).is_ok());
        drop(held_by_another);
    }

    #[test]
    fn keys_that_were_left_behind_come_back_whole_whenever_the_power_fails() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::create(folder.path()).unwrap();
        home.write_slots(b"keys").unwrap();
        home.finish().unwrap();
        fs::write(home.view_path(ScopeId::new([1; 16])), b"derived").unwrap();
        home.write_travel(b"sealed").unwrap();
        home.remove_keys().unwrap();
        assert!(home.read_slots().is_err() && Home::exists(folder.path()));
        assert!(!home.view_path(ScopeId::new([1; 16])).exists());
        // The power fails after the keys were written beside the sealed file.
        fs::write(folder.path().join("slots.back"), b"keys").unwrap();
        drop(home);
        let home = Home::open(folder.path()).unwrap();
        assert_eq!((home.read_slots().unwrap(), home.read_travel().unwrap()), (b"keys".to_vec(), None));
    }

    #[test]
    fn an_interrupted_beginning_can_begin_again_and_a_finished_one_cannot() {
        let folder = tempfile::tempdir().unwrap();
        {
            let home = Home::create(folder.path()).unwrap();
            fs::write(home.vault_path(), b"half").unwrap();
            fs::write(home.view_path(ScopeId::new([1; 16])), b"half").unwrap();
        }
        assert!(!Home::exists(folder.path()));
        let home = Home::create(folder.path()).unwrap();
        assert!(!home.vault_path().exists());
        home.write_slots(b"x").unwrap();
        home.finish().unwrap();
        drop(home);
        assert!(Home::exists(folder.path()));
        assert!(matches!(Home::create(folder.path()), Err(StoreError::NotEmpty)));
    }

    #[test]
    fn a_folder_without_a_vault_is_no_home() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(Home::open(folder.path()), Err(StoreError::NoHome)));
    }
}
