//! What people do with rows: they add one, write in it, and move it to the child whom it is about.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::edit::{fields, words};
use crate::fault::Fault;
use crate::model::{Part, Saved};
use crate::run::Run;

/// A row that a device shows.
struct Row {
    child: usize,
    /// `list/row`.
    entry: String,
    /// The path of its text.
    path: String,
    saw: BTreeSet<String>,
}

impl Run<'_> {
    /// Adds a row, writes in one, or moves one.
    pub fn work_on_rows(&mut self, at: usize) {
        let reader = self.reader(at);
        let has_none = !self.model.with_rows.iter().any(|(_, part)| part.is_read_by(reader));
        match self.random.below(10) {
            _ if has_none => self.add_row(at),
            0..=2 => self.add_row(at),
            3..=4 => self.write_in_row(at),
            _ => self.move_row(at),
        }
    }

    pub fn add_row(&mut self, at: usize) {
        let Some((child, part)) = self.choose_apart(at) else { return };
        let (id, word) = (self.model.children[child].id.clone(), self.model.word());
        if self.devices[at].within(None, |app| fields(app, &id)).flatten().is_none() {
            return;
        }
        let puts = [("type".to_owned(), json!("neglect")), ("response".to_owned(), json!(word))];
        let done = self.devices[at].within(None, |app| app.script_add(&id, "concerns", puts.into())).unwrap();
        let Some(told) = self.is_done(at, done) else { return };
        let row = told["entity"].as_str().unwrap();
        self.say(&format!("{} adds a row to {id}: {word}", self.name(at)));
        let (path, who, saw) = (format!("concerns/{row}/response"), self.devices[at].who, BTreeSet::new());
        let is_doubtful = self.is_out(who);
        self.model.with_rows.insert((child, part));
        self.model.rows.push(Saved { child, path, word, part, who, saw, is_doubtful });
    }

    /// A child whose rows the worker of a device reads.
    pub fn choose_apart(&mut self, at: usize) -> Option<(usize, Part)> {
        let (child, ..) = self.choose(at)?;
        let reader = self.reader(at);
        (reader.follows && self.holds(at, reader.apart())).then_some((child, reader.apart()))
    }

    /// A row as a device shows it.
    fn choose_row(&mut self, at: usize) -> Option<(Row, Part)> {
        (0..4).find_map(|_| self.choose_row_once(at))
    }

    fn choose_row_once(&mut self, at: usize) -> Option<(Row, Part)> {
        let reader = self.reader(at);
        let all = self.model.with_rows.iter().copied().filter(|(_, part)| part.is_read_by(reader));
        let all: Vec<(usize, Part)> = all.collect();
        let (child, part) = *all.get(self.random.below(all.len().max(1)))?;
        let id = self.model.children[child].id.clone();
        let shown = self.devices[at].within(None, |app| fields(app, &id)).flatten()?;
        let all = shown.as_object()?.iter().filter(|(path, _)| path.ends_with("/response"));
        let all: Vec<(&String, &Value)> = all.filter(|(_, of)| !words(of).is_empty()).collect();
        let (path, of) = all.get(self.random.below(all.len().max(1)))?;
        let entry = path.strip_suffix("/response")?.to_owned();
        Some((Row { child, entry, path: (*path).clone(), saw: words(of) }, part))
    }

    fn write_in_row(&mut self, at: usize) {
        if let Some((row, part)) = self.choose_row(at) {
            self.write_in(at, row, part);
        }
    }

    /// Somebody who has not heard that a row was moved writes in it where it stood.
    fn write_meanwhile(&mut self, mover: usize, child: usize, path: &str, part: Part) {
        let id = self.model.children[child].id.clone();
        let all = self.devices.len();
        let first = self.random.below(all);
        for at in (first..first + all).map(|at| at % all) {
            if at == mover || !self.devices[at].is_in() || !part.is_read_by(self.reader(at)) {
                continue;
            }
            let shown = self.devices[at].within(None, |app| fields(app, &id)).flatten();
            let saw = shown.map(|shown| words(&shown[path])).unwrap_or_default();
            if let (false, Some(entry)) = (saw.is_empty(), path.strip_suffix("/response")) {
                let row = Row { child, entry: entry.to_owned(), path: path.to_owned(), saw };
                self.write_in(at, row, part);
                return;
            }
        }
    }

    fn write_in(&mut self, at: usize, row: Row, part: Part) {
        let (id, word) = (self.model.children[row.child].id.clone(), self.model.word());
        let puts = [(row.path.clone(), json!(word))];
        let done = self.devices[at].within(None, |app| app.script_edit(&id, &[], puts.into())).unwrap();
        if self.is_done(at, done).is_none() {
            return;
        }
        self.say(&format!("{} writes in {} of {id}: {word} over {:?}", self.name(at), row.path, row.saw));
        if self.model.moved.contains(&(row.child, row.entry)) {
            self.count(Fault::WrittenMeanwhile);
        }
        let who = self.devices[at].who;
        let is_doubtful = self.is_out(who);
        let (child, path, saw) = (row.child, row.path, row.saw);
        self.model.rows.push(Saved { child, path, word, part, who, saw, is_doubtful });
    }

    pub fn move_row(&mut self, at: usize) {
        let Some((row, part)) = self.choose_row(at) else { return };
        let all: Vec<usize> = (0..self.model.children.len()).filter(|to| *to != row.child).collect();
        let Some(to) = all.get(self.random.below(all.len().max(1))).copied() else { return };
        let (from_id, to_id) =
            (self.model.children[row.child].id.clone(), self.model.children[to].id.clone());
        let is_known = self.devices[at].within(None, |app| fields(app, &to_id)).flatten().is_some();
        if !is_known {
            return;
        }
        let done =
            self.devices[at].within(None, |app| app.script_move(&from_id, &row.entry, &to_id)).unwrap();
        // What was written in an entry that was moved away is to be settled there, and is no entry to be moved.
        let is_left = self.model.moved.contains(&(row.child, row.entry.clone()));
        if let Err(failure) = &done
            && (["settle-first", "not-here"].contains(&failure.code.name())
                || (is_left && failure.code.name() == "unknown-row"))
        {
            return;
        }
        if self.is_done(at, done).is_none() {
            return;
        }
        self.say(&format!("{} moves {} of {from_id} to {to_id}", self.name(at), row.entry));
        self.count(Fault::EntryMoved);
        let who = self.devices[at].who;
        if self.is_out(who) {
            self.model.doubt(&row.saw);
        }
        self.model.with_rows.insert((to, part));
        self.model.movers.push((who, row.saw));
        self.model.moved.insert((row.child, row.entry));
        if self.random.percent(75) {
            self.write_meanwhile(at, row.child, &row.path, part);
        }
    }
}
