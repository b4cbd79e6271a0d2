//! Forms are data: a field of each kind, added to a copy of `schema/` and nowhere else, is edited, shown, found and
//! kept in history with before and after. `ui/e2e/forms.mjs` does the same through the controls of the window.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tern_app::call::call;
use tern_app::programme::NewProgramme;
use tern_app::{App, Desk, Ports, Schema, script};
use tern_form::Kind;
use tern_seal::slot::Cost;
use tern_testkit::{FakeClock, Seeded};

/// 2026-11-24 12:00 UTC.
const NOON: i64 = 1_795_521_600_000;
const PASSPHRASE: &str = "the tern flies far north every year";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(file: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// The fields, their answers and their words.
fn fixture() -> Value {
    read(&root().join("tests/golden/forms/one-of-each.json"))
}

fn fields(fixture: &Value) -> &Vec<Value> {
    fixture["fields"].as_array().unwrap()
}

fn id(field: &Value) -> &str {
    field["field"]["id"].as_str().unwrap()
}

/// The path that an answer is put to: of a set, one member's.
fn path(field: &Value) -> String {
    field["member"]
        .as_str()
        .map_or_else(|| id(field).to_owned(), |member| format!("{}/{member}/in", id(field)))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, target).map(drop).unwrap() }
    }
}

/// A copy of the schema with the fields in it. Only JSON and Fluent are written.
fn grown(folder: &Path) -> Schema {
    for part in ["forms", "codelists", "locales"] {
        copy(&root().join("schema").join(part), &folder.join(part));
    }
    let new = fixture();
    let file = folder.join("forms/child.v1.json");
    let mut form = read(&file);
    let mut items: Vec<Value> = fields(&new).iter().map(|field| field["field"].clone()).collect();
    items.extend([new["list"].clone(), new["blob"].clone()]);
    form["sections"].as_array_mut().unwrap().push(json!({ "id": new["section"], "items": items }));
    for page in
        form["pages"].as_array_mut().unwrap().iter_mut().filter(|page| page["id"] == new["page"]["id"])
    {
        page["items"].as_array_mut().unwrap().extend(new["page"]["items"].as_array().unwrap().clone());
    }
    std::fs::write(file, form.to_string()).unwrap();
    let list = new["codelist"]["list"].as_str().unwrap();
    std::fs::write(folder.join(format!("codelists/{list}.json")), new["codelist"].to_string()).unwrap();
    let words = "one-of-each.ftl";
    std::fs::copy(root().join("tests/golden/forms").join(words), folder.join("locales/en").join(words))
        .unwrap();
    Schema::load(folder).unwrap()
}

/// A window on an empty data folder, and the words that open it again.
struct Window {
    desk: Desk,
    clock: FakeClock,
    words: String,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let clock = FakeClock::at(NOON);
        let ports = Ports {
            clock: Box::new(clock.clone()),
            random: Mutex::new(Box::new(Seeded::new(7))),
            vfs: None,
            keystore: None,
        };
        let schema = grown(&folder.join("schema"));
        let mut window = Self {
            desk: Desk::new(folder.join("home"), schema, ports, Cost::FLOOR),
            clock,
            words: String::new(),
        };
        let secrets = window.call("draw_secrets", json!({}));
        let words: Vec<&str> =
            secrets["words"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        window.words = words.join(" ");
        let groups = &secrets["rescue_groups"];
        let ask = json!({ "name": "Harbour", "site": "Velmar", "country": "QME", "worker": "Leila",
            "practice": true, "words": window.words, "rescue_check": { "0": groups[0], "2": groups[2] } });
        assert_eq!(window.call("create_programme", json!({ "ask": ask }))["door"], "open");
        window
    }

    fn call(&self, command: &str, args: Value) -> Value {
        self.clock.pass(400);
        call(&self.desk, command, &args).unwrap_or_else(|refused| panic!("{command}: {refused:?}"))
    }

    /// The fast path's four answers, and the new question that a page asks; gives the record's id.
    fn register(&self, asked: (&str, &Value)) -> String {
        let draft = self.call("begin_draft", json!({}))["id"].clone();
        let put = |path: &str, value: Value| {
            self.call(
                "put_draft",
                json!({ "ask": { "id": draft, "path": path, "value": value, "typing": false } }),
            )
        };
        put("names/+1/name", json!("Samira"));
        put("sex", json!("F"));
        put("dob", json!({ "age": 9 }));
        put(asked.0, asked.1.clone());
        let child = put("companions_answered", json!("none_to_add"))["child"]["id"].clone();
        self.call("finish_draft", json!({ "id": draft }));
        child.as_str().unwrap().to_owned()
    }

