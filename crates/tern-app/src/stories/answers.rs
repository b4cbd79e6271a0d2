//! A story as the answers that a registration takes: one object with the fields and lists of the forms.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use tern_form::Schema;

use super::shape::{Answer, Dob, Duplicate, NameAs, Referral, ServiceAs, Story};

/// Kinds of concerns that stand behind the lock.
fn is_restricted(schema: &Schema, kind: &str) -> bool {
    schema.field("concerns/restricted_type").is_some_and(|field| field.only.iter().any(|code| code == kind))
}

/// The answers of a story. `country` and `site` are those of this programme.
pub(super) fn of(story: &Story, schema: &Schema, country: &str, site: &str) -> Result<Value, String> {
    let child = &story.child;
    let mut made = Made::default();
    made.put("sex", &child.sex);
    made.put("birth_country", &child.birth_country);
    made.put("birth_place", &child.birth_place_text);
    made.put("statelessness", &child.statelessness);
    made.put("accompaniment", &child.accompaniment);
    made.put("case.identified_as", &first_accompaniment(story));
    made.put("case.opened_on", &child.registered_on);
    made.put("arrived_on", &child.arrival);
    made.value("case.country", json!(story.host));
    // A child of another country is at no site of this one; the board names the country's code.
    made.value("case.site", json!(if story.host == country { site } else { &story.host }));
    if let Some(dob) = &child.dob {
        made.value("dob", birth(dob));
        if dob.heaped == Some(true) && dob.original_text.is_none() && dob.precision.as_deref() != Some("day")
        {
            return Err("child, dob/heaped: nothing says which day was written".to_owned());
        }
    }
    made.rows(
        "dob_claims",
        child
            .dob_claims
            .iter()
            .map(|claim| json!({ "dob": claim.value, "source": claim.source.as_deref().map(claim_source) })),
    );
    made.rows("nationalities", child.nationalities.iter().map(|country| json!({ "country": country })));
    made.rows("languages", languages(schema, &child.languages)?);
    made.rows("names", story.names.iter().map(name));
    made.rows("case_notes", child.note.iter().map(|note| json!({ "text": note })));
    let ids = std::iter::once(story.story.as_str()).chain(child.short_id.as_deref());
    made.rows("external_ids", ids.map(|id| json!({ "system": "story", "value": id })));
    made.rows(
        "accompaniment_history",
        story.accompaniment_history.iter().map(|row| json!({ "accompaniment": row.code, "from": row.from })),
    );
    made.rows("legal_status", story.status.iter().map(|row| json!({ "status": row.code, "from": row.from })));
    birth_registration(&mut made, story);
    papers(&mut made, story);
    functioning(&mut made, story)?;
    services(&mut made, story)?;
    referrals(&mut made, story);
    care(&mut made, story);
    interests(&mut made, story, schema);
    returns(&mut made, story);
    detention(&mut made, story);
    protection(&mut made, story, schema);
    tracing(&mut made, story);
    let lang = |code: &Option<String>| code.as_deref().map(|code| language(schema, code)).transpose();
    for given in &story.information {
        made.row(
            "information_given",
            json!({
                "topic": given.topic, "language": lang(&given.lang)?, "child_friendly": given.child_friendly,
                "on": given.at, "to": given.to.as_deref().unwrap_or("child"),
            }),
        );
    }
    Ok(Value::Object(made.0))
}

/// The second record of a child that was registered twice.
pub(super) fn of_duplicate(story: &Story, twin: &Duplicate, main: &str) -> Value {
    let names = twin.name.as_deref().unwrap_or_default().split(" / ").map(|text| json!({ "text": text }));
    json!({
        "names": names.collect::<Vec<_>>(), "sex": story.child.sex, "dob": twin.dob,
        "accompaniment": story.child.accompaniment, "case.opened_on": twin.registered_on,
        "case.country": twin.host, "case.status": "duplicate",
        "external_ids": twin.short_id.iter().map(|id| json!({ "system": "story", "value": id })).collect::<Vec<_>>(),
        "same_as": [{ "record": main, "decision": "same", "note": twin.note }],
    })
}

