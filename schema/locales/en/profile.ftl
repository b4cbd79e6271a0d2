## The profile of a child: what is still needed, what happened, what stands over the record

needed-title = Still needed
needed-count = { $done } of { $of } in place
needed-update = Update a service
needed-tasks = Also to do
needed-nothing = Nothing is open.
needed-over = Reminders have stopped.
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
no-guardian = { $days ->
    [one] No guardian, 1 day
   *[other] No guardian, { $days } days
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
notice-somebody = Somebody
notice-line-says = { $who } says: { $what }
notice-line-lawyer = Lawyer: { $what }
notice-line-no-lawyer = No lawyer yet.
notice-line-protected = Protected as a child meanwhile, by the youngest claim.
notice-line-reminders-stop = All reminders have stopped. The record stays.
notice-line-siblings-not-told = No screen tells brothers or sisters. A person does.
notice-line-last-seen-by = Last seen by { $what }
notice-line-reason = Why: { $what }
notice-line-nothing-is-deleted = Nothing is deleted or locked away. What a carer agreed to ends, and the young person is asked.
step-plan = A plan for the time after 18
step-own-copy = Their own copy, handed over in a talk about turning 18
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
