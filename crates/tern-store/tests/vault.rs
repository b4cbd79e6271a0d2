//! The vault as its callers meet it.
#![allow(clippy::unwrap_used, clippy::panic)]

use tern_record::{Compartment, DocId, DraftId, EnvelopeId, IntentId, LogId, RecordId, ScopeId, SeatId};
use tern_store::child::{ChildKeys, ChildRow, Lookup};
use tern_store::draft::DraftRow;
use tern_store::envelope::InLog;
use tern_store::intent::{Body, IntentRow};
use tern_store::quarantine::HeldRow;
use tern_store::view::{View, ViewRecord, ViewValue};
use tern_store::wrap::WrapRow;
use tern_store::{Home, StoreError, Vault};

fn key(byte: u8) -> [u8; 32] {
    [byte; 32]
}

fn intent(id: u8, body: Body) -> IntentRow {
    let compartment =
        if matches!(body, Body::Plain(_)) { Compartment::Core } else { Compartment::Protection };
    IntentRow {
        id: IntentId::new([id; 32]),
        doc: DocId::new([1; 16]),
        record: RecordId::new([2; 16]),
        compartment,
        scope: ScopeId::new([3; 16]),
        seat: SeatId::new([4; 16]),
        at_ms: 5,
        body,
    }
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let folder = tempfile::tempdir().unwrap();
    {
        let home = Home::create(folder.path()).unwrap();
        let mut vault = Vault::create(&home, &key(1), None).unwrap();
        vault.rebuild(|_| Ok::<(), StoreError>(())).unwrap();
        vault
            .write(|tx| {
                assert!(tx.add_intent(&intent(1, Body::Plain(b"plain".to_vec())))?);
                assert!(!tx.add_intent(&intent(1, Body::Plain(b"plain".to_vec())))?);
                tx.add_intent(&intent(2, Body::Sealed { epoch: [9; 16], bytes: b"sealed".to_vec() }))
            })
            .unwrap();
        home.finish().unwrap();
    }
    let home = Home::open(folder.path()).unwrap();
    let vault = Vault::open(&home, &key(1), None).unwrap();
    assert!(!vault.is_stale());
    assert_eq!(vault.intents_of_doc(DocId::new([1; 16])).unwrap().len(), 2);
    assert_eq!(vault.count_intents().unwrap(), (2, 2));
    assert!(vault.integrity_problems().unwrap().is_empty());
}

#[test]
fn a_refused_transaction_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let refused: Result<(), StoreError> = vault.write(|tx| {
        tx.add_intent(&intent(1, Body::Plain(vec![1])))?;
        Err(StoreError::DiskFull)
    });
    assert!(matches!(refused, Err(StoreError::DiskFull)));
    assert_eq!(vault.count_intents().unwrap(), (0, 0));
}

#[test]
fn a_wrong_key_and_a_damaged_file_are_told_and_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    {
        let home = Home::create(folder.path()).unwrap();
        Vault::create(&home, &key(1), None).unwrap();
        home.finish().unwrap();
    }
    let home = Home::open(folder.path()).unwrap();
    let before = std::fs::read(home.vault_path()).unwrap();
    assert!(matches!(Vault::open(&home, &key(2), None), Err(StoreError::Damaged)));
    assert_eq!(std::fs::read(home.vault_path()).unwrap(), before);
    std::fs::remove_file(home.vault_path()).unwrap();
    assert!(matches!(Vault::open(&home, &key(1), None), Err(StoreError::Damaged)));
    assert!(!home.vault_path().exists());
}

#[test]
fn sealed_rows_cannot_be_core_and_plain_rows_cannot_be_above_it() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let wrong = IntentRow { compartment: Compartment::Restricted, ..intent(1, Body::Plain(vec![1])) };
    assert!(vault.write(|tx| tx.add_intent(&wrong)).is_err());
}

