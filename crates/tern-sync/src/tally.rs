//! What went over the wire.

/// Envelopes and bytes one way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Way {
    /// Envelopes.
    pub envelopes: u32,
    /// Bytes of these envelopes.
    pub bytes: u64,
}

/// Blobs that came or went whole, and bytes of all pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Blobs {
    /// Blobs whose last piece went.
    pub blobs: u32,
    /// Bytes.
    pub bytes: u64,
}

/// What an exchange has done until now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// To the other side.
    pub sent: Way,
    /// From the other side.
    pub received: Way,
    /// Blobs to the other side.
    pub blobs_sent: Blobs,
    /// Blobs from the other side.
    pub blobs_received: Blobs,
    /// Of the envelopes received, new here.
    pub new: u32,
    /// Of these, kept aside.
    pub aside: u32,
    /// Requests that were made.
    pub round_trips: u32,
    /// Bytes of requests and replies, both ways, without those of envelopes and blobs.
    pub overhead: u64,
}

impl Way {
    pub(crate) fn add(&mut self, bytes: usize) {
        self.envelopes += 1;
        self.bytes += bytes as u64;
    }
}

impl Tally {
    /// Adds what was counted elsewhere.
    pub const fn join(&mut self, more: &Self) {
        self.sent.envelopes += more.sent.envelopes;
        self.sent.bytes += more.sent.bytes;
        self.received.envelopes += more.received.envelopes;
        self.received.bytes += more.received.bytes;
        self.blobs_sent.blobs += more.blobs_sent.blobs;
        self.blobs_sent.bytes += more.blobs_sent.bytes;
        self.blobs_received.blobs += more.blobs_received.blobs;
        self.blobs_received.bytes += more.blobs_received.bytes;
        self.new += more.new;
        self.aside += more.aside;
        self.round_trips += more.round_trips;
        self.overhead += more.overhead;
    }

    /// Counts a body that went one of both ways, of which so many bytes were envelopes and blobs.
    pub(crate) fn count_body(&mut self, body: usize, content: u64) {
        self.overhead += (body as u64).saturating_sub(content);
    }
}
