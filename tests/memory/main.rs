//! A locked device has no key in its memory.
//!
//! A process is led through a worker's days as the window would lead it. Beside it, from its files and from what was
//! typed, every secret that it can have held is worked out, and its memory is searched for pieces of them: while it is
//! open, when what lies there for as long as somebody is at work must be found, and when it is locked, when nothing may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(clippy::print_stdout, reason = "says how much was searched and found")]

#[cfg(target_os = "linux")]
mod journey;
#[cfg(target_os = "linux")]
mod scan;
#[cfg(target_os = "linux")]
mod secrets;
#[cfg(target_os = "linux")]
mod story;
#[cfg(target_os = "linux")]
mod worker;

/// Run by itself and not by the test harness: it starts itself again as the process that is searched.
fn main() {
    #[cfg(target_os = "linux")]
    match std::env::var_os("TERN_MEMORY_OF") {
        Some(folder) => worker::run(folder.as_ref(), std::env::var_os("TERN_MEMORY_USUAL").is_some()),
        None => {
            let wanted = |filter: String| filter.starts_with('-') || "memory".contains(&filter);
            if std::env::args().skip(1).all(wanted) {
                story::run();
            }
        }
    }
}
