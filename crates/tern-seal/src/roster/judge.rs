//! Which statements count: each judged by what its author had seen, then removals over what they had not seen.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::bits::Bits;
use tern_record::{EntryId, Role, ScopeId, SeatId};

use super::{Author, Body, Entry, SeatCertified, SignedEntry};
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
    /// Signed by nobody who may, or by a seat that was removed.
    pub refused: Vec<EntryId>,
    /// Wait for entries that have not come.
    pub waiting: Vec<EntryId>,
    /// Entries that are waited for.
    pub missing: Vec<EntryId>,
}

/// Judges the entries of one realm.
pub(super) fn judge<'a>(by_id: &BTreeMap<EntryId, &'a SignedEntry>, root: VerifyKey) -> Judged<'a> {
    let ordered = in_order(by_id);
    let mut bench = Bench { root, nodes: Vec::new(), accepted: Vec::new(), of_seat: BTreeMap::new() };
    let mut refused = Vec::new();
    for (id, signed, depth, seen) in ordered.nodes {
        let at = bench.nodes.len();
        bench.nodes.push(Node { id, entry: &signed.entry, depth, seen });
        if bench.may(at, signed) {
            bench.accept(at);
        } else {
            refused.push(id);
        }
    }
    let counts = bench.standing();
    let stands: BTreeSet<usize> = counts.iter().copied().collect();
    let gone = bench.accepted.iter().filter(|at| !stands.contains(at));
    refused.extend(gone.filter_map(|at| bench.nodes.get(*at)).map(|node| node.id));
    refused.sort_unstable();
    Judged { nodes: bench.nodes, counts, refused, waiting: ordered.waiting, missing: ordered.missing }
}

struct Ordered<'a> {
    nodes: Vec<(EntryId, &'a SignedEntry, usize, Bits)>,
    waiting: Vec<EntryId>,
    missing: Vec<EntryId>,
}

/// Entries by depth, then id, those with a gap behind them apart.
fn in_order<'a>(by_id: &BTreeMap<EntryId, &'a SignedEntry>) -> Ordered<'a> {
    let mut depths: BTreeMap<EntryId, usize> = BTreeMap::new();
    loop {
        let known = depths.len();
        for (id, signed) in by_id {
            let deps = &signed.entry.deps;
            if let Some(deepest) =
                deps.iter().try_fold(0, |deepest, dep| Some(deepest.max(depths.get(dep)? + 1)))
            {
                depths.entry(*id).or_insert(deepest);
            }
        }
        if depths.len() == known {
            break;
        }
    }
    let mut order: Vec<(usize, EntryId)> = depths.into_iter().map(|(id, depth)| (depth, id)).collect();
    order.sort_unstable();
    let numbers: BTreeMap<EntryId, usize> = order.iter().enumerate().map(|(at, (_, id))| (*id, at)).collect();
    let mut seen: Vec<Bits> = Vec::with_capacity(order.len());
    let mut nodes = Vec::with_capacity(order.len());
    for (depth, id) in order {
        let Some(signed) = by_id.get(&id) else { continue };
        let mut all = Bits::default();
        for at in signed.entry.deps.iter().filter_map(|dep| numbers.get(dep)) {
            all.insert(*at);
            if let Some(theirs) = seen.get(*at) {
                all.union(theirs);
            }
        }
        seen.push(all.clone());
        nodes.push((id, *signed, depth, all));
    }
    let waiting: Vec<EntryId> = by_id.keys().filter(|id| !numbers.contains_key(id)).copied().collect();
    let asked: BTreeSet<EntryId> = by_id.values().flat_map(|signed| &signed.entry.deps).copied().collect();
    let missing = asked.into_iter().filter(|dep| !by_id.contains_key(dep)).collect();
    Ordered { nodes, waiting, missing }
}

struct Bench<'a> {
    root: VerifyKey,
    nodes: Vec<Node<'a>>,
    accepted: Vec<usize>,
    /// Accepted statements about a seat.
    of_seat: BTreeMap<SeatId, Vec<usize>>,
}

