//! Tries to break the exchange. Real devices over real folders, a real hub over a real store, sticks, a clock that jumps and
//! chance from a seed; what goes wrong is drawn, and what must hold is checked once it is quiet.
//!
//! `make simulate SEED=7 RUNS=500` runs 500 seeds from 7 on, and `TELL=--tell` tells what happens in them. A run that fails
//! says how to run it again; without arguments it is the short run of the tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod check;
mod device;
mod edit;
mod fault;
mod hub;
mod meet;
mod model;
mod port;
mod referral;
mod rows;
mod run;
mod scene;
mod stick;
mod template;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Parser;

use fault::Counts;
use run::Run;
use template::Template;

/// What is to be run.
#[derive(Parser)]
struct Args {
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many seeds; without it, the short run that the tests make.
    #[arg(long)]
    runs: Option<u64>,
    /// Stops at the first that fails.
    #[arg(long)]
    until_fails: bool,
    /// Tells everything that happens.
    #[arg(long)]
    tell: bool,
    /// What `cargo test` hands to every test.
    #[arg(hide = true, num_args = 0..)]
    _filter: Vec<String>,
    #[arg(long, hide = true)]
    nocapture: bool,
}

/// Seeds of the short run: together they let everything go wrong.
const SHORT: u64 = 30;

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

fn main() -> ExitCode {
    let args = Args::parse();
    let template = Template::make();
    let runs = args.runs.unwrap_or(SHORT);
    let (mut all, mut failed) = (Counts::default(), Vec::new());
    for seed in args.seed..args.seed + runs {
        let mut run = Run::begin(&template, seed, args.tell);
        let done = catch_unwind(AssertUnwindSafe(|| run.go()));
        all.join(&run.counts);
        if done.is_err() {
            say(&format!("seed {seed} fails. Again: make simulate SEED={seed} RUNS=1 TELL=--tell"));
            failed.push(seed);
            if args.until_fails {
                break;
            }
        }
    }
    for (fault, count) in all.each() {
        say(&format!("{count:>8}  {}", fault.what()));
    }
    let never: Vec<&str> =
        all.each().filter(|(_, count)| *count == 0).map(|(fault, _)| fault.what()).collect();
    say(&format!("{runs} runs from seed {}, {} failed: {failed:?}", args.seed, failed.len()));
    if !never.is_empty() && runs >= SHORT {
        say(&format!("never happened: {never:?}"));
        return ExitCode::FAILURE;
    }
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
