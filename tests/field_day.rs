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
fn a_wristband_is_worn_once_and_what_was_skipped_is_still_needed() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let bus = bus(&mut batch, 1);
    count(&mut batch, &bus, "--wristband B-17 --sex F --band child --with parent");
    for worn in ["B-17", "b-17"] {
        let again = batch.ask(&["tally", "add", &bus, "--wristband", worn, "--sex", "M"]);
        assert_eq!(again["error"]["code"], "wristband-twice", "{again}");
        assert_eq!(again["error"]["message"], "Line 1 of this list has this wristband already.");
    }
    let skipped = count(&mut batch, &bus, "--wristband 18 --band teen")["arrival"].clone();
    assert_eq!((&skipped["counted"], &skipped["to_find"]), (&json!(2), &json!(0)), "none is to be found");
    assert_eq!(batch.ok(&["tally", "show", &bus])["to_find"], json!(0));
    let boy = line(&skipped, 2);
    assert!(boy["sex"].is_null() && boy["lacks"].as_array().unwrap().contains(&json!("sex")), "{boy}");
    let id = boy["child"].as_str().unwrap().to_owned();
    assert_eq!(field(&batch.ok(&["show", &id]), "sex"), "not_asked");
    batch.ok(&["edit", &id, "--set", r#"sex="M""#]);
    let now = batch.ok(&["tally", "show", &bus]);
    assert!(!line(&now, 2)["lacks"].as_array().unwrap().contains(&json!("sex")));
    // Not known is an answer of its own.
    let unknown = count(&mut batch, &bus, "--sex unknown --band teen")["arrival"].clone();
    assert!(!line(&unknown, 3)["lacks"].as_array().unwrap().contains(&json!("sex")));
    // A line that was taken out frees its band.
    let row = line(&now, 1)["row"].as_str().unwrap().to_owned();
    batch.ok(&["tally", "out", &bus, &row]);
    count(&mut batch, &bus, "--wristband B-17 --sex F --band child");
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
    batch.ok(&["export", "record", id, &file, "--for", whom, "--force"]);
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
                batch.refused(
                    &["export", "record", story, &file, "--for", whom, "--force"],
                    "not-for-caregiver",
                );
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
        // Only proposing puts to proposals.
        if key.starts_with("proposals/") {
            continue;
        }
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
    batch.refused(&["export", "record", &id, &file, "--for", "caregiver", "--force"], "not-for-caregiver");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "", "nothing was written");
    batch.ok(&["edit", &id, "--set", &format!("relations/{aunt}/danger=false")]);
    batch.ok(&["export", "record", &id, &file, "--for", "caregiver", "--force"]);
}

#[test]
fn blank_forms_come_from_the_schema_and_each_has_a_number_of_its_own() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("blank.html", "");
    let first = batch.ok(&["print", "blank", "child", &file, "--force"])["number"].clone();
    let page = std::fs::read_to_string(&file).unwrap();
    let second = batch.ok(&["print", "blank", "child", &file, "--force"])["number"].clone();
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
        batch.ok(&["print", "blank", form["form"].as_str().unwrap(), &file, "--force"]);
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains("class=\"ask\""), "{form}");
    }
    batch.refused(&["print", "blank", "nothing", &file, "--force"], "unknown-form");
}

/// Finishes a draft as the window does, over the same core.
fn desk_of(tern: &Tern) -> tern_app::App {
    use std::sync::Arc;
    let schema = Arc::new(tern_app::Schema::embedded().unwrap());
    tern_app::script::open(
        &tern.home(),
        tern_stories::tern::WORDS,
        schema,
        Arc::new(tern_app::Ports::system()),
    )
    .unwrap()
}

