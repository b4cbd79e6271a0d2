//! A new device: it answers an invitation with keys of its own, waits, and joins by the admission.
//!
//! Until it joins, its folder has a vault with no roster in it, the slots of its one worker, and the file `request`, which
//! says what the screen must show meanwhile. The secret of the invitation is not among it.

use std::path::Path;
use std::sync::Arc;

use tern_form::Schema;
use tern_record::cbor::Canonical;
use tern_record::port::Random;
use tern_record::{DeviceId, SeatId};
use tern_seal::invite::{Admission, AdmissionError, Asking, DeviceName, Invitation, Request, check_words};
use tern_seal::passphrase::normalise;
use tern_seal::roster::{EpochWrap, Sifted};
use tern_seal::slot::{Cost, Payload, SlotFile, SlotKind};
use tern_store::{Home, Vault};

use super::admit_seat::invite;
use super::judge::{judge, keep, wanted};
use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::{Secrets, new_payload, slot};
use crate::unlock::{keystore_key_or_new, open_app};

/// What a device that waits shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The request, to be shown and written again.
    pub request: Vec<u8>,
    /// The words that the coordinator must see too.
    pub words: [String; 4],
}

/// Reads an invitation that still holds.
pub fn read_invitation(bytes: &[u8], ports: &Ports) -> Reply<Invitation> {
    let invitation = Invitation::parse(bytes).map_err(invite)?;
    if invitation.is_over(ports.clock.now_ms()) {
        return Err(Code::InviteExpired.into());
    }
    Ok(invitation)
}

/// Makes keys and a folder for them, and answers the invitation.
pub fn request(
    folder: &Path,
    invitation: &[u8],
    device_name: &str,
    secrets: &Secrets,
    cost: Cost,
    ports: &Ports,
) -> Reply<Waiting> {
    let invitation = read_invitation(invitation, ports)?;
    let name = DeviceName::new(device_name).map_err(|_| Code::MemberName)?;
    let home = Home::create(folder)?;
    let device = ports.draw(DeviceId::make_random);
    let (payload, asking) = ports.draw(|random| keys_of_a_seat(device, random))?;
    let request = ports.draw(|random| Request::make(&invitation, asking, &name, random));
    drop(Vault::create(&home, payload.vault.as_bytes(), ports.vfs.as_deref())?);
    let (realm, practice) = (invitation.realm, invitation.practice);
    let mut slots = SlotFile { realm, practice, device, slots: Vec::new() };
    let held = keystore_key_or_new(ports, &slots);
    ports
        .draw(|random| {
            slots.add(SlotKind::Worker, secrets.words.as_bytes(), held.as_ref(), cost, &payload, random)?;
            slots.add(SlotKind::Rescue, secrets.rescue.secret(), None, cost, &payload, random)
        })
        .map_err(slot)?;
    let words = check_words(&invitation, &request).map(str::to_owned);
    let waiting = Waiting { request: request.to_bytes(), words };
    home.write_request(&waiting.to_bytes())?;
    home.write_slots(&slots.to_bytes())?;
    home.finish()?;
    Ok(waiting)
}

pub(super) fn keys_of_a_seat(device: DeviceId, random: &mut dyn Random) -> Reply<(Payload, Asking)> {
    let payload = new_payload(device, random)?;
    let asking = Asking {
        device,
        verify: payload.signing.public().map_err(sealing)?,
        wrap: payload.wrap.public().map_err(sealing)?,
    };
    Ok((payload, asking))
}

/// What a device that waits must show; nothing when it has joined.
pub fn waiting(home: &Home) -> Reply<Option<Waiting>> {
    home.read_request()?.map(|bytes| Waiting::read(&bytes)).transpose()
}

