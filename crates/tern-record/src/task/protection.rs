//! What protects: a bed, a search, a doctor, somebody in charge of a child without parents.

use crate::life::{ServiceState, code, day, is_open_concern, yes};
use crate::need::cells;

use super::{Maker, TaskKind, later};

impl Maker<'_> {
    /// Bed, search, doctor: before everything else.
    pub(super) fn today_first(&mut self) {
        let life = self.life;
        let shelter = cells(life, self.profile).into_iter().next();
        let no_place = shelter.filter(|cell| {
            use crate::need::CellState::{NotAsked, NotPossible, Referred, Refused, Waiting};
            matches!(cell.state, Waiting | Referred | Refused | NotAsked | NotPossible)
        });
        if let Some(cell) = no_place {
            self.add_days(TaskKind::SafePlace, cell.since, 0);
        }
        if let Some(since) = life.day("case.not_seen_since") {
            self.add(TaskKind::Search, since, since);
        }
        let needs_doctor = ["ill_or_injured", "needs_medicine"].iter().any(|seen| {
            life.rows("health_seen").any(|(code, row)| code == *seen && yes(row, "in") == Some(true))
        });
        let seen = life.service_date("screen_on").is_some()
            || life
                .best_service("health", self.life.host(self.profile))
                .is_some_and(|health| health.state() == Some(ServiceState::Receiving));
        if needs_doctor && !seen {
            self.add_days(TaskKind::Doctor, self.opened(), 0);
        }
    }

    pub(super) fn concerns(&mut self) {
        for (id, row) in self.life.rows("concerns") {
            if is_open_concern(row) && day(row, "first_response_on").is_none() {
                let days = self.profile.response(code(row, "risk"));
                let since = day(row, "raised_on").or_else(|| self.opened());
                if let Some(task) = self.add_days(TaskKind::AnswerConcern, since, days) {
                    task.about = Some(id.to_owned());
                }
            }
        }
    }

    /// Every night is one too many, whatever it is called; a place that cannot be left is one, too.
    pub(super) fn detention(&mut self) {
        for (id, row) in self.life.rows("detention") {
            if let (None, Some(since)) = (day(row, "to"), day(row, "from"))
                && let Some(task) = self.add(TaskKind::EndDetention, since, since)
            {
                task.about = Some(id.to_owned());
            }
        }
    }

    /// What a child without parents needs: authority, guardian, assessment, tracing.
    pub(super) fn without_parents(&mut self) {
        let (life, profile) = (self.life, self.profile);
        let high = life.has_open_high_risk();
        if life.first_assessed().is_none() && (life.is_without_parents() || high) {
            let asked = life.assessment_opened();
            if let Some(task) = self.add_days(TaskKind::AssessInterests, self.opened(), profile.bia_days) {
                task.asked = asked;
            }
        }
        if let Some((done, _)) = life.heard_gap() {
            self.add_days(TaskKind::HearChild, Some(done), profile.bia_days);
        }
        if !life.is_without_parents() {
            return;
        }
        let referred = life.rows("referrals").any(|(_, row)| {
            code(row, "to") == Some("child_protection_authority") && day(row, "sent_on").is_some()
        });
        if !referred {
            self.add_days(TaskKind::ReferToAuthority, self.opened(), profile.authority_days);
        }
        if !life.has_guardian() {
            let asked = life.guardian_asked();
            if let Some(task) = self.add_days(TaskKind::Guardian, self.opened(), profile.guardian_days) {
                task.asked = asked;
            }
        }
        self.guardian_contact();
        let agreed = life
            .rows("solutions")
            .any(|(_, row)| matches!(code(row, "status"), Some("agreed" | "implementing" | "implemented")));
        if !agreed && let Some(opened) = self.opened() {
            // Half of the time is left for it when it is first told.
            let (from, due) =
                (later(opened, profile.solution_days / 2), later(opened, profile.solution_days));
            if let (Some(from), Some(due)) = (from, due) {
                self.add_from(TaskKind::SolutionPlan, from, opened, due);
            }
        }
        let asked_or_open = life.rows("tracing_requests").any(|(_, row)| {
            day(row, "opened_on").is_some()
                || !matches!(code(row, "wish"), None | Some("wants" | "undecided"))
        });
        if !asked_or_open {
            self.add_days(TaskKind::OpenTracing, self.opened(), profile.tracing_days);
        }
    }

    /// A guardian in office who stays away longer than was agreed.
    pub(super) fn guardian_contact(&mut self) {
        for (id, row) in self.life.rows("guardianship") {
            let every = row.get("contact_due_days").and_then(crate::Scalar::as_int);
            let every = every.and_then(|days| i32::try_from(days).ok()).filter(|days| *days > 0);
            let last = day(row, "contact_last_on").or_else(|| day(row, "appointed_on"));
            if day(row, "ended_on").is_none()
                && let (Some(every), Some(last)) = (every, last)
                && let Some(task) = self.add_days(TaskKind::GuardianContact, Some(last), every)
            {
                task.about = Some(id.to_owned());
            }
        }
    }

    /// An age that is contested, and an assessment that is: the child stays a child meanwhile.
    pub(super) fn age(&mut self) {
        for (id, row) in self.life.rows("age_disputes") {
            if day(row, "settled_on").is_none() {
                let since = day(row, "since").or_else(|| self.opened());
                if let Some(task) = self.add_days(TaskKind::AgeDispute, since, 30) {
                    task.about = Some(id.to_owned());
                }
            }
        }
        for (id, row) in self.life.rows("age_assessments") {
            if let (Some(true), Some(done)) = (yes(row, "appealed"), day(row, "done_on"))
                && let Some(task) = self.add_days(TaskKind::AgeDispute, Some(done), 30)
            {
                task.about = Some(id.to_owned());
            }
        }
    }
}
