//! Attachments that nobody vouches for leave the disk.

use std::collections::BTreeSet;

use tern_record::BlobId;
use tern_store::{Home, Vault};

/// Removes what no row vouches for, and beginnings of what nobody waits for.
pub(crate) fn sweep(home: &Home, vault: &Vault) -> tern_store::Result<u32> {
    let wanted: BTreeSet<BlobId> = vault.blobs_wanted()?.iter().map(|wanted| wanted.id).collect();
    home.sweep_blobs(&vault.blobs()?, &wanted)
}
