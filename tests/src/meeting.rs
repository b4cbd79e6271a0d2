//! Devices that come together, over a line without a network or by a stick, and what a test asks of them afterwards.

use std::sync::Arc;

use serde_json::Value;
use tern_app::{App, Ports, Schema, script};

use crate::tern::{Said, Tern, WORDS};

/// A device, unlocked.
pub fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

/// One whole exchange, after which both hold the same; gives how many requests it took.
pub fn meet(one: &mut App, other: &mut App) -> u32 {
    let peer = one.peer_of(other.seat()).unwrap();
    let mut exchange = one.begin_exchange(peer).unwrap();
    loop {
        let request = one.ask_peer(&mut exchange).unwrap();
        let reply = other.answer_peer(&request).unwrap();
        if !one.hear_reply(&mut exchange, &reply).unwrap() {
            break;
        }
    }
    one.note_exchange(&exchange, &peer, "").unwrap();
    assert!(exchange.outcome().is_equal, "{:?}", exchange.outcome());
    exchange.outcome().tally.round_trips
}

/// A file that is not there yet.
pub fn file_in(tern: &Tern, name: &str) -> String {
    let file = tern.tmp().join(name);
    let _ = std::fs::remove_file(&file);
    file.to_str().unwrap().to_owned()
}

/// Everything that a device holds, in a file.
pub fn written(tern: &Tern, name: &str) -> String {
    let file = file_in(tern, name);
    tern.run(&["sync", "write", &file]).ok();
    file
}

/// Everything that one device holds, read by another.
pub fn bring(from: &Tern, to: &Tern) -> Value {
    to.run(&["sync", "read", &written(from, "stick")]).ok()
}

/// The id that a command told.
pub fn id(said: &Said) -> String {
    said.ok()["id"].as_str().unwrap().to_owned()
}

/// Where a child was separated, as a device shows it.
pub fn place(tern: &Tern, child: &str) -> Value {
    tern.run(&["show", child]).ok()["fields"]["separation.place"]["value"].clone()
}
