# People, devices and keys.

recovery-sheet = Recovery sheet
door-people = People and devices
door-audit = Who did what
door-cards = Card check
more-programme = The programme

## First run: two ways in

first-way = How does this device begin?
first-way-hint = A programme is the people and devices that work together. Most devices join one.
first-join = Join a programme
first-join-hint = A coordinator gives you an invitation
first-new = Begin a programme
first-new-hint = You are the first, and its first coordinator
first-back = Come back with the recovery sheet
words-back-title = Type your words

join-invitation = Open the invitation
join-invitation-hint = The coordinator shows it as a picture, or sends it as a file or a message.
join-invitation-text = Or paste the text of the invitation
join-device = Name this device
join-device-name = What is this device called?
join-device-hint = As people call it: "Velmar tablet 3". Others in the programme see it.
join-practice = This is a practice programme, with invented children.
join-real = This is a real programme.
join-ask = Ask to be admitted
join-asking = Making keys. This takes a few seconds

waiting-lead = This device waits to be admitted. Nothing is on it yet.
waiting-title = Ask a coordinator to admit you
waiting-words = Read these four words to the coordinator
waiting-request = Then show the coordinator this request, or send it.
waiting-open = Open the admission
waiting-admission = Open the admission
waiting-admission-hint = It comes back from the coordinator, as a file or a message.
waiting-admission-text = Or paste the text of the admission
waiting-back = Back to the request
waiting-words-title = Type your five words
waiting-words-hint = The words that were drawn when this device asked.
waiting-join = Join
waiting-joining = Joining. This takes a few seconds
waiting-give-up = Give up
waiting-give-up-ask = Give this request up?
waiting-give-up-text = The keys that were made for it go away, and the words open nothing. An admission that comes later cannot be opened. You can begin again with a new invitation.
waiting-keep = Keep waiting

## Pieces that go from hand to hand

piece-code = Picture { $part } of { $of }, for the camera of the other device
piece-part = Part { $part } of { $of }
piece-before = Part before
piece-next = Next part
piece-pause = Hold this part
piece-run = Let the parts run
piece-until = Holds until { $when }
piece-ways = Let the other device see the pictures, or send it as a file or a message.
piece-ways-file = It is too long for pictures. Send it as a file or a message.
piece-save = Save as a file
piece-copy = Copy the text
piece-copied = Copied.
piece-copy-refused = This system does not let Tern copy. Open the text below and copy it by hand.
piece-saved = Saved as { $file } in { $folder }.
piece-text = Show the text
piece-read = Read it
piece-reading = Reading
piece-camera = Use the camera
piece-open-file = Open a file
piece-open = Open a file or pictures
piece-progress = { $have } of { $of } parts are here. Add the others.
camera-sees = What the camera sees
camera-hint = Hold the camera still, straight before the other screen. The parts may come in any order.
camera-refused = The camera does not answer. Allow it in the settings of this system, or open pictures or a file.
camera-stop = Without the camera
check-words = The four words of the other screen
step-of = Step { $step } of { $of }

## People and devices

people-title = People and devices
people-more = More about the programme
people-add = Add a device
people-worker = Add a worker to this device
worker-title = Add a worker
people-this = this device
people-lacks = Waits for keys
people-no-work = No work seen yet
people-out = Taken out
people-count = { $people ->
    [one] 1 person
   *[other] { $people } people
}, { $devices ->
    [one] 1 device
   *[other] { $devices } devices
}
halves-title = Root key in halves
halves-short = { $count ->
    [one] Held by one person
   *[other] Held by { $count } people
}
halves-due-short = To be shared anew
halves-lead = Any two who hold halves can together undo what a coordinator’s stolen device said. With them nobody is let in and no record is read.
halves-due = Somebody who holds halves does not coordinate any more. Two who still do give new halves to those who coordinate now. The old halves fit each other for ever: two who left could still undo what was said.
halves-whole = It is not in halves: it lies whole on the first device until three people coordinate.
halves-holders = Who holds halves
halves-left = does not coordinate any more
halves-lend = One of the two: give your half to the other
halves-lend-hint = The other uses it once. It opens on that device alone.
halves-lend-to = For { $who }
halves-take = The other of the two: read the half that you were given
halves-take-hint = New halves go to those who coordinate now.
halves-text = Text of the half
halves-nobody = This device holds no half, or nobody else who holds one coordinates any more. Two who hold halves have to do it; when there are not two any more, nobody can, and the recovery sheet alone brings coordinators back.
half-lent = Your half for { $who }
half-lent-hint = Hand it to { $who } alone, who reads it under Root key in halves. Your giving it is kept in Who did what.
halves-shared = New halves are with those who coordinate now
halves-shared-text = Tell the other devices, so that they have theirs.
people-reading = Reading who is in the programme

