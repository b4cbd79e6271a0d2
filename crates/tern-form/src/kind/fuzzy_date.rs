//! A date as people know it: a day, a month, a year, a range, an age on a day.
//!
//! In: `{"date":"2015-03-09"}`, `{"year":2015,"month":3}`, `{"year":2015}`, `{"earliest","latest"}`,
//! `{"age":9}`, or a bare `"2015-03-09"`, `"2015-03"`, `"2015"`; with `calendar_entered`, `original_text`,
//! `estimated`, `basis`. Out: the same and `value`, `precision`, `earliest`, `latest`, `heaped`; what comes
//! out can be read in again.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use tern_record::Scalar;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::{FuzzyDate, Precision};

use crate::kind::{Asked, Reader, date, text};
use crate::refusal::RefusalCode;

const KEYS: [&str; 14] = [
    "date",
    "year",
    "month",
    "age",
    "said_on",
    "earliest",
    "latest",
    "value",
    "precision",
    "heaped",
    "calendar_entered",
    "original_text",
    "estimated",
    "basis",
];

pub(crate) fn from_json(asked: &Asked<'_>, json: &Value) -> Result<Scalar, RefusalCode> {
    let born = match json {
        Value::String(text) => bare(text)?,
        Value::Object(object) => from_object(asked, object)?,
        _ => return Err(RefusalCode::WrongShape),
    };
    date::check(asked, born.earliest(), born.latest())?;
    Ok(Scalar::Bytes(born.to_bytes()))
}

fn bare(text: &str) -> Result<FuzzyDate, RefusalCode> {
    let number = |text: &str| text.parse().map_err(|_| RefusalCode::ImpossibleDate);
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] if year.len() == 4 => year_or_month(number(year)?, None),
        [year, month] if year.len() == 4 => year_or_month(number(year)?, Some(number(month)?)),
        _ => date::read(&json!(text)).map(FuzzyDate::day),
    }
}

fn from_object(asked: &Asked<'_>, object: &Map<String, Value>) -> Result<FuzzyDate, RefusalCode> {
    if object.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return Err(RefusalCode::WrongShape);
    }
    let at = |key: &str| object.get(key).filter(|value| !value.is_null());
    match at("calendar_entered").map(|calendar| calendar.as_str()) {
        None | Some(Some("gregorian")) => {}
        Some(Some(known)) if is_calendar(asked, known) => return Err(RefusalCode::CalendarNotRead),
        Some(_) => return Err(RefusalCode::WrongCode),
    }
    let mut born = interval(asked, object)?;
    if let Some(original) = at("original_text") {
        born.original_text = Some(text::limited(original, text::MAX_TEXT)?.to_owned());
    }
    if let Some(estimated) = at("estimated") {
        born.estimated = estimated.as_bool().ok_or(RefusalCode::WrongShape)?;
    }
    if let Some(basis) = at("basis") {
        let code = basis.as_str().ok_or(RefusalCode::WrongShape)?;
        let known = asked.schema.codelist("dob_basis").is_some_and(|list| list.find(code).is_some());
        born.basis = Some(code.to_owned()).filter(|_| known).ok_or(RefusalCode::WrongCode).map(Some)?;
    }
    Ok(born)
}

fn is_calendar(asked: &Asked<'_>, code: &str) -> bool {
    asked.schema.codelist("calendar").is_some_and(|list| list.find(code).is_some())
}

fn interval(asked: &Asked<'_>, object: &Map<String, Value>) -> Result<FuzzyDate, RefusalCode> {
    let at = |key: &str| object.get(key).filter(|value| !value.is_null());
    let whole = |value: &Value| value.as_i64().ok_or(RefusalCode::WrongShape);
    let small =
        |value: &Value| whole(value).and_then(|n| i16::try_from(n).map_err(|_| RefusalCode::ImpossibleDate));
    if let Some(day) = at("date") {
        return date::read(day).map(FuzzyDate::day);
    }
    if let Some(age) = at("age") {
        let said_on = at("said_on").map_or(Ok(asked.today), date::read)?;
        return from_age(age, said_on);
    }
    if let Some(year) = at("year") {
        let month = at("month").map(small).transpose()?;
        return year_or_month(small(year)?, month);
    }
    match (at("earliest"), at("latest")) {
        (Some(earliest), Some(latest)) => {
            between(date::read(earliest)?, date::read(latest)?, at("precision").and_then(Value::as_str))
        }
        _ => Err(RefusalCode::WrongShape),
    }
}

/// A birth date from an age in whole years, 0 to 120.
pub(crate) fn from_age(age: &Value, said_on: Date) -> Result<FuzzyDate, RefusalCode> {
    let years = age.as_i64().ok_or(RefusalCode::WrongShape)?;
    let years = u8::try_from(years).ok().filter(|years| *years <= 120).ok_or(RefusalCode::ImpossibleDate)?;
    FuzzyDate::from_age(years, said_on).map_err(|_| RefusalCode::ImpossibleDate)
}

fn year_or_month(year: i16, month: Option<i16>) -> Result<FuzzyDate, RefusalCode> {
    let impossible = |_| RefusalCode::ImpossibleDate;
    match month {
        None => FuzzyDate::year(year).map_err(impossible),
        Some(month) => {
            let month = i8::try_from(month).map_err(|_| RefusalCode::ImpossibleDate)?;
            FuzzyDate::month(year, month).map_err(impossible)
        }
    }
}

/// An interval, at the precision it was written with when that is what it spans.
fn between(earliest: Date, latest: Date, precision: Option<&str>) -> Result<FuzzyDate, RefusalCode> {
    let range = FuzzyDate::range(earliest, latest).map_err(|_| RefusalCode::ImpossibleDate)?;
    let named = match precision {
        Some("day") => Ok(FuzzyDate::day(earliest)),
        Some("month") => FuzzyDate::month(earliest.year(), earliest.month()),
        Some("year") => FuzzyDate::year(earliest.year()),
        None | Some("range") => return Ok(range),
        Some(_) => return Err(RefusalCode::WrongCode),
    };
    match named {
        Ok(named) if (named.earliest(), named.latest()) == (earliest, latest) => Ok(named),
        _ => Ok(range),
    }
}

pub(crate) fn to_json(bytes: &[u8]) -> Option<Value> {
    let born = FuzzyDate::from_bytes(bytes).ok()?;
    Some(json!({
        "value": born.value().to_string(),
        "precision": precision(born.precision()),
        "earliest": born.earliest().to_string(),
        "latest": born.latest().to_string(),
        "calendar_entered": born.calendar,
        "original_text": born.original_text,
        "estimated": born.estimated,
        "basis": born.basis,
        "heaped": born.is_heaped(),
    }))
}

const fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
        Precision::Range => "range",
    }
}

pub(crate) fn print(reader: &Reader<'_>, value: &Scalar) -> String {
    let Some(born) = value.as_bytes().and_then(|bytes| FuzzyDate::from_bytes(bytes).ok()) else {
        return text::print(value);
    };
    let earliest = born.earliest();
    let words = match born.precision() {
        Precision::Day => date::words(reader, earliest),
        Precision::Month => {
            let month = reader.words(&format!("value-month-{}", earliest.month()), &[]);
            format!("{month} {}", earliest.year())
        }
        Precision::Year => earliest.year().to_string(),
        Precision::Range => {
            let (from, to) = (date::words(reader, earliest), date::words(reader, born.latest()));
            reader.words("value-range", &[("from", &from), ("to", &to)])
        }
    };
    if born.estimated { reader.words("value-estimated", &[("date", &words)]) } else { words }
}
