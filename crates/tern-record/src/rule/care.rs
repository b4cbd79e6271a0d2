//! Age, guardianship, return and tracing: D-04, D-05, D-22, D-23.

use jiff::civil::Date;

use super::{Change, Rule, Voices};
use crate::life::{Life, Row, STEPS, code, day, yes};
use crate::path::Path;
use crate::returning;
use crate::scalar::Scalar;

pub(super) fn refuses(change: &Change<'_>, path: &Path, value: &Scalar) -> Option<Rule> {
    let after = change.after;
    let row = row_of(after, path);
    match (path.form_key().as_str(), value.as_text()) {
        ("case.closure_reason", Some("never_a_child")) => (!is_settled_age(after)).then_some(Rule::D_04),
        ("bid/decided_on" | "age_assessments/done_on" | "returns/departed_on", _) => {
            let left = path.form_key() == "returns/departed_on";
            let gate = row.filter(|_| left).and_then(|row| return_state(change, row, "departed"));
            let on = crate::life::scalar_day(value).unwrap_or(change.today);
            gate.or_else(|| without_guardian(after, row, on).then_some(Rule::D_05))
        }
        ("birth.step", Some(step)) => birth_step(change, step),
        ("legal_proceedings/stage", Some("interview_done")) => {
            without_guardian(after, row, change.today).then_some(Rule::D_05)
        }
        ("returns/state", Some(state)) => return_state(change, row?, state),
        ("tracing_requests/status", Some("reunified" | "remote_contact_restored")) => {
            family_is_told(change, path.entity()?, row?)
        }
        _ => None,
    }
}

fn row_of<'a>(life: &'a Life, path: &Path) -> Option<&'a Row> {
    let (list, entity) = (path.list()?, path.entity()?);
    life.rows(list).find(|(id, _)| *id == entity).map(|(_, row)| row)
}

/// A child without parents has no guardian, and nobody says why it was done all the same.
fn without_guardian(life: &Life, row: Option<&Row>, on: Date) -> bool {
    let reason = row.is_some_and(|row| code(row, "no_guardian_reason").is_some());
    life.is_without_parents() && !life.had_guardian(on) && !reason
}

/// `identified → planned` and `planned → departed` have their gates. What others carried out is recorded as
/// theirs.
fn return_state(change: &Change<'_>, row: &Row, state: &str) -> Option<Rule> {
    let life = change.after;
    let by_others = code(row, "state") == Some("done_by_others");
    let refused = match state {
        _ if by_others => false,
        "planned" => !returning::may_be_planned(life, row),
        "departed" | "received" => {
            let missing = returning::missing_safeguards(row);
            // Of a return long ago the five that figures ask for are known (DS-06).
            let counted =
                |safeguard: &&str| change.voices != Voices::File || returning::CORE.contains(safeguard);
            !returning::may_be_planned(life, row) || missing.iter().any(counted)
        }
        _ => false,
    };
    refused.then_some(Rule::D_22)
}

/// A family hears of a child after two people checked and the child was asked; never who may be a danger.
fn family_is_told(change: &Change<'_>, request: &str, row: &Row) -> Option<Rule> {
    let verified = day(row, "verified_on").is_some();
    // Of a reunion long ago the day on which the child was asked may not be known.
    let asked = day(row, "told_child_on").is_some() || change.voices == Voices::File;
    (!verified || !asked || looks_for_danger(change.after, request)).then_some(Rule::D_23)
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
    let before = change.before.code("birth.step").and_then(place)?;
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
