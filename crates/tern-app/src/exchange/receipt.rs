//! Receipts that go from screen to screen: what is held here, for the device whose work was read.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use tern_record::{BlobId, SeatId};
use tern_seal::PieceKind;
use tern_sync::file::{Ended, FileError, Opened, Parcel, Reading, Writing};
use tern_sync::limits::MAX_NEEDS;
use tern_sync::memory::Memory;
use tern_sync::{Party, Peer, Shelf as _};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::members::piece;

impl App {
    /// A receipt for a seat's device, as short as what it is known to have heard lets it be.
    pub fn receipt_for(&mut self, seat: SeatId) -> Reply<Vec<u8>> {
        self.seal_work()?;
        self.seek_lost_blobs()?;
        let known = self.remembered(&self.peer_of(seat)?.key)?;
        let parcel =
            Parcel { to: Party::device(&self.roster, seat), known, has: BTreeSet::new(), is_receipt: true };
        let writing = Writing::begin(self, self.asker(), &parcel, Vec::new())?;
        Ok(writing.end::<Failure>()?.0)
    }

    /// Takes a receipt from another screen; gives whose it is.
    pub fn read_receipt(&mut self, text: &str) -> Reply<SeatId> {
        let bytes = piece::read(text, PieceKind::Receipt)?;
        let opened = self.read_whole(Cursor::new(bytes))?;
        match opened.ended {
            Ended::Whole if self.is_of_before(&opened)? => Err(Code::ReceiptOfBefore.into()),
            Ended::Whole => Ok(opened.by),
            Ended::Stranger => Err(Code::WriterUnknown.into()),
            Ended::Cut | Ended::Damaged => Err(Code::PieceDamaged.into()),
        }
    }

    fn read_whole(&mut self, from: impl Read) -> Reply<Opened> {
        let mut reading = Reading::begin(self, from).map_err(|error| match error {
            FileError::Shape => Code::PieceDamaged.into(),
            error => Failure::from(error),
        })?;
        while reading.step(self)? {}
        let opened = reading.end();
        self.note_opened(&opened)?;
        Ok(opened)
    }

    /// What the writer of a whole file holds is known from now on. Read again it says nothing: what was heard since is younger,
    /// also where it is less, such as of a device that came back from an old copy.
    pub(super) fn note_opened(&mut self, opened: &Opened) -> Reply<()> {
        // What somebody says who is out proves nothing.
        let is_in = self.roster.is_in(opened.by);
        if let (Ended::Whole, Some(holds), true) = (opened.ended, &opened.holds, is_in)
            && !self.vault.was_read(&opened.digest)?
        {
            let peer = self.peer_of(opened.by)?;
            self.note_photos_lost(&peer, holds, opened.wants.as_deref().unwrap_or_default())?;
            self.note_peer(&peer, "", holds, false)?;
            self.note_photos_there(&peer, opened)?;
            let noted = self.vault.write(|tx| tx.note_read(&opened.digest));
            noted.map_err(|error: tern_store::StoreError| Failure::from(error))?;
        }
        Ok(())
    }

    /// A file that was read before says more than its writer is known to hold by now.
    pub(crate) fn is_of_before(&self, opened: &Opened) -> Reply<bool> {
        let (Some(holds), true) = (&opened.holds, self.roster.is_in(opened.by)) else { return Ok(false) };
        let peer = self.peer_of(opened.by)?;
        let now = self.remembered(&peer.key)?;
        Ok(holds.less(now.logs.values(), &self.shared_with(&self.end_of(&peer))?).is_some())
    }

    /// What was in the file lies with who wrote it. So does every photo and long text here that they might read and do not ask
    /// for, once they hold all the work that speaks of it.
    fn note_photos_there(&mut self, peer: &Peer, opened: &Opened) -> Reply<()> {
        let mut there = opened.blobs.clone();
        // A longer list is cut: what is not on it may be wanted too.
        let whole = opened.wants.as_ref().filter(|wants| wants.len() < MAX_NEEDS as usize);
        if let (Some(wants), true) = (whole, self.holds_all(peer)?) {
            let them = self.end_of(peer);
            let here = self.blobs()?.into_iter().filter(|blob| them.wants(blob.scope));
            there.extend(here.map(|blob| blob.id).filter(|id| !wants.contains(id)));
        }
        let key = peer.key.as_bytes();
        let noted = self.vault.write(|tx| there.iter().try_for_each(|blob| tx.put_blob_at(*blob, key)));
        noted.map_err(|error: tern_store::StoreError| Failure::from(error))
    }

    /// Photos that a peer wants do not lie there; nor is it known that any does when work is gone that was there.
    fn note_photos_lost(&mut self, peer: &Peer, holds: &Memory, wants: &[BlobId]) -> Reply<()> {
        let is_less = self
            .remembered(&peer.key)?
            .less(holds.logs.values(), &self.shared_with(&self.end_of(peer))?)
            .is_some();
        let key = peer.key.as_bytes();
        let noted = self.vault.write(|tx| {
            if is_less {
                tx.forget_blobs_at(key)?;
            }
            wants.iter().try_for_each(|blob| tx.forget_blob_at(*blob, key))
        });
        noted.map_err(|error: tern_store::StoreError| Failure::from(error))
    }
}
