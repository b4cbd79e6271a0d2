//! Looking everything over: seals of pages, signatures, chains, blobs, and derived tables against a fresh build.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::log::{End, InLog, LogState};
use tern_record::{Compartment, EnvelopeId, LogId, RecordId};
use tern_seal::envelope::{Envelope, Place};
use tern_seal::sha256;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::project::Derived;

/// What was looked over, and what was found. Empty problems: all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// Envelopes checked.
    pub envelopes: u32,
    /// Intents read.
    pub intents: u32,
    /// Records compared.
    pub records: u32,
    /// Problems, each a stable code and an id; never a value.
    pub problems: Vec<String>,
}

const BATCH: u32 = 500;

impl App {
    /// Checks everything; with `rebuild`, makes the derived tables again afterwards.
    pub fn verify(&mut self, rebuild: bool) -> Reply<Verified> {
        let mut found = Verified::default();
        let pages = self.vault.integrity_problems().map_err(Failure::from);
        let pages = readable(&mut found, "pages", pages)?.unwrap_or_default();
        found.problems.extend(pages.iter().map(|_| "page-damaged".to_owned()));
        let looked = self.verify_chains(&mut found);
        readable(&mut found, "envelopes", looked)?;
        let looked = self.verify_intents(&mut found);
        readable(&mut found, "intents", looked)?;
        let looked = self.verify_blobs(&mut found);
        readable(&mut found, "blobs", looked)?;
        let looked = self.verify_derived(&mut found);
        readable(&mut found, "derived", looked)?;
        let looked = self.verify_views(&mut found);
        readable(&mut found, "views", looked)?;
        if rebuild {
            self.rebuild_all()?;
        }
        Ok(found)
    }

    fn verify_chains(&self, found: &mut Verified) -> Reply<()> {
        let mut logs: BTreeMap<LogId, LogState> =
            self.vault.held_logs()?.into_iter().map(|row| (row.log, row.state)).collect();
        let mut after = 0;
        loop {
            let batch = self.vault.envelopes_after(after, BATCH)?;
            let Some(last) = batch.last().map(|(ord, _)| *ord) else { break };
            after = last;
            for (_, row) in batch {
                found.envelopes += 1;
                logs.entry(row.log).or_default();
                match self.examine(&row.bytes) {
                    Ok((place, id, _)) if row.place() == at(id, &place) => {}
                    Ok(_) => found.problems.push(format!("envelope-misplaced {}", row.id)),
                    // Sealed for others of this device.
                    Err("scope-unknown" | "epoch-unknown") => {}
                    Err(code) => found.problems.push(format!("{code} {}", row.id)),
                }
            }
        }
        self.verify_aside(found)?;
        for (log, noted) in logs {
            let here = LogState::of(&self.vault.places_in(log, 0)?);
            found.problems.extend(parts_at(&noted, &here).map(|seq| format!("chain-broken {log} {seq}")));
        }
        Ok(())
    }

    /// What is kept aside is a link of its chain too, and travels on as it came.
    fn verify_aside(&self, found: &mut Verified) -> Reply<()> {
        for row in self.vault.held()? {
            let Some((_, noted)) = row.signed else { continue };
            let bytes = self.vault.held_bytes(row.id)?.unwrap_or_default();
            let is_whole =
                Envelope::parse(&bytes).is_ok_and(|envelope| noted == at(envelope.id(), envelope.place()));
            if !is_whole {
                found.problems.push(format!("envelope-misplaced {}", noted.id));
            }
        }
        Ok(())
    }

    fn verify_intents(&self, found: &mut Verified) -> Reply<()> {
        let mut after = 0;
        loop {
            let batch = self.vault.intents_after(after, BATCH)?;
            let Some(last) = batch.last().map(|placed| placed.ord) else { return Ok(()) };
            after = last;
            for placed in batch {
                found.intents += 1;
                let row = &placed.intent;
                if !self.keys.compartments.contains_key(&row.compartment) || !self.keys.opens(&row.body) {
                    continue;
                }
                let whole = self.author_of(&placed).is_ok_and(|authored| {
                    tern_seal::intent_id(self.realm, row.doc, row.seat, &authored.intent) == row.id
                });
                if !whole {
                    found.problems.push(format!("intent-damaged {}", row.id));
                }
            }
        }
    }

