//! A referral that waits, and an agreement that is taken back meanwhile: what the device knows of it keeps the referral from
//! leaving.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tern_app::{App, Failure};

use crate::edit::{fields, words};
use crate::fault::Fault;
use crate::model::Queued;
use crate::run::Run;
use crate::template::REGISTRAR;

/// What was agreed to.
const AGREED: [(&str, &str); 5] = [
    ("purpose", "services_referral"),
    ("status", "granted"),
    ("given_by", "both"),
    ("child_assent", "assent"),
    ("given_on", "2026-11-20"),
];

fn send(app: &mut App, child: &str, referral: &str) -> Result<Value, Failure> {
    let puts = [(format!("referrals/{referral}/state"), json!("sent"))];
    app.script_edit(child, &[], puts.into())
}

impl Run<'_> {
    /// Prepares a referral, or takes the agreement to one that waits back, or sends it.
    pub fn work_on_referral(&mut self, at: usize) {
        let waits: Vec<usize> = self.model.referrals.keys().copied().collect();
        if waits.is_empty() || self.random.percent(20) {
            let new = self.choose(at).filter(|(child, ..)| !waits.contains(child));
            return if let Some((child, ..)) = new {
                self.prepare(at, child)
            };
        }
        let child = waits[self.random.below(waits.len())];
        let queued = self.model.referrals[&child].clone();
        if self.devices[at].who == REGISTRAR {
            return;
        }
        match self.random.percent(40) {
            true => self.withdraw(at, child, &queued),
            false => self.send(at, child, &queued),
        }
    }

    /// One for a child that has none.
    pub fn prepare_new(&mut self, at: usize) {
        if let Some((child, ..)) = self.choose(at)
            && !self.model.referrals.contains_key(&child)
        {
            self.prepare(at, child);
        }
    }

    /// One that nobody took the agreement to back from.
    pub fn waiting(&mut self) -> Option<(usize, Queued)> {
        let stands = |queued: &Queued| queued.withdrawn_by.is_none();
        let all = self.model.referrals.iter().filter(|(_, queued)| stands(queued));
        let all: Vec<(usize, Queued)> = all.map(|(child, queued)| (*child, queued.clone())).collect();
        all.get(self.random.below(all.len().max(1))).cloned()
    }

    fn prepare(&mut self, at: usize, child: usize) {
        let id = self.model.children[child].id.clone();
        let mut agreed = BTreeMap::from(AGREED.map(|(field, said)| (field.to_owned(), json!(said))));
        agreed.insert("spoke_apart".to_owned(), json!(true));
        let done = self.devices[at].within(None, |app| app.script_add(&id, "consents", agreed)).unwrap();
        let Some(consent) = self.is_done(at, done) else { return };
        let what =
            [("to", json!("health_provider")), ("state", json!("draft")), ("personal_data", json!(true))];
        let what = what.map(|(field, said)| (field.to_owned(), said));
        let done =
            self.devices[at].within(None, |app| app.script_add(&id, "referrals", what.into())).unwrap();
        let Some(referral) = self.is_done(at, done) else { return };
        let row = |told: &Value| told["entity"].as_str().unwrap().to_owned();
        self.say(&format!("{} prepares a referral of {id}", self.name(at)));
        let queued = Queued { consent: row(&consent), referral: row(&referral), withdrawn_by: None };
        self.model.referrals.insert(child, queued);
    }

    /// The status of the agreement and the state of the referral, where the device knows both.
    fn known(&mut self, at: usize, child: usize, queued: &Queued) -> Option<(bool, bool)> {
        let id = self.model.children[child].id.clone();
        let shown = self.devices[at].within(None, |app| fields(app, &id)).flatten()?;
        let status = words(&shown[&format!("consents/{}/status", queued.consent)]);
        let state = words(&shown[&format!("referrals/{}/state", queued.referral)]);
        let is_known = !status.is_empty() && !state.is_empty();
        is_known.then(|| (status.contains("withdrawn"), state.contains("sent")))
    }

    pub fn withdraw(&mut self, at: usize, child: usize, queued: &Queued) {
        if self.known(at, child, queued) != Some((false, false)) {
            return;
        }
        let id = self.model.children[child].id.clone();
        let puts = [(format!("consents/{}/status", queued.consent), json!("withdrawn"))];
        let done = self.devices[at].within(None, |app| app.script_edit(&id, &[], puts.into())).unwrap();
        if self.is_done(at, done).is_none() {
            return;
        }
        self.say(&format!("{} takes the agreement of {id} back", self.name(at)));
        self.count(Fault::Withdrawn);
        let by = self.devices[at].who;
        if let Some(queued) = self.model.referrals.get_mut(&child) {
            // One who is not out is enough.
            queued.withdrawn_by =
                queued.withdrawn_by.filter(|before| self.removed != Some(*before)).or(Some(by));
        }
    }

    pub fn send(&mut self, at: usize, child: usize, queued: &Queued) {
        let Some((is_withdrawn, is_sent)) = self.known(at, child, queued) else { return };
        if is_sent {
            return;
        }
        let id = self.model.children[child].id.clone();
        let referral = queued.referral.clone();
        let done = self.devices[at].within(None, |app| send(app, &id, &referral)).unwrap();
        assert!(!is_withdrawn || done.is_err(), "{} sends what may not leave: {id}", self.name(at));
        self.say(&format!("{} sends the referral of {id}: {:?}", self.name(at), done.as_ref().err()));
        if self.is_done(at, done).is_none() && is_withdrawn {
            self.count(Fault::Stopped);
        }
    }

    /// Wherever an agreement was taken back and has come, what waits does not leave.
    pub fn check_referrals(&mut self) {
        for (at, who) in self.hands() {
            self.devices[at].give_to(who);
            if who == REGISTRAR || !self.devices[at].is_in() {
                continue;
            }
            for (child, queued) in self.model.referrals.clone() {
                let Some((is_withdrawn, is_sent)) = self.known(at, child, &queued) else { continue };
                let is_sure = queued.withdrawn_by.is_some_and(|by| !self.is_out(by));
                assert!(is_withdrawn || !is_sure, "a no is missing at {}", self.name(at));
                if is_withdrawn && !is_sent {
                    let id = self.model.children[child].id.clone();
                    let sent = self.devices[at].within(None, |app| send(app, &id, &queued.referral));
                    let why = sent.unwrap().err().map(|failure| failure.code.name().to_owned());
                    assert_eq!(
                        why.as_deref(),
                        Some("rule-D-07"),
                        "{} sends what may not leave",
                        self.name(at)
                    );
                }
            }
        }
    }
}
