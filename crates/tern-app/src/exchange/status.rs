//! Where the work of this device is: with a hub, with other devices, or only here.

use std::collections::BTreeSet;

use tern_record::cbor::Canonical;
use tern_record::{EnvelopeId, LogId, SeatId};
use tern_seal::VerifyKey;
use tern_store::envelope::Changes;
use tern_store::peer::PeerRow;
use tern_sync::memory::Shared;
use tern_sync::{HeldLog, Memory, Party, Peer, Shelf as _};

use crate::Reply;
use crate::app::App;

/// Where the work of everybody on this device is. The three counts are apart: their sum is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkIs {
    /// Changes that a hub has signed for.
    pub at_hub: u32,
    /// Changes that no hub, and another device, has signed for.
    pub on_another_device: u32,
    /// Changes that nobody else is known to hold.
    pub only_here: u32,
    /// Children whom these are about.
    pub children_only_here: u32,
    /// Photos and long texts that nobody else is known to hold: they travel after the changes that speak of them.
    pub files_only_here: u32,
    /// Every other device.
    pub devices: Vec<OtherDevice>,
    /// Seats whose device worked on from an old copy, or of which there were two. What both did is here.
    pub copied: BTreeSet<SeatId>,
}

/// Another device, as far as this one knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherDevice {
    /// One of the seats on it.
    pub seat: SeatId,
    /// Its worker.
    pub worker: String,
    /// Its name.
    pub device: String,
    /// When it last said what it holds.
    pub met_ms: Option<i64>,
    /// Envelopes that it is not known to hold. What is not sealed yet counts as the one that it will be, for each log.
    pub behind: u32,
}

impl App {
    /// Where the work of this device is. Screens ask again and again: it is worked out once for all that is written.
    pub fn where_work_is(&self) -> Reply<WorkIs> {
        let written = self.vault.written();
        if let Some((at, known)) = &*self.work_is.borrow()
            && *at == written
        {
            return Ok(known.clone());
        }
        let is = self.find_work()?;
        self.work_is.replace(Some((written, is.clone())));
        Ok(is)
    }

    fn find_work(&self) -> Reply<WorkIs> {
        let logs = self.logs()?;
        let me = self.party();
        // Who did what is not work: it goes to who may read it, and the others never hold it.
        let own: Vec<&HeldLog> =
            logs.iter().filter(|held| me.is_for(held.seat) && !self.is_of_events(held)).collect();
        let all = self.lacking(&own, None)?;
        let (mut no_hub, mut nobody) = (all.clone(), all.clone());
        let mut files = self.vault.blobs()?;
        for row in self.vault.peers()?.into_iter().filter(|row| self.is_elsewhere(row)) {
            let lacks = self.lacking(&own, Some(&row))?;
            if row.seat.is_none() {
                no_hub.retain(|id| lacks.contains(id));
            }
            nobody.retain(|id| lacks.contains(id));
            let there = self.vault.blobs_at(&row.key)?;
            files.retain(|blob| !there.contains(blob));
        }
        // Each is part of the one before, so as many are the same ones.
        let count = |ids: &BTreeSet<EnvelopeId>, around: (&BTreeSet<EnvelopeId>, &Changes)| match ids.len() {
            many if many == around.0.len() => Ok(around.1.clone()),
            _ => self.vault.changes_in(ids),
        };
        let of_all = self.vault.changes_in(&all)?;
        let of_no_hub = count(&no_hub, (&all, &of_all))?;
        let nobody = count(&nobody, (&no_hub, &of_no_hub))?;
        let (all, no_hub) = (of_all, of_no_hub);
        let unsealed = self.vault.unsealed_changes()?;
        let mut children = nobody.records;
        children.extend(unsealed.records);
        Ok(WorkIs {
            at_hub: all.changes - no_hub.changes,
            on_another_device: no_hub.changes - nobody.changes,
            only_here: nobody.changes + unsealed.changes,
            children_only_here: u32::try_from(children.len()).unwrap_or(u32::MAX),
            files_only_here: u32::try_from(files.len()).unwrap_or(u32::MAX),
            devices: self.other_devices(&logs)?,
            copied: logs.iter().filter(|held| held.state.is_forked()).map(|held| held.seat).collect(),
        })
    }

