//! Taking in what the other side said: who belongs first, then keys, then envelopes.

use tern_record::cbor::Canonical;
use tern_record::{BlobId, EntryId, EnvelopeId};
use tern_seal::envelope::Envelope;
use tern_seal::roster::{Carried, SignedEntry};
use tern_seal::sha256;

use crate::blob::{Chunk, HeldBlob};
use crate::frame::Frame;
use crate::known::Known;
use crate::memory::Digest;
use crate::shelf::{KeyFor, Shelf, Took};
use crate::tally::Tally;

/// What was said beside what was taken in.
#[derive(Default)]
pub struct Heard {
    pub heads: Option<(Vec<EntryId>, Vec<EntryId>)>,
    pub needs: Vec<KeyFor>,
    pub have: Option<Vec<Known>>,
    pub state: Option<Digest>,
    pub is_equal: bool,
    pub want_blobs: Vec<(BlobId, u64)>,
    pub offered_blobs: Vec<HeldBlob>,
    /// Blobs that were offered and that the other side holds.
    pub hold_blobs: Vec<BlobId>,
    pub has_more: bool,
    pub refused: Option<String>,
    /// What the other side did not take.
    pub not_taken: Vec<(EnvelopeId, String)>,
    /// What was not taken here.
    pub refused_here: Vec<(EnvelopeId, String)>,
    /// Pieces of blobs came.
    pub has_chunks: bool,
    /// There was room for more in it.
    pub is_short: bool,
    /// Blobs of which a piece was not taken.
    pub bad_blobs: Vec<BlobId>,
    /// What came of envelopes and is held here now: the other side has it too.
    pub came: Vec<EnvelopeId>,
    /// Something of it was new here.
    pub is_news: bool,
}

/// The statements and keys among frames.
pub fn carried(frames: &[Frame]) -> Option<Carried> {
    let mut carried = Carried::default();
    for frame in frames {
        match frame {
            Frame::Roster(entries) => {
                carried
                    .entries
                    .extend(entries.iter().filter_map(|bytes| SignedEntry::from_bytes(bytes).ok()));
            }
            Frame::Wraps(wraps) => carried.wraps.extend(wraps.iter().cloned()),
            _ => {}
        }
    }
    (!carried.entries.is_empty() || !carried.wraps.is_empty()).then_some(carried)
}

/// Takes envelopes in and notes the rest.
pub fn hear<S: Shelf>(shelf: &mut S, frames: Vec<Frame>, tally: &mut Tally) -> Result<Heard, S::Error> {
    let mut heard = Heard::default();
    let (mut envelopes, mut chunks) = (Vec::new(), Vec::new());
    for frame in frames {
        match frame {
            Frame::Envelope(bytes) => envelopes.push(bytes),
            Frame::Heads { heads, rungs } => heard.heads = Some((heads, rungs)),
            Frame::Needs(needs) => heard.needs = needs,
            Frame::Have(logs) => heard.have = Some(logs),
            Frame::WantBlobs(blobs) => heard.want_blobs = blobs,
            Frame::OfferBlobs(blobs) => heard.offered_blobs = blobs,
            Frame::HoldBlobs(blobs) => heard.hold_blobs = blobs,
            Frame::Chunk(chunk) => chunks.push(chunk),
            Frame::State(digest) => heard.state = Some(digest),
            Frame::Equal => heard.is_equal = true,
            Frame::More => heard.has_more = true,
            Frame::NotTaken(envelopes) => heard.not_taken = envelopes,
            Frame::Refused(code) => heard.refused = Some(code),
            Frame::Hello(_) | Frame::File(_) | Frame::Roster(_) | Frame::Wraps(_) | Frame::Signed(_) => {}
        }
    }
    heard.take(shelf, &envelopes, tally)?;
    heard.take_chunks(shelf, &chunks, tally)?;
    Ok(heard)
}

impl Heard {
    /// Takes envelopes in.
    pub fn take<S: Shelf>(
        &mut self,
        shelf: &mut S,
        envelopes: &[Vec<u8>],
        tally: &mut Tally,
    ) -> Result<(), S::Error> {
        if envelopes.is_empty() {
            return Ok(());
        }
        envelopes.iter().for_each(|bytes| tally.received.add(bytes.len()));
        for (bytes, took) in envelopes.iter().zip(shelf.take_all(envelopes)?) {
            if !matches!(took, Took::Refused(_)) {
                self.came.push(name(bytes));
            }
            match took {
                Took::Known => {}
                Took::New => {
                    self.is_news = true;
                    tally.new += 1;
                }
                Took::Aside(_) => {
                    self.is_news = true;
                    tally.aside += 1;
                }
                Took::Refused(code) => self.refused_here.push((name(bytes), code)),
            }
        }
        Ok(())
    }

    /// Takes pieces of blobs.
    fn take_chunks<S: Shelf>(
        &mut self,
        shelf: &mut S,
        chunks: &[Chunk],
        tally: &mut Tally,
    ) -> Result<(), S::Error> {
        if chunks.is_empty() {
            return Ok(());
        }
        for (chunk, taken) in chunks.iter().zip(shelf.take_chunks(chunks)?) {
            tally.blobs_received.bytes += chunk.bytes.len() as u64;
            if taken {
                tally.blobs_received.blobs += u32::from(chunk.is_last());
                self.has_chunks = true;
            } else {
                self.bad_blobs.push(chunk.of.id);
            }
        }
        Ok(())
    }
}

fn name(bytes: &[u8]) -> EnvelopeId {
    Envelope::parse(bytes).map_or_else(|_| EnvelopeId::new(sha256(bytes)), |envelope| envelope.id())
}
