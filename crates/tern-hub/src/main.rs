//! Starts a hub, and stops it when it is told to.

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use tern_hub::log::Log;
use tern_hub::settings::Settings;
use tern_hub::start::{Started, start};

fn main() -> ExitCode {
    let settings = match Settings::try_parse() {
        Ok(settings) => settings,
        Err(told) => {
            let _ = told.print();
            return if told.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    match start(&settings, Log::to(Box::new(io::stderr()))) {
        Ok(started) => run(started),
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(started: Started) -> ExitCode {
    tell(&started);
    let waited = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let waited = waited.and_then(|runtime| runtime.block_on(told_to_stop()));
    say("stops: lets what is going on come to its end");
    drop(started);
    match waited {
        Ok(()) => {
            say("stopped");
            ExitCode::SUCCESS
        }
        Err(error) => {
            say(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn tell(started: &Started) {
    let found = started.found();
    say(&format!("listens on {}", started.listens()));
    if let Some(at) = started.metrics() {
        say(&format!("tells numbers on http://{at}/metrics"));
    }
    say(&format!("holds {} envelopes and {} attachments", found.total.envelopes, found.total.blobs));
    if found.orphans > 0 {
        say(&format!("removed {} attachments that nobody knew of", found.orphans));
    }
    if found.missing > 0 {
        say(&format!("misses {} attachments that should be here: were they restored?", found.missing));
    }
    say(&format!("address to give to devices: {}", started.address()));
}

fn say(line: &str) {
    let _ = writeln!(io::stderr(), "tern-hub: {line}");
}

#[cfg(unix)]
async fn told_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut end, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    tokio::select! {
        _ = end.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn told_to_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
