//! A real hub over a real store, in this process, and the ways in which it may lie.

use std::path::{Path, PathBuf};

use tern_hub::Hub;
use tern_hub::blobs::Blobs;
use tern_hub::log::Log;
use tern_hub::members::{own_key, seed};
use tern_hub::quota::Quota;
use tern_hub::sqlite::Sqlite;
use tern_net::Service as _;
use tern_record::RealmId;
use tern_record::cbor::{Canonical as _, Decoder};
use tern_seal::{Label, SigningKey, sign};
use tern_sync::Peer;
use tern_sync::frame::Frame;
use tern_testkit::Seeded;

use crate::template::copy_folder;

/// A hub in a folder.
pub struct HubAt {
    folder: PathBuf,
    hub: Option<Hub<Sqlite>>,
    key: SigningKey,
    backup: Option<PathBuf>,
}

impl HubAt {
    /// Begins one with a programme.
    pub fn begin(folder: &Path, roster: &str) {
        tern_store::lend_heap().unwrap();
        std::fs::create_dir_all(folder).unwrap();
        let store = Sqlite::open(&folder.join("hub.db")).unwrap();
        seed(&store, roster).unwrap();
        own_key(&store, &mut Seeded::new(77)).unwrap();
    }

    /// Over a folder that is there.
    pub fn of(folder: PathBuf) -> Self {
        tern_store::lend_heap().unwrap();
        let store = Sqlite::open(&folder.join("hub.db")).unwrap();
        let key = own_key(&store, &mut Seeded::new(77)).unwrap();
        Self { folder, hub: None, key, backup: None }
    }

    /// As devices know it.
    pub fn peer(&self) -> Peer {
        Peer { key: self.key.public().unwrap(), seat: None }
    }

    /// The key of its replies.
    pub const fn key(&self) -> &SigningKey {
        &self.key
    }

    /// Answers; nothing where it fails.
    pub fn answer(&mut self, request: &[u8]) -> Option<Vec<u8>> {
        if self.hub.is_none() {
            let store = Sqlite::open(&self.folder.join("hub.db")).unwrap();
            let blobs = Blobs::open(&self.folder.join("blobs")).unwrap();
            let log = Log::to(Box::new(std::io::sink()));
            let random = &mut Seeded::new(78);
            self.hub = Some(Hub::open(store, blobs, Quota::default(), log, random).unwrap().0);
        }
        self.hub.as_ref()?.answer(request.to_vec()).ok()
    }

    /// Says that both hold the same, whatever was asked.
    pub fn lie(&self, realm: RealmId, request: &[u8]) -> Option<Vec<u8>> {
        let Ok(Frame::Hello(hello)) = Frame::read(&mut Decoder::new(request)) else { return None };
        let mut body = Frame::Equal.to_bytes();
        let context: [&[u8]; 3] = [&hello.nonce, &hello.digest, &body];
        let signature = sign(self.key(), Label::SyncReply, realm, &context).ok()?;
        body.extend(Frame::Signed(signature).to_bytes());
        Some(body)
    }

    /// Ends its process as it stands.
    pub fn kill(&mut self) {
        self.hub = None;
    }

    /// Keeps a copy of all that it holds.
    pub fn back_up(&mut self) {
        self.kill();
        let to = self.folder.with_extension("backup");
        copy_folder(&self.folder, &to);
        self.backup = Some(to);
    }

    /// Comes back from the copy, when there is one.
    pub fn fall_back(&mut self) -> bool {
        self.kill();
        let Some(from) = &self.backup else { return false };
        copy_folder(from, &self.folder);
        true
    }

    /// Where it keeps everything.
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}
