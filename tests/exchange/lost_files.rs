//! A device whose disk lost the file of a photo or a text: it asks for it, says to nobody that it has it, and hands on
//! everything else.

use std::fs;

use serde_json::{Value, json};
use tern_stories::Tern;
use tern_stories::meeting::{bring, file_in, id, meet, open};
use tern_stories::members::joined;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");
const SAID: &str = "he waited by the blue door";

fn child(tern: &Tern, name: &str) -> String {
    id(&tern.register(&json!({
        "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown", "separation.circumstances": SAID,
    })))
}

fn said(tern: &Tern, child: &str) -> Value {
    tern.run(&["show", child]).ok()["fields"]["separation.circumstances"]["value"].clone()
}

/// What a failing disk does.
fn lose_files(tern: &Tern, how: impl Fn(&std::path::Path)) {
    for file in fs::read_dir(tern.home().join("blobs")).unwrap() {
        how(&file.unwrap().path());
    }
}

fn lost(path: &std::path::Path) {
    fs::remove_file(path).unwrap();
}

fn cut(path: &std::path::Path) {
    fs::File::options().write(true).open(path).unwrap().set_len(10).unwrap();
}

#[test]
fn the_rest_goes_by_a_file_and_what_was_lost_comes_back_by_one() {
    for how in [lost, cut] {
        let leila = Tern::practising(TERN);
        let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
        let samir = child(&leila, "Samir");
        bring(&leila, &tomas);
        lose_files(&leila, how);
        let omid = child(&leila, "Omid");
        bring(&leila, &tomas);
        assert_eq!((said(&tomas, &samir), said(&tomas, &omid)), (json!(SAID), json!(SAID)));
        assert_eq!(said(&leila, &samir), json!({ "absent": true }));
        bring(&tomas, &leila);
        assert_eq!(said(&leila, &samir), SAID);
        assert_eq!(leila.run(&["verify"]).ok()["problems"], json!([]));
    }
}

#[test]
fn what_was_lost_is_not_called_safe_with_who_lost_it_and_comes_back_over_a_line() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let samir = child(&leila, "Samir");
    bring(&leila, &tomas);
    lose_files(&tomas, lost);
    let held = file_in(&tomas, "held");
    tomas.run(&["sync", "receipt", &held]).ok();
    leila.run(&["sync", "read", &held]).ok();
    assert_eq!(leila.run(&["sync", "status"]).ok()["files_only_here"], 1);
    let (mut here, mut there) = (open(&leila), open(&tomas));
    meet(&mut here, &mut there);
    assert_eq!(here.where_work_is().unwrap().files_only_here, 0);
    drop((here, there));
    assert_eq!(said(&tomas, &samir), SAID);
    // Nor does whoever answers say so, or fail.
    lose_files(&tomas, lost);
    let omid = child(&leila, "Omid");
    let (mut here, mut there) = (open(&leila), open(&tomas));
    meet(&mut there, &mut here);
    drop((here, there));
    assert_eq!((said(&tomas, &samir), said(&tomas, &omid)), (json!(SAID), json!(SAID)));
}
