//! The gate for envelopes from anywhere: whole or not at all, with a reason when not.

use std::collections::BTreeSet;

use tern_doc::{Applied, Authored};
use tern_record::cbor::Canonical;
use tern_record::right::Rights;
use tern_record::{BlobId, DocId, RecordId, ScopeId};
use tern_seal::envelope::{Place, Section, Verified};
use tern_seal::roster::{Capacity, ScopeKind, Spot, Standing};
use tern_seal::{doc_id, intent_id, sha256};
use tern_store::StoreError;
use tern_store::envelope::{EnvelopeRow, InLog};
use tern_store::intent::IntentRow;
use tern_store::quarantine::HeldRow;

use crate::Reply;
use crate::app::App;
use crate::exchange::want;
use crate::failure::Failure;
use crate::held;
use crate::record::Record;

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
        prev: place.prev,
        scope: place.scope,
        seat: place.seat,
        bytes: bytes.to_vec(),
    }
}

impl App {
    /// Takes an envelope in. Intents whose dependencies are not here yet are kept and count once they come; what others
    /// of this device read is kept for them; what waited for this envelope is tried again.
    pub fn admit(&mut self, bytes: &[u8]) -> Reply<Admitted> {
        match self.verified(bytes) {
            Ok(verified) => self.admit_with_log(bytes, &verified),
            Err(code) => self.set_aside(bytes, None, code),
        }
    }

    /// The same of an envelope whose author signed it.
    pub(crate) fn admit_with_log(&mut self, bytes: &[u8], verified: &Verified) -> Reply<Admitted> {
        let done = self.admit_verified(bytes, verified)?;
        if done != Admitted::Known && self.chains.miss(verified.id()) {
            self.try_log(verified.place().log)?;
        }
        Ok(done)
    }

    /// The gate for one envelope alone.
    pub(crate) fn admit_verified(&mut self, bytes: &[u8], verified: &Verified) -> Reply<Admitted> {
        self.as_one(|app| app.admit_joined(bytes, verified))
    }

    fn admit_joined(&mut self, bytes: &[u8], verified: &Verified) -> Reply<Admitted> {
        // What was taken stays, whatever is said of its author afterwards.
        if self.vault.is_taken(verified.id())? {
            return Ok(Admitted::Known);
        }
        let capacity = match self.capacity_at(verified)? {
            Ok(capacity) => capacity,
            Err(code) => return self.set_aside(bytes, Some(verified), code),
        };
        let place = *verified.place();
        let Some(scope) = self.roster.scopes.get(&place.scope) else {
            return self.set_aside(bytes, Some(verified), held::SCOPE_UNKNOWN);
        };
        if scope.site.is_some() && !capacity.sites.contains(&scope.site) {
            return self.set_aside(bytes, Some(verified), held::SITE_MAY_NOT);
        }
        let kind = scope.kind;
        if !self.reads_scope(place.scope) {
            return self.keep_for_others(bytes, verified);
        }
        if kind == ScopeKind::Audit {
            return self.admit_audit(bytes, verified);
        }
        let sections = match self.sections_of(verified) {
            Ok(sections) => sections,
            Err(code) => return self.set_aside(bytes, Some(verified), code),
        };
        let rows = self.rows_of(&place, &sections)?;
        let rights = Rights::of(&capacity.roles);
        let unread = self.need_not_be_read(&rows, &rights)?;
        match self.weigh_others(&rows, &rights, &unread)? {
            Ok(records) => self.take_in(&envelope_row(bytes, verified), &rows, (records, &unread)),
            Err(code) => self.set_aside(bytes, Some(verified), code),
        }
    }

    /// What is sealed for this scope is opened here. Who was moved holds keys of the old site, and reads it no more.
    pub(crate) fn reads_scope(&self, id: ScopeId) -> bool {
        match self.roster.scopes.get(&id).and_then(|scope| scope.kind.compartment()) {
            Some(part) => self.keys.compartments.get(&part).is_some_and(|keys| keys.scope == id),
            None => self.keys.held().any(|keys| keys.scope == id),
        }
    }