/// How many records of each kind a story brings.
pub(super) fn count(story: &Story, records: &mut BTreeMap<&'static str, usize>) {
    for (kind, count) in [
        ("child", 1),
        ("service", story.services.len()),
        ("referral", story.referrals.len()),
        ("document", story.documents.len()),
        ("permit", story.permits.len()),
        ("guardianship", story.guardianship.len()),
        ("care", story.care.len()),
        ("bia", story.bia.len()),
        ("bid", story.bid.len()),
        ("decision", story.decisions.len()),
        ("solution", story.solution.len()),
        ("return", story.returns.len()),
        ("detention", story.detention.len()),
        ("alternative", story.alternative.len()),
        ("concern", story.concerns.len()),
        ("incident", story.incidents.len()),
        ("consent", story.consents.len()),
        ("information", story.information.len()),
        ("tracing", usize::from(story.tracing.is_some())),
        ("birth_registration", usize::from(story.birth_registration.is_some())),
    ] {
        if count > 0 {
            *records.entry(kind).or_default() += count;
        }
    }
}

/// An object of answers that leaves out what is not there.
#[derive(Default)]
struct Made(Map<String, Value>);

impl Made {
    fn put(&mut self, key: &str, value: &Option<String>) {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), json!(value));
        }
    }

    fn value(&mut self, key: &str, value: Value) {
        self.0.insert(key.to_owned(), value);
    }

    fn row(&mut self, list: &str, row: Value) {
        let row = match row {
            Value::Object(row) => {
                Value::Object(row.into_iter().filter(|(_, value)| !value.is_null()).collect())
            }
            row => row,
        };
        if let Some(rows) = self.0.entry(list).or_insert_with(|| json!([])).as_array_mut() {
            rows.push(row);
        }
    }

    fn rows(&mut self, list: &str, rows: impl IntoIterator<Item = Value>) {
        rows.into_iter().for_each(|row| self.row(list, row));
    }
}

fn first_accompaniment(story: &Story) -> Option<String> {
    let first = story.accompaniment_history.iter().min_by_key(|row| row.from.clone());
    first.and_then(|row| row.code.clone()).or_else(|| story.child.accompaniment.clone())
}

fn birth(dob: &Dob) -> Value {
    let mut made = Map::new();
    let value = dob.value.clone();
    let (earliest, latest) = (dob.earliest.clone().or(value.clone()), dob.latest.clone().or(value));
    for (key, text) in [
        ("earliest", earliest),
        ("latest", latest),
        ("precision", dob.precision.clone()),
        ("calendar_entered", dob.calendar_entered.clone()),
        ("original_text", dob.original_text.clone()),
        ("basis", dob.basis.clone()),
    ] {
        if let Some(text) = text {
            made.insert(key.to_owned(), json!(text));
        }
    }
    if let Some(estimated) = dob.estimated {
        made.insert("estimated".to_owned(), json!(estimated));
    }
    Value::Object(made)
}

/// Whose word a claim is, in the codes of list `dob_basis`.
fn claim_source(source: &str) -> &str {
    match source {
        "permit_office" | "asylum_office" | "authority" => "authority_assigned",
        source => source,
    }
}

fn name(name: &NameAs) -> Value {
    let parts = name.parts.as_ref().map(|parts| {
        let kinds = [
            ("given", &parts.given),
            ("father", &parts.father),
            ("grandfather", &parts.grandfather),
            ("family", &parts.family),
            ("second_family", &parts.second_family),
            ("patronymic", &parts.patronymic),
            ("postname", &parts.postname),
            ("mononym", &parts.mononym),
        ];
        let said = kinds.into_iter().filter_map(|(kind, text)| Some((kind, text.as_ref()?)));
        said.enumerate()
            .map(|(order, (kind, text))| json!({ "kind": kind, "text": text, "order": order }))
            .collect::<Vec<_>>()
    });
    json!({
        "text": name.text, "script": name.script, "lang": name.lang, "use": name.r#use,
        "parts": parts.unwrap_or_default(),
    })
}

/// A language by its code here, or by the tag that the web uses.
fn language(schema: &Schema, tag: &str) -> Result<String, String> {
    let list = schema.codelist("language").ok_or("languages")?;
    let found = list.find(tag).or_else(|| {
        list.codes.iter().find(|code| code.extra.get("bcp47").and_then(Value::as_str) == Some(tag))
    });
    found.map(|code| code.code.clone()).ok_or_else(|| "languages: unknown language".to_owned())
}

fn languages(schema: &Schema, tags: &[String]) -> Result<Vec<Value>, String> {
    tags.iter().map(|tag| Ok(json!({ "language": { "language": language(schema, tag)? } }))).collect()
}

