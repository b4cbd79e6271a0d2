//! What is known of one child, as rules, tasks and the board read it.
//!
//! A [`Life`] is read from the answers that stand in a record: rows that were taken out are not in it,
//! and of a disputed answer it holds the one that is shown meanwhile. It knows nothing of forms, disks or
//! clocks; the day of today is handed to whatever asks.

mod birth;
mod interests;
mod service;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::age::AgeRange;
use crate::cbor::Canonical;
use crate::fuzzy::FuzzyDate;
use crate::path::Path;
use crate::scalar::Scalar;

pub use birth::{BirthRegistration, STEPS};
pub use interests::HeardGap;
pub use service::{Service, ServiceState};

/// Fields of one row, by their ids.
pub type Row = BTreeMap<String, Scalar>;

/// What stands in one child's record.
#[derive(Clone, Debug, Default)]
pub struct Life {
    own: Row,
    rows: BTreeMap<String, BTreeMap<String, Row>>,
    /// Rows that were taken out. They stand for nothing, and rules look at them as if they stood.
    removed: BTreeMap<String, BTreeMap<String, Row>>,
    births: Vec<FuzzyDate>,
    /// Every birth date that was ever claimed; writing another in its place does not unsay it.
    pub births_said: Vec<FuzzyDate>,
    /// Fields on which devices differ and that people settle.
    pub disputes: u32,
    /// Somebody once answered that no parent is with the child; clearing the answer does not unsay it.
    pub was_without_parents: bool,
    /// Every step of the birth registration that was ever answered; clearing one does not unsay it.
    pub steps_said: Vec<String>,
    /// Answers that protect, by their paths, that the worker who makes a change alone gave a few minutes ago: a slip is
    /// taken back as it was typed.
    pub just_said: BTreeSet<String>,
    /// The day on which the record was begun, where the clock of who began it was sure.
    pub begun: Option<Date>,
}

impl Life {
    /// Reads answers as they are shown. `births` are all claims of the birth date, also concurrent ones.
    pub fn read(answers: impl IntoIterator<Item = (Path, Scalar)>, births: Vec<FuzzyDate>) -> Self {
        let mut life = Self { births, ..Self::default() };
        for (path, value) in answers {
            if value.is_null() {
                continue;
            }
            match (path.list(), path.entity()) {
                (Some(list), Some(entity)) => {
                    let rows = life.rows.entry(list.to_owned()).or_default();
                    rows.entry(entity.to_owned()).or_default().insert(path.field().to_owned(), value);
                }
                _ => {
                    life.own.insert(path.as_str().to_owned(), value);
                }
            }
        }
        for (list, rows) in &mut life.rows {
            let (removed, standing) =
                std::mem::take(rows).into_iter().partition(|(_, row)| row.contains_key("removed"));
            *rows = standing;
            life.removed.insert(list.clone(), removed);
        }
        life
    }

    /// A row of a list, also one that was taken out.
    pub fn any_row(&self, list: &str, id: &str) -> Option<&Row> {
        self.row(list, id).or_else(|| self.removed.get(list)?.get(id))
    }

    /// Rows of a list that belong to a row of another, also those that were taken out.
    pub fn any_rows_of<'a>(&'a self, list: &str, of: &'a str) -> impl Iterator<Item = &'a Row> {
        let removed = self.removed.get(list).into_iter().flatten();
        let taken_out = removed.filter(move |(_, row)| code(row, "of") == Some(of)).map(|(_, row)| row);
        self.rows_of(list, of).map(|(_, row)| row).chain(taken_out)
    }

    /// A row that stands.
    pub fn row(&self, list: &str, id: &str) -> Option<&Row> {
        self.rows.get(list)?.get(id)
    }

    /// Nothing stands in it: every answer was taken back.
    pub fn is_blank(&self) -> bool {
        self.own.is_empty() && self.rows.values().all(BTreeMap::is_empty)
    }

    /// Rows of a list, in the order of their ids.
    pub fn rows(&self, list: &str) -> impl Iterator<Item = (&str, &Row)> {
        self.rows.get(list).into_iter().flatten().map(|(id, row)| (id.as_str(), row))
    }

