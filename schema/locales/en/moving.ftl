## Moving an entry to the child it belongs to

move-entry = Belongs to another child
move-to = To which child?
move-hint = The entry is then gone from this record and its history, and stands in the other one.
move-now = Move it to { $who }, { $number }
move-done = Moved to { $who }

## What waits for a second worker

propose-it = Propose it to a second worker
proposed = Proposed. It waits for another worker.

history-closed = Answers about protection and family are left out until you say that you are alone with the screen. It looks the same for every child.
