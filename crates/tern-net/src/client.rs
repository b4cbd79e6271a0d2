//! The side that asks: one line to one place, kept open from one request to the next.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use http::header::{CONTENT_TYPE as KIND, HOST};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tern_seal::{VerifyKey, key_of_text};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpStream, lookup_host};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{interval, timeout};
use tokio_rustls::TlsConnector;

use crate::patient::{Meter, Patient};
use crate::tls::client_config;
use crate::{CONTENT_TYPE, Endpoint, Identity, NetError, Proof};

/// How often somebody who watches is told and asked.
const TICK: Duration = Duration::from_millis(100);
/// Longest page that tells a key.
const PAGE: usize = 256;

/// How long and how much is put up with.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Longest reply in bytes.
    pub reply: usize,
    /// How long each address of a machine may take to answer.
    pub connect: Duration,
    /// How long nothing may come or go.
    pub stall: Duration,
}

impl Bounds {
    /// For replies of so many bytes, over links as they are.
    pub const fn for_reply(reply: usize) -> Self {
        Self { reply, connect: Duration::from_secs(15), stall: Duration::from_secs(60) }
    }
}

/// Bytes over the line until now, with all that goes around a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// To the other side.
    pub sent: u64,
    /// From the other side.
    pub received: u64,
}

/// Somebody who watches a call, and may stop it.
pub trait Watch {
    /// Told several times a second.
    fn moved(&mut self, _: Moved) {}

    /// Asked several times a second.
    fn is_cancelled(&self) -> bool {
        false
    }
}

impl Watch for () {}

/// A line to one place.
pub struct Client {
    /// There until this is dropped.
    runtime: Option<Runtime>,
    place: Place,
    open: Option<SendRequest<Full<Bytes>>>,
}

struct Place {
    endpoint: Endpoint,
    tls: Option<Arc<ClientConfig>>,
    bounds: Bounds,
    meter: Arc<Meter>,
}

impl Client {
    /// To a place; nothing is sent yet. The own identity is shown to who proves one key.
    pub fn new(endpoint: Endpoint, own: Option<&Identity>, bounds: Bounds) -> Result<Self, NetError> {
        let tls = client_config(endpoint.proof(), own)?;
        let runtime =
            Builder::new_current_thread().enable_all().build().map_err(|_| NetError::Unreachable)?;
        Ok(Self {
            runtime: Some(runtime),
            place: Place { endpoint, tls, bounds, meter: Arc::default() },
            open: None,
        })
    }

    /// Where it leads.
    pub const fn endpoint(&self) -> &Endpoint {
        &self.place.endpoint
    }

    /// Sends a request and waits for the reply.
    pub fn post(&mut self, body: Vec<u8>, watch: &mut dyn Watch) -> Result<Vec<u8>, NetError> {
        let request = self.place.request(Method::POST, "/sync", body.into())?;
        let most = self.place.bounds.reply;
        let (kind, reply) = self.watched(request, most, watch)?;
        // What is no exchange is a page of somebody who stands between.
        if kind.is_some_and(|kind| kind == CONTENT_TYPE) {
            Ok(reply)
        } else {
            Err(NetError::Status(StatusCode::OK.as_u16()))
        }
    }

    /// Asks for the key that replies are signed with.
    pub fn ask_key(&mut self, watch: &mut dyn Watch) -> Result<VerifyKey, NetError> {
        let request = self.place.request(Method::GET, "/hub", Bytes::new())?;
        let (_, page) = self.watched(request, PAGE, watch)?;
        let text = str::from_utf8(&page).map_err(|_| NetError::Status(StatusCode::OK.as_u16()))?;
        key_of_text(text.trim()).map_err(|_| NetError::Status(StatusCode::OK.as_u16()))
    }

    fn watched(
        &mut self,
        request: Request<Full<Bytes>>,
        most: usize,
        watch: &mut dyn Watch,
    ) -> Result<Reply, NetError> {
        let Self { runtime, place, open } = self;
        let kept = open.take();
        let Some(runtime) = runtime else { return Err(NetError::Cut) };
        let done = runtime.block_on(async {
            let mut work = std::pin::pin!(place.call(request, most, kept));
            let mut tick = interval(TICK);
            loop {
                tokio::select! {
                    done = &mut work => return done,
                    _ = tick.tick() => {
                        watch.moved(place.moved());
                        if watch.is_cancelled() {
                            return Err(NetError::Cancelled);
                        }
                    }
                }
            }
        });
        watch.moved(place.moved());
        let (reply, sender) = done?;
        *open = Some(sender);
        Ok(reply)
    }
}

