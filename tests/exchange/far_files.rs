//! Files of work that come from far: of another site or programme, of somebody who is out, of copies, in any order.

use serde_json::{Value, json};
use tern_app::App;
use tern_stories::Tern;
use tern_stories::meeting::{bring, id, open, place, written};
use tern_stories::members::{joined, tell};
use tern_stories::tern::{Said, WORDS};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn answers(name: &str) -> Value {
    json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown",
        "separation.place": "the old mill" })
}

#[test]
fn a_file_of_another_programme_is_refused_and_changes_nothing() {
    let (first, other) = (Tern::practising(TERN), Tern::practising(TERN));
    other.register(&answers("Samir")).ok();
    first.run(&["sync", "read", &written(&other, "work")]).refused(1, "other-programme");
    assert_eq!(first.run(&["verify"]).ok()["envelopes"], 0);
}

#[test]
fn a_device_of_another_site_reads_the_core_of_a_file_and_hands_nothing_else_on() {
    let first = Tern::practising(TERN);
    let far = joined(&first, "Ivo", "Laptop 2", &["case_worker"], &[]);
    let near = joined(&first, "Sana", "Tablet 3", &["case_worker"], &[]);
    first.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    first.run(&["device", "change", "Ivo", "--role", "case_worker", "--site", "Ostra"]).ok();
    tell(&first, &far);
    tell(&first, &near);
    let child = id(&first.register(&answers("Samir")));
    let of_far = id(&far.register(&answers("Omid")));
    assert_eq!(bring(&first, &far)["quarantined"], 0);
    assert_eq!(place(&far, &child), Value::Null);
    bring(&far, &near);
    assert_eq!(place(&near, &child), Value::Null, "the far device has it for nobody");
    assert_eq!(place(&near, &of_far), Value::Null);
    bring(&first, &near);
    assert_eq!(place(&near, &child), "the old mill");
    for device in [&first, &far, &near] {
        device.run(&["verify", "--rebuild"]).ok();
    }
}

#[test]
fn a_file_of_somebody_who_was_taken_out_since_brings_what_counted_and_nothing_later_unseen() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let before = id(&second.register(&answers("Samir")));
    bring(&second, &first);
    first.run(&["device", "remove", "Tomas", "--reason", "lost"]).ok();
    let later = id(&second.register(&answers("Omid")));
    let read = bring(&second, &first);
    assert!(read["quarantined"].as_u64().unwrap() > 0 && read["problems"] == json!([]), "{read}");
    assert_eq!(place(&first, &before), "the old mill");
    first.run(&["show", &later]).refused(1, "unknown-child");
    // The file of Leila takes Tomas out in the middle of reading: what comes after it is not told.
    let file = written(&first, "out");
    let said = second.run(&["sync", "read", &file]).refused(1, "seat-removed");
    assert!(!said.to_string().contains("Samir"), "{said}");
    second.run(&["sync", "read", &file]).refused(1, "seat-removed");
}

#[test]
fn an_entry_that_was_moved_is_in_one_child_in_whatever_order_it_comes() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let third = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let (wrong, right) = (id(&first.register(&answers("Samir"))), id(&first.register(&answers("Omid"))));
    let words = [
        "add",
        &wrong,
        "concerns",
        "--set",
        "type=\"gang_violence_threat\"",
        "--set",
        "response=\"words of Leila\"",
    ];
    let row = first.run(&words).ok()["entity"].as_str().unwrap().to_owned();
    bring(&first, &second);
    second.run(&["edit", &wrong, "--set", "sex=\"X\""]).ok();
    first.run(&["move", &wrong, &format!("concerns/{row}"), &right]).ok();
    let all: Vec<Vec<u8>> = [&first, &second]
        .iter()
        .flat_map(|tern| {
            let mut app = open(tern);
            app.end_session().unwrap();
            app.envelopes().unwrap()
        })
        .collect();
    let told =
        |app: &mut App, child: &str| app.script_show(child, None, Some("test")).unwrap()["fields"].clone();
    let mut seen = Vec::new();
    for (device, back) in [(&first, false), (&second, false), (&third, true)] {
        let mut app = open(device);
        let mut order: Vec<&Vec<u8>> = all.iter().collect();
        if back {
            order.reverse();
        }
        for bytes in order {
            assert!(!matches!(app.admit(bytes).unwrap(), tern_app::admit::Admitted::Refused(_)));
        }
        drop(app);
        // Texts are files of their own, and come beside.
        bring(&first, device);
        let mut app = open(device);
        seen.push((told(&mut app, &wrong), told(&mut app, &right)));
        assert_eq!(app.script_verify(true).unwrap()["problems"], json!([]));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    assert!(
        !seen[0].0.to_string().contains("words of Leila") && seen[0].1.to_string().contains("gang_violence")
    );
}

