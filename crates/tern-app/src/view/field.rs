//! A field day: a bus that is counted, forms typed from paper, families.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A bus or boat that is to be counted.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewArrival {
    /// What people here call it: "second bus".
    pub name: String,
    /// Children counted by head before anything is typed.
    pub headcount: u32,
}

/// One arrival among others.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ArrivalLineView {
    /// Long id.
    pub id: String,
    /// What people here call it.
    pub name: String,
    /// ISO 8601.
    pub on: Option<String>,
    /// Children by head.
    pub headcount: u32,
    /// Children in the list.
    pub counted: u32,
    /// Of them, records that still lack a name, an age, an answer to consent or who is with the child.
    pub to_complete: u32,
}

/// An arrival with its list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ArrivalView {
    /// Long id.
    pub id: String,
    /// What people here call it.
    pub name: String,
    /// ISO 8601.
    pub on: Option<String>,
    /// Children by head.
    pub headcount: u32,
    /// Children in the list.
    pub counted: u32,
    /// Counted by head and not in the list; below zero when the list is longer.
    pub to_find: i32,
    /// Children in the list, who needs help most first.
    pub lines: Vec<TallyLineView>,
}

/// A child in the list of an arrival.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TallyLineView {
    /// Row in the list.
    pub row: String,
    /// Long id of the record.
    pub child: String,
    /// Short id of the record.
    pub short_id: String,
    /// Place in the order of counting, from 1.
    pub number: u32,
    /// What is written on the band.
    pub wristband: Option<String>,
    /// Name, once there is one; none in discreet lists.
    pub name: Option<String>,
    /// Code of `sex`.
    pub sex: Option<String>,
    /// Code of `age_band_seen`.
    pub band: Option<String>,
    /// Code of `claimed_relation`, `none_to_add` or `unknown`.
    pub with: Option<String>,
    /// Codes of `help_asked`.
    pub help: Vec<String>,
    /// What the record still lacks: `wristband` when another line has the same, `name`, `sex`, `age`, `company`, `consent`.
    pub lacks: Vec<String>,
}

/// A child as it is counted. What is not said is not known.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TallyChild {
    /// The arrival.
    pub arrival: String,
    /// What is written on the band, or a number.
    pub wristband: Option<String>,
    /// Code of `sex`.
    pub sex: Option<String>,
    /// Code of `age_band_seen`.
    pub band: Option<String>,
    /// Code of `claimed_relation`, `none_to_add` or `unknown`.
    pub with: Option<String>,
    /// Codes of `help_asked`.
    pub help: Vec<String>,
}

/// A child that was counted: it is on the disk and has a number.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TalliedView {
    /// Row in the list.
    pub row: String,
    /// The list now.
    pub arrival: ArrivalView,
}

/// A paper that is about one child, for the child or a caregiver to keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OwnCopyView {
    /// `child` or `caregiver`.
    #[serde(rename = "for")]
    pub whom: String,
    /// A practice programme: no real child.
    pub practice: bool,
    /// Heading.
    pub title: String,
    /// Short id.
    pub number: String,
    /// ISO 8601.
    pub made_on: String,
    /// What it is and is not.
    pub about: Vec<String>,
    /// What stands in it.
    pub sections: Vec<CopySectionView>,
}

/// A part of an own copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CopySectionView {
    /// Heading.
    pub title: String,
    /// Lines.
    pub lines: Vec<CopyLineView>,
}

/// One line of an own copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CopyLineView {
    /// What it is about.
    pub label: String,
    /// In words.
    pub text: String,
}

/// A form to be filled in by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BlankFormView {
    /// The form.
    pub form: String,
    /// Its version.
    pub version: u32,
    /// BCP 47.
    pub language: String,
    /// A practice programme: no real child.
    pub practice: bool,
    /// Heading.
    pub title: String,
    /// Drawn at random, `7K2M-4QX9`.
    pub number: String,
    /// What it is and is not.
    pub about: Vec<String>,
    /// Parts, in the order of the form.
    pub parts: Vec<BlankPartView>,
    /// What becomes of the paper.
    pub after: String,
}

