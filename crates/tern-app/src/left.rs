//! What was written into an entry while somebody else moved it to another record, without knowing of each other. It stays
//! in the first record, in the history and among what is to be settled, until a person takes it along to
//! where the entry went, or leaves it out.

use std::collections::{BTreeMap, BTreeSet};

use tern_doc::RowKey;
use tern_form::Schema;
use tern_record::{Cause, Held, Path, RecordId, Said, Scalar, short};
use tern_seal::moved_row_id;
use tern_store::child::Lookup;

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, Put};
use crate::failure::Code;
use crate::moving::{Entry, REMOVED, WRONG, row_of};
use crate::project::ARRIVED;
use crate::record::Record;

/// Most times that an entry which was moved on is followed; and most lists that stand one below the other.
const MOST_MOVES: u8 = 8;

impl Record {
    /// Answers to rows that were moved away, which whoever moved them had not seen.
    pub(crate) fn left_behind(&self, schema: &Schema) -> Vec<(Path, Vec<Said<Scalar>>)> {
        let moved: BTreeSet<&RowKey> =
            self.docs.values().flat_map(|document| document.moved_rows()).collect();
        if moved.is_empty() {
            return Vec::new();
        }
        let mut left = Vec::new();
        for path in self.paths().into_iter().filter(|path| path.field() != REMOVED && path.field() != "of") {
            let Some(row) = row_of(&path) else { continue };
            if moved.contains(&row) || self.hangs_below(schema, row, &moved) {
                left.extend(self.standing(schema, &path).map(|all| (path, all)));
            }
        }
        left
    }

    /// A row that belongs to a moved one, by however many steps, and was not taken out itself.
    fn hangs_below(&self, schema: &Schema, mut row: RowKey, moved: &BTreeSet<&RowKey>) -> bool {
        if self.row_answer(schema, &row, REMOVED).is_some() {
            return false;
        }
        // A circle that somebody made by hand ends here.
        for _ in 0..MOST_MOVES {
            match self.row_above(schema, &row) {
                Some(above) if moved.contains(&above) => return true,
                Some(above) => row = above,
                None => return false,
            }
        }
        false
    }

    /// The row that a row belongs to.
    pub(crate) fn row_above(&self, schema: &Schema, (list, row): &RowKey) -> Option<RowKey> {
        let of = schema.list(list)?.of.clone()?;
        Some((of, self.row_answer(schema, &(list.clone(), row.clone()), "of")?.as_text()?.to_owned()))
    }

    /// The row was moved to another record.
    pub(crate) fn is_moved(&self, row: &RowKey) -> bool {
        self.docs.values().any(|document| document.moved_rows().contains(row))
    }

    fn row_answer(&self, schema: &Schema, (list, row): &RowKey, field: &str) -> Option<Scalar> {
        self.shown(schema, &format!("{list}/{row}/{field}"))
    }

    fn standing(&self, schema: &Schema, path: &Path) -> Option<Vec<Said<Scalar>>> {
        let document = self.docs.get(&schema.compartment(path)?)?;
        let mut all = document.folded(path);
        all.retain(|said| !said.value.is_null());
        (!all.is_empty()).then_some(all)
    }
}

impl App {
    /// What a row is called in the record that it is moved to: whoever knows the row finds it there, and two who move it
    /// to the same record make one entry of it.
    pub(crate) fn row_there(&self, (list, row): &RowKey) -> String {
        short::long_text(moved_row_id(self.realm, list, row).as_bytes())
    }

    /// The record that a row was moved to, and its row there, where that is on this device and in one record only. One that
    /// was moved on is followed.
    fn went_to(&self, row: &RowKey) -> Reply<(RecordId, String)> {
        let mut there = row.1.clone();
        for _ in 0..MOST_MOVES {
            there = self.row_there(&(row.0.clone(), there));
            let children = self.vault.rows_with(&Lookup::Exact(ARRIVED, there.clone()), 2)?;
            let mut found: BTreeSet<RecordId> =
                self.vault.children_by_row(&children)?.into_iter().map(|(record, _)| record).collect();
            for view in self.views.values() {
                found.extend(view.records_with_row(&row.0, &there)?);
            }
            let mut found = found.into_iter();
            match (found.next(), found.next()) {
                (None, _) => {}
                (Some(record), None) => return Ok((record, there)),
                _ => break,
            }
        }
        Err(Code::WentElsewhere.into())
    }

