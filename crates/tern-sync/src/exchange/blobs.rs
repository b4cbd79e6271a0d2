//! Blobs in an exchange: small ones go with the last of the records, the others after all of them.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::BlobId;

use crate::blob::{HeldBlob, at_most, beside, give};
use crate::body::Draft;
use crate::frame::Frame;
use crate::heard::Heard;
use crate::shelf::Shelf;

use super::{Asked, Exchange, Filled, Next, Stage};

/// What was tried with blobs so far: none is asked for, offered or given for ever.
#[derive(Default)]
pub(super) struct Tried {
    /// How far the peer asked for each blob.
    given_from: BTreeMap<BlobId, u64>,
    /// Blobs that are not what they are named by, or do not lie there: not asked for again.
    vain: BTreeSet<BlobId>,
    /// Blobs that the peer does not take: not given again, so that they do not stand in the way of the rest.
    stalled: BTreeSet<BlobId>,
    /// Blobs that the peer did not ask for when they were offered: not offered again.
    unwanted: BTreeSet<BlobId>,
}

impl Exchange {
    /// Texts and small pictures that the peer is not known to hold, unasked, as far as there is room.
    pub(super) fn give_beside<S: Shelf>(
        &self,
        shelf: &S,
        draft: &mut Draft,
    ) -> Result<(Vec<HeldBlob>, u64), S::Error> {
        let given = beside(draft.left(), self.to_offer(shelf)?);
        if given.is_empty() {
            return Ok((given, 0));
        }
        draft.add(&Frame::OfferBlobs(given.clone()));
        let whole: Vec<(BlobId, u64)> = given.iter().map(|blob| (blob.id, 0)).collect();
        let bytes = give(shelf, draft, &whole, &self.them(shelf))?.bytes;
        Ok((given, bytes))
    }

    pub(super) fn fill_blobs<S: Shelf>(
        &self,
        shelf: &S,
        draft: &mut Draft,
        wanted: &[(BlobId, u64)],
    ) -> Result<Filled, S::Error> {
        let wanted_here = at_most(self.wanted(shelf)?);
        let wants = wanted_here.iter().map(|(id, _)| *id).collect();
        if !wanted_here.is_empty() {
            draft.add(&Frame::WantBlobs(wanted_here));
        }
        let offers = at_most(self.to_offer(shelf)?);
        if !offers.is_empty() {
            draft.add(&Frame::OfferBlobs(offers.clone()));
        }
        let blobs = give(shelf, draft, wanted, &self.them(shelf))?.bytes;
        Ok(Filled { wants, blobs, offers, ..Filled::default() })
    }

    pub(super) fn go_on_to_blobs<S: Shelf>(
        &mut self,
        shelf: &S,
        wanted: Vec<(BlobId, u64)>,
    ) -> Result<Next, S::Error> {
        self.idle = 0;
        let any = self.has_blobs_to_do(shelf, &wanted)?;
        self.blobs = Stage::Blobs(wanted);
        Ok(if any || std::mem::take(&mut self.closes) { Next::Ask } else { Next::Done })
    }

    /// What the peer says that it holds of all that was offered, lies there.
    pub(super) fn note_there<S: Shelf>(
        &mut self,
        shelf: &mut S,
        filled: &Filled,
        held: &[BlobId],
    ) -> Result<(), S::Error> {
        let held: BTreeSet<&BlobId> = held.iter().collect();
        let offered = filled.offers.iter().map(|blob| blob.id);
        let there: Vec<BlobId> = offered.filter(|id| held.contains(id)).collect();
        if filled.blobs > 0 {
            self.outcome.tally.blobs_sent.blobs += u32::try_from(there.len()).unwrap_or(u32::MAX);
        }
        shelf.blobs_lie_with(&there, &self.peer.key)
    }

    /// As long as pieces go one way or the other, it goes on.
    pub(super) fn learn_blobs<S: Shelf>(
        &mut self,
        shelf: &mut S,
        asked: Asked,
        mut heard: Heard,
    ) -> Result<Next, S::Error> {
        self.note_there(shelf, &asked.filled, &heard.hold_blobs)?;
        let wanted = |blob: &HeldBlob| heard.want_blobs.iter().any(|(id, _)| *id == blob.id);
        self.tried
            .unwanted
            .extend(asked.filled.offers.iter().filter(|blob| !wanted(blob)).map(|blob| blob.id));
        // A piece of one of them would have had room.
        if heard.is_short && !heard.has_chunks && heard.bad_blobs.is_empty() {
            self.tried.vain.extend(asked.filled.wants);
        }
        self.tried.vain.extend(heard.bad_blobs);
        let mut is_further = heard.has_chunks;
        for (id, from) in &heard.want_blobs {
            is_further |= self.tried.given_from.insert(*id, *from).is_none_or(|had| had < *from);
        }
        if let Stage::Blobs(before) = &self.blobs
            && let Some(first) = before.first().filter(|_| asked.filled.blobs > 0)
            && heard.want_blobs.contains(first)
            && self.tried.stalled.insert(first.0)
        {
            self.outcome.blobs_not_taken.push(first.0);
            is_further = true;
        }
        heard.want_blobs.retain(|(id, _)| !self.tried.stalled.contains(id));
        let any = self.has_blobs_to_do(shelf, &heard.want_blobs)?;
        self.blobs = Stage::Blobs(heard.want_blobs);
        Ok(if any { self.go_on(is_further) } else { Next::Done })
    }

    /// Something is wanted here, or lies here for the peer, which wants these.
    fn has_blobs_to_do<S: Shelf>(&self, shelf: &S, wanted: &[(BlobId, u64)]) -> Result<bool, S::Error> {
        let them = self.them(shelf);
        for (id, _) in wanted {
            if shelf.blob(*id)?.is_some_and(|blob| them.wants(blob.scope)) {
                return Ok(true);
            }
        }
        Ok(!self.wanted(shelf)?.is_empty() || !self.to_offer(shelf)?.is_empty())
    }

    fn to_offer<S: Shelf>(&self, shelf: &S) -> Result<Vec<HeldBlob>, S::Error> {
        let them = self.them(shelf);
        let mut offers = shelf.blobs_to_offer(&self.peer.key)?;
        offers.retain(|blob| them.wants(blob.scope) && !self.tried.unwanted.contains(&blob.id));
        Ok(offers)
    }

    fn wanted<S: Shelf>(&self, shelf: &S) -> Result<Vec<(BlobId, u64)>, S::Error> {
        let mut wanted = shelf.blobs_wanted()?;
        wanted.retain(|(id, _)| !self.tried.vain.contains(id));
        Ok(wanted)
    }
}
