//! What people settle after devices came together, and what they are told. The real program, devices that meet by files.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value, json};
use tern_app::{App, Cost, Desk, Ports, Schema, script};
use tern_record::port::Clock;
use tern_stories::held::{since, take_in};
use tern_stories::meeting::meet;
use tern_stories::members::joined;
use tern_stories::tern::WORDS;
use tern_stories::{At, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn bring(from: &Tern, to: &Tern) -> Value {
    let file = from.tmp().join("stick").to_str().unwrap().to_owned();
    let _ = std::fs::remove_file(&file);
    from.run(&["sync", "write", &file]).ok();
    to.run(&["sync", "read", &file]).ok()
}

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

/// Takes a change back, named by its first characters.
fn undo(tern: &Tern, child: &str, change: &Value) {
    let done = tern.run(&["undo", child, change.as_str().unwrap().get(..10).unwrap()]).ok();
    assert!(!done["changes"].as_array().unwrap().is_empty(), "{done}");
}

fn answers(name: &str) -> Value {
    json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" })
}

/// Two devices that both know one child.
fn two(role: &str) -> (Tern, Tern, String) {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &[role], &[]);
    let child = first.register(&answers("Samir")).ok()["id"].as_str().unwrap().to_owned();
    bring(&first, &second);
    (first, second, child)
}

fn set(tern: &Tern, child: &str, path: &str, value: &Value) {
    tern.run(&["edit", child, "--set", &format!("{path}={value}")]).ok();
}

fn fields(tern: &Tern, child: &str) -> Value {
    tern.run(&["show", child]).ok()["fields"].clone()
}

fn path_of(tern: &Tern, child: &str, ends: &str) -> String {
    let fields = fields(tern, child);
    fields.as_object().unwrap().keys().find(|path| path.ends_with(ends)).unwrap().clone()
}

fn conflicts(tern: &Tern) -> Vec<Value> {
    tern.run(&["conflicts"]).ok().as_array().unwrap().clone()
}

fn texts(fields: &Value, list: &str) -> Vec<String> {
    let held = fields.as_object().unwrap().iter().filter(|(path, _)| path.starts_with(list));
    let mut texts: Vec<String> =
        held.filter_map(|(_, held)| held["value"]["text"].as_str().map(str::to_owned)).collect();
    texts.sort();
    texts
}

#[test]
fn both_names_are_kept_as_two_names_and_undone_as_the_dispute_they_were() {
    let (first, second, child) = two("case_supervisor");
    let name = path_of(&first, &child, "/name");
    set(&first, &child, &name, &json!("Samir Hadad"));
    set(&second, &child, &name, &json!("Sameer"));
    bring(&first, &second);
    let [conflict] = conflicts(&second).try_into().unwrap();
    assert_eq!((&conflict["path"], &conflict["both"]), (&json!(name), &json!(true)));
    let done = second.run(&["settle", &child, &name, "--both"]).ok();
    assert_eq!(conflicts(&second), Vec::<Value>::new());
    assert_eq!(texts(&fields(&second, &child), "names/"), ["Sameer", "Samir Hadad"]);
    bring(&second, &first);
    assert_eq!(texts(&fields(&first, &child), "names/"), ["Sameer", "Samir Hadad"]);
    let change = &done["change"];
    let told = second.run(&["history", &child]).ok();
    let settled = told.as_array().unwrap().iter().find(|told| told["change"] == *change).unwrap();
    assert_eq!(settled["cause"], "settled");
    undo(&second, &child, change);
    bring(&second, &first);
    for tern in [&first, &second] {
        let [conflict] = conflicts(tern).try_into().unwrap();
        assert_eq!((&conflict["path"], conflict["values"].as_array().unwrap().len()), (&json!(name), 2));
    }
}

