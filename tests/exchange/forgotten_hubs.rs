//! A hub that is gone for good: once it is forgotten, nobody is told that their work lies there.

use serde_json::{Value, json};
use tern_hub::start::Started;
use tern_stories::Tern;
use tern_stories::hub::hub_in;
use tern_stories::meeting::open;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn register(tern: &Tern, name: &str) {
    tern.register(&json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" })).ok();
}

fn hub(of: &Tern) -> (Started, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (hub_in(of, folder.path(), &folder.path().join("roster")), folder)
}

fn is(tern: &Tern, key: &str) -> Value {
    tern.run(&["sync", "status"]).ok()[key].clone()
}

#[test]
fn work_at_a_hub_that_was_forgotten_is_not_called_safe_until_a_hub_holds_it_again() {
    let leila = Tern::practising(TERN);
    let (one, _folder) = hub(&leila);
    register(&leila, "Samir");
    leila.run(&["sync", "hub", one.address()]).ok();
    assert_eq!((is(&leila, "children_only_here"), is(&leila, "only_here")), (json!(0), json!(0)));
    leila.run(&["sync", "hub", "--forget"]).ok();
    assert_eq!((is(&leila, "hub"), is(&leila, "at_hub")), (Value::Null, json!(0)));
    assert_eq!(is(&leila, "children_only_here"), 1);
    leila.run(&["sync", "hub", "--forget"]).refused(1, "sync-no-hub");
    // It was not gone after all.
    leila.run(&["sync", "hub", one.address()]).ok();
    assert_eq!(is(&leila, "children_only_here"), 0);
}

#[test]
fn work_at_a_hub_in_whose_place_another_was_set_is_not_called_safe_until_that_one_holds_it() {
    let leila = Tern::practising(TERN);
    let ((one, _first), (other, _second)) = (hub(&leila), hub(&leila));
    register(&leila, "Samir");
    leila.run(&["sync", "hub", one.address()]).ok();
    let mut app = open(&leila);
    app.set_hub(one.address(), true).unwrap();
    assert_eq!(
        app.where_work_is().unwrap().children_only_here,
        0,
        "the same hub, called by itself from now on"
    );
    app.set_hub(other.address(), true).unwrap();
    assert_eq!(app.where_work_is().unwrap().children_only_here, 1);
    drop(app);
    leila.run(&["sync", "hub"]).ok();
    assert_eq!(is(&leila, "children_only_here"), 0);
    // One that is called beside it counts beside it, until it is forgotten by its address.
    leila.run(&["sync", "hub", one.address()]).ok();
    leila.run(&["sync", "hub", "--forget"]).ok();
    assert_eq!(is(&leila, "children_only_here"), 0);
    leila.run(&["sync", "hub", "--forget", one.address()]).ok();
    assert_eq!(is(&leila, "children_only_here"), 1);
}
