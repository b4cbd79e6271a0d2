//! What was measured before the layout of a document was settled (`docs/decisions/`): one flat map beside nested
//! maps, one actor an intent beside one an unlock, Automerge beside the fold for rebuilding 10 000 records.
//!
//! `cargo bench -p tern-doc`. Prints a table and writes `out/bench/first_day.txt`.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

use std::path::PathBuf;
use std::time::Instant;

use automerge::transaction::{CommitOptions, Transactable as _};
use automerge::{ActorId, AutoCommit, ObjId, ObjType, ROOT, ReadDoc as _, ScalarValue};
use tern_doc::{Authored, Document};
use tern_record::port::Random as _;
use tern_record::{Cause, ClockFlag, Intent, IntentId, Path, Scalar, Stamp};
use tern_testkit::{Seeded, world};

const RECORDS: usize = 1_000;
const REBUILT: usize = 10_000;
const REPEATS: usize = 7;

fn main() {
    if !std::env::args().any(|arg| arg == "--bench") {
        return;
    }
    let mut random = Seeded::new(7);
    let records: Vec<Vec<Authored>> = (0..REBUILT).map(|_| record(&mut random)).collect();
    let some = &records[..RECORDS];
    let mut rows = vec![
        layout("flat map, an actor an intent", some, Layout { nested: false, actor_each: true }),
        layout("nested maps, an actor an intent", some, Layout { nested: true, actor_each: true }),
        layout("flat map, an actor an unlock", some, Layout { nested: false, actor_each: false }),
    ];
    rows.push(rebuild("Automerge, two threads", &records, |record| {
        let mut document = Document::replay(record.iter().cloned());
        document.paths().iter().map(|path| document.value_set(path).len()).sum()
    }));
    rows.push(rebuild("the fold, two threads", &records, |record| {
        let document = Document::replay(record.iter().cloned());
        document.paths().iter().map(|path| document.folded(path).len()).sum()
    }));
    for row in &rows {
        println!("{row}");
    }
    let out = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../out/bench");
    std::fs::create_dir_all(&out).unwrap();
    std::fs::write(out.join("first_day.txt"), rows.join("\n") + "\n").unwrap();
}

/// A child's core document as a year makes it: a registration of 32 puts, then ten changes of one to five.
fn record(random: &mut Seeded) -> Vec<Authored> {
    let mut all = Vec::new();
    let mut deps = Vec::new();
    for at in 0..11 {
        let mut puts: Vec<(Path, Scalar)> = Vec::new();
        let wanted = if at == 0 { 32 } else { 1 + random.below(5) };
        while puts.len() < wanted {
            let path = draw_path(random);
            if !puts.iter().any(|(have, _)| *have == path) {
                puts.push((path, draw_value(random)));
            }
        }
        let stamp =
            Stamp { at_ms: 1_795_500_000_000 + at * 86_400_000, offset_min: 60, clock: ClockFlag::Sure };
        let intent = Intent::new(stamp, Cause::Typed, "child", 1, deps.clone(), puts).unwrap();
        let authored = world::authored(random, 0, intent);
        deps = vec![authored.id];
        all.push(authored);
    }
    all
}

fn draw_path(random: &mut Seeded) -> Path {
    let text = match random.below(3) {
        0 => format!("field_{}", random.below(40)),
        1 => format!("names/{:026}/part_{}", random.below(2), random.below(8)),
        _ => format!("needs/code_{}/in", random.below(20)),
    };
    Path::new(&text).unwrap()
}

fn draw_value(random: &mut Seeded) -> Scalar {
    match random.below(4) {
        0 => Scalar::Bool(random.percent(50)),
        1 => Scalar::from("granted"),
        2 => {
            let mut bytes = vec![0; 24];
            random.fill(&mut bytes);
            Scalar::Bytes(bytes)
        }
        _ => Scalar::Int(i64::try_from(random.below(1000)).unwrap()),
    }
}

#[derive(Clone, Copy)]
struct Layout {
    nested: bool,
    actor_each: bool,
}

/// Replays records one after another: time a record, bytes of the saved document.
fn layout(job: &str, records: &[Vec<Authored>], layout: Layout) -> String {
    let mut took = Vec::new();
    let mut bytes = 0;
    for _ in 0..REPEATS {
        let began = Instant::now();
        let mut documents: Vec<AutoCommit> = records.iter().map(|record| replay(record, layout)).collect();
        took.push(began.elapsed().as_secs_f64() * 1e6 / records.len() as f64);
        bytes = documents.iter_mut().map(|document| document.save().len()).sum::<usize>() / records.len();
    }
    told(job, &took, "us a record", &format!("{bytes} bytes saved"))
}

fn replay(record: &[Authored], layout: Layout) -> AutoCommit {
    let mut document = AutoCommit::new();
    // An unlock is three intents or so.
    for (at, authored) in record.iter().enumerate() {
        if layout.actor_each || at % 3 == 0 {
            document.set_actor(actor(authored.id));
        }
        for (path, value) in authored.intent.puts() {
            put(&mut document, path.as_str(), value, layout.nested);
        }
        document.commit_with(CommitOptions::default().with_time(authored.intent.stamp().at_ms / 1000));
    }
    document
}

fn actor(id: IntentId) -> ActorId {
    ActorId::from(&id.as_bytes()[..16])
}

fn put(document: &mut AutoCommit, path: &str, value: &Scalar, nested: bool) {
    let (object, key) = if nested { inner(document, path) } else { (ROOT, path) };
    if document.get(&object, key).unwrap().is_some() {
        document.delete(&object, key).unwrap();
    }
    let value = match value {
        Scalar::Null => ScalarValue::Null,
        Scalar::Bool(bool) => ScalarValue::Boolean(*bool),
        Scalar::Int(int) => ScalarValue::Int(*int),
        Scalar::Text(text) => ScalarValue::Str(text.as_str().into()),
        Scalar::Bytes(bytes) => ScalarValue::Bytes(bytes.clone()),
    };
    document.put(&object, key, value).unwrap();
}

/// The map of `list/entity`, made when it is not there.
fn inner<'a>(document: &mut AutoCommit, path: &'a str) -> (ObjId, &'a str) {
    let mut object = ROOT;
    let mut rest = path;
    while let Some((name, after)) = rest.split_once('/') {
        object = match document.get(&object, name).unwrap() {
            Some((_, id)) => id,
            None => document.put_object(&object, name, ObjType::Map).unwrap(),
        };
        rest = after;
    }
    (object, rest)
}

/// Rebuilds every record, half of them on each of two threads: seconds for all.
fn rebuild(job: &str, records: &[Vec<Authored>], work: impl Fn(&[Authored]) -> usize + Sync) -> String {
    let mut took = Vec::new();
    let mut values = 0;
    for _ in 0..3 {
        let began = Instant::now();
        let (left, right) = records.split_at(records.len() / 2);
        values = std::thread::scope(|scope| {
            let other = scope.spawn(|| right.iter().map(|record| work(record)).sum::<usize>());
            left.iter().map(|record| work(record)).sum::<usize>() + other.join().unwrap()
        });
        took.push(began.elapsed().as_secs_f64());
    }
    told(job, &took, "s for 10 000 records", &format!("{values} values"))
}

fn told(job: &str, took: &[f64], unit: &str, note: &str) -> String {
    let mut took = took.to_vec();
    took.sort_by(f64::total_cmp);
    let (least, middle, most) = (took[0], took[took.len() / 2], took[took.len() - 1]);
    format!("{job:<34} {middle:>9.2} {unit} (least {least:.2}, most {most:.2}); {note}")
}
