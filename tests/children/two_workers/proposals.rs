//! What waits for the second of two workers.

use serde_json::{Value, json};
use tern_app::App;

use super::Two;

#[test]
fn a_second_proposal_of_an_answer_waits_for_the_first() {
    let mut two = Two::begin();
    let child = two.child.clone();
    let first = two.leila.propose(&child, "accompaniment", &json!("accompanied")).unwrap().to_hex();
    // The other device has not seen it: both are shown.
    two.tomas.propose(&child, "accompaniment", &json!("separated")).unwrap();
    for (app, value) in [(&mut two.leila, "separated"), (&mut two.tomas, "accompanied")] {
        let refused = app.propose(&child, "accompaniment", &json!(value)).unwrap_err();
        assert_eq!(refused.code.name(), "proposal-waits");
    }
    two.meet();
    assert_eq!(two.leila.proposals(&child).unwrap().len(), 2);
    two.leila.withdraw(&first).unwrap();
    let other = two.leila.proposals(&child).unwrap().remove(0).change;
    two.leila.withdraw(&other).unwrap();
    two.leila.propose(&child, "accompaniment", &json!("separated")).unwrap();
}

#[test]
fn a_proposal_is_changed_by_nobody_and_confirmed_as_it_was_signed() {
    let mut two = Two::begin();
    let child = two.child.clone();
    let change = two.leila.propose(&child, "life_status", &json!("deceased")).unwrap().to_hex();
    two.meet();
    let shown = two.tomas.script_show(&child, None, None).unwrap();
    let path =
        shown["fields"].as_object().unwrap().keys().find(|path| path.starts_with("proposals/")).unwrap();
    let row = path.split('/').nth(1).unwrap();
    for (field, value) in [
        ("about_protected", json!("accompaniment")),
        ("value_protected", json!("\"presumed_dead\"")),
        ("about", json!("case.status")),
        ("value", json!("\"closed\"")),
        ("confirmed", json!(true)),
        ("withdrawn", json!(false)),
        ("removed", json!("typed_by_mistake")),
    ] {
        for app in [&mut two.leila, &mut two.tomas] {
            let puts = [(format!("proposals/{row}/{field}"), value.clone())].into();
            let refused = app.script_edit(&child, &[], puts).unwrap_err();
            assert_eq!(refused.code.name(), "proposal-only", "{field}");
            assert!(app.put_back(&child, &change, &format!("proposals/{row}/{field}")).is_err(), "{field}");
        }
    }
    let own = [("about", json!("case.status")), ("value", json!("\"closed\"")), ("confirmed", json!(true))];
    let own = own.map(|(field, value)| (field.to_owned(), value)).into();
    let refused = two.tomas.script_add(&child, "proposals", own).unwrap_err();
    assert_eq!(refused.code.name(), "proposal-only");
    let answers = json!({
        "names": ["Belo"], "sex": "F", "age": 9, "accompaniment": "separated",
        "proposals": [{ "about": "case.status", "value": "\"closed\"" }],
    });
    assert_eq!(two.tomas.script_register(&answers).unwrap_err().code.name(), "proposal-only");
    two.tomas.confirm(&change).unwrap();
    two.meet();
    assert_eq!(two.both("life_status"), json!("deceased"));
}

#[test]
fn a_proposal_about_what_is_restricted_is_told_only_for_a_reason() {
    let mut two = Two::begin();
    let child = two.child.clone();
    let (path, value) = ("transit_abuse.disclosed_on", json!("2026-03-04"));
    let change = two.leila.propose(&child, path, &value).unwrap().to_hex();
    two.meet();
    // Who reads what is for an auditor: Leila, who began the programme alone, is one.
    let audits = |app: &App| app.script_audit(None, None).map_or(0, |told| told.as_array().unwrap().len());
    assert_eq!(two.tomas.script_audit(None, None).unwrap_err().code.name(), "no-right");
    for app in [&mut two.leila, &mut two.tomas] {
        let before = audits(app);
        assert!(app.proposals(&child).unwrap().is_empty());
        let open = [
            app.script_show(&child, None, None).unwrap(),
            app.script_history(&child, None).unwrap(),
            app.script_tasks(None, None).unwrap(),
        ];
        for told in open {
            let told = told.to_string();
            assert!(!told.contains("transit_abuse") && !told.contains("2026-03-04"), "{told}");
        }
        assert_eq!(app.proposals_for(&child, " ").unwrap_err().code.name(), "reason-for-reading");
        assert_eq!(app.proposals_for(&child, "a second look").unwrap().len(), 1);
        if app.script_audit(None, None).is_ok() {
            assert_eq!(audits(app), before + 1, "that it was read is kept");
        }
    }
    two.tomas.confirm(&change).unwrap();
    two.meet();
    assert_eq!(two.both(path), value);
    assert!(two.leila.proposals_for(&child, "a test").unwrap().is_empty());
}

#[test]
fn a_proposal_that_is_taken_back_is_withdrawn() {
    let mut two = Two::begin();
    let child = two.child.clone();
    let change = two.leila.propose(&child, "accompaniment", &json!("accompanied")).unwrap().to_hex();
    let undo = tern_app::view::ChangeRef { child: child.clone(), change: change.clone() };
    two.leila.undo(&[undo]).unwrap();
    two.meet();
    assert!(two.tomas.proposals(&child).unwrap().is_empty());
    assert_eq!(two.tomas.confirm(&change).unwrap_err().code.name(), "unknown-change");
}

#[test]
fn what_cannot_be_an_answer_is_not_proposed() {
    let mut two = Two::begin();
    let child = two.child.clone();
    let row = two.add("concerns", &[("type", json!("neglect"))]);
    let before = two.leila.script_history(&child, Some("a test")).unwrap();
    for (path, value, code) in [
        ("facility.name", json!("Hill house"), "unknown-field"),
        ("no.such_field", json!("x"), "unknown-field"),
        ("proposals/0ABC/confirmed", json!(true), "proposal-only"),
        ("sex", Value::Null, "wrong-value"),
        ("sex", json!("elephant"), "wrong-code"),
        ("relations/0ABC/verified", json!("dna"), "unknown-row"),
        (&format!("concerns/{row}/story"), json!("he waited"), "one-is-enough"),
        (&format!("concerns/{row}/nonsense"), json!("he waited"), "unknown-field"),
    ] {
        let refused = two.leila.propose(&child, path, &value).unwrap_err();
        assert_eq!(refused.code.name(), code, "{path}");
    }
    assert_eq!(two.leila.script_history(&child, Some("a test")).unwrap(), before);
}
