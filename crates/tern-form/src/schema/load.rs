//! Reads the files of a schema and refuses what makes no sense, saying where and why.

use std::collections::BTreeMap;
use std::sync::Arc;

use tern_record::Tier;
use tern_record::held::MergeRule;
use tern_record::path::is_name;

use crate::field::{Field, Form, Group, Item, List, Search, Target};
use crate::kind::Kind;
use crate::list::{Code, CodeList, MISSING};
use crate::parse::{self, RawCodeList, RawField, RawForm, RawGroup, RawItem, RawList};
use crate::schema::{Schema, SchemaError};
use crate::source::Files;
use crate::text::Texts;

pub(super) fn schema(files: &Files) -> Result<Schema, SchemaError> {
    let codelists = codelists(files)?;
    let raw = newest_forms(files)?;
    let mut defined = Defined { codelists: &codelists, fields: BTreeMap::new(), lists: BTreeMap::new() };
    for (file, form) in &raw {
        defined.take(file, form)?;
    }
    defined.check_targets(&raw)?;
    let mut forms = BTreeMap::new();
    for (file, form) in &raw {
        forms.insert(form.form.clone(), defined.form(file, form)?);
    }
    let (fields, lists) = (defined.fields, defined.lists);
    let mut rows: BTreeMap<String, BTreeMap<String, Arc<Field>>> = BTreeMap::new();
    for field in fields.values() {
        if let Some(list) = &field.list {
            rows.entry(list.clone()).or_default().insert(field.id.clone(), Arc::clone(field));
        }
    }
    Ok(Schema { forms, fields, rows, lists, codelists, texts: Texts::parse(files)? })
}

fn json<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, SchemaError> {
    serde_json::from_str(text).map_err(|error| SchemaError::at(file, "file", error.to_string()))
}

fn codelists(files: &Files) -> Result<BTreeMap<String, CodeList>, SchemaError> {
    let mut all = BTreeMap::new();
    for (file, text) in files.below("codelists/", ".json") {
        let raw: RawCodeList = json(file, text)?;
        if file != format!("codelists/{}.json", raw.list) {
            return Err(SchemaError::at(file, &raw.list, "the file has another name than the list"));
        }
        let mut seen = std::collections::BTreeSet::new();
        for code in &raw.codes {
            let fits =
                code.code.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
            if !fits || code.code.is_empty() || !seen.insert(&code.code) {
                return Err(SchemaError::at(file, &code.code, "not a code, or there twice"));
            }
            if code.label.trim().is_empty() {
                return Err(SchemaError::at(file, &code.code, "has no English label"));
            }
        }
        let codes = raw.codes.iter().map(|c| Code {
            code: c.code.clone(),
            label: c.label.clone(),
            extra: c.extra.clone(),
        });
        let list = CodeList {
            id: raw.list.clone(),
            source: raw.source,
            codes: codes.collect(),
            also: raw.also,
            missing_as: raw.missing_as,
        };
        all.insert(raw.list, list);
    }
    for list in all.values() {
        if let Some(other) = list.also.iter().find(|id| !all.contains_key(*id)) {
            let file = format!("codelists/{}.json", list.id);
            return Err(SchemaError::at(&file, "also", format!("there is no list {other}")));
        }
    }
    Ok(all)
}

/// The newest version of every form. Files are called `<form>.v<version>.json`.
fn newest_forms(files: &Files) -> Result<Vec<(String, RawForm)>, SchemaError> {
    let mut newest: BTreeMap<String, (String, RawForm)> = BTreeMap::new();
    for (file, text) in files.below("forms/", ".json") {
        let raw: RawForm = json(file, text)?;
        if file != format!("forms/{}.v{}.json", raw.form, raw.version) {
            return Err(SchemaError::at(file, &raw.form, "the file is not called <form>.v<version>.json"));
        }
        if newest.get(&raw.form).is_none_or(|(_, known)| known.version < raw.version) {
            newest.insert(raw.form.clone(), (file.to_owned(), raw));
        }
    }
    Ok(newest.into_values().collect())
}

