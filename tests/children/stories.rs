//! Eight children, from their arrival on: what must be seen of each, through the command line.

use serde_json::{Value, json};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");
const EIGHT: &str = include_str!("../stories/eight.yaml");

/// A practice programme with these stories.
fn with(stories: &str) -> (Tern, Batch) {
    let tern = Tern::practising(TERN);
    let file = tern.bring("stories.yaml", stories);
    tern.run(&["import", "stories", &file]).ok();
    let batch = tern.batch();
    (tern, batch)
}

/// One story, with texts in the place of others: how it stood at an earlier day.
fn story(id: &str, changes: &[(&str, &str)]) -> String {
    let from = EIGHT.find(&format!("- story: {id}")).unwrap();
    let rest = &EIGHT[from..];
    let end = rest[1..].find("- story: ").map_or(rest.len(), |end| end + 1);
    let mut story: String =
        rest[..end].lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
    for (old, new) in changes {
        assert!(story.contains(old), "{id} says {old}");
        story = story.replace(old, new);
    }
    story + "\n"
}

/// What is to be done for a child on a day: kind, with the task.
fn tasks(batch: &mut Batch, id: &str, day: &str) -> Vec<(String, Value)> {
    let told = batch.ok(&["--at", &format!("{day}T12:00:00Z"), "tasks", id]);
    told.as_array()
        .unwrap()
        .iter()
        .map(|task| (task["kind"].as_str().unwrap().to_owned(), task.clone()))
        .collect()
}

fn task(batch: &mut Batch, id: &str, kind: &str, day: &str) -> Option<Value> {
    tasks(batch, id, day).into_iter().find(|(found, _)| found == kind).map(|(_, task)| task)
}

