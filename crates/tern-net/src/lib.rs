#![doc = include_str!("../README.md")]

mod address;
mod client;
mod crowd;
mod error;
mod here;
mod identity;
mod limits;
mod nearby;
mod patient;
mod proof;
mod router;
mod serve;
mod tls;
mod told;
mod traffic;

pub use address::{Endpoint, Proof};
pub use client::{Bounds, Client, Moved, Watch};
pub use error::NetError;
pub use here::endpoints;
pub use identity::Identity;
pub use limits::{Limits, PerAddress};
pub use nearby::{Announced, Found, Looking};
pub use router::{Router, Service, Unavailable, page, router};
pub use serve::{Running, serve};
pub use tls::{Callers, ServerTls};
pub use told::told_to_stop;
pub use traffic::{Counts, Traffic};

/// What bodies are: items of CBOR one after another (RFC 8742).
pub const CONTENT_TYPE: &str = "application/cbor-seq";
