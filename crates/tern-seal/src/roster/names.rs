//! Ids of seats, sites and scopes, which follow from whose they are, and names of people, devices and sites: sealed
//! under the realm scope's key, for members alone.

use tern_record::cbor::{Decoder, Writer, array_of};
use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, ScopeId, SeatId};

use super::{Author, ScopeKind, SiteId};
use crate::Refused;
use crate::construct::{open, seal};
use crate::hash::content_hash;
use crate::key::{SealKey, VerifyKey, WrapPublic};
use crate::label::Label;

/// A seat is named by its device and its keys: nobody certifies other keys in its name.
pub fn seat_id(device: DeviceId, verify: &VerifyKey, wrap: &WrapPublic) -> SeatId {
    SeatId::new(short(Label::SeatId, &[device.as_bytes(), verify.as_bytes(), wrap.as_bytes()]))
}

/// A site is named by who opens it: nobody else opens scopes of it.
pub fn site_id(realm: RealmId, author: Author, nonce: &[u8; 16]) -> SiteId {
    short(Label::SiteId, &[realm.as_bytes(), author.bytes(), nonce])
}

/// A scope is named by who opens it and what it holds.
pub fn scope_id(realm: RealmId, author: Author, nonce: &[u8; 16], kind: ScopeKind) -> ScopeId {
    ScopeId::new(short(Label::ScopeId, &[realm.as_bytes(), author.bytes(), nonce, &[kind.number()]]))
}

fn short(label: Label, fields: &[&[u8]]) -> [u8; 16] {
    content_hash(label, fields).first_chunk::<16>().copied().unwrap_or_default()
}

/// Names of a worker and a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// Name of the worker.
    pub worker: String,
    /// Name of the device.
    pub device: String,
}

impl Names {
    /// Seals for a seat's certificate.
    pub fn close(
        &self,
        realm_key: &SealKey,
        realm: RealmId,
        seat: SeatId,
        random: &mut dyn Random,
    ) -> Vec<u8> {
        let mut plain = Writer::default();
        plain.array(2).text(&self.worker).text(&self.device);
        let ad = [realm.as_bytes().as_slice(), seat.as_bytes()].concat();
        seal(realm_key, Label::RosterName, &ad, &plain.into_bytes(), random)
    }

    /// Opens the names in a seat's certificate.
    pub fn open(sealed: &[u8], realm_key: &SealKey, realm: RealmId, seat: SeatId) -> Result<Self, Refused> {
        let ad = [realm.as_bytes().as_slice(), seat.as_bytes()].concat();
        let plain = open(realm_key, Label::RosterName, &ad, sealed)?;
        let mut from = Decoder::new(&plain);
        array_of(&mut from, 2).map_err(|_| Refused)?;
        let worker = from.str().map_err(|_| Refused)?.to_owned();
        Ok(Self { worker, device: from.str().map_err(|_| Refused)?.to_owned() })
    }
}

/// Name of a site and the country it is in; of a whole programme the name alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceName {
    /// Name of the site or the programme.
    pub name: String,
    /// ISO 3166-1 alpha-3; empty for a programme.
    pub country: String,
}

impl PlaceName {
    /// Seals for a scope's opening.
    pub fn close(
        &self,
        realm_key: &SealKey,
        realm: RealmId,
        scope: ScopeId,
        random: &mut dyn Random,
    ) -> Vec<u8> {
        let mut plain = Writer::default();
        plain.array(2).text(&self.name).text(&self.country);
        let ad = [realm.as_bytes().as_slice(), scope.as_bytes()].concat();
        seal(realm_key, Label::RosterName, &ad, &plain.into_bytes(), random)
    }

    /// Opens the name in a scope's opening.
    pub fn open(sealed: &[u8], realm_key: &SealKey, realm: RealmId, scope: ScopeId) -> Result<Self, Refused> {
        let ad = [realm.as_bytes().as_slice(), scope.as_bytes()].concat();
        let plain = open(realm_key, Label::RosterName, &ad, sealed)?;
        let mut from = Decoder::new(&plain);
        array_of(&mut from, 2).map_err(|_| Refused)?;
        let name = from.str().map_err(|_| Refused)?.to_owned();
        Ok(Self { name, country: from.str().map_err(|_| Refused)?.to_owned() })
    }
}
