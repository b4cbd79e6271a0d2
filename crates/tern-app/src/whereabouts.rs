//! Where the work is: so far, only here.

use tern_record::Compartment;

use crate::Reply;
use crate::app::App;
use crate::view::WhereView;

impl App {
    /// Changes that no other device or hub holds.
    pub fn changes_only_here(&self) -> Reply<u32> {
        Ok(self.vault.count_intents()?.0)
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
            one_device: self.roster.seats.len() < 2,
        })
    }
}
