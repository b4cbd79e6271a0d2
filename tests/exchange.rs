//! Devices that worked apart come together. The real vaults, the real exchange, without a network between them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::{App, Ports, Schema, script};
use tern_stories::Tern;
use tern_stories::members::joined;
use tern_stories::tern::WORDS;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

fn register(app: &mut App, name: &str) -> String {
    let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" });
    app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned()
}

/// One whole exchange; gives how many requests it took.
fn meet(one: &mut App, other: &mut App) -> u32 {
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

fn edit(app: &mut App, child: &str, path: &str, value: Value) {
    app.script_edit(child, &[], [(path.to_owned(), value)].into()).unwrap();
}

fn shown(app: &mut App, child: &str, path: &str) -> Value {
    app.script_show(child, None, None).unwrap()["fields"][path].clone()
}

fn whole(app: &mut App) {
    assert_eq!(app.script_verify(true).unwrap()["problems"], json!([]));
}

#[test]
fn two_devices_come_together_and_both_edits_of_one_answer_stand() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    let child = register(&mut leila, "Samir");
    meet(&mut tomas, &mut leila);
    assert_eq!(shown(&mut tomas, &child, "sex")["value"], "M");
    edit(&mut leila, &child, "sex", json!("F"));
    edit(&mut tomas, &child, "sex", json!("X"));
    let other = register(&mut tomas, "Omid");
    meet(&mut leila, &mut tomas);
    for app in [&mut leila, &mut tomas] {
        let sex = shown(app, &child, "sex");
        assert_eq!(sex["state"], "disputed", "{sex}");
        assert_eq!(sex["values"].as_array().unwrap().len(), 2);
        assert_eq!(shown(app, &other, "sex")["value"], "M");
        whole(app);
    }
    assert_eq!(meet(&mut leila, &mut tomas), 1, "nothing is new");
}
