//! Who changed what: the same list on every replica.

use std::collections::BTreeSet;

use tern_record::{Cause, DeviceId, IntentId, Path, Scalar, Stamp, WorkerId};

use crate::graph::Graph;

/// One change, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The intent.
    pub id: IntentId,
    /// Who typed it.
    pub by: WorkerId,
    /// On which device.
    pub on: DeviceId,
    /// When.
    pub stamp: Stamp,
    /// How it came to be.
    pub cause: Cause,
    /// The form it was typed into.
    pub form: String,
    /// What was put.
    pub puts: Vec<Put>,
    /// The latest stated of all that its author had seen: a time before it is a wrong one.
    pub seen: Option<Seen>,
}

/// Who had stated a moment that somebody built on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The moment.
    pub at_ms: i64,
    /// Who stated it.
    pub by: WorkerId,
    /// On which device.
    pub on: DeviceId,
}

/// One path of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// The path.
    pub path: Path,
    /// What its author saw there: nothing, one value, or several that were disputed.
    pub before: Vec<Scalar>,
    /// What was put.
    pub after: Scalar,
}

/// Who puts it begins a record: its first answers, typed or from a file.
pub const fn is_beginning(cause: Cause) -> bool {
    matches!(cause, Cause::Registered | Cause::Imported)
}

impl Change {
    /// It holds first answers of its record.
    pub const fn is_beginning(&self) -> bool {
        is_beginning(self.cause)
    }
}

/// Nodes by stated time and id, but never before what their authors had seen.
pub fn causal_order(graph: &Graph) -> Vec<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); graph.nodes.len()];
    let mut open: Vec<usize> = Vec::with_capacity(graph.nodes.len());
    let key =
        |at: usize| graph.node(at).map(|node| (node.authored.intent.stamp().at_ms, node.authored.id, at));
    let mut ready: BTreeSet<(i64, IntentId, usize)> = BTreeSet::new();
    for (at, node) in graph.nodes.iter().enumerate() {
        let deps = node.authored.intent.deps();
        open.push(deps.len());
        if deps.is_empty() {
            ready.extend(key(at));
        }
        for parent in deps.iter().filter_map(|dep| graph.index(dep)) {
            if let Some(children) = children.get_mut(parent) {
                children.push(at);
            }
        }
    }
    let mut order = Vec::with_capacity(graph.nodes.len());
    while let Some((_, _, at)) = ready.pop_first() {
        order.push(at);
        for child in children.get(at).into_iter().flatten() {
            if let Some(left) = open.get_mut(*child) {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    ready.extend(key(*child));
                }
            }
        }
    }
    order
}
