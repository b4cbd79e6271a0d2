//! What every store does. Another one joins at the end of this file.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

#[allow(dead_code)]
#[path = "../../../tern-sync/tests/exchange/support.rs"]
mod support;

use support::World;
use tern_hub::sqlite::Sqlite;
use tern_hub::store::{Store, StoreError, Tx, Usage, WRAPS_OF_ALL};
use tern_record::log::{End, InLog, LogState};
use tern_record::{BlobId, EnvelopeId, LogId, RealmId, ScopeId, SeatId};
use tern_seal::SigningKey;
use tern_seal::limits::WRAP;
use tern_seal::roster::EpochWrap;
use tern_sync::blob::HeldBlob;
use tern_sync::known::Known;
use tern_sync::{HeldLog, Memory};

/// A place where a store can be opened again and again.
trait Bench: Default {
    type Store: Store;
    fn open(&self) -> Self::Store;
}

const LOG: LogId = LogId::new([9; 16]);
const SEAT: SeatId = SeatId::new([3; 16]);
const OTHER: SeatId = SeatId::new([4; 16]);
const SCOPE: ScopeId = ScopeId::new([5; 16]);

fn at(seq: u64, id: u8, prev: u8) -> InLog {
    InLog { id: EnvelopeId::new([id; 32]), log: LOG, seq, prev: EnvelopeId::new([prev; 32]) }
}

fn done<S: Store, T>(store: &mut S, work: impl FnOnce(&S::Tx<'_>) -> Result<T, StoreError>) -> T {
    store.within(work).unwrap()
}

fn log(seat: SeatId, tip: &InLog) -> HeldLog {
    let state = LogState { tips: vec![End { seq: tip.seq, id: tip.id }], loose: vec![] };
    HeldLog { log: LOG, scope: SCOPE, seat, state }
}

fn the_first_programme_and_the_first_key_stay(bench: &impl Bench) {
    let mut store = bench.open();
    let keys = [SigningKey::from_seed(&[1; 32]), SigningKey::from_seed(&[2; 32])];
    let realms = [RealmId::new([1; 32]), RealmId::new([2; 32])];
    assert_eq!(done(&mut store, |tx| tx.realm()), None);
    for (key, realm) in keys.iter().zip(realms) {
        assert_eq!(done(&mut store, |tx| tx.key(key)).seed(), keys[0].seed());
        done(&mut store, |tx| tx.keep_realm(realm));
    }
    drop(store);
    let mut again = bench.open();
    assert_eq!(done(&mut again, |tx| tx.realm()), Some(realms[0]));
    assert_eq!(done(&mut again, |tx| tx.key(&keys[1])).seed(), keys[0].seed());
}

fn what_came_to_nothing_leaves_nothing(bench: &impl Bench) {
    let mut store = bench.open();
    let failed: Result<(), StoreError> = store.within(|tx| {
        tx.set_log(&log(SEAT, &at(0, 1, 0)))?;
        tx.add_envelope(&at(0, 1, 0), SEAT, b"work")?;
        assert!(tx.has_envelope(EnvelopeId::new([1; 32]))?, "seen at once");
        Err(StoreError::Damaged("on purpose"))
    });
    assert!(failed.is_err());
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _: Result<(), StoreError> = store.within(|tx| {
            tx.add_envelope(&at(0, 1, 0), SEAT, b"work")?;
            panic!("on purpose")
        });
    }));
    assert!(panicked.is_err());
    assert_eq!(done(&mut store, |tx| Ok((tx.logs()?.len(), tx.total()?))), (0, Usage::default()));
    assert!(!done(&mut store, |tx| tx.has_envelope(EnvelopeId::new([1; 32]))));
}

fn who_looks_sees_what_was_kept_while_something_is_done_and_changes_nothing(bench: &impl Bench) {
    let store = bench.open();
    let look = || store.look(|tx| tx.late(SEAT)).unwrap();
    store
        .within(|tx| {
            tx.add_late(SEAT, 1, 40)?;
            // Side by side, and of what is not kept yet nothing is seen.
            assert_eq!((look(), store.look(|_| Ok::<_, StoreError>(look())).unwrap()), ((0, 0), (0, 0)));
            Ok::<_, StoreError>(())
        })
        .unwrap();
    assert_eq!(look(), (1, 40));
    let changed = store.look(|tx| tx.add_late(SEAT, 1, 40));
    assert!(matches!(changed, Err(StoreError::OnlyLookedAt)), "{changed:?}");
    assert_eq!(look(), (1, 40));
    let within_one_look = store.look(|tx| {
        let before = tx.late(SEAT)?;
        store.within(|tx| tx.add_late(SEAT, 0, 2))?;
        Ok::<_, StoreError>((before, tx.late(SEAT)?))
    });
    assert_eq!(within_one_look.unwrap(), ((1, 40), (1, 40)), "as it stood");
    assert_eq!(look(), (1, 42));
}

