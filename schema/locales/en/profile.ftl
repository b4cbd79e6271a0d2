## The profile of a child: what is still needed, what happened, what stands over the record

needed-title = Still needed
needed-count = { $done } of { $of } in place
needed-update = Update a service
needed-tasks = Also to do
needed-nothing = Nothing is open.
needed-over = Reminders have stopped.
needed-elsewhere = It stands in the other record.
needed-target = target { $days ->
    [one] 1 day
   *[other] { $days } days
}
needed-any-night = any night without a bed is late
needed-event = { $what } on { $day }
needed-screened = Screen on { $day }
needed-completed = Completed on { $day }
needed-opened = Opened on { $day }
needed-placed = Placed on { $day }
needed-placed-no-day = Placed, the day is not known
needed-place-said = A safe place was said, not seen
needed-place-not-asked = Nobody has asked about tonight
needed-seen = Seen on { $day }
needed-vaccinations = vaccinations looked at on { $day }
needed-appointed = Appointed on { $day }
needed-appointed-no-day = Appointed, the day is not known
needed-asked = Asked for on { $day }
needed-not-by-age = Not of school age
needed-not-by-family = With a parent or usual carer
needed-wish-not-asked = The wish of the child is not asked yet
needed-wish-wants = Wants family to be looked for; no request is open
needed-wish-undecided = Undecided; ask again
needed-wish-does-not-want = Does not want family to be looked for
needed-wish-contact-maintained = In contact with family
needed-wish-too-young = Too young to be asked
need-tracing = Looking for family
needed-says = { $need }, { $days ->
    [one] waiting 1 day
   *[other] waiting { $days } days
}, { $state }
needed-says-late = { $need }, late, { $days ->
    [one] waiting 1 day
   *[other] waiting { $days } days
}, { $state }
needed-says-met = { $need }, { $state }
task-late = { $days ->
    [one] 1 day late
   *[other] { $days } days late
}
task-due = by { $day }
task-due-by = by { $day }, { $time }
no-guardian = { $days ->
    [one] No guardian, 1 day
   *[other] No guardian, { $days } days
}
no-guardian-yet = { $days ->
    [0] No guardian yet
    [one] No guardian yet, 1 day
   *[other] No guardian yet, { $days } days
}
together-title = Not to be separated from
together-of = { $name }, { $number }

## What happened

happened-guardianship-requested-on = Guardian asked for
happened-guardianship-appointed-on = Guardian appointed
happened-guardianship-ended-on = Guardianship ended
happened-care-from = Placed: { $what }
happened-care-to = Left: { $what }
happened-bia-opened-on = Assessment of best interests opened
happened-bia-completed-on = Assessment of best interests completed
happened-bid-opened-on = Determination of best interests opened
happened-bid-decided-on = Best interests determined: { $what }
happened-decisions-decided-on = Decided: { $what }
happened-services-screen-on = Seen by health staff
happened-services-immunisation-review-on = Vaccinations looked at
happened-services-mhpss-screen-on = First talk about how the child feels
happened-services-first-attended-on = First day at school
happened-information-given-on = Told about: { $what }
happened-follow-ups-done-on = Followed up: { $what }
happened-solutions-identified-on = A solution was found: { $what }
happened-solutions-agreed-on = A solution was agreed: { $what }
happened-solutions-implemented-on = A solution is in place: { $what }
happened-birth-obstacles-noted-on = In the way of birth registration: { $what }
happened-relations-verified-on = Checked: { $what }
happened-arrived-on = Arrived here
happened-birth-notified-on = Birth notified
happened-birth-declared-on = Birth declared
happened-birth-registered-on = Birth registered
happened-birth-certified-on = Birth certificate given
happened-birth-step = Birth registration: { $what }, as said
happened-birth-step-seen = Birth registration: { $what }, seen
happened-case-not-seen-since = Not accounted for
happened-case-departed-on = Left this place
happened-case-closed-on = Our record was closed
happened-service = { $what }: { $state }
happened-consent = { $what }: { $state }
happened-consent-to = { $what }, { $receiver }: { $state }
happened-document = A paper: { $what }
happened-document-is = { $what }: { $state }
happened-dob-claim = A birth date was said: { $what }. Every one is kept.
happened-relation = Family, as said: { $what }
happened-death = The child has died
event-need-assessed = found to be needed
event-referred = asked or referred
event-accepted = accepted
event-waitlisted = on the waiting list
event-receiving = begun
event-suspended = interrupted
event-ended = ended
event-no-longer-needed = not needed
event-unavailable = not to be had
event-declined-by-child = not taken up
event-denied = refused
event-education-receiving = attending
event-education-accepted = enrolled, not started
event-education-unavailable = no place
event-shelter-receiving = a place
event-shelter-unavailable = no place
event-mhpss-receiving = gets support
event-health-receiving = in treatment
timeline-typed = typed { $when }
timeline-nothing = Nothing has happened yet.

