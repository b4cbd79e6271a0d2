//! A form as a screen draws it.

use serde::Serialize;
use ts_rs::TS;

use super::{LockView, OptionView};

/// A form as a screen draws it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormView {
    /// `child`, `consent` …
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Pages of the fast path, in order.
    pub pages: Vec<GroupView>,
    /// Sections of the record, in order.
    pub sections: Vec<GroupView>,
}

/// A page or a section.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GroupView {
    /// Permanent id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// The fields and lists in it, in order.
    pub items: Vec<ItemView>,
}

/// A field on its own, or a list of rows.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum ItemView {
    /// One field.
    Field(FieldView),
    /// Rows that each have these fields.
    List {
        /// Permanent id of the list.
        id: String,
        /// Heading.
        label: String,
        /// Text of the button that adds a row.
        add_label: String,
        /// The list whose rows these belong to.
        of: Option<String>,
        /// The fields of a row.
        fields: Vec<FieldView>,
    },
}

/// One field of a form.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FieldView {
    /// Permanent id. Its path is `id`, or `list/<row>/id` in a list.
    pub id: String,
    /// `text`, `note`, `code`, `set`, `bool3`, `int`, `date`, `fuzzy_date`, `name`, `place`, `language`, `blob`, `instant`.
    pub kind: String,
    /// What is asked.
    pub label: String,
    /// One sentence of help.
    pub hint: Option<String>,
    /// 1 to 4.
    pub tier: u8,
    /// Whether this seat reads the answers.
    pub lock: LockView,
    /// This seat does not change the answers.
    pub fixed: bool,
    /// One of the four answers without which nothing is numbered.
    pub needed: bool,
    /// Codes to choose from.
    pub options: Vec<OptionView>,
    /// Unknown, not asked and refused may be answered here.
    pub missing_codes: bool,
    /// What a reference points to: a list of this record, or `@kind` for another record.
    pub to: Option<String>,
    /// A date in it may lie in the future.
    pub future: bool,
    /// What was said stands; a row is added or taken out, and not changed.
    pub append: bool,
    /// Standards and rules that ask for it, where the answer is sensitive.
    pub why: Vec<String>,
    /// Lines to type it in; 1 for most.
    pub lines: u8,
    /// Shown only when all of these hold: path of another field in the same row or record, and codes one of which it holds.
    pub shown_when: Vec<ConditionView>,
}

/// `field` holds one of `codes`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConditionView {
    /// Another field.
    pub field: String,
    /// Codes, or `true` and `false`.
    pub codes: Vec<String>,
}
