//! What was typed into the wrong record and moved to the right one: gone from every view and from the history
//! of this record, though the intents stay whole. Only an intent of cause [`Cause::Moved`] hides anything, and what
//! its author had not seen stays: somebody decides where it belongs.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{Cause, Intent, IntentId, Path, Scalar};

/// A row: its list and its id.
pub type RowKey = (String, String);

/// The built-in field of a row that says why it was taken out.
const REMOVED: &str = "removed";

#[derive(Clone, Debug, Default)]
pub struct Moved {
    rows: BTreeSet<RowKey>,
    arrived: BTreeSet<RowKey>,
    hidden: BTreeMap<Path, BTreeSet<IntentId>>,
}

impl Moved {
    /// Notes what an intent moves. `seen` tells which intents put to a path before, as its author saw.
    pub fn take(&mut self, id: IntentId, intent: &Intent, seen: impl Fn(&Path) -> BTreeSet<IntentId>) {
        if intent.cause() != Cause::Moved {
            return;
        }
        for (path, value) in intent.puts() {
            let Some(row) = row_of(path) else {
                if value.is_null() {
                    self.hidden.entry(path.clone()).or_default().extend(seen(path));
                }
                continue;
            };
            if ends(path, value) {
                let hidden = self.hidden.entry(path.clone()).or_default();
                hidden.extend(seen(path));
                hidden.insert(id);
                self.rows.insert(row);
            } else {
                self.arrived.insert(row);
            }
        }
    }

    /// Rows that were moved away.
    pub fn rows(&self) -> &BTreeSet<RowKey> {
        &self.rows
    }

    /// Ids of rows that came from another record and were not moved on.
    pub fn arrived(&self) -> impl Iterator<Item = &String> {
        self.arrived.iter().filter(|row| !self.rows.contains(*row)).map(|(_, row)| row)
    }

    /// Nothing is hidden at all.
    pub fn is_empty(&self) -> bool {
        self.hidden.is_empty()
    }

    /// Paths of which something was moved.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.hidden.keys()
    }

    /// What this intent put to this path was moved.
    pub fn hides(&self, path: &Path, id: &IntentId) -> bool {
        self.hidden.get(path).is_some_and(|ids| ids.contains(id))
    }

    /// The same among the answers that stand. Why a row was taken out stays: what is left of it is no row of any list.
    pub fn silences(&self, path: &Path, id: &IntentId) -> bool {
        !is_removal(path) && self.hides(path, id)
    }
}

/// A moving intent says of a row that it ends here: it takes it out, or an answer of it.
fn ends(path: &Path, value: &Scalar) -> bool {
    value.is_null() || is_removal(path)
}

fn is_removal(path: &Path) -> bool {
    path.field() == REMOVED
}

pub fn row_of(path: &Path) -> Option<RowKey> {
    Some((path.list()?.to_owned(), path.entity()?.to_owned()))
}
