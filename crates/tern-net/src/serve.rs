//! Listening: a runtime of its own on a thread of its own, until it is stopped or dropped.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::pin::pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::RETRY_AFTER;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::crowd::{Crowd, Line};
use crate::patient::Patient;
use crate::traffic::Traffic;
use crate::{Limits, Router, ServerTls};

/// How long a caller may take to show who they are, and to say what they want.
const GREETING: Duration = Duration::from_secs(20);
/// How long who is not let in may take to hear why.
const PARTING: Duration = Duration::from_secs(1);
/// Pause after the system could give no line.
const PAUSE: Duration = Duration::from_millis(200);

/// A server that runs. Dropped, it stops.
pub struct Running {
    address: SocketAddr,
    traffic: Arc<Traffic>,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What goes on.
    pub const fn traffic(&self) -> &Arc<Traffic> {
        &self.traffic
    }

    /// Lets what is going on come to its end, and nothing new begin.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Serves on a listener. Without TLS it must be one of this machine alone.
pub fn serve(
    listener: StdListener,
    tls: Option<ServerTls>,
    router: Router,
    limits: &Limits,
) -> io::Result<Running> {
    let address = listener.local_addr()?;
    if tls.is_none() && !address.ip().is_loopback() {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "plain HTTP but on loopback"));
    }
    listener.set_nonblocking(true)?;
    let runtime =
        Builder::new_multi_thread().worker_threads(2).thread_name("tern-net").enable_all().build()?;
    let (stop, stopped) = watch::channel(false);
    let traffic = Arc::clone(&router.traffic);
    let listener = {
        let _inside = runtime.enter();
        TcpListener::from_std(listener)?
    };
    let door = Door {
        tls: tls.map(|tls| TlsAcceptor::from(tls.0)),
        router,
        limits: *limits,
        crowd: limits.per_address.map(Crowd::new),
        stopped,
    };
    let thread = std::thread::Builder::new().name("tern-net".to_owned());
    let thread = thread.spawn(move || run(&runtime, listener, Arc::new(door)))?;
    Ok(Running { address, traffic, stop, thread: Some(thread) })
}

fn run(runtime: &Runtime, listener: TcpListener, door: Arc<Door>) {
    runtime.block_on(door.keep(listener));
}

/// Lets go of who was not let in, after they could hear why: closed at once with words of theirs unread, the line would be
/// cut before the reason came.
async fn part(mut stream: impl AsyncRead + AsyncWrite + Unpin) {
    let heard = async {
        let _ = stream.shutdown().await;
        let mut rest = [0; 4096];
        while stream.read(&mut rest).await.is_ok_and(|read| read > 0) {}
    };
    let _ = timeout(PARTING, heard).await;
}

struct Door {
    tls: Option<TlsAcceptor>,
    router: Router,
    limits: Limits,
    crowd: Option<Arc<Crowd>>,
    stopped: watch::Receiver<bool>,
}

impl Door {
    async fn keep(self: Arc<Self>, listener: TcpListener) {
        let places = Arc::new(Semaphore::new(self.limits.connections));
        let mut lines = JoinSet::new();
        let mut stopped = self.stopped.clone();
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await;
                (place, listener.accept().await)
            };
            tokio::select! {
                _ = stopped.wait_for(|stop| *stop) => break,
                (place, accepted) = next => match (place, accepted) {
                    (Ok(place), Ok((stream, from))) => {
                        lines.spawn(Arc::clone(&self).line(stream, from, place));
                    }
                    _ => sleep(PAUSE).await,
                },
                Some(_) = lines.join_next() => {}
            }
        }
        drop(listener);
        let all = async { while lines.join_next().await.is_some() {} };
        let _ = timeout(self.limits.grace, all).await;
    }

    async fn line(self: Arc<Self>, stream: TcpStream, from: SocketAddr, _place: OwnedSemaphorePermit) {
        let line = match &self.crowd {
            None => None,
            Some(crowd) => match crowd.enter(from.ip()) {
                Some(line) => Some(line),
                None => return self.router.traffic.turned_away(),
            },
        };
        let _ = stream.set_nodelay(true);
        let stream = Patient::new(stream, self.limits.stall, Arc::default());
        match &self.tls {
            None => self.talk(stream, line).await,
            Some(tls) => match timeout(GREETING, tls.accept(stream).into_fallible()).await {
                Ok(Ok(stream)) => self.talk(stream, line).await,
                Ok(Err((_, stream))) => part(stream).await,
                Err(_) => {}
            },
        }
    }

    /// Requests of one line, one after another.
    async fn talk(&self, stream: impl AsyncRead + AsyncWrite + Unpin, line: Option<Line>) {
        let _open = self.router.traffic.open();
        let line = line.as_ref();
        let service = service_fn(|request| self.answer(request, line));
        let talk = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(GREETING)
            .serve_connection(TokioIo::new(stream), service);
        let (mut talk, mut stopped) = (pin!(talk), self.stopped.clone());
        tokio::select! {
            _ = talk.as_mut() => return,
            _ = stopped.wait_for(|stop| *stop) => {}
            () = sleep(self.limits.longest) => {}
        }
        talk.as_mut().graceful_shutdown();
        let _ = timeout(self.limits.grace, talk).await;
    }

    async fn answer(
        &self,
        request: http::Request<Incoming>,
        line: Option<&Line>,
    ) -> Result<Response, Infallible> {
        if line.is_some_and(|line| !line.may_ask()) {
            self.router.traffic.turned_away();
            return Ok((StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, "30")]).into_response());
        }
        TowerToHyperService::new(self.router.routes.clone()).call(request).await
    }
}
