//! Where the work is, and what keeps it there.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{Compartment, DeviceId, SeatId};

use crate::Reply;
use crate::app::App;
use crate::exchange::status::{OtherDevice, WorkIs};
use crate::members::sheet::PAPER;
use crate::view::{DeviceLineView, LacksView, UnsealedView, WhereView};

/// Seven days: a device that said nothing for longer is late.
const LATE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl App {
    /// Changes that nobody else is known to hold; once they all are elsewhere, the photos and long texts that are not.
    pub fn to_share(&self) -> Reply<u32> {
        if self.vault.peers()?.is_empty() {
            return Ok(self.vault.count_intents()?.0);
        }
        let is = self.where_work_is()?;
        Ok(if is.only_here > 0 { is.only_here } else { is.files_only_here })
    }

    /// Devices that somebody works on now; paper is none.
    fn devices_at_work(&self) -> usize {
        let seats = self.roster.seats.values().filter(|seat| seat.removed.is_none());
        let devices: BTreeSet<DeviceId> = seats.map(|seat| seat.certificate.device).collect();
        devices.iter().filter(|device| **device != PAPER).count()
    }

    /// What keeps a programme from being safe for children's records; nothing once all of it is there.
    fn lacks_of(&self, is: &WorkIs) -> Option<LacksView> {
        let lacks = LacksView {
            device: self.devices_at_work() < 2,
            sheet: self.sheets().is_empty(),
            copy: is.only_here > 0 && is.at_hub + is.on_another_device == 0,
            empty: is.only_here + is.at_hub + is.on_another_device == 0,
        };
        (lacks.device || lacks.sheet || lacks.copy).then_some(lacks)
    }

    /// The same of a real programme: in a practice programme there is nothing to lose.
    pub(crate) fn is_not_safe(&self) -> Reply<Option<LacksView>> {
        if self.practice { Ok(None) } else { Ok(self.lacks_of(&self.where_work_is()?)) }
    }

    /// Where the work of this device is, and what would be lost with it.
    pub fn whereabouts(&self) -> Reply<WhereView> {
        let is = self.where_work_is()?;
        let photos = match self.views.get(&Compartment::Protection) {
            Some(view) => view.count_thumbnails()?,
            None => 0,
        };
        let now = self.ports.clock.now_ms();
        let line = |other: &OtherDevice| DeviceLineView {
            seat: other.seat.to_hex(),
            device: other.device.clone(),
            worker: other.worker.clone(),
            met: other.met_ms.map(|at| self.moment_of(at)),
            late: other.met_ms.is_some_and(|at| now - at > LATE_MS),
            behind: other.behind,
            clock: self
                .roster
                .certificate(other.seat)
                .map(|seat| self.clock_of_device(seat.device, &other.device))
                .unwrap_or_default(),
        };
        let device_of = |seat: &SeatId| self.names.get(seat).map(|names| names.device.clone());
        Ok(WhereView {
            at_hub: is.at_hub,
            on_another_device: is.on_another_device,
            changes_only_here: is.only_here,
            children_only_here: is.children_only_here,
            files_only_here: is.files_only_here,
            children: self.vault.count_children()?,
            photos,
            helpers: u32::try_from(self.helpers().len()).unwrap_or(u32::MAX),
            lacks: if self.practice { None } else { self.lacks_of(&is) },
            devices: is.devices.iter().map(line).collect(),
            copied: is.copied.iter().filter_map(device_of).collect(),
            stranded: self.stranded()?,
            unsealed_of: self.unsealed_of()?,
        })
    }

    /// Workers of this device who are out and whose slots alone sign what they did last.
    fn unsealed_of(&self) -> Reply<Vec<UnsealedView>> {
        let mut waiting: BTreeMap<SeatId, u32> = BTreeMap::new();
        for (seat, scope, changes) in self.vault.unsealed_by_seat()? {
            if !self.roster.is_in(seat) && self.roster.scopes.contains_key(&scope) {
                *waiting.entry(seat).or_default() += changes;
            }
        }
        let view = |(seat, changes)| {
            let worker = self.names.get(&seat).map(|names| names.worker.clone()).unwrap_or_default();
            UnsealedView { worker, changes }
        };
        Ok(waiting.into_iter().map(view).collect())
    }
}
