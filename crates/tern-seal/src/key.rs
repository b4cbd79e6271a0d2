//! Keys that are wiped when dropped and never printed.
//!
//! Each lies in one place of the heap: a move copies the pointer and never the key. What a computation with a key leaves
//! on the stack is wiped after it ([`crate::scrubbed`]).

use std::fmt;

use hpke::Deserializable as _;
use hpke::Serializable as _;
use hpke::kem::{Kem as _, XWing};
use ring::signature::{self, KeyPair as _};
use tern_record::port::Random;
use zeroize::Zeroize as _;

use crate::Refused;

/// Secret bytes in one place.
#[derive(PartialEq, Eq)]
pub(crate) struct Secret<const N: usize>(Box<[u8; N]>);

impl<const N: usize> Secret<N> {
    /// A place that `fill` writes into.
    pub(crate) fn filled(fill: impl FnOnce(&mut [u8; N])) -> Self {
        let mut secret = Self(Box::new([0; N]));
        fill(&mut secret.0);
        secret
    }

    pub(crate) fn copied(bytes: &[u8; N]) -> Self {
        Self::filled(|to| to.copy_from_slice(bytes))
    }

    fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        bytes.try_into().map(Self::copied).map_err(|_| Refused)
    }

    pub(crate) const fn as_bytes(&self) -> &[u8; N] {
        &self.0
    }
}

impl<const N: usize> Clone for Secret<N> {
    fn clone(&self) -> Self {
        Self::copied(&self.0)
    }
}

impl<const N: usize> Drop for Secret<N> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A symmetric key of 32 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct SealKey(Secret<32>);

impl SealKey {
    /// Copies bytes as they are.
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(Secret::copied(bytes))
    }

    /// A key that `fill` writes in its place.
    pub(crate) fn filled(fill: impl FnOnce(&mut [u8; 32])) -> Self {
        Self(Secret::filled(fill))
    }

    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        Self::filled(|bytes| random.fill(bytes))
    }

    /// Reads exactly 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        Secret::from_slice(bytes).map(Self)
    }

    /// The bytes; handle with care.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }
}

/// The secret half of an Ed25519 pair, kept as its 32-byte seed.
#[derive(Clone)]
pub struct SigningKey(Secret<32>);

impl SigningKey {
    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        Self(Secret::filled(|seed| random.fill(seed)))
    }

    /// Copies a seed as it is.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Secret::copied(seed))
    }

    /// Reads a seed of exactly 32 bytes.
    pub fn from_slice(seed: &[u8]) -> Result<Self, Refused> {
        Secret::from_slice(seed).map(Self)
    }

    /// The seed; handle with care.
    pub const fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The public half.
    pub fn public(&self) -> Result<VerifyKey, Refused> {
        VerifyKey::from_slice(self.pair()?.public_key().as_ref())
    }

    pub(crate) fn pair(&self) -> Result<signature::Ed25519KeyPair, Refused> {
        signature::Ed25519KeyPair::from_seed_unchecked(self.seed()).map_err(|_| Refused)
    }
}

/// The public half of an Ed25519 pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyKey([u8; 32]);

/// The points of order 8, with the sign bit cleared.
const ORDER_EIGHT: [[u8; 32]; 2] = [
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98, 0xf0, 0xd5,
        0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53, 0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67, 0x0f, 0x2a,
        0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac, 0x03, 0x7a,
    ],
];

/// Under a key of small order one signature fits many messages. The coordinates 0, 1 and p - 1 have such points too,
/// and so have p and p + 1, which are 0 and 1 in another spelling.
fn is_of_small_order(key: &[u8; 32]) -> bool {
    let [first, middle @ .., last] = key;
    let last = last & 0x7f;
    let all = |byte: u8| middle.iter().all(|have| *have == byte);
    let eight =
        |point: &[u8; 32]| point.iter().zip(key).take(31).all(|(a, b)| a == b) && point.last() == Some(&last);
    (*first < 2 && all(0) && last == 0)
        || ((0xec..=0xee).contains(first) && all(0xff) && last == 0x7f)
        || ORDER_EIGHT.iter().any(eight)
}

impl VerifyKey {
    /// Reads exactly 32 bytes; refuses keys of small order.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        let key = bytes.try_into().map_err(|_| Refused)?;
        if is_of_small_order(&key) { Err(Refused) } else { Ok(Self(key)) }
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The secret half of an X-Wing pair, kept as its 32-byte seed.
#[derive(Clone)]
pub struct WrapSecret(Secret<32>);

impl WrapSecret {
    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        Self(Secret::filled(|seed| random.fill(seed)))
    }

    /// Copies a seed as it is.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Secret::copied(seed))
    }

    /// Reads a seed of exactly 32 bytes.
    pub fn from_slice(seed: &[u8]) -> Result<Self, Refused> {
        Secret::from_slice(seed).map(Self)
    }

    /// The seed; handle with care.
    pub const fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The public half.
    pub fn public(&self) -> Result<WrapPublic, Refused> {
        Ok(WrapPublic(XWing::sk_to_pk(&self.private()?).to_bytes().to_vec()))
    }

    pub(crate) fn private(&self) -> Result<<XWing as hpke::kem::Kem>::PrivateKey, Refused> {
        <XWing as hpke::kem::Kem>::PrivateKey::from_bytes(self.seed()).map_err(|_| Refused)
    }
}

/// The public half of an X-Wing pair: 1,216 bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapPublic(Vec<u8>);

impl WrapPublic {
    /// Length in bytes.
    pub const BYTES: usize = 1216;

    /// Reads exactly the right number of bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() == Self::BYTES { Ok(Self(bytes.to_vec())) } else { Err(Refused) }
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn key(&self) -> Result<<XWing as hpke::kem::Kem>::PublicKey, Refused> {
        <XWing as hpke::kem::Kem>::PublicKey::from_bytes(&self.0).map_err(|_| Refused)
    }
}

macro_rules! never_printed {
    ($($name:ident),*) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    )*};
}

never_printed!(SealKey, SigningKey, WrapSecret);
