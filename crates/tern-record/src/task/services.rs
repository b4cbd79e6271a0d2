//! What a child is to receive: screens, papers, school, and whatever was found needed.

use crate::life::{BirthRegistration, ServiceState, code, day};
use crate::need::{Need, cells, school_age};

use super::{Maker, TaskKind};

impl Maker<'_> {
    pub(super) fn screens(&mut self) {
        let (life, profile) = (self.life, self.profile);
        if life.rows("trafficking_screens").all(|(_, row)| day(row, "done_on").is_none()) {
            self.add_days(TaskKind::TraffickingScreen, self.opened(), profile.screen_days);
        }
        let all = ["screen_on", "immunisation_review_on", "mhpss_screen_on"];
        if all.iter().any(|field| life.service_date(field).is_none()) {
            self.add_days(TaskKind::HealthScreen, self.opened(), profile.health_days);
        }
        if let Some(support) = life.best_service("mhpss", life.host(profile))
            && !matches!(
                support.state(),
                Some(ServiceState::Receiving | ServiceState::NoLongerNeeded | ServiceState::DeclinedByChild)
            )
        {
            let since = support.first_day();
            let asked = support.events.iter().find(|event| event.1.is_asked()).map(|event| event.0);
            if let Some(task) = self.add_days(TaskKind::Mhpss, since, profile.health_days) {
                task.asked = asked;
            }
        }
    }

    pub(super) fn birth(&mut self) {
        let life = self.life;
        let host = self.life.host(self.profile);
        let since = if life.is_host_birth(host) { life.birth_day() } else { self.opened() };
        match life.birth_registration() {
            BirthRegistration::NotAsked => {
                self.add_days(TaskKind::DeclareBirth, since, self.profile.birth_days);
            }
            BirthRegistration::Open { asked, .. } => {
                if let Some(task) = self.add_days(TaskKind::DeclareBirth, since, self.profile.birth_days) {
                    task.asked = asked;
                }
            }
            BirthRegistration::Stated | BirthRegistration::Seen => {}
        }
    }

    pub(super) fn nationality(&mut self) {
        let stateless = self.life.code("statelessness");
        if matches!(stateless, Some("at_risk" | "undetermined" | "stateless_stated" | "stateless_determined"))
        {
            self.add_days(TaskKind::Nationality, self.opened(), self.profile.service_days);
        }
    }

    pub(super) fn services(&mut self) {
        let school = cells(self.life, self.profile).into_iter().find(|cell| cell.need == Need::Education);
        if school.is_some_and(|cell| cell.state.is_open()) {
            let asked = self.life.best_service("education", self.life.host(self.profile));
            let asked = asked.and_then(|school| {
                school.events.iter().find(|event| event.1.is_asked()).map(|event| event.0)
            });
            let since = self.arrived();
            let when = school_age(self.life, self.profile);
            if let Some(task) = self.add_days(TaskKind::School, since, self.profile.school_days) {
                task.asked = asked;
                task.when = when;
            }
        }
        for (id, row) in self.life.rows("services") {
            self.on_day(TaskKind::Review, row, "next_review", id);
            self.on_day(TaskKind::Review, row, "next_hearing_on", id);
            self.on_day(TaskKind::Review, row, "deadline_on", id);
        }
        for (id, row) in self.life.rows("referrals") {
            if let Some(since) = crate::rule::stopped_on(self.life, self.profile, row)
                && let Some(task) = self.add_days(TaskKind::ReferralStopped, Some(since), 0)
            {
                task.about = Some(id.to_owned());
            }
            let without = matches!(
                code(row, "legal_basis"),
                Some("vital_interest" | "legal_obligation" | "child_protection_mandate")
            );
            // What was handed over without agreement is looked at again, and the child is told.
            if without
                && day(row, "child_informed_on").is_none()
                && let Some(task) = self.add_days(TaskKind::ReviewBasis, day(row, "sent_on"), 7)
            {
                task.about = Some(id.to_owned());
            }
            let open = matches!(code(row, "state"), Some("sent" | "received" | "more_info"))
                || code(row, "state").is_none()
                    && day(row, "accepted_on").is_none()
                    && day(row, "answered_on").is_none();
            if let (true, Some(sent)) = (open && day(row, "accepted_on").is_none(), day(row, "sent_on"))
                && let Some(task) = self.add_days(TaskKind::ReferralAnswer, Some(sent), 7)
            {
                task.about = Some(id.to_owned());
            }
        }
    }

    /// A service that the board has no column for: a need, a question, a refusal, and nothing since.
    pub(super) fn gaps(&mut self) {
        let host = self.life.host(self.profile).map(str::to_owned);
        let with_column = ["shelter", "health", "mhpss", "education"];
        for service in self.life.services() {
            let kind = code(service.row, "type").unwrap_or_default();
            let open = service.state().is_some_and(|state| {
                state.is_asked()
                    || matches!(
                        state,
                        ServiceState::NeedAssessed
                            | ServiceState::Denied
                            | ServiceState::Unavailable
                            | ServiceState::Suspended
                    )
            });
            if with_column.contains(&kind) || !open || !service.is_here(host.as_deref()) {
                continue;
            }
            let asked = service.events.iter().find(|event| event.1.is_asked()).map(|event| event.0);
            let about = service.id.to_owned();
            if let Some(task) =
                self.add_days(TaskKind::ServiceGap, service.first_day(), self.profile.service_days)
            {
                task.asked = asked;
                task.about = Some(about);
            }
        }
    }
}
