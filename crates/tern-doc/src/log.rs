//! The intents of one document, deps first, and the only two questions about their order:
//! who is an ancestor of whom, and which puts are no ancestor of another.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

use tern_record::{IntentId, Path, Said, Scalar};

use crate::document::Authored;

/// An intent and where its deps stand in the log. Deps always stand before it.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub authored: Authored,
    pub deps: Vec<usize>,
}

impl Node {
    /// What this intent put to `path`, if anything.
    pub fn put_to(&self, path: &Path) -> Option<&Scalar> {
        let puts = self.authored.intent.puts();
        puts.binary_search_by(|(at, _)| at.cmp(path)).ok().and_then(|found| puts.get(found)).map(|(_, value)| value)
    }

    /// The value with its witness.
    pub fn said(&self, value: &Scalar) -> Said<Scalar> {
        Said {
            value: value.clone(),
            change: self.authored.id,
            by: self.authored.by,
            on: self.authored.on,
            at: self.authored.intent.stamp(),
        }
    }
}

/// Intents in the order of their arrival, which is always deps first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Log {
    nodes: Vec<Node>,
    places: HashMap<IntentId, usize>,
    heads: BTreeSet<IntentId>,
}

impl Log {
    /// Appends an intent whose deps are all known. Returns its place, or the intent when a dep is missing.
    pub fn push(&mut self, authored: Authored) -> Result<usize, Authored> {
        let deps: Option<Vec<usize>> = authored.intent.deps().iter().map(|dep| self.place(dep)).collect();
        let Some(deps) = deps else { return Err(authored) };
        for dep in authored.intent.deps() {
            self.heads.remove(dep);
        }
        let place = self.nodes.len();
        self.heads.insert(authored.id);
        self.places.insert(authored.id, place);
        self.nodes.push(Node { authored, deps });
        Ok(place)
    }

    /// Where an intent stands.
    pub fn place(&self, id: &IntentId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The intent at a place.
    pub fn node(&self, place: usize) -> Option<&Node> {
        self.nodes.get(place)
    }

    /// All, deps first.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The intents that no other names as a dep, sorted.
    pub fn heads(&self) -> impl Iterator<Item = &IntentId> {
        self.heads.iter()
    }

    /// True when `deps` name every head, so that their author had seen everything that is here.
    pub fn covers_heads(&self, deps: &[IntentId]) -> bool {
        self.heads.iter().all(|head| deps.binary_search(head).is_ok())
    }

    /// The places in `deps` and all their ancestors, looking no further back than `floor`.
    pub fn seen_from(&self, deps: impl IntoIterator<Item = usize>, floor: usize) -> Seen {
        let mut seen = Seen { floor, marks: Vec::new() };
        let mut left: Vec<usize> = deps.into_iter().collect();
        while let Some(place) = left.pop() {
            if place < floor || !seen.mark(place) {
                continue;
            }
            if let Some(node) = self.nodes.get(place) {
                left.extend(node.deps.iter().copied().filter(|dep| *dep >= floor && !seen.has(*dep)));
            }
        }
        seen
    }

    /// Of the given puts (places, ascending), those that are no ancestor of another.
    pub fn latest(&self, mut puts: Vec<usize>) -> Vec<usize> {
        let mut kept: Vec<usize> = Vec::new();
        while let Some(last) = puts.pop() {
            kept.push(last);
            let (Some(floor), Some(node)) = (puts.first(), self.nodes.get(last)) else { continue };
            let seen = self.seen_from(node.deps.iter().copied(), *floor);
            puts.retain(|place| !seen.has(*place));
        }
        kept.reverse();
        kept
    }

    /// A causal order that depends on the intents alone: of those whose deps are out, the earliest stated
    /// first, then the smaller id.
    pub fn told(&self) -> Vec<usize> {
        let mut waits: Vec<usize> = self.nodes.iter().map(|node| node.deps.len()).collect();
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (place, node) in self.nodes.iter().enumerate() {
            for dep in &node.deps {
                if let Some(after) = next.get_mut(*dep) {
                    after.push(place);
                }
            }
        }
        let key = |place: usize| {
            let node = self.nodes.get(place)?;
            Some(Reverse((node.authored.intent.stamp().at_ms, node.authored.id, place)))
        };
        let ready = waits.iter().enumerate().filter(|(_, waits)| **waits == 0).filter_map(|(place, _)| key(place));
        let mut ready: BinaryHeap<_> = ready.collect();
        let mut told = Vec::with_capacity(self.nodes.len());
        while let Some(Reverse((_, _, place))) = ready.pop() {
            told.push(place);
            for after in next.get(place).into_iter().flatten() {
                let Some(waits) = waits.get_mut(*after) else { continue };
                *waits = waits.saturating_sub(1);
                if *waits == 0 {
                    ready.extend(key(*after));
                }
            }
        }
        told
    }
}

/// Places that somebody had seen; one bit each from `floor` on.
pub(crate) struct Seen {
    floor: usize,
    marks: Vec<u64>,
}

impl Seen {
    /// Whether this place is among them.
    pub fn has(&self, place: usize) -> bool {
        let Some(bit) = place.checked_sub(self.floor) else { return false };
        self.marks.get(bit / 64).is_some_and(|word| word & (1 << (bit % 64)) != 0)
    }

    /// Adds a place; false when it was there.
    fn mark(&mut self, place: usize) -> bool {
        let Some(bit) = place.checked_sub(self.floor) else { return false };
        if self.marks.len() <= bit / 64 {
            self.marks.resize(bit / 64 + 1, 0);
        }
        let Some(word) = self.marks.get_mut(bit / 64) else { return false };
        let new = *word & (1 << (bit % 64)) == 0;
        *word |= 1 << (bit % 64);
        new
    }
}