fn birth_registration(made: &mut Made, story: &Story) {
    let Some(birth) = &story.birth_registration else { return };
    made.put("birth.step", &birth.step);
    made.put("birth.evidence", &birth.evidence);
    made.put("birth.occurred_on", &birth.occurred_on);
    made.put("birth.notified_on", &birth.notified_on);
    made.put("birth.declared_on", &birth.declared_on);
    made.put("birth.registered_on", &birth.registered_on);
    made.put("birth.certified_on", &birth.certified_on);
    made.put("birth.attendant", &birth.attendant);
    made.put("birth.site_type", &birth.site);
    made.put("birth.type", &birth.type_of_birth);
    made.put("birth.place_country", &birth.place);
    if let Some(weight) = birth.weight_g {
        made.value("birth.weight_g", json!(weight));
    }
    made.rows("birth_obstacles", birth.obstacle.iter().map(|obstacle| json!({ "obstacle": obstacle })));
}

fn papers(made: &mut Made, story: &Story) {
    made.rows(
        "identity_documents",
        story.documents.iter().map(|paper| {
            json!({
                "type": paper.r#type, "status": paper.status, "issued_on": paper.issued_on,
                "expires_on": paper.expires_on, "issuer": paper.issuer,
            })
        }),
    );
    made.rows(
        "permits",
        story.permits.iter().map(|permit| {
            let until = permit.valid_until.as_deref();
            json!({
                "type": permit.r#type, "issued_on": permit.issued_on,
                "valid_until": until.filter(|until| *until != "none"),
                "unlimited": (until == Some("none")).then_some(true),
                "ends_at_majority": match &permit.ends_at_majority {
                    Some(Answer::Yes(yes)) => json!(yes),
                    Some(Answer::Code(code)) => json!(code),
                    None => Value::Null,
                },
            })
        }),
    );
}

fn functioning(made: &mut Made, story: &Story) -> Result<(), String> {
    let Some(asked) = &story.functioning else { return Ok(()) };
    let mut row = Map::new();
    row.insert("set".into(), json!(asked.set));
    row.insert("no_set_reason".into(), json!(asked.reason));
    row.insert("assessed_on".into(), json!(asked.assessed_on));
    let mut worst = false;
    for (domain, answer) in &asked.domains {
        let worry = matches!(domain.as_str(), "anxiety" | "depression");
        let code = match (worry, answer.as_str()) {
            (false, "none") | (true, "daily") => "1",
            (false, "some") | (true, "weekly") => "2",
            (false, "a_lot") | (true, "monthly") => "3",
            (false, "cannot") | (true, "few_times_a_year") => "4",
            (true, "never") => "5",
            _ => return Err(format!("functioning, domains/{domain}: wrong-code")),
        };
        worst |= if worry { code == "1" } else { matches!(code, "3" | "4") };
        row.insert(domain.clone(), json!(code));
    }
    if asked.any_difficulty.is_some_and(|any| any != worst && !asked.domains.is_empty()) {
        return Err("functioning, any_difficulty: does not fit the domains".to_owned());
    }
    row.insert("any_difficulty".into(), json!(asked.any_difficulty));
    made.row("functioning", Value::Object(row));
    Ok(())
}

fn services(made: &mut Made, story: &Story) -> Result<(), String> {
    let health = story.health.as_ref();
    let mut screened = false;
    for service in &story.services {
        let mut row = service_row(service)?;
        if let (Some("health"), false, Some(health)) = (service.r#type.as_deref(), screened, health) {
            screened = true;
            add_screens(&mut row, health);
        }
        made.row("services", Value::Object(row));
    }
    if let (false, Some(health)) = (screened, health) {
        let mut row = Map::new();
        row.insert("type".into(), json!("health"));
        add_screens(&mut row, health);
        made.row("services", Value::Object(row));
    }
    Ok(())
}

fn add_screens(row: &mut Map<String, Value>, health: &super::shape::Health) {
    for (field, on) in [
        ("screen_on", &health.health_screen_on),
        ("immunisation_review_on", &health.immunisation_review_on),
        ("mhpss_screen_on", &health.mhpss_screen_on),
    ] {
        if let Some(on) = on {
            row.insert(field.into(), json!(on));
        }
    }
}

