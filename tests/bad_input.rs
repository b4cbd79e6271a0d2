//! Whatever is typed, brought or broken: one sentence and a way out, nothing half done, what was saved stays.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
#[cfg(target_os = "linux")]
use tern_stories::small_disk::{Filler, on_small_disk};
use tern_stories::tern::check_refusal;
use tern_stories::{Batch, Said, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// In every answer below: may never come back in a refusal.
const NAME: &str = "Zunamira Quillonova";

fn child() -> Value {
    json!({
        "names": [NAME], "sex": "F", "age": 9, "accompaniment": "separated", "where_from": "Tarrin",
        "distinguishing_marks": "a scar", "consents": [{ "purpose": "photo", "status": "granted" }],
    })
}

/// A practice programme with one child; gives its id.
fn one_child() -> (Tern, String) {
    let tern = Tern::practising(TERN);
    let id = tern.register(&child()).ok()["id"].as_str().unwrap().to_owned();
    (tern, id)
}

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

#[test]
fn wrong_words_are_a_question_of_usage_and_are_not_repeated() {
    let (tern, id) = one_child();
    let wrong: [&[&str]; 12] = [
        &[],
        &[NAME],
        &["find"],
        &["find", "Zunamira", "Quillonova"],
        &["find", "x", "--limit", NAME],
        &["find", "x", "--Quillonova"],
        &["--at", NAME, "find", "x"],
        &["show", &id, "--as-of", NAME],
        &["edit", &id],
        &["edit", &id, "--set", "Quillonova"],
        &["photo", NAME],
        &["programme", "create", "--name", NAME],
    ];
    for words in wrong {
        let refusal = tern.run(words).refused(2, "usage").to_string();
        let plain = tern.plain(words);
        assert_eq!((plain.exit, plain.out.as_str()), (2, ""), "{words:?}");
        assert_eq!(plain.err.lines().count(), 2, "{}", plain.err);
        assert!(!(refusal + &plain.err).contains("Quillonova"), "{words:?}");
    }
    let needed = tern.run(&["edit", &id]).refused(2, "usage");
    assert!(needed["message"].as_str().unwrap().contains("--set"));
    let like = tern.run(&["fnd", "x"]).refused(2, "usage");
    assert!(like["message"].as_str().unwrap().contains("find"));
}

#[test]
fn impossible_answers_are_refused_by_their_own_code_and_nothing_is_saved() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let mut refuse = |text: &str, code: &str| {
        let file = tern.bring("bad.json", text);
        let refusal = batch.refused(&["register", "--answers", &file], code).to_string();
        assert!(!refusal.contains("Quillonova") && !refusal.contains("bad.json"), "{refusal}");
    };
    let with = |key: &str, value: Value| {
        let mut child = child();
        child[key] = value;
        child.to_string()
    };
    for broken in ["", "{", "{\"names\":[\"Zunamira Quillonova\"", "nul", "{\"sex\":\"F\"} x", "\u{0}"] {
        refuse(broken, "bad-json");
    }
    refuse("[]", "wrong-shape");
    refuse("\"Zunamira Quillonova\"", "wrong-shape");
    refuse(&with("nickname", json!(NAME)), "unknown-field");
    refuse(&with(NAME, json!("x")), "unknown-field");
    refuse(&with("names", json!([{ "text": NAME, "nickname": NAME }])), "wrong-shape");
    refuse(&with("sex", json!(NAME)), "wrong-code");
    refuse(&with("accompaniment", json!(NAME)), "wrong-code");
    refuse(&with("nationalities", json!([NAME])), "wrong-code");
    refuse(&with("help_asked", json!([NAME])), "wrong-code");
    refuse(&with("sex", json!(7)), "wrong-shape");
    refuse(&with("where_from", json!([NAME])), "wrong-shape");
    refuse(&with("where_from", json!(NAME.repeat(100))), "too-long");
    for hidden in ["Zunamira\u{0} Quillonova", "Zunamira \u{202e}avonolliuQ"] {
        refuse(&with("names", json!([hidden])), "hidden-sign");
        refuse(
            &with("names", json!([{ "name": { "parts": [{ "kind": "given", "text": hidden }] } }])),
            "hidden-sign",
        );
    }
    refuse(&with("where_from", json!("Tarrin\u{0}")), "hidden-sign");
    refuse(&with("distinguishing_marks", json!("a scar\u{2066}")), "hidden-sign");
    refuse(&with("photo", json!(NAME)), "not-typed");
    refuse(&with("religion", json!(NAME)), "field-off");
    for impossible in ["2999-01-01", "1899-12-31", "2015-02-30", NAME] {
        let mut answers: Value = child();
        answers.as_object_mut().unwrap().remove("age");
        answers["dob"] = json!(impossible);
        refuse(&answers.to_string(), "impossible-date");
    }
    let born = |born: Value| {
        let mut answers: Value = child();
        answers.as_object_mut().unwrap().remove("age");
        answers["dob"] = born;
        answers.to_string()
    };
    refuse(&born(json!({ "earliest": "2010-01-01", "latest": "2999-01-01" })), "impossible-date");
    refuse(&born(json!({ "age": 5, "said_on": "2999-01-01" })), "impossible-date");
    refuse(&born(json!({ "year": 2012, "day": 5 })), "impossible-date");
    refuse(&born(json!({ "date": "2012-01-01", "year": 1990 })), "wrong-shape");
    refuse(&born(json!({ "age": 9, "earliest": "2010-01-01", "latest": "2011-01-01" })), "wrong-shape");
    refuse(&with("age", json!(-1)), "impossible-date");
    refuse(&with("age", json!(121)), "impossible-date");
    refuse(&with("age", json!(NAME)), "wrong-shape");
    refuse(&with("names", json!([])), "name-needed");
    refuse(&with("names", json!(["  "])), "name-needed");
    refuse(&with("sex", Value::Null), "answers-needed");
    let deep = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    refuse(&deep, "bad-json");
    batch.refused(&["register", "--answers", "/nowhere/Quillonova.json"], "unreadable-file");
    let verified = batch.ok(&["verify"]);
    assert_eq!((&verified["records"], &verified["intents"]), (&json!(0), &json!(0)));
}

