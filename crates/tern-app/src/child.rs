//! The profile of a child, and forms as screens draw them.

use std::collections::BTreeMap;

use serde_json::Value;
use tern_form::{Condition, Field, Form, Group, Item};
use tern_record::{Compartment, Held, Path, Said, Scalar, short};
use tern_store::child::ChildRow;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::show::{moment, stored};
use crate::view::{
    ChildView, ConditionView, ConsentView, FactView, FieldView, FormView, GroupView, HeldView, ItemView,
    OptionView, SaidView, VoiceView,
};

impl App {
    /// Everything that this seat may see of a child.
    pub fn child(&mut self, id: &str) -> Reply<ChildView> {
        let record = self.resolve(id)?;
        let row = self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let same = if self.compares() { self.may_still_be_same(record)?.len() } else { 0 };
        let may_be_same = u32::try_from(same).unwrap_or(0);
        let thumbnail = if self.sees_photos() { self.thumbnail(record)? } else { None };
        let mut view = self.with_seen(record, |app, opened| Ok(app.child_view(opened, &row)))?;
        view.may_be_same = may_be_same;
        view.thumbnail = thumbnail;
        Ok(view)
    }

    /// The same as it stood at the end of a day, for reading alone: no photo, no other records.
    pub fn child_on(&mut self, id: &str, day: &str) -> Reply<ChildView> {
        let record = self.resolve(id)?;
        let day: jiff::civil::Date = day
            .parse()
            .map_err(|_| Failure::about(Code::Form("impossible-date".to_owned()), ["day".to_owned()]))?;
        let row = self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let end_ms = end_of(day, self.ports.clock.stamp().offset_min);
        self.with_seen(record, |app, opened| {
            let docs = opened.docs.iter().map(|(compartment, doc)| (*compartment, doc.as_of(end_ms)));
            let mut then = Record { id: record, docs: docs.collect() };
            let begun = then.docs.get(&Compartment::Core).is_some_and(|doc| !doc.is_empty());
            if !begun {
                return Err(Code::NotBegunThen.into());
            }
            let row = ChildRow { begun: row.begun, ..app.project(&then)?.0 };
            let mut view = app.child_view(&mut then, &row);
            view.line.age = crate::show::age(&row, day);
            view.as_of = Some(day.to_string());
            Ok(view)
        })
    }

    fn child_view(&self, opened: &mut Record, row: &ChildRow) -> ChildView {
        let fields = self.fields_of(opened, &[Compartment::Core, Compartment::Protection]);
        let disputes = fields.values().filter(|held| matches!(held, HeldView::Disputed { .. })).count();
        let mut remarks = self.remarks_in(opened);
        remarks.retain(|remark| !self.is_restricted(&remark.path));
        ChildView {
            line: self.line(opened.id, row),
            heads: opened.heads(),
            since: stored(row.begun, false),
            opened: self.life(opened, Compartment::Core).opened().map(|day| day.to_string()),
            as_of: None,
            others: !self.is_own(opened),
            speaks: self.speaks(opened),
            removed: self.removed(opened),
            facts: self.facts(opened),
            timeline: self.timeline(opened),
            consents: self.consents(opened),
            thumbnail: None,
            photo: if self.adds_photos() { self.photo_answer(opened).code() } else { "never" }.to_owned(),
            may_be_same: 0,
            disputes: u32::try_from(disputes).unwrap_or(u32::MAX),
            waiting: self.waiting(opened),
            remarks: self.remark_views(remarks),
            computed: self.computed(opened),
            fields,
        }
    }

    /// Answered fields of these compartments.
    pub(crate) fn fields_of(
        &self,
        record: &mut Record,
        compartments: &[Compartment],
    ) -> BTreeMap<String, HeldView> {
        let mut fields = BTreeMap::new();
        for path in record.paths() {
            if !self.schema.compartment(&path).is_some_and(|compartment| compartments.contains(&compartment))
            {
                continue;
            }
            let held = record.held(&self.schema, &path);
            if let Some(view) = self.held_view(record, &path, held) {
                fields.insert(path.to_string(), view);
            }
        }
        fields
    }

