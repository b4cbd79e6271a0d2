//! Sealed attachments: a file named by the hash of its ciphertext, and a row that vouches for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use rusqlite::named_params;
use tern_record::{BlobId, RecordId, ScopeId};

use crate::files::{place_whole, sync_folder, write_whole};
use crate::intent::id;
use crate::peer::BlobRow;
use crate::{Home, Result, StoreError, Vault, WriteTx};

impl Home {
    /// Puts a sealed attachment on the disk. Call it before the transaction that refers to it.
    pub fn write_blob(&self, blob: BlobId, sealed: &[u8]) -> Result<()> {
        Ok(write_whole(&self.blob_path(blob), sealed)?)
    }

    /// The same of one among many, each of which may be gone after a power cut until [`Home::flush_blobs`].
    pub fn place_blob(&self, blob: BlobId, sealed: &[u8]) -> Result<()> {
        Ok(place_whole(&self.blob_path(blob), sealed)?)
    }

    /// Every attachment that was placed is on the disk for good when this returns `Ok`.
    pub fn flush_blobs(&self) -> Result<()> {
        Ok(sync_folder(&self.folder().join("blobs").join("any"))?)
    }

    /// Reads a sealed attachment; the caller checks its hash when opening it.
    pub fn read_blob(&self, blob: BlobId) -> Result<Vec<u8>> {
        Ok(fs::read(self.blob_path(blob))?)
    }

    /// The file of a sealed attachment lies on the disk, as long as it was written.
    pub fn has_blob(&self, blob: BlobId, size: u64) -> bool {
        match fs::metadata(self.blob_path(blob)) {
            Ok(file) => file.len() == size,
            // What cannot be looked at now is not taken to be lost.
            Err(error) => error.kind() != ErrorKind::NotFound,
        }
    }

    /// Which of these the disk lost, by one look at the folder: a look at each file takes three times as long. Read the rows
    /// before: a file is there before its row. What cannot be looked at now is not taken to be lost.
    pub fn lost_blobs(&self, rows: &[BlobRow]) -> Vec<BlobId> {
        let there = match self.blobs_there() {
            Err(error) if error.kind() != ErrorKind::NotFound => return Vec::new(),
            there => there.unwrap_or_default(),
        };
        let is_lost = |row: &&BlobRow| match there.get(&row.id) {
            Some(Some(length)) => *length != row.size,
            Some(None) => false,
            None => true,
        };
        rows.iter().filter(is_lost).map(|row| row.id).collect()
    }

    /// Files of attachments by name, each with its length where that can be told.
    fn blobs_there(&self) -> io::Result<BTreeMap<BlobId, Option<u64>>> {
        let mut there = BTreeMap::new();
        for entry in fs::read_dir(self.folder().join("blobs"))? {
            let entry = entry?;
            if let Ok(blob) = BlobId::from_hex(entry.file_name().to_str().unwrap_or_default()) {
                there.insert(blob, entry.metadata().ok().map(|file| file.len()));
            }
        }
        Ok(there)
    }

