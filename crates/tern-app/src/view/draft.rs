//! A registration that goes on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{MomentView, RemarkView};

/// A registration that was begun. Paths may hold `+1`, `+2` … for rows that have no id yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftView {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun: MomentView,
    /// When the last keystroke reached the disk. "Saved 14:32" is this.
    pub saved: MomentView,
    /// Answers as typed, by path.
    pub answers: BTreeMap<String, Value>,
    /// Remarks on them.
    pub remarks: Vec<RemarkView>,
    /// Paths of the four needed answers that are still open.
    pub open: Vec<String>,
    /// The script of the name typed, as a message, with its romanised reading ("Arabic letters. Also found as …").
    pub name_hint: Option<NameHintView>,
    /// The number, once the four answers were there. From then on answers are changes to the record.
    pub child: Option<RegisteredView>,
}

/// What the engine makes of a typed name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NameHintView {
    /// Name of the script in the language of the interface.
    pub script: String,
    /// How it is found in Latin letters; empty when it is Latin already.
    pub found_as: String,
}

/// A child that has just been numbered.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RegisteredView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// What the form was opened with; handed back with the next change.
    pub heads: Vec<String>,
    /// How many records may be the same child. Nothing about them is said here.
    pub may_be_same: u32,
}

/// One answer that was put into a draft. `typing` while keys are still being pressed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PutDraft {
    /// The draft.
    pub id: String,
    /// `sex`, `names/+1/name`, `consents/+1/status` …
    pub path: String,
    /// JSON of the field's kind; `null` takes the answer back.
    pub value: Value,
    /// True while somebody is typing: kept, but the child is not numbered yet.
    pub typing: bool,
}
