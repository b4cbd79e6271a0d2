//! How a hub is started.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::str::FromStr;

use clap::Parser;

use crate::quota::Quota;
use crate::store::Usage;

const MIB: u64 = 1 << 20;

/// Holds the sealed work of one programme and hands it on. It can read none of it.
#[derive(Parser, Clone, Debug)]
#[command(name = "tern-hub", version)]
pub struct Settings {
    /// Where everything is kept: sqlite:PATH
    #[arg(long, env = "TERN_HUB_STORE", value_name = "STORE")]
    pub store: StorePath,

    /// Where to listen. Plain HTTP on loopback, HTTPS everywhere else
    #[arg(long, env = "TERN_HUB_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,

    /// Who belongs: what `tern roster log --out FILE` wrote. Needed for the first start
    #[arg(long, env = "TERN_HUB_REALM", value_name = "ROSTER_FILE")]
    pub realm: Option<PathBuf>,

    /// Where attachments are kept; beside the store when it is not said
    #[arg(long, env = "TERN_HUB_BLOBS", value_name = "DIR")]
    pub blobs: Option<PathBuf>,

    /// A public certificate and its key, in PEM. Without it the certificate is made over the hub's own key
    #[arg(long, num_args = 2, value_names = ["CERT", "KEY"])]
    pub tls: Option<Vec<PathBuf>>,

    /// The name that devices call, for the address that is printed at the start
    #[arg(long, env = "TERN_HUB_NAME", value_name = "HOST")]
    pub name: Option<String>,

    /// A proxy on this machine takes the calls, with a public certificate, and limits who calls too often
    #[arg(long, env = "TERN_HUB_BEHIND_PROXY")]
    pub behind_proxy: bool,

    /// Where numbers for Prometheus are told; on loopback alone
    #[arg(long, env = "TERN_HUB_METRICS", value_name = "ADDR")]
    pub metrics: Option<SocketAddr>,

    /// Envelopes that are kept of one seat
    #[arg(long, env = "TERN_HUB_SEAT_ENVELOPES", value_name = "N", default_value_t = 200_000)]
    pub seat_envelopes: u64,

    /// Mebibytes of envelopes that are kept of one seat
    #[arg(long, env = "TERN_HUB_SEAT_MIB", value_name = "MIB", default_value_t = 1_024)]
    pub seat_mib: u64,

    /// Mebibytes of attachments that one seat may bring
    #[arg(long, env = "TERN_HUB_SEAT_BLOBS_MIB", value_name = "MIB", default_value_t = 4_096)]
    pub seat_blobs_mib: u64,

    /// Mebibytes that are kept at all
    #[arg(long, env = "TERN_HUB_TOTAL_MIB", value_name = "MIB", default_value_t = 204_800)]
    pub total_mib: u64,
}

impl Settings {
    /// How much is kept.
    pub fn quota(&self) -> Quota {
        let seat = Usage {
            envelopes: self.seat_envelopes,
            bytes: self.seat_mib.saturating_mul(MIB),
            blob_bytes: self.seat_blobs_mib.saturating_mul(MIB),
            ..Quota::default().seat
        };
        Quota { seat, total: self.total_mib.saturating_mul(MIB) }
    }
}

/// A store that this program knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorePath(pub PathBuf);

impl FromStr for StorePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Self(PathBuf::from(path))),
            _ => Err("a store is sqlite:PATH".to_owned()),
        }
    }
}
