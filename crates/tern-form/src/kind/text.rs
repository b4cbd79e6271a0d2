//! One line of text, exactly as typed.

use serde_json::Value;
use tern_record::Scalar;

use crate::refusal::RefusalCode;

/// Most characters of one line.
pub const MAX_TEXT: usize = 1_000;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    limited(json, MAX_TEXT).map(Scalar::from)
}

pub(crate) fn print(value: &Scalar) -> String {
    value.as_text().map_or_else(String::new, str::to_owned)
}

/// Text of at most `most` characters.
pub(crate) fn limited(json: &Value, most: usize) -> Result<&str, RefusalCode> {
    let text = json.as_str().ok_or(RefusalCode::WrongShape)?;
    if text.chars().count() > most {
        return Err(RefusalCode::TooLong);
    }
    if text.chars().any(hides) {
        return Err(RefusalCode::HiddenSign);
    }
    Ok(text)
}

/// Signs that nobody types and that make text look other than it is: controls but tabs and line ends, and those that
/// turn a stretch round. The joiners and the marks of direction (U+200C to U+200F) belong to many scripts and stay.
pub fn hides(sign: char) -> bool {
    let turns = matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (sign.is_control() && !matches!(sign, '\t' | '\n' | '\r'))
}
