//! What a worker did last, whose device has heard that it is out: it goes into a file or to a hub, sealed, and a coordinator
//! looks at it. Such a device gives nothing of others and gets nothing.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};
use tern_app::view::Door;
use tern_app::{Cost, Desk, Ports, Schema};
use tern_record::{EnvelopeId, LogId, SeatId};
use tern_seal::envelope::Envelope;
use tern_store::envelope::InLog;
use tern_store::quarantine::HeldRow;
use tern_store::{Home, Vault};
use tern_stories::Tern;
use tern_stories::hub::hub_in;
use tern_stories::meeting::{bring, file_in, id, open, place};
use tern_stories::members::{joined, seat_id_of, taken_apart, tell};
use tern_stories::scan::Scan;
use tern_stories::tern::WORDS;
use tern_sync::frame::{self, Frame};
use tern_testkit::FakeClock;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn answers(name: &str) -> Value {
    json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown",
        "separation.place": "the old mill" })
}

/// A coordinator, a worker who was taken out after a first child, and a second coordinator. The worker recorded a second
/// child before hearing of it.
struct Told {
    leila: Tern,
    tomas: Tern,
    nadia: Tern,
    before: String,
    last: String,
}

impl Told {
    fn of_removal() -> Self {
        let leila = Tern::practising(TERN);
        let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
        let nadia = joined(&leila, "Nadia", "Laptop 3", &["coordinator", "case_worker"], &[]);
        let others = id(&leila.register(&answers("Omid Farahani")));
        let before = id(&tomas.register(&answers("Samir Haidari")));
        bring(&tomas, &leila);
        bring(&leila, &tomas);
        assert_eq!(place(&tomas, &others), "the old mill");
        leila.run(&["device", "remove", "Tomas", "--reason", "left"]).ok();
        let last = id(&tomas.register(&answers("Anri Maklari")));
        Self { leila, tomas, nadia, before, last }
    }

    fn hears(&self) {
        assert_eq!(tell(&self.leila, &self.tomas)["in"], false);
    }

    fn hands_over(&self) -> String {
        let file = file_in(&self.tomas, "last-work");
        self.tomas.run(&["sync", "write", &file]).ok();
        file
    }

    /// Leila decides on everything that waits; says how much that was.
    fn decides(&self, word: &str) -> usize {
        let waiting = self.leila.run(&["review", "list"]).ok();
        let waiting = waiting.as_array().unwrap();
        for of_tomas in waiting {
            assert_eq!((&of_tomas["seat"], &of_tomas["code"]), (&json!("Tomas"), &json!("seat-removed")));
            self.leila.run(&["review", word, of_tomas["entry"].as_str().unwrap()]).ok();
        }
        waiting.len()
    }
}

/// The frames of a file.
fn frames(file: &str) -> Vec<Frame> {
    let bytes = fs::read(file).unwrap();
    let mut from = tern_record::cbor::Decoder::new(&bytes);
    let mut all = Vec::new();
    while from.position() < bytes.len() {
        all.extend(frame::read(from.bytes().unwrap()).unwrap().into_iter().map(|(_, frame)| frame));
    }
    all
}

