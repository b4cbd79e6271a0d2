//! A programme of a few devices, and a holder in memory. Signatures, seals and the roster are the real ones.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::Canonical;
use tern_record::log::{InLog, LogState};
use tern_record::{
    BlobId, Cause, ClockFlag, Compartment, DeviceId, EntryId, EnvelopeId, Intent, LogId, Path, RealmId,
    RecordId, ScopeId, SeatId, Stamp, WorkerId,
};
use tern_seal::envelope::{Envelope, Place, Section, make_envelope};
use tern_seal::epoch::{epoch_id, epoch_key};
use tern_seal::roster::{
    Author, Body, Carried, Entry, EpochWrap, Roster, ScopeKind, ScopeOpened, SeatCertified, SeatRemoved,
    SignedEntry, genesis_nonce, realm_id, scope_id, seat_id,
};
use tern_seal::{SealKey, SigningKey, VerifyKey, WrapSecret, sha256};
use tern_sync::blob::{Chunk, HeldBlob};
use tern_sync::memory::Memory;
use tern_sync::party::Party;
use tern_sync::shelf::{HeldLog, KeyFor, Shelf, Took};
use tern_testkit::Seeded;

pub struct Member {
    pub seat: SeatId,
    pub key: SigningKey,
}

/// A programme: who belongs and one scope that everybody reads.
pub struct World {
    pub random: Seeded,
    pub realm: RealmId,
    pub entries: Vec<SignedEntry>,
    pub members: Vec<Member>,
    pub scope: ScopeId,
    epoch: [u8; 16],
    key: SealKey,
    root: SigningKey,
}

impl World {
    pub fn of(members: usize, seed: u64) -> Self {
        let mut random = Seeded::new(seed);
        let root = SigningKey::make_random(&mut random);
        let first = (SigningKey::make_random(&mut random), WrapSecret::make_random(&mut random));
        let device = DeviceId::make_random(&mut random);
        let seat = seat_id(device, &first.0.public().unwrap(), &first.1.public().unwrap());
        let nonce = genesis_nonce(seat, &[0; 16]);
        let public = root.public().unwrap();
        let realm = realm_id(true, &public, &nonce);
        let key = SealKey::make_random(&mut random);
        let scope = scope_id(realm, Author::Root, &[0; 16], ScopeKind::Core);
        let mut world =
            Self { random, realm, entries: vec![], members: vec![], scope, epoch: [0; 16], key, root };
        world.say(Author::Root, Body::Genesis { practice: true, root: public, nonce });
        world.certify(Author::Root, device, first);
        for _ in 1..members {
            world.join();
        }
        let first = epoch_key(&world.key, scope, world.members.iter().map(|member| member.seat)).unwrap();
        let opened =
            ScopeOpened { nonce: [0; 16], kind: ScopeKind::Core, at_site: false, name: vec![], first };
        world.epoch = epoch_id(world.say(Author::Root, Body::Scope(opened)));
        world
    }

    /// One more device.
    pub fn join(&mut self) {
        let keys = (SigningKey::make_random(&mut self.random), WrapSecret::make_random(&mut self.random));
        let device = DeviceId::make_random(&mut self.random);
        self.certify(Author::Seat(self.members[0].seat), device, keys);
    }

    /// The first takes somebody out.
    pub fn remove(&mut self, member: usize) {
        let removed = SeatRemoved { seat: self.members[member].seat, reason: "lost".into(), cuts: vec![] };
        self.say(Author::Seat(self.members[0].seat), Body::Removed(removed));
    }

    fn certify(&mut self, by: Author, device: DeviceId, (key, wrap): (SigningKey, WrapSecret)) {
        let (verify, wrap) = (key.public().unwrap(), wrap.public().unwrap());
        let seat = seat_id(device, &verify, &wrap);
        let role = if by == Author::Root { "coordinator" } else { "case_worker" };
        let certificate = SeatCertified {
            seat,
            worker: WorkerId::make_random(&mut self.random),
            device,
            verify,
            wrap,
            roles: vec![role.into()],
            site: None,
            names: vec![],
        };
        self.say(by, Body::Seat(certificate));
        self.members.push(Member { seat, key });
    }

