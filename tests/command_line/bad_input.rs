//! Whatever is typed, brought or broken: one sentence and a way out, nothing half done, what was saved stays.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use serde_json::{Value, json};
use tern_stories::tern::check_refusal;
use tern_stories::{Said, Tern};

mod damage;
mod pictures;

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

fn with_words(tern: &Tern, words: &str) -> Said {
    tern.command(&["find", "zunamira", "--json"]).env("TERN_PASSPHRASE", words).output().unwrap().into()
}

#[test]
fn wrong_words_open_nothing_and_then_cost_a_wait_that_a_restart_does_not_end() {
    let (tern, id) = one_child();
    let wrong = || with_words(&tern, "lamp otter river stone cloud");
    for _ in 0..5 {
        wrong().refused(1, "wrong-passphrase");
    }
    // The wait doubles from one second on. A slow machine may be through the first before it tries again.
    for wait in [1, 2] {
        let said = wrong();
        if said.err.contains("\"wait\"") {
            assert!(said.refused(1, "wait")["seconds"].as_u64().unwrap() <= wait);
            std::thread::sleep(std::time::Duration::from_millis(wait * 1_000 + 50));
            wrong().refused(1, "wrong-passphrase");
        } else {
            said.refused(1, "wrong-passphrase");
        }
    }
    let refusal = with_words(&tern, tern_stories::tern::WORDS).refused(1, "wait");
    let seconds = refusal["seconds"].as_u64().unwrap();
    assert!((2..=4).contains(&seconds), "a new process, and the right words wait as well: {refusal}");
    std::thread::sleep(std::time::Duration::from_millis(seconds * 1_000 + 50));
    assert_eq!(with_words(&tern, tern_stories::tern::WORDS).ok()[0]["id"], json!(id));
    wrong().refused(1, "wrong-passphrase");
    let none: Said =
        tern.command(&["find", "x", "--json"]).env_remove("TERN_PASSPHRASE").output().unwrap().into();
    none.refused(2, "usage");
    tern.run(&["find", "x", "--passphrase-file", "/nowhere"]).refused(1, "unreadable-file");
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
