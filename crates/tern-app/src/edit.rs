//! The one way in which anything is put: intents at the heads that were seen, one a compartment touched, in
//! one transaction with everything that is derived of them.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use serde_json::Value;
use tern_doc::Authored;
use tern_form::{Kind, Remark};
use tern_record::cbor::Canonical;
use tern_record::rule::{Change, Voices};
use tern_record::{
    Cause, Compartment, DraftId, EntityId, Intent, IntentId, Path, RecordId, Scalar, Stamp, short,
};
use tern_seal::{doc_id, intent_id, limits};
use tern_store::intent::IntentRow;
use tern_store::{StoreError, WriteTx};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::narrative::Kept;
use crate::noted::Noted;
use crate::project::Derived;
use crate::propose::{LIST, is_kept_apart, kept_apart};
use crate::record::Record;
use crate::view::{ChangeRef, EditChild, EditedView};

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

    /// Writes changes that were made, of one record or of several, with all that is derived of them, in one transaction.
    pub(crate) fn commit(&mut self, made: &mut [(impl Borrow<Record>, Made)], along: &Along) -> Reply<()> {
        let scopes: BTreeMap<Compartment, tern_record::ScopeId> =
            Compartment::ALL.into_iter().filter_map(|part| Some((part, self.scope_of(part)?))).collect();
        let noted = made.iter_mut().flat_map(|(_, change)| std::mem::take(&mut change.noted)).collect();
        let dropped = self.drops(noted)?;
        let made = &*made;
        let derived: Vec<Option<Derived>> = made
            .iter()
            .map(|(record, change)| {
                let of_core = change.rows.iter().any(|row| row.compartment == Compartment::Core);
                of_core.then(|| self.derive(record.borrow())).transpose()
            })
            .collect::<Reply<_>>()?;
        self.vault.write(|tx: &WriteTx<'_>| {
            for ((record, change), derived) in made.iter().zip(&derived) {
                let id = record.borrow().id;
                change.rows.iter().try_for_each(|row| tx.add_intent(row).map(drop))?;
                if let Some(derived) = derived {
                    derived.put(tx, id)?;
                }
                for (blob, compartment, size) in &change.kept {
                    if let Some(scope) = scopes.get(compartment) {
                        tx.add_blob(*blob, id, *scope, *size)?;
                    }
                }
            }
            dropped.iter().try_for_each(|dropped| dropped.put(tx))?;
            along.gone.iter().try_for_each(|blob| tx.remove_blob(*blob))?;
            along.gone.iter().try_for_each(|blob| tx.unwant_blob(*blob))?;
            along.events.iter().try_for_each(|event| tx.add_audit(event))?;
            if let Some(draft) = &along.becomes {
                tx.put_draft(draft)?;
            }
            if let Some(draft) = along.draft {
                tx.remove_draft(draft)?;
            }
            Ok::<(), StoreError>(())
        })?;
        match (made, derived.as_slice()) {
            ([(record, change)], [derived]) => self.after(record.borrow(), &change.rows, derived.as_ref()),
            _ => self.after_many(made, &derived),
        }
    }

    /// As [`Self::after`], of several records: each view file is written once.
    fn after_many(&mut self, made: &[(impl Borrow<Record>, Made)], derived: &[Option<Derived>]) -> Reply<()> {
        let records: Vec<&Record> = made.iter().map(|(record, _)| record.borrow()).collect();
        for compartment in [Compartment::Protection, Compartment::Restricted] {
            let _ = self.derive_views(&records, compartment);
        }
        if derived.iter().flatten().any(Derived::is_profile) {
            self.change_profile()?;
        }
        self.seal_when_much();
        Ok(())
    }

    fn seal_when_much(&mut self) {
        let bytes = self.vault.unsealed_bytes(self.me.seat);
        if bytes.is_ok_and(|bytes| bytes >= limits::ENVELOPE_TARGET as u64) {
            let _ = self.seal_work();
        }
    }

    /// The change is on the disk. What follows may fail, as on a full disk, but refuses nothing any more: view files
    /// catch up, and what is unsealed is sealed later.
    fn after(&mut self, record: &Record, rows: &[IntentRow], derived: Option<&Derived>) -> Reply<()> {
        for compartment in [Compartment::Protection, Compartment::Restricted] {
            if rows.iter().any(|row| row.compartment == compartment) {
                let _ = self.derive_view(record, compartment);
            } else if compartment == Compartment::Protection && derived.is_some() {
                let _ = self.refresh_case(record);
            }
        }
        if derived.is_some_and(Derived::is_profile) {
            self.change_profile()?;
        }
        self.seal_when_much();
        Ok(())
    }

    /// Refuses what a rule that protects stands in the way of. What other devices did is never refused: it
    /// is shown as what it is.
    pub(crate) fn keep_rules(&self, record: &Record, puts: &[(Path, Scalar)], voices: Voices) -> Reply<()> {
        let kind = self.kind_of_puts(record, puts)?;
        if kind == "feedback" {
            return self.keeps_staff_outside(record, puts);
        }
        if puts.is_empty() || kind != "child" {
            return Ok(());
        }
        let mut before = self.life(record, Compartment::Restricted);
        before.just_said = self.just_said(record, puts);
        let after = self.life_with(record, Compartment::Restricted, puts);
        let profile = self.profile();
        let today = self.ports.today();
        let change = Change { before: &before, after: &after, puts, voices, profile: &profile, today };
        change.check().map_err(|refused| Failure::about(Code::Rule(refused.rule), [told(&refused.path)]))
    }

    /// Words about staff of this place are not kept in this place, where they would read them (D-26).
    fn keeps_staff_outside(&self, record: &Record, puts: &[(Path, Scalar)]) -> Reply<()> {
        let about = puts.iter().rev().find(|(path, _)| path.as_str() == "feedback.about");
        let about =
            about.map(|(_, value)| value.clone()).or_else(|| record.shown(&self.schema, "feedback.about"));
        let words = puts.iter().any(|(path, value)| path.as_str() == "feedback.text" && !value.is_null());
        if words && about.as_ref().and_then(Scalar::as_text) == Some("staff") {
            let rule = Code::Rule(tern_record::rule::Rule::D_26);
            return Err(Failure::about(rule, ["feedback.text".to_owned()]));
        }
        Ok(())
    }

    /// The kind of record that a change is of. An answer belongs to the kind of record that its form fills.
    fn kind_of_puts(&self, record: &Record, puts: &[(Path, Scalar)]) -> Reply<String> {
        let mut kind = (!record.is_empty()).then(|| self.kind_of(record));
        for (path, _) in puts {
            let Some(field) = self.schema.field_at(path) else { continue };
            let of = self.schema.record_of(field);
            if kind.as_deref().is_some_and(|kind| kind != of) {
                return Err(Failure::about(Code::UnknownField, [told(path.as_str())]));
            }
            kind = Some(of.to_owned());
        }
        Ok(kind.unwrap_or_else(|| "child".to_owned()))
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

    /// A change from a screen or the command line, as JSON by path. `+n` stands for a row that begins.
    pub fn edit_child(&mut self, ask: &EditChild, cause: Cause) -> Reply<EditedView> {
        let mut rows = Rows::default();
        self.edit_rows(ask, cause, &mut rows).map_err(|refused| rows.as_sent(refused))
    }

    fn edit_rows(&mut self, ask: &EditChild, cause: Cause, rows: &mut Rows) -> Reply<EditedView> {
        let record = self.resolve(&ask.id)?;
        self.rows_are_there(record, ask.puts.keys())?;
        let puts = self.read_puts(&ask.puts, rows)?;
        let put = self.put(record, &ask.heads, puts.clone(), cause, Along::default())?;
        let touched: std::collections::BTreeSet<String> =
            puts.iter().map(|(path, _)| path.to_string()).collect();
        let mut remarks = self.remarks_of(record)?;
        remarks.retain(|remark| touched.contains(&remark.path));
        Ok(EditedView {
            changes: put.changes.iter().map(|id| id.to_hex()).collect(),
            rows: rows.text(),
            heads: put.heads,
            saved: crate::show::moment(put.stamp),
            remarks: self.remark_views(remarks),
        })
    }

    /// Refuses a row that nobody began, so that a slip in an id does not begin one.
    fn rows_are_there<'a>(&mut self, record: RecordId, asked: impl Iterator<Item = &'a String>) -> Reply<()> {
        let rows: Vec<Path> = asked
            .filter_map(|text| Path::new(text).ok())
            .filter(|path| path.entity().is_some())
            .filter(|path| self.schema.field_at(path).is_some_and(|field| field.kind != Kind::Set))
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let have = self.with_record(record, |_, opened| Ok(opened.paths()))?;
        let began =
            |row: &Path| have.iter().any(|path| (path.list(), path.entity()) == (row.list(), row.entity()));
        match rows.iter().find(|row| !began(row)) {
            Some(row) => Err(Failure::about(Code::UnknownRow, [row.form_key()])),
            None => Ok(()),
        }
    }

    /// Reads JSON by path into puts, giving an id to each row that begins.
    pub(crate) fn read_puts(
        &self,
        puts: &BTreeMap<String, Value>,
        rows: &mut Rows,
    ) -> Reply<Vec<(Path, Scalar)>> {
        let today = self.ports.today();
        puts.iter()
            .map(|(text, value)| {
                let text = rows.fill(text, || self.draw(EntityId::make_random));
                let unknown = || Failure::about(Code::UnknownField, ["?".to_owned()]);
                let path = Path::new(&text).map_err(|_| unknown())?;
                if path.list() == Some(LIST) {
                    return Err(kept_apart());
                }
                let value = self.schema.value_from_json(&path, value, today).map_err(refusal)?;
                Ok((path, value))
            })
            .collect()
    }

    /// Remarks on a record as it stands.
    pub(crate) fn remarks_of(&mut self, record: RecordId) -> Reply<Vec<Remark>> {
        self.with_record(record, |app, opened| Ok(app.remarks_in(opened)))
    }

    /// Remarks on a record that is open.
    pub(crate) fn remarks_in(&self, opened: &Record) -> Vec<Remark> {
        let answers = opened
            .paths()
            .into_iter()
            .filter_map(|path| {
                let value = opened.folded(&self.schema, &path).shown().cloned()?;
                Some((path.as_str().to_owned(), value))
            })
            .collect();
        self.schema.remarks(&answers, self.ports.today())
    }
}

