//! What stays true when an admission, a site or a key does not count any more: everybody opens what was there, and a
//! device in wrong hands keeps nobody out.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_record::cbor::Canonical as _;
use tern_record::{DeviceId, SeatId};
use tern_seal::epoch::epoch_key;
use tern_seal::roster::{
    Author, Body, Earlier, Entry, EpochBegun, Roster, ScopeKind, SeatCertified, seat_id,
};
use tern_seal::{PieceKind, SealKey, SystemRandom, armor};
use tern_stories::Tern;
use tern_stories::members::{
    bring, handed_on, joined, seat_id_of, signed, taken_apart, tell, three_coordinators,
    writes_under_the_newest,
};
use tern_stories::tern::WORDS;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

/// Registers a child, with something that the core does not hold, and leaves it unsealed.
fn register(app: &mut App, name: &str) -> String {
    let child = json!({
        "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown", "separation.place": "the old mill",
    });
    app.script_register(&child).unwrap()["id"].as_str().unwrap().to_owned()
}

fn place(app: &mut App, child: &str) -> Value {
    app.script_show(child, None, None).unwrap()["fields"]["separation.place"]["value"].clone()
}

#[test]
fn children_of_a_worker_whose_admission_does_not_count_any_more_are_still_read() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    let third = joined(&first, "Nadia", "Tablet 3", &["case_supervisor"], &[]);
    let fourth = joined(&second, "Sana", "Tablet 4", &["case_worker"], &[]);
    tell(&second, &third);
    let mut sana = open(&fourth);
    let child = register(&mut sana, "Anri Test");
    sana.end_session().unwrap();
    let mut nadia = open(&third);
    for bytes in sana.envelopes().unwrap() {
        assert!(!matches!(nadia.admit(&bytes).unwrap(), Admitted::Refused(_)));
    }
    drop(nadia);
    drop(sana);
    // Omar's laptop is lost, and who takes it out has not heard whom he admitted.
    first.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    tell(&first, &third);
    let mut nadia = open(&third);
    assert_eq!(place(&mut nadia, &child), "the old mill");
    assert_eq!(nadia.script_verify(true).unwrap()["problems"], json!([]));
    // Sana's tablet says what happened, and not that it is damaged.
    let file = first.bring("roster-for-sana", std::fs::read(first.tmp().join("roster")).unwrap());
    assert_eq!(fourth.run(&["roster", "read", &file]).ok()["in"], false);
    fourth.run(&["device", "list"]).refused(1, "admission-fell");
}

#[test]
fn work_of_a_site_that_does_not_count_any_more_is_read_and_keeps_nobody_out() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    let third = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    tell(&first, &second);
    second.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    second.run(&["device", "change", "Nadia", "--role", "case_worker", "--site", "Ostra"]).ok();
    tell(&second, &third);
    let mut nadia = open(&third);
    let sealed = register(&mut nadia, "Anri Test");
    nadia.end_session().unwrap();
    let unsealed = register(&mut nadia, "Bela Test");
    first.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    let carried = handed_on(&first);
    let file = third.tmp().join("brought");
    std::fs::write(&file, armor::write(PieceKind::Roster, &carried.to_bytes())).unwrap();
    nadia.script_read_roster(&file).unwrap();
    nadia.end_session().unwrap();
    drop(nadia);
    let mut nadia = open(&third);
    assert_eq!(place(&mut nadia, &sealed), "the old mill");
    assert_eq!(place(&mut nadia, &unsealed), "the old mill");
}

/// What a worker wrote for a site that fell, sealed and unsealed, on their tablet.
struct Stranded {
    first: Tern,
    tablet: Tern,
    sealed: String,
    unsealed: String,
}

fn stranded() -> Stranded {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    let tablet = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    tell(&first, &second);
    second.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    second.run(&["device", "change", "Nadia", "--role", "case_worker", "--site", "Ostra"]).ok();
    tell(&second, &tablet);
    let mut nadia = open(&tablet);
    let sealed = register(&mut nadia, "Anri Test");
    nadia.end_session().unwrap();
    let unsealed = register(&mut nadia, "Bela Test");
    first.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    drop(nadia);
    tell(&first, &tablet);
    Stranded { first, tablet, sealed, unsealed }
}

fn take_all(from: &Tern, to: &Tern) {
    let work = open(from).envelopes().unwrap();
    let mut app = open(to);
    for bytes in work {
        app.admit(&bytes).unwrap();
    }
}

