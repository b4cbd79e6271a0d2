//! Getting in again: forgotten words by two coordinators, keys left behind on a journey by one.
//!
//! The locked device makes a key for one ask and keeps its secret half in the file `ask`, which opens nothing by
//! itself. Coordinators wrap what they hold to that key. Nobody but the device ever has the whole.

use std::sync::Arc;

use tern_record::cbor::{Canonical, Decoder, Writer, array_of, array_up_to};
use tern_record::{DeviceId, SeatId};
use tern_seal::WrapSecret;
use tern_seal::ask::{About, Approval, Ask, AskError};
use tern_seal::invite::same_words;
use tern_seal::passphrase::{is_long_enough, normalise};
use tern_seal::roster::{Body, SeatState};
use tern_seal::slot::{Cost, SlotFile, SlotKind};
use tern_seal::travel::TravelFile;
use tern_store::Home;
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::slot;
use crate::unlock::keystore_key_or_new;

/// Approvals that are kept: more than a pair of coordinators is never needed.
const MOST_APPROVALS: u64 = 8;

/// An ask that waits on a locked device, with what has come of it.
pub struct Asking {
    /// What is asked.
    pub ask: Ask,
    secret: WrapSecret,
    approvals: Vec<Approval>,
}

/// An ask as a coordinator looks at it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Name of the worker whose words were forgotten; nothing for a device that travelled.
    pub worker: Option<String>,
    /// Name of the device.
    pub device: String,
    /// It asks for the keys of a journey.
    pub travelled: bool,
}

/// Seats with words on this device, by the first characters of their ids, as People and devices shows them too.
pub fn seats_here(home: &Home) -> Reply<Vec<SeatId>> {
    Ok(SlotFile::read(&home.read_slots()?).map_err(slot)?.seats())
}

/// Asks two coordinators for a worker's slot. An ask that waits already is told again.
pub fn ask_for_words(home: &Home, seat: Option<SeatId>, ports: &Ports) -> Reply<Ask> {
    let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    let seat = match (seat, slots.seats().as_slice()) {
        (Some(seat), _) => seat,
        (None, [one]) => *one,
        (None, _) => return Err(Code::UnknownSeat.into()),
    };
    if let Some(asking) = Asking::read(home)?
        && let About::Passphrase { seat: asked, slot, pairs } = &asking.ask.about
        && *asked == seat
        && slots.halves_of(seat) == Some((*slot, pairs.as_slice()))
    {
        return Ok(asking.ask);
    }
    let secret = ports.draw(WrapSecret::make_random);
    let to = secret.public().map_err(crate::app::sealing)?;
    let ask = Ask::for_passphrase(&slots, seat, to).map_err(|error| match error {
        AskError::NotHeld => Failure::from(Code::CoordinatorsNeeded),
        error => told(error),
    })?;
    Asking { ask: ask.clone(), secret, approvals: Vec::new() }.write(home)?;
    Ok(ask)
}

/// Asks a coordinator for the keys that were left behind.
pub fn ask_for_keys(home: &Home, ports: &Ports) -> Reply<Ask> {
    if let Some(asking) = Asking::read(home)?
        && matches!(asking.ask.about, About::Travel { .. })
    {
        return Ok(asking.ask);
    }
    let file = home.read_travel()?.ok_or(Code::NotTravelling)?;
    let file = TravelFile::parse(&file).map_err(|_| Code::Damaged)?;
    let secret = ports.draw(WrapSecret::make_random);
    let ask = Ask::for_travel(&file, secret.public().map_err(crate::app::sealing)?);
    Asking { ask: ask.clone(), secret, approvals: Vec::new() }.write(home)?;
    Ok(ask)
}

/// What came of an approval on the locked device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Another coordinator has to approve too.
    NeedsAnother,
    /// New words can be chosen.
    ChooseWords,
    /// The keys are back: words open the device as before.
    KeysBack,
}

