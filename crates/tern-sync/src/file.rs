//! The exchange by a file: the same frames one after another, each in a byte string, signed at the end.
//!
//! ```text
//! file = frames: file head, roster, keys, heads, have, wanted blobs, envelopes, blobs, signature
//! hash = over the hash before and the frame, from 32 zero bytes on; the signature is over the last
//! ```
//! A file without envelopes is a receipt: it says what its writer holds. One of last work, by somebody who is out, has the
//! head, envelopes, blobs and the signature, and says nothing else. Reading one twice changes nothing. A file that was cut
//! short gives what stands before the cut, because every statement and every envelope is signed for itself.

use std::collections::{BTreeSet, VecDeque};
use std::io::{self, Read, Write};

use tern_record::cbor::{Canonical, Writer};
use tern_record::{BlobId, EntryId, EnvelopeId, RealmId, SeatId};
use tern_seal::roster::SignedEntry;
use tern_seal::{Label, Refused, SigningKey, content_hash, sign, verify};

use crate::blob::{Chunk, HeldBlob, at_most};
use crate::exchange::Asker;
use crate::frame::{self, Frame, FrameError, Head};
use crate::heard::{Heard, carried, hear};
use crate::limits::{CHUNK, MAX_BODY, MAX_SAID, MAX_TOLD, VERSION};
use crate::memory::{Digest, Memory, Shared};
use crate::missing::{lacking, side_by_side};
use crate::offer::keys_for;
use crate::party::Party;
use crate::planted;
use crate::shelf::Shelf;
use crate::statements::beyond;
use crate::tally::Tally;

/// Bytes of statements or keys of one frame, and of envelopes that are taken in by one step of reading.
const BATCH: usize = 512 * 1024;
/// Most envelopes that are taken in by one step of reading.
const AT_ONCE: usize = 64;

/// Why a file was not written or not read at all.
#[derive(Debug, thiserror::Error)]
pub enum FileError<E> {
    /// The own shelf failed.
    #[error("the store failed")]
    Shelf(E),
    /// The file could not be written or read.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// Not a file of envelopes.
    #[error("not a file of envelopes")]
    Shape,
    /// Of a newer version.
    #[error("of a newer version")]
    Newer,
    /// Of another programme.
    #[error("of another programme")]
    OtherRealm,
    /// The own key does not sign.
    #[error("{0}")]
    Key(#[from] Refused),
}

/// What goes into a file.
pub struct Parcel {
    /// Who it is for: a carrier takes everything.
    pub to: Party,
    /// What they are known to hold: left out.
    pub known: Memory,
    /// Blobs that are known to lie with them: left out too.
    pub has: BTreeSet<BlobId>,
    /// Nothing but what is held here: a receipt.
    pub is_receipt: bool,
}

/// What somebody who is out still hands over: of their own, and nothing of others.
pub struct LastWork {
    /// Envelopes of each log, each after those that it follows.
    pub logs: Vec<Vec<EnvelopeId>>,
    /// Blobs.
    pub blobs: Vec<HeldBlob>,
}

/// How a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Whole, and signed by who it says wrote it.
    Whole,
    /// It stops before its end.
    Cut,
    /// Something in it is not what was written.
    Damaged,
    /// Nobody here has heard of who it says wrote it, so nothing tells whether it is whole.
    Stranger,
}

/// What reading a file did.
pub struct Opened {
    /// Who wrote it.
    pub by: SeatId,
    /// How it ended.
    pub ended: Ended,
    /// What its writer holds: only of a whole one.
    pub holds: Option<Memory>,
    /// Blobs that its writer wants; nothing where it cannot say, because it keeps work aside that may speak of others.
    pub wants: Option<Vec<BlobId>>,
    /// Blobs of which a piece was in it.
    pub blobs: BTreeSet<BlobId>,
    /// What was in it.
    pub tally: Tally,
    /// What was not taken, with the reasons.
    pub refused: Vec<(EnvelopeId, String)>,
    /// Over all that was read: what says the same has the same.
    pub digest: Digest,
}

/// A file as it is written, an envelope or a blob a step.
pub struct Writing<W> {
    out: W,
    hash: Digest,
    envelopes: VecDeque<EnvelopeId>,
    blobs: VecDeque<HeldBlob>,
    key: SigningKey,
    realm: RealmId,
    tally: Tally,
}

