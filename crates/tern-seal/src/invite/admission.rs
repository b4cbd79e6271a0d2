//! The third piece: the roster that a new device begins with, signed by the coordinator who admits it.
//!
//! ```text
//! admission = [1, body bytes, signature (64)]
//! body      = [request (32), realm (32), by (16), expires_ms, roster]
//! signature = sign(by's key, "tern/1/admission-signature", realm, body bytes)
//! ```
//! The roster vouches for itself: its genesis for the realm, which the invitation named; of keys it has those for the
//! new seat. The signature says that this roster is an answer to this request.

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of};
use tern_record::{RealmId, SeatId};

use super::Request;
use crate::Refused;
use crate::construct::{sign, verify};
use crate::key::SigningKey;
use crate::label::Label;
use crate::limits::{MAX_ADMISSION, MAX_ADMITTED};
use crate::piece::{Unread, fixed, head, parse};
use crate::roster::{Carried, Roster};

/// What a coordinator gives to a device that asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admission {
    /// The request that it answers.
    pub request: [u8; 32],
    /// The programme.
    pub realm: RealmId,
    /// Seat of the coordinator who admits.
    pub by: SeatId,
    /// Not taken after this: milliseconds since 1970, by the clock of the device that takes it.
    pub expires_ms: i64,
    /// What the members signed, and the keys of the new seat, of which nobody has checked anything yet.
    pub roster: Carried,
    pub(super) signature: [u8; 64],
}

/// Why an admission was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AdmissionError {
    /// Its time is over.
    #[error("the admission has run out")]
    Expired,
    /// It answers another device's request.
    #[error("an answer to another device")]
    OtherDevice,
    /// It is for another programme.
    #[error("for another programme")]
    OtherRealm,
    /// Not signed by a seat of this programme that may admit.
    #[error("not signed by somebody who may admit")]
    NotSigned,
    /// The roster in it has no seat with this device's keys.
    #[error("the roster does not know this device")]
    NoSeat,
    /// Of a format that a newer version knows.
    #[error("of a newer format")]
    Newer,
    /// Cut short, too long, or something else.
    #[error("not an admission")]
    Shape,
}

impl Admission {
    /// Signs.
    pub fn make(
        request: &Request,
        by: SeatId,
        expires_ms: i64,
        roster: Carried,
        signing: &SigningKey,
    ) -> Result<Self, Refused> {
        let mut admission =
            Self { request: request.id(), realm: request.realm, by, expires_ms, roster, signature: [0; 64] };
        if admission.body().len() > MAX_ADMISSION - 128
            || admission.roster.entries.len() as u64 > MAX_ADMITTED
        {
            return Err(Refused);
        }
        admission.signature = sign(signing, Label::AdmissionSignature, request.realm, &[&admission.body()])?;
        Ok(admission)
    }

    /// Reads bytes from a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, AdmissionError> {
        Ok(parse(bytes, MAX_ADMISSION)?)
    }

    /// Checks that it answers one's own request, in time, and that the roster bears it out: who signed it may admit,
    /// and the seat that was asked for has one's own keys. `roster` is folded from its entries for the realm of
    /// the invitation.
    pub fn check(&self, own: &Request, now_ms: i64, roster: &Roster) -> Result<(), AdmissionError> {
        if self.realm != own.realm || roster.realm != own.realm {
            return Err(AdmissionError::OtherRealm);
        }
        if self.request != own.id() {
            return Err(AdmissionError::OtherDevice);
        }
        let admits = |role| roster.seats.get(&self.by).is_some_and(|seat| seat.is(role));
        if !tern_record::Role::ALL.iter().any(|role| role.certifies() && admits(*role)) {
            return Err(AdmissionError::NotSigned);
        }
        let key = roster.verify_key(self.by).ok_or(AdmissionError::NotSigned)?;
        verify(&key, Label::AdmissionSignature, self.realm, &[&self.body()], &self.signature)
            .map_err(|_| AdmissionError::NotSigned)?;
        if now_ms > self.expires_ms {
            return Err(AdmissionError::Expired);
        }
        let seat = roster.seats.get(&own.seat()).filter(|seat| seat.removed.is_none());
        let known = seat.is_some_and(|seat| {
            let said = &seat.certificate;
            (said.device, said.verify, &said.wrap) == (own.device, own.verify, &own.wrap)
        });
        if known { Ok(()) } else { Err(AdmissionError::NoSeat) }
    }

    pub(super) fn body(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.array(5).bytes(&self.request).bytes(self.realm.as_bytes()).bytes(self.by.as_bytes());
        to.int(self.expires_ms).item(&self.roster);
        to.into_bytes()
    }
}

impl Canonical for Admission {
    fn write(&self, to: &mut Writer) {
        to.array(3).uint(1).bytes(&self.body()).bytes(&self.signature);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 3)?;
        let body = from.bytes()?;
        let signature = fixed(from)?;
        let mut from = Decoder::new(body);
        array_of(&mut from, 5)?;
        let (request, realm) = (fixed(&mut from)?, RealmId::new(fixed(&mut from)?));
        let (by, expires_ms) = (SeatId::new(fixed(&mut from)?), from.i64()?);
        let roster = Carried::read(&mut from)?;
        Ok(Self { request, realm, by, expires_ms, roster, signature })
    }
}

impl From<Unread> for AdmissionError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Newer => Self::Newer,
            Unread::Shape => Self::Shape,
        }
    }
}
