//! What lies at a hub shows nothing of anybody: words that occur nowhere else are registered on two devices, brought together by the
//! program that runs as a hub, and then looked for in everything that it keeps and says, in every spelling.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::Write as _;

use serde_json::{Value, json};
use tern_hub::sqlite::Sqlite;
use tern_hub::store::{Store as _, StoreError, Tx as _};
use tern_stories::Tern;
use tern_stories::hub::HubProgram;
use tern_stories::meeting::file_in;
use tern_stories::members::joined;
use tern_stories::scan::Scan;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");
const HUB: &str = env!("CARGO_BIN_EXE_tern-hub-in-stories");

/// Names, places, texts, devices and people that occur nowhere else.
const WORDS: [&str; 8] = [
    "zunamirra",
    "quillonova",
    "tarrinvelde",
    "oldmillbrok",
    "scarovereye",
    "نورالصباح",
    "brindleshore",
    "wexmarisol",
];

fn answers(turn: usize) -> Value {
    json!({
        "names": [format!("{} {}", WORDS[0], WORDS[1])], "sex": "F", "age": 9, "accompaniment": "unknown",
        "where_from": format!("{} {turn}", WORDS[2]), "separation.place": format!("{} {turn}", WORDS[3]),
        "distinguishing_marks": format!("{} {} {turn}", WORDS[4], WORDS[5]),
        "consents": [{ "purpose": "photo", "status": "granted" }],
    })
}

#[test]
fn what_lies_at_a_hub_shows_nothing_of_anybody() {
    let first = Tern::new(TERN);
    let begin = "programme create --practice --country QME --name";
    let begin: Vec<&str> =
        begin.split(' ').chain([WORDS[6], "--site", WORDS[7], "--worker", WORDS[7]]).collect();
    first.run(&begin).ok();
    let second = joined(&first, WORDS[0], WORDS[6], &["case_worker"], &[]);
    let folder = tempfile::tempdir().unwrap();
    let roster = file_in(&first, "roster");
    first.run(&["roster", "log", "--out", &roster]).ok();
    let mut hub = HubProgram::start(HUB, folder.path(), &roster);
    for (turn, tern) in [&first, &second, &first, &second].into_iter().enumerate() {
        let child = tern.register(&answers(turn)).ok()["id"].as_str().unwrap().to_owned();
        let mut png = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_fn(60, 40, |x, y| image::Rgb([turn as u8, x as u8, y as u8]));
        picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
        tern.run(&["photo", "add", &child, &tern.bring("photo.png", png.into_inner())]).ok();
        assert_eq!(tern.run(&["sync", "hub", &hub.address]).ok()["equal"], true);
    }
    // What is refused is logged, too.
    second.run(&["sync", "hub", &hub.address]).ok();
    first.run(&["device", "remove", WORDS[0], "--reason", "lost"]).ok();
    first.run(&["sync", "hub", &hub.address]).ok();
    second.run(&["sync", "hub", &hub.address]).refused(1, "seat-removed");
    let said = hub.kill();
    let mut scan = Scan::of(&WORDS);
    scan.path(folder.path());
    scan.bytes("what it says", said.as_bytes());
    scan.assert_clean("a hub that was killed: its database, blobs and log");
    // The search is of something, and finds what is there.
    let kept = Sqlite::open(&folder.path().join("hub.db"))
        .unwrap()
        .within(|tx| tx.total())
        .unwrap_or_else(|error: StoreError| panic!("{error}"));
    assert!(kept.envelopes >= 8 && kept.blobs >= 12, "{kept:?}");
    std::fs::write(folder.path().join("planted"), [vec![7; 900], WORDS[5].as_bytes().to_vec()].concat())
        .unwrap();
    let mut scan = Scan::of(&WORDS);
    scan.path(folder.path());
    assert_eq!(scan.found.len(), 1, "{:?}", scan.found);
    let told = format!("{} envelopes and {} blobs lay there\n", kept.envelopes, kept.blobs);
    std::io::stdout().write_all(told.as_bytes()).unwrap();
}
