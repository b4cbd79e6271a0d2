//! What can be asked of a server, and how it comes to the service.

use std::sync::Arc;

use axum::body::{Body, HttpBody as _};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::header::{CACHE_CONTROL, CONTENT_TYPE as KIND, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use tern_seal::{VerifyKey, key_text};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, timeout};

use crate::traffic::Traffic;
use crate::{CONTENT_TYPE, Limits};

/// Why a request was not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The service fails, and later may help.
    #[error("the service cannot answer now")]
    Ill,
    /// Its disk is full: somebody has to make room.
    #[error("the service has no room")]
    Full,
}

/// What a server serves. Its work runs apart from that of the lines, and may block.
pub trait Service: Send + Sync + 'static {
    /// Answers a request.
    fn answer(&self, request: Vec<u8>) -> Result<Vec<u8>, Unavailable>;

    /// It can read and write what it keeps.
    fn is_well(&self) -> bool;

    /// The key that its replies are signed with, for those who want to trust whom they find.
    fn key(&self) -> Option<VerifyKey> {
        None
    }
}

/// Routes, and what they count.
#[derive(Clone)]
pub struct Router {
    pub(crate) routes: axum::Router,
    pub(crate) traffic: Arc<Traffic>,
}

struct Desk<S> {
    service: Arc<S>,
    turns: Arc<Semaphore>,
    limits: Limits,
    traffic: Arc<Traffic>,
}

/// `POST /sync`, `GET /health` and `GET /hub`.
pub fn router<S: Service>(service: Arc<S>, limits: &Limits) -> Router {
    let traffic = Arc::new(Traffic::default());
    let turns = Arc::new(Semaphore::new(limits.answers));
    let desk = Arc::new(Desk { service, turns, limits: *limits, traffic: Arc::clone(&traffic) });
    let routes = axum::Router::new()
        .route("/sync", post(sync::<S>))
        .route("/health", get(health::<S>))
        .route("/hub", get(hub::<S>))
        .with_state(desk);
    Router { routes, traffic }
}

/// One page of text.
pub fn page(path: &str, text: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    let routes = axum::Router::new().route(path, get(async move || plain(StatusCode::OK, text())));
    Router { routes, traffic: Arc::new(Traffic::default()) }
}

async fn sync<S: Service>(State(desk): State<Arc<Desk<S>>>, request: Request) -> Response {
    let body = match body_of(request, desk.limits.body).await {
        Ok(body) => body,
        Err(status) => {
            desk.traffic.refused();
            return status.into_response();
        }
    };
    let turn = timeout(desk.limits.wait, Arc::clone(&desk.turns).acquire_owned()).await;
    let Ok(Ok(turn)) = turn else { return busy(&desk.traffic) };
    let (service, received, began) = (Arc::clone(&desk.service), body.len(), Instant::now());
    let answered = spawn_blocking(move || {
        let _turn = turn;
        service.answer(body)
    });
    let reply = match answered.await {
        Ok(Ok(reply)) => reply,
        Ok(Err(Unavailable::Full)) => {
            desk.traffic.failed();
            return plain(StatusCode::INSUFFICIENT_STORAGE, "full\n".to_owned());
        }
        Ok(Err(Unavailable::Ill)) | Err(_) => return busy(&desk.traffic),
    };
    desk.traffic.answered(received, reply.len(), began.elapsed());
    let kind = [(KIND, CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    (kind, reply).into_response()
}

async fn body_of(request: Request, most: usize) -> Result<Vec<u8>, StatusCode> {
    if request.headers().get(KIND).map(HeaderValue::as_bytes) != Some(CONTENT_TYPE.as_bytes()) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let body: Body = request.into_body();
    if body.size_hint().lower() > most as u64 {
        return Err(StatusCode::PAYLOAD_TOO_LARGE);
    }
    match Limited::new(body, most).collect().await {
        Ok(whole) => Ok(whole.to_bytes().into()),
        Err(error) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

async fn health<S: Service>(State(desk): State<Arc<Desk<S>>>) -> Response {
    let service = Arc::clone(&desk.service);
    match spawn_blocking(move || service.is_well()).await {
        Ok(true) => plain(StatusCode::OK, "well\n".to_owned()),
        _ => plain(StatusCode::SERVICE_UNAVAILABLE, "ill\n".to_owned()),
    }
}

async fn hub<S: Service>(State(desk): State<Arc<Desk<S>>>) -> Response {
    match desk.service.key() {
        Some(key) => plain(StatusCode::OK, key_text(&key)),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn plain(status: StatusCode, text: String) -> Response {
    (status, [(KIND, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], text).into_response()
}

fn busy(traffic: &Traffic) -> Response {
    traffic.failed();
    (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "30")]).into_response()
}
