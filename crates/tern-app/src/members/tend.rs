//! Keys follow the roster: who may read and lacks a key is given it, and where somebody holds a key who may not read
//! any more, a new epoch begins. Nobody has to ask for it; it is done at unlock and whenever the roster changes.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::Canonical;
use tern_record::{Role, ScopeId, SeatId};
use tern_seal::epoch::{EpochId, close_earlier, epoch_key, wrap_epoch_key};
use tern_seal::limits::{MAX_EARLIER, MAX_WRAPS};
use tern_seal::roster::{
    Author, Body, EpochBegun, EpochState, Granted, ScopeState, SeatState, SignedEntry, Wrapped,
};
use tern_seal::{SealKey, WrapPublic};
use tern_store::wrap::WrapRow;
use tern_sync::planted;

use super::say::{Said, made_here};
use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::keyring::ScopeKeys;
use crate::members::sheet::PAPER;

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tended {
    /// Keys given to readers who lacked them.
    pub granted: usize,
    /// Scopes that have a new key.
    pub rotated: usize,
}

/// Keys begun apart that stand beside each other before one seals them all: each is wrapped to everybody.
const MOST_ENDS: usize = 4;

/// Most keys of which a seat says that nothing opens them: a quarter of what others take of it that changes nothing.
const MOST_UNOPENED: usize = 128;

/// For whom wraps lie here, and whether they were made here.
type Wraps = BTreeMap<(EpochId, SeatId), bool>;

impl App {
    /// What follows from the roster: keys go where they belong, and what is kept aside is tried again.
    pub fn tend(&mut self) -> Reply<Tended> {
        let done = self.tend_keys()?;
        self.try_held()?;
        Ok(done)
    }

    /// Gives keys and begins epochs as the roster asks for, as far as this seat holds the keys to do so.
    pub(crate) fn tend_keys(&mut self) -> Reply<Tended> {
        let mut done = Tended::default();
        let mut said = self.unopened()?;
        let mut wraps = Vec::new();
        let mut have = Wraps::new();
        for wrap in self.vault.wraps()? {
            *have.entry((wrap.epoch, wrap.seat)).or_default() |= wrap.own;
        }
        for keys in self.keys.held() {
            let Some(scope) = self.roster.scopes.get(&keys.scope) else { continue };
            if self.wants_new_key(keys, scope) && self.rotates(scope) || self.has_orphans(keys, scope) {
                said.push(self.new_epoch(keys, scope)?);
                done.rotated += 1;
                continue;
            }
            let ends = scope.ends();
            for (epoch, key) in keys.epochs.iter().filter(|(epoch, _)| ends.contains(*epoch)) {
                let Some(state) = scope.epochs.get(epoch) else { continue };
                let given = self.wraps(keys.scope, key, &self.to_be_given(scope, *epoch));
                if !given.is_empty() {
                    done.granted += given.len();
                    let seats = given.iter().map(|wrap| wrap.seat).collect();
                    let body = Body::Granted(Granted { scope: keys.scope, epoch: *epoch, seats });
                    said.push(Said { body, wraps: given });
                }
                let again = self.to_be_wrapped(scope, (*epoch, state), &have);
                let again = self.wraps(keys.scope, key, &again);
                wraps.extend(again.into_iter().map(|wrap| made_here(*epoch, wrap)));
            }
        }
        for (id, scope) in self.begun_anew() {
            said.push(self.new_epoch(&ScopeKeys::none(id, scope), scope)?);
            done.rotated += 1;
        }
        self.keep_wraps(&wraps)?;
        self.say_each(said)?;
        self.open_doors()?;
        self.share_slot()?;
        self.share_root()?;
        Ok(done)
    }

    /// The same after something was said that stands: what cannot be done now is done at the next unlock, and makes no
    /// refusal of it.
    pub(crate) fn tend_or_later(&mut self) -> Reply<()> {
        match self.tend() {
            Err(failure) if failure.code.shuts_out() => Err(failure),
            _ => Ok(()),
        }
    }

    /// Says all of it at once; when something of it is not this seat's to say, the rest.
    fn say_each(&mut self, said: Vec<Said>) -> Reply<()> {
        if said.is_empty() {
            return Ok(());
        }
        match self.say_all(said.clone(), |_| Ok(())) {
            Err(failure) if failure.code == Code::NoRight && said.len() > 1 => {
                said.into_iter().try_for_each(|one| self.say_each(vec![one]))
            }
            Err(failure) if failure.code == Code::NoRight => Ok(()),
            said => said.map(drop),
        }
    }

