//! The root key: whole on the first device until there are three coordinators, then in halves for any two of them. It
//! says one thing only: that what a coordinator's stolen device said does not count.

use std::collections::BTreeSet;

use tern_record::cbor::Canonical;
use tern_record::{EntryId, Role, SeatId};
use tern_seal::half::{halve, join, open_half, pairs};
use tern_seal::roster::{Author, Body, Entry, RootShared, SignedEntry};
use tern_seal::{Label, SealKey, SigningKey, WrapPublic, open, wrap_key};
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::members::sheet::PAPER;

/// Coordinators among whom the root key is shared.
const COORDINATORS: usize = 3;
/// What halves of the root key are bound to.
const PLACE: &[u8] = b"root";

impl App {
    /// Once three people are coordinators, gives each pair of them halves and forgets the whole.
    pub(crate) fn share_root(&mut self) -> Reply<()> {
        let Some(root) = self.whole_root()? else { return Ok(()) };
        let people = self.root_holders();
        if people.len() < COORDINATORS {
            return Ok(());
        }
        let held: Vec<&(SeatId, WrapPublic)> = people.iter().collect();
        let key = SealKey::new(root.seed());
        let halves = pairs(&held).map(|(one, other)| {
            self.draw(|random| halve(self.realm, Label::RootHalf, PLACE, &key, one, other, random))
                .map_err(sealing)
        });
        let body = Body::RootShared(RootShared { pairs: halves.collect::<Reply<_>>()? });
        let entry = Entry { realm: self.realm, deps: self.roster.heads.clone(), author: Author::Root, body };
        let entry = entry.sign(&root).map_err(sealing)?;
        let seat = self.me.seat;
        self.vault
            .write(|tx| {
                tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
                tx.remove_secret(seat, "root")
            })
            .map_err(Failure::from)?;
        self.hear()
    }

    /// The first three coordinators who are people, one seat each.
    fn root_holders(&self) -> Vec<(SeatId, WrapPublic)> {
        let mut workers = BTreeSet::new();
        let seats = self.roster.with_role(Role::Coordinator);
        seats
            .filter(|(_, seat)| seat.certificate.device != PAPER && workers.insert(seat.certificate.worker))
            .take(COORDINATORS)
            .map(|(id, seat)| (id, seat.certificate.wrap.clone()))
            .collect()
    }

    fn whole_root(&self) -> Reply<Option<SigningKey>> {
        let Some(sealed) = self.vault.secret(self.me.seat, "root")? else { return Ok(None) };
        let plain =
            open(&self.payload.keyring, Label::Secret, b"root", &sealed).map_err(|_| Code::Damaged)?;
        Ok(Some(SigningKey::from_slice(&Zeroizing::new(plain)).map_err(|_| Code::Damaged)?))
    }

    /// This coordinator's half of the root key, for another coordinator to use once.
    pub fn lend_root(&mut self, to: SeatId) -> Reply<Vec<u8>> {
        self.certifies()?;
        let pair = self.roster.shares.iter().find(|pair| {
            let both = [pair.one.seat, pair.other.seat];
            both.contains(&self.me.seat) && both.contains(&to) && to != self.me.seat
        });
        let pair = pair.ok_or(Code::NotHeld)?;
        let half = self.own_half(pair)?;
        let other =
            self.roster.seats.get(&to).filter(|seat| seat.is(Role::Coordinator)).ok_or(Code::UnknownSeat)?;
        let ad = lent(self.me.seat, to);
        let wrap = self.draw(|random| {
            wrap_key(&other.certificate.wrap, Label::RootHalf, self.realm, &ad, &half, random)
        });
        let event = self.event("root_lent", None, "");
        self.vault.write(|tx| tx.add_audit(&event)).map_err(Failure::from)?;
        Ok([self.me.seat.as_bytes().as_slice(), &wrap.map_err(sealing)?].concat())
    }

    fn own_half(&self, pair: &tern_seal::roster::PairOfShares) -> Reply<SealKey> {
        let mine = if pair.one.seat == self.me.seat { &pair.one } else { &pair.other };
        open_half(self.realm, Label::RootHalf, PLACE, self.me.seat, &self.payload.wrap, &mine.bytes)
            .map_err(|_| Code::Damaged.into())
    }

