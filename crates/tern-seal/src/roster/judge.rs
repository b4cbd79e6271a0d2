//! Which statements count: each judged by what its author had seen, and what then stands (`standing.rs`).

use std::collections::{BTreeMap, BTreeSet};

use tern_record::bits::Bits;
use tern_record::{EntryId, RealmId, Role, ScopeId, SeatId};

use super::body::{Granted, ScopeOpened, SiteId};
use super::order::in_order;
use super::{Author, Body, Entry, SeatCertified, SignedEntry};
use crate::epoch::epoch_id;
use crate::key::VerifyKey;

/// An entry whose dependencies are all here.
pub(super) struct Node<'a> {
    pub id: EntryId,
    pub entry: &'a Entry,
    /// One more than the deepest dependency.
    pub depth: usize,
    /// Every entry that its author had seen, by number.
    pub seen: Bits,
}

/// Entries that count, each after all that it has seen, the same on every device.
pub(super) struct Judged<'a> {
    pub nodes: Vec<Node<'a>>,
    /// Numbers of those that count.
    pub counts: Vec<usize>,
    /// Numbers of those that were rightly said and do not count any more.
    pub gone: Vec<usize>,
    /// Signed by nobody who may, or by a seat that was removed.
    pub refused: Vec<EntryId>,
    /// Those of them that nobody could ever make count: by what their authors had seen, they might not say it.
    pub unfounded: Vec<EntryId>,
    /// Wait for entries that have not come.
    pub waiting: Vec<EntryId>,
    /// Entries that are waited for.
    pub missing: Vec<EntryId>,
}

/// Judges the entries of one realm.
pub(super) fn judge<'a>(
    realm: RealmId,
    by_id: &BTreeMap<EntryId, &'a SignedEntry>,
    root: VerifyKey,
    begun: (SeatId, [u8; 16]),
) -> Judged<'a> {
    let ordered = in_order(by_id);
    let mut bench = Bench::new(realm, root, begun);
    let mut unfounded = Vec::new();
    for (signed, node) in ordered.nodes {
        let (at, id) = (bench.nodes.len(), node.id);
        bench.nodes.push(node);
        if bench.may(at, signed) {
            bench.accept(at);
        } else {
            unfounded.push(id);
        }
    }
    let counts = bench.standing();
    let stands: BTreeSet<usize> = counts.iter().copied().collect();
    let gone: Vec<usize> = bench.accepted.iter().copied().filter(|at| !stands.contains(at)).collect();
    let mut refused = unfounded.clone();
    refused.extend(gone.iter().filter_map(|at| bench.nodes.get(*at)).map(|node| node.id));
    refused.sort_unstable();
    Judged {
        nodes: bench.nodes,
        counts,
        gone,
        refused,
        unfounded,
        waiting: ordered.waiting,
        missing: ordered.missing,
    }
}

/// Statements that were rightly made, by what they are about.
pub(super) struct Bench<'a> {
    realm: RealmId,
    root: VerifyKey,
    /// The first seat and the nonce of the first scopes: what the root key may bring in.
    begun: (SeatId, [u8; 16]),
    pub nodes: Vec<Node<'a>>,
    pub accepted: Vec<usize>,
    of_seat: BTreeMap<SeatId, Vec<usize>>,
    of_scope: BTreeMap<ScopeId, Vec<usize>>,
    /// Certificates by the seat that signed them.
    certified_by: BTreeMap<SeatId, Vec<usize>>,
}

impl<'a> Bench<'a> {
    fn new(realm: RealmId, root: VerifyKey, begun: (SeatId, [u8; 16])) -> Self {
        Self {
            realm,
            root,
            begun,
            nodes: Vec::new(),
            accepted: Vec::new(),
            of_seat: BTreeMap::new(),
            of_scope: BTreeMap::new(),
            certified_by: BTreeMap::new(),
        }
    }

    fn accept(&mut self, at: usize) {
        self.accepted.push(at);
        let Some(entry) = self.nodes.get(at).map(|node| node.entry) else { return };
        if let Some(seat) = about(&entry.body) {
            self.of_seat.entry(seat).or_default().push(at);
        }
        if let Some(scope) = self.scope_of(entry) {
            self.of_scope.entry(scope).or_default().push(at);
        }
        if let (Body::Seat(_), Author::Seat(by)) = (&entry.body, entry.author) {
            self.certified_by.entry(by).or_default().push(at);
        }
    }

