//! A disk that fills while work comes or goes: said in one sentence, nothing is there by halves, and it goes on with room.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use tern_stories::hub::hub_in;
use tern_stories::meeting::{file_in, written};
use tern_stories::members::{joined, tell};
use tern_stories::small_disk::{Filler, on_small_disk};
use tern_stories::tern::{check_refusal, copy_folder};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn register(tern: &Tern, turn: usize) {
    let answers = json!({ "names": ["Samir"], "sex": "M", "age": 9, "accompaniment": "unknown",
        "distinguishing_marks": "a scar ".repeat(turn * 150), "consents": [{ "purpose": "photo", "status": "granted" }] });
    let child = tern.register(&answers).ok()["id"].as_str().unwrap().to_owned();
    let mut png = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(120, 90, |x, y| image::Rgb([turn as u8, (x * y) as u8, y as u8]));
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    tern.run(&["photo", "add", &child, &tern.bring("photo.png", png.into_inner())]).ok();
}

fn records(tern: &Tern) -> Value {
    let looked = tern.run(&["verify"]).ok();
    assert_eq!(looked["problems"], json!([]));
    looked["records"].clone()
}

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

#[test]
fn a_stick_is_read_and_written_on_a_disk_that_fills() {
    let test = "a_stick_is_read_and_written_on_a_disk_that_fills";
    if let Some(disk) = on_small_disk(test, 8) {
        by_stick(&disk);
    }
}

fn by_stick(disk: &Path) {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let home = disk.join("home");
    copy_folder(&second.home(), &home);
    let second = second.with_home(home);
    let filler = Filler::on(disk);
    let (mut read, mut refused, mut unwritten) = (0, 0, 0);
    for (turn, kilobytes) in [0, 80, 300, 700, 1_500, 3_000].into_iter().enumerate() {
        register(&first, turn);
        let work = written(&first, "work");
        filler.leave(kilobytes);
        let said = second.run(&["sync", "read", &work]);
        if said.exit == 0 {
            read += 1;
        } else {
            said.refused(1, "disk-full");
            refused += 1;
        }
        let stick = disk.join("stick");
        let said = first.run(&["sync", "write", stick.to_str().unwrap()]);
        if said.exit != 0 {
            said.refused(1, "disk-full");
            unwritten += 1;
            let left = std::fs::read_dir(disk).unwrap().map(|entry| entry.unwrap().file_name());
            assert!(
                !left.into_iter().any(|name| name.to_str().unwrap().starts_with("stick")),
                "half a stick"
            );
        }
        let _ = std::fs::remove_file(stick);
        filler.empty();
        // Whatever came before the disk was full is whole.
        records(&second);
        assert_eq!(second.run(&["sync", "read", &work]).ok()["problems"], json!([]));
        assert_eq!(records(&second), records(&first), "with {kilobytes} kilobytes left");
        assert_eq!(second.run(&["sync", "status"]).ok()["devices"][0]["behind"], 0);
    }
    say(&format!(
        "0 to 3000 kilobytes left: {read} sticks read, {refused} refused and read with room, {unwritten} not written"
    ));
    assert!(read > 0 && refused > 1 && unwritten > 0);
}

#[test]
fn a_hub_whose_disk_is_full_takes_nothing_by_halves_and_goes_on_with_room() {
    let test = "a_hub_whose_disk_is_full_takes_nothing_by_halves_and_goes_on_with_room";
    if let Some(disk) = on_small_disk(test, 4) {
        by_hub(&disk);
    }
}

fn by_hub(disk: &Path) {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    std::fs::create_dir(disk.join("hub")).unwrap();
    let hub = hub_in(&first, &disk.join("hub"), file_in(&first, "roster").as_ref());
    let filler = Filler::on(disk);
    let (mut took, mut refused) = (0, 0);
    for (turn, kilobytes) in [0, 60, 150, 300, 600].into_iter().enumerate() {
        register(&first, turn);
        filler.leave(kilobytes);
        let said = first.run(&["sync", "hub", hub.address()]);
        let only_here = first.run(&["sync", "status"]).ok()["only_here"].as_u64().unwrap();
        if said.ok()["equal"] == true {
            took += 1;
        } else {
            let not_taken = said.ok()["not_taken"].as_array().unwrap().clone();
            let is_full = |said: &Value| said.as_str().unwrap().starts_with("hub-full ");
            assert!(!not_taken.is_empty() && not_taken.iter().all(is_full), "{not_taken:?}");
            assert!(only_here > 0, "what the hub did not sign for is only here");
            refused += 1;
        }
        filler.empty();
        assert_eq!(first.run(&["sync", "hub", hub.address()]).ok()["equal"], true);
        assert_eq!(first.run(&["sync", "status"]).ok()["only_here"], 0);
        // Who brings nothing fetches all the same.
        if turn > 0 {
            filler.leave(0);
            assert_eq!(second.run(&["sync", "hub", hub.address()]).ok()["equal"], true);
            assert_eq!(records(&second), records(&first), "from a hub without room");
            filler.empty();
        }
        assert_eq!(second.run(&["sync", "hub", hub.address()]).ok()["equal"], true);
        assert_eq!(records(&second), records(&first), "with {kilobytes} kilobytes left");
    }
    say(&format!(
        "0 to 600 kilobytes left at the hub: {took} exchanges done, {refused} refused and done with room"
    ));
    assert!(refused > 0 && took > 0);
}