nag-one = You are the only coordinator. If this device is lost or its words forgotten, nobody can admit people or help them back in.
nag-one-do = Add a coordinator
nag-three = Two coordinators. A third makes sure that two are left when one is lost.
nag-three-do = Add a coordinator
nag-auditor = Nobody is an auditor, so nobody can see who read, wrote out, admitted and removed. Give the role to a person: open a device of theirs, "Change role or site"; or add a device for one.
nag-auditor-do = Add an auditor
nag-sheet = There is no recovery sheet. Without one, a programme that loses its coordinators cannot be taken up again.
nag-sheet-do = Make the sheet
nag-sheets = Two recovery sheets count. Try the new one, say that it is printed, or drop it.
nag-sheets-do = Settle it
nag-used = The recovery sheet was used to begin again. Whoever typed or saw its pages may know them. Make a new sheet: the used one ends when the new one is on paper.
nag-used-do = Make a new sheet
nag-drill = Nobody has tried the recovery sheet yet. A page that was copied wrong is found out too late.
nag-drill-do = Try it
nag-halves = Somebody who holds halves of the root key does not coordinate any more. Share them anew while two holders are still here.
nag-halves-do = Share the halves
nag-keys = { $keys ->
    [one] Keys of 1 kind of record
   *[other] Keys of { $keys } kinds of records
} still have to be replaced, by somebody who reads them.
nag-keys-do = Tell other devices
nag-review = { $work ->
    [one] 1 piece of work is kept aside and waits
   *[other] { $work } pieces of work are kept aside and wait
} to be looked at.
nag-review-do = Look at it

not-safe = Not safe for children's records yet.
lacks-device = A second device
lacks-sheet = A recovery sheet
lacks-copy = A copy of what is recorded, on another device or a hub
lacks-missing = Missing
lacks-there = There

seat-device = Device
seat-last = Newest work that is here
seat-mark = Mark on its lock screen
seat-change = Change role or site
seat-change-title = { $who } on { $device }
seat-change-hint = What was done until now is judged by the role of that time. Keys of records that the new role does not read are replaced.
seat-changing = Changing and replacing keys
seat-changed = Changed: role or site of { $who }
seat-take-out = Lost, stolen or leaving
seat-out = Taken out: { $why }
seat-lacks = Keys for this role are still to come, from somebody who has them. They come with the next exchange.
again-list = Admissions that do not count any more
again-lead = What the coordinator who took them in had signed does not count any more. Nobody took them out.
again-by = Taken in by { $by }
again-undone = { $count ->
    [one] One admission by a device whose word was undone
   *[other] { $count } admissions by devices whose word was undone
}
again-somebody = a coordinator
again-title = Take { $who } in again?
again-why = { $by } took { $who } in, and was taken out later by somebody who had not heard of it. So this admission does not count any more, and the device of { $who } opens no record.
again-why-undone = { $by } took { $who } in, and what { $by } signed then was undone by two coordinators, because of a device in wrong hands. Take { $who } in only when you are sure that this was done by { $by }, and not by whoever had that device.
again-mark = Mark, as that device shows it
again-same = The same roles and site as before. They can be changed afterwards.
again-work = What was written there until now was kept, and counts on every device that hears of it.
again-know = Only somebody you know: whoever had the device of { $by } may have taken in others. Compare the mark with what that device shows.
again-name = Name of this person, which cannot be read here
again-do = Take { $who } in again
again-doing = Taking in and giving keys
again-done = { $who } is in again
again-done-text = Hand { $who } the list of members: read on that device, it opens again. Other devices need the list as well.
again-ask = A coordinator can take them in again.
seat-gone = There is no such device in this programme.

