//! Packed and padded: `ids (byte string) | zstd of the words (byte string) | zeros`, as long as Padmé allows.
//!
//! Records are spelled alike, and a section alone is too short to learn that from: a dictionary that belongs to the suite
//! knows it beforehand.

use std::sync::LazyLock;

use tern_record::cbor::{Decoder, Writer};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

use super::EnvelopeError;
use super::spelling::Spelled;
use crate::limits::{MAX_UNPACKED, MAX_UNPACKED_OF_ALL};

/// How records are spelled. Its bytes are part of the format: `schema/wire/envelope.md` names their hash.
pub(crate) const DICTIONARY: &[u8] = include_bytes!("../../../../schema/wire/suite-1.dict");
/// How hard to try. Not part of the format.
const LEVEL: i32 = 9;

static PACKING: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static UNPACKING: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

/// Bytes that sections of one envelope may still have, unpacked.
struct Room(usize);

impl Room {
    fn take(&mut self, words: &[u8]) -> Result<(), EnvelopeError> {
        let left = if words.len() <= MAX_UNPACKED { self.0.checked_sub(words.len()) } else { None };
        self.0 = left.ok_or(EnvelopeError::TooLarge)?;
        Ok(())
    }
}

/// Packs the sections of one envelope.
pub(super) struct Packer {
    packer: Compressor<'static>,
    room: Room,
}

impl Packer {
    pub(super) fn new() -> Result<Self, EnvelopeError> {
        let mut packer =
            Compressor::with_prepared_dictionary(&PACKING).map_err(|_| EnvelopeError::Section)?;
        // The suite names the dictionary.
        packer.include_dictid(false).map_err(|_| EnvelopeError::Section)?;
        Ok(Self { packer, room: Room(MAX_UNPACKED_OF_ALL) })
    }

    pub(super) fn pack(&mut self, spelled: &Spelled) -> Result<Vec<u8>, EnvelopeError> {
        self.room.take(&spelled.words)?;
        let packed = self.packer.compress(&spelled.words).map_err(|_| EnvelopeError::Section)?;
        let mut out = joined(&spelled.ids, &packed);
        out.resize(padme(out.len()), 0);
        Ok(out)
    }
}

/// Unpacks the sections of one envelope.
pub(super) struct Unpacker {
    unpacker: Decompressor<'static>,
    room: Room,
}

impl Unpacker {
    pub(super) fn new() -> Result<Self, EnvelopeError> {
        let unpacker = Decompressor::with_prepared_dictionary(&UNPACKING);
        let unpacker = unpacker.map_err(|_| EnvelopeError::Section)?;
        Ok(Self { unpacker, room: Room(MAX_UNPACKED_OF_ALL) })
    }

    pub(super) fn unpack(&mut self, padded: &[u8]) -> Result<Spelled, EnvelopeError> {
        let mut from = Decoder::new(padded);
        let ids = from.bytes().map_err(|_| EnvelopeError::Section)?;
        let packed = from.bytes().map_err(|_| EnvelopeError::Section)?;
        let (length, zeros) = (from.position(), padded.get(from.position()..).unwrap_or_default());
        // Written again, lengths that are not the shortest are longer.
        if joined(ids, packed).len() != length
            || padded.len() != padme(length)
            || zeros.iter().any(|zero| *zero != 0)
        {
            return Err(EnvelopeError::Section);
        }
        let words = self.unpacker.decompress(packed, MAX_UNPACKED).map_err(|_| EnvelopeError::Section)?;
        self.room.take(&words)?;
        Ok(Spelled { ids: ids.to_vec(), words })
    }
}

/// Both parts, as they stand before the zeros.
fn joined(ids: &[u8], packed: &[u8]) -> Vec<u8> {
    let mut to = Writer::with_capacity(ids.len() + packed.len() + 16);
    to.bytes(ids).bytes(packed);
    to.into_bytes()
}

/// The padded length that leaks O(log log n) bits (Nikitin et al., PURBs, 2019): at most 12 % longer.
pub(crate) fn padme(length: usize) -> usize {
    if length < 2 {
        return length;
    }
    let exponent = length.ilog2();
    let bits = exponent.ilog2() + 1;
    let mask = (1_usize << exponent.saturating_sub(bits)) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[u8]) -> Spelled {
        Spelled { ids: vec![7; 16], words: words.to_vec() }
    }

    #[test]
    fn padding_is_never_shorter_and_hardly_longer() {
        assert_eq!([1, 9, 100, 1000, 1025].map(padme), [1, 10, 104, 1024, 1088]);
        for length in 2..70_000 {
            let padded = padme(length);
            assert!(padded >= length && padded <= length + length * 12 / 100 + 1, "{length} {padded}");
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = zstd::bulk::compress(&vec![0; MAX_UNPACKED + 1], 3).unwrap();
        let mut padded = joined(&[7; 16], &bomb);
        padded.resize(padme(padded.len()), 0);
        let mut unpacker = Unpacker::new().unwrap();
        assert_eq!(unpacker.unpack(&padded), Err(EnvelopeError::Section));
        let honest = Packer::new().unwrap().pack(&words(b"honest")).unwrap();
        assert_eq!(unpacker.unpack(&honest).unwrap(), words(b"honest"));
    }

    #[test]
    fn sections_that_are_no_bombs_and_together_are_one_are_refused() {
        let most = words(&vec![b'a'; MAX_UNPACKED]);
        let mut packer = Packer::new().unwrap();
        let packed = packer.pack(&most).unwrap();
        assert!(packed.len() < 1_024, "thousands go into one envelope");
        assert_eq!(packer.pack(&most).as_ref(), Ok(&packed));
        assert_eq!(packer.pack(&words(b"more")), Err(EnvelopeError::TooLarge));
        let mut unpacker = Unpacker::new().unwrap();
        assert_eq!([(); 2].map(|()| unpacker.unpack(&packed).unwrap()), [most.clone(), most]);
        assert_eq!(unpacker.unpack(&packed), Err(EnvelopeError::TooLarge));
    }

    #[test]
    fn what_was_packed_in_another_way_is_refused() {
        let honest = Packer::new().unwrap().pack(&words(&[b'a'; 300])).unwrap();
        let mut unpacker = Unpacker::new().unwrap();
        let mut longer = honest.clone();
        longer.push(0);
        let mut marked = honest.clone();
        *marked.last_mut().unwrap() = 1;
        let mut long_head = vec![0x58, 16];
        long_head.extend_from_slice(&honest[1..]);
        long_head.resize(padme(long_head.len()), 0);
        for spoiled in [longer, marked, long_head, vec![], vec![0x40], honest[..honest.len() / 2].to_vec()] {
            assert_eq!(unpacker.unpack(&spoiled), Err(EnvelopeError::Section), "{spoiled:?}");
        }
    }

    #[test]
    fn the_dictionary_is_the_one_that_the_page_names() {
        let hash = ring::digest::digest(&ring::digest::SHA256, DICTIONARY);
        let hash: String = hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
        let page = include_str!("../../../../schema/wire/envelope.md");
        assert!(page.contains(&hash), "{hash}");
    }
}
