# A field day: counting a bus, typing from paper, families, copies.

section-arrival-arrival = A bus or boat
field-arrival-arrival_name = What it is called here
hint-arrival-arrival_name = Like: second bus
field-arrival-arrival_headcount = Children, counted by head
hint-arrival-arrival_headcount = Before anything is typed; the list must be as long
field-arrival-arrival_on = Day
list-arrival-arrival_lines = Children in the list
    .add = Add a child
field-arrival-arrival_lines-child = Child
field-arrival-arrival_lines-number = Place in the list
field-case-tally_arrival = Counted with
field-case-paper_of = Typed with
section-paper_batch-paper_batch = Forms on paper
field-paper_batch-batch_name = What the bundle is called here
hint-paper_batch-batch_name = Like: forms of 9 November
field-paper_batch-batch_forms = Forms in the bundle
hint-paper_batch-batch_forms = Counted before the first is typed
field-paper_batch-batch_interviewed_on = Day of the interviews
hint-paper_batch-batch_interviewed_on = Clocks run from this day, not from today
field-paper_batch-batch_interviewed_by = Who asked
field-paper_batch-batch_interviewed_by_name = Name of who asked
field-paper_batch-batch_interviewed_where = Where they were asked
field-paper_batch-batch_consent = What the paper says of agreement
hint-paper_batch-batch_consent = One answer for several children counts for none of them: ask again
field-paper_batch-batch_lies = Where the paper lies
field-paper_batch-batch_destroy_on = To be destroyed on
list-paper_batch-batch_forms = Forms that were typed
    .add = Add a form
field-paper_batch-batch_forms-child = Child
field-paper_batch-batch_forms-number = Number on the form
code-paper_consent-on_each_form = Asked and answered on each form
code-paper_consent-one_for_all = One answer for all
code-paper_consent-not_on_forms = The forms say nothing of it

## Counting a bus

more-field = A field day
tally-title = Count a bus
tally-lead = Count the children by head before anything is typed. Then a line for each child; names and questions come later.
tally-new = A bus or boat is here
tally-name = What it is called
tally-name-hint = Like: second bus
tally-heads = Children, counted by head
tally-begin = Begin to count
tally-all = Counted before
tally-of = { $counted } of { $heads }
tally-even = The list is as long as the count.
tally-to-find = { $count ->
    [one] 1 to find
   *[other] { $count } to find
}
tally-over = { $count ->
    [one] 1 more than was counted by head
   *[other] { $count } more than were counted by head
}
tally-recount = Correct the count by head
tally-recounted = The count by head was corrected.
tally-to-complete = { $count ->
    [one] 1 to complete
   *[other] { $count } to complete
}
tally-band = Wristband or number
tally-age = Age, as seen
tally-with = With whom, as they say it
band-baby = Baby
band-small = To 5
band-child = 6 to 11
band-teen = 12 to 17
with-parent = Mother or father
with-relative = Relative
with-child_sibling = Child sibling
with-unrelated_adult = Another adult
tally-open-is-unknown = What stays open is kept as not known, and completed later.
tally-count = Count this child
tally-keys = Tab leads to the answers, a letter chooses, Enter counts.
tally-counted = { $number } saved
tally-list = Counted, who needs help first
tally-show-all = All, { $count }
tally-show-open = To complete, { $count }
tally-empty = No child in the list yet.
tally-all-complete = Every record has what it needs.
tally-sex-unknown = Sex not known
tally-lacks = Still needed: { $what }
lacks-wristband = a wristband of its own (another line has this one)
lacks-name = name
lacks-sex = sex
lacks-age = age
lacks-company = who is with the child
lacks-consent = agreement
tally-complete = Complete
tally-take-out = Take { $number } out, typed by mistake
tally-taken-out = The line was taken out.
done-back-to-list = Back to the list

## Own copy and blank forms

field-consent-withholds-part = Which part of the record
hint-consent-withholds-part = This part is left out of copies
field-consent-withholds-kept_from = Kept from
code-withhold_from-caregiver = A caregiver
code-withhold_from-family = The family
code-withhold_from-other_children = Other children
code-withhold_from-authorities = Authorities
code-withhold_from-everyone = Everyone
paper-practice = PRACTICE. Made in a practice programme: no real child.
copy-title-child = What we wrote down with you
copy-title-caregiver = What we wrote down with the child
copy-number = Record { $number }, made on { $day }
copy-what-child = This is your own copy. You may keep it, show it to somebody you trust, or ask us to keep it for you.
copy-what-caregiver = This copy is for a caregiver of the child.
copy-not-child = It is not an identity document. It is not an asylum or birth registration.
copy-not-caregiver = It is not an identity document. It is not an asylum or birth registration.
copy-left-out-child = A paper can be read by others. So it says nothing of other people, and nothing that you asked us to keep.
copy-left-out-caregiver = It holds less than our record. What belongs to the child and to other people stays there.
copy-more-child = You can see everything with us, change it or complain at any time.
copy-more-caregiver = Something is wrong or not clear: ask the case worker. You can complain at any time.
copy-helpline = Helpline: { $call }
copy-part-who = The child
copy-part-agreed = What was asked and answered
copy-part-explained = What was explained
copy-part-papers = Papers and birth registration
copy-part-care = Where you live
copy-part-guardian = Guardian
copy-part-school = School
copy-part-health = Health
copy-part-help = Other help
copy-part-legal = Decisions and permits
copy-part-looking = Looking for family
print-title-child = First talk with a child
print-not = Not an identity document. Not an asylum or birth registration.
print-open = What is not known or not said is an answer too: tick it. Help comes first, without name or agreement.
print-number = The number was drawn at random. It says nothing about the child.
print-interview = The talk
print-or-age = or about how many years old
print-count = number
print-after = Keep it locked. It is typed into Tern, and destroyed on the day that the bundle says.

