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
    /// It does not let this device in: it has not heard of it, or knows it as taken out.
    #[error("the other side does not let this one in")]
    NotLetIn,
    /// Nothing came for too long.
    #[error("nothing came for too long")]
    Timeout,
    /// It is there and has too much to do, or is ill. Later may help.
    #[error("the other side has no time now")]
    Busy,
    /// It is there and its disk is full. Nothing helps but room.
    #[error("the other side has no room")]
    Full,
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
            Self::NotLetIn => "net-not-let-in",
            Self::Timeout => "net-timeout",
            Self::Busy => "net-busy",
            Self::Full => "net-full",
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
            if let Some(error) = error.downcast_ref() {
                return Self::of_tls(error);
            }
            if let Some(error) = error.downcast_ref::<io::Error>() {
                if error.kind() == ErrorKind::TimedOut {
                    return Self::Timeout;
                }
                // What an I/O error holds is not among its sources.
                if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
                    return Self::of_tls(error);
                }
            }
            at = error.source();
        }
        Self::Cut
    }

    /// Who is not let in is told so by an alert; everything else is about who the other side is.
    fn of_tls(error: &rustls::Error) -> Self {
        use rustls::AlertDescription::{AccessDenied, CertificateRequired};
        match error {
            rustls::Error::AlertReceived(AccessDenied | CertificateRequired) => Self::NotLetIn,
            _ => Self::Tls,
        }
    }
}
