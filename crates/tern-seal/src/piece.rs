//! What every piece that people carry between devices has in common: a version first, one spelling, a longest size.

use tern_record::cbor::{Canonical, CborError, Decoder, array_of};

use crate::limits::{MAX_ADMISSION, MAX_PIECE};
use crate::sha256;

/// What people carry between devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PieceKind {
    /// [`crate::invite::Invitation`].
    Invitation,
    /// [`crate::invite::Request`].
    Request,
    /// [`crate::invite::Admission`].
    Admission,
    /// [`crate::ask::Ask`].
    Ask,
    /// [`crate::ask::Approval`].
    Approval,
    /// What the members signed: an array of [`crate::roster::SignedEntry`] bytes.
    Roster,
    /// Half of the root key, lent to one coordinator.
    Half,
    /// What a device holds, signed: a file of work without any work.
    Receipt,
}

impl PieceKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Invitation,
        Self::Request,
        Self::Admission,
        Self::Ask,
        Self::Approval,
        Self::Roster,
        Self::Half,
        Self::Receipt,
    ];

    /// The number in pictures.
    pub const fn code(self) -> u8 {
        match self {
            Self::Invitation => 0,
            Self::Request => 1,
            Self::Admission => 2,
            Self::Ask => 3,
            Self::Approval => 4,
            Self::Roster => 5,
            Self::Half => 6,
            Self::Receipt => 7,
        }
    }

    /// Reads the number; kinds of a newer version are not known here.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The word at the head of a text.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Invitation => "INVITATION",
            Self::Request => "REQUEST",
            Self::Admission => "ADMISSION",
            Self::Ask => "ASK",
            Self::Approval => "APPROVAL",
            Self::Roster => "ROSTER",
            Self::Half => "HALF",
            Self::Receipt => "RECEIPT",
        }
    }

    /// Most bytes of a piece of this kind.
    pub const fn most(self) -> usize {
        match self {
            Self::Admission | Self::Roster => MAX_ADMISSION,
            _ => MAX_PIECE,
        }
    }
}

/// Finds what was lost or mixed up on the way. Proves nothing.
pub(crate) fn checksum(kind: PieceKind, bytes: &[u8]) -> [u8; 8] {
    let hash = sha256(&[&[kind.code()], bytes].concat());
    hash.first_chunk::<8>().copied().unwrap_or_default()
}

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
