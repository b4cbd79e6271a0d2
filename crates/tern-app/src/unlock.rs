//! From words to an unlocked app: the wait, the slot, the vault, the keys, the roster, the derived tables.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tern_form::Schema;
use tern_record::cbor::Canonical;
use tern_record::profile::Profile;
use tern_record::{DeviceId, RealmId, SeatId};
use tern_seal::delay::seconds_left;
use tern_seal::passphrase::{NotARescueCode, RescueCode, is_long_enough, normalise};
use tern_seal::roster::{Names, Roster, SignedEntry};
use tern_seal::slot::{Cost, KeystoreKey, Opened as SlotOpened, Payload, SlotError, SlotFile, SlotKind};
use tern_seal::travel::TravelFile;
use tern_store::view::View;
use tern_store::{Home, Vault};

use crate::Reply;
use crate::app::{App, Me};
use crate::chain::Chains;
use crate::exchange::sweep;
use crate::failure::{Code, Failure};
use crate::keyring::Keyring;
use crate::members::admit_again::seat_at_work;
use crate::members::beside::through_the_door;
use crate::opened::Opened;
use crate::ports::Ports;
use crate::programme::slot;
use crate::text::Text;

/// What a person typed to get in.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// Five words, or an own passphrase.
    Words(&'a str),
    /// The rescue code.
    Rescue(&'a str),
}

/// What may be known before anything is unlocked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Practice or real.
    pub practice: bool,
    /// Seconds until the next try is taken.
    pub wait_s: u32,
    /// Why words do not open it, when they do not.
    pub state: ClosedState,
}

/// What a closed device waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosedState {
    /// Words.
    Locked,
    /// To be admitted.
    Waiting,
    /// Its keys: it travels.
    Travelling,
}

/// Reads what may be known before anything is unlocked.
pub fn look(home: &Home, ports: &Ports) -> Reply<Closed> {
    if let Some(file) = home.read_travel()? {
        let file = TravelFile::parse(&file).map_err(|_| Code::Damaged)?;
        // A power cut may have come between laying the keys away and wiping them. Keys of another device stay.
        let slots = home.read_slots().ok().and_then(|bytes| SlotFile::read(&bytes).ok());
        if slots.is_none_or(|slots| (slots.realm, slots.device) == (file.realm, file.device)) {
            home.remove_keys()?;
        }
        return Ok(Closed { practice: file.practice, wait_s: 0, state: ClosedState::Travelling });
    }
    let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    let (wrong, last_ms) = home.read_tries();
    let wait_s = seconds_left(wrong, last_ms, ports.clock.now_ms());
    let waits = home.read_request()?.is_some();
    let state = if waits { ClosedState::Waiting } else { ClosedState::Locked };
    Ok(Closed { practice: slots.practice, wait_s, state })
}

/// Opens a folder that is held. The wait is asked for first, also for the right words; nothing sleeps.
pub fn unlock(home: Arc<Home>, secret: Secret<'_>, schema: Arc<Schema>, ports: Arc<Ports>) -> Reply<App> {
    match look(&home, &ports)?.state {
        ClosedState::Locked => {}
        ClosedState::Waiting => return Err(Code::NotJoinedYet.into()),
        ClosedState::Travelling => return Err(Code::Travelling.into()),
    }
    let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    let opened = try_secret(&home, &slots, secret, &ports)?;
    let vault = Vault::open(&home, opened.payload.vault.as_bytes(), ports.vfs.as_deref())?;
    let payload = opened.payload.clone();
    let mut app = open_app(home, vault, payload, slots, schema, ports)?;
    // Who is in asks for nothing any more.
    app.home.remove_ask()?;
    app.opened_slot = matches!(secret, Secret::Words(_)).then_some(opened);
    app.catch_up()?;
    Ok(app)
}

/// The key that a new slot asks the keystore for: the one that is there, or a new one. `None` where there is no keystore,
/// it keeps nothing, or it does not answer for a key that other slots ask for: then words alone open the slot.
pub(crate) fn keystore_key_or_new(ports: &Ports, slots: &SlotFile) -> Option<KeystoreKey> {
    let keystore = ports.keystore.as_ref()?;
    let held = keystore.get(slots.device);
    if held.is_some() || slots.asks_keystore() {
        return held;
    }
    let key = ports.draw(KeystoreKey::make_random);
    // Read back, so that no slot asks for a key that was not really kept.
    let kept = keystore.put(slots.device, &key).then(|| keystore.get(slots.device)).flatten();
    kept.filter(|kept| *kept == key)
}

