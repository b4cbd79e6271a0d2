//! What a device says of where its work lies: nobody wipes a tablet because of a word that was not true.

use serde_json::{Value, json};
use tern_app::App;
use tern_app::admit::Admitted;
use tern_stories::Tern;
use tern_stories::held::take_in;
use tern_stories::meeting::{bring, file_in, meet, open};
use tern_stories::members::{joined, tell};
use tern_stories::tern::Said;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn answers(name: &str) -> Value {
    json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" })
}

fn receipt(from: &Tern, to: &Tern) {
    let file = file_in(from, "receipt");
    from.run(&["sync", "receipt", &file]).ok();
    to.run(&["sync", "read", &file]).ok();
}

fn is(tern: &Tern, key: &str) -> Value {
    tern.run(&["sync", "status"]).ok()[key].clone()
}

#[test]
fn a_receipt_of_a_device_for_itself_counts_for_nothing() {
    let first = Tern::practising(TERN);
    first.register(&answers("Samir")).ok();
    let added = first.run(&["worker", "add", "Sana", "--role", "case_worker"]).ok();
    let words = added["passphrase"].as_str().unwrap();
    let as_sana = |command: &[&str]| {
        Said::from(first.command(command).env("TERN_PASSPHRASE", words).arg("--json").output().unwrap())
    };
    let before = is(&first, "only_here");
    let work = file_in(&first, "work");
    first.run(&["sync", "write", &work]).ok();
    first.run(&["sync", "read", &work]).ok();
    assert_eq!(is(&first, "children_only_here"), 1);
    let of_sana = file_in(&first, "of-sana");
    as_sana(&["sync", "receipt", &of_sana]).ok();
    first.run(&["sync", "read", &of_sana]).ok();
    assert_eq!((is(&first, "children_only_here"), is(&first, "only_here")), (json!(1), before));
}

#[test]
fn work_on_a_device_that_was_lost_is_not_safe_there() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.register(&answers("Samir")).ok();
    bring(&first, &second);
    receipt(&second, &first);
    assert_eq!(is(&first, "children_only_here"), 0);
    first.run(&["device", "remove", "Tomas", "--reason", "lost"]).ok();
    assert_eq!(is(&first, "children_only_here"), 1);
    // Nor does what its thief says afterwards count.
    let later = first.tmp().join("receipt");
    first.run(&["sync", "read", later.to_str().unwrap()]);
    assert_eq!(is(&first, "children_only_here"), 1);
}

#[test]
fn work_of_a_device_that_came_back_from_a_copy_is_not_taken_for_what_it_did_before() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.register(&answers("Samir")).ok();
    let copy = first.copied();
    first.register(&answers("Omid")).ok();
    bring(&first, &second);
    let there = copy.register(&answers("Nasrin")).ok()["id"].as_str().unwrap().to_owned();
    receipt(&second, &copy);
    assert_eq!(is(&copy, "children_only_here"), 2, "nobody but the copy has Nasrin; Samir is not told apart");
    let seat = is(&copy, "devices")[0]["seat"].as_str().unwrap().to_owned();
    assert!(is(&copy, "devices")[0]["behind"].as_u64().unwrap() > 0);
    // A file for that device carries it: nobody can ask a file for more.
    let file = file_in(&copy, "for-tomas");
    copy.run(&["sync", "write", "--for", &seat, &file]).ok();
    second.run(&["sync", "read", &file]).ok();
    second.run(&["show", &there]).ok();
}

#[test]
fn a_file_for_somebody_who_is_out_or_for_a_sheet_is_refused() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    first.register(&answers("Samir")).ok();
    tell(&second, &first);
    let sheet = first.run(&["sheet", "make"]).ok()["sheet"].as_str().unwrap().to_owned();
    let file = file_in(&first, "for-paper");
    first.run(&["sync", "write", "--for", &sheet, &file]).refused(1, "unknown-seat");
    first.run(&["device", "remove", "Tomas", "--reason", "left"]).ok();
    first.run(&["sync", "write", "--for", "Tomas", &file]).refused(1, "unknown-seat");
}

/// Answers of a child that agreed to a photo.
fn granting(name: &str) -> Value {
    let mut child = answers(name);
    child["consents"] = json!([{ "purpose": "photo", "status": "granted" }]);
    child
}

