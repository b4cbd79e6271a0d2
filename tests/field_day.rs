//! A real field day: what a bus, a bundle of paper, a family and a complaint ask of the app, through the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

use serde_json::{Value, json};
use tern_form::Item;
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// A bus that waits to be counted.
fn bus(batch: &mut Batch, heads: u32) -> String {
    let bus = batch.ok(&["tally", "begin", "Second bus", &heads.to_string()]);
    assert_eq!((&bus["to_find"], &bus["counted"]), (&json!(heads), &json!(0)));
    bus["id"].as_str().unwrap().to_owned()
}

fn count(batch: &mut Batch, bus: &str, words: &str) -> Value {
    let words: Vec<&str> =
        ["tally", "add", bus].into_iter().chain(words.split(' ').filter(|w| !w.is_empty())).collect();
    batch.ok(&words)
}

fn line(arrival: &Value, number: u64) -> &Value {
    let lines = arrival["lines"].as_array().unwrap();
    lines.iter().find(|line| line["number"] == number).expect("a line of this number")
}

fn field<'a>(shown: &'a Value, path: &str) -> &'a Value {
    &shown["fields"][path]["value"]
}

#[test]
fn a_bus_is_counted_and_the_list_says_how_many_are_still_to_be_found() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let bus = bus(&mut batch, 4);
    count(&mut batch, &bus, "--wristband 17 --sex F --band child --with parent");
    count(&mut batch, &bus, "--sex M --band teen --with none_to_add");
    let now = count(&mut batch, &bus, "--band baby --with relative --asks doctor")["arrival"].clone();
    assert_eq!((&now["counted"], &now["to_find"]), (&json!(3), &json!(1)));
    let order: Vec<u64> =
        now["lines"].as_array().unwrap().iter().map(|l| l["number"].as_u64().unwrap()).collect();
    assert_eq!(order, [3, 2, 1], "a doctor first, then who has no adult");
    assert_eq!(line(&now, 1)["lacks"], json!(["name", "age", "consent"]));

    let girl = line(&now, 1)["child"].as_str().unwrap().to_owned();
    let shown = batch.ok(&["show", &girl]);
    assert_eq!(field(&shown, "accompaniment"), "accompanied");
    assert_eq!(field(&shown, "tally.wristband"), "17");
    assert_eq!(field(&shown, "case.site"), "Velmar");
    assert_eq!(field(&shown, "dob")["estimated"], json!(true));
    assert_eq!(field(&shown, "tally.bus"), "Second bus");
    let board = batch.ok(&["board"]);
    assert_eq!(board["rows"].as_array().unwrap().len(), 3, "who is counted is on the board");

    let row = line(&now, 2)["row"].as_str().unwrap().to_owned();
    let fewer = batch.ok(&["tally", "out", &bus, &row]);
    assert_eq!((&fewer["counted"], &fewer["to_find"]), (&json!(2), &json!(2)));
    assert_eq!(batch.ok(&["board"])["rows"].as_array().unwrap().len(), 2, "a slip is no child");
    let boy = line(&now, 2)["child"].as_str().unwrap().to_owned();
    assert_eq!(batch.ok(&["find", line(&now, 2)["short_id"].as_str().unwrap()]), json!([]));
    batch.ok(&["tally", "in", &bus, &row]);
    let back = batch.ok(&["show", &boy]);
    assert_eq!((field(&back, "sex"), field(&back, "accompaniment")), (&json!("M"), &json!("unaccompanied")));
    assert_eq!(batch.ok(&["board"])["rows"].as_array().unwrap().len(), 3);
    let more = count(&mut batch, &bus, "--sex F");
    assert_eq!(line(&more["arrival"], 4)["with"], "unknown", "no number is given twice");
    assert_eq!(batch.ok(&["tally", "list"])[0]["to_complete"], 4);
    drop(batch);
    assert_eq!(tern.run(&["verify"]).ok()["problems"], json!([]));
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn a_slip_takes_out_the_line_and_never_a_record_that_somebody_went_on_with() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let bus = bus(&mut batch, 1);
    let now = count(&mut batch, &bus, "--sex F --band small")["arrival"].clone();
    let child = line(&now, 1)["child"].as_str().unwrap().to_owned();
    batch.ok(&["add", &child, "names", "--set", r#"name="Samira""#]);
    batch.ok(&["tally", "out", &bus, line(&now, 1)["row"].as_str().unwrap()]);
    assert_eq!(field(&batch.ok(&["show", &child]), "sex"), "F");
    assert_eq!(batch.ok(&["find", "Samira"]).as_array().unwrap().len(), 1);
}

#[test]
fn every_child_that_was_counted_survives_a_sudden_end() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let bus = bus(&mut batch, 60);
    for number in 1..=20 {
        count(&mut batch, &bus, &format!("--wristband {number} --sex M --band teen"));
    }
    batch.kill();
    let mut batch = tern.batch();
    let now = batch.ok(&["tally", "show", &bus]);
    assert_eq!((&now["counted"], &now["to_find"]), (&json!(20), &json!(40)));
}

