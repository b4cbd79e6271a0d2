//! The profile of a child, and forms as screens draw them.

use std::collections::BTreeMap;

use serde_json::Value;
use tern_doc::Document;
use tern_form::{Condition, Field, Form, Group, Item};
use tern_record::{Cause, Compartment, Held, Path, Said, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::failure::Code;
use crate::history::cause_code;
use crate::record::Record;
use crate::show::{moment, stored};
use crate::view::{
    ChildView, ConditionView, ConsentView, FactView, FieldView, FormView, GroupView, HeldView, ItemView,
    OptionView, SaidView, TimelineView, VoiceView,
};

impl App {
    /// Everything that this seat may see of a child.
    pub fn child(&mut self, id: &str) -> Reply<ChildView> {
        let record = self.resolve(id)?;
        let row = self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let may_be_same = u32::try_from(self.may_be_same(record)?.len()).unwrap_or(0);
        let mut remarks = self.remarks_of(record)?;
        remarks.retain(|remark| !self.is_restricted(&remark.path));
        let thumbnail = self.thumbnail(record)?;
        self.with_record(record, |app, opened| {
            let fields = app.fields_of(opened, &[Compartment::Core, Compartment::Protection]);
            let disputes = fields.values().filter(|held| matches!(held, HeldView::Disputed { .. })).count();
            Ok(ChildView {
                line: app.line(record, &row),
                heads: opened.heads(),
                since: stored(row.begun, false),
                speaks: app.speaks(opened),
                removed: app.removed(opened),
                facts: app.facts(opened),
                timeline: app.timeline(opened),
                consents: app.consents(opened),
                thumbnail,
                photo: app.photo_answer(opened).code().to_owned(),
                may_be_same,
                disputes: u32::try_from(disputes).unwrap_or(u32::MAX),
                remarks: app.remark_views(remarks),
                fields,
            })
        })
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

    fn said_view(&self, said: &Said<Scalar>) -> SaidView {
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
        for key in ["where_from", "birth_place", "birth_country", "arrived_on", "safe_place_tonight"] {
            if let (Some(value), Ok(path)) = (record.shown(&self.schema, key), Path::new(key)) {
                facts.push(FactView { label: self.label_of(&path), lines: vec![self.print(&path, &value)] });
            }
        }
        if let Some(speaks) = self.speaks(record) {
            facts.push(FactView { label: self.text.word("fact-speaks"), lines: vec![speaks] });
        }
        facts
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

    /// What happened, newest first: the record's beginning, consents, photos and later changes.
    fn timeline(&self, record: &Record) -> Vec<TimelineView> {
        // Concerns, disclosures and suggestions are on no timeline: a child can look at the screen.
        let protection = record.docs.get(&Compartment::Protection).into_iter().flat_map(Document::history);
        let photos = protection.filter(|change| change.cause == Cause::Attached);
        let core = record.docs.get(&Compartment::Core).into_iter().flat_map(Document::history);
        let mut changes: Vec<tern_doc::Change> = core.chain(photos).collect();
        changes.sort_by_key(|change| std::cmp::Reverse(change.stamp.at_ms));
        let mut lines: Vec<TimelineView> = Vec::new();
        for change in changes {
            let has = |list: &str| change.puts.iter().any(|put| put.path.list() == Some(list));
            let kind = match cause_code(change.cause) {
                "registered" => "begun",
                "attached" => "photo",
                _ if has("consents") => "consent",
                _ => "changed",
            };
            let by = self.name_of(change.by, change.on).0;
            let again =
                lines.last().is_some_and(|last| last.kind == kind && last.by == by && kind == "begun");
            if !again {
                let mut fields: Vec<String> =
                    change.puts.iter().map(|put| self.label_of(&put.path)).collect();
                fields.dedup();
                let text = self
                    .text
                    .say(&format!("timeline-{kind}"), &serde_json::json!({ "fields": fields.join(", ") }));
                lines.push(TimelineView { kind: kind.to_owned(), text, by, at: moment(change.stamp) });
            }
        }
        lines
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
                Some(ConsentView {
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

    fn field_view(&self, field: &Field) -> FieldView {
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
            source: field.source.clone(),
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
