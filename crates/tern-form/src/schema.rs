//! Everything that `schema/` says, loaded and checked once.

use std::collections::BTreeMap;
use std::path::Path as FilePath;
use std::sync::Arc;

use tern_record::held::MergeRule;
use tern_record::{Compartment, Path};

use crate::field::{Field, Form, List};
use crate::kind::Kind;
use crate::list::{Code, CodeList, MISSING};
use crate::source::Files;
use crate::text::Texts;

mod load;

/// A file of the schema that makes no sense: which, where in it, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("schema/{file}: {place}: {why}")]
pub struct SchemaError {
    /// Path below `schema/`.
    pub file: String,
    /// The field, list or message.
    pub place: String,
    /// What is wrong with it.
    pub why: String,
}

impl SchemaError {
    pub(crate) fn at(file: &str, place: &str, why: impl Into<String>) -> Self {
        Self { file: file.to_owned(), place: place.to_owned(), why: why.into() }
    }
}

/// Forms, code lists and texts. Cheap to share, never changes.
pub struct Schema {
    forms: BTreeMap<String, Form>,
    fields: BTreeMap<String, Arc<Field>>,
    /// The same of rows, by list and field: paths are looked up in it on every save, many times.
    rows: BTreeMap<String, BTreeMap<String, Arc<Field>>>,
    lists: BTreeMap<String, Arc<List>>,
    codelists: BTreeMap<String, CodeList>,
    texts: Texts,
}

impl Schema {
    /// The schema built into the program.
    ///
    /// # Errors
    /// When a built-in file makes no sense; the tests of this crate keep that from happening.
    pub fn embedded() -> Result<Self, SchemaError> {
        load::schema(&Files::embedded())
    }

    /// A schema from a folder with `forms/`, `codelists/` and `locales/`.
    ///
    /// # Errors
    /// Names the file, the place in it and why.
    pub fn load(folder: &FilePath) -> Result<Self, SchemaError> {
        load::schema(&Files::read(folder)?)
    }

