//! What a member, or somebody on the way, may try.

use tern_record::cbor::Canonical as _;
use tern_record::{BlobId, EnvelopeId, LogId, ScopeId};
use tern_seal::envelope::{Envelope, Place, make_envelope};
use tern_seal::limits::WRAP;
use tern_seal::roster::{EpochWrap, Roster};
use tern_seal::{Label, SealKey, sha256, sign};
use tern_sync::blob::{Chunk, HeldBlob};
use tern_sync::frame::{self, Frame, Hello};
use tern_sync::{Asker, Exchange, Memory, Peer, limits};
use tern_testkit::Seeded;

use crate::LOG;
use crate::house::{Device, House, client, endpoint};
use crate::support::World;

/// A request of a member with these frames; gives those of the reply.
fn ask(world: &World, member: usize, hub: &tern_hub::start::Started, frames: Vec<Frame>) -> Vec<Frame> {
    let by = &world.members[member];
    let room = limits::ROOM as u64;
    let hello = Hello { version: limits::VERSION, seat: by.seat, nonce: [1; 8], digest: [0; 32], room };
    let mut body = Frame::Hello(hello).to_bytes();
    frames.iter().for_each(|frame| body.extend(frame.to_bytes()));
    let at = endpoint(hub);
    let key = at.key().unwrap();
    let signed = [key.as_bytes().as_slice(), &body];
    let signature = sign(&by.key, Label::SyncRequest, world.realm, &signed).unwrap();
    body.extend(Frame::Signed(signature).to_bytes());
    let reply = client(at).post(body, &mut ()).unwrap();
    frame::read(&reply).unwrap().into_iter().map(|(_, frame)| frame).collect()
}

/// Why the hub did not take these envelopes.
fn refused(
    world: &World,
    member: usize,
    hub: &tern_hub::start::Started,
    envelopes: &[Envelope],
) -> Vec<String> {
    let frames = envelopes.iter().map(|envelope| Frame::Envelope(envelope.to_bytes())).collect();
    let reply = ask(world, member, hub, frames);
    let not_taken = reply.into_iter().filter_map(|frame| match frame {
        Frame::NotTaken(all) => Some(all),
        _ => None,
    });
    not_taken.flatten().map(|(_, code)| code).collect()
}

/// An envelope without any section.
fn empty(
    world: &World,
    member: usize,
    (log, scope): (LogId, ScopeId),
    seq: u64,
    prev: EnvelopeId,
) -> Envelope {
    let by = &world.members[member];
    let place = Place { scope, seat: by.seat, log, seq, prev, epoch: [0; 16] };
    let key = SealKey::new(&[1; 32]);
    make_envelope(world.realm, place, &[], &key, &by.key, &mut Seeded::new(seq)).unwrap()
}

const NONE: EnvelopeId = EnvelopeId::new([0; 32]);

#[test]
fn an_emptied_copy_does_not_take_the_place_of_the_work() {
    let mut world = World::of(2, 21);
    let house = House::of(&world);
    let hub = house.start();
    let mut one = Device::new(&world, 0);
    let id = world.write(0, LOG, &mut one.held, 50);
    let whole = Envelope::parse(&one.held.envelopes[&id].1).unwrap();
    let mut emptied = whole.clone();
    emptied.erase(0);
    assert_eq!(refused(&world, 1, &hub, &[emptied]), ["envelope-erased"]);
    assert_eq!(refused(&world, 1, &hub, &[whole]), [""; 0]);
}

#[test]
fn a_log_stays_with_the_seat_and_the_scope_that_began_it() {
    let world = World::of(2, 22);
    let house = House::of(&world);
    let hub = house.start();
    let first = empty(&world, 0, (LOG, world.scope), 0, NONE);
    let id = first.id();
    assert_eq!(refused(&world, 0, &hub, &[first]), [""; 0]);
    let others = [
        empty(&world, 1, (LOG, world.scope), 1, id),
        empty(&world, 1, (LOG, world.scope), 0, NONE),
        empty(&world, 0, (LOG, ScopeId::new([9; 16])), 1, id),
    ];
    assert_eq!(refused(&world, 1, &hub, &others), ["envelope-log"; 3]);
}

