//! Who changed what, and putting an earlier value back. Nothing in the history can be edited.

use std::collections::BTreeMap;

use tern_doc::{Change, Document};
use tern_record::{Cause, Compartment, IntentId, Path, Scalar};

use crate::Reply;
use crate::app::App;
use crate::conflict::TakenBack;
use crate::failure::Code;
use crate::record::Record;
use crate::show::moment;
use crate::view::{ChangeView, ChangedView, EditedView};

impl App {
    /// Every change to the readable part of a record, oldest first.
    pub(crate) fn changes(&mut self, id: &str) -> Reply<Vec<Change>> {
        let record = self.resolve(id)?;
        self.with_record(record, |_, opened| Ok(changes_of(opened, Compartment::Restricted)))
    }

    /// Those that this seat may see, with what is restricted: for a reason that was kept.
    pub(crate) fn changes_seen(&mut self, id: &str) -> Reply<Vec<Change>> {
        let record = self.resolve(id)?;
        self.with_seen(record, |_, opened| Ok(changes_of(opened, Compartment::Restricted)))
    }

    /// Those that this seat may see, without what is restricted: a change of that alone is not told at all.
    pub(crate) fn changes_open(&mut self, id: &str) -> Reply<Vec<Change>> {
        let record = self.resolve(id)?;
        self.with_seen(record, |_, opened| Ok(changes_of(opened, Compartment::Protection)))
    }

    /// The same for a screen.
    pub fn history(&mut self, id: &str) -> Reply<Vec<ChangeView>> {
        let changes = self.changes_open(id)?;
        let record = self.resolve(id)?;
        self.with_seen(record, |app, opened| {
            Ok(changes.into_iter().map(|change| app.change_view(opened, change)).collect())
        })
    }

    fn change_view(&self, record: &Record, change: Change) -> ChangeView {
        let (by, device) = self.name_of(change.by, change.on);
        let (cause, clock) = (cause_code(change.cause), self.clock_of_change(&change));
        let puts = change.puts.iter().map(|put| ChangedView {
            label: self.label_of(&put.path),
            before: put
                .before
                .iter()
                .filter(|value| !value.is_null())
                .map(|value| self.print_of(record, &put.path, value))
                .collect(),
            after: self.print_of(record, &put.path, &put.after),
            protection: self.schema.compartment(&put.path).is_some_and(|at| at > Compartment::Core),
            erased: self.is_absent(&put.path, &put.after),
            path: put.path.to_string(),
        });
        ChangeView {
            change: change.id.to_hex(),
            at: moment(change.stamp),
            by,
            device,
            clock,
            cause_text: self.text.word(&format!("cause-{}", cause.replace('_', "-"))),
            cause: cause.to_owned(),
            puts: puts.collect(),
        }
    }

    /// What a field is called.
    pub(crate) fn label_of(&self, path: &Path) -> String {
        match self.schema.field_at(path) {
            Some(field) => self.text.word(&field.label),
            None => path.form_key(),
        }
    }

    /// Puts back what a path held before a change. A new change; the old ones stay.
    pub fn put_back(&mut self, id: &str, change: &str, path: &str) -> Reply<EditedView> {
        let record = self.resolve(id)?;
        let change = IntentId::from_hex(change).map_err(|_| Code::UnknownChange)?;
        let path = Path::new(path).map_err(|_| Code::UnknownField)?;
        let found =
            self.changes(id)?.into_iter().find(|found| found.id == change).ok_or(Code::UnknownChange)?;
        let put = found.puts.into_iter().find(|put| put.path == path).ok_or(Code::UnknownChange)?;
        let mut back = TakenBack { record, puts: Vec::new(), reopened: BTreeMap::new() };
        match put.before.as_slice() {
            [_, _, ..] => drop(back.reopened.insert(path, put.before)),
            before => back.puts.push((path, before.first().cloned().unwrap_or(Scalar::Null))),
        }
        let changes = self.take_back(vec![back])?;
        Ok(EditedView {
            changes: changes.iter().map(IntentId::to_hex).collect(),
            rows: BTreeMap::new(),
            heads: self.with_record(record, |_, opened| Ok(opened.heads()))?,
            saved: moment(self.ports.clock.stamp()),
            remarks: Vec::new(),
        })
    }
}

/// Changes of a record up to a compartment, oldest first.
fn changes_of(record: &Record, through: Compartment) -> Vec<Change> {
    let readable = record.docs.iter().filter(|(compartment, _)| **compartment <= through);
    let mut changes: Vec<((i64, usize), Change)> =
        readable.flat_map(|(_, document)| in_order(document)).collect();
    changes.sort_by_key(|(at, _)| *at);
    changes.into_iter().map(|(_, change)| change).collect()
}

/// The changes of a document with the latest time said so far, and their place: a clock that was set back puts no change before
/// what it builds on.
fn in_order(document: &Document) -> Vec<((i64, usize), Change)> {
    let mut latest = i64::MIN;
    let later = |(place, change): (usize, Change)| {
        latest = latest.max(change.stamp.at_ms);
        ((latest, place), change)
    };
    document.history().into_iter().enumerate().map(later).collect()
}

/// The stable code of a cause.
pub fn cause_code(cause: Cause) -> &'static str {
    match cause {
        Cause::Registered => "registered",
        Cause::Typed => "typed",
        Cause::PutBack => "put_back",
        Cause::Attached => "attached",
        Cause::Imported => "imported",
        Cause::Derived => "derived",
        Cause::Confirmed => "confirmed",
        Cause::Moved => "moved",
        Cause::Settled => "settled",
        Cause::Other(_) => "other",
    }
}
