//! Entries one after another, each after all that its author had seen.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::EntryId;
use tern_record::bits::Bits;

use super::SignedEntry;
use super::judge::Node;

/// Entries by depth, then id: the same order on every device. Those with a gap behind them apart.
pub(super) struct Ordered<'a> {
    pub nodes: Vec<(&'a SignedEntry, Node<'a>)>,
    /// Wait for entries that have not come.
    pub waiting: Vec<EntryId>,
    /// Entries that are waited for.
    pub missing: Vec<EntryId>,
}

/// Puts entries in order and notes what each had seen.
pub(super) fn in_order<'a>(by_id: &BTreeMap<EntryId, &'a SignedEntry>) -> Ordered<'a> {
    let mut order: Vec<(usize, EntryId)> = depths(by_id).into_iter().map(|(id, depth)| (depth, id)).collect();
    order.sort_unstable();
    let numbers: BTreeMap<EntryId, usize> = order.iter().enumerate().map(|(at, (_, id))| (*id, at)).collect();
    let mut nodes: Vec<(&SignedEntry, Node<'_>)> = Vec::with_capacity(order.len());
    for (depth, id) in order {
        let Some(signed) = by_id.get(&id) else { continue };
        let mut seen = Bits::default();
        for at in signed.entry.deps.iter().filter_map(|dep| numbers.get(dep)) {
            seen.insert(*at);
            if let Some((_, dep)) = nodes.get(*at) {
                seen.union(&dep.seen);
            }
        }
        nodes.push((signed, Node { id, entry: &signed.entry, depth, seen }));
    }
    let waiting = by_id.keys().filter(|id| !numbers.contains_key(id)).copied().collect();
    let asked: BTreeSet<EntryId> = by_id.values().flat_map(|signed| &signed.entry.deps).copied().collect();
    let missing = asked.into_iter().filter(|dep| !by_id.contains_key(dep)).collect();
    Ordered { nodes, waiting, missing }
}

/// How deep each entry lies that has nothing missing behind it, in one pass: an entry is taken up when the last of
/// those that it names has been.
fn depths(by_id: &BTreeMap<EntryId, &SignedEntry>) -> BTreeMap<EntryId, usize> {
    let mut open: BTreeMap<EntryId, usize> = BTreeMap::new();
    let mut named_by: BTreeMap<EntryId, Vec<EntryId>> = BTreeMap::new();
    let mut ready = Vec::new();
    for (id, signed) in by_id {
        let deps = &signed.entry.deps;
        if deps.is_empty() {
            ready.push(*id);
        }
        open.insert(*id, deps.len());
        deps.iter().for_each(|dep| named_by.entry(*dep).or_default().push(*id));
    }
    let mut depths: BTreeMap<EntryId, usize> = BTreeMap::new();
    while let Some(id) = ready.pop() {
        let deps = by_id.get(&id).map_or(&[][..], |signed| &signed.entry.deps);
        let deepest = deps.iter().filter_map(|dep| depths.get(dep)).max();
        depths.insert(id, deepest.map_or(0, |depth| depth + 1));
        for after in named_by.get(&id).into_iter().flatten() {
            if let Some(left) = open.get_mut(after) {
                *left -= 1;
                if *left == 0 {
                    ready.push(*after);
                }
            }
        }
    }
    depths
}
