//! One hub and many devices that call it at once.

use std::path::Path;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use clap::Parser as _;
use tern_app::App;
use tern_app::exchange::Peer;
use tern_hub::log::Log;
use tern_hub::settings::Settings;
use tern_hub::start::start;
use tern_net::{Bounds, Client, Endpoint};
use tern_sync::limits::MAX_BODY;

use crate::cost::{Cost, Row, missing};
use crate::devices::Device;

/// Changes that each device brings.
const EACH: usize = 20;

/// What one device saw.
struct Seen {
    bytes: u64,
    floor: u64,
    replies: Vec<Duration>,
}

/// So many devices bring their work at once, then fetch that of all others, then ask whether there is anything new.
pub fn busy(folder: &Path, devices: usize) -> Vec<Row> {
    let mut first = Device::first(folder);
    let mut all: Vec<Device> = (1..devices).map(|at| first.join(folder, &format!("Worker {at}"))).collect();
    let children = first.make(100);
    let roster = folder.join("roster");
    first.app.script_roster(Some(&roster)).unwrap();
    let words = [
        "tern-hub".to_owned(),
        "--store".to_owned(),
        format!("sqlite:{}", folder.join("hub.db").display()),
        "--realm".to_owned(),
        roster.display().to_string(),
        "--listen".to_owned(),
        "127.0.0.1:0".to_owned(),
        // All of them call from this machine, as through a proxy.
        "--behind-proxy".to_owned(),
    ];
    let hub = start(&Settings::try_parse_from(words).unwrap(), Log::to(Box::new(std::io::sink()))).unwrap();
    let key = hub.address().split_once("#ca:").unwrap().1.to_owned();
    let endpoint: Endpoint = format!("http://{}#{key}", hub.listens()).parse().unwrap();
    all.insert(0, first);
    for device in &mut all {
        call(&mut device.app, &endpoint);
    }
    for (at, device) in all.iter_mut().enumerate() {
        device.edit(&children, EACH, at);
    }
    let jobs =
        ["hub: all bring 20 changes and fetch", "hub: all fetch the rest", "hub: all ask, nothing is new"];
    jobs.iter().map(|job| at_once(&mut all, &endpoint, children.len(), job)).collect()
}

fn at_once(devices: &mut [Device], endpoint: &Endpoint, children: usize, job: &str) -> Row {
    let barrier = Barrier::new(devices.len() + 1);
    let (seen, wall) = std::thread::scope(|scope| {
        let callers: Vec<_> = devices
            .iter_mut()
            .map(|device| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    call(&mut device.app, endpoint)
                })
            })
            .collect();
        barrier.wait();
        let began = Instant::now();
        let seen: Vec<Seen> = callers.into_iter().map(|caller| caller.join().unwrap()).collect();
        (seen, began.elapsed())
    });
    let mut replies: Vec<Duration> = seen.iter().flat_map(|seen| seen.replies.clone()).collect();
    replies.sort();
    let at = |percent: usize| replies[(replies.len() - 1) * percent / 100].as_secs_f64() * 1000.0;
    let cost = Cost {
        bytes: seen.iter().map(|seen| seen.bytes).sum(),
        floor: seen.iter().map(|seen| seen.floor).sum(),
        requests: u32::try_from(replies.len()).unwrap(),
        wall,
        ..Cost::default()
    };
    let rate = replies.len() as f64 / wall.as_secs_f64();
    cost.row(children, job).noted(format!(
        "{} devices, {rate:.0} requests a second, a reply after {:.0} / {:.0} / {:.0} ms",
        devices.len(),
        at(50),
        at(95),
        at(99)
    ))
}

/// One exchange with the hub.
fn call(app: &mut App, endpoint: &Endpoint) -> Seen {
    let peer = Peer { key: endpoint.key().unwrap(), seat: None };
    let mut client = Client::new(endpoint.clone(), None, Bounds::for_reply(MAX_BODY + 512)).unwrap();
    let mut exchange = app.begin_exchange(peer).unwrap();
    let mut seen = Seen { bytes: 0, floor: 0, replies: Vec::new() };
    loop {
        let request = app.ask_peer(&mut exchange).unwrap();
        let length = request.len();
        let began = Instant::now();
        let reply = client.post(request, &mut ()).unwrap();
        seen.replies.push(began.elapsed());
        seen.bytes += (length + reply.len()) as u64;
        if !app.hear_reply(&mut exchange, &reply).unwrap() {
            break;
        }
    }
    app.note_exchange(&exchange, &peer, "").unwrap();
    seen.floor = missing(&exchange.outcome().tally);
    seen
}