    fn scope_of(&self, entry: &Entry) -> Option<ScopeId> {
        match &entry.body {
            Body::Scope(opened) => Some(opened.scope(self.realm, entry.author)),
            Body::Epoch(begun) => Some(begun.scope),
            Body::Granted(granted) => Some(granted.scope),
            _ => None,
        }
    }

    /// Signed by whom it names, who might say it by what that one had seen. Whether they were out by then is settled over
    /// all statements (`standing.rs`): who is in again may speak, although others had heard of the removal and went on.
    fn may(&self, at: usize, signed: &SignedEntry) -> bool {
        let Some(node) = self.nodes.get(at) else { return false };
        let (key, right) = match node.entry.author {
            Author::Root => (self.root, self.root_may(&node.entry.body)),
            Author::Seat(seat) => {
                let Some(certificate) = self.certificate(seat, &node.seen) else { return false };
                (certificate.verify, self.has_right(node, seat))
            }
        };
        right && self.fits(node) && signed.verified_by(&key).is_ok()
    }

    /// It says nothing again that was said, and speaks of nothing that its author had not heard of.
    fn fits(&self, node: &Node<'_>) -> bool {
        let is_known = |seat: SeatId| self.certificate(seat, &node.seen).is_some();
        match &node.entry.body {
            Body::Seat(said) => said.is_named_by_its_keys() && self.is_new_or_again(said, &node.seen),
            Body::Changed(changed) => is_known(changed.seat),
            Body::Removed(removed) => is_known(removed.seat),
            Body::Accepted(accepted) => is_known(accepted.seat),
            Body::Recovered { seat, .. } => is_known(*seat),
            Body::Scope(_) => {
                self.scope_of(node.entry).is_some_and(|scope| self.opening(scope, &node.seen).is_none())
            }
            Body::Epoch(begun) => self.opening(begun.scope, &node.seen).is_some(),
            Body::Granted(granted) => {
                self.epochs(granted.scope, &node.seen).any(|epoch| epoch == granted.epoch)
            }
            Body::Genesis { .. }
            | Body::RootShared(_)
            | Body::Voided { .. }
            | Body::Unopened { .. }
            | Body::Heard
            | Body::Unknown { .. } => true,
        }
    }

    /// Nobody had certified the seat, or the same is said of it once more, because what was said first does not count any
    /// more: other roles or another site are a change. A seat that was taken out stays out by that removal.
    fn is_new_or_again(&self, said: &SeatCertified, seen: &Bits) -> bool {
        let mut before = self.certificates_of(said.seat, seen).peekable();
        before.peek().is_none() || before.any(|earlier| earlier.gives_the_same(said))
    }

    /// The root key begins the programme with the one seat and the scopes that the realm's id holds. After that it takes
    /// away and brings nobody in: who has two halves of it makes no members.
    fn root_may(&self, body: &Body) -> bool {
        let (first, nonce) = self.begun;
        match body {
            Body::Seat(certificate) => certificate.seat == first,
            Body::Scope(opened) => opened.nonce == nonce,
            Body::Genesis { .. }
            | Body::Removed(_)
            | Body::RootShared(_)
            | Body::Voided { .. }
            | Body::Heard
            | Body::Unknown { .. } => true,
            Body::Epoch(_)
            | Body::Granted(_)
            | Body::Changed(_)
            | Body::Accepted(_)
            | Body::Recovered { .. }
            | Body::Unopened { .. } => false,
        }
    }

    fn has_right(&self, node: &Node<'_>, author: SeatId) -> bool {
        let seen = &node.seen;
        let roles = self.roles(author, seen);
        let any = |may: fn(Role) -> bool| roles.iter().filter_map(|code| Role::from_code(code)).any(may);
        match &node.entry.body {
            Body::Seat(_) | Body::Changed(_) | Body::Recovered { .. } => any(Role::certifies),
            Body::Removed(removed) => {
                any(Role::certifies)
                    || removed.seat == author
                    || (any(Role::removes) && !self.coordinates(removed.seat, seen))
            }
            Body::Accepted(_) => any(|role| role.certifies() || role == Role::CaseSupervisor),
            // What is of the whole programme was opened with it, by the root key.
            Body::Scope(opened) => any(Role::certifies) && opened.at_site,
            Body::Epoch(begun) => self.reads(author, begun.scope, seen),
            Body::Granted(granted) => {
                self.reads(author, granted.scope, seen) || self.gives_the_first(author, granted, seen)
            }
            Body::Genesis { .. } | Body::RootShared(_) | Body::Voided { .. } => false,
            // Of itself any seat may say what it heard and that it has no key; what a newer version says, that one judges.
            Body::Heard | Body::Unopened { .. } | Body::Unknown { .. } => true,
        }
    }

