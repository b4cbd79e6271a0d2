//! One writes into an entry while another moves it to another child: nothing of it is lost from view, on any device.

use serde_json::{Value, json};
use tern_app::App;
use tern_app::view::{ChangeRef, SettleAsk, SettleBy, SettleOne};
use tern_stories::Tern;
use tern_stories::meeting::{meet, open};
use tern_stories::members::joined;
use tern_stories::tern::Said;
use tern_sync::Shelf as _;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn id(said: &Said) -> String {
    said.ok()["id"].as_str().unwrap().to_owned()
}

fn child(tern: &Tern, name: &str) -> String {
    id(&tern.register(&json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" })))
}

fn bring(from: &Tern, to: &Tern) {
    let file = from.tmp().join("stick");
    let _ = std::fs::remove_file(&file);
    from.run(&["sync", "write", file.to_str().unwrap()]).ok();
    assert_eq!(to.run(&["sync", "read", file.to_str().unwrap()]).ok()["quarantined"], 0);
}

fn row(tern: &Tern, child: &str, list: &str, set: &[&str]) -> String {
    let sets = set.iter().flat_map(|set| ["--set", set]);
    let words: Vec<&str> = ["add", child, list].into_iter().chain(sets).collect();
    tern.run(&words).ok()["entity"].as_str().unwrap().to_owned()
}

fn disputes(tern: &Tern) -> Vec<Value> {
    tern.run(&["conflicts"]).ok().as_array().unwrap().clone()
}

fn field(tern: &Tern, child: &str, path: &str) -> Value {
    tern.run(&["show", child, "--reason", "test"]).ok()["fields"][path]["value"].clone()
}

/// Leila moves a service to the other child; meanwhile Tomas writes into it and adds what happened there.
struct World {
    leila: Tern,
    tomas: Tern,
    wrong: String,
    right: String,
    /// Where the entry went, as `list/row`.
    entry: String,
    path: String,
    happened: String,
}

fn apart() -> World {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (wrong, right) = (child(&leila, "Samir"), child(&leila, "Omid"));
    let service = row(&leila, &wrong, "services", &["type=\"education\"", "provider=\"Hill school\""]);
    row(
        &leila,
        &wrong,
        "service_events",
        &[&format!("of=\"{service}\""), "state=\"referred\"", "at=\"2026-11-01\""],
    );
    bring(&leila, &tomas);
    let path = format!("services/{service}/provider");
    tomas.run(&["edit", &wrong, "--set", &format!("{path}=\"River school\"")]).ok();
    let of = format!("of=\"{service}\"");
    let happened = row(
        &tomas,
        &wrong,
        "service_events",
        &[&of, "state=\"receiving\"", "at=\"2026-11-08\"", "note=\"went on Monday\""],
    );
    let entry = leila.run(&["move", &wrong, &format!("services/{service}"), &right]).ok()["entry"]
        .as_str()
        .unwrap()
        .to_owned();
    bring(&leila, &tomas);
    bring(&tomas, &leila);
    World { leila, tomas, wrong, right, entry, path, happened }
}

#[test]
fn both_are_told_and_what_was_seen_by_the_mover_is_gone() {
    let world = apart();
    for tern in [&world.leila, &world.tomas] {
        let all = disputes(tern);
        let paths: Vec<&str> = all.iter().map(|of| of["path"].as_str().unwrap()).collect();
        assert!(paths.contains(&world.path.as_str()), "{paths:?}");
        assert!(paths.iter().any(|path| path.starts_with(&format!("service_events/{}/", world.happened))));
        assert!(all.iter().all(|of| of["rule"] == "moved" && of["id"] == world.wrong.as_str()), "{all:?}");
        let one = all.iter().find(|of| of["path"] == world.path.as_str()).unwrap();
        assert_eq!((one["values"].as_array().unwrap().len(), &one["shown"]), (1, &json!("River school")));
        let told = tern.run(&["history", &world.wrong]).ok().to_string();
        assert!(told.contains("River school") && told.contains("went on Monday"), "{told}");
        assert!(!told.contains("Hill school"), "{told}");
        let of_right = tern.run(&["show", &world.right]).ok().to_string();
        assert!(of_right.contains("Hill school") && !of_right.contains("River school"));
        assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    }
}

#[test]
fn what_was_taken_along_is_not_offered_to_be_taken_back_and_what_was_settled_beside_it_is() {
    let world = apart();
    for (tern, place) in [(&world.leila, "Varos"), (&world.tomas, "Ostra")] {
        tern.run(&["edit", &world.wrong, "--set", &format!("where_from={}", json!(place))]).ok();
    }
    bring(&world.leila, &world.tomas);
    let mut app = open(&world.tomas);
    let view = app.conflicts_view().unwrap().records.remove(0);
    let keep = |path: &str| {
        let field = view.fields.iter().find(|field| field.path == path).unwrap();
        SettleOne { path: path.to_owned(), by: SettleBy::Keep { change: field.voices[0].change.clone() } }
    };
    let settle = |app: &mut App, settles| {
        app.settle_told(&SettleAsk { id: world.wrong.clone(), heads: view.heads.clone(), settles }).unwrap()
    };
    let done = settle(&mut app, vec![keep(&world.path), keep("where_from")]);
    assert_eq!(done.changes.len(), 1, "{}", done.text);
    assert!(done.text.contains("moved entry"), "{}", done.text);
    app.undo(&done.changes).unwrap();
    let left = SettleOne { path: format!("service_events/{}/state", world.happened), ..keep(&world.path) };
    let left = SettleOne { by: SettleBy::Write { value: Value::Null }, ..left };
    let done = settle(&mut app, vec![left]);
    assert!(!app.conflicts_view().unwrap().records.iter().any(|one| one.fields.len() > 1));
    app.undo(&done.changes).unwrap();
    assert!(
        app.conflicts_view().unwrap().records[0].fields.iter().any(|field| field.left),
        "it is left again"
    );
    app.end_session().unwrap();
    drop(app);
    let open: Vec<Value> = disputes(&world.tomas).into_iter().map(|of| of["path"].clone()).collect();
    assert!(open.contains(&json!("where_from")) && !open.contains(&json!(world.path)), "{open:?}");
}

#[test]
fn it_is_taken_along_to_where_the_entry_went_by_either_device() {
    let world = apart();
    let all = disputes(&world.tomas);
    let change_of = |path: &str| {
        let of = all.iter().find(|of| of["path"] == path).unwrap();
        of["values"][0]["change"].as_str().unwrap().to_owned()
    };
    let state = format!("service_events/{}/state", world.happened);
    for path in [&world.path, &state] {
        world.tomas.run(&["settle", &world.wrong, path, "--keep", &change_of(path)]).ok();
    }
    assert_eq!(disputes(&world.tomas), Vec::<Value>::new());
    bring(&world.tomas, &world.leila);
    for tern in [&world.leila, &world.tomas] {
        assert_eq!(disputes(tern), Vec::<Value>::new());
        assert_eq!(field(tern, &world.right, &format!("{}/provider", world.entry)), "River school");
        let right = tern.run(&["show", &world.right, "--reason", "test"]).ok();
        let fields = right["fields"].as_object().unwrap();
        let ends = |end: &str| {
            fields
                .iter()
                .filter(|(path, _)| path.ends_with(end))
                .map(|(_, of)| &of["value"])
                .collect::<Vec<_>>()
        };
        let service = world.entry.split_once('/').unwrap().1;
        assert!(ends("/of").iter().all(|of| **of == json!(service)), "{:?}", ends("/of"));
        assert_eq!(ends("/of").len(), 2);
        assert!(ends("/note").contains(&&json!("went on Monday")));
        let told = tern.run(&["history", &world.wrong]).ok().to_string();
        assert!(!told.contains("River school") && !told.contains("went on Monday"), "{told}");
        assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    }
}

#[test]
fn it_is_left_out_and_stays_in_the_history() {
    let world = apart();
    let state = format!("service_events/{}/state", world.happened);
    for path in [&world.path, &state] {
        world.leila.run(&["settle", &world.wrong, path, "--value", "null"]).ok();
    }
    bring(&world.leila, &world.tomas);
    for tern in [&world.leila, &world.tomas] {
        assert_eq!(disputes(tern), Vec::<Value>::new());
        let told = tern.run(&["history", &world.wrong]).ok().to_string();
        assert!(told.contains("River school") && told.contains("went on Monday"));
    }
}

/// A text that is moved before it ever went anywhere leaves no file behind that anybody could send.
#[test]
fn nobody_waits_for_the_file_that_a_moved_text_had() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (wrong, right) = (child(&leila, "Samir"), child(&leila, "Omid"));
    let concern = row(&leila, &wrong, "concerns", &["type=\"neglect\"", "response=\"was fetched\""]);
    leila.run(&["move", &wrong, &format!("concerns/{concern}"), &right]).ok();
    bring(&leila, &tomas);
    assert!(tomas.run(&["show", &right]).ok().to_string().contains("was fetched"));
    let (mut one, mut other) = (open(&leila), open(&tomas));
    assert_eq!(other.blobs_wanted().unwrap(), []);
    assert_eq!(meet(&mut other, &mut one), 1, "nothing is asked for in vain");
}

#[test]
fn two_who_move_the_same_entry_to_the_same_child_make_one_entry() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (wrong, right) = (child(&leila, "Samir"), child(&leila, "Omid"));
    let concern = row(&leila, &wrong, "concerns", &["type=\"neglect\"", "risk=\"low\""]);
    bring(&leila, &tomas);
    for tern in [&leila, &tomas] {
        tern.run(&["move", &wrong, &format!("concerns/{concern}"), &right]).ok();
    }
    bring(&leila, &tomas);
    bring(&tomas, &leila);
    for tern in [&leila, &tomas] {
        assert_eq!(disputes(tern), Vec::<Value>::new());
        let right = tern.run(&["show", &right]).ok();
        let risks =
            right["fields"].as_object().unwrap().keys().filter(|path| path.ends_with("/risk")).count();
        assert_eq!(risks, 1);
    }
}

