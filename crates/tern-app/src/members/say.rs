//! Saying something into the roster, and hearing what others said.

use std::collections::BTreeSet;

use tern_record::cbor::Canonical;
use tern_record::{Compartment, EntryId};
use tern_seal::epoch::{EpochId, epoch_id};
use tern_seal::limits::{MAX_ROSTER_DEPS, MAX_WRAPS};
use tern_seal::roster::{Author, Body, Carried, Entry, Roster, SignedEntry, Wrapped};
use tern_store::wrap::WrapRow;
use tern_store::{StoreError, WriteTx};

use super::admit_again::seat_at_work;
use super::judge::{carried_in, carried_of, judge, keep, wanted};
use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::keyring::Keyring;
use crate::unlock::{hold_keys, names, read_roster, statements_of, unless_full};

/// A statement, with the wraps of the key that it speaks of.
#[derive(Clone)]
pub(crate) struct Said {
    pub body: Body,
    pub wraps: Vec<Wrapped>,
}

/// What came of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Statements that are new here.
    pub new: usize,
    /// Statements that nobody might make or that there is no room for, and what builds on them: none of it was kept.
    pub left_out: usize,
    /// This seat is in by what was said. One that is out does nothing more than hear.
    pub is_in: bool,
}

impl From<Body> for Said {
    fn from(body: Body) -> Self {
        Self { body, wraps: Vec::new() }
    }
}

