//! Devices beside each other in one network: each a program of its own, with a real line between them.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tern_stories::Tern;
use tern_stories::members::{joined, seat};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

/// A device that listens, in a process of its own.
struct Serving {
    child: Child,
    out: BufReader<ChildStdout>,
    address: String,
}

impl Serving {
    fn begin(tern: &Tern, more: &[&str]) -> Self {
        let words = [&["sync", "serve", "--listen", "127.0.0.1:0", "--json"], more].concat();
        let mut child = tern.command(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut serving = Self { child, out, address: String::new() };
        serving.address = serving.told()["address"].as_str().unwrap().to_owned();
        serving
    }

    /// The next thing that it tells.
    fn told(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line:?}"))
    }

    /// Waits for its end.
    fn end(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap_or(-1)
    }

    /// Tells it to stop, as Ctrl-C does.
    fn stop(self) -> i32 {
        Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().unwrap();
        self.end()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn register(tern: &Tern, name: &str) -> String {
    let answers = json!({ "names": [name], "sex": "M", "age": 9, "accompaniment": "unknown" });
    tern.register(&answers).ok()["id"].as_str().unwrap().to_owned()
}

fn with(tern: &Tern, serving: &Serving) -> Value {
    tern.run(&["sync", "with", &serving.address]).ok()
}

fn has(tern: &Tern, child: &str) {
    assert_eq!(tern.run(&["show", child]).ok()["fields"]["sex"]["value"], "M");
}

/// Nothing of it would be lost with this device.
fn lies_elsewhere(tern: &Tern) {
    let is = tern.run(&["sync", "status"]).ok();
    assert_eq!((&is["only_here"], &is["at_hub"]), (&json!(0), &json!(0)), "{is}");
    assert!(is["on_another_device"].as_u64().unwrap() > 0, "{is}");
}

#[test]
fn three_devices_come_together_and_each_knows_what_lies_elsewhere() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    let nadia = joined(&leila, "Nadia", "Tablet 3", &["case_worker"], &[]);
    leila.run(&["demo", "--children", "8", "--seed", "3"]).ok();
    let (first, second) = (register(&leila, "Samir"), register(&tomas, "Omid"));

    // Nadia is new to Tomas: whoever calls Leila brings and hears of all.
    let mut serving = Serving::begin(&leila, &[]);
    leila.run(&["sync", "status"]).refused(3, "in-use");
    let met = with(&tomas, &serving);
    assert_eq!(
        (&met["equal"], &met["not_taken"], &met["quarantined"]),
        (&json!(true), &json!([]), &json!(0))
    );
    assert!(met["received"]["blobs"].as_u64().unwrap() > 0, "{met}");
    let visit = serving.told();
    assert_eq!((&visit["seat"], &visit["equal"]), (&seat(&tomas, "Tomas")["seat"], &json!(true)), "{visit}");
    for (one, other) in [("sent", "received"), ("received", "sent")] {
        assert_eq!(visit[one]["envelopes"], met[other]["envelopes"], "{visit} {met}");
        assert_eq!(visit[one]["blobs"], met[other]["blobs"], "{visit} {met}");
    }
    let third = register(&nadia, "Farid");
    assert_eq!(with(&nadia, &serving)["equal"], true);
    assert_eq!(serving.told()["seat"], seat(&nadia, "Nadia")["seat"]);
    assert_eq!(with(&tomas, &serving)["equal"], true);
    let quiet = with(&tomas, &serving);
    assert_eq!((&quiet["round_trips"], &quiet["new"]), (&json!(1), &json!(0)));
    assert!(quiet["overhead_bytes"].as_u64().unwrap() < 250, "{quiet}");
    assert_eq!(serving.stop(), 0);

    for tern in [&leila, &tomas, &nadia] {
        [&first, &second, &third].iter().for_each(|child| has(tern, child));
        lies_elsewhere(tern);
        assert_eq!(tern.run(&["verify", "--rebuild"]).ok()["problems"], json!([]));
    }
    let devices = leila.run(&["sync", "status"]).ok()["devices"].clone();
    assert!(devices.as_array().unwrap().iter().all(|device| device["behind"] == 0), "{devices}");
}

#[test]
fn one_visit_is_enough_for_who_listens_once() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    register(&leila, "Samir");
    let mut serving = Serving::begin(&leila, &["--once"]);
    with(&tomas, &serving);
    assert_eq!(serving.told()["equal"], true);
    assert_eq!(serving.end(), 0);
    lies_elsewhere(&leila);
}