#[test]
fn last_work_of_a_device_that_heard_comes_home_in_a_file_once_a_coordinator_takes_it() {
    let told = Told::of_removal();
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(&told.leila, folder.path(), &folder.path().join("roster"));
    told.leila.run(&["sync", "hub", hub.address()]).ok();
    told.tomas.run(&["sync", "hub", hub.address()]).refused(1, "seat-removed");
    let here = told.tomas.run(&["sync", "status"]).ok();
    assert_eq!((&here["out"], &here["written"]), (&json!(true), &Value::Null), "{here}");
    let file = told.hands_over();
    let here = told.tomas.run(&["sync", "status"]).ok();
    assert_eq!(here["written"]["file"], file);
    let read = told.leila.run(&["sync", "read", &file]).ok();
    assert!(read["aside"].as_u64().unwrap() > 0 && read["problems"] == json!([]), "{read}");
    told.leila.run(&["show", &told.last]).refused(1, "unknown-child");
    assert_eq!(told.decides("accept") as u64, read["aside"].as_u64().unwrap());
    assert_eq!(place(&told.leila, &told.last), "the old mill");
    bring(&told.leila, &told.nadia);
    assert_eq!(place(&told.nadia, &told.last), "the old mill");
    assert_eq!(place(&told.nadia, &told.before), "the old mill");
    // Read again it changes nothing.
    assert_eq!(told.leila.run(&["sync", "read", &file]).ok()["aside"], 0);
    for device in [&told.leila, &told.nadia] {
        assert_eq!(device.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    }
}

#[test]
fn last_work_that_is_left_aside_stays_so_and_is_kept() {
    let told = Told::of_removal();
    told.hears();
    let file = told.hands_over();
    told.leila.run(&["sync", "read", &file]).ok();
    let count = told.decides("decline");
    assert!(count > 0);
    told.leila.run(&["sync", "read", &file]).ok();
    let left = told.leila.run(&["review", "list"]).ok();
    assert_eq!(left.as_array().unwrap().len(), count);
    assert!(left.as_array().unwrap().iter().all(|left| left["state"] == "left"), "{left}");
    told.leila.run(&["show", &told.last]).refused(1, "unknown-child");
}

#[test]
fn a_file_of_last_work_holds_own_envelopes_alone_and_nothing_that_anybody_reads() {
    let told = Told::of_removal();
    let tomas = seat_id_of(&told.leila, "Tomas");
    told.hears();
    let file = told.hands_over();
    let mut scan = Scan::of(&["Omid Farahani", "Samir Haidari", "Anri Maklari", "the old mill", "Tablet 2"]);
    scan.path(file.as_ref());
    scan.assert_clean("a file of last work");
    let frames = frames(&file);
    let (first, last) = (frames.first().unwrap(), frames.last().unwrap());
    assert!(matches!((first, last), (Frame::File(head), Frame::Signed(_)) if head.seat == tomas));
    for frame in &frames[1..frames.len() - 1] {
        let Frame::Envelope(bytes) = frame else { panic!("{frame:?}") };
        let envelope = Envelope::parse(bytes).unwrap();
        assert_eq!(envelope.place().seat, tomas);
        assert!(envelope.place().seq > 0, "what counts stays");
    }
    told.tomas.run(&["sync", "write", &file]).refused(1, "file-there");
}

#[test]
fn a_device_that_is_out_answers_what_is_left_there_and_names_the_way() {
    let told = Told::of_removal();
    let unsealed = told.tomas.run(&["sync", "status"]).ok();
    told.hears();
    let here = told.tomas.run(&["sync", "status"]).ok();
    assert_eq!(here["only_here"], unsealed["only_here"]);
    assert_eq!((&here["children_only_here"], &here["unsealed"]), (&json!(1), &json!(0)), "{here}");
    assert_eq!(told.tomas.run(&["lock"]).ok(), json!({ "out": true, "unsealed": 0 }));
    for command in [&["board"][..], &["show", &told.last], &["sync", "read", "x"], &["verify"], &["batch"]] {
        let said = told.tomas.run(command).refused(1, "seat-removed");
        assert!(said["hints"][0].as_str().unwrap().contains("tern sync write FILE"), "{said}");
    }
    told.tomas.run(&["sync", "write", "x", "--for", "Leila"]).refused(2, "usage");
    // Whoever is in hands over nothing in this way, and a device of which all lies elsewhere has nothing to hand over.
    let gone = joined(&told.leila, "Sana", "Tablet 4", &["case_worker"], &[]);
    told.leila.run(&["device", "remove", "Sana", "--reason", "left"]).ok();
    assert_eq!(tell(&told.leila, &gone)["in"], false);
    let file = file_in(&gone, "last-work");
    gone.run(&["sync", "write", &file]).refused(1, "nothing-to-hand-over");
    assert!(fs::metadata(&file).is_err());
}

#[test]
fn last_work_goes_to_a_hub_that_gives_nothing_for_it_and_comes_home_from_there() {
    let told = Told::of_removal();
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(&told.leila, folder.path(), &folder.path().join("roster"));
    told.leila.run(&["sync", "hub", hub.address()]).ok();
    told.hears();
    let handed = told.tomas.run(&["sync", "hub", hub.address()]).ok();
    assert_eq!((&handed["whole"], &handed["not_taken"]), (&json!(true), &json!([])), "{handed}");
    assert!(handed["sent"]["envelopes"].as_u64().unwrap() > 0, "{handed}");
    assert_eq!(told.tomas.run(&["sync", "status"]).ok()["only_here"], 0);
    // Once more nothing goes, and the hub holds none but the word that it does.
    assert_eq!(told.tomas.run(&["sync", "hub", hub.address()]).ok()["sent"]["envelopes"], 0);
    told.tomas.run(&["sync", "hub", hub.address(), "--watch"]).refused(1, "seat-removed");
    let came = told.leila.run(&["sync", "hub", hub.address()]).ok();
    assert!(came["aside"].as_u64().unwrap() > 0, "{came}");
    told.leila.run(&["show", &told.last]).refused(1, "unknown-child");
    told.decides("accept");
    assert_eq!(place(&told.leila, &told.last), "the old mill");
    assert_eq!(told.leila.run(&["sync", "hub", hub.address()]).ok()["equal"], true);
    assert_eq!(told.leila.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn the_window_of_a_device_that_is_out_sends_its_last_work_to_the_hub_that_was_set() {
    let told = Told::of_removal();
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(&told.leila, folder.path(), &folder.path().join("roster"));
    told.leila.run(&["sync", "hub", hub.address()]).ok();
    open(&told.tomas).set_hub(hub.address(), false).unwrap();
    told.hears();
    let desk = Desk::new(told.tomas.home(), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
    assert_eq!(desk.unlock(WORDS).unwrap_err().code, "seat-removed");
    assert_eq!(desk.send_last_work().unwrap_err().code, "locked");
    let here = desk.last_work(WORDS).unwrap();
    assert!(here.hub && here.changes > 0 && here.children == 1 && here.written.is_none(), "{here:?}");
    let mut sent = desk.send_last_work().unwrap();
    while !sent.done {
        sent = desk.step_last_work().unwrap();
    }
    assert!(sent.problems.is_empty() && sent.parcels > 0, "{sent:?}");
    assert_eq!(desk.last_work_left().unwrap().changes, 0);
    desk.leave_last_work().unwrap();
    assert_eq!(desk.step_last_work().unwrap_err().code, "locked");
    assert_eq!(desk.status().unwrap().door, Door::Locked);
}

/// A line over which each request takes longer than anybody leaves a device alone; gives the address at its near end.
fn slow_line(address: &str, clock: &FakeClock) -> String {
    let (kind, place) = address.split_once("://").unwrap();
    let (place, key) = place.split_once('#').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let near = format!("{kind}://{}#{key}", listener.local_addr().unwrap());
    let (far, clock) = (place.to_owned(), clock.clone());
    std::thread::spawn(move || {
        for here in listener.incoming() {
            let (mut here, mut there) = (here.unwrap(), TcpStream::connect(&far).unwrap());
            let (mut back, mut out) = (there.try_clone().unwrap(), here.try_clone().unwrap());
            std::thread::spawn(move || std::io::copy(&mut back, &mut out));
            let clock = clock.clone();
            std::thread::spawn(move || {
                let mut bytes = [0; 16 * 1024];
                while let Ok(read @ 1..) = here.read(&mut bytes) {
                    clock.pass(6 * 60 * 1000);
                    there.write_all(&bytes[..read]).unwrap();
                }
            });
        }
    });
    near
}

#[test]
fn last_work_that_takes_long_on_its_way_is_not_let_go_of_meanwhile() {
    let told = Told::of_removal();
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(&told.leila, folder.path(), &folder.path().join("roster"));
    told.leila.run(&["sync", "hub", hub.address()]).ok();
    let clock = FakeClock::at(1_795_500_000_000);
    open(&told.tomas).set_hub(&slow_line(hub.address(), &clock), false).unwrap();
    told.hears();
    let ports = Ports { clock: Box::new(clock), ..Ports::system() };
    let desk = Desk::new(told.tomas.home(), Schema::embedded().unwrap(), ports, Cost::FLOOR);
    desk.last_work(WORDS).unwrap();
    let mut sent = desk.send_last_work().unwrap();
    while !sent.done {
        sent = desk.step_last_work().unwrap();
    }
    assert!(sent.problems.is_empty() && sent.parcels > 0, "{sent:?}");
    assert_eq!(desk.last_work_left().unwrap().changes, 0);
}

/// Puts aside on a device what a stolen tablet may have signed, up to the last byte that may wait.
fn flooded(device: &Tern, seat: SeatId) {
    let payload = taken_apart(device);
    let home = Home::open(&device.home()).unwrap();
    let mut vault = Vault::open(&home, payload.vault.as_bytes(), None).unwrap();
    let log = LogId::new([7; 16]);
    for seq in 0..64_u8 {
        let id = EnvelopeId::new([seq; 32]);
        let place = InLog { id, log, seq: seq.into(), prev: EnvelopeId::new([0; 32]) };
        let held = HeldRow {
            id: *id.as_bytes(),
            code: "seat-removed".to_owned(),
            at_ms: 0,
            signed: Some((seat, place)),
        };
        vault.write(|tx| tx.hold(&held, &vec![0; 1024 * 1024])).unwrap();
    }
}

#[test]
fn whoever_holds_a_stolen_tablet_fills_no_list_without_end() {
    let told = Told::of_removal();
    let tomas = seat_id_of(&told.leila, "Tomas");
    told.hears();
    let file = told.hands_over();
    flooded(&told.leila, tomas);
    let said = told.leila.run(&["sync", "read", &file]);
    assert_eq!(said.exit, 4, "{}", said.err);
    let read: Value = serde_json::from_str(&said.out).unwrap();
    let problems = read["problems"].as_array().unwrap();
    assert!(!problems.is_empty() && read["aside"] == 0, "{read}");
    assert!(problems.iter().all(|told| told.as_str().unwrap().starts_with("review-full ")), "{read}");
    // Others are not kept out by it, nor what counts.
    bring(&told.nadia, &told.leila);
    assert_eq!(place(&told.leila, &told.before), "the old mill");
}
