//! The keys that an unlocked seat holds, and the one place where intents and drafts are sealed and opened.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::port::Random;
use tern_record::{Compartment, DeviceId, DocId, DraftId, IntentId, ScopeId};
use tern_seal::epoch::{commitment, is_sound, open_earlier, unwrap_epoch_key, view_key};
use tern_seal::roster::{Roster, ScopeKind, ScopeState};
use tern_seal::slot::{Payload, close_scope_key, open_scope_key};
use tern_seal::{Label, SealKey};
use tern_store::intent::Body;
use tern_store::key::KeyRow;
use tern_store::wrap::WrapRow;

use crate::failure::{Code, Failure};

/// Which key an epoch of a scope has.
type Epoch = [u8; 16];

/// The place of an epoch where a seat's own key sealed.
const OWN: Epoch = [0; 16];

/// One scope as this seat knows it.
pub struct ScopeKeys {
    /// The scope.
    pub scope: ScopeId,
    /// Keys by epoch.
    pub epochs: BTreeMap<Epoch, SealKey>,
    /// Those of them that a later one seals.
    pub sealed: BTreeSet<Epoch>,
    /// The epoch to write under.
    pub current: Epoch,
    /// Key of the view file; only above core.
    pub view: Option<SealKey>,
}

impl ScopeKeys {
    /// A scope of which no key is held.
    pub fn none(scope: ScopeId, state: &ScopeState) -> Self {
        Self { scope, epochs: BTreeMap::new(), sealed: BTreeSet::new(), current: state.current, view: None }
    }
}

/// All of them.
pub struct Keyring {
    /// Names of workers, devices and sites.
    pub realm: ScopeKeys,
    /// The scope of each compartment at this site; absent when the seat may not read it.
    pub compartments: BTreeMap<Compartment, ScopeKeys>,
    /// Scopes whose keys this seat holds and does not read records of: events, sites that nobody reads yet, and what does
    /// not count any more.
    pub others: BTreeMap<ScopeId, ScopeKeys>,
    /// Seals what only this seat reads again: its drafts of compartments that it may not read.
    own: SealKey,
}

/// Keys that were not kept yet.
pub struct Gathered {
    /// What the seat holds.
    pub keyring: Keyring,
    /// Rows to keep, sealed.
    pub new: Vec<KeyRow>,
}

impl Keyring {
    /// Opens the keys that were kept, unwraps those that came for this seat, and works out those of view files.
    pub fn gather(
        roster: &Roster,
        payload: &Payload,
        device: DeviceId,
        (rows, wraps): (&[KeyRow], &[WrapRow]),
        random: &mut dyn Random,
    ) -> Result<Gathered, Failure> {
        let me = roster.seats.get(&payload.seat);
        let mut new = Vec::new();
        let mut keep = |scope: ScopeId, epoch: Epoch, key: &[u8; 32], random: &mut dyn Random| {
            let place: [&[u8]; 2] = [scope.as_bytes(), &epoch];
            new.push(KeyRow { scope, epoch, sealed: close_scope_key(&payload.keyring, &place, key, random) });
        };
        let mut realm = None;
        let (mut compartments, mut others) = (BTreeMap::new(), BTreeMap::new());
        for (id, state) in &roster.scopes {
            let kept = kept((roster, *id), payload, rows)?;
            let known: BTreeSet<Epoch> = kept.keys().copied().collect();
            let (all, sealed) = unwrap_all((roster, *id), state, (payload, wraps), kept);
            for (epoch, key) in all.iter().filter(|(epoch, _)| !known.contains(*epoch)) {
                keep(*id, *epoch, key.as_bytes(), random);
            }
            let Some(current) = writing_epoch(*id, state, &all) else { continue };
            let compartment = state.kind.compartment().filter(|_| me.is_some_and(|me| me.may_read(state)));
            let view = compartment
                .filter(|compartment| *compartment != Compartment::Core)
                .and_then(|_| all.get(&current))
                .map(|key| view_key(key, *id, device));
            let keys = ScopeKeys { scope: *id, epochs: all, sealed, current, view };
            match (state.kind, compartment) {
                (ScopeKind::Realm, _) => realm = Some(keys),
                (_, Some(compartment)) => drop(compartments.insert(compartment, keys)),
                (_, None) => drop(others.insert(*id, keys)),
            }
        }
        for scope in rows.iter().map(|row| row.scope).filter(|scope| !roster.scopes.contains_key(scope)) {
            if let std::collections::btree_map::Entry::Vacant(place) = others.entry(scope)
                && let Some(keys) = gone(scope, kept((roster, scope), payload, rows)?)
            {
                place.insert(keys);
            }
        }
        let realm = realm.ok_or(Code::Damaged)?;
        Ok(Gathered { keyring: Self { realm, compartments, others, own: payload.keyring.clone() }, new })
    }

