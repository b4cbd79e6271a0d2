//! A public key as people carry it, in the address of a hub: 52 characters of Crockford base 32.

use tern_record::short::{LONG_CHARS, from_long_text, long_text};

use crate::Refused;
use crate::key::VerifyKey;

/// Its two halves, each spelled as an id is.
pub fn key_text(key: &VerifyKey) -> String {
    let (halves, _) = key.as_bytes().as_chunks::<16>();
    halves.iter().map(long_text).collect()
}

/// Reads it back, in either case.
pub fn key_of_text(text: &str) -> Result<VerifyKey, Refused> {
    let (first, last) = text.split_at_checked(LONG_CHARS).ok_or(Refused)?;
    let half = |text: &str| from_long_text(text).ok_or(Refused);
    VerifyKey::from_slice(&[half(first)?, half(last)?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;

    #[test]
    fn a_key_goes_both_ways_and_a_slip_is_no_key() {
        for seed in 0..20 {
            let key = SigningKey::from_seed(&[seed; 32]).public().unwrap();
            let text = key_text(&key);
            assert_eq!(text.len(), 52);
            assert_eq!(key_of_text(&text), Ok(key));
            assert_eq!(key_of_text(&text.to_lowercase()), Ok(key));
            for wrong in
                [format!("{text}0"), format!("é{text}"), text.chars().skip(1).collect(), String::new()]
            {
                assert_eq!(key_of_text(&wrong), Err(Refused), "{wrong}");
            }
        }
    }
}
