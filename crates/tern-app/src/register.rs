//! A child from answers, numbered and found from the moment it is on the disk.

use serde_json::Value;
use tern_form::Remark;
use tern_form::register::MAX_ROWS;
use tern_record::{Cause, EntityId, Path, RecordId, Scalar};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, refusal};

/// A child that was registered.
#[derive(Clone, Debug)]
pub struct Registered {
    /// The record.
    pub id: RecordId,
    /// Heads now.
    pub heads: Vec<String>,
    /// Remarks on the answers.
    pub remarks: Vec<Remark>,
}

impl App {
    /// Registers a child from a JSON object, as `tern register --answers` takes it.
    pub fn register(&mut self, answers: &Value) -> Reply<Registered> {
        self.register_as(answers, Cause::Registered)
    }

    /// The same, with the cause that history shows.
    pub fn register_as(&mut self, answers: &Value, cause: Cause) -> Reply<Registered> {
        let today = self.ports.today();
        let registration = {
            let mut drawn = self.row_ids(answers).into_iter();
            let mut ids = || drawn.next().unwrap_or_else(|| self.ports.draw(EntityId::make_random));
            self.schema.register_answers(answers, today, &mut ids).map_err(refusal)?
        };
        let id = self.draw(RecordId::make_random);
        let puts = self.with_site(registration.puts);
        let put = self.put(id, &[], puts, cause, Along::default())?;
        Ok(Registered { id, heads: put.heads, remarks: registration.remarks })
    }

    /// Random ids for the rows of the answers, in rising order: rows of one moment stay as they were listed,
    /// so that the name said first is the one shown.
    fn row_ids(&self, answers: &Value) -> Vec<EntityId> {
        let lists = answers.as_object().into_iter().flat_map(|object| object.values());
        let rows: usize = lists.filter_map(Value::as_array).map(Vec::len).sum();
        // An age beside a birth date becomes a row of its own.
        let wanted = rows.saturating_add(1).min(MAX_ROWS);
        let mut ids: Vec<EntityId> =
            self.draw(|random| (0..wanted).map(|_| EntityId::make_random(random)).collect());
        ids.sort();
        ids
    }

    /// A child is at the site where it is registered, unless somebody says otherwise.
    pub(crate) fn with_site(&self, mut puts: Vec<(Path, Scalar)>) -> Vec<(Path, Scalar)> {
        let said = puts.iter().any(|(path, _)| path.as_str() == "case.site");
        if let (false, Ok(path)) = (said, Path::new("case.site")) {
            puts.push((path, Scalar::from(self.named("site").as_str())));
        }
        puts
    }
}
