#![doc = include_str!("../README.md")]

pub mod armor;
pub mod ask;
pub mod blob;
mod construct;
pub mod delay;
pub mod envelope;
pub mod epoch;
pub mod half;
mod hash;
pub mod invite;
mod key;
mod label;
pub mod limits;
pub mod parts;
pub mod passphrase;
mod piece;
mod random;
pub mod roster;
mod scrub;
pub mod sheet;
pub mod slot;
mod spell;
pub mod tls;
pub mod travel;
mod veil;

pub use construct::{open, seal, sign, unwrap_key, verify, wrap_key};
pub use hash::{content_hash, doc_id, intent_id, moved_row_id, sha256};
pub use key::{SealKey, SigningKey, VerifyKey, WrapPublic, WrapSecret};
pub use label::Label;
pub use piece::PieceKind;
pub use random::SystemRandom;
pub use scrub::scrubbed;
pub use spell::{key_of_text, key_text};
pub use veil::{is_veiled, veiled};

/// Something did not open, verify or decode. Says no more, so that it tells an attacker nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("does not open")]
pub struct Refused;
