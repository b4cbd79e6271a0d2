//! The side that asks: one request after another until both hold the same, or nothing more can be done.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::port::Random;
use tern_record::{BlobId, EntryId, EnvelopeId, LogId, SeatId};
use tern_seal::{Label, Refused, SigningKey, VerifyKey};

use crate::answer::code;
use crate::blob::{HeldBlob, at_most, beside, give};
use crate::body::{Draft, Parsed};
use crate::frame::{Frame, FrameError, Hello};
use crate::heard::{Heard, carried, hear};
use crate::known::{Known, lacks};
use crate::limits::{MAX_IDLE, MAX_REFUSED, ROOM, VERSION};
use crate::memory::{Memory, Shared};
use crate::offer::{Offered, ask_keys, offer, offer_statements, offer_wraps};
use crate::party::Party;
use crate::shelf::{HeldLog, KeyFor, Shelf};
use crate::statements::rungs;
use crate::tally::{Tally, Way};

/// A reply with so much room left would have had some of what was asked for in it.
const SPARE: u64 = 1_024;

/// Who asks.
pub struct Asker {
    /// The seat.
    pub seat: SeatId,
    /// Its key.
    pub key: SigningKey,
}

/// Who is asked.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    /// The key that replies are signed with.
    pub key: VerifyKey,
    /// The seat of a device; a hub has none.
    pub seat: Option<SeatId>,
}

/// Why an exchange ended before its time. What was taken in until then stays.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError<E> {
    /// The own shelf failed.
    #[error("the store failed")]
    Shelf(E),
    /// The reply is not one.
    #[error("the reply is none")]
    Reply(#[from] FrameError),
    /// The reply is not signed by the peer, or belongs to another request.
    #[error("the reply is not the peer's")]
    Signature,
    /// The peer refused, for this reason.
    #[error("the peer refused: {0}")]
    Refused(String),
    /// The own key does not sign.
    #[error("{0}")]
    Key(#[from] Refused),
}

/// How an exchange ended.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Both hold the same of what they share.
    pub is_equal: bool,
    /// The peer lacks something that it had signed for before: it came back from an old copy.
    pub was_rolled_back: bool,
    /// What the peer did not take, with its reasons.
    pub not_taken: Vec<(EnvelopeId, String)>,
    /// What was not taken here, with the reasons.
    pub refused_here: Vec<(EnvelopeId, String)>,
    /// Blobs that the peer wants and does not take, such as those it has no room for.
    pub blobs_not_taken: Vec<BlobId>,
    /// What went over the wire.
    pub tally: Tally,
}

/// An exchange as it goes on.
pub struct Exchange {
    me: Asker,
    peer: Peer,
    theirs: Memory,
    before: BTreeMap<LogId, Known>,
    asked: Option<Asked>,
    /// Logs that parted: the next request says where to look.
    parted: BTreeSet<LogId>,
    is_roster_parted: bool,
    give: Vec<KeyFor>,
    /// Keys and envelopes that went once: a peer that never has enough gets nothing a third time.
    given: BTreeSet<KeyFor>,
    offered: BTreeSet<EnvelopeId>,
    /// What came from the peer, and what it did not take: not offered, so that it does not stand in the way of the rest.
    not_for_them: BTreeSet<EnvelopeId>,
    blobs: Stage,
    /// How far the peer asked for each blob.
    given_from: BTreeMap<BlobId, u64>,
    /// Blobs that are not what they are named by, or do not lie there: not asked for again.
    vain: BTreeSet<BlobId>,
    /// Blobs that the peer does not take: not given again, so that they do not stand in the way of the rest.
    stalled: BTreeSet<BlobId>,
    /// Blobs that the peer did not ask for when they were offered: not offered again.
    unwanted: BTreeSet<BlobId>,
    /// The other side has not heard yet that both hold the same.
    closes: bool,
    idle: u32,
    room: u64,
    outcome: Outcome,
}

/// The request on its way.
struct Asked {
    hello: Hello,
    filled: Filled,
}

/// What a request says beside the digest.
#[derive(Default)]
struct Filled {
    /// What is held here of each log, when it says so.
    listed: Option<Vec<Known>>,
    sent: Way,
    keys: Vec<KeyFor>,
    envelopes: Vec<EnvelopeId>,
    /// Blobs that it asks for.
    wants: Vec<BlobId>,
    /// Bytes of blobs.
    blobs: u64,
    offers: Vec<HeldBlob>,
}

