//! The hub as a holder in the exchange: it keeps everything that its programme signed, and reads none of it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tern_record::log::{InLog, LogState, MAX_ENDS};
use tern_record::{BlobId, EnvelopeId, LogId, SeatId};
use tern_seal::VerifyKey;
use tern_seal::envelope::{Envelope, EnvelopeError};
use tern_seal::roster::{Carried, EpochWrap, Link, Roster, SignedEntry, Spot, Standing};
use tern_sync::blob::{Chunk, HeldBlob};
use tern_sync::limits::MAX_LOGS;
use tern_sync::planted;
use tern_sync::{HeldLog, KeyFor, Memory, Party, Shelf, Took};

use crate::blobs::{Appended, Blobs};
use crate::members::Members;
use crate::quota::{Quota, has_room_for_late};
use crate::sought::Sought;
use crate::store::{StoreError, Tx, Usage};

/// Why an envelope or a blob is not kept, beside what is wrong with it.
pub mod code {
    /// Nobody ever certified the seat that signed it.
    pub const SEAT_UNKNOWN: &str = "seat-unknown";
    /// Sections are missing of it.
    pub const ERASED: &str = "envelope-erased";
    /// The log is that of another seat, or of another scope.
    pub const LOG: &str = "envelope-log";
    /// The log has too many branches or gaps.
    pub const ENDS: &str = "log-ends";
    /// The seat has as much here as it may.
    pub const QUOTA: &str = "hub-quota";
    /// As much of a seat that is out is here as may.
    pub const LATE: &str = "hub-late";
    /// The hub is full.
    pub const FULL: &str = "hub-full";
}

/// Branches and gaps of one log, at most: half of what can be told of one.
const ENDS: usize = MAX_ENDS as usize / 2;

/// The store as a shelf, for one request.
pub struct HubShelf<'a, T: Tx> {
    tx: &'a T,
    members: &'a mut Arc<Members>,
    blobs: &'a Blobs,
    quota: &'a Quota,
    sought: &'a Mutex<Sought>,
    keeps: Keeps,
    /// Who asks. What they bring counts as theirs once their signature was checked.
    asker: SeatId,
    total: Usage,
    /// Logs of which the state is to be found anew, with how many envelopes came since.
    stale: RefCell<BTreeMap<LogId, usize>>,
    /// What the one who asks holds now.
    learned: Option<(SeatId, Memory)>,
    /// How often something was not kept, by reason.
    refusals: BTreeMap<String, u64>,
}

/// Whether what is brought is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// As far as quotas go.
    All,
    /// Nothing: the store is only looked at.
    Nothing,
}

/// What a request leads to beside its reply.
pub struct Closed {
    /// What a seat holds now. It may be lost: the two tell each other again.
    pub learned: Option<(SeatId, Memory)>,
    /// How often something was not kept, by reason.
    pub refusals: BTreeMap<String, u64>,
}

impl<'a, T: Tx> HubShelf<'a, T> {
    /// For a request that says it is this seat's.
    pub fn new(
        tx: &'a T,
        members: &'a mut Arc<Members>,
        blobs: &'a Blobs,
        (quota, sought): (&'a Quota, &'a Mutex<Sought>),
        (asker, keeps): (SeatId, Keeps),
    ) -> Result<Self, StoreError> {
        let (total, stale, refusals) = (tx.total()?, RefCell::default(), BTreeMap::new());
        Ok(Self { tx, members, blobs, quota, sought, keeps, asker, total, stale, learned: None, refusals })
    }

    /// Brings what is left to be done to its end.
    pub fn close(self) -> Result<Closed, StoreError> {
        self.settle()?;
        Ok(Closed { learned: self.learned, refusals: self.refusals })
    }

    fn sought(&self) -> MutexGuard<'_, Sought> {
        self.sought.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Finds the state of logs anew in which something did not simply follow: once for all that came of each.
    fn settle(&self) -> Result<(), StoreError> {
        for (log, _) in std::mem::take(&mut *self.stale.borrow_mut()) {
            if let Some(held) = self.tx.log(log)? {
                let state = LogState::of(&self.tx.places(log, 0)?);
                self.tx.set_log(&HeldLog { state, ..held })?;
            }
        }
        Ok(())
    }

