//! What one exchange cost, and a line of the table.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tern_app::App;
use tern_app::exchange::by_line::Pace;
use tern_record::SeatId;
use tern_sync::tally::Tally;

/// What one exchange cost both sides together.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cost {
    /// Bytes of requests and replies; the line around them is not counted.
    pub bytes: u64,
    pub requests: u32,
    pub cpu: Duration,
    pub wall: Duration,
    /// Bytes of envelopes and photos that one of them lacked.
    pub floor: u64,
    pub envelopes: u32,
}

/// One line of the table.
pub struct Row {
    children: usize,
    job: String,
    cost: Cost,
    note: String,
}

impl Cost {
    pub fn row(self, children: usize, job: &str) -> Row {
        Row { children, job: job.to_owned(), cost: self, note: String::new() }
    }
}

impl Row {
    pub fn noted(mut self, note: String) -> Self {
        self.note = note;
        self
    }

    fn ratio(&self) -> Option<f64> {
        (self.cost.floor > 0).then(|| self.cost.bytes as f64 / self.cost.floor as f64)
    }

    pub fn print(&self) {
        let ratio = self.ratio().map_or(String::new(), |ratio| format!("x{ratio:.3}"));
        println!(
            "{:>6}  {:<42} {:>10} B {:>5} requests {:>9.1} ms cpu {:>9.1} ms  {:>10} B missing  {ratio:<7} {}",
            self.children,
            self.job,
            self.cost.bytes,
            self.cost.requests,
            self.cost.cpu.as_secs_f64() * 1000.0,
            self.cost.wall.as_secs_f64() * 1000.0,
            self.cost.floor,
            self.note
        );
    }

    pub fn json(&self) -> Value {
        json!({
            "children": self.children, "job": self.job, "bytes": self.cost.bytes, "requests": self.cost.requests,
            "cpu_ms": self.cost.cpu.as_secs_f64() * 1000.0, "wall_ms": self.cost.wall.as_secs_f64() * 1000.0,
            "missing_bytes": self.cost.floor, "envelopes": self.cost.envelopes, "ratio": self.ratio(), "note": self.note,
        })
    }
}

/// Processor time of this thread and wall time of some work.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration, Duration) {
    let (cpu, began) = (on_cpu(), Instant::now());
    let done = work();
    (done, on_cpu().saturating_sub(cpu), began.elapsed())
}

fn on_cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanos = told.split_whitespace().next().and_then(|nanos| nanos.parse().ok());
    Duration::from_nanos(nanos.unwrap_or(0))
}

/// One whole exchange: `one` asks and `other` answers, on one thread.
pub fn meet(one: &mut App, other: &mut App) -> Cost {
    meet_with(one, other, (Pace::Whole.room(), Pace::Whole), &mut |_, _| {})
}

/// The same with replies as short as a window asks for them, in which somebody is at work.
pub fn meet_gently(one: &mut App, other: &mut App) -> Cost {
    meet_with(one, other, (Pace::Gentle.room(), Pace::Gentle), &mut |_, _| {})
}

/// The same with replies of so many bytes to begin with; `told` hears how long each request and its reply are.
pub fn meet_with(
    one: &mut App,
    other: &mut App,
    (room, pace): (u64, Pace),
    told: &mut dyn FnMut(usize, usize),
) -> Cost {
    let peer = one.peer_of(other.seat()).unwrap();
    let mut cost = Cost::default();
    let (exchange, cpu, wall) = timed(|| {
        let mut exchange = one.begin_exchange(peer).unwrap().with_room(room);
        loop {
            let request = one.ask_peer(&mut exchange).unwrap();
            let reply = other.answer_peer(&request).unwrap();
            cost.bytes += (request.len() + reply.len()) as u64;
            cost.requests += 1;
            told(request.len(), reply.len());
            let began = Instant::now();
            if !one.hear_reply(&mut exchange, &reply).unwrap() {
                break;
            }
            let took_ms = u64::try_from(began.elapsed().as_millis()).unwrap();
            exchange.set_room(pace.next(exchange.room(), took_ms));
        }
        one.note_exchange(&exchange, &peer, "").unwrap();
        exchange
    });
    let outcome = exchange.outcome();
    assert!(outcome.is_equal, "{outcome:?}");
    assert_eq!(outcome.tally.aside, 0, "everything counts");
    cost.floor = missing(&outcome.tally);
    cost.envelopes = outcome.tally.sent.envelopes + outcome.tally.received.envelopes;
    (cost.cpu, cost.wall) = (cpu, wall);
    cost
}

/// Bytes that had to travel.
pub fn missing(tally: &Tally) -> u64 {
    tally.sent.bytes + tally.received.bytes + tally.blobs_sent.bytes + tally.blobs_received.bytes
}

/// What screens ask again and again while something travels.
pub fn status(app: &mut App) -> Cost {
    const ROUNDS: u32 = 20;
    let ((), cpu, wall) = timed(|| {
        for _ in 0..ROUNDS {
            app.where_work_is().unwrap();
        }
    });
    Cost { cpu: cpu / ROUNDS, wall: wall / ROUNDS, ..Cost::default() }
}

/// Writes a file for one device.
pub fn by_file(app: &mut App, file: &Path, to: SeatId) -> Cost {
    let (tally, cpu, wall) = timed(|| {
        let mut writing = app.begin_writing(file, &[to]).unwrap();
        while app.write_on(&mut writing).unwrap() {}
        app.end_writing(writing).unwrap()
    });
    let bytes = std::fs::metadata(file).unwrap().len();
    Cost { bytes, cpu, wall, envelopes: tally.sent.envelopes, ..Cost::default() }
}
