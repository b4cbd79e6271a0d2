//! What members say and hand on when one of them lies, a device is stolen, or a file is torn: nobody is kept from the
//! records by it, and what was done wrongly is undone.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::desk::Desk;
use tern_app::view::Door;
use tern_app::{App, Ports, Schema, script};
use tern_record::SeatId;
use tern_record::cbor::Canonical as _;
use tern_seal::epoch::{close_earlier, epoch_id, epoch_key, wrap_epoch_key};
use tern_seal::invite::Admission;
use tern_seal::roster::{
    Author, Body, Carried, Entry, EpochBegun, EpochWrap, Roster, ScopeKind, ScopeState, SeatRemoved,
};
use tern_seal::slot::Cost;
use tern_seal::{PieceKind, SealKey, SystemRandom, armor};
use tern_stories::Tern;
use tern_stories::members::{
    bring, handed_on, joined, scope, seat, seat_id_of, signed, taken_apart, tell, three_coordinators,
    writes_under_the_newest,
};
use tern_stories::tern::WORDS;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

#[test]
fn rubbish_in_the_place_of_a_key_keeps_nobody_from_it() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    joined(&first, "Sana", "Tablet 3", &["registrar"], &[]);
    first.run(&["device", "remove", "Sana", "--reason", "stolen"]).ok();
    let mut spoiled = handed_on(&first);
    let omar = seat_id_of(&first, "Omar");
    for wrap in spoiled.wraps.iter_mut().filter(|wrap| wrap.seat == omar) {
        wrap.bytes.fill(7);
    }
    bring(&second, &spoiled).ok();
    assert!(!writes_under_the_newest(&second));
    // It says so, whoever hears it gives the keys again, and the rubbish is in nobody's way.
    let log = second.run(&["roster", "log"]).ok();
    let said = log["statements"].as_array().unwrap();
    assert_eq!(said.iter().filter(|entry| entry["says"] == "unopened").count(), 2, "realm and core");
    bring(&first, &spoiled).ok();
    tell(&second, &first);
    tell(&first, &second);
    assert!(writes_under_the_newest(&second));
    let log = second.run(&["roster", "log"]).ok();
    assert_eq!(log["statements"].as_array().unwrap().len(), said.len(), "nothing more is asked for");
}

#[test]
fn who_comes_later_reads_what_was_written_under_two_keys_begun_apart() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    joined(&first, "Sana", "Tablet 3", &["registrar"], &[]);
    joined(&first, "Amina", "Tablet 4", &["registrar"], &[]);
    tell(&first, &second);
    // Both hear that Sana's tablet was stolen, and neither of the other.
    let written = |device: &Tern, name: &str| {
        let child = json!({"names": [name], "sex": "M", "age": 9, "accompaniment": "unknown"});
        let mut app = open(device);
        app.script_remove("Sana", "stolen", None).unwrap();
        let before = app.envelopes().unwrap().len();
        let id = app.script_register(&child).unwrap()["id"].as_str().unwrap().to_owned();
        app.end_session().unwrap();
        (id, app.envelopes().unwrap().split_off(before))
    };
    let one = written(&first, "Anri Test");
    let other = written(&second, "Bela Test");
    tell(&second, &first);
    let reads_both = |newcomer: &Tern| {
        let mut app = open(newcomer);
        for bytes in one.1.iter().chain(&other.1) {
            assert!(!matches!(app.admit(bytes).unwrap(), Admitted::Refused(_)));
        }
        assert!(app.script_show(&one.0, None, None).is_ok() && app.script_show(&other.0, None, None).is_ok());
    };
    reads_both(&joined(&first, "Nadia", "Tablet 5", &["case_worker"], &[]));
    // The next key seals both: who comes after it is given that one alone.
    first.run(&["device", "remove", "Amina", "--reason", "lost"]).ok();
    let carried = handed_on(&first);
    let roster = Roster::fold(carried.entries[0].realm(), &carried.entries).unwrap();
    let ends =
        roster.scopes.values().filter(|scope| scope.kind == ScopeKind::Core).map(|scope| scope.ends().len());
    assert_eq!(ends.collect::<Vec<_>>(), [1]);
    reads_both(&joined(&first, "Tomas", "Tablet 6", &["case_worker"], &[]));
}

