//! From words to an unlocked app: the wait, the slot, the vault, the keys, the roster, the derived tables.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tern_form::Schema;
use tern_record::cbor::Canonical;
use tern_record::profile::Profile;
use tern_record::{Compartment, SeatId};
use tern_seal::delay::seconds_left;
use tern_seal::passphrase::{NotARescueCode, RescueCode, is_long_enough, normalise};
use tern_seal::roster::{Names, Roster, ScopeKind, SignedEntry};
use tern_seal::slot::{Cost, Payload, SlotError, SlotFile, SlotKind, open_scope_key};
use tern_store::key::{KeyRow, VIEW_EPOCH};
use tern_store::view::View;
use tern_store::{Home, Vault};
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::{App, Me, Opened, sealing};
use crate::failure::{Code, Failure};
use crate::keyring::{Keyring, ScopeKeys};
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
}

/// Reads what may be known before anything is unlocked.
pub fn look(home: &Home, ports: &Ports) -> Reply<Closed> {
    let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    let (wrong, last_ms) = home.read_tries();
    Ok(Closed { practice: slots.practice, wait_s: seconds_left(wrong, last_ms, ports.clock.now_ms()) })
}

/// Opens a folder that is held. The wait is asked for first, also for the right words; nothing sleeps.
pub fn unlock(home: Arc<Home>, secret: Secret<'_>, schema: Arc<Schema>, ports: Arc<Ports>) -> Reply<App> {
    let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
    let now = ports.clock.now_ms();
    let (wrong, last_ms) = home.read_tries();
    match seconds_left(wrong, last_ms, now) {
        0 => {}
        seconds => return Err(Code::Wait(seconds).into()),
    }
    let opened = match secret {
        Secret::Words(typed) => slots.open(SlotKind::Worker, normalise(typed).as_bytes()),
        Secret::Rescue(typed) => {
            let code = RescueCode::read(typed).map_err(|error| match error {
                NotARescueCode::Slip => Code::RescueSlip,
                NotARescueCode::Shape => Code::WrongRescue,
            })?;
            slots.open(SlotKind::Rescue, code.secret())
        }
    };
    let payload = match opened {
        Ok(payload) => payload,
        Err(SlotError::Wrong) => {
            home.write_tries(wrong.saturating_add(1), now)?;
            let code =
                if matches!(secret, Secret::Rescue(_)) { Code::WrongRescue } else { Code::WrongPassphrase };
            return Err(code.into());
        }
        Err(error) => return Err(slot(error)),
    };
    let vault = Vault::open(&home, &Zeroizing::new(payload.vault), ports.vfs.as_deref())?;
    home.write_tries(0, 0)?;
    open_app(home, vault, payload, slots, schema, ports)
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
    let entries: Vec<SignedEntry> = vault
        .roster_entries()?
        .iter()
        .map(|bytes| SignedEntry::from_bytes(bytes).map_err(|_| Failure::from(Code::Damaged)))
        .collect::<Result<_, _>>()?;
    let roster = Roster::fold(slots.realm, &entries).map_err(|_| Code::Damaged)?;
    let keys = keyring(&roster, &payload, &vault.keys_of(payload.seat)?)?;
    let names = names(&roster, &keys);
    let mut views = BTreeMap::new();
    for (compartment, scope) in &keys.compartments {
        if let Some(key) = &scope.view {
            views.insert(*compartment, View::open(&home, scope.scope, key, ports.vfs.as_deref())?);
        }
    }
    home.sweep_blobs(&vault.blobs()?)?;
    let me = Me { worker: payload.worker, device: slots.device, seat: payload.seat };
    let mut app = App {
        realm: slots.realm,
        practice: roster.practice,
        signing: payload.signing.clone(),
        text: Text::new(Arc::clone(&schema), "en"),
        opened: Opened::default(),
        profile_of_country: Profile::default(),
        home,
        vault,
        keys,
        payload,
        slots,
        me,
        roster,
        names,
        schema,
        ports,
        views,
        behind: BTreeSet::new(),
    };
    // On a full disk the records can still be read; these are done again at the next unlock.
    unless_full(app.seal_work())?;
    if unless_full(app.refresh_derived())?.is_none() && app.vault.is_stale() {
        // Search would miss children without saying so.
        return Err(Code::DiskFull.into());
    }
    unless_full(app.finish_drafts())?;
    Ok(app)
}

/// Lets a full disk pass.
pub(crate) fn unless_full<T>(done: Reply<T>) -> Reply<Option<T>> {
    match done {
        Err(failure) if failure.code == Code::DiskFull => Ok(None),
        done => done.map(Some),
    }
}

fn keyring(roster: &Roster, payload: &Payload, rows: &[KeyRow]) -> Reply<Keyring> {
    let mut realm = None;
    let mut compartments = BTreeMap::new();
    for (scope, state) in &roster.scopes {
        let mut keys =
            ScopeKeys { scope: *scope, epochs: BTreeMap::new(), current: state.current, view: None };
        for row in rows.iter().filter(|row| row.scope == *scope) {
            let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
            let key = open_scope_key(&payload.keyring, &place, &row.sealed).map_err(sealing)?;
            if row.epoch == VIEW_EPOCH {
                keys.view = Some(Zeroizing::new(*key.as_bytes()));
            } else {
                keys.epochs.insert(row.epoch, key);
            }
        }
        let kind = state.epochs.values().next().map(|opened| opened.kind);
        match kind {
            _ if keys.epochs.is_empty() => {}
            Some(ScopeKind::Realm) => realm = Some(keys),
            Some(ScopeKind::Core) => drop(compartments.insert(Compartment::Core, keys)),
            Some(ScopeKind::Protection) => drop(compartments.insert(Compartment::Protection, keys)),
            Some(ScopeKind::Restricted) => drop(compartments.insert(Compartment::Restricted, keys)),
            None => {}
        }
    }
    Ok(Keyring { realm: realm.ok_or(Code::Damaged)?, compartments })
}

fn names(roster: &Roster, keys: &Keyring) -> BTreeMap<SeatId, Names> {
    let open = |seat: &SeatId, sealed: &[u8]| {
        keys.realm.epochs.values().find_map(|key| Names::open(sealed, key, roster.realm, *seat).ok())
    };
    roster
        .seats
        .iter()
        .filter_map(|(seat, state)| Some((*seat, open(seat, &state.certificate.names)?)))
        .collect()
}

impl App {
    /// Replaces the passphrase. All of this device's worker slots are of one seat for now.
    pub fn choose_words(&mut self, words: &str, cost: Cost) -> Reply<()> {
        if !is_long_enough(words) {
            return Err(Code::WordsShort.into());
        }
        let mut slots = self.slots.clone();
        slots.drop_workers();
        let typed = normalise(words);
        let payload = self.payload.clone();
        self.ports
            .draw(|random| slots.add(SlotKind::Worker, typed.as_bytes(), cost, &payload, random))
            .map_err(slot)?;
        self.home.write_slots(&slots.to_bytes())?;
        self.slots = slots;
        Ok(())
    }
}
