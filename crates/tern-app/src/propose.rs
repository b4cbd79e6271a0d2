//! Changes that need two people: one worker proposes, another confirms, and until then nothing that protects changes.

use serde_json::Value;
use tern_doc::Change;
use tern_form::Kind;
use tern_record::{Cause, Compartment, IntentId, Path, RecordId, Scalar, WorkerId, short};

use crate::Reply;
use crate::app::App;
use crate::change_id::{change_among, range_of};
use crate::edit::{Along, refusal};
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::show::moment;
use crate::view::ProposalView;

/// The list that proposals lie in. Only proposing, confirming and withdrawing put to it.
pub(crate) const LIST: &str = "proposals";

/// Changes that begin alike, of which is told.
const MOST_ALIKE: u32 = 8;

/// Where a proposal says of itself: which answer, what it is to be, and what is put together with it. All lies where the
/// answer itself would, so that nobody learns from a proposal what they may not read in the record.
struct Said {
    about: &'static str,
    value: &'static str,
    also: &'static str,
}

const CORE: Said = Said { about: "about", value: "value", also: "also" };
const PROTECTED: Said = Said { about: "about_protected", value: "value_protected", also: "also_protected" };
const RESTRICTED: Said =
    Said { about: "about_restricted", value: "value_restricted", also: "also_restricted" };
const SAID: [Said; 3] = [CORE, PROTECTED, RESTRICTED];

/// An answer that is proposed.
pub(crate) type Answer = (Path, Scalar);

/// Fields that name the answer a proposal is about.
pub(crate) const ABOUT: [&str; 3] = ["about", "about_protected", "about_restricted"];

/// Fields that hold the answers put together with it.
pub(crate) const ALSO: [&str; 3] = ["also", "also_protected", "also_restricted"];

fn said_in(compartment: Compartment) -> &'static Said {
    match compartment {
        Compartment::Core => &CORE,
        Compartment::Protection => &PROTECTED,
        Compartment::Restricted => &RESTRICTED,
    }
}

/// Paths of the answers that a proposal puts together with its own.
pub(crate) fn paths_also(also: &Scalar) -> Vec<Path> {
    let json = also.as_text().and_then(|json| serde_json::from_str::<serde_json::Map<_, _>>(json).ok());
    json.into_iter()
        .flat_map(|json| json.into_iter().filter_map(|(path, _): (String, Value)| Path::new(&path).ok()))
        .collect()
}

/// A put that no use case but those of this module may make. Taking a proposal back is anybody's.
pub(crate) fn is_kept_apart((path, value): &(Path, Scalar)) -> bool {
    path.list() == Some(LIST) && !(path.field() == "withdrawn" && value.as_bool() == Some(true))
}

/// The refusal of such a put.
pub(crate) fn kept_apart() -> Failure {
    Failure::about(Code::ProposalOnly, [LIST.to_owned()])
}

fn proposal_path(row: &str, field: &str) -> Reply<Path> {
    Path::new(&format!("{LIST}/{row}/{field}")).map_err(|_| Failure::from(Code::UnknownChange))
}

/// A proposal as the worker who made it signed it.
struct Proposal {
    record: RecordId,
    row: String,
    path: Path,
    value: Scalar,
    /// Answers that stand or fall with it.
    also: Vec<Answer>,
    by: WorkerId,
    /// Nobody put anything into its row since then.
    untouched: bool,
}

impl App {
    /// Proposes an answer. It stands beside the record until another worker confirms it.
    pub fn propose(&mut self, id: &str, path: &str, value: &Value) -> Reply<IntentId> {
        let record = self.resolve(id)?;
        let path = Path::new(path).map_err(|_| Failure::about(Code::UnknownField, ["?".to_owned()]))?;
        let scalar = self.schema.value_from_json(&path, value, self.ports.today()).map_err(refusal)?;
        self.propose_all(record, (path, scalar), &[])
    }

