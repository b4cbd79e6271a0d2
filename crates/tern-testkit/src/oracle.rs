//! What a document must hold, written as plainly as the definition: no bit sets, no engine.
//!
//! *The value set of a path = the puts to it that are no ancestor of another put to it.* An intent counts
//! once all that it depends on counts.

use std::collections::{BTreeMap, BTreeSet};

use tern_doc::Authored;
use tern_record::{IntentId, Path, Scalar};

/// A document by the book.
pub struct Oracle {
    counting: BTreeMap<IntentId, Authored>,
}

impl Oracle {
    /// Takes intents; the first of two with one id stays.
    pub fn of(intents: &[Authored]) -> Self {
        let mut known: BTreeMap<IntentId, Authored> = BTreeMap::new();
        for authored in intents {
            known.entry(authored.id).or_insert_with(|| authored.clone());
        }
        let mut counting: BTreeMap<IntentId, Authored> = BTreeMap::new();
        loop {
            let ready: Vec<IntentId> = known
                .iter()
                .filter(|(id, _)| !counting.contains_key(id))
                .filter(|(_, authored)| authored.intent.deps().iter().all(|dep| counting.contains_key(dep)))
                .map(|(id, _)| *id)
                .collect();
            if ready.is_empty() {
                return Self { counting };
            }
            for id in ready {
                if let Some(authored) = known.get(&id) {
                    counting.insert(id, authored.clone());
                }
            }
        }
    }

    /// Everything that the author of an intent had seen.
    pub fn ancestors(&self, id: &IntentId) -> BTreeSet<IntentId> {
        let mut all = BTreeSet::new();
        let mut open: Vec<IntentId> = self.deps(id);
        while let Some(next) = open.pop() {
            if all.insert(next) {
                open.extend(self.deps(&next));
            }
        }
        all
    }

    fn deps(&self, id: &IntentId) -> Vec<IntentId> {
        self.counting.get(id).map(|authored| authored.intent.deps().to_vec()).unwrap_or_default()
    }

    /// Intents that no other has seen.
    pub fn heads(&self) -> Vec<IntentId> {
        let seen: BTreeSet<IntentId> = self.counting.keys().flat_map(|id| self.deps(id)).collect();
        self.counting.keys().filter(|id| !seen.contains(id)).copied().collect()
    }

    /// Every path and the puts that stand, by id.
    pub fn value_sets(&self) -> BTreeMap<Path, BTreeMap<IntentId, Scalar>> {
        let mut puts: BTreeMap<Path, BTreeMap<IntentId, Scalar>> = BTreeMap::new();
        for (id, authored) in &self.counting {
            for (path, value) in authored.intent.puts() {
                puts.entry(path.clone()).or_default().insert(*id, value.clone());
            }
        }
        for all in puts.values_mut() {
            let buried: BTreeSet<IntentId> = all.keys().flat_map(|id| self.ancestors(id)).collect();
            all.retain(|id, _| !buried.contains(id));
        }
        puts
    }
}
