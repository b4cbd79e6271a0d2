//! Golden vectors of what people carry between devices, and of what a device keeps, with every secret that it takes to
//! open them. `TERN_WRITE=1 cargo test -p tern-seal --test pieces` writes them anew.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod support;

use support::{Counted, SEAT, golden, hex, nonce, realm, root};
use tern_record::cbor::Canonical as _;
use tern_record::{
    Cause, ClockFlag, Compartment, DeviceId, EntryId, EnvelopeId, Intent, LogId, Path, RecordId, ScopeId,
    SeatId, Stamp, WorkerId,
};
use tern_seal::ask::{Approval, Ask};
use tern_seal::envelope::{Envelope, Place, Section, make_drop};
use tern_seal::epoch::{close_earlier, epoch_id, epoch_key, intake_secret, wrap_epoch_key};
use tern_seal::invite::{Admission, Asking, DeviceName, Invitation, Request, check_words};
use tern_seal::roster::{
    Author, Body, Carried, Entry, EpochBegun, EpochWrap, Granted, Roster, SeatCertified, SignedEntry, seat_id,
};
use tern_seal::sheet::{Page, Sheet};
use tern_seal::slot::{Cost, KeystoreKey, Payload, SlotFile, SlotKind};
use tern_seal::travel::TravelFile;
use tern_seal::{PieceKind, SealKey, SigningKey, WrapPublic, WrapSecret, armor, parts};

const NOW: i64 = 1_795_500_000_000;
const DEVICE: DeviceId = DeviceId::new([5; 16]);
/// The device of the coordinator who admits.
const FIRST: DeviceId = DeviceId::new([1; 16]);
const SCOPE: ScopeId = ScopeId::new([2; 16]);

fn seed(byte: u8) -> (SigningKey, WrapSecret) {
    (SigningKey::from_seed(&[byte; 32]), WrapSecret::from_seed(&[byte + 100; 32]))
}

fn coordinator(byte: u8) -> (SeatId, WrapPublic) {
    (SeatId::new([byte; 16]), seed(byte).1.public().unwrap())
}

/// The seat with keys of a seed on a device.
fn seat_of(byte: u8, device: DeviceId) -> SeatId {
    let (key, wrap) = seed(byte);
    seat_id(device, &key.public().unwrap(), &wrap.public().unwrap())
}

fn certified(device: DeviceId, byte: u8, role: &str) -> Body {
    let keys = seed(byte);
    Body::Seat(SeatCertified {
        seat: seat_of(byte, device),
        worker: WorkerId::new([4; 16]),
        device,
        verify: keys.0.public().unwrap(),
        wrap: keys.1.public().unwrap(),
        roles: vec![role.into()],
        site: None,
        names: vec![],
    })
}

/// A genesis and a coordinator with keys of the seed 41.
fn begun() -> Vec<SignedEntry> {
    let body = Body::Genesis { practice: true, root: root().public().unwrap(), nonce: nonce() };
    let genesis = Entry { realm: realm(), deps: vec![], author: Author::Root, body }.sign(&root()).unwrap();
    let body = certified(FIRST, 41, "coordinator");
    let first = Entry { realm: realm(), deps: vec![genesis.id()], author: Author::Root, body };
    vec![genesis, first.sign(&root()).unwrap()]
}

fn asking_of(keys: u8) -> Asking {
    let keys = seed(keys);
    Asking { device: DEVICE, verify: keys.0.public().unwrap(), wrap: keys.1.public().unwrap() }
}

fn asked() -> (Invitation, Request) {
    let invitation = Invitation::make(realm(), true, seat_of(41, FIRST), NOW + 600_000, &mut Counted(20));
    let asking = asking_of(13);
    let request = Request::make(&invitation, asking, &DeviceName::new("Tablet 7").unwrap(), &mut Counted(21));
    (invitation, request)
}

