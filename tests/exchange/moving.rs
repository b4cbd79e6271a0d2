//! Narratives are sealed apart, and an entry typed into the wrong child goes to the right one and is gone from the first:
//! from its view, its history, as it stood earlier, its tasks and the search.

use std::fs;

use serde_json::{Value, json};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");
const SAID: &str = "he waited by the blue door";

fn two_children() -> (Tern, Batch, String, String) {
    let tern = Tern::practising(TERN);
    let register = |name: &str| {
        let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "separated" });
        tern.register(&answers).ok()["id"].as_str().unwrap().to_owned()
    };
    let (wrong, right) = (register("Anri"), register("Belo"));
    let batch = tern.batch();
    (tern, batch, wrong, right)
}

fn add(batch: &mut Batch, id: &str, list: &str, fields: &[(&str, Value)]) -> String {
    let sets: Vec<String> = fields.iter().map(|(field, value)| format!("{field}={value}")).collect();
    let mut words = vec!["add", id, list];
    sets.iter().for_each(|set| words.extend(["--set", set.as_str()]));
    batch.ok(&words)["entity"].as_str().unwrap().to_owned()
}

/// Everything that can be told of a child, restricted parts among it.
fn told(batch: &mut Batch, id: &str) -> String {
    let later = "2199-01-01T00:00:00Z";
    let mut told = String::new();
    for words in [
        vec!["show", id, "--reason", "test"],
        vec!["show", id, "--reason", "test", "--as-of", later],
        vec!["history", id, "--reason", "test"],
        vec!["tasks", id],
    ] {
        told += &batch.ok(&words).to_string();
    }
    told
}

fn blobs(tern: &Tern) -> usize {
    fs::read_dir(tern.home().join("blobs")).unwrap().count()
}

#[test]
fn a_narrative_is_a_file_of_its_own_and_reads_like_any_answer() {
    let (tern, mut batch, id, _) = two_children();
    let set = format!("separation.circumstances={}", json!(SAID));
    batch.ok(&["edit", &id, "--set", &set]);
    assert_eq!(blobs(&tern), 1);
    let shown = batch.ok(&["show", &id]);
    assert_eq!(shown["fields"]["separation.circumstances"]["value"], SAID);
    let same = batch.ok(&["edit", &id, "--set", &set]);
    assert_eq!((&same["change"], blobs(&tern)), (&Value::Null, 1), "the same words change nothing");
    batch.ok(&["edit", &id, "--set", "separation.circumstances=\"by the green door\""]);
    let history = batch.ok(&["history", &id]);
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(last["before"]["separation.circumstances"], SAID, "earlier words stay in the history");
    let long = "ж".repeat(20_000);
    batch.ok(&["edit", &id, "--set", &format!("separation.circumstances={}", json!(long))]);
    assert_eq!(batch.ok(&["show", &id])["fields"]["separation.circumstances"]["value"], json!(long));
    batch.end();
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    for file in fs::read_dir(tern.home().join("blobs")).unwrap() {
        fs::remove_file(file.unwrap().path()).unwrap();
    }
    let shown = tern.run(&["show", &id]).ok();
    assert_eq!(shown["fields"]["separation.circumstances"]["value"], json!({ "absent": true }));
    let problems = tern.run(&["verify"]).out;
    assert!(problems.contains("blob-missing"), "{problems}");
}

