//! The one way in which anything is put: intents at the heads that were seen, one a compartment touched, in
//! one transaction with everything that is derived of them.

use std::collections::BTreeMap;

use tern_doc::Authored;
use tern_record::cbor::Canonical;
use tern_record::rule::Voices;
use tern_record::{Cause, Compartment, DraftId, Intent, IntentId, Path, RecordId, Scalar, Stamp, short};
use tern_seal::{doc_id, intent_id};
use tern_store::intent::IntentRow;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::narrative::Kept;
use crate::noted::Noted;
use crate::propose::{is_kept_apart, kept_apart};
use crate::record::Record;
use crate::view::ChangeRef;

mod commit;
mod rows;
mod rules;

pub use rows::Rows;
pub(crate) use rows::refusal;

/// What was put and is on the disk.
#[derive(Clone, Debug)]
pub struct Put {
    /// The intents made; empty when nothing changed.
    pub changes: Vec<IntentId>,
    /// Heads now.
    pub heads: Vec<String>,
    /// When it was typed.
    pub stamp: Stamp,
}

/// Intents that are made and not written yet.
pub(crate) struct Made {
    rows: Vec<IntentRow>,
    pub(crate) changes: Vec<IntentId>,
    pub(crate) stamp: Stamp,
    /// Narratives that were sealed for it.
    kept: Vec<Kept>,
    /// What this seat may write and not read.
    noted: Vec<Noted>,
}

impl Made {
    /// A later step of the same record.
    pub(crate) fn join(&mut self, later: Self) {
        self.rows.extend(later.rows);
        self.changes.extend(later.changes);
        self.kept.extend(later.kept);
        self.noted.extend(later.noted);
    }
}

/// A record that begins, with what is put into it step by step.
pub(crate) struct New {
    /// Its id.
    pub id: RecordId,
    /// What caused each step, and its answers.
    pub steps: Vec<(Cause, Vec<(Path, Scalar)>)>,
}

/// What else happens in the same transaction.
#[derive(Default)]
pub struct Along {
    /// Attachments whose files are on the disk already.
    pub(crate) blobs: Vec<Kept>,
    /// A draft that everything of is in the record now.
    pub draft: Option<DraftId>,
    /// A draft that goes on as this record.
    pub becomes: Option<tern_store::draft::DraftRow>,
    /// Attachments whose reference the change takes away.
    pub gone: Vec<tern_record::BlobId>,
    /// What is kept of it without content: who exported, who moved an entry.
    pub events: Vec<tern_store::audit::AuditRow>,
    /// The interview in which the record began goes on: a slip is corrected where it was made.
    pub interview: bool,
    /// Proposals are among the puts: for linking two records alone.
    pub proposes: bool,
}

/// Who stands behind a change, by what caused it.
fn voices(cause: Cause) -> Voices {
    match cause {
        Cause::Confirmed => Voices::Two,
        Cause::Imported => Voices::File,
        Cause::PutBack => Voices::Slip,
        _ => Voices::One,
    }
}

impl App {
    /// Puts values into a record that was opened at `heads`; empty heads mean now's.
    pub(crate) fn put(
        &mut self,
        record: RecordId,
        heads: &[String],
        puts: Vec<(Path, Scalar)>,
        cause: Cause,
        along: Along,
    ) -> Reply<Put> {
        self.with_record(record, |app, opened| app.put_into(opened, heads, puts, cause, along))
    }

    fn put_into(
        &mut self,
        record: &mut Record,
        heads: &[String],
        puts: Vec<(Path, Scalar)>,
        cause: Cause,
        along: Along,
    ) -> Reply<Put> {
        let voices = if along.interview { Voices::Slip } else { voices(cause) };
        if puts.iter().any(is_kept_apart) {
            return Err(kept_apart());
        }
        let mut made = self.make_as(record, heads, puts, cause, voices)?;
        made.kept.extend(along.blobs.iter().copied());
        let (changes, stamp) = (made.changes.clone(), made.stamp);
        if !made.rows.is_empty() || !made.noted.is_empty() || along.draft.is_some() || along.becomes.is_some()
        {
            self.commit(&mut [(&*record, made)], &along)?;
        }
        Ok(Put { changes, heads: record.heads(), stamp })
    }

