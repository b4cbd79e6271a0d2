//! What it costs to take a device out of a programme of 200 seats: the removal, a new key for each of four scopes wrapped
//! to everybody who is left, and folding the roster with it on every device.
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
use tern_record::port::Random;
use tern_record::{DeviceId, EntryId, RealmId, ScopeId, SeatId, WorkerId};
use tern_seal::epoch::{close_earlier, commitment, intake_secret, unwrap_epoch_key, wrap_epoch_key};
use tern_seal::roster::{
    Author, Body, Entry, Roster, ScopeKind, ScopeOpened, SeatCertified, SeatRemoved, SignedEntry, realm_id,
};
use tern_seal::{Label, SealKey, SigningKey, SystemRandom, WrapPublic, WrapSecret, wrap_key};

const SEATS: usize = 200;
const ROUNDS: usize = 9;
const SCOPES: [ScopeKind; 4] =
    [ScopeKind::Realm, ScopeKind::Core, ScopeKind::Protection, ScopeKind::Restricted];

struct World {
    random: SystemRandom,
    realm: RealmId,
    root: SigningKey,
    entries: Vec<SignedEntry>,
    seats: Vec<(SeatId, SigningKey, WrapSecret, WrapPublic)>,
    scopes: Vec<(ScopeId, ScopeKind, SealKey)>,
}

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut world = World::begin();
    world.fill();
    let alone = median(|| world.encapsulations());
    let made = median(|| world.remove().1);
    let (bodies, _) = world.remove();
    let bytes: usize = bodies.iter().map(|entry| entry.to_bytes().len()).sum();
    world.entries.extend(bodies);
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
        "bytes in the roster                  {bytes:>9}   {} a seat and scope",
        bytes / SEATS / SCOPES.len()
    );
    println!("roster folded, {:>5} entries         {folded:>9.1}", world.entries.len());
    println!("one device takes its four new keys   {opened:>9.2}");
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
        let mut nonce = [0; 32];
        random.fill(&mut nonce);
        let public = root.public().unwrap();
        let realm = realm_id(true, &public, &nonce);
        let mut world = Self { random, realm, root, entries: vec![], seats: vec![], scopes: vec![] };
        world.say(Author::Root, Body::Genesis { practice: true, root: public, nonce });
        world
    }

    fn signed(&self, author: Author, deps: Vec<EntryId>, body: Body) -> SignedEntry {
        let key = match author {
            Author::Root => &self.root,
            Author::Seat(_) => &self.seats[0].1,
        };
        Entry { realm: self.realm, deps, author, body }.sign(key).unwrap()
    }

    fn say(&mut self, author: Author, body: Body) {
        let deps = self.entries.last().map(SignedEntry::id).into_iter().collect();
        let entry = self.signed(author, deps, body);
        self.entries.push(entry);
    }

    fn fill(&mut self) {
        for at in 0..SEATS {
            let (key, wrap) =
                (SigningKey::make_random(&mut self.random), WrapSecret::make_random(&mut self.random));
            let seat = SeatId::make_random(&mut self.random);
            let public = wrap.public().unwrap();
            let roles = if at == 0 {
                vec!["coordinator".into(), "case_worker".into()]
            } else {
                vec!["case_worker".into()]
            };
            let certificate = SeatCertified {
                seat,
                worker: WorkerId::make_random(&mut self.random),
                device: DeviceId::make_random(&mut self.random),
                verify: key.public().unwrap(),
                wrap: public.clone(),
                roles,
                site: None,
                names: vec![0; 120],
            };
            self.say(Author::Root, Body::Seat(certificate));
            self.seats.push((seat, key, wrap, public));
        }
        for kind in SCOPES {
            let (scope, key) =
                (ScopeId::make_random(&mut self.random), SealKey::make_random(&mut self.random));
            let opened = self.opened(scope, kind, &key, None, 0);
            self.say(Author::Root, Body::Scope(opened));
            self.scopes.push((scope, kind, key));
        }
    }

    fn opened(
        &mut self,
        scope: ScopeId,
        kind: ScopeKind,
        key: &SealKey,
        old: Option<&SealKey>,
        from: usize,
    ) -> ScopeOpened {
        let wraps = self.seats.iter().skip(from).map(|(seat, _, _, public)| {
            wrap_epoch_key((*seat, public), self.realm, scope, key, &mut self.random).unwrap()
        });
        let wraps = wraps.collect();
        ScopeOpened {
            scope,
            kind,
            site: None,
            commitment: commitment(key, scope),
            intake: Some(intake_secret(key, scope).public().unwrap()),
            name: vec![],
            wraps,
            earlier: old
                .map(|old| close_earlier(key, scope, [0; 16], old, &mut self.random))
                .into_iter()
                .collect(),
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
    fn remove(&mut self) -> (Vec<SignedEntry>, f64) {
        let began = Instant::now();
        let (first, last) = (self.seats[0].0, self.seats[SEATS - 1].0);
        let gone = self.seats.pop().unwrap();
        let removed = Body::Removed(SeatRemoved { seat: last, reason: "lost".into(), cuts: vec![] });
        let head = self.entries.last().unwrap().id();
        let mut made = vec![self.signed(Author::Seat(first), vec![head], removed)];
        for (scope, kind, old) in self.scopes.clone() {
            let key = SealKey::make_random(&mut self.random);
            let body = Body::Scope(self.opened(scope, kind, &key, Some(&old), 0));
            let deps = vec![made.last().unwrap().id()];
            made.push(self.signed(Author::Seat(first), deps, body));
        }
        let took = began.elapsed().as_secs_f64() * 1000.0;
        self.seats.push(gone);
        (made, took)
    }

    /// A device in the middle opens what the last four entries wrap to it.
    fn unwrap_last(&self) -> f64 {
        let began = Instant::now();
        let roster = Roster::fold(self.realm, &self.entries).unwrap();
        let folded = began.elapsed();
        let (seat, _, secret, _) = &self.seats[SEATS / 2];
        for (id, scope) in &roster.scopes {
            let epoch = &scope.epochs[&scope.current];
            unwrap_epoch_key(secret, self.realm, *id, &epoch.opened.commitment, &epoch.wraps[seat]).unwrap();
        }
        (began.elapsed() - folded).as_secs_f64() * 1000.0
    }
}
