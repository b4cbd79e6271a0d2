//! A new programme: a root key, the first seat, four scopes with their first keys, a vault and its slots.

use std::path::Path;
use std::sync::Arc;

use tern_form::Schema;
use tern_record::cbor::Canonical;
use tern_record::port::Random;
use tern_record::{DeviceId, EntryId, RealmId, Role, SeatId, WorkerId};
use tern_seal::epoch::{epoch_id, epoch_key};
use tern_seal::passphrase::RescueCode;
use tern_seal::roster::{
    Author, Body, Entry, Names, PlaceName, ScopeKind, ScopeOpened, SeatCertified, SignedEntry, SiteId,
    genesis_nonce, realm_id, scope_id, seat_id, site_id,
};
use tern_seal::slot::{Cost, Payload, SlotFile, SlotKind, close_scope_key};
use tern_seal::{Label, SealKey, SigningKey, WrapSecret, seal};
use tern_store::key::KeyRow;
use tern_store::{Home, Vault};
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::unlock::{keystore_key_or_new, open_app};

/// What a new programme is called and who begins it.
#[derive(Clone, Debug)]
pub struct NewProgramme {
    /// Name of the programme.
    pub name: String,
    /// Name of the first site.
    pub site: String,
    /// ISO 3166-1 alpha-3.
    pub country: String,
    /// Name of the worker.
    pub worker: String,
    /// Practice or real, for ever.
    pub practice: bool,
    /// Each site has a core scope of its own: its children are found there and nowhere else.
    pub narrow_core: bool,
}

/// What opens the new vault.
pub struct Secrets {
    /// Normalised passphrase.
    pub words: Zeroizing<String>,
    /// The rescue code.
    pub rescue: RescueCode,
}

/// What the first seat may do: everything that one person alone must be able to do.
const FIRST_ROLES: [Role; 4] = [Role::Coordinator, Role::CaseSupervisor, Role::CaseWorker, Role::Auditor];

struct Making<'a> {
    random: &'a mut dyn Random,
    root: SigningKey,
    realm: RealmId,
    seat: SeatId,
    /// Of the scopes that are opened.
    nonce: [u8; 16],
    keyring: SealKey,
    entries: Vec<SignedEntry>,
    keys: Vec<KeyRow>,
}

/// Where a site can be, the invented countries first.
pub fn countries(schema: &Schema) -> impl Iterator<Item = &tern_form::Code> {
    let lists = ["country_practice", "country"].into_iter().filter_map(|id| schema.codelist(id));
    lists.flat_map(|list| &list.codes)
}

