//! How sensitive a field is, and therefore which document, and which key, it lives under.

/// Sensitivity of a field. The form says it; nothing else may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Operational: no free text, no fact about a person beyond the number.
    T1,
    /// Personal: name, age, languages.
    T2,
    /// Protection: health, family claims, concerns, photo.
    T3,
    /// Restricted: what only named people may read.
    T4,
}

/// One of a record's three documents, each under its own scope key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compartment {
    /// T1 and T2.
    Core,
    /// T3.
    Protection,
    /// T4.
    Restricted,
}

impl Compartment {
    /// All three, in wire order.
    pub const ALL: [Self; 3] = [Self::Core, Self::Protection, Self::Restricted];

    /// The number on the wire.
    pub const fn code(self) -> u8 {
        match self {
            Self::Core => 0,
            Self::Protection => 1,
            Self::Restricted => 2,
        }
    }

    /// Reads the number on the wire.
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Core),
            1 => Some(Self::Protection),
            2 => Some(Self::Restricted),
            _ => None,
        }
    }
}

impl From<Tier> for Compartment {
    fn from(tier: Tier) -> Self {
        match tier {
            Tier::T1 | Tier::T2 => Self::Core,
            Tier::T3 => Self::Protection,
            Tier::T4 => Self::Restricted,
        }
    }
}
