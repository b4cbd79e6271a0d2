//! Changes that need two people: one worker proposes, another confirms, and until then nothing that protects changes.

use std::collections::BTreeMap;

use serde_json::Value;
use tern_record::{Cause, Compartment, IntentId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, refusal};
use crate::failure::{Code, Failure};
use crate::show::moment;
use crate::view::ProposalView;

/// A proposal as it lies in the record.
struct Proposal {
    record: RecordId,
    row: String,
    path: Path,
    value: Scalar,
}

impl App {
    /// Proposes an answer. It stands beside the record until another worker confirms it.
    pub fn propose(&mut self, id: &str, path: &str, value: &Value) -> Reply<IntentId> {
        let record = self.resolve(id)?;
        let path = Path::new(path).map_err(|_| Failure::about(Code::UnknownField, ["?".to_owned()]))?;
        let scalar = self.schema.value_from_json(&path, value, self.ports.today()).map_err(refusal)?;
        let compartment = self.schema.compartment(&path).ok_or(Code::UnknownField)?;
        let kept = match compartment {
            Compartment::Core => "value",
            Compartment::Protection => "value_protected",
            Compartment::Restricted => "value_restricted",
        };
        let json = self.schema.value_to_json(&path, &scalar).to_string();
        let row = self.draw(tern_record::EntityId::make_random);
        let field =
            |field: &str| Path::row("proposals", &row, field).map_err(|_| Failure::from(Code::UnknownField));
        let puts =
            vec![(field("about")?, Scalar::from(path.as_str())), (field(kept)?, Scalar::from(json.as_str()))];
        let put = self.put(record, &[], puts, Cause::Typed, Along::default())?;
        put.changes.first().copied().ok_or_else(|| Code::Internal("proposal").into())
    }

    /// Confirms what another worker proposed, and puts the answer.
    pub fn confirm(&mut self, change: &str) -> Reply<IntentId> {
        let (proposal, by) = self.proposal(change)?;
        if by == self.me.worker {
            return Err(Code::SecondWorker.into());
        }
        let row = format!("proposals/{}/confirmed", proposal.row);
        let row = Path::new(&row).map_err(|_| Failure::from(Code::UnknownChange))?;
        let mut puts = vec![(row, Scalar::Bool(true))];
        if proposal.path.form_key() == "same_as/decision" && proposal.value.as_text() == Some("same") {
            // A child counts once: by the record that this one is linked to.
            let status = Path::new("case.status").map_err(|_| Failure::from(Code::UnknownField))?;
            puts.push((status, Scalar::from("duplicate")));
        }
        puts.push((proposal.path, proposal.value));
        let put = self.put(proposal.record, &[], puts, Cause::Confirmed, Along::default())?;
        put.changes.first().copied().ok_or_else(|| Code::UnknownChange.into())
    }

    /// Takes a proposal back; anybody may.
    pub fn withdraw(&mut self, change: &str) -> Reply<IntentId> {
        let (proposal, _) = self.proposal(change)?;
        let row = format!("proposals/{}/withdrawn", proposal.row);
        let row = Path::new(&row).map_err(|_| Failure::from(Code::UnknownChange))?;
        let put =
            self.put(proposal.record, &[], vec![(row, Scalar::Bool(true))], Cause::Typed, Along::default())?;
        put.changes.first().copied().ok_or_else(|| Code::UnknownChange.into())
    }

    /// Proposes that two records are of the same child. Both stay whole; nothing is copied.
    pub fn link_same(&mut self, id: &str, other: &str) -> Reply<IntentId> {
        let (record, other) = (self.resolve(id)?, self.resolve(other)?);
        if record == other {
            return Err(Code::SameRecord.into());
        }
        let row = match self.link_row(record, other)? {
            Some(row) => row,
            None => {
                let row = self.draw(tern_record::EntityId::make_random);
                let about =
                    Path::row("same_as", &row, "record").map_err(|_| Failure::from(Code::UnknownField))?;
                let other = Scalar::from(short::long_text(other.as_bytes()).as_str());
                self.put(record, &[], vec![(about, other)], Cause::Typed, Along::default())?;
                short::long_text(row.as_bytes())
            }
        };
        self.propose(
            &short::long_text(record.as_bytes()),
            &format!("same_as/{row}/decision"),
            &Value::from("same"),
        )
    }

