//! Windows side by side: what a screen asks before words are drawn, what it is refused, and what it is told afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};
use tern_app::call::call;
use tern_app::{Desk, Ports};
use tern_form::Schema;
use tern_seal::slot::Cost;
use tern_testkit::{FakeClock, Seeded};

const NOON: i64 = 1_795_500_000_000;

fn desk(folder: &Path, seed: u64) -> (Desk, FakeClock) {
    let clock = FakeClock::at(NOON);
    let ports = Ports {
        clock: Box::new(clock.clone()),
        random: Mutex::new(Box::new(Seeded::new(seed))),
        vfs: None,
        keystore: None,
    };
    (Desk::new(folder.to_owned(), Schema::embedded().unwrap(), ports, Cost::FLOOR), clock)
}

fn ok(desk: &Desk, command: &str, args: Value) -> Value {
    call(desk, command, &args).unwrap_or_else(|refused| panic!("{command}: {}", refused.code))
}

fn refused(desk: &Desk, command: &str, args: Value) -> String {
    call(desk, command, &args).expect_err(command).code
}

/// Draws secrets and adds them, typed back, to what is asked.
fn with_secrets(desk: &Desk, mut ask: Value) -> (Value, String) {
    let drawn = ok(desk, "draw_secrets", json!({}));
    let words: Vec<&str> = drawn["words"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let words = words.join(" ");
    ask["words"] = json!(words);
    ask["rescue_check"] = json!({ "1": drawn["rescue_groups"][1], "4": drawn["rescue_groups"][4] });
    (json!({ "ask": ask }), words)
}

fn begun_as(folder: &Path, practice: bool) -> Desk {
    begun_with_words_as(folder, practice).0
}

fn begun(folder: &Path) -> Desk {
    begun_as(folder, true)
}

fn begun_with_words(folder: &Path) -> (Desk, String) {
    begun_with_words_as(folder, true)
}

fn begun_with_words_as(folder: &Path, practice: bool) -> (Desk, String) {
    let (desk, _) = desk(folder, 1);
    let ask = json!({ "name": "Harbour", "site": "Velmar", "country": "QME", "worker": "Leila", "practice": practice });
    let (ask, words) = with_secrets(&desk, ask);
    ok(&desk, "create_programme", ask);
    (desk, words)
}

/// Asks to be admitted; gives the words that open the device.
fn asks(desk: &Desk, invitation: &Value, name: &str) -> String {
    let (ask, words) = with_secrets(desk, json!({ "invitation": invitation["text"], "device": name }));
    let status = ok(desk, "request_seat", ask);
    assert_eq!(status["door"], "waiting");
    words
}

fn admits(desk: &Desk, waiting: &Value, worker: &str, role: &str) -> Value {
    let words: Vec<&str> = waiting["words"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let site = ok(desk, "people", json!({}))["sites"][0]["id"].clone();
    let ask = json!({ "request": waiting["text"], "worker": worker, "same_person": null, "roles": [role], "site": site, "words": words.join(" ") });
    ok(desk, "admit_seat", json!({ "ask": ask }))
}

#[test]
fn a_piece_is_looked_at_before_words_are_drawn_or_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let boss = begun(&folder.path().join("boss"));
    let (second, clock) = desk(&folder.path().join("second"), 2);
    let (third, _) = desk(&folder.path().join("third"), 3);
    let invitation = ok(&boss, "invite", json!({ "hours": 2 }));
    let members = ok(&boss, "roster_piece", json!({}));
    for (text, code) in [(&members["text"], "another-piece"), (&json!("no piece"), "another-piece")] {
        assert_eq!(refused(&second, "read_invitation", json!({ "text": text })), code);
    }
    let read = ok(&second, "read_invitation", json!({ "text": invitation["text"] }));
    assert_eq!((&read["practice"], &read["expires"]), (&json!(true), &invitation["expires"]));
    clock.pass(2 * 3_600_000 + 1);
    assert_eq!(refused(&second, "read_invitation", json!({ "text": invitation["text"] })), "invite-expired");
    assert_eq!(ok(&second, "status", json!({}))["door"], "new", "nothing is on the disk yet");

    let invitation = ok(&boss, "invite", json!({ "hours": 24 }));
    let words = asks(&second, &invitation, "Tablet 2");
    let other = ok(&boss, "invite", json!({ "hours": 24 }));
    asks(&third, &other, "Tablet 3");
    let admission = admits(&boss, &ok(&second, "waiting", json!({})), "Omar", "case_worker");
    assert_eq!(refused(&third, "read_admission", json!({ "text": admission["text"] })), "other-device");
    assert_eq!(refused(&second, "read_admission", json!({ "text": invitation["text"] })), "another-piece");
    ok(&second, "read_admission", json!({ "text": admission["text"] }));
    let status = ok(&second, "join", json!({ "words": words, "admission": admission["text"] }));
    let may = &status["session"]["may"];
    assert_eq!(
        [&may["children"], &may["admits"], &may["removes"], &may["reviews"], &may["cards"]],
        [&json!(true), &json!(false), &json!(false), &json!(false), &json!(false)]
    );
    let people = ok(&boss, "people", json!({}));
    let persons: Vec<&Value> =
        people["members"].as_array().unwrap().iter().map(|one| &one["person"]).collect();
    assert_eq!(persons.len(), 2);
    assert_ne!(persons[0], persons[1]);
    let audit = ok(&boss, "audit", json!({ "text": "case worker" }));
    assert_eq!(audit[0]["why"], "Case worker", "roles are told in words");
}

#[test]
fn both_pages_and_the_members_make_a_coordinator_again_and_one_device_is_said_until_it_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let boss = begun_as(&folder.path().join("boss"), false);
    let first = json!({"device": true, "sheet": true, "copy": false, "empty": true});
    for command in ["whereabouts", "today"] {
        assert_eq!(ok(&boss, command, json!({}))["lacks"], first, "{command}: nothing is recorded yet");
    }
    let sheet = ok(&boss, "make_sheet", json!({}));
    let page = |at: usize| {
        let groups: Vec<&str> =
            sheet["pages"][at].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        groups.join(" ")
    };
    assert_eq!(
        ok(&boss, "whereabouts", json!({}))["lacks"],
        json!({"device": true, "sheet": false, "copy": false, "empty": true}),
        "paper is no second device"
    );
    let members = ok(&boss, "roster_piece", json!({}));
    let (fresh, _) = desk(&folder.path().join("fresh"), 2);
    let ask = |one: &str, other: &str| {
        let ask = json!({
            "members": members["text"], "one": one, "other": other, "worker": "Leila", "device": "Laptop 9",
        });
        with_secrets(&fresh, ask).0
    };
    assert_eq!(refused(&fresh, "begin_from_sheet", ask(&page(0), &page(0))), "other-sheet");
    assert_eq!(ok(&fresh, "status", json!({}))["door"], "new");
    let status = ok(&fresh, "begin_from_sheet", ask(&page(1), &page(0)));
    assert_eq!((&status["door"], &status["session"]["may"]["admits"]), (&json!("open"), &json!(true)));

    let invitation = ok(&boss, "invite", json!({ "hours": 2 }));
    let (second, _) = desk(&folder.path().join("second"), 3);
    asks(&second, &invitation, "Tablet 2");
    admits(&boss, &ok(&second, "waiting", json!({})), "Omar", "coordinator");
    assert_eq!(ok(&boss, "whereabouts", json!({}))["lacks"], json!(null));
}

