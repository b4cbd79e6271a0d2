//! Who belongs to the child, and the search for them.

use serde_json::{Value, json};

use crate::demo::draw::Draw;
use crate::demo::people::Standing;
use crate::demo::{Answers, ago};

use super::Life;

impl Life<'_> {
    /// Parents, relatives, separation, tracing.
    pub(super) fn family(&mut self, made: &mut Answers) {
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
}
