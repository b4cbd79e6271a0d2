//! Where the work is: so far, only here.

use std::collections::BTreeSet;

use tern_record::{Compartment, DeviceId};

use crate::Reply;
use crate::app::App;
use crate::members::sheet::PAPER;
use crate::view::WhereView;

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
        })
    }
}
