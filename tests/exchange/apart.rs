//! Devices that worked apart come together. The real vaults, the real exchange, without a network between them.

use serde_json::{Value, json};
use tern_app::App;
use tern_stories::Tern;
use tern_stories::hub::hub_in;
use tern_stories::meeting::{bring, file_in, meet, open};
use tern_stories::members::{joined, seat};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn register(app: &mut App, name: &str) -> String {
    let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" });
    app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned()
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

/// How often something was kept for good: frames of the write-ahead log that end a transaction (SQLite's file format,
/// section 4.1).
fn commits(tern: &Tern) -> usize {
    let log = std::fs::read(tern.home().join("vault.db-wal")).unwrap();
    let (header, page) = (32, 24 + 4096);
    log[header..].chunks_exact(page).filter(|frame| frame[4..8] != [0; 4]).count()
}

#[test]
fn all_envelopes_of_a_body_are_kept_as_one_and_one_that_is_rubbish_keeps_none_from_it() {
    use tern_sync::Shelf as _;
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    let children: Vec<String> = (0..12)
        .map(|at| {
            let child = register(&mut leila, &format!("Samir {at}"));
            leila.seal_work().unwrap();
            child
        })
        .collect();
    let mut envelopes = leila.envelopes().unwrap();
    envelopes.insert(5, b"rubbish".to_vec());
    let before = commits(&second);
    let took = tomas.take_all(&envelopes).unwrap();
    assert_eq!(commits(&second) - before, 1);
    let news = took.iter().filter(|took| **took == tern_sync::Took::New).count();
    assert_eq!((took.len() - news, news), (1, envelopes.len() - 1));
    for child in &children {
        assert_eq!(shown(&mut tomas, child, "sex")["value"], "M");
    }
    whole(&mut tomas);
}

#[test]
fn lists_wait_for_the_last_reply_and_a_device_that_is_cut_off_before_it_catches_up_when_it_opens() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    let child = register(&mut leila, "Samir");
    meet(&mut tomas, &mut leila);
    let open_here = |app: &App| app.board(app.ports().today()).unwrap().rows.len();
    assert_eq!((tomas.find("Samir", 9).unwrap().len(), open_here(&tomas)), (1, 1));
    edit(&mut leila, &child, "names/+1/name", json!("Idris"));
    register(&mut leila, "Omid");
    let peer = tomas.peer_of(leila.seat()).unwrap();
    let mut exchange = tomas.begin_exchange(peer).unwrap();
    while exchange.outcome().tally.new == 0 {
        let request = tomas.ask_peer(&mut exchange).unwrap();
        let reply = leila.answer_peer(&request).unwrap();
        assert!(tomas.hear_reply(&mut exchange, &reply).unwrap());
    }
    assert_eq!(tomas.find("Omid", 9).unwrap().len(), 0, "more is asked for: lists wait");
    // What is changed here meanwhile takes nothing from what waits.
    edit(&mut tomas, &child, "sex", json!("F"));
    drop(tomas);
    let mut tomas = open(&second);
    let found = ["Omid", "Idris"].map(|name| tomas.find(name, 9).unwrap().len());
    assert_eq!((found, open_here(&tomas)), ([1, 1], 2));
    whole(&mut tomas);
    meet(&mut tomas, &mut leila);
    assert_eq!(tomas.find("Omid", 9).unwrap().len(), 1);
    assert_eq!(shown(&mut leila, &child, "sex")["value"], "F");
}

#[test]
fn where_the_work_is_follows_every_change_while_somebody_looks() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    let only_here = |app: &App| app.where_work_is().unwrap().only_here;
    let behind = |app: &App| app.where_work_is().unwrap().devices[0].behind;
    meet(&mut leila, &mut tomas);
    let before = only_here(&leila);
    assert_eq!(behind(&leila), 0);
    let child = register(&mut leila, "Samir");
    let registered = only_here(&leila);
    assert!(registered > before);
    assert!(behind(&leila) > 0, "nobody has everything while something is not sealed");
    edit(&mut leila, &child, "sex", json!("F"));
    assert!(only_here(&leila) > registered);
    meet(&mut leila, &mut tomas);
    assert_eq!((only_here(&leila), behind(&leila)), (0, 0));
    let told = leila.where_work_is().unwrap();
    assert_eq!(told.on_another_device, leila.where_work_is().unwrap().on_another_device);
}

