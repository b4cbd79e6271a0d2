# What a role opens, and what it does not.

section-closed = Your role does not open this part of a record. It looks the same for every child, whether anything is in it or not.
section-closed-others = You see this part only of children whom you registered in the last 30 days. It looks the same for every child.
section-closed-label = Not for your role
not-for-role = Not for your role
facts-none = Nothing here is for your role.
today-overdue = { $count ->
    [one] 1 child overdue
   *[other] { $count } children overdue
}
board-overdue = { $count ->
    [one] 1 child overdue
   *[other] { $count } children overdue
}
today-none-waits = Nothing waits for you here.
today-no-children = Your role shows no children. What it does is under More.
find-number = Number of the child
