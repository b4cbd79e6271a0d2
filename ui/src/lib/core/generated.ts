// Made from crates/tern-app/src/view.rs by its tests; do not edit.
export type JsonValue = unknown;
export type MomentView = { 
/**
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
at_ms: number, 
/**
 * Minutes east of UTC.
 */
offset_min: number, 
/**
 * The device doubted its clock.
 */
unsure: boolean, };
export type KindView = { 
/**
 * The kind that forms name.
 */
kind: string, 
/**
 * The form that it is filled with.
 */
form: string, 
/**
 * What records of it are called together.
 */
label: string, 
/**
 * What one of them is called.
 */
one: string, 
/**
 * Text of the button that begins one.
 */
add_label: string, 
/**
 * What is said while there is none.
 */
none: string, 
/**
 * How many are on this device.
 */
count: number, 
/**
 * The path that a typed name is put to when one is begun from its name alone; `+1` begins a row.
 */
named_at: string | null, };
export type ReadView = { 
/**
 * JSON of the field's kind, as it would come out.
 */
value: JsonValue, 
/**
 * As people read it.
 */
text: string, };
export type MrzView = { 
/**
 * One sentence for each digit that does not fit.
 */
faults: Array<string>, 
/**
 * What can be filled in from them.
 */
reads: Array<MrzReadView>, };
export type MrzReadView = { 
/**
 * Field of the document's row.
 */
field: string, 
/**
 * What it is called.
 */
label: string, 
/**
 * As people read it.
 */
text: string, 
/**
 * JSON of the field's kind.
 */
value: JsonValue, 
/**
 * A check digit stands behind it, and fits.
 */
checked: boolean, };
export type ThingLineView = { 
/**
 * Long id.
 */
id: string, 
/**
 * `7K2M-4QX9`.
 */
short_id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * What is worked out of its answers, one line each.
 */
facts: Array<FactView>, };
export type ThingView = { 
/**
 * Long id.
 */
id: string, 
/**
 * `7K2M-4QX9`.
 */
short_id: string, 
/**
 * Its kind.
 */
kind: string, 
/**
 * What it is called; empty when nothing is answered any more.
 */
title: string, 
/**
 * Heads of the documents that this seat reads; handed back with every change.
 */
heads: Array<string>, 
/**
 * Every answered field by path.
 */
fields: { [key in string]: HeldView }, 
/**
 * Rows that were taken out, `list/entity`; not shown but kept.
 */
removed: Array<string>, 
/**
 * What is worked out of its answers.
 */
facts: Array<FactView>, 
/**
 * Remarks on the record as it stands.
 */
remarks: Array<RemarkView>, 
/**
 * It may be handed on as text: nothing in it is about a person.
 */
as_text: boolean, };
export type BeginThing = { 
/**
 * Its kind.
 */
kind: string, 
/**
 * Answers by path; `list/+1/field` begins a row.
 */
puts: { [key in string]: JsonValue }, };
export type BegunView = { 
/**
 * Long id.
 */
id: string, 
/**
 * `7K2M-4QX9`.
 */
short_id: string, 
/**
 * What it is called.
 */
title: string, 
/**
 * Ids of the changes made.
 */
changes: Array<string>, 
/**
 * Heads now.
 */
heads: Array<string>, 
/**
 * When it reached the disk.
 */
saved: MomentView, };
export type Door = "new" | "locked" | "waiting" | "travelling" | "covered" | "open";
export type StatusView = { 
/**
 * Which screen may be shown.
 */
door: Door, 
/**
 * A practice programme says so on every screen. `null` before there is a programme.
 */
practice: boolean | null, 
/**
 * Seconds until the next try to unlock is taken.
 */
wait_s: number, 
/**
 * Programme, site and worker; only while open.
 */
session: SessionView | null, 
/**
 * Tern ended without locking; everything up to this moment is here. Told once.
 */
unexpected_end: MomentView | null, 
/**
 * The clock is doubted: dates are marked, registering goes on.
 */
clock_unsure: boolean, 
/**
 * The clock is behind what other devices say, and what they say.
 */
clock_behind: MomentView | null, 
/**
 * Settings that apply before unlocking too (theme, language).
 */
settings: SettingsView, };
export type SessionView = { 
/**
 * Name of the programme.
 */
programme: string, 
/**
 * Name of the site.
 */
site: string, 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * What this seat may do.
 */
may: MayView, 
/**
 * Changes that no other device has yet.
 */
to_share: number, 
/**
 * Records in which this worker may settle what devices answered differently.
 */
to_settle: number, 
/**
 * The rescue code was used: new words must be chosen before anything else.
 */
must_choose_words: boolean, };
export type SettingsView = { 
/**
 * BCP 47; `en` for now.
 */
language: string, 
/**
 * `system`, `light`, `dark` or `sun`.
 */
theme: string, 
/**
 * `comfortable`, `compact` or `glove`.
 */
density: string, 
/**
 * Text size in percent: 100, 115, 130 or 150.
 */
text_size: number, 
/**
 * Idle seconds until the screen covers itself.
 */
cover_after_s: number, 
/**
 * Seconds covered (or idle) until it locks; at most 600.
 */
lock_after_s: number, 
/**
 * Lists show numbers instead of names.
 */
discreet: boolean, 
/**
 * Single-key shortcuts (N, /, G T …).
 */
shortcuts: boolean, 
/**
 * The kind of site: at `border` no photo is ever asked for.
 */
site_kind: string, 
/**
 * The calendar that dates are typed in at this site, a code of list `calendar`.
 */
calendar: string, };
export type SecretsView = { 
/**
 * Five words of the public list.
 */
words: Array<string>, 
/**
 * The rescue code in groups.
 */
rescue_groups: Array<string>, };
export type CreateProgramme = { 
/**
 * Name of the programme.
 */
name: string, 
/**
 * Name of the first site.
 */
site: string, 
/**
 * ISO 3166-1 alpha-3 of the site's country.
 */
country: string, 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * Practice or real; chosen once.
 */
practice: boolean, 
/**
 * The five words as typed back, or an own passphrase of 15 characters and more.
 */
words: string, 
/**
 * Groups of the rescue code typed back, by their index from 0.
 */
rescue_check: { [key in number]: string }, };
export type MessagesView = { 
/**
 * BCP 47.
 */
language: string, 
/**
 * `ltr` or `rtl`.
 */
direction: string, 
/**
 * Fluent source of `schema/locales/<language>/*.ftl`.
 */
source: string, };
export type FormView = { 
/**
 * `child`, `consent` …
 */
id: string, 
/**
 * Its version.
 */
version: number, 
/**
 * Pages of the fast path, in order.
 */
pages: Array<GroupView>, 
/**
 * Sections of the record, in order.
 */
sections: Array<GroupView>, };
export type GroupView = { 
/**
 * Permanent id.
 */
id: string, 
/**
 * Heading.
 */
label: string, 
/**
 * The fields and lists in it, in order.
 */
items: Array<ItemView>, };
export type ItemView = { "item": "field" } & FieldView | { "item": "list", 
/**
 * Permanent id of the list.
 */
id: string, 
/**
 * Heading.
 */
label: string, 
/**
 * Text of the button that adds a row.
 */
add_label: string, 
/**
 * The list whose rows these belong to.
 */
of: string | null, 
/**
 * The fields of a row.
 */
fields: Array<FieldView>, };
export type FieldView = { 
/**
 * Permanent id. Its path is `id`, or `list/<row>/id` in a list.
 */
id: string, 
/**
 * `text`, `note`, `code`, `set`, `bool3`, `int`, `date`, `fuzzy_date`, `name`, `place`, `language`, `blob`, `instant`.
 */
kind: string, 
/**
 * What is asked.
 */
label: string, 
/**
 * One sentence of help.
 */
hint: string | null, 
/**
 * 1 to 4.
 */
tier: number, 
/**
 * Whether this seat reads the answers.
 */
lock: LockView, 
/**
 * This seat does not change the answers.
 */
fixed: boolean, 
/**
 * One of the four answers without which nothing is numbered.
 */
needed: boolean, 
/**
 * Codes to choose from.
 */
options: Array<OptionView>, 
/**
 * Unknown, not asked and refused may be answered here.
 */
missing_codes: boolean, 
/**
 * What a reference points to: a list of this record, or `@kind` for another record.
 */
to: string | null, 
/**
 * A date in it may lie in the future.
 */
future: boolean, 
/**
 * What was said stands; a row is added or taken out, and not changed.
 */
append: boolean, 
/**
 * Standards and rules that ask for it, where the answer is sensitive.
 */
why: Array<string>, 
/**
 * Lines to type it in; 1 for most.
 */
lines: number, 
/**
 * Shown only when all of these hold: path of another field in the same row or record, and codes one of which it holds.
 */
shown_when: Array<ConditionView>, };
export type ConditionView = { 
/**
 * Another field.
 */
field: string, 
/**
 * Codes, or `true` and `false`.
 */
codes: Array<string>, };
export type OptionView = { 
/**
 * Stable code.
 */
code: string, 
/**
 * Its words in the language of the interface.
 */
label: string, };
export type RemarkView = { 
/**
 * The field.
 */
path: string, 
/**
 * Stable code.
 */
code: string, 
/**
 * One sentence.
 */
text: string, };
export type DraftView = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it was begun.
 */
