//! The gate for envelopes from anywhere: whole or not at all, with a reason when not.

use std::collections::BTreeSet;

use tern_doc::{Applied, Authored};
use tern_record::cbor::Canonical;
use tern_record::right::Rights;
use tern_record::{Compartment, RecordId};
use tern_seal::envelope::{Place, Section, Verified};
use tern_seal::roster::{ScopeKind, Standing};
use tern_seal::{doc_id, intent_id, sha256};
use tern_store::StoreError;
use tern_store::envelope::EnvelopeRow;
use tern_store::intent::IntentRow;

use crate::Reply;
use crate::app::App;
use crate::failure::Failure;

/// Why an envelope is kept aside: its author was out of the programme when it came to this. Somebody looks at it.
pub const SEAT_REMOVED: &str = "seat-removed";
/// Why an envelope is kept aside: no role of its author may put one of its answers.
pub const ROLE_MAY_NOT: &str = "role-may-not";

/// What the gate did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admitted {
    /// So many intents are new here.
    New(u32),
    /// It is for others who work on this device, and lies here sealed until they do.
    Kept,
    /// It was here before.
    Known,
    /// It was not taken; kept aside with this reason.
    Refused(&'static str),
}

/// An envelope as the vault keeps it.
pub(crate) fn envelope_row(bytes: &[u8], verified: &Verified) -> EnvelopeRow {
    let place = verified.place();
    EnvelopeRow {
        id: verified.id(),
        log: place.log,
        seq: place.seq,
        scope: place.scope,
        seat: place.seat,
        bytes: bytes.to_vec(),
    }
}

impl App {
    /// Takes an envelope in. Intents whose dependencies are not here yet are kept and count once they come; what others
    /// of this device read is kept for them.
    pub fn admit(&mut self, bytes: &[u8]) -> Reply<Admitted> {
        let verified = match self.verified(bytes) {
            Ok(verified) => verified,
            Err(code) => return self.set_aside(bytes, code),
        };
        let Some(rights) = self.rights_at(verified.place()) else {
            return self.set_aside(bytes, SEAT_REMOVED);
        };
        let Some(scope) = self.roster.scopes.get(&verified.place().scope) else {
            return self.set_aside(bytes, "scope-unknown");
        };
        if !self.keys.held().any(|keys| keys.scope == verified.place().scope) {
            return self.keep_for_others(bytes, &verified);
        }
        if scope.kind == ScopeKind::Audit {
            return self.admit_audit(bytes, &verified);
        }
        match self.sections_of(&verified) {
            Ok(sections) => self.take_in(bytes, *verified.place(), verified.id(), (&sections, &rights)),
            Err(code) => self.set_aside(bytes, code),
        }
    }

    fn keep_for_others(&mut self, bytes: &[u8], verified: &Verified) -> Reply<Admitted> {
        let row = envelope_row(bytes, verified);
        let kept = self.vault.write(|tx| match tx.add_envelope(&row)? {
            Some(ord) => tx.leave_unopened(ord).map(|()| Admitted::Kept),
            None => Ok(Admitted::Known),
        });
        kept.map_err(Failure::from)
    }

    /// What the seat might do where its log stood; nothing when the seat was out by then.
    fn rights_at(&self, place: &Place) -> Option<Rights> {
        let seat = self.roster.seats.get(&place.seat)?;
        match seat.standing(place.log, place.seq) {
            Standing::Counts(roles) => Some(Rights::of(&roles)),
            Standing::Later => None,
        }
    }

    pub(crate) fn set_aside(&mut self, bytes: &[u8], code: &'static str) -> Reply<Admitted> {
        let at = self.ports.clock.now_ms();
        self.vault.write(|tx| tx.quarantine(sha256(bytes), None, code, at, bytes)).map_err(Failure::from)?;
        Ok(Admitted::Refused(code))
    }

    fn take_in(
        &mut self,
        bytes: &[u8],
        place: Place,
        id: tern_record::EnvelopeId,
        (sections, rights): (&[Section], &Rights),
    ) -> Reply<Admitted> {
        let rows = self.rows_of(&place, sections)?;
        let envelope = EnvelopeRow {
            id,
            log: place.log,
            seq: place.seq,
            scope: place.scope,
            seat: place.seat,
            bytes: bytes.to_vec(),
        };
        let touched: BTreeSet<RecordId> = sections.iter().map(|section| section.record).collect();
        let mut records = Vec::new();
        for record in touched {
            let mut opened = self.open_record(record)?;
            for (row, authored) in rows.iter().filter(|(row, _)| row.record == record) {
                let (by, puts) = (authored.by, authored.intent.puts());
                if !self.might_put(rights, by, &opened, row.compartment, puts) {
                    return self.set_aside(bytes, ROLE_MAY_NOT);
                }
                if let Some(document) = opened.docs.get_mut(&row.compartment)
                    && document.apply(authored.clone()) == Applied::NoRoom
                {
                    return self.set_aside(bytes, "too-much-waits");
                }
            }
            let derived = match opened.docs.get(&Compartment::Core) {
                Some(document) if !document.is_empty() => Some(self.derive(&opened)?),
                _ => None,
            };
            records.push((opened, derived));
        }
        let new = self.vault.write(|tx| {
            let added = tx.add_envelope(&envelope)?;
            let Some(ord) = added.map_or_else(|| tx.opened(envelope.id), |ord| Ok(Some(ord)))? else {
                return Ok(None);
            };
            let mut new = 0;
            for (row, _) in &rows {
                new += u32::from(tx.add_intent(row)?);
                tx.mark_sealed_by_id(ord, row.id)?;
            }
            for (opened, derived) in &records {
                if let Some(derived) = derived {
                    derived.put(tx, opened.id)?;
                }
            }
            Ok::<Option<u32>, StoreError>(Some(new))
        })?;
        for (opened, _) in records {
            for compartment in [Compartment::Protection, Compartment::Restricted] {
                // Taken in already; a view that cannot be written catches up.
                let _ = self.derive_view(&opened, compartment);
            }
            self.close_record(opened);
        }
        Ok(new.map_or(Admitted::Known, Admitted::New))
    }

    fn rows_of(&self, place: &Place, sections: &[Section]) -> Reply<Vec<(IntentRow, Authored)>> {
        let Some(seat) = self.roster.seats.get(&place.seat) else { return Ok(Vec::new()) };
        let mut rows = Vec::new();
        for section in sections {
            let doc = doc_id(self.realm, section.record, section.compartment);
            for intent in &section.intents {
                let id = intent_id(self.realm, doc, place.seat, intent);
                let body = self.draw(|random| {
                    self.keys.close_intent(section.compartment, doc, id, intent.to_bytes(), random)
                })?;
                let row = IntentRow {
                    id,
                    doc,
                    record: section.record,
                    compartment: section.compartment,
                    scope: place.scope,
                    seat: place.seat,
                    at_ms: intent.stamp().at_ms,
                    body,
                };
                let authored = Authored {
                    id,
                    by: seat.certificate.worker,
                    on: seat.certificate.device,
                    seat: place.seat,
                    intent: intent.clone(),
                };
                rows.push((row, authored));
            }
        }
        Ok(rows)
    }
}
