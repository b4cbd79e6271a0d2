//! Lines between two sides, as they are and as they are attacked.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod nearby;
mod support;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::sleep;
use std::time::Duration;

use support::*;
use tern_net::{
    Callers, Client, Endpoint, Identity, Limits, Moved, NetError, PerAddress, ServerTls, Watch, page, router,
    serve,
};
use tern_seal::VerifyKey;

#[test]
fn a_request_is_answered_and_the_line_is_kept() {
    let server = plain(&limits());
    let mut client = to_plain(&server);
    for n in 0..5 {
        let said = vec![n; 40_000];
        assert_eq!(client.post(said.clone(), &mut ()), Ok(said));
    }
    assert_eq!(client.ask_key(&mut ()), Ok(key(1).public().unwrap()));
    let counts = server.traffic().counts();
    assert_eq!((counts.answered, counts.received, counts.sent), (5, 200_000, 200_000));
}

#[test]
fn the_key_is_proved_and_another_is_refused() {
    let server = secure(1, Callers::Anyone);
    assert_eq!(client(to_pinned(&server, 1)).post(b"hello".to_vec(), &mut ()), Ok(b"hello".to_vec()));
    assert_eq!(client(to_pinned(&server, 2)).post(b"hello".to_vec(), &mut ()), Err(NetError::Tls));
    // No public authority vouches for it either.
    let by_ca: Endpoint = format!("https://localhost:{}", server.address().port()).parse().unwrap();
    assert_eq!(client(by_ca).post(b"hello".to_vec(), &mut ()), Err(NetError::Tls));
    assert_eq!(server.traffic().counts().answered, 1);
}

#[test]
fn who_must_be_known_shows_a_key_and_another_does_not_come_in() {
    let friend = key(3).public().unwrap();
    let server = secure(1, Callers::Known(Arc::new(move |key: &VerifyKey| *key == friend)));
    let call = |own: Option<u8>| {
        let own = own.map(|seed| Identity::of(&key(seed)).unwrap());
        let mut client = Client::new(to_pinned(&server, 1), own.as_ref(), bounds()).unwrap();
        client.post(b"hello".to_vec(), &mut ())
    };
    assert_eq!(call(Some(3)), Ok(b"hello".to_vec()));
    // It says so, every time, and not that the line broke.
    for _ in 0..20 {
        assert_eq!(call(Some(4)), Err(NetError::NotLetIn));
    }
    assert_eq!(call(None), Err(NetError::NotLetIn));
    assert_eq!(server.traffic().counts().answered, 1);
}

#[test]
fn a_certificate_from_files_is_shown() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lines");
    let tls = ServerTls::of_files(&folder.join("cert.pem"), &folder.join("key.pem")).unwrap();
    let server =
        serve(listener(), Some(tls), router(Arc::new(Echo::default()), &limits()), &limits()).unwrap();
    let spki = std::fs::read(folder.join("key.spki")).unwrap();
    let key = VerifyKey::from_slice(&spki[12..]).unwrap();
    let mut client = client(Endpoint::pinned("127.0.0.1", server.address().port(), key));
    assert_eq!(client.post(b"hello".to_vec(), &mut ()), Ok(b"hello".to_vec()));
    assert!(ServerTls::of_files(&folder.join("key.pem"), &folder.join("cert.pem")).is_err());
}

#[test]
fn plain_http_stays_on_this_machine() {
    let everywhere = TcpListener::bind("0.0.0.0:0").unwrap();
    let routes = router(Arc::new(Echo::default()), &limits());
    assert!(serve(everywhere, None, routes, &limits()).is_err());
}