    /// Proposes an answer with others that stand or fall with it: a death with its day, an end with its reason.
    pub(crate) fn propose_all(
        &mut self,
        record: RecordId,
        answer: Answer,
        also: &[Answer],
    ) -> Reply<IntentId> {
        self.with_record(record, |app, opened| {
            std::iter::once(&answer)
                .chain(also)
                .try_for_each(|(path, value)| app.may_be_proposed(opened, path, value))
        })?;
        self.waits_for_nobody(record, &answer.0)?;
        let puts = self.proposal_puts(&answer, also)?;
        self.put_proposal(record, puts, Cause::Typed)
    }

    /// The row of a proposal that begins. What it says lies in one compartment, that of its answer.
    pub(crate) fn proposal_puts(&self, answer: &Answer, also: &[Answer]) -> Reply<Vec<(Path, Scalar)>> {
        let (path, value) = answer;
        let compartment = self.schema.compartment(path).ok_or(Code::UnknownField)?;
        if also.iter().any(|(path, _)| self.schema.compartment(path) != Some(compartment)) {
            return Err(Code::Internal("proposal").into());
        }
        let said = said_in(compartment);
        let row = self.new_row();
        let text = |json: Value| Scalar::from(json.to_string().as_str());
        let mut puts = vec![
            (proposal_path(&row, said.about)?, Scalar::from(path.as_str())),
            (proposal_path(&row, said.value)?, text(self.schema.value_to_json(path, value))),
        ];
        if !also.is_empty() {
            let json = also
                .iter()
                .map(|(path, value)| (path.as_str().to_owned(), self.schema.value_to_json(path, value)));
            puts.push((proposal_path(&row, said.also)?, text(Value::Object(json.collect()))));
        }
        Ok(puts)
    }

    /// Refuses a second proposal of an answer that waits already, so that no two opposite ones stand beside each other. One
    /// that came from another device meanwhile stays, and both are shown.
    pub(crate) fn waits_for_nobody(&mut self, record: RecordId, path: &Path) -> Reply<()> {
        let changes = self.changes(&short::long_text(record.as_bytes()))?;
        let open = self.open_proposals(changes)?;
        match open.iter().any(|(_, open)| open.path == *path) {
            true => Err(Failure::about(Code::ProposalWaits, [path.form_key()])),
            false => Ok(()),
        }
    }

    /// Refuses what cannot be proposed: an answer that this kind of record does not ask, a row that is not there, nothing,
    /// and words, which need no second worker and are sealed apart.
    fn may_be_proposed(&self, record: &Record, path: &Path, value: &Scalar) -> Reply<()> {
        let field =
            self.schema.field_at(path).ok_or_else(|| Failure::about(Code::UnknownField, ["?".to_owned()]))?;
        let asked = self.schema.record_of(field) == self.kind_of(record) && path.field() != "of";
        if !asked {
            return Err(Failure::about(Code::UnknownField, [path.form_key()]));
        }
        if path.list() == Some(LIST) {
            return Err(kept_apart());
        }
        if let (Some(list), Some(row)) = (path.list(), path.entity())
            && field.kind != Kind::Set
            && !record.rows(&self.schema, list).iter().any(|(have, _)| have == row)
        {
            return Err(Failure::about(Code::UnknownRow, [list.to_owned()]));
        }
        if self.is_narrative(path) {
            return Err(Failure::about(Code::OneIsEnough, [path.form_key()]));
        }
        if value.is_null() {
            return Err(Failure::about(Code::WrongValue, [path.form_key()]));
        }
        Ok(())
    }

    /// Confirms what another worker proposed, and puts the answer: the one that was signed, whatever lies there now.
    pub fn confirm(&mut self, change: &str) -> Reply<IntentId> {
        let proposal = self.proposal(change)?;
        if !proposal.untouched {
            return Err(Code::ProposalChanged.into());
        }
        if proposal.by == self.me.worker {
            return Err(Code::SecondWorker.into());
        }
        self.with_record(proposal.record, |app, opened| {
            app.may_be_proposed(opened, &proposal.path, &proposal.value)?;
            proposal.also.iter().try_for_each(|(path, value)| app.may_be_proposed(opened, path, value))
        })?;
        let mut puts = vec![(proposal_path(&proposal.row, "confirmed")?, Scalar::Bool(true))];
        if proposal.path.form_key() == "same_as/decision" && proposal.value.as_text() == Some("same") {
            self.counts_there(proposal.record, &proposal.path)?;
            // A child counts once: by the record that this one is linked to.
            let status = Path::new("case.status").map_err(|_| Failure::from(Code::UnknownField))?;
            puts.push((status, Scalar::from("duplicate")));
        }
        puts.extend(proposal.also);
        puts.push((proposal.path, proposal.value));
        self.put_proposal(proposal.record, puts, Cause::Confirmed)
    }