fn service_row(service: &ServiceAs) -> Result<Map<String, Value>, String> {
    let events = service.events.iter().map(|event| {
        let state = event.s.as_deref();
        let mut row = Map::new();
        row.insert("state".into(), json!(state));
        row.insert("at".into(), json!(event.at));
        match (state, &event.reason) {
            (_, None) => {}
            (Some("denied"), Some(reason)) => drop(row.insert("reason".into(), json!(reason))),
            (Some("ended"), Some(reason)) => drop(row.insert("end_reason".into(), json!(reason))),
            (_, Some(_)) => return Err("services/events/reason: only a refusal or an end has one".to_owned()),
        }
        Ok(Value::Object(row))
    });
    let mut row = Map::new();
    row.insert("type".into(), json!(service.r#type));
    for (field, value) in [
        ("adequacy", &service.adequacy),
        ("system", &service.system),
        ("country_of_service", &service.country_of_service),
    ] {
        if let Some(value) = value {
            row.insert(field.into(), json!(value));
        }
    }
    if let Some(layer) = service.layer {
        row.insert("layer".into(), json!(layer.to_string()));
    }
    row.insert("service_events".into(), events.collect::<Result<Vec<_>, _>>()?.into());
    let inadequacies = service.inadequacy.iter().map(|code| json!({ "inadequacy": code }));
    row.insert("service_inadequacies".into(), inadequacies.collect::<Vec<_>>().into());
    let measures = service.special_measure.iter().map(|code| json!({ "measure": code }));
    row.insert("service_measures".into(), measures.collect::<Vec<_>>().into());
    Ok(row)
}

fn referrals(made: &mut Made, story: &Story) {
    for referral in &story.referrals {
        let basis = match referral.consent.as_deref() {
            Some("consent") => {
                made.row("consents", agreement(story, referral));
                None
            }
            Some("mandate") => Some("child_protection_mandate"),
            Some("none") | None => None,
            Some(basis) => Some(basis),
        };
        let state = if referral.accepted_on.is_some() { "accepted" } else { "sent" };
        made.row("referrals", json!({
            "kind": "referral", "to": referral.to, "country": referral.country, "cross_border": referral.cross_border,
            "personal_data": referral.personal_data, "legal_basis": basis,
            "basis_reason": basis.map(|_| "as the story tells"), "basis_approved_by": basis.map(|_| "as the story tells"),
            "clearance": referral.clearance, "sent_on": referral.sent_on, "accepted_on": referral.accepted_on,
            "state": state, "feedback": referral.note,
        }));
    }
    made.rows("consents", story.consents.iter().map(|consent| {
        json!({
            "purpose": consent.purpose, "receiver": consent.receiver, "given_on": consent.given_on,
            "withdrawn_on": consent.withdrawn_on,
            "status": if consent.withdrawn_on.is_some() { "withdrawn" } else { "granted" }, "given_by": "both",
            "spoke_apart": true,
        })
    }));
}

/// "By consent" in a story is an agreement to that receiver, given when it was sent, by child and caregiver.
fn agreement(story: &Story, referral: &Referral) -> Value {
    let purpose = match referral.to.as_deref() {
        _ if referral.cross_border == Some(true) => "cross_border_referral",
        Some("child_protection_authority" | "guardianship_authority") => "child_protection_authority",
        _ => "services_referral",
    };
    // To the country of origin nothing goes without the guardian (rule D-20).
    let to_origin = referral.to.as_deref() == Some("origin_country_partner_ngo");
    let alone = story.child.accompaniment.as_deref() == Some("unaccompanied") && !to_origin;
    json!({
        "purpose": purpose, "receiver": referral.to, "status": "granted", "given_on": referral.sent_on,
        "given_by": if alone { "child" } else { "both" }, "spoke_apart": (!alone).then_some(true), "child_assent": "assent",
    })
}

fn care(made: &mut Made, story: &Story) {
    made.rows("guardianship", story.guardianship.iter().map(|row| {
        let status = match (&row.ended_on, &row.appointed_on, &row.requested_on) {
            (Some(_), ..) => "ended",
            (None, Some(_), _) => "appointed",
            (None, None, Some(_)) => "requested",
            (None, None, None) => "needed",
        };
        json!({
            "type": row.r#type, "status": status, "requested_on": row.requested_on, "appointed_on": row.appointed_on,
            "ended_on": row.ended_on,
        })
    }));
    made.rows(
        "care",
        story.care.iter().map(|row| json!({ "type": row.r#type, "from": row.from, "to": row.to })),
    );
}

fn interests(made: &mut Made, story: &Story, schema: &Schema) {
    made.rows("bia", story.bia.iter().map(|row| {
        json!({ "completed_on": row.completed_on, "child_heard": row.child_heard, "not_heard_reason": row.reason })
    }));
    let triggers = schema.codelist("bip_trigger");
    made.rows(
        "bid",
        story.bid.iter().map(|row| {
            let trigger =
                row.about.as_deref().filter(|about| triggers.is_some_and(|list| list.find(about).is_some()));
            let about = row.about.as_deref().filter(|_| trigger.is_none());
            json!({
                "decided_on": row.decided_on, "child_heard": row.child_heard, "not_heard_reason": row.reason,
                "trigger": trigger, "about": about,
            })
        }),
    );
    made.rows("decisions", story.decisions.iter().map(|row| {
        json!({ "kind": row.kind, "decided_on": row.at, "basis": row.basis, "basis_on": row.basis_on })
    }));
    made.rows("solutions", story.solution.iter().map(|row| {
        json!({
            "type": row.r#type, "status": row.status, "identified_on": row.identified_on, "agreed_on": row.agreed_on,
            "implemented_on": row.implemented_on, "validity": row.validity,
        })
    }));
}

fn returns(made: &mut Made, story: &Story) {
    for row in &story.returns {
        let contacts = row.monitoring.iter().map(|contact| {
            json!({
                "on": contact.at, "reached": true, "safe": contact.safe, "in_education": contact.in_education,
                "health_access": contact.health_access,
            })
        });
        made.put("case.departed_on", &row.departed_on);
        made.row("returns", json!({
            "departed_on": row.departed_on, "non_refoulement_check": row.non_refoulement, "bi_basis": row.bi_basis,
            "due_process_complete": row.due_process, "child_views": row.child_views,
            "receiving_caregiver_verified": row.receiving_caregiver_verified, "escort": row.escort,
            "return_monitoring": contacts.collect::<Vec<_>>(),
        }));
    }
}

fn detention(made: &mut Made, story: &Story) {
    made.rows(
        "detention",
        story.detention.iter().map(|row| {
            json!({
                "from": row.from, "to": row.to, "with_family": row.with_family, "bia": row.bia,
                "alternatives_considered": row.alternatives_considered, "legal_aid": row.legal_aid,
                "separated_from_unrelated_adults": row.separated_from_unrelated_adults,
            })
        }),
    );
    made.rows(
        "alternatives",
        story.alternative.iter().map(|row| json!({ "type": row.r#type, "from": row.from })),
    );
}

fn protection(made: &mut Made, story: &Story, schema: &Schema) {
    for concern in &story.concerns {
        let restricted = concern.r#type.as_deref().is_some_and(|kind| is_restricted(schema, kind));
        let (open, locked) = if restricted { (&None, &concern.r#type) } else { (&concern.r#type, &None) };
        made.row(
            "concerns",
            json!({
                "type": open, "restricted_type": locked, "risk": concern.risk, "raised_on": concern.raised_on,
                "first_response_on": concern.first_response_on,
            }),
        );
    }
    made.rows("incidents", story.incidents.iter().map(|row| {
        json!({
            "category": row.category, "occurred_on": row.occurred_on, "reported_on": row.reported_on,
            "in_transit": row.in_transit, "recourse_offered": row.recourse_offered, "recourse_body": row.recourse,
        })
    }));
    if let Some(abuse) = &story.transit_abuse {
        made.put("transit_abuse.disclosed_on", &abuse.disclosed_on);
        let at = abuse.first_response_on.as_ref().map(|on| format!("{on}T12:00:00+00:00"));
        made.put("transit_abuse.first_response_at", &at);
    }
    made.rows("trafficking_screens", story.trafficking_screen_on.iter().map(|on| json!({ "done_on": on })));
}

fn tracing(made: &mut Made, story: &Story) {
    let Some(row) = &story.tracing else { return };
    made.row("tracing_requests", json!({
        "wish": row.wish, "wish_reason": row.reason, "opened_on": row.opened_on, "status": row.status,
        "matched_on": row.matched_on, "verified_on": row.verified_on, "rejected_match_on": row.rejected_match_on,
    }));
}
