//! The side that is asked: a hub, or a device that listens. It keeps nothing between two requests but what the shelf keeps.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{BlobId, EntryId, LogId, SeatId};
use tern_seal::roster::{Carried, SignedEntry};
use tern_seal::{Label, Refused, SigningKey, VerifyKey};

use crate::blob::{HeldBlob, at_most, give};
use crate::body::{Draft, Parsed};
use crate::frame::{Frame, FrameError, Hello};
use crate::hand_over::is_last_work;
use crate::heard::{Heard, carried, hear};
use crate::known::Known;
use crate::limits::MIN_ROOM;
use crate::memory::{Memory, Shared};
use crate::offer::{ask_keys, laddered, offer, offer_statements, offer_wraps};
use crate::party::Party;
use crate::planted;
use crate::shelf::Shelf;
use crate::statements::rungs;
use crate::tally::{Blobs, Tally, Way};

/// Reasons for which a request is refused.
pub mod code {
    /// Nobody ever certified this seat, as far as is known here.
    pub const SEAT_UNKNOWN: &str = "seat-unknown";
    /// The seat was taken out, or its certificate does not count any more.
    pub const SEAT_REMOVED: &str = "seat-removed";
    /// Not signed by the seat that it names, or meant for somebody else.
    pub const SIGNATURE: &str = "sync-signature";
    /// Not a request.
    pub const SHAPE: &str = "sync-shape";
    /// Of a version that is not known here.
    pub const NEWER: &str = "sync-newer";
}

/// A reply, and what was done for it.
pub struct Answer {
    /// The bytes.
    pub body: Vec<u8>,
    /// Who asked, once the signature was checked.
    pub seat: Option<SeatId>,
    /// What the asker has signed to hold, when both hold the same of what they share.
    pub holds: Option<Memory>,
    /// What the asker says they hold of the logs that the two share, when they say so.
    pub says: Option<Vec<Known>>,
    /// What went over the wire.
    pub tally: Tally,
}

/// Why no reply could be made at all.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError<E> {
    /// The shelf failed.
    #[error("the store failed")]
    Shelf(E),
    /// The own key does not sign.
    #[error("{0}")]
    Key(#[from] Refused),
}

/// Answers a request. Whatever it is, the reply says what became of it.
pub fn answer<S: Shelf>(
    shelf: &mut S,
    key: &SigningKey,
    request: &[u8],
) -> Result<Answer, AnswerError<S::Error>> {
    let mut tally = Tally { round_trips: 1, ..Tally::default() };
    let mut reply = Reply {
        key,
        to: Hello::none(),
        draft: Draft::new(MIN_ROOM),
        blobs_given: Blobs::default(),
        holds: None,
    };
    let parsed = match Parsed::read(request) {
        Ok(parsed) => parsed,
        Err(FrameError::Newer) => return reply.refuse(shelf, code::NEWER, tally),
        Err(FrameError::Shape) => return reply.refuse(shelf, code::SHAPE, tally),
    };
    let Some(Frame::Hello(hello)) = parsed.frames.first().cloned() else {
        return reply.refuse(shelf, code::SHAPE, tally);
    };
    let room = usize::try_from(hello.room).unwrap_or(usize::MAX);
    let draft = Draft::new(room.max(MIN_ROOM));
    reply = Reply { key, to: hello.clone(), draft, blobs_given: Blobs::default(), holds: None };
    // Who is new here brings the statements that vouch for them. Keys vouch for nobody: they wait until it is known who
    // brings them, or a stranger could put rubbish in their place.
    let mut brought = carried(&parsed.frames).unwrap_or_default();
    let own = key.public()?;
    let is_signed = |shelf: &S, verify: &VerifyKey| {
        parsed.check(verify, Label::SyncRequest, shelf.roster().realm, &[own.as_bytes()]).is_ok()
    };
    let verify = shelf.roster().verify_key(hello.seat).filter(|_| is_in(shelf, hello.seat));
    if !verify.is_some_and(|verify| is_signed(shelf, &verify)) {
        let entries = std::mem::take(&mut brought.entries);
        if !entries.is_empty() {
            shelf.take_roster(Carried { entries, wraps: Vec::new() }).map_err(AnswerError::Shelf)?;
        }
    }
    let Some(verify) = shelf.roster().verify_key(hello.seat) else {
        reply.say_heads(shelf).map_err(AnswerError::Shelf)?;
        return reply.refuse(shelf, code::SEAT_UNKNOWN, tally);
    };
    if !is_signed(shelf, &verify) {
        return reply.refuse(shelf, code::SIGNATURE, tally);
    }
    // Keys come with the statements that speak of them, from somebody who is known.
    if is_in(shelf, hello.seat) && !(brought.entries.is_empty() && brought.wraps.is_empty()) {
        shelf.take_roster(brought).map_err(AnswerError::Shelf)?;
    }
    if !is_in(shelf, hello.seat) {
        reply.take_last_work(shelf, parsed.frames, &mut tally).map_err(AnswerError::Shelf)?;
        return reply.refuse(shelf, code::SEAT_REMOVED, tally);
    }
    let frames = parsed.frames;
    let heard = hear(shelf, frames, &mut tally).map_err(AnswerError::Shelf)?;
    let lie_there: Vec<BlobId> = heard.offered_blobs.iter().map(|blob| blob.id).collect();
    shelf.blobs_lie_with(&lie_there, &verify).map_err(AnswerError::Shelf)?;
    let says = heard.have.clone();
    let sent = reply.fill(shelf, heard).map_err(AnswerError::Shelf)?;
    tally.sent = sent;
    tally.blobs_sent = reply.blobs_given;
    let holds = reply.holds.take();
    let body = reply.close(shelf)?;
    tally.count_body(request.len(), tally.received.bytes + tally.blobs_received.bytes);
    tally.count_body(body.len(), tally.sent.bytes + tally.blobs_sent.bytes);
    Ok(Answer { body, seat: Some(hello.seat), holds, says, tally })
}

