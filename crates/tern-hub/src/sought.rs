//! What somebody asked for and does not lie here: whoever comes next is asked for it. It is not kept: who still lacks it asks
//! again.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tern_record::{BlobId, SeatId};
use tern_sync::KeyFor;

/// Keys, and blobs, of one who asks, at most: nobody who asks for what is nowhere makes replies long, or keeps out what
/// others lack.
const MAX_OF_ONE: usize = 64;

/// Everything that is sought.
#[derive(Default)]
pub struct Sought {
    pub keys: Vain<KeyFor>,
    pub blobs: Vain<BlobId>,
}

/// What was asked for in vain, by who asked.
pub struct Vain<T> {
    of: BTreeMap<SeatId, VecDeque<One<T>>>,
}

struct One<T> {
    what: T,
    /// Who was asked for it.
    asked: BTreeSet<SeatId>,
    /// Of these the last.
    last: Option<SeatId>,
}

impl<T> Default for Vain<T> {
    fn default() -> Self {
        Self { of: BTreeMap::new() }
    }
}

impl<T: Ord + Copy> Vain<T> {
    /// Somebody asked for it. The newest of each are sought.
    pub fn add(&mut self, by: SeatId, what: T) {
        let theirs = self.of.entry(by).or_default();
        if theirs.iter().any(|one| one.what == what) {
            return;
        }
        if theirs.len() >= MAX_OF_ONE {
            theirs.pop_front();
        }
        theirs.push_back(One { what, asked: BTreeSet::new(), last: None });
    }

    /// What somebody may be asked for: what others lack, of each in turn. What everybody was asked for of so many who may
    /// come is nowhere, and falls out; who came last goes on bringing it.
    pub fn ask_of(&mut self, asked: SeatId, others: usize) -> Vec<T> {
        for (_, theirs) in self.of.iter_mut().filter(|(by, _)| **by != asked) {
            theirs.retain(|one| one.asked.len() < others || one.last == Some(asked));
            for one in theirs {
                if one.asked.insert(asked) {
                    one.last = Some(asked);
                }
            }
        }
        let of_others = || self.of.iter().filter(|(by, _)| **by != asked);
        let turns =
            (0..MAX_OF_ONE).flat_map(|turn| of_others().filter_map(move |(_, theirs)| theirs.get(turn)));
        let mut seen = BTreeSet::new();
        turns.map(|one| one.what).filter(|what| seen.insert(*what)).collect()
    }

    /// What does not belong here any more: it came, or nobody should have it.
    pub fn drop(&mut self, gone: impl Fn(&T) -> bool) {
        for theirs in self.of.values_mut() {
            theirs.retain(|one| !gone(&one.what));
        }
        self.of.retain(|_, theirs| !theirs.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn seat(byte: u8) -> SeatId {
        SeatId::new([byte; 16])
    }

    #[test]
    fn who_asks_for_much_keeps_nothing_out_that_others_lack() {
        let mut sought = Vain::default();
        (0..1_000).for_each(|made_up| sought.add(seat(1), made_up));
        sought.add(seat(2), 5_000);
        let asked = sought.ask_of(seat(3), 3);
        assert_eq!((asked.len(), asked[1]), (MAX_OF_ONE + 1, 5_000));
        assert_eq!(sought.ask_of(seat(2), 3).len(), MAX_OF_ONE, "nobody is asked for what they asked for");
    }

    #[test]
    fn what_everybody_was_asked_for_falls_out() {
        let mut sought = Vain::default();
        sought.add(seat(1), 7);
        assert_eq!(sought.ask_of(seat(2), 2), [7]);
        assert_eq!(sought.ask_of(seat(3), 2), [7]);
        assert_eq!(sought.ask_of(seat(3), 2), [7], "who is at it goes on");
        assert!(sought.ask_of(seat(2), 2).is_empty());
        sought.add(seat(1), 7);
        assert_eq!(sought.ask_of(seat(2), 2), [7], "who still lacks it asks again");
    }
}
