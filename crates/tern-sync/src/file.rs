//! The exchange by a file: the same frames one after another, each in a byte string, signed at the end.
//!
//! ```text
//! file = frames: file head, roster, keys, heads, have, envelopes, blobs, signature
//! hash = over the hash before and the frame, from 32 zero bytes on; the signature is over the last
//! ```
//! A file without envelopes is a receipt: it says what its writer holds. Reading one twice changes nothing. A file that was
//! cut short gives what stands before the cut, because every statement and every envelope is signed for itself.

use std::io::{self, Read, Write};

use tern_record::cbor::{Canonical, Writer};
use tern_record::{EntryId, EnvelopeId, SeatId};
use tern_seal::roster::SignedEntry;
use tern_seal::{Label, Refused, content_hash, sign, verify};

use crate::blob::{Chunk, HeldBlob};
use crate::exchange::Asker;
use crate::frame::{self, Frame, Head};
use crate::heard::{carried, hear};
use crate::limits::{CHUNK, MAX_BODY, VERSION};
use crate::memory::{Digest, Memory, Shared};
use crate::missing::lacking;
use crate::offer::keys_for;
use crate::party::Party;
use crate::shelf::Shelf;
use crate::statements::beyond;
use crate::tally::Tally;

/// Statements or keys of one frame.
const BATCH: usize = 512 * 1024;

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
    /// Somebody stopped it.
    #[error("stopped")]
    Stopped,
}

/// What goes into a file.
pub struct Parcel {
    /// Who it is for: a carrier takes everything.
    pub to: Party,
    /// What they are known to hold: left out.
    pub known: Memory,
    /// Nothing but what is held here: a receipt.
    pub is_receipt: bool,
}

/// How far it is. `false` stops it.
pub type OnStep<'a> = &'a mut dyn FnMut(&Tally) -> bool;

/// How a file ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Whole, and signed by who it says wrote it.
    Whole,
    /// It stops before its end.
    Cut,
    /// Something in it is not what was written.
    Damaged,
}

/// What reading a file did.
pub struct Opened {
    /// Who wrote it.
    pub by: SeatId,
    /// How it ended.
    pub ended: Ended,
    /// What its writer holds: only of a whole one.
    pub holds: Option<Memory>,
    /// What was in it.
    pub tally: Tally,
    /// What was not taken, with the reasons.
    pub refused: Vec<(EnvelopeId, String)>,
}

/// Writes a file.
pub fn write_file<S: Shelf>(
    shelf: &S,
    me: &Asker,
    parcel: &Parcel,
    out: &mut dyn Write,
    on_step: OnStep<'_>,
) -> Result<Tally, FileError<S::Error>> {
    let realm = shelf.roster().realm;
    let mut out = Out { out, hash: [0; 32], tally: Tally::default() };
    out.frame(&Frame::File(Head { version: VERSION, realm, seat: me.seat }))?;
    let statements = shelf.statements().map_err(FileError::Shelf)?;
    // Nobody can ask a file for more: where nothing that they had heard is here, they get all.
    let heard = if is_any_of(&statements, &parcel.known.heads) { &*parcel.known.heads } else { &[] };
    for batch in batches(beyond(&statements, heard), Vec::len) {
        out.frame(&Frame::Roster(batch))?;
    }
    let wraps = shelf.wraps(&keys_for(shelf, &parcel.to)).map_err(FileError::Shelf)?;
    for batch in batches(wraps, |wrap| wrap.bytes.len()) {
        out.frame(&Frame::Wraps(batch))?;
    }
    let shared = Shared::of(shelf, &parcel.to).map_err(FileError::Shelf)?;
    out.frame(&Frame::Heads { heads: shared.heads.clone(), rungs: Vec::new() })?;
    out.frame(&Frame::Have(shared.memory().logs.into_values().collect()))?;
    if !parcel.is_receipt {
        out.envelopes(shelf, &shared, parcel, on_step)?;
        out.blobs(shelf, &parcel.to, on_step)?;
    }
    let signature = sign(&me.key, Label::SyncFile, realm, &[&out.hash])?;
    out.frame(&Frame::Signed(signature))?;
    out.out.flush()?;
    Ok(out.tally)
}

struct Out<'a> {
    out: &'a mut dyn Write,
    hash: Digest,
    tally: Tally,
}