#[test]
fn a_log_falls_into_so_many_pieces_and_can_still_be_told_of() {
    let world = World::of(2, 23);
    let house = House::of(&world);
    let hub = house.start();
    let torn: Vec<Envelope> = (0..2_100)
        .map(|n| empty(&world, 0, (LOG, world.scope), 2 * n + 1, EnvelopeId::new([7; 32])))
        .collect();
    let not_taken = refused(&world, 0, &hub, &torn);
    assert_eq!((not_taken.len(), not_taken[0].as_str()), (52, "log-ends"));
    let mut two = Device::new(&world, 1);
    let done = two.sync(&world, &endpoint(&hub)).unwrap();
    assert!(done.is_equal && two.held.ids().len() == 2_048);
    let far = empty(&world, 0, (LogId::new([8; 16]), world.scope), u64::MAX, NONE);
    assert_eq!(refused(&world, 0, &hub, &[far]), ["envelope-shape"]);
}

#[test]
fn what_is_not_signed_by_somebody_of_the_programme_is_not_kept() {
    let world = World::of(1, 24);
    let (stranger, mut forged) = (World::of(1, 25), Vec::new());
    let house = House::of(&world);
    let hub = house.start();
    forged.push(empty(&stranger, 0, (LOG, world.scope), 0, NONE));
    let theirs = refused(&world, 0, &hub, &forged);
    assert_eq!(theirs, ["seat-unknown"]);
    // By a member, for another programme.
    let by = &world.members[0];
    let place = Place { scope: world.scope, seat: by.seat, log: LOG, seq: 0, prev: NONE, epoch: [0; 16] };
    let key = SealKey::new(&[1; 32]);
    let other = make_envelope(stranger.realm, place, &[], &key, &by.key, &mut Seeded::new(1)).unwrap();
    assert_eq!(refused(&world, 0, &hub, &[other]), ["envelope-signature"]);
    let reply = ask(&world, 0, &hub, vec![Frame::Envelope(vec![1; 900])]);
    assert!(matches!(&reply[0], Frame::NotTaken(all) if all[0].1 == "envelope-shape"), "{reply:?}");
}

#[test]
fn rubbish_in_the_place_of_a_key_keeps_the_key_from_nobody() {
    let world = World::of(3, 28);
    let house = House::of(&world);
    let hub = house.start();
    let roster = Roster::fold(world.realm, &world.entries).unwrap();
    let (epoch, seat) = (roster.scopes[&world.scope].current, world.members[2].seat);
    let wrap = |byte| EpochWrap { epoch, seat, bytes: vec![byte; WRAP] };
    ask(&world, 1, &hub, vec![Frame::Wraps((0..9).map(wrap).collect())]);
    ask(&world, 0, &hub, vec![Frame::Wraps(vec![wrap(77)])]);
    let reply = ask(&world, 2, &hub, vec![Frame::Needs(vec![(epoch, seat)])]);
    let given = reply.iter().find_map(|frame| match frame {
        Frame::Wraps(wraps) => Some(wraps),
        _ => None,
    });
    assert!(given.unwrap().contains(&wrap(77)) && given.unwrap().len() == 4, "{reply:?}");
}

#[test]
fn a_key_that_was_asked_for_in_vain_is_asked_of_everybody_who_comes() {
    let world = World::of(3, 29);
    let house = House::of(&world);
    let hub = house.start();
    let roster = Roster::fold(world.realm, &world.entries).unwrap();
    let (epoch, seat) = (roster.scopes[&world.scope].current, world.members[2].seat);
    let asked = |reply: Vec<Frame>| reply.into_iter().any(|frame| frame == Frame::Needs(vec![(epoch, seat)]));
    assert!(!asked(ask(&world, 0, &hub, vec![])));
    let nobody = ([7; 16], seat);
    assert!(!asked(ask(&world, 2, &hub, vec![Frame::Needs(vec![nobody, (epoch, seat)])])), "not of who asks");
    // Whoever heard the statement from somebody else, and whoever holds the same.
    let mut one = Device::new(&world, 0);
    one.held.wraps = vec![EpochWrap { epoch, seat, bytes: vec![7; WRAP] }];
    assert!(one.sync(&world, &endpoint(&hub)).unwrap().is_equal);
    let given = ask(&world, 2, &hub, vec![Frame::Needs(vec![(epoch, seat)])]);
    assert!(given.contains(&Frame::Wraps(one.held.wraps)), "{given:?}");
    assert!(!asked(ask(&world, 1, &hub, vec![])), "it came");
}

