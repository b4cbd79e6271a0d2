//! A tablet that several work on, none of whom may admit: a further worker asks from it, and has words and keys of their own.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::unlock::{Secret, unlock};
use tern_app::view::PutDraft;
use tern_app::{App, Ports, Schema, script};
use tern_record::DeviceId;
use tern_record::cbor::Canonical as _;
use tern_seal::invite::{Asking, DeviceName, Invitation, Request};
use tern_seal::passphrase::normalise;
use tern_seal::slot::{Payload, SlotFile, SlotKind};
use tern_seal::{PieceKind, SigningKey, SystemRandom, WrapSecret, armor};
use tern_store::{Home, Vault};
use tern_stories::Tern;
use tern_stories::members::{joined, seat, seat_id_of, taken_apart, tell};
use tern_stories::tern::{Said, WORDS};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern, words: &str) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), words, schema, Arc::new(Ports::system())).unwrap()
}

fn as_worker(tern: &Tern, words: &str, command: &[&str]) -> Said {
    Said::from(tern.command(command).env("TERN_PASSPHRASE", words).arg("--json").output().unwrap())
}

fn file(tern: &Tern, name: &str) -> String {
    tern.tmp().join(name).to_str().unwrap().to_owned()
}

/// What came of asking from a tablet, before anybody admitted.
struct Asked {
    request: String,
    told: Value,
}

impl Asked {
    fn on(tablet: &Tern, coordinator: &Tern) -> Self {
        let (invitation, request) = (file(coordinator, "invitation"), file(tablet, "request"));
        coordinator.run(&["device", "invite", &invitation]).ok();
        let told = tablet.run(&["worker", "request", "--invite", &invitation, &request]).ok();
        Self { request, told }
    }

    fn told(&self, key: &str) -> &str {
        self.told[key].as_str().unwrap()
    }

    fn admitted(&self, by: &Tern, worker: &str) -> (Value, String) {
        let admission = file(by, "admission");
        let whom = ["device", "admit", &self.request, "--worker", worker, "--role", "registrar"];
        let words = ["--check-words", self.told("check_words"), &admission];
        (by.run(&[&whom[..], &words].concat()).ok(), admission)
    }
}

fn payload(of: &Tern, words: &str) -> Payload {
    let home = Home::open(&of.home()).unwrap();
    let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
    slots.open(SlotKind::Worker, normalise(words).as_bytes(), None).unwrap().payload
}

#[test]
fn a_worker_joins_a_tablet_on_which_nobody_may_admit_and_has_words_and_keys_of_their_own() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Karim", "Tablet 2", &["case_worker"], &[]);
    tablet.run(&["worker", "add", "Sana", "--role", "registrar"]).refused(1, "no-right");
    let child = json!({"names": ["Amal Test"], "sex": "F", "age": 9, "accompaniment": "unknown"});
    let of_karim = tablet.register(&child).ok()["id"].as_str().unwrap().to_owned();
    let draft = {
        let mut karim = open(&tablet, WORDS);
        let id = karim.begin_draft().unwrap().id;
        let put =
            |path: &str, value: Value| PutDraft { id: id.clone(), path: path.into(), value, typing: false };
        karim.put_draft(&put("sex", json!("F"))).unwrap();
        id
    };

    let asked = Asked::on(&tablet, &first);
    let words = asked.told("passphrase").to_owned();
    as_worker(&tablet, &words, &["board"]).refused(1, "not-joined-yet");
    let before = payload(&tablet, &words);
    assert!(Vault::open(&Home::open(&tablet.home()).unwrap(), before.vault.as_bytes(), None).is_err());
    let waiting = tablet.run(&["worker", "waiting"]).ok();
    assert_eq!(waiting[0]["check_words"], asked.told["check_words"]);

    let (admitted, admission) = asked.admitted(&first, "Sana");
    assert_eq!((&admitted["device"], &admitted["beside"]), (&json!("Tablet 2"), &json!("Karim")));
    as_worker(&tablet, &words, &["board"]).refused(1, "not-joined-yet");
    assert_eq!(tablet.run(&["worker", "join", &admission]).ok()["seat"], asked.told["seat"]);
    assert_eq!(tablet.run(&["worker", "waiting"]).ok(), json!([]));
    tablet.run(&["worker", "join", &admission]).refused(1, "other-device");

    // Sana works with her own words and name; what Karim had begun and not sent is Karim's, and untouched.
    let answers = tablet.bring("answers.json", child.to_string());
    let of_sana = as_worker(&tablet, &words, &["register", "--answers", &answers]).ok();
    let of_sana = of_sana["id"].as_str().unwrap();
    {
        let mut sana = open(&tablet, &words);
        let line = &sana.hand_over().unwrap().drafts[0];
        assert_eq!((&*line.by, line.mine), ("Karim", false), "that it is there is told, and nothing of it");
        assert!(sana.draft(&draft).is_err());
        assert!(
            sana.put_draft(&PutDraft {
                id: draft.clone(),
                path: "sex".into(),
                value: json!("M"),
                typing: false
            })
            .is_err()
        );
    }
    let mut karim = open(&tablet, WORDS);
    assert_eq!(karim.draft(&draft).unwrap().answers["sex"], json!("F"));
    assert_eq!(karim.hand_over().unwrap().drafts.len(), 1);
    drop(karim);
    for (id, by) in [(&*of_karim, "Karim"), (of_sana, "Sana")] {
        let history = tablet.run(&["history", id]).ok();
        assert_eq!((&history[0]["by"], &history[0]["device"]), (&json!(by), &json!("Tablet 2")));
    }
    assert_ne!(payload(&tablet, &words).seat, taken_apart(&tablet).seat);
    tablet.run(&["verify", "--rebuild"]).ok();
    // The rescue code that was told with the words opens too.
    let (schema, home) =
        (Arc::new(Schema::embedded().unwrap()), Arc::new(Home::open(&tablet.home()).unwrap()));
    let rescued = unlock(home, Secret::Rescue(asked.told("rescue_code")), schema, Arc::new(Ports::system()));
    assert_eq!(rescued.unwrap().script_history(of_sana, None).unwrap()[0]["by"], "Sana");

    // The coordinator sees one tablet with two workers, and it goes whole.
    let kept = first.run(&["audit", "--seat", "Sana"]).ok();
    assert_eq!((&kept[0]["what"], &kept[0]["whom"]["device"]), (&json!("worker_added"), &json!("Tablet 2")));
    first.run(&["device", "remove", "Sana", "--reason", "stolen"]).ok();
    assert_eq!(seat(&first, "Karim")["removed"], "stolen");
    tell_of_removal(&first, &tablet);
    as_worker(&tablet, &words, &["board"]).refused(1, "seat-removed");
}

