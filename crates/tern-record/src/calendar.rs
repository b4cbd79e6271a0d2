//! Days of six calendars as Gregorian days. The arithmetic is [`icu_calendar`]'s; see
//! `docs/decisions/0007-calendars.md`.
//!
//! Months and years are stretches of days *in their calendar*. In the Islamic calendars a month begins when the
//! moon is seen, so what a table says may be off by two days either way: the stretch says so.

use icu_calendar::cal::hijri::{TabularAlgorithm, UmmAlQura};
use icu_calendar::cal::{Coptic, Ethiopian, EthiopianEraStyle, Hijri, Persian};
use icu_calendar::types::RataDie;
use icu_calendar::{AsCalendar, Date as CalendarDate};
use jiff::civil::Date;

use crate::fuzzy::{from_days, to_days};

/// A calendar that a date can be given in: codes of list `calendar`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Calendar {
    /// The civil calendar of most of the world.
    Gregorian,
    /// Ethiopia and Eritrea: thirteen months, years of the incarnation era.
    Ethiopic,
    /// Copts of Egypt: the same months, years of the martyrs.
    Coptic,
    /// Solar Hijri: Iran and Afghanistan.
    Persian,
    /// Islamic, by the arithmetic table that begins on a Friday.
    IslamicCivil,
    /// Islamic, by the tables of Umm al-Qura.
    IslamicUmmAlQura,
}

/// Days that a month may begin earlier or later than the table says.
const SIGHTING: i64 = 2;
/// 1970-01-01 in the count of days that calendars are exchanged by.
const EPOCH: i64 = 719_163;

impl Calendar {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Gregorian,
        Self::Ethiopic,
        Self::Coptic,
        Self::Persian,
        Self::IslamicCivil,
        Self::IslamicUmmAlQura,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gregorian => "gregorian",
            Self::Ethiopic => "ethiopic",
            Self::Coptic => "coptic",
            Self::Persian => "persian",
            Self::IslamicCivil => "islamic_civil",
            Self::IslamicUmmAlQura => "islamic_umalqura",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|calendar| calendar.code() == code)
    }

    /// The Gregorian day that a day of this calendar is, by its table.
    pub fn day(self, year: i16, month: i8, day: i8) -> Option<Date> {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let year = i32::from(year);
        match self {
            Self::Gregorian => gregorian(CalendarDate::try_new_iso(year, month, day).ok()?),
            Self::Ethiopic => gregorian(
                CalendarDate::try_new_ethiopian(EthiopianEraStyle::AmeteMihret, year, month, day).ok()?,
            ),
            Self::Coptic => gregorian(CalendarDate::try_new_coptic(year, month, day).ok()?),
            Self::Persian => gregorian(CalendarDate::try_new_persian(year, month, day).ok()?),
            Self::IslamicCivil => {
                gregorian(CalendarDate::try_new_hijri_with_calendar(year, month, day, civil()).ok()?)
            }
            Self::IslamicUmmAlQura => {
                gregorian(CalendarDate::try_new_hijri_with_calendar(year, month, day, umm_al_qura()).ok()?)
            }
        }
    }

    /// First and last Gregorian day of a month.
    pub fn month(self, year: i16, month: i8) -> Option<(Date, Date)> {
        let first = self.day(year, month, 1)?;
        let next = match self.day(year, month.checked_add(1)?, 1) {
            Some(next) => next,
            None => self.day(year.checked_add(1)?, 1, 1)?,
        };
        Some((first, next.yesterday().ok()?))
    }

    /// First and last Gregorian day of a year.
    pub fn year(self, year: i16) -> Option<(Date, Date)> {
        let first = self.day(year, 1, 1)?;
        Some((first, self.day(year.checked_add(1)?, 1, 1)?.yesterday().ok()?))
    }

    /// Year, month and day in this calendar.
    pub fn parts(self, date: Date) -> (i16, i8, i8) {
        let day = RataDie::new(to_days(date) + EPOCH);
        match self {
            Self::Gregorian => (date.year(), date.month(), date.day()),
            Self::Ethiopic => parts(CalendarDate::from_rata_die(day, Ethiopian::new())),
            Self::Coptic => parts(CalendarDate::from_rata_die(day, Coptic)),
            Self::Persian => parts(CalendarDate::from_rata_die(day, Persian)),
            Self::IslamicCivil => parts(CalendarDate::from_rata_die(day, civil())),
            Self::IslamicUmmAlQura => parts(CalendarDate::from_rata_die(day, umm_al_qura())),
        }
    }

    /// A stretch of days with what the sighting of the moon may add on either side.
    pub fn widened(self, first: Date, last: Date) -> Option<(Date, Date)> {
        match self {
            Self::IslamicCivil | Self::IslamicUmmAlQura => {
                Some((from_days(to_days(first) - SIGHTING)?, from_days(to_days(last) + SIGHTING)?))
            }
            _ => Some((first, last)),
        }
    }

    /// A day that officials write when nobody knows: the first of a year or of its half, and 1 January and 1 July as
    /// they fall in this calendar.
    pub fn is_heap(self, date: Date) -> bool {
        let (_, month, day) = self.parts(date);
        let own = match self {
            Self::Gregorian => false,
            Self::Persian => matches!((month, day), (1 | 4, 1) | (10, 10..=12) | (4, 9..=11)),
            Self::Ethiopic | Self::Coptic => (month, day) == (1, 1),
            Self::IslamicCivil | Self::IslamicUmmAlQura => matches!((month, day), (1 | 7, 1)),
        };
        own || matches!((date.month(), date.day()), (1 | 7, 1))
    }
}

