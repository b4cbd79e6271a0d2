//! What the gate keeps aside, by the reason: what a person may decide, what waits, and what never counts. Whatever may
//! count once something else has come is tried again when it comes.

use tern_record::LogId;
use tern_seal::envelope::EnvelopeError;

use crate::Reply;
use crate::admit::Admitted;
use crate::app::App;
use crate::failure::{Code, Failure};

/// The seat was out when it came to this.
pub(crate) const SEAT_REMOVED: &str = "seat-removed";
/// An old number under another hash: it does not lie on the chain up to which the seat's work counts.
pub(crate) const CHAIN_FORK: &str = "chain-fork";
/// What lies between it and the place up to which the seat's work counts has not come.
pub(crate) const CHAIN_GAP: &str = "chain-gap";
/// No role of its author may put one of its answers.
pub(crate) const ROLE_MAY_NOT: &str = "role-may-not";
/// Its author does not work at the site that it is for.
pub(crate) const SITE_MAY_NOT: &str = "site-may-not";
/// Nobody here has heard of its author.
pub(crate) const SEAT_UNKNOWN: &str = "seat-unknown";
/// What let its author in does not count any more.
pub(crate) const SEAT_FELL: &str = "seat-fell";
/// Nobody here has heard of what it belongs to.
pub(crate) const SCOPE_UNKNOWN: &str = "scope-unknown";
/// Its key has not come.
pub(crate) const EPOCH_UNKNOWN: &str = "epoch-unknown";
/// It says that it is of another compartment than its scope.
pub(crate) const OTHER_COMPARTMENT: &str = "compartment-of-another-scope";
/// Too much of its record waits for what it builds on.
pub(crate) const TOO_MUCH_WAITS: &str = "too-much-waits";

/// What can become of something that is kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hope {
    /// A person may take it.
    Decision,
    /// It counts once something else has come.
    Waits,
    /// It never counts.
    Never,
}

/// Every reason for which something is kept aside.
const REASONS: [(&str, Hope); 17] = [
    (SEAT_REMOVED, Hope::Decision),
    (CHAIN_FORK, Hope::Decision),
    (CHAIN_GAP, Hope::Decision),
    (ROLE_MAY_NOT, Hope::Decision),
    (SITE_MAY_NOT, Hope::Decision),
    (SEAT_UNKNOWN, Hope::Waits),
    (SEAT_FELL, Hope::Waits),
    (SCOPE_UNKNOWN, Hope::Waits),
    (EPOCH_UNKNOWN, Hope::Waits),
    (TOO_MUCH_WAITS, Hope::Waits),
    (OTHER_COMPARTMENT, Hope::Never),
    (EnvelopeError::Newer.code(), Hope::Waits),
    (EnvelopeError::TooLarge.code(), Hope::Never),
    (EnvelopeError::Shape.code(), Hope::Never),
    (EnvelopeError::Signature.code(), Hope::Never),
    (EnvelopeError::Key.code(), Hope::Never),
    (EnvelopeError::Section.code(), Hope::Never),
];

/// What can become of something kept aside for a reason.
pub(crate) fn hope(code: &str) -> Hope {
    REASONS.iter().find(|(known, _)| *known == code).map_or(Hope::Never, |(_, hope)| *hope)
}

impl App {
    /// Tries again what may count by now: the roster says more, or keys have come. One that fails keeps no other from it;
    /// what failed first is told at the end.
    pub(crate) fn try_held(&mut self) -> Reply<()> {
        self.open_noted()?;
        loop {
            let (mut taken, mut failed) = (false, None);
            for held in self.vault.held()?.into_iter().filter(|held| hope(&held.code) != Hope::Never) {
                match self.try_again(held.id) {
                    Ok(done) => taken |= done,
                    Err(failure) if failure.code == Code::DiskFull => return Err(failure),
                    Err(failure) => drop(failed.get_or_insert(failure)),
                }
            }
            if !taken {
                return failed.map_or(Ok(()), Err);
            }
        }
    }

    /// Tries again what waits for other envelopes of a log.
    pub(crate) fn try_log(&mut self, log: LogId) -> Reply<()> {
        for held in self.vault.held_of_log(log, CHAIN_GAP)? {
            self.try_again(held)?;
        }
        Ok(())
    }

    /// Says whether it is taken now.
    fn try_again(&mut self, held: [u8; 32]) -> Reply<bool> {
        let Some(bytes) = self.vault.held_bytes(held)? else { return Ok(false) };
        let done = match self.verified(&bytes) {
            Ok(verified) => self.admit_verified(&bytes, &verified)?,
            Err(code) => self.set_aside(&bytes, None, code)?,
        };
        if matches!(done, Admitted::Refused(_)) {
            return Ok(false);
        }
        // It may lie here by its bytes, from when nobody knew who had signed it.
        self.vault.write(|tx| tx.release(held)).map_err(Failure::from)?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_told_in_a_sentence() {
        let schema = tern_form::Schema::embedded().unwrap();
        for (code, _) in REASONS {
            let said = schema.texts().find("en", &format!("held-{code}"));
            assert!(said.is_some_and(|said| said.ends_with('.')), "{code}");
        }
    }
}
