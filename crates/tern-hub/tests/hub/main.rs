//! Devices exchange through a hub that runs.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod hostile;
mod house;
mod process;
#[allow(dead_code)]
#[path = "../../../tern-sync/tests/exchange/support.rs"]
mod support;

use house::{Device, Failed, House, endpoint};
use support::World;
use tern_hub::start::StartError;
use tern_hub::store::StoreError;
use tern_net::{Endpoint, NetError};
use tern_record::LogId;
use tern_seal::SigningKey;

pub const LOG: LogId = LogId::new([9; 16]);

#[test]
fn two_devices_meet_through_a_hub_and_a_restart_changes_nothing() {
    let mut world = World::of(2, 1);
    let house = House::of(&world);
    let (mut one, mut two) = (Device::new(&world, 0), Device::new(&world, 1));
    let hub = house.start();
    let at = endpoint(&hub);
    for _ in 0..30 {
        world.write(0, LOG, &mut one.held, 5_000);
    }
    world.write(1, LogId::new([8; 16]), &mut two.held, 50);
    assert!(one.sync(&world, &at).unwrap().is_equal);
    assert!(two.sync(&world, &at).unwrap().is_equal);
    assert!(one.sync(&world, &at).unwrap().is_equal);
    assert_eq!((one.held.ids().len(), one.held.ids()), (31, two.held.ids()));
    let quiet = two.sync(&world, &at).unwrap();
    assert!(quiet.is_equal && quiet.tally.round_trips == 1 && quiet.tally.overhead < 250, "{quiet:?}");
    drop(hub);
    let hub = house.start();
    assert_eq!(endpoint(&hub).key(), at.key(), "its key stays");
    assert_eq!(hub.found().total.envelopes, 31);
    let again = two.sync(&world, &endpoint(&hub)).unwrap();
    assert!(again.is_equal && again.tally.round_trips == 1 && !again.was_rolled_back);
}

#[test]
fn other_machines_are_served_by_tls_and_a_wrong_key_is_not_called() {
    let mut world = World::of(1, 2);
    let house = House::of(&world).open_to_all();
    let hub = house.start();
    let at = endpoint(&hub);
    assert!(hub.address().starts_with("https://HOST:"), "{}", hub.address());
    let mut one = Device::new(&world, 0);
    world.write(0, LOG, &mut one.held, 50);
    let other = SigningKey::from_seed(&[9; 32]).public().unwrap();
    let wrong = Endpoint::pinned("127.0.0.1", at.port(), other);
    assert_eq!(one.sync(&world, &wrong).unwrap_err(), Failed::Net(NetError::Tls));
    assert!(one.sync(&world, &at).unwrap().is_equal);
    assert_eq!(house::client(at.clone()).ask_key(&mut ()), Ok(at.key().unwrap()));
}

#[test]
fn who_came_later_is_known_by_what_they_bring_and_who_went_is_refused() {
    let mut world = World::of(2, 3);
    let house = House::of(&world);
    let hub = house.start();
    let at = endpoint(&hub);
    world.join();
    let mut late = Device::new(&world, 2);
    world.write(2, LOG, &mut late.held, 50);
    assert!(late.sync(&world, &at).unwrap().is_equal);
    world.remove(2);
    let mut one = Device::new(&world, 0);
    assert!(one.sync(&world, &at).unwrap().is_equal);
    assert_eq!(one.held.ids(), late.held.ids(), "what was written before goes on");
    // What the one who went writes later comes with somebody else, and is held for review.
    world.write(2, LOG, &mut one.held, 50);
    assert!(one.sync(&world, &at).unwrap().not_taken.is_empty());
    assert_eq!(late.sync(&world, &at).unwrap_err(), Failed::Refused("seat-removed".to_owned()));
    drop(hub);
    assert_eq!(house.start().found().total.envelopes, 2);
}

#[test]
fn a_store_keeps_one_programme() {
    let world = World::of(1, 4);
    let house = House::of(&world);
    drop(house.start());
    house.write_roster(&World::of(1, 5));
    assert!(matches!(house.try_start().err(), Some(StartError::Store(StoreError::OtherProgramme))));
    std::fs::write(house.path("roster"), b"nonsense").unwrap();
    assert!(matches!(house.try_start().err(), Some(StartError::Store(StoreError::Roster(_)))));
    house.write_roster(&world);
    let first = house.start();
    assert!(matches!(house.try_start().err(), Some(StartError::Store(StoreError::InUse))));
    drop(first);
    house.start();
}

#[test]
fn blobs_come_and_go_in_pieces() {
    let mut world = World::of(2, 6);
    let house = House::of(&world);
    let hub = house.start();
    let at = endpoint(&hub);
    let (mut one, mut two) = (Device::new(&world, 0), Device::new(&world, 1));
    world.write(0, LOG, &mut one.held, 50);
    let small = one.held.attach(world.scope, vec![1; 3_000]);
    let large = one.held.attach(world.scope, (0..3_000_000_u32).map(|n| n as u8).collect());
    let up = one.sync(&world, &at).unwrap();
    assert!(up.is_equal && up.tally.blobs_sent.bytes == 3_003_000, "{up:?}");
    drop(hub);
    let hub = house.start();
    assert_eq!((hub.found().total.blobs, hub.found().total.blob_bytes), (2, 3_003_000));
    two.held.wanted = vec![small, large];
    two.sync(&world, &endpoint(&hub)).unwrap();
    assert_eq!(two.held.blobs.get(&large), one.held.blobs.get(&large));
    assert_eq!(two.held.blobs.len(), 2);
}

