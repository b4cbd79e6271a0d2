//! What leaves, to whom, and by whose word: D-07, D-09 to D-11, D-20, D-21, D-24.

use jiff::civil::Date;

use super::{Change, Rule, Touched};
use crate::consent::{Gap, Standing, is_denied, standing};
use crate::life::{Life, Row, code, day, yes};
use crate::path::Path;
use crate::profile::Profile;
use crate::scalar::Scalar;

/// Answers of a referral that what it needs depends on.
const OF_SHARE: [&str; 9] = [
    "to",
    "country",
    "cross_border",
    "personal_data",
    "legal_basis",
    "basis_reason",
    "basis_approved_by",
    "clearance",
    "sent_on",
];
/// Answers by which it is sent.
const OF_SENDING: [&str; 4] = ["state", "received_on", "accepted_on", "answered_on"];

pub(super) fn answer(change: &Change<'_>, path: &Path, value: &Scalar) -> Option<Rule> {
    let consulate = path.as_str() == "birth.office_kind" && value.as_text() == Some("consulate");
    (consulate && blocks_origin(change.after)).then_some(Rule::D_21)
}

pub(super) fn row(change: &Change<'_>, touched: &Touched<'_>) -> Option<Rule> {
    let (life, row) = (change.after, touched.row);
    match touched.list {
        "referrals" => separate(change, touched, "to").or_else(|| sent(change, touched)),
        "consents" => {
            let asked = || touched.by(&["status", "given_by"]).then(|| consent(life, row)).flatten();
            separate(change, touched, "receiver").or_else(asked)
        }
        "identity_documents" => contacted(life, touched, "origin_authority_contacted"),
        "detention" => contacted(life, touched, "consular_contact"),
        "service_events" if touched.by(&["of", "state"]) => {
            let service = code(row, "of").and_then(|of| life.any_row("services", of))?;
            consular(life, service, row)
        }
        "services" if touched.by(&["type"]) => {
            life.any_rows_of("service_events", touched.id).find_map(|event| consular(life, row, event))
        }
        _ => None,
    }
}

/// An authority that is not separate from enforcement.
fn separate(change: &Change<'_>, touched: &Touched<'_>, field: &str) -> Option<Rule> {
    let enforces = code(touched.row, field) == Some("asylum_authority") && !change.profile.asylum_separate;
    (touched.by(&[field]) && enforces).then_some(Rule::D_24)
}

fn contacted(life: &Life, touched: &Touched<'_>, field: &str) -> Option<Rule> {
    let contacted = touched.by(&[field]) && yes(touched.row, field) == Some(true);
    (contacted && blocks_origin(life)).then_some(Rule::D_21)
}

/// A referral that is sent. What becomes of one that was sent before can always be recorded.
fn sent(change: &Change<'_>, touched: &Touched<'_>) -> Option<Rule> {
    let sends = touched.by(&OF_SENDING) && !touched.before.is_some_and(is_sent);
    let asked = is_sent(touched.row) && (sends || touched.by(&OF_SHARE));
    asked.then(|| referral(change, touched.row)).flatten()
}

/// It went out: somebody says on which day, or has an answer of the receiver.
fn is_sent(row: &Row) -> bool {
    let days = ["sent_on", "received_on", "accepted_on", "answered_on"];
    days.iter().any(|on| row.contains_key(*on))
        || matches!(
            code(row, "state"),
            Some("sent" | "received" | "accepted" | "declined" | "more_info" | "in_progress" | "completed")
        )
}

/// Contact with the origin State is closed to all who fled it, until it is known to be safe.
pub fn blocks_origin(life: &Life) -> bool {
    let protected = life.rows("legal_status").any(|(_, row)| {
        matches!(
            code(row, "status"),
            Some(
                "asylum_seeker"
                    | "refugee"
                    | "subsidiary_protection"
                    | "humanitarian_status"
                    | "stateless_status"
            )
        )
    });
    let stateless = matches!(life.code("statelessness"), Some("stateless_stated" | "stateless_determined"));
    protected || stateless || life.code("legal.origin_contact") != Some("safe")
}

fn consular(life: &Life, service: &Row, event: &Row) -> Option<Rule> {
    let is_asked = matches!(code(event, "state"), Some("referred" | "waitlisted" | "accepted" | "receiving"));
    let to_consulate = code(service, "type") == Some("consular");
    (is_asked && to_consulate && blocks_origin(life)).then_some(Rule::D_21)
}

/// A caregiver's word is not asked when that person may be the danger (D-11).
fn consent(life: &Life, row: &Row) -> Option<Rule> {
    let adult = matches!(code(row, "given_by"), Some("caregiver" | "guardian" | "both"));
    let unsafe_carer = life.rows("relations").any(|(_, person)| {
        let carer = yes(person, "is_primary_caregiver") == Some(true)
            || matches!(code(person, "kind"), Some("mother" | "father" | "legal_guardian"));
        carer && (yes(person, "danger") == Some(true) || yes(person, "speak_first") == Some(true))
    });
    (code(row, "status") == Some("granted") && adult && unsafe_carer).then_some(Rule::D_11)
}

