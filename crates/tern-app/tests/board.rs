//! The first screen of the day: what a cell is told and what takes it back, roll-call, hand-over.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tern_app::programme::NewProgramme;
use tern_app::script::{open, programme_create};
use tern_app::view::{BoardView, RollCall, RowGroup, TellAway, UpdateNeed};
use tern_app::{App, Ports, Schema};
use tern_testkit::{FakeClock, Seeded};

const NOON: i64 = 1_795_500_000_000;
const DAY: i64 = 86_400_000;
const WORDS: &str = "a long enough passphrase for a test";

struct Site {
    app: App,
    clock: FakeClock,
    ids: Vec<String>,
    folder: tempfile::TempDir,
}

fn ports(clock: &FakeClock) -> Arc<Ports> {
    let random = Mutex::new(Box::new(Seeded::new(3)) as Box<_>);
    Arc::new(Ports { clock: Box::new(clock.clone()), random, vfs: None, keystore: None })
}

fn begin(folder: &Path, clock: &FakeClock) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    programme_create(folder, &ask, Some(WORDS), Arc::clone(&schema), ports(clock)).unwrap();
    open(folder, WORDS, schema, ports(clock)).unwrap()
}

/// A site with three children who arrived today.
fn site() -> Site {
    let folder = tempfile::tempdir().unwrap();
    let clock = FakeClock::at(NOON);
    let mut app = begin(folder.path(), &clock);
    for name in ["Awa Diallo", "Samira Haidari", "Yonas Tesfay"] {
        let answers = json!({
            "names": [{ "text": name }], "sex": "F", "dob": { "age": 11 }, "accompaniment": "unaccompanied",
            "consents": [{ "purpose": "case_management", "status": "granted" }],
        });
        app.script_register(&answers).unwrap();
    }
    let ids = board(&app).rows.iter().map(|row| row.line.id.clone()).collect();
    Site { app, clock, ids, folder }
}

fn board(app: &App) -> BoardView {
    app.board(app.ports().today()).unwrap()
}

fn state(app: &App, id: &str, need: &str) -> String {
    let board = board(app);
    board.rows.iter().find(|row| row.line.id == id).unwrap().cells[need].state.clone()
}

fn tell(ids: &[String], need: &str, outcome: &str) -> UpdateNeed {
    UpdateNeed {
        ids: ids.to_vec(),
        need: need.into(),
        outcome: outcome.into(),
        on: None,
        reason: None,
        who: None,
        words: None,
    }
}

fn shown(app: &mut App, id: &str, list: &str) -> Vec<serde_json::Value> {
    let shown = app.script_show(id, None, None).unwrap();
    let rows = shown["fields"].as_object().unwrap().iter();
    rows.filter(|(path, _)| path.starts_with(&format!("{list}/"))).map(|(_, value)| value.clone()).collect()
}

#[test]
fn many_are_told_at_once_and_taken_back_at_once() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    let done = app.update_need(&tell(&ids, "education", "enrolled")).unwrap();
    assert_eq!(done.children, 3);
    assert!(ids.iter().all(|id| state(&app, id, "education") == "referred"));
    assert_eq!(app.undo(&done.changes).unwrap(), 3);
    assert!(ids.iter().all(|id| state(&app, id, "education") == "not_asked"));
}

#[test]
fn many_are_told_all_or_none() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    let with_a_stranger = vec![ids[0].clone(), "no such child".to_owned()];
    assert!(app.update_need(&tell(&with_a_stranger, "education", "enrolled")).is_err());
    assert_eq!(state(&app, &ids[0], "education"), "not_asked");
    let refused = UpdateNeed {
        who: Some("x".into()),
        reason: Some("cost".into()),
        ..tell(&ids, "education", "refused")
    };
    assert_eq!(app.update_need(&refused).err().unwrap().code.name(), "one-by-one");
}

#[test]
fn what_was_changed_again_since_is_not_taken_back() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    let one = &ids[..1];
    let first = app.set_group(one, "Blue").unwrap();
    app.set_group(one, "Green").unwrap();
    app.undo(&first.changes).unwrap();
    assert_eq!(board(&app).circles, ["Green"]);
}

#[test]
fn a_note_changes_nothing_of_how_a_need_stands_and_a_note_on_a_refusal_is_not_the_childs_word() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    let one = &ids[..1];
    assert_eq!(app.update_need(&tell(one, "guardian", "note")).err().unwrap().code.name(), "reason-needed");
    for need in
        ["shelter", "health", "mhpss", "education", "guardian", "birth_registration", "best_interests"]
    {
        let before = state(&app, &ids[0], need);
        let note = UpdateNeed { words: Some("Rang twice".into()), ..tell(one, need, "note") };
        app.update_need(&note).unwrap();
        assert_eq!(state(&app, &ids[0], need), before, "{need}");
    }
    assert_eq!(shown(&mut app, &ids[0], "need_notes").len(), 21);
    let refused = UpdateNeed {
        who: Some("The office".into()),
        reason: Some("no_documents".into()),
        words: Some("Rang twice".into()),
        ..tell(one, "education", "refused")
    };
    app.update_need(&refused).unwrap();
    let all = app.script_show(&ids[0], None, None).unwrap().to_string();
    assert!(all.contains("/note") && !all.contains("/child_view"), "{all}");
    let board = board(&app);
    let row = board.rows.iter().find(|row| row.line.id == ids[0]).unwrap();
    assert_eq!(row.cells["education"].why.as_deref(), Some("No identity documents"));
}

