//! Authority, dangers and how they were answered.

use serde_json::json;

use crate::demo::people::Standing;
use crate::demo::{Answers, ago};

use super::{Life, Urgent, urgent};

impl Life<'_> {
    /// The authority, dangers, what was done to the child.
    pub(super) fn protection(&mut self, made: &mut Answers) {
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
}
