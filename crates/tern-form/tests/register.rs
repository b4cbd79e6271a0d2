//! A registration from JSON, as the command line and the window make it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use jiff::civil::{Date, date};
use serde_json::{Value, json};
use tern_form::{RefusalCode, Registration, Schema};
use tern_record::{EntityId, Path, Scalar};

const TODAY: Date = date(2026, 11, 24);

fn register(json: Value) -> Result<Registration, tern_form::Refusal> {
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        EntityId::new([next; 16])
    };
    Schema::embedded().unwrap().register_answers(&json, TODAY, &mut ids)
}

fn with(extra: Value) -> Value {
    let mut child =
        json!({"names": [{"text": "Samira"}], "sex": "F", "age": 9, "accompaniment": "unaccompanied"});
    for (key, value) in extra.as_object().unwrap() {
        child[key] = value.clone();
    }
    child
}

fn value(registration: &Registration, path: &str) -> Option<Value> {
    let schema = Schema::embedded().unwrap();
    let (path, scalar) =
        registration.puts.iter().find(|(p, _)| p.as_str() == path || p.form_key() == path)?;
    Some(schema.value_to_json(path, scalar))
}

fn refused(extra: Value) -> (RefusalCode, String) {
    let refusal = register(with(extra)).unwrap_err();
    (refusal.code, refusal.path().to_owned())
}

fn remarks(registration: &Registration) -> Vec<&str> {
    registration.remarks.iter().map(|r| r.code).collect()
}

#[test]
fn four_answers_are_enough() {
    let child = register(with(json!({}))).unwrap();
    assert_eq!(child.puts.len(), 4);
    assert!(child.remarks.is_empty());
    let name = value(&child, "names/name").unwrap();
    assert_eq!((name["text"].as_str(), name["script"].as_str()), (Some("Samira"), Some("Latn")));
    assert_eq!(name["lang"], Value::Null);
    let dob = value(&child, "dob").unwrap();
    assert_eq!((dob["earliest"].as_str(), dob["latest"].as_str()), (Some("2016-11-25"), Some("2017-11-24")));
}

#[test]
fn each_of_the_four_is_needed_and_named() {
    for (key, path) in [("sex", "sex"), ("age", "dob"), ("accompaniment", "accompaniment")] {
        let mut child = with(json!({}));
        child.as_object_mut().unwrap().remove(key);
        let refusal = register(child).unwrap_err();
        assert_eq!((refusal.code, refusal.path()), (RefusalCode::AnswersNeeded, path));
    }
    let mut nameless = with(json!({}));
    nameless.as_object_mut().unwrap().remove("names");
    assert_eq!(register(nameless.clone()).unwrap_err().code, RefusalCode::NameNeeded);
    nameless["names"] = json!(["  "]);
    assert_eq!(register(nameless.clone()).unwrap_err().code, RefusalCode::NameNeeded);
    nameless["name_absent_reason"] = json!("infant_not_named");
    assert!(register(nameless).is_ok());
}

#[test]
fn the_ways_of_not_answering_are_answers_and_stay_apart() {
    for missing in ["unknown", "not_asked", "refused"] {
        let child = register(with(json!({"dob": missing, "age": null, "birth_country": missing}))).unwrap();
        assert_eq!(value(&child, "dob"), Some(json!(missing)));
        assert_eq!(value(&child, "birth_country"), Some(json!(missing)));
    }
    let child = register(with(json!({"age": null, "age_unknown": true, "sex": "unknown"}))).unwrap();
    assert_eq!(value(&child, "dob"), Some(json!("unknown")));
    assert_eq!(value(&child, "sex"), Some(json!("U")));
}

