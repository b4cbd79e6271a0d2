//! Why an answer was refused. Only the impossible is; everything else is saved with a remark.

use std::fmt;

/// The impossible. Each has one sentence in `failures.ftl` under `failure-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalCode {
    /// No form has such a field.
    UnknownField,
    /// The field is switched off in this programme.
    FieldOff,
    /// Not a code of the field's list.
    WrongCode,
    /// Another JSON shape than the field's kind has.
    WrongShape,
    /// No such day, in the future, or before 1900.
    ImpossibleDate,
    /// More text than a field holds.
    TooLong,
    /// A control sign, or one that turns the text round.
    HiddenSign,
    /// Photos and files are attached, never typed.
    NotTyped,
    /// No name, and no reason why there is none.
    NameNeeded,
    /// One of the other needed answers is absent.
    AnswersNeeded,
}

impl RefusalCode {
    /// Every code.
    pub const ALL: [Self; 10] = [
        Self::UnknownField,
        Self::FieldOff,
        Self::WrongCode,
        Self::WrongShape,
        Self::ImpossibleDate,
        Self::TooLong,
        Self::HiddenSign,
        Self::NotTyped,
        Self::NameNeeded,
        Self::AnswersNeeded,
    ];

    /// The stable code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownField => "unknown-field",
            Self::FieldOff => "field-off",
            Self::WrongCode => "wrong-code",
            Self::WrongShape => "wrong-shape",
            Self::ImpossibleDate => "impossible-date",
            Self::TooLong => "too-long",
            Self::HiddenSign => "hidden-sign",
            Self::NotTyped => "not-typed",
            Self::NameNeeded => "name-needed",
            Self::AnswersNeeded => "answers-needed",
        }
    }
}

impl fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An answer, or a whole registration, that was not taken. Never holds the answer itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {}", .paths.join(", "))]
pub struct Refusal {
    /// What was wrong.
    pub code: RefusalCode,
    /// The fields it is about; never empty. An unknown field is named only when it has
    /// the shape of a field's id, else it is `?`: it may hold anything.
    pub paths: Vec<String>,
}

impl Refusal {
    /// A refusal of one field.
    pub fn at(path: impl Into<String>, code: RefusalCode) -> Self {
        Self { code, paths: vec![path.into()] }
    }

    /// A refusal of a field that no form has.
    pub(crate) fn unknown(key: &str) -> Self {
        let shaped = key.len() <= 60 && key.split('/').all(tern_record::path::is_name);
        Self::at(if shaped { key } else { "?" }, RefusalCode::UnknownField)
    }

    /// The first field it is about.
    pub fn path(&self) -> &str {
        self.paths.first().map_or("", String::as_str)
    }
}
