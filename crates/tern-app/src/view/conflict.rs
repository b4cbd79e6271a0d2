//! What people have to settle after devices came together.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{ChildLineView, FieldView, SaidView};

/// Everything that waits for somebody to settle it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConflictsView {
    /// Records with something to settle.
    pub records: Vec<ConflictRecordView>,
    /// Changes of other devices that merged by themselves.
    pub merged: u32,
}

/// A record on which devices differ.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConflictRecordView {
    /// The child.
    pub line: ChildLineView,
    /// Heads of what is shown: answers that come meanwhile are not settled by it.
    pub heads: Vec<String>,
    /// What is to be settled, and then what is only to be known.
    pub fields: Vec<ConflictView>,
}

/// An answer on which devices differ.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConflictView {
    /// Its path.
    pub path: String,
    /// The question, for writing another answer.
    pub field: FieldView,
    /// It is never settled, only shown: birth dates.
    pub claims: bool,
    /// A claim says 18 or more, and the child is protected as one all the same.
    pub age_doubt: bool,
    /// Which answer is shown meanwhile is decided by its rule: the one that protects.
    pub safer: bool,
    /// Several answers can be kept.
    pub both: bool,
    /// Its entry went to another child while this was written: choosing it takes it along.
    pub left: bool,
    /// It belongs to the protection part, and opens when nobody looks over the shoulder.
    pub protection: bool,
    /// This seat may write there.
    pub may: bool,
    /// Every answer, as it was said first: the order is that of saying.
    pub voices: Vec<ClaimView>,
}

/// One of the answers.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClaimView {
    /// The change that is kept by choosing it.
    pub change: String,
    /// As people read it; empty when the answer was taken out.
    pub text: String,
    /// From where it was known, in words; empty when nobody said so.
    pub source: String,
    /// Who said it, where and when.
    pub said: SaidView,
    /// Why that time cannot be right, in words; empty when nothing speaks against it.
    pub clock: String,
}

/// Settles answers of one record, all of them or none.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SettleAsk {
    /// The record.
    pub id: String,
    /// Heads of what was looked at; empty for now's.
    pub heads: Vec<String>,
    /// What is settled, and how.
    pub settles: Vec<SettleOne>,
}

/// One answer that is settled.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SettleOne {
    /// Its path.
    pub path: String,
    /// How.
    pub by: SettleBy,
}

/// How a conflict is settled.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum SettleBy {
    /// By the answer that this change gave.
    Keep {
        /// Its id.
        change: String,
    },
    /// By another answer, or none.
    Write {
        /// JSON of the field's kind.
        value: Value,
    },
    /// By all of them: each in a row of its own, or as paragraphs of one text.
    Both,
}

/// Changes to a record that have come without what they build on, and are not shown yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct WaitingView {
    /// How many.
    pub changes: u32,
    /// Devices that wrote them, by name: each holds what they build on.
    pub with: Vec<String>,
}

/// Entries of a device that have not come, though later ones have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MissingView {
    /// Who wrote them.
    pub worker: String,
    /// On which device.
    pub device: String,
    /// The number of the first, from 1.
    pub from: u32,
    /// The number of the last.
    pub to: u32,
    /// So many later ones have come.
    pub behind: u32,
}