#[test]
fn nobody_spoils_what_another_brings() {
    let world = World::of(2, 26);
    let house = House::of(&world);
    let hub = house.start();
    let bytes = vec![5; 2_000];
    let blob = HeldBlob { id: tern_record::BlobId::new(sha256(&bytes)), scope: world.scope, size: 2_000 };
    let chunk = |from: u64, bytes: &[u8]| Frame::Chunk(Chunk { of: blob, from, bytes: bytes.to_vec() });
    let wants = |reply: Vec<Frame>| {
        reply.into_iter().find_map(|frame| match frame {
            Frame::WantBlobs(blobs) => Some(blobs[0].1),
            _ => None,
        })
    };
    let offer = || Frame::OfferBlobs(vec![blob]);
    assert_eq!(wants(ask(&world, 0, &hub, vec![chunk(0, &bytes[..900]), offer()])), Some(900));
    // Rubbish under the same name, in pieces and whole.
    assert_eq!(wants(ask(&world, 1, &hub, vec![chunk(0, &[9; 900]), offer()])), Some(900));
    assert_eq!(wants(ask(&world, 1, &hub, vec![chunk(900, &[9; 1_100]), offer()])), Some(0));
    for bad in [chunk(5, &[9; 10]), chunk(900, &[]), chunk(900, &[9; 1_200])] {
        assert_eq!(wants(ask(&world, 0, &hub, vec![bad, offer()])), Some(900));
    }
    assert_eq!(wants(ask(&world, 0, &hub, vec![chunk(900, &bytes[900..]), offer()])), None);
}

#[test]
fn bytes_of_any_kind_get_an_answer_and_are_not_kept() {
    let mut world = World::of(1, 27);
    let house = House::of(&world);
    let hub = house.start();
    let at = endpoint(&hub);
    let mut one = Device::new(&world, 0);
    let mut memory = Memory::default();
    one.sync(&world, &at).unwrap();
    std::mem::swap(&mut memory, &mut one.memory);
    world.write(0, LOG, &mut one.held, 50);
    let me = &world.members[0];
    let peer = Peer { key: at.key().unwrap(), seat: None };
    let mut exchange = Exchange::begin(Asker { seat: me.seat, key: me.key.clone() }, peer, memory);
    let request = exchange.ask(&one.held, &mut Seeded::new(3)).unwrap();
    let mut line = client(at.clone());
    for place in (0..request.len()).step_by(19) {
        let mut bad = request.clone();
        bad[place] ^= 1 << (place % 8);
        line.post(bad, &mut ()).unwrap();
        line.post(request[..place].to_vec(), &mut ()).unwrap();
    }
    drop(line);
    drop(hub);
    let hub = house.start();
    assert_eq!(hub.found().total.envelopes, 0);
    assert!(one.sync(&world, &endpoint(&hub)).unwrap().is_equal);
}

#[test]
fn who_asks_for_what_is_nowhere_keeps_nobody_from_what_was_lost() {
    let mut world = World::of(3, 28);
    let house = House::of(&world);
    let hub = house.start();
    let (mut one, mut two) = (Device::new(&world, 0), Device::new(&world, 1));
    world.write(0, LOG, &mut one.held, 50);
    let blob = one.held.attach(world.scope, vec![3; 3_000]);
    assert!(one.sync(&world, &endpoint(&hub)).unwrap().is_equal);
    drop(hub);
    house.lose_blobs();
    let hub = house.start();
    let made_up = (0..200).map(|byte| (BlobId::new([byte; 32]), 0)).collect();
    ask(&world, 2, &hub, vec![Frame::WantBlobs(made_up)]);
    two.held.wanted = vec![blob];
    two.sync(&world, &endpoint(&hub)).unwrap();
    assert_eq!(one.sync(&world, &endpoint(&hub)).unwrap().tally.blobs_sent.bytes, 3_000);
    two.sync(&world, &endpoint(&hub)).unwrap();
    assert_eq!(two.held.blobs.get(&blob), one.held.blobs.get(&blob));
}

#[test]
fn what_somebody_only_offers_is_not_sought_and_drives_out_nothing_that_they_lack() {
    let mut world = World::of(3, 29);
    let house = House::of(&world);
    let hub = house.start();
    let mut one = Device::new(&world, 0);
    world.write(0, LOG, &mut one.held, 50);
    let blob = one.held.attach(world.scope, vec![3; 3_000]);
    assert!(one.sync(&world, &endpoint(&hub)).unwrap().is_equal);
    drop(hub);
    std::fs::remove_dir_all(house.path("hub.blobs")).unwrap();
    let hub = house.start();
    ask(&world, 1, &hub, vec![Frame::WantBlobs(vec![(blob, 0)])]);
    // Then they bring the photos of a week, one after another.
    let offered = |byte| HeldBlob { id: BlobId::new([byte; 32]), scope: world.scope, size: 9 };
    ask(&world, 1, &hub, vec![Frame::OfferBlobs((0..200).map(offered).collect())]);
    assert_eq!(one.sync(&world, &endpoint(&hub)).unwrap().tally.blobs_sent.bytes, 3_000);
}
