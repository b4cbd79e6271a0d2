//! A seat with its keys in hand, as somebody has them who changed the program: what it signs, no rule has seen.

use tern_record::cbor::Canonical;
use tern_record::{
    Cause, ClockFlag, Compartment, EnvelopeId, Intent, LogId, Path, RealmId, RecordId, Scalar, Stamp,
};
use tern_seal::SystemRandom;
use tern_seal::envelope::{Envelope, Place, Section, make_drop, make_envelope};
use tern_seal::passphrase::normalise;
use tern_seal::roster::{Roster, ScopeKind, SignedEntry};
use tern_seal::slot::{Payload, SlotFile, SlotKind, open_scope_key};
use tern_store::key::KeyRow;
use tern_store::{Home, Vault};

use crate::tern::{Tern, WORDS};

/// The seat of a device, with its keys in hand.
pub struct Hand {
    payload: Payload,
    realm: RealmId,
    keys: Vec<KeyRow>,
    roster: Roster,
}

/// Where an envelope stands in its log.
#[derive(Clone, Copy)]
pub struct At {
    /// The log.
    pub log: LogId,
    /// Place in it.
    pub seq: u64,
    /// The envelope before.
    pub prev: EnvelopeId,
}

impl At {
    /// The first place of a new log.
    pub fn fresh() -> Self {
        let log = LogId::make_random(&mut SystemRandom::default());
        Self { log, seq: 0, prev: EnvelopeId::new([0; 32]) }
    }

    /// The place of an envelope.
    pub fn of(bytes: &[u8]) -> Self {
        let place = *Envelope::parse(bytes).unwrap().place();
        Self { log: place.log, seq: place.seq, prev: place.prev }
    }

    /// The place after an envelope.
    pub fn after(bytes: &[u8]) -> Self {
        let at = Self::of(bytes);
        Self { seq: at.seq + 1, prev: Envelope::parse(bytes).unwrap().id(), ..at }
    }
}

impl Hand {
    /// Nobody may be at work on the device.
    pub fn of(device: &Tern) -> Self {
        // The keys that the roster has for the seat are kept when it is first at work.
        crate::field::desk_of(device).end_session().unwrap();
        let home = Home::open(&device.home()).unwrap();
        let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
        let payload = slots.open(SlotKind::Worker, normalise(WORDS).as_bytes(), None).unwrap().payload;
        let vault = Vault::open(&home, payload.vault.as_bytes(), None).unwrap();
        let entries = vault.roster_entries().unwrap();
        let entries: Vec<SignedEntry> =
            entries.iter().map(|bytes| SignedEntry::from_bytes(bytes).unwrap()).collect();
        let roster = Roster::fold(slots.realm, &entries).unwrap();
        let keys = vault.keys_of(payload.seat).unwrap();
        Self { payload, realm: slots.realm, keys, roster }
    }

    /// An envelope of a new log that puts something into a path of a child.
    pub fn seal(&self, child: &str, path: &str, compartment: Compartment) -> Vec<u8> {
        self.seal_at(At::fresh(), child, path, compartment)
    }

    /// The same for a site at which the seat does not work.
    pub fn seal_elsewhere(&self, child: &str, path: &str, compartment: Compartment) -> Vec<u8> {
        let elsewhere = |row: &&KeyRow| !self.is_at_work(row);
        let row = self.keys.iter().filter(elsewhere).find(|row| self.is_current(row, compartment)).unwrap();
        self.seal_under(row, At::fresh(), child, path, compartment)
    }

    /// The same at some place of a log.
    pub fn seal_at(&self, at: At, child: &str, path: &str, compartment: Compartment) -> Vec<u8> {
        let here = |row: &&KeyRow| self.is_at_work(row);
        let row = self.keys.iter().filter(here).find(|row| self.is_current(row, compartment)).unwrap();
        self.seal_under(row, at, child, path, compartment)
    }

    /// An event that the seat says happened, for auditors, with more that it says.
    pub fn event(&self, what: &str, more: &[(&str, &str)]) -> Vec<u8> {
        let random = &mut SystemRandom::default();
        let mut scopes = self.roster.scopes.iter();
        let (scope, state) = scopes.find(|(_, scope)| scope.kind == ScopeKind::Audit).unwrap();
        let intake = state.epochs[&state.current].key.intake.clone();
        let puts = [("audit.what", what), ("audit.why", "")];
        let puts =
            puts.iter().chain(more).map(|(path, said)| (Path::new(path).unwrap(), Scalar::from(*said)));
        let stamp = Stamp { at_ms: 1_790_000_000_000, offset_min: 0, clock: ClockFlag::Sure };
        let section = Section {
            record: RecordId::new(*self.payload.seat.as_bytes()),
            compartment: Compartment::Core,
            intents: vec![Intent::new(stamp, Cause::Typed, "audit", 1, Vec::new(), puts.collect()).unwrap()],
        };
        let At { log, seq, prev } = At::fresh();
        let place = Place { scope: *scope, seat: self.payload.seat, log, seq, prev, epoch: state.current };
        make_drop(self.realm, place, &[section], &intake, &self.payload.signing, random).unwrap().to_bytes()
    }

    fn is_at_work(&self, row: &KeyRow) -> bool {
        let site = self.roster.scopes[&row.scope].site;
        site.is_none() || site == self.roster.seats[&self.payload.seat].site
    }

    fn is_current(&self, row: &KeyRow, compartment: Compartment) -> bool {
        let scope = &self.roster.scopes[&row.scope];
        scope.kind.compartment() == Some(compartment) && scope.current == row.epoch
    }

    fn seal_under(&self, row: &KeyRow, at: At, child: &str, path: &str, compartment: Compartment) -> Vec<u8> {
        let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
        let key = open_scope_key(&self.payload.keyring, &place, &row.sealed).unwrap();
        let random = &mut SystemRandom::default();
        let stamp = Stamp { at_ms: 1_790_000_000_000, offset_min: 0, clock: ClockFlag::Sure };
        let puts = vec![(Path::new(path).unwrap(), Scalar::from("elsewhere"))];
        let section = Section {
            record: RecordId::new(tern_record::short::from_long_text(child).unwrap()),
            compartment,
            intents: vec![Intent::new(stamp, Cause::Typed, "child", 1, Vec::new(), puts).unwrap()],
        };
        let place = Place {
            scope: row.scope,
            seat: self.payload.seat,
            log: at.log,
            seq: at.seq,
            prev: at.prev,
            epoch: row.epoch,
        };
        make_envelope(self.realm, place, &[section], &key, &self.payload.signing, random).unwrap().to_bytes()
    }
}
