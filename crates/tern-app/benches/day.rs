//! A working day on one vault: the budgets of the architecture beside their floor, in one run.
//!
//! `cargo bench -p tern-app` makes 1 000, then 10 000, then 100 000 children through the real use cases in one
//! growing vault; `TERN_BENCH_SIZES=1000,10000` shortens it. Prints a table and writes `out/bench/day.json`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::string_slice,
    missing_docs
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::{Value, json};
use tern_app::demo::{Around, Demo};
use tern_app::programme::NewProgramme;
use tern_app::view::{EditChild, UpdateNeed};
use tern_app::{App, Ports, Schema, script};
use tern_record::Cause;

const PASSPHRASE: &str = "the tern flies far north every year";
/// How often each job is measured.
const ROUNDS: usize = 300;

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let sizes: Vec<usize> = std::env::var("TERN_BENCH_SIZES")
        .unwrap_or_else(|_| "1000,10000,100000".into())
        .split(',')
        .map(|size| size.trim().parse().expect("sizes are whole numbers"))
        .collect();
    let out = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../out/bench");
    std::fs::create_dir_all(&out).unwrap();
    let folder = tempfile::tempdir_in(&out).unwrap();
    let mut bench = Bench::begin(folder.path());
    let mut rows = Vec::new();
    for size in sizes {
        bench.grow(size);
        let measured = bench.measure(size);
        for row in &measured {
            row.print();
        }
        rows.extend(measured);
    }
    let report = json!({
        "cpus": std::thread::available_parallelism().map_or(0, usize::from),
        "load": std::fs::read_to_string("/proc/loadavg").unwrap_or_default().trim(),
        "rows": rows.iter().map(Row::json).collect::<Vec<_>>(),
    });
    std::fs::write(out.join("day.json"), format!("{report:#}\n")).unwrap();
}

/// Whether a letter belongs to a script.
type Letters = fn(char) -> bool;

/// One line of the table.
struct Row {
    children: usize,
    job: &'static str,
    /// Milliseconds, or megabytes.
    p50: f64,
    p95: f64,
    p99: f64,
    /// Which of the three the budget is for, and the budget.
    budget: Option<(&'static str, f64)>,
    note: String,
}

impl Row {
    fn timed(
        children: usize,
        job: &'static str,
        mut took: Vec<Duration>,
        budget: Option<(&'static str, f64)>,
    ) -> Self {
        took.sort();
        let at = |part: f64| {
            let place = ((took.len() as f64 * part).ceil() as usize).clamp(1, took.len()) - 1;
            took[place].as_secs_f64() * 1000.0
        };
        Self { children, job, p50: at(0.50), p95: at(0.95), p99: at(0.99), budget, note: String::new() }
    }

    fn noted(mut self, note: String) -> Self {
        self.note = note;
        self
    }

    fn judged(&self) -> Option<(f64, bool)> {
        let (which, budget) = self.budget?;
        let value = match which {
            "p50" => self.p50,
            "p95" => self.p95,
            _ => self.p99,
        };
        Some((budget, value <= budget))
    }

    fn print(&self) {
        let verdict = self.judged().map_or(String::new(), |(budget, met)| {
            format!("budget {budget} ({}) {}", self.budget.unwrap().0, if met { "met" } else { "MISSED" })
        });
        println!(
            "{:>7}  {:<34} p50 {:>9.3}  p95 {:>9.3}  p99 {:>9.3}  {verdict}  {}",
            self.children, self.job, self.p50, self.p95, self.p99, self.note
        );
    }

    fn json(&self) -> Value {
        let judged = self.judged();
        json!({
            "children": self.children, "job": self.job, "p50": self.p50, "p95": self.p95, "p99": self.p99,
            "budget": judged.map(|(budget, _)| budget), "budget_for": self.budget.map(|(which, _)| which),
            "met": judged.map(|(_, met)| met), "note": self.note,
        })
    }
}

struct Bench {
    folder: PathBuf,
    app: Option<App>,
    demo: Demo,
    ids: Vec<String>,
    names: Vec<String>,
    floor: Connection,
    steps: u64,
}

impl Bench {
    fn begin(folder: &Path) -> Self {
        let home = folder.join("home");
        let ask = NewProgramme {
            name: "Harbour".into(),
            site: "Velmar".into(),
            country: "QME".into(),
            worker: "Leila".into(),
            practice: true,
            narrow_core: false,
        };
        script::programme_create(&home, &ask, Some(PASSPHRASE), schema(), ports()).unwrap();
        let app = script::open(&home, PASSPHRASE, schema(), ports()).unwrap();
        let floor = floor(&folder.join("floor.db"));
        Self {
            folder: home,
            app: Some(app),
            demo: Demo::seeded(9, around(10_000)).unwrap(),
            ids: vec![],
            names: vec![],
            floor,
            steps: 1,
        }
    }

    fn app(&mut self) -> &mut App {
        self.app.as_mut().unwrap()
    }

