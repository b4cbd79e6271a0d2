//! Whether two records may be about one child. It proposes with reasons; two people decide.

use crate::query::{Query, Strength};

/// A birth date as an interval of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Birth {
    /// First day it can mean, in days since 1970-01-01.
    pub earliest: i64,
    /// Last day it can mean.
    pub latest: i64,
    /// A day that officials write when nobody knows: agreement on it says nothing.
    pub heaped: bool,
}

/// What is compared.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Every name.
    pub names: Vec<String>,
    /// Code of list `sex`; empty when not answered.
    pub sex: String,
    /// Birth date.
    pub birth: Option<Birth>,
    /// Codes.
    pub languages: Vec<String>,
    /// Places as written.
    pub places: Vec<String>,
}

/// What was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// Names.
    Name,
    /// Sex.
    Sex,
    /// Birth date.
    Age,
    /// Languages.
    Language,
    /// Places.
    Place,
}

/// How two answers to one question stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same.
    Same,
    /// Not the same, and one could be taken for the other.
    Close,
    /// Different.
    Different,
    /// One of them is not known.
    NotKnown,
}

/// One compared fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub kind: FactKind,
    /// How.
    pub verdict: Verdict,
}

/// How many facts fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Some.
    Some,
    /// Many.
    Many,
}

/// Two records that may be about one child.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Same {
    /// How many facts fit.
    pub fit: Fit,
    /// Points for sorting.
    pub points: u32,
    /// Every fact, in a fixed order.
    pub facts: Vec<Fact>,
}

/// A year either way: how far ages drift that were told at different times.
const DRIFT_DAYS: i64 = 366;

/// Compares two records. `None` when they are not worth a look.
///
/// The name must fit, and nothing that is known for certain may speak against it. A family name and a date
/// alone are not enough: brothers, sisters and twins share them.
pub fn may_be_same(a: &Facts, b: &Facts) -> Option<Same> {
    let (name, name_points) = names(&a.names, &b.names);
    let sex = sex(&a.sex, &b.sex);
    let age = age(a.birth, b.birth);
    let language = shared(&a.languages, &b.languages);
    let place = places(&a.places, &b.places);
    let facts = vec![
        Fact { kind: FactKind::Name, verdict: name },
        Fact { kind: FactKind::Sex, verdict: sex },
        Fact { kind: FactKind::Age, verdict: age },
        Fact { kind: FactKind::Language, verdict: language },
        Fact { kind: FactKind::Place, verdict: place },
    ];
    if !matches!(name, Verdict::Same | Verdict::Close) || age == Verdict::Different {
        return None;
    }
    let weight = |verdict: Verdict, same: i64, close: i64, different: i64| match verdict {
        Verdict::Same => same,
        Verdict::Close => close,
        Verdict::Different => -different,
        Verdict::NotKnown => 0,
    };
    let heaped = a.birth.is_some_and(|birth| birth.heaped) || b.birth.is_some_and(|birth| birth.heaped);
    let points = i64::from(name_points)
        + weight(sex, 5, 0, 25)
        + weight(age, if heaped { 4 } else { 18 }, 8, 40)
        + weight(language, 5, 0, 10)
        + weight(place, 10, 6, 4);
    let fit = match points {
        110.. => Fit::Many,
        78..=109 => Fit::Some,
        _ => return None,
    };
    Some(Same { fit, points: u32::try_from(points).unwrap_or(0), facts })
}

/// The best pair of names, each compared whole: every word of the shorter one must fit.
fn names(a: &[String], b: &[String]) -> (Verdict, u32) {
    if a.is_empty() || b.is_empty() {
        return (Verdict::NotKnown, 0);
    }
    let best = a.iter().flat_map(|ours| b.iter().map(move |theirs| pair(ours, theirs))).max();
    match best.flatten() {
        Some((Strength::Exact, points)) => (Verdict::Same, points),
        Some((_, points)) => (Verdict::Close, points),
        None => (Verdict::Different, 0),
    }
}

fn pair(a: &str, b: &str) -> Option<(Strength, u32)> {
    let closed = |text: &str| Query::new(&format!("{text} "));
    let fits = [closed(a).score(b), closed(b).score(a)];
    fits.into_iter().flatten().map(|fit| (fit.strength, fit.points)).max_by_key(|fit| fit.1)
}

fn sex(a: &str, b: &str) -> Verdict {
    let known = |sex: &str| matches!(sex, "F" | "M");
    if !known(a) || !known(b) {
        Verdict::NotKnown
    } else if a == b {
        Verdict::Same
    } else {
        Verdict::Different
    }
}

fn age(a: Option<Birth>, b: Option<Birth>) -> Verdict {
    let (Some(a), Some(b)) = (a, b) else { return Verdict::NotKnown };
    let overlap = |slack: i64| a.earliest - slack <= b.latest && b.earliest - slack <= a.latest;
    if overlap(0) {
        Verdict::Same
    } else if overlap(DRIFT_DAYS) {
        Verdict::Close
    } else {
        Verdict::Different
    }
}

fn shared(a: &[String], b: &[String]) -> Verdict {
    if a.is_empty() || b.is_empty() {
        Verdict::NotKnown
    } else if a.iter().any(|one| b.contains(one)) {
        Verdict::Same
    } else {
        Verdict::Different
    }
}

fn places(a: &[String], b: &[String]) -> Verdict {
    if a.is_empty() || b.is_empty() {
        return Verdict::NotKnown;
    }
    let best = a.iter().flat_map(|ours| b.iter().map(move |theirs| pair(ours, theirs))).max();
    match best.flatten() {
        Some((Strength::Exact, _)) => Verdict::Same,
        Some(_) => Verdict::Close,
        None => Verdict::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(name: &str, sex: &str, born: Option<(i64, i64)>) -> Facts {
        Facts {
            names: vec![name.into()],
            sex: sex.into(),
            birth: born.map(|(earliest, latest)| Birth { earliest, latest, heaped: false }),
            ..Facts::default()
        }
    }

    #[test]
    fn the_same_child_in_another_script_with_another_precision_is_proposed() {
        let a = facts("سمیرا حیدری", "F", Some((16_000, 16_365)));
        let b = facts("Samira Haidari", "F", Some((16_100, 16_100)));
        let same = may_be_same(&a, &b).unwrap();
        assert_eq!(same.facts[0].verdict, Verdict::Close);
        assert_eq!(may_be_same(&b, &a).unwrap().facts, same.facts);
        let many = may_be_same(&b, &b).unwrap();
        assert_eq!(many.fit, Fit::Many);
    }

    #[test]
    fn a_sister_another_age_and_another_name_are_not() {
        let child = facts("Samira Haidari", "F", Some((16_100, 16_100)));
        assert!(may_be_same(&child, &facts("Laila Haidari", "F", Some((16_100, 16_100)))).is_none());
        assert!(may_be_same(&child, &facts("Samira Haidari", "F", Some((12_000, 12_100)))).is_none());
        assert!(
            may_be_same(&child, &facts("Samira Haidari", "M", None)).is_none_or(|same| same.fit == Fit::Some)
        );
    }
}
