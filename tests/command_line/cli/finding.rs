//! Children are found in other letters, by their number, best first; people drawn for practice too.

use std::collections::BTreeMap;

use serde_json::json;
use tern_stories::{Batch, Tern};

use super::{TERN, ids, keys, one_child, samira, text};

#[test]
fn a_child_goes_by_its_number_longer_prefixes_the_whole_id_and_ids_from_elsewhere() {
    let (tern, mut batch, child) = one_child();
    let (id, short) = (text(&child["id"]), text(&child["short_id"]));
    let typed = [short, &short.to_lowercase(), &short.replace('-', ""), &id[..9], &id[..20], id, "X-77"];
    for typed in typed {
        assert_eq!(batch.ok(&["show", typed])["id"], child["id"], "{typed}");
        assert_eq!(ids(&batch.ok(&["find", typed])), [id], "{typed}");
    }
    let wrong = if short.ends_with('2') { '3' } else { '2' };
    batch.refused(&["show", &format!("{}{wrong}", &short[..8])], "number-slip");
    batch.refused(&["show", "22222222222222222222222222"], "unknown-child");
    batch.refused(&["show", "X-78"], "unknown-child");
    for numberlike in ["STORY00123", "ABCD1234", "7k2m4qx9"] {
        batch.ok(&["add", id, "external_ids", "--set", &format!("value=\"{numberlike}\"")]);
        assert_eq!(batch.ok(&["show", numberlike])["id"], child["id"], "{numberlike}");
    }
    let file = tern.bring("twin.json", samira().to_string());
    batch.ok(&["register", "--answers", &file]);
    batch.refused(&["show", "X-77"], "ambiguous");
}

#[test]
fn a_child_is_found_in_other_letters_orders_and_with_a_slip() {
    let (_tern, mut batch, child) = one_child();
    let id = text(&child["id"]);
    let typed = [
        ("Ámina Velrešová", "as written"),
        ("amina velresova", "without diacritics"),
        ("AMINA", "one word, capitals"),
        ("Velresova Amina", "order"),
        ("velr", "beginning of a word"),
        ("amima", "one letter wrong"),
        ("velrsova", "one letter gone"),
        ("velresovva", "one letter more"),
        ("سمیرا حیدری", "Persian letters"),
        ("سميرا حيدري", "Arabic letters"),
        ("حیدری سمیرا", "order, Persian"),
        ("samira", "Latin for Arabic letters"),
    ];
    for (typed, what) in typed {
        let found = batch.ok(&["find", typed]);
        assert_eq!(ids(&found), [id], "{what}");
        assert_eq!(keys(&found[0]), ["age", "id", "name", "names", "reasons", "sex", "short_id", "strength"]);
        assert_eq!(keys(&found[0]["age"]), ["estimated", "years"]);
    }
    let hit = batch.ok(&["find", "amina"])[0].clone();
    assert_eq!((text(&hit["name"]), hit["names"].as_array().unwrap().len()), ("Ámina Velrešová", 2));
    assert_eq!(batch.ok(&["find", "Quillon"]), json!([]));
    assert_eq!(batch.ok(&["find", ""]), json!([]));
}

#[test]
fn the_name_said_first_is_the_one_shown() {
    let (tern, mut batch, _) = one_child();
    for (place, name) in ["Zuna Quillon", "Bela Quillon", "Mira Quillon", "Anka Quillon"].iter().enumerate() {
        let names = json!([name, format!("Other {place}"), "سمیرا"]);
        let answers = json!({ "names": names, "sex": "F", "age": 9, "accompaniment": "separated" });
        let file = tern.bring("named.json", answers.to_string());
        let child = batch.ok(&["register", "--answers", &file]);
        assert_eq!(batch.ok(&["find", text(&child["id"])])[0]["name"], *name);
    }
}

#[test]
fn the_best_hit_comes_first_and_no_more_than_asked() {
    let (tern, mut batch, child) = one_child();
    for name in ["Amira Velresova", "Aminata Velres", "Velresova Zuna"] {
        let answers = json!({ "names": [name], "sex": "F", "age": 9, "accompaniment": "separated" });
        let file = tern.bring("other.json", answers.to_string());
        batch.ok(&["register", "--answers", &file]);
    }
    let found = batch.ok(&["find", "amina velresova"]);
    assert_eq!(ids(&found)[0], text(&child["id"]));
    assert!(ids(&found).len() > 1);
    assert_eq!(ids(&batch.ok(&["find", "amina velresova", "--limit", "1"])), [text(&child["id"])]);
    assert_eq!(batch.ok(&["find", "amina velresova", "--limit", "0"]), json!([]));
}

#[test]
fn a_number_is_found_by_its_beginning_and_a_name_is_no_number() {
    let tern = Tern::practising(TERN);
    let said = tern.register(&json!({ "names": ["Zuna"], "sex": "F", "age": 9, "where_from": "Old Mill", "companions_answered": "none_to_add" })).ok();
    let number = said["short_id"].as_str().unwrap().to_owned();
    let mut batch = tern.batch();
    for typed in [&number[..7], &number[..6], number.as_str()] {
        if typed.bytes().any(|c| c.is_ascii_digit()) {
            let found = batch.ok(&["find", typed]);
            assert_eq!(
                (&found[0]["short_id"], &found[0]["reasons"]),
                (&json!(number), &json!(["number"])),
                "{typed}"
            );
        }
    }
    let by_place = batch.ok(&["find", "mill"]);
    assert_ne!(by_place[0]["reasons"], json!(["number"]), "{by_place}");
}

/// Name, sex, birth and the rest of every child, without the ids that chance draws.
pub(super) fn people(batch: &mut Batch) -> Vec<String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for letter in ('a'..='z').chain('ا'..='ی').chain('а'..='я').chain('ሀ'..='ፐ').map(String::from) {
        for id in ids(&batch.ok(&["find", &letter, "--limit", "400"])) {
            all.entry(id.to_owned()).or_default();
        }
    }
    for (id, told) in &mut all {
        let fields = batch.ok(&["show", id])["fields"].clone();
        let mut facts: Vec<String> = fields
            .as_object()
            .unwrap()
            .iter()
            .map(|(path, held)| {
                let parts: Vec<&str> = path.split('/').filter(|part| part.len() != 26).collect();
                let id = held["value"].as_str().is_some_and(|text| text.len() == 26 && text.is_ascii());
                let value = if id { json!("a record") } else { held["value"].clone() };
                format!("{} {value}", parts.join("/"))
            })
            .collect();
        facts.sort();
        *told = facts.join("\n");
    }
    let mut people: Vec<String> = all.into_values().collect();
    people.sort();
    people
}

#[test]
fn the_same_seed_draws_the_same_people_in_practice_programmes_only() {
    let drawn = |seed: &str| {
        let tern = Tern::practising(TERN);
        let mut batch = tern.batch();
        assert_eq!(batch.ok(&["demo", "--children", "40", "--seed", seed]), json!({ "children": 40 }));
        people(&mut batch)
    };
    let first = drawn("7");
    assert_eq!(first.len(), 40, "every child is found by a first letter");
    assert_eq!(first, drawn("7"));
    assert_ne!(first, drawn("8"));
    let real = Tern::new(TERN);
    real.begin(&[]);
    real.run(&["demo", "--children", "1", "--seed", "7"]).refused(1, "practice-only");
}
