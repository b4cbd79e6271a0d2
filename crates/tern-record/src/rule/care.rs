//! Age, guardianship, return and tracing: D-04, D-05, D-22, D-23.

use jiff::civil::Date;

use super::{Change, Rule, Touched, Voices};
use crate::life::{Life, Row, STEPS, code, day, yes};
use crate::path::Path;
use crate::returning;
use crate::scalar::Scalar;

pub(super) fn answer(change: &Change<'_>, path: &Path, value: &Scalar) -> Option<Rule> {
    match (path.as_str(), value.as_text()) {
        ("case.closure_reason", Some("never_a_child")) => {
            (!is_settled_age(change.after)).then_some(Rule::D_04)
        }
        ("birth.step", Some(step)) => birth_step(change, step),
        _ => None,
    }
}

pub(super) fn row(change: &Change<'_>, touched: &Touched<'_>) -> Option<Rule> {
    let (after, row) = (change.after, touched.row);
    match touched.list {
        "bid" if touched.by(&["decided_on", "no_guardian_reason"]) => {
            decided(after, row, "decided_on").or_else(|| basis_goes(change))
        }
        "bid" | "bia" => basis_goes(change),
        "age_assessments" if touched.by(&["done_on", "no_guardian_reason"]) => decided(after, row, "done_on"),
        "legal_proceedings" if touched.by(&["stage", "no_guardian_reason"]) => {
            let done = code(row, "stage") == Some("interview_done");
            (done && without_guardian(after, row, change.today)).then_some(Rule::D_05)
        }
        "returns" => {
            let decides = touched.by(&["departed_on", "no_guardian_reason"]);
            let decided = || decides.then(|| decided(after, row, "departed_on")).flatten();
            return_state(change, touched).or_else(|| safeguard_goes(change, touched)).or_else(decided)
        }
        "tracing_requests" if touched.by(&["status"]) => family_is_told(change, touched),
        _ => None,
    }
}

/// A decision on a day on which there was no guardian, and no reason beside it.
fn decided(life: &Life, row: &Row, field: &str) -> Option<Rule> {
    without_guardian(life, row, day(row, field)?).then_some(Rule::D_05)
}

/// A child without parents has no guardian, and nobody says why it was done all the same.
fn without_guardian(life: &Life, row: &Row, on: Date) -> bool {
    life.is_without_parents() && !life.had_guardian(on) && code(row, "no_guardian_reason").is_none()
}

/// `identified → planned` and `planned → departed` have their gates, whichever of state and day says so. What others
/// carried out is recorded as theirs.
fn return_state(change: &Change<'_>, touched: &Touched<'_>) -> Option<Rule> {
    let (life, row) = (change.after, touched.row);
    if !touched.by(&["state", "planned_on", "departed_on", "received_on", "no_guardian_reason"]) {
        return None;
    }
    let leaves = has_left(row) && (touched.by(&["departed_on"]) || !touched.before.is_some_and(has_left));
    let refused = match code(row, "state") {
        _ if leaves => {
            let missing = returning::missing_safeguards(row);
            // Of a return long ago the five that figures ask for are known (DS-06).
            let counted =
                |safeguard: &&str| change.voices != Voices::File || returning::CORE.contains(safeguard);
            !returning::may_be_planned(life, row) || missing.iter().any(counted)
        }
        Some("done_by_others") => false,
        Some("planned") => !returning::may_be_planned(life, row),
        _ if row.contains_key("planned_on") => !has_left(row) && !returning::may_be_planned(life, row),
        _ => false,
    };
    refused.then_some(Rule::D_22)
}

/// A safeguard of a child who has left is unsaid. Two people may write down that it was not there after all.
fn safeguard_goes(change: &Change<'_>, touched: &Touched<'_>) -> Option<Rule> {
    let before = touched.before.filter(|row| has_left(row) && has_left(touched.row))?;
    let goes = returning::SAFEGUARDS.contains(&touched.field)
        && !returning::missing_safeguards(before).contains(&touched.field)
        && returning::missing_safeguards(touched.row).contains(&touched.field);
    (goes && is_one(change)).then_some(Rule::D_22)
}