#[test]
fn what_a_country_sets_counts_as_soon_as_it_comes() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    meet(&mut tomas, &mut leila);
    assert_eq!(tomas.helpline(), None);
    let puts = json!({ "profile.country": "QME", "profile.birth_authority": "not_recognised", "profile.helpline": "0800 123" });
    let puts = puts.as_object().unwrap().clone().into_iter().collect();
    leila.begin_thing(&tern_app::view::BeginThing { kind: "country_profile".into(), puts }).unwrap();
    meet(&mut tomas, &mut leila);
    assert_eq!(tomas.helpline().as_deref(), Some("0800 123"));
}

#[test]
fn work_travels_on_a_stick_and_a_receipt_says_that_it_came() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let answers =
        first.bring("answers", r#"{"names":["Samir"],"sex":"M","age":9,"accompaniment":"unknown"}"#);
    let child = first.run(&["register", "--answers", &answers]).ok()["id"].as_str().unwrap().to_owned();
    let status = first.run(&["sync", "status"]).ok();
    assert_eq!((&status["at_hub"], &status["on_another_device"]), (&json!(0), &json!(0)));
    assert!(status["only_here"].as_u64().unwrap() > 0 && status["children_only_here"] == 1, "{status}");

    let (work, receipt) = (file_in(&first, "work"), file_in(&first, "receipt"));
    let written = first.run(&["sync", "write", &work]).ok();
    assert!(written["sent"]["envelopes"].as_u64().unwrap() > 0);
    first.run(&["sync", "write", &work]).refused(1, "file-there");
    let read = second.run(&["sync", "read", &work]).ok();
    assert_eq!(read["received"]["envelopes"], written["sent"]["envelopes"]);
    assert_eq!((&read["problems"], &read["quarantined"]), (&json!([]), &json!(0)));
    assert_eq!(second.run(&["sync", "read", &work]).ok()["new"], 0);
    assert_eq!(second.run(&["show", &child]).ok()["fields"]["sex"]["value"], "M");
    // A stick that somebody carries proves nothing; a receipt does.
    assert_eq!(first.run(&["sync", "status"]).ok()["on_another_device"], 0);
    second.run(&["sync", "receipt", &receipt]).ok();
    first.run(&["sync", "read", &receipt]).ok();
    let status = first.run(&["sync", "status"]).ok();
    assert_eq!((&status["only_here"], &status["children_only_here"]), (&json!(0), &json!(0)), "{status}");
    assert_eq!(status["devices"][0]["behind"], 0);
}

#[test]
fn a_receipt_is_short_enough_to_go_from_screen_to_screen() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.run(&["demo", "--children", "12", "--seed", "3"]).ok();
    bring(&first, &second);
    let (receipt, leila) = (file_in(&second, "receipt"), seat(&first, "Leila")["seat"].clone());
    let made = second.run(&["sync", "receipt", &receipt, "--for", leila.as_str().unwrap()]).ok();
    assert!((1..=4).contains(&made["pictures"].as_u64().unwrap()), "{made}");
    assert_eq!(first.run(&["sync", "status"]).ok()["on_another_device"], 0);
    let read = first.run(&["sync", "read", &receipt]).ok();
    assert_eq!(read["receipt_of"], seat(&first, "Tomas")["seat"], "{read}");
    let status = first.run(&["sync", "status"]).ok();
    assert_eq!((&status["only_here"], &status["devices"][0]["behind"]), (&json!(0), &json!(0)), "{status}");
    // Its own receipt tells a device nothing, and part of one is none.
    second.run(&["sync", "read", &receipt]).ok();
    let text = std::fs::read_to_string(&receipt).unwrap();
    let part = first.bring("part", &text.as_bytes()[..text.len() / 2]);
    first.run(&["sync", "read", &part]).refused(1, "piece-damaged");
}

