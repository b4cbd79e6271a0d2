# Remarks on answers: worth a second look, never in the way of saving. One calm sentence each.

remark-age-doubt = The date gives 18 years or more. Age in doubt: treated as a child.
remark-born-before-1990 = This date lies before 1990. It is kept as given.
remark-heaped-date = 1 January and 1 July are often written when the day is not known.
remark-placeholder-name = This may stand for a name that is not known. It is kept as typed.
remark-no-letters-in-name = There are no letters in this name. It is kept as typed.
remark-screen-spouse = A husband, wife or in-laws: talk with the child apart.
remark-screen-unrelated-adult = An adult who is no relative: talk with the child apart.
remark-no-companion-listed = Still needed: who is with the child.
remark-claims-differ = The persons listed and this answer do not fit together. Both are kept.
remark-spoke-apart-needed = The yes of an adult counts once the child was heard apart. Until then the safe minimum is kept.
remark-age-method = Bones and teeth do not tell an age. The result is kept, and changes nothing about protection.
remark-age-range-turned = The youngest age is above the oldest. Both are kept as typed.
remark-interpreter-companion = A relative or companion speaks for the child: ask again later with a trained interpreter.
remark-before-birth = This day lies before the birth
remark-ends-before-it-begins = This ends before it begins
remark-permit-without-date = A permit without any day: how long it is valid is not known
