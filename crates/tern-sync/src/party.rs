//! Who is at the other end, and which logs the two have to do with.

use std::collections::BTreeSet;

use tern_record::{ScopeId, SeatId};
use tern_seal::roster::Roster;

use crate::planted;

/// A holder of envelopes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// A hub or a file: it reads nothing and carries everything.
    Carrier,
    /// A device, with all who work on it.
    Device {
        /// Every seat that was ever on it.
        seats: BTreeSet<SeatId>,
        /// What those who are still in may read.
        scopes: BTreeSet<ScopeId>,
    },
}

impl Party {
    /// The device of a seat, by the membership.
    pub fn device(roster: &Roster, seat: SeatId) -> Self {
        let device = roster.certificate(seat).map(|certificate| certificate.device);
        let of_device = |seat: &SeatId| {
            roster.certificate(*seat).map(|certificate| certificate.device) == device && device.is_some()
        };
        let seats = roster.seats.keys().chain(roster.former.keys()).copied().filter(of_device).collect();
        let reads = |id: &SeatId| {
            roster.seats.get(id).filter(|seat| seat.removed.is_none() || planted::is("removed-is-served"))
        };
        let in_ =
            |seats: &BTreeSet<SeatId>, scope| seats.iter().filter_map(reads).any(|seat| seat.may_read(scope));
        let scopes = roster.scopes.iter().filter(|(_, scope)| in_(&seats, scope)).map(|(id, _)| *id);
        Self::Device { scopes: scopes.collect(), seats }
    }

    /// It may have what is sealed for this scope.
    pub fn wants(&self, scope: ScopeId) -> bool {
        match self {
            Self::Carrier => true,
            Self::Device { scopes, .. } => scopes.contains(&scope),
        }
    }

    /// A seat is one of theirs; a carrier is for everybody.
    pub fn is_for(&self, seat: SeatId) -> bool {
        match self {
            Self::Carrier => true,
            Self::Device { seats, .. } => seats.contains(&seat),
        }
    }

    fn wrote(&self, seat: SeatId) -> bool {
        matches!(self, Self::Device { seats, .. } if seats.contains(&seat))
    }
}

/// The two exchange this log: one of them reads it, and the other reads it too or wrote it.
pub fn is_shared(one: &Party, other: &Party, scope: ScopeId, author: SeatId) -> bool {
    let gives = |from: &Party, to: &Party| to.wants(scope) && (from.wants(scope) || from.wrote(author));
    gives(one, other) || gives(other, one)
}
