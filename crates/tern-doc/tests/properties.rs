//! Any order, grouping and loss of the same intents ends equal, and nothing hostile breaks it.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;

use tern_doc::{Applied, Authored, Document, caught_panics, fold};
use tern_record::{Cause, ClockFlag, Intent, IntentId, MergeRule, Path, Scalar, Stamp};
use tern_testkit::oracle::Oracle;
use tern_testkit::{Seeded, world};

type ValueSets = BTreeMap<Path, BTreeMap<IntentId, Scalar>>;

fn by_engine(document: &mut Document) -> ValueSets {
    document
        .paths()
        .into_iter()
        .map(|path| {
            let values =
                document.value_set(&path).into_iter().map(|said| (said.change, said.value)).collect();
            (path, values)
        })
        .collect()
}

fn by_fold(intents: &[Authored]) -> ValueSets {
    fold(intents.iter().cloned())
        .into_iter()
        .map(|(path, said)| (path, said.into_iter().map(|said| (said.change, said.value)).collect()))
        .collect()
}

/// Delivers in a random order, in random groups with a look in between, losing some and sending them again.
fn deliver(random: &mut Seeded, intents: &[Authored]) -> Document {
    let mut left = intents.to_vec();
    let mut document = Document::default();
    while !left.is_empty() {
        random.shuffle(&mut left);
        let group = 1 + random.below(left.len());
        let mut lost = Vec::new();
        for authored in left.drain(..group).collect::<Vec<_>>() {
            match random.below(10) {
                0 => lost.push(authored),
                1 => {
                    document.apply(authored.clone());
                    assert_eq!(document.apply(authored), Applied::Known);
                }
                _ => {
                    document.apply(authored);
                }
            }
        }
        left.extend(lost);
        if random.percent(50) {
            by_engine(&mut document);
        }
    }
    document
}

#[test]
fn three_replicas_end_equal_and_agree_with_the_oracle() {
    let runs = 600;
    let mut disputed_runs = 0;
    for seed in 0..runs {
        let mut random = Seeded::new(seed);
        let intents = world::draw(&mut random);
        let oracle = Oracle::of(&intents);
        let expected = oracle.value_sets();
        let mut histories = Vec::new();
        for _ in 0..3 {
            let mut replica = deliver(&mut random, &intents);
            assert_eq!(replica.heads(), oracle.heads(), "heads, seed {seed}");
            assert_eq!(by_engine(&mut replica), expected, "automerge, seed {seed}");
            assert_eq!(replica.waiting().len(), 0, "nothing waits, seed {seed}");
            histories.push(replica.history());
        }
        assert_eq!(by_fold(&intents), expected, "fold, seed {seed}");
        assert!(histories.windows(2).all(|pair| pair[0] == pair[1]), "history, seed {seed}");
        assert_eq!(histories[0].len(), intents.len());
        let mut document = Document::replay(intents);
        let disputed =
            document.paths().iter().any(|path| document.held(path, &MergeRule::Both).is_disputed());
        disputed_runs += u64::from(disputed);
    }
    println!("{disputed_runs} of {runs} runs end in a dispute");
    assert!(disputed_runs * 5 >= runs, "at least a fifth must end in a dispute");
    assert_eq!(caught_panics(), 0);
}

#[test]
fn history_never_shows_a_change_before_what_its_author_had_seen() {
    for seed in 0..200 {
        let intents = world::draw(&mut Seeded::new(seed));
        let oracle = Oracle::of(&intents);
        let history = Document::replay(intents).history();
        for (at, change) in history.iter().enumerate() {
            for ancestor in oracle.ancestors(&change.id) {
                assert!(history[..at].iter().any(|before| before.id == ancestor), "seed {seed}");
            }
        }
    }
}

fn stamp(at_ms: i64) -> Stamp {
    Stamp { at_ms, offset_min: 0, clock: ClockFlag::Sure }
}

fn intent(at_ms: i64, deps: &[IntentId], puts: &[(&str, Scalar)]) -> Intent {
    let puts = puts.iter().map(|(path, value)| (Path::new(path).unwrap(), value.clone())).collect();
    Intent::new(stamp(at_ms), Cause::Typed, "child", 1, deps.to_vec(), puts).unwrap()
}

#[test]
fn a_stale_form_becomes_a_visible_dispute() {
    let mut random = Seeded::new(1);
    let first = world::authored(&mut random, 0, intent(1, &[], &[("sex", "F".into())]));
    let theirs = world::authored(&mut random, 1, intent(2, &[first.id], &[("sex", "M".into())]));
    let mine = world::authored(&mut random, 2, intent(3, &[first.id], &[("sex", "X".into())]));
    let mut document = Document::replay([first, theirs, mine]);
    let held = document.held(&Path::new("sex").unwrap(), &MergeRule::Both);
    assert!(held.is_disputed());
    assert_eq!(held.shown(), Some(&"X".into()));
}

