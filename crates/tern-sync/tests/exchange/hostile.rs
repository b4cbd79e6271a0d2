//! Whoever has the key of a hub, or gives somebody a stick, fills no memory and keeps nobody busy without end.

use std::io::{self, Read};

use tern_record::LogId;
use tern_record::cbor::{Canonical, Decoder, Writer};
use tern_seal::{Label, sign};
use tern_sync::exchange::{Asker, Exchange, Next, Peer};
use tern_sync::file::{Ended, Reading};
use tern_sync::frame::{Frame, Head, Hello};
use tern_sync::known::{Known, Mark};
use tern_sync::limits::{MAX_TOLD, VERSION};
use tern_sync::memory::Memory;
use tern_testkit::Seeded;

use crate::hub_key;
use crate::support::World;

/// A reply that the hub signed.
fn signed(world: &World, request: &[u8], frames: &[Frame]) -> Vec<u8> {
    let Ok(Frame::Hello(Hello { nonce, digest, .. })) = Frame::read(&mut Decoder::new(request)) else {
        panic!("not a request");
    };
    let mut body: Vec<u8> = frames.iter().flat_map(Canonical::to_bytes).collect();
    let context: [&[u8]; 3] = [&nonce, &digest, &body];
    let signature = sign(&hub_key(), Label::SyncReply, world.realm, &context).unwrap();
    body.extend(Frame::Signed(signature).to_bytes());
    body
}

#[test]
fn a_hub_that_names_ever_new_logs_keeps_nobody_asking() {
    let mut world = World::of(2, 41);
    let mut one = world.shelf(Some(0));
    world.write(0, LogId::new([9; 16]), &mut one, 50);
    let me = &world.members[0];
    let peer = Peer { key: hub_key().public().unwrap(), seat: None };
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let (mut exchange, mut random) = (Exchange::begin(asker, peer, Memory::default()), Seeded::new(7));
    for round in 0_u8..50 {
        let request = exchange.ask(&one, &mut random).unwrap();
        let made_up = |at: u8| {
            let tips = vec![Mark { seq: 7, id: [at; 12] }];
            Known { tips, ..Known::nothing(LogId::new([[round; 8], [at; 8]].concat().try_into().unwrap())) }
        };
        let have = Frame::Have((0..100).map(made_up).collect());
        let reply = signed(&world, &request, &[have, Frame::State([round; 32]), Frame::More]);
        if exchange.hear(&mut one, &reply).unwrap() == Next::Done {
            assert!(exchange.memory().logs.len() <= 1, "nothing is noted of logs that are not here");
            return;
        }
    }
    panic!("an exchange without end");
}

/// A file that says who belongs without end.
struct Endless {
    head: Vec<u8>,
    again: Vec<u8>,
    read: usize,
}

impl Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let at = self.read;
        let from = match at.checked_sub(self.head.len()) {
            None => &self.head[at..],
            Some(past) => &self.again[past % self.again.len()..],
        };
        let count = from.len().min(into.len());
        into[..count].copy_from_slice(&from[..count]);
        self.read += count;
        Ok(count)
    }
}

fn in_file(frame: &Frame) -> Vec<u8> {
    let mut string = Writer::default();
    string.bytes(&frame.to_bytes());
    string.into_bytes()
}

#[test]
fn a_file_that_says_who_belongs_without_end_is_let_go_of() {
    let world = World::of(2, 42);
    let mut one = world.shelf(Some(0));
    let head = Head { version: VERSION, realm: world.realm, seat: world.members[1].seat };
    for again in
        [Frame::Roster(vec![vec![7; 200_000]]), Frame::Have(vec![Known::nothing(LogId::new([1; 16])); 9_000])]
    {
        let file = Endless { head: in_file(&Frame::File(head)), again: in_file(&again), read: 0 };
        let mut reading = Reading::begin(&one, file).unwrap();
        let mut steps = 0;
        while reading.step(&mut one).unwrap() {
            steps += 1;
            assert!(steps < 1_000, "it has no end");
        }
        assert_eq!(reading.end().ended, Ended::Damaged);
    }
}

#[test]
fn a_file_of_rubbish_is_told_of_in_a_bounded_list() {
    let world = World::of(2, 43);
    let mut one = world.shelf(Some(0));
    let head = Head { version: VERSION, realm: world.realm, seat: world.members[1].seat };
    let mut file = in_file(&Frame::File(head));
    (0..70_000_u32).for_each(|at| file.extend(in_file(&Frame::Envelope(at.to_be_bytes().to_vec()))));
    let mut reading = Reading::begin(&one, file.as_slice()).unwrap();
    while reading.step(&mut one).unwrap() {}
    let opened = reading.end();
    assert_eq!((opened.ended, opened.tally.received.envelopes), (Ended::Cut, 70_000));
    assert_eq!(opened.refused.len(), MAX_TOLD);
}
