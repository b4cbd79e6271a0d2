//! What a registrar notes and cannot read back, and what auditors read of others.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_stories::tern::WORDS;
use tern_stories::{Hand, Said, Tern, second_worker};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

fn paths(shown: &Value) -> Vec<String> {
    shown["fields"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn what_a_registrar_notes_opens_for_the_case_worker_of_the_tablet_and_not_for_the_registrar() {
    let tern = Tern::practising(TERN);
    let words = tern.run(&["worker", "add", "Sana", "--role", "registrar"]).ok();
    let words = words["passphrase"].as_str().unwrap().to_owned();
    let as_sana = |command: &[&str]| {
        Said::from(tern.command(command).env("TERN_PASSPHRASE", &words).arg("--json").output().unwrap())
    };
    let answers = json!({
        "names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown",
        "distinguishing_marks": "a scar that only the child knows of",
    });
    let file = tern.bring("answers.json", answers.to_string());
    let id = as_sana(&["register", "--answers", &file]).ok()["id"].as_str().unwrap().to_owned();
    let seen = as_sana(&["show", &id]).ok();
    assert!(paths(&seen).iter().any(|path| path == "sex"));
    assert!(!paths(&seen).iter().any(|path| path == "distinguishing_marks"), "{seen}");
    as_sana(&["verify"]).ok();
    // Leila reads what protects at this site: it is there as soon as she unlocks.
    let shown = tern.run(&["show", &id]).ok();
    assert_eq!(
        shown["fields"]["distinguishing_marks"]["value"],
        json!("a scar that only the child knows of")
    );
    let history = tern.run(&["history", &id]).ok();
    let noted = history
        .as_array()
        .unwrap()
        .iter()
        .find(|change| change["paths"].as_array().unwrap().contains(&json!("distinguishing_marks")));
    assert_eq!(noted.unwrap()["by"], "Sana");
    tern.run(&["verify", "--rebuild"]).ok();
    assert!(!paths(&as_sana(&["show", &id]).ok()).iter().any(|path| path == "distinguishing_marks"));
}

#[test]
fn an_auditor_reads_what_others_did_on_their_devices_and_why_without_any_content() {
    let first = Tern::practising(TERN);
    let second = second_worker(&first, "Tomas");
    let mut leila = open(&first);
    let mut tomas = open(&second);
    let answers = json!({"names": ["Anri Test"], "sex": "M", "age": 9, "accompaniment": "unknown"});
    let id = tomas.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    tomas.open_restricted(&id, "called by the doctor").unwrap();
    assert!(tomas.script_audit(None, None).is_err(), "a case worker is no auditor");
    tomas.end_session().unwrap();
    for bytes in tomas.envelopes().unwrap() {
        assert!(!matches!(leila.admit(&bytes).unwrap(), Admitted::Refused(_)));
        assert_eq!(leila.admit(&bytes).unwrap(), Admitted::Known);
    }
    let events = leila.script_audit(Some(&id), None).unwrap();
    let read = events.as_array().unwrap().iter().find(|event| event["what"] == "read_restricted").unwrap();
    assert_eq!((&read["by"], &read["why"]), (&json!("Tomas"), &json!("called by the doctor")));
    assert!(leila.script_verify(false).unwrap()["problems"].as_array().unwrap().is_empty());
}

#[test]
fn a_drill_by_somebody_who_may_not_keeps_nobody_from_being_asked_for_one() {
    let first = Tern::practising(TERN);
    let tablet = second_worker(&first, "Tomas");
    let mut leila = open(&first);
    let sheet = leila.script_sheet().unwrap()["sheet"].as_str().unwrap().to_owned();
    let tried = |app: &App| app.script_sheets().unwrap()[0]["tried"].clone();
    assert_eq!(tried(&leila), Value::Null);
    let said = Hand::of(&tablet).event("drill", &[("audit.whom", &sheet)]);
    assert_eq!(leila.admit(&said).unwrap(), Admitted::New(1), "it is kept as what Tomas said");
    assert_eq!(tried(&leila), Value::Null);
    let pages = leila.people().unwrap().sheets;
    assert!(pages.len() == 1 && pages[0].drilled.is_none());
}