/// What forms define, gathered before anything may name it.
struct Defined<'a> {
    codelists: &'a BTreeMap<String, CodeList>,
    fields: BTreeMap<String, Arc<Field>>,
    lists: BTreeMap<String, Arc<List>>,
}

impl Defined<'_> {
    fn take(&mut self, file: &str, form: &RawForm) -> Result<(), SchemaError> {
        if !is_name(&form.record) {
            return Err(SchemaError::at(file, "record", "not the name of a kind of record"));
        }
        for item in form.sections.iter().flat_map(|section| &section.items) {
            match item {
                RawItem::Named(_) => {}
                RawItem::Field(raw) => self.take_field(file, form, None, raw).map(drop)?,
                RawItem::List(raw) => self.take_list(file, form, raw)?,
            }
        }
        Ok(())
    }

    /// References and sub-lists point to lists and kinds of records that there are.
    fn check_targets(&self, forms: &[(String, RawForm)]) -> Result<(), SchemaError> {
        for field in self.fields.values() {
            let there = match &field.to {
                None => true,
                Some(Target::Row(list)) => self.lists.contains_key(list),
                Some(Target::Record(kind)) => forms.iter().any(|(_, form)| form.record == *kind),
            };
            if !there {
                return Err(SchemaError::at(&field.form, &field.key(), "points to nothing that there is"));
            }
        }
        Ok(())
    }

    fn take_list(&mut self, file: &str, form: &RawForm, raw: &RawList) -> Result<(), SchemaError> {
        let wrong = |why: &str| Err(SchemaError::at(file, &raw.list, why));
        if !is_name(&raw.list) || self.lists.contains_key(&raw.list) || self.fields.contains_key(&raw.list) {
            return wrong("not a list id, or there twice");
        }
        if raw.fields.is_empty() {
            return wrong("a list without fields");
        }
        let mut fields = Vec::new();
        for field in &raw.fields {
            fields.push(self.take_field(file, form, Some(&raw.list), field)?);
        }
        if raw.bare.as_ref().is_some_and(|bare| !fields.iter().any(|f| f.id == *bare)) {
            return wrong("the bare field is not in the list");
        }
        for field in &fields {
            let reads = field.shown_when.iter().flat_map(|c| c.fields());
            for other in reads {
                if !fields.iter().any(|f| f.id == other) {
                    return Err(SchemaError::at(file, &field.key(), format!("no field {other} in its row")));
                }
            }
        }
        let removed = removed_field(&form.form, &raw.list, &fields);
        self.fields.insert(removed.key(), Arc::new(removed));
        if let Some(of) = &raw.of {
            let of = of_field(&form.form, &raw.list, of, &fields);
            self.fields.insert(of.key(), Arc::new(of));
        }
        let label = format!("list-{}-{}", form.form, raw.list);
        let list = List { id: raw.list.clone(), label, fields, bare: raw.bare.clone(), of: raw.of.clone() };
        self.lists.insert(raw.list.clone(), Arc::new(list));
        Ok(())
    }

    fn take_field(
        &mut self,
        file: &str,
        form: &RawForm,
        list: Option<&str>,
        raw: &RawField,
    ) -> Result<Arc<Field>, SchemaError> {
        let field = Arc::new(self.field(file, form, list, raw)?);
        let key = field.key();
        let twice = self.fields.contains_key(&key) || list.is_none() && self.lists.contains_key(&key);
        if twice {
            return Err(SchemaError::at(file, &key, "there twice"));
        }
        self.fields.insert(key, Arc::clone(&field));
        Ok(field)
    }

    fn field(
        &self,
        file: &str,
        form: &RawForm,
        list: Option<&str>,
        raw: &RawField,
    ) -> Result<Field, SchemaError> {
        let wrong = |why: String| SchemaError::at(file, &raw.id, why);
        if !is_name(&raw.id) || matches!(raw.id.as_str(), "in" | "removed" | "of") {
            return Err(wrong("not a field id".into()));
        }
        let kind = Kind::from_id(&raw.kind).ok_or_else(|| wrong(format!("there is no kind {}", raw.kind)))?;
        if kind == Kind::Set && list.is_some() {
            return Err(wrong("a set cannot stand in a row".into()));
        }
        let tier = parse::tier(&raw.tier).ok_or_else(|| wrong("a tier is T1, T2, T3 or T4".into()))?;
        if tier == Tier::T1 && kind.is_free_text() {
            return Err(wrong("no free text in T1 (rule D-13)".into()));
        }
        let rule = match (kind, raw.rule.as_str()) {
            (Kind::Set, "both" | "set") => MergeRule::Set,
            _ => parse::rule(&raw.rule, raw.order.clone())
                .ok_or_else(|| wrong(format!("there is no rule {}, or its order is amiss", raw.rule)))?,
        };
        self.check_codes(kind, raw).map_err(wrong)?;
        let search = match raw.search.as_str() {
            "" | "none" => Search::None,
            "name" if kind == Kind::Name => Search::Name,
            "text" => Search::Text,
            _ => return Err(wrong("search is none, text, or name for names".into())),
        };
        let name = list.map_or_else(|| raw.id.clone(), |list| format!("{list}-{}", raw.id)).replace('.', "_");
        let key = list.map_or_else(|| raw.id.clone(), |list| format!("{list}/{}", raw.id));
        Ok(Field {
            id: raw.id.clone(),
            list: list.map(str::to_owned),
            form: form.form.clone(),
            kind,
            tier,
            rule,
            codes: raw.codes.clone(),
            to: target(kind, raw).map_err(wrong)?,
            only: raw.only.clone(),
            missing: missing(kind, raw),
            search,
            needed: form.needed.iter().flatten().any(|needed| *needed == key),
            off: raw.off,
            usual: usual(kind, raw).map_err(wrong)?,
            lines: raw.lines.unwrap_or(1),
            future: raw.future,
            label: format!("field-{}-{name}", form.form),
            hint: raw.hint.then(|| format!("hint-{}-{name}", form.form)),
            shown_when: raw.shown_when.clone().map(Into::into),
            source: raw.source.clone(),
        })
    }

    fn check_codes(&self, kind: Kind, raw: &RawField) -> Result<(), String> {
        let known = |id: &String| self.codelists.get(id);
        let Some(id) = &raw.codes else {
            return if kind.has_codes() { Err("needs a list of codes".into()) } else { Ok(()) };
        };
        if !kind.has_codes() {
            return Err("this kind has no codes".into());
        }
        let list = known(id).ok_or_else(|| format!("there is no list {id}"))?;
        let ordered = if kind == Kind::Bool3 { &[][..] } else { &raw.order[..] };
        let named = raw.only.iter().chain(ordered);
        match named.into_iter().find(|c| list.find(c).is_none() && !MISSING.contains(&c.as_str())) {
            Some(code) => Err(format!("list {id} has no code {code}")),
            None => Ok(()),
        }
    }

    fn form(&self, file: &str, raw: &RawForm) -> Result<Form, SchemaError> {
        let needed = raw.needed.iter().flatten().map(|key| ("needed", key));
        for (place, key) in needed.chain(raw.title.iter().map(|key| ("title", key))) {
            let Some(field) = self.fields.get(key) else {
                return Err(SchemaError::at(file, place, format!("there is no field {key}")));
            };
            if place == "title" && field.compartment() != tern_record::Compartment::Core {
                return Err(SchemaError::at(file, key, "a title is seen in every list: T1 or T2"));
            }
        }
        Ok(Form {
            id: raw.form.clone(),
            version: raw.version,
            record: raw.record.clone(),
            pages: self.groups(file, raw, "page", &raw.pages)?,
            sections: self.groups(file, raw, "section", &raw.sections)?,
            needed: raw.needed.clone(),
            title: raw.title.clone(),
        })
    }

    fn groups(
        &self,
        file: &str,
        form: &RawForm,
        what: &str,
        raw: &[RawGroup],
    ) -> Result<Vec<Group>, SchemaError> {
        raw.iter()
            .map(|group| {
                let items: Result<_, _> = group.items.iter().map(|item| self.item(file, item)).collect();
                let label = format!("{what}-{}-{}", form.form, group.id);
                Ok(Group { id: group.id.clone(), label, items: items? })
            })
            .collect()
    }

    fn item(&self, file: &str, item: &RawItem) -> Result<Item, SchemaError> {
        let id = match item {
            RawItem::Named(id) => id,
            RawItem::List(list) => &list.list,
            RawItem::Field(field) => &field.id,
        };
        match (self.lists.get(id), self.fields.get(id)) {
            (Some(list), _) => Ok(Item::List(Arc::clone(list))),
            (None, Some(field)) => {
                let reads = field.shown_when.iter().flat_map(|c| c.fields());
                for other in reads {
                    if !self.fields.contains_key(other) {
                        return Err(SchemaError::at(file, id, format!("there is no field {other}")));
                    }
                }
                Ok(Item::Field(Arc::clone(field)))
            }
            (None, None) => Err(SchemaError::at(file, id, "there is no such field or list")),
        }
    }
}

