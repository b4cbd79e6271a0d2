//! Blobs: which come when, and which do not come at all.

use tern_record::{BlobId, ScopeId};
use tern_sync::answer;
use tern_sync::exchange::{Asker, Exchange, Next, Peer};
use tern_sync::memory::Memory;
use tern_testkit::Seeded;

use crate::support::World;
use crate::{LOG, exchange, hub_key, with_hub};

#[test]
fn blobs_come_after_the_records_and_go_on_where_they_stopped() {
    let mut world = World::of(2, 11);
    let (mut one, mut two, mut hub) = (world.shelf(Some(0)), world.shelf(Some(1)), world.shelf(None));
    world.write(0, LOG, &mut one, 50);
    let scope = world.scope;
    let small = one.attach(scope, vec![1; 3_000]);
    let large = one.attach(scope, (0..3_000_000_u32).map(|n| n as u8).collect());
    let (mut first, mut second) = (Memory::default(), Memory::default());
    let up = with_hub(&world, 0, &mut one, &mut hub, &mut first);
    assert!(up.is_equal && hub.blobs.len() == 2);
    assert_eq!(up.tally.blobs_sent.bytes, 3_003_000);
    assert!(up.tally.overhead < 4_000, "{:?}", up.tally);
    two.wanted = vec![small, large];
    two.parts.insert(large, hub.blobs[&large].1[..2_900_000].to_vec());
    let down = with_hub(&world, 1, &mut two, &mut hub, &mut second);
    assert_eq!(two.blobs.len(), 2);
    assert_eq!(down.tally.blobs_received.bytes, 103_000);
    let again = with_hub(&world, 0, &mut one, &mut hub, &mut first);
    assert_eq!((again.tally.round_trips, again.tally.blobs_sent.bytes), (1, 0));
}

/// Of a text that comes after its record, a device that is lost in between takes the words with it.
#[test]
fn words_go_with_the_record_that_speaks_of_them_and_are_known_to_lie_there() {
    let mut world = World::of(1, 17);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    let mut memory = Memory::default();
    world.write(0, LOG, &mut one, 50);
    with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    world.write(0, LOG, &mut one, 50);
    let text = one.attach(world.scope, vec![1; 3_000]);
    let photo = one.attach(world.scope, vec![2; 300_000]);
    let asker = Asker { seat: world.members[0].seat, key: world.members[0].key.clone() };
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let mut begun = Exchange::begin(asker, peer, memory);
    let request = begun.ask(&one, &mut Seeded::new(3)).unwrap();
    let reply = answer(&mut hub, &hub_key(), &request).unwrap().body;
    assert!(hub.ids() == one.ids() && hub.blobs.contains_key(&text) && !hub.blobs.contains_key(&photo));
    assert_eq!(begun.hear(&mut one, &reply).unwrap(), Next::Ask, "the photo follows");
    let there: Vec<_> = one.lies_with.iter().map(|(id, _)| *id).collect();
    assert!(begun.outcome().is_equal && there == [text], "{there:?}");
}

#[test]
fn a_blob_that_is_nowhere_is_asked_for_once_and_keeps_no_other_from_coming() {
    let mut world = World::of(2, 16);
    let (mut one, mut two, mut hub) = (world.shelf(Some(0)), world.shelf(Some(1)), world.shelf(None));
    world.write(0, LOG, &mut one, 50);
    let large = one.attach(world.scope, (0..3_000_000_u32).map(|n| n as u8).collect());
    let (mut first, mut second) = (Memory::default(), Memory::default());
    with_hub(&world, 0, &mut one, &mut hub, &mut first);
    with_hub(&world, 1, &mut two, &mut hub, &mut second);
    let nowhere = (0..5).map(|byte| BlobId::new([byte; 32]));
    two.wanted = nowhere.clone().chain([large]).collect();
    with_hub(&world, 1, &mut two, &mut hub, &mut second);
    assert!(two.blobs.contains_key(&large));
    two.wanted = nowhere.collect();
    let again = with_hub(&world, 1, &mut two, &mut hub, &mut second);
    assert_eq!((again.is_equal, again.tally.round_trips), (true, 2));
}

