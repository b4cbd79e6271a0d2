//! Work that does not count as it comes: of devices that are out, copied or changed. It is kept, told with its reason, tried
//! again when something more is known, and decided by a person whose decision counts on every device.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;

use serde_json::json;
use tern_app::admit::Admitted;
use tern_app::view::{ReviewState, ReviewView};
use tern_app::{App, Ports, Schema, script};
use tern_record::{Compartment, Role};
use tern_stories::tern::WORDS;
use tern_stories::{At, Hand, Tern, second_worker, worker_as};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

fn register(app: &mut App, name: &str) -> String {
    let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" });
    let id = app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    app.end_session().unwrap();
    id
}

fn knows(app: &mut App, child: &str) -> bool {
    app.script_show(child, None, None).is_ok()
}

/// What an app sealed since it had so many envelopes.
fn since(app: &App, before: usize) -> Vec<Vec<u8>> {
    app.envelopes().unwrap().split_off(before)
}

fn take_in(app: &mut App, envelopes: &[Vec<u8>]) -> Vec<Admitted> {
    envelopes.iter().map(|bytes| app.admit(bytes).unwrap()).collect()
}

/// What one device's members signed, told to another.
fn tell(from: &App, to: &mut App) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("roster");
    from.script_roster(Some(&file)).unwrap();
    to.script_read_roster(&file).unwrap();
}

fn of_state(app: &mut App, state: ReviewState) -> Vec<ReviewView> {
    app.reviews().unwrap().into_iter().filter(|view| view.state == state).collect()
}

fn whole(app: &mut App) {
    assert_eq!(app.script_verify(true).unwrap()["problems"], json!([]));
}

/// By whom something was done that an auditor reads, about Tomas.
fn kept_of_tomas(auditor: &App, what: &str) -> Vec<String> {
    let kept = auditor.script_audit(None, Some("Tomas")).unwrap();
    let of_kind = kept.as_array().unwrap().iter().filter(|event| event["what"] == what);
    of_kind.map(|event| event["by"].as_str().unwrap().to_owned()).collect()
}

/// A coordinator, a worker with a tablet that gets lost, and a supervisor on a third device.
struct Three {
    leila: App,
    tomas: App,
    nadia: App,
    tablet: Tern,
    _folders: (Tern, Tern),
}

impl Three {
    fn begin() -> Self {
        let first = Tern::practising(TERN);
        let tablet = second_worker(&first, "Tomas");
        let third = worker_as(&first, "Nadia", &[Role::CaseSupervisor]);
        let apps = (open(&first), open(&tablet), open(&third));
        Self { leila: apps.0, tomas: apps.1, nadia: apps.2, tablet, _folders: (first, third) }
    }

    /// Tomas registers a child, and what was sealed comes to Leila.
    fn work(&mut self, name: &str) -> (String, Vec<Vec<u8>>) {
        let before = self.tomas.envelopes().unwrap().len();
        let child = register(&mut self.tomas, name);
        let made = since(&self.tomas, before);
        for taken in take_in(&mut self.leila, &made) {
            assert!(!matches!(taken, Admitted::Refused(_)), "{taken:?}");
        }
        (child, made)
    }

    /// Tomas registers a child after he was taken out.
    fn work_on(&mut self, name: &str) -> (String, Vec<Vec<u8>>) {
        let before = self.tomas.envelopes().unwrap().len();
        let child = register(&mut self.tomas, name);
        (child, since(&self.tomas, before))
    }
}

/// Envelopes of the core alone, one for each session.
fn core(envelopes: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let log = At::of(&envelopes[0]).log;
    envelopes.iter().filter(|bytes| At::of(bytes).log == log).cloned().collect()
}

#[test]
fn later_work_of_a_removed_device_waits_until_somebody_takes_it() {
    let mut three = Three::begin();
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
    let mut three = Three::begin();
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
    whole(leila);
}