/// A part of a blank form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BlankPartView {
    /// Heading.
    pub title: String,
    /// Questions; of a list, each of its rows has them.
    pub asks: Vec<BlankAskView>,
    /// How often they are asked: rows of a list.
    pub rows: u32,
}

/// A question of a blank form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BlankAskView {
    /// What is asked.
    pub label: String,
    /// One sentence of help.
    pub hint: Option<String>,
    /// Answers to tick.
    pub boxes: Vec<String>,
    /// Words beside empty places: day, month, year, about years old.
    pub places: Vec<String>,
    /// Lines to write on.
    pub lines: u32,
}

/// A bundle of forms that were filled in by hand.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewBatch {
    /// What people here call it.
    pub name: String,
    /// Forms, counted before the first is typed.
    pub forms: u32,
    /// Day of the interviews, ISO 8601.
    pub interviewed_on: Option<String>,
    /// Code of `interviewer`.
    pub interviewed_by: Option<String>,
    /// Name or sign of who asked.
    pub interviewed_by_name: Option<String>,
    /// Where they asked.
    pub interviewed_where: Option<String>,
    /// Code of `paper_consent`.
    pub consent: Option<String>,
    /// Where the paper lies.
    pub lies: Option<String>,
    /// Day on which it is destroyed, ISO 8601.
    pub destroy_on: Option<String>,
}

/// One bundle among others.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchLineView {
    /// Long id.
    pub id: String,
    /// What people here call it.
    pub name: String,
    /// Forms in it.
    pub forms: u32,
    /// Forms that are records now.
    pub typed: u32,
}

/// A bundle with what was typed of it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchView {
    /// Long id.
    pub id: String,
    /// What people here call it.
    pub name: String,
    /// Forms in it.
    pub forms: u32,
    /// Forms that are records now.
    pub typed: u32,
    /// Day of the interviews, in words.
    pub interviewed_on: Option<String>,
    /// Who asked, in words.
    pub interviewed_by: Option<String>,
    /// Where.
    pub interviewed_where: Option<String>,
    /// What the paper says of agreement, in words.
    pub consent: Option<String>,
    /// The paper's answer counts for no child: each is asked again.
    pub ask_again: bool,
    /// Where the paper lies.
    pub lies: Option<String>,
    /// When it is destroyed, in words.
    pub destroy_on: Option<String>,
    /// Forms that were typed, by number.
    pub lines: Vec<BatchFormView>,
}

/// A form that was typed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchFormView {
    /// Long id of the record.
    pub child: String,
    /// Short id of the record.
    pub short_id: String,
    /// Name; none in discreet lists.
    pub name: Option<String>,
    /// Number on the form; empty when it has none.
    pub number: String,
}

/// An adult with a child.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FamilyPersonView {
    /// Row of the person in the record of the first child.
    pub row: String,
    /// What the person says to be, in words.
    pub claim: String,
    /// In a few words.
    pub description: Option<String>,
}

/// The next child of a family.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct BeginNext {
    /// The child before.
    pub of: String,
    /// A brother or sister: not to be separated. Otherwise another child of the family.
    pub sibling: bool,
    /// Rows of the persons who are with this child too.
    pub persons: Vec<String>,
}

/// Children who join a household or leave it, or a household that moves whole.
#[derive(Clone, Debug, Default, Deserialize, TS)]
pub struct HouseholdMove {
    /// Long ids of children.
    pub children: Vec<String>,
    /// A household whose children all move.
    pub whole: Option<String>,
    /// The household they move into; none to leave, or a new one by `name` or `unit`.
    pub to: Option<String>,
    /// Name of a new household.
    pub name: Option<String>,
    /// Room, tent or address of a new household.
    pub unit: Option<String>,
    /// ISO 8601; today by default.
    pub on: Option<String>,
}
