//! Whom to call, and what they must prove.
//!
//! ```text
//! https://hub.example:8443#KEY      the certificate is made over this key
//! https://hub.example#ca:KEY        a public certificate; replies are signed with this key
//! https://hub.example               a public certificate; the key of replies is asked for
//! http://127.0.0.1:8080#KEY         plain, on this machine alone
//! ```

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use http::Uri;
use tern_seal::{VerifyKey, key_of_text, key_text};

use crate::NetError;

/// What stands before a key that signs replies and makes no certificate.
const BY_CA: &str = "ca:";
/// Longest address in characters.
const LONGEST: usize = 512;

/// What the other side must prove before anything is said to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// That it has this key.
    Pinned(VerifyKey),
    /// That a public authority vouches for its name.
    WebPki,
    /// Nothing: it is this machine.
    Plain,
}

/// Where somebody listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    host: String,
    port: u16,
    /// What stands before every path; empty, or with a slash in front.
    base: String,
    proof: Proof,
    key: Option<VerifyKey>,
}

impl Endpoint {
    /// A device or a hub that proves one key.
    pub fn pinned(host: &str, port: u16, key: VerifyKey) -> Self {
        let proof = Proof::Pinned(key);
        Self { host: host.to_owned(), port, base: String::new(), proof, key: Some(key) }
    }

    /// Name or number of the machine.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// What it must prove.
    pub const fn proof(&self) -> Proof {
        self.proof
    }

    /// The key that replies are signed with, when the address tells.
    pub const fn key(&self) -> Option<VerifyKey> {
        self.key
    }

    /// The same, with a key that was asked for.
    #[must_use]
    pub const fn with_key(mut self, key: VerifyKey) -> Self {
        self.key = Some(key);
        self
    }

    pub(crate) fn path(&self, of: &str) -> String {
        format!("{}{of}", self.base)
    }

    /// As it stands in the `Host` header.
    pub(crate) fn authority(&self) -> String {
        if self.host.contains(':') {
            format!("[{}]:{}", self.host, self.port)
        } else {
            format!("{}:{}", self.host, self.port)
        }
    }
}

/// It can only be this machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// What follows the `#`: a key, and whether the certificate is made over it.
fn key_in(fragment: &str) -> Result<(VerifyKey, bool), NetError> {
    let by_ca = fragment.strip_prefix(BY_CA);
    let key = key_of_text(by_ca.unwrap_or(fragment)).map_err(|_| NetError::Address)?;
    Ok((key, by_ca.is_none()))
}

impl FromStr for Endpoint {
    type Err = NetError;

    fn from_str(text: &str) -> Result<Self, NetError> {
        let text = text.trim();
        let (text, fragment) = text.split_once('#').map_or((text, None), |(text, key)| (text, Some(key)));
        let uri: Uri = text.parse().map_err(|_| NetError::Address)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(NetError::Address);
        };
        let host = authority.host().trim_start_matches('[').trim_end_matches(']').to_owned();
        if host.is_empty()
            || authority.as_str().contains('@')
            || uri.query().is_some()
            || text.len() > LONGEST
        {
            return Err(NetError::Address);
        }
        let key = fragment.map(key_in).transpose()?;
        let (proof, port) = match (scheme, key) {
            ("https", Some((key, true))) => (Proof::Pinned(key), 443),
            ("https", _) => (Proof::WebPki, 443),
            ("http", None | Some((_, true))) if is_here(&host) => (Proof::Plain, 80),
            _ => return Err(NetError::Address),
        };
        let port = authority.port_u16().unwrap_or(port);
        let base = uri.path().trim_end_matches('/').to_owned();
        Ok(Self { host, port, base, proof, key: key.map(|(key, _)| key) })
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.proof == Proof::Plain { "http" } else { "https" };
        write!(f, "{scheme}://{}{}", self.authority(), self.base)?;
        match (self.proof, self.key) {
            (Proof::WebPki, Some(key)) => write!(f, "#{BY_CA}{}", key_text(&key)),
            (_, Some(key)) => write!(f, "#{}", key_text(&key)),
            (_, None) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use tern_seal::SigningKey;

    use super::*;

    fn key() -> VerifyKey {
        SigningKey::from_seed(&[4; 32]).public().unwrap()
    }

    #[test]
    fn an_address_says_what_must_be_proved_and_goes_both_ways() {
        let key_text = key_text(&key());
        for (text, proof, has_key) in [
            (format!("https://hub.example:8443#{key_text}"), Proof::Pinned(key()), true),
            (format!("https://hub.example:443/tern#ca:{key_text}"), Proof::WebPki, true),
            ("https://hub.example:443".to_owned(), Proof::WebPki, false),
            (format!("http://127.0.0.1:8080#{key_text}"), Proof::Plain, true),
            ("http://[::1]:8080".to_owned(), Proof::Plain, false),
            (format!("https://[fe80::1]:8080#{key_text}"), Proof::Pinned(key()), true),
        ] {
            let endpoint: Endpoint = text.parse().unwrap();
            assert_eq!((endpoint.proof(), endpoint.key().is_some()), (proof, has_key), "{text}");
            assert_eq!(endpoint.to_string(), text);
        }
        let short: Endpoint = "https://hub.example/tern/".parse().unwrap();
        assert_eq!((short.port(), short.path("/sync").as_str()), (443, "/tern/sync"));
    }

    #[test]
    fn what_is_no_address_and_plain_http_to_elsewhere_are_refused() {
        let key_text = key_text(&key());
        for text in [
            "",
            "hub.example",
            "ftp://hub.example",
            "https://",
            "https://user@hub.example",
            "https://hub.example/?q=1",
            "https://hub.example#",
            "https://hub.example#ca:",
            &format!("https://hub.example#{key_text}0"),
            "http://hub.example",
            "http://192.168.1.4:8080",
            "http://127.0.0.1.example",
            &format!("http://127.0.0.1#ca:{key_text}"),
        ] {
            assert_eq!(text.parse::<Endpoint>(), Err(NetError::Address), "{text}");
        }
    }
}