/// Takes an approval. It is kept, so that a second one may come days later.
pub fn take_approval(home: &Home, approval: &[u8]) -> Reply<Came> {
    let mut asking = Asking::read(home)?.ok_or(Code::NothingAsked)?;
    let approval = Approval::parse(approval).map_err(told)?;
    if approval.ask != asking.ask.id() {
        return Err(Code::OtherDevice.into());
    }
    asking.approvals.retain(|have| have.by != approval.by);
    asking.approvals.push(approval);
    match (asking.ask.put_together(&asking.secret, &asking.approvals), &asking.ask.about) {
        (Err(AskError::NeedsAnother), _) => {
            asking.write(home)?;
            Ok(Came::NeedsAnother)
        }
        (Err(error), _) => Err(told(error)),
        (Ok(_), About::Passphrase { .. }) => {
            asking.write(home)?;
            Ok(Came::ChooseWords)
        }
        (Ok(key), About::Travel { .. }) => {
            let file = home.read_travel()?.ok_or(Code::NotTravelling)?;
            let file = TravelFile::parse(&file).map_err(|_| Code::Damaged)?;
            let slots = file.unpack(&key).map_err(|_| Code::OtherDevice)?;
            home.bring_keys(&slots.to_bytes())?;
            home.remove_ask()?;
            Ok(Came::KeysBack)
        }
    }
}

/// Gives the worker new words once enough coordinators approved. The old ones open nothing afterwards.
pub fn choose_recovered_words(home: &Home, words: &str, cost: Cost, ports: &Ports) -> Reply<()> {
    if !is_long_enough(words) {
        return Err(Code::WordsShort.into());
    }
    let asking = Asking::read(home)?.ok_or(Code::NothingAsked)?;
    let About::Passphrase { seat, slot: id, .. } = asking.ask.about else {
        return Err(Code::NothingAsked.into());
    };
    let master = asking.ask.put_together(&asking.secret, &asking.approvals).map_err(told)?;
    let mut slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    let opened = slots.open_by_master(id, master).map_err(slot)?;
    slots.drop_seat(seat, Some(SlotKind::Worker));
    let held = keystore_key_or_new(ports, &slots);
    let typed = normalise(words);
    ports
        .draw(|random| {
            slots.add(SlotKind::Worker, typed.as_bytes(), held.as_ref(), cost, &opened.payload, random)
        })
        .map_err(slot)?;
    home.write_slots(&slots.to_bytes())?;
    home.write_tries(0, 0)?;
    Ok(home.remove_ask()?)
}

impl Asking {
    /// The ask that waits on this device.
    pub fn read(home: &Home) -> Reply<Option<Self>> {
        let Some(bytes) = home.read_ask()? else { return Ok(None) };
        let bytes = Zeroizing::new(bytes);
        let damaged = |_| Failure::from(Code::Damaged);
        let mut from = Decoder::new(&bytes);
        array_of(&mut from, 3).map_err(|_| Code::Damaged)?;
        let ask = Ask::parse(from.bytes().map_err(damaged)?).map_err(|_| Code::Damaged)?;
        let secret = WrapSecret::from_slice(from.bytes().map_err(damaged)?).map_err(|_| Code::Damaged)?;
        let count = array_up_to(&mut from, MOST_APPROVALS).map_err(|_| Code::Damaged)?;
        let approvals = (0..count)
            .map(|_| Approval::parse(from.bytes().map_err(damaged)?).map_err(|_| Code::Damaged.into()))
            .collect::<Reply<_>>()?;
        Ok(Some(Self { ask, secret, approvals }))
    }

    /// How many coordinators have approved.
    pub fn approved(&self) -> usize {
        self.approvals.len()
    }

    /// Enough have approved.
    pub fn is_enough(&self) -> bool {
        self.ask.put_together(&self.secret, &self.approvals).is_ok()
    }

    fn write(&self, home: &Home) -> Reply<()> {
        let mut to = Writer::default();
        to.array(3).bytes(&self.ask.to_bytes()).bytes(self.secret.seed()).array(self.approvals.len());
        for approval in &self.approvals {
            to.bytes(&approval.to_bytes());
        }
        Ok(home.write_ask(&Zeroizing::new(to.into_bytes()))?)
    }
}