    fn say(&mut self, author: Author, body: Body) -> EntryId {
        let key = match author {
            Author::Root => &self.root,
            Author::Seat(_) => &self.members[0].key,
        };
        let deps = self.entries.last().map(SignedEntry::id).into_iter().collect();
        let entry = Entry { realm: self.realm, deps, author, body }.sign(key).unwrap();
        self.entries.push(entry);
        self.entries.last().unwrap().id()
    }

    /// A holder that has heard the roster up to now.
    pub fn shelf(&self, member: Option<usize>) -> Held {
        Held::new(self.realm, &self.entries, member.map(|at| self.members[at].seat))
    }

    /// Some work of a member, at the end of a log as this holder sees it.
    pub fn write(&mut self, member: usize, log: LogId, on: &mut Held, bytes: usize) -> EnvelopeId {
        let noise: String = (0..bytes).map(|_| char::from(b'a' + self.random.below(26) as u8)).collect();
        self.write_text(member, log, on, &noise)
    }

    /// A text of a member.
    pub fn write_text(&mut self, member: usize, log: LogId, on: &mut Held, text: &str) -> EnvelopeId {
        let state = on.logs.get(&log).cloned().unwrap_or_default();
        let (seq, prev) =
            state.tips.last().map_or((0, EnvelopeId::new([0; 32])), |tip| (tip.seq + 1, tip.id));
        let by = &self.members[member];
        let place = Place { scope: self.scope, seat: by.seat, log, seq, prev, epoch: self.epoch };
        let record = RecordId::make_random(&mut self.random);
        let stamp = Stamp { at_ms: 1_795_500_000_000, offset_min: 60, clock: ClockFlag::Sure };
        let put = (Path::new("note").unwrap(), text.into());
        let intent = Intent::new(stamp, Cause::Typed, "child", 1, vec![], vec![put]).unwrap();
        let section = Section { record, compartment: Compartment::Core, intents: vec![intent] };
        let envelope =
            make_envelope(self.realm, place, &[section], &self.key, &by.key, &mut self.random).unwrap();
        let id = envelope.id();
        assert_eq!(on.take(&envelope.to_bytes()), Ok(Took::New));
        id
    }
}

/// Envelopes in memory. A copy of it is a restored backup or a cloned device.
#[derive(Clone)]
pub struct Held {
    pub seat: Option<SeatId>,
    pub entries: Vec<SignedEntry>,
    roster: Roster,
    pub envelopes: BTreeMap<EnvelopeId, (InLog, Vec<u8>)>,
    owners: BTreeMap<LogId, (ScopeId, SeatId)>,
    pub logs: BTreeMap<LogId, LogState>,
    memories: BTreeMap<SeatId, Memory>,
    /// Wraps that lie here, and those that are lacking.
    pub wraps: Vec<EpochWrap>,
    pub lacks: Vec<KeyFor>,
    /// Blobs that records speak of, those that are here whole, and beginnings.
    pub wanted: Vec<BlobId>,
    pub blobs: BTreeMap<BlobId, (HeldBlob, Vec<u8>)>,
    pub parts: BTreeMap<BlobId, Vec<u8>>,
    /// There is no room for further statements.
    pub is_full: bool,
    pub lies_with: BTreeSet<(BlobId, [u8; 32])>,
    /// Nothing of this seat is taken.
    pub refuses: Option<SeatId>,
    /// It takes everything and keeps nothing.
    pub forgets: bool,
}

impl Held {
    fn new(realm: RealmId, entries: &[SignedEntry], seat: Option<SeatId>) -> Self {
        Self {
            seat,
            entries: entries.to_vec(),
            roster: Roster::fold(realm, entries).unwrap(),
            envelopes: BTreeMap::new(),
            owners: BTreeMap::new(),
            logs: BTreeMap::new(),
            memories: BTreeMap::new(),
            wraps: vec![],
            lacks: vec![],
            wanted: vec![],
            blobs: BTreeMap::new(),
            parts: BTreeMap::new(),
            is_full: false,
            lies_with: BTreeSet::new(),
            refuses: None,
            forgets: false,
        }
    }

