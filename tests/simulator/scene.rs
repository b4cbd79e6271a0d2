//! What needs two devices that know the same: each does its part without having heard of the other's.

use serde_json::json;

use crate::edit::{fields, words};
use crate::fault::Fault;
use crate::meet::Whom;
use crate::run::Run;
use crate::template::{FAR, HERE, REGISTRAR};

impl Run<'_> {
    /// An entry is moved by one and written in by another, an agreement is taken back by one while another waits to send, or
    /// a child goes to another site by the word of two.
    pub fn scene(&mut self) {
        let Some((one, other)) = self.pair() else { return };
        match self.random.below(5) {
            0 | 1 => self.move_and_write(one, other),
            2 | 3 => self.withdraw_and_send(one, other),
            _ => self.propose_and_confirm(one, other),
        }
    }

    /// Two devices whose workers read the same.
    fn pair(&mut self) -> Option<(usize, usize)> {
        let all: Vec<usize> = (0..self.devices.len()).collect();
        let all: Vec<usize> = all
            .into_iter()
            .filter(|at| self.devices[*at].who != REGISTRAR && self.devices[*at].is_in())
            .collect();
        let one = *all.get(self.random.below(all.len().max(1)))?;
        let reader = self.reader(one);
        let beside: Vec<usize> =
            all.into_iter().filter(|at| *at != one && self.reader(*at) == reader).collect();
        beside.get(self.random.below(beside.len().max(1))).map(|other| (one, *other))
    }

    /// As far as nothing goes wrong, both know what either knew.
    fn come_together(&mut self, one: usize, other: usize) {
        for at in [one, other, one] {
            self.meet(at, Whom::Hub);
        }
    }

    fn move_and_write(&mut self, one: usize, other: usize) {
        if self.devices[one].is_in() {
            self.add_row(one);
        }
        self.come_together(one, other);
        if self.devices[one].is_in() {
            self.move_row(one);
        }
    }

    fn withdraw_and_send(&mut self, one: usize, other: usize) {
        if let (None, true) = (self.waiting(), self.devices[one].is_in()) {
            self.prepare_new(one);
        }
        self.come_together(one, other);
        let Some((child, queued)) = self.waiting() else { return };
        if self.devices[other].is_in() {
            self.withdraw(other, child, &queued);
        }
        self.come_together(other, one);
        if self.devices[one].is_in() {
            self.send(one, child, &queued);
        }
    }

    fn propose_and_confirm(&mut self, one: usize, other: usize) {
        let Some((child, ..)) = self.devices[one].is_in().then(|| self.choose(one)).flatten() else { return };
        let id = self.model.children[child].id.clone();
        let shown = self.devices[one].within(None, |app| fields(app, &id)).flatten().unwrap_or_default();
        let to = if words(&shown["case.site"]).contains(FAR) { HERE } else { FAR };
        let done = self.devices[one].within(None, |app| app.propose(&id, "case.site", &json!(to))).unwrap();
        // Where somebody has said so already, that is confirmed.
        let is_said = matches!(&done, Err(failure) if failure.code.name() == "proposal-waits");
        if !is_said && self.is_done(one, done).is_none() {
            return;
        }
        self.come_together(one, other);
        let waiting = self.devices[other].within(None, |app| app.proposals(&id).unwrap_or_default());
        for proposal in waiting.into_iter().flatten().filter(|proposal| !proposal.mine) {
            let done = self.devices[other].within(None, |app| app.confirm(&proposal.change)).unwrap();
            if done.is_ok() {
                self.say(&format!("{id} goes to {to}, as {} confirms", self.name(other)));
                self.count(Fault::Transferred);
            }
        }
    }
}
