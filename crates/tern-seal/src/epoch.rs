//! Epochs: one key of a scope at a time, committed to in the roster.

use tern_record::port::Random;
use tern_record::{DeviceId, EntryId, RealmId, ScopeId, SeatId};

use crate::Refused;
use crate::construct::{open, seal, unwrap_key, wrap_key};
use crate::key::{SealKey, WrapPublic, WrapSecret};
use crate::label::{Label, derive};
use crate::roster::{Earlier, EpochKey, ScopeState, Wrapped};

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

/// What the roster says of a key for these seats.
pub fn epoch_key(
    key: &SealKey,
    scope: ScopeId,
    readers: impl IntoIterator<Item = SeatId>,
) -> Result<EpochKey, Refused> {
    let mut readers: Vec<SeatId> = readers.into_iter().collect();
    readers.sort_unstable();
    readers.dedup();
    let intake = intake_secret(key, scope).public()?;
    Ok(EpochKey { commitment: commitment(key, scope), intake, readers })
}

/// Wraps an epoch key to one of its readers. It is bound to realm and scope.
pub fn wrap_epoch_key(
    to: (SeatId, &WrapPublic),
    realm: RealmId,
    scope: ScopeId,
    key: &SealKey,
    random: &mut dyn Random,
) -> Result<Wrapped, Refused> {
    let bytes = wrap_key(to.1, Label::EpochWrap, realm, scope.as_bytes(), key, random)?;
    Ok(Wrapped { seat: to.0, bytes })
}

/// Opens a wrap, and checks that the key is the one that the roster committed to.
pub fn unwrap_epoch_key(
    secret: &WrapSecret,
    realm: RealmId,
    scope: ScopeId,
    committed: &[u8; 32],
    wrapped: &[u8],
) -> Result<SealKey, Refused> {
    let key = unwrap_key(secret, Label::EpochWrap, realm, scope.as_bytes(), wrapped)?;
    if commitment(&key, scope) == *committed { Ok(key) } else { Err(Refused) }
}

/// Seals the key of an earlier epoch under a later one's.
pub fn close_earlier(
    later: &SealKey,
    scope: ScopeId,
    epoch: EpochId,
    key: &SealKey,
    random: &mut dyn Random,
) -> Earlier {
    let ad = [scope.as_bytes().as_slice(), &epoch].concat();
    Earlier { epoch, sealed: seal(later, Label::EpochEarlier, &ad, key.as_bytes(), random) }
}

/// Opens the key of an earlier epoch, and checks it against what the roster committed to. Where that is
/// not known, any key may be it.
pub fn open_earlier(
    later: &SealKey,
    scope: ScopeId,
    earlier: &Earlier,
    committed: Option<&[u8; 32]>,
) -> Result<SealKey, Refused> {
    let ad = [scope.as_bytes().as_slice(), &earlier.epoch].concat();
    let plain = zeroize::Zeroizing::new(open(later, Label::EpochEarlier, &ad, &earlier.sealed)?);
    let key = SealKey::from_slice(&plain)?;
    let fits = committed.is_none_or(|committed| commitment(&key, scope) == *committed);
    if fits { Ok(key) } else { Err(Refused) }
}

/// What was said of an epoch follows from its key: drops to it open for its readers, and the earlier keys are in it. One
/// whose author lied is not written under.
pub fn is_sound(key: &SealKey, id: ScopeId, scope: &ScopeState, epoch: EpochId) -> bool {
    let Some(epoch) = scope.epochs.get(&epoch) else { return false };
    let intake = intake_secret(key, id).public().is_ok_and(|public| public == epoch.key.intake);
    let opens = |earlier: &Earlier| {
        let old = scope.epochs.get(&earlier.epoch).map(|old| &old.key.commitment);
        open_earlier(key, id, earlier, old).is_ok()
    };
    intake && epoch.earlier.iter().all(opens)
}

/// The secret that opens drops to a scope: every holder of the epoch key has it.
pub fn intake_secret(key: &SealKey, scope: ScopeId) -> WrapSecret {
    WrapSecret::from_seed(derive(key, &[0; 32], Label::Intake, &[scope.as_bytes()]).as_bytes())
}

/// The key of what is derived of a scope on one device: every reader of the scope there has it, and with a new epoch it is
/// another one.
pub fn view_key(key: &SealKey, scope: ScopeId, device: DeviceId) -> SealKey {
    derive(key, &[0; 32], Label::View, &[scope.as_bytes(), device.as_bytes()])
}
