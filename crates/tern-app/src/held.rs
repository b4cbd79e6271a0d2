//! What the gate keeps aside, by the reason: what a person may decide, what waits, and what never counts. Whatever may
//! count once something else has come is tried again when it comes.

use std::collections::BTreeSet;

use tern_form::BlobRef;
use tern_record::cbor::Canonical as _;
use tern_record::{BlobId, Intent, LogId, RecordId, ScopeId};
use tern_seal::envelope::{EnvelopeError, Verified};
use tern_seal::roster::{ScopeKind, Spot, Standing};
use tern_seal::sha256;
use tern_store::StoreError;
use tern_store::quarantine::HeldRow;
use tern_store::tried::Tried;
use tern_sync::Party;

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

/// As much of a seat that is out waits here to be looked at as may.
pub(crate) const REVIEW_FULL: &str = "review-full";
/// Most of one seat that is out that is kept aside: a year of one worker. Whoever holds a stolen tablet signs without end.
const MOST_ASIDE: (u32, u64) = (10_000, 64 * 1024 * 1024);

/// Somebody who carried it took parts of it out.
pub(crate) const ERASED: &str = "envelope-erased";

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
const REASONS: [(&str, Hope); 18] = [
    (ERASED, Hope::Never),
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

/// What came of trying something again.
enum Again {
    /// It counts now, or lies here for others of this device.
    Taken,
    /// It does not lie here any more.
    Gone,
    /// It stays aside under this id, for this reason.
    Aside([u8; 32], &'static str),
}

/// There is room for so many more bytes of a seat that is out, of which so much is kept aside.
const fn has_room((things, bytes): (u32, u64), more: u64) -> bool {
    let (most, most_bytes) = MOST_ASIDE;
    things < most && bytes.saturating_add(more) <= most_bytes
}

impl App {
    /// Too much of its author waits already, who is out: it is not kept when a peer or a file brings it.
    pub(crate) fn is_too_much(&self, bytes: &[u8], verified: &Verified) -> Reply<bool> {
        let (place, id) = (*verified.place(), verified.id());
        let Some(seat) = self.roster.seats.get(&place.seat).filter(|seat| seat.removed.is_some()) else {
            return Ok(false);
        };
        if has_room(self.vault.held_of_seat(place.seat)?, bytes.len() as u64) {
            return Ok(false);
        }
        let at = Spot { log: place.log, seq: place.seq, id };
        let is_here = self.vault.is_taken(id)? || self.vault.held_one(*id.as_bytes())?.is_some();
        Ok(!is_here && !matches!(self.standing_of(seat, &at)?, Standing::Counts(_)))
    }

    /// Tries again what may count by now: the roster says more, keys have come, or what it builds on. What nothing has
    /// changed for since this seat last tried it stays unopened. One that fails keeps no other from it; what failed first is
    /// told at the end.
    pub(crate) fn try_held(&mut self) -> Reply<()> {
        self.open_noted()?;
        let tried = self.try_all();
        self.mend_links();
        tried
    }

    fn try_all(&mut self) -> Reply<()> {
        loop {
            let (mut taken, mut failed, mut aside) = (false, None, Vec::new());
            let ground = self.ground()?;
            for held in self.due(&ground)? {
                match self.try_once(held, &ground, &mut aside) {
                    Ok(done) => taken |= done,
                    Err(failure) if failure.code == Code::DiskFull => return Err(failure),
                    Err(failure) => drop(failed.get_or_insert(failure)),
                }
            }
            self.note_tried(&aside)?;
            if !taken {
                return failed.map_or(Ok(()), Err);
            }
        }
    }

    /// How much is kept aside, and how much of it waits for something that has not come.
    pub(crate) fn count_held(&self) -> Reply<(u32, u32)> {
        let (mut all, mut waits) = (0, 0);
        for (code, count) in self.vault.quarantined()? {
            all += count;
            waits += if hope(&code) == Hope::Waits { count } else { 0 };
        }
        Ok((all, waits))
    }

    /// Something is kept aside that nobody decided about yet, and that may count one day.
    pub(crate) fn may_count_later(&self) -> Reply<bool> {
        Ok(self.vault.undecided()?.iter().any(|code| hope(code) != Hope::Never))
    }

    /// Work lies here sealed for somebody else of this device: what photos and texts it speaks of is known once they unlock.
    pub(crate) fn waits_for_others(&self) -> Reply<bool> {
        let here = Party::device(&self.roster, self.me.seat);
        let may_speak_of_some = |scope: &ScopeId| {
            here.wants(*scope)
                && self.roster.scopes.get(scope).is_some_and(|scope| scope.kind != ScopeKind::Audit)
        };
        Ok(self.vault.scopes_unopened()?.iter().any(may_speak_of_some))
    }

    /// Attachments that are not here, of work that somebody left aside: they lie here for nobody, and nobody asks for them.
    /// Nothing where this seat does not read what that work speaks of.
    pub(crate) fn blobs_left_aside(&self) -> Reply<Option<BTreeSet<BlobId>>> {
        let mut lacking = BTreeSet::new();
        for held in self.vault.left_aside()? {
            let Some(bytes) = self.vault.held_bytes(held)? else { continue };
            let Ok(envelope) = self.verified(&bytes) else { return Ok(None) };
            if self.events_in(&envelope).is_ok() {
                continue;
            }
            let Ok(sections) = self.sections_of(&envelope) else { return Ok(None) };
            let puts = sections.iter().flat_map(|section| &section.intents).flat_map(Intent::puts);
            let spoken_of = puts.filter_map(|(_, value)| BlobRef::from_bytes(value.as_bytes()?).ok());
            for reference in spoken_of {
                if self.vault.blob_row(reference.blob)?.is_none() {
                    lacking.insert(reference.blob);
                }
            }
        }
        Ok(Some(lacking))
    }

    /// Tries again what waits for other envelopes of a log.
    pub(crate) fn try_log(&mut self, log: LogId) -> Reply<()> {
        for held in self.vault.held_of_log(log, CHAIN_GAP)? {
            self.try_again(held)?;
        }
        Ok(())
    }

    /// What may count and was not tried since anything changed that it depends on.
    fn due(&self, ground: &[u8; 32]) -> Reply<Vec<[u8; 32]>> {
        let mut due = Vec::new();
        for (row, tried) in self.vault.held_tried(self.me.seat)? {
            let is_due = match &tried {
                _ if hope(&row.code) == Hope::Never => false,
                Some(tried) => tried.knew != self.rests_on(ground, &row, &tried.records)?,
                None => true,
            };
            if is_due {
                due.push(row.id);
            }
        }
        Ok(due)
    }

    /// Says whether it is taken now; if not, adds what is to be noted of it.
    fn try_once(
        &mut self,
        held: [u8; 32],
        ground: &[u8; 32],
        aside: &mut Vec<([u8; 32], Tried)>,
    ) -> Reply<bool> {
        match self.try_again(held)? {
            Again::Taken => Ok(true),
            Again::Gone => Ok(false),
            Again::Aside(id, code) => {
                aside.extend(self.found(id, code, ground)?.map(|tried| (id, tried)));
                Ok(false)
            }
        }
    }

    fn try_again(&mut self, held: [u8; 32]) -> Reply<Again> {
        let Some(bytes) = self.vault.held_bytes(held)? else { return Ok(Again::Gone) };
        let (id, done) = match self.verified(&bytes) {
            Ok(verified) => (*verified.id().as_bytes(), self.admit_verified(&bytes, &verified)?),
            Err(code) => (held, self.set_aside(&bytes, None, code)?),
        };
        if let Admitted::Refused(code) = done {
            return Ok(Again::Aside(id, code));
        }
        // It may lie here by its bytes, from when nobody knew who had signed it.
        self.vault.write(|tx| tx.release(held)).map_err(Failure::from)?;
        Ok(Again::Taken)
    }

    /// What is to be noted of something that stays aside.
    fn found(&mut self, id: [u8; 32], code: &'static str, ground: &[u8; 32]) -> Reply<Option<Tried>> {
        let Some(row) = self.vault.held_one(id)? else { return Ok(None) };
        let Some(bytes) = self.vault.held_bytes(id)? else { return Ok(None) };
        let Ok(envelope) = self.verified(&bytes) else {
            let knew = self.rests_on(ground, &row, &[])?;
            return Ok(Some(Tried { knew, records: Vec::new(), if_taken: None, opens: false }));
        };
        let if_taken = self.verdict(&envelope, code)?;
        let of_records = |code: &str| [ROLE_MAY_NOT, TOO_MUCH_WAITS].contains(&code);
        let records = match self.sections_of(&envelope) {
            Ok(sections) if of_records(code) || if_taken.as_deref().is_some_and(of_records) => {
                sections.iter().map(|section| section.record).collect()
            }
            _ => Vec::new(),
        };
        let knew = self.rests_on(ground, &row, &records)?;
        Ok(Some(Tried { knew, records, if_taken, opens: self.content(&envelope).is_some() }))
    }

    fn note_tried(&mut self, aside: &[([u8; 32], Tried)]) -> Reply<()> {
        if aside.is_empty() {
            return Ok(());
        }
        let seat = self.me.seat;
        let noted = self
            .vault
            .write(|tx| aside.iter().try_for_each(|(held, tried)| tx.put_tried(*held, seat, tried)));
        noted.map_err(|error: StoreError| Failure::from(error))
    }

    /// What every answer of the gate depends on: what members signed, the keys that this seat holds, and this version.
    fn ground(&self) -> Reply<[u8; 32]> {
        let mut all = env!("CARGO_PKG_VERSION").as_bytes().to_vec();
        for keys in self.keys.held() {
            all.extend(keys.scope.as_bytes());
            all.extend(keys.epochs.keys().flatten());
        }
        all.extend(self.vault.roster_ids()?.iter().flatten());
        Ok(sha256(&all))
    }

    /// What the answer for one thing depends on: for some reasons also what else lies here.
    fn rests_on(&self, ground: &[u8; 32], row: &HeldRow, records: &[RecordId]) -> Reply<[u8; 32]> {
        let mut all = ground.to_vec();
        if let (CHAIN_GAP, Some((_, place))) = (row.code.as_str(), row.signed) {
            all.extend(self.vault.count_of_log(place.log)?.to_be_bytes());
        }
        for record in records {
            all.extend(self.vault.last_of_record(*record)?.to_be_bytes());
        }
        Ok(sha256(&all))
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