#[test]
fn a_settlement_by_one_of_the_answers_or_by_another_is_undone_as_the_dispute_it_was() {
    let (first, second, child) = two("case_supervisor");
    set(&first, &child, "sex", &json!("F"));
    set(&second, &child, "sex", &json!("X"));
    bring(&first, &second);
    let [conflict] = conflicts(&second).try_into().unwrap();
    let keeps = conflict["values"][0]["change"].as_str().unwrap().to_owned();
    second.run(&["settle", &child, "sex", "--keep", keeps.get(..3).unwrap()]).refused(1, "unknown-change");
    second.run(&["undo", &child, "0000"]).refused(1, "unknown-change");
    for by in [["--keep", keeps.get(..8).unwrap()], ["--value", "\"U\""]] {
        let done = second.run(&["settle", &child, "sex", by[0], by[1]]).ok();
        assert_eq!(conflicts(&second), Vec::<Value>::new());
        undo(&second, &child, &done["change"]);
        let [again] = conflicts(&second).try_into().unwrap();
        let mut values: Vec<&str> =
            again["values"].as_array().unwrap().iter().map(|said| said["value"].as_str().unwrap()).collect();
        values.sort_unstable();
        assert_eq!(values, ["F", "X"]);
    }
}

#[test]
fn one_answer_has_room_where_a_field_can_hold_one() {
    let (first, second, child) = two("case_supervisor");
    set(&first, &child, "sex", &json!("F"));
    set(&second, &child, "sex", &json!("X"));
    bring(&first, &second);
    assert_eq!(conflicts(&second)[0]["both"], false);
    second.run(&["settle", &child, "sex", "--both"]).refused(1, "keeps-one");
    assert_eq!(conflicts(&second).len(), 1, "nothing was lost");
}

