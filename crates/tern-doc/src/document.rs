//! A document: intents in any order in, what fields hold out.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::bits::Bits;
use tern_record::{Cause, Held, IntentId, MergeRule, Path, Said, Scalar, Stamp, WorkerId};

use crate::Authored;
use crate::engine::Engine;
use crate::graph::Graph;
use crate::history::{Change, Put, Seen, causal_order, is_beginning};
use crate::moved::{Moved, RowKey, row_of};

/// Most intents that wait for a dependency.
pub const MAX_WAITING: usize = 1_000;
/// Most bytes (roughly) of intents that wait.
pub const MAX_WAITING_BYTES: usize = 8 * 1024 * 1024;

/// What became of an intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It counts from now on, and so may others that waited for it.
    New,
    /// It was here before.
    Known,
    /// It counts once these have come.
    Waiting(Vec<IntentId>),
    /// Too much is waiting already; offer it again later.
    NoRoom,
}

/// One compartment of one record.
#[derive(Default)]
pub struct Document {
    graph: Graph,
    /// Made when first asked; thrown away for good should it ever refuse or panic.
    engine: EngineState,
    waiting: BTreeMap<IntentId, Authored>,
    waiting_bytes: usize,
    moved: Moved,
    veiled: BTreeSet<Path>,
}

#[derive(Default)]
enum EngineState {
    #[default]
    NotYet,
    Running(Box<Engine>),
    Broken,
}

impl Document {
    /// Replays intents, whatever their order.
    pub fn replay(intents: impl IntoIterator<Item = Authored>) -> Self {
        let mut document = Self::default();
        for authored in intents {
            document.apply(authored);
        }
        document
    }

    /// Takes one intent.
    pub fn apply(&mut self, authored: Authored) -> Applied {
        if self.graph.contains(&authored.id) || self.waiting.contains_key(&authored.id) {
            return Applied::Known;
        }
        let missing = self.graph.missing(&authored);
        if !missing.is_empty() {
            return self.park(authored, missing);
        }
        self.take(authored);
        self.wake();
        Applied::New
    }

    fn park(&mut self, authored: Authored, missing: Vec<IntentId>) -> Applied {
        let bytes = size(&authored);
        if self.waiting.len() >= MAX_WAITING || self.waiting_bytes + bytes > MAX_WAITING_BYTES {
            return Applied::NoRoom;
        }
        self.waiting_bytes += bytes;
        self.waiting.insert(authored.id, authored);
        Applied::Waiting(missing)
    }

    fn wake(&mut self) {
        loop {
            let ready: Vec<IntentId> = self
                .waiting
                .values()
                .filter(|authored| self.graph.missing(authored).is_empty())
                .map(|authored| authored.id)
                .collect();
            if ready.is_empty() {
                return;
            }
            for id in ready {
                if let Some(authored) = self.waiting.remove(&id) {
                    self.waiting_bytes = self.waiting_bytes.saturating_sub(size(&authored));
                    self.take(authored);
                }
            }
        }
    }

    fn take(&mut self, authored: Authored) {
        if let EngineState::Running(engine) = &mut self.engine
            && engine.apply(authored.id, &authored.intent).is_err()
        {
            self.engine = EngineState::Broken;
        }
        let at = self.graph.insert(authored);
        if let Some(node) = self.graph.node(at) {
            let graph = &self.graph;
            let seen = |path: &Path| graph.who_put(path, &node.ancestors).collect();
            self.moved.take(node.authored.id, &node.authored.intent, seen);
        }
    }

    /// Hides answers from a reader who may not see them, until another veil takes this one's place. What they were
    /// stays: a document is never changed through a veil.
    pub fn veil(&mut self, paths: BTreeSet<Path>) {
        self.veiled = paths;
    }

    fn is_shown(&self, path: &Path) -> bool {
        !self.is_veiled(path) && (self.moved.is_empty() || self.is_left(path))
    }