#[test]
fn a_stick_that_was_pulled_out_gives_what_was_on_it() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.run(&["demo", "--children", "30", "--seed", "1"]).ok();
    let work = file_in(&first, "work");
    first.run(&["sync", "write", &work]).ok();
    let whole = std::fs::read(&work).unwrap();
    for part in [whole.len() / 3, whole.len() - 1] {
        std::fs::write(&work, &whole[..part]).unwrap();
        let said = second.run(&["sync", "read", &work]);
        assert_eq!(said.exit, 4);
        assert_eq!(said.value()["problems"], json!(["file-cut"]));
    }
    std::fs::write(&work, &whole).unwrap();
    let read = second.run(&["sync", "read", &work]).ok();
    assert_eq!(read["problems"], json!([]));
    let children = |tern: &Tern| tern.run(&["verify", "--rebuild"]).ok()["records"].clone();
    assert_eq!(children(&first), children(&second));
    std::fs::write(&work, b"a letter").unwrap();
    second.run(&["sync", "read", &work]).refused(1, "sync-not-a-file");
}

fn answers(name: &str) -> Value {
    json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" })
}

#[test]
fn a_device_that_came_back_from_a_copy_loses_nothing_and_begins_a_log_of_its_own() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.register(&answers("Samir")).ok();
    let copy = first.copied();
    let here = first.register(&answers("Omid")).ok()["id"].clone();
    let there = copy.register(&answers("Nasrin")).ok()["id"].clone();
    bring(&first, &second);
    bring(&copy, &second);
    let children = [here.as_str().unwrap(), there.as_str().unwrap()];
    for child in children {
        second.run(&["show", child]).ok();
    }
    let copied = second.run(&["sync", "status"]).ok()["copied"].clone();
    assert_eq!(copied.as_array().unwrap().len(), 1, "{copied}");
    // Both hear of each other, and neither writes where the other did any more.
    bring(&second, &first);
    bring(&second, &copy);
    for tern in [&first, &copy] {
        children.iter().for_each(|child| drop(tern.run(&["show", child]).ok()));
        assert_eq!(tern.run(&["sync", "status"]).ok()["copied"], copied);
        tern.register(&answers("Farid")).ok();
    }
    bring(&first, &second);
    assert_eq!(bring(&copy, &second)["quarantined"], 0);
    let all = second.run(&["verify", "--rebuild"]).ok();
    assert_eq!((&all["problems"], &all["records"]), (&json!([]), &json!(5)));
}

#[test]
fn a_photo_comes_after_the_record_and_is_seen_on_the_other_device() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.run(&["demo", "--children", "12", "--seed", "3"]).ok();
    let read = bring(&first, &second);
    let blobs = read["received"]["blobs"].as_u64().unwrap();
    assert!(blobs > 0, "{read}");
    let verified = |tern: &Tern| tern.run(&["verify", "--rebuild"]).ok();
    assert_eq!(verified(&second)["problems"], json!([]));
    assert_eq!(bring(&first, &second)["received"]["blobs"], 0, "they are here");
}

/// What lies in a device's folder for attachments: whole ones, and pieces.
fn attachments(tern: &Tern) -> (Vec<std::path::PathBuf>, Vec<std::path::PathBuf>) {
    let files = std::fs::read_dir(tern.home().join("blobs")).unwrap();
    files.map(|file| file.unwrap().path()).partition(|path| path.extension().is_none())
}

#[test]
fn a_photo_of_which_a_piece_had_come_comes_whole_with_a_file() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.run(&["demo", "--children", "12", "--seed", "3"]).ok();
    let work = file_in(&first, "work");
    first.run(&["sync", "write", &work]).ok();
    let whole = std::fs::read(&work).unwrap();
    let (photos, _) = attachments(&first);
    let bytes: u64 = photos.iter().map(|photo| std::fs::metadata(photo).unwrap().len()).sum();
    assert!(bytes > 0);
    // The records are there and the photos are not; then a piece of each is.
    std::fs::write(&work, &whole[..whole.len() - bytes as usize]).unwrap();
    second.run(&["sync", "read", &work]);
    for photo in &photos {
        let part = second.home().join("blobs").join(photo.file_name().unwrap()).with_extension("part");
        std::fs::write(part, &std::fs::read(photo).unwrap()[..10]).unwrap();
    }
    std::fs::write(&work, &whole).unwrap();
    second.run(&["sync", "read", &work]).ok();
    let (whole, pieces) = attachments(&second);
    assert_eq!((whole.len(), pieces.len()), (photos.len(), 0));
}

