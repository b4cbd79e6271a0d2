//! Records of the same child: linked by two workers, never melted into one, and split again by anybody.

use tern_record::life::{Life, code, yes};
use tern_record::{Cause, Compartment, EntityId, IntentId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, New};
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::view::LinkView;

impl App {
    /// Proposes that two records are of the same child. Both stay whole; nothing is copied. The other record points back, so
    /// that each is found from each; all of it is said at once or nothing.
    pub fn link_same(&mut self, id: &str, other: &str) -> Reply<IntentId> {
        let (record, other) = (self.resolve(id)?, self.resolve(other)?);
        if record == other {
            return Err(Code::SameRecord.into());
        }
        self.vault.find_child(other)?.ok_or(Code::UnknownChild)?;
        let held = self.link_row(record, other)?;
        let row = held.clone().unwrap_or_else(|| self.new_row());
        let decision = same_as(&row, "decision")?;
        self.waits_for_nobody(record, &decision)?;
        self.counts(other)?;
        let back = self.link_row(other, record)?;
        if let Some(row) = &back {
            // Each by the other, and neither would count.
            self.waits_for_nobody(other, &same_as(row, "decision")?)?;
        }
        let mut here = self.proposal_puts(&(decision, Scalar::from("same")), &[])?;
        if held.is_none() {
            here.push((same_as(&row, "record")?, id_text(other)));
        }
        let mut new = vec![New { id: record, steps: vec![(Cause::Typed, here)] }];
        if back.is_none() {
            let back = vec![(same_as(&self.new_row(), "record")?, id_text(record))];
            new.push(New { id: other, steps: vec![(Cause::Typed, back)] });
        }
        let changes = self.put_together(new, &Along { proposes: true, ..Along::default() })?;
        let change = changes.first().map(|change| IntentId::from_hex(&change.change));
        change.and_then(Result::ok).ok_or_else(|| Code::UnknownChange.into())
    }

    /// An id for a row that begins.
    pub(crate) fn new_row(&self) -> String {
        short::long_text(self.draw(EntityId::make_random).as_bytes())
    }

    /// Takes a link back. One worker may: what was joined by two is two again, and nothing was lost.
    pub fn unlink(&mut self, id: &str, other: &str) -> Reply<IntentId> {
        let (record, other) = (self.resolve(id)?, self.resolve(other)?);
        let row = self.link_row(record, other)?.ok_or(Code::UnknownChange)?;
        let path =
            Path::new(&format!("same_as/{row}/decision")).map_err(|_| Failure::from(Code::UnknownField))?;
        let puts = vec![(path, Scalar::from("different"))];
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

    /// Records that are said to be of the same child, whichever of the two says so.
    pub fn links(&mut self, id: &str) -> Reply<Vec<LinkView>> {
        let record = self.resolve(id)?;
        let own = self.with_seen(record, |app, opened| Ok(app.life(opened, Compartment::Core)))?;
        let mut views: Vec<LinkView> = Vec::new();
        for (row, fields) in own.rows("same_as") {
            let Some(other) = code(fields, "record").and_then(|id| self.resolve(id).ok()) else { continue };
            let decision = code(fields, "decision");
            let (state, theirs) = match standing(&own, row, decision) {
                Some(state) => (state, false),
                // The other record holds the proposal.
                None => (self.said_by(other, record)?.unwrap_or("different"), true),
            };
            let Some(line) = self.line_of(other)? else { continue };
            let state_text = self.text.word(&format!("link-{state}"));
            let view = LinkView { line, state_text, state: state.to_owned(), theirs };
            // Two devices may have begun a row each: what this record says of the other is said once.
            match views.iter_mut().find(|known| known.line.id == view.line.id) {
                Some(known) if known.theirs && !view.theirs => *known = view,
                Some(_) => (),
                None => views.push(view),
            }
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

    /// The same puts, with the record open again when they take away the link by which another counts for it: however it is
    /// taken away, a child that counts nowhere is on no board.
    pub(crate) fn counting_again(
        &self,
        record: &Record,
        mut puts: Vec<(Path, Scalar)>,
    ) -> Reply<Vec<(Path, Scalar)>> {
        if !puts.iter().any(|(path, _)| path.list() == Some("same_as")) {
            return Ok(puts);
        }
        let linked = |life: &Life| life.rows("same_as").any(|(_, row)| code(row, "decision") == Some("same"));
        let after = self.life_with(record, Compartment::Core, &puts);
        let ends = linked(&self.life(record, Compartment::Core)) && !linked(&after);
        if ends && after.code("case.status") == Some("duplicate") {
            let status = Path::new("case.status").map_err(|_| Failure::from(Code::UnknownField))?;
            puts.push((status, Scalar::from("open")));
        }
        Ok(puts)
    }

    /// Refuses a link to a record that does not count: the child would count nowhere.
    pub(crate) fn counts(&mut self, other: RecordId) -> Reply<()> {
        if self.vault.find_child(other)?.is_none() {
            return Ok(());
        }
        let open = self.with_record(other, |app, opened| Ok(app.case_of(opened).open))?;
        if open { Ok(()) } else { Err(Code::RecordEnded.into()) }
    }

    /// The same of the record that a row points to.
    pub(crate) fn counts_there(&mut self, record: RecordId, decision: &Path) -> Reply<()> {
        let row = decision.entity().unwrap_or_default();
        let life = self.core_life(record)?;
        let other = life.row("same_as", row).and_then(|row| code(row, "record"));
        match other.and_then(|id| self.resolve(id).ok()) {
            Some(other) => self.counts(other),
            None => Ok(()),
        }
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

fn same_as(row: &str, field: &str) -> Reply<Path> {
    Path::new(&format!("same_as/{row}/{field}")).map_err(|_| Failure::from(Code::UnknownField))
}

fn id_text(record: RecordId) -> Scalar {
    Scalar::from(short::long_text(record.as_bytes()).as_str())
}