role-title = Role
role-sees-border_checker = Checks whether a card is genuine. Sees no record of any child.
role-sees-registrar = Registers children, and reads for 30 days those it registered. What a child discloses is handed in and cannot be read back.
role-sees-centre_staff = Names, beds, food, school places and roll-call. No protection records.
role-sees-case_worker = The whole record; what is restricted of the own children, for a reason that is kept.
role-sees-health = Names, health and support; what is restricted of health, for a reason that is kept.
role-sees-education = Names, schools and what helps a child to learn.
role-sees-legal_or_guardian = Reads the record, writes about law and guardianship; what is restricted, for a reason that is kept.
role-sees-tracing = Reads the record, writes about family and tracing; what is restricted of tracing, for a reason that is kept.
role-sees-coordinator = People, devices and figures. Of children, numbers and the names of what is late; no records.
role-sees-case_supervisor = The whole record of the site; settles and approves; what is restricted, for a reason that is kept.
role-sees-monitor = Places, visits and talks with groups. No child.
role-sees-auditor = Who read, wrote out, admitted and removed. No record.
role-sees-administrator = Takes lost devices out. No record.

where-title = Site
where-hint = Protection records stay within a site. Who works at two sites has two devices or two sets of words.
where-none = No single site

who-title = Who
who-new = Somebody new
who-known = Somebody with a device
who-name = Name of the worker
who-which = Which worker

add-begin = Invite one device
add-begin-text = The invitation goes to the new device. It answers with a request, and you compare four words. Then it is admitted. No network is needed.
add-holds = The invitation holds for
add-holds-2 = 2 hours
add-holds-24 = 1 day
add-holds-168 = 7 days
add-holds-hint = Short when the device is beside you; longer when the pieces travel.
add-invite = Make the invitation
add-have-request = I have a request already
add-show-invitation = Give this to the new device
add-show-invitation-hint = On the new device: "Join a programme". Whoever has the invitation can ask to be admitted; nobody is admitted without you.
add-to-request = It shows a request now
add-request = Read the request of the new device
add-request-hint = The new device shows it as pictures, or sends it.
add-request-text = Or paste the text of the request
add-who = Who works on "{ $device }"?
add-beside = "{ $device }" is a shared device: { $who } works on it and says that somebody else asks there. The new worker gets words and keys of their own.
add-words = Type the four words of the new device
add-words-hint = Look at the screen of "{ $device }", or have the words read to you by a voice you know. If they differ, somebody else has answered.
add-admit = Admit { $who }
add-admitting = Wrapping keys
add-admitted = { $who } is admitted on "{ $device }"
add-admission-hint = Give this back to the device. It opens there and nowhere else.
add-others = Other devices know of it after the next exchange, or when you give them the list of members.
add-done = To people and devices

worker-who = Who else works on this device?
worker-who-hint = Each worker has own words on a shared device. Nobody sees another's unfinished forms.
worker-hand = Give the device to { $who }
worker-hand-text = { $who } sees five words and a rescue code now, and types them back. You do not look.
worker-here = { $who } has it
worker-finish = Add me
worker-working = Making keys. This takes a few seconds
beside-lead = A coordinator makes it, with "Add a device", and admits the new worker afterwards. The coordinator need not be here.
beside-hand = Give the device to the new worker
beside-hand-text = The new worker sees five words and a rescue code now, and types them back. You do not look.
beside-here = The new worker has it
beside-waiting = A worker waits to be admitted on this device: mark { $mark }
beside-meanwhile = Work goes on meanwhile. The new words open nothing yet.
beside-done = The new worker can work on this device
beside-done-text = Lock the device. The new worker opens it with the new words.
beside-lock = Lock
worker-done = { $who } can work on this device
worker-done-text = Lock the device. { $who } opens it with the new words.
worker-lock = Lock for { $who }

