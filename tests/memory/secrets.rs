//! Everything secret that a device holds, worked out beside it from its files, its words and its rescue code.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use blake2::{Blake2b512, Digest as _};
use ring::{digest, hkdf};
use serde_json::Value;
use tern_form::BlobRef;
use tern_record::cbor::{Canonical, Decoder, Writer, array_of, array_up_to};
use tern_record::port::Random as _;
use tern_record::{DeviceId, Intent, Scalar};
use tern_seal::ask::{Approval, Ask};
use tern_seal::epoch::{intake_secret, view_key};
use tern_seal::passphrase::RescueCode;
use tern_seal::roster::{Roster, SignedEntry};
use tern_seal::sheet::{Page, Sheet};
use tern_seal::slot::{Cost, KeystoreKey, Payload, SlotFile, SlotKind, open_scope_key};
use tern_seal::{Label, PieceKind, SealKey, SystemRandom, WrapSecret, armor, open};
use tern_store::intent::Body;
use tern_store::{Home, Vault};

use crate::scan::PIECE;

/// Something that may not be found once the device is locked.
#[derive(Clone)]
pub struct Secret {
    /// What it is.
    pub name: String,
    /// While somebody is at work it lies in memory; other secrets are there only for a moment.
    pub stays: bool,
    bytes: Vec<u8>,
    pieces: Pieces,
}

/// What a secret is cut into.
#[derive(Clone, Copy)]
enum Pieces {
    /// Eight bytes each.
    Bytes,
    /// Words or groups that follow each other: fewer stand in other texts too.
    Words,
}

/// Bytes of a picture that are looked for.
const PART: usize = 600;
/// How many words are a piece.
const WORDS: usize = 3;

impl Secret {
    fn bytes(name: impl Into<String>, stays: bool, bytes: &[u8]) -> Self {
        Self { name: name.into(), stays, bytes: bytes.to_vec(), pieces: Pieces::Bytes }
    }

    /// Words that stand beside each other nowhere else.
    pub fn text(name: impl Into<String>, text: &str) -> Self {
        Self { name: name.into(), stays: false, bytes: text.as_bytes().to_vec(), pieces: Pieces::Words }
    }

    /// As SQLCipher is told keys.
    fn hex(name: &str, key: &[u8]) -> [Self; 2] {
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        [hex.to_uppercase(), hex].map(|hex| Self::bytes(format!("{name}, spelled"), false, hex.as_bytes()))
    }

    /// The pieces that are looked for.
    pub fn pieces(&self) -> Vec<&[u8]> {
        match self.pieces {
            Pieces::Bytes => self.bytes.chunks_exact(PIECE).collect(),
            Pieces::Words => {
                let is_word = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
                let edges = |edge: fn(bool, bool) -> bool| {
                    (0..=self.bytes.len()).filter(move |at| edge(*at > 0 && is_word(at - 1), is_word(*at)))
                };
                let ends = edges(|before, after| before && !after).skip(WORDS - 1);
                edges(|before, after| !before && after)
                    .zip(ends)
                    .map(|(from, to)| &self.bytes[from..to])
                    .collect()
            }
        }
    }

    /// The whole.
    pub fn whole(&self) -> &[u8] {
        &self.bytes
    }
}

/// What opens a device, as a person knows it.
#[derive(Clone)]
pub struct Typed {
    /// Whose.
    pub name: &'static str,
    /// The words.
    pub words: String,
    /// The groups of the rescue code.
    pub rescue: Vec<String>,
}

impl Typed {
    fn code(&self) -> RescueCode {
        RescueCode::read(&self.rescue.join("-")).unwrap()
    }

    /// Words and code as they are drawn, typed and spelled.
    pub fn secrets(&self) -> Vec<Secret> {
        let words: Vec<&str> = self.words.split(' ').collect();
        let (code, name) = (self.code(), self.name);
        vec![
            Secret::text(format!("words of {name}"), &self.words),
            Secret::text(format!("words of {name}, in a list"), &words.join("\",\"")),
            Secret::text(format!("rescue code of {name}"), &self.rescue.join("-")),
            Secret::text(format!("rescue code of {name}, in a list"), &self.rescue.join("\",\"")),
            Secret::bytes(format!("rescue code of {name}, in one"), false, self.rescue.concat().as_bytes()),
            Secret::bytes(format!("bytes of the rescue code of {name}"), false, code.secret()),
        ]
    }
}

