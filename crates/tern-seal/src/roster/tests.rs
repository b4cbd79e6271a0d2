use tern_record::port::Random;
use tern_record::{DeviceId, ScopeId, WorkerId};

use super::*;
use crate::SystemRandom;
use crate::epoch::commitment;
use crate::key::{SealKey, WrapSecret};

struct World {
    random: SystemRandom,
    root: SigningKey,
    realm: RealmId,
    entries: Vec<SignedEntry>,
}

impl World {
    fn new(practice: bool) -> Self {
        let mut random = SystemRandom::default();
        let root = SigningKey::make_random(&mut random);
        let mut nonce = [0; 32];
        random.fill(&mut nonce);
        let public = root.public().unwrap();
        let realm = realm_id(practice, &public, &nonce);
        let body = Body::Genesis { practice, root: public, nonce };
        let genesis = Entry { realm, deps: vec![], author: Author::Root, body }.sign(&root).unwrap();
        Self { random, root, realm, entries: vec![genesis] }
    }

    fn say(&mut self, author: Author, key: &SigningKey, deps: Vec<EntryId>, body: Body) -> EntryId {
        let entry = Entry { realm: self.realm, deps, author, body }.sign(key).unwrap();
        let id = entry.id();
        self.entries.push(entry);
        id
    }

    fn seat(&mut self, role: &str) -> (SeatId, SigningKey, Body) {
        let key = SigningKey::make_random(&mut self.random);
        let seat = SeatId::make_random(&mut self.random);
        let body = Body::Seat(SeatCertified {
            seat,
            worker: WorkerId::make_random(&mut self.random),
            device: DeviceId::make_random(&mut self.random),
            verify: key.public().unwrap(),
            wrap: WrapSecret::make_random(&mut self.random).public().unwrap(),
            roles: vec![role.into()],
            names: vec![],
        });
        (seat, key, body)
    }

    fn scope(&mut self, scope: ScopeId) -> Body {
        let key = SealKey::make_random(&mut self.random);
        Body::Scope(ScopeOpened {
            scope,
            kind: ScopeKind::Core,
            site: None,
            commitment: commitment(&key, scope),
            intake: None,
            name: vec![],
            wraps: vec![],
        })
    }
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
    let scope = ScopeId::new([9; 16]);
    let body = world.scope(scope);
    let opened = world.say(Author::Seat(first), &first_key, vec![certified], body);
    let body = world.scope(scope);
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
    assert_eq!(straight.scopes[&scope].current, crate::epoch::epoch_id(rotated));
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
