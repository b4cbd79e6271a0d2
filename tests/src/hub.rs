//! A hub that runs in this process, and one that runs as somebody runs it.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

use clap::Parser as _;
use tern_hub::log::Log;
use tern_hub::settings::Settings;
use tern_hub::start::{Started, start};

use crate::tern::Tern;

/// A hub in a folder, begun with the members that a device knows: they come by this file.
pub fn hub_in(tern: &Tern, folder: &Path, roster: &Path) -> Started {
    tern_store::lend_heap().unwrap();
    if !roster.exists() {
        tern.run(&["roster", "log", "--out", roster.to_str().unwrap()]).ok();
    }
    let store = format!("sqlite:{}", folder.join("hub.db").display());
    let words =
        ["tern-hub", "--store", &store, "--realm", roster.to_str().unwrap(), "--listen", "127.0.0.1:0"];
    start(&Settings::try_parse_from(words).unwrap(), Log::to(Box::new(std::io::sink()))).unwrap()
}

/// The program, as somebody runs it.
pub struct HubProgram {
    child: Child,
    said: BufReader<ChildStderr>,
    /// What devices are told.
    pub address: String,
}

impl HubProgram {
    /// Starts it over a folder, with the members that a file names.
    pub fn start(program: &str, folder: &Path, roster: &str) -> Self {
        let store = format!("sqlite:{}", folder.join("hub.db").display());
        let mut child = Command::new(program)
            .args(["--store", &store, "--realm", roster, "--listen", "127.0.0.1:0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("to devices: ") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "it did not start");
        }
        let address = line.trim().split_once("to devices: ").unwrap().1.to_owned();
        Self { child, said, address }
    }

    /// Ends it as a power cut does; gives what it said.
    pub fn kill(&mut self) -> String {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let mut said = String::new();
        self.said.read_to_string(&mut said).unwrap();
        said
    }
}

impl Drop for HubProgram {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
