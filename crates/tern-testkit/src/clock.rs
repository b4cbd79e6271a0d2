//! A clock that stands where a test puts it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tern_record::port::Clock;

/// A clock for tests. It may run backwards. Clones show the same time.
#[derive(Clone)]
pub struct FakeClock {
    now_ms: Arc<AtomicI64>,
    steady_ms: Arc<AtomicU64>,
}

impl FakeClock {
    /// Stands at a moment.
    pub fn at(now_ms: i64) -> Self {
        Self { now_ms: Arc::new(AtomicI64::new(now_ms)), steady_ms: Arc::default() }
    }

    /// Moves wall and steady time on.
    pub fn pass(&self, ms: u64) {
        self.now_ms.fetch_add(ms.cast_signed(), Ordering::Relaxed);
        self.steady_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Sets the wall clock alone, as a user or a flat battery does.
    pub fn set(&self, now_ms: i64) {
        self.now_ms.store(now_ms, Ordering::Relaxed);
    }
}

impl Clock for FakeClock {
    fn now_ms(&self) -> i64 {
        self.now_ms.load(Ordering::Relaxed)
    }

    fn offset_min(&self) -> i16 {
        120
    }

    fn steady_ms(&self) -> u64 {
        self.steady_ms.load(Ordering::Relaxed)
    }
}
