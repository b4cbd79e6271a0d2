//! A real field day: what a bus, a bundle of paper, a family and a complaint ask of the app, through the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::string_slice, missing_docs)]

use serde_json::{Value, json};
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

fn line<'a>(arrival: &'a Value, number: u64) -> &'a Value {
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