impl App {
    /// Signs statements with this seat's key, one after another, and keeps all of them or none, with what `also` writes
    /// in the same transaction. Refuses what the roster would not let count.
    pub(crate) fn say(
        &mut self,
        bodies: Vec<Body>,
        also: impl FnOnce(&WriteTx<'_>) -> tern_store::Result<()>,
    ) -> Reply<Vec<EntryId>> {
        self.say_all(bodies.into_iter().map(Said::from).collect(), also)
    }

    /// The same for statements about keys, with the wraps.
    pub(crate) fn say_all(
        &mut self,
        said: Vec<Said>,
        also: impl FnOnce(&WriteTx<'_>) -> tern_store::Result<()>,
    ) -> Reply<Vec<EntryId>> {
        let (mut signed, mut wraps) = (self.heard()?, Vec::new());
        let mut deps = match signed.last() {
            Some(heard) => vec![heard.id()],
            None => self.roster.heads.clone(),
        };
        for said in said {
            let entry = self.signed(deps, said.body)?;
            deps = vec![entry.id()];
            let epoch = match entry.body() {
                Body::Granted(granted) => granted.epoch,
                _ => epoch_id(entry.id()),
            };
            wraps.extend(said.wraps.into_iter().map(|wrap| made_here(epoch, wrap)));
            signed.push(entry);
        }
        let ids: Vec<EntryId> = signed.iter().map(SignedEntry::id).collect();
        let roster = self.with(&signed)?;
        if roster.refused.iter().any(|id| ids.contains(id)) {
            return Err(Code::NoRight.into());
        }
        self.vault
            .write(|tx| {
                signed
                    .iter()
                    .try_for_each(|entry| tx.add_roster_entry(entry.id(), &entry.to_bytes()).map(drop))?;
                wraps.iter().try_for_each(|wrap| tx.add_wrap(wrap, MAX_WRAPS))?;
                also(tx)
            })
            .map_err(|error: StoreError| Failure::from(error))?;
        self.follow(roster)?;
        Ok(ids)
    }

    fn signed(&self, deps: Vec<EntryId>, body: Body) -> Reply<SignedEntry> {
        let entry = Entry { realm: self.realm, deps, author: Author::Seat(self.me.seat), body };
        let entry = entry.sign(&self.signing).map_err(sealing)?;
        // What nobody could read again is not kept: it would lock every device out that hears it.
        SignedEntry::from_bytes(&entry.to_bytes()).map_err(|_| Code::Internal("roster"))?;
        Ok(entry)
    }

    /// Where there are more heads than one entry can name, entries that name all of them, each with the one before it:
    /// nobody who says a thousand things apart keeps others from being heard.
    fn heard(&self) -> Reply<Vec<SignedEntry>> {
        let most = usize::try_from(MAX_ROSTER_DEPS).unwrap_or(usize::MAX);
        let mut said: Vec<SignedEntry> = Vec::new();
        if self.roster.heads.len() <= most {
            return Ok(said);
        }
        let mut before = self.roster.seats.get(&self.me.seat).map(|me| me.certified);
        for heads in self.roster.heads.chunks(most - 1) {
            let mut deps: Vec<EntryId> = heads.iter().copied().chain(before).collect();
            deps.sort_unstable();
            deps.dedup();
            let entry = self.signed(deps, Body::Heard)?;
            before = Some(entry.id());
            said.push(entry);
        }
        Ok(said)
    }

    /// The roster as it would be with these entries.
    pub(crate) fn with(&self, more: &[SignedEntry]) -> Reply<Roster> {
        let mut entries = self.statements()?;
        entries.extend(more.iter().cloned());
        Ok(Roster::fold(self.realm, &entries).map_err(|_| Code::Damaged)?)
    }

    /// Every statement that is here.
    pub(crate) fn statements(&self) -> Reply<Vec<SignedEntry>> {
        statements_of(&self.vault)
    }

    /// Reads the roster again and everything that follows from it.
    pub(crate) fn hear(&mut self) -> Reply<()> {
        let roster = read_roster(&self.vault, self.realm)?;
        self.follow(roster)
    }

    /// Everything that follows from what the members signed by now.
    fn follow(&mut self, roster: Roster) -> Reply<()> {
        self.roster = roster;
        if let Err(out) = self.is_at_work() {
            // What was done until now is handed on while the key that signs it is here.
            let _ = self.seal_work();
            return Err(out);
        }
        let keys = hold_keys(&mut self.vault, &self.roster, &self.payload, self.me.device, &self.ports)?;
        let before = std::mem::replace(&mut self.keys, keys);
        self.let_go_of_site(&before);
        // Under other keys more of a document may be open than was known of it.
        self.opened.drop_outlines();
        self.names = names(&self.roster, &self.keys);
        self.rights = Self::rights_now(&self.roster, self.me.seat);
        let ends: BTreeSet<EpochId> = self.roster.scopes.values().flat_map(|scope| scope.ends()).collect();
        unless_full(self.vault.write(|tx| tx.keep_wraps_of(&ends)).map_err(Failure::from))?;
        self.open_views()
    }

    /// What was opened of a site where this seat does not work any more is neither shown nor written on.
    fn let_go_of_site(&mut self, before: &Keyring) {
        let scope = |keys: &Keyring, part: Compartment| keys.compartments.get(&part).map(|keys| keys.scope);
        let is_same = |part: Compartment| scope(before, part) == scope(&self.keys, part);
        self.views.retain(|part, _| is_same(*part));
        if !Compartment::ALL.into_iter().all(is_same) {
            self.opened.forget();
        }
    }

    /// The seat is out by what was heard since the app was opened: nothing more is done with it.
    pub fn is_out(&self) -> bool {
        self.is_at_work().is_err()
    }

    /// The seat is in; else why it is not.
    pub(crate) fn is_at_work(&self) -> Reply<()> {
        seat_at_work(&self.roster, self.me.seat).map(drop)
    }

    /// Takes in what came from elsewhere, as far as it stands to be judged. Refused, nothing of it is kept.
    pub(crate) fn take_roster(&mut self, carried: Carried) -> Reply<Taken> {
        let judged = judge(self.realm, self.statements()?, carried.entries)?;
        let wraps = wanted(&judged.roster, carried.wraps);
        let mut taken = Taken { new: judged.new.len(), left_out: judged.left_out, is_in: true };
        self.vault
            .write(|tx| keep(tx, &judged.new, &wraps))
            .map_err(|error: StoreError| Failure::from(error))?;
        match self.follow(judged.roster).and_then(|()| self.tend_or_later()) {
            Err(failure) if failure.code.shuts_out() => taken.is_in = false,
            done => done?,
        }
        Ok(taken)
    }

    /// What the members signed, and the keys that wait for their seats, as one file.
    pub(crate) fn roster_file(&self) -> Reply<Vec<u8>> {
        Ok(self.carried(|_| true)?.to_bytes())
    }

    /// What the members signed, with these of the keys.
    pub(crate) fn carried(&self, which: impl Fn(&WrapRow) -> bool) -> Reply<Carried> {
        carried_of(&self.vault, &self.roster, which)
    }

    /// Takes such a file in.
    pub(crate) fn read_roster_file(&mut self, bytes: &[u8]) -> Reply<Taken> {
        self.take_roster(carried_in(bytes)?)
    }
}

pub(crate) fn made_here(epoch: EpochId, Wrapped { seat, bytes }: Wrapped) -> WrapRow {
    WrapRow { epoch, seat, own: true, bytes }
}
