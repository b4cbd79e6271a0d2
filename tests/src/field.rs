//! What the tests of a field day share: a bus, a child of nine, a paper, a row.

use serde_json::{Value, json};

use crate::{Batch, Tern};

/// A bus that waits to be counted.
pub fn bus(batch: &mut Batch, heads: u32) -> String {
    let bus = batch.ok(&["tally", "begin", "Second bus", &heads.to_string()]);
    assert_eq!((&bus["to_find"], &bus["counted"]), (&json!(heads), &json!(0)));
    bus["id"].as_str().unwrap().to_owned()
}

/// Counts a child.
pub fn count(batch: &mut Batch, bus: &str, words: &str) -> Value {
    let words: Vec<&str> =
        ["tally", "add", bus].into_iter().chain(words.split(' ').filter(|w| !w.is_empty())).collect();
    batch.ok(&words)
}

/// A line of the list by its number.
pub fn line(arrival: &Value, number: u64) -> &Value {
    let lines = arrival["lines"].as_array().unwrap();
    lines.iter().find(|line| line["number"] == number).expect("a line of this number")
}

/// The value at a path.
pub fn field<'a>(shown: &'a Value, path: &str) -> &'a Value {
    &shown["fields"][path]["value"]
}

/// A child of nine.
pub fn tern_child(batch: &mut Batch, tern: &Tern) -> String {
    let file = tern.bring("child.json", json!({
        "names": ["Samira Haidari"], "sex": "F", "age": 9, "companions": ["relative"], "where_from": "Tarrin",
        "languages": ["prs"],
    }).to_string());
    batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned()
}

/// What a copy says, as its file holds it.
pub fn copy(batch: &mut Batch, tern: &Tern, id: &str, whom: &str, end: &str) -> String {
    let file = tern.bring(&format!("copy.{end}"), "");
    batch.ok(&["export", "record", id, &file, "--for", whom, "--force"]);
    std::fs::read_to_string(file).unwrap()
}

/// Finishes a draft as the window does, over the same core.
pub fn desk_of(tern: &Tern) -> tern_app::App {
    use std::sync::Arc;
    let schema = Arc::new(tern_app::Schema::embedded().unwrap());
    tern_app::script::open(&tern.home(), crate::tern::WORDS, schema, Arc::new(tern_app::Ports::system()))
        .unwrap()
}

/// A row of a child's list.
pub fn add_row(batch: &mut Batch, id: &str, list: &str, sets: &[&str]) -> String {
    let mut words = vec!["add", id, list];
    sets.iter().for_each(|set| words.extend(["--set", set]));
    batch.ok(&words)["entity"].as_str().unwrap().to_owned()
}

/// Types an answer into a draft.
pub fn put(
    app: &mut tern_app::App,
    draft: &str,
    path: &str,
    value: Value,
    typing: bool,
) -> Result<tern_app::view::DraftView, tern_app::Failure> {
    app.put_draft(&tern_app::view::PutDraft { id: draft.to_owned(), path: path.to_owned(), value, typing })
}
