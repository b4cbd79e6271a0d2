//! Dates as people know them: a day, a month, a year, "about nine".
//!
//! A fuzzy date is the interval `earliest..=latest` of Gregorian days that it can mean, with the
//! precision, calendar and words it was given in. Statistics use [`FuzzyDate::value`]; protection uses
//! `latest`, the youngest the child can be.

use std::fmt;

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::cbor::{Canonical, CborError, Decoder, Writer, array_of, text_or_null};

/// How exactly a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
    /// Between two days; an age in whole years is one.
    Range,
}

/// A date at the precision people could give. `Debug` prints dots.
///
/// ```text
/// fuzzy date = [1, earliest, latest, precision, calendar, original_text, estimated, basis]
/// earliest, latest: days since 1970-01-01      precision: 0 day, 1 month, 2 year, 3 range
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct FuzzyDate {
    earliest: Date,
    latest: Date,
    precision: Precision,
    /// The calendar it was given in, a code of list `calendar`.
    pub calendar: String,
    /// Exactly as given, in its script and digits.
    pub original_text: Option<String>,
    /// True when somebody estimated it.
    pub estimated: bool,
    /// What it rests on, a code: told, document, estimated_by_worker …
    pub basis: Option<String>,
}

/// Why numbers make no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADate {
    /// No such day, or a year outside 1 to 9999.
    #[error("there is no such day")]
    NoSuchDay,
    /// `latest` lies before `earliest`.
    #[error("the range ends before it begins")]
    Backwards,
}

impl FuzzyDate {
    /// One Gregorian day.
    pub fn day(date: Date) -> Self {
        Self::between(date, date, Precision::Day)
    }

    /// A Gregorian month.
    pub fn month(year: i16, month: i8) -> Result<Self, NotADate> {
        let first = Date::new(year, month, 1).map_err(|_| NotADate::NoSuchDay)?;
        Ok(Self::between(first, first.last_of_month(), Precision::Month))
    }

    /// A Gregorian year.
    pub fn year(year: i16) -> Result<Self, NotADate> {
        let first = Date::new(year, 1, 1).map_err(|_| NotADate::NoSuchDay)?;
        Ok(Self::between(first, first.last_of_year(), Precision::Year))
    }

    /// A day, a month or a year of any calendar. Days of the Islamic calendars span two days on either side.
    pub fn entered(
        calendar: Calendar,
        year: i16,
        month: Option<i8>,
        day: Option<i8>,
    ) -> Result<Self, NotADate> {
        let (stretch, precision) = match (month, day) {
            (Some(month), Some(day)) => {
                (calendar.day(year, month, day).map(|day| (day, day)), Precision::Day)
            }
            (Some(month), None) => (calendar.month(year, month), Precision::Month),
            (None, _) => (calendar.year(year), Precision::Year),
        };
        let (first, last) =
            stretch.and_then(|(first, last)| calendar.widened(first, last)).ok_or(NotADate::NoSuchDay)?;
        Ok(Self { calendar: calendar.code().to_owned(), ..Self::between(first, last, precision) })
    }

    /// An interval that was kept, at the precision it was given in when it spans just that.
    pub fn kept(
        calendar: Calendar,
        earliest: Date,
        latest: Date,
        precision: Precision,
    ) -> Result<Self, NotADate> {
        let range = Self { calendar: calendar.code().to_owned(), ..Self::range(earliest, latest)? };
        let spans = |by: Calendar| {
            let (year, month, day) = by.parts(range.value());
            let (month, day) = match precision {
                Precision::Day => (Some(month), Some(day)),
                Precision::Month => (Some(month), None),
                Precision::Year | Precision::Range => (None, None),
            };
            Self::entered(by, year, month, day)
                .ok()
                .filter(|date| (date.earliest, date.latest) == (earliest, latest))
        };
        // A year may be known of a day that was said in another calendar.
        let same = spans(calendar).or_else(|| spans(Calendar::Gregorian));
        match same {
            Some(_) if precision != Precision::Range => Ok(Self { precision, ..range }),
            _ => Ok(range),
        }
    }