out-title = Take { $who } on "{ $device }" out
out-why = What happened?
out-whom = Who is taken out?
out-device = Everybody on "{ $device }"
out-device-hint = When a device is gone, it is gone for all who worked on it.
out-seat = Only { $who }
out-seat-hint = The others go on working with it.
out-affected = Who is affected
out-happens = What happens
out-keys = Everybody else gets new keys. What is written from now on, this device cannot read.
out-refused = What it does later does not count. It is kept apart until somebody has looked at it.
out-holds = It still has the records it had on { $last }, locked with its five words. Tern cannot delete them from here.
out-holds-nothing = No work of it has come here. What it has itself, locked with its five words, Tern cannot delete from here.
out-back = A device that was taken out does not come back; it is invited again.
out-do = Take { $who } out
out-do-device = Take "{ $device }" out
out-doing = Replacing keys
out-done = { $who } on "{ $device }" is out
out-done-device = "{ $device }" is out
out-with = Nobody works with it any more:
out-replaced = { $count ->
    [0] No keys had to be replaced from here.
    [one] Keys of 1 kind of record were replaced.
   *[other] Keys of { $count } kinds of records were replaced.
}
out-waiting = { $count ->
    [one] Keys of 1 kind of record
   *[other] Keys of { $count } kinds of records
} still have to be replaced by somebody who reads them.
out-later = If it turns up again, its later work waits for somebody to look at it.
out-tell = Other devices go on trusting it until they hear of this. Tell them now.

sites-title = Sites
sites-count = { $count ->
    [one] 1 site
   *[other] { $count } sites
}
sites-people = { $count ->
    [0] Nobody yet
    [one] 1 device
   *[other] { $count } devices
}
sites-add = Add a site
sites-hint = A site has keys of its own for protection records. Nobody of another site reads them.
sites-added = Site added: { $name }

members-title = Tell other devices
members-short = The list of members, out and in
members-lead = Who belongs, with which role, and who is out is one signed list. It holds no child. Names in it are sealed. Each device that reads it knows what yours knows.
members-out = To other devices
members-out-hint = Send it to every device, by file or message. Whoever finds it can do nothing with it.
members-in = From another device
members-in-hint = Open the file of another device, or paste its text.
members-text = Or paste the text
members-new = { $count ->
    [0] Nothing in it was new.
    [one] 1 statement was new.
   *[other] { $count } statements were new.
}

## Review and audit

review-title = Work kept aside
review-lead = Work that does not count as it came. Nothing is thrown away.
review-none = Nothing is kept aside.
review-decide-title = To be looked at
review-decide-hint = A lost tablet may hold real registrations; a stolen one may hold anything. Take what its worker confirms.
review-waits-title = Waits
review-waits-hint = It counts by itself once what is missing has come.
review-left-title = Left aside
review-left-hint = Somebody looked at it. It is kept, and can be taken later.
review-never-title = Counts for nothing
review-never-hint = Nobody can take it. It is kept so that you can see what came.
review-came = Came here { $when }
review-is-here = It came here before anybody heard, and is among the records of this device. Other devices keep it aside.
review-somebody = Nobody knows from whom
review-many = { $count ->
    [one] 1 piece of work
   *[other] { $count } pieces of work
}
review-changes = { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} to { $records ->
    [one] 1 record
   *[other] { $records } records
}
review-events = { $count ->
    [one] 1 act that is kept
   *[other] { $count } acts that are kept
}
review-closed = You do not read this part of the records. Somebody who does has to look.
review-take = Take it, with all before it
review-take-everywhere = Let it count everywhere
review-take-after-all = Take it after all
review-leave = Leave it aside
review-leave-as-it-is = Leave it as it is
review-taken = Taken.
review-left = Left aside. It is kept, and counts for nothing.
review-left-here = Left as it is. It counts on this device alone.

