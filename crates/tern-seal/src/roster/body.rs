//! What a roster entry can say.

use tern_record::cbor::{Canonical as _, CborError, Writer, array_of};
use tern_record::{Compartment, DeviceId, EnvelopeId, LogId, ScopeId, SeatId, WorkerId};

use crate::epoch::EpochId;
use crate::key::{VerifyKey, WrapPublic};

use super::wire::{fixed, same_again, seat_id, verify_key};

/// What a scope holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ScopeKind {
    /// Names of workers, devices and sites.
    Realm,
    /// T1 and T2 of children.
    Core,
    /// T3.
    Protection,
    /// T4.
    Restricted,
    /// Who read what, who exported, who was admitted and removed.
    Audit,
}

impl ScopeKind {
    /// The compartment of records that travels in it.
    pub const fn compartment(self) -> Option<Compartment> {
        match self {
            Self::Core => Some(Compartment::Core),
            Self::Protection => Some(Compartment::Protection),
            Self::Restricted => Some(Compartment::Restricted),
            Self::Realm | Self::Audit => None,
        }
    }

    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Realm => "realm",
            Self::Core => "core",
            Self::Protection => "protection",
            Self::Restricted => "restricted",
            Self::Audit => "audit",
        }
    }
}

/// Names a site.
pub type SiteId = [u8; 16];

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// The programme begins.
    Genesis {
        /// A practice programme; never anything else later.
        practice: bool,
        /// The root key.
        root: VerifyKey,
        /// Makes the realm's id unlike any other.
        nonce: [u8; 32],
    },
    /// A seat may work.
    Seat(SeatCertified),
    /// A scope, or a new epoch of it, may be written under.
    Scope(ScopeOpened),
    /// Keys of an epoch for seats that came after it began.
    Granted(Granted),
    /// A seat does something else, or somewhere else, from now on.
    Changed(SeatChanged),
    /// A seat is out.
    Removed(SeatRemoved),
    /// Work of a removed or changed seat is taken after all, up to here.
    Accepted(WorkAccepted),
    /// The root key in halves, for any two of three coordinators.
    RootShared(RootShared),
    /// A worker got back in with the help of two coordinators.
    Recovered {
        /// The seat.
        seat: SeatId,
        /// What was asked, by its hash.
        ask: [u8; 32],
    },
    /// Said by the root key: of this seat only statements stand that this entry has seen.
    Voided {
        /// The seat.
        seat: SeatId,
    },
    /// Something that a newer version says.
    Unknown {
        /// Its number.
        kind: u8,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// One worker on one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatCertified {
    /// The seat.
    pub seat: SeatId,
    /// The worker.
    pub worker: WorkerId,
    /// The device.
    pub device: DeviceId,
    /// Checks the seat's signatures.
    pub verify: VerifyKey,
    /// Wraps keys to the seat.
    pub wrap: WrapPublic,
    /// What the worker does: codes of the list `role`.
    pub roles: Vec<String>,
    /// Where the worker works; `None` for no site.
    pub site: Option<SiteId>,
    /// Names, sealed under the realm scope's key.
    pub names: Vec<u8>,
}

/// A scope and one epoch of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeOpened {
    /// The scope; constant.
    pub scope: ScopeId,
    /// What it holds.
    pub kind: ScopeKind,
    /// The site it belongs to; `None` for the whole programme.
    pub site: Option<SiteId>,
    /// Commitment to the epoch key.
    pub commitment: [u8; 32],
    /// Public half of the intake key that drops are wrapped to.
    pub intake: Option<WrapPublic>,
    /// Name of the site, sealed under the realm scope's key; empty for the whole programme.
    pub name: Vec<u8>,
    /// The epoch key, wrapped to each seat that reads.
    pub wraps: Vec<Wrapped>,
    /// Keys of the epochs before it, sealed under this one's, so that who comes later reads what was written earlier.
    pub earlier: Vec<Earlier>,
}

/// The key of an epoch under the key of a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The earlier epoch.
    pub epoch: EpochId,
    /// Its key, sealed.
    pub sealed: Vec<u8>,
}

/// Wraps that were missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The scope.
    pub scope: ScopeId,
    /// The epoch.
    pub epoch: EpochId,
    /// Its key, wrapped to each of these seats.
    pub wraps: Vec<Wrapped>,
}

/// The last envelope of a log that counts without being looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// The log.
    pub log: LogId,
    /// Place of that envelope.
    pub seq: u64,
    /// The envelope.
    pub head: EnvelopeId,
}