/// The built-in end of a row: a reason.
fn removed_field(form: &str, list: &str, fields: &[Arc<Field>]) -> Field {
    Field {
        codes: Some("removed_reason".into()),
        label: "field-removed".into(),
        ..built_in("removed", Kind::Code, form, list, fields)
    }
}

/// The built-in field that says to which row of another list a row belongs.
fn of_field(form: &str, list: &str, of: &str, fields: &[Arc<Field>]) -> Field {
    Field {
        to: Some(Target::Row(of.to_owned())),
        label: "field-of".into(),
        ..built_in("of", Kind::Ref, form, list, fields)
    }
}

/// A field that every row has, in the least sensitive document that the row is in.
fn built_in(id: &str, kind: Kind, form: &str, list: &str, fields: &[Arc<Field>]) -> Field {
    Field {
        id: id.to_owned(),
        list: Some(list.to_owned()),
        form: form.to_owned(),
        kind,
        tier: fields.iter().map(|f| f.tier).min().unwrap_or(Tier::T2),
        rule: MergeRule::Both,
        codes: None,
        to: None,
        only: Vec::new(),
        missing: Vec::new(),
        search: Search::None,
        needed: false,
        off: false,
        usual: None,
        lines: 1,
        future: false,
        label: String::new(),
        hint: None,
        shown_when: None,
        source: "ARCHITECTURE 2.4".into(),
    }
}

/// What a reference points to: a list, or `@kind` for a record.
fn target(kind: Kind, raw: &RawField) -> Result<Option<Target>, String> {
    match (&raw.to, kind) {
        (Some(to), Kind::Ref) => Ok(Some(match to.strip_prefix('@') {
            Some(record) => Target::Record(record.to_owned()),
            None => Target::Row(to.clone()),
        })),
        (None, Kind::Ref) => Err("a reference says what it points to".into()),
        (Some(_), _) => Err("only a reference points to something".into()),
        (None, _) => Ok(None),
    }
}

fn missing(kind: Kind, raw: &RawField) -> Vec<String> {
    if !kind.has_missing() {
        return Vec::new();
    }
    raw.missing.clone().unwrap_or_else(|| MISSING.map(str::to_owned).to_vec())
}

/// Numbers that are usual, the smaller one first.
fn usual(kind: Kind, raw: &RawField) -> Result<Option<(i64, i64)>, String> {
    match raw.usual {
        Some((low, high)) if kind != Kind::Int || low > high => {
            Err("usual is for numbers, the smaller one first".into())
        }
        usual => Ok(usual),
    }
}
