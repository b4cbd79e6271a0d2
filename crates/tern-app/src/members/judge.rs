//! What a file brings is judged before anything of it is kept: what nobody might say is left out, with all that builds on
//! it; a file with a gap is refused whole; and nobody fills the disk with it.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::Canonical;
use tern_record::{RealmId, SeatId};
use tern_seal::epoch::EpochId;
use tern_seal::limits::{MAX_ADMISSION, MAX_WRAPS, WRAP};
pub(crate) use tern_seal::roster::wanted;
use tern_seal::roster::{Carried, EpochWrap, Roster, SiftError, Sifted, SignedEntry, sift};
use tern_store::wrap::WrapRow;
use tern_store::{Vault, WriteTx};

use crate::Reply;
use crate::failure::Code;
use crate::unlock::statements_of;

/// What spelling adds to an entry and to a wrap, at most, and what an admission adds to all of them.
const AROUND: usize = 64;
const AROUND_ALL: usize = 1024;

/// The entries and wraps of a file, of which nobody has checked anything yet.
pub(crate) fn carried_in(bytes: &[u8]) -> Reply<Carried> {
    Ok(Carried::parse(bytes).map_err(|_| Code::NotARoster)?)
}

/// What the members signed, with these of the keys: one wrap for each epoch and seat, the best that is here, and all that
/// there are where the seat says that none opened. As many as fit, those of keys that are written under first.
pub(crate) fn carried_of(vault: &Vault, roster: &Roster, which: impl Fn(&WrapRow) -> bool) -> Reply<Carried> {
    let asks = |wrap: &WrapRow| {
        let mut epochs = roster.scopes.values().filter_map(|scope| scope.epochs.get(&wrap.epoch));
        epochs.any(|epoch| epoch.unopened.contains(&wrap.seat))
    };
    let mut best: BTreeMap<(EpochId, SeatId), WrapRow> = BTreeMap::new();
    let mut all = Vec::new();
    for wrap in vault.wraps()?.into_iter().filter(which) {
        if asks(&wrap) {
            all.push(wrap);
        } else if wrap.own || best.get(&(wrap.epoch, wrap.seat)).is_none_or(|have| !have.own) {
            best.insert((wrap.epoch, wrap.seat), wrap);
        }
    }
    let entries = statements_of(vault)?;
    let size: usize = entries.iter().map(|entry| entry.to_bytes().len() + AROUND).sum();
    let room = MAX_ADMISSION.checked_sub(size + AROUND_ALL).ok_or(Code::RosterFull)?;
    let current: BTreeSet<EpochId> = roster.scopes.values().map(|scope| scope.current).collect();
    all.extend(best.into_values());
    all.sort_by_key(|wrap| !current.contains(&wrap.epoch));
    let wraps = all.into_iter().take(room / (WRAP + AROUND));
    let wraps = wraps.map(|WrapRow { epoch, seat, bytes, .. }| EpochWrap { epoch, seat, bytes }).collect();
    Ok(Carried { entries, wraps })
}

/// Sifts what was brought, with what is here already.
pub(crate) fn judge(realm: RealmId, have: Vec<SignedEntry>, brought: Vec<SignedEntry>) -> Reply<Sifted> {
    sift(realm, have, brought).map_err(|error| {
        let code = match error {
            SiftError::OtherRealm => Code::OtherProgramme,
            SiftError::NoGenesis => Code::NotARoster,
            SiftError::Gap => Code::RosterGap,
            SiftError::Full => Code::RosterFull,
        };
        code.into()
    })
}

/// Keeps what was judged.
pub(crate) fn keep(tx: &WriteTx<'_>, entries: &[SignedEntry], wraps: &[EpochWrap]) -> tern_store::Result<()> {
    for entry in entries {
        tx.add_roster_entry(entry.id(), &entry.to_bytes())?;
    }
    for EpochWrap { epoch, seat, bytes } in wraps {
        let row = WrapRow { epoch: *epoch, seat: *seat, own: false, bytes: bytes.clone() };
        tx.add_wrap(&row, MAX_WRAPS)?;
    }
    Ok(())
}
