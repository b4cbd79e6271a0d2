//! The name under which a device is found in a network: chance to everybody but those who know its key.

use tern_record::port::Random;
use tern_record::short::{from_long_text, long_text};

use crate::key::VerifyKey;
use crate::{Label, content_hash};

/// A fresh name. Two of the same key have nothing in common that anybody without the key could see.
pub fn veiled(key: &VerifyKey, random: &mut dyn Random) -> String {
    let mut nonce = [0; 8];
    random.fill(&mut nonce);
    long_text(&name(key, nonce)).to_lowercase()
}

/// The name is one of this key.
pub fn is_veiled(text: &str, key: &VerifyKey) -> bool {
    let Some(said) = from_long_text(text) else { return false };
    said.first_chunk::<8>().is_some_and(|nonce| name(key, *nonce) == said)
}

/// `nonce (8) | first 8 bytes of the hash over key and nonce`
fn name(key: &VerifyKey, nonce: [u8; 8]) -> [u8; 16] {
    let hash = content_hash(Label::Nearby, &[key.as_bytes(), &nonce]);
    let mut name = [0; 16];
    for (to, from) in name.iter_mut().zip(nonce.iter().chain(hash.iter())) {
        *to = *from;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{SigningKey, SystemRandom};

    #[test]
    fn who_knows_the_key_knows_the_name_and_it_is_another_each_time() {
        let key = |seed: u8| SigningKey::from_seed(&[seed; 32]).public().unwrap();
        let mut random = SystemRandom::default();
        let (one, two) = (veiled(&key(1), &mut random), veiled(&key(1), &mut random));
        assert!(one != two && one.len() < 64 && one.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        for name in [&one, &two] {
            assert!(is_veiled(name, &key(1)) && !is_veiled(name, &key(2)));
        }
        assert!(!is_veiled("printer", &key(1)) && !is_veiled("", &key(1)));
    }
}