#[test]
fn an_entry_is_moved_and_gone_from_the_first_child() {
    let (tern, mut batch, wrong, right) = two_children();
    let concern = [
        ("type", json!("gang_violence_threat")),
        ("risk", json!("high")),
        ("raised_on", json!("2026-11-01")),
        ("response", json!("first words")),
        ("story", json!(SAID)),
    ];
    let row = add(&mut batch, &wrong, "concerns", &concern);
    let path = format!("concerns/{row}/response={}", json!("the words after"));
    batch.ok(&["edit", &wrong, "--set", &path]);
    assert!(told(&mut batch, &wrong).contains("gang_violence_threat"));
    let files = blobs(&tern);
    let moved = batch.ok(&["move", &wrong, &format!("concerns/{row}"), &right]);
    assert_eq!(moved["id"], right.as_str());
    let gone = told(&mut batch, &wrong);
    for word in ["gang_violence_threat", SAID, "first words", "the words after", row.as_str(), "respond_high"]
    {
        assert!(!gone.contains(word), "{word} in {gone}");
    }
    let entry = moved["entry"].as_str().unwrap();
    let shown = batch.ok(&["show", &right, "--reason", "test"]);
    assert_eq!(shown["fields"][format!("{entry}/story")]["value"], SAID);
    assert_eq!(shown["fields"][format!("{entry}/response")]["value"], "the words after");
    assert_eq!(blobs(&tern), files - 1, "two narratives are sealed anew, three old files are gone");
    batch.refused(&["edit", &wrong, "--set", &format!("concerns/{row}/risk=\"low\"")], "unknown-row");
    batch.refused(&["move", &wrong, &format!("concerns/{row}"), &right], "unknown-row");
    let history = batch.ok(&["history", &wrong]);
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["cause"], &last["paths"]),
        (&json!("moved"), &json!([])),
        "that something was moved is told"
    );
    batch.end();
    let audit = tern.run(&["audit"]).ok().to_string();
    assert!(audit.contains("entry_moved_away") && audit.contains("entry_moved_here"), "{audit}");
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    let mut batch = tern.batch();
    assert!(!told(&mut batch, &wrong).contains("gang_violence_threat"), "also when derived anew");
    batch.ok(&["move", &right, entry, &wrong]);
    assert!(told(&mut batch, &wrong).contains(SAID), "moved by mistake, it is moved back");
    assert!(!told(&mut batch, &right).contains(SAID));
}

#[test]
fn what_belongs_to_an_entry_goes_with_it() {
    let (_tern, mut batch, wrong, right) = two_children();
    let service = add(
        &mut batch,
        &wrong,
        "services",
        &[("type", json!("education")), ("provider", json!("Hill school"))],
    );
    for (state, day) in [("referred", "2026-11-01"), ("receiving", "2026-11-08")] {
        let event =
            [("of", json!(service)), ("state", json!(state)), ("at", json!(day)), ("note", json!(SAID))];
        add(&mut batch, &wrong, "service_events", &event);
    }
    batch.ok(&["edit", &wrong, "--set", "case.site=\"Velmar\""]);
    batch.ok(&["edit", &right, "--set", "case.site=\"Velmar\""]);
    let school = |batch: &mut Batch, id: &str| {
        let board = batch.ok(&["board"]);
        let row = board["rows"].as_array().unwrap().iter().find(|row| row["id"] == id).cloned().unwrap();
        row["cells"]["education"]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        (school(&mut batch, &wrong), school(&mut batch, &right)),
        ("in_place".into(), "not_asked".into())
    );
    batch.ok(&["move", &wrong, &format!("services/{service}"), &right]);
    assert_eq!(
        (school(&mut batch, &wrong), school(&mut batch, &right)),
        ("not_asked".into(), "in_place".into())
    );
    let gone = told(&mut batch, &wrong);
    assert!(!gone.contains("Hill school") && !gone.contains(SAID) && !gone.contains("receiving"), "{gone}");
    let came = told(&mut batch, &right);
    assert!(came.contains("Hill school") && came.contains(SAID) && came.contains("receiving"), "{came}");
}

#[test]
fn a_name_typed_into_the_wrong_child_no_longer_finds_it() {
    let (_tern, mut batch, wrong, right) = two_children();
    let row = add(&mut batch, &wrong, "names", &[("name", json!("Zuna Tarrin"))]);
    assert_eq!(batch.ok(&["find", "zuna"])[0]["id"], wrong.as_str());
    batch.ok(&["move", &wrong, &format!("names/{row}"), &right]);
    let found = batch.ok(&["find", "zuna"]);
    assert_eq!((found.as_array().unwrap().len(), &found[0]["id"]), (1, &json!(right)));
}

#[test]
fn words_on_their_own_are_moved_only_where_nothing_stands() {
    let (_tern, mut batch, wrong, right) = two_children();
    let set = format!("distinguishing_marks={}", json!(SAID));
    batch.ok(&["edit", &wrong, "--set", &set]);
    batch.ok(&["edit", &right, "--set", "distinguishing_marks=\"a scar\""]);
    batch.refused(&["move", &wrong, "distinguishing_marks", &right], "answered-there");
    batch.ok(&["edit", &right, "--set", "distinguishing_marks=null"]);
    batch.ok(&["move", &wrong, "distinguishing_marks", &right]);
    assert!(!told(&mut batch, &wrong).contains(SAID));
    assert!(told(&mut batch, &right).contains(SAID));
    batch.ok(&["edit", &wrong, "--set", "distinguishing_marks=\"none seen\""]);
    assert!(told(&mut batch, &wrong).contains("none seen"), "what is typed later is told");
}