/// Tries a secret on the slots. The wait is asked for first, also for the right one.
fn try_secret(home: &Home, slots: &SlotFile, secret: Secret<'_>, ports: &Ports) -> Reply<SlotOpened> {
    let now = ports.clock.now_ms();
    let (wrong, last_ms) = home.read_tries();
    match seconds_left(wrong, last_ms, now) {
        0 => {}
        seconds => return Err(Code::Wait(seconds).into()),
    }
    let opened = match secret {
        Secret::Words(typed) => {
            let held = keystore_key(ports, slots.device);
            slots.open(SlotKind::Worker, normalise(typed).as_bytes(), held.as_ref())
        }
        Secret::Rescue(typed) => {
            let code = RescueCode::read(typed).map_err(|error| match error {
                NotARescueCode::Slip => Code::RescueSlip,
                NotARescueCode::Shape => Code::WrongRescue,
            })?;
            slots.open(SlotKind::Rescue, code.secret(), None)
        }
    };
    let mut opened = match opened {
        Ok(opened) => opened,
        Err(SlotError::Wrong) => {
            home.write_tries(wrong.saturating_add(1), now)?;
            let code =
                if matches!(secret, Secret::Rescue(_)) { Code::WrongRescue } else { Code::WrongPassphrase };
            return Err(code.into());
        }
        Err(error) => return Err(slot(error)),
    };
    home.write_tries(0, 0)?;
    through_the_door(home, &mut opened.payload)?;
    Ok(opened)
}

/// Tries words on the slots.
pub(crate) fn try_words(home: &Home, slots: &SlotFile, typed: &str, ports: &Ports) -> Reply<SlotOpened> {
    try_secret(home, slots, Secret::Words(typed), ports)
}

/// The key that the operating system's keystore holds for a device, where there is one.
pub(crate) fn keystore_key(ports: &Ports, device: DeviceId) -> Option<KeystoreKey> {
    ports.keystore.as_ref()?.get(device)
}

