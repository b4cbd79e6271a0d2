//! From a set of entries to the membership. The order in which they came does not matter.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{EntryId, RealmId, Role, ScopeId, SeatId};

use super::body::{Cut, PairOfShares, ScopeKind, ScopeOpened, SeatCertified, SiteId};
use super::judge::{Judged, judge, latest_of};
use super::work::{Capacity, Link, Spot, Standing, Work};
use super::{Body, SignedEntry};
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
    /// The root key in halves, as it was last shared.
    pub shares: Vec<PairOfShares>,
    /// Recoveries that coordinators said they helped with: the seat, and what was asked.
    pub recoveries: BTreeSet<(SeatId, [u8; 32])>,
    /// Entries that nobody else's entry depends on yet.
    pub heads: Vec<EntryId>,
    /// Entries signed by nobody who may, or by a seat that was removed.
    pub refused: Vec<EntryId>,
    /// Entries that wait for others.
    pub waiting: Vec<EntryId>,
    /// Entries that are waited for: a roster with a gap.
    pub missing: Vec<EntryId>,
}

/// A seat with all that was said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatState {
    /// Its certificate.
    pub certificate: SeatCertified,
    /// Its place: entries that the certificate has behind it.
    pub since: usize,
    /// What it does now: codes of the list `role`.
    pub roles: Vec<String>,
    /// Where it works now.
    pub site: Option<SiteId>,
    /// Why it is out.
    pub removed: Option<String>,
    /// What was said of its work.
    work: Work,
}

/// A scope with every epoch that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeState {
    /// What it holds.
    pub kind: ScopeKind,
    /// The site it belongs to; `None` for the whole programme.
    pub site: Option<SiteId>,
    /// Epochs by id.
    pub epochs: BTreeMap<EpochId, EpochState>,
    /// The epoch to write under: the greatest of (depth, id).
    pub current: EpochId,
}

/// One epoch of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochState {
    /// As it was begun.
    pub opened: ScopeOpened,
    /// Its place: entries it has behind it.
    pub depth: usize,
    /// Its key for every seat that was given it.
    pub wraps: BTreeMap<SeatId, Vec<u8>>,
}

/// Why entries make no roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterError {
    /// No genesis that vouches for this realm.
    #[error("no genesis of this realm")]
    NoGenesis,
}

impl Roster {
    /// Folds entries of one realm.
    pub fn fold(realm: RealmId, entries: &[SignedEntry]) -> Result<Self, RosterError> {
        let by_id: BTreeMap<EntryId, &SignedEntry> =
            entries.iter().filter(|entry| entry.realm() == realm).map(|entry| (entry.id(), entry)).collect();
        let (root, practice) = genesis(&by_id).ok_or(RosterError::NoGenesis)?;
        let judged = judge(&by_id, root);
        let mut roster = Self {
            realm,
            practice,
            root,
            seats: BTreeMap::new(),
            scopes: BTreeMap::new(),
            shares: Vec::new(),
            recoveries: BTreeSet::new(),
            heads: heads(&judged),
            refused: judged.refused.clone(),
            waiting: judged.waiting.clone(),
            missing: judged.missing.clone(),
        };
        for at in &judged.counts {
            roster.take(*at, &judged);
        }
        roster.settle_roles(&judged);
        Ok(roster)
    }

    /// The key that checks a seat's envelopes, when the seat was ever certified.
    pub fn verify_key(&self, seat: SeatId) -> Option<VerifyKey> {
        self.seats.get(&seat).map(|seat| seat.certificate.verify)
    }

    /// Seats that may read a scope now.
    pub fn readers(&self, scope: &ScopeState) -> impl Iterator<Item = (SeatId, &SeatState)> {
        self.seats.iter().filter(|(_, seat)| seat.may_read(scope)).map(|(id, seat)| (*id, seat))
    }

    /// Readers whom nobody has given the key that is written under.
    pub fn lacking(&self, scope: &ScopeState) -> Vec<SeatId> {
        let Some(current) = scope.epochs.get(&scope.current) else { return Vec::new() };
        self.readers(scope).map(|(id, _)| id).filter(|id| !current.wraps.contains_key(id)).collect()
    }

    /// Somebody who may not read any more holds the key that is written under.
    pub fn wants_new_epoch(&self, scope: &ScopeState) -> bool {
        let Some(current) = scope.epochs.get(&scope.current) else { return false };
        current.wraps.keys().any(|id| !self.seats.get(id).is_some_and(|seat| seat.may_read(scope)))
    }

