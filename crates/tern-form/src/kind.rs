//! What a field can hold. One file per kind: from JSON, to JSON, to words.

pub mod blob;
pub mod bool3;
pub mod code;
pub mod date;
pub mod fuzzy_date;
pub mod instant;
pub mod int;
pub mod language;
pub mod name;
pub mod note;
pub mod place;
pub mod reference;
pub mod set;
pub mod text;

use jiff::civil::Date;
use serde_json::{Value, json};
use tern_record::{Path, Scalar};

use crate::field::Field;
use crate::list::MISSING;
use crate::refusal::{Refusal, RefusalCode};
use crate::schema::Schema;

/// The kinds of fields. The interface has one folder for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One line, as typed.
    Text,
    /// Several lines; in T3 and T4 sealed as a blob.
    Note,
    /// One code of a list.
    Code,
    /// Any codes of a list; each member is a path of its own.
    Set,
    /// Yes, no, or a way of not answering.
    Bool3,
    /// A whole number.
    Int,
    /// A day that is known exactly.
    Date,
    /// A date as people know it.
    FuzzyDate,
    /// A name in any script.
    Name,
    /// A place in the words it was said in.
    Place,
    /// A language and how well.
    Language,
    /// A photo, scan or recording; attached, never typed.
    Blob,
    /// A moment with its offset from UTC.
    Instant,
    /// Another row of the record, or another record.
    Ref,
}

/// What a kind needs to know to read an answer.
pub(crate) struct Asked<'a> {
    pub schema: &'a Schema,
    pub field: &'a Field,
    pub today: Date,
}

/// Who reads, and in which language.
pub(crate) struct Reader<'a> {
    pub schema: &'a Schema,
    pub field: &'a Field,
    pub lang: &'a str,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Text,
        Self::Note,
        Self::Code,
        Self::Set,
        Self::Bool3,
        Self::Int,
        Self::Date,
        Self::FuzzyDate,
        Self::Name,
        Self::Place,
        Self::Language,
        Self::Blob,
        Self::Instant,
        Self::Ref,
    ];

    /// What forms and the interface call it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Note => "note",
            Self::Code => "code",
            Self::Set => "set",
            Self::Bool3 => "bool3",
            Self::Int => "int",
            Self::Date => "date",
            Self::FuzzyDate => "fuzzy_date",
            Self::Name => "name",
            Self::Place => "place",
            Self::Language => "language",
            Self::Blob => "blob",
            Self::Instant => "instant",
            Self::Ref => "ref",
        }
    }

    /// Reads what a form calls it.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// True for kinds that anything can be typed into.
    pub const fn is_free_text(self) -> bool {
        matches!(self, Self::Text | Self::Note | Self::Name | Self::Place)
    }

    /// True for kinds whose answers are codes of a list.
    pub const fn has_codes(self) -> bool {
        matches!(self, Self::Code | Self::Set | Self::Language)
    }

    /// True for kinds that take unknown, not_asked and refused. In free text these would be words.
    pub const fn has_missing(self) -> bool {
        !matches!(
            self,
            Self::Text | Self::Note | Self::Name | Self::Place | Self::Blob | Self::Language | Self::Ref
        )
    }
}

impl Schema {
    /// Reads JSON into what the field at `path` holds. `null`, and text of spaces only, clear it.
    ///
    /// # Errors
    /// Only the impossible: see [`RefusalCode`].
    pub fn value_from_json(&self, path: &Path, json: &Value, today: Date) -> Result<Scalar, Refusal> {
        let Some(field) = self.field_at(path) else {
            return Err(Refusal::unknown(&path.form_key()));
        };
        let refused = |code| Refusal::at(path.as_str(), code);
        if field.off {
            return Err(refused(RefusalCode::FieldOff));
        }
        let asked = Asked { schema: self, field, today };
        match (field.kind, path.entity()) {
            (Kind::Set, Some(code)) => set::member_from_json(&asked, code, json),
            (Kind::Set, None) => Err(RefusalCode::WrongShape),
            _ => asked.read(json),
        }
        .map_err(refused)
    }

    /// The JSON of what the field at `path` holds. Never the key of a blob.
    pub fn value_to_json(&self, path: &Path, value: &Scalar) -> Value {
        match self.field_at(path) {
            Some(field) => field_to_json(field, value),
            None => raw_to_json(value),
        }
    }

