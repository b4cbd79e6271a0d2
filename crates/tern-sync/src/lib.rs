#![doc = include_str!("../README.md")]

pub mod answer;
pub mod blob;
mod body;
pub mod exchange;
pub mod file;
pub mod frame;
pub mod hand_over;
mod heard;
pub mod known;
pub mod limits;
pub mod memory;
mod missing;
mod offer;
pub mod party;
pub mod planted;
pub mod shelf;
mod statements;
pub mod tally;

pub use answer::{Answer, AnswerError, answer};
pub use exchange::{Asker, Exchange, ExchangeError, Next, Outcome, Peer};
pub use hand_over::{HandOver, Handed};
pub use memory::Memory;
pub use missing::{lacking, lacking_at_least};
pub use party::Party;
pub use shelf::{HeldLog, KeyFor, Shelf, Took};
