//! Conflicts as a screen shows them: record by record, every answer with who said it, where, when and from what.

use std::collections::BTreeSet;

use serde_json::Value;
use tern_doc::Change;
use tern_form::Kind;
use tern_record::age::is_child;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::FuzzyDate;
use tern_record::name::Name;
use tern_record::{Cause, Compartment, Held, MergeRule, Path, Said, Scalar, short};

use super::Conflict;
use crate::Reply;
use crate::app::App;
use crate::history::cause_code;
use crate::record::Record;
use crate::view::{
    ChangeRef, ClaimView, ConflictRecordView, ConflictView, ConflictsView, SettleAsk, SettleBy, SettleOne,
    UpdatedView,
};

/// How long a count is told again while changes come.
const COUNTED_FOR_MS: u64 = 30_000;

/// Records to settle, when there were so many changes.
#[derive(Clone, Copy)]
pub(crate) struct Unsettled {
    changes: u32,
    records: u32,
    counted_ms: u64,
}

/// What devices added to lists and sets stands side by side by its rule. What was left of a moved entry does not.
fn is_asked(conflict: &Conflict) -> bool {
    conflict.left || !matches!(conflict.rule, MergeRule::Append | MergeRule::Set)
}

impl App {
    /// Everything that waits for somebody to settle it, with how much merged by itself.
    pub fn conflicts_view(&mut self) -> Reply<ConflictsView> {
        let (mut records, mut apart) = (Vec::new(), BTreeSet::new());
        for record in self.records_in_dispute()? {
            let Some(line) = self.line_of(record)? else { continue };
            let (heads, fields) = self.with_seen(record, |app, opened| {
                let found = app.conflicts_in(opened);
                let said = found.iter().flat_map(|one| &one.all);
                apart.extend(said.filter(|said| said.on != app.me.device).map(|said| said.change));
                Ok((opened.heads(), app.conflict_views(opened, found)))
            })?;
            if fields.iter().any(|field| !field.claims) {
                records.push(ConflictRecordView { line, heads, fields });
            }
        }
        let merged = self.count_from_others()?.saturating_sub(u32::try_from(apart.len()).unwrap_or(u32::MAX));
        // Whoever looks at the list has the count of it.
        self.to_settle = None;
        Ok(ConflictsView { records, merged })
    }

    /// Records with something that this worker may settle, as of a moment ago: it is asked for again and again, and opens
    /// every record in dispute.
    pub fn unsettled(&mut self) -> Reply<u32> {
        if !self.may_view().settles {
            return Ok(0);
        }
        let (changes, now) = (self.vault.count_intents()?.0, self.ports.clock.steady_ms());
        let known = self.to_settle.filter(|known| {
            known.changes == changes || now.saturating_sub(known.counted_ms) < COUNTED_FOR_MS
        });
        if let Some(known) = known {
            return Ok(known.records);
        }
        let mut records = 0;
        for record in self.records_in_dispute()? {
            let counts = self.with_seen(record, |app, opened| {
                let found = app.conflicts_in(opened);
                Ok(found.iter().any(|one| is_asked(one) && one.is_to_settle() && app.may_settle(opened, one)))
            })?;
            records += u32::from(counts && self.vault.find_child(record)?.is_some());
        }
        self.to_settle = Some(Unsettled { changes, records, counted_ms: now });
        Ok(records)
    }

