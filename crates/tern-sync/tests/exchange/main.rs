//! Two holders come together, whatever lies between them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod convergence;
mod files;
mod golden;
mod hostile;
mod last_work;
mod newer;
mod parted;
mod support;

use support::{Held, World};
use tern_record::LogId;
use tern_record::cbor::Canonical;
use tern_seal::SigningKey;
use tern_seal::limits::WRAP;
use tern_seal::roster::EpochWrap;
use tern_sync::exchange::{Asker, Exchange, ExchangeError, Next, Outcome, Peer};
use tern_sync::frame::{Frame, Hello};
use tern_sync::memory::Memory;
use tern_sync::shelf::Shelf;
use tern_sync::{answer, limits};
use tern_testkit::Seeded;

const LOG: LogId = LogId::new([9; 16]);

fn hub_key() -> SigningKey {
    SigningKey::from_seed(&[42; 32])
}

/// An exchange with a hub, to its end.
fn with_hub(world: &World, member: usize, one: &mut Held, hub: &mut Held, memory: &mut Memory) -> Outcome {
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    exchange(world, member, one, (hub, &hub_key(), peer), memory).unwrap()
}

fn exchange(
    world: &World,
    member: usize,
    one: &mut Held,
    (other, key, peer): (&mut Held, &SigningKey, Peer),
    memory: &mut Memory,
) -> Result<Outcome, String> {
    let me = &world.members[member];
    let mut exchange = Exchange::begin(Asker { seat: me.seat, key: me.key.clone() }, peer, memory.clone());
    let mut random = Seeded::new(7);
    for _ in 0..100 {
        let request = exchange.ask(one, &mut random).unwrap();
        let reply = answer(other, key, &request).unwrap();
        match exchange.hear(one, &reply.body) {
            Ok(Next::Ask) => {}
            Ok(Next::Done) => {
                *memory = exchange.memory().clone();
                return Ok(exchange.outcome().clone());
            }
            Err(ExchangeError::Refused(code)) => return Err(code),
            Err(error) => panic!("{error:?}"),
        }
    }
    panic!("an exchange without end");
}

#[test]
fn equal_holders_say_so_in_one_short_round_trip() {
    let mut world = World::of(3, 1);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    let mut memory = Memory::default();
    for _ in 0..5 {
        world.write(0, LOG, &mut one, 50);
    }
    assert!(with_hub(&world, 0, &mut one, &mut hub, &mut memory).is_equal);
    let again = with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    assert!(again.is_equal);
    assert_eq!(again.tally.round_trips, 1);
    assert!(again.tally.overhead < 250, "{} bytes", again.tally.overhead);
}

#[test]
fn a_device_that_answers_hears_in_the_end_that_both_hold_the_same() {
    let mut world = World::of(2, 3);
    let (mut one, mut two) = (world.shelf(Some(0)), world.shelf(Some(1)));
    world.write(0, LOG, &mut one, 50);
    world.write(1, LogId::new([8; 16]), &mut two, 50);
    let (me, them) = (&world.members[0], &world.members[1]);
    let peer = Peer { key: them.key.public().unwrap(), seat: Some(them.seat) };
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let mut exchange = Exchange::begin(asker, peer, Memory::default());
    let (mut random, mut heard) = (Seeded::new(7), Vec::new());
    loop {
        let request = exchange.ask(&one, &mut random).unwrap();
        let reply = answer(&mut two, &them.key, &request).unwrap();
        heard.push(reply.holds);
        if exchange.hear(&mut one, &reply.body).unwrap() == Next::Done {
            break;
        }
    }
    assert_eq!(one.ids(), two.ids());
    let last = heard.pop().unwrap();
    assert_eq!(last.as_ref(), Some(exchange.memory()), "what was signed for is what is held");
    assert!(heard.iter().all(Option::is_none), "nothing counts before it is there");
}

#[test]
fn a_peer_that_never_has_enough_keeps_nobody_asking() {
    let mut world = World::of(2, 13);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    let mut memory = Memory::default();
    world.write(0, LOG, &mut one, 50);
    let (epoch, seat) = ([1; 16], world.members[1].seat);
    one.wraps = vec![EpochWrap { epoch, seat, bytes: vec![1; WRAP] }];
    hub.lacks = vec![(epoch, seat)];
    hub.forgets = true;
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    assert!(!outcome.is_equal && outcome.tally.round_trips < 8, "{outcome:?}");
    // Another time it has room again.
    hub.forgets = false;
    assert!(with_hub(&world, 0, &mut one, &mut hub, &mut memory).is_equal);
    assert!(hub.lacks.is_empty());
}

