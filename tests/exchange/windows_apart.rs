//! Windows of several devices in one network, and a hub: what they are told, and that nobody waits for an exchange.
#![allow(clippy::disallowed_methods, reason = "a test waits in real time")]

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::Path;
use std::time::{Duration, Instant};

use clap::Parser as _;
use serde_json::{Value, json};
use tern_app::call::call;
use tern_app::{Cost, Desk, Ports, Schema};
use tern_hub::settings::Settings;
use tern_hub::start::Started;
use tern_stories::Tern;
use tern_stories::members::joined;
use tern_stories::tern::WORDS;

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// The window of a device, unlocked.
struct Window(Desk);

impl Window {
    fn of(tern: &Tern) -> Self {
        let window = Self(Desk::new(tern.home(), Schema::embedded().unwrap(), Ports::system(), Cost::FLOOR));
        window.unlock();
        window
    }

    fn unlock(&self) {
        self.ok("unlock", json!({ "words": WORDS }));
    }

    fn ok(&self, command: &str, args: Value) -> Value {
        call(&self.0, command, &args)
            .unwrap_or_else(|refused| panic!("{command}: {} {}", refused.code, refused.message))
    }

    fn refused(&self, command: &str, args: Value) -> String {
        call(&self.0, command, &args).expect_err(command).code
    }

    fn routes(&self) -> Value {
        self.ok("routes", json!({}))
    }

    /// Looks again and again until something is so.
    fn until(&self, is_so: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let routes = self.routes();
            if is_so(&routes) {
                return routes;
            }
            assert!(Instant::now() < end, "{routes}");
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// How the exchange ended that was begun.
    fn ended(&self) -> Value {
        self.until(|routes| routes["line"]["done"] == true)["line"].clone()
    }

    fn to_share(&self) -> u64 {
        self.ok("status", json!({}))["session"]["to_share"].as_u64().unwrap()
    }
}

fn hub_in(folder: &Path, tern: &Tern, more: &[&str]) -> Started {
    let roster = folder.join("roster");
    if !roster.exists() {
        tern.run(&["roster", "log", "--out", roster.to_str().unwrap()]).ok();
    }
    let store = format!("sqlite:{}", folder.join("hub.db").display());
    let words =
        ["tern-hub", "--store", &store, "--realm", roster.to_str().unwrap(), "--listen", "127.0.0.1:0"];
    let settings = Settings::try_parse_from([&words, more].concat()).unwrap();
    tern_store::lend_heap().unwrap();
    tern_hub::start::start(&settings, tern_hub::log::Log::to(Box::new(std::io::sink()))).unwrap()
}

#[test]
fn a_device_is_found_by_name_and_both_stay_at_work() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    leila.run(&["demo", "--children", "6", "--seed", "3"]).ok();
    let (here, there) = (Window::of(&leila), Window::of(&tomas));
    assert!(here.to_share() > 0);
    let open = here.ok("be_found", json!({ "on": true }))["nearby"]["open"].clone();
    assert!(open["code"].as_str().unwrap().contains("<svg"), "{open}");
    there.ok("look_around", json!({ "on": true }));
    let found = there.until(|routes| routes["nearby"]["found"] != json!([]))["nearby"]["found"][0].clone();
    assert_eq!(found["worker"], "Leila");
    there.ok("exchange_with", json!({ "address": found["addresses"] }));
    // Nobody waits for it.
    there.ok("begin_draft", json!({}));
    let line = there.ended();
    assert_eq!(
        (&line["equal"], &line["failure"], &line["problems"]),
        (&json!(true), &Value::Null, &json!([]))
    );
    assert!(line["new"].as_u64().unwrap() > 0 && line["photos"] == line["all_photos"], "{line}");
    assert_eq!((here.to_share(), there.to_share()), (0, 0));
    let guests =
        here.until(|routes| routes["nearby"]["open"]["lines"] == 0)["nearby"]["open"]["guests"].clone();
    assert_eq!((&guests[0]["device"], &guests[0]["equal"]), (&json!("Tablet 2"), &json!(true)), "{guests}");

