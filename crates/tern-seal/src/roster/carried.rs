//! The roster as it travels: what was signed, and the keys that it names, wrapped to their seats.
//!
//! ```text
//! roster = [[signed entry bytes, ...], [wrap, ...]]
//! wrap   = [epoch (16), seat (16), wrapped key (1168)]
//! ```
//! Wraps are not signed. Whoever has one checks the key in it against what was signed of the epoch, so rubbish does
//! nothing, and anybody who has the key can give another.

use tern_record::SeatId;
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};

use super::SignedEntry;
use crate::epoch::EpochId;
use crate::limits::{MAX_ADMISSION, MAX_ADMITTED, WRAP};
use crate::piece::fixed;

/// The key of an epoch, wrapped to one seat: so somebody says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EpochWrap {
    /// The epoch.
    pub epoch: EpochId,
    /// The seat.
    pub seat: SeatId,
    /// The wrap.
    pub bytes: Vec<u8>,
}

/// Entries and wraps, of which nobody has checked anything yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Carried {
    /// Signed entries.
    pub entries: Vec<SignedEntry>,
    /// Keys.
    pub wraps: Vec<EpochWrap>,
}

impl Carried {
    /// Reads a roster from a file, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, CborError> {
        if bytes.len() > MAX_ADMISSION { Err(CborError::TooLarge) } else { Self::from_bytes(bytes) }
    }
}

impl Canonical for Carried {
    fn write(&self, to: &mut Writer) {
        to.array(2).array(self.entries.len());
        for entry in &self.entries {
            to.bytes(&entry.to_bytes());
        }
        to.array(self.wraps.len());
        self.wraps.iter().for_each(|wrap| wrap.write(to));
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 2)?;
        let entry = |from: &mut Decoder<'_>| SignedEntry::from_bytes(from.bytes()?);
        let entries = (0..array_up_to(from, MAX_ADMITTED)?).map(|_| entry(from)).collect::<Result<_, _>>()?;
        let wraps =
            (0..array_up_to(from, MAX_ADMITTED)?).map(|_| EpochWrap::read(from)).collect::<Result<_, _>>()?;
        Ok(Self { entries, wraps })
    }
}

impl Canonical for EpochWrap {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(&self.epoch).bytes(self.seat.as_bytes()).bytes(&self.bytes);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let (epoch, seat) = (fixed(from)?, SeatId::new(fixed(from)?));
        let bytes = from.bytes()?.to_vec();
        if bytes.len() == WRAP { Ok(Self { epoch, seat, bytes }) } else { Err(CborError::Shape) }
    }
}