#[test]
fn a_bundle_of_paper_says_who_asked_and_when_and_counts_what_is_typed() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let words = [
        "paper",
        "begin",
        "Forms of 9 November",
        "2",
        "--on",
        "2026-11-09",
        "--by",
        "H. Omari",
        "--where",
        "Pier 4",
        "--consent",
        "one_for_all",
        "--lies",
        "Red box, office",
        "--destroy",
        "2027-01-31",
    ];
    let bundle = batch.ok(&words);
    assert_eq!(bundle["ask_again"], true, "one yes for all is nobody's yes");
    let id = bundle["id"].as_str().unwrap().to_owned();
    let form = tern.bring("form.json", json!({
        "names": ["Yonas"], "sex": "M", "age": 12, "companions_answered": "none_to_add", "where_from": "Tarrin",
    }).to_string());
    let typed = batch.ok(&["paper", "type", &id, "k7q2-0001", &form]);
    let child = typed["child"]["id"].as_str().unwrap().to_owned();
    let shown = batch.ok(&["show", &child]);
    for (path, value) in [
        ("interviewed_on", "2026-11-09"),
        ("interviewed_by", "not_a_user"),
        ("interviewed_by_name", "H. Omari"),
        ("interviewed_where", "Pier 4"),
        ("paper.where", "Red box, office"),
        ("paper.destroy_on", "2027-01-31"),
        ("paper.number", "K7Q2-0001"),
        ("paper.batch", "Forms of 9 November"),
        ("case.site", "Velmar"),
    ] {
        assert_eq!(field(&shown, path), value, "{path}");
    }
    let history = batch.ok(&["history", &child]);
    let typed_at = history[0]["at"].as_str().unwrap();
    assert!(!typed_at.starts_with("2026-11-09"), "the change is dated by who typed it: {typed_at}");
    let needs = batch.ok(&["--at", "2026-12-20T12:00:00Z", "tasks", &child]);
    let guardian = needs.as_array().unwrap().iter().find(|task| task["kind"] == "guardian").unwrap();
    assert_eq!(guardian["since"], "2026-11-09", "clocks run from the talk");
    batch.refused(&["paper", "type", &id, "K7Q2-0001", &form], "number-twice");
    let now = batch.ok(&["paper", "show", &id]);
    assert_eq!(
        (&now["typed"], &now["forms"], &now["lines"][0]["name"]),
        (&json!(1), &json!(2), &json!("Yonas"))
    );
    batch.refused(&["paper", "begin", "Forms", "0"], "head-count");
    batch.refused(&["paper", "begin", "Forms", "3", "--on", "9 November"], "impossible-date");
    drop(batch);
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn the_next_in_a_family_takes_over_two_answers_marked_as_copied_and_ties_both_ways() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("first.json", json!({
        "names": ["Samira Haidari"], "sex": "F", "age": 9, "where_from": "Tarrin", "languages": ["prs"],
        "companions": [{"claim": "relative", "description": "woman, about 40"}, {"claim": "friends"}],
        "nationalities": ["QMV"], "legal_status": [{"status": "asylum_seeker"}], "birth_country": "QMV",
        "consents": [{"purpose": "case_management", "status": "granted", "given_by": "child"}],
        "identity_documents": [{"type": "passport"}], "birth.step": "registered", "safe_place_tonight": true,
    }).to_string());
    let first = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    drop(batch);
    let mut app = desk_of(&tern);
    let persons = app.family_persons(&first).unwrap();
    assert_eq!(persons.len(), 1, "a friend is each child's own answer");
    let next =
        tern_app::view::BeginNext { of: first.clone(), sibling: true, persons: vec![persons[0].row.clone()] };
    let draft = app.begin_next(&next).unwrap();
    let copied: Vec<&str> = draft.answers.keys().map(String::as_str).collect();
    assert_eq!(
        copied,
        [
            "companions/+1/claim",
            "companions/+1/description",
            "companions_answered",
            "family.copied_from",
            "languages/+1/language",
            "relations/+1/child",
            "relations/+1/keep_together",
            "relations/+1/kind",
            "relations/+1/verified",
            "where_from",
        ],
        "never an agreement, a paper, a status, a birth fact or tonight's bed"
    );
    assert!(draft.remarks.iter().any(|remark| remark.code == "copied-answer" && remark.path == "where_from"));
    let mut put = |path: &str, value: Value| {
        let ask = tern_app::view::PutDraft { id: draft.id.clone(), path: path.into(), value, typing: false };
        app.put_draft(&ask).unwrap()
    };
    put("names/+1/name", json!("Karim Haidari"));
    put("sex", json!("M"));
    let second = put("dob", json!({ "age": 6 })).child.unwrap().id;
    app.finish_draft(&draft.id).unwrap();
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    for (child, other, kind) in [(&first, &second, "brother"), (&second, &first, "sister")] {
        let shown = batch.ok(&["show", child]);
        let row = shown["fields"].as_object().unwrap().iter().find(|(path, held)| {
            path.starts_with("relations/") && path.ends_with("/child") && held["value"] == json!(other)
        });
        let row = row.expect("a tie to the other").0.strip_suffix("/child").unwrap().to_owned();
        assert_eq!(field(&shown, &format!("{row}/kind")), kind);
        assert_eq!(field(&shown, &format!("{row}/keep_together")), &json!(true));
        assert_eq!(field(&shown, &format!("{row}/verified")), "claimed");
    }
}

