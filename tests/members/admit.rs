//! The gate: an envelope of one device is taken in by another once, and counts once; anything that is not exactly
//! what its author sealed is kept aside with a reason. No bytes make it panic or leave half of them behind.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_seal::passphrase::normalise;
use tern_seal::slot::{SlotFile, SlotKind};
use tern_store::{Home, Vault};
use tern_stories::Tern;
use tern_stories::tern::WORDS;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

fn child(name: &str) -> Value {
    json!({
        "names": [name], "sex": "F", "age": 9, "accompaniment": "separated", "where_from": "Tarrin",
        "separation.place": "the old mill",
    })
}

/// Two devices of one programme that know nothing of each other's work since.
fn two_devices() -> (Tern, Tern) {
    let first = Tern::practising(TERN);
    let second = first.copied();
    (first, second)
}

/// Everything the device sealed, oldest first.
fn sealed(app: &mut App) -> Vec<Vec<u8>> {
    app.end_session().unwrap();
    app.envelopes().unwrap()
}

fn take_in(app: &mut App, envelopes: &[Vec<u8>]) {
    for bytes in envelopes {
        assert!(!matches!(app.admit(bytes).unwrap(), Admitted::Refused(_)));
    }
}

/// Reasons in the quarantine with how often each; the device must be closed.
fn quarantined(tern: &Tern) -> Vec<(String, u32)> {
    let home = Home::open(&tern.home()).unwrap();
    let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
    let payload = slots.open(SlotKind::Worker, normalise(WORDS).as_bytes(), None).unwrap().payload;
    Vault::open(&home, payload.vault.as_bytes(), None).unwrap().quarantined().unwrap()
}

fn counts(app: &mut App) -> (u32, u32, u32) {
    let found = app.verify(false).unwrap();
    assert_eq!(found.problems, Vec::<String>::new());
    (found.envelopes, found.intents, found.records)
}

#[test]
fn work_is_taken_in_once_and_counts_once() {
    let (first, second) = two_devices();
    let (mut here, mut there) = (open(&first), open(&second));
    let id = here.script_register(&child("Zuna Velmar")).unwrap()["id"].as_str().unwrap().to_owned();
    let envelopes = sealed(&mut here);
    assert_eq!(envelopes.len(), 2, "core and protection");
    for bytes in &envelopes {
        assert_eq!(there.admit(bytes).unwrap(), Admitted::New(1));
    }
    assert_eq!(
        there.script_show(&id, None, Some("a test")).unwrap(),
        here.script_show(&id, None, Some("a test")).unwrap()
    );
    assert_eq!(there.script_find("zuna", 5, None).unwrap(), here.script_find("zuna", 5, None).unwrap());
    for bytes in &envelopes {
        assert_eq!(there.admit(bytes).unwrap(), Admitted::Known);
        assert_eq!(here.admit(bytes).unwrap(), Admitted::Known);
    }
    assert_eq!((counts(&mut there), counts(&mut here)), ((2, 2, 1), (2, 2, 1)));
    drop(there);
    assert_eq!(quarantined(&second), []);
    let mut there = open(&second);
    assert_eq!(
        there.script_show(&id, None, Some("a test")).unwrap()["fields"]["separation.place"]["value"],
        "the old mill"
    );
}

#[test]
fn a_narrative_whose_file_has_not_come_says_so() {
    let (first, second) = two_devices();
    let (mut here, mut there) = (open(&first), open(&second));
    let id = here.script_register(&child("Zuna Velmar")).unwrap()["id"].as_str().unwrap().to_owned();
    let set = [("distinguishing_marks".to_owned(), json!("a scar"))];
    here.script_edit(&id, &[], set.into()).unwrap();
    take_in(&mut there, &sealed(&mut here));
    let shown = |app: &mut App| {
        app.script_show(&id, None, None).unwrap()["fields"]["distinguishing_marks"]["value"].clone()
    };
    assert_eq!((shown(&mut here), shown(&mut there)), (json!("a scar"), json!({ "absent": true })));
    let moved = there.move_entry(&id, "distinguishing_marks", &id).unwrap_err();
    assert_eq!(moved.code.name(), "same-record");
}

