//! Families and households in the field: who belongs to whom, and who moves.

use serde_json::{Value, json};
use tern_stories::field::{copy, desk_of, field, tern_child};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

#[test]
fn the_next_in_a_family_takes_over_two_answers_marked_as_copied_and_ties_both_ways() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("first.json", json!({
        "names": ["Samira Haidari"], "sex": "F", "age": 9, "where_from": "Tarrin", "languages": ["prs"],
        "companions": [{"claim": "relative", "description": "woman, about 40"}, {"claim": "friends"}],
        "nationalities": ["QMV"], "legal_status": [{"status": "asylum_seeker"}], "birth_country": "QMV",
        "consents": [{"purpose": "case_management", "status": "granted", "given_by": "child"}],
        "identity_documents": [{"type": "passport"}], "birth.step": "registered", "safe_place_tonight": true,
    }).to_string());
    let first = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    drop(batch);
    let mut app = desk_of(&tern);
    let persons = app.family_persons(&first).unwrap();
    assert_eq!(persons.len(), 1, "a friend is each child's own answer");
    let next =
        tern_app::view::BeginNext { of: first.clone(), sibling: true, persons: vec![persons[0].row.clone()] };
    let draft = app.begin_next(&next).unwrap();
    let copied: Vec<&str> = draft.answers.keys().map(String::as_str).collect();
    assert_eq!(
        copied,
        [
            "companions/+1/claim",
            "companions/+1/description",
            "companions_answered",
            "family.copied_from",
            "languages/+1/language",
            "relations/+1/child",
            "relations/+1/keep_together",
            "relations/+1/kind",
            "relations/+1/verified",
            "where_from",
        ],
        "never an agreement, a paper, a status, a birth fact or tonight's bed"
    );
    assert!(draft.remarks.iter().any(|remark| remark.code == "copied-answer" && remark.path == "where_from"));
    let mut put = |path: &str, value: Value| {
        let ask = tern_app::view::PutDraft { id: draft.id.clone(), path: path.into(), value, typing: false };
        app.put_draft(&ask).unwrap()
    };
    put("names/+1/name", json!("Karim Haidari"));
    put("sex", json!("M"));
    let second = put("dob", json!({ "age": 6 })).child.unwrap().id;
    app.finish_draft(&draft.id).unwrap();
    app.end_session().unwrap();
    drop(app);
    let mut batch = tern.batch();
    for (child, other, kind) in [(&first, &second, "brother"), (&second, &first, "sister")] {
        let shown = batch.ok(&["show", child]);
        let row = shown["fields"].as_object().unwrap().iter().find(|(path, held)| {
            path.starts_with("relations/") && path.ends_with("/child") && held["value"] == json!(other)
        });
        let row = row.expect("a tie to the other").0.strip_suffix("/child").unwrap().to_owned();
        assert_eq!(field(&shown, &format!("{row}/kind")), kind);
        assert_eq!(field(&shown, &format!("{row}/keep_together")), &json!(true));
        assert_eq!(field(&shown, &format!("{row}/verified")), "claimed");
    }
}

#[test]
fn households_join_part_and_move_whole_and_nothing_of_before_is_lost() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let (a, b) = (tern_child(&mut batch, &tern), tern_child(&mut batch, &tern));
    let moved =
        batch.ok(&["family", "move", &a, &b, "--name", "Haidari", "--unit", "Tent 4", "--on", "2026-11-20"]);
    assert_eq!(moved["children"], 2);
    let home = |batch: &mut Batch, child: &str| {
        let shown = batch.ok(&["show", child]);
        let mut rows: Vec<(String, Value, Value)> = shown["fields"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(path, _)| path.starts_with("household_history/") && path.ends_with("/household"))
            .map(|(path, held)| {
                let row = path.strip_suffix("/household").unwrap();
                (
                    held["value"].as_str().unwrap().to_owned(),
                    field(&shown, &format!("{row}/from")).clone(),
                    field(&shown, &format!("{row}/to")).clone(),
                )
            })
            .collect();
        rows.sort_by_key(|row| row.1.to_string());
        rows
    };
    let tent = home(&mut batch, &a)[0].0.clone();
    assert_eq!(home(&mut batch, &b)[0].0, tent);
    batch.ok(&["family", "move", &b, "--on", "2026-11-22"]);
    assert_eq!(home(&mut batch, &b), [(tent.clone(), json!("2026-11-20"), json!("2026-11-22"))]);
    batch.ok(&["family", "move", &b, "--unit", "Tent 9", "--on", "2026-11-23"]);
    let other = home(&mut batch, &b)[1].0.clone();
    assert_eq!(batch.ok(&["family", "move", "--whole", &tent, "--to", &other])["children"], 1);
    let history = home(&mut batch, &a);
    assert_eq!(
        (history.len(), &history[1].0, &history[1].2),
        (2, &other, &Value::Null),
        "one household at a time"
    );
    assert_eq!(
        batch.ok(&["family", "move", &a, "--to", &other])["changes"],
        json!([]),
        "nothing moves twice"
    );
    batch.refused(&["family", "move", &a, "--to", &b], "unknown-list");
    batch.refused(&["family", "move", &a, "--unit", "Tent 1", "--on", "2999-01-01"], "impossible-date");
}

