//! What stories across crates share: a data folder with people's files beside it, the command line run as
//! people run it, and a search of the disk for what may not be there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

pub mod field;
pub mod hand;
pub mod held;
pub mod hub;
pub mod meeting;
pub mod members;
pub mod scan;
pub mod second;
pub mod small_disk;
pub mod tern;

pub use hand::{At, Hand};
pub use second::{second_worker, worker_as};
pub use tern::{Batch, Said, Tern};