    /// The membership says that this seat is to have this key, and no later one leads to it.
    fn is_reader(&self, (epoch, seat): &KeyFor) -> bool {
        let mut scopes = self.members.roster.scopes.values().filter(|scope| scope.ends().contains(epoch));
        scopes.any(|scope| scope.epochs.get(epoch).is_some_and(|epoch| epoch.readers.contains(seat)))
    }

    /// How many beside the one who asks may come.
    fn others(&self) -> usize {
        let in_ = self.members.roster.seats.values().filter(|seat| seat.removed.is_none());
        in_.count().saturating_sub(1)
    }

    /// Those of these keys that lie here.
    fn names_of(&self, keys: &[KeyFor]) -> Result<BTreeSet<KeyFor>, StoreError> {
        Ok(self.tx.wraps(keys)?.iter().map(|wrap| (wrap.epoch, wrap.seat)).collect())
    }

    /// Something stands at this place of the log.
    fn is_taken(&self, at: &InLog) -> Result<bool, StoreError> {
        Ok(self.tx.places(at.log, at.seq)?.iter().any(|other| other.seq == at.seq))
    }

    fn refuse(&mut self, code: &str) -> Took {
        *self.refusals.entry(code.to_owned()).or_default() += 1;
        Took::Refused(code.to_owned())
    }

    fn admit(&mut self, bytes: &[u8]) -> Result<Result<Took, &'static str>, StoreError> {
        let envelope = match Envelope::parse(bytes) {
            Ok(envelope) => envelope,
            Err(error) => return Ok(Err(error.code())),
        };
        let place = *envelope.place();
        let Some(key) = self.members.roster.verify_key(place.seat) else {
            return Ok(Err(code::SEAT_UNKNOWN));
        };
        let verified = match envelope.verify(self.members.roster.realm, &key) {
            Ok(verified) if i64::try_from(place.seq).is_ok() => verified,
            Ok(_) => return Ok(Err(EnvelopeError::Shape.code())),
            Err(error) => return Ok(Err(error.code())),
        };
        let at = InLog { id: verified.id(), log: place.log, seq: place.seq, prev: place.prev };
        if self.tx.has_envelope(at.id)? || planted::is("fork-dropped") && self.is_taken(&at)? {
            return Ok(Ok(Took::Known));
        }
        if !verified.is_whole() {
            return Ok(Err(code::ERASED));
        }
        if self.keeps == Keeps::Nothing {
            return Ok(Err(code::FULL));
        }
        let fresh =
            || HeldLog { log: at.log, scope: place.scope, seat: place.seat, state: LogState::default() };
        let log = self.tx.log(at.log)?;
        let (is_begun, held) = (log.is_some(), log.unwrap_or_else(fresh));
        if (held.scope, held.seat) != (place.scope, place.seat) {
            return Ok(Err(code::LOG));
        }
        if let Err(code) = self.room_for(place.seat, bytes.len() as u64, is_begun)? {
            return Ok(Err(code));
        }
        let is_late = self.is_late(&at, place.seat);
        if is_late && !has_room_for_late(self.tx.late(place.seat)?, bytes.len() as u64) {
            return Ok(Err(code::LATE));
        }
        if !self.keep(&at, (held, is_begun), bytes)? {
            return Ok(Err(code::ENDS));
        }
        if is_late {
            self.tx.add_late(place.seat, 1, bytes.len() as u64)?;
        }
        Ok(Ok(Took::New))
    }

    /// It stands beyond the place up to which the work of a seat that is out counts. An old number is taken to be on its chain:
    /// how many branches there may be is bounded.
    fn is_late(&self, at: &InLog, seat: SeatId) -> bool {
        let out = self.members.roster.seats.get(&seat).filter(|seat| seat.removed.is_some());
        let spot = Spot { log: at.log, seq: at.seq, id: at.id };
        out.is_some_and(|seat| !matches!(seat.standing(&spot, |_| Link::On), Standing::Counts(_)))
    }

    /// Whoever asks is out.
    fn is_asker_out(&self) -> bool {
        self.members.roster.seats.get(&self.asker).is_some_and(|seat| seat.removed.is_some())
    }

    fn room_for(
        &self,
        seat: SeatId,
        bytes: u64,
        is_begun: bool,
    ) -> Result<Result<(), &'static str>, StoreError> {
        let usage = self.tx.usage(seat)?;
        let has_log = is_begun || usage.logs < self.quota.seat.logs;
        // More logs than one frame can name could not be exchanged.
        let is_full = !is_begun && self.total.logs >= MAX_LOGS;
        Ok(if is_full || !self.quota.has_room_at_all(&self.total, bytes) {
            Err(code::FULL)
        } else if has_log && self.quota.has_room(&usage, bytes) {
            Ok(())
        } else {
            Err(code::QUOTA)
        })
    }

    /// Why there is no room for the blob of a piece. What has begun to come counts, too.
    fn room_for_blob(&self, chunk: &Chunk) -> Result<Option<&'static str>, StoreError> {
        let usage = self.tx.usage(self.asker)?;
        let begun = if chunk.from == 0 { self.blobs.unfinished()? } else { 0 };
        Ok(if !self.quota.has_room_at_all(&self.total, chunk.of.size.saturating_add(begun)) {
            Some(code::FULL)
        } else if !self.quota.has_room_for_blob(&usage, chunk.of.size) {
            Some(code::QUOTA)
        } else if self.is_asker_out() && !has_room_for_late(self.tx.late(self.asker)?, chunk.of.size) {
            Some(code::LATE)
        } else {
            None
        })
    }

    /// Keeps an envelope, unless its log would fall into too many pieces.
    fn keep(
        &mut self,
        at: &InLog,
        (held, is_begun): (HeldLog, bool),
        bytes: &[u8],
    ) -> Result<bool, StoreError> {
        let stale = self.stale.get_mut();
        let came = stale.get(&at.log).copied();
        let next = if came.is_some() { None } else { held.state.with(at) };
        if next.is_none() {
            let ends = held.state.tips.len() + held.state.loose.len() + came.unwrap_or(0);
            if ends >= ENDS {
                return Ok(false);
            }
            stale.insert(at.log, came.unwrap_or(0) + 1);
        }
        let by = held.seat;
        self.tx.set_log(&HeldLog { state: next.unwrap_or_else(|| held.state.clone()), ..held })?;
        if !planted::at_times("taken-not-stored", 9) {
            self.tx.add_envelope(at, by, bytes)?;
        }
        self.total.bytes += bytes.len() as u64;
        self.total.logs += u64::from(!is_begun);
        Ok(true)
    }
}