#[test]
fn households_join_part_and_move_whole_and_nothing_of_before_is_lost() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let (a, b) = (tern_child(&mut batch, &tern), tern_child(&mut batch, &tern));
    let moved =
        batch.ok(&["family", "move", &a, &b, "--name", "Haidari", "--unit", "Tent 4", "--on", "2026-11-20"]);
    assert_eq!(moved["children"], 2);
    let home = |batch: &mut Batch, child: &str| {
        let shown = batch.ok(&["show", child]);
        let mut rows: Vec<(String, Value, Value)> = shown["fields"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(path, _)| path.starts_with("household_history/") && path.ends_with("/household"))
            .map(|(path, held)| {
                let row = path.strip_suffix("/household").unwrap();
                (
                    held["value"].as_str().unwrap().to_owned(),
                    field(&shown, &format!("{row}/from")).clone(),
                    field(&shown, &format!("{row}/to")).clone(),
                )
            })
            .collect();
        rows.sort_by_key(|row| row.1.to_string());
        rows
    };
    let tent = home(&mut batch, &a)[0].0.clone();
    assert_eq!(home(&mut batch, &b)[0].0, tent);
    batch.ok(&["family", "move", &b, "--on", "2026-11-22"]);
    assert_eq!(home(&mut batch, &b), [(tent.clone(), json!("2026-11-20"), json!("2026-11-22"))]);
    batch.ok(&["family", "move", &b, "--unit", "Tent 9", "--on", "2026-11-23"]);
    let other = home(&mut batch, &b)[1].0.clone();
    assert_eq!(batch.ok(&["family", "move", "--whole", &tent, "--to", &other])["children"], 1);
    let history = home(&mut batch, &a);
    assert_eq!(
        (history.len(), &history[1].0, &history[1].2),
        (2, &other, &Value::Null),
        "one household at a time"
    );
    assert_eq!(
        batch.ok(&["family", "move", &a, "--to", &other])["changes"],
        json!([]),
        "nothing moves twice"
    );
    batch.refused(&["family", "move", &a, "--to", &b], "unknown-list");
    batch.refused(&["family", "move", &a, "--unit", "Tent 1", "--on", "2999-01-01"], "impossible-date");
}

#[test]
fn d_26_words_about_staff_are_kept_outside_and_that_they_were_said_is_kept() {
    let tern = Tern::practising(TERN);
    let mut app = desk_of(&tern);
    let begin = |app: &mut tern_app::App, puts: Value| {
        let puts = puts.as_object().unwrap().clone().into_iter().collect();
        app.begin_thing(&tern_app::view::BeginThing { kind: "feedback".into(), puts })
    };
    let refused = begin(
        &mut app,
        json!({
            "feedback.kind": "complaint", "feedback.about": "staff", "feedback.text": "he shouts",
        }),
    );
    assert_eq!(refused.unwrap_err().code.name(), "rule-D-26");
    let said = begin(&mut app, json!({"feedback.kind": "complaint", "feedback.about": "staff"})).unwrap();
    let later = tern_app::view::EditChild {
        id: said.id,
        heads: Vec::new(),
        puts: [("feedback.text".to_owned(), json!("he shouts"))].into(),
    };
    assert_eq!(app.edit_child(&later, tern_record::Cause::Typed).unwrap_err().code.name(), "rule-D-26");
    begin(
        &mut app,
        json!({"feedback.kind": "complaint", "feedback.about": "service", "feedback.text": "cold food"}),
    )
    .unwrap();
    app.end_session().unwrap();
}

