//! Who is at the door: how many lines each address has open, and how often it asked of late. Forgotten when they rest.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::time::Instant;

use crate::PerAddress;

/// Addresses that are remembered at once; beyond that those who rest are forgotten.
const MANY: usize = 4_096;

/// All who are here.
pub struct Crowd {
    limits: PerAddress,
    callers: Mutex<HashMap<IpAddr, Caller>>,
}

struct Caller {
    lines: usize,
    /// Requests that it may still make, at this time.
    left: f64,
    at: Instant,
}

/// One open line, as long as it is held.
pub struct Line {
    crowd: Arc<Crowd>,
    of: IpAddr,
}

/// Who is one: a machine, or a network of IPv6, where each machine has as many addresses as it likes.
fn one(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

impl Crowd {
    pub fn new(limits: PerAddress) -> Arc<Self> {
        Arc::new(Self { limits, callers: Mutex::default() })
    }

    /// A line for this address, unless it has too many.
    pub fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Line> {
        let of = one(address);
        let now = Instant::now();
        let mut callers = self.callers();
        if callers.len() >= MANY {
            callers.retain(|_, caller| caller.lines > 0 || !caller.is_rested(now, self.limits));
        }
        let fresh = || Caller { lines: 0, left: f64::from(self.limits.burst), at: now };
        let caller = callers.entry(of).or_insert_with(fresh);
        if caller.lines >= self.limits.connections {
            return None;
        }
        caller.lines += 1;
        Some(Line { crowd: Arc::clone(self), of })
    }

    fn callers(&self) -> MutexGuard<'_, HashMap<IpAddr, Caller>> {
        self.callers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Caller {
    fn left_at(&self, now: Instant, limits: PerAddress) -> f64 {
        let minutes = now.duration_since(self.at).as_secs_f64() / 60.0;
        f64::from(limits.per_minute).mul_add(minutes, self.left).min(f64::from(limits.burst))
    }

    fn is_rested(&self, now: Instant, limits: PerAddress) -> bool {
        self.left_at(now, limits) >= f64::from(limits.burst)
    }
}

impl Line {
    /// One more request, unless there were too many.
    pub fn may_ask(&self) -> bool {
        let now = Instant::now();
        let mut callers = self.crowd.callers();
        let Some(caller) = callers.get_mut(&self.of) else { return false };
        caller.left = caller.left_at(now, self.crowd.limits);
        caller.at = now;
        let may = caller.left >= 1.0;
        if may {
            caller.left -= 1.0;
        }
        may
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(caller) = self.crowd.callers().get_mut(&self.of) {
            caller.lines = caller.lines.saturating_sub(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LIMITS: PerAddress = PerAddress { connections: 2, burst: 3, per_minute: 60 };

    fn at(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_may_do_so_much_and_another_is_none_the_worse() {
        let crowd = Crowd::new(LIMITS);
        let one = crowd.enter(at("198.51.100.7")).unwrap();
        let two = crowd.enter(at("::ffff:198.51.100.7")).unwrap();
        assert!(crowd.enter(at("198.51.100.7")).is_none());
        let other = crowd.enter(at("198.51.100.8")).unwrap();
        assert_eq!([(); 4].map(|()| one.may_ask()), [true, true, true, false]);
        assert!(!two.may_ask() && other.may_ask());
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!([(); 2].map(|()| one.may_ask()), [true, false]);
        drop(two);
        assert!(crowd.enter(at("198.51.100.7")).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_is_one_and_who_rests_is_forgotten() {
        let crowd = Crowd::new(LIMITS);
        let _one = crowd.enter(at("2001:db8::1")).unwrap();
        let _two = crowd.enter(at("2001:db8::2")).unwrap();
        assert!(crowd.enter(at("2001:db8::3")).is_none());
        for n in 0..MANY as u32 {
            drop(crowd.enter(IpAddr::V4((n << 8).into())));
        }
        drop(crowd.enter(at("203.0.113.1")));
        assert!(crowd.callers().len() < 10, "{} are remembered", crowd.callers().len());
    }
}
