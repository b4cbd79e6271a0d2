//! Undoing what a stolen coordinator's device said: it is told before what comes of it, who was rightly out stays out, and
//! nobody keeps it from being done by saying a thousand things.

use serde_json::{Value, json};
use tern_seal::roster::{Author, Body, Carried, Entry, Roster, ScopeKind};
use tern_stories::Tern;
use tern_stories::members::{
    bring, handed_on, joined, seat, seat_id_of, taken_apart, tell, three_coordinators,
    writes_under_the_newest,
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// The first statement of a kind by a seat, as `roster log` names it.
fn first_said(by: &str, what: &str, on: &Tern) -> String {
    let log = on.run(&["roster", "log"]).ok();
    let said = log["statements"].as_array().unwrap().clone();
    let found = said.iter().find(|entry| entry["by"] == json!(by) && entry["says"] == what).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

fn lent(from: &Tern, to: &str) -> String {
    let half = from.tmp().join("half").to_str().unwrap().to_owned();
    from.run(&["roster", "lend", to, &half]).ok();
    half
}

/// Who was ever named to read the core, by the newest key.
fn reads_the_core(on: &Tern, worker: &str) -> bool {
    let (id, carried) = (seat_id_of(on, worker), handed_on(on));
    let roster = Roster::fold(carried.entries[0].realm(), &carried.entries).unwrap();
    let core = roster.scopes.values().filter(|scope| scope.kind == ScopeKind::Core);
    core.into_iter().any(|scope| scope.epochs[&scope.current].readers.contains(&id))
}

#[test]
fn who_was_rightly_taken_out_stays_out_and_gets_no_key_when_the_rest_is_undone() {
    let (first, second, third) = three_coordinators(PROGRAM);
    for (worker, device) in [("Ana", "Tablet 4"), ("Nadia", "Tablet 5")] {
        joined(&first, worker, device, &["case_worker"], &[]);
    }
    tell(&first, &third);
    // Sana takes out a tablet that was lost. Then her laptop is stolen and takes Leila out, and admits a helper.
    third.run(&["device", "remove", "Ana", "--reason", "lost"]).ok();
    let thief = third.copied();
    thief.run(&["device", "remove", "Leila", "--reason", "misused"]).ok();
    joined(&thief, "Bruno", "Tablet 9", &["case_worker"], &[]);
    tell(&thief, &second);
    let from = first_said(&seat_id_of(&second, "Sana").to_hex(), "removed", &second);
    let half = lent(&first, "Omar");
    let void = |more: &[&str]| {
        second.run(&[&["roster", "void", "Sana", "--from", &from, "--half", &half], more].concat())
    };
    // It is told before, and nothing is done.
    let before = second.run(&["roster", "log"]).ok();
    let told = void(&[]).ok();
    let back: Vec<(&Value, &Value)> =
        told["in_again"].as_array().unwrap().iter().map(|seat| (&seat["worker"], &seat["was_out"])).collect();
    assert!(back.len() == 2 && back.contains(&(&json!("Ana"), &json!("lost"))), "{told}");
    assert!(back.contains(&(&json!("Leila"), &json!("misused"))), "{told}");
    assert_eq!(told["out"][0]["worker"], "Bruno");
    let refused = void(&["--do"]).refused(1, "back-or-out").to_string();
    assert!(["Ana (", "Leila ("].iter().all(|name| refused.contains(name)), "{refused}");
    void(&["--back", "Leila", "--do"]).refused(1, "back-or-out");
    void(&["--back", "Leila", "--keep-out", "Nadia", "--do"]).refused(1, "unknown-seat");
    assert_eq!(second.run(&["roster", "log"]).ok(), before);
    assert_eq!(void(&["--back", "Leila", "--keep-out", "Ana", "--do"]).ok()["done"], true);
    assert_eq!(seat(&second, "Ana")["removed"], "lost");
    assert_eq!(seat(&second, "Leila")["removed"], Value::Null);
    assert_eq!(seat(&second, "Sana")["removed"], "misused");
    // On every device that hears of it, in whichever order, and none gives a key.
    tell(&second, &first);
    assert!(writes_under_the_newest(&first));
    assert_eq!(seat(&first, "Ana")["removed"], "lost");
    assert!(!reads_the_core(&first, "Ana") && reads_the_core(&first, "Nadia"));
    assert!(seat(&first, "Bruno")["fell"]["undone"] == true, "told as who may be taken in again");
    assert_eq!(bring(&third, &handed_on(&second)).ok()["in"], false);
}

/// What a device hands on, with three hundred things that a seat says apart.
fn with_three_hundred(of: &Tern, by: &Tern) -> Carried {
    let (keys, mut carried) = (taken_apart(by), handed_on(of));
    let realm = carried.entries[0].realm();
    let deps = Roster::fold(realm, &carried.entries).unwrap().heads;
    for number in 0..300_u16 {
        let body = Body::Unknown { kind: 200, bytes: number.to_be_bytes().to_vec() };
        let entry = Entry { realm, deps: deps.clone(), author: Author::Seat(keys.seat), body };
        carried.entries.push(entry.sign(&keys.signing).unwrap());
    }
    carried
}

#[test]
fn a_device_that_is_out_undoes_it_whatever_number_of_things_was_said_apart() {
    let (first, second, third) = three_coordinators(PROGRAM);
    let tablet = joined(&first, "Nadia", "Tablet 5", &["case_worker"], &[]);
    for device in [&second, &third] {
        tell(&first, device);
    }
    let crowded = with_three_hundred(&first, &tablet);
    for device in [&first, &second, &third] {
        bring(device, &crowded).ok();
    }
    let thief = third.copied();
    thief.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    let half = lent(&first, "Omar");
    let sana = seat_id_of(&first, "Sana").to_hex();
    let carried = handed_on(&thief);
    // Three hundred things more by the thief, apart: without a first statement, all that is known here is named.
    let mut apart = with_three_hundred(&thief, &third);
    apart.entries.extend(carried.entries);
    assert_eq!(bring(&second, &apart).ok()["in"], false);
    let void =
        |more: &[&str]| second.run(&[&["roster", "void", &sana, "--half", &half, "--do"], more].concat());
    assert_eq!(void(&[]).ok()["in"], false, "nothing that is known was undone");
    let from = first_said(&sana, "removed", &second);
    assert_eq!(void(&["--from", &from]).ok()["in"], true);
    second.run(&["board"]).ok();
    tell(&second, &first);
    assert_eq!(seat(&first, "Sana")["removed"], "misused");
    assert!(writes_under_the_newest(&first) && writes_under_the_newest(&second));
}