#[test]
fn what_is_new_on_either_side_takes_one_round_trip() {
    let mut world = World::of(2, 2);
    let (mut one, mut two, mut hub) = (world.shelf(Some(0)), world.shelf(Some(1)), world.shelf(None));
    let (mut first, mut second) = (Memory::default(), Memory::default());
    world.write(0, LOG, &mut one, 50);
    with_hub(&world, 0, &mut one, &mut hub, &mut first);
    with_hub(&world, 1, &mut two, &mut hub, &mut second);
    assert_eq!(one.ids(), two.ids());
    // Up, down, and both at once.
    world.write(0, LOG, &mut one, 50);
    let up = with_hub(&world, 0, &mut one, &mut hub, &mut first);
    assert_eq!((up.tally.round_trips, up.tally.sent.envelopes, up.is_equal), (1, 1, true));
    let down = with_hub(&world, 1, &mut two, &mut hub, &mut second);
    assert_eq!((down.tally.round_trips, down.tally.received.envelopes, down.is_equal), (1, 1, true));
    world.write(1, LogId::new([8; 16]), &mut two, 50);
    with_hub(&world, 1, &mut two, &mut hub, &mut second);
    world.write(0, LOG, &mut one, 50);
    let both = with_hub(&world, 0, &mut one, &mut hub, &mut first);
    assert_eq!((both.tally.round_trips, both.is_equal), (1, true));
    assert_eq!(one.ids(), hub.ids());
}

#[test]
fn a_reply_that_does_not_fit_goes_on() {
    let mut world = World::of(2, 3);
    let (mut one, mut two, mut hub) = (world.shelf(Some(0)), world.shelf(Some(1)), world.shelf(None));
    for _ in 0..240 {
        world.write(0, LOG, &mut one, 15_000);
    }
    let there = with_hub(&world, 0, &mut one, &mut hub, &mut Memory::default());
    assert!(there.is_equal && there.tally.round_trips > 2, "{there:?}");
    let back = with_hub(&world, 1, &mut two, &mut hub, &mut Memory::default());
    assert!(back.is_equal && back.tally.round_trips > 2);
    let needed = back.tally.received.bytes / limits::ROOM as u64 + 2;
    assert!(u64::from(back.tally.round_trips) <= needed, "{back:?}");
    assert_eq!(two.ids(), one.ids());
}

#[test]
fn a_hub_from_an_old_backup_gets_everything_again_and_is_told_of() {
    let mut world = World::of(1, 4);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    let mut memory = Memory::default();
    world.write(0, LOG, &mut one, 50);
    with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    let old = hub.clone();
    for _ in 0..3 {
        world.write(0, LOG, &mut one, 50);
        with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    }
    let mut hub = old;
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    assert!(outcome.is_equal && outcome.was_rolled_back);
    assert_eq!(hub.ids(), one.ids());
}

#[test]
fn both_branches_of_a_forked_log_travel_and_no_more() {
    let mut world = World::of(2, 5);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    let mut memory = Memory::default();
    for _ in 0..40 {
        world.write(0, LOG, &mut one, 50);
    }
    with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    let mut copy = one.clone();
    let mut of_copy = memory.clone();
    for _ in 0..3 {
        world.write(0, LOG, &mut one, 50);
        world.write(0, LOG, &mut copy, 50);
    }
    assert!(with_hub(&world, 0, &mut one, &mut hub, &mut memory).is_equal);
    let forked = with_hub(&world, 0, &mut copy, &mut hub, &mut of_copy);
    assert!(forked.is_equal);
    assert!(forked.tally.sent.envelopes <= 6 && forked.tally.received.envelopes <= 6, "{forked:?}");
    assert!(hub.logs[&LOG].is_forked());
    assert!(with_hub(&world, 0, &mut one, &mut hub, &mut memory).is_equal);
    assert_eq!((one.ids(), copy.ids()), (hub.ids(), hub.ids()));
    // Met by strangers, who remember nothing of each other.
    let mut stranger = world.shelf(Some(1));
    assert!(with_hub(&world, 1, &mut stranger, &mut hub, &mut Memory::default()).is_equal);
    assert_eq!(stranger.ids(), hub.ids());
}

