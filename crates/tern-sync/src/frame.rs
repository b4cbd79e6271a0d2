//! What two holders say to each other. A request, a reply and a file are frames one after another (RFC 8742).

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::{BlobId, EntryId, EnvelopeId, RealmId, SeatId};
use tern_seal::epoch::EpochId;
use tern_seal::roster::EpochWrap;

use crate::blob::{Chunk, HeldBlob};
use crate::known::Known;
use crate::limits::{MAX_BLOBS, MAX_CODE, MAX_ENTRIES, MAX_LOGS, MAX_NEEDS, VERSION};
use crate::memory::Digest;
use crate::shelf::KeyFor;

/// One statement of the exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Begins a request: who asks, what they hold, how long the reply may be.
    Hello(Hello),
    /// The roster is known up to these, and everything before them; rungs stand further down.
    Heads {
        /// The newest statements.
        heads: Vec<EntryId>,
        /// Statements further down, each twice as far.
        rungs: Vec<EntryId>,
    },
    /// Statements of the roster, each after those that it names.
    Roster(Vec<Vec<u8>>),
    /// Keys that are lacking.
    Needs(Vec<KeyFor>),
    /// Keys, wrapped to their seats.
    Wraps(Vec<EpochWrap>),
    /// What is held of these logs. In a request all that are shared; in a reply those of which something is lacking.
    Have(Vec<Known>),
    /// An envelope.
    Envelope(Vec<u8>),
    /// What the replier holds, when it is not the same.
    State(Digest),
    /// Both hold the same.
    Equal,
    /// The reply was cut to the room: there is more.
    More,
    /// Envelopes that were not taken, with the reason.
    NotTaken(Vec<(EnvelopeId, String)>),
    /// The request was refused, for this reason.
    Refused(String),
    /// Signs everything before it.
    Signed([u8; 64]),
    /// Blobs that are asked for, each from a byte on.
    WantBlobs(Vec<(BlobId, u64)>),
    /// Blobs that the asker holds.
    OfferBlobs(Vec<HeldBlob>),
    /// A piece of a blob.
    Chunk(Chunk),
    /// Begins a file: of which programme, and who wrote it.
    File(Head),
    /// Of the blobs that were offered, those that the replier holds.
    HoldBlobs(Vec<BlobId>),
}

/// Begins a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Version of the exchange.
    pub version: u64,
    /// The programme.
    pub realm: RealmId,
    /// Who wrote it.
    pub seat: SeatId,
}

/// Begins a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Version of the exchange.
    pub version: u64,
    /// Who asks.
    pub seat: SeatId,
    /// Made for this request.
    pub nonce: [u8; 8],
    /// What is held of all that the two share.
    pub digest: Digest,
    /// How long the reply may be.
    pub room: u64,
}

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Not frames, or not in canonical form.
    #[error("not frames of the exchange")]
    Shape,
    /// A frame that only a newer version knows.
    #[error("of a newer version")]
    Newer,
}

impl From<CborError> for FrameError {
    fn from(_: CborError) -> Self {
        Self::Shape
    }
}

/// Reads a body to its end. Each frame with the number of bytes before it.
pub fn read(body: &[u8]) -> Result<Vec<(usize, Frame)>, FrameError> {
    let (mut frames, mut at) = (Vec::new(), 0);
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        let mut from = Decoder::new(rest);
        if is_newer(rest) {
            return Err(FrameError::Newer);
        }
        let frame = Frame::read(&mut from)?;
        let length = from.position();
        if rest.get(..length) != Some(frame.to_bytes().as_slice()) {
            return Err(FrameError::Shape);
        }
        frames.push((at, frame));
        at += length;
    }
    Ok(frames)
}

/// Of a code that only a newer version knows; or the beginning of a request or a file that names a newer version, whatever
/// else it says.
fn is_newer(frame: &[u8]) -> bool {
    let mut from = Decoder::new(frame);
    match (from.array(), from.u64()) {
        (Ok(Some(_)), Ok(0 | 16)) => from.u64().is_ok_and(|version| version > VERSION),
        (Ok(Some(_)), Ok(code)) => code > 17,
        _ => false,
    }
}