## What stands over the record

notice-turning-18 = Turns 18 on { $day }, by the claim that protects
notice-turned-18 = Turned 18 on { $day }, by the claim that protects
notice-age-dispute = The age is in dispute since { $day }
notice-age-dispute-no-day = The age is in dispute
notice-age-doubt-no-day = One claim makes the child 18 or older. Treated as a child.
notice-death = Died on { $day }
notice-death-no-day = Died
notice-missing = Not accounted for since { $day }
notice-left = Left this place on { $day }
notice-closed = Our record was closed on { $day }
notice-closed-no-day = Our record is closed
notice-linked-no-day = Read together with another record of the same child
notice-duplicate-no-day = Read together with another record of the same child
notice-somebody = Somebody
notice-line-says = { $who } says: { $what }
notice-line-doubts = Doubted by: { $what }
notice-line-state = { $what }.
notice-line-lawyer = Lawyer: { $what }
notice-line-no-lawyer = No lawyer yet.
notice-line-protected = Protected as a child meanwhile, by the youngest claim.
notice-line-reminders-stop = All reminders have stopped. The record stays.
notice-line-siblings-not-told = No screen tells brothers or sisters. A person does.
notice-line-last-seen-by = Last seen by { $what }
notice-line-linked-elsewhere = Reminders and what is still needed are in the other record.
notice-line-linked-read-both = What the other record holds is not repeated here.
notice-line-reason = Why: { $what }
notice-line-nothing-is-deleted = Nothing is deleted or locked away. What a carer agreed to ends, and the young person is asked.
step-plan = A plan for the time after 18
step-own-copy = Their own copy, given into their hands
step-own-consent = Asked themselves, for each purpose
step-who-continues = Who goes on with this record
step-death-notified = Death notified
step-death-registered = Death registered
step-done = done
step-open = open

## Key facts

fact-came-with = Came with
fact-no-adult = No adult with the child
fact-last-with-family = Last seen with family
fact-papers = Papers
fact-worker = Case worker

## Two people

proposal-title = Waits for a second worker
proposal-by = Proposed by { $who }, { $when }.
proposal-mine = Another worker confirms it.
proposal-confirm = Confirm
proposal-withdraw = Withdraw
timeline-all = Show all { $count }

## Family

