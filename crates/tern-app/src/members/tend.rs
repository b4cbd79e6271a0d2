//! Keys follow the roster: who may read and lacks a key is given it, and where somebody holds a key who may not read
//! any more, a new epoch begins. Nobody has to ask for it; it is done at unlock and whenever the roster changes.

use std::collections::BTreeSet;

use tern_record::Role;
use tern_record::cbor::Canonical;
use tern_seal::epoch::{EpochId, close_earlier, commitment, intake_secret, wrap_epoch_key};
use tern_seal::roster::{Body, Granted, ScopeOpened, ScopeState, Wrapped};
use tern_seal::{SealKey, WrapPublic};

use crate::Reply;
use crate::app::{App, sealing};
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

impl App {
    /// Gives keys and begins epochs as the roster asks for, as far as this seat holds the keys to do so.
    pub fn tend(&mut self) -> Reply<Tended> {
        let mut done = Tended::default();
        let mut bodies = Vec::new();
        for keys in self.keys.held() {
            let Some(scope) = self.roster.scopes.get(&keys.scope) else { continue };
            if self.roster.wants_new_epoch(scope) && self.rotates(scope) {
                bodies.push(Body::Scope(self.new_epoch(keys, scope)?));
                done.rotated += 1;
            } else if keys.current == scope.current {
                let lacking = self.roster.lacking(scope);
                if !lacking.is_empty() {
                    let key = keys.epochs.get(&keys.current).ok_or(crate::Code::Internal("epoch"))?;
                    let wraps = self.wraps(keys, key, &lacking);
                    if wraps.is_empty() {
                        continue;
                    }
                    done.granted += wraps.len();
                    bodies.push(Body::Granted(Granted { scope: keys.scope, epoch: keys.current, wraps }));
                }
            }
        }
        if !bodies.is_empty() {
            self.say(bodies, |_| Ok(()))?;
        }
        self.try_held()?;
        self.share_slot()?;
        self.share_root()?;
        Ok(done)
    }

    /// One of those who read does it, so that not every device begins an epoch of its own: supervisors and coordinators,
    /// and where a scope has neither, the reader whose id comes first. Who opened a scope for a site that nobody reads
    /// yet waits.
    fn rotates(&self, scope: &ScopeState) -> bool {
        let Some(me) = self.roster.seats.get(&self.me.seat).filter(|me| me.may_read(scope)) else {
            return false;
        };
        let leads =
            |seat: &tern_seal::roster::SeatState| seat.is(Role::CaseSupervisor) || seat.is(Role::Coordinator);
        if leads(me) {
            return true;
        }
        let mut readers = self.roster.readers(scope);
        let first = readers.next().map(|(id, _)| id);
        !self.roster.readers(scope).any(|(_, seat)| leads(seat)) && first == Some(self.me.seat)
    }

    pub(crate) fn new_epoch(&self, keys: &ScopeKeys, scope: &ScopeState) -> Reply<ScopeOpened> {
        let key = self.draw(SealKey::make_random);
        let readers: Vec<_> = self.roster.readers(scope).map(|(id, _)| id).collect();
        let first = scope.epochs.get(&scope.current).map(|epoch| &epoch.opened);
        // One link back each: what an epoch seals already is reached through it.
        let reached: BTreeSet<EpochId> = scope
            .epochs
            .iter()
            .filter(|(id, _)| keys.epochs.contains_key(*id))
            .flat_map(|(_, epoch)| epoch.opened.earlier.iter().map(|earlier| earlier.epoch))
            .collect();
        let ends = keys.epochs.iter().filter(|(epoch, _)| !reached.contains(*epoch));
        let earlier = self.draw(|random| {
            ends.map(|(epoch, old)| close_earlier(&key, keys.scope, *epoch, old, random)).collect()
        });
        Ok(ScopeOpened {
            scope: keys.scope,
            kind: scope.kind,
            site: scope.site,
            commitment: commitment(&key, keys.scope),
            intake: Some(intake_secret(&key, keys.scope).public().map_err(sealing)?),
            name: first.map(|opened| opened.name.clone()).unwrap_or_default(),
            wraps: self.wraps(keys, &key, &readers),
            earlier,
        })
    }

    /// Whoever brought a key that nothing can be wrapped to gets none, and keeps nobody else from theirs.
    fn wraps(&self, keys: &ScopeKeys, key: &SealKey, to: &[tern_record::SeatId]) -> Vec<Wrapped> {
        let seats = to.iter().filter_map(|id| Some((*id, &self.roster.seats.get(id)?.certificate.wrap)));
        seats
            .filter_map(|to| self.draw(|random| wrap_epoch_key(to, self.realm, keys.scope, key, random)).ok())
            .collect()
    }

    /// Coordinators who can help this device: different people, on other devices of their own.
    pub(crate) fn helpers(&self) -> Vec<(tern_record::SeatId, WrapPublic)> {
        let (mut people, mut devices) = (BTreeSet::new(), BTreeSet::from([self.me.device, PAPER]));
        let own = |seat: &tern_seal::roster::SeatState| seat.certificate.worker == self.me.worker;
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