#[test]
fn a_blob_that_the_hub_lost_is_brought_again_once_somebody_asks_for_it() {
    let mut world = World::of(2, 8);
    let house = House::of(&world);
    let hub = house.start();
    let (mut one, mut two) = (Device::new(&world, 0), Device::new(&world, 1));
    world.write(0, LOG, &mut one.held, 50);
    let blob = one.held.attach(world.scope, vec![3; 3_000]);
    assert!(one.sync(&world, &endpoint(&hub)).unwrap().is_equal);
    drop(hub);
    house.lose_blobs();
    let hub = house.start();
    assert_eq!(hub.found().missing, 1);
    let at = endpoint(&hub);
    two.held.wanted = vec![blob];
    two.sync(&world, &at).unwrap();
    assert!(two.held.blobs.is_empty());
    // Who brought it takes it that it lies there.
    assert_eq!(one.sync(&world, &at).unwrap().tally.blobs_sent.bytes, 3_000);
    two.sync(&world, &at).unwrap();
    assert_eq!(two.held.blobs.get(&blob), one.held.blobs.get(&blob));
    let quiet = one.sync(&world, &at).unwrap();
    assert_eq!(quiet.tally.round_trips, 1, "nothing is sought any more");
}

#[test]
fn what_is_over_the_quota_is_refused_with_a_reason_and_others_go_on() {
    let mut world = World::of(2, 7);
    let house = House::of(&world).with(&["--seat-envelopes", "3", "--seat-blobs-mib", "1"]);
    let hub = house.start();
    let at = endpoint(&hub);
    let (mut one, mut two) = (Device::new(&world, 0), Device::new(&world, 1));
    for _ in 0..5 {
        world.write(0, LOG, &mut one.held, 50);
    }
    let refused = one.sync(&world, &at).unwrap();
    assert!(!refused.is_equal && refused.not_taken.iter().all(|(_, code)| code == "hub-quota"));
    assert!(!refused.not_taken.is_empty());
    world.write(1, LogId::new([8; 16]), &mut two.held, 50);
    let large = two.held.attach(world.scope, vec![1; 1_100_000]);
    let small = two.held.attach(world.scope, vec![2; 100_000]);
    let done = two.sync(&world, &at).unwrap();
    assert!(done.is_equal && two.held.ids().len() == 4);
    assert_eq!(done.blobs_not_taken, [large]);
    drop(hub);
    let hub = house.start();
    assert_eq!((hub.found().total.envelopes, hub.found().total.blobs), (4, 1));
    // Nobody takes it that the large one lies at the hub.
    let to_offer = tern_sync::Shelf::blobs_to_offer(&two.held, &at.key().unwrap()).unwrap();
    assert_eq!(to_offer.iter().map(|blob| blob.id).collect::<Vec<_>>(), [large]);
    assert_ne!(small, large);
}

#[test]
fn a_full_hub_says_so() {
    let mut world = World::of(1, 8);
    let house = House::of(&world).with(&["--total-mib", "1"]);
    let hub = house.start();
    let mut one = Device::new(&world, 0);
    for _ in 0..150 {
        world.write(0, LOG, &mut one.held, 15_000);
    }
    let refused = one.sync(&world, &endpoint(&hub)).unwrap();
    assert!(refused.not_taken.iter().any(|(_, code)| code == "hub-full"), "{:?}", refused.not_taken);
    drop(hub);
    assert!(house.start().found().total.bytes <= 1 << 20);
}

#[test]
fn nothing_that_was_written_stands_in_what_the_hub_keeps() {
    let mut world = World::of(2, 9);
    let house = House::of(&world);
    let hub = house.start();
    let mut one = Device::new(&world, 0);
    let words = "Amina came over the bridge with her aunt";
    let id = world.write_text(0, LOG, &mut one.held, words);
    assert!(one.sync(&world, &endpoint(&hub)).unwrap().is_equal);
    drop(hub);
    let file = std::fs::read(house.path("hub.db")).unwrap();
    let holds = |needle: &[u8]| file.windows(needle.len()).any(|at| at == needle);
    assert!(holds(id.as_bytes()) && holds(&one.held.envelopes[&id].1[..300]), "the envelope is in the file");
    for word in words.split(' ').filter(|word| word.len() > 4) {
        assert!(!holds(word.as_bytes()), "{word}");
    }
}

#[test]
fn the_address_says_what_devices_will_find() {
    let world = World::of(1, 10);
    let told = |extra: &[&str], listen_to_all: bool| {
        let mut house = House::of(&world).with(extra);
        if listen_to_all {
            house = house.open_to_all();
        }
        let hub = house.start();
        let key = endpoint(&hub).key().unwrap();
        let port = hub.listens().port().to_string();
        hub.address().replace(&port, "PORT").replace(&tern_seal::key_text(&key), "KEY")
    };
    assert_eq!(told(&[], false), "http://127.0.0.1:PORT#KEY");
    assert_eq!(told(&["--name", "hub.example"], true), "https://hub.example:PORT#KEY");
    assert_eq!(told(&["--behind-proxy", "--name", "hub.example"], false), "https://hub.example#ca:KEY");
    let file = |name: &str| format!("{}/../tern-net/tests/lines/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    let tls = ["--tls", &file("cert"), &file("key"), "--name", "hub.example"];
    assert_eq!(told(&tls, true), "https://hub.example:PORT#ca:KEY");
}
