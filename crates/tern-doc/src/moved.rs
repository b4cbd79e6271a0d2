//! What was typed into the wrong record and moved to the right one: gone from every view and from the history
//! of this record, though the intents stay whole. Only an intent of cause [`Cause::Moved`] hides anything, and what
//! its author had not seen stays.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{Cause, Intent, IntentId, Path};

/// A row: its list and its id.
pub type RowKey = (String, String);

#[derive(Clone, Debug, Default)]
pub struct Moved {
    rows: BTreeSet<RowKey>,
    concealed: BTreeSet<RowKey>,
    puts: BTreeMap<Path, BTreeSet<IntentId>>,
}

impl Moved {
    /// Notes what an intent moves away. `seen` tells which intents put to a path before, as its author saw.
    pub fn take(&mut self, intent: &Intent, seen: impl Fn(&Path) -> BTreeSet<IntentId>) {
        if intent.cause() != Cause::Moved {
            return;
        }
        for (path, value) in intent.puts() {
            match row_of(path) {
                Some(row) if path.field() == "removed" && !value.is_null() => {
                    self.rows.insert(row);
                }
                None if value.is_null() => self.puts.entry(path.clone()).or_default().extend(seen(path)),
                _ => {}
            }
        }
    }

    /// Rows that this document says were moved.
    pub fn rows(&self) -> &BTreeSet<RowKey> {
        &self.rows
    }

    /// Rows that any compartment says were moved.
    pub fn conceal(&mut self, rows: &BTreeSet<RowKey>) {
        if self.concealed != *rows {
            self.concealed.clone_from(rows);
        }
    }

    /// A path of a row that was moved.
    pub fn hides_row(&self, path: &Path) -> bool {
        !self.concealed.is_empty() && row_of(path).is_some_and(|row| self.concealed.contains(&row))
    }

    /// What this intent put to this path was moved.
    pub fn hides(&self, path: &Path, id: &IntentId) -> bool {
        self.hides_row(path) || self.puts.get(path).is_some_and(|ids| ids.contains(id))
    }
}

fn row_of(path: &Path) -> Option<RowKey> {
    Some((path.list()?.to_owned(), path.entity()?.to_owned()))
}
