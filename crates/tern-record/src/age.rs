//! Who is a child: under 18 by the youngest birth date that anybody claims (rule D-01).

use jiff::civil::Date;

use crate::fuzzy::FuzzyDate;

/// Ages in whole years that a birth date allows on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AgeRange {
    /// The youngest; protection follows it.
    pub youngest: i16,
    /// The oldest.
    pub oldest: i16,
}

impl AgeRange {
    /// The ages on `today`; negative when born later.
    pub fn on(today: Date, born: &FuzzyDate) -> Self {
        Self { youngest: whole_years(born.latest(), today), oldest: whole_years(born.earliest(), today) }
    }

    /// Age at the middle of the interval, as statistics and lists show it.
    pub fn stated(today: Date, born: &FuzzyDate) -> i16 {
        match born.precision() {
            crate::fuzzy::Precision::Day => whole_years(born.latest(), today),
            _ => whole_years(born.value(), today),
        }
    }
}

/// D-01: under 18 by the youngest claim; without any date, in doubt, a child.
pub fn is_child<'a>(today: Date, claims: impl IntoIterator<Item = &'a FuzzyDate>) -> bool {
    claims
        .into_iter()
        .map(|born| AgeRange::on(today, born).youngest)
        .min()
        .is_none_or(|youngest| youngest < 18)
}

/// The day on which somebody born on a day has so many whole years. Who was born on 29 February has them on 1 March
/// of other years: of the two days in use the one on which childhood lasts longer.
pub fn birthday(born: Date, years: i16) -> Option<Date> {
    let year = born.year().checked_add(years)?;
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

fn whole_years(from: Date, to: Date) -> i16 {
    let years = to.year() - from.year();
    if (to.month(), to.day()) < (from.month(), from.day()) { years - 1 } else { years }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn d_01_the_youngest_claim_protects_and_doubt_makes_a_child() {
        let today = date(2026, 11, 24);
        let paper = FuzzyDate::day(date(2004, 1, 1));
        let said = FuzzyDate::year(2009).unwrap();
        assert!(!is_child(today, [&paper]));
        assert!(is_child(today, [&paper, &said]));
        assert!(is_child(today, []));
    }

    #[test]
    fn a_birthday_is_the_first_day_of_that_age() {
        for born in [date(2008, 2, 28), date(2008, 2, 29), date(2008, 3, 1), date(2008, 12, 31)] {
            for years in 0..40 {
                let day = birthday(born, years).unwrap();
                assert_eq!(whole_years(born, day), years, "{born} {years}");
                assert_eq!(whole_years(born, day.yesterday().unwrap()), years - 1, "{born} {years}");
            }
        }
        assert_eq!(birthday(date(2008, 2, 29), 18), Some(date(2026, 3, 1)));
    }

    #[test]
    fn eighteen_begins_on_the_birthday() {
        let born = FuzzyDate::day(date(2008, 11, 24));
        assert!(is_child(date(2026, 11, 23), [&born]));
        assert!(!is_child(date(2026, 11, 24), [&born]));
        assert_eq!(
            AgeRange::stated(date(2026, 11, 24), &FuzzyDate::from_age(9, date(2026, 11, 24)).unwrap()),
            9
        );
    }
}
