//! Rules that protect, each through a use case: what is refused, by its number, and what then goes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use serde_json::{Value, json};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// A child of this age with no adult, in a practice programme.
fn child(age: u8) -> (Tern, Batch, String) {
    let tern = Tern::practising(TERN);
    let answers = json!({ "names": ["Anri"], "sex": "M", "age": age, "accompaniment": "unaccompanied" });
    let id = tern.register(&answers).ok()["id"].as_str().unwrap().to_owned();
    let batch = tern.batch();
    (tern, batch, id)
}

fn add(batch: &mut Batch, id: &str, list: &str, fields: &[(&str, Value)]) -> Value {
    let sets: Vec<String> = fields.iter().map(|(field, value)| format!("{field}={value}")).collect();
    let mut words = vec!["add", id, list];
    for set in &sets {
        words.extend(["--set", set.as_str()]);
    }
    batch.ask(&words)
}

fn refused(said: &Value, rule: &str) {
    assert_eq!(said["error"]["code"], rule, "{said}");
}

fn done(said: &Value) {
    assert!(said["ok"].is_object(), "{said}");
}

#[test]
fn d_01_one_entry_ends_no_childhood_no_life_and_no_record() {
    let (_tern, mut batch, id) = child(9);
    batch.refused(&["edit", &id, "--set", "life_status=\"deceased\""], "rule-D-01");
    batch.refused(&["edit", &id, "--set", "case.status=\"closed\""], "rule-D-01");
    batch.refused(&["edit", &id, "--set", "case.closure_reason=\"never_a_child\""], "rule-D-04");
}

#[test]
fn d_05_a_decision_without_a_guardian_says_why() {
    let (_tern, mut batch, id) = child(9);
    let day = ("decided_on", json!("2026-11-01"));
    refused(&add(&mut batch, &id, "bid", std::slice::from_ref(&day)), "rule-D-05");
    done(&add(&mut batch, &id, "bid", &[day, ("no_guardian_reason", json!("none was to be had in time"))]));
}

#[test]
fn d_06_one_worker_proposes_and_does_not_confirm() {
    let (_tern, mut batch, id) = child(9);
    batch.refused(&["edit", &id, "--set", "accompaniment=\"accompanied\""], "rule-D-06");
    let change =
        batch.ok(&["propose", &id, "accompaniment=\"accompanied\""])["change"].as_str().unwrap().to_owned();
    batch.refused(&["confirm", &change], "second-worker");
    let shown = batch.ok(&["show", &id]);
    assert_eq!(shown["fields"]["accompaniment"]["value"], "unaccompanied", "until then nothing changes");
    batch.ok(&["withdraw", &change]);
    batch.refused(&["confirm", &change], "unknown-change");
}

