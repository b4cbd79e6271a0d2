//! TLS of both sides: 1.3 alone, by ring, with nothing resumed.

use std::path::Path;
use std::sync::Arc;

use rustls::client::Resumption;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::NoServerSessionStorage;
use rustls::version::TLS13;
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tern_seal::VerifyKey;

use crate::proof::{ByKey, IsKnown};
use crate::{Identity, NetError, Proof};

/// Who may call.
#[derive(Clone)]
pub enum Callers {
    /// Whoever comes; they say who they are in what they ask.
    Anyone,
    /// Who shows a certificate over a key that this knows.
    Known(IsKnown),
}

/// What the side that answers shows and asks for.
#[derive(Clone, Debug)]
pub struct ServerTls(pub(crate) Arc<ServerConfig>);

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

impl ServerTls {
    /// Shows a certificate over the own key.
    pub fn of_key(identity: &Identity, callers: Callers) -> Result<Self, NetError> {
        let provider = provider();
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let config = config.with_protocol_versions(&[&TLS13]).map_err(|_| NetError::Tls)?;
        let config = match callers {
            Callers::Anyone => config.with_no_client_auth(),
            Callers::Known(is_known) => {
                config.with_client_cert_verifier(Arc::new(ByKey::new(is_known, &provider)))
            }
        };
        Ok(Self::of(config.with_cert_resolver(identity.resolver())))
    }

    /// Shows a certificate that an authority gave, from two files in PEM.
    pub fn of_files(certificates: &Path, key: &Path) -> Result<Self, NetError> {
        let chain = CertificateDer::pem_file_iter(certificates).and_then(Iterator::collect);
        let chain: Vec<CertificateDer<'static>> = chain.map_err(|_| NetError::Tls)?;
        let key = PrivateKeyDer::from_pem_file(key).map_err(|_| NetError::Tls)?;
        let config = ServerConfig::builder_with_provider(provider());
        let config = config.with_protocol_versions(&[&TLS13]).map_err(|_| NetError::Tls)?;
        let config = config.with_no_client_auth().with_single_cert(chain, key);
        Ok(Self::of(config.map_err(|_| NetError::Tls)?))
    }

    fn of(mut config: ServerConfig) -> Self {
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Self(Arc::new(config))
    }
}

/// What the side that asks checks and shows; `None` for plain HTTP. Who proves one key is shown the own one; the public
/// web is not.
pub fn client_config(proof: Proof, own: Option<&Identity>) -> Result<Option<Arc<ClientConfig>>, NetError> {
    let provider = provider();
    let config = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let config = config.with_protocol_versions(&[&TLS13]).map_err(|_| NetError::Tls)?;
    let mut config = match proof {
        Proof::Plain => return Ok(None),
        Proof::WebPki => {
            let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
            config.with_root_certificates(roots).with_no_client_auth()
        }
        Proof::Pinned(key) => {
            let is_it: IsKnown = Arc::new(move |has: &VerifyKey| *has == key);
            let verifier = Arc::new(ByKey::new(is_it, &provider));
            let config = config.dangerous().with_custom_certificate_verifier(verifier);
            match own {
                Some(own) => config.with_client_cert_resolver(own.resolver()),
                None => config.with_no_client_auth(),
            }
        }
    };
    // Who listens on the way learns no name that nobody needs.
    config.enable_sni = proof == Proof::WebPki;
    config.resumption = Resumption::disabled();
    Ok(Some(Arc::new(config)))
}
