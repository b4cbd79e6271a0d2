//! The profile of a child.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::{ChildLineView, HeldView, MomentView, RemarkView, TimelineView, WaitingView};

/// The profile of a child.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChildView {
    /// As in lists.
    pub line: ChildLineView,
    /// Heads of the documents that this seat reads; handed back with every change.
    pub heads: Vec<String>,
    /// When the record was begun.
    pub since: MomentView,
    /// The day from which clocks run: said, or that on which the record was begun.
    pub opened: Option<String>,
    /// The day as of which the record is shown; `null` for now.
    pub as_of: Option<String>,
    /// This worker did not register the child lately: who only registers sees no more of it.
    pub others: bool,
    /// The language to speak, in words.
    pub speaks: Option<String>,
    /// Every answered field by path.
    pub fields: BTreeMap<String, HeldView>,
    /// Rows that were taken out, `list/entity`; not shown but kept.
    pub removed: Vec<String>,
    /// Key facts for the overview, in order.
    pub facts: Vec<FactView>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineView>,
    /// What was agreed, per purpose.
    pub consents: Vec<ConsentView>,
    /// The thumbnail as a data URL, where the reader may see it.
    pub thumbnail: Option<String>,
    /// Photo: `ask` (consent not asked), `refused`, `granted`, `never` (border site).
    pub photo: String,
    /// Records that may be the same child.
    pub may_be_same: u32,
    /// Fields on which devices differ.
    pub disputes: u32,
    /// Changes that have come without what they build on, and are not shown yet.
    pub waiting: WaitingView,
    /// Remarks on the record as it stands.
    pub remarks: Vec<RemarkView>,
    /// What is worked out of the answers, by `list/row` or field.
    pub computed: BTreeMap<String, Vec<String>>,
}

/// A line of "Key facts".
#[derive(Clone, Debug, Serialize, TS)]
pub struct FactView {
    /// What it is.
    pub label: String,
    /// One or more readings.
    pub lines: Vec<String>,
}

/// What was agreed for one purpose.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConsentView {
    /// The row.
    pub entity: String,
    /// Code of list `consent_purpose`.
    pub purpose: String,
    /// Its words.
    pub purpose_text: String,
    /// Code of list `consent_status`; `null` when not asked.
    pub status: Option<String>,
    /// Its words.
    pub status_text: String,
    /// The day it was given, in words, when that was written down.
    pub on: Option<String>,
    /// When it was typed.
    pub at: MomentView,
}

/// A record that may be the same child. What the reader may not see is not in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SameView {
    /// Long id of the other record.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// Part of a name, as a registrar may see it.
    pub part_of_name: Option<String>,
    /// Like "about 9 to 11", in words.
    pub age_band: Option<String>,
    /// `many` or `some` facts fit.
    pub strength: String,
    /// One per fact.
    pub facts: Vec<SameFactView>,
}

/// One compared fact.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SameFactView {
    /// `name`, `sex`, `age`, `language`, `place`.
    pub kind: String,
    /// `same`, `close`, `different` or `not_known`.
    pub verdict: String,
}

/// A photo that was added.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PhotoView {
    /// Hash of the sealed photo.
    pub blob: String,
    /// Size in bytes.
    pub bytes: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Heads now.
    pub heads: Vec<String>,
}
