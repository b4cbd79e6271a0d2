//! Rules that protect, each through a use case: what is refused, by its number, and what then goes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::ports::SystemClock;
use tern_app::view::EditChild;
use tern_app::{App, Ports, Schema, script};
use tern_record::Cause;
use tern_record::port::Clock;
use tern_stories::tern::WORDS;
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

/// A clock that is some minutes ahead.
struct Later(SystemClock, i64);

impl Clock for Later {
    fn now_ms(&self) -> i64 {
        self.0.now_ms() + self.1 * 60_000
    }

    fn offset_min(&self) -> i16 {
        self.0.offset_min()
    }

    fn steady_ms(&self) -> u64 {
        self.0.steady_ms()
    }
}

/// The same worker at work some minutes later.
fn at_work(tern: &Tern, minutes: i64) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    let ports = Ports { clock: Box::new(Later(SystemClock::begin(), minutes)), ..Ports::system() };
    script::open(&tern.home(), WORDS, schema, Arc::new(ports)).unwrap()
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
fn d_06_an_answer_that_is_cleared_first_is_still_one_workers_word() {
    let (_tern, mut batch, id) = child(9);
    batch.ok(&["edit", &id, "--set", "accompaniment=null"]);
    batch.refused(&["edit", &id, "--set", "accompaniment=\"accompanied\""], "rule-D-06");
}

#[test]
fn d_01_nobody_leaves_by_one_entry() {
    let (_tern, mut batch, id) = child(9);
    batch.refused(&["edit", &id, "--set", "case.status=\"moved_on\""], "rule-D-01");
    batch.refused(&["edit", &id, "--set", "case.departed_on=\"2026-11-01\""], "rule-D-01");
}