begun: MomentView, 
/**
 * When the last keystroke reached the disk. "Saved 14:32" is this.
 */
saved: MomentView, 
/**
 * Answers as typed, by path.
 */
answers: { [key in string]: JsonValue }, 
/**
 * Remarks on them.
 */
remarks: Array<RemarkView>, 
/**
 * Paths of the four needed answers that are still open.
 */
open: Array<string>, 
/**
 * The script of the name typed, as a message, with its romanised reading ("Arabic letters. Also found as …").
 */
name_hint: NameHintView | null, 
/**
 * The number, once the four answers were there. From then on answers are changes to the record.
 */
child: RegisteredView | null, };
export type NameHintView = { 
/**
 * Name of the script in the language of the interface.
 */
script: string, 
/**
 * How it is found in Latin letters; empty when it is Latin already.
 */
found_as: string, };
export type RegisteredView = { 
/**
 * Long id.
 */
id: string, 
/**
 * `7K2M-4QX9`.
 */
short_id: string, 
/**
 * What the form was opened with; handed back with the next change.
 */
heads: Array<string>, 
/**
 * How many records may be the same child. Nothing about them is said here.
 */
may_be_same: number, };
export type PutDraft = { 
/**
 * The draft.
 */
id: string, 
/**
 * `sex`, `names/+1/name`, `consents/+1/status` …
 */
path: string, 
/**
 * JSON of the field's kind; `null` takes the answer back.
 */
value: JsonValue, 
/**
 * True while somebody is typing: kept, but the child is not numbered yet.
 */
typing: boolean, };
export type TodayView = { 
/**
 * Drafts of this site, oldest first.
 */
drafts: Array<DraftLineView>, 
/**
 * Children registered or changed last on this device, newest first.
 */
last: Array<ChildLineView>, 
/**
 * Children on this device.
 */
children: number, 
/**
 * Registered here today.
 */
registered_today: number, 
/**
 * Asked for help before anything else and not numbered yet.
 */
help_waiting: number, 
/**
 * What is missing until this programme is safe for children's records.
 */
lacks: LacksView | null, };
export type DraftLineView = { 
/**
 * Its id.
 */
id: string, 
/**
 * When it was begun.
 */
begun: MomentView, 
/**
 * Who began it.
 */
by: string, 
/**
 * The reader began it and may go on.
 */
mine: boolean, 
/**
 * Codes of `help_asked`: a bed, a doctor, food.
 */
help: Array<string>, 
/**
 * Begun five days ago or earlier.
 */
old: boolean, };
export type ChildLineView = { 
/**
 * Long id.
 */
id: string, 
/**
 * `7K2M-4QX9`.
 */
short_id: string, 
/**
 * The name to show, or `null` when there is none yet or lists are discreet.
 */
name: string | null, 
/**
 * Other names, as written.
 */
names: Array<string>, 
/**
 * Initials for the round mark.
 */
initials: string, 
/**
 * Code of list `sex`, when answered.
 */
sex: string | null, 
/**
 * Age today.
 */
age: AgeView | null, 
/**
 * About how old, in words, where this seat may see no more than that.
 */
band: string | null, 
/**
 * Last change to the record that this seat may know of.
 */
changed: MomentView, };
export type AgeView = { 
/**
 * At the middle of what the date can mean.
 */
years: number, 
/**
 * Not known to the day.
 */
estimated: boolean, };
export type FindView = { 
/**
 * Best first.
 */
hits: Array<HitView>, 
/**
 * Children on this device.
 */
of: number, 
/**
 * Nothing fits; `hits` holds the nearest by sound.
 */
nearest_only: boolean, };
export type HitView = { 
/**
 * The child.
 */
child: ChildLineView, 
/**
 * `exact`, `strong`, `likely` or `possible`.
 */
strength: string, 
/**
 * Stable codes, strongest first.
 */
reasons: Array<string>, 
/**
 * The name that fits, and the parts of it to mark, as character offsets `[from, to)`.
 */
fits: FitView | null, };
export type FitView = { 
/**
 * The name.
 */
name: string, 
/**
 * Character ranges to mark.
 */
marks: Array<[number, number]>, };
export type ChildView = { 
/**
 * As in lists.
 */
line: ChildLineView, 
/**
 * Heads of the documents that this seat reads; handed back with every change.
 */
heads: Array<string>, 
/**
 * When the record was begun.
 */
since: MomentView, 
/**
 * The day from which clocks run: said, or that on which the record was begun.
 */
opened: string | null, 
/**
 * The day as of which the record is shown; `null` for now.
 */
as_of: string | null, 
/**
 * This worker did not register the child lately: who only registers sees no more of it.
 */
others: boolean, 
/**
 * The language to speak, in words.
 */
speaks: string | null, 
/**
 * Every answered field by path.
 */
fields: { [key in string]: HeldView }, 
/**
 * Rows that were taken out, `list/entity`; not shown but kept.
 */
removed: Array<string>, 
/**
 * Key facts for the overview, in order.
 */
facts: Array<FactView>, 
/**
 * What happened, newest first.
 */
timeline: Array<TimelineView>, 
/**
 * What was agreed, per purpose.
 */
consents: Array<ConsentView>, 
/**
 * The thumbnail as a data URL, where the reader may see it.
 */
thumbnail: string | null, 
/**
 * Photo: `ask` (consent not asked), `refused`, `granted`, `never` (border site).
 */
photo: string, 
/**
 * Records that may be the same child.
 */
may_be_same: number, 
/**
 * Fields on which devices differ.
 */
disputes: number, 
/**
 * Changes that have come without what they build on, and are not shown yet.
 */
waiting: WaitingView, 
/**
 * Remarks on the record as it stands.
 */
remarks: Array<RemarkView>, 
/**
 * What is worked out of the answers, by `list/row` or field.
 */
computed: { [key in string]: Array<string> }, };
export type HeldView = { "state": "settled", 
/**
 * JSON of the field's kind.
 */
value: JsonValue, 
/**
 * As people read it.
 */
text: string, 
/**
 * Its witness.
 */
said: SaidView, } | { "state": "disputed", 
/**
 * The one to show meanwhile.
 */
shown: JsonValue, 
/**
 * As people read it.
 */
text: string, 
/**
 * Every answer, the shown one first.
 */
values: Array<VoiceView>, };
export type VoiceView = { 
/**
 * JSON of the field's kind.
 */
value: JsonValue, 
/**
 * As people read it.
 */
text: string, 
/**
 * Its witness.
 */
said: SaidView, };
export type ConflictsView = { 
/**
 * Records with something to settle.
 */
records: Array<ConflictRecordView>, 
/**
 * Changes of other devices that merged by themselves.
 */
merged: number, };
export type ConflictRecordView = { 
/**
 * The child.
 */
line: ChildLineView, 
/**
 * Heads of what is shown: answers that come meanwhile are not settled by it.
 */
heads: Array<string>, 
/**
 * What is to be settled, and then what is only to be known.
 */
fields: Array<ConflictView>, };
export type ConflictView = { 
/**
 * Its path.
 */
path: string, 
/**
 * The question, for writing another answer.
 */
field: FieldView, 
/**
 * It is never settled, only shown: birth dates.
 */
claims: boolean, 
/**
 * A claim says 18 or more, and the child is protected as one all the same.
 */
age_doubt: boolean, 
/**
 * Which answer is shown meanwhile is decided by its rule: the one that protects.
 */
safer: boolean, 
/**
 * Several answers can be kept.
 */
both: boolean, 
/**
 * Its entry went to another child while this was written: choosing it takes it along.
 */
left: boolean, 
/**
 * It belongs to the protection part, and opens when nobody looks over the shoulder.
 */
protection: boolean, 
/**
 * This seat may write there.
 */
may: boolean, 
/**
 * Every answer, as it was said first: the order is that of saying.
 */
voices: Array<ClaimView>, };
export type ClaimView = { 
/**
 * The change that is kept by choosing it.
 */
change: string, 
/**
 * As people read it; empty when the answer was taken out.
 */
text: string, 
/**
 * From where it was known, in words; empty when nobody said so.
 */
source: string, 
/**
 * Who said it, where and when.
 */
said: SaidView, 
/**
 * Why that time cannot be right, in words; empty when nothing speaks against it.
 */
clock: string, };
export type LacksView = { 
/**
 * A second device.
 */
device: boolean, 
/**
 * A recovery sheet.
 */
sheet: boolean, 
/**
 * A copy of what is recorded at another place.
 */
copy: boolean, 
/**
 * Nothing is recorded yet, of which there could be a copy.
 */
empty: boolean, };
export type MissingView = { 
/**
 * Who wrote them.
 */
worker: string, 
/**
 * On which device.
 */
device: string, 
/**
 * The number of the first, from 1.
 */
from: number, 
/**
 * The number of the last.
 */
to: number, 
/**
 * So many later ones have come.
 */
behind: number, };
export type WaitingView = { 
/**
 * How many.
 */
changes: number, 
/**
 * Devices that wrote them, by name: each holds what they build on.
 */
with: Array<string>, };
export type SettleAsk = { 
/**
 * The record.
 */
id: string, 
/**
 * Heads of what was looked at; empty for now's.
 */
heads: Array<string>, 
/**
 * What is settled, and how.
 */
settles: Array<SettleOne>, };
export type SettleOne = { 
/**
 * Its path.
 */
path: string, 
/**
 * How.
 */
by: SettleBy, };
export type SettleBy = { "way": "keep", 
/**
 * Its id.
 */
change: string, } | { "way": "write", 
/**
 * JSON of the field's kind.
 */
value: JsonValue, } | { "way": "both" };
export type SaidView = { 
/**
 * Id of the change.
 */
change: string, 
/**
 * Name of the worker.
 */
by: string, 
/**
 * Name of the device.
 */
device: string, 
/**
 * When.
 */
at: MomentView, };
export type FactView = { 
/**
 * What it is.
 */
label: string, 
/**
 * One or more readings.
 */
lines: Array<string>, };
export type TimelineView = { 
/**
 * Chooses the icon: `begun`, `consent`, `service`, `guardian`, `birth`, `document`, `care`, `interests`, `family`,
 * `photo`, `case`, `told`, `age`.
 */
kind: string, 
/**
 * What happened, in words of the field.
 */
text: string, 
/**
 * Who typed it.
 */
by: string, 
/**
 * The day on which it happened, where one was said.
 */
on: string | null, 
/**
 * When it was typed.
 */
at: MomentView, };
export type NeededView = { 
/**
 * The seven needs and the wish about family: late first, met last.
 */
rows: Array<NeededRow>, 
/**
 * Needs that are met.
 */
in_place: number, 
/**
 * Needs that this child has.
 */
of: number, 
/**
 * What else is to be done. Concerns are not in it: a child can look at the screen.
 */
tasks: Array<TaskView>, 
/**
 * Days without a guardian, for a child without parents (rule D-05).
 */
no_guardian_days: number | null, 
/**
 * They are more than the days it may take (CP-04).
 */
no_guardian_late: boolean, 
/**
 * What stands over the whole record: an age in dispute, a death, a search.
 */
notices: Array<NoticeView>, 
/**
 * Children that are not to be separated from this one.
 */
together: Array<ChildLineView>, 
/**
 * The record counts, and reminders run.
 */
open: boolean, 
/**
 * What the menu can be told now, in its order.
 */
acts: Array<string>, };
export type NeededRow = { 
/**
 * Code of the need; `tracing` for the wish about family.
 */
need: string, 
/**
 * What it is called.
 */
label: string, 
/**
 * What happened last, and the days it may take: "Asked on 22 October 2026 · target 14 days".
 */
hint: string, 
/**
 * How it stands.
 */
cell: CellView, };
export type NoticeView = { 
/**
 * `turning_18`, `age_dispute`, `age_doubt`, `death`, `missing`, `left`, `closed`, `linked`, `duplicate`.
 */
kind: string, 
/**
 * In one line.
 */
title: string, 
/**
 * What there is to know.
 */
lines: Array<string>, 
/**
 * What belongs to it, done or not.
 */
steps: Array<StepView>, };
export type StepView = { 
/**
 * What.
 */
text: string, 
/**
 * It is done.
 */
done: boolean, };
export type LinkView = { 
/**
 * The other record.
 */
line: ChildLineView, 
/**
 * `waiting` for a second worker, `same`, or `different` once it was taken back.
 */
state: string, 
/**
 * In words.
 */
state_text: string, 
/**
 * The link lies in the other record.
 */
theirs: boolean, };
export type PieceView = { 
/**
 * `invitation`, `request`, `admission`, `ask` or `approval`.
 */
kind: string, 
/**
 * The text form, for a file or a message.
 */
text: string, 
/**
 * Pictures, one after another, as SVG; empty when it is too long for pictures.
 */
codes: Array<string>, 
/**
 * Four words that both screens show; empty where there are none.
 */
words: Array<string>, 
/**
 * Until when it is taken.
 */
expires: MomentView | null, };
export type SavedView = { 
/**
 * What it is called.
 */
file: string, 
/**
 * The folder that it lies in.
 */
folder: string, };
export type MemberView = { 
/**
 * The seat.
 */
seat: string, 
/**
 * Its first four characters, as a locked screen shows them too.
 */
mark: string, 
/**
 * The device: the same for everybody who works on it.
 */
on: string, 
/**
 * The person: the same for every device of a worker.
 */
person: string, 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * Name of the device.
 */
device: string, 
/**
 * Codes of its roles.
 */
roles: Array<string>, 
/**
 * The roles in words.
 */
role_labels: Array<string>, 
/**
 * The site, by its id.
 */
site: string | null, 
/**
 * Name of the site.
 */
site_name: string, 
/**
 * When its newest work that is here was typed.
 */
last: MomentView | null, 
/**
 * Why it is out, in words.
 */
removed: string | null, 
/**
 * The seat at work.
 */
me: boolean, 
/**
 * The recovery sheet.
 */
paper: boolean, 
/**
 * It waits for keys that somebody else has to give.
 */
lacks_keys: boolean, };
export type FormerView = { 
/**
 * The seat.
 */
seat: string, 
/**
 * Its first four characters, as the device itself shows them.
 */
mark: string, 
/**
 * Name of the worker; empty when nobody here can read it.
 */
worker: string, 
/**
 * Name of the device; empty in the same way.
 */
device: string, 
/**
 * The roles in words.
 */
role_labels: Array<string>, 
/**
 * Name of the site.
 */
site_name: string, 
/**
 * Name of the worker whose word it was.
 */
by: string, 
/**
 * What that worker signed was undone with the root key.
 */
undone: boolean, };
export type HalvesView = { 
/**
 * Somebody who holds halves does not coordinate any more, and another could: they are to be shared anew.
 */
due: boolean, 
/**
 * Who holds halves; nobody as long as the key is whole.
 */
holders: Array<HolderView>, };
export type HolderView = { 
/**
 * The seat.
 */
seat: string, 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * Name of the device.
 */
device: string, 
/**
 * Still a coordinator.
 */
coordinates: boolean, 
/**
 * The seat at work.
 */
me: boolean, 
/**
 * This seat can lend it a half, to share them anew.
 */
lends: boolean, };
export type SiteView = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its country, in words.
 */
