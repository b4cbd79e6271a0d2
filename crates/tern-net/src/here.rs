//! Where this machine can be reached by others in the same network.

use std::net::{IpAddr, SocketAddr};

use if_addrs::get_if_addrs;
use tern_seal::VerifyKey;

use crate::Endpoint;

/// Addresses to give to others, of a device that listens here: the likeliest first; none without a network.
pub fn endpoints(listens: SocketAddr, key: VerifyKey) -> Vec<Endpoint> {
    let at = |ip: IpAddr| Endpoint::pinned(&ip.to_string(), listens.port(), key);
    if listens.ip().is_unspecified() { own().into_iter().map(at).collect() } else { vec![at(listens.ip())] }
}

/// Addresses of this machine but loopback. Those of a local network come first, and IPv6 only where there is nothing else: it
/// is long to type.
fn own() -> Vec<IpAddr> {
    let mut found: Vec<IpAddr> =
        get_if_addrs().unwrap_or_default().iter().map(if_addrs::Interface::ip).filter(is_reached).collect();
    found.sort_by_key(|ip| (ip.is_ipv6(), !is_local(ip)));
    found.dedup();
    if found.iter().any(IpAddr::is_ipv4) {
        found.retain(IpAddr::is_ipv4);
    }
    found
}

/// An address of one interface alone leads nowhere without the name of that interface.
fn is_reached(ip: &IpAddr) -> bool {
    match ip {
        IpAddr::V4(v4) => !v4.is_loopback() && !v4.is_unspecified(),
        IpAddr::V6(v6) => !v6.is_loopback() && !v6.is_unicast_link_local(),
    }
}

fn is_local(ip: &IpAddr) -> bool {
    matches!(ip, IpAddr::V4(v4) if v4.is_private() || v4.is_link_local())
}
