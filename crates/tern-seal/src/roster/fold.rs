//! From a set of entries to the membership. The order in which they came does not matter.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{EntryId, RealmId, ScopeId, SeatId};

use super::{Author, Body, Entry, ScopeOpened, SeatCertified, SignedEntry};
use crate::epoch::{EpochId, epoch_id};
use crate::key::VerifyKey;

/// The membership as far as this device knows it.
#[derive(Clone, Debug)]
pub struct Roster {
    /// The programme.
    pub realm: RealmId,
    /// Practice or real.
    pub practice: bool,
    /// The root key.
    pub root: VerifyKey,
    /// Seats by id.
    pub seats: BTreeMap<SeatId, SeatState>,
    /// Scopes by id.
    pub scopes: BTreeMap<ScopeId, ScopeState>,
    /// Entries that nobody else's entry depends on yet.
    pub heads: Vec<EntryId>,
    /// Entries signed by nobody who may, or of another realm.
    pub refused: Vec<EntryId>,
}

/// A seat as certified. Later statements (removal, new roles) will fold in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatState {
    /// Its certificate.
    pub certificate: SeatCertified,
}

/// A scope with every epoch that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeState {
    /// Epochs by id; the first opening says kind and site.
    pub epochs: BTreeMap<EpochId, ScopeOpened>,
    /// The epoch to write under: the greatest of (depth, id).
    pub current: EpochId,
}

/// Why entries make no roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// No genesis that vouches for this realm.
    #[error("no genesis of this realm")]
    NoGenesis,
}

/// Roles that may certify seats and open scopes.
const MAY_SIGN: &str = "coordinator";

impl Roster {
    /// Folds entries of one realm.
    pub fn fold(realm: RealmId, entries: &[SignedEntry]) -> Result<Self, RosterError> {
        let by_id: BTreeMap<EntryId, &SignedEntry> =
            entries.iter().filter(|entry| entry.realm() == realm).map(|entry| (entry.id(), entry)).collect();
        let (root, practice) = genesis(&by_id).ok_or(RosterError::NoGenesis)?;
        let mut roster = Self {
            realm,
            practice,
            root,
            seats: BTreeMap::new(),
            scopes: BTreeMap::new(),
            heads: Vec::new(),
            refused: Vec::new(),
        };
        let mut accepted: BTreeMap<EntryId, usize> = BTreeMap::new();
        // Each round accepts what accepted seats signed; it ends when a round accepts nothing.
        loop {
            let before = accepted.len();
            for (id, signed) in &by_id {
                if !accepted.contains_key(id)
                    && let Some(depth) = depth_of(signed, &accepted, &by_id)
                    && let Some(entry) = roster.accept(signed)
                {
                    accepted.insert(*id, depth);
                    roster.take(*id, depth, entry, &accepted);
                }
            }
            if accepted.len() == before {
                break;
            }
        }
        roster.refused = by_id.keys().filter(|id| !accepted.contains_key(id)).copied().collect();
        roster.heads = heads(&accepted, &by_id);
        Ok(roster)
    }

    /// The key that checks a seat's envelopes, when the seat belongs.
    pub fn verify_key(&self, seat: SeatId) -> Option<VerifyKey> {
        self.seats.get(&seat).map(|seat| seat.certificate.verify)
    }

    fn accept<'a>(&self, signed: &'a SignedEntry) -> Option<&'a Entry> {
        let key = match signed.author() {
            Author::Root => self.root,
            Author::Seat(seat) => {
                let certificate = &self.seats.get(&seat)?.certificate;
                certificate.roles.iter().any(|role| role == MAY_SIGN).then_some(certificate.verify)?
            }
        };
        signed.verified_by(&key).ok()
    }

    fn take(&mut self, id: EntryId, depth: usize, entry: &Entry, accepted: &BTreeMap<EntryId, usize>) {
        match &entry.body {
            Body::Seat(certificate) => {
                let seat = SeatState { certificate: certificate.clone() };
                self.seats.entry(certificate.seat).or_insert(seat);
            }
            Body::Scope(opened) => {
                let epoch = epoch_id(id);
                let state = self
                    .scopes
                    .entry(opened.scope)
                    .or_insert_with(|| ScopeState { epochs: BTreeMap::new(), current: epoch });
                state.epochs.insert(epoch, opened.clone());
                let depth_of = |epoch: EpochId| {
                    accepted.iter().find(|(id, _)| epoch_id(**id) == epoch).map_or(0, |(_, depth)| *depth)
                };
                if (depth, epoch) > (depth_of(state.current), state.current) {
                    state.current = epoch;
                }
            }
            Body::Genesis { .. } | Body::Unknown { .. } => {}
        }
    }
}

fn genesis(by_id: &BTreeMap<EntryId, &SignedEntry>) -> Option<(VerifyKey, bool)> {
    by_id.values().find_map(|signed| {
        let root = signed.genesis_key()?;
        match &signed.verified_by(&root).ok()?.body {
            Body::Genesis { practice, .. } => Some((root, *practice)),
            _ => None,
        }
    })
}

/// One more than the deepest dependency; `None` while a dependency is missing or not accepted.
fn depth_of(
    signed: &SignedEntry,
    accepted: &BTreeMap<EntryId, usize>,
    by_id: &BTreeMap<EntryId, &SignedEntry>,
) -> Option<usize> {
    debug_assert!(by_id.len() >= accepted.len());
    signed.entry.deps.iter().try_fold(0, |deepest: usize, dep| Some(deepest.max(accepted.get(dep)? + 1)))
}

fn heads(accepted: &BTreeMap<EntryId, usize>, by_id: &BTreeMap<EntryId, &SignedEntry>) -> Vec<EntryId> {
    let seen: BTreeSet<&EntryId> =
        accepted.keys().filter_map(|id| by_id.get(id)).flat_map(|signed| signed.entry.deps.iter()).collect();
    accepted.keys().filter(|id| !seen.contains(id)).copied().collect()
}
