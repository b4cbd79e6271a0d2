//! Use cases, and the views that the interface and the command line get.
//!
//! [`Desk`] is the whole of it for a window: one method a command, over an [`App`] that exists only while
//! the vault is unlocked. The command line and tests use [`App`] itself.

pub mod admit;
pub mod app;
pub mod audit;
mod batch;
pub mod blank_form;
pub mod board;
pub mod call;
pub mod caseload;
mod chain;
mod change_id;
pub mod child;
mod clocks;
pub mod computed;
pub mod conflict;
pub mod demo;
pub mod desk;
pub mod draft;
pub mod edit;
mod emptied;
pub mod exchange;
pub mod failure;
pub mod family;
pub mod family_copy;
pub mod find;
pub mod guard;
mod heap;
mod held;
pub mod history;
mod hours;
pub mod keyring;
mod late;
mod left;
pub mod life;
pub mod links;
pub mod members;
pub mod moving;
pub mod narrative;
pub mod needed;
pub mod needs;
mod noted;
mod opened;
pub mod own_copy;
pub mod paper;
pub mod photo;
pub mod ports;
pub mod programme;
pub mod project;
pub mod propose;
mod quarantine;
pub mod record;
pub mod register;
mod rings;
pub mod script;
pub mod seal_log;
pub mod shift;
pub mod show;
mod sight;
pub mod stories;
mod stranded;
pub mod tally;
pub mod tell;
#[cfg(test)]
mod testing;
pub mod text;
pub mod thing;
pub mod timeline;
pub mod today;
mod transit;
pub mod undo;
pub mod unlock;
mod unread;
pub mod verify;
pub mod view;
pub mod whereabouts;

pub use app::App;
pub use desk::Desk;
pub use failure::{Code, Failure};
pub use ports::{Keystore, Ports};

/// What a keystore of the operating system is asked for.
pub mod keystore {
    pub use tern_record::DeviceId;
    pub use tern_seal::slot::KeystoreKey;
}

pub use tern_form::Schema;
pub use tern_seal::slot::Cost;

/// The platform's folder for this app's data.
pub fn default_home() -> Option<std::path::PathBuf> {
    dirs::data_dir().map(|data| data.join("tern"))
}

/// What every use case answers.
pub type Reply<T> = Result<T, Failure>;
