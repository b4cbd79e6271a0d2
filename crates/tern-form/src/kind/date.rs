//! A day that is known exactly, kept as `2026-11-24`.

use jiff::civil::{Date, date};
use serde_json::Value;
use tern_record::Scalar;

use crate::kind::{Asked, Reader, text};
use crate::refusal::RefusalCode;

/// No date of a living child, or of anything done for one, lies before this day.
pub const FIRST: Date = date(1900, 1, 1);

pub(crate) fn from_json(asked: &Asked<'_>, json: &Value) -> Result<Scalar, RefusalCode> {
    let day = read(json)?;
    check(asked, day, day)?;
    Ok(Scalar::Text(day.to_string()))
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    match value.as_text().and_then(|text| text.parse().ok()) {
        Some(day) => words(reader, day),
        None => text::print(value),
    }
}

/// A day in words: "9 March 2015".
pub(crate) fn words(reader: &Reader<'_>, day: Date) -> String {
    let month = reader.words(&format!("value-month-{}", day.month()), &[]);
    let (number, year) = (day.day().to_string(), day.year().to_string());
    reader.words("value-day", &[("day", &number), ("month", &month), ("year", &year)])
}

pub(crate) fn read(json: &Value) -> Result<Date, RefusalCode> {
    let text = json.as_str().ok_or(RefusalCode::WrongShape)?;
    // Exactly YYYY-MM-DD: longer spellings would drop what somebody said.
    if text.len() != 10 {
        return Err(RefusalCode::ImpossibleDate);
    }
    text.parse().map_err(|_| RefusalCode::ImpossibleDate)
}

/// Refuses what wholly lies in the future or before 1900.
pub(crate) fn check(asked: &Asked<'_>, earliest: Date, latest: Date) -> Result<(), RefusalCode> {
    let future = earliest > asked.today && !asked.field.future;
    if future || latest < FIRST { Err(RefusalCode::ImpossibleDate) } else { Ok(()) }
}
