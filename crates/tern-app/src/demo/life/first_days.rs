//! Bed, care, health, the first talks.

use serde_json::json;

use crate::demo::Answers;
use crate::demo::people::Standing;

use super::{Life, Need, Urgent, urgent};

impl Life<'_> {
    /// Bed, health, the first talks.
    pub(super) fn first_days(&mut self, made: &mut Answers) {
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
}
