//! Forms are data: a file in a folder adds fields of every kind, and files that make no sense are named.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::{Path as FilePath, PathBuf};

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use tempfile::TempDir;
use tern_form::{Item, Kind, Schema};
use tern_record::{Compartment, EntityId, Path, Scalar};

const TODAY: Date = date(2026, 11, 24);

fn copy(from: &FilePath, to: &FilePath) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, target).map(|_| ()).unwrap() }
    }
}

fn schema_folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    for part in ["forms", "codelists", "locales"] {
        copy(&own.join(part), &folder.path().join(part));
    }
    folder
}

fn change_form(folder: &TempDir, change: impl FnOnce(&mut Value)) {
    let path = folder.path().join("forms/child.v1.json");
    let mut form: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    change(&mut form);
    std::fs::write(path, form.to_string()).unwrap();
}

/// A field of each kind, an answer to it, and how it reads.
fn one_of_each() -> Vec<(Value, Value, &'static str)> {
    let field = |kind: &str, more: Value| {
        let mut field = json!({"id": format!("own.{kind}"), "kind": kind, "tier": "T2", "search": "text"});
        for (key, value) in more.as_object().unwrap() {
            field[key] = value.clone();
        }
        field
    };
    vec![
        (field("text", json!({})), json!("Blue kite"), "Blue kite"),
        (field("note", json!({"tier": "T3"})), json!("Two\nlines"), "Two\nlines"),
        (field("code", json!({"codes": "sex"})), json!("M"), "Boy"),
        (field("set", json!({"codes": "help_asked"})), json!(["food"]), "Food"),
        (field("bool3", json!({"rule": "deny-wins", "order": ["unknown"]})), json!("unknown"), "Not known"),
        (field("int", json!({})), json!(7), "7"),
        (field("date", json!({})), json!("2026-11-01"), "1 November 2026"),
        (field("fuzzy_date", json!({"tier": "T4"})), json!({"year": 2020}), "2020"),
        (field("name", json!({"search": "name"})), json!("Leyla"), "Leyla"),
        (field("place", json!({})), json!("Ostmere"), "Ostmere"),
        (field("language", json!({"codes": "language"})), json!("prs"), "Dari"),
        (field("instant", json!({})), json!("2026-11-24T09:30:00+01:00"), "24 November 2026, 09:30 (+01:00)"),
        (field("ref", json!({"to": "names"})), json!(tern_record::short::long_text(&[1; 16])), "040G-208R"),
    ]
}

#[test]
fn a_field_of_each_kind_needs_no_code() {
    let folder = schema_folder();
    change_form(&folder, |form| {
        let items = form["sections"][0]["items"].as_array_mut().unwrap();
        items.extend(one_of_each().into_iter().map(|(field, _, _)| field));
        items.push(json!({"id": "own.blob", "kind": "blob", "tier": "T3"}));
        form["pages"][1]["items"].as_array_mut().unwrap().push(json!("own.text"));
    });
    let schema = Schema::load(folder.path()).unwrap();
    let mut kinds: Vec<Kind> = vec![Kind::Blob];
    let mut child = json!({"names": ["Samira"], "sex": "F", "age": 9, "accompaniment": "undetermined"});
    for (field, answer, _) in one_of_each() {
        child[field["id"].as_str().unwrap()] = answer;
    }
    let registered = schema.register_answers(&child, TODAY, &mut || EntityId::new([1; 16])).unwrap();
    for (field, answer, words) in one_of_each() {
        let id = field["id"].as_str().unwrap();
        let (path, scalar) = registered.puts.iter().find(|(p, _)| p.as_str().starts_with(id)).unwrap();
        kinds.push(schema.field_at(path).unwrap().kind);
        assert_eq!(schema.print("en", path, scalar), words, "{id}");
        assert_eq!(schema.search_text("en", path, scalar).as_deref(), Some(words), "{id}");
        let back = schema.value_to_json(path, scalar);
        assert_eq!(schema.value_from_json(path, &back, TODAY).as_ref(), Ok(scalar), "{id}");
        assert_eq!(schema.value_from_json(path, &Value::Null, TODAY), Ok(Scalar::Null), "{id}");
        if !answer.is_array() && !matches!(scalar, Scalar::Bytes(_)) {
            assert_eq!(back, answer, "{id}");
        }
        let tier = match field["tier"].as_str() {
            Some("T3") => Compartment::Protection,
            Some("T4") => Compartment::Restricted,
            _ => Compartment::Core,
        };
        assert_eq!(schema.compartment(path), Some(tier), "{id}");
    }
    kinds.sort();
    assert_eq!(kinds, {
        let mut all = Kind::ALL.to_vec();
        all.sort();
        all
    });
    let shown = schema.form("child").unwrap().pages[1].items.last().unwrap();
    let Item::Field(shown) = shown else { panic!("a field") };
    assert_eq!((shown.id.as_str(), &*schema.label("en", &shown.label)), ("own.text", "Own text"));
}

