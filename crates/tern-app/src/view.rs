//! What a screen asks for and what it gets. The only types of Tern that become JSON for the interface;
//! `ui/src/lib/core/generated.ts` is made from them.
//!
//! Moments are milliseconds since 1970-01-01T00:00:00Z with the offset they were typed in. Values of
//! fields are JSON in the shapes of `tern-form` (see `schema/README.md`).

mod conflict;
mod moving;

pub use conflict::*;
pub use moving::*;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use ts_rs::TS;

mod board;
mod may;
mod thing;
pub use board::*;
pub use may::*;
pub use thing::*;
mod field;
pub use field::*;
mod family;
mod members;
mod net;
mod profile;
mod sync;

pub use family::*;
pub use members::*;
pub use net::*;
pub use profile::*;
pub use sync::*;

/// A moment, and the offset from UTC that its clock had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MomentView {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[ts(type = "number")]
    pub at_ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
    /// The device doubted its clock.
    pub unsure: bool,
}

/// Which screen may be shown at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// No programme on this device yet: first run.
    New,
    /// Keys are gone; five words or the rescue code open it.
    Locked,
    /// It asked to be admitted and waits for the answer.
    Waiting,
    /// It travels: its keys were left behind.
    Travelling,
    /// The screen is hidden, the keys are kept for a short while.
    Covered,
    /// At work.
    Open,
}

/// Where the app stands. Asked at start and after every lock, cover and unlock.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct StatusView {
    /// Which screen may be shown.
    pub door: Door,
    /// A practice programme says so on every screen. `null` before there is a programme.
    pub practice: Option<bool>,
    /// Seconds until the next try to unlock is taken.
    pub wait_s: u32,
    /// Programme, site and worker; only while open.
    pub session: Option<SessionView>,
    /// Tern ended without locking; everything up to this moment is here. Told once.
    pub unexpected_end: Option<MomentView>,
    /// The clock is doubted: dates are marked, registering goes on.
    pub clock_unsure: bool,
    /// The clock is behind what other devices say, and what they say.
    pub clock_behind: Option<MomentView>,
    /// Settings that apply before unlocking too (theme, language).
    pub settings: SettingsView,
}

/// Who is at work, where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SessionView {
    /// Name of the programme.
    pub programme: String,
    /// Name of the site.
    pub site: String,
    /// Name of the worker.
    pub worker: String,
    /// What this seat may do.
    pub may: MayView,
    /// Changes that no other device has yet.
    pub to_share: u32,
    /// Records in which this worker may settle what devices answered differently.
    pub to_settle: u32,
    /// The rescue code was used: new words must be chosen before anything else.
    pub must_choose_words: bool,
}

/// Choices about looks and locking. None is about a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SettingsView {
    /// BCP 47; `en` for now.
    pub language: String,
    /// `system`, `light`, `dark` or `sun`.
    pub theme: String,
    /// `comfortable`, `compact` or `glove`.
    pub density: String,
    /// Text size in percent: 100, 115, 130 or 150.
    pub text_size: u16,
    /// Idle seconds until the screen covers itself.
    pub cover_after_s: u32,
    /// Seconds covered (or idle) until it locks; at most 600.
    pub lock_after_s: u32,
    /// Lists show numbers instead of names.
    pub discreet: bool,
    /// Single-key shortcuts (N, /, G T …).
    pub shortcuts: bool,
    /// The kind of site: at `border` no photo is ever asked for.
    pub site_kind: String,
    /// The calendar that dates are typed in at this site, a code of list `calendar`.
    pub calendar: String,
}

impl Default for SettingsView {
    fn default() -> Self {
        Self {
            language: "en".into(),
            theme: "system".into(),
            density: "comfortable".into(),
            text_size: 100,
            cover_after_s: 120,
            lock_after_s: 600,
            discreet: false,
            shortcuts: true,
            site_kind: "centre".into(),
            calendar: "gregorian".into(),
        }
    }
}

