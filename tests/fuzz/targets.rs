//! Everything that takes bytes from elsewhere, over real devices and a real hub.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tempfile::TempDir;
use tern_record::SeatId;
use tern_record::cbor::{Canonical as _, Decoder};
use tern_seal::{Label, SigningKey, sign};
use tern_sync::frame::Frame;
use tern_sync::{Peer, Shelf as _};
use tern_testkit::Seeded;

use crate::device::Device;
use crate::hub::HubAt;
use crate::spoil;
use crate::template::{NOW_MS, Template, copy_folder, place};

/// What takes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A hub, a request that anybody may have spoilt.
    HubRequest,
    /// A hub, what a member says who changed the program.
    HubMember,
    /// A device that is asked, by such a member.
    DeviceMember,
    /// A device that asked a hub, which lies.
    Reply,
    /// A device that reads a stick.
    File,
    /// The gate of a device.
    Admit,
}

impl Target {
    /// Every one.
    pub const ALL: [Self; 6] =
        [Self::HubRequest, Self::HubMember, Self::DeviceMember, Self::Reply, Self::File, Self::Admit];
}

/// Two devices, a hub, and honest bytes to spoil.
pub struct Bench {
    folder: TempDir,
    hub: HubAt,
    leila: Device,
    tomas: Device,
    keys: (SigningKey, SigningKey),
    /// Of Tomas, with work: to the hub, and to Leila.
    requests: [Vec<u8>; 2],
    file: Vec<u8>,
    envelopes: Vec<Vec<u8>>,
    child: String,
    shown: Value,
    taken: BTreeMap<Target, u64>,
}

fn register(device: &mut Device, name: &str) -> String {
    let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown",
        "separation.place": "the old mill" });
    let told = device.within(None, |app| app.script_register(&answers).unwrap()).unwrap();
    told["id"].as_str().unwrap().to_owned()
}

impl Bench {
    /// Makes it.
    pub fn make() -> Self {
        let template = Template::make();
        let folder = place();
        let device = |who: usize| {
            let to = folder.path().join(who.to_string());
            copy_folder(&template.of(who), &to);
            Device::of(who, to, &template.schema, 7 + who as u64, NOW_MS)
        };
        let (mut leila, mut tomas) = (device(0), device(1));
        copy_folder(&template.hub(), &folder.path().join("hub"));
        let mut hub = HubAt::of(folder.path().join("hub"));
        let child = register(&mut leila, "Samir");
        meet(&mut leila, &mut hub);
        // Tomas has met both before, so that a first request carries all that is new.
        meet(&mut tomas, &mut hub);
        meet_device(&mut tomas, &mut leila, template.seats[0]);
        let keys = (leila.taken_apart().1.signing, tomas.taken_apart().1.signing);
        for n in 0..4 {
            register(&mut tomas, ["Omid", "Farid", "Nasrin", "Anri"][n]);
        }
        let peer = tomas.within(None, |app| app.peer_of(template.seats[0]).unwrap()).unwrap();
        let requests = [hub.peer(), peer].map(|peer| first_request(&mut tomas, peer));
        let envelopes = tomas.within(None, |app| app.envelopes().unwrap()).unwrap();
        let path = folder.path().join("stick");
        tomas.within(None, |app| app.script_write_work(&path, &[]).unwrap());
        let file = std::fs::read(&path).unwrap();
        let shown = show(&mut leila, &child);
        let taken = BTreeMap::new();
        Self { folder, hub, leila, tomas, keys, requests, file, envelopes, child, shown, taken }
    }

    /// How many of each were taken as if they were honest.
    pub fn taken(&self) -> impl Iterator<Item = (Target, u64)> {
        Target::ALL.into_iter().map(|target| (target, self.taken.get(&target).copied().unwrap_or(0)))
    }

    /// Spoils something and hands it to who takes it.
    pub fn run(&mut self, target: Target, random: &mut Seeded) {
        let is_taken = match target {
            Target::HubRequest => {
                let request = spoil::bytes(&self.requests[0], random);
                is_served(self.hub.answer(&request).expect("an answer"))
            }
            Target::HubMember => {
                let request = self.by_tomas(0, random);
                is_served(self.hub.answer(&request).expect("an answer"))
            }
            Target::DeviceMember => {
                let request = self.by_tomas(1, random);
                let answered = self.leila.within(None, |app| app.answer_peer(&request).unwrap());
                answered.is_some_and(is_served)
            }
            Target::Reply => self.reply(random),
            Target::File => self.file(random),
            Target::Admit => {
                let which = random.below(self.envelopes.len());
                let envelope = spoil::bytes(&self.envelopes[which], random);
                let taken = self.leila.within(None, |app| app.admit(&envelope).unwrap());
                matches!(taken, Some(tern_app::admit::Admitted::New(_)))
            }
        };
        *self.taken.entry(target).or_default() += u64::from(is_taken);
    }