fn jpeg() -> Vec<u8> {
    let mut jpeg = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_fn(64, 48, |x, y| image::Rgb([x as u8, y as u8, 90]));
    picture.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    jpeg.into_inner()
}

/// Adds a photo of a child that agreed to it.
fn photographed(tern: &Tern, name: &str) -> String {
    let child = tern.register(&granting(name)).ok()["id"].as_str().unwrap().to_owned();
    let file = tern.tmp().join("photo.jpg");
    std::fs::write(&file, jpeg()).unwrap();
    tern.run(&["photo", "add", &child, file.to_str().unwrap()]).ok();
    child
}

/// What a file for the only other device brings of photos.
fn photos_for(from: &Tern, to: &Tern) -> Value {
    let seat = is(from, "devices")[0]["seat"].as_str().unwrap().to_owned();
    let file = file_in(from, "for-one");
    from.run(&["sync", "write", "--for", &seat, &file]).ok();
    to.run(&["sync", "read", &file]).ok()["received"]["blobs"].clone()
}

#[test]
fn photos_that_another_device_lost_are_in_the_next_file_for_it() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let old = second.copied();
    photographed(&first, "Samir");
    let (mut leila, mut tomas) = (open(&first), open(&second));
    meet(&mut leila, &mut tomas);
    drop((leila, tomas));
    assert_eq!(photos_for(&first, &second), 0, "they lie there");
    let written = first.run(&["sync", "write", "--for", "Tomas", &file_in(&first, "nothing")]).ok();
    assert!(written["note"].as_str().unwrap().contains("nothing but the list of members"), "{written}");
    // It came back from an old copy, and says so by what it holds.
    receipt(&old, &first);
    assert_eq!(photos_for(&first, &old), 2, "the photo and its small picture");
}

#[test]
fn work_that_a_caller_lost_is_not_called_safe_there_as_soon_as_it_says_what_it_holds() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    meet(&mut tomas, &mut leila);
    drop(tomas);
    let copy = second.copied();
    let mut tomas = open(&second);
    leila.script_register(&answers("Samir")).unwrap();
    meet(&mut tomas, &mut leila);
    let only_here = |leila: &App| leila.where_work_is().unwrap().only_here;
    assert_eq!(only_here(&leila), 0);
    // The copy calls, and the line breaks before what it lacks has come.
    let mut old = open(&copy);
    let peer = old.peer_of(leila.seat()).unwrap();
    let mut exchange = old.begin_exchange(peer).unwrap();
    let digest_alone = old.ask_peer(&mut exchange).unwrap();
    let reply = leila.answer_peer(&digest_alone).unwrap();
    assert!(old.hear_reply(&mut exchange, &reply).unwrap());
    let what_it_holds = old.ask_peer(&mut exchange).unwrap();
    leila.answer_peer(&what_it_holds).unwrap();
    assert!(only_here(&leila) > 0, "the copy has not got it");
    meet(&mut old, &mut leila);
    assert_eq!(only_here(&leila), 0);
}

#[test]
fn photos_that_a_caller_took_are_known_to_lie_there() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    photographed(&first, "Samir");
    let (mut leila, mut tomas) = (open(&first), open(&second));
    assert!(leila.where_work_is().unwrap().files_only_here > 0);
    meet(&mut tomas, &mut leila);
    assert_eq!(leila.where_work_is().unwrap().files_only_here, 0);
    assert_eq!(tomas.where_work_is().unwrap().files_only_here, 0);
}

#[test]
fn photos_that_a_device_says_it_wants_are_in_the_next_file_for_it() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    photographed(&first, "Samir");
    // The record comes and the photo does not.
    let work = file_in(&first, "work");
    first.run(&["sync", "write", &work]).ok();
    let photos = std::fs::read_dir(first.home().join("blobs")).unwrap();
    let bytes: u64 = photos.map(|photo| photo.unwrap().metadata().unwrap().len()).sum();
    let whole = std::fs::read(&work).unwrap();
    std::fs::write(&work, &whole[..whole.len() - usize::try_from(bytes).unwrap()]).unwrap();
    second.run(&["sync", "read", &work]);
    let old = second.copied();
    let (mut leila, mut tomas) = (open(&first), open(&second));
    meet(&mut leila, &mut tomas);
    drop((leila, tomas));
    assert_eq!(photos_for(&first, &second), 0, "it lies there");
    receipt(&old, &first);
    assert_eq!(photos_for(&first, &old), 2, "the photo and its small picture");
}

