//! What Tern knows about a child, without a disk, a clock or a key in sight.
//!
//! Ids and paths say *where* a value lives, intents say *what was put there*, [`Held`] says what a
//! field holds after all devices have spoken, and the composites (names, fuzzy dates) say what people
//! really know. Everything here is pure: the clock and randomness arrive through [`port`].

pub mod accompaniment;
pub mod age;
pub mod bits;
pub mod calendar;
pub mod cbor;
pub mod consent;
pub mod fuzzy;
pub mod held;
pub mod id;
pub mod intent;
pub mod life;
pub mod log;
pub mod mrz;
pub mod name;
pub mod need;
pub mod path;
pub mod permit;
pub mod port;
pub mod profile;
pub mod returning;
pub mod right;
pub mod role;
pub mod rule;
pub mod scalar;
pub mod short;
pub mod task;
pub mod tier;

pub use held::{Held, MergeRule, Said};
pub use id::{
    BlobId, DeviceId, DocId, DraftId, EntityId, EntryId, EnvelopeId, IntentId, LogId, RealmId, RecordId,
    ScopeId, SeatId, WorkerId,
};
pub use intent::{Cause, ClockFlag, Intent, Stamp};
pub use path::Path;
pub use role::Role;
pub use scalar::Scalar;
pub use tier::{Compartment, Tier};