/// Freshly drawn secrets, shown once. Nothing is on disk yet.
#[derive(Clone, Serialize, TS)]
pub struct SecretsView {
    /// Five words of the public list.
    pub words: Vec<String>,
    /// The rescue code in groups.
    pub rescue_groups: Vec<String>,
}

/// A new programme; the words and two groups of the rescue code are typed back.
#[derive(Clone, Deserialize, TS)]
pub struct CreateProgramme {
    /// Name of the programme.
    pub name: String,
    /// Name of the first site.
    pub site: String,
    /// ISO 3166-1 alpha-3 of the site's country.
    pub country: String,
    /// Name of the worker.
    pub worker: String,
    /// Practice or real; chosen once.
    pub practice: bool,
    /// The five words as typed back, or an own passphrase of 15 characters and more.
    pub words: String,
    /// Groups of the rescue code typed back, by their index from 0.
    pub rescue_check: BTreeMap<u8, String>,
}

/// All interface text of one language, as Fluent source.
#[derive(Clone, Serialize, TS)]
pub struct MessagesView {
    /// BCP 47.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: String,
    /// Fluent source of `schema/locales/<language>/*.ftl`.
    pub source: String,
}

/// A form as a screen draws it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FormView {
    /// `child`, `consent` …
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Pages of the fast path, in order.
    pub pages: Vec<GroupView>,
    /// Sections of the record, in order.
    pub sections: Vec<GroupView>,
}

/// A page or a section.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GroupView {
    /// Permanent id.
    pub id: String,
    /// Heading.
    pub label: String,
    /// The fields and lists in it, in order.
    pub items: Vec<ItemView>,
}

/// A field on its own, or a list of rows.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum ItemView {
    /// One field.
    Field(FieldView),
    /// Rows that each have these fields.
    List {
        /// Permanent id of the list.
        id: String,
        /// Heading.
        label: String,
        /// Text of the button that adds a row.
        add_label: String,
        /// The list whose rows these belong to.
        of: Option<String>,
        /// The fields of a row.
        fields: Vec<FieldView>,
    },
}

/// One field of a form.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FieldView {
    /// Permanent id. Its path is `id`, or `list/<row>/id` in a list.
    pub id: String,
    /// `text`, `note`, `code`, `set`, `bool3`, `int`, `date`, `fuzzy_date`, `name`, `place`, `language`, `blob`, `instant`.
    pub kind: String,
    /// What is asked.
    pub label: String,
    /// One sentence of help.
    pub hint: Option<String>,
    /// 1 to 4.
    pub tier: u8,
    /// Whether this seat reads the answers.
    pub lock: LockView,
    /// This seat does not change the answers.
    pub fixed: bool,
    /// One of the four answers without which nothing is numbered.
    pub needed: bool,
    /// Codes to choose from.
    pub options: Vec<OptionView>,
    /// Unknown, not asked and refused may be answered here.
    pub missing_codes: bool,
    /// What a reference points to: a list of this record, or `@kind` for another record.
    pub to: Option<String>,
    /// A date in it may lie in the future.
    pub future: bool,
    /// What was said stands; a row is added or taken out, and not changed.
    pub append: bool,
    /// Standards and rules that ask for it, where the answer is sensitive.
    pub why: Vec<String>,
    /// Lines to type it in; 1 for most.
    pub lines: u8,
    /// Shown only when all of these hold: path of another field in the same row or record, and codes one of which it holds.
    pub shown_when: Vec<ConditionView>,
}

/// `field` holds one of `codes`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConditionView {
    /// Another field.
    pub field: String,
    /// Codes, or `true` and `false`.
    pub codes: Vec<String>,
}

/// A code and what to call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OptionView {
    /// Stable code.
    pub code: String,
    /// Its words in the language of the interface.
    pub label: String,
}

