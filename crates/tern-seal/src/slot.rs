//! Slots: what a passphrase or the rescue code opens, and what lies inside.
//!
//! ```text
//! slot file = [1, realm (32), practice, device (16), [slot, ...], checksum (32)]
//! slot      = [id (16), rescue, seat (16), keystore tag (16 or empty), [memory KiB, passes, lanes], salt (16),
//!              master, payload, [[half, half], ...]]
//! master    = seal(K, slot-master, public part, M)      K = HKDF(X, Argon2id(words, salt), slot-key, public part)
//! payload   = seal(M, slot-payload, public part, [vault key, seat, signing seed, wrap seed, keyring key])
//! half      = [coordinator's seat (16), wrap]           two halves make M: any two of three coordinators
//! ```
//! X is a key that the keystore of the operating system holds, or zeros. A rescue slot never asks for it. The
//! checksum tells damage apart from wrong words. Losing a slot never loses the vault: another opens it.

use argon2::{Algorithm, Argon2, Params, Version};
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, SeatId};
use zeroize::Zeroizing;

use crate::construct::{open, seal};
use crate::half::{halve, pairs};
use crate::hash::content_hash;
use crate::key::{SealKey, SigningKey, WrapPublic, WrapSecret};
use crate::label::{Label, derive, joined};
use crate::limits::{MAX_COORDINATORS, MAX_PAIRS, MAX_SLOTS};
use crate::roster::PairOfShares;
use crate::scrub::scrub;

/// What Argon2id costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// The usual: RFC 9106, second recommended option.
    pub const USUAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
    /// The least, for devices with little memory.
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// More than this a slot file may not ask for.
    const MOST: Self = Self { memory_kib: 1024 * 1024, passes: 16, lanes: 16 };

    fn is_fair(self) -> bool {
        (Self::FLOOR.memory_kib..=Self::MOST.memory_kib).contains(&self.memory_kib)
            && (1..=Self::MOST.passes).contains(&self.passes)
            && (1..=Self::MOST.lanes).contains(&self.lanes)
    }
}

/// Who a slot is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A worker's passphrase.
    Worker,
    /// The rescue code of that worker's seat.
    Rescue,
}

/// What an opened slot gives: everything that this seat needs to work.
#[derive(Clone)]
pub struct Payload {
    /// Raw SQLCipher key of the vault file.
    pub vault: SealKey,
    /// The worker's seat on this device.
    pub seat: SeatId,
    /// Signs this seat's envelopes.
    pub signing: SigningKey,
    /// Unwraps epoch keys.
    pub wrap: WrapSecret,
    /// Seals the scope keys that lie in the vault.
    pub keyring: SealKey,
}

/// One slot, closed.
#[derive(Clone)]
pub struct Slot {
    id: [u8; 16],
    kind: SlotKind,
    seat: SeatId,
    /// Tells which key of the operating system's keystore is asked for; `None` for none.
    keystore: Option<[u8; 16]>,
    cost: Cost,
    salt: [u8; 16],
    master: Vec<u8>,
    payload: Vec<u8>,
    halves: Vec<PairOfShares>,
}

/// What opened, and what it takes to give its key in halves.
pub struct Opened {
    /// What lies in the slot.
    pub payload: Payload,
    /// The slot.
    slot: [u8; 16],
    master: SealKey,
}

/// A key that the keystore of the operating system holds for this device.
pub type KeystoreKey = SealKey;

/// All slots of a device, and what may be known before any is opened.
#[derive(Clone)]
pub struct SlotFile {
    /// The programme.
    pub realm: RealmId,
    /// A practice programme says so before it is unlocked.
    pub practice: bool,
    /// This device.
    pub device: DeviceId,
    /// The slots.
    pub slots: Vec<Slot>,
}

/// Why no slot opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotError {
    /// The words or the code are not those of any slot.
    #[error("no slot opens")]
    Wrong,
    /// These words open a slot whose payload is damaged.
    #[error("the slot is damaged")]
    DamagedSlot,
    /// The keystore of the operating system has not the key that was there when the slot was made.
    #[error("the keystore has another key, or none")]
    Keystore,
    /// The file is cut short or altered.
    #[error("the slot file is damaged")]
    DamagedFile,
    /// No room for another worker.
    #[error("no room for another slot")]
    Full,
    /// A newer version wrote it.
    #[error("the slot file is of a newer format")]
    Newer,
    /// This machine cannot give the memory that the slot asks for.
    #[error("not enough memory to check the words")]
    Memory,
}

