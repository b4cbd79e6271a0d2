//! What every piece that people carry between devices has in common: a version first, one spelling, a longest size.

use tern_record::cbor::{Canonical, CborError, Decoder, array_of};

/// Why bytes are no piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unread {
    /// Of a format that a newer version knows.
    Newer,
    /// Too long, cut short, altered or something else.
    Shape,
}

/// Reads a piece strictly. Its first item is the version of its format.
pub(crate) fn parse<T: Canonical>(bytes: &[u8], most: usize) -> Result<T, Unread> {
    if bytes.len() > most {
        return Err(Unread::Shape);
    }
    if version(bytes).is_some_and(|version| version > 1) {
        return Err(Unread::Newer);
    }
    T::from_bytes(bytes).map_err(|_| Unread::Shape)
}

/// Reads the head of a piece of format 1.
pub(crate) fn head(from: &mut Decoder<'_>, length: u64) -> Result<(), CborError> {
    array_of(from, length)?;
    if from.u64()? == 1 { Ok(()) } else { Err(CborError::Shape) }
}

/// Reads bytes of exactly the right length.
pub(crate) fn fixed<const N: usize>(from: &mut Decoder<'_>) -> Result<[u8; N], CborError> {
    from.bytes()?.try_into().map_err(|_| CborError::Shape)
}

fn version(bytes: &[u8]) -> Option<u64> {
    let mut from = Decoder::new(bytes);
    from.array().ok()??;
    from.u64().ok()
}
