//! Views of records that are no child's.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{FactView, HeldView, MomentView, RemarkView};

/// A kind of record: places, organisations, people …
#[derive(Clone, Debug, Serialize, TS)]
pub struct KindView {
    /// The kind that forms name.
    pub kind: String,
    /// The form that it is filled with.
    pub form: String,
    /// What records of it are called together.
    pub label: String,
    /// What one of them is called.
    pub one: String,
    /// Text of the button that begins one.
    pub add_label: String,
    /// What is said while there is none.
    pub none: String,
    /// How many are on this device.
    pub count: u32,
    /// The path that a typed name is put to when one is begun from its name alone; `+1` begins a row.
    pub named_at: Option<String>,
}

/// A record in a list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ThingLineView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// What it is called.
    pub title: String,
    /// What is worked out of its answers, one line each.
    pub facts: Vec<FactView>,
}

/// A record that is no child's.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ThingView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// Its kind.
    pub kind: String,
    /// What it is called; empty when nothing is answered any more.
    pub title: String,
    /// Heads of the documents that this seat reads; handed back with every change.
    pub heads: Vec<String>,
    /// Every answered field by path.
    pub fields: BTreeMap<String, HeldView>,
    /// Rows that were taken out, `list/entity`; not shown but kept.
    pub removed: Vec<String>,
    /// What is worked out of its answers.
    pub facts: Vec<FactView>,
    /// Remarks on the record as it stands.
    pub remarks: Vec<RemarkView>,
    /// It may be handed on as text: nothing in it is about a person.
    pub as_text: bool,
}

/// The first answers of a new record.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct BeginThing {
    /// Its kind.
    pub kind: String,
    /// Answers by path; `list/+1/field` begins a row.
    pub puts: BTreeMap<String, Value>,
}

/// A record that has just begun.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BegunView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// What it is called.
    pub title: String,
    /// Ids of the changes made.
    pub changes: Vec<String>,
    /// Heads now.
    pub heads: Vec<String>,
    /// When it reached the disk.
    pub saved: MomentView,
}

/// An answer read back before it is kept.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReadView {
    /// JSON of the field's kind, as it would come out.
    pub value: Value,
    /// As people read it.
    pub text: String,
}

/// What machine-readable lines say.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MrzView {
    /// One sentence for each digit that does not fit.
    pub faults: Vec<String>,
    /// What can be filled in from them.
    pub reads: Vec<MrzReadView>,
}

/// One answer out of machine-readable lines.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MrzReadView {
    /// Field of the document's row.
    pub field: String,
    /// What it is called.
    pub label: String,
    /// As people read it.
    pub text: String,
    /// JSON of the field's kind.
    pub value: Value,
    /// A check digit stands behind it, and fits.
    pub checked: bool,
}
