//! Keeping several answers as one settled answer: as rows of a list, or as paragraphs of one text (decision 0012).

use serde_json::json;
use tern_form::Kind;
use tern_record::{EntityId, Path, RecordId, Said, Scalar, short};

use super::Conflict;
use crate::Reply;
use crate::app::App;
use crate::edit::refusal;
use crate::failure::{Code, Failure};
use crate::ports::civil_day;

/// How several answers to one question can stand side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// Each has a row of its own: it is what a row of its list begins with.
    Rows,
    /// One below the other, each under the name of who wrote it.
    Paragraphs,
}

impl App {
    /// Several answers can be kept there. What is taken along to another record goes one by one.
    pub(super) fn keeps_both(&self, conflict: &Conflict) -> bool {
        let all_say = conflict.all.iter().all(|said| !said.value.is_null());
        !conflict.left && conflict.is_to_settle() && all_say && self.room(&conflict.path).is_some()
    }

    /// `None` where there is room for one answer.
    fn room(&self, path: &Path) -> Option<Room> {
        let field = self.schema.field_at(path)?;
        if field.kind == Kind::Note {
            return Some(Room::Paragraphs);
        }
        let list = self.schema.list(path.list()?)?;
        let begins = list.bare.as_deref() == Some(path.field()) && field.kind != Kind::Set;
        begins.then_some(Room::Rows)
    }

    /// What keeps all of these answers.
    pub(super) fn both(
        &mut self,
        record: RecordId,
        path: &Path,
        all: &[Said<Scalar>],
    ) -> Reply<Vec<(Path, Scalar)>> {
        let about = |code: Code| Failure::about(code, [path.to_string()]);
        let mut kept: Vec<&Said<Scalar>> = all.iter().filter(|said| !said.value.is_null()).collect();
        if kept.len() < 2 {
            // One of two took the answer out: that cannot stand beside an answer.
            return Err(about(Code::KeepsOne));
        }
        kept.sort_by_key(|said| (said.at.at_ms, said.change));
        match self.room(path).ok_or_else(|| about(Code::KeepsOne))? {
            Room::Rows => self.as_rows(record, path, &kept),
            Room::Paragraphs => Ok(vec![(path.clone(), self.as_paragraphs(path, &kept)?)]),
        }
    }

    /// The first answer stays in its row; each of the others begins a row, that belongs to what the first belongs to.
    fn as_rows(
        &mut self,
        record: RecordId,
        path: &Path,
        kept: &[&Said<Scalar>],
    ) -> Reply<Vec<(Path, Scalar)>> {
        let list = path.list().unwrap_or_default().to_owned();
        let of = format!("{list}/{}/of", path.entity().unwrap_or_default());
        let of = self.with_record(record, |app, opened| Ok(opened.shown(&app.schema, &of)))?;
        let mut puts = Vec::new();
        for (at, said) in kept.iter().enumerate() {
            if at == 0 {
                puts.push((path.clone(), said.value.clone()));
                continue;
            }
            let row = short::long_text(self.draw(EntityId::make_random).as_bytes());
            let in_row = |field: &str| {
                Path::new(&format!("{list}/{row}/{field}")).map_err(|_| Failure::from(Code::UnknownRow))
            };
            puts.push((in_row(path.field())?, said.value.clone()));
            if let Some(of) = &of {
                puts.push((in_row("of")?, of.clone()));
            }
        }
        Ok(puts)
    }

    /// Every text whole, each under who wrote it and on which day.
    fn as_paragraphs(&self, path: &Path, kept: &[&Said<Scalar>]) -> Reply<Scalar> {
        let mut paragraphs = Vec::with_capacity(kept.len());
        for said in kept {
            if self.is_absent(path, &said.value) {
                return Err(Failure::about(Code::TextNotHere, [path.to_string()]));
            }
            let day = civil_day(said.at.at_ms, said.at.offset_min).to_string();
            let (by, _) = self.name_of(said.by, said.on);
            let head = self.text.say("both-paragraph", &json!({ "by": by, "day": day }));
            paragraphs.push(format!("{head}\n{}", self.print(path, &said.value)));
        }
        let text = json!(paragraphs.join("\n\n"));
        self.schema.value_from_json(path, &text, self.ports.today()).map_err(refusal)
    }
}
