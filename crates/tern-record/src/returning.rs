//! Return: what must be there before a child may be sent anywhere (rule D-22; A39, A40).

use crate::life::{Life, Row, code, yes};

/// Months after departure at which the child is spoken to (A46).
pub const MONITORING_MONTHS: [i32; 4] = [1, 3, 6, 12];

/// The nine safeguards of list `return_safeguard` that a departure needs, by the field that says each.
pub const SAFEGUARDS: [&str; 9] = [
    "non_refoulement_check",
    "bi_basis",
    "due_process_complete",
    "legal_aid",
    "guardian_consulted",
    "child_views",
    "child_informed",
    "receiving_caregiver_verified",
    "child_protection_reception",
];

/// The five that the figure on returns asks for (DS-06).
pub const CORE: [&str; 5] = [
    "non_refoulement_check",
    "bi_basis",
    "due_process_complete",
    "child_views",
    "receiving_caregiver_verified",
];

/// Safeguards that a return does not have.
pub fn missing_safeguards(row: &Row) -> Vec<&'static str> {
    SAFEGUARDS.into_iter().filter(|safeguard| !has(row, safeguard)).collect()
}

fn has(row: &Row, safeguard: &str) -> bool {
    match safeguard {
        "non_refoulement_check" => code(row, safeguard) == Some("passed"),
        "bi_basis" => matches!(code(row, safeguard), Some("bia" | "bid")),
        flag => yes(row, flag) == Some(true),
    }
}

/// Planning needs the check against sending a child back into danger, and best interests: a determination for a
/// child without parents, an assessment for one with them.
pub fn may_be_planned(life: &Life, row: &Row) -> bool {
    let best_interests = if life.is_without_parents() {
        life.rows("bid").any(|(_, bid)| crate::life::day(bid, "decided_on").is_some())
    } else {
        life.first_assessed().is_some()
    };
    code(row, "non_refoulement_check") == Some("passed") && best_interests
}