#[test]
fn free_text_keeps_both_paragraphs_with_their_authors() {
    let (first, second, child) = two("case_worker");
    first.run(&["add", &child, "reasons_for_leaving", "--set", "reason=\"armed_conflict\""]).ok();
    bring(&first, &second);
    let reason = path_of(&first, &child, "/reason").replace("/reason", "/own_words");
    set(&first, &child, &reason, &json!("The house burned."));
    set(&second, &child, &reason, &json!("Soldiers came at night."));
    bring(&first, &second);
    second.run(&["settle", &child, &reason, "--both"]).ok();
    bring(&second, &first);
    for tern in [&first, &second] {
        let text = fields(tern, &child)[&reason]["value"].as_str().unwrap().to_owned();
        for part in ["The house burned.", "Soldiers came at night.", "Tomas, 20", "Leila"] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn a_withdrawal_that_arrives_stops_a_referral_before_it_leaves() {
    let (first, second, child) = two("case_worker");
    let agreed = [
        "purpose=\"services_referral\"",
        "status=\"granted\"",
        "given_by=\"both\"",
        "spoke_apart=true",
        "given_on=\"2026-11-02\"",
    ];
    let add = |list: &str, fields: &[&str]| {
        let set = fields.iter().flat_map(|field| ["--set", field]);
        let words: Vec<&str> = ["add", &child, list].into_iter().chain(set).collect();
        first.run(&words).ok()["entity"].as_str().unwrap().to_owned()
    };
    let consent = add("consents", &agreed);
    let referral = add("referrals", &["to=\"health_provider\"", "state=\"draft\"", "personal_data=true"]);
    bring(&first, &second);
    let stops = |tern: &Tern| {
        let tasks = tern.run(&["tasks", &child]).ok();
        let stopped = tasks.as_array().unwrap().iter().filter(|task| task["kind"] == "referral_stopped");
        stopped.map(|task| (task["about"].clone(), task["text"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(stops(&first), []);
    // On the other device the yes is taken back; on this one somebody goes on with what was agreed.
    set(&second, &child, &format!("consents/{consent}/status"), &json!("withdrawn"));
    set(&second, &child, &format!("consents/{consent}/withdrawn_on"), &json!("2026-11-20"));
    set(&first, &child, &format!("referrals/{referral}/urgency"), &json!("today"));
    bring(&second, &first);
    let send = format!("referrals/{referral}/state=\"sent\"");
    first.run(&["edit", &child, "--set", &send]).refused(1, "rule-D-07");
    let sent_on = format!("referrals/{referral}/sent_on=\"2026-11-26\"");
    first.run(&["edit", &child, "--set", &sent_on]).refused(1, "rule-D-07");
    assert_eq!(stops(&first), [(json!(referral), json!("A referral may not leave"))]);
    set(&first, &child, &format!("referrals/{referral}/state"), &json!("recalled"));
    assert_eq!(stops(&first), []);
}

fn on_board(app: &App, child: &str) -> bool {
    let rows = app.script_board(None, None).unwrap()["rows"].as_array().unwrap().clone();
    rows.iter().any(|row| row["id"] == child)
}

/// Two devices at work that both know two records which may be of the same child.
fn pair() -> (App, App, [String; 2], (Tern, Tern)) {
    let (first, second, child) = two("case_supervisor");
    let (mut leila, mut tomas) = (open(&first), open(&second));
    let other = leila.script_register(&answers("Samir")).unwrap()["id"].as_str().unwrap().to_owned();
    meet(&mut tomas, &mut leila);
    (leila, tomas, [child, other], (first, second))
}

#[test]
fn links_that_were_confirmed_both_ways_apart_leave_one_record_that_counts() {
    let (mut leila, mut tomas, [one, other], _folders) = pair();
    let there = leila.link_same(&one, &other).unwrap().to_hex();
    // Whoever is to confirm it is told which two.
    let number = leila.child(&other).unwrap().line.short_id;
    assert!(leila.proposals(&one).unwrap()[0].text.contains(&number));
    let back = tomas.link_same(&other, &one).unwrap().to_hex();
    meet(&mut tomas, &mut leila);
    // Each confirms the other's, without knowing that the other does.
    tomas.confirm(&there).unwrap();
    leila.confirm(&back).unwrap();
    meet(&mut tomas, &mut leila);
    meet(&mut tomas, &mut leila);
    let counts = |app: &App| [on_board(app, &one), on_board(app, &other)];
    assert_eq!(counts(&leila).iter().filter(|counts| **counts).count(), 1, "{:?}", counts(&leila));
    assert_eq!(counts(&leila), counts(&tomas), "the same record on both devices");
    for app in [&mut leila, &mut tomas] {
        assert_eq!(app.links(&one).unwrap().len(), 1, "each link is told once");
        assert_eq!(app.script_verify(true).unwrap()["problems"], json!([]));
    }
}

#[test]
fn each_of_two_linked_records_leads_to_the_other_and_one_says_where_reminders_are() {
    let (mut leila, mut tomas, [one, other], _folders) = pair();
    let change = leila.link_same(&one, &other).unwrap().to_hex();
    meet(&mut tomas, &mut leila);
    let told = |app: &mut App, child: &str| {
        let needed = app.needed(child).unwrap();
        let leads = |kind: &str| ["linked", "duplicate"].contains(&kind);
        let notice = needed.notices.into_iter().find(|notice| leads(&notice.kind));
        (needed.open, notice.map(|notice| (notice.kind, notice.lines.join(" "))))
    };
    assert_eq!(told(&mut tomas, &other), (true, None), "it waits for a second worker");
    tomas.confirm(&change).unwrap();
    meet(&mut leila, &mut tomas);
    for app in [&mut leila, &mut tomas] {
        let (counts, twin) = (told(app, &other), told(app, &one));
        assert_eq!((counts.0, twin.0), (true, false));
        let (counts, twin) =
            (counts.1.expect("it leads to the other"), twin.1.expect("it leads to the other"));
        assert!(counts.0 == "linked" && counts.1.contains("is not repeated here"), "{counts:?}");
        assert!(twin.0 == "duplicate" && twin.1.contains("are in the other record"), "{twin:?}");
    }
    leila.split(&one, &other).unwrap();
    assert_eq!(told(&mut leila, &other), (true, None));
    assert_eq!(told(&mut leila, &one), (true, None));
}

#[test]
fn a_link_that_one_confirms_and_another_takes_back_counts_both_and_loses_no_history() {
    let (mut leila, mut tomas, [one, other], _folders) = pair();
    leila.script_edit(&one, &[], [("where_from".to_owned(), json!("Varos"))].into()).unwrap();
    tomas.script_edit(&other, &[], [("where_from".to_owned(), json!("Ostra"))].into()).unwrap();
    let change = leila.link_same(&one, &other).unwrap().to_hex();
    meet(&mut tomas, &mut leila);
    tomas.confirm(&change).unwrap();
    leila.split(&one, &other).unwrap();
    meet(&mut tomas, &mut leila);
    meet(&mut tomas, &mut leila);
    for app in [&mut leila, &mut tomas] {
        assert!(on_board(app, &one) && on_board(app, &other), "nobody is lost while people differ");
        let decided = app.conflicts().unwrap();
        assert!(decided.iter().any(|one| one.path.form_key() == "same_as/decision"), "and people settle it");
    }
    // Taken apart for good: each record keeps its own answers and its own history.
    leila.split(&one, &other).unwrap();
    meet(&mut tomas, &mut leila);
    for app in [&mut leila, &mut tomas] {
        assert_eq!(app.links(&one).unwrap()[0].state, "different");
        for (child, place) in [(&one, "Varos"), (&other, "Ostra")] {
            assert_eq!(app.script_show(child, None, None).unwrap()["fields"]["where_from"]["value"], place);
            let history = app.script_history(child, None).unwrap();
            assert!(history.as_array().unwrap().iter().any(|told| told["after"]["where_from"] == place));
        }
    }
}

/// A clock that somebody sets.
#[derive(Clone)]
struct Wall(Arc<AtomicI64>);

impl Clock for Wall {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }
    fn offset_min(&self) -> i16 {
        0
    }
    fn steady_ms(&self) -> u64 {
        0
    }
}

impl Wall {
    fn now() -> Self {
        Self(Arc::new(AtomicI64::new(Ports::system().clock.now_ms())))
    }

    fn hours(&self, hours: i64) {
        self.0.fetch_add(hours * 3_600_000, Ordering::Relaxed);
    }

    fn open(&self, tern: &Tern) -> App {
        let ports = Ports { clock: Box::new(self.clone()), ..Ports::system() };
        script::open(&tern.home(), WORDS, Arc::new(Schema::embedded().unwrap()), Arc::new(ports)).unwrap()
    }
}

fn put(app: &mut App, child: &str, place: &str) {
    app.script_edit(child, &[], [("where_from".to_owned(), json!(place))].into()).unwrap();
}

/// What is said of the clock of the change that put a place.
fn clock_of(app: &mut App, child: &str, place: &str) -> String {
    let history = app.script_history(child, None).unwrap();
    let told = history.as_array().unwrap().iter().find(|told| told["after"]["where_from"] == place).unwrap();
    told["clock"].as_str().unwrap().to_owned()
}

#[test]
fn a_wrong_clock_is_named_as_a_wrong_clock() {
    let (first, second, child) = two("case_worker");
    let third = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let (here, ahead, back) = (Wall::now(), Wall::now(), Wall::now());
    ahead.hours(3);
    let (mut leila, mut tomas, mut nadia) = (here.open(&first), ahead.open(&second), back.open(&third));
    put(&mut tomas, &child, "Varos");
    meet(&mut leila, &mut tomas);
    assert_eq!(clock_of(&mut leila, &child, "Varos"), "The clock of Tablet 2 was wrong");
    // Who only built on it is not blamed.
    put(&mut leila, &child, "Hollen");
    assert_eq!(clock_of(&mut leila, &child, "Hollen"), "");
    let device = |app: &App, name: &str| {
        let view = app.whereabouts().unwrap().devices.into_iter().find(|device| device.device == name);
        view.unwrap().clock
    };
    assert_eq!(device(&leila, "Tablet 2"), "The clock of Tablet 2 is ahead of this one. Set it there.");
    assert_eq!((device(&leila, "Tablet 3"), leila.clock_behind()), (String::new(), None));

    // A second device that says so, and this one is behind.
    meet(&mut nadia, &mut leila);
    back.hours(4);
    put(&mut nadia, &child, "Ostra");
    meet(&mut leila, &mut nadia);
    let nearest = leila.clock_behind().unwrap().at_ms - here.now_ms();
    assert!((2 * 3_600_000..=3 * 3_600_000).contains(&nearest), "{nearest}");
    // Its clock is set, and nothing more is said.
    here.hours(4);
    assert_eq!((leila.clock_behind(), clock_of(&mut leila, &child, "Varos").as_str()), (None, ""));

    // A clock that was set back: by its own earlier work.
    back.hours(-2);
    put(&mut nadia, &child, "Belmar");
    meet(&mut leila, &mut nadia);
    assert_eq!(clock_of(&mut leila, &child, "Belmar"), "The clock of Tablet 3 was wrong");
    // Where answers differ, too.
    put(&mut leila, &child, "Dorran");
    put(&mut nadia, &child, "Elsworth");
    meet(&mut leila, &mut nadia);
    let told = leila.script_conflicts().unwrap();
    let said = |value: &str| {
        let all = told[0]["values"].as_array().unwrap();
        all.iter().find(|said| said["value"] == value).unwrap()["clock"].clone()
    };
    assert_eq!((said("Elsworth"), said("Dorran")), (json!("The clock of Tablet 3 was wrong"), json!("")));
    // By what another device had said.
    ahead.hours(-3);
    meet(&mut tomas, &mut leila);
    put(&mut tomas, &child, "Calder");
    assert!(clock_of(&mut tomas, &child, "Calder").contains("Tablet 2 or of "));
}

#[test]
fn older_work_that_comes_later_does_not_hide_that_a_clock_is_wrong() {
    let (first, second, child) = two("case_worker");
    joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let (here, ahead) = (Wall::now(), Wall::now());
    let (mut leila, mut tomas) = (here.open(&first), ahead.open(&second));
    let told = |app: &App| {
        let view = app.whereabouts().unwrap().devices.into_iter().find(|device| device.device == "Tablet 2");
        view.unwrap().clock
    };
    let seal = |tomas: &mut App, field: &str, value: &str| {
        let before = tomas.envelopes().unwrap().len();
        tomas.script_edit(&child, &[], [(field.to_owned(), json!(value))].into()).unwrap();
        tomas.end_session().unwrap();
        since(tomas, before)
    };
    // In the one log while the clock was right, in the other since it is wrong.
    let earlier = seal(&mut tomas, "separation.place", "the old mill");
    ahead.hours(3);
    let later = seal(&mut tomas, "where_from", "Varos");
    assert_ne!(At::of(&earlier[0]).log, At::of(&later[0]).log);
    take_in(&mut leila, &later);
    assert!(told(&leila).contains("is ahead"));
    take_in(&mut leila, &earlier);
    assert!(told(&leila).contains("is ahead"), "what was written before says nothing of it");
    // The clock is set right, and its next work comes, in whichever log.
    ahead.hours(-3);
    here.hours(1);
    ahead.hours(1);
    let set = seal(&mut tomas, "separation.place", "the bridge");
    take_in(&mut leila, &set);
    assert_eq!(told(&leila), "");
}

#[test]
fn an_end_that_nobody_expected_is_told_by_what_was_last_done_here() {
    let (first, second, child) = two("case_worker");
    let (here, ahead) = (Wall::now(), Wall::now());
    ahead.hours(3);
    let (mut leila, mut tomas) = (here.open(&first), ahead.open(&second));
    put(&mut tomas, &child, "Varos");
    meet(&mut leila, &mut tomas);
    drop(leila);
    let desk = Desk::new(first.home(), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR);
    let ended = desk.unlock(WORDS).unwrap().unexpected_end.unwrap();
    assert!(
        ended.at_ms <= Ports::system().clock.now_ms(),
        "another device's clock is not taken for this one's"
    );
}

#[test]
fn a_pair_that_was_left_for_later_is_listed_again_until_somebody_decides_wherever_that_is() {
    let (mut leila, mut tomas, [one, other], _folders) = pair();
    let asked = |app: &mut App, child: &str| {
        (app.may_be_same_view(child).unwrap().len(), app.child(child).unwrap().may_be_same)
    };
    for app in [&mut leila, &mut tomas] {
        assert_eq!((asked(app, &one), asked(app, &other)), ((1, 1), (1, 1)));
    }
    // Looked at and left: it is asked again.
    meet(&mut tomas, &mut leila);
    assert_eq!(asked(&mut leila, &one), (1, 1));
    leila.link_same(&one, &other).unwrap();
    leila.split(&one, &other).unwrap();
    meet(&mut tomas, &mut leila);
    for app in [&mut leila, &mut tomas] {
        assert_eq!((asked(app, &one), asked(app, &other)), ((0, 0), (0, 0)));
    }
}
