//! What a screen asks for and what it gets. The only types of Tern that become JSON for the interface;
//! `ui/src/lib/core/generated.ts` is made from them.
//!
//! Moments are milliseconds since 1970-01-01T00:00:00Z with the offset they were typed in. Values of
//! fields are JSON in the shapes of `tern-form` (see `schema/README.md`).

mod board;
mod change;
mod child;
mod conflict;
mod door;
mod draft;
mod family;
mod field;
mod form;
mod lists;
mod may;
mod members;
mod moving;
mod net;
mod profile;
mod sync;
mod thing;
mod unsent;
mod voice;

pub use board::*;
pub use change::*;
pub use child::*;
pub use conflict::*;
pub use door::*;
pub use draft::*;
pub use family::*;
pub use field::*;
pub use form::*;
pub use lists::*;
pub use may::*;
pub use members::*;
pub use moving::*;
pub use net::*;
pub use profile::*;
pub use sync::*;
pub use thing::*;
pub use unsent::*;
pub use voice::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A moment, and the offset from UTC that its clock had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MomentView {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
    /// The device doubted its clock.
    pub unsure: bool,
}

/// A code and what to call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OptionView {
    /// Stable code.
    pub code: String,
    /// Its words in the language of the interface.
    pub label: String,
}

/// Something worth a second look. Never blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RemarkView {
    /// The field.
    pub path: String,
    /// Stable code.
    pub code: String,
    /// One sentence.
    pub text: String,
}

/// What a screen shows when something was refused.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FailureView {
    /// Stable code to branch on.
    pub code: String,
    /// One sentence. Never a child's data.
    pub message: String,
    /// Ways out.
    pub hints: Vec<String>,
    /// The fields it is about.
    pub paths: Vec<String>,
    /// Seconds to wait, for `wait`.
    pub wait_s: Option<u32>,
}
