# Two panels over a record: turning 18, and an age that is in dispute. And the household of a child.

## Turning 18 (rule D-03)

passage-open = Open
passage-turning-18 = Turning 18
passage-turning-18-lead = The young person gets their own copy, says themselves what may go on, and knows who stays at their side. Nothing is deleted or locked away.
passage-copy = Their own copy
passage-copy-make = Make the copy
passage-asked = What they say themselves
passage-asked-hint = Ask for each purpose. What a carer agreed to for them ends with the birthday.
passage-asked-nothing = Nothing was asked yet.
passage-ask = Write down an answer
passage-continues = Who goes on
passage-said-by = said by: { $who }

## An age in dispute (rules D-01, D-04)

passage-age-dispute = The age in dispute
passage-age-dispute-lead = Until it is settled, this child is protected as a child, by the youngest claim. A doubt takes no service, no guardian and no place away.
passage-dispute-n = Dispute since { $day }
passage-dispute-no-day = Dispute, no day given
passage-dispute-new = A new dispute
passage-dispute-settled = Settled on { $day }
passage-dispute-add = Write down a dispute
passage-assessments = An age assessment has its own rules: it stands in the record, under the legal situation.
passage-to-record = To the record

## Household

household-title = Household
household-open = Household
household-none = No household is written down for this child.
household-unit = Room, tent or address: { $unit }
household-members = Children living here
household-alone = No other child lives here.
household-take-out = Take out
household-put-in = Another child moves in
household-put-in-hint = The child leaves the household it was in. What was stays in the history of both.
household-put-in-do = Move in
household-join = Put into a household
household-join-hint = One that is there, or a new one. Which children live together says nothing about who is family.
household-whole = All move
household-whole-hint = All children of this household go into another one, or to a new place. The two are then one.
household-existing = Into this household
household-or-new = Or into a new one
household-name = What it is called here
household-new-unit = Room, tent or address
household-on = Moved on
household-do = Move
household-before = Where the child lived before
household-from-to = { $from } to { $to }
household-since = since { $from }
household-record = Open its record
