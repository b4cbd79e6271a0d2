//! What the exchange asks of whoever holds envelopes: a vault, a hub's database, a test.

use tern_record::log::{InLog, LogState};
use tern_record::{BlobId, EnvelopeId, LogId, ScopeId, SeatId};
use tern_seal::VerifyKey;
use tern_seal::epoch::EpochId;
use tern_seal::roster::{Carried, EpochWrap, Roster, SignedEntry};

use crate::blob::{Chunk, HeldBlob};
use crate::memory::Memory;
use crate::party::Party;

/// A log of which something is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLog {
    /// The log.
    pub log: LogId,
    /// Its scope.
    pub scope: ScopeId,
    /// The seat that writes it.
    pub seat: SeatId,
    /// How much of it is held, taken or kept aside.
    pub state: LogState,
}

/// What became of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Took {
    /// It is held now and was not before.
    New,
    /// It was held.
    Known,
    /// It is held, and does not count, for this reason.
    Aside(String),
    /// It is not held, for this reason.
    Refused(String),
}

/// A key of an epoch for a seat.
pub type KeyFor = (EpochId, SeatId);

/// A holder of one programme's envelopes.
pub trait Shelf {
    /// Why the holder itself fails: a full disk, a damaged file. It ends the exchange, and nothing is lost.
    type Error;

    /// Who belongs, as far as it is known here.
    fn roster(&self) -> &Roster;

    /// Who this is.
    fn party(&self) -> Party;

    /// Every statement of the roster, each after those that it names.
    fn statements(&self) -> Result<Vec<SignedEntry>, Self::Error>;

    /// Every log of which something is held.
    fn logs(&self) -> Result<Vec<HeldLog>, Self::Error>;

    /// Where the envelopes of a log stand that are held, from a place on.
    fn places(&self, log: LogId, from: u64) -> Result<Vec<InLog>, Self::Error>;

    /// An envelope that is held.
    fn envelope(&self, id: EnvelopeId) -> Result<Option<Vec<u8>>, Self::Error>;

    /// Keys that seats here were given and have not got.
    fn needs(&self) -> Result<Vec<KeyFor>, Self::Error>;

    /// Wraps of these keys, as far as they lie here.
    fn wraps(&self, of: &[KeyFor]) -> Result<Vec<EpochWrap>, Self::Error>;

    /// Takes in what a peer says of who belongs. What nobody might say is left out; `false` when nothing could be taken.
    fn take_roster(&mut self, carried: Carried) -> Result<bool, Self::Error>;

    /// Takes an envelope in, whole or not at all.
    fn take(&mut self, bytes: &[u8]) -> Result<Took, Self::Error>;

    /// Takes envelopes in, in this order; says what became of each. When this returns `Ok`, all that was taken is kept for
    /// good; when not, some may be.
    fn take_all(&mut self, envelopes: &[Vec<u8>]) -> Result<Vec<Took>, Self::Error> {
        envelopes.iter().map(|bytes| self.take(bytes)).collect()
    }

    /// Blobs that records here speak of and that are not held whole, each with the bytes that are: the most wanted first.
    fn blobs_wanted(&self) -> Result<Vec<(BlobId, u64)>, Self::Error>;

    /// Every blob that is spoken of here and not held whole, those of work that somebody left aside too, each with the bytes
    /// that are held. Nothing where it cannot be said: something is kept aside that may speak of others.
    fn blobs_not_here(&self) -> Result<Option<Vec<(BlobId, u64)>>, Self::Error>;

    /// Blobs that are held whole and that nobody knows to lie with this holder.
    fn blobs_to_offer(&self, to: &VerifyKey) -> Result<Vec<HeldBlob>, Self::Error>;

    /// Of blobs that are offered, those that are wanted here, each with the bytes that are held.
    fn blobs_lacking(&self, offered: &[HeldBlob]) -> Result<Vec<(BlobId, u64)>, Self::Error>;

    /// Every blob that is held whole, small ones first.
    fn blobs(&self) -> Result<Vec<HeldBlob>, Self::Error>;

    /// A blob that is held whole.
    fn blob(&self, id: BlobId) -> Result<Option<HeldBlob>, Self::Error>;

    /// A blob is held whole: said to whoever offers it, who does not ask for it.
    fn holds_blob(&self, id: BlobId) -> Result<bool, Self::Error> {
        Ok(self.blob(id)?.is_some())
    }

    /// At most so many bytes of a blob that is held whole, from a byte on.
    fn read_blob(&self, id: BlobId, from: u64, most: usize) -> Result<Vec<u8>, Self::Error>;

    /// Takes the next piece of a blob. A piece that does not follow what is held, and a blob that is not what it is named
    /// by, is not taken: then `false`.
    fn take_chunk(&mut self, chunk: &Chunk) -> Result<bool, Self::Error>;

    /// Takes pieces of blobs, in this order; says of each whether it was taken.
    fn take_chunks(&mut self, chunks: &[Chunk]) -> Result<Vec<bool>, Self::Error> {
        chunks.iter().map(|chunk| self.take_chunk(chunk)).collect()
    }

    /// Notes that a holder has these blobs.
    fn blobs_lie_with(&mut self, ids: &[BlobId], holder: &VerifyKey) -> Result<(), Self::Error>;

    /// What somebody who asks here was last known to hold.
    fn recall(&self, of: SeatId) -> Result<Option<Memory>, Self::Error>;

    /// Notes what somebody who asks here holds.
    fn remember(&mut self, of: SeatId, memory: &Memory) -> Result<(), Self::Error>;
}