impl SlotFile {
    /// Adds a slot that `secret` opens. `secret` is a normalised passphrase or the bytes of a rescue code.
    pub fn add(
        &mut self,
        kind: SlotKind,
        secret: &[u8],
        keystore: Option<&KeystoreKey>,
        cost: Cost,
        payload: &Payload,
        random: &mut dyn Random,
    ) -> Result<(), SlotError> {
        if self.slots.len() as u64 >= MAX_SLOTS {
            return Err(SlotError::Full);
        }
        let (mut id, mut salt) = ([0; 16], [0; 16]);
        random.fill(&mut id);
        random.fill(&mut salt);
        // Slots of one cost share their salt: trying words is one derivation, however many workers a tablet has.
        if let Some(like) = self.slots.iter().find(|slot| slot.cost == cost && slot.kind == kind) {
            salt = like.salt;
        }
        let keystore = keystore.filter(|_| kind == SlotKind::Worker);
        let mut slot = Slot {
            id,
            kind,
            seat: payload.seat,
            keystore: keystore.map(keystore_tag),
            cost,
            salt,
            master: Vec::new(),
            payload: Vec::new(),
            halves: Vec::new(),
        };
        let public = self.public_part(&slot);
        let master = SealKey::make_random(random);
        let words = slot.stretch(secret)?;
        let key = slot.key(&words, keystore, &public);
        slot.master = seal(&key, Label::Slot, &public, master.as_bytes(), random);
        slot.payload = seal(&master, Label::SlotPayload, &public, &payload.spelled(), random);
        self.slots.push(slot);
        Ok(())
    }

    /// Opens the first slot of a kind that `secret` fits.
    pub fn open(
        &self,
        kind: SlotKind,
        secret: &[u8],
        keystore: Option<&KeystoreKey>,
    ) -> Result<Opened, SlotError> {
        let mut stretched: Vec<(Cost, [u8; 16], SealKey)> = Vec::new();
        let mut keystore_is_another = false;
        for slot in self.slots.iter().filter(|slot| slot.kind == kind) {
            if slot.keystore.is_some() && slot.keystore != keystore.map(keystore_tag) {
                keystore_is_another = true;
                continue;
            }
            let known = stretched.iter().find(|(cost, salt, _)| (*cost, *salt) == (slot.cost, slot.salt));
            let words = match known {
                Some((_, _, words)) => words.clone(),
                None => slot.stretch(secret)?,
            };
            stretched.push((slot.cost, slot.salt, words.clone()));
            let public = self.public_part(slot);
            let key = slot.key(&words, keystore.filter(|_| slot.keystore.is_some()), &public);
            if let Ok(master) = open(&key, Label::Slot, &public, &slot.master) {
                let master =
                    SealKey::from_slice(&Zeroizing::new(master)).map_err(|_| SlotError::DamagedSlot)?;
                return self.open_payload(slot, master);
            }
        }
        Err(if keystore_is_another { SlotError::Keystore } else { SlotError::Wrong })
    }

    /// Opens a slot by its master key, put together from two halves.
    pub fn open_by_master(&self, slot: [u8; 16], master: SealKey) -> Result<Opened, SlotError> {
        let slot = self.slots.iter().find(|have| have.id == slot).ok_or(SlotError::Wrong)?;
        self.open_payload(slot, master)
    }

    fn open_payload(&self, slot: &Slot, master: SealKey) -> Result<Opened, SlotError> {
        let plain = open(&master, Label::SlotPayload, &self.public_part(slot), &slot.payload);
        let plain = Zeroizing::new(plain.map_err(|_| SlotError::DamagedSlot)?);
        let payload = Payload::read_spelled(&plain).map_err(|_| SlotError::DamagedSlot)?;
        Ok(Opened { payload, slot: slot.id, master })
    }

    /// Lays half of the slot's key in the hands of each of every pair of coordinators; says whether anything changed.
    pub fn share(
        &mut self,
        opened: &Opened,
        coordinators: &[(SeatId, WrapPublic)],
        random: &mut dyn Random,
    ) -> Result<bool, SlotError> {
        let (realm, device) = (self.realm, self.device);
        let Some(slot) = self.slots.iter_mut().find(|slot| slot.id == opened.slot) else { return Ok(false) };
        let others: Vec<&(SeatId, WrapPublic)> =
            coordinators.iter().filter(|(seat, _)| *seat != slot.seat).take(MAX_COORDINATORS).collect();
        let wanted: Vec<(SeatId, SeatId)> = pairs(&others).map(|(one, other)| (one.0, other.0)).collect();
        let have: Vec<(SeatId, SeatId)> =
            slot.halves.iter().map(|pair| (pair.one.seat, pair.other.seat)).collect();
        if wanted == have {
            return Ok(false);
        }
        let ad = half_place(device, slot.id, slot.seat);
        slot.halves = pairs(&others)
            .map(|(one, other)| halve(realm, Label::SlotHalf, &ad, &opened.master, one, other, random))
            .collect::<Result<_, _>>()
            .map_err(|_| SlotError::DamagedSlot)?;
        Ok(true)
    }

