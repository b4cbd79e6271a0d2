//! `tern` runs every use case without a window: for scripts, servers and tests. A client of `tern-app`
//! exactly as the window is.

pub mod args;
mod args_field;
mod args_members;
mod args_sync;
mod members;
pub mod print;
pub mod run;
mod sync;
