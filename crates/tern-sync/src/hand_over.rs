//! Handing over last work over a line, by somebody who is out: their own envelopes go, and blobs with them. What comes is word
//! of how far the other side holds these logs, and of who belongs. An exchange would be refused.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::port::Random;
use tern_record::{BlobId, EnvelopeId, LogId, SeatId};
use tern_seal::Label;
use tern_seal::envelope::Envelope;

use crate::answer::code;
use crate::blob::{HeldBlob, at_most, give};
use crate::body::{Draft, Parsed};
use crate::exchange::{Asker, ExchangeError, Next, Peer};
use crate::frame::{Frame, Hello};
use crate::known::Known;
use crate::limits::{MAX_BODY, MAX_IDLE, ROOM, VERSION};
use crate::missing::missing;
use crate::offer::{offer, offer_statements};
use crate::party::Party;
use crate::shelf::{HeldLog, Shelf};
use crate::tally::Tally;

/// Last work as it goes over a line.
pub struct HandOver {
    me: Asker,
    peer: Peer,
    /// Blobs of the own work.
    blobs: BTreeMap<BlobId, HeldBlob>,
    /// What the other side holds of the own logs, once it said so.
    theirs: Option<BTreeMap<LogId, Known>>,
    /// It has not heard that this seat is out.
    tells: bool,
    wanted: Vec<(BlobId, u64)>,
    refused: BTreeSet<EnvelopeId>,
    asked: Option<Hello>,
    /// Envelopes that were lacking there, and bytes of blobs.
    before: (usize, u64),
    idle: u32,
    handed: Handed,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Handed {
    /// The other side holds all of it.
    pub is_whole: bool,
    /// What it did not take, with the reasons.
    pub not_taken: Vec<(EnvelopeId, String)>,
    /// What went over the wire.
    pub tally: Tally,
}

impl HandOver {
    /// Begins. Nothing is known of what the other side holds.
    pub fn begin(me: Asker, peer: Peer, blobs: Vec<HeldBlob>) -> Self {
        Self {
            me,
            peer,
            blobs: blobs.into_iter().map(|blob| (blob.id, blob)).collect(),
            theirs: None,
            tells: false,
            wanted: Vec::new(),
            refused: BTreeSet::new(),
            asked: None,
            before: (usize::MAX, u64::MAX),
            idle: 0,
            handed: Handed::default(),
        }
    }

    /// How it stands, or ended.
    pub const fn handed(&self) -> &Handed {
        &self.handed
    }

    /// What the other side has signed to hold of the own logs.
    pub fn memory(&self) -> BTreeMap<LogId, Known> {
        let said = self.theirs.iter().flatten();
        said.map(|(log, known)| (*log, Known { rungs: None, ..known.clone() })).collect()
    }

    /// The next request.
    pub fn ask<S: Shelf>(
        &mut self,
        shelf: &S,
        random: &mut dyn Random,
    ) -> Result<Vec<u8>, ExchangeError<S::Error>> {
        let mut nonce = [0; 8];
        random.fill(&mut nonce);
        let hello = Hello { version: VERSION, seat: self.me.seat, nonce, digest: [0; 32], room: ROOM as u64 };
        let mut draft = Draft::new(if self.tells { MAX_BODY } else { ROOM });
        draft.add(&Frame::Hello(hello.clone()));
        if self.tells {
            let nobody = Party::Device { seats: BTreeSet::new(), scopes: BTreeSet::new() };
            offer_statements(shelf, &mut draft, &[], &nobody).map_err(ExchangeError::Shelf)?;
        }
        self.fill(shelf, &mut draft).map_err(ExchangeError::Shelf)?;
        let realm = shelf.roster().realm;
        let body = draft.signed(&self.me.key, Label::SyncRequest, realm, &[self.peer.key.as_bytes()])?;
        self.handed.tally.round_trips += 1;
        self.asked = Some(hello);
        Ok(body)
    }

    fn fill<S: Shelf>(&mut self, shelf: &S, draft: &mut Draft) -> Result<(), S::Error> {
        let offers = at_most(self.blobs.values().copied().collect());
        if !offers.is_empty() {
            draft.add(&Frame::OfferBlobs(offers));
        }
        let Some(theirs) = &self.theirs else { return Ok(()) };
        let offered = offer(shelf, draft, &self.own_logs(shelf)?, theirs, &self.refused)?;
        self.handed.tally.sent.envelopes += offered.sent.envelopes;
        self.handed.tally.sent.bytes += offered.sent.bytes;
        if !offered.is_cut {
            self.handed.tally.blobs_sent.bytes += give(shelf, draft, &self.wanted, &Party::Carrier)?.bytes;
        }
        Ok(())
    }