    /// Rows of a list that belong to a row of another.
    pub fn rows_of<'a>(&'a self, list: &str, of: &'a str) -> impl Iterator<Item = (&'a str, &'a Row)> {
        let rows = self.rows.get(list).into_iter().flatten();
        rows.filter(move |(_, row)| code(row, "of") == Some(of)).map(|(id, row)| (id.as_str(), row))
    }

    /// A field on its own.
    pub fn own(&self, field: &str) -> Option<&Scalar> {
        self.own.get(field)
    }

    /// The code or text of a field on its own.
    pub fn code(&self, field: &str) -> Option<&str> {
        self.own.get(field).and_then(Scalar::as_text)
    }

    /// Yes or no of a field on its own; `None` for every way of not answering.
    pub fn yes(&self, field: &str) -> Option<bool> {
        self.own.get(field).and_then(Scalar::as_bool)
    }

    /// The day of a field on its own; of a fuzzy date, its value.
    pub fn day(&self, field: &str) -> Option<Date> {
        self.own.get(field).and_then(scalar_day)
    }

    /// Every birth date that anybody claims.
    pub fn births(&self) -> &[FuzzyDate] {
        &self.births
    }

    /// The claim by which the child is youngest: the one that protects (D-01).
    pub fn protective_birth(&self) -> Option<&FuzzyDate> {
        self.births.iter().max_by_key(|born| (born.latest(), born.earliest()))
    }

    /// The youngest age that a claim allows; `None` when there is no date.
    pub fn youngest_age(&self, today: Date) -> Option<i16> {
        self.protective_birth().map(|born| AgeRange::on(today, born).youngest)
    }

    /// The day since which this programme knows the child: what clocks start from. What is stated may be earlier than
    /// the record, as from a paper; a later day makes no wait shorter.
    pub fn opened(&self) -> Option<Date> {
        let stated = self.day("case.opened_on").or_else(|| self.day("interviewed_on"));
        stated.into_iter().chain(self.begun).min()
    }

    /// The country where the child is: its own, else that of the site.
    pub fn host<'a>(&'a self, profile: &'a crate::profile::Profile) -> Option<&'a str> {
        self.code("case.country").or(profile.country.as_deref())
    }

    /// The day of arrival; a child born here has none.
    pub fn arrived(&self) -> Option<Date> {
        self.day("arrived_on")
    }

    /// Neither closed, moved on, handed over nor linked to another record. Lost children stay open.
    pub fn is_open(&self) -> bool {
        !matches!(self.code("case.status"), Some("closed" | "transferred" | "duplicate"))
            && self.code("life_status") != Some("deceased")
            && self.code("case.departed_on").is_none()
    }

    /// Whether rules treat the child as without a parent or customary caregiver: anything that is not
    /// plainly *accompanied* counts (PROTECTION 1.19: unknown counts as unaccompanied for every task).
    pub fn is_without_parents(&self) -> bool {
        self.code("accompaniment") != Some("accompanied")
    }

    /// Unaccompanied or separated in the sense of figures: only what was answered so.
    pub fn is_uasc(&self) -> bool {
        matches!(self.code("accompaniment"), Some("unaccompanied" | "separated"))
    }

    /// A concern of high risk that is not settled; only where tier 3 is read.
    pub fn has_open_high_risk(&self) -> bool {
        self.rows("concerns").any(|(_, row)| code(row, "risk") == Some("high") && is_open_concern(row))
    }

    /// A guardian who is in office.
    pub fn has_guardian(&self) -> bool {
        self.rows("guardianship").any(|(_, row)| {
            day(row, "ended_on").is_none()
                && code(row, "status").is_none_or(|status| status == "appointed")
                && (day(row, "appointed_on").is_some() || code(row, "status") == Some("appointed"))
        })
    }

    /// A guardian was in office on a day.
    pub fn had_guardian(&self, on: Date) -> bool {
        self.rows("guardianship").any(|(_, row)| {
            let begun = day(row, "appointed_on").map(|appointed| appointed <= on);
            begun.unwrap_or(code(row, "status") == Some("appointed"))
                && day(row, "ended_on").is_none_or(|ended| ended >= on)
        })
    }

    /// The first day on which a guardian was asked for, while none is in office.
    pub fn guardian_asked(&self) -> Option<Date> {
        self.rows("guardianship").filter_map(|(_, row)| day(row, "requested_on")).min()
    }

    /// Where the child sleeps now: the latest care arrangement that has not ended.
    pub fn care_now(&self) -> Option<&Row> {
        let now = self.rows("care").filter(|(_, row)| day(row, "to").is_none());
        now.max_by_key(|(_, row)| day(row, "from")).map(|(_, row)| row)
    }
}

/// A concern that still wants something done.
pub fn is_open_concern(row: &Row) -> bool {
    !matches!(code(row, "status"), Some("resolved" | "unfounded"))
}

/// The code or text in a field of a row.
pub fn code<'a>(row: &'a Row, field: &str) -> Option<&'a str> {
    row.get(field).and_then(Scalar::as_text)
}

/// Yes or no in a field of a row.
pub fn yes(row: &Row, field: &str) -> Option<bool> {
    row.get(field).and_then(Scalar::as_bool)
}

/// The day in a field of a row.
pub fn day(row: &Row, field: &str) -> Option<Date> {
    row.get(field).and_then(scalar_day)
}

/// The day that a value says: a date, or the middle of a fuzzy one.
pub fn scalar_day(value: &Scalar) -> Option<Date> {
    match value {
        Scalar::Text(text) => text.parse().ok(),
        Scalar::Bytes(bytes) => FuzzyDate::from_bytes(bytes).ok().map(|date| date.value()),
        _ => None,
    }
}

#[cfg(test)]
pub(crate) mod tests;
