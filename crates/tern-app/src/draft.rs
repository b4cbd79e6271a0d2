//! Forms that were begun: saved as typed, numbered as soon as the needed answers are there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tern_form::check::Answers;
use tern_record::accompaniment::{Claim, PaperSeen};
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::name::Name;
use tern_record::{Cause, ClockFlag, Compartment, DraftId, EntityId, Path, RecordId, Scalar, Stamp, short};
use tern_store::StoreError;
use tern_store::draft::DraftRow;

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, New, Rows, refusal};
use crate::failure::{Code, Failure};
use crate::show::{moment, stored};
use crate::view::{DraftLineView, DraftView, NameHintView, PutDraft, RegisteredView, RemarkView};

/// The form of the fast path.
const FORM: &str = "child";
/// A draft this old makes a task.
const OLD_MS: i64 = 5 * 24 * 3600 * 1000;
/// Most answers of a draft.
const MOST: u64 = 5_000;
/// Before a path, in a draft whose child has its number: the answer is still being typed and is not in the record yet.
const TYPING: &str = "~";

/// Answers of one compartment, as they lie in the vault.
#[derive(Default)]
struct Part(BTreeMap<String, Scalar>);

impl Canonical for Part {
    fn write(&self, to: &mut Writer) {
        to.array(self.0.len());
        for (path, value) in &self.0 {
            to.array(2).text(path).item(value);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        let mut part = Self::default();
        for _ in 0..array_up_to(from, MOST)? {
            array_of(from, 2)?;
            let path = from.str()?.to_owned();
            part.0.insert(path, Scalar::read(from)?);
        }
        Ok(part)
    }
}

impl App {
    /// Begins a registration.
    pub fn begin_draft(&mut self) -> Reply<DraftView> {
        self.begin_draft_with(&Answers::new())
    }

    /// Begins a registration with answers that stand before anybody asks: of a bundle of paper, of a family.
    pub(crate) fn begin_draft_with(&mut self, answers: &Answers) -> Reply<DraftView> {
        self.may_register()?;
        let mut draft = self.fresh_draft(None);
        match answers.is_empty() {
            true => self.vault.write(|tx| tx.put_draft(&draft)).map_err(Failure::from)?,
            false => self.save_answers(&mut draft, answers, &BTreeSet::new())?,
        }
        self.draft_view(&draft)
    }

    /// A draft that begins now, of nobody yet or of a record.
    fn fresh_draft(&self, record: Option<RecordId>) -> DraftRow {
        let now = self.ports.clock.stamp();
        let at = (now.at_ms, now.offset_min);
        DraftRow {
            id: self.draw(DraftId::make_random),
            seat: self.me.seat,
            form: FORM.to_owned(),
            form_version: self.schema.form(FORM).map_or(1, |form| form.version),
            begun: at,
            saved: at,
            help: Vec::new(),
            record,
            dropped_ms: None,
        }
    }

    /// A draft of this worker.
    pub fn draft(&mut self, id: &str) -> Reply<DraftView> {
        let draft = self.own_draft(id)?;
        self.draft_view(&draft)
    }

    /// Goes on with a record that still lacks answers, as an interview: the draft stands for the record, and each answer
    /// is a change of it. Asked twice, it is the same draft.
    pub fn draft_of(&mut self, id: &str) -> Reply<DraftView> {
        let record = self.resolve(id)?;
        self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        self.may_interview(record)?;
        let mut open = self.vault.drafts()?.into_iter();
        let mine = open.find(|draft| {
            draft.record == Some(record) && draft.seat == self.me.seat && draft.dropped_ms.is_none()
        });
        if let Some(draft) = mine {
            return self.draft_view(&draft);
        }
        let mut draft = self.fresh_draft(Some(record));
        let asked = self.fast_path();
        let answers: Answers = self.with_seen(record, |app, opened| {
            let paths = opened.paths().into_iter().filter(|path| asked.contains(&path.form_key()));
            let shown = paths.filter_map(|path| {
                let value =
                    opened.folded(&app.schema, &path).shown().filter(|value| !value.is_null())?.clone();
                Some((path.as_str().to_owned(), value))
            });
            Ok(shown.collect())
        })?;
        let gone: Vec<String> =
            answers.keys().filter_map(|path| path.strip_suffix("/removed").map(str::to_owned)).collect();
        let answers = answers
            .into_iter()
            .filter(|(path, _)| !gone.iter().any(|row| path.starts_with(&format!("{row}/"))))
            .collect();
        self.save_answers(&mut draft, &answers, &BTreeSet::new())?;
        self.draft_view(&draft)
    }

