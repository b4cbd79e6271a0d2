//! Format 1 is frozen: `tests/golden/wire/format-1.sha256` names every byte of it.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::path::Path;

use tern_seal::sha256;
use tern_testkit::hex;

/// Hash by file, as the list has them.
fn listed(list: &str) -> BTreeMap<String, String> {
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(|line| line.split_once("  ").unwrap()).map(|(hash, name)| (name.into(), hash.into())).collect()
}

#[test]
fn no_byte_of_format_1_changes() {
    let vectors = tern_testkit::golden::vectors();
    let list = listed(&std::fs::read_to_string(vectors.join("format-1.sha256")).unwrap());
    let hash = |file: &Path| hex(&sha256(&std::fs::read(file).unwrap()));
    for (name, frozen) in &list {
        let now = hash(&vectors.join(name));
        assert_eq!(&now, frozen, "{name}: format 1 is frozen; a change of these bytes is format 2");
    }
    for file in std::fs::read_dir(&vectors).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let is_frozen = !name.ends_with(".json") || list.contains_key(&name);
        assert!(is_frozen, "{name} has to be listed in format-1.sha256, as it is: {}", hash(&file));
    }
    assert!(list.contains_key("../../../schema/wire/suite-1.dict"));
}