#[test]
fn an_entry_that_was_moved_on_is_followed_and_where_it_is_not_here_that_is_said() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let wrong = child(&leila, "Samir");
    let concern = row(&leila, &wrong, "concerns", &["type=\"neglect\""]);
    bring(&leila, &tomas);
    let (right, other) = (child(&leila, "Omid"), child(&leila, "Ivo"));
    let path = format!("concerns/{concern}/risk");
    tomas.run(&["edit", &wrong, "--set", &format!("{path}=\"high\"")]).ok();
    let first = leila.run(&["move", &wrong, &format!("concerns/{concern}"), &right]).ok()["entry"].clone();
    let last = leila.run(&["move", &right, first.as_str().unwrap(), &other]).ok()["entry"].clone();
    bring(&tomas, &leila);
    let change = disputes(&leila)[0]["values"][0]["change"].as_str().unwrap().to_owned();
    leila.run(&["settle", &wrong, &path, "--keep", &change]).ok();
    assert_eq!(field(&leila, &other, &format!("{}/risk", last.as_str().unwrap())), "high");
    assert_eq!(disputes(&leila), Vec::<Value>::new());
}

#[test]
fn where_an_entry_went_to_two_children_nobody_chooses_for_you() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let nadia = joined(&leila, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let (wrong, right, other) = (child(&leila, "Samir"), child(&leila, "Omid"), child(&leila, "Ivo"));
    let concern = row(&leila, &wrong, "concerns", &["type=\"neglect\""]);
    bring(&leila, &tomas);
    bring(&leila, &nadia);
    let (entry, path) = (format!("concerns/{concern}"), format!("concerns/{concern}/risk"));
    nadia.run(&["edit", &wrong, "--set", &format!("{path}=\"high\"")]).ok();
    leila.run(&["move", &wrong, &entry, &right]).ok();
    tomas.run(&["move", &wrong, &entry, &other]).ok();
    bring(&tomas, &leila);
    bring(&nadia, &leila);
    let change = disputes(&leila)[0]["values"][0]["change"].as_str().unwrap().to_owned();
    leila.run(&["settle", &wrong, &path, "--keep", &change]).refused(1, "went-elsewhere");
    assert_eq!(disputes(&leila).len(), 1);
}

