//! Counting a bus or a boat: the list, slips, and what is completed later.

use serde_json::json;
use tern_stories::Tern;
use tern_stories::field::{bus, count, field, line, tern_child};
use tern_stories::meeting::bring;
use tern_stories::members::joined;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

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

/// Tomas goes on with a child that Leila, who does not know of it, takes out of the list as a slip.
#[test]
fn a_child_that_somebody_went_on_with_is_not_emptied_by_who_could_not_know() {
    // An answer that every site reads, one that a site keeps, and one to what was counted.
    for added in [r#"where_from="Tarrin""#, r#"separation.place="old mill""#, r#"sex="M""#] {
        let leila = Tern::practising(TERN);
        let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
        let (bus, now) = {
            let mut batch = leila.batch();
            let bus = bus(&mut batch, 1);
            let now = count(&mut batch, &bus, "--wristband 17 --sex F --band child --with parent");
            batch.end();
            (bus, now["arrival"].clone())
        };
        let child = line(&now, 1)["child"].as_str().unwrap().to_owned();
        bring(&leila, &tomas);
        tomas.run(&["edit", &child, "--set", added]).ok();
        leila.run(&["tally", "out", &bus, line(&now, 1)["row"].as_str().unwrap()]).ok();
        assert_eq!(leila.run(&["board"]).ok()["rows"], json!([]), "nobody else was known to have gone on");
        bring(&leila, &tomas);
        bring(&tomas, &leila);
        bring(&leila, &tomas);
        for tern in [&leila, &tomas] {
            assert_eq!(tern.run(&["board"]).ok()["rows"].as_array().unwrap().len(), 1, "{added}");
            let shown = tern.run(&["show", &child]).ok();
            assert_eq!(
                (field(&shown, "case.site"), field(&shown, "tally.wristband")),
                (&json!("Velmar"), &json!("17"))
            );
            let (key, value) = added.split_once('=').unwrap();
            assert!(shown["fields"][key].to_string().contains(value), "{shown}");
            assert_eq!(tern.run(&["tally", "show", &bus]).ok()["counted"], 0, "the line stays out");
            assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
        }
        let fields = |tern: &Tern| tern.run(&["show", &child]).ok()["fields"].clone();
        assert_eq!(fields(&leila), fields(&tomas));
    }
}

#[test]
fn a_child_whom_two_counted_apart_is_not_counted_for_one_who_may_be_missing() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let begun = leila.run(&["tally", "begin", "Second bus", "3"]).ok()["id"].as_str().unwrap().to_owned();
    bring(&leila, &tomas);
    let count = |tern: &Tern, band: &str| {
        tern.run(&["tally", "add", &begun, "--wristband", band, "--sex", "F"]).ok();
    };
    count(&leila, "B-17");
    count(&tomas, "b-17");
    count(&tomas, "B-18");
    bring(&leila, &tomas);
    bring(&tomas, &leila);
    for tern in [&leila, &tomas] {
        let now = tern.run(&["tally", "show", &begun]).ok();
        assert_eq!((&now["counted"], &now["to_find"]), (&json!(2), &json!(1)), "{now}");
        let same = now["lines"].as_array().unwrap().iter().filter(|line| line["lacks"][0] == "wristband");
        assert_eq!(same.count(), 2, "{now}");
    }
    // One of the two lines is taken out: then the list is right.
    let now = leila.run(&["tally", "show", &begun]).ok();
    let mut lines = now["lines"].as_array().unwrap().iter();
    let twice = lines.find(|line| line["wristband"] == "b-17").unwrap();
    let now = leila.run(&["tally", "out", &begun, twice["row"].as_str().unwrap()]).ok();
    assert_eq!((&now["counted"], &now["to_find"]), (&json!(2), &json!(1)));
    assert!(now["lines"].as_array().unwrap().iter().all(|line| line["lacks"][0] != "wristband"), "{now}");
}