#[test]
fn work_of_a_site_that_does_not_count_any_more_is_told_and_handed_on_where_its_worker_works_now() {
    let Stranded { first, tablet, sealed, unsealed } = stranded();
    let told = tablet.run(&["work", "show"]).ok()["stranded"].clone();
    assert_eq!((&told["sites"], &told["to"]), (&json!("Ostra"), &json!("Velmar")), "{told}");
    take_all(&tablet, &first);
    for child in [&sealed, &unsealed] {
        assert_eq!(place(&mut open(&first), child), Value::Null, "nobody else takes it");
    }
    let moved = tablet.run(&["work", "move"]).ok()["moved"].clone();
    assert_eq!(moved, told["changes"]);
    assert_eq!(tablet.run(&["work", "show"]).ok()["stranded"], Value::Null);
    tablet.run(&["work", "move"]).refused(1, "nothing-stranded");
    tablet.run(&["verify", "--rebuild"]).ok();
    take_all(&tablet, &first);
    for child in [&sealed, &unsealed] {
        assert_eq!(place(&mut open(&tablet), child), "the old mill");
        assert_eq!(place(&mut open(&first), child), "the old mill");
    }
    first.run(&["verify", "--rebuild"]).ok();
    let events = first.run(&["audit"]).ok();
    let moved = |event: &&Value| event["what"] == "work_moved";
    let moved = events.as_array().unwrap().iter().find(moved).unwrap();
    assert_eq!((&moved["by"], &moved["why"]), (&json!("Nadia"), &json!("Velmar")));
}

#[test]
fn work_of_a_site_that_is_opened_again_goes_there_and_to_nobody_else() {
    let Stranded { first, tablet, sealed, unsealed } = stranded();
    let lead = joined(&first, "Ivo", "Laptop 5", &["case_supervisor"], &[]);
    first.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    for (worker, role) in [("Ivo", "case_supervisor"), ("Nadia", "case_worker")] {
        first.run(&["device", "change", worker, "--role", role, "--site", "Ostra"]).ok();
    }
    tell(&first, &lead);
    tell(&lead, &tablet);
    assert_eq!(tablet.run(&["work", "show"]).ok()["stranded"]["to"], "Ostra");
    tablet.run(&["work", "move"]).ok();
    for device in [&first, &lead] {
        take_all(&tablet, device);
    }
    for child in [&sealed, &unsealed] {
        assert_eq!(place(&mut open(&lead), child), "the old mill");
        assert_eq!(place(&mut open(&first), child), Value::Null);
    }
}

#[test]
fn nobody_puts_a_seat_in_the_place_of_the_one_on_paper() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator"], &[]);
    let sheet = first.run(&["sheet", "make"]).ok();
    let paper = SeatId::from_hex(sheet["sheet"].as_str().unwrap()).unwrap();
    let mut carried = handed_on(&first);
    let realm = carried.entries[0].realm();
    let on_paper = Roster::fold(realm, &carried.entries).unwrap().seats[&paper].certificate.clone();
    // Omar certifies a seat that is checked by the key on paper, and that he has the other key of.
    let wrap = taken_apart(&second).wrap.public().unwrap();
    let twin = (0..=u8::MAX).map(|number| DeviceId::new([number; 16])).find_map(|device| {
        let seat = seat_id(device, &on_paper.verify, &wrap);
        let roles = vec!["registrar".to_owned()];
        let certificate = SeatCertified { seat, device, wrap: wrap.clone(), roles, ..on_paper.clone() };
        (seat < paper).then_some(certificate)
    });
    let twin = signed(&taken_apart(&second), &carried, Body::Seat(twin.unwrap()));
    carried.entries.push(twin);
    assert_eq!(bring(&first, &carried).ok()["new"], 1);
    let page = |at: usize| first.bring(&format!("page{at}"), sheet["pages"][at].as_str().unwrap());
    let (one, two) = (page(0), page(1));
    first.run(&["roster", "log", "--out", first.tmp().join("roster").to_str().unwrap()]).ok();
    let roster = first.tmp().join("roster");
    let begun = ["programme", "recover", "--page-one", &one, "--page-two", &two, "--roster"];
    let begun =
        [&begun[..], &[roster.to_str().unwrap(), "--worker", "Leila", "--device", "Laptop 9"]].concat();
    Tern::new(PROGRAM).run(&begun).ok();
}

