//! A further worker on a shared device where nobody at work may admit: the worker has words there at once, asks a
//! coordinator from there, and is let into the device's vault once the roster has the seat.
//!
//! Until then the slot holds a key of its own in the place of the vault's, and the seat's door is empty: whoever has the
//! words has nothing of the device. Whoever was at work when it was asked keeps that key, sealed, to fill the door.

use tern_record::SeatId;
use tern_record::cbor::{Canonical, Decoder, Writer, array_of};
use tern_seal::invite::{Admission, Asking, DeviceName, Request, check_words};
use tern_seal::passphrase::normalise;
use tern_seal::slot::{Cost, Payload, SlotKind};
use tern_seal::{Label, SealKey, open, seal};
use tern_store::Home;
use zeroize::Zeroizing;

use super::join::{Waiting, keys_of_a_seat, read_invitation, refused};
use super::judge::judge;
use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::programme::{Secrets, slot};
use crate::unlock::keystore_key_or_new;

/// A worker who waits to be admitted on this device.
pub struct Beside {
    /// The seat that is asked for.
    pub seat: SeatId,
    /// What is shown meanwhile.
    pub waiting: Waiting,
    /// What the worker's slot holds in the place of the vault's key.
    key: SealKey,
}

impl App {
    /// Makes keys and a slot for a further worker, and what a coordinator is to read.
    pub fn ask_beside(&mut self, invitation: &[u8], secrets: &Secrets, cost: Cost) -> Reply<Beside> {
        let invitation = read_invitation(invitation, &self.ports)?;
        if (invitation.realm, invitation.practice) != (self.realm, self.practice) {
            return Err(Code::OtherProgramme.into());
        }
        let name = self.names.get(&self.me.seat).map(|names| names.device.clone()).unwrap_or_default();
        let name = DeviceName::new(&name).map_err(|_| Code::MemberName)?;
        let (payload, asking): (Payload, Asking) =
            self.ports.draw(|random| keys_of_a_seat(self.me.device, random))?;
        let me = (self.me.seat, &self.signing);
        let request = self.draw(|random| Request::make_beside(&invitation, asking, &name, me, random));
        let request = request.map_err(crate::app::sealing)?;
        let words = check_words(&invitation, &request).map(str::to_owned);
        let waiting = Waiting { request: request.to_bytes(), words };
        let beside = Beside { seat: payload.seat, waiting, key: payload.vault.clone() };
        let mut slots = self.slots.clone();
        let held = keystore_key_or_new(&self.ports, &slots);
        let typed = normalise(&secrets.words);
        self.ports
            .draw(|random| {
                slots.add(SlotKind::Worker, typed.as_bytes(), held.as_ref(), cost, &payload, random)?;
                slots.add(SlotKind::Rescue, secrets.rescue.secret(), None, cost, &payload, random)
            })
            .map_err(slot)?;
        // The slot comes last: without the door it would pass for one that opens the vault.
        self.home.write_door(beside.seat, b"")?;
        self.keep_beside(&beside)?;
        self.home.write_slots(&slots.to_bytes())?;
        self.slots = slots;
        Ok(beside)
    }

    fn keep_beside(&mut self, beside: &Beside) -> Reply<()> {
        let (name, me) = (place(beside.seat), self.me.seat);
        let bytes = Zeroizing::new(beside.to_bytes());
        let key = &self.payload.keyring;
        let sealed = self.draw(|random| seal(key, Label::Secret, name.as_bytes(), &bytes, random));
        self.vault.write(|tx| tx.put_secret(me, &name, &sealed)).map_err(Failure::from)
    }

    /// Workers who wait on this device and asked while this one was at work.
    pub fn besides(&self) -> Reply<Vec<Beside>> {
        let mut besides = Vec::new();
        for seat in self.slots.seats() {
            let name = place(seat);
            let Some(sealed) = self.vault.secret(self.me.seat, &name)? else { continue };
            let plain = open(&self.payload.keyring, Label::Secret, name.as_bytes(), &sealed);
            let plain = Zeroizing::new(plain.map_err(|_| Code::Damaged)?);
            besides.push(Beside::read(seat, &plain)?);
        }
        Ok(besides)
    }

