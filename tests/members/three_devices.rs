//! Three devices of one programme with no network: invited, admitted, joined by files; a lost one taken out.

use serde_json::{Value, json};
use tern_stories::members::{joined, scope, seat, tell, three_coordinators};
use tern_stories::tern::WORDS;
use tern_stories::{Said, Tern};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tern-in-stories");

#[test]
fn three_devices_come_together_by_files_and_each_holds_what_its_roles_need() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let third = joined(&first, "Sana", "Tablet 3", &["registrar"], &[]);
    let holds = |device: &Tern, tier: &str| {
        let scopes = device.run(&["scope", "list"]).ok();
        let of_tier = scopes.as_array().unwrap().iter().find(|scope| scope["tier"] == tier).unwrap().clone();
        of_tier["held"] == true
    };
    for (tier, omar, sana) in [
        ("realm", true, true),
        ("core", true, true),
        ("protection", true, false),
        ("restricted", true, false),
        ("audit", false, false),
    ] {
        assert_eq!((holds(&second, tier), holds(&third, tier)), (omar, sana), "{tier}");
    }
    // Everybody knows everybody by name once they have heard of each other.
    assert_eq!(tell(&first, &second)["new"], json!(3), "Sana's certificate, and two keys for her");
    assert_eq!(seat(&second, "Sana")["roles"], json!(["registrar"]));
    second.run(&["board"]).ok();
}

#[test]
fn what_does_not_belong_is_refused_in_one_sentence_and_changes_nothing() {
    let (first, other) = (Tern::practising(PROGRAM), Tern::practising(PROGRAM));
    let (new, late) = (Tern::new(PROGRAM), Tern::new(PROGRAM));
    let file = |name: &str| first.tmp().join(name).to_str().unwrap().to_owned();
    let (invitation, request, admission) = (file("invitation"), file("request"), file("admission"));
    first.run(&["device", "invite", &invitation]).ok();
    let asked =
        new.run(&["device", "request", "--invite", &invitation, "--device", "Tablet 2", &request]).ok();
    let shown = asked["check_words"].as_str().unwrap().to_owned();
    let before = first.run(&["roster", "log"]).ok();
    let admit = |tern: &Tern, words: &str| {
        let whom = ["--worker", "Omar", "--role", "case_worker", "--check-words", words];
        tern.run(&[&["device", "admit", &request], &whom[..], &[&admission]].concat())
    };
    assert_eq!(admit(&first, "one two three four").refused(1, "check-words")["code"], "check-words");
    assert_eq!(admit(&other, &shown).refused(1, "other-programme")["code"], "other-programme");
    assert_eq!(new.run(&["board"]).refused(1, "not-joined-yet")["code"], "not-joined-yet");
    assert_eq!(first.run(&["roster", "log"]).ok(), before, "nothing was signed");
    admit(&first, &shown).ok();
    assert_eq!(admit(&first, &shown).refused(1, "invite-used")["code"], "invite-used");
    // Another device asks with an invitation of its own, and gets hold of the first one's admission.
    first.run(&["device", "invite", &invitation]).ok();
    late.run(&["device", "request", "--invite", &invitation, "--device", "Tablet 3", &file("late")]).ok();
    assert_eq!(late.run(&["device", "join", &admission]).refused(1, "other-device")["code"], "other-device");
    assert_eq!(new.run(&["device", "join", &request]).refused(1, "another-piece")["code"], "another-piece");
    new.run(&["device", "join", &admission]).ok();
    assert_eq!(
        new.run(&["device", "join", &admission]).refused(1, "already-joined")["code"],
        "already-joined"
    );
    // Who may not admit does not.
    assert_eq!(new.run(&["device", "invite", &file("mine")]).refused(1, "no-right")["code"], "no-right");
    let cut = std::fs::read(&admission).unwrap();
    std::fs::write(file("cut"), &cut[..cut.len() - 9]).unwrap();
    assert_eq!(
        late.run(&["device", "join", &file("cut")]).refused(1, "piece-damaged")["code"],
        "piece-damaged"
    );
}

