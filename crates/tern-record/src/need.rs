//! Children against needs: how each of seven needs of a child stands, and since when.
//!
//! A clock starts when the child arrives or is registered and stops when the need is met. Asking, opening or
//! referring changes what a cell says, never its clock. What a paper shows and what somebody says stay apart.

use jiff::civil::Date;

use crate::age::birthday;
use crate::life::{BirthRegistration, Life, Service, ServiceState, code, day, is_open_concern};
use crate::profile::Profile;

/// The needs that the board shows, in the order of its columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Need {
    /// A safe place to sleep.
    Shelter,
    /// Health screen and vaccinations looked at.
    Health,
    /// Mental health and psychosocial support.
    Mhpss,
    /// School.
    Education,
    /// A guardian.
    Guardian,
    /// Registration of the birth.
    BirthRegistration,
    /// Assessment of best interests.
    BestInterests,
}

impl Need {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Shelter,
        Self::Health,
        Self::Mhpss,
        Self::Education,
        Self::Guardian,
        Self::BirthRegistration,
        Self::BestInterests,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Shelter => "shelter",
            Self::Health => "health",
            Self::Mhpss => "mhpss",
            Self::Education => "education",
            Self::Guardian => "guardian",
            Self::BirthRegistration => "birth_registration",
            Self::BestInterests => "best_interests",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.code() == code)
    }

    /// Days from the start of the clock until it is late.
    pub fn days(self, profile: &Profile) -> i32 {
        match self {
            // Any night without a safe place is late.
            Self::Shelter => 0,
            Self::Health | Self::Mhpss => profile.health_days,
            Self::Education => profile.school_days,
            Self::Guardian => profile.guardian_days,
            Self::BirthRegistration => profile.birth_days,
            Self::BestInterests => profile.bia_days,
        }
    }
}

/// How a need stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CellState {
    /// Met, and seen.
    InPlace,
    /// Met by somebody's word; nothing was seen.
    Said,
    /// A place that nobody assessed.
    NotAssessed,
    /// A place, and it is not fit for a child.
    NotFit,
    /// Not needed: by age, by family, or with a reason.
    NotNeeded,
    /// Open.
    Waiting,
    /// Open; it was asked for, opened or declared.
    Asked,
    /// Open; a provider was asked.
    Referred,
    /// Open; somebody refused it.
    Refused,
    /// Open; nobody has asked yet.
    NotAsked,
    /// Open; it cannot be had here.
    NotPossible,
}

impl CellState {
    const ALL: [Self; 11] = [
        Self::InPlace,
        Self::Said,
        Self::NotAssessed,
        Self::NotFit,
        Self::NotNeeded,
        Self::Waiting,
        Self::Asked,
        Self::Referred,
        Self::Refused,
        Self::NotAsked,
        Self::NotPossible,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::InPlace => "in_place",
            Self::Said => "said",
            Self::NotAssessed => "not_assessed",
            Self::NotFit => "not_fit",
            Self::NotNeeded => "not_needed",
            Self::Waiting => "waiting",
            Self::Asked => "asked",
            Self::Referred => "referred",
            Self::Refused => "refused",
            Self::NotAsked => "not_asked",
            Self::NotPossible => "not_possible",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The need is still there.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::InPlace | Self::NotNeeded)
    }
}

/// One cell of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which need.
    pub need: Need,
    /// How it stands.
    pub state: CellState,
    /// The day the clock started: what days waiting count from.
    pub since: Option<Date>,
    /// The days between which the child has this need at all: school, by age. Otherwise it is not needed.
    pub when: Span,
}

/// A stretch of days that may be open at either end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    /// First day.
    pub from: Option<Date>,
    /// The day after the last.
    pub until: Option<Date>,
}

impl Span {
    /// The day lies in it.
    pub fn holds(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}

impl Cell {
    /// How it stands on a day.
    pub fn state_on(&self, today: Date) -> CellState {
        if self.when.holds(today) || !self.state.is_open() { self.state } else { CellState::NotNeeded }
    }

    /// Days waiting on a day, for an open need.
    pub fn days(&self, today: Date) -> Option<i32> {
        let since = self.since.filter(|_| self.state_on(today).is_open())?;
        Some(days_between(since, today).max(0))
    }