#[test]
fn a_device_that_heard_of_the_removal_first_takes_the_work_before_it_once_the_chain_is_whole() {
    let mut three = Three::begin();
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
    let mut three = Three::begin();
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
    let mut three = Three::begin();
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
    let mut three = Three::begin();
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
    let mut three = Three::begin();
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
fn work_under_a_key_that_has_not_come_is_taken_when_the_key_comes() {
    let mut three = Three::begin();
    // Leila's programme gets new keys because somebody leaves; Nadia has not heard.
    three.leila.script_remove("Tomas", "left", None).unwrap();
    let before = three.leila.envelopes().unwrap().len();
    let child = register(&mut three.leila, "Anri Test");
    let made = since(&three.leila, before);
    let nadia = &mut three.nadia;
    let refused = Admitted::Refused("epoch-unknown");
    assert!(take_in(nadia, &made).contains(&refused));
    let waits = of_state(nadia, ReviewState::Waits);
    assert!(!waits.is_empty() && waits.iter().all(|view| !view.takes && view.worker == "Leila"));
    let asked = nadia.review(&waits[0].entry, true).unwrap_err();
    assert_eq!(asked.code.name(), "not-to-decide");
    tell(&three.leila, nadia);
    assert!(knows(nadia, &child));
    assert_eq!(nadia.reviews().unwrap(), []);
}

#[test]
fn work_of_somebody_nobody_here_has_heard_of_is_taken_when_the_list_of_members_comes() {
    let first = Tern::practising(TERN);
    let third = worker_as(&first, "Nadia", &[Role::CaseSupervisor]);
    let tablet = second_worker(&first, "Tomas");
    let (mut leila, mut nadia, mut tomas) = (open(&first), open(&third), open(&tablet));
    let child = register(&mut tomas, "Anri Test");
    for taken in take_in(&mut nadia, &tomas.envelopes().unwrap()) {
        assert_eq!(taken, Admitted::Refused("seat-unknown"));
    }
    let waits = nadia.reviews().unwrap();
    assert_eq!((waits.len(), waits[0].state, waits[0].worker.as_str()), (1, ReviewState::Waits, ""));
    assert_eq!(waits[0].count as usize, tomas.envelopes().unwrap().len());
    tell(&leila, &mut nadia);
    assert!(knows(&mut nadia, &child));
    assert_eq!(nadia.reviews().unwrap(), []);
    whole(&mut nadia);
    leila.end_session().unwrap();
}

#[test]
fn what_no_role_allows_is_told_with_its_reason_and_is_nobodys_to_take() {
    let first = Tern::practising(TERN);
    let tablet = worker_as(&first, "Sana", &[Role::CentreStaff]);
    let hand = Hand::of(&tablet);
    let mut leila = open(&first);
    let child = register(&mut leila, "Anri Test");
    let forged = hand.seal(&child, "sex", Compartment::Core);
    assert_eq!(leila.admit(&forged).unwrap(), Admitted::Refused("role-may-not"));
    let told = leila.reviews().unwrap();
    assert_eq!((told.len(), told[0].state, told[0].takes), (1, ReviewState::Never, false));
    assert_eq!((told[0].worker.as_str(), told[0].code.as_str()), ("Sana", "role-may-not"));
    assert_eq!(told[0].why, "No role of its worker allows this.");
    assert_eq!(leila.review(&told[0].entry, true).unwrap_err().code.name(), "not-to-decide");
    assert_eq!(leila.people().unwrap().to_review, 0);
}

#[test]
fn work_from_before_a_worker_heard_of_a_new_role_is_somebodys_to_take() {
    let mut three = Three::begin();
    three.leila.script_change("Tomas", &["centre_staff".to_owned()], None).unwrap();
    // Tomas has not heard of it, and registers on as a case worker.
    let (child, made) = three.work_on("Anri Test");
    let leila = &mut three.leila;
    assert!(take_in(leila, &made).contains(&Admitted::Refused("role-may-not")));
    assert!(!knows(leila, &child));
    let waiting = of_state(leila, ReviewState::Decide);
    assert!(!waiting.is_empty());
    for view in waiting {
        leila.review(&view.entry, true).unwrap();
    }
    assert!(knows(leila, &child));
    assert_eq!(leila.reviews().unwrap(), []);
    whole(leila);
}

#[test]
fn nobody_writes_for_a_site_at_which_they_do_not_work() {
    let first = Tern::practising(TERN);
    let tablet = second_worker(&first, "Tomas");
    let mut leila = open(&first);
    let child = register(&mut leila, "Anri Test");
    // Who opens a site holds its first keys, and does not work there.
    leila.script_create_site("Ostra", "QMV").unwrap();
    let mut tomas = open(&tablet);
    tell(&leila, &mut tomas);
    drop(leila);
    let hand = Hand::of(&first);
    let own = hand.seal(&child, "separation.place", Compartment::Protection);
    assert_eq!(tomas.admit(&own).unwrap(), Admitted::New(1));
    let elsewhere = hand.seal_elsewhere(&child, "separation.place", Compartment::Protection);
    assert_eq!(tomas.admit(&elsewhere).unwrap(), Admitted::Refused("site-may-not"));
    assert!(tomas.reviews().is_err(), "a case worker decides nothing");
    let mut leila = open(&first);
    assert_eq!(leila.admit(&elsewhere).unwrap(), Admitted::Refused("site-may-not"));
    let told = leila.reviews().unwrap();
    assert_eq!((told.len(), told[0].state, told[0].code.as_str()), (1, ReviewState::Never, "site-may-not"));
}

#[test]
fn a_worker_who_moves_writes_for_the_new_site_and_what_was_not_heard_in_time_is_somebodys_to_take() {
    let mut three = Three::begin();
    let (child, made) = three.work("Anri Test");
    three.leila.script_create_site("Ostra", "QMV").unwrap();
    let roles = ["case_worker".to_owned()];
    three.leila.script_change("Tomas", &roles, Some("Ostra")).unwrap();
    tell(&three.leila, &mut three.nadia);
    for taken in take_in(&mut three.nadia, &made) {
        assert!(
            !matches!(taken, Admitted::Refused(_)),
            "what came before was judged by what he was: {taken:?}"
        );
    }
    // Tomas has not heard that he works elsewhere now.
    let before = three.tomas.envelopes().unwrap().len();
    let place = [("separation.place".to_owned(), json!("the old mill"))];
    three.tomas.script_edit(&child, &[], place.into()).unwrap();
    three.tomas.end_session().unwrap();
    let later = since(&three.tomas, before);
    assert!(take_in(&mut three.nadia, &later).contains(&Admitted::Refused("site-may-not")));
    let waiting = of_state(&mut three.nadia, ReviewState::Decide);
    assert!(!waiting.is_empty() && waiting.iter().all(|view| view.code == "site-may-not"), "{waiting:?}");
    for view in waiting {
        three.nadia.review(&view.entry, true).unwrap();
    }
    let shown = three.nadia.script_show(&child, None, None).unwrap();
    assert_eq!(shown["fields"]["separation.place"]["value"], "the old mill");
    assert_eq!(three.nadia.reviews().unwrap(), []);
}

#[test]
fn a_demoted_worker_signs_old_numbers_and_is_not_judged_by_the_old_role() {
    let mut three = Three::begin();
    let (child, made) = three.work("Anri Test");
    drop(three.tomas);
    let hand = Hand::of(&three.tablet);
    let leila = &mut three.leila;
    leila.script_change("Tomas", &["centre_staff".to_owned()], None).unwrap();
    let first = At::of(&core(&made)[0]);
    let old_number = hand.seal_at(first, &child, "where_from", Compartment::Core);
    assert_eq!(leila.admit(&old_number).unwrap(), Admitted::Refused("chain-fork"));
    let next = hand.seal_at(At::after(core(&made).last().unwrap()), &child, "where_from", Compartment::Core);
    assert_eq!(leila.admit(&next).unwrap(), Admitted::Refused("role-may-not"));
    let shown = leila.script_show(&child, None, None).unwrap();
    assert!(shown["fields"].get("where_from").is_none());
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
fn a_worker_who_hears_of_a_move_with_work_unsealed_opens_the_tablet_again_and_hands_the_work_on() {
    let mut three = Three::begin();
    let (child, _) = three.work("Anri Test");
    let place = [("separation.place".to_owned(), json!("the old mill"))];
    three.tomas.script_edit(&child, &[], place.into()).unwrap();
    three.leila.script_create_site("Ostra", "QMV").unwrap();
    three.leila.script_change("Tomas", &["registrar".to_owned()], Some("Ostra")).unwrap();
    tell(&three.leila, &mut three.tomas);
    let before = three.tomas.envelopes().unwrap().len();
    three.tomas.end_session().unwrap();
    drop(three.tomas);
    let tomas = open(&three.tablet);
    assert_eq!(since(&tomas, before).len(), 1);
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

#[test]
fn who_hears_of_the_own_removal_at_work_hands_on_what_was_done_until_then() {
    let mut three = Three::begin();
    three.work("Anri Test");
    three.leila.script_remove("Tomas", "left", None).unwrap();
    let answers = json!({ "names": ["Bela Test"], "sex": "M", "age": 9, "accompaniment": "unknown" });
    three.tomas.script_register(&answers).unwrap();
    let before = three.tomas.envelopes().unwrap().len();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("roster");
    three.leila.script_roster(Some(&file)).unwrap();
    assert_eq!(three.tomas.script_read_roster(&file).unwrap()["in"], false);
    let made = since(&three.tomas, before);
    assert!(!made.is_empty());
    let taken = take_in(&mut three.leila, &made);
    assert!(taken.iter().all(|taken| *taken == Admitted::Refused("seat-removed")), "{taken:?}");
}

/// What Leila's tablet noted of the things that it keeps aside, and a mark put in the place of it.
fn marked(first: &Tern, mark: bool) -> Vec<Option<String>> {
    let payload = tern_stories::members::taken_apart(first);
    let home = tern_store::Home::open(&first.home()).unwrap();
    let mut vault = tern_store::Vault::open(&home, payload.vault.as_bytes(), None).unwrap();
    let held = vault.held_tried(payload.seat).unwrap();
    if mark {
        vault
            .write(|tx| {
                held.iter().try_for_each(|(row, tried)| {
                    let mut tried = tried.clone().unwrap();
                    tried.if_taken = Some("marked".to_owned());
                    tx.put_tried(row.id, payload.seat, &tried)
                })
            })
            .unwrap();
    }
    held.into_iter().map(|(_, tried)| tried.and_then(|tried| tried.if_taken)).collect()
}

#[test]
fn what_is_kept_aside_is_tried_again_only_when_something_has_changed() {
    let mut three = Three::begin();
    three.work("Anri Test");
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    let (child, later) = three.work_on("Bela Test");
    take_in(&mut three.leila, &later);
    let count = later.len();
    assert_eq!(three.leila.people().unwrap().to_review as usize, count, "counted before it is weighed");
    let Three { leila, nadia, _folders: (first, _third), .. } = three;
    drop((leila, nadia));
    drop(open(&first));
    assert_eq!(marked(&first, true), vec![Some(String::new()); count], "weighed at unlock");
    let mut leila = open(&first);
    assert_eq!(leila.people().unwrap().to_review, 0, "counted by what was found");
    leila.script_create_site("Ostra", "QMV").unwrap();
    drop(leila);
    let mut leila = open(&first);
    assert_eq!(leila.people().unwrap().to_review as usize, count, "the list of members says more");
    drop(leila);
    assert_eq!(marked(&first, false), vec![Some(String::new()); count]);
    // What one decides is weighed as it stands, whatever was found before.
    marked(&first, true);
    let mut leila = open(&first);
    let entry = leila.reviews().unwrap().pop().unwrap().entry;
    leila.review(&entry, true).unwrap();
    assert!(knows(&mut leila, &child));
}

#[test]
fn what_has_not_come_is_named_by_device_and_number_and_shows_once_it_comes() {
    let mut three = Three::begin();
    let (child, _) = three.work("Anri Test");
    let mut edits = Vec::new();
    for place in ["Varos", "Ostra"] {
        let before = three.tomas.envelopes().unwrap().len();
        three.tomas.script_edit(&child, &[], [("where_from".to_owned(), json!(place))].into()).unwrap();
        three.tomas.end_session().unwrap();
        edits.extend(core(&since(&three.tomas, before)));
    }
    let [earlier, later] = edits.as_slice() else { panic!("{}", edits.len()) };
    let leila = &mut three.leila;
    assert_eq!(leila.missing().unwrap(), []);
    assert_eq!(leila.admit(later).unwrap(), Admitted::New(1));
    let shown = leila.script_show(&child, None, None).unwrap();
    assert_eq!((&shown["waiting"], shown["fields"].get("where_from")), (&json!(1), None), "{shown}");
    let missing = leila.missing().unwrap();
    let [gap] = missing.as_slice() else { panic!("{missing:?}") };
    assert_eq!((gap.worker.as_str(), gap.behind, gap.from), ("Tomas", 1, gap.to));
    assert_eq!(u64::from(gap.from), At::of(earlier).seq + 1);
    assert!(!gap.device.is_empty());
    assert_eq!(leila.script_sync_status().unwrap()["missing"][0]["from"], gap.from);
    whole(leila);
    assert_eq!(leila.admit(earlier).unwrap(), Admitted::New(1));
    assert_eq!(leila.missing().unwrap(), []);
    let shown = leila.script_show(&child, None, None).unwrap();
    assert_eq!((&shown["fields"]["where_from"]["value"], shown.get("waiting")), (&json!("Ostra"), None));
    whole(leila);
}