    /// A hub, or a device other than this one on which somebody is in: what a lost one holds is not safe.
    pub(super) fn is_elsewhere(&self, peer: &PeerRow) -> bool {
        let Some(seat) = peer.seat else { return true };
        let Some(device) = self.roster.certificate(seat).map(|said| said.device) else { return false };
        let mut in_ = self.roster.seats.values().filter(|seat| seat.removed.is_none());
        device != self.me.device && in_.any(|seat| seat.certificate.device == device)
    }

    /// Envelopes of these logs that somebody is not known to hold; without anybody, all. Nobody is ahead of a device in
    /// what it wrote itself: who seems to be holds another branch.
    pub(super) fn lacking(&self, logs: &[&HeldLog], with: Option<&PeerRow>) -> Reply<BTreeSet<EnvelopeId>> {
        let memory = with.map(memory).unwrap_or_default();
        let mut lacking = BTreeSet::new();
        let me = self.party();
        for held in logs {
            let lacks = if me.is_for(held.seat) { tern_sync::lacking } else { tern_sync::lacking_at_least };
            lacking.extend(lacks(self, held, memory.logs.get(&held.log))?);
        }
        Ok(lacking)
    }

    /// A peer is known to hold all that this device holds of what both may. What is not sealed yet nobody else holds.
    pub(super) fn holds_all(&self, peer: &Peer) -> Reply<bool> {
        let them = self.end_of(peer);
        let row = self.vault.peer(peer.key.as_bytes())?;
        let logs = self.logs()?;
        let shared: Vec<&HeldLog> = logs.iter().filter(|held| them.wants(held.scope)).collect();
        let is_sealed = !self.vault.unsealed_by_seat()?.iter().any(|(_, scope, _)| them.wants(*scope));
        Ok(is_sealed && row.is_some() && self.lacking(&shared, row.as_ref())?.is_empty())
    }

    /// Logs of which something is here and that this device and somebody have to do with.
    pub(super) fn shared_with(&self, them: &Party) -> Reply<BTreeSet<LogId>> {
        let shared = Shared::of(self, them)?;
        Ok(shared.logs.iter().map(|held| held.log).collect())
    }

    pub(super) fn end_of(&self, peer: &Peer) -> Party {
        peer.seat.map_or(Party::Carrier, |seat| Party::device(&self.roster, seat))
    }

    fn other_devices(&self, logs: &[HeldLog]) -> Reply<Vec<OtherDevice>> {
        let peers = self.vault.peers()?;
        let unsealed = self.vault.unsealed_by_seat()?;
        let (mut seen, mut devices) = (BTreeSet::from([self.me.device]), Vec::new());
        for (id, seat) in self.roster.seats.iter().filter(|(_, seat)| seat.removed.is_none()) {
            let said = &seat.certificate;
            if said.device == crate::members::sheet::PAPER || !seen.insert(said.device) {
                continue;
            }
            let them = Party::device(&self.roster, *id);
            let row = peers.iter().find(|row| row.seat.is_some_and(|seat| them.is_for(seat)));
            let shared: Vec<&HeldLog> = logs.iter().filter(|held| them.wants(held.scope)).collect();
            let to_seal =
                unsealed.iter().filter(|(by, scope, _)| self.roster.is_in(*by) && them.wants(*scope));
            let behind = self.lacking(&shared, row)?.len() + to_seal.count();
            let (worker, device) = self.name_of(said.worker, said.device);
            devices.push(OtherDevice {
                seat: *id,
                worker,
                device,
                met_ms: row.map(|row| row.met_ms),
                behind: u32::try_from(behind).unwrap_or(u32::MAX),
            });
        }
        devices.sort_by(|a, b| (&a.device, &a.worker).cmp(&(&b.device, &b.worker)));
        Ok(devices)
    }

    /// What a peer was last known to hold. What cannot be read is as if they were never met: the exchange is longer.
    pub(super) fn remembered(&self, key: &VerifyKey) -> Reply<Memory> {
        Ok(self.vault.peer(key.as_bytes())?.as_ref().map(memory).unwrap_or_default())
    }
}

pub(super) fn memory(row: &PeerRow) -> Memory {
    Memory::from_bytes(&row.memory).unwrap_or_default()
}
