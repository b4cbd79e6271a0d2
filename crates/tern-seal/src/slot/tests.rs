use super::*;
use crate::SystemRandom;

fn made() -> (SlotFile, Payload) {
    let mut random = SystemRandom::default();
    let payload = Payload {
        vault: SealKey::new(&[7; 32]),
        seat: SeatId::make_random(&mut random),
        signing: SigningKey::make_random(&mut random),
        wrap: WrapSecret::make_random(&mut random),
        keyring: SealKey::make_random(&mut random),
    };
    let mut file = SlotFile {
        realm: RealmId::new([1; 32]),
        practice: true,
        device: DeviceId::new([2; 16]),
        slots: Vec::new(),
    };
    file.add(SlotKind::Worker, b"otter lamp", None, Cost::FLOOR, &payload, &mut random).unwrap();
    file.add(SlotKind::Rescue, b"rescue", None, Cost::FLOOR, &payload, &mut random).unwrap();
    (file, payload)
}

#[test]
fn words_and_rescue_code_open_the_same_payload_each_through_its_own_slot() {
    let (file, payload) = made();
    let file = SlotFile::read(&file.to_bytes()).unwrap();
    for (kind, secret) in [(SlotKind::Worker, b"otter lamp".as_slice()), (SlotKind::Rescue, b"rescue")] {
        let opened = file.open(kind, secret, None).unwrap();
        assert_eq!((&opened.payload.vault, opened.payload.seat), (&payload.vault, payload.seat));
    }
    assert_eq!(file.open(SlotKind::Worker, b"rescue", None).err(), Some(SlotError::Wrong));
    assert_eq!(file.open(SlotKind::Worker, b"otter lump", None).err(), Some(SlotError::Wrong));
}

#[test]
fn each_worker_of_a_tablet_has_words_and_one_goes_without_the_others() {
    let (mut file, payload) = made();
    let mut random = SystemRandom::default();
    let mut other = payload.clone();
    other.seat = SeatId::make_random(&mut random);
    file.add(SlotKind::Worker, b"tern flies", None, Cost::FLOOR, &other, &mut random).unwrap();
    assert_eq!(file.slots[0].salt, file.slots[2].salt, "one derivation tries both");
    let seat = |file: &SlotFile, words: &[u8]| {
        file.open(SlotKind::Worker, words, None).map(|opened| opened.payload.seat)
    };
    assert_eq!(seat(&file, b"otter lamp"), Ok(payload.seat));
    assert_eq!(seat(&file, b"tern flies"), Ok(other.seat));
    file.drop_seat(payload.seat, Some(SlotKind::Worker));
    assert_eq!(seat(&file, b"otter lamp"), Err(SlotError::Wrong));
    assert_eq!(seat(&file, b"tern flies"), Ok(other.seat));
    assert!(file.open(SlotKind::Rescue, b"rescue", None).is_ok());
    file.drop_seat(payload.seat, None);
    assert!(file.open(SlotKind::Rescue, b"rescue", None).is_err());
}

#[test]
fn another_keystore_is_told_from_wrong_words_and_the_rescue_code_needs_none() {
    let (mut file, payload) = made();
    let mut random = SystemRandom::default();
    let held = KeystoreKey::new(&[5; 32]);
    file.drop_seat(payload.seat, Some(SlotKind::Worker));
    file.add(SlotKind::Worker, b"otter lamp", Some(&held), Cost::FLOOR, &payload, &mut random).unwrap();
    let file = SlotFile::read(&file.to_bytes()).unwrap();
    let open = |keystore| file.open(SlotKind::Worker, b"otter lamp", keystore).err();
    assert_eq!(open(Some(&held)), None);
    assert_eq!(open(None), Some(SlotError::Keystore));
    assert_eq!(open(Some(&KeystoreKey::new(&[6; 32]))), Some(SlotError::Keystore));
    assert_eq!(file.open(SlotKind::Worker, b"otter lump", Some(&held)).err(), Some(SlotError::Wrong));
    assert!(file.open(SlotKind::Rescue, b"rescue", None).is_ok());
}

#[test]
fn any_two_of_three_coordinators_open_a_slot_and_one_does_not() {
    use crate::half::{join, open_half};
    let (mut file, payload) = made();
    let mut random = SystemRandom::default();
    let people: Vec<(SeatId, WrapSecret)> =
        (1..=3).map(|n| (SeatId::new([n; 16]), WrapSecret::make_random(&mut random))).collect();
    let public: Vec<(SeatId, WrapPublic)> =
        people.iter().map(|(seat, secret)| (*seat, secret.public().unwrap())).collect();
    let opened = file.open(SlotKind::Worker, b"otter lamp", None).unwrap();
    assert_eq!(file.share(&opened, &public, &mut random), Ok(true));
    assert_eq!(file.share(&opened, &public, &mut random), Ok(false), "nothing new to share");
    let file = SlotFile::read(&file.to_bytes()).unwrap();
    let (slot, halves) = file.halves_of(payload.seat).unwrap();
    assert_eq!(halves.len(), 3);
    let ad = half_place(file.device, slot, payload.seat);
    for pair in halves {
        let open = |wrap: &crate::roster::Wrapped| {
            let (seat, secret) = people.iter().find(|(seat, _)| *seat == wrap.seat).unwrap();
            open_half(file.realm, Label::SlotHalf, &ad, *seat, secret, &wrap.bytes).unwrap()
        };
        let (one, other) = (open(&pair.one), open(&pair.other));
        assert!(file.open_by_master(slot, join(&one, &other)).is_ok());
        assert_eq!(file.open_by_master(slot, one).err(), Some(SlotError::DamagedSlot));
    }
}

#[test]
fn damage_is_told_apart_from_wrong_words() {
    let (file, _) = made();
    let bytes = file.to_bytes();
    for at in (0..bytes.len()).step_by(3) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x40;
        let read = SlotFile::read(&damaged);
        assert!(matches!(read.err(), Some(SlotError::DamagedFile | SlotError::Newer)), "byte {at}");
    }
    let mut file = file;
    let last = file.slots[0].payload.len() - 1;
    file.slots[0].payload[last] ^= 1;
    let file = SlotFile::read(&file.to_bytes()).unwrap();
    assert_eq!(file.open(SlotKind::Worker, b"otter lamp", None).err(), Some(SlotError::DamagedSlot));
    assert!(file.open(SlotKind::Rescue, b"rescue", None).is_ok());
}

#[test]
fn a_file_that_asks_for_too_little_or_too_much_is_refused() {
    let (mut file, _) = made();
    for cost in [Cost { memory_kib: 8, ..Cost::FLOOR }, Cost { memory_kib: u32::MAX, ..Cost::FLOOR }] {
        file.slots[0].cost = cost;
        assert_eq!(SlotFile::read(&file.to_bytes()).err(), Some(SlotError::DamagedFile));
    }
}

#[test]
fn argon2_gives_the_published_answer() {
    // RFC 9106 section 5.3 needs a secret and associated data; without them: argon2id, "password",
    // "somesalt", t=2, m=256 KiB, p=1, from the reference implementation's test suite.
    let params = Params::new(256, 2, 1, Some(32)).unwrap();
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(b"password", b"somesalt", &mut out)
        .unwrap();
    let hex: String = out.iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
}
