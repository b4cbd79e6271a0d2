//! A child from one JSON object, as `tern register` takes it: fields by their ids, lists as arrays of
//! objects, sets as arrays of codes, and `age` or `age_unknown` in the place of `dob`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use tern_record::{EntityId, Path, Scalar};

use crate::check::{Answers, Remark, derived};
use crate::field::{Field, List};
use crate::kind::{Kind, is_blank};
use crate::refusal::{Refusal, RefusalCode};
use crate::schema::Schema;

/// Most rows of one list in one registration.
pub const MAX_ROWS: usize = 500;

/// A child that may be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// What to put, in the order of paths. Nothing blank is among it.
    pub puts: Vec<(Path, Scalar)>,
    /// Worth a second look.
    pub remarks: Vec<Remark>,
}

impl Schema {
    /// Reads a registration. `ids` draws an id for each new row.
    ///
    /// `companions` may stand in the place of `accompaniment`, which is then derived. An age given beside
    /// a birth date becomes a claim of its own: nothing that was said is dropped.
    ///
    /// # Errors
    /// Only the impossible, and one of the four needed answers absent; see [`RefusalCode`].
    pub fn register_answers(
        &self,
        json: &Value,
        today: Date,
        ids: &mut dyn FnMut() -> EntityId,
    ) -> Result<Registration, Refusal> {
        let given = json.as_object().ok_or_else(|| Refusal::at("answers", RefusalCode::WrongShape))?;
        let object = with_age(given)?;
        let mut puts = BTreeMap::new();
        for (key, value) in &object {
            for (path, value) in self.puts_from_json(key, value, today, ids)? {
                if !value.is_null() {
                    puts.insert(path, value);
                }
            }
        }
        let mut answers: Answers = puts.iter().map(|(p, v)| (p.as_str().to_owned(), v.clone())).collect();
        for (key, value) in derived_answers(&answers) {
            if let (Ok(path), None) = (Path::new(key), answers.get(key)) {
                puts.insert(path, Scalar::from(value));
                answers.insert(key.to_owned(), Scalar::from(value));
            }
        }
        self.refuse_open(&answers)?;
        Ok(Registration { puts: puts.into_iter().collect(), remarks: self.remarks(&answers, today) })
    }

    /// Reads one answer by its key in a JSON object: a field, a set as an array of codes, or a list as an
    /// array of rows.
    ///
    /// # Errors
    /// Only the impossible: see [`RefusalCode`].
    pub fn puts_from_json(
        &self,
        key: &str,
        json: &Value,
        today: Date,
        ids: &mut dyn FnMut() -> EntityId,
    ) -> Result<Vec<(Path, Scalar)>, Refusal> {
        if let Some(list) = self.list(key) {
            return self.rows(list, json, today, ids);
        }
        let unknown = || Refusal::unknown(key);
        let path = Path::new(key).map_err(|_| unknown())?;
        match self.field_at(&path) {
            Some(field) if field.kind == Kind::Set && path.list().is_none() => {
                self.members(field, json, today)
            }
            Some(_) => Ok(vec![(path.clone(), self.value_from_json(&path, json, today)?)]),
            None => Err(unknown()),
        }
    }

    /// An array of codes, or an object of codes with yes and no.
    fn members(&self, field: &Field, json: &Value, today: Date) -> Result<Vec<(Path, Scalar)>, Refusal> {
        let refused = |code| Refusal::at(&*field.id, code);
        let wanted: Vec<(&str, Value)> = match json {
            Value::Null => Vec::new(),
            Value::String(code) => vec![(code, json!(true))],
            Value::Array(codes) => {
                let codes: Option<_> = codes.iter().map(|code| Some((code.as_str()?, json!(true)))).collect();
                codes.ok_or_else(|| refused(RefusalCode::WrongShape))?
            }
            Value::Object(codes) => codes.iter().map(|(code, said)| (code.as_str(), said.clone())).collect(),
            _ => return Err(refused(RefusalCode::WrongShape)),
        };
        let mut puts = Vec::new();
        for (code, said) in wanted {
            let code = self.code(field, code).ok_or_else(|| refused(RefusalCode::WrongCode))?;
            let path = Path::member(&field.id, &code).map_err(|_| refused(RefusalCode::WrongCode))?;
            let value = self.value_from_json(&path, &said, today).map_err(|r| refused(r.code))?;
            puts.push((path, value));
        }
        Ok(puts)
    }

    fn rows(
        &self,
        list: &List,
        json: &Value,
        today: Date,
        ids: &mut dyn FnMut() -> EntityId,
    ) -> Result<Vec<(Path, Scalar)>, Refusal> {
        let rows = match json {
            Value::Null => return Ok(Vec::new()),
            Value::Array(rows) => rows,
            _ => return Err(Refusal::at(&*list.id, RefusalCode::WrongShape)),
        };
        if rows.len() > MAX_ROWS {
            return Err(Refusal::at(&*list.id, RefusalCode::TooLong));
        }
        let mut puts = Vec::new();
        for row in rows.iter().filter(|row| !is_blank(row)) {
            let id = ids();
            if let Some(rows) = row.as_object() {
                puts.extend(self.rows_below(list, &id, rows, today, ids)?);
            }
            for (field, value) in row_fields(list, &self.without_rows_below(list, row))? {
                let key = format!("{}/{field}", list.id);
                if self.field(&key).is_none() {
                    return Err(Refusal::unknown(&key));
                }
                let path = Path::row(&list.id, &id, &field).map_err(|_| Refusal::unknown(&key))?;
                // The row has no number that the caller knows, so the refusal names list and field.
                let value = self
                    .value_from_json(&path, &value, today)
                    .map_err(|refusal| Refusal::at(&*key, refusal.code))?;
                puts.push((path, value));
            }
        }
        Ok(puts)
    }

