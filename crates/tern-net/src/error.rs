//! Why a call came to nothing.

use std::error::Error;
use std::io::{self, ErrorKind};

/// One for each thing that somebody can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetError {
    /// Not an address, or plain HTTP to another machine.
    #[error("not an address to call")]
    Address,
    /// Nobody is there: no network, no such name, nobody listens.
    #[error("nobody answers there")]
    Unreachable,
    /// Not the key, or not a certificate, that the address asks for.
    #[error("the other side is not who it should be")]
    Tls,
    /// Nothing came for too long.
    #[error("nothing came for too long")]
    Timeout,
    /// It is there and has too much to do, or is ill. Later may help.
    #[error("the other side has no time now")]
    Busy,
    /// Something else answers, with this status.
    #[error("the other side does not understand: {0}")]
    Status(u16),
    /// The reply is longer than any may be.
    #[error("the reply is too long")]
    TooLarge,
    /// The line went dead in the middle.
    #[error("the line was cut")]
    Cut,
    /// Somebody stopped it here.
    #[error("stopped")]
    Cancelled,
}

impl NetError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Address => "net-address",
            Self::Unreachable => "net-unreachable",
            Self::Tls => "net-tls",
            Self::Timeout => "net-timeout",
            Self::Busy => "net-busy",
            Self::Status(_) => "net-status",
            Self::TooLarge => "net-too-large",
            Self::Cut => "net-cut",
            Self::Cancelled => "net-cancelled",
        }
    }

    /// What an error on an open line means.
    pub(crate) fn on_line(error: &(dyn Error + 'static)) -> Self {
        let mut at = Some(error);
        while let Some(error) = at {
            if error.is::<rustls::Error>() {
                return Self::Tls;
            }
            if let Some(error) = error.downcast_ref::<io::Error>() {
                if error.kind() == ErrorKind::TimedOut {
                    return Self::Timeout;
                }
                // What an I/O error holds is not among its sources.
                if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) {
                    return Self::Tls;
                }
            }
            at = error.source();
        }
        Self::Cut
    }
}