#[test]
fn a_mother_under_18_and_her_twins_are_three_children_and_one_family() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let register = |batch: &mut Batch, answers: Value| {
        let file = tern.bring("one.json", answers.to_string());
        batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned()
    };
    // No status, no marriage, no father, no address is asked for.
    let mother = register(
        &mut batch,
        json!({
            "names": ["Maryam"], "sex": "F", "age": 16, "companions_answered": "none_to_add",
        }),
    );
    let twin = |batch: &mut Batch, order: u8| {
        register(
            batch,
            json!({
                "name_absent_reason": "infant_not_named", "sex": "F", "dob": "2026-11-20", "birth_country": "QME",
                "companions": ["parent"], "birth.type": "twin", "birth.order": order, "birth.step": "notified",
                "birth.occurred_on": "2026-11-20", "birth.informant": "mother", "birth.site_type": "health_facility",
                "birth.place_country": "QME",
                "relations": [{"kind": "mother", "child": mother, "verified": "claimed", "lives_with": true,
                    "is_primary_caregiver": true, "keep_together": true}],
                "birth_obstacles": ["mother_is_minor"],
            }),
        )
    };
    let twins = [twin(&mut batch, 1), twin(&mut batch, 2)];
    for child in &twins {
        batch.ok(&[
            "add",
            &mother,
            "relations",
            "--set",
            r#"kind="own_child""#,
            "--set",
            &format!("child=\"{child}\""),
            "--set",
            r#"verified="claimed""#,
            "--set",
            "keep_together=true",
        ]);
        let tasks = batch.ok(&["tasks", child]);
        assert!(tasks.as_array().unwrap().iter().any(|task| task["kind"] == "declare_birth"), "{tasks}");
    }
    let tasks = batch.ok(&["tasks", &mother]);
    assert!(
        tasks.as_array().unwrap().iter().any(|task| task["kind"] == "guardian"),
        "the mother is a child herself"
    );
    let orders: Vec<Value> =
        twins.iter().map(|twin| field(&batch.ok(&["show", twin]), "birth.order").clone()).collect();
    assert_eq!(orders, [json!(1), json!(2)]);
    batch.ok(&["family", "move", &mother, &twins[0], &twins[1], "--unit", "Room 3"]);
    assert_eq!(batch.ok(&["board"])["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn a_foundling_has_an_assigned_name_and_day_and_the_finder_is_no_parent() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("one.json", json!({
        "names": [{"name": {"text": "Noor", "source": "worker", "use": "usual"}}], "sex": "F",
        "dob": {"year": 2026, "estimated": true, "basis": "authority_assigned"}, "companions": ["unrelated_adult"],
        "birth.foundling": true, "birth.name_assigned": true, "birth.informant": "other",
        "birth.informant_name": "a fisherman", "birth.step": "declared", "birth.declared_on": "2026-11-21",
    }).to_string());
    let id = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    let shown = batch.ok(&["show", &id]);
    assert_eq!(field(&shown, "accompaniment"), "unaccompanied", "who found the child is no caregiver");
    assert_eq!(field(&shown, "dob")["basis"], "authority_assigned");
    assert_eq!(field(&shown, "birth.name_assigned"), &json!(true));
    assert!(!shown["fields"].as_object().unwrap().keys().any(|path| path.starts_with("relations/")));
    for whom in ["child", "caregiver"] {
        assert!(!copy(&mut batch, &tern, &id, whom, "txt").contains("fisherman"));
    }
}

#[test]
fn nobody_moves_before_the_last_move_or_birth_into_a_house_that_is_gone_or_out_of_none() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let (a, b) = (tern_child(&mut batch, &tern), tern_child(&mut batch, &tern));
    batch.refused(&["family", "move", &a], "not-in-household");
    batch.refused(&["family", "move", "--unit", "Tent 4"], "not-in-household");
    batch.refused(&["family", "move", &a, "--unit", "Tent 4", "--on", "2010-01-01"], "impossible-date");
    batch.refused(&["family", "move", &a, "--name", "Haidari\u{202e}"], "hidden-sign");
    batch.refused(&["family", "move", &a, "--name", &"N".repeat(3000)], "too-long");
    batch.refused(&["tally", "begin", &"N".repeat(3000), "3"], "too-long");
    batch.refused(&["tally", "begin", "Second\nbus", "3"], "hidden-sign");
    batch.ok(&["family", "move", &a, "--unit", "Tent 4", "--on", "2026-11-20"]);
    batch.ok(&["family", "move", &b, "--unit", "Tent 5", "--on", "2026-11-20"]);
    batch.refused(&["family", "move", &a, "--on", "2026-11-19"], "impossible-date");
    let homes = batch.ok(&["list", "household"]);
    let homes: Vec<String> =
        homes.as_array().unwrap().iter().map(|home| home["id"].as_str().unwrap().to_owned()).collect();
    batch.ok(&["family", "move", "--whole", &homes[0], "--to", &homes[1]]);
    batch.refused(&["family", "move", "--whole", &homes[1], "--to", &homes[0]], "unknown-list");
    batch.refused(&["family", "move", &a, "--to", &homes[0]], "unknown-list");
    batch.refused(&["family", "next", &a, "--person", "nonsense"], "unknown-row");
}
