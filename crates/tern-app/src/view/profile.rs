//! What the profile of a child shows beside the record itself.

use serde::Serialize;
use ts_rs::TS;

use super::{CellView, ChildLineView, MomentView, TaskView};

/// A line of the timeline.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TimelineView {
    /// Chooses the icon: `begun`, `consent`, `service`, `guardian`, `birth`, `document`, `care`, `interests`, `family`,
    /// `photo`, `case`, `told`, `age`.
    pub kind: String,
    /// What happened, in words of the field.
    pub text: String,
    /// Who typed it.
    pub by: String,
    /// The day on which it happened, where one was said.
    pub on: Option<String>,
    /// When it was typed.
    pub at: MomentView,
}

/// What a child still needs, and what waits for people.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NeededView {
    /// The seven needs and the wish about family: late first, met last.
    pub rows: Vec<NeededRow>,
    /// Needs that are met.
    #[ts(type = "number")]
    pub in_place: usize,
    /// Needs that this child has.
    #[ts(type = "number")]
    pub of: usize,
    /// What else is to be done. Concerns are not in it: a child can look at the screen.
    pub tasks: Vec<TaskView>,
    /// Days without a guardian, for a child without parents (rule D-05).
    pub no_guardian_days: Option<i32>,
    /// They are more than the days it may take (CP-04).
    pub no_guardian_late: bool,
    /// What stands over the whole record: an age in dispute, a death, a search.
    pub notices: Vec<NoticeView>,
    /// Children that are not to be separated from this one.
    pub together: Vec<ChildLineView>,
    /// The record counts, and reminders run.
    pub open: bool,
    /// What the menu can be told now, in its order.
    pub acts: Vec<String>,
}

/// One need of a child.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NeededRow {
    /// Code of the need; `tracing` for the wish about family.
    pub need: String,
    /// What it is called.
    pub label: String,
    /// What happened last, and the days it may take: "Asked on 22 October 2026 · target 14 days".
    pub hint: String,
    /// How it stands.
    pub cell: CellView,
}

/// Something that stands over the whole record.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NoticeView {
    /// `turning_18`, `age_dispute`, `age_doubt`, `death`, `missing`, `left`, `closed`, `linked`, `duplicate`.
    pub kind: String,
    /// In one line.
    pub title: String,
    /// What there is to know.
    pub lines: Vec<String>,
    /// What belongs to it, done or not.
    pub steps: Vec<StepView>,
}

/// A step of a notice.
#[derive(Clone, Debug, Serialize, TS)]
pub struct StepView {
    /// What.
    pub text: String,
    /// It is done.
    pub done: bool,
}

/// Another record that is said to be of the same child.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LinkView {
    /// The other record.
    pub line: ChildLineView,
    /// `waiting` for a second worker, `same`, or `different` once it was taken back.
    pub state: String,
    /// In words.
    pub state_text: String,
    /// The link lies in the other record.
    pub theirs: bool,
}
