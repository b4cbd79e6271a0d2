//! Answers that devices gave differently without knowing of each other. Nobody's is dropped: each stands beside the others
//! until a person settles it, and stays in the history afterwards.

mod both;
mod reopen;
mod show;

pub(crate) use reopen::TakenBack;
pub(crate) use show::Unsettled;
use show::{said_in, witness};

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tern_record::{Cause, Compartment, Held, IntentId, MergeRule, Path, RecordId, Said, Scalar, short};
use tern_sync::planted;

use crate::Reply;
use crate::app::App;
use crate::change_id::change_among;
use crate::edit::{Along, Put, refusal};
use crate::exchange::sweep;
use crate::failure::{Code, Failure};
use crate::propose::LIST;
use crate::record::Record;
use crate::view::{SettleAsk, SettleBy, SettleOne};

/// An answer that is in dispute.
pub struct Conflict {
    /// The record.
    pub record: RecordId,
    /// The answer.
    pub path: Path,
    /// How different answers to it stand beside each other.
    pub rule: MergeRule,
    /// It was written into an entry that somebody moved to another record meanwhile.
    pub left: bool,
    /// It stands behind the lock: that it is there is told, and what it says is not.
    pub shut: bool,
    /// Every answer, the one that is shown meanwhile first.
    pub all: Vec<Said<Scalar>>,
}

impl Conflict {
    /// A person may settle it. Claims of a birth date all stay, each with its source.
    pub fn is_to_settle(&self) -> bool {
        self.left || self.rule != MergeRule::Claims
    }
}

impl App {
    /// Everything in dispute that this seat reads; what is behind the lock only on its own record, with a reason. Of what was
    /// left of a moved entry there it is told that it is there: its own record shows the entry no more.
    pub fn conflicts(&mut self) -> Reply<Vec<Conflict>> {
        let mut conflicts = Vec::new();
        for record in self.records_in_dispute()? {
            conflicts.extend(self.with_seen(record, |app, opened| Ok(app.conflicts_in(opened)))?);
        }
        Ok(conflicts)
    }

    fn records_in_dispute(&self) -> Reply<BTreeSet<RecordId>> {
        let mut records: BTreeSet<RecordId> = self.vault.records_in_dispute()?.into_iter().collect();
        for view in self.views.values() {
            records.extend(view.records_in_dispute()?);
        }
        Ok(records)
    }

    /// What is in dispute in a record that is open. What waits for a second worker has buttons of its own.
    fn conflicts_in(&self, opened: &mut Record) -> Vec<Conflict> {
        let is_shut = |path: &Path| self.schema.compartment(path) == Some(Compartment::Restricted);
        let left = opened.left_behind(&self.schema);
        let mut found = Vec::new();
        for path in opened.paths() {
            let is_left = left.iter().any(|(of, _)| *of == path);
            if is_left || is_shut(&path) || path.list() == Some(LIST) {
                continue;
            }
            if let Held::Disputed { mut all, .. } = opened.held(&self.schema, &path) {
                if planted::is("loser-not-listed") {
                    all.truncate(1);
                }
                let rule = self.schema.rule(&path).clone();
                found.push(Conflict { record: opened.id, rule, left: false, shut: false, path, all });
            }
        }
        let rule = |path: &Path| self.schema.rule(path).clone();
        let conflict = |(path, all)| {
            let (rule, shut) = (rule(&path), is_shut(&path));
            Conflict { record: opened.id, rule, left: true, shut, path, all }
        };
        found.extend(left.into_iter().map(conflict));
        found
    }

    /// Settles answers of one record that are in dispute, all of them or none. Answers that came since the record was read
    /// at these heads stay in dispute. What was left of a moved entry goes first: it changes two records.
    pub(crate) fn settle_conflicts(&mut self, ask: &SettleAsk) -> Reply<Put> {
        let record = self.resolve(&ask.id)?;
        let left = self.with_seen(record, |app, opened| Ok(opened.left_behind(&app.schema)))?;
        match left.is_empty() {
            true => self.settle_all(record, &left, ask),
            false => {
                let put = self.as_one(|app| app.settle_all(record, &left, ask))?;
                // What was taken along leaves its old file once all of it is kept. Bytes that cannot be swept now are swept at
                // the next unlock.
                let _ = sweep(&self.home, &self.vault);
                Ok(put)
            }
        }
    }

