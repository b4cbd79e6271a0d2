## What people settle after devices came together

door-conflicts = Conflicts
conflicts-sub = { $fields ->
    [one] 1 field
   *[other] { $fields } fields
} in { $records ->
    [one] 1 record
   *[other] { $records } records
}, written differently
conflicts-merged = { $merged ->
    [0] No other change has come from another device.
    [one] 1 change of another device merged by itself.
   *[other] { $merged } changes of other devices merged by themselves.
}
conflicts-none = Nothing to settle.
conflicts-badge = { $count ->
    [one] 1 record to settle
   *[other] { $count } records to settle
}
conflict-counts = { $settle ->
    [one] 1 field to settle
   *[other] { $settle } fields to settle
}{ $know ->
    [0] {""}
   *[other] , { $know } to know
} · the rest merged by itself
conflict-step = Field { $at } of { $of }
conflict-history = Full history
conflict-choose = Choose what the record shows
conflict-left = This entry was moved to another child while this was written. Choose it to take it along.
conflict-leave = Leave it in the history
conflict-safer = Until somebody chooses, the answer that protects is shown
conflict-not-yours = Somebody with the right to write here settles this
conflict-ask = Not sure? Ask { $worker } on { $device } first.
conflict-ask-met = Not sure? Ask { $worker } on { $device } first: last heard from { $when }.
conflict-never = Never settled, only shown
conflict-all-stay = All of them stay. The youngest protects.
conflict-age-doubt = Age doubt, treated as a child.
conflict-taken-out = Taken out
conflict-both = Keep both
conflict-all = Keep all
conflict-one-has-room = One answer has room here. Keep one, or write another.
conflict-write = Write another
conflict-written = Another answer
conflict-later = Later
conflict-first = Choose one first
conflict-use = { $count ->
    [one] Use this answer
   *[other] Use these answers
}
conflict-stays = The other value stays in the history. You can change this later.
conflict-protection = { $count ->
    [one] 1 field of the protection part
   *[other] { $count } fields of the protection part
}
conflict-settled = { $count ->
    [one] One answer settled
   *[other] { $count } answers settled
}
conflict-settled-moved = { $count ->
    [one] One answer of a moved entry settled; it is corrected where the entry is now.
   *[other] { $count } answers of moved entries settled; they are corrected where the entries are now.
}

missing-title = Work that has not come
missing-lead = Later work of these devices is here, and what came before it is not. Meet the device again, or whoever met it.
missing-line = { $count ->
    [one] Waiting for { $device }, entry { $from }
   *[other] Waiting for { $device }, entries { $from } to { $to }
}
missing-behind = { $behind ->
    [one] 1 later entry is here
   *[other] { $behind } later entries are here
}
child-waiting = { $count ->
    [one] 1 change to this child has come without the work that it builds on. It is shown once that comes.
   *[other] { $count } changes to this child have come without the work that they build on. They are shown once that comes.
}
child-waiting-with = Meet { $devices } again, or whoever met it: what is missing is there.

## Clocks

clock-was-wrong = The clock of { $device } was wrong
clock-one-of = The clock of { $device } or of { $other } was wrong
clock-is-ahead = The clock of { $device } is ahead of this one. Set it there.
clock-behind = This device's clock is behind: other devices say that it is { $when } or later. Set the clock in the settings of this device. Registering goes on meanwhile.
