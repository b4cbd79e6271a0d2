//! A date as people know it: a day, a month, a year, a range, an age on a day.
//!
//! In: `{"date":"2015-03-09"}`, `{"year":2015,"month":3}`, `{"year":2015}`, `{"earliest","latest"}`,
//! `{"age":9}`, or a bare `"2015-03-09"`, `"2015-03"`, `"2015"`; with `calendar_entered`, `original_text`,
//! `estimated`, `basis`. Out: the same and `value`, `precision`, `earliest`, `latest`, `heaped`; what comes
//! out can be read in again.

use jiff::civil::Date;
use serde_json::{Map, Value, json};
use tern_record::Scalar;
use tern_record::calendar::Calendar;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::{FuzzyDate, Precision};

use crate::kind::{Asked, Reader, date, text};
use crate::refusal::RefusalCode;

const KEYS: [&str; 16] = [
    "date",
    "year",
    "month",
    "day",
    "entered",
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
    // A year or a month may go on past today; a stretch of days that somebody names ends by then.
    let ends_late = born.precision() == Precision::Range && born.latest() > asked.today;
    if ends_late && !asked.field.future {
        return Err(RefusalCode::ImpossibleDate);
    }
    Ok(Scalar::Bytes(born.to_bytes()))
}

fn bare(text: &str) -> Result<FuzzyDate, RefusalCode> {
    let number = |text: &str| text.parse().map_err(|_| RefusalCode::ImpossibleDate);
    match text.split('-').collect::<Vec<_>>().as_slice() {
        [year] if year.len() == 4 => entered(Calendar::Gregorian, number(year)?, None, None),
        [year, month] if year.len() == 4 => {
            entered(Calendar::Gregorian, number(year)?, Some(number(month)?), None)
        }
        _ => date::read(&json!(text)).map(FuzzyDate::day),
    }
}

fn from_object(asked: &Asked<'_>, object: &Map<String, Value>) -> Result<FuzzyDate, RefusalCode> {
    if object.keys().any(|key| !KEYS.contains(&key.as_str())) {
        return Err(RefusalCode::WrongShape);
    }
    let at = |key: &str| object.get(key).filter(|value| !value.is_null());
    let calendar = match at("calendar_entered") {
        None => Calendar::Gregorian,
        Some(code) => code.as_str().and_then(Calendar::from_code).ok_or(RefusalCode::WrongCode)?,
    };
    let mut born = interval(asked, object, calendar)?;
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

fn interval(
    asked: &Asked<'_>,
    object: &Map<String, Value>,
    calendar: Calendar,
) -> Result<FuzzyDate, RefusalCode> {
    let at = |key: &str| object.get(key).filter(|value| !value.is_null());
    let whole = |value: &Value| value.as_i64().ok_or(RefusalCode::WrongShape);
    let small =
        |value: &Value| whole(value).and_then(|n| i16::try_from(n).map_err(|_| RefusalCode::ImpossibleDate));
    said_once(&at)?;
    if let Some(day) = at("date") {
        return of_day(calendar, day);
    }
    if let Some(age) = at("age") {
        let said_on = at("said_on").map_or(Ok(asked.today), date::read)?;
        if said_on > asked.today {
            return Err(RefusalCode::ImpossibleDate);
        }
        return from_age(age, said_on);
    }
    if let Some(year) = at("year") {
        let (month, day) = (at("month").map(small).transpose()?, at("day").map(small).transpose()?);
        if day.is_some() && month.is_none() {
            return Err(RefusalCode::ImpossibleDate);
        }
        return entered(calendar, small(year)?, month, day);
    }
    match (at("earliest"), at("latest")) {
        (Some(earliest), Some(latest)) => {
            let precision = match at("precision").and_then(Value::as_str) {
                Some("day") => Precision::Day,
                Some("month") => Precision::Month,
                Some("year") => Precision::Year,
                None | Some("range") => Precision::Range,
                Some(_) => return Err(RefusalCode::WrongCode),
            };
            FuzzyDate::kept(calendar, date::read(earliest)?, date::read(latest)?, precision)
                .map_err(|_| RefusalCode::ImpossibleDate)
        }
        _ => Err(RefusalCode::WrongShape),
    }
}

/// A date is said in one way: of two, one would be dropped without a word.
fn said_once<'a>(at: &impl Fn(&str) -> Option<&'a Value>) -> Result<(), RefusalCode> {
    let ways = ["date", "age", "year", "earliest"].iter().filter(|way| at(way).is_some()).count();
    let alone = |part: &str, of: &str| at(part).is_none() || at(of).is_some();
    let whole = alone("month", "year") && alone("day", "year") && alone("said_on", "age");
    if ways <= 1 && whole && alone("latest", "earliest") { Ok(()) } else { Err(RefusalCode::WrongShape) }
}