impl Out<'_> {
    fn frame(&mut self, frame: &Frame) -> io::Result<()> {
        let bytes = frame.to_bytes();
        self.hash = after(&self.hash, &bytes);
        let mut string = Writer::with_capacity(bytes.len() + 9);
        string.bytes(&bytes);
        self.out.write_all(&string.into_bytes())
    }

    fn envelopes<S: Shelf>(
        &mut self,
        shelf: &S,
        shared: &Shared,
        parcel: &Parcel,
        on_step: OnStep<'_>,
    ) -> Result<(), FileError<S::Error>> {
        let mut todo = Vec::new();
        for held in &shared.logs {
            let known = parcel.known.logs.get(&held.log);
            todo.push(lacking(shelf, held, known).map_err(FileError::Shelf)?);
        }
        todo.sort_by_key(Vec::len);
        for id in todo.into_iter().flatten() {
            let Some(bytes) = shelf.envelope(id).map_err(FileError::Shelf)? else { continue };
            self.tally.sent.add(bytes.len());
            self.frame(&Frame::Envelope(bytes))?;
            if !on_step(&self.tally) {
                return Err(FileError::Stopped);
            }
        }
        Ok(())
    }

    fn blobs<S: Shelf>(
        &mut self,
        shelf: &S,
        to: &Party,
        on_step: OnStep<'_>,
    ) -> Result<(), FileError<S::Error>> {
        for blob in shelf.blobs().map_err(FileError::Shelf)?.into_iter().filter(|blob| to.wants(blob.scope)) {
            self.blob(shelf, blob)?;
            self.tally.blobs_sent.blobs += 1;
            if !on_step(&self.tally) {
                return Err(FileError::Stopped);
            }
        }
        Ok(())
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

/// Reads a file in. What was taken before an end that comes too early stays taken.
pub fn read_file<S: Shelf>(
    shelf: &mut S,
    from: &mut dyn Read,
    on_step: OnStep<'_>,
) -> Result<Opened, FileError<S::Error>> {
    let mut input = In { from, hash: [0; 32] };
    let Frame::File(head) = input.first()? else { return Err(FileError::Shape) };
    if head.version > VERSION {
        return Err(FileError::Newer);
    }
    if head.realm != shelf.roster().realm {
        return Err(FileError::OtherRealm);
    }
    let mut read = Opened {
        by: head.seat,
        ended: Ended::Cut,
        holds: None,
        tally: Tally::default(),
        refused: Vec::new(),
    };
    let (mut roster, mut said) = (Vec::new(), Memory::default());
    loop {
        let hash = input.hash;
        let frame = match input.next() {
            Ok(Some(frame)) => frame,
            Ok(None) => break,
            Err(ended) => {
                read.ended = ended;
                break;
            }
        };
        if matches!(frame, Frame::Roster(_) | Frame::Wraps(_)) {
            roster.push(frame);
            continue;
        }
        take_roster(shelf, &mut roster)?;
        match frame {
            Frame::Heads { heads, .. } => said.heads = heads,
            Frame::Have(logs) => said.logs.extend(logs.into_iter().map(|known| (known.log, known))),
            Frame::Signed(signature) => {
                let by = shelf.roster().verify_key(head.seat);
                let is_theirs = by.is_some_and(|key| {
                    verify(&key, Label::SyncFile, head.realm, &[&hash], &signature).is_ok()
                });
                read.ended = if is_theirs { Ended::Whole } else { Ended::Damaged };
                break;
            }
            frame => {
                let mut heard = hear(shelf, vec![frame], &mut read.tally).map_err(FileError::Shelf)?;
                read.refused.append(&mut heard.refused_here);
                if !on_step(&read.tally) {
                    return Err(FileError::Stopped);
                }
            }
        }
    }
    take_roster(shelf, &mut roster)?;
    read.holds = (read.ended == Ended::Whole).then_some(said);
    Ok(read)
}

fn take_roster<S: Shelf>(shelf: &mut S, frames: &mut Vec<Frame>) -> Result<(), FileError<S::Error>> {
    if let Some(carried) = carried(frames) {
        shelf.take_roster(carried).map_err(FileError::Shelf)?;
    }
    frames.clear();
    Ok(())
}

struct In<'a> {
    from: &'a mut dyn Read,
    hash: Digest,
}

impl In<'_> {
    fn first<E>(&mut self) -> Result<Frame, FileError<E>> {
        match self.next() {
            Ok(Some(frame)) => Ok(frame),
            _ => Err(FileError::Shape),
        }
    }

    /// The next frame; nothing at a clean end of the bytes.
    fn next(&mut self) -> Result<Option<Frame>, Ended> {
        let Some(length) = self.length()? else { return Ok(None) };
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).map_err(|_| Ended::Cut)?;
        self.hash = after(&self.hash, &bytes);
        let mut frames = frame::read(&bytes).map_err(|_| Ended::Damaged)?;
        match (frames.pop(), frames.is_empty()) {
            (Some((_, frame)), true) => Ok(Some(frame)),
            _ => Err(Ended::Damaged),
        }
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
