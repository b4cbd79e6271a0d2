//! What each role may read and write (DOMAIN D.3, PROTECTION 0.6). One table, [`TABLE`]; everything else here asks it.
//!
//! The table goes by the tier of an answer and, where a tier is too coarse, by what the answer is about: a school may
//! read its own services, a lawyer write a guardianship. Who has several roles may do what any of them may.
//! `docs/security/roles.md` is made from it.

use crate::role::Role;
use crate::tier::Tier;

/// How far an answer may be read. Each reads no less than the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Read {
    /// Not at all.
    No,
    /// In lists of what is overdue, and nowhere else.
    Late,
    /// As an age band.
    Band,
    /// Of children whom this worker registered, for [`INTAKE_DAYS`] days.
    Own,
    /// For a reason that is kept, of children in this worker's care or in nobody's.
    Caseload,
    /// For a reason that is kept.
    Reason,
    /// Always.
    Yes,
}

/// Whether an answer may be put. Each may no less than the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Write {
    /// Not at all.
    No,
    /// It is handed in and cannot be read back.
    Drop,
    /// While the child is being registered.
    Intake,
    /// Of children in this worker's care or in nobody's.
    Caseload,
    /// Always.
    Yes,
}

/// Days for which a registrar reads the records that the registrar began.
pub const INTAKE_DAYS: i64 = 30;

/// What one role may do with answers of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Right {
    /// Reading.
    pub read: Read,
    /// Writing.
    pub write: Write,
}

macro_rules! topics {
    ($($(#[$doc:meta])* $name:ident = $what:literal),* $(,)?) => {
        /// What an answer is about, as far as rights depend on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Topic { $($(#[$doc])* $name),* }

        impl Topic {
            /// Every topic.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// What the page of roles calls it.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$name => $what),* }
            }
        }
    };
}

topics! {
    /// Names of the child, and why there is none.
    Name = "names",
    /// Birth dates as they were claimed.
    Age = "birth dates",
    /// Languages and means of talking.
    Language = "languages",
    /// A bed tonight, food, a doctor.
    DayNeed = "needs of the day",
    /// Seen at the roll-call, the group.
    Presence = "seen at roll-call, group",
    /// Where the child sleeps.
    Bed = "placement and facility",
    /// Beds, food, clothes, water.
    DailyService = "services: shelter, food, goods, water",
    /// School, languages, a trade.
    SchoolService = "services: school, languages, trade",
    /// Doctors, vaccinations.
    HealthService = "services: health",
    /// Mental health and support.
    MhpssService = "services: mental health and support",
    /// Lawyers and proceedings.
    LegalService = "services: legal aid and proceedings",
    /// Looking for family.
    TracingService = "services: looking for family",
    /// All other services.
    OtherService = "services: all others",
    /// What was agreed and explained.
    Consent = "agreements, information given",
    /// Links between records of one child.
    Link = "links to records of the same child",
    /// What waits for a second worker.
    Proposal = "what waits for a second worker",
    /// Guardians.
    Guardianship = "guardianship",
    /// Status, permits, proceedings, detention, age assessments.
    Legal = "legal status, permits, proceedings, detention, age assessments",
    /// How the child sees, walks, learns.
    Functioning = "functioning",
    /// What is done so that the child can take part.
    Accommodation = "special measures",
    /// Relatives, companions, households of the child.
    Family = "family and companions",
    /// Requests, sought persons, separation.
    Tracing = "tracing and separation",
    /// Photo and thumbnail.
    Photo = "photo",
    /// Everything else of a child.
    Other = "everything else of a child",
    /// A place.
    Facility = "facilities",
    /// An organisation.
    Organisation = "organisations",
    /// What a country's law sets.
    CountryProfile = "country profiles",
    /// A way between two countries.
    Corridor = "corridors",
    /// A figure from elsewhere.
    Measure = "figures from elsewhere",
    /// What worked.
    Practice = "practice notes",
    /// A visit to a place.
    Visit = "visits",
    /// Talks with groups of children.
    Consultation = "consultations",
    /// A bus or a boat.
    Arrival = "arrivals",
    /// A bundle of paper forms.
    PaperBatch = "bundles of paper forms",
    /// Who lives together.
    Household = "households",
    /// An adult.
    Person = "adults",
    /// Complaints and thanks.
    Feedback = "feedback",
}

/// An answer, as far as rights depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct What<'a> {
    /// The kind of record: `child`, `facility` …
    pub record: &'a str,
    /// The form it stands in.
    pub form: &'a str,
    /// The list it is a row field of.
    pub list: Option<&'a str>,
    /// The field.
    pub field: &'a str,
    /// Its tier.
    pub tier: Tier,
    /// The type of the service that its row is or belongs to, where that is known.
    pub service: Option<&'a str>,
}