    /// Who opened a site gives its first key to one reader, as long as no reader has it.
    fn gives_the_first(&self, author: SeatId, granted: &Granted, seen: &Bits) -> bool {
        let Some((at, _)) = self.opening(granted.scope, seen) else { return false };
        let opened_it = self.nodes.get(at).is_some_and(|node| {
            node.entry.author == Author::Seat(author) && epoch_id(node.id) == granted.epoch
        });
        let [first] = granted.seats.as_slice() else { return false };
        let is_begun = self.epochs(granted.scope, seen).count() > 1;
        let mut given = self.in_scope(granted.scope, seen).flat_map(|(_, body)| match body {
            Body::Granted(earlier) => earlier.seats.as_slice(),
            _ => &[],
        });
        let in_hands =
            |seat: &SeatId| !self.is_removed(*seat, seen) && self.reads(*seat, granted.scope, seen);
        opened_it && !is_begun && in_hands(first) && !given.any(in_hands)
    }

    /// A seat may read a scope, as far as `seen` says.
    fn reads(&self, seat: SeatId, scope: ScopeId, seen: &Bits) -> bool {
        let Some((at, opened)) = self.opening(scope, seen) else { return false };
        let Some(author) = self.nodes.get(at).map(|node| node.entry.author) else { return false };
        opened.kind.is_read_by(
            opened.site(self.realm, author),
            &self.roles(seat, seen),
            self.site(seat, seen),
        )
    }

    fn opening(&self, scope: ScopeId, seen: &Bits) -> Option<(usize, &'a ScopeOpened)> {
        self.in_scope(scope, seen).find_map(|(at, body)| match body {
            Body::Scope(opened) => Some((at, opened)),
            _ => None,
        })
    }

