use tern_record::port::Random;
use tern_record::{DeviceId, ScopeId, WorkerId};

use super::*;
use crate::SystemRandom;
use crate::epoch::{epoch_id, epoch_key};
use crate::key::{SealKey, WrapSecret};

mod again;
mod apart;
mod keys;
mod rights;
mod sift;
mod work;

struct World {
    random: SystemRandom,
    root: SigningKey,
    realm: RealmId,
    nonce: [u8; 16],
    /// Keys of the seat that the programme begins with, until it is made.
    first: Option<(SigningKey, DeviceId, WrapSecret)>,
    entries: Vec<SignedEntry>,
}

impl World {
    fn new(practice: bool) -> Self {
        let mut random = SystemRandom::default();
        let root = SigningKey::make_random(&mut random);
        let mut scopes = [0; 16];
        random.fill(&mut scopes);
        let first = keys_of_a_seat(&mut random);
        let seat = seat_id(first.1, &first.0.public().unwrap(), &first.2.public().unwrap());
        let nonce = genesis_nonce(seat, &scopes);
        let public = root.public().unwrap();
        let realm = realm_id(practice, &public, &nonce);
        let body = Body::Genesis { practice, root: public, nonce };
        let genesis = Entry { realm, deps: vec![], author: Author::Root, body }.sign(&root).unwrap();
        Self { random, root, realm, nonce: scopes, first: Some(first), entries: vec![genesis] }
    }

    fn say(&mut self, author: Author, key: &SigningKey, deps: Vec<EntryId>, body: Body) -> EntryId {
        let entry = Entry { realm: self.realm, deps, author, body }.sign(key).unwrap();
        let id = entry.id();
        self.entries.push(entry);
        id
    }

    fn seat(&mut self, role: &str) -> (SeatId, SigningKey, Body) {
        self.seat_at(role, None)
    }

    fn seat_at(&mut self, role: &str, site: Option<SiteId>) -> (SeatId, SigningKey, Body) {
        let (key, device, wrap) = self.first.take().unwrap_or_else(|| keys_of_a_seat(&mut self.random));
        let (verify, wrap) = (key.public().unwrap(), wrap.public().unwrap());
        let seat = seat_id(device, &verify, &wrap);
        let worker = WorkerId::make_random(&mut self.random);
        let roles = vec![role.into()];
        let names = vec![];
        let body = Body::Seat(SeatCertified { seat, worker, device, verify, wrap, roles, site, names });
        (seat, key, body)
    }

    fn opening(&mut self, kind: ScopeKind, at_site: bool, readers: &[SeatId]) -> ScopeOpened {
        let key = SealKey::make_random(&mut self.random);
        let mut nonce = [0; 16];
        self.random.fill(&mut nonce);
        let first = epoch_key(&key, ScopeId::new([0; 16]), readers.iter().copied()).unwrap();
        ScopeOpened { nonce, kind, at_site, name: vec![], first }
    }

    fn epoch(&mut self, scope: ScopeId, readers: &[SeatId]) -> Body {
        let key = SealKey::make_random(&mut self.random);
        let key = epoch_key(&key, scope, readers.iter().copied()).unwrap();
        Body::Epoch(EpochBegun { scope, key, earlier: vec![] })
    }

    /// A scope of the whole programme, opened by the root key.
    fn programme_scope(&mut self, kind: ScopeKind, head: EntryId, readers: &[SeatId]) -> (ScopeId, EntryId) {
        let (mut opened, root) = (self.opening(kind, false, readers), self.root.clone());
        opened.nonce = self.nonce;
        let scope = opened.scope(self.realm, Author::Root);
        (scope, self.say(Author::Root, &root, vec![head], Body::Scope(opened)))
    }
}

fn keys_of_a_seat(random: &mut SystemRandom) -> (SigningKey, DeviceId, WrapSecret) {
    (SigningKey::make_random(random), DeviceId::make_random(random), WrapSecret::make_random(random))
}

fn grant(scope: ScopeId, epoch: EntryId, seat: SeatId) -> Body {
    Body::Granted(Granted { scope, epoch: epoch_id(epoch), seats: vec![seat] })
}

#[test]
fn the_fold_is_the_same_in_every_order() {
    let mut world = World::new(true);
    let genesis = world.entries[0].id();
    let root = world.root.clone();
    let (first, first_key, body) = world.seat("coordinator");
    let certified = world.say(Author::Root, &root, vec![genesis], body);
    let (second, _, body) = world.seat("registrar");
    world.say(Author::Seat(first), &first_key, vec![certified], body);
    let (scope, opened) = world.programme_scope(ScopeKind::Core, certified, &[]);
    let body = world.epoch(scope, &[]);
    let rotated = world.say(Author::Seat(first), &first_key, vec![opened], body);

    let straight = Roster::fold(world.realm, &world.entries).unwrap();
    let mut reversed = world.entries.clone();
    reversed.reverse();
    let back = Roster::fold(world.realm, &reversed).unwrap();
    assert_eq!(
        (&straight.seats, &straight.scopes, &straight.heads),
        (&back.seats, &back.scopes, &back.heads)
    );
    assert!(straight.practice && straight.seats.contains_key(&second) && straight.refused.is_empty());
    assert_eq!(straight.scopes[&scope].current, epoch_id(rotated));
    assert_eq!(straight.scopes[&scope].epochs.len(), 2);
}

