//! How a locked device is helped: it asks, coordinators approve, and it puts together what they give.
//!
//! ```text
//! ask      = [1, kind, realm (32), practice, device (16), seat (16), slot (16), to (1216), held]
//! held     = [[half, half], ...] of a forgotten passphrase, or [wrap, ...] of a device that travelled
//! id       = SHA-256(fields("tern/1/ask", ask))
//! approval = [1, ask (32), by (16), [[place in held, wrap], ...]]
//! wrap     = wrap(to, "tern/1/approval", realm, ask | by | place (u64), what that place holds for `by`)
//! ```
//! Nobody but the asking device reads an approval: `to` is a key that it made for this ask. An ask proves nothing of
//! who asks. The coordinator meets the worker, types the four words that stand on the locked screen, and then approves.

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, SeatId};

use crate::construct::{unwrap_key, wrap_key};
use crate::half::{join, open_half};
use crate::hash::content_hash;
use crate::key::{SealKey, WrapPublic, WrapSecret};
use crate::label::Label;
use crate::limits::{MAX_HELPERS, MAX_PAIRS, MAX_PIECE};
use crate::passphrase::check_words_of;
use crate::piece::{Unread, fixed, head, parse};
use crate::roster::{PairOfShares, Wrapped};
use crate::slot::{SlotFile, half_place};
use crate::travel::{TravelFile, travel_place};

/// What a locked device shows to coordinators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The programme.
    pub realm: RealmId,
    /// It is for practice.
    pub practice: bool,
    /// The locked device.
    pub device: DeviceId,
    /// What was lost.
    pub about: About,
    /// A key that the device made for this ask.
    pub to: WrapPublic,
}

/// What is asked for, and what coordinators hold of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The key of a worker's slot: any pair of coordinators gives it.
    Passphrase {
        /// Whose words were forgotten.
        seat: SeatId,
        /// The slot.
        slot: [u8; 16],
        /// Halves, a pair of coordinators each.
        pairs: Vec<PairOfShares>,
    },
    /// The key of a travelling device: any one coordinator gives it.
    Travel {
        /// The key for each coordinator.
        wraps: Vec<Wrapped>,
    },
}

/// What one coordinator gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The ask that it answers.
    pub ask: [u8; 32],
    /// Seat of the coordinator.
    pub by: SeatId,
    shares: Vec<(u64, Vec<u8>)>,
}

/// Why an ask or an approval led to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// One approval is not enough: the other of a pair is wanted.
    #[error("another coordinator is needed")]
    NeedsAnother,
    /// The approval answers another ask.
    #[error("an answer to another ask")]
    OtherAsk,
    /// This coordinator holds nothing of what is asked for.
    #[error("this seat holds nothing of it")]
    NotHeld,
    /// Changed on the way, or for somebody else's keys.
    #[error("changed on the way")]
    Altered,
    /// Of a format that a newer version knows.
    #[error("of a newer format")]
    Newer,
    /// Cut short, or something else.
    #[error("not an ask or approval")]
    Shape,
}

impl Ask {
    /// Asks for the words of a seat. The secret half of `to` stays on the device, for this ask alone.
    pub fn for_passphrase(file: &SlotFile, seat: SeatId, to: WrapPublic) -> Result<Self, AskError> {
        let (slot, pairs) = file.halves_of(seat).ok_or(AskError::NotHeld)?;
        if pairs.is_empty() {
            return Err(AskError::NotHeld);
        }
        let about = About::Passphrase { seat, slot, pairs: pairs.to_vec() };
        Ok(Self { realm: file.realm, practice: file.practice, device: file.device, about, to })
    }

    /// Asks for the key of a device that travelled.
    pub fn for_travel(file: &TravelFile, to: WrapPublic) -> Self {
        let about = About::Travel { wraps: file.wraps().to_vec() };
        Self { realm: file.realm, practice: file.practice, device: file.device, about, to }
    }

