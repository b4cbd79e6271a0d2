//! Somebody who goes to work at another site: what is written there is read there, and what a tablet derives of one site
//! holds nothing of another.

use serde_json::{Value, json};
use tern_stories::Tern;
use tern_stories::meeting::{bring, id, meet, open, place};
use tern_stories::members::{joined, tell};
use tern_sync::Shelf as _;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// Leila begins; Tomas works where she does; Ivo works at Ostra.
fn two_sites() -> (Tern, Tern, Tern) {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let ivo = joined(&leila, "Ivo", "Laptop 3", &["case_worker"], &[]);
    leila.run(&["site", "create", "Ostra", "--country", "QMV"]).ok();
    leila.run(&["device", "change", "Ivo", "--role", "case_worker", "--site", "Ostra"]).ok();
    tell(&leila, &ivo);
    tell(&ivo, &leila);
    tell(&leila, &tomas);
    (leila, tomas, ivo)
}

fn child(tern: &Tern) -> String {
    id(&tern.register(&json!({ "names": ["Samir"], "sex": "M", "age": 9, "accompaniment": "unknown",
        "separation.place": "the old mill" })))
}

fn change(leila: &Tern, site: &str) {
    leila.run(&["device", "change", "Tomas", "--role", "case_worker", "--site", site]).ok();
}

fn write(tern: &Tern, child: &str, words: &str) {
    tern.run(&["edit", child, "--set", &format!("separation.place={}", json!(words))]).ok();
}

#[test]
fn what_is_written_at_a_new_site_into_a_child_of_the_old_one_is_read_at_the_new_site() {
    let (leila, tomas, ivo) = two_sites();
    let child = child(&leila);
    bring(&leila, &tomas);
    assert_eq!(place(&tomas, &child), "the old mill");
    change(&leila, "Ostra");
    tell(&leila, &ivo);
    tell(&ivo, &leila);
    bring(&leila, &tomas);
    bring(&leila, &ivo);
    write(&tomas, &child, "the ferry");
    bring(&tomas, &ivo);
    bring(&tomas, &leila);
    assert_eq!(place(&ivo, &child), "the ferry");
    assert_eq!(place(&tomas, &child), "the ferry");
    assert_eq!(place(&leila, &child), "the old mill", "her site has its own");
    // Whoever comes back reads what the first site has, and goes on there.
    change(&leila, "Velmar");
    bring(&leila, &tomas);
    assert_eq!(place(&tomas, &child), "the old mill");
    write(&tomas, &child, "the station");
    bring(&tomas, &leila);
    bring(&tomas, &ivo);
    assert_eq!((place(&leila, &child), place(&ivo, &child)), (json!("the station"), json!("the ferry")));
    for tern in [&leila, &tomas, &ivo] {
        assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    }
}

#[test]
fn who_hears_of_a_new_site_at_work_reads_and_writes_for_that_site_from_then_on() {
    let (leila, tomas, ivo) = two_sites();
    let child = child(&leila);
    bring(&leila, &tomas);
    change(&leila, "Ostra");
    tell(&leila, &ivo);
    tell(&ivo, &leila);
    bring(&leila, &ivo);
    write(&ivo, &child, "the ferry");
    let (mut at_leila, mut at_tomas, mut at_ivo) = (open(&leila), open(&tomas), open(&ivo));
    let at = |app: &mut tern_app::App| {
        app.script_show(&child, None, None).unwrap()["fields"]["separation.place"]["value"].clone()
    };
    assert_eq!(at(&mut at_tomas), "the old mill");
    meet(&mut at_tomas, &mut at_leila);
    meet(&mut at_tomas, &mut at_ivo);
    assert_eq!(at(&mut at_tomas), "the ferry");
    assert_ne!(at(&mut at_leila), Value::Null);
}

#[test]
fn a_text_of_the_old_site_that_never_came_is_not_waited_for_until_its_reader_is_back() {
    let (leila, tomas, _ivo) = two_sites();
    let child = child(&leila);
    bring(&leila, &tomas);
    let (mut leila, mut tomas) = (open(&leila), open(&tomas));
    let concern = [("type".to_owned(), json!("neglect")), ("response".to_owned(), json!("words of Leila"))];
    leila.script_add(&child, "concerns", concern.into()).unwrap();
    leila.end_session().unwrap();
    for envelope in leila.envelopes().unwrap() {
        tomas.admit(&envelope).unwrap();
    }
    let waits = |app: &tern_app::App| app.blobs_wanted().unwrap().len();
    assert_eq!(waits(&tomas), 1);
    for (site, left) in [("Ostra", 0), ("Velmar", 1)] {
        leila.script_change("Tomas", &["case_worker".to_owned()], Some(site)).unwrap();
        tern_stories::held::tell(&leila, &mut tomas);
        assert_eq!(waits(&tomas), left, "at {site}");
    }
    meet(&mut tomas, &mut leila);
    assert_eq!(waits(&tomas), 0);
}

#[test]
fn what_was_noted_for_a_site_is_not_told_as_kept_aside_where_its_author_was_sent_back() {
    let (leila, tomas, ivo) = two_sites();
    change(&leila, "Ostra");
    tell(&leila, &tomas);
    // No key of the site has come: what is told here is sealed for those who read there.
    let child = child(&tomas);
    assert_eq!(place(&tomas, &child), Value::Null);
    bring(&tomas, &ivo);
    assert_eq!(place(&ivo, &child), "the old mill");
    change(&leila, "Velmar");
    tell(&leila, &tomas);
    tell(&ivo, &tomas);
    assert_eq!(open(&tomas).script_quarantine().unwrap(), json!([]));
}

#[test]
fn what_counts_on_one_device_of_a_site_after_its_author_was_sent_away_is_somebodys_to_take_for_the_others() {
    let (leila, tomas, ivo) = two_sites();
    let nadia = joined(&leila, "Nadia", "Tablet 4", &["case_worker"], &[]);
    leila.run(&["device", "change", "Ivo", "--role", "case_supervisor", "--site", "Ostra"]).ok();
    change(&leila, "Ostra");
    tell(&leila, &ivo);
    tell(&ivo, &leila);
    bring(&leila, &tomas);
    let child = child(&tomas);
    bring(&tomas, &ivo);
    assert_eq!(place(&ivo, &child), "the old mill");
    // Leila reads nothing of Ostra, and names nothing of what was done there.
    change(&leila, "Velmar");
    leila.run(&["device", "change", "Nadia", "--role", "case_worker", "--site", "Ostra"]).ok();
    tell(&leila, &ivo);
    tell(&ivo, &nadia);
    bring(&ivo, &nadia);
    assert_eq!(place(&nadia, &child), Value::Null);
    let mut app = open(&ivo);
    let asked = app.reviews().unwrap();
    let codes: Vec<&str> = asked.iter().map(|view| view.code.as_str()).collect();
    assert!(!asked.is_empty() && codes.iter().all(|code| *code == "site-may-not"), "{codes:?}");
    for view in asked {
        app.review(&view.entry, true).unwrap();
    }
    assert_eq!(app.reviews().unwrap(), []);
    app.end_session().unwrap();
    drop(app);
    bring(&ivo, &nadia);
    assert_eq!(place(&nadia, &child), "the old mill");
}
