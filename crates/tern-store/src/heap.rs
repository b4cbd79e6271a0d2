//! SQLite's memory is taken from the heap of the program and given back there. The programs of this house wipe what is
//! given back, so no page of a vault outlives its lock. SQLCipher can wipe by itself, and locks every block in memory
//! for it: a save costs 1.4 times as much then, and 1.05 times so.
//!
//! A block is `size (16) | what SQLite was given`.
#![expect(unsafe_code, reason = "SQLite asks for memory by pointers")]

use std::alloc::{Layout, alloc, dealloc, realloc};
use std::ffi::{c_int, c_void};
use std::ptr;
use std::sync::OnceLock;

use rusqlite::ffi;

use crate::Result;

/// Bytes before a block, as many as it is aligned to.
const HEAD: usize = 16;

const METHODS: ffi::sqlite3_mem_methods = ffi::sqlite3_mem_methods {
    xMalloc: Some(give),
    xFree: Some(take),
    xRealloc: Some(resize),
    xSize: Some(size),
    xRoundup: Some(round_up),
    xInit: Some(begin),
    xShutdown: Some(end),
    pAppData: ptr::null_mut(),
};

/// Lends the heap to SQLite. Before anything else is asked of it; later calls change nothing. A program that opens other
/// databases beside vaults calls it first: SQLite takes its memory from one place, and a vault is opened in no other.
pub fn lend() -> Result<()> {
    static LENT: OnceLock<c_int> = OnceLock::new();
    // SAFETY: SQLite copies the methods, and nothing has begun to use it.
    let lent = LENT
        .get_or_init(|| unsafe { ffi::sqlite3_config(ffi::SQLITE_CONFIG_MALLOC, ptr::from_ref(&METHODS)) });
    match *lent {
        ffi::SQLITE_OK => Ok(()),
        code => Err(rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()),
    }
}

fn layout(bytes: c_int) -> Option<Layout> {
    let bytes = usize::try_from(bytes).ok()?.checked_add(HEAD)?;
    Layout::from_size_align(bytes, HEAD).ok()
}

/// Notes the size of a new block and passes what follows it on.
///
/// SAFETY: `block` is null, or begins a block of `bytes` and a head.
unsafe fn headed(block: *mut u8, bytes: c_int) -> *mut c_void {
    if block.is_null() {
        return ptr::null_mut();
    }
    unsafe {
        block.cast::<c_int>().write(bytes);
        block.add(HEAD).cast()
    }
}

unsafe extern "C" fn give(bytes: c_int) -> *mut c_void {
    // SAFETY: no layout is empty.
    layout(bytes).map_or(ptr::null_mut(), |layout| unsafe { headed(alloc(layout), bytes) })
}

unsafe extern "C" fn take(given: *mut c_void) {
    // SAFETY: SQLite gives back what it was given, once, and the head says its size.
    unsafe {
        if let (false, Some(layout)) = (given.is_null(), layout(size(given))) {
            dealloc(given.cast::<u8>().sub(HEAD), layout);
        }
    }
}

unsafe extern "C" fn resize(given: *mut c_void, bytes: c_int) -> *mut c_void {
    // SAFETY: as above; what could not be resized is SQLite's as before.
    unsafe {
        match (layout(size(given)), layout(bytes)) {
            (Some(old), Some(new)) => headed(realloc(given.cast::<u8>().sub(HEAD), old, new.size()), bytes),
            _ => ptr::null_mut(),
        }
    }
}

unsafe extern "C" fn size(given: *mut c_void) -> c_int {
    if given.is_null() {
        return 0;
    }
    // SAFETY: the head of what SQLite was given lies before it.
    unsafe { given.cast::<u8>().sub(HEAD).cast::<c_int>().read() }
}

unsafe extern "C" fn round_up(bytes: c_int) -> c_int {
    bytes.saturating_add(7) & !7
}

unsafe extern "C" fn begin(_: *mut c_void) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn end(_: *mut c_void) {}
