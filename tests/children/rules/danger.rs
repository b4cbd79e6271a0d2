//! Who may be a danger, what is restricted, and what is on no list.

use serde_json::{Value, json};

use super::{add, at_work, child, done, kinds, refused, row, set};

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