#[test]
fn an_admission_carries_the_keys_of_its_seat_and_a_roster_those_that_count_still() {
    let first = Tern::practising(PROGRAM);
    joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    for at in 0..3 {
        let name = format!("Worker {at}");
        joined(&first, &name, &format!("Tablet {at}"), &["registrar"], &[]);
        first.run(&["device", "remove", &name, "--reason", "lost"]).ok();
    }
    let omar = seat_id_of(&first, "Omar");
    let wraps = handed_on(&first).wraps;
    assert_eq!(
        wraps.len(),
        4,
        "realm, core, protection, restricted: for Omar, who has not come for them yet"
    );
    assert!(wraps.iter().all(|wrap| wrap.seat == omar));
    joined(&first, "Sana", "Tablet 3", &["registrar"], &[]);
    let admission = std::fs::read_to_string(first.tmp().join("admission")).unwrap();
    let admission = Admission::parse(&armor::read(&admission, PieceKind::Admission).unwrap()).unwrap();
    let sana = seat_id_of(&first, "Sana");
    assert_eq!(admission.roster.wraps.len(), 2, "realm and core");
    assert!(admission.roster.wraps.iter().all(|wrap| wrap.seat == sana));
}

#[test]
fn what_nobody_might_say_is_left_out_and_a_file_with_a_gap_is_refused_whole() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let before = first.run(&["roster", "log"]).ok();
    let omar = taken_apart(&second);
    let mut carried = handed_on(&first);
    let leila = seat_id_of(&first, "Leila");
    let out = Body::Removed(SeatRemoved { seat: leila, reason: "lost".into(), cuts: vec![] });
    // A case worker takes a coordinator out, signs in a coordinator's name, and goes on from there.
    carried.entries.push(signed(&omar, &carried, out.clone()));
    let mut in_her_name = omar.clone();
    in_her_name.seat = leila;
    carried.entries.push(signed(&in_her_name, &carried, out));
    let realm = carried.entries[0].realm();
    let deps = vec![carried.entries.last().unwrap().id()];
    let body = Body::Unknown { kind: 200, bytes: vec![0; 100_000] };
    let entry = Entry { realm, deps, author: Author::Seat(omar.seat), body };
    carried.entries.push(entry.sign(&omar.signing).unwrap());
    let taken = bring(&first, &carried).ok();
    assert_eq!((&taken["new"], &taken["left_out"]), (&json!(0), &json!(3)));
    assert_eq!(first.run(&["roster", "log"]).ok(), before, "nothing of it is kept");
    // Something is missing in the middle.
    joined(&first, "Sana", "Tablet 3", &["registrar"], &[]);
    let mut gap = handed_on(&first);
    let (mine, his) = (gap.entries.len(), handed_on(&second).entries.len());
    gap.entries.remove(his);
    let kept = second.run(&["roster", "log"]).ok();
    bring(&second, &gap).refused(1, "roster-gap");
    assert_eq!(second.run(&["roster", "log"]).ok(), kept);
    assert_eq!(tell(&first, &second)["new"], json!(mine - his));
    // A roster of another programme is none of this one.
    let other = Tern::practising(PROGRAM);
    bring(&first, &handed_on(&other)).refused(1, "other-programme");
    // A device that joins keeps nothing of that sort either.
    let fresh = Tern::new(PROGRAM);
    let file = |name: &str| first.tmp().join(name).to_str().unwrap().to_owned();
    first.run(&["device", "invite", &file("invitation")]).ok();
    let (invitation, request, admission) = (file("invitation"), file("request"), file("admission"));
    let asked = ["device", "request", "--invite", &invitation, "--device", "Tablet 9", &request];
    let asked = fresh.run(&asked).ok();
    let whom = ["--worker", "Tomas", "--role", "registrar"];
    let words = ["--check-words", asked["check_words"].as_str().unwrap(), &admission];
    first.run(&[&["device", "admit", &request], &whom[..], &words[..]].concat()).ok();
    let text = std::fs::read_to_string(&admission).unwrap();
    let whole = Admission::parse(&armor::read(&text, PieceKind::Admission).unwrap()).unwrap();
    let mut altered = whole.to_bytes();
    let last = altered.len() - 1;
    altered[last] ^= 1;
    let altered = first.bring("altered", armor::write(PieceKind::Admission, &altered));
    fresh.run(&["device", "join", &altered]).refused(1, "not-certified");
    fresh.run(&["board"]).refused(1, "not-joined-yet");
    fresh.run(&["device", "join", &admission]).ok();
}