    fn edit(&self, id: &str, puts: Value) -> Value {
        let heads = self.call("child", json!({ "id": id }))["heads"].clone();
        self.call("edit_child", json!({ "ask": { "id": id, "heads": heads, "puts": puts } }))
    }

    /// The child as its page shows it once what is restricted was opened for a reason.
    fn child(&self, id: &str) -> Value {
        let mut child = self.call("child", json!({ "id": id }));
        let opened = self.call("open_restricted", json!({ "id": id, "reason": "a test" }));
        for (path, held) in opened.as_object().unwrap() {
            assert!(child["fields"].get(path).is_none(), "{path} stays closed without a reason");
            child["fields"][path] = held.clone();
        }
        child
    }

    fn finds(&self, word: &str, id: &str) {
        let found = self.call("find", json!({ "text": word, "limit": 5 }));
        assert_eq!(
            (&found["nearest_only"], &found["hits"][0]["child"]["id"]),
            (&json!(false), &json!(id)),
            "{word}"
        );
    }
}

/// What the last change of a path said in the history.
fn told<'a>(history: &'a Value, path: &str) -> &'a Value {
    let puts = history.as_array().unwrap().iter().flat_map(|change| change["puts"].as_array().unwrap());
    puts.rev().find(|put| put["path"] == path).unwrap_or_else(|| panic!("{path} stands in the history"))
}

#[test]
fn the_fixture_has_every_kind_that_there_is() {
    let new = fixture();
    let kind = |field: &Value| field["kind"].as_str().unwrap().to_owned();
    let listed = new["list"]["fields"].as_array().unwrap().iter();
    let all: BTreeSet<String> = fields(&new)
        .iter()
        .map(|field| &field["field"])
        .chain(listed)
        .chain([&new["blob"]])
        .map(kind)
        .collect();
    let known: BTreeSet<String> = Kind::ALL.iter().map(|kind| kind.id().to_owned()).collect();
    assert_eq!(all, known);
}

#[test]
fn a_field_of_each_kind_is_asked_edited_shown_found_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let (window, new) = (Window::open(folder.path()), fixture());
    let fields = fields(&new);
    let id_of_page = new["page"]["items"][0].as_str().unwrap();
    let child = window.register((id_of_page, &fields[0]["answers"][0]["json"]));
    assert_eq!(window.child(&child)["fields"][id_of_page]["text"], fields[0]["answers"][0]["reads"]);

    for field in fields {
        let path = path(field);
        for answer in field["answers"].as_array().unwrap() {
            let done = window.edit(&child, json!({ &path: answer["json"] }));
            let shown = &window.child(&child)["fields"][&path];
            assert_eq!(
                (&shown["state"], &shown["text"]),
                (&json!("settled"), &answer["reads"]),
                "{path}: {done}"
            );
        }
        if field["field"]["tier"] == "T4" {
            continue;
        }
        let said = told_of(&window, &child, &path);
        let (before, after) = (&field["answers"][0]["reads"], &field["answers"][1]["reads"]);
        assert_eq!((&said["before"], &said["after"]), (&json!([before]), after), "{path}");
    }
    for field in fields.iter().filter(|field| field["find"].is_string()) {
        window.finds(field["find"].as_str().unwrap(), &child);
    }

    window.call("lock", json!({}));
    window.call("unlock", json!({ "words": window.words }));
    let kept = window.child(&child);
    for field in fields {
        assert_eq!(
            kept["fields"][path(field)]["text"],
            field["answers"][1]["reads"],
            "{} after unlocking",
            id(field)
        );
        let cleared = window.edit(&child, json!({ path(field): null }));
        assert_eq!(cleared["changes"].as_array().unwrap().len(), 1, "{}", id(field));
        assert!(window.child(&child)["fields"].get(path(field)).is_none(), "{} can be cleared", id(field));
    }
}

fn told_of(window: &Window, child: &str, path: &str) -> Value {
    told(&window.call("history", json!({ "id": child })), path).clone()
}