    /// Below `n`, the same on every run.
    fn draw(&mut self, n: usize) -> usize {
        self.steps =
            self.steps.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.steps >> 33) as usize) % n
    }

    fn register_next(&mut self) -> Duration {
        let answers = self.demo.next_family(1).children.remove(0).intake;
        let began = Instant::now();
        let registered = self.app().register(&answers).unwrap();
        let took = began.elapsed();
        self.ids.push(tern_record::short::long_text(registered.id.as_bytes()));
        self.names.push(answers["names"][0]["text"].as_str().unwrap().to_owned());
        took
    }

    fn grow(&mut self, size: usize) {
        let began = Instant::now();
        let children = (size - self.ids.len()) as u64;
        let seed = 7 + size as u64;
        let made = self.app().demo(children, seed, &mut |done| {
            if done % 10_000 < 200 && done >= 10_000 {
                eprintln!("{done} children, {:.0} s", began.elapsed().as_secs_f64());
            }
        });
        let made = made.unwrap();
        eprintln!("{} children made in {:.1} s", made.len(), began.elapsed().as_secs_f64());
        self.ids.extend(made.iter().map(|id| tern_record::short::long_text(id.as_bytes())));
        // The same people again: what they are called.
        let mut demo = Demo::seeded(seed, around(Around::here(children, 0))).unwrap();
        while self.names.len() < self.ids.len() {
            let family = demo.next_family(u64::MAX);
            let names = family
                .children
                .iter()
                .map(|child| child.intake["names"][0]["text"].as_str().unwrap().to_owned());
            self.names.extend(names);
        }
    }

    fn measure(&mut self, size: usize) -> Vec<Row> {
        let mut rows = self.unlock(size);
        rows.extend(self.save_one_field(size));
        let registered = (0..ROUNDS).map(|_| self.register_next()).collect();
        rows.push(Row::timed(size, "child registered, durable", registered, Some(("p99", 20.0))));
        rows.extend(self.search(size));
        rows.push(self.each_child(size, "may be the same, one child", Some(("p95", 100.0)), |app, id| {
            app.may_be_same_view(id).unwrap();
        }));
        rows.push(self.each_child(size, "today", Some(("p95", 50.0)), |app, _| {
            app.today().unwrap();
        }));
        let today = ports().today();
        let here = self.app().board(today).unwrap().rows.len();
        let board = self.each_child(size, "board, whole", Some(("p95", 50.0)), |app, _| {
            app.board(today).unwrap();
        });
        rows.push(board.noted(format!("{here} open here")));
        rows.push(self.each_child(size, "tasks of this site", None, |app, _| {
            app.tasks(None, today).unwrap();
        }));
        rows.push(self.each_child(size, "what is still needed, one child", None, |app, id| {
            app.needed(id).unwrap();
        }));
        rows.push(self.each_child(size, "a cell told, durable", None, |app, id| {
            let ask = UpdateNeed {
                ids: vec![id.to_owned()],
                need: "education".into(),
                outcome: "asked".into(),
                on: None,
                reason: None,
                who: None,
                words: None,
            };
            app.update_need(&ask).unwrap();
        }));
        rows.push(self.each_child(size, "record opened", Some(("p95", 30.0)), |app, id| {
            app.child(id).unwrap();
        }));
        rows.push(self.each_child(size, "history opened", None, |app, id| {
            app.history(id).unwrap();
        }));
        rows.push(memory(size));
        rows
    }

