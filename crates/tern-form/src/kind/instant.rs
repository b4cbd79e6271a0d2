//! A moment with its offset from UTC, kept as written: `2026-11-24T09:30:00+01:00`.

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use serde_json::Value;
use tern_record::Scalar;

use crate::kind::{Reader, date, text};
use crate::refusal::RefusalCode;

pub(crate) fn from_json(json: &Value) -> Result<Scalar, RefusalCode> {
    let text = text::limited(json, 64)?;
    // Parsing as a timestamp demands an offset: a time without one means nothing on another device.
    let _: Timestamp = text.parse().map_err(|_| RefusalCode::ImpossibleDate)?;
    Ok(Scalar::from(text))
}

/// "24 November 2026, 09:30 (+01:00)": as the clock on the wall said, and where that wall was.
pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    value.as_text().and_then(|text| words(reader, text)).unwrap_or_else(|| text::print(value))
}

fn words(reader: &Reader<'_>, text: &str) -> Option<String> {
    let pieces = Pieces::parse(text).ok()?;
    let time = pieces.time()?;
    let day = date::words(reader, pieces.date());
    let clock = format!("{:02}:{:02}", time.hour(), time.minute());
    let offset = pieces.to_numeric_offset().map_or_else(|| "+00:00".to_owned(), hours);
    Some(reader.words("value-moment", &[("day", &day), ("time", &clock), ("offset", &offset)]))
}

fn hours(offset: jiff::tz::Offset) -> String {
    let minutes = offset.seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
