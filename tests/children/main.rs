//! Children from their arrival on: what people do for them, and what no single person may.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs
)]

mod bundles;
mod copies;
mod families;
mod field_day;
mod rules;
mod stories;
mod tally;
mod two_workers;
mod undo;
