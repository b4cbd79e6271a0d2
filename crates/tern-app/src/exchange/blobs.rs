//! Attachments as they come: piece by piece into a file beside the vault, whole and checked before anything refers to them.

use tern_form::BlobRef;
use tern_record::cbor::Canonical;
use tern_record::{BlobId, Compartment, Scalar};
use tern_seal::limits::MAX_BLOB;
use tern_seal::sha256;
use tern_store::WriteTx;
use tern_store::intent::IntentRow;
use tern_store::peer::WantedBlob;
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
    /// Takes the next piece. `false` when it does not follow what is here, or the whole is not what it is named by.
    pub(super) fn take_piece(&mut self, chunk: &Chunk) -> Reply<bool> {
        let id = chunk.of.id;
        let wanted = self.vault.blobs_wanted()?.into_iter().find(|wanted| wanted.id == id);
        let Some(wanted) = wanted.filter(|_| chunk.of.size <= MAX_BLOB as u64) else { return Ok(false) };
        let end = chunk.from.saturating_add(chunk.bytes.len() as u64);
        if self.home.part_of_blob(id) != chunk.from || end > chunk.of.size {
            self.home.drop_part(id)?;
            return Ok(false);
        }
        self.home.add_to_part(id, &chunk.bytes)?;
        if chunk.is_last() { self.take_whole(id, &wanted) } else { Ok(true) }
    }

    fn take_whole(&mut self, id: BlobId, wanted: &WantedBlob) -> Reply<bool> {
        let bytes = self.home.read_part(id)?;
        if sha256(&bytes) != *id.as_bytes() {
            self.home.drop_part(id)?;
            return Ok(false);
        }
        self.home.write_blob(id, &bytes)?;
        let kept = self.vault.write(|tx| {
            tx.add_blob(id, wanted.record, wanted.scope, bytes.len())?;
            tx.unwant_blob(id)
        });
        kept.map_err(|error: tern_store::StoreError| Failure::from(error))?;
        self.home.drop_part(id)?;
        // The small picture lies in the view too; a view that cannot be written catches up.
        let record = self.open_record(wanted.record)?;
        for compartment in [Compartment::Protection, Compartment::Restricted] {
            let _ = self.derive_view(&record, compartment);
        }
        self.close_record(record);
        Ok(true)
    }
}