/// Everything that the slots, the vault and its records hold for somebody.
pub fn of(folder: &Path, typed: &Typed) -> Vec<Secret> {
    let file = fs::read(folder.join("slots")).unwrap();
    let slots = SlotFile::read(&file).unwrap();
    let keystore = fs::read(folder.with_extension("keystore").join(slots.device.to_hex())).unwrap();
    let keystore = KeystoreKey::from_slice(&keystore).unwrap();
    let payload = slots.open(SlotKind::Worker, typed.words.as_bytes(), Some(&keystore)).unwrap().payload;
    let mut secrets = typed.secrets();
    secrets.push(Secret::bytes("key of the keystore", false, keystore.as_bytes()));
    secrets.extend(of_slots(&file, typed, &payload, &keystore));
    secrets.extend(of_payload(typed.name, &payload));
    secrets.extend(of_vault(folder, &slots, &payload));
    secrets
}

/// What two pages hold, as they are spelled and as keys.
pub fn of_sheet(folder: &Path, pages: &[String; 2]) -> Vec<Secret> {
    let slots = SlotFile::read(&fs::read(folder.join("slots")).unwrap()).unwrap();
    let read = pages.each_ref().map(|page| Page::read(page).unwrap());
    let (signing, wrap) = Sheet::put_together(&read[0], &read[1]).unwrap().keys(slots.realm);
    let mut secrets = vec![
        Secret::bytes("signing seed of the sheet", false, signing.seed()),
        Secret::bytes("wrap seed of the sheet", false, wrap.seed()),
    ];
    for page in pages {
        secrets.push(Secret::text("page of the sheet", page));
        secrets.push(Secret::text("page of the sheet, in a list", &page.replace('-', "\",\"")));
        secrets.push(Secret::bytes("page of the sheet, in one", false, page.replace('-', "").as_bytes()));
    }
    secrets
}

/// What a device that asks holds, and what approvals make of it.
pub fn of_ask(folder: &Path, approvals: &[&Value]) -> Vec<Secret> {
    let file = fs::read(folder.join("ask")).unwrap();
    let mut from = Decoder::new(&file);
    array_of(&mut from, 3).unwrap();
    let ask = Ask::parse(from.bytes().unwrap()).unwrap();
    let secret = WrapSecret::from_slice(from.bytes().unwrap()).unwrap();
    let read = |text: &&Value| {
        Approval::parse(&armor::read(text.as_str().unwrap(), PieceKind::Approval).unwrap()).unwrap()
    };
    let approvals: Vec<Approval> = approvals.iter().map(read).collect();
    let key = ask.put_together(&secret, &approvals).unwrap();
    vec![
        Secret::bytes("seed of what is asked with", false, secret.seed()),
        Secret::bytes("key that was asked for", false, key.as_bytes()),
    ]
}

/// A picture of which no two pieces are alike.
pub fn picture() -> Vec<u8> {
    let mut noise = vec![0; 160 * 120 * 3];
    SystemRandom::default().fill(&mut noise);
    let noise = image::RgbImage::from_raw(160, 120, noise).unwrap();
    let mut jpeg = std::io::Cursor::new(Vec::new());
    noise.write_to(&mut jpeg, image::ImageFormat::Jpeg).unwrap();
    jpeg.into_inner()
}

/// The middle of a picture, where no two pictures are alike, as bytes and as text.
pub fn of_photo(name: &str, jpeg: &[u8]) -> Vec<Secret> {
    let middle = &jpeg[jpeg.len() / 2 / 3 * 3..][..PART];
    let text = STANDARD.encode(middle);
    vec![
        Secret::bytes(name, false, middle),
        Secret::bytes(format!("{name}, as text"), false, text.as_bytes()),
    ]
}