fn tell_of_removal(from: &Tern, to: &Tern) {
    let list = file(from, "roster");
    from.run(&["roster", "log", "--out", &list]).ok();
    assert_eq!(to.run(&["roster", "read", &list]).ok()["in"], false);
}

#[test]
fn the_list_of_members_lets_a_waiting_worker_in_too_and_what_is_given_up_opens_nothing() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Karim", "Tablet 2", &["case_worker"], &[]);
    let sana = Asked::on(&tablet, &first);
    sana.admitted(&first, "Sana");
    tell(&first, &tablet);
    as_worker(&tablet, sana.told("passphrase"), &["find", "a"]).ok();

    let lina = Asked::on(&tablet, &first);
    tablet.run(&["worker", "give-up", lina.told("seat")]).ok();
    as_worker(&tablet, lina.told("passphrase"), &["board"]).refused(1, "wrong-passphrase");
    let (_, admission) = lina.admitted(&first, "Lina");
    tablet.run(&["worker", "join", &admission]).refused(1, "other-device");
    as_worker(&tablet, sana.told("passphrase"), &["find", "a"]).ok();
    tablet.run(&["verify", "--rebuild"]).ok();
}

#[test]
fn nobody_is_put_on_a_tablet_whose_worker_did_not_say_so() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Karim", "Tablet 2", &["case_worker"], &[]);
    let thief = joined(&first, "Omar", "Tablet 3", &["case_worker"], &[]);
    let device = |of: &Tern| -> DeviceId {
        SlotFile::read(&Home::open(&of.home()).unwrap().read_slots().unwrap()).unwrap().device
    };
    let (device, karim) = (device(&tablet), seat_id_of(&first, "Karim"));
    let omar = taken_apart(&thief);
    let random = &mut SystemRandom::default();
    let name = DeviceName::new("Tablet 2").unwrap();
    let mut ask = |beside: Option<(tern_record::SeatId, &SigningKey)>| {
        let invitation = file(&first, "invitation");
        first.run(&["device", "invite", &invitation]).ok();
        let text = std::fs::read_to_string(&invitation).unwrap();
        let invitation = Invitation::parse(&armor::read(&text, PieceKind::Invitation).unwrap()).unwrap();
        let keys = (SigningKey::make_random(random), WrapSecret::make_random(random));
        let asking = Asking { device, verify: keys.0.public().unwrap(), wrap: keys.1.public().unwrap() };
        let request = match beside {
            Some(by) => Request::make_beside(&invitation, asking, &name, by, random).unwrap(),
            None => Request::make(&invitation, asking, &name, random),
        };
        open(&first, WORDS).read_request(&request.to_bytes()).map(|asked| asked.beside)
    };
    assert_eq!(ask(None).unwrap_err().code.name(), "already-joined");
    assert_eq!(ask(Some((omar.seat, &omar.signing))).unwrap_err().code.name(), "unknown-seat");
    assert_eq!(ask(Some((karim, &omar.signing))).unwrap_err().code.name(), "piece-damaged");
    let own = taken_apart(&tablet);
    assert_eq!(ask(Some((karim, &own.signing))).unwrap(), Some("Karim".to_owned()));
    first.run(&["device", "remove", "Karim", "--reason", "left"]).ok();
    assert_eq!(ask(Some((karim, &own.signing))).unwrap_err().code.name(), "unknown-seat");
}
