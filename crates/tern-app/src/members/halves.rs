//! The root key in the hands of coordinators: any two of three put it together for one statement. It needs no seat that
//! is in: who was taken out by a stolen device can still help to undo that, and so can two who were rightly taken out.
//! That is the meaning of halves; sharing anew does not take back what somebody had.

use std::collections::BTreeSet;

use tern_record::cbor::Canonical;
use tern_record::{EntryId, RealmId, Role, SeatId};
use tern_seal::half::{halve, join, open_half, pairs};
use tern_seal::limits::MAX_ROSTER_DEPS;
use tern_seal::roster::{Author, Body, Entry, PairOfShares, RootShared, Roster, SignedEntry};
use tern_seal::slot::Payload;
use tern_seal::{Label, SealKey, SigningKey, WrapPublic, open, unwrap_key, wrap_key};
use tern_store::Vault;
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::sealing;
use crate::failure::Code;
use crate::members::sheet::PAPER;
use crate::ports::Ports;

/// Coordinators among whom the root key is shared.
const COORDINATORS: usize = 3;
/// What halves of the root key are bound to.
const PLACE: &[u8] = b"root";

/// A seat with what it may have of the root key.
pub(crate) struct Holder<'a> {
    pub realm: RealmId,
    pub roster: &'a Roster,
    pub payload: &'a Payload,
    pub ports: &'a Ports,
}

impl Holder<'_> {
    /// The whole root key: what lies here, or this seat's half with another's.
    pub fn root(&self, vault: &Vault, lent_half: Option<&[u8]>) -> Reply<SigningKey> {
        let root = match (whole_root(vault, self.payload)?, lent_half) {
            (Some(root), _) => root,
            (None, Some(half)) => self.joined(half)?,
            (None, None) => return Err(Code::NeedsAnother.into()),
        };
        if root.public().map_err(sealing)? == self.roster.root { Ok(root) } else { Err(Code::NotHeld.into()) }
    }

    /// This seat's half, for another that holds the other half of a pair.
    pub fn lend(&self, to: SeatId) -> Reply<Vec<u8>> {
        let me = self.payload.seat;
        let half = self.own_half(self.pair_with(to)?)?;
        let wrap = &self.roster.seats.get(&to).ok_or(Code::UnknownSeat)?.certificate.wrap;
        let ad = lent(me, to);
        let wrapped =
            self.ports.draw(|random| wrap_key(wrap, Label::RootHalf, self.realm, &ad, &half, random));
        Ok([me.as_bytes().as_slice(), &wrapped.map_err(sealing)?].concat())
    }

    /// The statement that of a seat nothing counts from its statement `from` on; without `from`, nothing that is not
    /// known here yet.
    pub fn voided(
        &self,
        root: &SigningKey,
        statements: &[SignedEntry],
        (seat, from): (SeatId, Option<EntryId>),
    ) -> Reply<Vec<SignedEntry>> {
        if !self.roster.seats.contains_key(&seat) || seat == self.payload.seat {
            return Err(Code::UnknownSeat.into());
        }
        let deps = match from {
            Some(from) => heads_before(statements, seat, from)?,
            None => self.roster.heads.clone(),
        };
        self.by_root(root, deps, Body::Voided { seat })
    }

    /// New halves for the first three people who coordinate; nothing when there are fewer, or it is they who hold
    /// halves.
    pub fn shared(&self, root: &SigningKey) -> Reply<Option<Vec<SignedEntry>>> {
        let Some(people) = due(self.roster) else { return Ok(None) };
        let held: Vec<&(SeatId, WrapPublic)> = people.iter().collect();
        let key = SealKey::new(root.seed());
        let halves = pairs(&held).map(|(one, other)| {
            let made =
                self.ports.draw(|random| halve(self.realm, Label::RootHalf, PLACE, &key, one, other, random));
            made.map_err(sealing)
        });
        let body = Body::RootShared(RootShared { pairs: halves.collect::<Reply<_>>()? });
        self.by_root(root, self.roster.heads.clone(), body).map(Some)
    }

    /// A statement of the root key, after as many that name what it has seen as an entry has no room for.
    pub(super) fn by_root(
        &self,
        root: &SigningKey,
        mut deps: Vec<EntryId>,
        body: Body,
    ) -> Reply<Vec<SignedEntry>> {
        let most = usize::try_from(MAX_ROSTER_DEPS).unwrap_or(usize::MAX);
        let mut said: Vec<SignedEntry> = Vec::new();
        while deps.len() > most {
            let rest = deps.split_off(most);
            let heard = self.one_by_root(root, deps, Body::Heard)?;
            deps = rest.into_iter().chain([heard.id()]).collect();
            deps.sort_unstable();
            said.push(heard);
        }
        said.push(self.one_by_root(root, deps, body)?);
        Ok(said)
    }

    fn one_by_root(&self, root: &SigningKey, deps: Vec<EntryId>, body: Body) -> Reply<SignedEntry> {
        let entry = Entry { realm: self.realm, deps, author: Author::Root, body };
        let entry = entry.sign(root).map_err(sealing)?;
        SignedEntry::from_bytes(&entry.to_bytes()).map_err(|_| Code::Internal("roster"))?;
        Ok(entry)
    }

    fn pair_with(&self, other: SeatId) -> Reply<&PairOfShares> {
        let me = self.payload.seat;
        let pair = self.roster.shares.iter().find(|pair| {
            let both = [pair.one.seat, pair.other.seat];
            both.contains(&me) && both.contains(&other) && other != me
        });
        Ok(pair.ok_or(Code::NotHeld)?)
    }

    fn own_half(&self, pair: &PairOfShares) -> Reply<SealKey> {
        let me = self.payload.seat;
        let mine = if pair.one.seat == me { &pair.one } else { &pair.other };
        let half = open_half(self.realm, Label::RootHalf, PLACE, me, &self.payload.wrap, &mine.bytes);
        Ok(half.map_err(|_| Code::Damaged)?)
    }

    fn joined(&self, half: &[u8]) -> Reply<SigningKey> {
        let (from, wrap) = half.split_first_chunk::<16>().ok_or(Code::PieceDamaged)?;
        let from = SeatId::new(*from);
        let mine = self.own_half(self.pair_with(from)?)?;
        let ad = lent(from, self.payload.seat);
        let theirs = unwrap_key(&self.payload.wrap, Label::RootHalf, self.realm, &ad, wrap);
        let whole = join(&mine, &theirs.map_err(|_| Code::PieceDamaged)?);
        Ok(SigningKey::from_seed(whole.as_bytes()))
    }
}

