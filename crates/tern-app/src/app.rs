//! The app while it is unlocked: the vault, the keys of one seat, and the records that were opened last.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tern_doc::{Authored, Document};
use tern_form::Schema;
use tern_record::right::Rights;
use tern_record::{Compartment, DeviceId, RealmId, RecordId, SeatId, WorkerId};
use tern_seal::roster::{Names, Roster};
use tern_seal::slot::{Payload, SlotFile};
use tern_seal::{SigningKey, doc_id};
use tern_store::intent::{IntentRow, Placed};
use tern_store::view::View;
use tern_store::{Home, Vault};

use crate::Reply;
use crate::batch::Batch;
use crate::chain::Chains;
use crate::exchange::status::WorkIs;
use crate::failure::{Code, Failure};
use crate::keyring::Keyring;
use crate::opened::Opened;
use crate::ports::Ports;
use crate::record::{Record, read_intent};
use crate::text::Text;

/// Who works.
#[derive(Clone, Copy, Debug)]
pub struct Me {
    /// The worker.
    pub worker: WorkerId,
    /// The device.
    pub device: DeviceId,
    /// The worker on this device.
    pub seat: SeatId,
}

/// An unlocked app. Dropping it drops the keys.
pub struct App {
    pub(crate) home: Arc<Home>,
    pub(crate) vault: Vault,
    pub(crate) keys: Keyring,
    pub(crate) signing: SigningKey,
    pub(crate) payload: Payload,
    pub(crate) slots: SlotFile,
    /// The slot that was opened, so that coordinators can be given halves of its key; `None` when a code opened.
    pub(crate) opened_slot: Option<tern_seal::slot::Opened>,
    pub(crate) realm: RealmId,
    pub(crate) practice: bool,
    pub(crate) me: Me,
    pub(crate) roster: Roster,
    /// What the roster lets this seat do.
    pub(crate) rights: Rights,
    pub(crate) names: BTreeMap<SeatId, Names>,
    pub(crate) schema: Arc<Schema>,
    pub(crate) text: Text,
    pub(crate) ports: Arc<Ports>,
    pub(crate) views: BTreeMap<Compartment, View>,
    /// Views that a write failed on: they catch up before they are written again.
    pub(crate) behind: BTreeSet<Compartment>,
    pub(crate) opened: Opened,
    pub(crate) chains: Chains,
    /// Clocks of others that were ahead when their work came.
    pub(crate) ahead: crate::clocks::Ahead,
    /// How many records are to be settled, once it was counted.
    pub(crate) to_settle: Option<crate::conflict::Unsettled>,
    /// Records may wait whose links are to be looked at.
    pub(crate) links_due: bool,
    /// Where the work of this device was, and what had been written then.
    pub(crate) work_is: RefCell<Option<(u64, WorkIs)>>,
    /// Work that is kept as one, while there is some.
    pub(crate) batch: Option<Batch>,
    /// Lists that wait for more work.
    pub(crate) late: crate::late::Late,
    /// Ages and days that the country of this site sets.
    pub(crate) profile_of_country: tern_record::profile::Profile,
}

impl App {
    /// The programme is a practice one.
    pub fn is_practice(&self) -> bool {
        self.practice
    }

