//! A photo, scan, recording or narrative: a sealed file beside the record, and the key that opens it here.

use std::fmt;

use serde_json::{Value, json};
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of};
use tern_record::{BlobId, Scalar};

use crate::kind::{Reader, text};

/// Reference to a sealed blob. Erasing it is dropping the blob everywhere. `Debug` hides the key.
///
/// ```text
/// blob = [1, hash of the ciphertext, key, media type, bytes, width, height]     0 where there is none
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BlobRef {
    /// Hash of the ciphertext, also its file name.
    pub blob: BlobId,
    /// Random, for this blob alone.
    pub key: [u8; 32],
    /// `image/jpeg`, `text/plain` …
    pub media: String,
    /// Size in bytes before sealing.
    pub bytes: u64,
    /// Width in pixels, 0 when it has none.
    pub width: u32,
    /// Height in pixels, 0 when it has none.
    pub height: u32,
}

impl fmt::Debug for BlobRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobRef").field("blob", &self.blob).finish_non_exhaustive()
    }
}

impl Canonical for BlobRef {
    fn write(&self, to: &mut Writer) {
        to.array(7).uint(1).bytes(self.blob.as_bytes()).bytes(&self.key).text(&self.media);
        to.uint(self.bytes).uint(self.width.into()).uint(self.height.into());
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 7)?;
        if from.u8()? != 1 {
            return Err(CborError::Shape);
        }
        Ok(Self {
            blob: BlobId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
            key: from.bytes()?.try_into().map_err(|_| CborError::Shape)?,
            media: from.str()?.to_owned(),
            bytes: from.u64()?,
            width: from.u32()?,
            height: from.u32()?,
        })
    }
}

/// What may be said of a blob; never its key.
pub(crate) fn to_json(bytes: &[u8]) -> Option<Value> {
    let blob = BlobRef::from_bytes(bytes).ok()?;
    Some(json!({
        "blob": blob.blob.to_hex(),
        "media": blob.media,
        "bytes": blob.bytes,
        "width": blob.width,
        "height": blob.height,
    }))
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    match value.as_bytes().and_then(|bytes| BlobRef::from_bytes(bytes).ok()) {
        Some(blob) if blob.media.starts_with("text/") => reader.words("value-narrative", &[]),
        Some(_) => reader.words("value-attached", &[]),
        None => text::print(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_goes_both_ways_and_says_no_key() {
        let blob = BlobRef {
            blob: BlobId::new([7; 32]),
            key: [0x5a; 32],
            media: "image/jpeg".into(),
            bytes: 90_000,
            width: 800,
            height: 600,
        };
        let bytes = blob.to_bytes();
        assert_eq!(BlobRef::from_bytes(&bytes), Ok(blob.clone()));
        let said = format!("{} {blob:?}", to_json(&bytes).unwrap());
        assert!(!said.contains("5a5a") && !said.contains("90, 90"));
    }
}
