//! After locking, none of the keys that an unlocked app held is left in the memory of the process. Linux shows a process
//! its own memory; elsewhere there is nothing to look at.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::sync::Arc;

use tern_app::programme::NewProgramme;
use tern_app::{App, Ports, Schema, script};
use tern_seal::passphrase::normalise;
use tern_seal::slot::{SlotFile, SlotKind, open_scope_key};
use tern_store::{Home, Vault};

const WORDS: &str = "otter lamp river stone cloud";

/// A key that is looked for, kept so that the search does not find itself.
struct Masked([u8; 32]);

impl Masked {
    fn of(key: &[u8; 32]) -> Self {
        Self(key.map(|byte| byte ^ 0xa5))
    }

    fn is_at(&self, bytes: &[u8]) -> bool {
        bytes.iter().zip(&self.0).all(|(byte, masked)| byte ^ 0xa5 == *masked)
    }
}

/// Every key that this home's worker has, by name.
fn keys(home: &std::path::Path) -> Vec<(&'static str, Masked)> {
    let home = Home::open(home).unwrap();
    let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
    let payload = slots.open(SlotKind::Worker, normalise(WORDS).as_bytes(), None).unwrap().payload;
    let mut found = vec![
        ("vault", Masked::of(&payload.vault)),
        ("signing", Masked::of(payload.signing.seed())),
        ("wrap", Masked::of(payload.wrap.seed())),
        ("keyring", Masked::of(payload.keyring.as_bytes())),
    ];
    let vault = Vault::open(&home, &tern_store::db::RawKey::new(payload.vault), None).unwrap();
    for row in vault.keys_of(payload.seat).unwrap() {
        let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
        let key = open_scope_key(&payload.keyring, &place, &row.sealed).unwrap();
        found.push(("scope", Masked::of(key.as_bytes())));
    }
    found
}

/// Looks through everything that this process can write to.
fn seen(keys: &[(&'static str, Masked)]) -> Vec<&'static str> {
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = File::open("/proc/self/mem").unwrap();
    let mut found = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let (from, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        let mut bytes = vec![0; usize::try_from(to - from).unwrap()];
        if memory.seek(SeekFrom::Start(from)).is_err() || memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        for at in (0..bytes.len().saturating_sub(31)).step_by(1) {
            for (name, key) in keys {
                if key.is_at(&bytes[at..at + 32]) {
                    found.push(*name);
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn work(home: &std::path::Path) -> App {
    script::open(home, WORDS, Arc::new(Schema::embedded().unwrap()), Arc::new(Ports::system())).unwrap()
}

#[test]
fn no_key_is_left_in_memory_after_locking() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    let schema = Arc::new(Schema::embedded().unwrap());
    script::programme_create(&home, &ask, Some(WORDS), schema, Arc::new(Ports::system())).unwrap();
    let keys = keys(&home);
    let mut app = work(&home);
    app.demo(5, 7, &mut |_| ()).unwrap();
    let open = seen(&keys);
    assert!(open.contains(&"vault") && open.contains(&"scope"), "an open app holds its keys: {open:?}");
    app.end_session().unwrap();
    drop(app);
    assert_eq!(seen(&keys), Vec::<&str>::new());
}