#[test]
fn blobs_come_although_one_of_the_two_has_no_room_for_what_the_other_heard() {
    let mut world = World::of(2, 13);
    let (mut two, mut hub) = (world.shelf(Some(1)), world.shelf(None));
    world.join();
    let mut one = world.shelf(Some(0));
    world.write(0, LOG, &mut one, 50);
    let photo = one.attach(world.scope, vec![1; 3_000]);
    hub.is_full = true;
    let mut memory = Memory::default();
    assert!(!with_hub(&world, 0, &mut one, &mut hub, &mut memory).is_equal);
    assert!(hub.ids() == one.ids() && hub.blobs.contains_key(&photo));
    two.wanted = vec![photo];
    assert!(with_hub(&world, 1, &mut two, &mut hub, &mut Memory::default()).is_equal);
    assert!(two.blobs.contains_key(&photo));
}

#[test]
fn what_was_kept_aside_when_a_blob_was_offered_brings_it_once_somebody_took_it() {
    let mut world = World::of(2, 15);
    let (mut one, mut two) = (world.shelf(Some(0)), world.shelf(Some(1)));
    world.write(0, LOG, &mut one, 50);
    let text = one.attach(world.scope, vec![1; 3_000]);
    let key = world.members[1].key.clone();
    let peer = Peer { key: key.public().unwrap(), seat: Some(world.members[1].seat) };
    let mut memory = Memory::default();
    assert!(exchange(&world, 0, &mut one, (&mut two, &key, peer), &mut memory).unwrap().is_equal);
    assert!(two.blobs.is_empty() && one.lies_with.is_empty(), "it does not lie there");
    two.wanted = vec![text];
    assert!(exchange(&world, 0, &mut one, (&mut two, &key, peer), &mut memory).unwrap().is_equal);
    assert!(two.blobs.contains_key(&text));
    // What nobody here has is asked for in vain, and ends.
    two.wanted = vec![BlobId::new([3; 32])];
    let outcome = exchange(&world, 0, &mut one, (&mut two, &key, peer), &mut memory).unwrap();
    assert_eq!((outcome.is_equal, outcome.tally.round_trips), (true, 1));
}

#[test]
fn a_blob_is_not_named_to_a_device_that_does_not_read_its_scope() {
    let mut world = World::of(2, 14);
    let (mut one, mut two) = (world.shelf(Some(0)), world.shelf(Some(1)));
    world.write(0, LOG, &mut one, 50);
    one.attach(ScopeId::new([5; 16]), vec![1; 3_000]);
    let key = world.members[1].key.clone();
    let peer = Peer { key: key.public().unwrap(), seat: Some(world.members[1].seat) };
    let before = {
        let (mut one, mut two) = (one.clone(), two.clone());
        one.blobs.clear();
        one.wanted.clear();
        exchange(&world, 0, &mut one, (&mut two, &key, peer), &mut Memory::default()).unwrap()
    };
    let outcome = exchange(&world, 0, &mut one, (&mut two, &key, peer), &mut Memory::default()).unwrap();
    assert_eq!(outcome.tally, before.tally);
}

#[test]
fn a_blob_that_is_not_what_it_is_named_by_is_not_taken() {
    let mut world = World::of(1, 12);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    world.write(0, LOG, &mut one, 50);
    let id = one.attach(world.scope, vec![1; 3_000]);
    one.blobs.get_mut(&id).unwrap().1[0] = 9;
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut Memory::default());
    assert!(outcome.is_equal && hub.blobs.is_empty());
    let (blob, _) = one.blobs[&id];
    hub.blobs.insert(id, (blob, vec![9; 3_000]));
    one.blobs.clear();
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut Memory::default());
    assert!(outcome.is_equal && one.blobs.is_empty() && outcome.tally.round_trips < 8);
}
