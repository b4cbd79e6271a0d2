//! Names of people, devices, sites: sealed under the realm scope's key, for members alone.

use tern_record::cbor::{Decoder, Writer, array_of};
use tern_record::port::Random;
use tern_record::{RealmId, ScopeId, SeatId};

use crate::Refused;
use crate::construct::{open, seal};
use crate::key::SealKey;
use crate::label::Label;

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
