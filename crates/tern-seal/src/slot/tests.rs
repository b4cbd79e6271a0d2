use super::*;
use crate::SystemRandom;

fn made() -> (SlotFile, Payload) {
    let mut random = SystemRandom::default();
    let payload = Payload {
        vault: [7; 32],
        worker: WorkerId::make_random(&mut random),
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
    file.add(SlotKind::Worker, b"otter lamp", Cost::FLOOR, &payload, &mut random).unwrap();
    file.add(SlotKind::Rescue, b"rescue", Cost::FLOOR, &payload, &mut random).unwrap();
    (file, payload)
}

#[test]
fn words_and_rescue_code_open_the_same_payload_each_through_its_own_slot() {
    let (file, payload) = made();
    let file = SlotFile::read(&file.to_bytes()).unwrap();
    for (kind, secret) in [(SlotKind::Worker, b"otter lamp".as_slice()), (SlotKind::Rescue, b"rescue")] {
        let opened = file.open(kind, secret).unwrap();
        assert_eq!((opened.vault, opened.seat), (payload.vault, payload.seat));
    }
    assert_eq!(file.open(SlotKind::Worker, b"rescue").err(), Some(SlotError::Wrong));
    assert_eq!(file.open(SlotKind::Worker, b"otter lump").err(), Some(SlotError::Wrong));
}

#[test]
fn a_replaced_passphrase_opens_nothing_and_the_rescue_slot_stays() {
    let (mut file, payload) = made();
    let mut random = SystemRandom::default();
    assert_eq!(file.replace(b"wrong", b"new", Cost::FLOOR, &payload, &mut random), Err(SlotError::Wrong));
    file.replace(b"otter lamp", b"new", Cost::FLOOR, &payload, &mut random).unwrap();
    assert_eq!(file.open(SlotKind::Worker, b"otter lamp").err(), Some(SlotError::Wrong));
    assert!(file.open(SlotKind::Worker, b"new").is_ok());
    assert!(file.open(SlotKind::Rescue, b"rescue").is_ok());
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
    assert_eq!(file.open(SlotKind::Worker, b"otter lamp").err(), Some(SlotError::DamagedSlot));
    assert!(file.open(SlotKind::Rescue, b"rescue").is_ok());
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
