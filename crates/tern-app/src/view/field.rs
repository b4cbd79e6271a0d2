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
    /// What the record still lacks: `name`, `age`, `consent`, `company`.
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
