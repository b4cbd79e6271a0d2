//! Where the membership, the work that cannot leave and the exchange meet: whoever is in comes together with everybody, and
//! everything counts once.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::{Ports, Schema, script};
use tern_record::log::LogState;
use tern_seal::epoch::epoch_key;
use tern_seal::roster::{Author, Body, Entry, EpochBegun, Roster, ScopeKind};
use tern_seal::{SealKey, SystemRandom};
use tern_store::held_log::HeldLogRow;
use tern_store::{Home, Vault};
use tern_stories::Tern;
use tern_stories::meeting::{bring, file_in, id, meet, open, place};
use tern_stories::members::{self, handed_on, joined, taken_apart, tell};
use tern_stories::tern::{Said, WORDS};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn answers(name: &str) -> Value {
    json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown",
        "separation.place": "the old mill" })
}

fn as_worker(tern: &Tern, words: &str, command: &[&str]) -> Said {
    Said::from(tern.command(command).env("TERN_PASSPHRASE", words).arg("--json").output().unwrap())
}

/// The logs of a device, each checked against the envelopes that lie there.
fn logs(tern: &Tern) -> Vec<HeldLogRow> {
    let key = taken_apart(tern).vault;
    let home = Home::open(&tern.home()).unwrap();
    let vault = Vault::open(&home, key.as_bytes(), None).unwrap();
    let logs = vault.held_logs().unwrap();
    for log in &logs {
        assert_eq!(log.state, LogState::of(&vault.places_in(log.log, 0).unwrap()));
    }
    logs
}

/// Omar takes Sana in, whom Nadia knows; Leila takes Omar out without having heard of it, and takes Sana in again. Nadia
/// has not heard of that.
struct Fell {
    leila: Tern,
    nadia: Tern,
    sana: Tern,
    before: String,
    unsealed: String,
}