    /// Reads bytes from a picture or a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, AskError> {
        Ok(parse(bytes, MAX_PIECE)?)
    }

    /// Names the ask.
    pub fn id(&self) -> [u8; 32] {
        content_hash(Label::Ask, &[&self.to_bytes()])
    }

    /// The four words that both screens show.
    pub fn check_words(&self) -> [&'static str; 4] {
        check_words_of(&SealKey::new(&content_hash(Label::CheckWords, &[&self.id()])))
    }

    /// Seats of coordinators who can help.
    pub fn helpers(&self) -> Vec<SeatId> {
        let mut seats: Vec<SeatId> = self.places().map(|(_, wrapped)| wrapped.seat).collect();
        seats.sort_unstable();
        seats.dedup();
        seats
    }

    /// Gives what a coordinator holds of what is asked for.
    pub fn approve(
        &self,
        by: SeatId,
        secret: &WrapSecret,
        random: &mut dyn Random,
    ) -> Result<Approval, AskError> {
        let ask = self.id();
        let (label, place_of) = self.place_of_held();
        let mut shares = Vec::new();
        for (place, wrapped) in self.places().filter(|(_, wrapped)| wrapped.seat == by) {
            let held = open_half(self.realm, label, &place_of, by, secret, &wrapped.bytes)
                .map_err(|_| AskError::Altered)?;
            let ad = share_place(&ask, by, place);
            let wrap = wrap_key(&self.to, Label::Approval, self.realm, &ad, &held, random);
            shares.push((place, wrap.map_err(|_| AskError::Altered)?));
        }
        if shares.is_empty() { Err(AskError::NotHeld) } else { Ok(Approval { ask, by, shares }) }
    }

    /// Puts together what was asked for. `secret` is the secret half of [`Ask::to`].
    pub fn put_together(&self, secret: &WrapSecret, approvals: &[Approval]) -> Result<SealKey, AskError> {
        let ask = self.id();
        let mut given: Vec<(u64, SeatId, SealKey)> = Vec::new();
        for approval in approvals {
            if approval.ask != ask {
                return Err(AskError::OtherAsk);
            }
            for (place, wrap) in &approval.shares {
                let ad = share_place(&ask, approval.by, *place);
                let key = unwrap_key(secret, Label::Approval, self.realm, &ad, wrap);
                given.push((*place, approval.by, key.map_err(|_| AskError::Altered)?));
            }
        }
        let of = |place: u64, seat: SeatId| {
            given.iter().find(|(at, by, _)| (*at, *by) == (place, seat)).map(|(.., key)| key)
        };
        match &self.about {
            About::Passphrase { pairs, .. } => (0_u64..)
                .zip(pairs)
                .find_map(|(place, pair)| Some(join(of(place, pair.one.seat)?, of(place, pair.other.seat)?))),
            About::Travel { wraps } => {
                (0_u64..).zip(wraps).find_map(|(place, wrap)| of(place, wrap.seat).cloned())
            }
        }
        .ok_or(AskError::NeedsAnother)
    }

    /// Every wrap with its place.
    fn places(&self) -> Box<dyn Iterator<Item = (u64, &Wrapped)> + '_> {
        match &self.about {
            About::Passphrase { pairs, .. } => {
                Box::new((0_u64..).zip(pairs).flat_map(|(at, pair)| [(at, &pair.one), (at, &pair.other)]))
            }
            About::Travel { wraps } => Box::new((0_u64..).zip(wraps)),
        }
    }

    fn place_of_held(&self) -> (Label, Vec<u8>) {
        match &self.about {
            About::Passphrase { seat, slot, .. } => (Label::SlotHalf, half_place(self.device, *slot, *seat)),
            About::Travel { .. } => (Label::TravelWrap, travel_place(self.device)),
        }
    }
}

impl Approval {
    /// Reads bytes from a picture or a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, AskError> {
        Ok(parse(bytes, MAX_PIECE)?)
    }
}

fn share_place(ask: &[u8; 32], by: SeatId, place: u64) -> Vec<u8> {
    [ask.as_slice(), by.as_bytes(), &place.to_be_bytes()].concat()
}

impl From<Unread> for AskError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Newer => Self::Newer,
            Unread::Shape => Self::Shape,
        }
    }
}

const NOBODY: [u8; 16] = [0; 16];

impl Canonical for Ask {
    fn write(&self, to: &mut Writer) {
        let (kind, seat, slot) = match &self.about {
            About::Passphrase { seat, slot, .. } => (0, seat.as_bytes(), slot),
            About::Travel { .. } => (1, &NOBODY, &NOBODY),
        };
        to.array(9).uint(1).uint(kind).bytes(self.realm.as_bytes()).bool(self.practice);
        to.bytes(self.device.as_bytes()).bytes(seat).bytes(slot).bytes(self.to.as_bytes());
        match &self.about {
            About::Passphrase { pairs, .. } => {
                to.array(pairs.len());
                pairs.iter().for_each(|pair| pair.write(to));
            }
            About::Travel { wraps } => write_wraps(to, wraps),
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 9)?;
        let kind = from.u8()?;
        let (realm, practice) = (RealmId::new(fixed(from)?), from.bool()?);
        let (device, seat, slot) = (DeviceId::new(fixed(from)?), SeatId::new(fixed(from)?), fixed(from)?);
        let to = WrapPublic::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let about = match kind {
            0 => {
                let pairs = (0..array_up_to(from, MAX_PAIRS)?).map(|_| PairOfShares::read(from));
                About::Passphrase { seat, slot, pairs: pairs.collect::<Result<_, _>>()? }
            }
            // Written again, a seat or slot that stands here is not the same.
            1 => About::Travel { wraps: read_wraps(from)? },
            _ => return Err(CborError::Shape),
        };
        Ok(Self { realm, practice, device, about, to })
    }
}

pub(crate) fn write_wraps(to: &mut Writer, wraps: &[Wrapped]) {
    to.array(wraps.len());
    wraps.iter().for_each(|wrap| wrap.write(to));
}

pub(crate) fn read_wraps(from: &mut Decoder<'_>) -> Result<Vec<Wrapped>, CborError> {
    (0..array_up_to(from, MAX_HELPERS as u64)?).map(|_| Wrapped::read(from)).collect()
}

impl Canonical for Approval {
    fn write(&self, to: &mut Writer) {
        to.array(4).uint(1).bytes(&self.ask).bytes(self.by.as_bytes()).array(self.shares.len());
        for (place, wrap) in &self.shares {
            to.array(2).uint(*place).bytes(wrap);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 4)?;
        let (ask, by) = (fixed(from)?, SeatId::new(fixed(from)?));
        let mut shares = Vec::new();
        for _ in 0..array_up_to(from, MAX_HELPERS as u64)? {
            array_of(from, 2)?;
            shares.push((from.u64()?, from.bytes()?.to_vec()));
        }
        Ok(Self { ask, by, shares })
    }
}

#[cfg(test)]
mod tests;