#[test]
fn a_new_field_has_words_once_a_language_has_them() {
    let folder = schema_folder();
    change_form(&folder, |form| {
        let field = json!({"id": "shoe_size", "kind": "int", "tier": "T2"});
        form["sections"][0]["items"].as_array_mut().unwrap().push(field);
    });
    let label = |folder: &TempDir, lang: &str| {
        let schema = Schema::load(folder.path()).unwrap();
        schema.label(lang, &schema.field("shoe_size").unwrap().label)
    };
    assert_eq!(label(&folder, "en"), "Shoe size");
    std::fs::create_dir(folder.path().join("locales/fr")).unwrap();
    std::fs::write(folder.path().join("locales/fr/own.ftl"), "field-child-shoe_size = Pointure\n").unwrap();
    assert_eq!(label(&folder, "fr"), "Pointure");
}

#[test]
fn a_newer_version_of_a_form_is_a_new_file_and_is_the_one_read() {
    let folder = schema_folder();
    let mut form: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("forms/child.v1.json")).unwrap())
            .unwrap();
    form["version"] = json!(2);
    std::fs::write(folder.path().join("forms/child.v2.json"), form.to_string()).unwrap();
    assert_eq!(Schema::load(folder.path()).unwrap().form("child").unwrap().version, 2);
}

#[test]
fn files_that_make_no_sense_are_named_with_the_place_and_the_reason() {
    let added = |field: Value| {
        let folder = schema_folder();
        change_form(&folder, |form| form["sections"][0]["items"].as_array_mut().unwrap().push(field));
        Schema::load(folder.path()).err().map(|error| error.to_string()).unwrap_or_default()
    };
    let cases = [
        (json!({"id": "sex", "kind": "int", "tier": "T2"}), "sex: there twice"),
        (json!({"id": "Sex", "kind": "int", "tier": "T2"}), "Sex: not a field id"),
        (json!({"id": "a", "kind": "float", "tier": "T2"}), "a: there is no kind float"),
        (json!({"id": "a", "kind": "int", "tier": "T5"}), "a: a tier is"),
        (json!({"id": "a", "kind": "int", "tier": "T2", "rule": "last"}), "a: there is no rule last"),
        (json!({"id": "a", "kind": "code", "tier": "T2", "codes": "moods"}), "a: there is no list moods"),
        (json!({"id": "a", "kind": "code", "tier": "T2"}), "a: needs a list of codes"),
        (json!({"id": "a", "kind": "text", "tier": "T1"}), "a: no free text in T1"),
        (
            json!({"id": "a", "kind": "code", "tier": "T2", "codes": "sex", "only": ["Q"]}),
            "list sex has no code Q",
        ),
        (
            json!({"id": "a", "kind": "int", "tier": "T2", "shown_when": {"field": "b", "is": ["x"]}}),
            "no field b",
        ),
        (json!({"list": "l", "fields": []}), "l: a list without fields"),
        (json!("nothing"), "nothing: there is no such field or list"),
    ];
    for (field, why) in cases {
        let error = added(field);
        assert!(error.starts_with("schema/forms/child.v1.json: ") && error.contains(why), "{error}");
    }
}

#[test]
fn broken_texts_and_lists_are_named_too() {
    let folder = schema_folder();
    std::fs::write(folder.path().join("locales/en/own.ftl"), "not a message\n").unwrap();
    let error = Schema::load(folder.path()).err().unwrap();
    assert_eq!(error.file, "locales/en/own.ftl");
    let folder = schema_folder();
    let list = json!({"list": "moods", "codes": [{"code": "a", "label": "A"}, {"code": "a", "label": "B"}]});
    std::fs::write(folder.path().join("codelists/moods.json"), list.to_string()).unwrap();
    assert_eq!(Schema::load(folder.path()).err().unwrap().place, "a");
}

#[test]
fn values_that_no_form_knows_are_kept_and_say_no_bytes() {
    let schema = Schema::embedded().unwrap();
    let path = Path::new("from_a_newer_version").unwrap();
    assert_eq!(schema.value_to_json(&path, &Scalar::from("x")), json!("x"));
    assert_eq!(schema.value_to_json(&path, &Scalar::Bytes(vec![0x5a; 32])), json!({"bytes": 32}));
    let photo = Path::new("photo").unwrap();
    assert_eq!(schema.value_to_json(&photo, &Scalar::Bytes(vec![0x5a; 3])), json!({"bytes": 3}));
}
