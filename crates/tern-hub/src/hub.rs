//! The service: what is brought is kept one request at a time, each in one transaction, and is on the disk before it is said to
//! be; who only fetches is answered side by side with all others.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tern_net::{Service, Unavailable};
use tern_record::SeatId;
use tern_record::cbor::{Canonical as _, Decoder};
use tern_record::port::Random;
use tern_seal::{SigningKey, VerifyKey};
use tern_sync::frame::{self, Frame};
use tern_sync::{AnswerError, answer};

use crate::blobs::Blobs;
use crate::log::{Log, Tallies};
use crate::members::{Members, own_key};
use crate::quota::Quota;
use crate::shelf::{Closed, HubShelf, Keeps};
use crate::sought::Sought;
use crate::store::{Store, StoreError, Tx, Usage};

/// A hub of one programme.
pub struct Hub<S: Store> {
    store: S,
    /// As they were kept last. Whoever finds that the store knows more, or less, reads them again.
    members: Mutex<Arc<Members>>,
    blobs: Blobs,
    sought: Mutex<Sought>,
    key: SigningKey,
    public: VerifyKey,
    quota: Quota,
    log: Log,
}

/// A reply, and what else a request leads to.
struct Answered {
    body: Vec<u8>,
    /// Nobody who may ask was found to have signed the request.
    is_refused: bool,
    members: Arc<Members>,
    closed: Closed,
}

/// What starting found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is kept.
    pub total: Usage,
    /// Blobs that nobody knew of; removed.
    pub orphans: usize,
    /// Blobs that should lie here and do not.
    pub missing: usize,
}

impl<S: Store> Hub<S> {
    /// Over a store that knows its programme.
    pub fn open(
        store: S,
        blobs: Blobs,
        quota: Quota,
        log: Log,
        random: &mut dyn Random,
    ) -> Result<(Self, Found), StoreError> {
        let key = own_key(&store, random)?;
        let public = key.public().map_err(|_| StoreError::Damaged("the key"))?;
        let members = Mutex::new(Arc::new(store.within(|tx| Members::load(tx))?));
        let found = reconcile(&store, &blobs)?;
        let sought = Mutex::default();
        Ok((Self { store, members, blobs, sought, key, public, quota, log }, found))
    }

    /// The key that its replies are signed with.
    pub const fn public(&self) -> VerifyKey {
        self.public
    }

    /// What is kept, and how often something was refused, by reason.
    pub fn tallies(&self) -> (Option<Usage>, Tallies) {
        let total = self.store.look(|tx| tx.total());
        (total.ok(), self.log.tallies())
    }

    fn members(&self) -> MutexGuard<'_, Arc<Members>> {
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Who brings something is answered once it is kept, one after another; all others side by side. On a full disk nothing
    /// is kept, and everybody still fetches.
    fn try_answer(&self, request: &[u8]) -> Result<Vec<u8>, StoreError> {
        let answered = if brings(request) {
            match self.kept(request) {
                Err(StoreError::Full) => {
                    self.log.failed(&StoreError::Full);
                    // Statements that there is no room for cannot be refused one by one.
                    self.looked(request).map_err(|error| match error {
                        StoreError::OnlyLookedAt => StoreError::Full,
                        error => error,
                    })
                }
                done => done,
            }
        } else {
            self.looked(request)
        }?;
        *self.members() = answered.members;
        let mut refusals = answered.closed.refusals;
        if answered.is_refused {
            *refusals.entry(refusal(&answered.body)).or_default() += 1;
        }
        self.log.refused(refusals);
        Ok(answered.body)
    }

    fn kept(&self, request: &[u8]) -> Result<Answered, StoreError> {
        self.store.within(|tx| {
            let answered = self.answered(tx, request, Keeps::All)?;
            if let Some((seat, memory)) = &answered.closed.learned {
                tx.set_memory(*seat, memory)?;
            }
            Ok(answered)
        })
    }