#[test]
fn a_mother_under_18_and_her_twins_are_three_children_and_one_family() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let register = |batch: &mut Batch, answers: Value| {
        let file = tern.bring("one.json", answers.to_string());
        batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned()
    };
    // No status, no marriage, no father, no address is asked for.
    let mother = register(
        &mut batch,
        json!({
            "names": ["Maryam"], "sex": "F", "age": 16, "companions_answered": "none_to_add",
        }),
    );
    let twin = |batch: &mut Batch, order: u8| {
        register(
            batch,
            json!({
                "name_absent_reason": "infant_not_named", "sex": "F", "dob": "2026-11-20", "birth_country": "QME",
                "companions": ["parent"], "birth.type": "twin", "birth.order": order, "birth.step": "notified",
                "birth.occurred_on": "2026-11-20", "birth.informant": "mother", "birth.site_type": "health_facility",
                "birth.place_country": "QME",
                "relations": [{"kind": "mother", "child": mother, "verified": "claimed", "lives_with": true,
                    "is_primary_caregiver": true, "keep_together": true}],
                "birth_obstacles": ["mother_is_minor"],
            }),
        )
    };
    let twins = [twin(&mut batch, 1), twin(&mut batch, 2)];
    for child in &twins {
        batch.ok(&[
            "add",
            &mother,
            "relations",
            "--set",
            r#"kind="own_child""#,
            "--set",
            &format!("child=\"{child}\""),
            "--set",
            r#"verified="claimed""#,
            "--set",
            "keep_together=true",
        ]);
        let tasks = batch.ok(&["tasks", child]);
        assert!(tasks.as_array().unwrap().iter().any(|task| task["kind"] == "declare_birth"), "{tasks}");
    }
    let tasks = batch.ok(&["tasks", &mother]);
    assert!(
        tasks.as_array().unwrap().iter().any(|task| task["kind"] == "guardian"),
        "the mother is a child herself"
    );
    let orders: Vec<Value> =
        twins.iter().map(|twin| field(&batch.ok(&["show", twin]), "birth.order").clone()).collect();
    assert_eq!(orders, [json!(1), json!(2)]);
    batch.ok(&["family", "move", &mother, &twins[0], &twins[1], "--unit", "Room 3"]);
    assert_eq!(batch.ok(&["board"])["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn a_foundling_has_an_assigned_name_and_day_and_the_finder_is_no_parent() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("one.json", json!({
        "names": [{"name": {"text": "Noor", "source": "worker", "use": "usual"}}], "sex": "F",
        "dob": {"year": 2026, "estimated": true, "basis": "authority_assigned"}, "companions": ["unrelated_adult"],
        "birth.foundling": true, "birth.name_assigned": true, "birth.informant": "other",
        "birth.informant_name": "a fisherman", "birth.step": "declared", "birth.declared_on": "2026-11-21",
    }).to_string());
    let id = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    let shown = batch.ok(&["show", &id]);
    assert_eq!(field(&shown, "accompaniment"), "unaccompanied", "who found the child is no caregiver");
    assert_eq!(field(&shown, "dob")["basis"], "authority_assigned");
    assert_eq!(field(&shown, "birth.name_assigned"), &json!(true));
    assert!(!shown["fields"].as_object().unwrap().keys().any(|path| path.starts_with("relations/")));
    for whom in ["child", "caregiver"] {
        assert!(!copy(&mut batch, &tern, &id, whom, "txt").contains("fisherman"));
    }
}

#[test]
fn of_two_profiles_of_a_country_the_one_stated_last_counts_everywhere() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    batch.ok(&["edit", &id, "--set", r#"birth.step="not_registered""#]);
    let mut profile = |authority: &str, helpline: &str| {
        let sets = [
            r#"profile.country="QME""#.to_owned(),
            format!("profile.birth_authority={authority:?}"),
            format!("profile.helpline={helpline:?}"),
        ];
        let words: Vec<&str> = ["new", "country_profile"]
            .into_iter()
            .chain(sets.iter().flat_map(|set| ["--set", set.as_str()]))
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(5));
        batch.ok(&words)["id"].as_str().unwrap().to_owned()
    };
    let first = profile("not_recognised", "0800 111");
    profile("functioning", "0800 222");
    let says = |batch: &mut Batch| {
        let cell = batch.ok(&["board"])["rows"][0]["cells"]["birth_registration"]["state"].clone();
        let copy = copy(batch, &tern, &id, "child", "txt");
        (cell, copy.contains("0800 111"), copy.contains("0800 222"))
    };
    assert_eq!(says(&mut batch), (json!("waiting"), false, true));
    std::thread::sleep(std::time::Duration::from_millis(5));
    batch.ok(&["edit", &first, "--set", "profile.school_days=60"]);
    assert_eq!(says(&mut batch), (json!("not_possible"), true, false));
    batch.end();
    let mut batch = tern.batch();
    assert_eq!(says(&mut batch), (json!("not_possible"), true, false), "also after the next unlock");
}

