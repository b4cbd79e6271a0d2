//! Envelopes: one seat's work in one scope since its last, signed and sealed.
//!
//! ```text
//! header   = [1, suite, kind, place, salt (24), commitment (32), n, root (32), wrap]
//! place    = [scope, seat, log, seq, prev, epoch]
//! envelope = [header bytes, signature (64), [section, ...]]
//! section  = sealed bytes, or [hash (32)] once it was erased everywhere
//! sealed   = ChaCha20-Poly1305(K(i), ids | zstd of [compartment, [intent, ...]] | zeros up to a Padmé length)
//! root     = hash over the section hashes: erasing a section breaks neither chain nor signature
//! ```
//! Kind 0 is sealed under the epoch's key and has no wrap. Kind 1 is a drop, by somebody who may not read the scope:
//! sealed under a key of its own that is wrapped to the scope's intake key. Its sender cannot open it again.
//! Suite 1 is zstd with a dictionary of its own; what is drawn at random stands before it, unpacked. Nothing inside can be reached before the signature was checked.

mod pack;
mod section;
mod spelling;

use tern_record::cbor::{Canonical, CborError, Decoder, Type, Writer, array_of, array_up_to};
use tern_record::port::Random;
use tern_record::{EnvelopeId, LogId, RealmId, ScopeId, SeatId};

use pack::{Packer, Unpacker};

pub(crate) use pack::padme;
pub use section::Section;

use crate::construct::{same, sign, unwrap_key, verify, wrap_key};
use crate::epoch::EpochId;
use crate::hash::content_hash;
use crate::key::{SealKey, SigningKey, VerifyKey, WrapPublic, WrapSecret};
use crate::label::{Label, derive};
use crate::limits::{MAX_ENVELOPE, MAX_SECTIONS};

/// Where an envelope stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The scope.
    pub scope: ScopeId,
    /// The seat.
    pub seat: SeatId,
    /// The log.
    pub log: LogId,
    /// Place in the log, from 0.
    pub seq: u64,
    /// The envelope before; 32 zero bytes for the first.
    pub prev: EnvelopeId,
    /// Epoch whose key it is sealed under.
    pub epoch: EpochId,
}

/// A parsed envelope whose signature nobody has checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    header: Header,
    signature: [u8; 64],
    parts: Vec<Part>,
}

/// An envelope whose author signed this header and these sections.
#[derive(Clone, Debug)]
pub struct Verified(Envelope);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Header {
    place: Place,
    salt: [u8; 24],
    commitment: [u8; 32],
    n: u64,
    root: [u8; 32],
    /// The key of a drop, wrapped; empty when the epoch's key seals.
    wrap: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Sealed(Vec<u8>),
    Erased([u8; 32]),
}

/// Why an envelope was not taken. [`EnvelopeError::code`] goes into the quarantine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Larger than the limit.
    #[error("larger than the limit")]
    TooLarge,
    /// Of a format that a newer version knows.
    #[error("of a newer format")]
    Newer,
    /// Not the shape of an envelope, or not in canonical form.
    #[error("not an envelope")]
    Shape,
    /// The signature is not the seat's, or sections are not the signed ones.
    #[error("the signature does not hold")]
    Signature,
    /// The key is not the one of this epoch.
    #[error("sealed under another key")]
    Key,
    /// A section does not open, unpack or decode.
    #[error("a section is damaged")]
    Section,
}

impl EnvelopeError {
    /// Stable code for quarantine rows.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "envelope-too-large",
            Self::Newer => "envelope-newer",
            Self::Shape => "envelope-shape",
            Self::Signature => "envelope-signature",
            Self::Key => "envelope-key",
            Self::Section => "envelope-section",
        }
    }
}

/// Seals sections of one seat into an envelope.
pub fn make_envelope(
    realm: RealmId,
    place: Place,
    sections: &[Section],
    key: &SealKey,
    signing: &SigningKey,
    random: &mut dyn Random,
) -> Result<Envelope, EnvelopeError> {
    close(realm, place, sections, (key, Vec::new()), signing, random)
}

/// Seals sections for a scope that its author may not read: to the scope's intake key.
pub fn make_drop(
    realm: RealmId,
    place: Place,
    sections: &[Section],
    intake: &WrapPublic,
    signing: &SigningKey,
    random: &mut dyn Random,
) -> Result<Envelope, EnvelopeError> {
    let key = SealKey::make_random(random);
    let wrap = wrap_key(intake, Label::DropWrap, realm, &place.to_bytes(), &key, random);
    close(realm, place, sections, (&key, wrap.map_err(|_| EnvelopeError::Key)?), signing, random)
}

