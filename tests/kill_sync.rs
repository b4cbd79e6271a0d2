//! A device or a hub that is ended by SIGKILL while it takes in the work of some hundred children has all of it after it ran
//! again, and nothing by halves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tern_stories::Tern;
use tern_stories::hub::HubProgram;
use tern_stories::meeting::{file_in, open, written};
use tern_stories::members::joined;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");
const HUB: &str = env!("CARGO_BIN_EXE_tern-hub-in-stories");

const CHILDREN: usize = 500;
/// How often each is ended.
const KILLS: u32 = 9;

/// Moments are measured: what else runs meanwhile would move them.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[allow(clippy::disallowed_methods, reason = "how long it takes is measured to kill within it")]
fn now() -> Instant {
    Instant::now()
}

fn say(line: &str) {
    std::io::stdout().write_all(format!("{line}\n").as_bytes()).unwrap();
}

/// Two devices, and the children that the first registers, each in envelopes of its own.
fn much_work() -> (Tern, Tern, Vec<String>) {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let mut app = open(&first);
    let register = |at: usize| {
        let answers = json!({
            "names": [format!("Samir {at}")], "sex": "M", "age": 9, "accompaniment": "unknown",
            "where_from": format!("Varos {at}"), "separation.place": format!("Ostra {at}"),
        });
        let child = app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
        app.seal_work().unwrap();
        child
    };
    let children = (0..CHILDREN).map(register).collect();
    app.end_session().unwrap();
    (first, second, children)
}

fn shown(tern: &Tern, children: &[String]) -> Vec<Value> {
    let mut app = open(tern);
    children.iter().map(|child| app.script_show(child, None, None).unwrap()["fields"].clone()).collect()
}

/// Seals, chains, attachments and derived tables hold.
fn check_whole(tern: &Tern) {
    assert_eq!(tern.run(&["verify"]).ok()["problems"], json!([]));
}

/// Ends a command so long after it began; says whether it was still at work.
fn killed_after(tern: &Tern, words: &[&str], after: Duration) -> bool {
    let mut child = tern.command(words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(after);
    let was_at_work = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    was_at_work
}

/// How long a command takes when nobody ends it.
fn time_of(tern: &Tern, words: &[&str]) -> Duration {
    let begun = now();
    tern.run(words).ok();
    begun.elapsed()
}

/// Moments while a command is at work, in an order that leaves no long gap after the first few: after the time that it
/// takes to open the vault, and before that in which it is done.
fn moments(opens: Duration, takes: Duration) -> impl Iterator<Item = Duration> {
    let within = takes.saturating_sub(opens);
    (0..KILLS).map(move |kill| opens + within * (kill * 4 % KILLS) / KILLS)
}

/// Ends a command on a copy of a tablet while it is at work: one that was done already is done again, and ended sooner.
fn killed_amid(tablet: &Tern, copy: &mut Tern, words: &[&str], mut after: Duration) -> bool {
    for _ in 0..4 {
        if killed_after(copy, words, after) {
            return true;
        }
        *copy = tablet.copied();
        after = after * 3 / 4;
    }
    false
}

/// Kills a command on a copy of a tablet, three times before it is run to its end and looked at; then on the next copy.
fn survives(tablet: &Tern, words: &[&str], children: &[String], expected: &[Value]) {
    let opens = time_of(tablet, &["sync", "status"]);
    let takes = time_of(&tablet.copied(), words);
    let (mut cut, mut had_some) = (0, 0);
    let mut copy = tablet.copied();
    for (kill, after) in moments(opens, takes).enumerate() {
        cut += u32::from(killed_amid(tablet, &mut copy, words, after));
        check_whole(&copy);
        let is_begun = copy.run(&["show", &children[0]]).exit == 0;
        had_some += u32::from(is_begun);
        if kill % 3 == 2 {
            copy.run(words).ok();
            check_whole(&copy);
            assert_eq!(shown(&copy, children), expected);
            copy = tablet.copied();
        }
    }
    say(&format!("{KILLS} kills in {takes:?}: {cut} at work, {had_some} times something was there already"));
    assert!(cut >= KILLS / 2, "it was killed {cut} times in the middle");
}

#[test]
fn a_device_that_is_killed_while_it_reads_a_stick_has_all_of_it_in_the_end() {
    let _alone = alone();
    let (first, second, children) = much_work();
    let expected = shown(&first, &children);
    let file = written(&first, "stick");
    survives(&second, &["sync", "read", &file], &children, &expected);
}

#[test]
fn a_hub_and_a_device_that_are_killed_while_they_take_work_in_have_all_of_it_in_the_end() {
    let _alone = alone();
    let (first, second, children) = much_work();
    let expected = shown(&first, &children);
    let folder = tempfile::tempdir().unwrap();
    let roster = file_in(&first, "roster");
    first.run(&["roster", "log", "--out", &roster]).ok();
    let start = |folder: &Path| HubProgram::start(HUB, folder, &roster);
    let opens = time_of(&first, &["sync", "status"]);
    let takes = {
        let trial = tempfile::tempdir().unwrap();
        let hub = start(trial.path());
        time_of(&first.copied(), &["sync", "hub", &hub.address])
    };
    let mut cut = 0;
    for after in moments(opens, takes) {
        let mut hub = start(folder.path());
        let words = ["sync", "hub", &hub.address];
        let mut child = first.command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(after);
        cut += u32::from(child.try_wait().unwrap().is_none());
        hub.kill();
        child.wait().unwrap();
    }
    say(&format!("the hub: {KILLS} kills in {takes:?}, {cut} while it was asked"));
    assert!(cut > 0, "it was killed while it was asked");
    let hub = start(folder.path());
    let words = ["sync", "hub", &hub.address];
    let told = first.run(&words).ok();
    assert_eq!(told["equal"], true);
    assert_eq!(first.run(&["sync", "status"]).ok()["only_here"], 0);
    check_whole(&first);
    survives(&second, &words, &children, &expected);
}
