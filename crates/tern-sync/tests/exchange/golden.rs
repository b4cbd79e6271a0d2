//! The bytes of an exchange and of a file, made from seeds: what every later version reads.

use std::collections::BTreeSet;

use tern_record::LogId;
use tern_sync::answer;
use tern_sync::exchange::{Asker, Exchange, Next, Peer};
use tern_sync::file::{Parcel, Writing};
use tern_sync::memory::Memory;
use tern_sync::party::Party;
use tern_testkit::{Seeded, golden, hex};

use crate::hub_key;
use crate::support::{Held, World};

/// A device that has work and a photo for a hub, which has work of another for it.
fn apart() -> (World, Held, Held) {
    let mut world = World::of(2, 5);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    for _ in 0..2 {
        world.write(0, LogId::new([8; 16]), &mut one, 20);
    }
    world.write(1, LogId::new([9; 16]), &mut hub, 20);
    one.attach(world.scope, b"a sealed photo".to_vec());
    (world, one, hub)
}

#[test]
fn an_exchange_with_a_hub() {
    let (world, mut one, mut hub) = apart();
    let me = &world.members[0];
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let mut exchange = Exchange::begin(asker, peer, Memory::default());
    let mut random = Seeded::new(7);
    let (mut requests, mut replies) = (Vec::new(), Vec::new());
    loop {
        let request = exchange.ask(&one, &mut random).unwrap();
        let reply = answer(&mut hub, &hub_key(), &request).unwrap().body;
        let next = exchange.hear(&mut one, &reply).unwrap();
        requests.push(hex(&request));
        replies.push(hex(&reply));
        if next == Next::Done {
            break;
        }
    }
    assert!(exchange.outcome().is_equal && one.ids() == hub.ids() && hub.blobs.len() == 1);
    golden(
        "sync",
        &[
            ("realm", world.realm.to_hex()),
            ("seat", me.seat.to_hex()),
            ("key", hex(me.key.public().unwrap().as_bytes())),
            ("hub", hex(hub_key().public().unwrap().as_bytes())),
            ("requests", requests.join(" ")),
            ("replies", replies.join(" ")),
        ],
    );
}

#[test]
fn a_file_of_work() {
    let (world, one, _) = apart();
    let me = &world.members[0];
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let parcel =
        Parcel { to: Party::Carrier, known: Memory::default(), has: BTreeSet::new(), is_receipt: false };
    let mut writing = Writing::begin(&one, asker, &parcel, Vec::new()).unwrap();
    while writing.step(&one).unwrap() {}
    let file = writing.end::<std::convert::Infallible>().unwrap().0;
    golden(
        "file",
        &[
            ("realm", world.realm.to_hex()),
            ("seat", me.seat.to_hex()),
            ("key", hex(me.key.public().unwrap().as_bytes())),
            ("file", hex(&file)),
        ],
    );
}