#[test]
fn a_photo_that_was_taken_out_leaves_every_device_and_goes_to_no_other() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let third = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let mut child = answers("Samir");
    child["consents"] = json!([{ "purpose": "photo", "status": "granted" }]);
    let child = first.register(&child).ok()["id"].as_str().unwrap().to_owned();
    let mut jpeg = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 90]));
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    let photo = first.bring("photo.jpg", jpeg.into_inner());
    for _ in 0..2 {
        first.run(&["photo", "add", &child, &photo]).ok();
    }
    let whole = |tern: &Tern| attachments(tern).0.len();
    bring(&first, &second);
    let old = file_in(&second, "old");
    second.run(&["sync", "write", &old]).ok();
    assert_eq!((whole(&first), whole(&second)), (4, 4), "a picture and its small one, twice");
    open(&first).remove_photo(&child, &[]).unwrap();
    assert_eq!(whole(&first), 0);
    // Nadia hears of it all at once, and a file from before comes late.
    bring(&first, &third);
    third.run(&["sync", "read", &old]).ok();
    bring(&first, &second);
    for device in [&second, &third] {
        assert_eq!(whole(device), 0);
        device.run(&["verify", "--rebuild"]).ok();
        assert_eq!(open(device).photo(&child).unwrap(), None);
    }
    meet(&mut open(&second), &mut open(&third));
    // Who hears of the photo first, and then that it was taken out.
    let fourth = joined(&first, "Omar", "Tablet 4", &["case_worker"], &[]);
    fourth.run(&["sync", "read", &old]).ok();
    assert_eq!(whole(&fourth), 4);
    bring(&third, &fourth);
    assert_eq!(whole(&fourth), 0);
}

#[test]
fn what_was_answered_apart_is_listed_with_every_voice_and_settled_by_a_person() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_supervisor"], &[]);
    let child = first.register(&answers("Samir")).ok()["id"].as_str().unwrap().to_owned();
    bring(&first, &second);
    assert_eq!(second.run(&["conflicts"]).ok(), json!([]));
    first.run(&["edit", &child, "--set", "sex=\"F\""]).ok();
    second.run(&["edit", &child, "--set", "sex=\"X\""]).ok();
    second.run(&["settle", &child, "sex", "--value", "\"F\""]).refused(1, "nothing-to-settle");
    bring(&first, &second);
    let conflicts = second.run(&["conflicts"]).ok();
    let [conflict] = conflicts.as_array().unwrap().as_slice() else { panic!("{conflicts}") };
    assert_eq!(
        (&conflict["path"], &conflict["rule"], &conflict["settles"]),
        (&json!("sex"), &json!("both"), &json!(true))
    );
    let values = conflict["values"].as_array().unwrap();
    let of_leila = values.iter().find(|value| value["value"] == "F").unwrap();
    assert!(of_leila["by"] != "" && of_leila["device"] != "" && of_leila["at"] != "");
    second.run(&["settle", &child, "sex", "--keep", of_leila["change"].as_str().unwrap()]).ok();
    assert_eq!(second.run(&["conflicts"]).ok(), json!([]));
    bring(&second, &first);
    assert_eq!(first.run(&["conflicts"]).ok(), json!([]));
    let shown = first.run(&["show", &child]).ok()["fields"]["sex"].clone();
    assert_eq!(shown, json!({"state": "settled", "value": "F"}));
    let history = first.run(&["history", &child]).ok().to_string();
    assert!(history.contains("\"X\""), "the other stays in the history: {history}");
}