#[test]
fn impossible_changes_are_refused_and_the_record_stays() {
    let (tern, id) = one_child();
    let mut batch = tern.batch();
    let before = batch.ok(&["show", &id]);
    let mut refuse = |words: &[&str], code: &str| {
        let refusal = batch.refused(words, code).to_string();
        assert!(!refusal.contains("Quillonova"), "{refusal}");
    };
    refuse(&["edit", &id, "--set", "sex=Zunamira Quillonova"], "bad-json");
    refuse(&["edit", &id, "--set", "sex=\"Quillonova\""], "wrong-code");
    refuse(&["edit", &id, "--set", "Zunamira Quillonova=1"], "unknown-field");
    refuse(&["edit", &id, "--set", "names/+1/name=[\"Quillonova\"]"], "wrong-shape");
    refuse(&["edit", &id, "--set", "photo=\"Quillonova\""], "not-typed");
    refuse(&["edit", &id, "--set", "sex=\"M\"", "--set", "dob=\"2999-01-01\""], "impossible-date");
    refuse(&["add", &id, NAME, "--set", "name=\"x\""], "unknown-field");
    refuse(&["add", &id, "names", "--set", "Zunamira Quillonova=\"x\""], "unknown-field");
    refuse(&["show", NAME], "unknown-child");
    refuse(&["history", "Quillonova"], "unknown-child");
    refuse(&["edit", "x", "--set", "sex=\"M\""], "unknown-child");
    assert_eq!(batch.ok(&["show", &id]), before);
}

#[test]
fn joiners_that_a_name_needs_stay_and_a_year_that_has_begun_is_one() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let name = "\u{646}\u{631}\u{6af}\u{633}\u{200c}\u{632}\u{631}\u{6cc}\u{646}";
    let year = tern_app::Ports::system().today().year();
    let answers =
        json!({ "names": [name], "sex": "F", "dob": { "year": year }, "accompaniment": "separated" });
    let file = tern.bring("one.json", answers.to_string());
    let id = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    let fields = batch.ok(&["show", &id])["fields"].clone();
    let kept = fields.as_object().unwrap().iter().find(|(path, _)| path.starts_with("names/")).unwrap().1;
    assert_eq!(kept["value"]["text"], name);
    let born = fields["dob"]["value"].to_string();
    batch.ok(&["edit", &id, "--set", &format!("dob={born}")]);
}

