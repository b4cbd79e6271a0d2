//! The use case: families are made in batches, each whole or not at all.

use serde_json::{Value, json};
use tern_record::{Cause, EntityId, Path, RecordId, Scalar, short};

use super::{Around, Demo, DemoChild, Family, Waits};
use crate::Reply;
use crate::app::App;
use crate::edit::{New, refusal};
use crate::failure::Code;
use crate::view::{EditChild, PutDraft};

/// Records written at a time.
const BATCH: usize = 200;
/// Rows of one life for which ids are drawn at once.
const ROWS: usize = 160;
/// Programmes of so many children have some that were just begun.
const WITH_DRAFTS: u64 = 100;

/// What comes after a batch is on the disk.
type Later = (RecordId, Waits);

impl App {
    /// Makes children with whole lives; `told` hears how many are done.
    pub fn demo(&mut self, children: u64, seed: u64, told: &mut dyn FnMut(u64)) -> Reply<Vec<RecordId>> {
        if !self.practice {
            return Err(Code::PracticeOnly.into());
        }
        let open = self.cases_here()?.len() as u64;
        let around = Around {
            today: self.ports.today(),
            site: self.named("site"),
            country: self.named("country"),
            here: Around::here(children, open),
        };
        let mut demo = Demo::seeded(seed, around)?;
        let mut made = Vec::new();
        let (mut new, mut later): (Vec<New>, Vec<Later>) = (Vec::new(), Vec::new());
        loop {
            let left = children.saturating_sub(made.len() as u64);
            if left > 0 {
                let family = demo.next_family(left);
                made.extend(self.begin_family(family, &mut new, &mut later)?);
            }
            if new.len() >= BATCH || left == 0 {
                self.put_lives(std::mem::take(&mut new), Vec::new())?;
                for (id, waits) in std::mem::take(&mut later) {
                    self.leave_open(id, waits)?;
                }
                told(made.len() as u64);
            }
            if left == 0 {
                break;
            }
        }
        if children >= WITH_DRAFTS {
            self.begin_two_drafts()?;
        }
        Ok(made)
    }

    /// Turns a family into records that are not written yet.
    fn begin_family(
        &self,
        family: Family,
        new: &mut Vec<New>,
        later: &mut Vec<Later>,
    ) -> Reply<Vec<RecordId>> {
        let draw =
            |many: usize| -> Vec<RecordId> { (0..many).map(|_| self.draw(RecordId::make_random)).collect() };
        let (children, adults) = (draw(family.children.len()), draw(family.adults.len()));
        let at = |kind: &str, at: usize| {
            let of = if kind == "child" { &children } else { &adults };
            of.get(at).map(|id| short::long_text(id.as_bytes())).unwrap_or_default()
        };
        for (id, adult) in adults.iter().zip(family.adults) {
            let steps = vec![(Cause::Imported, self.puts_of(adult)?)];
            new.push(New { id: *id, steps });
        }
        for (id, child) in children.iter().zip(family.children) {
            let DemoChild { mut intake, steps, waits, here } = child;
            point(&mut intake, &at);
            let mut all = vec![(Cause::Registered, self.intake_puts(&intake)?)];
            for mut step in steps {
                point(&mut step, &at);
                // What happened elsewhere and long ago, some of it between two people.
                let mut puts = self.puts_of(step)?;
                // Each narrative is a sealed file of its own; other sites keep theirs.
                puts.retain(|(path, _)| here || !self.is_note(path));
                all.push((Cause::Imported, puts));
            }
            new.push(New { id: *id, steps: all });
            later.push((*id, waits));
        }
        Ok(children)
    }

    fn intake_puts(&self, answers: &Value) -> Reply<Vec<(Path, Scalar)>> {
        let mut rows = self.sorted_rows();
        let registered =
            self.schema.register_answers(answers, self.ports.today(), &mut rows).map_err(refusal)?;
        Ok(registered.puts)
    }

    fn puts_of(&self, answers: Value) -> Reply<Vec<(Path, Scalar)>> {
        let today = self.ports.today();
        let mut rows = self.sorted_rows();
        let mut puts = Vec::new();
        for (key, value) in answers.as_object().into_iter().flatten() {
            puts.extend(self.schema.puts_from_json(key, value, today, &mut rows).map_err(refusal)?);
        }
        puts.retain(|(_, value)| !value.is_null());
        Ok(puts)
    }

    fn is_note(&self, path: &Path) -> bool {
        self.schema.field_at(path).is_some_and(|field| field.kind == tern_form::Kind::Note)
    }

    /// Ids in rising order, so that rows stay as they were listed.
    fn sorted_rows(&self) -> impl FnMut() -> EntityId + use<'_> {
        let mut ids: Vec<EntityId> =
            self.draw(|random| (0..ROWS).map(|_| EntityId::make_random(random)).collect());
        ids.sort();
        let mut ids = ids.into_iter();
        move || ids.next().unwrap_or_else(|| self.draw(EntityId::make_random))
    }

    /// What people have to settle about a child.
    fn leave_open(&mut self, id: RecordId, waits: Waits) -> Reply<()> {
        let text = short::long_text(id.as_bytes());
        match waits {
            Waits::No => {}
            Waits::Dispute => {
                let heads = self.with_record(id, |_, record| Ok(record.heads()))?;
                for place in ["Old Mill", "Lower Brae"] {
                    let ask = EditChild {
                        id: text.clone(),
                        heads: heads.clone(),
                        puts: [("birth_place".to_owned(), json!(place))].into(),
                    };
                    self.edit_child(&ask, Cause::Typed)?;
                }
            }
            Waits::SecondWorker => {
                self.propose(&text, "accompaniment", &json!("accompanied"))?;
            }
        }
        Ok(())
    }

    /// Two interviews that somebody began and did not end.
    fn begin_two_drafts(&mut self) -> Reply<()> {
        for sex in ["F", "M"] {
            let draft = self.begin_draft()?;
            let path = "sex".to_owned();
            self.put_draft(&PutDraft { id: draft.id, path, value: json!(sex), typing: false })?;
        }
        Ok(())
    }
}

/// Puts ids in the place of `@child:0` and `@adult:0`.
pub(super) fn point(answers: &mut Value, at: &dyn Fn(&str, usize) -> String) {
    match answers {
        Value::String(text) => {
            let found = text.strip_prefix('@').and_then(|rest| {
                let (kind, place) = rest.split_once(':')?;
                Some(at(kind, place.parse().ok()?))
            });
            if let Some(id) = found {
                *text = id;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| point(value, at)),
        Value::Object(values) => values.values_mut().for_each(|value| point(value, at)),
        _ => {}
    }
}
