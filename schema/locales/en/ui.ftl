# Words of the interface. A calm colleague: short words, full facts, no praise, no blame.

practice-bar = Practice programme. Do not enter real children.
nav-main = Main
door-today = Today
door-find = Find a child
door-register = Register
door-sync = Sync
door-more = More
back = Back
undo = Undo
yes = Yes
no = No
not-yet = Not yet
on = On
off = Off
choose = Choose
cancel = Cancel
continue = Continue
change = Change
delete = Delete
save-change = Save the change
take-out = Take out, because
try-again = Try again
lock = Lock
tabs = Parts of the record
sections = Sections
missing-unknown = Not known
missing-not_asked = Not asked
missing-refused = Not said
not-asked-yet = Not asked yet
attached = A file is attached
nothing-attached = Nothing is attached
saved-at = Saved { $time }
saved-pill = { $count ->
    [0] Saved here
   *[other] Saved here · { $count } to share
}

date-day = Day
date-month = Month
date-year = Year
date-error-day = This month has no such day.
date-error-month = The month is a number from 1 to 12.
date-error-year = The year needs four figures.

## First run and unlock

first-lead = Register a child in three minutes. Find the child again. Lose nothing.
first-title = Start a new programme
first-practice = Practice
first-practice-hint = For learning and trying out, with invented children. It says so on every screen and can never become real.
first-real = Real
first-real-hint = For real children. It never takes practice records in.
first-names = Names
first-name = Name of the programme
first-site = Name of this place
first-worker = Your name
first-country = Country
first-words-title = Your five words
first-words-lead = Five words open Tern. Nobody can look them up for you.
first-words-hint = These words open Tern on this device. Learn them by heart; do not keep them near the device. They are shown only now.
first-words-known = I know them
first-words-look = Look again
first-rescue-title = The rescue code
first-rescue-hint = It opens Tern when the words are forgotten. Write it on paper, put it in an envelope and give it to your coordinator. It is shown only now.
first-rescue-written = I wrote it down
first-back-title = Type your words and two groups of the code
first-group = Group { $n } of the code
first-begin = Begin
first-making = Making the programme
new-words-title = Your new words
new-words-keep = Use these words
words-done = { $count } of 5 words
word-n = Word { $n }
words-none = No word of the list begins like this.
words-again = Type again
unlock-lead = The records on this device are locked.
unlock-title = Type your five words
unlock-hint = Your words say who you are. Two or three letters bring up each word.
unlock-wait = Wait { $seconds } seconds before the next try. The records are safe.
unlock-rescue-title = Type the rescue code
unlock-rescue-hint = Seven groups of four. New words are drawn afterwards.
unlock-by-rescue = I have the rescue code
unlock-by-words = Use the five words
unlock-by-own = I have my own passphrase
unlock = Unlock
unlocking = Unlocking
rescue-code = Rescue code
passphrase = Passphrase
covered-title = Covered
covered-text = What you typed is kept. Covering does not protect the records: after { $minutes } minutes Tern locks.
covered-hold = Hold to go on
refused-lead = The records were left as they are.
refused-title = Tern cannot open here

## Today, sync, more

