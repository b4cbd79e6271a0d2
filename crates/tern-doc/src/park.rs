//! Intents that wait for others. Bounded: a peer cannot fill the memory with promises.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{IntentId, Scalar};

use crate::document::Authored;

/// Most intents that one document parks.
pub const MAX_PARKED: usize = 4_096;
/// Most bytes that one document parks, counted as paths, values, deps and 256 for each intent.
pub const MAX_PARKED_BYTES: usize = 8 << 20;

/// The waiting room of one document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Park {
    waiting: BTreeMap<IntentId, Authored>,
    /// Which parked intents to look at again when this one arrives. Each stands under one missing dep.
    until: BTreeMap<IntentId, BTreeSet<IntentId>>,
    bytes: usize,
}

impl Park {
    /// Whether an intent is here.
    pub fn has(&self, id: &IntentId) -> bool {
        self.waiting.contains_key(id)
    }

    /// How many wait.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// How many bytes wait.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// The waiting ones, by id.
    pub fn waiting(&self) -> impl Iterator<Item = &Authored> {
        self.waiting.values()
    }

    /// Parks an intent until `missing` arrives. False when there is no room.
    pub fn keep(&mut self, authored: Authored, missing: IntentId) -> bool {
        let size = size(&authored);
        if self.waiting.len() >= MAX_PARKED || self.bytes.saturating_add(size) > MAX_PARKED_BYTES {
            return false;
        }
        self.bytes += size;
        self.until.entry(missing).or_default().insert(authored.id);
        self.waiting.insert(authored.id, authored);
        true
    }

    /// Takes out those that waited for `id`; some may still miss another.
    pub fn release(&mut self, id: &IntentId) -> Vec<Authored> {
        let ids = self.until.remove(id).unwrap_or_default();
        let released: Vec<Authored> = ids.iter().filter_map(|id| self.waiting.remove(id)).collect();
        self.bytes -= released.iter().map(size).sum::<usize>();
        released
    }
}

/// What an intent weighs in the park.
fn size(authored: &Authored) -> usize {
    let puts = authored.intent.puts().iter().map(|(path, value)| {
        let value = match value {
            Scalar::Text(text) => text.len(),
            Scalar::Bytes(bytes) => bytes.len(),
            _ => 0,
        };
        path.as_str().len() + value + 64
    });
    256 + authored.intent.form().len() + authored.intent.deps().len() * IntentId::BYTES + puts.sum::<usize>()
}
