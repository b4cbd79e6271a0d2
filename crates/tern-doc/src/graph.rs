//! Who had seen what: the graph of intents, without any engine.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound;

use tern_record::bits::Bits;
use tern_record::{IntentId, Path, Scalar};

use crate::Authored;

/// An intent in the graph.
#[derive(Clone, Debug)]
pub struct Node {
    pub authored: Authored,
    /// Every node that its author had seen.
    pub ancestors: Bits,
}

/// Intents whose dependencies are all here, each after its dependencies.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub nodes: Vec<Node>,
    by_id: HashMap<IntentId, usize>,
    puts: BTreeMap<Path, Vec<usize>>,
    heads: BTreeSet<usize>,
}

impl Graph {
    pub fn contains(&self, id: &IntentId) -> bool {
        self.by_id.contains_key(id)
    }

    pub fn index(&self, id: &IntentId) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub fn node(&self, at: usize) -> Option<&Node> {
        self.nodes.get(at)
    }

    pub fn missing(&self, authored: &Authored) -> Vec<IntentId> {
        authored.intent.deps().iter().filter(|dep| !self.contains(dep)).copied().collect()
    }

    /// Takes an intent whose dependencies are here and which is not here itself.
    pub fn insert(&mut self, authored: Authored) -> usize {
        let at = self.nodes.len();
        let ancestors = self.closure(authored.intent.deps());
        for dep in authored.intent.deps() {
            if let Some(parent) = self.by_id.get(dep) {
                self.heads.remove(parent);
            }
        }
        self.heads.insert(at);
        for (path, _) in authored.intent.puts() {
            self.puts.entry(path.clone()).or_default().push(at);
        }
        self.by_id.insert(authored.id, at);
        self.nodes.push(Node { authored, ancestors });
        at
    }

    /// These intents and everything that their authors had seen.
    pub fn closure(&self, ids: &[IntentId]) -> Bits {
        let mut all = Bits::default();
        for at in ids.iter().filter_map(|id| self.by_id.get(id)) {
            all.insert(*at);
            if let Some(node) = self.nodes.get(*at) {
                all.union(&node.ancestors);
            }
        }
        all
    }

    pub fn heads(&self) -> Vec<IntentId> {
        let mut heads: Vec<IntentId> =
            self.heads.iter().filter_map(|at| self.nodes.get(*at)).map(|node| node.authored.id).collect();
        heads.sort_unstable();
        heads
    }

    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.puts.keys()
    }

    /// Paths of the rows of a list, by row.
    pub fn paths_of(&self, list: &str) -> impl Iterator<Item = &Path> {
        let under = format!("{list}/");
        let from = self.puts.range::<str, _>((Bound::Included(under.as_str()), Bound::Unbounded));
        let paths = from.map(|(path, _)| path).take_while(move |path| path.as_str().starts_with(&under));
        paths.collect::<Vec<_>>().into_iter()
    }

    /// Nodes that put to a path, each after what its author had seen.
    pub fn nodes_at(&self, path: &Path) -> &[usize] {
        self.puts.get(path).map_or(&[], Vec::as_slice)
    }

    /// Puts to a path that are no ancestor of another put to it; within `seen` when that is given.
    pub fn value_set(&self, path: &Path, seen: Option<&Bits>) -> Vec<usize> {
        let inside = |at: &&usize| seen.is_none_or(|seen| seen.contains(**at));
        let puts = self.nodes_at(path);
        let mut covered = Bits::default();
        // Nodes stand after their ancestors, so going backwards each put covers all that it saw.
        let mut values = Vec::new();
        for at in puts.iter().rev().filter(inside) {
            if !covered.contains(*at) {
                values.push(*at);
                if let Some(node) = self.nodes.get(*at) {
                    covered.union(&node.ancestors);
                }
            }
        }
        values.reverse();
        values
    }

    /// Intents within `seen` that put to a path.
    pub fn who_put<'a>(&'a self, path: &'a Path, seen: &'a Bits) -> impl Iterator<Item = IntentId> + 'a {
        let puts = self.nodes_at(path).iter().filter(|at| seen.contains(**at));
        puts.filter_map(|at| self.nodes.get(*at)).map(|node| node.authored.id)
    }

    /// What a node put to a path.
    pub fn put(&self, at: usize, path: &Path) -> Option<&Scalar> {
        let puts = self.nodes.get(at)?.authored.intent.puts();
        let found = puts.binary_search_by(|(have, _)| have.cmp(path)).ok()?;
        puts.get(found).map(|(_, value)| value)
    }
}
