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

/// Most envelopes, and bytes of envelopes and blobs, of one seat that is out, beyond where its removal says that it stood. No
/// more than a device keeps aside of one: what it would not keep it would be offered again and again.
const LATE: (u64, u64) = (10_000, 64 * 1024 * 1024);

/// There is room for so many more bytes of a seat that is out.
pub const fn has_room_for_late((envelopes, bytes): (u64, u64), more: u64) -> bool {
    envelopes < LATE.0 && bytes.saturating_add(more) <= LATE.1
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_work_of_a_seat_that_is_out_has_an_end() {
        assert!(has_room_for_late((0, 0), LATE.1) && !has_room_for_late((0, 1), LATE.1));
        assert!(has_room_for_late((LATE.0 - 1, 0), 1) && !has_room_for_late((LATE.0, 0), 1));
    }
}