    /// An answer behind the lock.
    pub(crate) fn is_restricted(&self, path: &str) -> bool {
        self.schema.field_of(path).is_some_and(|field| field.compartment() == Compartment::Restricted)
    }

    fn held_view(&self, record: &Record, path: &Path, held: Held<Scalar>) -> Option<HeldView> {
        match held {
            Held::Blank => None,
            Held::Settled(said) => Some(HeldView::Settled {
                value: self.json_of(path, &said.value),
                text: self.print_of(record, path, &said.value),
                said: self.said_view(&said),
            }),
            Held::Disputed { shown, all } => Some(HeldView::Disputed {
                shown: self.json_of(path, &shown.value),
                text: self.print_of(record, path, &shown.value),
                values: all.iter().map(|said| self.voice(record, path, said)).collect(),
            }),
        }
    }

    fn voice(&self, record: &Record, path: &Path, said: &Said<Scalar>) -> VoiceView {
        VoiceView {
            value: self.json_of(path, &said.value),
            text: self.print_of(record, path, &said.value),
            said: self.said_view(said),
        }
    }

    pub(crate) fn said_view(&self, said: &Said<Scalar>) -> SaidView {
        let (by, device) = self.name_of(said.by, said.on);
        SaidView { change: said.change.to_hex(), by, device, at: moment(said.at) }
    }

    pub(crate) fn removed(&self, record: &Record) -> Vec<String> {
        let gone =
            |path: &Path| record.folded(&self.schema, path).shown().is_some_and(|value| !value.is_null());
        record
            .paths()
            .iter()
            .filter(|path| path.list().is_some() && path.field() == "removed" && gone(path))
            .filter_map(|path| path.as_str().strip_suffix("/removed").map(str::to_owned))
            .collect()
    }

    fn speaks(&self, record: &Record) -> Option<String> {
        let languages = self.languages_of(record);
        let field = self.schema.field("languages/language")?;
        let words = languages.iter().map(|code| self.schema.code_label(self.text.language(), field, code));
        let words: Vec<String> = words.collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    /// Key facts in a fixed order; only what was answered.
    fn facts(&self, record: &Record) -> Vec<FactView> {
        let mut facts = Vec::new();
        let births: Vec<String> = self.birth_lines(record);
        if !births.is_empty() {
            let label = self.text.say("fact-birth", &serde_json::json!({ "count": births.len() }));
            facts.push(FactView { label, lines: births });
        }
        if let Some(born) = self.youngest(record) {
            let age = tern_record::age::AgeRange::on(self.ports.today(), &born).youngest;
            let label = self.text.word("fact-protected-as");
            facts.push(FactView {
                label,
                lines: vec![self.text.say("fact-age", &serde_json::json!({ "years": age }))],
            });
        }
        facts.extend(self.came_with(record));
        for key in ["where_from", "birth_place", "birth_country", "arrived_on"] {
            if let (Some(value), Ok(path)) = (record.shown(&self.schema, key), Path::new(key)) {
                facts.push(FactView { label: self.label_of(&path), lines: vec![self.print(&path, &value)] });
            }
        }
        facts.extend(self.last_with_family(record));
        if let Some(speaks) = self.speaks(record) {
            facts.push(FactView { label: self.text.word("fact-speaks"), lines: vec![speaks] });
        }
        facts.extend(self.papers(record));
        if let (Some(worker), Ok(path)) =
            (record.shown(&self.schema, "case.worker"), Path::new("case.worker"))
        {
            facts.push(FactView {
                label: self.text.word("fact-worker"),
                lines: vec![self.print(&path, &worker)],
            });
        }
        facts
    }

    /// Who came with the child, as said. It stands inside the record alone (PROTECTION 1.12).
    fn came_with(&self, record: &Record) -> Option<FactView> {
        let rows = record.rows(&self.schema, "companions");
        let mut lines: Vec<String> = rows
            .iter()
            .map(|(row, fields)| {
                let claim = self.row_words("companions", row, fields, "claim");
                let who = self.row_words("companions", row, fields, "description");
                [claim, who].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
            })
            .filter(|line| !line.is_empty())
            .collect();
        let life = self.life(record, Compartment::Core);
        if lines.is_empty() && life.code("accompaniment") == Some("unaccompanied") {
            lines.push(self.text.word("fact-no-adult"));
        }
        if lines.is_empty() {
            let value = record.shown(&self.schema, "accompaniment")?;
            lines.push(self.print(&Path::new("accompaniment").ok()?, &value));
        }
        Some(FactView { label: self.text.word("fact-came-with"), lines })
    }

    fn last_with_family(&self, record: &Record) -> Option<FactView> {
        let part = |key: &str| {
            Some(self.print(&Path::new(key).ok()?, &record.shown(&self.schema, key)?))
                .filter(|text| !text.is_empty())
        };
        let parts: Vec<String> =
            [part("separation.place"), part("separation.on")].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| FactView {
            label: self.text.word("fact-last-with-family"),
            lines: vec![parts.join(", ")],
        })
    }

