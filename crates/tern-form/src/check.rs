//! Remarks on answers: worth a second look, never in the way of saving.

use std::collections::BTreeMap;
use std::ops::Bound;

use jiff::civil::{Date, date};
use tern_record::Scalar;
use tern_record::accompaniment::Claim;
use tern_record::age::AgeRange;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::FuzzyDate;
use tern_record::name::Name;

use crate::schema::Schema;

/// Something worth a second look. Its sentence is `remark-<code>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The field it is about.
    pub path: String,
    /// Stable code.
    pub code: &'static str,
}

/// Every code of a remark that this crate makes.
pub const REMARKS: [&str; 29] = [
    "number-unusual",
    "mrz-shape",
    "mrz-check-number",
    "mrz-check-birth",
    "mrz-check-expiry",
    "mrz-check-personal",
    "mrz-check-composite",
    "birth-day-differs",
    "birth-step-without-day",
    "parent-too-young",
    "more-taken-than-places",
    "age-range-turned-group",
    "before-birth",
    "ends-before-it-begins",
    "permit-without-date",
    "age-doubt",
    "born-before-1990",
    "heaped-date",
    "placeholder-name",
    "no-letters-in-name",
    "screen-spouse",
    "screen-unrelated-adult",
    "no-companion-listed",
    "claims-differ",
    "spoke-apart-needed",
    "age-method",
    "age-range-turned",
    "interpreter-companion",
    "copied-answer",
];

/// Remarks on what cannot have been so. Beside a form they are worth a second look; in a file they are mistakes.
pub const IMPOSSIBLE: [&str; 3] = ["before-birth", "ends-before-it-begins", "permit-without-date"];

/// Answers by the text of their path. Rows that have no id yet may be written `+1`, `+2` …
pub type Answers = BTreeMap<String, Scalar>;

/// What people write when there is no name. Compared in lower case.
const PLACEHOLDERS: [&str; 14] = [
    "unknown",
    "no name",
    "noname",
    "not known",
    "n/a",
    "na",
    "none",
    "test",
    "xxx",
    "xx",
    "x",
    "baby",
    "child",
    "anonymous",
];

impl Schema {
    /// Remarks on the answers of a child's record, or of a draft, sorted by path.
    pub fn remarks(&self, answers: &Answers, today: Date) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for (path, value) in answers {
            let (Some(field), Scalar::Bytes(bytes)) = (self.field_of(path), value) else { continue };
            match (field.list.as_deref(), field.id.as_str()) {
                (None | Some("dob_claims"), "dob") if !is_removed(answers, path) => {
                    birth(&mut remarks, path, bytes, today);
                }
                (Some("names"), "name") if !is_removed(answers, path) => name(&mut remarks, path, bytes),
                _ => {}
            }
        }
        company(&mut remarks, answers);
        consents(&mut remarks, answers);
        age_assessments(&mut remarks, answers);
        interview(&mut remarks, answers);
        crate::order::remarks(self, &mut remarks, answers);
        crate::doubt::remarks(self, &mut remarks, answers);
        remarks.sort();
        remarks.dedup();
        remarks
    }

    /// Of a form's needed answers, those still open: the first form key of each group without an answer.
    pub fn open(&self, form: &str, answers: &Answers) -> Vec<String> {
        let answered =
            |key: &String| answers.iter().any(|(path, value)| !value.is_null() && has_key(path, key));
        let groups = self.form(form).map_or(&[][..], |form| &form.needed);
        groups
            .iter()
            .filter(|keys| !keys.iter().any(answered))
            .filter_map(|keys| keys.first().cloned())
            .collect()
    }
}

pub(crate) fn has_key(path: &str, key: &str) -> bool {
    match path.split_once('/') {
        Some((list, rest)) => key.split_once('/') == rest.split_once('/').map(|(_, field)| (list, field)),
        None => path == key,
    }
}

fn birth(remarks: &mut Vec<Remark>, path: &str, bytes: &[u8], today: Date) {
    let Ok(born) = FuzzyDate::from_bytes(bytes) else { return };
    let mut say = |code| remarks.push(Remark { path: path.to_owned(), code });
    if AgeRange::on(today, &born).youngest >= 18 {
        say("age-doubt");
    }
    if born.latest() < date(1990, 1, 1) {
        say("born-before-1990");
    }
    if born.is_heaped() {
        say("heaped-date");
    }
}

fn name(remarks: &mut Vec<Remark>, path: &str, bytes: &[u8]) {
    let Ok(name) = Name::from_bytes(bytes) else { return };
    let mut say = |code| remarks.push(Remark { path: path.to_owned(), code });
    let plain = name.text.trim().to_lowercase();
    if PLACEHOLDERS.contains(&plain.as_str()) {
        say("placeholder-name");
    } else if !plain.chars().any(char::is_alphabetic) {
        say("no-letters-in-name");
    }
}