    /// Takes the admission of a worker who waits here. Refused, nothing has changed.
    pub fn join_beside(&mut self, admission: &[u8]) -> Reply<SeatId> {
        let admission = Admission::parse(admission).map_err(refused)?;
        if admission.realm != self.realm {
            return Err(Code::OtherProgramme.into());
        }
        let judged = judge(self.realm, self.statements()?, admission.roster.entries.clone())?;
        let now = self.ports.clock.now_ms();
        let mut seat = Err(Failure::from(Code::OtherDevice));
        for beside in self.besides()? {
            let own = Request::parse(&beside.waiting.request).map_err(|_| Code::Damaged)?;
            if own.id() == admission.request {
                seat = admission.check(&own, now, &judged.roster).map(|()| beside.seat).map_err(refused);
            }
        }
        let seat = seat?;
        self.take_roster(admission.roster)?;
        self.open_doors()?;
        Ok(seat)
    }

    /// Lets those in who waited here and are members now, however this device heard of it.
    pub(crate) fn open_doors(&mut self) -> Reply<()> {
        for beside in self.besides()? {
            if self.roster.seats.get(&beside.seat).is_none_or(|seat| seat.removed.is_some()) {
                continue;
            }
            let (key, vault) = (&beside.key, self.payload.vault.as_bytes());
            let ad = beside.seat.as_bytes();
            let filled = self.draw(|random| seal(key, Label::SharedVault, ad, vault, random));
            self.home.write_door(beside.seat, &filled)?;
            let me = self.me.seat;
            self.vault
                .write(|tx| tx.remove_secret(me, &place(beside.seat)))
                .map_err(|error: tern_store::StoreError| Failure::from(error))?;
        }
        Ok(())
    }

    /// Gives up what a worker asked for on this device: the words open nothing, and an admission that comes later neither.
    pub fn give_up_beside(&mut self, seat: SeatId) -> Reply<()> {
        let (name, me) = (place(seat), self.me.seat);
        self.vault.secret(me, &name)?.ok_or(Code::UnknownSeat)?;
        self.slots.drop_seat(seat, None);
        self.home.write_slots(&self.slots.to_bytes())?;
        self.home.remove_door(seat)?;
        self.vault.write(|tx| tx.remove_secret(me, &name)).map_err(Failure::from)
    }
}

/// Puts the vault's key in the place of a waiting worker's own, once the door has it. A worker who has no door, or whose
/// slot was made anew since, has the vault's key already.
pub(crate) fn through_the_door(home: &Home, payload: &mut Payload) -> Reply<()> {
    let Some(door) = home.read_door(payload.seat)? else { return Ok(()) };
    if door.is_empty() {
        return Err(Code::NotJoinedYet.into());
    }
    if let Ok(key) = open(&payload.vault, Label::SharedVault, payload.seat.as_bytes(), &door) {
        let key = Zeroizing::new(key);
        payload.vault = SealKey::from_slice(&key).map_err(|_| Code::Damaged)?;
    }
    Ok(())
}

impl Beside {
    fn to_bytes(&self) -> Vec<u8> {
        let mut to = Writer::default();
        to.array(2).bytes(self.key.as_bytes()).bytes(&self.waiting.to_bytes());
        to.into_bytes()
    }

    fn read(seat: SeatId, bytes: &[u8]) -> Reply<Self> {
        let mut from = Decoder::new(bytes);
        let damaged = |_| Failure::from(Code::Damaged);
        array_of(&mut from, 2).map_err(|_| Code::Damaged)?;
        let key = SealKey::from_slice(from.bytes().map_err(damaged)?).map_err(|_| Code::Damaged)?;
        let waiting = Waiting::read(from.bytes().map_err(damaged)?)?;
        Ok(Self { seat, waiting, key })
    }
}

/// Where the secrets table has what a waiting worker asked.
fn place(seat: SeatId) -> String {
    format!("beside {}", seat.to_hex())
}