/// Rows that begin with a change, by the `+n` they were sent with.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<String, EntityId>);

impl Rows {
    /// Puts the row's id in the place of `+n`.
    pub fn fill(&mut self, path: &str, draw: impl FnOnce() -> EntityId) -> String {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [list, token, field] if token.starts_with('+') => {
                let key = format!("{list}/{token}");
                let id = *self.0.entry(key).or_insert_with(draw);
                format!("{list}/{}/{field}", short::long_text(id.as_bytes()))
            }
            _ => path.to_owned(),
        }
    }

    /// A refusal that names the rows as they were sent: `relations/+1/kind`.
    pub(crate) fn as_sent(&self, refused: Failure) -> Failure {
        let sent = |path: String| {
            let row = self.0.iter().find_map(|(token, id)| {
                let list = token.split('/').next().unwrap_or_default();
                let field = path.strip_prefix(&format!("{list}/{}/", short::long_text(id.as_bytes())))?;
                Some(format!("{token}/{field}"))
            });
            row.unwrap_or(path)
        };
        Failure { paths: refused.paths.into_iter().map(sent).collect(), ..refused }
    }

    /// Ids of the rows, by what they were sent with.
    pub fn text(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(token, id)| (token.clone(), short::long_text(id.as_bytes()))).collect()
    }
}

/// A refusal of the form, as a failure.
pub(crate) fn refusal(refusal: tern_form::Refusal) -> Failure {
    use tern_form::RefusalCode;
    let code = match refusal.code {
        RefusalCode::AnswersNeeded => Code::AnswersNeeded,
        RefusalCode::UnknownField => Code::UnknownField,
        code => Code::Form(code.as_str().to_owned()),
    };
    Failure::about(code, refusal.paths.iter().map(|path| told(path)))
}

/// A path as a refusal names it: what stands in the place of a row or of a set's code was typed, and may be
/// an answer.
fn told(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [set, _, "in"] => (*set).to_owned(),
        [_, row, _] if short::from_long_text(row).is_some() => path.to_owned(),
        [list, _, field] => format!("{list}/{field}"),
        _ => path.to_owned(),
    }
}