impl<'a> Bench<'a> {
    fn accept(&mut self, at: usize) {
        self.accepted.push(at);
        if let Some(seat) = self.nodes.get(at).and_then(|node| about(&node.entry.body)) {
            self.of_seat.entry(seat).or_default().push(at);
        }
    }

    fn may(&self, at: usize, signed: &SignedEntry) -> bool {
        let Some(node) = self.nodes.get(at) else { return false };
        match node.entry.author {
            Author::Root => signed.verified_by(&self.root).is_ok(),
            Author::Seat(seat) => {
                let Some(certificate) = self.certificate(seat, &node.seen) else { return false };
                signed.verified_by(&certificate.verify).is_ok()
                    && !self.is_removed(seat, &node.seen)
                    && self.has_right(&node.entry.body, seat, &node.seen)
            }
        }
    }

    fn has_right(&self, body: &Body, author: SeatId, seen: &Bits) -> bool {
        let roles = self.roles(author, seen);
        let any = |may: fn(Role) -> bool| roles.iter().filter_map(|code| Role::from_code(code)).any(may);
        match body {
            Body::Seat(_) | Body::Changed(_) | Body::Recovered { .. } => any(Role::certifies),
            Body::Removed(removed) => any(Role::removes) || removed.seat == author,
            Body::Accepted(_) => any(|role| role.certifies() || role == Role::CaseSupervisor),
            // A new epoch of a scope may be begun by whoever reads it, so that a removal need not wait.
            Body::Scope(opened) => any(Role::certifies) || self.reads(author, opened.scope, seen),
            Body::Granted(granted) => self.reads(author, granted.scope, seen),
            Body::Genesis { .. } | Body::RootShared(_) | Body::Voided { .. } => false,
            // Kept and relayed, whoever says it: a newer version judges it.
            Body::Unknown { .. } => true,
        }
    }