held-seat-removed = Its worker or device was taken out, and whoever did that had not seen this work.
held-chain-fork = Other work of the same device has its number. The device was copied, or an old copy of it was put back.
held-chain-gap = Work that comes between has not come here. Until it does, nobody can tell whether this was done before its device was taken out or its role was changed.
held-role-may-not = No role of its worker allows this.
held-site-may-not = It is for a site at which its worker does not work.
held-seat-fell = What the coordinator who took its author in had signed does not count any more. It counts once a coordinator has taken its author in again, under People and devices.
held-seat-unknown = This device has not heard of its author. The list of members of another device may say who it is.
held-scope-unknown = This device has not heard of the site that it is for. The list of members of another device may say more.
held-epoch-unknown = The key that opens it has not come.
held-compartment-of-another-scope = It was sealed for one part of the records and says that it is of another.
held-too-much-waits = Too much of its record waits for work that has not come.
held-envelope-newer = A newer Tern made it. It waits until this one is renewed.
held-envelope-too-large = It is larger than work can be.
held-envelope-shape = It is damaged, or no work at all.
held-envelope-signature = It is not what its author signed. Somebody altered it, or it was damaged on the way.
held-envelope-erased = Somebody who carried it took parts of it out. The whole of it is taken when it comes.
held-envelope-key = It was sealed under another key than it says.
held-envelope-section = A part of it is damaged.
audit-title = Who did what
audit-lead = Kept without content: who read what is restricted and why, who wrote records out, who was admitted, changed and removed, and by whom.
audit-search = Name, number, act or day
audit-by = by
audit-empty = Nothing is kept yet.
audit-nothing = Nothing like this is kept.
audit-somebody = Somebody whose name is not here, { $mark }

## Recovery sheet

sheet-title = Recovery sheet
sheet-none = There is none
sheet-untried = Made, and never tried
sheet-tried = Tried { $when }
sheet-used = Used to begin again. Make a new one
sheet-why = Make the recovery sheet
sheet-there = There is a recovery sheet
sheet-lead = When every coordinator's device is lost, two pages of paper together make a coordinator again. Until then they do nothing.
sheet-says-two = Two pages, kept at two places by two people. One page alone tells nothing.
sheet-says-child = Nothing of a child is on them.
sheet-says-once = They are shown once. Print them, or copy them by hand.
sheet-says-earlier = A new sheet ends the one before as soon as it has been tried, or you say that it is printed. Until then both count.
sheet-two = Two recovery sheets count
sheet-name = Sheet { $mark }
sheet-called = Recovery sheet { $mark }
sheet-newest = New
sheet-earlier = Earlier
sheet-both = Sheet { $earlier } counts too, until the pages of this one have been tried or you say that they are printed.
sheet-both-later = The pages of the new sheet were shown once. If they are on paper, try them or say so: the earlier sheet ends then. If not, drop the new one: the earlier one stays.
sheet-keep = It is printed
sheet-keep-end = It is printed: end the earlier one
sheet-kept = Kept. Earlier sheets open nothing any more.
sheet-drop = Not printed: drop it
sheet-dropped = Dropped. Its pages open nothing.
sheet-make = Make the two pages
sheet-make-new = Make a new sheet
sheet-making = Making the sheet
sheet-made = Sheet { $mark }: print both pages, or copy them
sheet-made-hint = They are shown only now. Give each to another person, at another place.
sheet-print = Print
sheet-to-drill = Try the pages
sheet-then = Afterwards
sheet-page = Page { $page } of 2
sheet-what = Recovery sheet of a Tern programme. Both pages together, and the list of members of any of its devices, make a coordinator again. One page alone tells nothing.
sheet-keep-one = Keep this page where the office keeps its contracts: dry, locked, known to one person.
sheet-keep-two = Keep this page in another building than page 1, with another person.
sheet-made-on = Made on { $day }. A newer sheet ends this one; Tern shows the names of those that count.
drill-title = Try the recovery sheet
drill-lead = Fetch both pages and type them
drill-hint = From the paper, at the places where the pages lie. Tern says whether they would work. Nothing is changed.
drill-hint-ends = From the paper, at the places where the pages lie. When they are right and of the new sheet, the earlier sheet ends.
drill-count = { $have } of { $of } groups
drill-do = Try both pages
drill-done = Both pages are right
drill-done-text = The pages of sheet { $mark } would make a coordinator again. Put them back where they lay.
drill-ended = The earlier sheet has ended. Its pages open nothing any more: tear them up.
drill-back = To the recovery sheet
drill-earlier = They are of the earlier sheet. The new one, { $mark }, has not been tried.

