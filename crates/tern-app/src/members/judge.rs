//! What a file brings is judged before anything of it is kept: what nobody might say is left out, with all that builds on
//! it; a file with a gap is refused whole; and nobody fills the disk with it.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::Canonical;
use tern_record::{EntryId, RealmId, SeatId};
use tern_seal::epoch::EpochId;
use tern_seal::limits::{MAX_ADMISSION, MAX_ADMITTED, MAX_WRAPS, WRAP};
use tern_seal::roster::{Carried, EpochWrap, Roster, SignedEntry};
use tern_store::wrap::WrapRow;
use tern_store::{Vault, WriteTx};

use super::room::without_room;
use crate::Reply;
use crate::failure::Code;
use crate::unlock::statements_of;

/// Most bytes of all entries that a device keeps.
const MOST_BYTES: usize = 32 * 1024 * 1024;
/// Most entries that are kept although they do not count, such as those of a removed seat that its removal had not seen:
/// a word of the root key may make them count again.
const MOST_REFUSED: usize = 2_000;
/// Most bytes of these.
const MOST_REFUSED_BYTES: usize = 4 * 1024 * 1024;
/// What spelling adds to an entry and to a wrap, at most, and what an admission adds to all of them.
const AROUND: usize = 64;
const AROUND_ALL: usize = 1024;

/// What is to be kept of what a file brought.
pub struct Judged {
    /// The membership with it.
    pub roster: Roster,
    /// Entries that are new here.
    pub new: Vec<SignedEntry>,
    /// How many entries are not kept.
    pub left_out: usize,
}

/// The entries and wraps of a file, of which nobody has checked anything yet.
pub(crate) fn carried_in(bytes: &[u8]) -> Reply<Carried> {
    Ok(Carried::parse(bytes).map_err(|_| Code::NotARoster)?)
}

/// What the members signed, with these of the keys: one wrap for each epoch and seat, the best that is here, and all that
/// there are where the seat says that none opened. As many as fit, those of keys that are written under first.
pub(crate) fn carried_of(vault: &Vault, roster: &Roster, which: impl Fn(&WrapRow) -> bool) -> Reply<Carried> {
    let asks = |wrap: &WrapRow| {
        let mut epochs = roster.scopes.values().filter_map(|scope| scope.epochs.get(&wrap.epoch));
        epochs.any(|epoch| epoch.unopened.contains(&wrap.seat))
    };
    let mut best: BTreeMap<(EpochId, SeatId), WrapRow> = BTreeMap::new();
    let mut all = Vec::new();
    for wrap in vault.wraps()?.into_iter().filter(which) {
        if asks(&wrap) {
            all.push(wrap);
        } else if wrap.own || best.get(&(wrap.epoch, wrap.seat)).is_none_or(|have| !have.own) {
            best.insert((wrap.epoch, wrap.seat), wrap);
        }
    }
    let entries = statements_of(vault)?;
    let size: usize = entries.iter().map(|entry| size_of(entry) + AROUND).sum();
    let room = MAX_ADMISSION.checked_sub(size + AROUND_ALL).ok_or(Code::RosterFull)?;
    let current: BTreeSet<EpochId> = roster.scopes.values().map(|scope| scope.current).collect();
    all.extend(best.into_values());
    all.sort_by_key(|wrap| !current.contains(&wrap.epoch));
    let wraps = all.into_iter().take(room / (WRAP + AROUND));
    let wraps = wraps.map(|WrapRow { epoch, seat, bytes, .. }| EpochWrap { epoch, seat, bytes }).collect();
    Ok(Carried { entries, wraps })
}

/// Judges what was brought, with what is here already.
pub(crate) fn judge(realm: RealmId, have: Vec<SignedEntry>, brought: Vec<SignedEntry>) -> Reply<Judged> {
    if brought.iter().any(|entry| entry.realm() != realm) {
        return Err(Code::OtherProgramme.into());
    }
    let mut known: BTreeSet<EntryId> = have.iter().map(SignedEntry::id).collect();
    // In the order in which they came: it is the one in which people read them.
    let mut new: Vec<SignedEntry> = brought.into_iter().filter(|entry| known.insert(entry.id())).collect();
    let mut all = have;
    let kept = all.len();
    all.extend(new.iter().cloned());
    let mut roster = Roster::fold(realm, &all).map_err(|_| Code::NotARoster)?;
    let gap: BTreeSet<&EntryId> = roster.waiting.iter().collect();
    if new.iter().any(|entry| gap.contains(&entry.id())) {
        return Err(Code::RosterGap.into());
    }
    let came = new.len();
    let bad = with_followers(strange(&roster, &all), &new);
    new.retain(|entry| !bad.contains(&entry.id()));
    all.truncate(kept);
    let bad = with_followers(without_room(&all, &new), &new);
    new.retain(|entry| !bad.contains(&entry.id()));
    all.extend(new.iter().cloned());
    if all.len() as u64 > MAX_ADMITTED || all.iter().map(size_of).sum::<usize>() > MOST_BYTES {
        return Err(Code::RosterFull.into());
    }
    let left_out = came - new.len();
    if left_out > 0 {
        roster = Roster::fold(realm, &all).map_err(|_| Code::NotARoster)?;
    }
    Ok(Judged { roster, new, left_out })
}

/// What nobody might say, and, when there is too much of it, what does not count.
fn strange(roster: &Roster, all: &[SignedEntry]) -> BTreeSet<EntryId> {
    let refused: BTreeSet<EntryId> = roster.refused.iter().copied().collect();
    let size: usize = all.iter().filter(|entry| refused.contains(&entry.id())).map(size_of).sum();
    let too_much = refused.len() > MOST_REFUSED || size > MOST_REFUSED_BYTES;
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

/// Of the wraps that were brought those that somebody may need: for a seat that an epoch names whose key no later one
/// seals, and a few for each.
pub(crate) fn wanted(roster: &Roster, wraps: Vec<EpochWrap>) -> Vec<EpochWrap> {
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

/// Keeps what was judged.
pub(crate) fn keep(tx: &WriteTx<'_>, entries: &[SignedEntry], wraps: &[EpochWrap]) -> tern_store::Result<()> {
    for entry in entries {
        tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
    }
    for EpochWrap { epoch, seat, bytes } in wraps {
        let row = WrapRow { epoch: *epoch, seat: *seat, own: false, bytes: bytes.clone() };
        tx.add_wrap(&row, MAX_WRAPS)?;
    }
    Ok(())
}