fn close(
    realm: RealmId,
    place: Place,
    sections: &[Section],
    (key, wrap): (&SealKey, Vec<u8>),
    signing: &SigningKey,
    random: &mut dyn Random,
) -> Result<Envelope, EnvelopeError> {
    let mut salt = [0; 24];
    random.fill(&mut salt);
    let n = sections.len() as u64;
    let mut header = Header { place, salt, commitment: [0; 32], n, root: [0; 32], wrap };
    header.commitment = *header.commit(key).as_bytes();
    let (mut parts, mut packer) = (Vec::with_capacity(sections.len()), Packer::new()?);
    for (index, section) in sections.iter().enumerate() {
        let packed = section.to_packed(realm, place.seat, &mut packer)?;
        parts.push(Part::Sealed(header.crypt(key, index, packed, Direction::Close)?));
    }
    header.root = root(&parts);
    let signature = sign(signing, Label::EnvelopeSignature, realm, &[&header.to_bytes()])
        .map_err(|_| EnvelopeError::Signature)?;
    Ok(Envelope { header, signature, parts })
}

impl Envelope {
    /// Reads bytes from a disk or a peer, strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_ENVELOPE {
            return Err(EnvelopeError::TooLarge);
        }
        Self::from_bytes(bytes).map_err(|error| match error {
            CborError::TooLarge => EnvelopeError::Newer,
            _ => EnvelopeError::Shape,
        })
    }

    /// Names the envelope: hash of its header.
    pub fn id(&self) -> EnvelopeId {
        EnvelopeId::new(content_hash(Label::Envelope, &[&self.header.to_bytes()]))
    }

    /// Where it claims to stand.
    pub fn place(&self) -> &Place {
        &self.header.place
    }

    /// Checks the seat's signature and that the sections are the signed ones.
    pub fn verify(self, realm: RealmId, key: &VerifyKey) -> Result<Verified, EnvelopeError> {
        let signed = [self.header.to_bytes()];
        verify(key, Label::EnvelopeSignature, realm, &[&signed[0]], &self.signature)
            .map_err(|_| EnvelopeError::Signature)?;
        if self.header.n != self.parts.len() as u64 || root(&self.parts) != self.header.root {
            return Err(EnvelopeError::Signature);
        }
        Ok(Verified(self))
    }

    /// Drops a section's bytes and leaves its hash.
    pub fn erase(&mut self, index: usize) {
        if let Some(part) = self.parts.get_mut(index) {
            *part = Part::Erased(part.hash());
        }
    }
}

impl Verified {
    /// Where it stands.
    pub fn place(&self) -> &Place {
        &self.0.header.place
    }

    /// Names the envelope.
    pub fn id(&self) -> EnvelopeId {
        self.0.id()
    }

    /// Somebody dropped it who may not read the scope.
    pub fn is_drop(&self) -> bool {
        !self.0.header.wrap.is_empty()
    }

    /// Every section is there, none is but a hash. Who carries what they cannot read takes nothing else first: an honest
    /// copy could not come in later.
    pub fn is_whole(&self) -> bool {
        self.0.parts.iter().all(|part| matches!(part, Part::Sealed(_)))
    }

    /// Opens every section of a drop with the scope's intake secret.
    pub fn open_drop(&self, realm: RealmId, intake: &WrapSecret) -> Result<Vec<Section>, EnvelopeError> {
        let header = &self.0.header;
        let key = unwrap_key(intake, Label::DropWrap, realm, &header.place.to_bytes(), &header.wrap);
        self.open(realm, &key.map_err(|_| EnvelopeError::Key)?)
    }

    /// Opens every section that was not erased.
    pub fn open(&self, realm: RealmId, key: &SealKey) -> Result<Vec<Section>, EnvelopeError> {
        let header = &self.0.header;
        if !same(header.commit(key).as_bytes(), &header.commitment) {
            return Err(EnvelopeError::Key);
        }
        let (mut sections, mut unpacker) = (Vec::new(), Unpacker::new()?);
        for (index, part) in self.0.parts.iter().enumerate() {
            if let Part::Sealed(bytes) = part {
                let packed = header.crypt(key, index, bytes.clone(), Direction::Open)?;
                sections.push(Section::from_packed(&packed, realm, header.place.seat, &mut unpacker)?);
            }
        }
        Ok(sections)
    }
}

#[derive(Clone, Copy)]
enum Direction {
    Close,
    Open,
}