#[test]
fn children_are_found_by_word_prefix_and_slip() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let child = ChildRow {
        name: "Samira".into(),
        names: vec!["Samira".into(), "سميرا".into()],
        born: Some((1, 3, 2)),
        languages: vec!["prs".into(), "eng".into()],
        ..ChildRow::default()
    };
    let keys = ChildKeys { words: vec![(0, "samira".into()), (2, "smr".into())], typos: vec![u64::MAX] };
    let record = RecordId::new([7; 16]);
    vault.rebuild(|tx| tx.put_child(record, &child, &keys)).unwrap();
    for lookup in [
        Lookup::Exact(0, "samira".into()),
        Lookup::Prefix(0, "sam".into()),
        Lookup::Exact(2, "smr".into()),
        Lookup::Typo(u64::MAX),
    ] {
        let rows = vault.rows_with(&lookup, 10).unwrap();
        assert_eq!(vault.children_by_row(&rows).unwrap(), vec![(record, child.clone())], "{lookup:?}");
    }
    assert!(vault.rows_with(&Lookup::Prefix(0, "sb".into()), 10).unwrap().is_empty());
    vault.write(|tx| tx.put_child(record, &child, &ChildKeys::default())).unwrap();
    assert!(vault.rows_with(&Lookup::Exact(0, "samira".into()), 10).unwrap().is_empty());
}

#[test]
fn drafts_are_kept_until_they_are_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let mut draft = DraftRow {
        id: DraftId::new([1; 16]),
        seat: SeatId::new([4; 16]),
        form: "child".into(),
        form_version: 1,
        begun: (10, 120),
        saved: (10, 120),
        help: vec!["bed".into()],
        record: None,
        dropped_ms: None,
    };
    let part = Body::Sealed { epoch: [1; 16], bytes: vec![1, 2] };
    vault
        .write(|tx| {
            tx.put_draft(&draft)?;
            tx.put_draft_part(draft.id, Compartment::Protection, Some(&part))
        })
        .unwrap();
    draft.saved = (20, 120);
    vault.write(|tx| tx.put_draft(&draft)).unwrap();
    assert_eq!(vault.find_draft(draft.id).unwrap(), Some(draft.clone()));
    assert!(vault.draft_parts(draft.id).unwrap() == vec![(Compartment::Protection, part)]);
    vault.write(|tx| tx.remove_draft(draft.id)).unwrap();
    assert!(vault.drafts().unwrap().is_empty());
    assert!(vault.draft_parts(draft.id).unwrap().is_empty());
}

#[test]
fn a_view_file_that_cannot_be_read_begins_again_from_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let scope = ScopeId::new([3; 16]);
    let record = RecordId::new([7; 16]);
    let value = ViewValue { path: "marks".into(), value: "scar".into(), disputed: false };
    let told = ViewRecord { values: vec![value], thumbnail: None, case: None };
    {
        let mut view = View::open(&home, scope, &key(1), None).unwrap();
        view.put(&[(record, told.clone())], 5).unwrap();
    }
    {
        let view = View::open(&home, scope, &key(1), None).unwrap();
        assert_eq!((view.through().unwrap(), view.record(record).unwrap()), (5, told));
    }
    let view = View::open(&home, scope, &key(2), None).unwrap();
    assert_eq!((view.through().unwrap(), view.record(record).unwrap()), (0, ViewRecord::default()));
}