#[test]
fn on_a_full_disk_a_save_is_refused_whole_and_everything_can_be_read_and_goes_on_with_room() {
    let test = "on_a_full_disk_a_save_is_refused_whole_and_everything_can_be_read_and_goes_on_with_room";
    if let Some(disk) = on_small_disk(test, 3) {
        by_saving(&disk);
    }
}

#[test]
fn on_a_full_disk_that_lost_files_a_worker_who_is_out_hands_the_last_work_over() {
    let test = "on_a_full_disk_that_lost_files_a_worker_who_is_out_hands_the_last_work_over";
    if let Some(disk) = on_small_disk(test, 3) {
        by_leaving(&disk);
    }
}

fn by_leaving(disk: &Path) {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let home = disk.join("home");
    copy_folder(&second.home(), &home);
    let second = second.with_home(home.clone());
    first.run(&["device", "remove", "Tomas", "--reason", "left"]).ok();
    register(&second, 0);
    second.run(&["lock"]).ok();
    assert_eq!(tell(&first, &second)["in"], false);
    for photo in std::fs::read_dir(home.join("blobs")).unwrap() {
        std::fs::remove_file(photo.unwrap().path()).unwrap();
    }
    let filler = Filler::on(disk);
    filler.leave(0);
    let here = second.run(&["sync", "status"]).ok();
    assert_eq!((&here["children_only_here"], &here["files_only_here"]), (&json!(1), &json!(0)), "{here}");
    // The stick has room, and the disk gets enough to note that the file was written.
    filler.leave(200);
    let stick = file_in(&first, "last-work");
    second.run(&["sync", "write", &stick]).ok();
    assert!(first.run(&["sync", "read", &stick]).ok()["aside"].as_u64().unwrap() > 0);
    say("0 kilobytes left: last work opened and handed over");
}

fn answers() -> Value {
    json!({ "names": ["Samir"], "sex": "M", "age": 9, "accompaniment": "unknown", "where_from": "Tarrin" })
}

fn by_saving(disk: &Path) {
    let tern = Tern::new(TERN).with_home(disk.join("home"));
    tern.begin(&["--practice"]);
    let id = tern.register(&answers()).ok()["id"].as_str().unwrap().to_owned();
    let filler = Filler::on(disk);
    let (mut saved, mut refused) = (vec![id], 0);
    for kilobytes in (0..400).step_by(20) {
        let mut batch = tern.batch();
        batch.ok(&["show", &saved[0]]);
        filler.leave(kilobytes);
        for turn in 0..6 {
            match save_or_refuse(&tern, &mut batch, turn) {
                Some(id) => saved.push(id),
                None => refused += 1,
            }
        }
        batch.ok(&["find", "samir"]);
        batch.ok(&["show", &saved[0]]);
        // Opening works on the same full disk, and ends well.
        assert_eq!(batch.end(), (0, String::new()));
        tern.run(&["show", &saved[0]]).ok();
        let one_more = tern.register(&answers());
        if one_more.exit == 0 {
            saved.push(one_more.ok()["id"].as_str().unwrap().to_owned());
        } else {
            one_more.refused(1, "disk-full");
            refused += 1;
        }
        filler.empty();
        let verified = tern.run(&["verify"]).ok();
        assert_eq!(verified["records"], json!(saved.len()), "with {kilobytes} left");
    }
    let mut batch = tern.batch();
    saved
        .iter()
        .for_each(|id| assert_eq!(batch.ok(&["show", id])["fields"]["where_from"]["value"], "Tarrin"));
    assert_eq!(batch.ok(&["lock"])["unsealed"], 0);
    assert!(refused >= 20 && saved.len() >= 20, "{refused} refused, {} saved", saved.len());
    say(&format!("0 to 400 kilobytes left: {} saved and all there, {refused} refused", saved.len()));
}

/// Registers a child: its id, or nothing when the disk was full.
fn save_or_refuse(tern: &Tern, batch: &mut Batch, turn: usize) -> Option<String> {
    let mut answers = answers();
    answers["distinguishing_marks"] = json!("a scar ".repeat(turn * 200));
    let file = tern.bring("answers.json", answers.to_string());
    let answer = batch.ask(&["register", "--answers", &file]);
    match answer["ok"]["id"].as_str() {
        Some(id) => Some(id.to_owned()),
        None => {
            check_refusal(&answer["error"], "disk-full");
            None
        }
    }
}