    /// The worker slot of a seat, and the halves that coordinators hold of it.
    pub fn halves_of(&self, seat: SeatId) -> Option<([u8; 16], &[PairOfShares])> {
        let slot = self.slots.iter().find(|slot| slot.kind == SlotKind::Worker && slot.seat == seat)?;
        Some((slot.id, &slot.halves))
    }

    /// Some slot asks the keystore of the operating system for a key.
    pub fn asks_keystore(&self) -> bool {
        self.slots.iter().any(|slot| slot.keystore.is_some())
    }

    /// Seats that have words here.
    pub fn seats(&self) -> Vec<SeatId> {
        let workers = self.slots.iter().filter(|slot| slot.kind == SlotKind::Worker);
        workers.map(|slot| slot.seat).collect()
    }

    /// Takes away every slot of a seat of one kind, or of any kind.
    pub fn drop_seat(&mut self, seat: SeatId, kind: Option<SlotKind>) {
        self.slots.retain(|slot| slot.seat != seat || kind.is_some_and(|kind| kind != slot.kind));
    }

    /// Reads a file; damage is found by the checksum before any passphrase is tried.
    pub fn read(bytes: &[u8]) -> Result<Self, SlotError> {
        match Self::from_bytes(bytes) {
            Ok(file) => Ok(file),
            Err(CborError::TooLarge) => Err(SlotError::Newer),
            Err(_) => Err(SlotError::DamagedFile),
        }
    }

    fn public_part(&self, slot: &Slot) -> Vec<u8> {
        let mut public = Writer::default();
        public.array(9).bytes(self.realm.as_bytes()).bool(self.practice).bytes(self.device.as_bytes());
        public.bytes(&slot.id).bool(slot.kind == SlotKind::Rescue).bytes(slot.seat.as_bytes());
        slot.cost.write(&mut public);
        public.bytes(&slot.salt).bytes(slot.keystore.as_ref().map_or(&[], <[u8; 16]>::as_slice));
        public.into_bytes()
    }

    fn body(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.bytes(self.realm.as_bytes())
            .bool(self.practice)
            .bytes(self.device.as_bytes())
            .array(self.slots.len());
        for slot in &self.slots {
            slot.write(&mut body);
        }
        body.into_bytes()
    }
}

impl Slot {
    fn stretch(&self, secret: &[u8]) -> Result<SealKey, SlotError> {
        stretch(secret, &self.salt, self.cost)
    }

    fn key(&self, stretched: &SealKey, keystore: Option<&KeystoreKey>, public: &[u8]) -> SealKey {
        let salt = keystore.map_or(&[0; 32], KeystoreKey::as_bytes);
        derive(stretched, salt, Label::SlotKey, &[public])
    }
}

/// Argon2id 1.3. The threads that helped with it keep nothing on their stacks.
pub(crate) fn stretch(secret: &[u8], salt: &[u8], cost: Cost) -> Result<SealKey, SlotError> {
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32));
    let params = params.map_err(|_| SlotError::DamagedFile)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut done = Ok(());
    let stretched = SealKey::filled(|to| done = argon2.hash_password_into(secret, salt, to));
    rayon::broadcast(|_| scrub());
    done.map(|()| stretched).map_err(|_| SlotError::Memory)
}

fn keystore_tag(key: &KeystoreKey) -> [u8; 16] {
    let tag = derive(key, &[0; 32], Label::Keystore, &[]);
    tag.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}

const FORMAT: u8 = 1;

impl Canonical for SlotFile {
    fn write(&self, to: &mut Writer) {
        let body = self.body();
        to.array(3).uint(u64::from(FORMAT)).bytes(&body);
        to.bytes(&content_hash(Label::SlotFile, &[&body]));
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        if from.u8()? > FORMAT {
            return Err(CborError::TooLarge);
        }
        let body = from.bytes()?;
        if from.bytes()? != content_hash(Label::SlotFile, &[body]) {
            return Err(CborError::Shape);
        }
        let mut from = Decoder::new(body);
        let realm = RealmId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let practice = from.bool()?;
        let device = DeviceId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let mut slots = Vec::new();
        for _ in 0..array_up_to(&mut from, MAX_SLOTS)? {
            slots.push(Slot::read(&mut from)?);
        }
        Ok(Self { realm, practice, device, slots })
    }
}

