//! What a country sets: the ages and the days that tasks, the board and figures count by.
//!
//! The defaults stand where no country profile says otherwise. Where they come from policy (90 days to school),
//! the text that sets them is named; the others are ours, and a programme changes them in its country profile.

use crate::life::Life;

/// Ages and days of one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// ISO 3166-1 alpha-3 code; the country of the site.
    pub country: Option<String>,
    /// Full age. Never under 18 (rule D-01).
    pub majority_age: i16,
    /// First year of school age.
    pub school_from: i16,
    /// Last year of school age.
    pub school_to: i16,
    /// Days from birth to its registration.
    pub birth_days: i32,
    /// Whether a recognised authority registers births here.
    pub birth_authority: bool,
    /// Days from registration to a guardian (CP-04).
    pub guardian_days: i32,
    /// Days from registration to an assessment of best interests (BI-01).
    pub bia_days: i32,
    /// Days from arrival to school (SV-01: "within a few months").
    pub school_days: i32,
    /// Days from registration to the health and mental health screens (SV-06).
    pub health_days: i32,
    /// Days from registration to a tracing request (CP-06).
    pub tracing_days: i32,
    /// Days from registration to a referral to the child protection authority (CP-02).
    pub authority_days: i32,
    /// Days from registration to the trafficking screen (CP-10).
    pub screen_days: i32,
    /// Days from registration to an agreed plan for a lasting solution (DS-01).
    pub solution_days: i32,
    /// Days from a need to the service that meets it, where no other number stands (SV-15).
    pub service_days: i32,
    /// Days to the first answer on a concern of high, medium and low risk (CP-08).
    pub response_days: [i32; 3],
    /// The asylum authority is separate from enforcement, by a source that the profile names (rule D-24).
    pub asylum_separate: bool,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            country: None,
            majority_age: 18,
            school_from: 5,
            school_to: 17,
            birth_days: 30,
            birth_authority: true,
            guardian_days: 14,
            bia_days: 14,
            school_days: 90,
            health_days: 30,
            tracing_days: 14,
            authority_days: 3,
            screen_days: 7,
            solution_days: 180,
            service_days: 30,
            response_days: [1, 3, 7],
            asylum_separate: false,
        }
    }
}

impl Profile {
    /// The profile that the answers of a country profile make, on top of the defaults.
    pub fn read(answers: &Life) -> Self {
        let base = Self::default();
        let int = |field: &str| answers.own(field).and_then(crate::Scalar::as_int);
        let days = |field: &str, or: i32| {
            int(field)
                .and_then(|days| i32::try_from(days).ok())
                .filter(|days| (0..=3650).contains(days))
                .unwrap_or(or)
        };
        let age = |field: &str, or: i16| {
            int(field)
                .and_then(|age| i16::try_from(age).ok())
                .filter(|age| (0..=30).contains(age))
                .unwrap_or(or)
        };
        Self {
            country: answers.code("profile.country").map(str::to_owned),
            majority_age: age("profile.majority_age", base.majority_age).max(18),
            school_from: age("profile.school_age_from", base.school_from),
            school_to: age("profile.school_age_to", base.school_to),
            birth_days: days("profile.birth_deadline_days", base.birth_days),
            birth_authority: !matches!(
                answers.code("profile.birth_authority"),
                Some("suspended" | "none" | "not_recognised")
            ),
            guardian_days: days("profile.guardian_days", base.guardian_days),
            bia_days: days("profile.bia_days", base.bia_days),
            school_days: days("profile.school_days", base.school_days),
            health_days: days("profile.health_days", base.health_days),
            tracing_days: days("profile.tracing_days", base.tracing_days),
            authority_days: days("profile.authority_days", base.authority_days),
            screen_days: days("profile.screen_days", base.screen_days),
            solution_days: days("profile.solution_days", base.solution_days),
            service_days: days("profile.service_days", base.service_days),
            response_days: [
                days("profile.response_high_days", base.response_days[0]),
                days("profile.response_medium_days", base.response_days[1]),
                days("profile.response_low_days", base.response_days[2]),
            ],
            // A claim without a source opens nothing.
            asylum_separate: answers.yes("profile.asylum_separate") == Some(true)
                && answers.code("profile.asylum_separate_source").is_some(),
        }
    }

    /// Days to the first answer on a concern; a risk that nobody stated is answered like a high one.
    pub fn response(&self, risk: Option<&str>) -> i32 {
        let [high, medium, low] = self.response_days;
        match risk {
            Some("medium") => medium,
            Some("low") => low,
            _ => high,
        }
    }
}
