//! The family of a child: who is said to belong to it, and looking for them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChangeRef, ChildLineView, SameFactView};

/// The family of a child as it is told, and tracing.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FamilyView {
    /// The child.
    pub child: ChildLineView,
    /// Relatives, elders first.
    pub people: Vec<RelativeView>,
    /// Who came along, as said; nobody of them is family for that.
    pub companions: Vec<String>,
    /// The household that the child lives in, when one is known.
    pub household: Option<HouseholdView>,
    /// Requests to look for family. `null` where this seat does not read them.
    pub tracing: Option<Vec<TracingView>>,
}

/// One relative.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RelativeView {
    /// The row.
    pub row: String,
    /// Code of list `relationship`.
    pub kind: String,
    /// Its words.
    pub kind_text: String,
    /// The name as said.
    pub name: Option<String>,
    /// `verified`, `said` or `disproved`: how the line is drawn.
    pub line: String,
    /// How it was checked, in words.
    pub verified_text: String,
    /// The day on which it was checked.
    pub verified_on: Option<String>,
    /// Above the child (1), beside it (0), below it (−1).
    pub generation: i8,
    /// What there is to know, in words. A death is in it only once the child has been told.
    pub facts: Vec<String>,
    /// Speak to the case worker before any contact. Never says why.
    pub speak_first: bool,
    /// The record of this person, when it is a child of ours.
    pub child: Option<ChildLineView>,
    /// Not to be separated from this child.
    pub together: bool,
    /// A check waits for a second worker.
    pub waits: bool,
}

/// Who lives together.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HouseholdView {
    /// Long id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Other children in it now.
    pub members: Vec<ChildLineView>,
}

/// One request to look for family.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TracingView {
    /// The row.
    pub row: String,
    /// What the child wants, in words.
    pub wish_text: String,
    /// How far it is, in words.
    pub status_text: String,
    /// Since when, in words.
    pub opened: String,
    /// Who is looked for.
    pub sought: Vec<RowLineView>,
    /// What was done.
    pub actions: Vec<RowLineView>,
    /// Records to compare.
    pub matches: Vec<MatchView>,
}

/// A row in one line.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RowLineView {
    /// The row.
    pub row: String,
    /// What it says first.
    pub text: String,
    /// And then.
    pub hint: String,
}

/// A record to compare. Nobody of either side is told before two workers checked it and the child was asked (D-23).
#[derive(Clone, Debug, Serialize, TS)]
pub struct MatchView {
    /// The row.
    pub row: String,
    /// Code of list `match_status`.
    pub status: String,
    /// Its words.
    pub status_text: String,
    /// The other record, when it is here.
    pub line: Option<ChildLineView>,
    /// What fits and what does not.
    pub facts: Vec<SameFactView>,
    /// The child was asked on this day.
    pub asked_on: Option<String>,
    /// A check waits for a second worker.
    pub waits: bool,
    /// The family may be told.
    pub may_be_told: bool,
    /// What is still in the way, in one sentence each.
    pub not_yet: Vec<String>,
}

/// Two children who are not to be separated, or may be again.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct KeepTogether {
    /// The child.
    pub id: String,
    /// Its row of the other.
    pub row: String,
    /// Not to be separated.
    pub together: bool,
}

/// What the menu of a profile is told.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TellChild {
    /// The child.
    pub id: String,
    /// `missing`, `found`, `left`, `died`, `closed` or `reopened`.
    pub what: String,
    /// The day it happened; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// Code of the reason, where one is asked for.
    #[serde(default)]
    pub reason: Option<String>,
    /// Who saw the child last, or what a death is known by.
    #[serde(default)]
    pub words: Option<String>,
}

/// What was told, and what takes it back.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ToldView {
    /// In words.
    pub text: String,
    /// It waits for a second worker, and changes nothing that protects until then.
    pub waits: bool,
    /// The changes it made.
    pub changes: Vec<ChangeRef>,
}
