//! Work that does not count as it comes because something is lacking or not allowed: a key, a member, a role, a site. It is
//! tried again when something more is known.

use serde_json::json;
use tern_app::admit::Admitted;
use tern_app::view::ReviewState;
use tern_record::{Compartment, Role};
use tern_seal::envelope::Envelope;
use tern_seal::roster::ScopeKind;
use tern_stories::held::{Three, core, knows, of_state, register, since, take_in, tell, whole};
use tern_stories::meeting::open;
use tern_stories::{At, Hand, Tern, second_worker, worker_as};
use tern_sync::Shelf as _;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

#[test]
fn work_under_a_key_that_has_not_come_is_taken_when_the_key_comes() {
    let mut three = Three::begin(TERN);
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
fn a_registration_that_comes_after_what_others_wrote_into_the_child_counts() {
    let first = Tern::practising(TERN);
    let tablet = worker_as(&first, "Sana", &[Role::Registrar]);
    let (mut leila, mut sana) = (open(&first), open(&tablet));
    tell(&leila, &mut sana);
    tell(&sana, &mut leila);
    let answers = json!({
        "names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown", "where_from": "Varos",
        "separation.place": "the bridge",
    });
    let child = sana.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    sana.end_session().unwrap();
    let is_core = |bytes: &Vec<u8>| {
        let scope = Envelope::parse(bytes).unwrap().place().scope;
        leila.roster().scopes[&scope].kind == ScopeKind::Core
    };
    let (began, apart): (Vec<_>, Vec<_>) = sana.envelopes().unwrap().into_iter().partition(is_core);
    // What lies apart comes first, and somebody writes.
    take_in(&mut leila, &apart);
    leila.script_edit(&child, &[], [("where_from".to_owned(), json!("Ostra"))].into()).unwrap();
    let taken = take_in(&mut leila, &began);
    assert!(taken.iter().all(|done| !matches!(done, Admitted::Refused(_))), "{taken:?}");
    let shown = leila.script_show(&child, None, None).unwrap();
    assert_eq!(shown["fields"]["where_from"]["state"], "disputed", "both stand side by side");
    assert_eq!(leila.reviews().unwrap(), []);
    whole(&mut leila);
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
    let mut three = Three::begin(TERN);
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
    let mut three = Three::begin(TERN);
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
    let mut three = Three::begin(TERN);
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
fn a_worker_who_hears_of_a_move_with_work_unsealed_opens_the_tablet_again_and_hands_the_work_on() {
    let mut three = Three::begin(TERN);
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
    let mut three = Three::begin(TERN);
    three.work("Anri Test");
    three.leila.script_remove("Tomas", "lost", None).unwrap();
    let (child, later) = three.work_on("Bela Test");
    take_in(&mut three.leila, &later);
    let count = later.len();
    assert_eq!(three.leila.people().unwrap().to_review as usize, count, "counted before it is weighed");
    let Three { leila, nadia, folders: (first, _third), .. } = three;
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
    let mut three = Three::begin(TERN);
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
    assert_eq!(shown["waiting_with"], json!([leila.missing().unwrap()[0].device]), "who has it");
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
