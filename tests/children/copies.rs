//! Papers to keep: what a child or a caregiver reads of the record, and what stands on none of them.

use serde_json::{Value, json};
use tern_stories::field::{add_row, copy, tern_child};
use tern_stories::{Batch, Tern};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

#[test]
fn the_eight_get_their_own_copies_and_nothing_of_concern_is_in_them() {
    let tern = Tern::practising(TERN);
    let file = tern.bring("stories.yaml", include_str!("../stories/eight.yaml"));
    tern.run(&["import", "stories", &file]).ok();
    let mut batch = tern.batch();
    let never = [
        "traffick",
        "exploit",
        "gang",
        "threat",
        "violence",
        "abuse",
        "distress",
        "concern",
        "incident",
        "risk",
        "fear",
        "died",
        "dead",
        "death",
        "unaccompanied",
        "separated",
        "detention",
        "Refugee",
        "sylum seeker",
        "safe house",
    ];
    for story in ["S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08"] {
        for (whom, end) in [("child", "txt"), ("caregiver", "txt"), ("child", "json"), ("caregiver", "json")]
        {
            // María José is eighteen: nobody else speaks for her any more.
            if story == "S05" && whom == "caregiver" {
                let file = tern.bring("copy.txt", "");
                batch.refused(
                    &["export", "record", story, &file, "--for", whom, "--force"],
                    "not-for-caregiver",
                );
                continue;
            }
            let text = copy(&mut batch, &tern, story, whom, end);
            assert!(
                text.contains("PRACTICE") || text.contains("\"practice\": true"),
                "{story}: practice is said"
            );
            assert!(text.contains("not an identity document"), "{story}");
            // The lines about what it is and is not name no fact of the child.
            let facts = text.replace("not an asylum or birth registration", "").to_lowercase();
            for word in never {
                assert!(!facts.contains(&word.to_lowercase()), "{story} for {whom}: {word}\n{text}");
            }
        }
    }
    assert!(copy(&mut batch, &tern, "S01", "child", "txt").contains("ليان محمد الخطيب"));
    let told = batch.ok(&["audit", "--record", "S01"]);
    let told: Vec<_> = told.as_array().unwrap().iter().filter(|row| row["what"] == "exported").collect();
    assert_eq!(told.len(), 5, "each copy is written down before it is made");
    assert_eq!(told[0]["why"], "own copy for child");
}

/// Every text field of a child, each with a word of its own, and the field that holds it.
fn words_everywhere(schema: &tern_app::Schema) -> (Value, Vec<(String, String)>) {
    let mut answers = json!({ "sex": "F", "age": 9, "accompaniment": "separated" });
    let mut words = Vec::new();
    for (key, field) in schema.fields().filter(|(_, field)| !field.off && schema.record_of(field) == "child")
    {
        // Only proposing puts to proposals.
        if key.starts_with("proposals/") {
            continue;
        }
        let word = format!("Zanzu{}q", words.len());
        let value = match field.kind.id() {
            "text" | "note" | "place" => json!(word),
            "name" => json!({ "text": word, "lang": "und" }),
            _ => continue,
        };
        words.push((key.to_owned(), word));
        match key.split_once('/') {
            None => answers[key] = value,
            Some((list, field)) => {
                let rows = answers.as_object_mut().unwrap().entry(list).or_insert_with(|| json!([{}]));
                rows[0][field] = value;
            }
        }
    }
    (answers, words)
}

#[test]
fn of_every_word_that_can_be_typed_only_the_childs_own_name_and_birth_place_are_in_a_copy() {
    let schema = tern_app::Schema::embedded().unwrap();
    let (mut answers, words) = words_everywhere(&schema);
    let id_fields = ["purpose", "status"];
    for (field, value) in id_fields.iter().zip(["photo", "granted"]) {
        answers["consents"][0][*field] = json!(value);
    }
    // A word that is to be kept, without the part it is about, would leave nothing in a caregiver's copy.
    answers.as_object_mut().unwrap().remove("withholds");
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let file = tern.bring("all.json", answers.to_string());
    let id = batch.ok(&["register", "--answers", &file])["id"].as_str().unwrap().to_owned();
    for whom in ["child", "caregiver"] {
        let text = copy(&mut batch, &tern, &id, whom, "txt");
        let found: Vec<&str> = words
            .iter()
            .filter(|(_, word)| text.contains(word.as_str()))
            .map(|(key, _)| key.as_str())
            .collect();
        assert_eq!(found, ["birth.place", "names/name"], "{whom}");
    }
}

