//! Saying something into the roster, and hearing what others said.

use tern_record::EntryId;
use tern_record::cbor::{Canonical, Decoder, Writer, array_up_to};
use tern_seal::limits::MAX_ROSTER_DEPS;
use tern_seal::roster::{Author, Body, Entry, Roster, SignedEntry};
use tern_store::{StoreError, WriteTx};

use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::unlock::{hold_keys, names, read_roster};

/// Most entries of a roster that is read from a file.
const MOST_ENTRIES: u64 = 100_000;

impl App {
    /// Signs statements with this seat's key, one after another, and keeps all of them or none, with what `also` writes
    /// in the same transaction. Refuses what the roster would not let count.
    pub(crate) fn say(
        &mut self,
        bodies: Vec<Body>,
        also: impl FnOnce(&WriteTx<'_>) -> tern_store::Result<()>,
    ) -> Reply<Vec<EntryId>> {
        let mut deps = self.roster.heads.clone();
        deps.truncate(usize::try_from(MAX_ROSTER_DEPS).unwrap_or(usize::MAX));
        let mut signed = Vec::with_capacity(bodies.len());
        for body in bodies {
            let entry = Entry { realm: self.realm, deps, author: Author::Seat(self.me.seat), body };
            let entry = entry.sign(&self.signing).map_err(sealing)?;
            // What nobody could read again is not kept: it would lock every device out that hears it.
            SignedEntry::from_bytes(&entry.to_bytes()).map_err(|_| Code::Internal("roster"))?;
            deps = vec![entry.id()];
            signed.push(entry);
        }
        let ids: Vec<EntryId> = signed.iter().map(SignedEntry::id).collect();
        if self.with(&signed)?.refused.iter().any(|id| ids.contains(id)) {
            return Err(Code::NoRight.into());
        }
        self.vault
            .write(|tx| {
                signed
                    .iter()
                    .try_for_each(|entry| tx.add_roster_entry(entry.id(), &entry.to_bytes()).map(drop))?;
                also(tx)
            })
            .map_err(|error: StoreError| Failure::from(error))?;
        self.hear()?;
        Ok(ids)
    }

    /// The roster as it would be with these entries.
    pub(crate) fn with(&self, more: &[SignedEntry]) -> Reply<Roster> {
        let mut entries = self.statements()?;
        entries.extend(more.iter().cloned());
        Ok(Roster::fold(self.realm, &entries).map_err(|_| Code::Damaged)?)
    }

    /// Every statement that is here.
    pub(crate) fn statements(&self) -> Reply<Vec<SignedEntry>> {
        let entries = self.vault.roster_entries()?;
        let read = |bytes: &Vec<u8>| SignedEntry::from_bytes(bytes).map_err(|_| Failure::from(Code::Damaged));
        entries.iter().map(read).collect()
    }

    /// Reads the roster again and everything that follows from it.
    pub(crate) fn hear(&mut self) -> Reply<()> {
        self.roster = read_roster(&self.vault, self.realm)?;
        let me = self.roster.seats.get(&self.me.seat).ok_or(Code::Damaged)?;
        if me.removed.is_some() {
            return Err(Code::SeatRemoved.into());
        }
        self.keys = hold_keys(&mut self.vault, &self.roster, &self.payload, self.me.device, &self.ports)?;
        self.names = names(&self.roster, &self.keys);
        self.rights = Self::rights_now(&self.roster, self.me.seat);
        self.open_views()
    }

    /// Takes in entries that came from elsewhere; says how many are new. Strange ones are refused before anything is
    /// kept.
    pub(crate) fn take_roster(&mut self, entries: &[Vec<u8>]) -> Reply<usize> {
        let read: Vec<SignedEntry> = entries
            .iter()
            .map(|bytes| SignedEntry::from_bytes(bytes).map_err(|_| Failure::from(Code::NotARoster)))
            .collect::<Result<_, _>>()?;
        if read.iter().any(|entry| entry.realm() != self.realm) {
            return Err(Code::OtherProgramme.into());
        }
        let new = self.vault.write(|tx| {
            let mut new = 0;
            for entry in &read {
                new += usize::from(tx.add_roster_entry(entry.id(), &entry.to_bytes())?);
            }
            Ok::<usize, StoreError>(new)
        })?;
        if new > 0 {
            self.hear()?;
            self.tend()?;
        }
        Ok(new)
    }

    /// What the members signed, as one file: an array of signed entries.
    pub(crate) fn roster_file(&self) -> Reply<Vec<u8>> {
        let entries = self.vault.roster_entries()?;
        let mut to = Writer::default();
        to.array(entries.len());
        for entry in &entries {
            to.bytes(entry);
        }
        Ok(to.into_bytes())
    }

    /// Takes such a file in; says how many statements were new.
    pub(crate) fn read_roster_file(&mut self, bytes: &[u8]) -> Reply<usize> {
        let entries = entries_of(bytes)?;
        self.take_roster(&entries)
    }
}

/// The entries of such a file, of which nobody has checked anything yet.
pub(crate) fn entries_of(bytes: &[u8]) -> Reply<Vec<Vec<u8>>> {
    let mut from = Decoder::new(bytes);
    let count = array_up_to(&mut from, MOST_ENTRIES).map_err(|_| Code::NotARoster)?;
    (0..count).map(|_| Ok(from.bytes().map_err(|_| Code::NotARoster)?.to_vec())).collect()
}
