//! The seat's work since its last envelope, signed and sealed, through the same gate as foreign work.

use std::collections::BTreeMap;

use tern_record::cbor::Canonical;
use tern_record::{Compartment, EnvelopeId, LogId, RecordId, ScopeId};
use tern_seal::envelope::{Envelope, Place, Section, Verified, make_envelope};
use tern_seal::epoch::intake_secret;
use tern_seal::limits;
use tern_store::StoreError;
use tern_store::envelope::{EnvelopeRow, OwnLog};
use tern_store::intent::Placed;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::held;
use crate::record::read_intent;

impl App {
    /// Seals everything of this seat that no envelope carries; says how many envelopes were made. What cannot be sealed in
    /// one scope keeps nothing of another from its envelope, and is told at the end.
    pub fn seal_work(&mut self) -> Reply<u32> {
        let (mut made, mut failed) = (0, None);
        for scope in self.vault.scopes_unsealed(self.me.seat)? {
            // Nobody would take an envelope of a scope that does not count any more: `stranded.rs` has the way out.
            if self.roster.scopes.contains_key(&scope)
                && let Err(failure) = self.seal_whole_scope(scope, &mut made)
            {
                failed.get_or_insert(failure);
            }
        }
        // Events stay where they are until they can be sealed: somebody else's broken key keeps no work from its envelope.
        let _ = self.seal_audit();
        failed.map_or(Ok(made), Err)
    }

    fn seal_whole_scope(&mut self, scope: ScopeId, made: &mut u32) -> Reply<()> {
        while self.seal_scope(scope)? {
            *made += 1;
        }
        Ok(())
    }

    /// One envelope of one scope, in one transaction, so that a place in the log is never sealed twice.
    fn seal_scope(&mut self, scope: ScopeId) -> Reply<bool> {
        let seat = self.me.seat;
        let placed = self.vault.write(|tx| tx.unsealed(seat, scope)).map_err(Failure::from)?;
        let batch = batch(placed);
        if batch.is_empty() {
            return Ok(false);
        }
        let log = self.vault.write(|tx| tx.own_log(scope, seat)).map_err(Failure::from)?;
        let log = log.unwrap_or_else(|| OwnLog { id: self.draw(LogId::make_random), next: 0, head: None });
        let keys = self.keys_of_scope(scope)?;
        let place = Place {
            scope,
            seat,
            log: log.id,
            seq: log.next,
            prev: log.head.unwrap_or(EnvelopeId::new([0; 32])),
            epoch: keys.0,
        };
        let sections = self.sections(&batch)?;
        let envelope = self
            .draw(|random| make_envelope(self.realm, place, &sections, &keys.1, &self.signing, random))
            .map_err(|_| Code::Internal("envelope"))?;
        let bytes = envelope.to_bytes();
        self.opens_again(&bytes, &keys.1).map_err(|code| Failure::from(Code::Internal(code)))?;
        let row = EnvelopeRow {
            id: envelope.id(),
            log: log.id,
            seq: log.next,
            prev: place.prev,
            scope,
            seat,
            bytes,
        };
        let ords: Vec<i64> = batch.iter().map(|placed| placed.ord).collect();
        let next = OwnLog { next: log.next + 1, head: Some(row.id), ..log };
        self.vault
            .write(|tx| {
                let ord = tx.add_envelope(&row)?.ok_or(StoreError::Row("envelope"))?;
                tx.mark_sealed(ord, &ords)?;
                tx.put_own_log(scope, seat, next)
            })
            .map_err(Failure::from)?;
        Ok(true)
    }

    fn keys_of_scope(&self, scope: ScopeId) -> Reply<([u8; 16], tern_seal::SealKey)> {
        let keys = self.keys.held().find(|keys| keys.scope == scope).ok_or(Code::NoRight)?;
        let key = keys.epochs.get(&keys.current).ok_or(Code::Internal("epoch"))?;
        Ok((keys.current, key.clone()))
    }

    /// Intents by document, each document's in the order made.
    fn sections(&self, batch: &[Placed]) -> Reply<Vec<Section>> {
        let mut sections: BTreeMap<(RecordId, Compartment), Section> = BTreeMap::new();
        for placed in batch {
            let row = &placed.intent;
            let bytes = self.keys.open_intent(row.doc, row.id, &row.body)?;
            let section = sections.entry((row.record, row.compartment)).or_insert_with(|| Section {
                record: row.record,
                compartment: row.compartment,
                intents: Vec::new(),
            });
            section.intents.push(read_intent(&bytes)?);
        }
        Ok(sections.into_values().collect())
    }

    /// What was sealed opens again under its key: a seat that was moved meanwhile hands on what it did before, though it
    /// does not read that any more.
    fn opens_again(&self, bytes: &[u8], key: &tern_seal::SealKey) -> Result<(), &'static str> {
        let verified = self.verified(bytes)?;
        verified.open(self.realm, key).map(drop).map_err(tern_seal::envelope::EnvelopeError::code)
    }

    /// What an envelope holds and where it stands: parse, signature, key, strict decode, limits.
    pub(crate) fn examine(&self, bytes: &[u8]) -> Result<(Place, EnvelopeId, Vec<Section>), &'static str> {
        let verified = self.verified(bytes)?;
        Ok((*verified.place(), verified.id(), self.sections_of(&verified)?))
    }

    /// An envelope whose author signed it.
    pub(crate) fn verified(&self, bytes: &[u8]) -> Result<Verified, &'static str> {
        let envelope = Envelope::parse(bytes).map_err(tern_seal::envelope::EnvelopeError::code)?;
        let public = self.roster.verify_key(envelope.place().seat).ok_or(held::SEAT_UNKNOWN)?;
        let verified =
            envelope.verify(self.realm, &public).map_err(tern_seal::envelope::EnvelopeError::code)?;
        // Emptied by whoever carried it: its name and signature hold, and the honest copy could not come in later.
        if verified.is_whole() { Ok(verified) } else { Err(held::ERASED) }
    }

    /// What an envelope holds, when its scope is read here.
    pub(crate) fn sections_of(&self, verified: &Verified) -> Result<Vec<Section>, &'static str> {
        let place = verified.place();
        let keys = self.keys.compartments.iter().find(|(_, keys)| keys.scope == place.scope);
        let (compartment, keys) = keys.ok_or(held::SCOPE_UNKNOWN)?;
        let key = keys.epochs.get(&place.epoch).ok_or(held::EPOCH_UNKNOWN)?;
        let opened = if verified.is_drop() {
            verified.open_drop(self.realm, &intake_secret(key, place.scope))
        } else {
            verified.open(self.realm, key)
        };
        let sections = opened.map_err(tern_seal::envelope::EnvelopeError::code)?;
        if sections.iter().any(|section| section.compartment != *compartment) {
            return Err(held::OTHER_COMPARTMENT);
        }
        Ok(sections)
    }
}

/// As many intents, oldest first, as an envelope should carry.
fn batch(placed: Vec<Placed>) -> Vec<Placed> {
    let mut bytes = 0;
    let most = usize::try_from(limits::MAX_INTENTS).unwrap_or(usize::MAX);
    placed
        .into_iter()
        .take(most)
        .take_while(|placed| {
            let before = bytes;
            bytes += match &placed.intent.body {
                tern_store::intent::Body::Plain(bytes) | tern_store::intent::Body::Sealed { bytes, .. } => {
                    bytes.len()
                }
            };
            before < limits::ENVELOPE_TARGET
        })
        .collect()
}