/// Something worth a second look. Never blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RemarkView {
    /// The field.
    pub path: String,
    /// Stable code.
    pub code: String,
    /// One sentence.
    pub text: String,
}

/// A registration that was begun. Paths may hold `+1`, `+2` … for rows that have no id yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftView {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun: MomentView,
    /// When the last keystroke reached the disk. "Saved 14:32" is this.
    pub saved: MomentView,
    /// Answers as typed, by path.
    pub answers: BTreeMap<String, Value>,
    /// Remarks on them.
    pub remarks: Vec<RemarkView>,
    /// Paths of the four needed answers that are still open.
    pub open: Vec<String>,
    /// The script of the name typed, as a message, with its romanised reading ("Arabic letters. Also found as …").
    pub name_hint: Option<NameHintView>,
    /// The number, once the four answers were there. From then on answers are changes to the record.
    pub child: Option<RegisteredView>,
}

/// What the engine makes of a typed name.
#[derive(Clone, Debug, Serialize, TS)]
pub struct NameHintView {
    /// Name of the script in the language of the interface.
    pub script: String,
    /// How it is found in Latin letters; empty when it is Latin already.
    pub found_as: String,
}

/// A child that has just been numbered.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RegisteredView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// What the form was opened with; handed back with the next change.
    pub heads: Vec<String>,
    /// How many records may be the same child. Nothing about them is said here.
    pub may_be_same: u32,
}

/// One answer that was put into a draft. `typing` while keys are still being pressed.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PutDraft {
    /// The draft.
    pub id: String,
    /// `sex`, `names/+1/name`, `consents/+1/status` …
    pub path: String,
    /// JSON of the field's kind; `null` takes the answer back.
    pub value: Value,
    /// True while somebody is typing: kept, but the child is not numbered yet.
    pub typing: bool,
}

/// The first screen of the day.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct TodayView {
    /// Drafts of this site, oldest first.
    pub drafts: Vec<DraftLineView>,
    /// Children registered or changed last on this device, newest first.
    pub last: Vec<ChildLineView>,
    /// Children on this device.
    pub children: u32,
    /// Registered here today.
    pub registered_today: u32,
    /// Asked for help before anything else and not numbered yet.
    pub help_waiting: u32,
    /// What is missing until this programme is safe for children's records.
    pub lacks: Option<LacksView>,
}

/// "Begun 14:20 by Leila". Content closed for everybody but its worker.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftLineView {
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun: MomentView,
    /// Who began it.
    pub by: String,
    /// The reader began it and may go on.
    pub mine: bool,
    /// Codes of `help_asked`: a bed, a doctor, food.
    pub help: Vec<String>,
    /// Begun five days ago or earlier.
    pub old: bool,
}

/// A child in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChildLineView {
    /// Long id.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// The name to show, or `null` when there is none yet or lists are discreet.
    pub name: Option<String>,
    /// Other names, as written.
    pub names: Vec<String>,
    /// Initials for the round mark.
    pub initials: String,
    /// Code of list `sex`, when answered.
    pub sex: Option<String>,
    /// Age today.
    pub age: Option<AgeView>,
    /// About how old, in words, where this seat may see no more than that.
    pub band: Option<String>,
    /// Last change to the record that this seat may know of.
    pub changed: MomentView,
}

/// An age in whole years.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AgeView {
    /// At the middle of what the date can mean.
    pub years: i16,
    /// Not known to the day.
    pub estimated: bool,
}

/// Answer to a search.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FindView {
    /// Best first.
    pub hits: Vec<HitView>,
    /// Children on this device.
    pub of: u32,
    /// Nothing fits; `hits` holds the nearest by sound.
    pub nearest_only: bool,
}

/// A child that was found, and why.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HitView {
    /// The child.
    pub child: ChildLineView,
    /// `exact`, `strong`, `likely` or `possible`.
    pub strength: String,
    /// Stable codes, strongest first.
    pub reasons: Vec<String>,
    /// The name that fits, and the parts of it to mark, as character offsets `[from, to)`.
    pub fits: Option<FitView>,
}