impl<W: Write> Writing<W> {
    /// Writes who belongs and what is held here; works out what else goes in.
    pub fn begin<S: Shelf>(
        shelf: &S,
        me: Asker,
        parcel: &Parcel,
        out: W,
    ) -> Result<Self, FileError<S::Error>> {
        let mut writing = Self::headed(shelf.roster().realm, me, out)?;
        let statements = shelf.statements().map_err(FileError::Shelf)?;
        // Nobody can ask a file for more: where nothing that they had heard is here, they get all.
        let heard = if is_any_of(&statements, &parcel.known.heads) { &*parcel.known.heads } else { &[] };
        let beyond = beyond(&statements, heard);
        // Keys come with what speaks of them; a receipt that says nothing new of who belongs needs none.
        let wraps = match parcel.is_receipt && beyond.is_empty() {
            true => Vec::new(),
            false => shelf.wraps(&keys_for(shelf, &parcel.to)).map_err(FileError::Shelf)?,
        };
        for batch in batches(beyond, Vec::len) {
            writing.frame(&Frame::Roster(batch))?;
        }
        for batch in batches(wraps, |wrap| wrap.bytes.len()) {
            writing.frame(&Frame::Wraps(batch))?;
        }
        let shared = Shared::of(shelf, &parcel.to).map_err(FileError::Shelf)?;
        writing.frame(&Frame::Heads { heads: shared.heads.clone(), rungs: Vec::new() })?;
        writing.frame(&Frame::Have(shared.memory().logs.into_values().collect()))?;
        // Whoever takes them to lie here hears that they do not; where not all of them are known, nothing is said.
        if let Some(lacking) = shelf.blobs_not_here().map_err(FileError::Shelf)? {
            writing.frame(&Frame::WantBlobs(at_most(lacking)))?;
        }
        if !parcel.is_receipt {
            writing.choose(shelf, &shared, parcel).map_err(FileError::Shelf)?;
        }
        Ok(writing)
    }

    /// Begins a file of last work. It says nothing of who belongs, nor of what else is held.
    pub fn begin_last(realm: RealmId, me: Asker, work: LastWork, out: W) -> io::Result<Self> {
        let mut writing = Self::headed(realm, me, out)?;
        writing.envelopes = side_by_side(work.logs).into();
        writing.blobs = work.blobs.into();
        Ok(writing)
    }

    fn headed(realm: RealmId, me: Asker, out: W) -> io::Result<Self> {
        let mut writing = Self {
            out,
            hash: [0; 32],
            envelopes: VecDeque::new(),
            blobs: VecDeque::new(),
            key: me.key,
            realm,
            tally: Tally::default(),
        };
        writing.frame(&Frame::File(Head { version: VERSION, realm, seat: me.seat }))?;
        Ok(writing)
    }

    fn choose<S: Shelf>(&mut self, shelf: &S, shared: &Shared, parcel: &Parcel) -> Result<(), S::Error> {
        let mut todo = Vec::new();
        for held in &shared.logs {
            todo.push(lacking(shelf, held, parcel.known.logs.get(&held.log))?);
        }
        self.envelopes = side_by_side(todo).into();
        let goes = |blob: &HeldBlob| parcel.to.wants(blob.scope) && !parcel.has.contains(&blob.id);
        self.blobs = shelf.blobs()?.into_iter().filter(goes).collect();
        Ok(())
    }

    /// Envelopes and blobs that are still to be written.
    pub fn left(&self) -> usize {
        self.envelopes.len() + self.blobs.len()
    }

    /// What was written until now.
    pub const fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Writes the next envelope, or blob when all of these are written; `false` when nothing is left.
    pub fn step<S: Shelf>(&mut self, shelf: &S) -> Result<bool, FileError<S::Error>> {
        if let Some(id) = self.envelopes.pop_front() {
            if let Some(bytes) = shelf.envelope(id).map_err(FileError::Shelf)? {
                self.tally.sent.add(bytes.len());
                self.frame(&Frame::Envelope(bytes))?;
            }
        } else if let Some(blob) = self.blobs.pop_front() {
            self.blob(shelf, blob)?;
            self.tally.blobs_sent.blobs += 1;
        }
        Ok(self.left() > 0)
    }

    /// Signs it; what is to be flushed to a disk comes back.
    pub fn end<E>(mut self) -> Result<(W, Tally), FileError<E>> {
        let signature = sign(&self.key, Label::SyncFile, self.realm, &[&self.hash])?;
        self.frame(&Frame::Signed(signature))?;
        self.out.flush()?;
        Ok((self.out, self.tally))
    }

    fn frame(&mut self, frame: &Frame) -> io::Result<()> {
        let bytes = frame.to_bytes();
        self.hash = after(&self.hash, &bytes);
        let mut string = Writer::with_capacity(bytes.len() + 9);
        string.bytes(&bytes);
        self.out.write_all(&string.into_bytes())
    }