#[test]
fn two_devices_come_together_by_a_hub_that_reads_nothing() {
    let first = Tern::practising(TERN);
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(&first, folder.path(), &folder.path().join("roster"));
    // Admitted after the hub was begun: the hub hears of it from whoever calls.
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.run(&["demo", "--children", "12", "--seed", "3"]).ok();
    let child = first.register(&answers("Samir")).ok()["id"].as_str().unwrap().to_owned();
    first.run(&["sync", "hub"]).refused(1, "sync-no-hub");
    assert_eq!(first.run(&["sync", "status"]).ok()["hub"], Value::Null);
    let up = first.run(&["sync", "hub", hub.address()]).ok();
    assert_eq!((&up["equal"], &up["not_taken"], &up["why"]), (&json!(true), &json!([]), &json!([])), "{up}");
    // The hub that answered stays set, and is called only when somebody asks for it.
    let set = first.run(&["sync", "status"]).ok()["hub"].clone();
    assert_eq!((&set["address"], &set["by_itself"]), (&json!(hub.address()), &json!(false)), "{set}");
    assert!(set["last_exchange"].is_string());
    assert!(up["sent"]["blobs"].as_u64().unwrap() > 0);
    let status = first.run(&["sync", "status"]).ok();
    assert_eq!((&status["only_here"], &status["on_another_device"]), (&json!(0), &json!(0)), "{status}");
    assert!(status["at_hub"].as_u64().unwrap() > 12);
    let down = second.run(&["sync", "hub", hub.address()]).ok();
    assert_eq!((&down["equal"], &down["quarantined"]), (&json!(true), &json!(0)), "{down}");
    assert_eq!(second.run(&["show", &child]).ok()["fields"]["sex"]["value"], "M");
    let verified = second.run(&["verify", "--rebuild"]).ok();
    assert_eq!(
        (&verified["problems"], &verified["records"]),
        (&json!([]), &first.run(&["verify"]).ok()["records"])
    );
    let quiet = first.run(&["sync", "hub"]).ok();
    assert_eq!(quiet["round_trips"], 1);
    assert!(quiet["overhead_bytes"].as_u64().unwrap() < 250, "{quiet}");
    let (place, key) = hub.address().split_once('#').unwrap();
    assert_eq!(first.run(&["sync", "hub", place]).ok()["equal"], true, "it was met before");
    second.run(&["sync", "status"]).ok();
    let nobody = format!("http://127.0.0.1:9#{key}");
    drop(hub);
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(path).unwrap();
            assert!(!bytes.windows(5).any(|window| window == b"Samir"), "a hub holds no name");
        }
    }
    first.run(&["sync", "hub", &nobody]).refused(1, "net-unreachable");
    assert_eq!(
        first.run(&["sync", "status"]).ok()["hub"]["address"],
        set["address"],
        "one that is set stays"
    );
    first.run(&["sync", "hub", "https://hub.example"]).refused(1, "net-address");
    first.run(&["sync", "hub", "http://hub.example"]).refused(1, "net-address");
}

#[test]
fn a_hub_of_another_programme_and_one_that_knows_who_is_out_say_so() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (folder, other_folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let other = hub_in(&Tern::practising(TERN), other_folder.path(), &other_folder.path().join("roster"));
    first.run(&["sync", "hub", other.address()]).refused(1, "sync-other-peer");
    let hub = hub_in(&first, folder.path(), &folder.path().join("roster"));
    second.run(&["sync", "hub", hub.address()]).ok();
    let out = seat(&first, "Tomas")["seat"].clone();
    first.run(&["device", "remove", out.as_str().unwrap(), "--reason", "lost"]).ok();
    first.run(&["sync", "hub", hub.address()]).ok();
    second.run(&["sync", "hub", hub.address()]).refused(1, "seat-removed");
}

#[test]
fn a_hub_is_called_again_and_again_until_that_is_stopped() {
    use std::io::BufRead as _;
    let first = Tern::practising(TERN);
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(&first, folder.path(), &folder.path().join("roster"));
    let words = ["sync", "hub", hub.address(), "--watch", "--json"];
    let mut watching = first.command(&words).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufReader::new(watching.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["equal"], true, "{line}");
    std::process::Command::new("kill").args(["-INT", &watching.id().to_string()]).status().unwrap();
    assert_eq!(watching.wait().unwrap().code(), Some(0));
    // What never helps ends it.
    first.run(&["sync", "hub", "https://hub.example", "--watch"]).refused(1, "net-address");
}

#[test]
fn an_envelope_that_was_emptied_on_the_way_keeps_no_honest_copy_out() {
    use tern_app::admit::Admitted;
    use tern_record::cbor::Canonical as _;
    use tern_sync::{Shelf as _, Took};
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    let child = register(&mut leila, "Samir");
    leila.seal_work().unwrap();
    let honest = leila.envelopes().unwrap().pop().unwrap();
    let mut emptied = tern_seal::envelope::Envelope::parse(&honest).unwrap();
    emptied.erase(0);
    assert_eq!(tomas.take(&emptied.to_bytes()).unwrap(), Took::Refused("envelope-erased".into()));
    assert!(matches!(tomas.admit(&honest).unwrap(), Admitted::New(_)));
    assert_eq!(shown(&mut tomas, &child, "sex")["value"], "M");
}