fn statements_are_kept_once_and_in_order(bench: &impl Bench) {
    let world = World::of(4, 1);
    let mut store = bench.open();
    done(&mut store, |tx| tx.add_statements(&world.entries[2..]));
    done(&mut store, |tx| tx.add_statements(&world.entries));
    let expected = [&world.entries[2..], &world.entries[..2]].concat();
    drop(store);
    let mut again = bench.open();
    assert_eq!(done(&mut again, |tx| tx.statements()), expected);
    assert_eq!(done(&mut again, |tx| tx.count_statements()), expected.len());
}

fn of_each_key_a_few_are_kept(bench: &impl Bench) {
    let mut store = bench.open();
    let wrap = |seat, byte| EpochWrap { epoch: [1; 16], seat, bytes: vec![byte; WRAP] };
    let mut add = |wrap: EpochWrap, by| done(&mut store, |tx| tx.add_wrap(&wrap, by));
    let added = [0, 0, 1, 2, 3].map(|byte| add(wrap(SEAT, byte), SEAT));
    assert_eq!(added, [true, false, true, true, false], "three of one who brings them");
    assert!(add(wrap(OTHER, 0), SEAT) && add(wrap(SEAT, 4), OTHER) && !add(wrap(SEAT, 0), OTHER));
    let many = (10..100).filter(|n| add(wrap(SEAT, *n), SeatId::new([*n; 16]))).count();
    assert_eq!(many + 4, WRAPS_OF_ALL);
    let kept = done(&mut store, |tx| tx.wraps(&[([1; 16], SEAT), ([2; 16], SEAT)]));
    assert_eq!(kept.len(), WRAPS_OF_ALL);
    assert!(kept.contains(&wrap(SEAT, 4)) && !kept.contains(&wrap(SEAT, 3)));
}

fn envelopes_stand_in_their_logs_and_count_as_their_authors(bench: &impl Bench) {
    let mut store = bench.open();
    let chain = [at(0, 1, 0), at(1, 2, 1), at(1, 7, 1), at(2, 3, 2)];
    done(&mut store, |tx| {
        tx.set_log(&log(SEAT, &chain[0]))?;
        for place in chain.iter().rev() {
            tx.add_envelope(place, SEAT, &[place.id.as_bytes()[0]; 10])?;
        }
        Ok(())
    });
    drop(store);
    let mut store = bench.open();
    assert_eq!(done(&mut store, |tx| tx.places(LOG, 0)), chain);
    assert_eq!(done(&mut store, |tx| tx.places(LOG, 2)), chain[3..]);
    assert_eq!(done(&mut store, |tx| tx.places(LOG, u64::MAX)), []);
    assert_eq!(done(&mut store, |tx| tx.places(LogId::new([8; 16]), 0)), []);
    assert_eq!(done(&mut store, |tx| tx.envelope(chain[1].id)), Some(vec![2; 10]));
    assert_eq!(done(&mut store, |tx| tx.envelope(EnvelopeId::new([99; 32]))), None);
    let usage = Usage { envelopes: 4, bytes: 40, logs: 1, ..Usage::default() };
    assert_eq!(done(&mut store, |tx| Ok((tx.usage(SEAT)?, tx.usage(OTHER)?))), (usage, Usage::default()));
    // The same twice is a fault of whoever does it, and is not kept.
    assert!(store.within(|tx| tx.add_envelope(&chain[0], SEAT, b"again")).is_err());
}

