//! Papers, nationality, birth registration, legal status.

use jiff::ToSpan;
use serde_json::json;

use crate::demo::Answers;
use crate::demo::people::Standing;

use super::{Life, Need};

impl Life<'_> {
    /// Papers, nationality, birth registration, legal status.
    pub(super) fn papers(&mut self, made: &mut Answers) {
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
}
