//! Views of a shift: roll-call, who is not accounted for, hand-over.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChildLineView, DraftLineView, MomentView, TaskView};

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