    /// Year, month and day in the calendar it was given in, as far as they are known.
    pub fn parts(&self) -> Option<(i16, Option<i8>, Option<i8>)> {
        let (year, month, day) = Calendar::from_code(&self.calendar)?.parts(self.value());
        match self.precision {
            Precision::Day => Some((year, Some(month), Some(day))),
            Precision::Month => Some((year, Some(month), None)),
            Precision::Year => Some((year, None, None)),
            Precision::Range => None,
        }
    }

    /// Any interval.
    pub fn range(earliest: Date, latest: Date) -> Result<Self, NotADate> {
        if latest < earliest {
            return Err(NotADate::Backwards);
        }
        Ok(Self::between(earliest, latest, Precision::Range))
    }

    /// A birth date from an age in whole years, said on a day: every day on which one would have that age.
    pub fn from_age(years: u8, said_on: Date) -> Result<Self, NotADate> {
        let back = |years: i16| {
            let year = said_on.year().checked_sub(years).ok_or(NotADate::NoSuchDay)?;
            // 29 February in a year that has none: who was born on the 28th has turned, on 1 March not yet.
            Date::new(year, said_on.month(), said_on.day())
                .or_else(|_| Date::new(year, said_on.month(), 28))
                .map_err(|_| NotADate::NoSuchDay)
        };
        let latest = back(i16::from(years))?;
        let earliest = back(i16::from(years) + 1)?.tomorrow().map_err(|_| NotADate::NoSuchDay)?;
        Ok(Self { estimated: true, ..Self::range(earliest, latest)? })
    }

    fn between(earliest: Date, latest: Date, precision: Precision) -> Self {
        Self {
            earliest,
            latest,
            precision,
            calendar: "gregorian".to_owned(),
            original_text: None,
            estimated: false,
            basis: None,
        }
    }

    /// The first day it can mean.
    pub fn earliest(&self) -> Date {
        self.earliest
    }

    /// The last day it can mean. Protection follows this one.
    pub fn latest(&self) -> Date {
        self.latest
    }

    /// How exactly it is known.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The middle of the interval, rounded down; for sorting and statistics.
    pub fn value(&self) -> Date {
        let days = days_between(self.earliest, self.latest) / 2;
        from_days(to_days(self.earliest) + days).unwrap_or(self.earliest)
    }

    /// The day given, or said in the words beside it, is one that officials write when nobody knows.
    pub fn is_heaped(&self) -> bool {
        let Some(calendar) = Calendar::from_code(&self.calendar) else { return false };
        let said = self.original_text.as_deref().and_then(three_numbers);
        let said = said.and_then(|(year, month, day)| calendar.day(year, month, day));
        (self.precision == Precision::Day && calendar.is_heap(self.value()))
            || said.is_some_and(|said| calendar.is_heap(said))
    }
}

impl fmt::Debug for FuzzyDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FuzzyDate(…)")
    }
}

impl Canonical for FuzzyDate {
    fn write(&self, to: &mut Writer) {
        to.array(8).uint(1).int(to_days(self.earliest)).int(to_days(self.latest));
        to.uint(match self.precision {
            Precision::Day => 0,
            Precision::Month => 1,
            Precision::Year => 2,
            Precision::Range => 3,
        });
        to.text(&self.calendar).text_or_null(self.original_text.as_deref());
        to.bool(self.estimated).text_or_null(self.basis.as_deref());
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 8)?;
        if from.u8()? != 1 {
            return Err(CborError::Shape);
        }
        let mut day = || from.i64().ok().and_then(from_days).ok_or(CborError::Shape);
        let (earliest, latest) = (day()?, day()?);
        let precision = match from.u8()? {
            0 => Precision::Day,
            1 => Precision::Month,
            2 => Precision::Year,
            3 => Precision::Range,
            _ => return Err(CborError::Shape),
        };
        if latest < earliest {
            return Err(CborError::Shape);
        }
        Ok(Self {
            earliest,
            latest,
            precision,
            calendar: from.str()?.to_owned(),
            original_text: text_or_null(from)?,
            estimated: from.bool()?,
            basis: text_or_null(from)?,
        })
    }
}

