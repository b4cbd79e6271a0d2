//! Taking changes back, as a button on a screen or a command asks for it. Nothing is deleted: new changes put what stood before.

use std::collections::{BTreeMap, BTreeSet};

use tern_doc::Change;
use tern_record::{Cause, IntentId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::change_id::change_among;
use crate::conflict::TakenBack;
use crate::failure::{Code, Failure};
use crate::propose::{ABOUT, LIST};
use crate::view::ChangeRef;

impl App {
    /// Takes changes back, all of them or none: earlier answers stand again, rows that they began are taken out. What
    /// somebody changed again since then stays as it is.
    pub fn undo(&mut self, changes: &[ChangeRef]) -> Reply<usize> {
        let mut by_child: BTreeMap<&str, Vec<IntentId>> = BTreeMap::new();
        for change in changes {
            let id = IntentId::from_hex(&change.change).map_err(|_| Failure::from(Code::UnknownChange))?;
            by_child.entry(&change.child).or_default().push(id);
        }
        let mut back = Vec::with_capacity(by_child.len());
        for (child, undone) in &by_child {
            let record = self.resolve(child)?;
            let all = self.changes(child)?;
            if all.iter().any(|change| undone.contains(&change.id) && change.cause == Cause::Moved) {
                return Err(Code::MoveBack.into());
            }
            back.push(self.taken_back(record, &all, undone)?);
        }
        self.take_back(back)?;
        Ok(by_child.len())
    }

    /// `undo`: changes of one record are named by as much of their ids as means each alone.
    pub fn script_undo(&mut self, id: &str, typed: &[String]) -> Reply<serde_json::Value> {
        let record = self.resolve(id)?;
        let all: Vec<IntentId> = self.changes_seen(id)?.into_iter().map(|change| change.id).collect();
        let child = short::long_text(record.as_bytes());
        let named = |typed: &String| {
            let change = change_among(typed, all.iter().copied())?;
            Ok(ChangeRef { child: child.clone(), change: change.to_hex() })
        };
        let changes = typed.iter().map(named).collect::<Reply<Vec<ChangeRef>>>()?;
        self.undo(&changes)?;
        let made = self.changes_seen(id)?.into_iter().map(|change| change.id);
        let made: Vec<String> = made.filter(|id| !all.contains(id)).map(|id| id.to_hex()).collect();
        let heads = self.with_record(record, |_, opened| Ok(opened.heads()))?;
        Ok(serde_json::json!({ "change": made.first(), "changes": made, "heads": heads }))
    }

    /// What takes `undone` back, out of every change of a record, oldest first.
    fn taken_back(&self, record: RecordId, all: &[Change], undone: &[IntentId]) -> Reply<TakenBack> {
        let is_undone = |change: &Change| undone.contains(&change.id);
        let mut back: BTreeMap<Path, Scalar> = BTreeMap::new();
        let mut reopened: BTreeMap<Path, Vec<Scalar>> = BTreeMap::new();
        for (at, change) in all.iter().enumerate().filter(|(_, change)| is_undone(change)) {
            let later = all.iter().skip(at).filter(|later| !is_undone(later));
            let touched: BTreeSet<&Path> =
                later.flat_map(|later| later.puts.iter().map(|put| &put.path)).collect();
            for put in change.puts.iter().filter(|put| put.path.list() == Some(LIST)) {
                // What was proposed is withdrawn; what was confirmed or withdrawn stays so.
                if let Some(row) = put.path.entity().filter(|_| ABOUT.contains(&put.path.field())) {
                    let withdrawn = Path::new(&format!("{LIST}/{row}/withdrawn"));
                    back.insert(withdrawn.map_err(|_| Failure::from(Code::UnknownRow))?, Scalar::Bool(true));
                }
            }
            let others = change.puts.iter().filter(|put| put.path.list() != Some(LIST));
            for put in others.filter(|put| !touched.contains(&put.path)) {
                if put.before.len() > 1 {
                    if !back.contains_key(&put.path) {
                        reopened.entry(put.path.clone()).or_insert_with(|| put.before.clone());
                    }
                    continue;
                }
                let before = put.before.first().cloned().unwrap_or(Scalar::Null);
                match (&before, put.path.list(), put.path.entity()) {
                    (Scalar::Null, Some(list), Some(entity)) if !self.is_set(list) => {
                        let began =
                            all.iter().all(|other| is_undone(other) || !touches_row(other, &put.path));
                        if began {
                            let removed = Path::new(&format!("{list}/{entity}/removed"));
                            let removed = removed.map_err(|_| Failure::from(Code::UnknownRow))?;
                            back.insert(removed, Scalar::from("typed_by_mistake"));
                        } else {
                            back.entry(put.path.clone()).or_insert(Scalar::Null);
                        }
                    }
                    _ => {
                        back.entry(put.path.clone()).or_insert(before);
                    }
                }
            }
        }
        // What stood beside each other before the first of several changes does so again.
        back.retain(|path, _| !reopened.contains_key(path));
        Ok(TakenBack { record, puts: back.into_iter().collect(), reopened })
    }

    fn is_set(&self, list: &str) -> bool {
        self.schema.field(list).is_some_and(|field| field.kind == tern_form::Kind::Set)
    }
}

/// A change put something into the row of a path.
fn touches_row(change: &Change, path: &Path) -> bool {
    change.puts.iter().any(|put| (put.path.list(), put.path.entity()) == (path.list(), path.entity()))
}
