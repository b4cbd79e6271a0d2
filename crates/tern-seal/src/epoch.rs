//! Epochs: one key of a scope at a time, committed to in the roster.

use tern_record::{EntryId, ScopeId};

use crate::key::SealKey;
use crate::label::{Label, derive};

/// Names an epoch: the first 16 bytes of the roster entry that began it.
pub type EpochId = [u8; 16];

/// The epoch that an entry begins.
pub fn epoch_id(entry: EntryId) -> EpochId {
    entry.as_bytes().first_chunk::<16>().copied().unwrap_or_default()
}

/// What the roster says of an epoch key, so that every member checks to hold the same one.
pub fn commitment(key: &SealKey, scope: ScopeId) -> [u8; 32] {
    *derive(key, &[0; 32], Label::EpochCommit, &[scope.as_bytes()]).as_bytes()
}
