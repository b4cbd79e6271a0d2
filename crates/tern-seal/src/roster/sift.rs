//! What others say of who belongs is sifted before anything of it is kept: what nobody might say is left out, with all that
//! builds on it; what has a gap is refused whole; and neither a stranger nor a member fills a disk with it.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::Canonical as _;
use tern_record::{EntryId, RealmId, SeatId};

use super::room::without_room;
use super::{EpochWrap, Roster, SignedEntry};
use crate::epoch::EpochId;
use crate::limits::{MAX_ADMITTED, MAX_KEPT, MAX_KEPT_IDLE, MAX_KEPT_IDLE_BYTES, MAX_WRAPS};

/// What is to be kept of what somebody brought.
#[derive(Clone, Debug)]
pub struct Sifted {
    /// The membership with it.
    pub roster: Roster,
    /// Entries that are new here.
    pub new: Vec<SignedEntry>,
    /// How many entries are not kept.
    pub left_out: usize,
}

/// Why nothing is kept of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiftError {
    /// Entries of another realm.
    #[error("of another programme")]
    OtherRealm,
    /// No genesis that vouches for this realm.
    #[error("no genesis of this realm")]
    NoGenesis,
    /// Entries that name others which are not there.
    #[error("entries are missing")]
    Gap,
    /// More than is kept.
    #[error("more than is kept")]
    Full,
}

/// Sifts what was brought, with what is here already.
pub fn sift(realm: RealmId, have: Vec<SignedEntry>, brought: Vec<SignedEntry>) -> Result<Sifted, SiftError> {
    if brought.iter().any(|entry| entry.realm() != realm) {
        return Err(SiftError::OtherRealm);
    }
    let mut known: BTreeSet<EntryId> = have.iter().map(SignedEntry::id).collect();
    // In the order in which they came: it is the one in which people read them.
    let mut new: Vec<SignedEntry> = brought.into_iter().filter(|entry| known.insert(entry.id())).collect();
    let mut all = have;
    let kept = all.len();
    all.extend(new.iter().cloned());
    let mut roster = fold(realm, &all)?;
    let gap: BTreeSet<&EntryId> = roster.waiting.iter().collect();
    if new.iter().any(|entry| gap.contains(&entry.id())) {
        return Err(SiftError::Gap);
    }
    let came = new.len();
    let bad = with_followers(strange(&roster, &all), &new);
    new.retain(|entry| !bad.contains(&entry.id()));
    all.truncate(kept);
    let bad = with_followers(without_room(&all, &new), &new);
    new.retain(|entry| !bad.contains(&entry.id()));
    all.extend(new.iter().cloned());
    if all.len() as u64 > MAX_ADMITTED || all.iter().map(size_of).sum::<usize>() > MAX_KEPT {
        return Err(SiftError::Full);
    }
    let left_out = came - new.len();
    if left_out > 0 {
        roster = fold(realm, &all)?;
    }
    Ok(Sifted { roster, new, left_out })
}

/// Of the wraps that were brought those that somebody may need: for a seat that an epoch names whose key no later one
/// seals, and a few for each.
pub fn wanted(roster: &Roster, wraps: Vec<EpochWrap>) -> Vec<EpochWrap> {
    let mut ends: BTreeMap<EpochId, &BTreeSet<SeatId>> = BTreeMap::new();
    for scope in roster.scopes.values() {
        let named = scope.ends().into_iter().filter_map(|id| Some((id, &scope.epochs.get(&id)?.readers)));
        ends.extend(named);
    }
    let mut count: BTreeMap<(EpochId, SeatId), usize> = BTreeMap::new();
    let is_named = |wrap: &EpochWrap| ends.get(&wrap.epoch).is_some_and(|named| named.contains(&wrap.seat));
    let few = wraps.into_iter().filter(is_named).filter(|wrap| {
        let have = count.entry((wrap.epoch, wrap.seat)).or_default();
        *have += 1;
        *have <= MAX_WRAPS
    });
    few.collect()
}

fn fold(realm: RealmId, entries: &[SignedEntry]) -> Result<Roster, SiftError> {
    Roster::fold(realm, entries).map_err(|_| SiftError::NoGenesis)
}

/// What nobody might say, and, when there is too much of it, what does not count.
fn strange(roster: &Roster, all: &[SignedEntry]) -> BTreeSet<EntryId> {
    let refused: BTreeSet<EntryId> = roster.refused.iter().copied().collect();
    let size: usize = all.iter().filter(|entry| refused.contains(&entry.id())).map(size_of).sum();
    let too_much = refused.len() > MAX_KEPT_IDLE || size > MAX_KEPT_IDLE_BYTES;
    if too_much { refused } else { roster.unfounded.iter().copied().collect() }
}

/// Of the new entries these, and all that were made with them in view.
fn with_followers(strange: BTreeSet<EntryId>, new: &[SignedEntry]) -> BTreeSet<EntryId> {
    let mut named_by: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
    for entry in new {
        entry.deps().iter().for_each(|dep| named_by.entry(*dep).or_default().push(entry.id()));
    }
    let ids: BTreeSet<EntryId> = new.iter().map(SignedEntry::id).collect();
    let mut bad = BTreeSet::new();
    let mut open: Vec<EntryId> = strange.into_iter().filter(|id| ids.contains(id)).collect();
    while let Some(id) = open.pop() {
        if bad.insert(id) {
            open.extend(named_by.get(&id).into_iter().flatten());
        }
    }
    bad
}

pub(super) fn size_of(entry: &SignedEntry) -> usize {
    entry.to_bytes().len()
}