/// What is worked out of words and a code that open nothing.
pub fn of_wrong(folder: &Path, typed: &Typed) -> Vec<Secret> {
    let slots = read_slots(&fs::read(folder.join("slots")).unwrap());
    slots.iter().flat_map(|slot| slot.stretched(typed).1).chain(typed.secrets()).collect()
}

/// What the words and the code are stretched to, and the keys on the way to the payload.
fn of_slots(file: &[u8], typed: &Typed, payload: &Payload, keystore: &KeystoreKey) -> Vec<Secret> {
    let mut secrets = Vec::new();
    let own = |slot: &Spelled| slot.seat == *payload.seat.as_bytes();
    for slot in read_slots(file).into_iter().filter(own) {
        let (stretched, of_stretching) = slot.stretched(typed);
        secrets.extend(of_stretching);
        let of = slot.opened_by(typed);
        let salt = if slot.rescue { &[0; 32] } else { keystore.as_bytes() };
        let key = derive(&stretched, salt, "tern/1/slot-key", &slot.public);
        let master = open(&SealKey::new(&key), Label::Slot, &slot.public, &slot.master).unwrap();
        secrets.push(one_time(&format!("master key of {of}"), &key, Label::Slot, &slot.master));
        secrets.push(one_time(&format!("payload of {of}"), &master, Label::SlotPayload, &slot.payload));
        secrets.push(Secret::bytes(format!("slot key of {of}"), false, &key));
        secrets.push(Secret::bytes(format!("master key of {of}"), false, &master));
    }
    secrets
}

fn of_payload(name: &str, payload: &Payload) -> Vec<Secret> {
    let mut secrets = vec![
        Secret::bytes("vault key", true, payload.vault.as_bytes()),
        Secret::bytes(format!("signing seed of {name}"), true, payload.signing.seed()),
        Secret::bytes(format!("wrap seed of {name}"), true, payload.wrap.seed()),
        Secret::bytes(format!("keyring key of {name}"), true, payload.keyring.as_bytes()),
        // What Ed25519 works with: the second half of the hash of the seed is used as it is.
        Secret::bytes(
            format!("signing nonce key of {name}"),
            false,
            &digest::digest(&digest::SHA512, payload.signing.seed()).as_ref()[32..],
        ),
    ];
    secrets.extend(Secret::hex("vault key", payload.vault.as_bytes()));
    secrets
}

/// Keys of scopes and of narratives, from a copy of the vault: the device has the vault itself.
fn of_vault(folder: &Path, slots: &SlotFile, payload: &Payload) -> Vec<Secret> {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(folder).unwrap().filter_map(Result::ok) {
        if file.path().is_file() && file.file_name() != "tern.lock" {
            fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
        }
    }
    let home = Home::open(copy.path()).unwrap();
    let vault = Vault::open(&home, payload.vault.as_bytes(), None).unwrap();
    let entries = vault.roster_entries().unwrap();
    let entries: Vec<SignedEntry> =
        entries.iter().map(|bytes| SignedEntry::from_bytes(bytes).unwrap()).collect();
    let roster = Roster::fold(slots.realm, &entries).unwrap();
    let mut secrets = Vec::new();
    let mut epochs = Vec::new();
    for row in vault.keys_of(payload.seat).unwrap() {
        let place: [&[u8]; 2] = [row.scope.as_bytes(), &row.epoch];
        let key = open_scope_key(&payload.keyring, &place, &row.sealed).unwrap();
        secrets.push(one_time("kept scope key", payload.keyring.as_bytes(), Label::ScopeKey, &row.sealed));
        let scope = &roster.scopes[&row.scope];
        let name = format!("{:?} key, epoch {:02x}{:02x}", scope.kind, row.epoch[0], row.epoch[1]);
        let has_view = scope.kind.compartment().is_some_and(|home| home != tern_record::Compartment::Core);
        if has_view {
            let stays = scope.current == row.epoch;
            secrets.extend(of_view(&name, stays, &view_key(&key, row.scope, slots.device)));
        }
        let intake = intake_secret(&key, row.scope);
        secrets.push(Secret::bytes(format!("intake secret of {name}"), false, intake.seed()));
        secrets.push(Secret::bytes(name, true, key.as_bytes()));
        epochs.push((row.epoch, key));
    }
    if let Some(sealed) = vault.secret(payload.seat, "root").unwrap() {
        let root = open(&payload.keyring, Label::Secret, b"root", &sealed).unwrap();
        secrets.push(Secret::bytes("root seed", false, &root));
    }
    secrets.extend(of_records(&vault, &epochs));
    secrets
}

