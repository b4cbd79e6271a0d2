//! Bytes of somebody else, or of nobody.

use tern_record::cbor::Canonical;
use tern_seal::SigningKey;
use tern_seal::limits::WRAP;
use tern_seal::roster::EpochWrap;
use tern_sync::exchange::{Asker, Exchange, ExchangeError, Peer};
use tern_sync::frame::{Frame, Hello};
use tern_sync::memory::Memory;
use tern_sync::{answer, limits};
use tern_testkit::Seeded;

use crate::support::World;
use crate::{LOG, hub_key};

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
    let ask = || {
        let asker = Asker { seat: world.members[0].seat, key: world.members[0].key.clone() };
        let mut begun = Exchange::begin(asker, peer, Memory::default());
        let request = begun.ask(&one, &mut Seeded::new(3)).unwrap();
        (begun, request)
    };
    let (_, request) = ask();
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
        let (mut begun, _) = ask();
        assert!(begun.hear(&mut one.clone(), &bad).is_err(), "byte {at}");
    }
}
