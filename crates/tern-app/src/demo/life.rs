//! What came after the first interview: services with their gaps, family, papers, care, best interests, the law.

use jiff::ToSpan;
use serde_json::{Value, json};

use super::draw::Draw;
use super::people::{Kin, Person, Standing, Whereabouts};
use super::{Answers, ago};

/// What wants an answer today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgent {
    /// Not accounted for since last evening.
    Search,
    /// A danger that nobody answered yet.
    Concern,
    /// Ill or injured, seen by no doctor.
    Doctor,
}

/// Which of them it is for a child.
pub(super) fn urgent(person: &Person, kin: &Kin<'_>) -> Urgent {
    match kin.known.rem_euclid(4) {
        0 if person.age >= 10 => Urgent::Search,
        1 => Urgent::Doctor,
        _ => Urgent::Concern,
    }
}

/// The needs of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Need {
    #[default]
    Shelter,
    Health,
    Mhpss,
    School,
    Guardian,
    Birth,
    Interests,
}

/// Later answers, in the order in which they were learned. Of a child at another site they are one step.
pub(super) fn steps(kin: &Kin<'_>, person: &Person, draw: &mut Draw) -> Vec<Value> {
    let mut life = Life { kin, person, draw, open: Vec::new(), guardian: None, assessed: None };
    life.open = life.draw_open();
    let areas: [fn(&mut Life<'_>, &mut Answers); 8] = [
        |life, made| life.first_days(made),
        |life, made| life.papers(made),
        |life, made| life.services(made),
        |life, made| life.family(made),
        |life, made| life.protection(made),
        |life, made| life.interests(made),
        |life, made| life.future(made),
        |life, made| life.ending(made),
    ];
    let mut steps: Vec<Answers> = areas
        .into_iter()
        .map(|area| {
            let mut made = Answers::default();
            area(&mut life, &mut made);
            made
        })
        .filter(|made| !made.0.is_empty())
        .collect();
    if kin.whereabouts != Whereabouts::Here {
        let mut whole = Answers::default();
        for (key, value) in std::mem::take(&mut steps).into_iter().flat_map(|step| step.0) {
            match value {
                Value::Array(rows) if whole.0.contains_key(&key) => {
                    rows.into_iter().for_each(|row| whole.row(&key, row));
                }
                value => whole.put(&key, value),
            }
        }
        steps.push(whole);
    }
    steps.into_iter().map(|step| Value::Object(step.0)).collect()
}

struct Life<'a> {
    kin: &'a Kin<'a>,
    person: &'a Person,
    draw: &'a mut Draw,
    /// Needs that are over their time.
    open: Vec<Need>,
    /// Days after the first interview on which a guardian was appointed.
    guardian: Option<i32>,
    /// The same of the first assessment of best interests.
    assessed: Option<i32>,
}

