//! Attachments under a random key of their own: photos, scans, narratives.
//!
//! ```text
//! blob      = seal(K, blob, "", content)            its id and file name: SHA-256 of these bytes
//! reference = [1, id (32), K (32), size, kind, width, height]      kind: "photo", "note" …
//! ```
//! Erasing one is dropping the bytes everywhere: the reference that stays opens nothing.

use std::fmt;

use tern_record::BlobId;
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of};
use tern_record::port::Random;

use crate::construct::{open, seal};
use crate::key::SealKey;
use crate::label::Label;
use crate::{Refused, sha256};

/// What a field holds of an attachment. `Debug` prints the id alone.
#[derive(Clone, PartialEq, Eq)]
pub struct BlobRef {
    /// Hash of the ciphertext.
    pub id: BlobId,
    /// Key of this one attachment.
    pub key: SealKey,
    /// Bytes of the content.
    pub size: u64,
    /// `photo`, `thumbnail`, `note`.
    pub kind: String,
    /// Width in pixels; 0 when it is no picture.
    pub width: u32,
    /// Height in pixels; 0 when it is no picture.
    pub height: u32,
}

/// Seals content under a fresh key; gives the reference to keep and the bytes to store.
pub fn close(content: &[u8], kind: &str, size: (u32, u32), random: &mut dyn Random) -> (BlobRef, Vec<u8>) {
    let key = SealKey::make_random(random);
    let sealed = seal(&key, Label::Blob, b"", content, random);
    let reference = BlobRef {
        id: BlobId::new(sha256(&sealed)),
        key,
        size: content.len() as u64,
        kind: kind.to_owned(),
        width: size.0,
        height: size.1,
    };
    (reference, sealed)
}

impl BlobRef {
    /// Checks the hash and opens the content.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
        if sha256(sealed) != *self.id.as_bytes() {
            return Err(Refused);
        }
        open(&self.key, Label::Blob, b"", sealed)
    }
}

impl fmt::Debug for BlobRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BlobRef({})", self.id)
    }
}

impl Canonical for BlobRef {
    fn write(&self, to: &mut Writer) {
        to.array(7)
            .uint(1)
            .bytes(self.id.as_bytes())
            .bytes(self.key.as_bytes())
            .uint(self.size)
            .text(&self.kind);
        to.uint(u64::from(self.width)).uint(u64::from(self.height));
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 7)?;
        if from.u8()? != 1 {
            return Err(CborError::Shape);
        }
        Ok(Self {
            id: BlobId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            key: SealKey::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            size: from.u64()?,
            kind: from.str()?.to_owned(),
            width: from.u32()?,
            height: from.u32()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;

    #[test]
    fn a_blob_opens_by_its_reference_and_not_when_altered() {
        let (reference, mut sealed) = close(b"picture", "photo", (3, 4), &mut SystemRandom::default());
        let reference = BlobRef::from_bytes(&reference.to_bytes()).unwrap();
        assert_eq!(reference.open(&sealed).unwrap(), b"picture");
        assert!(!format!("{reference:?}").contains("photo"));
        sealed[30] ^= 1;
        assert_eq!(reference.open(&sealed), Err(Refused));
    }
}