#[test]
fn what_cannot_be_moved_says_why_and_changes_nothing() {
    let (_tern, mut batch, wrong, right) = two_children();
    let row = add(&mut batch, &wrong, "concerns", &[("type", json!("neglect")), ("risk", json!("low"))]);
    let entry = format!("concerns/{row}");
    batch.refused(&["move", &wrong, &entry, &wrong], "same-record");
    batch.refused(&["move", &wrong, &entry, "7K2M-4QX9"], "number-slip");
    batch.refused(&["move", &wrong, "concerns/nothing", &right], "unknown-row");
    batch.refused(&["move", &wrong, "sex", &right], "unknown-field");
    batch.ok(&["propose", &wrong, "accompaniment=\"accompanied\""]);
    let proposal = batch.ok(&["show", &wrong])["fields"].as_object().unwrap().keys().find_map(|path| {
        path.strip_prefix("proposals/").and_then(|rest| rest.split('/').next()).map(str::to_owned)
    });
    batch.refused(&["move", &wrong, &format!("proposals/{}", proposal.unwrap()), &right], "unknown-row");
    assert!(told(&mut batch, &wrong).contains("neglect"));
}

#[test]
fn what_was_proposed_about_an_entry_goes_from_the_first_child_with_it() {
    let (tern, mut batch, wrong, right) = two_children();
    let row = add(&mut batch, &wrong, "identity_documents", &[("type", json!("passport"))]);
    let proposed = |batch: &mut Batch, value: &str| {
        let set = format!("identity_documents/{row}/number={}", json!(value));
        batch.ok(&["propose", &wrong, &set])["change"].as_str().unwrap().to_owned()
    };
    let first = proposed(&mut batch, "ZEBRA-1");
    batch.ok(&["withdraw", &first]);
    let open = proposed(&mut batch, "ZEBRA-2");
    batch.ok(&["propose", &wrong, "accompaniment=\"accompanied\""]);
    assert!(told(&mut batch, &wrong).contains("ZEBRA-2"));
    batch.ok(&["move", &wrong, &format!("identity_documents/{row}"), &right]);
    for _ in 0..2 {
        let gone = told(&mut batch, &wrong);
        for word in ["ZEBRA", "passport", row.as_str()] {
            assert!(!gone.contains(word), "{word} in {gone}");
        }
        assert!(
            gone.contains("accompanied") && gone.contains("second_worker"),
            "what is about others waits on"
        );
        batch.refused(&["withdraw", &open], "unknown-change");
        batch.end();
        batch = tern.batch();
    }
    let words = format!("identity_documents/{row}/doubt=\"ZEBRA\"");
    batch.refused(&["propose", &wrong, &words], "unknown-row");
}

#[test]
fn nobody_becomes_a_relative_of_themselves_and_where_one_lives_is_changed_in_the_household() {
    let (_tern, mut batch, wrong, right) = two_children();
    let of = |child: &str| [("kind", json!("sister")), ("child", json!(child))];
    let row = add(&mut batch, &wrong, "relations", &of(&right));
    batch.refused(&["move", &wrong, &format!("relations/{row}"), &right], "same-record");
    batch.ok(&["family", "move", &wrong, "--name", "Tent 4"]);
    let shown = batch.ok(&["show", &wrong]);
    let mut paths = shown["fields"].as_object().unwrap().keys();
    let path = paths.find(|path| path.starts_with("household_history/")).unwrap();
    let (entry, _) = path.rsplit_once('/').unwrap();
    batch.refused(&["move", &wrong, entry, &right], "unknown-row");
}

#[test]
fn a_move_is_not_undone_and_nothing_is_lost() {
    let (tern, mut batch, wrong, right) = two_children();
    let row = add(&mut batch, &wrong, "concerns", &[("type", json!("neglect")), ("story", json!(SAID))]);
    batch.end();
    let schema = std::sync::Arc::new(tern_app::Schema::embedded().unwrap());
    let ports = std::sync::Arc::new(tern_app::Ports::system());
    let mut app = tern_app::script::open(&tern.home(), tern_stories::tern::WORDS, schema, ports).unwrap();
    let moved = app.move_entry(&wrong, &format!("concerns/{row}"), &right).unwrap();
    assert_eq!(app.undo(&moved.changes).unwrap_err().code.name(), "move-back");
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    assert!(told(&mut batch, &right).contains(SAID));
    batch.ok(&["move", &right, &moved.entry, &wrong]);
    assert!(told(&mut batch, &wrong).contains(SAID), "moved back, it is whole");
}
