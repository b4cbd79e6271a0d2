//! The heap of every program that has this crate: what is given back is wiped first. A key, a passphrase, a name or a
//! reply that was dropped, and the old place of what grew, are gone, wherever in the program they lay.

use std::alloc::{GlobalAlloc, Layout, System};
use std::mem::MaybeUninit;
use std::slice;

use zeroize::Zeroize as _;

/// The system's heap, wiped when given back.
struct Wiped;

#[global_allocator]
static HEAP: Wiped = Wiped;

// SAFETY: every block comes from the system's allocator and goes back to it with its own layout; between, it is ours, and
// it is wiped as bytes that need not have been written. What grows or shrinks goes to a new block by the provided
// `realloc`, which gives the old one back here.
#[expect(unsafe_code, reason = "no safe code can stand in the place of the allocator")]
unsafe impl GlobalAlloc for Wiped {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        unsafe {
            slice::from_raw_parts_mut(block.cast::<MaybeUninit<u8>>(), layout.size()).zeroize();
            System.dealloc(block, layout);
        }
    }
}