    /// Rows of other lists that stand inside a row, because they belong to it: what happened, inside a service.
    fn rows_below(
        &self,
        list: &List,
        of: &EntityId,
        row: &Map<String, Value>,
        today: Date,
        ids: &mut dyn FnMut() -> EntityId,
    ) -> Result<Vec<(Path, Scalar)>, Refusal> {
        let mut puts = Vec::new();
        for (key, value) in row {
            let Some(below) = self.list(key).filter(|below| below.of.as_deref() == Some(&list.id)) else {
                continue;
            };
            let made = self.rows(below, value, today, ids)?;
            let mut named: Vec<&str> = made.iter().filter_map(|(path, _)| path.entity()).collect();
            named.sort_unstable();
            named.dedup();
            let parent = Scalar::Text(tern_record::short::long_text(of.as_bytes()));
            for entity in named {
                let path =
                    Path::new(&format!("{}/{entity}/of", below.id)).map_err(|_| Refusal::unknown(key))?;
                puts.push((path, parent.clone()));
            }
            puts.extend(made);
        }
        Ok(puts)
    }

    fn without_rows_below(&self, list: &List, row: &Value) -> Value {
        let Value::Object(object) = row else { return row.clone() };
        let below = |key: &str| self.list(key).is_some_and(|below| below.of.as_deref() == Some(&list.id));
        Value::Object(
            object
                .iter()
                .filter(|(key, _)| !below(key))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect(),
        )
    }

    fn refuse_open(&self, answers: &Answers) -> Result<(), Refusal> {
        let open = self.open("child", answers);
        match open.as_slice() {
            [] => Ok(()),
            [only] if only == "names/name" => Err(Refusal { code: RefusalCode::NameNeeded, paths: open }),
            _ => Err(Refusal { code: RefusalCode::AnswersNeeded, paths: open }),
        }
    }
}

/// The object with `age` and `age_unknown` said as `dob`.
fn with_age(given: &Map<String, Value>) -> Result<Map<String, Value>, Refusal> {
    let mut object = given.clone();
    let unknown = match object.remove("age_unknown") {
        None | Some(Value::Null) => false,
        Some(Value::Bool(unknown)) => unknown,
        Some(_) => return Err(Refusal::at("age_unknown", RefusalCode::WrongShape)),
    };
    let age = object.remove("age").filter(|age| !age.is_null());
    let has_dob = object.get("dob").is_some_and(|dob| !is_blank(dob));
    if let Some(age) = age {
        match age.as_i64() {
            None => return Err(Refusal::at("age", RefusalCode::WrongShape)),
            Some(0..=120) => {}
            Some(_) => return Err(Refusal::at("age", RefusalCode::ImpossibleDate)),
        }
        let said = json!({ "age": age });
        if has_dob {
            let claims = object.entry("dob_claims").or_insert_with(|| json!([]));
            if let Value::Array(claims) = claims {
                claims.push(json!({ "dob": said }));
            }
        } else {
            object.insert("dob".into(), said);
        }
    } else if unknown && !has_dob {
        object.insert("dob".into(), json!("unknown"));
    }
    Ok(object)
}

/// The fields of a row. A value that is no object of row fields stands for the list's bare field:
/// `"Samira"`, or `{"text":"Samira","primary":true}`.
fn row_fields(list: &List, row: &Value) -> Result<Vec<(String, Value)>, Refusal> {
    let wrong = || Refusal::at(&*list.id, RefusalCode::WrongShape);
    let bare = list.bare.as_deref().and_then(|id| list.fields.iter().find(|field| field.id == id));
    let Some(object) = row.as_object() else {
        let bare = bare.ok_or_else(wrong)?;
        return Ok(vec![(bare.id.clone(), row.clone())]);
    };
    let is_row_field = |key: &str| key == "removed" || list.fields.iter().any(|field| field.id == key);
    let composite = bare.filter(|field| matches!(field.kind, Kind::Name | Kind::Language | Kind::FuzzyDate));
    let (mut fields, mut rest) = (Vec::new(), Map::new());
    for (key, value) in object {
        // A language entry has a key of the same name as its field; then the whole row is the entry.
        let own = composite.is_some_and(|f| f.kind == Kind::Language && f.id == *key && !value.is_object());
        if is_row_field(key) && !own {
            fields.push((key.clone(), value.clone()));
        } else {
            rest.insert(key.clone(), value.clone());
        }
    }
    match (composite, rest.is_empty()) {
        (_, true) => {}
        (Some(field), false) if !object.get(&field.id).is_some_and(Value::is_object) => {
            fields.retain(|(id, _)| *id != field.id);
            fields.push((field.id.clone(), Value::Object(rest)));
        }
        (_, false) => fields.extend(rest),
    }
    Ok(fields)
}

/// Answers that others imply: companions were listed, and what they make.
fn derived_answers(answers: &Answers) -> Vec<(&'static str, &'static str)> {
    let listed = answers.keys().any(|path| path.starts_with("companions/"));
    let mut derived_answers = Vec::new();
    if listed {
        derived_answers.push(("companions_answered", "listed"));
    }
    if listed || answers.contains_key("companions_answered") {
        derived_answers.push(("accompaniment", derived(answers)));
    }
    derived_answers
}
