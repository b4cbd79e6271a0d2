//! Reading what is restricted asks for a reason, and the reason is kept before anything is shown (rule D-12).

mod event;
mod shared;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tern_record::{ClockFlag, Compartment, RecordId, SeatId, Stamp, short};
use tern_store::WriteTx;
use tern_store::audit::{About, AuditRow};

pub(crate) use event::Event;
use event::list_of;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::ports::rfc3339;
use crate::record::Record;
use crate::view::{AuditView, AuditedView, HeldView};

/// Most lines of the screen of what is kept.
const MOST_LINES: usize = 500;
/// Longest reason, in characters: a reason is no story.
const MAX_REASON: usize = 200;
/// Characters of a day in RFC 3339.
const DAY: usize = 10;

impl App {
    /// Opens what is restricted of a child. The reason is on the disk before anything is told.
    pub fn open_restricted(&mut self, id: &str, reason: &str) -> Reply<BTreeMap<String, HeldView>> {
        let record = self.resolve(id)?;
        self.note_reading(record, reason)?;
        self.with_seen(record, |app, opened| Ok(app.fields_of(opened, &[Compartment::Restricted])))
    }

    /// Keeps the reason for a reading of what is restricted.
    pub(crate) fn note_reading(&mut self, record: RecordId, reason: &str) -> Reply<()> {
        self.may_open_restricted(record)?;
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > MAX_REASON {
            return Err(Code::ReasonForReading.into());
        }
        let event = self.event(Event::ReadRestricted(record, reason));
        self.vault.write(|tx: &WriteTx<'_>| tx.add_audit(&event)).map_err(Failure::from)
    }

    /// Keeps that a rule stopped a change: which rule and of which record, and nothing of what was typed. A refusal
    /// stays a refusal where this cannot be written.
    pub(crate) fn note_stopped(&mut self, record: &Record, refused: &Failure) {
        let Code::Rule(rule) = &refused.code else { return };
        // A record that begins with a refused answer never was.
        let about = (!record.is_empty()).then_some(record.id);
        let event = self.event(Event::Stopped(about, *rule));
        let _ = self.vault.write(|tx: &WriteTx<'_>| tx.add_audit(&event));
    }

    /// What is kept, the latest first; `text` narrows it by worker or device, whoever did it or it was done to, by what was
    /// done, by a child's number, or by day.
    pub fn audit_view(&self, text: &str) -> Reply<Vec<AuditView>> {
        self.audits()?;
        let wanted = text.trim().to_lowercase();
        let rows = self.vault.audit(None)?.into_iter().rev();
        let fits = |row: &AuditRow| {
            let line = self.audit_line(row);
            wanted.is_empty() || said_in(row, &line).iter().any(|part| part.to_lowercase().contains(&wanted))
        };
        Ok(rows.filter(fits).take(MOST_LINES).map(|row| self.audit_line(&row)).collect())
    }

    fn audit_line(&self, row: &AuditRow) -> AuditView {
        let (number, whom) = match row.about {
            Some(About::Record(record)) => (Some(short::short_text(record.as_bytes())), None),
            Some(About::Seat(seat)) => (None, Some(self.audited(seat))),
            None => (None, None),
        };
        let author = self.roster.certificate(row.seat);
        let clock = author.map(|author| self.clock_of(author.worker, author.device, stamp_of(row)));
        AuditView {
            clock: clock.unwrap_or_default(),
            at: crate::show::stored((row.at_ms, row.offset_min), false),
            by: self.audited(row.seat),
            what_label: self.label("audit_event", &row.what),
            number,
            whom,
            why: self.why_in_words(row),
            what: row.what.clone(),
        }
    }

    /// A seat by the names that its certificate has; a recovery sheet as its pages are called.
    fn audited(&self, seat: SeatId) -> AuditedView {
        let (mark, paper) = (crate::desk::mark(seat), self.is_paper(seat));
        let names = self.names.get(&seat).filter(|_| !paper);
        let worker = match names {
            _ if paper => self.text.say("sheet-called", &json!({ "mark": mark })),
            Some(names) => names.worker.clone(),
            None => String::new(),
        };
        let device = names.map(|names| names.device.clone()).unwrap_or_default();
        AuditedView { mark, worker, device, paper }
    }

    /// A reason as it was typed; roles and reasons for a removal are kept as codes.
    fn why_in_words(&self, row: &AuditRow) -> String {
        let Some(list) = list_of(&row.what) else { return row.why.clone() };
        let words: Vec<String> = row.why.split_whitespace().map(|code| self.label(list, code)).collect();
        words.join(", ")
    }

    /// Refuses whoever is no auditor.
    fn audits(&self) -> Reply<()> {
        let audits = self.rights.roles().iter().any(|role| role.audits());
        if audits { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    /// `audit`: all, or of one record, or about one seat.
    pub fn script_audit(&self, record: Option<&str>, seat: Option<&str>) -> Reply<Value> {
        self.audits()?;
        let about = match (record, seat) {
            (Some(record), _) => Some(About::Record(self.resolve_any(record)?)),
            (None, Some(seat)) => Some(About::Seat(self.seat_named(seat)?)),
            (None, None) => None,
        };
        Ok(self.vault.audit(about)?.iter().map(|row| self.script_line(row)).collect())
    }

    fn script_line(&self, row: &AuditRow) -> Value {
        let (record, whom) = match row.about {
            Some(About::Record(record)) => (Some(short::long_text(record.as_bytes())), None),
            Some(About::Seat(seat)) => (None, Some(seat)),
            None => (None, None),
        };
        let whom = whom.map(|seat| (seat.to_hex(), self.audited(seat)));
        json!({
            "at": rfc3339(stamp_of(row)), "by": self.audited(row.seat).worker, "by_seat": row.seat.to_hex(),
            "what": row.what, "why": row.why, "record": record,
            "whom": whom.map(|(seat, view)| json!({
                "seat": seat, "worker": view.worker, "device": view.device, "sheet": view.paper,
            })),
        })
    }
}

/// Everything of a line that is searched.
fn said_in(row: &AuditRow, line: &AuditView) -> Vec<String> {
    let day = rfc3339(stamp_of(row)).chars().take(DAY).collect();
    let mut said = vec![line.what_label.clone(), line.why.clone(), day];
    said.extend(line.number.clone());
    for seat in std::iter::once(&line.by).chain(&line.whom) {
        said.extend([seat.worker.clone(), seat.device.clone(), seat.mark.clone()]);
    }
    said
}

fn stamp_of(row: &AuditRow) -> Stamp {
    Stamp { at_ms: row.at_ms, offset_min: row.offset_min, clock: ClockFlag::Sure }
}