today-empty = No children yet
today-register = Register a child
today-count = { $today ->
    [one] 1 child registered today
   *[other] { $today } children registered today
}, { $all } on this device.
today-drafts = { $count ->
    [one] 1 child begun and not finished
   *[other] { $count } children begun and not finished
}
today-last = Changed last on this device
draft-begun = Begun { $when } by { $by }
draft-closed = Content closed for everyone else
draft-help = Asked for: { $what }
draft-old = begun five days ago or longer
draft-go-on = Go on
draft-take = Take over
draft-drop = Drop
draft-dropped = The form was dropped.
unexpected-end = Tern closed unexpectedly. Everything up to { $when } is here.
clock-unsure = This device's clock looks wrong. Set it; dates in records depend on it. Registering still works and marks its dates.
sync-title = Where your work is
only-here = { $changes ->
    [one] 1 change
   *[other] { $changes } changes
}, of { $children ->
    [one] 1 child
   *[other] { $children } children
}, only here
loss = If this device were lost now, { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} of { $children ->
    [one] 1 child
   *[other] { $children } children
} would be lost.
loss-nothing = Nothing would be lost with this device.
loss-files = { $files ->
    [one] 1 photo or long text is not known to be anywhere else. It follows at the next exchange.
   *[other] { $files } photos and long texts are not known to be anywhere else. They follow at the next exchange.
}
sync-sub = { $changes ->
    [one] 1 change made on this device
   *[other] { $changes } changes made on this device
}
sync-none = Nothing was written on this device yet.
sync-at-hub = at the hub
sync-on-another = on another device
sync-only-here = only on this device
sync-bar = { $hub } at the hub, { $other } on another device, { $here } only on this device
sync-file = By a file
sync-file-what = Sealed for this programme. A finder cannot read it. Do not post it without need.
sync-file-write = Write a file
sync-file-read = Open a file
sync-file-for = For
sync-file-everybody = Everybody
sync-file-writing = Writing the file. You can keep working.
sync-file-reading = Reading the file. You can keep working.
sync-file-parcels = Work
sync-file-photos = Photos and long texts
sync-file-stop = Stop
sync-file-written = Written: { $file } in { $folder }. Take it out safely. It counts as shared only when somebody has opened it and their receipt, or their work, came back.
sync-file-empty = No work lies on this device yet: nothing but the list of members is in it.
sync-file-nothing = Nothing here is new for them: nothing but the list of members is in it.
sync-file-done = { $new ->
    [0] Read. Nothing in it was new here.
    [one] Read. 1 parcel of work is new here.
   *[other] Read. { $new } parcels of work are new here.
}
receipt-make = Show a receipt
receipt-show = Let the other device read this in Sync, under “{ receipt-read }”: then its work counts as safe with this one.
receipt-read = Read a receipt
receipt-text = Text of the receipt
receipt-leave = Leave it
receipt-taken = { $device } has said what it holds.
sync-file-stopped = Stopped. What was read until then stays.
work-file-cut = The file ends early. Everything before its end was read; ask for it again.
work-file-of-before = What this file says of where work lies counts no more: it was read before, and its device came back from an old copy since. Exchange with that device again.
work-file-damaged = Part of the file is damaged. What was whole was read; ask for it again.
work-file-of-a-stranger = This device has not heard of who wrote this file. What others signed in it was read. First bring this device the list of members, then read the file again.
sync-file-aside = { $parcels ->
    [one] 1 parcel of work is kept aside. It does not count until somebody has looked at it, or what it waits for has come.
   *[other] { $parcels } parcels of work are kept aside. They do not count until somebody has looked at them, or what they wait for has come.
}
sync-file-look = Look at what is kept aside
work-file-photos-wait = { $parcels ->
    [one] 1 photo or long text of it is not kept yet, because the work that speaks of it does not count here. Keep the file, and open it again when it does.
   *[other] { $parcels } photos and long texts of it are not kept yet, because the work that speaks of them does not count here. Keep the file, and open it again when it does.
}
work-file-full = { $parcels ->
    [one] 1 parcel was not taken: too much of a worker who is out waits here to be looked at. Keep the file, take what is real of what waits, and open the file again.
   *[other] { $parcels } parcels were not taken: too much of a worker who is out waits here to be looked at. Keep the file, take what is real of what waits, and open the file again.
}
work-file-refused = { $parcels ->
    [one] 1 parcel was not taken, because nobody of this programme signed it.
   *[other] { $parcels } parcels were not taken, because nobody of this programme signed them.
}
nearby = Nearby
nearby-what = Devices of this programme in the same network, or on one hotspot. No internet is needed.
nearby-open = Let others find this device
nearby-close = Stop being found
nearby-is-open = { $name } can be found. Only devices of this programme get in. You can keep working; locking ends it.
nearby-code = Code of the address of this device
nearby-address = Address
nearby-more = Other addresses of this device
nearby-copied = Copied.
nearby-copy = Copy
nearby-nobody = Nobody has called yet.
nearby-guest-equal = has the same as this device
nearby-guest-not = is exchanging, or broke off
nearby-find = Find devices
nearby-looking = Looking for devices that want to be found.
nearby-none = None found yet. On the other device, open Sync and choose “{ nearby-open }”. Some networks keep devices apart: then enter its address.
nearby-stop-looking = Stop looking
nearby-exchange = Exchange
nearby-enter = Enter an address
nearby-scan = Scan its code
nearby-typed = Address that the other screen shows
line-with = Exchanging over the local network. You can keep working.
line-begins = Connecting …
line-hub = Exchanging with the hub. You can keep working.
line-done = { $new ->
    [0] Done. Both have the same; nothing was new here.
    [one] Done. Both have the same; 1 parcel of work is new here.
   *[other] Done. Both have the same; { $new } parcels of work are new here.
}
line-ended = { $new ->
    [0] Ended. Nothing was new here, and not everything could be exchanged.
    [one] Ended. 1 parcel of work is new here, and not everything could be exchanged.
   *[other] Ended. { $new } parcels of work are new here, and not everything could be exchanged.
}
line-waits = The other side has too much to do. Try { $next } of { $most } in { $seconds } s.
line-sent = Sent
line-received = Received
line-photos = Photos, texts
line-of = { $at } / { $of }
line-so-far = { $at } so far
line-stop = Stop
line-stopped = Stopped. What came until then stays; it goes on where it was.
hub = Hub
hub-none = None is set. Whoever runs the hub gives you its address.
hub-address = Address of the hub
hub-set = Set
hub-change = Change the address
hub-forget = Use no hub
hub-cancel = Leave it as it is
hub-try = Try now
hub-answers = Reachable. Last exchange { $when }.
hub-silent = Not reachable. Last exchange { $when }.
hub-silent-never = Not reachable. No exchange yet.
hub-met = Last exchange { $when }.
hub-never = No exchange yet.
hub-by-itself = By itself every ten minutes while Tern is open
hub-by-itself-hint = Turn this off where you pay for what you send.
line-fell-back = The other side lacks work that it had signed for before: it came back from an old copy. What is here was sent again.
line-no-room = { $count ->
    [one] 1 parcel stays here, because the hub has no room for more. Ask whoever runs it for room, and exchange nearby or by a file meanwhile.
   *[other] { $count } parcels stay here, because the hub has no room for more. Ask whoever runs it for room, and exchange nearby or by a file meanwhile.
}
line-not-taken = { $count ->
    [one] 1 parcel was not taken there, because it does not count there yet. It stays here and is offered again.
   *[other] { $count } parcels were not taken there, because they do not count there yet. They stay here and are offered again.
}
line-late-there = { $count ->
    [one] 1 parcel of a worker who was taken out stays here, because the hub keeps only so much of such work. It goes by a file, or nearby.
   *[other] { $count } parcels of a worker who was taken out stay here, because the hub keeps only so much of such work. They go by a file, or nearby.
}
line-late-here = { $count ->
    [one] 1 parcel was not taken here: too much of a worker who is out waits to be looked at. Take what is real of what waits, and exchange again.
   *[other] { $count } parcels were not taken here: too much of a worker who is out waits to be looked at. Take what is real of what waits, and exchange again.
}
line-refused-here = { $count ->
    [one] 1 parcel was not taken here, because nobody of this programme signed it.
   *[other] { $count } parcels were not taken here, because nobody of this programme signed them.
}
line-photos-not-taken-hub = { $count ->
    [one] 1 photo or long text stays here, because the hub has no room for it. Ask whoever runs it for room, and exchange nearby or by a file meanwhile.
   *[other] { $count } photos or long texts stay here, because the hub has no room for them. Ask whoever runs it for room, and exchange nearby or by a file meanwhile.
}
line-photos-not-taken = { $count ->
    [one] 1 photo or long text was not taken there. Look whether that device has room left, then exchange again.
   *[other] { $count } photos or long texts were not taken there. Look whether that device has room left, then exchange again.
}
sync-devices = Other devices
sync-devices-none = No other device belongs to this programme yet.
sync-device-met = Has said what it holds: { $when }
sync-device-never = Has not said yet what it holds
sync-device-here = Connected now
sync-device-near = Can be reached now
sync-device-behind = { $behind ->
    [0] Has everything
    [one] Lacks 1 parcel of work
   *[other] Lacks { $behind } parcels of work
}
sync-device-late = Over 7 days
sync-copied = { $device } worked on from an old copy, or there were two of it. What both did is here; look at the children that both changed.
sync-photos = Photos
sync-stranded = { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} of yours at { $sites } { $changes ->
    [one] waits
   *[other] wait
} here: nobody else takes work of that site, because its opening does not count any more.
sync-stranded-to = If that is right, hand them on at { $to }, where you work now. Whoever reads { $to } reads them then. If the site is to be opened again, wait until a coordinator has done so and given you a place there.
sync-stranded-none = Nothing of it is lost. A coordinator opens the site again and gives you a place there; then you hand them on here.
sync-stranded-do = Hand on at { $to }
sync-unsealed-of = { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} by { $worker }, who was taken out, { $changes ->
    [one] is
   *[other] are
} not sealed. Only { $worker } can do that: by typing the old words on this device once. They open nothing.
one-device = One device. Not safe for children's records yet.
settings = Settings
help = Help
cover-now = Cover the screen
theme = Look
theme-system = As the device
theme-light = Light
theme-dark = Dark
theme-sun = Sunlight
density = Size of controls
density-comfortable = Usual
density-compact = Compact
density-glove = Gloves
text-size = Text
size-100 = Usual
size-115 = Large
size-130 = Larger
size-150 = Largest
locking = Locking
cover-after = Cover the screen when nobody is there for
lock-after = Lock after
after-60 = 1 minute
after-120 = 2 minutes
after-300 = 5 minutes
after-600 = 10 minutes
new-words = Draw new words
site-kind = This place is
site-kind-hint = At a border no photo is ever asked for.
site-centre = A centre
site-border = A border
discreet = Lists show
discreet-hint = On: numbers only, no names
shortcuts = Single-key shortcuts
help-keys = Keys
help-key-quiet = Lists with or without names
help-grid = Keys of the board
help-grid-arrows = To the next child or need
help-grid-page = Ten children on or back
help-grid-home = First or last need of a child
help-grid-ends = First or last child
help-grid-enter = Open the cell, or the child
help-grid-digits = In an open cell: choose what was learned
help-grid-space = Mark a child; on the name, the space bar too
help-grid-range = Mark all children on the way
help-grid-escape = Close the cell; take all marks back
help-register-title = Registering a child
help-register-text = Help comes first: a bed, a doctor, food, without name or consent. Four answers give the child a number: a name or why there is none, sex, age, and who is with the child. "Not known" and "Not said" are answers too. Everything is saved as you type.
help-find-title = Finding a child
help-find-text = Type part of a name in any letters, or the number. Spelling, order and one wrong letter do not matter. A number finds a child; it does not prove who the child is.
help-correct-title = Correcting an answer
help-correct-text = Open the child, then Record, and press the answer. The old answer stays in History with who changed it, and can be put back.
help-photo-title = Photos
help-photo-text = A photo has its own question. It is made small, its place and time are removed, and it is sealed. No service depends on it.
help-lock-title = Covering and locking
help-lock-text = Covering hides the screen for a moment. Locking takes the keys away: only the five words or the rescue code open Tern again. Nothing you typed is lost by either.
help-power-title = When the power goes
help-power-text = What says "Saved" is on the disk. After a power cut, Tern says up to when everything is there.
help-wrong-title = Something is wrong
help-wrong-text = Each message says what is the matter and the way out. When records cannot be read, nothing is changed: copy the data folder before anything else is tried.