tab-family = Family
family-title = Family of { $name }
family-nobody = Nobody is written down yet.
family-add = Add a relative
family-edit = Change
family-kind-unknown = Relation not known
family-line-verified = Checked
family-line-said = As said
family-line-disproved = Not so
family-line-compare = A record to compare
family-lives-with = Lives with the child
family-main-carer = Mainly cares for the child
family-responsible = Legally responsible
family-died-told = Has died; the child has been told
family-contact-yes = The child agrees to contact
family-contact-no = No contact
family-speak = Speak to the case worker before contact
family-household = A household
family-household-of = Lives together: { $name }
family-companions = Came along, as said
family-no-name = No name
family-this-child = This child
family-open-record = Open the record
family-together = Do not separate
family-together-end = May be separated
family-together-said = Not to be separated from { $name }. It stands in both records.
family-together-taken-back = May be separated from { $name }. It stands in both records.
family-check = Checked by
family-check-hint = A second worker confirms it. Until then it stays as said.
family-waits = A check waits for a second worker.
family-graph = Family as a picture. Arrow keys go from person to person.
family-not-verified = Two workers have not checked it.
family-child-not-asked = The child was not asked.
family-speak-first = Speak to the case worker before any contact.
tracing-title = Looking for family
tracing-closed = Closed until you say that you are alone with the screen. It looks the same for every child.
tracing-alone = I am alone with the screen
tracing-close = Close
tracing-none = No request is written down.
tracing-request = Request
tracing-add = Begin a request
tracing-opened = since { $day }
tracing-sought = Who is looked for
tracing-sought-add = Add a person
tracing-actions = What was done
tracing-actions-add = Add what was done
tracing-matches = Records to compare
tracing-matches-add = Add a record to compare
tracing-no-contact = No contact between the two before both case workers agree. Nobody is told before two workers have checked it and the child was asked.
tracing-may-tell = Two workers have checked it and the child was asked. Now the family may be told.
tracing-not-yet = The family is not told yet:
tracing-asked-on = The child was asked on { $day }.
tracing-child-asked = The child was asked today
tracing-plausible = It may be
tracing-rejected = Not the same family
tracing-verified = It is so
tracing-other = A record that is not on this device
match-suggested = To be compared
match-plausible = May be
match-rejected = Not the same family
match-verified = Checked by two
match-revoked = Taken back

## Links

link-waiting = Waits for a second worker
link-same = The same child
link-different = Different children
link-unsure = Not decided
link-title = The same child
link-other = Number of the other record
link-hint = Both records stay whole. A second worker confirms it, and it can be split again.
link-do = Link the two
link-split = Split again

## The menu

menu-more = More about this child
act-link = The same child as in another record
act-missing = Is not accounted for
act-found = Was found
act-left = Has left this place
act-closed = Close our record
act-died = Has died
act-reopened = Open our record again
act-hint-missing = A search begins today. Who saw the child last helps.
act-hint-found = The search ends.
act-hint-left = A second worker confirms it. Until then every reminder goes on.
act-hint-closed = A second worker confirms it. Nothing is deleted.
act-hint-died = A second worker confirms it. Then all reminders stop at once. No screen tells brothers or sisters; a person does.
act-hint-reopened = Reminders begin again.
act-on = Day
act-last-seen = Who saw the child last
act-known-by = How it is known
act-why = Why
act-keep = Keep
told-missing = { $name } is not accounted for.
told-found = { $name } was found.
told-left = { $name } has left: proposed.
told-closed = Our record of { $name }: closing was proposed.
told-died = { $name }: proposed. A second worker confirms it.
told-reopened = Our record of { $name } is open again.
act-own-copy = A copy for the child or a carer

## History

history-when = When
history-actions = Actions
history-undo-all = Undo this whole change
history-as-of = Show as of
history-erased = erased
as-of-title = As it stood at the end of { $day }
as-of-hint = Nothing can be changed here. Later answers are not shown.
as-of-back = Back to today

## Papers

papers-title = Identity papers
papers-none = No paper is written down.
papers-kind-unknown = A paper
papers-until = until { $day }
papers-late = { $days ->
    [one] Waiting 1 day
   *[other] Waiting { $days } days
}
papers-seen = seen
papers-said = said, not seen
papers-step-not-asked = Nobody has asked yet.
papers-not-possible = Not possible here. It still counts as not registered, and is asked again when the child or the office moves.
papers-in-the-way = In the way:
papers-change = Change in the record
