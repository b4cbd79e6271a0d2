//! What people do in a programme. Names are those of the code list `role`; what each may read and write is one
//! table, in [`crate::right`].

use crate::Compartment;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $code:literal),* $(,)?) => {
        /// A role of a seat. A seat may have several.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[$doc])* $name),* }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code on the wire and in the list `role`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// Reads a code. Roles of a newer version are not known here, and give no right.
            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|role| role.code() == code)
            }
        }
    };
}

roles! {
    /// Checks whether a card is genuine; sees nothing else.
    BorderChecker = "border_checker",
    /// Registers children; notes a disclosure and cannot read it back.
    Registrar = "registrar",
    /// Beds, school places, appointments of one centre.
    CentreStaff = "centre_staff",
    /// Follows children.
    CaseWorker = "case_worker",
    /// Health and mental health services.
    Health = "health",
    /// Schools.
    Education = "education",
    /// Lawyers and guardians.
    LegalOrGuardian = "legal_or_guardian",
    /// Looks for families.
    Tracing = "tracing",
    /// Devices, exchange, figures.
    Coordinator = "coordinator",
    /// Settles, confirms and approves what case workers do at a site.
    CaseSupervisor = "case_supervisor",
    /// Visits facilities.
    Monitor = "monitor",
    /// Reads who read what.
    Auditor = "auditor",
    /// Looks after devices; reads no record.
    Administrator = "administrator",
}

impl Role {
    /// Which of a record's documents a seat of this role holds the keys of. What it sees inside is narrower, and
    /// said by [`crate::right`].
    pub const fn holds(self, compartment: Compartment) -> bool {
        match compartment {
            Compartment::Core => !matches!(self, Self::BorderChecker | Self::Auditor | Self::Administrator),
            Compartment::Protection => matches!(
                self,
                Self::CaseWorker
                    | Self::CaseSupervisor
                    | Self::Health
                    | Self::Education
                    | Self::LegalOrGuardian
                    | Self::Tracing
            ),
            Compartment::Restricted => matches!(
                self,
                Self::CaseWorker
                    | Self::CaseSupervisor
                    | Self::Health
                    | Self::LegalOrGuardian
                    | Self::Tracing
            ),
        }
    }

    /// May admit, change and remove seats, and open scopes.
    pub const fn certifies(self) -> bool {
        matches!(self, Self::Coordinator)
    }

    /// May take a lost device out.
    pub const fn removes(self) -> bool {
        matches!(self, Self::Coordinator | Self::Administrator)
    }

    /// Reads what is kept of readings, exports, admissions and removals.
    pub const fn audits(self) -> bool {
        matches!(self, Self::Auditor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_restricted_means_protection_too() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(*role));
            for pair in Compartment::ALL.windows(2) {
                assert!(!role.holds(pair[1]) || role.holds(pair[0]), "{role:?} lacks {:?}", pair[0]);
            }
        }
        assert_eq!(Role::from_code("immigration_enforcement"), None);
    }
}