fn of_view(name: &str, stays: bool, key: &SealKey) -> Vec<Secret> {
    let name = format!("view key of {name}");
    let mut secrets = Secret::hex(&name, key.as_bytes()).to_vec();
    secrets.push(Secret::bytes(name, stays, key.as_bytes()));
    secrets
}

/// Keys of narratives, as records hold them.
fn of_records(vault: &Vault, epochs: &[([u8; 16], SealKey)]) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for placed in vault.intents_after(0, u32::MAX).unwrap() {
        let Body::Sealed { epoch, bytes } = &placed.intent.body else { continue };
        let Some((_, key)) = epochs.iter().find(|(have, _)| have == epoch) else { continue };
        let ad = [placed.intent.doc.as_bytes().as_slice(), placed.intent.id.as_bytes()].concat();
        let intent = Intent::from_bytes(&open(key, Label::LocalIntent, &ad, bytes).unwrap()).unwrap();
        for (path, value) in intent.puts() {
            if let Scalar::Bytes(bytes) = value
                && let Ok(blob) = BlobRef::from_bytes(bytes)
            {
                let field = path.form_key();
                secrets.push(Secret::bytes(format!("narrative key of {field}"), false, &blob.key));
            }
        }
    }
    secrets
}

/// A slot as its file spells it.
struct Spelled {
    rescue: bool,
    seat: [u8; 16],
    cost: Cost,
    salt: [u8; 16],
    master: Vec<u8>,
    payload: Vec<u8>,
    public: Vec<u8>,
}

fn read_slots(file: &[u8]) -> Vec<Spelled> {
    let mut from = Decoder::new(file);
    array_of(&mut from, 3).unwrap();
    from.u8().unwrap();
    let mut from = Decoder::new(from.bytes().unwrap());
    let (realm, practice) = (from.bytes().unwrap(), from.bool().unwrap());
    let device = DeviceId::from_slice(from.bytes().unwrap()).unwrap();
    let count = array_up_to(&mut from, 1000).unwrap();
    (0..count)
        .map(|_| {
            array_of(&mut from, 9).unwrap();
            let id = from.bytes().unwrap();
            let rescue = from.bool().unwrap();
            let (seat, keystore) = (from.bytes().unwrap(), from.bytes().unwrap());
            array_of(&mut from, 3).unwrap();
            let mut number = || from.u32().unwrap();
            let cost = Cost { memory_kib: number(), passes: number(), lanes: number() };
            let (salt, mut bytes) = (from.bytes().unwrap(), || from.bytes().unwrap().to_vec());
            let (master, payload) = (bytes(), bytes());
            from.skip().unwrap();
            let mut public = Writer::default();
            public.array(9).bytes(realm).bool(practice).bytes(device.as_bytes()).bytes(id).bool(rescue);
            public.bytes(seat).array(3).uint(cost.memory_kib.into()).uint(cost.passes.into());
            public.uint(cost.lanes.into()).bytes(salt).bytes(keystore);
            let (seat, salt) = (seat.try_into().unwrap(), salt.try_into().unwrap());
            Spelled { rescue, seat, cost, salt, master, payload, public: public.into_bytes() }
        })
        .collect()
}

impl Spelled {
    fn opened_by(&self, typed: &Typed) -> String {
        format!("{} of {}", if self.rescue { "rescue code" } else { "words" }, typed.name)
    }

