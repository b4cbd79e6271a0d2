//! A second worker of the same programme, on a device of their own: certified by the root of the programme, with the
//! keys of the site under a keyring of their own. What handing over a seat will do between two devices is done here
//! on the two folders.

use tern_record::cbor::Canonical;
use tern_record::{DeviceId, SeatId, WorkerId};
use tern_seal::passphrase::normalise;
use tern_seal::roster::{Author, Body, Entry, Names, Roster, ScopeKind, SeatCertified, SignedEntry};
use tern_seal::slot::{Cost, Payload, SlotFile, SlotKind, close_scope_key, open_scope_key};
use tern_seal::{Label, SealKey, SigningKey, SystemRandom, WrapSecret, open};
use tern_store::key::KeyRow;
use tern_store::{Home, Vault};

use crate::tern::{Tern, WORDS};

/// The device of a second worker, called `name`. Nobody may be at work on the first.
pub fn second_worker(first: &Tern, name: &str) -> Tern {
    let second = first.copied();
    let home = Home::open(&first.home()).unwrap();
    let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
    let mine = slots.open(SlotKind::Worker, normalise(WORDS).as_bytes(), None).unwrap().payload;
    let mut vault = Vault::open(&home, &tern_store::db::RawKey::new(mine.vault), None).unwrap();
    let random = &mut SystemRandom::default();
    let theirs = Payload {
        vault: mine.vault,
        seat: SeatId::make_random(random),
        signing: SigningKey::make_random(random),
        wrap: WrapSecret::make_random(random),
        keyring: SealKey::make_random(random),
    };
    let device = DeviceId::make_random(random);

    let entries = vault.roster_entries().unwrap();
    let entries: Vec<SignedEntry> =
        entries.iter().map(|bytes| SignedEntry::from_bytes(bytes).unwrap()).collect();
    let roster = Roster::fold(slots.realm, &entries).unwrap();
    let rows = vault.keys_of(mine.seat).unwrap();
    let keys: Vec<(&KeyRow, SealKey)> = rows
        .iter()
        .map(|row| {
            let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
            (row, open_scope_key(&mine.keyring, &place, &row.sealed).unwrap())
        })
        .collect();
    let of_realm = |row: &KeyRow| roster.scopes[&row.scope].kind == ScopeKind::Realm;
    let realm_key = &keys.iter().find(|(row, _)| of_realm(row)).unwrap().1;
    let names = Names { worker: name.to_owned(), device: format!("{name}'s tablet") };
    let sealed = vault.secret(mine.seat, "root").unwrap().unwrap();
    let root = open(&mine.keyring, Label::Secret, b"root", &sealed).unwrap();
    let root = SigningKey::from_seed(root.try_into().unwrap());
    let body = Body::Seat(SeatCertified {
        seat: theirs.seat,
        worker: WorkerId::make_random(random),
        device,
        verify: theirs.signing.public().unwrap(),
        wrap: theirs.wrap.public().unwrap(),
        roles: vec!["case_worker".to_owned()],
        site: roster.seats[&mine.seat].site,
        names: names.close(realm_key, slots.realm, theirs.seat, random),
    });
    let entry = Entry { realm: slots.realm, deps: roster.heads.clone(), author: Author::Root, body };
    let entry = entry.sign(&root).unwrap();
    vault.write(|tx| tx.add_roster_entry(entry.id(), &entry.to_bytes())).unwrap();
    drop(vault);

    let home = Home::open(&second.home()).unwrap();
    let mut vault = Vault::open(&home, &tern_store::db::RawKey::new(theirs.vault), None).unwrap();
    vault
        .write(|tx| {
            tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
            for (row, key) in &keys {
                let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
                let sealed = close_scope_key(&theirs.keyring, &place, key.as_bytes(), random);
                tx.add_key(theirs.seat, &KeyRow { scope: row.scope, epoch: row.epoch, sealed })?;
            }
            Ok::<(), tern_store::StoreError>(())
        })
        .unwrap();
    let mut slots = SlotFile { realm: slots.realm, practice: slots.practice, device, slots: Vec::new() };
    slots.add(SlotKind::Worker, normalise(WORDS).as_bytes(), None, Cost::FLOOR, &theirs, random).unwrap();
    home.write_slots(&slots.to_bytes()).unwrap();
    second
}