    fn each_child(
        &mut self,
        size: usize,
        job: &'static str,
        budget: Option<(&'static str, f64)>,
        work: impl Fn(&mut App, &str),
    ) -> Row {
        let mut took = Vec::new();
        for _ in 0..ROUNDS {
            let at = self.draw(self.ids.len());
            let id = self.ids[at].clone();
            let began = Instant::now();
            work(self.app(), &id);
            took.push(began.elapsed());
        }
        Row::timed(size, job, took, budget)
    }

    /// One answer changed as the profile does it, beside a bare commit of the same bytes.
    fn save_one_field(&mut self, size: usize) -> Vec<Row> {
        let mut took = Vec::new();
        let mut bytes = 0;
        for _ in 0..ROUNDS {
            let at = self.draw(self.ids.len());
            let id = self.ids[at].clone();
            let child = self.app().child(&id).unwrap();
            let sex = if child.line.sex.as_deref() == Some("F") { "M" } else { "F" };
            let ask = EditChild { id, heads: child.heads, puts: [("sex".into(), json!(sex))].into() };
            let before = written();
            let began = Instant::now();
            self.app().edit_child(&ask, Cause::Typed).unwrap();
            took.push(began.elapsed());
            bytes += written() - before;
        }
        let each = bytes as usize / ROUNDS;
        let floor = (0..ROUNDS).map(|_| bare_commit(&self.floor, each)).collect();
        let floor = Row::timed(size, "floor: bare SQLCipher commit", floor, None)
            .noted(format!("{each} bytes written each"));
        let saved = Row::timed(size, "one field saved, durable", took, Some(("p99", 5.0)));
        let note = format!(
            "x{:.2} of the floor at p50, x{:.2} at p99",
            saved.p50 / floor.p50,
            saved.p99 / floor.p99
        );
        vec![saved.noted(note), floor]
    }

    /// Every prefix of names that are there, as typed, by script; and of names that are not.
    fn search(&mut self, size: usize) -> Vec<Row> {
        let scripts: [(&str, Letters); 4] = [
            ("search as typed, Latin", |c| c.is_ascii_alphabetic() || ('\u{c0}'..='\u{24f}').contains(&c)),
            ("search as typed, Arabic", |c| ('\u{600}'..='\u{6ff}').contains(&c)),
            ("search as typed, Cyrillic", |c| ('\u{400}'..='\u{4ff}').contains(&c)),
            ("search as typed, Ethiopic", |c| ('\u{1200}'..='\u{137f}').contains(&c)),
        ];
        let mut rows = Vec::new();
        for (job, letter) in scripts {
            let names: Vec<String> =
                self.names.iter().filter(|name| name.chars().next().is_some_and(letter)).cloned().collect();
            if names.is_empty() {
                continue;
            }
            let mut took = Vec::new();
            while took.len() < ROUNDS {
                let name = names[self.draw(names.len())].clone();
                for end in name.char_indices().skip(1).map(|(at, _)| at) {
                    took.push(self.find(&name[..end]));
                }
            }
            rows.push(Row::timed(size, job, took, Some(("p95", 50.0))));
        }
        let absent = ["qxwz", "Zzyzx Vrumpf", "ۋۋۋۋۋ"];
        let took = (0..ROUNDS).map(|at| self.find(absent[at % absent.len()])).collect();
        rows.push(Row::timed(size, "search, nobody of that name", took, Some(("p95", 50.0))));
        rows
    }

    fn find(&mut self, text: &str) -> Duration {
        let began = Instant::now();
        self.app().find_view(text, 20).unwrap();
        began.elapsed()
    }

    /// Locks, then unlocks and shows Today; the key derivation alone is measured beside it and taken off. The first
    /// unlock after so many registrations catches up with all of them at once, which no working day does.
    fn unlock(&mut self, size: usize) -> Vec<Row> {
        let began = Instant::now();
        self.app().end_session().unwrap();
        let sealed = began.elapsed();
        let first = self.unlock_once();
        let took = (0..9).map(|_| self.unlock_once()).collect();
        vec![
            Row::timed(size, "first unlock after making them", vec![first], None)
                .noted(format!("sealing what was left took {:.2} s", sealed.as_secs_f64())),
            Row::timed(size, "unlock to first screen, beyond KDF", took, Some(("p95", 500.0))),
        ]
    }

    fn unlock_once(&mut self) -> Duration {
        self.app = None;
        let began = Instant::now();
        assert!(script::open(&self.folder, "some other words that are wrong", schema(), ports()).is_err());
        let derivation = began.elapsed();
        std::fs::remove_file(self.folder.join("tries")).ok();
        let began = Instant::now();
        let app = script::open(&self.folder, PASSPHRASE, schema(), ports()).unwrap();
        app.today().unwrap();
        app.board(ports().today()).unwrap();
        let took = began.elapsed().saturating_sub(derivation);
        self.app = Some(app);
        took
    }
}

fn around(here: u64) -> Around {
    Around { today: ports().today(), site: "Velmar".into(), country: "QME".into(), here }
}

fn schema() -> Arc<Schema> {
    Arc::new(Schema::embedded().unwrap())
}

fn ports() -> Arc<Ports> {
    Arc::new(Ports::system())
}

/// A database with the settings of the vault and nothing else in it.
fn floor(path: &Path) -> Connection {
    let db = Connection::open(path).unwrap();
    db.execute_batch(
        "PRAGMA key = \"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\";
         PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE kept (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
    )
    .unwrap();
    db
}

/// One row in one transaction that writes about as many bytes.
fn bare_commit(db: &Connection, bytes: usize) -> Duration {
    // A commit writes whole pages: the row's own and the last page of the table.
    let row = vec![7_u8; bytes.saturating_sub(4120).max(100)];
    let began = Instant::now();
    db.prepare_cached("INSERT INTO kept (bytes) VALUES (?1)").unwrap().execute([row]).unwrap();
    began.elapsed()
}

/// Bytes that this process has handed to the system for writing.
fn written() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    io.lines().find_map(|line| line.strip_prefix("wchar: ")).and_then(|n| n.parse().ok()).unwrap_or(0)
}

fn memory(size: usize) -> Row {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mb = |key: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(key))
            .and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok())
            .unwrap_or(0.0)
            / 1024.0
    };
    let now = mb("VmRSS:");
    Row {
        children: size,
        job: "resident memory, MB",
        p50: now,
        p95: now,
        p99: now,
        budget: Some(("p99", 100.0)),
        note: format!("highest {:.0} MB, key derivation and the bench's own lists included", mb("VmHWM:")),
    }
}
