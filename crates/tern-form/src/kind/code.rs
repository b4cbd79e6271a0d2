//! One code of a list.

use serde_json::Value;
use tern_record::Scalar;

use crate::kind::{Asked, Reader};
use crate::refusal::RefusalCode;

pub(crate) fn from_json(asked: &Asked<'_>, json: &Value) -> Result<Scalar, RefusalCode> {
    let code = json.as_str().ok_or(RefusalCode::WrongShape)?;
    asked.schema.code(asked.field, code).map(Scalar::Text).ok_or(RefusalCode::WrongCode)
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    let label = |code: &str| reader.schema.code_label(reader.lang, reader.field, code);
    value.as_text().map_or_else(String::new, label)
}
