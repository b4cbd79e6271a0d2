//! Keys that are wiped when dropped and never printed.

use std::fmt;

use hpke::Deserializable as _;
use hpke::Serializable as _;
use hpke::kem::{Kem as _, XWing};
use ring::signature::{self, KeyPair as _};
use tern_record::port::Random;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::Refused;

/// A symmetric key of 32 bytes.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct SealKey([u8; 32]);

impl SealKey {
    /// Takes bytes as they are.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        let mut bytes = [0; 32];
        random.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads exactly 32 bytes.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, Refused> {
        bytes.try_into().map(Self).map_err(|_| Refused)
    }

    /// The bytes; handle with care.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The secret half of an Ed25519 pair, kept as its 32-byte seed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SigningKey([u8; 32]);

impl SigningKey {
    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        let mut seed = [0; 32];
        random.fill(&mut seed);
        Self(seed)
    }

    /// Takes a seed as it is.
    pub const fn from_seed(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The seed; handle with care.
    pub const fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> Result<VerifyKey, Refused> {
        VerifyKey::from_slice(self.pair()?.public_key().as_ref())
    }

    pub(crate) fn pair(&self) -> Result<signature::Ed25519KeyPair, Refused> {
        signature::Ed25519KeyPair::from_seed_unchecked(&self.0).map_err(|_| Refused)
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
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct WrapSecret([u8; 32]);

impl WrapSecret {
    /// Draws a new one.
    pub fn make_random(random: &mut dyn Random) -> Self {
        let mut seed = [0; 32];
        random.fill(&mut seed);
        Self(seed)
    }

    /// Takes a seed as it is.
    pub const fn from_seed(seed: [u8; 32]) -> Self {
        Self(seed)
    }

    /// The seed; handle with care.
    pub const fn seed(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> Result<WrapPublic, Refused> {
        Ok(WrapPublic(XWing::sk_to_pk(&self.private()?).to_bytes().to_vec()))
    }

    pub(crate) fn private(&self) -> Result<<XWing as hpke::kem::Kem>::PrivateKey, Refused> {
        <XWing as hpke::kem::Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| Refused)
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