    /// What the words or the code are stretched to by this slot's salt, and what in memory comes of it.
    fn stretched(&self, typed: &Typed) -> ([u8; 32], Vec<Secret>) {
        let code = typed.code();
        let secret = if self.rescue { code.secret() } else { typed.words.as_bytes() };
        let Cost { memory_kib, passes, lanes } = self.cost;
        let params = Params::new(memory_kib, passes, lanes, Some(32)).unwrap();
        let mut memory = vec![Block::default(); params.block_count()];
        let lane = memory.len() / usize::try_from(lanes).unwrap();
        let mut out = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(secret, &self.salt, &mut out, &mut memory)
            .unwrap();
        let last = memory.chunks(lane).flat_map(|lane| lane.last().unwrap().as_ref().to_vec());
        let last: Vec<u8> = last.flat_map(u64::to_le_bytes).collect();
        let of = self.opened_by(typed);
        let first = first_hash(secret, &self.salt, self.cost);
        let mut secrets = vec![
            Secret::bytes(format!("stretched {of}"), false, &out),
            // Whoever has these blocks hashes once and has the rest.
            Secret::bytes(format!("last of Argon2's memory for the {of}"), false, &last),
            // With these, words can be tried as fast as a plain hash.
            Secret::bytes(format!("first hash of the {of}"), false, &first),
        ];
        secrets.extend((0..2).map(|at| {
            Secret::bytes(format!("block {at} of Argon2's memory for the {of}"), false, &begins(&first, at))
        }));
        (out, secrets)
    }
}

/// Argon2's first hash: RFC 9106, section 3.2, step 1.
fn first_hash(secret: &[u8], salt: &[u8], cost: Cost) -> [u8; 64] {
    let Cost { memory_kib, passes, lanes } = cost;
    let number = |number: usize| u32::try_from(number).unwrap().to_le_bytes();
    let sizes = [lanes, 32, memory_kib, passes, 0x13, 2].map(u32::to_le_bytes).concat();
    blake2(&[&sizes, &number(secret.len()), secret, &number(salt.len()), salt, &[0; 8]])
}

/// What a block that is made of the first hash begins with: step 3.
fn begins(first: &[u8; 64], block: u32) -> Vec<u8> {
    blake2(&[&1024_u32.to_le_bytes(), first, &block.to_le_bytes(), &[0; 4]])[..32].to_vec()
}

/// The same as the library that is searched for: after one pass its first blocks stand as they were made.
pub fn check_first_hash() {
    let cost = Cost { memory_kib: 8, passes: 1, lanes: 1 };
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).unwrap();
    let mut memory = vec![Block::default(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2.hash_password_into_with_memory(b"otter lamp", &[7; 16], &mut [0; 32], &mut memory).unwrap();
    let first = first_hash(b"otter lamp", &[7; 16], cost);
    for (block, at) in memory.iter().zip(0..2) {
        let words = block.as_ref()[..4].iter().flat_map(|word| word.to_le_bytes());
        assert_eq!(words.collect::<Vec<u8>>(), begins(&first, at));
    }
}

fn blake2(parts: &[&[u8]]) -> [u8; 64] {
    Blake2b512::digest(parts.concat()).into()
}

/// The key of one seal, which the cipher is given.
fn one_time(of: &str, key: &[u8], label: Label, sealed: &[u8]) -> Secret {
    let key = derive(key, &sealed[..24], "tern/1/seal", label.text().as_bytes());
    Secret::bytes(format!("one-time key of the {of}"), false, &key)
}

/// As every key is derived: HKDF over a label and fields, each after its length.
fn derive(key: &[u8], salt: &[u8], label: &str, context: &[u8]) -> [u8; 32] {
    let length = |field: &[u8]| u32::try_from(field.len()).unwrap().to_be_bytes();
    let info = [&length(label.as_bytes())[..], label.as_bytes(), &length(context), context].concat();
    let mut out = [0; 32];
    let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, salt).extract(key);
    prk.expand(&[&info], hkdf::HKDF_SHA256).unwrap().fill(&mut out).unwrap();
    out
}
