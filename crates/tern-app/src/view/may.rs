//! What this seat may do, so that nothing is offered that would be refused. The core refuses all the same.

use serde::Serialize;
use ts_rs::TS;

use super::OptionView;

/// What this seat may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MayView {
    /// Its roles, in words.
    pub roles: Vec<OptionView>,
    /// It sees children at all: board, tasks, find.
    pub children: bool,
    /// It sees of children only counts and who is overdue.
    pub overdue: bool,
    /// It looks children up by name, not by number alone.
    pub names: bool,
    /// It sees how old children are, at least about.
    pub ages: bool,
    /// It registers children.
    pub registers: bool,
    /// It notes who was seen at the roll-call, and groups.
    pub rolls: bool,
    /// Codes of the needs of which it may tell something.
    pub needs: Vec<String>,
    /// It takes children into its care, and leaves them.
    pub takes_on: bool,
    /// It counts arrivals.
    pub arrivals: bool,
    /// It types forms from paper.
    pub papers: bool,
    /// It writes down what children and others say of the work.
    pub feedback: bool,
    /// Codes of the kinds of other records that it reads.
    pub kinds: Vec<String>,
    /// Those of them that it begins and changes.
    pub writes_kinds: Vec<String>,
    /// It makes a child's own copy.
    pub copies: bool,
    /// It opens something restricted, for a reason.
    pub restricted: bool,
    /// It confirms what another worker proposed.
    pub confirms: bool,
    /// It settles what devices answered differently.
    pub settles: bool,
    /// It moves an entry to another child.
    pub moves: bool,
    /// It reads who read what.
    pub audits: bool,
    /// It admits, changes roles, opens sites and approves for locked devices.
    pub admits: bool,
    /// It takes lost devices out.
    pub removes: bool,
    /// It looks at the work of removed devices.
    pub reviews: bool,
    /// It checks cards.
    pub cards: bool,
}

/// Whether this seat reads an answer to a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockView {
    /// It does; what is restricted for a reason.
    Open,
    /// Of the children whom this worker registered lately.
    Others,
    /// It does not, whatever child it is.
    Always,
}