/// The cells of a child on the board of a day; `None` when it is not there.
fn cells(batch: &mut Batch, site: &str, id: &str, day: &str) -> Option<Value> {
    let number = batch.ok(&["show", id])["short_id"].clone();
    let board = batch.ok(&["--at", &format!("{day}T12:00:00Z"), "board", "--site", site]);
    board["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["short_id"] == number)
        .map(|row| row["cells"].clone())
}

fn found(batch: &mut Batch, words: &str, id: &str) -> bool {
    let number = batch.ok(&["show", id])["short_id"].clone();
    batch.ok(&["find", words]).as_array().unwrap().iter().any(|hit| hit["short_id"] == number)
}

/// What the first field with this end holds.
fn field(shown: &Value, end: &str) -> Value {
    let fields = shown["fields"].as_object().unwrap();
    let found = fields.iter().find(|(path, _)| path.as_str() == end || path.ends_with(end));
    found.unwrap_or_else(|| panic!("{end} is shown")).1["value"].clone()
}

#[test]
fn the_file_brings_eight_children_and_a_twin_record() {
    let tern = Tern::practising(TERN);
    let file = tern.bring("stories.yaml", EIGHT);
    let said = tern.run(&["import", "stories", &file]).ok();
    assert_eq!(said["children"], 9);
    assert_eq!(said["records"]["service"], 25);
    let again = tern.run(&["import", "stories", &file]).refused(1, "bad-story");
    assert!(again["message"].as_str().unwrap().contains("S01"), "{again}");
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn s01_layan_is_found_in_three_spellings_and_her_birth_is_to_be_declared_in_thirty_days() {
    let (_tern, mut batch) = with(EIGHT);
    for words in ["Layan Alkhatib", "Lian El Khatib", "ليان الخطيب"] {
        assert!(found(&mut batch, words, "S01"), "{words}");
    }
    let shown = batch.ok(&["show", "S01"]);
    assert_eq!(field(&shown, "statelessness"), "at_risk", "no paper of a nationality was seen");
    assert!(!shown["fields"].as_object().unwrap().contains_key("arrived_on"), "born here: no arrival");
    assert_eq!(task(&mut batch, "S01", "declare_birth", "2026-06-30"), None, "a certificate was seen");
    // As it stood on the day of the notification.
    let notified = story(
        "S01",
        &[
            ("step: certified", "step: notified"),
            (", declared_on: 2026-02-24, registered_on: 2026-03-05, certified_on: 2026-03-20", ""),
            (", evidence: seen_certificate", ""),
        ],
    );
    let (_tern, mut batch) = with(&notified);
    let due = task(&mut batch, "S01", "declare_birth", "2026-02-11").unwrap();
    assert_eq!((&due["since"], &due["due"]), (&json!("2026-02-10"), &json!("2026-03-12")));
    assert_eq!(due["late_days"], 0);
    assert_eq!(task(&mut batch, "S01", "declare_birth", "2026-03-15").unwrap()["late_days"], 3);
    let cell = cells(&mut batch, "Velmar", "S01", "2026-03-15").unwrap()["birth_registration"].clone();
    assert_eq!(cell, json!({ "state": "asked", "days": 33, "late": true }), "asking lowers no lateness");
}

#[test]
fn s02_ahmad_zia_has_two_birth_dates_and_a_permit_that_ends_with_childhood() {
    let (_tern, mut batch) = with(EIGHT);
    let shown = batch.ok(&["show", "S02"]);
    let born = &shown["fields"]["dob"]["value"];
    assert_eq!(
        (&born["precision"], &born["heaped"], &born["value"]),
        (&json!("year"), &json!(true), &json!("2010-07-02"))
    );
    assert_eq!(born["original_text"], "۱۳۸۸/۱۰/۱۱");
    assert_eq!(field(&shown, "/dob")["value"], "2010-01-01", "the office's date stays a claim");
    let permit = task(&mut batch, "S02", "permit_ends", "2026-04-02");
    assert_eq!(permit.unwrap()["due"], "2028-01-01", "told from the day it is entered");
    assert!(
        task(&mut batch, "S02", "health_screen", "2026-06-30").is_some(),
        "two of three screens are done"
    );
    let cell = cells(&mut batch, "Velmar", "S02", "2026-06-30").unwrap()["shelter"].clone();
    assert_eq!(cell["state"], "in_place", "the foster family rests on an assessment");
    // While he waited.
    let waiting = story(
        "S02",
        &[
            (", appointed_on: 2026-01-05", ""),
            (", {s: accepted, at: 2026-03-10}, {s: receiving, at: 2026-03-20}", ""),
        ],
    );
    let (_tern, mut batch) = with(&waiting);
    let guardian = cells(&mut batch, "Velmar", "S02", "2026-01-05").unwrap()["guardian"].clone();
    assert_eq!(guardian, json!({ "state": "asked", "days": 45, "late": true }));
    for (day, late) in [("2026-01-19", 0), ("2026-02-18", 0), ("2026-02-19", 1)] {
        let school = task(&mut batch, "S02", "school", day).unwrap();
        assert_eq!((&school["due"], &school["late_days"]), (&json!("2026-02-18"), &json!(late)), "{day}");
    }
    let school = cells(&mut batch, "Velmar", "S02", "2026-02-19").unwrap()["education"].clone();
    assert_eq!((&school["state"], &school["late"]), (&json!("refused"), &json!(true)));
}

#[test]
fn s03_selam_was_born_in_another_calendar_and_what_she_told_is_on_no_list() {
    let (_tern, mut batch) = with(EIGHT);
    let shown = batch.ok(&["show", "S03"]);
    let born = &shown["fields"]["dob"]["value"];
    assert_eq!((&born["value"], &born["precision"]), (&json!("2012-01-20"), &json!("day")));
    assert_eq!(born["entered"], json!({ "year": 2004, "month": 5, "day": 11 }));
    assert!(found(&mut batch, "Selam Tesfay", "S03") && found(&mut batch, "ሰላም ተስፋይ", "S03"));
    for told in [
        batch.ok(&["board"]),
        batch.ok(&["tasks"]),
        batch.ok(&["find", "Selam"]),
        batch.ok(&["tasks", "S03"]),
    ] {
        let text = told.to_string();
        for word in ["trafficking\"", "exploitation", "abuse", "high"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    assert_eq!(batch.ok(&["find", "trafficking"]), json!([]));
    let cell = cells(&mut batch, "Velmar", "S03", "2026-06-30").unwrap()["birth_registration"].clone();
    assert_eq!(cell["state"], "said", "registered by her word only");
    assert_eq!(task(&mut batch, "S03", "trafficking_screen", "2026-06-30"), None);
}

#[test]
fn s04_oleksandr_counts_once_and_twice_again_when_the_link_is_taken_back() {
    let (_tern, mut batch) = with(EIGHT);
    for words in ["Петренко Олександр", "PETRENKO OLEKSANDR", "Сашко"] {
        assert!(found(&mut batch, words, "S04"), "{words}");
    }
    assert!(found(&mut batch, "Aleksandr Petrenko", "TR-8N5W-7"), "the twin record stays whole and is found");
    assert!(cells(&mut batch, "Velmar", "TR-8N5W-7", "2026-06-30").is_none(), "and counts once");
    batch.ok(&["unlink", "TR-8N5W-7", "S04"]);
    assert!(cells(&mut batch, "Velmar", "TR-8N5W-7", "2026-06-30").is_some(), "reversible");
    assert_eq!(task(&mut batch, "S04", "permit_ends", "2026-06-30"), None, "he is 11 when it ends");
    assert!(task(&mut batch, "S04", "permit_ends", "2026-10-01").is_some(), "180 days before its end");
    assert_eq!(
        task(&mut batch, "S04", "open_tracing", "2026-06-30"),
        None,
        "he has contact and wants no tracing"
    );
}

#[test]
fn s05_maria_jose_was_held_and_turns_eighteen() {
    let (_tern, mut batch) = with(EIGHT);
    let shown = batch.ok(&["show", "S05"]);
    assert_eq!(field(&shown, "/separated_from_unrelated_adults"), true);
    assert!(found(&mut batch, "Maria Jose Nunez", "S05"));
    assert_eq!(task(&mut batch, "S05", "transition_to_18", "2026-04-14"), None);
    assert!(
        task(&mut batch, "S05", "transition_to_18", "2026-05-06").is_some(),
        "six months before, so at once"
    );
    assert!(task(&mut batch, "S05", "turned_18", "2026-10-15").is_some());
    assert_eq!(task(&mut batch, "S05", "transition_to_18", "2026-10-15"), None);
    let row = cells(&mut batch, "QMV", "S05", "2026-06-30").unwrap();
    assert_eq!(row["best_interests"]["state"], "in_place");
    assert_eq!(row["education"]["state"], "in_place");
    // As it stood on the day of the threat: accompanied, and an assessment is due all the same.
    let threatened = story(
        "S05",
        &[
            ("  bia: [{completed_on: 2026-05-18, child_heard: heard}]\n", ""),
            (", first_response_on: 2026-05-08", ""),
        ],
    );
    let (_tern, mut batch) = with(&threatened);
    assert!(task(&mut batch, "S05", "assess_interests", "2026-05-07").is_some(), "for the high risk");
    assert_eq!(task(&mut batch, "S05", "answer_concern", "2026-05-08").unwrap()["late_days"], 1);
}

#[test]
fn s06_abdelrahman_was_refused_twice_and_not_heard() {
    let (_tern, mut batch) = with(EIGHT);
    let shown = batch.ok(&["show", "S06"]).to_string();
    for reason in ["disability_not_accommodated", "legal_status"] {
        assert!(shown.contains(reason), "{reason}");
    }
    let row = cells(&mut batch, "Velmar", "S06", "2026-06-30").unwrap();
    assert_eq!(
        (&row["shelter"]["state"], &row["shelter"]["late"]),
        (&json!("not_fit"), &json!(true)),
        "not accessible"
    );
    assert_eq!(row["education"]["state"], "in_place");
    assert!(
        task(&mut batch, "S06", "hear_child", "2026-04-20").is_some(),
        "assess again, with an interpreter"
    );
    assert!(
        task(&mut batch, "S06", "explain_rights", "2026-06-30").is_some(),
        "his language, not child-friendly"
    );
    assert_eq!(task(&mut batch, "S06", "guardian", "2026-06-30"), None, "he is with his father");
}

#[test]
fn s07_jean_bosco_has_gone_home_and_is_asked_after() {
    let (_tern, mut batch) = with(EIGHT);
    assert!(cells(&mut batch, "QMV", "S07", "2026-06-30").is_none(), "he is not among the children here");
    let due = |batch: &mut Batch, day: &str| -> Vec<Value> {
        tasks(batch, "S07", day)
            .into_iter()
            .map(|(kind, task)| {
                assert_eq!(kind, "return_monitoring");
                task["due"].clone()
            })
            .collect()
    };
    assert_eq!(
        due(&mut batch, "2026-06-30"),
        [json!("2026-04-15")],
        "March's contact was in time, April's is not there"
    );
    assert_eq!(
        due(&mut batch, "2027-01-20"),
        [json!("2026-04-15"), json!("2026-07-15"), json!("2027-01-15")]
    );
    for words in ["Jean-Bosco Kalala", "Kalala Mukendi Jean Bosco", "Mukendi wa Kalala"] {
        assert!(found(&mut batch, words, "S07"), "{words}");
    }
    // Another child: without the check against sending him back into danger nothing is planned.
    let answers = json!({ "names": ["Anri"], "sex": "M", "age": 12, "accompaniment": "accompanied" });
    let file = _tern.bring("anri.json", answers.to_string());
    let child = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    let begun =
        batch.ok(&["add", &child, "returns", "--set", "country=\"COD\"", "--set", "state=\"identified\""]);
    let row = begun["entity"].as_str().unwrap().to_owned();
    let planned = format!("returns/{row}/state=\"planned\"");
    batch.refused(&["edit", &child, "--set", &planned], "rule-D-22");
    let by_others = format!("returns/{row}/state=\"done_by_others\"");
    batch.ok(&["edit", &child, "--set", &by_others]);
}

#[test]
fn s08_nur_fatema_is_saved_with_nothing_known_and_late_by_years() {
    let (_tern, mut batch) = with(EIGHT);
    let shown = batch.ok(&["show", "S08"]);
    assert_eq!(field(&shown, "birth_country"), "unknown");
    assert!(!shown["fields"].to_string().contains("nationalities/"), "no nationality");
    assert_eq!(field(&shown, "/status"), "not_asked");
    for words in ["Nur Fatema", "Noor Fatima"] {
        assert!(found(&mut batch, words, "S08"), "{words}");
    }
    let row = cells(&mut batch, "QMV", "S08", "2026-06-30").unwrap();
    assert_eq!(row["birth_registration"], json!({ "state": "asked", "days": 70, "late": true }));
    assert_eq!(row["mhpss"]["state"], "referred");
    assert_eq!(row["education"]["state"], "not_needed", "she is four");
    assert_eq!(task(&mut batch, "S08", "explain_rights", "2026-06-30"), None, "under six");
    assert_eq!(task(&mut batch, "S08", "health_screen", "2026-06-30"), None, "all three screens are done");
}

#[test]
fn a_file_is_loaded_whole_or_not_at_all_and_says_where_it_is_wrong() {
    let tern = Tern::practising(TERN);
    let wrong = |story: String, says: &[&str]| {
        let file = tern.bring("wrong.yaml", self::story("S01", &[]) + &story);
        let refused = tern.run(&["import", "stories", &file]).refused(1, "bad-story");
        let message = refused["message"].as_str().unwrap();
        for word in says {
            assert!(message.contains(word), "{message} names {word}");
        }
    };
    wrong(story("S02", &[("host: QME", "host: QME\n  shoes: 3")]), &["S02", "line", "shoes"]);
    wrong(
        story("S02", &[("reason: no_documents", "reason: too_late")]),
        &["S02", "service_events/reason", "wrong-code"],
    );
    wrong(
        story("S02", &[("requested_on: 2025-11-22", "requested_on: 2008-11-22")]),
        &["S02", "guardianship/requested_on", "before-birth"],
    );
    wrong(
        story(
            "S02",
            &[(
                "{type: residential_small_group, from: 2025-11-20, to: 2026-02-01}",
                "{type: residential_small_group, from: 2025-11-20, to: 2025-10-01}",
            )],
        ),
        &["S02", "care/to", "ends-before-it-begins"],
    );
    wrong(
        story(
            "S02",
            &[(
                "issued_on: 2026-04-01, valid_until: 2028-01-01, ends_at_majority: unknown",
                "ends_at_majority: unknown",
            )],
        ),
        &["S02", "permits/type", "permit-without-date"],
    );
    wrong(story("S03", &[("any_difficulty: true", "any_difficulty: false")]), &["S03", "any_difficulty"]);
    wrong(story("S07", &[("non_refoulement: passed, ", "")]), &["S07", "returns/departed_on", "rule-D-22"]);
    let mut batch = tern.batch();
    assert_eq!(batch.ok(&["find", "Layan"]), json!([]), "nothing of any of these files is here");
    assert_eq!(batch.ok(&["board"])["rows"], json!([]));
}

#[test]
fn files_that_are_no_stories_are_refused_and_cost_nothing() {
    let tern = Tern::practising(TERN);
    let refused = |name: &str, bytes: &[u8], code: &str| {
        let file = tern.bring(name, bytes);
        tern.run(&["import", "stories", &file]).refused(1, code)
    };
    let deep = "[".repeat(20_000) + &"]".repeat(20_000);
    let bomb: String = std::iter::once("a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned())
        .chain((1..12).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", "))))
        .collect();
    let unknown = "- story: S90\n  host: QME\n  child: {sex: F}\n  names: &n [{text: Zuna}]\n  shoes: *n\n";
    for text in ["just words", "- [", "{", "a: b", "- story: S90\n  host: [", &deep, &bomb, unknown] {
        refused("bad.yaml", text.as_bytes(), "bad-story");
    }
    refused("binary.yaml", &[0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28], "unreadable-file");
    let twice = story("S01", &[]) + &story("S01", &[]);
    let told = refused("twice.yaml", twice.as_bytes(), "bad-story");
    assert!(told["message"].as_str().unwrap().contains("S01"), "{told}");
    // A file of a gigabyte that takes no room on this disk.
    let large = tern.bring("large.yaml", "");
    std::fs::File::options().write(true).open(&large).unwrap().set_len(1 << 30).unwrap();
    tern.run(&["import", "stories", &large]).refused(1, "unreadable-file");
    tern.run(&["import", "stories", "/nowhere/stories.yaml"]).refused(1, "unreadable-file");
    assert_eq!(tern.run(&["verify"]).ok()["records"], 0, "nothing of any of them is here");
}

#[test]
fn a_real_programme_takes_no_stories() {
    let tern = Tern::new(TERN);
    tern.begin(&[]);
    let file = tern.bring("stories.yaml", EIGHT);
    tern.run(&["import", "stories", &file]).refused(1, "practice-only");
}

#[test]
fn a_child_is_called_by_the_name_it_uses_with_one_in_other_letters_beside_it() {
    let (_tern, mut batch) = with(EIGHT);
    let called = |batch: &mut Batch, words: &str| {
        let hit = batch.ok(&["find", words])[0].clone();
        (hit["name"].as_str().unwrap().to_owned(), hit["names"][1].as_str().unwrap().to_owned())
    };
    assert_eq!(called(&mut batch, "Ahmad Zia"), ("احمد ضیا".into(), "Ahmad Zia".into()));
    assert_eq!(called(&mut batch, "Selam"), ("ሰላም ተስፋይ ገብረመስቀል".into(), "Selam Tesfay Gebremeskel".into()));
}
