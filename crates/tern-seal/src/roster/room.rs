//! No member fills the list of members. Of one seat so many statements are taken and no more, unless somebody else
//! builds on them: then they have to be here, or nobody could judge what was built.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{EntryId, SeatId};

use super::sift::size_of;
use super::{Author, Body, SignedEntry};
use crate::limits::{MAX_KEPT_OF_SEAT, MAX_KEPT_OF_SEAT_BYTES, MAX_KEPT_QUIET, MAX_KEPT_QUIET_BYTES};

/// Most entries of one seat, and their bytes: half of what one device hands to another.
const OF_A_SEAT: Room = Room { entries: MAX_KEPT_OF_SEAT, bytes: MAX_KEPT_OF_SEAT_BYTES };
/// The same of those that change nothing for others: that the seat heard something, that a key did not open, and what this
/// version does not understand. Nobody has to say many.
const QUIET: Room = Room { entries: MAX_KEPT_QUIET, bytes: MAX_KEPT_QUIET_BYTES };

#[derive(Clone, Copy)]
struct Room {
    entries: usize,
    bytes: usize,
}

impl Room {
    /// Room for one more of this size; what has to be here is counted, however much it is.
    fn take(&mut self, bytes: usize) {
        self.entries = self.entries.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }

    fn fits(&self, bytes: usize) -> bool {
        self.entries > 0 && self.bytes >= bytes
    }
}

/// What is left of a seat's room.
struct Left {
    all: Room,
    quiet: Room,
}

/// Of what came those that their authors have no room for, in the order in which they came. Neither list holds what
/// nobody might say.
pub(super) fn without_room(have: &[SignedEntry], new: &[SignedEntry]) -> BTreeSet<EntryId> {
    let needed = built_on_by_others(have, new);
    let mut left: BTreeMap<SeatId, Left> = BTreeMap::new();
    let (must, may): (Vec<_>, Vec<_>) = new.iter().partition(|entry| needed.contains(&entry.id()));
    for (seat, entry) in have.iter().chain(must).filter_map(by_seat) {
        left.entry(seat).or_default().take(entry);
    }
    let over = may.into_iter().filter_map(by_seat).filter(|(seat, entry)| {
        let left = left.entry(*seat).or_default();
        let fits = left.fits(entry);
        if fits {
            left.take(entry);
        }
        !fits
    });
    over.map(|(_, entry)| entry.id()).collect()
}

impl Default for Left {
    fn default() -> Self {
        Self { all: OF_A_SEAT, quiet: QUIET }
    }
}

impl Left {
    fn take(&mut self, entry: &SignedEntry) {
        let bytes = size_of(entry);
        self.all.take(bytes);
        if is_quiet(entry) {
            self.quiet.take(bytes);
        }
    }

    fn fits(&self, entry: &SignedEntry) -> bool {
        let bytes = size_of(entry);
        self.all.fits(bytes) && (!is_quiet(entry) || self.quiet.fits(bytes))
    }
}

fn is_quiet(entry: &SignedEntry) -> bool {
    matches!(entry.body(), Body::Heard | Body::Unopened { .. } | Body::Unknown { .. })
}

fn by_seat(entry: &SignedEntry) -> Option<(SeatId, &SignedEntry)> {
    match entry.author() {
        Author::Seat(seat) => Some((seat, entry)),
        Author::Root => None,
    }
}

/// Entries that somebody else than their author had seen when saying something.
fn built_on_by_others(have: &[SignedEntry], new: &[SignedEntry]) -> BTreeSet<EntryId> {
    let by_id: BTreeMap<EntryId, &SignedEntry> =
        have.iter().chain(new).map(|entry| (entry.id(), entry)).collect();
    let before = |entry: &SignedEntry, is_same: bool| {
        let author = entry.author();
        let deps = entry.deps().iter().filter_map(|dep| by_id.get(dep).copied());
        deps.filter(move |dep| (dep.author() == author) == is_same).collect::<Vec<_>>()
    };
    let mut open: Vec<&SignedEntry> = by_id.values().flat_map(|entry| before(entry, false)).collect();
    let mut needed = BTreeSet::new();
    while let Some(entry) = open.pop() {
        if needed.insert(entry.id()) {
            open.extend(before(entry, true));
        }
    }
    needed
}

#[cfg(test)]
mod tests {
    use tern_record::RealmId;

    use super::*;
    use crate::roster::Entry;
    use crate::{SigningKey, SystemRandom};

    /// So many statements of a seat that change nothing, each after the one before it.
    fn said(seat: u8, count: usize, after: &[SignedEntry]) -> Vec<SignedEntry> {
        let key = SigningKey::make_random(&mut SystemRandom::default());
        let mut said: Vec<SignedEntry> = Vec::new();
        for number in 0..count {
            let deps = said.last().or(after.last()).map(SignedEntry::id).into_iter().collect();
            let body = Body::Unknown { kind: 200, bytes: number.to_be_bytes().to_vec() };
            let author = Author::Seat(SeatId::new([seat; 16]));
            said.push(Entry { realm: RealmId::new([9; 32]), deps, author, body }.sign(&key).unwrap());
        }
        said
    }

    #[test]
    fn a_seat_that_says_without_end_is_heard_so_far_and_no_further() {
        let mut have = said(1, 500, &[]);
        let new = said(1, 30, &have);
        let over = without_room(&have, &new);
        assert_eq!(over, new[12..].iter().map(SignedEntry::id).collect());
        // Others keep their own room.
        have.extend(new[..12].to_vec());
        assert_eq!(without_room(&have, &said(2, 400, &have)), BTreeSet::new());
    }

    #[test]
    fn what_somebody_else_builds_on_is_taken_whatever_room_there_is() {
        let have = said(1, 512, &[]);
        let more = said(1, 20, &[]);
        let other = said(2, 1, &more);
        assert_eq!(without_room(&have, &more).len(), 20);
        assert_eq!(without_room(&have, &[more, other].concat()), BTreeSet::new());
    }
}
