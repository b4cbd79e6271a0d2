//! Records of the same child: linked by two workers, never melted into one, and split again by anybody.

use tern_record::life::{Life, code, yes};
use tern_record::{Compartment, RecordId, short};

use crate::Reply;
use crate::app::App;
use crate::view::LinkView;

impl App {
    /// Records that are said to be of the same child, whichever of the two says so.
    pub fn links(&mut self, id: &str) -> Reply<Vec<LinkView>> {
        let record = self.resolve(id)?;
        let own = self.with_seen(record, |app, opened| Ok(app.life(opened, Compartment::Core)))?;
        let mut views = Vec::new();
        for (row, fields) in own.rows("same_as") {
            let Some(other) = code(fields, "record").and_then(|id| self.resolve(id).ok()) else { continue };
            let decision = code(fields, "decision");
            let (state, theirs) = match standing(&own, row, decision) {
                Some(state) => (state, false),
                // The other record holds the proposal.
                None => (self.said_by(other, record)?.unwrap_or("different"), true),
            };
            let Some(line) = self.line_of(other)? else { continue };
            views.push(LinkView {
                line,
                state_text: self.text.word(&format!("link-{state}")),
                state: state.to_owned(),
                theirs,
            });
        }
        Ok(views)
    }

    /// Proposes that two records are of the same child. The other record points back, so that each is found from each.
    pub fn link(&mut self, id: &str, other: &str) -> Reply<Vec<LinkView>> {
        let (record, other) = (self.resolve(id)?, self.resolve(other)?);
        let (id, there) = (short::long_text(record.as_bytes()), short::long_text(other.as_bytes()));
        self.link_same(&id, &there)?;
        self.links(&id)
    }

    /// Takes a link back, in the record that holds it. One worker may.
    pub fn split(&mut self, id: &str, other: &str) -> Reply<Vec<LinkView>> {
        let (record, there) = (self.resolve(id)?, self.resolve(other)?);
        let own = self.core_life(record)?;
        let other_id = short::long_text(there.as_bytes());
        let held = own
            .rows("same_as")
            .find(|(_, row)| code(row, "record") == Some(other_id.as_str()))
            .is_some_and(|(row, fields)| standing(&own, row, code(fields, "decision")).is_some());
        let id = short::long_text(record.as_bytes());
        if held {
            self.unlink(&id, &other_id)?
        } else {
            self.unlink(&other_id, &id)?
        };
        self.links(&id)
    }

    fn said_by(&mut self, other: RecordId, own: RecordId) -> Reply<Option<&'static str>> {
        let life = self.core_life(other)?;
        let own = short::long_text(own.as_bytes());
        let row = life.rows("same_as").find(|(_, row)| code(row, "record") == Some(own.as_str()));
        Ok(row.and_then(|(row, fields)| standing(&life, row, code(fields, "decision"))))
    }

    fn core_life(&mut self, record: RecordId) -> Reply<Life> {
        self.with_record(record, |app, opened| Ok(app.life(opened, Compartment::Core)))
    }
}

/// How a row of this record stands; `None` when it only points back.
fn standing(life: &Life, row: &str, decision: Option<&str>) -> Option<&'static str> {
    let about = format!("same_as/{row}/decision");
    let waits = life.rows("proposals").any(|(_, proposal)| {
        code(proposal, "about") == Some(about.as_str())
            && yes(proposal, "confirmed") != Some(true)
            && yes(proposal, "withdrawn") != Some(true)
    });
    match decision {
        Some("same") => Some("same"),
        _ if waits => Some("waiting"),
        Some("different") => Some("different"),
        Some(_) => Some("unsure"),
        None => None,
    }
}