fn civil() -> Hijri<TabularAlgorithm> {
    use icu_calendar::cal::hijri::{TabularAlgorithmEpoch, TabularAlgorithmLeapYears};
    Hijri::new_tabular(TabularAlgorithmLeapYears::TypeII, TabularAlgorithmEpoch::Friday)
}

fn umm_al_qura() -> Hijri<UmmAlQura> {
    Hijri::new_umm_al_qura()
}

fn gregorian<C: AsCalendar>(date: CalendarDate<C>) -> Option<Date> {
    from_days(date.to_rata_die().to_i64_date() - EPOCH)
}

fn parts<C: AsCalendar>(date: CalendarDate<C>) -> (i16, i8, i8) {
    let year = i16::try_from(date.year().era_year_or_related_iso()).unwrap_or_default();
    let month = i8::try_from(date.month().ordinal).unwrap_or_default();
    (year, month, i8::try_from(date.day_of_month().0).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_of_other_calendars_are_the_days_that_tables_say() {
        use Calendar::{Coptic, Ethiopic, IslamicCivil, IslamicUmmAlQura, Persian};
        // Ethiopic, Solar Hijri and civil Islamic days: convertdate 2.5.1, and an independent formula for Ethiopic.
        for (calendar, (year, month, day), is) in [
            (Ethiopic, (2002, 1, 1), date(2009, 9, 11)),
            (Ethiopic, (2004, 5, 11), date(2012, 1, 20)),
            (Ethiopic, (2007, 13, 6), date(2015, 9, 11)),
            (Ethiopic, (2006, 13, 4), date(2014, 9, 9)),
            (Ethiopic, (2017, 1, 1), date(2024, 9, 11)),
            (Persian, (1388, 10, 11), date(2010, 1, 1)),
            (Persian, (1389, 1, 1), date(2010, 3, 21)),
            (Persian, (1390, 6, 15), date(2011, 9, 6)),
            (IslamicCivil, (1431, 1, 15), date(2010, 1, 1)),
            (IslamicCivil, (1440, 9, 1), date(2019, 5, 6)),
            // Nayrouz of 1726 fell on 11 September 2009, as every Coptic year does outside leap years.
            (Coptic, (1726, 1, 1), date(2009, 9, 11)),
            // The Umm al-Qura tables: 1 Ramadan 1445, 1 Muharram 1446.
            (IslamicUmmAlQura, (1445, 9, 1), date(2024, 3, 11)),
            (IslamicUmmAlQura, (1446, 1, 1), date(2024, 7, 7)),
        ] {
            assert_eq!(calendar.day(year, month, day), Some(is), "{calendar:?} {year}-{month}-{day}");
            assert_eq!(calendar.parts(is), (year, month, day), "{calendar:?} {is}");
        }
        let aban = (date(2007, 10, 23), date(2007, 11, 21));
        assert_eq!(Persian.month(1386, 8), Some(aban));
    }

    #[test]
    fn every_day_of_two_centuries_goes_there_and_back() {
        for calendar in Calendar::ALL {
            let (mut day, mut days) = (date(1900, 1, 1), 0);
            while day < date(2100, 1, 1) {
                let (year, month, of_month) = calendar.parts(day);
                assert_eq!(calendar.day(year, month, of_month), Some(day), "{calendar:?} {day}");
                day = from_days(to_days(day) + 1).unwrap();
                days += 1;
            }
            assert_eq!(days, 73_049);
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        assert_eq!(Calendar::Ethiopic.day(2014, 13, 6), None);
        assert_eq!(Calendar::Ethiopic.day(2015, 13, 6), Some(date(2023, 9, 11)));
        assert_eq!(Calendar::Persian.day(1402, 12, 30), None);
        assert_eq!(Calendar::Gregorian.day(2026, 2, 29), None);
        assert_eq!(Calendar::Persian.day(1388, 0, 1), None);
        assert_eq!(Calendar::Gregorian.day(2026, -1, 1), None);
    }

    #[test]
    fn heaps_are_known_in_each_calendar() {
        assert!(Calendar::Persian.is_heap(date(2010, 1, 1)));
        assert!(Calendar::Persian.is_heap(date(2010, 3, 21)));
        assert!(Calendar::Ethiopic.is_heap(date(2009, 9, 11)));
        assert!(!Calendar::Ethiopic.is_heap(date(2012, 1, 20)));
        assert!(!Calendar::Gregorian.is_heap(date(2010, 3, 21)));
    }
}