#[test]
fn a_batch_refuses_a_line_that_is_no_text_and_goes_on() {
    let (tern, id) = one_child();
    let mut child = tern
        .command(&["batch"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    to.write_all(b"[\"find\",\"\xff\xfe\"]\n").unwrap();
    to.write_all(b"[\"register\",\"--answers\",\"-\"]\n").unwrap();
    to.write_all(b"[\"--home\",\"/nonexistent\",\"find\",\"x\"]\n").unwrap();
    to.write_all(format!("\"{}\"\n", "x".repeat(17 * 1024 * 1024)).as_bytes()).unwrap();
    to.write_all(format!("[\"show\",\"{id}\"]").as_bytes()).unwrap();
    drop(to);
    let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let told: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(told.len(), 5, "{out}");
    for refused in &told[..4] {
        check_refusal(&refused["error"], "usage");
    }
    assert_eq!(told[4]["ok"]["id"], id.as_str());
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_not_read_as_files_of_answers_or_stories() {
    let (tern, _) = one_child();
    let pipe = tern.tmp().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pipe = pipe.to_str().unwrap();
    tern.run(&["import", "stories", pipe]).refused(1, "unreadable-file");
    tern.run(&["register", "--answers", pipe]).refused(1, "unreadable-file");
    tern.run(&["register", "--answers", "/dev/zero"]).refused(1, "unreadable-file");
    let mut endless = tern.command(&["register", "--answers", "-", "--json"]);
    endless.stdin(fs::File::open("/dev/zero").unwrap());
    Said::from(endless.output().unwrap()).refused(1, "unreadable-file");
}

#[test]
fn a_file_without_a_story_or_with_a_name_that_hides_is_refused() {
    let tern = Tern::practising(TERN);
    for text in ["", "[]", "- story: \"A\\0B\"\n", "- story: \"A\u{202e}B\"\n  nonsense: 1\n"] {
        let file = tern.bring("stories.yaml", text);
        let refused = tern.run(&["import", "stories", &file]).refused(1, "bad-story").to_string();
        assert!(!refused.contains('\u{202e}') && !refused.contains("\\u0000"), "{refused}");
    }
}

/// A PNG that says how large it is and holds next to nothing.
fn png(width: u32, height: u32) -> Vec<u8> {
    let chunk = |kind: &[u8], data: &[u8]| {
        let body = [kind, data].concat();
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length[..], &body, &crc(&body).to_be_bytes()].concat()
    };
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let nothing = [0x78, 0x01, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01];
    let parts = [chunk(b"IHDR", &header), chunk(b"IDAT", &nothing), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".to_vec(), parts.concat()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 },
        )
    })
}

fn jpeg() -> Vec<u8> {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut jpeg, image::ImageFormat::Jpeg)
        .unwrap();
    jpeg.into_inner()
}

