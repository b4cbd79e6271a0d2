//! Golden vectors of format 1: the bytes of every format, made from fixed keys and a seed. One that differs is
//! a fault, or a format 2.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod support;

use tern_record::cbor::Canonical as _;
use tern_record::{
    Cause, ClockFlag, Compartment, DeviceId, EntryId, EnvelopeId, Intent, LogId, Path, RecordId, Scalar,
    ScopeId, Stamp, WorkerId,
};
use tern_seal::blob::{close_blob, open_blob};
use tern_seal::envelope::{Envelope, Place, Section, make_envelope};
use tern_seal::epoch::{epoch_id, epoch_key};
use tern_seal::roster::{
    Author, Body, Entry, Names, ScopeKind, ScopeOpened, SeatCertified, SignedEntry, scope_id, seat_id,
};
use tern_seal::slot::{Cost, Payload, SlotFile, SlotKind};
use tern_seal::tls::sign_handshake;
use tern_seal::{
    Label, SealKey, SigningKey, WrapSecret, doc_id, intent_id, key_text, moved_row_id, open, seal,
    unwrap_key, wrap_key,
};

use support::{Counted, SEAT, golden, hex, nonce, realm, root};

const RECORD: RecordId = RecordId::new([6; 16]);

fn put(path: &str, value: Scalar) -> (Path, Scalar) {
    (Path::new(path).unwrap(), value)
}

fn intents() -> Vec<Intent> {
    let stamp = Stamp { at_ms: 1_795_500_000_000, offset_min: 210, clock: ClockFlag::Sure };
    let puts = vec![
        put("sex", "F".into()),
        put("needs/bed/in", true.into()),
        put("place", Scalar::Null),
        put("count", Scalar::Int(-3)),
        put("names/0000000000000000000000000A/name", Scalar::Bytes(vec![0x81, 0x63, 0xe0, 0xa4, 0xb9])),
        put("language", "prs".into()),
    ];
    let first = Intent::new(stamp, Cause::Registered, "child", 1, vec![], puts).unwrap();
    let head = intent_id(realm(), doc_id(realm(), RECORD, Compartment::Core), SEAT, &first);
    let later = Stamp { at_ms: stamp.at_ms + 60_000, offset_min: -300, clock: ClockFlag::Unsure };
    let second =
        Intent::new(later, Cause::Typed, "child", 1, vec![head], vec![put("sex", "X".into())]).unwrap();
    vec![first, second]
}

#[test]
fn an_intent_and_its_names() {
    let doc = doc_id(realm(), RECORD, Compartment::Core);
    for (name, intent) in ["intent-first", "intent-second"].iter().zip(intents()) {
        let bytes = intent.to_bytes();
        assert_eq!(Intent::from_bytes(&bytes).unwrap(), intent);
        golden(
            name,
            &[
                ("realm", realm().to_hex()),
                ("record", RECORD.to_hex()),
                ("document", doc.to_hex()),
                ("seat", SEAT.to_hex()),
                ("intent", hex(&bytes)),
                ("id", intent_id(realm(), doc, SEAT, &intent).to_hex()),
            ],
        );
    }
}

#[test]
fn a_row_is_called_alike_by_all_who_move_it() {
    let row = "0000000000000000000000000A";
    golden(
        "moved",
        &[
            ("realm", realm().to_hex()),
            ("list", "concerns".into()),
            ("row", row.into()),
            ("id", moved_row_id(realm(), "concerns", row).to_hex()),
        ],
    );
}

#[test]
fn a_seal_a_wrap_and_a_blob() {
    let key = SealKey::new(&[21; 32]);
    let sealed = seal(&key, Label::Draft, b"place", b"Half a name", &mut Counted(1));
    assert_eq!(open(&key, Label::Draft, b"place", &sealed).unwrap(), b"Half a name");
    golden(
        "seal",
        &[
            ("key", hex(key.as_bytes())),
            ("label", Label::Draft.text().into()),
            ("associated", hex(b"place")),
            ("plain", hex(b"Half a name")),
            ("sealed", hex(&sealed)),
        ],
    );

    let secret = WrapSecret::from_seed(&[22; 32]);
    let public = secret.public().unwrap();
    let wrapped = wrap_key(&public, Label::EpochWrap, realm(), b"scope", &key, &mut Counted(2)).unwrap();
    let back = unwrap_key(&secret, Label::EpochWrap, realm(), b"scope", &wrapped).unwrap();
    assert_eq!(back.as_bytes(), key.as_bytes());
    golden(
        "wrap",
        &[
            ("seed", hex(secret.seed())),
            ("public", hex(public.as_bytes())),
            ("realm", realm().to_hex()),
            ("label", Label::EpochWrap.text().into()),
            ("associated", hex(b"scope")),
            ("key", hex(key.as_bytes())),
            ("wrapped", hex(&wrapped)),
        ],
    );

    let blob = close_blob(b"a picture", &mut Counted(3));
    assert_eq!(open_blob(blob.id, &blob.key, &blob.bytes).unwrap(), b"a picture");
    golden(
        "blob",
        &[
            ("key", hex(blob.key.as_bytes())),
            ("plain", hex(b"a picture")),
            ("blob", hex(&blob.bytes)),
            ("id", blob.id.to_hex()),
        ],
    );
}