impl Fell {
    fn begin() -> Self {
        let leila = Tern::practising(TERN);
        let omar = joined(&leila, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
        let nadia = joined(&leila, "Nadia", "Laptop 3", &["case_supervisor"], &[]);
        let sana = joined(&omar, "Sana", "Tablet 4", &["case_worker"], &[]);
        tell(&omar, &nadia);
        tell(&nadia, &sana);
        let before = id(&sana.register(&answers("Anri Test")));
        bring(&sana, &nadia);
        let unsealed = id(&sana.register(&answers("Bela Test")));
        leila.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
        bring(&leila, &nadia);
        bring(&nadia, &leila);
        Self { leila, nadia, sana, before, unsealed }
    }
}

#[test]
fn last_work_of_a_seat_that_fell_stands_in_one_chain_with_what_it_did_before_and_afterwards() {
    let Fell { leila, nadia, sana, before, unsealed } = Fell::begin();
    // Sana's tablet hears that it fell by a file of work, and seals what it did.
    let file = file_in(&leila, "stick");
    leila.run(&["sync", "write", &file]).ok();
    sana.run(&["sync", "read", &file]).refused(1, "admission-fell");
    sana.run(&["board"]).refused(1, "admission-fell");
    sana.run(&["sync", "read", &file]).refused(1, "admission-fell");
    leila.run(&["device", "admit-again", "Sana"]).ok();
    tell(&leila, &sana);
    let after = id(&sana.register(&answers("Cora Test")));
    bring(&sana, &leila);
    assert_eq!(bring(&leila, &nadia)["quarantined"], 0);
    for device in [&sana, &leila, &nadia] {
        let logs = logs(device);
        assert!(logs.iter().all(|log| log.state.tips.len() == 1 && log.state.loose.is_empty()), "{logs:?}");
        for child in [&before, &unsealed, &after] {
            assert_eq!(place(device, child), "the old mill");
        }
        assert_eq!(device.run(&["verify", "--rebuild"]).ok()["records"], 3);
        assert_eq!(device.run(&["sync", "status"]).ok()["copied"], json!([]));
    }
}

#[test]
fn who_was_taken_in_again_asks_a_device_that_has_only_heard_of_the_fall() {
    let Fell { leila, nadia, sana, before, unsealed } = Fell::begin();
    leila.run(&["device", "admit-again", "Sana"]).ok();
    tell(&leila, &sana);
    let (mut asks, mut answers) = (open(&sana), open(&nadia));
    meet(&mut asks, &mut answers);
    drop((asks, answers));
    for child in [&before, &unsealed] {
        assert_eq!(place(&nadia, child), "the old mill");
    }
}

#[test]
fn what_a_registrar_notes_on_a_shared_tablet_stays_one_log_however_often_others_read_it() {
    let first = Tern::practising(TERN);
    let tablet = joined(&first, "Karim", "Tablet 2", &["case_worker"], &[]);
    let sana = first.run(&["worker", "add", "Sana", "--role", "registrar"]).ok();
    let words = sana["passphrase"].as_str().unwrap();
    let answers = json!({ "names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown",
        "distinguishing_marks": "a scar" });
    let file = first.bring("answers.json", answers.to_string());
    let mut children = Vec::new();
    for _ in 0..3 {
        let said = as_worker(&first, words, &["register", "--answers", &file]);
        children.push(id(&said));
        first.run(&["board"]).ok();
    }
    // She reads her own file too, and Karim's tablet reads what she noted.
    let work = file_in(&first, "of-sana");
    as_worker(&first, words, &["sync", "write", &work]).ok();
    as_worker(&first, words, &["sync", "read", &work]).ok();
    children.push(id(&as_worker(&first, words, &["register", "--answers", &file])));
    let of_sana = |tern: &Tern| {
        let mut logs = logs(tern);
        logs.retain(|log| log.seat.to_hex() == sana["seat"].as_str().unwrap());
        logs
    };
    assert_eq!(bring(&first, &tablet)["quarantined"], 0);
    for device in [&first, &tablet] {
        for child in &children {
            assert_eq!(
                device.run(&["show", child]).ok()["fields"]["distinguishing_marks"]["value"],
                "a scar"
            );
        }
        let scopes: std::collections::BTreeSet<_> = of_sana(device).iter().map(|log| log.scope).collect();
        assert_eq!(of_sana(device).len(), scopes.len(), "one log a scope");
    }
}

/// How often somebody says that no key opened, as a device has heard it.
fn unopened(of: &Tern) -> usize {
    let said = handed_on(of).entries;
    said.iter().filter(|entry| matches!(entry.body(), Body::Unopened { .. })).count()
}

#[test]
fn keys_come_with_the_statements_that_speak_of_them_and_nobody_asks_for_what_is_on_its_way() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let third = joined(&first, "Sana", "Tablet 3", &["case_worker"], &[]);
    tell(&first, &second);
    meet(&mut open(&second), &mut open(&first));
    meet(&mut open(&third), &mut open(&first));
    first.run(&["device", "remove", "Sana", "--reason", "left"]).ok();
    let child = id(&first.register(&answers("Anri Test")));
    meet(&mut open(&second), &mut open(&first));
    assert_eq!(place(&second, &child), "the old mill");
    assert_eq!((unopened(&second), unopened(&first)), (0, 0));
    // The other way round: who has the new keys asks.
    let fourth = joined(&first, "Nadia", "Tablet 4", &["case_worker"], &[]);
    first.run(&["device", "remove", "Nadia", "--reason", "left"]).ok();
    meet(&mut open(&first), &mut open(&second));
    assert_eq!((unopened(&second), unopened(&first)), (0, 0));
    drop(fourth);
}

