//! What a peer is held to. Drawn in `schema/wire/sync.md`.

/// The version of the exchange.
pub const VERSION: u64 = 1;
/// Longest request or reply in bytes.
pub const MAX_BODY: usize = 4 * 1024 * 1024;
/// How long a reply may be when the asker names nothing else.
pub const ROOM: usize = 1024 * 1024;
/// Least room for a reply: below that a single envelope would never fit.
pub const MIN_ROOM: usize = 16 * 1024;
/// Most logs that one frame names.
pub const MAX_LOGS: u64 = 16_384;
/// Most envelopes of one log that a frame names apart.
pub const MAX_KNOWN: u64 = 8_192;
/// Most roster entries of one frame, and most wraps.
pub const MAX_ENTRIES: u64 = 20_000;
/// Most keys that are asked for at once.
pub const MAX_NEEDS: u64 = 1_024;
/// Most blobs that are named at once.
pub const MAX_BLOBS: u64 = 1_024;
/// Bytes of one piece of a blob.
pub const CHUNK: usize = 256 * 1024;
/// Longest blob that is given with records, before it is asked for: as long as words are.
pub const BESIDE: u64 = 64 * 1024;
/// Longest code of a refusal.
pub const MAX_CODE: usize = 64;
/// Rounds without any progress before an exchange ends although the two differ.
pub const MAX_IDLE: u32 = 2;
/// Most envelopes that a request names as not taken before.
pub const MAX_REFUSED: usize = 4_096;
/// Most bytes of a file beside envelopes and pieces of blobs: twice what is kept of who belongs, and keys.
pub const MAX_SAID: usize = 96 * 1024 * 1024;
/// Most blobs of a file, and most envelopes that were not taken of it, that are told of one by one.
pub const MAX_TOLD: usize = 64 * 1024;
