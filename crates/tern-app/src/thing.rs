//! Records that are no child's: places, organisations, people, visits, country profiles. One way for all of them: their
//! forms say what they hold, what they are called and what is needed to begin one.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tern_form::{Field, Form, Item, Kind, Target};
use tern_record::{Cause, Compartment, EntityId, IntentId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, Rows, refusal};
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::show::moment;
use crate::view::{
    BeginThing, BegunView, FactView, HeldView, KindView, OptionView, ReadView, ThingLineView, ThingView,
};

/// The kind that people are registered as; it has use cases of its own.
const CHILD: &str = "child";
/// Kinds whose records hold nothing about a person and may be handed on as text.
const PLAIN: [&str; 1] = ["practice"];
/// How many answers of a row stand for it where it is named.
const ROW_WORDS: usize = 2;
/// Longest name of a row, in characters.
const ROW_LENGTH: usize = 80;

impl App {
    /// Every kind of record but children, with how many there are.
    pub fn kinds(&self) -> Reply<Vec<KindView>> {
        let forms: Vec<&Form> = self.schema.forms().filter(|form| form.record != CHILD).collect();
        let mut seen: Vec<&str> = Vec::new();
        let mut kinds = Vec::new();
        for form in forms {
            if seen.contains(&form.record.as_str()) || self.reads_kind(&form.record).is_err() {
                continue;
            }
            seen.push(&form.record);
            kinds.push(self.kind_view(form)?);
        }
        kinds.sort_by(|a, b| a.label.cmp(&b.label));
        Ok(kinds)
    }

    fn kind_view(&self, form: &Form) -> Reply<KindView> {
        let kind = &form.record;
        let word = |part: &str| self.text.word(&format!("kind-{kind}{part}"));
        Ok(KindView {
            label: word(""),
            one: word(".one"),
            add_label: word(".add"),
            none: word(".none"),
            count: u32::try_from(self.vault.things(kind)?.len()).unwrap_or(u32::MAX),
            named_at: self.named_at(form),
            form: form.id.clone(),
            kind: kind.clone(),
        })
    }

    /// Where a typed name goes, when records of this form are called by one.
    fn named_at(&self, form: &Form) -> Option<String> {
        let field = self.schema.field(form.title.first()?)?;
        let named = matches!(field.kind, Kind::Text | Kind::Name);
        named.then(|| match &field.list {
            Some(list) => format!("{list}/+1/{}", field.id),
            None => field.id.clone(),
        })
    }

    /// The forms that fill a kind of record that is no child's.
    fn forms_of(&self, kind: &str) -> Reply<Vec<&Form>> {
        let forms: Vec<&Form> =
            self.schema.forms().filter(|form| form.record == kind && kind != CHILD).collect();
        if forms.is_empty() { Err(Code::UnknownKind.into()) } else { Ok(forms) }
    }

    /// Records of a kind by title; of these, those whose title has every word of the text.
    pub fn things(&mut self, kind: &str, text: &str) -> Reply<Vec<ThingLineView>> {
        self.forms_of(kind)?;
        self.reads_kind(kind)?;
        let wanted: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let found = self.vault.things(kind)?.into_iter().filter(|(_, title)| {
            let title = title.to_lowercase();
            wanted.iter().all(|word| title.contains(word.as_str()))
        });
        found
            .collect::<Vec<_>>()
            .into_iter()
            .map(|(record, title)| {
                let facts = self.with_record(record, |app, opened| Ok(app.thing_facts(opened, kind)))?;
                Ok(ThingLineView {
                    id: short::long_text(record.as_bytes()),
                    short_id: short::short_text(record.as_bytes()),
                    title,
                    facts,
                })
            })
            .collect()
    }

