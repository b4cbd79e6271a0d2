//! Code lists: what may be answered, with words for each.

use std::collections::BTreeMap;

use serde_json::Value;

/// The three ways of not answering (list `missing_value`). They are answers, counted apart, never "no".
pub const MISSING: [&str; 3] = ["unknown", "not_asked", "refused"];

/// A list of codes. Codes are permanent; words are found under `code-<list>-<code>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Its id, also the name of its file.
    pub id: String,
    /// Where it comes from.
    pub source: String,
    /// In the order to offer them.
    pub codes: Vec<Code>,
    /// Lists whose codes are valid here too.
    pub also: Vec<String>,
    /// Missing codes that this list says in its own way: sex `unknown` is `U`.
    pub missing_as: BTreeMap<String, String>,
}

/// One code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable.
    pub code: String,
    /// English, used where a language has no words yet.
    pub label: String,
    /// Whatever else the list knows about it: `bcp47`, `mrz`, `group` …
    pub extra: BTreeMap<String, Value>,
}

impl CodeList {
    /// The code with this text.
    pub fn find(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|c| c.code == code)
    }

    /// Message id of one of its codes.
    pub fn message(&self, code: &str) -> String {
        message(&self.id, code)
    }
}

/// Message id of a code of a list.
pub fn message(list: &str, code: &str) -> String {
    format!("code-{list}-{}", code.replace('.', "_"))
}