/// Where in a name the search text was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FitView {
    /// The name.
    pub name: String,
    /// Character ranges to mark.
    pub marks: Vec<(u32, u32)>,
}

/// The profile of a child.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChildView {
    /// As in lists.
    pub line: ChildLineView,
    /// Heads of the documents that this seat reads; handed back with every change.
    pub heads: Vec<String>,
    /// When the record was begun.
    pub since: MomentView,
    /// The day from which clocks run: said, or that on which the record was begun.
    pub opened: Option<String>,
    /// The day as of which the record is shown; `null` for now.
    pub as_of: Option<String>,
    /// This worker did not register the child lately: who only registers sees no more of it.
    pub others: bool,
    /// The language to speak, in words.
    pub speaks: Option<String>,
    /// Every answered field by path.
    pub fields: BTreeMap<String, HeldView>,
    /// Rows that were taken out, `list/entity`; not shown but kept.
    pub removed: Vec<String>,
    /// Key facts for the overview, in order.
    pub facts: Vec<FactView>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineView>,
    /// What was agreed, per purpose.
    pub consents: Vec<ConsentView>,
    /// The thumbnail as a data URL, where the reader may see it.
    pub thumbnail: Option<String>,
    /// Photo: `ask` (consent not asked), `refused`, `granted`, `never` (border site).
    pub photo: String,
    /// Records that may be the same child.
    pub may_be_same: u32,
    /// Fields on which devices differ.
    pub disputes: u32,
    /// Changes that have come without what they build on, and are not shown yet.
    pub waiting: u32,
    /// Remarks on the record as it stands.
    pub remarks: Vec<RemarkView>,
    /// What is worked out of the answers, by `list/row` or field.
    pub computed: BTreeMap<String, Vec<String>>,
}

/// What a field holds.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum HeldView {
    /// One answer.
    Settled {
        /// JSON of the field's kind.
        value: Value,
        /// As people read it.
        text: String,
        /// Its witness.
        said: SaidView,
    },
    /// Several that nobody has settled.
    Disputed {
        /// The one to show meanwhile.
        shown: Value,
        /// As people read it.
        text: String,
        /// Every answer, the shown one first.
        values: Vec<VoiceView>,
    },
}

/// One of several answers.
#[derive(Clone, Debug, Serialize, TS)]
pub struct VoiceView {
    /// JSON of the field's kind.
    pub value: Value,
    /// As people read it.
    pub text: String,
    /// Its witness.
    pub said: SaidView,
}

/// Who typed something, where and when.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SaidView {
    /// Id of the change.
    pub change: String,
    /// Name of the worker.
    pub by: String,
    /// Name of the device.
    pub device: String,
    /// When.
    pub at: MomentView,
}

/// A line of "Key facts".
#[derive(Clone, Debug, Serialize, TS)]
pub struct FactView {
    /// What it is.
    pub label: String,
    /// One or more readings.
    pub lines: Vec<String>,
}

/// What was agreed for one purpose.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ConsentView {
    /// The row.
    pub entity: String,
    /// Code of list `consent_purpose`.
    pub purpose: String,
    /// Its words.
    pub purpose_text: String,
    /// Code of list `consent_status`; `null` when not asked.
    pub status: Option<String>,
    /// Its words.
    pub status_text: String,
    /// The day it was given, in words, when that was written down.
    pub on: Option<String>,
    /// When it was typed.
    pub at: MomentView,
}

/// A change to a record: paths and their new values.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct EditChild {
    /// The child.
    pub id: String,
    /// The heads the form was opened with, from [`ChildView`], [`RegisteredView`] or [`EditedView`].
    pub heads: Vec<String>,
    /// New values; `null` clears. `list/+1/field` begins a row.
    pub puts: BTreeMap<String, Value>,
}

