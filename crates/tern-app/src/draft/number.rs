//! How a draft becomes the record of a child, and goes on as answers of it.

use std::collections::BTreeMap;

use serde_json::Value;
use tern_form::check::Answers;
use tern_record::accompaniment::{Claim, PaperSeen};
use tern_record::rule::{Rule, Voices};
use tern_record::{Cause, DraftId, EntityId, Path, RecordId, Scalar, short};
use tern_store::draft::DraftRow;

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, New, Rows};
use crate::failure::{Code, Failure};

use super::FORM;

impl App {
    /// The needed answers are there and no rule stands in the way.
    pub(super) fn may_be_numbered(&mut self, draft: &DraftRow, answers: &Answers) -> bool {
        self.schema.open(FORM, &with_company(answers)).is_empty() && self.rules_of(draft, answers).is_ok()
    }

    /// Refuses what a rule would refuse if these answers were the record.
    pub(super) fn rules_of(&mut self, draft: &DraftRow, answers: &Answers) -> Reply<()> {
        let puts = self.first_puts(draft, answers)?;
        let id = self.draw(RecordId::make_random);
        let record = self.open_record(id)?;
        self.keep_rules(&record, &puts, Voices::One)
    }

    /// At unlock: drafts that have all needed answers are numbered, those that became records are closed. No draft
    /// keeps anybody out: one that is refused stays open, and says why when it is opened.
    pub(crate) fn finish_drafts(&mut self) -> Reply<()> {
        for draft in self.vault.drafts()? {
            if draft.seat != self.me.seat || draft.dropped_ms.is_some() {
                continue;
            }
            match self.finish_open(draft) {
                Err(failure) if failure.code == Code::DiskFull => return Err(failure),
                _ => {}
            }
        }
        Ok(())
    }

    fn finish_open(&mut self, mut draft: DraftRow) -> Reply<()> {
        let answers = self.answers(draft.id)?;
        if draft.record.is_some() {
            self.settle(&draft, &answers)?;
        } else if self.may_be_numbered(&draft, &answers) {
            self.number(&mut draft, &answers)?;
        } else {
            return Ok(());
        }
        self.vault.write(|tx| tx.remove_draft(draft.id)).map_err(Failure::from)
    }

    /// What was still being typed goes into the record.
    pub(super) fn settle(&mut self, draft: &DraftRow, answers: &Answers) -> Reply<()> {
        let Some(record) = draft.record else { return Ok(()) };
        for path in self.typing(draft.id)? {
            let value = answers.get(&path).cloned().unwrap_or(Scalar::Null);
            self.answer(record, draft, answers, &path, value)?;
        }
        Ok(())
    }

    /// The first answers of the record that a draft becomes.
    fn first_puts(&self, draft: &DraftRow, answers: &Answers) -> Reply<Vec<(Path, Scalar)>> {
        let mut rows = Rows::default();
        let mut puts = BTreeMap::new();
        for (path, value) in with_company(answers) {
            let path = rows.fill(&path, || row_id(draft.id, &path));
            puts.insert(Path::new(&path).map_err(|_| Code::UnknownField)?, value);
        }
        Ok(self.with_site(puts.into_iter().collect()))
    }

    pub(super) fn number(&mut self, draft: &mut DraftRow, answers: &Answers) -> Reply<()> {
        let id = self.draw(RecordId::make_random);
        // What belongs to the child in other records goes with it: the line of its bundle, the sister's side.
        let mut new = vec![New { id, steps: vec![(Cause::Registered, self.first_puts(draft, answers)?)] }];
        new.extend(self.line_of_paper(answers, id)?);
        new.extend(self.other_sides(answers, id)?);
        let becomes = DraftRow { record: Some(id), ..draft.clone() };
        let along = Along { becomes: Some(becomes), ..Along::default() };
        self.put_together(new, &along)?;
        draft.record = Some(id);
        Ok(())
    }