#[test]
fn a_lost_device_is_out_its_keys_are_replaced_and_it_says_so() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let before = first.run(&["scope", "list"]).ok();
    let done = first.run(&["device", "remove", "Omar", "--reason", "stolen"]).ok();
    assert_eq!(done["rotated"].as_array().unwrap().len(), 4, "realm, core, protection, restricted");
    assert_eq!(done["waiting"], json!([]));
    let after = first.run(&["scope", "list"]).ok();
    for tier in ["core", "protection", "restricted"] {
        let epoch = |scopes: &Value| {
            scopes.as_array().unwrap().iter().find(|scope| scope["tier"] == tier).unwrap()["epoch"].clone()
        };
        assert_ne!(epoch(&before), epoch(&after), "{tier}");
    }
    assert_eq!(seat(&first, "Omar")["removed"], "stolen");
    // It hears of it, and shows nothing any more.
    let file = first.tmp().join("roster");
    first.run(&["roster", "log", "--out", file.to_str().unwrap()]).ok();
    let mut batch = second.batch();
    let heard = batch.ok(&["roster", "read", file.to_str().unwrap()]);
    assert_eq!(heard["in"], false, "it was read");
    batch.refused(&["find", "a"], "seat-removed");
    batch.end();
    for command in [["scope", "list"], ["find", "a"], ["device", "list"]] {
        assert_eq!(second.run(&command).refused(1, "seat-removed")["code"], "seat-removed");
    }
    // What was written under the old keys is still read.
    first.run(&["verify", "--rebuild"]).ok();
    assert_eq!(
        first.run(&["device", "remove", "Leila", "--reason", "left"]).refused(1, "last-coordinator")["code"],
        "last-coordinator"
    );
}

#[test]
fn a_site_has_keys_of_its_own_that_its_people_alone_hold_in_the_end() {
    let first = Tern::practising(PROGRAM);
    first.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    assert_eq!(
        first.run(&["site", "create", "Ostra", "--country", "QMV"]).refused(1, "site-there")["code"],
        "site-there"
    );
    let ostra = joined(&first, "Nadia", "Laptop", &["case_supervisor"], &["--site", "Ostra"]);
    let scopes = ostra.run(&["scope", "list"]).ok();
    assert_eq!(scope(&scopes, "Ostra", "protection")["held"], true);
    assert_eq!(scope(&scopes, "Velmar", "protection")["held"], false);
    // Who opened the site held its first key; the first one at work there has replaced it.
    assert_eq!(scope(&scopes, "Ostra", "protection")["epochs"], 2);
    tell(&ostra, &first);
    let scopes = first.run(&["scope", "list"]).ok();
    assert_eq!(scope(&scopes, "Ostra", "protection")["epochs"], 2);
    assert_eq!(scope(&scopes, "Ostra", "protection")["new_key_needed"], false);
}