    /// Puts a left answer where its entry went; a row that belongs to the entry goes whole.
    pub(crate) fn take_along(&mut self, from: RecordId, path: &Path, value: Scalar) -> Reply<Put> {
        let mut source = self.open_record(from)?;
        let row = row_of(path).ok_or(Code::UnknownRow)?;
        let mut top = row.clone();
        while !source.is_moved(&top) {
            top = source.row_above(&self.schema, &top).ok_or(Code::UnknownRow)?;
        }
        let (to, there) = self.went_to(&top)?;
        let ids = BTreeMap::from([(top, there)]);
        let entry = match ids.get(&row) {
            Some(there) => self.answer_along(&source, path, there, &value, &ids)?,
            None => self.rows_along(&source, row, ids)?,
        };
        self.points_elsewhere(&entry, to)?;
        let mut target = self.open_record(to)?;
        let seen = self.seen_there(&target, &entry.here);
        let arrived = self.make_any(&mut target, &seen, entry.here, Cause::Moved)?;
        let left = self.make_any(&mut source, &[], entry.away, Cause::Moved)?;
        let put = Put { changes: left.changes.clone(), heads: source.heads(), stamp: left.stamp };
        let mut made = [(source, left), (target, arrived)];
        self.commit(&mut made, &Along { gone: entry.gone, ..Along::default() })?;
        made.into_iter().for_each(|(record, _)| self.close_record(record));
        Ok(put)
    }

    /// Heads of where an answer goes to, as of before somebody answered there anew: that stands beside it. What came there
    /// with the entry was seen by whoever takes it along; then there are none.
    fn seen_there(&self, target: &Record, here: &[(Path, Scalar)]) -> Vec<String> {
        let [(path, value)] = here else { return Vec::new() };
        let document = self.schema.compartment(path).and_then(|at| target.docs.get(&at));
        let ever: BTreeSet<Scalar> =
            document.map(|document| document.ever(path)).into_iter().flatten().collect();
        match target.folded(&self.schema, path) {
            Held::Settled(said) if ever.len() > 1 && said.value != *value => {
                self.seen_by(target, path, &said.change)
            }
            Held::Disputed { all, .. } => {
                all.first().map_or_else(Vec::new, |said| self.seen_by(target, path, &said.change))
            }
            _ => Vec::new(),
        }
    }

    /// The row of an answer was moved, and not one that it belongs to.
    pub(crate) fn went_itself(&mut self, record: RecordId, path: &Path) -> Reply<bool> {
        self.with_record(record, |_, opened| Ok(row_of(path).is_some_and(|row| opened.is_moved(&row))))
    }

    fn answer_along(
        &self,
        source: &Record,
        path: &Path,
        there: &str,
        value: &Scalar,
        ids: &BTreeMap<RowKey, String>,
    ) -> Reply<Entry> {
        let list = path.list().unwrap_or_default();
        let value = self.points_along(path, self.as_typed(path, value)?, ids);
        Ok(Entry {
            here: vec![(self.path(&format!("{list}/{there}/{}", path.field()))?, value)],
            away: vec![(path.clone(), Scalar::Null)],
            gone: self.files_of(source, path),
            entry: String::new(),
        })
    }

    /// Leaves a left answer where it is, in the history alone.
    pub(crate) fn leave_out(&mut self, record: RecordId, path: &Path) -> Reply<Put> {
        let row = row_of(path).ok_or(Code::UnknownRow)?;
        let put = self.with_seen(record, |app, opened| {
            Ok(match opened.is_moved(&row) {
                true => (path.clone(), Scalar::Null),
                false => (app.path(&format!("{}/{}/{REMOVED}", row.0, row.1))?, Scalar::from(WRONG)),
            })
        })?;
        self.put(record, &[], vec![put], Cause::Typed, Along::default())
    }
}