#[test]
fn files_that_are_no_pictures_or_pretend_to_be_huge_are_refused_unopened() {
    let (tern, id) = one_child();
    let mut batch = tern.batch();
    let before = batch.ok(&["show", &id]);
    let files = fs::read_dir(tern.home().join("blobs")).unwrap().count();
    let mut refuse = |name: &str, bytes: &[u8], code: &str| {
        let file = tern.bring(name, bytes);
        let refusal = batch.refused(&["photo", "add", &id, &file], code).to_string();
        assert!(!refusal.contains("Quillonova"), "{refusal}");
    };
    refuse("Quillonova.png", &png(30_000, 30_000), "picture-too-large");
    refuse("Quillonova.png", &png(u32::MAX, 1), "picture-too-large");
    refuse("Quillonova.png", &png(64, 64), "picture-damaged");
    refuse("Quillonova.jpg", b"Zunamira Quillonova, born in Velmar\n", "not-a-picture");
    refuse("Quillonova.jpg", b"", "not-a-picture");
    refuse("Quillonova.jpg", &[0xff, 0xd8, 0xff, 0xe0], "picture-damaged");
    let whole = jpeg();
    refuse("Quillonova.jpg", &whole[..whole.len() / 3], "picture-damaged");
    let huge = tern.bring("Quillonova.raw", b"");
    fs::File::options().write(true).open(&huge).unwrap().set_len(3 << 30).unwrap();
    batch.refused(&["photo", "add", &id, &huge], "picture-too-large");
    batch.refused(&["photo", "add", &id, "/nowhere/Quillonova.jpg"], "unreadable-file");
    assert_eq!(batch.ok(&["show", &id]), before);
    assert_eq!(fs::read_dir(tern.home().join("blobs")).unwrap().count(), files, "nothing was left behind");
    let good = tern.bring("good.jpg", whole);
    assert_eq!(batch.ok(&["photo", "add", &id, &good])["width"], 64);
    let refused = json!({ "names": ["Bela Tarrin"], "sex": "M", "age": 9, "accompaniment": "separated" });
    let other = tern.bring("other.json", refused.to_string());
    let other = batch.ok(&["register", "--answers", &other])["id"].as_str().unwrap().to_owned();
    batch.refused(&["photo", "add", &other, &good], "no-photo-consent");
}

fn with_words(tern: &Tern, words: &str) -> Said {
    tern.command(&["find", "zunamira", "--json"]).env("TERN_PASSPHRASE", words).output().unwrap().into()
}

#[test]
fn wrong_words_open_nothing_and_then_cost_a_wait_that_a_restart_does_not_end() {
    let (tern, id) = one_child();
    for _ in 0..5 {
        with_words(&tern, "lamp otter river stone cloud").refused(1, "wrong-passphrase");
    }
    let refusal = with_words(&tern, tern_stories::tern::WORDS).refused(1, "wait");
    assert_eq!(refusal["seconds"], 1, "a new process, and the right words wait as well");
    std::thread::sleep(std::time::Duration::from_millis(1_050));
    with_words(&tern, "lamp otter river stone cloud").refused(1, "wrong-passphrase");
    let refusal = with_words(&tern, tern_stories::tern::WORDS).refused(1, "wait");
    assert_eq!(refusal["seconds"], 2, "the wait doubles");
    std::thread::sleep(std::time::Duration::from_millis(2_050));
    assert_eq!(with_words(&tern, tern_stories::tern::WORDS).ok()[0]["id"], json!(id));
    with_words(&tern, "lamp otter river stone cloud").refused(1, "wrong-passphrase");
    let none: Said =
        tern.command(&["find", "x", "--json"]).env_remove("TERN_PASSPHRASE").output().unwrap().into();
    none.refused(2, "usage");
    tern.run(&["find", "x", "--passphrase-file", "/nowhere"]).refused(1, "unreadable-file");
}

