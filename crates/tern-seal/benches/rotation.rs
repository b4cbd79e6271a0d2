//! What it costs to take a device out of a programme of 200 seats: the removal, a new key for each of four scopes wrapped
//! to everybody who is left, what of that is signed and kept for ever, what one device takes, and folding the roster.
//!
//! The floor is what the primitive alone costs: one encapsulation for each seat and scope.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::time::Instant;

use tern_record::cbor::Canonical;
use tern_record::{DeviceId, EntryId, RealmId, ScopeId, SeatId, WorkerId};
use tern_seal::epoch::{close_earlier, epoch_id, epoch_key, unwrap_epoch_key, wrap_epoch_key};
use tern_seal::roster::{
    Author, Body, Carried, Entry, EpochBegun, EpochWrap, Roster, ScopeKind, ScopeOpened, SeatCertified,
    SeatRemoved, SignedEntry, WorkAccepted, genesis_nonce, realm_id, scope_id, seat_id,
};
use tern_seal::{Label, SealKey, SigningKey, SystemRandom, WrapPublic, WrapSecret, wrap_key};

const SEATS: usize = 200;
const ROUNDS: usize = 9;
/// Entries that each had seen all before: as many as a programme has after many years.
const CHAIN: usize = 10_000;
const SCOPES: [ScopeKind; 4] =
    [ScopeKind::Realm, ScopeKind::Core, ScopeKind::Protection, ScopeKind::Restricted];

struct World {
    random: SystemRandom,
    realm: RealmId,
    root: SigningKey,
    entries: Vec<SignedEntry>,
    seats: Vec<(SeatId, SigningKey, WrapSecret, WrapPublic)>,
    scopes: Vec<(ScopeId, EntryId, SealKey)>,
    wraps: Vec<EpochWrap>,
}

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut world = World::begin();
    world.fill();
    let alone = median(|| world.encapsulations());
    let made = median(|| world.remove().1);
    let (removal, _) = world.remove();
    let signed: usize = removal.entries.iter().map(|entry| entry.to_bytes().len()).sum();
    let wraps: usize = removal.wraps.iter().map(|wrap| wrap.to_bytes().len()).sum();
    world.entries.extend(removal.entries);
    world.wraps = removal.wraps;
    let folded = median(|| {
        let began = Instant::now();
        let roster = Roster::fold(world.realm, &world.entries).unwrap();
        assert!(roster.refused.is_empty() && roster.seats.len() == SEATS);
        began.elapsed().as_secs_f64() * 1000.0
    });
    let opened = median(|| world.unwrap_last());
    println!("a removal among {SEATS} seats, {} scopes, milliseconds", SCOPES.len());
    println!("floor: encapsulations alone          {alone:>9.1}");
    println!("removal and new keys, signed         {made:>9.1}   x{:.2} of the floor", made / alone);
    println!(
        "bytes signed, kept for ever          {signed:>9}   {} a seat and scope",
        signed / SEATS / SCOPES.len()
    );
    println!("bytes of wraps, until the next       {wraps:>9}");
    println!("bytes that one device takes          {:>9}", signed + wraps / (SEATS - 1));
    println!("roster folded, {:>5} entries         {folded:>9.1}", world.entries.len());
    println!("one device takes its four new keys   {opened:>9.2}");
    let folded = median(|| world.chain());
    println!("roster folded, {CHAIN:>5} in a chain      {folded:>9.1}");
}

fn median(mut job: impl FnMut() -> f64) -> f64 {
    let mut took: Vec<f64> = (0..ROUNDS).map(|_| job()).collect();
    took.sort_by(f64::total_cmp);
    took[ROUNDS / 2]
}

impl World {
    fn begin() -> Self {
        let mut random = SystemRandom::default();
        let root = SigningKey::make_random(&mut random);
        let first = (SigningKey::make_random(&mut random), WrapSecret::make_random(&mut random));
        let (verify, wrap) = (first.0.public().unwrap(), first.1.public().unwrap());
        let nonce = genesis_nonce(seat_id(DeviceId::new([1; 16]), &verify, &wrap), &[0; 16]);
        let public = root.public().unwrap();
        let realm = realm_id(true, &public, &nonce);
        let mut world =
            Self { random, realm, root, entries: vec![], seats: vec![], scopes: vec![], wraps: vec![] };
        world.say(Author::Root, Body::Genesis { practice: true, root: public, nonce });
        world.certify(Author::Root, DeviceId::new([1; 16]), first);
        world
    }

    fn signed(&self, author: Author, deps: Vec<EntryId>, body: Body) -> SignedEntry {
        let key = match author {
            Author::Root => &self.root,
            Author::Seat(_) => &self.seats[0].1,
        };
        Entry { realm: self.realm, deps, author, body }.sign(key).unwrap()
    }

    fn say(&mut self, author: Author, body: Body) -> EntryId {
        let deps = self.entries.last().map(SignedEntry::id).into_iter().collect();
        let entry = self.signed(author, deps, body);
        let id = entry.id();
        self.entries.push(entry);
        id
    }