back-title = Come back with the recovery sheet
back-lead = This device becomes a coordinator of the programme again. What was recorded comes back from other devices.
back-members = Open the list of members
back-members-hint = Any device of the programme has it, under "Tell other devices".
back-pages = Type both pages
back-who = Who are you, and what is this device called?
back-who-hint = What you do from now on is said to be done by you, on this device. The pages stay good until there is a new sheet, which Tern will ask you for.
back-name = Your name
back-name-hint = As others in the programme know you. If you were in it before, write it the same.
back-finish = Begin again
back-working = Making keys. This takes a few seconds

## Getting in again

unlock-forgot = I forgot my words
unlock-no-code = I have no rescue code
recover-forgot = Words forgotten
recover-lead = Nothing is lost. What was recorded stays on this device, and new words are drawn.
recover-rescue-hint = The envelope with seven groups of four
recover-two = Ask two coordinators
recover-two-hint = Both have to say yes, also on different days
recover-whose = Whose words?
recover-whose-hint = Several workers have words here. A coordinator sees the mark of each worker under "People and devices".
recover-other = Another worker
recover-title = Two coordinators let you in
recover-how = Give this to two coordinators. Each compares the four words with you and gives an answer back. New words are drawn after the second.
recover-new = Your new words
recover-done = The new words open this device. The old ones open nothing any more.
new-words-keeping = Keeping the new words
ask-words-hint = { $of ->
    [one] Read these four words to the coordinator
   *[other] Read these four words to each coordinator
}
ask-answers = { $of ->
    [one] Answer of the coordinator
   *[other] Answers of the coordinators
}
ask-approved = { $have } of { $of } coordinators have said yes
ask-answer-text = Or paste the text of the answer
keystore-title = The key store of this device has changed
keystore-text = Words open Tern together with a key that this system keeps. The system was set up anew, or does not answer, so words alone open nothing.
keystore-whole = The records are whole. Open Tern with the rescue code, and choose new words.
keystore-no-code = I have no rescue code
removed-title = Your place on this device was taken out of the programme
removed-text = It shows nothing any more. Speak to a coordinator.
removed-kept = What you wrote and nobody else has yet stays sealed on this device, and only here. Hand it over before the device is wiped or given away: a coordinator looks at it and decides.
removed-mistake = Taken out by mistake?
removed-mistake-text = When coordinators have undone it, read here what the members signed since. Then your five words open this device again.
removed-mistake-other = Read another file
last-work = Hand over what is still here
last-work-words = Type your five words once more. Nothing is shown: they only let what you wrote leave this device, sealed as it is.
last-work-title = Only on this device
last-work-none = Nothing of what you wrote is only here. The hub, or others of the programme, hold all of it.
last-work-here = { $changes ->
    [one] 1 change that nobody else has yet
   *[other] { $changes } changes that nobody else has yet
}
last-work-children = { $children ->
    [one] about 1 child
   *[other] about { $children } children
}
last-work-files = { $files ->
    [one] 1 photo or long text
   *[other] { $files } photos and long texts
}
last-work-unsealed = { $changes ->
    [one] 1 change cannot be handed over yet: it was written for a site that does not count any more, or its key has not come. It stays here.
   *[other] { $changes } changes cannot be handed over yet: they were written for a site that does not count any more, or their key has not come. They stay here.
}
last-work-sealed = What leaves this device is what you wrote and nothing of others, sealed. Nobody on the way reads any of it.
last-work-write = Write a file
last-work-again = Write it again
last-work-send = Send it to the hub
last-work-sending = Sending to the hub.
last-work-sent = Sent. The hub holds it, sealed.
last-work-not-whole = The hub did not take all of it. Write a file of it, too.
last-work-late = The hub keeps only so much of somebody who was taken out, and does not take the rest. Write a file of it, too.
last-work-writing = Writing the file.
last-work-written = Written: { $file } in { $folder }, { $when }.
last-work-look = A coordinator has to look at it there and decide. Keep this device as it is until they say that it is done.
last-work-next = Bring it to a coordinator, who opens it in Sync, looks at it and decides. Keep this device as it is until they say that it is done: photos may be asked for again.
removed-other = Another worker of this device
fell-title = Your admission to the programme does not count any more
fell-text = What the coordinator who took you in had signed does not count any more: they were taken out by somebody who had not heard of you, or it was undone. Nobody took you out.
fell-do = Ask a coordinator to take you in again and to hand you the list of members. What you wrote counts then, wherever it is.
fell-mark = Mark of your place, which the coordinator compares:
fell-kept = What you wrote and nobody else has yet stays sealed on this device, and only here. You can hand it over at once; it counts when you are taken in again.
fell-back = I was taken in again
fell-back-text = Read here the list of members that the coordinator handed you. Then your five words open this device again.

