//! Chains of logs as far as this device holds them, walked from their ends by hashes.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use tern_record::{EnvelopeId, LogId, SeatId};
use tern_seal::limits::MAX_CUTS;
use tern_seal::roster::{Capacity, Cut, Link, SeatState, Spot, Standing};
use tern_store::Vault;
use tern_store::envelope::InLog;

use crate::Reply;
use crate::app::App;

/// Chains that were walked. What a hash names never changes: a walk only goes on where it stopped.
#[derive(Default)]
pub(crate) struct Chains(RefCell<BTreeMap<Cut, Walk>>);

/// One chain from its end down to what is not here.
struct Walk {
    /// Which envelope stands at each place: named by the one after it, whether it is here or not.
    named: BTreeMap<u64, EnvelopeId>,
    /// The last that was named, until it is here too.
    next: Option<(u64, EnvelopeId)>,
}

impl Walk {
    fn of(cut: &Cut) -> Self {
        Self { named: BTreeMap::from([(cut.seq, cut.head)]), next: Some((cut.seq, cut.head)) }
    }

    fn go_on(&mut self, vault: &Vault, log: LogId) -> Reply<()> {
        while let Some((seq, id)) = self.next {
            let Some(here) = vault.place_of(id)? else { return Ok(()) };
            self.next = match seq.checked_sub(1) {
                // Numbers that do not follow each other make no chain.
                Some(before) if (here.log, here.seq) == (log, seq) => Some((before, here.prev)),
                _ => None,
            };
            self.named.extend(self.next);
        }
        Ok(())
    }
}

impl Chains {
    /// Walks again from the beginning: what was seen on the way may not be here after all.
    pub(crate) fn forget(&self) {
        self.0.borrow_mut().clear();
    }

    /// A walk has stopped where this envelope was missing.
    pub(crate) fn miss(&self, id: EnvelopeId) -> bool {
        self.0.borrow().values().any(|walk| walk.next.is_some_and(|(_, missing)| missing == id))
    }

    /// Whether an envelope lies on the chain that ends in a cut.
    fn link(&self, vault: &Vault, cut: &Cut, at: &Spot) -> Reply<Link> {
        let mut walks = self.0.borrow_mut();
        let walk = walks.entry(*cut).or_insert_with(|| Walk::of(cut));
        if !walk.named.contains_key(&at.seq) {
            walk.go_on(vault, cut.log)?;
        }
        Ok(match walk.named.get(&at.seq) {
            Some(id) if *id == at.id => Link::On,
            Some(_) => Link::Off,
            None => Link::Unknown,
        })
    }
}

impl App {
    /// How an envelope of a seat is to be taken.
    pub(crate) fn standing_of(&self, seat: &SeatState, at: &Spot) -> Reply<Standing> {
        let mut failed = None;
        let standing = seat.standing(at, |cut| {
            self.chains.link(&self.vault, cut, at).unwrap_or_else(|failure| {
                failed = Some(failure);
                Link::Unknown
            })
        });
        failed.map_or(Ok(standing), Err)
    }

    /// Where each log of a seat stands on this device: the last envelope up to which nothing is missing, of each branch
    /// where there are several.
    pub(crate) fn cuts_of(&self, seat: SeatId) -> Reply<Vec<Cut>> {
        cuts_of(&self.vault, seat)
    }

    /// All that a seat is and was.
    pub(crate) fn ever(&self, seat: SeatId) -> Capacity {
        self.roster.seats.get(&seat).map(SeatState::ever).unwrap_or_default()
    }
}

/// The same for a vault that nobody is at work on.
pub(crate) fn cuts_of(vault: &Vault, seat: SeatId) -> Reply<Vec<Cut>> {
    let mut cuts = ends(&vault.places_of(seat)?);
    // A statement holds so many; what is left out is looked at.
    cuts.sort_by_key(|cut| (std::cmp::Reverse(cut.seq), cut.log, cut.head));
    cuts.truncate(usize::try_from(MAX_CUTS).unwrap_or(usize::MAX));
    cuts.sort_unstable();
    Ok(cuts)
}

/// The ends of what hangs together from the first envelope of each log; places come by log and number.
fn ends(places: &[InLog]) -> Vec<Cut> {
    let mut whole: BTreeSet<(LogId, u64, EnvelopeId)> = BTreeSet::new();
    let mut followed = BTreeSet::new();
    for place in places {
        let before = place.seq.checked_sub(1).map(|seq| (place.log, seq, place.prev));
        let hangs = match before {
            None => place.prev == EnvelopeId::new([0; 32]),
            Some(before) => whole.contains(&before),
        };
        if hangs {
            whole.insert((place.log, place.seq, place.id));
            followed.extend(before);
        }
    }
    whole.difference(&followed).map(|(log, seq, head)| Cut { log: *log, seq: *seq, head: *head }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(seq: u64, id: u8, prev: u8) -> InLog {
        let (id, prev) = (EnvelopeId::new([id; 32]), EnvelopeId::new([prev; 32]));
        InLog { id, log: LogId::new([1; 16]), seq, prev }
    }

    fn heads(places: &[InLog]) -> Vec<(u64, u8)> {
        ends(places).iter().map(|cut| (cut.seq, cut.head.as_bytes()[0])).collect()
    }

    #[test]
    fn a_log_stands_where_nothing_is_missing_and_each_branch_has_its_own_end() {
        assert_eq!(
            heads(&[place(0, 1, 0), place(1, 2, 1), place(3, 4, 3)]),
            [(1, 2)],
            "place 2 has not come"
        );
        assert_eq!(heads(&[place(1, 2, 1), place(2, 3, 2)]), [], "the first has not come");
        assert_eq!(
            heads(&[place(0, 1, 0), place(1, 2, 1), place(1, 9, 1), place(2, 3, 9)]),
            [(1, 2), (2, 3)]
        );
        assert_eq!(heads(&[place(0, 1, 0), place(1, 2, 7)]), [(0, 1)], "it follows another");
    }
}
