//! What comes on a stated day: reviews, permits that end, eighteen, contacts after a return.

use jiff::ToSpan;

use crate::age::birthday;
use crate::life::{Life, Row, code, day, yes};
use crate::need::days_between;

use super::{Maker, TaskKind, later, majority_steps};

impl Maker<'_> {
    /// Full age comes by the youngest claim; six months before, a plan is due (D-03).
    pub(super) fn growing_up(&mut self) {
        let Some(born) = self.life.protective_birth().map(|born| born.latest()) else { return };
        let Some(adult) = birthday(born, self.profile.majority_age) else { return };
        let Ok(plan) = adult.checked_sub(6.months()) else { return };
        if majority_steps(self.life, plan).contains(&false) {
            self.add_from(TaskKind::Turned18, adult, adult, adult);
        }
        if !self.life.rows("solutions").any(|(_, row)| yes(row, "transition_plan_after_18") == Some(true))
            && let Some(task) = self.add_from(TaskKind::TransitionTo18, plan, plan, plan)
        {
            task.when.until = Some(adult);
        }
    }

    pub(super) fn permits(&mut self) {
        let life = self.life;
        for (id, row) in life.rows("permits") {
            if yes(row, "unlimited") == Some(true) {
                continue;
            }
            let Some(until) = day(row, "valid_until") else { continue };
            let warned = until.checked_sub(180.days()).ok();
            // A permit that ends with childhood is told from the day it is entered.
            let from = if crate::permit::ends_at_18(row, life.births()) { None } else { warned };
            let since = day(row, "issued_on").or_else(|| self.opened()).unwrap_or(until);
            if let Some(task) = self.add(TaskKind::PermitEnds, since, until) {
                task.about = Some(id.to_owned());
                task.when.from = from;
            }
        }
    }

    pub(super) fn reviews(&mut self) {
        let life = self.life;
        if let Some(care) = life
            .rows("care")
            .filter(|(_, row)| day(row, "to").is_none())
            .max_by_key(|(_, row)| day(row, "from"))
        {
            let (id, row) = care;
            let looked_after = !matches!(code(row, "type"), Some("parents" | "customary_caregiver"));
            let since = day(row, "from");
            let first = since.and_then(|from| later(from, 28));
            let due = day(row, "review_due").or(first.filter(|_| looked_after));
            if let (Some(since), Some(due)) = (since, due)
                && let Some(task) = self.add(TaskKind::CareReview, since, due)
            {
                task.about = Some(id.to_owned());
            }
        }
        for list in ["bia", "bid"] {
            for (id, row) in life.rows(list) {
                self.on_day(TaskKind::Review, row, "review_due", id);
            }
        }
        for (id, row) in life.rows("legal_proceedings") {
            self.on_day(TaskKind::Review, row, "next_date", id);
        }
        for (id, row) in life.rows("follow_ups") {
            if day(row, "done_on").is_none() {
                self.on_day(TaskKind::FollowUp, row, "due_on", id);
            } else if !is_followed_since(life, row) {
                self.on_day(TaskKind::FollowUp, row, "next_due", id);
            }
        }
        if let (Some(since), Some(due)) = (self.opened(), life.day("case.review_due")) {
            self.add(TaskKind::Review, since, due);
        }
        if let (Some(since), Some(due)) = (self.opened(), life.day("paper.destroy_on")) {
            self.add(TaskKind::DestroyPaper, since, due);
        }
    }

    /// What waits for people: a second worker, answers that differ.
    pub(super) fn people(&mut self) {
        let Some(since) = self.opened() else { return };
        for (id, row) in self.life.rows("proposals") {
            if yes(row, "confirmed") != Some(true)
                && yes(row, "withdrawn") != Some(true)
                && let Some(task) =
                    self.add_days(TaskKind::SecondWorker, day(row, "proposed_on").or(Some(since)), 7)
            {
                task.about = Some(id.to_owned());
            }
        }
        if self.life.disputes > 0 {
            self.add_days(TaskKind::Settle, Some(since), 14);
        }
    }

    /// Contacts after a return, for every child, accompanied or not (A46).
    pub(super) fn returns(&mut self) {
        for (id, row) in self.life.rows("returns") {
            let Some(departed) = day(row, "departed_on") else { continue };
            for months in crate::returning::MONITORING_MONTHS {
                let Ok(due) = departed.checked_add(months.months()) else { continue };
                let done = self.life.rows_of("return_monitoring", id).any(|(_, contact)| {
                    day(contact, "on").is_some_and(|on| days_between(due, on).abs() <= 14)
                });
                if !done {
                    let about = Some(id.to_owned());
                    if let Some(task) = self.add(TaskKind::ReturnMonitoring, departed, due) {
                        task.about = about;
                        task.when.from = due.checked_sub(14.days()).ok();
                    }
                }
            }
        }
    }
}

/// A follow-up of the same kind was done after this one.
fn is_followed_since(life: &Life, row: &Row) -> bool {
    let kind = |row: &Row| code(row, "type").map(str::to_owned);
    let (own, done) = (kind(row), day(row, "done_on"));
    life.rows("follow_ups").any(|(_, other)| day(other, "done_on") > done && kind(other) == own)
}
