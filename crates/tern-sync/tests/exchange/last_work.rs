//! Somebody who is out hands over what they wrote, and gets nothing.

use tern_record::LogId;
use tern_seal::roster::Carried;
use tern_sync::answer::answer;
use tern_sync::exchange::{Asker, Next, Peer};
use tern_sync::frame::{self, Frame};
use tern_sync::{HandOver, Handed, Shelf};
use tern_testkit::Seeded;

use crate::hub_key;
use crate::support::{Held, World};

const OWN: LogId = LogId::new([7; 16]);
const OTHER: LogId = LogId::new([8; 16]);

/// To the end; every reply is looked at.
fn hand_over(world: &World, member: usize, from: &mut Held, hub: &mut Held) -> Handed {
    let me = &world.members[member];
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let blobs = from.blobs().unwrap();
    let mut over = HandOver::begin(asker, peer, blobs);
    let mut random = Seeded::new(3);
    loop {
        let request = over.ask(from, &mut random).unwrap();
        let reply = answer(hub, &hub_key(), &request).unwrap();
        assert!(reply.seat.is_none() && reply.holds.is_none());
        gives_nothing(&reply.body, me.seat, hub);
        if over.hear(from, &reply.body).unwrap() == Next::Done {
            return over.handed().clone();
        }
    }
}

/// A reply says who belongs and how far the asker's own logs are held; it has no work, no key, no photo, and no digest.
fn gives_nothing(reply: &[u8], seat: tern_record::SeatId, hub: &Held) {
    for (_, said) in frame::read(reply).unwrap() {
        match said {
            Frame::Have(known) => {
                let logs = hub.logs().unwrap();
                let own = |log: LogId| logs.iter().any(|held| held.log == log && held.seat == seat);
                assert!(known.iter().all(|known| own(known.log)), "no word of another's log");
            }
            Frame::Heads { .. }
            | Frame::Roster(_)
            | Frame::Refused(_)
            | Frame::NotTaken(_)
            | Frame::WantBlobs(_)
            | Frame::HoldBlobs(_)
            | Frame::Signed(_) => {}
            given => panic!("{given:?}"),
        }
    }
}

#[test]
fn who_is_out_hands_over_their_own_work_and_gets_nothing_for_it() {
    let mut world = World::of(2, 21);
    let (mut gone, mut hub) = (world.shelf(Some(1)), world.shelf(None));
    world.write(0, OTHER, &mut hub, 50);
    world.write(0, OTHER, &mut gone, 60);
    let before = world.write(1, OWN, &mut hub, 50);
    let bytes = Shelf::envelope(&hub, before).unwrap().unwrap();
    gone.take(&bytes).unwrap();
    // More than one request holds.
    let last: Vec<_> = (0..120).map(|_| world.write(1, OWN, &mut gone, 15_000)).collect();
    let photo = gone.attach(world.scope, vec![5; 600_000]);
    world.remove(1);
    let entries = world.shelf(None).entries;
    hub.take_roster(Carried { entries, wraps: vec![] }).unwrap();
    hub.wanted.push(photo);
    let others: Vec<_> = hub.ids();
    let handed = hand_over(&world, 1, &mut gone, &mut hub);
    assert!(handed.is_whole && handed.not_taken.is_empty(), "{handed:?}");
    assert!(last.iter().all(|id| hub.ids().contains(id)));
    assert_eq!(hub.ids().len(), others.len() + last.len(), "and nothing of others");
    assert!(Shelf::blob(&hub, photo).unwrap().is_some());
    let again = hand_over(&world, 1, &mut gone, &mut hub);
    assert_eq!((again.is_whole, again.tally.sent.envelopes), (true, 0));
}