    /// A later answer of the same interview. A name that is said ends the reason why there was none.
    pub(super) fn answer(
        &mut self,
        record: RecordId,
        draft: &DraftRow,
        answers: &Answers,
        path: &str,
        value: Scalar,
    ) -> Reply<()> {
        let named = is_named(path, &value);
        self.amend(record, draft, answers, path, value)?;
        if named {
            self.amend(record, draft, answers, "name_absent_reason", Scalar::Null)?;
        }
        Ok(())
    }

    /// A change to the record, and to what is derived of the company.
    fn amend(
        &mut self,
        record: RecordId,
        draft: &DraftRow,
        answers: &Answers,
        path: &str,
        value: Scalar,
    ) -> Reply<()> {
        let mut rows = Rows::default();
        let full = rows.fill(path, || row_id(draft.id, path));
        let mut puts = vec![(Path::new(&full).map_err(|_| Code::UnknownField)?, value)];
        let said = puts.clone();
        if path.starts_with("companions") {
            let answers = with_company(answers);
            if let (Some(value), Ok(path)) = (answers.get("accompaniment"), Path::new("accompaniment")) {
                puts.push((path, value.clone()));
            }
        }
        let interview = || Along { interview: true, ..Along::default() };
        match self.put(record, &[], puts, Cause::Typed, interview()) {
            Err(failure) if failure.code == Code::Rule(Rule::D_06) => {
                // Who is with the child is written down as it was said; that the child is accompanied waits for a second
                // worker.
                self.put(record, &[], said, Cause::Typed, interview())?;
                self.propose_accompanied(record)
            }
            put => put.map(drop),
        }
    }

    fn propose_accompanied(&mut self, record: RecordId) -> Reply<()> {
        let id = short::long_text(record.as_bytes());
        let label = self.label_of(&Path::new("accompaniment").map_err(|_| Code::UnknownField)?);
        let waits = self.proposals(&id)?.iter().any(|proposal| proposal.label == label);
        if waits { Ok(()) } else { self.propose(&id, "accompaniment", &Value::from("accompanied")).map(drop) }
    }
}

/// A name was said.
pub(super) fn is_named(path: &str, value: &Scalar) -> bool {
    path.starts_with("names/") && path.ends_with("/name") && !value.is_null()
}

/// Answers with the accompaniment that the persons listed make; the class is never asked.
pub(crate) fn with_company(answers: &Answers) -> Answers {
    let mut all = answers.clone();
    let answered = answers.get("companions_answered").and_then(Scalar::as_text);
    let claims: Vec<(Claim, PaperSeen)> = answers
        .iter()
        .filter_map(|(path, value)| {
            let row = path.strip_prefix("companions/")?.strip_suffix("/claim")?;
            let paper = answers.get(&format!("companions/{row}/paper_seen")).and_then(Scalar::as_bool);
            let seen = if paper == Some(true) { PaperSeen::Yes } else { PaperSeen::No };
            Some((Claim::from_code(value.as_text()?)?, seen))
        })
        .collect();
    if answered.is_some() {
        let derived = tern_form::derive::accompaniment(answered, &claims);
        all.insert("accompaniment".to_owned(), derived.code().into());
    }
    all
}

/// The row that `+n` of a draft stands for: the same each time, so that later answers reach the same row, and
/// after those before it, so that the name typed first is the one shown.
fn row_id(draft: DraftId, path: &str) -> EntityId {
    let mut parts = path.split('/');
    let (list, token) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let place = token.trim_start_matches('+').parse::<u32>().map_or(0, u128::from);
    let hash = tern_seal::sha256(&[draft.as_bytes().as_slice(), list.as_bytes()].concat());
    // The first bit is cleared so that counting on never begins again at zero.
    let first = u128::from_be_bytes(hash.first_chunk::<16>().copied().unwrap_or_default()) >> 1;
    EntityId::new(first.saturating_add(place).to_be_bytes())
}
