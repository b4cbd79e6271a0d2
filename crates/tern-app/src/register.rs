//! A child from answers, numbered and found from the moment it is on the disk.

use std::collections::BTreeMap;

use serde_json::Value;
use tern_form::Remark;
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
            let mut ids = || self.ports.draw(EntityId::make_random);
            self.schema.register_answers(answers, today, &mut ids).map_err(refusal)?
        };
        let id = self.draw(RecordId::make_random);
        let put = self.put(id, &[], registration.puts, cause, Along::default())?;
        Ok(Registered { id, heads: put.heads, remarks: registration.remarks })
    }

    /// Registers what a draft holds; the draft goes on as this record.
    pub(crate) fn register_draft(
        &mut self,
        answers: BTreeMap<Path, Scalar>,
        becomes: tern_store::draft::DraftRow,
        id: RecordId,
    ) -> Reply<Vec<String>> {
        let along = Along { becomes: Some(becomes), ..Along::default() };
        Ok(self.put(id, &[], answers.into_iter().collect(), Cause::Registered, along)?.heads)
    }
}
