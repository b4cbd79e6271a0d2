//! Residence permits that end with childhood (target: none; S1 "permits valid only until 18").

use crate::age::birthday;
use crate::fuzzy::FuzzyDate;
use crate::life::{Row, day, yes};
use crate::need::days_between;

/// Days around an eighteenth birthday within which an end counts as the birthday.
const NEAR: i32 = 30;

/// True when the permit ends at majority: it says so, or its last day lies within 30 days of the eighteenth
/// birthday by *any* claim of the birth date.
pub fn ends_at_18(permit: &Row, births: &[FuzzyDate]) -> bool {
    if yes(permit, "ends_at_majority") == Some(true) {
        return true;
    }
    let Some(until) = day(permit, "valid_until") else { return false };
    births
        .iter()
        .flat_map(|born| [born.earliest(), born.value(), born.latest()])
        .any(|born| birthday(born, 18).is_some_and(|adult| days_between(adult, until).abs() <= NEAR))
}