    /// Papers, with how each stands; a doubt about one is no key fact.
    fn papers(&self, record: &Record) -> Option<FactView> {
        let rows = record.rows(&self.schema, "identity_documents");
        let lines: Vec<String> = rows
            .iter()
            .map(|(row, fields)| {
                let kind = self.row_words("identity_documents", row, fields, "type");
                let doubted =
                    fields.get("status").and_then(Scalar::as_text) == Some("false_or_altered_suspected");
                let status = self.row_words("identity_documents", row, fields, "status");
                let status = if doubted { String::new() } else { status.to_lowercase() };
                [kind, status].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            })
            .filter(|line| !line.is_empty())
            .collect();
        (!lines.is_empty()).then(|| FactView { label: self.text.word("fact-papers"), lines })
    }

    fn birth_lines(&self, record: &Record) -> Vec<String> {
        let Ok(path) = Path::new("dob") else { return Vec::new() };
        let births = self.births(record);
        births
            .iter()
            .map(|born| self.print(&path, &Scalar::Bytes(tern_record::cbor::Canonical::to_bytes(born))))
            .filter(|line| !line.is_empty())
            .collect()
    }

    fn consents(&self, record: &Record) -> Vec<ConsentView> {
        let print = |entity: &str, field: &str, value: &Scalar| {
            Path::new(&format!("consents/{entity}/{field}"))
                .map_or(String::new(), |path| self.print(&path, value))
        };
        record
            .rows(&self.schema, "consents")
            .into_iter()
            .filter_map(|(entity, fields)| {
                let purpose = fields.get("purpose")?;
                let status = fields.get("status");
                let path = Path::new(&format!("consents/{entity}/status")).ok()?;
                let at = match record.folded(&self.schema, &path) {
                    Held::Settled(said) | Held::Disputed { shown: said, .. } => moment(said.at),
                    Held::Blank => return None,
                };
                let on = fields.get("given_on").map(|on| print(&entity, "given_on", on));
                Some(ConsentView {
                    on,
                    purpose: purpose.as_text()?.to_owned(),
                    purpose_text: print(&entity, "purpose", purpose),
                    status: status.and_then(Scalar::as_text).map(str::to_owned),
                    status_text: status.map_or_else(String::new, |status| print(&entity, "status", status)),
                    entity,
                    at,
                })
            })
            .collect()
    }

    /// A form as a screen draws it.
    pub fn form(&self, id: &str) -> Reply<FormView> {
        let form = self.schema.form(id).ok_or(Code::Internal("form"))?;
        Ok(self.form_view(form))
    }

    fn form_view(&self, form: &Form) -> FormView {
        FormView {
            id: form.id.clone(),
            version: form.version,
            pages: form.pages.iter().map(|group| self.group_view(group)).collect(),
            sections: form.sections.iter().map(|group| self.group_view(group)).collect(),
        }
    }

    fn group_view(&self, group: &Group) -> GroupView {
        let items = group.items.iter().filter_map(|item| match item {
            Item::Field(field) => (!field.off).then(|| ItemView::Field(self.field_view(field))),
            Item::List(list) => Some(ItemView::List {
                id: list.id.clone(),
                label: self.text.word(&list.label),
                add_label: self.text.word(&format!("{}.add", list.label)),
                of: list.of.clone(),
                fields: list
                    .fields
                    .iter()
                    .filter(|field| !field.off)
                    .map(|field| self.field_view(field))
                    .collect(),
            }),
        });
        GroupView { id: group.id.clone(), label: self.text.word(&group.label), items: items.collect() }
    }

