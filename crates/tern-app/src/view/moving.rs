//! Moving an entry to the record it belongs to.

use serde::Serialize;
use ts_rs::TS;

use super::ChangeRef;

/// An entry that went to another record.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MovedView {
    /// Long id of the record that has it now.
    pub child: String,
    /// The entry there, `list/row` or a field: moving it back takes this.
    pub entry: String,
    /// The changes that it made, in both records.
    pub changes: Vec<ChangeRef>,
}
