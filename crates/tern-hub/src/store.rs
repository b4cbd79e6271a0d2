//! What a hub keeps, behind a seam: SQLite now, a database that several hubs share later. Whatever stands here passes the
//! tests of `tests/store`.

use tern_record::log::InLog;
use tern_record::{BlobId, EnvelopeId, LogId, RealmId, SeatId};
use tern_seal::SigningKey;
use tern_seal::limits::MAX_WRAPS;
use tern_seal::roster::{EpochWrap, SignedEntry};
use tern_sync::blob::HeldBlob;
use tern_sync::{HeldLog, KeyFor, Memory};

/// Wraps of one key for one seat that are kept of one who brings them: who brings rubbish keeps nobody else out.
pub const WRAPS_OF_ONE: usize = MAX_WRAPS;
/// And of all together.
pub const WRAPS_OF_ALL: usize = 32;

/// Why the store fails. It names nothing of what is kept.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database does: a full disk, a lock, a damaged file.
    #[error("the database fails: {0}")]
    Database(String),
    /// The place of the blobs does.
    #[error("the place of the blobs fails: {0}")]
    Blobs(String),
    /// The disk under either has no room.
    #[error("the disk is full")]
    Full,
    /// It would have to be changed, and is only looked at.
    #[error("the store is only looked at")]
    OnlyLookedAt,
    /// Something that was kept does not read.
    #[error("what is kept does not read: {0}")]
    Damaged(&'static str),
    /// It holds another programme than the one that was given.
    #[error("this store holds another programme")]
    OtherProgramme,
    /// No programme was ever given.
    #[error("this store holds no programme yet: give it a roster file")]
    NoProgramme,
    /// The roster file is none, or of nobody.
    #[error("the roster file: {0}")]
    Roster(String),
    /// Somebody else works with it.
    #[error("another hub works with this store")]
    InUse,
}

/// What of a seat, or of all, is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Envelopes that it signed.
    pub envelopes: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Logs that it began.
    pub logs: u64,
    /// Blobs that it brought.
    pub blobs: u64,
    /// Their bytes.
    pub blob_bytes: u64,
}

/// Keeps what a hub is given, for several at once.
pub trait Store: Send + Sync + 'static {
    /// What is done as one.
    type Tx<'a>: Tx
    where
        Self: 'a;

    /// Does something as one, one after another: all of it is kept for good when this returns `Ok`, and nothing of it when not.
    fn within<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Self::Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E>;

    /// Looks at what is kept as it stands now, whatever is done meanwhile, side by side with others. Who changes something
    /// is refused with [`StoreError::OnlyLookedAt`]. It needs no room on the disk.
    fn look<T, E: From<StoreError>>(&self, work: impl FnOnce(&Self::Tx<'_>) -> Result<T, E>) -> Result<T, E>;
}

/// What stands in a store, and is changed, within one piece of work. What was added is seen at once.
pub trait Tx {
    /// The programme that is kept, once one was given.
    fn realm(&self) -> Result<Option<RealmId>, StoreError>;

    /// Gives the programme; the first one stays.
    fn keep_realm(&self, realm: RealmId) -> Result<(), StoreError>;

    /// The key that replies are signed with: the first that was ever given.
    fn key(&self, fresh: &SigningKey) -> Result<SigningKey, StoreError>;

    /// How many statements are kept.
    fn count_statements(&self) -> Result<usize, StoreError>;

    /// Statements, in the order in which they came.
    fn statements(&self) -> Result<Vec<SignedEntry>, StoreError>;

    /// Keeps statements; those that are kept already stay as they are.
    fn add_statements(&self, entries: &[SignedEntry]) -> Result<(), StoreError>;

    /// Keys that are kept of these.
    fn wraps(&self, of: &[KeyFor]) -> Result<Vec<EpochWrap>, StoreError>;

    /// Keeps a key that somebody brings, unless it is kept already, or as many of the same as may be; `true` when it is new.
    fn add_wrap(&self, wrap: &EpochWrap, by: SeatId) -> Result<bool, StoreError>;

    /// Every log, by id.
    fn logs(&self) -> Result<Vec<HeldLog>, StoreError>;

    /// A log.
    fn log(&self, id: LogId) -> Result<Option<HeldLog>, StoreError>;

    /// Notes how much of a log is held. Whose it is never changes.
    fn set_log(&self, log: &HeldLog) -> Result<(), StoreError>;

    /// Where the envelopes of a log stand, from a place on, in order.
    fn places(&self, log: LogId, from: u64) -> Result<Vec<InLog>, StoreError>;

    /// An envelope.
    fn envelope(&self, id: EnvelopeId) -> Result<Option<Vec<u8>>, StoreError>;

    /// An envelope of this name is kept.
    fn has_envelope(&self, id: EnvelopeId) -> Result<bool, StoreError>;

    /// Keeps an envelope that was not kept, and counts it as its author's.
    fn add_envelope(&self, at: &InLog, by: SeatId, bytes: &[u8]) -> Result<(), StoreError>;

    /// What a seat asked here last.
    fn memory(&self, of: SeatId) -> Result<Option<Memory>, StoreError>;

    /// Notes what a seat holds.
    fn set_memory(&self, of: SeatId, memory: &Memory) -> Result<(), StoreError>;

    /// A blob that is here whole.
    fn blob(&self, id: BlobId) -> Result<Option<HeldBlob>, StoreError>;

    /// Every blob.
    fn blobs(&self) -> Result<Vec<HeldBlob>, StoreError>;

    /// Notes a blob that is here whole, and counts it as that of who brought it.
    fn add_blob(&self, blob: &HeldBlob, by: SeatId) -> Result<(), StoreError>;

    /// Notes that a blob is not here after all.
    fn drop_blob(&self, id: BlobId) -> Result<(), StoreError>;

    /// What is kept of a seat that is out, beyond where its removal says that it stood: envelopes, and bytes.
    fn late(&self, of: SeatId) -> Result<(u64, u64), StoreError>;

    /// Counts more of it.
    fn add_late(&self, of: SeatId, envelopes: u64, bytes: u64) -> Result<(), StoreError>;

    /// What is kept of a seat.
    fn usage(&self, of: SeatId) -> Result<Usage, StoreError>;

    /// What is kept of all.
    fn total(&self) -> Result<Usage, StoreError>;

    /// Writes something, to see that it can.
    fn touch(&self) -> Result<(), StoreError>;
}
