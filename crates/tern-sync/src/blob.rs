//! Sealed attachments, in pieces: words go with the last of the records, the rest after all records, where what is missing of
//! one is asked for from the byte where it stopped.

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of};
use tern_record::{BlobId, ScopeId};

use crate::body::Draft;
use crate::frame::Frame;
use crate::limits::{BESIDE, CHUNK, MAX_BLOBS};
use crate::party::Party;
use crate::shelf::Shelf;
use crate::tally::Blobs;

/// A blob that is held whole.
///
/// `blob = [id (32), scope (16), bytes]`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HeldBlob {
    /// Hash of its ciphertext.
    pub id: BlobId,
    /// Who may have it.
    pub scope: ScopeId,
    /// Bytes of ciphertext.
    pub size: u64,
}

/// A piece of a blob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The whole.
    pub of: HeldBlob,
    /// Where the piece begins.
    pub from: u64,
    /// The piece.
    pub bytes: Vec<u8>,
}

impl Chunk {
    /// It ends the blob.
    pub fn is_last(&self) -> bool {
        self.from + self.bytes.len() as u64 >= self.of.size
    }
}

/// Bytes that stand around a piece.
const AROUND: usize = 96;

/// Adds pieces of blobs from where the other side has them, as far as there is room; gives what went in.
pub fn give<S: Shelf>(
    shelf: &S,
    draft: &mut Draft,
    wanted: &[(BlobId, u64)],
    to: &Party,
) -> Result<Blobs, S::Error> {
    let mut given = Blobs::default();
    for (id, from) in wanted {
        let Some(blob) = shelf.blob(*id)?.filter(|blob| to.wants(blob.scope)) else { continue };
        let mut from = *from;
        while from < blob.size {
            let room = draft.left().saturating_sub(AROUND).min(CHUNK);
            if room == 0 {
                return Ok(given);
            }
            let bytes = shelf.read_blob(*id, from, room)?;
            if bytes.is_empty() {
                break;
            }
            from += bytes.len() as u64;
            given.bytes += bytes.len() as u64;
            given.blobs += u32::from(from >= blob.size);
            draft.add(&Frame::Chunk(Chunk { of: blob, from: from - bytes.len() as u64, bytes }));
        }
    }
    Ok(given)
}

/// Of blobs that nobody has asked for yet, small ones first, those that go with the records: words and small pictures, each
/// whole.
pub fn beside(room: usize, mut blobs: Vec<HeldBlob>) -> Vec<HeldBlob> {
    let mut left = room as u64;
    blobs.retain(|blob| {
        let needs = blob.size + (2 * AROUND) as u64;
        let fits = blob.size <= BESIDE && needs <= left;
        left -= if fits { needs } else { 0 };
        fits
    });
    at_most(blobs)
}

/// As many as one frame names.
pub fn at_most<T>(mut blobs: Vec<T>) -> Vec<T> {
    blobs.truncate(usize::try_from(MAX_BLOBS).unwrap_or(usize::MAX));
    blobs
}

impl Canonical for HeldBlob {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(self.id.as_bytes()).bytes(self.scope.as_bytes()).uint(self.size);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        Ok(Self {
            id: BlobId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            scope: ScopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            size: from.u64()?,
        })
    }
}