/// A change that is on disk.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EditedView {
    /// Ids of the changes made, one a compartment; empty when nothing changed.
    pub changes: Vec<String>,
    /// Ids of rows that began, by the `+n` they were sent with.
    pub rows: BTreeMap<String, String>,
    /// Heads now.
    pub heads: Vec<String>,
    /// When it reached the disk.
    pub saved: MomentView,
    /// Remarks on what was typed.
    pub remarks: Vec<RemarkView>,
}

/// One change in the history.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangeView {
    /// Id of the change.
    pub change: String,
    /// When.
    pub at: MomentView,
    /// Who typed it.
    pub by: String,
    /// On which device.
    pub device: String,
    /// Why its time cannot be right, in words; empty when nothing speaks against it.
    pub clock: String,
    /// `registered`, `typed`, `put_back`, `attached`, `imported`, `derived`.
    pub cause: String,
    /// Its words.
    pub cause_text: String,
    /// What was put.
    pub puts: Vec<ChangedView>,
}

/// One field of a change.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChangedView {
    /// The path.
    pub path: String,
    /// What the field is called.
    pub label: String,
    /// What its author saw before; more than one when it was disputed; empty when blank.
    pub before: Vec<String>,
    /// What was put, as people read it; empty when cleared.
    pub after: String,
    /// The value was sealed as a narrative and is gone.
    pub erased: bool,
    /// An answer of the protection part: not for eyes beside the screen.
    pub protection: bool,
}

/// A record that may be the same child. What the reader may not see is not in it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SameView {
    /// Long id of the other record.
    pub id: String,
    /// `7K2M-4QX9`.
    pub short_id: String,
    /// Part of a name, as a registrar may see it.
    pub part_of_name: Option<String>,
    /// Like "about 9 to 11", in words.
    pub age_band: Option<String>,
    /// `many` or `some` facts fit.
    pub strength: String,
    /// One per fact.
    pub facts: Vec<SameFactView>,
}

/// One compared fact.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SameFactView {
    /// `name`, `sex`, `age`, `language`, `place`.
    pub kind: String,
    /// `same`, `close`, `different` or `not_known`.
    pub verdict: String,
}

/// A photo that was added.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PhotoView {
    /// Hash of the sealed photo.
    pub blob: String,
    /// Size in bytes.
    pub bytes: u32,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Heads now.
    pub heads: Vec<String>,
}

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

/// What a screen shows when something was refused.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FailureView {
    /// Stable code to branch on.
    pub code: String,
    /// One sentence. Never a child's data.
    pub message: String,
    /// Ways out.
    pub hints: Vec<String>,
    /// The fields it is about.
    pub paths: Vec<String>,
    /// Seconds to wait, for `wait`.
    pub wait_s: Option<u32>,
}

/// Children against needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BoardView {
    /// One a need, in order.
    pub columns: Vec<ColumnView>,
    /// One a child, most urgent first.
    pub rows: Vec<RowView>,
    /// Groups that children of this site are in.
    pub circles: Vec<String>,
    /// The day it was made for.
    pub today: String,
}

/// A need over all children.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ColumnView {
    /// Code of the need.
    pub need: String,
    /// What it is called.
    pub label: String,
    /// Children still without.
    #[ts(type = "number")]
    pub open: usize,
    /// Of these, over their time.
    #[ts(type = "number")]
    pub late: usize,
    /// Days from the start of the clock until it is late.
    pub target: i32,
}

/// Where a child stands on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RowGroup {
    /// No safe place tonight.
    NoSafePlace,
    /// Wants an answer today.
    Today,
    /// Something is late.
    Late,
    /// Something is open.
    Waiting,
    /// Nothing is open.
    InPlace,
}

