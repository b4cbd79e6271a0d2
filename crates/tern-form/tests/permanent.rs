//! Ids of fields are permanent: `golden/forms/field-ids.txt` only grows. A line is key, kind and tier:
//! a field is never retyped, and moving it to another tier would leave its answers under the old key.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use tern_form::Schema;

#[test]
fn every_field_ever_released_is_still_there_and_every_new_one_is_written_down() {
    let schema = Schema::embedded().unwrap();
    let now: BTreeSet<String> =
        schema.fields().map(|(key, field)| format!("{key} {} {:?}", field.kind.id(), field.tier)).collect();
    let golden = include_str!("golden/forms/field-ids.txt");
    let known: BTreeSet<String> = golden.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
    let gone: Vec<_> = known.difference(&now).collect();
    assert!(gone.is_empty(), "removed, retyped or moved: {gone:?}");
    let new: Vec<_> = now.difference(&known).collect();
    assert!(new.is_empty(), "add these lines to golden/forms/field-ids.txt: {new:#?}");
}