#[test]
fn only_the_impossible_is_refused() {
    use RefusalCode::*;
    assert_eq!(refused(json!({"shoe_size": 31})), (UnknownField, "shoe_size".into()));
    assert_eq!(refused(json!({"sex": "girl"})), (WrongCode, "sex".into()));
    assert_eq!(refused(json!({"sex": true})), (WrongShape, "sex".into()));
    assert_eq!(refused(json!({"dob": {"date": "2026-11-25"}})), (ImpossibleDate, "dob".into()));
    assert_eq!(refused(json!({"dob": {"date": "1899-12-31"}})), (ImpossibleDate, "dob".into()));
    assert_eq!(refused(json!({"dob": {"date": "2015-02-30"}})), (ImpossibleDate, "dob".into()));
    assert_eq!(refused(json!({"dob": {"year": 2027}})), (ImpossibleDate, "dob".into()));
    assert_eq!(refused(json!({"dob": {"year": 2015, "month": 13}})), (ImpossibleDate, "dob".into()));
    assert_eq!(refused(json!({"dob": {"earliest": "2015-02-03", "latest": "2014-01-01"}})).0, ImpossibleDate);
    for future in [
        json!({"earliest": "2010-01-01", "latest": "2040-01-01"}),
        json!({"age": 5, "said_on": "2030-01-01"}),
        json!({"year": 2012, "day": 5}),
    ] {
        assert_eq!(refused(json!({ "dob": future })), (ImpossibleDate, "dob".into()));
    }
    for twice in [
        json!({"date": "2012-01-01", "year": 1990}),
        json!({"age": 5, "year": 2012}),
        json!({"date": "2012-01-01", "said_on": "2020-01-01"}),
        json!({"date": "2012-01-01", "latest": "2020-01-01"}),
        json!({"age": 5, "month": 3}),
    ] {
        assert_eq!(
            refused(json!({ "dob": twice })),
            (WrongShape, "dob".into()),
            "one of two would be dropped"
        );
    }
    assert_eq!(
        refused(json!({"dob": {"date": "2014-13-06", "calendar_entered": "ethiopic"}})).0,
        ImpossibleDate
    );
    assert_eq!(refused(json!({"age": -1})), (ImpossibleDate, "age".into()));
    assert_eq!(refused(json!({"age": 4.5})), (WrongShape, "age".into()));
    assert_eq!(refused(json!({"photo": "x"})), (NotTyped, "photo".into()));
    assert_eq!(refused(json!({"religion": "x"})), (FieldOff, "religion".into()));
    assert_eq!(refused(json!({"help_asked": ["gold"]})), (WrongCode, "help_asked".into()));
    assert_eq!(refused(json!({"companions": [{"claim": "boss"}]})), (WrongCode, "companions/claim".into()));
    assert_eq!(refused(json!({"companions": [{"shoe": 1}]})).0, UnknownField);
    assert_eq!(refused(json!({"where_from": "x".repeat(1_001)})).0, TooLong);
    assert_eq!(refused(json!({"names": {"text": "x"}})).0, WrongShape);
    assert_eq!(register(json!(["Samira"])).unwrap_err().code, WrongShape);
}

#[test]
fn a_refusal_never_says_the_answer() {
    let refusal = register(with(json!({"sex": "Canary-7", "Canary-8": "Canary-9"}))).unwrap_err();
    assert!(!format!("{refusal} {refusal:?}").contains("Canary"));
}

#[test]
fn what_cannot_tell_an_age_is_kept_and_said() {
    let assessed = |method: &str, low: i64, high: i64| {
        let row = json!({"method": method, "result_low": low, "result_high": high, "appealed": true});
        register(with(json!({ "age_assessments": [row] }))).unwrap()
    };
    assert_eq!(remarks(&assessed("xray_bone", 16, 19)), ["age-method"]);
    assert_eq!(remarks(&assessed("social_team", 19, 16)), ["age-range-turned"]);
    let quiet = assessed("social_team", 15, 17);
    assert!(remarks(&quiet).is_empty());
    assert_eq!(value(&quiet, "age_assessments/appealed"), Some(json!(true)));
}

#[test]
fn who_speaks_for_a_child_and_who_came_along_are_remarked_on() {
    let spoken = register(with(json!({"interpreter": "relative_or_companion"}))).unwrap();
    assert_eq!(remarks(&spoken), ["interpreter-companion"]);
    let came = register(with(json!({"travelled_with": ["unrelated_adults"]}))).unwrap();
    assert_eq!(remarks(&came), ["screen-unrelated-adult"]);
}

