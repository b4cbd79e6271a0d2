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