#[test]
fn a_bus_without_heads_or_a_name_is_refused() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    batch.refused(&["tally", "begin", "Bus", "0"], "head-count");
    batch.refused(&["tally", "begin", "  ", "3"], "name-of-list");
    let child = tern_child(&mut batch, &tern);
    batch.refused(&["tally", "show", &child], "unknown-list");
    let bus = bus(&mut batch, 2);
    batch.refused(&["tally", "add", &bus, "--band", "grown"], "wrong-code");
    batch.refused(&["tally", "add", &bus, "--with", "smuggler"], "wrong-code");
    assert_eq!(batch.ok(&["tally", "show", &bus])["counted"], 0, "nothing half done");
}

/// A child of nine.
fn tern_child(batch: &mut Batch, tern: &Tern) -> String {
    let file = tern.bring("child.json", json!({
        "names": ["Samira Haidari"], "sex": "F", "age": 9, "companions": ["relative"], "where_from": "Tarrin",
        "languages": ["prs"],
    }).to_string());
    batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned()
}

/// What a copy says, as its file holds it.
fn copy(batch: &mut Batch, tern: &Tern, id: &str, whom: &str, end: &str) -> String {
    let file = tern.bring(&format!("copy.{end}"), "");
    batch.ok(&["export", "record", id, &file, "--for", whom]);
    std::fs::read_to_string(file).unwrap()
}

#[test]
fn the_eight_get_their_own_copies_and_nothing_of_concern_is_in_them() {
    let tern = Tern::practising(TERN);
    let file = tern.bring("stories.yaml", include_str!("stories/eight.yaml"));
    tern.run(&["import", "stories", &file]).ok();
    let mut batch = tern.batch();
    let never = [
        "traffick",
        "exploit",
        "gang",
        "threat",
        "violence",
        "abuse",
        "distress",
        "concern",
        "incident",
        "risk",
        "fear",
        "died",
        "dead",
        "death",
        "unaccompanied",
        "separated",
        "detention",
        "Refugee",
        "sylum seeker",
        "safe house",
    ];
    for story in ["S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08"] {
        for (whom, end) in [("child", "txt"), ("caregiver", "txt"), ("child", "json"), ("caregiver", "json")]
        {
            // María José is eighteen: nobody else speaks for her any more.
            if story == "S05" && whom == "caregiver" {
                let file = tern.bring("copy.txt", "");
                batch.refused(&["export", "record", story, &file, "--for", whom], "not-for-caregiver");
                continue;
            }
            let text = copy(&mut batch, &tern, story, whom, end);
            assert!(
                text.contains("PRACTICE") || text.contains("\"practice\": true"),
                "{story}: practice is said"
            );
            assert!(text.contains("not an identity document"), "{story}");
            // The lines about what it is and is not name no fact of the child.
            let facts = text.replace("not an asylum or birth registration", "").to_lowercase();
            for word in never {
                assert!(!facts.contains(&word.to_lowercase()), "{story} for {whom}: {word}\n{text}");
            }
        }
    }
    assert!(copy(&mut batch, &tern, "S01", "child", "txt").contains("ليان محمد الخطيب"));
    let told = batch.ok(&["audit", "--record", "S01"]);
    let told: Vec<_> = told.as_array().unwrap().iter().filter(|row| row["what"] == "exported").collect();
    assert_eq!(told.len(), 5, "each copy is written down before it is made");
    assert_eq!(told[0]["why"], "own copy for child");
}

/// Every text field of a child, each with a word of its own, and the field that holds it.
fn words_everywhere(schema: &tern_app::Schema) -> (Value, Vec<(String, String)>) {
    let mut answers = json!({ "sex": "F", "age": 9, "accompaniment": "separated" });
    let mut words = Vec::new();
    for (key, field) in schema.fields().filter(|(_, field)| !field.off && schema.record_of(field) == "child")
    {
        let word = format!("Zanzu{}q", words.len());
        let value = match field.kind.id() {
            "text" | "note" | "place" => json!(word),
            "name" => json!({ "text": word, "lang": "und" }),
            _ => continue,
        };
        words.push((key.to_owned(), word));
        match key.split_once('/') {
            None => answers[key] = value,
            Some((list, field)) => {
                let rows = answers.as_object_mut().unwrap().entry(list).or_insert_with(|| json!([{}]));
                rows[0][field] = value;
            }
        }
    }
    (answers, words)
}