/// Opens keys, roster and view files, and makes derived tables again where they are old.
pub(crate) fn open_app(
    home: Arc<Home>,
    vault: Vault,
    payload: Payload,
    slots: SlotFile,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<App> {
    let roster = read_roster(&vault, slots.realm)?;
    sweep(&home, &vault)?;
    let in_ = seat_at_work(&roster, payload.seat).map(drop);
    let app = with_keys(home, vault, roster, payload, slots, schema, ports);
    if let Err(out) = in_ {
        // What it did and no envelope carries was real work. Only these words sign it: it is sealed, for somebody to look
        // at, before they open nothing.
        let _ = app.and_then(|mut app| app.seal_work());
        return Err(out);
    }
    let mut app = app?;
    app.open_views()?;
    // On a full disk the records can still be read; these are done again at the next unlock.
    unless_full(app.seal_work())?;
    if unless_full(app.refresh_derived())?.is_none() && (app.vault.is_stale() || app.late_from()?.is_some()) {
        // Search would miss children without saying so.
        return Err(Code::DiskFull.into());
    }
    unless_full(app.finish_drafts())?;
    app.mend_links();
    Ok(app)
}

/// A seat with its keys, in or out; of one that is out no compartment opens.
pub(crate) fn with_keys(
    home: Arc<Home>,
    mut vault: Vault,
    roster: Roster,
    payload: Payload,
    slots: SlotFile,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<App> {
    let worker = roster.certificate(payload.seat).ok_or(Code::SeatRemoved)?.worker;
    let keys = hold_keys(&mut vault, &roster, &payload, slots.device, &ports)?;
    let names = names(&roster, &keys);
    let me = Me { worker, device: slots.device, seat: payload.seat };
    Ok(App {
        realm: slots.realm,
        practice: roster.practice,
        signing: payload.signing.clone(),
        text: Text::new(Arc::clone(&schema), "en"),
        opened: Opened::default(),
        chains: Chains::default(),
        ahead: BTreeMap::new(),
        to_settle: None,
        links_due: true,
        batch: None,
        late: crate::late::Late::default(),
        work_is: RefCell::default(),
        opened_slot: None,
        profile_of_country: Profile::default(),
        home,
        vault,
        keys,
        payload,
        slots,
        rights: App::rights_now(&roster, me.seat),
        me,
        roster,
        names,
        schema,
        ports,
        views: BTreeMap::new(),
        behind: BTreeSet::new(),
    })
}

/// Lets a full disk pass.
pub(crate) fn unless_full<T>(done: Reply<T>) -> Reply<Option<T>> {
    match done {
        Err(failure) if failure.code == Code::DiskFull => Ok(None),
        done => done.map(Some),
    }
}

/// Every statement that the vault has.
pub(crate) fn statements_of(vault: &Vault) -> Reply<Vec<SignedEntry>> {
    let entries = vault.roster_entries()?;
    let read = |bytes: &Vec<u8>| SignedEntry::from_bytes(bytes).map_err(|_| Failure::from(Code::Damaged));
    entries.iter().map(read).collect()
}

/// The roster as the vault has it.
pub(crate) fn read_roster(vault: &Vault, realm: RealmId) -> Reply<Roster> {
    let entries = vault.roster_entries()?;
    // One that this version cannot read counts for nothing, and locks nobody out.
    let entries: Vec<SignedEntry> =
        entries.iter().filter_map(|bytes| SignedEntry::from_bytes(bytes).ok()).collect();
    Ok(Roster::fold(realm, &entries).map_err(|_| Code::Damaged)?)
}

/// Every key that came for this seat; new ones are kept, and the wraps are done with, good or not. On a full disk they
/// are unwrapped again next time.
pub(crate) fn hold_keys(
    vault: &mut Vault,
    roster: &Roster,
    payload: &Payload,
    device: DeviceId,
    ports: &Ports,
) -> Reply<Keyring> {
    let (rows, wraps) = (vault.keys_of(payload.seat)?, vault.wraps_for(payload.seat)?);
    let gathered = ports.draw(|random| Keyring::gather(roster, payload, device, (&rows, &wraps), random))?;
    if !gathered.new.is_empty() || !wraps.is_empty() {
        let kept = vault.write(|tx| {
            gathered.new.iter().try_for_each(|row| tx.add_key(payload.seat, row))?;
            tx.remove_wraps_for(payload.seat)
        });
        unless_full(kept.map_err(Failure::from))?;
    }
    Ok(gathered.keyring)
}

pub(crate) fn names(roster: &Roster, keys: &Keyring) -> BTreeMap<SeatId, Names> {
    let open = |seat: &SeatId, sealed: &[u8]| {
        keys.realm.epochs.values().find_map(|key| Names::open(sealed, key, roster.realm, *seat).ok())
    };
    let former = roster.former.values().map(|former| &former.certificate);
    let certificates = roster.seats.values().map(|state| &state.certificate).chain(former);
    certificates.filter_map(|said| Some((said.seat, open(&said.seat, &said.names)?))).collect()
}

impl App {
    /// What others made necessary since the last time. None of it may keep a worker from the records: what cannot be done
    /// now, for a full disk or for what somebody else signed, is tried again at the next unlock.
    pub(crate) fn catch_up(&mut self) -> Reply<()> {
        let done = [
            self.drop_slots_of_removed(),
            self.remember_clocks(),
            self.tend_keys().map(drop),
            self.try_held(),
        ];
        match done.into_iter().flat_map(Result::err).find(|failure| failure.code.shuts_out()) {
            Some(removed) => Err(removed),
            None => Ok(()),
        }
    }

    /// Words of a worker who was taken out open nothing on this device any more. While work or a draft of that worker waits
    /// here, the slot stays: it alone holds the key that signs it.
    fn drop_slots_of_removed(&mut self) -> Reply<()> {
        let is_out = |seat: &SeatId| self.roster.seats.get(seat).is_some_and(|seat| seat.removed.is_some());
        let begun: BTreeSet<SeatId> = self.vault.drafts()?.into_iter().map(|draft| draft.seat).collect();
        let mut gone = Vec::new();
        for seat in self.slots.seats().into_iter().filter(is_out).filter(|seat| !begun.contains(seat)) {
            if self.vault.unsealed_bytes(seat)? == 0 {
                gone.push(seat);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        gone.iter().for_each(|seat| self.slots.drop_seat(*seat, None));
        self.home.write_slots(&self.slots.to_bytes())?;
        Ok(gone.into_iter().try_for_each(|seat| self.home.remove_door(seat))?)
    }

    /// Opens the view files of compartments that can be read and are not open yet. They catch up before they are written.
    pub(crate) fn open_views(&mut self) -> Reply<()> {
        let readable = &self.keys.compartments;
        self.views.retain(|compartment, _| readable.contains_key(compartment));
        for (compartment, scope) in readable {
            if let (false, Some(key)) = (self.views.contains_key(compartment), &scope.view) {
                let view = View::open(&self.home, scope.scope, key.as_bytes(), self.ports.vfs.as_deref())?;
                self.views.insert(*compartment, view);
                self.behind.insert(*compartment);
            }
        }
        Ok(())
    }

    /// Replaces this worker's passphrase. Other workers of the device keep theirs.
    pub fn choose_words(&mut self, words: &str, cost: Cost) -> Reply<()> {
        if !is_long_enough(words) {
            return Err(Code::WordsShort.into());
        }
        let mut slots = self.slots.clone();
        slots.drop_seat(self.me.seat, Some(SlotKind::Worker));
        let typed = normalise(words);
        let held = keystore_key_or_new(&self.ports, &slots);
        self.ports
            .draw(|random| {
                slots.add(SlotKind::Worker, typed.as_bytes(), held.as_ref(), cost, &self.payload, random)
            })
            .map_err(slot)?;
        self.home.write_slots(&slots.to_bytes())?;
        self.opened_slot = slots.open(SlotKind::Worker, typed.as_bytes(), held.as_ref()).ok();
        self.slots = slots;
        self.share_slot()
    }
}
