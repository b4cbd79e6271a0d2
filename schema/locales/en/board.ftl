## The first screen of the day

today-here = { $count ->
    [one] 1 child here now
   *[other] { $count } children here now
}
today-served = Nobody is waiting.
today-served-next = Their next dates
today-panels = What to look at
today-board = Board
today-tasks = Tasks
today-tasks-due = { $count } due
board-label = Children against needs
board-children = { $count ->
    [one] 1 child
   *[other] { $count } children
} · { $gaps } with a gap
board-sort = Order
board-sort-urgent = Most urgent first
board-sort-longest = Longest wait first
board-sort-newest = Newest first
board-sort-name = By name
board-late = { $count } late
board-column = { $label }: { $open ->
    [one] 1 child still without
   *[other] { $open } children still without
}, { $late } late. Show these only.
board-column-all = { $label }: show all children again
board-group-no-safe-place = No safe place tonight
board-group-today = Urgent today
board-group-wait = Longest wait first
board-group-in-place = Nothing is waiting
board-select = Choose { $who }
board-none = No child fits what you chose.
board-legend = Signs
row-here = { $days ->
    [0] here since today
    [one] here 1 day
   *[other] here { $days } days
}
cell-days = { $days } d
cell-nights = { $days ->
    [0] tonight
    [one] 1 night
   *[other] { $days } d
}
cell-said = said
cell-not-assessed = not assessed
cell-not-fit = not fit
cell-asked = asked
cell-referred = referred
cell-refused = refused
cell-not-asked = not asked
cell-not-possible = not possible
cell-spoken-days = { $days ->
    [one] 1 day
   *[other] { $days } days
}
cell-spoken-late = late, { $days ->
    [one] 1 day
   *[other] { $days } days
}
cell-says-in-place = In place, and seen.
cell-says-not-needed = Not needed now.
cell-says-not-fit = { $days ->
    [0] A place since today that is not fit for a child.
    [one] 1 day in a place that is not fit for a child.
   *[other] { $days } days in a place that is not fit for a child.
}
cell-says-no-bed = { $days ->
    [0] No safe place tonight.
    [one] 1 night without a safe place.
   *[other] { $days } nights without a safe place.
} Any night without one is late.
cell-says-open = { $state }. { $days ->
    [0] Since today.
    [one] Open for 1 day.
   *[other] Open for { $days } days.
}
cell-says-late = Waiting { $days ->
    [one] 1 day
   *[other] { $days } days
}, late since day { $target }. Asking does not stop the count.
cell-says-waiting = Waiting { $days ->
    [0] since today
    [one] 1 day
   *[other] { $days } days
}, late after day { $target }. Asking does not stop the count.
chip-all = All gaps
chip-gap = { $label } { $count }
gap-more = + { $count }
gap-more-late = { $count } more late
age-short = { $years } y
cell-menu = { $need } for { $who }
cell-menu-many = { $need } for { $count ->
    [one] 1 child
   *[other] { $count } children
}
cell-asks-who-why = Asks who and why
cell-asks-child = The child’s own view
cell-asks-reason = Needs a reason
cell-day = Day it happened
cell-day-today = Today
cell-day-yesterday = Yesterday
cell-day-earlier = Earlier
cell-who = Who said so
cell-why = Why
cell-note = A note
cell-note-optional = A note, if you want
cell-keep = Keep
cell-close = Close
bulk-bar = Chosen children
bulk-children = { $count ->
    [one] 1 child
   *[other] { $count } children
}
bulk-clear = Choose none
bulk-select = Choose
bulk-select-done = Done
filter-sex = Girls and boys
filter-girls = Girls
filter-boys = Boys
filter-age = Age
filter-age-band = { $from } to { $to } years
filter-circle = Group
filter-all = Show all
discreet-on = Numbers only
discreet-off = Show names
nothing-to-undo = There is nothing to take back.
undone = Taken back: { $what }
outcome-note = Write a note
outcome-asks-note = A note
care-taken = { $count ->
    [one] 1 child
   *[other] { $count } children
} in the care of { $who }
care-left = { $count ->
    [one] 1 child
   *[other] { $count } children
} in nobody’s care
away-told = Kept for { $number }
filter = Filter
filter-title = Show only
filter-circle-all = Every group
filter-mine = Children in my care
filter-drop = take out
filter-show = { $count ->
    [one] Show 1 child
   *[other] Show { $count } children
}
bulk-group = Add to group
bulk-group-title = { $count ->
    [one] A group for 1 child
   *[other] A group for { $count } children
}
bulk-group-new = A new group
bulk-group-none = No group
bulk-enrolled = Mark enrolled
bulk-more = More for these children
bulk-mine = In my care
bulk-not-mine = In nobody’s care
bulk-needs = Update a need
roll-call = Roll-call
roll-call-hint = Tick who you see.
roll-call-count = { $seen } of { $of } seen
roll-call-find = Find in this list
roll-call-seen = Here
roll-call-not-yet = Not seen yet
roll-call-rest = { $count ->
    [one] 1 child is not ticked. It will be looked for.
   *[other] { $count } children are not ticked. They will be looked for.
}
roll-call-all = Everybody was seen.
roll-call-finish = Finish the roll-call
away-take-back = Ticked by mistake, or not ticked? Say here that the child was seen, or open the child, then History: each roll-call stands there and is taken back with "Put this value back".
away-count = { $count ->
    [one] 1 not accounted for
   *[other] { $count } not accounted for
}
away-title = Not accounted for
away-none = Everybody is accounted for.
away-since = Since { $day }
away-last-seen = Who saw the child last, and when
away-search = What was done to find the child
away-guardian = Guardian told
away-told-yes = Yes, now
away-told-no = Not yet
away-told-at = Told { $at }
away-here = Here again
due-asked = asked { $day }
due-late = { $days } d late
due-today = today
due-on = { $day }
due-part-urgent = Urgent today
due-part-late = Late
due-part-near = Due soon
due-part-later = Later
tasks-none = Nothing is to be done.
hand-over = Hand-over
hand-over-hint = What the next shift has to know
hand-over-taken = Taken over by { $who }, { $when }
hand-over-share = { $count ->
    [0] Everything is shared
    [one] 1 change is only on this device
   *[other] { $count } changes are only on this device
}
hand-over-battery = Battery { $percent } %
hand-over-low = Battery { $percent } %. Hand over by file or nearby now.
hand-over-rolled = Last roll-call: { $here } of { $of } seen, { $who }, { $when }
hand-over-not-rolled = No roll-call on this device yet
hand-over-away = Not accounted for
hand-over-urgent = Urgent, not answered
hand-over-drafts = Begun and not finished
hand-over-tonight = Due today
hand-over-none = Nothing
hand-over-told = guardian told
hand-over-not-told = guardian not told
hand-over-take = Take the shift over as { $who }
hand-over-done = The shift is with { $who } now.
cell-says-by = Due on { $day } by { $time }.
cell-by = by { $time }
due-by = by { $time }
due-was = was due at { $time }
due-on-by = { $day }, by { $time }
cell-says-why = { $state }: { $why }.
draft-count = { $count ->
    [one] 1 not finished
   *[other] { $count } not finished
}
draft-asked = { $count ->
    [one] 1 asked for help
   *[other] { $count } asked for help
}
