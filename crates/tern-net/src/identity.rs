//! A key with a certificate over it.

use std::fmt;
use std::sync::Arc;

use rcgen::{
    CertificateParams, DistinguishedName, KeyIdMethod, PKCS_ED25519, PublicKeyData, SerialNumber,
    SignatureAlgorithm as Algorithm,
};
use rustls::pki_types::SubjectPublicKeyInfoDer;
use rustls::sign::{CertifiedKey, Signer, SigningKey as TlsKey, SingleCertAndKey};
use rustls::{SignatureAlgorithm, SignatureScheme};
use tern_seal::tls::{sign_certificate, sign_handshake};
use tern_seal::{SigningKey, VerifyKey, scrubbed};

use crate::NetError;
use crate::proof::spki;

/// Who a side is on the wire. The certificate follows from the key alone and tells nothing else.
#[derive(Clone)]
pub struct Identity {
    certified: Arc<CertifiedKey>,
    public: VerifyKey,
}

impl Identity {
    /// Of a key.
    pub fn of(key: &SigningKey) -> Result<Self, NetError> {
        let public = key.public().map_err(|_| NetError::Tls)?;
        let own = OwnKey { key: key.clone(), public };
        let chain = vec![certificate(&own)?.der().clone()];
        Ok(Self { certified: Arc::new(CertifiedKey::new(chain, Arc::new(own))), public })
    }

    /// The public half.
    pub const fn key(&self) -> VerifyKey {
        self.public
    }

    pub(crate) fn resolver(&self) -> Arc<SingleCertAndKey> {
        Arc::new(SingleCertAndKey::from(Arc::clone(&self.certified)))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Identity(…)")
    }
}

fn certificate(own: &OwnKey) -> Result<rcgen::Certificate, NetError> {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.serial_number = Some(SerialNumber::from(1_u64));
    params.key_identifier_method = KeyIdMethod::PreSpecified(Vec::new());
    params.self_signed(own).map_err(|_| NetError::Tls)
}

/// The key as both libraries ask for it. It stays in its one place and is wiped when the last of them lets go.
#[derive(Clone, Debug)]
struct OwnKey {
    key: SigningKey,
    public: VerifyKey,
}

impl PublicKeyData for OwnKey {
    fn der_bytes(&self) -> &[u8] {
        self.public.as_bytes()
    }

    fn algorithm(&self) -> &'static Algorithm {
        &PKCS_ED25519
    }
}

impl rcgen::SigningKey for OwnKey {
    fn sign(&self, body: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        let signed =
            scrubbed(|| sign_certificate(&self.key, body)).map_err(|_| rcgen::Error::RemoteKeyError)?;
        Ok(signed.to_vec())
    }
}

impl TlsKey for OwnKey {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        offered.contains(&SignatureScheme::ED25519).then(|| Box::new(self.clone()) as Box<dyn Signer>)
    }

    fn public_key(&self) -> Option<SubjectPublicKeyInfoDer<'_>> {
        Some(spki(&self.public).into())
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        SignatureAlgorithm::ED25519
    }
}

impl Signer for OwnKey {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        let signed = scrubbed(|| sign_handshake(&self.key, message))
            .map_err(|_| rustls::Error::General("the own key does not sign".to_owned()))?;
        Ok(signed.to_vec())
    }

    fn scheme(&self) -> SignatureScheme {
        SignatureScheme::ED25519
    }
}