    fn by_tomas(&mut self, which: usize, random: &mut Seeded) -> Vec<u8> {
        let realm = self.leila.within(None, |app| app.roster().realm).unwrap();
        let to = if which == 0 { self.hub.peer().key } else { self.keys.0.public().unwrap() };
        let mut body = spoil::frames(&self.requests[which], random);
        let signature = sign(&self.keys.1, Label::SyncRequest, realm, &[to.as_bytes(), &body]).unwrap();
        body.extend(Frame::Signed(signature).to_bytes());
        body
    }

    fn reply(&mut self, random: &mut Seeded) -> bool {
        let peer = self.hub.peer();
        let mut exchange = self.tomas.within(None, |app| app.begin_exchange(peer).unwrap()).unwrap();
        let request = self.tomas.within(None, |app| app.ask_peer(&mut exchange).unwrap()).unwrap();
        let realm = self.tomas.within(None, |app| app.roster().realm).unwrap();
        let honest = self.hub.answer(&request).expect("an answer");
        let Ok(Frame::Hello(hello)) = Frame::read(&mut Decoder::new(&request)) else { panic!("a request") };
        let mut body = spoil::frames(&honest, random);
        let signed: [&[u8]; 3] = [&hello.nonce, &hello.digest, &body];
        let signature = sign(self.hub.key(), Label::SyncReply, realm, &signed).unwrap();
        body.extend(Frame::Signed(signature).to_bytes());
        // What it says is not noted: that would be the word of a hub that lies.
        self.tomas.within(None, |app| app.hear_reply(&mut exchange, &body)).unwrap().is_ok()
    }

    fn file(&mut self, random: &mut Seeded) -> bool {
        let path = self.folder.path().join("spoilt");
        std::fs::write(&path, spoil::bytes(&self.file, random)).unwrap();
        let read = self.leila.within(None, |app| app.script_read_work(&path)).unwrap();
        read.is_ok_and(|told| told["problems"] == json!([]))
    }

    /// Nothing was lost, all is whole, and honest work goes on.
    pub fn look_over(&mut self) {
        assert_eq!(show(&mut self.leila, &self.child), self.shown, "what was saved stands as it stood");
        for device in [&mut self.leila, &mut self.tomas] {
            let looked = device.within(None, |app| app.script_verify(false).unwrap()).unwrap();
            assert_eq!(looked["problems"], json!([]));
        }
        let new = register(&mut self.leila, "Bela");
        meet(&mut self.leila, &mut self.hub);
        meet(&mut self.tomas, &mut self.hub);
        assert_eq!(show(&mut self.tomas, &new)["separation.place"]["value"], "the old mill");
    }
}

fn show(device: &mut Device, child: &str) -> Value {
    device.within(None, |app| app.script_show(child, None, None).unwrap()["fields"].clone()).unwrap()
}

fn first_request(device: &mut Device, peer: Peer) -> Vec<u8> {
    let begun = device.within(None, |app| {
        let mut exchange = app.begin_exchange(peer).unwrap();
        app.ask_peer(&mut exchange).unwrap()
    });
    begun.unwrap()
}

/// An honest exchange with a hub.
fn meet(device: &mut Device, hub: &mut HubAt) {
    let peer = hub.peer();
    let met = device.within(None, |app| {
        let mut exchange = app.begin_exchange(peer).unwrap();
        loop {
            let request = app.ask_peer(&mut exchange).unwrap();
            let reply = hub.answer(&request).expect("an answer");
            if !app.hear_reply(&mut exchange, &reply).unwrap() {
                break;
            }
        }
        app.note_exchange(&exchange, &peer, "").unwrap();
        exchange.outcome().is_equal
    });
    assert_eq!(met, Some(true), "honest work goes on");
}

/// An honest exchange with another device.
fn meet_device(one: &mut Device, other: &mut Device, seat: SeatId) {
    one.within(None, |app| {
        let peer = app.peer_of(seat).unwrap();
        let mut exchange = app.begin_exchange(peer).unwrap();
        loop {
            let request = app.ask_peer(&mut exchange).unwrap();
            let reply = other.within(None, |app| app.answer_peer(&request).unwrap()).unwrap();
            if !app.hear_reply(&mut exchange, &reply).unwrap() {
                break;
            }
        }
        app.note_exchange(&exchange, &peer, "").unwrap();
        assert!(exchange.outcome().is_equal);
    });
}

/// It was answered and not refused.
fn is_served(reply: Vec<u8>) -> bool {
    let frames = tern_sync::frame::read(&reply).expect("every reply is one");
    !frames.iter().any(|(_, frame)| matches!(frame, Frame::Refused(_)))
}
