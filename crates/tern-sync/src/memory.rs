//! What a peer is known to hold, kept from one exchange to the next.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::cbor::{Canonical, CborError, Decoder, Writer, array_of, array_up_to};
use tern_record::{EntryId, LogId, RealmId};
use tern_seal::{Label, content_hash};

use crate::known::{Known, lacks};
use crate::limits::MAX_LOGS;
use crate::party::{Party, is_shared};
use crate::shelf::{HeldLog, Shelf};

/// Hash over all that two holders share.
pub type Digest = [u8; 32];

/// What a peer holds of the shared logs, and the statements of the roster that it has heard up to.
///
/// `memory = [digest (32), [head (32), ...], [known, ...]]`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// Digest of this.
    pub digest: Digest,
    /// Heads of the roster.
    pub heads: Vec<EntryId>,
    /// Logs.
    pub logs: BTreeMap<LogId, Known>,
}

impl Memory {
    /// What is left of it by what somebody says they hold now of the logs that are shared; nothing when they hold all of it
    /// still. Who came back from an old copy has lost what is more.
    pub fn less<'a>(
        &self,
        says: impl IntoIterator<Item = &'a Known>,
        shared: &BTreeSet<LogId>,
    ) -> Option<Self> {
        let says: BTreeMap<LogId, &Known> = says.into_iter().map(|known| (known.log, known)).collect();
        let is_less = |had: &Known| {
            let has_some = shared.contains(&had.log) && had.ends().next().is_some();
            has_some && says.get(&had.log).is_none_or(|now| lacks(now, had))
        };
        if !self.logs.values().any(is_less) {
            return None;
        }
        let left = self
            .logs
            .values()
            .filter_map(|had| if is_less(had) { says.get(&had.log).copied() } else { Some(had) });
        let logs = left.map(|known| (known.log, Known { rungs: None, ..known.clone() })).collect();
        Some(Self { digest: Digest::default(), heads: Vec::new(), logs })
    }

    /// Nothing was ever exchanged.
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty() && self.logs.is_empty()
    }
}

/// What is held here of the logs that are shared with somebody.
pub struct Shared {
    /// The logs.
    pub logs: Vec<HeldLog>,
    /// Heads of the roster.
    pub heads: Vec<EntryId>,
    /// Over all of it.
    pub digest: Digest,
}

impl Shared {
    /// What is held here now.
    pub fn of<S: Shelf>(shelf: &S, with: &Party) -> Result<Self, S::Error> {
        let me = shelf.party();
        let mut logs = shelf.logs()?;
        logs.retain(|held| !held.state.is_empty() && is_shared(&me, with, held.scope, held.seat));
        logs.sort_by_key(|held| held.log);
        let mut heads = shelf.roster().heads.clone();
        heads.sort_unstable();
        let digest = digest(shelf.roster().realm, &heads, &logs);
        Ok(Self { logs, heads, digest })
    }

    /// The same, as what a peer holds.
    pub fn memory(&self) -> Memory {
        let logs = self.logs.iter().map(|held| (held.log, Known::of(held.log, &held.state))).collect();
        Memory { digest: self.digest, heads: self.heads.clone(), logs }
    }
}

fn digest(realm: RealmId, heads: &[EntryId], logs: &[HeldLog]) -> Digest {
    let mut to = Writer::default();
    to.array(heads.len());
    for head in heads {
        to.bytes(head.as_bytes());
    }
    to.array(logs.len());
    for held in logs {
        to.array(2).bytes(held.log.as_bytes()).item(&held.state);
    }
    content_hash(Label::SyncDigest, &[realm.as_bytes(), &to.into_bytes()])
}

impl Canonical for Memory {
    fn write(&self, to: &mut Writer) {
        to.array(3).bytes(&self.digest).array(self.heads.len());
        for head in &self.heads {
            to.bytes(head.as_bytes());
        }
        to.array(self.logs.len());
        self.logs.values().for_each(|known| known.write(to));
    }

    fn read(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        array_of(from, 3)?;
        let digest = from.bytes()?.try_into().map_err(|_| CborError::Shape)?;
        let head = |from: &mut Decoder<'_>| EntryId::from_slice(from.bytes()?).map_err(|_| CborError::Shape);
        let heads = (0..array_up_to(from, MAX_LOGS)?).map(|_| head(from)).collect::<Result<_, _>>()?;
        let known = |from: &mut Decoder<'_>| Known::read(from).map(|known| (known.log, known));
        let logs = (0..array_up_to(from, MAX_LOGS)?).map(|_| known(from)).collect::<Result<_, _>>()?;
        Ok(Self { digest, heads, logs })
    }
}
