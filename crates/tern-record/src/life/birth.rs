//! Birth registration: how far it is, and by whose word (UN Principles for Vital Statistics, Rev. 3).

use jiff::civil::Date;

use super::Life;

/// How far the registration of the birth is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BirthRegistration {
    /// Nobody has asked, or it is not known.
    NotAsked,
    /// Not registered; a declaration may be on its way.
    Open {
        /// The day on which it was declared or notified, the later of the two.
        asked: Option<Date>,
        /// The office refused.
        refused: bool,
    },
    /// Registered by somebody's word only.
    Stated,
    /// Registered, and a paper or a message of the registrar was seen.
    Seen,
}

/// Steps in their order. Going back needs a reason.
pub const STEPS: [&str; 5] = ["not_registered", "notified", "declared", "registered", "certified"];

impl Life {
    /// How far the registration of this birth is. Only a registrar makes it registered.
    pub fn birth_registration(&self) -> BirthRegistration {
        let asked = self.day("birth.declared_on").or_else(|| self.day("birth.notified_on"));
        match self.code("birth.step") {
            Some("registered" | "certified" | "under_correction") => match self.code("birth.evidence") {
                Some("seen_certificate" | "seen_register_extract" | "registrar_message") => {
                    BirthRegistration::Seen
                }
                // A paper of an authority that is not recognised still leaves a birth unregistered here.
                Some("seen_unrecognised") => BirthRegistration::Open { asked: None, refused: false },
                _ => BirthRegistration::Stated,
            },
            Some("not_registered" | "notified" | "declared" | "cancelled") => {
                BirthRegistration::Open { asked, refused: false }
            }
            Some("refused") => BirthRegistration::Open { asked, refused: true },
            _ => BirthRegistration::NotAsked,
        }
    }

    /// Born in this country: its registration has a legal period.
    pub fn is_host_birth(&self, host: Option<&str>) -> bool {
        host.is_some() && self.code("birth_country") == host
    }

    /// The day of birth that the registration counts from.
    pub fn birth_day(&self) -> Option<Date> {
        self.day("birth.occurred_on").or_else(|| self.protective_birth().map(|born| born.value()))
    }
}
