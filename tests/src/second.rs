//! A second worker of the same programme, on a device of their own: certified by its coordinator, with the
//! keys of the site under a keyring of their own. What handing over a seat will do between two devices is done here
//! on the two folders.

use tern_record::cbor::Canonical;
use tern_record::{DeviceId, Role, WorkerId};
use tern_seal::passphrase::normalise;
use tern_seal::roster::{Author, Body, Entry, Names, Roster, ScopeKind, SeatCertified, SignedEntry, seat_id};
use tern_seal::slot::{Cost, Payload, SlotFile, SlotKind, open_scope_key};
use tern_seal::{SealKey, SigningKey, SystemRandom, WrapSecret};
use tern_store::{Home, Vault};

use crate::tern::{Tern, WORDS};

/// The device of a second case worker, called `name`. Nobody may be at work on the first.
pub fn second_worker(first: &Tern, name: &str) -> Tern {
    worker_as(first, name, &[Role::CaseWorker])
}

/// The device of a worker with these roles, who has the keys that come with them. Nobody may be at work on the first.
pub fn worker_as(first: &Tern, name: &str, roles: &[Role]) -> Tern {
    let random = &mut SystemRandom::default();
    let home = Home::open(&first.home()).unwrap();
    let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
    let mine = slots.open(SlotKind::Worker, normalise(WORDS).as_bytes(), None).unwrap().payload;
    let device = DeviceId::make_random(random);
    let (signing, wrap) = (SigningKey::make_random(random), WrapSecret::make_random(random));
    let theirs = Payload {
        vault: mine.vault.clone(),
        seat: seat_id(device, &signing.public().unwrap(), &wrap.public().unwrap()),
        signing,
        wrap,
        keyring: SealKey::make_random(random),
    };
    certify(&home, &slots, &mine, &theirs, (device, name, roles));
    drop(home);

    // The first device gives the keys when it is next at work; then the folder goes to the second.
    crate::field::desk_of(first).end_session().unwrap();
    let second = first.copied();
    let home = Home::open(&second.home()).unwrap();
    let mut slots = SlotFile { realm: slots.realm, practice: slots.practice, device, slots: Vec::new() };
    slots.add(SlotKind::Worker, normalise(WORDS).as_bytes(), None, Cost::FLOOR, &theirs, random).unwrap();
    home.write_slots(&slots.to_bytes()).unwrap();
    second
}

/// Says into the first device's roster, as its coordinator, that a seat works at its site.
fn certify(
    home: &Home,
    slots: &SlotFile,
    mine: &Payload,
    theirs: &Payload,
    (device, name, roles): (DeviceId, &str, &[Role]),
) {
    let random = &mut SystemRandom::default();
    let mut vault = Vault::open(home, mine.vault.as_bytes(), None).unwrap();
    let entries = vault.roster_entries().unwrap();
    let entries: Vec<SignedEntry> =
        entries.iter().map(|bytes| SignedEntry::from_bytes(bytes).unwrap()).collect();
    let roster = Roster::fold(slots.realm, &entries).unwrap();
    let realm_key = vault
        .keys_of(mine.seat)
        .unwrap()
        .iter()
        .filter(|row| roster.scopes[&row.scope].kind == ScopeKind::Realm)
        .map(|row| {
            let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
            open_scope_key(&mine.keyring, &place, &row.sealed).unwrap()
        })
        .next()
        .unwrap();
    let names = Names { worker: name.to_owned(), device: format!("{name}'s tablet") };
    let body = Body::Seat(SeatCertified {
        seat: theirs.seat,
        worker: WorkerId::make_random(random),
        device,
        verify: theirs.signing.public().unwrap(),
        wrap: theirs.wrap.public().unwrap(),
        roles: roles.iter().map(|role| role.code().to_owned()).collect(),
        site: roster.seats[&mine.seat].site,
        names: names.close(&realm_key, slots.realm, theirs.seat, random),
    });
    let entry =
        Entry { realm: slots.realm, deps: roster.heads.clone(), author: Author::Seat(mine.seat), body };
    let entry = entry.sign(&mine.signing).unwrap();
    vault.write(|tx| tx.add_roster_entry(entry.id(), &entry.to_bytes())).unwrap();
}