/// The assessment or decision on which a child was sent is unsaid.
fn basis_goes(change: &Change<'_>) -> Option<Rule> {
    let rests = |life: &Life, row: &Row| has_left(row) && returning::may_be_planned(life, row);
    let goes = change.before.rows("returns").filter(|(_, row)| rests(change.before, row)).any(|(id, _)| {
        let after = change.after.row("returns", id);
        after.is_some_and(|row| has_left(row) && !returning::may_be_planned(change.after, row))
    });
    (goes && is_one(change)).then_some(Rule::D_22)
}

fn is_one(change: &Change<'_>) -> bool {
    matches!(change.voices, Voices::One | Voices::Slip)
}

/// By somebody of ours: a day says so, or the state.
fn has_left(row: &Row) -> bool {
    let days = row.contains_key("departed_on") || row.contains_key("received_on");
    match code(row, "state") {
        Some("done_by_others") => false,
        state => days || matches!(state, Some("departed" | "received")),
    }
}

/// A family hears of a child after two people checked and the child was asked; never who may be a danger.
fn family_is_told(change: &Change<'_>, touched: &Touched<'_>) -> Option<Rule> {
    let row = touched.row;
    let is_told = matches!(code(row, "status"), Some("reunified" | "remote_contact_restored"));
    // Two people call it verified; a day that somebody typed does not stand for them. Of a reunion long ago it does,
    // and the day on which the child was asked may not be known.
    let checked = if change.voices == Voices::File {
        day(row, "verified_on").is_some()
    } else {
        let before = change.before.any_row(touched.list, touched.id).and_then(|row| code(row, "status"));
        let by_two = matches!(before, Some("verified" | "reunified" | "remote_contact_restored"));
        by_two && day(row, "told_child_on").is_some()
    };
    let refused = !checked || looks_for_danger(change.after, touched.id);
    (is_told && refused).then_some(Rule::D_23)
}

/// The person looked for is one of whom the child is afraid; when nobody is named, it may be any of them.
fn looks_for_danger(life: &Life, request: &str) -> bool {
    let mut sought =
        life.rows_of("sought_persons", request).filter_map(|(_, row)| code(row, "relation")).peekable();
    let unnamed = sought.peek().is_none();
    let sought: Vec<&str> = sought.collect();
    life.rows("relations").any(|(_, person)| {
        yes(person, "danger") == Some(true)
            && (unnamed || code(person, "kind").is_some_and(|kind| sought.contains(&kind)))
    })
}

/// A step of the birth registration goes back only with the reason beside it.
fn birth_step(change: &Change<'_>, step: &str) -> Option<Rule> {
    let place = |step: &str| STEPS.iter().position(|known| *known == step);
    // Where none stands, and off the steps as after a refusal, the furthest that was ever said is what it goes back
    // from: clearing an answer does not unsay it.
    let furthest = || change.before.steps_said.iter().filter_map(|step| place(step)).max();
    let before = change.before.code("birth.step").and_then(place).or_else(furthest)?;
    let back = place(step).is_some_and(|after| after < before);
    (back && change.after.code("birth.correction_reason").is_none()).then_some(Rule::B_04)
}

/// An age assessment that can end childhood: guardian present, the child agreed, a range whose lower end is
/// 18 or more, and nobody contests it. Refusing an assessment proves nothing.
fn is_settled_age(life: &Life) -> bool {
    let contested = life.rows("age_disputes").any(|(_, row)| day(row, "settled_on").is_none());
    !contested
        && life.rows("age_assessments").any(|(_, row)| {
            let low = row.get("result_low").and_then(Scalar::as_int);
            low.is_some_and(|low| low >= 18)
                && row.contains_key("result_high")
                && yes(row, "guardian_present") == Some(true)
                && yes(row, "child_consented") == Some(true)
                && yes(row, "appealed") != Some(true)
        })
}
