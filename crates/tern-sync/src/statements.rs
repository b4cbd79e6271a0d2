//! Which statements of the roster the other side lacks.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::EntryId;
use tern_record::cbor::Canonical;
use tern_seal::roster::SignedEntry;

/// Statements that are not among these and all that they had seen, each after those that it names. When none of these is
/// known, the other side is ahead or speaks of another programme: nothing is sent.
pub fn beyond(entries: &[SignedEntry], known: &[EntryId]) -> Vec<Vec<u8>> {
    let by_id: BTreeMap<EntryId, &SignedEntry> = entries.iter().map(|entry| (entry.id(), entry)).collect();
    let mut open: Vec<EntryId> = known.iter().filter(|id| by_id.contains_key(*id)).copied().collect();
    if open.is_empty() && !known.is_empty() {
        return Vec::new();
    }
    let mut theirs = BTreeSet::new();
    while let Some(id) = open.pop() {
        if theirs.insert(id) {
            open.extend(by_id.get(&id).into_iter().flat_map(|entry| entry.deps()).copied());
        }
    }
    let lacking = in_order(entries).into_iter().filter(|entry| !theirs.contains(&entry.id()));
    lacking.map(Canonical::to_bytes).collect()
}

/// Statements further and further back, the first one last.
pub fn rungs(entries: &[SignedEntry]) -> Vec<EntryId> {
    let order = in_order(entries);
    let (mut rungs, mut back) = (Vec::new(), 2);
    while let Some(entry) = order.len().checked_sub(back).and_then(|at| order.get(at)) {
        rungs.push(entry.id());
        back *= 2;
    }
    rungs.extend(order.first().map(|entry| entry.id()));
    rungs.dedup();
    rungs
}

fn in_order(entries: &[SignedEntry]) -> Vec<&SignedEntry> {
    let mut left: BTreeMap<EntryId, &SignedEntry> = entries.iter().map(|entry| (entry.id(), entry)).collect();
    let mut order = Vec::with_capacity(left.len());
    for entry in entries {
        let mut open = vec![(entry.id(), false)];
        while let Some((id, is_ready)) = open.pop() {
            let Some(entry) = left.get(&id).copied() else { continue };
            if is_ready {
                left.remove(&id);
                order.push(entry);
            } else {
                open.push((id, true));
                open.extend(
                    entry.deps().iter().filter(|dep| left.contains_key(*dep)).map(|dep| (*dep, false)),
                );
            }
        }
    }
    order
}