    fn epochs<'b>(
        &'b self,
        scope: ScopeId,
        seen: &'b Bits,
    ) -> impl Iterator<Item = crate::epoch::EpochId> + use<'a, 'b> {
        let begun =
            self.in_scope(scope, seen).filter(|(_, body)| matches!(body, Body::Scope(_) | Body::Epoch(_)));
        begun.filter_map(|(at, _)| Some(epoch_id(self.nodes.get(at)?.id)))
    }

    fn in_scope<'b>(
        &'b self,
        scope: ScopeId,
        seen: &'b Bits,
    ) -> impl Iterator<Item = (usize, &'a Body)> + use<'a, 'b> {
        let all = self.of_scope.get(&scope).into_iter().flatten().copied();
        all.filter(|at| seen.contains(*at)).filter_map(|at| Some((at, self.body(at)?)))
    }

    /// The first certificate of a seat within `seen`. Others of the seat have the same keys.
    fn certificate(&self, seat: SeatId, seen: &Bits) -> Option<&'a SeatCertified> {
        self.certificates_of(seat, seen).next()
    }

    fn certificates_of<'b>(
        &'b self,
        seat: SeatId,
        seen: &'b Bits,
    ) -> impl Iterator<Item = &'a SeatCertified> + use<'a, 'b> {
        self.statements(seat, seen).filter_map(|(_, body)| match body {
            Body::Seat(certificate) => Some(certificate),
            _ => None,
        })
    }

    fn is_removed(&self, seat: SeatId, seen: &Bits) -> bool {
        self.statements(seat, seen).any(|(_, body)| matches!(body, Body::Removed(_)))
    }

    fn coordinates(&self, seat: SeatId, seen: &Bits) -> bool {
        self.roles(seat, seen).iter().any(|code| code == Role::Coordinator.code())
    }

    /// What a seat did, as far as `seen` says; of what was said apart, only what all of it leaves.
    pub(super) fn roles(&self, seat: SeatId, seen: &Bits) -> Vec<String> {
        let (mut certified, mut changes) = (Vec::new(), Vec::new());
        for (at, body) in self.statements(seat, seen) {
            match body {
                Body::Seat(certificate) => certified.push((at, certificate.roles.as_slice())),
                Body::Changed(changed) if !self.is_ended(at, seen) => {
                    changes.push((at, changed.roles.as_slice()));
                }
                _ => {}
            }
        }
        latest_of(&self.nodes, &changes).or_else(|| latest_of(&self.nodes, &certified)).unwrap_or_default()
    }

    /// Where a seat worked, as far as `seen` says.
    fn site(&self, seat: SeatId, seen: &Bits) -> Option<SiteId> {
        let first = self.certificate(seat, seen)?.site;
        let changes = self.statements(seat, seen).filter_map(|(at, body)| match body {
            Body::Changed(changed) if !self.is_ended(at, seen) => Some(changed.site),
            _ => None,
        });
        changes.last().unwrap_or(first)
    }

    /// Its author was out or ended by the root key, as far as `seen` says, by a word that had not seen it: a stolen device
    /// takes no role from anybody who has heard of that.
    fn is_ended(&self, at: usize, seen: &Bits) -> bool {
        let Some(Author::Seat(by)) = self.nodes.get(at).map(|node| node.entry.author) else { return false };
        self.statements(by, seen).any(|(word, body)| {
            matches!(body, Body::Removed(_) | Body::Voided { .. })
                && self.nodes.get(word).is_some_and(|word| !word.seen.contains(at))
        })
    }

    fn statements<'b>(
        &'b self,
        seat: SeatId,
        seen: &'b Bits,
    ) -> impl Iterator<Item = (usize, &'a Body)> + use<'a, 'b> {
        self.statements_about(seat)
            .filter(|at| seen.contains(*at))
            .filter_map(|at| Some((at, self.body(at)?)))
    }

    /// Accepted statements about a seat, by number.
    pub(super) fn statements_about<'b>(&'b self, seat: SeatId) -> impl Iterator<Item = usize> + use<'a, 'b> {
        self.of_seat.get(&seat).into_iter().flatten().copied()
    }

    /// Certificates of a seat, by number.
    pub(super) fn certified<'b>(&'b self, seat: SeatId) -> impl Iterator<Item = usize> + use<'a, 'b> {
        self.statements_about(seat).filter(|at| matches!(self.body(*at), Some(Body::Seat(_))))
    }

    /// Certificates that a seat signed, by number.
    pub(super) fn certified_by<'b>(&'b self, seat: SeatId) -> impl Iterator<Item = usize> + use<'a, 'b> {
        self.certified_by.get(&seat).into_iter().flatten().copied()
    }

    /// Every certificate that a seat signed, by number.
    pub(super) fn certificates<'b>(&'b self) -> impl Iterator<Item = usize> + use<'a, 'b> {
        self.certified_by.values().flatten().copied()
    }

    pub(super) fn body(&self, at: usize) -> Option<&'a Body> {
        self.nodes.get(at).map(|node| &node.entry.body)
    }
}

/// The roles of those that no other has seen: what all of them leave. `None` when there is none. They come in order.
pub(super) fn latest_of(nodes: &[Node<'_>], said: &[(usize, &[String])]) -> Option<Vec<String>> {
    let mut last: Vec<(&Node<'_>, &[String])> = Vec::new();
    for (at, roles) in said.iter().rev() {
        if let (Some(node), false) = (nodes.get(*at), last.iter().any(|(later, _)| later.seen.contains(*at)))
        {
            last.push((node, roles));
        }
    }
    let (_, first) = last.pop()?;
    Some(first.iter().filter(|role| last.iter().all(|(_, roles)| roles.contains(role))).cloned().collect())
}

/// The statement makes its seat a coordinator.
pub(super) fn coordinates(body: &Body) -> bool {
    let roles = match body {
        Body::Seat(certificate) => &certificate.roles,
        Body::Changed(changed) => &changed.roles,
        _ => return false,
    };
    roles.iter().any(|code| code == Role::Coordinator.code())
}

/// The seat that a statement is about.
pub(super) fn about(body: &Body) -> Option<SeatId> {
    match body {
        Body::Seat(certificate) => Some(certificate.seat),
        Body::Changed(changed) => Some(changed.seat),
        Body::Removed(removed) => Some(removed.seat),
        Body::Accepted(accepted) => Some(accepted.seat),
        Body::Recovered { seat, .. } | Body::Voided { seat } => Some(*seat),
        _ => None,
    }
}
