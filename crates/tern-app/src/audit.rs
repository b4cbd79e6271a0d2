//! Reading what is restricted asks for a reason, and the reason is kept before anything is shown (rule D-12).

mod shared;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tern_record::{Compartment, RecordId, SeatId, short};
use tern_store::WriteTx;
use tern_store::audit::AuditRow;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::ports::rfc3339;
use crate::record::Record;
use crate::view::{AuditView, HeldView};

/// Most lines of the screen of what is kept.
const MOST_LINES: usize = 500;
/// Longest reason, in characters: a reason is no story.
const MAX_REASON: usize = 200;

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
        let event = self.event("read_restricted", Some(record), reason);
        self.vault.write(|tx: &WriteTx<'_>| tx.add_audit(&event)).map_err(Failure::from)
    }

    /// Keeps that a rule stopped a change: which rule and of which record, and nothing of what was typed. A refusal
    /// stays a refusal where this cannot be written.
    pub(crate) fn note_stopped(&mut self, record: &Record, refused: &Failure) {
        let Code::Rule(rule) = &refused.code else { return };
        // A record that begins with a refused answer never was.
        let about = (!record.is_empty()).then_some(record.id);
        let event = self.event("stopped", about, rule.code());
        let _ = self.vault.write(|tx: &WriteTx<'_>| tx.add_audit(&event));
    }

    /// An event of now, by this worker.
    pub(crate) fn event(&self, what: &str, record: Option<RecordId>, why: &str) -> AuditRow {
        let stamp = self.ports.clock.stamp();
        AuditRow {
            at_ms: stamp.at_ms,
            offset_min: stamp.offset_min,
            seat: self.me.seat,
            what: what.to_owned(),
            record,
            why: why.to_owned(),
        }
    }

    /// What is kept, the latest first; `text` narrows it by worker, by what was done, or by a child's number.
    pub fn audit_view(&self, text: &str) -> Reply<Vec<AuditView>> {
        self.audits()?;
        let wanted = text.trim().to_lowercase();
        let rows = self.vault.audit(None)?.into_iter().rev().map(|row| self.audit_line(row));
        let fits = |line: &AuditView| {
            let number = line.number.as_deref().unwrap_or_default();
            let all = [line.by.as_str(), &line.what_label, &line.why, number];
            wanted.is_empty() || all.iter().any(|part| part.to_lowercase().contains(&wanted))
        };
        Ok(rows.filter(fits).take(MOST_LINES).collect())
    }

    fn audit_line(&self, row: AuditRow) -> AuditView {
        AuditView {
            at: crate::show::stored((row.at_ms, row.offset_min), false),
            by: self.names.get(&row.seat).map(|names| names.worker.clone()).unwrap_or_default(),
            what_label: self.label("audit_event", &row.what),
            number: row.record.map(|record| short::short_text(record.as_bytes())),
            why: self.why_in_words(&row),
            what: row.what,
        }
    }

    /// A reason as it was typed; roles and reasons for a removal are kept as codes.
    fn why_in_words(&self, row: &AuditRow) -> String {
        let list = match row.what.as_str() {
            "admitted" | "admitted_again" | "roles_changed" => "role",
            "removed" => "removal_reason",
            "drill" => return self.mark_in_words(&row.why),
            _ => return row.why.clone(),
        };
        let words: Vec<String> = row.why.split_whitespace().map(|code| self.label(list, code)).collect();
        words.join(", ")
    }

    /// A recovery sheet as its pages are called; a drill keeps its seat.
    fn mark_in_words(&self, seat: &str) -> String {
        SeatId::from_hex(seat).map_or_else(|_| String::new(), crate::desk::mark)
    }

    /// Refuses whoever is no auditor.
    fn audits(&self) -> Reply<()> {
        let audits = self.rights.roles().iter().any(|role| role.audits());
        if audits { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    /// `audit`.
    pub fn script_audit(&self, id: Option<&str>) -> Reply<Value> {
        self.audits()?;
        let record = id.map(|id| self.resolve_any(id)).transpose()?;
        let rows = self.vault.audit(record)?.into_iter().map(|row| {
            let stamp = tern_record::Stamp {
                at_ms: row.at_ms,
                offset_min: row.offset_min,
                clock: tern_record::ClockFlag::Sure,
            };
            let by = self.names.get(&row.seat).map(|names| names.worker.clone()).unwrap_or_default();
            json!({
                "at": rfc3339(stamp), "by": by, "what": row.what, "why": row.why,
                "record": row.record.map(|record| short::long_text(record.as_bytes())),
            })
        });
        Ok(rows.collect())
    }
}