## Register

register-title = New child
register-leave = Leave; what you typed is kept
step-consent = Consent
step-child = Child
step-situation = Situation
help-first = Help first
help-first-hint = No name, no consent needed
help-bed = Bed tonight
help-doctor = Doctor
help-food = Food
consent-read-aloud = Read aloud, in a language the child understands
consent-text = We are { $site }. We help children. Only workers who help you see what we write. We must tell others in three cases: serious danger, an order of the law, or to keep a child safe. We tell you first, if that is safe for you. You can say no. You get the same help. You can see it, change it or complain at any time.
consent-question = May we write this down here?
consent-granted = Agreed
consent-granted-hint = By the child, or an adult who cares for the child
consent-granted-short = Agreed to writing this down here
consent-refused = Said no
consent-refused-hint = The same help, and the least is written
consent-refused-short = Said no to writing this down
consent-not_possible = Could not ask
consent-not_possible-hint = Say why
consent-not_possible-short = Could not be asked
consent-later = Will ask later
consent-later-hint = Rest, food or a bed first
consent-later-short = Will be asked later
consent-who = Who agreed?
consent-apart = Spoke with the child apart?
consent-apart-hint = Until then only the least is kept: an adult's yes alone does not count.
consent-why-not = Why not?
consent-safe-minimum = Only the safe minimum is needed. Help is the same.
name-as-said = Name, as the child says it
code-script-Arab = Arabic letters
code-script-Cyrl = Cyrillic letters
code-script-Ethi = Ethiopic letters
code-script-Grek = Greek letters
code-script-Hebr = Hebrew letters
code-script-Armn = Armenian letters
code-script-Geor = Georgian letters
code-script-Beng = Bengali letters
code-script-Mymr = Burmese letters
code-script-Rohg = Hanifi letters
code-script-Deva = Devanagari letters
code-script-Sinh = Sinhala letters
code-script-Taml = Tamil letters
code-script-Hans = Chinese characters
code-script-Hant = Chinese characters
code-script-Hani = Chinese characters
name-hint = { $script }. Also found as { $found }.
name-none = No name given?
no-name = No name yet
sex = Sex
sex-girl = Girl
sex-boy = Boy
sex-other = Another or not clear
age = Age
age-none = No age yet
age-hint = Press + or type a number
age-estimated = years, about
age-less = One year less
age-more = One year more
age-by-date = Date of birth
age-by-years = Age in years
age-about = about { $years }
age-exact = { $years } years
age-not-known = age not known
age-band = about { $from } to { $to }
company = Who is with the child?
company-as-said = As they say it
company-add = Add person
company-none = No one to add
company-describe = Like: man, about 35
company-paper = A paper was seen that shows it
speaks = Speaks
save-child = Save child
or-enter = or press Enter
back-to-consent = Consent
open-names-name = A name, or why there is none
open-sex = Sex
open-dob = Age or date of birth
open-accompaniment = Who is with the child
same-title = { $count ->
    [one] 1 may be the same child
   *[other] { $count } may be the same child
}
same-closed = Closed until you say that you are alone with the screen.
same-alone = I am alone with the screen
same-nothing-here = Nothing about another child is on this screen. Then you see a number, part of a name, an age band and how many facts fit. No photo, no place.
same-can-wait = It can wait. The child is saved and numbered first.
same-close = Close
same-many = many facts fit
same-some = some facts fit
same-fact-name = Name
same-fact-sex = Sex
same-fact-age = Age
same-fact-language = Language
same-fact-place = Place
same-verdict-same = same
same-verdict-close = close
same-verdict-different = different
same-verdict-not_known = not known
done-title = Saved on this device
done-hint = This number finds the record again. It says nothing about the child.
done-next = Next child
done-family = Next in this family
done-family-hint = Copies where from and the language, nothing else.
done-open = Open profile
done-today = Today

