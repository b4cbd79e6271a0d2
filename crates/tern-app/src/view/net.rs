//! What goes on over networks.

use serde::Serialize;
use ts_rs::TS;

use super::{FailureView, MomentView};

/// Ways over a network, and what goes on.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RoutesView {
    /// Devices beside this one.
    pub nearby: NearbyView,
    /// The hub.
    pub hub: HubView,
    /// The exchange that this device began: under way, or the last one.
    pub line: Option<LineView>,
    /// Seats of devices that are connected just now: this one exchanges with them, or they asked it a moment ago.
    pub here: Vec<String>,
}

/// Devices beside this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NearbyView {
    /// What this device is called by others of the programme.
    pub name: String,
    /// Others can find and call this device.
    pub open: Option<OpenView>,
    /// It looks for others.
    pub looking: bool,
    /// Devices of the programme that can be found now.
    pub found: Vec<FoundView>,
}

/// This device can be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpenView {
    /// Addresses to give to others, the likeliest first.
    pub addresses: Vec<String>,
    /// The first one as a picture.
    pub code: String,
    /// Lines that are open.
    pub lines: u32,
    /// Who called until now.
    pub guests: Vec<GuestView>,
}

/// Somebody who called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GuestView {
    /// The seat.
    pub seat: String,
    /// Who works there.
    pub worker: String,
    /// What the device is called.
    pub device: String,
    /// Parcels that went there.
    pub sent: u32,
    /// Parcels that came from there.
    pub received: u32,
    /// Photos and long texts, both ways.
    pub photos: u32,
    /// Both hold the same.
    pub equal: bool,
}

/// A device of the programme that can be found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FoundView {
    /// The seat that listens there.
    pub seat: String,
    /// Who works there.
    pub worker: String,
    /// What the device is called.
    pub device: String,
    /// Its addresses, apart by spaces.
    pub addresses: String,
}

/// The hub of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HubView {
    /// Its address; none is set otherwise.
    pub address: Option<String>,
    /// It is called now and then while somebody is at work.
    pub by_itself: bool,
    /// When it signed last.
    pub met: Option<MomentView>,
    /// It answered the last time that it was called since the unlock.
    pub answers: Option<bool>,
}

/// An exchange over a line.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LineView {
    /// It is with the hub, and not with a device.
    pub hub: bool,
    /// Who works on that device; empty for a hub.
    pub worker: String,
    /// What it is called; empty for a hub.
    pub device: String,
    /// Nothing more is to be done.
    pub done: bool,
    /// Parcels that went there.
    pub sent: u32,
    /// Parcels that are to go there, as far as is known.
    pub to_send: u32,
    /// Parcels that came; how many there will be is not known.
    pub received: u32,
    /// Of these, new here.
    pub new: u32,
    /// Photos and long texts that came or went.
    pub photos: u32,
    /// Of so many.
    pub all_photos: u32,
    /// Kilobytes over the line, both ways.
    pub kilobytes: u32,
    /// It waits, because the other side has no time.
    pub waits: Option<WaitsView>,
    /// Both hold the same.
    pub equal: bool,
    /// What was not as it should be, in words.
    pub problems: Vec<String>,
    /// Why it ended early.
    pub failure: Option<FailureView>,
}

/// A pause before another try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WaitsView {
    /// Tries that were made.
    pub tries: u32,
    /// Tries at most.
    pub most: u32,
    /// Seconds until the next one.
    pub seconds: u32,
}