    /// Seats of a role that are not out.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = (SeatId, &SeatState)> {
        self.seats.iter().filter(move |(_, seat)| seat.is(role)).map(|(id, seat)| (*id, seat))
    }

    fn take(&mut self, at: usize, judged: &Judged<'_>) {
        let Some(node) = judged.nodes.get(at) else { return };
        match &node.entry.body {
            Body::Seat(certificate) => {
                let state = SeatState::new(certificate, node.depth);
                self.seats.entry(certificate.seat).or_insert(state);
            }
            Body::Scope(opened) => self.open_epoch(epoch_id(node.id), node.depth, opened),
            Body::Granted(granted) => {
                let scope = self.scopes.get_mut(&granted.scope);
                if let Some(epoch) = scope.and_then(|scope| scope.epochs.get_mut(&granted.epoch)) {
                    for wrap in &granted.wraps {
                        epoch.wraps.entry(wrap.seat).or_insert_with(|| wrap.bytes.clone());
                    }
                }
            }
            Body::Changed(changed) => {
                if let Some(seat) = self.seats.get_mut(&changed.seat) {
                    let before = seat.capacity();
                    seat.work.change(before, &changed.cuts);
                    seat.roles.clone_from(&changed.roles);
                    seat.site = changed.site;
                }
            }
            Body::Removed(removed) => {
                if let Some(seat) = self.seats.get_mut(&removed.seat) {
                    seat.work.remove(&removed.cuts);
                    seat.removed.get_or_insert_with(|| removed.reason.clone());
                }
            }
            Body::Accepted(accepted) => {
                if let Some(seat) = self.seats.get_mut(&accepted.seat) {
                    seat.work.accept(&accepted.cuts);
                }
            }
            Body::RootShared(shared) => self.shares.clone_from(&shared.pairs),
            Body::Recovered { seat, ask } => {
                self.recoveries.insert((*seat, *ask));
            }
            Body::Genesis { .. } | Body::Voided { .. } | Body::Unknown { .. } => {}
        }
    }

    fn open_epoch(&mut self, id: EpochId, depth: usize, opened: &ScopeOpened) {
        let wraps = opened.wraps.iter().map(|wrap| (wrap.seat, wrap.bytes.clone())).collect();
        let epoch = EpochState { opened: opened.clone(), depth, wraps };
        let scope = self.scopes.entry(opened.scope).or_insert_with(|| ScopeState {
            kind: opened.kind,
            site: opened.site,
            epochs: BTreeMap::new(),
            current: id,
        });
        scope.epochs.insert(id, epoch);
        let place = |id: EpochId| (scope.epochs.get(&id).map_or(0, |epoch| epoch.depth), id);
        if place(id) > place(scope.current) {
            scope.current = id;
        }
    }

    /// Changes that did not see each other leave what all of them leave.
    fn settle_roles(&mut self, judged: &Judged<'_>) {
        for (id, seat) in &mut self.seats {
            let changes = judged.counts.iter().filter_map(|at| match &judged.nodes.get(*at)?.entry.body {
                Body::Changed(changed) if changed.seat == *id => Some((*at, changed.roles.as_slice())),
                _ => None,
            });
            if let Some(roles) = latest_of(&judged.nodes, changes.collect()) {
                seat.roles = roles;
            }
        }
    }
}

impl SeatState {
    fn new(certificate: &SeatCertified, since: usize) -> Self {
        Self {
            certificate: certificate.clone(),
            since,
            roles: certificate.roles.clone(),
            site: certificate.site,
            removed: None,
            work: Work::default(),
        }
    }

    /// It has this role, and is not out.
    pub fn is(&self, role: Role) -> bool {
        self.removed.is_none() && self.roles.iter().any(|code| code == role.code())
    }

    /// The roles that this version knows.
    pub fn known_roles(&self) -> Vec<Role> {
        known(&self.roles)
    }

    fn capacity(&self) -> Capacity {
        Capacity { roles: self.known_roles(), sites: vec![self.site] }
    }

    /// How an envelope of this seat is to be taken; `link` tells whether it lies on the chain that ends in a cut.
    pub fn standing(&self, at: &Spot, mut link: impl FnMut(&Cut) -> Link) -> Standing {
        self.work.standing(self.capacity(), at, &mut link)
    }

    /// It was something else before, or is out: not all of its work counts as it comes.
    pub fn is_cut(&self) -> bool {
        self.removed.is_some() || self.work.is_changed()
    }

    /// All that it is and was.
    pub fn ever(&self) -> Capacity {
        self.work.ever(self.capacity())
    }

    /// May hold the keys of a scope now. The names of people and sites are for every member; what belongs to a site is
    /// for those who work there.
    pub fn may_read(&self, scope: &ScopeState) -> bool {
        if self.removed.is_some() {
            return false;
        }
        let here = scope.site.is_none() || scope.site == self.site;
        let any = |may: &dyn Fn(Role) -> bool| self.known_roles().into_iter().any(may);
        match (scope.kind, scope.kind.compartment()) {
            (ScopeKind::Realm, _) => true,
            (ScopeKind::Audit, _) => any(&Role::audits),
            (_, Some(compartment)) => here && any(&|role| role.holds(compartment)),
            (_, None) => false,
        }
    }
}

fn known(roles: &[String]) -> Vec<Role> {
    roles.iter().filter_map(|code| Role::from_code(code)).collect()
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

/// What counts and nobody who counts has seen.
fn heads(judged: &Judged<'_>) -> Vec<EntryId> {
    let counting = || judged.counts.iter().filter_map(|at| judged.nodes.get(*at));
    let seen: BTreeSet<EntryId> = counting().flat_map(|node| node.entry.deps.iter().copied()).collect();
    let mut heads: Vec<EntryId> = counting().map(|node| node.id).filter(|id| !seen.contains(id)).collect();
    heads.sort_unstable();
    heads
}