    pub(crate) fn field_view(&self, field: &Field) -> FieldView {
        let language = self.text.language();
        let options = self.schema.options(field).into_iter().map(|(list, code)| OptionView {
            code: code.code.clone(),
            label: self
                .schema
                .texts()
                .find(language, &list.message(&code.code))
                .unwrap_or_else(|| code.label.clone()),
        });
        FieldView {
            id: field.id.clone(),
            kind: field.kind.id().to_owned(),
            label: self.text.word(&field.label),
            hint: field.hint.as_deref().map(|hint| self.text.word(hint)),
            lock: self.lock_of(field),
            fixed: self.is_fixed(field),
            tier: match field.tier {
                tern_record::Tier::T1 => 1,
                tern_record::Tier::T2 => 2,
                tern_record::Tier::T3 => 3,
                tern_record::Tier::T4 => 4,
            },
            needed: field.needed,
            options: options.collect(),
            missing_codes: !field.missing.is_empty(),
            to: field.to.as_ref().map(|to| match to {
                tern_form::Target::Row(list) => list.clone(),
                tern_form::Target::Record(kind) => format!("@{kind}"),
            }),
            future: field.future,
            append: field.rule == tern_record::MergeRule::Append,
            why: if field.tier >= tern_record::Tier::T3 { standards(&field.source) } else { Vec::new() },
            lines: field.lines,
            shown_when: self.conditions(field),
        }
    }

    fn conditions(&self, field: &Field) -> Vec<ConditionView> {
        let codes_of = |id: &str| {
            let key = field.list.as_ref().map_or_else(|| id.to_owned(), |list| format!("{list}/{id}"));
            let other = self.schema.field(&key);
            other.map_or_else(Vec::new, |other| {
                self.schema.options(other).into_iter().map(|(_, code)| code.code.clone()).collect()
            })
        };
        let parts =
            field.shown_when.as_ref().and_then(|condition: &Condition| condition.conjunction(&codes_of));
        parts.into_iter().flatten().map(|(field, codes)| ConditionView { field, codes }).collect()
    }

    /// Countries to choose from, by name.
    pub fn countries(&self) -> Vec<OptionView> {
        let lists = ["country_practice", "country"].iter().filter_map(|id| self.schema.codelist(id));
        lists
            .flat_map(|list| list.codes.iter())
            .map(|code| OptionView { code: code.code.clone(), label: code.label.clone() })
            .collect()
    }

    /// A record's number, for messages.
    pub fn short_id(&self, id: &str) -> Reply<String> {
        Ok(short::short_text(self.resolve(id)?.as_bytes()))
    }

    /// JSON of one value, for the command line.
    pub fn value_json(&self, path: &Path, value: &Scalar) -> Value {
        self.json_of(path, value)
    }
}

/// The last millisecond of a day, where the clock stands.
fn end_of(day: jiff::civil::Date, offset_min: i16) -> i64 {
    const DAY_MS: i64 = 86_400_000;
    const MINUTE_MS: i64 = 60_000;
    (tern_record::fuzzy::to_days(day) + 1) * DAY_MS - i64::from(offset_min) * MINUTE_MS - 1
}

/// The standards and rules in a source, without the places of our own papers.
fn standards(source: &str) -> Vec<String> {
    const OURS: [&str; 4] = ["PROTECTION", "ARCHITECTURE", "UX", "tracing only"];
    let own = |part: &str| {
        let mut letters = part.chars();
        let place = letters.next().is_some_and(|c| c.is_ascii_uppercase())
            && letters.next().is_some_and(|c| c.is_ascii_digit() || c == '.');
        place || OURS.iter().any(|ours| part.starts_with(ours))
    };
    source
        .split([';', ','])
        .map(str::trim)
        .filter(|part| part.len() > 2 && part.chars().any(char::is_uppercase) && !own(part))
        .map(str::to_owned)
        .collect()
}
