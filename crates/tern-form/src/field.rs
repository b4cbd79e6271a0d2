//! What a form is made of once it is loaded: groups of fields and lists.

use std::sync::Arc;

use tern_record::held::MergeRule;
use tern_record::{Compartment, Tier};

use crate::condition::Condition;
use crate::kind::Kind;

/// A form: what is asked on which page, and what stands in which section of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// `child`, `consent` …
    pub id: String,
    /// A released version is never edited; the next is a new file.
    pub version: u32,
    /// The kind of record it fills.
    pub record: String,
    /// Pages of the fast path, in order.
    pub pages: Vec<Group>,
    /// Sections of the record, in order.
    pub sections: Vec<Group>,
    /// Answers without which nothing is numbered: form keys, any one of each group is enough.
    pub needed: Vec<Vec<String>>,
    /// What lists call such a record: the answers of these form keys, in order.
    pub title: Vec<String>,
}

/// A page or a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Permanent id.
    pub id: String,
    /// Message id of its heading.
    pub label: String,
    /// In order.
    pub items: Vec<Item>,
}

/// A field on its own, or a list of rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// One field.
    Field(Arc<Field>),
    /// Rows that each have the list's fields.
    List(Arc<List>),
}

/// A list of rows. A row has one id in all compartments and may have fields in several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Permanent id; the first part of its rows' paths.
    pub id: String,
    /// Message id of its heading; `<label>-add` is the button that adds a row.
    pub label: String,
    /// The fields of a row, in order, without the built-in `removed`.
    pub fields: Vec<Arc<Field>>,
    /// The field that a bare JSON value stands for: `"names": ["Samira"]`.
    pub bare: Option<String>,
    /// The list whose rows these belong to: what happened belongs to a service. Each row then says of
    /// which in the built-in field `of`.
    pub of: Option<String>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Permanent id: never reused, retyped or renamed.
    pub id: String,
    /// The list it is a row field of.
    pub list: Option<String>,
    /// The form it stands in.
    pub form: String,
    /// What it holds.
    pub kind: Kind,
    /// How sensitive it is; decides the document and the key.
    pub tier: Tier,
    /// How different answers stand beside each other.
    pub rule: MergeRule,
    /// The list of its codes.
    pub codes: Option<String>,
    /// What a reference points to.
    pub to: Option<Target>,
    /// Only these codes of the list are offered; all are read.
    pub only: Vec<String>,
    /// Which of unknown, not_asked, refused may be answered.
    pub missing: Vec<String>,
    /// Where Find looks for it.
    pub search: Search,
    /// One of the needed answers.
    pub needed: bool,
    /// Switched off until a programme names a purpose.
    pub off: bool,
    /// Numbers outside of these are worth a second look.
    pub usual: Option<(i64, i64)>,
    /// Lines to type it in.
    pub lines: u8,
    /// A date in it may lie in the future.
    pub future: bool,
    /// Message id of what is asked.
    pub label: String,
    /// Message id of one sentence of help.
    pub hint: Option<String>,
    /// Shown only when this holds.
    pub shown_when: Option<Condition>,
    /// The standard or section it comes from.
    pub source: String,
}

impl Field {
    /// What forms call it: `field` or `list/field`.
    pub fn key(&self) -> String {
        match &self.list {
            Some(list) => format!("{list}/{}", self.id),
            None => self.id.clone(),
        }
    }

    /// The document, and so the key, that its answers live under.
    pub fn compartment(&self) -> Compartment {
        Compartment::from(self.tier)
    }
}

/// What a reference points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A row of this list in the same record.
    Row(String),
    /// A record of this kind.
    Record(String),
}

/// Where Find looks for a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Search {
    /// Nowhere.
    #[default]
    None,
    /// As a name: across scripts and spellings.
    Name,
    /// As text, within its own compartment.
    Text,
}
