//! Devices of one programme that come together by files, and what a test changes on the way between them.

use serde_json::Value;
use tern_record::SeatId;
use tern_record::cbor::Canonical as _;
use tern_seal::passphrase::normalise;
use tern_seal::roster::{Author, Body, Carried, Entry, Roster, SignedEntry};
use tern_seal::slot::{Payload, SlotFile, SlotKind};
use tern_seal::{PieceKind, armor};
use tern_store::Home;

use crate::tern::{Said, Tern, WORDS};

/// A device that was invited by another, asked, and joined.
pub fn joined(coordinator: &Tern, worker: &str, device: &str, roles: &[&str], more: &[&str]) -> Tern {
    let new = coordinator.another();
    let file = |name: &str| coordinator.tmp().join(name).to_str().unwrap().to_owned();
    let (invitation, request, admission) = (file("invitation"), file("request"), file("admission"));
    coordinator.run(&["device", "invite", &invitation]).ok();
    let asked = new.run(&["device", "request", "--invite", &invitation, "--device", device, &request]).ok();
    let mut words = vec!["device", "admit", &request, "--worker", worker];
    for role in roles {
        words.extend(["--role", *role]);
    }
    words.extend(more);
    let check = asked["check_words"].as_str().unwrap();
    words.extend(["--check-words", check, &admission]);
    let admitted = coordinator.run(&words).ok();
    assert_eq!(admitted["check_words"], asked["check_words"]);
    let joined = new.run(&["device", "join", &admission]).ok();
    assert_eq!(joined["seat"], admitted["seat"]);
    new
}

/// What the members signed, from one device to another.
pub fn tell(from: &Tern, to: &Tern) -> Value {
    let file = from.tmp().join("roster");
    let file = file.to_str().unwrap();
    from.run(&["roster", "log", "--out", file]).ok();
    to.run(&["roster", "read", file]).ok()
}

/// A seat, by its worker's name.
pub fn seat(of: &Tern, worker: &str) -> Value {
    let list = of.run(&["device", "list"]).ok();
    list.as_array().unwrap().iter().find(|seat| seat["worker"] == worker).unwrap().clone()
}

/// A scope, by its name and tier.
pub fn scope<'a>(scopes: &'a Value, name: &str, tier: &str) -> &'a Value {
    let all = scopes.as_array().unwrap();
    all.iter().find(|scope| scope["name"] == name && scope["tier"] == tier).unwrap()
}

/// A programme with two further coordinators, each on a device of their own, who all know each other.
pub fn three_coordinators(program: &str) -> (Tern, Tern, Tern) {
    let first = Tern::practising(program);
    let second = joined(&first, "Omar", "Laptop 2", &["coordinator"], &[]);
    let third = joined(&first, "Sana", "Laptop 3", &["coordinator"], &[]);
    tell(&first, &second);
    (first, second, third)
}

/// What a device hands on, for a test to change.
pub fn handed_on(from: &Tern) -> Carried {
    let file = from.tmp().join("handed-on");
    from.run(&["roster", "log", "--out", file.to_str().unwrap()]).ok();
    Carried::parse(&armor::read(&std::fs::read_to_string(file).unwrap(), PieceKind::Roster).unwrap()).unwrap()
}

/// Has a device read what another handed on.
pub fn bring(to: &Tern, carried: &Carried) -> Said {
    let file = to.bring("brought", armor::write(PieceKind::Roster, &carried.to_bytes()));
    to.run(&["roster", "read", &file])
}

/// The id of a seat, by its worker's name.
pub fn seat_id_of(of: &Tern, worker: &str) -> SeatId {
    SeatId::from_hex(seat(of, worker)["seat"].as_str().unwrap()).unwrap()
}

/// The secret keys of a device's worker, for somebody who took the device apart.
pub fn taken_apart(device: &Tern) -> Payload {
    let home = Home::open(&device.home()).unwrap();
    let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
    slots.open(SlotKind::Worker, normalise(WORDS).as_bytes(), None).unwrap().payload
}

/// A statement by this seat, signed with its key, at the end of a roster.
pub fn signed(payload: &Payload, carried: &Carried, body: Body) -> SignedEntry {
    let realm = carried.entries[0].realm();
    let deps = Roster::fold(realm, &carried.entries).unwrap().heads;
    Entry { realm, deps, author: Author::Seat(payload.seat), body }.sign(&payload.signing).unwrap()
}

/// It writes under the newest key of every scope that it reads.
pub fn writes_under_the_newest(of: &Tern) -> bool {
    let scopes = of.run(&["scope", "list"]).ok();
    let mut held = scopes.as_array().unwrap().iter().filter(|scope| scope["held"] == true);
    held.all(|scope| scope["epoch"] == scope["written_under"])
}