#[test]
fn rows_of_a_new_list_begin_change_are_found_and_are_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let (window, new) = (Window::open(folder.path()), fixture());
    let child = window.register(("where_from", &json!("Tarrin")));
    let (list, row) = (new["list"]["list"].as_str().unwrap(), &new["row"]);
    let begun = window.edit(
        &child,
        json!({ format!("{list}/+1/thing"): row["thing"], format!("{list}/+1/how_many"): row["how_many"] }),
    );
    let entity = begun["rows"].as_object().unwrap().values().next().unwrap().as_str().unwrap();
    let thing = format!("{list}/{entity}/thing");
    window.edit(&child, json!({ &thing: row["then"] }));
    window.finds(row["find"].as_str().unwrap(), &child);
    let said = told_of(&window, &child, &thing);
    assert_eq!((&said["before"], &said["after"]), (&json!([row["thing"]]), &row["then"]));
    assert_eq!(window.child(&child)["fields"][format!("{list}/{entity}/how_many")]["value"], row["how_many"]);
    window.edit(&child, json!({ format!("{list}/{entity}/removed"): "typed_by_mistake" }));
    assert_eq!(window.child(&child)["removed"], json!([format!("{list}/{entity}")]));
    let found = window.call("find", json!({ "text": row["find"], "limit": 5 }));
    assert!(found["nearest_only"] == true || found["hits"] == json!([]));
}

#[test]
fn the_window_gets_the_new_section_with_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let (window, new) = (Window::open(folder.path()), fixture());
    let form = window.call("form", json!({ "id": "child" }));
    let section = form["sections"].as_array().unwrap().last().unwrap();
    assert_eq!(section["label"], "Our own questions");
    let items = section["items"].as_array().unwrap();
    for (field, item) in fields(&new).iter().zip(items) {
        assert_eq!((&item["id"], &item["kind"]), (&field["field"]["id"], &field["field"]["kind"]));
        assert!(item["label"].as_str().unwrap().contains(' '), "{item}");
    }
    let list = &items[fields(&new).len()];
    assert_eq!((&list["label"], &list["add_label"]), (&json!("Things carried"), &json!("Add a thing")));
    let asked = form["pages"].as_array().unwrap().iter().flat_map(|page| page["items"].as_array().unwrap());
    assert!(asked.filter(|item| item["id"] == new["page"]["items"][0]).count() == 1);
}

/// A file is attached, never typed, and so far there is a way to attach only for the photo.
#[test]
fn a_new_file_field_is_known_and_takes_nothing_typed() {
    let folder = tempfile::tempdir().unwrap();
    let (window, new) = (Window::open(folder.path()), fixture());
    let child = window.register(("where_from", &json!("Tarrin")));
    let ask = json!({ "ask": { "id": child, "heads": [], "puts": { new["blob"]["id"].as_str().unwrap(): "a file" } } });
    let refused = call(&window.desk, "edit_child", &ask).unwrap_err();
    assert_eq!(
        (refused.code.as_str(), &refused.paths[0]),
        ("not-typed", &new["blob"]["id"].as_str().unwrap().to_owned())
    );
}

#[test]
fn the_command_line_takes_shows_and_remembers_them_too() {
    let folder = tempfile::tempdir().unwrap();
    let schema = Arc::new(grown(&folder.path().join("schema")));
    let home = folder.path().join("home");
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    script::programme_create(&home, &ask, Some(PASSPHRASE), Arc::clone(&schema), Arc::new(Ports::system()))
        .unwrap();
    let open = || script::open(&home, PASSPHRASE, Arc::clone(&schema), Arc::new(Ports::system())).unwrap();
    let (mut app, new): (App, Value) = (open(), fixture());
    let mut answers = json!({ "names": ["Samira"], "sex": "F", "age": 9, "accompaniment": "undetermined" });
    for field in fields(&new) {
        let first = &field["answers"][0]["json"];
        answers[id(field)] =
            field["member"].as_str().map_or_else(|| first.clone(), |member| json!({ member: first }));
    }
    answers["own_things"] = json!([new["row"]["thing"]]);
    let child = app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    for field in fields(&new) {
        let puts = BTreeMap::from([(path(field), field["answers"][1]["json"].clone())]);
        assert!(app.script_edit(&child, &[], puts).unwrap()["change"].is_string(), "{}", id(field));
    }
    app.end_session().unwrap();
    drop(app);

    let mut app = open();
    let shown = app.script_show(&child, None, Some("a test")).unwrap();
    let history = app.script_history(&child, Some("a test")).unwrap();
    for field in fields(&new) {
        let now = &shown["fields"][path(field)];
        assert_eq!(now["state"], "settled", "{}: {now}", id(field));
        let change = history
            .as_array()
            .unwrap()
            .iter()
            .rfind(|change| change["paths"] == json!([path(field)]))
            .unwrap();
        assert_eq!(change["after"][path(field)], now["value"], "{}", id(field));
        assert_ne!(change["before"][path(field)], now["value"], "{}", id(field));
    }
    for word in fields(&new).iter().filter_map(|field| field["find"].as_str()).chain(["halyard"]) {
        assert_eq!(app.script_find(word, 5, None).unwrap()[0]["id"], child.as_str(), "{word}");
    }
    assert_eq!(app.script_verify(true).unwrap()["problems"], json!([]));
}