impl Header {
    fn commit(&self, key: &SealKey) -> SealKey {
        derive(key, &self.salt, Label::EnvelopeCommit, &[&self.bound()])
    }

    /// What every section and the commitment are bound to.
    fn bound(&self) -> Vec<u8> {
        let mut to = Writer::default();
        self.place.write(&mut to);
        to.bytes(&self.wrap);
        to.into_bytes()
    }

    fn crypt(
        &self,
        key: &SealKey,
        index: usize,
        mut bytes: Vec<u8>,
        way: Direction,
    ) -> Result<Vec<u8>, EnvelopeError> {
        use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
        let index = (index as u64).to_be_bytes();
        let one_time = derive(key, &self.salt, Label::Section, &[&index]);
        let key =
            UnboundKey::new(&CHACHA20_POLY1305, one_time.as_bytes()).map_err(|_| EnvelopeError::Section)?;
        let (key, nonce, aad) =
            (LessSafeKey::new(key), Nonce::assume_unique_for_key([0; 12]), Aad::from(self.bound()));
        match way {
            Direction::Close => {
                key.seal_in_place_append_tag(nonce, aad, &mut bytes).map_err(|_| EnvelopeError::Section)?;
            }
            Direction::Open => {
                let length =
                    key.open_in_place(nonce, aad, &mut bytes).map_err(|_| EnvelopeError::Section)?.len();
                bytes.truncate(length);
            }
        }
        Ok(bytes)
    }
}

impl Part {
    fn hash(&self) -> [u8; 32] {
        match self {
            Self::Sealed(bytes) => content_hash(Label::SectionHash, &[bytes]),
            Self::Erased(hash) => *hash,
        }
    }
}

fn root(parts: &[Part]) -> [u8; 32] {
    let hashes: Vec<[u8; 32]> = parts.iter().map(Part::hash).collect();
    let fields: Vec<&[u8]> = hashes.iter().map(<[u8; 32]>::as_slice).collect();
    content_hash(Label::SectionHash, &fields)
}

impl Canonical for Place {
    fn write(&self, to: &mut Writer) {
        to.array(6).bytes(self.scope.as_bytes()).bytes(self.seat.as_bytes()).bytes(self.log.as_bytes());
        to.uint(self.seq).bytes(self.prev.as_bytes()).bytes(&self.epoch);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 6)?;
        Ok(Self {
            scope: ScopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            seat: SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            log: LogId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            seq: from.u64()?,
            prev: EnvelopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            epoch: from.bytes()?.try_into().map_err(|_| CborError::Shape)?,
        })
    }
}

impl Canonical for Header {
    fn write(&self, to: &mut Writer) {
        to.array(9).uint(1).uint(1).uint(u64::from(!self.wrap.is_empty())).item(&self.place);
        to.bytes(&self.salt).bytes(&self.commitment).uint(self.n).bytes(&self.root).bytes(&self.wrap);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        // A newer one may have any shape after its number.
        let (length, version) = (from.array()?, from.u64()?);
        if version > 1 {
            return Err(CborError::TooLarge);
        }
        let (suite, kind) = (from.u64()?, from.u8()?);
        if suite > 1 || kind > 1 {
            return Err(CborError::TooLarge);
        }
        if length != Some(9) {
            return Err(CborError::Shape);
        }
        // Written again, a kind that the wrap does not bear out is not the same.
        Ok(Self {
            place: Place::read(from)?,
            salt: from.bytes()?.try_into().map_err(|_| CborError::Shape)?,
            commitment: from.bytes()?.try_into().map_err(|_| CborError::Shape)?,
            n: from.u64()?,
            root: from.bytes()?.try_into().map_err(|_| CborError::Shape)?,
            wrap: from.bytes()?.to_vec(),
        })
    }
}

impl Canonical for Envelope {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(&self.header.to_bytes()).bytes(&self.signature).array(self.parts.len());
        for part in &self.parts {
            match part {
                Part::Sealed(bytes) => to.bytes(bytes),
                Part::Erased(hash) => to.array(1).bytes(hash),
            };
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let header = Header::from_bytes(from.bytes()?)?;
        let signature = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        let mut parts = Vec::new();
        for _ in 0..array_up_to(from, MAX_SECTIONS)? {
            parts.push(if from.datatype()? == Type::Array {
                array_of(from, 1)?;
                Part::Erased(from.bytes()?.try_into().map_err(|_| CborError::Shape)?)
            } else {
                Part::Sealed(from.bytes()?.to_vec())
            });
        }
        Ok(Self { header, signature, parts })
    }
}

#[cfg(test)]
mod tests;
