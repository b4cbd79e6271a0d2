# The record: fields, rows, dates in their calendars.

month-ethiopic-1 = Meskerem
month-ethiopic-2 = Tikimt
month-ethiopic-3 = Hidar
month-ethiopic-4 = Tahsas
month-ethiopic-5 = Tir
month-ethiopic-6 = Yekatit
month-ethiopic-7 = Megabit
month-ethiopic-8 = Miyazya
month-ethiopic-9 = Ginbot
month-ethiopic-10 = Sene
month-ethiopic-11 = Hamle
month-ethiopic-12 = Nehase
month-ethiopic-13 = Pagumen
month-coptic-1 = Thout
month-coptic-2 = Paopi
month-coptic-3 = Hathor
month-coptic-4 = Koiak
month-coptic-5 = Tobi
month-coptic-6 = Meshir
month-coptic-7 = Paremhat
month-coptic-8 = Parmouti
month-coptic-9 = Pashons
month-coptic-10 = Paoni
month-coptic-11 = Epip
month-coptic-12 = Mesori
month-coptic-13 = Pi Kogi Enavot
month-persian-1 = Farvardin (Hamal)
month-persian-2 = Ordibehesht (Sawr)
month-persian-3 = Khordad (Jawza)
month-persian-4 = Tir (Saratan)
month-persian-5 = Mordad (Asad)
month-persian-6 = Shahrivar (Sunbula)
month-persian-7 = Mehr (Mizan)
month-persian-8 = Aban (Aqrab)
month-persian-9 = Azar (Qaws)
month-persian-10 = Dey (Jadi)
month-persian-11 = Bahman (Dalw)
month-persian-12 = Esfand (Hut)
month-islamic-1 = Muharram
month-islamic-2 = Safar
month-islamic-3 = Rabi al-Awwal
month-islamic-4 = Rabi al-Thani
month-islamic-5 = Jumada al-Awwal
month-islamic-6 = Jumada al-Thani
month-islamic-7 = Rajab
month-islamic-8 = Shaban
month-islamic-9 = Ramadan
month-islamic-10 = Shawwal
month-islamic-11 = Dhu al-Qada
month-islamic-12 = Dhu al-Hijja
month-gregorian-1 = January
month-gregorian-2 = February
month-gregorian-3 = March
month-gregorian-4 = April
month-gregorian-5 = May
month-gregorian-6 = June
month-gregorian-7 = July
month-gregorian-8 = August
month-gregorian-9 = September
month-gregorian-10 = October
month-gregorian-11 = November
month-gregorian-12 = December

computed-legal-identity = Counts as legal identity today: held, and not over
computed-no-legal-identity = Does not count as legal identity today
computed-permit-days = { $days ->
    [0] Ends today
    [one] Valid for 1 more day
   *[other] Valid for { $days } more days
}
computed-permit-ended = { $days ->
    [one] Ended 1 day ago
   *[other] Ended { $days } days ago
}
computed-permit-18 = Ends with the eighteenth birthday: plan ahead
computed-detention-nights = { $nights ->
    [one] 1 night
   *[other] { $nights } nights
}
computed-detention-so-far = { $nights ->
    [one] 1 night so far
   *[other] { $nights } nights so far
}
computed-birth-in-time = Registered { $days } days after the birth: in time
computed-birth-late = Registered { $days } days after the birth: late
computed-birth-delayed = Registered { $days } days after the birth: delayed
computed-birth-left = { $days ->
    [0] The time to register ends today
    [one] 1 day left to register
   *[other] { $days } days left to register
}
computed-birth-over = { $days ->
    [one] The time to register ended 1 day ago
   *[other] The time to register ended { $days } days ago
}

combo-type = Type to search
combo-none = Nothing fits. Type less, or something else.
ref-add = { $kind }: { $typed }
ref-no-rows = There is no entry to choose yet. Add one in its list first.

date-reads = Read as: { $date }
date-age = Age in years, on the day it was said
date-earliest = Not before
date-latest = Not after
date-mode = How it is known
date-mode-date = A date
date-mode-age = An age
date-mode-range = Between two days
date-calendar = Calendar
date-said = As it was said or written, if in other words
date-estimated = Estimated
date-more = Another calendar, an age, or as it was said
date-month-open = Not known
site-calendar = Calendar for dates
site-calendar-hint = What date boxes begin with at this site. Each date can be given in another one.

language-level = How well
language-reads = Reads it
language-preferred = Would rather speak this one

why-title = Why is this asked?
why-tier-3 = It helps to protect this child. Only those who work on protection can read it.
why-tier-4 = It helps to protect this child. It is behind the lock: named people open it, for a reason that is kept.
why-standard = Asked for by: { $standards }.

mrz-fill = Fill in from these lines
mrz-unchecked = no check digit: compare with the document

behind-lock = Behind the lock
section-has-lock = Some answers are behind the lock
section-answers = { $count ->
    [one] 1 answer
   *[other] { $count } answers
}
list-empty = None written down yet.
list-open = Open
list-only-added = What was said here stands. Add a new entry for what is so now, or take this one out.
