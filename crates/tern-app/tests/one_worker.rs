//! One worker, one device: a day of registering, finding, correcting, locking.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use serde_json::{Value, json};
use tern_app::view::{CreateProgramme, Door, EditChild, HeldView, PutDraft, StatusView};
use tern_app::{Desk, Ports};
use tern_form::Schema;
use tern_seal::slot::Cost;
use tern_testkit::{FakeClock, Seeded};

const NOON: i64 = 1_795_500_000_000;

struct World {
    desk: Desk,
    clock: FakeClock,
    words: String,
    rescue: String,
}

fn desk(folder: &Path, clock: &FakeClock, seed: u64) -> Desk {
    let ports = Ports {
        clock: Box::new(clock.clone()),
        random: Mutex::new(Box::new(Seeded::new(seed))),
        vfs: None,
        keystore: None,
    };
    Desk::new(folder.to_owned(), Schema::embedded().unwrap(), ports, Cost::FLOOR)
}

fn begin(folder: &Path, practice: bool) -> World {
    let clock = FakeClock::at(NOON);
    let desk = desk(folder, &clock, 1);
    assert_eq!(desk.status().unwrap().door, Door::New);
    let secrets = desk.draw_secrets().unwrap();
    let words = secrets.words.join(" ");
    let rescue_check: BTreeMap<u8, String> =
        [(1, secrets.rescue_groups[1].clone()), (4, secrets.rescue_groups[4].clone())].into();
    let ask = |words: &str| CreateProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice,
        words: words.into(),
        rescue_check: rescue_check.clone(),
    };
    assert_eq!(desk.create_programme(&ask("not the words")).err().unwrap().code, "words-differ");
    let status: StatusView = desk.create_programme(&ask(&words)).unwrap();
    assert_eq!((status.door, status.practice), (Door::Open, Some(practice)));
    assert_eq!(status.session.unwrap().worker, "Leila");
    World { desk, clock, words, rescue: secrets.rescue_groups.join("-") }
}

fn put(desk: &Desk, id: &str, path: &str, value: Value, typing: bool) -> tern_app::view::DraftView {
    desk.put_draft(&PutDraft { id: id.into(), path: path.into(), value, typing }).unwrap()
}

fn edit(id: &str, heads: &[String], puts: Value) -> EditChild {
    let Value::Object(puts) = puts else { panic!("object") };
    EditChild { id: id.into(), heads: heads.to_vec(), puts: puts.into_iter().collect() }
}

/// Registers a girl whose name is written in Arabic letters; gives her long id.
fn samira(world: &World) -> String {
    let draft = world.desk.begin_draft().unwrap().id;
    put(&world.desk, &draft, "help_asked/bed/in", json!(true), false);
    put(&world.desk, &draft, "consents/+1/purpose", json!("case_management"), false);
    put(&world.desk, &draft, "consents/+1/status", json!("granted"), false);
    put(&world.desk, &draft, "names/+1/name", json!("سمیرا"), true);
    put(&world.desk, &draft, "names/+1/name", json!("سمیرا حیدری"), false);
    put(&world.desk, &draft, "sex", json!("F"), false);
    let view = put(&world.desk, &draft, "dob", json!({ "age": 11 }), false);
    assert!(view.child.is_none());
    assert_eq!(view.open, ["accompaniment"]);
    assert_eq!(view.name_hint.unwrap().found_as, "Smira Hidri");
    put(&world.desk, &draft, "companions/+1/claim", json!("relative"), false);
    let view = put(&world.desk, &draft, "companions_answered", json!("listed"), false);
    let child = view.child.expect("numbered as soon as the four answers are there");
    let view = put(&world.desk, &draft, "languages/+1/language", json!("prs"), false);
    assert_eq!(view.child.as_ref().unwrap().id, child.id);
    put(&world.desk, &draft, "health_seen/ill_or_injured/in", json!(true), false);
    world.desk.finish_draft(&draft).unwrap();
    assert!(world.desk.draft(&draft).is_err());
    child.id
}

