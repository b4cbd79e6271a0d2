//! Work that stays here until somebody acts.

use serde::Serialize;
use ts_rs::TS;

/// Work for a site whose opening does not count any more: nobody takes it until it goes to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct StrandedView {
    /// Changes that wait.
    pub changes: u32,
    /// What these sites were called, comma between.
    pub sites: String,
    /// The site where this worker works now and to which it can go; empty when there is none yet.
    pub to: String,
}

/// Work that its worker has not sealed and that nobody else can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct UnsealedView {
    /// The worker.
    pub worker: String,
    /// Changes.
    pub changes: u32,
}
