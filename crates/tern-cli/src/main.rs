//! Starts `tern` and turns what came of it into output and an exit code.

use std::io::Write as _;
use std::sync::Arc;

use clap::Parser as _;
use clap::error::ErrorKind;
use serde_json::Value;
use tern_app::text::Text;
use tern_app::{Ports, Schema};
use tern_cli::args::Cli;
use tern_cli::print;
use tern_cli::run::{Refused, run};

fn main() {
    tern_app::guard::keep_memory_here();
    std::process::exit(start());
}

fn start() -> i32 {
    let Ok(schema) = Schema::embedded() else {
        let _ = writeln!(std::io::stderr(), "The forms inside this program are damaged. Install it again.");
        return 4;
    };
    let schema = Arc::new(schema);
    let text = Text::new(Arc::clone(&schema), "en");
    let wants_json = std::env::args().any(|word| word == "--json");
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(help) if matches!(help.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            let _ = help.print();
            return 0;
        }
        Err(error) => return refuse(&Refused::Words(error), &text, wants_json),
    };
    match run(&cli, &schema, &Arc::new(Ports::with_keystore())) {
        Ok(None) => 0,
        Ok(Some(value)) => {
            let out = if cli.common.json { format!("{value}\n") } else { print::text(&value) };
            let written = std::io::stdout().write_all(out.as_bytes());
            let damaged =
                value.get("problems").and_then(Value::as_array).is_some_and(|found| !found.is_empty());
            match written {
                Ok(()) if damaged => 4,
                Ok(()) => 0,
                Err(_) => 1,
            }
        }
        Err(refused) => refuse(&refused, &text, cli.common.json),
    }
}

fn refuse(refused: &Refused, text: &Text, as_json: bool) -> i32 {
    let told = refused.json(text);
    let line = if as_json {
        format!("{told}\n")
    } else {
        let word = |key: &str| told.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let hints = told.get("hints").and_then(Value::as_array).cloned().unwrap_or_default();
        let hints: Vec<&str> = hints.iter().filter_map(Value::as_str).collect();
        let message = word("message");
        let paths = told.get("paths").and_then(Value::as_array).cloned().unwrap_or_default();
        let about: Vec<&str> =
            paths.iter().filter_map(Value::as_str).filter(|path| !message.contains(path)).collect();
        let about = if about.is_empty() { String::new() } else { format!("{}: ", about.join(", ")) };
        format!("{about}{message}\n{}\n", hints.join("\n"))
    };
    let _ = std::io::stderr().write_all(line.as_bytes());
    refused.exit()
}
