use tern_record::{Role, WorkerId};

use super::*;
use crate::key::{SigningKey, WrapSecret};
use crate::limits::WRAP;
use crate::roster::{
    Author, Body, Carried, Entry, EpochWrap, Roster, SeatCertified, SignedEntry, genesis_nonce, realm_id,
    seat_id,
};
use crate::{Label, SystemRandom, sign};

const NOW: i64 = 1_800_000_000_000;

/// A coordinator's programme and a device that wants to join.
struct Meeting {
    random: SystemRandom,
    realm: RealmId,
    entries: Vec<SignedEntry>,
    coordinator: (SeatId, SigningKey),
    invitation: Invitation,
    request: Request,
}

fn seat(role: Role, verify: VerifyKey, wrap: WrapPublic, device: DeviceId) -> Body {
    Body::Seat(SeatCertified {
        seat: seat_id(device, &verify, &wrap),
        worker: WorkerId::new([4; 16]),
        device,
        verify,
        wrap,
        roles: vec![role.code().to_owned()],
        site: None,
        names: vec![],
    })
}

fn asking(random: &mut SystemRandom) -> Asking {
    Asking {
        device: DeviceId::make_random(random),
        verify: SigningKey::make_random(random).public().unwrap(),
        wrap: WrapSecret::make_random(random).public().unwrap(),
    }
}

impl Meeting {
    fn new() -> Self {
        let mut random = SystemRandom::default();
        let root = SigningKey::make_random(&mut random);
        let key = SigningKey::make_random(&mut random);
        let wrap = WrapSecret::make_random(&mut random).public().unwrap();
        let by = seat_id(DeviceId::new([1; 16]), &key.public().unwrap(), &wrap);
        let (public, nonce) = (root.public().unwrap(), genesis_nonce(by, &[9; 16]));
        let realm = realm_id(true, &public, &nonce);
        let signed = |deps, body| Entry { realm, deps, author: Author::Root, body }.sign(&root).unwrap();
        let genesis = signed(vec![], Body::Genesis { practice: true, root: public, nonce });
        let first = seat(Role::Coordinator, key.public().unwrap(), wrap, DeviceId::new([1; 16]));
        let first = signed(vec![genesis.id()], first);
        let invitation = Invitation::make(realm, true, by, NOW + 600_000, &mut random);
        let asks = asking(&mut random);
        let name = DeviceName::new(" Tablet 7 ").unwrap();
        let request = Request::make(&invitation, asks, &name, &mut random);
        Self { random, realm, entries: vec![genesis, first], coordinator: (by, key), invitation, request }
    }

    fn certify(&mut self, request: &Request) {
        let body = seat(Role::Registrar, request.verify, request.wrap.clone(), request.device);
        let deps = vec![self.entries.last().unwrap().id()];
        let author = Author::Seat(self.coordinator.0);
        let entry = Entry { realm: self.realm, deps, author, body }.sign(&self.coordinator.1).unwrap();
        self.entries.push(entry);
    }

    fn admit(&self, request: &Request) -> Admission {
        let wrap = EpochWrap { epoch: [7; 16], seat: request.seat(), bytes: vec![8; WRAP] };
        let roster = Carried { entries: self.entries.clone(), wraps: vec![wrap] };
        Admission::make(request, self.coordinator.0, NOW + 1000, roster, &self.coordinator.1).unwrap()
    }

    fn roster(&self, admission: &Admission) -> Roster {
        Roster::fold(self.realm, &admission.roster.entries).unwrap()
    }
}

#[test]
fn a_device_joins_in_three_pieces() {
    let mut meeting = Meeting::new();
    let shown = Invitation::parse(&meeting.invitation.to_bytes()).unwrap();
    assert!(shown == meeting.invitation);
    let answer = Request::parse(&meeting.request.to_bytes()).unwrap();
    assert_eq!(answer.check(&meeting.invitation, NOW).unwrap().as_str(), "Tablet 7");
    assert_eq!(check_words(&shown, &meeting.request), check_words(&meeting.invitation, &answer));
    meeting.certify(&answer);
    let admission = Admission::parse(&meeting.admit(&answer).to_bytes()).unwrap();
    assert_eq!(admission.check(&meeting.request, NOW, &meeting.roster(&admission)), Ok(()));
}

