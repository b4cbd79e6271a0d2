//! The two things that a pure core must be handed: what time it is, and chance.

use crate::intent::{ClockFlag, Stamp};

/// A source of unpredictable bytes. Production uses the operating system's; tests a seed.
pub trait Random: Send {
    /// Fills the whole slice.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The device's clock. It orders nothing; it only says what people will read.
pub trait Clock: Send + Sync {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_ms(&self) -> i64;

    /// Minutes east of UTC in the device's time zone.
    fn offset_min(&self) -> i16;

    /// Milliseconds that never run backwards, from an arbitrary start. For idle times and delays.
    fn steady_ms(&self) -> u64;

    /// Whether the device itself doubts its clock.
    fn flag(&self) -> ClockFlag {
        ClockFlag::Sure
    }

    /// The moment as an intent carries it.
    fn stamp(&self) -> Stamp {
        Stamp { at_ms: self.now_ms(), offset_min: self.offset_min(), clock: self.flag() }
    }
}