## Find and profile

find-placeholder = Name in any letters, or number
find-foot = A number finds a record. Someone who knows the child says who it is; the child speaks for itself.
find-count = { $count ->
    [one] 1 of { $of } on this device sounds like this
   *[other] { $count } of { $of } on this device sound like this
}
find-nothing = Nobody on this device sounds like this. The nearest are below.
find-register = Register this child
find-keys = Arrow keys choose, Enter opens, Esc clears.
reason-number = number
undo-close = Take this message away
reason-other-words = another word of the record
reason-same-letters = same letters
reason-prefix = begins so
reason-one-letter-differs = one letter differs
reason-other-script = other letters, same sound
reason-sounds-alike = sounds alike
reason-word-order = other order
speaks-line = speaks { $language }
since-line = our record since { $when }
tab-overview = Overview
tab-record = Record
tab-documents = Documents
tab-history = History
key-facts = Key facts
fact-birth = { $count ->
    [one] Birth date, as known
   *[other] Birth date, { $count } claims
}
fact-protected-as = Protected as
fact-age = { $years }, the youngest that is claimed
fact-speaks = Speaks
agreed-title = What was asked and answered
agreed-nothing = Nothing was asked yet.
timeline = Timeline
timeline-begun = Our record begun
timeline-consent = An answer about consent was written down
timeline-photo = A photo was added
timeline-moved = An entry was moved between records
timeline-changed = Changed: { $fields }
disputes = { $count ->
    [one] 1 answer differs between devices. Each is kept.
   *[other] { $count } answers differ between devices. Each is kept.
}
two-values = More than one answer
section-off = Nothing is asked here in this programme.
changed = Changed: { $what }.
cause-registered = registered here
cause-typed = typed here
cause-put-back = put back
cause-attached = attached
cause-imported = imported
cause-confirmed = confirmed by a second worker
cause-moved = moved between records
cause-settled = settled
both-paragraph = { $by }, { $day }:
cause-derived = derived by a rule
cause-other = from a newer version
history-field = Field
history-all-fields = All fields
history-person = Person
history-everyone = Everyone
history-nothing = No change fits.
history-what = What
history-before = Before
history-after = After
history-cleared = cleared
history-back = Put this value back
photo-title = Photo
photo-alt = Photo of the child
photo-question = May we take a photo of you?
photo-hint = Its own question. Saying no changes nothing else.
photo-never = No photo is asked for at a border.
photo-refused = No photo. A no stands for the day; when the child wants a photo later, ask again on another day.
photo-choose = Choose or take a photo
photo-again = Take another photo
photo-working = Making it small and sealing it
photo-kept = Kept: { $size } KB, { $width } × { $height }. Place, time and camera were removed.
photo-remove = Take the photo out

