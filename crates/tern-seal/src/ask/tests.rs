use super::*;
use crate::SystemRandom;
use crate::key::SigningKey;
use crate::slot::{Cost, Payload, SlotError, SlotKind};
use crate::travel::TravelError;

/// A tablet with one worker, and three coordinators who hold halves.
struct Locked {
    random: SystemRandom,
    file: SlotFile,
    seat: SeatId,
    coordinators: Vec<(SeatId, WrapSecret)>,
}

impl Locked {
    fn new() -> Self {
        Self::with(3)
    }

    fn with(coordinators: u8) -> Self {
        let mut random = SystemRandom::default();
        let (realm, device) = (RealmId::new([1; 32]), DeviceId::new([2; 16]));
        let mut file = SlotFile { realm, practice: true, device, slots: Vec::new() };
        let seat = SeatId::make_random(&mut random);
        let payload = Payload {
            vault: SealKey::new(&[7; 32]),
            seat,
            signing: SigningKey::make_random(&mut random),
            wrap: WrapSecret::make_random(&mut random),
            keyring: SealKey::make_random(&mut random),
        };
        file.add(SlotKind::Worker, b"otter lamp", None, Cost::FLOOR, &payload, &mut random).unwrap();
        let coordinators: Vec<(SeatId, WrapSecret)> = (1..=coordinators)
            .map(|n| (SeatId::new([n; 16]), WrapSecret::make_random(&mut random)))
            .collect();
        let mut locked = Self { random, file, seat, coordinators };
        let opened = locked.file.open(SlotKind::Worker, b"otter lamp", None).unwrap();
        let public = locked.public();
        locked.file.share(&opened, &public, &mut locked.random).unwrap();
        locked
    }

    fn public(&self) -> Vec<(SeatId, WrapPublic)> {
        self.coordinators.iter().map(|(seat, secret)| (*seat, secret.public().unwrap())).collect()
    }

    fn ask(&mut self) -> (Ask, WrapSecret) {
        let secret = WrapSecret::make_random(&mut self.random);
        let ask = Ask::for_passphrase(&self.file, self.seat, secret.public().unwrap()).unwrap();
        (Ask::parse(&ask.to_bytes()).unwrap(), secret)
    }

    fn approve(&mut self, ask: &Ask, who: usize) -> Result<Approval, AskError> {
        let (seat, secret) = self.coordinators[who].clone();
        let approval = ask.approve(seat, &secret, &mut self.random)?;
        Ok(Approval::parse(&approval.to_bytes()).unwrap())
    }
}

#[test]
fn any_two_coordinators_bring_a_worker_back_and_one_does_not() {
    let mut locked = Locked::new();
    let (ask, secret) = locked.ask();
    assert_eq!(ask.helpers(), [1, 2, 3].map(|n| SeatId::new([n; 16])));
    let all: Vec<Approval> = (0..3).map(|who| locked.approve(&ask, who).unwrap()).collect();
    let About::Passphrase { slot, .. } = ask.about else { panic!() };
    for (one, other) in [(0, 1), (0, 2), (2, 1)] {
        let master = ask.put_together(&secret, &[all[one].clone(), all[other].clone()]).unwrap();
        assert_eq!(locked.file.open_by_master(slot, master).unwrap().payload.seat, locked.seat);
    }
    let alone = [all[0].clone(), all[0].clone()];
    assert_eq!(ask.put_together(&secret, &alone).err(), Some(AskError::NeedsAnother));
    assert_eq!(ask.put_together(&secret, &[]).err(), Some(AskError::NeedsAnother));
}

#[test]
fn what_does_not_fit_has_its_own_reason() {
    let mut locked = Locked::new();
    let (ask, secret) = locked.ask();
    let (later, later_secret) = locked.ask();
    let approval = locked.approve(&ask, 0).unwrap();
    let together =
        |ask: &Ask, secret: &WrapSecret| ask.put_together(secret, std::slice::from_ref(&approval)).err();
    assert_eq!(together(&later, &later_secret), Some(AskError::OtherAsk));
    assert_eq!(together(&ask, &later_secret), Some(AskError::Altered));
    let (stranger, key) = (SeatId::new([9; 16]), WrapSecret::make_random(&mut locked.random));
    assert_eq!(ask.approve(stranger, &key, &mut locked.random), Err(AskError::NotHeld));
    assert_eq!(ask.approve(SeatId::new([1; 16]), &key, &mut locked.random), Err(AskError::Altered));
    let to = secret.public().unwrap();
    assert_eq!(Ask::for_passphrase(&locked.file, stranger, to).err(), Some(AskError::NotHeld));
    assert_eq!(Ask::parse(&approval.to_bytes()), Err(AskError::Shape));
    let mut newer = ask.to_bytes();
    newer[1] = 2;
    assert_eq!(Ask::parse(&newer), Err(AskError::Newer));
    assert_ne!(ask.check_words(), later.check_words());
    assert_eq!(ask.check_words(), Ask::parse(&ask.to_bytes()).unwrap().check_words());
}