    /// Everything that this seat may see of a record that is no child's.
    pub fn thing(&mut self, id: &str) -> Reply<ThingView> {
        let record = self.resolve(id)?;
        let row = self.vault.thing(record)?.ok_or(Code::UnknownThing)?;
        self.reads_kind(&row.kind)?;
        self.with_seen(record, |app, opened| {
            let mut remarks = app.remarks_in(opened);
            remarks.retain(|remark| !app.is_restricted(&remark.path));
            let fields = app.fields_of(opened, &[Compartment::Core, Compartment::Protection]);
            Ok(ThingView {
                id: short::long_text(record.as_bytes()),
                short_id: short::short_text(record.as_bytes()),
                heads: opened.heads(),
                removed: app.removed(opened),
                facts: app.thing_facts(opened, &row.kind),
                remarks: app.remark_views(remarks),
                as_text: PLAIN.contains(&row.kind.as_str()),
                kind: row.kind,
                title: row.title,
                fields,
            })
        })
    }

    /// Begins a record of a kind with its first answers.
    pub fn begin_thing(&mut self, ask: &BeginThing) -> Reply<BegunView> {
        let needed: Vec<String> = self.forms_of(&ask.kind)?.iter().map(|form| form.id.clone()).collect();
        let mut rows = Rows::default();
        self.begin_rows(ask, &needed, &mut rows).map_err(|refused| rows.as_sent(refused))
    }

    fn begin_rows(&mut self, ask: &BeginThing, needed: &[String], rows: &mut Rows) -> Reply<BegunView> {
        let puts = self.read_puts(&ask.puts, rows)?;
        self.fits_kind(&ask.kind, &puts)?;
        let answers = puts.iter().map(|(path, value)| (path.as_str().to_owned(), value.clone())).collect();
        let open: Vec<String> = needed.iter().flat_map(|form| self.schema.open(form, &answers)).collect();
        if !open.is_empty() {
            return Err(Failure::about(Code::AnswerNeeded, open));
        }
        let record = self.draw(RecordId::make_random);
        let put = self.put(record, &[], puts, Cause::Typed, Along::default())?;
        Ok(BegunView {
            id: short::long_text(record.as_bytes()),
            short_id: short::short_text(record.as_bytes()),
            title: self.vault.thing(record)?.map(|row| row.title).unwrap_or_default(),
            changes: put.changes.iter().map(IntentId::to_hex).collect(),
            heads: put.heads,
            saved: moment(put.stamp),
        })
    }

    /// Every answer is one of a form of this kind.
    fn fits_kind(&self, kind: &str, puts: &[(Path, Scalar)]) -> Reply<()> {
        let foreign = puts.iter().find(|(path, _)| {
            self.schema.field_at(path).is_none_or(|field| self.schema.record_of(field) != kind)
        });
        match foreign {
            Some((path, _)) => Err(Failure::about(Code::UnknownField, [path.form_key()])),
            None => Ok(()),
        }
    }

    /// What lists call a record, and the record whose title stands before it. Only what every seat reads is in it.
    pub(crate) fn title_of(&self, record: &Record, kind: &str) -> (String, Option<RecordId>) {
        let keys = self.schema.forms().filter(|form| form.record == kind).flat_map(|form| &form.title);
        let mut about = None;
        let mut words = Vec::new();
        for (path, field, value) in keys.filter_map(|key| self.first_answer(record, key)) {
            match (&field.to, &about) {
                (Some(Target::Record(_)), None) => about = record_in(&value),
                _ => words.push(self.print_of(record, &path, &value)),
            }
        }
        words.retain(|word| !word.is_empty());
        if words.is_empty() && about.is_none() {
            words.extend(self.any_answer(record));
        }
        (words.join(" · ").replace('\n', " "), about)
    }

