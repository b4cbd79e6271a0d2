//! Answers that do not go together, and numbers that are seldom so: worth a second look, never in the way.

use tern_record::Scalar;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::FuzzyDate;
use tern_record::mrz;

use crate::check::{Answers, Remark, is_removed, live_rows, sibling};
use crate::schema::Schema;

/// Steps of a birth registration and the day that belongs to each.
const STEP_DAYS: [(&str, &str); 3] = [
    ("declared", "birth.declared_on"),
    ("registered", "birth.registered_on"),
    ("certified", "birth.certified_on"),
];
/// A parent younger than this at the birth is a slip, or a child who needs help of her own.
const YOUNGEST_PARENT: i16 = 12;
/// Places and those taken, of one count.
const COUNTS: [(&str, &str); 3] = [
    ("places_total", "occupied_total"),
    ("places_children", "occupied_children"),
    ("places_uasc", "occupied_uasc"),
];

/// Adds what is worth a second look.
pub(crate) fn remarks(schema: &Schema, remarks: &mut Vec<Remark>, answers: &Answers) {
    let mut say = |path: &str, code: &'static str| remarks.push(Remark { path: path.to_owned(), code });
    for (path, value) in answers {
        let usual = schema.field_of(path).and_then(|field| field.usual);
        let outside = usual.zip(value.as_int()).is_some_and(|((low, high), said)| said < low || said > high);
        if outside && !is_removed(answers, path) {
            say(path, "number-unusual");
        }
    }
    for (path, lines) in live_rows(answers, "identity_documents", "mrz_lines") {
        match mrz::read(lines.as_text().unwrap_or_default()) {
            Ok(read) => read.faults.iter().for_each(|fault| say(path, fault.code())),
            Err(_) => say(path, "mrz-shape"),
        }
    }
    birth(&mut say, answers);
    for (path, kind) in live_rows(answers, "relations", "kind") {
        let at = sibling(path, "dob");
        if matches!(kind.as_text(), Some("mother" | "father")) && is_too_young(answers, &at) {
            say(&at, "parent-too-young");
        }
    }
    for (places, taken) in COUNTS {
        for (path, count) in live_rows(answers, "capacity", taken) {
            let there = answers.get(&sibling(path, places)).and_then(Scalar::as_int);
            if there.zip(count.as_int()).is_some_and(|(there, taken)| taken > there) {
                say(path, "more-taken-than-places");
            }
        }
    }
    let age = |field: &str| answers.get(field).and_then(Scalar::as_int);
    if age("consultation.age_from").zip(age("consultation.age_to")).is_some_and(|(from, to)| from > to) {
        say("consultation.age_to", "age-range-turned-group");
    }
}

