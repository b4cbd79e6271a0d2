//! Forms that were begun: saved as typed, numbered as soon as the needed answers are there.

use std::collections::BTreeSet;

use serde_json::Value;
use tern_form::check::Answers;
use tern_record::cbor::Canonical as _;
use tern_record::name::Name;
use tern_record::{ClockFlag, DraftId, Path, RecordId, Scalar, Stamp, short};
use tern_store::draft::DraftRow;

use crate::Reply;
use crate::app::App;
use crate::edit::refusal;
use crate::failure::{Code, Failure};
use crate::show::{moment, stored};
use crate::view::{DraftLineView, DraftView, NameHintView, PutDraft, RegisteredView, RemarkView};

mod kept;
mod number;

pub(crate) use number::with_company;

use number::is_named;

/// The form of the fast path.
const FORM: &str = "child";
/// A draft this old makes a task.
const OLD_MS: i64 = 5 * 24 * 3600 * 1000;
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
    fn fast_path(&self) -> BTreeSet<String> {
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

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
