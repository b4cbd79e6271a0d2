//! Who belongs: what this seat says into the roster, and the keys that follow from it.
//!
//! ```text
//! say    ─▶ signed entries at the heads of the roster ─▶ kept ─▶ folded again ─▶ keys gathered ─▶ tended
//! hear   ─▶ judged with what is here ─▶ what is founded is kept ─▶ folded again ─▶ keys gathered ─▶ tended
//! tend   ─▶ keys for readers who lack them, new epochs where somebody holds a key who may not read any more
//! ```

pub mod admit_again;
pub mod admit_seat;
pub mod beside;
mod halves;
pub mod invite;
pub mod join;
pub(crate) mod judge;
mod names;
pub mod outside;
pub mod people;
pub(crate) mod piece;
pub mod place;
pub mod recovery;
pub mod removal;
pub mod review;
mod root;
pub(crate) mod say;
pub mod script;
pub mod sheet;
mod tend;
pub mod undo;
pub mod void;

pub use tend::Tended;