#[test]
fn a_few_wraps_of_a_key_are_kept_and_what_was_made_here_before_others() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let (mine, theirs) = (SeatId::new([4; 16]), SeatId::new([5; 16]));
    let wrap =
        |epoch: u8, seat, own, byte: u8| WrapRow { epoch: [epoch; 16], seat, own, bytes: vec![byte; 1168] };
    let add = |vault: &mut Vault, row: WrapRow| vault.write(|tx| tx.add_wrap(&row, 3)).unwrap();
    add(&mut vault, wrap(1, theirs, true, 1));
    for byte in 2..6 {
        add(&mut vault, wrap(1, theirs, false, byte));
        add(&mut vault, wrap(1, theirs, false, byte));
    }
    add(&mut vault, wrap(2, theirs, false, 7));
    add(&mut vault, wrap(2, mine, false, 8));
    let kept = |vault: &Vault| vault.wraps().unwrap().iter().map(|wrap| wrap.bytes[0]).collect::<Vec<_>>();
    assert_eq!(kept(&vault), [1, 4, 5, 8, 7], "of four from elsewhere the newest two");
    assert_eq!(vault.wraps_for(mine).unwrap(), [wrap(2, mine, false, 8)]);
    vault.write(|tx| tx.remove_wraps_for(mine)).unwrap();
    vault.write(|tx| tx.keep_wraps_of(&[[2; 16]].into())).unwrap();
    assert_eq!(kept(&vault), [7]);
}

#[test]
fn what_is_refused_is_kept_once_in_its_fullest_form_and_links_its_log() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let seat = SeatId::new([4; 16]);
    let (log, id, prev) = (LogId::new([5; 16]), EnvelopeId::new([6; 32]), EnvelopeId::new([7; 32]));
    let at = InLog { id, log, seq: 3, prev };
    let held =
        |code: &str, at_ms| HeldRow { id: [6; 32], code: code.into(), at_ms, signed: Some((seat, at)) };
    let strange = HeldRow { id: [8; 32], code: "envelope-shape".into(), at_ms: 1, signed: None };
    vault
        .write(|tx| {
            tx.hold(&strange, b"rubbish")?;
            tx.hold(&held("chain-gap", 5), b"whole bytes")?;
            tx.hold(&held("chain-fork", 9), b"erased")
        })
        .unwrap();
    assert_eq!(vault.held().unwrap(), [held("chain-fork", 5), strange], "when it came first stays");
    assert_eq!(vault.held_bytes([6; 32]).unwrap().unwrap(), b"whole bytes");
    assert_eq!(vault.place_of(id).unwrap(), Some(at));
    assert_eq!(vault.place_of(EnvelopeId::new([8; 32])).unwrap(), None, "nobody knows who signed it");
    assert_eq!(vault.held_of_log(log, "chain-fork").unwrap(), [[6; 32]]);
    assert!(!vault.is_taken(id).unwrap());
    vault.write(|tx| tx.decline(id)).unwrap();
    assert!(vault.is_declined(id).unwrap());
    vault.write(|tx| tx.undecline(id).and_then(|()| tx.release([6; 32]))).unwrap();
    assert!(!vault.is_declined(id).unwrap() && vault.held_bytes([6; 32]).unwrap().is_none());
}

#[test]
fn what_is_joined_is_kept_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::create(folder.path()).unwrap();
    let mut vault = Vault::create(&home, &key(1), None).unwrap();
    let add = |vault: &mut Vault, id: u8| {
        vault.write(|tx| tx.add_intent(&intent(id, Body::Plain(vec![id]))).map(drop))
    };
    let refused = |vault: &mut Vault, id: u8| {
        let done = vault.write(|tx| {
            tx.add_intent(&intent(id, Body::Plain(vec![id])))?;
            Err::<(), StoreError>(StoreError::Damaged)
        });
        assert!(done.is_err());
    };
    vault.begin_joined().unwrap();
    add(&mut vault, 1).unwrap();
    refused(&mut vault, 2);
    add(&mut vault, 3).unwrap();
    assert_eq!(vault.count_intents().unwrap().0, 2, "what is written is seen at once");
    vault.drop_joined();
    assert_eq!(vault.count_intents().unwrap().0, 0);
    vault.begin_joined().unwrap();
    add(&mut vault, 4).unwrap();
    vault.keep_joined().unwrap();
    add(&mut vault, 5).unwrap();
    drop(vault);
    let vault = Vault::open(&home, &key(1), None).unwrap();
    assert_eq!(vault.count_intents().unwrap().0, 2);
}
