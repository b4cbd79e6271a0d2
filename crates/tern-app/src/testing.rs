//! Devices for the tests of this crate.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use tern_record::{RecordId, short};
use tern_sync::Shelf as _;

use crate::app::App;
use crate::members::script::{Whom, device_join, device_request};
use crate::programme::NewProgramme;
use crate::{Ports, Schema, script};

const WORDS: &str = "the tern flies far north every year";

pub(crate) fn open(home: &Path) -> App {
    script::open(home, WORDS, schema(), Arc::new(Ports::system())).unwrap()
}

fn schema() -> Arc<Schema> {
    Arc::new(Schema::embedded().unwrap())
}

pub(crate) fn first(folder: &Path) -> App {
    let home = folder.join("first");
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    let ports = Arc::new(Ports::system());
    script::programme_create(&home, &ask, Some(WORDS), schema(), ports).unwrap();
    open(&home)
}

pub(crate) fn join(first: &mut App, folder: &Path, worker: &str, roles: &[&str]) -> App {
    let file = |what: &str| folder.join(format!("{worker}.{what}"));
    let (home, invitation, request, admission) =
        (folder.join(worker), file("invitation"), file("request"), file("admission"));
    first.script_invite(&invitation, None).unwrap();
    device_request(&home, &invitation, worker, &request, Some(WORDS), &Arc::new(Ports::system())).unwrap();
    let roles = roles.iter().map(|role| (*role).to_owned()).collect();
    first
        .script_admit(&request, &Whom { worker: worker.into(), roles, site: None }, None, &admission)
        .unwrap();
    device_join(&home, &admission, WORDS, schema(), Arc::new(Ports::system())).unwrap();
    open(&home)
}

pub(crate) fn edit(app: &mut App, child: RecordId, key: &str, value: &str) {
    let id = short::long_text(child.as_bytes());
    app.script_edit(&id, &[], BTreeMap::from([(key.to_owned(), json!(value))])).unwrap();
    app.seal_work().unwrap();
}

pub(crate) fn envelopes(of: &App) -> Vec<Vec<u8>> {
    of.vault.envelopes_after(0, u32::MAX).unwrap().into_iter().map(|(_, row)| row.bytes).collect()
}

pub(crate) fn take_late(app: &mut App, some: &[Vec<u8>]) {
    app.with_late_lists(|app| app.take_all(some)).unwrap();
}