#[test]
fn nobody_who_says_a_thousand_things_apart_keeps_others_from_being_heard() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let omar = taken_apart(&second);
    let mut carried = handed_on(&first);
    let realm = carried.entries[0].realm();
    let deps = Roster::fold(realm, &carried.entries).unwrap().heads;
    for number in 0..600_u16 {
        let body = Body::Unknown { kind: 200, bytes: number.to_be_bytes().to_vec() };
        let entry = Entry { realm, deps: deps.clone(), author: Author::Seat(omar.seat), body };
        carried.entries.push(entry.sign(&omar.signing).unwrap());
    }
    assert_eq!(bring(&first, &carried).ok()["new"], json!(512), "so many and no more");
    first.run(&["device", "remove", "Omar", "--reason", "stolen"]).ok();
    assert_eq!(seat(&first, "Omar")["removed"], "stolen");
    assert!(writes_under_the_newest(&first));
    let carried = handed_on(&first);
    let roster = Roster::fold(realm, &carried.entries).unwrap();
    assert!(roster.refused.is_empty() && roster.heads.len() == 1);
}

#[test]
fn a_key_of_which_something_false_was_said_is_not_written_under_and_is_replaced() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let omar = taken_apart(&second);
    let mut carried = handed_on(&first);
    let roster = Roster::fold(carried.entries[0].realm(), &carried.entries).unwrap();
    let protects = |scope: &&ScopeState| scope.kind == ScopeKind::Protection;
    let (id, state) = roster.scopes.iter().find(|(_, state)| protects(state)).unwrap();
    // What registrars drop there would open for Omar alone.
    let random = &mut SystemRandom::default();
    let (key, mine) = (SealKey::make_random(random), SealKey::make_random(random));
    let readers: Vec<SeatId> = roster.readers(state).map(|(seat, _)| seat).collect();
    let mut said = epoch_key(&key, *id, readers.clone()).unwrap();
    said.intake = epoch_key(&mine, *id, []).unwrap().intake;
    let begun = signed(&omar, &carried, Body::Epoch(EpochBegun { scope: *id, key: said, earlier: vec![] }));
    let epoch = epoch_id(begun.id());
    for seat in readers {
        let to = (seat, &roster.seats[&seat].certificate.wrap);
        let bytes = wrap_epoch_key(to, roster.realm, *id, &key, random).unwrap().bytes;
        carried.wraps.push(EpochWrap { epoch, seat, bytes });
    }
    carried.entries.push(begun);
    assert_eq!(bring(&first, &carried).ok()["new"], json!(1));
    let scopes = first.run(&["scope", "list"]).ok();
    let scope = scope(&scopes, "Velmar", "protection");
    assert_eq!(scope["epochs"], 3, "the first, the false one, and the one that replaces it");
    assert_ne!(scope["epoch"], json!(tern_record::id::hex(&epoch)));
    assert!(writes_under_the_newest(&first));
    tell(&first, &second);
    assert!(writes_under_the_newest(&second));
}