    /// What the seat was where its log stood, or why its work does not count as it comes.
    fn capacity_at(&self, verified: &Verified) -> Reply<Result<Capacity, &'static str>> {
        let place = verified.place();
        let Some(seat) = self.roster.seats.get(&place.seat) else {
            let fell = self.roster.former.get(&place.seat).is_some_and(|former| !former.is_removed);
            return Ok(Err(if fell { held::SEAT_FELL } else { held::SEAT_UNKNOWN }));
        };
        let at = Spot { log: place.log, seq: place.seq, id: verified.id() };
        Ok(match self.standing_of(seat, &at)? {
            Standing::Counts(capacity) => Ok(capacity),
            Standing::Later => Err(held::SEAT_REMOVED),
            Standing::Fork => Err(held::CHAIN_FORK),
            Standing::Gap => Err(held::CHAIN_GAP),
        })
    }

    fn keep_for_others(&mut self, bytes: &[u8], verified: &Verified) -> Reply<Admitted> {
        let row = envelope_row(bytes, verified);
        let kept = self.vault.write(|tx| {
            tx.end_own_log(row.log, row.id)?;
            let added = tx.add_envelope(&row)?;
            tx.release(*row.id.as_bytes())?;
            match added {
                Some(ord) => tx.leave_unopened(ord).map(|()| Admitted::Kept),
                None => Ok(Admitted::Known),
            }
        });
        kept.map_err(Failure::from)
    }

    /// Keeps what was refused: by the envelope once it is known who signed it, by its bytes before.
    pub(crate) fn set_aside(
        &mut self,
        bytes: &[u8],
        verified: Option<&Verified>,
        code: &'static str,
    ) -> Reply<Admitted> {
        let at_ms = self.ports.clock.now_ms();
        let by_bytes = sha256(bytes);
        let signed = verified.map(|verified| {
            let place = verified.place();
            let at = InLog { id: verified.id(), log: place.log, seq: place.seq, prev: place.prev };
            (place.seat, at)
        });
        let id = signed.map_or(by_bytes, |(_, at)| *at.id.as_bytes());
        let row = HeldRow { id, code: code.to_owned(), at_ms, signed };
        let kept = self.vault.write(|tx| {
            if let (Some((seat, at)), Some(verified)) = (signed, verified) {
                tx.release(by_bytes)?;
                tx.end_own_log(at.log, at.id)?;
                tx.note_place(verified.place().scope, seat, &at)?;
            }
            tx.hold(&row, bytes)
        });
        kept.map_err(Failure::from)?;
        Ok(Admitted::Refused(code))
    }

    /// Records as they would be with these intents, or why a seat with these rights may not have put one of them.
    pub(crate) fn weigh(
        &mut self,
        rows: &[(IntentRow, Authored)],
        rights: &Rights,
    ) -> Reply<Result<Vec<Record>, &'static str>> {
        self.weigh_others(rows, rights, &BTreeSet::new())
    }

    /// The same without these records, of which it is known.
    fn weigh_others(
        &mut self,
        rows: &[(IntentRow, Authored)],
        rights: &Rights,
        unread: &BTreeSet<RecordId>,
    ) -> Reply<Result<Vec<Record>, &'static str>> {
        let touched: BTreeSet<RecordId> = rows.iter().map(|(row, _)| row.record).collect();
        let mut records: Vec<Record> = Vec::new();
        for record in touched.difference(unread).copied() {
            let mut opened = self.open_record(record)?;
            let of_record = rows.iter().filter(|(row, _)| row.record == record);
            if let Err(code) = self.with_puts(&mut opened, of_record, rights) {
                self.let_go(records.into_iter().chain([opened]), rows);
                return Ok(Err(code));
            }
            records.push(opened);
        }
        Ok(Ok(records))
    }

    /// A record with these intents of it, or why one of them may not be there.
    fn with_puts<'a>(
        &self,
        opened: &mut Record,
        rows: impl Iterator<Item = &'a (IntentRow, Authored)>,
        rights: &Rights,
    ) -> Result<(), &'static str> {
        for (row, authored) in rows {
            if !self.might_put(rights, authored.by, opened, row.compartment, authored.intent.puts()) {
                return Err(held::ROLE_MAY_NOT);
            }
            if let Some(document) = opened.docs.get_mut(&row.compartment)
                && document.apply(authored.clone()) == Applied::NoRoom
            {
                return Err(held::TOO_MUCH_WAITS);
            }
        }
        Ok(())
    }

    /// Keeps of records that were only weighed the documents that nothing was tried on. The others hold what was not taken.
    pub(crate) fn let_go(&mut self, records: impl Iterator<Item = Record>, rows: &[(IntentRow, Authored)]) {
        let tried: BTreeSet<DocId> = rows.iter().map(|(row, _)| row.doc).collect();
        for mut record in records {
            let realm = self.realm;
            record.docs.retain(|compartment, _| !tried.contains(&doc_id(realm, record.id, *compartment)));
            self.close_record(record);
        }
    }

    fn take_in(
        &mut self,
        envelope: &EnvelopeRow,
        rows: &[(IntentRow, Authored)],
        (records, unread): (Vec<Record>, &BTreeSet<RecordId>),
    ) -> Reply<Admitted> {
        let gone: Vec<BlobId> = records.iter().flat_map(|of| self.pictures_taken_off(of)).collect();
        // Whoever moved a text has it; the file that it had before may lie nowhere any more, and nobody would show it.
        let moved: Vec<BlobId> = records.iter().flat_map(|of| self.texts_moved_away(of)).collect();
        let new = self.vault.write(|tx| {
            tx.end_own_log(envelope.log, envelope.id)?;
            let added = tx.add_envelope(envelope)?;
            tx.release(*envelope.id.as_bytes())?;
            tx.undecline(envelope.id)?;
            let Some(ord) = added.map_or_else(|| tx.opened(envelope.id), |ord| Ok(Some(ord)))? else {
                return Ok(None);
            };
            let mut new = 0;
            for (row, authored) in rows {
                new += u32::from(tx.add_intent(row)?);
                tx.mark_sealed_by_id(ord, row.id)?;
                authored.intent.puts().iter().try_for_each(|(_, value)| want(tx, row, value))?;
            }
            gone.iter().try_for_each(|blob| tx.remove_blob(*blob))?;
            gone.iter().chain(&moved).try_for_each(|blob| tx.unwant_blob(*blob))?;
            Ok::<Option<u32>, StoreError>(Some(new))
        })?;
        // What is not noted of a clock keeps nobody from the work.
        let _ = self.note_clock(envelope, rows.iter().map(|(row, _)| row.at_ms).max());
        if let Some(batch) = &mut self.batch {
            batch.touched.extend(rows.iter().map(|(row, _)| row.record));
            batch.gone.extend(gone);
        }
        records.into_iter().for_each(|record| self.close_record(record));
        for (row, _) in rows.iter().filter(|(row, _)| unread.contains(&row.record)) {
            self.opened.outline(row.doc, vec![row.id]);
        }
        Ok(new.map_or(Admitted::Known, Admitted::New))
    }

    pub(crate) fn rows_of(&self, place: &Place, sections: &[Section]) -> Reply<Vec<(IntentRow, Authored)>> {
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
