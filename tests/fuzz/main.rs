//! Bytes that nobody honest would send, to everything that takes bytes from elsewhere: requests, replies, files, envelopes.
//!
//! What is real is taken from an exchange of two devices and a hub, spoilt by a seed, and where that is what somebody of the
//! programme could do, signed again. Nothing panics, nothing that was saved is lost, and honest work goes on afterwards.
//! `make fuzz SEED=1 RUNS=100000` goes on for long.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

#[allow(dead_code)]
#[path = "../simulator/device.rs"]
mod device;
#[allow(dead_code)]
#[path = "../simulator/hub.rs"]
mod hub;
#[allow(dead_code)]
#[path = "../simulator/port.rs"]
mod port;
#[allow(dead_code)]
#[path = "../simulator/template.rs"]
mod template;

mod spoil;
mod targets;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;
use tern_testkit::Seeded;

use targets::{Bench, Target};

/// What is to be run.
#[derive(Parser)]
struct Args {
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many of each kind.
    #[arg(long, default_value_t = 400)]
    runs: u64,
    /// What `cargo test` hands to every test.
    #[arg(hide = true, num_args = 0..)]
    _filter: Vec<String>,
}

/// What was done is looked over after so many.
const OFTEN: u64 = 100;

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn main() -> ExitCode {
    let args = Args::parse();
    let mut bench = Bench::make();
    for seed in args.seed..args.seed + args.runs {
        for target in Target::ALL {
            let random = &mut Seeded::new(seed);
            if catch_unwind(AssertUnwindSafe(|| bench.run(target, random))).is_err() {
                say(&format!("seed {seed} fails at {target:?}. Again: make fuzz SEED={seed} RUNS=1"));
                return ExitCode::FAILURE;
            }
        }
        if (seed - args.seed) % OFTEN == OFTEN - 1 || seed + 1 == args.seed + args.runs {
            bench.look_over();
        }
    }
    bench.taken().for_each(|(target, taken)| {
        say(&format!("{target:?}: {} spoilt, {taken} of them taken in or answered as if honest", args.runs));
    });
    ExitCode::SUCCESS
}
