//! A device is lost, stolen, or somebody leaves: the seat is out, what it had until now counts, every key that it held
//! is replaced, and what it does later is looked at before it counts.

use std::collections::BTreeSet;

use tern_record::{Role, ScopeId, SeatId};
use tern_seal::roster::{Body, SeatRemoved};

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::Code;
use crate::members::sheet::PAPER;

/// Reasons for which nobody may go on working with a device.
const DEVICE_IS_GONE: [&str; 2] = ["lost", "stolen"];

/// How much is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// One worker on one device.
    Seat,
    /// Every worker on that device.
    Device,
}

impl Extent {
    /// What a reason means when nobody says more: a tablet that is gone is gone for all who worked on it.
    pub fn of(reason: &str) -> Self {
        if DEVICE_IS_GONE.contains(&reason) { Self::Device } else { Self::Seat }
    }
}

/// What a removal did, and what is still to be done by others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Seats that are out.
    pub seats: Vec<SeatId>,
    /// Scopes that have a new key.
    pub rotated: Vec<ScopeId>,
    /// Scopes whose key has to be replaced by somebody who reads them: until then the removed device could read what
    /// is written, if it got hold of it.
    pub waiting: Vec<ScopeId>,
}

impl App {
    /// Takes a seat out, or every seat of its device, in one act. `reason` is a code of the list `removal_reason`.
    pub fn remove_seat(&mut self, seat: SeatId, extent: Extent, reason: &str) -> Reply<Removal> {
        let me = self.roster.seats.get(&self.me.seat).ok_or(Code::NoRight)?.known_roles();
        if !me.iter().copied().any(Role::removes) {
            return Err(Code::NoRight.into());
        }
        if self
            .schema
            .codelist("removal_reason")
            .is_none_or(|list| list.codes.iter().all(|code| code.code != reason))
        {
            return Err(Code::RemovalReason.into());
        }
        if self.roster.seats.get(&seat).ok_or(Code::UnknownSeat)?.removed.is_some() {
            return Err(Code::UnknownSeat.into());
        }
        let seats = match extent {
            Extent::Seat => vec![seat],
            Extent::Device => self.seats_beside(seat),
        };
        // Who takes tablets out takes no coordinator out, on a shared one neither.
        let coordinates =
            |seat: &SeatId| self.roster.seats.get(seat).is_some_and(|state| state.is(Role::Coordinator));
        if seats.iter().any(coordinates) && !me.into_iter().any(Role::certifies) {
            return Err(Code::NoRight.into());
        }
        let own = seats.contains(&self.me.seat);
        if own && seats.len() > 1 {
            return Err(Code::OwnDevice.into());
        }
        self.keeps_a_coordinator(&seats)?;
        // Whoever takes themselves out could neither tell others nor undo it.
        if own {
            return Err(Code::OwnDevice.into());
        }
        self.take_out(&seats, reason, |seat| Event::Removed(seat, reason))?;
        self.tend_or_later()?;
        let had: BTreeSet<ScopeId> = seats.iter().flat_map(|seat| self.scopes_of(*seat)).collect();
        let waits = |scope: &ScopeId| {
            self.roster.scopes.get(scope).is_some_and(|state| self.roster.wants_new_epoch(state))
        };
        let (waiting, rotated) = had.into_iter().partition(waits);
        Ok(Removal { seats, rotated, waiting })
    }

    /// Seats on the same device that are not out, this one first. Each recovery sheet is a device of its own.
    pub(crate) fn seats_beside(&self, seat: SeatId) -> Vec<SeatId> {
        let Some(device) = self.roster.seats.get(&seat).map(|state| state.certificate.device) else {
            return Vec::new();
        };
        let beside = self.roster.seats.iter().filter(|(id, state)| {
            **id != seat && device != PAPER && state.certificate.device == device && state.removed.is_none()
        });
        std::iter::once(seat).chain(beside.map(|(id, _)| *id)).collect()
    }

    /// Says that seats are out, all of them or none, and keeps an event of each.
    pub(crate) fn take_out<'a>(
        &mut self,
        seats: &[SeatId],
        reason: &str,
        kept: impl Fn(SeatId) -> Event<'a>,
    ) -> Reply<()> {
        let mut bodies = Vec::with_capacity(seats.len());
        for seat in seats {
            let cuts = self.cuts_of(*seat)?;
            bodies.push(Body::Removed(SeatRemoved { seat: *seat, reason: reason.to_owned(), cuts }));
        }
        let events: Vec<_> = seats.iter().map(|seat| self.event(kept(*seat))).collect();
        self.say(bodies, |tx| events.iter().try_for_each(|event| tx.add_audit(event))).map(drop)
    }

    /// Scopes whose keys a seat was given.
    pub(crate) fn scopes_of(&self, seat: SeatId) -> Vec<ScopeId> {
        let given = |scope: &tern_seal::roster::ScopeState| {
            scope.epochs.values().any(|epoch| epoch.readers.contains(&seat))
        };
        self.roster.scopes.iter().filter(|(_, scope)| given(scope)).map(|(id, _)| *id).collect()
    }
}
