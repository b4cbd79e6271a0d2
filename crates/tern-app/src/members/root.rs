//! The root key: whole on the first device until there are three coordinators, then in halves for any two of them. It
//! says one thing only: that what a coordinator's stolen device said does not count.

use tern_record::cbor::Canonical;
use tern_record::{EntryId, Role, SeatId};
use tern_seal::roster::SignedEntry;

use super::halves::{Holder, due, whole_root};
use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};

impl App {
    fn holder(&self) -> Holder<'_> {
        Holder { realm: self.realm, roster: &self.roster, payload: &self.payload, ports: &self.ports }
    }

    /// Once three people are coordinators, gives each pair of them halves and forgets the whole.
    pub(crate) fn share_root(&mut self) -> Reply<()> {
        let Some(root) = whole_root(&self.vault, &self.payload)? else { return Ok(()) };
        if due(&self.roster).is_none() {
            return Ok(());
        }
        self.gather_heads()?;
        let Some(entry) = self.holder().shared(&root)? else { return Ok(()) };
        let seat = self.me.seat;
        self.vault
            .write(|tx| {
                tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
                tx.remove_secret(seat, "root")
            })
            .map_err(Failure::from)?;
        self.hear()
    }

    /// Gives halves to those who coordinate now, with another coordinator's half. Nobody does that alone, and no device by
    /// itself: halves that went on their way unasked would meet on a stolen one.
    pub fn renew_halves(&mut self, lent_half: &[u8]) -> Reply<()> {
        self.certifies()?;
        let root = self.holder().root(&self.vault, Some(lent_half))?;
        self.gather_heads()?;
        let entry = self.holder().shared(&root)?.ok_or(Code::HalvesAreRight)?;
        self.keep_by_root(&entry, Event::RootShared)
    }

    /// This coordinator's half of the root key, for another coordinator to use once.
    pub fn lend_root(&mut self, to: SeatId) -> Reply<Vec<u8>> {
        self.certifies()?;
        let is_coordinator = self.roster.seats.get(&to).is_some_and(|seat| seat.is(Role::Coordinator));
        if !is_coordinator {
            return Err(Code::UnknownSeat.into());
        }
        let half = self.holder().lend(to)?;
        let event = self.event(Event::RootLent(to));
        self.vault.write(|tx| tx.add_audit(&event)).map_err(Failure::from)?;
        Ok(half)
    }

    /// Says with the root key that of a seat nothing counts from its statement `from` on, for a coordinator's device in
    /// wrong hands; without `from`, nothing that is not known here yet. `lent_half` is another coordinator's half, once
    /// the key is shared.
    pub fn void_seat(&mut self, seat: SeatId, from: Option<EntryId>, lent_half: Option<&[u8]>) -> Reply<()> {
        self.certifies()?;
        let root = self.holder().root(&self.vault, lent_half)?;
        self.gather_heads()?;
        let entry = self.holder().voided(&root, &self.statements()?, (seat, from))?;
        self.keep_by_root(&entry, Event::Voided(seat))?;
        self.tend_or_later()
    }

    fn keep_by_root(&mut self, entry: &SignedEntry, what: Event<'_>) -> Reply<()> {
        let event = self.event(what);
        self.vault
            .write(|tx| {
                tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
                tx.add_audit(&event)
            })
            .map_err(Failure::from)?;
        self.hear()
    }
}
