//! What people settle after devices came together.

use super::{Desk, Reply};
use crate::view::{ConflictsView, MissingView, SettleAsk, UpdatedView};

impl Desk {
    /// Everything that waits for somebody to settle it.
    pub fn conflicts(&self) -> Reply<ConflictsView> {
        self.at_work(crate::app::App::conflicts_view)
    }

    /// Entries of other devices that have not come.
    pub fn missing(&self) -> Reply<Vec<MissingView>> {
        self.at_work(|app| app.missing())
    }

    /// Settles answers of one record.
    pub fn settle(&self, ask: &SettleAsk) -> Reply<UpdatedView> {
        self.at_work(|app| app.settle_told(ask))
    }
}
