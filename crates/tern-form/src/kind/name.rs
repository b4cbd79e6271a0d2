//! A name in any script. The script is seen from the letters; a language is never guessed.
//!
//! JSON: `{"text","script","lang","use","parts":[{"kind","text","order"}],"source"}`, or the bare text.

use serde_json::{Map, Value, json};
use tern_record::Scalar;
use tern_record::cbor::Canonical;
use tern_record::name::{MAX_PARTS, Name, NamePart};
use unicode_script::{Script, UnicodeScript};

use crate::kind::{Asked, text};
use crate::refusal::RefusalCode;

/// Most characters of a name.
pub const MAX_NAME: usize = 300;

const KEYS: [&str; 6] = ["text", "script", "lang", "use", "parts", "source"];

pub(crate) fn from_json(asked: &Asked<'_>, json: &Value) -> Result<Scalar, RefusalCode> {
    let mut name = match json {
        Value::String(_) => Name::from_text(text::limited(json, MAX_NAME)?),
        Value::Object(object) => from_object(asked, object)?,
        _ => return Err(RefusalCode::WrongShape),
    };
    if name.text.trim().is_empty() {
        return Ok(Scalar::Null);
    }
    name.script = name.script.or_else(|| script_of(&name.text).map(str::to_owned));
    Ok(Scalar::Bytes(name.to_bytes()))
}

fn from_object(asked: &Asked<'_>, object: &Map<String, Value>) -> Result<Name, RefusalCode> {
    if object.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return Err(RefusalCode::WrongShape);
    }
    let at = |key: &str| object.get(key).filter(|value| !value.is_null());
    let shaped = |key: &str, fits: fn(&str) -> bool| match at(key).map(Value::as_str) {
        None => Ok(None),
        Some(Some(text)) if fits(text) => Ok(Some(text.to_owned())),
        Some(Some(_)) => Err(RefusalCode::WrongCode),
        Some(None) => Err(RefusalCode::WrongShape),
    };
    let parts = match at("parts") {
        None => Vec::new(),
        Some(parts) => read_parts(asked, parts)?,
    };
    let joined = || parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
    Ok(Name {
        text: at("text").map_or_else(|| Ok(joined()), |t| text::limited(t, MAX_NAME).map(str::to_owned))?,
        script: shaped("script", is_script)?,
        lang: shaped("lang", is_language)?,
        usage: code(asked, "name_use", at("use"))?,
        source: code(asked, "name_source", at("source"))?,
        parts,
    })
}

fn code(asked: &Asked<'_>, list: &str, json: Option<&Value>) -> Result<Option<String>, RefusalCode> {
    let Some(json) = json else { return Ok(None) };
    let code = json.as_str().ok_or(RefusalCode::WrongShape)?;
    let known = asked.schema.codelist(list).is_some_and(|list| list.find(code).is_some());
    if known { Ok(Some(code.to_owned())) } else { Err(RefusalCode::WrongCode) }
}

/// The parts in the order said: by `order` where it is given, else as listed.
fn read_parts(asked: &Asked<'_>, json: &Value) -> Result<Vec<NamePart>, RefusalCode> {
    let listed = json.as_array().ok_or(RefusalCode::WrongShape)?;
    if listed.len() as u64 > MAX_PARTS {
        return Err(RefusalCode::TooLong);
    }
    let mut parts = Vec::new();
    for part in listed {
        let object = part.as_object().ok_or(RefusalCode::WrongShape)?;
        if object.keys().any(|key| !["kind", "text", "order"].contains(&key.as_str())) {
            return Err(RefusalCode::WrongShape);
        }
        let kind = code(asked, "name_part", object.get("kind"))?.ok_or(RefusalCode::WrongShape)?;
        let text = text::limited(object.get("text").unwrap_or(&Value::Null), MAX_NAME)?.to_owned();
        let order = object.get("order").and_then(Value::as_i64).unwrap_or(i64::MAX);
        parts.push((order, NamePart { kind, text }));
    }
    parts.sort_by_key(|(order, _)| *order);
    Ok(parts.into_iter().map(|(_, part)| part).collect())
}

pub(crate) fn to_json(bytes: &[u8]) -> Option<Value> {
    let name = Name::from_bytes(bytes).ok()?;
    let part = |(place, part): (usize, &NamePart)| json!({ "kind": part.kind, "text": part.text, "order": place + 1 });
    Some(json!({
        "text": name.text,
        "script": name.script,
        "lang": name.lang,
        "use": name.usage,
        "parts": name.parts.iter().enumerate().map(part).collect::<Vec<_>>(),
        "source": name.source,
    }))
}

pub(crate) fn print(value: &Scalar) -> String {
    match value.as_bytes().and_then(|bytes| Name::from_bytes(bytes).ok()) {
        Some(name) => name.text,
        None => text::print(value),
    }
}

/// The ISO 15924 code of the script that most letters are in; `None` without letters.
pub fn script_of(text: &str) -> Option<&'static str> {
    let mut counts: Vec<(Script, usize)> = Vec::new();
    for script in text.chars().filter(|c| c.is_alphabetic()).map(|c| c.script()) {
        if matches!(script, Script::Common | Script::Inherited | Script::Unknown) {
            continue;
        }
        match counts.iter_mut().find(|(known, _)| *known == script) {
            Some((_, count)) => *count += 1,
            None => counts.push((script, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.iter().find(|(_, count)| *count == most).map(|(script, _)| script.short_name())
}

fn is_script(text: &str) -> bool {
    let mut bytes = text.bytes();
    text.len() == 4
        && bytes.next().is_some_and(|b| b.is_ascii_uppercase())
        && bytes.all(|b| b.is_ascii_lowercase())
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let word = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    parts
        .next()
        .is_some_and(|first| (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_seen_from_letters_alone() {
        assert_eq!(script_of("Samira"), Some("Latn"));
        assert_eq!(script_of("سميرا 7"), Some("Arab"));
        assert_eq!(script_of("ሰላም"), Some("Ethi"));
        assert_eq!(script_of("Олександр"), Some("Cyrl"));
        assert_eq!(script_of("123 - ?"), None);
    }

    #[test]
    fn tags_have_the_shape_of_tags() {
        assert!(is_script("Arab") && !is_script("arab") && !is_script("Arabic"));
        assert!(is_language("fa") && is_language("prs-AF") && !is_language("x") && !is_language("fa_IR"));
    }
}