#[test]
fn of_every_word_that_can_be_typed_only_the_childs_own_name_and_birth_place_are_in_a_copy() {
    let schema = tern_app::Schema::embedded().unwrap();
    let (mut answers, words) = words_everywhere(&schema);
    let id_fields = ["purpose", "status"];
    for (field, value) in id_fields.iter().zip(["photo", "granted"]) {
        answers["consents"][0][*field] = json!(value);
    }
    // A word that is to be kept, without the part it is about, would leave nothing in a caregiver's copy.
    answers.as_object_mut().unwrap().remove("withholds");
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("all.json", answers.to_string());
    let id = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    for whom in ["child", "caregiver"] {
        let text = copy(&mut batch, &tern, &id, whom, "txt");
        let found: Vec<&str> = words
            .iter()
            .filter(|(_, word)| text.contains(word.as_str()))
            .map(|(key, _)| key.as_str())
            .collect();
        assert_eq!(found, ["birth.place", "names/name"], "{whom}");
    }
}

#[test]
fn what_is_kept_from_others_is_on_no_paper_and_a_feared_caregiver_gets_none() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    let add = |batch: &mut Batch, list: &str, sets: &[&str]| {
        let mut words = vec!["add", id.as_str(), list];
        sets.iter().for_each(|set| words.extend(["--set", set]));
        batch.ok(&words)["entity"].as_str().unwrap().to_owned()
    };
    let school = add(&mut batch, "services", &[r#"type="education""#]);
    add(
        &mut batch,
        "service_events",
        &[&format!("of=\"{school}\""), r#"state="receiving""#, r#"at="2026-11-01""#],
    );
    assert!(copy(&mut batch, &tern, &id, "caregiver", "txt").contains("1 November 2026"));
    let consent = add(&mut batch, "consents", &[r#"purpose="services_referral""#, r#"status="refused""#]);
    assert!(copy(&mut batch, &tern, &id, "child", "txt").contains("Referral to a service"));
    assert!(
        !copy(&mut batch, &tern, &id, "caregiver", "txt").contains("Referral to a service"),
        "the child's own no"
    );
    let of = format!("of=\"{consent}\"");
    add(&mut batch, "withholds", &[&of, r#"part="education""#, r#"kept_from="caregiver""#]);
    assert!(!copy(&mut batch, &tern, &id, "caregiver", "txt").contains("1 November 2026"));
    assert!(
        !copy(&mut batch, &tern, &id, "child", "txt").contains("1 November 2026"),
        "a paper is read by others"
    );
    add(&mut batch, "withholds", &[&of, r#"what="where I sleep""#]);
    let text = copy(&mut batch, &tern, &id, "caregiver", "txt");
    assert!(
        text.contains("Samira Haidari") && !text.contains("sleep") && !text.contains("Guardian"),
        "{text}"
    );
    let dead = add(
        &mut batch,
        "relations",
        &[r#"kind="father""#, r#"name="Farid Haidari""#, r#"life_status="deceased""#],
    );
    for told in ["false", "true"] {
        batch.ok(&["edit", &id, "--set", &format!("relations/{dead}/child_told={told}")]);
        let text = copy(&mut batch, &tern, &id, "child", "txt");
        assert!(
            !text.contains("Farid") && !text.to_lowercase().contains("died"),
            "no other person, told or not"
        );
    }
    let aunt = add(&mut batch, "relations", &[r#"kind="aunt""#, "danger=true"]);
    let file = tern.bring("copy.txt", "");
    batch.refused(&["export", "record", &id, &file, "--for", "caregiver"], "not-for-caregiver");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "", "nothing was written");
    batch.ok(&["edit", &id, "--set", &format!("relations/{aunt}/danger=false")]);
    batch.ok(&["export", "record", &id, &file, "--for", "caregiver"]);
}

#[test]
fn blank_forms_come_from_the_schema_and_each_has_a_number_of_its_own() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("blank.html", "");
    let first = batch.ok(&["print", "blank", "child", &file])["number"].clone();
    let page = std::fs::read_to_string(&file).unwrap();
    let second = batch.ok(&["print", "blank", "child", &file])["number"].clone();
    assert_ne!(first, second);
    let schema = tern_app::Schema::embedded().unwrap();
    let pages = &schema.form("child").unwrap().pages;
    for item in pages.iter().flat_map(|page| &page.items) {
        if let Item::Field(field) = item {
            let label = schema.label("en", &field.label);
            assert!(page.contains(&label), "{label} is asked on paper");
        }
    }
    for words in [
        "Not an identity document",
        "Not an asylum or birth registration",
        "PRACTICE",
        "May we write this down here?",
        "Who is with the child",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains(first.as_str().unwrap()) && page.contains("size:A4"));
    assert!(!page.contains("<script") && !page.contains("http"), "nothing is fetched and nothing runs");
    for form in batch.ok(&["forms", "list"]).as_array().unwrap() {
        batch.ok(&["print", "blank", form["form"].as_str().unwrap(), &file]);
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains("class=\"ask\""), "{form}");
    }
    batch.refused(&["print", "blank", "nothing", &file], "unknown-form");
}
