//! The real clock, the operating system's randomness, and the SQLite VFS: everything that is not pure.

mod keystore;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use tern_record::port::{Clock, Random};
use tern_record::{ClockFlag, DeviceId, Stamp};
use tern_seal::slot::KeystoreKey;

/// What the core needs from outside. Tests put seeds and fake clocks here.
pub struct Ports {
    /// What time it is.
    pub clock: Box<dyn Clock>,
    /// Chance.
    pub random: Mutex<Box<dyn Random>>,
    /// Name of a registered SQLite VFS; `None` for the system's.
    pub vfs: Option<String>,
    /// The keystore of the operating system, where there is one.
    pub keystore: Option<Box<dyn Keystore>>,
}

/// A keystore of the operating system: an extra factor beside the passphrase, never the only holder of anything.
pub trait Keystore: Send + Sync {
    /// The key kept for a device; `None` when there is none, or the keystore does not answer.
    fn get(&self, device: DeviceId) -> Option<KeystoreKey>;
    /// Keeps a key for a device; `false` when it could not be kept.
    fn put(&self, device: DeviceId, key: &KeystoreKey) -> bool;
}

impl Ports {
    /// The real ones.
    pub fn system() -> Self {
        Self {
            clock: Box::new(SystemClock::begin()),
            random: Mutex::new(Box::new(tern_seal::SystemRandom::default())),
            vfs: None,
            keystore: None,
        }
    }

    /// The real ones, with the keystore of the operating system where one answers: for people's programs, not for tests.
    pub fn with_keystore() -> Self {
        Self { keystore: keystore::find(), ..Self::system() }
    }

    /// Today on this device's calendar.
    pub fn today(&self) -> Date {
        civil_day(self.clock.now_ms(), self.clock.offset_min())
    }

    /// Runs `draw` with the source of randomness.
    pub fn draw<T>(&self, draw: impl FnOnce(&mut dyn Random) -> T) -> T {
        let mut random = self.random.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        draw(random.as_mut())
    }
}

/// The day that a moment fell on, by the offset it was typed in.
pub fn civil_day(at_ms: i64, offset_min: i16) -> Date {
    let offset = Offset::from_seconds(i32::from(offset_min).saturating_mul(60)).unwrap_or(Offset::UTC);
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    offset.to_datetime(at).date()
}

/// RFC 3339 with the offset it was typed in.
pub fn rfc3339(stamp: Stamp) -> String {
    let offset = Offset::from_seconds(i32::from(stamp.offset_min).saturating_mul(60)).unwrap_or(Offset::UTC);
    let at = Timestamp::from_millisecond(stamp.at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    at.display_with_offset(offset).to_string()
}

/// The device's clock. Doubts itself when it stands before this program was written or has gone back.
pub struct SystemClock {
    started: Instant,
    started_ms: i64,
    doubted: AtomicBool,
}

/// 2026-11-01: no honest clock stands before it.
const WRITTEN_MS: i64 = 1_793_491_200_000;

/// How far wall and steady time may drift apart before the clock is doubted.
const DRIFT_MS: i64 = 5 * 60 * 1000;

impl SystemClock {
    /// Starts the steady time.
    #[allow(clippy::disallowed_methods, reason = "this is the clock port")]
    pub fn begin() -> Self {
        Self { started: Instant::now(), started_ms: wall_ms(), doubted: AtomicBool::new(false) }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the clock port")]
fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl Clock for SystemClock {
    fn now_ms(&self) -> i64 {
        wall_ms()
    }

    fn offset_min(&self) -> i16 {
        let at = Timestamp::from_millisecond(wall_ms()).unwrap_or(Timestamp::UNIX_EPOCH);
        i16::try_from(TimeZone::system().to_offset(at).seconds() / 60).unwrap_or(0)
    }

    fn steady_ms(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn flag(&self) -> ClockFlag {
        let now = wall_ms();
        let expected = self.started_ms.saturating_add(self.steady_ms().cast_signed());
        if now < WRITTEN_MS || expected.saturating_sub(now) > DRIFT_MS {
            self.doubted.store(true, Ordering::Relaxed);
        }
        if self.doubted.load(Ordering::Relaxed) { ClockFlag::Unsure } else { ClockFlag::Sure }
    }
}
