//! What others bring is sifted before it is kept.

use super::*;
use crate::limits::{MAX_KEPT_IDLE, MAX_KEPT_QUIET, MAX_WRAPS, WRAP};

/// A programme of one coordinator: genesis, certificate.
fn small() -> (World, SeatId, SigningKey, EntryId) {
    let mut world = World::new(true);
    let (genesis, root) = (world.entries[0].id(), world.root.clone());
    let (seat, key, body) = world.seat("coordinator");
    let certified = world.say(Author::Root, &root, vec![genesis], body);
    (world, seat, key, certified)
}

#[test]
fn what_is_new_is_kept_in_the_order_in_which_it_came() {
    let (mut world, first, key, certified) = small();
    let have = world.entries.clone();
    let (second, _, body) = world.seat("registrar");
    let later = world.say(Author::Seat(first), &key, vec![certified], body);
    let sifted = sift(world.realm, have, world.entries.clone()).unwrap();
    let new: Vec<EntryId> = sifted.new.iter().map(SignedEntry::id).collect();
    assert_eq!((new, sifted.left_out), (vec![later], 0));
    assert!(sifted.roster.seats.contains_key(&second));
}

#[test]
fn what_nobody_might_say_is_left_out_with_all_that_builds_on_it() {
    let (mut world, first, key, certified) = small();
    let have = world.entries.clone();
    let stranger = SigningKey::make_random(&mut world.random);
    let (intruder, intruder_key, body) = world.seat("coordinator");
    let false_word = world.say(Author::Seat(first), &stranger, vec![certified], body);
    let (_, _, body) = world.seat("registrar");
    world.say(Author::Seat(intruder), &intruder_key, vec![false_word], body);
    let (honest, _, body) = world.seat("registrar");
    let good = world.say(Author::Seat(first), &key, vec![certified], body);
    let sifted = sift(world.realm, have, world.entries.clone()).unwrap();
    let new: Vec<EntryId> = sifted.new.iter().map(SignedEntry::id).collect();
    assert_eq!((new, sifted.left_out), (vec![good], 2));
    assert!(sifted.roster.seats.contains_key(&honest) && !sifted.roster.seats.contains_key(&intruder));
    assert_eq!(sifted.roster.heads, vec![good]);
}

#[test]
fn a_gap_another_realm_and_no_genesis_refuse_the_whole() {
    let (mut world, first, key, certified) = small();
    let have = world.entries.clone();
    let (_, _, body) = world.seat("registrar");
    let between = world.say(Author::Seat(first), &key, vec![certified], body);
    let (_, _, body) = world.seat("registrar");
    world.say(Author::Seat(first), &key, vec![between], body);
    let last = world.entries.last().unwrap().clone();
    let refused = |have: &[SignedEntry], brought: Vec<SignedEntry>| {
        sift(world.realm, have.to_vec(), brought).map(|sifted| sifted.new.len()).err()
    };
    assert_eq!(refused(&have, vec![last]), Some(SiftError::Gap));
    assert_eq!(refused(&[], world.entries[1..].to_vec()), Some(SiftError::NoGenesis));
    assert_eq!(refused(&have, small().0.entries), Some(SiftError::OtherRealm));
}

#[test]
fn who_says_a_thousand_things_that_do_not_count_fills_no_disk() {
    let (mut world, first, key, certified) = small();
    let (second, second_key, body) = world.seat("coordinator");
    let admitted = world.say(Author::Seat(first), &key, vec![certified], body);
    let removed = SeatRemoved { seat: second, reason: "lost".into(), cuts: vec![] };
    world.say(Author::Seat(first), &key, vec![admitted], Body::Removed(removed));
    let have = world.entries.clone();
    // The removed seat goes on talking as if it had not heard.
    for bytes in 0..=MAX_KEPT_IDLE as u32 {
        let body = Body::Unknown { kind: 77, bytes: bytes.to_be_bytes().to_vec() };
        world.say(Author::Seat(second), &second_key, vec![admitted], body);
    }
    let sifted = sift(world.realm, have, world.entries.clone()).unwrap();
    assert_eq!((sifted.new.len(), sifted.left_out), (0, MAX_KEPT_IDLE + 1));
}

#[test]
fn a_member_who_says_without_end_is_heard_so_far() {
    let (mut world, first, key, certified) = small();
    let have = world.entries.clone();
    let mut last = certified;
    for number in 0..MAX_KEPT_QUIET as u32 + 7 {
        let body = Body::Unknown { kind: 77, bytes: number.to_be_bytes().to_vec() };
        last = world.say(Author::Seat(first), &key, vec![last], body);
    }
    let sifted = sift(world.realm, have, world.entries.clone()).unwrap();
    assert_eq!((sifted.new.len(), sifted.left_out), (MAX_KEPT_QUIET, 7));
    assert_eq!(sifted.roster.heads, vec![sifted.new.last().unwrap().id()]);
}

#[test]
fn of_wraps_a_few_are_kept_for_seats_that_an_epoch_names() {
    let (mut world, first, _, certified) = small();
    let (_, opened) = world.programme_scope(ScopeKind::Core, certified, &[first]);
    let roster = Roster::fold(world.realm, &world.entries).unwrap();
    let wrap = |epoch, seat, byte| EpochWrap { epoch, seat, bytes: vec![byte; WRAP] };
    let mut brought: Vec<EpochWrap> = (0..9).map(|byte| wrap(epoch_id(opened), first, byte)).collect();
    brought.push(wrap([9; 16], first, 0));
    brought.push(wrap(epoch_id(opened), SeatId::new([9; 16]), 0));
    let kept = wanted(&roster, brought);
    assert!(kept.len() == MAX_WRAPS && kept.iter().all(|wrap| wrap.seat == first));
}