impl Life<'_> {
    /// Needs over their time, of those that this child has.
    fn draw_open(&mut self) -> Vec<Need> {
        if self.kin.standing != Standing::Late {
            return Vec::new();
        }
        let mut may = vec![Need::Health, Need::Mhpss, Need::Birth, Need::Shelter];
        if self.is_pupil() && self.kin.arrived > 92 {
            may.extend([Need::School, Need::School]);
        }
        if self.is_without_parents() {
            may.extend([Need::Guardian, Need::Guardian, Need::Interests]);
        }
        let mut open = vec![self.draw.pick(&may).copied().unwrap_or_default()];
        if self.draw.chance(35) {
            open.extend(self.draw.pick(&may));
        }
        open
    }

    fn is_open(&self, need: Need) -> bool {
        self.open.contains(&need)
    }

    fn is_without_parents(&self) -> bool {
        self.kin.company != "accompanied"
    }

    /// Of school age by every date that may be written down.
    fn is_pupil(&self) -> bool {
        (6..=17).contains(&self.person.age)
    }

    /// The day so many days after the first interview.
    fn on(&self, after: i32) -> String {
        ago(self.kin.around.today, self.kin.known - after.min(self.kin.known))
    }

    /// A coming day.
    fn coming(&mut self, low: i32, high: i32) -> String {
        let days = self.draw.between(low, high);
        ago(self.kin.around.today, -days)
    }

    /// Days after the first interview on which a need was met; `None` when it is open.
    fn met(&mut self, need: Need, low: i32, high: i32) -> Option<i32> {
        let after = self.draw.between(low, high);
        match after > self.kin.known {
            _ if self.is_open(need) => None,
            true if self.kin.standing == Standing::InPlace => Some(self.kin.known),
            true => None,
            false => Some(after),
        }
    }

    fn lang(&self) -> &str {
        &self.kin.group.language
    }

    fn view(&mut self) -> String {
        self.draw.text(&self.kin.names.views)
    }

    /// Bed, health, the first talks.
    fn first_days(&mut self, made: &mut Answers) {
        self.shelter(made);
        self.care(made);
        self.health(made);
        if self.person.age >= 6
            && let Some(after) = self.met(Need::Interests, 0, 5).or((self.kin.known > 12).then_some(6))
        {
            let on = self.on(after);
            for topic in ["rights", "services"] {
                made.row(
                    "information_given",
                    json!({ "topic": topic, "language": self.lang(), "format": "picture_card", "child_friendly": true,
                        "understood": "teach_back_ok", "to": "child", "on": on }),
                );
            }
        }
        if let Some(after) = self.met(Need::Health, 1, 7).or((self.kin.known > 12).then_some(7)) {
            let result =
                self.draw.weighed(&[("no_indicators", 92), ("some_indicators", 6), ("strong_indicators", 2)]);
            made.row(
                "trafficking_screens",
                json!({ "done_on": self.on(after), "tool": "observation list", "result": result }),
            );
        }
        self.functioning(made);
        if self.draw.chance(30) {
            let (text, on) = (self.draw.text(&self.kin.names.notes), self.on(2));
            made.row("case_notes", json!({ "text": text, "on": on }));
        }
    }

    fn shelter(&mut self, made: &mut Answers) {
        let on = self.on(0);
        let row = match self.kin.standing {
            Standing::NoPlace => match self.draw.below(10) {
                0..=4 => return,
                5..=7 => json!({ "type": "shelter", "service_events": [
                    { "state": "need_assessed", "at": on }, { "state": "unavailable", "at": on }] }),
                _ => json!({ "type": "shelter", "service_events": [
                    { "state": "referred", "at": on },
                    { "state": "denied", "at": on, "reason": "capacity", "refused_by": "night desk" }] }),
            },
            _ if self.is_open(Need::Shelter) => {
                let why = self.draw.code(&[
                    "overcrowded",
                    "shared_with_unrelated_adults",
                    "not_accessible",
                    "no_privacy",
                ]);
                json!({ "type": "shelter", "adequacy": "inadequate", "provider": self.kin.site,
                    "service_inadequacies": [{ "inadequacy": why }],
                    "service_events": [{ "state": "receiving", "at": on }] })
            }
            _ => json!({ "type": "shelter", "adequacy": "adequate", "provider": self.kin.site,
                "service_events": [{ "state": "receiving", "at": on }] }),
        };
        made.row("services", row);
    }

    fn care(&mut self, made: &mut Answers) {
        if self.kin.standing == Standing::NoPlace {
            return;
        }
        let kind = match self.kin.company {
            "accompanied" => "parents",
            "separated" => "kinship_care",
            _ if self.person.age >= 16 && self.draw.chance(40) => "supported_independent_living",
            _ => self.draw.weighed(&[
                ("residential_small_group", 50),
                ("foster_care", 30),
                ("reception_centre_general", 20),
            ]),
        };
        let mut row = json!({ "type": kind, "from": self.on(0) });
        if let (Some(row), true) = (row.as_object_mut(), kind != "parents") {
            row.insert("assessed_on".into(), json!(self.on(1)));
            row.insert("assessed_by".into(), json!(self.kin.worker));
            row.insert("formalised".into(), json!("informal"));
            row.insert("siblings_together".into(), json!(true));
            row.insert("child_view".into(), json!(self.view()));
            let late = self.kin.standing == Standing::Late && self.draw.chance(25);
            let due = if late { self.on(self.kin.known - 3) } else { self.coming(2, 80) };
            row.insert("review_due".into(), json!(due));
        }
        made.row("care", row);
    }

    fn health(&mut self, made: &mut Answers) {
        let doctor = self.kin.standing == Standing::Urgent && urgent(self.person, self.kin) == Urgent::Doctor;
        let screened = self.met(Need::Shelter, 0, 5).filter(|_| !doctor);
        let vaccines = self.met(Need::Health, 1, 14).filter(|_| !doctor);
        let mind = self.met(Need::Mhpss, 2, 21).filter(|_| !doctor);
        let screened = screened.or((self.kin.known > 14 && !doctor).then_some(3));
        let Some(first) = screened.or(vaccines).or(mind) else { return };
        let mut row = json!({ "type": "health", "provider": self.draw.text(&self.kin.names.clinics),
            "service_events": [{ "state": "receiving", "at": self.on(first) }] });
        let done = [("screen_on", screened), ("immunisation_review_on", vaccines), ("mhpss_screen_on", mind)];
        for (field, after) in done {
            if let (Some(row), Some(after)) = (row.as_object_mut(), after) {
                row.insert(field.to_owned(), json!(self.on(after)));
            }
        }
        if let (Some(row), true) = (row.as_object_mut(), self.draw.chance(20)) {
            row.insert("vaccines_due".into(), json!(self.draw.between(1, 4)));
        }
        made.row("services", row);
    }

    fn functioning(&mut self, made: &mut Answers) {
        if self.kin.known < 8 {
            return;
        }
        if self.person.age < 2 {
            made.row("functioning", json!({ "set": "none", "no_set_reason": "under_2" }));
            return;
        }
        let (set, domains): (_, &[&str]) = match self.person.age {
            2..=4 => ("cfm_2_4", &["seeing", "hearing", "walking", "communicating", "learning", "playing"]),
            _ => (
                "cfm_5_17",
                &["seeing", "hearing", "walking", "self_care", "communicating", "learning", "remembering"],
            ),
        };
        let hard = self.draw.chance(12);
        let which = self.draw.below(domains.len() as u64);
        let mut row = json!({ "set": set, "respondent": if self.is_without_parents() { "caregiver" } else { "mother" },
            "assessed_on": self.on(8), "any_difficulty": hard });
        for (at, domain) in (0..).zip(domains) {
            let answer = if hard && at == which {
                self.draw.code(&["3", "4"])
            } else {
                self.draw.weighed(&[("1", 85), ("2", 15)])
            };
            row.as_object_mut().map(|row| row.insert((*domain).to_owned(), json!(answer)));
        }
        if let (Some(row), "cfm_5_17") = (row.as_object_mut(), set) {
            for domain in ["anxiety", "depression"] {
                row.insert(
                    domain.into(),
                    json!(self.draw.weighed(&[("5", 30), ("4", 40), ("3", 20), ("2", 10)])),
                );
            }
        }
        made.row("functioning", row);
    }

    /// Papers, nationality, birth registration, legal status.
    fn papers(&mut self, made: &mut Answers) {
        if self.kin.known < 2 && !self.person.here {
            return;
        }
        if self.draw.chance(85) {
            let status = self.draw.weighed(&[("claimed", 60), ("documented", 40)]);
            made.row("nationalities", json!({ "country": self.kin.group.country, "status": status }));
        }
        let stateless =
            self.draw.weighed(&[("none_identified", 90), ("at_risk", 7), ("stateless_stated", 3)]);
        made.put("statelessness", if self.person.here { "at_risk" } else { stateless });
        self.birth_registration(made);
        if self.draw.chance(25) {
            let status = self.draw.weighed(&[
                ("held", 50),
                ("lost_in_journey", 30),
                ("copy_only", 12),
                ("retained_by_authority", 8),
            ]);
            let kind = self.draw.code(&[
                "passport",
                "tazkira_or_national_id",
                "school_document",
                "vaccination_card",
            ]);
            made.row(
                "identity_documents",
                json!({ "type": kind, "status": status, "issuer": self.kin.group.country }),
            );
        }
        let status = self.draw.weighed(&[
            ("asylum_seeker", 55),
            ("irregular", 14),
            ("humanitarian_status", 10),
            ("temporary_protection", 12),
            ("not_asked", 9),
        ]);
        made.row("legal_status", json!({ "status": status, "from": self.on(1) }));
        if matches!(status, "humanitarian_status" | "temporary_protection") {
            let adult = self.person.born.checked_add(18.years()).unwrap_or(self.person.born);
            let ends = self.draw.chance(20);
            let until = if ends && self.person.age >= 12 { adult.to_string() } else { self.coming(60, 900) };
            let kind = if status == "temporary_protection" { status } else { "humanitarian" };
            made.row(
                "permits",
                json!({ "type": kind, "issued_on": self.on(2), "valid_until": until,
                "issuer": self.kin.around.country, "right_education": true }),
            );
        }
    }

    fn birth_registration(&mut self, made: &mut Answers) {
        if self.person.here {
            return self.birth_here(made);
        }
        let late = self.is_open(Need::Birth);
        let young = self.kin.known < 29 && self.kin.standing == Standing::Waiting;
        match self.draw.below(100) {
            _ if late => {
                let step = self.draw.weighed(&[
                    ("not_registered", 55),
                    ("declared", 20),
                    ("unknown", 15),
                    ("refused", 10),
                ]);
                made.put("birth.step", step);
                if step == "declared" {
                    made.put("birth.declared_on", self.on(12));
                }
                let why = self.draw.code(&[
                    "parents_no_documents",
                    "distance",
                    "born_elsewhere",
                    "fee_or_fine",
                    "register_destroyed",
                ]);
                made.row("birth_obstacles", json!({ "obstacle": why }));
            }
            0..=34 if young => made.put("birth.step", "not_registered"),
            35..=69 if self.kin.standing == Standing::Waiting || self.kin.standing == Standing::Late => {
                made.put("birth.step", "registered");
                made.put("birth.evidence", "stated");
            }
            _ => {
                made.put("birth.step", "certified");
                made.put("birth.evidence", self.draw.code(&["seen_certificate", "seen_register_extract"]));
                made.row("identity_documents", json!({ "type": "birth_certificate", "status": "held", "issuer": self.kin.group.country }));
            }
        }
        if self.draw.chance(60) {
            made.put("birth.place_country", self.kin.group.country.clone());
        }
    }

    /// Born in the centre: notified, declared, registered, certified, as far as the days go.
    fn birth_here(&mut self, made: &mut Answers) {
        let known = self.kin.known;
        let stuck = self.is_open(Need::Birth);
        let steps = [
            ("notified", 0, "birth.notified_on"),
            ("declared", 12, "birth.declared_on"),
            ("registered", 22, "birth.registered_on"),
            ("certified", 36, "birth.certified_on"),
        ];
        made.put("birth.occurred_on", self.on(0));
        made.put("birth.place_country", self.kin.around.country.clone());
        made.put("birth.site_type", "health_facility");
        made.put("birth.attendant", "midwife");
        made.put("birth.type", "single");
        made.put("birth.weight_g", self.draw.between(2600, 3900));
        for (step, after, field) in steps {
            if after > known || (stuck && after > 12) {
                break;
            }
            made.put("birth.step", step);
            made.put(field, self.on(after));
            if after >= 22 {
                made.put(
                    "birth.evidence",
                    if after == 22 { "registrar_message" } else { "seen_certificate" },
                );
            }
        }
        if stuck {
            made.row("birth_obstacles", json!({ "obstacle": "parents_marriage_proof" }));
        }
    }

    /// School and everything else that people were asked for.
    fn services(&mut self, made: &mut Answers) {
        if self.person.age >= 5 {
            self.school(made);
        }
        if self.kin.known < 5 {
            return;
        }
        let host = self.kin.around.country.clone();
        let wanted: [(&str, u64); 6] = [
            ("legal_aid", if self.is_without_parents() { 60 } else { 25 }),
            ("language_training", if self.person.age >= 7 { 45 } else { 0 }),
            ("social_protection", if self.is_without_parents() { 5 } else { 35 }),
            ("inclusion_activity", 20),
            ("food", 25),
            ("mhpss", 22),
        ];
        for (kind, often) in wanted {
            if !self.draw.chance(often) {
                continue;
            }
            let first = self.draw.between(1, 4);
            let mut events = vec![json!({ "state": "need_assessed", "at": self.on(first) })];
            self.go_on(kind, first, &mut events);
            let mut row = json!({ "type": kind, "country_of_service": host, "service_events": events });
            if let (Some(row), "mhpss") = (row.as_object_mut(), kind) {
                row.insert("layer".into(), json!(self.draw.code(&["2", "3"])));
            }
            made.row("services", row);
        }
    }

    /// How a service goes on after the need was seen.
    fn go_on(&mut self, kind: &str, first: i32, events: &mut Vec<Value>) {
        let begun = first + self.draw.between(1, 12);
        let mut tell = |life: &Self, state: &str, after: i32, more: Option<(&str, &str)>| {
            if after > life.kin.known {
                return;
            }
            let mut event = json!({ "state": state, "at": life.on(after) });
            if let (Some(event), Some((key, text))) = (event.as_object_mut(), more) {
                event.insert(key.to_owned(), json!(text));
            }
            events.push(event);
        };
        let refused = kind != "mhpss" && self.draw.chance(12);
        if refused {
            let why = self.draw.weighed(&[
                ("legal_status", 35),
                ("no_documents", 35),
                ("cost", 15),
                ("distance", 15),
            ]);
            tell(self, "denied", begun, Some(("reason", why)));
            return;
        }
        tell(self, "receiving", begun, None);
        match self.draw.below(10) {
            // A gap, and on again.
            0 => {
                tell(self, "suspended", begun + 20, None);
                tell(self, "receiving", begun + 34, None);
            }
            1 | 2 if kind != "mhpss" => tell(self, "ended", begun + 40, Some(("end_reason", "completed"))),
            _ => {}
        }
    }

    fn school(&mut self, made: &mut Answers) {
        let formal = self.draw.chance(80);
        let mut row = json!({ "type": "education", "system": if formal { "national_formal" } else { "national_non_formal" },
            "provider": self.draw.text(&self.kin.names.schools) });
        let begun = self.met(Need::School, 4, 60);
        let young = self.kin.standing == Standing::Waiting && self.kin.arrived < 88 && self.draw.chance(50);
        let mut events = Vec::new();
        if self.kin.known >= 3 {
            events.push(json!({ "state": "need_assessed", "at": self.on(2) }));
        }
        match begun.filter(|_| !young) {
            Some(begun) => {
                if begun > 25 && self.draw.chance(40) {
                    let why =
                        self.draw.code(&["no_documents", "language", "age_cutoff_under_18", "capacity"]);
                    events.push(json!({ "state": "denied", "at": self.on(begun - 20), "reason": why }));
                    events.push(json!({ "state": "accepted", "at": self.on(begun - 4) }));
                }
                events.push(json!({ "state": "receiving", "at": self.on(begun) }));
                if let Some(row) = row.as_object_mut() {
                    row.insert("first_attended_on".into(), json!(self.on(begun)));
                    row.insert("attendance_pct".into(), json!(self.draw.between(70, 100)));
                }
            }
            None if self.kin.known > 8 => match self.draw.below(10) {
                0..=4 => events.push(json!({ "state": "referred", "at": self.on(8) })),
                5 | 6 => events.push(json!({ "state": "denied", "at": self.on(8), "reason": "no_documents",
                    "refused_by": "head of the school", "citizen_child_would": true })),
                7 => events.push(json!({ "state": "waitlisted", "at": self.on(8) })),
                _ => {}
            },
            None => {}
        }
        if events.is_empty() {
            return;
        }
        row.as_object_mut().map(|row| row.insert("service_events".into(), json!(events)));
        made.row("services", row);
    }

    /// Parents, relatives, separation, tracing.
    fn family(&mut self, made: &mut Answers) {
        if self.kin.known < 1 {
            return;
        }
        let with = self.kin.company == "accompanied";
        let name = |text: &str| json!({ "text": text, "lang": self.kin.group.language });
        let mut mother = json!({ "kind": "mother", "name": name(&self.kin.mother), "lives_with": with,
            "is_primary_caregiver": with, "verified": if with { "consistent_stories" } else { "claimed" } });
        let father = format!("{} {}", self.kin.father, self.kin.family);
        let mut father =
            json!({ "kind": "father", "name": name(&father), "verified": "claimed", "lives_with": false });
        let lost = |relative: &mut Value, draw: &mut Draw| {
            let Some(row) = relative.as_object_mut() else { return };
            match draw.below(10) {
                0..=4 => drop(row.insert("whereabouts_known".into(), json!(false))),
                5..=7 => drop(row.insert("whereabouts_known".into(), json!(true))),
                _ => {
                    row.insert("life_status".into(), json!("deceased"));
                    row.insert("child_told".into(), json!(draw.chance(70)));
                }
            }
        };
        lost(&mut father, self.draw);
        if !with {
            lost(&mut mother, self.draw);
        } else if let (Some(row), true) = (mother.as_object_mut(), self.kin.siblings > 1) {
            row.insert("person".into(), json!("@adult:0"));
        }
        made.row("relations", mother);
        made.row("relations", father);
        if self.kin.company == "separated" {
            let kind = self.draw.code(&["aunt", "uncle", "grandmother", "cousin"]);
            let name =
                json!({ "text": format!("{} {}", self.kin.father, self.kin.family), "lang": self.lang() });
            made.row("relations", json!({ "kind": kind, "name": name, "lives_with": true, "is_primary_caregiver": true,
                "verified": self.draw.code(&["consistent_stories", "documents"]), "child_comfortable": true }));
        }
        if self.is_without_parents() {
            self.tracing(made);
        }
    }

    fn tracing(&mut self, made: &mut Answers) {
        made.put(
            "separation.cause",
            self.draw.code(&[
                "conflict",
                "lost_on_route",
                "border_closure_or_pushback",
                "death_of_caregiver",
                "poverty",
            ]),
        );
        made.put("separation.place", self.kin.from.clone());
        let asked = match self.kin.standing {
            Standing::Waiting => self.draw.between(0, 14),
            Standing::NoPlace => return,
            _ => self.draw.between(2, 13),
        };
        if asked > self.kin.known {
            return;
        }
        let wish = self.draw.weighed(&[
            ("wants", 62),
            ("contact_maintained", 20),
            ("does_not_want", 12),
            ("too_young", 6),
        ]);
        if wish != "wants" {
            made.row("tracing_requests", json!({ "wish": wish }));
            return;
        }
        let on = self.on(asked);
        let found = self.kin.known > 120 && self.draw.chance(20);
        let mut row = json!({ "wish": wish, "opened_on": on,
            "status": if found { "verified" } else { "tracing_in_progress" },
            "sought_persons": [{ "name": { "text": self.kin.mother, "lang": self.kin.group.language }, "relation": "mother",
                "last_place": self.kin.from }],
            "tracing_actions": [{ "kind": "referral_to_rcrc", "on": on, "outcome": "Request taken; no news yet." }] });
        if let (Some(row), true) = (row.as_object_mut(), found) {
            for (field, after) in [("matched_on", 70), ("verified_on", 95), ("told_child_on", 96)] {
                row.insert(field.into(), json!(self.on(after)));
            }
        }
        made.row("tracing_requests", row);
        let by = if self.person.age >= 12 { "child" } else { "both" };
        made.row("consents", json!({ "purpose": "family_tracing", "receiver": "rcrc_tracing", "status": "granted", "given_by": by,
            "spoke_apart": true, "child_assent": "assent", "given_on": ago(self.kin.around.today, (self.kin.known - asked).min(300)) }));
    }

    /// The authority, dangers, what was done to the child.
    fn protection(&mut self, made: &mut Answers) {
        let kin = self.kin;
        if self.is_without_parents() {
            let after = self.draw.weighed(&[(0, 40), (1, 35), (2, 15), (5, 10)]);
            let sent = if after > kin.known && kin.standing != Standing::Waiting { kin.known } else { after };
            if sent <= kin.known {
                let mut row = json!({ "kind": "referral", "to": "child_protection_authority", "personal_data": true,
                    "legal_basis": "child_protection_mandate", "basis_reason": "No parent with the child.",
                    "basis_approved_by": kin.worker, "sent_on": self.on(sent), "child_informed_on": self.on(sent), "state": "sent" });
                if let (Some(row), true) = (row.as_object_mut(), sent + 3 <= kin.known) {
                    row.insert("state".into(), json!("accepted"));
                    row.insert("accepted_on".into(), json!(self.on(sent + 3)));
                }
                made.row("referrals", row);
            }
        }
        if kin.standing == Standing::Urgent {
            match urgent(self.person, kin) {
                Urgent::Search => {
                    made.put("case.not_seen_since", ago(kin.around.today, 1));
                    made.put("case.last_seen_by", kin.worker.clone());
                }
                Urgent::Concern => made.row(
                    "concerns",
                    json!({ "type": "risk_of_going_missing", "risk": "high", "status": "open",
                    "raised_on": ago(kin.around.today, 2), "raised_by_source": "child" }),
                ),
                Urgent::Doctor => {}
            }
        }
        if kin.known < 12 || !self.draw.chance(18) {
            return;
        }
        let raised = self.draw.between(2, 11);
        let risk = self.draw.weighed(&[("medium", 60), ("low", 40)]);
        let answered = raised + self.draw.between(0, 2);
        let mut row = json!({ "risk": risk, "raised_on": self.on(raised), "raised_by_source": self.draw.code(&["child", "worker", "caregiver"]),
            "first_response_on": self.on(answered.min(kin.known)), "response": self.draw.text(&kin.names.responses),
            "status": self.draw.code(&["in_response", "monitored", "resolved"]) });
        let behind = self.draw.chance(15);
        let (field, kind) = if behind {
            ("restricted_type", self.draw.code(&["abuse_in_transit", "trafficking", "self_harm_risk"]))
        } else {
            (
                "type",
                self.draw.code(&[
                    "psychosocial_distress",
                    "family_separation_risk",
                    "street_situation",
                    "serious_medical_condition",
                    "child_labour",
                ]),
            )
        };
        row.as_object_mut().map(|row| row.insert(field.to_owned(), json!(kind)));
        made.row("concerns", row);
        if self.draw.chance(40) {
            let month = self.on(0).chars().take(7).collect::<String>();
            let wanted = self.draw.chance(50);
            made.row("incidents", json!({ "category": self.draw.code(&["physical_violence", "theft_or_extortion", "discrimination", "exploitation"]),
                "occurred_on": if self.person.here { self.on(1) } else { ago(kin.around.today, kin.arrived).chars().take(7).collect() },
                "reported_on": self.on(raised), "in_transit": !self.person.here, "recourse_offered": wanted,
                "recourse_body": if wanted { "ombudsperson" } else { "none" },
                "perpetrator_group": self.draw.code(&["smuggler", "unknown", "border_or_police", "peer"]),
                "narrative": format!("Told in the talk of {month}.") }));
        }
    }

    /// Guardian, assessment, determination, decisions.
    fn interests(&mut self, made: &mut Answers) {
        if !self.is_without_parents() {
            return;
        }
        self.guardian = self.met(Need::Guardian, 3, 13);
        let asked = self.draw.between(0, 3).min(self.kin.known);
        let kind = if self.kin.company == "separated" {
            "relative"
        } else {
            self.draw.code(&["professional", "ngo"])
        };
        match self.guardian {
            Some(after) => made.row("guardianship", json!({ "type": kind, "status": "appointed",
                "requested_on": self.on(asked.min(after)), "appointed_on": self.on(after), "conflict_of_interest_checked": true,
                "guardian_name": { "text": self.kin.father, "lang": self.kin.group.language },
                "contact_last_on": self.on(self.kin.known - self.kin.known.min(9)) })),
            None if self.kin.known > 3 && self.draw.chance(75) => {
                let why = self.draw.code(&["no_guardian_available", "court_backlog", "moved"]);
                made.row("guardianship", json!({ "status": "requested", "requested_on": self.on(asked), "delay_reason": why }));
            }
            None => {}
        }
        self.assessed = self.met(Need::Interests, 4, 13);
        match self.assessed {
            Some(after) => self.assessment(made, after),
            None if self.kin.known > 4 => {
                made.row("bia", json!({ "trigger": "initial_uasc", "opened_on": self.on(3) }))
            }
            None => {}
        }
    }

    fn assessment(&mut self, made: &mut Answers, after: i32) {
        let heard = if self.person.age < 3 { "observed_only" } else { "heard" };
        made.row("bia", json!({ "trigger": "initial_uasc", "opened_on": self.on((after - 3).max(0)), "completed_on": self.on(after),
            "assessor": self.kin.worker, "child_heard": heard, "child_views": self.view(), "views_language": self.lang(),
            "maturity_assessed": "considerable", "weight_given": "full", "interpreter_present": true,
            "recommendation": "Stay in the present care; look again in three months.", "told_child_on": self.on(after),
            "review_due": self.coming(10, 90) }));
        made.row("decisions", json!({ "kind": "care_placement", "decided_on": self.on(after), "basis": "bia", "basis_on": self.on(after) }));
        let decided = after + 60;
        if decided > self.kin.known || !self.draw.chance(22) {
            return;
        }
        let mut row = json!({ "trigger": "reunification", "opened_on": self.on(decided - 30), "decided_on": self.on(decided),
            "child_heard": heard, "child_views": self.view(), "weight_given": "full", "maturity_assessed": "considerable",
            "told_child_on": self.on(decided), "decision": "Stay here while the family is looked for.",
            "bid_panel": [{ "role": "child protection authority" }, { "role": "guardian" }, { "role": "case worker" }],
            "bid_options": [{ "option": "local_integration", "arguments_for": "School, language, friends." },
                { "option": "family_reunification_here", "arguments_for": "The child wants it.", "arguments_against": "Nobody was found yet." }] });
        let without = self.guardian.is_none_or(|guardian| guardian > decided);
        if let (Some(row), true) = (row.as_object_mut(), without) {
            row.insert("no_guardian_reason".into(), json!("The court has named nobody; a lawyer took part."));
        }
        made.row("bid", row);
        made.row("decisions", json!({ "kind": "durable_solution", "decided_on": self.on(decided), "basis": "bid", "basis_on": self.on(decided),
            "no_guardian_reason": without.then_some("The court has named nobody; a lawyer took part.") }));
    }

    /// Solutions, growing up, detention, returns, follow-ups.
    fn future(&mut self, made: &mut Answers) {
        if self.is_without_parents() && self.kin.known > 100 {
            let status = self.draw.weighed(&[("identified", 40), ("agreed", 35), ("implementing", 25)]);
            let mut row = json!({ "type": self.draw.code(&["local_integration", "family_reunification_here", "statutory_care_to_adulthood"]),
                "status": status, "identified_on": self.on(90), "validity": self.draw.code(&["indefinite", "renewable", "time_limited"]),
                "child_agrees": true, "transition_plan_after_18": self.person.age >= 17 });
            if let (Some(row), true) = (row.as_object_mut(), status != "identified") {
                row.insert("agreed_on".into(), json!(self.on(98)));
            }
            made.row("solutions", row);
        } else if self.person.age >= 17 && self.kin.standing != Standing::Late {
            made.row("solutions", json!({ "type": "local_integration", "status": "identified", "identified_on": self.on(self.kin.known),
                "transition_plan_after_18": true }));
        }
        if !self.person.here && self.kin.known > 10 && self.draw.chance(3) {
            self.detention(made);
        }
        if self.kin.known > 30 && self.draw.chance(25) {
            let on = self.on(25);
            let due = self.coming(3, 40);
            made.row("follow_ups", json!({ "type": "in_care", "due_on": on, "done_on": on, "mode": "visit", "seen_apart": true,
                "wellbeing": self.draw.between(2, 5), "belonging": self.draw.between(2, 5), "action": "ongoing_monitoring", "next_due": due }));
        }
        if self.kin.known > 150 && self.draw.chance(2) {
            self.going_back(made);
        }
    }

    /// Held on arrival, then somewhere open.
    fn detention(&mut self, made: &mut Answers) {
        let today = self.kin.around.today;
        let (from, to) = (ago(today, self.kin.arrived), self.on(6));
        let with = !self.is_without_parents();
        made.row("detention", json!({ "from": from, "to": to, "place_type": if with { "closed_family_unit" } else { "border_cell" },
            "claimed_ground": "identification", "with_family": with, "bia": false, "alternatives_considered": self.draw.chance(50),
            "legal_aid": self.draw.chance(60), "separated_from_unrelated_adults": self.draw.chance(70), "release_reason": "alternative" }));
        made.row(
            "alternatives",
            json!({ "type": "community_based_family_accommodation", "from": to, "with_family": with,
            "custodial": false, "community_based": true, "status_pending": true }),
        );
        made.row("decisions", json!({ "kind": "detention", "decided_on": from, "basis": "none", "no_basis_reason": "Decided by the border authority alone." }));
    }

    /// A return with every safeguard, and the first contact after it.
    fn going_back(&mut self, made: &mut Answers) {
        let left = self.kin.known - 50;
        let decided = left - 10;
        made.row("bid", json!({ "trigger": "return", "opened_on": self.on(decided - 20), "decided_on": self.on(decided), "child_heard": "heard",
            "child_views": "I want to go home to my parents.", "told_child_on": self.on(decided),
            "no_guardian_reason": "A lawyer stood in for the guardian." }));
        if !self.is_without_parents() {
            made.row(
                "bia",
                json!({ "trigger": "return", "completed_on": self.on(decided), "child_heard": "heard" }),
            );
        }
        made.row("returns", json!({ "country": self.kin.group.country, "state": "departed", "voluntariness": "voluntary",
            "identified_on": self.on(decided - 30), "planned_on": self.on(decided), "departed_on": self.on(left),
            "non_refoulement_check": "passed", "bi_basis": "bid", "due_process_complete": true, "legal_aid": true,
            "guardian_consulted": true, "child_views": true, "child_informed": true, "receiving_caregiver_verified": true,
            "child_protection_reception": true, "no_guardian_reason": "A lawyer stood in for the guardian.",
            "return_monitoring": [{ "on": self.on(left + 30), "mode": "visit", "reached": true, "safe": true, "in_education": true,
                "health_access": true, "with_agreed_caregiver": true }] }));
        made.row("decisions", json!({ "kind": "return", "decided_on": self.on(decided), "basis": "bid", "basis_on": self.on(decided),
            "no_guardian_reason": "A lawyer stood in for the guardian." }));
        made.put("case.departed_on", self.on(left));
        made.put("case.stage", "monitoring");
    }

    /// How the record stands, and how it ended.
    fn ending(&mut self, made: &mut Answers) {
        if self.kin.whereabouts != Whereabouts::Ended {
            let stage = if self.kin.known < 20 { "reception" } else { "ongoing" };
            made.put("case.status", "open");
            if self.kin.known <= 150 {
                made.put("case.stage", stage);
            }
            return;
        }
        let (status, reason) = self.draw.weighed(&[
            (("closed", "solution_implemented"), 55),
            (("closed", "moved_on_traced"), 20),
            (("transferred", "transferred_accepted"), 25),
        ]);
        made.put("case.status", status);
        made.put("case.closure_reason", reason);
        let before = self.draw.between(1, 40);
        made.put("case.closed_on", self.on(self.kin.known - before));
    }
}
