//! People, devices and keys.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChildLineView, MomentView, OptionView};

/// Something that goes from one device to another by hand: as text, and as pictures where it fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PieceView {
    /// `invitation`, `request`, `admission`, `ask` or `approval`.
    pub kind: String,
    /// The text form, for a file or a message.
    pub text: String,
    /// Pictures, one after another, as SVG; empty when it is too long for pictures.
    pub codes: Vec<String>,
    /// Four words that both screens show; empty where there are none.
    pub words: Vec<String>,
    /// Until when it is taken.
    pub expires: Option<MomentView>,
}

/// A file that was written where the person's downloads go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedView {
    /// What it is called.
    pub file: String,
    /// The folder that it lies in.
    pub folder: String,
}

/// Somebody in the programme, on one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MemberView {
    /// The seat.
    pub seat: String,
    /// Its first four characters, as a locked screen shows them too.
    pub mark: String,
    /// The device: the same for everybody who works on it.
    pub on: String,
    /// The person: the same for every device of a worker.
    pub person: String,
    /// Name of the worker.
    pub worker: String,
    /// Name of the device.
    pub device: String,
    /// Codes of its roles.
    pub roles: Vec<String>,
    /// The roles in words.
    pub role_labels: Vec<String>,
    /// The site, by its id.
    pub site: Option<String>,
    /// Name of the site.
    pub site_name: String,
    /// When its newest work that is here was typed.
    pub last: Option<MomentView>,
    /// Why it is out, in words.
    pub removed: Option<String>,
    /// The seat at work.
    pub me: bool,
    /// The recovery sheet.
    pub paper: bool,
    /// It waits for keys that somebody else has to give.
    pub lacks_keys: bool,
}

/// Somebody whose admission does not count any more, because who said it was taken out by somebody who had not heard of
/// it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FormerView {
    /// The seat.
    pub seat: String,
    /// Its first four characters, as the device itself shows them.
    pub mark: String,
    /// Name of the worker; empty when nobody here can read it.
    pub worker: String,
    /// Name of the device; empty in the same way.
    pub device: String,
    /// The roles in words.
    pub role_labels: Vec<String>,
    /// Name of the site.
    pub site_name: String,
    /// Name of the worker whose word it was.
    pub by: String,
    /// What that worker signed was undone with the root key.
    pub undone: bool,
}

/// A site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SiteView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its country, in words.
    pub country: String,
}

/// Everybody, and what this seat may do about them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PeopleView {
    /// Everybody, those at work first.
    pub members: Vec<MemberView>,
    /// Who may be taken in again.
    pub former: Vec<FormerView>,
    /// Every site.
    pub sites: Vec<SiteView>,
    /// Roles to choose from.
    pub roles: Vec<OptionView>,
    /// Reasons for taking somebody out.
    pub reasons: Vec<OptionView>,
    /// May admit, change and open sites.
    pub may_admit: bool,
    /// May take out.
    pub may_remove: bool,
    /// People who are coordinators: fewer than two is one lost device away from nobody.
    pub coordinators: u32,
    /// The root key, once it is in halves.
    pub halves: HalvesView,
    /// People who are auditors: without one, nobody reads who did what.
    pub auditors: u32,
    /// Recovery sheets that count, the oldest first: several while nobody has said that the newest is on paper.
    pub sheets: Vec<SheetView>,
    /// Kinds of keys that somebody must still replace after a removal.
    pub unfinished: u32,
    /// Envelopes that wait for this seat to decide.
    pub to_review: u32,
}

/// The root key in halves, of which any two open it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct HalvesView {
    /// Somebody who holds halves does not coordinate any more, and another could: they are to be shared anew.
    pub due: bool,
    /// Who holds halves; nobody as long as the key is whole.
    pub holders: Vec<HolderView>,
}

/// Somebody who holds halves of the root key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct HolderView {
    /// The seat.
    pub seat: String,
    /// Name of the worker.
    pub worker: String,
    /// Name of the device.
    pub device: String,
    /// Still a coordinator.
    pub coordinates: bool,
    /// The seat at work.
    pub me: bool,
    /// This seat can lend it a half, to share them anew.
    pub lends: bool,
}

/// A request or an ask, as a coordinator looks at it. The words are not told: they come from the other screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AskedView {
    /// What the device is called.
    pub device: String,
    /// The worker whose words were forgotten; `null` for a new or a travelling device.
    pub worker: Option<String>,
    /// Who works on it already, when another worker of a shared device asks.
    pub beside: Option<String>,
    /// It travelled, and asks for its keys.
    pub travelled: bool,
}

/// A further worker asks from a shared device.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct AskBeside {
    /// The invitation, as text.
    pub invitation: String,
    /// The five words, typed back by the worker.
    pub words: String,
    /// Groups of the rescue code, typed back: place from 0, text.
    pub rescue_check: std::collections::BTreeMap<u8, String>,
}

/// A worker who waits on a shared device to be admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BesideView {
    /// The seat that is asked for.
    pub seat: String,
    /// Its first four characters.
    pub mark: String,
    /// The request, with its four words.
    pub request: PieceView,
}

/// Who is admitted.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct AdmitSeat {
    /// The request, as text.
    pub request: String,
    /// Name of the worker.
    pub worker: String,
    /// A seat of the same person, when the worker is in the programme already.
    pub same_person: Option<String>,
    /// Codes of roles.
    pub roles: Vec<String>,
    /// The site, by its id.
    pub site: Option<String>,
    /// The four words of the other screen.
    pub words: String,
}

