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
lacks-name = name
lacks-age = age
lacks-company = who is with the child
lacks-consent = agreement
tally-complete = Complete
tally-take-out = Take { $number } out, typed by mistake
tally-taken-out = The line was taken out.
done-back-to-list = Back to the list