    // Hidden, it goes on; locked, it is gone for everybody.
    here.ok("cover", json!({}));
    there.ok("exchange_with", json!({ "address": open["addresses"][0] }));
    assert_eq!(there.ended()["equal"], true);
    let (began, _silent) = (Instant::now(), TcpStream::connect(at(&open["addresses"][0])).unwrap());
    here.ok("lock", json!({}));
    assert!(
        began.elapsed() < Duration::from_secs(2),
        "who says nothing keeps no door open: {:?}",
        began.elapsed()
    );
    there.until(|routes| routes["nearby"]["found"] == json!([]));
    there.ok("exchange_with", json!({ "address": open["addresses"][0] }));
    assert_eq!(there.ended()["failure"]["code"], "net-unreachable");
    assert_eq!(here.refused("routes", json!({})), "locked");
    here.unlock();
    assert_eq!(here.routes()["nearby"]["open"], Value::Null, "who unlocks is not found before they say so");
    there.ok("look_around", json!({ "on": false }));
}

#[test]
fn an_exchange_that_is_stopped_or_locked_goes_on_where_it_was() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    leila.run(&["demo", "--children", "60", "--seed", "3"]).ok();
    let (here, there) = (Window::of(&leila), Window::of(&tomas));
    let address = |window: &Window| {
        window.ok("be_found", json!({ "on": true }))["nearby"]["open"]["addresses"][0].clone()
    };
    let to = address(&here);
    there.ok("exchange_with", json!({ "address": to }));
    assert_eq!(there.refused("exchange_with", json!({ "address": to })), "sync-busy-here");
    there.until(|routes| routes["line"]["received"].as_u64().unwrap() > 0);
    let began = Instant::now();
    there.ok("lock", json!({}));
    assert!(began.elapsed() < Duration::from_secs(3), "nobody waits to lock: {:?}", began.elapsed());
    there.unlock();
    assert_eq!(there.routes()["line"], Value::Null);
    there.ok("exchange_with", json!({ "address": to }));
    assert_eq!(there.ok("stop_exchange", json!({}))["line"], Value::Null);
    here.ok("lock", json!({}));
    here.unlock();
    there.ok("exchange_with", json!({ "address": address(&here) }));
    assert_eq!(there.ended()["equal"], true);
    assert_eq!(here.to_share(), 0);
    for tern in [(leila, here), (tomas, there)] {
        drop(tern.1);
        assert_eq!(tern.0.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    }
}

#[test]
fn a_hub_that_is_set_is_called_by_itself_and_is_told_when_it_does_not_answer() {
    let leila = Tern::practising(TERN);
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(folder.path(), &leila, &[]);
    leila.run(&["demo", "--children", "4", "--seed", "3"]).ok();
    let window = Window::of(&leila);
    assert_eq!(window.refused("try_hub", json!({})), "sync-no-hub");
    let set = |address: &str, by_itself: bool| json!({ "address": address, "by_itself": by_itself });
    let place = hub.address().split_once('#').unwrap().0;
    assert_eq!(window.refused("set_hub", set(place, true)), "net-address");
    let own = window.ok("be_found", json!({ "on": true }))["nearby"]["open"]["addresses"][0].clone();
    assert_eq!(window.refused("set_hub", set(own.as_str().unwrap(), true)), "sync-device-not-hub");
    window.ok("be_found", json!({ "on": false }));

    let routes = window.ok("set_hub", set(hub.address(), false));
    assert_eq!((&routes["line"], &routes["hub"]["met"]), (&Value::Null, &Value::Null));
    assert!(window.to_share() > 0);
    window.ok("set_hub", set(hub.address(), true));
    let line = window.ended();
    assert_eq!((&line["hub"], &line["equal"], &line["sent"]), (&json!(true), &json!(true), &line["to_send"]));
    let routes = window.until(|routes| routes["hub"]["answers"] == true);
    assert!(routes["hub"]["met"]["at_ms"].as_i64().unwrap() > 0, "{routes}");
    assert_eq!(window.to_share(), 0);
    drop(hub);
    window.ok("try_hub", json!({}));
    assert_eq!(window.ended()["failure"]["code"], "net-unreachable");
    window.until(|routes| routes["hub"]["answers"] == false);
    // The next session knows it still.
    window.ok("lock", json!({}));
    window.unlock();
    assert_eq!(window.routes()["hub"]["by_itself"], true);
    assert_eq!(window.ok("set_hub", set("", false))["hub"]["address"], Value::Null);
}