#[test]
fn either_may_die_at_any_byte_and_the_next_call_goes_on() {
    let leila = Tern::practising(TERN);
    let tomas = joined(&leila, "Tomas", "Tablet 2", &["case_worker"], &[]);
    leila.run(&["demo", "--children", "40", "--seed", "3"]).ok();
    let records = leila.run(&["verify"]).ok()["records"].as_u64().unwrap() + 3;
    for name in ["Samir", "Omid", "Farid"] {
        register(&tomas, name);
    }
    for after_ms in [40, 120, 250, 400] {
        for dies_here in [true, false] {
            let mut serving = Serving::begin(&leila, &[]);
            let mut call = tomas.command(&["sync", "with", &serving.address, "--json"]);
            let mut call = call.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            // Unlocking takes a while; then the exchange runs.
            std::thread::sleep(std::time::Duration::from_millis(500 + after_ms));
            let dies = if dies_here { &mut serving.child } else { &mut call };
            dies.kill().unwrap();
            call.wait().unwrap();
        }
    }
    let serving = Serving::begin(&leila, &[]);
    assert_eq!(with(&tomas, &serving)["equal"], true);
    assert_eq!(serving.stop(), 0);
    let all: Vec<Value> = [&leila, &tomas].map(|tern| tern.run(&["verify", "--rebuild"]).ok()).into();
    assert_eq!((&all[0]["problems"], &all[1]["problems"]), (&json!([]), &json!([])));
    assert_eq!((&all[0]["records"], &all[0]["records"]), (&json!(records), &all[1]["records"]));
    lies_elsewhere(&leila);
    lies_elsewhere(&tomas);
}

#[test]
fn who_is_not_of_the_programme_or_out_does_not_come_in_and_is_told_why() {
    let leila = Tern::practising(TERN);
    let omar = joined(&leila, "Omar", "Laptop 2", &["coordinator"], &[]);
    let nadia = joined(&leila, "Nadia", "Tablet 3", &["case_worker"], &[]);
    let fresh = joined(&omar, "Sana", "Tablet 4", &["case_worker"], &[]);
    let stranger = Tern::practising(TERN);
    leila
        .run(&["device", "remove", seat(&leila, "Nadia")["seat"].as_str().unwrap(), "--reason", "lost"])
        .ok();

    let serving = Serving::begin(&leila, &[]);
    let call = |tern: &Tern| tern.run(&["sync", "with", &serving.address]);
    call(&stranger).refused(1, "sync-unknown-device");
    call(&nadia).refused(1, "net-not-let-in");
    // Leila has not heard of Sana yet; once Omar was here, she has.
    call(&fresh).refused(1, "net-not-let-in");
    assert_eq!(call(&omar).ok()["equal"], true);
    assert_eq!(call(&fresh).ok()["equal"], true);
    omar.run(&["sync", "hub", &serving.address]).refused(1, "sync-device-not-hub");
    let (place, _) = serving.address.split_once('#').unwrap();
    omar.run(&["sync", "with", place]).refused(1, "net-address");
    assert_eq!(serving.stop(), 0);

    let serving = Serving::begin(&omar, &[]);
    let own = serving.address.clone();
    assert_eq!(serving.stop(), 0);
    omar.run(&["sync", "with", &own]).refused(1, "sync-own-address");
    leila.run(&["sync", "with", &own]).refused(1, "net-unreachable");
    leila.run(&["sync", "serve", "--listen", "192.0.2.1:4711"]).refused(1, "sync-cannot-listen");
}