#[test]
fn settling_a_dispute_by_a_value_that_stood_is_an_answer_of_its_own() {
    let mut random = Seeded::new(2);
    for settled in ["F", "M"] {
        let first = world::authored(&mut random, 0, intent(1, &[], &[("sex", "F".into())]));
        let other = world::authored(&mut random, 1, intent(2, &[], &[("sex", "M".into())]));
        let settle =
            world::authored(&mut random, 0, intent(3, &[first.id, other.id], &[("sex", settled.into())]));
        let late = world::authored(&mut random, 2, intent(4, &[first.id], &[("sex", "X".into())]));
        let mut document = Document::replay([first, other, settle.clone(), late.clone()]);
        let path = Path::new("sex").unwrap();
        let stands: Vec<IntentId> = document.value_set(&path).iter().map(|said| said.change).collect();
        assert!(stands.contains(&settle.id) && stands.contains(&late.id) && stands.len() == 2);
    }
}

#[test]
fn puts_that_change_nothing_are_told() {
    let mut random = Seeded::new(3);
    let first = world::authored(&mut random, 0, intent(1, &[], &[("sex", "F".into())]));
    let other = world::authored(&mut random, 1, intent(2, &[], &[("sex", "M".into())]));
    let document = Document::replay([first.clone(), other.clone()]);
    let path = Path::new("sex").unwrap();
    let puts = |value: Scalar| vec![(path.clone(), value)];
    assert!(document.would_change(puts("F".into()), &[first.id]).is_empty());
    assert_eq!(document.would_change(puts("F".into()), &document.heads()).len(), 1);
    assert!(document.would_change(vec![(Path::new("b").unwrap(), Scalar::Null)], &[]).is_empty());
}

#[test]
fn as_of_shows_what_was_stated_then_with_all_that_its_authors_had_seen() {
    let mut random = Seeded::new(4);
    let late_clock = world::authored(&mut random, 0, intent(900, &[], &[("sex", "F".into())]));
    let after = world::authored(&mut random, 1, intent(100, &[late_clock.id], &[("sex", "M".into())]));
    let later = world::authored(&mut random, 1, intent(200, &[after.id], &[("sex", "X".into())]));
    let document = Document::replay([late_clock.clone(), after.clone(), later]);
    let then = document.as_of(150);
    assert!(then.contains(&late_clock.id) && then.contains(&after.id) && then.len() == 2);
}

#[test]
fn hostile_lists_neither_break_nor_fill_anything() {
    let lists = 100_000;
    let mut random = Seeded::new(99);
    let (mut waiting, mut counted) = (0, 0);
    for _ in 0..lists {
        let mut ids: Vec<IntentId> = vec![IntentId::make_random(&mut random)];
        let mut document = Document::default();
        for _ in 0..1 + random.below(4) {
            let mut deps: Vec<IntentId> = Vec::new();
            for _ in 0..random.below(4) {
                let known = ids[random.below(ids.len())];
                deps.push(if random.percent(70) { known } else { IntentId::make_random(&mut random) });
            }
            let value = match random.below(6) {
                0 => Scalar::Int(if random.percent(50) { i64::MAX } else { i64::MIN }),
                1 => Scalar::Text("\u{0}\u{202e}ﷺ".repeat(random.below(20))),
                2 => Scalar::Bytes(vec![0xff; random.below(300)]),
                3 => Scalar::Null,
                4 => Scalar::Bool(true),
                _ => "x".into(),
            };
            let path = ["sex", "a.b", "names/x/in", "zz"][random.below(4)];
            let at_ms = [0, i64::MAX, i64::MIN, -1][random.below(4)];
            let made = intent(at_ms, &deps, &[(path, value)]);
            let mut authored = world::authored(&mut random, 0, made);
            if random.percent(10) {
                authored.id = ids[random.below(ids.len())];
            }
            ids.push(authored.id);
            document.apply(authored);
        }
        if random.percent(30) {
            by_engine(&mut document);
        }
        document.history();
        document.as_of(0);
        waiting += document.waiting().len();
        counted += document.len();
    }
    println!("{lists} hostile lists: {counted} intents counted, {waiting} waited for ever");
    assert!(waiting > 1_000 && counted > 1_000);
    assert_eq!(caught_panics(), 0);
}

#[test]
fn what_waits_is_bounded() {
    let mut random = Seeded::new(5);
    let mut document = Document::default();
    let (mut parked, mut refused) = (0, 0);
    for _ in 0..3_000 {
        let missing = IntentId::make_random(&mut random);
        let text = Scalar::Text("x".repeat(8_000));
        match document.apply(world::authored(&mut random, 0, intent(1, &[missing], &[("note", text)]))) {
            Applied::Waiting(_) => parked += 1,
            Applied::NoRoom => refused += 1,
            other => panic!("{other:?}"),
        }
    }
    assert!(parked <= 1_000 && parked > 500 && refused == 3_000 - parked);
}
