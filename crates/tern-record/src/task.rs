//! What has to be done for a child, and by when: made from the answers, never typed, gone when done.
//!
//! Every task names the rule or figure behind it. A day that is late stays late: asking, opening or
//! referring is said beside it and moves no date.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::age::birthday;
use crate::life::{BirthRegistration, Life, ServiceState, code, day, is_open_concern, yes};
use crate::need::{Need, Span, cells, days_between, school_age};
use crate::profile::Profile;

/// What has to be done. The words are `task-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// A bed tonight (PROTECTION 1.30).
    SafePlace,
    /// Look for a child who is not accounted for (B.22).
    Search,
    /// A first answer on a protection concern (CP-08).
    AnswerConcern,
    /// Out of detention, and not only into another (A49, DT-01).
    EndDetention,
    /// A doctor: ill, injured or in need of medicine when registered.
    Doctor,
    /// Speak with the child apart from the adults (PROTECTION 1.5).
    SpeakApart,
    /// A no was said against a referral: it may not leave, or who has it is told (D-07).
    ReferralStopped,
    /// Refer to the national child protection authority (A24, CP-02).
    ReferToAuthority,
    /// Screen for trafficking (CP-10).
    TraffickingScreen,
    /// Health screen, vaccinations, mental health screen (SV-06).
    HealthScreen,
    /// Support that was found needed and is not received (SV-07).
    Mhpss,
    /// A guardian (CP-03, CP-04).
    Guardian,
    /// Assessment of best interests (BI-01).
    AssessInterests,
    /// Assess again: the child was not heard (BI-03).
    HearChild,
    /// Explain rights to the child (CP-11).
    ExplainRights,
    /// Ask what the child wants, or open tracing (CP-06).
    OpenTracing,
    /// A nationality: the child is stateless or may be (B.1).
    Nationality,
    /// Declare the birth (ND-01, ND-03).
    DeclareBirth,
    /// School (SV-01).
    School,
    /// Something that was found needed and is not received (A27, SV-15).
    ServiceGap,
    /// A permit ends, or ends at 18 (DS-03).
    PermitEnds,
    /// A plan for turning 18 (D-03).
    TransitionTo18,
    /// An age that somebody contests (D-04).
    AgeDispute,
    /// Turned 18: ask again, who continues (D-03).
    Turned18,
    /// Ask again for an agreement: put off, or run out (D-07).
    AskAgain,
    /// Look again at sharing without consent (D-10).
    ReviewBasis,
    /// The guardian has not been in touch (B.10).
    GuardianContact,
    /// A plan for a lasting solution (DS-01).
    SolutionPlan,
    /// Review of a care arrangement (B.9).
    CareReview,
    /// A review, a hearing or a visit on a stated day.
    Review,
    /// A follow-up (B.18).
    FollowUp,
    /// A contact after return (A46, DS-07).
    ReturnMonitoring,
    /// A referral without an answer (B.16).
    ReferralAnswer,
    /// A change that waits for a second worker.
    SecondWorker,
    /// Two answers that people have to settle.
    Settle,
    /// A paper form to be destroyed (PROTECTION 2).
    DestroyPaper,
}