    /// Takes a proposal back; anybody may.
    pub fn withdraw(&mut self, change: &str) -> Reply<IntentId> {
        let proposal = self.proposal(change)?;
        let puts = vec![(proposal_path(&proposal.row, "withdrawn")?, Scalar::Bool(true))];
        self.put_proposal(proposal.record, puts, Cause::Typed)
    }

    fn put_proposal(&mut self, record: RecordId, puts: Vec<(Path, Scalar)>, cause: Cause) -> Reply<IntentId> {
        self.with_record(record, |app, opened| {
            let made = app.make_any(opened, &[], puts, cause)?;
            let change = made.changes.first().copied().ok_or(Code::UnknownChange)?;
            app.commit(&mut [(&*opened, made)], &Along::default())?;
            Ok(change)
        })
    }

    /// What waits for a second worker in a record, but for answers that are restricted.
    pub fn proposals(&mut self, id: &str) -> Reply<Vec<ProposalView>> {
        let changes = self.changes_open(id)?;
        self.proposals_of(changes)
    }

    /// The same with what is restricted, for a reason that is kept before anything is told.
    pub fn proposals_for(&mut self, id: &str, reason: &str) -> Reply<Vec<ProposalView>> {
        let record = self.resolve(id)?;
        self.note_reading(record, reason)?;
        let changes = self.changes_seen(id)?;
        self.proposals_of(changes)
    }

    fn proposals_of(&mut self, changes: Vec<Change>) -> Reply<Vec<ProposalView>> {
        let open = self.open_proposals(changes)?;
        let mut views = Vec::with_capacity(open.len());
        for (change, proposal) in open {
            let words = [Some(self.words_of(&proposal)), self.other_record(&proposal)?];
            views.push(ProposalView {
                change: change.id.to_hex(),
                label: self.label_of(&proposal.path),
                text: words.into_iter().flatten().collect::<Vec<_>>().join(" · "),
                by: self.name_of(change.by, change.on).0,
                at: moment(change.stamp),
                mine: proposal.by == self.me.worker,
            });
        }
        Ok(views)
    }

    /// The number of the record that a proposal is about beside its own: nobody confirms that two are one child without
    /// knowing which two.
    fn other_record(&mut self, proposal: &Proposal) -> Reply<Option<String>> {
        let Some(row) = proposal.path.entity().filter(|_| proposal.path.list() == Some("same_as")) else {
            return Ok(None);
        };
        let other = self.with_record(proposal.record, |app, opened| {
            Ok(opened.shown(&app.schema, &format!("same_as/{row}/record")))
        })?;
        let id = other.as_ref().and_then(Scalar::as_text).and_then(short::from_long_text);
        Ok(id.map(|id| short::short_text(&id)))
    }

    /// What a proposal would put, in words.
    fn words_of(&self, proposal: &Proposal) -> String {
        let own = self.print(&proposal.path, &proposal.value);
        let also = proposal
            .also
            .iter()
            .map(|(path, value)| format!("{}: {}", self.label_of(path), self.print(path, value)));
        std::iter::once(own).chain(also).collect::<Vec<_>>().join(" · ")
    }

