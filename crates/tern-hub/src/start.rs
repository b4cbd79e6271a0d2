//! From settings to a hub that runs.

use std::fs;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use tern_net::{Callers, Identity, Limits, NetError, Running, ServerTls, page, router, serve};
use tern_seal::{SystemRandom, key_text};
use tern_sync::limits::MAX_BODY;

use crate::blobs::Blobs;
use crate::hub::{Found, Hub};
use crate::log::Log;
use crate::members::{own_key, seed};
use crate::metrics;
use crate::settings::Settings;
use crate::sqlite::Sqlite;
use crate::store::StoreError;

/// What signing adds to the longest body.
const AROUND: usize = 512;

/// Why a hub does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// What it keeps does not open.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// A file or an address.
    #[error("{0}: {1}")]
    Io(String, io::Error),
    /// The certificate.
    #[error("the certificate or its key does not read")]
    Tls(#[from] NetError),
    /// Numbers are told on this machine alone.
    #[error("--metrics must be on loopback")]
    MetricsElsewhere,
}

/// A hub that runs until it is dropped.
pub struct Started {
    server: Running,
    metrics: Option<Running>,
    address: String,
    found: Found,
    /// Let go last: the servers work with it.
    _hub: Arc<Hub<Sqlite>>,
}

impl Started {
    /// The address that devices are given.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Where it listens.
    pub const fn listens(&self) -> SocketAddr {
        self.server.address()
    }

    /// Where numbers are told.
    pub fn metrics(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(Running::address)
    }

    /// What the start found.
    pub const fn found(&self) -> Found {
        self.found
    }
}

fn named(what: &str) -> impl FnOnce(io::Error) -> StartError + '_ {
    move |error| StartError::Io(what.to_owned(), error)
}

/// Starts.
pub fn start(settings: &Settings, log: Log) -> Result<Started, StartError> {
    let mut random = SystemRandom::default();
    let store = Sqlite::open(&settings.store.0)?;
    let blobs = Blobs::open(&blobs_folder(settings))?;
    if let Some(file) = &settings.realm {
        let text = fs::read_to_string(file).map_err(named(&file.display().to_string()))?;
        seed(&store, &text)?;
    }
    let key = own_key(&store, &mut random)?;
    let tls = match &settings.tls.as_deref() {
        Some([certificate, key]) => Some(ServerTls::of_files(certificate, key)?),
        _ if settings.listen.ip().is_loopback() => None,
        _ => Some(ServerTls::of_key(&Identity::of(&key)?, Callers::Anyone)?),
    };
    let listener = listen(settings.listen)?;
    let (hub, found) = Hub::open(store, blobs, settings.quota(), log, &mut random)?;
    let hub = Arc::new(hub);
    let mut limits = Limits::for_body(MAX_BODY + AROUND);
    if settings.behind_proxy {
        limits.per_address = None;
    }
    let is_plain = tls.is_none();
    let server = serve(listener, tls, router(Arc::clone(&hub), &limits), &limits)
        .map_err(named(&settings.listen.to_string()))?;
    let metrics = settings.metrics.map(|at| numbers(at, &hub, &server)).transpose()?;
    let address = address(settings, server.address(), is_plain, &key_text(&hub.public()));
    Ok(Started { server, metrics, address, found, _hub: hub })
}

fn blobs_folder(settings: &Settings) -> PathBuf {
    settings.blobs.clone().unwrap_or_else(|| settings.store.0.with_extension("blobs"))
}

fn listen(at: SocketAddr) -> Result<TcpListener, StartError> {
    TcpListener::bind(at).map_err(named(&at.to_string()))
}

fn numbers(at: SocketAddr, hub: &Arc<Hub<Sqlite>>, server: &Running) -> Result<Running, StartError> {
    if !at.ip().is_loopback() {
        return Err(StartError::MetricsElsewhere);
    }
    let (hub, traffic) = (Arc::clone(hub), Arc::clone(server.traffic()));
    let page = page("/metrics", move || metrics::text(&hub, &traffic));
    let limits = Limits { connections: 8, per_address: None, ..Limits::for_body(0) };
    serve(listen(at)?, None, page, &limits).map_err(named(&at.to_string()))
}

/// The address as devices are given it, by what they will find there.
fn address(settings: &Settings, listens: SocketAddr, is_plain: bool, key: &str) -> String {
    let ip = listens.ip();
    let number = match ip {
        _ if ip.is_unspecified() => "HOST".to_owned(),
        std::net::IpAddr::V6(v6) => format!("[{v6}]"),
        std::net::IpAddr::V4(v4) => v4.to_string(),
    };
    let host = settings.name.clone().unwrap_or(number);
    let port = listens.port();
    if settings.behind_proxy {
        format!("https://{host}#ca:{key}")
    } else if is_plain {
        format!(
            "http://{ip}:{port}#{key}",
            ip = if ip.is_ipv6() { format!("[{ip}]") } else { ip.to_string() }
        )
    } else if settings.tls.is_some() {
        format!("https://{host}:{port}#ca:{key}")
    } else {
        format!("https://{host}:{port}#{key}")
    }
}
