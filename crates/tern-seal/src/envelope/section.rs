//! One document's intents inside an envelope: spelled, packed, padded.

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::intent::{MAX_DEPS, MAX_PUTS};
use tern_record::{
    Cause, ClockFlag, Compartment, Intent, IntentId, Path, RealmId, RecordId, Scalar, SeatId, Stamp,
};

use super::EnvelopeError;
use crate::hash::{doc_id, intent_id};
use crate::limits::{MAX_INTENTS, MAX_UNPACKED};

/// Intents of one compartment of one record, oldest first, all by the envelope's seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The record.
    pub record: RecordId,
    /// The compartment.
    pub compartment: Compartment,
    /// The intents.
    pub intents: Vec<Intent>,
}

impl Section {
    pub(super) fn to_packed(&self, realm: RealmId, seat: SeatId) -> Vec<u8> {
        let doc = doc_id(realm, self.record, self.compartment);
        let mut before: Vec<IntentId> = Vec::new();
        let mut to = Writer::default();
        to.array(3).bytes(self.record.as_bytes()).uint(u64::from(self.compartment.code()));
        to.array(self.intents.len());
        for intent in &self.intents {
            write(intent, &before, &mut to);
            before.push(intent_id(realm, doc, seat, intent));
        }
        to.into_bytes()
    }

    pub(super) fn from_packed(bytes: &[u8], realm: RealmId, seat: SeatId) -> Result<Self, EnvelopeError> {
        let read = Self::read(bytes, realm, seat).map_err(|_| EnvelopeError::Section)?;
        if read.to_packed(realm, seat) == bytes { Ok(read) } else { Err(EnvelopeError::Section) }
    }

    fn read(bytes: &[u8], realm: RealmId, seat: SeatId) -> Result<Self, CborError> {
        let mut from = Decoder::new(bytes);
        array_of(&mut from, 3)?;
        let record = RecordId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let compartment = Compartment::from_code(from.u8()?).ok_or(CborError::Shape)?;
        let doc = doc_id(realm, record, compartment);
        let mut section = Self { record, compartment, intents: Vec::new() };
        let mut before = Vec::new();
        for _ in 0..array_up_to(&mut from, MAX_INTENTS)? {
            let intent = read(&mut from, &before)?;
            before.push(intent_id(realm, doc, seat, &intent));
            section.intents.push(intent);
        }
        Ok(section)
    }
}

/// As [`Intent`] spells itself, but for dependencies on intents that stand before it in the section.
fn write(intent: &Intent, before: &[IntentId], to: &mut Writer) {
    let stamp = intent.stamp();
    to.array(8).int(stamp.at_ms).int(i64::from(stamp.offset_min)).bool(stamp.clock == ClockFlag::Unsure);
    to.uint(u64::from(intent.cause().code())).text(intent.form()).uint(u64::from(intent.form_version()));
    to.array(intent.deps().len());
    for dep in intent.deps() {
        match before.iter().position(|id| id == dep) {
            Some(index) => to.uint(index as u64),
            None => to.bytes(dep.as_bytes()),
        };
    }
    to.array(intent.puts().len());
    for (path, value) in intent.puts() {
        to.array(2).text(path.as_str()).item(value);
    }
}

fn read(from: &mut Decoder<'_>, before: &[IntentId]) -> Result<Intent, CborError> {
    array_of(from, 8)?;
    let stamp = Stamp {
        at_ms: from.i64()?,
        offset_min: from.i16()?,
        clock: if from.bool()? { ClockFlag::Unsure } else { ClockFlag::Sure },
    };
    let cause = Cause::from_code(from.u8()?);
    let form = from.str()?.to_owned();
    let form_version = from.u32()?;
    let mut deps = Vec::new();
    for _ in 0..array_up_to(from, MAX_DEPS)? {
        let dep = match Scalar::read(from)? {
            Scalar::Int(index) => usize::try_from(index)
                .ok()
                .and_then(|index| before.get(index))
                .copied()
                .ok_or(CborError::Shape)?,
            Scalar::Bytes(id) => IntentId::from_slice(&id).map_err(|_| CborError::Shape)?,
            _ => return Err(CborError::Shape),
        };
        deps.push(dep);
    }
    let mut puts = Vec::new();
    for _ in 0..array_up_to(from, MAX_PUTS)? {
        array_of(from, 2)?;
        puts.push((Path::new(from.str()?).map_err(|_| CborError::Shape)?, Scalar::read(from)?));
    }
    Intent::new(stamp, cause, &form, form_version, deps, puts)
}

/// `length (u32) | zstd | zeros`, as long as Padmé allows.
pub(super) fn pack(plain: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    if plain.len() > MAX_UNPACKED {
        return Err(EnvelopeError::TooLarge);
    }
    let packed = zstd::bulk::compress(plain, 3).map_err(|_| EnvelopeError::Section)?;
    let length = u32::try_from(packed.len()).map_err(|_| EnvelopeError::TooLarge)?;
    let mut out = length.to_be_bytes().to_vec();
    out.extend_from_slice(&packed);
    out.resize(padme(out.len()), 0);
    Ok(out)
}

pub(super) fn unpack(padded: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
    let (length, rest) = padded.split_first_chunk::<4>().ok_or(EnvelopeError::Section)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| EnvelopeError::Section)?;
    let (packed, zeros) = rest.split_at_checked(length).ok_or(EnvelopeError::Section)?;
    if padded.len() != padme(length + 4) || zeros.iter().any(|zero| *zero != 0) {
        return Err(EnvelopeError::Section);
    }
    zstd::bulk::decompress(packed, MAX_UNPACKED).map_err(|_| EnvelopeError::Section)
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
        let mut padded = (bomb.len() as u32).to_be_bytes().to_vec();
        padded.extend_from_slice(&bomb);
        padded.resize(padme(padded.len()), 0);
        assert_eq!(unpack(&padded), Err(EnvelopeError::Section));
        assert_eq!(unpack(&pack(b"honest").unwrap()).unwrap(), b"honest");
    }
}
