//! The exchange by a file.

use std::collections::BTreeSet;

use tern_record::LogId;
use tern_sync::exchange::Asker;
use tern_sync::file::{Ended, FileError, Opened, Parcel, Reading, Writing};
use tern_sync::memory::Memory;
use tern_sync::party::Party;
use tern_sync::shelf::Shelf;

use crate::support::{Held, World};

const LOG: LogId = LogId::new([9; 16]);

fn parcel() -> Parcel {
    Parcel { to: Party::Carrier, known: Memory::default(), has: BTreeSet::new(), is_receipt: false }
}

fn write(world: &World, member: usize, held: &Held, parcel: &Parcel) -> Vec<u8> {
    let me = &world.members[member];
    let asker = Asker { seat: me.seat, key: me.key.clone() };
    let mut writing = Writing::begin(held, asker, parcel, Vec::new()).unwrap();
    while writing.step(held).unwrap() {}
    writing.end::<std::convert::Infallible>().unwrap().0
}

pub fn read(held: &mut Held, file: &[u8]) -> Result<Opened, FileError<std::convert::Infallible>> {
    let mut reading = Reading::begin(held, file)?;
    while reading.step(held)? {}
    Ok(reading.end())
}

pub fn filled() -> (World, Held, Vec<u8>) {
    let mut world = World::of(2, 21);
    let mut one = world.shelf(Some(0));
    for _ in 0..10 {
        world.write(0, LOG, &mut one, 50);
    }
    one.attach(world.scope, vec![7; 600_000]);
    let file = write(&world, 0, &one, &parcel());
    (world, one, file)
}

#[test]
fn a_file_of_somebody_of_whom_nobody_here_has_heard_is_not_called_damaged() {
    let (mut world, _, _) = filled();
    let mut two = world.shelf(Some(1));
    world.join();
    let mut three = world.shelf(Some(2));
    world.write(2, LOG, &mut three, 50);
    // Written for somebody who has heard of all who belong, so without the list.
    let known = Memory { heads: three.roster().heads.clone(), ..Memory::default() };
    let file = write(&world, 2, &three, &Parcel { known, ..parcel() });
    let opened = read(&mut two, &file).unwrap();
    assert_eq!((opened.ended, opened.holds, opened.tally.new), (Ended::Stranger, None, 0));
}

#[test]
fn what_was_written_is_read_once_however_often() {
    let (world, one, file) = filled();
    let mut two = world.shelf(Some(1));
    two.wanted = one.blobs.keys().copied().collect();
    let read_once = read(&mut two, &file).unwrap();
    assert_eq!((read_once.ended, read_once.tally.new), (Ended::Whole, 10));
    assert_eq!((two.ids(), two.blobs.len()), (one.ids(), 1));
    let again = read(&mut two, &file).unwrap();
    assert_eq!((again.ended, again.tally.new), (Ended::Whole, 0));
    // The receipt says what lies there; what is known to lie there does not travel again.
    let receipt = Parcel { is_receipt: true, ..parcel() };
    let receipt = write(&world, 1, &two, &receipt);
    let holds = read(&mut one.clone(), &receipt).unwrap().holds.unwrap();
    let known = Parcel { known: holds, ..parcel() };
    let small = write(&world, 0, &one, &known);
    assert_eq!(read(&mut two, &small).unwrap().tally.received.envelopes, 0);
}

#[test]
fn a_file_cut_anywhere_gives_what_stands_before_the_cut() {
    let (world, _, file) = filled();
    for at in (0..file.len()).step_by(997) {
        let mut two = world.shelf(Some(1));
        match read(&mut two, &file[..at]) {
            Ok(opened) => {
                assert_eq!(opened.ended, Ended::Cut, "byte {at}");
                assert!(opened.holds.is_none());
            }
            Err(FileError::Shape) => assert!(at < 60, "byte {at}"),
            Err(error) => panic!("{error:?}"),
        }
        assert_eq!(read(&mut two, &file).unwrap().ended, Ended::Whole);
        assert_eq!(two.ids().len(), 10);
    }
}

#[test]
fn no_flipped_bit_is_taken_for_what_was_written() {
    let (world, one, file) = filled();
    for at in (0..1_000).chain((1_000..file.len()).step_by(4_999)) {
        let (mut two, mut bad) = (world.shelf(Some(1)), file.clone());
        bad[at] ^= 1 << (at % 8);
        if let Ok(opened) = read(&mut two, &bad) {
            assert_ne!(opened.ended, Ended::Whole, "byte {at}");
        }
        assert!(two.ids().iter().all(|id| one.envelopes.contains_key(id)), "byte {at}");
        assert!(two.blobs.keys().all(|id| one.blobs.contains_key(id)), "byte {at}");
    }
}

#[test]
fn a_file_of_another_programme_and_a_file_of_something_else_change_nothing() {
    let (_, _, file) = filled();
    let mut other = World::of(1, 22).shelf(Some(0));
    assert!(matches!(read(&mut other, &file), Err(FileError::OtherRealm)));
    for bytes in [&b"\x89PNG\r\n\x1a\n and so on"[..], b"", b"\x40\x40"] {
        assert!(matches!(read(&mut other, bytes), Err(FileError::Shape)));
    }
    assert!(other.ids().is_empty());
    assert_eq!(other.roster().seats.len(), 1);
}

#[test]
fn envelopes_of_a_file_are_taken_in_together() {
    let (world, one, file) = filled();
    let mut two = world.shelf(Some(1));
    two.wanted = one.blobs.keys().copied().collect();
    let mut reading = Reading::begin(&two, &*file).unwrap();
    let mut steps_with_envelopes = 0;
    let mut is_more = true;
    while is_more {
        let before = two.ids().len();
        is_more = reading.step(&mut two).unwrap();
        steps_with_envelopes += usize::from(two.ids().len() > before);
    }
    assert_eq!((two.ids(), two.blobs.len()), (one.ids(), 1), "what a photo belongs to comes before it");
    assert_eq!(steps_with_envelopes, 1);
}

#[test]
fn what_is_known_to_lie_there_is_in_no_file() {
    let (world, one, _) = filled();
    let has = one.blobs().unwrap().iter().map(|blob| blob.id).collect();
    let small = write(&world, 0, &one, &Parcel { has, ..parcel() });
    assert_eq!(read(&mut world.shelf(Some(1)), &small).unwrap().tally.blobs_received.bytes, 0);
}
