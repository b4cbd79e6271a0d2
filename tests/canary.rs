//! What is typed about a child is on the disk only sealed, and is told only by commands that are there to show it.
//!
//! A word that occurs nowhere else goes into every field that takes text, into names of places and workers, into
//! searches, drafts, pictures and wrong answers. Then every output and every file is searched for it, byte by
//! byte, in every spelling: while the program runs, after it ended in the middle, and after it was locked.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use base64::Engine as _;
use serde_json::{Value, json};
use tern_app::view::PutDraft;
use tern_app::{Cost, Desk, Ports, Schema};
use tern_stories::scan::Scan;
use tern_stories::tern::WORDS;
use tern_stories::{Batch, Said, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// Two words that occur nowhere else: one in Latin letters, one in Arabic ones.
fn canaries() -> [String; 2] {
    let mut chance = std::collections::hash_map::RandomState::new().build_hasher();
    chance.write_u8(1);
    let drawn = chance.finish();
    let spell =
        |letters: &[char]| (0..14).map(|place| letters[(drawn >> (4 * place) & 15) as usize]).collect();
    let latin: Vec<char> = "bcdfghjkmnprstvw".chars().collect();
    let arabic: Vec<char> = "بتثجحخدرزسشصطعفق".chars().collect();
    [spell(&latin), spell(&arabic)]
}

/// A device, and everything that its commands said where they had nothing to show.
struct Watched {
    tern: Tern,
    canaries: [String; 2],
    silent: Scan,
}

impl Watched {
    /// Runs a command both ways; its errors are always searched, its output unless it is there to show.
    fn run(&mut self, words: &[&str], shows: bool) -> Said {
        let plain = self.tern.plain(words);
        let said = self.tern.run(words);
        for (how, said) in [("plain", &plain), ("json", &said)] {
            self.silent.bytes(&format!("{how} errors of {}", words[0]), said.err.as_bytes());
            if !shows {
                self.silent.bytes(&format!("{how} output of {}", words[0]), said.out.as_bytes());
            }
        }
        said
    }

    fn quiet(&mut self, words: &[&str]) -> Said {
        self.run(words, false)
    }

    fn end(&mut self, batch: Batch) {
        let (exit, errors) = batch.end();
        assert_eq!(exit, 0);
        self.silent.bytes("errors of batch", errors.as_bytes());
    }

    fn disk(&self) -> Scan {
        let mut scan = Scan::of(&self.canaries);
        [self.tern.home(), self.tern.tmp(), self.tern.user()].iter().for_each(|folder| scan.path(folder));
        scan
    }
}

/// What to type into a field, when it takes text in any part of its value.
fn typed(kind: &str, canary: &str) -> Option<Value> {
    match kind {
        "text" | "note" | "place" => Some(json!(format!("{canary} said {canary}"))),
        "name" => Some(json!({
            "text": format!("{canary} Velmar"), "lang": "und", "parts": [{ "kind": "given", "text": canary }],
        })),
        "fuzzy_date" => Some(json!({ "year": 2015, "original_text": format!("the year of {canary}") })),
        _ => None,
    }
}

/// Every field that takes text, by its form key, with what is typed into it.
fn text_fields(schema: &Schema, canary: &str) -> BTreeMap<String, Value> {
    let on = schema.fields().filter(|(_, field)| !field.off && schema.record_of(field) == "child");
    // Only proposing puts to proposals.
    let on = on.filter(|(key, _)| !key.starts_with("proposals/"));
    on.filter_map(|(key, field)| Some((key.to_owned(), typed(field.kind.id(), canary)?))).collect()
}

/// The fields as answers to `register`.
fn answers(fields: &BTreeMap<String, Value>) -> Value {
    let mut answers = json!({ "sex": "F", "accompaniment": "separated" });
    for (key, value) in fields {
        match key.split_once('/') {
            None => answers[key] = value.clone(),
            Some((list, field)) => {
                let rows = answers.as_object_mut().unwrap().entry(list).or_insert_with(|| json!([{}]));
                rows[0][field] = value.clone();
            }
        }
    }
    for (field, answer) in [("purpose", "photo"), ("status", "granted")] {
        answers["consents"][0][field] = json!(answer);
    }
    answers
}

/// A photo whose camera wrote the word into it, in two ways.
fn photo(canary: &str) -> Vec<u8> {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    let jpeg = jpeg.into_inner();
    let segment = |kind: u8, data: &[u8]| {
        let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
        [&[0xff, kind][..], &length, data].concat()
    };
    // One entry, ImageDescription, whose text stands right behind the directory.
    let text = [canary.as_bytes(), &[0]].concat();
    let length = u32::try_from(text.len()).unwrap().to_be_bytes();
    let entry = [&[0x01, 0x0e, 0, 2][..], &length, &26_u32.to_be_bytes()].concat();
    let exif = [&b"Exif\0\0MM\0*\0\0\0\x08\0\x01"[..], &entry, &[0, 0, 0, 0], &text].concat();
    let described = [segment(0xe1, &exif), segment(0xfe, canary.as_bytes())].concat();
    [&jpeg[..2], &described, &jpeg[2..]].concat()
}

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

#[test]
fn a_search_finds_the_word_in_every_spelling_and_inside_other_bytes() {
    let [latin, arabic] = canaries();
    let folder = tempfile::tempdir().unwrap();
    for word in [&latin, &arabic] {
        let bytes = word.as_bytes();
        let spellings: [(&str, Vec<u8>); 9] = [
            ("UTF-8", [b"before", bytes, b"after"].concat()),
            ("UTF-8", word.to_uppercase().into_bytes()),
            ("UTF-16LE", word.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("UTF-16BE", word.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            ("hex", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes()),
            ("percent", bytes.iter().map(|byte| format!("%{byte:02X}")).collect::<String>().into_bytes()),
            ("base64", base64::prelude::BASE64_STANDARD.encode([b"a", bytes].concat()).into_bytes()),
            ("base64", base64::prelude::BASE64_STANDARD.encode([b"ab", bytes].concat()).into_bytes()),
            ("base64", base64::prelude::BASE64_URL_SAFE.encode([bytes, b"abc"].concat()).into_bytes()),
        ];
        for (spelling, bytes) in spellings {
            let file = folder.path().join("hidden");
            std::fs::write(&file, [vec![7; 5_000], bytes, vec![9; 5_000]].concat()).unwrap();
            let mut scan = Scan::of(&[&latin, &arabic]);
            scan.path(folder.path());
            let found: Vec<&str> = scan.found.iter().map(|(_, spelling)| *spelling).collect();
            assert_eq!(found, [spelling]);
        }
    }
    let named = folder.path().join(&latin);
    std::fs::write(&named, b"").unwrap();
    let mut scan = Scan::of(&[&latin]);
    scan.path(&named);
    assert_eq!(scan.found.len(), 1, "file names are searched");
}

#[test]
fn nothing_typed_reaches_the_disk_in_clear_or_an_output_that_is_not_there_to_show_it() {
    let canaries = canaries();
    let (latin, arabic) = (canaries[0].clone(), canaries[1].clone());
    let mut watched = Watched { tern: Tern::new(TERN), silent: Scan::of(&canaries), canaries };
    let [programme, site, worker] = ["P", "S", "W"].map(|end| format!("{latin} {end} {arabic}"));
    let create = [
        "programme",
        "create",
        "--practice",
        "--country",
        "QME",
        "--name",
        &programme,
        "--site",
        &site,
        "--worker",
        &worker,
    ];
    watched.quiet(&create);
    let schema = Schema::embedded().unwrap();
    let fields = text_fields(&schema, &latin);
    let id = register(&mut watched, &fields);
    change_everything(&mut watched, &schema, &id, &arabic);
    look_for_it(&mut watched, &id);
    fail_in_every_way(&mut watched, &schema, &id);
    in_one_process(&mut watched, &id);
    at_the_window(&mut watched, &id);
    for words in
        [&["lock"][..], &["verify"], &["verify", "--rebuild"], &["demo", "--children", "3", "--seed", "1"]]
    {
        assert_eq!(watched.quiet(words).exit, 0);
    }
    watched.silent.assert_clean("outputs that show nothing");
    watched.disk().assert_clean("data, temporary and user folders after locking");
    say(&format!("typed into {} fields: {:?}", fields.len(), fields.keys().collect::<Vec<_>>()));
}

fn register(watched: &mut Watched, fields: &BTreeMap<String, Value>) -> String {
    assert!(fields.len() >= 15, "the forms have many fields that take text: {:?}", fields.keys());
    let file = watched.tern.bring("answers.json", answers(fields).to_string());
    let said = watched.quiet(&["register", "--answers", &file]).ok();
    assert!(said["remarks"].is_array() && !said["may_be_same"].as_array().unwrap().is_empty());
    let id = said["id"].as_str().unwrap().to_owned();
    let shown = watched.run(&["show", &id, "--reason", "a test"], true).ok()["fields"].to_string();
    let missing: Vec<&String> =
        fields.keys().filter(|key| !shown.contains(key.rsplit('/').next().unwrap())).collect();
    assert_eq!(missing, Vec::<&String>::new(), "every field was really saved");
    id
}

fn change_everything(watched: &mut Watched, schema: &Schema, id: &str, canary: &str) {
    let mut batch = watched.tern.batch();
    for (key, value) in text_fields(schema, canary) {
        let answer = match key.split_once('/') {
            // Where a child is looked for is changed by two (rule D-01).
            None if key == "case.site" => batch.ok(&["propose", id, &format!("{key}={value}")]),
            None => batch.ok(&["edit", id, "--set", &format!("{key}={value}")]),
            // A decision about a child without a guardian says why (rule D-05).
            Some((list @ "age_assessments", field)) if field != "no_guardian_reason" => {
                let why = "no_guardian_reason=\"none was appointed\"";
                batch.ok(&["add", id, list, "--set", &format!("{field}={value}"), "--set", why])
            }
            Some((list, field)) => batch.ok(&["add", id, list, "--set", &format!("{field}={value}")]),
        };
        watched.silent.bytes("answers of batch", answer.to_string().as_bytes());
    }
    watched.end(batch);
    let file = watched.tern.bring(&format!("{canary}.jpg"), photo(canary));
    watched.quiet(&["photo", "add", id, &file]).ok();
}

fn look_for_it(watched: &mut Watched, id: &str) {
    let (latin, arabic) = (watched.canaries[0].clone(), watched.canaries[1].clone());
    for (words, known) in [
        (vec!["find", &latin], true),
        (vec!["find", &arabic], true),
        (vec!["show", id], true),
        (vec!["history", id], true),
    ] {
        let said = watched.run(&words, true);
        assert_eq!(
            said.ok().to_string().contains(&latin) || said.out.contains(&arabic),
            known,
            "{}",
            words[0]
        );
    }
    // One letter more in front: found by nobody, and not told back.
    let unknown = format!("{latin}{latin}");
    assert_eq!(watched.quiet(&["find", &unknown]).ok(), json!([]));
}

fn fail_in_every_way(watched: &mut Watched, schema: &Schema, id: &str) {
    let canary = watched.canaries[0].clone();
    let quoted = format!("\"{canary}\"");
    let mut batch = watched.tern.batch();
    for (key, field) in schema.fields() {
        let path = match key.split_once('/') {
            Some((list, field)) => format!("{list}/+1/{field}"),
            None if field.kind.id() == "set" => format!("{key}/{canary}/in"),
            None => key.to_owned(),
        };
        if typed(field.kind.id(), "").is_none() || field.off || field.kind.id() == "fuzzy_date" {
            let answer = batch.ask(&["edit", id, "--set", &format!("{path}={quoted}")]);
            assert!(answer.get("error").is_some(), "{path}");
            watched.silent.bytes("refusals of batch", answer.to_string().as_bytes());
        }
        let answer = batch.ask(&["edit", id, "--set", &format!("{path}=[{quoted}]")]);
        watched.silent.bytes("refusals of batch", answer.to_string().as_bytes());
    }
    watched.end(batch);
    let broken = [
        format!("{{\"names\":[{quoted}"),
        json!({ format!("{canary} {canary}"): 1 }).to_string(),
        json!({ "names": [canary], "sex": canary }).to_string(),
        json!({ "names": [canary] }).to_string(),
        json!([canary]).to_string(),
    ];
    for text in broken {
        let file = watched.tern.bring(&format!("{canary}.json"), text);
        assert_eq!(watched.quiet(&["register", "--answers", &file]).exit, 1);
    }
    let file = watched.tern.bring(&format!("{canary}.jpg"), format!("{canary} is no picture"));
    let spaced = format!("{canary} {canary}");
    let wrong: [&[&str]; 16] = [
        &["photo", "add", id, &file],
        &["photo", "add", id, &spaced],
        &["register", "--answers", &spaced],
        &["show", &canary],
        &["show", &spaced],
        &["history", &canary],
        &["edit", &canary, "--set", "sex=\"F\""],
        &["edit", id, "--set", &spaced],
        &["edit", id, "--set", &format!("{spaced}=1")],
        &["edit", id, "--set", "sex=\"F\"", "--heads", &canary],
        &["add", id, &spaced, "--set", "name=1"],
        &["find", "x", &canary],
        &["find", "x", "--limit", &canary],
        &["--at", &canary, "find", "x"],
        &["show", id, "--as-of", &canary],
        &[&canary],
    ];
    for words in wrong {
        assert_ne!(watched.quiet(words).exit, 0, "{words:?}");
    }
    let said: Said = watched
        .tern
        .command(&["find", "x", "--json"])
        .env("TERN_PASSPHRASE", &canary)
        .output()
        .unwrap()
        .into();
    said.refused(1, "wrong-passphrase");
    watched.silent.bytes("errors of wrong words", said.err.as_bytes());
}

/// The same in one unlocked process, whose files are searched while it runs and after it was killed.
fn in_one_process(watched: &mut Watched, id: &str) {
    let canary = watched.canaries[0].clone();
    let mut batch = watched.tern.batch();
    for turn in 0..6 {
        let value = format!("where_from=\"{canary} {turn}\"");
        let marks = format!("distinguishing_marks=\"{canary} {turn}\"");
        for words in
            [vec!["edit", id, "--set", &value, "--set", &marks], vec![&canary], vec!["show", &canary]]
        {
            let answer = batch.ask(&words).to_string();
            watched.silent.bytes("answers of batch", answer.as_bytes());
        }
        batch.send_line(&format!("[\"find\",{canary}"));
        watched.silent.bytes("answers of batch", batch.answer().unwrap().to_string().as_bytes());
        batch.ok(&["find", &canary]);
    }
    watched.disk().assert_clean("folders while a process works");
    batch.kill();
    watched.disk().assert_clean("folders after it was killed");
}

/// Drafts exist at the window alone: the same test binary types them in a process of its own.
fn at_the_window(watched: &mut Watched, id: &str) {
    let mut window = Command::new(std::env::current_exe().unwrap());
    window.args(["--exact", "typing_at_the_window", "--ignored", "--nocapture"]);
    window
        .env("CANARY_HOME", watched.tern.home())
        .env("CANARY_CHILD", id)
        .env("CANARY", watched.canaries.join(" "));
    window.env("TMPDIR", watched.tern.tmp()).env("HOME", watched.tern.user()).current_dir(watched.tern.tmp());
    let said: Said = window.output().unwrap().into();
    assert_eq!(said.exit, 0, "{}{}", said.out, said.err);
    let outputs = [said.out.as_bytes(), said.err.as_bytes()].concat();
    watched.silent.bytes("output of the window", &outputs);
    said.out.lines().filter(|line| line.contains("searched")).for_each(say);
    watched.disk().assert_clean("folders after a window with unfinished drafts was locked");
}

/// Types into every field of a draft and leaves it, finishes another, and searches the disk while unlocked.
#[test]
#[ignore = "run by the test above in a process with folders of its own"]
fn typing_at_the_window() {
    let folder = |name: &str| PathBuf::from(std::env::var(name).expect("run by the test above"));
    let canaries: Vec<String> = std::env::var("CANARY").unwrap().split(' ').map(str::to_owned).collect();
    let schema = Schema::embedded().unwrap();
    let desk = Desk::new(folder("CANARY_HOME"), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
    let mut silent = Scan::of(&canaries);
    let mut refused = |failure: Option<tern_app::view::FailureView>| {
        let failure = serde_json::to_string(&failure.expect("a refusal")).unwrap();
        silent.bytes("refusals of the window", failure.as_bytes());
    };
    refused(desk.unlock(&canaries[0]).err());
    desk.unlock(WORDS).unwrap();
    let put = |draft: &str, path: &str, value: Value, typing: bool| {
        desk.put_draft(&PutDraft { id: draft.to_owned(), path: path.to_owned(), value, typing })
    };
    let finished = desk.begin_draft().unwrap().id;
    let left = desk.begin_draft().unwrap().id;
    for canary in &canaries {
        for (key, value) in text_fields(&schema, canary) {
            let path = key.replacen('/', "/+1/", 1);
            put(&left, &path, value.clone(), true).unwrap();
            // A rule may stand in the way of an answer; it says nothing of it either.
            if let Err(failure) = put(&finished, &path, value, false) {
                assert!(failure.code.starts_with("rule-"), "{}", failure.code);
                refused(Some(failure));
            }
        }
        let wrong = json!(format!("{canary} {canary}"));
        refused(put(&left, "sex", wrong.clone(), false).err());
        refused(put(&left, &format!("{canary} {canary}"), wrong.clone(), false).err());
        refused(put(canary, "sex", wrong, false).err());
        refused(desk.finish_draft(&left).err());
        refused(desk.child(canary).err());
        desk.find(canary, 10).unwrap();
    }
    for (path, value) in
        [("sex", "F"), ("companions/+1/claim", "relative"), ("companions_answered", "listed")]
    {
        put(&finished, path, json!(value), false).unwrap();
    }
    assert!(desk.finish_draft(&finished).unwrap().child.is_some());
    let shown =
        desk.photo(&std::env::var("CANARY_CHILD").unwrap()).unwrap().expect("the photo that was added");
    let jpeg = base64::prelude::BASE64_STANDARD.decode(shown.split_once(',').unwrap().1).unwrap();
    silent.bytes("the photo as it is kept", &jpeg);
    silent.assert_clean("refusals at the window, and the photo");
    let mut disk = Scan::of(&canaries);
    for name in ["CANARY_HOME", "HOME", "TMPDIR"] {
        disk.path(&folder(name));
    }
    disk.assert_clean("folders while a window is unlocked");
    desk.lock().unwrap();
}
