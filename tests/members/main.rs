//! Who belongs to a programme: let in, changed, out, back; and what becomes of their work.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    missing_docs
)]

mod admit;
mod again;
mod fallen;
mod held_reasons;
mod held_work;
mod keystore;
mod last_work;
mod later_work;
mod left_behind;
mod roles;
mod rosters;
mod shared_tablet;
mod sites;
mod three_devices;
mod who_did_what;
