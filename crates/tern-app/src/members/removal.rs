//! A device is lost, stolen, or somebody leaves: the seat is out, what it had until now counts, every key that it held
//! is replaced, and what it does later is looked at before it counts.

use tern_record::{EnvelopeId, Role, ScopeId, SeatId};
use tern_seal::roster::{Body, Cut, SeatRemoved};

use crate::Reply;
use crate::app::App;
use crate::failure::Code;

/// What a removal did, and what is still to be done by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Scopes that have a new key.
    pub rotated: Vec<ScopeId>,
    /// Scopes whose key has to be replaced by somebody who reads them: until then the removed device could read what
    /// is written, if it got hold of it.
    pub waiting: Vec<ScopeId>,
}

impl App {
    /// Takes a seat out. `reason` is a code of the list `removal_reason`.
    pub fn remove_seat(&mut self, seat: SeatId, reason: &str) -> Reply<Removal> {
        let me = self.roster.seats.get(&self.me.seat).ok_or(Code::NoRight)?.known_roles();
        let coordinates = self.roster.seats.get(&seat).is_some_and(|seat| seat.is(Role::Coordinator));
        let may = if coordinates { Role::certifies } else { Role::removes };
        if !me.into_iter().any(may) {
            return Err(Code::NoRight.into());
        }
        if self
            .schema
            .codelist("removal_reason")
            .is_none_or(|list| list.codes.iter().all(|code| code.code != reason))
        {
            return Err(crate::Failure::about(Code::Form("wrong-code".to_owned()), ["reason".to_owned()]));
        }
        if self.roster.seats.get(&seat).ok_or(Code::UnknownSeat)?.removed.is_some() {
            return Err(Code::UnknownSeat.into());
        }
        self.keeps_a_coordinator(seat)?;
        let had = self.scopes_of(seat);
        let event = self.event("removed", None, reason);
        let cuts = self.cuts_of(seat)?;
        let removed = SeatRemoved { seat, reason: reason.to_owned(), cuts };
        self.say(vec![Body::Removed(removed)], |tx| tx.add_audit(&event))?;
        self.tend()?;
        let waits = |scope: &ScopeId| {
            self.roster.scopes.get(scope).is_some_and(|state| self.roster.wants_new_epoch(state))
        };
        let (waiting, rotated) = had.into_iter().partition(waits);
        Ok(Removal { rotated, waiting })
    }

    /// Scopes whose keys a seat was given.
    pub(crate) fn scopes_of(&self, seat: SeatId) -> Vec<ScopeId> {
        let given = |scope: &tern_seal::roster::ScopeState| {
            scope.epochs.values().any(|epoch| epoch.readers.contains(&seat))
        };
        self.roster.scopes.iter().filter(|(_, scope)| given(scope)).map(|(id, _)| *id).collect()
    }

    /// Where each log of a seat stands on this device.
    pub(crate) fn cuts_of(&self, seat: SeatId) -> Reply<Vec<Cut>> {
        let logs = self.vault.logs_of(seat)?;
        Ok(logs.into_iter().map(|(log, seq, head): (_, _, EnvelopeId)| Cut { log, seq, head }).collect())
    }
}
