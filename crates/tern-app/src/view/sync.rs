//! Where the work is, and files that carry it.

use serde::Serialize;
use ts_rs::TS;

use super::{MomentView, SavedView, StrandedView, UnsealedView};

/// Where the work of this device is. `at_hub`, `on_another_device` and `changes_only_here` are apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WhereView {
    /// Changes that a hub has signed for.
    pub at_hub: u32,
    /// Changes that no hub, and another device, has signed for.
    pub on_another_device: u32,
    /// Changes that only this device holds, as far as it knows.
    pub changes_only_here: u32,
    /// Of so many children.
    pub children_only_here: u32,
    /// Photos and long texts that only this device holds, as far as it knows.
    pub files_only_here: u32,
    /// Children in all.
    pub children: u32,
    /// Photos on this device.
    pub photos: u32,
    /// Until a second seat, a recovery sheet and one other copy exist, a real programme says what is missing.
    pub lacks: Option<LacksView>,
    /// Coordinators on other devices who could give the keys back after a journey: without one, nothing travels.
    pub helpers: u32,
    /// Every other device.
    pub devices: Vec<DeviceLineView>,
    /// Devices that worked on from an old copy, or of which there were two.
    pub copied: Vec<String>,
    /// Work of this worker for sites that do not count any more.
    pub stranded: Option<StrandedView>,
    /// Workers who were taken out, and whose work here only their own words seal.
    pub unsealed_of: Vec<UnsealedView>,
}

/// Another device, as far as this one knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DeviceLineView {
    /// A seat on it.
    pub seat: String,
    /// What it is called.
    pub device: String,
    /// Who works there.
    pub worker: String,
    /// When it last said what it holds.
    pub met: Option<MomentView>,
    /// It has not said so for more than seven days.
    pub late: bool,
    /// Parcels of work that it is not known to hold.
    pub behind: u32,
    /// What is wrong with its clock, in words; empty when nothing is.
    pub clock: String,
}

/// A file of work that is being written or read, or was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WorkFileView {
    /// It is written, and not read.
    pub writes: bool,
    /// Nothing more is to be done.
    pub done: bool,
    /// How far it is, of how much: parcels and photos when it is written, kilobytes when it is read.
    pub at: u32,
    /// The whole of it.
    pub of: u32,
    /// Parcels of work that went in or came out.
    pub parcels: u32,
    /// Of those that came out, new here.
    pub new: u32,
    /// Of those that came out, kept aside until somebody has looked at them, or something else has come.
    pub aside: u32,
    /// Photos and long texts that went in or came out.
    pub photos: u32,
    /// What was not as it should be, in words.
    pub problems: Vec<String>,
    /// Where the file lies that was written.
    pub saved: Option<SavedView>,
    /// The seat that wrote a file that was read, on another device: a receipt tells it so.
    pub by: Option<String>,
}

/// What a worker who is out still has to hand over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LastWorkView {
    /// Changes that nobody else is known to hold.
    pub changes: u32,
    /// Of so many children.
    pub children: u32,
    /// Photos and long texts that nobody else is known to hold.
    pub files: u32,
    /// Changes that cannot be sealed now: they stay.
    pub unsealed: u32,
    /// A hub was set on this device.
    pub hub: bool,
    /// The file that it was written into last.
    pub written: Option<WrittenView>,
}

/// A file that last work was written into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WrittenView {
    /// Where.
    pub saved: SavedView,
    /// When.
    pub at: MomentView,
}

/// What is missing until a programme is safe for children's records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LacksView {
    /// A second device.
    pub device: bool,
    /// A recovery sheet.
    pub sheet: bool,
    /// A copy of what is recorded at another place.
    pub copy: bool,
    /// Nothing is recorded yet, of which there could be a copy.
    pub empty: bool,
}