#[test]
fn photos_and_long_texts_are_not_called_safe_before_they_are() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    photographed(&first, "Samir");
    assert_eq!(is(&first, "files_only_here"), 2, "the photo and its small picture");
    // The record comes and the photo does not: the work is there, the photo is not.
    let work = file_in(&first, "work");
    first.run(&["sync", "write", &work]).ok();
    let whole = std::fs::read(&work).unwrap();
    let photos = std::fs::read_dir(first.home().join("blobs")).unwrap();
    let bytes: u64 = photos.map(|photo| photo.unwrap().metadata().unwrap().len()).sum();
    std::fs::write(&work, &whole[..whole.len() - usize::try_from(bytes).unwrap()]).unwrap();
    second.run(&["sync", "read", &work]);
    receipt(&second, &first);
    assert_eq!((is(&first, "only_here"), is(&first, "files_only_here")), (json!(0), json!(2)));
    assert_eq!(open(&first).to_share().unwrap(), 2, "nobody reads that nothing is to be shared");
    // Now they come; the receipt says so. Who read them knows where they came from.
    std::fs::write(&work, &whole).unwrap();
    second.run(&["sync", "read", &work]).ok();
    assert_eq!(is(&second, "files_only_here"), 0);
    receipt(&second, &first);
    assert_eq!(is(&first, "files_only_here"), 0);
    // By a line it is learnt at once.
    photographed(&first, "Omid");
    assert_eq!(is(&first, "files_only_here"), 2);
    let (mut leila, mut tomas) = (open(&first), open(&second));
    meet(&mut leila, &mut tomas);
    drop((leila, tomas));
    assert_eq!((is(&first, "files_only_here"), is(&second, "files_only_here")), (json!(0), json!(0)));
}

#[test]
fn photos_of_work_that_is_kept_aside_are_not_taken_to_lie_there() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    joined(&first, "Sana", "Tablet 3", &["case_worker"], &[]);
    // There are new keys of which the second device has not heard.
    first.run(&["device", "remove", "Sana", "--reason", "left"]).ok();
    photographed(&first, "Samir");
    first.run(&["lock"]).ok();
    let made = open(&first).envelopes().unwrap();
    let mut tomas = open(&second);
    assert!(take_in(&mut tomas, &made).contains(&Admitted::Refused("epoch-unknown")));
    drop(tomas);
    receipt(&second, &first);
    assert_eq!((is(&first, "only_here"), is(&first, "files_only_here")), (json!(0), json!(2)));
    // With the keys it knows which it lacks, and with the photos it has them.
    bring(&first, &second);
    receipt(&second, &first);
    assert_eq!(is(&first, "files_only_here"), 0);
}

#[test]
fn photos_of_work_that_somebody_left_aside_are_not_taken_to_lie_with_them() {
    let first = Tern::practising(TERN);
    let tomas = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let nadia = joined(&first, "Nadia", "Tablet 3", &["case_worker"], &[]);
    // Neither has heard of it when Nadia takes what Tomas did last.
    first.run(&["device", "remove", "Tomas", "--reason", "left"]).ok();
    photographed(&tomas, "Samir");
    bring(&tomas, &nadia);
    tell(&first, &nadia);
    bring(&nadia, &first);
    receipt(&first, &nadia);
    assert_eq!(
        is(&nadia, "files_only_here"),
        2,
        "the photo and its small picture wait at Leila's to be decided on"
    );
    let waiting = first.run(&["review", "list"]).ok();
    assert!(!waiting.as_array().unwrap().is_empty());
    for work in waiting.as_array().unwrap() {
        first.run(&["review", "decline", work["entry"].as_str().unwrap()]).ok();
    }
    receipt(&first, &nadia);
    assert_eq!((is(&nadia, "only_here"), is(&nadia, "files_only_here")), (json!(0), json!(2)));
    // Other photos of hers are known to lie there by a receipt as before.
    photographed(&nadia, "Omid");
    bring(&nadia, &first);
    receipt(&first, &nadia);
    assert_eq!(is(&nadia, "files_only_here"), 2);
}

