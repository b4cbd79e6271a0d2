//! Sealed attachments: a file named by the hash of its ciphertext, and a row that vouches for it.

use std::collections::BTreeSet;
use std::fs;

use rusqlite::named_params;
use tern_record::{BlobId, RecordId, ScopeId};

use crate::files::write_whole;
use crate::intent::id;
use crate::{Home, Result, StoreError, Vault, WriteTx};

impl Home {
    /// Puts a sealed attachment on the disk. Call it before the transaction that refers to it.
    pub fn write_blob(&self, blob: BlobId, sealed: &[u8]) -> Result<()> {
        Ok(write_whole(&self.blob_path(blob), sealed)?)
    }

    /// Reads a sealed attachment; the caller checks its hash when opening it.
    pub fn read_blob(&self, blob: BlobId) -> Result<Vec<u8>> {
        Ok(fs::read(self.blob_path(blob))?)
    }

    /// Removes files that no row vouches for: left by a power cut between file and transaction.
    pub fn sweep_blobs(&self, known: &BTreeSet<BlobId>) -> Result<u32> {
        let mut swept = 0;
        for entry in fs::read_dir(self.folder().join("blobs"))? {
            let entry = entry?;
            let named = entry.file_name().to_str().and_then(|name| BlobId::from_hex(name).ok());
            if named.is_none_or(|blob| !known.contains(&blob)) {
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