    fn is_veiled(&self, path: &Path) -> bool {
        !self.veiled.is_empty() && self.veiled.contains(path)
    }

    /// Not all that was ever put to a path was moved away. Why a row was taken out stays as long as anything else of it.
    fn is_left(&self, path: &Path) -> bool {
        if let Some(row) =
            row_of(path).filter(|row| path.field() == "removed" && self.moved.rows().contains(row))
        {
            let fields = self.graph.paths_of(&row.0).filter(|of| of.field() != "removed");
            return fields.filter(|of| of.entity() == Some(&row.1)).any(|of| self.is_left(of));
        }
        self.graph.nodes_at(path).iter().any(|at| !self.is_moved(path, *at))
    }

    fn hides(&self, path: &Path, at: usize) -> bool {
        self.is_veiled(path) || self.is_moved(path, at)
    }

    fn is_moved(&self, path: &Path, at: usize) -> bool {
        self.graph.node(at).is_some_and(|node| self.moved.hides(path, &node.authored.id))
    }

    /// Rows that were moved to another record, as far as this compartment says so.
    pub fn moved_rows(&self) -> &BTreeSet<RowKey> {
        self.moved.rows()
    }

    /// Ids of rows that were moved here from another record.
    pub fn arrived_rows(&self) -> impl Iterator<Item = &String> {
        self.moved.arrived()
    }

    /// Every value that was ever put to a path, concealed or not.
    pub fn ever(&self, path: &Path) -> Vec<Scalar> {
        self.graph.nodes_at(path).iter().filter_map(|at| self.graph.put(*at, path).cloned()).collect()
    }

    /// Values that were moved to another record and stand here in nothing that is left.
    pub fn moved_away(&self) -> Vec<Scalar> {
        let mut away = Vec::new();
        for path in self.moved.paths() {
            let puts = self.graph.nodes_at(path).iter();
            let (gone, left): (Vec<usize>, Vec<usize>) = puts.partition(|at| self.is_moved(path, **at));
            let value = |at: &usize| self.graph.put(*at, path).cloned();
            let left: Vec<Scalar> = left.iter().filter_map(value).collect();
            away.extend(gone.iter().filter_map(value).filter(|value| !left.contains(value)));
        }
        away
    }

    /// Intents that nobody has built on.
    pub fn heads(&self) -> Vec<IntentId> {
        self.graph.heads()
    }

    /// True when this intent counts here.
    pub fn contains(&self, id: &IntentId) -> bool {
        self.graph.contains(id)
    }

    /// What the author of an intent had seen of this document.
    pub fn seen_by(&self, id: &IntentId) -> Option<Vec<IntentId>> {
        let node = self.graph.node(self.graph.index(id)?)?;
        Some(node.authored.intent.deps().to_vec())
    }

    /// Intents that count, where nothing waits and nothing was moved: what builds on these alone counts at once, wakes nothing
    /// else, and hides nothing unless it moves something itself.
    pub fn plain(&self) -> Option<impl Iterator<Item = IntentId>> {
        let is_plain = self.waiting.is_empty() && self.moved.is_empty();
        is_plain.then(|| self.graph.nodes.iter().map(|node| node.authored.id))
    }

    /// Intents that count.
    pub fn len(&self) -> usize {
        self.graph.nodes.len()
    }

    /// True when nothing was ever put.
    pub fn is_empty(&self) -> bool {
        self.graph.nodes.is_empty()
    }

    /// The earliest and the latest stated time.
    pub fn span(&self) -> Option<(Stamp, Stamp)> {
        let stamps = self.graph.nodes.iter().map(|node| node.authored.intent.stamp());
        Some((stamps.clone().min()?, stamps.max()?))
    }