#[test]
fn what_somebody_without_the_right_signed_is_refused() {
    let mut world = World::new(false);
    let genesis = world.entries[0].id();
    let root = world.root.clone();
    let (worker, key, body) = world.seat("registrar");
    let certified = world.say(Author::Root, &root, vec![genesis], body);
    let (intruder, _, body) = world.seat("coordinator");
    let by_registrar = world.say(Author::Seat(worker), &key, vec![certified], body.clone());
    let by_stranger = world.say(Author::Root, &key, vec![genesis], body);
    let roster = Roster::fold(world.realm, &world.entries).unwrap();
    assert!(!roster.seats.contains_key(&intruder));
    assert!(roster.refused.contains(&by_registrar) && roster.refused.contains(&by_stranger));
}

#[test]
fn a_practice_realm_cannot_pass_for_a_real_one() {
    let world = World::new(true);
    let other = World::new(false);
    assert_eq!(Roster::fold(other.realm, &world.entries).err(), Some(RosterError::NoGenesis));
    let mut forged = world.entries[0].clone();
    if let Body::Genesis { practice, .. } = &mut forged.entry.body {
        *practice = false;
    }
    assert!(Roster::fold(world.realm, &[forged]).is_err());
}

#[test]
fn unknown_statements_are_kept_and_an_entry_goes_both_ways() {
    let mut world = World::new(true);
    let genesis = world.entries[0].id();
    let root = world.root.clone();
    let newer = world.say(Author::Root, &root, vec![genesis], Body::Unknown { kind: 77, bytes: vec![1, 2] });
    for entry in &world.entries {
        assert_eq!(SignedEntry::from_bytes(&entry.to_bytes()).as_ref(), Ok(entry));
    }
    assert_eq!(Roster::fold(world.realm, &world.entries).unwrap().heads, vec![newer]);
}

#[test]
fn names_open_with_the_realm_key_and_for_their_seat_alone() {
    let mut random = SystemRandom::default();
    let key = SealKey::make_random(&mut random);
    let (realm, seat) = (RealmId::new([1; 32]), SeatId::new([2; 16]));
    let names = Names { worker: "Leila".into(), device: "Tablet 4".into() };
    let sealed = names.close(&key, realm, seat, &mut random);
    assert_eq!(Names::open(&sealed, &key, realm, seat), Ok(names));
    assert!(Names::open(&sealed, &key, realm, SeatId::new([3; 16])).is_err());
}

#[test]
fn mutated_entries_never_panic() {
    let world = World::new(true);
    let bytes = world.entries[0].to_bytes();
    for at in 0..bytes.len() {
        for flip in [1, 0x40, 0xff] {
            let mut mutated = bytes.clone();
            mutated[at] ^= flip;
            if let Ok(entry) = SignedEntry::from_bytes(&mutated) {
                assert!(Roster::fold(world.realm, &[entry]).is_err());
            }
        }
    }
}

/// A programme with two coordinators, the second certified by the first, and a registrar.
struct Three {
    world: World,
    first: (SeatId, SigningKey),
    second: (SeatId, SigningKey),
    registrar: (SeatId, SigningKey),
    head: EntryId,
}

impl Three {
    fn new() -> Self {
        let mut world = World::new(true);
        let (genesis, root) = (world.entries[0].id(), world.root.clone());
        let (a, a_key, body) = world.seat("coordinator");
        let head = world.say(Author::Root, &root, vec![genesis], body);
        let (b, b_key, body) = world.seat("coordinator");
        let head = world.say(Author::Seat(a), &a_key, vec![head], body);
        let (c, c_key, body) = world.seat("registrar");
        let head = world.say(Author::Seat(a), &a_key, vec![head], body);
        Self { world, first: (a, a_key), second: (b, b_key), registrar: (c, c_key), head }
    }

    fn by(&mut self, who: &(SeatId, SigningKey), deps: Vec<EntryId>, body: Body) -> EntryId {
        self.world.say(Author::Seat(who.0), &who.1, deps, body)
    }

    /// Folds in this order and in its reverse, and checks that they agree.
    fn fold(&self) -> Roster {
        let straight = Roster::fold(self.world.realm, &self.world.entries).unwrap();
        let mut reversed = self.world.entries.clone();
        reversed.reverse();
        let back = Roster::fold(self.world.realm, &reversed).unwrap();
        assert_eq!(
            (&straight.seats, &straight.scopes, &straight.refused),
            (&back.seats, &back.scopes, &back.refused)
        );
        straight
    }
}

fn remove(seat: SeatId, cuts: Vec<Cut>) -> Body {
    Body::Removed(SeatRemoved { seat, reason: "lost".into(), cuts })
}