impl Drop for Client {
    /// Whoever stops does not wait for a name that the network is still asked for.
    fn drop(&mut self) {
        self.open = None;
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

/// What a reply says it is, and what it is.
type Reply = (Option<String>, Vec<u8>);

impl Place {
    fn request(&self, method: Method, path: &str, body: Bytes) -> Result<Request<Full<Bytes>>, NetError> {
        let request = Request::builder()
            .method(method)
            .uri(self.endpoint.path(path))
            .header(HOST, self.endpoint.authority())
            .header(KIND, CONTENT_TYPE);
        request.body(Full::new(body)).map_err(|_| NetError::Address)
    }

    fn moved(&self) -> Moved {
        let get = |of: &std::sync::atomic::AtomicU64| of.load(Ordering::Relaxed);
        Moved { sent: get(&self.meter.sent), received: get(&self.meter.received) }
    }

    /// Over the line that is open; if the other side let go of it meanwhile, over a new one. To ask twice does no harm.
    async fn call(
        &self,
        request: Request<Full<Bytes>>,
        most: usize,
        kept: Option<SendRequest<Full<Bytes>>>,
    ) -> Result<(Reply, SendRequest<Full<Bytes>>), NetError> {
        if let Some(mut sender) = kept
            && sender.ready().await.is_ok()
        {
            match send(&mut sender, request.clone(), most).await {
                Err(NetError::Cut) => {}
                done => return Ok((done?, sender)),
            }
        }
        let mut sender = self.connect().await?;
        let reply = send(&mut sender, request, most).await?;
        Ok((reply, sender))
    }

    async fn connect(&self) -> Result<SendRequest<Full<Bytes>>, NetError> {
        let stream = self.reach().await?;
        let _ = stream.set_nodelay(true);
        let stream = Patient::new(stream, self.bounds.stall, Arc::clone(&self.meter));
        let Some(tls) = &self.tls else { return open(stream).await };
        let name = ServerName::try_from(self.endpoint.host().to_owned()).map_err(|_| NetError::Address)?;
        let secure = TlsConnector::from(Arc::clone(tls)).connect(name, stream);
        open(secure.await.map_err(|error| NetError::on_line(&error))?).await
    }

    /// The first of its addresses that answers.
    async fn reach(&self) -> Result<TcpStream, NetError> {
        let (host, port, most) = (self.endpoint.host(), self.endpoint.port(), self.bounds.connect);
        let found = timeout(most, lookup_host((host, port))).await;
        let mut failed = NetError::Unreachable;
        for address in found.map_err(|_| NetError::Timeout)?.map_err(|_| NetError::Unreachable)? {
            if self.endpoint.proof() == Proof::Plain && !address.ip().is_loopback() {
                return Err(NetError::Address);
            }
            match timeout(most, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) => failed = NetError::Unreachable,
                Err(_) => failed = NetError::Timeout,
            }
        }
        Err(failed)
    }
}

async fn open(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
) -> Result<SendRequest<Full<Bytes>>, NetError> {
    let (sender, line) = handshake(TokioIo::new(stream)).await.map_err(|error| NetError::on_line(&error))?;
    tokio::spawn(line);
    Ok(sender)
}

async fn send(
    sender: &mut SendRequest<Full<Bytes>>,
    request: Request<Full<Bytes>>,
    most: usize,
) -> Result<Reply, NetError> {
    let response = sender.send_request(request).await.map_err(|error| NetError::on_line(&error))?;
    match response.status() {
        StatusCode::OK => whole(response, most).await,
        StatusCode::INSUFFICIENT_STORAGE => Err(NetError::Full),
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => Err(NetError::Busy),
        status => Err(NetError::Status(status.as_u16())),
    }
}

async fn whole(response: Response<Incoming>, most: usize) -> Result<Reply, NetError> {
    let kind = response.headers().get(KIND).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    match Limited::new(response.into_body(), most).collect().await {
        Ok(whole) => Ok((kind, whole.to_bytes().into())),
        Err(error) if error.is::<LengthLimitError>() => Err(NetError::TooLarge),
        Err(error) => Err(NetError::on_line(error.as_ref())),
    }
}