#[test]
fn a_gap_is_filled_without_sending_the_rest_again() {
    let mut world = World::of(1, 6);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    let mut memory = Memory::default();
    let mut ids = Vec::new();
    for _ in 0..20 {
        ids.push(world.write(0, LOG, &mut one, 50));
    }
    with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    hub.lose(ids[7]);
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    assert!(outcome.is_equal);
    assert_eq!(outcome.tally.sent.envelopes, 1);
    one.lose(ids[12]);
    one.lose(ids[3]);
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut memory);
    assert!(outcome.is_equal);
    assert_eq!(outcome.tally.received.envelopes, 2);
}

#[test]
fn two_devices_exchange_as_with_a_hub() {
    let mut world = World::of(2, 7);
    let (mut one, mut two) = (world.shelf(Some(0)), world.shelf(Some(1)));
    world.write(0, LOG, &mut one, 50);
    world.write(1, LogId::new([8; 16]), &mut two, 50);
    let other = &world.members[1];
    let peer = Peer { key: other.key.public().unwrap(), seat: Some(other.seat) };
    let outcome =
        exchange(&world, 0, &mut one, (&mut two, &other.key, peer), &mut Memory::default()).unwrap();
    assert!(outcome.is_equal);
    assert_eq!((one.ids().len(), one.ids()), (2, two.ids()));
}

#[test]
fn who_came_since_brings_the_roster_and_who_went_hears_of_it() {
    let mut world = World::of(2, 8);
    let (mut hub, mut gone) = (world.shelf(None), world.shelf(Some(1)));
    world.join();
    let mut new = world.shelf(Some(2));
    world.write(2, LOG, &mut new, 50);
    let outcome = with_hub(&world, 2, &mut new, &mut hub, &mut Memory::default());
    assert!(outcome.is_equal);
    assert_eq!(hub.entries.len(), new.entries.len());
    world.remove(1);
    let mut first = world.shelf(Some(0));
    assert!(with_hub(&world, 0, &mut first, &mut hub, &mut Memory::default()).is_equal);
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let refused = exchange(&world, 1, &mut gone, (&mut hub, &hub_key(), peer), &mut Memory::default());
    assert_eq!(refused.unwrap_err(), "seat-removed");
    assert!(gone.roster().seats[&world.members[1].seat].removed.is_some(), "it heard so");
    assert!(gone.ids().is_empty(), "and got nothing");
}

#[test]
fn nobody_answers_for_another_and_nobody_asks_for_another() {
    let mut world = World::of(2, 9);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    world.write(0, LOG, &mut one, 50);
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let mut random = Seeded::new(1);
    // A false hub.
    let asker = || Asker { seat: world.members[0].seat, key: world.members[0].key.clone() };
    let mut begun = Exchange::begin(asker(), peer, Memory::default());
    let request = begun.ask(&one, &mut random).unwrap();
    let false_reply = answer(&mut hub.clone(), &SigningKey::from_seed(&[1; 32]), &request).unwrap();
    assert!(matches!(begun.hear(&mut one, &false_reply.body), Err(ExchangeError::Signature)));
    // A reply to another request.
    let mut begun = Exchange::begin(asker(), peer, Memory::default());
    let first = begun.ask(&one, &mut random).unwrap();
    let old = answer(&mut hub, &hub_key(), &first).unwrap();
    begun.ask(&one, &mut random).unwrap();
    assert!(matches!(begun.hear(&mut one, &old.body), Err(ExchangeError::Signature)));
    // Somebody in another's name.
    let thief = Asker { seat: world.members[0].seat, key: world.members[1].key.clone() };
    let mut begun = Exchange::begin(thief, peer, Memory::default());
    let request = begun.ask(&one, &mut random).unwrap();
    let reply = answer(&mut hub, &hub_key(), &request).unwrap();
    assert!(
        matches!(begun.hear(&mut one, &reply.body), Err(ExchangeError::Refused(code)) if code == "sync-signature")
    );
}

#[test]
fn what_is_refused_is_offered_once_and_keeps_nothing_else_back() {
    let mut world = World::of(2, 14);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    hub.refuses = Some(world.members[0].seat);
    for _ in 0..100 {
        world.write(0, LOG, &mut one, 15_000);
    }
    // More than fits beside what is refused, and after it.
    for _ in 0..150 {
        world.write(1, LogId::new([8; 16]), &mut one, 15_000);
    }
    let photo = one.attach(world.scope, vec![1; 3_000]);
    let outcome = with_hub(&world, 0, &mut one, &mut hub, &mut Memory::default());
    assert_eq!((outcome.is_equal, hub.ids().len(), outcome.not_taken.len()), (false, 150, 100));
    assert_eq!(outcome.tally.sent.envelopes, 250, "each went once");
    assert!(hub.blobs.contains_key(&photo));
    // The other way round.
    let mut two = world.shelf(Some(1));
    two.refuses = hub.refuses.take();
    two.wanted.push(photo);
    with_hub(&world, 0, &mut one, &mut hub, &mut Memory::default());
    let outcome = with_hub(&world, 1, &mut two, &mut hub, &mut Memory::default());
    assert_eq!((outcome.is_equal, two.ids().len(), outcome.refused_here.len()), (false, 150, 100));
    assert!(two.blobs.contains_key(&photo));
}