    /// A form in its newest version.
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.get(id)
    }

    /// All forms in their newest versions.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.forms.values()
    }

    /// A field by its form key: `field` or `list/field`.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.get(key).map(Arc::as_ref)
    }

    /// The field behind a path; of a set, behind the path of one member.
    pub fn field_at(&self, path: &Path) -> Option<&Field> {
        self.field_of(path.as_str())
    }

    /// The field behind the text of a path. Rows that have no id yet may be written `+1`, `+2` …
    pub fn field_of(&self, path: &str) -> Option<&Field> {
        let mut parts = path.split('/');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(field), None, None, None) => self.field(field),
            (Some(set), Some(_), Some("in"), None) => self.field(set).filter(|f| f.kind == Kind::Set),
            (Some(list), Some(_), Some(field), None) => self.rows.get(list)?.get(field).map(Arc::as_ref),
            _ => None,
        }
    }

    /// The kind of record that a field belongs to: `child`, `facility` …
    pub fn record_of(&self, field: &Field) -> &str {
        self.forms.get(&field.form).map_or("child", |form| &form.record)
    }

    /// Every field of every kind of record by its form key, the built-in `removed` of each list included.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.fields.iter().map(|(key, field)| (key.as_str(), field.as_ref()))
    }

    /// A list of rows.
    pub fn list(&self, id: &str) -> Option<&List> {
        self.lists.get(id).map(Arc::as_ref)
    }

    /// A code list.
    pub fn codelist(&self, id: &str) -> Option<&CodeList> {
        self.codelists.get(id)
    }

    /// Every code list, by its id.
    pub fn codelists(&self) -> impl Iterator<Item = &CodeList> {
        self.codelists.values()
    }

    /// The document that a path belongs to; `None` when no form knows it.
    pub fn compartment(&self, path: &Path) -> Option<Compartment> {
        self.field_at(path).map(Field::compartment)
    }

    /// How different answers at a path stand beside each other. Fields that no form knows keep every answer.
    pub fn rule(&self, path: &Path) -> &MergeRule {
        self.field_at(path).map_or(&MergeRule::Both, |field| &field.rule)
    }

    /// The codes that a field offers, those of joined lists included, with their list.
    pub fn options(&self, field: &Field) -> Vec<(&CodeList, &Code)> {
        let offered = |code: &Code| field.only.is_empty() || field.only.contains(&code.code);
        self.joined(field).filter(|(_, code)| offered(code)).collect()
    }

    /// Every code that a field takes, ways of not answering last, each as it is kept.
    pub fn codes_taken(&self, field: &Field) -> Vec<String> {
        let mut codes: Vec<String> =
            self.options(field).into_iter().map(|(_, code)| code.code.clone()).collect();
        for missing in field.missing.iter().filter_map(|code| self.missing(field, code)) {
            if !codes.contains(&missing) {
                codes.push(missing);
            }
        }
        codes
    }

    fn joined(&self, field: &Field) -> impl Iterator<Item = (&CodeList, &Code)> {
        let main = field.codes.as_deref().and_then(|id| self.codelist(id));
        let also = main.into_iter().flat_map(|list| &list.also).filter_map(|id| self.codelist(id));
        main.into_iter().chain(also).flat_map(|list| list.codes.iter().map(move |code| (list, code)))
    }

    /// A code as it is kept: one of the field's list, or a way of not answering that the field allows.
    pub(crate) fn code(&self, field: &Field, code: &str) -> Option<String> {
        let own = |code: &str| self.joined(field).any(|(_, c)| c.code == code);
        if own(code) {
            return Some(code.to_owned());
        }
        self.missing(field, code)
    }

    /// A way of not answering as it is kept, when the field allows it.
    pub(crate) fn missing(&self, field: &Field, code: &str) -> Option<String> {
        if !field.missing.iter().any(|m| m == code) {
            return None;
        }
        let list = field.codes.as_deref().and_then(|id| self.codelist(id));
        let kept = list.and_then(|list| list.missing_as.get(code));
        Some(kept.map_or(code, String::as_str).to_owned())
    }

    /// When a field is shown, as "all of these fields hold one of these codes". Empty: always.
    pub fn shown_when(&self, field: &Field) -> Vec<(String, Vec<String>)> {
        let codes_of = |id: &str| {
            let key = field.list.as_ref().map_or_else(|| id.to_owned(), |list| format!("{list}/{id}"));
            let Some(other) = self.field(&key) else { return Vec::new() };
            let yes_or_no = ["true", "false"].into_iter().filter(|_| other.kind == Kind::Bool3);
            let codes = self.joined(other).map(|(_, code)| code.code.clone());
            codes.chain(yes_or_no.map(str::to_owned)).chain(other.missing.iter().cloned()).collect()
        };
        field.shown_when.as_ref().and_then(|c| c.conjunction(&codes_of)).unwrap_or_default()
    }

    /// Words of a code of a field.
    pub fn code_label(&self, lang: &str, field: &Field, code: &str) -> String {
        let found = self.joined(field).find(|(_, c)| c.code == code);
        match found {
            Some((list, found)) => self.texts.find(lang, &list.message(code)).unwrap_or(found.label.clone()),
            None if MISSING.contains(&code) => self.label(lang, &format!("code-missing_value-{code}")),
            None => code.to_owned(),
        }
    }

    /// Words of a message without arguments: of a field, list, page, section or code.
    ///
    /// A language that lacks it falls back to English; a field that no language names yet is called by its id.
    pub fn label(&self, lang: &str, id: &str) -> String {
        self.text(lang, id, &[])
    }

    /// Words of a message. Numbers among the arguments are passed as numbers.
    pub fn text(&self, lang: &str, id: &str, args: &[(&str, &str)]) -> String {
        self.texts.text(lang, id, args)
    }

    /// The texts of all languages.
    pub fn texts(&self) -> &Texts {
        &self.texts
    }
}