fn is_in<S: Shelf>(shelf: &S, seat: SeatId) -> bool {
    shelf
        .roster()
        .seats
        .get(&seat)
        .is_some_and(|seat| seat.removed.is_none() || planted::is("removed-is-served"))
}

fn known_heads(frames: &[Frame]) -> Vec<EntryId> {
    let heads = frames.iter().filter_map(|frame| match frame {
        Frame::Heads { heads, rungs } => Some(heads.iter().chain(rungs).copied()),
        _ => None,
    });
    heads.flatten().collect()
}

/// What somebody holds: logs, and heads and rungs of the roster.
type Held = (Vec<Known>, (Vec<EntryId>, Vec<EntryId>));

struct Reply<'a> {
    key: &'a SigningKey,
    to: Hello,
    draft: Draft,
    blobs_given: Blobs,
    holds: Option<Memory>,
}

impl Reply<'_> {
    /// Everything that the asker lacks, and what is lacking here.
    fn fill<S: Shelf>(&mut self, shelf: &mut S, heard: Heard) -> Result<Way, S::Error> {
        let them = Party::device(shelf.roster(), self.to.seat);
        let shared = Shared::of(shelf, &them)?;
        if !heard.refused_here.is_empty() {
            self.draft.add(&Frame::NotTaken(heard.refused_here));
        }
        let mut is_cut = offer_wraps(shelf, &mut self.draft, &heard.needs)?.is_cut;
        let is_equal = shared.digest == self.to.digest;
        self.say_held(shelf, &heard.offered_blobs)?;
        let mut wanted = shelf.blobs_lacking(&heard.offered_blobs)?;
        if is_equal {
            // What was kept aside when it was offered is wanted once somebody has taken what speaks of it.
            let offered: BTreeSet<BlobId> = wanted.iter().map(|(id, _)| *id).collect();
            wanted.extend(shelf.blobs_wanted()?.into_iter().filter(|(id, _)| !offered.contains(id)));
        }
        if !wanted.is_empty() {
            self.draft.add(&Frame::WantBlobs(at_most(wanted)));
        }
        self.blobs_given = give(shelf, &mut self.draft, &heard.want_blobs, &them)?;
        if is_equal {
            // Who has heard the same may still have a key that is lacking here.
            ask_keys(shelf, &mut self.draft)?;
            self.draft.add(if is_cut { &Frame::More } else { &Frame::Equal });
            let memory = shared.memory();
            shelf.remember(self.to.seat, &memory)?;
            self.holds = Some(memory);
            return Ok(Way::default());
        }
        self.draft.add(&Frame::State(shared.digest));
        let held = match (heard.have, heard.heads) {
            (Some(have), heads) => Some((have, heads.unwrap_or_default())),
            (None, _) => self.recalled(shelf)?,
        };
        let Some((have, (heads, rungs))) = held else { return Ok(Way::default()) };
        is_cut |= self.statements(shelf, &shared.heads, heads, rungs)?;
        let theirs: BTreeMap<LogId, Known> = have.into_iter().map(|known| (known.log, known)).collect();
        let refused = heard.not_taken.into_iter().map(|(id, _)| id).collect();
        let offered = offer(shelf, &mut self.draft, &shared.logs, &theirs, &refused)?;
        ask_keys(shelf, &mut self.draft)?;
        if !offered.behind.is_empty() {
            self.draft.add(&Frame::Have(laddered(shelf, &shared.logs, &offered.behind)?));
        }
        if is_cut || offered.is_cut {
            self.draft.add(&Frame::More);
        } else if offered.behind.is_empty() {
            shelf.remember(self.to.seat, &shared.memory())?;
        }
        Ok(offered.sent)
    }

    /// What the asker held last, when they say no more than that they hold the same as then.
    fn recalled<S: Shelf>(&self, shelf: &S) -> Result<Option<Held>, S::Error> {
        let memory = shelf.recall(self.to.seat)?.filter(|memory| memory.digest == self.to.digest);
        Ok(memory.map(|memory| (memory.logs.into_values().collect(), (memory.heads, Vec::new()))))
    }

    /// Statements that the asker lacks; when they have heard of some that are not here, how far it goes here.
    fn statements<S: Shelf>(
        &mut self,
        shelf: &S,
        mine: &[EntryId],
        mut heads: Vec<EntryId>,
        rungs: Vec<EntryId>,
    ) -> Result<bool, S::Error> {
        heads.sort_unstable();
        if heads == mine {
            return Ok(false);
        }
        let here: BTreeSet<EntryId> = shelf.statements()?.iter().map(SignedEntry::id).collect();
        if heads.iter().any(|head| !here.contains(head)) {
            self.say_heads(shelf)?;
        }
        let them = Party::device(shelf.roster(), self.to.seat);
        offer_statements(shelf, &mut self.draft, &[heads, rungs].concat(), &them)
    }

    /// Takes what somebody who is out wrote themselves, and says how far it is held here. Nothing else is said but who belongs.
    fn take_last_work<S: Shelf>(
        &mut self,
        shelf: &mut S,
        frames: Vec<Frame>,
        tally: &mut Tally,
    ) -> Result<(), S::Error> {
        let (seat, known) = (self.to.seat, known_heads(&frames));
        let own = frames.into_iter().filter(|frame| is_last_work(frame, seat)).collect();
        let heard = hear(shelf, own, tally)?;
        let them = Party::device(shelf.roster(), seat);
        offer_statements(shelf, &mut self.draft, &known, &them)?;
        // Whoever was taken in again since brings the statements that say so.
        self.say_heads(shelf)?;
        if !heard.refused_here.is_empty() {
            self.draft.add(&Frame::NotTaken(heard.refused_here));
        }
        let wanted = shelf.blobs_lacking(&heard.offered_blobs)?;
        if !wanted.is_empty() {
            self.draft.add(&Frame::WantBlobs(at_most(wanted)));
        }
        self.say_held(shelf, &heard.offered_blobs)?;
        let mut logs = shelf.logs()?;
        logs.retain(|held| held.seat == seat);
        let ids: Vec<LogId> = logs.iter().map(|held| held.log).collect();
        self.draft.add(&Frame::Have(laddered(shelf, &logs, &ids)?));
        Ok(())
    }

    /// What is not wanted here may be lacking all the same: what speaks of it was kept aside, or is for others of this device.
    fn say_held<S: Shelf>(&mut self, shelf: &S, offered: &[HeldBlob]) -> Result<(), S::Error> {
        let mut held = Vec::new();
        for blob in offered {
            if shelf.holds_blob(blob.id)? {
                held.push(blob.id);
            }
        }
        if !held.is_empty() {
            self.draft.add(&Frame::HoldBlobs(held));
        }
        Ok(())
    }

    fn say_heads<S: Shelf>(&mut self, shelf: &S) -> Result<(), S::Error> {
        let heads = shelf.roster().heads.clone();
        self.draft.add(&Frame::Heads { heads, rungs: rungs(&shelf.statements()?) });
        Ok(())
    }

    fn refuse<S: Shelf>(
        mut self,
        shelf: &S,
        code: &str,
        tally: Tally,
    ) -> Result<Answer, AnswerError<S::Error>> {
        self.draft.add(&Frame::Refused(code.to_owned()));
        Ok(Answer { body: self.close(shelf)?, seat: None, holds: None, says: None, tally })
    }

    fn close<S: Shelf>(self, shelf: &S) -> Result<Vec<u8>, Refused> {
        let (nonce, asked) = (self.to.nonce, self.to.digest);
        self.draft.signed(self.key, Label::SyncReply, shelf.roster().realm, &[&nonce, &asked])
    }
}

impl Hello {
    /// What a reply to no request refers to.
    const fn none() -> Self {
        Self { version: 0, seat: SeatId::new([0; 16]), nonce: [0; 8], digest: [0; 32], room: 0 }
    }
}
