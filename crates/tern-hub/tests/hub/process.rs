//! The program itself: started, asked, told to stop, and killed.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::{JoinHandle, sleep, spawn};
use std::time::Duration;

use tern_net::{Endpoint, NetError};
use tern_record::LogId;

use crate::LOG;
use crate::house::{Device, Failed, House};
use crate::support::World;

/// The program, with all that it says.
struct Process {
    child: Child,
    at: Endpoint,
    metrics: Option<String>,
    said: Option<JoinHandle<String>>,
}

impl Process {
    fn start(house: &House) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tern-hub"))
            .args(house.words())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap());
        let (at, metrics, said) = hear(lines);
        Self { child, at, metrics, said: Some(said) }
    }

    fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().unwrap().success());
    }

    /// Its exit code and everything that it said.
    fn end(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().unwrap();
        (status.code(), self.said.take().unwrap().join().unwrap())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where it can be called, where it tells numbers, and all that it says to its end.
fn hear(mut lines: BufReader<ChildStderr>) -> (Endpoint, Option<String>, JoinHandle<String>) {
    let (mut said, mut metrics) = (String::new(), None);
    loop {
        let mut line = String::new();
        assert!(lines.read_line(&mut line).unwrap() > 0, "it did not start: {said}");
        said.push_str(&line);
        if let Some((_, at)) = line.trim().split_once("numbers on http://") {
            metrics = Some(at.trim_end_matches("/metrics").to_owned());
        }
        if let Some((_, at)) = line.trim().split_once("to devices: ") {
            let at = at.parse().unwrap();
            let rest = spawn(move || {
                lines.read_to_string(&mut said).unwrap();
                said
            });
            return (at, metrics, rest);
        }
    }
}

fn get(at: &str, path: &str) -> String {
    let mut line = TcpStream::connect(at).unwrap();
    write!(line, "GET {path} HTTP/1.1\r\nhost: hub\r\nconnection: close\r\n\r\n").unwrap();
    let mut heard = String::new();
    line.read_to_string(&mut heard).unwrap();
    heard
}

#[test]
fn it_tells_of_its_health_and_numbers_and_of_nobody() {
    let mut world = World::of(1, 41);
    let house = House::of(&world).with(&["--metrics", "127.0.0.1:0", "--seat-envelopes", "2"]);
    let hub = Process::start(&house);
    let (mut one, at) = (Device::new(&world, 0), format!("127.0.0.1:{}", hub.at.port()));
    for _ in 0..3 {
        world.write(0, LOG, &mut one.held, 50);
    }
    one.sync(&world, &hub.at).unwrap();
    assert!(get(&at, "/health").starts_with("HTTP/1.1 200"));
    assert!(get(&at, "/metrics").starts_with("HTTP/1.1 404"), "numbers are told on their own line alone");
    let numbers = get(hub.metrics.as_deref().unwrap(), "/metrics");
    for line in ["tern_hub_up 1\n", "tern_hub_envelopes 2\n", "tern_hub_refusals_total{code=\"hub-quota\"}"] {
        assert!(numbers.contains(line), "{numbers}");
    }
    house.lose_blobs();
    assert!(get(&at, "/health").starts_with("HTTP/1.1 503"));
    let seat = world.members[0].seat.to_hex();
    hub.signal("-TERM");
    let (code, said) = hub.end();
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("tern-hub: stopped\n") && said.contains("times: hub-quota\n"), "{said}");
    assert!(!said.contains(&seat) && !numbers.contains(&seat));
    assert_eq!(said.matches("127.0.0.1").count(), 3, "where it listens, and no caller: {said}");
}

#[test]
fn what_is_wrong_is_said_in_a_line() {
    let world = World::of(1, 42);
    let house = House::of(&world);
    let run = |extra: &[&str]| {
        let out =
            Command::new(env!("CARGO_BIN_EXE_tern-hub")).args(house.words()).args(extra).output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let (code, said) = run(&["--metrics", "0.0.0.0:0"]);
    assert_eq!((code, said.as_str()), (Some(1), "tern-hub: --metrics must be on loopback\n"));
    let (code, _) = run(&["--nonsense"]);
    assert_eq!(code, Some(2));
    let (code, said) = run(&["--tls", "/nowhere", "/nowhere"]);
    assert_eq!((code, said.lines().count()), (Some(1), 1), "{said}");
}

/// Killed again and again while a device brings its work: whatever it said it had is there afterwards.
#[test]
fn killed_at_any_moment_it_has_what_it_said_it_had() {
    let mut world = World::of(2, 43);
    let house = House::of(&world);
    let mut one = Device { room: 128 * 1024, ..Device::new(&world, 0) };
    let mut was_cut = 0;
    for round in 0..40_u8 {
        for n in 0..16 {
            world.write(0, LogId::new([n % 4; 16]), &mut one.held, 12_000);
        }
        one.held.attach(world.scope, (0..400_000_u32).map(|n| (n >> 3) as u8 ^ round).collect());
        let hub = Process::start(&house);
        let id = hub.child.id().to_string();
        let killer = spawn(move || {
            sleep(Duration::from_millis(u64::from(round) % 20));
            Command::new("kill").args(["-KILL", &id]).status().unwrap();
        });
        let outcome = one.sync(&world, &hub.at);
        killer.join().unwrap();
        hub.end();
        match outcome {
            Ok(outcome) => {
                assert!(outcome.is_equal && !outcome.was_rolled_back, "round {round}: {outcome:?}")
            }
            Err(Failed::Net(NetError::Cut | NetError::Unreachable)) => was_cut += 1,
            Err(other) => panic!("round {round}: {other:?}"),
        }
    }
    assert!(was_cut > 3, "it was killed {was_cut} times in the middle");
    let hub = Process::start(&house);
    let last = one.sync(&world, &hub.at).unwrap();
    assert!(last.is_equal && !last.was_rolled_back, "{last:?}");
    let mut two = Device::new(&world, 1);
    two.held.wanted = one.held.wanted.clone();
    assert!(two.sync(&world, &hub.at).unwrap().is_equal);
    assert_eq!(two.held.ids(), one.held.ids());
    assert_eq!(two.held.blobs, one.held.blobs);
    hub.signal("-TERM");
    assert_eq!(hub.end().0, Some(0));
}