    /// Proposals among these changes that wait, in the order of the changes.
    fn open_proposals(&mut self, changes: Vec<Change>) -> Reply<Vec<(Change, Proposal)>> {
        let proposes = |change: &Change| {
            change.puts.iter().any(|put| put.path.list() == Some(LIST) && ABOUT.contains(&put.path.field()))
        };
        let mut open = Vec::new();
        for change in changes.into_iter().filter(proposes) {
            match self.proposal(&change.id.to_hex()) {
                Ok(proposal) => open.push((change, proposal)),
                Err(failure) if failure.code == Code::UnknownChange => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(open)
    }

    /// The change that was typed, whole or by its beginning.
    fn change_typed(&self, typed: &str) -> Reply<IntentId> {
        let (low, high) = range_of(typed).ok_or(Code::UnknownChange)?;
        change_among(typed, self.vault.intents_between(low, high, MOST_ALIKE)?)
    }

    /// An open proposal by the change that made it: what its author signed in that one change, and nothing else.
    fn proposal(&mut self, change: &str) -> Reply<Proposal> {
        let id = self.change_typed(change)?;
        let placed = self.vault.find_intent(id)?.ok_or(Code::UnknownChange)?;
        let (record, compartment) = (placed.intent.record, placed.intent.compartment);
        let authored = self.author_of(&placed)?;
        let fields = said_in(compartment);
        let said = |field: &str| {
            let mut puts = authored.intent.puts().iter();
            puts.find(|(path, _)| path.list() == Some(LIST) && path.field() == field)
        };
        let (about, kept) = said(fields.about).zip(said(fields.value)).ok_or(Code::UnknownChange)?;
        let also = said(fields.also);
        let row = about.0.entity().filter(|row| kept.0.entity() == Some(row)).ok_or(Code::UnknownChange)?;
        let (open, untouched) = self.with_record(record, |_, opened| {
            let counts = opened.docs.get(&compartment).is_some_and(|document| document.contains(&id));
            let shown = counts && opened.paths().contains(&about.0);
            let signed = 2 + usize::from(also.is_some());
            Ok((shown && !is_settled(opened, row), puts_of_what_is_said(opened, row) == signed))
        })?;
        if !open {
            return Err(Code::UnknownChange.into());
        }
        let path = about.1.as_text().and_then(|path| Path::new(path).ok()).ok_or(Code::UnknownChange)?;
        if self.schema.compartment(&path) != Some(compartment) || path.list() == Some(LIST) {
            return Err(Code::UnknownChange.into());
        }
        let json = kept.1.as_text().and_then(|json| serde_json::from_str(json).ok());
        let json: Value = json.ok_or(Code::UnknownChange)?;
        let value = self.schema.value_from_json(&path, &json, self.ports.today());
        let value = value.map_err(|_| Code::UnknownChange)?;
        let also = match also {
            Some((at, also)) if at.entity() == Some(row) => self.answers_also(compartment, also)?,
            Some(_) => return Err(Code::UnknownChange.into()),
            None => Vec::new(),
        };
        Ok(Proposal { record, row: row.to_owned(), path, value, also, by: authored.by, untouched })
    }

    /// Reads the answers that a proposal puts together with its own.
    fn answers_also(&self, compartment: Compartment, also: &Scalar) -> Reply<Vec<Answer>> {
        let unknown = || Failure::from(Code::UnknownChange);
        let json = also.as_text().and_then(|json| serde_json::from_str(json).ok());
        let json: serde_json::Map<String, Value> = json.ok_or_else(unknown)?;
        let read = |(path, value): (&String, &Value)| {
            let path = Path::new(path).map_err(|_| unknown())?;
            if self.schema.compartment(&path) != Some(compartment) || path.list() == Some(LIST) {
                return Err(unknown());
            }
            let value = self.schema.value_from_json(&path, value, self.ports.today());
            value.map(|value| (path, value)).map_err(|_| unknown())
        };
        json.iter().map(read).collect()
    }
}

/// Everything that was ever put to a field of a proposal, in any compartment.
fn ever(record: &Record, row: &str, field: &str) -> Vec<Scalar> {
    let Ok(path) = proposal_path(row, field) else { return Vec::new() };
    record.docs.values().flat_map(|document| document.ever(&path)).collect()
}

/// Confirmed, withdrawn or taken out once, a proposal is not open again.
fn is_settled(record: &Record, row: &str) -> bool {
    ["confirmed", "withdrawn", "removed"]
        .iter()
        .flat_map(|field| ever(record, row, field))
        .any(|value| !value.is_null() && value.as_bool() != Some(false))
}

/// How often anybody put what a proposal says; its author did so once each, by proposing.
fn puts_of_what_is_said(record: &Record, row: &str) -> usize {
    SAID.iter()
        .flat_map(|said| [said.about, said.value, said.also])
        .map(|field| ever(record, row, field).len())
        .sum()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;
    use tern_form::Schema;

    use super::*;
    use crate::ports::Ports;
    use crate::programme::NewProgramme;
    use crate::script;

    const WORDS: &str = "lantern gravel orchard velvet copper meadow";

    fn child(folder: &std::path::Path) -> (App, String) {
        let ask = NewProgramme {
            name: "Practice".into(),
            site: "Velmar".into(),
            country: "QME".into(),
            worker: "Leila".into(),
            practice: true,
            narrow_core: false,
        };
        let (schema, ports) = (Arc::new(Schema::embedded().unwrap()), Arc::new(Ports::system()));
        script::programme_create(folder, &ask, Some(WORDS), Arc::clone(&schema), Arc::clone(&ports)).unwrap();
        let mut app = script::open(folder, WORDS, schema, ports).unwrap();
        let answers = json!({ "names": ["Anri"], "sex": "M", "age": 9, "accompaniment": "unaccompanied" });
        let id = app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
        (app, id)
    }

    #[test]
    fn what_another_program_puts_into_a_proposal_makes_it_void() {
        let folder = tempfile::tempdir().unwrap();
        let (mut app, id) = child(&folder.path().join("home"));
        for (field, value) in [
            ("value_protected", "\"presumed_dead\""),
            ("value", "\"accompanied\""),
            ("about", "accompaniment"),
            ("about_protected", "life_status"),
        ] {
            let change = app.propose(&id, "life_status", &json!("deceased")).unwrap().to_hex();
            let before = app.proposal(&change).unwrap();
            assert!(before.untouched);
            let path = proposal_path(&before.row, field).unwrap();
            // A value that stands already is no put; the row's own about is written anew by way of nothing.
            if field == "about_protected" {
                app.put_proposal(before.record, vec![(path.clone(), Scalar::Null)], Cause::Typed).unwrap();
            }
            app.put_proposal(before.record, vec![(path, Scalar::from(value))], Cause::Typed).unwrap();
            let after = app.proposal(&change).unwrap();
            assert_eq!(after.value, Scalar::from("deceased"), "what was signed counts, not what lies there");
            assert_eq!(after.path.as_str(), "life_status");
            assert_eq!(app.confirm(&change).unwrap_err().code, Code::ProposalChanged, "{field}");
            app.withdraw(&change).unwrap();
            assert!(app.proposals(&id).unwrap().is_empty());
        }
    }

    #[test]
    fn a_form_that_is_begun_takes_no_proposal() {
        let folder = tempfile::tempdir().unwrap();
        let (mut app, _) = child(&folder.path().join("home"));
        let id = app.begin_draft().unwrap().id;
        let path = "proposals/+1/about".to_owned();
        let ask = crate::view::PutDraft { id: id.clone(), path, value: json!("sex"), typing: true };
        assert_eq!(app.put_draft(&ask).unwrap_err().code, Code::ProposalOnly);
        assert!(app.draft(&id).unwrap().answers.is_empty());
    }

    #[test]
    fn a_row_that_another_program_made_up_is_no_proposal_of_anything() {
        let folder = tempfile::tempdir().unwrap();
        let (mut app, id) = child(&folder.path().join("home"));
        let record = app.resolve(&id).unwrap();
        let made_up = [
            vec![("about", "life_status"), ("value", "\"deceased\"")],
            vec![("about", "nothing.of_this"), ("value", "1")],
            vec![("about", "sex"), ("value", "no json")],
            vec![("about", "sex"), ("value_protected", "\"F\"")],
            vec![("about", "proposals/row4/confirmed"), ("value", "true")],
        ];
        for (at, said) in made_up.into_iter().enumerate() {
            let puts = said
                .into_iter()
                .map(|(field, value)| {
                    (proposal_path(&format!("row{at}"), field).unwrap(), Scalar::from(value))
                })
                .collect();
            let change = app.put_proposal(record, puts, Cause::Typed).unwrap().to_hex();
            assert_eq!(app.confirm(&change).unwrap_err().code, Code::UnknownChange);
        }
        assert!(app.proposals(&id).unwrap().is_empty());
    }
}