/// A referral that names the child needs an agreement or a reason in its place, and beyond that a cleared receiver
/// when it goes to the country that the child comes from.
fn referral(change: &Change<'_>, row: &Row) -> Option<Rule> {
    let life = change.after;
    if to_origin(change, row) {
        let cleared = yes(row, "clearance") == Some(true);
        if !cleared || life.first_assessed().is_none() || !both_agreed(change, row) {
            return Some(Rule::D_20);
        }
    }
    if yes(row, "personal_data") == Some(false) {
        return None;
    }
    match code(row, "legal_basis") {
        Some("vital_interest" | "legal_obligation" | "child_protection_mandate") => {
            let named = code(row, "basis_reason").is_some() && code(row, "basis_approved_by").is_some();
            (!named).then_some(Rule::D_10)
        }
        _ => {
            let receiver = code(row, "to");
            let purposes = purposes(receiver, leaves_country(change, row));
            // What was agreed on the day it was sent counts.
            let sent = day(row, "sent_on").unwrap_or(change.today);
            let best = purposes.iter().map(|purpose| standing(life, purpose, receiver, sent));
            let gaps: Vec<Gap> = best
                .filter_map(|standing| match standing {
                    Standing::No(gap) => Some(gap),
                    Standing::Agreed | Standing::Instead => None,
                })
                .collect();
            match (gaps.len() < purposes.len(), gaps.iter().find(|gap| **gap != Gap::NotAsked)) {
                (true, _) => None,
                (false, Some(Gap::ChildSaysNo)) => Some(Rule::D_09),
                (false, Some(Gap::NoReason)) => Some(Rule::D_10),
                (false, _) => Some(Rule::D_07),
            }
        }
    }
}

/// The day on which a no was said against a referral that is not over: before it left, or since. Nothing when it rests on
/// something else than agreement, or was agreed to again.
pub fn stopped_on(life: &Life, profile: &Profile, row: &Row) -> Option<Date> {
    let is_over = matches!(code(row, "state"), Some("declined" | "completed" | "expired" | "recalled"));
    let rests_elsewhere = yes(row, "personal_data") == Some(false)
        || matches!(
            code(row, "legal_basis"),
            Some("vital_interest" | "legal_obligation" | "child_protection_mandate")
        );
    if is_over || rests_elsewhere {
        return None;
    }
    let receiver = code(row, "to");
    let host = life.host(profile);
    let abroad = code(row, "country").is_some_and(|country| host.is_some_and(|host| host != country));
    let purposes = purposes(receiver, yes(row, "cross_border") == Some(true) || abroad);
    // As of the last word that was said: a yes that was given again counts.
    let said = |answer: &Row| day(answer, "withdrawn_on").into_iter().chain(day(answer, "given_on")).max();
    let last =
        life.rows("consents").filter_map(|(_, answer)| said(answer)).max().or_else(|| life.opened())?;
    let mut denied = false;
    for purpose in &purposes {
        match standing(life, purpose, receiver, last) {
            Standing::Agreed | Standing::Instead => return None,
            Standing::No(gap) => denied |= matches!(gap, Gap::Refused | Gap::ChildSaysNo),
        }
    }
    let is_meant = |answer: &Row| {
        let to = code(answer, "receiver");
        code(answer, "purpose").is_some_and(|purpose| purposes.contains(&purpose))
            && (receiver.is_none() || to.is_none() || to == receiver)
            && (is_denied(answer) || code(answer, "child_assent") == Some("dissent"))
    };
    let noes = life.rows("consents").filter(|(_, answer)| is_meant(answer));
    let since = noes.filter_map(|(_, answer)| said(answer)).max().or_else(|| life.opened());
    since.filter(|since| denied && day(row, "sent_on").is_none_or(|sent| *since >= sent))
}

/// Guardian or caregiver and child agreed to this receiver; no other basis carries a share to the country of origin.
fn both_agreed(change: &Change<'_>, row: &Row) -> bool {
    let life = change.after;
    let sent = day(row, "sent_on").unwrap_or(change.today);
    let receiver = code(row, "to");
    let together = life.rows("consents").any(|(_, consent)| {
        let by = code(consent, "given_by");
        let child = by == Some("both") || code(consent, "child_assent") == Some("assent");
        code(consent, "status") == Some("granted")
            && code(consent, "purpose") == Some("cross_border_referral")
            && code(consent, "receiver").is_none_or(|to| Some(to) == receiver)
            && matches!(by, Some("both" | "guardian" | "caregiver"))
            && child
    });
    together && standing(life, "cross_border_referral", receiver, sent) == Standing::Agreed
}

/// The purposes that cover a referral; one is enough.
fn purposes(receiver: Option<&str>, cross_border: bool) -> Vec<&'static str> {
    match receiver {
        _ if cross_border => vec!["cross_border_referral"],
        Some("child_protection_authority" | "guardianship_authority") => {
            vec!["child_protection_authority", "services_referral"]
        }
        Some("civil_registry") => vec!["civil_registration"],
        Some("rcrc_tracing") => vec!["family_tracing"],
        _ => vec!["services_referral"],
    }
}

/// To another country than the one where the child is, whether or not somebody says so.
fn leaves_country(change: &Change<'_>, row: &Row) -> bool {
    let host = change.after.host(change.profile);
    let is_abroad = |country: &str| host.is_some_and(|host| host != country);
    yes(row, "cross_border") == Some(true) || code(row, "country").is_some_and(is_abroad)
}

/// To the country that the child fled, or to a partner in it.
fn to_origin(change: &Change<'_>, row: &Row) -> bool {
    let life = change.after;
    let origin = |country: &str| {
        life.code("birth_country") == Some(country)
            || life
                .rows("nationalities")
                .any(|(_, nationality)| code(nationality, "country") == Some(country))
    };
    code(row, "to") == Some("origin_country_partner_ngo")
        || code(row, "country").is_some_and(origin) && leaves_country(change, row)
}