#[test]
fn an_ask_cannot_name_another_worker_device_programme_or_slot() {
    let mut locked = Locked::new();
    let (ask, _) = locked.ask();
    let mut lies = vec![ask.clone(); 4];
    lies[0].realm = RealmId::new([8; 32]);
    lies[1].device = DeviceId::new([8; 16]);
    if let About::Passphrase { seat, .. } = &mut lies[2].about {
        *seat = SeatId::new([8; 16]);
    }
    if let About::Passphrase { slot, .. } = &mut lies[3].about {
        *slot = [8; 16];
    }
    for lie in lies {
        assert_eq!(locked.approve(&lie, 0).err(), Some(AskError::Altered));
    }
    // The halves of a slot are no key of a travelling device.
    let About::Passphrase { pairs, .. } = &ask.about else { panic!() };
    let wraps = vec![pairs[0].one.clone()];
    assert_eq!(
        locked.approve(&Ask { about: About::Travel { wraps }, ..ask }, 0).err(),
        Some(AskError::Altered)
    );
}

#[test]
fn every_flipped_bit_of_an_approval_is_refused() {
    let mut locked = Locked::with(2);
    let (ask, secret) = locked.ask();
    let (one, other) = (locked.approve(&ask, 0).unwrap(), locked.approve(&ask, 1).unwrap());
    assert!(ask.put_together(&secret, &[one.clone(), other.clone()]).is_ok());
    let bytes = one.to_bytes();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let taken =
            Approval::parse(&flipped).and_then(|one| ask.put_together(&secret, &[one, other.clone()]));
        assert!(taken.is_err(), "bit {bit}");
    }
}

#[test]
fn every_flipped_bit_of_an_ask_is_refused_or_has_other_words_and_gets_nothing() {
    let mut locked = Locked::with(2);
    let (ask, secret) = locked.ask();
    let bytes = ask.to_bytes();
    for bit in (0..bytes.len() * 8).step_by(7) {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let Ok(read) = Ask::parse(&flipped) else { continue };
        assert_ne!(read.id(), ask.id(), "bit {bit}");
        if let Ok(approval) = locked.approve(&read, 0) {
            assert_eq!(ask.put_together(&secret, &[approval]).err(), Some(AskError::OtherAsk), "bit {bit}");
        }
    }
}

#[test]
fn one_coordinator_brings_a_travelling_device_back() {
    let mut locked = Locked::new();
    let public = locked.public();
    let travel = TravelFile::pack(&locked.file, &public, &mut locked.random).unwrap();
    let travel = TravelFile::parse(&travel.to_bytes()).unwrap();
    let secret = WrapSecret::make_random(&mut locked.random);
    let ask = Ask::parse(&Ask::for_travel(&travel, secret.public().unwrap()).to_bytes()).unwrap();
    for who in 0..3 {
        let approval = locked.approve(&ask, who).unwrap();
        let file = travel.unpack(&ask.put_together(&secret, &[approval]).unwrap()).unwrap();
        assert!(file.open(SlotKind::Worker, b"otter lamp", None).is_ok());
    }
    assert_eq!(ask.put_together(&secret, &[]).err(), Some(AskError::NeedsAnother));
    let nobody = TravelFile::pack(&locked.file, &[], &mut locked.random);
    assert_eq!(nobody.err(), Some(TravelError::NoCoordinator));
}

#[test]
fn a_travel_file_holds_nothing_that_words_open_and_every_flipped_bit_counts() {
    let mut locked = Locked::new();
    let public = locked.public();
    let travel = TravelFile::pack(&locked.file, &public[..1], &mut locked.random).unwrap();
    let secret = WrapSecret::make_random(&mut locked.random);
    let ask = Ask::for_travel(&travel, secret.public().unwrap());
    let approval = locked.approve(&ask, 0).unwrap();
    let key = ask.put_together(&secret, &[approval]).unwrap();
    let bytes = travel.to_bytes();
    assert_eq!(SlotFile::read(&bytes).err(), Some(SlotError::DamagedFile));
    let wraps = bytes.len() - 1168 - 16 - 8;
    for bit in 0..wraps * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let taken = TravelFile::parse(&flipped).and_then(|read| read.unpack(&key));
        assert!(taken.is_err(), "bit {bit}");
    }
    assert_eq!(travel.unpack(&SealKey::make_random(&mut locked.random)).err(), Some(TravelError::Wrong));
}

proptest::proptest! {
    #[test]
    fn random_bytes_are_no_piece(bytes: Vec<u8>) {
        assert!(Ask::parse(&bytes).is_err() && Approval::parse(&bytes).is_err());
        assert!(TravelFile::parse(&bytes).is_err());
    }
}
