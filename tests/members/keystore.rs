//! A keystore is an extra factor: with it words open the device, without it the rescue code does, and says why.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tern_app::keystore::{DeviceId, KeystoreKey};
use tern_app::programme::NewProgramme;
use tern_app::unlock::{Secret, unlock};
use tern_app::{App, Code, Keystore, Ports, Schema, script};
use tern_store::Home;

const WORDS: &str = "otter lamp river stone cloud";

/// Keys in memory, as a keystore that can be lost, changed, or refuse.
#[derive(Clone, Default)]
struct Held(Arc<Mutex<BTreeMap<[u8; 16], [u8; 32]>>>, bool);

impl Keystore for Held {
    fn get(&self, device: DeviceId) -> Option<KeystoreKey> {
        self.0.lock().unwrap().get(device.as_bytes()).map(KeystoreKey::new)
    }

    fn put(&self, device: DeviceId, key: &KeystoreKey) -> bool {
        self.0.lock().unwrap().insert(*device.as_bytes(), *key.as_bytes());
        !self.1
    }
}

fn ports(keystore: Option<&Held>) -> Arc<Ports> {
    let keystore = keystore.map(|held| Box::new(held.clone()) as Box<dyn Keystore>);
    Arc::new(Ports { keystore, ..Ports::system() })
}

fn schema() -> Arc<Schema> {
    Arc::new(Schema::embedded().unwrap())
}

fn begin(folder: &Path, held: &Held) -> String {
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    let told = script::programme_create(folder, &ask, Some(WORDS), schema(), ports(Some(held))).unwrap();
    told["rescue_code"].as_str().unwrap().to_owned()
}

fn open(folder: &Path, secret: Secret<'_>, held: Option<&Held>) -> Result<App, Code> {
    let home = Arc::new(Home::open(folder).unwrap());
    unlock(home, secret, schema(), ports(held)).map_err(|failure| failure.code)
}

#[test]
fn a_lost_or_changed_keystore_leads_to_the_rescue_code_and_new_words_ask_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    let held = Held::default();
    let rescue = begin(&home, &held);
    assert_eq!(held.0.lock().unwrap().len(), 1, "one key for the device");
    drop(open(&home, Secret::Words(WORDS), Some(&held)).unwrap());
    let other = Held::default();
    other.put(
        *held.0.lock().unwrap().keys().map(|id| DeviceId::new(*id)).collect::<Vec<_>>().first().unwrap(),
        &KeystoreKey::new(&[7; 32]),
    );
    for keystore in [None, Some(&other)] {
        let refused = open(&home, Secret::Words(WORDS), keystore).err();
        assert_eq!(refused, Some(Code::KeystoreChanged));
    }
    // It was no wrong guess: the right keystore opens at once.
    drop(open(&home, Secret::Words(WORDS), Some(&held)).unwrap());
    let mut app = open(&home, Secret::Rescue(&rescue), Some(&other)).unwrap();
    app.choose_words(WORDS, tern_app::Cost::FLOOR).unwrap();
    drop(app);
    drop(open(&home, Secret::Words(WORDS), Some(&other)).unwrap());
    assert_eq!(open(&home, Secret::Words(WORDS), Some(&held)).err(), Some(Code::KeystoreChanged));
}

#[test]
fn a_keystore_that_keeps_nothing_is_not_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("home");
    begin(&home, &Held(Arc::default(), true));
    drop(open(&home, Secret::Words(WORDS), None).unwrap());
}
