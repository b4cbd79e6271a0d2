//! Worlds of intents: people on three devices who saw this and did not see that.

use tern_doc::{Authored, Document};
use tern_record::{Cause, ClockFlag, DeviceId, Intent, IntentId, Path, Scalar, SeatId, Stamp, WorkerId};

use crate::Seeded;

/// Draws the intents of a record that three devices edited, some of them without having heard of each other.
///
/// Concurrent puts of one path, rows of lists, members of sets, equal values, puts that change nothing and
/// forked logs (one seat twice at the same heads) are among them.
pub fn draw(random: &mut Seeded) -> Vec<Authored> {
    let mut replicas = [Document::default(), Document::default(), Document::default()];
    let mut all: Vec<Authored> = Vec::new();
    for _ in 0..3 + random.below(16) {
        let at = random.below(3);
        let mut deps = replicas.get(at).map(Document::heads).unwrap_or_default();
        if random.percent(15) && !deps.is_empty() {
            deps.remove(random.below(deps.len()));
        }
        let authored = say(random, at, deps.clone());
        deliver(&mut replicas, at, &authored);
        all.push(authored);
        if random.percent(12) {
            let fork = say(random, at, deps);
            deliver(&mut replicas, random.below(3), &fork);
            all.push(fork);
        }
        if random.percent(35) {
            let to = random.below(3);
            for authored in &all {
                if random.percent(80) {
                    deliver(&mut replicas, to, authored);
                }
            }
        }
    }
    all
}

fn deliver(replicas: &mut [Document; 3], to: usize, authored: &Authored) {
    if let Some(replica) = replicas.get_mut(to) {
        replica.apply(authored.clone());
    }
}

fn say(random: &mut Seeded, at: usize, deps: Vec<IntentId>) -> Authored {
    let mut puts: Vec<(Path, Scalar)> = Vec::new();
    for _ in 0..=random.below(3) {
        let (path, value) = draw_put(random);
        if let Ok(path) = Path::new(&path)
            && !puts.iter().any(|(have, _)| *have == path)
        {
            puts.push((path, value));
        }
    }
    let stamp = Stamp {
        at_ms: 1_795_500_000_000 + i64::try_from(random.below(20)).unwrap_or(0) * 1000,
        offset_min: 0,
        clock: ClockFlag::Sure,
    };
    let intent = Intent::new(stamp, Cause::Typed, "child", 1, deps, puts);
    authored(random, at, intent.unwrap_or_else(|_| smallest(stamp)))
}

fn smallest(stamp: Stamp) -> Intent {
    let put = Path::new("sex").map(|path| (path, Scalar::Null));
    match Intent::new(stamp, Cause::Typed, "child", 1, Vec::new(), put.into_iter().collect()) {
        Ok(intent) => intent,
        Err(_) => smallest(stamp),
    }
}

/// Gives an intent an author and an id that depends on nothing but the draw.
pub fn authored(random: &mut Seeded, at: usize, intent: Intent) -> Authored {
    let seat = u8::try_from(at).unwrap_or(0);
    Authored {
        id: IntentId::make_random(random),
        by: WorkerId::new([seat; 16]),
        on: DeviceId::new([seat; 16]),
        seat: SeatId::new([seat; 16]),
        intent,
    }
}

fn draw_put(random: &mut Seeded) -> (String, Scalar) {
    let code =
        |random: &mut Seeded| Scalar::from(["a", "b", "c"].get(random.below(3)).copied().unwrap_or("a"));
    match random.below(8) {
        0..=3 => {
            (["sex", "place", "status"].get(random.below(3)).copied().unwrap_or("sex").into(), code(random))
        }
        4 => (format!("names/{}/name", random.below(3)), code(random)),
        5 => (
            format!("needs/{}/in", ["bed", "food"].get(random.below(2)).copied().unwrap_or("bed")),
            random.percent(60).into(),
        ),
        6 => ("count".into(), Scalar::Int(i64::try_from(random.below(3)).unwrap_or(0))),
        _ => ("cleared".into(), if random.percent(50) { Scalar::Null } else { Scalar::Bytes(vec![1, 2]) }),
    }
}
