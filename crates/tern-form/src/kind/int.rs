//! A whole number.

use serde_json::Value;
use tern_record::Scalar;

use crate::kind::text;
use crate::refusal::RefusalCode;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    json.as_i64().map(Scalar::Int).ok_or(RefusalCode::WrongShape)
}

pub(crate) fn print(value: &Scalar) -> String {
    value.as_int().map_or_else(|| text::print(value), |int| int.to_string())
}