impl Canonical for Slot {
    fn write(&self, to: &mut Writer) {
        to.array(9).bytes(&self.id).bool(self.kind == SlotKind::Rescue).bytes(self.seat.as_bytes());
        to.bytes(self.keystore.as_ref().map_or(&[], <[u8; 16]>::as_slice));
        self.cost.write(to);
        to.bytes(&self.salt).bytes(&self.master).bytes(&self.payload).array(self.halves.len());
        for pair in &self.halves {
            pair.write(to);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 9)?;
        let id = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        let kind = if from.bool()? { SlotKind::Rescue } else { SlotKind::Worker };
        let seat = SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let keystore = match from.bytes()? {
            [] => None,
            tag => Some(tag.try_into().map_err(|_| CborError::Shape)?),
        };
        let cost = Cost::read(from)?;
        let salt = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        let (master, payload) = (from.bytes()?.to_vec(), from.bytes()?.to_vec());
        let mut halves = Vec::new();
        for _ in 0..array_up_to(from, MAX_PAIRS)? {
            halves.push(PairOfShares::read(from)?);
        }
        Ok(Self { id, kind, seat, keystore, cost, salt, master, payload, halves })
    }
}

impl Canonical for Cost {
    fn write(&self, to: &mut Writer) {
        to.array(3).uint(u64::from(self.memory_kib)).uint(u64::from(self.passes)).uint(u64::from(self.lanes));
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let cost = Self { memory_kib: from.u32()?, passes: from.u32()?, lanes: from.u32()? };
        if cost.is_fair() { Ok(cost) } else { Err(CborError::Shape) }
    }
}

/// Bytes of a payload: an array of four keys and a seat's id.
const PAYLOAD: usize = 1 + 4 * (2 + 32) + (1 + 16);

impl Payload {
    /// The canonical spelling, in a place that never grows.
    fn spelled(&self) -> Zeroizing<Vec<u8>> {
        let mut to = Writer::with_capacity(PAYLOAD);
        to.array(5).bytes(self.vault.as_bytes()).bytes(self.seat.as_bytes());
        to.bytes(self.signing.seed()).bytes(self.wrap.seed()).bytes(self.keyring.as_bytes());
        Zeroizing::new(to.into_bytes())
    }

    /// Reads that, and refuses every other spelling.
    fn read_spelled(bytes: &[u8]) -> Result<Self, CborError> {
        let shape = |_| CborError::Shape;
        let mut from = Decoder::new(bytes);
        array_of(&mut from, 5)?;
        let vault = SealKey::from_slice(from.bytes()?).map_err(shape)?;
        let seat = SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let signing = SigningKey::from_slice(from.bytes()?).map_err(shape)?;
        let wrap = WrapSecret::from_slice(from.bytes()?).map_err(shape)?;
        let keyring = SealKey::from_slice(from.bytes()?).map_err(shape)?;
        let payload = Self { vault, seat, signing, wrap, keyring };
        if payload.spelled().as_slice() == bytes { Ok(payload) } else { Err(CborError::NotCanonical) }
    }
}

/// What the halves of a slot's key are bound to: an ask cannot name one worker and bring another's halves.
pub(crate) fn half_place(device: DeviceId, slot: [u8; 16], seat: SeatId) -> Vec<u8> {
    [device.as_bytes().as_slice(), &slot, seat.as_bytes()].concat()
}

/// Seals a scope key for its place in the vault.
pub fn close_scope_key(
    keyring: &SealKey,
    place: &[&[u8]],
    key: &[u8; 32],
    random: &mut dyn Random,
) -> Vec<u8> {
    seal(keyring, Label::ScopeKey, &joined(Label::ScopeKey, place), key, random)
}

/// Opens a scope key from its place in the vault.
pub fn open_scope_key(keyring: &SealKey, place: &[&[u8]], sealed: &[u8]) -> Result<SealKey, crate::Refused> {
    let plain = Zeroizing::new(open(keyring, Label::ScopeKey, &joined(Label::ScopeKey, place), sealed)?);
    SealKey::from_slice(&plain)
}

#[cfg(test)]
mod tests;
