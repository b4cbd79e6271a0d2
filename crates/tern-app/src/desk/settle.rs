//! What people settle after devices came together.

use super::{Desk, Reply};
use crate::view::{ConflictsView, SettleAsk, UpdatedView};

impl Desk {
    /// Everything that waits for somebody to settle it.
    pub fn conflicts(&self) -> Reply<ConflictsView> {
        self.at_work(crate::app::App::conflicts_view)
    }

    /// Settles answers of one record.
    pub fn settle(&self, ask: &SettleAsk) -> Reply<UpdatedView> {
        self.at_work(|app| app.settle_told(ask))
    }
}
