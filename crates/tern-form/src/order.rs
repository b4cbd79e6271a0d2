//! Days that cannot stand in this order: before the birth, an end before its beginning, a permit without a day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tern_record::Scalar;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::FuzzyDate;

use crate::check::{Answers, Remark, live_rows, sibling};
use crate::kind::Kind;
use crate::schema::Schema;

/// A beginning and its end, in one row.
const SPANS: [(&str, &str, &str); 9] = [
    ("care", "from", "to"),
    ("detention", "from", "to"),
    ("alternatives", "from", "to"),
    ("guardianship", "appointed_on", "ended_on"),
    ("guardianship", "requested_on", "appointed_on"),
    ("identity_documents", "issued_on", "expires_on"),
    ("permits", "issued_on", "valid_until"),
    ("referrals", "sent_on", "accepted_on"),
    ("concerns", "raised_on", "first_response_on"),
];

/// Adds what cannot have been so.
pub(crate) fn remarks(schema: &Schema, remarks: &mut Vec<Remark>, answers: &Answers) {
    before_birth(schema, remarks, answers);
    for (list, from, to) in SPANS {
        for (path, begun) in live_rows(answers, list, from) {
            let end = answers.get(&sibling(path, to)).and_then(latest);
            if earliest(begun).zip(end).is_some_and(|(begun, end)| end < begun) {
                remarks.push(Remark { path: sibling(path, to), code: "ends-before-it-begins" });
            }
        }
    }
    let registered = ["birth.declared_on", "birth.registered_on", "birth.certified_on"];
    for pair in registered.windows(2) {
        if let [first, then] = pair
            && let (Some(first), Some(second)) =
                (answers.get(*first).and_then(earliest), answers.get(*then).and_then(latest))
            && second < first
        {
            remarks.push(Remark { path: (*then).to_owned(), code: "ends-before-it-begins" });
        }
    }
    for (path, _) in live_rows(answers, "permits", "type") {
        let said = |field: &str| answers.get(&sibling(path, field)).is_some_and(|value| !value.is_null());
        if !said("valid_until") && !said("unlimited") && !said("issued_on") && !said("applied_on") {
            remarks.push(Remark { path: path.to_owned(), code: "permit-without-date" });
        }
    }
    services(remarks, answers);
}

/// Nothing was done for a child before it was born; papers of others, and leaving home, may be older.
fn before_birth(schema: &Schema, remarks: &mut Vec<Remark>, answers: &Answers) {
    let Some(born) = answers.get("dob").and_then(earliest) else { return };
    for (path, value) in answers {
        let Some(field) = schema.field_of(path) else { continue };
        let dated = matches!(field.kind, Kind::Date | Kind::FuzzyDate);
        let of_others = matches!(field.list.as_deref(), Some("relations" | "sought_persons" | "dob_claims"))
            || matches!(field.id.as_str(), "dob" | "left_home_on" | "dob_as_printed");
        if dated && !of_others && latest(value).is_some_and(|day| day < born) {
            remarks.push(Remark { path: path.clone(), code: "before-birth" });
        }
    }
}

/// An end is the last thing of a spell: nothing of a service is dated before its first day and called its end.
fn services(remarks: &mut Vec<Remark>, answers: &Answers) {
    let mut first: BTreeMap<&str, Date> = BTreeMap::new();
    for (path, of) in live_rows(answers, "service_events", "of") {
        if let (Some(of), Some(at)) = (of.as_text(), answers.get(&sibling(path, "at")).and_then(earliest)) {
            let begun = answers.get(&sibling(path, "state")).and_then(Scalar::as_text) != Some("ended");
            if begun {
                let day = first.entry(of).or_insert(at);
                *day = at.min(*day);
            }
        }
    }
    for (path, state) in live_rows(answers, "service_events", "state") {
        let of = answers.get(&sibling(path, "of")).and_then(Scalar::as_text);
        let at = answers.get(&sibling(path, "at")).and_then(latest);
        let begun = of.and_then(|of| first.get(of).copied());
        if state.as_text() == Some("ended") && at.zip(begun).is_some_and(|(at, begun)| at < begun) {
            remarks.push(Remark { path: sibling(path, "at"), code: "ends-before-it-begins" });
        }
    }
}

fn earliest(value: &Scalar) -> Option<Date> {
    span(value).map(|span| span.0)
}

fn latest(value: &Scalar) -> Option<Date> {
    span(value).map(|span| span.1)
}

fn span(value: &Scalar) -> Option<(Date, Date)> {
    match value {
        Scalar::Text(text) => text.parse().ok().map(|day| (day, day)),
        Scalar::Bytes(bytes) => {
            FuzzyDate::from_bytes(bytes).ok().map(|date| (date.earliest(), date.latest()))
        }
        _ => None,
    }
}