#[test]
fn a_request_is_refused_with_its_own_reason() {
    let mut meeting = Meeting::new();
    let (invitation, request) = (meeting.invitation.clone(), meeting.request.clone());
    assert_eq!(request.check(&invitation, NOW + 600_000).map(|_| ()), Ok(()));
    assert_eq!(request.check(&invitation, NOW + 600_001), Err(InviteError::Expired));
    let another = Invitation::make(meeting.realm, true, invitation.by, NOW + 1, &mut meeting.random);
    assert_eq!(request.check(&another, NOW), Err(InviteError::OtherInvitation));
    let mut elsewhere = request.clone();
    elsewhere.realm = RealmId::new([8; 32]);
    assert_eq!(elsewhere.check(&invitation, NOW), Err(InviteError::OtherRealm));
    let mut swapped = request.clone();
    swapped.verify = SigningKey::make_random(&mut meeting.random).public().unwrap();
    assert_eq!(swapped.check(&invitation, NOW), Err(InviteError::Altered));
    assert_eq!(Request::parse(&invitation.to_bytes()), Err(InviteError::Shape));
    assert_eq!(Invitation::parse(&request.to_bytes()).err(), Some(InviteError::Shape));
    let mut newer = request.to_bytes();
    newer[1] = 2;
    assert_eq!(Request::parse(&newer), Err(InviteError::Newer));
}

#[test]
fn an_invitation_that_was_changed_on_the_way_is_answered_in_vain() {
    let mut meeting = Meeting::new();
    let mut changes = Vec::new();
    for change in 0..3 {
        let mut changed = meeting.invitation.clone();
        match change {
            0 => changed.practice = false,
            1 => changed.expires_ms += 1,
            _ => changed.by = SeatId::new([7; 16]),
        }
        changes.push(changed);
    }
    for changed in changes {
        let asks = asking(&mut meeting.random);
        let name = DeviceName::new("x").unwrap();
        let request = Request::make(&changed, asks, &name, &mut meeting.random);
        assert_eq!(request.check(&meeting.invitation, NOW), Err(InviteError::Altered));
    }
}

#[test]
fn every_flipped_bit_of_a_request_is_refused() {
    let meeting = Meeting::new();
    let bytes = meeting.request.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let taken = Request::parse(&flipped).and_then(|read| read.check(&meeting.invitation, NOW));
        assert!(taken.is_err(), "bit {bit}");
    }
    for length in 0..bytes.len() {
        assert_eq!(Request::parse(&bytes[..length]), Err(InviteError::Shape));
    }
}

#[test]
fn every_flipped_bit_of_an_invitation_makes_an_answer_that_is_refused() {
    let mut meeting = Meeting::new();
    let bytes = meeting.invitation.to_bytes();
    let asks = asking(&mut meeting.random);
    let name = DeviceName::new("x").unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let Ok(read) = Invitation::parse(&flipped) else { continue };
        let request = Request::make(&read, asks.clone(), &name, &mut meeting.random);
        assert!(request.check(&meeting.invitation, NOW).is_err(), "bit {bit}");
    }
}

#[test]
fn four_words_are_of_this_request_alone() {
    let mut meeting = Meeting::new();
    let words = check_words(&meeting.invitation, &meeting.request);
    assert!(words.iter().all(|word| crate::passphrase::words().contains(word)));
    let asks = asking(&mut meeting.random);
    let name = DeviceName::new("Tablet 7").unwrap();
    let rival = Request::make(&meeting.invitation, asks, &name, &mut meeting.random);
    assert!(rival.check(&meeting.invitation, NOW).is_ok(), "somebody else saw the screen");
    assert_ne!(check_words(&meeting.invitation, &rival), words);
    let typed = words.join(",  ").to_uppercase();
    assert!(same_words(&typed, &words) && !same_words(&typed, &check_words(&meeting.invitation, &rival)));
    let mut turned = words;
    turned.reverse();
    assert!(!same_words(&turned.join(" "), &words) && !same_words("", &words));
}

