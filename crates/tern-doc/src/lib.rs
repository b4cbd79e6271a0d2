#![doc = include_str!("../README.md")]

mod document;
mod engine;
mod graph;
mod history;
mod moved;

pub use document::{Applied, Document, fold};
pub use engine::caught_panics;
pub use history::{Change, Put, Seen};
pub use moved::RowKey;

use tern_record::{DeviceId, Intent, IntentId, SeatId, WorkerId};

/// An intent whose author is known. Its id was computed from its bytes by `tern-seal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authored {
    /// Identifies it.
    pub id: IntentId,
    /// Who typed it.
    pub by: WorkerId,
    /// On which device.
    pub on: DeviceId,
    /// The seat that signed it.
    pub seat: SeatId,
    /// What was put.
    pub intent: Intent,
}
