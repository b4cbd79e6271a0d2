//! The JSON of form and code-list files. These shapes stay in here; the rest of the crate has types
//! that can only say what makes sense.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use tern_record::Tier;
use tern_record::held::MergeRule;

use crate::condition::Condition;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawForm {
    pub form: String,
    pub version: u32,
    pub record: String,
    #[serde(default)]
    pub needed: Vec<Vec<String>>,
    #[serde(default)]
    pub title: Vec<String>,
    #[serde(default)]
    pub pages: Vec<RawGroup>,
    pub sections: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGroup {
    pub id: String,
    pub items: Vec<RawItem>,
}

/// A definition, or the id of something defined elsewhere.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum RawItem {
    Named(String),
    List(RawList),
    Field(Box<RawField>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawList {
    pub list: String,
    pub bare: Option<String>,
    pub of: Option<String>,
    pub fields: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawField {
    pub id: String,
    pub kind: String,
    pub tier: String,
    #[serde(default = "both")]
    pub rule: String,
    #[serde(default)]
    pub order: Vec<String>,
    pub codes: Option<String>,
    pub to: Option<String>,
    #[serde(default)]
    pub only: Vec<String>,
    pub missing: Option<Vec<String>>,
    #[serde(default)]
    pub search: String,
    #[serde(default)]
    pub off: bool,
    #[serde(default)]
    pub future: bool,
    #[serde(default)]
    pub hint: bool,
    pub usual: Option<(i64, i64)>,
    pub lines: Option<u8>,
    pub shown_when: Option<RawCondition>,
    #[serde(default)]
    pub source: String,
}

fn both() -> String {
    "both".to_owned()
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum RawCondition {
    Is { field: String, is: Vec<String> },
    All { all: Vec<RawCondition> },
    Any { any: Vec<RawCondition> },
    Not { not: Box<RawCondition> },
}

impl From<RawCondition> for Condition {
    fn from(raw: RawCondition) -> Self {
        let many = |all: Vec<RawCondition>| all.into_iter().map(Self::from).collect();
        match raw {
            RawCondition::Is { field, is } => Self::Is { field, codes: is },
            RawCondition::All { all } => Self::All(many(all)),
            RawCondition::Any { any } => Self::Any(many(any)),
            RawCondition::Not { not } => Self::Not(Box::new(Self::from(*not))),
        }
    }
}

#[derive(Deserialize)]
pub(crate) struct RawCodeList {
    pub list: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub missing_as: BTreeMap<String, String>,
    pub codes: Vec<RawCode>,
}

#[derive(Deserialize)]
pub(crate) struct RawCode {
    pub code: String,
    pub label: String,
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// `T1` to `T4`.
pub(crate) fn tier(text: &str) -> Option<Tier> {
    Some(match text {
        "T1" => Tier::T1,
        "T2" => Tier::T2,
        "T3" => Tier::T3,
        "T4" => Tier::T4,
        _ => return None,
    })
}

/// The name of a merge rule, and the order that two of them need.
pub(crate) fn rule(text: &str, order: Vec<String>) -> Option<MergeRule> {
    let ordered = matches!(text, "deny-wins" | "worse-wins");
    if ordered == order.is_empty() {
        return None;
    }
    Some(match text {
        "both" => MergeRule::Both,
        "deny-wins" => MergeRule::DenyWins(order),
        "worse-wins" => MergeRule::WorseWins(order),
        "append" => MergeRule::Append,
        "set" => MergeRule::Set,
        "claims" => MergeRule::Claims,
        _ => return None,
    })
}