    /// Over its time. A place that nobody assessed, and a word that nobody checked, are late as an open one is.
    pub fn is_late(&self, today: Date, profile: &Profile) -> bool {
        match (self.need, self.state) {
            (Need::Shelter, CellState::Said | CellState::NotAsked | CellState::NotAssessed) => {
                self.days(today).is_some_and(|days| days >= 1)
            }
            // The register may exist: a word is followed up, and is not late.
            (Need::BirthRegistration, CellState::Said) => false,
            (Need::Shelter, _) => self.days(today).is_some(),
            (need, _) => self.days(today).is_some_and(|days| days > need.days(profile)),
        }
    }
}

/// The days on which a child is of school age, by the claim that makes it youngest. Always, when no date is known.
pub fn school_age(life: &Life, profile: &Profile) -> Span {
    let turns = |years: i16| birthday(life.protective_birth()?.latest(), years);
    Span { from: turns(profile.school_from), until: turns(profile.school_to + 1) }
}

/// Whole days from one day to another.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// How the seven needs of a child stand, whatever day it is: [`Cell::days`] and [`Cell::is_late`] tell the
/// time.
pub fn cells(life: &Life, profile: &Profile) -> Vec<Cell> {
    let reader = Reader { life, profile };
    Need::ALL.into_iter().map(|need| reader.cell(need)).collect()
}

struct Reader<'a> {
    life: &'a Life,
    profile: &'a Profile,
}