approve-title = Help a locked device
approve-short = Words forgotten, or back from travel
approve-read = Read what the device asks
approve-lead = Somebody who forgot the words needs two coordinators; a device that travelled needs one. You see whose it is before anything is given.
approve-text = Or paste the text
approve-forgot = { $who } forgot the words of "{ $device }"
approve-travelled = "{ $device }" travelled and asks for its keys
approve-sure = Be sure that it is { $who }: the face, or a voice you know. Whoever holds the device and gets two answers reads what { $who } reads. Everybody in the programme can see that you helped.
approve-sure-travel = Be sure that the device is where it should be, in the hands it should be in. Ask by a voice you know.
approve-do = Say yes
approve-done = Give this answer back
approve-done-words = A second coordinator has to answer too. Nothing can be read from one answer.
approve-done-travel = It opens on that device and nowhere else. The words open it afterwards as before.

travel-title = Travel mode
travel-short = Before a checkpoint
travel-lead = The keys leave this device before it crosses a checkpoint. Nobody can open it on the way, and nobody can be made to.
travel-nobody = No words and no code open it, yours neither.
travel-stays = What is recorded stays on the device, sealed.
travel-all = It is so for every worker of this device.
travel-back = After the journey one coordinator on another device gives the keys back. Be sure that you can reach one.
travel-no-trick = Whoever looks sees that Tern is here and that it travels. It does not look empty.
travel-unsent = { $changes ->
    [one] 1 change
   *[other] { $changes } changes
} of { $children ->
    [one] 1 child is
   *[other] { $children } children are
} only on this device, sealed. If it is taken away, this work is lost: exchange it first.
travel-all-sent = Nothing of a child is on this device alone.
travel-alone = This device cannot travel yet. A coordinator on another device, somebody other than you, has to be there to give the keys back.
travel-known = I can reach a coordinator after the journey
travel-go = Leave the keys behind
travel-ask = Leave the keys behind now?
travel-ask-text = Only a coordinator on another device can bring them back.
travel-not = Not now
travel-yes = Leave them behind
travel-leaving = Sealing and leaving the keys
travelling-lead = This device travels. Its keys are not on it.
travelling-title = This device travels
travelling-text = Nothing on it opens, with any words or code, until a coordinator gives the keys back.
travelling-arrived = We have arrived: ask for the keys
travelling-ask-title = Ask a coordinator for the keys
travelling-ask-hint = One coordinator on another device compares the four words with you and gives an answer back. Then your words open this device as before.

## Card check

cards-title = Card check
cards-none = There are no cards to check yet.
cards-will = Here you will hold a child's card before the camera, and Tern says whether it was issued by a programme that this one knows: "genuine", or "We cannot check this card here. It may still be right."
cards-never = No name, no record and no count of children is shown to this role, now or later.
