use tern_record::{Cause, ClockFlag, Stamp};

use super::*;

const REALM: RealmId = RealmId::new([1; 32]);
const SEAT: SeatId = SeatId::new([3; 16]);
const RECORD: RecordId = RecordId::new([6; 16]);

fn put(path: &str, value: impl Into<Scalar>) -> (Path, Scalar) {
    (Path::new(path).unwrap(), value.into())
}

fn intent(deps: Vec<IntentId>, puts: Vec<(Path, Scalar)>) -> Intent {
    let stamp = Stamp { at_ms: 1_795_500_000_000, offset_min: 60, clock: ClockFlag::Sure };
    Intent::new(stamp, Cause::Typed, "child", 1, deps, puts).unwrap()
}

fn section(intents: Vec<Intent>) -> Section {
    Section { record: RECORD, compartment: Compartment::Core, intents }
}

fn again(spelled: &Spelled) -> Result<Section, CborError> {
    read(spelled, REALM, SEAT)
}

#[test]
fn an_id_stands_once_and_a_row_is_named_once() {
    let (bed, other) = (long_text(&[8; 16]), long_text(&[9; 16]));
    let first = intent(
        vec![IntentId::new([7; 32])],
        vec![
            put("sex", "F"),
            put("needs/bed/in", true),
            put(&format!("relations/{bed}/kind"), "brother"),
            put(&format!("relations/{bed}/child"), other.as_str()),
            put("spoken_of", long_text(RECORD.as_bytes()).as_str()),
        ],
    );
    let head = intent_id(REALM, doc_id(REALM, RECORD, Compartment::Core), SEAT, &first);
    let second = intent(vec![head], vec![put(&format!("relations/{other}/kind"), Scalar::Null)]);
    let whole = section(vec![first, second]);
    let spelled = spell(&whole, REALM, SEAT);
    // The record, the intent that was seen before, then rows and children as they are spoken of.
    let ids = [vec![6; 16], vec![7; 32], vec![8; 16], vec![9; 16]].concat();
    assert_eq!(spelled.ids, ids);
    let words = String::from_utf8_lossy(&spelled.words).into_owned();
    assert_eq!(words.matches("relations").count(), 2, "once an intent: {words}");
    assert!(!words.contains(&other), "{words}");
    assert_eq!(again(&spelled).unwrap(), whole);
}

#[test]
fn text_that_only_looks_like_an_id_stays_as_it_was_typed() {
    let id = long_text(&[9; 16]);
    // Small letters, letters read as digits, a last character that no id has.
    let end: String = id.chars().take(25).chain(['1']).collect();
    let typed = [id.to_lowercase(), id.replace('1', "I"), end, format!("{id} ")];
    for text in typed.iter().filter(|text| **text != id) {
        let whole = section(vec![intent(vec![], vec![put("note", text.as_str())])]);
        let spelled = spell(&whole, REALM, SEAT);
        assert_eq!(spelled.ids.len(), 16, "{text}");
        assert_eq!(again(&spelled).unwrap(), whole);
    }
}

#[test]
fn what_is_spelled_in_another_way_is_not_the_same_again() {
    let id = long_text(&[9; 16]);
    let whole = section(vec![intent(vec![], vec![put(&format!("names/{id}/by"), "child")])]);
    let spelled = spell(&whole, REALM, SEAT);
    let mut more = spelled.clone();
    more.ids.extend_from_slice(&[5; 16]);
    // Told and not asked for: another spelling of the same.
    assert_ne!(spell(&again(&more).unwrap(), REALM, SEAT), more);
    let fewer = Spelled { ids: spelled.ids[..20].to_vec(), ..spelled.clone() };
    assert!(again(&fewer).is_err());
    for at in 0..spelled.words.len() {
        for change in [0x01, 0x20, 0x80] {
            let mut spoiled = spelled.clone();
            spoiled.words[at] ^= change;
            let same = again(&spoiled).is_ok_and(|section| section == whole);
            assert!(!same, "byte {at}");
        }
    }
}

#[test]
fn a_row_whose_paths_would_fill_the_memory_is_refused() {
    let list = format!("l{}", "o".repeat(100));
    let fields: Vec<String> = (0..1000).map(|at| format!("f{at:03}")).collect();
    let puts = || fields.iter().map(|field| put(&format!("{list}/bed/{field}"), true)).collect();
    let whole = section((0..60).map(|_| intent(vec![], puts())).collect());
    let spelled = spell(&whole, REALM, SEAT);
    assert!(spelled.words.len() < MAX_UNPACKED / 8);
    assert_eq!(again(&spelled), Err(CborError::TooLarge));
}
