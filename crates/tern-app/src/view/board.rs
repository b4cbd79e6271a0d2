//! The board and a shift: needs, tasks, roll-call, who is not accounted for, hand-over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChangeRef, ChildLineView, DraftLineView, MomentView, OptionView};

/// Children against needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BoardView {
    /// One a need, in order.
    pub columns: Vec<ColumnView>,
    /// One a child, most urgent first.
    pub rows: Vec<RowView>,
    /// Groups that children of this site are in.
    pub circles: Vec<String>,
    /// The day it was made for.
    pub today: String,
}

/// A need over all children.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ColumnView {
    /// Code of the need.
    pub need: String,
    /// What it is called.
    pub label: String,
    /// Children still without.
    #[ts(type = "number")]
    pub open: usize,
    /// Of these, over their time.
    #[ts(type = "number")]
    pub late: usize,
    /// Days from the start of the clock until it is late.
    pub target: i32,
}

/// Where a child stands on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowGroup {
    /// No safe place tonight.
    NoSafePlace,
    /// Wants an answer today.
    Today,
    /// Something is late.
    Late,
    /// Something is open.
    Waiting,
    /// Nothing is open.
    InPlace,
}

/// A child against the needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RowView {
    /// The child as lists show it.
    pub line: ChildLineView,
    /// Where it stands.
    pub group: RowGroup,
    /// Group within the site; empty for none.
    pub circle: String,
    /// Most days that an open need has waited.
    pub longest: i32,
    /// Days since the child came here; absent when nobody knows.
    pub here: Option<i32>,
    /// This worker has the child in care.
    pub mine: bool,
    /// Things to do today or later.
    #[ts(type = "number")]
    pub tasks: usize,
    /// Cells by code of the need.
    pub cells: BTreeMap<String, CellView>,
}

/// How a need of a child stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CellView {
    /// `in_place`, `said`, `not_assessed`, `not_fit`, `not_needed`, `waiting`, `asked`, `referred`, `refused`, `not_asked`,
    /// `not_possible`.
    pub state: String,
    /// Days waiting, while the need is open.
    pub days: Option<i32>,
    /// Over its time.
    pub late: bool,
    /// Still there.
    pub open: bool,
    /// Why it was refused or cannot be had here, in words, when that was said.
    pub why: Option<String>,
    /// The moment by which it is due, where its clock counts hours.
    pub due_at: Option<MomentView>,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TaskView {
    /// Names it for as long as it is open.
    pub id: String,
    /// The child's long id.
    pub child: String,
    /// The number.
    pub short_id: String,
    /// Code.
    pub kind: String,
    /// What to do.
    pub text: String,
    /// The rule or figure behind it.
    pub reason: String,
    /// Since when.
    pub since: String,
    /// Late after this day.
    pub due: String,
    /// The moment by which it is due, where its clock counts hours.
    pub due_at: Option<MomentView>,
    /// Days since it began.
    pub days: i32,
    /// Days over its time, or 0.
    pub late_days: i32,
    /// Half its time is gone.
    pub near: bool,
    /// Wants an answer today.
    pub urgent: bool,
    /// Asked for, opened or declared on this day.
    pub asked: Option<String>,
    /// The row that it is about.
    pub about: Option<String>,
}

/// What was learned about a need of one or several children.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UpdateNeed {
    /// Long ids or numbers.
    pub ids: Vec<String>,
    /// Code of the need.
    pub need: String,
    /// Code of what happened, one of those the need offers.
    pub outcome: String,
    /// The day it happened; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// Code of the reason, where the outcome asks for one.
    #[serde(default)]
    pub reason: Option<String>,
    /// Who, where the outcome asks for it.
    #[serde(default)]
    pub who: Option<String>,
    /// A note, or the child's own words.
    #[serde(default)]
    pub words: Option<String>,
}

/// An answer that a cell of the board offers.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutcomeView {
    /// Code.
    pub code: String,
    /// What it says.
    pub label: String,
    /// Asks for a reason out of these; empty when it asks for none.
    pub reasons: Vec<OptionView>,
    /// Asks who.
    pub asks_who: bool,
    /// Asks for words, and what they are called: a reason, or the child's own view.
    pub asks_words: Option<String>,
    /// May be said of several children at once.
    pub bulk: bool,
}

/// What an update did, and what takes it back.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UpdatedView {
    /// In words: "School for Yonas: attending".
    pub text: String,
    /// The changes it made, for [`undo`](crate::needs).
    pub changes: Vec<ChangeRef>,
    /// Children that were changed.
    #[ts(type = "number")]
    pub children: usize,
}

/// Who was seen, and who was not.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RollCall {
    /// Long ids of all who should be there.
    pub expected: Vec<String>,
    /// Long ids of those who were ticked.
    pub present: Vec<String>,
}

/// A child that is not accounted for.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AwayView {
    /// The child as lists show it.
    pub line: ChildLineView,
    /// Since this day.
    pub since: String,
    /// Who saw the child last.
    pub last_seen_by: Option<String>,
    /// What was done to find the child.
    pub search_note: Option<String>,
    /// The guardian was told.
    pub guardian_told: Option<bool>,
    /// When.
    pub guardian_told_at: Option<String>,
}

/// What was learned or done about a child that is not accounted for. Absent means not touched.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TellAway {
    /// Long id or number.
    pub id: String,
    /// Who saw the child last.
    #[serde(default)]
    pub last_seen_by: Option<String>,
    /// What was done to find the child.
    #[serde(default)]
    pub search_note: Option<String>,
    /// The guardian was told just now, or was not.
    #[serde(default)]
    pub guardian_told: Option<bool>,
}

/// Who did something, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WhoWhenView {
    /// Name of the worker.
    pub by: String,
    /// When.
    pub at: MomentView,
}

/// How the last roll-call ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RolledView {
    /// Who held it, and when.
    pub who: WhoWhenView,
    /// Children that were seen.
    pub here: u32,
    /// Children that should have been.
    pub of: u32,
}

/// What the next worker takes over.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HandOverView {
    /// Begun and not finished.
    pub drafts: Vec<DraftLineView>,
    /// Wants an answer today.
    pub urgent: Vec<TaskView>,
    /// Not accounted for.
    pub away: Vec<AwayView>,
    /// Due today.
    pub tonight: Vec<TaskView>,
    /// Changes that only this device holds.
    pub to_share: u32,
    /// The last roll-call.
    pub roll_call: Option<RolledView>,
    /// Who took the shift over last.
    pub taken: Option<WhoWhenView>,
}
