//! Several lines of a person's own words. In T3 and T4 what is kept is a reference to a sealed blob,
//! so that erasing it is dropping the blob; the text itself passes through here only when typed.

use serde_json::Value;
use tern_record::Scalar;

use crate::kind::{Reader, blob, text};
use crate::refusal::RefusalCode;

/// Most characters of a note.
pub const MAX_NOTE: usize = 20_000;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    text::limited(json, MAX_NOTE).map(Scalar::from)
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    match value {
        Scalar::Bytes(_) => blob::print(reader, value),
        _ => text::print(value),
    }
}
