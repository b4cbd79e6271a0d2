//! What went over the wire.

/// Envelopes and bytes one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Envelopes.
    pub envelopes: u32,
    /// Bytes of these envelopes.
    pub bytes: u64,
}

/// What an exchange has done until now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To the other side.
    pub sent: Way,
    /// From the other side.
    pub received: Way,
    /// Of these, new here.
    pub new: u32,
    /// Of these, kept aside.
    pub aside: u32,
    /// Requests that were made.
    pub round_trips: u32,
    /// Bytes of requests and replies, both ways, without those of envelopes.
    pub overhead: u64,
}

impl Way {
    pub(crate) fn add(&mut self, bytes: usize) {
        self.envelopes += 1;
        self.bytes += bytes as u64;
    }
}

impl Tally {
    /// Counts a body that went one of both ways, of which so many bytes were envelopes.
    pub(crate) fn count_body(&mut self, body: usize, envelopes: u64) {
        self.overhead += (body as u64).saturating_sub(envelopes);
    }
}