#[test]
fn where_no_office_registers_births_the_board_says_so_and_a_consulate_is_closed() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    let cell =
        |batch: &mut Batch| batch.ok(&["board"])["rows"][0]["cells"]["birth_registration"]["state"].clone();
    batch.ok(&["edit", &id, "--set", r#"birth.step="not_registered""#]);
    assert_eq!(cell(&mut batch), "waiting");
    drop(batch);
    let mut app = desk_of(&tern);
    let puts = json!({ "profile.country": "QME", "profile.birth_authority": "not_recognised", "profile.helpline": "0800 123" });
    let puts = puts.as_object().unwrap().clone().into_iter().collect();
    let profile =
        app.begin_thing(&tern_app::view::BeginThing { kind: "country_profile".into(), puts }).unwrap().id;
    assert_eq!(app.helpline().as_deref(), Some("0800 123"));
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    assert_eq!(cell(&mut batch), "not_possible", "still not registered, and said why");
    assert!(copy(&mut batch, &tern, &id, "child", "txt").contains("0800 123"));
    batch.ok(&["edit", &profile, "--set", r#"profile.birth_authority="functioning""#]);
    assert_eq!(cell(&mut batch), "waiting", "it opens again with the profile");
    batch.ok(&["add", &id, "birth_obstacles", "--set", r#"obstacle="no_office""#]);
    assert_eq!(cell(&mut batch), "not_possible");
    batch.refused(&["edit", &id, "--set", r#"birth.office_kind="consulate""#], "rule-D-21");
    batch.refused(
        &[
            "add",
            &id,
            "identity_documents",
            "--set",
            r#"type="passport""#,
            "--set",
            "origin_authority_contacted=true",
        ],
        "rule-D-21",
    );
}

fn put(
    app: &mut tern_app::App,
    draft: &str,
    path: &str,
    value: Value,
    typing: bool,
) -> Result<tern_app::view::DraftView, tern_app::Failure> {
    app.put_draft(&tern_app::view::PutDraft { id: draft.to_owned(), path: path.to_owned(), value, typing })
}

const ASYLUM: [(&str, &str); 3] = [
    ("consents/+1/purpose", "services_referral"),
    ("consents/+1/status", "granted"),
    ("consents/+1/receiver", "asylum_authority"),
];
const NEEDED: [(&str, &str); 4] =
    [("names/+1/name", "Yonas"), ("sex", "M"), ("dob", "2014-05-01"), ("companions_answered", "none_to_add")];

#[test]
fn a_form_that_a_rule_refuses_leaves_nothing_behind_and_locks_nobody_out() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let bundle = batch.ok(&["paper", "begin", "Forms", "5"])["id"].as_str().unwrap().to_owned();
    let mut answers = json!({
        "names": ["Yonas"], "sex": "M", "age": 12, "companions_answered": "none_to_add",
        "consents": [{"purpose": "services_referral", "status": "granted", "receiver": "asylum_authority"}],
    });
    let form = tern.bring("form.json", answers.to_string());
    batch.refused(&["paper", "type", &bundle, "1", &form], "rule-D-24");
    answers["consents"] = json!([]);
    answers["shoe_size"] = json!(38);
    let form = tern.bring("form.json", answers.to_string());
    for _ in 0..3 {
        batch.refused(&["paper", "type", &bundle, "1", &form], "unknown-field");
    }
    drop(batch);
    assert_eq!(tern.run(&["find", "Yonas"]).ok(), json!([]));
    let mut app = desk_of(&tern);
    assert!(app.today().unwrap().drafts.is_empty(), "nothing half typed is left");

    // In the window a form that is not whole is kept with a remark; it gets no number.
    let draft = app.begin_draft().unwrap().id;
    let path = ASYLUM[2].0;
    for (at, (path, value)) in ASYLUM.iter().chain(&NEEDED).enumerate() {
        let view = put(&mut app, &draft, path, json!(value), false).unwrap();
        assert_eq!(view.remarks.iter().any(|remark| remark.code == "rule-D-24"), at >= 2, "{path}");
        assert!(view.child.is_none());
    }
    put(&mut app, &draft, path, Value::Null, true).unwrap();
    let refused = put(&mut app, &draft, path, json!(ASYLUM[2].1), false).unwrap_err();
    assert_eq!(refused.code.name(), "rule-D-24", "of a whole form the answer itself is refused");
    assert!(!app.draft(&draft).unwrap().answers.contains_key(path));
    app.drop_draft(&draft).unwrap();
    let stopped = app.script_audit(None).unwrap();
    let stopped = stopped.as_array().unwrap().iter().filter(|event| event["what"] == "stopped").count();
    assert_eq!(stopped, 2, "once for the paper, once for the window");

    // Still being typed when the power went: it stays open, and says why it has no number.
    let draft = app.begin_draft().unwrap().id;
    for (path, value) in ASYLUM.iter().chain(&NEEDED) {
        put(&mut app, &draft, path, json!(value), true).unwrap();
    }
    drop(app);
    assert_eq!(tern.run(&["find", "Yonas"]).ok(), json!([]));
    let mut app = desk_of(&tern);
    let view = app.draft(&draft).unwrap();
    assert!(view.child.is_none() && view.open.is_empty());
    assert!(view.remarks.iter().any(|remark| remark.code == "rule-D-24"), "{:?}", view.remarks);
    assert_eq!(app.finish_draft(&draft).unwrap_err().code.name(), "rule-D-24");
    let view = put(&mut app, &draft, "where_from", json!("Tarrin"), false).unwrap();
    assert!(view.child.is_none() && view.answers.contains_key("where_from"));
    let view = put(&mut app, &draft, path, Value::Null, false).unwrap();
    assert!(view.child.is_some(), "taken back, it is numbered");
}

#[test]
fn a_refused_change_of_an_interview_is_not_kept_and_what_is_still_typed_outlives_a_sudden_end() {
    let tern = Tern::practising(TERN);
    let mut app = desk_of(&tern);
    let draft = app.begin_draft().unwrap().id;
    for (path, value) in NEEDED.iter().chain(&ASYLUM[..2]) {
        put(&mut app, &draft, path, json!(value), false).unwrap();
    }
    let (path, value) = ASYLUM[2];
    let refused = put(&mut app, &draft, path, json!(value), false).unwrap_err();
    assert_eq!(refused.code.name(), "rule-D-24");
    let view = app.draft(&draft).unwrap();
    assert!(!view.answers.contains_key(path), "the record has it not, nor has the draft");
    let child = view.child.unwrap().id;
    put(&mut app, &draft, "where_from", json!("Tarrin, near the mill"), true).unwrap();
    put(&mut app, &draft, "names/+1/name", json!("Yonas Tesfa"), true).unwrap();
    drop(app);
    let mut batch = tern.batch();
    let shown = batch.ok(&["show", &child]);
    assert_eq!(field(&shown, "where_from"), "Tarrin, near the mill");
    assert_eq!(batch.ok(&["find", "Tesfa"]).as_array().unwrap().len(), 1);
    let history = batch.ok(&["history", &child]);
    assert_eq!(history.as_array().unwrap().len(), 5, "numbered, two answers, and the two still typed");
    drop(batch);
    assert_eq!(desk_of(&tern).draft(&draft).unwrap_err().code.name(), "unknown-draft");
}

#[test]
fn a_bundle_takes_as_many_forms_as_were_counted_and_is_not_destroyed_before_it_was_filled() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let early = ["paper", "begin", "Forms", "1", "--on", "2026-11-09", "--destroy", "2026-11-08"];
    batch.refused(&early, "impossible-date");
    let bundle = batch.ok(&["paper", "begin", "Forms", "1"])["id"].as_str().unwrap().to_owned();
    let form = |name: &str| {
        let answers = json!({"names": [name], "sex": "M", "age": 12, "companions_answered": "none_to_add"});
        tern.bring("form.json", answers.to_string())
    };
    batch.ok(&["paper", "type", &bundle, "1", &form("Yonas")]);
    batch.refused(&["paper", "type", &bundle, "2", &form("Karim")], "bundle-full");
    batch.ok(&["edit", &bundle, "--set", "batch.forms=2"]);
    batch.ok(&["paper", "type", &bundle, "2", &form("Karim")]);
}

#[test]
fn a_child_that_is_chosen_twice_is_changed_once() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let (a, b) = (tern_child(&mut batch, &tern), tern_child(&mut batch, &tern));
    drop(batch);
    let mut app = desk_of(&tern);
    let twice = vec![a.clone(), b.clone(), a.clone()];
    let update = tern_app::view::UpdateNeed {
        ids: twice.clone(),
        need: "health".into(),
        outcome: "treated".into(),
        on: None,
        reason: None,
        who: None,
        words: None,
    };
    assert_eq!(app.update_need(&update).unwrap().children, 2);
    assert_eq!(app.set_group(&twice, "Blue").unwrap().children, 2);
    let call = tern_app::view::RollCall { expected: twice, present: vec![b] };
    assert_eq!(app.roll_call(&call).unwrap().children, 2);
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    let shown = batch.ok(&["show", &a]);
    let rows = |end: &str| {
        let fields = shown["fields"].as_object().unwrap();
        fields.keys().filter(|path| path.starts_with("service") && path.ends_with(end)).count()
    };
    assert_eq!((rows("/type"), rows("/state")), (1, 1), "{shown}");
    drop(batch);
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn a_list_empties_only_the_records_that_it_began() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let child = tern_child(&mut batch, &tern);
    let bus = bus(&mut batch, 2);
    let now = count(&mut batch, &bus, "--sex F --band small")["arrival"].clone();
    let counted = line(&now, 1)["child"].as_str().unwrap().to_owned();
    batch.ok(&["add", &bus, "arrival_lines", "--set", &format!("child=\"{child}\""), "--set", "number=2"]);
    let now = batch.ok(&["tally", "show", &bus]);
    batch.ok(&["tally", "out", &bus, line(&now, 2)["row"].as_str().unwrap()]);
    assert_eq!(field(&batch.ok(&["show", &child]), "sex"), "F", "it was never counted here");
    assert_eq!(batch.ok(&["find", "Samira"]).as_array().unwrap().len(), 1);
    assert_ne!(batch.ok(&["tasks", &counted]), json!([]));
    batch.ok(&["tally", "out", &bus, line(&now, 1)["row"].as_str().unwrap()]);
    assert_eq!(batch.ok(&["tasks", &counted]), json!([]), "a slip has nothing to be done");
    batch.ok(&["tally", "in", &bus, line(&now, 1)["row"].as_str().unwrap()]);
    assert_eq!(field(&batch.ok(&["show", &counted]), "sex"), "F");
}

/// A row of a child's list.
fn add_row(batch: &mut Batch, id: &str, list: &str, sets: &[&str]) -> String {
    let mut words = vec!["add", id, list];
    sets.iter().for_each(|set| words.extend(["--set", set]));
    batch.ok(&words)["entity"].as_str().unwrap().to_owned()
}

#[test]
fn what_is_kept_is_kept_out_of_every_line_that_tells_of_it() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    for (part, lines) in [
        ("tracing", &["Family tracing", "Looking for family"][..]),
        ("health", &["Mental health", "Mhpss", "MHPSS"]),
        ("documents", &["Papers:", "civil registry"]),
        ("best_interests", &["est interests"]),
        ("education", &["School"]),
    ] {
        let id = tern_child(&mut batch, &tern);
        for (purpose, status) in [("family_tracing", "granted"), ("civil_registration", "granted")] {
            let sets = [
                format!("purpose=\"{purpose}\""),
                format!("status=\"{status}\""),
                "given_by=\"both\"".to_owned(),
                "spoke_apart=true".to_owned(),
                "child_assent=\"assent\"".to_owned(),
                "given_on=\"2026-11-01\"".to_owned(),
            ];
            add_row(&mut batch, &id, "consents", &sets.each_ref().map(String::as_str));
        }
        add_row(&mut batch, &id, "information_given", &[r#"topic="tracing""#, r#"on="2026-11-01""#]);
        for kind in ["mhpss", "documentation"] {
            let service = add_row(&mut batch, &id, "services", &[&format!("type=\"{kind}\"")]);
            let of = format!("of=\"{service}\"");
            add_row(&mut batch, &id, "service_events", &[&of, r#"state="receiving""#, r#"at="2026-11-01""#]);
        }
        add_row(&mut batch, &id, "identity_documents", &[r#"type="school_document""#, r#"status="held""#]);
        add_row(&mut batch, &id, "bia", &[r#"completed_on="2026-11-02""#, r#"told_child_on="2026-11-03""#]);
        // The lines alone: what the paper says of itself names no fact.
        let lines_of = |text: &str| {
            let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  ")).collect();
            lines.join("\n")
        };
        let tells = |text: &str| lines.iter().any(|line| lines_of(text).contains(line));
        let before = copy(&mut batch, &tern, &id, "child", "txt");
        assert!(tells(&before), "{part}: {before}");
        let consent = add_row(&mut batch, &id, "consents", &[r#"purpose="case_management""#]);
        let kept = [&format!("of=\"{consent}\""), &format!("part=\"{part}\""), r#"kept_from="everyone""#];
        add_row(&mut batch, &id, "withholds", &kept);
        for whom in ["child", "caregiver"] {
            let text = copy(&mut batch, &tern, &id, whom, "txt");
            assert!(!tells(&text), "{part} for {whom}: {text}");
            assert!(text.contains("Samira Haidari"));
        }
    }
}

#[test]
fn a_paper_says_nothing_of_doubt_of_asylum_to_a_caregiver_or_of_papers_of_others() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    for (kind, status) in [
        ("passport", "false_or_altered_suspected"),
        ("refugee_or_asylum_id", "held"),
        ("marriage_certificate_of_parents", "held"),
        ("birth_certificate", "copy_only"),
    ] {
        let sets = [format!("type=\"{kind}\""), format!("status=\"{status}\"")];
        add_row(&mut batch, &id, "identity_documents", &sets.each_ref().map(String::as_str));
    }
    let caregiver = copy(&mut batch, &tern, &id, "caregiver", "txt");
    let child = copy(&mut batch, &tern, &id, "child", "txt");
    for text in [&caregiver, &child] {
        assert!(text.contains("Passport") && text.contains("Only a copy"), "{text}");
        for word in ["In doubt", "uspected", "altered", "arriage", "Parents"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    assert!(child.contains("Refugee") && !caregiver.contains("Refugee"), "{caregiver}");
}

#[test]
fn no_caregiver_gets_a_paper_where_family_may_be_the_danger() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    for (list, sets) in [
        ("incidents", &[r#"category="physical_violence""#, r#"perpetrator_group="family""#][..]),
        ("relations", &[r#"kind="stepfather""#, "child_comfortable=false"]),
        ("relations", &[r#"kind="mother""#, "contact_allowed=false"]),
    ] {
        let id = tern_child(&mut batch, &tern);
        let row = add_row(&mut batch, &id, list, sets);
        let file = tern.user().join("none.txt").display().to_string();
        batch.refused(&["export", "record", &id, &file, "--for", "caregiver"], "not-for-caregiver");
        assert!(!std::path::Path::new(&file).exists(), "nothing was written");
        batch.ok(&["edit", &id, "--set", &format!("{list}/{row}/removed=\"typed_by_mistake\"")]);
        copy(&mut batch, &tern, &id, "caregiver", "txt");
    }
}

#[cfg(unix)]
#[test]
fn no_paper_is_written_over_a_file_or_into_the_vault() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    let letter = tern.bring("letter.txt", "a letter");
    let vault = tern.home().join("vault.db").display().to_string();
    let inside = tern.home().join("blobs").join("copy.txt").display().to_string();
    let around = tern.user().join("..").join(tern.home().file_name().unwrap()).join("slots");
    let around = around.display().to_string();
    let link = tern.user().join("link.txt");
    std::os::unix::fs::symlink(tern.home().join("vault.db"), &link).unwrap();
    let link = link.display().to_string();
    let before = batch.ok(&["audit"]);
    for (file, code) in [
        (&vault, "inside-vault"),
        (&inside, "inside-vault"),
        (&around, "inside-vault"),
        (&link, "inside-vault"),
        (&letter, "file-there"),
    ] {
        for words in [
            &["export", "record", id.as_str(), file, "--for", "child"][..],
            &["print", "blank", "child", file],
        ] {
            batch.refused(words, code);
            if code == "inside-vault" {
                batch.refused(&[words, &["--force"]].concat(), code);
            }
        }
    }
    assert_eq!(batch.ok(&["audit"]), before, "what was not made is not told as made");
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), "a letter");
    batch.ok(&["export", "record", &id, &letter, "--for", "child", "--force"]);
    assert!(std::fs::read_to_string(&letter).unwrap().contains("Samira Haidari"));
    let fresh = tern.user().join("fresh.html").display().to_string();
    batch.ok(&["print", "blank", "child", &fresh]);
    batch.end();
    assert_eq!(tern.run(&["verify"]).ok()["problems"], json!([]));
}

#[test]
fn nobody_moves_before_the_last_move_or_birth_into_a_house_that_is_gone_or_out_of_none() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let (a, b) = (tern_child(&mut batch, &tern), tern_child(&mut batch, &tern));
    batch.refused(&["family", "move", &a], "not-in-household");
    batch.refused(&["family", "move", "--unit", "Tent 4"], "not-in-household");
    batch.refused(&["family", "move", &a, "--unit", "Tent 4", "--on", "2010-01-01"], "impossible-date");
    batch.refused(&["family", "move", &a, "--name", "Haidari\u{202e}"], "hidden-sign");
    batch.refused(&["family", "move", &a, "--name", &"N".repeat(3000)], "too-long");
    batch.refused(&["tally", "begin", &"N".repeat(3000), "3"], "too-long");
    batch.refused(&["tally", "begin", "Second\nbus", "3"], "hidden-sign");
    batch.ok(&["family", "move", &a, "--unit", "Tent 4", "--on", "2026-11-20"]);
    batch.ok(&["family", "move", &b, "--unit", "Tent 5", "--on", "2026-11-20"]);
    batch.refused(&["family", "move", &a, "--on", "2026-11-19"], "impossible-date");
    let homes = batch.ok(&["list", "household"]);
    let homes: Vec<String> =
        homes.as_array().unwrap().iter().map(|home| home["id"].as_str().unwrap().to_owned()).collect();
    batch.ok(&["family", "move", "--whole", &homes[0], "--to", &homes[1]]);
    batch.refused(&["family", "move", "--whole", &homes[1], "--to", &homes[0]], "unknown-list");
    batch.refused(&["family", "move", &a, "--to", &homes[0]], "unknown-list");
    batch.refused(&["family", "next", &a, "--person", "nonsense"], "unknown-row");
}