impl TaskKind {
    /// All of them, most urgent first.
    pub const ALL: [Self; 36] = [
        Self::SafePlace,
        Self::Search,
        Self::AnswerConcern,
        Self::EndDetention,
        Self::Doctor,
        Self::SpeakApart,
        Self::ReferralStopped,
        Self::ReferToAuthority,
        Self::TraffickingScreen,
        Self::HealthScreen,
        Self::Mhpss,
        Self::Guardian,
        Self::AssessInterests,
        Self::HearChild,
        Self::ExplainRights,
        Self::OpenTracing,
        Self::Nationality,
        Self::DeclareBirth,
        Self::School,
        Self::ServiceGap,
        Self::PermitEnds,
        Self::TransitionTo18,
        Self::AgeDispute,
        Self::Turned18,
        Self::AskAgain,
        Self::ReviewBasis,
        Self::GuardianContact,
        Self::SolutionPlan,
        Self::CareReview,
        Self::Review,
        Self::FollowUp,
        Self::ReturnMonitoring,
        Self::ReferralAnswer,
        Self::SecondWorker,
        Self::Settle,
        Self::DestroyPaper,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SafePlace => "safe_place",
            Self::Search => "search",
            Self::AnswerConcern => "answer_concern",
            Self::EndDetention => "end_detention",
            Self::Doctor => "doctor",
            Self::SpeakApart => "speak_apart",
            Self::ReferralStopped => "referral_stopped",
            Self::ReferToAuthority => "refer_to_authority",
            Self::TraffickingScreen => "trafficking_screen",
            Self::HealthScreen => "health_screen",
            Self::Mhpss => "mhpss",
            Self::Guardian => "guardian",
            Self::AssessInterests => "assess_interests",
            Self::HearChild => "hear_child",
            Self::ExplainRights => "explain_rights",
            Self::OpenTracing => "open_tracing",
            Self::Nationality => "nationality",
            Self::DeclareBirth => "declare_birth",
            Self::School => "school",
            Self::ServiceGap => "service_gap",
            Self::PermitEnds => "permit_ends",
            Self::TransitionTo18 => "transition_to_18",
            Self::AgeDispute => "age_dispute",
            Self::Turned18 => "turned_18",
            Self::AskAgain => "ask_again",
            Self::ReviewBasis => "review_basis",
            Self::GuardianContact => "guardian_contact",
            Self::SolutionPlan => "solution_plan",
            Self::CareReview => "care_review",
            Self::Review => "review",
            Self::FollowUp => "follow_up",
            Self::ReturnMonitoring => "return_monitoring",
            Self::ReferralAnswer => "referral_answer",
            Self::SecondWorker => "second_worker",
            Self::Settle => "settle",
            Self::DestroyPaper => "destroy_paper",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Wants an answer today: above every wait.
    pub fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::SafePlace | Self::Search | Self::AnswerConcern | Self::EndDetention | Self::Doctor
        )
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// Since when it is open.
    pub since: Date,
    /// Late after this day.
    pub due: Date,
    /// It was asked for, opened or declared on this day. Changes no date.
    pub asked: Option<Date>,
    /// The row that it is about.
    pub about: Option<String>,
    /// The days on which it is to be done at all.
    pub when: Span,
}

impl Task {
    /// Days over its time, or 0.
    pub fn late_days(&self, today: Date) -> i32 {
        days_between(self.due, today).max(0)
    }

    /// Half of its time is over: what the board marks before it is late. Three quarters for school.
    pub fn is_near(&self, today: Date) -> bool {
        let (all, gone) = (days_between(self.since, self.due), days_between(self.since, today));
        let part = if self.kind == TaskKind::School { (all * 2) / 3 } else { all / 2 };
        all > 0 && gone >= part
    }
}

/// Everything that has to be done for a child, most urgent first, then by day. On a given day only those
/// whose `when` holds it.
pub fn tasks(life: &Life, profile: &Profile) -> Vec<Task> {
    let mut maker = Maker { life, profile, made: Vec::new() };
    if life.code("life_status") != Some("deceased") {
        maker.returns();
        if life.is_open() {
            maker.open_case();
        }
    }
    maker.made.sort_by(|a, b| (a.kind, a.due, &a.about).cmp(&(b.kind, b.due, &b.about)));
    maker.made
}

struct Maker<'a> {
    life: &'a Life,
    profile: &'a Profile,
    made: Vec<Task>,
}

impl<'a> Maker<'a> {
    fn open_case(&mut self) {
        self.today_first();
        self.concerns();
        self.detention();
        self.without_parents();
        self.screens();
        self.rights_and_agreements();
        self.birth();
        self.nationality();
        self.services();
        self.gaps();
        self.growing_up();
        self.age();
        self.permits();
        self.reviews();
        self.people();
    }

    fn add(&mut self, kind: TaskKind, since: Date, due: Date) -> Option<&mut Task> {
        self.made.push(Task { kind, since, due, asked: None, about: None, when: Span::default() });
        self.made.last_mut()
    }

