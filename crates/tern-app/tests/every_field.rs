//! Every field of every form of every kind of record: a valid answer of its kind is written, read back, stands in the
//! history, and is still there after everything derived was made again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tern_app::programme::NewProgramme;
use tern_app::{App, Ports, Schema, script};
use tern_form::{Field, Kind, Target};
use tern_testkit::{FakeClock, Seeded};

/// 2026-11-24 12:00 UTC.
const NOON: i64 = 1_795_521_600_000;
const PASSPHRASE: &str = "the tern flies far north every year";
const REASON: Option<&str> = Some("a test");

struct World {
    app: App,
    schema: Arc<Schema>,
    clock: FakeClock,
    /// A record of each kind that references may point to.
    others: BTreeMap<String, String>,
}

impl World {
    fn begin(folder: &Path) -> Self {
        let clock = FakeClock::at(NOON);
        let ports = Arc::new(Ports {
            clock: Box::new(clock.clone()),
            random: Mutex::new(Box::new(Seeded::new(11))),
            vfs: None,
            keystore: None,
        });
        let schema = Arc::new(Schema::embedded().unwrap());
        let ask = NewProgramme {
            name: "Harbour".into(),
            site: "Velmar".into(),
            country: "QME".into(),
            worker: "Leila".into(),
            practice: true,
            narrow_core: false,
        };
        let (schema_, ports_) = (Arc::clone(&schema), Arc::clone(&ports));
        script::programme_create(folder, &ask, Some(PASSPHRASE), schema_, ports_).unwrap();
        let app = script::open(folder, PASSPHRASE, Arc::clone(&schema), ports).unwrap();
        let mut world = Self { app, schema, clock, others: BTreeMap::new() };
        for kind in world.kinds() {
            let id = world.record(&kind);
            world.others.insert(kind, id);
        }
        world
    }

    fn kinds(&self) -> Vec<String> {
        let kinds: BTreeSet<&str> = self.schema.forms().map(|form| form.record.as_str()).collect();
        kinds.into_iter().map(str::to_owned).collect()
    }

    /// A fresh record of a kind with no more than is needed.
    fn record(&mut self, kind: &str) -> String {
        self.clock.pass(50);
        let told = if kind == "child" {
            let answers = json!({"names": ["Samira"], "sex": "F", "dob": {"year": 2015}, "companions_answered": "none_to_add"});
            self.app.script_register(&answers).unwrap()
        } else {
            let form = self.schema.forms().find(|form| form.record == kind).unwrap();
            let keys: Vec<String> = form.needed.iter().map(|keys| keys[0].clone()).collect();
            let mut puts = BTreeMap::new();
            for key in keys {
                let field = self.schema.field(&key).unwrap().clone();
                let value = self.answer(&field, None);
                puts.insert(field.list.as_ref().map_or(key, |list| format!("{list}/+1/{}", field.id)), value);
            }
            self.app.script_new(kind, puts).unwrap()
        };
        told["id"].as_str().unwrap().to_owned()
    }

    /// An answer that fits the field. `of` is a record whose row a reference may name.
    fn answer(&mut self, field: &Field, of: Option<&str>) -> Value {
        match field.kind {
            Kind::Text | Kind::Place | Kind::Note => json!(format!("words for {}", field.id)),
            Kind::Name => json!("Selam Gebre"),
            Kind::Code | Kind::Set => json!(self.code(field)),
            Kind::Language => {
                json!({"language": self.code(field), "level": "fluent", "can_read": true, "preferred": true})
            }
            Kind::Bool3 => json!(!NO.contains(&field.key().as_str())),
            Kind::Int => json!(7),
            Kind::Date => json!("2026-11-02"),
            Kind::FuzzyDate => json!({"year": 2016, "month": 4}),
            Kind::Instant => json!("2026-11-24T09:30:00+01:00"),
            Kind::Blob => json!("typed"),
            Kind::Ref => match field.to.clone().unwrap() {
                Target::Record(kind) => json!(self.others[&kind]),
                Target::Row(list) => json!(self.row(of.unwrap(), &list)),
            },
        }
    }

    fn code(&self, field: &Field) -> String {
        let options = self.schema.options(field);
        let wanted = ALONE.iter().find(|(key, _)| *key == field.key()).map(|(_, code)| *code);
        wanted.map_or_else(|| options[0].1.code.clone(), str::to_owned)
    }

    /// A new row of a list, with the first of its fields that can be typed.
    fn row(&mut self, id: &str, list: &str) -> String {
        let typed = |field: &&Arc<Field>| !field.off && !matches!(field.kind, Kind::Blob | Kind::Ref);
        let field = self.schema.list(list).unwrap().fields.iter().find(typed).unwrap().as_ref().clone();
        let value = self.answer(&field, None);
        let told = self.app.script_add(id, list, [(field.id.clone(), value)].into()).unwrap();
        told["entity"].as_str().unwrap().to_owned()
    }