#[test]
fn three_pieces_of_enrolment() {
    let (invitation, request) = asked();
    assert_eq!(request.check(&invitation, NOW).unwrap().as_str(), "Tablet 7");
    let words = check_words(&invitation, &request).join(" ");
    let mut entries = begun();
    let body = certified(DEVICE, 13, "registrar");
    let by = seat_of(41, FIRST);
    let deps = vec![entries[1].id()];
    entries.push(Entry { realm: realm(), deps, author: Author::Seat(by), body }.sign(&seed(41).0).unwrap());
    let key = SealKey::new(&[62; 32]);
    let wrap =
        wrap_epoch_key((request.seat(), &request.wrap), realm(), SCOPE, &key, &mut Counted(63)).unwrap();
    let wraps = vec![EpochWrap { epoch: [9; 16], seat: wrap.seat, bytes: wrap.bytes }];
    let carried = Carried { entries, wraps };
    let admission = Admission::make(&request, by, NOW + 86_400_000, carried, &seed(41).0).unwrap();
    let roster = Roster::fold(realm(), &admission.roster.entries).unwrap();
    assert_eq!(admission.check(&request, NOW, &roster), Ok(()));
    // A further worker of a device, said by whoever works on it: here the coordinator.
    let (asking, name) = (asking_of(13), DeviceName::new("Tablet 7").unwrap());
    let beside =
        Request::make_beside(&invitation, asking, &name, (by, &seed(41).0), &mut Counted(22)).unwrap();
    let coordinator = seed(41).0.public().unwrap();
    assert!(beside.is_said_by(&coordinator) && beside.beside() == Some(by));
    assert!(!beside.is_said_by(&seed(13).0.public().unwrap()) && !request.is_said_by(&coordinator));
    assert_eq!(beside.check(&invitation, NOW).unwrap(), name);
    golden(
        "enrolment",
        &[
            ("invitation", hex(&invitation.to_bytes())),
            ("invitation_id", hex(&invitation.id())),
            ("request", hex(&request.to_bytes())),
            ("request_id", hex(&request.id())),
            ("beside_request", hex(&beside.to_bytes())),
            ("beside_key", hex(coordinator.as_bytes())),
            ("name", "Tablet 7".into()),
            ("words", words),
            ("root", hex(root().public().unwrap().as_bytes())),
            ("admission", hex(&admission.to_bytes())),
            ("scope", SCOPE.to_hex()),
            ("seed", hex(seed(13).1.seed())),
            ("key", hex(key.as_bytes())),
        ],
    );
}

#[test]
fn a_request_as_text_and_in_parts() {
    let bytes = asked().1.to_bytes();
    let text = armor::write(PieceKind::Request, &bytes);
    assert_eq!(armor::read(&text, PieceKind::Request).unwrap(), bytes);
    let parts: Vec<String> =
        parts::split(PieceKind::Request, &bytes).unwrap().iter().map(|part| hex(part)).collect();
    golden(
        "carried",
        &[("piece", hex(&bytes)), ("text", text.replace('\n', "\\n")), ("parts", parts.join(" "))],
    );
}

fn payload() -> Payload {
    let (signing, wrap) = seed(13);
    Payload { vault: SealKey::new(&[31; 32]), seat: SEAT, signing, wrap, keyring: SealKey::new(&[32; 32]) }
}

/// A slot that asks for a keystore, with halves for the coordinators 41, 42 and 43.
fn slots() -> SlotFile {
    let mut file = SlotFile { realm: realm(), practice: true, device: DEVICE, slots: vec![] };
    let keystore = KeystoreKey::new(&[33; 32]);
    let words = b"the tern flies far north";
    file.add(SlotKind::Worker, words, Some(&keystore), Cost::FLOOR, &payload(), &mut Counted(30)).unwrap();
    let opened = file.open(SlotKind::Worker, words, Some(&keystore)).unwrap();
    file.share(&opened, &[41, 42, 43].map(coordinator), &mut Counted(31)).unwrap();
    file
}

#[test]
fn a_slot_with_a_keystore_and_halves_and_what_brings_it_back() {
    let file = slots();
    let to = WrapSecret::from_seed(&[51; 32]);
    let ask = Ask::for_passphrase(&file, SEAT, to.public().unwrap()).unwrap();
    let approvals: Vec<Approval> = [41, 43]
        .map(|by| ask.approve(SeatId::new([by; 16]), &seed(by).1, &mut Counted(u64::from(by))).unwrap())
        .into();
    let master = ask.put_together(&to, &approvals).unwrap();
    let (slot, _) = file.halves_of(SEAT).unwrap();
    assert_eq!(file.open_by_master(slot, master).unwrap().payload.vault.as_bytes(), &[31; 32]);
    golden(
        "recovery",
        &[
            ("secret", hex(b"the tern flies far north")),
            ("keystore", hex(&[33; 32])),
            ("file", hex(&file.to_bytes())),
            ("ask", hex(&ask.to_bytes())),
            ("ask_id", hex(&ask.id())),
            ("words", ask.check_words().join(" ")),
            ("to_seed", hex(to.seed())),
            ("seed_41", hex(seed(41).1.seed())),
            ("seed_43", hex(seed(43).1.seed())),
            ("approval_41", hex(&approvals[0].to_bytes())),
            ("approval_43", hex(&approvals[1].to_bytes())),
            ("vault_key", hex(&[31; 32])),
        ],
    );
}

