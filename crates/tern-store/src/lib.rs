#![doc = include_str!("../README.md")]

pub mod audit;
pub mod blob;
pub mod caseload;
pub mod child;
pub mod db;
pub mod draft;
pub mod envelope;
pub mod error;
pub mod files;
mod heap;
pub mod held_log;
pub mod home;
pub mod intent;
pub mod key;
pub mod peer;
pub mod quarantine;
pub mod roster;
pub mod setting;
pub mod thing;
pub mod to_mend;
pub mod tried;
pub mod vault;
pub mod view;
pub mod wrap;

pub use error::StoreError;
pub use heap::lend as lend_heap;
pub use home::Home;
pub use vault::{Vault, WriteTx};

/// What every function here answers.
pub type Result<T> = std::result::Result<T, StoreError>;
