//! A real field day: complaints, country profiles and interviews, through the command line.

use serde_json::{Value, json};
use tern_stories::field::{copy, desk_of, field, put, tern_child};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

#[test]
fn d_26_words_about_staff_are_kept_outside_and_that_they_were_said_is_kept() {
    let tern = Tern::practising(TERN);
    let mut app = desk_of(&tern);
    let begin = |app: &mut tern_app::App, puts: Value| {
        let puts = puts.as_object().unwrap().clone().into_iter().collect();
        app.begin_thing(&tern_app::view::BeginThing { kind: "feedback".into(), puts })
    };
    let refused = begin(
        &mut app,
        json!({
            "feedback.kind": "complaint", "feedback.about": "staff", "feedback.text": "he shouts",
        }),
    );
    assert_eq!(refused.unwrap_err().code.name(), "rule-D-26");
    let said = begin(&mut app, json!({"feedback.kind": "complaint", "feedback.about": "staff"})).unwrap();
    let later = tern_app::view::EditChild {
        id: said.id,
        heads: Vec::new(),
        puts: [("feedback.text".to_owned(), json!("he shouts"))].into(),
    };
    assert_eq!(app.edit_child(&later, tern_record::Cause::Typed).unwrap_err().code.name(), "rule-D-26");
    begin(
        &mut app,
        json!({"feedback.kind": "complaint", "feedback.about": "service", "feedback.text": "cold food"}),
    )
    .unwrap();
    app.end_session().unwrap();
}

