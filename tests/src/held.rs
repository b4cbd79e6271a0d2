//! What stories of work that is kept aside share.

use serde_json::json;
use tern_app::App;
use tern_app::admit::Admitted;
use tern_app::view::{ReviewState, ReviewView};
use tern_record::Role;

use crate::meeting::open;
use crate::{At, Tern, second_worker, worker_as};

/// Registers a child and seals it.
pub fn register(app: &mut App, name: &str) -> String {
    let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" });
    let id = app.script_register(&answers).unwrap()["id"].as_str().unwrap().to_owned();
    app.end_session().unwrap();
    id
}

/// A child is here.
pub fn knows(app: &mut App, child: &str) -> bool {
    app.script_show(child, None, None).is_ok()
}

/// What an app sealed since it had so many envelopes.
pub fn since(app: &App, before: usize) -> Vec<Vec<u8>> {
    app.envelopes().unwrap().split_off(before)
}

/// What the gate makes of each.
pub fn take_in(app: &mut App, envelopes: &[Vec<u8>]) -> Vec<Admitted> {
    envelopes.iter().map(|bytes| app.admit(bytes).unwrap()).collect()
}

/// What one device's members signed, told to another.
pub fn tell(from: &App, to: &mut App) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("roster");
    from.script_roster(Some(&file)).unwrap();
    to.script_read_roster(&file).unwrap();
}

/// What is kept aside, of one state.
pub fn of_state(app: &mut App, state: ReviewState) -> Vec<ReviewView> {
    app.reviews().unwrap().into_iter().filter(|view| view.state == state).collect()
}

/// Nothing is wrong with it.
pub fn whole(app: &mut App) {
    assert_eq!(app.script_verify(true).unwrap()["problems"], json!([]));
}

/// A coordinator, a worker with a tablet that gets lost, and a supervisor on a third device.
pub struct Three {
    /// The coordinator.
    pub leila: App,
    /// The worker.
    pub tomas: App,
    /// The supervisor.
    pub nadia: App,
    /// The worker's tablet.
    pub tablet: Tern,
    /// Folders of the other two.
    pub folders: (Tern, Tern),
}

impl Three {
    /// Nobody has recorded anything yet.
    pub fn begin(program: &str) -> Self {
        let first = Tern::practising(program);
        let tablet = second_worker(&first, "Tomas");
        let third = worker_as(&first, "Nadia", &[Role::CaseSupervisor]);
        let apps = (open(&first), open(&tablet), open(&third));
        Self { leila: apps.0, tomas: apps.1, nadia: apps.2, tablet, folders: (first, third) }
    }

    /// Tomas registers a child, and what was sealed comes to Leila.
    pub fn work(&mut self, name: &str) -> (String, Vec<Vec<u8>>) {
        let before = self.tomas.envelopes().unwrap().len();
        let child = register(&mut self.tomas, name);
        let made = since(&self.tomas, before);
        for taken in take_in(&mut self.leila, &made) {
            assert!(!matches!(taken, Admitted::Refused(_)), "{taken:?}");
        }
        (child, made)
    }

    /// Tomas registers a child after he was taken out.
    pub fn work_on(&mut self, name: &str) -> (String, Vec<Vec<u8>>) {
        let before = self.tomas.envelopes().unwrap().len();
        let child = register(&mut self.tomas, name);
        (child, since(&self.tomas, before))
    }
}

/// Envelopes of the core alone, one for each session.
pub fn core(envelopes: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let log = At::of(&envelopes[0]).log;
    envelopes.iter().filter(|bytes| At::of(bytes).log == log).cloned().collect()
}
