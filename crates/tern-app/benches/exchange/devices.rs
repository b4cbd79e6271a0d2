//! Devices of one programme in folders of their own, and the work that is done on them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::keyring::Keyring;
use tern_app::members::script::{Whom, device_join, device_request};
use tern_app::programme::NewProgramme;
use tern_app::{App, Ports, Schema, script};
use tern_record::cbor::Canonical as _;
use tern_record::{DocId, Intent, RealmId, SeatId, short};
use tern_seal::passphrase::normalise;
use tern_seal::roster::{Roster, SignedEntry};
use tern_seal::slot::{SlotFile, SlotKind};
use tern_store::intent::Placed;
use tern_store::{Home, Vault};

pub const PASSPHRASE: &str = "the tern flies far north every year";
/// Children made before the work is sealed: a morning's arrivals.
const A_MORNING: usize = 5;
/// Edits before the work is sealed.
const A_SITTING: usize = 10;

/// A device with somebody at work on it.
pub struct Device {
    pub app: App,
    home: PathBuf,
}

/// One change to a document, and on which side of the exchange it was made.
pub struct Change {
    pub doc: DocId,
    pub seat: SeatId,
    pub intent: Intent,
    pub when: When,
}

/// What lies on a device on which nobody works now.
pub struct Opened {
    pub vault: Vault,
    pub keys: Keyring,
    pub roster: Roster,
    pub realm: RealmId,
    home: PathBuf,
}

impl Opened {
    /// How long each photo and long text is.
    pub fn attachments(&self) -> Vec<u64> {
        let files = std::fs::read_dir(self.home.join("blobs")).unwrap();
        files.map(|file| file.unwrap().metadata().unwrap().len()).collect()
    }

    /// How many changes the records of these children have; those of adults, families and places do not count.
    pub fn changes_of(&self, children: &[String]) -> usize {
        let children: BTreeSet<&str> = children.iter().map(String::as_str).collect();
        let placed = self.vault.intents_after(0, u32::MAX).unwrap();
        let is_of_child =
            |placed: &&Placed| children.contains(&*short::long_text(placed.intent.record.as_bytes()));
        placed.iter().filter(is_of_child).count()
    }

    /// Every change to every document, as the vault keeps it; `mark` is this seat and the last place that was taken before
    /// the two devices went apart.
    pub fn documents(&self, mark: (SeatId, u32)) -> Vec<Change> {
        let placed = self.vault.intents_after(0, u32::MAX).unwrap();
        let change = |placed: &Placed| {
            let row = &placed.intent;
            let bytes = self.keys.open_intent(row.doc, row.id, &row.body).unwrap();
            let when = match row.seat == mark.0 {
                _ if placed.ord <= i64::from(mark.1) => When::Before,
                true => When::OnFirst,
                false => When::OnSecond,
            };
            Change { doc: row.doc, seat: row.seat, intent: Intent::from_bytes(&bytes).unwrap(), when }
        };
        placed.iter().map(change).collect()
    }
}

/// Before the two devices met, or since then on the first or the second.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    Before,
    OnFirst,
    OnSecond,
}

impl Device {
    /// The device of who begins the programme.
    pub fn first(folder: &Path) -> Self {
        let home = folder.join("first");
        let ask = NewProgramme {
            name: "Harbour".into(),
            site: "Velmar".into(),
            country: "QME".into(),
            worker: "Leila".into(),
            practice: true,
            narrow_core: false,
        };
        script::programme_create(&home, &ask, Some(PASSPHRASE), schema(), ports()).unwrap();
        Self::open(home)
    }

    fn open(home: PathBuf) -> Self {
        Self { app: script::open(&home, PASSPHRASE, schema(), ports()).unwrap(), home }
    }

    /// A further device that this one lets in.
    pub fn join(&mut self, folder: &Path, worker: &str) -> Self {
        let home = folder.join(worker);
        let file = |what: &str| folder.join(format!("{worker}.{what}"));
        let (invitation, request, admission) = (file("invitation"), file("request"), file("admission"));
        self.app.script_invite(&invitation, None).unwrap();
        device_request(&home, &invitation, worker, &request, Some(PASSPHRASE), &ports()).unwrap();
        let whom = Whom {
            worker: worker.into(),
            roles: vec!["coordinator".into(), "case_worker".into()],
            site: None,
        };
        self.app.script_admit(&request, &whom, None, &admission).unwrap();
        device_join(&home, &admission, PASSPHRASE, schema(), ports()).unwrap();
        Self::open(home)
    }