## The board

need-shelter = Shelter
need-health = Health
need-mhpss = Mental health
need-education = School
need-guardian = Guardian
need-birth-registration = Birth registration
need-best-interests = Assessment of best interests
need-updated = { $need } for { $who }: { $outcome }
children-count = { $count ->
    [one] 1 child
   *[other] { $count } children
}
state-in-place = In place
state-said = Said, not seen
state-not-assessed = Placed, not assessed
state-not-fit = Placed, not fit
state-not-needed = Not needed
state-waiting = Waiting
state-asked = Asked
state-referred = Referred
state-refused = Refused
state-not-asked = Not asked yet
state-not-possible = Not possible here
state-late = Late
outcome-shelter-safe = A safe place here
outcome-shelter-not-fit = A place, not fit for a child
outcome-shelter-asked = Asked or referred
outcome-shelter-refused = Refused
outcome-shelter-no-place = No place
outcome-shelter-not-taken-up = Not taken up, because …
outcome-health-screened = Seen by health staff
outcome-health-vaccinations = Vaccinations looked at
outcome-health-treated = In treatment
outcome-health-asked = Asked or referred
outcome-health-refused = Refused
outcome-health-no-place = Not to be had
outcome-health-not-taken-up = Not taken up, because …
outcome-mhpss-screened = Screen done
outcome-mhpss-supported = Gets support
outcome-mhpss-asked = Asked or referred
outcome-mhpss-refused = Refused
outcome-mhpss-no-place = Not to be had
outcome-mhpss-not-taken-up = Not taken up, because …
outcome-education-attending = Attending
outcome-education-enrolled = Enrolled, not started
outcome-education-asked = Asked or referred
outcome-education-refused = Refused by the school
outcome-education-no-place = No place
outcome-education-not-taken-up = Not taken up, because …
outcome-education-not-needed = Not needed, because …
outcome-guardian-asked = Asked for
outcome-guardian-appointed = Appointed
outcome-guardian-delayed = Takes time, because …
outcome-birth-registration-declared = Declared
outcome-birth-registration-certificate-seen = Certificate seen
outcome-birth-registration-said-registered = Said to be registered
outcome-birth-registration-not-registered = Not registered
outcome-birth-registration-obstacle = Something stands in the way
outcome-best-interests-opened = Opened
outcome-best-interests-completed = Completed
outcome-asks-child-view = What the child says about it
outcome-asks-reason = Why it is not needed
roll-call-done = { $here } here, { $away } not accounted for
group-set = { $count ->
    [one] 1 child
   *[other] { $count } children
} in { $group }
group-left = { $count ->
    [one] 1 child
   *[other] { $count } children
} in no group
task-safe-place = A safe place tonight
    .reason = Any night without a bed is late
