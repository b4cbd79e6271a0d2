//! Every limit that the gate holds a peer to. Drawn in `schema/wire/`.

/// Work is sealed into an envelope when it reaches so many bytes.
pub const ENVELOPE_TARGET: usize = 64 * 1024;
/// Longest envelope in bytes.
pub const MAX_ENVELOPE: usize = 1024 * 1024;
/// Most sections of one envelope.
pub const MAX_SECTIONS: u64 = 4_096;
/// Longest section in bytes, unpacked.
pub const MAX_UNPACKED: usize = 4 * 1024 * 1024;
/// Most bytes of all sections of one envelope, unpacked.
pub const MAX_UNPACKED_OF_ALL: usize = 2 * MAX_UNPACKED;
/// Most intents of one section.
pub const MAX_INTENTS: u64 = 2_000;
/// Longest roster entry in bytes.
pub const MAX_ROSTER_ENTRY: usize = 1024 * 1024;
/// Most dependencies of one roster entry.
pub const MAX_ROSTER_DEPS: u64 = 256;
/// Most seats that one roster entry gives a key to.
pub const MAX_READERS: u64 = 5_000;
/// Bytes of a wrapped key.
pub const WRAP: usize = 1_168;
/// Most wraps of one key for one seat that are kept: one opens, others may be rubbish.
pub const MAX_WRAPS: usize = 3;
/// Most roles of one seat.
pub const MAX_ROLES: u64 = 16;
/// Most earlier epochs that one opening of a scope seals.
pub const MAX_EARLIER: u64 = 64;
/// Most logs that one statement cuts off.
pub const MAX_CUTS: u64 = 256;
/// Most coordinators who hold halves of a key.
pub const MAX_COORDINATORS: usize = 3;
/// Most pairs of coordinators that share a key.
pub const MAX_PAIRS: u64 = 3;
/// Longest blob in bytes, sealed.
pub const MAX_BLOB: usize = 32 * 1024 * 1024;
/// Most slots of one device.
pub const MAX_SLOTS: u64 = 64;
/// Longest invitation, request, ask or approval in bytes.
pub const MAX_PIECE: usize = 64 * 1024;
/// Longest admission in bytes.
pub const MAX_ADMISSION: usize = 8 * 1024 * 1024;
/// Most roster entries of one admission or roster, and most wraps.
pub const MAX_ADMITTED: u64 = 20_000;
/// Most bytes of all roster entries that a device or a hub keeps.
pub const MAX_KEPT: usize = 32 * 1024 * 1024;
/// Most entries that are kept although they do not count, such as those of a removed seat that its removal had not seen:
/// a word of the root key may make them count again.
pub const MAX_KEPT_IDLE: usize = 2_000;
/// Most bytes of these.
pub const MAX_KEPT_IDLE_BYTES: usize = 4 * 1024 * 1024;
/// Most entries of one seat that are kept, as long as nobody else builds on them: half of what one device hands to another.
pub const MAX_KEPT_OF_SEAT: usize = 10_000;
/// Most bytes of these.
pub const MAX_KEPT_OF_SEAT_BYTES: usize = 4 * 1024 * 1024;
/// Of these, most that change nothing for others.
pub const MAX_KEPT_QUIET: usize = 512;
/// Most bytes of these.
pub const MAX_KEPT_QUIET_BYTES: usize = 1024 * 1024;
/// Longest name of a device in characters.
pub const MAX_NAME: usize = 64;
/// Most coordinators who can bring a travelling device back.
pub const MAX_HELPERS: usize = 8;
/// Longest file of a travelling device in bytes.
pub const MAX_TRAVEL: usize = 4 * 1024 * 1024;
/// Most bytes of one picture.
pub const MAX_PART: usize = 900;
/// Most pictures of one piece.
pub const MAX_PARTS: u64 = 99;