#[test]
fn a_stolen_device_that_says_a_thousand_things_apart_is_ended_by_the_root_key_all_the_same() {
    let (first, second, third) = three_coordinators(PROGRAM);
    let sana = taken_apart(&third);
    let mut carried = handed_on(&first);
    let realm = carried.entries[0].realm();
    let deps = Roster::fold(realm, &carried.entries).unwrap().heads;
    for number in 0..300_u16 {
        let body = Body::Unknown { kind: 200, bytes: number.to_be_bytes().to_vec() };
        let entry = Entry { realm, deps: deps.clone(), author: Author::Seat(sana.seat), body };
        carried.entries.push(entry.sign(&sana.signing).unwrap());
    }
    for device in [&first, &second] {
        bring(device, &carried).ok();
    }
    let half = first.tmp().join("half");
    let half = half.to_str().unwrap();
    second.run(&["roster", "lend", &seat_id_of(&second, "Leila").to_hex(), half]).ok();
    first.run(&["roster", "void", &sana.seat.to_hex(), "--half", half, "--do"]).ok();
}

#[test]
fn a_member_who_says_without_end_fills_no_list_and_is_taken_out_all_the_same() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["registrar"], &[]);
    let third = joined(&first, "Nadia", "Laptop 3", &["coordinator"], &[]);
    let omar = taken_apart(&second);
    let mut carried = handed_on(&first);
    let realm = carried.entries[0].realm();
    let mut deps = Roster::fold(realm, &carried.entries).unwrap().heads;
    for number in 0..600_u16 {
        let body = Body::Unknown { kind: 200, bytes: number.to_be_bytes().to_vec() };
        let entry = Entry { realm, deps, author: Author::Seat(omar.seat), body }.sign(&omar.signing).unwrap();
        deps = vec![entry.id()];
        carried.entries.push(entry);
    }
    let taken = bring(&first, &carried).ok();
    assert_eq!((&taken["new"], &taken["left_out"]), (&json!(512), &json!(88)));
    assert_eq!(bring(&first, &carried).ok()["new"], 0, "no more by coming again");
    first.run(&["device", "remove", "Omar", "--reason", "misused"]).ok();
    tell(&first, &third);
    let list = third.run(&["device", "list"]).ok();
    assert!(list.as_array().unwrap().iter().any(|seat| seat["removed"] == "misused"), "{list}");
}

#[test]
fn a_worker_of_another_site_opens_a_tablet_on_which_others_wrote() {
    let first = Tern::practising(PROGRAM);
    first.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    let mut leila = open(&first);
    let child = register(&mut leila, "Anri Test");
    leila.end_session().unwrap();
    drop(leila);
    let added = first.run(&["worker", "add", "Omar", "--role", "case_worker", "--site", "Ostra"]).ok();
    let words = added["passphrase"].as_str().unwrap();
    let schema = Arc::new(Schema::embedded().unwrap());
    let mut omar = script::open(&first.home(), words, schema, Arc::new(Ports::system())).unwrap();
    assert_eq!(omar.script_verify(true).unwrap()["problems"], json!([]));
    assert_eq!(place(&mut omar, &child), Value::Null);
    let seen = omar.script_show(&child, None, None).unwrap();
    assert_eq!(seen["fields"]["sex"]["value"], "M", "{seen}");
}

#[test]
fn who_keeps_a_key_for_himself_keeps_nobody_from_the_others_and_a_stolen_tablet_loses_them() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    joined(&first, "Sana", "Tablet 3", &["case_worker"], &[]);
    let omar = taken_apart(&second);
    let mut carried = handed_on(&first);
    let realm = carried.entries[0].realm();
    let scopes = Roster::fold(realm, &carried.entries).unwrap().scopes;
    for (scope, state) in scopes.into_iter().filter(|(_, state)| state.kind != ScopeKind::Audit) {
        let key = SealKey::make_random(&mut SystemRandom::default());
        let key = epoch_key(&key, scope, [omar.seat]).unwrap();
        let earlier = vec![Earlier { epoch: state.current, sealed: vec![7; 72] }];
        let body = Body::Epoch(EpochBegun { scope, key, earlier });
        carried.entries.push(signed(&omar, &carried, body));
    }
    bring(&first, &carried).ok();
    assert!(writes_under_the_newest(&first));
    joined(&first, "Nadia", "Tablet 4", &["case_worker"], &[]);
    let held_by = |worker: &str| {
        let seat = seat_id_of(&first, worker);
        let carried = handed_on(&first);
        let roster = Roster::fold(realm, &carried.entries).unwrap();
        let written = roster.scopes.into_values().filter(|scope| scope.kind == ScopeKind::Core);
        written.map(|scope| scope.epochs[&scope.current].readers.contains(&seat)).collect::<Vec<_>>()
    };
    assert_eq!(held_by("Sana"), [true]);
    first.run(&["device", "remove", "Sana", "--reason", "stolen"]).ok();
    assert_eq!(held_by("Sana"), [false]);
    assert!(writes_under_the_newest(&first));
}
