//! How much a hub keeps, of one seat and of all.

use crate::store::Usage;

/// Limits of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Of each seat: envelopes, their bytes, logs, bytes of blobs.
    pub seat: Usage,
    /// Bytes of all envelopes and all blobs.
    pub total: u64,
}

const GIB: u64 = 1 << 30;

impl Default for Quota {
    /// A worker who writes 200 envelopes and 20 photos a day fills this in years.
    fn default() -> Self {
        let seat =
            Usage { envelopes: 200_000, bytes: GIB, logs: 1_000, blobs: u64::MAX, blob_bytes: 4 * GIB };
        Self { seat, total: 200 * GIB }
    }
}

impl Quota {
    /// There is room for an envelope of this seat.
    pub const fn has_room(&self, of: &Usage, bytes: u64) -> bool {
        of.envelopes < self.seat.envelopes && of.bytes.saturating_add(bytes) <= self.seat.bytes
    }

    /// There is room for a blob that this seat brings.
    pub const fn has_room_for_blob(&self, of: &Usage, bytes: u64) -> bool {
        of.blobs < self.seat.blobs && of.blob_bytes.saturating_add(bytes) <= self.seat.blob_bytes
    }

    /// There is room for more bytes at all.
    pub const fn has_room_at_all(&self, total: &Usage, bytes: u64) -> bool {
        total.bytes.saturating_add(total.blob_bytes).saturating_add(bytes) <= self.total
    }
}
