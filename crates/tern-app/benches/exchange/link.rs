//! A slow line in virtual time: what it does to an exchange is worked out from the bytes, nobody waits for it.

use tern_app::App;
use tern_app::exchange::by_line::Pace;

use crate::cost::{Cost, meet_with};

/// A line as a phone in a valley has it.
#[derive(Clone, Copy)]
pub struct Link {
    bits_per_second: f64,
    /// There and back, in seconds.
    round_trip: f64,
    /// Of a hundred packets, how many are lost.
    lost_percent: u64,
}

/// Bytes of one packet, and of its headers.
const PACKET: usize = 1200;
const HEADERS: usize = 40;

impl Link {
    pub const SLOW: Self = Self { bits_per_second: 20_000.0, round_trip: 0.6, lost_percent: 5 };

    /// Longest reply: half a minute of it.
    pub const fn room(&self) -> u64 {
        64 * 1024
    }

    /// Seconds for so many bytes when nothing is lost and nobody waits but for one round trip.
    pub fn at_least(&self, bytes: u64) -> f64 {
        bytes as f64 * 8.0 / self.bits_per_second + self.round_trip
    }

    /// An exchange over it: what it cost, and the seconds that the line takes. A lost packet goes again after a round trip
    /// in which nothing comes; real lines send on meanwhile, so this is on the safe side.
    pub fn meet(&self, one: &mut App, other: &mut App, room: u64) -> (Cost, f64) {
        let mut dice = Dice(1);
        let mut seconds = 0.0;
        let cost = meet_with(one, other, (room, Pace::Whole), &mut |request, reply| {
            seconds += self.round_trip + self.carries(request, &mut dice) + self.carries(reply, &mut dice);
        });
        (cost, seconds)
    }

    fn carries(&self, bytes: usize, dice: &mut Dice) -> f64 {
        let mut seconds = 0.0;
        let mut left = bytes;
        while left > 0 {
            let packet = left.min(PACKET);
            seconds += (packet + HEADERS) as f64 * 8.0 / self.bits_per_second;
            if dice.below(100) < self.lost_percent {
                seconds += self.round_trip;
            } else {
                left -= packet;
            }
        }
        seconds
    }
}

/// The same on every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}