    /// What the field of a form key holds; of a list, in its first row that has it.
    fn first_answer<'a>(&'a self, record: &Record, key: &str) -> Option<(Path, &'a Field, Scalar)> {
        let field = self.schema.field(key)?;
        let path = match &field.list {
            None => Path::new(key).ok()?,
            Some(list) => {
                let rows = record.rows(&self.schema, list);
                let (entity, _) = rows.into_iter().find(|(_, fields)| fields.contains_key(&field.id))?;
                Path::new(&format!("{list}/{entity}/{}", field.id)).ok()?
            }
        };
        let value = record.folded(&self.schema, &path).shown().filter(|value| !value.is_null())?.clone();
        Some((path, field, value))
    }

    /// The first answer of the core, so that a record that lost its name is still in its list.
    fn any_answer(&self, record: &Record) -> Option<String> {
        let core = record.docs.get(&Compartment::Core)?;
        core.paths().into_iter().filter(|path| path.field() != "removed").find_map(|path| {
            let value = record.folded(&self.schema, &path).shown()?.clone();
            Some(self.print_of(record, &path, &value)).filter(|text| !text.is_empty())
        })
    }

    /// A value as people read it; what points elsewhere is called by its name.
    pub(crate) fn print_of(&self, record: &Record, path: &Path, value: &Scalar) -> String {
        let to = self.schema.field_at(path).and_then(|field| field.to.as_ref());
        let named = match (to, value) {
            (Some(Target::Row(list)), Scalar::Text(entity)) => self.words_of_row(record, list, entity),
            (Some(Target::Record(kind)), value) => {
                record_in(value).and_then(|other| self.called(other, kind == CHILD))
            }
            _ => None,
        };
        named.unwrap_or_else(|| self.print(path, value))
    }

    /// What a record on this device is called; `None` when it is not here or has no name.
    fn called(&self, record: RecordId, child: bool) -> Option<String> {
        if !child {
            return self.vault.thing(record).ok()?.map(|row| row.title).filter(|title| !title.is_empty());
        }
        let row = self.vault.find_child(record).ok()??;
        let number = short::short_text(record.as_bytes());
        let name = self.line(record, &row).name;
        Some(name.map_or_else(|| number.clone(), |name| format!("{name} · {number}")))
    }

    /// The first answers of a row. What is restricted is never among them.
    pub(crate) fn words_of_row(&self, record: &Record, list: &str, entity: &str) -> Option<String> {
        let fields = &self.schema.list(list)?.fields;
        let open = fields.iter().filter(|field| {
            field.compartment() < Compartment::Restricted
                && !matches!(field.kind, Kind::Ref | Kind::Note | Kind::Blob)
        });
        let words: Vec<String> = open
            .filter_map(|field| {
                let path = Path::new(&format!("{list}/{entity}/{}", field.id)).ok()?;
                let value = record.folded(&self.schema, &path).shown()?.clone();
                Some(self.print(&path, &value)).filter(|text| !text.is_empty())
            })
            .take(ROW_WORDS)
            .collect();
        let whole: String = words.join(" · ").chars().take(ROW_LENGTH).collect();
        (!whole.is_empty()).then_some(whole)
    }

    /// What is worked out of a record.
    fn thing_facts(&self, record: &Record, kind: &str) -> Vec<FactView> {
        let Some(counted) = (kind == "facility").then(|| occupancy(self, record)).flatten() else {
            return Vec::new();
        };
        let line = |(who, places, taken): &(&str, i64, i64)| {
            let who = self.text.word(&format!("occupancy-{who}"));
            let percent = percent(*taken, *places);
            self.text.say(
                "occupancy-line",
                &json!({"who": who, "taken": taken, "places": places, "percent": percent}),
            )
        };
        let lines: Vec<String> = counted.lines.iter().map(line).collect();
        let label = self.text.say("occupancy-on", &json!({ "day": counted.on }));
        if lines.is_empty() { Vec::new() } else { vec![FactView { label, lines }] }
    }

    /// A record as text to hand on: what was asked and answered, nobody's name beside it.
    pub fn thing_text(&mut self, id: &str) -> Reply<String> {
        let view = self.thing(id)?;
        if !view.as_text {
            return Err(Code::NotAsText.into());
        }
        let mut text = String::new();
        for form in self.forms_of(&view.kind)? {
            for item in form.sections.iter().flat_map(|section| &section.items) {
                let Item::Field(field) = item else { continue };
                if let Some(HeldView::Settled { text: said, .. } | HeldView::Disputed { text: said, .. }) =
                    view.fields.get(&field.id)
                {
                    text.push_str(&format!("{}\n{said}\n\n", self.text.word(&field.label)));
                }
            }
        }
        Ok(format!("{}\n", text.trim_end()))
    }

    /// The codes of a list, with their words.
    pub fn codes(&self, list: &str) -> Reply<Vec<OptionView>> {
        let list = self.schema.codelist(list).ok_or(Code::UnknownField)?;
        let word = |code: &tern_form::Code| {
            let found = self.schema.texts().find(self.text.language(), &list.message(&code.code));
            OptionView { code: code.code.clone(), label: found.unwrap_or_else(|| code.label.clone()) }
        };
        Ok(list.codes.iter().map(word).collect())
    }

    /// Reads an answer back as it would be kept and shown, without keeping it.
    pub fn read_value(&self, path: &str, value: &Value) -> Reply<ReadView> {
        let path = Rows::default().fill(path, || self.draw(EntityId::make_random));
        let unknown = || Failure::about(Code::UnknownField, ["?".to_owned()]);
        let path = Path::new(&path).map_err(|_| unknown())?;
        let kept = self.schema.value_from_json(&path, value, self.ports.today()).map_err(refusal)?;
        Ok(ReadView { value: self.schema.value_to_json(&path, &kept), text: self.print(&path, &kept) })
    }

    /// `new`: a record of another kind.
    pub fn script_new(&mut self, kind: &str, puts: BTreeMap<String, Value>) -> Reply<Value> {
        let begun = self.begin_thing(&BeginThing { kind: kind.to_owned(), puts })?;
        Ok(json!({
            "id": begun.id, "short_id": begun.short_id, "kind": kind, "title": begun.title,
            "changes": begun.changes, "heads": begun.heads,
        }))
    }

    /// `list`: records of a kind, or the kinds there are.
    pub fn script_list(&mut self, kind: Option<&str>) -> Reply<Value> {
        let Some(kind) = kind else {
            let kinds = self.kinds()?.into_iter();
            return Ok(kinds
                .map(|kind| json!({"kind": kind.kind, "label": kind.label, "count": kind.count}))
                .collect());
        };
        let lines = self.things(kind, "")?.into_iter();
        lines
            .map(|line| {
                let mut told = json!({"id": line.id, "short_id": line.short_id, "title": line.title});
                let record = self.resolve(&line.id)?;
                let counted = self.with_record(record, |app, opened| Ok(occupancy(app, opened)))?;
                if let (Some(counted), Value::Object(told)) = (counted, &mut told) {
                    told.insert("occupancy".into(), counted.json());
                }
                Ok(told)
            })
            .collect()
    }
}