    /// Form keys of everything that the pages of the fast path ask.
    fn fast_path(&self) -> std::collections::BTreeSet<String> {
        let pages = self.schema.form(FORM).map_or(&[][..], |form| &form.pages);
        let items = pages.iter().flat_map(|page| &page.items);
        let keys = items.flat_map(|item| match item {
            tern_form::Item::Field(field) => vec![field.key()],
            tern_form::Item::List(list) => {
                let mut keys: Vec<String> = list.fields.iter().map(|field| field.key()).collect();
                keys.push(format!("{}/removed", list.id));
                keys
            }
        });
        keys.collect()
    }

    /// Saves one answer as typed. When it is not being typed any more and the needed answers are there, the
    /// child is numbered; from then on answers are changes to its record. Rules judge the answers of a form together:
    /// until it is whole they are remarks, and then the answer that a rule refuses is not kept.
    pub fn put_draft(&mut self, ask: &PutDraft) -> Reply<DraftView> {
        let mut draft = self.own_draft(&ask.id)?;
        let value = self.read_answer(&ask.path, &ask.value)?;
        let mut answers = self.answers(draft.id)?;
        answers.remove(&ask.path);
        let others = answers.clone();
        if is_named(&ask.path, &value) {
            answers.remove("name_absent_reason");
        }
        if !value.is_null() {
            answers.insert(ask.path.clone(), value.clone());
        }
        let mut typing = self.typing(draft.id)?;
        match (draft.record, ask.typing) {
            (Some(_), true) => drop(typing.insert(ask.path.clone())),
            (Some(record), false) => {
                self.answer(record, &draft, &answers, &ask.path, value)?;
                typing.remove(&ask.path);
            }
            (None, true) => {}
            (None, false) => {
                if self.schema.open(FORM, &with_company(&answers)).is_empty()
                    && let Err(refused) = self.rules_of(&draft, &answers)
                    && self.rules_of(&draft, &others).is_ok()
                {
                    let id = self.draw(RecordId::make_random);
                    let none = self.open_record(id)?;
                    self.note_stopped(&none, &refused);
                    return Err(refused);
                }
            }
        }
        self.save_answers(&mut draft, &answers, &typing)?;
        if !ask.typing && draft.record.is_none() && self.may_be_numbered(&draft, &answers) {
            self.number(&mut draft, &answers)?;
        }
        self.draft_view(&draft)
    }

    /// The needed answers are there and no rule stands in the way.
    fn may_be_numbered(&mut self, draft: &DraftRow, answers: &Answers) -> bool {
        self.schema.open(FORM, &with_company(answers)).is_empty() && self.rules_of(draft, answers).is_ok()
    }

    /// Refuses what a rule would refuse if these answers were the record.
    fn rules_of(&mut self, draft: &DraftRow, answers: &Answers) -> Reply<()> {
        let puts = self.first_puts(draft, answers)?;
        let id = self.draw(RecordId::make_random);
        let record = self.open_record(id)?;
        self.keep_rules(&record, &puts, tern_record::rule::Voices::One)
    }

    /// Asks for the number now.
    pub fn finish_draft(&mut self, id: &str) -> Reply<DraftView> {
        let mut draft = self.own_draft(id)?;
        let answers = self.answers(draft.id)?;
        if draft.record.is_none() {
            let open = self.schema.open(FORM, &with_company(&answers));
            if !open.is_empty() {
                return Err(Failure::about(Code::AnswersNeeded, open));
            }
            self.number(&mut draft, &answers)?;
        } else {
            self.settle(&draft, &answers)?;
        }
        let view = self.draft_view(&draft)?;
        self.vault.write(|tx| tx.remove_draft(draft.id)).map_err(Failure::from)?;
        Ok(view)
    }

    /// What was still being typed goes into the record.
    fn settle(&mut self, draft: &DraftRow, answers: &Answers) -> Reply<()> {
        let Some(record) = draft.record else { return Ok(()) };
        for path in self.typing(draft.id)? {
            let value = answers.get(&path).cloned().unwrap_or(Scalar::Null);
            self.answer(record, draft, answers, &path, value)?;
        }
        Ok(())
    }

    /// Lets a draft go; kept, so that it can be taken back.
    pub fn drop_draft(&mut self, id: &str) -> Reply<()> {
        let now = self.ports.clock.now_ms();
        self.mark(id, Some(now))
    }