    fn blob<S: Shelf>(&mut self, shelf: &S, of: HeldBlob) -> Result<(), FileError<S::Error>> {
        let mut from = 0;
        while from < of.size {
            let bytes = shelf.read_blob(of.id, from, CHUNK).map_err(FileError::Shelf)?;
            if bytes.is_empty() {
                break;
            }
            let next = from + bytes.len() as u64;
            self.tally.blobs_sent.bytes += bytes.len() as u64;
            self.frame(&Frame::Chunk(Chunk { of, from, bytes }))?;
            from = next;
        }
        Ok(())
    }
}

/// A file as it is read, some frames a step. What was taken before an end that comes too early stays taken.
pub struct Reading<R> {
    input: In<R>,
    realm: RealmId,
    /// Statements and keys that come together are judged together.
    roster: Vec<Frame>,
    /// Envelopes that come together are kept together.
    envelopes: Vec<Vec<u8>>,
    said: Memory,
    /// Bytes of what was said until now, beside envelopes and pieces of blobs.
    said_bytes: usize,
    opened: Opened,
}

impl<R: Read> Reading<R> {
    /// Looks at whose file it is. Nothing of one that is of another programme is read.
    pub fn begin<S: Shelf>(shelf: &S, from: R) -> Result<Self, FileError<S::Error>> {
        let mut input = In { from, hash: [0; 32], length: 0 };
        let head = match input.frame() {
            Ok(Some(Ok(Frame::File(head)))) => head,
            Ok(Some(Err(FrameError::Newer))) => return Err(FileError::Newer),
            _ => return Err(FileError::Shape),
        };
        if head.realm != shelf.roster().realm {
            return Err(FileError::OtherRealm);
        }
        let opened = Opened {
            by: head.seat,
            ended: Ended::Cut,
            holds: None,
            wants: None,
            blobs: BTreeSet::new(),
            tally: Tally::default(),
            refused: Vec::new(),
            digest: [0; 32],
        };
        Ok(Self {
            input,
            realm: head.realm,
            roster: Vec::new(),
            envelopes: Vec::new(),
            said: Memory::default(),
            said_bytes: 0,
            opened,
        })
    }

    /// What was read until now.
    pub const fn tally(&self) -> &Tally {
        &self.opened.tally
    }

    /// Takes the next frames in; `false` at the end.
    pub fn step<S: Shelf>(&mut self, shelf: &mut S) -> Result<bool, FileError<S::Error>> {
        let mut bytes = 0;
        loop {
            let (is_more, came) = self.frame(shelf)?;
            bytes += came;
            if !is_more || came == 0 || self.envelopes.len() >= AT_ONCE || bytes >= BATCH {
                self.take_envelopes(shelf)?;
                return Ok(is_more);
            }
        }
    }

    /// Takes the next frame in; says whether there may be another, and the bytes of an envelope that waits for those after
    /// it.
    fn frame<S: Shelf>(&mut self, shelf: &mut S) -> Result<(bool, usize), FileError<S::Error>> {
        let hash = self.input.hash;
        let frame = match self.input.next() {
            Ok(Some(frame)) => frame,
            Ok(None) => {
                if planted::is("file-end-ignored") {
                    self.opened.ended = Ended::Whole;
                }
                return self.last(shelf);
            }
            Err(ended) => {
                self.opened.ended = if planted::is("file-end-ignored") { Ended::Whole } else { ended };
                return self.last(shelf);
            }
        };
        if let Frame::Envelope(bytes) = frame {
            self.take_roster(shelf)?;
            let came = bytes.len();
            self.envelopes.push(bytes);
            return Ok((true, came));
        }
        self.take_envelopes(shelf)?;
        if !matches!(frame, Frame::Chunk(_)) {
            self.said_bytes += self.input.length;
        }
        if self.said_bytes > MAX_SAID {
            self.opened.ended = Ended::Damaged;
            return Ok((false, 0));
        }
        if matches!(frame, Frame::Roster(_) | Frame::Wraps(_)) {
            self.roster.push(frame);
            return Ok((true, 0));
        }
        self.take_roster(shelf)?;
        match frame {
            Frame::Heads { heads, .. } => self.said.heads = heads,
            Frame::Have(logs) => self.said.logs.extend(logs.into_iter().map(|known| (known.log, known))),
            Frame::WantBlobs(blobs) => {
                self.opened.wants = Some(blobs.into_iter().map(|(id, _)| id).collect())
            }
            Frame::Signed(signature) => {
                let by = shelf.roster().verify_key(self.opened.by);
                let is_theirs = |key| verify(&key, Label::SyncFile, self.realm, &[&hash], &signature).is_ok();
                self.opened.ended = match by.map(is_theirs) {
                    Some(true) => Ended::Whole,
                    Some(false) => Ended::Damaged,
                    None => Ended::Stranger,
                };
                return Ok((false, 0));
            }
            frame => {
                if let Frame::Chunk(chunk) = &frame
                    && self.opened.blobs.len() < MAX_TOLD
                {
                    self.opened.blobs.insert(chunk.of.id);
                }
                hear(shelf, vec![frame], &mut self.opened.tally).map_err(FileError::Shelf)?;
            }
        }
        Ok((true, 0))
    }