    /// Makes the intents of a change, one a compartment touched, without writing them.
    pub(crate) fn make(
        &mut self,
        record: &mut Record,
        heads: &[String],
        puts: Vec<(Path, Scalar)>,
        cause: Cause,
    ) -> Reply<Made> {
        if puts.iter().any(is_kept_apart) {
            return Err(kept_apart());
        }
        self.make_any(record, heads, puts, cause)
    }

    /// The same, proposals among the puts: for proposing, confirming and moving alone.
    pub(crate) fn make_any(
        &mut self,
        record: &mut Record,
        heads: &[String],
        puts: Vec<(Path, Scalar)>,
        cause: Cause,
    ) -> Reply<Made> {
        self.make_as(record, heads, puts, cause, voices(cause))
    }

    fn make_as(
        &mut self,
        record: &mut Record,
        heads: &[String],
        puts: Vec<(Path, Scalar)>,
        cause: Cause,
        voices: Voices,
    ) -> Reply<Made> {
        self.may_put(record, &puts)?;
        let puts = self.with_concern(record, puts, voices)?;
        let puts = self.counting_again(record, puts)?;
        if let Err(refused) = self.keep_rules(record, &puts, voices) {
            self.note_stopped(record, &refused);
            return Err(refused);
        }
        let stamp = self.ports.clock.stamp();
        let (puts, kept) = self.seal_narratives(record, puts)?;
        let seen = if heads.is_empty() { BTreeMap::new() } else { record.deps(heads)? };
        let (mut rows, mut changes, mut noted) = (Vec::new(), Vec::new(), Vec::new());
        for (compartment, puts) in self.by_compartment(puts)? {
            let Some(document) = record.docs.get_mut(&compartment) else {
                noted.extend(self.note(record.id, compartment, stamp, cause, puts)?);
                continue;
            };
            let deps = seen.get(&compartment).cloned().unwrap_or_else(|| document.heads());
            // What is moved ends here even where it had been taken back already: nobody reads it in this record.
            let puts = if cause == Cause::Moved { puts } else { document.would_change(puts, &deps) };
            if puts.is_empty() {
                continue;
            }
            let (form, version) = self.form_of(&puts);
            let intent =
                Intent::new(stamp, cause, &form, version, deps, puts).map_err(|_| Code::WrongValue)?;
            let row = self.close(record.id, compartment, &intent)?;
            changes.push(row.id);
            document.apply(Authored {
                id: row.id,
                by: self.me.worker,
                on: self.me.device,
                seat: self.me.seat,
                intent,
            });
            rows.push(row);
        }
        Ok(Made { rows, changes, stamp, kept, noted })
    }

    /// What this seat may write and not read: an intent that has seen nothing.
    fn note(
        &self,
        record: RecordId,
        compartment: Compartment,
        stamp: Stamp,
        cause: Cause,
        mut puts: Vec<(Path, Scalar)>,
    ) -> Reply<Option<Noted>> {
        puts.retain(|(_, value)| !value.is_null());
        if puts.is_empty() {
            return Ok(None);
        }
        let (form, version) = self.form_of(&puts);
        let intent = Intent::new(stamp, cause, &form, version, Vec::new(), puts);
        Ok(Some(Noted { record, compartment, intent: intent.map_err(|_| Code::WrongValue)? }))
    }

    /// Puts the first answers of several records, all of them or none.
    pub(crate) fn put_new(
        &mut self,
        new: Vec<(RecordId, Vec<(Path, Scalar)>)>,
        cause: Cause,
        events: Vec<tern_store::audit::AuditRow>,
    ) -> Reply<()> {
        let new = new.into_iter().map(|(id, puts)| New { id, steps: vec![(cause, puts)] });
        self.put_lives(new.collect(), events)
    }

    /// The same step by step: what was told first, and what was learned later.
    pub(crate) fn put_lives(&mut self, new: Vec<New>, events: Vec<tern_store::audit::AuditRow>) -> Reply<()> {
        self.put_together(new, &Along { events, ..Along::default() }).map(drop)
    }