impl What<'_> {
    /// What it is about.
    pub fn topic(&self) -> Topic {
        match self.record {
            "facility" => Topic::Facility,
            "organisation" => Topic::Organisation,
            "country_profile" => Topic::CountryProfile,
            "corridor" => Topic::Corridor,
            "measure" => Topic::Measure,
            "practice" => Topic::Practice,
            "visit" => Topic::Visit,
            "consultation" => Topic::Consultation,
            "arrival" => Topic::Arrival,
            "paper_batch" => Topic::PaperBatch,
            "household" => Topic::Household,
            "person" => Topic::Person,
            "feedback" => Topic::Feedback,
            _ => self.topic_of_child(),
        }
    }

    fn topic_of_child(&self) -> Topic {
        match self.list.unwrap_or(self.field) {
            "names" | "name_absent_reason" => Topic::Name,
            "dob" | "dob_claims" => Topic::Age,
            "languages" | "communication_means" | "interpreter_needed" => Topic::Language,
            "safe_place_tonight" | "help_asked" => Topic::DayNeed,
            "case.group" | "case.not_seen_since" => Topic::Presence,
            "care" if matches!(self.field, "type" | "from" | "to" | "facility" | "removed") => Topic::Bed,
            "services" | "service_events" | "service_inadequacies" | "service_measures" => {
                topic_of_service(self.service)
            }
            "health_seen" => Topic::HealthService,
            "same_as" => Topic::Link,
            "proposals" => Topic::Proposal,
            "legal_status" | "statelessness" | "age_assessments" | "age_disputes" => Topic::Legal,
            "functioning_accommodations" => Topic::Accommodation,
            "companions" | "companions_answered" => Topic::Family,
            "distinguishing_marks"
            | "separation.on"
            | "separation.place"
            | "separation.cause"
            | "separation.circumstances" => Topic::Tracing,
            "photo" | "photo_thumbnail" => Topic::Photo,
            _ => match self.form {
                "consent" | "information" => Topic::Consent,
                "guardianship" => Topic::Guardianship,
                "legal" => Topic::Legal,
                "functioning" => Topic::Functioning,
                "family" => Topic::Family,
                "tracing" => Topic::Tracing,
                _ => Topic::Other,
            },
        }
    }
}

impl Topic {
    /// All that a service can be about.
    pub const OF_SERVICES: [Self; 7] = [
        Self::DailyService,
        Self::SchoolService,
        Self::HealthService,
        Self::MhpssService,
        Self::LegalService,
        Self::TracingService,
        Self::OtherService,
    ];
}

/// What a service of this type is about.
pub fn topic_of_service(kind: Option<&str>) -> Topic {
    match kind.unwrap_or_default() {
        "shelter" | "food" | "nfi" | "wash" => Topic::DailyService,
        "education" | "language_training" | "vocational" => Topic::SchoolService,
        "health" => Topic::HealthService,
        "mhpss" => Topic::MhpssService,
        "legal_aid" | "legal_proceeding" => Topic::LegalService,
        "family_tracing" => Topic::TracingService,
        _ => Topic::OtherService,
    }
}

const fn right(read: Read, write: Write) -> Right {
    Right { read, write }
}

/// Nothing.
const NO: Right = right(Read::No, Write::No);
/// Reads.
const R_: Right = right(Read::Yes, Write::No);
/// Reads and writes.
const RW: Right = right(Read::Yes, Write::Yes);
/// Writes at intake, then reads the own intakes.
const IN: Right = right(Read::Own, Write::Intake);
/// Reads the own intakes, writes always.
const OW: Right = right(Read::Own, Write::Yes);
/// Hands in, and cannot read it back.
const DR: Right = right(Read::No, Write::Drop);
/// Sees an age band.
const BA: Right = right(Read::Band, Write::No);
/// Sees it in lists of what is overdue.
const LA: Right = right(Read::Late, Write::No);
/// Own caseload, for a reason.
const CC: Right = right(Read::Caseload, Write::Caseload);
/// Reads for a reason.
const Q_: Right = right(Read::Reason, Write::No);
/// Reads for a reason, writes.
const QW: Right = right(Read::Reason, Write::Yes);

/// A row of the table: what it is about, the tier, and a right for each role in the order of [`Role::ALL`].
pub type Row = (Topic, Tier, [Right; 13]);

use Tier::{T1, T2, T3, T4};
use Topic as T;