/// Blobs come after everything else, but for small ones that go with the last of the records.
enum Stage {
    Records,
    /// The peer asked for these, each from a byte on.
    Blobs(Vec<(BlobId, u64)>),
}

/// What comes next.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Ask again.
    Ask,
    /// Nothing more can be done now.
    Done,
}

impl Exchange {
    /// Begins with what the peer was last known to hold.
    pub fn begin(me: Asker, peer: Peer, memory: Memory) -> Self {
        let before = memory.logs.clone();
        Self {
            me,
            peer,
            before,
            theirs: memory,
            asked: None,
            parted: BTreeSet::new(),
            is_roster_parted: false,
            give: Vec::new(),
            given: BTreeSet::new(),
            offered: BTreeSet::new(),
            not_for_them: BTreeSet::new(),
            blobs: Stage::Records,
            given_from: BTreeMap::new(),
            vain: BTreeSet::new(),
            stalled: BTreeSet::new(),
            unwanted: BTreeSet::new(),
            closes: false,
            idle: 0,
            room: ROOM as u64,
            outcome: Outcome::default(),
        }
    }

    /// Replies no longer than this: over a slow link, so that little is lost with one.
    #[must_use]
    pub const fn with_room(mut self, bytes: u64) -> Self {
        self.room = bytes;
        self
    }

    /// The same from now on, for whoever sees how long it takes to take one in.
    pub const fn set_room(&mut self, bytes: u64) {
        self.room = bytes;
    }

    /// How long a reply may be.
    pub const fn room(&self) -> u64 {
        self.room
    }

    /// What the peer is known to hold by now, for the next exchange.
    pub const fn memory(&self) -> &Memory {
        &self.theirs
    }

    /// Who is asked.
    pub const fn peer(&self) -> &Peer {
        &self.peer
    }

    /// How it stands.
    pub const fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// The next request.
    pub fn ask<S: Shelf>(
        &mut self,
        shelf: &S,
        random: &mut dyn Random,
    ) -> Result<Vec<u8>, ExchangeError<S::Error>> {
        let is_first = self.outcome.tally.round_trips == 0;
        let shared = Shared::of(shelf, &self.them(shelf)).map_err(ExchangeError::Shelf)?;
        let mut nonce = [0; 8];
        random.fill(&mut nonce);
        let hello =
            Hello { version: VERSION, seat: self.me.seat, nonce, digest: shared.digest, room: self.room };
        let mut draft = Draft::new(usize::try_from(self.room).unwrap_or(usize::MAX));
        draft.add(&Frame::Hello(hello.clone()));
        let filled = self.fill(shelf, &mut draft, &shared, is_first).map_err(ExchangeError::Shelf)?;
        let realm = shelf.roster().realm;
        let body = draft.signed(&self.me.key, Label::SyncRequest, realm, &[self.peer.key.as_bytes()])?;
        self.outcome.tally.round_trips += 1;
        self.outcome.tally.blobs_sent.bytes += filled.blobs;
        self.outcome.tally.count_body(body.len(), filled.sent.bytes + filled.blobs);
        self.asked = Some(Asked { hello, filled });
        Ok(body)
    }

    /// Takes the reply in.
    pub fn hear<S: Shelf>(&mut self, shelf: &mut S, reply: &[u8]) -> Result<Next, ExchangeError<S::Error>> {
        let Some(asked) = self.asked.take() else { return Ok(Next::Done) };
        let parsed = Parsed::read(reply)?;
        self.check(&parsed, &asked, shelf)?;
        let received = self.received();
        let mut is_news = false;
        if let Some(carried) = carried(&parsed.frames) {
            is_news = shelf.take_roster(carried).map_err(ExchangeError::Shelf)?;
        }
        let mut heard = hear(shelf, parsed.frames, &mut self.outcome.tally).map_err(ExchangeError::Shelf)?;
        heard.is_short = (reply.len() as u64).saturating_add(SPARE) < self.room;
        let content = self.received() - received;
        self.outcome.tally.count_body(reply.len(), content);
        is_news |= heard.is_news;
        self.outcome.refused_here.append(&mut heard.refused_here);
        self.not_for_them.extend(heard.not_taken.iter().map(|(id, _)| *id));
        self.not_for_them.extend(std::mem::take(&mut heard.came));
        self.outcome.not_taken.extend(heard.not_taken.iter().cloned());
        if let Some(code) = heard.refused.take() {
            return self.refused(code, heard);
        }
        let next = match self.blobs {
            Stage::Records => self.learn(shelf, asked, heard, is_news),
            Stage::Blobs(_) => self.learn_blobs(shelf, asked, heard),
        };
        next.map_err(ExchangeError::Shelf)
    }