task-search = Look for the child
    .reason = Not accounted for: search, and tell the guardian
task-answer-concern = An answer is due
    .reason = Within the time that was set for it (CP-08)
task-end-detention = Out of detention
    .reason = No child is held for where it comes from (DT-01)
task-doctor = A doctor
    .reason = Ill, injured or in need of medicine when registered
task-speak-apart = Speak with the child apart
    .reason = A caregiver's yes counts only after that
task-referral-stopped = A referral may not leave
    .reason = A no was said to it. What has not left stays; who has it is told (D-07)
task-refer-to-authority = Refer to the child protection authority
    .reason = For a child without parents, within days (CP-02)
task-trafficking-screen = Screen for trafficking
    .reason = Every new child, within days (CP-10)
task-health-screen = Health, vaccinations, mental health
    .reason = Basic health is complete only with all three (SV-06)
task-mhpss = Mental health support
    .reason = A need was found (SV-07)
task-guardian = A guardian
    .reason = For a child without parents, as soon as can be (CP-03)
task-assess-interests = Assess best interests
    .reason = Counted from registration (BI-01)
task-hear-child = Hear the child
    .reason = The last assessment was made without (BI-03)
task-explain-rights = Explain rights to the child
    .reason = In a way and a language the child has (CP-11)
task-open-tracing = Ask about looking for family
    .reason = By the child's wish (CP-06)
