//! A hub in a folder of its own, and devices that call it.

use std::path::PathBuf;

use clap::Parser as _;
use tempfile::TempDir;
use tern_hub::log::Log;
use tern_hub::settings::Settings;
use tern_hub::start::{StartError, Started, start};
use tern_net::{Bounds, Client, Endpoint, NetError};
use tern_record::cbor::Canonical as _;
use tern_seal::roster::Carried;
use tern_seal::{PieceKind, armor};
use tern_sync::limits::{MAX_BODY, ROOM};
use tern_sync::{Asker, Exchange, ExchangeError, Memory, Next, Outcome, Peer};
use tern_testkit::Seeded;

use crate::support::{Held, World};

pub struct House {
    pub folder: TempDir,
    pub extra: Vec<String>,
    listen: &'static str,
}

impl House {
    /// With the roster of this programme as it is now.
    pub fn of(world: &World) -> Self {
        let house = Self { folder: tempfile::tempdir().unwrap(), extra: vec![], listen: "127.0.0.1:0" };
        house.write_roster(world);
        house
    }

    /// Open to other machines, so with TLS.
    pub fn open_to_all(mut self) -> Self {
        self.listen = "0.0.0.0:0";
        self
    }

    pub fn with(mut self, extra: &[&str]) -> Self {
        self.extra = extra.iter().map(|word| (*word).to_owned()).collect();
        self
    }

    pub fn write_roster(&self, world: &World) {
        let carried = Carried { entries: world.entries.clone(), wraps: vec![] };
        let text = armor::write(PieceKind::Roster, &carried.to_bytes());
        std::fs::write(self.path("roster"), text).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Every blob of its hub is gone, as with a disk that failed beside the one of its database.
    pub fn lose_blobs(&self) {
        std::fs::remove_dir_all(self.path("hub.blobs")).unwrap();
    }

    /// Words of the command line.
    pub fn words(&self) -> Vec<String> {
        let path = |name: &str| self.path(name).display().to_string();
        let mut words = vec!["--store".to_owned(), format!("sqlite:{}", path("hub.db"))];
        words.extend(["--realm".to_owned(), path("roster"), "--listen".to_owned(), self.listen.to_owned()]);
        words.extend(self.extra.clone());
        words
    }

    pub fn try_start(&self) -> Result<Started, StartError> {
        let words = [vec!["tern-hub".to_owned()], self.words()].concat();
        start(&Settings::try_parse_from(words).unwrap(), Log::to(Box::new(std::io::sink())))
    }

    pub fn start(&self) -> Started {
        self.try_start().unwrap()
    }
}

/// Where devices of these tests call: the address that it told, on this machine.
pub fn endpoint(hub: &Started) -> Endpoint {
    hub.address().replace("HOST", "127.0.0.1").parse().unwrap()
}

pub fn client(endpoint: Endpoint) -> Client {
    Client::new(endpoint, None, Bounds::for_reply(MAX_BODY + 512)).unwrap()
}

/// Why a device got no further.
#[derive(Debug, PartialEq, Eq)]
pub enum Failed {
    Net(NetError),
    Refused(String),
}

/// A device that calls a hub, and what it knows of it.
pub struct Device {
    pub member: usize,
    pub held: Held,
    pub memory: Memory,
    /// Bytes of one body.
    pub room: u64,
}

impl Device {
    pub fn new(world: &World, member: usize) -> Self {
        Self { member, held: world.shelf(Some(member)), memory: Memory::default(), room: ROOM as u64 }
    }

    /// One exchange to its end. What was taken in before a failure stays, and what the hub is known to hold.
    pub fn sync(&mut self, world: &World, hub: &Endpoint) -> Result<Outcome, Failed> {
        let mut client = client(hub.clone());
        let peer = Peer { key: hub.key().unwrap(), seat: None };
        let me = &world.members[self.member];
        let asker = Asker { seat: me.seat, key: me.key.clone() };
        let mut exchange = Exchange::begin(asker, peer, self.memory.clone()).with_room(self.room);
        let mut random = Seeded::new(7);
        loop {
            let request = exchange.ask(&self.held, &mut random).unwrap();
            let reply = client.post(request, &mut ()).map_err(Failed::Net)?;
            let next = exchange.hear(&mut self.held, &reply);
            self.memory = exchange.memory().clone();
            match next {
                Ok(Next::Ask) => {}
                Ok(Next::Done) => return Ok(exchange.outcome().clone()),
                Err(ExchangeError::Refused(code)) => return Err(Failed::Refused(code)),
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}