    /// Settles answers of one record; says how that is taken back.
    pub fn settle_told(&mut self, ask: &SettleAsk) -> Reply<UpdatedView> {
        let record = self.resolve(&ask.id)?;
        let left = self.with_seen(record, |app, opened| Ok(opened.left_behind(&app.schema)))?;
        let is_left = |path: &str| left.iter().any(|(left, _)| left.as_str() == path);
        let put = self.settle_conflicts(ask)?;
        let child = short::long_text(record.as_bytes());
        let made = self.changes_seen(&ask.id)?.into_iter().filter(|change| put.changes.contains(&change.id));
        // What went to another record is corrected there: taken back here it would be lost in both.
        let stays = |change: &Change| match change.cause {
            Cause::Settled => !change.puts.iter().any(|put| is_left(put.path.as_str())),
            cause => cause == Cause::Typed,
        };
        let changes =
            made.filter(stays).map(|change| ChangeRef { child: child.clone(), change: change.id.to_hex() });
        let leaves = |one: &SettleOne| matches!(one.by, SettleBy::Write { value: Value::Null });
        let gone = ask.settles.iter().filter(|one| is_left(&one.path) && !leaves(one)).count();
        let say = |key: &str, count: usize| {
            (count > 0).then(|| self.text.say(key, &serde_json::json!({ "count": count })))
        };
        let said = [say("conflict-settled", ask.settles.len() - gone), say("conflict-settled-moved", gone)];
        Ok(UpdatedView {
            changes: changes.collect(),
            text: said.into_iter().flatten().collect::<Vec<_>>().join(". "),
            children: 1,
        })
    }

    /// Changes that came from other devices.
    fn count_from_others(&self) -> Reply<u32> {
        let here = self.roster.seats.iter().filter(|(_, seat)| seat.certificate.device == self.me.device);
        let mut own = 0_u32;
        for (seat, _) in here {
            for scope in self.roster.scopes.keys() {
                own = own.saturating_add(self.vault.count_in_scope(*seat, *scope)?);
            }
        }
        Ok(self.vault.count_intents()?.0.saturating_sub(own))
    }

    /// What devices answered differently about one record. Lists and sets that merge by themselves are not asked about.
    fn conflict_views(&self, opened: &mut Record, mut found: Vec<Conflict>) -> Vec<ConflictView> {
        found.retain(is_asked);
        let mut views: Vec<ConflictView> = found
            .iter()
            .filter(|one| one.is_to_settle())
            .filter_map(|one| self.conflict_view(opened, one))
            .collect();
        if let Some(claims) = found.iter().find(|one| !one.is_to_settle()) {
            views.extend(self.claims_view(opened, claims));
        }
        views
    }

    fn conflict_view(&self, opened: &Record, conflict: &Conflict) -> Option<ConflictView> {
        let field = self.schema.field_at(&conflict.path)?;
        let mut voices = self.voices(opened, &conflict.path, &conflict.all);
        if conflict.shut {
            voices.iter_mut().for_each(|voice| self.shut(voice));
        }
        voices.sort_by_key(|voice| (voice.said.at.at_ms, voice.change.clone()));
        Some(ConflictView {
            path: conflict.path.to_string(),
            field: self.field_view(field),
            claims: false,
            age_doubt: false,
            safer: conflict.rule != MergeRule::Both,
            both: self.keeps_both(conflict),
            left: conflict.left,
            protection: field.compartment() > Compartment::Core,
            may: self.may_settle(opened, conflict),
            voices,
        })
    }

    /// Of what is behind the lock is told who wrote it and when.
    fn shut(&self, voice: &mut ClaimView) {
        voice.text = self.text.word("behind-lock");
        voice.source.clear();
    }

    fn may_settle(&self, opened: &Record, conflict: &Conflict) -> bool {
        let puts = conflict.all.first().map(|said| (conflict.path.clone(), said.value.clone()));
        self.may_put(opened, puts.as_slice()).is_ok()
    }