impl Canonical for Frame {
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Hello(hello) => {
                to.array(6).uint(0).uint(hello.version).bytes(hello.seat.as_bytes()).bytes(&hello.nonce);
                to.bytes(&hello.digest).uint(hello.room);
            }
            Self::Heads { heads, rungs } => {
                to.array(3).uint(1);
                for ids in [heads, rungs] {
                    to.array(ids.len());
                    for id in ids {
                        to.bytes(id.as_bytes());
                    }
                }
            }
            Self::Roster(entries) => {
                to.array(2).uint(2).array(entries.len());
                for entry in entries {
                    to.bytes(entry);
                }
            }
            Self::Needs(keys) => {
                to.array(2).uint(3).array(keys.len());
                for (epoch, seat) in keys {
                    to.array(2).bytes(epoch).bytes(seat.as_bytes());
                }
            }
            Self::Wraps(wraps) => {
                to.array(2).uint(4).array(wraps.len());
                wraps.iter().for_each(|wrap| wrap.write(to));
            }
            Self::Have(logs) => {
                to.array(2).uint(5).array(logs.len());
                logs.iter().for_each(|known| known.write(to));
            }
            Self::Envelope(bytes) => {
                to.array(2).uint(6).bytes(bytes);
            }
            Self::State(digest) => {
                to.array(2).uint(7).bytes(digest);
            }
            Self::Equal => {
                to.array(1).uint(8);
            }
            Self::More => {
                to.array(1).uint(9);
            }
            Self::NotTaken(envelopes) => {
                to.array(2).uint(10).array(envelopes.len());
                for (id, code) in envelopes {
                    to.array(2).bytes(id.as_bytes()).text(code);
                }
            }
            Self::Refused(code) => {
                to.array(2).uint(11).text(code);
            }
            Self::Signed(signature) => {
                to.array(2).uint(12).bytes(signature);
            }
            Self::WantBlobs(blobs) => {
                to.array(2).uint(13).array(blobs.len());
                for (id, from) in blobs {
                    to.array(2).bytes(id.as_bytes()).uint(*from);
                }
            }
            Self::OfferBlobs(blobs) => {
                to.array(2).uint(14).array(blobs.len());
                blobs.iter().for_each(|blob| blob.write(to));
            }
            Self::Chunk(chunk) => {
                to.array(4).uint(15).item(&chunk.of).uint(chunk.from).bytes(&chunk.bytes);
            }
            Self::File(head) => {
                to.array(4)
                    .uint(16)
                    .uint(head.version)
                    .bytes(head.realm.as_bytes())
                    .bytes(head.seat.as_bytes());
            }
            Self::HoldBlobs(blobs) => {
                to.array(2).uint(17).array(blobs.len());
                for id in blobs {
                    to.bytes(id.as_bytes());
                }
            }
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        let length = array_up_to(from, 6)?;
        let code = from.u64()?;
        let expected = match code {
            0 => 6,
            1 => 3,
            8 | 9 => 1,
            15 | 16 => 4,
            _ => 2,
        };
        if length != expected {
            return Err(CborError::Shape);
        }
        Ok(match code {
            0 => Self::Hello(Hello {
                version: from.u64()?,
                seat: SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?,
                nonce: fixed(from)?,
                digest: fixed(from)?,
                room: from.u64()?,
            }),
            1 => Self::Heads { heads: list(from, MAX_ENTRIES, entry)?, rungs: list(from, 64, entry)? },
            2 => Self::Roster(list(from, MAX_ENTRIES, |from| Ok(from.bytes()?.to_vec()))?),
            3 => Self::Needs(list(from, MAX_NEEDS, key_for)?),
            4 => Self::Wraps(list(from, MAX_ENTRIES, EpochWrap::read)?),
            5 => Self::Have(list(from, MAX_LOGS, Known::read)?),
            6 => Self::Envelope(from.bytes()?.to_vec()),
            7 => Self::State(fixed(from)?),
            8 => Self::Equal,
            9 => Self::More,
            10 => Self::NotTaken(list(from, MAX_LOGS, |from| {
                array_of(from, 2)?;
                let id = EnvelopeId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
                Ok((id, reason(from)?))
            })?),
            11 => Self::Refused(reason(from)?),
            12 => Self::Signed(fixed(from)?),
            13 => Self::WantBlobs(list(from, MAX_BLOBS, |from| {
                array_of(from, 2)?;
                let id = BlobId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
                Ok((id, from.u64()?))
            })?),
            14 => Self::OfferBlobs(list(from, MAX_BLOBS, HeldBlob::read)?),
            15 => {
                let of = HeldBlob::read(from)?;
                Self::Chunk(Chunk { of, from: from.u64()?, bytes: from.bytes()?.to_vec() })
            }
            16 => Self::File(Head {
                version: from.u64()?,
                realm: RealmId::new(fixed(from)?),
                seat: SeatId::new(fixed(from)?),
            }),
            17 => Self::HoldBlobs(list(from, MAX_BLOBS, |from| {
                BlobId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)
            })?),
            _ => return Err(CborError::Shape),
        })
    }
}

fn list<T>(
    from: &mut Decoder<'_>,
    most: u64,
    item: impl Fn(&mut Decoder<'_>) -> Result<T, CborError>,
) -> Result<Vec<T>, CborError> {
    (0..array_up_to(from, most)?).map(|_| item(from)).collect()
}

fn fixed<const N: usize>(from: &mut Decoder<'_>) -> Result<[u8; N], CborError> {
    from.bytes()?.try_into().map_err(|_| CborError::Shape)
}

fn entry(from: &mut Decoder<'_>) -> Result<EntryId, CborError> {
    EntryId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)
}

fn key_for(from: &mut Decoder<'_>) -> Result<KeyFor, CborError> {
    array_of(from, 2)?;
    let epoch: EpochId = fixed(from)?;
    Ok((epoch, SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?))
}

fn reason(from: &mut Decoder<'_>) -> Result<String, CborError> {
    let code = from.str()?;
    if code.len() <= MAX_CODE { Ok(code.to_owned()) } else { Err(CborError::TooLarge) }
}
