//! Guardian, assessment, determination, decisions.

use serde_json::json;

use crate::demo::Answers;

use super::{Life, Need};

impl Life<'_> {
    /// Guardian, assessment, determination, decisions.
    pub(super) fn interests(&mut self, made: &mut Answers) {
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
}