    /// Takes a dropped draft back.
    pub fn restore_draft(&mut self, id: &str) -> Reply<()> {
        self.mark(id, None)
    }

    fn mark(&mut self, id: &str, dropped_ms: Option<i64>) -> Reply<()> {
        let mut draft = self.own_draft(id)?;
        draft.dropped_ms = dropped_ms;
        self.vault.write(|tx| tx.put_draft(&draft)).map_err(Failure::from)
    }

    /// Takes over a draft that another worker of this device began.
    pub fn take_draft(&mut self, id: &str) -> Reply<DraftView> {
        self.may_register()?;
        let mut draft = self.any_draft(id)?;
        // What only its worker can open would be lost with whoever else goes on.
        self.kept(draft.id)?;
        draft.seat = self.me.seat;
        self.vault.write(|tx| tx.put_draft(&draft)).map_err(Failure::from)?;
        self.draft_view(&draft)
    }

    /// Drafts of this device that are open, oldest first, their content closed.
    pub(crate) fn draft_lines(&self) -> Reply<Vec<DraftLineView>> {
        if !self.rights.registers() {
            return Ok(Vec::new());
        }
        let now = self.ports.clock.now_ms();
        let open = self
            .vault
            .drafts()?
            .into_iter()
            .filter(|draft| draft.dropped_ms.is_none() && draft.record.is_none());
        Ok(open
            .map(|draft| DraftLineView {
                id: draft.id.to_hex(),
                begun: stored(draft.begun, false),
                by: self.names.get(&draft.seat).map(|names| names.worker.clone()).unwrap_or_default(),
                mine: draft.seat == self.me.seat,
                old: now.saturating_sub(draft.begun.0) >= OLD_MS,
                help: draft.help,
            })
            .collect())
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

    fn number(&mut self, draft: &mut DraftRow, answers: &Answers) -> Reply<()> {
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
    fn answer(
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
            Err(failure) if failure.code == Code::Rule(tern_record::rule::Rule::D_06) => {
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

    fn read_answer(&self, path: &str, value: &Value) -> Reply<Scalar> {
        let readable = path.replace('+', "n");
        let path = Path::new(&readable).map_err(|_| Failure::about(Code::UnknownField, ["?".to_owned()]))?;
        if path.list() == Some(crate::propose::LIST) {
            return Err(crate::propose::kept_apart());
        }
        self.schema.value_from_json(&path, value, self.ports.today()).map_err(refusal)
    }

    /// Begins a registration with all of its answers and asks for the number; what is refused leaves no draft behind.
    pub(crate) fn register_draft(&mut self, answers: &Answers) -> Reply<DraftView> {
        let id = self.begin_draft_with(answers)?.id;
        let done = self.finish_draft(&id);
        if let (Err(_), Ok(draft)) = (&done, DraftId::from_hex(&id)) {
            self.vault.write(|tx| tx.remove_draft(draft)).map_err(Failure::from)?;
        }
        done
    }

    fn any_draft(&self, id: &str) -> Reply<DraftRow> {
        let id = DraftId::from_hex(id).map_err(|_| Code::UnknownDraft)?;
        self.vault.find_draft(id)?.ok_or_else(|| Code::UnknownDraft.into())
    }

    fn own_draft(&self, id: &str) -> Reply<DraftRow> {
        let draft = self.any_draft(id)?;
        if draft.seat == self.me.seat { Ok(draft) } else { Err(Code::DraftOfAnother.into()) }
    }

    fn answers(&self, draft: DraftId) -> Reply<Answers> {
        let mut answers = self.kept(draft)?;
        answers.retain(|path, _| !path.starts_with(TYPING));
        Ok(answers)
    }

    /// Paths that are still being typed and that the record does not have yet.
    fn typing(&self, draft: DraftId) -> Reply<BTreeSet<String>> {
        let kept = self.kept(draft)?;
        Ok(kept.keys().filter_map(|path| path.strip_prefix(TYPING)).map(str::to_owned).collect())
    }

    fn kept(&self, draft: DraftId) -> Reply<Answers> {
        let mut answers = Answers::new();
        for (_, body) in self.vault.draft_parts(draft)? {
            let bytes = self.keys.open_draft(draft, &body).map_err(|failure| match failure.code {
                Code::NoRight => Failure::from(Code::OnlyItsWorker),
                _ => failure,
            })?;
            answers.extend(Part::from_bytes(&bytes).map_err(|_| Code::Damaged)?.0);
        }
        Ok(answers)
    }

    fn save_answers(
        &mut self,
        draft: &mut DraftRow,
        answers: &Answers,
        typing: &BTreeSet<String>,
    ) -> Reply<()> {
        let now = self.ports.clock.stamp();
        draft.saved = (now.at_ms, now.offset_min);
        draft.help = help(answers);
        let mut parts: BTreeMap<Compartment, Part> = BTreeMap::new();
        let of =
            |path: &str| self.schema.field_of(path).map_or(Compartment::Core, |field| field.compartment());
        for (path, value) in answers {
            parts.entry(of(path)).or_default().0.insert(path.clone(), value.clone());
        }
        for path in typing {
            let mark = format!("{TYPING}{path}");
            parts.entry(of(path)).or_default().0.insert(mark, Scalar::Bool(true));
        }
        let mut bodies = Vec::new();
        for compartment in Compartment::ALL {
            let body =
                match parts.get(&compartment) {
                    None => None,
                    Some(part) => Some(self.draw(|random| {
                        self.keys.close_draft(compartment, draft.id, part.to_bytes(), random)
                    })?),
                };
            bodies.push((compartment, body));
        }
        self.vault
            .write(|tx| {
                tx.put_draft(draft)?;
                bodies.iter().try_for_each(|(compartment, body)| {
                    tx.put_draft_part(draft.id, *compartment, body.as_ref())
                })
            })
            .map_err(|error: StoreError| error.into())
    }

    fn draft_view(&mut self, draft: &DraftRow) -> Reply<DraftView> {
        let answers = self.answers(draft.id)?;
        let today = self.ports.today();
        let child = match draft.record {
            None => None,
            Some(record) => Some(RegisteredView {
                id: short::long_text(record.as_bytes()),
                short_id: short::short_text(record.as_bytes()),
                heads: self.with_record(record, |_, opened| Ok(opened.heads()))?,
                may_be_same: u32::try_from(self.may_be_same(record)?.len()).unwrap_or(0),
            }),
        };
        let mut remarks = self.remark_views(self.schema.remarks(&answers, today));
        let open = self.schema.open(FORM, &with_company(&answers));
        if draft.record.is_none()
            && let Err(refused) = self.rules_of(draft, &answers)
        {
            // The answers are kept, and this is why there will be no number.
            let view = refused.view(&self.text);
            let path = view.paths.into_iter().next().unwrap_or_default();
            remarks.push(RemarkView { path, code: view.code, text: view.message });
        }
        Ok(DraftView {
            id: draft.id.to_hex(),
            begun: stored(draft.begun, false),
            saved: moment(Stamp { at_ms: draft.saved.0, offset_min: draft.saved.1, clock: ClockFlag::Sure }),
            open,
            name_hint: self.name_hint(&answers),
            answers: answers
                .iter()
                .map(|(path, value)| (path.clone(), self.answer_json(path, value)))
                .collect(),
            remarks,
            child,
        })
    }

    fn answer_json(&self, path: &str, value: &Scalar) -> Value {
        Path::new(&path.replace('+', "n")).map_or(Value::Null, |path| self.schema.value_to_json(&path, value))
    }

    /// The letters of the typed name and how else it is found.
    fn name_hint(&self, answers: &Answers) -> Option<NameHintView> {
        let (_, value) =
            answers.iter().find(|(path, _)| path.starts_with("names/") && path.ends_with("/name"))?;
        let name = Name::from_bytes(value.as_bytes()?).ok()?;
        let script = name.script.as_deref().filter(|script| *script != "Latn")?;
        let found = tern_match::fold(&name.text)
            .iter()
            .map(|word| capital(&tern_match::romanise(word)))
            .collect::<Vec<_>>();
        Some(NameHintView {
            script: self.text.word(&format!("code-script-{script}")),
            found_as: found.join(" "),
        })
    }
}

/// A name was said.
fn is_named(path: &str, value: &Scalar) -> bool {
    path.starts_with("names/") && path.ends_with("/name") && !value.is_null()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Codes of `help_asked`, for the line that others may see.
fn help(answers: &Answers) -> Vec<String> {
    answers
        .iter()
        .filter(|(_, value)| value.as_bool() == Some(true))
        .filter_map(|(path, _)| path.strip_prefix("help_asked/")?.strip_suffix("/in").map(str::to_owned))
        .collect()
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
