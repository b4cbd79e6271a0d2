use proptest::prelude::*;

use super::*;
use crate::random::SystemRandom;
use crate::sha256;

fn realm(byte: u8) -> RealmId {
    RealmId::new([byte; 32])
}

#[test]
fn what_is_sealed_opens_only_with_the_same_key_label_and_data() {
    let mut random = SystemRandom::default();
    let key = SealKey::make_random(&mut random);
    let sealed = seal(&key, Label::Blob, b"ad", b"plain", &mut random);
    assert_eq!(sealed.len(), 5 + OVERHEAD);
    assert_eq!(open(&key, Label::Blob, b"ad", &sealed).unwrap(), b"plain");
    assert_eq!(open(&key, Label::Blob, b"other", &sealed), Err(Refused));
    assert_eq!(open(&SealKey::make_random(&mut random), Label::Blob, b"ad", &sealed), Err(Refused));
    for label in Label::ALL {
        assert_eq!(open(&key, label, b"ad", &sealed).is_ok(), label == Label::Blob, "{label:?}");
    }
}

#[test]
fn every_single_bit_of_a_seal_counts() {
    let mut random = SystemRandom::default();
    let key = SealKey::make_random(&mut random);
    let sealed = seal(&key, Label::Draft, b"", b"short", &mut random);
    for bit in 0..sealed.len() * 8 {
        let mut flipped = sealed.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(open(&key, Label::Draft, b"", &flipped), Err(Refused), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert_eq!(open(&key, Label::Draft, b"", &sealed[..length]), Err(Refused));
    }
}

#[test]
fn a_signature_holds_for_its_label_realm_and_fields_alone() {
    let mut random = SystemRandom::default();
    let key = SigningKey::make_random(&mut random);
    let public = key.public().unwrap();
    let signed = sign(&key, Label::RosterSignature, realm(1), &[b"ab", b"c"]).unwrap();
    let check = |label, realm, fields: &[&[u8]], signed: &[u8]| verify(&public, label, realm, fields, signed);
    assert!(check(Label::RosterSignature, realm(1), &[b"ab", b"c"], &signed).is_ok());
    assert!(check(Label::RosterSignature, realm(1), &[b"a", b"bc"], &signed).is_err());
    assert!(check(Label::RosterSignature, realm(2), &[b"ab", b"c"], &signed).is_err());
    assert!(check(Label::EnvelopeSignature, realm(1), &[b"ab", b"c"], &signed).is_err());
    for bit in 0..512 {
        let mut flipped = signed;
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(check(Label::RosterSignature, realm(1), &[b"ab", b"c"], &flipped).is_err(), "bit {bit}");
    }
}

#[test]
fn a_wrapped_key_opens_for_its_holder_in_its_realm_alone() {
    let mut random = SystemRandom::default();
    let secret = WrapSecret::make_random(&mut random);
    let other = WrapSecret::make_random(&mut random);
    let key = SealKey::make_random(&mut random);
    let public = secret.public().unwrap();
    assert_eq!(public.as_bytes().len(), WrapPublic::BYTES);
    let wrapped = wrap_key(&public, Label::EpochWrap, realm(1), b"ad", &key, &mut random).unwrap();
    assert_eq!(unwrap_key(&secret, Label::EpochWrap, realm(1), b"ad", &wrapped), Ok(key));
    assert!(unwrap_key(&other, Label::EpochWrap, realm(1), b"ad", &wrapped).is_err());
    assert!(unwrap_key(&secret, Label::EpochWrap, realm(2), b"ad", &wrapped).is_err());
    assert!(unwrap_key(&secret, Label::Secret, realm(1), b"ad", &wrapped).is_err());
    assert!(unwrap_key(&secret, Label::EpochWrap, realm(1), b"", &wrapped).is_err());
    for at in (0..wrapped.len()).step_by(37) {
        let mut flipped = wrapped.clone();
        flipped[at] ^= 1;
        assert!(unwrap_key(&secret, Label::EpochWrap, realm(1), b"ad", &flipped).is_err(), "byte {at}");
    }
}

#[test]
fn the_primitives_give_the_published_answers() {
    // SHA-256 of "abc", FIPS 180-4.
    assert_eq!(hex(&sha256(b"abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // Ed25519, RFC 8032 section 7.1, test 1: public key of the seed.
    let seed = unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
    let key = SigningKey::from_slice(&seed).unwrap();
    assert_eq!(
        hex(key.public().unwrap().as_bytes()),
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    );
    let signed = key.pair().unwrap().sign(b"");
    assert!(
        hex(signed.as_ref()).starts_with("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155")
    );
    // HKDF-SHA256, RFC 5869 test case 1, first 32 bytes.
    let salt: Vec<u8> = (0..13).collect();
    let prk = ring::hkdf::Salt::new(ring::hkdf::HKDF_SHA256, &salt).extract(&[0x0b; 22]);
    let info: Vec<u8> = (0xf0..=0xf9).collect();
    let mut okm = [0; 32];
    prk.expand(&[&info], ring::hkdf::HKDF_SHA256).unwrap().fill(&mut okm).unwrap();
    assert_eq!(hex(&okm), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
    // ChaCha20-Poly1305, RFC 8439 section 2.8.2: tag.
    let key: Vec<u8> = (0x80..0xa0).collect();
    let key = LessSafeKey::new(UnboundKey::new(&aead::CHACHA20_POLY1305, &key).unwrap());
    let nonce = Nonce::assume_unique_for_key(unhex("070000004041424344454647").try_into().unwrap());
    let aad = unhex("50515253c0c1c2c3c4c5c6c7");
    let mut text = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.".to_vec();
    key.seal_in_place_append_tag(nonce, Aad::from(&aad), &mut text).unwrap();
    assert_eq!(hex(&text[text.len() - 16..]), "1ae10b594f09e26a7e902ecbd0600691");
}

proptest! {
    #[test]
    fn random_bytes_never_open(bytes: Vec<u8>) {
        prop_assert!(open(&SealKey::new(&[1; 32]), Label::Blob, b"", &bytes).is_err());
        prop_assert!(unwrap_key(&WrapSecret::from_seed(&[1; 32]), Label::EpochWrap, realm(1), b"", &bytes).is_err());
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2).unwrap(), 16).unwrap())
        .collect()
}