#[test]
fn each_failure_has_its_own_name() {
    let server = plain(&limits());
    let ask = |word: &[u8]| to_plain(&server).post(word.to_vec(), &mut ());
    assert_eq!(ask(b"ill"), Err(NetError::Busy));
    assert_eq!(ask(b"panic"), Err(NetError::Busy));
    assert_eq!(ask(b"full"), Err(NetError::Full));
    assert_eq!(ask(b"long"), Err(NetError::TooLarge));
    assert_eq!(ask(b"well"), Ok(b"well".to_vec()));
    let to = |at| client(format!("http://{at}").parse().unwrap()).post(b"hello".to_vec(), &mut ());
    let nobody = listener().local_addr().unwrap();
    assert_eq!(to(nobody), Err(NetError::Unreachable));
    assert_eq!(to(says(b"")), Err(NetError::Cut));
    assert_eq!(to(says(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")), Err(NetError::Status(404)));
    assert_eq!(to(says(b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\nhalf")), Err(NetError::Cut));
    let portal = says(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\npage");
    assert_eq!(to(portal), Err(NetError::Status(200)));
}

#[test]
fn nothing_leads_elsewhere() {
    let other = plain(&limits());
    let reply =
        format!("HTTP/1.1 307 Go\r\nlocation: http://{}/sync\r\ncontent-length: 0\r\n\r\n", other.address());
    let at = says(reply.leak().as_bytes());
    let mut client = client(format!("http://{at}").parse().unwrap());
    assert_eq!(client.post(b"hello".to_vec(), &mut ()), Err(NetError::Status(307)));
    assert_eq!(other.traffic().counts().answered, 0);
}

#[test]
fn who_says_nothing_is_waited_for_so_long() {
    let silent = listener();
    let at = silent.local_addr().unwrap();
    let mut client = client(format!("http://{at}").parse().unwrap());
    assert_eq!(client.post(b"hello".to_vec(), &mut ()), Err(NetError::Timeout));
}

#[test]
fn a_call_is_watched_and_stopped() {
    struct Stop(Arc<AtomicBool>, Moved);
    impl Watch for Stop {
        fn moved(&mut self, moved: Moved) {
            self.1 = moved;
        }

        fn is_cancelled(&self) -> bool {
            self.0.load(Ordering::Relaxed)
        }
    }
    let server = plain(&limits());
    let mut client = to_plain(&server);
    let mut watch = Stop(Arc::default(), Moved::default());
    client.post(vec![1; 30_000], &mut watch).unwrap();
    assert!(watch.1.sent > 30_000 && watch.1.received > 30_000, "{:?}", watch.1);
    let flag = Arc::clone(&watch.0);
    std::thread::spawn(move || {
        sleep(Duration::from_millis(150));
        flag.store(true, Ordering::Relaxed);
    });
    assert_eq!(client.post(b"slow".to_vec(), &mut watch), Err(NetError::Cancelled));
    assert_eq!(client.post(b"again".to_vec(), &mut ()), Ok(b"again".to_vec()));
}

#[test]
fn a_line_that_the_other_side_let_go_is_opened_again() {
    let limits = Limits { stall: Duration::from_millis(300), ..limits() };
    let server = plain(&limits);
    let mut client = to_plain(&server);
    client.post(b"one".to_vec(), &mut ()).unwrap();
    sleep(Duration::from_millis(600));
    assert_eq!(client.post(b"two".to_vec(), &mut ()), Ok(b"two".to_vec()));
}

#[test]
fn who_asks_too_often_or_holds_too_many_lines_is_turned_away() {
    let per_address = Some(PerAddress { connections: 2, burst: 3, per_minute: 1 });
    let server = plain(&Limits { per_address, ..limits() });
    let mut client = to_plain(&server);
    for _ in 0..3 {
        client.post(b"hello".to_vec(), &mut ()).unwrap();
    }
    assert_eq!(client.post(b"hello".to_vec(), &mut ()), Err(NetError::Busy));
    let _held: Vec<_> = (0..2).map(|_| std::net::TcpStream::connect(server.address()).unwrap()).collect();
    sleep(Duration::from_millis(100));
    assert_eq!(raw(server.address(), b"GET /health HTTP/1.1\r\nhost: x\r\n\r\n"), "");
    assert!(server.traffic().counts().turned_away >= 2);
}

#[test]
fn what_is_no_request_gets_a_status_and_reaches_nobody() {
    let server = plain(&limits());
    let said = |head: &str, body: &[u8]| {
        let heard = raw(server.address(), &[head.as_bytes(), b"\r\nhost: x\r\n\r\n", body].concat());
        heard.get(9..12).unwrap_or_default().to_owned()
    };
    let kind = "content-type: application/cbor-seq";
    assert_eq!(said("GET /sync HTTP/1.1", b""), "405");
    assert_eq!(said("GET /elsewhere HTTP/1.1", b""), "404");
    assert_eq!(said("POST /sync HTTP/1.1\r\ncontent-length: 2", b"hi"), "415");
    assert_eq!(said(&format!("POST /sync HTTP/1.1\r\n{kind}\r\ncontent-length: 50001"), b"hi"), "413");
    // Without its length: counted as it comes.
    let chunked = [format!("{:x}\r\n", 60_000).as_bytes(), &[b'x'; 60_000], b"\r\n0\r\n\r\n"].concat();
    let heard = said(&format!("POST /sync HTTP/1.1\r\n{kind}\r\ntransfer-encoding: chunked"), &chunked);
    assert!(heard == "413" || heard.is_empty(), "{heard}");
    assert_eq!(said("\0\x01\x02 nonsense", b""), "400");
    assert_eq!(said(&format!("GET /health HTTP/1.1\r\nlong: {}", "x".repeat(900_000)), b""), "431");
    assert_eq!(said("GET /health HTTP/1.1", b""), "200");
    let counts = server.traffic().counts();
    assert_eq!((counts.answered, counts.refused), (0, 3));
}

#[test]
fn what_is_going_on_when_it_stops_comes_to_its_end() {
    let server = plain(&limits());
    let at = server.address();
    let mut client = to_plain(&server);
    let asking = std::thread::spawn(move || client.post(b"slow".to_vec(), &mut ()));
    sleep(Duration::from_millis(200));
    server.stop();
    assert_eq!(asking.join().unwrap(), Ok(b"slow".to_vec()));
    let mut late = support::client(format!("http://{at}").parse().unwrap());
    assert_eq!(late.post(b"late".to_vec(), &mut ()), Err(NetError::Unreachable));
}

#[test]
fn a_page_tells_what_is_to_be_told() {
    let server = serve(listener(), None, page("/metrics", || "one 1\n".to_owned()), &limits()).unwrap();
    let heard = raw(server.address(), b"GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n");
    assert!(heard.starts_with("HTTP/1.1 200") && heard.ends_with("one 1\n"), "{heard}");
}