    const fn received(&self) -> u64 {
        self.outcome.tally.received.bytes + self.outcome.tally.blobs_received.bytes
    }

    fn them<S: Shelf>(&self, shelf: &S) -> Party {
        self.peer.seat.map_or(Party::Carrier, |seat| Party::device(shelf.roster(), seat))
    }

    /// What is new since the last exchange goes at once. Without news the digest alone does, when the peer was met before.
    fn fill<S: Shelf>(
        &mut self,
        shelf: &S,
        draft: &mut Draft,
        shared: &Shared,
        is_first: bool,
    ) -> Result<Filled, S::Error> {
        if let Stage::Blobs(wanted) = &self.blobs {
            return self.fill_blobs(shelf, draft, wanted);
        }
        let is_stranger = is_first && self.theirs.is_empty();
        let keys = offer_wraps(shelf, draft, &std::mem::take(&mut self.give))?.keys;
        let asks = ask_keys(shelf, draft)?;
        let mut known = self.theirs.heads.clone();
        known.sort_unstable();
        let tells = !is_stranger && !known.is_empty() && known != shared.heads;
        if tells {
            offer_statements(shelf, draft, &known, &self.them(shelf))?;
        }
        let offered = if is_stranger {
            Offered::default()
        } else {
            offer(shelf, draft, &shared.logs, &self.theirs.logs, &self.not_for_them)?
        };
        let is_quiet =
            is_first && !is_stranger && keys.is_empty() && !asks && !tells && offered.sent.envelopes == 0;
        if is_quiet && !offered.is_cut {
            return Ok(Filled::default());
        }
        let listed = self.listed(shelf, shared)?;
        let rungs = if is_stranger || self.is_roster_parted { rungs(&shelf.statements()?) } else { known };
        draft.add(&Frame::Heads { heads: shared.heads.clone(), rungs });
        draft.add(&Frame::Have(listed.clone()));
        if !self.outcome.refused_here.is_empty() {
            let refused = self.outcome.refused_here.iter().take(MAX_REFUSED);
            draft.add(&Frame::NotTaken(refused.cloned().collect()));
        }
        self.outcome.tally.sent.envelopes += offered.sent.envelopes;
        self.outcome.tally.sent.bytes += offered.sent.bytes;
        let (sent, envelopes) = (offered.sent, offered.ids);
        // The last of the records goes with the words that they speak of: what is the same then is all there.
        let beside = sent.envelopes > 0 && !offered.is_cut;
        let (offers, blobs) = if beside { self.give_beside(shelf, draft)? } else { Default::default() };
        Ok(Filled { listed: Some(listed), sent, keys, envelopes, blobs, offers, ..Filled::default() })
    }

    /// Texts and small pictures that the peer is not known to hold, unasked, as far as there is room.
    fn give_beside<S: Shelf>(&self, shelf: &S, draft: &mut Draft) -> Result<(Vec<HeldBlob>, u64), S::Error> {
        let given = beside(draft.left(), self.to_offer(shelf)?);
        if given.is_empty() {
            return Ok((given, 0));
        }
        draft.add(&Frame::OfferBlobs(given.clone()));
        let whole: Vec<(BlobId, u64)> = given.iter().map(|blob| (blob.id, 0)).collect();
        let bytes = give(shelf, draft, &whole, &self.them(shelf))?.bytes;
        Ok((given, bytes))
    }

    fn fill_blobs<S: Shelf>(
        &self,
        shelf: &S,
        draft: &mut Draft,
        wanted: &[(BlobId, u64)],
    ) -> Result<Filled, S::Error> {
        let wanted_here = at_most(self.wanted(shelf)?);
        let wants = wanted_here.iter().map(|(id, _)| *id).collect();
        if !wanted_here.is_empty() {
            draft.add(&Frame::WantBlobs(wanted_here));
        }
        let offers = at_most(self.to_offer(shelf)?);
        if !offers.is_empty() {
            draft.add(&Frame::OfferBlobs(offers.clone()));
        }
        let blobs = give(shelf, draft, wanted, &self.them(shelf))?.bytes;
        Ok(Filled { wants, blobs, offers, ..Filled::default() })
    }