    /// Takes a link back. One worker may: what was joined by two is two again, and nothing was lost.
    pub fn unlink(&mut self, id: &str, other: &str) -> Reply<IntentId> {
        let (record, other) = (self.resolve(id)?, self.resolve(other)?);
        let row = self.link_row(record, other)?.ok_or(Code::UnknownChange)?;
        let path =
            Path::new(&format!("same_as/{row}/decision")).map_err(|_| Failure::from(Code::UnknownField))?;
        let mut puts = vec![(path, Scalar::from("different"))];
        let status = Path::new("case.status").map_err(|_| Failure::from(Code::UnknownField))?;
        let merged = self.with_record(record, |app, opened| Ok(opened.shown(&app.schema, "case.status")))?;
        if merged.and_then(|status| status.as_text().map(str::to_owned)).as_deref() == Some("duplicate") {
            puts.push((status, Scalar::from("open")));
        }
        let put = self.put(record, &[], puts, Cause::Typed, Along::default())?;
        put.changes.first().copied().ok_or_else(|| Code::UnknownChange.into())
    }

    fn link_row(&mut self, record: RecordId, other: RecordId) -> Reply<Option<String>> {
        let other = short::long_text(other.as_bytes());
        self.with_record(record, |app, opened| {
            let rows = opened.rows(&app.schema, "same_as");
            let row = rows
                .into_iter()
                .find(|(_, fields)| fields.get("record").and_then(Scalar::as_text) == Some(other.as_str()));
            Ok(row.map(|(id, _)| id))
        })
    }

    /// What waits for a second worker in a record.
    pub fn proposals(&mut self, id: &str) -> Reply<Vec<ProposalView>> {
        let mut views = Vec::new();
        for change in self.changes(id)? {
            let proposes = change.puts.iter().any(|put| put.path.form_key() == "proposals/about");
            if !proposes {
                continue;
            }
            match self.proposal(&change.id.to_hex()) {
                Ok((proposal, by)) => views.push(ProposalView {
                    change: change.id.to_hex(),
                    label: self.label_of(&proposal.path),
                    text: self.print(&proposal.path, &proposal.value),
                    by: self.name_of(change.by, change.on).0,
                    at: moment(change.stamp),
                    mine: by == self.me.worker,
                }),
                Err(failure) if failure.code == Code::UnknownChange => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(views)
    }

    /// An open proposal by the change that made it, and who made it.
    fn proposal(&mut self, change: &str) -> Reply<(Proposal, tern_record::WorkerId)> {
        let id = IntentId::from_hex(change).map_err(|_| Code::UnknownChange)?;
        let placed = self.vault.find_intent(id)?.ok_or(Code::UnknownChange)?;
        let record = placed.intent.record;
        let authored = self.author_of(&placed)?;
        let put = authored.intent.puts().iter().find(|put| put.0.list() == Some("proposals"));
        let row = put.and_then(|put| put.0.entity()).ok_or(Code::UnknownChange)?.to_owned();
        let fields: BTreeMap<String, Scalar> = self.with_record(record, |app, opened| {
            let rows = opened.rows(&app.schema, "proposals");
            Ok(rows.into_iter().find(|(id, _)| *id == row).map(|(_, fields)| fields).unwrap_or_default())
        })?;
        let is = |field: &str| fields.get(field).and_then(Scalar::as_bool) == Some(true);
        if is("confirmed") || is("withdrawn") {
            return Err(Code::UnknownChange.into());
        }
        let path = fields.get("about").and_then(Scalar::as_text).and_then(|path| Path::new(path).ok());
        let path = path.ok_or(Code::UnknownChange)?;
        let kept = ["value", "value_protected", "value_restricted"];
        let json = kept
            .iter()
            .find_map(|field| fields.get(*field))
            .and_then(Scalar::as_text)
            .ok_or(Code::UnknownChange)?;
        let json: Value = serde_json::from_str(json).map_err(|_| Code::UnknownChange)?;
        let value = self.schema.value_from_json(&path, &json, self.ports.today()).map_err(refusal)?;
        Ok((Proposal { record, row, path, value }, authored.by))
    }
}
