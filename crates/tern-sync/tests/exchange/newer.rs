//! Who speaks a later version is told so, whatever shape it has, and nothing is taken of it.

use tern_record::cbor::{Canonical, Writer};
use tern_sync::answer::{answer, code};
use tern_sync::exchange::{Asker, Exchange, ExchangeError, Peer};
use tern_sync::file::FileError;
use tern_sync::frame::{Frame, FrameError};
use tern_sync::memory::Memory;
use tern_testkit::Seeded;

use crate::files::{filled, read};
use crate::support::World;
use crate::{LOG, hub_key, with_hub};

/// A first frame of version 2, which says less and other things than one of version 1.
fn of_version_two(code: u64) -> Vec<u8> {
    let mut to = Writer::default();
    to.array(3).uint(code).uint(2).text("who knows");
    to.into_bytes()
}

#[test]
fn a_newer_request_is_answered_with_that() {
    let mut world = World::of(1, 31);
    let (mut one, mut hub) = (world.shelf(Some(0)), world.shelf(None));
    world.write(0, LOG, &mut one, 50);
    let me = &world.members[0];
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let mut exchange = Exchange::begin(Asker { seat: me.seat, key: me.key.clone() }, peer, Memory::default());
    exchange.ask(&one, &mut Seeded::new(7)).unwrap();
    let request = [of_version_two(0), Frame::Signed([0; 64]).to_bytes()].concat();
    let reply = answer(&mut hub, &hub_key(), &request).unwrap().body;
    let said = exchange.hear(&mut one, &reply);
    assert!(matches!(&said, Err(ExchangeError::Refused(said)) if said == code::NEWER), "{said:?}");
    assert!(hub.ids().is_empty());
    assert!(with_hub(&world, 0, &mut one, &mut hub, &mut Memory::default()).is_equal);
}

#[test]
fn a_newer_reply_and_a_newer_file_are_known_as_such() {
    let (world, one, file) = filled();
    let mut two = world.shelf(Some(1));
    let me = &world.members[1];
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let mut exchange = Exchange::begin(Asker { seat: me.seat, key: me.key.clone() }, peer, Memory::default());
    exchange.ask(&two, &mut Seeded::new(7)).unwrap();
    let said = exchange.hear(&mut two, &of_version_two(18));
    assert!(matches!(said, Err(ExchangeError::Reply(FrameError::Newer))), "{said:?}");

    let head = of_version_two(16);
    let mut newer = Writer::default();
    newer.bytes(&head);
    let said = read(&mut two, &[newer.into_bytes(), file.clone()].concat());
    assert!(matches!(said, Err(FileError::Newer)));
    assert!(two.ids().is_empty());
    read(&mut two, &file).unwrap();
    assert_eq!(two.ids(), one.ids());
}
