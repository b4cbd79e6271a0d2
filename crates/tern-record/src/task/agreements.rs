//! What the child knows, and what was agreed: asked again when it was put off or has run out.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::age::birthday;
use crate::life::{Life, Row, code, day, yes};

use super::{Maker, TaskKind};

impl Maker<'_> {
    pub(super) fn rights_and_agreements(&mut self) {
        let life = self.life;
        let explained = life.rows("information_given").any(|(_, row)| {
            code(row, "topic") == Some("rights")
                && matches!(code(row, "to"), None | Some("child" | "both"))
                && yes(row, "child_friendly") == Some(true)
        });
        if !explained && let Some(task) = self.add_days(TaskKind::ExplainRights, self.opened(), 7) {
            task.when.from = life.protective_birth().and_then(|born| birthday(born.latest(), 6));
        }
        if !life.rows("consents").any(|(_, row)| code(row, "purpose") == Some("case_management")) {
            self.add_days(TaskKind::AskAgain, self.opened(), 3);
        }
        for (id, row) in life.rows("consents") {
            let given = day(row, "given_on").or_else(|| self.opened());
            let adult = matches!(code(row, "given_by"), Some("caregiver" | "guardian" | "both"));
            let task = match code(row, "status") {
                // A later answer of its own stands in the place of this one.
                _ if is_answered_since(life, id, row) => None,
                Some("granted") if adult && yes(row, "spoke_apart") != Some(true) => {
                    self.add_days(TaskKind::SpeakApart, given, 1)
                }
                Some("later") => self.add_days(TaskKind::AskAgain, given, 3),
                Some("granted") => match consent_end(row, given) {
                    Some(end) => self.add_from(TaskKind::AskAgain, end, end, end),
                    None => None,
                },
                Some("not_possible") if code(row, "legal_basis_instead").is_some() => {
                    let due = day(row, "basis_review_due");
                    match (given, due) {
                        (Some(given), Some(due)) => self.add(TaskKind::ReviewBasis, given, due),
                        (given, None) => self.add_days(TaskKind::ReviewBasis, given, 7),
                        (None, Some(_)) => None,
                    }
                }
                _ => None,
            };
            if let Some(task) = task {
                task.about = Some(id.to_owned());
            }
        }
    }
}

/// Another answer to the same question was given after this one; to one that was put off, also on its day.
fn is_answered_since(life: &Life, id: &str, row: &Row) -> bool {
    let same = |other: &Row| {
        ["purpose", "receiver", "organisation"].iter().all(|field| other.get(*field) == row.get(*field))
            && matches!(code(other, "status"), Some("granted" | "refused" | "withdrawn" | "not_possible"))
    };
    let asked = day(row, "given_on");
    let put_off = code(row, "status") == Some("later");
    let since = |on: Date| match asked {
        Some(asked) => on > asked || put_off && on == asked,
        None => put_off,
    };
    life.rows("consents").any(|(other, answer)| {
        let on = day(answer, "withdrawn_on").or_else(|| day(answer, "given_on"));
        other != id && same(answer) && on.is_some_and(since)
    })
}

/// The day an agreement runs out: as it says, else after twelve months (B.6).
fn consent_end(row: &Row, given: Option<Date>) -> Option<Date> {
    day(row, "expires_on").or_else(|| given?.checked_add(12.months()).ok())
}
