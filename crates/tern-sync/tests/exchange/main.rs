//! Two holders come together, whatever lies between them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod blobs;
mod convergence;
mod files;
mod golden;
mod hostile;
mod last_work;
mod newer;
mod parted;
mod strangers;
mod support;

use support::{Held, World};
use tern_record::LogId;
use tern_seal::SigningKey;
use tern_seal::limits::WRAP;
use tern_seal::roster::EpochWrap;
use tern_sync::exchange::{Asker, Exchange, ExchangeError, Next, Outcome, Peer};
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
