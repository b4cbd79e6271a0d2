//! The signed roster: who belongs, and who may read what. A set of entries, folded without order.
//!
//! ```text
//! entry  = [1, kind, realm (32), deps, author, body]      author: seat (16) or empty for the root key
//! signed = [entry bytes, signature (64)]                  id: hash of the entry bytes
//! kind   = 0 genesis, 1 seat certified, 2 scope opened, 3 keys granted, 4 seat changed, 5 seat removed,
//!          6 work accepted, 7 root shared, 8 recovered, 9 voided, 10 epoch begun, 11 key not opened, 12 heard;
//!          others are kept, relayed and not understood
//! ```
//! Who may say what is judged by what the author had seen (`judge.rs`); what counts follows from that in any order
//! (`standing.rs`): a removal wins over everything that its author had not seen of the seat it removes. Keys are named
//! here and travel apart, unsigned (`carried.rs`).
//! Names of people, devices and sites are sealed under the realm scope's key; a hub that stores the roster
//! sees keys, scopes and roles.

mod body;
mod carried;
mod fold;
mod judge;
mod names;
mod order;
mod room;
mod sift;
mod standing;
mod wire;
mod work;

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::{EntryId, RealmId, SeatId};

pub use body::{
    Body, Cut, Earlier, EpochBegun, EpochKey, Granted, PairOfShares, RootShared, ScopeKind, ScopeOpened,
    SeatCertified, SeatChanged, SeatRemoved, SiteId, WorkAccepted, Wrapped,
};
pub use carried::{Carried, EpochWrap};
pub use fold::{EpochState, FormerSeat, Roster, RosterError, ScopeState, SeatState};
pub use names::{Names, PlaceName, scope_id, seat_id, site_id};
pub use sift::{SiftError, Sifted, sift, wanted};
pub use work::{Capacity, Link, Spot, Standing};

use crate::construct::{sign, verify};
use crate::hash::content_hash;
use crate::key::{SigningKey, VerifyKey};
use crate::label::Label;
use crate::limits::{MAX_ROSTER_DEPS, MAX_ROSTER_ENTRY};
use crate::{Refused, sha256};

/// Who signed an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Author {
    /// The root key of the realm.
    Root,
    /// A seat.
    Seat(SeatId),
}

impl Author {
    /// As it is written: the root key has no name.
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Root => &[],
            Self::Seat(seat) => seat.as_bytes(),
        }
    }
}

/// One statement about the membership, not yet known to be signed by somebody who may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The realm.
    pub realm: RealmId,
    /// Entries that its author had seen and none of them had seen each other.
    pub deps: Vec<EntryId>,
    /// Who says so.
    pub author: Author,
    /// What is said.
    pub body: Body,
}

/// An entry and a signature that somebody claims to be its author's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedEntry {
    entry: Entry,
    id: EntryId,
    bytes: Vec<u8>,
    signature: [u8; 64],
}

impl Entry {
    /// Signs.
    pub fn sign(self, key: &SigningKey) -> Result<SignedEntry, Refused> {
        let bytes = self.to_bytes();
        let signature = sign(key, Label::RosterSignature, self.realm, &[&bytes])?;
        Ok(SignedEntry::of(self, bytes, signature))
    }
}

impl SignedEntry {
    fn of(entry: Entry, bytes: Vec<u8>, signature: [u8; 64]) -> Self {
        let id = EntryId::new(content_hash(Label::RosterEntry, &[&bytes]));
        Self { entry, id, bytes, signature }
    }

    /// Names the entry.
    pub fn id(&self) -> EntryId {
        self.id
    }

    /// The realm it claims to belong to.
    pub fn realm(&self) -> RealmId {
        self.entry.realm
    }

    /// Gives the entry when this key signed it.
    pub fn verified_by(&self, key: &VerifyKey) -> Result<&Entry, Refused> {
        verify(key, Label::RosterSignature, self.entry.realm, &[&self.bytes], &self.signature)?;
        Ok(&self.entry)
    }

    /// Entries that its author had seen.
    pub fn deps(&self) -> &[EntryId] {
        &self.entry.deps
    }

    /// What it claims to say.
    pub fn body(&self) -> &Body {
        &self.entry.body
    }

    /// Who claims to have signed.
    pub fn author(&self) -> Author {
        self.entry.author
    }

    /// The root key that a genesis names; the realm id vouches for it.
    pub(crate) fn genesis_key(&self) -> Option<VerifyKey> {
        match &self.entry.body {
            Body::Genesis { root, practice, nonce } => {
                (realm_id(*practice, root, nonce) == self.entry.realm).then_some(*root)
            }
            _ => None,
        }
    }
}

/// The nonce of a programme that begins with this seat and with scopes of this nonce.
pub fn genesis_nonce(first: SeatId, scopes: &[u8; 16]) -> [u8; 32] {
    let mut nonce = [0; 32];
    for (to, from) in nonce.iter_mut().zip(first.as_bytes().iter().chain(scopes)) {
        *to = *from;
    }
    nonce
}

/// The seat and the nonce of the scopes that a programme begins with.
fn begun_with(nonce: &[u8; 32]) -> (SeatId, [u8; 16]) {
    let half = |bytes: Option<&[u8; 16]>| bytes.copied().unwrap_or_default();
    (SeatId::new(half(nonce.first_chunk())), half(nonce.last_chunk()))
}

/// A realm is named by its kind, its root key and a nonce: practice and real can never be one.
pub fn realm_id(practice: bool, root: &VerifyKey, nonce: &[u8; 32]) -> RealmId {
    RealmId::new(content_hash(Label::Realm, &[&[u8::from(practice)], root.as_bytes(), nonce]))
}

/// Hash of a public key, as people compare it.
pub fn fingerprint(key: &VerifyKey) -> [u8; 32] {
    sha256(key.as_bytes())
}

impl Canonical for Entry {
    fn write(&self, to: &mut Writer) {
        to.array(6)
            .uint(1)
            .uint(u64::from(self.body.kind()))
            .bytes(self.realm.as_bytes())
            .array(self.deps.len());
        for dep in &self.deps {
            to.bytes(dep.as_bytes());
        }
        to.bytes(self.author.bytes()).bytes(&self.body.to_body_bytes());
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 6)?;
        if from.u8()? != 1 {
            return Err(CborError::Shape);
        }
        let kind = from.u8()?;
        let realm = RealmId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?;
        let mut deps = Vec::new();
        for _ in 0..array_up_to(from, MAX_ROSTER_DEPS)? {
            deps.push(EntryId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?);
        }
        if !deps.is_sorted_by(|a, b| a < b) {
            return Err(CborError::NotCanonical);
        }
        let author = match from.bytes()? {
            [] => Author::Root,
            seat => Author::Seat(SeatId::from_slice(seat).map_err(|_| CborError::Shape)?),
        };
        Ok(Self { realm, deps, author, body: Body::read(kind, from.bytes()?)? })
    }
}

impl Canonical for SignedEntry {
    fn write(&self, to: &mut Writer) {
        to.array(2).bytes(&self.bytes).bytes(&self.signature);
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 2)?;
        let bytes = from.bytes()?;
        if bytes.len() > MAX_ROSTER_ENTRY {
            return Err(CborError::TooLarge);
        }
        let entry = Entry::from_bytes(bytes)?;
        let signature = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        Ok(Self::of(entry, bytes.to_vec(), signature))
    }
}

#[cfg(test)]
mod tests;
