//! A reference: the long id of another row of the record, or of another record.
//!
//! Nothing checks that the other end is there: it may reach this device later.

use serde_json::Value;
use tern_record::{Scalar, short};

use crate::refusal::RefusalCode;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    let text = json.as_str().ok_or(RefusalCode::WrongShape)?.trim();
    match short::from_long_text(text) {
        Some(id) => Ok(Scalar::Text(short::long_text(&id))),
        None => Err(RefusalCode::WrongShape),
    }
}

/// The short number: all that can be said of the other end without looking there.
pub(crate) fn print(value: &Scalar) -> String {
    let id = value.as_text().and_then(short::from_long_text);
    id.map_or_else(String::new, |id| short::short_text(&id))
}
