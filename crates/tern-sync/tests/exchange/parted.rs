//! Two that heard different things of who belongs, and a line that breaks while they find out.

use tern_record::LogId;
use tern_seal::roster::Carried;
use tern_sync::answer;
use tern_sync::exchange::{Asker, Exchange, Peer};
use tern_sync::memory::Memory;
use tern_sync::shelf::Shelf;
use tern_testkit::Seeded;

use crate::support::{Held, World};
use crate::{hub_key, with_hub};

/// One request and its reply; then the line breaks.
fn broken(world: &World, one: &mut Held, hub: &mut Held, memory: &mut Memory) {
    let me = &world.members[0];
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let mut exchange = Exchange::begin(Asker { seat: me.seat, key: me.key.clone() }, peer, memory.clone());
    let request = exchange.ask(one, &mut Seeded::new(7)).unwrap();
    exchange.hear(one, &answer(hub, &hub_key(), &request).unwrap().body).unwrap();
    *memory = exchange.memory().clone();
}

#[test]
fn a_removal_that_was_only_named_before_the_line_broke_is_heard_afterwards() {
    let (mut world, mut elsewhere) = (World::of(2, 31), World::of(2, 31));
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    world.write(0, LogId::new([9; 16]), &mut one, 50);
    let mut memory = Memory::default();
    broken(&world, &mut one, &mut hub, &mut memory);
    // Each hears something that the other does not.
    elsewhere.remove(1);
    hub.take_roster(Carried { entries: elsewhere.entries, wraps: vec![] }).unwrap();
    world.join();
    one.take_roster(Carried { entries: world.entries.clone(), wraps: vec![] }).unwrap();
    broken(&world, &mut one, &mut hub, &mut memory);
    assert!(with_hub(&world, 0, &mut one, &mut hub, &mut memory).is_equal);
    assert!(one.roster().seats[&world.members[1].seat].removed.is_some());
    assert_eq!(one.entries.len(), hub.entries.len());
}