#[test]
fn what_was_written_under_a_key_that_does_not_count_any_more_is_read_by_all() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator"], &[]);
    let tablet = joined(&first, "Amina", "Tablet 3", &["case_worker"], &[]);
    joined(&first, "Sana", "Tablet 4", &["registrar"], &[]);
    tell(&first, &second);
    // Omar's laptop is stolen; the thief takes Sana out, which makes new keys. Amina hears that and works on.
    let thief = second.copied();
    thief.run(&["device", "remove", "Sana", "--reason", "lost"]).ok();
    tell(&thief, &tablet);
    let child = json!({"names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown"});
    let mut app = open(&tablet);
    let id = app.script_register(&child).unwrap()["id"].as_str().unwrap().to_owned();
    app.end_session().unwrap();
    let work = app.envelopes().unwrap();
    drop(app);
    // Leila has not heard of it and takes the laptop out: the keys that the thief made count for nobody.
    first.run(&["device", "remove", "Omar", "--reason", "stolen"]).ok();
    tell(&first, &tablet);
    tell(&tablet, &first);
    let reads = |device: &Tern| {
        let mut app = open(device);
        for bytes in &work {
            assert!(!matches!(app.admit(bytes).unwrap(), Admitted::Refused(_)));
        }
        assert!(app.script_show(&id, None, None).is_ok());
    };
    reads(&first);
    reads(&joined(&first, "Nadia", "Tablet 5", &["case_worker"], &[]));
    let roster = |device: &Tern| device.run(&["roster", "log"]).ok()["entries"].clone();
    let before = roster(&tablet);
    tell(&first, &tablet);
    tablet.run(&["board"]).ok();
    let heard = roster(&tablet);
    tablet.run(&["board"]).ok();
    assert_eq!(roster(&tablet), heard, "sealed once is enough: {before} before");
}

#[test]
fn a_false_key_in_the_place_of_one_that_does_not_count_any_more_is_not_kept() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator"], &[]);
    let tablet = joined(&first, "Amina", "Tablet 3", &["case_worker"], &[]);
    let liar = joined(&first, "Kamal", "Tablet 4", &["case_worker"], &[]);
    joined(&first, "Sana", "Tablet 5", &["registrar"], &[]);
    tell(&first, &second);
    let thief = second.copied();
    thief.run(&["device", "remove", "Sana", "--reason", "lost"]).ok();
    tell(&thief, &tablet);
    let child = json!({"names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown"});
    let mut app = open(&tablet);
    let id = app.script_register(&child).unwrap()["id"].as_str().unwrap().to_owned();
    app.end_session().unwrap();
    let work = app.envelopes().unwrap();
    drop(app);
    first.run(&["device", "remove", "Omar", "--reason", "stolen"]).ok();
    // Kamal begins a key that seals a false one in the place of the thief's, and his comes to Leila before Amina's.
    let mut carried = handed_on(&first);
    let stolen = handed_on(&thief);
    let realm = carried.entries[0].realm();
    let fallen = Roster::fold(realm, &stolen.entries).unwrap();
    let (scope, _) = fallen.scopes.iter().find(|(_, state)| state.kind == ScopeKind::Core).unwrap();
    let roster = Roster::fold(realm, &carried.entries).unwrap();
    let random = &mut SystemRandom::default();
    let [key, rubbish] = [(); 2].map(|()| SealKey::make_random(random));
    let readers: Vec<SeatId> = roster.readers(&roster.scopes[scope]).map(|(seat, _)| seat).collect();
    let earlier = vec![close_earlier(&key, *scope, fallen.scopes[scope].current, &rubbish, random)];
    let begun = EpochBegun { scope: *scope, key: epoch_key(&key, *scope, readers.clone()).unwrap(), earlier };
    let begun = signed(&taken_apart(&liar), &carried, Body::Epoch(begun));
    for seat in readers {
        let to = (seat, &roster.seats[&seat].certificate.wrap);
        let bytes = wrap_epoch_key(to, realm, *scope, &key, random).unwrap().bytes;
        carried.wraps.push(EpochWrap { epoch: epoch_id(begun.id()), seat, bytes });
    }
    carried.entries.extend(stolen.entries);
    carried.entries.push(begun);
    bring(&first, &carried).ok();
    tell(&first, &tablet);
    tell(&tablet, &first);
    let mut leila = open(&first);
    for bytes in &work {
        assert!(!matches!(leila.admit(bytes).unwrap(), Admitted::Refused(_)));
    }
    assert!(leila.script_show(&id, None, None).is_ok());
}

