//! Deterministic CBOR (RFC 8949, section 4.2.1): fixed-position arrays, shortest integers, no floats,
//! no indefinite lengths. Bytes are accepted only when they encode to themselves again.

pub use minicbor::data::Type;
pub use minicbor::decode::Error as DecodeError;
pub use minicbor::{Decoder, Encoder};

use crate::scalar::Scalar;

/// Why bytes were not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// Not the expected shape, or cut short.
    #[error("bytes have another shape than expected")]
    Shape,
    /// The right shape in another spelling: longer integers, unsorted, trailing bytes.
    #[error("bytes are not in canonical form")]
    NotCanonical,
    /// More items, or longer ones, than the limit.
    #[error("more than the limit allows")]
    TooLarge,
}

impl From<DecodeError> for CborError {
    fn from(_: DecodeError) -> Self {
        Self::Shape
    }
}

/// Something with exactly one spelling in bytes.
pub trait Canonical: Sized {
    /// Writes the one spelling.
    fn write(&self, to: &mut Writer);

    /// Reads without checking that the spelling is the canonical one; [`Canonical::from_bytes`] does.
    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError>;

    /// The one spelling.
    fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.write(&mut writer);
        writer.into_bytes()
    }

    /// Reads, and refuses every other spelling and trailing bytes.
    fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        let mut decoder = Decoder::new(bytes);
        let value = Self::read(&mut decoder)?;
        if value.to_bytes() == bytes { Ok(value) } else { Err(CborError::NotCanonical) }
    }
}

/// Writes canonical CBOR into memory; it cannot fail.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// With room for so many bytes: up to there the memory is never moved.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// An array head.
    pub fn array(&mut self, length: usize) -> &mut Self {
        self.head(4, length as u64)
    }

    /// An unsigned integer.
    pub fn uint(&mut self, value: u64) -> &mut Self {
        self.head(0, value)
    }

    /// A signed integer.
    pub fn int(&mut self, value: i64) -> &mut Self {
        if value >= 0 { self.head(0, value.unsigned_abs()) } else { self.head(1, value.unsigned_abs() - 1) }
    }

    /// A byte string.
    pub fn bytes(&mut self, value: &[u8]) -> &mut Self {
        self.head(2, value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    /// A text string.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.head(3, value.len() as u64);
        self.0.extend_from_slice(value.as_bytes());
        self
    }

    /// True or false.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.0.push(if value { 0xf5 } else { 0xf4 });
        self
    }

    /// Nothing.
    pub fn null(&mut self) -> &mut Self {
        self.0.push(0xf6);
        self
    }

    /// A text, or nothing.
    pub fn text_or_null(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    /// Another canonical value in place.
    pub fn item(&mut self, value: &impl Canonical) -> &mut Self {
        value.write(self);
        self
    }

    /// The bytes written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn head(&mut self, major: u8, value: u64) -> &mut Self {
        let major = major << 5;
        match value {
            0..=23 => self.0.push(major | value as u8),
            24..=0xff => self.0.extend_from_slice(&[major | 24, value as u8]),
            0x100..=0xffff => {
                self.0.push(major | 25);
                self.0.extend_from_slice(&(value as u16).to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                self.0.push(major | 26);
                self.0.extend_from_slice(&(value as u32).to_be_bytes());
            }
            _ => {
                self.0.push(major | 27);
                self.0.extend_from_slice(&value.to_be_bytes());
            }
        }
        self
    }
}

/// Reads an array head of exactly this length.
pub fn array_of(from: &mut Decoder<'_>, length: u64) -> Result<(), CborError> {
    if from.array()? == Some(length) { Ok(()) } else { Err(CborError::Shape) }
}

/// Reads an array head of at most this length. Nothing is reserved before the items are there.
pub fn array_up_to(from: &mut Decoder<'_>, most: u64) -> Result<u64, CborError> {
    match from.array()? {
        Some(length) if length <= most => Ok(length),
        Some(_) => Err(CborError::TooLarge),
        None => Err(CborError::NotCanonical),
    }
}

/// Reads a text, or nothing.
pub fn text_or_null(from: &mut Decoder<'_>) -> Result<Option<String>, CborError> {
    if from.datatype()? == Type::Null {
        from.null()?;
        return Ok(None);
    }
    Ok(Some(from.str()?.to_owned()))
}

impl Canonical for Scalar {
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Null => to.null(),
            Self::Bool(bool) => to.bool(*bool),
            Self::Int(int) => to.int(*int),
            Self::Text(text) => to.text(text),
            Self::Bytes(bytes) => to.bytes(bytes),
        };
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        match from.datatype()? {
            Type::Null => Ok(from.null().map(|()| Self::Null)?),
            Type::Bool => Ok(Self::Bool(from.bool()?)),
            Type::String => Ok(Self::Text(from.str()?.to_owned())),
            Type::Bytes => Ok(Self::Bytes(from.bytes()?.to_owned())),
            _ => Ok(Self::Int(from.i64()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scalars() -> impl Strategy<Value = Scalar> {
        prop_oneof![
            Just(Scalar::Null),
            any::<bool>().prop_map(Scalar::Bool),
            any::<i64>().prop_map(Scalar::Int),
            ".*".prop_map(Scalar::Text),
            any::<Vec<u8>>().prop_map(Scalar::Bytes),
        ]
    }

    proptest! {
        #[test]
        fn scalars_go_both_ways(scalar in scalars()) {
            prop_assert_eq!(Scalar::from_bytes(&scalar.to_bytes()), Ok(scalar));
        }

        #[test]
        fn random_bytes_never_panic_and_never_have_two_spellings(bytes: Vec<u8>) {
            if let Ok(scalar) = Scalar::from_bytes(&bytes) {
                prop_assert_eq!(scalar.to_bytes(), bytes);
            }
        }
    }

    #[test]
    fn other_spellings_are_refused() {
        assert_eq!(Scalar::from_bytes(&[0x18, 0x01]), Err(CborError::NotCanonical)); // 1 in two bytes
        assert_eq!(Scalar::from_bytes(&[0x01, 0x01]), Err(CborError::NotCanonical)); // trailing
        assert!(Scalar::from_bytes(&[0xf9, 0x00, 0x00]).is_err()); // a float
        assert!(Scalar::from_bytes(&[0x7f, 0xff]).is_err()); // indefinite length
    }
}