impl App {
    /// Reads what a locked device asks, and says whose it is.
    pub fn read_ask(&self, bytes: &[u8]) -> Reply<(Ask, Asked)> {
        self.certifies()?;
        let ask = Ask::parse(bytes).map_err(told)?;
        if ask.realm != self.realm {
            return Err(Code::OtherProgramme.into());
        }
        let named = |seat: SeatId| self.names.get(&seat).cloned();
        let asked = match &ask.about {
            About::Passphrase { seat, .. } => {
                let state = self.roster.seats.get(seat).ok_or(Code::UnknownSeat)?;
                if state.removed.is_some() || state.certificate.device != ask.device {
                    return Err(Code::UnknownSeat.into());
                }
                let names = named(*seat).ok_or(Code::UnknownSeat)?;
                Asked { worker: Some(names.worker), device: names.device, travelled: false }
            }
            About::Travel { .. } => {
                let device = self.device_name(ask.device).ok_or(Code::UnknownSeat)?;
                Asked { worker: None, device, travelled: true }
            }
        };
        Ok((ask, asked))
    }

    /// Seats of a device that are not out.
    pub(crate) fn seats_on(&self, device: DeviceId) -> impl Iterator<Item = (SeatId, &SeatState)> {
        let seats = self.roster.seats.iter();
        seats
            .filter(move |(_, seat)| seat.certificate.device == device && seat.removed.is_none())
            .map(|(id, seat)| (*id, seat))
    }

    /// Name of a device that somebody who is not out works on.
    fn device_name(&self, device: DeviceId) -> Option<String> {
        let mut there = self.seats_on(device);
        there.find_map(|(id, _)| self.names.get(&id)).map(|names| names.device.clone())
    }

    /// Gives a locked device what this coordinator holds for it. `typed` are the words on the locked screen; `None`
    /// where a person compares them afterwards. Everybody in the programme can see that it was done.
    pub fn approve(&mut self, bytes: &[u8], typed: Option<&str>) -> Reply<Approval> {
        let (ask, _) = self.read_ask(bytes)?;
        if typed.is_some_and(|typed| !same_words(typed, &ask.check_words())) {
            return Err(Code::CheckWords.into());
        }
        let secret = self.payload.wrap.clone();
        let seat = self.me.seat;
        let approval = self.draw(|random| ask.approve(seat, &secret, random)).map_err(told)?;
        let (said, events) = match &ask.about {
            About::Passphrase { seat, .. } => {
                let said = Body::Recovered { seat: *seat, ask: ask.id() };
                (vec![said], vec![self.event(Event::WordsRecovered(*seat))])
            }
            About::Travel { .. } => {
                let there = self.seats_on(ask.device);
                (Vec::new(), there.map(|(seat, _)| self.event(Event::KeysReturned(seat))).collect())
            }
        };
        self.say(said, |tx| events.iter().try_for_each(|event| tx.add_audit(event)))?;
        Ok(approval)
    }
}

/// An ask or an approval that leads nowhere, in words.
pub(crate) fn told(error: AskError) -> Failure {
    match error {
        AskError::NeedsAnother => Code::NeedsAnother,
        AskError::OtherAsk => Code::OtherDevice,
        AskError::NotHeld => Code::NotHeld,
        AskError::Newer => Code::NewerFormat,
        AskError::Altered | AskError::Shape => Code::PieceDamaged,
    }
    .into()
}

impl App {
    /// Seals this device's slots for coordinators on other devices. Nothing is left behind yet.
    pub fn pack_keys(&mut self) -> Reply<TravelFile> {
        let others = self.helpers();
        let packed = self.draw(|random| TravelFile::pack(&self.slots, &others, random));
        let packed = packed.map_err(|_| Code::CoordinatorsNeeded)?;
        let event = self.event(Event::KeysLeftBehind);
        self.vault.write(|tx| tx.add_audit(&event)).map_err(Failure::from)?;
        self.end_session()?;
        Ok(packed)
    }

    /// Leaves the keys behind and closes: what stays on the device opens for nobody until a coordinator gives them back.
    /// Unsent work stays, sealed.
    pub fn leave_keys(self, packed: &TravelFile) -> Reply<()> {
        let home = Arc::clone(&self.home);
        drop(self);
        home.write_travel(&packed.to_bytes())?;
        home.remove_ask()?;
        Ok(home.remove_keys()?)
    }
}
