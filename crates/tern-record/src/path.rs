//! Where a value lives inside a record: `field`, or `list/entity/field`.
//!
//! `field` and `list` follow `[a-z][a-z0-9_]*(\.[a-z0-9_]+)?`. An entity is an [`EntityId`] in
//! Crockford base 32, or, in a set, the code of the member itself. Ids of fields are permanent:
//! never reused, retyped or renamed.

use std::borrow::Borrow;
use std::fmt;

use crate::id::EntityId;
use crate::short;

/// Longest path in bytes.
pub const MAX_PATH: usize = 200;

/// Text that is no path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a path: use field or list/entity/field")]
pub struct NotAPath;

/// A checked path. Sorts by its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(String);

impl Path {
    /// Checks text from a form, a command line or a peer.
    pub fn new(text: &str) -> Result<Self, NotAPath> {
        let mut parts = text.split('/');
        let shape = (parts.next(), parts.next(), parts.next(), parts.next());
        let fits = text.len() <= MAX_PATH
            && match shape {
                (Some(field), None, None, None) => is_name(field),
                (Some(list), Some(entity), Some(field), None) => {
                    is_name(list) && is_entity(entity) && is_name(field)
                }
                _ => false,
            };
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAPath) }
    }

    /// A field of one row of a list.
    pub fn row(list: &str, entity: &EntityId, field: &str) -> Result<Self, NotAPath> {
        Self::new(&format!("{list}/{}/{field}", short::long_text(entity.as_bytes())))
    }

    /// Membership of `code` in a set.
    pub fn member(set: &str, code: &str) -> Result<Self, NotAPath> {
        Self::new(&format!("{set}/{code}/in"))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The list, when this is a field of a row.
    pub fn list(&self) -> Option<&str> {
        self.0.split_once('/').map(|(list, _)| list)
    }

    /// The row's id or code, when this is a field of a row.
    pub fn entity(&self) -> Option<&str> {
        self.0.split('/').nth(1)
    }

    /// The field itself, without list and entity.
    pub fn field(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// What the form calls it: `field` or `list/field`.
    pub fn form_key(&self) -> String {
        match self.list() {
            Some(list) => format!("{list}/{}", self.field()),
            None => self.0.clone(),
        }
    }
}

impl Borrow<str> for Path {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// True for `[a-z][a-z0-9_]*(\.[a-z0-9_]+)?`.
pub fn is_name(text: &str) -> bool {
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let (first, second) = match text.split_once('.') {
        Some((first, second)) => (first, Some(second)),
        None => (text, None),
    };
    first.starts_with(|c: char| c.is_ascii_lowercase()) && word(first) && second.is_none_or(word)
}

fn is_entity(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_rows_and_members_are_paths() {
        for good in ["sex", "names/0ABC/name", "health_seen/ill/in", "sleep.tonight", "nationalities/QMA/in"]
        {
            assert!(Path::new(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn the_rest_is_not() {
        for bad in ["", "Sex", "a/b", "a/b/c/d", "a//c", "a/ /c", "../x/y", "a.b.c", "9a", "a/b/C", "ä"] {
            assert!(Path::new(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_row_knows_its_list_entity_and_field() {
        let path = Path::new("names/0ABC/name").unwrap();
        assert_eq!((path.list(), path.entity(), path.field()), (Some("names"), Some("0ABC"), "name"));
        assert_eq!(path.form_key(), "names/name");
    }
}