fn company(remarks: &mut Vec<Remark>, answers: &Answers) {
    let mut any = false;
    for (path, value) in live_rows(answers, "companions", "claim") {
        any = true;
        let code = match value.as_text().and_then(Claim::from_code) {
            Some(Claim::SpouseOrInLaw) => "screen-spouse",
            Some(Claim::UnrelatedAdult) => "screen-unrelated-adult",
            _ => continue,
        };
        remarks.push(Remark { path: path.to_owned(), code });
    }
    let stated = answers.get("accompaniment").and_then(Scalar::as_text);
    if !any && matches!(stated, Some("accompanied" | "separated")) {
        remarks.push(Remark { path: "accompaniment".into(), code: "no-companion-listed" });
    }
    let derived = derived(answers);
    if any && stated.is_some_and(|stated| stated != derived) {
        remarks.push(Remark { path: "accompaniment".into(), code: "claims-differ" });
    }
}

/// The accompaniment that the listed companions make.
pub(crate) fn derived(answers: &Answers) -> &'static str {
    use tern_record::accompaniment::PaperSeen;
    let claims: Vec<_> = live_rows(answers, "companions", "claim")
        .filter_map(|(path, value)| {
            let claim = Claim::from_code(value.as_text()?)?;
            let paper = answers.get(&sibling(path, "paper_seen")).and_then(Scalar::as_bool) == Some(true);
            Some((claim, if paper { PaperSeen::Yes } else { PaperSeen::No }))
        })
        .collect();
    let answered = answers.get("companions_answered").and_then(Scalar::as_text);
    crate::derive::accompaniment(answered, &claims).code()
}

/// A caregiver's yes counts only after the worker spoke with the child apart.
fn consents(remarks: &mut Vec<Remark>, answers: &Answers) {
    for (path, status) in live_rows(answers, "consents", "status") {
        let by = answers.get(&sibling(path, "given_by")).and_then(Scalar::as_text);
        let apart = answers.get(&sibling(path, "spoke_apart")).and_then(Scalar::as_bool) == Some(true);
        let adult = matches!(by, Some("caregiver" | "guardian" | "both"));
        if status.as_text() == Some("granted") && adult && !apart {
            remarks.push(Remark { path: sibling(path, "spoke_apart"), code: "spoke-apart-needed" });
        }
    }
}

/// An age assessment is kept as it was done; what it cannot tell is said beside it.
fn age_assessments(remarks: &mut Vec<Remark>, answers: &Answers) {
    for (path, method) in live_rows(answers, "age_assessments", "method") {
        if matches!(method.as_text(), Some("xray_bone" | "xray_dental" | "dental_look")) {
            remarks.push(Remark { path: path.to_owned(), code: "age-method" });
        }
    }
    for (path, low) in live_rows(answers, "age_assessments", "result_low") {
        let high = answers.get(&sibling(path, "result_high")).and_then(Scalar::as_int);
        if low.as_int().zip(high).is_some_and(|(low, high)| low > high) {
            remarks.push(Remark { path: path.to_owned(), code: "age-range-turned" });
        }
    }
}

/// Who spoke for the child, and who came along on the way.
fn interview(remarks: &mut Vec<Remark>, answers: &Answers) {
    let mut say = |path: &str, code| remarks.push(Remark { path: path.to_owned(), code });
    let code = |field: &str| answers.get(field).and_then(Scalar::as_text);
    if code("interpreter") == Some("relative_or_companion") {
        say("interpreter", "interpreter-companion");
    } else if matches!(code("interpreter_relation"), Some("relative" | "travelled_together")) {
        say("interpreter_relation", "interpreter-companion");
    }
    // Of two children of a family, each is asked; until then it is said where an answer comes from.
    if code("family.copied_from").is_some() {
        for path in answers.keys().filter(|path| *path == "where_from" || path.ends_with("/language")) {
            if path == "where_from" || path.starts_with("languages/") {
                say(path, "copied-answer");
            }
        }
    }
    let unrelated = "travelled_with/unrelated_adults/in";
    if answers.get(unrelated).and_then(Scalar::as_bool) == Some(true) {
        say(unrelated, "screen-unrelated-adult");
    }
}

/// Paths and values of one field of the rows that were not taken out.
pub(crate) fn live_rows<'a>(
    answers: &'a Answers,
    list: &'a str,
    field: &'a str,
) -> impl Iterator<Item = (&'a str, &'a Scalar)> {
    let rows = answers.range::<str, _>((Bound::Included(list), Bound::Unbounded));
    let rows = rows.take_while(move |(path, _)| path.starts_with(list));
    rows.filter_map(move |(path, value)| {
        let of = path.strip_prefix(list)?.strip_prefix('/')?.split_once('/')?.1;
        (of == field && !value.is_null() && !is_removed(answers, path)).then_some((path.as_str(), value))
    })
}

/// The row of this path was taken out.
pub(crate) fn is_removed(answers: &Answers, path: &str) -> bool {
    let reason = path.contains('/').then(|| answers.get(&sibling(path, "removed"))).flatten();
    reason.is_some_and(|reason| !reason.is_null())
}

/// The path of another field of the same row.
pub(crate) fn sibling(path: &str, field: &str) -> String {
    path.rsplit_once('/').map_or_else(|| field.to_owned(), |(row, _)| format!("{row}/{field}"))
}