#[test]
fn a_removal_wins_over_all_that_its_author_had_not_seen() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    // The stolen coordinator's tablet goes on and says that it does not know of its removal.
    let (intruder, _, body) = three.world.seat("case_worker");
    three.by(&second, vec![head], body);
    let removal = three.by(&first, vec![head], remove(second.0, vec![]));
    let (later, _, body) = three.world.seat("case_worker");
    three.by(&second, vec![removal], body);
    let roster = three.fold();
    assert!(roster.seats[&second.0].removed.is_some());
    assert!(!roster.seats.contains_key(&intruder) && !roster.seats.contains_key(&later));
    assert!(roster.seats.contains_key(&three.registrar.0), "what the first said stands");
}

#[test]
fn what_a_removed_coordinator_said_before_stands() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (worker, _, body) = three.world.seat("case_worker");
    let certified = three.by(&second, vec![head], body);
    three.by(&first, vec![certified], remove(second.0, vec![]));
    assert!(three.fold().seats[&worker].removed.is_none());
}

#[test]
fn a_seat_that_only_a_removed_one_vouches_for_says_nothing() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (helper, helper_key, body) = three.world.seat("coordinator");
    let certified = three.by(&second, vec![head], body);
    let (friend, _, body) = three.world.seat("case_worker");
    three.by(&(helper, helper_key), vec![certified], body);
    three.by(&first, vec![head], remove(second.0, vec![]));
    let roster = three.fold();
    assert!(!roster.seats.contains_key(&helper) && !roster.seats.contains_key(&friend));
}

#[test]
fn nobody_whom_only_a_removed_seat_vouches_for_takes_anybody_out() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (helper, helper_key, body) = three.world.seat("coordinator");
    let certified = three.by(&second, vec![head], body);
    let against = three.by(&(helper, helper_key), vec![certified], remove(first.0, vec![]));
    let removal = three.by(&first, vec![head], remove(second.0, vec![]));
    let (worker, _, body) = three.world.seat("case_worker");
    three.by(&first, vec![removal], body);
    let roster = three.fold();
    assert!(roster.seats[&first.0].removed.is_none() && roster.refused.contains(&against));
    assert!(roster.seats.contains_key(&worker), "what the first says goes on counting");
}

#[test]
fn two_who_remove_each_other_are_both_out_and_the_root_key_settles_it() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    three.by(&first, vec![head], remove(second.0, vec![]));
    three.by(&second, vec![head], remove(first.0, vec![]));
    let roster = three.fold();
    assert!(roster.seats[&first.0].removed.is_some() && roster.seats[&second.0].removed.is_some());
    let root = three.world.root.clone();
    three.world.say(Author::Root, &root, vec![head], Body::Voided { seat: second.0 });
    let roster = three.fold();
    assert!(roster.seats[&first.0].removed.is_none() && roster.seats[&second.0].removed.is_some());
}

#[test]
fn rotations_made_apart_are_both_kept_and_writers_agree_on_one() {
    let mut three = Three::new();
    let (first, second, head) = (three.first.clone(), three.second.clone(), three.head);
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, head, &[first.0, second.0]);
    let body = three.world.epoch(scope, &[first.0]);
    let one = three.by(&first, vec![opened], body);
    let body = three.world.epoch(scope, &[second.0]);
    let other = three.by(&second, vec![opened], body);
    let state = three.fold().scopes[&scope].clone();
    assert_eq!(state.epochs.len(), 3);
    assert_eq!(state.current, epoch_id(one).max(epoch_id(other)));
}

#[test]
fn who_may_not_read_any_more_asks_for_a_new_epoch_and_who_may_asks_for_keys() {
    let mut three = Three::new();
    let (first, second, registrar, head) =
        (three.first.clone(), three.second.clone(), three.registrar.clone(), three.head);
    let (scope, opened) = three.world.programme_scope(ScopeKind::Core, head, &[first.0, registrar.0]);
    let roster = three.fold();
    assert!(!roster.wants_new_epoch(&roster.scopes[&scope]));
    assert_eq!(roster.lacking(&roster.scopes[&scope]), [second.0]);
    three.by(&first, vec![opened], remove(registrar.0, vec![]));
    let roster = three.fold();
    assert!(roster.wants_new_epoch(&roster.scopes[&scope]));
}

#[test]
fn a_roster_with_a_gap_waits_and_says_for_what() {
    let three = Three::new();
    let without: Vec<SignedEntry> = three
        .world
        .entries
        .iter()
        .filter(|entry| entry.author() != Author::Root || entry.genesis_key().is_some())
        .cloned()
        .collect();
    let roster = Roster::fold(three.world.realm, &without).unwrap();
    assert!(roster.seats.is_empty());
    assert_eq!((roster.waiting.len(), roster.missing.len()), (2, 1));
}

#[test]
fn every_flipped_bit_of_an_entry_is_refused() {
    let three = Three::new();
    let entry = three.world.entries.last().unwrap().to_bytes();
    let roster = three.fold();
    for bit in 0..entry.len() * 8 {
        let mut flipped = entry.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let Ok(read) = SignedEntry::from_bytes(&flipped) else { continue };
        let key = roster.verify_key(three.first.0).unwrap();
        assert!(read.verified_by(&key).is_err(), "bit {bit}");
    }
}
