//! The stack after work with keys: what computations left below is overwritten.

use zeroize::zeroize_stack;

/// Bytes of stack that are wiped: half as many again as the deepest command was seen to use in a debug build.
const DEEP: usize = 512 * 1024;

/// Runs work that handles keys, and wipes the stack below here afterwards, also when the work panics.
pub fn scrubbed<T>(work: impl FnOnce() -> T) -> T {
    let _afterwards = Scrub;
    apart(work)
}

/// In a frame of its own, so that none of it is the caller's.
#[inline(never)]
fn apart<T>(work: impl FnOnce() -> T) -> T {
    work()
}

/// Wipes the stack below when it is dropped.
struct Scrub;

impl Drop for Scrub {
    fn drop(&mut self) {
        scrub();
    }
}

/// Wipes the stack below the caller.
pub(crate) fn scrub() {
    zeroize_stack::<DEEP>();
}