fn settle(tern: &Tern, child: &str, settles: Value) -> Result<Vec<ChangeRef>, String> {
    let mut app = open(tern);
    let ask = serde_json::from_value(json!({ "id": child, "heads": [], "settles": settles })).unwrap();
    let done =
        app.settle_told(&ask).map(|told| told.changes).map_err(|failure| failure.code.name().to_owned());
    app.end_session().unwrap();
    done
}

#[test]
fn several_are_settled_together_or_not_at_all_and_all_of_it_is_told() {
    let World { leila, wrong, path, happened, .. } = apart();
    let before = disputes(&leila);
    let change =
        |of: &str| before.iter().find(|one| one["path"] == of).unwrap()["values"][0]["change"].clone();
    let state = format!("service_events/{happened}/state");
    let keep = |of: &str| json!({ "path": of, "by": { "way": "keep", "change": change(of) } });
    let nothing = json!({ "path": "where_from", "by": { "way": "write", "value": "Varos" } });
    assert!(settle(&leila, &wrong, json!([keep(&path), keep(&state), nothing])).is_err());
    assert_eq!(disputes(&leila), before, "none of it");
    assert_eq!(leila.run(&["verify"]).ok()["problems"], json!([]));
    let changes = settle(&leila, &wrong, json!([keep(&path), keep(&state)])).unwrap();
    assert_eq!(disputes(&leila), Vec::<Value>::new());
    assert!(changes.is_empty(), "what went along is not taken back from here");
    assert_eq!(leila.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}

#[test]
fn what_somebody_answered_there_since_stands_beside_what_is_taken_along() {
    let World { leila, wrong, right, path, entry, .. } = apart();
    let there = format!("{entry}/provider");
    leila.run(&["edit", &right, "--set", &format!("{there}=\"Lake school\"")]).ok();
    let change =
        disputes(&leila).iter().find(|one| one["path"] == path.as_str()).unwrap()["values"][0]["change"]
            .clone();
    leila.run(&["settle", &wrong, &path, "--keep", change.as_str().unwrap()]).ok();
    let all = disputes(&leila);
    let one = all.iter().find(|one| one["path"] == there.as_str()).expect("both stand");
    let mut values: Vec<&str> =
        one["values"].as_array().unwrap().iter().filter_map(|of| of["value"].as_str()).collect();
    values.sort_unstable();
    assert_eq!((values, &one["id"]), (vec!["Lake school", "River school"], &json!(right)));
}

#[test]
fn a_row_of_a_moved_entry_that_two_wrote_apart_is_settled_and_goes_along() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let nadia = joined(&leila, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let (wrong, right) = (child(&leila, "Samir"), child(&leila, "Omid"));
    let service = row(&leila, &wrong, "services", &["type=\"education\""]);
    bring(&leila, &tomas);
    let of = format!("of=\"{service}\"");
    let happened = row(&tomas, &wrong, "service_events", &[&of, "state=\"receiving\"", "note=\"first\""]);
    bring(&leila, &nadia);
    bring(&tomas, &nadia);
    let note = format!("service_events/{happened}/note");
    tomas.run(&["edit", &wrong, "--set", &format!("{note}=\"went on Monday\"")]).ok();
    nadia.run(&["edit", &wrong, "--set", &format!("{note}=\"went on Friday\"")]).ok();
    leila.run(&["move", &wrong, &format!("services/{service}"), &right]).ok();
    bring(&tomas, &leila);
    bring(&nadia, &leila);
    let all = disputes(&leila);
    let one = all.iter().find(|one| one["path"] == note.as_str()).unwrap();
    assert_eq!(one["values"].as_array().unwrap().len(), 2);
    let change = one["values"][0]["change"].as_str().unwrap();
    leila.run(&["settle", &wrong, &note, "--keep", change]).ok();
    assert_eq!(disputes(&leila), Vec::<Value>::new());
    let told = leila.run(&["show", &right, "--reason", "test"]).ok()["fields"].to_string();
    assert!(told.contains(one["values"][0]["value"].as_str().unwrap()), "{told}");
}

#[test]
fn what_was_left_behind_the_lock_is_told_of_without_its_words_and_goes_along() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_supervisor"], &[]);
    let (wrong, right) = (child(&leila, "Samir"), child(&leila, "Omid"));
    let concern = row(&leila, &wrong, "concerns", &["type=\"neglect\""]);
    bring(&leila, &tomas);
    let path = format!("concerns/{concern}/story");
    tomas.run(&["edit", &wrong, "--set", &format!("{path}=\"said at night\"")]).ok();
    let entry = leila.run(&["move", &wrong, &format!("concerns/{concern}"), &right]).ok()["entry"].clone();
    bring(&tomas, &leila);
    let all = disputes(&leila);
    let one = all.iter().find(|one| one["path"] == path.as_str()).expect("it is told of");
    assert_eq!(one["behind_lock"], true);
    assert!(!json!(all).to_string().contains("said at night"), "{all:?}");
    let mut app = open(&leila);
    let view = serde_json::to_string(&app.conflicts_view().unwrap()).unwrap();
    assert!(
        view.contains(&path) && view.contains("Behind the lock") && !view.contains("said at night"),
        "{view}"
    );
    assert_eq!(app.unsettled().unwrap(), 1);
    drop(app);
    let change = one["values"][0]["change"].as_str().unwrap();
    let texts = || std::fs::read_dir(leila.home().join("blobs")).unwrap().count();
    let before = texts();
    leila.run(&["settle", &wrong, &path, "--keep", change]).ok();
    assert_eq!(texts(), before, "it is sealed anew, and the old file is gone at once");
    assert_eq!(disputes(&leila), Vec::<Value>::new());
    assert_eq!(field(&leila, &right, &format!("{}/story", entry.as_str().unwrap())), "said at night");
}
