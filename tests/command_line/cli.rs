//! The promises of the command line for one worker on one device: keys, exit codes, and what each command means.
//! Everything here runs the built program and reads what it prints.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tern_stories::{Batch, Tern};

mod finding;

use finding::people;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn samira() -> Value {
    json!({
        "names": [{ "text": "Ámina Velrešová" }, "سمیرا حیدری"],
        "sex": "F", "age": 11, "accompaniment": "unaccompanied",
        "where_from": "Tarrin", "languages": ["prs"], "distinguishing_marks": "a scar on the left hand",
        "external_ids": [{ "system": "story", "value": "X-77" }],
    })
}

/// A practice programme, unlocked, with one child; gives the child as `register` printed it.
fn one_child() -> (Tern, Batch, Value) {
    let tern = Tern::practising(TERN);
    let child = tern.register(&samira()).ok();
    let batch = tern.batch();
    (tern, batch, child)
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

fn ids(found: &Value) -> Vec<&str> {
    found.as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn heads(of: &Value) -> String {
    of["heads"].as_array().unwrap().iter().map(text).collect::<Vec<_>>().join(",")
}

#[test]
fn a_programme_is_made_once_and_tells_its_secrets_once() {
    let tern = Tern::new(TERN);
    let made = tern.begin(&["--practice"]);
    assert_eq!(keys(&made), ["device", "practice", "realm", "rescue_code", "scopes", "seat"]);
    assert_eq!((&made["practice"], made["scopes"].as_array().unwrap().len()), (&json!(true), 5));
    let words = ["programme", "create", "--name", "B", "--site", "S", "--country", "QME", "--worker", "W"];
    tern.run(&words).refused(1, "not-empty");
    let drawn = Tern::new(TERN);
    let nowhere = words.map(|word| if word == "QME" { "Estmark" } else { word });
    drawn.run(&nowhere).refused(1, "unknown-country");
    let said: tern_stories::Said =
        drawn.command(&words).arg("--json").env_remove("TERN_PASSPHRASE").output().unwrap().into();
    let made = said.ok();
    assert_eq!(keys(&made), ["device", "passphrase", "practice", "realm", "rescue_code", "scopes", "seat"]);
    assert_eq!((&made["practice"], text(&made["passphrase"]).split(' ').count()), (&json!(false), 5));
    let file = drawn.bring("words", format!("{}\n", text(&made["passphrase"])));
    let found = drawn.run(&["find", "nobody", "--passphrase-file", &file]).ok();
    assert_eq!(found, json!([]));
    drawn.run(&["find", "nobody"]).refused(1, "wrong-passphrase");
}

#[test]
fn a_narrow_core_belongs_to_the_site_and_works_the_same() {
    let tern = Tern::new(TERN);
    let made = tern.begin(&["--practice", "--narrow-core"]);
    assert_eq!(made["scopes"].as_array().unwrap().len(), 5);
    let child = tern.register(&samira()).ok();
    assert_eq!(tern.run(&["find", "Samira"]).ok()[0]["id"], child["id"]);
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn a_registered_child_has_a_number_heads_remarks_and_those_who_may_be_the_same() {
    let (tern, mut batch, child) = one_child();
    assert_eq!(keys(&child), ["heads", "id", "may_be_same", "remarks", "short_id"]);
    assert_eq!((text(&child["id"]).len(), text(&child["short_id"]).len()), (26, 9));
    let mut grown = samira();
    grown["age"] = json!(19);
    let file = tern.bring("grown.json", grown.to_string());
    let grown = batch.ok(&["register", "--answers", &file]);
    assert_eq!(grown["remarks"], json!([{ "path": "dob", "code": "age-doubt" }]));
    let file = tern.bring("again.json", samira().to_string());
    let again = batch.ok(&["register", "--answers", &file]);
    let same = &again["may_be_same"][0];
    assert_eq!(keys(same), ["id", "reasons", "short_id", "strength"]);
    assert_eq!((&same["id"], &same["strength"]), (&child["id"], &json!("many")));
    let file = tern.bring("absent.json", r#"{"name_absent_reason":"infant_not_named","sex":"M","age_unknown":true,"accompaniment":"separated"}"#);
    let nameless = batch.ok(&["register", "--answers", &file]);
    assert_eq!(nameless["may_be_same"], json!([]));
    let fields = batch.ok(&["show", text(&nameless["id"])])["fields"].clone();
    assert_eq!(fields["name_absent_reason"]["value"], "infant_not_named");
}

#[test]
fn standard_input_registers_too() {
    let tern = Tern::practising(TERN);
    let file = tern.bring("answers.json", samira().to_string());
    let mut command = tern.command(&["register", "--answers", "-", "--json"]);
    command.stdin(std::fs::File::open(file).unwrap());
    let said: tern_stories::Said = command.output().unwrap().into();
    assert_eq!(text(&said.ok()["id"]).len(), 26);
}

#[test]
fn show_gives_settled_fields_by_path_and_leaves_blank_ones_out() {
    let (_tern, mut batch, child) = one_child();
    let shown = batch.ok(&["show", text(&child["id"])]);
    assert_eq!(keys(&shown), ["fields", "heads", "id", "short_id"]);
    assert_eq!(shown["heads"], child["heads"]);
    let fields = shown["fields"].as_object().unwrap();
    assert_eq!(fields["sex"], json!({ "state": "settled", "value": "F" }));
    assert_eq!(fields["distinguishing_marks"]["value"], "a scar on the left hand");
    assert!(!fields.contains_key("birth_place"));
    let names = fields.keys().filter(|path| path.starts_with("names/") && path.ends_with("/name"));
    assert_eq!(names.count(), 2);
    batch.ok(&["edit", text(&child["id"]), "--set", "where_from=null"]);
    assert!(batch.ok(&["show", text(&child["id"])])["fields"].get("where_from").is_none());
}

#[test]
fn a_change_names_itself_and_no_change_is_null() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let changed = batch.ok(&["edit", id, "--set", "where_from=\"Old Mill\""]);
    assert_eq!(keys(&changed), ["change", "changes", "heads"]);
    assert_eq!(changed["changes"], json!([changed["change"]]));
    assert_ne!(changed["heads"], child["heads"]);
    let same = batch.ok(&["edit", id, "--set", "where_from=\"Old Mill\""]);
    assert_eq!(same, json!({ "change": null, "changes": [], "heads": changed["heads"] }));
    let two = batch.ok(&["edit", id, "--set", "sex=\"M\"", "--set", "distinguishing_marks=\"none\""]);
    assert_eq!(two["changes"].as_array().unwrap().len(), 2, "one a compartment");
    batch.refused(&["edit", id, "--set", "sex=\"F\"", "--heads", &"0".repeat(64)], "bad-heads");
    batch.refused(&["edit", id, "--set", "sex=\"F\"", "--heads", "x"], "bad-heads");
}

#[test]
fn old_heads_make_a_dispute_that_shows_every_value_until_somebody_decides() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    batch.ok(&["edit", id, "--set", "where_from=\"Old Mill\""]);
    let late = batch.ok(&["edit", id, "--set", "where_from=\"Harbour\"", "--heads", &heads(&child)]);
    let field = batch.ok(&["show", id])["fields"]["where_from"].clone();
    assert_eq!(keys(&field), ["shown", "state", "values"]);
    assert_eq!(field["state"], "disputed");
    let values = field["values"].as_array().unwrap();
    assert_eq!(keys(&values[0]), ["at", "by", "change", "device", "value"]);
    let said: BTreeSet<&str> = values.iter().map(|value| text(&value["value"])).collect();
    assert_eq!(said, BTreeSet::from(["Harbour", "Old Mill"]));
    assert!(values.iter().all(|value| value["by"] == "Leila"));
    assert!(values.iter().any(|value| value["change"] == late["change"]));
    let equal = batch.ok(&["edit", id, "--set", "birth_place=\"Velmar\""]);
    batch.ok(&["edit", id, "--set", "birth_place=\"Velmar\"", "--heads", &heads(&child)]);
    assert_eq!(batch.ok(&["show", id])["fields"]["birth_place"]["state"], "settled", "equal is no dispute");
    assert_ne!(equal["change"], Value::Null);
    batch.ok(&["edit", id, "--set", "where_from=\"Harbour\""]);
    let field = batch.ok(&["show", id])["fields"]["where_from"].clone();
    assert_eq!(field, json!({ "state": "settled", "value": "Harbour" }));
}

#[test]
fn a_row_is_added_with_an_id_of_its_own() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let added = batch.ok(&["add", id, "nationalities", "--set", "country=\"QME\""]);
    assert_eq!(keys(&added), ["change", "changes", "entity", "heads"]);
    let path = format!("nationalities/{}/country", text(&added["entity"]));
    assert_eq!(batch.ok(&["show", id])["fields"][&path]["value"], "QME");
    let again = batch.ok(&["add", id, "nationalities", "--set", "country=\"QME\""]);
    assert_ne!(again["entity"], added["entity"]);
    batch.refused(&["add", id, "nicknames", "--set", "name=\"x\""], "unknown-field");
}

#[test]
fn history_tells_every_change_oldest_first() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let first = batch.ok(&["edit", id, "--set", "where_from=\"Old Mill\""]);
    let second = batch.ok(&["edit", id, "--set", "distinguishing_marks=null"]);
    let history = batch.ok(&["history", id]);
    let changes = history.as_array().unwrap();
    let known = ["after", "at", "before", "by", "cause", "change", "clock", "device", "paths"];
    assert!(changes.iter().all(|change| keys(change) == known));
    let causes: Vec<&str> = changes.iter().map(|change| text(&change["cause"])).collect();
    assert_eq!(causes, ["registered", "registered", "typed", "typed"]);
    assert_eq!([&changes[2]["change"], &changes[3]["change"]], [&first["change"], &second["change"]]);
    let moments: Vec<&str> = changes.iter().map(|change| text(&change["at"])).collect();
    assert!(moments.is_sorted() && moments.iter().all(|at| at.contains('T') && at.len() >= 20));
    let mill = &changes[2];
    assert_eq!(mill["paths"], json!(["where_from"]));
    assert_eq!(
        (&mill["before"]["where_from"], &mill["after"]["where_from"]),
        (&json!("Tarrin"), &json!("Old Mill"))
    );
    assert_eq!(changes[3]["after"]["distinguishing_marks"], Value::Null);
}

