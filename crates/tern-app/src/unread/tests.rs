use serde_json::json;
use tern_record::{BlobId, short};
use tern_seal::doc_id;
use tern_sync::Shelf as _;

use super::*;
use crate::testing::{edit, envelopes, first, join, take_late};

/// All that a vault says, but for the order in which it came.
fn says(app: &mut App) -> Vec<String> {
    app.opened.forget();
    let mut said = vec![
        format!("{:?}", app.vault.count_intents().unwrap()),
        format!("{:?}", app.vault.quarantined().unwrap()),
        format!("{:?}", app.vault.to_mend().unwrap()),
    ];
    let mut wanted: Vec<BlobId> = app.vault.blobs_wanted().unwrap().iter().map(|blob| blob.id).collect();
    wanted.sort_unstable();
    said.push(format!("{wanted:?}"));
    for id in app.vault.records_after(None, u32::MAX).unwrap() {
        let record = app.open_record(id).unwrap();
        for path in record.paths() {
            said.push(format!("{id:?} {path:?} {:?}", record.folded(&app.schema, &path)));
        }
        said.push(format!("{:?} waits", record.waiting().count()));
        said.push(format!("{:?}", app.vault.find_child(id).unwrap()));
        said.push(format!("{:?}", app.vault.keys_of_child(id).unwrap()));
        said.extend(app.views.values().map(|view| format!("{:?}", view.record(id).unwrap())));
    }
    said
}

#[test]
fn what_builds_on_what_counts_is_taken_without_its_record() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = first(folder.path());
    let mut other = join(&mut one, folder.path(), "Tomas", &["coordinator", "case_worker"]);
    let child = json!({ "names": ["Samir"], "sex": "M", "age": 9, "accompaniment": "unknown" });
    let child = one.script_register(&child).unwrap();
    let child = one.resolve(child["id"].as_str().unwrap()).unwrap();
    one.seal_work().unwrap();
    edit(&mut one, child, "birth_place", "Harbour street");
    edit(&mut one, child, "birth_place", "Mill street");
    for envelope in envelopes(&one) {
        take_late(&mut other, &[envelope]);
    }
    let core = doc_id(other.realm, child, Compartment::Core);
    assert!(!other.opened.has(&core), "nothing was read to take three changes in a row");
    other.catch_up_lists().unwrap();
    let places = |app: &App| app.vault.find_child(child).unwrap().map(|child| child.places);
    assert_eq!(places(&other), places(&one));
    assert!(places(&other).is_some_and(|places| places == ["Mill street"]));
}

#[test]
fn the_gate_says_the_same_of_a_record_that_it_did_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = first(folder.path());
    let mut registrar = join(&mut one, folder.path(), "Sana", &["registrar"]);
    let mut health = join(&mut one, folder.path(), "Nadia", &["health"]);
    let children = one.demo(4, 7, &mut |_| {}).unwrap();
    one.seal_work().unwrap();
    for place in ["Harbour street", "Mill street", "Quay"] {
        children.iter().for_each(|child| edit(&mut one, *child, "birth_place", place));
    }
    let text = |child: &RecordId| short::long_text(child.as_bytes());
    for child in &children {
        one.remove_photo(&text(child), &[]).unwrap();
        one.seal_work().unwrap();
    }
    let own = json!({ "names": ["Amina"], "sex": "F", "age": 12, "accompaniment": "unknown" });
    let own = registrar.script_register(&own).unwrap();
    let own = registrar.resolve(own["id"].as_str().unwrap()).unwrap();
    registrar.seal_work().unwrap();
    edit(&mut registrar, own, "birth_place", "Mill street");
    // A nurse puts what no nurse may, as a tablet that was broken into would.
    health.take_all(&envelopes(&one)).unwrap();
    health.rights = one.rights.clone();
    edit(&mut health, children[0], "birth_place", "Somewhere else");
    // And somebody goes on with what is moved meanwhile.
    let row = one.with_record(children[1], |app, record| Ok(record.rows(&app.schema, "names"))).unwrap();
    let entry = format!("names/{}", row[0].0);
    one.script_move(&text(&children[1]), &entry, &text(&children[2])).unwrap();
    one.seal_work().unwrap();
    edit(&mut one, children[1], "birth_place", "Quay again");

    let mut all = envelopes(&one);
    for bytes in [&registrar, &health].into_iter().flat_map(envelopes) {
        if !all.contains(&bytes) {
            all.push(bytes);
        }
    }
    let backwards: Vec<Vec<u8>> = all.iter().rev().cloned().collect();
    let by_turns: Vec<Vec<u8>> = (0..3).flat_map(|at| all.iter().skip(at).step_by(3).cloned()).collect();
    for (at, order) in [all, backwards, by_turns].into_iter().enumerate() {
        let roles = ["coordinator", "case_worker"];
        let mut late = join(&mut one, folder.path(), &format!("late {at}"), &roles);
        let mut soon = join(&mut one, folder.path(), &format!("soon {at}"), &roles);
        for some in order.chunks(4) {
            take_late(&mut late, some);
            soon.take_all(some).unwrap();
        }
        late.catch_up_lists().unwrap();
        assert!(soon.vault.quarantined().unwrap().iter().any(|(code, _)| code == "role-may-not"));
        assert_eq!(says(&mut late), says(&mut soon), "order {at}");
    }
}
