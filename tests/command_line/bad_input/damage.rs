//! Keys, vaults, views and photos that were damaged or lost.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::pictures::jpeg;
use super::{one_child, say};

/// Every file of a data folder with its bytes.
fn kept(home: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let files = fs::read_dir(home).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let mut files: Vec<_> = files.map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn damaged_keys_are_told_and_left_as_they_are() {
    let (tern, _) = one_child();
    let slots = tern.home().join("slots");
    let whole = fs::read(&slots).unwrap();
    let mut damaged: Vec<Vec<u8>> =
        [0, 1, 40, whole.len() / 2, whole.len() - 1].map(|length| whole[..length].to_vec()).into();
    damaged.extend((0..whole.len()).step_by(97).map(|at| flipped(&whole, at)));
    damaged.push([whole.clone(), vec![0]].concat());
    for bytes in damaged {
        fs::write(&slots, &bytes).unwrap();
        let before = kept(&tern.home());
        let said = tern.run(&["find", "zunamira"]);
        // A flipped format number cannot be told from a newer version.
        let newer = said.exit == 1 && said.err.contains("newer-format");
        if !newer {
            said.refused(4, "damaged");
        }
        assert_eq!(kept(&tern.home()), before);
    }
    fs::remove_file(&slots).unwrap();
    tern.run(&["find", "zunamira"]).refused(4, "damaged");
    assert!(!slots.exists());
    let again = ["programme", "create", "--name", "B", "--site", "S", "--country", "QME", "--worker", "W"];
    tern.run(&again).refused(1, "not-empty");
    fs::write(&slots, &whole).unwrap();
    assert_eq!(tern.run(&["find", "zunamira"]).ok().as_array().unwrap().len(), 1);
}

fn flipped(whole: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    bytes[at] ^= 0x20;
    bytes
}

#[test]
fn a_damaged_vault_is_told_and_never_replaced_or_filled() {
    let (tern, _) = one_child();
    tern.run(&["demo", "--children", "8", "--seed", "5"]).ok();
    let records = tern.run(&["verify"]).ok()["records"].clone();
    let vault = tern.home().join("vault.db");
    let whole = fs::read(&vault).unwrap();
    let pages = whole.len() / 4096;
    let (mut refused, mut told) = (0, 0);
    for page in (0..pages).step_by(pages.div_ceil(40)) {
        let at = page * 4096 + 1_000;
        fs::write(&vault, flipped(&whole, at)).unwrap();
        let said = tern.run(&["verify"]);
        assert_eq!(said.exit, 4, "page {page}: {}{}", said.out, said.err);
        if said.out.is_empty() {
            said.refused(4, "damaged");
            refused += 1;
        } else {
            assert!(!said.value()["problems"].as_array().unwrap().is_empty());
            told += 1;
        }
        let now = fs::read(&vault).unwrap();
        assert!(now.len() >= whole.len() && now[at] == whole[at] ^ 0x20, "page {page} was made new");
    }
    say(&format!(
        "{} of {pages} pages damaged: {refused} refused on opening, {told} told by verify",
        refused + told
    ));
    for length in [0, 1, 512, 4096, whole.len() / 2] {
        fs::write(&vault, &whole[..length]).unwrap();
        tern.run(&["find", "zunamira"]).refused(4, "damaged");
        assert!(fs::read(&vault).unwrap() == whole[..length], "{length} bytes were not left alone");
    }
    fs::write(&vault, vec![0; whole.len()]).unwrap();
    tern.run(&["find", "zunamira"]).refused(4, "damaged");
    fs::remove_file(&vault).unwrap();
    tern.run(&["find", "zunamira"]).refused(4, "damaged");
    assert!(!vault.exists(), "an empty vault in the place of a lost one");
    fs::write(&vault, &whole).unwrap();
    assert_eq!(tern.run(&["verify"]).ok()["records"], records);
}

#[test]
fn a_damaged_or_lost_view_file_keeps_nobody_from_working_and_is_made_again() {
    let (tern, id) = one_child();
    tern.run(&["demo", "--children", "8", "--seed", "5"]).ok();
    tern.run(&["add", &id, "external_ids", "--set", "value=\"X-77\""]).ok();
    let views =
        || kept(&tern.home()).into_iter().filter(|(path, _)| path.to_str().unwrap().contains("view-"));
    for (path, bytes) in views() {
        let pages = bytes.len() / 4096;
        for page in (0..pages).step_by(pages.div_ceil(12)) {
            fs::write(&path, flipped(&bytes, page * 4096 + 1_000)).unwrap();
            let marks = format!("distinguishing_marks=\"scar {page}\"");
            assert_ne!(tern.run(&["edit", &id, "--set", &marks]).ok()["change"], Value::Null, "page {page}");
            assert_eq!(tern.run(&["find", "zunamira"]).ok()[0]["id"], json!(id), "page {page}");
            let found = tern.run(&["verify", "--rebuild"]);
            assert!(found.exit == 0 || found.out.contains("view"), "{}{}", found.out, found.err);
            assert_eq!(tern.run(&["verify"]).ok()["problems"], json!([]), "page {page}");
            assert_eq!(tern.run(&["show", "X-77"]).ok()["id"], json!(id), "page {page}");
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(tern.run(&["show", "X-77"]).ok()["id"], json!(id));
    }
}

#[test]
fn a_damaged_or_lost_photo_is_found_by_verify() {
    let (tern, id) = one_child();
    let narratives = kept(&tern.home().join("blobs")).len();
    let photo = tern.bring("photo.jpg", jpeg());
    tern.run(&["photo", "add", &id, &photo]).ok();
    let blobs = kept(&tern.home().join("blobs"));
    assert_eq!(blobs.len(), narratives + 2, "a picture and its small one");
    for (path, bytes) in &blobs {
        fs::write(path, flipped(bytes, bytes.len() / 2)).unwrap();
        let said = tern.run(&["verify"]);
        assert_eq!((said.exit, said.value()["problems"].as_array().unwrap().len()), (4, 1));
        fs::remove_file(path).unwrap();
        assert_eq!(tern.run(&["verify"]).exit, 4);
        tern.run(&["show", &id]).ok();
        fs::write(path, bytes).unwrap();
    }
    tern.run(&["verify"]).ok();
}