#[test]
fn workers_of_one_tablet_have_their_own_words_and_drafts() {
    let tern = Tern::practising(PROGRAM);
    let added = tern.run(&["worker", "add", "Omar", "--role", "case_worker"]).ok();
    let words = added["passphrase"].as_str().unwrap();
    assert_ne!(words, WORDS);
    let child = json!({"names": [{"text": "Amal Test"}], "sex": "F", "age": 9, "accompaniment": "unknown"});
    let child = tern.register(&child).ok();
    let id = child["id"].as_str().unwrap();
    let as_omar = |command: &[&str]| {
        let out = tern.command(command).env("TERN_PASSPHRASE", words).arg("--json").output().unwrap();
        tern_stories::tern::Said::from(out)
    };
    let change = as_omar(&["edit", id, "--set", "sex=\"M\""]).ok();
    let history = tern.run(&["history", id]).ok();
    let last = history.as_array().unwrap().last().unwrap();
    assert_eq!((&last["change"], last["by"].as_str()), (&change["change"], Some("Omar")));
    // What is derived is not made again at each change of worker: the files begin with the salt they were made with.
    let salts = || -> Vec<Vec<u8>> {
        let files = std::fs::read_dir(tern.home()).unwrap().map(|entry| entry.unwrap());
        let mut views: Vec<_> = files
            .filter(|entry| entry.file_name().to_str().unwrap().starts_with("view-"))
            .filter(|entry| entry.file_name().to_str().unwrap().ends_with(".db"))
            .map(|entry| std::fs::read(entry.path()).unwrap()[..16].to_vec())
            .collect();
        views.sort();
        views
    };
    let before = salts();
    assert_eq!(before.len(), 2, "protection and restricted");
    as_omar(&["show", id]).ok();
    tern.run(&["show", id]).ok();
    assert_eq!(salts(), before);
    tern.run(&["verify"]).ok();
}

#[test]
fn two_coordinators_bring_a_worker_back_who_forgot_the_words_and_one_does_not() {
    let (first, second, third) = three_coordinators(PROGRAM);
    let tablet = joined(&first, "Amina", "Tablet 4", &["case_worker"], &[]);
    for coordinator in [&second, &third] {
        tell(&first, coordinator);
    }
    let child = json!({"names": [{"text": "Anri Test"}], "sex": "M", "age": 9, "accompaniment": "unknown"});
    let child = tablet.register(&child).ok()["id"].as_str().unwrap().to_owned();
    let file = |name: &str| tablet.tmp().join(name).to_str().unwrap().to_owned();
    let (ask, one, two) = (file("ask"), file("one"), file("two"));
    let asked = tablet.run(&["worker", "recover", "ask", &ask]).ok();
    let words = asked["check_words"].as_str().unwrap();
    let wrong = second.run(&["worker", "recover", "approve", &ask, "--check-words", "a b c d", &one]);
    wrong.refused(1, "check-words");
    let approve = |by: &Tern, out: &str| {
        by.run(&["worker", "recover", "approve", &ask, "--check-words", words, out]).ok()
    };
    assert_eq!(approve(&second, &one)["worker"], "Amina");
    tablet.run(&["worker", "recover", "finish", &one]).refused(1, "needs-another");
    approve(&third, &two);
    // The first approval was kept: the second may come days later.
    let new = tablet.run(&["worker", "recover", "finish", &two]).ok();
    let new = new["passphrase"].as_str().unwrap().to_owned();
    tablet.run(&["board"]).refused(1, "wrong-passphrase");
    let with = |words: &str, command: &[&str]| {
        let out = tablet.command(command).env("TERN_PASSPHRASE", words).arg("--json").output().unwrap();
        tern_stories::tern::Said::from(out)
    };
    assert_eq!(with(&new, &["show", &child]).ok()["id"], json!(child));
    // That it was done is said in the roster, for everybody.
    let log = second.run(&["roster", "log"]).ok();
    assert!(log["statements"].as_array().unwrap().iter().any(|entry| entry["says"] == "recovered"));
    // An approval that was used up opens nothing again.
    tablet.run(&["worker", "recover", "finish", &one]).refused(1, "nothing-asked");
}

#[test]
fn without_two_other_coordinators_there_is_the_rescue_code() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Amina", "Tablet 2", &["case_worker"], &[]);
    let ask = tablet.tmp().join("ask");
    let refused = tablet.run(&["worker", "recover", "ask", ask.to_str().unwrap()]);
    refused.refused(1, "coordinators-needed");
}

