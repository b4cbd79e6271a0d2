//! Everything that people read exists in English, parses and says something.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;

use tern_form::{Item, RefusalCode, Schema};

/// Message ids that forms, code lists in use, remarks and refusals ask for.
fn wanted(schema: &Schema) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for form in schema.forms() {
        for group in form.pages.iter().chain(&form.sections) {
            ids.insert(group.label.clone());
            for item in &group.items {
                if let Item::List(list) = item {
                    ids.insert(list.label.clone());
                    ids.insert(format!("{}.add", list.label));
                }
            }
        }
    }
    for (_, field) in schema.fields() {
        ids.insert(field.label.clone());
        ids.extend(field.hint.clone());
        ids.extend(schema.options(field).iter().map(|(list, code)| list.message(&code.code)));
        ids.extend(field.missing.iter().map(|code| format!("code-missing_value-{code}")));
    }
    for form in schema.forms().filter(|form| form.record != "child") {
        ids.extend(["", ".one", ".add", ".none"].map(|part| format!("kind-{}{part}", form.record)));
    }
    for list in ["name_use", "name_part", "name_source", "language_level", "dob_basis"] {
        let list = schema.codelist(list).unwrap();
        ids.extend(list.codes.iter().map(|code| list.message(&code.code)));
    }
    ids.extend(tern_form::check::REMARKS.map(|code| format!("remark-{code}")));
    ids.extend(RefusalCode::ALL.map(|code| format!("failure-{}", code.as_str())));
    ids
}

#[test]
fn every_message_that_is_asked_for_exists_and_says_something() {
    let schema = Schema::embedded().unwrap();
    let wanted = wanted(&schema);
    assert!(wanted.len() > 500, "only {} messages", wanted.len());
    let missing: Vec<_> = wanted
        .iter()
        .filter(|id| schema.texts().find("en", id).is_none_or(|text| text.trim().is_empty()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn words_that_harm_are_not_used_of_a_child() {
    let schema = Schema::embedded().unwrap();
    for id in wanted(&schema) {
        let text = schema.texts().find("en", &id).unwrap().to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).collect();
        for harmful in ["alone", "nobody", "missing", "illegal", "minor", "beneficiary"] {
            // Countries and the UNHCR export list are named as their standards name them.
            let quoted = id.starts_with("code-unhcr_specific_needs-") || id.starts_with("code-country-");
            assert!(quoted || !words.contains(&harmful), "{id}: {harmful}");
        }
        assert!(!text.contains('!') && !text.contains("please"), "{id}");
    }
}

#[test]
fn not_known_not_said_and_not_asked_stay_apart() {
    let schema = Schema::embedded().unwrap();
    let field = schema.field("birth_country").unwrap();
    let words: BTreeSet<String> =
        field.missing.iter().map(|code| schema.code_label("en", field, code)).collect();
    assert_eq!(words, ["Not asked yet", "Not known", "Not said"].map(str::to_owned).into());
}

#[test]
fn another_language_falls_back_to_english_then_to_the_id() {
    let schema = Schema::embedded().unwrap();
    assert_eq!(schema.label("fa", "field-child-sex"), "Sex");
    assert_eq!(schema.label("fa", "field-child-favourite_food"), "Favourite food");
    assert_eq!(schema.text("en", "value-estimated", &[("date", "007")]), "007, estimated");
    assert!(schema.texts().fluent_source("en").unwrap().contains("field-child-sex"));
    assert!(schema.texts().languages().any(|lang| lang == "en"));
}