    /// Puts an answer where the field lies; gives its path, or the code of the refusal.
    fn put(&mut self, id: &str, field: &Field) -> Result<String, String> {
        self.clock.pass(50);
        let value = self.answer(field, Some(id));
        let mut puts: BTreeMap<String, Value> = BTreeMap::new();
        if let Some(list) = &field.list {
            puts.insert(field.id.clone(), value);
            for (other, value) in beside(&field.key()) {
                puts.insert((*other).to_owned(), value.clone());
            }
            let told =
                self.app.script_add(id, list, puts).map_err(|refused| refused.code.name().to_owned())?;
            return Ok(format!("{list}/{}/{}", told["entity"].as_str().unwrap(), field.id));
        }
        let path = match field.kind {
            Kind::Set => format!("{}/{}/in", field.id, value.as_str().unwrap()),
            _ => field.id.clone(),
        };
        let value = if field.kind == Kind::Set { json!(true) } else { value };
        puts.insert(path.clone(), value);
        for (other, value) in beside(&field.key()) {
            puts.insert((*other).to_owned(), value.clone());
        }
        self.app.script_edit(id, &[], puts).map_err(|refused| refused.code.name().to_owned())?;
        Ok(path)
    }

    fn shown(&mut self, id: &str) -> Value {
        self.app.script_show(id, None, REASON).unwrap()["fields"].take()
    }
}

/// Answers that one worker may give alone, where a rule asks a second one for the first of the list.
const ALONE: [(&str, &str); 2] = [("accompaniment", "undetermined"), ("same_as/decision", "unsure")];
/// A yes to these would break a rule that protects.
const NO: [&str; 4] = [
    "detention/consular_contact",
    "identity_documents/origin_authority_contacted",
    "referrals/clearance",
    "returns/partner_cleared",
];

/// What a rule asks for beside an answer.
fn beside(key: &str) -> Vec<(&'static str, Value)> {
    match key {
        "age_assessments/done_on" | "bid/decided_on" => vec![("no_guardian_reason", json!("none to be had"))],
        "referrals/sent_on" | "referrals/received_on" | "referrals/accepted_on" | "referrals/answered_on" => {
            vec![("personal_data", json!(false))]
        }
        "returns/planned_on" => vec![("state", json!("done_by_others"))],
        "returns/departed_on" | "returns/received_on" => {
            vec![("state", json!("done_by_others")), ("no_guardian_reason", json!("carried out by others"))]
        }
        _ => Vec::new(),
    }
}

/// What was asked is what is told: composites say more than they were told.
fn says(told: &Value, asked: &Value) -> bool {
    match (told, asked) {
        (Value::Object(told), Value::Object(asked)) => {
            let said = told.get("entered").and_then(Value::as_object).unwrap_or(told);
            asked.iter().all(|(key, value)| said.get(key) == Some(value))
        }
        (Value::Object(told), Value::String(_)) => told.get("text") == Some(asked),
        (told, asked) => told == asked,
    }
}

#[test]
fn every_field_is_written_read_remembered_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::begin(&folder.path().join("home"));
    let fields: Vec<Field> = world.schema.fields().map(|(_, field)| field.clone()).collect();
    assert!(fields.len() > 700, "only {} fields", fields.len());
    let mut kept: Vec<(String, String, Value)> = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    for field in &fields {
        let kind = world.schema.record_of(field).to_owned();
        let id = world.record(&kind);
        match world.put(&id, field) {
            Err(code) if field.off && code == "field-off" => {}
            Err(code) if field.kind == Kind::Blob && code == "not-typed" => {}
            // What only two workers may put.
            Err(code)
                if ["case.departed_on", "case.site"].contains(&field.key().as_str())
                    && code == "rule-D-01" => {}
            // Only proposing puts to it.
            Err(code) if field.list.as_deref() == Some("proposals") && code == "proposal-only" => {}
            Err(code) => wrong.push(format!("{}: refused with {code}", field.key())),
            Ok(_) if field.off || field.kind == Kind::Blob || field.list.as_deref() == Some("proposals") => {
                wrong.push(format!("{}: was taken", field.key()))
            }
            Ok(path) => {
                let shown = world.shown(&id)[&path].take();
                let asked =
                    if field.kind == Kind::Set { json!(true) } else { world.answer_again(field, &shown) };
                if shown["state"] != "settled" || !says(&shown["value"], &asked) {
                    wrong.push(format!("{}: shows {shown} for {asked}", field.key()));
                }
                let history = world.app.script_history(&id, REASON).unwrap();
                let told =
                    history.as_array().unwrap().iter().any(|change| change["after"][&path] == shown["value"]);
                if !told {
                    wrong.push(format!("{}: is not in the history", field.key()));
                }
                kept.push((id, path, shown));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
    let verified = world.app.verify(true).unwrap();
    assert_eq!(verified.problems, Vec::<String>::new());
    assert_eq!(world.app.verify(false).unwrap().problems, Vec::<String>::new());
    for (id, path, shown) in &kept {
        assert_eq!(&world.shown(id)[path], shown, "{path} after everything was made again");
    }
}

impl World {
    /// What was answered; a reference to a fresh row is what is shown, as long as it is one.
    fn answer_again(&mut self, field: &Field, shown: &Value) -> Value {
        match &field.to {
            Some(Target::Row(_)) => shown["value"].clone(),
            _ => self.answer(field, None),
        }
    }
}