/// Seats that hold halves of the root key.
pub(crate) fn holders(roster: &Roster) -> BTreeSet<SeatId> {
    roster.shares.iter().flat_map(|pair| [pair.one.seat, pair.other.seat]).collect()
}

/// Three who should hold halves, when it is others than those who do: people who coordinate, one seat each; who holds
/// halves comes before who does not.
pub(crate) fn due(roster: &Roster) -> Option<Vec<(SeatId, WrapPublic)>> {
    let have = holders(roster);
    let (kept, more): (Vec<_>, Vec<_>) =
        roster.with_role(Role::Coordinator).partition(|(seat, _)| have.contains(seat));
    let mut workers = BTreeSet::new();
    let three: Vec<(SeatId, WrapPublic)> = kept
        .into_iter()
        .chain(more)
        .filter(|(_, seat)| seat.certificate.device != PAPER && workers.insert(seat.certificate.worker))
        .take(COORDINATORS)
        .map(|(id, seat)| (id, seat.certificate.wrap.clone()))
        .collect();
    let seats: BTreeSet<SeatId> = three.iter().map(|(seat, _)| *seat).collect();
    (three.len() == COORDINATORS && seats != have).then_some(three)
}

/// The root key, where it lies whole.
pub(crate) fn whole_root(vault: &Vault, payload: &Payload) -> Reply<Option<SigningKey>> {
    let Some(sealed) = vault.secret(payload.seat, "root")? else { return Ok(None) };
    let plain = open(&payload.keyring, Label::Secret, b"root", &sealed).map_err(|_| Code::Damaged)?;
    Ok(Some(SigningKey::from_slice(&Zeroizing::new(plain)).map_err(|_| Code::Damaged)?))
}

/// Heads of what stands without a seat's statements from one on, and without all that was said after seeing them.
fn heads_before(entries: &[SignedEntry], seat: SeatId, from: EntryId) -> Reply<Vec<EntryId>> {
    let first = entries.iter().find(|entry| entry.id() == from && entry.author() == Author::Seat(seat));
    let before = ancestors(entries, first.ok_or(Code::UnknownEntry)?.deps());
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

fn ancestors(entries: &[SignedEntry], of: &[EntryId]) -> BTreeSet<EntryId> {
    let by_id: std::collections::BTreeMap<EntryId, &SignedEntry> =
        entries.iter().map(|entry| (entry.id(), entry)).collect();
    let mut all: BTreeSet<EntryId> = BTreeSet::new();
    let mut open: Vec<EntryId> = of.to_vec();
    while let Some(id) = open.pop() {
        if all.insert(id) {
            open.extend(by_id.get(&id).into_iter().flat_map(|entry| entry.deps()));
        }
    }
    all
}

fn lent(from: SeatId, to: SeatId) -> Vec<u8> {
    [b"lent".as_slice(), from.as_bytes(), to.as_bytes()].concat()
}
