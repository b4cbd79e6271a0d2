//! What stands beside answers: legal identity, permits, time left, and machine-readable lines that offer what they say.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::sync::{Arc, Mutex};

use serde_json::json;
use tern_app::programme::NewProgramme;
use tern_app::{App, Ports, Schema, script};
use tern_testkit::{FakeClock, Seeded};

/// 2026-11-24 12:00 UTC.
const NOON: i64 = 1_795_521_600_000;
const PASSPHRASE: &str = "the tern flies far north every year";

fn app(folder: &std::path::Path) -> App {
    let ports = Arc::new(Ports {
        clock: Box::new(FakeClock::at(NOON)),
        random: Mutex::new(Box::new(Seeded::new(5))),
        vfs: None,
        keystore: None,
    });
    let schema = Arc::new(Schema::embedded().unwrap());
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    script::programme_create(folder, &ask, Some(PASSPHRASE), Arc::clone(&schema), Arc::clone(&ports))
        .unwrap();
    script::open(folder, PASSPHRASE, schema, ports).unwrap()
}

#[test]
fn legal_identity_permits_and_the_time_to_register_are_worked_out_and_nothing_of_them_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut app = app(&folder.path().join("home"));
    let told = app
        .script_register(&json!({
            "names": ["Samira"], "sex": "F", "dob": {"date": "2026-11-04"}, "companions_answered": "none_to_add",
            "birth_country": "QME", "birth.step": "not_registered",
            "identity_documents": [
                {"type": "passport", "status": "held", "expires_on": {"date": "2026-11-24"}},
                {"type": "passport", "status": "held", "expires_on": {"date": "2026-11-23"}},
                {"type": "passport", "status": "copy_only"},
                {"type": "school_document", "status": "held"},
            ],
            "permits": [{"type": "refugee", "valid_until": "2026-12-04"}],
        }))
        .unwrap();
    let child = app.child(told["id"].as_str().unwrap()).unwrap();
    let lines: Vec<&String> = child.computed.values().flatten().collect();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("Counts as legal identity"), count("Does not count")), (1, 3), "{lines:?}");
    assert_eq!((count("Valid for 10 more days"), count("10 days left to register")), (1, 1), "{lines:?}");
    assert!(!child.fields.keys().any(|path| path.contains("legal_identity")));
}

#[test]
fn lines_offer_what_their_digits_vouch_for_and_say_what_none_does() {
    let folder = tempfile::tempdir().unwrap();
    let app = app(&folder.path().join("home"));
    let good = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
    let read = app.read_mrz(good).unwrap();
    let offers = |read: &tern_app::view::MrzView| -> Vec<(String, bool)> {
        read.reads.iter().map(|one| (one.field.clone(), one.checked)).collect()
    };
    assert!(read.faults.is_empty());
    let wanted = [
        ("name_as_printed", false),
        ("number", true),
        ("dob_as_printed", true),
        ("expires_on", true),
        ("sex_as_printed", false),
    ];
    assert_eq!(offers(&read), wanted.map(|(field, checked)| (field.to_owned(), checked)));
    assert_eq!(read.reads[2].value, json!({"date": "1974-08-12"}));
    // A number whose digit does not fit is told and not offered.
    let slip = app.read_mrz(&good.replace("L898902C3", "L898902C4")).unwrap();
    assert_eq!(slip.faults.len(), 2);
    assert!(!offers(&slip).iter().any(|(field, _)| field == "number"));
    assert_eq!(app.read_mrz("P<UTO").err().unwrap().code.name(), "mrz-shape");
}