    /// Puts into several records, old and new, all of it or none; gives the changes, for undo.
    pub(crate) fn put_together(&mut self, new: Vec<New>, along: &Along) -> Reply<Vec<ChangeRef>> {
        let mut merged: Vec<New> = Vec::with_capacity(new.len());
        for New { id, steps } in new {
            match merged.iter_mut().find(|known| known.id == id) {
                Some(known) => known.steps.extend(steps),
                None => merged.push(New { id, steps }),
            }
        }
        let mut made = Vec::with_capacity(merged.len());
        for New { id, steps } in merged {
            let mut record = self.open_record(id)?;
            let mut whole: Option<Made> = None;
            for (cause, puts) in steps {
                let step = match along.proposes {
                    true => self.make_any(&mut record, &[], puts, cause)?,
                    false => self.make(&mut record, &[], puts, cause)?,
                };
                match &mut whole {
                    Some(whole) => whole.join(step),
                    None => whole = Some(step),
                }
            }
            made.extend(whole.map(|whole| (record, whole)));
        }
        self.commit(&mut made, along)?;
        let mut changes = Vec::new();
        for (record, made) in made {
            let child = short::long_text(record.id.as_bytes());
            changes.extend(
                made.changes.iter().map(|change| ChangeRef { child: child.clone(), change: change.to_hex() }),
            );
            self.close_record(record);
        }
        Ok(changes)
    }

    /// Puts values into several records, all of them or none; tells the changes that it made, by record.
    pub(crate) fn put_all(
        &mut self,
        puts: Vec<(RecordId, Vec<(Path, Scalar)>)>,
        cause: Cause,
        events: Vec<tern_store::audit::AuditRow>,
    ) -> Reply<Vec<(RecordId, IntentId)>> {
        // A record that is named twice is opened once: two changes at the same heads would be a fork.
        let mut merged: Vec<(RecordId, Vec<(Path, Scalar)>)> = Vec::with_capacity(puts.len());
        for (id, puts) in puts {
            match merged.iter_mut().find(|(known, _)| *known == id) {
                Some((_, all)) => all.extend(puts),
                None => merged.push((id, puts)),
            }
        }
        let mut made = Vec::with_capacity(merged.len());
        for (id, puts) in merged {
            let mut record = self.open_record(id)?;
            let change = self.make(&mut record, &[], puts, cause)?;
            made.push((record, change));
        }
        self.commit(&mut made, &Along { events, ..Along::default() })?;
        let mut told = Vec::new();
        for (record, change) in made {
            told.extend(change.changes.into_iter().map(|change| (record.id, change)));
            self.close_record(record);
        }
        Ok(told)
    }

    /// Puts by the compartment that the form's tier sends them to.
    fn by_compartment(&self, puts: Vec<(Path, Scalar)>) -> Reply<BTreeMap<Compartment, Vec<(Path, Scalar)>>> {
        let mut sorted: BTreeMap<Compartment, Vec<(Path, Scalar)>> = BTreeMap::new();
        for (path, value) in puts {
            let compartment = match self.schema.field_at(&path) {
                Some(field) => field.compartment(),
                None => return Err(Failure::about(Code::UnknownField, [path.to_string()])),
            };
            sorted.entry(compartment).or_default().push((path, value));
        }
        Ok(sorted)
    }

    fn form_of(&self, puts: &[(Path, Scalar)]) -> (String, u32) {
        let form =
            puts.first().and_then(|(path, _)| self.schema.field_at(path)).map(|field| field.form.clone());
        let form = form.unwrap_or_else(|| "child".to_owned());
        let version = self.schema.form(&form).map_or(1, |form| form.version);
        (form, version)
    }

    fn close(&self, record: RecordId, compartment: Compartment, intent: &Intent) -> Reply<IntentRow> {
        let doc = doc_id(self.realm, record, compartment);
        let id = intent_id(self.realm, doc, self.me.seat, intent);
        let body =
            self.draw(|random| self.keys.close_intent(compartment, doc, id, intent.to_bytes(), random))?;
        Ok(IntentRow {
            id,
            doc,
            record,
            compartment,
            scope: self.keys.scope(compartment)?.scope,
            seat: self.me.seat,
            at_ms: intent.stamp().at_ms,
            body,
        })
    }
}
