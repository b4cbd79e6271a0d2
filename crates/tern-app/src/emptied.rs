//! A line of a bus was taken out on one device, and the record that it had begun emptied with it, while somebody went on
//! with the child on another. The child stays: what was counted stands again beside what was added.

use std::collections::BTreeMap;

use tern_doc::Change;
use tern_form::Schema;
use tern_record::{Cause, Compartment, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::Along;
use crate::moving::REMOVED;
use crate::record::Record;

impl App {
    /// A record that was counted, of which nothing stands that was, but something else does: it would be on no board.
    pub(crate) fn is_emptied(&self, opened: &Record) -> bool {
        let (Ok(arrival), Some(core)) = (Path::new("tally.arrival"), opened.docs.get(&Compartment::Core))
        else {
            return false;
        };
        let stands = |path: &Path| {
            path.field() != REMOVED
                && opened.folded(&self.schema, path).shown().is_some_and(|value| !value.is_null())
        };
        opened.shown(&self.schema, "case.site").is_none()
            && !core.ever(&arrival).is_empty()
            && opened.paths().iter().any(stands)
    }

    /// Lets the first answers of such a record stand again, where nobody said anything else. Every device that may write
    /// them says the same.
    pub(crate) fn fill_emptied(&mut self, record: RecordId) -> Reply<()> {
        if !self.with_record(record, |app, opened| Ok(app.is_emptied(opened)))? {
            return Ok(());
        }
        let changes = self.changes(&short::long_text(record.as_bytes()))?;
        let first = answers_at_first(&self.schema, &changes);
        let puts = self.with_record(record, |app, opened| {
            let is_blank = |path: &Path| {
                let held = opened.folded(&app.schema, path);
                !held.is_disputed() && held.shown().is_none_or(Scalar::is_null)
            };
            let mut puts: Vec<(Path, Scalar)> = first;
            puts.retain(|(path, value)| value.is_null() != is_blank(path));
            Ok(if app.may_put(opened, &puts).is_ok() { puts } else { Vec::new() })
        })?;
        if !puts.is_empty() {
            self.put(record, &[], puts, Cause::Derived, Along::default())?;
        }
        Ok(())
    }
}

/// The answers that a record began with, whether somebody typed them or a file brought them; rows that were taken out stand
/// again.
pub(crate) fn answers_at_first(schema: &Schema, changes: &[Change]) -> Vec<(Path, Scalar)> {
    let mut back: BTreeMap<Path, Scalar> = BTreeMap::new();
    for put in changes.iter().filter(|change| change.is_beginning()).flat_map(|c| &c.puts) {
        back.insert(put.path.clone(), put.after.clone());
    }
    for path in back.keys().cloned().collect::<Vec<_>>() {
        if let Some(removed) = removed_of(&path)
            && schema.field_at(&removed).is_some()
        {
            back.entry(removed).or_insert(Scalar::Null);
        }
    }
    back.into_iter().collect()
}

/// Where the row of a path says that it was taken out.
fn removed_of(path: &Path) -> Option<Path> {
    Path::new(&format!("{}/{}/{REMOVED}", path.list()?, path.entity()?)).ok()
}

#[cfg(test)]
mod tests {
    use tern_doc::Put;
    use tern_record::{ClockFlag, DeviceId, IntentId, Stamp, WorkerId};

    use super::*;

    fn change(cause: Cause, path: &str, after: &str) -> Change {
        Change {
            id: IntentId::new([1; 32]),
            by: WorkerId::new([2; 16]),
            on: DeviceId::new([3; 16]),
            stamp: Stamp { at_ms: 0, offset_min: 0, clock: ClockFlag::Sure },
            cause,
            form: String::new(),
            puts: vec![Put {
                path: Path::new(path).unwrap(),
                before: Vec::new(),
                after: Scalar::from(after),
            }],
            seen: None,
        }
    }

    #[test]
    fn what_a_file_brought_stands_again_as_what_was_typed_does() {
        let schema = Schema::embedded().unwrap();
        for cause in [Cause::Registered, Cause::Imported] {
            let changes = [change(cause, "names/abcd/name", "Samir"), change(Cause::Typed, "sex", "M")];
            let first = answers_at_first(&schema, &changes);
            let paths: Vec<&str> = first.iter().map(|(path, _)| path.as_str()).collect();
            assert_eq!(paths, ["names/abcd/name", "names/abcd/removed"], "{cause:?}");
        }
    }
}