#[test]
fn doubt_is_saved_with_a_remark() {
    let old = register(with(json!({"age": null, "dob": {"date": "1988-01-01"}}))).unwrap();
    assert_eq!(remarks(&old), ["age-doubt", "born-before-1990", "heaped-date"]);
    let name = register(with(json!({"names": ["Unknown", "77"]}))).unwrap();
    assert_eq!(remarks(&name), ["placeholder-name", "no-letters-in-name"]);
    let with_nobody = register(with(json!({"accompaniment": "accompanied"}))).unwrap();
    assert_eq!(remarks(&with_nobody), ["no-companion-listed"]);
    let spouse = register(with(json!({"companions": [{"claim": "spouse_or_in_law"}]}))).unwrap();
    assert_eq!(remarks(&spouse), ["screen-spouse"]);
    let yes =
        json!({"consents": [{"purpose": "case_management", "status": "granted", "given_by": "caregiver"}]});
    assert_eq!(remarks(&register(with(yes)).unwrap()), ["spoke-apart-needed"]);
}

#[test]
fn companions_stand_for_accompaniment_which_is_derived() {
    let derived = |companions: Value| {
        let mut child = with(json!({ "companions": companions }));
        child.as_object_mut().unwrap().remove("accompaniment");
        value(&register(child).unwrap(), "accompaniment")
    };
    assert_eq!(
        derived(json!([{"claim": "relative", "description": "man, about 35"}])),
        Some(json!("separated"))
    );
    assert_eq!(derived(json!(["unrelated_adult"])), Some(json!("unaccompanied")));
    assert_eq!(derived(json!([{"claim": "guardian", "paper_seen": true}])), Some(json!("accompanied")));
    let mut nobody = with(json!({"companions_answered": "none_to_add"}));
    nobody.as_object_mut().unwrap().remove("accompaniment");
    assert_eq!(value(&register(nobody).unwrap(), "accompaniment"), Some(json!("unaccompanied")));
}

#[test]
fn an_age_beside_a_birth_date_becomes_a_claim() {
    let child = register(with(json!({"dob": "2015-03"}))).unwrap();
    assert_eq!(value(&child, "dob").unwrap()["precision"], "month");
    assert_eq!(value(&child, "dob_claims/dob").unwrap()["latest"], "2017-11-24");
}

#[test]
fn lists_sets_and_composites_are_taken_in_the_shapes_people_write() {
    let child = register(with(json!({
        "names": [{"text": "سميرا حيدری", "use": "usual", "primary": true, "parts": [
            {"kind": "family", "text": "حيدری", "order": 2}, {"kind": "given", "text": "سميرا", "order": 1}]}],
        "languages": ["prs", {"language": "pbt", "level": "some", "can_read": false}],
        "nationalities": ["QMV", {"country": "QME", "status": "doubtful"}],
        "help_asked": ["bed", "food"],
        "health_seen": {"ill_or_injured": false},
        "external_ids": [{"system": "story", "value": "S02"}],
        "arrived_on": "2026-11-20", "interviewed_on": "2026-11-24",
    })))
    .unwrap();
    let name = value(&child, "names/name").unwrap();
    assert_eq!((name["script"].as_str(), name["use"].as_str()), (Some("Arab"), Some("usual")));
    assert_eq!(name["parts"][0], json!({"kind": "given", "text": "سميرا", "order": 1}));
    assert_eq!(value(&child, "names/primary"), Some(json!(true)));
    let count = |key: &str| child.puts.iter().filter(|(path, _)| path.form_key() == key).count();
    assert_eq!((count("languages/language"), count("nationalities/country")), (2, 2));
    assert_eq!(value(&child, "help_asked/bed/in"), Some(json!(true)));
    assert_eq!(value(&child, "health_seen/ill_or_injured/in"), Some(json!(false)));
}