    fn certify(&mut self, by: Author, device: DeviceId, (key, wrap): (SigningKey, WrapSecret)) {
        let (verify, public) = (key.public().unwrap(), wrap.public().unwrap());
        let seat = seat_id(device, &verify, &public);
        let more = if by == Author::Root { vec!["coordinator".into()] } else { vec![] };
        let certificate = SeatCertified {
            seat,
            worker: WorkerId::make_random(&mut self.random),
            device,
            verify,
            wrap: public.clone(),
            roles: [vec!["case_worker".into()], more].concat(),
            site: None,
            names: vec![0; 120],
        };
        self.say(by, Body::Seat(certificate));
        self.seats.push((seat, key, wrap, public));
    }

    fn fill(&mut self) {
        for _ in 1..SEATS {
            let keys = (SigningKey::make_random(&mut self.random), WrapSecret::make_random(&mut self.random));
            let device = DeviceId::make_random(&mut self.random);
            self.certify(Author::Seat(self.seats[0].0), device, keys);
        }
        for kind in SCOPES {
            let (nonce, key) = ([0; 16], SealKey::make_random(&mut self.random));
            let scope = scope_id(self.realm, Author::Root, &nonce, kind);
            let first = epoch_key(&key, scope, self.seats.iter().map(|(seat, ..)| *seat)).unwrap();
            let opened = ScopeOpened { nonce, kind, at_site: false, name: vec![], first };
            let opened = self.say(Author::Root, Body::Scope(opened));
            self.scopes.push((scope, opened, key));
        }
    }

    fn encapsulations(&mut self) -> f64 {
        let key = SealKey::make_random(&mut self.random);
        let began = Instant::now();
        for _ in SCOPES {
            for (.., public) in self.seats.iter().skip(1) {
                wrap_key(public, Label::EpochWrap, self.realm, b"", &key, &mut self.random).unwrap();
            }
        }
        began.elapsed().as_secs_f64() * 1000.0
    }

    /// The last seat is taken out by the first.
    fn remove(&mut self) -> (Carried, f64) {
        let began = Instant::now();
        let (first, last) = (self.seats[0].0, self.seats[SEATS - 1].0);
        let gone = self.seats.pop().unwrap();
        let removed = Body::Removed(SeatRemoved { seat: last, reason: "lost".into(), cuts: vec![] });
        let head = self.entries.last().unwrap().id();
        let mut made = Carried {
            entries: vec![self.signed(Author::Seat(first), vec![head], removed)],
            wraps: Vec::new(),
        };
        for (scope, opened, old) in self.scopes.clone() {
            let key = SealKey::make_random(&mut self.random);
            let said = epoch_key(&key, scope, self.seats.iter().map(|(seat, ..)| *seat)).unwrap();
            let earlier = vec![close_earlier(&key, scope, epoch_id(opened), &old, &mut self.random)];
            let deps = vec![made.entries.last().unwrap().id()];
            let begun = Body::Epoch(EpochBegun { scope, key: said, earlier });
            let begun = self.signed(Author::Seat(first), deps, begun);
            let epoch = epoch_id(begun.id());
            made.entries.push(begun);
            for (seat, _, _, public) in &self.seats {
                let wrap =
                    wrap_epoch_key((*seat, public), self.realm, scope, &key, &mut self.random).unwrap();
                made.wraps.push(EpochWrap { epoch, seat: *seat, bytes: wrap.bytes });
            }
        }
        let took = began.elapsed().as_secs_f64() * 1000.0;
        self.seats.push(gone);
        (made, took)
    }

    /// Folds a long roster in which every entry has seen all before it.
    fn chain(&mut self) -> f64 {
        let (mut entries, author) = (self.entries.clone(), Author::Seat(self.seats[0].0));
        let mut head = entries.last().unwrap().id();
        for at in entries.len()..CHAIN {
            let seat = self.seats[1 + at % (SEATS - 2)].0;
            let accepted = Body::Accepted(WorkAccepted { seat, cuts: vec![] });
            let entry = self.signed(author, vec![head], accepted);
            head = entry.id();
            entries.push(entry);
        }
        let began = Instant::now();
        let roster = Roster::fold(self.realm, &entries).unwrap();
        assert!(roster.refused.is_empty() && roster.heads == [head]);
        began.elapsed().as_secs_f64() * 1000.0
    }

    /// A device in the middle opens what came for it.
    fn unwrap_last(&self) -> f64 {
        let roster = Roster::fold(self.realm, &self.entries).unwrap();
        let began = Instant::now();
        let (seat, _, secret, _) = &self.seats[SEATS / 2];
        for (id, scope) in &roster.scopes {
            let wrap = self.wraps.iter().find(|wrap| wrap.seat == *seat && wrap.epoch == scope.current);
            let committed = &scope.epochs[&scope.current].key.commitment;
            unwrap_epoch_key(secret, self.realm, *id, committed, &wrap.unwrap().bytes).unwrap();
        }
        began.elapsed().as_secs_f64() * 1000.0
    }
}
