//! The programme of every run: made once in a process, copied for each run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use tern_app::members::admit_seat::AdmitAs;
use tern_app::members::join;
use tern_app::programme::{NewProgramme, Secrets, create};
use tern_app::{App, Cost, Schema, script};
use tern_record::cbor::Canonical as _;
use tern_record::{Role, SeatId};
use tern_seal::SystemRandom;
use tern_seal::passphrase::{RescueCode, normalise};
use tern_seal::roster::SiteId;
use tern_store::Home;
use tern_stories::tern::WORDS;
use tern_testkit::FakeClock;
use zeroize::Zeroizing;

use crate::hub::HubAt;
use crate::port::{Fuse, ports};

/// 27 November 2026.
pub const NOW_MS: i64 = 1_795_737_600_000;

/// The site of all but one.
pub const HERE: &str = "Velmar";
/// The site of one.
pub const FAR: &str = "Ostra";

/// Devices, one for each of the first people.
pub const TABLETS: usize = 6;

/// Who works where, as what. The first begins the programme; the last shares a tablet.
pub const PEOPLE: [(&str, Role, &str); TABLETS + 1] = [
    ("Leila", Role::Coordinator, HERE),
    ("Tomas", Role::CaseWorker, HERE),
    ("Nadia", Role::CaseWorker, HERE),
    ("Sana", Role::Registrar, HERE),
    ("Ivo", Role::CaseSupervisor, FAR),
    ("Omar", Role::CaseSupervisor, HERE),
    ("Karim", Role::CaseWorker, HERE),
];

/// Who registers children and reads them back for some days alone.
pub const REGISTRAR: usize = 3;

/// Who shares the registrar's tablet, and reads more than the registrar.
pub const SHARES: usize = TABLETS;

/// The words of somebody.
pub const fn words_of(who: usize) -> &'static str {
    if who == SHARES { "violin basket comet glacier meadow" } else { WORDS }
}

/// Folders of devices that have joined, and of a hub that was begun.
pub struct Template {
    folder: TempDir,
    /// The forms.
    pub schema: Arc<Schema>,
    /// The seat of each.
    pub seats: Vec<SeatId>,
    /// The site of one.
    pub far: SiteId,
}

/// A folder for a run, in memory where there is a place for it: a run writes much and keeps nothing.
pub fn place() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

fn secrets(who: usize) -> Secrets {
    let rescue = RescueCode::make_random(&mut SystemRandom::default());
    Secrets { words: Zeroizing::new(normalise(words_of(who)).to_string()), rescue }
}

impl Template {
    /// Makes it.
    pub fn make() -> Self {
        let folder = place();
        let schema = Arc::new(Schema::embedded().unwrap());
        let clock = FakeClock::at(NOW_MS);
        let ask = NewProgramme {
            name: "Harbour".into(),
            site: HERE.into(),
            country: "QME".into(),
            worker: PEOPLE[0].0.into(),
            practice: true,
            narrow_core: false,
        };
        let (schema_of, fuse) = (Arc::clone(&schema), Fuse::default());
        let of = |at: usize| folder.path().join(at.to_string());
        let first = ports(1, &clock, &fuse);
        let mut leila = create(&of(0), &ask, &secrets(0), Cost::FLOOR, schema_of, first).unwrap();
        let far = leila.create_site(FAR, "QMV").unwrap();
        let mut seats = vec![leila.seat()];
        for at in 1..TABLETS {
            seats.push(join_as(&mut leila, &of(at), at, &schema, &clock));
        }
        seats.push(join_beside(&mut leila, &of(REGISTRAR), &schema, &clock));
        leila.end_session().unwrap();
        let roster = folder.path().join("roster");
        leila.script_roster(Some(&roster)).unwrap();
        let roster = std::fs::read_to_string(roster).unwrap();
        drop(leila);
        HubAt::begin(&folder.path().join("hub"), &roster);
        Self { folder, schema, seats, far }
    }

    /// The folder of the hub.
    pub fn hub(&self) -> PathBuf {
        self.folder.path().join("hub")
    }

    /// The folder of one.
    pub fn of(&self, at: usize) -> PathBuf {
        self.folder.path().join(at.to_string())
    }
}

/// Admits somebody who asks.
fn admit(leila: &mut App, request: &[u8], who: usize) -> (SeatId, Vec<u8>) {
    let (name, role, site) = PEOPLE[who];
    let site = Some(leila.site_named(site).unwrap());
    let ask = AdmitAs { worker: name.into(), same_person: None, roles: vec![role], site };
    let (seat, admission) = leila.admit_seat(request, &ask, None).unwrap();
    (seat, admission.to_bytes())
}

fn join_as(leila: &mut App, folder: &Path, at: usize, schema: &Arc<Schema>, clock: &FakeClock) -> SeatId {
    let ports = ports(100 + at as u64, clock, &Fuse::default());
    let invitation = leila.invite(2).unwrap().to_bytes();
    let tablet = format!("Tablet {at}");
    let asked = join::request(folder, &invitation, &tablet, &secrets(at), Cost::FLOOR, &ports).unwrap();
    let (seat, admission) = admit(leila, &asked.request, at);
    let home = Arc::new(Home::open(folder).unwrap());
    let mut app = join::join(home, WORDS, &admission, Arc::clone(schema), ports).unwrap();
    app.end_session().unwrap();
    seat
}

/// A further worker asks from a tablet that somebody works on.
fn join_beside(leila: &mut App, folder: &Path, schema: &Arc<Schema>, clock: &FakeClock) -> SeatId {
    let ports = ports(100 + SHARES as u64, clock, &Fuse::default());
    let invitation = leila.invite(2).unwrap().to_bytes();
    let mut app = script::open(folder, WORDS, Arc::clone(schema), ports).unwrap();
    let asked = app.ask_beside(&invitation, &secrets(SHARES), Cost::FLOOR).unwrap();
    let (seat, admission) = admit(leila, &asked.waiting.request, SHARES);
    app.join_beside(&admission).unwrap();
    app.end_session().unwrap();
    seat
}

/// A copy of a folder, as from a backup.
pub fn copy_folder(from: &Path, to: &Path) {
    let _ = std::fs::remove_dir_all(to);
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
