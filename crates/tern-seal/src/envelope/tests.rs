use tern_record::{Cause, ClockFlag, Compartment, Intent, Path, RecordId, Stamp};

use super::*;
use crate::SystemRandom;
use crate::hash::{doc_id, intent_id};

const REALM: RealmId = RealmId::new([1; 32]);

fn place() -> Place {
    Place {
        scope: ScopeId::new([2; 16]),
        seat: SeatId::new([3; 16]),
        log: LogId::new([4; 16]),
        seq: 0,
        prev: EnvelopeId::new([0; 32]),
        epoch: [5; 16],
    }
}

fn sections() -> Vec<Section> {
    let record = RecordId::new([6; 16]);
    let stamp = Stamp { at_ms: 1_795_500_000_000, offset_min: 60, clock: ClockFlag::Sure };
    let put = |path: &str, value: &str| (Path::new(path).unwrap(), value.into());
    let first = Intent::new(stamp, Cause::Registered, "child", 1, vec![], vec![put("sex", "F")]).unwrap();
    let head = intent_id(REALM, doc_id(REALM, record, Compartment::Core), place().seat, &first);
    let second = Intent::new(stamp, Cause::Typed, "child", 1, vec![head], vec![put("sex", "M")]).unwrap();
    vec![
        Section { record, compartment: Compartment::Core, intents: vec![first.clone(), second] },
        Section { record: RecordId::new([7; 16]), compartment: Compartment::Core, intents: vec![first] },
    ]
}

fn made() -> (Envelope, SealKey, VerifyKey) {
    let mut random = SystemRandom::default();
    let key = SealKey::make_random(&mut random);
    let signing = SigningKey::make_random(&mut random);
    let envelope = make_envelope(REALM, place(), &sections(), &key, &signing, &mut random).unwrap();
    (envelope, key, signing.public().unwrap())
}

#[test]
fn what_was_sealed_is_opened_after_the_signature_was_checked() {
    let (envelope, key, public) = made();
    let parsed = Envelope::parse(&envelope.to_bytes()).unwrap();
    assert_eq!(parsed.id(), envelope.id());
    assert_eq!(parsed.verify(REALM, &public).unwrap().open(REALM, &key).unwrap(), sections());
}

#[test]
fn an_erased_section_leaves_chain_signature_and_the_rest() {
    let (mut envelope, key, public) = made();
    let id = envelope.id();
    assert!(envelope.clone().verify(REALM, &public).unwrap().is_whole());
    envelope.erase(0);
    let parsed = Envelope::parse(&envelope.to_bytes()).unwrap();
    assert_eq!(parsed.id(), id);
    let verified = parsed.verify(REALM, &public).unwrap();
    assert_eq!(verified.open(REALM, &key).unwrap(), sections()[1..]);
    assert!(!verified.is_whole());
}

#[test]
fn a_drop_opens_for_the_scope_and_not_for_who_made_it() {
    let mut random = SystemRandom::default();
    let epoch_key = SealKey::make_random(&mut random);
    let signing = SigningKey::make_random(&mut random);
    let intake = crate::epoch::intake_secret(&epoch_key, place().scope);
    let public = intake.public().unwrap();
    let dropped = make_drop(REALM, place(), &sections(), &public, &signing, &mut random).unwrap();
    let parsed = Envelope::parse(&dropped.to_bytes()).unwrap();
    let verified = parsed.clone().verify(REALM, &signing.public().unwrap()).unwrap();
    assert!(verified.is_drop());
    assert_eq!(verified.open_drop(REALM, &intake).unwrap(), sections());
    assert_eq!(verified.open(REALM, &epoch_key).err(), Some(EnvelopeError::Key));
    let another = crate::epoch::intake_secret(&epoch_key, ScopeId::new([9; 16]));
    assert_eq!(verified.open_drop(REALM, &another).err(), Some(EnvelopeError::Key));
    // In another place of the log the wrap does not open.
    let mut moved = parsed;
    moved.header.place.seq += 1;
    let signed = sign(&signing, Label::EnvelopeSignature, REALM, &[&moved.header.to_bytes()]).unwrap();
    moved.signature = signed;
    let verified = moved.verify(REALM, &signing.public().unwrap()).unwrap();
    assert_eq!(verified.open_drop(REALM, &intake).err(), Some(EnvelopeError::Key));
}

#[test]
fn every_single_bit_counts() {
    let (envelope, key, public) = made();
    let bytes = envelope.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let opened = Envelope::parse(&flipped)
            .and_then(|envelope| envelope.verify(REALM, &public))
            .and_then(|verified| verified.open(REALM, &key));
        assert!(opened.is_err(), "bit {bit}");
    }
}

#[test]
fn other_keys_seats_and_realms_are_refused() {
    let (envelope, _, public) = made();
    let mut random = SystemRandom::default();
    let other = SigningKey::make_random(&mut random).public().unwrap();
    assert_eq!(envelope.clone().verify(REALM, &other).err(), Some(EnvelopeError::Signature));
    assert_eq!(envelope.clone().verify(RealmId::new([9; 32]), &public).err(), Some(EnvelopeError::Signature));
    let verified = envelope.verify(REALM, &public).unwrap();
    assert_eq!(verified.open(REALM, &SealKey::make_random(&mut random)).err(), Some(EnvelopeError::Key));
}

#[test]
fn mutated_envelopes_never_panic() {
    let (envelope, key, public) = made();
    let bytes = envelope.to_bytes();
    let mut state = 9_u64;
    let mut draw = move |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % end
    };
    for _ in 0..20_000 {
        let mut mutated = bytes.clone();
        for _ in 0..=draw(4) {
            let at = draw(mutated.len());
            mutated[at] = draw(256) as u8;
        }
        mutated.truncate(1 + draw(bytes.len()));
        let _ = Envelope::parse(&mutated)
            .and_then(|envelope| envelope.verify(REALM, &public))
            .and_then(|verified| verified.open(REALM, &key));
    }
}

#[test]
fn an_envelope_of_a_later_format_is_known_as_such_whatever_shape_it_has() {
    for header in [vec![0x89, 2], vec![0x83, 2, 0x61, b'x', 0xf6], vec![0x89, 24, 200, 1]] {
        let mut to = Writer::default();
        to.array(3).bytes(&header).bytes(&[0; 64]).array(0);
        assert_eq!(Envelope::parse(&to.into_bytes()).err(), Some(EnvelopeError::Newer));
    }
    let mut to = Writer::default();
    to.array(3).bytes(&[0x83, 1, 1, 0]).bytes(&[0; 64]).array(0);
    assert_eq!(Envelope::parse(&to.into_bytes()).err(), Some(EnvelopeError::Shape));
}
