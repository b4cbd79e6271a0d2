//! Who is with the child, derived from what people claim (IASC 2004 definitions; PROTECTION 1.19).
//!
//! *Separated*: apart from both parents or the previous caregiver, but maybe with other relatives.
//! *Unaccompanied*: apart from both parents and other relatives, and not in the care of an adult who by
//! law or custom is responsible. Unknown counts as unaccompanied for every task.

/// What a person with the child says, or is said, to be: codes of list `claimed_relation`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// Mother or father.
    Parent,
    /// A guardian whose paper was seen.
    Guardian,
    /// Grandparent, aunt, uncle, adult sibling, cousin.
    Relative,
    /// Husband, wife or in-laws of the child: also a reason to screen.
    SpouseOrInLaw,
    /// A brother or sister who is a child too.
    ChildSibling,
    /// Friends of the child's age.
    Friends,
    /// An adult who is no relative.
    UnrelatedAdult,
}

impl Claim {
    /// Reads a code of list `claimed_relation`.
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "parent" => Self::Parent,
            "guardian" => Self::Guardian,
            "relative" => Self::Relative,
            "spouse_or_in_law" => Self::SpouseOrInLaw,
            "child_sibling" => Self::ChildSibling,
            "friends" => Self::Friends,
            "unrelated_adult" => Self::UnrelatedAdult,
            _ => return None,
        })
    }
}

/// A code of list `accompaniment`, as far as claims can derive it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accompaniment {
    /// With a parent or a guardian whose paper was seen.
    Accompanied,
    /// With relatives who are neither.
    Separated,
    /// With nobody responsible: alone, friends, a child sibling, an unrelated adult.
    Unaccompanied,
    /// Nobody knows yet.
    Undetermined,
}

impl Accompaniment {
    /// The code of list `accompaniment`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accompanied => "accompanied",
            Self::Separated => "separated",
            Self::Unaccompanied => "unaccompanied",
            Self::Undetermined => "undetermined",
        }
    }

    /// Derives the class from the claims. An empty list means "no one to add": unaccompanied.
    pub fn derive(claims: &[(Claim, PaperSeen)]) -> Self {
        let has = |wanted: Claim| claims.iter().any(|(claim, _)| *claim == wanted);
        let guardian = claims.contains(&(Claim::Guardian, PaperSeen::Yes));
        if has(Claim::Parent) || guardian {
            Self::Accompanied
        } else if has(Claim::Relative) || has(Claim::Guardian) {
            Self::Separated
        } else {
            Self::Unaccompanied
        }
    }
}

/// Whether a paper was seen that shows the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperSeen {
    /// It was.
    Yes,
    /// It was not, or nobody asked.
    No,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_derive_the_class() {
        let alone = |claim| Accompaniment::derive(&[(claim, PaperSeen::No)]);
        assert_eq!(Accompaniment::derive(&[]), Accompaniment::Unaccompanied);
        assert_eq!(alone(Claim::Parent), Accompaniment::Accompanied);
        assert_eq!(alone(Claim::Relative), Accompaniment::Separated);
        assert_eq!(alone(Claim::Guardian), Accompaniment::Separated);
        assert_eq!(Accompaniment::derive(&[(Claim::Guardian, PaperSeen::Yes)]), Accompaniment::Accompanied);
        for claim in [Claim::ChildSibling, Claim::Friends, Claim::UnrelatedAdult, Claim::SpouseOrInLaw] {
            assert_eq!(alone(claim), Accompaniment::Unaccompanied, "{claim:?}");
        }
    }
}