    /// Loses an envelope, as a damaged disk does.
    pub fn lose(&mut self, id: EnvelopeId) {
        let (at, _) = self.envelopes.remove(&id).unwrap();
        self.logs.insert(at.log, LogState::of(&self.places_in(at.log, 0)));
    }

    /// Holds a blob of so many bytes.
    pub fn attach(&mut self, scope: ScopeId, bytes: Vec<u8>) -> BlobId {
        let id = BlobId::new(sha256(&bytes));
        let blob = HeldBlob { id, scope, size: bytes.len() as u64 };
        self.blobs.insert(id, (blob, bytes));
        self.wanted.push(id);
        id
    }

    pub fn ids(&self) -> Vec<EnvelopeId> {
        self.envelopes.keys().copied().collect()
    }

    fn places_in(&self, log: LogId, from: u64) -> Vec<InLog> {
        let all = self.envelopes.values().map(|(at, _)| *at);
        all.filter(|at| at.log == log && at.seq >= from).collect()
    }
}

impl Shelf for Held {
    type Error = std::convert::Infallible;

    fn roster(&self) -> &Roster {
        &self.roster
    }

    fn party(&self) -> Party {
        self.seat.map_or(Party::Carrier, |seat| Party::device(&self.roster, seat))
    }

    fn statements(&self) -> Result<Vec<SignedEntry>, Self::Error> {
        Ok(self.entries.clone())
    }

    fn logs(&self) -> Result<Vec<HeldLog>, Self::Error> {
        let log = |(log, state): (&LogId, &LogState)| {
            let (scope, seat) = self.owners[log];
            HeldLog { log: *log, scope, seat, state: state.clone() }
        };
        Ok(self.logs.iter().map(log).collect())
    }

    fn places(&self, log: LogId, from: u64) -> Result<Vec<InLog>, Self::Error> {
        Ok(self.places_in(log, from))
    }

    fn envelope(&self, id: EnvelopeId) -> Result<Option<Vec<u8>>, Self::Error> {
        Ok(self.envelopes.get(&id).map(|(_, bytes)| bytes.clone()))
    }

    fn needs(&self) -> Result<Vec<KeyFor>, Self::Error> {
        Ok(self.lacks.clone())
    }

    fn wraps(&self, of: &[KeyFor]) -> Result<Vec<EpochWrap>, Self::Error> {
        Ok(self.wraps.iter().filter(|wrap| of.contains(&(wrap.epoch, wrap.seat))).cloned().collect())
    }

    fn take_roster(&mut self, carried: Carried) -> Result<bool, Self::Error> {
        let before = self.entries.len();
        if self.forgets {
            return Ok(true);
        }
        for entry in carried.entries {
            if !self.is_full && !self.entries.iter().any(|have| have.id() == entry.id()) {
                self.entries.push(entry);
            }
        }
        self.roster = Roster::fold(self.roster.realm, &self.entries).unwrap();
        for wrap in carried.wraps {
            self.lacks.retain(|(epoch, seat)| (*epoch, *seat) != (wrap.epoch, wrap.seat));
            self.wraps.push(wrap);
        }
        Ok(self.entries.len() > before)
    }

