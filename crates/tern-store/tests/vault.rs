//! The vault as its callers meet it.
#![allow(clippy::unwrap_used, clippy::panic)]

use tern_record::{Compartment, DocId, DraftId, IntentId, RecordId, ScopeId, SeatId};
use tern_store::child::{ChildKeys, ChildRow, Lookup};
use tern_store::draft::DraftRow;
use tern_store::intent::{Body, IntentRow};
use tern_store::view::{View, ViewRecord, ViewValue};
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
