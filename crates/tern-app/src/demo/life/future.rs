//! Solutions, detention, returns, and how the record ended.

use serde_json::json;

use crate::demo::people::{Standing, Whereabouts};
use crate::demo::{Answers, ago};

use super::Life;

impl Life<'_> {
    /// Solutions, growing up, detention, returns, follow-ups.
    pub(super) fn future(&mut self, made: &mut Answers) {
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
    pub(super) fn ending(&mut self, made: &mut Answers) {
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