    /// Intents that have come without what they build on.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Authored> {
        self.waiting.values()
    }

    /// Who began it, and when: its first answers, or what else builds on nothing while these have not come.
    pub fn begun(&self) -> Option<(WorkerId, Stamp)> {
        self.first_author().or_else(|| self.earliest_root(|_| true))
    }

    /// Who gave its first answers, and when. Somebody else may have written before they had come to them.
    pub fn first_author(&self) -> Option<(WorkerId, Stamp)> {
        self.earliest_root(is_beginning)
    }

    fn earliest_root(&self, is_meant: impl Fn(Cause) -> bool) -> Option<(WorkerId, Stamp)> {
        let all = self.graph.nodes.iter().map(|node| &node.authored);
        let roots = all.filter(|root| root.intent.deps().is_empty() && is_meant(root.intent.cause()));
        let first = roots.min_by_key(|root| (root.intent.stamp(), root.id))?;
        Some((first.by, first.intent.stamp()))
    }

    /// Every path that was ever put, but for rows that were moved away and what is veiled.
    pub fn paths(&self) -> Vec<Path> {
        self.graph.paths().filter(|path| self.is_shown(path)).cloned().collect()
    }

    /// The same of the rows of one list, row by row.
    pub fn paths_of(&self, list: &str) -> Vec<Path> {
        self.graph.paths_of(list).filter(|path| self.is_shown(path)).cloned().collect()
    }

    /// The first of all paths, in the order of their text.
    pub fn first_path(&self) -> Option<&Path> {
        self.graph.paths().find(|path| self.moved.is_empty() || self.is_left(path))
    }

    /// The answers to a path that stand, merged by Automerge.
    pub fn value_set(&mut self, path: &Path) -> Vec<Said<Scalar>> {
        self.start();
        if let EngineState::Running(engine) = &self.engine {
            match engine.value_set(path) {
                Ok(ids) => {
                    let mut at: Vec<usize> = ids.iter().filter_map(|id| self.graph.index(id)).collect();
                    at.sort_unstable();
                    return self.said(path, at);
                }
                Err(_) => self.engine = EngineState::Broken,
            }
        }
        self.folded(path)
    }

    /// The same, computed from the graph alone.
    pub fn folded(&self, path: &Path) -> Vec<Said<Scalar>> {
        self.said(path, self.graph.value_set(path, None))
    }

    /// What a field holds.
    pub fn held(&mut self, path: &Path, rule: &MergeRule) -> Held<Scalar> {
        rule.hold(self.value_set(path))
    }

    /// What a field holds, computed from the graph alone: for lists, search and figures.
    pub fn held_folded(&self, path: &Path, rule: &MergeRule) -> Held<Scalar> {
        rule.hold(self.folded(path))
    }

    /// Those puts that would change something for somebody who saw `deps`: a new value, or a settled dispute.
    pub fn would_change(&self, puts: Vec<(Path, Scalar)>, deps: &[IntentId]) -> Vec<(Path, Scalar)> {
        let seen = self.graph.closure(deps);
        puts.into_iter()
            .filter(|(path, value)| {
                let before = self.values(path, &seen);
                match before.as_slice() {
                    [] => !value.is_null(),
                    all => all.iter().any(|have| have != value),
                }
            })
            .collect()
    }

    /// Every change, each after what its author had seen; the same on all replicas.
    pub fn history(&self) -> Vec<Change> {
        let seen = self.latest_seen();
        let changes = causal_order(&self.graph).into_iter();
        let changes = changes.filter_map(|at| self.change(at, seen.get(at).copied().flatten()));
        // A change of nothing but what was moved away is not told; that something was moved is.
        changes.filter(|change| !change.puts.is_empty() || change.cause == Cause::Moved).collect()
    }

    /// For every intent, the latest stated of those that its author had seen.
    fn latest_seen(&self) -> Vec<Option<Seen>> {
        let mut seen: Vec<Option<Seen>> = Vec::with_capacity(self.graph.nodes.len());
        let later = |one: Seen, other: Seen| if other.at_ms > one.at_ms { other } else { one };
        for node in &self.graph.nodes {
            // Nodes stand after all that they depend on.
            let deps = node.authored.intent.deps().iter().filter_map(|dep| self.graph.index(dep));
            let stated = |at: usize| {
                let authored = &self.graph.node(at)?.authored;
                let own = Seen { at_ms: authored.intent.stamp().at_ms, by: authored.by, on: authored.on };
                Some(seen.get(at).copied().flatten().map_or(own, |before| later(own, before)))
            };
            let latest = deps.filter_map(stated).reduce(later);
            seen.push(latest);
        }
        seen
    }

    fn change(&self, at: usize, seen: Option<Seen>) -> Option<Change> {
        let node = self.graph.node(at)?;
        let authored = &node.authored;
        let told = authored.intent.puts().iter().filter(|(path, _)| !self.hides(path, at));
        let puts = told.map(|(path, value)| Put {
            path: path.clone(),
            before: self.values(path, &node.ancestors),
            after: value.clone(),
        });
        Some(Change {
            id: authored.id,
            by: authored.by,
            on: authored.on,
            stamp: authored.intent.stamp(),
            cause: authored.intent.cause(),
            form: authored.intent.form().to_owned(),
            puts: puts.collect(),
            seen,
        })
    }

    /// The document as it was stated at a moment: intents up to it, with all that their authors had seen.
    pub fn as_of(&self, at_ms: i64) -> Self {
        let stated = |node: &crate::graph::Node| node.authored.intent.stamp().at_ms <= at_ms;
        let ids: Vec<IntentId> =
            self.graph.nodes.iter().filter(|node| stated(node)).map(|node| node.authored.id).collect();
        let inside = self.graph.closure(&ids);
        let nodes = self.graph.nodes.iter().enumerate().filter(|(at, _)| inside.contains(*at));
        let mut then = Self::replay(nodes.map(|(_, node)| node.authored.clone()));
        then.moved = self.moved.clone();
        then.veiled = self.veiled.clone();
        then
    }

    fn start(&mut self) {
        if !matches!(self.engine, EngineState::NotYet) {
            return;
        }
        let mut engine = Engine::new();
        let replayed =
            self.graph.nodes.iter().all(|node| engine.apply(node.authored.id, &node.authored.intent).is_ok());
        self.engine = if replayed { EngineState::Running(Box::new(engine)) } else { EngineState::Broken };
    }

    fn values(&self, path: &Path, seen: &Bits) -> Vec<Scalar> {
        let mut values: Vec<Scalar> = self
            .graph
            .value_set(path, Some(seen))
            .into_iter()
            .filter(|at| !self.hides(path, *at))
            .filter_map(|at| self.graph.put(at, path).cloned())
            .collect();
        values.sort();
        values.dedup();
        values
    }

    fn said(&self, path: &Path, nodes: Vec<usize>) -> Vec<Said<Scalar>> {
        nodes
            .into_iter()
            .filter(|_| !self.is_veiled(path))
            .filter_map(|at| {
                let authored = &self.graph.node(at)?.authored;
                if self.moved.silences(path, &authored.id) {
                    return None;
                }
                Some(Said {
                    value: self.graph.put(at, path)?.clone(),
                    change: authored.id,
                    by: authored.by,
                    on: authored.on,
                    at: authored.intent.stamp(),
                })
            })
            .collect()
    }
}

/// Value sets of every path, straight from intents: the engine of projections.
pub fn fold(intents: impl IntoIterator<Item = Authored>) -> BTreeMap<Path, Vec<Said<Scalar>>> {
    let document = Document::replay(intents);
    document.paths().into_iter().map(|path| (path.clone(), document.folded(&path))).collect()
}

fn size(authored: &Authored) -> usize {
    let value = |value: &Scalar| match value {
        Scalar::Text(text) => text.len(),
        Scalar::Bytes(bytes) => bytes.len(),
        _ => 8,
    };
    let puts = authored.intent.puts().iter().map(|(path, put)| path.as_str().len() + value(put) + 64);
    128 + authored.intent.deps().len() * 32 + puts.sum::<usize>()
}
