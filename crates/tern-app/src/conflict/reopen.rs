//! Taking a settlement back: the answers that stood beside each other before do so again, on every device.

use std::collections::BTreeMap;

use tern_record::{Cause, Compartment, Held, IntentId, Path, RecordId, Scalar};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, Made};
use crate::failure::Failure;
use crate::record::Record;

/// What takes changes of one record back.
pub(crate) struct TakenBack {
    /// The record.
    pub(crate) record: RecordId,
    /// Answers that stand again.
    pub(crate) puts: Vec<(Path, Scalar)>,
    /// Answers of which several stand beside each other again.
    pub(crate) reopened: BTreeMap<Path, Vec<Scalar>>,
}

impl App {
    /// Takes changes of several records back, all of them or none; gives the new changes.
    pub(crate) fn take_back(&mut self, back: Vec<TakenBack>) -> Reply<Vec<IntentId>> {
        let mut made: Vec<(Record, Made)> = Vec::with_capacity(back.len());
        for TakenBack { record, puts, reopened } in back {
            let mut opened = self.open_record(record)?;
            let mut whole = self.make(&mut opened, &[], puts, Cause::PutBack)?;
            for (path, values) in reopened {
                self.reopen(&mut opened, &path, values, &mut whole)?;
            }
            made.push((opened, whole));
        }
        self.commit(&mut made, &Along::default())?;
        let mut changes = Vec::new();
        for (record, made) in made {
            changes.extend(made.changes);
            self.close_record(record);
        }
        Ok(changes)
    }

    /// Puts each of these answers as somebody would who had not seen the others. The one that stands now keeps standing: the
    /// others are put as of before it.
    fn reopen(
        &mut self,
        opened: &mut Record,
        path: &Path,
        mut values: Vec<Scalar>,
        whole: &mut Made,
    ) -> Reply<()> {
        let standing = match opened.folded(&self.schema, path) {
            Held::Settled(said) if values.contains(&said.value) => Some(said),
            _ => None,
        };
        let seen = match &standing {
            Some(said) => {
                values.retain(|value| *value != said.value);
                self.seen_by(opened, path, &said.change)
            }
            None => opened.heads(),
        };
        for value in values {
            let one = self.make(opened, &seen, vec![(path.clone(), value)], Cause::PutBack)?;
            whole.join(one);
        }
        Ok::<(), Failure>(())
    }

    /// Heads that the author of a change had seen of its document.
    pub(crate) fn seen_by(&self, opened: &Record, path: &Path, change: &IntentId) -> Vec<String> {
        let at: Option<Compartment> = self.schema.compartment(path);
        let document = at.and_then(|at| opened.docs.get(&at));
        let seen = document.and_then(|document| document.seen_by(change)).unwrap_or_default();
        seen.iter().map(IntentId::to_hex).collect()
    }
}