#[test]
fn a_journey_that_is_refused_leaves_the_worker_at_work() {
    let folder = tempfile::tempdir().unwrap();
    let desk = begun(folder.path());
    assert_eq!(refused(&desk, "travel", json!({})), "coordinators-needed");
    assert_eq!(ok(&desk, "status", json!({}))["door"], "open");
    ok(&desk, "today", json!({}));
}

#[test]
fn a_form_that_was_noted_in_confidence_is_not_taken_over_and_nothing_of_it_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (desk, first) = begun_with_words(folder.path());
    let (ask, words) = with_secrets(&desk, json!({ "worker": "Sana", "roles": ["registrar"], "site": null }));
    let site = ok(&desk, "people", json!({}))["sites"][0]["id"].clone();
    let mut ask = ask;
    ask["ask"]["site"] = site;
    ok(&desk, "add_worker", ask);
    ok(&desk, "lock", json!({}));
    ok(&desk, "unlock", json!({ "words": words }));
    let draft = ok(&desk, "begin_draft", json!({}))["id"].clone();
    let note = json!({
        "id": draft, "path": "distinguishing_marks", "value": "what only the child knows", "typing": false,
    });
    ok(&desk, "put_draft", json!({ "ask": note }));
    ok(&desk, "lock", json!({}));
    ok(&desk, "unlock", json!({ "words": first }));
    assert_eq!(refused(&desk, "take_draft", json!({ "id": draft })), "only-its-worker");
    ok(&desk, "lock", json!({}));
    ok(&desk, "unlock", json!({ "words": words }));
    let again = ok(&desk, "draft", json!({ "id": draft }));
    assert!(again.to_string().contains("what only the child knows"));
}
