//! One record as this seat reads it: a document for each compartment, replayed from its intents.

use std::collections::BTreeMap;

use tern_doc::{Authored, Document};
use tern_form::Schema;
use tern_record::cbor::Canonical;
use tern_record::{Compartment, Held, Intent, IntentId, Path, RecordId, Scalar, Stamp, WorkerId};

use crate::failure::{Code, Failure};

/// The documents of a record that this seat may read.
pub struct Record {
    /// Its id.
    pub id: RecordId,
    /// A document for each readable compartment, empty ones among them.
    pub docs: BTreeMap<Compartment, Document>,
}

impl Record {
    /// Heads of all readable documents, as the interface hands them back.
    pub fn heads(&self) -> Vec<String> {
        self.docs.values().flat_map(Document::heads).map(|head| head.to_hex()).collect()
    }

    /// Splits heads by document. Heads of documents that were not opened fall back to what is there now.
    pub fn deps(&self, heads: &[String]) -> Result<BTreeMap<Compartment, Vec<IntentId>>, Failure> {
        let mut deps: BTreeMap<Compartment, Vec<IntentId>> = BTreeMap::new();
        for head in heads {
            let id = IntentId::from_hex(head).map_err(|_| Code::BadHeads)?;
            let holder = self.docs.iter().find(|(_, doc)| doc.contains(&id)).ok_or(Code::BadHeads)?;
            deps.entry(*holder.0).or_default().push(id);
        }
        Ok(deps)
    }

    /// What a path holds, by its form's rule. Merged by the engine: for an opened record.
    pub fn held(&mut self, schema: &Schema, path: &Path) -> Held<Scalar> {
        match schema.compartment(path).and_then(|compartment| self.docs.get_mut(&compartment)) {
            Some(document) => document.held(path, schema.rule(path)),
            None => Held::Blank,
        }
    }

    /// The same, folded: for lists and search.
    pub fn folded(&self, schema: &Schema, path: &Path) -> Held<Scalar> {
        match schema.compartment(path).and_then(|compartment| self.docs.get(&compartment)) {
            Some(document) => document.held_folded(path, schema.rule(path)),
            None => Held::Blank,
        }
    }

    /// What a field on its own shows.
    pub fn shown(&self, schema: &Schema, key: &str) -> Option<Scalar> {
        let path = Path::new(key).ok()?;
        self.folded(schema, &path).shown().filter(|value| !value.is_null()).cloned()
    }

    /// Rows of a list that were not taken out, each with what its fields show, in the order of their ids.
    pub fn rows(&self, schema: &Schema, list: &str) -> Vec<(String, BTreeMap<String, Scalar>)> {
        let mut rows: BTreeMap<String, BTreeMap<String, Scalar>> = BTreeMap::new();
        let mut paths: Vec<Path> = self.docs.values().flat_map(|document| document.paths_of(list)).collect();
        paths.sort();
        paths.dedup();
        for path in paths {
            if let Some(entity) = path.entity()
                && let Some(value) = self.folded(schema, &path).shown().filter(|value| !value.is_null())
            {
                rows.entry(entity.to_owned()).or_default().insert(path.field().to_owned(), value.clone());
            }
        }
        rows.into_iter().filter(|(_, fields)| !fields.contains_key("removed")).collect()
    }

    /// Who began it, and when; nothing when nobody has.
    pub fn begun(&self) -> Option<(WorkerId, Stamp)> {
        self.docs.get(&Compartment::Core).and_then(Document::begun)
    }

    /// Who gave the first answers; nothing while these have not come.
    pub fn first_author(&self) -> Option<WorkerId> {
        self.docs.get(&Compartment::Core).and_then(Document::first_author).map(|(by, _)| by)
    }

    /// Nothing was ever put, or all of it was moved away.
    pub fn is_empty(&self) -> bool {
        self.docs.values().all(|document| document.first_path().is_none())
    }

    /// Changes that have come without what they build on: they count once that comes. What is restricted is not told of.
    pub fn waiting(&self) -> impl Iterator<Item = &Authored> {
        let open = self.docs.iter().filter(|(compartment, _)| **compartment < Compartment::Restricted);
        open.flat_map(|(_, document)| document.waiting())
    }

    /// Every path that was ever put, in order.
    pub fn paths(&self) -> Vec<Path> {
        let mut paths: Vec<Path> = self.docs.values().flat_map(Document::paths).collect();
        paths.sort();
        paths.dedup();
        paths
    }
}

/// Reads an intent's canonical bytes.
pub fn read_intent(bytes: &[u8]) -> Result<Intent, Failure> {
    Intent::from_bytes(bytes).map_err(|_| Code::Damaged.into())
}
