//! Answers that devices gave differently without knowing of each other. Nobody's is dropped: each stands beside the others
//! until a person settles it, and stays in the history afterwards.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tern_record::{Cause, Compartment, Held, IntentId, MergeRule, Path, RecordId, Said, Scalar, short};
use tern_sync::planted;

use crate::Reply;
use crate::app::App;
use crate::edit::Along;
use crate::failure::{Code, Failure};

/// How a conflict is settled.
#[derive(Clone, Debug)]
pub enum Settle {
    /// By the answer that this change gave.
    Keep(IntentId),
    /// By another answer.
    Write(Value),
}

/// An answer that is in dispute.
pub struct Conflict {
    /// The record.
    pub record: RecordId,
    /// The answer.
    pub path: Path,
    /// How different answers to it stand beside each other.
    pub rule: MergeRule,
    /// Every answer, the one that is shown meanwhile first.
    pub all: Vec<Said<Scalar>>,
}

/// A change, by the id that lists print.
pub fn change_id(text: &str) -> Option<IntentId> {
    IntentId::from_hex(text).ok()
}

impl Conflict {
    /// A person may settle it. Claims of a birth date all stay, each with its source.
    pub fn is_to_settle(&self) -> bool {
        self.rule != MergeRule::Claims
    }
}

impl App {
    /// Everything in dispute that this seat reads; what is behind the lock only on its own record, with a reason.
    pub fn conflicts(&mut self) -> Reply<Vec<Conflict>> {
        let mut records: BTreeSet<RecordId> = self.vault.records_in_dispute()?.into_iter().collect();
        if let Some(view) = self.views.get(&Compartment::Protection) {
            records.extend(view.records_in_dispute()?);
        }
        let mut conflicts = Vec::new();
        for record in records {
            conflicts.extend(self.with_seen(record, |app, opened| {
                let mut found = Vec::new();
                for path in opened.paths() {
                    if app.schema.compartment(&path) == Some(Compartment::Restricted) {
                        continue;
                    }
                    if let Held::Disputed { mut all, .. } = opened.held(&app.schema, &path) {
                        if planted::is("loser-not-listed") {
                            all.truncate(1);
                        }
                        found.push(Conflict { record, rule: app.schema.rule(&path).clone(), path, all });
                    }
                }
                Ok(found)
            })?);
        }
        Ok(conflicts)
    }

    /// Settles an answer that is in dispute, as it stands now.
    pub fn settle_conflict(&mut self, id: &str, path: &str, by: &Settle) -> Reply<Value> {
        let record = self.resolve(id)?;
        let about = |code: Code| Failure::about(code, [path.to_owned()]);
        let path_of = Path::new(path).map_err(|_| about(Code::UnknownField))?;
        if *self.schema.rule(&path_of) == MergeRule::Claims {
            return Err(about(Code::ClaimsStay));
        }
        let held = self.with_seen(record, |app, opened| Ok(opened.held(&app.schema, &path_of)))?;
        let Held::Disputed { all, .. } = held else { return Err(about(Code::NothingToSettle)) };
        match by {
            Settle::Write(value) => self.script_edit(id, &[], [(path.to_owned(), value.clone())].into()),
            Settle::Keep(change) => {
                let kept = all.into_iter().find(|said| said.change == *change);
                let value = kept.ok_or_else(|| about(Code::UnknownChange))?.value;
                let put = self.put(record, &[], vec![(path_of, value)], Cause::Typed, Along::default())?;
                let changes: Vec<String> = put.changes.iter().map(|change| change.to_hex()).collect();
                Ok(json!({ "change": changes.first(), "changes": changes, "heads": put.heads }))
            }
        }
    }

    /// `conflicts`.
    pub fn script_conflicts(&mut self) -> Reply<Value> {
        let conflicts = self.conflicts()?;
        let told = conflicts.iter().map(|conflict| {
            let values: Vec<Value> =
                conflict.all.iter().map(|said| self.said_json(&conflict.path, said)).collect();
            json!({
                "id": short::long_text(conflict.record.as_bytes()),
                "short_id": short::short_text(conflict.record.as_bytes()),
                "path": conflict.path.as_str(),
                "rule": conflict.rule.code(),
                "settles": conflict.is_to_settle(),
                "shown": values.first().and_then(|first| first.get("value")),
                "values": values,
            })
        });
        Ok(told.collect())
    }

    /// `quarantine`.
    pub fn script_quarantine(&self) -> Reply<Value> {
        let held = self.vault.held()?.into_iter().map(|row| {
            let from = row.signed.map(|(seat, _)| seat.to_hex());
            json!({
                "entry": tern_record::id::hex(&row.id), "from": from, "code": row.code,
                "at": self.instant(row.at_ms),
            })
        });
        Ok(held.collect())
    }
}