/// New roles and site of a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatChanged {
    /// The seat.
    pub seat: SeatId,
    /// Roles from now on.
    pub roles: Vec<String>,
    /// Site from now on.
    pub site: Option<SiteId>,
    /// Work up to here is judged by what the seat was before.
    pub cuts: Vec<Cut>,
}

/// Why a seat is out, and what of its work counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatRemoved {
    /// The seat.
    pub seat: SeatId,
    /// A code of the list `removal_reason`.
    pub reason: String,
    /// Work up to here counts; later work is looked at.
    pub cuts: Vec<Cut>,
}

/// Work of a seat that somebody looked at and takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkAccepted {
    /// The seat.
    pub seat: SeatId,
    /// Up to here.
    pub cuts: Vec<Cut>,
}

/// The root key, halved for each pair of coordinators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RootShared {
    /// One for each pair.
    pub pairs: Vec<PairOfShares>,
}

/// Two halves that make the whole, each wrapped to one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairOfShares {
    /// One half.
    pub one: Wrapped,
    /// The other.
    pub other: Wrapped,
}

/// A key wrapped to one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The seat.
    pub seat: SeatId,
    /// The wrap.
    pub bytes: Vec<u8>,
}

impl Body {
    /// Stable name of what is said.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Genesis { .. } => "genesis",
            Self::Seat(_) => "seat",
            Self::Scope(_) => "scope",
            Self::Granted(_) => "granted",
            Self::Changed(_) => "changed",
            Self::Removed(_) => "removed",
            Self::Accepted(_) => "accepted",
            Self::RootShared(_) => "root_shared",
            Self::Recovered { .. } => "recovered",
            Self::Voided { .. } => "voided",
            Self::Unknown { .. } => "unknown",
        }
    }

    pub(super) fn kind(&self) -> u8 {
        match self {
            Self::Genesis { .. } => 0,
            Self::Seat(_) => 1,
            Self::Scope(_) => 2,
            Self::Granted(_) => 3,
            Self::Changed(_) => 4,
            Self::Removed(_) => 5,
            Self::Accepted(_) => 6,
            Self::RootShared(_) => 7,
            Self::Recovered { .. } => 8,
            Self::Voided { .. } => 9,
            Self::Unknown { kind, .. } => *kind,
        }
    }

    pub(super) fn to_body_bytes(&self) -> Vec<u8> {
        let mut to = Writer::default();
        match self {
            Self::Genesis { practice, root, nonce } => {
                to.array(3).bool(*practice).bytes(root.as_bytes()).bytes(nonce);
            }
            Self::Seat(seat) => seat.write(&mut to),
            Self::Scope(scope) => scope.write(&mut to),
            Self::Granted(granted) => granted.write(&mut to),
            Self::Changed(changed) => changed.write(&mut to),
            Self::Removed(removed) => removed.write(&mut to),
            Self::Accepted(accepted) => accepted.write(&mut to),
            Self::RootShared(shared) => shared.write(&mut to),
            Self::Recovered { seat, ask } => {
                to.array(2).bytes(seat.as_bytes()).bytes(ask);
            }
            Self::Voided { seat } => {
                to.array(1).bytes(seat.as_bytes());
            }
            Self::Unknown { bytes, .. } => return bytes.clone(),
        }
        to.into_bytes()
    }

    pub(super) fn read(kind: u8, bytes: &[u8]) -> Result<Self, CborError> {
        match kind {
            0 => same_again(bytes, |from| {
                array_of(from, 3)?;
                let practice = from.bool()?;
                let root = verify_key(from)?;
                Ok(Self::Genesis { practice, root, nonce: fixed(from)? })
            }),
            8 => same_again(bytes, |from| {
                array_of(from, 2)?;
                Ok(Self::Recovered { seat: seat_id(from)?, ask: fixed(from)? })
            }),
            9 => same_again(bytes, |from| {
                array_of(from, 1)?;
                Ok(Self::Voided { seat: seat_id(from)? })
            }),
            3 => Ok(Self::Granted(Granted::from_bytes(bytes)?)),
            4 => Ok(Self::Changed(SeatChanged::from_bytes(bytes)?)),
            5 => Ok(Self::Removed(SeatRemoved::from_bytes(bytes)?)),
            6 => Ok(Self::Accepted(WorkAccepted::from_bytes(bytes)?)),
            7 => Ok(Self::RootShared(RootShared::from_bytes(bytes)?)),
            1 => Ok(Self::Seat(SeatCertified::from_bytes(bytes)?)),
            2 => Ok(Self::Scope(ScopeOpened::from_bytes(bytes)?)),
            kind => Ok(Self::Unknown { kind, bytes: bytes.to_vec() }),
        }
    }
}