#[test]
fn dates_come_out_in_the_shape_that_goes_in() {
    let schema = Schema::embedded().unwrap();
    let path = Path::new("dob").unwrap();
    let shapes = [
        json!({"date": "2015-03-09"}),
        json!({"year": 2015, "month": 3}),
        json!({"year": 2015, "basis": "child_statement", "original_text": "۱۳۹۴"}),
        json!({"earliest": "2015-01-02", "latest": "2016-05-06", "estimated": true}),
        json!({"age": 9, "said_on": "2025-01-31"}),
        json!("2015"),
    ];
    for shape in shapes {
        let first = schema.value_from_json(&path, &shape, TODAY).unwrap();
        let out = schema.value_to_json(&path, &first);
        assert_eq!(schema.value_from_json(&path, &out, TODAY).unwrap(), first, "{shape}");
        for key in ["value", "precision", "earliest", "latest", "calendar_entered", "estimated", "heaped"] {
            assert!(!out[key].is_null(), "{key}");
        }
    }
    assert_eq!(schema.value_from_json(&path, &Value::Null, TODAY), Ok(Scalar::Null));
}

#[test]
fn values_read_as_people_say_them() {
    let schema = Schema::embedded().unwrap();
    let print = |path: &str, json: Value| {
        let path = Path::new(path).unwrap();
        schema.print("en", &path, &schema.value_from_json(&path, &json, TODAY).unwrap())
    };
    assert_eq!(print("dob", json!("2015-03-09")), "9 March 2015");
    assert_eq!(print("dob", json!("2015-03")), "March 2015");
    assert_eq!(print("dob", json!("2015")), "2015");
    assert_eq!(print("dob", json!("unknown")), "Not known");
    assert_eq!(print("dob", json!({"year": 2015, "estimated": true})), "2015, estimated");
    assert_eq!(print("sex", json!("F")), "Girl");
    assert_eq!(print("sex", json!("refused")), "Not said");
    assert_eq!(print("safe_place_tonight", json!(false)), "No");
    assert_eq!(print("safe_place_tonight", json!("unknown")), "Not known");
    assert_eq!(print("help_asked/bed/in", json!(true)), "Bed tonight");
    assert_eq!(print("languages/A/language", json!({"language": "prs", "can_read": true})), "Dari, reads it");
    assert_eq!(print("names/A/name", json!({"text": "Samira", "source": "child"})), "Samira");
}

#[test]
fn tiers_rules_and_unknown_paths() {
    use tern_record::{Compartment, held::MergeRule};
    let schema = Schema::embedded().unwrap();
    let at = |path: &str| schema.compartment(&Path::new(path).unwrap());
    assert_eq!(at("names/A/name"), Some(Compartment::Core));
    assert_eq!(at("health_seen/ill_or_injured/in"), Some(Compartment::Protection));
    assert_eq!(at("religion"), Some(Compartment::Restricted));
    assert_eq!(at("from_a_newer_version"), None);
    assert_eq!(*schema.rule(&Path::new("dob").unwrap()), MergeRule::Claims);
    assert_eq!(*schema.rule(&Path::new("help_asked/bed/in").unwrap()), MergeRule::Set);
    assert_eq!(*schema.rule(&Path::new("from_a_newer_version").unwrap()), MergeRule::Both);
    assert!(matches!(schema.rule(&Path::new("consents/A/status").unwrap()), MergeRule::DenyWins(_)));
    assert_eq!(at("names/A/removed"), Some(Compartment::Core));
    assert_eq!(at("external_ids/A/removed"), Some(Compartment::Protection));
}

#[test]
fn a_field_is_shown_when_another_holds_a_code() {
    let schema = Schema::embedded().unwrap();
    let shown = |key: &str| schema.shown_when(schema.field(key).unwrap());
    assert_eq!(
        shown("consents/not_possible_reason"),
        [("status".to_owned(), vec!["not_possible".to_owned()])]
    );
    let receiver = shown("consents/receiver");
    assert!(
        receiver[0].1.contains(&"family_tracing".to_owned()) && !receiver[0].1.contains(&"photo".to_owned())
    );
    assert!(shown("sex").is_empty());
}
