//! The fast path is asked in front of the family and of whoever stands near: it asks no risk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use tern_form::{Field, Item, Schema};
use tern_record::Tier;

/// What is seen or said about health, without any diagnosis, is the one protected answer of the fast path.
const PROTECTED: &str = "health_seen";

#[test]
fn the_fast_path_shows_no_risk_to_who_stands_near() {
    let schema = Schema::embedded().unwrap();
    let items: Vec<&Item> = schema.form("child").unwrap().pages.iter().flat_map(|page| &page.items).collect();
    let ids: Vec<&str> = items.iter().map(|item| id(item)).collect();
    let golden = include_str!("golden/forms/fast-path.txt");
    let allowed: Vec<&str> = golden.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(ids, allowed, "left: the pages; right: golden/forms/fast-path.txt");
    for field in items.iter().flat_map(|item| fields(item)) {
        let open = matches!(field.tier, Tier::T1 | Tier::T2) || field.id == PROTECTED;
        // What is protected of a consent is asked in the record, not on the page.
        assert!(open || field.form == "consent", "{}", field.key());
        assert!(field.tier != Tier::T4, "{}", field.key());
    }
}

#[test]
fn what_a_child_tells_of_harm_is_restricted_and_found_by_no_search() {
    let schema = Schema::embedded().unwrap();
    let told: Vec<&Field> =
        schema.fields().filter(|(key, _)| key.starts_with("transit_abuse")).map(|(_, field)| field).collect();
    assert_eq!(told.len(), 3);
    for field in told {
        assert_eq!((field.tier, field.search), (Tier::T4, tern_form::Search::None), "{}", field.key());
    }
}

fn id(item: &Item) -> &str {
    match item {
        Item::Field(field) => &field.id,
        Item::List(list) => &list.id,
    }
}

fn fields(item: &Item) -> Vec<&Field> {
    match item {
        Item::Field(field) => vec![field],
        Item::List(list) => list.fields.iter().map(AsRef::as_ref).collect(),
    }
}