    fn take_envelopes<S: Shelf>(&mut self, shelf: &mut S) -> Result<(), FileError<S::Error>> {
        let mut heard = Heard::default();
        let envelopes = std::mem::take(&mut self.envelopes);
        heard.take(shelf, &envelopes, &mut self.opened.tally).map_err(FileError::Shelf)?;
        let room = MAX_TOLD.saturating_sub(self.opened.refused.len());
        self.opened.refused.extend(heard.refused_here.into_iter().take(room));
        Ok(())
    }

    /// What came of it.
    pub fn end(mut self) -> Opened {
        self.opened.holds = (self.opened.ended == Ended::Whole).then_some(self.said);
        self.opened.digest = self.input.hash;
        self.opened
    }

    fn last<S: Shelf>(&mut self, shelf: &mut S) -> Result<(bool, usize), FileError<S::Error>> {
        self.take_roster(shelf)?;
        Ok((false, 0))
    }

    fn take_roster<S: Shelf>(&mut self, shelf: &mut S) -> Result<(), FileError<S::Error>> {
        if let Some(carried) = carried(&self.roster) {
            shelf.take_roster(carried).map_err(FileError::Shelf)?;
        }
        self.roster.clear();
        Ok(())
    }
}

struct In<R> {
    from: R,
    hash: Digest,
    /// Of the last frame.
    length: usize,
}

impl<R: Read> In<R> {
    /// The next frame; nothing at a clean end of the bytes.
    fn next(&mut self) -> Result<Option<Frame>, Ended> {
        self.frame()?.transpose().map_err(|_| Ended::Damaged)
    }

    /// The same, and why its bytes are no frame.
    fn frame(&mut self) -> Result<Option<Result<Frame, FrameError>>, Ended> {
        let Some(length) = self.length()? else { return Ok(None) };
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).map_err(|_| Ended::Cut)?;
        (self.hash, self.length) = (after(&self.hash, &bytes), length);
        Ok(Some(frame::read(&bytes).and_then(|mut frames| match (frames.pop(), frames.is_empty()) {
            (Some((_, frame)), true) => Ok(frame),
            _ => Err(FrameError::Shape),
        })))
    }

    /// The head of a byte string.
    fn length(&mut self) -> Result<Option<usize>, Ended> {
        let mut head = [0; 1];
        if self.from.read(&mut head).map_err(|_| Ended::Cut)? == 0 {
            return Ok(None);
        }
        let [head] = head;
        let more = match head {
            0x40..=0x57 => return Ok(Some(usize::from(head - 0x40))),
            0x58 => 1,
            0x59 => 2,
            0x5a => 4,
            _ => return Err(Ended::Damaged),
        };
        let mut bytes = [0; 8];
        let tail = bytes.get_mut(8 - more..).unwrap_or_default();
        self.from.read_exact(tail).map_err(|_| Ended::Cut)?;
        let length = usize::try_from(u64::from_be_bytes(bytes)).unwrap_or(usize::MAX);
        if length <= MAX_BODY { Ok(Some(length)) } else { Err(Ended::Damaged) }
    }
}

fn is_any_of(statements: &[SignedEntry], ids: &[EntryId]) -> bool {
    statements.iter().any(|entry| ids.contains(&entry.id()))
}

fn after(hash: &Digest, frame: &[u8]) -> Digest {
    content_hash(Label::SyncFile, &[hash, frame])
}

fn batches<T>(items: Vec<T>, size: impl Fn(&T) -> usize) -> Vec<Vec<T>> {
    let (mut batches, mut bytes) = (Vec::<Vec<T>>::new(), BATCH);
    for item in items {
        bytes += size(&item) + 64;
        match batches.last_mut() {
            Some(batch) if bytes <= BATCH => batch.push(item),
            _ => {
                bytes = size(&item) + 64;
                batches.push(vec![item]);
            }
        }
    }
    batches
}
