//! The root key: whole on the first device until there are three coordinators, then in halves for any two of them. It
//! says one thing only: that what a coordinator's stolen device said does not count.

use tern_record::{Role, SeatId};
use tern_seal::roster::SignedEntry;
use tern_store::audit::AuditRow;

use super::halves::{Holder, due, holders, whole_root};
use super::judge::keep;
use super::undo::{Undoing, Undone, Word};
use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::view::{HalvesView, HolderView};

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
        let Some(said) = self.holder().shared(&root)? else { return Ok(()) };
        let seat = self.me.seat;
        self.vault
            .write(|tx| {
                keep(tx, &said, &[])?;
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
        let said = self.holder().shared(&root)?.ok_or(Code::HalvesAreRight)?;
        let event = self.event(Event::RootShared);
        self.keep_by_root(&said, &[event])
    }

    /// Who holds halves, and whether that is to change.
    pub(crate) fn halves_view(&self) -> HalvesView {
        let holders = holders(&self.roster);
        let holds = holders.contains(&self.me.seat);
        let view = |seat: &SeatId| {
            let coordinates = self.roster.seats.get(seat).is_some_and(|state| state.is(Role::Coordinator));
            let names = self.names.get(seat).cloned();
            let (worker, device) = names.map_or_else(Default::default, |names| (names.worker, names.device));
            let me = *seat == self.me.seat;
            let lends = holds && coordinates && !me;
            HolderView { seat: seat.to_hex(), worker, device, coordinates, me, lends }
        };
        let due = !holders.is_empty() && due(&self.roster).is_some();
        HalvesView { due, holders: holders.iter().map(view).collect() }
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

    /// What would come of saying with the root key that of a seat nothing counts from one statement on, for a coordinator's
    /// device in wrong hands. `lent_half` is another coordinator's half, once the key is shared.
    pub fn would_void(&self, ask: &Undoing, lent_half: Option<&[u8]>) -> Reply<Undone> {
        Ok(self.word(ask, lent_half)?.undone)
    }

    /// Says so. Of everybody whom it brings back somebody has to have said whether they come back or stay out.
    pub fn void_seat(&mut self, ask: &Undoing, lent_half: Option<&[u8]>) -> Reply<Undone> {
        let word = self.word(ask, lent_half)?;
        let name = |seat: SeatId| match self.names.get(&seat) {
            Some(names) => format!("{} ({}, {})", names.worker, names.device, seat.to_hex()),
            None => seat.to_hex(),
        };
        ask.decides(&word.undone, self.me.seat, name)?;
        let mut events = vec![self.event(Event::Voided(ask.seat))];
        events.extend(word.taken_out.iter().map(|(seat, reason)| self.event(Event::Removed(*seat, reason))));
        self.keep_by_root(&word.entries, &events)?;
        self.tend_or_later()?;
        Ok(word.undone)
    }

    fn word(&self, ask: &Undoing, lent_half: Option<&[u8]>) -> Reply<Word> {
        self.certifies()?;
        let root = self.holder().root(&self.vault, lent_half)?;
        self.holder().undo(&root, &self.vault, &self.statements()?, ask)
    }

    fn keep_by_root(&mut self, said: &[SignedEntry], events: &[AuditRow]) -> Reply<()> {
        self.vault
            .write(|tx| {
                keep(tx, said, &[])?;
                events.iter().try_for_each(|event| tx.add_audit(event))
            })
            .map_err(Failure::from)?;
        self.hear()
    }
}