#[test]
fn the_first_entries_of_a_roster() {
    let seat_key = SigningKey::from_seed(&[13; 32]);
    let wrap = WrapSecret::from_seed(&[14; 32]);
    let realm_key = SealKey::new(&[15; 32]);
    let genesis = Entry {
        realm: realm(),
        deps: vec![],
        author: Author::Root,
        body: Body::Genesis { practice: true, root: root().public().unwrap(), nonce: nonce() },
    }
    .sign(&root())
    .unwrap();
    let device = DeviceId::new([5; 16]);
    let seat = seat_id(device, &seat_key.public().unwrap(), &wrap.public().unwrap());
    let (nonce, kind) = ([12; 16], ScopeKind::Realm);
    let scope = scope_id(realm(), Author::Root, &nonce, kind);
    let first = epoch_key(&realm_key, scope, [seat]).unwrap();
    let opened = Entry {
        realm: realm(),
        deps: vec![genesis.id()],
        author: Author::Root,
        body: Body::Scope(ScopeOpened { nonce, kind, at_site: false, name: vec![], first }),
    }
    .sign(&root())
    .unwrap();
    let names = Names { worker: "Leila Noori".into(), device: "Tablet 7".into() };
    let certified = Entry {
        realm: realm(),
        deps: vec![opened.id()],
        author: Author::Root,
        body: Body::Seat(SeatCertified {
            seat,
            worker: WorkerId::new([4; 16]),
            device,
            verify: seat_key.public().unwrap(),
            wrap: wrap.public().unwrap(),
            roles: vec!["coordinator".into(), "case_worker".into()],
            site: None,
            names: names.close(&realm_key, realm(), seat, &mut Counted(5)),
        }),
    }
    .sign(&root())
    .unwrap();
    for (name, entry) in [("roster-genesis", genesis), ("roster-scope", opened), ("roster-seat", certified)] {
        let bytes = entry.to_bytes();
        let read = SignedEntry::from_bytes(&bytes).unwrap();
        assert!(read.verified_by(&root().public().unwrap()).is_ok());
        golden(
            name,
            &[
                ("realm", realm().to_hex()),
                ("root", hex(root().public().unwrap().as_bytes())),
                ("realm_key", hex(realm_key.as_bytes())),
                ("signed", hex(&bytes)),
                ("id", read.id().to_hex()),
            ],
        );
    }
}

#[test]
fn an_envelope_whole_and_with_a_section_erased() {
    let signing = SigningKey::from_seed(&[13; 32]);
    let key = SealKey::new(&[16; 32]);
    let place = Place {
        scope: ScopeId::new([2; 16]),
        seat: SEAT,
        log: LogId::new([7; 16]),
        seq: 0,
        prev: EnvelopeId::new([0; 32]),
        epoch: epoch_id(EntryId::new([8; 32])),
    };
    let sections = vec![Section { record: RECORD, compartment: Compartment::Core, intents: intents() }];
    let mut envelope = make_envelope(realm(), place, &sections, &key, &signing, &mut Counted(6)).unwrap();
    let whole = envelope.to_bytes();
    let opened = Envelope::parse(&whole).unwrap().verify(realm(), &signing.public().unwrap()).unwrap();
    assert_eq!(opened.open(realm(), &key).unwrap(), sections);
    envelope.erase(0);
    let erased = envelope.to_bytes();
    let read = Envelope::parse(&erased).unwrap().verify(realm(), &signing.public().unwrap()).unwrap();
    assert!(read.open(realm(), &key).unwrap().is_empty());
    assert_eq!(read.id(), opened.id());
    golden(
        "envelope",
        &[
            ("realm", realm().to_hex()),
            ("verify_key", hex(signing.public().unwrap().as_bytes())),
            ("epoch_key", hex(key.as_bytes())),
            ("envelope", hex(&whole)),
            ("erased", hex(&erased)),
            ("id", opened.id().to_hex()),
        ],
    );
}

#[test]
fn a_slot_file() {
    let payload = Payload {
        vault: SealKey::new(&[31; 32]),
        seat: SEAT,
        signing: SigningKey::from_seed(&[13; 32]),
        wrap: WrapSecret::from_seed(&[14; 32]),
        keyring: SealKey::new(&[32; 32]),
    };
    let mut file = SlotFile { realm: realm(), practice: true, device: DeviceId::new([5; 16]), slots: vec![] };
    let words = b"the tern flies far north";
    file.add(SlotKind::Worker, words, None, Cost::FLOOR, &payload, &mut Counted(7)).unwrap();
    let bytes = file.to_bytes();
    let opened = SlotFile::read(&bytes).unwrap().open(SlotKind::Worker, words, None).unwrap().payload;
    assert_eq!((&opened.vault, opened.seat), (&payload.vault, payload.seat));
    golden(
        "slot",
        &[("secret", hex(words)), ("file", hex(&bytes)), ("vault_key", hex(opened.vault.as_bytes()))],
    );
}

#[test]
fn a_key_in_an_address_and_what_it_signs_for_tls() {
    let key = SigningKey::from_seed(&[51; 32]);
    let public = key.public().unwrap();
    let handshake = [&[b' '; 64], b"TLS 1.3, server CertificateVerify\0".as_slice(), &[52; 32]].concat();
    let signature = sign_handshake(&key, &handshake).unwrap();
    golden(
        "line",
        &[
            ("public", hex(public.as_bytes())),
            ("text", key_text(&public)),
            ("handshake", hex(&handshake)),
            ("signature", hex(&signature)),
        ],
    );
}