    fn settle_all(
        &mut self,
        record: RecordId,
        left: &[(Path, Vec<Said<Scalar>>)],
        ask: &SettleAsk,
    ) -> Reply<Put> {
        let mut puts = Vec::new();
        let mut gone: Option<Put> = None;
        for one in &ask.settles {
            let about = |code: Code| Failure::about(code, [one.path.clone()]);
            let path = Path::new(&one.path).map_err(|_| about(Code::UnknownField))?;
            if let Some((_, all)) = left.iter().find(|(of, _)| *of == path) {
                let mut put = self.settle_left(record, &path, all, &one.by)?;
                put.changes.splice(..0, gone.into_iter().flat_map(|before| before.changes));
                gone = Some(put);
                continue;
            }
            if *self.schema.rule(&path) == MergeRule::Claims {
                return Err(about(Code::ClaimsStay));
            }
            let held = self.with_seen(record, |app, opened| Ok(opened.held(&app.schema, &path)))?;
            let Held::Disputed { all, .. } = held else { return Err(about(Code::NothingToSettle)) };
            puts.extend(self.settled_by(record, &path, &all, &one.by)?);
        }
        let before = match gone {
            Some(put) if puts.is_empty() => return Ok(put),
            gone => gone.into_iter().flat_map(|put| put.changes),
        };
        let mut put = self.put(record, &ask.heads, puts, Cause::Settled, Along::default())?;
        put.changes.splice(..0, before);
        Ok(put)
    }

    /// Several answers in a row that belongs to a moved one are settled where they are, and go along once nothing in the row is
    /// in dispute.
    fn settle_left(
        &mut self,
        record: RecordId,
        path: &Path,
        all: &[Said<Scalar>],
        by: &SettleBy,
    ) -> Reply<Put> {
        match by {
            SettleBy::Write { value: Value::Null } => self.leave_out(record, path),
            by => {
                let settled = self.settled_by(record, path, all, by)?.pop();
                let (_, value) =
                    settled.ok_or_else(|| Failure::about(Code::NothingToSettle, [path.to_string()]))?;
                if all.len() < 2 || self.went_itself(record, path)? {
                    return self.take_along(record, path, value);
                }
                let puts = vec![(path.clone(), value.clone())];
                let mut put = self.put(record, &[], puts, Cause::Settled, Along::default())?;
                match self.take_along(record, path, value) {
                    Ok(along) => put.changes.extend(along.changes),
                    Err(failure) if failure.code == Code::SettleFirst => {}
                    Err(failure) => return Err(failure),
                }
                Ok(put)
            }
        }
    }

    fn settled_by(
        &mut self,
        record: RecordId,
        path: &Path,
        all: &[Said<Scalar>],
        by: &SettleBy,
    ) -> Reply<Vec<(Path, Scalar)>> {
        let about = |code: Code| Failure::about(code, [path.to_string()]);
        match by {
            SettleBy::Write { value } => {
                let value = self.schema.value_from_json(path, value, self.ports.today()).map_err(refusal)?;
                Ok(vec![(path.clone(), value)])
            }
            SettleBy::Keep { change } => {
                let found = change_among(change, all.iter().map(|said| said.change));
                let change = found.map_err(|failure| about(failure.code))?;
                let kept = all.iter().filter(|said| said.change == change);
                Ok(kept.map(|said| (path.clone(), said.value.clone())).take(1).collect())
            }
            SettleBy::Both => self.both(record, path, all),
        }
    }

    /// `settle`.
    pub fn script_settle(&mut self, id: &str, path: &str, by: SettleBy) -> Reply<Value> {
        let settles = vec![SettleOne { path: path.to_owned(), by }];
        let put = self.settle_conflicts(&SettleAsk { id: id.to_owned(), heads: Vec::new(), settles })?;
        let changes: Vec<String> = put.changes.iter().map(IntentId::to_hex).collect();
        Ok(json!({ "change": changes.first(), "changes": changes, "heads": put.heads }))
    }

    /// `conflicts`.
    pub fn script_conflicts(&mut self) -> Reply<Value> {
        let mut told = Vec::new();
        for record in self.records_in_dispute()? {
            self.with_seen(record, |app, opened| {
                let found = app.conflicts_in(opened);
                told.extend(found.iter().map(|conflict| app.conflict_json(opened, conflict)));
                Ok(())
            })?;
        }
        Ok(Value::Array(told))
    }

    fn conflict_json(&self, opened: &Record, conflict: &Conflict) -> Value {
        let history = self.history_at(opened, &conflict.path);
        let one = |said: &Said<Scalar>| {
            let first = witness(&history, &conflict.path, said);
            let first_said = first.map_or_else(|| said.clone(), |change| said_in(change, said));
            let mut told = self.said_json(&conflict.path, &first_said);
            if let Value::Object(told) = &mut told {
                let clock = first.map(|change| self.clock_of_change(change));
                told.insert("clock".into(), clock.unwrap_or_default().into());
                if conflict.shut {
                    told.insert("value".into(), Value::Null);
                }
            }
            told
        };
        let values: Vec<Value> = conflict.all.iter().map(one).collect();
        json!({
            "id": short::long_text(conflict.record.as_bytes()),
            "short_id": short::short_text(conflict.record.as_bytes()),
            "path": conflict.path.as_str(),
            "behind_lock": conflict.shut,
            "rule": if conflict.left { "moved" } else { conflict.rule.code() },
            "settles": conflict.is_to_settle(),
            "both": self.keeps_both(conflict),
            "shown": values.first().and_then(|first| first.get("value")),
            "values": values,
        })
    }
}