    /// To be done from a day on.
    fn add_from(&mut self, kind: TaskKind, from: Date, since: Date, due: Date) -> Option<&mut Task> {
        let task = self.add(kind, since, due)?;
        task.when.from = Some(from);
        Some(task)
    }

    fn add_days(&mut self, kind: TaskKind, since: Option<Date>, days: i32) -> Option<&mut Task> {
        let since = since?;
        let due = later(since, days)?;
        self.add(kind, since, due)
    }

    fn opened(&self) -> Option<Date> {
        self.life.opened()
    }

    fn arrived(&self) -> Option<Date> {
        self.life.arrived().or_else(|| self.opened())
    }

    /// Bed, search, doctor: before everything else.
    fn today_first(&mut self) {
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

    fn concerns(&mut self) {
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
    fn detention(&mut self) {
        for (id, row) in self.life.rows("detention") {
            if let (None, Some(since)) = (day(row, "to"), day(row, "from"))
                && let Some(task) = self.add(TaskKind::EndDetention, since, since)
            {
                task.about = Some(id.to_owned());
            }
        }
    }

    /// A service that the board has no column for: a need, a question, a refusal, and nothing since.
    fn gaps(&mut self) {
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

    /// An age that is contested, and an assessment that is: the child stays a child meanwhile.
    fn age(&mut self) {
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

    /// What a child without parents needs: authority, guardian, assessment, tracing.
    fn without_parents(&mut self) {
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
    fn guardian_contact(&mut self) {
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

    fn screens(&mut self) {
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

    fn rights_and_agreements(&mut self) {
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

    fn nationality(&mut self) {
        let stateless = self.life.code("statelessness");
        if matches!(stateless, Some("at_risk" | "undetermined" | "stateless_stated" | "stateless_determined"))
        {
            self.add_days(TaskKind::Nationality, self.opened(), self.profile.service_days);
        }
    }

    fn birth(&mut self) {
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

    fn services(&mut self) {
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

    /// Full age comes by the youngest claim; six months before, a plan is due (D-03).
    fn growing_up(&mut self) {
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

    fn permits(&mut self) {
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

    fn reviews(&mut self) {
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
    fn people(&mut self) {
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
    fn returns(&mut self) {
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

    fn on_day(&mut self, kind: TaskKind, row: &crate::life::Row, field: &str, id: &str) {
        let (Some(due), Some(since)) = (day(row, field), self.opened()) else { return };
        if let Some(task) = self.add(kind, since.min(due), due) {
            task.about = Some(id.to_owned());
        }
    }
}

/// What turning 18 asks for, whether each was done: their copy, their own answers, who goes on (D-03). Answers count from
/// a day on.
pub fn majority_steps(life: &Life, from: Date) -> [bool; 3] {
    let answered = |row: &crate::life::Row| {
        code(row, "given_by") == Some("child") && day(row, "given_on").is_some_and(|on| on >= from)
    };
    [
        life.day("majority.copy_given_on").is_some(),
        life.rows("consents").any(|(_, row)| answered(row)),
        life.code("majority.continues").is_some_and(|who| who != "unknown"),
    ]
}

/// Another answer to the same question was given after this one; to one that was put off, also on its day.
fn is_answered_since(life: &Life, id: &str, row: &crate::life::Row) -> bool {
    let same = |other: &crate::life::Row| {
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

/// A follow-up of the same kind was done after this one.
fn is_followed_since(life: &Life, row: &crate::life::Row) -> bool {
    let kind = |row: &crate::life::Row| code(row, "type").map(str::to_owned);
    let (own, done) = (kind(row), day(row, "done_on"));
    life.rows("follow_ups").any(|(_, other)| day(other, "done_on") > done && kind(other) == own)
}

/// The day an agreement runs out: as it says, else after twelve months (B.6).
fn consent_end(row: &crate::life::Row, given: Option<Date>) -> Option<Date> {
    day(row, "expires_on").or_else(|| given?.checked_add(12.months()).ok())
}

fn later(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}
