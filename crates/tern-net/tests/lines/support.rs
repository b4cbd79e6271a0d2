//! Services and callers of the tests.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tern_net::{
    Bounds, Callers, Client, Endpoint, Identity, Limits, Running, ServerTls, Service, Unavailable, router,
    serve,
};
use tern_seal::{SigningKey, VerifyKey};

/// Gives back what it gets; some words make it behave otherwise.
#[derive(Default)]
pub struct Echo {
    pub asked: AtomicU64,
}

impl Service for Echo {
    fn answer(&self, request: Vec<u8>) -> Result<Vec<u8>, Unavailable> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match request.as_slice() {
            b"ill" => Err(Unavailable::Ill),
            b"full" => Err(Unavailable::Full),
            b"panic" => panic!("on purpose"),
            b"slow" => {
                std::thread::sleep(Duration::from_millis(700));
                Ok(request)
            }
            b"long" => Ok(vec![7; 100_000]),
            _ => Ok(request),
        }
    }

    fn is_well(&self) -> bool {
        self.asked.load(Ordering::Relaxed) < 1_000
    }

    fn key(&self) -> Option<VerifyKey> {
        Some(key(1).public().unwrap())
    }
}

pub fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(&[seed; 32])
}

pub fn limits() -> Limits {
    Limits { grace: Duration::from_secs(5), ..Limits::for_body(50_000) }
}

pub fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").unwrap()
}

pub fn plain(limits: &Limits) -> Running {
    serve(listener(), None, router(Arc::new(Echo::default()), limits), limits).unwrap()
}

/// A server that is known by a key.
pub fn secure(seed: u8, callers: Callers) -> Running {
    let tls = ServerTls::of_key(&Identity::of(&key(seed)).unwrap(), callers).unwrap();
    serve(listener(), Some(tls), router(Arc::new(Echo::default()), &limits()), &limits()).unwrap()
}

pub fn bounds() -> Bounds {
    Bounds { stall: Duration::from_secs(2), ..Bounds::for_reply(60_000) }
}

pub fn client(endpoint: Endpoint) -> Client {
    Client::new(endpoint, None, bounds()).unwrap()
}

pub fn to_plain(server: &Running) -> Client {
    client(format!("http://{}", server.address()).parse().unwrap())
}

/// To a server of which this key is expected.
pub fn to_pinned(server: &Running, seed: u8) -> Endpoint {
    Endpoint::pinned("127.0.0.1", server.address().port(), key(seed).public().unwrap())
}

/// Says something raw, and gives back all that comes until the line closes or nothing comes for a second.
pub fn raw(to: SocketAddr, said: &[u8]) -> String {
    let mut line = TcpStream::connect(to).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(1))).unwrap();
    let _ = line.write_all(said);
    let (mut heard, mut piece) = (Vec::new(), [0; 1024]);
    while let Ok(length @ 1..) = line.read(&mut piece) {
        heard.extend_from_slice(&piece[..length]);
    }
    String::from_utf8_lossy(&heard).into_owned()
}

/// Somebody who answers every line with this and closes.
pub fn says(reply: &'static [u8]) -> SocketAddr {
    let listener = listener();
    let at = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for line in listener.incoming() {
            let Ok(mut line) = line else { return };
            let mut request = [0; 4096];
            let _ = line.read(&mut request);
            let _ = line.write_all(reply);
        }
    });
    at
}