impl<T: Tx> Shelf for HubShelf<'_, T> {
    type Error = StoreError;

    fn roster(&self) -> &Roster {
        &self.members.roster
    }

    fn party(&self) -> Party {
        Party::Carrier
    }

    fn statements(&self) -> Result<Vec<SignedEntry>, StoreError> {
        Ok(self.members.entries.clone())
    }

    fn logs(&self) -> Result<Vec<HeldLog>, StoreError> {
        self.settle()?;
        self.tx.logs()
    }

    fn places(&self, log: LogId, from: u64) -> Result<Vec<InLog>, StoreError> {
        self.tx.places(log, from)
    }

    fn envelope(&self, id: EnvelopeId) -> Result<Option<Vec<u8>>, StoreError> {
        self.tx.envelope(id)
    }

    /// Keys that somebody asked for and nobody brought: who made them may have come when their statement was known already.
    fn needs(&self) -> Result<Vec<KeyFor>, StoreError> {
        if planted::is("vain-not-asked") {
            return Ok(Vec::new());
        }
        let sought = self.sought().keys.ask_of(self.asker, self.others());
        let here = self.names_of(&sought)?;
        let is_lacking = |key: &KeyFor| !here.contains(key) && self.is_reader(key);
        self.sought().keys.drop(|key| sought.contains(key) && !is_lacking(key));
        Ok(sought.into_iter().filter(|key| is_lacking(key) && key.1 != self.asker).collect())
    }

    fn wraps(&self, of: &[KeyFor]) -> Result<Vec<EpochWrap>, StoreError> {
        let here = self.tx.wraps(of)?;
        let is_here = |key: &KeyFor| here.iter().any(|wrap| (wrap.epoch, wrap.seat) == *key);
        for key in of.iter().filter(|key| !is_here(key) && self.is_reader(key)) {
            self.sought().keys.add(self.asker, *key);
        }
        Ok(here)
    }

    fn take_roster(&mut self, carried: Carried) -> Result<bool, StoreError> {
        Arc::make_mut(self.members).take(carried, self.asker, self.tx)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<Took, StoreError> {
        Ok(match self.admit(bytes)? {
            Ok(took) => took,
            Err(code) => self.refuse(code),
        })
    }

    fn blobs_not_here(&self) -> Result<Option<Vec<(BlobId, u64)>>, StoreError> {
        Ok(None)
    }

    /// What records speak of, the hub does not know; it knows what somebody asked for in vain. Somebody may take it that
    /// it lies here, from before the disk was lost.
    fn blobs_wanted(&self) -> Result<Vec<(BlobId, u64)>, StoreError> {
        let (mut wanted, mut here) = (Vec::new(), Vec::new());
        let sought = self.sought().blobs.ask_of(self.asker, self.others());
        for id in sought {
            match self.tx.blob(id)? {
                Some(_) => here.push(id),
                None => wanted.push((id, self.blobs.begun(self.asker, id))),
            }
        }
        self.sought().blobs.drop(|id| here.contains(id));
        Ok(wanted)
    }

    /// Nor what others lack; they ask.
    fn blobs_to_offer(&self, _: &VerifyKey) -> Result<Vec<HeldBlob>, StoreError> {
        Ok(Vec::new())
    }

    /// Everything is wanted that is not here, also what there is no room for: who is not asked for a blob takes it that it
    /// lies here.
    fn blobs_lacking(&self, offered: &[HeldBlob]) -> Result<Vec<(BlobId, u64)>, StoreError> {
        let mut lacking = Vec::new();
        for blob in offered {
            if self.tx.blob(blob.id)?.is_some() {
                continue;
            }
            let begun = self.blobs.begun(self.asker, blob.id);
            let is_spoilt = begun >= blob.size;
            if is_spoilt {
                self.blobs.forget(self.asker, blob.id);
            }
            lacking.push((blob.id, if is_spoilt { 0 } else { begun }));
        }
        Ok(lacking)
    }

    fn blobs(&self) -> Result<Vec<HeldBlob>, StoreError> {
        let mut all = self.tx.blobs()?;
        all.sort_by_key(|blob| blob.size);
        Ok(all)
    }

    fn blob(&self, id: BlobId) -> Result<Option<HeldBlob>, StoreError> {
        let here = self.tx.blob(id)?;
        if here.is_none() {
            self.sought().blobs.add(self.asker, id);
        }
        Ok(here)
    }

    fn holds_blob(&self, id: BlobId) -> Result<bool, StoreError> {
        Ok(self.tx.blob(id)?.is_some())
    }

    fn read_blob(&self, id: BlobId, from: u64, most: usize) -> Result<Vec<u8>, StoreError> {
        self.blobs.read(id, from, most)
    }

    fn take_chunk(&mut self, chunk: &Chunk) -> Result<bool, StoreError> {
        if self.tx.blob(chunk.of.id)?.is_some() {
            return Ok(false);
        }
        let refused = match self.keeps {
            Keeps::All => self.room_for_blob(chunk)?,
            Keeps::Nothing => Some(code::FULL),
        };
        if let Some(code) = refused {
            self.refuse(code);
            return Ok(false);
        }
        let appended = self.blobs.append(self.asker, chunk)?;
        if appended == Appended::Whole {
            self.tx.add_blob(&chunk.of, self.asker)?;
            self.total.blob_bytes += chunk.of.size;
            if self.is_asker_out() {
                self.tx.add_late(self.asker, 0, chunk.of.size)?;
            }
        }
        Ok(appended != Appended::No)
    }

    /// Nothing is offered from here, so nothing need be known of it.
    fn blobs_lie_with(&mut self, _: &[BlobId], _: &VerifyKey) -> Result<(), StoreError> {
        Ok(())
    }

    fn recall(&self, of: SeatId) -> Result<Option<Memory>, StoreError> {
        self.tx.memory(of)
    }

    fn remember(&mut self, of: SeatId, memory: &Memory) -> Result<(), StoreError> {
        if self.tx.memory(of)?.as_ref() == Some(memory) {
            return Ok(());
        }
        self.learned = Some((of, memory.clone()));
        Ok(())
    }
}
