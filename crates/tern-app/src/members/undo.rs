//! Undoing with the root key what a coordinator's stolen device said. It undoes the rightful with the rest: who was truly
//! lost would be in again and given keys. So what comes of it is told before, each of those is decided by name, and who
//! stays out is taken out anew in the same act, before any device gives a key.

use tern_record::{EntryId, SeatId};
use tern_seal::SigningKey;
use tern_seal::roster::{Body, Roster, SeatRemoved, SignedEntry};
use tern_store::Vault;

use super::halves::Holder;
use crate::Reply;
use crate::chain::cuts_of;
use crate::failure::{Code, Failure};

/// Why a seat is out that was voided while it was in.
const MISUSED: &str = "misused";

/// What is to be undone, and who of those whom it would bring back comes back.
#[derive(Clone, Debug)]
pub struct Undoing {
    /// The seat whose statements do not count.
    pub seat: SeatId,
    /// The first of them; without, nothing that is not known here yet.
    pub from: Option<EntryId>,
    /// Comes back.
    pub back: Vec<SeatId>,
    /// Stays out.
    pub keep_out: Vec<SeatId>,
}

/// What comes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Out before and in after, with why they were out: a removal is undone, or what let them in counts again.
    pub back: Vec<(SeatId, Option<String>)>,
    /// In before and out after: their admission is undone, or a removal counts again.
    pub out: Vec<SeatId>,
    /// With other roles, or at another site.
    pub changed: Vec<SeatId>,
    /// Sites and keys that do not count any more: scopes and epochs.
    pub keys: usize,
    /// Statements that do not count any more.
    pub statements: usize,
}

/// Statements to be kept, and what comes of them.
pub(crate) struct Word {
    pub entries: Vec<SignedEntry>,
    pub undone: Undone,
    /// Seats that are taken out with it, and why.
    pub taken_out: Vec<(SeatId, String)>,
}

impl Holder<'_> {
    /// The word of the root key with the removals that are said anew, all signed by the root key.
    pub fn undo(
        &self,
        root: &SigningKey,
        vault: &Vault,
        statements: &[SignedEntry],
        ask: &Undoing,
    ) -> Reply<Word> {
        let mut entries = self.voided(root, statements, (ask.seat, ask.from))?;
        let after = self.with(statements, &entries)?;
        let undone = Undone::between(self.roster, &after);
        let strangers = ask.back.iter().chain(&ask.keep_out).filter(|seat| !undone.brings_back(**seat));
        if strangers.count() > 0 {
            return Err(Code::UnknownSeat.into());
        }
        let mut taken_out: Vec<(SeatId, String)> = undone
            .back
            .iter()
            .filter(|(seat, _)| ask.keep_out.contains(seat))
            .map(|(seat, why)| (*seat, why.clone().unwrap_or_else(|| MISUSED.to_owned())))
            .collect();
        if is_in(&after, ask.seat) {
            taken_out.push((ask.seat, MISUSED.to_owned()));
        }
        let mut deps = after.heads;
        for (seat, reason) in &taken_out {
            let body = SeatRemoved { seat: *seat, reason: reason.clone(), cuts: cuts_of(vault, *seat)? };
            let said = self.by_root(root, deps, Body::Removed(body))?;
            deps = said.last().map(SignedEntry::id).into_iter().collect();
            entries.extend(said);
        }
        Ok(Word { entries, undone, taken_out })
    }

    /// The roster as it would be with these entries.
    fn with(&self, statements: &[SignedEntry], more: &[SignedEntry]) -> Reply<Roster> {
        let all = [statements, more].concat();
        Ok(Roster::fold(self.realm, &all).map_err(|_| Code::Damaged)?)
    }
}

impl Undoing {
    /// Refuses while nobody has said of somebody who was taken out whether they come back. Who asks comes back.
    pub(crate) fn decides(&self, undone: &Undone, me: SeatId, name: impl Fn(SeatId) -> String) -> Reply<()> {
        let open = undone.back.iter().filter(|(seat, why)| {
            why.is_some() && *seat != me && !self.back.contains(seat) && !self.keep_out.contains(seat)
        });
        let open: Vec<String> = open.map(|(seat, _)| name(*seat)).collect();
        if open.is_empty() { Ok(()) } else { Err(Failure::about(Code::BackOrOut, [open.join(", ")])) }
    }
}

impl Undone {
    /// What is otherwise after than before.
    fn between(before: &Roster, after: &Roster) -> Self {
        let mut undone = Self::default();
        for (seat, state) in &after.seats {
            let was = before.seats.get(seat);
            if is_in(after, *seat) && !is_in(before, *seat) {
                undone.back.push((*seat, was.and_then(|was| was.removed.clone())));
            } else if let Some(was) = was
                && is_in(after, *seat)
                && (&was.roles, was.site) != (&state.roles, state.site)
            {
                undone.changed.push(*seat);
            }
        }
        undone.out = before
            .seats
            .keys()
            .copied()
            .filter(|seat| is_in(before, *seat) && !is_in(after, *seat))
            .collect();
        undone.keys = keys(before).saturating_sub(keys(after));
        undone.statements =
            after.refused.iter().filter(|id| before.refused.binary_search(id).is_err()).count();
        undone
    }

    fn brings_back(&self, seat: SeatId) -> bool {
        self.back.iter().any(|(back, _)| *back == seat)
    }
}

fn is_in(roster: &Roster, seat: SeatId) -> bool {
    roster.seats.get(&seat).is_some_and(|state| state.removed.is_none())
}

fn keys(roster: &Roster) -> usize {
    roster.scopes.values().map(|scope| 1 + scope.epochs.len()).sum()
}