#[test]
fn a_device_that_travels_opens_for_nobody_until_a_coordinator_gives_the_keys_back() {
    let first = Tern::practising(PROGRAM);
    first.run(&["device", "travel"]).refused(1, "coordinators-needed");
    let tablet = joined(&first, "Amina", "Tablet 2", &["case_worker"], &[]);
    let child = json!({"names": [{"text": "Anri Test"}], "sex": "M", "age": 9, "accompaniment": "unknown"});
    let child = tablet.register(&child).ok()["id"].as_str().unwrap().to_owned();
    tablet.run(&["device", "travel"]).ok();
    assert!(!tablet.home().join("slots").exists());
    let left: Vec<String> = std::fs::read_dir(tablet.home())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("view-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
    tablet.run(&["show", &child]).refused(1, "travelling");
    let file = |name: &str| tablet.tmp().join(name).to_str().unwrap().to_owned();
    let (ask, approval) = (file("ask"), file("approval"));
    let words = tablet.run(&["device", "return", "ask", &ask]).ok()["check_words"].clone();
    let given = first.run(&[
        "device",
        "return",
        "approve",
        &ask,
        "--check-words",
        words.as_str().unwrap(),
        &approval,
    ]);
    assert_eq!(given.ok()["device"], "Tablet 2");
    tablet.run(&["device", "return", "finish", &approval]).ok();
    assert_eq!(tablet.run(&["show", &child]).ok()["id"], json!(child));
    tablet.run(&["verify", "--rebuild"]).ok();
}

/// The two pages of a sheet, each in a file.
fn pages(of: &Tern, sheet: &Value) -> (String, String) {
    let page = |at: usize| {
        let name = format!("page{at}{}", sheet["sheet"].as_str().unwrap());
        of.bring(&name, sheet["pages"][at].as_str().unwrap())
    };
    (page(0), page(1))
}

fn drill(on: &Tern, pages: &(String, String)) -> tern_stories::Said {
    on.run(&["sheet", "drill", "--page-one", &pages.0, "--page-two", &pages.1])
}

#[test]
fn two_pages_make_a_coordinator_when_all_others_are_lost_and_an_older_sheet_does_not() {
    let first = Tern::practising(PROGRAM);
    let old = first.run(&["sheet", "make"]).ok();
    let new = first.run(&["sheet", "make"]).ok();
    let (old_pages, new_pages) = (pages(&first, &old), pages(&first, &new));
    drill(&first, &(new_pages.0.clone(), new_pages.0.clone())).refused(1, "other-sheet");
    assert_eq!(drill(&first, &new_pages).ok()["newest"], true);
    drill(&first, &old_pages).refused(1, "other-sheet");
    let roster = first.tmp().join("roster");
    let roster = roster.to_str().unwrap();
    first.run(&["roster", "log", "--out", roster]).ok();
    // Every device is gone; an empty one begins from paper, and admits people again.
    let fresh = Tern::new(PROGRAM);
    let (one, two) = &new_pages;
    let begun = ["programme", "recover", "--roster", roster, "--page-one", one, "--page-two", two];
    let begun = [&begun[..], &["--worker", "Leila", "--device", "Laptop 9"]].concat();
    let seat_begun = fresh.run(&begun).ok()["seat"].clone();
    // The paper is paper still; what this device does is said of it and of its worker, who is who she was.
    let list = fresh.run(&["device", "list"]).ok();
    let of =
        |device: &str| list.as_array().unwrap().iter().find(|seat| seat["device"] == device).unwrap().clone();
    let (laptop, paper) = (of("Laptop 9"), of("Recovery sheet"));
    assert_eq!((&laptop["seat"], &laptop["worker"]), (&seat_begun, &json!("Leila")));
    assert_eq!((&paper["seat"], &paper["removed"]), (&new["sheet"], &Value::Null));
    let child = json!({"names": [{"text": "Amal Test"}], "sex": "F", "age": 9, "accompaniment": "unknown"});
    let id = fresh.register(&child).ok()["id"].as_str().unwrap().to_owned();
    let history = fresh.run(&["history", &id]).ok();
    let made = &history.as_array().unwrap()[0];
    assert_eq!((&made["by"], &made["device"]), (&json!("Leila"), &json!("Laptop 9")), "{made}");
    assert_eq!(drill(&fresh, &new_pages).ok()["sheet"], new["sheet"]);
    // The pages were typed: a new sheet is asked for, also on other devices, until there is one on paper.
    let used = |on: &Tern| {
        let list = on.run(&["sheet", "list"]).ok();
        list.as_array().unwrap().iter().map(|sheet| sheet["used"].as_bool().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((used(&first), used(&fresh)), (vec![false], vec![true]));
    tell(&fresh, &first);
    assert_eq!(used(&first), [true]);
    first.run(&["sheet", "make"]).ok();
    assert_eq!(used(&first), [true, false]);
    first.run(&["sheet", "keep"]).ok();
    assert_eq!(used(&first), [false]);
    fresh.run(&["verify", "--rebuild"]).ok();
    let tablet = joined(&fresh, "Amina", "Tablet 9", &["case_supervisor"], &[]);
    let scopes = tablet.run(&["scope", "list"]).ok();
    for tier in ["core", "protection", "restricted"] {
        assert_eq!(
            scope(&scopes, if tier == "core" { "Harbour" } else { "Velmar" }, tier)["held"],
            true,
            "{tier}"
        );
    }
    // The lost device can be taken out with its worker's seat, and the worker stays by the other.
    let lost = of("Velmar")["seat"].as_str().unwrap().to_owned();
    fresh.run(&["device", "remove", &lost, "--reason", "lost"]).ok();
    fresh.run(&["show", &id]).ok();
}

#[test]
fn a_new_sheet_ends_the_one_before_when_it_is_known_to_be_on_paper_and_not_sooner() {
    let first = Tern::practising(PROGRAM);
    let sheets = || -> Vec<Value> {
        let list = first.run(&["sheet", "list"]).ok();
        list.as_array().unwrap().iter().map(|sheet| sheet["sheet"].clone()).collect()
    };
    let old = first.run(&["sheet", "make"]).ok();
    let old_pages = pages(&first, &old);
    drill(&first, &old_pages).ok();
    // The printer was empty: what was shown is given up, and the old pages work as before.
    let lost = first.run(&["sheet", "make"]).ok();
    assert_eq!((&lost["count"], sheets().len()), (&json!(2), 2));
    first.run(&["sheet", "make"]).refused(1, "sheet-waits");
    assert_eq!(drill(&first, &old_pages).ok()["newest"], false);
    assert_eq!(sheets().len(), 2, "trying the earlier one ends nothing");
    first.run(&["sheet", "drop"]).ok();
    assert_eq!(sheets(), [old["sheet"].clone()]);
    first.run(&["sheet", "drop"]).refused(1, "sheet-on-paper");
    assert_eq!(sheets(), [old["sheet"].clone()]);
    drill(&first, &pages(&first, &lost)).refused(1, "other-sheet");
    drill(&first, &old_pages).ok();
    // This time it is printed, and somebody says so.
    let new = first.run(&["sheet", "make"]).ok();
    let kept = first.run(&["sheet", "keep"]).ok();
    assert_eq!((kept[0]["sheet"].clone(), kept[0]["tried"].clone()), (new["sheet"].clone(), Value::Null));
    assert_eq!(sheets(), [new["sheet"].clone()], "that the old one was tried says nothing of the new one");
    drill(&first, &old_pages).refused(1, "other-sheet");
    drill(&first, &pages(&first, &new)).ok();
    assert!(first.run(&["sheet", "list"]).ok()[0]["tried"].is_string());
}

#[test]
fn the_root_key_goes_into_halves_and_two_coordinators_undo_what_a_stolen_one_said() {
    let (first, second, third) = three_coordinators(PROGRAM);
    // The third coordinator's laptop is stolen and takes the first coordinator out.
    let thief = third.copied();
    thief.run(&["device", "remove", "Leila", "--reason", "lost"]).ok();
    let file = thief.tmp().join("said");
    thief.run(&["roster", "log", "--out", file.to_str().unwrap()]).ok();
    second.run(&["roster", "read", file.to_str().unwrap()]).ok();
    assert_eq!(seat(&second, "Leila")["removed"], "lost");
    // One coordinator alone cannot undo it; with the half of another it is undone.
    let log = second.run(&["roster", "log"]).ok();
    let by_sana = seat(&second, "Sana")["seat"].clone();
    let said = log["statements"].as_array().unwrap();
    let first_bad = said.iter().find(|entry| entry["by"] == by_sana && entry["says"] == "removed").unwrap();
    let from = first_bad["id"].as_str().unwrap();
    second.run(&["roster", "void", "Sana", "--from", from]).refused(1, "needs-another");
    let half = first.tmp().join("half");
    let half = half.to_str().unwrap();
    first.run(&["roster", "lend", "Omar", half]).ok();
    let lent = &first.run(&["audit", "--seat", "Omar"]).ok()[1];
    assert_eq!((&lent["what"], &lent["whom"]["device"]), (&json!("root_lent"), &json!("Laptop 2")));
    let void = ["roster", "void", "Sana", "--from", from, "--half", half];
    second.run(&[&void[..], &["--back", "Leila", "--do"]].concat()).ok();
    assert_eq!(seat(&second, "Leila")["removed"], Value::Null);
    // The stolen laptop itself is out with it.
    tell(&second, &first);
    assert_eq!(seat(&first, "Sana")["removed"], "misused");
    // Nobody takes themselves out, though another coordinator is there: nothing was said by it.
    second.run(&["device", "remove", "Omar", "--reason", "left"]).refused(1, "own-device");
    assert_eq!(seat(&second, "Omar")["removed"], Value::Null);
}

#[test]
fn a_lost_tablet_is_out_for_everybody_who_worked_on_it_in_one_act() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Omar", "Tablet 2", &["coordinator", "case_worker"], &[]);
    tablet.run(&["worker", "add", "Sana", "--role", "registrar"]).ok();
    let other = joined(&first, "Amina", "Tablet 3", &["case_worker"], &[]);
    tell(&tablet, &first);
    let entries = |of: &Tern| of.run(&["roster", "log"]).ok()["entries"].as_u64().unwrap();
    let before = entries(&first);
    let done = first.run(&["device", "remove", "Sana", "--reason", "lost"]).ok();
    let gone = done["removed"].as_array().unwrap();
    assert_eq!(gone.len(), 2);
    assert!(gone.contains(&seat(&first, "Omar")["seat"]) && gone.contains(&seat(&first, "Sana")["seat"]));
    assert_eq!(
        done["rotated"].as_array().unwrap().len(),
        4,
        "realm, core, protection, restricted: once each"
    );
    assert_eq!(entries(&first), before + 6, "two removals, and one new key for each");
    for (worker, out) in [("Omar", json!("lost")), ("Sana", json!("lost")), ("Amina", Value::Null)] {
        assert_eq!(seat(&first, worker)["removed"], out, "{worker}");
    }
    tell(&first, &other);
    assert_eq!(seat(&other, "Sana")["removed"], "lost");
}

#[test]
fn one_worker_leaves_and_the_tablet_stays_unless_somebody_says_otherwise() {
    let first = Tern::practising(PROGRAM);
    let tablet = joined(&first, "Omar", "Tablet 2", &["coordinator"], &[]);
    for worker in ["Sana", "Karim"] {
        tablet.run(&["worker", "add", worker, "--role", "registrar"]).ok();
    }
    tell(&tablet, &first);
    let remove = |who: &str, more: &[&str]| {
        first.run(&[&["device", "remove", who, "--reason"], more].concat()).ok()["removed"].clone()
    };
    assert_eq!(remove("Sana", &["left"]).as_array().unwrap().len(), 1);
    assert_eq!(remove("Karim", &["lost", "--seat-only"]).as_array().unwrap().len(), 1);
    assert_eq!(seat(&first, "Omar")["removed"], Value::Null);
    tablet.run(&["worker", "add", "Lina", "--role", "registrar"]).ok();
    tell(&tablet, &first);
    assert_eq!(
        remove("Lina", &["misused", "--whole-device"]).as_array().unwrap().len(),
        2,
        "who is out is out"
    );
    // The device one sits at goes by another's hand, and never with the last coordinator.
    first.run(&["worker", "add", "Tarek", "--role", "registrar"]).ok();
    first.run(&["device", "remove", "Tarek", "--reason", "lost"]).refused(1, "own-device");
    let last = first.run(&["device", "remove", "Leila", "--reason", "lost", "--seat-only"]);
    last.refused(1, "last-coordinator");
    assert_eq!(seat(&first, "Tarek")["removed"], Value::Null);
    assert_eq!(remove("Tarek", &["left"]).as_array().unwrap().len(), 1);
}

#[test]
fn whoever_forgot_the_words_gets_in_by_the_rescue_code_on_paper() {
    let tern = Tern::new(PROGRAM);
    let code = tern.begin(&["--practice"])["rescue_code"].as_str().unwrap().to_owned();
    let file = tern.bring("rescue", format!("{code}\n"));
    let words = tern.bring("words", "six other words that nobody knows\n");
    let wrong = tern.bring("wrong", "XXXX-XXXX\n");
    tern.run(&["worker", "rescue", "--rescue-file", &wrong]).refused(1, "wrong-rescue");
    tern.run(&["worker", "rescue"]).refused(2, "usage");
    assert_eq!(
        tern.run(&["worker", "rescue", "--rescue-file", &file, "--words-file", &words]).ok()["words"],
        true
    );
    tern.run(&["board"]).refused(1, "wrong-passphrase");
    let drawn =
        Said::from(tern.command(&["worker", "rescue", "--json"]).env("TERN_RESCUE", &code).output().unwrap());
    let drawn = drawn.ok()["passphrase"].as_str().unwrap().to_owned();
    let opened = tern.command(&["board", "--json"]).env("TERN_PASSPHRASE", drawn).output().unwrap();
    Said::from(opened).ok();
}

#[test]
fn refusals_of_the_command_line_say_how_to_begin_and_what_can_be_said() {
    let first = Tern::practising(PROGRAM);
    let second = joined(&first, "Omar", "Tablet 2", &["case_worker"], &[]);
    let out = first.tmp().join("out");
    let out = out.to_str().unwrap();
    first.run(&["device", "return", "ask", out]).refused(1, "not-travelling");
    first.run(&["device", "invite", out, "--hours", "900"]).refused(1, "invite-hours");
    first.run(&["device", "invite", out, "--hours", "0"]).refused(1, "invite-hours");
    assert!(!first.tmp().join("out").exists());
    first.run(&["device", "remove", "Omar", "--reason", "nonsense"]).refused(1, "removal-reason");
    first.run(&["worker", "recover", "ask", out]).refused(1, "coordinators-needed");
    first.run(&["device", "invite", out]).ok();
    for command in [["worker", "recover", "finish", out], ["device", "return", "finish", out]] {
        first.run(&command).refused(1, "nothing-asked");
    }
    let list = first.run(&["device", "list"]).ok();
    let of = |worker: &str| list.as_array().unwrap().iter().find(|seat| seat["worker"] == worker).unwrap();
    assert_eq!((&of("Leila")["here"], &of("Leila")["me"]), (&json!(true), &json!(true)));
    assert_eq!((&of("Omar")["here"], &of("Omar")["me"]), (&json!(false), &json!(false)));
    // The beginning of an id is enough.
    let omar = of("Omar")["seat"].as_str().unwrap().to_owned();
    first.run(&["device", "remove", omar.get(..8).unwrap(), "--reason", "left"]).ok();
    drop(second);
}