/// The record that a reference names.
fn record_in(value: &Scalar) -> Option<RecordId> {
    value.as_text().and_then(short::from_long_text).map(RecordId::new)
}

/// How full a place was when it was last counted.
struct Occupancy {
    /// The day, ISO 8601.
    on: String,
    /// For whom, places, and places taken.
    lines: Vec<(&'static str, i64, i64)>,
}

impl Occupancy {
    fn json(&self) -> Value {
        let mut told = serde_json::Map::new();
        told.insert("on".into(), json!(self.on));
        for (who, places, taken) in &self.lines {
            told.insert(
                (*who).into(),
                json!({"places": places, "taken": taken, "percent": percent(*taken, *places)}),
            );
        }
        Value::Object(told)
    }
}

/// Worked out of the newest count; a count without a day is no count of any day, and no places are no share.
fn occupancy(app: &App, record: &Record) -> Option<Occupancy> {
    let rows = record.rows(&app.schema, "capacity");
    let dated = rows.into_iter().filter_map(|(entity, fields)| {
        let day: jiff::civil::Date = fields.get("at")?.as_text()?.parse().ok()?;
        Some(((day, entity), fields))
    });
    let ((day, _), fields) = dated.max_by(|one, other| one.0.cmp(&other.0))?;
    let count = |field: String| fields.get(&field).and_then(Scalar::as_int).filter(|count| *count >= 0);
    let lines = ["total", "children", "uasc"].into_iter().filter_map(|who| {
        let places = count(format!("places_{who}")).filter(|places| *places > 0)?;
        Some((who, places, count(format!("occupied_{who}"))?))
    });
    Some(Occupancy { on: day.to_string(), lines: lines.collect() })
}

/// A share in whole percent, half rounded up; above 100 where more are taken than there are.
fn percent(taken: i64, places: i64) -> i64 {
    taken.saturating_mul(200).saturating_add(places) / places.saturating_mul(2).max(1)
}
