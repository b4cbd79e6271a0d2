//! A device that crosses a checkpoint carries no keys: its whole slot file is sealed under a key that coordinators
//! hold and the device has forgotten. One of them gives it back.
//!
//! ```text
//! travel = [1, realm (32), practice, device (16), sealed, [[coordinator's seat (16), wrap], ...]]
//! sealed = seal(T, "tern/1/travel-slots", [realm, practice, device], slot file)          T: 32 random bytes
//! wrap   = wrap(coordinator's wrap key, "tern/1/key-of-travel", realm, device | seat, T)
//! ```

use tern_record::cbor::{Canonical, CborError, Decoder, Writer};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, SeatId};

use crate::ask::{read_wraps, write_wraps};
use crate::construct::{open, seal, wrap_key};
use crate::key::{SealKey, WrapPublic};
use crate::label::Label;
use crate::limits::{MAX_HELPERS, MAX_TRAVEL};
use crate::piece::{Unread, fixed, head, parse};
use crate::roster::Wrapped;
use crate::slot::SlotFile;

/// What lies in the place of the slot file while a device travels.
#[derive(Clone, PartialEq, Eq)]
pub struct TravelFile {
    /// The programme.
    pub realm: RealmId,
    /// It is for practice.
    pub practice: bool,
    /// The device.
    pub device: DeviceId,
    sealed: Vec<u8>,
    wraps: Vec<Wrapped>,
}

/// Why a device does not set out, or does not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TravelError {
    /// Nobody could give the keys back.
    #[error("no coordinator holds the key")]
    NoCoordinator,
    /// The key is not this file's, or the file was altered.
    #[error("does not open")]
    Wrong,
    /// Of a format that a newer version knows.
    #[error("of a newer format")]
    Newer,
    /// Cut short, or something else.
    #[error("not the file of a device that travels")]
    Shape,
}

impl TravelFile {
    /// Seals a slot file for coordinators. After this the slot file itself is to be wiped.
    pub fn pack(
        file: &SlotFile,
        coordinators: &[(SeatId, WrapPublic)],
        random: &mut dyn Random,
    ) -> Result<Self, TravelError> {
        let key = SealKey::make_random(random);
        let mut travel = Self {
            realm: file.realm,
            practice: file.practice,
            device: file.device,
            sealed: Vec::new(),
            wraps: Vec::new(),
        };
        for (seat, to) in coordinators.iter().take(MAX_HELPERS) {
            let ad = [travel_place(file.device).as_slice(), seat.as_bytes()].concat();
            let bytes = wrap_key(to, Label::TravelWrap, file.realm, &ad, &key, random);
            travel.wraps.push(Wrapped { seat: *seat, bytes: bytes.map_err(|_| TravelError::NoCoordinator)? });
        }
        if travel.wraps.is_empty() {
            return Err(TravelError::NoCoordinator);
        }
        travel.sealed = seal(&key, Label::Travel, &travel.said(), &file.to_bytes(), random);
        Ok(travel)
    }

    /// Reads a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, TravelError> {
        Ok(parse(bytes, MAX_TRAVEL)?)
    }

    /// Gives the slot file back.
    pub fn unpack(&self, key: &SealKey) -> Result<SlotFile, TravelError> {
        let plain = open(key, Label::Travel, &self.said(), &self.sealed).map_err(|_| TravelError::Wrong)?;
        let file = SlotFile::read(&plain).map_err(|_| TravelError::Wrong)?;
        let same = (file.realm, file.practice, file.device) == (self.realm, self.practice, self.device);
        if same { Ok(file) } else { Err(TravelError::Wrong) }
    }

    /// Who holds the key.
    pub fn wraps(&self) -> &[Wrapped] {
        &self.wraps
    }

    fn said(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.array(3).bytes(self.realm.as_bytes()).bool(self.practice).bytes(self.device.as_bytes());
        to.into_bytes()
    }
}

/// What the wraps of a travelling device's key are bound to, before the seat.
pub(crate) fn travel_place(device: DeviceId) -> Vec<u8> {
    device.as_bytes().to_vec()
}

impl From<Unread> for TravelError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Newer => Self::Newer,
            Unread::Shape => Self::Shape,
        }
    }
}

impl Canonical for TravelFile {
    fn write(&self, to: &mut Writer) {
        to.array(6).uint(1).bytes(self.realm.as_bytes()).bool(self.practice).bytes(self.device.as_bytes());
        to.bytes(&self.sealed);
        write_wraps(to, &self.wraps);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 6)?;
        let (realm, practice) = (RealmId::new(fixed(from)?), from.bool()?);
        let (device, sealed) = (DeviceId::new(fixed(from)?), from.bytes()?.to_vec());
        Ok(Self { realm, practice, device, sealed, wraps: read_wraps(from)? })
    }
}
