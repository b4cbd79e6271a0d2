//! Work of devices that are out or copied. It is kept, told with its reason, and decided by a person whose decision counts on
//! every device.

use std::sync::Arc;

use serde_json::json;
use tern_app::admit::Admitted;
use tern_app::view::{ReviewState, ReviewView};
use tern_app::{App, Ports, Schema, script};
use tern_record::{Compartment, Role};
use tern_stories::held::{Three, core, knows, of_state, register, since, take_in, tell, whole};
use tern_stories::meeting::open;
use tern_stories::{At, Hand, Tern, second_worker, worker_as};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// By whom something was done that an auditor reads, about Tomas.
fn kept_of_tomas(auditor: &App, what: &str) -> Vec<String> {
    let kept = auditor.script_audit(None, Some("Tomas")).unwrap();
    let of_kind = kept.as_array().unwrap().iter().filter(|event| event["what"] == what);
    of_kind.map(|event| event["by"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn later_work_of_a_removed_device_waits_until_somebody_takes_it() {
    let mut three = Three::begin(TERN);
    let (before, _) = three.work("Anri Test");
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    // The tablet is not found for a week, and its worker registers on.
    let (after, later) = three.work_on("Bela Test");
    let leila = &mut three.leila;
    assert!(take_in(leila, &later).iter().all(|taken| *taken == Admitted::Refused("seat-removed")));
    assert!(knows(leila, &before) && !knows(leila, &after));
    let waiting = of_state(leila, ReviewState::Decide);
    assert_eq!(waiting.len(), later.len());
    for view in &waiting {
        assert!(view.worker == "Tomas" && view.takes && !view.closed && !view.taken, "{view:?}");
        assert!(view.records.len() == 1 && view.changes > 0 && view.came.is_some(), "{view:?}");
        assert_eq!(view.records[0].child, None, "nobody here knows that child yet");
        assert_eq!(
            (view.code.as_str(), view.why.as_str()),
            (
                "seat-removed",
                "Its worker or device was taken out, and whoever did that had not seen this work."
            )
        );
    }
    for view in waiting {
        leila.review(&view.entry, true).unwrap();
    }
    assert_eq!(leila.reviews().unwrap(), []);
    assert!(knows(leila, &after));
    whole(leila);
}

#[test]
fn a_stolen_device_signs_old_numbers_and_nothing_of_it_counts_unseen() {
    let mut three = Three::begin(TERN);
    let (child, first) = three.work("Anri Test");
    let (_, second) = three.work("Bela Test");
    three.leila.script_remove("Tomas", "stolen", None).unwrap();
    drop(three.tomas);
    let thief = Hand::of(&three.tablet);
    let (first, second) = (&core(&first)[0], &core(&second)[0]);
    let forged = [
        thief.seal_at(At::of(first), &child, "where_from", Compartment::Core),
        thief.seal_at(At::of(second), &child, "where_from", Compartment::Core),
    ];
    let leila = &mut three.leila;
    assert!(take_in(leila, &forged).iter().all(|taken| *taken == Admitted::Refused("chain-fork")));
    let shown = leila.script_show(&child, None, None).unwrap();
    assert!(shown["fields"].get("where_from").is_none(), "{shown}");
    let waiting = of_state(leila, ReviewState::Decide);
    assert!(waiting.len() == 2 && waiting.iter().all(|view| view.code == "chain-fork" && view.takes));
    assert!(waiting[0].why.contains("copied"));
    let about = |view: &ReviewView| view.records[0].child.as_ref().and_then(|child| child.name.clone());
    assert!(waiting.iter().any(|view| about(view).as_deref() == Some("Anri Test")), "{waiting:?}");
    for told in [leila.script_reviews().unwrap(), leila.script_quarantine().unwrap()] {
        let names = told.as_array().unwrap().iter().map(|told| &told["children"][0]["name"]);
        assert!(names.into_iter().any(|name| name == "Anri Test"), "{told}");
    }
    whole(leila);
}

#[test]
fn a_device_that_heard_of_the_removal_first_takes_the_work_before_it_once_the_chain_is_whole() {
    let mut three = Three::begin(TERN);
    let (mut children, mut envelopes) = (Vec::new(), Vec::new());
    for name in ["Anri Test", "Bela Test", "Cira Test"] {
        let (child, made) = three.work(name);
        children.push(child);
        envelopes.extend(made);
    }
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    let nadia = &mut three.nadia;
    tell(&three.leila, nadia);
    let core = core(&envelopes);
    assert_eq!(core.len(), 3);
    for bytes in &core[..2] {
        assert_eq!(nadia.admit(bytes).unwrap(), Admitted::Refused("chain-gap"));
    }
    assert!(!knows(nadia, &children[0]));
    let waiting = of_state(nadia, ReviewState::Decide);
    assert!(waiting.len() == 2 && waiting.iter().all(|view| view.code == "chain-gap"));
    // The last one names those before it.
    assert_eq!(nadia.admit(&core[2]).unwrap(), Admitted::New(1));
    assert!(children.iter().all(|child| knows(nadia, child)));
    assert!(of_state(nadia, ReviewState::Decide).iter().all(|view| view.code != "chain-gap"));
    take_in(nadia, &envelopes);
    assert_eq!(nadia.reviews().unwrap(), []);
    whole(nadia);
}

#[test]
fn a_removal_names_the_last_place_up_to_which_nothing_is_missing() {
    let mut three = Three::begin(TERN);
    let (_, first) = three.work("Anri Test");
    let (_, second) = three.work_on("Bela Test");
    let (child, third) = three.work_on("Cira Test");
    let cores: Vec<Vec<u8>> = [&first, &second, &third].map(|made| core(made)[0].clone()).into();
    // The second envelope is still on its way.
    assert_eq!(three.leila.admit(&cores[2]).unwrap(), Admitted::New(1));
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    tell(&three.leila, &mut three.nadia);
    assert_eq!(three.nadia.admit(&cores[0]).unwrap(), Admitted::New(1));
    for bytes in &cores[1..] {
        assert_eq!(three.nadia.admit(bytes).unwrap(), Admitted::Refused("seat-removed"));
    }
    // Leila's device had taken it, and says so; taken everywhere, it counts everywhere with what is before it.
    let told = of_state(&mut three.leila, ReviewState::Decide);
    assert!(told.len() == 1 && told[0].taken && told[0].takes && told[0].came.is_none(), "{told:?}");
    assert!(knows(&mut three.leila, &child));
    three.leila.review(&told[0].entry, true).unwrap();
    assert_eq!(kept_of_tomas(&three.leila, "work_accepted"), ["Leila"]);
    // It may never come, as the tablet is out: that is told as missing, and nothing here is damaged.
    assert_eq!(three.leila.missing().unwrap().len(), 1);
    whole(&mut three.leila);
    assert_eq!(three.leila.admit(&cores[1]).unwrap(), Admitted::New(1));
    assert_eq!(three.leila.reviews().unwrap(), []);
    tell(&three.leila, &mut three.nadia);
    assert_eq!(three.nadia.reviews().unwrap(), []);
    assert!(knows(&mut three.nadia, &child));
}

#[test]
fn what_was_taken_before_anybody_heard_stays_and_is_told_and_can_be_left_as_it_is() {
    let mut three = Three::begin(TERN);
    let (child, made) = three.work("Anri Test");
    // A copy of the tablet went another way, and that came to Nadia first.
    let hand = {
        let copy = three.tablet.copied();
        Hand::of(&copy)
    };
    let forked = hand.seal_at(At::of(&core(&made)[0]), &child, "where_from", Compartment::Core);
    assert_eq!(three.nadia.admit(&forked).unwrap(), Admitted::New(1));
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    let nadia = &mut three.nadia;
    tell(&three.leila, nadia);
    take_in(nadia, &made);
    let told = of_state(nadia, ReviewState::Decide);
    assert!(told.len() == 1 && told[0].taken && told[0].code == "chain-fork", "{told:?}");
    assert_eq!(nadia.admit(&forked).unwrap(), Admitted::Known, "it is not kept aside besides");
    nadia.review(&told[0].entry, false).unwrap();
    let left = nadia.reviews().unwrap();
    assert!(left.len() == 1 && left[0].state == ReviewState::Left && left[0].taken);
    let shown = nadia.script_show(&child, None, None).unwrap();
    assert_eq!(shown["fields"]["where_from"]["value"], "elsewhere");
    // Leila keeps it aside until Nadia takes it after all.
    assert_eq!(three.leila.admit(&forked).unwrap(), Admitted::Refused("chain-fork"));
    nadia.review(&left[0].entry, true).unwrap();
    tell(nadia, &mut three.leila);
    assert_eq!(three.leila.reviews().unwrap(), []);
    let shown = three.leila.script_show(&child, None, None).unwrap();
    assert_eq!(shown["fields"]["where_from"]["value"], "elsewhere");
}

#[test]
fn work_that_one_takes_is_taken_by_every_device_that_hears_of_it() {
    let mut three = Three::begin(TERN);
    let (_, early) = three.work("Anri Test");
    take_in(&mut three.nadia, &early);
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    tell(&three.leila, &mut three.nadia);
    let (child, later) = three.work_on("Bela Test");
    for app in [&mut three.leila, &mut three.nadia] {
        assert!(take_in(app, &later).iter().all(|taken| *taken == Admitted::Refused("seat-removed")));
    }
    for view in of_state(&mut three.leila, ReviewState::Decide) {
        three.leila.review(&view.entry, true).unwrap();
    }
    assert!(!knows(&mut three.nadia, &child));
    tell(&three.leila, &mut three.nadia);
    assert!(knows(&mut three.nadia, &child));
    assert_eq!(three.nadia.reviews().unwrap(), []);
    whole(&mut three.nadia);
}

#[test]
fn what_is_left_aside_stays_so_by_whatever_way_it_comes_until_somebody_thinks_again() {
    let mut three = Three::begin(TERN);
    three.work("Anri Test");
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    let (child, later) = three.work_on("Bela Test");
    let leila = &mut three.leila;
    take_in(leila, &later);
    let waiting = of_state(leila, ReviewState::Decide);
    for view in &waiting {
        leila.review(&view.entry, false).unwrap();
    }
    assert_eq!(kept_of_tomas(leila, "work_declined").len(), waiting.len());
    take_in(leila, &later);
    assert_eq!(of_state(leila, ReviewState::Decide), []);
    let left = of_state(leila, ReviewState::Left);
    assert_eq!(left.len(), later.len());
    assert_eq!(leila.people().unwrap().to_review, 0);
    assert!(!knows(leila, &child));
    for view in left {
        leila.review(&view.entry, true).unwrap();
    }
    assert!(knows(leila, &child));
    assert_eq!(leila.reviews().unwrap(), []);
}

#[test]
fn a_seat_with_more_logs_than_a_statement_holds_is_taken_out_all_the_same() {
    let first = Tern::practising(TERN);
    let tablet = second_worker(&first, "Tomas");
    let hand = Hand::of(&tablet);
    let mut leila = open(&first);
    let child = register(&mut leila, "Anri Test");
    for _ in 0..260 {
        let bytes = hand.seal(&child, "where_from", Compartment::Core);
        assert!(matches!(leila.admit(&bytes).unwrap(), Admitted::New(_)));
    }
    let done = leila.script_remove("Tomas", "misused", None).unwrap();
    assert_eq!(done["removed"].as_array().unwrap().len(), 1);
    let told = of_state(&mut leila, ReviewState::Decide);
    assert_eq!(told.len(), 4, "what the statement does not name is told");
    assert!(told.iter().all(|view| view.taken));
}

#[test]
fn work_that_a_removed_worker_had_not_sealed_is_sealed_by_their_words_which_open_nothing() {
    let first = Tern::practising(TERN);
    let third = worker_as(&first, "Nadia", &[Role::CaseSupervisor]);
    let words = first.run(&["worker", "add", "Sana", "--role", "case_worker"]).ok()["passphrase"].clone();
    let as_sana = || {
        let schema = Arc::new(Schema::embedded().unwrap());
        script::open(&first.home(), words.as_str().unwrap(), schema, Arc::new(Ports::system()))
    };
    // The battery ends before the tablet is locked.
    let mut sana = as_sana().unwrap();
    let answers = json!({ "names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown" });
    let child = sana.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    drop(sana);
    first.run(&["device", "remove", "Sana", "--reason", "left", "--seat-only"]).ok();
    let told = first.run(&["work", "show"]).ok()["unsealed_of"].clone();
    assert_eq!(told[0]["worker"], "Sana");
    let before = open(&first).envelopes().unwrap().len();
    assert_eq!(as_sana().err().unwrap().code.name(), "seat-removed");
    let mut leila = open(&first);
    assert_eq!(leila.script_work().unwrap()["unsealed_of"], json!([]));
    let made = since(&leila, before);
    assert!(!made.is_empty());
    assert_eq!(as_sana().err().unwrap().code.name(), "in-use");
    let mut nadia = open(&third);
    tell(&leila, &mut nadia);
    assert!(take_in(&mut nadia, &made).iter().all(|taken| *taken == Admitted::Refused("seat-removed")));
    assert!(!knows(&mut nadia, &child));
    for view in of_state(&mut nadia, ReviewState::Decide) {
        nadia.review(&view.entry, true).unwrap();
    }
    assert!(knows(&mut nadia, &child));
    // Nothing waits for these words any more.
    leila.end_session().unwrap();
    drop(leila);
    assert_eq!(as_sana().err().unwrap().code.name(), "wrong-passphrase");
}
