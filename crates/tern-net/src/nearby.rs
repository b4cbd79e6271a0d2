//! Being found in a local network, and finding others, by multicast DNS (RFC 6762). What is announced is a name, addresses and
//! a port, among other services of the web; nothing of it says what listens there.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use mdns_sd::{Receiver, ResolvedService, ServiceDaemon, ServiceEvent, ServiceInfo};

use crate::NetError;

/// A kind of service that says no more than that TLS is spoken.
const KIND: &str = "_https._tcp.local.";
/// How long others may take to be told that a name is gone.
const GOODBYE: Duration = Duration::from_millis(300);
/// More than this nobody looks at; whoever floods the network fills no memory.
const MOST: usize = 256;

/// A name that is announced until this is dropped.
pub struct Announced {
    daemon: ServiceDaemon,
    full_name: String,
}

impl Announced {
    /// Announces whoever listens there under a name of letters and digits.
    pub fn begin(name: &str, listens: SocketAddr) -> Result<Self, NetError> {
        let daemon = ServiceDaemon::new().map_err(|_| NetError::Unreachable)?;
        let host = format!("{name}.local.");
        let at = if listens.ip().is_unspecified() { String::new() } else { listens.ip().to_string() };
        let info = ServiceInfo::new(KIND, name, &host, at.as_str(), listens.port(), None);
        let info = info.map_err(|_| NetError::Address)?;
        let info = if listens.ip().is_unspecified() { info.enable_addr_auto() } else { info };
        let full_name = info.get_fullname().to_owned();
        daemon.register(info).map_err(|_| NetError::Unreachable)?;
        Ok(Self { daemon, full_name })
    }
}

impl Drop for Announced {
    fn drop(&mut self) {
        if let Ok(gone) = self.daemon.unregister(&self.full_name) {
            let _ = gone.recv_timeout(GOODBYE);
        }
        let _ = self.daemon.shutdown();
    }
}

/// Somebody who is announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name.
    pub name: String,
    /// Where they listen, IPv4 first.
    pub addresses: Vec<IpAddr>,
    /// The port.
    pub port: u16,
}

type Seen = Mutex<BTreeMap<String, Found>>;

/// Looks around until this is dropped.
pub struct Looking {
    daemon: ServiceDaemon,
    seen: Arc<Seen>,
}

impl Looking {
    /// Begins to look.
    pub fn begin() -> Result<Self, NetError> {
        let daemon = ServiceDaemon::new().map_err(|_| NetError::Unreachable)?;
        let events = daemon.browse(KIND).map_err(|_| NetError::Unreachable)?;
        let seen: Arc<Seen> = Arc::default();
        let noting = Arc::clone(&seen);
        let thread = std::thread::Builder::new().name("tern-nearby".to_owned());
        thread.spawn(move || note(&events, &noting)).map_err(|_| NetError::Unreachable)?;
        Ok(Self { daemon, seen })
    }

    /// Whoever is announced now.
    pub fn found(&self) -> Vec<Found> {
        seen(&self.seen).values().cloned().collect()
    }
}

impl Drop for Looking {
    fn drop(&mut self) {
        let _ = self.daemon.shutdown();
    }
}

fn seen(of: &Seen) -> MutexGuard<'_, BTreeMap<String, Found>> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes who comes and goes until nothing more can come.
fn note(events: &Receiver<ServiceEvent>, noting: &Seen) {
    while let Ok(event) = events.recv() {
        let mut seen = seen(noting);
        match event {
            ServiceEvent::ServiceResolved(service) if seen.len() < MOST => {
                seen.insert(service.fullname.clone(), found(&service));
            }
            ServiceEvent::ServiceRemoved(_, full_name) => {
                seen.remove(&full_name);
            }
            _ => {}
        }
    }
}

fn found(service: &ResolvedService) -> Found {
    let name = service.fullname.strip_suffix(KIND).unwrap_or(&service.fullname).trim_end_matches('.');
    let mut addresses: Vec<IpAddr> = service.addresses.iter().map(mdns_sd::ScopedIp::to_ip_addr).collect();
    addresses.sort_by_key(|ip| (ip.is_loopback(), ip.is_ipv6(), *ip));
    Found { name: name.to_owned(), addresses, port: service.port }
}
