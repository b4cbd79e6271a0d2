//! What a roster entry can say.

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, ScopeId, SeatId, WorkerId};

use crate::Refused;
use crate::construct::{open, seal};
use crate::key::{SealKey, VerifyKey, WrapPublic};
use crate::label::Label;
use crate::limits::{MAX_ROLES, MAX_WRAPS};

/// A role, as list `role` names it. What it may do is one table elsewhere.
pub type Role = String;

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
}

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
    /// What the worker does.
    pub roles: Vec<Role>,
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
    pub site: Option<[u8; 16]>,
    /// Commitment to the epoch key.
    pub commitment: [u8; 32],
    /// Public half of the intake key that drops are wrapped to.
    pub intake: Option<WrapPublic>,
    /// Name of the site, sealed under the realm scope's key; empty for the whole programme.
    pub name: Vec<u8>,
    /// The epoch key, wrapped to each seat that reads.
    pub wraps: Vec<Wrapped>,
}

/// A key wrapped to one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapped {
    /// The seat.
    pub seat: SeatId,
    /// The wrap.
    pub bytes: Vec<u8>,
}

/// Names of a worker and a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Name of the worker.
    pub worker: String,
    /// Name of the device.
    pub device: String,
}

impl Names {
    /// Seals for a seat's certificate.
    pub fn close(
        &self,
        realm_key: &SealKey,
        realm: RealmId,
        seat: SeatId,
        random: &mut dyn Random,
    ) -> Vec<u8> {
        let mut plain = Writer::default();
        plain.array(2).text(&self.worker).text(&self.device);
        let ad = [realm.as_bytes().as_slice(), seat.as_bytes()].concat();
        seal(realm_key, Label::RosterName, &ad, &plain.into_bytes(), random)
    }

    /// Opens the names in a seat's certificate.
    pub fn open(sealed: &[u8], realm_key: &SealKey, realm: RealmId, seat: SeatId) -> Result<Self, Refused> {
        let ad = [realm.as_bytes().as_slice(), seat.as_bytes()].concat();
        let plain = open(realm_key, Label::RosterName, &ad, sealed)?;
        let mut from = Decoder::new(&plain);
        array_of(&mut from, 2).map_err(|_| Refused)?;
        let worker = from.str().map_err(|_| Refused)?.to_owned();
        Ok(Self { worker, device: from.str().map_err(|_| Refused)?.to_owned() })
    }
}

impl Body {
    pub(super) fn kind(&self) -> u8 {
        match self {
            Self::Genesis { .. } => 0,
            Self::Seat(_) => 1,
            Self::Scope(_) => 2,
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
            Self::Unknown { bytes, .. } => return bytes.clone(),
        }
        to.into_bytes()
    }

    pub(super) fn read(kind: u8, bytes: &[u8]) -> Result<Self, CborError> {
        match kind {
            0 => {
                let mut from = Decoder::new(bytes);
                array_of(&mut from, 3)?;
                let practice = from.bool()?;
                let root = verify_key(&mut from)?;
                let nonce = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
                let read = Self::Genesis { practice, root, nonce };
                if read.to_body_bytes() == bytes { Ok(read) } else { Err(CborError::NotCanonical) }
            }
            1 => Ok(Self::Seat(SeatCertified::from_bytes(bytes)?)),
            2 => Ok(Self::Scope(ScopeOpened::from_bytes(bytes)?)),
            kind => Ok(Self::Unknown { kind, bytes: bytes.to_vec() }),
        }
    }
}

impl Canonical for SeatCertified {
    fn write(&self, to: &mut Writer) {
        to.array(7).bytes(self.seat.as_bytes()).bytes(self.worker.as_bytes()).bytes(self.device.as_bytes());
        to.bytes(self.verify.as_bytes()).bytes(self.wrap.as_bytes()).array(self.roles.len());
        for role in &self.roles {
            to.text(role);
        }
        to.bytes(&self.names);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 7)?;
        let seat = SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let worker = WorkerId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let device = DeviceId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let verify = verify_key(from)?;
        let wrap = WrapPublic::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let mut roles = Vec::new();
        for _ in 0..array_up_to(from, MAX_ROLES)? {
            roles.push(from.str()?.to_owned());
        }
        Ok(Self { seat, worker, device, verify, wrap, roles, names: from.bytes()?.to_vec() })
    }
}

impl Canonical for ScopeOpened {
    fn write(&self, to: &mut Writer) {
        to.array(7).bytes(self.scope.as_bytes()).uint(match self.kind {
            ScopeKind::Realm => 0,
            ScopeKind::Core => 1,
            ScopeKind::Protection => 2,
            ScopeKind::Restricted => 3,
        });
        to.bytes(self.site.as_ref().map_or(&[], |site| site.as_slice())).bytes(&self.commitment);
        to.bytes(self.intake.as_ref().map_or(&[], WrapPublic::as_bytes))
            .bytes(&self.name)
            .array(self.wraps.len());
        for wrap in &self.wraps {
            to.array(2).bytes(wrap.seat.as_bytes()).bytes(&wrap.bytes);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 7)?;
        let scope = ScopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let kind = match from.u8()? {
            0 => ScopeKind::Realm,
            1 => ScopeKind::Core,
            2 => ScopeKind::Protection,
            3 => ScopeKind::Restricted,
            _ => return Err(CborError::Shape),
        };
        let site = match from.bytes()? {
            [] => None,
            site => Some(site.try_into().map_err(|_| CborError::Shape)?),
        };
        let commitment = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        let intake = match from.bytes()? {
            [] => None,
            key => Some(WrapPublic::from_slice(key).map_err(|_| CborError::Shape)?),
        };
        let name = from.bytes()?.to_vec();
        let mut wraps = Vec::new();
        for _ in 0..array_up_to(from, MAX_WRAPS)? {
            array_of(from, 2)?;
            let seat = SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
            wraps.push(Wrapped { seat, bytes: from.bytes()?.to_vec() });
        }
        Ok(Self { scope, kind, site, commitment, intake, name, wraps })
    }
}

fn verify_key(from: &mut Decoder<'_>) -> Result<VerifyKey, CborError> {
    VerifyKey::from_slice(from.bytes()?).map_err(|_| CborError::Shape)
}