/// Year, month and day out of text like `۱۳۸۸/۱۰/۱۱`, in the digits of any script.
fn three_numbers(text: &str) -> Option<(i16, i8, i8)> {
    let mut numbers = text.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty());
    let mut next = || {
        let mut digits = numbers.next()?.chars().map(digit);
        digits.try_fold(0_i16, |number, digit| number.checked_mul(10)?.checked_add(digit?))
    };
    let parts = (next()?, next()?, next()?);
    numbers.next().is_none().then_some(())?;
    Some((parts.0, i8::try_from(parts.1).ok()?, i8::try_from(parts.2).ok()?))
}

/// The value of a decimal digit: European, Arabic-Indic, Persian.
fn digit(c: char) -> Option<i16> {
    let zero = match c {
        '0'..='9' => '0',
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return None,
    };
    i16::try_from(u32::from(c) - u32::from(zero)).ok()
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// Days since 1970-01-01.
pub fn to_days(date: Date) -> i64 {
    days_between(EPOCH, date)
}

/// The day that many days after 1970-01-01, within the years that dates can have.
pub fn from_days(days: i64) -> Option<Date> {
    EPOCH.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_month_and_a_year_are_intervals_and_their_value_is_the_middle() {
        let month = FuzzyDate::month(2024, 2).unwrap();
        assert_eq!((month.earliest(), month.latest()), (date(2024, 2, 1), date(2024, 2, 29)));
        assert_eq!(month.value(), date(2024, 2, 15));
        assert_eq!(FuzzyDate::year(2015).unwrap().value(), date(2015, 7, 2));
    }

    #[test]
    fn an_age_is_every_birthday_that_fits() {
        let nine = FuzzyDate::from_age(9, date(2026, 11, 24)).unwrap();
        assert_eq!((nine.earliest(), nine.latest()), (date(2016, 11, 25), date(2017, 11, 24)));
        let leap = FuzzyDate::from_age(0, date(2024, 2, 29)).unwrap();
        assert!(leap.earliest() <= leap.latest());
        assert!(nine.estimated && !nine.is_heaped());
    }

    #[test]
    fn months_and_years_are_stretches_of_their_own_calendar() {
        let tirri = FuzzyDate::entered(Calendar::Ethiopic, 2004, Some(5), Some(11)).unwrap();
        assert_eq!((tirri.value(), tirri.precision()), (date(2012, 1, 20), Precision::Day));
        let aban = FuzzyDate::entered(Calendar::Persian, 1386, Some(8), None).unwrap();
        assert_eq!((aban.earliest(), aban.latest()), (date(2007, 10, 23), date(2007, 11, 21)));
        let ramadan = FuzzyDate::entered(Calendar::IslamicCivil, 1440, Some(9), Some(1)).unwrap();
        assert_eq!((ramadan.earliest(), ramadan.latest()), (date(2019, 5, 4), date(2019, 5, 8)));
        assert_eq!(ramadan.parts(), Some((1440, Some(9), Some(1))));
        for date in [tirri, aban, ramadan] {
            let calendar = Calendar::from_code(&date.calendar).unwrap();
            let again = FuzzyDate::kept(calendar, date.earliest(), date.latest(), date.precision());
            assert_eq!(again, Ok(date));
        }
    }

    #[test]
    fn a_heap_is_known_by_the_words_that_were_said() {
        let year = (date(2010, 1, 1), date(2010, 12, 31));
        let mut born = FuzzyDate::kept(Calendar::Persian, year.0, year.1, Precision::Year).unwrap();
        assert_eq!((born.precision(), born.is_heaped()), (Precision::Year, false));
        born.original_text = Some("۱۳۸۸/۱۰/۱۱".into());
        assert!(born.is_heaped());
        born.original_text = Some("۱۳۸۸/۱۰/۲۳".into());
        assert!(!born.is_heaped());
    }

    #[test]
    fn dates_go_both_ways() {
        let mut born = FuzzyDate::range(date(2010, 1, 1), date(2011, 3, 4)).unwrap();
        born.original_text = Some("۱۳۸۹".into());
        assert_eq!(FuzzyDate::from_bytes(&born.to_bytes()), Ok(born));
        assert_eq!(FuzzyDate::range(date(2011, 1, 1), date(2010, 1, 1)), Err(NotADate::Backwards));
        assert!(FuzzyDate::day(date(2010, 1, 1)).is_heaped());
    }
}
