//! From a set of entries to the membership. The order in which they came does not matter.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{EntryId, RealmId, Role, ScopeId, SeatId};

use super::body::{Cut, Earlier, EpochKey, PairOfShares, ScopeKind, SeatCertified, SiteId};
use super::judge::{Judged, judge, latest_of};
use super::work::{Capacity, Link, Spot, Standing, Work};
use super::{Author, Body, SignedEntry, begun_with};
use crate::epoch::{EpochId, epoch_id};
use crate::key::{VerifyKey, WrapPublic};

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
    /// Seats whose every certificate does not count any more: whose work it was that was taken before.
    pub former: BTreeMap<SeatId, FormerSeat>,
    /// Scopes by id.
    pub scopes: BTreeMap<ScopeId, ScopeState>,
    /// Names, sealed, of scopes whose opening does not count any more: work was written there.
    pub fallen: BTreeMap<ScopeId, Vec<u8>>,
    /// What was said of keys that do not count any more, by epoch: work was written under them.
    pub fallen_keys: BTreeMap<EpochId, [u8; 32]>,
    /// The root key in halves, as it was last shared.
    pub shares: Vec<PairOfShares>,
    /// Recoveries that coordinators said they helped with: the seat, and what was asked.
    pub recoveries: BTreeSet<(SeatId, [u8; 32])>,
    /// Entries that nobody else's entry depends on yet.
    pub heads: Vec<EntryId>,
    /// Entries signed by nobody who may, or by a seat that was removed.
    pub refused: Vec<EntryId>,
    /// Those of them that their authors might not say, by what they had seen: they never count.
    pub unfounded: Vec<EntryId>,
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
    /// The entry that has it.
    pub certified: EntryId,
    /// Who certified it.
    pub by: Author,
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

/// A seat that was certified by somebody whose word does not count any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerSeat {
    /// What was said of it.
    pub certificate: SeatCertified,
    /// Who said so.
    pub by: Author,
    /// The root key said of who said so that what came later does not count.
    pub is_undone: bool,
    /// It was taken out as well: nobody takes it in again.
    pub is_removed: bool,
}

/// A scope with every epoch that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeState {
    /// Who opened it.
    pub by: Author,
    /// What it holds.
    pub kind: ScopeKind,
    /// The site it belongs to; `None` for the whole programme.
    pub site: Option<SiteId>,
    /// Its name, sealed; empty for none.
    pub name: Vec<u8>,
    /// Epochs by id.
    pub epochs: BTreeMap<EpochId, EpochState>,
    /// The epoch to write under: the greatest of (depth, id).
    pub current: EpochId,
}

/// One epoch of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochState {
    /// What everybody may know of its key.
    pub key: EpochKey,
    /// Keys of earlier epochs, sealed under it.
    pub earlier: Vec<Earlier>,
    /// Its place: entries it has behind it; none for the first key of a scope, so that any other comes after it.
    pub depth: usize,
    /// Seats that it was meant for, or that were given it later.
    pub readers: BTreeSet<SeatId>,
    /// Of these, seats that say that what they were given opens nothing.
    pub unopened: BTreeSet<SeatId>,
}

impl ScopeState {
    /// The epochs that no later one seals the key of. Who has the keys of these has the keys of all. Begun apart, there
    /// are several.
    pub fn ends(&self) -> BTreeSet<EpochId> {
        let sealed: BTreeSet<EpochId> =
            self.epochs.values().flat_map(|epoch| &epoch.earlier).map(|earlier| earlier.epoch).collect();
        self.epochs.keys().filter(|id| !sealed.contains(*id)).copied().collect()
    }

    /// Whoever has the key of `later` has that of `epoch` too.
    pub fn opens(&self, later: EpochId, epoch: EpochId) -> bool {
        let (mut open, mut seen) = (vec![later], BTreeSet::new());
        while let Some(id) = open.pop() {
            if id == epoch {
                return true;
            }
            if seen.insert(id) {
                open.extend(
                    self.epochs.get(&id).into_iter().flat_map(|epoch| &epoch.earlier).map(|old| old.epoch),
                );
            }
        }
        false
    }