#[test]
fn many_keys_begun_apart_are_sealed_under_one() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let omar = taken_apart(&second);
    let mut carried = handed_on(&first);
    let roster = Roster::fold(carried.entries[0].realm(), &carried.entries).unwrap();
    let (id, state) = roster.scopes.iter().find(|(_, state)| state.kind == ScopeKind::Core).unwrap();
    let readers: Vec<SeatId> = roster.readers(state).map(|(seat, _)| seat).collect();
    let random = &mut SystemRandom::default();
    let mut begun = Vec::new();
    for _ in 0..5 {
        let key = SealKey::make_random(random);
        let said = epoch_key(&key, *id, readers.clone()).unwrap();
        let body = Body::Epoch(EpochBegun { scope: *id, key: said, earlier: vec![] });
        let entry = signed(&omar, &carried, body);
        for seat in &readers {
            let to = (*seat, &roster.seats[seat].certificate.wrap);
            let bytes = wrap_epoch_key(to, roster.realm, *id, &key, random).unwrap().bytes;
            carried.wraps.push(EpochWrap { epoch: epoch_id(entry.id()), seat: *seat, bytes });
        }
        begun.push(entry);
    }
    carried.entries.extend(begun);
    bring(&first, &carried).ok();
    let now = handed_on(&first);
    let roster = Roster::fold(roster.realm, &now.entries).unwrap();
    let state = &roster.scopes[id];
    assert_eq!((state.ends(), state.epochs.len()), ([state.current].into(), 7));
    assert_eq!(state.epochs[&state.current].earlier.len(), 6);
    bring(&second, &now).ok();
    assert!(writes_under_the_newest(&second));
}

#[test]
fn keys_of_a_site_are_given_by_those_who_work_there() {
    let first = Tern::practising(PROGRAM);
    first.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    let nadia = joined(&first, "Nadia", "Laptop", &["case_supervisor"], &["--site", "Ostra"]);
    let tomas = joined(&first, "Tomas", "Tablet 5", &["case_worker"], &["--site", "Ostra"]);
    let holds = |device: &Tern| {
        let scopes = device.run(&["scope", "list"]).ok();
        scope(&scopes, "Ostra", "protection")["held"].clone()
    };
    assert_eq!(
        (holds(&nadia), holds(&tomas)),
        (json!(true), json!(false)),
        "the coordinator gave the first alone"
    );
    assert_eq!(seat(&first, "Tomas")["lacks_keys"], true);
    tell(&first, &nadia);
    tell(&nadia, &tomas);
    assert_eq!(holds(&tomas), json!(true));
    assert!(writes_under_the_newest(&tomas));
}

#[test]
fn an_administrator_takes_a_lost_tablet_out_and_no_coordinator() {
    let first = Tern::practising(PROGRAM);
    let admin = joined(&first, "Ines", "Laptop 2", &["administrator"], &[]);
    joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    tell(&first, &admin);
    admin.run(&["device", "remove", "Leila", "--reason", "lost"]).refused(1, "no-right");
    admin.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    tell(&admin, &first);
    assert_eq!(seat(&first, "Omar")["removed"], "lost");
    assert_eq!(seat(&first, "Leila")["removed"], Value::Null);
}