#[test]
fn work_that_comes_before_what_it_builds_on_waits_and_then_counts() {
    let (first, second) = two_devices();
    let (mut here, mut there) = (open(&first), open(&second));
    let id = here.script_register(&child("Zuna Velmar")).unwrap()["id"].as_str().unwrap().to_owned();
    sealed(&mut here);
    let set =
        |text: &str| [("where_from".to_owned(), json!(text)), ("separation.place".to_owned(), json!(text))];
    here.script_edit(&id, &[], set("Old Mill").into()).unwrap();
    sealed(&mut here);
    here.script_edit(&id, &[], set("Harbour").into()).unwrap();
    let mut envelopes = sealed(&mut here);
    envelopes.reverse();
    for bytes in &envelopes {
        assert!(matches!(there.admit(bytes).unwrap(), Admitted::New(_)));
    }
    assert_eq!(
        there.script_show(&id, None, Some("a test")).unwrap(),
        here.script_show(&id, None, Some("a test")).unwrap()
    );
    assert_eq!(counts(&mut there), counts(&mut here));
    drop(there);
    let mut there = open(&second);
    assert_eq!(
        there.script_show(&id, None, Some("a test")).unwrap(),
        here.script_show(&id, None, Some("a test")).unwrap()
    );
}

#[test]
fn two_copies_that_worked_apart_keep_both_branches_and_show_the_dispute() {
    let first = Tern::practising(TERN);
    let id = first.register(&child("Zuna Velmar")).ok()["id"].as_str().unwrap().to_owned();
    let second = first.copied();
    let (mut here, mut there) = (open(&first), open(&second));
    for (app, place) in [(&mut here, "Old Mill"), (&mut there, "Harbour")] {
        app.script_edit(&id, &[], [("where_from".to_owned(), json!(place))].into()).unwrap();
    }
    let (of_here, of_there) = (sealed(&mut here), sealed(&mut there));
    take_in(&mut there, &of_here);
    take_in(&mut here, &of_there);
    for app in [&mut here, &mut there] {
        let field = app.script_show(&id, None, Some("a test")).unwrap()["fields"]["where_from"].clone();
        assert_eq!((&field["state"], field["values"].as_array().unwrap().len()), (&json!("disputed"), 2));
    }
    assert_eq!(
        here.script_show(&id, None, Some("a test")).unwrap(),
        there.script_show(&id, None, Some("a test")).unwrap()
    );
    assert_eq!(counts(&mut here), counts(&mut there));
    // Both go on from there, and each takes the other's work again.
    here.script_edit(&id, &[], [("where_from".to_owned(), json!("Harbour"))].into()).unwrap();
    take_in(&mut there, &sealed(&mut here));
    assert_eq!(
        there.script_show(&id, None, Some("a test")).unwrap()["fields"]["where_from"]["state"],
        "settled"
    );
    assert_eq!(counts(&mut here), counts(&mut there));
}

#[test]
fn altered_bytes_are_kept_aside_with_a_reason_and_change_nothing() {
    let (first, second) = two_devices();
    let (mut here, mut there) = (open(&first), open(&second));
    here.script_register(&child("Zuna Velmar")).unwrap();
    let whole = sealed(&mut here).remove(0);
    let before = counts(&mut there);
    let mut bad: Vec<Vec<u8>> = (0..whole.len()).step_by(7).map(|at| flipped(&whole, at)).collect();
    bad.extend((0..whole.len()).step_by(11).map(|end| whole[..end].to_vec()));
    bad.push([whole.clone(), vec![0]].concat());
    bad.push(vec![0xff; 64]);
    bad.push(vec![0x9f; 200_000]);
    bad.push(vec![0; 2 * 1024 * 1024]);
    for bytes in &bad {
        let Admitted::Refused(code) = there.admit(bytes).unwrap() else { panic!("taken in") };
        assert!(code.starts_with("envelope-") || code.ends_with("-unknown"), "{code}");
    }
    assert_eq!(there.admit(&bad[0]).unwrap(), there.admit(&bad[0]).unwrap());
    assert_eq!(counts(&mut there), before);
    assert_eq!(there.admit(&whole).unwrap(), Admitted::New(1), "the true one is still taken");
    drop(there);
    let reasons = quarantined(&second);
    let rows: u32 = reasons.iter().map(|(_, count)| count).sum();
    assert_eq!(rows as usize, bad.len(), "a row for each: {reasons:?}");
    let codes: Vec<&str> = reasons.iter().map(|(code, _)| code.as_str()).collect();
    for wanted in ["envelope-shape", "envelope-signature", "envelope-too-large", "seat-unknown"] {
        assert!(codes.contains(&wanted), "{codes:?}");
    }
}

fn flipped(whole: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    bytes[at] ^= 0x10;
    bytes
}

#[test]
fn work_of_another_programme_is_not_taken_in() {
    let (first, other) = (Tern::practising(TERN), Tern::practising(TERN));
    let (mut here, mut there) = (open(&first), open(&other));
    here.script_register(&child("Zuna Velmar")).unwrap();
    for bytes in sealed(&mut here) {
        assert_eq!(there.admit(&bytes).unwrap(), Admitted::Refused("seat-unknown"));
    }
    assert_eq!(counts(&mut there), (0, 0, 0));
}