#[test]
fn asking_never_makes_late_less_late_and_the_longest_wait_comes_first() {
    let Site { mut app, clock, ids, folder: _folder } = site();
    app.update_need(&tell(&ids, "shelter", "safe")).unwrap();
    clock.set(NOON + 40 * DAY);
    let before = board(&app);
    let late = before.columns.iter().find(|column| column.need == "guardian").unwrap().late;
    assert_eq!(late, 3);
    app.update_need(&tell(&ids, "guardian", "asked")).unwrap();
    let after = board(&app);
    let cell = &after.rows[0].cells["guardian"];
    assert_eq!((cell.state.as_str(), cell.days, cell.late), ("asked", Some(40), true));
    assert_eq!(after.rows[0].here, Some(40));
}

#[test]
fn a_roll_call_starts_empty_and_whoever_was_not_ticked_is_looked_for() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    app.update_need(&tell(&ids, "shelter", "safe")).unwrap();
    let done = app.roll_call(&RollCall { expected: ids.clone(), present: vec![ids[0].clone()] }).unwrap();
    assert!(done.text.contains('1') && done.text.contains('2'), "{}", done.text);
    let missing: Vec<String> = app.away().unwrap().into_iter().map(|away| away.line.id).collect();
    assert_eq!(missing.len(), 2);
    assert!(!missing.contains(&ids[0]));
    let searches = app.tasks(None, app.ports().today()).unwrap();
    assert_eq!(searches.iter().filter(|task| task.kind == "search" && task.urgent).count(), 2);
    assert_eq!(board(&app).rows.iter().filter(|row| row.group == RowGroup::Today).count(), 2);

    let told = TellAway {
        id: missing[0].clone(),
        last_seen_by: Some("The cook, at noon".into()),
        search_note: None,
        guardian_told: Some(true),
    };
    app.tell_away(&told).unwrap();
    let away = app.away().unwrap();
    let one = away.iter().find(|away| away.line.id == missing[0]).unwrap();
    assert_eq!(one.last_seen_by.as_deref(), Some("The cook, at noon"));
    assert_eq!(one.guardian_told, Some(true));
    assert!(one.guardian_told_at.is_some());
    let present = TellAway { id: ids[0].clone(), ..told };
    assert_eq!(app.tell_away(&present).err().unwrap().code.name(), "accounted-for");

    app.roll_call(&RollCall { expected: missing.clone(), present: missing.clone() }).unwrap();
    assert!(app.away().unwrap().is_empty());
    app.undo(&done.changes).unwrap();
    assert!(app.away().unwrap().is_empty(), "taking the roll-call back loses nobody and finds nobody twice");
}

#[test]
fn the_next_worker_finds_what_is_open_and_who_took_the_shift_is_kept() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    let before = app.hand_over().unwrap();
    assert!(before.taken.is_none() && before.roll_call.is_none());
    assert_eq!(before.urgent.len(), 3, "three children without a safe place tonight");
    app.roll_call(&RollCall { expected: ids.clone(), present: vec![] }).unwrap();
    let taken = app.take_shift().unwrap();
    assert_eq!(taken.by, "Leila");
    let after = app.hand_over().unwrap();
    assert_eq!(after.taken, Some(taken));
    assert_eq!(after.away.len(), 3);
    let rolled = after.roll_call.unwrap();
    assert_eq!((rolled.here, rolled.of), (0, 3));
    assert!(after.to_share > 0);
}

#[test]
fn my_children_are_those_that_i_took_on() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    assert!(board(&app).rows.iter().all(|row| !row.mine));
    app.take_on(&ids[..2], true).unwrap();
    assert_eq!(board(&app).rows.iter().filter(|row| row.mine).count(), 2);
    app.take_on(&ids[..1], false).unwrap();
    assert_eq!(board(&app).rows.iter().filter(|row| row.mine).count(), 1);
}

#[test]
fn a_cell_is_told_for_the_country_that_the_child_is_in() {
    let Site { mut app, ids, folder: _folder, .. } = site();
    let child = &ids[..1];
    let put = |app: &mut App, path: &str, value: &str| {
        app.script_edit(&child[0], &[], [(path.to_owned(), json!(value))].into()).unwrap();
    };
    put(&mut app, "case.country", "QMV");
    let kind = [("type".to_owned(), json!("shelter")), ("country_of_service".to_owned(), json!("QME"))];
    app.script_add(&child[0], "services", kind.into()).unwrap();
    assert_eq!(state(&app, &child[0], "shelter"), "not_asked");
    app.update_need(&tell(child, "shelter", "safe")).unwrap();
    assert_eq!(state(&app, &child[0], "shelter"), "in_place");
}
