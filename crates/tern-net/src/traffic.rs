//! What went on, in numbers that name nobody.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Counters of a server.
#[derive(Debug, Default)]
pub struct Traffic {
    answered: AtomicU64,
    failed: AtomicU64,
    refused: AtomicU64,
    turned_away: AtomicU64,
    received: AtomicU64,
    sent: AtomicU64,
    millis: AtomicU64,
    lines: AtomicU64,
}

/// As they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Requests that were answered.
    pub answered: u64,
    /// Requests that found the service unable.
    pub failed: u64,
    /// Requests that were none: too long, of another kind, cut off.
    pub refused: u64,
    /// Callers that came too often or had too many lines.
    pub turned_away: u64,
    /// Bytes of requests.
    pub received: u64,
    /// Bytes of replies.
    pub sent: u64,
    /// Milliseconds that were spent on answers.
    pub millis: u64,
    /// Lines that are open now, of those who were let in.
    pub lines: u64,
}

impl Traffic {
    /// As it stands.
    pub fn counts(&self) -> Counts {
        let get = |of: &AtomicU64| of.load(Ordering::Relaxed);
        Counts {
            answered: get(&self.answered),
            failed: get(&self.failed),
            refused: get(&self.refused),
            turned_away: get(&self.turned_away),
            received: get(&self.received),
            sent: get(&self.sent),
            millis: get(&self.millis),
            lines: get(&self.lines),
        }
    }

    pub(crate) fn answered(&self, received: usize, sent: usize, took: Duration) {
        add(&self.answered, 1);
        add(&self.received, received as u64);
        add(&self.sent, sent as u64);
        add(&self.millis, u64::try_from(took.as_millis()).unwrap_or(u64::MAX));
    }

    pub(crate) fn failed(&self) {
        add(&self.failed, 1);
    }

    pub(crate) fn refused(&self) {
        add(&self.refused, 1);
    }

    pub(crate) fn turned_away(&self) {
        add(&self.turned_away, 1);
    }
}

/// A line that is open, as long as it is held.
pub struct Open<'a>(&'a Traffic);

impl Traffic {
    pub(crate) fn open(&self) -> Open<'_> {
        add(&self.lines, 1);
        Open(self)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.lines.fetch_sub(1, Ordering::Relaxed);
    }
}

fn add(to: &AtomicU64, more: u64) {
    to.fetch_add(more, Ordering::Relaxed);
}