#[test]
fn who_is_given_keys_without_end_that_open_nothing_is_still_heard_by_everybody() {
    let first = Tern::practising(TERN);
    let thief = joined(&first, "Tomas", "Tablet 2", &["case_supervisor"], &[]);
    let third = joined(&first, "Sana", "Tablet 3", &["case_worker"], &[]);
    tell(&first, &third);
    let keys = taken_apart(&thief);
    let mut carried = handed_on(&first);
    let realm = carried.entries[0].realm();
    let roster = Roster::fold(realm, &carried.entries).unwrap();
    let (scope, state) = roster.scopes.iter().find(|(_, state)| state.kind == ScopeKind::Core).unwrap();
    let readers: Vec<_> = roster.readers(state).map(|(seat, _)| seat).collect();
    let random = &mut SystemRandom::default();
    for _ in 0..600 {
        let key = epoch_key(&SealKey::make_random(random), *scope, readers.clone()).unwrap();
        let body = Body::Epoch(EpochBegun { scope: *scope, key, earlier: Vec::new() });
        let deps = roster.heads.clone();
        let entry = Entry { realm, deps, author: Author::Seat(keys.seat), body };
        carried.entries.push(entry.sign(&keys.signing).unwrap());
    }
    members::bring(&first, &carried).ok();
    first.run(&["device", "remove", "Tomas", "--reason", "stolen"]).ok();
    tell(&first, &third);
    assert_eq!(members::seat(&third, "Tomas")["removed"], "stolen");
    assert!(members::writes_under_the_newest(&first) && members::writes_under_the_newest(&third));
}

#[test]
fn last_work_of_a_removed_worker_of_a_shared_tablet_travels_by_a_file_and_counts_once_somebody_takes_it() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Nadia", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    let third = joined(&first, "Tomas", "Tablet 3", &["case_worker"], &[]);
    tell(&first, &second);
    let added = first.run(&["worker", "add", "Sana", "--role", "registrar"]).ok();
    let words = added["passphrase"].as_str().unwrap();
    // The battery ends: what protects is sealed as it is noted, the rest is not.
    let schema = Arc::new(Schema::embedded().unwrap());
    let mut sana = script::open(&first.home(), words, schema, Arc::new(Ports::system())).unwrap();
    let mut told = answers("Anri Test");
    told["distinguishing_marks"] = json!("a scar");
    let child = sana.script_register(&told).unwrap()["id"].as_str().unwrap().to_owned();
    drop(sana);
    second.run(&["roster", "read", &file_of_roster(&first, "before")]).ok();
    second.run(&["device", "remove", "Sana", "--reason", "left", "--seat-only"]).ok();
    bring(&second, &first);
    as_worker(&first, words, &["board"]).refused(1, "seat-removed");
    first.run(&["board"]).ok();
    for device in [&second, &third] {
        let read = bring(&first, device);
        assert!(read["quarantined"].as_u64().unwrap() > 0, "{read}");
        assert_eq!(read["problems"], json!([]));
    }
    for one in second.run(&["review", "list"]).ok().as_array().unwrap() {
        let entry = one["entry"].as_str().unwrap();
        let told = second.run(&["review", "accept", entry]).ok();
        let names = |list: &str| told[list].as_array().unwrap().iter().any(|one| one["entry"] == entry);
        assert!(
            names("accepted") || !names("left"),
            "it is told what was taken, and it waits no more: {told}"
        );
    }
    // What was noted is a text of its own, which the tablet has.
    assert_eq!(bring(&first, &second)["received"]["blobs"], 1);
    assert_eq!(bring(&second, &first)["quarantined"], 0);
    assert_eq!(bring(&second, &third)["quarantined"], 0);
    for device in [&first, &second, &third] {
        logs(device);
        let shown = device.run(&["show", &child]).ok()["fields"].clone();
        assert_eq!(
            (&shown["sex"]["value"], &shown["distinguishing_marks"]["value"]),
            (&json!("M"), &json!("a scar"))
        );
        assert_eq!(device.run(&["verify", "--rebuild"]).ok()["records"], 1);
    }
    assert_eq!(first.run(&["sync", "status"]).ok()["copied"], json!([]));
}

fn file_of_roster(of: &Tern, name: &str) -> String {
    let file = file_in(of, name);
    of.run(&["roster", "log", "--out", &file]).ok();
    file
}