    fn take(&mut self, bytes: &[u8]) -> Result<Took, Self::Error> {
        let Ok(envelope) = Envelope::parse(bytes) else { return Ok(Took::Refused("envelope-shape".into())) };
        let place = *envelope.place();
        let Some(key) = self.roster.verify_key(place.seat) else {
            return Ok(Took::Refused("seat-unknown".into()));
        };
        let Ok(verified) = envelope.verify(self.roster.realm, &key) else {
            return Ok(Took::Refused("envelope-signature".into()));
        };
        let id = verified.id();
        if self.refuses == Some(place.seat) {
            return Ok(Took::Refused("quota".into()));
        }
        if self.envelopes.contains_key(&id) {
            return Ok(Took::Known);
        }
        if self.forgets {
            return Ok(Took::New);
        }
        let at = InLog { id, log: place.log, seq: place.seq, prev: place.prev };
        self.envelopes.insert(id, (at, bytes.to_vec()));
        self.owners.insert(place.log, (place.scope, place.seat));
        let state = self.logs.get(&place.log).cloned().unwrap_or_default();
        let state = state.with(&at).unwrap_or_else(|| LogState::of(&self.places_in(place.log, 0)));
        self.logs.insert(place.log, state);
        Ok(Took::New)
    }

    fn blobs_wanted(&self) -> Result<Vec<(BlobId, u64)>, Self::Error> {
        let from = |id: &BlobId| self.parts.get(id).map_or(0, |part| part.len() as u64);
        Ok(self.wanted.iter().filter(|id| !self.blobs.contains_key(*id)).map(|id| (*id, from(id))).collect())
    }

    fn blobs_not_here(&self) -> Result<Option<Vec<(BlobId, u64)>>, Self::Error> {
        self.blobs_wanted().map(Some)
    }

    fn blobs_to_offer(&self, to: &VerifyKey) -> Result<Vec<HeldBlob>, Self::Error> {
        let all = self.blobs.values().map(|(blob, _)| *blob);
        Ok(all.filter(|blob| !self.lies_with.contains(&(blob.id, *to.as_bytes()))).collect())
    }

    fn blobs_lacking(&self, offered: &[HeldBlob]) -> Result<Vec<(BlobId, u64)>, Self::Error> {
        let wants = |id: &BlobId| self.seat.is_none() || self.wanted.contains(id);
        let lacking = offered.iter().filter(|blob| !self.blobs.contains_key(&blob.id) && wants(&blob.id));
        let from = |id: &BlobId| self.parts.get(id).map_or(0, |part| part.len() as u64);
        Ok(lacking.map(|blob| (blob.id, from(&blob.id))).collect())
    }

    fn blobs(&self) -> Result<Vec<HeldBlob>, Self::Error> {
        Ok(self.blobs.values().map(|(blob, _)| *blob).collect())
    }

    fn blob(&self, id: BlobId) -> Result<Option<HeldBlob>, Self::Error> {
        Ok(self.blobs.get(&id).map(|(blob, _)| *blob))
    }

    fn read_blob(&self, id: BlobId, from: u64, most: usize) -> Result<Vec<u8>, Self::Error> {
        let bytes = &self.blobs[&id].1;
        let from = from as usize;
        Ok(bytes[from..bytes.len().min(from + most)].to_vec())
    }

    fn take_chunk(&mut self, chunk: &Chunk) -> Result<bool, Self::Error> {
        if self.seat.is_some() && !self.wanted.contains(&chunk.of.id) {
            return Ok(false);
        }
        let part = self.parts.entry(chunk.of.id).or_default();
        if part.len() as u64 != chunk.from {
            return Ok(false);
        }
        part.extend_from_slice(&chunk.bytes);
        if chunk.is_last() {
            let whole = self.parts.remove(&chunk.of.id).unwrap();
            if BlobId::new(sha256(&whole)) != chunk.of.id {
                return Ok(false);
            }
            self.blobs.insert(chunk.of.id, (chunk.of, whole));
        }
        Ok(true)
    }

    fn blobs_lie_with(&mut self, ids: &[BlobId], holder: &VerifyKey) -> Result<(), Self::Error> {
        self.lies_with.extend(ids.iter().map(|id| (*id, *holder.as_bytes())));
        Ok(())
    }

    fn recall(&self, of: SeatId) -> Result<Option<Memory>, Self::Error> {
        Ok(self.memories.get(&of).cloned())
    }

    fn remember(&mut self, of: SeatId, memory: &Memory) -> Result<(), Self::Error> {
        self.memories.insert(of, memory.clone());
        Ok(())
    }
}