#[test]
fn two_workers_of_one_tablet_and_of_its_copy_lose_nothing() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let added = first.run(&["worker", "add", "Sana", "--role", "case_worker"]).ok();
    let words = added["passphrase"].as_str().unwrap();
    let registers = |tern: &Tern, words: &str, name: &str| {
        let file = tern.bring("answers.json", answers(name).to_string());
        let words = tern
            .command(&["register", "--answers", &file])
            .env("TERN_PASSPHRASE", words)
            .arg("--json")
            .output();
        id(&Said::from(words.unwrap()))
    };
    registers(&first, WORDS, "Samir");
    registers(&first, words, "Omid");
    let copy = first.copied();
    for tern in [&first, &copy] {
        registers(tern, WORDS, "Farid");
        registers(tern, words, "Nasrin");
    }
    for _ in 0..2 {
        for tern in [&first, &copy] {
            bring(tern, &second);
            bring(&second, tern);
        }
        for tern in [&first, &copy] {
            registers(tern, WORDS, "Anri");
            registers(tern, words, "Bela");
        }
    }
    for tern in [&first, &copy] {
        bring(tern, &second);
    }
    for tern in [&first, &copy] {
        assert_eq!(bring(&second, tern)["quarantined"], 0);
    }
    for tern in [&first, &copy, &second] {
        let all = tern.run(&["verify", "--rebuild"]).ok();
        assert_eq!((&all["records"], &all["problems"]), (&json!(14), &json!([])));
        assert_eq!(tern.run(&["sync", "status"]).ok()["copied"].as_array().unwrap().len(), 2);
    }
    assert_eq!(first.run(&["sync", "status"]).ok()["children_only_here"], 0);
}

#[test]
fn work_that_was_handed_on_comes_by_a_file_with_its_texts_and_counts_once() {
    let first = Tern::practising(TERN);
    let omar = joined(&first, "Omar", "Laptop 2", &["coordinator", "case_supervisor"], &[]);
    let tablet = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    tell(&first, &omar);
    omar.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    omar.run(&["device", "change", "Nadia", "--role", "case_worker", "--site", "Ostra"]).ok();
    tell(&omar, &tablet);
    let mut told = answers("Samir");
    told["distinguishing_marks"] = json!("a scar");
    let child = id(&tablet.register(&told));
    let marks =
        |tern: &Tern| tern.run(&["show", &child]).ok()["fields"]["distinguishing_marks"]["value"].clone();
    first.run(&["device", "remove", "Omar", "--reason", "lost"]).ok();
    bring(&tablet, &first);
    bring(&first, &tablet);
    assert_eq!((place(&first, &child), marks(&first)), (Value::Null, Value::Null));
    assert!(tablet.run(&["sync", "status"]).ok()["only_here"].as_u64().unwrap() > 0);
    tablet.run(&["work", "move"]).ok();
    assert!(tablet.run(&["sync", "status"]).ok()["only_here"].as_u64().unwrap() > 0);
    let read = bring(&tablet, &first);
    for device in [&first, &tablet] {
        assert_eq!(
            (place(device, &child), marks(device)),
            (json!("the old mill"), json!("a scar")),
            "{read}"
        );
        assert_eq!(device.run(&["verify", "--rebuild"]).ok()["records"], 1);
    }
    bring(&first, &tablet);
    assert_eq!(tablet.run(&["sync", "status"]).ok()["only_here"], 0);
}

/// An envelope as a later version may begin it.
fn of_format_two(envelope: &[u8]) -> Vec<u8> {
    let mut bytes = envelope.to_vec();
    let at = bytes.windows(3).position(|some| some == [0x89, 1, 1]).unwrap();
    bytes[at + 1] = 2;
    bytes
}

#[test]
fn what_a_later_version_sends_is_told_on_each_way_and_nothing_is_lost() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let child = id(&first.register(&answers("Samir")));
    let own = id(&second.register(&answers("Omid")));
    // By a file.
    let file = written(&first, "later");
    let mut bytes = std::fs::read(&file).unwrap();
    let at = bytes.windows(3).position(|some| some == [0x84, 16, 1]).unwrap();
    bytes[at + 2] = 2;
    std::fs::write(&file, &bytes).unwrap();
    second.run(&["sync", "read", &file]).refused(1, "sync-newer-file");
    // By a line, on the side that is asked and on the one that asks. A hub answers as a device does.
    let (mut asked, mut asks) = (open(&first), open(&second));
    let peer = asks.peer_of(asked.seat()).unwrap();
    let mut exchange = asks.begin_exchange(peer).unwrap();
    let mut request = asks.ask_peer(&mut exchange).unwrap();
    assert_eq!(request[..3], [0x86, 0, 1]);
    request[2] = 2;
    let reply = asked.answer_peer(&request).unwrap();
    assert_eq!(asks.hear_reply(&mut exchange, &reply).unwrap_err().code.name(), "sync-older-there");
    let mut exchange = asks.begin_exchange(peer).unwrap();
    asks.ask_peer(&mut exchange).unwrap();
    let later = [0x81, 18];
    assert_eq!(asks.hear_reply(&mut exchange, &later).unwrap_err().code.name(), "sync-newer-there");
    // An envelope waits for the newer version, and keeps nothing else from coming.
    asked.end_session().unwrap();
    let later = of_format_two(&asked.envelopes().unwrap()[0]);
    let admitted = asks.admit(&later).unwrap();
    assert_eq!(admitted, tern_app::admit::Admitted::Refused("envelope-newer"));
    drop((asked, asks));
    let waits = || open(&second).script_quarantine().unwrap().to_string().matches("envelope-newer\"").count();
    let before = waits();
    bring(&first, &second);
    bring(&second, &first);
    for device in [&first, &second] {
        for child in [&child, &own] {
            assert_eq!(place(device, child), "the old mill");
        }
    }
    assert_eq!((before, waits()), (1, 1), "it still waits");
}
