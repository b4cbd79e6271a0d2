//! Work of a seat that is out, which came after its cut-off: a lost tablet that is found again holds real registrations,
//! a stolen one may hold anything. Somebody looks, and takes it or leaves it aside. Nothing is thrown away.

use tern_record::id::hex;
use tern_record::short;
use tern_seal::envelope::Verified;
use tern_seal::roster::{Body, Cut, WorkAccepted};
use tern_store::envelope::QuarantineRow;

use crate::Reply;
use crate::admit::Admitted;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::view::ReviewView;

/// Why such work is kept aside.
pub(crate) const LATER: &str = "seat-removed";
/// What is left aside for good.
const DECLINED: &str = "declined";

impl App {
    /// What waits to be looked at, in the order it came.
    pub fn reviews(&self) -> Reply<Vec<ReviewView>> {
        self.may_review()?;
        let rows = self.vault.quarantined_as(LATER)?;
        Ok(rows.iter().filter_map(|row| self.review_view(row)).collect())
    }

    pub(crate) fn may_review(&self) -> Reply<()> {
        let me = self.roster.seats.get(&self.me.seat);
        let may = me.is_some_and(|me| {
            me.known_roles()
                .into_iter()
                .any(|role| role.certifies() || role == tern_record::Role::CaseSupervisor)
        });
        if may { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    fn review_view(&self, row: &QuarantineRow) -> Option<ReviewView> {
        let envelope = self.envelope_of(&row.bytes)?;
        let seat = envelope.place().seat;
        let names = self.names.get(&seat);
        let sections = self.sections_of(&envelope).ok();
        let mut records: Vec<String> =
            sections.iter().flatten().map(|section| short::short_text(section.record.as_bytes())).collect();
        records.dedup();
        let changes: usize = sections.iter().flatten().map(|section| section.intents.len()).sum();
        Some(ReviewView {
            entry: hex(&row.hash),
            worker: names.map(|names| names.worker.clone()).unwrap_or_default(),
            device: names.map(|names| names.device.clone()).unwrap_or_default(),
            came: self.moment_of(row.at_ms),
            records,
            changes: u32::try_from(changes).unwrap_or(u32::MAX),
            closed: sections.is_none(),
        })
    }

    fn envelope_of(&self, bytes: &[u8]) -> Option<Verified> {
        self.verified(bytes).ok()
    }

    /// Takes work, with all that came before it in the same log, or leaves it aside.
    pub fn review(&mut self, entry: &str, take: bool) -> Reply<()> {
        self.may_review()?;
        let rows = self.vault.quarantined_as(LATER)?;
        let row = rows.iter().find(|row| hex(&row.hash) == entry).ok_or(Code::UnknownEntry)?;
        let envelope = self.envelope_of(&row.bytes).ok_or(Code::UnknownEntry)?;
        if take {
            self.take_later(&envelope, &rows)
        } else {
            let event = self.event("work_declined", None, "");
            let hash = row.hash;
            self.vault
                .write(|tx| {
                    tx.requarantine(hash, DECLINED)?;
                    tx.add_audit(&event)
                })
                .map_err(Failure::from)
        }
    }

    fn take_later(&mut self, envelope: &Verified, rows: &[QuarantineRow]) -> Reply<()> {
        let place = *envelope.place();
        let cuts = vec![Cut { log: place.log, seq: place.seq, head: envelope.id() }];
        let event = self.event("work_accepted", None, "");
        self.say(vec![Body::Accepted(WorkAccepted { seat: place.seat, cuts })], |tx| tx.add_audit(&event))?;
        let mut now: Vec<(u64, [u8; 32], &[u8])> = Vec::new();
        for row in rows {
            let Some(held) = self.envelope_of(&row.bytes) else { continue };
            let at = *held.place();
            if at.log == place.log && at.seq <= place.seq {
                now.push((at.seq, row.hash, &row.bytes));
            }
        }
        now.sort_by_key(|(seq, ..)| *seq);
        for (_, hash, bytes) in now {
            if !matches!(self.admit(bytes)?, Admitted::Refused(_)) {
                self.vault.write(|tx| tx.unquarantine(hash)).map_err(Failure::from)?;
            }
        }
        Ok(())
    }

    /// `review list`.
    pub fn script_reviews(&self) -> Reply<serde_json::Value> {
        let views = self.reviews()?.into_iter().map(|view| {
            serde_json::json!({
                "entry": view.entry, "seat": view.worker, "device": view.device, "at": view.came.at_ms,
                "records": view.records, "changes": view.changes, "closed": view.closed,
            })
        });
        Ok(views.collect())
    }
}