/// Makes the programme and leaves it unlocked. A power cut before the end leaves nothing that counts.
pub fn create(
    folder: &Path,
    ask: &NewProgramme,
    secrets: &Secrets,
    cost: Cost,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<App> {
    if !countries(&schema).any(|country| country.code == ask.country) {
        return Err(Failure::about(Code::UnknownCountry, [ask.country.clone()]));
    }
    let home = Arc::new(Home::create(folder)?);
    let device = ports.draw(DeviceId::make_random);
    let (payload, mut slots, vault) =
        ports.draw(|random| make(&home, ask, device, ports.vfs.as_deref(), random))?;
    let held = keystore_key_or_new(&ports, &slots);
    ports
        .draw(|random| {
            let words = secrets.words.as_bytes();
            slots.add(SlotKind::Worker, words, held.as_ref(), cost, &payload, random)?;
            slots.add(SlotKind::Rescue, secrets.rescue.secret(), None, cost, &payload, random)
        })
        .map_err(slot)?;
    home.write_slots(&slots.to_bytes())?;
    home.finish()?;
    open_app(home, vault, payload, slots, schema, ports)
}

/// Keys of a new seat on a device, and the vault key of a new folder.
pub(crate) fn new_payload(device: DeviceId, random: &mut dyn Random) -> Reply<Payload> {
    let (signing, wrap) = (SigningKey::make_random(random), WrapSecret::make_random(random));
    let (verify, public) = (signing.public().map_err(sealing)?, wrap.public().map_err(sealing)?);
    Ok(Payload {
        vault: SealKey::make_random(random),
        seat: seat_id(device, &verify, &public),
        signing,
        wrap,
        keyring: SealKey::make_random(random),
    })
}

fn make(
    home: &Home,
    ask: &NewProgramme,
    device: DeviceId,
    vfs: Option<&str>,
    random: &mut dyn Random,
) -> Reply<(Payload, SlotFile, Vault)> {
    let root = SigningKey::make_random(random);
    let public = root.public().map_err(sealing)?;
    let payload = new_payload(device, random)?;
    let mut scopes = [0; 16];
    random.fill(&mut scopes);
    let nonce = genesis_nonce(payload.seat, &scopes);
    let mut making = Making {
        random,
        realm: realm_id(ask.practice, &public, &nonce),
        root,
        seat: payload.seat,
        nonce: scopes,
        keyring: payload.keyring.clone(),
        entries: Vec::new(),
        keys: Vec::new(),
    };
    making.say(Body::Genesis { practice: ask.practice, root: public, nonce })?;
    let realm_key = SealKey::make_random(making.random);
    let programme = PlaceName { name: ask.name.clone(), country: String::new() };
    making.open_scope(ScopeKind::Realm, false, &realm_key, &realm_key, Some(&programme))?;
    let site = site_id(making.realm, Author::Root, &making.nonce);
    let place = PlaceName { name: ask.site.clone(), country: ask.country.clone() };
    for (kind, at_site) in [
        (ScopeKind::Core, ask.narrow_core),
        (ScopeKind::Protection, true),
        (ScopeKind::Restricted, true),
        (ScopeKind::Audit, false),
    ] {
        let key = SealKey::make_random(making.random);
        making.open_scope(kind, at_site, &key, &realm_key, at_site.then_some(&place))?;
    }
    making.certify(&payload, device, site, ask, &realm_key)?;
    let vault = making.fill(home, &payload, vfs)?;
    let slots = SlotFile { realm: making.realm, practice: ask.practice, device, slots: Vec::new() };
    Ok((payload, slots, vault))
}

impl Making<'_> {
    fn say(&mut self, body: Body) -> Reply<EntryId> {
        let deps = self.entries.last().map(SignedEntry::id).into_iter().collect();
        let entry = Entry { realm: self.realm, deps, author: Author::Root, body };
        let signed = entry.sign(&self.root).map_err(sealing)?;
        let id = signed.id();
        self.entries.push(signed);
        Ok(id)
    }

    fn open_scope(
        &mut self,
        kind: ScopeKind,
        at_site: bool,
        key: &SealKey,
        realm_key: &SealKey,
        name: Option<&PlaceName>,
    ) -> Reply<()> {
        let scope = scope_id(self.realm, Author::Root, &self.nonce, kind);
        let name = name.map_or_else(Vec::new, |name| name.close(realm_key, self.realm, scope, self.random));
        let first = epoch_key(key, scope, [self.seat]).map_err(sealing)?;
        let opened = ScopeOpened { nonce: self.nonce, kind, at_site, name, first };
        let epoch = epoch_id(self.say(Body::Scope(opened))?);
        let place: [&[u8]; 2] = [scope.as_bytes(), &epoch];
        let sealed = close_scope_key(&self.keyring, &place, key.as_bytes(), self.random);
        self.keys.push(KeyRow { scope, epoch, sealed });
        Ok(())
    }

    fn certify(
        &mut self,
        payload: &Payload,
        device: DeviceId,
        site: SiteId,
        ask: &NewProgramme,
        realm_key: &SealKey,
    ) -> Reply<()> {
        let names = Names { worker: ask.worker.clone(), device: ask.site.clone() };
        let names = names.close(realm_key, self.realm, payload.seat, self.random);
        let certificate = SeatCertified {
            seat: payload.seat,
            worker: WorkerId::make_random(self.random),
            device,
            verify: payload.signing.public().map_err(sealing)?,
            wrap: payload.wrap.public().map_err(sealing)?,
            roles: FIRST_ROLES.map(|role| role.code().to_owned()).to_vec(),
            site: Some(site),
            names,
        };
        self.say(Body::Seat(certificate)).map(|_| ())
    }

    fn fill(&mut self, home: &Home, payload: &Payload, vfs: Option<&str>) -> Reply<Vault> {
        let mut vault = Vault::create(home, payload.vault.as_bytes(), vfs)?;
        let root = seal(&self.keyring, Label::Secret, b"root", self.root.seed(), self.random);
        vault
            .write(|tx| {
                for entry in &self.entries {
                    tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
                }
                for key in &self.keys {
                    tx.add_key(payload.seat, key)?;
                }
                tx.put_secret(payload.seat, "root", &root)?;
                Ok::<(), tern_store::StoreError>(())
            })
            .map_err(Failure::from)?;
        Ok(vault)
    }
}

pub(crate) fn slot(error: tern_seal::slot::SlotError) -> Failure {
    use tern_seal::slot::SlotError;
    match error {
        SlotError::Wrong => Code::WrongPassphrase,
        SlotError::Keystore => Code::KeystoreChanged,
        SlotError::Full => Code::DeviceFull,
        SlotError::DamagedSlot => Code::DamagedSlot,
        SlotError::DamagedFile => Code::Damaged,
        SlotError::Newer => Code::NewerFormat,
        SlotError::Memory => Code::Internal("memory"),
    }
    .into()
}