    fn keep_wraps(&mut self, wraps: &[WrapRow]) -> Reply<()> {
        if wraps.is_empty() {
            return Ok(());
        }
        let kept = self.vault.write(|tx| wraps.iter().try_for_each(|wrap| tx.add_wrap(wrap, MAX_WRAPS)));
        kept.map_err(|error: tern_store::StoreError| Failure::from(error))
    }

    /// Keys that this seat was to have and that nothing it was given opens: whoever holds them hears of it, of those that are
    /// written under first. It is said so often and no more: a member who begins keys without end would else make this
    /// seat say more than others have room for, and nothing that it says afterwards would be heard.
    fn unopened(&self) -> Reply<Vec<Said>> {
        let Some(me) = self.roster.seats.get(&self.me.seat) else { return Ok(Vec::new()) };
        let mut lacking = Vec::new();
        for (id, scope) in self.roster.scopes.iter().filter(|(_, scope)| me.may_read(scope)) {
            let held = self.keys.held().find(|keys| keys.scope == *id);
            for epoch in scope.ends() {
                let Some(state) = scope.epochs.get(&epoch) else { continue };
                let is_named = state.readers.contains(&self.me.seat);
                let is_said = state.unopened.contains(&self.me.seat);
                let is_held = held.is_some_and(|keys| keys.epochs.contains_key(&epoch));
                if is_named && !is_held && !is_said {
                    lacking.push((epoch != scope.current, *id, epoch));
                }
            }
        }
        if lacking.is_empty() {
            return Ok(Vec::new());
        }
        lacking.sort_unstable();
        let is_mine = |entry: &&SignedEntry| {
            entry.author() == Author::Seat(self.me.seat) && matches!(entry.body(), Body::Unopened { .. })
        };
        let before = self.statements()?.iter().filter(is_mine).count();
        let said = lacking.into_iter().take(MOST_UNOPENED.saturating_sub(before));
        Ok(said.map(|(_, scope, epoch)| Body::Unopened { scope, epoch }.into()).collect())
    }

    /// Somebody who may not read holds the key that is written under, or what was said of it does not follow from it,
    /// or it was kept from this seat, which it does not name or which has asked for it, or there are too many.
    fn wants_new_key(&self, keys: &ScopeKeys, scope: &ScopeState) -> bool {
        let is_kept_back = scope.epochs.get(&scope.current).is_some_and(|current| {
            let (me, is_held) = (self.me.seat, keys.epochs.contains_key(&scope.current));
            !is_held && (current.unopened.contains(&me) || !current.readers.contains(&me))
        });
        let is_false = keys.epochs.contains_key(&scope.current) && keys.current != scope.current;
        let ends = scope.ends().iter().filter(|epoch| keys.epochs.contains_key(*epoch)).count();
        self.roster.wants_new_epoch(scope) || is_kept_back || is_false || ends > MOST_ENDS
    }

    /// This seat reads the scope and holds the key of an epoch that does not count any more, such as one that a stolen
    /// device began. Work was written under it, and nobody who lacks the key reads that before a new one seals it.
    fn has_orphans(&self, keys: &ScopeKeys, scope: &ScopeState) -> bool {
        let reads = self.roster.seats.get(&self.me.seat).is_some_and(|me| me.may_read(scope));
        let is_orphan = |epoch: &EpochId| !scope.epochs.contains_key(epoch) && !keys.sealed.contains(epoch);
        reads && keys.epochs.keys().any(is_orphan)
    }

    /// Readers whom nobody has given the key of an epoch, as far as this seat may give it: who reads the scope gives it to
    /// all, who opened its site to the first.
    fn to_be_given(&self, scope: &ScopeState, epoch: EpochId) -> Vec<SeatId> {
        let lacking = self.roster.lacking_of(scope, epoch);
        let reads = |seat: &SeatId| self.roster.seats.get(seat).is_some_and(|seat| seat.may_read(scope));
        if reads(&self.me.seat) {
            return lacking;
        }
        let is_first = scope.by == Author::Seat(self.me.seat) && scope.epochs.len() == 1;
        let is_given = scope.epochs.get(&epoch).is_some_and(|epoch| epoch.readers.iter().any(reads));
        if is_first && !is_given { lacking.into_iter().take(1).collect() } else { Vec::new() }
    }

    /// Readers whom an epoch names and for whom no wrap lies here, or who say that what they were given opens nothing.
    fn to_be_wrapped(
        &self,
        scope: &ScopeState,
        (epoch, state): (EpochId, &EpochState),
        have: &Wraps,
    ) -> Vec<SeatId> {
        let reads = |seat: &SeatId| self.roster.seats.get(seat).is_some_and(|seat| seat.may_read(scope));
        let lacks = |seat: &SeatId| match have.get(&(epoch, *seat)) {
            None => true,
            Some(made_here) => !made_here && state.unopened.contains(seat),
        };
        let named = state.readers.iter().copied().filter(|seat| *seat != self.me.seat);
        named.filter(reads).filter(lacks).collect()
    }

