//! A language that somebody speaks, how well, whether they read it, and whether they prefer it.
//!
//! JSON: `{"language","level","can_read","preferred"}`, or the bare code.

use minicbor::data::Type;
use serde_json::{Map, Value, json};
use tern_record::Scalar;
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, text_or_null};

use crate::kind::{Asked, Reader, text};
use crate::list::MISSING;
use crate::refusal::RefusalCode;

/// One language of a person, replaced whole.
///
/// ```text
/// language = [1, code, level, can_read, preferred]     level: text or null; the last two: bool or null
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LanguageEntry {
    /// ISO 639-3, of list `language`.
    pub code: String,
    /// Code of list `language_level`.
    pub level: Option<String>,
    /// Reads it.
    pub can_read: Option<bool>,
    /// Would rather speak this one.
    pub preferred: Option<bool>,
}

impl Canonical for LanguageEntry {
    fn write(&self, to: &mut Writer) {
        to.array(5).uint(1).text(&self.code).text_or_null(self.level.as_deref());
        for answer in [self.can_read, self.preferred] {
            match answer {
                Some(answer) => to.bool(answer),
                None => to.null(),
            };
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 5)?;
        if from.u8()? != 1 {
            return Err(CborError::Shape);
        }
        let (code, level) = (from.str()?.to_owned(), text_or_null(from)?);
        Ok(Self { code, level, can_read: bool_or_null(from)?, preferred: bool_or_null(from)? })
    }
}

fn bool_or_null(from: &mut Decoder<'_>) -> Result<Option<bool>, CborError> {
    if from.datatype()? == Type::Null {
        from.null()?;
        return Ok(None);
    }
    Ok(Some(from.bool()?))
}

pub(crate) fn from_json(asked: &Asked<'_>, json: &Value) -> Result<Scalar, RefusalCode> {
    let entry = match json {
        Value::String(code) => LanguageEntry { code: language(asked, code)?, ..LanguageEntry::default() },
        Value::Object(object) => from_object(asked, object)?,
        _ => return Err(RefusalCode::WrongShape),
    };
    Ok(Scalar::Bytes(entry.to_bytes()))
}

fn language(asked: &Asked<'_>, code: &str) -> Result<String, RefusalCode> {
    // "Not known" and "not said" are answers here too; any ISO 639-3 code may be written, listed or not.
    let shaped = code.len() == 3 && code.bytes().all(|b| b.is_ascii_lowercase());
    let known = asked.schema.code(asked.field, code).is_some() || MISSING.contains(&code);
    if known || shaped { Ok(code.to_owned()) } else { Err(RefusalCode::WrongCode) }
}

fn from_object(asked: &Asked<'_>, object: &Map<String, Value>) -> Result<LanguageEntry, RefusalCode> {
    if object
        .keys()
        .any(|key| !["language", "code", "level", "can_read", "preferred"].contains(&key.as_str()))
    {
        return Err(RefusalCode::WrongShape);
    }
    let at = |key: &str| object.get(key).filter(|value| !value.is_null());
    let yes_or_no =
        |key: &str| at(key).map(|value| value.as_bool().ok_or(RefusalCode::WrongShape)).transpose();
    let code = at("language").or(at("code")).and_then(Value::as_str).ok_or(RefusalCode::WrongShape)?;
    let level = at("level").map(|value| value.as_str().ok_or(RefusalCode::WrongShape)).transpose()?;
    let levels = asked.schema.codelist("language_level");
    if level.is_some_and(|level| levels.is_none_or(|list| list.find(level).is_none())) {
        return Err(RefusalCode::WrongCode);
    }
    Ok(LanguageEntry {
        code: language(asked, code)?,
        level: level.map(str::to_owned),
        can_read: yes_or_no("can_read")?,
        preferred: yes_or_no("preferred")?,
    })
}

pub(crate) fn to_json(bytes: &[u8]) -> Option<Value> {
    let entry = LanguageEntry::from_bytes(bytes).ok()?;
    Some(json!({
        "language": entry.code,
        "level": entry.level,
        "can_read": entry.can_read,
        "preferred": entry.preferred,
    }))
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    let Some(entry) = value.as_bytes().and_then(|bytes| LanguageEntry::from_bytes(bytes).ok()) else {
        return text::print(value);
    };
    let mut words = vec![reader.schema.code_label(reader.lang, reader.field, &entry.code)];
    if let Some(level) = &entry.level {
        words.push(reader.words(&format!("code-language_level-{level}"), &[]));
    }
    if entry.can_read == Some(true) {
        words.push(reader.words("value-reads", &[]));
    }
    if entry.preferred == Some(true) {
        words.push(reader.words("value-preferred", &[]));
    }
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_goes_both_ways_and_other_bytes_are_refused() {
        let entry = LanguageEntry { code: "prs".into(), can_read: Some(false), ..LanguageEntry::default() };
        assert_eq!(LanguageEntry::from_bytes(&entry.to_bytes()), Ok(entry));
        assert!(LanguageEntry::from_bytes(&[0x85, 1, 0x60, 0xf6, 0xf6, 0x01]).is_err());
    }
}
