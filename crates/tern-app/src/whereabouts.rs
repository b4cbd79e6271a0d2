//! Where the work is: so far, only here.

use std::collections::{BTreeMap, BTreeSet};

use tern_record::{Compartment, DeviceId, SeatId};

use crate::Reply;
use crate::app::App;
use crate::members::sheet::PAPER;
use crate::view::{UnsealedView, WhereView};

impl App {
    /// Changes that no other device or hub holds.
    pub fn changes_only_here(&self) -> Reply<u32> {
        Ok(self.vault.count_intents()?.0)
    }

    /// Devices that somebody works on now; paper is none.
    fn devices_at_work(&self) -> usize {
        let seats = self.roster.seats.values().filter(|seat| seat.removed.is_none());
        let devices: BTreeSet<DeviceId> = seats.map(|seat| seat.certificate.device).collect();
        devices.iter().filter(|device| **device != PAPER).count()
    }

    /// Counts what would be lost with this device. Nothing leaves a device yet, so everything is only here.
    pub fn whereabouts(&self) -> Reply<WhereView> {
        let (changes, unsealed) = self.vault.count_intents()?;
        let children = self.vault.count_children()?;
        let photos = match self.views.get(&Compartment::Protection) {
            Some(view) => view.count_thumbnails()?,
            None => 0,
        };
        Ok(WhereView {
            changes_only_here: changes,
            children_only_here: children,
            changes,
            children,
            sealed: changes - unsealed,
            photos,
            helpers: u32::try_from(self.helpers().len()).unwrap_or(u32::MAX),
            one_device: self.devices_at_work() < 2 || self.sheets().is_empty() || changes > 0,
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
