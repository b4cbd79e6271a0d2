//! Any codes of a list. A member is the entity named by its code: `help_asked/bed/in` holds yes or no.

use serde_json::Value;
use tern_record::Scalar;

use crate::kind::{Asked, Reader};
use crate::refusal::RefusalCode;

pub(crate) fn member_from_json(asked: &Asked<'_>, code: &str, json: &Value) -> Result<Scalar, RefusalCode> {
    // A member has one path: a code that the list says in its own way is not a second one.
    if asked.schema.code(asked.field, code).as_deref() != Some(code) {
        return Err(RefusalCode::WrongCode);
    }
    match json {
        Value::Null => Ok(Scalar::Null),
        Value::Bool(bool) => Ok(Scalar::Bool(*bool)),
        _ => Err(RefusalCode::WrongShape),
    }
}

pub(crate) fn print_member(reader: &Reader<'_>, code: &str, value: &Scalar) -> String {
    let label = reader.schema.code_label(reader.lang, reader.field, code);
    match value {
        Scalar::Bool(true) => label,
        _ => reader.words("value-not-member", &[("member", &label)]),
    }
}