impl Reader<'_> {
    fn cell(&self, need: Need) -> Cell {
        let (state, since) = match need {
            Need::Shelter => self.shelter(),
            Need::Health => self.health(),
            Need::Mhpss => self.mhpss(),
            Need::Education => self.education(),
            Need::Guardian => self.guardian(),
            Need::BirthRegistration => self.birth(),
            Need::BestInterests => self.interests(),
        };
        let when = match need {
            Need::Education => school_age(self.life, self.profile),
            _ => Span::default(),
        };
        Cell { need, state, since, when }
    }

    fn host(&self) -> Option<&str> {
        self.life.host(self.profile)
    }

    fn arrived(&self) -> Option<Date> {
        self.life.arrived().or_else(|| self.life.opened())
    }

    fn shelter(&self) -> (CellState, Option<Date>) {
        let life = self.life;
        if life
            .care_now()
            .is_some_and(|care| matches!(code(care, "type"), Some("custodial" | "street_or_none")))
        {
            let since = life.care_now().and_then(|care| day(care, "from"));
            return (CellState::Waiting, since.or_else(|| self.arrived()));
        }
        let Some(shelter) = life.best_service("shelter", self.host()) else {
            return match life.own("safe_place_tonight").and_then(crate::Scalar::as_bool) {
                Some(true) => (CellState::Said, self.arrived()),
                Some(false) => (CellState::Waiting, self.arrived()),
                None => (CellState::NotAsked, self.arrived()),
            };
        };
        match shelter.state() {
            Some(ServiceState::Receiving) if shelter.is_adequate_shelter(life) => {
                let since = shelter.since();
                if self.is_placed_unassessed() {
                    (CellState::NotAssessed, since)
                } else {
                    (CellState::InPlace, since)
                }
            }
            Some(ServiceState::Receiving) if code(shelter.row, "adequacy") == Some("inadequate") => {
                (CellState::NotFit, shelter.since())
            }
            Some(ServiceState::Receiving) => (CellState::NotAssessed, shelter.since()),
            state => (asked(state), self.arrived().or(shelter.first_day())),
        }
    }

    /// With carers, and no assessment rests beneath it (PROTECTION 1.33).
    fn is_placed_unassessed(&self) -> bool {
        let placed = self.life.care_now().filter(|care| {
            matches!(
                code(care, "type"),
                Some(
                    "foster_care"
                        | "kafala"
                        | "host_family"
                        | "kinship_care"
                        | "adult_sibling"
                        | "unrelated_adult_unassessed"
                )
            )
        });
        let Some(care) = placed else { return false };
        day(care, "assessed_on").is_none() && self.life.first_assessed().is_none()
    }

    fn health(&self) -> (CellState, Option<Date>) {
        let opened = self.life.opened().or_else(|| self.arrived());
        let done = self.life.service_date("screen_on").is_some()
            && self.life.service_date("immunisation_review_on").is_some();
        let asked_for = self.life.best_service("health", self.host());
        let state = asked_for.as_ref().and_then(|health| health.state());
        match (done, state) {
            (true, None | Some(ServiceState::Receiving | ServiceState::NoLongerNeeded)) => {
                (CellState::InPlace, opened)
            }
            (_, Some(ServiceState::Receiving | ServiceState::NoLongerNeeded)) => (CellState::Waiting, opened),
            (_, Some(state)) => (asked(Some(state)), opened),
            (false, None) => (CellState::Waiting, opened),
        }
    }

    fn mhpss(&self) -> (CellState, Option<Date>) {
        let opened = self.life.opened().or_else(|| self.arrived());
        let screened = self.life.service_date("mhpss_screen_on").is_some();
        let Some(support) = self.life.best_service("mhpss", self.host()) else {
            return (if screened { CellState::InPlace } else { CellState::Waiting }, opened);
        };
        match support.state() {
            // A screen that found no need is no service: it has a day and no events.
            Some(ServiceState::Receiving) | None if screened => (CellState::InPlace, opened),
            Some(ServiceState::Receiving) | None => (CellState::Waiting, opened),
            // What was found in a screen counts from the day it was needed; before it, asking restarts no clock.
            state => (asked(state), self.needed_after_screen(&support).or(opened)),
        }
    }

    /// The first day of a support that was needed only after a screen had found nothing.
    fn needed_after_screen(&self, support: &Service<'_>) -> Option<Date> {
        let screened = self.life.service_date("mhpss_screen_on")?;
        support.first_day().filter(|needed| *needed > screened)
    }

    fn education(&self) -> (CellState, Option<Date>) {
        let since = self.arrived();
        match self.life.best_service("education", self.host()) {
            None => (CellState::NotAsked, since),
            Some(school) => match school.state() {
                Some(ServiceState::Receiving) => (CellState::InPlace, since),
                Some(ServiceState::NoLongerNeeded) => (CellState::NotNeeded, since),
                state => (asked(state), since),
            },
        }
    }

    fn guardian(&self) -> (CellState, Option<Date>) {
        let since = self.life.opened();
        if self.life.has_guardian() {
            (CellState::InPlace, since)
        } else if !self.life.is_without_parents() {
            (CellState::NotNeeded, since)
        } else if self.life.guardian_asked().is_some() {
            (CellState::Asked, since)
        } else {
            (CellState::Waiting, since)
        }
    }

    fn birth(&self) -> (CellState, Option<Date>) {
        let opened = self.life.opened();
        // A birth here has a legal period; elsewhere the clock starts when we learn of it.
        let since =
            if self.life.is_host_birth(self.host()) { self.life.birth_day().or(opened) } else { opened };
        let possible = self.profile.birth_authority
            && !self.life.rows("birth_obstacles").any(|(_, row)| {
                matches!(code(row, "obstacle"), Some("no_office" | "not_recognised_authority"))
            });
        let state = match self.life.birth_registration() {
            BirthRegistration::Seen => CellState::InPlace,
            BirthRegistration::Stated => CellState::Said,
            _ if !possible => CellState::NotPossible,
            BirthRegistration::Open { refused: true, .. } => CellState::Refused,
            BirthRegistration::Open { asked: Some(_), .. } => CellState::Asked,
            BirthRegistration::Open { asked: None, .. } => CellState::Waiting,
            BirthRegistration::NotAsked => CellState::NotAsked,
        };
        (state, since)
    }

    fn interests(&self) -> (CellState, Option<Date>) {
        let life = self.life;
        let opened = life.opened();
        let high = life
            .rows("concerns")
            .filter(|(_, row)| code(row, "risk") == Some("high") && is_open_concern(row));
        let high = high.filter_map(|(_, row)| day(row, "raised_on")).min();
        if life.first_assessed().is_some() {
            (CellState::InPlace, opened)
        } else if !life.is_without_parents() && high.is_none() {
            (CellState::NotNeeded, opened)
        } else {
            let since = if life.is_without_parents() { opened } else { opened.max(high) };
            (if life.assessment_opened().is_some() { CellState::Asked } else { CellState::Waiting }, since)
        }
    }
}

/// What an open service says in its cell.
fn asked(state: Option<ServiceState>) -> CellState {
    match state {
        Some(ServiceState::Denied) => CellState::Refused,
        Some(ServiceState::Unavailable) => CellState::NotPossible,
        Some(state) if state.is_asked() => CellState::Referred,
        _ => CellState::Waiting,
    }
}