#[test]
fn a_device_that_travels() {
    let file = slots();
    let travel = TravelFile::pack(&file, &[41, 42].map(coordinator), &mut Counted(40)).unwrap();
    let to = WrapSecret::from_seed(&[52; 32]);
    let ask = Ask::for_travel(&travel, to.public().unwrap());
    let by = SeatId::new([42; 16]);
    let approval = ask.approve(by, &seed(42).1, &mut Counted(42)).unwrap();
    let key = ask.put_together(&to, std::slice::from_ref(&approval)).unwrap();
    assert_eq!(travel.unpack(&key).unwrap().to_bytes(), file.to_bytes());
    golden(
        "travel",
        &[
            ("travel", hex(&travel.to_bytes())),
            ("ask", hex(&ask.to_bytes())),
            ("to_seed", hex(to.seed())),
            ("seed_42", hex(seed(42).1.seed())),
            ("approval_42", hex(&approval.to_bytes())),
            ("file", hex(&file.to_bytes())),
        ],
    );
}

#[test]
fn a_recovery_sheet() {
    let sheet = Sheet::make_random(&mut Counted(50));
    let pages = sheet.pages(&mut Counted(51)).map(|page| page.groups().join("-"));
    let [one, two] = [0, 1].map(|at| Page::read(&pages[at]).unwrap());
    let (signing, wrap) = Sheet::put_together(&one, &two).unwrap().keys(realm());
    golden(
        "sheet",
        &[
            ("realm", realm().to_hex()),
            ("one", pages[0].clone()),
            ("two", pages[1].clone()),
            ("signing_seed", hex(signing.seed())),
            ("wrap_seed", hex(wrap.seed())),
        ],
    );
}

#[test]
fn a_second_epoch_and_a_grant() {
    let (earlier, later) = (SealKey::new(&[61; 32]), SealKey::new(&[62; 32]));
    let entries = begun();
    let by = Author::Seat(seat_of(41, FIRST));
    let seat = seat_of(13, DEVICE);
    let sealed = close_earlier(&later, SCOPE, [9; 16], &earlier, &mut Counted(60));
    let begun = Entry {
        realm: realm(),
        deps: vec![entries[1].id()],
        author: by,
        body: Body::Epoch(EpochBegun {
            scope: SCOPE,
            key: epoch_key(&later, SCOPE, [seat_of(41, FIRST)]).unwrap(),
            earlier: vec![sealed],
        }),
    }
    .sign(&seed(41).0)
    .unwrap();
    let epoch = epoch_id(begun.id());
    let granted = Entry {
        realm: realm(),
        deps: vec![begun.id()],
        author: by,
        body: Body::Granted(Granted { scope: SCOPE, epoch, seats: vec![seat] }),
    }
    .sign(&seed(41).0)
    .unwrap();
    let wrap = seed(13).1.public().unwrap();
    let wrap = wrap_epoch_key((seat, &wrap), realm(), SCOPE, &later, &mut Counted(61)).unwrap();
    let wraps = vec![EpochWrap { epoch, seat, bytes: wrap.bytes }];
    let carried = Carried { entries: vec![begun, granted], wraps };
    assert_eq!(Carried::parse(&carried.to_bytes()).as_ref(), Ok(&carried));
    golden(
        "roster-epoch",
        &[
            ("realm", realm().to_hex()),
            ("by", hex(seed(41).0.public().unwrap().as_bytes())),
            ("roster", hex(&carried.to_bytes())),
            ("seat", seat.to_hex()),
            ("seed", hex(seed(13).1.seed())),
            ("key", hex(later.as_bytes())),
            ("earlier", hex(earlier.as_bytes())),
        ],
    );
}

#[test]
fn a_drop() {
    let key = SealKey::new(&[62; 32]);
    let intake = intake_secret(&key, SCOPE);
    let place = Place {
        scope: SCOPE,
        seat: SEAT,
        log: LogId::new([7; 16]),
        seq: 3,
        prev: EnvelopeId::new([9; 32]),
        epoch: epoch_id(EntryId::new([8; 32])),
    };
    let stamp = Stamp { at_ms: NOW, offset_min: 210, clock: ClockFlag::Sure };
    let puts = vec![(Path::new("place").unwrap(), "QME-2".into())];
    let intent = Intent::new(stamp, Cause::Typed, "concern", 1, vec![], puts).unwrap();
    let section = Section {
        record: RecordId::new([6; 16]),
        compartment: Compartment::Protection,
        intents: vec![intent],
    };
    let sections = vec![section];
    let public = intake.public().unwrap();
    let dropped =
        make_drop(realm(), place, &sections, &public, &seed(13).0, &mut Counted(62)).unwrap().to_bytes();
    let read = Envelope::parse(&dropped).unwrap().verify(realm(), &seed(13).0.public().unwrap()).unwrap();
    assert_eq!(read.open_drop(realm(), &intake).unwrap(), sections);
    golden(
        "drop",
        &[
            ("realm", realm().to_hex()),
            ("verify_key", hex(seed(13).0.public().unwrap().as_bytes())),
            ("scope", SCOPE.to_hex()),
            ("epoch_key", hex(key.as_bytes())),
            ("envelope", hex(&dropped)),
            ("id", read.id().to_hex()),
        ],
    );
}