#[test]
fn a_child_is_registered_found_in_two_scripts_corrected_and_its_history_told() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(folder.path(), true);
    let id = samira(&world);
    let desk = &world.desk;
    for typed in ["samira", "سميرا", "haidari samira", "smira"] {
        let found = desk.find(typed, 10).unwrap();
        assert!(!found.nearest_only && found.hits.len() == 1 && found.hits[0].child.id == id, "{typed}");
    }
    let child = desk.child(&id).unwrap();
    assert_eq!(child.line.age.as_ref().unwrap().years, 11);
    let HeldView::Settled { value, .. } = &child.fields["accompaniment"] else { panic!("settled") };
    assert_eq!(value, "separated");
    world.clock.pass(60_000);
    let edited = desk.edit_child(&edit(&id, &child.heads, json!({ "sex": "M" }))).unwrap();
    assert_eq!(edited.changes.len(), 1);
    assert!(desk.edit_child(&edit(&id, &edited.heads, json!({ "sex": "M" }))).unwrap().changes.is_empty());
    let history = desk.history(&id).unwrap();
    let last = history.last().unwrap();
    assert_eq!((last.by.as_str(), last.puts[0].before.len(), last.cause.as_str()), ("Leila", 1, "typed"));
    desk.put_back(&id, &last.change, "sex").unwrap();
    let HeldView::Settled { value, .. } = &desk.child(&id).unwrap().fields["sex"] else { panic!("settled") };
    assert_eq!(value, "F");
}

#[test]
fn a_form_that_was_opened_before_another_change_becomes_a_dispute() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(folder.path(), true);
    let id = samira(&world);
    let heads = world.desk.child(&id).unwrap().heads;
    world.desk.edit_child(&edit(&id, &heads, json!({ "where_from": "Tarrin" }))).unwrap();
    world.desk.edit_child(&edit(&id, &heads, json!({ "where_from": "Old Mill" }))).unwrap();
    let child = world.desk.child(&id).unwrap();
    assert_eq!(child.disputes, 1);
    let HeldView::Disputed { values, .. } = &child.fields["where_from"] else { panic!("disputed") };
    assert_eq!(values.len(), 2);
}

#[test]
fn locking_loses_nothing_and_only_the_words_or_the_rescue_code_open_again() {
    let folder = tempfile::tempdir().unwrap();
    let (words, rescue, id) = {
        let world = begin(folder.path(), true);
        let id = samira(&world);
        let draft = world.desk.begin_draft().unwrap().id;
        put(&world.desk, &draft, "names/+1/name", json!("half typ"), true);
        assert_eq!(world.desk.lock().unwrap().door, Door::Locked);
        assert_eq!(world.desk.find("samira", 5).err().unwrap().code, "locked");
        (world.words, world.rescue, id)
    };
    let clock = FakeClock::at(NOON + 3_600_000);
    let desk = desk(folder.path(), &clock, 2);
    assert_eq!(desk.status().unwrap().door, Door::Locked);
    for _ in 0..5 {
        assert_eq!(desk.unlock("otter otter otter otter otter").err().unwrap().code, "wrong-passphrase");
    }
    let wait = desk.unlock(&words).err().unwrap();
    assert_eq!((wait.code.as_str(), wait.wait_s), ("wait", Some(1)));
    clock.pass(1_000);
    assert_eq!(desk.unlock(&words.to_uppercase()).unwrap().door, Door::Open);
    assert_eq!(desk.child(&id).unwrap().line.names.len(), 0);
    let today = desk.today().unwrap();
    assert_eq!((today.children, today.drafts.len()), (1, 1));
    assert_eq!(desk.draft(&today.drafts[0].id).unwrap().answers["names/+1/name"]["text"], "half typ");
    desk.lock().unwrap();
    let status = desk.unlock_rescue(&rescue).unwrap();
    assert!(status.session.unwrap().must_choose_words);
    let drawn = desk.draw_secrets().unwrap().words.join(" ");
    desk.choose_words(&drawn).unwrap();
    desk.lock().unwrap();
    assert_eq!(desk.unlock(&words).err().unwrap().code, "wrong-passphrase");
    assert_eq!(desk.unlock(&drawn).unwrap().door, Door::Open);
}

#[test]
fn idle_covers_then_locks_and_a_covered_screen_answers_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(folder.path(), true);
    world.clock.pass(121_000);
    assert_eq!(world.desk.status().unwrap().door, Door::Covered);
    assert_eq!(world.desk.today().err().unwrap().code, "locked");
    assert_eq!(world.desk.uncover().unwrap().door, Door::Open);
    world.clock.pass(601_000);
    assert_eq!(world.desk.today().err().unwrap().code, "locked");
    assert_eq!(world.desk.status().unwrap().door, Door::Locked);
}

