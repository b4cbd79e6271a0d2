//! Identifiers: 128 random bits, or a hash of 256. None carries a fact about a child.

use std::fmt;

use crate::port::Random;

/// Text that is not an identifier of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct NotAnId;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// Length in bytes.
            pub const BYTES: usize = $bytes;

            /// Takes bytes as they are.
            pub const fn new(bytes: [u8; $bytes]) -> Self { Self(bytes) }

            /// Draws a new one.
            pub fn make_random(random: &mut dyn Random) -> Self {
                let mut bytes = [0; $bytes];
                random.fill(&mut bytes);
                Self(bytes)
            }

            /// The bytes.
            pub const fn as_bytes(&self) -> &[u8; $bytes] { &self.0 }

            /// Reads bytes of exactly the right length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, NotAnId> {
                bytes.try_into().map(Self).map_err(|_| NotAnId)
            }

            /// Lower-case hexadecimal, as logs and golden files print it.
            pub fn to_hex(&self) -> String { hex(&self.0) }

            /// Reads lower- or upper-case hexadecimal.
            pub fn from_hex(text: &str) -> Result<Self, NotAnId> {
                let digits: Vec<u8> = text
                    .chars()
                    .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()).ok_or(NotAnId))
                    .collect::<Result<_, _>>()?;
                if digits.len() != $bytes * 2 { return Err(NotAnId) }
                let bytes: Vec<u8> = digits
                    .chunks(2)
                    .map(|pair| pair.iter().fold(0u8, |sum, d| (sum << 4) | d))
                    .collect();
                Self::from_slice(&bytes)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.to_hex())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.to_hex()) }
        }
    };
}

id_type!(
    /// A child, a person, a household: whatever has a record of its own.
    RecordId, 16);
id_type!(
    /// One row of a list inside a record. The same id in every compartment.
    EntityId, 16);
id_type!(
    /// One compartment of one record: `SHA-256(label, realm, record, compartment)[..16]`.
    DocId, 16);
id_type!(
    /// Who may read: a set of seats that share epoch keys. Constant, in clear.
    ScopeId, 16);
id_type!(
    /// One worker on one device.
    SeatId, 16);
id_type!(
    /// A person who works with Tern, on any number of devices.
    WorkerId, 16);
id_type!(
    /// A tablet, phone or laptop.
    DeviceId, 16);
id_type!(
    /// One hash chain of envelopes: (scope, seat, incarnation).
    LogId, 16);
id_type!(
    /// A form that was begun and has no number yet.
    DraftId, 16);
id_type!(
    /// One programme, practice or real: hash of its genesis.
    RealmId, 32);
id_type!(
    /// An intent, by the hash of its canonical bytes, document and seat.
    IntentId, 32);
id_type!(
    /// An envelope, by the hash of its header.
    EnvelopeId, 32);
id_type!(
    /// A roster entry, by the hash of its bytes.
    EntryId, 32);
id_type!(
    /// A sealed attachment, by the hash of its **ciphertext**; also its file name.
    BlobId, 32);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_goes_both_ways_and_refuses_the_rest() {
        let id = RecordId::new([0xa5; 16]);
        assert_eq!(RecordId::from_hex(&id.to_hex()), Ok(id));
        assert_eq!(RecordId::from_hex("a5"), Err(NotAnId));
        assert_eq!(RecordId::from_hex(&"é".repeat(16)), Err(NotAnId));
    }
}