/// Every file of a data folder with its bytes.
fn kept(home: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut files: Vec<_> = files.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn damaged_keys_are_told_and_left_as_they_are() {
    let (tern, _) = one_child();
    let slots = tern.home().join("slots");
    let whole = fs::read(&slots).unwrap();
    let mut damaged: Vec<Vec<u8>> =
        [0, 1, 40, whole.len() / 2, whole.len() - 1].map(|length| whole[..length].to_vec()).into();
    damaged.extend((0..whole.len()).step_by(97).map(|at| flipped(&whole, at)));
    damaged.push([whole.clone(), vec![0]].concat());
    for bytes in damaged {
        fs::write(&slots, &bytes).unwrap();
        let before = kept(&tern.home());
        let said = tern.run(&["find", "zunamira"]);
        // A flipped format number cannot be told from a newer version.
        let newer = said.exit == 1 && said.err.contains("newer-format");
        if !newer {
            said.refused(4, "damaged");
        }
        assert_eq!(kept(&tern.home()), before);
    }
    fs::remove_file(&slots).unwrap();
    tern.run(&["find", "zunamira"]).refused(4, "damaged");
    assert!(!slots.exists());
    let again = ["programme", "create", "--name", "B", "--site", "S", "--country", "QME", "--worker", "W"];
    tern.run(&again).refused(1, "not-empty");
    fs::write(&slots, &whole).unwrap();
    assert_eq!(tern.run(&["find", "zunamira"]).ok().as_array().unwrap().len(), 1);
}

fn flipped(whole: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    bytes[at] ^= 0x20;
    bytes
}

#[test]
fn a_damaged_vault_is_told_and_never_replaced_or_filled() {
    let (tern, _) = one_child();
    tern.run(&["demo", "--children", "8", "--seed", "5"]).ok();
    let records = tern.run(&["verify"]).ok()["records"].clone();
    let vault = tern.home().join("vault.db");
    let whole = fs::read(&vault).unwrap();
    let pages = whole.len() / 4096;
    let (mut refused, mut told) = (0, 0);
    for page in (0..pages).step_by(pages.div_ceil(40)) {
        let at = page * 4096 + 1_000;
        fs::write(&vault, flipped(&whole, at)).unwrap();
        let said = tern.run(&["verify"]);
        assert_eq!(said.exit, 4, "page {page}: {}{}", said.out, said.err);
        if said.out.is_empty() {
            said.refused(4, "damaged");
            refused += 1;
        } else {
            assert!(!said.value()["problems"].as_array().unwrap().is_empty());
            told += 1;
        }
        let now = fs::read(&vault).unwrap();
        assert!(now.len() >= whole.len() && now[at] == whole[at] ^ 0x20, "page {page} was made new");
    }
    say(&format!(
        "{} of {pages} pages damaged: {refused} refused on opening, {told} told by verify",
        refused + told
    ));
    for length in [0, 1, 512, 4096, whole.len() / 2] {
        fs::write(&vault, &whole[..length]).unwrap();
        tern.run(&["find", "zunamira"]).refused(4, "damaged");
        assert!(fs::read(&vault).unwrap() == whole[..length], "{length} bytes were not left alone");
    }
    fs::write(&vault, vec![0; whole.len()]).unwrap();
    tern.run(&["find", "zunamira"]).refused(4, "damaged");
    fs::remove_file(&vault).unwrap();
    tern.run(&["find", "zunamira"]).refused(4, "damaged");
    assert!(!vault.exists(), "an empty vault in the place of a lost one");
    fs::write(&vault, &whole).unwrap();
    assert_eq!(tern.run(&["verify"]).ok()["records"], records);
}

#[test]
fn a_damaged_or_lost_view_file_keeps_nobody_from_working_and_is_made_again() {
    let (tern, id) = one_child();
    tern.run(&["demo", "--children", "8", "--seed", "5"]).ok();
    tern.run(&["add", &id, "external_ids", "--set", "value=\"X-77\""]).ok();
    let views =
        || kept(&tern.home()).into_iter().filter(|(path, _)| path.to_str().unwrap().contains("view-"));
    for (path, bytes) in views() {
        let pages = bytes.len() / 4096;
        for page in (0..pages).step_by(pages.div_ceil(12)) {
            fs::write(&path, flipped(&bytes, page * 4096 + 1_000)).unwrap();
            let marks = format!("distinguishing_marks=\"scar {page}\"");
            assert_ne!(tern.run(&["edit", &id, "--set", &marks]).ok()["change"], Value::Null, "page {page}");
            assert_eq!(tern.run(&["find", "zunamira"]).ok()[0]["id"], json!(id), "page {page}");
            let found = tern.run(&["verify", "--rebuild"]);
            assert!(found.exit == 0 || found.out.contains("view"), "{}{}", found.out, found.err);
            assert_eq!(tern.run(&["verify"]).ok()["problems"], json!([]), "page {page}");
            assert_eq!(tern.run(&["show", "X-77"]).ok()["id"], json!(id), "page {page}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(tern.run(&["show", "X-77"]).ok()["id"], json!(id));
    }
}

#[test]
fn a_damaged_or_lost_photo_is_found_by_verify() {
    let (tern, id) = one_child();
    let narratives = kept(&tern.home().join("blobs")).len();
    let photo = tern.bring("photo.jpg", jpeg());
    tern.run(&["photo", "add", &id, &photo]).ok();
    let blobs = kept(&tern.home().join("blobs"));
    assert_eq!(blobs.len(), narratives + 2, "a picture and its small one");
    for (path, bytes) in &blobs {
        fs::write(path, flipped(bytes, bytes.len() / 2)).unwrap();
        let said = tern.run(&["verify"]);
        assert_eq!((said.exit, said.value()["problems"].as_array().unwrap().len()), (4, 1));
        fs::remove_file(path).unwrap();
        assert_eq!(tern.run(&["verify"]).exit, 4);
        tern.run(&["show", &id]).ok();
        fs::write(path, bytes).unwrap();
    }
    tern.run(&["verify"]).ok();
}

#[test]
fn one_process_at_a_time_and_only_where_there_is_a_programme() {
    let (tern, _) = one_child();
    let mut batch = tern.batch();
    batch.ok(&["find", "zunamira"]);
    tern.run(&["find", "zunamira"]).refused(3, "in-use");
    batch.end();
    tern.run(&["find", "zunamira"]).ok();
    let nowhere = Tern::new(TERN);
    nowhere.run(&["find", "zunamira"]).refused(1, "no-home");
    assert!(!nowhere.home().exists());
    fs::create_dir(nowhere.home()).unwrap();
    nowhere.run(&["find", "zunamira"]).refused(1, "no-home");
    fs::write(nowhere.home().join("notes.txt"), NAME).unwrap();
    nowhere.run(&["find", "zunamira"]).refused(1, "no-home");
    let create = ["programme", "create", "--name", "B", "--site", "S", "--country", "QME", "--worker", "W"];
    nowhere.run(&create).refused(1, "not-empty");
    assert_eq!(fs::read_to_string(nowhere.home().join("notes.txt")).unwrap(), NAME);
    let short: Said = Tern::new(TERN)
        .command(&create)
        .arg("--json")
        .env("TERN_PASSPHRASE", "short")
        .output()
        .unwrap()
        .into();
    short.refused(1, "words-short");
}

#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_a_save_is_refused_whole_and_everything_can_be_read_and_goes_on_with_room() {
    let test = "on_a_full_disk_a_save_is_refused_whole_and_everything_can_be_read_and_goes_on_with_room";
    if let Some(disk) = on_small_disk(test, 3) {
        fill(&disk);
    }
}

#[cfg(target_os = "linux")]
fn fill(disk: &Path) {
    let tern = Tern::new(TERN).with_home(disk.join("home"));
    tern.begin(&["--practice"]);
    let id = tern.register(&child()).ok()["id"].as_str().unwrap().to_owned();
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
        batch.ok(&["find", "zunamira"]);
        batch.ok(&["show", &saved[0]]);
        // Opening works on the same full disk, and ends well.
        assert_eq!(batch.end(), (0, String::new()));
        tern.run(&["show", &saved[0]]).ok();
        let one_more = tern.register(&child());
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
#[cfg(target_os = "linux")]
fn save_or_refuse(tern: &Tern, batch: &mut Batch, turn: usize) -> Option<String> {
    let mut answers = child();
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

#[test]
fn what_belongs_elsewhere_is_told_so_and_nothing_of_somebody_is_written_over() {
    let tern = Tern::practising(TERN);
    let at = |name: &str| tern.tmp().join(name).to_str().unwrap().to_owned();
    let (letter, list, work) = (at("letter"), at("list"), at("work"));
    std::fs::write(&letter, "a letter of somebody").unwrap();
    tern.run(&["device", "invite", &letter]).refused(1, "file-there");
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), "a letter of somebody");
    tern.run(&["roster", "log", "--out", &list]).ok();
    tern.run(&["roster", "log", "--out", &list]).ok();
    tern.run(&["sync", "write", &work]).ok();
    tern.run(&["roster", "read", &work]).refused(1, "another-piece");
    tern.run(&["sync", "read", &list]).refused(1, "another-piece");
}