    /// What the field at `path` holds, as people read it. Empty when it was cleared.
    pub fn print(&self, lang: &str, path: &Path, value: &Scalar) -> String {
        match self.field_at(path) {
            Some(field) => self.print_field(lang, field, path.entity(), value),
            None => raw_to_json(value).as_str().map_or_else(String::new, str::to_owned),
        }
    }

    /// What Find may look through for this answer; `None` when the field is not searched.
    pub fn search_text(&self, lang: &str, path: &Path, value: &Scalar) -> Option<String> {
        let field = self.field_at(path)?;
        if field.search == crate::field::Search::None || field.off {
            return None;
        }
        Some(self.print_field(lang, field, path.entity(), value)).filter(|text| !text.is_empty())
    }

    fn print_field(&self, lang: &str, field: &Field, entity: Option<&str>, value: &Scalar) -> String {
        let reader = Reader { schema: self, field, lang };
        match (value, field.kind, entity) {
            (Scalar::Null, _, _) => String::new(),
            (value, Kind::Set, Some(code)) => set::print_member(&reader, code, value),
            (value, _, _) => reader.print(value),
        }
    }
}

impl Asked<'_> {
    fn read(&self, json: &Value) -> Result<Scalar, RefusalCode> {
        if is_blank(json) {
            return Ok(Scalar::Null);
        }
        if let Some(missing) = json.as_str().and_then(|code| self.schema.missing(self.field, code)) {
            return Ok(Scalar::Text(missing));
        }
        match self.field.kind {
            Kind::Text | Kind::Place => text::from_json(json),
            Kind::Note => note::from_json(json),
            Kind::Code => code::from_json(self, json),
            Kind::Set => Err(RefusalCode::WrongShape),
            Kind::Bool3 => bool3::from_json(json),
            Kind::Int => int::from_json(json),
            Kind::Date => date::from_json(self, json),
            Kind::FuzzyDate => fuzzy_date::from_json(self, json),
            Kind::Name => name::from_json(self, json),
            Kind::Language => language::from_json(self, json),
            Kind::Blob => Err(RefusalCode::NotTyped),
            Kind::Instant => instant::from_json(json),
            Kind::Ref => reference::from_json(json),
        }
    }
}

impl Reader<'_> {
    fn print(&self, value: &Scalar) -> String {
        match value {
            Scalar::Text(code) if self.field.kind.has_missing() && MISSING.contains(&code.as_str()) => {
                self.schema.code_label(self.lang, self.field, code)
            }
            value => match self.field.kind {
                Kind::Code => code::print(self, value),
                Kind::Bool3 => bool3::print(self, value),
                Kind::Date => date::print(self, value),
                Kind::FuzzyDate => fuzzy_date::print(self, value),
                Kind::Name => name::print(value),
                Kind::Language => language::print(self, value),
                Kind::Blob => blob::print(self, value),
                Kind::Note => note::print(self, value),
                Kind::Int => int::print(value),
                Kind::Instant => instant::print(self, value),
                Kind::Ref => reference::print(value),
                Kind::Text | Kind::Place | Kind::Set => text::print(value),
            },
        }
    }

    /// Words of a message about values.
    pub(crate) fn words(&self, id: &str, args: &[(&str, &str)]) -> String {
        self.schema.text(self.lang, id, args)
    }
}

fn field_to_json(field: &Field, value: &Scalar) -> Value {
    let composite = match (field.kind, value) {
        (Kind::FuzzyDate, Scalar::Bytes(bytes)) => fuzzy_date::to_json(bytes),
        (Kind::Name, Scalar::Bytes(bytes)) => name::to_json(bytes),
        (Kind::Language, Scalar::Bytes(bytes)) => language::to_json(bytes),
        (Kind::Blob | Kind::Note, Scalar::Bytes(bytes)) => blob::to_json(bytes),
        _ => None,
    };
    composite.unwrap_or_else(|| raw_to_json(value))
}

/// JSON of a value that no form explains. Bytes may hold a key, so only their number is said.
fn raw_to_json(value: &Scalar) -> Value {
    match value {
        Scalar::Null => Value::Null,
        Scalar::Bool(bool) => json!(bool),
        Scalar::Int(int) => json!(int),
        Scalar::Text(text) => json!(text),
        Scalar::Bytes(bytes) => json!({ "bytes": bytes.len() }),
    }
}

pub(crate) fn is_blank(json: &Value) -> bool {
    json.is_null() || json.as_str().is_some_and(|text| text.trim().is_empty())
}
