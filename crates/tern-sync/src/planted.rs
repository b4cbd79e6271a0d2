//! Faults that are put in on purpose, to see whether the tests that try to break the exchange find them. Built with the
//! feature `planted` alone, which no release can have; each sleeps until the environment names it.

#[cfg(all(feature = "planted", not(debug_assertions)))]
compile_error!("a release has no planted faults");

/// This fault is awake.
#[cfg(feature = "planted")]
pub fn is(fault: &str) -> bool {
    use std::sync::OnceLock;
    static AWAKE: OnceLock<Option<String>> = OnceLock::new();
    AWAKE.get_or_init(|| std::env::var("TERN_PLANTED").ok()).as_deref() == Some(fault)
}

/// This fault is awake, and it is its turn: once in so many times.
#[cfg(feature = "planted")]
pub fn at_times(fault: &str, every: u64) -> bool {
    use std::sync::atomic::{AtomicU64, Ordering};
    static TIMES: AtomicU64 = AtomicU64::new(0);
    is(fault) && TIMES.fetch_add(1, Ordering::Relaxed) % every == every - 1
}

/// Nothing is planted.
#[cfg(not(feature = "planted"))]
#[inline]
pub const fn is(_: &str) -> bool {
    false
}

/// Nothing is planted.
#[cfg(not(feature = "planted"))]
#[inline]
pub const fn at_times(_: &str, _: u64) -> bool {
    false
}