#[test]
fn a_worker_who_joins_beside_is_let_in_by_a_file_of_work_and_the_work_of_both_goes_by_either() {
    let first = Tern::practising(TERN);
    let tablet = joined(&first, "Karim", "Tablet 2", &["case_worker"], &[]);
    let of_leila = id(&first.register(&answers("Anri Test")));
    let (invitation, request) = (file_in(&first, "invitation"), file_in(&tablet, "request"));
    first.run(&["device", "invite", &invitation]).ok();
    let asked = tablet.run(&["worker", "request", "--invite", &invitation, &request]).ok();
    let told = |key: &str| asked[key].as_str().unwrap().to_owned();
    let admission = file_in(&first, "admission");
    let whom = ["device", "admit", &request, "--worker", "Sana", "--role", "registrar"];
    let words = ["--check-words", &told("check_words"), &admission];
    first.run(&[&whom[..], &words].concat()).ok();
    assert_eq!(bring(&first, &tablet)["quarantined"], 0);
    let words = told("passphrase");
    as_worker(&tablet, &words, &["show", &of_leila]).ok();
    let mut noted = answers("Bela Test");
    noted["distinguishing_marks"] = json!("a scar");
    let file = tablet.bring("answers.json", noted.to_string());
    let of_sana = id(&as_worker(&tablet, &words, &["register", "--answers", &file]));
    let status = |words: &str| as_worker(&tablet, words, &["sync", "status"]).ok()["only_here"].clone();
    assert!(status(WORDS) != 0 && status(WORDS) == status(&words), "the work of a device is one");
    // A registrar carries what she wrote and the core; her colleague the rest.
    let of_karim = id(&tablet.register(&answers("Cora Test")));
    let work = file_in(&tablet, "of-sana");
    as_worker(&tablet, &words, &["sync", "write", &work]).ok();
    let read = first.run(&["sync", "read", &work]).ok();
    assert_eq!((&read["quarantined"], &read["problems"]), (&json!(0), &json!([])));
    bring(&tablet, &first);
    for child in [&of_leila, &of_sana, &of_karim] {
        assert_eq!(place(&first, child), "the old mill");
        logs(&first);
    }
    // Leila's receipt is heard by one of the two, and counts for both.
    let receipt = file_in(&first, "receipt");
    first.run(&["sync", "receipt", &receipt]).ok();
    as_worker(&tablet, &words, &["sync", "read", &receipt]).ok();
    assert_eq!((status(WORDS), status(&words)), (json!(0), json!(0)));
    logs(&tablet);
    // Both hold the same, whoever of the tablet asks.
    meet(&mut open(&tablet), &mut open(&first));
    let schema = Arc::new(Schema::embedded().unwrap());
    let mut sana = script::open(&tablet.home(), &words, schema, Arc::new(Ports::system())).unwrap();
    meet(&mut sana, &mut open(&first));
}

#[test]
fn what_was_undone_and_taken_in_again_comes_together_by_files_alone() {
    let Fell { leila, nadia, sana, before, unsealed } = Fell::begin();
    leila.run(&["device", "admit-again", "Sana"]).ok();
    // Nadia hears of it from Sana's own file, which Sana wrote after hearing it.
    let said = sana.run(&["sync", "read", &{
        let file = file_in(&leila, "stick");
        leila.run(&["sync", "write", &file]).ok();
        file
    }]);
    assert_eq!(said.exit, 0, "{}", said.err);
    assert_eq!(bring(&sana, &nadia)["quarantined"], 0);
    bring(&nadia, &leila);
    for device in [&leila, &nadia, &sana] {
        assert_eq!(
            (place(device, &before), place(device, &unsealed)),
            (json!("the old mill"), json!("the old mill"))
        );
        logs(device);
    }
    assert_eq!(sana.run(&["audit"]).exit, 1);
    let events = leila.run(&["audit", "--seat", "Sana"]).ok().to_string();
    assert!(events.contains("admitted_again"), "{events}");
}
