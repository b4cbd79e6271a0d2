//! What golden vectors are made with: fixed keys, randomness that can be foretold, and the files.
#![allow(dead_code)]

use tern_record::port::Random;
use tern_record::{DeviceId, RealmId, SeatId};
use tern_seal::roster::{genesis_nonce, realm_id, seat_id};
use tern_seal::{SigningKey, WrapSecret};

/// SHA-256 of a counter: predictable on purpose.
pub struct Counted(pub u64);

impl Random for Counted {
    fn fill(&mut self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let block = tern_seal::sha256(&self.0.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
            self.0 += 1;
        }
    }
}

pub use tern_testkit::{golden, hex};

pub const SEAT: SeatId = SeatId::new([3; 16]);

pub fn root() -> SigningKey {
    SigningKey::from_seed(&[11; 32])
}

/// The coordinator whom the programme begins with has keys of the seed 41.
pub fn nonce() -> [u8; 32] {
    let verify = SigningKey::from_seed(&[41; 32]).public().unwrap();
    let wrap = WrapSecret::from_seed(&[141; 32]).public().unwrap();
    genesis_nonce(seat_id(DeviceId::new([1; 16]), &verify, &wrap), &[12; 16])
}

pub fn realm() -> RealmId {
    realm_id(true, &root().public().unwrap(), &nonce())
}