kind-arrival = Buses and boats
    .one = A bus or boat
    .add = Count a bus
    .none = No bus was counted yet.
kind-paper_batch = Forms on paper
    .one = A bundle of forms
    .add = Begin a bundle
    .none = No bundle yet.
copy-state-need_assessed = looked at, { $day }
copy-state-referred = asked for, { $day }
copy-state-waitlisted = on a waiting list, { $day }
copy-state-accepted = a place was found, { $day }
copy-state-receiving = in place since { $day }
copy-state-suspended = paused, { $day }
copy-state-ended = ended, { $day }
copy-state-denied = refused, { $day }
copy-state-declined_by_child = not taken up, { $day }
copy-state-unavailable = not to be had, { $day }
copy-state-no_longer_needed = ended, { $day }

hint-birth_registration-birth_type = Children born alive. A stillbirth is not recorded in Tern: the clinic notifies it

## Families, interpreters

code-relationship-sibling = Brother or sister
household-moved = { $count ->
    [one] 1 child moved
   *[other] { $count } children moved
}
household-left = { $count ->
    [one] 1 child left the household
   *[other] { $count } children left the household
}
field-case-family_copied_from = Where from and languages copied from
hint-case-family_copied_from = Until this child was asked too
remark-copied-answer = Copied from a child of the same family. Ask this child too.
field-child-interpreter_relation = How the interpreter stands to the child
hint-child-interpreter_relation = A relative or somebody of the journey may be who the child fears
field-child-interpreter_asked_again = Asked the child again before anything sensitive?
hint-child-interpreter_asked_again = May this interpreter stay, or shall we find another?
code-interpreter_relation-none = No relation
code-interpreter_relation-relative = A relative
code-interpreter_relation-travelled_together = Travelled together
code-interpreter_relation-same_community = Of the same community

## Screens of paper, copies, feedback

paper-title = Forms on paper
paper-all = Bundles
paper-of = { $typed } of { $forms } typed
paper-new = A new bundle
paper-lead = What stands on every form is said once. Who asked and when goes into each record; clocks run from that day.
paper-begin = Begin the bundle
paper-all-typed = Every form is a record.
paper-left = { $count ->
    [one] 1 left
   *[other] { $count } left
}
paper-over = { $count ->
    [one] 1 more than was counted
   *[other] { $count } more than were counted
}
paper-ask-again = The paper's answer counts for no child. Choose "Will ask later" on each form, and ask each child again.
paper-number = Number on the next form
paper-number-hint = As printed. Leave it open when the form has none.
paper-next = Type this form
paper-on = Day of the interviews
paper-by = Who asked
paper-where = Where
paper-consent = What the paper says of agreement
paper-lies = Where the paper lies
paper-destroy = To be destroyed on
paper-not-said = Not said
paper-typed = Typed
paper-none = No form typed yet.
paper-no-number = no number
paper-form = Form { $number }
paper-save = Save this form
done-back-to-bundle = Next form
family-copies = Taken over and marked: where from, and the languages. Never an agreement, a paper, a status or anything of the birth.
family-same = Who is with this child too?
family-sibling = Brother or sister
family-sibling-hint = Each record then says not to separate them, as claimed.
family-other = Another child of the family
interpreter-line = Interpreter
interpreter-again = Ask again, apart, before anything sensitive: may this interpreter stay?
print = Print
print-blank = Blank forms
print-another = Another number
print-lead = From the same questions as the screens. Each print has a number of its own.
copy-title = Own copy
copy-lead = A paper can be read by others. It leaves out fears, concerns, other people and what the child asked to be kept. That it was made is written down.
copy-for-child = For the child
copy-for-child-hint = Its own answers and what was done
copy-for-caregiver = For a caregiver
copy-for-caregiver-hint = Less: nothing that the child kept from them
feedback-title = Complaints and ideas
feedback-first = On paper or by telephone
feedback-paper = Offer paper and the box first. Nobody here signs it, and nobody here has to read it first.
feedback-call = Helpline: { $call }
feedback-no-helpline = No helpline is written down for this country. Add it to the country profile.
feedback-print = Print a form for the box
feedback-here = Typed here
feedback-signed = What is typed here is signed by { $worker } and read in this place. It is not anonymous. Say so before you type.
feedback-staff = What is said about staff of this place is not written down here: it goes outside, by paper or telephone. Here only that it was said is kept.
feedback-keep = Save
feedback-keep-staff = Save that it was said
feedback-saved = Saved.