#[test]
fn what_came_is_not_sent_back() {
    let mut world = World::of(3, 14);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    for log in 0..3 {
        for _ in 0..40 {
            world.write(1, LogId::new([log; 16]), &mut hub, 2_000);
        }
    }
    world.write(0, LOG, &mut one, 50);
    let me = &world.members[0];
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let mut exchange = Exchange::begin(asker, peer, Memory::default()).with_room(40_000);
    let mut random = Seeded::new(7);
    loop {
        let request = exchange.ask(&one, &mut random).unwrap();
        let reply = answer(&mut hub, &hub_key(), &request).unwrap();
        if exchange.hear(&mut one, &reply.body).unwrap() == Next::Done {
            break;
        }
    }
    let outcome = exchange.outcome();
    assert!(outcome.is_equal && outcome.tally.round_trips > 3, "{outcome:?}");
    assert_eq!((outcome.tally.sent.envelopes, outcome.tally.received.envelopes), (1, 120));
}

#[test]
fn who_is_not_known_puts_no_key_in_the_place_of_another() {
    let world = World::of(1, 13);
    let (mut hub, seat) = (world.shelf(None), world.members[0].seat);
    let hello = Hello { version: limits::VERSION, seat, nonce: [1; 8], digest: [0; 32], room: 100_000 };
    let wrap = EpochWrap { epoch: [1; 16], seat, bytes: vec![0; WRAP] };
    let frames = [Frame::Hello(hello), Frame::Wraps(vec![wrap]), Frame::Signed([0; 64])];
    let request: Vec<u8> = frames.iter().flat_map(Canonical::to_bytes).collect();
    assert!(answer(&mut hub, &hub_key(), &request).unwrap().seat.is_none());
    assert!(hub.wraps.is_empty());
}

#[test]
fn any_bytes_get_an_answer_and_no_flipped_bit_is_heard() {
    let mut world = World::of(1, 10);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    world.write(0, LOG, &mut one, 50);
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let begin = |one: &Held| {
        let asker = Asker { seat: world.members[0].seat, key: world.members[0].key.clone() };
        let mut begun = Exchange::begin(asker, peer, Memory::default());
        let request = begun.ask(one, &mut Seeded::new(3)).unwrap();
        (request, ())
    };
    let (request, ()) = begin(&one);
    for at in 0..request.len() {
        for bit in 0..8 {
            let mut bad = request.clone();
            bad[at] ^= 1 << bit;
            let reply = answer(&mut hub, &hub_key(), &bad).unwrap();
            assert!(reply.seat.is_none() && hub.ids().is_empty(), "byte {at}, bit {bit}");
        }
        answer(&mut hub, &hub_key(), &request[..at]).unwrap();
    }
    let reply = answer(&mut hub, &hub_key(), &request).unwrap().body;
    for at in 0..reply.len() {
        let mut bad = reply.clone();
        bad[at] ^= 1 << (at % 8);
        let asker = Asker { seat: world.members[0].seat, key: world.members[0].key.clone() };
        let mut begun = Exchange::begin(asker, peer, Memory::default());
        begun.ask(&one, &mut Seeded::new(3)).unwrap();
        assert!(begun.hear(&mut one.clone(), &bad).is_err(), "byte {at}");
    }
}

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
    let nowhere = (0..5).map(|byte| tern_record::BlobId::new([byte; 32]));
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
    two.wanted = vec![tern_record::BlobId::new([3; 32])];
    let outcome = exchange(&world, 0, &mut one, (&mut two, &key, peer), &mut memory).unwrap();
    assert_eq!((outcome.is_equal, outcome.tally.round_trips), (true, 1));
}

#[test]
fn a_blob_is_not_named_to_a_device_that_does_not_read_its_scope() {
    let mut world = World::of(2, 14);
    let (mut one, mut two) = (world.shelf(Some(0)), world.shelf(Some(1)));
    world.write(0, LOG, &mut one, 50);
    one.attach(tern_record::ScopeId::new([5; 16]), vec![1; 3_000]);
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