    /// The key that drops are wrapped to now.
    pub fn intake(&self) -> Option<&WrapPublic> {
        self.epochs.get(&self.current).map(|epoch| &epoch.key.intake)
    }
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
        let (root, practice, nonce) = genesis(&by_id).ok_or(RosterError::NoGenesis)?;
        let judged = judge(realm, &by_id, root, begun_with(&nonce));
        let mut roster = Self {
            realm,
            practice,
            root,
            seats: BTreeMap::new(),
            former: BTreeMap::new(),
            scopes: BTreeMap::new(),
            fallen: BTreeMap::new(),
            fallen_keys: fallen_keys(&judged),
            shares: Vec::new(),
            recoveries: BTreeSet::new(),
            heads: heads(&judged),
            refused: judged.refused.clone(),
            unfounded: judged.unfounded.clone(),
            waiting: judged.waiting.clone(),
            missing: judged.missing.clone(),
        };
        roster.seats = seats(&judged);
        for at in &judged.counts {
            roster.take(*at, &judged);
        }
        roster.settle_roles(&judged);
        roster.former = former(&judged, &roster.seats);
        roster.fallen = fallen(&judged, &roster);
        Ok(roster)
    }

    /// The key that checks a seat's envelopes, when the seat was ever certified.
    pub fn verify_key(&self, seat: SeatId) -> Option<VerifyKey> {
        self.certificate(seat).map(|certificate| certificate.verify)
    }

    /// Who a seat is, or was while it counted.
    pub fn certificate(&self, seat: SeatId) -> Option<&SeatCertified> {
        self.seats
            .get(&seat)
            .map(|seat| &seat.certificate)
            .or_else(|| Some(&self.former.get(&seat)?.certificate))
    }

    /// A seat counts and is not out.
    pub fn is_in(&self, seat: SeatId) -> bool {
        self.seats.get(&seat).is_some_and(|seat| seat.removed.is_none())
    }

    /// Seats that may read a scope now.
    pub fn readers(&self, scope: &ScopeState) -> impl Iterator<Item = (SeatId, &SeatState)> {
        self.seats.iter().filter(|(_, seat)| seat.may_read(scope)).map(|(id, seat)| (*id, seat))
    }

    /// Readers whom nobody has given the key that is written under.
    pub fn lacking(&self, scope: &ScopeState) -> Vec<SeatId> {
        self.lacking_of(scope, scope.current)
    }

    /// Readers whom nobody has given the key of an epoch.
    pub fn lacking_of(&self, scope: &ScopeState, epoch: EpochId) -> Vec<SeatId> {
        let Some(epoch) = scope.epochs.get(&epoch) else { return Vec::new() };
        self.readers(scope).map(|(id, _)| id).filter(|id| !epoch.readers.contains(id)).collect()
    }

    /// Nobody but perhaps this seat can give a key of the scope: all who were given one are out, or may not read it any
    /// more, and so is who opened it and had the first key.
    pub fn is_forsaken(&self, scope: &ScopeState, but: SeatId) -> bool {
        let is_in = |id: &SeatId| self.seats.get(id).is_some_and(|seat| seat.removed.is_none());
        let gives = |id: &SeatId| {
            let opened = scope.by == Author::Seat(*id) && scope.epochs.len() == 1 && is_in(id);
            *id != but && (opened || self.seats.get(id).is_some_and(|seat| seat.may_read(scope)))
        };
        !scope.epochs.values().flat_map(|epoch| &epoch.readers).any(gives)
    }

    /// Somebody who may read has the key that is written under.
    pub fn is_read(&self, scope: &ScopeState) -> bool {
        let named = scope.epochs.get(&scope.current).map(|epoch| &epoch.readers);
        self.readers(scope).any(|(id, _)| named.is_some_and(|named| named.contains(&id)))
    }

    /// Somebody who may not read any more holds the key that is written under.
    pub fn wants_new_epoch(&self, scope: &ScopeState) -> bool {
        let Some(current) = scope.epochs.get(&scope.current) else { return false };
        current.readers.iter().any(|id| !self.seats.get(id).is_some_and(|seat| seat.may_read(scope)))
    }

    /// Seats of a role that are not out.
    pub fn with_role(&self, role: Role) -> impl Iterator<Item = (SeatId, &SeatState)> {
        self.seats.iter().filter(move |(_, seat)| seat.is(role)).map(|(id, seat)| (*id, seat))
    }

    fn take(&mut self, at: usize, judged: &Judged<'_>) {
        let Some(node) = judged.nodes.get(at) else { return };
        match &node.entry.body {
            Body::Scope(opened) => {
                let author = node.entry.author;
                let (id, site) = (opened.scope(self.realm, author), opened.site(self.realm, author));
                let scope = self.scopes.entry(id).or_insert_with(|| ScopeState {
                    by: author,
                    kind: opened.kind,
                    site,
                    name: opened.name.clone(),
                    epochs: BTreeMap::new(),
                    current: epoch_id(node.id),
                });
                scope.begin(epoch_id(node.id), EpochState::new(&opened.first, &[], 0));
            }
            Body::Epoch(begun) => {
                if let Some(scope) = self.scopes.get_mut(&begun.scope) {
                    scope.begin(epoch_id(node.id), EpochState::new(&begun.key, &begun.earlier, node.depth));
                }
            }
            Body::Granted(granted) => {
                if let Some(epoch) = self.epoch_mut(granted.scope, granted.epoch) {
                    epoch.readers.extend(&granted.seats);
                }
            }
            Body::Unopened { scope, epoch } => {
                if let (Some(epoch), Author::Seat(seat)) = (self.epoch_mut(*scope, *epoch), node.entry.author)
                {
                    epoch.unopened.insert(seat);
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
            // Certificates were taken before all others (`seats`).
            Body::Seat(_)
            | Body::Genesis { .. }
            | Body::Voided { .. }
            | Body::Heard
            | Body::Unknown { .. } => {}
        }
    }

    fn epoch_mut(&mut self, scope: ScopeId, epoch: EpochId) -> Option<&mut EpochState> {
        self.scopes.get_mut(&scope)?.epochs.get_mut(&epoch)
    }

    /// Changes that did not see each other leave what all of them leave.
    fn settle_roles(&mut self, judged: &Judged<'_>) {
        let mut changes: BTreeMap<SeatId, Vec<(usize, &[String])>> = BTreeMap::new();
        for at in &judged.counts {
            if let Some(Body::Changed(changed)) = judged.nodes.get(*at).map(|node| &node.entry.body) {
                changes.entry(changed.seat).or_default().push((*at, changed.roles.as_slice()));
            }
        }
        for (id, changes) in changes {
            if let (Some(seat), Some(roles)) = (self.seats.get_mut(&id), latest_of(&judged.nodes, &changes)) {
                seat.roles = roles;
            }
        }
    }
}

impl ScopeState {
    fn begin(&mut self, id: EpochId, epoch: EpochState) {
        self.epochs.insert(id, epoch);
        let place = |id: EpochId| (self.epochs.get(&id).map_or(0, |epoch| epoch.depth), id);
        if place(id) > place(self.current) {
            self.current = id;
        }
    }
}

impl EpochState {
    fn new(key: &EpochKey, earlier: &[Earlier], depth: usize) -> Self {
        let readers = key.readers.iter().copied().collect();
        Self { key: key.clone(), earlier: earlier.to_vec(), depth, readers, unopened: BTreeSet::new() }
    }
}

impl SeatState {
    fn new(certificate: &SeatCertified, (certified, by): (EntryId, Author), since: usize) -> Self {
        Self {
            certificate: certificate.clone(),
            certified,
            by,
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

    /// May hold the keys of a scope now.
    pub fn may_read(&self, scope: &ScopeState) -> bool {
        self.removed.is_none() && scope.kind.is_read_by(scope.site, &self.roles, self.site)
    }
}

fn known(roles: &[String]) -> Vec<Role> {
    roles.iter().filter_map(|code| Role::from_code(code)).collect()
}

fn genesis(by_id: &BTreeMap<EntryId, &SignedEntry>) -> Option<(VerifyKey, bool, [u8; 32])> {
    by_id.values().find_map(|signed| {
        let root = signed.genesis_key()?;
        match &signed.verified_by(&root).ok()?.body {
            Body::Genesis { practice, nonce, .. } => Some((root, *practice, *nonce)),
            _ => None,
        }
    })
}

/// Seats as their certificates have them, before anything else that was said of them: of a seat that was certified again,
/// what was said meanwhile counts as well, a removal before all. The first certificate says who it is; certified apart,
/// it has the roles that all of them give.
fn seats(judged: &Judged<'_>) -> BTreeMap<SeatId, SeatState> {
    let mut seats = BTreeMap::new();
    let mut given: BTreeMap<SeatId, Vec<(usize, &[String])>> = BTreeMap::new();
    for (at, node) in judged.counts.iter().filter_map(|at| Some((*at, judged.nodes.get(*at)?))) {
        if let Body::Seat(said) = &node.entry.body {
            seats
                .entry(said.seat)
                .or_insert_with(|| SeatState::new(said, (node.id, node.entry.author), node.depth));
            given.entry(said.seat).or_default().push((at, said.roles.as_slice()));
        }
    }
    for (id, seat) in &mut seats {
        let given = given.get(id).map_or(&[][..], Vec::as_slice);
        seat.roles = latest_of(&judged.nodes, given).unwrap_or_default();
    }
    seats
}

fn former(judged: &Judged<'_>, seats: &BTreeMap<SeatId, SeatState>) -> BTreeMap<SeatId, FormerSeat> {
    let entries = |numbers: &[usize]| {
        let nodes = numbers.iter().filter_map(|at| judged.nodes.get(*at));
        nodes.map(|node| node.entry).collect::<Vec<_>>()
    };
    let mut former: BTreeMap<SeatId, FormerSeat> = BTreeMap::new();
    for entry in entries(&judged.gone) {
        if let Body::Seat(said) = &entry.body
            && !seats.contains_key(&said.seat)
        {
            former.entry(said.seat).or_insert_with(|| FormerSeat {
                certificate: said.clone(),
                by: entry.author,
                is_undone: false,
                is_removed: false,
            });
        }
    }
    for entry in entries(&judged.counts) {
        match &entry.body {
            Body::Removed(removed) => {
                former.entry(removed.seat).and_modify(|seat| seat.is_removed = true);
            }
            Body::Voided { seat: by } => {
                let theirs = former.values_mut().filter(|seat| seat.by == Author::Seat(*by));
                theirs.for_each(|seat| seat.is_undone = true);
            }
            _ => {}
        }
    }
    former
}

fn fallen(judged: &Judged<'_>, roster: &Roster) -> BTreeMap<ScopeId, Vec<u8>> {
    let gone = judged.gone.iter().filter_map(|at| judged.nodes.get(*at));
    let opened = gone.filter_map(|node| match &node.entry.body {
        Body::Scope(opened) => Some((opened.scope(roster.realm, node.entry.author), opened.name.clone())),
        _ => None,
    });
    opened.filter(|(scope, _)| !roster.scopes.contains_key(scope)).collect()
}

fn fallen_keys(judged: &Judged<'_>) -> BTreeMap<EpochId, [u8; 32]> {
    let gone = judged.gone.iter().filter_map(|at| judged.nodes.get(*at));
    let begun = gone.filter_map(|node| match &node.entry.body {
        Body::Scope(opened) => Some((epoch_id(node.id), opened.first.commitment)),
        Body::Epoch(begun) => Some((epoch_id(node.id), begun.key.commitment)),
        _ => None,
    });
    begun.collect()
}

/// What counts and nobody who counts has seen.
fn heads(judged: &Judged<'_>) -> Vec<EntryId> {
    let counting = || judged.counts.iter().filter_map(|at| judged.nodes.get(*at));
    let seen: BTreeSet<EntryId> = counting().flat_map(|node| node.entry.deps.iter().copied()).collect();
    let mut heads: Vec<EntryId> = counting().map(|node| node.id).filter(|id| !seen.contains(id)).collect();
    heads.sort_unstable();
    heads
}