/// `2004-05-11` in the calendar that it was said in.
fn of_day(calendar: Calendar, day: &Value) -> Result<FuzzyDate, RefusalCode> {
    if calendar == Calendar::Gregorian {
        return date::read(day).map(FuzzyDate::day);
    }
    let text = day.as_str().ok_or(RefusalCode::WrongShape)?;
    let parts: Option<Vec<i16>> = text.split('-').map(|part| part.parse().ok()).collect();
    match parts.as_deref() {
        Some([year, month, day]) => entered(calendar, *year, Some(*month), Some(*day)),
        _ => Err(RefusalCode::ImpossibleDate),
    }
}

fn entered(
    calendar: Calendar,
    year: i16,
    month: Option<i16>,
    day: Option<i16>,
) -> Result<FuzzyDate, RefusalCode> {
    let small =
        |part: Option<i16>| part.map(i8::try_from).transpose().map_err(|_| RefusalCode::ImpossibleDate);
    FuzzyDate::entered(calendar, year, small(month)?, small(day)?).map_err(|_| RefusalCode::ImpossibleDate)
}

/// A birth date from an age in whole years, 0 to 120.
pub(crate) fn from_age(age: &Value, said_on: Date) -> Result<FuzzyDate, RefusalCode> {
    let years = age.as_i64().ok_or(RefusalCode::WrongShape)?;
    let years = u8::try_from(years).ok().filter(|years| *years <= 120).ok_or(RefusalCode::ImpossibleDate)?;
    FuzzyDate::from_age(years, said_on).map_err(|_| RefusalCode::ImpossibleDate)
}

pub(crate) fn to_json(bytes: &[u8]) -> Option<Value> {
    let born = FuzzyDate::from_bytes(bytes).ok()?;
    let entered = born.parts().map(|(year, month, day)| json!({ "year": year, "month": month, "day": day }));
    Some(json!({
        "entered": entered,
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
    let words = gregorian(reader, &born);
    let words = match other(reader, &born) {
        // As it was said, with the Gregorian days beside it.
        Some(said) => reader.words("value-two-calendars", &[("said", &said), ("gregorian", &words)]),
        None => words,
    };
    if born.estimated { reader.words("value-estimated", &[("date", &words)]) } else { words }
}

fn gregorian(reader: &Reader<'_>, born: &FuzzyDate) -> String {
    let (earliest, latest) = (born.earliest(), born.latest());
    let range = || {
        let (from, to) = (date::words(reader, earliest), date::words(reader, latest));
        reader.words("value-range", &[("from", &from), ("to", &to)])
    };
    match born.precision() {
        Precision::Day if earliest == latest => date::words(reader, earliest),
        Precision::Month if born.calendar == "gregorian" => {
            let month = reader.words(&format!("value-month-{}", earliest.month()), &[]);
            format!("{month} {}", earliest.year())
        }
        Precision::Year if earliest.year() == latest.year() => earliest.year().to_string(),
        _ => range(),
    }
}

/// A date in the calendar that it was said in, when that is not the Gregorian.
fn other(reader: &Reader<'_>, born: &FuzzyDate) -> Option<String> {
    if born.calendar == "gregorian" {
        return None;
    }
    let calendar = reader.schema.label(reader.lang, &crate::list::message("calendar", &born.calendar));
    // The words that were said stand above what can be worked out of them.
    let said = match (&born.original_text, born.parts()) {
        (Some(said), _) => said.clone(),
        (None, Some((year, month, day))) => {
            let month = month.map(|month| month_name(reader, &born.calendar, month));
            let parts: Vec<String> = [day.map(|day| day.to_string()), month, Some(year.to_string())]
                .into_iter()
                .flatten()
                .collect();
            parts.join(" ")
        }
        (None, None) => return None,
    };
    Some(format!("{said} ({calendar})"))
}

/// The month as its calendar calls it. Both Islamic calendars have the same months.
fn month_name(reader: &Reader<'_>, calendar: &str, month: i8) -> String {
    let calendar = calendar.split_once('_').map_or(calendar, |(family, _)| family);
    reader.words(&format!("month-{calendar}-{month}"), &[])
}