/// Takes the admission that answers this device's request. Refused, nothing has changed.
pub fn join(
    home: Arc<Home>,
    typed: &str,
    admission: &[u8],
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<App> {
    let (judged, wraps, slots) = read_admission(&home, admission, &ports)?;
    let opened = crate::unlock::try_words(&home, &slots, typed, &ports)?;
    let mut vault = Vault::open(&home, opened.payload.vault.as_bytes(), ports.vfs.as_deref())?;
    vault
        .write(|tx| keep(tx, &judged.new, &wraps))
        .map_err(|error: tern_store::StoreError| Failure::from(error))?;
    home.remove_request()?;
    let payload = opened.payload.clone();
    let mut app = open_app(home, vault, payload, slots, schema, ports)?;
    app.opened_slot = Some(opened);
    app.catch_up()?;
    Ok(app)
}

/// Reads the admission that answers this device's request, before any words are asked for.
pub fn read_admission(
    home: &Home,
    admission: &[u8],
    ports: &Ports,
) -> Reply<(Sifted, Vec<EpochWrap>, SlotFile)> {
    let Some(waiting) = waiting(home)? else { return Err(Code::AlreadyJoined.into()) };
    let own = Request::parse(&waiting.request).map_err(|_| Code::Damaged)?;
    let admission = Admission::parse(admission).map_err(refused)?;
    if admission.realm != own.realm {
        return Err(Code::OtherProgramme.into());
    }
    let judged = judge(own.realm, Vec::new(), admission.roster.entries.clone())?;
    let roster = &judged.roster;
    admission.check(&own, ports.clock.now_ms(), roster).map_err(refused)?;
    let wraps = wanted(roster, admission.roster.wraps);
    let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    if roster.practice != slots.practice {
        return Err(Code::OtherProgramme.into());
    }
    Ok((judged, wraps, slots))
}

impl Waiting {
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut to = tern_record::cbor::Writer::default();
        to.array(2).bytes(&self.request).text(&self.words.join(" "));
        to.into_bytes()
    }

    pub(super) fn read(bytes: &[u8]) -> Reply<Self> {
        let mut from = tern_record::cbor::Decoder::new(bytes);
        let damaged = |_| Failure::from(Code::Damaged);
        tern_record::cbor::array_of(&mut from, 2).map_err(|_| Code::Damaged)?;
        let request = from.bytes().map_err(damaged)?.to_vec();
        let words: Vec<String> = from.str().map_err(damaged)?.split(' ').map(str::to_owned).collect();
        Ok(Self { request, words: words.try_into().map_err(|_| Code::Damaged)? })
    }
}

pub(super) fn refused(error: AdmissionError) -> Failure {
    match error {
        AdmissionError::Expired => Code::AdmissionExpired,
        AdmissionError::OtherDevice => Code::OtherDevice,
        AdmissionError::OtherRealm => Code::OtherProgramme,
        AdmissionError::NotSigned | AdmissionError::NoSeat => Code::NotCertified,
        AdmissionError::Newer => Code::NewerFormat,
        AdmissionError::Shape => Code::PieceDamaged,
    }
    .into()
}

impl App {
    /// A further worker on this device: keys are made here and certified at once. The words are the worker's own.
    pub fn add_worker(
        &mut self,
        ask: &super::admit_seat::AdmitAs,
        secrets: &Secrets,
        cost: Cost,
    ) -> Reply<SeatId> {
        let device_name = self.name_of(self.me.worker, self.me.device).1;
        self.add_seat(ask, device_name, secrets, cost)
    }

    /// The same where this device has no name yet.
    pub(crate) fn add_seat(
        &mut self,
        ask: &super::admit_seat::AdmitAs,
        device_name: String,
        secrets: &Secrets,
        cost: Cost,
    ) -> Reply<SeatId> {
        self.certifies()?;
        let (mut payload, asking) = self.ports.draw(|random| keys_of_a_seat(self.me.device, random))?;
        payload.vault = self.payload.vault.clone();
        let words = normalise(&secrets.words);
        let mut slots = self.slots.clone();
        let held = keystore_key_or_new(&self.ports, &slots);
        self.ports
            .draw(|random| {
                slots.add(SlotKind::Worker, words.as_bytes(), held.as_ref(), cost, &payload, random)?;
                slots.add(SlotKind::Rescue, secrets.rescue.secret(), None, cost, &payload, random)
            })
            .map_err(slot)?;
        let seat = asking.seat();
        let Asking { device, verify, wrap } = asking;
        // The keys are on the disk before anybody wraps to them; refused, they go again.
        self.home.write_slots(&slots.to_bytes())?;
        self.slots = slots;
        let new = super::admit_seat::NewSeat { seat, device, device_name, verify, wrap };
        if let Err(failure) = self.certify(new, ask, None) {
            self.slots.drop_seat(seat, None);
            self.home.write_slots(&self.slots.to_bytes())?;
            return Err(failure);
        }
        Ok(seat)
    }
}
