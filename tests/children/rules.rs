//! Rules that protect, each through a use case: what is refused, by its number, and what then goes.

use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::ports::SystemClock;
use tern_app::view::EditChild;
use tern_app::{App, Ports, Schema, script};
use tern_record::Cause;
use tern_record::port::Clock;
use tern_stories::tern::WORDS;
use tern_stories::{Batch, Tern};

mod agreement;
mod danger;
mod going_back;

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