    /// The words of this app.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The forms and lists.
    pub fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }

    /// Clock and randomness.
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    /// A record with a document for each compartment that this seat reads.
    pub(crate) fn open_record(&mut self, id: RecordId) -> Reply<Record> {
        let mut docs = BTreeMap::new();
        for compartment in self.keys.compartments.keys().copied().collect::<Vec<_>>() {
            let doc = doc_id(self.realm, id, compartment);
            let document = match self.opened.take(doc) {
                Some(document) => document,
                None => Document::replay(self.authored(self.vault.intents_of_doc(doc)?)?),
            };
            docs.insert(compartment, document);
        }
        Ok(Record { id, docs })
    }

    /// Keeps the documents of a record for the next time.
    pub(crate) fn close_record(&mut self, record: Record) {
        for (compartment, document) in record.docs {
            self.opened.put(doc_id(self.realm, record.id, compartment), document);
        }
    }

    /// Works on a record and keeps it afterwards, unless the work failed: then it is read afresh next time.
    pub(crate) fn with_record<T>(
        &mut self,
        id: RecordId,
        work: impl FnOnce(&mut Self, &mut Record) -> Reply<T>,
    ) -> Reply<T> {
        let mut record = self.open_record(id)?;
        let done = work(self, &mut record)?;
        self.close_record(record);
        Ok(done)
    }

    /// Opens intents and names their authors. What was written at another site, by others of this device or while this seat
    /// worked there, is as if it had not come.
    pub(crate) fn authored(&self, placed: Vec<Placed>) -> Reply<Vec<Authored>> {
        placed
            .into_iter()
            .filter(|placed| self.keys.opens(&placed.intent.body) && self.is_of_this_site(&placed.intent))
            .map(|placed| self.author_of(&placed))
            .collect()
    }

    /// What lies apart is read, and written on, within one site alone: who reads one does not have what comes before it at
    /// another. Of a site that does not count any more it is read still, until it goes where its worker works now.
    fn is_of_this_site(&self, intent: &IntentRow) -> bool {
        let keys = self.keys.compartments.get(&intent.compartment);
        intent.compartment == Compartment::Core
            || !self.roster.scopes.contains_key(&intent.scope)
            || keys.is_some_and(|keys| keys.scope == intent.scope)
    }

    pub(crate) fn author_of(&self, placed: &Placed) -> Reply<Authored> {
        let row = &placed.intent;
        let bytes = self.keys.open_intent(row.doc, row.id, &row.body)?;
        let seat = self.roster.certificate(row.seat).ok_or(Code::Internal("seat"))?;
        Ok(Authored {
            id: row.id,
            by: seat.worker,
            on: seat.device,
            seat: row.seat,
            intent: read_intent(&bytes)?,
        })
    }

    /// Names of a worker and a device, as the roster says them.
    pub(crate) fn name_of(&self, worker: WorkerId, device: DeviceId) -> (String, String) {
        let seats = self.roster.seats.values().map(|seat| &seat.certificate);
        let former = self.roster.former.values().map(|former| &former.certificate);
        let seats = former.chain(seats).filter(|seat| seat.worker == worker);
        let best = seats.max_by_key(|seat| seat.device == device);
        best.and_then(|seat| self.names.get(&seat.seat))
            .map_or_else(Default::default, |names| (names.worker.clone(), names.device.clone()))
    }

    /// The record that a typed number names: short, a longer prefix, the whole, or an id from elsewhere,
    /// which may have the shape of a number too.
    ///
    /// A seat that has nothing to do with children is told of none.
    pub fn resolve(&self, typed: &str) -> Reply<RecordId> {
        let found = self.resolve_any(typed);
        match &found {
            Ok(record) if !self.rights.sees_children() && self.vault.thing(*record)?.is_none() => {
                Err(Code::NoRight.into())
            }
            Err(_) if !self.rights.sees_children() => found.map_err(|_| Code::NoRight.into()),
            _ => found,
        }
    }

    /// The same for whom it does not matter what the record is of.
    pub(crate) fn resolve_any(&self, typed: &str) -> Reply<RecordId> {
        let own = self.resolve_number(typed);
        match &own {
            Err(failure) if matches!(failure.code, Code::UnknownChild | Code::NumberSlip) => {}
            _ => return own,
        }
        match self.resolve_external(typed) {
            Err(failure) if failure.code == Code::UnknownChild => own,
            external => external,
        }
    }

    fn resolve_number(&self, typed: &str) -> Reply<RecordId> {
        use tern_record::short::{self, NotANumber, Typed};
        let prefix = match short::read(typed) {
            Ok(Typed::Short(prefix) | Typed::Prefix(prefix)) => prefix,
            Err(NotANumber::Check) => return Err(Code::NumberSlip.into()),
            Err(NotANumber::Shape) => return Err(Code::UnknownChild.into()),
        };
        let (low, high) = short::range_of(&prefix).ok_or(Code::UnknownChild)?;
        match self.vault.records_between(low, high, 2)?.as_slice() {
            [one] => Ok(*one),
            [] => Err(Code::UnknownChild.into()),
            _ => Err(Code::Ambiguous.into()),
        }
    }

    fn resolve_external(&self, typed: &str) -> Reply<RecordId> {
        let view = self.views.get(&Compartment::Protection).filter(|_| self.rights.reads_whole("child"));
        let Some(view) = view else {
            return Err(Code::UnknownChild.into());
        };
        let found = view.records_with_external_id(typed.trim(), 2)?;
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(Code::UnknownChild.into()),
            _ => Err(Code::Ambiguous.into()),
        }
    }

    /// A draw of randomness for a new id.
    pub(crate) fn draw<T>(&self, draw: impl FnOnce(&mut dyn tern_record::port::Random) -> T) -> T {
        self.ports.draw(draw)
    }
}

/// An error from sealing that no person caused.
pub(crate) fn sealing(_: tern_seal::Refused) -> Failure {
    Code::Internal("seal").into()
}
