//! The golden vectors, opened and verified by a script over other libraries than ours.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The interpreter, made when it is not there yet. Without one this test fails: a check that was left out is no check.
fn python() -> String {
    let made = Command::new("sh").arg("tools/python.sh").current_dir(root()).output().expect("sh runs");
    let told = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(made.status.success(), "Python 3.11 or newer with venv is needed, and `make setup` once: {told}");
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

fn check(vectors: &Path) -> Output {
    let script = root().join("tests/golden/wire/check.py");
    Command::new(python()).arg("-B").arg(script).arg(vectors).output().expect("Python runs")
}

#[test]
fn another_implementation_opens_every_vector_and_none_that_was_altered() {
    let vectors = root().join("tests/golden/wire");
    let out = check(&vectors);
    let told = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{told}");
    let count =
        std::fs::read_dir(&vectors).unwrap().filter(|file| is_vector(&file.as_ref().unwrap().path())).count();
    assert_eq!(String::from_utf8_lossy(&out.stdout).trim(), format!("{count} vectors hold"));

    let spoiled = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spoiled");
    std::fs::create_dir_all(&spoiled).unwrap();
    for file in
        std::fs::read_dir(&vectors).unwrap().map(|file| file.unwrap().path()).filter(|file| is_vector(file))
    {
        std::fs::copy(&file, spoiled.join(file.file_name().unwrap())).unwrap();
    }
    for name in [
        "seal",
        "wrap",
        "slot",
        "envelope",
        "drop",
        "roster-seat",
        "enrolment",
        "recovery",
        "travel",
        "sync",
        "file",
        "moved",
    ] {
        let file = spoiled.join(format!("{name}.json"));
        let whole = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, turned(&whole)).unwrap();
        let out = check(&spoiled);
        assert!(!out.status.success(), "{name} was altered and still holds");
        assert!(String::from_utf8_lossy(&out.stderr).starts_with(name), "{name}");
        std::fs::write(&file, whole).unwrap();
    }
    assert!(check(&spoiled).status.success());
}

fn is_vector(file: &Path) -> bool {
    file.extension().is_some_and(|kind| kind == "json")
}

/// One hexadecimal digit in the middle of the longest value, turned into another.
fn turned(json: &str) -> String {
    let longest = json.lines().max_by_key(|line| line.len()).unwrap();
    let mut bytes = json.as_bytes().to_vec();
    let middle = json.find(longest).unwrap() + longest.len() / 2;
    bytes[middle] = if bytes[middle] == b'0' { b'1' } else { b'0' };
    String::from_utf8(bytes).unwrap()
}
