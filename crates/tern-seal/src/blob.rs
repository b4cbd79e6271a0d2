//! Attachments under a random key of their own: photos, scans, narratives.
//!
//! ```text
//! blob = seal(K, blob, "", content)      its id and file name: SHA-256 of these bytes
//! text = length (u32) | UTF-8 | zeros up to a Padmé length      a file's size says little of a story's
//! ```
//! A field holds id and key. Erasing is dropping the bytes everywhere: the reference that stays opens nothing.

use tern_record::BlobId;
use tern_record::port::Random;

use crate::construct::{open, seal};
use crate::envelope::padme;
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

/// Seals a narrative under a fresh key; the file's size tells its length only roughly.
pub fn close_text(text: &str, random: &mut dyn Random) -> Closed {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    let mut content = length.to_be_bytes().to_vec();
    content.extend_from_slice(text.as_bytes());
    content.resize(padme(content.len()), 0);
    close_blob(&content, random)
}

/// Opens a narrative. Refuses what [`close_text`] would not have written.
pub fn open_text(id: BlobId, key: &SealKey, sealed: &[u8]) -> Result<String, Refused> {
    let content = open_blob(id, key, sealed)?;
    let (length, rest) = content.split_first_chunk::<4>().ok_or(Refused)?;
    let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Refused)?;
    let (text, zeros) = rest.split_at_checked(length).ok_or(Refused)?;
    if content.len() != padme(length + 4) || zeros.iter().any(|zero| *zero != 0) {
        return Err(Refused);
    }
    String::from_utf8(text.to_vec()).map_err(|_| Refused)
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

    #[test]
    fn a_narrative_comes_back_and_its_file_says_its_length_only_roughly() {
        let random = &mut SystemRandom::default();
        let mut sizes = std::collections::BTreeSet::new();
        for length in 1000..1010 {
            let text = "ж".repeat(length);
            let closed = close_text(&text, random);
            assert_eq!(open_text(closed.id, &closed.key, &closed.bytes).as_deref(), Ok(text.as_str()));
            sizes.insert(closed.bytes.len());
        }
        assert!(sizes.len() <= 2, "{sizes:?}");
        let bare = close_blob(b"no length before it", random);
        assert_eq!(open_text(bare.id, &bare.key, &bare.bytes), Err(Refused));
    }
}
