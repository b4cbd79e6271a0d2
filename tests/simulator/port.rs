//! The ports of a simulated device: a clock that stands where it is put, chance from a seed, and a process that can be ended
//! between any two draws of it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use tern_app::Ports;
use tern_record::port::Random;
use tern_testkit::{FakeClock, Seeded};

/// What unwinds when a process is ended.
struct Killed;

/// Ends the process that it belongs to after so many draws.
#[derive(Clone, Default)]
pub struct Fuse(Arc<AtomicI64>);

impl Fuse {
    /// Does something, and ends the process in it after so many draws; `None` when it was ended.
    pub fn within<T>(&self, draws: usize, work: impl FnOnce() -> T) -> Option<T> {
        self.0.store(draws as i64 + 1, Ordering::Relaxed);
        let done = catch_unwind(AssertUnwindSafe(work));
        self.0.store(0, Ordering::Relaxed);
        done.map_err(let_pass).ok()
    }

    fn burn(&self) {
        if self.0.load(Ordering::Relaxed) > 0 && self.0.fetch_sub(1, Ordering::Relaxed) == 1 {
            resume_unwind(Box::new(Killed));
        }
    }
}

/// Anything else that unwinds is a fault of the program.
fn let_pass(unwound: Box<dyn Any + Send>) {
    if !unwound.is::<Killed>() {
        resume_unwind(unwound);
    }
}

struct Chance {
    from: Seeded,
    fuse: Fuse,
}

impl Random for Chance {
    fn fill(&mut self, bytes: &mut [u8]) {
        self.fuse.burn();
        self.from.fill(bytes);
    }
}

/// Ports of one process.
pub fn ports(seed: u64, clock: &FakeClock, fuse: &Fuse) -> Arc<Ports> {
    let chance = Chance { from: Seeded::new(seed), fuse: fuse.clone() };
    Arc::new(Ports {
        clock: Box::new(clock.clone()),
        random: Mutex::new(Box::new(chance)),
        vfs: None,
        keystore: None,
    })
}