task-nationality = See about a nationality
    .reason = The child has none, or may have none
task-declare-birth = Declare the birth
    .reason = Counted from birth here, else from registration (ND-01)
task-school = School
    .reason = Within months of arrival (SV-01)
task-service-gap = Something needed and not received
    .reason = Counted from the day the need was seen (SV-15)
task-permit-ends = A permit ends
    .reason = Or ends with childhood (DS-03)
task-transition-to-18 = Plan for turning 18
    .reason = Six months before (D-03)
task-age-dispute = The age is contested
    .reason = A child until it is settled, with a lawyer (D-04)
task-turned-18 = Turned 18: ask again
    .reason = Their answers now, their copy, who goes on (D-03)
task-ask-again = Ask again for agreement
    .reason = Put off, or run out (D-07)
task-review-basis = Look again at sharing without agreement
    .reason = Within seven days, and the child is told (D-10)
task-guardian-contact = The guardian has not been in touch
    .reason = Longer ago than was agreed
task-solution-plan = Plan for a lasting solution
    .reason = Agreed within months of registration (DS-01)
task-care-review = Review the care
    .reason = After four weeks, then every three months
task-review = A date to keep
    .reason = A review, a hearing or a deadline
task-follow-up = Follow up
    .reason = On the day that was agreed
task-return-monitoring = Contact after return
    .reason = After 1, 3, 6 and 12 months (DS-07)
task-referral-answer = Ask about a referral
    .reason = No answer for seven days
task-second-worker = Waits for a second worker
    .reason = One proposed, another confirms
task-settle = Two answers to settle
    .reason = Devices differ
task-destroy-paper = Destroy the paper form
    .reason = Its day has come

restricted-closed = Some answers are behind the lock
restricted-hint = The lock is the same for every child, whether something is there or not
restricted-reason = Why do you read it?
restricted-open = Open
