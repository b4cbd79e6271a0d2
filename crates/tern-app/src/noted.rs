//! What a seat writes and may not read. It is sealed to the scope's intake key in the transaction that saves it, in an
//! envelope that its author cannot open again; whoever reads the scope takes it in, on this device at their next unlock.

use std::collections::BTreeMap;

use tern_record::cbor::Canonical;
use tern_record::{Compartment, EnvelopeId, Intent, LogId, RecordId, ScopeId};
use tern_seal::WrapPublic;
use tern_seal::envelope::{Place, Section, make_drop};
use tern_seal::epoch::EpochId;
use tern_store::envelope::{EnvelopeRow, OwnLog};
use tern_store::{StoreError, WriteTx};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

/// An intent for a compartment that its author may not read.
pub(crate) struct Noted {
    pub record: RecordId,
    pub compartment: Compartment,
    pub intent: Intent,
}

/// What a transaction writes of them.
pub(crate) struct Dropped {
    envelope: EnvelopeRow,
    log: OwnLog,
}

impl Dropped {
    pub(crate) fn put(&self, tx: &WriteTx<'_>) -> Result<(), StoreError> {
        let ord = tx.add_envelope(&self.envelope)?.ok_or(StoreError::Row("envelope"))?;
        tx.leave_unopened(ord)?;
        tx.put_own_log(self.envelope.scope, self.envelope.seat, self.log)
    }
}

impl App {
    /// The scope that a compartment's work of this seat travels in, whether it may read it or not.
    pub(crate) fn scope_of(&self, compartment: Compartment) -> Option<ScopeId> {
        match self.keys.compartments.get(&compartment) {
            Some(keys) => Some(keys.scope),
            None => self.intake(compartment).map(|(scope, ..)| scope),
        }
    }

    fn intake(&self, compartment: Compartment) -> Option<(ScopeId, EpochId, WrapPublic)> {
        let site = self.my_site();
        let mut scopes = self.roster.scopes.iter().filter(|(_, scope)| {
            scope.kind.compartment() == Some(compartment) && (scope.site.is_none() || scope.site == site)
        });
        let (id, scope) = scopes.next()?;
        let intake = scope.intake()?.clone();
        Some((*id, scope.current, intake))
    }

    /// Seals what was noted, one envelope a scope.
    pub(crate) fn drops(&mut self, noted: Vec<Noted>) -> Reply<Vec<Dropped>> {
        let mut by_compartment: BTreeMap<Compartment, BTreeMap<RecordId, Vec<Intent>>> = BTreeMap::new();
        for Noted { record, compartment, intent } in noted {
            by_compartment.entry(compartment).or_default().entry(record).or_default().push(intent);
        }
        let of = |compartment| move |(record, intents)| Section { record, compartment, intents };
        let sealed = by_compartment.into_iter().map(|(compartment, records)| {
            self.sealed_drop(compartment, &records.into_iter().map(of(compartment)).collect::<Vec<_>>())
        });
        sealed.collect()
    }

    fn sealed_drop(&mut self, compartment: Compartment, sections: &[Section]) -> Reply<Dropped> {
        let (scope, epoch, intake) = self.intake(compartment).ok_or(Code::NoRight)?;
        let seat = self.me.seat;
        let log = self.vault.write(|tx| tx.own_log(scope, seat)).map_err(Failure::from)?;
        let log = log.unwrap_or_else(|| OwnLog { id: self.draw(LogId::make_random), next: 0, head: None });
        let prev = log.head.unwrap_or(EnvelopeId::new([0; 32]));
        let place = Place { scope, seat, log: log.id, seq: log.next, prev, epoch };
        let made = self.draw(|random| make_drop(self.realm, place, sections, &intake, &self.signing, random));
        let made = made.map_err(|_| Code::Internal("envelope"))?;
        let envelope = EnvelopeRow {
            id: made.id(),
            log: log.id,
            seq: log.next,
            prev,
            scope,
            seat,
            bytes: made.to_bytes(),
        };
        let log = OwnLog { next: log.next + 1, head: Some(envelope.id), ..log };
        Ok(Dropped { envelope, log })
    }

    /// Takes in what others noted on this device for scopes that this seat reads.
    pub(crate) fn open_noted(&mut self) -> Reply<()> {
        let held = self.keys.held().map(|keys| keys.scope);
        let scopes: Vec<ScopeId> = held.filter(|scope| self.reads_scope(*scope)).collect();
        for scope in scopes {
            for bytes in self.vault.unopened(scope)? {
                // What is refused stays unopened too: somebody may take it in review later. It is not asked for again here.
                self.admit(&bytes)?;
            }
        }
        Ok(())
    }
}
