//! Yes and no are `Bool`; the ways of not answering are their codes. "Not known" is never "no".

use serde_json::Value;
use tern_record::Scalar;

use crate::kind::{Reader, text};
use crate::refusal::RefusalCode;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    match json {
        Value::Bool(bool) => Ok(Scalar::Bool(*bool)),
        Value::String(_) => Err(RefusalCode::WrongCode),
        _ => Err(RefusalCode::WrongShape),
    }
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    match value {
        Scalar::Bool(true) => reader.words("value-yes", &[]),
        Scalar::Bool(false) => reader.words("value-no", &[]),
        other => text::print(other),
    }
}