    /// Scopes that this seat reads and whose keys are gone with the devices that had them: what comes is written under a
    /// new one. What was written before opens where an earlier key turns up.
    fn begun_anew(&self) -> impl Iterator<Item = (ScopeId, &ScopeState)> {
        let scopes = self.roster.scopes.iter().map(|(id, scope)| (*id, scope));
        scopes.filter(|(id, scope)| {
            let is_held = self.keys.held().any(|keys| keys.scope == *id);
            !is_held && self.rotates(scope) && self.roster.is_forsaken(scope, self.me.seat)
        })
    }

    /// One of those who read does it, so that not every device begins an epoch of its own: supervisors and coordinators,
    /// and where a scope has neither, the reader whose id comes first. Who opened a scope for a site that nobody reads
    /// yet waits.
    fn rotates(&self, scope: &ScopeState) -> bool {
        if planted::is("key-not-rotated") {
            return false;
        }
        let Some(me) = self.roster.seats.get(&self.me.seat).filter(|me| me.may_read(scope)) else {
            return false;
        };
        let leads = |seat: &SeatState| seat.is(Role::CaseSupervisor) || seat.is(Role::Coordinator);
        if leads(me) {
            return true;
        }
        let mut readers = self.roster.readers(scope);
        let first = readers.next().map(|(id, _)| id);
        !self.roster.readers(scope).any(|(_, seat)| leads(seat)) && first == Some(self.me.seat)
    }

    /// A new key for everybody who reads. It seals the keys of all epochs that nothing seals yet, also of those that were
    /// begun apart.
    fn new_epoch(&self, keys: &ScopeKeys, scope: &ScopeState) -> Reply<Said> {
        let key = self.draw(SealKey::make_random);
        let readers: Vec<_> = self.roster.readers(scope).map(|(id, _)| id).collect();
        let wraps = self.wraps(keys.scope, &key, &readers);
        let most = usize::try_from(MAX_EARLIER).unwrap_or(usize::MAX);
        let ends = keys.epochs.iter().filter(|(epoch, _)| !keys.sealed.contains(*epoch)).take(most);
        let earlier = self.draw(|random| {
            ends.map(|(epoch, old)| close_earlier(&key, keys.scope, *epoch, old, random)).collect()
        });
        let named = wraps.iter().map(|wrap| wrap.seat);
        let begun = EpochBegun {
            scope: keys.scope,
            key: epoch_key(&key, keys.scope, named).map_err(sealing)?,
            earlier,
        };
        Ok(Said { body: Body::Epoch(begun), wraps })
    }

    /// Whoever brought a key that nothing can be wrapped to gets none, and keeps nobody else from theirs.
    fn wraps(&self, scope: ScopeId, key: &SealKey, to: &[SeatId]) -> Vec<Wrapped> {
        let seats = to.iter().filter_map(|id| Some((*id, &self.roster.seats.get(id)?.certificate.wrap)));
        seats
            .filter_map(|to| self.draw(|random| wrap_epoch_key(to, self.realm, scope, key, random)).ok())
            .collect()
    }

    /// Coordinators who can help this device: different people, on other devices of their own.
    pub(crate) fn helpers(&self) -> Vec<(SeatId, WrapPublic)> {
        let (mut people, mut devices) = (BTreeSet::new(), BTreeSet::from([self.me.device, PAPER]));
        let own = |seat: &SeatState| seat.certificate.worker == self.me.worker;
        let seats = self.roster.with_role(Role::Coordinator).filter(|(_, seat)| !own(seat));
        seats
            .filter(|(_, seat)| {
                let said = &seat.certificate;
                devices.insert(said.device) && people.insert(said.worker)
            })
            .map(|(id, seat)| (id, seat.certificate.wrap.clone()))
            .collect()
    }

    /// Lays halves of this seat's slot in the hands of the coordinators, when there are others than this seat's.
    pub(crate) fn share_slot(&mut self) -> Reply<()> {
        let coordinators = self.helpers();
        let Some(opened) = &self.opened_slot else { return Ok(()) };
        let shared = self.ports.draw(|random| self.slots.share(opened, &coordinators, random));
        if shared.map_err(crate::programme::slot)? {
            self.home.write_slots(&self.slots.to_bytes())?;
        }
        Ok(())
    }
}