    /// Says with the root key that of a seat nothing counts from its statement `from` on, for a coordinator's device in
    /// wrong hands; without `from`, nothing that is not known here yet. `lent_half` is another coordinator's half, once
    /// the key is shared.
    pub fn void_seat(&mut self, seat: SeatId, from: Option<EntryId>, lent_half: Option<&[u8]>) -> Reply<()> {
        self.certifies()?;
        if !self.roster.seats.contains_key(&seat) || seat == self.me.seat {
            return Err(Code::UnknownSeat.into());
        }
        let root = match (self.whole_root()?, lent_half) {
            (Some(root), _) => root,
            (None, Some(half)) => self.joined_root(half)?,
            (None, None) => return Err(Code::NeedsAnother.into()),
        };
        if root.public().map_err(sealing)? != self.roster.root {
            return Err(Code::NotHeld.into());
        }
        let deps = match from {
            Some(from) => self.heads_before(seat, from)?,
            None => self.roster.heads.clone(),
        };
        let entry = Entry { realm: self.realm, deps, author: Author::Root, body: Body::Voided { seat } };
        let entry = entry.sign(&root).map_err(sealing)?;
        let event = self.event("voided", None, "");
        self.vault
            .write(|tx| {
                tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
                tx.add_audit(&event)
            })
            .map_err(Failure::from)?;
        self.hear()?;
        self.tend().map(drop)
    }

    /// Heads of what stands without a seat's statements from one on, and without all that was said after seeing them.
    fn heads_before(&self, seat: SeatId, from: EntryId) -> Reply<Vec<EntryId>> {
        let entries = self.statements()?;
        let first = entries.iter().find(|entry| entry.id() == from && entry.author() == Author::Seat(seat));
        let before = ancestors(&entries, first.ok_or(Code::UnknownEntry)?.deps());
        let mut gone: BTreeSet<EntryId> = entries
            .iter()
            .filter(|entry| entry.author() == Author::Seat(seat) && !before.contains(&entry.id()))
            .map(SignedEntry::id)
            .collect();
        loop {
            let known = gone.len();
            let seen_them = |entry: &&SignedEntry| entry.deps().iter().any(|dep| gone.contains(dep));
            let more: Vec<EntryId> = entries.iter().filter(seen_them).map(SignedEntry::id).collect();
            gone.extend(more);
            if gone.len() == known {
                break;
            }
        }
        let stands: Vec<&SignedEntry> = entries.iter().filter(|entry| !gone.contains(&entry.id())).collect();
        let seen: BTreeSet<EntryId> = stands.iter().flat_map(|entry| entry.deps().iter().copied()).collect();
        let mut heads: Vec<EntryId> =
            stands.iter().map(|entry| entry.id()).filter(|id| !seen.contains(id)).collect();
        heads.sort_unstable();
        Ok(heads)
    }

    fn joined_root(&self, half: &[u8]) -> Reply<SigningKey> {
        let (from, wrap) = half.split_first_chunk::<16>().ok_or(Code::PieceDamaged)?;
        let from = SeatId::new(*from);
        let pair = self.roster.shares.iter().find(|pair| {
            let both = [pair.one.seat, pair.other.seat];
            both.contains(&self.me.seat) && both.contains(&from)
        });
        let mine = self.own_half(pair.ok_or(Code::NotHeld)?)?;
        let ad = lent(from, self.me.seat);
        let theirs = tern_seal::unwrap_key(&self.payload.wrap, Label::RootHalf, self.realm, &ad, wrap);
        let whole = join(&mine, &theirs.map_err(|_| Code::PieceDamaged)?);
        Ok(SigningKey::from_seed(whole.as_bytes()))
    }
}

fn ancestors(entries: &[SignedEntry], of: &[EntryId]) -> BTreeSet<EntryId> {
    let mut all: BTreeSet<EntryId> = BTreeSet::new();
    let mut open: Vec<EntryId> = of.to_vec();
    while let Some(id) = open.pop() {
        if all.insert(id) {
            open.extend(
                entries.iter().find(|entry| entry.id() == id).into_iter().flat_map(SignedEntry::deps),
            );
        }
    }
    all
}

fn lent(from: SeatId, to: SeatId) -> Vec<u8> {
    [b"lent".as_slice(), from.as_bytes(), to.as_bytes()].concat()
}