    fn looked(&self, request: &[u8]) -> Result<Answered, StoreError> {
        let mut answered = self.store.look(|tx| self.answered(tx, request, Keeps::Nothing))?;
        if let Some((seat, memory)) = answered.closed.learned.take() {
            // What is not noted the two tell each other again.
            let noted = self.store.within(|tx| tx.set_memory(seat, &memory));
            let _ = noted.inspect_err(|error: &StoreError| self.log.failed(error));
        }
        Ok(answered)
    }

    fn answered(&self, tx: &impl Tx, request: &[u8], keeps: Keeps) -> Result<Answered, StoreError> {
        let mut members = Arc::clone(&*self.members());
        if !members.is_all(tx)? {
            members = Arc::new(Members::load(tx)?);
        }
        let around = (&self.quota, &self.sought);
        let mut shelf = HubShelf::new(tx, &mut members, &self.blobs, around, (asker(request), keeps))?;
        let answered = answer(&mut shelf, &self.key, request).map_err(|error| match error {
            AnswerError::Shelf(error) => error,
            AnswerError::Key(_) => StoreError::Damaged("the key"),
        })?;
        let closed = shelf.close()?;
        let is_refused = answered.seat.is_none();
        Ok(Answered { body: answered.body, is_refused, members, closed })
    }
}

impl<S: Store> Service for Hub<S> {
    fn answer(&self, request: Vec<u8>) -> Result<Vec<u8>, Unavailable> {
        self.try_answer(&request).map_err(|error| {
            self.log.failed(&error);
            if matches!(error, StoreError::Full) { Unavailable::Full } else { Unavailable::Ill }
        })
    }

    fn is_well(&self) -> bool {
        let well: Result<(), StoreError> =
            self.store.within(|tx| self.blobs.probe().and_then(|()| tx.touch()));
        well.inspect_err(|error| self.log.failed(error)).is_ok()
    }

    fn key(&self) -> Option<VerifyKey> {
        Some(self.public)
    }
}

/// Who a request says to be of; nothing is believed of it yet.
fn asker(request: &[u8]) -> SeatId {
    match Frame::read(&mut Decoder::new(request)) {
        Ok(Frame::Hello(hello)) => hello.seat,
        _ => SeatId::new([0; 16]),
    }
}

/// A request brings something to keep.
fn brings(request: &[u8]) -> bool {
    let frames = frame::read(request).unwrap_or_default();
    frames.iter().any(|(_, frame)| {
        matches!(frame, Frame::Roster(_) | Frame::Wraps(_) | Frame::Envelope(_) | Frame::Chunk(_))
    })
}

/// The reason that a reply gives for refusing.
fn refusal(reply: &[u8]) -> String {
    let frames = frame::read(reply).unwrap_or_default();
    let reason = frames.into_iter().find_map(|(_, frame)| match frame {
        Frame::Refused(code) => Some(code),
        _ => None,
    });
    reason.unwrap_or_default()
}

/// Brings the list of blobs and what lies there together: what nobody knows of goes, and what is not there is not claimed.
fn reconcile<S: Store>(store: &S, blobs: &Blobs) -> Result<Found, StoreError> {
    let lying = blobs.all()?;
    let (listed, missing, total) = store.within(|tx| {
        let listed = tx.blobs()?;
        let is_there = |id, size| lying.get(&id).is_some_and(|(has, _)| *has == size);
        let missing: Vec<_> = listed.iter().filter(|blob| !is_there(blob.id, blob.size)).collect();
        for blob in &missing {
            tx.drop_blob(blob.id)?;
        }
        let missing = missing.len();
        Ok::<_, StoreError>((listed, missing, tx.total()?))
    })?;
    let swept = blobs.sweep(|id| listed.iter().any(|blob| blob.id == id))?;
    Ok(Found { total, orphans: swept.orphans, missing })
}
