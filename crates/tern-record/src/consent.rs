//! Whether something may be done with what is known of a child: agreements one by one, and what stands in
//! their place (rules D-03 and D-07 to D-11; inter-agency case-management practice).

use jiff::ToSpan;
use jiff::civil::Date;

use crate::life::{Life, Row, code, day, yes};

/// Whether an agreement, or a basis in its place, carries a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was agreed, by whom the age asks for.
    Agreed,
    /// Nobody agreed, and one of the three reasons stands with a name beside it (D-10).
    Instead,
    /// It may not be done.
    No(Gap),
}

/// Why an agreement does not carry a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It was not asked: nothing is agreed by default (D-07).
    NotAsked,
    /// Refused, or taken back; this stands above everything else (D-08).
    Refused,
    /// The child does not want it (D-09).
    ChildSaysNo,
    /// The person who agreed cannot, at this age (D.2).
    WrongPerson,
    /// A caregiver agreed before the child was spoken to apart (PROTECTION 1.5).
    NotSpokenApart,
    /// It ran out, or full age has come (D-03).
    RunOut,
    /// Without agreement, and no reason or no name beside it (D-10).
    NoReason,
}

/// Whether a purpose and a receiver are agreed to on a day. Of several rows for the same purpose and
/// receiver a refusal that was never followed by a later agreement stands above all.
pub fn standing(life: &Life, purpose: &str, receiver: Option<&str>, today: Date) -> Standing {
    let rows: Vec<&Row> = life
        .rows("consents")
        .map(|(_, row)| row)
        .filter(|row| code(row, "purpose") == Some(purpose))
        .filter(|row| receiver.is_none() || code(row, "receiver").is_none_or(|to| Some(to) == receiver))
        .collect();
    let denials: Vec<Option<Date>> =
        rows.iter().filter(|row| is_denied(row)).map(|row| denied_on(row)).collect();
    // Nothing is known to be later than a no without a day.
    let is_later = |row: &Row| {
        let given = day(row, "given_on");
        denials.iter().all(|denied| denied.is_some_and(|denied| given.is_some_and(|given| given > denied)))
    };
    let mut best = Standing::No(Gap::NotAsked);
    for row in &rows {
        let this = if !is_denied(row) && is_later(row) {
            of_row(life, row, today)
        } else {
            Standing::No(Gap::Refused)
        };
        best = match (best, this) {
            (Standing::Agreed, _) | (_, Standing::Agreed) => Standing::Agreed,
            (Standing::Instead, _) | (_, Standing::Instead) => Standing::Instead,
            (Standing::No(Gap::NotAsked), this) => this,
            (best, _) => best,
        };
    }
    best
}

/// Whether a yes was said after every no of these rows. Nothing is known to be later than a no without a day, and a yes of
/// the same day is not.
pub fn is_agreed_after<'a>(noes: impl IntoIterator<Item = &'a Row>, yes: &Row) -> bool {
    let given = day(yes, "given_on");
    noes.into_iter().all(|no| denied_on(no).is_some_and(|no| given.is_some_and(|given| given > no)))
}

/// Refused, or taken back.
pub fn is_denied(row: &Row) -> bool {
    matches!(code(row, "status"), Some("refused" | "withdrawn"))
}

/// The day of a no; `None` when nobody said one.
pub(crate) fn denied_on(row: &Row) -> Option<Date> {
    day(row, "withdrawn_on").or_else(|| day(row, "given_on"))
}

fn of_row(life: &Life, row: &Row, today: Date) -> Standing {
    match code(row, "status") {
        Some("granted") => match granted(life, row, today) {
            None => Standing::Agreed,
            Some(gap) => Standing::No(gap),
        },
        Some("not_possible") => {
            let basis = matches!(
                code(row, "legal_basis_instead"),
                Some("vital_interest" | "legal_obligation" | "child_protection_mandate")
            );
            let named = code(row, "basis_reason").is_some() && code(row, "basis_approved_by").is_some();
            if basis && named { Standing::Instead } else { Standing::No(Gap::NoReason) }
        }
        Some("refused" | "withdrawn") => Standing::No(Gap::Refused),
        Some("expired") => Standing::No(Gap::RunOut),
        _ => Standing::No(Gap::NotAsked),
    }
}

/// The first thing that a granted agreement lacks.
fn granted(life: &Life, row: &Row, today: Date) -> Option<Gap> {
    let by = code(row, "given_by");
    let adult = matches!(by, Some("caregiver" | "guardian" | "both"));
    let child = matches!(by, Some("child" | "both"));
    // A yes has somebody who said it and a day on which it was said, and carries nothing before that day.
    let (Some(given), Some(_)) = (day(row, "given_on"), by) else { return Some(Gap::NotAsked) };
    if given > today {
        return Some(Gap::NotAsked);
    }
    let end = day(row, "expires_on").or_else(|| given.checked_add(12.months()).ok());
    if end.is_some_and(|end| end < today) {
        return Some(Gap::RunOut);
    }
    let age = life.youngest_age(today);
    if adult && age.is_some_and(|age| age >= 18) {
        return Some(Gap::RunOut);
    }
    if code(row, "child_assent") == Some("dissent") {
        let overridden = age.is_some_and(|age| age < 12) && code(row, "override_reason").is_some();
        if !overridden && age.is_none_or(|age| age >= 6) {
            return Some(Gap::ChildSaysNo);
        }
    }
    if adult && yes(row, "spoke_apart") != Some(true) {
        return Some(Gap::NotSpokenApart);
    }
    // Names, photos and stories leave only by the word of child and guardian (D-25).
    if code(row, "purpose") == Some("advocacy") && by != Some("both") {
        return Some(Gap::WrongPerson);
    }
    // From 15 the child agrees; under 12 a child alone does not carry it. In between maturity decides.
    match age {
        Some(age) if age >= 15 && !child => Some(Gap::WrongPerson),
        Some(age) if age < 12 && child && !adult => Some(Gap::WrongPerson),
        _ => None,
    }
}
