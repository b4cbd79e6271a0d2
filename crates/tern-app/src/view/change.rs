//! Changes of a record: asked for, made, and as its history.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::*;

/// A change to a record: paths and their new values.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct EditChild {
    /// The child.
    pub id: String,
    /// The heads the form was opened with, from [`ChildView`], [`RegisteredView`] or [`EditedView`].
    pub heads: Vec<String>,
    /// New values; `null` clears. `list/+1/field` begins a row.
    pub puts: BTreeMap<String, Value>,
}

/// A change that is on disk.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EditedView {
    /// Ids of the changes made, one a compartment; empty when nothing changed.
    pub changes: Vec<String>,
    /// Ids of rows that began, by the `+n` they were sent with.
    pub rows: BTreeMap<String, String>,
    /// Heads now.
    pub heads: Vec<String>,
    /// When it reached the disk.
    pub saved: MomentView,
    /// Remarks on what was typed.
    pub remarks: Vec<RemarkView>,
}

/// One change in the history.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangeView {
    /// Id of the change.
    pub change: String,
    /// When.
    pub at: MomentView,
    /// Who typed it.
    pub by: String,
    /// On which device.
    pub device: String,
    /// Why its time cannot be right, in words; empty when nothing speaks against it.
    pub clock: String,
    /// `registered`, `typed`, `put_back`, `attached`, `imported`, `derived`.
    pub cause: String,
    /// Its words.
    pub cause_text: String,
    /// What was put.
    pub puts: Vec<ChangedView>,
}

/// One field of a change.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangedView {
    /// The path.
    pub path: String,
    /// What the field is called.
    pub label: String,
    /// What its author saw before; more than one when it was disputed; empty when blank.
    pub before: Vec<String>,
    /// What was put, as people read it; empty when cleared.
    pub after: String,
    /// The value was sealed as a narrative and is gone.
    pub erased: bool,
    /// An answer of the protection part: not for eyes beside the screen.
    pub protection: bool,
}

/// A change of a child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChangeRef {
    /// The child's long id.
    pub child: String,
    /// The change.
    pub change: String,
}

/// An answer that waits for a second worker.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProposalView {
    /// The change that proposed it.
    pub change: String,
    /// What it is about.
    pub label: String,
    /// The proposed answer, in words.
    pub text: String,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: MomentView,
    /// This worker proposed it, and so cannot confirm it.
    pub mine: bool,
}