    /// Every scope whose keys are held.
    pub fn held(&self) -> impl Iterator<Item = &ScopeKeys> {
        std::iter::once(&self.realm).chain(self.compartments.values()).chain(self.others.values())
    }

    /// The scope that a compartment's work travels in.
    pub fn scope(&self, compartment: Compartment) -> Result<&ScopeKeys, Failure> {
        self.compartments.get(&compartment).ok_or_else(|| Code::NoRight.into())
    }

    /// Seals an intent's bytes above core; core stays plain inside the encrypted file.
    pub fn close_intent(
        &self,
        compartment: Compartment,
        doc: DocId,
        intent: IntentId,
        bytes: Vec<u8>,
        random: &mut dyn Random,
    ) -> Result<Body, Failure> {
        self.close(
            compartment,
            Label::LocalIntent,
            &[doc.as_bytes().as_slice(), intent.as_bytes()].concat(),
            bytes,
            random,
        )
    }

    /// The key that something is sealed under is held.
    pub fn opens(&self, body: &Body) -> bool {
        match body {
            Body::Plain(_) => true,
            Body::Sealed { epoch, .. } => {
                *epoch == OWN || self.held().any(|keys| keys.epochs.contains_key(epoch))
            }
        }
    }

    /// Opens an intent's bytes.
    pub fn open_intent(&self, doc: DocId, intent: IntentId, body: &Body) -> Result<Vec<u8>, Failure> {
        self.open(Label::LocalIntent, &[doc.as_bytes().as_slice(), intent.as_bytes()].concat(), body)
    }

    /// Seals the answers of a draft's compartment.
    pub fn close_draft(
        &self,
        compartment: Compartment,
        draft: DraftId,
        bytes: Vec<u8>,
        random: &mut dyn Random,
    ) -> Result<Body, Failure> {
        self.close(compartment, Label::Draft, draft.as_bytes(), bytes, random)
    }

    /// Opens the answers of a draft's compartment.
    pub fn open_draft(&self, draft: DraftId, body: &Body) -> Result<Vec<u8>, Failure> {
        self.open(Label::Draft, draft.as_bytes(), body)
    }

    fn close(
        &self,
        compartment: Compartment,
        label: Label,
        ad: &[u8],
        bytes: Vec<u8>,
        random: &mut dyn Random,
    ) -> Result<Body, Failure> {
        if compartment == Compartment::Core {
            return Ok(Body::Plain(bytes));
        }
        let Ok(keys) = self.scope(compartment) else {
            // Only a draft comes here: what a seat may not read, it writes nowhere else.
            let bytes = tern_seal::seal(&self.own, label, ad, &bytes, random);
            return Ok(Body::Sealed { epoch: OWN, bytes });
        };
        let key = keys.epochs.get(&keys.current).ok_or(Code::Internal("epoch"))?;
        Ok(Body::Sealed { epoch: keys.current, bytes: tern_seal::seal(key, label, ad, &bytes, random) })
    }

    fn open(&self, label: Label, ad: &[u8], body: &Body) -> Result<Vec<u8>, Failure> {
        match body {
            Body::Plain(bytes) => Ok(bytes.clone()),
            Body::Sealed { epoch, bytes } if *epoch == OWN => {
                tern_seal::open(&self.own, label, ad, bytes).map_err(|_| Code::NoRight.into())
            }
            Body::Sealed { epoch, bytes } => {
                // By the epoch alone: what was sealed before a seat changed its role or site is its own work still.
                let key = self.held().find_map(|keys| keys.epochs.get(epoch)).ok_or(Code::NoRight)?;
                tern_seal::open(key, label, ad, bytes).map_err(|_| Code::Damaged.into())
            }
        }
    }
}

