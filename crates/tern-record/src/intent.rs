//! An intent: what one person put into one document, and what they had seen when they did.
//!
//! The only operation is *put*. Nothing is deleted; a row ends with a put to its `removed` field.
//!
//! ```text
//! intent = [head, deps, puts]               the fields of the head stand in the same array, of 8
//! head   = at_ms, offset_min, clock_flag, cause, form_id, form_version
//! deps   = [intent id (32 bytes), ...]      sorted, unique: the heads the form was opened with
//! puts   = [[path, scalar], ...]            sorted by path, unique
//! ```
//! Drawn with its limits in `schema/wire/intent.md`.

use crate::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use crate::id::IntentId;
use crate::path::Path;
use crate::scalar::Scalar;

/// Most puts in one intent.
pub const MAX_PUTS: u64 = 2_000;
/// Most dependencies of one intent.
pub const MAX_DEPS: u64 = 64;
/// Longest value in bytes.
pub const MAX_VALUE: usize = 16 * 1024;
/// Longest form id in bytes.
pub const MAX_FORM_ID: usize = 64;

/// Whether the device trusted its own clock when it stamped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockFlag {
    /// Nothing speaks against it.
    Sure,
    /// The clock went backwards, or stands before the programme began.
    Unsure,
}

/// When something was typed, by the device that says so. Orders nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at_ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
    /// Whether the device trusted its clock.
    pub clock: ClockFlag,
}

/// How the change came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The first answers about a child.
    Registered,
    /// Typed into a form later.
    Typed,
    /// An earlier value was put back from the history.
    PutBack,
    /// A photo or scan was added.
    Attached,
    /// Read from a file of another system, or typed from paper.
    Imported,
    /// Derived by a rule from what people entered.
    Derived,
    /// One worker proposed it, another confirmed.
    Confirmed,
    /// Typed into the wrong record and moved to the right one: what its author had seen of it is hidden here for good.
    Moved,
    /// Devices had answered differently, and a person settled it.
    Settled,
    /// A cause that a newer version knows.
    Other(u8),
}

impl Cause {
    /// The number on the wire.
    pub const fn code(self) -> u8 {
        match self {
            Self::Registered => 0,
            Self::Typed => 1,
            Self::PutBack => 2,
            Self::Attached => 3,
            Self::Imported => 4,
            Self::Derived => 5,
            Self::Confirmed => 6,
            Self::Moved => 7,
            Self::Settled => 8,
            Self::Other(code) => code,
        }
    }

    /// Reads the number on the wire; every number has a meaning or is kept.
    pub const fn from_code(code: u8) -> Self {
        match code {
            0 => Self::Registered,
            1 => Self::Typed,
            2 => Self::PutBack,
            3 => Self::Attached,
            4 => Self::Imported,
            5 => Self::Derived,
            6 => Self::Confirmed,
            7 => Self::Moved,
            8 => Self::Settled,
            code => Self::Other(code),
        }
    }
}

/// What stands before the puts of an intent: when and how it was typed, and into what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// When it was typed.
    pub stamp: Stamp,
    /// How it came to be.
    pub cause: Cause,
    /// The form it was typed into.
    pub form: String,
    /// The version of that form.
    pub form_version: u32,
}

impl Head {
    /// Fields that it has in the array of its intent.
    pub const FIELDS: usize = 6;

    /// Writes its fields into an array that was begun.
    pub fn write(&self, to: &mut Writer) {
        let Stamp { at_ms, offset_min, clock } = self.stamp;
        to.int(at_ms).int(i64::from(offset_min)).bool(clock == ClockFlag::Unsure);
        to.uint(u64::from(self.cause.code())).text(&self.form).uint(u64::from(self.form_version));
    }

    /// Reads its fields out of an array that was begun.
    pub fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        Ok(Self {
            stamp: Stamp {
                at_ms: from.i64()?,
                offset_min: from.i16()?,
                clock: if from.bool()? { ClockFlag::Unsure } else { ClockFlag::Sure },
            },
            cause: Cause::from_code(from.u8()?),
            form: from.str()?.to_owned(),
            form_version: from.u32()?,
        })
    }
}

/// One person's puts into one document. Built with [`Intent::new`], which keeps it canonical.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    head: Head,
    deps: Vec<IntentId>,
    puts: Vec<(Path, Scalar)>,
}

impl Intent {
    /// Sorts deps and puts; refuses nothing to put, a path put twice, and what exceeds a limit.
    pub fn new(
        stamp: Stamp,
        cause: Cause,
        form: &str,
        form_version: u32,
        deps: Vec<IntentId>,
        puts: Vec<(Path, Scalar)>,
    ) -> Result<Self, CborError> {
        Self::under(Head { stamp, cause, form: form.to_owned(), form_version }, deps, puts)
    }