    fn verify_blobs(&self, found: &mut Verified) -> Reply<()> {
        for blob in self.vault.blobs()? {
            match self.home.read_blob(blob) {
                Ok(bytes) if sha256(&bytes) == *blob.as_bytes() => {}
                Ok(_) => found.problems.push(format!("blob-damaged {blob}")),
                Err(_) => found.problems.push(format!("blob-missing {blob}")),
            }
        }
        Ok(())
    }

    fn verify_views(&self, found: &mut Verified) -> Reply<()> {
        for (compartment, view) in &self.views {
            if !view.integrity_problems()?.is_empty() {
                found.problems.push(format!("view-damaged {}", compartment.code()));
            }
        }
        Ok(())
    }

    fn verify_derived(&mut self, found: &mut Verified) -> Reply<()> {
        let mut after: Option<RecordId> = None;
        let mut seen = BTreeSet::new();
        loop {
            let batch = self.vault.records_after(after, BATCH)?;
            let Some(last) = batch.last().copied() else { return Ok(()) };
            after = Some(last);
            for id in batch {
                seen.insert(id);
                found.records += 1;
                let record = self.open_record(id)?;
                if record.docs.get(&Compartment::Core).is_none_or(tern_doc::Document::is_empty) {
                    continue;
                }
                let same = match self.derive(&record)? {
                    Derived::Child(made) => {
                        self.vault.find_child(id)?.as_ref() == Some(&made.0)
                            && self.vault.keys_of_child(id)? == made.1
                    }
                    Derived::Thing { row, about } => self.vault.thing_kept(id)? == Some((row, about)),
                    Derived::Nothing => self.vault.find_child(id)?.is_none(),
                };
                if !same {
                    found.problems.push(format!("derived-differs {id}"));
                }
            }
        }
    }
}

/// What cannot be read is a problem to tell, not the end of looking.
fn readable<T>(found: &mut Verified, what: &str, looked: Reply<T>) -> Reply<Option<T>> {
    match looked {
        Err(failure) if failure.code == Code::Damaged => {
            found.problems.push(format!("unreadable {what}"));
            Ok(None)
        }
        looked => looked.map(Some),
    }
}

const fn at(id: EnvelopeId, place: &Place) -> InLog {
    InLog { id, log: place.log, seq: place.seq, prev: place.prev }
}

/// Where what is here of a log is not what was noted of it when it came. A gap is no damage: what lies in it has not come, and
/// may never, because its author was taken out meanwhile.
fn parts_at(noted: &LogState, here: &LogState) -> Option<u64> {
    let ends = |state: &LogState| -> BTreeSet<(bool, End)> {
        let tips = state.tips.iter().map(|end| (false, *end));
        tips.chain(state.loose.iter().map(|end| (true, *end))).collect()
    };
    ends(noted).symmetric_difference(&ends(here)).map(|(_, end)| end.seq).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(seq: u64, id: u8, prev: u8) -> InLog {
        let (id, prev) = (EnvelopeId::new([id; 32]), EnvelopeId::new([prev; 32]));
        InLog { id, log: LogId::new([1; 16]), seq, prev }
    }

    #[test]
    fn a_chain_is_broken_where_something_that_came_is_gone_and_not_where_it_never_came() {
        let came = [place(0, 1, 0), place(1, 2, 1), place(2, 3, 2), place(4, 5, 4), place(1, 9, 1)];
        let noted = LogState::of(&came);
        assert_eq!(parts_at(&noted, &noted), None, "one is missing before the fifth, and the log was forked");
        for gone in 0..came.len() {
            let left: Vec<InLog> = (0..came.len()).filter(|at| *at != gone).map(|at| came[at]).collect();
            assert!(parts_at(&noted, &LogState::of(&left)).is_some(), "{gone} is gone");
        }
        assert_eq!(parts_at(&noted, &LogState::of(&came[..2])), Some(1));
        assert_eq!(parts_at(&LogState::default(), &noted), Some(1), "nothing was noted");
    }
}
