//! What a roster entry can say.

use tern_record::cbor::{Canonical as _, CborError, Writer, array_of};
use tern_record::{Compartment, DeviceId, EnvelopeId, LogId, RealmId, Role, ScopeId, SeatId, WorkerId};

use crate::epoch::EpochId;
use crate::key::{VerifyKey, WrapPublic};

use super::Author;
use super::names::{scope_id, seat_id, site_id};
use super::wire::{fixed, read_seat_id, same_again, scope_of, verify_key};

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

    pub(super) const fn number(self) -> u8 {
        match self {
            Self::Realm => 0,
            Self::Core => 1,
            Self::Protection => 2,
            Self::Restricted => 3,
            Self::Audit => 4,
        }
    }

    pub(super) fn from_number(number: u8) -> Option<Self> {
        let all = [Self::Realm, Self::Core, Self::Protection, Self::Restricted, Self::Audit];
        all.into_iter().find(|kind| kind.number() == number)
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

    /// Who does this work, at this site, may hold the keys of a scope of this kind that belongs to `of`. The names of
    /// people and sites are for every member; what belongs to a site is for those who work there.
    pub fn is_read_by(self, of: Option<SiteId>, roles: &[String], site: Option<SiteId>) -> bool {
        let here = of.is_none() || of == site;
        let mut roles = roles.iter().filter_map(|code| Role::from_code(code));
        match (self, self.compartment()) {
            (Self::Realm, _) => true,
            (Self::Audit, _) => roles.any(Role::audits),
            (_, Some(compartment)) => here && roles.any(|role| role.holds(compartment)),
            (_, None) => false,
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
        /// The first seat, then the nonce of the first scopes: makes the realm's id unlike any other, and the root key
        /// brings in nothing else.
        nonce: [u8; 32],
    },
    /// A seat may work.
    Seat(SeatCertified),
    /// There is a scope, with its first key.
    Scope(ScopeOpened),
    /// A scope has a new key.
    Epoch(EpochBegun),
    /// Seats that came after an epoch began are given its key.
    Granted(Granted),
    /// Said by a seat of itself: what it was given opens nothing, and it asks for the key again.
    Unopened {
        /// The scope.
        scope: ScopeId,
        /// The epoch.
        epoch: EpochId,
    },
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
    /// All that this entry names was heard of: for who has more heads than an entry can name.
    Heard,
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

impl SeatCertified {
    /// The seat has the id that its keys and its device give: two seats with one id are one seat.
    pub fn is_named_by_its_keys(&self) -> bool {
        self.seat == seat_id(self.device, &self.verify, &self.wrap)
    }

    /// Another certificate of the seat says the same of it: the person, the roles and the site. Its keys are the same by
    /// its id; names are sealed anew each time.
    pub fn gives_the_same(&self, other: &Self) -> bool {
        (self.worker, &self.roles, self.site) == (other.worker, &other.roles, other.site)
    }
}

/// A new scope. Its id, and that of its site, follow from who opens it: nobody else opens another in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeOpened {
    /// Drawn anew for each site; the scopes of one site have the same.
    pub nonce: [u8; 16],
    /// What it holds.
    pub kind: ScopeKind,
    /// It belongs to a site; otherwise to the whole programme.
    pub at_site: bool,
    /// Name of the site or the programme, sealed under the realm scope's key; empty for none.
    pub name: Vec<u8>,
    /// Its first key.
    pub first: EpochKey,
}

impl ScopeOpened {
    /// The scope that this author opens.
    pub fn scope(&self, realm: RealmId, author: Author) -> ScopeId {
        scope_id(realm, author, &self.nonce, self.kind)
    }

    /// The site that it belongs to.
    pub fn site(&self, realm: RealmId, author: Author) -> Option<SiteId> {
        self.at_site.then(|| site_id(realm, author, &self.nonce))
    }
}

/// A new key of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochBegun {
    /// The scope.
    pub scope: ScopeId,
    /// The key.
    pub key: EpochKey,
    /// Keys of the epochs before it, sealed under this one's, so that who comes later reads what was written earlier.
    pub earlier: Vec<Earlier>,
}

/// What everybody may know of an epoch's key. Its wraps travel apart: whoever has one checks it against this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochKey {
    /// Commitment to the key.
    pub commitment: [u8; 32],
    /// Public half of the intake key that drops are wrapped to; it follows from the key.
    pub intake: WrapPublic,
    /// Seats that are to have it, sorted.
    pub readers: Vec<SeatId>,
}

/// The key of an epoch under the key of a later one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The earlier epoch.
    pub epoch: EpochId,
    /// Its key, sealed.
    pub sealed: Vec<u8>,
}

/// Seats that came after an epoch began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Granted {
    /// The scope.
    pub scope: ScopeId,
    /// The epoch.
    pub epoch: EpochId,
    /// Seats that are given its key, sorted.
    pub seats: Vec<SeatId>,
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
            Self::Epoch(_) => "epoch",
            Self::Granted(_) => "granted",
            Self::Unopened { .. } => "unopened",
            Self::Heard => "heard",
            Self::Changed(_) => "changed",
            Self::Removed(_) => "removed",
            Self::Accepted(_) => "accepted",
            Self::RootShared(_) => "root_shared",
            Self::Recovered { .. } => "recovered",
            Self::Voided { .. } => "voided",
            Self::Unknown { .. } => "unknown",
        }
    }

    /// The seat that it is about, when it is about one.
    pub const fn whom(&self) -> Option<SeatId> {
        match self {
            Self::Seat(certified) => Some(certified.seat),
            Self::Changed(changed) => Some(changed.seat),
            Self::Removed(removed) => Some(removed.seat),
            Self::Accepted(accepted) => Some(accepted.seat),
            Self::Recovered { seat, .. } | Self::Voided { seat } => Some(*seat),
            Self::Genesis { .. }
            | Self::Scope(_)
            | Self::Epoch(_)
            | Self::Granted(_)
            | Self::Unopened { .. }
            | Self::RootShared(_)
            | Self::Heard
            | Self::Unknown { .. } => None,
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
            Self::Epoch(_) => 10,
            Self::Unopened { .. } => 11,
            Self::Heard => 12,
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
            Self::Epoch(begun) => begun.write(&mut to),
            Self::Unopened { scope, epoch } => {
                to.array(2).bytes(scope.as_bytes()).bytes(epoch);
            }
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
            Self::Heard => {
                to.array(0);
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
                Ok(Self::Recovered { seat: read_seat_id(from)?, ask: fixed(from)? })
            }),
            9 => same_again(bytes, |from| {
                array_of(from, 1)?;
                Ok(Self::Voided { seat: read_seat_id(from)? })
            }),
            12 => same_again(bytes, |from| array_of(from, 0).map(|()| Self::Heard)),
            11 => same_again(bytes, |from| {
                array_of(from, 2)?;
                Ok(Self::Unopened { scope: scope_of(from)?, epoch: fixed(from)? })
            }),
            10 => Ok(Self::Epoch(EpochBegun::from_bytes(bytes)?)),
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
