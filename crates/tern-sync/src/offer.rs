//! Putting into a body what the other side lacks, as far as there is room.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::Canonical;
use tern_record::{EntryId, EnvelopeId, LogId};
use tern_seal::epoch::{EpochId, epoch_id};
use tern_seal::roster::{Body, SignedEntry};
use tern_seal::sha256;

use crate::body::Draft;
use crate::frame::Frame;
use crate::known::Known;
use crate::limits::MAX_NEEDS;
use crate::missing::{missing, side_by_side};
use crate::party::Party;
use crate::shelf::{HeldLog, KeyFor, Shelf};
use crate::statements::beyond;
use crate::tally::Way;

/// What came of it.
#[derive(Default)]
pub struct Offered {
    /// Envelopes that went in.
    pub sent: Way,
    /// Which they are.
    pub ids: Vec<EnvelopeId>,
    /// There was no room for all of it.
    pub is_cut: bool,
    /// Logs of which the other side has something that is not here.
    pub behind: Vec<LogId>,
}

/// Envelopes, without those that were refused: by their id, or by the hash of
/// their bytes when the other side could not read so much.
pub fn offer<S: Shelf>(
    shelf: &S,
    draft: &mut Draft,
    logs: &[HeldLog],
    theirs: &BTreeMap<LogId, Known>,
    refused: &BTreeSet<EnvelopeId>,
) -> Result<Offered, S::Error> {
    let mut offered = Offered::default();
    let mut todo: Vec<Vec<EnvelopeId>> = Vec::new();
    for held in logs {
        let found = missing(shelf, held.log, &held.state, theirs.get(&held.log))?;
        if found.is_behind {
            offered.behind.push(held.log);
        }
        if !found.send.is_empty() {
            todo.push(found.send);
        }
    }
    let is_here = |log: &LogId| logs.iter().any(|held| held.log == *log);
    let elsewhere = theirs.values().filter(|known| known.ends().next().is_some() && !is_here(&known.log));
    offered.behind.extend(elsewhere.map(|known| known.log));
    for id in side_by_side(todo) {
        if refused.contains(&id) {
            continue;
        }
        let Some(bytes) = shelf.envelope(id)? else { continue };
        if !refused.is_empty() && refused.contains(&EnvelopeId::new(sha256(&bytes))) {
            continue;
        }
        let length = bytes.len();
        if !draft.add_envelope(bytes, offered.sent.envelopes == 0) {
            offered.is_cut = true;
            break;
        }
        offered.sent.add(length);
        offered.ids.push(id);
    }
    Ok(offered)
}

/// Statements of the roster, with the keys that they speak of; `true` when there was no room for all statements. Who
/// hears of a key and has not got it says so to everybody: it comes with the word.
pub fn offer_statements<S: Shelf>(
    shelf: &S,
    draft: &mut Draft,
    known: &[EntryId],
    to: &Party,
) -> Result<bool, S::Error> {
    let (mut batch, mut left) = (Vec::new(), draft.left() / 2);
    let lacking = beyond(&shelf.statements()?, known);
    let all = lacking.len();
    for entry in lacking {
        if !batch.is_empty() && entry.len() + 8 > left {
            break;
        }
        left = left.saturating_sub(entry.len() + 8);
        batch.push(entry);
    }
    let is_cut = batch.len() < all;
    if !batch.is_empty() {
        let spoken_of: BTreeSet<EpochId> = batch.iter().filter_map(|entry| epoch_in(entry)).collect();
        draft.add(&Frame::Roster(batch));
        let mut keys = keys_for(shelf, to);
        keys.retain(|(epoch, _)| spoken_of.contains(epoch));
        // What there is no room for is asked for by name.
        offer_wraps(shelf, draft, &keys)?;
    }
    Ok(is_cut)
}

/// The key that a statement begins or gives.
fn epoch_in(entry: &[u8]) -> Option<EpochId> {
    let entry = SignedEntry::from_bytes(entry).ok()?;
    match entry.body() {
        Body::Granted(granted) => Some(granted.epoch),
        Body::Epoch(_) | Body::Scope(_) => Some(epoch_id(entry.id())),
        _ => None,
    }
}

/// Keys that those at the other end were given.
pub fn keys_for<S: Shelf>(shelf: &S, to: &Party) -> Vec<KeyFor> {
    let named = shelf.roster().scopes.values().flat_map(|scope| {
        let ends = scope.ends();
        let epochs = scope.epochs.iter().filter(move |(id, _)| ends.contains(*id));
        epochs.flat_map(|(id, epoch)| epoch.readers.iter().map(|seat| (*id, *seat)))
    });
    named.filter(|(_, seat)| to.is_for(*seat)).collect()
}

/// Keys that went in.
#[derive(Default)]
pub struct GivenKeys {
    /// Which they are.
    pub keys: Vec<KeyFor>,
    /// There was no room for all of them.
    pub is_cut: bool,
}

/// Keys that the other side lacks and that lie here.
pub fn offer_wraps<S: Shelf>(shelf: &S, draft: &mut Draft, needs: &[KeyFor]) -> Result<GivenKeys, S::Error> {
    if needs.is_empty() {
        return Ok(GivenKeys::default());
    }
    let mut wraps = shelf.wraps(needs)?;
    let all = wraps.len();
    let fits = wraps.first().map_or(0, |wrap| draft.left() / 2 / (wrap.to_bytes().len() + 8));
    wraps.truncate(fits.max(1));
    let is_cut = wraps.len() < all;
    let keys = wraps.iter().map(|wrap| (wrap.epoch, wrap.seat)).collect();
    if !wraps.is_empty() {
        draft.add(&Frame::Wraps(wraps));
    }
    Ok(GivenKeys { keys, is_cut })
}

/// Keys that are lacking here, when there are any.
pub fn ask_keys<S: Shelf>(shelf: &S, draft: &mut Draft) -> Result<bool, S::Error> {
    let mut needs = shelf.needs()?;
    needs.truncate(usize::try_from(MAX_NEEDS).unwrap_or(usize::MAX));
    let any = !needs.is_empty();
    if any {
        draft.add(&Frame::Needs(needs));
    }
    Ok(any)
}

/// What is held of these logs, with rungs.
pub fn laddered<S: Shelf>(shelf: &S, logs: &[HeldLog], which: &[LogId]) -> Result<Vec<Known>, S::Error> {
    which
        .iter()
        .map(|log| match logs.iter().find(|held| held.log == *log) {
            Some(held) => Ok(Known::of(*log, &held.state).with_rungs(&shelf.places(*log, 0)?)),
            None => Ok(Known::nothing(*log)),
        })
        .collect()
}
