//! What was agreed and what was not: a no stands, a yes has who said it and the day.

use serde_json::{Value, json};
use tern_stories::Tern;

use super::{SENT, TERN, add, at_work, child, done, refused, row, set, to, word};

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
fn d_09_the_no_of_a_small_child_is_overridden_only_with_a_reason() {
    let (_tern, mut batch, id) = child(9);
    let to = [("to", json!("legal_aid")), ("sent_on", json!("2026-11-02"))];
    let agreed = [
        ("purpose", json!("services_referral")),
        ("receiver", json!("legal_aid")),
        ("status", json!("granted")),
        ("given_by", json!("guardian")),
        ("spoke_apart", json!(true)),
        ("child_assent", json!("dissent")),
        ("given_on", json!("2026-11-01")),
    ];
    let row = add(&mut batch, &id, "consents", &agreed);
    refused(&add(&mut batch, &id, "referrals", &to), "rule-D-09");
    let reason =
        format!("consents/{}/override_reason=\"a hearing on Monday\"", row["ok"]["entity"].as_str().unwrap());
    batch.ok(&["edit", &id, "--set", &reason]);
    done(&add(&mut batch, &id, "referrals", &to));
}

#[test]
fn d_10_what_was_shared_without_agreement_is_looked_at_again_in_seven_days() {
    let (_tern, mut batch, id) = child(9);
    let sent = [
        ("to", json!("health_provider")),
        ("sent_on", json!("2026-11-02")),
        ("legal_basis", json!("vital_interest")),
        ("basis_reason", json!("could not wait")),
        ("basis_approved_by", json!("Leila")),
    ];
    done(&add(&mut batch, &id, "referrals", &sent));
    let told = batch.ok(&["tasks", &id]);
    let review = told.as_array().unwrap().iter().find(|task| task["kind"] == "review_basis").unwrap();
    assert_eq!(review["due"], "2026-11-09");
}

#[test]
fn d_25_nothing_is_agreed_for_advocacy_by_default_or_by_one_alone() {
    let (_tern, mut batch, id) = child(16);
    let shown = batch.ok(&["show", &id]);
    assert!(!shown["fields"].to_string().contains("advocacy"), "nothing is agreed that was not asked");
    let schema = tern_app::Schema::embedded().unwrap();
    let receivers = schema.codelist("receiver_type").unwrap();
    for nobody in ["police", "border", "enforcement", "media", "press"] {
        assert!(receivers.codes.iter().all(|code| !code.code.contains(nobody)), "{nobody} receives nothing");
    }
}

#[test]
fn what_was_typed_first_changes_nothing_of_what_a_row_may_say() {
    let (_tern, mut batch, id) = child(9);
    let sent = (SENT.0, json!(SENT.1));
    let named = [
        ("legal_basis", json!("vital_interest")),
        ("basis_reason", json!("threat")),
        ("basis_approved_by", json!("Leila")),
        sent.clone(),
    ];
    let aid = row(&add(&mut batch, &id, "referrals", &to("legal_aid", &named)));
    let at = |field: &str| format!("referrals/{aid}/{field}");
    refused(&set(&mut batch, &id, &at("to"), json!("origin_country_partner_ngo")), "rule-D-20");
    refused(&set(&mut batch, &id, &at("basis_reason"), Value::Null), "rule-D-10");
    refused(&set(&mut batch, &id, &at("legal_basis"), Value::Null), "rule-D-07");
    let numbers = to("legal_aid", &[("personal_data", json!(false)), sent.clone()]);
    let numbers = row(&add(&mut batch, &id, "referrals", &numbers));
    refused(&set(&mut batch, &id, &format!("referrals/{numbers}/personal_data"), json!(true)), "rule-D-07");
    for state in ["received", "accepted", "in_progress", "completed"] {
        let over = to("origin_country_partner_ngo", &[("state", json!(state))]);
        refused(&add(&mut batch, &id, "referrals", &over), "rule-D-20");
    }
    let answered = to("legal_aid", &[("received_on", json!("2026-11-03"))]);
    refused(&add(&mut batch, &id, "referrals", &answered), "rule-D-07");
    // What becomes of what was sent is written down, whatever was said since.
    done(&set(&mut batch, &id, &at("state"), json!("completed")));
    done(&set(&mut batch, &id, &at("decline_reason"), json!("moved")));

    let health = row(&add(&mut batch, &id, "services", &[("type", json!("health"))]));
    let event = [("of", json!(health)), ("state", json!("receiving")), ("at", json!("2026-11-01"))];
    done(&add(&mut batch, &id, "service_events", &event));
    refused(&set(&mut batch, &id, &format!("services/{health}/type"), json!("consular")), "rule-D-21");

    let others =
        [("country", json!("QMO")), ("state", json!("done_by_others")), ("departed_on", json!("2026-11-01"))];
    let mut others = others.to_vec();
    others.push(("no_guardian_reason", json!("nobody asked us")));
    let others = row(&add(&mut batch, &id, "returns", &others));
    refused(&set(&mut batch, &id, &format!("returns/{others}/state"), Value::Null), "rule-D-22");
    refused(&set(&mut batch, &id, &format!("returns/{others}/no_guardian_reason"), Value::Null), "rule-D-05");
}