#[test]
fn of_two_profiles_of_a_country_the_one_stated_last_counts_everywhere() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    batch.ok(&["edit", &id, "--set", r#"birth.step="not_registered""#]);
    let mut profile = |authority: &str, helpline: &str| {
        let sets = [
            r#"profile.country="QME""#.to_owned(),
            format!("profile.birth_authority={authority:?}"),
            format!("profile.helpline={helpline:?}"),
        ];
        let words: Vec<&str> = ["new", "country_profile"]
            .into_iter()
            .chain(sets.iter().flat_map(|set| ["--set", set.as_str()]))
            .collect();
        std::thread::sleep(std::time::Duration::from_millis(5));
        batch.ok(&words)["id"].as_str().unwrap().to_owned()
    };
    let first = profile("not_recognised", "0800 111");
    profile("functioning", "0800 222");
    let says = |batch: &mut Batch| {
        let cell = batch.ok(&["board"])["rows"][0]["cells"]["birth_registration"]["state"].clone();
        let copy = copy(batch, &tern, &id, "child", "txt");
        (cell, copy.contains("0800 111"), copy.contains("0800 222"))
    };
    assert_eq!(says(&mut batch), (json!("waiting"), false, true));
    std::thread::sleep(std::time::Duration::from_millis(5));
    batch.ok(&["edit", &first, "--set", "profile.school_days=60"]);
    assert_eq!(says(&mut batch), (json!("not_possible"), true, false));
    batch.end();
    let mut batch = tern.batch();
    assert_eq!(says(&mut batch), (json!("not_possible"), true, false), "also after the next unlock");
}

#[test]
fn where_no_office_registers_births_the_board_says_so_and_a_consulate_is_closed() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    let cell =
        |batch: &mut Batch| batch.ok(&["board"])["rows"][0]["cells"]["birth_registration"]["state"].clone();
    batch.ok(&["edit", &id, "--set", r#"birth.step="not_registered""#]);
    assert_eq!(cell(&mut batch), "waiting");
    drop(batch);
    let mut app = desk_of(&tern);
    let puts = json!({ "profile.country": "QME", "profile.birth_authority": "not_recognised", "profile.helpline": "0800 123" });
    let puts = puts.as_object().unwrap().clone().into_iter().collect();
    let profile =
        app.begin_thing(&tern_app::view::BeginThing { kind: "country_profile".into(), puts }).unwrap().id;
    assert_eq!(app.helpline().as_deref(), Some("0800 123"));
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    assert_eq!(cell(&mut batch), "not_possible", "still not registered, and said why");
    assert!(copy(&mut batch, &tern, &id, "child", "txt").contains("0800 123"));
    batch.ok(&["edit", &profile, "--set", r#"profile.birth_authority="functioning""#]);
    assert_eq!(cell(&mut batch), "waiting", "it opens again with the profile");
    batch.ok(&["add", &id, "birth_obstacles", "--set", r#"obstacle="no_office""#]);
    assert_eq!(cell(&mut batch), "not_possible");
    batch.refused(&["edit", &id, "--set", r#"birth.office_kind="consulate""#], "rule-D-21");
    batch.refused(
        &[
            "add",
            &id,
            "identity_documents",
            "--set",
            r#"type="passport""#,
            "--set",
            "origin_authority_contacted=true",
        ],
        "rule-D-21",
    );
}

const ASYLUM: [(&str, &str); 3] = [
    ("consents/+1/purpose", "services_referral"),
    ("consents/+1/status", "granted"),
    ("consents/+1/receiver", "asylum_authority"),
];

const NEEDED: [(&str, &str); 4] =
    [("names/+1/name", "Yonas"), ("sex", "M"), ("dob", "2014-05-01"), ("companions_answered", "none_to_add")];

#[test]
fn a_form_that_a_rule_refuses_leaves_nothing_behind_and_locks_nobody_out() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let bundle = batch.ok(&["paper", "begin", "Forms", "5"])["id"].as_str().unwrap().to_owned();
    let mut answers = json!({
        "names": ["Yonas"], "sex": "M", "age": 12, "companions_answered": "none_to_add",
        "consents": [{"purpose": "services_referral", "status": "granted", "receiver": "asylum_authority"}],
    });
    let form = tern.bring("form.json", answers.to_string());
    batch.refused(&["paper", "type", &bundle, "1", &form], "rule-D-24");
    answers["consents"] = json!([]);
    answers["shoe_size"] = json!(38);
    let form = tern.bring("form.json", answers.to_string());
    for _ in 0..3 {
        batch.refused(&["paper", "type", &bundle, "1", &form], "unknown-field");
    }
    drop(batch);
    assert_eq!(tern.run(&["find", "Yonas"]).ok(), json!([]));
    let mut app = desk_of(&tern);
    assert!(app.today().unwrap().drafts.is_empty(), "nothing half typed is left");

    // In the window a form that is not whole is kept with a remark; it gets no number.
    let draft = app.begin_draft().unwrap().id;
    let path = ASYLUM[2].0;
    for (at, (path, value)) in ASYLUM.iter().chain(&NEEDED).enumerate() {
        let view = put(&mut app, &draft, path, json!(value), false).unwrap();
        assert_eq!(view.remarks.iter().any(|remark| remark.code == "rule-D-24"), at >= 2, "{path}");
        assert!(view.child.is_none());
    }
    put(&mut app, &draft, path, Value::Null, true).unwrap();
    let refused = put(&mut app, &draft, path, json!(ASYLUM[2].1), false).unwrap_err();
    assert_eq!(refused.code.name(), "rule-D-24", "of a whole form the answer itself is refused");
    assert!(!app.draft(&draft).unwrap().answers.contains_key(path));
    app.drop_draft(&draft).unwrap();
    let stopped = app.script_audit(None, None).unwrap();
    let stopped = stopped.as_array().unwrap().iter().filter(|event| event["what"] == "stopped").count();
    assert_eq!(stopped, 2, "once for the paper, once for the window");

    // Still being typed when the power went: it stays open, and says why it has no number.
    let draft = app.begin_draft().unwrap().id;
    for (path, value) in ASYLUM.iter().chain(&NEEDED) {
        put(&mut app, &draft, path, json!(value), true).unwrap();
    }
    drop(app);
    assert_eq!(tern.run(&["find", "Yonas"]).ok(), json!([]));
    let mut app = desk_of(&tern);
    let view = app.draft(&draft).unwrap();
    assert!(view.child.is_none() && view.open.is_empty());
    assert!(view.remarks.iter().any(|remark| remark.code == "rule-D-24"), "{:?}", view.remarks);
    assert_eq!(app.finish_draft(&draft).unwrap_err().code.name(), "rule-D-24");
    let view = put(&mut app, &draft, "where_from", json!("Tarrin"), false).unwrap();
    assert!(view.child.is_none() && view.answers.contains_key("where_from"));
    let view = put(&mut app, &draft, path, Value::Null, false).unwrap();
    assert!(view.child.is_some(), "taken back, it is numbered");
}

#[test]
fn a_refused_change_of_an_interview_is_not_kept_and_what_is_still_typed_outlives_a_sudden_end() {
    let tern = Tern::practising(TERN);
    let mut app = desk_of(&tern);
    let draft = app.begin_draft().unwrap().id;
    for (path, value) in NEEDED.iter().chain(&ASYLUM[..2]) {
        put(&mut app, &draft, path, json!(value), false).unwrap();
    }
    let (path, value) = ASYLUM[2];
    let refused = put(&mut app, &draft, path, json!(value), false).unwrap_err();
    assert_eq!(refused.code.name(), "rule-D-24");
    let view = app.draft(&draft).unwrap();
    assert!(!view.answers.contains_key(path), "the record has it not, nor has the draft");
    let child = view.child.unwrap().id;
    put(&mut app, &draft, "where_from", json!("Tarrin, near the mill"), true).unwrap();
    put(&mut app, &draft, "names/+1/name", json!("Yonas Tesfa"), true).unwrap();
    drop(app);
    let mut batch = tern.batch();
    let shown = batch.ok(&["show", &child]);
    assert_eq!(field(&shown, "where_from"), "Tarrin, near the mill");
    assert_eq!(batch.ok(&["find", "Tesfa"]).as_array().unwrap().len(), 1);
    let history = batch.ok(&["history", &child]);
    assert_eq!(history.as_array().unwrap().len(), 5, "numbered, two answers, and the two still typed");
    drop(batch);
    assert_eq!(desk_of(&tern).draft(&draft).unwrap_err().code.name(), "unknown-draft");
}

#[test]
fn a_child_that_is_chosen_twice_is_changed_once() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let (a, b) = (tern_child(&mut batch, &tern), tern_child(&mut batch, &tern));
    drop(batch);
    let mut app = desk_of(&tern);
    let twice = vec![a.clone(), b.clone(), a.clone()];
    let update = tern_app::view::UpdateNeed {
        ids: twice.clone(),
        need: "health".into(),
        outcome: "treated".into(),
        on: None,
        reason: None,
        who: None,
        words: None,
    };
    assert_eq!(app.update_need(&update).unwrap().children, 2);
    assert_eq!(app.set_group(&twice, "Blue").unwrap().children, 2);
    let call = tern_app::view::RollCall { expected: twice, present: vec![b] };
    assert_eq!(app.roll_call(&call).unwrap().children, 2);
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    let shown = batch.ok(&["show", &a]);
    let rows = |end: &str| {
        let fields = shown["fields"].as_object().unwrap();
        fields.keys().filter(|path| path.starts_with("service") && path.ends_with(end)).count()
    };
    assert_eq!((rows("/type"), rows("/state")), (1, 1), "{shown}");
    drop(batch);
    assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
}
