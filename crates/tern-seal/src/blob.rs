//! Attachments under a random key of their own: photos, scans, narratives.
//!
//! ```text
//! blob = seal(K, blob, "", content)      its id and file name: SHA-256 of these bytes
//! ```
//! A field holds id and key. Erasing is dropping the bytes everywhere: the reference that stays opens nothing.

use tern_record::BlobId;
use tern_record::port::Random;

use crate::construct::{open, seal};
use crate::key::SealKey;
use crate::label::Label;
use crate::{Refused, sha256};

/// Content that was sealed.
pub struct Closed {
    /// Hash of the ciphertext.
    pub id: BlobId,
    /// Key of this one attachment.
    pub key: SealKey,
    /// The ciphertext.
    pub bytes: Vec<u8>,
}

/// Seals content under a fresh key.
pub fn close_blob(content: &[u8], random: &mut dyn Random) -> Closed {
    let key = SealKey::make_random(random);
    let bytes = seal(&key, Label::Blob, b"", content, random);
    Closed { id: BlobId::new(sha256(&bytes)), key, bytes }
}

/// Checks the hash and opens the content.
pub fn open_blob(id: BlobId, key: &SealKey, sealed: &[u8]) -> Result<Vec<u8>, Refused> {
    if sha256(sealed) != *id.as_bytes() {
        return Err(Refused);
    }
    open(key, Label::Blob, b"", sealed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemRandom;

    #[test]
    fn a_blob_opens_by_its_reference_and_not_when_altered() {
        let mut closed = close_blob(b"picture", &mut SystemRandom::default());
        assert_eq!(open_blob(closed.id, &closed.key, &closed.bytes).unwrap(), b"picture");
        closed.bytes[30] ^= 1;
        assert_eq!(open_blob(closed.id, &closed.key, &closed.bytes), Err(Refused));
    }
}