#[test]
fn as_of_shows_what_was_stated_then_and_at_never_dates_a_change() {
    let (tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let registered = text(&batch.ok(&["history", id])[0]["at"]).to_owned();
    std::thread::sleep(std::time::Duration::from_millis(5));
    batch.ok(&["edit", id, "--set", "sex=\"M\""]);
    assert_eq!(batch.ok(&["show", id, "--as-of", &registered])["fields"]["sex"]["value"], "F");
    let before = batch.ok(&["show", id, "--as-of", "2019-01-01T00:00:00+02:00"]);
    assert_eq!(before["fields"], json!({}));
    assert_eq!(before["note"], "This record was not begun at that time, so nothing was stated yet.");
    assert!(batch.ok(&["show", id, "--as-of", &registered])["note"].is_null());
    assert_eq!(batch.ok(&["show", id])["fields"]["sex"]["value"], "M");
    let later = "2031-06-01T12:00:00Z";
    let years = |hits: &Value| hits[0]["age"]["years"].as_i64().unwrap();
    let aged = years(&batch.ok(&["--at", later, "find", "amina"])) - years(&batch.ok(&["find", "amina"]));
    assert!((4..=5).contains(&aged), "{aged}");
    batch.ok(&["--at", later, "edit", id, "--set", "sex=\"F\""]);
    batch.end();
    tern.run(&["--at", later, "edit", id, "--set", "where_from=\"Old Mill\""]).ok();
    tern.run(&["--at", later, "add", id, "nationalities", "--set", "country=\"QME\""]).ok();
    let history = tern.run(&["history", id]).ok();
    let history = history.as_array().unwrap();
    assert_eq!(history.len(), 6);
    assert!(history.iter().all(|change| text(&change["at"]) < "2030"));
}

#[test]
fn after_any_kind_of_change_the_derived_tables_are_those_of_a_rebuild() {
    let (tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let check = |done: &str, batch: &mut Batch| {
        let found = batch.ok(&["verify"]);
        assert_eq!(keys(&found), ["envelopes", "intents", "problems", "records"]);
        assert_eq!(found["problems"], json!([]), "after {done}");
    };
    check("registering", &mut batch);
    batch.ok(&["edit", id, "--set", "sex=\"M\""]);
    check("a change in the core", &mut batch);
    batch.ok(&["edit", id, "--set", "distinguishing_marks=\"two scars\""]);
    check("a change in protection", &mut batch);
    batch.ok(&["edit", id, "--set", "where_from=\"Old Mill\"", "--heads", &heads(&child)]);
    check("a dispute", &mut batch);
    let added = batch.ok(&["add", id, "names", "--set", "name=\"Zuna\\nVelmar\""]);
    check("a name of two lines", &mut batch);
    batch.ok(&[
        "edit",
        id,
        "--set",
        &format!("names/{}/removed=\"typed_by_mistake\"", text(&added["entity"])),
    ]);
    check("taking a row out", &mut batch);
    assert_eq!(batch.ok(&["find", "zuna"]), json!([]));
    batch.ok(&["demo", "--children", "10", "--seed", "1"]);
    check("demo", &mut batch);
    let before = people(&mut batch);
    let rebuilt = batch.ok(&["verify", "--rebuild"]);
    assert_eq!((&rebuilt["problems"], &rebuilt["records"]), (&json!([]), &json!(11)));
    check("a rebuild", &mut batch);
    assert_eq!(people(&mut batch), before);
    assert_eq!(batch.end(), (0, String::new()));
    let verified = tern.run(&["verify"]);
    assert_eq!(verified.ok()["intents"], rebuilt["intents"]);
}

#[test]
fn lock_seals_everything() {
    let (_tern, mut batch, child) = one_child();
    batch.ok(&["edit", text(&child["id"]), "--set", "sex=\"M\"", "--set", "distinguishing_marks=null"]);
    let before = batch.ok(&["verify"]);
    let locked = batch.ok(&["lock"]);
    assert_eq!(locked["unsealed"], 0);
    let after = batch.ok(&["verify"]);
    assert_eq!((&after["problems"], &after["intents"]), (&json!([]), &json!(4)));
    assert_eq!(after["envelopes"].as_i64().unwrap(), before["envelopes"].as_i64().unwrap() + 2);
    assert_eq!(batch.ok(&["lock"])["envelopes"], locked["envelopes"], "nothing new, no envelope");
}

#[test]
fn batch_answers_each_line_at_once_and_goes_on_after_a_refusal() {
    let (tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    batch.refused(&["find"], "usage");
    batch.refused(&["batch"], "usage");
    batch.refused(
        &["programme", "create", "--name", "a", "--site", "b", "--country", "QME", "--worker", "c"],
        "usage",
    );
    batch.send_line("[\"find\",");
    assert_eq!(batch.answer().unwrap()["error"]["code"], "bad-json");
    batch.send_line("{}");
    assert_eq!(batch.answer().unwrap()["error"]["code"], "usage");
    batch.send_line("");
    assert_eq!(ids(&batch.ok(&["find", "amina"])), [id]);
    batch.send(&["edit", id, "--set", "sex=\"M\""]);
    batch.send(&["show", id]);
    assert_ne!(batch.answer().unwrap()["ok"]["change"], Value::Null);
    assert_eq!(batch.answer().unwrap()["ok"]["fields"]["sex"]["value"], "M");
    assert_eq!(batch.end(), (0, String::new()));
    assert_eq!(tern.run(&["find", "amina"]).ok().as_array().unwrap().len(), 1);
}

#[test]
fn without_json_it_speaks_to_people() {
    let (tern, batch, child) = one_child();
    batch.end();
    let nothing = tern.plain(&["find", "Quillon"]);
    assert_eq!((nothing.exit, nothing.out.as_str(), nothing.err.as_str()), (0, "Nothing.\n", ""));
    let shown = tern.plain(&["show", text(&child["id"])]);
    assert!(shown.exit == 0 && shown.out.contains("Tarrin"));
    let refused = tern.plain(&["show", "X-78"]);
    assert_eq!((refused.exit, refused.out.as_str()), (1, ""));
    assert_eq!(
        refused.err,
        "No child on this device has this number.\nCheck the number, or search by name.\n"
    );
    let version = tern.plain(&["--version"]);
    assert!(version.exit == 0 && version.out.starts_with("tern "));
    assert!(tern.plain(&["--help"]).out.contains("history"));
}

#[test]
fn the_help_shows_answers_that_register_takes_and_a_wrong_word_leads_to_the_help_of_its_command() {
    let tern = Tern::practising(TERN);
    let help = tern.plain(&["register", "--help"]).out;
    let (from, to) = (help.find('{').unwrap(), help.find('}').unwrap());
    tern.register(&serde_json::from_str(&help[from..=to]).unwrap()).ok();
    for (words, hint) in [
        (vec!["programme", "begin"], "tern programme --help tells what belongs there.\n"),
        (vec!["sync", "read", "one", "two"], "tern sync read --help tells what belongs there.\n"),
        (vec!["begin"], "tern --help tells what belongs there.\n"),
    ] {
        let refused = tern.plain(&words);
        assert!(refused.exit == 2 && refused.err.ends_with(hint), "{}", refused.err);
    }
}

#[test]
fn codes_names_every_list_and_what_a_field_takes() {
    let (tern, mut batch, child) = one_child();
    let lists = batch.ok(&["codes"]);
    let of_list =
        |name: &str| lists.as_array().unwrap().iter().find(|list| list["list"] == name).unwrap().clone();
    assert!(of_list("sex")["fields"].as_array().unwrap().contains(&json!("sex")), "{}", of_list("sex"));
    // Each that a field takes is one that an edit takes, those that say why nothing is known too.
    let codes = batch.ok(&["codes", "sex"]);
    let mut taken = Vec::new();
    for code in codes.as_array().unwrap() {
        batch.ok(&["edit", text(&child["id"]), "--set", &format!("sex={}", code["code"])]);
        taken.push(text(&code["code"]));
    }
    assert!(taken.contains(&"M") && taken.contains(&"not_asked") && !taken.contains(&"unknown"), "{taken:?}");
    // A list that no field is named by, with its words.
    let bands = batch.ok(&["codes", "age_band_seen"]);
    assert_eq!(bands.as_array().unwrap().len() as u64, of_list("age_band_seen")["codes"]);
    assert!(bands.as_array().unwrap().iter().all(|code| !text(&code["label"]).is_empty()));
    assert_eq!(batch.ask(&["codes", "hair"])["error"]["code"], "unknown-codes");
    assert_eq!(batch.ask(&["codes", "where_from"])["error"]["code"], "unknown-codes", "a field of words");
    batch.end();
    assert!(tern.plain(&["codes", "sex"]).out.contains("not_asked"));
}

#[test]
fn records_of_other_kinds_are_begun_listed_changed_and_named_by_what_they_point_to() {
    let (_tern, mut batch, child) = one_child();
    let kinds = batch.ok(&["list"]);
    let kinds: Vec<&str> = kinds.as_array().unwrap().iter().map(|kind| text(&kind["kind"])).collect();
    assert!(kinds.len() >= 11 && kinds.contains(&"facility") && !kinds.contains(&"child"), "{kinds:?}");
    batch.refused(&["new", "shipyard", "--set", "facility.name=\"Pier\""], "unknown-kind");
    batch.refused(&["new", "facility", "--set", "sex=\"F\""], "unknown-field");
    batch.refused(&["new", "facility", "--set", "facility.type=\"school\""], "answer-needed");
    let place = batch.ok(&["new", "facility", "--set", "facility.name=\"Pier house\""]);
    let id = text(&place["id"]);
    assert_eq!((&place["title"], &place["kind"]), (&json!("Pier house"), &json!("facility")));
    let about = format!("visit.facility=\"{id}\"");
    let visit = batch.ok(&["new", "visit", "--set", &about, "--set", "visit.from=\"2026-11-03\""]);
    assert_eq!(visit["title"], "Pier house · 3 November 2026");
    // A visit is called by its place, also after the place has another name.
    batch.ok(&["edit", id, "--set", "facility.name=\"Pier house north\""]);
    assert_eq!(batch.ok(&["list", "visit"])[0]["title"], "Pier house north · 3 November 2026");
    assert_eq!(batch.ok(&["list", "facility"])[0]["short_id"], place["short_id"]);
    assert_eq!(batch.ok(&["show", id])["fields"]["facility.name"]["value"], "Pier house north");
    assert_eq!(batch.ok(&["history", id]).as_array().unwrap().len(), 2);
    // The newest count says how full it is; a count without a day says nothing.
    let count = |day: &str, taken: &str| {
        let words = ["add", id, "capacity", "--set", "places_children=24", "--set"];
        let more = [format!("occupied_children={taken}"), "--set".into(), format!("at={day}")];
        words.iter().map(|word| (*word).to_owned()).chain(more).collect::<Vec<String>>()
    };
    batch.ok(&count("\"2026-11-03\"", "18"));
    batch.ok(&count("\"2026-10-01\"", "24"));
    batch.ok(&count("null", "1"));
    let occupancy = batch.ok(&["list", "facility"])[0]["occupancy"].clone();
    assert_eq!(
        occupancy,
        json!({"on": "2026-11-03", "children": {"places": 24, "taken": 18, "percent": 75}})
    );
    // An answer stays with its kind of record, and only what is about nobody is handed on as text.
    batch.refused(&["edit", id, "--set", "sex=\"F\""], "unknown-field");
    batch.refused(&["edit", text(&child["id"]), "--set", "facility.name=\"x\""], "unknown-field");
    batch.refused(&["text", id], "not-as-text");
    batch.refused(&["text", text(&child["id"])], "unknown-thing");
    let note = [
        "new",
        "practice",
        "--set",
        "practice.title=\"Evening tea\"",
        "--set",
        "practice.result=\"Calmer nights\"",
    ];
    let note = batch.ok(&note);
    let told = batch.ok(&["text", text(&note["id"])])["text"].clone();
    assert!(text(&told).contains("Evening tea") && text(&told).contains("Calmer nights"));
    assert!(!text(&told).contains("Leila"), "no worker's name goes along");
    assert!(batch.ok(&["verify", "--rebuild"])["problems"].as_array().unwrap().is_empty());
    assert_eq!(batch.ok(&["list", "visit"])[0]["title"], "Pier house north · 3 November 2026");
    batch.end();
}

#[test]
fn every_refusal_names_list_and_field_and_nothing_that_was_typed() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    for (words, code, path) in [
        (["add", id, "nicknames", "--set", "name=\"Kiko\""], "unknown-field", "nicknames/name"),
        (["add", id, "relations", "--set", "nonsense=\"Kiko\""], "unknown-field", "relations/nonsense"),
        (["add", id, "relations", "--set", "kind=\"Kiko\""], "wrong-code", "relations/kind"),
        (
            ["add", id, "relations", "--set", "verified_on=\"2026-13-01\""],
            "impossible-date",
            "relations/verified_on",
        ),
        (["add", id, "relations", "--set", "kind=Kiko"], "bad-json", "kind"),
        (["add", id, "returns", "--set", "planned_on=\"2026-12-01\""], "rule-D-22", "returns/planned_on"),
        (["edit", id, "--set", "sex=\"Kiko\"", "--json"], "wrong-code", "sex"),
        (["edit", id, "--set", "relations/KIKO/kind=\"aunt\"", "--json"], "unknown-row", "relations/kind"),
        (["edit", id, "--set", "relations/+1/kind=\"Kiko\"", "--json"], "wrong-code", "relations/+1/kind"),
        (
            ["new", "facility", "--set", "capacity/+1/at=\"Kiko\"", "--json"],
            "impossible-date",
            "capacity/+1/at",
        ),
        (["new", "facility", "--set", "facility.name=7", "--json"], "wrong-shape", "facility.name"),
    ] {
        let said = batch.ask(&words);
        assert_eq!(
            (&said["error"]["code"], &said["error"]["paths"]),
            (&json!(code), &json!([path])),
            "{words:?}"
        );
        assert!(!said.to_string().to_lowercase().contains("kiko"), "{said}");
    }
}

#[test]
fn a_document_whose_check_digit_does_not_fit_is_kept_with_a_remark() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let lines = "P<QMEVELRESOVA<<AMINA<<<<<<<<<<<<<<<<<<<<<<<\\nL898902C37QME7408122F1204159ZE184226B<<<<<10";
    let set = format!("mrz_lines=\"{lines}\"");
    let added = batch.ok(&["add", id, "identity_documents", "--set", "type=\"passport\"", "--set", &set]);
    let remarks = added["remarks"].as_array().unwrap();
    let path = format!("identity_documents/{}/mrz_lines", text(&added["entity"]));
    assert!(remarks.iter().any(|remark| remark["code"] == "mrz-check-number"), "{remarks:?}");
    assert!(
        remarks.iter().all(|remark| remark["path"] == path.as_str() && !text(&remark["text"]).is_empty())
    );
    let edited = batch.ok(&["edit", id, "--set", &format!("{path}=\"{lines}<\"")]);
    assert!(!edited["remarks"].as_array().unwrap().is_empty(), "{edited}");
}

#[test]
fn a_day_begins_where_the_device_is() {
    let tern = Tern::practising(TERN);
    let answers = json!({ "names": ["Anri"], "sex": "M", "age": 9, "accompaniment": "unaccompanied" });
    let id = tern.register(&answers).ok()["id"].as_str().unwrap().to_owned();
    for (zone, offset) in [("<+14>-14", "+14:00"), ("<-11>11", "-11:00")] {
        let group = format!("case.group=\"{}\"", offset.replace([':', '+', '-'], ""));
        assert!(
            tern.command(&["edit", &id, "--set", &group]).env("TZ", zone).output().unwrap().status.success()
        );
        let said = tern.run(&["history", &id]).ok();
        let at = said.as_array().unwrap().last().unwrap()["at"].as_str().unwrap().to_owned();
        assert!(at.ends_with(offset), "{zone}: {at}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_crash_leaves_no_picture_of_the_memory() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    batch.ok(&["board"]);
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", batch.pid())).unwrap();
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    batch.end();
}