    /// At most so many bytes of a sealed attachment, from a byte on.
    pub fn read_blob_from(&self, blob: BlobId, from: u64, most: usize) -> Result<Vec<u8>> {
        let mut file = fs::File::open(self.blob_path(blob))?;
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = Vec::new();
        file.take(most as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Bytes that are here of an attachment that is still coming.
    pub fn part_of_blob(&self, blob: BlobId) -> u64 {
        fs::metadata(self.part_path(blob)).map_or(0, |part| part.len())
    }

    /// Adds the next piece of an attachment. It is on the disk when the last one has been taken up.
    pub fn add_to_part(&self, blob: BlobId, bytes: &[u8]) -> Result<()> {
        let mut file = fs::OpenOptions::new().create(true).append(true).open(self.part_path(blob))?;
        Ok(file.write_all(bytes)?)
    }

    /// All that is here of an attachment that is still coming.
    pub fn read_part(&self, blob: BlobId) -> Result<Vec<u8>> {
        Ok(fs::read(self.part_path(blob))?)
    }

    /// Lets go of the beginning of an attachment.
    pub fn drop_part(&self, blob: BlobId) -> Result<()> {
        match fs::remove_file(self.part_path(blob)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    fn part_path(&self, blob: BlobId) -> PathBuf {
        self.blob_path(blob).with_extension("part")
    }

    /// Removes files that no row vouches for, left by a power cut between file and transaction, and beginnings of
    /// attachments that nobody waits for.
    pub fn sweep_blobs(&self, known: &BTreeSet<BlobId>, wanted: &BTreeSet<BlobId>) -> Result<u32> {
        let mut swept = 0;
        for entry in fs::read_dir(self.folder().join("blobs"))? {
            let entry = entry?;
            let name = entry.file_name();
            let name = name.to_str().unwrap_or_default();
            let is_kept = match name.strip_suffix(".part") {
                Some(stem) => BlobId::from_hex(stem).is_ok_and(|blob| wanted.contains(&blob)),
                None => BlobId::from_hex(name).is_ok_and(|blob| known.contains(&blob)),
            };
            if !is_kept {
                fs::remove_file(entry.path())?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}

impl WriteTx<'_> {
    /// Vouches for an attachment whose file is on the disk.
    pub fn add_blob(&self, blob: BlobId, record: RecordId, scope: ScopeId, size: usize) -> Result<()> {
        let size = i64::try_from(size).map_err(|_| StoreError::Row("blob"))?;
        self.0
            .prepare_cached(
                "INSERT INTO blob (id, record, scope, size) VALUES (:id, :record, :scope, :size)
                 ON CONFLICT (id) DO NOTHING",
            )?
            .execute(named_params! {
                ":id": blob.as_bytes(), ":record": record.as_bytes(), ":scope": scope.as_bytes(), ":size": size,
            })?;
        Ok(())
    }

    /// The file of an attachment is gone: it is wanted again.
    pub fn lose_blob(&self, blob: BlobId) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO blob_wanted (id, record, scope, size)
                 SELECT id, record, scope, size FROM blob WHERE id = :id ON CONFLICT DO NOTHING",
            )?
            .execute(named_params! { ":id": blob.as_bytes() })?;
        self.remove_blob(blob)
    }

    /// Attachments of a record follow its work to another scope: each has a key of its own.
    pub fn move_blobs(&self, record: RecordId, from: ScopeId, to: ScopeId) -> Result<()> {
        self.0
            .prepare_cached("UPDATE blob SET scope = :to WHERE record = :record AND scope = :from")?
            .execute(named_params! {
                ":record": record.as_bytes(), ":from": from.as_bytes(), ":to": to.as_bytes(),
            })?;
        Ok(())
    }

    /// Lets go of an attachment; its file goes at the next sweep.
    pub fn remove_blob(&self, blob: BlobId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM blob WHERE id = :id")?
            .execute(named_params! { ":id": blob.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// Every attachment that a row vouches for.
    pub fn blobs(&self) -> Result<BTreeSet<BlobId>> {
        let mut query = self.db().prepare_cached("SELECT id FROM blob")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "blob", BlobId::from_slice)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_is_what_is_gone_or_cut_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::create(folder.path()).unwrap();
        let row = |of: u8| BlobRow { id: BlobId::new([of; 32]), scope: ScopeId::new([1; 16]), size: 4 };
        let rows: Vec<BlobRow> = (1..=4).map(row).collect();
        for row in &rows[..3] {
            home.write_blob(row.id, b"four").unwrap();
        }
        fs::write(home.blob_path(rows[1].id), b"cut").unwrap();
        // What is still coming is not here.
        home.add_to_part(rows[3].id, b"four").unwrap();
        assert_eq!(home.lost_blobs(&rows), [rows[1].id, rows[3].id]);
        assert_eq!(home.lost_blobs(&rows[..1]), []);
        fs::remove_dir_all(folder.path().join("blobs")).unwrap();
        assert_eq!(home.lost_blobs(&rows[..1]), [rows[0].id], "with the whole folder");
        fs::write(folder.path().join("blobs"), b"").unwrap();
        assert_eq!(home.lost_blobs(&rows), [], "nothing can be looked at");
    }
}