#[test]
fn d_07_to_d_10_nothing_is_sent_without_an_agreement_or_a_reason() {
    let (_tern, mut batch, id) = child(13);
    let to = |more: &[(&'static str, Value)]| {
        let mut fields = vec![("to", json!("legal_aid")), ("sent_on", json!("2026-11-01"))];
        fields.extend_from_slice(more);
        fields
    };
    refused(&add(&mut batch, &id, "referrals", &to(&[])), "rule-D-07");
    let basis = ("legal_basis", json!("vital_interest"));
    refused(&add(&mut batch, &id, "referrals", &to(std::slice::from_ref(&basis))), "rule-D-10");
    let named = [basis, ("basis_reason", json!("threat")), ("basis_approved_by", json!("Leila"))];
    done(&add(&mut batch, &id, "referrals", &to(&named)));
    let agreed = |assent: &str| {
        [
            ("purpose", json!("services_referral")),
            ("receiver", json!("legal_aid")),
            ("status", json!("granted")),
            ("given_by", json!("both")),
            ("spoke_apart", json!(true)),
            ("child_assent", json!(assent)),
            ("given_on", json!("2026-11-01")),
        ]
    };
    done(&add(&mut batch, &id, "consents", &agreed("dissent")));
    refused(&add(&mut batch, &id, "referrals", &to(&[])), "rule-D-09");
    done(&add(&mut batch, &id, "consents", &agreed("assent")));
    done(&add(&mut batch, &id, "referrals", &to(&[])));
}

#[test]
fn d_08_a_no_stands_above_a_yes_of_the_same_day() {
    let (_tern, mut batch, id) = child(16);
    for (status, given_by) in [("granted", json!("child")), ("refused", Value::Null)] {
        let fields = [
            ("purpose", json!("services_referral")),
            ("receiver", json!("legal_aid")),
            ("status", json!(status)),
            ("given_by", given_by),
            ("given_on", json!("2026-11-01")),
        ];
        done(&add(&mut batch, &id, "consents", &fields));
    }
    let fields = [("to", json!("legal_aid")), ("sent_on", json!("2026-11-02"))];
    refused(&add(&mut batch, &id, "referrals", &fields), "rule-D-07");
}

#[test]
fn d_11_who_may_be_the_danger_is_not_asked() {
    let (_tern, mut batch, id) = child(9);
    done(&add(&mut batch, &id, "relations", &[("kind", json!("father")), ("speak_first", json!(true))]));
    let fields =
        [("purpose", json!("photo")), ("status", json!("granted")), ("given_by", json!("caregiver"))];
    refused(&add(&mut batch, &id, "consents", &fields), "rule-D-11");
}

#[test]
fn d_12_what_is_restricted_opens_for_a_reason_that_is_kept() {
    let (tern, mut batch, id) = child(9);
    done(&add(&mut batch, &id, "relations", &[("kind", json!("father")), ("danger_note", json!("he hits"))]));
    assert!(!batch.ok(&["show", &id]).to_string().contains("he hits"));
    assert!(!batch.ok(&["history", &id]).to_string().contains("he hits"));
    batch.refused(&["show", &id, "--reason", "  "], "reason-for-reading");
    assert!(batch.ok(&["show", &id, "--reason", "plan of the week"]).to_string().contains("he hits"));
    batch.end();
    let audit = tern.run(&["audit", "--record", &id]).ok();
    assert_eq!(audit.as_array().unwrap().len(), 1, "{audit}");
    assert_eq!(
        (&audit[0]["what"], &audit[0]["why"]),
        (&json!("read_restricted"), &json!("plan of the week"))
    );
}

#[test]
fn d_20_d_21_d_24_nothing_goes_to_the_state_a_child_fled_nor_to_enforcement() {
    let (_tern, mut batch, id) = child(9);
    batch.ok(&["edit", &id, "--set", "birth_country=\"QMO\""]);
    let home = [
        ("to", json!("ngo_case_management")),
        ("country", json!("QMO")),
        ("cross_border", json!(true)),
        ("sent_on", json!("2026-11-01")),
    ];
    refused(&add(&mut batch, &id, "referrals", &home), "rule-D-20");
    batch.refused(&["edit", &id, "--set", "birth.office_kind=\"consulate\""], "rule-D-21");
    refused(&add(&mut batch, &id, "referrals", &[("to", json!("asylum_authority"))]), "rule-D-24");
}

#[test]
fn b_04_a_birth_registration_goes_back_only_with_a_reason() {
    let (_tern, mut batch, id) = child(9);
    batch.ok(&["edit", &id, "--set", "birth.step=\"registered\""]);
    batch.refused(&["edit", &id, "--set", "birth.step=\"declared\""], "rule-B-04");
    let reason = "birth.correction_reason=\"typed for another child\"";
    batch.ok(&["edit", &id, "--set", "birth.step=\"declared\"", "--set", reason]);
}

#[test]
fn a_place_and_a_country_profile_are_records_of_their_own_kind() {
    let (_tern, mut batch, id) = child(9);
    batch.refused(&["edit", &id, "--set", "facility.name=\"Harbour house\""], "unknown-field");
}
