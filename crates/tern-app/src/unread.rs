//! What the gate takes without reading the record: while much comes, most changes build on what is known to count, and nothing
//! in the record has a say in whether their author may put them.

use std::collections::{BTreeMap, BTreeSet};

use tern_doc::Authored;
use tern_record::right::Rights;
use tern_record::{Cause, Compartment, DocId, IntentId, Path, RecordId, Scalar};
use tern_store::intent::IntentRow;

use crate::Reply;
use crate::app::App;

impl App {
    /// Records of which the gate is sure to take all of these, and on which they do nothing but count. Of few changes the
    /// record is read all the same, for the lists.
    pub(crate) fn need_not_be_read(
        &mut self,
        rows: &[(IntentRow, Authored)],
        rights: &Rights,
    ) -> Reply<BTreeSet<RecordId>> {
        if !self.late.waits {
            return Ok(BTreeSet::new());
        }
        let (mut sure, mut others) = (BTreeSet::new(), BTreeSet::new());
        let mut along: BTreeMap<DocId, Vec<IntentId>> = BTreeMap::new();
        for (row, authored) in rows {
            let before = along.entry(row.doc).or_default();
            let is_sure = authored.intent.cause() != Cause::Moved
                && authored.intent.puts().iter().all(|put| self.is_sure(rights, row.compartment, put))
                && self.counts_at_once(row.doc, authored.intent.deps(), before)?;
            before.push(row.id);
            if is_sure {
                sure.insert(row.record)
            } else {
                others.insert(row.record)
            };
        }
        sure.retain(|record| !others.contains(record));
        Ok(sure)
    }

    fn is_sure(&self, rights: &Rights, at: Compartment, (path, value): &(Path, Scalar)) -> bool {
        self.might_always_put(rights, path, at) && !self.is_about_files(path, value)
    }

    /// All that a change builds on counts here, and nothing waits for it.
    fn counts_at_once(&mut self, doc: DocId, deps: &[IntentId], before: &[IntentId]) -> Reply<bool> {
        if self.opened.has(&doc) {
            return Ok(false);
        }
        if self.opened.outline_of(&doc).is_none() {
            if self.vault.has_doc(doc)? {
                return Ok(false);
            }
            self.opened.outline(doc, Vec::new());
        }
        Ok(self.opened.outline_of(&doc).is_some_and(|outline| outline.has_all(deps, before)))
    }
}

#[cfg(test)]
mod tests;
