//! The service: one request at a time, each in one transaction. What it says it took is on the disk before it says so.

use std::sync::{Mutex, MutexGuard, PoisonError};

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
use crate::shelf::HubShelf;
use crate::sought::Sought;
use crate::store::{Store, StoreError, Tx as _, Usage};

/// A hub of one programme.
pub struct Hub<S: Store> {
    inside: Mutex<Inside<S>>,
    key: SigningKey,
    public: VerifyKey,
    quota: Quota,
    log: Log,
}

struct Inside<S> {
    store: S,
    members: Members,
    blobs: Blobs,
    sought: Sought,
    /// What stands in memory may not be what is kept: something failed in between.
    is_doubtful: bool,
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
        mut store: S,
        blobs: Blobs,
        quota: Quota,
        log: Log,
        random: &mut dyn Random,
    ) -> Result<(Self, Found), StoreError> {
        let key = own_key(&mut store, random)?;
        let public = key.public().map_err(|_| StoreError::Damaged("the key"))?;
        let members = store.within(|tx| Members::load(tx))?;
        let found = reconcile(&mut store, &blobs)?;
        let inside =
            Mutex::new(Inside { store, members, blobs, sought: Sought::default(), is_doubtful: false });
        Ok((Self { inside, key, public, quota, log }, found))
    }

    /// The key that its replies are signed with.
    pub const fn public(&self) -> VerifyKey {
        self.public
    }

    /// What is kept, and how often something was refused, by reason.
    pub fn tallies(&self) -> (Option<Usage>, Tallies) {
        let total = self.inside().store.within(|tx| tx.total());
        (total.ok(), self.log.tallies())
    }

    /// Nothing in memory outlives a failure: it is read again.
    fn inside(&self) -> MutexGuard<'_, Inside<S>> {
        self.inside.lock().unwrap_or_else(|poisoned: PoisonError<_>| {
            let mut inside = poisoned.into_inner();
            inside.is_doubtful = true;
            self.inside.clear_poison();
            inside
        })
    }

    fn try_answer(&self, request: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut inside = self.inside();
        let Inside { store, members, blobs, sought, is_doubtful } = &mut *inside;
        let was_doubtful = std::mem::replace(is_doubtful, true);
        let (body, refusals) = store.within(|tx| {
            if was_doubtful {
                *members = Members::load(tx)?;
            }
            members.refresh(tx)?;
            let mut shelf = HubShelf::new(tx, members, blobs, (&self.quota, sought), asker(request))?;
            let answered = answer(&mut shelf, &self.key, request).map_err(|error| match error {
                AnswerError::Shelf(error) => error,
                AnswerError::Key(_) => StoreError::Damaged("the key"),
            })?;
            let mut refusals = shelf.close()?;
            if answered.seat.is_none() {
                *refusals.entry(refusal(&answered.body)).or_default() += 1;
            }
            Ok::<_, StoreError>((answered.body, refusals))
        })?;
        *is_doubtful = false;
        drop(inside);
        self.log.refused(refusals);
        Ok(body)
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
        let mut inside = self.inside();
        let well = inside.blobs.probe().and_then(|()| inside.store.within(|tx| tx.touch()));
        drop(inside);
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
fn reconcile<S: Store>(store: &mut S, blobs: &Blobs) -> Result<Found, StoreError> {
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
