//! What lets a child leave, and where nothing of it goes.

use serde_json::{Value, json};
use tern_stories::Batch;

use super::{SENT, add, at_work, child, done, refused, row, set, to, word};

/// A child of nine who left with every safeguard; the row of the return and that of the decision.
fn departed(batch: &mut Batch, id: &str) -> (String, String) {
    let bid = [("decided_on", json!("2026-10-05")), ("no_guardian_reason", json!("a lawyer stood in"))];
    let bid = row(&add(batch, id, "bid", &bid));
    let mut fields = vec![
        ("country", json!("QMO")),
        ("state", json!("departed")),
        ("departed_on", json!("2026-11-01")),
        ("no_guardian_reason", json!("a lawyer stood in")),
        ("non_refoulement_check", json!("passed")),
        ("bi_basis", json!("bid")),
    ];
    for yes in [
        "due_process_complete",
        "legal_aid",
        "guardian_consulted",
        "child_views",
        "child_informed",
        "receiving_caregiver_verified",
        "child_protection_reception",
    ] {
        fields.push((yes, json!(true)));
    }
    (row(&add(batch, id, "returns", &fields)), bid)
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
fn d_22_both_gates_of_a_return() {
    let (_tern, mut batch, id) = child(9);
    let begun = add(&mut batch, &id, "returns", &[("country", json!("QMO")), ("state", json!("identified"))]);
    let row = begun["ok"]["entity"].as_str().unwrap().to_owned();
    let set = |batch: &mut Batch, field: &str, value: Value| {
        batch.ask(&["edit", &id, "--set", &format!("returns/{row}/{field}={value}")])
    };
    refused(&set(&mut batch, "state", json!("planned")), "rule-D-22");
    done(&set(&mut batch, "non_refoulement_check", json!("passed")));
    done(&add(
        &mut batch,
        &id,
        "bia",
        &[("completed_on", json!("2026-10-01")), ("child_heard", json!("heard"))],
    ));
    refused(&set(&mut batch, "state", json!("planned")), "rule-D-22");
    let decided = [("decided_on", json!("2026-10-05")), ("no_guardian_reason", json!("a lawyer stood in"))];
    done(&add(&mut batch, &id, "bid", &decided));
    done(&set(&mut batch, "state", json!("planned")));
    done(&set(&mut batch, "no_guardian_reason", json!("a lawyer stood in")));
    done(&set(&mut batch, "bi_basis", json!("bid")));
    let others = [
        "due_process_complete",
        "legal_aid",
        "guardian_consulted",
        "child_views",
        "child_informed",
        "receiving_caregiver_verified",
        "child_protection_reception",
    ];
    for safeguard in others {
        refused(&set(&mut batch, "state", json!("departed")), "rule-D-22");
        refused(&set(&mut batch, "departed_on", json!("2026-11-01")), "rule-D-22");
        done(&set(&mut batch, safeguard, json!(true)));
    }
    done(&set(&mut batch, "departed_on", json!("2026-11-01")));
    done(&set(&mut batch, "state", json!("departed")));
}

#[test]
fn d_22_what_others_carried_out_is_recorded_as_theirs() {
    let (_tern, mut batch, id) = child(9);
    let row =
        add(&mut batch, &id, "returns", &[("country", json!("QMO")), ("state", json!("done_by_others"))]);
    let row = row["ok"]["entity"].as_str().unwrap().to_owned();
    batch.ok(&["edit", &id, "--set", &format!("returns/{row}/no_guardian_reason=\"nobody asked us\"")]);
    batch.ok(&["edit", &id, "--set", &format!("returns/{row}/departed_on=\"2026-11-01\"")]);
}

#[test]
fn d_22_what_let_a_child_leave_is_not_unsaid_by_one() {
    let (_tern, mut batch, id) = child(9);
    let (left, bid) = departed(&mut batch, &id);
    let at = |field: &str| format!("returns/{left}/{field}");
    for (field, value) in [
        ("child_views", json!(false)),
        ("legal_aid", Value::Null),
        ("non_refoulement_check", json!("failed")),
        ("bi_basis", Value::Null),
    ] {
        refused(&set(&mut batch, &id, &at(field), value), "rule-D-22");
    }
    refused(&set(&mut batch, &id, &format!("bid/{bid}/decided_on"), Value::Null), "rule-D-22");
    refused(&set(&mut batch, &id, &format!("bid/{bid}/removed"), json!("typed_by_mistake")), "rule-D-22");
    // By way of taking the row out.
    done(&set(&mut batch, &id, &at("removed"), json!("typed_by_mistake")));
    done(&set(&mut batch, &id, &at("child_views"), json!(false)));
    refused(&set(&mut batch, &id, &at("removed"), Value::Null), "rule-D-22");
    done(&set(&mut batch, &id, &at("child_views"), json!(true)));
    done(&set(&mut batch, &id, &at("removed"), Value::Null));
}

#[test]
fn d_22_a_safeguard_that_came_after_the_departure_is_not_undone_or_put_back() {
    let (tern, mut batch, id) = child(9);
    let begun = row(&add(&mut batch, &id, "returns", &[("state", json!("identified"))]));
    let put = batch.ok(&["edit", &id, "--set", &format!("returns/{begun}/legal_aid=true")]);
    let change = put["change"].as_str().unwrap().to_owned();
    let (_, _) = departed(&mut batch, &id);
    let mut last = vec!["edit".to_owned(), id.clone()];
    for set in [
        "non_refoulement_check=\"passed\"",
        "bi_basis=\"bid\"",
        "due_process_complete=true",
        "guardian_consulted=true",
        "child_views=true",
        "child_informed=true",
        "receiving_caregiver_verified=true",
        "child_protection_reception=true",
        "no_guardian_reason=\"a lawyer stood in\"",
        "departed_on=\"2026-11-01\"",
    ] {
        last.extend(["--set".to_owned(), format!("returns/{begun}/{set}")]);
    }
    let last: Vec<&str> = last.iter().map(String::as_str).collect();
    batch.ok(&last);
    batch.end();
    let mut app = at_work(&tern, 1);
    let back = app.put_back(&id, &change, &format!("returns/{begun}/legal_aid")).unwrap_err();
    assert_eq!(back.code.name(), "rule-D-22");
    let undone = tern_app::view::ChangeRef { child: id.clone(), change };
    assert_eq!(app.undo(&[undone]).unwrap_err().code.name(), "rule-D-22");
}

#[test]
fn d_22_a_day_on_which_a_child_is_to_leave_is_a_plan() {
    let (tern, mut batch, id) = child(9);
    let day = ("planned_on", json!("2026-12-20"));
    refused(&add(&mut batch, &id, "returns", std::slice::from_ref(&day)), "rule-D-22");
    let begun = row(&add(&mut batch, &id, "returns", &[("state", json!("identified"))]));
    refused(&set(&mut batch, &id, &format!("returns/{begun}/planned_on"), day.1.clone()), "rule-D-22");
    // Another's plan is written down, and does not become ours.
    let theirs = [("state", json!("done_by_others")), day.clone()];
    let theirs = row(&add(&mut batch, &id, "returns", &theirs));
    refused(&set(&mut batch, &id, &format!("returns/{theirs}/state"), Value::Null), "rule-D-22");
    // A form that is begun gives no number to it.
    let answers = json!({
        "names": ["Beka"], "sex": "M", "age": 9, "accompaniment": "unaccompanied",
        "returns": [{ "planned_on": "2026-12-20" }],
    });
    let file = tern.bring("beka.json", answers.to_string());
    batch.refused(&["register", "--answers", &file], "rule-D-22");
}

#[test]
fn d_20_a_country_is_another_one_whether_or_not_somebody_says_so() {
    let (_tern, mut batch, id) = child(16);
    batch.ok(&["edit", &id, "--set", "birth_country=\"QMO\""]);
    let yes = [("given_by", json!("child")), ("given_on", json!("2026-11-01"))];
    done(&add(&mut batch, &id, "consents", &word("granted", &yes)));
    let sent = (SENT.0, json!(SENT.1));
    let to_country = |country: &str| to("legal_aid", &[sent.clone(), ("country", json!(country))]);
    refused(&add(&mut batch, &id, "referrals", &to_country("QMO")), "rule-D-20");
    let denied = [sent.clone(), ("country", json!("QMO")), ("cross_border", json!(false))];
    refused(&add(&mut batch, &id, "referrals", &to("legal_aid", &denied)), "rule-D-20");
    // To a third country another agreement is needed; within this one the one that was given does.
    refused(&add(&mut batch, &id, "referrals", &to_country("QMV")), "rule-D-07");
    done(&add(&mut batch, &id, "referrals", &to_country("QME")));
}
