//! A moment with its offset from UTC, kept as written: `2026-11-24T09:30:00+01:00`.

use jiff::Timestamp;
use serde_json::Value;
use tern_record::Scalar;

use crate::kind::text;
use crate::refusal::RefusalCode;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    let text = text::limited(json, 64)?;
    // Parsing as a timestamp demands an offset: a time without one means nothing on another device.
    let _: Timestamp = text.parse().map_err(|_| RefusalCode::ImpossibleDate)?;
    Ok(Scalar::from(text))
}