    /// Makes so many children with whole lives, a few at a time, as they come.
    pub fn make(&mut self, children: usize) -> Vec<String> {
        let mut made = Vec::new();
        while made.len() < children {
            let some = A_MORNING.min(children - made.len()) as u64;
            let new = self.app.demo(some, 7 + made.len() as u64, &mut |_| {}).unwrap();
            made.extend(new.iter().map(|id| short::long_text(id.as_bytes())));
            self.app.seal_work().unwrap();
        }
        made
    }

    /// The same device in another folder.
    pub fn moved_to(self, folder: &Path) -> Self {
        let Self { app, home: from } = self;
        drop(app);
        let home = folder.join("first");
        copy(&from, &home);
        std::fs::remove_dir_all(from).unwrap();
        Self::open(home)
    }

    /// Goes on with these children, one after another, until their records have so many changes each: what a visit asks, as a
    /// worker types it.
    pub fn visit(mut self, children: &[String], each: usize) -> Self {
        let opened = self.opened();
        let (had, home) = (opened.changes_of(children), opened.home.clone());
        drop(opened);
        self = Self::open(home);
        let today = self.app.ports().today().to_string();
        let (mut left, mut visits) = ((each * children.len()).saturating_sub(had), 0);
        while left > 0 {
            let child = &children[visits % children.len()];
            let told = self.say(child, visits / children.len() + visits, &today);
            left = left.saturating_sub(told["changes"].as_array().unwrap().len());
            visits += 1;
            if visits % A_SITTING == 0 {
                self.app.seal_work().unwrap();
            }
        }
        self.app.seal_work().unwrap();
        self
    }

    fn say(&mut self, child: &str, which: usize, today: &str) -> Value {
        let (list, fields) = match which % 4 {
            0 => {
                let place = json!(format!("Harbour street {which}"));
                return self.app.script_edit(child, &[], [("birth_place".to_owned(), place)].into()).unwrap();
            }
            1 => {
                let due = [("case.review_due".to_owned(), json!(today))].into();
                return self.app.script_edit(child, &[], due).unwrap();
            }
            2 => (
                "information_given",
                json!({ "topic": "rights", "format": "picture_card", "child_friendly": true,
                    "understood": "teach_back_ok", "to": "child", "on": today }),
            ),
            _ => (
                "follow_ups",
                json!({ "type": "in_care", "due_on": today, "done_on": today, "mode": "visit", "seen_apart": true,
                    "wellbeing": 1 + which % 5, "belonging": 1 + which % 3, "action": "ongoing_monitoring" }),
            ),
        };
        let fields = fields.as_object().unwrap().clone().into_iter().collect();
        self.app.script_add(child, list, fields).unwrap()
    }

    /// Changes one answer each of so many children, from one on.
    pub fn edit(&mut self, children: &[String], many: usize, from: usize) {
        for at in 0..many {
            let child = &children[(from + at) % children.len()];
            let place = json!(format!("Harbour street {at}"));
            self.app.script_edit(child, &[], [("birth_place".to_owned(), place)].into()).unwrap();
            if at % A_SITTING == A_SITTING - 1 {
                self.app.seal_work().unwrap();
            }
        }
        self.app.seal_work().unwrap();
    }

    pub fn changes(&mut self) -> u32 {
        let told = self.app.script_lock().unwrap();
        u32::try_from(told["intents"].as_u64().unwrap()).unwrap()
    }

    pub fn last_place(&mut self) -> u32 {
        self.changes()
    }

    pub fn envelopes(&self) -> usize {
        self.app.envelopes().unwrap().len()
    }

    /// Ends the work, and opens what lies here.
    pub fn opened(self) -> Opened {
        drop(self.app);
        let home = Home::open(&self.home).unwrap();
        let slots = SlotFile::read(&home.read_slots().unwrap()).unwrap();
        let payload = slots.open(SlotKind::Worker, normalise(PASSPHRASE).as_bytes(), None).unwrap().payload;
        let vault = Vault::open(&home, payload.vault.as_bytes(), None).unwrap();
        let entries = vault.roster_entries().unwrap();
        let entries: Vec<SignedEntry> =
            entries.iter().map(|bytes| SignedEntry::from_bytes(bytes).unwrap()).collect();
        let roster = Roster::fold(slots.realm, &entries).unwrap();
        let (rows, wraps) = (vault.keys_of(payload.seat).unwrap(), vault.wraps().unwrap());
        let keys = ports()
            .draw(|random| Keyring::gather(&roster, &payload, slots.device, (&rows, &wraps), random))
            .unwrap()
            .keyring;
        Opened { vault, keys, roster, realm: slots.realm, home: self.home }
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(std::fs::copy(entry.path(), to).unwrap()),
        }
    }
}

pub fn schema() -> Arc<Schema> {
    Arc::new(Schema::embedded().unwrap())
}

pub fn ports() -> Arc<Ports> {
    Arc::new(Ports::system())
}