#[test]
fn d_06_one_worker_proposes_and_does_not_confirm() {
    let (_tern, mut batch, id) = child(9);
    batch.ok(&["edit", &id, "--set", "interviewed_on=\"2026-01-05\""]);
    batch.refused(&["edit", &id, "--set", "accompaniment=\"accompanied\""], "rule-D-06");
    let change =
        batch.ok(&["propose", &id, "accompaniment=\"accompanied\""])["change"].as_str().unwrap().to_owned();
    batch.refused(&["confirm", &change], "second-worker");
    let tasks = batch.ok(&["tasks", &id]);
    let waits = tasks.as_array().unwrap().iter().find(|task| task["kind"] == "second_worker").unwrap();
    assert_eq!(waits["late_days"], 0, "it waits since it was proposed: {waits}");
    let shown = batch.ok(&["show", &id]);
    assert_eq!(shown["fields"]["accompaniment"]["value"], "unaccompanied", "until then nothing changes");
    // As much of its id as means it alone is enough.
    batch.refused(&["withdraw", change.get(..3).unwrap()], "unknown-change");
    batch.ok(&["withdraw", change.get(..9).unwrap()]);
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

/// What is to be done for a child today, by kind.
fn kinds(batch: &mut Batch, id: &str) -> Vec<String> {
    let told = batch.ok(&["tasks", id]);
    let mut kinds: Vec<String> =
        told.as_array().unwrap().iter().map(|task| task["kind"].as_str().unwrap().to_owned()).collect();
    kinds.sort();
    kinds
}

/// A birth date by which a child is so many years old today.
fn born(years: i16) -> String {
    let today = tern_app::Ports::system().today();
    format!("{}-01-01", today.year() - years)
}

#[test]
fn d_02_nothing_fades_at_fifteen() {
    let (tern, mut batch, fourteen) = child(14);
    for age in [15, 16] {
        let answers = json!({ "names": ["Beka"], "sex": "M", "age": age, "accompaniment": "unaccompanied" });
        let file = tern.bring("beka.json", answers.to_string());
        let older = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
        assert_eq!(kinds(&mut batch, &older), kinds(&mut batch, &fourteen), "{age} as 14");
    }
    let wanted = [
        "assess_interests",
        "guardian",
        "open_tracing",
        "refer_to_authority",
        "school",
        "trafficking_screen",
    ];
    let have = kinds(&mut batch, &fourteen);
    assert!(wanted.iter().all(|kind| have.iter().any(|have| have == kind)), "{have:?}");
}

#[test]
fn d_03_at_eighteen_a_caregivers_word_lapses_and_the_young_person_is_asked() {
    let (tern, mut batch, _) = child(9);
    let mut register = |years: i16| {
        let answers = json!({
            "names": ["Beka"], "sex": "M", "dob": born(years), "accompaniment": "separated",
            "consents": [{ "purpose": "services_referral", "receiver": "legal_aid", "status": "granted",
                "given_by": "both", "spoke_apart": true, "child_assent": "assent", "given_on": "2026-10-01" }],
        });
        let file = tern.bring("beka.json", answers.to_string());
        batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned()
    };
    let (child, grown) = (register(16), register(18));
    let to = [("to", json!("legal_aid")), ("sent_on", json!("2026-10-02"))];
    done(&add(&mut batch, &child, "referrals", &to));
    assert!(kinds(&mut batch, &grown).contains(&"turned_18".to_owned()));
    refused(
        &add(
            &mut batch,
            &grown,
            "referrals",
            &[("to", json!("legal_aid")), ("sent_on", json!("2026-11-20"))],
        ),
        "rule-D-07",
    );
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
fn d_14_d_15_no_form_has_what_is_not_stored() {
    let schema = tern_app::Schema::embedded().unwrap();
    let never = [
        "finger",
        "iris",
        "retina",
        "biometric",
        "dna",
        "gps",
        "coordinate",
        "latlon",
        "politic",
        "party_member",
        "sexual_orientation",
        "gender_identity",
        "sogi",
        "smuggler_name",
        "smuggler_id",
        "suspect",
        "criminal_record",
        "perpetrator_name",
    ];
    let mut fields = 0;
    for (key, field) in schema.fields() {
        fields += 1;
        let key = key.to_lowercase();
        let word = never.iter().find(|word| key.contains(*word));
        assert!(word.is_none(), "{} asks {key}", field.form);
        let position = key.contains("latitude") || key.contains("longitude");
        assert!(!position || key.starts_with("facility."), "{key}: a child is where the facility is");
        assert!(!position || key.ends_with("_100"), "{key}: whole hundredths of a degree");
    }
    assert!(fields > 500, "{fields}");
    let (_tern, mut batch, id) = child(9);
    let exact = batch.ask(&["add", &id, "care", "--set", "position=\"12.34567,45.67891\""]);
    assert_eq!(exact["error"]["code"], "unknown-field", "{exact}");
}

#[test]
fn a_19_no_answer_depends_on_a_status() {
    let schema = tern_app::Schema::embedded().unwrap();
    for needed in schema.form("child").unwrap().needed.iter().flatten() {
        assert!(!needed.contains("status") && !needed.contains("nationalit"), "{needed} is needed");
    }
    let (_tern, mut batch, id) = child(9);
    let before = (kinds(&mut batch, &id), batch.ok(&["board"])["rows"].clone());
    for status in ["irregular", "refugee", "rejected"] {
        done(&add(&mut batch, &id, "legal_status", &[("status", json!(status))]));
        assert_eq!(kinds(&mut batch, &id), before.0, "{status} changes no task");
        assert_eq!(
            batch.ok(&["board"])["rows"][0]["cells"],
            before.1[0]["cells"],
            "{status} changes no cell"
        );
    }
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
fn d_26_d_28_what_staff_did_and_what_was_disclosed_is_on_no_list() {
    let (_tern, mut batch, id) = child(9);
    let before: Vec<Value> = [&["board"][..], &["tasks"], &["tasks", &id], &["find", "Anri"]]
        .iter()
        .map(|words| batch.ok(words))
        .collect();
    let incident = [("perpetrator_group", json!("centre_staff")), ("narrative", json!("the night guard"))];
    done(&add(&mut batch, &id, "incidents", &incident));
    done(&add(&mut batch, &id, "concerns", &[("restricted_type", json!("sexual_violence"))]));
    done(&add(&mut batch, &id, "trafficking_screens", &[("result", json!("strong_indicators"))]));
    let lists = [&["board"][..], &["tasks"], &["tasks", &id], &["find", "Anri"]];
    for (words, before) in lists.iter().zip(&before) {
        assert_eq!(&batch.ok(words), before, "{words:?}");
    }
    for words in [&["show", id.as_str()][..], &["history", &id], &["find", "guard"], &["find", "sexual"]] {
        let told = batch.ok(words).to_string();
        for word in ["centre_staff", "night guard", "sexual_violence", "strong_indicators"] {
            assert!(!told.contains(word), "{words:?}: {told}");
        }
    }
}

#[test]
fn d_30_no_answer_is_a_score_of_a_child() {
    let schema = tern_app::Schema::embedded().unwrap();
    for (key, _) in schema.fields() {
        let score =
            ["credib", "likelihood", "risk_score", "probab", "reliab"].iter().any(|word| key.contains(word));
        assert!(!score, "{key}");
    }
}

/// The row that was added.
fn row(said: &Value) -> String {
    done(said);
    said["ok"]["entity"].as_str().unwrap().to_owned()
}

/// Puts one answer into a row.
fn set(batch: &mut Batch, id: &str, path: &str, value: Value) -> Value {
    batch.ask(&["edit", id, "--set", &format!("{path}={value}")])
}

const SENT: (&str, &str) = ("sent_on", "2026-11-02");

/// What a referral to legal aid says, with more.
fn to<'a>(receiver: &str, more: &[(&'a str, Value)]) -> Vec<(&'a str, Value)> {
    [("to", json!(receiver))].into_iter().chain(more.iter().cloned()).collect()
}