    /// The first certificate of a seat within `seen`.
    fn certificate(&self, seat: SeatId, seen: &Bits) -> Option<&'a SeatCertified> {
        self.statements(seat, seen).find_map(|(_, body)| match body {
            Body::Seat(certificate) => Some(certificate),
            _ => None,
        })
    }

    fn is_removed(&self, seat: SeatId, seen: &Bits) -> bool {
        self.statements(seat, seen).any(|(_, body)| matches!(body, Body::Removed(_)))
    }

    /// What a seat did, as far as `seen` says; of changes made apart, only what all of them leave.
    fn roles(&self, seat: SeatId, seen: &Bits) -> Vec<String> {
        let Some(certificate) = self.certificate(seat, seen) else { return Vec::new() };
        let changes = self.statements(seat, seen).filter_map(|(at, body)| match body {
            Body::Changed(changed) => Some((at, changed.roles.as_slice())),
            _ => None,
        });
        latest_of(&self.nodes, changes.collect()).unwrap_or_else(|| certificate.roles.clone())
    }

    fn reads(&self, seat: SeatId, scope: ScopeId, seen: &Bits) -> bool {
        let within = self.accepted.iter().filter(|at| seen.contains(**at));
        within.filter_map(|at| self.nodes.get(*at)).any(|node| match &node.entry.body {
            Body::Scope(opened) => opened.scope == scope && opened.wraps.iter().any(|wrap| wrap.seat == seat),
            Body::Granted(granted) => {
                granted.scope == scope && granted.wraps.iter().any(|wrap| wrap.seat == seat)
            }
            _ => false,
        })
    }

    fn statements<'b>(
        &'b self,
        seat: SeatId,
        seen: &'b Bits,
    ) -> impl Iterator<Item = (usize, &'a Body)> + use<'a, 'b> {
        let all = self.of_seat.get(&seat).into_iter().flatten().copied();
        all.filter(|at| seen.contains(*at)).filter_map(|at| Some((at, &self.nodes.get(at)?.entry.body)))
    }

    /// The author is the root key, or has a certificate that stands against these removals, up to the root key.
    fn vouched_for(&self, node: &Node<'_>, removals: &[&Node<'_>]) -> bool {
        let Author::Seat(author) = node.entry.author else { return true };
        self.of_seat.get(&author).into_iter().flatten().any(|at| {
            let Some(certificate) = self.nodes.get(*at).filter(|_| node.seen.contains(*at)) else {
                return false;
            };
            let taken = |by: &&Node<'_>| match certificate.entry.author {
                Author::Seat(seat) => about(&by.entry.body) == Some(seat) && !by.seen.contains(*at),
                Author::Root => false,
            };
            matches!(certificate.entry.body, Body::Seat(_))
                && !removals.iter().any(taken)
                && self.vouched_for(certificate, removals)
        })
    }

    /// Accepted statements that no removal and no word of the root key takes away again.
    fn standing(&self) -> Vec<usize> {
        let of = |wanted: fn(&Body) -> bool| {
            let nodes = self.accepted.iter().filter_map(|at| self.nodes.get(*at));
            nodes.filter(move |node| wanted(&node.entry.body)).collect::<Vec<_>>()
        };
        let voided = of(|body| matches!(body, Body::Voided { .. }));
        let takes = |by: &&Node<'_>, at: usize, author: SeatId| {
            about(&by.entry.body) == Some(author) && !by.seen.contains(at)
        };
        let author = |at: usize| match self.nodes.get(at)?.entry.author {
            Author::Root => None,
            Author::Seat(seat) => Some(seat),
        };
        let survives = |at: usize| author(at).is_none_or(|seat| !voided.iter().any(|by| takes(by, at, seat)));
        // In one order on every device: a removal takes effect when its author's certificate stands against those before.
        let mut removals: Vec<&Node<'_>> = Vec::new();
        for at in self.accepted.iter().copied() {
            let Some(node) = self.nodes.get(at) else { continue };
            if matches!(node.entry.body, Body::Removed(_))
                && survives(at)
                && self.vouched_for(node, &removals)
            {
                removals.push(node);
            }
        }
        let mut stands: BTreeSet<usize> = BTreeSet::new();
        for at in self.accepted.iter().copied() {
            let Some(node) = self.nodes.get(at) else { continue };
            let holds = author(at).is_none_or(|seat| {
                let certified = self.of_seat.get(&seat).into_iter().flatten().any(|statement| {
                    stands.contains(statement)
                        && node.seen.contains(*statement)
                        && matches!(
                            self.nodes.get(*statement).map(|node| &node.entry.body),
                            Some(Body::Seat(_))
                        )
                });
                let removed = removals.iter().any(|by| by.id != node.id && takes(by, at, seat));
                certified && survives(at) && (!removed || matches!(node.entry.body, Body::Removed(_)))
            });
            if holds {
                stands.insert(at);
            }
        }
        stands.into_iter().collect()
    }
}

/// The roles of the changes that no other change has seen: what all of them leave. `None` when there is no change.
pub(super) fn latest_of(nodes: &[Node<'_>], changes: Vec<(usize, &[String])>) -> Option<Vec<String>> {
    let is_last = |at: usize| {
        !changes.iter().any(|(other, _)| nodes.get(*other).is_some_and(|node| node.seen.contains(at)))
    };
    let mut last = changes.iter().filter(|(at, _)| is_last(*at)).map(|(_, roles)| *roles);
    let first = last.next()?;
    let rest: Vec<&[String]> = last.collect();
    Some(first.iter().filter(|role| rest.iter().all(|roles| roles.contains(role))).cloned().collect())
}

/// The seat that a statement is about.
fn about(body: &Body) -> Option<SeatId> {
    match body {
        Body::Seat(certificate) => Some(certificate.seat),
        Body::Changed(changed) => Some(changed.seat),
        Body::Removed(removed) => Some(removed.seat),
        Body::Accepted(accepted) => Some(accepted.seat),
        Body::Recovered { seat, .. } | Body::Voided { seat } => Some(*seat),
        _ => None,
    }
}