#[test]
fn a_photo_needs_its_own_yes_and_is_gone_when_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(folder.path(), true);
    let id = samira(&world);
    let desk = &world.desk;
    let picture = picture();
    assert_eq!(desk.add_photo(&id, &picture).err().unwrap().code, "no-photo-consent");
    let yes = json!({ "consents/+1/purpose": "photo", "consents/+1/status": "granted" });
    desk.edit_child(&edit(&id, &[], yes)).unwrap();
    assert_eq!(desk.add_photo(&id, "dGV4dA==").err().unwrap().code, "not-a-picture");
    let photo = desk.add_photo(&id, &picture).unwrap();
    assert!(photo.bytes <= 102_400);
    let child = desk.child(&id).unwrap();
    assert!(child.thumbnail.unwrap().starts_with("data:image/jpeg"));
    assert!(desk.photo(&id).unwrap().is_some());
    let blobs = || std::fs::read_dir(folder.path().join("blobs")).unwrap().count();
    assert_eq!(blobs(), 2);
    desk.remove_photo(&id, &photo.heads).unwrap();
    assert_eq!((blobs(), desk.photo(&id).unwrap()), (0, None));
    let no = json!({ "consents/+1/purpose": "photo", "consents/+1/status": "refused" });
    desk.edit_child(&edit(&id, &[], no)).unwrap();
    assert_eq!(desk.child(&id).unwrap().photo, "refused");
    let again = |day: &str| {
        let yes = json!({
            "consents/+1/purpose": "photo", "consents/+1/status": "granted", "consents/+1/given_on": day,
        });
        desk.edit_child(&edit(&id, &[], yes)).unwrap();
        desk.child(&id).unwrap().photo
    };
    assert_eq!(again("2026-11-22"), "refused", "nothing is later than a no without a day");
    let no =
        desk.child(&id).unwrap().consents.into_iter().find(|one| one.status.as_deref() == Some("refused"));
    let day = format!("consents/{}/given_on", no.unwrap().entity);
    desk.edit_child(&edit(&id, &[], json!({ day: "2026-11-22" }))).unwrap();
    assert_eq!(again("2026-11-22"), "refused", "a yes of the same day is not later");
    assert_eq!(again("2026-11-23"), "granted", "a later yes is an answer of its own");
}

/// A PNG of one pixel.
fn picture() -> String {
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
        .to_owned()
}

#[test]
fn the_same_child_again_is_proposed_without_saying_who() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(folder.path(), true);
    let first = samira(&world);
    let second = samira(&world);
    let same = world.desk.may_be_same(&second).unwrap();
    assert_eq!((same.len(), same[0].id.as_str(), same[0].strength.as_str()), (1, first.as_str(), "many"));
}

#[test]
fn a_second_window_is_told_and_an_unexpected_end_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(folder.path(), true);
    samira(&world);
    let other = desk(folder.path(), &world.clock, 3);
    assert_eq!(other.unlock(&world.words).err().unwrap().code, "in-use");
    let words = world.words.clone();
    drop(world.desk);
    let status = other.unlock(&words).unwrap();
    assert!(status.unexpected_end.is_some());
    other.lock().unwrap();
    assert!(other.unlock(&words).unwrap().unexpected_end.is_none());
}

#[test]
fn a_clock_set_back_turns_no_history_round_and_a_slip_in_a_row_begins_none() {
    let folder = tempfile::tempdir().unwrap();
    let world = begin(&folder.path().join("home"), true);
    let id = samira(&world);
    world.clock.set(NOON - 86_400_000);
    let heads = world.desk.child(&id).unwrap().heads;
    world.desk.edit_child(&edit(&id, &heads, json!({ "sex": "X" }))).unwrap();
    let history = world.desk.history(&id).unwrap();
    let last = history.last().unwrap();
    assert_eq!(last.puts[0].path, "sex");
    assert!(last.at.at_ms < history[0].at.at_ms, "what the clock said is shown as it was said");

    let heads = world.desk.child(&id).unwrap().heads;
    let slip = edit(&id, &heads, json!({ "names/ZZZZZZZZZZZZZZZZZZZZZZZZZZ/name": "Nobody" }));
    let refused = world.desk.edit_child(&slip).err().unwrap();
    assert_eq!((refused.code.as_str(), refused.message.contains("Nobody")), ("unknown-row", false));
    assert_eq!(world.desk.child(&id).unwrap().heads, heads);
}