#[test]
fn a_row_that_was_taken_out_first_is_held_against_every_rule_when_it_comes_back() {
    let (_tern, mut batch, id) = child(9);
    let out = json!("typed_by_mistake");
    let begun = [("country", json!("QMO")), ("state", json!("identified"))];
    let left = row(&add(&mut batch, &id, "returns", &begun));
    done(&set(&mut batch, &id, &format!("returns/{left}/removed"), out.clone()));
    refused(&set(&mut batch, &id, &format!("returns/{left}/state"), json!("departed")), "rule-D-22");
    done(&set(&mut batch, &id, &format!("returns/{left}/removed"), Value::Null));

    let home = [("country", json!("QMO")), ("cross_border", json!(true)), (SENT.0, json!(SENT.1))];
    let mut hidden = to("origin_country_partner_ngo", &home);
    hidden.push(("removed", out.clone()));
    refused(&add(&mut batch, &id, "referrals", &hidden), "rule-D-20");

    // A yes of a father that stood, was taken out, and comes back when he is known to be a danger.
    let yes = [("purpose", json!("photo")), ("status", json!("granted")), ("given_by", json!("caregiver"))];
    let yes = row(&add(&mut batch, &id, "consents", &yes));
    done(&set(&mut batch, &id, &format!("consents/{yes}/removed"), out.clone()));
    done(&add(&mut batch, &id, "relations", &[("kind", json!("father")), ("danger", json!(true))]));
    refused(&set(&mut batch, &id, &format!("consents/{yes}/removed"), Value::Null), "rule-D-11");

    // The service is taken out while its event is typed.
    let service = row(&add(&mut batch, &id, "services", &[("type", json!("consular"))]));
    done(&set(&mut batch, &id, &format!("services/{service}/removed"), out));
    let event = [("of", json!(service)), ("state", json!("referred")), ("at", json!("2026-11-01"))];
    refused(&add(&mut batch, &id, "service_events", &event), "rule-D-21");
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
fn d_06_what_others_looked_into_is_checked_by_two() {
    let (_tern, mut batch, id) = child(9);
    let aunt =
        row(&add(&mut batch, &id, "relations", &[("kind", json!("aunt")), ("verified", json!("claimed"))]));
    let at = format!("relations/{aunt}/verified");
    for how in ["dna", "tracing"] {
        refused(&set(&mut batch, &id, &at, json!(how)), "rule-D-06");
    }
    for seen in ["consistent_stories", "documents"] {
        done(&set(&mut batch, &id, &at, json!(seen)));
    }
}

#[test]
fn d_23_a_day_that_one_typed_stands_for_no_second_person() {
    let (_tern, mut batch, id) = child(9);
    let request = row(&add(&mut batch, &id, "tracing_requests", &[("wish", json!("wants"))]));
    let at = |field: &str| format!("tracing_requests/{request}/{field}");
    done(&set(&mut batch, &id, &at("verified_on"), json!("2026-11-01")));
    done(&set(&mut batch, &id, &at("told_child_on"), json!("2026-11-02")));
    for told in ["reunified", "remote_contact_restored"] {
        refused(&set(&mut batch, &id, &at("status"), json!(told)), "rule-D-23");
    }
}

#[test]
fn b_04_a_step_that_was_cleared_is_not_unsaid() {
    let (_tern, mut batch, id) = child(9);
    done(&set(&mut batch, &id, "birth.step", json!("certified")));
    done(&set(&mut batch, &id, "birth.step", Value::Null));
    refused(&set(&mut batch, &id, "birth.step", json!("declared")), "rule-B-04");
    done(&set(&mut batch, &id, "birth.step", json!("refused")));
    refused(&set(&mut batch, &id, "birth.step", json!("declared")), "rule-B-04");
    done(&set(&mut batch, &id, "birth.step", json!("certified")));
}

/// An agreement of the child with legal aid.
fn word<'a>(status: &str, more: &[(&'a str, Value)]) -> Vec<(&'a str, Value)> {
    let word = [
        ("purpose", json!("services_referral")),
        ("receiver", json!("legal_aid")),
        ("status", json!(status)),
    ];
    word.into_iter().chain(more.iter().cloned()).collect()
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
fn d_11_one_worker_makes_no_less_of_a_danger() {
    let (tern, mut batch, id) = child(9);
    let father = [("kind", json!("father")), ("danger", json!(true)), ("speak_first", json!(true))];
    let father = row(&add(&mut batch, &id, "relations", &father));
    let other = json!({ "names": ["Beka"], "sex": "M", "age": 9, "accompaniment": "unaccompanied" });
    let other = tern.bring("beka.json", other.to_string());
    let other = batch.ok(&["register", "--answers", &other])["id"].as_str().unwrap().to_owned();
    // What was typed a moment ago is a slip, and is taken back.
    let slip = row(&add(&mut batch, &id, "relations", &[("kind", json!("uncle")), ("danger", json!(true))]));
    done(&set(&mut batch, &id, &format!("relations/{slip}/danger"), json!(false)));
    let change = batch.ok(&["history", &id, "--reason", "a test"]);
    let marked = change.as_array().unwrap().iter().find(|change| {
        change["after"].as_object().unwrap().contains_key(&format!("relations/{father}/danger"))
    });
    let marked = marked.unwrap()["change"].as_str().unwrap().to_owned();
    batch.end();

    let mut later = at_work(&tern, 11);
    for (field, value) in [
        ("danger", json!(false)),
        ("danger", json!("unknown")),
        ("danger", Value::Null),
        ("speak_first", json!(false)),
        ("speak_first", Value::Null),
        ("kind", json!("unrelated_adult")),
        ("removed", json!("wrong_child")),
    ] {
        let puts = [(format!("relations/{father}/{field}"), value)].into();
        let said = later.script_edit(&id, &[], puts).unwrap_err();
        assert_eq!(said.code.name(), "rule-D-11b", "{field}");
    }
    let moved = later.move_entry(&id, &format!("relations/{father}"), &other).unwrap_err();
    assert_eq!(moved.code.name(), "rule-D-11b");
    let back = later.put_back(&id, &marked, &format!("relations/{father}/danger")).unwrap_err();
    assert_eq!(back.code.name(), "rule-D-11b");
    let undone = tern_app::view::ChangeRef { child: id.clone(), change: marked };
    assert_eq!(later.undo(&[undone]).unwrap_err().code.name(), "rule-D-11b");
    // More of it is said by anybody.
    later.script_edit(&id, &[], [(format!("relations/{father}/lives_with"), json!(false))].into()).unwrap();
}

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
fn what_a_rule_stopped_is_kept_without_a_word_of_it() {
    let (tern, mut batch, id) = child(9);
    refused(&set(&mut batch, &id, "life_status", json!("deceased")), "rule-D-01");
    refused(&add(&mut batch, &id, "bid", &[("decided_on", json!("2026-11-01"))]), "rule-D-05");
    batch.end();
    let audit = tern.run(&["audit", "--record", &id]).ok();
    let told: Vec<[&str; 3]> = audit
        .as_array()
        .unwrap()
        .iter()
        .map(|event| ["what", "why", "by"].map(|key| event[key].as_str().unwrap()))
        .collect();
    assert_eq!(told, [["stopped", "rule-D-01", "Leila"], ["stopped", "rule-D-05", "Leila"]]);
    assert!(!audit.to_string().contains("deceased"), "{audit}");
}

#[test]
fn a_57_abuse_on_the_way_makes_a_task_that_says_nothing_of_it() {
    for said in ["transit_abuse.disclosed_on=\"2026-11-01\"", "transit_abuse.kind/sexual_violence/in=true"] {
        let (_tern, mut batch, id) = child(9);
        let before = (kinds(&mut batch, &id), batch.ok(&["board"])["rows"][0]["cells"].clone());
        batch.ok(&["edit", &id, "--set", said]);
        let mut after = kinds(&mut batch, &id);
        assert_eq!(after.remove(0), "answer_concern", "urgent, and due tomorrow");
        assert_eq!(after, before.0);
        assert_eq!(batch.ok(&["board"])["rows"][0]["cells"], before.1);
        for words in [&["tasks"][..], &["tasks", &id], &["board"], &["show", &id], &["history", &id]] {
            let told = batch.ok(words).to_string();
            assert!(!told.contains("transit_abuse") && !told.contains("sexual"), "{words:?}: {told}");
        }
        // Said once more, it is the same concern; and no more is no more.
        batch.ok(&["edit", &id, "--set", "transit_abuse.disclosed_on=\"2026-11-02\""]);
        assert_eq!(kinds(&mut batch, &id).iter().filter(|kind| *kind == "answer_concern").count(), 1);
    }
}

#[test]
fn d_01_a_birth_date_that_is_written_over_ends_no_childhood() {
    let tern = Tern::practising(TERN);
    let answers =
        json!({ "names": ["Anri"], "sex": "M", "dob": "2014-03-01", "accompaniment": "unaccompanied" });
    let id = tern.register(&answers).ok()["id"].as_str().unwrap().to_owned();
    // Who typed a date a moment ago corrects it.
    let mut soon = at_work(&tern, 1);
    soon.script_edit(&id, &[], [("dob".to_owned(), json!("2000-03-01"))].into()).unwrap();
    soon.script_edit(&id, &[], [("dob".to_owned(), json!("2014-03-01"))].into()).unwrap();
    drop(soon);

    let mut app = at_work(&tern, 20);
    let edit = |app: &mut App, path: &str, value: Value| {
        app.script_edit(&id, &[], [(path.to_owned(), value)].into())
            .map_err(|refused| refused.code.name().to_owned())
    };
    let rule = || "rule-D-01".to_owned();
    assert_eq!(edit(&mut app, "dob", json!("2000-03-01")).unwrap_err(), rule());
    edit(&mut app, "dob", json!("2016-05-01")).unwrap();
    edit(&mut app, "dob", Value::Null).unwrap();
    assert_eq!(edit(&mut app, "dob", json!("2000-03-01")).unwrap_err(), rule(), "cleared first");
    let fields = [("dob".to_owned(), json!("2000-03-01"))].into();
    assert_eq!(app.script_add(&id, "dob_claims", fields).unwrap_err().code.name(), rule(), "as a claim");
    edit(&mut app, "dob", json!("2013-05-01")).unwrap();
    // Beside a younger claim an older one is only one more.
    let fields = [("dob".to_owned(), json!("2000-03-01"))].into();
    app.script_add(&id, "dob_claims", fields).unwrap();
    drop(app);

    let mut late = at_work(&tern, 40);
    assert_eq!(edit(&mut late, "dob", Value::Null).unwrap_err(), rule(), "the younger claim goes");
    late.propose(&id, "dob", &json!("2000-03-01")).unwrap();
    let tasks = late.script_tasks(Some(&id), None).unwrap().to_string();
    assert!(!tasks.contains("turned_18"), "a proposal ends nothing");
}

#[test]
fn d_01_nobody_leaves_the_board_by_a_slip_in_the_name_of_a_site() {
    let (_tern, mut batch, id) = child(9);
    for site in [json!("Velmarr"), Value::Null] {
        refused(&set(&mut batch, &id, "case.site", site), "rule-D-01");
    }
    assert_eq!(batch.ok(&["board"])["rows"].as_array().unwrap().len(), 1);
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

#[test]
fn a_day_that_is_typed_later_restarts_no_clock() {
    let (tern, mut batch, id) = child(9);
    done(&set(&mut batch, &id, "case.opened_on", json!("2001-03-04")));
    let waited = batch.ok(&["board"])["rows"][0]["cells"]["education"]["days"].as_i64().unwrap();
    assert!(waited > 9_000, "a paper knew the child before");
    drop(batch);
    let mut app = at_work(&tern, 5 * 24 * 60);
    let today = app.ports().today();
    let puts = [("case.opened_on".to_owned(), json!(today.to_string()))].into();
    app.edit_child(&EditChild { id, heads: Vec::new(), puts }, Cause::Typed).unwrap();
    let cell = app.board(today).unwrap().rows[0].cells["education"].clone();
    assert_eq!(cell.days, Some(5), "the record itself is five days old");
}
