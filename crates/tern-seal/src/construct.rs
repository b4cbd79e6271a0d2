//! The only three constructions: seal, sign, wrap.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable as _, OpModeR, OpModeS, Serializable as _};
use ring::aead::{self, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::signature;
use tern_record::RealmId;
use tern_record::port::Random;

use crate::Refused;
use crate::key::{SealKey, SigningKey, VerifyKey, WrapPublic, WrapSecret};
use crate::label::{Label, derive, joined};
use crate::random::Lent;

const SALT: usize = 24;
const COMMIT: usize = 32;
/// Bytes that sealing adds: salt, commitment, tag.
#[cfg(test)]
pub const OVERHEAD: usize = SALT + COMMIT + 16;
/// Bytes of an X-Wing encapsulation.
const ENCAPSULATED: usize = 1120;

/// Seals under a key for a label and associated data.
///
/// ```text
/// salt (24) | commitment (32) | ciphertext and tag (n + 16)
/// ```
/// The derived key seals exactly one message, so the nonce can be fixed.
pub fn seal(key: &SealKey, label: Label, ad: &[u8], plain: &[u8], random: &mut dyn Random) -> Vec<u8> {
    let mut salt = [0; SALT];
    random.fill(&mut salt);
    let commitment = commitment(key, &salt, label);
    let mut body = plain.to_vec();
    let aad = associated(label, ad, &commitment);
    // Sealing fails only above 256 GiB; an empty result opens for nobody.
    let sealed = one_time(key, &salt, label).and_then(|key| {
        key.seal_in_place_append_tag(zero_nonce(), Aad::from(&aad), &mut body).map_err(|_| Refused)
    });
    if sealed.is_err() {
        return Vec::new();
    }
    [salt.as_slice(), commitment.as_bytes(), &body].concat()
}

/// Opens what [`seal`] made; the same label and associated data must be given.
pub fn open(key: &SealKey, label: Label, ad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Refused> {
    let (salt, rest) = sealed.split_at_checked(SALT).ok_or(Refused)?;
    let (said, body) = rest.split_at_checked(COMMIT).ok_or(Refused)?;
    let commitment = commitment(key, salt, label);
    if !same(commitment.as_bytes(), said) {
        return Err(Refused);
    }
    let mut body = body.to_vec();
    let aad = associated(label, ad, &commitment);
    let plain = one_time(key, salt, label)?
        .open_in_place(zero_nonce(), Aad::from(&aad), &mut body)
        .map_err(|_| Refused)?
        .len();
    body.truncate(plain);
    Ok(body)
}

/// Signs length-prefixed fields under a label, in a realm.
pub fn sign(key: &SigningKey, label: Label, realm: RealmId, fields: &[&[u8]]) -> Result<[u8; 64], Refused> {
    let signed = key.pair()?.sign(&message(label, realm, fields));
    signed.as_ref().try_into().map_err(|_| Refused)
}

/// Checks a signature.
pub fn verify(
    key: &VerifyKey,
    label: Label,
    realm: RealmId,
    fields: &[&[u8]],
    signed: &[u8],
) -> Result<(), Refused> {
    signature::UnparsedPublicKey::new(&signature::ED25519, key.as_bytes())
        .verify(&message(label, realm, fields), signed)
        .map_err(|_| Refused)
}

/// Wraps a key to the holder of a secret, in a realm.
///
/// ```text
/// encapsulation (1120) | ciphertext and tag (48)
/// ```
pub fn wrap_key(
    to: &WrapPublic,
    label: Label,
    realm: RealmId,
    ad: &[u8],
    key: &SealKey,
    random: &mut dyn Random,
) -> Result<Vec<u8>, Refused> {
    let info = joined(label, &[realm.as_bytes()]);
    let (encapsulated, body) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
        &OpModeS::Base,
        &to.key()?,
        &info,
        key.as_bytes(),
        ad,
        &mut Lent(random),
    )
    .map_err(|_| Refused)?;
    Ok([encapsulated.to_bytes().as_slice(), &body].concat())
}

/// Unwraps a key.
pub fn unwrap_key(
    secret: &WrapSecret,
    label: Label,
    realm: RealmId,
    ad: &[u8],
    wrapped: &[u8],
) -> Result<SealKey, Refused> {
    let (encapsulated, body) = wrapped.split_at_checked(ENCAPSULATED).ok_or(Refused)?;
    let encapsulated =
        <XWing as hpke::kem::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Refused)?;
    let info = joined(label, &[realm.as_bytes()]);
    let plain = zeroize::Zeroizing::new(
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeR::Base,
            &secret.private()?,
            &encapsulated,
            &info,
            body,
            ad,
        )
        .map_err(|_| Refused)?,
    );
    SealKey::from_slice(&plain)
}

/// Compares in constant time.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}

fn commitment(key: &SealKey, salt: &[u8], label: Label) -> SealKey {
    derive(key, salt, Label::Commit, &[label.text().as_bytes()])
}

fn one_time(key: &SealKey, salt: &[u8], label: Label) -> Result<LessSafeKey, Refused> {
    let derived = derive(key, salt, Label::Seal, &[label.text().as_bytes()]);
    UnboundKey::new(&aead::CHACHA20_POLY1305, derived.as_bytes()).map(LessSafeKey::new).map_err(|_| Refused)
}

fn associated(label: Label, ad: &[u8], commitment: &SealKey) -> Vec<u8> {
    joined(label, &[ad, commitment.as_bytes()])
}

fn zero_nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

fn message(label: Label, realm: RealmId, fields: &[&[u8]]) -> Vec<u8> {
    let mut all: Vec<&[u8]> = vec![realm.as_bytes()];
    all.extend_from_slice(fields);
    joined(label, &all)
}

#[cfg(test)]
mod tests;
