//! Devices that worked apart come together, by whatever way.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, missing_docs)]

mod apart;
mod far_files;
mod forgotten_hubs;
mod lan;
mod lost_files;
mod meetings;
mod moving;
mod safe_elsewhere;
mod settle;
mod windows_apart;
