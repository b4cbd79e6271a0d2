//! Slots: what a passphrase or the rescue code opens, and what lies inside.
//!
//! ```text
//! slot file = [1, realm (32), practice, device (16), [slot, ...], checksum (32)]
//! slot      = [id (16), kind, [memory KiB, passes, lanes], salt (16), master, payload]
//! master    = seal(K, slot-master, public part, M)      K = HKDF(Argon2id(words, salt), slot-key, public part)
//! payload   = seal(M, slot-payload, public part, [vault key, worker, seat, signing seed, wrap seed, keyring key])
//! ```
//! The checksum tells damage apart from wrong words. Losing a slot never loses the vault: another opens it.

use argon2::{Algorithm, Argon2, Params, Version};
use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, SeatId, WorkerId};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::construct::{open, seal};
use crate::hash::content_hash;
use crate::key::{SealKey, SigningKey, WrapSecret};
use crate::label::{Label, derive, joined};
use crate::limits::MAX_SLOTS;

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
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Payload {
    /// Raw SQLCipher key of the vault file.
    pub vault: [u8; 32],
    /// The worker.
    #[zeroize(skip)]
    pub worker: WorkerId,
    /// The worker's seat on this device.
    #[zeroize(skip)]
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
    cost: Cost,
    salt: [u8; 16],
    master: Vec<u8>,
    payload: Vec<u8>,
}

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
    /// The file is cut short or altered.
    #[error("the slot file is damaged")]
    DamagedFile,
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
        cost: Cost,
        payload: &Payload,
        random: &mut dyn Random,
    ) -> Result<(), SlotError> {
        let (mut id, mut salt) = ([0; 16], [0; 16]);
        random.fill(&mut id);
        random.fill(&mut salt);
        let mut slot = Slot { id, kind, cost, salt, master: Vec::new(), payload: Vec::new() };
        let public = self.public_part(&slot);
        let master = SealKey::make_random(random);
        slot.master = seal(&slot.key(secret, &public)?, Label::Slot, &public, master.as_bytes(), random);
        slot.payload = seal(&master, Label::SlotPayload, &public, &payload.to_bytes(), random);
        self.slots.push(slot);
        Ok(())
    }

    /// Opens the first slot of a kind that `secret` fits.
    pub fn open(&self, kind: SlotKind, secret: &[u8]) -> Result<Payload, SlotError> {
        for slot in self.slots.iter().filter(|slot| slot.kind == kind) {
            let public = self.public_part(slot);
            let key = slot.key(secret, &public)?;
            if let Ok(master) = open(&key, Label::Slot, &public, &slot.master) {
                let master =
                    SealKey::from_slice(&Zeroizing::new(master)).map_err(|_| SlotError::DamagedSlot)?;
                let plain = open(&master, Label::SlotPayload, &public, &slot.payload);
                let plain = Zeroizing::new(plain.map_err(|_| SlotError::DamagedSlot)?);
                return Payload::from_bytes(&plain).map_err(|_| SlotError::DamagedSlot);
            }
        }
        Err(SlotError::Wrong)
    }

    /// Replaces the worker's slot of a seat: the old passphrase opens nothing afterwards.
    pub fn replace(
        &mut self,
        old: &[u8],
        new: &[u8],
        cost: Cost,
        payload: &Payload,
        random: &mut dyn Random,
    ) -> Result<(), SlotError> {
        let fits = |slot: &Slot| -> Result<bool, SlotError> {
            let public = self.public_part(slot);
            Ok(slot.kind == SlotKind::Worker
                && open(&slot.key(old, &public)?, Label::Slot, &public, &slot.master).is_ok())
        };
        let mut kept = Vec::new();
        for slot in &self.slots {
            if !fits(slot)? {
                kept.push(slot.clone());
            }
        }
        if kept.len() == self.slots.len() {
            return Err(SlotError::Wrong);
        }
        self.slots = kept;
        self.add(SlotKind::Worker, new, cost, payload, random)
    }

    /// Takes all worker slots away; used when the rescue code opened and new words are chosen.
    pub fn drop_workers(&mut self) {
        self.slots.retain(|slot| slot.kind != SlotKind::Worker);
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
        public.array(8).bytes(self.realm.as_bytes()).bool(self.practice).bytes(self.device.as_bytes());
        public.bytes(&slot.id).bool(slot.kind == SlotKind::Rescue);
        slot.cost.write(&mut public);
        public.bytes(&slot.salt).bool(false);
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
    fn key(&self, secret: &[u8], public: &[u8]) -> Result<SealKey, SlotError> {
        let params = Params::new(self.cost.memory_kib, self.cost.passes, self.cost.lanes, Some(32));
        let params = params.map_err(|_| SlotError::DamagedFile)?;
        let mut stretched = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, &self.salt, stretched.as_mut_slice())
            .map_err(|_| SlotError::Memory)?;
        // The salt of the extraction is where a key of the operating system's keystore will be mixed in.
        Ok(derive(&SealKey::new(*stretched), &[0; 32], Label::SlotKey, &[public]))
    }
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
        to.array(6).bytes(&self.id).bool(self.kind == SlotKind::Rescue);
        self.cost.write(to);
        to.bytes(&self.salt).bytes(&self.master).bytes(&self.payload);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 6)?;
        let id = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        let kind = if from.bool()? { SlotKind::Rescue } else { SlotKind::Worker };
        let cost = Cost::read(from)?;
        let salt = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        Ok(Self { id, kind, cost, salt, master: from.bytes()?.to_vec(), payload: from.bytes()?.to_vec() })
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

impl Canonical for Payload {
    fn write(&self, to: &mut Writer) {
        to.array(6).bytes(&self.vault).bytes(self.worker.as_bytes()).bytes(self.seat.as_bytes());
        to.bytes(self.signing.seed()).bytes(self.wrap.seed()).bytes(self.keyring.as_bytes());
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 6)?;
        let vault = key(from)?;
        let worker = WorkerId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let seat = SeatId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        Ok(Self {
            vault,
            worker,
            seat,
            signing: SigningKey::from_seed(key(from)?),
            wrap: WrapSecret::from_seed(key(from)?),
            keyring: SealKey::new(key(from)?),
        })
    }
}

fn key(from: &mut Decoder<'_>) -> Result<[u8; 32], CborError> {
    from.bytes()?.try_into().map_err(|_| CborError::Shape)
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