#[test]
fn coordinators_whom_a_stolen_device_took_out_undo_it_together_from_outside() {
    let (first, second, third) = three_coordinators(PROGRAM);
    let tablet = joined(&first, "Amina", "Tablet 4", &["case_worker"], &[]);
    for coordinator in [&second, &third] {
        tell(&first, coordinator);
    }
    let halves = first.run(&["roster", "log"]).ok()["root"]["holders"].clone();
    assert_eq!(halves.as_array().unwrap().len(), 3);
    // Sana's laptop is stolen and takes everybody out.
    let thief = third.copied();
    for worker in ["Leila", "Omar", "Amina"] {
        thief.run(&["device", "remove", worker, "--reason", "lost"]).ok();
    }
    let said = handed_on(&thief);
    for device in [&first, &second, &tablet] {
        assert_eq!(bring(device, &said).ok()["in"], false);
        device.run(&["device", "list"]).refused(1, "seat-removed");
    }
    // From outside nothing is seen but what was signed.
    let log = second.run(&["roster", "log"]).ok();
    let sana = seat_id_of(&third, "Sana").to_hex();
    let bad = |entry: &&Value| entry["by"] == json!(sana) && entry["says"] == "removed";
    let from = log["statements"].as_array().unwrap().iter().find(bad).unwrap()["id"].clone();
    let void = |half: &[&str]| {
        let from = from.as_str().unwrap();
        second.run(&[&["roster", "void", &sana, "--from", from], half].concat())
    };
    void(&[]).refused(1, "needs-another");
    // A case worker holds nothing of the root key, in or out.
    let omar = seat_id_of(&third, "Omar").to_hex();
    let half = first.tmp().join("half");
    let half = half.to_str().unwrap();
    tablet.run(&["roster", "lend", &omar, half]).refused(1, "not-held");
    first.run(&["roster", "lend", &omar, half]).ok();
    // Who asks comes back; of the others somebody says so.
    let looked = void(&["--half", half]).ok();
    assert_eq!((&looked["done"], &looked["in"]), (&json!(false), &json!(false)));
    let again = |seat: &Value| (seat["seat"].as_str().unwrap().to_owned(), seat["was_out"].clone());
    let mut back: Vec<_> = looked["in_again"].as_array().unwrap().iter().map(again).collect();
    back.retain(|(seat, _)| *seat != omar);
    assert!(back.len() == 2 && back.iter().all(|(_, why)| why == "lost"), "{looked}");
    void(&["--half", half, "--do"]).refused(1, "back-or-out");
    assert_eq!(void(&["--half", half, "--back", &back[0].0, "--back", &back[1].0, "--do"]).ok()["in"], true);
    // It is in again, the stolen laptop is out, and the others hear of it, who were out as well.
    assert_eq!(seat(&second, "Sana")["removed"], "misused");
    let undone = handed_on(&second);
    let desk = Desk::new(tablet.home(), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
    let text = |carried: &Carried| armor::write(PieceKind::Roster, &carried.to_bytes());
    assert_eq!(desk.hear_outside(WORDS, &text(&said)).unwrap_err().code, "seat-removed");
    assert_eq!(
        desk.hear_outside("five other words than these", &text(&undone)).unwrap_err().code,
        "wrong-passphrase"
    );
    assert_eq!(desk.hear_outside(WORDS, &text(&undone)).unwrap().door, Door::Open);
    desk.lock().unwrap();
    drop(desk);
    assert_eq!(bring(&first, &undone).ok()["in"], true);
    for device in [&first, &tablet] {
        device.run(&["board"]).ok();
        assert!(writes_under_the_newest(device));
    }
    assert_eq!(bring(&third, &undone).ok()["in"], false);
}

#[test]
fn halves_of_the_root_key_go_to_those_who_coordinate_now() {
    let (first, second, third) = three_coordinators(PROGRAM);
    let root = |device: &Tern| device.run(&["roster", "log"]).ok()["root"].clone();
    for (worker, device) in [("Nadia", "Laptop 4"), ("Tomas", "Laptop 5")] {
        joined(&first, worker, device, &["coordinator"], &[]);
    }
    tell(&first, &second);
    assert_eq!(root(&first)["to_be_shared"], false, "a fourth and a fifth change nothing");
    let half = first.tmp().join("half");
    let half = half.to_str().unwrap();
    first.run(&["roster", "lend", "Omar", half]).ok();
    second.run(&["roster", "share", "--half", half]).refused(1, "halves-are-right");
    let sana = seat_id_of(&first, "Sana").to_hex();
    first.run(&["device", "remove", "Sana", "--reason", "left"]).ok();
    tell(&first, &second);
    assert_eq!(root(&second)["to_be_shared"], true);
    second.run(&["roster", "share", "--half", half]).ok();
    tell(&second, &first);
    for device in [&first, &second] {
        let root = root(device);
        assert_eq!((&root["to_be_shared"], root["holders"].as_array().unwrap().len()), (&json!(false), 3));
        assert!(!root["holders"].as_array().unwrap().contains(&json!(sana)));
    }
    // Halves of one sharing do nothing with those of another.
    second.run(&["roster", "void", "Nadia", "--half", half]).refused(1, "not-held");
    drop(third);
}