    fn listed<S: Shelf>(&self, shelf: &S, shared: &Shared) -> Result<Vec<Known>, S::Error> {
        let one = |held: &HeldLog| {
            let known = Known::of(held.log, &held.state);
            if self.parted.contains(&held.log) {
                return Ok(known.with_rungs(&shelf.places(held.log, 0)?));
            }
            Ok(known)
        };
        shared.logs.iter().map(one).collect()
    }

    fn check<S: Shelf>(
        &self,
        parsed: &Parsed<'_>,
        asked: &Asked,
        shelf: &S,
    ) -> Result<(), ExchangeError<S::Error>> {
        let realm = shelf.roster().realm;
        let by = |nonce: &[u8; 8], digest: &[u8; 32]| {
            parsed.check(&self.peer.key, Label::SyncReply, realm, &[nonce, digest]).is_ok()
        };
        if by(&asked.hello.nonce, &asked.hello.digest) {
            return Ok(());
        }
        // A peer that cannot read the request does not know what it answers.
        match parsed.frames.as_slice() {
            [Frame::Refused(said)]
                if by(&[0; 8], &[0; 32]) && [code::SHAPE, code::NEWER].contains(&said.as_str()) =>
            {
                Ok(())
            }
            _ => Err(ExchangeError::Signature),
        }
    }

    /// Who is unknown to the peer, or out as far as it has heard, brings the roster once; anything else is the end.
    fn refused<E>(&mut self, said: String, heard: Heard) -> Result<Next, ExchangeError<E>> {
        match heard.heads {
            Some((heads, rungs))
                if [code::SEAT_UNKNOWN, code::SEAT_REMOVED].contains(&said.as_str())
                    && !self.is_roster_parted =>
            {
                self.is_roster_parted = true;
                self.theirs.heads = [heads, rungs].concat();
                Ok(Next::Ask)
            }
            _ => Err(ExchangeError::Refused(said)),
        }
    }

    fn learn<S: Shelf>(
        &mut self,
        shelf: &mut S,
        asked: Asked,
        heard: Heard,
        is_news: bool,
    ) -> Result<Next, S::Error> {
        self.note_there(shelf, &asked.filled, &heard.hold_blobs)?;
        for id in asked.filled.envelopes {
            if !self.offered.insert(id) {
                self.not_for_them.insert(id);
            }
        }
        let was_taken = asked.filled.sent.envelopes as usize > heard.not_taken.len();
        let mut is_further = is_news || was_taken || asked.filled.listed.is_none();
        let lacking: BTreeMap<LogId, Known> =
            heard.have.unwrap_or_default().into_iter().map(|known| (known.log, known)).collect();
        for known in
            asked.filled.listed.into_iter().flatten().filter(|known| !lacking.contains_key(&known.log))
        {
            self.theirs.logs.insert(known.log, Known { rungs: None, ..known });
        }
        for (log, known) in lacking {
            self.outcome.was_rolled_back |= self.before.get(&log).is_some_and(|had| lacks(&known, had));
            if !known.tips.is_empty() && !any_here(shelf, &known)? {
                is_further |= self.parted.insert(log);
            }
            self.theirs.logs.insert(log, known);
        }
        if let Some((heads, rungs)) = heard.heads {
            let here: BTreeSet<EntryId> = shelf.statements()?.iter().map(|entry| entry.id()).collect();
            if heads.iter().any(|head| !here.contains(head)) {
                is_further |= !self.is_roster_parted;
                self.is_roster_parted = true;
            }
            self.theirs.heads = [heads, rungs].concat();
        }
        self.give = heard.needs;
        self.given.extend(asked.filled.keys);
        self.give.retain(|key| !self.given.contains(key));
        let gives = !self.give.is_empty() && !shelf.wraps(&self.give)?.is_empty();
        is_further |= gives;
        let shared = Shared::of(shelf, &self.them(shelf))?;
        let is_same =
            heard.is_equal && asked.hello.digest == shared.digest || heard.state == Some(shared.digest);
        if is_same && !heard.has_more && !gives {
            self.theirs = shared.memory();
            self.outcome.is_equal = true;
            // A device that answers counts as held here only what was signed for: it is said once more, now that it is so.
            self.closes = self.peer.seat.is_some() && !heard.is_equal;
            return self.go_on_to_blobs(shelf, heard.want_blobs);
        }
        match self.go_on(is_further) {
            // What keeps the two apart, such as statements that one of them has no room for, keeps no photo from coming.
            Next::Done => self.go_on_to_blobs(shelf, Vec::new()),
            Next::Ask => Ok(Next::Ask),
        }
    }