#[test]
fn an_admission_is_refused_with_its_own_reason() {
    let mut meeting = Meeting::new();
    let own = meeting.request.clone();
    let early = meeting.admit(&own);
    assert_eq!(early.check(&own, NOW, &meeting.roster(&early)), Err(AdmissionError::NoSeat));
    meeting.certify(&own);
    let admission = meeting.admit(&own);
    let roster = meeting.roster(&admission);
    assert_eq!(admission.check(&own, NOW + 1001, &roster), Err(AdmissionError::Expired));
    let asks = asking(&mut meeting.random);
    let name = DeviceName::new("x").unwrap();
    let other = Request::make(&meeting.invitation, asks, &name, &mut meeting.random);
    assert_eq!(admission.check(&other, NOW, &roster), Err(AdmissionError::OtherDevice));
    let mut elsewhere = own.clone();
    elsewhere.realm = RealmId::new([8; 32]);
    assert_eq!(admission.check(&elsewhere, NOW, &roster), Err(AdmissionError::OtherRealm));
    // Signed by the new seat itself, which is in the roster but may not admit.
    let mut by_itself = admission.clone();
    by_itself.by = own.seat();
    assert_eq!(by_itself.check(&own, NOW, &roster), Err(AdmissionError::NotSigned));
    let mut under_another_label = admission.clone();
    let (_, key) = &meeting.coordinator;
    under_another_label.signature =
        sign(key, Label::RosterSignature, meeting.realm, &[&under_another_label.body()]).unwrap();
    assert_eq!(under_another_label.check(&own, NOW, &roster), Err(AdmissionError::NotSigned));
    let mut under_another_realm = admission.clone();
    under_another_realm.signature =
        sign(key, Label::AdmissionSignature, RealmId::new([8; 32]), &[&under_another_realm.body()]).unwrap();
    assert_eq!(under_another_realm.check(&own, NOW, &roster), Err(AdmissionError::NotSigned));
    let mut newer = admission.to_bytes();
    newer[1] = 2;
    assert_eq!(Admission::parse(&newer), Err(AdmissionError::Newer));
    assert_eq!(Admission::parse(&own.to_bytes()), Err(AdmissionError::Shape));
    assert_eq!(Admission::parse(&vec![0; MAX_PIECE]), Err(AdmissionError::Shape));
}

#[test]
fn every_flipped_bit_of_an_admission_is_refused() {
    let mut meeting = Meeting::new();
    let own = meeting.request.clone();
    meeting.certify(&own);
    let admission = meeting.admit(&own);
    let roster = meeting.roster(&admission);
    let bytes = admission.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let taken = Admission::parse(&flipped).and_then(|read| read.check(&own, NOW, &roster));
        assert!(taken.is_err(), "bit {bit}");
    }
}

#[test]
fn a_name_has_letters_and_steers_nothing() {
    assert_eq!(DeviceName::new("  Tablet 7\t").unwrap().as_str(), "Tablet 7");
    assert!(DeviceName::new("Таблет 7").is_ok() && DeviceName::new("لوح ۷").is_ok());
    for bad in ["", "   ", "a\nb", "a\u{202e}b", "a\u{2066}b", &"x".repeat(MAX_NAME + 1)] {
        assert_eq!(DeviceName::new(bad), Err(InviteError::Shape), "{bad:?}");
    }
}

#[test]
fn a_key_of_small_order_is_no_key() {
    let mut zero = [0; 32];
    assert!(VerifyKey::from_slice(&zero).is_err());
    zero[0] = 1;
    zero[31] = 0x80;
    assert!(VerifyKey::from_slice(&zero).is_err());
    let mut high = [0xff; 32];
    for first in 0xe0..=0xff_u8 {
        high[0] = first;
        assert_eq!(VerifyKey::from_slice(&high).is_err(), (0xec..=0xee).contains(&first), "{first:x}");
    }
}

proptest::proptest! {
    #[test]
    fn random_bytes_are_no_piece(bytes: Vec<u8>) {
        assert!(Invitation::parse(&bytes).is_err() && Request::parse(&bytes).is_err());
        assert!(Admission::parse(&bytes).is_err());
    }
}
