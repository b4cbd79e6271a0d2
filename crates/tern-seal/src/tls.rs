//! What a key signs for TLS, where the message is not ours to label.
//!
//! Everything else that a key signs begins with the length of a label, whose first byte is zero. What is signed here
//! begins with 64 spaces or with a DER sequence, and nothing else is, so neither can pass for the other.

use crate::Refused;
use crate::key::SigningKey;

/// What a side of TLS 1.3 signs begins with this (RFC 8446, 4.4.3).
const HANDSHAKE: &[u8] = &[b' '; 64];
/// And goes on with this.
const VERSION: &[u8] = b"TLS 1.3, ";
/// A sequence in DER.
const SEQUENCE: u8 = 0x30;

/// Signs what a side of TLS 1.3 signs to show that it has its key.
pub fn sign_handshake(key: &SigningKey, message: &[u8]) -> Result<[u8; 64], Refused> {
    let is_one = message.strip_prefix(HANDSHAKE).is_some_and(|rest| rest.starts_with(VERSION));
    if is_one { sign_as_it_is(key, message) } else { Err(Refused) }
}

/// Signs the body of an X.509 certificate.
pub fn sign_certificate(key: &SigningKey, body: &[u8]) -> Result<[u8; 64], Refused> {
    if body.first() == Some(&SEQUENCE) { sign_as_it_is(key, body) } else { Err(Refused) }
}

fn sign_as_it_is(key: &SigningKey, message: &[u8]) -> Result<[u8; 64], Refused> {
    key.pair()?.sign(message).as_ref().try_into().map_err(|_| Refused)
}

#[cfg(test)]
mod tests {
    use tern_record::RealmId;

    use super::*;
    use crate::label::Label;
    use crate::{sign, verify};

    #[test]
    fn nothing_but_what_tls_signs_is_signed_without_a_label() {
        let key = SigningKey::from_seed(&[7; 32]);
        let handshake = [HANDSHAKE, b"TLS 1.3, server CertificateVerify\0", &[9; 32]].concat();
        assert!(sign_handshake(&key, &handshake).is_ok());
        assert!(sign_certificate(&key, &[0x30, 0x03, 1, 2, 3]).is_ok());
        for other in [b"".as_slice(), HANDSHAKE, b"TLS 1.3, client", &[0, 0, 0, 9]] {
            assert!(sign_handshake(&key, other).is_err() && sign_certificate(&key, other).is_err());
        }
    }

    #[test]
    fn no_labelled_signature_is_one_of_tls() {
        let (key, realm) = (SigningKey::from_seed(&[7; 32]), RealmId::new([1; 32]));
        let public = key.public().unwrap();
        let handshake = [HANDSHAKE, b"TLS 1.3, server CertificateVerify\0", &[9; 32]].concat();
        let signed = sign_handshake(&key, &handshake).unwrap();
        assert!(verify(&public, Label::SyncReply, realm, &[&handshake], &signed).is_err());
        assert_ne!(sign(&key, Label::SyncReply, realm, &[&handshake]).unwrap(), signed);
    }
}
