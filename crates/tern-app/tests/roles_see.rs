//! The same 300 demo children on one tablet, opened by a worker of each role: what each of them sees is the second table
//! of `docs/security/roles.md`. And what each screen tells some of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex};

use tern_app::members::script::Whom;
use tern_app::programme::NewProgramme;
use tern_app::script::{open, programme_create};
use tern_app::view::{BoardView, ItemView, LockView, RowGroup};
use tern_app::{App, Ports, Schema};
use tern_record::{Role, short};
use tern_testkit::{FakeClock, Seeded};

const NOON: i64 = 1_795_500_000_000;
const WORDS: &str = "a long enough passphrase for a test";
const CHILDREN: u64 = 300;

fn ports(seed: u64) -> Arc<Ports> {
    let random = Mutex::new(Box::new(Seeded::new(seed)) as Box<_>);
    Arc::new(Ports { clock: Box::new(FakeClock::at(NOON)), random, vfs: None, keystore: None })
}

fn words(role: Role) -> String {
    format!("the passphrase of {}", role.code())
}

fn at_work(folder: &Path, words: &str, seed: u64) -> App {
    open(folder, words, Arc::new(Schema::embedded().unwrap()), ports(seed)).unwrap()
}

/// A tablet with a worker of each role, and so many children; their ids.
fn tablet(folder: &Path, children: u64) -> Vec<String> {
    let ask = NewProgramme {
        name: "Harbour".into(),
        site: "Velmar".into(),
        country: "QME".into(),
        worker: "Leila".into(),
        practice: true,
        narrow_core: false,
    };
    programme_create(folder, &ask, Some(WORDS), Arc::new(Schema::embedded().unwrap()), ports(1)).unwrap();
    let mut app = at_work(folder, WORDS, 2);
    let made = app.demo(children, 7, &mut |_| {}).unwrap();
    for role in Role::ALL {
        let whom = Whom { worker: role.code().into(), roles: vec![role.code().into()], site: None };
        app.script_add_worker(&whom, Some(&words(*role))).unwrap();
    }
    app.end_session().unwrap();
    made.iter().map(|id| short::long_text(id.as_bytes())).collect()
}

/// What a role sees of the children.
#[derive(Default)]
struct Sees {
    /// Children that have a profile at all.
    profiles: usize,
    names: usize,
    ages: usize,
    bands: usize,
    answers: usize,
    with_reason: usize,
    changes: usize,
    rows: usize,
    columns: usize,
    tasks: usize,
    sections: usize,
    kinds: usize,
}

fn sees(app: &mut App, children: &[String]) -> Sees {
    let mut sees = Sees::default();
    for id in children {
        let Ok(child) = app.child(id) else { continue };
        sees.profiles += 1;
        // A part of a name is none.
        sees.names += usize::from(child.fields.keys().any(|path| path.starts_with("names/")));
        sees.ages += usize::from(child.line.age.is_some());
        sees.bands += usize::from(child.line.band.is_some());
        sees.answers += child.fields.len();
        sees.with_reason += app.open_restricted(id, "the table of roles").map_or(0, |opened| opened.len());
        sees.changes += app.history(id).unwrap().len();
    }
    let today = app.ports().today();
    if let Ok(board) = app.board(today) {
        (sees.rows, sees.columns) = (board.rows.len(), board.columns.len());
    }
    sees.tasks = app.tasks(None, today).map_or(0, |tasks| tasks.len());
    let read = |item: &ItemView| match item {
        ItemView::Field(field) => field.lock == LockView::Open,
        ItemView::List { fields, .. } => fields.iter().any(|field| field.lock == LockView::Open),
    };
    let form = app.form("child").unwrap();
    sees.sections = form.sections.iter().filter(|section| section.items.iter().any(read)).count();
    sees.kinds = app.kinds().unwrap().len();
    sees
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security/roles.md");
const FROM: &str = "<!-- made from crates/tern-app/tests/roles_see.rs -->\n";
const TO: &str = "<!-- end of what each sees -->\n";

#[test]
fn what_each_role_sees_of_the_same_children_is_on_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let children = tablet(folder.path(), CHILDREN);
    let mut table = String::from(
        "| Role | Profiles | Names | Ages | Age bands | Answers | With a reason | Changes told | Board: rows x needs | Tasks | Sections | Other kinds |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    let mut all = Vec::new();
    for (role, seed) in Role::ALL.iter().zip(10..) {
        let mut app = at_work(folder.path(), &words(*role), seed);
        let s = sees(&mut app, &children);
        table.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} x {} | {} | {} | {} |\n",
            role.code().replace('_', " "),
            s.profiles,
            s.names,
            s.ages,
            s.bands,
            s.answers,
            s.with_reason,
            s.changes,
            s.rows,
            s.columns,
            s.tasks,
            s.sections,
            s.kinds,
        ));
        app.end_session().unwrap();
        all.push((*role, s));
    }
    let of = |wanted: Role| all.iter().find(|(role, _)| *role == wanted).map(|(_, sees)| sees).unwrap();
    for role in [Role::BorderChecker, Role::Auditor, Role::Administrator, Role::Monitor] {
        let s = of(role);
        assert_eq!((s.profiles, s.answers, s.rows, s.tasks, s.changes), (0, 0, 0, 0, 0), "{role:?}");
    }
    assert_eq!(of(Role::CaseWorker).answers, of(Role::CaseSupervisor).answers);
    assert!(
        of(Role::CaseWorker).with_reason < of(Role::CaseSupervisor).with_reason,
        "the own caseload alone"
    );
    assert!(of(Role::CentreStaff).names > 250 && of(Role::CentreStaff).ages == 0);
    assert_eq!((of(Role::Registrar).names, of(Role::Coordinator).names), (0, 0));
    assert!(of(Role::Coordinator).rows > 0, "who is overdue");
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (head, rest) = page.split_once(FROM).unwrap();
    let (_, foot) = rest.split_once(TO).unwrap();
    let made = format!("{head}{FROM}{table}{TO}{foot}");
    if std::env::var_os("TERN_WRITE").is_some() {
        return std::fs::write(PAGE, &made).unwrap();
    }
    assert!(page == made, "run with TERN_WRITE=1 to write docs/security/roles.md; now:\n{table}");
}