    /// The same under a head that was read.
    pub fn under(
        head: Head,
        mut deps: Vec<IntentId>,
        mut puts: Vec<(Path, Scalar)>,
    ) -> Result<Self, CborError> {
        deps.sort_unstable();
        deps.dedup();
        puts.sort_by(|a, b| a.0.cmp(&b.0));
        let intent = Self { head, deps, puts };
        intent.check().map(|()| intent)
    }

    /// When and how it was typed, and into what.
    pub const fn head(&self) -> &Head {
        &self.head
    }

    /// When it was typed.
    pub fn stamp(&self) -> Stamp {
        self.head.stamp
    }

    /// How it came to be.
    pub fn cause(&self) -> Cause {
        self.head.cause
    }

    /// The form it was typed into.
    pub fn form(&self) -> &str {
        &self.head.form
    }

    /// The version of that form.
    pub fn form_version(&self) -> u32 {
        self.head.form_version
    }

    /// The heads that its author saw, sorted.
    pub fn deps(&self) -> &[IntentId] {
        &self.deps
    }

    /// What was put, sorted by path.
    pub fn puts(&self) -> &[(Path, Scalar)] {
        &self.puts
    }

    fn check(&self) -> Result<(), CborError> {
        let within = self.deps.len() as u64 <= MAX_DEPS
            && self.puts.len() as u64 <= MAX_PUTS
            && self.head.form.len() <= MAX_FORM_ID
            && self.puts.iter().all(|(_, value)| size(value) <= MAX_VALUE);
        if !within {
            return Err(CborError::TooLarge);
        }
        let ordered = |ok: bool| if ok { Ok(()) } else { Err(CborError::NotCanonical) };
        ordered(!self.puts.is_empty())?;
        ordered(self.deps.is_sorted_by(|a, b| a < b))?;
        ordered(self.puts.is_sorted_by(|a, b| a.0 < b.0))
    }
}

fn size(value: &Scalar) -> usize {
    match value {
        Scalar::Text(text) => text.len(),
        Scalar::Bytes(bytes) => bytes.len(),
        _ => 0,
    }
}

impl Canonical for Intent {
    fn write(&self, to: &mut Writer) {
        to.array(Head::FIELDS + 2);
        self.head.write(to);
        to.array(self.deps.len());
        for dep in &self.deps {
            to.bytes(dep.as_bytes());
        }
        to.array(self.puts.len());
        for (path, value) in &self.puts {
            to.array(2).text(path.as_str()).item(value);
        }
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, Head::FIELDS as u64 + 2)?;
        let head = Head::read(from)?;
        let mut deps = Vec::new();
        for _ in 0..array_up_to(from, MAX_DEPS)? {
            deps.push(IntentId::from_slice(from.bytes()?).map_err(|_| CborError::Shape)?);
        }
        let mut puts = Vec::new();
        for _ in 0..array_up_to(from, MAX_PUTS)? {
            array_of(from, 2)?;
            let path = Path::new(from.str()?).map_err(|_| CborError::Shape)?;
            puts.push((path, Scalar::read(from)?));
        }
        let intent = Self { head, deps, puts };
        intent.check().map(|()| intent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp { at_ms: 1_795_500_000_000, offset_min: 120, clock: ClockFlag::Sure }
    }

    fn put(path: &str, value: Scalar) -> (Path, Scalar) {
        (Path::new(path).unwrap(), value)
    }

    #[test]
    fn an_intent_has_one_spelling_whatever_the_order_of_its_parts() {
        let deps = vec![IntentId::new([2; 32]), IntentId::new([1; 32]), IntentId::new([2; 32])];
        let puts = vec![put("sex", "F".into()), put("b", true.into())];
        let mut back = puts.clone();
        back.reverse();
        let one = Intent::new(stamp(), Cause::Typed, "child", 1, deps.clone(), puts).unwrap();
        let two = Intent::new(stamp(), Cause::Typed, "child", 1, deps, back).unwrap();
        assert_eq!(one.to_bytes(), two.to_bytes());
        assert_eq!(Intent::from_bytes(&one.to_bytes()), Ok(one));
    }

    #[test]
    fn nothing_and_twice_and_too_much_are_refused() {
        let make = |puts| Intent::new(stamp(), Cause::Typed, "child", 1, vec![], puts);
        assert_eq!(make(vec![]), Err(CborError::NotCanonical));
        assert_eq!(make(vec![put("a", true.into()), put("a", false.into())]), Err(CborError::NotCanonical));
        let long = "x".repeat(MAX_VALUE + 1);
        assert_eq!(make(vec![put("a", long.as_str().into())]), Err(CborError::TooLarge));
    }
}