#[test]
fn d_07_a_yes_has_who_said_it_and_the_day() {
    let (_tern, mut batch, id) = child(16);
    let sent = to("legal_aid", &[(SENT.0, json!(SENT.1))]);
    let by = ("given_by", json!("child"));
    let on = |day: &str| ("given_on", json!(day));
    for lacks in [vec![], vec![by.clone()], vec![on("2026-11-01")], vec![by.clone(), on("2026-11-20")]] {
        done(&add(&mut batch, &id, "consents", &word("granted", &lacks)));
        refused(&add(&mut batch, &id, "referrals", &sent), "rule-D-07");
    }
    done(&add(&mut batch, &id, "consents", &word("granted", &[by, on("2026-11-02")])));
    done(&add(&mut batch, &id, "referrals", &sent));
}

#[test]
fn d_08_a_no_without_a_day_stands_above_every_yes_and_one_does_not_take_it_out() {
    let (tern, mut batch, id) = child(16);
    let yes = [("given_by", json!("child")), ("given_on", json!("2026-11-01"))];
    done(&add(&mut batch, &id, "consents", &word("granted", &yes)));
    let no = row(&add(&mut batch, &id, "consents", &word("refused", &[])));
    let sent = to("legal_aid", &[(SENT.0, json!(SENT.1))]);
    refused(&add(&mut batch, &id, "referrals", &sent), "rule-D-07");
    // Typed a moment ago by the same worker, it is a slip and goes as it came.
    done(&set(&mut batch, &id, &format!("consents/{no}/removed"), json!("typed_by_mistake")));
    done(&set(&mut batch, &id, &format!("consents/{no}/removed"), Value::Null));
    batch.end();

    let mut later = at_work(&tern, 11);
    for (field, value) in [
        ("removed", json!("typed_by_mistake")),
        ("status", Value::Null),
        ("status", json!("not_possible")),
        ("receiver", json!("health_provider")),
        ("purpose", json!("photo")),
    ] {
        let puts = [(format!("consents/{no}/{field}"), value)].into();
        let said = later.script_edit(&id, &[], puts).unwrap_err();
        assert_eq!(said.code.name(), "rule-D-08", "{field}");
    }
    // A day would make it older than a yes that was said before it.
    let puts = [(format!("consents/{no}/withdrawn_on"), json!("2026-11-03"))].into();
    assert_eq!(later.script_edit(&id, &[], puts).unwrap_err().code.name(), "rule-D-08");
}

#[test]
fn d_08_a_no_becomes_no_yes_and_no_older_and_is_not_said_to_somebody_else() {
    let (tern, mut batch, id) = child(16);
    let on = ("given_on", json!("2026-11-02"));
    let no = row(&add(&mut batch, &id, "consents", &word("refused", std::slice::from_ref(&on))));
    let at = |field: &str| format!("consents/{no}/{field}");
    for (field, value) in [
        ("status", json!("granted")),
        ("status", json!("later")),
        ("given_on", json!("2026-10-01")),
        ("withdrawn_on", json!("2026-10-01")),
        ("receiver", json!("health_provider")),
        ("receiver", Value::Null),
        ("purpose", json!("photo")),
    ] {
        refused(&set(&mut batch, &id, &at(field), value), "rule-D-08");
    }
    // In one breath with an answer that may be given, and by way of clearing it first.
    let both = ["edit", &id, "--set", "sex=\"F\"", "--set", &format!("{}=\"granted\"", at("status"))];
    refused(&batch.ask(&both), "rule-D-08");
    refused(&set(&mut batch, &id, &at("status"), Value::Null), "rule-D-08");
    // A no is repeated later, and a later yes is an answer of its own.
    done(&set(&mut batch, &id, &at("withdrawn_on"), json!("2026-11-03")));
    let yes = [("given_by", json!("child")), ("given_on", json!("2026-11-04"))];
    done(&add(&mut batch, &id, "consents", &word("granted", &yes)));
    done(&add(&mut batch, &id, "referrals", &to("legal_aid", &[("sent_on", json!("2026-11-05"))])));
    // What was typed a moment ago is undone; later it is not.
    let yes = row(&add(&mut batch, &id, "consents", &word("granted", &[])));
    let slip = batch.ok(&["edit", &id, "--set", &format!("consents/{yes}/status=\"refused\"")]);
    batch.end();
    let change =
        tern_app::view::ChangeRef { child: id.clone(), change: slip["change"].as_str().unwrap().to_owned() };
    let mut later = at_work(&tern, 11);
    assert_eq!(later.undo(std::slice::from_ref(&change)).unwrap_err().code.name(), "rule-D-08");
    let back = later.put_back(&id, &change.change, &format!("consents/{yes}/status"));
    assert_eq!(back.unwrap_err().code.name(), "rule-D-08");
    drop(later);
    at_work(&tern, 1).undo(&[change]).unwrap();
}

