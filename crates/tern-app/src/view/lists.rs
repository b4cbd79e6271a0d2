//! Children in lists: the first screen of the day, and a search.

use serde::Serialize;
use ts_rs::TS;

use super::{LacksView, MomentView};

/// The first screen of the day.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct TodayView {
    /// Drafts of this site, oldest first.
    pub drafts: Vec<DraftLineView>,
    /// Children registered or changed last on this device, newest first.
    pub last: Vec<ChildLineView>,
    /// Children on this device.
    pub children: u32,
    /// Registered here today.
    pub registered_today: u32,
    /// Asked for help before anything else and not numbered yet.
    pub help_waiting: u32,
    /// What is missing until this programme is safe for children's records.
    pub lacks: Option<LacksView>,
}

/// "Begun 14:20 by Leila". Content closed for everybody but its worker.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftLineView {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun: MomentView,
    /// Who began it.
    pub by: String,
    /// The reader began it and may go on.
    pub mine: bool,
    /// Codes of `help_asked`: a bed, a doctor, food.
    pub help: Vec<String>,
    /// Begun five days ago or earlier.
    pub old: bool,
}

/// A child in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChildLineView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// The name to show, or `null` when there is none yet or lists are discreet.
    pub name: Option<String>,
    /// Other names, as written.
    pub names: Vec<String>,
    /// Initials for the round mark.
    pub initials: String,
    /// Code of list `sex`, when answered.
    pub sex: Option<String>,
    /// Age today.
    pub age: Option<AgeView>,
    /// About how old, in words, where this seat may see no more than that.
    pub band: Option<String>,
    /// Last change to the record that this seat may know of.
    pub changed: MomentView,
}

/// An age in whole years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AgeView {
    /// At the middle of what the date can mean.
    pub years: i16,
    /// Not known to the day.
    pub estimated: bool,
}

/// Answer to a search.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FindView {
    /// Best first.
    pub hits: Vec<HitView>,
    /// Children on this device.
    pub of: u32,
    /// Nothing fits; `hits` holds the nearest by sound.
    pub nearest_only: bool,
}

/// A child that was found, and why.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HitView {
    /// The child.
    pub child: ChildLineView,
    /// `exact`, `strong`, `likely` or `possible`.
    pub strength: String,
    /// Stable codes, strongest first.
    pub reasons: Vec<String>,
    /// The name that fits, and the parts of it to mark, as character offsets `[from, to)`.
    pub fits: Option<FitView>,
}

/// Where in a name the search text was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FitView {
    /// The name.
    pub name: String,
    /// Character ranges to mark.
    pub marks: Vec<(u32, u32)>,
}
