//! Automerge, behind four functions. One flat root map keyed by path; one actor an intent.
//!
//! A put always makes an operation. Automerge drops a put that equals the only visible value, and turns one
//! that equals the *winner* of a conflict into deletions of the losers, keeping the old operation: a person
//! who settles a dispute would then lose to anybody who had only seen the old value. So a key that holds
//! something is deleted first, within the same change (`docs/decisions/`).

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, AutoCommit, ChangeHash, ObjId, ROOT, ReadDoc as _, ScalarValue};
use tern_record::{Intent, IntentId, Path, Scalar};

static CAUGHT: AtomicU64 = AtomicU64::new(0);

/// How often a panic of the engine was caught in this process. Tests assert that it stays 0.
pub fn caught_panics() -> u64 {
    CAUGHT.load(Ordering::Relaxed)
}

/// A document in Automerge.
pub struct Engine {
    doc: AutoCommit,
    hashes: HashMap<IntentId, ChangeHash>,
    authors: HashMap<ActorId, IntentId>,
}

/// The engine refused or panicked; its document is thrown away.
pub struct Broken;

impl Engine {
    pub fn new() -> Self {
        Self { doc: AutoCommit::new(), hashes: HashMap::new(), authors: HashMap::new() }
    }

    /// Replays an intent: at the heads when those are its dependencies, on a fork otherwise.
    pub fn apply(&mut self, id: IntentId, intent: &Intent) -> Result<(), Broken> {
        let mut deps = Vec::with_capacity(intent.deps().len());
        for dep in intent.deps() {
            deps.push(*self.hashes.get(dep).ok_or(Broken)?);
        }
        deps.sort_unstable();
        let actor =
            ActorId::from(id.as_bytes().first_chunk::<16>().map_or(&[][..], |first| first.as_slice()));
        let hash = guarded(|| {
            let mut heads = self.doc.get_heads();
            heads.sort_unstable();
            if heads == deps {
                self.doc.set_actor(actor.clone());
                return put_all(&mut self.doc, intent);
            }
            let mut fork = match deps.is_empty() {
                true => AutoCommit::new(),
                false => self.doc.fork_at(&deps).map_err(|_| Broken)?,
            };
            fork.set_actor(actor.clone());
            let hash = put_all(&mut fork, intent)?;
            self.doc.merge(&mut fork).map_err(|_| Broken)?;
            Ok(hash)
        })?;
        self.hashes.insert(id, hash);
        self.authors.insert(actor, id);
        Ok(())
    }

    /// Intents whose puts to a path stand.
    pub fn value_set(&self, path: &Path) -> Result<Vec<IntentId>, Broken> {
        let found = guarded(|| self.doc.get_all(ROOT, path.as_str()).map_err(|_| Broken))?;
        found
            .into_iter()
            .map(|(_, object)| match object {
                ObjId::Id(_, actor, _) => self.authors.get(&actor).copied().ok_or(Broken),
                ObjId::Root => Err(Broken),
            })
            .collect()
    }
}

fn put_all(doc: &mut AutoCommit, intent: &Intent) -> Result<ChangeHash, Broken> {
    for (path, value) in intent.puts() {
        if doc.get(ROOT, path.as_str()).map_err(|_| Broken)?.is_some() {
            doc.delete(ROOT, path.as_str()).map_err(|_| Broken)?;
        }
        doc.put(ROOT, path.as_str(), scalar(value)).map_err(|_| Broken)?;
    }
    // Automerge keeps seconds; intents keep their own time, and this one is only for people who look inside.
    let options = CommitOptions::default().with_time(intent.stamp().at_ms.div_euclid(1000));
    doc.commit_with(options).ok_or(Broken)
}

fn scalar(value: &Scalar) -> ScalarValue {
    match value {
        Scalar::Null => ScalarValue::Null,
        Scalar::Bool(bool) => ScalarValue::Boolean(*bool),
        Scalar::Int(int) => ScalarValue::Int(*int),
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
        Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    }
}

/// The one place where a panic of the engine would stop.
fn guarded<T>(work: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        CAUGHT.fetch_add(1, Ordering::Relaxed);
        Err(Broken)
    })
}