#[test]
fn a_hub_without_room_says_what_stays_here() {
    let leila = Tern::practising(TERN);
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(folder.path(), &leila, &["--seat-blobs-mib", "0"]);
    leila.run(&["demo", "--children", "12", "--seed", "3"]).ok();
    let told = leila.run(&["sync", "hub", hub.address()]).ok();
    assert!(!told["blobs_not_taken"].as_array().unwrap().is_empty(), "{told}");
    let window = Window::of(&leila);
    window.ok("set_hub", json!({ "address": hub.address(), "by_itself": false }));
    window.ok("try_hub", json!({}));
    let line = window.ended();
    let problems = line["problems"].as_array().unwrap();
    assert!(problems[0].as_str().unwrap().contains("the hub has no room"), "{line}");
}

/// Machine and port of an address.
fn at(address: &Value) -> String {
    let place = address.as_str().unwrap().split('#').next().unwrap();
    place.strip_prefix("https://").unwrap().to_owned()
}

/// Stands before a hub and has no time, the first times that somebody calls.
fn busy_before(hub: &Started, times: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (place, key) = hub.address().split_once('#').unwrap();
    let to = place.strip_prefix("http://").unwrap().to_owned();
    let own = format!("http://{}#{key}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (at, line) in listener.incoming().enumerate() {
            let Ok(mut line) = line else { return };
            if at < times {
                let _ = line.read(&mut [0; 4096]);
                let _ = line.write_all(
                    b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                );
                let _ = line.shutdown(Shutdown::Write);
                let _ = line.read_to_end(&mut Vec::new());
            } else {
                let there = TcpStream::connect(&to).unwrap();
                join(line.try_clone().unwrap(), there.try_clone().unwrap());
                join(there, line);
            }
        }
    });
    own
}

fn join(mut from: TcpStream, mut to: TcpStream) {
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
}

#[test]
fn a_hub_that_has_no_time_is_asked_again_and_each_try_is_told() {
    let leila = Tern::practising(TERN);
    let folder = tempfile::tempdir().unwrap();
    let hub = hub_in(folder.path(), &leila, &[]);
    leila.register(&json!({ "names": ["Samir"], "sex": "M", "age": 9, "accompaniment": "unknown" })).ok();
    let window = Window::of(&leila);
    window.ok("set_hub", json!({ "address": busy_before(&hub, 1), "by_itself": false }));
    window.ok("try_hub", json!({}));
    let waits = window.until(|routes| routes["line"]["waits"] != Value::Null)["line"]["waits"].clone();
    assert_eq!((&waits["tries"], &waits["most"]), (&json!(1), &json!(6)), "{waits}");
    assert_eq!(window.ended()["equal"], true);
    window.ok("set_hub", json!({ "address": busy_before(&hub, 100), "by_itself": false }));
    window.ok("try_hub", json!({}));
    window.until(|routes| routes["line"]["waits"] != Value::Null);
    assert_eq!(window.ok("stop_exchange", json!({}))["line"], Value::Null);
    // Stopped, it is not called by itself at once either.
    window.ok("set_hub", json!({ "address": busy_before(&hub, 100), "by_itself": true }));
    window.until(|routes| routes["line"]["waits"] != Value::Null);
    window.ok("stop_exchange", json!({}));
    assert_eq!(window.routes()["line"], Value::Null);
}
