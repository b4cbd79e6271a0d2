//! An entry that was typed into the wrong child goes to the right one. It leaves the first record's views, history,
//! search and figures for everybody; its narratives are sealed anew for the other record and their old files
//! dropped. What stays is that something was moved, by whom and when.

use std::collections::{BTreeMap, BTreeSet};

use tern_doc::{Document, RowKey};
use tern_form::Target;
use tern_record::{BlobId, Cause, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::edit::Along;
use crate::exchange::sweep;
use crate::failure::{Code, Failure};
use crate::narrative::reference;
use crate::propose::{ABOUT, ALSO, LIST, paths_also};
use crate::record::Record;
use crate::view::{ChangeRef, MovedView};

/// Lists that are about the record itself and go nowhere. Who lives where is told in the household too, and changes there.
const OF_THE_RECORD: [&str; 4] = [LIST, "same_as", "cards", "household_history"];

/// Why the row ended: a code of `removed_reason`.
pub(crate) const WRONG: &str = "wrong_child";

/// The built-in field of a row that says why it was taken out.
pub(crate) const REMOVED: &str = "removed";

/// What is moved: rows with what they hold, or one field on its own.
#[derive(Default)]
pub(crate) struct Entry {
    /// What ends in the first record.
    pub away: Vec<(Path, Scalar)>,
    /// What begins in the other.
    pub here: Vec<(Path, Scalar)>,
    /// Files of narratives that are let go.
    pub gone: Vec<BlobId>,
    /// The entry as the other record names it.
    pub entry: String,
}

impl App {
    /// Moves an entry, `list/row` with the rows that belong to it or the id of a free-text field, to another record of the
    /// same kind. Both records change together or neither does.
    pub fn move_entry(&mut self, id: &str, entry: &str, to: &str) -> Reply<MovedView> {
        let (from, to) = (self.resolve(id)?, self.resolve(to)?);
        if from == to {
            return Err(Code::SameRecord.into());
        }
        let mut source = self.open_record(from)?;
        let mut target = self.open_record(to)?;
        if self.kind_of(&source) != self.kind_of(&target) {
            return Err(Code::OtherKind.into());
        }
        let moved = match entry.split_once('/') {
            Some((list, row)) => self.row_entry(&source, list, row)?,
            None => self.field_entry(&source, &target, entry)?,
        };
        self.points_elsewhere(&moved, to)?;
        let arrived = self.make(&mut target, &[], moved.here, Cause::Moved)?;
        let left = self.make_any(&mut source, &[], moved.away, Cause::Moved)?;
        let events = vec![self.event(Event::EntryMovedAway(from)), self.event(Event::EntryMovedHere(to))];
        let changes = change_refs(from, &left.changes).chain(change_refs(to, &arrived.changes)).collect();
        let mut made = [(source, left), (target, arrived)];
        self.commit(&mut made, &Along { gone: moved.gone, events, ..Along::default() })?;
        made.into_iter().for_each(|(record, _)| self.close_record(record));
        // Bytes that cannot be swept now are swept at the next unlock.
        let _ = sweep(&self.home, &self.vault);
        Ok(MovedView { child: short::long_text(to.as_bytes()), entry: moved.entry, changes })
    }

    /// A row and the rows that belong to it.
    fn row_entry(&self, source: &Record, list: &str, row: &str) -> Reply<Entry> {
        if OF_THE_RECORD.contains(&list) || self.schema.list(list).is_none() {
            return Err(Code::UnknownRow.into());
        }
        if !source.rows(&self.schema, list).iter().any(|(have, _)| have == row) {
            return Err(Code::UnknownRow.into());
        }
        self.rows_along(source, (list.to_owned(), row.to_owned()), BTreeMap::new())
    }

    /// A row with those below it, each under the id that it has in the other record. `ids` are those of rows that went before.
    pub(crate) fn rows_along(
        &self,
        source: &Record,
        top: RowKey,
        mut ids: BTreeMap<RowKey, String>,
    ) -> Reply<Entry> {
        let mut rows = vec![top.clone()];
        let mut at = 0;
        while let Some((list, row)) = rows.get(at).cloned() {
            rows.extend(self.rows_below(source, &list, &row));
            at += 1;
        }
        ids.extend(rows.iter().map(|row| (row.clone(), self.row_there(row))));
        let mut moved = Entry { entry: format!("{}/{}", top.0, self.row_there(&top)), ..Entry::default() };
        for row in &rows {
            self.move_row(source, row, &ids, &mut moved)?;
        }
        let of_rows = |path: &Path| row_of(path).is_some_and(|row| rows.contains(&row));
        moved.away.extend(self.proposals_gone(source, of_rows)?);
        Ok(moved)
    }

    /// Proposals about what is moved go from the views and the history with it: they say what it said.
    fn proposals_gone(
        &self,
        source: &Record,
        is_moved: impl Fn(&Path) -> bool,
    ) -> Reply<Vec<(Path, Scalar)>> {
        let mut gone = Vec::new();
        for path in source.paths() {
            let (about, also) = (ABOUT.contains(&path.field()), ALSO.contains(&path.field()));
            if path.list() != Some(LIST) || !about && !also {
                continue;
            }
            let mut ever = source.docs.values().flat_map(|document| document.ever(&path));
            let about = ever.any(|value| match (also, value.as_text()) {
                (true, _) => paths_also(&value).iter().any(&is_moved),
                (false, text) => {
                    text.and_then(|text| Path::new(text).ok()).is_some_and(|path| is_moved(&path))
                }
            });
            if let Some(row) = path.entity().filter(|_| about) {
                gone.push((self.path(&format!("{LIST}/{row}/{REMOVED}"))?, Scalar::from(WRONG)));
                let under = format!("{LIST}/{row}/");
                let of_it = source.paths().into_iter().filter(|path| path.as_str().starts_with(&under));
                gone.extend(of_it.filter(|path| path.field() != REMOVED).map(|path| (path, Scalar::Null)));
            }
        }
        gone.sort();
        gone.dedup();
        Ok(gone)
    }

    /// Refuses an entry about the very child it is to go to: nobody is a relative of themselves.
    pub(crate) fn points_elsewhere(&self, moved: &Entry, to: RecordId) -> Reply<()> {
        let to = short::long_text(to.as_bytes());
        let itself = moved.here.iter().any(|(path, value)| {
            let target = self.schema.field_at(path).and_then(|field| field.to.as_ref());
            matches!(target, Some(Target::Record(_))) && value.as_text() == Some(to.as_str())
        });
        if itself { Err(Code::SameRecord.into()) } else { Ok(()) }
    }

    /// Rows that belong to a row, those that were taken out among them: their history goes too.
    fn rows_below(&self, source: &Record, list: &str, row: &str) -> Vec<RowKey> {
        let below = |path: &Path| {
            let of = path.list().and_then(|list| self.schema.list(list)).and_then(|list| list.of.as_deref());
            of == Some(list)
                && path.field() == "of"
                && source.folded(&self.schema, path).shown().and_then(Scalar::as_text) == Some(row)
        };
        let paths = source.paths().into_iter().filter(below);
        paths.filter_map(|path| Some((path.list()?.to_owned(), path.entity()?.to_owned()))).collect()
    }

    fn move_row(
        &self,
        source: &Record,
        row: &RowKey,
        ids: &BTreeMap<RowKey, String>,
        moved: &mut Entry,
    ) -> Reply<()> {
        let under = format!("{}/{}/", row.0, row.1);
        let removed = self.path(&format!("{under}{REMOVED}"))?;
        let is_out = source.folded(&self.schema, &removed).shown().is_some_and(|value| !value.is_null());
        for path in source.paths().into_iter().filter(|path| path.as_str().starts_with(&under)) {
            moved.gone.extend(self.files_of(source, &path));
            let held = source.folded(&self.schema, &path);
            if held.is_disputed() {
                return Err(Failure::about(Code::SettleFirst, [path.form_key()]));
            }
            if let Some(value) = held.shown().filter(|value| !value.is_null() && !is_out) {
                let value = self.points_along(&path, self.as_typed(&path, value)?, ids);
                let there = format!("{}/{}/{}", row.0, ids.get(row).map_or("", String::as_str), path.field());
                moved.here.push((self.path(&there)?, value));
            }
            moved.away.push((path, Scalar::Null));
        }
        moved.away.retain(|(path, _)| *path != removed);
        moved.away.push((removed, Scalar::from(WRONG)));
        moved.away.extend(self.marks(source, row, &moved.away)?);
        Ok(())
    }

    /// One answer in each compartment that a row has fields in and none that was given: each compartment says for itself that the
    /// row went, and tells what comes later.
    fn marks(&self, source: &Record, row: &RowKey, away: &[(Path, Scalar)]) -> Reply<Vec<(Path, Scalar)>> {
        let of_row = away.iter().filter(|(path, _)| row_of(path).as_ref() == Some(row));
        let mut said: BTreeSet<_> = of_row.filter_map(|(path, _)| self.schema.compartment(path)).collect();
        let mut marks = Vec::new();
        for field in self.schema.list(&row.0).iter().flat_map(|list| &list.fields) {
            if source.docs.contains_key(&field.compartment()) && said.insert(field.compartment()) {
                marks.push((self.path(&format!("{}/{}/{}", row.0, row.1, field.id))?, Scalar::Null));
            }
        }
        Ok(marks)
    }

    /// A free-text field on its own. The other record must have nothing there: nobody's words are written over.
    fn field_entry(&self, source: &Record, target: &Record, field: &str) -> Reply<Entry> {
        let path = Path::new(field).map_err(|_| Failure::from(Code::UnknownField))?;
        let held = source.folded(&self.schema, &path);
        if held.is_disputed() {
            return Err(Failure::about(Code::SettleFirst, [path.form_key()]));
        }
        let value = held.shown().filter(|value| !value.is_null() && self.is_narrative(&path));
        let Some(value) = value else {
            return Err(Failure::about(Code::UnknownField, ["?".to_owned()]));
        };
        if target.shown(&self.schema, field).is_some() {
            return Err(Failure::about(Code::AnsweredThere, [field.to_owned()]));
        }
        let mut away = self.proposals_gone(source, |about| *about == path)?;
        away.push((path.clone(), Scalar::Null));
        Ok(Entry {
            here: vec![(path.clone(), self.as_typed(&path, value)?)],
            gone: self.files_of(source, &path),
            away,
            entry: field.to_owned(),
        })
    }

    /// Files of every narrative that a path ever held.
    pub(crate) fn files_of(&self, source: &Record, path: &Path) -> Vec<BlobId> {
        if !self.is_narrative(path) {
            return Vec::new();
        }
        let document = self.schema.compartment(path).and_then(|compartment| source.docs.get(&compartment));
        let values = document.map(|document: &Document| document.ever(path)).unwrap_or_default();
        values.iter().filter_map(reference).map(|reference| reference.blob).collect()
    }

    /// A narrative as its text, so that it is sealed anew under another key. One that is not on this device cannot be moved
    /// from here: it would be lost.
    pub(crate) fn as_typed(&self, path: &Path, value: &Scalar) -> Reply<Scalar> {
        if reference(value).is_none() {
            return Ok(value.clone());
        }
        let text = self.narrative(value).ok_or_else(|| Failure::about(Code::NotHere, [path.form_key()]))?;
        Ok(Scalar::from(text.as_str()))
    }

    /// A reference to a row that moves along points to it where it goes.
    pub(crate) fn points_along(&self, path: &Path, value: Scalar, ids: &BTreeMap<RowKey, String>) -> Scalar {
        let field = self.schema.field_at(path);
        let list = match (path.field(), field.and_then(|field| field.to.as_ref())) {
            ("of", _) => path.list().and_then(|list| self.schema.list(list)).and_then(|list| list.of.clone()),
            (_, Some(Target::Row(list))) => Some(list.clone()),
            _ => None,
        };
        let target = list.zip(value.as_text().map(str::to_owned));
        target.and_then(|key| ids.get(&key)).map_or(value, |new| Scalar::from(new.as_str()))
    }

    pub(crate) fn path(&self, text: &str) -> Reply<Path> {
        Path::new(text).map_err(|_| Code::UnknownRow.into())
    }
}

fn change_refs(record: RecordId, changes: &[tern_record::IntentId]) -> impl Iterator<Item = ChangeRef> {
    let child = short::long_text(record.as_bytes());
    changes.iter().map(move |change| ChangeRef { child: child.clone(), change: change.to_hex() })
}

/// The row that a path is of.
pub(crate) fn row_of(path: &Path) -> Option<RowKey> {
    Some((path.list()?.to_owned(), path.entity()?.to_owned()))
}
