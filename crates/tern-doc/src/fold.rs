//! The value sets of a document straight from its intents: the engine of projections.
//!
//! Automerge gives the same sets (properties in `tests/` say so); this gives them without building a
//! document. `docs/decisions/0003-projection-engine.md` has the numbers.

use std::collections::{BTreeMap, HashMap};

use tern_record::{Path, Said, Scalar};

use crate::document::{Authored, Document};
use crate::log::Log;

/// Every path that was put to, with the puts that are no ancestor of another, by id.
pub type Values = BTreeMap<Path, Vec<Said<Scalar>>>;

/// Folds intents, in any order, into what each path holds. Intents whose deps are missing do not count.
pub fn fold(intents: impl IntoIterator<Item = Authored>) -> Values {
    values(&Document::gather(intents).0)
}

/// The value sets of a log, in one pass deps first.
pub(crate) fn values(log: &Log) -> Values {
    let mut latest: HashMap<&Path, Vec<(usize, &Scalar)>> = HashMap::new();
    let mut heads = 0;
    for (place, node) in log.nodes().iter().enumerate() {
        let line = node.deps.contains(&heads);
        heads = place;
        for (path, value) in node.authored.intent.puts() {
            let kept = latest.entry(path).or_default();
            keep_concurrent(log, kept, &node.deps, place, line);
            kept.push((place, value));
        }
    }
    let said = |kept: Vec<(usize, &Scalar)>| {
        let said = kept.into_iter().filter_map(|(place, value)| Some(log.node(place)?.said(value)));
        by_id(said.collect())
    };
    latest.into_iter().map(|(path, kept)| (path.clone(), said(kept))).collect()
}