/// The board of each role: its own needs, no reason that it may not read, and no name but of whom it may know.
#[test]
fn the_board_tells_each_role_its_own_needs() {
    let folder = tempfile::tempdir().unwrap();
    let children = tablet(folder.path(), 60);
    let mut leila = at_work(folder.path(), WORDS, 29);
    let urgent = leila
        .board(leila.ports().today())
        .unwrap()
        .rows
        .into_iter()
        .find(|row| {
            row.group == RowGroup::InPlace || row.group == RowGroup::Waiting || row.group == RowGroup::Late
        })
        .unwrap()
        .line
        .id;
    let today = leila.ports().today().to_string();
    let concern = [("risk", serde_json::json!("high")), ("raised_on", serde_json::json!(today))];
    let concern = concern.into_iter().map(|(field, value)| (field.to_owned(), value)).collect();
    leila.script_add(&urgent, "concerns", concern).unwrap();
    leila.end_session().unwrap();
    drop(leila);
    assert!(children.contains(&urgent));
    let board = |role: Role, seed: u64| {
        let app = at_work(folder.path(), &words(role), seed);
        app.board(app.ports().today()).unwrap()
    };
    let needs = |board: &BoardView| -> BTreeSet<String> {
        let cells = board.rows.iter().flat_map(|row| row.cells.keys().cloned());
        let columns = board.columns.iter().map(|column| column.need.clone());
        cells.chain(columns).collect()
    };
    let set = |needs: &[&str]| -> BTreeSet<String> { needs.iter().map(|need| (*need).to_owned()).collect() };

    let centre = board(Role::CentreStaff, 30);
    assert_eq!(needs(&centre), set(&["education", "health", "shelter"]));
    assert!(!centre.rows.is_empty());
    for row in &centre.rows {
        assert!(row.cells.values().all(|cell| cell.why.is_none()), "never a reason");
        assert!(row.line.sex.is_none() && row.line.age.is_none());
    }
    let health = board(Role::Health, 31);
    assert_eq!(needs(&health), set(&["health", "mhpss"]));
    let school = board(Role::Education, 32);
    assert_eq!(needs(&school), set(&["education"]));
    let worker = board(Role::CaseWorker, 33);
    assert_eq!(needs(&worker).len(), 7);
    let group = |board: &BoardView| board.rows.iter().find(|row| row.line.id == urgent).map(|row| row.group);
    assert_eq!(group(&worker), Some(RowGroup::Today));
    // That a concern waits for an answer is not told to those who do not read of it.
    for board in [&centre, &health, &school] {
        assert_ne!(group(board), Some(RowGroup::Today));
    }

    let coordinator = board(Role::Coordinator, 34);
    assert_eq!(coordinator.columns.len(), 7);
    let late = coordinator.columns.iter().map(|column| column.late).sum::<usize>();
    assert_eq!(
        late,
        coordinator.rows.iter().map(|row| row.cells.len()).sum::<usize>(),
        "no cell that is not late"
    );
    for row in &coordinator.rows {
        assert!(row.line.age.is_none() && row.line.sex.is_none() && row.circle.is_empty());
        assert!(row.cells.values().all(|cell| cell.late && cell.why.is_none() && cell.state == "waiting"));
    }
    assert!(
        coordinator.rows.iter().filter(|row| row.line.name.is_some()).count() > coordinator.rows.len() / 2
    );
}

/// A section that is not for a role is the same whatever is in it: nothing of the view tells two children apart.
#[test]
fn a_section_that_is_not_for_a_role_says_the_same_of_every_child() {
    let folder = tempfile::tempdir().unwrap();
    let children = tablet(folder.path(), 40);
    let mut app = at_work(folder.path(), &words(Role::CentreStaff), 40);
    let form = app.form("child").unwrap();
    let concerns = form.sections.iter().find(|section| section.id == "concerns").unwrap();
    for item in &concerns.items {
        let locks: Vec<LockView> = match item {
            ItemView::Field(field) => vec![field.lock],
            ItemView::List { fields, .. } => fields.iter().map(|field| field.lock).collect(),
        };
        assert!(locks.into_iter().all(|lock| lock == LockView::Always));
    }
    for id in &children {
        let told = [
            serde_json::to_string(&app.child(id).unwrap()).unwrap(),
            serde_json::to_string(&app.needed(id).unwrap()).unwrap(),
            serde_json::to_string(&app.history(id).unwrap()).unwrap(),
            serde_json::to_string(&app.family(id).unwrap()).unwrap(),
            serde_json::to_string(&app.links(id).unwrap()).unwrap(),
            serde_json::to_string(&app.proposals(id).unwrap()).unwrap(),
            serde_json::to_string(&app.child_on(id, "2026-11-20").ok()).unwrap(),
        ];
        for told in told {
            for word in
                ["concerns", "incidents", "accompaniment", "relations", "guardianship", "legal", "consents/"]
            {
                assert!(!told.contains(word), "{word} in {told}");
            }
        }
        assert_eq!(app.open_restricted(id, "a look").unwrap_err().code.name(), "no-right");
        assert_eq!(app.photo(id).unwrap(), None);
    }
}