/// Who may do what.
#[rustfmt::skip]
pub const TABLE: &[Row] = &[
    //                            bor reg cen  cw hlt edu leg trc coo sup mon aud adm
    (T::Other,            T1,    [NO, RW, RW, RW, R_, R_, R_, R_, R_, RW, NO, NO, NO]),
    (T::Name,             T2,    [NO, IN, R_, RW, R_, R_, R_, R_, LA, RW, NO, NO, NO]),
    (T::Age,              T2,    [NO, IN, BA, RW, R_, R_, R_, R_, NO, RW, NO, NO, NO]),
    (T::Language,         T2,    [NO, IN, R_, RW, R_, R_, R_, R_, NO, RW, NO, NO, NO]),
    (T::DayNeed,          T2,    [NO, IN, R_, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Presence,         T2,    [NO, IN, RW, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Bed,              T2,    [NO, IN, RW, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::DailyService,     T2,    [NO, IN, RW, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::SchoolService,    T2,    [NO, IN, RW, RW, NO, RW, R_, R_, NO, RW, NO, NO, NO]),
    (T::HealthService,    T2,    [NO, IN, RW, RW, RW, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::MhpssService,     T2,    [NO, IN, NO, RW, RW, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::LegalService,     T2,    [NO, IN, NO, RW, NO, NO, RW, R_, NO, RW, NO, NO, NO]),
    (T::TracingService,   T2,    [NO, IN, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::OtherService,     T2,    [NO, IN, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Consent,          T2,    [NO, IN, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Link,             T2,    [NO, OW, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Proposal,         T2,    [NO, OW, NO, RW, NO, NO, RW, RW, NO, RW, NO, NO, NO]),
    (T::Guardianship,     T2,    [NO, IN, NO, RW, NO, NO, RW, R_, NO, RW, NO, NO, NO]),
    (T::Functioning,      T2,    [NO, IN, NO, RW, RW, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Accommodation,    T2,    [NO, IN, NO, RW, RW, RW, R_, R_, NO, RW, NO, NO, NO]),
    (T::Family,           T2,    [NO, OW, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Other,            T2,    [NO, IN, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),

    (T::DailyService,     T3,    [NO, DR, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::SchoolService,    T3,    [NO, DR, NO, RW, NO, RW, R_, R_, NO, RW, NO, NO, NO]),
    (T::HealthService,    T3,    [NO, DR, NO, RW, RW, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::MhpssService,     T3,    [NO, DR, NO, RW, RW, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::LegalService,     T3,    [NO, DR, NO, RW, NO, NO, RW, R_, NO, RW, NO, NO, NO]),
    (T::TracingService,   T3,    [NO, DR, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Guardianship,     T3,    [NO, DR, NO, RW, NO, NO, RW, R_, NO, RW, NO, NO, NO]),
    (T::Legal,            T3,    [NO, DR, NO, RW, NO, NO, RW, R_, NO, RW, NO, NO, NO]),
    (T::Functioning,      T3,    [NO, DR, NO, RW, RW, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Family,           T3,    [NO, DR, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Tracing,          T3,    [NO, DR, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Photo,            T3,    [NO, NO, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),
    (T::Proposal,         T3,    [NO, DR, NO, RW, NO, NO, RW, RW, NO, RW, NO, NO, NO]),
    (T::Other,            T3,    [NO, DR, NO, RW, NO, NO, R_, R_, NO, RW, NO, NO, NO]),

    (T::HealthService,    T4,    [NO, DR, NO, CC, QW, NO, Q_, NO, NO, QW, NO, NO, NO]),
    (T::MhpssService,     T4,    [NO, DR, NO, CC, QW, NO, Q_, NO, NO, QW, NO, NO, NO]),
    (T::Tracing,          T4,    [NO, DR, NO, CC, NO, NO, Q_, QW, NO, QW, NO, NO, NO]),
    (T::Other,            T4,    [NO, DR, NO, CC, NO, NO, Q_, NO, NO, QW, NO, NO, NO]),

    (T::Facility,         T2,    [NO, R_, R_, R_, R_, R_, R_, R_, RW, R_, R_, NO, NO]),
    (T::Organisation,     T2,    [NO, R_, R_, R_, R_, R_, R_, R_, RW, R_, NO, NO, NO]),
    (T::CountryProfile,   T2,    [NO, R_, R_, R_, R_, R_, R_, R_, RW, R_, NO, NO, NO]),
    (T::Corridor,         T2,    [NO, NO, NO, R_, NO, NO, R_, R_, RW, R_, NO, NO, NO]),
    (T::Measure,          T2,    [NO, NO, NO, NO, NO, NO, NO, NO, RW, R_, NO, NO, NO]),
    (T::Practice,         T2,    [NO, R_, R_, R_, R_, R_, R_, R_, RW, R_, NO, NO, NO]),
    (T::Visit,            T2,    [NO, NO, NO, NO, NO, NO, NO, NO, RW, R_, RW, NO, NO]),
    (T::Consultation,     T2,    [NO, NO, NO, RW, NO, NO, NO, NO, RW, RW, RW, NO, NO]),
    (T::Arrival,          T2,    [NO, RW, RW, RW, NO, NO, NO, NO, R_, RW, NO, NO, NO]),
    (T::PaperBatch,       T2,    [NO, RW, NO, RW, NO, NO, NO, NO, NO, RW, NO, NO, NO]),
    (T::Household,        T2,    [NO, OW, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Person,           T2,    [NO, NO, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Person,           T3,    [NO, NO, NO, RW, NO, NO, R_, RW, NO, RW, NO, NO, NO]),
    (T::Feedback,         T2,    [NO, RW, RW, RW, RW, RW, RW, RW, RW, RW, RW, NO, NO]),
    (T::Feedback,         T3,    [NO, DR, NO, RW, NO, NO, RW, NO, NO, RW, NO, NO, NO]),
];

/// Tiers by their place in what [`Rights`] keeps.
const TIERS: [Tier; 4] = [T1, T2, T3, T4];

/// What a seat with some roles may do, looked up by topic and tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// A right for each topic and tier.
    table: Vec<Right>,
    roles: Vec<Role>,
    /// Everything of children below tier 4 is read.
    whole: bool,
}

impl Rights {
    /// Of a seat with these roles: what any of them may.
    pub fn of(roles: &[Role]) -> Self {
        let all = Topic::ALL.iter().flat_map(|topic| TIERS.map(|tier| (*topic, tier)));
        let merged = all.map(|(topic, tier)| {
            roles
                .iter()
                .map(|role| right_of(*role, topic, tier))
                .fold(NO, |a, b| right(a.read.max(b.read), a.write.max(b.write)))
        });
        let mut rights = Self { table: merged.collect(), roles: roles.to_vec(), whole: false };
        rights.whole =
            of_children().all(|(topic, tier)| tier == T4 || rights.right(topic, tier).read == Read::Yes);
        rights
    }

    /// Its roles.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// It has this role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// What may be done with answers about this, at this tier.
    pub fn right(&self, topic: Topic, tier: Tier) -> Right {
        self.table.get(topic as usize * TIERS.len() + tier as usize).copied().unwrap_or(NO)
    }

    /// How far an answer may be read.
    pub fn reads(&self, what: &What<'_>) -> Read {
        self.right(what.topic(), what.tier).read
    }

    /// Whether an answer may be put.
    pub fn writes(&self, what: &What<'_>) -> Write {
        self.right(what.topic(), what.tier).write
    }

    /// Reads every answer of a kind of record below tier 4.
    pub fn reads_whole(&self, record: &str) -> bool {
        if record == "child" {
            return self.whole;
        }
        let topic = What { record, form: record, list: None, field: "", tier: T2, service: None }.topic();
        let rows = TABLE.iter().filter(|(about, ..)| *about == topic);
        rows.into_iter().all(|(topic, tier, _)| self.right(*topic, *tier).read == Read::Yes)
    }

    /// Reads something of children: without it there is no list, no board and no search.
    pub fn sees_children(&self) -> bool {
        of_children().any(|(topic, tier)| self.right(topic, tier).read > Read::No)
    }

    /// Opens something restricted of at least some children.
    pub fn opens_restricted(&self) -> bool {
        of_children().any(|(topic, tier)| tier == T4 && self.right(topic, tier).read > Read::No)
    }

    /// Registers children.
    pub fn registers(&self) -> bool {
        self.right(Topic::Name, T2).write >= Write::Intake
    }
}

/// Topics and tiers of children, of which the table has a row.
fn of_children() -> impl Iterator<Item = (Topic, Tier)> {
    TABLE.iter().map(|(topic, tier, _)| (*topic, *tier)).filter(|(topic, _)| *topic < Topic::Facility)
}

/// What one role may do. A topic that has no row at a tier goes with everything else of a child at that tier.
pub fn right_of(role: Role, topic: Topic, tier: Tier) -> Right {
    let row = |topic: Topic| TABLE.iter().find(|(about, at, _)| (*about, *at) == (topic, tier));
    let found = row(topic).or_else(|| if topic < Topic::Facility { row(Topic::Other) } else { None });
    found.and_then(|(_, _, rights)| rights.get(role as usize)).copied().unwrap_or(NO)
}

/// How far a seat with these roles may read an answer.
pub fn reads(roles: &[Role], what: &What<'_>) -> Read {
    roles.iter().map(|role| right_of(*role, what.topic(), what.tier).read).max().unwrap_or(Read::No)
}

/// Whether a seat with these roles may put an answer.
pub fn writes(roles: &[Role], what: &What<'_>) -> Write {
    roles.iter().map(|role| right_of(*role, what.topic(), what.tier).write).max().unwrap_or(Write::No)
}

#[cfg(test)]
mod tests;