    /// Every claim of a birth date, wherever it stands: they all stay, and the youngest protects.
    fn claims_view(&self, opened: &mut Record, conflict: &Conflict) -> Option<ConflictView> {
        let field = self.schema.field_at(&conflict.path)?;
        let is_claim = |path: &Path| *self.schema.rule(path) == MergeRule::Claims;
        let mut voices = Vec::new();
        for path in opened.paths().into_iter().filter(is_claim) {
            let all = match opened.held(&self.schema, &path) {
                Held::Blank => continue,
                Held::Settled(said) => vec![said],
                Held::Disputed { all, .. } => all,
            };
            voices.extend(self.voices(opened, &path, &all));
        }
        voices.retain(|voice| !voice.text.is_empty());
        voices.sort_by_key(|voice| voice.said.at.at_ms);
        let today = self.ports.today();
        let births = self.births(opened);
        let grown = births.iter().any(|born| !is_child(today, [born]));
        Some(ConflictView {
            path: conflict.path.to_string(),
            field: self.field_view(field),
            claims: true,
            age_doubt: grown && is_child(today, &births),
            safer: true,
            both: false,
            left: false,
            protection: false,
            may: false,
            voices,
        })
    }

    /// Every change to the part of a record that an answer stands in.
    pub(super) fn history_at(&self, opened: &Record, path: &Path) -> Vec<Change> {
        let document = self.schema.compartment(path).and_then(|at| opened.docs.get(&at));
        document.map(tern_doc::Document::history).unwrap_or_default()
    }

    fn voices(&self, opened: &Record, path: &Path, all: &[Said<Scalar>]) -> Vec<ClaimView> {
        let history = self.history_at(opened, path);
        let voice = |said: &Said<Scalar>| {
            let first = witness(&history, path, said);
            let told = first.map_or_else(|| said.clone(), |change| said_in(change, said));
            ClaimView {
                change: said.change.to_hex(),
                text: match said.value.is_null() {
                    true => String::new(),
                    false => self.print_of(opened, path, &said.value),
                },
                source: self.source_of(path, &said.value, first.map(|change| change.cause)),
                said: self.said_view(&told),
                clock: first.map(|change| self.clock_of_change(change)).unwrap_or_default(),
            }
        };
        all.iter().map(voice).collect()
    }

    /// From where an answer is known: what it says of itself, or how it came into the record.
    fn source_of(&self, path: &Path, value: &Scalar, cause: Option<Cause>) -> String {
        let kind = self.schema.field_at(path).map(|field| field.kind);
        let bytes = value.as_bytes().unwrap_or_default();
        let said = match kind {
            Some(Kind::Name) => {
                Name::from_bytes(bytes).ok().and_then(|name| name.source).map(|code| ("name_source", code))
            }
            Some(Kind::FuzzyDate) => {
                FuzzyDate::from_bytes(bytes).ok().and_then(|date| date.basis).map(|code| ("dob_basis", code))
            }
            _ => None,
        };
        let word = said.and_then(|(list, code)| {
            let list = self.schema.codelist(list)?;
            let found = self.schema.texts().find(self.text.language(), &list.message(&code));
            found.or_else(|| list.find(&code).map(|code| code.label.clone()))
        });
        let came = |cause| matches!(cause, Cause::Imported | Cause::Derived | Cause::Confirmed);
        let by_cause = || {
            let cause = cause.filter(|cause| came(*cause))?;
            Some(self.text.word(&format!("cause-{}", cause_code(cause))))
        };
        word.or_else(by_cause).unwrap_or_default()
    }
}

/// The change in which somebody said an answer first hand: what was put back or settled only repeats it.
pub(super) fn witness<'a>(history: &'a [Change], path: &Path, said: &Said<Scalar>) -> Option<&'a Change> {
    let end = history.iter().position(|change| change.id == said.change)?;
    let said_it = |change: &&Change| {
        change.puts.iter().any(|put| put.path == *path && put.after == said.value)
            && !matches!(change.cause, Cause::Settled | Cause::PutBack)
    };
    let first = history.get(..=end)?.iter().rev().find(said_it);
    first.or_else(|| history.get(end))
}

pub(super) fn said_in(change: &Change, said: &Said<Scalar>) -> Said<Scalar> {
    Said { by: change.by, on: change.on, at: change.stamp, ..said.clone() }
}