/// A child against the needs.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RowView {
    /// The child as lists show it.
    pub line: ChildLineView,
    /// Where it stands.
    pub group: RowGroup,
    /// Group within the site; empty for none.
    pub circle: String,
    /// Most days that an open need has waited.
    pub longest: i32,
    /// Days since the child came here; absent when nobody knows.
    pub here: Option<i32>,
    /// This worker has the child in care.
    pub mine: bool,
    /// Things to do today or later.
    #[ts(type = "number")]
    pub tasks: usize,
    /// Cells by code of the need.
    pub cells: BTreeMap<String, CellView>,
}

/// How a need of a child stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CellView {
    /// `in_place`, `said`, `not_assessed`, `not_fit`, `not_needed`, `waiting`, `asked`, `referred`, `refused`, `not_asked`,
    /// `not_possible`.
    pub state: String,
    /// Days waiting, while the need is open.
    pub days: Option<i32>,
    /// Over its time.
    pub late: bool,
    /// Still there.
    pub open: bool,
    /// Why it was refused or cannot be had here, in words, when that was said.
    pub why: Option<String>,
    /// The moment by which it is due, where its clock counts hours.
    pub due_at: Option<MomentView>,
}

/// One thing to do.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TaskView {
    /// Names it for as long as it is open.
    pub id: String,
    /// The child's long id.
    pub child: String,
    /// The number.
    pub short_id: String,
    /// Code.
    pub kind: String,
    /// What to do.
    pub text: String,
    /// The rule or figure behind it.
    pub reason: String,
    /// Since when.
    pub since: String,
    /// Late after this day.
    pub due: String,
    /// The moment by which it is due, where its clock counts hours.
    pub due_at: Option<MomentView>,
    /// Days since it began.
    pub days: i32,
    /// Days over its time, or 0.
    pub late_days: i32,
    /// Half its time is gone.
    pub near: bool,
    /// Wants an answer today.
    pub urgent: bool,
    /// Asked for, opened or declared on this day.
    pub asked: Option<String>,
    /// The row that it is about.
    pub about: Option<String>,
}

/// What was learned about a need of one or several children.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UpdateNeed {
    /// Long ids or numbers.
    pub ids: Vec<String>,
    /// Code of the need.
    pub need: String,
    /// Code of what happened, one of those the need offers.
    pub outcome: String,
    /// The day it happened; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// Code of the reason, where the outcome asks for one.
    #[serde(default)]
    pub reason: Option<String>,
    /// Who, where the outcome asks for it.
    #[serde(default)]
    pub who: Option<String>,
    /// A note, or the child's own words.
    #[serde(default)]
    pub words: Option<String>,
}

/// An answer that a cell of the board offers.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutcomeView {
    /// Code.
    pub code: String,
    /// What it says.
    pub label: String,
    /// Asks for a reason out of these; empty when it asks for none.
    pub reasons: Vec<OptionView>,
    /// Asks who.
    pub asks_who: bool,
    /// Asks for words, and what they are called: a reason, or the child's own view.
    pub asks_words: Option<String>,
    /// May be said of several children at once.
    pub bulk: bool,
}

/// What an update did, and what takes it back.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UpdatedView {
    /// In words: "School for Yonas: attending".
    pub text: String,
    /// The changes it made, for [`undo`](crate::needs).
    pub changes: Vec<ChangeRef>,
    /// Children that were changed.
    #[ts(type = "number")]
    pub children: usize,
}

/// A change of a child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChangeRef {
    /// The child's long id.
    pub child: String,
    /// The change.
    pub change: String,
}

/// Who was seen, and who was not.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RollCall {
    /// Long ids of all who should be there.
    pub expected: Vec<String>,
    /// Long ids of those who were ticked.
    pub present: Vec<String>,
}

/// An answer that waits for a second worker.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProposalView {
    /// The change that proposed it.
    pub change: String,
    /// What it is about.
    pub label: String,
    /// The proposed answer, in words.
    pub text: String,
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: MomentView,
    /// This worker proposed it, and so cannot confirm it.
    pub mine: bool,
}
