//! Paper forms: blank ones from the schema, and bundles of typed ones.

use serde_json::json;
use tern_form::Item;
use tern_stories::Tern;
use tern_stories::field::field;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

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