fn a_log_moves_on_and_stays_whose_it_is(bench: &impl Bench) {
    let mut store = bench.open();
    let (first, second) = (log(SEAT, &at(0, 1, 0)), log(OTHER, &at(1, 2, 1)));
    done(&mut store, |tx| tx.set_log(&first));
    done(&mut store, |tx| tx.set_log(&second));
    let expected = HeldLog { state: second.state, ..first };
    assert_eq!(done(&mut store, |tx| tx.log(LOG)), Some(expected.clone()));
    assert_eq!(done(&mut store, |tx| tx.logs()), [expected]);
    assert_eq!(done(&mut store, |tx| tx.total()).logs, 1);
}

fn what_a_seat_holds_is_noted_anew(bench: &impl Bench) {
    let mut store = bench.open();
    let logs = |n: u8| (0..n).map(|n| LogId::new([n; 16])).map(|log| (log, Known::nothing(log))).collect();
    let memory = |n: u8| Memory { digest: [n; 32], heads: vec![], logs: logs(n) };
    for n in [3, 5] {
        done(&mut store, |tx| tx.set_memory(SEAT, &memory(n)));
    }
    assert_eq!(done(&mut store, |tx| tx.memory(SEAT)), Some(memory(5)));
    assert_eq!(done(&mut store, |tx| tx.memory(OTHER)), None);
}

fn blobs_count_as_of_who_brought_them(bench: &impl Bench) {
    let mut store = bench.open();
    let blob = |n: u8| HeldBlob { id: BlobId::new([n; 32]), scope: SCOPE, size: 100 * u64::from(n) };
    done(&mut store, |tx| {
        for (n, by) in [(1, SEAT), (2, OTHER), (2, SEAT), (3, SEAT)] {
            tx.add_blob(&blob(n), by)?;
        }
        tx.drop_blob(blob(1).id)
    });
    assert_eq!(done(&mut store, |tx| tx.blobs()), [blob(2), blob(3)]);
    assert_eq!(
        done(&mut store, |tx| Ok((tx.blob(blob(3).id)?, tx.blob(blob(1).id)?))),
        (Some(blob(3)), None)
    );
    let usage = |blobs, blob_bytes| Usage { blobs, blob_bytes, ..Usage::default() };
    let counted = done(&mut store, |tx| Ok((tx.usage(SEAT)?, tx.usage(OTHER)?, tx.total()?)));
    assert_eq!(counted, (usage(1, 300), usage(1, 200), usage(2, 500)));
    done(&mut store, |tx| tx.touch());
}

fn what_is_late_of_a_seat_is_counted_apart(bench: &impl Bench) {
    let mut store = bench.open();
    done(&mut store, |tx| tx.add_late(SEAT, 1, 40));
    done(&mut store, |tx| tx.add_late(SEAT, 0, 500));
    let late = done(&mut store, |tx| Ok((tx.late(SEAT)?, tx.late(OTHER)?, tx.usage(SEAT)?)));
    assert_eq!(late, ((1, 540), (0, 0), Usage::default()));
}

macro_rules! suite {
    ($name:ident, $bench:ty, $($test:ident)+) => {
        mod $name {
            $(#[test] fn $test() { super::$test(&<$bench>::default()); })+
        }
    };
}

macro_rules! join {
    ($name:ident, $bench:ty) => {
        suite!($name, $bench,
            the_first_programme_and_the_first_key_stay
            what_came_to_nothing_leaves_nothing
            who_looks_sees_what_was_kept_while_something_is_done_and_changes_nothing
            statements_are_kept_once_and_in_order
            of_each_key_a_few_are_kept
            envelopes_stand_in_their_logs_and_count_as_their_authors
            a_log_moves_on_and_stays_whose_it_is
            what_a_seat_holds_is_noted_anew
            blobs_count_as_of_who_brought_them
            what_is_late_of_a_seat_is_counted_apart
        );
    };
}

struct InAFile(tempfile::TempDir);

impl Default for InAFile {
    fn default() -> Self {
        Self(tempfile::tempdir().unwrap())
    }
}

impl Bench for InAFile {
    type Store = Sqlite;

    fn open(&self) -> Sqlite {
        Sqlite::open(&self.0.path().join("hub.db")).unwrap()
    }
}

join!(sqlite, crate::InAFile);

#[cfg(unix)]
#[test]
fn nobody_else_on_the_machine_reads_the_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let bench = InAFile::default();
    let mut store = bench.open();
    done(&mut store, |tx| tx.touch());
    for file in std::fs::read_dir(bench.0.path()).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
}
