//! How the answers of a draft lie in the vault: by compartment, each under its own key.

use std::collections::{BTreeMap, BTreeSet};

use tern_form::check::Answers;
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::{Compartment, DraftId, Scalar};
use tern_store::StoreError;
use tern_store::draft::DraftRow;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

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
    pub(super) fn any_draft(&self, id: &str) -> Reply<DraftRow> {
        let id = DraftId::from_hex(id).map_err(|_| Code::UnknownDraft)?;
        self.vault.find_draft(id)?.ok_or_else(|| Code::UnknownDraft.into())
    }

    pub(super) fn own_draft(&self, id: &str) -> Reply<DraftRow> {
        let draft = self.any_draft(id)?;
        if draft.seat == self.me.seat { Ok(draft) } else { Err(Code::DraftOfAnother.into()) }
    }

    pub(super) fn answers(&self, draft: DraftId) -> Reply<Answers> {
        let mut answers = self.kept(draft)?;
        answers.retain(|path, _| !path.starts_with(TYPING));
        Ok(answers)
    }

    /// Paths that are still being typed and that the record does not have yet.
    pub(super) fn typing(&self, draft: DraftId) -> Reply<BTreeSet<String>> {
        let kept = self.kept(draft)?;
        Ok(kept.keys().filter_map(|path| path.strip_prefix(TYPING)).map(str::to_owned).collect())
    }

    pub(super) fn kept(&self, draft: DraftId) -> Reply<Answers> {
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

    pub(super) fn save_answers(
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
}

/// Codes of `help_asked`, for the line that others may see.
fn help(answers: &Answers) -> Vec<String> {
    answers
        .iter()
        .filter(|(_, value)| value.as_bool() == Some(true))
        .filter_map(|(path, _)| path.strip_prefix("help_asked/")?.strip_suffix("/in").map(str::to_owned))
        .collect()
}
