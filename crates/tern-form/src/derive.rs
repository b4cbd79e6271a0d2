//! What is derived from answers, never asked.

use tern_record::accompaniment::{Accompaniment, Claim, PaperSeen};

/// The accompaniment that the persons with a child make, as the worker listed them.
///
/// `answered` is the code of `companions_answered`. Without any claim that can be read, only
/// "no one to add" says anything; "not known" stays undetermined.
pub fn accompaniment(answered: Option<&str>, claims: &[(Claim, PaperSeen)]) -> Accompaniment {
    match (answered, claims.is_empty()) {
        (_, false) => Accompaniment::derive(claims),
        (Some("none_to_add"), true) => Accompaniment::derive(&[]),
        _ => Accompaniment::Undetermined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_answer_says_that_no_one_is_there() {
        assert_eq!(accompaniment(None, &[]), Accompaniment::Undetermined);
        assert_eq!(accompaniment(Some("unknown"), &[]), Accompaniment::Undetermined);
        assert_eq!(accompaniment(Some("none_to_add"), &[]), Accompaniment::Unaccompanied);
        assert_eq!(
            accompaniment(Some("none_to_add"), &[(Claim::Parent, PaperSeen::No)]),
            Accompaniment::Accompanied
        );
    }
}