#[test]
fn d_08_who_slips_in_an_interview_corrects_it_there() {
    let tern = Tern::practising(TERN);
    let mut app = at_work(&tern, 0);
    let draft = app.begin_draft().unwrap().id;
    let mut put = |path: &str, value: Value| {
        let ask = tern_app::view::PutDraft { id: draft.clone(), path: path.into(), value, typing: false };
        app.put_draft(&ask)
    };
    for (path, value) in [
        ("names/+1/name", json!("Anri")),
        ("sex", json!("M")),
        ("dob", json!({ "age": 9 })),
        ("companions_answered", json!("none_to_add")),
        ("consents/+1/purpose", json!("case_management")),
        ("consents/+1/status", json!("refused")),
        ("consents/+1/status", json!("granted")),
    ] {
        put(path, value).unwrap();
    }
    let child = put("sex", json!("F")).unwrap().child.unwrap().id;
    let row = app.script_show(&child, None, None).unwrap()["fields"]
        .as_object()
        .unwrap()
        .keys()
        .find(|path| path.starts_with("consents/") && path.ends_with("/status"))
        .unwrap()
        .clone();
    let no = [(row.clone(), json!("refused"))].into();
    app.script_edit(&child, &[], no).unwrap();
    drop(app);
    let ask = tern_app::view::PutDraft {
        id: draft,
        path: "consents/+1/status".into(),
        value: json!("granted"),
        typing: false,
    };
    let late = at_work(&tern, 11).put_draft(&ask).unwrap_err();
    assert!(["rule-D-08", "unknown-draft"].contains(&late.code.name()), "{late:?}");
}

#[test]
fn d_08_the_no_of_a_child_beside_the_yes_of_an_adult_stays() {
    let (tern, mut batch, id) = child(13);
    let by = [
        ("given_by", json!("guardian")),
        ("spoke_apart", json!(true)),
        ("given_on", json!("2026-11-01")),
        ("child_assent", json!("dissent")),
    ];
    let no = row(&add(&mut batch, &id, "consents", &word("granted", &by)));
    batch.end();
    let mut later = at_work(&tern, 11);
    for (field, value) in [
        ("child_assent", json!("assent")),
        ("child_assent", Value::Null),
        ("removed", json!("typed_by_mistake")),
        ("purpose", json!("photo")),
        ("receiver", json!("health_provider")),
    ] {
        let puts = [(format!("consents/{no}/{field}"), value)].into();
        let said = later.script_edit(&id, &[], puts).unwrap_err();
        assert_eq!(said.code.name(), "rule-D-08", "{field}");
    }
    drop(later);
    // A moment ago by the same worker it was a slip.
    let puts = [(format!("consents/{no}/child_assent"), json!("assent"))].into();
    at_work(&tern, 1).script_edit(&id, &[], puts).unwrap();
}

#[test]
fn d_09_no_photo_against_the_word_of_the_child_nor_by_a_yes_that_ran_out() {
    let tern = Tern::practising(TERN);
    let mut app = at_work(&tern, 0);
    let today = json!(tern_app::Ports::system().today().to_string());
    let mut with = |more: Value| {
        let answers = json!({ "names": ["Anri"], "sex": "M", "age": 9, "accompaniment": "unaccompanied" });
        let id = app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
        let mut said = json!({ "purpose": "photo", "status": "granted" });
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        app.script_add(&id, "consents", serde_json::from_value(said).unwrap()).unwrap();
        app.add_photo(&id, b"no picture at all").unwrap_err().code.name().to_owned()
    };
    assert_eq!(with(json!({ "given_on": today })), "not-a-picture", "a yes of today carries it");
    let guardian =
        json!({ "given_on": today, "given_by": "guardian", "spoke_apart": true, "child_assent": "dissent" });
    assert_eq!(with(guardian), "no-photo-consent", "the child says no");
    assert_eq!(with(json!({ "given_on": "2020-01-05" })), "no-photo-consent", "twelve months");
    let ended = json!({ "given_on": today, "expires_on": "2026-01-06" });
    assert_eq!(with(ended), "no-photo-consent", "as it says");
}
