//! Links that two devices made or took back without knowing of each other: a child goes on counting by one record at least.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::life::{Life, code};
use tern_record::{Cause, Compartment, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::Along;
use crate::failure::{Code, Failure};
use crate::record::Record;

/// The records that each of these is called the same as.
type Links = BTreeMap<RecordId, BTreeSet<RecordId>>;

const STATUS: &str = "case.status";
/// Another record counts for the same child.
const AWAY: &str = "duplicate";

impl App {
    /// A record that came and counts by another, or was emptied while somebody went on with it: whether the child counts is
    /// looked at once all has come.
    pub(crate) fn is_to_mend(&self, opened: &Record) -> bool {
        let Some(core) = opened.docs.get(&Compartment::Core).filter(|core| !core.is_empty()) else {
            return false;
        };
        let status = Path::new(STATUS).map(|path| core.held_folded(&path, self.schema.rule(&path)));
        let is_away = status.is_ok_and(|status| status.shown().and_then(Scalar::as_text) == Some(AWAY));
        is_away || self.is_emptied(opened)
    }

    /// Lets a record count again that does not: it was emptied elsewhere, its link was taken back, or all that it leads to lead
    /// back to it. Every device that may write it says the same of the same record. What fails stays to be done: it keeps no other
    /// record, and none of what came, from counting.
    pub(crate) fn mend_links(&mut self) {
        if self.links_due {
            self.links_due = self.mend_what_waits().is_err();
        }
    }

    fn mend_what_waits(&mut self) -> Reply<()> {
        let mut so_far = Ok(());
        for record in self.vault.to_mend()? {
            so_far = self.mend_link(record).and(so_far);
        }
        so_far
    }

    fn mend_link(&mut self, record: RecordId) -> Reply<()> {
        self.fill_emptied(record)?;
        if let Some(again) = self.counts_nowhere(record)? {
            let status = Path::new(STATUS).map_err(|_| Failure::from(Code::UnknownField))?;
            let puts = vec![(status, Scalar::from("open"))];
            let may = self.with_record(again, |app, opened| Ok(app.may_put(opened, &puts).is_ok()))?;
            if may {
                self.put(again, &[], puts, Cause::Derived, Along::default())?;
            }
        }
        let done = self.vault.write(|tx| tx.mended(record));
        done.map_err(|error: tern_store::StoreError| Failure::from(error))
    }

    /// The record that is to count again, when none that this one leads to does.
    fn counts_nowhere(&mut self, from: RecordId) -> Reply<Option<RecordId>> {
        let mut links = Links::new();
        let mut ahead = vec![from];
        while let Some(record) = ahead.pop() {
            if links.contains_key(&record) {
                continue;
            }
            // What is not on this device counts where it is.
            if self.vault.find_child(record)?.is_none() {
                return Ok(None);
            }
            let life = self.with_record(record, |app, opened| Ok(app.life(opened, Compartment::Core)))?;
            if !is_away(&life) {
                return Ok(None);
            }
            let same = life.rows("same_as").filter(|(_, row)| code(row, "decision") == Some("same"));
            let to: BTreeSet<RecordId> = same
                .filter_map(|(_, row)| short::from_long_text(code(row, "record")?))
                .map(RecordId::new)
                .collect();
            ahead.extend(&to);
            links.insert(record, to);
        }
        let in_ring = links.keys().copied().find(|record| leads_to(&links, *record).contains(record));
        let alone = links.get(&from).is_some_and(BTreeSet::is_empty);
        Ok(if alone { Some(from) } else { in_ring })
    }
}

/// It stopped counting because another record counts for its child.
fn is_away(life: &Life) -> bool {
    life.code(STATUS) == Some(AWAY)
}

/// Everything that links lead to from a record.
fn leads_to(links: &Links, from: RecordId) -> BTreeSet<RecordId> {
    let mut found = BTreeSet::new();
    let mut ahead = vec![from];
    while let Some(record) = ahead.pop() {
        for next in links.get(&record).into_iter().flatten() {
            if found.insert(*next) {
                ahead.push(*next);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::first;

    #[test]
    fn a_record_counts_by_one_that_is_not_on_this_device() {
        let folder = tempfile::tempdir().unwrap();
        let mut app = first(folder.path());
        let child = json!({ "names": ["Samir"], "sex": "M", "age": 9, "accompaniment": "unknown" });
        let registered = app.script_register(&child).unwrap();
        let record = app.resolve(registered["id"].as_str().unwrap()).unwrap();
        let elsewhere = short::long_text(&[7; 16]);
        let put = |path: String, value: &str| (Path::new(&path).unwrap(), Scalar::from(value));
        let row = short::long_text(&[9; 16]);
        let puts = vec![
            put(format!("same_as/{row}/record"), &elsewhere),
            put(format!("same_as/{row}/decision"), "same"),
            put("case.status".to_owned(), "duplicate"),
        ];
        app.put(record, &[], puts, Cause::Confirmed, Along::default()).unwrap();
        app.vault.write(|tx| tx.note_to_mend(record)).unwrap();
        app.mend_links();
        assert_eq!(app.vault.to_mend().unwrap(), [record], "nothing came: nothing is asked for");
        app.links_due = true;
        app.mend_links();
        assert_eq!((app.vault.to_mend().unwrap(), app.links_due), (vec![], false));
        let failed = app.as_one(|app| {
            app.vault.write(|tx| tx.note_to_mend(record)).unwrap();
            app.links_due = true;
            app.mend_links();
            Reply::<()>::Err(Code::Internal("a test").into())
        });
        assert!(failed.is_err() && app.links_due, "what did not happen is looked at again");
        let is_away =
            app.with_record(record, |app, opened| Ok(is_away(&app.life(opened, Compartment::Core))));
        assert!(is_away.unwrap(), "what two people decided stays");
    }

    fn id(byte: u8) -> RecordId {
        RecordId::new([byte; 16])
    }

    #[test]
    fn a_record_in_a_ring_leads_to_itself() {
        let to = |all: &[u8]| all.iter().map(|byte| id(*byte)).collect();
        let links = Links::from([(id(1), to(&[2])), (id(2), to(&[3])), (id(3), to(&[2]))]);
        assert!(!leads_to(&links, id(1)).contains(&id(1)));
        assert!(leads_to(&links, id(2)).contains(&id(2)) && leads_to(&links, id(3)).contains(&id(3)));
    }
}