country: string, };
export type PeopleView = { 
/**
 * Everybody, those at work first.
 */
members: Array<MemberView>, 
/**
 * Who may be taken in again.
 */
former: Array<FormerView>, 
/**
 * Every site.
 */
sites: Array<SiteView>, 
/**
 * Roles to choose from.
 */
roles: Array<OptionView>, 
/**
 * Reasons for taking somebody out.
 */
reasons: Array<OptionView>, 
/**
 * May admit, change and open sites.
 */
may_admit: boolean, 
/**
 * May take out.
 */
may_remove: boolean, 
/**
 * People who are coordinators: fewer than two is one lost device away from nobody.
 */
coordinators: number, 
/**
 * The root key, once it is in halves.
 */
halves: HalvesView, 
/**
 * People who are auditors: without one, nobody reads who did what.
 */
auditors: number, 
/**
 * Recovery sheets that count, the oldest first: several while nobody has said that the newest is on paper.
 */
sheets: Array<SheetView>, 
/**
 * Kinds of keys that somebody must still replace after a removal.
 */
unfinished: number, 
/**
 * Envelopes that wait for this seat to decide.
 */
to_review: number, };
export type AskedView = { 
/**
 * What the device is called.
 */
device: string, 
/**
 * The worker whose words were forgotten; `null` for a new or a travelling device.
 */
worker: string | null, 
/**
 * Who works on it already, when another worker of a shared device asks.
 */
beside: string | null, 
/**
 * It travelled, and asks for its keys.
 */
travelled: boolean, };
export type AdmitSeat = { 
/**
 * The request, as text.
 */
request: string, 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * A seat of the same person, when the worker is in the programme already.
 */
same_person: string | null, 
/**
 * Codes of roles.
 */
roles: Array<string>, 
/**
 * The site, by its id.
 */
site: string | null, 
/**
 * The four words of the other screen.
 */
words: string, };
export type AddWorker = { 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * Codes of roles.
 */
roles: Array<string>, 
/**
 * The site, by its id.
 */
site: string | null, 
/**
 * The five words, typed back by the worker.
 */
words: string, 
/**
 * Groups of the rescue code, typed back: place from 0, text.
 */
rescue_check: { [key in number]: string }, };
export type AskBeside = { 
/**
 * The invitation, as text.
 */
invitation: string, 
/**
 * The five words, typed back by the worker.
 */
words: string, 
/**
 * Groups of the rescue code, typed back: place from 0, text.
 */
rescue_check: { [key in number]: string }, };
export type BesideView = { 
/**
 * The seat that is asked for.
 */
seat: string, 
/**
 * Its first four characters.
 */
mark: string, 
/**
 * The request, with its four words.
 */
request: PieceView, };
export type RequestSeat = { 
/**
 * The invitation, as text.
 */
invitation: string, 
/**
 * What the device is called.
 */
device: string, 
/**
 * The five words, typed back.
 */
words: string, 
/**
 * Groups of the rescue code, typed back: place from 0, text.
 */
rescue_check: { [key in number]: string }, };
export type RemovedView = { 
/**
 * Who is out.
 */
workers: Array<string>, 
/**
 * Kinds of keys that were replaced.
 */
replaced: number, 
/**
 * Kinds of keys that somebody else must still replace.
 */
waiting: number, 
/**
 * Newest work of it that is here: what is later, only that device has.
 */
last: MomentView | null, };
export type RecoveryView = { 
/**
 * Seats with words here, by their first four characters.
 */
seats: Array<OptionView>, 
/**
 * What is asked, once it is.
 */
ask: PieceView | null, 
/**
 * Coordinators who have approved.
 */
approved: number, 
/**
 * Enough have approved: new words are chosen next.
 */
enough: boolean, };
export type RecoverySheetView = { 
/**
 * The seat on paper.
 */
seat: string, 
/**
 * Its first four characters.
 */
mark: string, 
/**
 * Groups of characters of each page.
 */
pages: Array<Array<string>>, 
/**
 * Name of the programme.
 */
programme: string, };
export type SheetView = { 
/**
 * The seat on paper.
 */
seat: string, 
/**
 * Its first four characters, as its pages show them too.
 */
mark: string, 
/**
 * When its pages were tried last.
 */
drilled: MomentView | null, 
/**
 * Somebody began again from it: a new one should take its place.
 */
used: boolean, };
export type DrilledView = { 
/**
 * The sheet, as its pages show it too.
 */
mark: string, 
/**
 * It is the newest; earlier ones have ended.
 */
newest: boolean, 
/**
 * Everybody, as it is now.
 */
people: PeopleView, };
export type ReviewState = "decide" | "left" | "waits" | "never";
export type AboutView = { 
/**
 * Its number.
 */
number: string, 
/**
 * The child, where it is known on this device and this seat may know of it.
 */
child: ChildLineView | null, };
export type ReviewView = { 
/**
 * Names the envelope.
 */
entry: string, 
/**
 * Name of the worker; empty when nobody knows who signed.
 */
worker: string, 
/**
 * Name of the device.
 */
device: string, 
/**
 * When it came here; `null` for work that was taken when it came.
 */
came: MomentView | null, 
/**
 * The records that it is about; empty when this seat may not read it.
 */
records: Array<AboutView>, 
/**
 * Changes in it.
 */
changes: number, 
/**
 * This seat may not open it: somebody who reads that part has to look.
 */
closed: boolean, 
/**
 * Why it is kept aside: a stable code.
 */
code: string, 
/**
 * The same in words.
 */
why: string, 
/**
 * What can be done about it.
 */
state: ReviewState, 
/**
 * It is among the records of this device: it was taken before anybody heard.
 */
taken: boolean, 
/**
 * This seat may decide.
 */
takes: boolean, 
/**
 * How many are meant: more than one where nobody knows who signed.
 */
count: number, };
export type AuditView = { 
/**
 * When.
 */
at: MomentView, 
/**
 * Who.
 */
by: AuditedView, 
/**
 * Code of what was done.
 */
what: string, 
/**
 * The same in words.
 */
what_label: string, 
/**
 * Number of the record that it was about.
 */
number: string | null, 
/**
 * Whom it was about.
 */
whom: AuditedView | null, 
/**
 * The reason that was typed, the rule, or the roles.
 */
why: string, 
/**
 * Why its time cannot be right, in words; empty when nothing speaks against it.
 */
clock: string, };
export type AuditedView = { 
/**
 * Its first four characters.
 */
mark: string, 
/**
 * Name of the worker, or of the recovery sheet; empty when nobody here knows it.
 */
worker: string, 
/**
 * Name of the device; a sheet is on none.
 */
device: string, 
/**
 * It is a recovery sheet.
 */
paper: boolean, };
export type GatheredView = { 
/**
 * Parts that were found.
 */
have: number, 
/**
 * Parts that there are.
 */
of: number, 
/**
 * The piece as text, once all parts are there.
 */
text: string | null, };
export type InvitedView = { 
/**
 * It is to a practice programme.
 */
practice: boolean, 
/**
 * Until when it is taken.
 */
expires: MomentView, };
export type BeginFromSheet = { 
/**
 * What the members signed, as text.
 */
members: string, 
/**
 * One page, as typed.
 */
one: string, 
/**
 * The other page.
 */
other: string, 
/**
 * Name of the worker.
 */
worker: string, 
/**
 * What the device is called.
 */
device: string, 
/**
 * The five words, typed back.
 */
words: string, 
/**
 * Groups of the rescue code, typed back: place from 0, text.
 */
rescue_check: { [key in number]: string }, };
export type LockView = "open" | "others" | "always";
export type MayView = { 
/**
 * Its roles, in words.
 */
roles: Array<OptionView>, 
/**
 * It sees children at all: board, tasks, find.
 */
children: boolean, 
/**
 * It sees of children only counts and who is overdue.
 */
overdue: boolean, 
/**
 * It looks children up by name, not by number alone.
 */
names: boolean, 
/**
 * It sees how old children are, at least about.
 */
ages: boolean, 
/**
 * It registers children.
 */
registers: boolean, 
/**
 * It notes who was seen at the roll-call, and groups.
 */
rolls: boolean, 
/**
 * Codes of the needs of which it may tell something.
 */
needs: Array<string>, 
/**
 * It takes children into its care, and leaves them.
 */
takes_on: boolean, 
/**
 * It counts arrivals.
 */
arrivals: boolean, 
/**
 * It types forms from paper.
 */
papers: boolean, 
/**
 * It writes down what children and others say of the work.
 */
feedback: boolean, 
/**
 * Codes of the kinds of other records that it reads.
 */
kinds: Array<string>, 
/**
 * Those of them that it begins and changes.
 */
writes_kinds: Array<string>, 
/**
 * It makes a child's own copy.
 */
copies: boolean, 
/**
 * It opens something restricted, for a reason.
 */
restricted: boolean, 
/**
 * It confirms what another worker proposed.
 */
confirms: boolean, 
/**
 * It settles what devices answered differently.
 */
settles: boolean, 
/**
 * It moves an entry to another child.
 */
moves: boolean, 
/**
 * It reads who read what.
 */
audits: boolean, 
/**
 * It admits, changes roles, opens sites and approves for locked devices.
 */
admits: boolean, 
/**
 * It takes lost devices out.
 */
removes: boolean, 
/**
 * It looks at the work of removed devices.
 */
reviews: boolean, 
/**
 * It checks cards.
 */
cards: boolean, };
export type FamilyView = { 
/**
 * The child.
 */
child: ChildLineView, 
/**
 * Relatives, elders first.
 */
people: Array<RelativeView>, 
/**
 * Who came along, as said; nobody of them is family for that.
 */
companions: Array<string>, 
/**
 * The household that the child lives in, when one is known.
 */
household: HouseholdView | null, 
/**
 * Requests to look for family. `null` where this seat does not read them.
 */
tracing: Array<TracingView> | null, };
export type RelativeView = { 
/**
 * The row.
 */
row: string, 
/**
 * Code of list `relationship`.
 */
kind: string, 
/**
 * Its words.
 */
kind_text: string, 
/**
 * The name as said.
 */
name: string | null, 
/**
 * `verified`, `said` or `disproved`: how the line is drawn.
 */
line: string, 
/**
 * How it was checked, in words.
 */
verified_text: string, 
/**
 * The day on which it was checked.
 */
verified_on: string | null, 
/**
 * Above the child (1), beside it (0), below it (−1).
 */
generation: number, 
/**
 * What there is to know, in words. A death is in it only once the child has been told.
 */
facts: Array<string>, 
/**
 * Speak to the case worker before any contact. Never says why.
 */
speak_first: boolean, 
/**
 * The record of this person, when it is a child of ours.
 */
child: ChildLineView | null, 
/**
 * Not to be separated from this child.
 */
together: boolean, 
/**
 * A check waits for a second worker.
 */
waits: boolean, };
export type HouseholdView = { 
/**
 * Long id.
 */
id: string, 
/**
 * What it is called.
 */
name: string, 
/**
 * Other children in it now.
 */
members: Array<ChildLineView>, };
export type TracingView = { 
/**
 * The row.
 */
row: string, 
/**
 * What the child wants, in words.
 */
wish_text: string, 
/**
 * How far it is, in words.
 */
status_text: string, 
/**
 * Since when, in words.
 */
opened: string, 
/**
 * Who is looked for.
 */
sought: Array<RowLineView>, 
/**
 * What was done.
 */
actions: Array<RowLineView>, 
/**
 * Records to compare.
 */
matches: Array<MatchView>, };
export type RowLineView = { 
/**
 * The row.
 */
row: string, 
/**
 * What it says first.
 */
text: string, 
/**
 * And then.
 */
hint: string, };
export type MatchView = { 
/**
 * The row.
 */
row: string, 
/**
 * Code of list `match_status`.
 */
status: string, 
/**
 * Its words.
 */
status_text: string, 
/**
 * The other record, when it is here.
 */
line: ChildLineView | null, 
/**
 * What fits and what does not.
 */
facts: Array<SameFactView>, 
/**
 * The child was asked on this day.
 */
asked_on: string | null, 
/**
 * A check waits for a second worker.
 */
waits: boolean, 
/**
 * The family may be told.
 */
may_be_told: boolean, 
/**
 * What is still in the way, in one sentence each.
 */
not_yet: Array<string>, };
export type KeepTogether = { 
/**
 * The child.
 */
id: string, 
/**
 * Its row of the other.
 */
row: string, 
/**
 * Not to be separated.
 */
together: boolean, };
export type TellChild = { 
/**
 * The child.
 */
id: string, 
/**
 * `missing`, `found`, `left`, `died`, `closed` or `reopened`.
 */
what: string, 
/**
 * The day it happened; today when absent.
 */
on: string | null, 
/**
 * Code of the reason, where one is asked for.
 */
reason: string | null, 
/**
 * Who saw the child last, or what a death is known by.
 */
words: string | null, };
export type ToldView = { 
/**
 * In words.
 */
text: string, 
/**
 * It waits for a second worker, and changes nothing that protects until then.
 */
waits: boolean, 
/**
 * The changes it made.
 */
changes: Array<ChangeRef>, };
export type ConsentView = { 
/**
 * The row.
 */
entity: string, 
/**
 * Code of list `consent_purpose`.
 */
purpose: string, 
/**
 * Its words.
 */
purpose_text: string, 
/**
 * Code of list `consent_status`; `null` when not asked.
 */
status: string | null, 
/**
 * Its words.
 */
status_text: string, 
/**
 * The day it was given, in words, when that was written down.
 */
on: string | null, 
/**
 * When it was typed.
 */
at: MomentView, };
export type EditChild = { 
/**
 * The child.
 */
id: string, 
/**
 * The heads the form was opened with, from [`ChildView`], [`RegisteredView`] or [`EditedView`].
 */
heads: Array<string>, 
/**
 * New values; `null` clears. `list/+1/field` begins a row.
 */
puts: { [key in string]: JsonValue }, };
export type EditedView = { 
/**
 * Ids of the changes made, one a compartment; empty when nothing changed.
 */
changes: Array<string>, 
/**
 * Ids of rows that began, by the `+n` they were sent with.
 */
rows: { [key in string]: string }, 
/**
 * Heads now.
 */
heads: Array<string>, 
/**
 * When it reached the disk.
 */
saved: MomentView, 
/**
 * Remarks on what was typed.
 */
remarks: Array<RemarkView>, };
export type ChangeView = { 
/**
 * Id of the change.
 */
change: string, 
/**
 * When.
 */
at: MomentView, 
/**
 * Who typed it.
 */
by: string, 
/**
 * On which device.
 */
device: string, 
/**
 * Why its time cannot be right, in words; empty when nothing speaks against it.
 */
clock: string, 
/**
 * `registered`, `typed`, `put_back`, `attached`, `imported`, `derived`.
 */
cause: string, 
/**
 * Its words.
 */
cause_text: string, 
/**
 * What was put.
 */
puts: Array<ChangedView>, };
export type ChangedView = { 
/**
 * The path.
 */
path: string, 
/**
 * What the field is called.
 */
label: string, 
/**
 * What its author saw before; more than one when it was disputed; empty when blank.
 */
before: Array<string>, 
/**
 * What was put, as people read it; empty when cleared.
 */
after: string, 
/**
 * The value was sealed as a narrative and is gone.
 */
erased: boolean, 
/**
 * An answer of the protection part: not for eyes beside the screen.
 */
protection: boolean, };
export type SameView = { 
/**
 * Long id of the other record.
 */
id: string, 
/**
 * `7K2M-4QX9`.
 */
short_id: string, 
/**
 * Part of a name, as a registrar may see it.
 */
part_of_name: string | null, 
/**
 * Like "about 9 to 11", in words.
 */
age_band: string | null, 
/**
 * `many` or `some` facts fit.
 */
strength: string, 
/**
 * One per fact.
 */
facts: Array<SameFactView>, };
export type SameFactView = { 
/**
 * `name`, `sex`, `age`, `language`, `place`.
 */
kind: string, 
/**
 * `same`, `close`, `different` or `not_known`.
 */
verdict: string, };
export type MovedView = { 
/**
 * Long id of the record that has it now.
 */
child: string, 
/**
 * The entry there, `list/row` or a field: moving it back takes this.
 */
entry: string, 
/**
 * The changes that it made, in both records.
 */
changes: Array<ChangeRef>, };
export type PhotoView = { 
/**
 * Hash of the sealed photo.
 */
blob: string, 
/**
 * Size in bytes.
 */
bytes: number, 
/**
 * Width in pixels.
 */
width: number, 
/**
 * Height in pixels.
 */
height: number, 
/**
 * Heads now.
 */
heads: Array<string>, };
export type WhereView = { 
/**
 * Changes that a hub has signed for.
 */
at_hub: number, 
/**
 * Changes that no hub, and another device, has signed for.
 */
on_another_device: number, 
/**
 * Changes that only this device holds, as far as it knows.
 */
changes_only_here: number, 
/**
 * Of so many children.
 */
children_only_here: number, 
/**
 * Photos and long texts that only this device holds, as far as it knows.
 */
files_only_here: number, 
/**
 * Children in all.
 */
children: number, 
/**
 * Photos on this device.
 */
photos: number, 
/**
 * Until a second seat, a recovery sheet and one other copy exist, a real programme says what is missing.
 */
lacks: LacksView | null, 
/**
 * Coordinators on other devices who could give the keys back after a journey: without one, nothing travels.
 */
helpers: number, 
/**
 * Every other device.
 */
devices: Array<DeviceLineView>, 
/**
 * Devices that worked on from an old copy, or of which there were two.
 */
copied: Array<string>, 
/**
 * Work of this worker for sites that do not count any more.
 */
stranded: StrandedView | null, 
/**
 * Workers who were taken out, and whose work here only their own words seal.
 */
unsealed_of: Array<UnsealedView>, };
export type DeviceLineView = { 
/**
 * A seat on it.
 */
seat: string, 
/**
 * What it is called.
 */
device: string, 
/**
 * Who works there.
 */
worker: string, 
/**
 * When it last said what it holds.
 */
met: MomentView | null, 
/**
 * It has not said so for more than seven days.
 */
late: boolean, 
/**
 * Parcels of work that it is not known to hold.
 */
behind: number, 
/**
 * What is wrong with its clock, in words; empty when nothing is.
 */
clock: string, };
export type WorkFileView = { 
/**
 * It is written, and not read.
 */
writes: boolean, 
/**
 * Nothing more is to be done.
 */
done: boolean, 
/**
 * How far it is, of how much: parcels and photos when it is written, kilobytes when it is read.
 */
at: number, 
/**
 * The whole of it.
 */
of: number, 
/**
 * Parcels of work that went in or came out.
 */
parcels: number, 
/**
 * Of those that came out, new here.
 */
new: number, 
/**
 * Of those that came out, kept aside until somebody has looked at them, or something else has come.
 */
aside: number, 
/**
 * Photos and long texts that went in or came out.
 */
photos: number, 
/**
 * What was not as it should be, in words.
 */
problems: Array<string>, 
/**
 * Where the file lies that was written.
 */
saved: SavedView | null, 
/**
 * The seat that wrote a file that was read, on another device: a receipt tells it so.
 */
by: string | null, };
export type LastWorkView = { 
/**
 * Changes that nobody else is known to hold.
 */
changes: number, 
/**
 * Of so many children.
 */
children: number, 
/**
 * Photos and long texts that nobody else is known to hold.
 */
files: number, 
/**
 * Changes that cannot be sealed now: they stay.
 */
unsealed: number, 
/**
 * A hub was set on this device.
 */
hub: boolean, 
/**
 * The file that it was written into last.
 */
written: WrittenView | null, };
export type WrittenView = { 
/**
 * Where.
 */
saved: SavedView, 
/**
 * When.
 */
at: MomentView, };
export type RoutesView = { 
/**
 * Devices beside this one.
 */
nearby: NearbyView, 
/**
 * The hub.
 */
hub: HubView, 
/**
 * The exchange that this device began: under way, or the last one.
 */
line: LineView | null, 
/**
 * Seats of devices that are connected just now: this one exchanges with them, or they asked it a moment ago.
 */
here: Array<string>, };
export type NearbyView = { 
/**
 * What this device is called by others of the programme.
 */
name: string, 
/**
 * Others can find and call this device.
 */
open: OpenView | null, 
/**
 * It looks for others.
 */
looking: boolean, 
/**
 * Devices of the programme that can be found now.
 */
found: Array<FoundView>, };
export type OpenView = { 
/**
 * Addresses to give to others, the likeliest first.
 */
addresses: Array<string>, 
/**
 * The first one as a picture.
 */
code: string, 
/**
 * Lines that are open.
 */
lines: number, 
/**
 * Who called until now.
 */
guests: Array<GuestView>, };
export type GuestView = { 
/**
 * The seat.
 */
seat: string, 
/**
 * Who works there.
 */
worker: string, 
/**
 * What the device is called.
 */
device: string, 
/**
 * Parcels that went there.
 */
sent: number, 
/**
 * Parcels that came from there.
 */
received: number, 
/**
 * Photos and long texts, both ways.
 */
photos: number, 
/**
 * Both hold the same.
 */
equal: boolean, };
export type FoundView = { 
/**
 * The seat that listens there.
 */
seat: string, 
/**
 * Who works there.
 */
worker: string, 
/**
 * What the device is called.
 */
device: string, 
/**
 * Its addresses, apart by spaces.
 */
addresses: string, };
export type HubView = { 
/**
 * Its address; none is set otherwise.
 */
address: string | null, 
/**
 * It is called now and then while somebody is at work.
 */
by_itself: boolean, 
/**
 * When it signed last.
 */
met: MomentView | null, 
/**
 * It answered the last time that it was called since the unlock.
 */
answers: boolean | null, };
export type LineView = { 
/**
 * It is with the hub, and not with a device.
 */
hub: boolean, 
/**
 * Who works on that device; empty for a hub.
 */
worker: string, 
/**
 * What it is called; empty for a hub.
 */
device: string, 
/**
 * Nothing more is to be done.
 */
done: boolean, 
/**
 * Parcels that went there.
 */
sent: number, 
/**
 * Parcels that are to go there, as far as is known.
 */
to_send: number, 
/**
 * Parcels that came; how many there will be is not known.
 */
received: number, 
/**
 * Of these, new here.
 */
new: number, 
/**
 * Photos and long texts that came or went.
 */
photos: number, 
/**
 * Of so many.
 */
all_photos: number, 
/**
 * Kilobytes over the line, both ways.
 */
kilobytes: number, 
/**
 * It waits, because the other side has no time.
 */
waits: WaitsView | null, 
/**
 * Both hold the same.
 */
equal: boolean, 
/**
 * What was not as it should be, in words.
 */
problems: Array<string>, 
/**
 * Why it ended early.
 */
failure: FailureView | null, };
export type WaitsView = { 
/**
 * Tries that were made.
 */
tries: number, 
/**
 * Tries at most.
 */
most: number, 
/**
 * Seconds until the next one.
 */
seconds: number, };
export type StrandedView = { 
/**
 * Changes that wait.
 */
changes: number, 
/**
 * What these sites were called, comma between.
 */
sites: string, 
/**
 * The site where this worker works now and to which it can go; empty when there is none yet.
 */
to: string, };
export type UnsealedView = { 
/**
 * The worker.
 */
worker: string, 
/**
 * Changes.
 */
changes: number, };
export type BoardView = { 
/**
 * One a need, in order.
 */
columns: Array<ColumnView>, 
/**
 * One a child, most urgent first.
 */
rows: Array<RowView>, 
/**
 * Groups that children of this site are in.
 */
circles: Array<string>, 
/**
 * The day it was made for.
 */
today: string, };
export type ColumnView = { 
/**
 * Code of the need.
 */
need: string, 
/**
 * What it is called.
 */
label: string, 
/**
 * Children still without.
 */
open: number, 
/**
 * Of these, over their time.
 */
late: number, 
/**
 * Days from the start of the clock until it is late.
 */
target: number, };
export type RowGroup = "no_safe_place" | "today" | "late" | "waiting" | "in_place";
export type RowView = { 
/**
 * The child as lists show it.
 */
line: ChildLineView, 
/**
 * Where it stands.
 */
group: RowGroup, 
/**
 * Group within the site; empty for none.
 */
circle: string, 
/**
 * Most days that an open need has waited.
 */
longest: number, 
/**
 * Days since the child came here; absent when nobody knows.
 */
here: number | null, 
/**
 * This worker has the child in care.
 */
mine: boolean, 
/**
 * Things to do today or later.
 */
tasks: number, 
/**
 * Cells by code of the need.
 */
cells: { [key in string]: CellView }, };
export type CellView = { 
/**
 * `in_place`, `said`, `not_assessed`, `not_fit`, `not_needed`, `waiting`, `asked`, `referred`, `refused`, `not_asked`,
 * `not_possible`.
 */
state: string, 
/**
 * Days waiting, while the need is open.
 */
days: number | null, 
/**
 * Over its time.
 */
late: boolean, 
/**
 * Still there.
 */
open: boolean, 
/**
 * Why it was refused or cannot be had here, in words, when that was said.
 */
why: string | null, 
/**
 * The moment by which it is due, where its clock counts hours.
 */
due_at: MomentView | null, };
export type TaskView = { 
/**
 * Names it for as long as it is open.
 */
id: string, 
/**
 * The child's long id.
 */
child: string, 
/**
 * The number.
 */
short_id: string, 
/**
 * Code.
 */
kind: string, 
/**
 * What to do.
 */
text: string, 
/**
 * The rule or figure behind it.
 */
reason: string, 
/**
 * Since when.
 */
since: string, 
/**
 * Late after this day.
 */
due: string, 
/**
 * The moment by which it is due, where its clock counts hours.
 */
due_at: MomentView | null, 
/**
 * Days since it began.
 */
days: number, 
/**
 * Days over its time, or 0.
 */
late_days: number, 
/**
 * Half its time is gone.
 */
near: boolean, 
/**
 * Wants an answer today.
 */
urgent: boolean, 
/**
 * Asked for, opened or declared on this day.
 */
asked: string | null, 
/**
 * The row that it is about.
 */
about: string | null, };
export type UpdateNeed = { 
/**
 * Long ids or numbers.
 */
ids: Array<string>, 
/**
 * Code of the need.
 */
need: string, 
/**
 * Code of what happened, one of those the need offers.
 */
outcome: string, 
/**
 * The day it happened; today when absent.
 */
on: string | null, 
/**
 * Code of the reason, where the outcome asks for one.
 */
reason: string | null, 
/**
 * Who, where the outcome asks for it.
 */
who: string | null, 
/**
 * A note, or the child's own words.
 */
words: string | null, };
export type OutcomeView = { 
/**
 * Code.
 */
code: string, 
/**
 * What it says.
 */
label: string, 
/**
 * Asks for a reason out of these; empty when it asks for none.
 */
reasons: Array<OptionView>, 
/**
 * Asks who.
 */
asks_who: boolean, 
/**
 * Asks for words, and what they are called: a reason, or the child's own view.
 */
asks_words: string | null, 
/**
 * May be said of several children at once.
 */
bulk: boolean, };
export type UpdatedView = { 
/**
 * In words: "School for Yonas: attending".
 */
text: string, 
/**
 * The changes it made, for [`undo`](crate::needs).
 */
changes: Array<ChangeRef>, 
/**
 * Children that were changed.
 */
children: number, };
export type ChangeRef = { 
/**
 * The child's long id.
 */
child: string, 
/**
 * The change.
 */
change: string, };
export type RollCall = { 
/**
 * Long ids of all who should be there.
 */
expected: Array<string>, 
/**
 * Long ids of those who were ticked.
 */
present: Array<string>, };
export type AwayView = { 
/**
 * The child as lists show it.
 */
line: ChildLineView, 
/**
 * Since this day.
 */
since: string, 
/**
 * Who saw the child last.
 */
last_seen_by: string | null, 
/**
 * What was done to find the child.
 */
search_note: string | null, 
/**
 * The guardian was told.
 */
guardian_told: boolean | null, 
/**
 * When.
 */
guardian_told_at: string | null, };
export type TellAway = { 
/**
 * Long id or number.
 */
id: string, 
/**
 * Who saw the child last.
 */
last_seen_by: string | null, 
/**
 * What was done to find the child.
 */
search_note: string | null, 
/**
 * The guardian was told just now, or was not.
 */
guardian_told: boolean | null, };
export type WhoWhenView = { 
/**
 * Name of the worker.
 */
by: string, 
/**
 * When.
 */
at: MomentView, };
export type RolledView = { 
/**
 * Who held it, and when.
 */
who: WhoWhenView, 
/**
 * Children that were seen.
 */
here: number, 
/**
 * Children that should have been.
 */
of: number, };
export type HandOverView = { 
/**
 * Begun and not finished.
 */
drafts: Array<DraftLineView>, 
/**
 * Wants an answer today.
 */
urgent: Array<TaskView>, 
/**
 * Not accounted for.
 */
away: Array<AwayView>, 
/**
 * Due today.
 */
tonight: Array<TaskView>, 
/**
 * Changes that only this device holds.
 */
to_share: number, 
/**
 * The last roll-call.
 */
roll_call: RolledView | null, 
/**
 * Who took the shift over last.
 */
taken: WhoWhenView | null, };
export type ProposalView = { 
/**
 * The change that proposed it.
 */
change: string, 
/**
 * What it is about.
 */
label: string, 
/**
 * The proposed answer, in words.
 */
text: string, 
/**
 * Who proposed it.
 */
by: string, 
/**
 * When.
 */
at: MomentView, 
/**
 * This worker proposed it, and so cannot confirm it.
 */
mine: boolean, };
export type FailureView = { 
/**
 * Stable code to branch on.
 */
code: string, 
/**
 * One sentence. Never a child's data.
 */
message: string, 
/**
 * Ways out.
 */
hints: Array<string>, 
/**
 * The fields it is about.
 */
paths: Array<string>, 
/**
 * Seconds to wait, for `wait`.
 */
wait_s: number | null, };
export type NewArrival = { 
/**
 * What people here call it: "second bus".
 */
name: string, 
/**
 * Children counted by head before anything is typed.
 */
headcount: number, };
export type ArrivalLineView = { 
/**
 * Long id.
 */
id: string, 
/**
 * What people here call it.
 */
name: string, 
/**
 * ISO 8601.
 */
on: string | null, 
/**
 * Children by head.
 */
headcount: number, 
/**
 * Children in the list.
 */
counted: number, 
/**
 * Of them, records that still lack a name, an age, an answer to consent or who is with the child.
 */
to_complete: number, };
export type ArrivalView = { 
/**
 * Long id.
 */
id: string, 
/**
 * What people here call it.
 */
name: string, 
/**
 * ISO 8601.
 */
on: string | null, 
/**
 * Children by head.
 */
headcount: number, 
/**
 * Children in the list.
 */
counted: number, 
/**
 * Counted by head and not in the list; below zero when the list is longer.
 */
to_find: number, 
/**
 * Children in the list, who needs help most first.
 */
lines: Array<TallyLineView>, };
export type TallyLineView = { 
/**
 * Row in the list.
 */
row: string, 
/**
 * Long id of the record.
 */
child: string, 
/**
 * Short id of the record.
 */
short_id: string, 
/**
 * Place in the order of counting, from 1.
 */
number: number, 
/**
 * What is written on the band.
 */
wristband: string | null, 
/**
 * Name, once there is one; none in discreet lists.
 */
name: string | null, 
/**
 * Code of `sex`.
 */
sex: string | null, 
/**
 * Code of `age_band_seen`.
 */
band: string | null, 
/**
 * Code of `claimed_relation`, `none_to_add` or `unknown`.
 */
with: string | null, 
/**
 * Codes of `help_asked`.
 */
help: Array<string>, 
/**
 * What the record still lacks: `wristband` when another line has the same, `name`, `sex`, `age`, `company`, `consent`.
 */
lacks: Array<string>, };
export type TallyChild = { 
/**
 * The arrival.
 */
arrival: string, 
/**
 * What is written on the band, or a number.
 */
wristband: string | null, 
/**
 * Code of `sex`.
 */
sex: string | null, 
/**
 * Code of `age_band_seen`.
 */
band: string | null, 
/**
 * Code of `claimed_relation`, `none_to_add` or `unknown`.
 */
with: string | null, 
/**
 * Codes of `help_asked`.
 */
help: Array<string>, };
export type TalliedView = { 
/**
 * Row in the list.
 */
row: string, 
/**
 * The list now.
 */
arrival: ArrivalView, };
export type NewBatch = { 
/**
 * What people here call it.
 */
name: string, 
/**
 * Forms, counted before the first is typed.
 */
forms: number, 
/**
 * Day of the interviews, ISO 8601.
 */
interviewed_on: string | null, 
/**
 * Code of `interviewer`.
 */
interviewed_by: string | null, 
/**
 * Name or sign of who asked.
 */
interviewed_by_name: string | null, 
/**
 * Where they asked.
 */
interviewed_where: string | null, 
/**
 * Code of `paper_consent`.
 */
consent: string | null, 
/**
 * Where the paper lies.
 */
lies: string | null, 
/**
 * Day on which it is destroyed, ISO 8601.
 */
destroy_on: string | null, };
export type BatchLineView = { 
/**
 * Long id.
 */
id: string, 
/**
 * What people here call it.
 */
name: string, 
/**
 * Forms in it.
 */
forms: number, 
/**
 * Forms that are records now.
 */
typed: number, };
export type BatchView = { 
/**
 * Long id.
 */
id: string, 
/**
 * What people here call it.
 */
name: string, 
/**
 * Forms in it.
 */
forms: number, 
/**
 * Forms that are records now.
 */
typed: number, 
/**
 * Day of the interviews, in words.
 */
interviewed_on: string | null, 
/**
 * Who asked, in words.
 */
interviewed_by: string | null, 
/**
 * Where.
 */
interviewed_where: string | null, 
/**
 * What the paper says of agreement, in words.
 */
consent: string | null, 
/**
 * The paper's answer counts for no child: each is asked again.
 */
ask_again: boolean, 
/**
 * Where the paper lies.
 */
lies: string | null, 
/**
 * When it is destroyed, in words.
 */
destroy_on: string | null, 
/**
 * Forms that were typed, by number.
 */
lines: Array<BatchFormView>, };
export type BatchFormView = { 
/**
 * Long id of the record.
 */
child: string, 
/**
 * Short id of the record.
 */
short_id: string, 
/**
 * Name; none in discreet lists.
 */
name: string | null, 
/**
 * Number on the form; empty when it has none.
 */
number: string, };
export type FamilyPersonView = { 
/**
 * Row of the person in the record of the first child.
 */
row: string, 
/**
 * What the person says to be, in words.
 */
claim: string, 
/**
 * In a few words.
 */
description: string | null, };
export type BeginNext = { 
/**
 * The child before.
 */
of: string, 
/**
 * A brother or sister: not to be separated. Otherwise another child of the family.
 */
sibling: boolean, 
/**
 * Rows of the persons who are with this child too.
 */
persons: Array<string>, };
export type HouseholdMove = { 
/**
 * Long ids of children.
 */
children: Array<string>, 
/**
 * A household whose children all move.
 */
whole: string | null, 
/**
 * The household they move into; none to leave, or a new one by `name` or `unit`.
 */
to: string | null, 
/**
 * Name of a new household.
 */
name: string | null, 
/**
 * Room, tent or address of a new household.
 */
unit: string | null, 
/**
 * ISO 8601; today by default.
 */
on: string | null, };
export type OwnCopyView = { 
/**
 * `child` or `caregiver`.
 */
for: string, 
/**
 * A practice programme: no real child.
 */
practice: boolean, 
/**
 * Heading.
 */
title: string, 
/**
 * Short id.
 */
number: string, 
/**
 * ISO 8601.
 */
made_on: string, 
/**
 * What it is and is not.
 */
about: Array<string>, 
/**
 * What stands in it.
 */
sections: Array<CopySectionView>, };
export type CopySectionView = { 
/**
 * Heading.
 */
title: string, 
/**
 * Lines.
 */
lines: Array<CopyLineView>, };
export type CopyLineView = { 
/**
 * What it is about.
 */
label: string, 
/**
 * In words.
 */
text: string, };
export type BlankFormView = { 
/**
 * The form.
 */
form: string, 
/**
 * Its version.
 */
version: number, 
/**
 * BCP 47.
 */
language: string, 
/**
 * A practice programme: no real child.
 */
practice: boolean, 
/**
 * Heading.
 */
title: string, 
/**
 * Drawn at random, `7K2M-4QX9`.
 */
number: string, 
/**
 * What it is and is not.
 */
about: Array<string>, 
/**
 * Parts, in the order of the form.
 */
parts: Array<BlankPartView>, 
/**
 * What becomes of the paper.
 */
after: string, };
export type BlankPartView = { 
/**
 * Heading.
 */
title: string, 
/**
 * Questions; of a list, each of its rows has them.
 */
asks: Array<BlankAskView>, 
/**
 * How often they are asked: rows of a list.
 */
rows: number, };
export type BlankAskView = { 
/**
 * What is asked.
 */
label: string, 
/**
 * One sentence of help.
 */
hint: string | null, 
/**
 * Answers to tick.
 */
boxes: Array<string>, 
/**
 * Words beside empty places: day, month, year, about years old.
 */
places: Array<string>, 
/**
 * Lines to write on.
 */
lines: number, };
