//! A piece in parts that fit a picture each, shown and read in any order.
//!
//! ```text
//! part = [1, kind, checksum of the whole (8), place from 0, how many, bytes]        at most 900 bytes
//! ```

use std::collections::BTreeMap;

use tern_record::cbor::{Canonical, CborError, Decoder, Writer};

use crate::limits::{MAX_PART, MAX_PARTS};
use crate::piece::{PieceKind, Unread, checksum, fixed, head, parse};

/// What a part adds around its bytes, at most.
const AROUND: usize = 24;

/// Why a part was not taken, or parts made no whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartsError {
    /// A picture of something else.
    #[error("not a part of a piece")]
    Shape,
    /// Of a format that a newer version knows.
    #[error("of a newer format")]
    Newer,
    /// A part of another piece than those before.
    #[error("a part of another piece")]
    OtherPiece,
    /// All parts are there and do not make the piece that they say.
    #[error("the parts do not fit together")]
    Damaged,
    /// Would take more pictures than anybody shows: a file is the way.
    #[error("too long for pictures")]
    TooLong,
}

/// One part.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    kind: PieceKind,
    whole: [u8; 8],
    place: u64,
    of: u64,
    bytes: Vec<u8>,
}

/// Parts that were read so far.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    parts: BTreeMap<u64, Part>,
}

/// Cuts a piece into parts.
pub fn split(kind: PieceKind, bytes: &[u8]) -> Result<Vec<Vec<u8>>, PartsError> {
    let room = MAX_PART - AROUND;
    let of = bytes.len().div_ceil(room).max(1) as u64;
    if of > MAX_PARTS || bytes.len() > kind.most() {
        return Err(PartsError::TooLong);
    }
    // Parts of one length: the pictures look alike.
    let each = bytes.len().div_ceil(usize::try_from(of).unwrap_or(1)).max(1);
    let whole = checksum(kind, bytes);
    let cut = |place: u64| {
        let from = usize::try_from(place).unwrap_or(usize::MAX).saturating_mul(each);
        let bytes = bytes.iter().skip(from).take(each).copied().collect();
        Part { kind, whole, place, of, bytes }.to_bytes()
    };
    Ok((0..of).map(cut).collect())
}

impl Gathered {
    /// Takes a part; one that is there already changes nothing.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), PartsError> {
        let part: Part = parse(bytes, MAX_PART)?;
        let first = self.parts.values().next();
        if first.is_some_and(|first| (first.kind, first.whole, first.of) != (part.kind, part.whole, part.of))
        {
            return Err(PartsError::OtherPiece);
        }
        let have = self.parts.entry(part.place).or_insert_with(|| part.clone());
        if *have == part { Ok(()) } else { Err(PartsError::Damaged) }
    }

    /// How many parts there are, and of how many; nothing is known before the first.
    pub fn progress(&self) -> (u64, u64) {
        (self.parts.len() as u64, self.parts.values().next().map_or(0, |part| part.of))
    }

    /// Places from 1 whose parts are missing.
    pub fn missing(&self) -> Vec<u64> {
        let (_, of) = self.progress();
        (0..of).filter(|place| !self.parts.contains_key(place)).map(|place| place + 1).collect()
    }

    /// The piece, when every part is there.
    pub fn whole(&self) -> Result<Option<(PieceKind, Vec<u8>)>, PartsError> {
        let Some(first) = self.parts.values().next().filter(|_| self.missing().is_empty()) else {
            return Ok(None);
        };
        let bytes: Vec<u8> = self.parts.values().flat_map(|part| part.bytes.iter().copied()).collect();
        let fits = bytes.len() <= first.kind.most() && checksum(first.kind, &bytes) == first.whole;
        if fits { Ok(Some((first.kind, bytes))) } else { Err(PartsError::Damaged) }
    }
}

impl From<Unread> for PartsError {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Newer => Self::Newer,
            Unread::Shape => Self::Shape,
        }
    }
}

impl Canonical for Part {
    fn write(&self, to: &mut Writer) {
        to.array(6).uint(1).uint(u64::from(self.kind.code())).bytes(&self.whole);
        to.uint(self.place).uint(self.of).bytes(&self.bytes);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        head(from, 6)?;
        let kind = PieceKind::from_code(from.u8()?).ok_or(CborError::Shape)?;
        let (whole, place, of) = (fixed(from)?, from.u64()?, from.u64()?);
        if place >= of || of > MAX_PARTS {
            return Err(CborError::Shape);
        }
        Ok(Self { kind, whole, place, of, bytes: from.bytes()?.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: PieceKind = PieceKind::Admission;

    fn bytes(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 251) as u8).collect()
    }

    #[test]
    fn parts_come_together_in_any_order_and_twice() {
        for length in [0, 1, 875, 876, 877, 9000, MAX_PARTS as usize * (MAX_PART - AROUND)] {
            let mut parts = split(KIND, &bytes(length)).unwrap();
            assert!(parts.iter().all(|part| part.len() <= MAX_PART));
            let mut gathered = Gathered::default();
            assert_eq!(gathered.whole(), Ok(None));
            parts.reverse();
            for (at, part) in parts.iter().enumerate() {
                assert_eq!(gathered.whole(), Ok(None));
                gathered.add(part).unwrap();
                gathered.add(part).unwrap();
                assert_eq!(gathered.progress(), (at as u64 + 1, parts.len() as u64));
            }
            assert!(gathered.missing().is_empty());
            assert!(gathered.whole() == Ok(Some((KIND, bytes(length)))), "{length}");
        }
    }

    #[test]
    fn mixtures_and_other_pictures_are_refused_and_change_nothing() {
        let (one, other) = (split(KIND, &bytes(2000)).unwrap(), split(KIND, &bytes(2001)).unwrap());
        let mut gathered = Gathered::default();
        gathered.add(&one[0]).unwrap();
        assert_eq!(gathered.add(&other[1]), Err(PartsError::OtherPiece));
        assert_eq!(gathered.add(b"https://example.org"), Err(PartsError::Shape));
        assert_eq!(gathered.missing(), [2, 3]);
        let mut newer = one[1].clone();
        newer[1] = 2;
        assert_eq!(gathered.add(&newer), Err(PartsError::Newer));
        let long = bytes(MAX_PARTS as usize * (MAX_PART - AROUND) + 1);
        assert_eq!(split(KIND, &long).err(), Some(PartsError::TooLong));
    }

    #[test]
    fn every_flipped_bit_of_a_part_is_found() {
        let parts = split(KIND, &bytes(1000)).unwrap();
        for bit in 0..parts[1].len() * 8 {
            let mut flipped = parts[1].clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            let mut gathered = Gathered::default();
            gathered.add(&parts[0]).unwrap();
            let taken = gathered.add(&flipped).and_then(|()| gathered.whole());
            assert!(!matches!(taken, Ok(Some(_))), "bit {bit}");
        }
    }

    proptest::proptest! {
        #[test]
        fn random_bytes_are_no_part(bytes: Vec<u8>) {
            assert!(Gathered::default().add(&bytes).is_err());
        }
    }
}