    /// Takes the reply in. Nothing of it but word of the own work is kept.
    pub fn hear<S: Shelf>(&mut self, shelf: &mut S, reply: &[u8]) -> Result<Next, ExchangeError<S::Error>> {
        let Some(asked) = self.asked.take() else { return Ok(Next::Done) };
        let parsed = Parsed::read(reply)?;
        let context: &[&[u8]] = &[&asked.nonce, &asked.digest];
        parsed
            .check(&self.peer.key, Label::SyncReply, shelf.roster().realm, context)
            .map_err(|_| ExchangeError::Signature)?;
        let heard = Said::of(parsed.frames);
        match heard.refused.as_deref() {
            Some(code::SEAT_REMOVED) => {}
            // It takes this seat to be in: it is told once.
            None if !self.tells => {
                self.tells = true;
                return Ok(Next::Ask);
            }
            said => return Err(ExchangeError::Refused(said.unwrap_or_default().to_owned())),
        }
        self.tells = false;
        self.refused.extend(heard.not_taken.iter().map(|(id, _)| *id));
        self.handed.not_taken.extend(heard.not_taken);
        self.theirs = Some(heard.have.into_iter().map(|known| (known.log, known)).collect());
        self.settle_blobs(shelf, &heard.held, heard.wanted).map_err(ExchangeError::Shelf)?;
        self.next(shelf).map_err(ExchangeError::Shelf)
    }

    /// What the other side says that it holds is there; what it lacks it asks for.
    fn settle_blobs<S: Shelf>(
        &mut self,
        shelf: &mut S,
        held: &[BlobId],
        wanted: Vec<(BlobId, u64)>,
    ) -> Result<(), S::Error> {
        let there: Vec<BlobId> = held.iter().filter(|id| self.blobs.remove(*id).is_some()).copied().collect();
        shelf.blobs_lie_with(&there, &self.peer.key)?;
        self.handed.tally.blobs_sent.blobs += u32::try_from(there.len()).unwrap_or(u32::MAX);
        self.wanted = wanted.into_iter().filter(|(id, _)| self.blobs.contains_key(id)).collect();
        Ok(())
    }

    /// As long as less and less is lacking there, it goes on.
    fn next<S: Shelf>(&mut self, shelf: &S) -> Result<Next, S::Error> {
        let (mut lacking, theirs) = (0, self.theirs.clone().unwrap_or_default());
        for held in self.own_logs(shelf)? {
            let send = missing(shelf, held.log, &held.state, theirs.get(&held.log))?.send;
            lacking += send.iter().filter(|id| !self.refused.contains(*id)).count();
        }
        let come: u64 = self.wanted.iter().map(|(_, from)| *from).sum();
        let left: u64 = self.blobs.values().map(|blob| blob.size).sum::<u64>().saturating_sub(come);
        self.handed.is_whole = lacking == 0 && self.blobs.is_empty() && self.handed.not_taken.is_empty();
        if lacking == 0 && self.blobs.is_empty() {
            return Ok(Next::Done);
        }
        self.idle = if (lacking, left) < self.before { 0 } else { self.idle + 1 };
        self.before = (lacking, left);
        Ok(if self.idle >= MAX_IDLE { Next::Done } else { Next::Ask })
    }

    fn own_logs<S: Shelf>(&self, shelf: &S) -> Result<Vec<HeldLog>, S::Error> {
        let mut logs = shelf.logs()?;
        logs.retain(|held| held.seat == self.me.seat);
        Ok(logs)
    }
}

/// What a reply says of last work.
#[derive(Default)]
struct Said {
    refused: Option<String>,
    have: Vec<Known>,
    wanted: Vec<(BlobId, u64)>,
    held: Vec<BlobId>,
    not_taken: Vec<(EnvelopeId, String)>,
}

impl Said {
    fn of(frames: Vec<Frame>) -> Self {
        let mut said = Self::default();
        for frame in frames {
            match frame {
                Frame::Refused(code) => said.refused = Some(code),
                Frame::Have(have) => said.have = have,
                Frame::WantBlobs(wanted) => said.wanted = wanted,
                Frame::HoldBlobs(held) => said.held = held,
                Frame::NotTaken(not_taken) => said.not_taken = not_taken,
                _ => {}
            }
        }
        said
    }
}

/// What a request of somebody who is out may hold: their own envelopes, and blobs.
pub fn is_last_work(frame: &Frame, of: SeatId) -> bool {
    match frame {
        Frame::Envelope(bytes) => Envelope::parse(bytes).is_ok_and(|envelope| envelope.place().seat == of),
        Frame::OfferBlobs(_) | Frame::Chunk(_) => true,
        _ => false,
    }
}