/// Keys of a scope that does not count any more: what was written and taken under them is read still.
fn gone(scope: ScopeId, epochs: BTreeMap<Epoch, SealKey>) -> Option<ScopeKeys> {
    let current = *epochs.keys().next_back()?;
    Some(ScopeKeys { scope, sealed: BTreeSet::new(), current, view: None, epochs })
}

/// What was signed of the key of an epoch, whether that counts still or not; `None` when it is not here.
fn signed(roster: &Roster, scope: ScopeId, epoch: Epoch) -> Option<&[u8; 32]> {
    let counts = roster.scopes.get(&scope).and_then(|state| state.epochs.get(&epoch));
    counts.map(|epoch| &epoch.key.commitment).or_else(|| roster.fallen_keys.get(&epoch))
}

/// Keys that were kept. One that is not the key that was signed is passed over.
fn kept(
    (roster, scope): (&Roster, ScopeId),
    payload: &Payload,
    rows: &[KeyRow],
) -> Result<BTreeMap<Epoch, SealKey>, Failure> {
    let mut keys = BTreeMap::new();
    for row in rows.iter().filter(|row| row.scope == scope) {
        let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
        let key = open_scope_key(&payload.keyring, &place, &row.sealed).map_err(|_| Code::Damaged)?;
        if signed(roster, scope, row.epoch).is_none_or(|signed| commitment(&key, scope) == *signed) {
            keys.insert(row.epoch, key);
        }
    }
    Ok(keys)
}

/// Adds what was wrapped to this seat, and the earlier epochs that later ones seal, each checked against what was signed
/// of it, also when that does not count any more. Of what was signed and is not here, no key is taken: a false one would
/// stand in the place of the true one. Says too which of them are sealed under a later one.
fn unwrap_all(
    (roster, scope): (&Roster, ScopeId),
    state: &ScopeState,
    (payload, wraps): (&Payload, &[WrapRow]),
    mut keys: BTreeMap<Epoch, SealKey>,
) -> (BTreeMap<Epoch, SealKey>, BTreeSet<Epoch>) {
    for wrap in wraps.iter().filter(|wrap| wrap.seat == payload.seat) {
        let Some(epoch) = state.epochs.get(&wrap.epoch) else { continue };
        if !keys.contains_key(&wrap.epoch)
            && let Ok(key) =
                unwrap_epoch_key(&payload.wrap, roster.realm, scope, &epoch.key.commitment, &wrap.bytes)
        {
            keys.insert(wrap.epoch, key);
        }
    }
    let mut sealed = BTreeSet::new();
    let mut open: Vec<Epoch> = keys.keys().copied().collect();
    while let Some(id) = open.pop() {
        let (Some(later), Some(epoch)) = (keys.get(&id).cloned(), state.epochs.get(&id)) else { continue };
        for earlier in &epoch.earlier {
            let Some(signed) = signed(roster, scope, earlier.epoch) else { continue };
            let Ok(key) = open_earlier(&later, scope, earlier, Some(signed)) else { continue };
            match keys.get(&earlier.epoch) {
                Some(have) if *have == key => drop(sealed.insert(earlier.epoch)),
                Some(_) => {}
                None => {
                    sealed.insert(earlier.epoch);
                    keys.insert(earlier.epoch, key);
                    open.push(earlier.epoch);
                }
            }
        }
    }
    (keys, sealed)
}

/// The epoch to write under: the latest of those whose key is held, and of whose key nothing false was said.
fn writing_epoch(scope: ScopeId, state: &ScopeState, keys: &BTreeMap<Epoch, SealKey>) -> Option<Epoch> {
    let held = state.epochs.iter().filter(|(id, _)| keys.contains_key(*id));
    let mut held: Vec<(usize, Epoch)> = held.map(|(id, epoch)| (epoch.depth, *id)).collect();
    held.sort_unstable();
    let sound = |id: &Epoch| keys.get(id).is_some_and(|key| is_sound(key, scope, state, *id));
    let best = held.iter().rev().map(|(_, id)| *id).find(sound);
    best.or_else(|| held.last().map(|(_, id)| *id))
}