fn birth(say: &mut impl FnMut(&str, &'static str), answers: &Answers) {
    let (born, occurred) = (fuzzy(answers.get("dob")), fuzzy(answers.get("birth.occurred_on")));
    let apart = born
        .zip(occurred)
        .is_some_and(|(born, at)| at.latest() < born.earliest() || at.earliest() > born.latest());
    if apart {
        say("birth.occurred_on", "birth-day-differs");
    }
    let step = answers.get("birth.step").and_then(Scalar::as_text);
    for (reached, day) in STEP_DAYS {
        if step == Some(reached) && answers.get(day).is_none_or(Scalar::is_null) {
            say("birth.step", "birth-step-without-day");
        }
    }
}

/// By every reading of both dates.
fn is_too_young(answers: &Answers, parent: &str) -> bool {
    let (Some(child), Some(parent)) = (fuzzy(answers.get("dob")), fuzzy(answers.get(parent))) else {
        return false;
    };
    child.latest().year() - parent.earliest().year() < YOUNGEST_PARENT
}

fn fuzzy(value: Option<&Scalar>) -> Option<FuzzyDate> {
    FuzzyDate::from_bytes(value?.as_bytes()?).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use jiff::civil::date;
    use serde_json::{Value, json};
    use tern_record::Path;

    use super::*;

    const ROW: &str = "7K2M4QX97K2M4QX97K2M4QX97M";

    /// Codes of the remarks on some answers, with the fields they are about.
    fn doubts(said: &[(&str, Value)]) -> Vec<(String, &'static str)> {
        let (schema, today) = (Schema::embedded().unwrap(), date(2026, 11, 24));
        let answers: Answers = said
            .iter()
            .map(|(path, value)| {
                let path = Path::new(&path.replace('#', ROW)).unwrap();
                (path.as_str().to_owned(), schema.value_from_json(&path, value, today).unwrap())
            })
            .collect();
        let found = schema.remarks(&answers, today).into_iter();
        found.map(|remark| (remark.path.replace(ROW, "#"), remark.code)).collect()
    }

    fn only(path: &str, code: &'static str) -> Vec<(String, &'static str)> {
        vec![(path.to_owned(), code)]
    }

    #[test]
    fn a_weight_outside_500_to_5500_grams_and_a_seldom_length_of_pregnancy_are_kept_with_a_remark() {
        for (grams, told) in [(499, 1), (500, 0), (5500, 0), (5501, 1)] {
            assert_eq!(doubts(&[("birth.weight_g", json!(grams))]).len(), told, "{grams}");
        }
        assert_eq!(
            doubts(&[("birth.gestation_weeks", json!(19))]),
            only("birth.gestation_weeks", "number-unusual")
        );
        assert_eq!(doubts(&[("birth.gestation_weeks", json!(40))]), []);
    }

    #[test]
    fn lines_of_a_passport_say_which_digit_does_not_fit() {
        let good =
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
        let at = "identity_documents/#/mrz_lines";
        assert_eq!(doubts(&[(at, json!(good))]), []);
        assert_eq!(doubts(&[(at, json!("P<UTO"))]), only(at, "mrz-shape"));
        let born = doubts(&[(at, json!(good.replace("7408122", "7408132")))]);
        assert_eq!(born, [only(at, "mrz-check-birth"), only(at, "mrz-check-composite")].concat());
    }

    #[test]
    fn a_birth_registered_for_another_day_or_without_its_day_is_told() {
        let dob = ("dob", json!({"year": 2020}));
        let occurred = |year: i32| ("birth.occurred_on", json!({"date": format!("{year}-05-01")}));
        assert_eq!(doubts(&[dob.clone(), occurred(2020)]), []);
        assert_eq!(doubts(&[dob.clone(), occurred(2021)]), only("birth.occurred_on", "birth-day-differs"));
        let step = ("birth.step", json!("registered"));
        assert_eq!(doubts(std::slice::from_ref(&step)), only("birth.step", "birth-step-without-day"));
        assert_eq!(doubts(&[step, ("birth.registered_on", json!("2020-06-01"))]), []);
    }

    #[test]
    fn a_mother_who_was_a_small_child_at_the_birth_is_worth_a_second_look() {
        let born = |year: i32| {
            let mother = ("relations/#/dob", json!({ "year": year }));
            doubts(&[("dob", json!({"year": 2018})), ("relations/#/kind", json!("mother")), mother])
        };
        assert_eq!(born(2010), only("relations/#/dob", "parent-too-young"));
        assert_eq!(born(1999), []);
    }

    #[test]
    fn days_that_cannot_stand_in_this_order_are_told_beside_the_later_one() {
        let care = [("care/#/from", json!("2026-05-01")), ("care/#/to", json!("2026-04-01"))];
        assert_eq!(doubts(&care), only("care/#/to", "ends-before-it-begins"));
        let permit = [("permits/#/type", json!("refugee"))];
        assert_eq!(doubts(&permit), only("permits/#/type", "permit-without-date"));
    }

    #[test]
    fn more_taken_than_there_are_places_and_ages_turned_round_are_kept_with_a_remark() {
        let count = [("capacity/#/places_children", json!(24)), ("capacity/#/occupied_children", json!(25))];
        assert_eq!(doubts(&count), only("capacity/#/occupied_children", "more-taken-than-places"));
        let ages = [("consultation.age_from", json!(15)), ("consultation.age_to", json!(9))];
        assert_eq!(doubts(&ages), only("consultation.age_to", "age-range-turned-group"));
    }
}