#[test]
fn an_old_receipt_that_is_read_again_calls_nothing_safe_that_its_writer_lost_since() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let copy = second.copied();
    photographed(&first, "Samir");
    bring(&first, &second);
    let before = file_in(&second, "before");
    second.run(&["sync", "receipt", &before]).ok();
    first.run(&["sync", "read", &before]).ok();
    let safe = |first: &Tern| (is(first, "children_only_here"), is(first, "files_only_here"));
    assert_eq!(safe(&first), (json!(0), json!(0)));
    // The tablet came back from an old copy, and says so by what it holds.
    receipt(&copy, &first);
    assert_eq!(safe(&first), (json!(1), json!(2)));
    let again = first.run(&["sync", "read", &before]).ok();
    assert_eq!(safe(&first), (json!(1), json!(2)), "it tells of a time before that");
    assert!(again["note"].as_str().unwrap().contains("read before"), "{again}");
    // It gets the work again, and says something that it had not said before.
    first.register(&answers("Omid")).ok();
    bring(&first, &copy);
    receipt(&copy, &first);
    assert_eq!(safe(&first), (json!(0), json!(0)));
    // Nor does reading an old one again take back what was heard since.
    let again = first.run(&["sync", "read", &before]).ok();
    assert_eq!((safe(&first), again.get("note")), ((json!(0), json!(0)), None));
}

#[test]
fn words_for_a_worker_of_a_shared_tablet_who_has_not_unlocked_since_are_not_taken_to_lie_there() {
    let shared = Tern::practising(TERN);
    let tomas = joined(&shared, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let added = shared.run(&["worker", "add", "Sana", "--role", "registrar"]).ok();
    let words = added["passphrase"].as_str().unwrap();
    let as_sana = |command: &[&str]| {
        Said::from(shared.command(command).env("TERN_PASSPHRASE", words).arg("--json").output().unwrap())
    };
    let mut child = answers("Samir");
    child["separation.circumstances"] = json!("he waited by the blue door");
    tomas.register(&child).ok();
    let (work, held) = (file_in(&tomas, "work"), file_in(&shared, "held"));
    tomas.run(&["sync", "write", &work]).ok();
    // Sana reads no part of it that speaks of the words: what they are in is kept for Leila, and they are not.
    as_sana(&["sync", "read", &work]).ok();
    as_sana(&["sync", "receipt", &held]).ok();
    tomas.run(&["sync", "read", &held]).ok();
    assert_eq!((is(&tomas, "only_here"), is(&tomas, "files_only_here")), (json!(0), json!(1)));
    // Leila does, and says that they are lacking; with the file they come.
    receipt(&shared, &tomas);
    assert_eq!(is(&tomas, "files_only_here"), 1);
    shared.run(&["sync", "read", &work]).ok();
    // What Sana says counts again now that nothing waits for Leila.
    std::fs::remove_file(&held).unwrap();
    as_sana(&["sync", "receipt", &held]).ok();
    tomas.run(&["sync", "read", &held]).ok();
    assert_eq!(is(&tomas, "files_only_here"), 0);
}

#[test]
fn a_photo_of_work_that_is_not_sealed_yet_is_not_taken_to_lie_with_who_could_not_have_heard_of_it() {
    let first = Tern::practising(TERN);
    let second = joined(&first, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let child = first.register(&granting("Samir")).ok()["id"].as_str().unwrap().to_owned();
    bring(&first, &second);
    let held = file_in(&second, "held");
    second.run(&["sync", "receipt", &held]).ok();
    let mut leila = open(&first);
    leila.add_photo(&child, &jpeg()).unwrap();
    let mut reading = leila.begin_reading(held.as_ref()).unwrap();
    while leila.read_on(&mut reading).unwrap() {}
    leila.end_reading(reading).unwrap();
    let is = leila.where_work_is().unwrap();
    assert_eq!((is.only_here, is.files_only_here), (1, 2), "the photo and its small picture");
}