/// A further worker on this device.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct AddWorker {
    /// Name of the worker.
    pub worker: String,
    /// Codes of roles.
    pub roles: Vec<String>,
    /// The site, by its id.
    pub site: Option<String>,
    /// The five words, typed back by the worker.
    pub words: String,
    /// Groups of the rescue code, typed back: place from 0, text.
    pub rescue_check: std::collections::BTreeMap<u8, String>,
}

/// A new device answers an invitation.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct RequestSeat {
    /// The invitation, as text.
    pub invitation: String,
    /// What the device is called.
    pub device: String,
    /// The five words, typed back.
    pub words: String,
    /// Groups of the rescue code, typed back: place from 0, text.
    pub rescue_check: std::collections::BTreeMap<u8, String>,
}

/// An invitation, as the device that is to join looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct InvitedView {
    /// It is to a practice programme.
    pub practice: bool,
    /// Until when it is taken.
    pub expires: MomentView,
}

/// Beginning again when every coordinator's device is lost.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct BeginFromSheet {
    /// What the members signed, as text.
    pub members: String,
    /// One page, as typed.
    pub one: String,
    /// The other page.
    pub other: String,
    /// Name of the worker.
    pub worker: String,
    /// What the device is called.
    pub device: String,
    /// The five words, typed back.
    pub words: String,
    /// Groups of the rescue code, typed back: place from 0, text.
    pub rescue_check: std::collections::BTreeMap<u8, String>,
}

/// What a removal did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RemovedView {
    /// Who is out.
    pub workers: Vec<String>,
    /// Kinds of keys that were replaced.
    pub replaced: u32,
    /// Kinds of keys that somebody else must still replace.
    pub waiting: u32,
    /// Newest work of it that is here: what is later, only that device has.
    pub last: Option<MomentView>,
}

/// How far a locked device is with getting in again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecoveryView {
    /// Seats with words here, by their first four characters.
    pub seats: Vec<OptionView>,
    /// What is asked, once it is.
    pub ask: Option<PieceView>,
    /// Coordinators who have approved.
    pub approved: u32,
    /// Enough have approved: new words are chosen next.
    pub enough: bool,
}

/// A recovery sheet that counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SheetView {
    /// The seat on paper.
    pub seat: String,
    /// Its first four characters, as its pages show them too.
    pub mark: String,
    /// When its pages were tried last.
    pub drilled: Option<MomentView>,
    /// Somebody began again from it: a new one should take its place.
    pub used: bool,
}

/// What trying two pages told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DrilledView {
    /// The sheet, as its pages show it too.
    pub mark: String,
    /// It is the newest; earlier ones have ended.
    pub newest: bool,
    /// Everybody, as it is now.
    pub people: PeopleView,
}

/// The two pages of a recovery sheet, shown once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecoverySheetView {
    /// The seat on paper.
    pub seat: String,
    /// Its first four characters.
    pub mark: String,
    /// Groups of characters of each page.
    pub pages: Vec<Vec<String>>,
    /// Name of the programme.
    pub programme: String,
}

/// What can be done about something that is kept aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Somebody takes it or leaves it aside.
    Decide,
    /// Somebody left it aside, and may take it still.
    Left,
    /// It counts once something else has come.
    Waits,
    /// It never counts.
    Never,
}

/// A record that a piece of work is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AboutView {
    /// Its number.
    pub number: String,
    /// The child, where it is known on this device and this seat may know of it.
    pub child: Option<ChildLineView>,
}

/// Work that is kept aside, or that counts here and not elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ReviewView {
    /// Names the envelope.
    pub entry: String,
    /// Name of the worker; empty when nobody knows who signed.
    pub worker: String,
    /// Name of the device.
    pub device: String,
    /// When it came here; `null` for work that was taken when it came.
    pub came: Option<MomentView>,
    /// The records that it is about; empty when this seat may not read it.
    pub records: Vec<AboutView>,
    /// Changes in it.
    pub changes: u32,
    /// This seat may not open it: somebody who reads that part has to look.
    pub closed: bool,
    /// Why it is kept aside: a stable code.
    pub code: String,
    /// The same in words.
    pub why: String,
    /// What can be done about it.
    pub state: ReviewState,
    /// It is among the records of this device: it was taken before anybody heard.
    pub taken: bool,
    /// This seat may decide.
    pub takes: bool,
    /// How many are meant: more than one where nobody knows who signed.
    pub count: u32,
}

/// A seat, as what is kept of it names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AuditedView {
    /// Its first four characters.
    pub mark: String,
    /// Name of the worker, or of the recovery sheet; empty when nobody here knows it.
    pub worker: String,
    /// Name of the device; a sheet is on none.
    pub device: String,
    /// It is a recovery sheet.
    pub paper: bool,
}

/// What somebody did that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AuditView {
    /// When.
    pub at: MomentView,
    /// Who.
    pub by: AuditedView,
    /// Code of what was done.
    pub what: String,
    /// The same in words.
    pub what_label: String,
    /// Number of the record that it was about.
    pub number: Option<String>,
    /// Whom it was about.
    pub whom: Option<AuditedView>,
    /// The reason that was typed, the rule, or the roles.
    pub why: String,
    /// Why its time cannot be right, in words; empty when nothing speaks against it.
    pub clock: String,
}

/// What was read of pictures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GatheredView {
    /// Parts that were found.
    pub have: u32,
    /// Parts that there are.
    pub of: u32,
    /// The piece as text, once all parts are there.
    pub text: Option<String>,
}
