//! Published vectors of every primitive that is used: RFCs, drafts and Wycheproof. The files name their sources.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::path::Path;

use hpke::kem::{Kem as _, XWing};
use hpke::{Deserializable as _, Serializable as _};
use ml_kem::kem::{Decapsulate as _, FromSeed as _, TryKeyInit as _};
use ml_kem::{EncapsulationKey, MlKem768};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use ring::{hkdf, signature};
use serde_json::Value;
use tern_seal::VerifyKey;

struct Case(Value);

impl Case {
    fn bytes(&self, field: &str) -> Vec<u8> {
        unhex(self.0[field].as_str().unwrap())
    }

    fn valid(&self) -> bool {
        self.0["valid"].as_bool().unwrap()
    }

    fn name(&self) -> String {
        format!("{} {}", self.0["id"], self.0["why"])
    }
}

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.chars().map(|c| c.to_digit(16).unwrap() as u8).collect();
    assert_eq!(digits.len() % 2, 0);
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// The cases of a file, of which there must be so many.
fn cases(name: &str, count: usize) -> Vec<Case> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/golden/vectors/{name}.json"));
    let read: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let cases: Vec<Case> = read["tests"].as_array().unwrap().iter().cloned().map(Case).collect();
    assert_eq!(cases.len(), count, "{name}");
    cases
}

/// A signature as this program takes one: a key that is no key signs nothing.
fn signs(key: &[u8], message: &[u8], signed: &[u8]) -> bool {
    let Ok(key) = VerifyKey::from_slice(key) else { return false };
    signature::UnparsedPublicKey::new(&signature::ED25519, key.as_bytes()).verify(message, signed).is_ok()
}

#[test]
fn ed25519_takes_exactly_the_valid_signatures() {
    for case in cases("ed25519", 151) {
        let taken = signs(&case.bytes("key"), &case.bytes("msg"), &case.bytes("sig"));
        assert_eq!(taken, case.valid(), "{}", case.name());
    }
}

/// Where implementations differ and all follow the RFC: "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko, 2020),
/// table 6. Two replicas that take different signatures fall apart, so what this one does is pinned.
#[test]
fn the_many_ed25519s_are_told_apart_in_one_way() {
    let verdicts: Vec<bool> = cases("ed25519-many", 12)
        .iter()
        .map(|case| {
            let taken = signs(&case.bytes("key"), &case.bytes("msg"), &case.bytes("sig"));
            assert_eq!(taken, case.valid(), "{}", case.name());
            taken
        })
        .collect();
    assert!(verdicts.contains(&true) && verdicts.contains(&false));
}

#[test]
fn chacha20_poly1305_opens_exactly_the_valid_ones() {
    for case in cases("chacha20-poly1305", 325) {
        let opened = Nonce::try_assume_unique_for_key(&case.bytes("nonce")).ok().and_then(|nonce| {
            let key = LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, &case.bytes("key")).unwrap());
            let mut text = case.bytes("ct");
            let plain = key.open_in_place(nonce, Aad::from(case.bytes("aad")), &mut text).ok()?;
            Some(plain.to_vec())
        });
        let wanted = case.valid().then(|| case.bytes("msg"));
        assert_eq!(opened, wanted, "{}", case.name());
    }
}

#[test]
fn hkdf_sha256_gives_the_published_bytes() {
    struct Length(usize);
    impl hkdf::KeyType for Length {
        fn len(&self) -> usize {
            self.0
        }
    }
    for case in cases("hkdf-sha256", 86) {
        let size = usize::try_from(case.0["size"].as_u64().unwrap()).unwrap();
        let secret = hkdf::Salt::new(hkdf::HKDF_SHA256, &case.bytes("salt")).extract(&case.bytes("ikm"));
        let info = case.bytes("info");
        let info = [info.as_slice()];
        let okm = secret.expand(&info, Length(size)).ok().map(|okm| {
            let mut out = vec![0; size];
            okm.fill(&mut out).unwrap();
            out
        });
        assert_eq!(okm, case.valid().then(|| case.bytes("okm")), "{}", case.name());
    }
}

#[test]
fn x25519_gives_the_published_secrets() {
    for case in cases("x25519", 518) {
        let array = |field: &str| -> [u8; 32] { case.bytes(field).try_into().unwrap() };
        let shared = x25519_dalek::x25519(array("secret"), array("public"));
        assert_eq!(shared, array("shared"), "{}", case.name());
    }
}

#[test]
fn ml_kem_768_opens_exactly_the_valid_ones() {
    for case in cases("ml-kem-768", 81) {
        let shared = case.bytes("seed").as_slice().try_into().ok().and_then(|seed| {
            let (secret, _) = MlKem768::from_seed(&seed);
            let ct = case.bytes("ct").as_slice().try_into().ok()?;
            Some(secret.decapsulate(&ct).to_vec())
        });
        assert_eq!(shared, case.valid().then(|| case.bytes("shared")), "{}", case.name());
    }
}

#[test]
fn ml_kem_768_encapsulates_to_keys_within_the_modulus_alone() {
    for case in cases("ml-kem-768-encapsulate", 36) {
        let made = EncapsulationKey::<MlKem768>::new_from_slice(&case.bytes("key")).ok().map(|key| {
            let (ct, shared) = key.encapsulate_deterministic(&case.bytes("m").as_slice().try_into().unwrap());
            (ct.to_vec(), shared.to_vec())
        });
        assert_eq!(made, case.valid().then(|| (case.bytes("ct"), case.bytes("shared"))), "{}", case.name());
    }
}

#[test]
fn x_wing_gives_the_secrets_of_its_draft() {
    for case in cases("x-wing", 3) {
        let secret = <XWing as hpke::kem::Kem>::PrivateKey::from_bytes(&case.bytes("seed")).unwrap();
        assert_eq!(XWing::sk_to_pk(&secret).to_bytes().to_vec(), case.bytes("public"), "{}", case.name());
        let ct = <XWing as hpke::kem::Kem>::EncappedKey::from_bytes(&case.bytes("ct")).unwrap();
        assert_eq!(
            XWing::decap(&secret, None, &ct).unwrap().0.to_vec(),
            case.bytes("shared"),
            "{}",
            case.name()
        );
    }
}

/// RFC 9106, section 5.3.
#[test]
fn argon2id_gives_the_published_tag() {
    let mut params = argon2::ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).output_len(32).data(argon2::AssociatedData::new(&[4; 12]).unwrap());
    let argon = argon2::Argon2::new_with_secret(
        &[3; 8],
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        params.build().unwrap(),
    );
    let mut tag = [0; 32];
    argon.unwrap().hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(tag.to_vec(), unhex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"));
}
