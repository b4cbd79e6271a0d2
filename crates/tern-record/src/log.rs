//! Logs: hash chains of envelopes, and how much of one is held.

use std::collections::{BTreeMap, BTreeSet};

use crate::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use crate::id::{EnvelopeId, LogId};

/// Most ends of one log that are told apart. A log has one end unless it was forked or has gaps.
pub const MAX_ENDS: u64 = 4_096;

/// Where an envelope stands in its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InLog {
    /// The envelope.
    pub id: EnvelopeId,
    /// The log.
    pub log: LogId,
    /// Its place in the log, from 0.
    pub seq: u64,
    /// The envelope before; 32 zero bytes for the first.
    pub prev: EnvelopeId,
}

/// A place in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct End {
    /// The place, from 0.
    pub seq: u64,
    /// The envelope there.
    pub id: EnvelopeId,
}

/// What is held of one log. Equal states hold equal envelopes, because each envelope names the one before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogState {
    /// Ends of chains of which nothing is missing. Two or more: the log was forked, by a restored backup or a copied
    /// device.
    pub tips: Vec<End>,
    /// Envelopes that have a gap somewhere before them.
    pub loose: Vec<End>,
}

impl InLog {
    /// The place alone.
    pub const fn end(&self) -> End {
        End { seq: self.seq, id: self.id }
    }

    /// It begins its log.
    pub fn is_first(&self) -> bool {
        self.seq == 0 && self.prev == EnvelopeId::new([0; 32])
    }
}

impl LogState {
    /// The state of a log of which these envelopes are held.
    pub fn of(places: &[InLog]) -> Self {
        let whole = whole(places);
        let followed: BTreeSet<EnvelopeId> =
            places.iter().filter(|at| whole.contains_key(&at.id)).map(|at| at.prev).collect();
        let mut state = Self::default();
        for at in places {
            if !whole.contains_key(&at.id) {
                state.loose.push(at.end());
            } else if !followed.contains(&at.id) {
                state.tips.push(at.end());
            }
        }
        state.settle();
        state
    }

    /// The same with one more envelope, when that follows from the state alone; `None` when all places have to be looked
    /// at. The envelope must not have been held before.
    pub fn with(&self, at: &InLog) -> Option<Self> {
        if !self.loose.is_empty() {
            return None;
        }
        let mut next = self.clone();
        if at.is_first() {
            if !self.tips.is_empty() {
                return None;
            }
        } else {
            let before = self.tips.iter().position(|tip| tip.id == at.prev && tip.seq + 1 == at.seq)?;
            next.tips.remove(before);
        }
        next.tips.push(at.end());
        next.settle();
        Some(next)
    }

    /// Nothing of it is held.
    pub fn is_empty(&self) -> bool {
        self.tips.is_empty() && self.loose.is_empty()
    }

    /// More than one chain: the log was forked.
    pub fn is_forked(&self) -> bool {
        self.tips.len() > 1
    }

    fn settle(&mut self) {
        for ends in [&mut self.tips, &mut self.loose] {
            ends.sort_unstable();
            ends.dedup();
        }
    }
}

/// Envelopes that have every one before them, with the one before each.
pub fn whole(places: &[InLog]) -> BTreeMap<EnvelopeId, Option<EnvelopeId>> {
    let mut order: Vec<&InLog> = places.iter().collect();
    order.sort_unstable_by_key(|at| at.seq);
    let mut whole: BTreeMap<EnvelopeId, (u64, Option<EnvelopeId>)> = BTreeMap::new();
    for at in order {
        if at.is_first() {
            whole.insert(at.id, (0, None));
        } else if whole.get(&at.prev).is_some_and(|(seq, _)| seq + 1 == at.seq) {
            whole.insert(at.id, (at.seq, Some(at.prev)));
        }
    }
    whole.into_iter().map(|(id, (_, prev))| (id, prev)).collect()
}

/// `state = [[seq, id, ...] of tips, [seq, id, ...] of loose ones]`
impl Canonical for LogState {
    fn write(&self, to: &mut Writer) {
        to.array(2);
        for ends in [&self.tips, &self.loose] {
            to.array(ends.len() * 2);
            for end in ends {
                to.uint(end.seq).bytes(end.id.as_bytes());
            }
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 2)?;
        Ok(Self { tips: ends(from)?, loose: ends(from)? })
    }
}

fn ends(from: &mut Decoder<'_>) -> Result<Vec<End>, CborError> {
    let items = array_up_to(from, MAX_ENDS * 2)?;
    if items % 2 != 0 {
        return Err(CborError::Shape);
    }
    let end = |from: &mut Decoder<'_>| {
        let seq = from.u64()?;
        let id = EnvelopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        Ok(End { seq, id })
    };
    (0..items / 2).map(|_| end(from)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seq: u64, id: u8, prev: u8) -> InLog {
        let id_of = |id: u8| EnvelopeId::new([id; 32]);
        InLog { id: id_of(id), log: LogId::new([1; 16]), seq, prev: id_of(prev) }
    }

    fn tips(state: &LogState) -> Vec<(u64, u8)> {
        state.tips.iter().map(|end| (end.seq, end.id.as_bytes()[0])).collect()
    }

    #[test]
    fn a_chain_has_one_end_a_fork_two_and_a_gap_leaves_the_rest_loose() {
        let chain = [at(0, 1, 0), at(1, 2, 1), at(2, 3, 2)];
        assert_eq!(tips(&LogState::of(&chain)), [(2, 3)]);
        let forked = [chain.as_slice(), &[at(1, 9, 1)]].concat();
        assert_eq!(tips(&LogState::of(&forked)), [(1, 9), (2, 3)]);
        let gap = LogState::of(&[chain[0], chain[2]]);
        assert_eq!((tips(&gap), gap.loose.len()), (vec![(0, 1)], 1));
        let skipped = LogState::of(&[chain[0], at(7, 8, 1)]);
        assert_eq!(skipped.loose.len(), 1, "a place that does not follow its own is no chain");
    }

    proptest! {
        #[test]
        fn one_more_at_a_time_is_the_same_as_all_at_once(
            parents in proptest::collection::vec(0usize..6, 1..12),
            order in proptest::collection::vec(any::<prop::sample::Index>(), 12),
        ) {
            let mut all: Vec<InLog> = Vec::new();
            for (n, parent) in parents.iter().enumerate() {
                let id = n as u8 + 1;
                let node = match all.get(all.len().wrapping_sub(1 + parent % all.len().max(1))) {
                    Some(before) if n > 0 => at(before.seq + 1, id, before.id.as_bytes()[0]),
                    _ => at(0, id, 0),
                };
                all.push(node);
            }
            let (mut left, mut held, mut state) = (all.clone(), Vec::new(), LogState::default());
            for pick in &order {
                if left.is_empty() { break }
                let next = left.remove(pick.index(left.len()));
                held.push(next);
                state = state.with(&next).unwrap_or_else(|| LogState::of(&held));
                prop_assert_eq!(&state, &LogState::of(&held));
                prop_assert_eq!(&LogState::from_bytes(&state.to_bytes()).unwrap(), &state);
            }
        }
    }
}