#[test]
fn what_is_kept_from_others_is_on_no_paper_and_a_feared_caregiver_gets_none() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    let add = |batch: &mut Batch, list: &str, sets: &[&str]| {
        let mut words = vec!["add", id.as_str(), list];
        sets.iter().for_each(|set| words.extend(["--set", set]));
        batch.ok(&words)["entity"].as_str().unwrap().to_owned()
    };
    let school = add(&mut batch, "services", &[r#"type="education""#]);
    add(
        &mut batch,
        "service_events",
        &[&format!("of=\"{school}\""), r#"state="receiving""#, r#"at="2026-11-01""#],
    );
    assert!(copy(&mut batch, &tern, &id, "caregiver", "txt").contains("1 November 2026"));
    let consent = add(&mut batch, "consents", &[r#"purpose="services_referral""#, r#"status="refused""#]);
    assert!(copy(&mut batch, &tern, &id, "child", "txt").contains("Referral to a service"));
    assert!(
        !copy(&mut batch, &tern, &id, "caregiver", "txt").contains("Referral to a service"),
        "the child's own no"
    );
    let of = format!("of=\"{consent}\"");
    add(&mut batch, "withholds", &[&of, r#"part="education""#, r#"kept_from="caregiver""#]);
    assert!(!copy(&mut batch, &tern, &id, "caregiver", "txt").contains("1 November 2026"));
    assert!(
        !copy(&mut batch, &tern, &id, "child", "txt").contains("1 November 2026"),
        "a paper is read by others"
    );
    add(&mut batch, "withholds", &[&of, r#"what="where I sleep""#]);
    let text = copy(&mut batch, &tern, &id, "caregiver", "txt");
    assert!(
        text.contains("Samira Haidari") && !text.contains("sleep") && !text.contains("Guardian"),
        "{text}"
    );
    let dead = add(
        &mut batch,
        "relations",
        &[r#"kind="father""#, r#"name="Farid Haidari""#, r#"life_status="deceased""#],
    );
    for told in ["false", "true"] {
        batch.ok(&["edit", &id, "--set", &format!("relations/{dead}/child_told={told}")]);
        let text = copy(&mut batch, &tern, &id, "child", "txt");
        assert!(
            !text.contains("Farid") && !text.to_lowercase().contains("died"),
            "no other person, told or not"
        );
    }
    let aunt = add(&mut batch, "relations", &[r#"kind="aunt""#, "danger=true"]);
    let file = tern.bring("copy.txt", "");
    batch.refused(&["export", "record", &id, &file, "--for", "caregiver", "--force"], "not-for-caregiver");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "", "nothing was written");
    batch.ok(&["edit", &id, "--set", &format!("relations/{aunt}/danger=false")]);
    batch.ok(&["export", "record", &id, &file, "--for", "caregiver", "--force"]);
}

#[test]
fn what_is_kept_is_kept_out_of_every_line_that_tells_of_it() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    for (part, lines) in [
        ("tracing", &["Family tracing", "Looking for family"][..]),
        ("health", &["Mental health", "Mhpss", "MHPSS"]),
        ("documents", &["Papers:", "civil registry"]),
        ("best_interests", &["est interests"]),
        ("education", &["School"]),
    ] {
        let id = tern_child(&mut batch, &tern);
        for (purpose, status) in [("family_tracing", "granted"), ("civil_registration", "granted")] {
            let sets = [
                format!("purpose=\"{purpose}\""),
                format!("status=\"{status}\""),
                "given_by=\"both\"".to_owned(),
                "spoke_apart=true".to_owned(),
                "child_assent=\"assent\"".to_owned(),
                "given_on=\"2026-11-01\"".to_owned(),
            ];
            add_row(&mut batch, &id, "consents", &sets.each_ref().map(String::as_str));
        }
        add_row(&mut batch, &id, "information_given", &[r#"topic="tracing""#, r#"on="2026-11-01""#]);
        for kind in ["mhpss", "documentation"] {
            let service = add_row(&mut batch, &id, "services", &[&format!("type=\"{kind}\"")]);
            let of = format!("of=\"{service}\"");
            add_row(&mut batch, &id, "service_events", &[&of, r#"state="receiving""#, r#"at="2026-11-01""#]);
        }
        add_row(&mut batch, &id, "identity_documents", &[r#"type="school_document""#, r#"status="held""#]);
        add_row(&mut batch, &id, "bia", &[r#"completed_on="2026-11-02""#, r#"told_child_on="2026-11-03""#]);
        // The lines alone: what the paper says of itself names no fact.
        let lines_of = |text: &str| {
            let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("  ")).collect();
            lines.join("\n")
        };
        let tells = |text: &str| lines.iter().any(|line| lines_of(text).contains(line));
        let before = copy(&mut batch, &tern, &id, "child", "txt");
        assert!(tells(&before), "{part}: {before}");
        let consent = add_row(&mut batch, &id, "consents", &[r#"purpose="case_management""#]);
        let kept = [&format!("of=\"{consent}\""), &format!("part=\"{part}\""), r#"kept_from="everyone""#];
        add_row(&mut batch, &id, "withholds", &kept);
        for whom in ["child", "caregiver"] {
            let text = copy(&mut batch, &tern, &id, whom, "txt");
            assert!(!tells(&text), "{part} for {whom}: {text}");
            assert!(text.contains("Samira Haidari"));
        }
    }
}

#[test]
fn a_paper_says_nothing_of_doubt_of_asylum_to_a_caregiver_or_of_papers_of_others() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    for (kind, status) in [
        ("passport", "false_or_altered_suspected"),
        ("refugee_or_asylum_id", "held"),
        ("marriage_certificate_of_parents", "held"),
        ("birth_certificate", "copy_only"),
    ] {
        let sets = [format!("type=\"{kind}\""), format!("status=\"{status}\"")];
        add_row(&mut batch, &id, "identity_documents", &sets.each_ref().map(String::as_str));
    }
    let caregiver = copy(&mut batch, &tern, &id, "caregiver", "txt");
    let child = copy(&mut batch, &tern, &id, "child", "txt");
    for text in [&caregiver, &child] {
        assert!(text.contains("Passport") && text.contains("Only a copy"), "{text}");
        for word in ["In doubt", "uspected", "altered", "arriage", "Parents"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    assert!(child.contains("Refugee") && !caregiver.contains("Refugee"), "{caregiver}");
}

#[test]
fn no_caregiver_gets_a_paper_where_family_may_be_the_danger() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    for (list, sets) in [
        ("incidents", &[r#"category="physical_violence""#, r#"perpetrator_group="family""#][..]),
        ("relations", &[r#"kind="stepfather""#, "child_comfortable=false"]),
        ("relations", &[r#"kind="mother""#, "contact_allowed=false"]),
    ] {
        let id = tern_child(&mut batch, &tern);
        let row = add_row(&mut batch, &id, list, sets);
        let file = tern.user().join("none.txt").display().to_string();
        batch.refused(&["export", "record", &id, &file, "--for", "caregiver"], "not-for-caregiver");
        assert!(!std::path::Path::new(&file).exists(), "nothing was written");
        batch.ok(&["edit", &id, "--set", &format!("{list}/{row}/removed=\"typed_by_mistake\"")]);
        copy(&mut batch, &tern, &id, "caregiver", "txt");
    }
}

#[cfg(unix)]
#[test]
fn no_paper_is_written_over_a_file_or_into_the_vault() {
    let tern = Tern::practising(TERN);
    let mut batch = tern.batch();
    let id = tern_child(&mut batch, &tern);
    let letter = tern.bring("letter.txt", "a letter");
    let vault = tern.home().join("vault.db").display().to_string();
    let inside = tern.home().join("blobs").join("copy.txt").display().to_string();
    let around = tern.user().join("..").join(tern.home().file_name().unwrap()).join("slots");
    let around = around.display().to_string();
    let link = tern.user().join("link.txt");
    std::os::unix::fs::symlink(tern.home().join("vault.db"), &link).unwrap();
    let link = link.display().to_string();
    let before = batch.ok(&["audit"]);
    for (file, code) in [
        (&vault, "inside-vault"),
        (&inside, "inside-vault"),
        (&around, "inside-vault"),
        (&link, "inside-vault"),
        (&letter, "file-there"),
    ] {
        for words in [
            &["export", "record", id.as_str(), file, "--for", "child"][..],
            &["print", "blank", "child", file],
        ] {
            batch.refused(words, code);
            if code == "inside-vault" {
                batch.refused(&[words, &["--force"]].concat(), code);
            }
        }
    }
    assert_eq!(batch.ok(&["audit"]), before, "what was not made is not told as made");
    assert_eq!(std::fs::read_to_string(&letter).unwrap(), "a letter");
    batch.ok(&["export", "record", &id, &letter, "--for", "child", "--force"]);
    assert!(std::fs::read_to_string(&letter).unwrap().contains("Samira Haidari"));
    let fresh = tern.user().join("fresh.html").display().to_string();
    batch.ok(&["print", "blank", "child", &fresh]);
    batch.end();
    assert_eq!(tern.run(&["verify"]).ok()["problems"], json!([]));
}