    fn go_on_to_blobs<S: Shelf>(&mut self, shelf: &S, wanted: Vec<(BlobId, u64)>) -> Result<Next, S::Error> {
        self.idle = 0;
        let any = self.has_blobs_to_do(shelf, &wanted)?;
        self.blobs = Stage::Blobs(wanted);
        Ok(if any || std::mem::take(&mut self.closes) { Next::Ask } else { Next::Done })
    }

    /// What the peer says that it holds of all that was offered, lies there.
    fn note_there<S: Shelf>(
        &mut self,
        shelf: &mut S,
        filled: &Filled,
        held: &[BlobId],
    ) -> Result<(), S::Error> {
        let held: BTreeSet<&BlobId> = held.iter().collect();
        let offered = filled.offers.iter().map(|blob| blob.id);
        let there: Vec<BlobId> = offered.filter(|id| held.contains(id)).collect();
        if filled.blobs > 0 {
            self.outcome.tally.blobs_sent.blobs += u32::try_from(there.len()).unwrap_or(u32::MAX);
        }
        shelf.blobs_lie_with(&there, &self.peer.key)
    }

    /// As long as pieces go one way or the other, it goes on.
    fn learn_blobs<S: Shelf>(
        &mut self,
        shelf: &mut S,
        asked: Asked,
        mut heard: Heard,
    ) -> Result<Next, S::Error> {
        self.note_there(shelf, &asked.filled, &heard.hold_blobs)?;
        let wanted = |blob: &HeldBlob| heard.want_blobs.iter().any(|(id, _)| *id == blob.id);
        self.unwanted.extend(asked.filled.offers.iter().filter(|blob| !wanted(blob)).map(|blob| blob.id));
        // A piece of one of them would have had room.
        if heard.is_short && !heard.has_chunks && heard.bad_blobs.is_empty() {
            self.vain.extend(asked.filled.wants);
        }
        self.vain.extend(heard.bad_blobs);
        let mut is_further = heard.has_chunks;
        for (id, from) in &heard.want_blobs {
            is_further |= self.given_from.insert(*id, *from).is_none_or(|had| had < *from);
        }
        if let Stage::Blobs(before) = &self.blobs
            && let Some(first) = before.first().filter(|_| asked.filled.blobs > 0)
            && heard.want_blobs.contains(first)
            && self.stalled.insert(first.0)
        {
            self.outcome.blobs_not_taken.push(first.0);
            is_further = true;
        }
        heard.want_blobs.retain(|(id, _)| !self.stalled.contains(id));
        let any = self.has_blobs_to_do(shelf, &heard.want_blobs)?;
        self.blobs = Stage::Blobs(heard.want_blobs);
        Ok(if any { self.go_on(is_further) } else { Next::Done })
    }

    /// Something is wanted here, or lies here for the peer, which wants these.
    fn has_blobs_to_do<S: Shelf>(&self, shelf: &S, wanted: &[(BlobId, u64)]) -> Result<bool, S::Error> {
        let them = self.them(shelf);
        for (id, _) in wanted {
            if shelf.blob(*id)?.is_some_and(|blob| them.wants(blob.scope)) {
                return Ok(true);
            }
        }
        Ok(!self.wanted(shelf)?.is_empty() || !self.to_offer(shelf)?.is_empty())
    }

    fn to_offer<S: Shelf>(&self, shelf: &S) -> Result<Vec<HeldBlob>, S::Error> {
        let them = self.them(shelf);
        let mut offers = shelf.blobs_to_offer(&self.peer.key)?;
        offers.retain(|blob| them.wants(blob.scope) && !self.unwanted.contains(&blob.id));
        Ok(offers)
    }

    fn wanted<S: Shelf>(&self, shelf: &S) -> Result<Vec<(BlobId, u64)>, S::Error> {
        let mut wanted = shelf.blobs_wanted()?;
        wanted.retain(|(id, _)| !self.vain.contains(id));
        Ok(wanted)
    }

    const fn go_on(&mut self, is_further: bool) -> Next {
        self.idle = if is_further { 0 } else { self.idle + 1 };
        if self.idle >= MAX_IDLE { Next::Done } else { Next::Ask }
    }
}

fn any_here<S: Shelf>(shelf: &S, known: &Known) -> Result<bool, S::Error> {
    for tip in &known.tips {
        let places = shelf.places(known.log, tip.seq)?;
        if places.iter().any(|at| tip.is(at)) {
            return Ok(true);
        }
    }
    Ok(false)
}
