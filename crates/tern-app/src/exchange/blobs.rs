//! Attachments as they come: piece by piece into a file beside the vault, whole and checked before anything refers to them.

use tern_form::BlobRef;
use tern_record::cbor::Canonical;
use tern_record::{BlobId, Scalar};
use tern_seal::limits::MAX_BLOB;
use tern_seal::sha256;
use tern_store::WriteTx;
use tern_store::intent::IntentRow;
use tern_store::peer::WantedBlob;
use tern_sync::Shelf as _;
use tern_sync::blob::Chunk;

use crate::Reply;
use crate::app::App;
use crate::failure::Failure;

/// Attachments that a put speaks of are wanted from now on, unless they are here.
pub(crate) fn want(tx: &WriteTx<'_>, row: &IntentRow, value: &Scalar) -> tern_store::Result<()> {
    let Some(reference) = value.as_bytes().and_then(|bytes| BlobRef::from_bytes(bytes).ok()) else {
        return Ok(());
    };
    let wanted =
        WantedBlob { id: reference.blob, record: row.record, scope: row.scope, size: reference.bytes };
    tx.want_blob(&wanted)
}

impl App {
    /// Attachments that are wanted and that somebody of this device may read. Nobody gives those of a site where its worker
    /// does not work any more, or that a worker read who is out: they are not waited for, unless that changes again.
    pub(super) fn wanted_here(&self) -> Reply<Vec<WantedBlob>> {
        let mut wanted = self.vault.blobs_wanted()?;
        if !wanted.is_empty() {
            let party = self.party();
            wanted.retain(|blob| party.wants(blob.scope));
        }
        Ok(wanted)
    }

    /// What the disk lost of attachments is asked for from now on, and given to nobody.
    pub(super) fn seek_lost_blobs(&mut self) -> Reply<()> {
        let lost = self.home.lost_blobs(&self.vault.blob_rows()?);
        if lost.is_empty() {
            return Ok(());
        }
        let noted = self.vault.write(|tx| lost.iter().try_for_each(|blob| tx.lose_blob(*blob)));
        noted.map_err(|error: tern_store::StoreError| Failure::from(error))
    }

    /// Takes the next piece. `false` when it does not follow what is here, or the whole is not what it is named by.
    pub(super) fn take_piece(&mut self, chunk: &Chunk) -> Reply<bool> {
        let id = chunk.of.id;
        let wanted = self.vault.wanted_blob(id)?;
        let Some(wanted) = wanted.filter(|_| chunk.of.size <= MAX_BLOB as u64) else { return Ok(false) };
        if chunk.from == 0 {
            // A file begins at the beginning, whatever an exchange has brought of it.
            self.home.drop_part(id)?;
            if chunk.bytes.len() as u64 == chunk.of.size {
                return self.take_whole(id, &wanted, &chunk.bytes);
            }
        }
        let end = chunk.from.saturating_add(chunk.bytes.len() as u64);
        if self.home.part_of_blob(id) != chunk.from || end > chunk.of.size {
            self.home.drop_part(id)?;
            return Ok(false);
        }
        self.home.add_to_part(id, &chunk.bytes)?;
        if !chunk.is_last() {
            return Ok(true);
        }
        let bytes = self.home.read_part(id)?;
        let taken = self.take_whole(id, &wanted, &bytes)?;
        self.home.drop_part(id)?;
        Ok(taken)
    }

    fn take_whole(&mut self, id: BlobId, wanted: &WantedBlob, bytes: &[u8]) -> Reply<bool> {
        if sha256(bytes) != *id.as_bytes() {
            return Ok(false);
        }
        self.as_one(|app| {
            app.home.place_blob(id, bytes)?;
            let kept = app.vault.write(|tx| {
                tx.add_blob(id, wanted.record, wanted.scope, bytes.len())?;
                tx.unwant_blob(id)
            });
            kept.map_err(|error: tern_store::StoreError| Failure::from(error))?;
            if let Some(batch) = &mut app.batch {
                batch.came.insert((wanted.record, id));
            }
            Ok(true)
        })
    }
}
