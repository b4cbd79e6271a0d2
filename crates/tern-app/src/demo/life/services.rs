//! School, and services with their gaps.

use serde_json::{Value, json};

use crate::demo::Answers;
use crate::demo::people::Standing;

use super::{Life, Need};

impl Life<'_> {
    /// School and everything else that people were asked for.
    pub(super) fn services(&mut self, made: &mut Answers) {
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
}
