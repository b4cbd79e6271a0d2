# What forms ask: pages, sections, lists and fields. `hint-…` is one sentence of help, without a full stop.

## child

page-child-consent = Consent
page-child-child = Child
page-child-situation = Situation
section-child-identity = Who the child is
section-child-consent = What was agreed
section-child-languages = Languages
section-child-care = Family and care
section-child-health = Health
section-child-journey = Journey
section-child-legal = Legal status
section-child-tracing = Photo and tracing
section-child-interview = Who talked with the child
section-child-restricted = Restricted

list-child-names = Names
    .add = Add another name
field-child-names-name = Name, as the child says it
hint-child-names-name = Any script; first and last names need not be told apart
field-child-names-primary = The name to show
field-child-name_absent_reason = Why there is no name yet
field-child-sex = Sex
hint-child-sex = As told by the child or a caregiver
field-child-dob = Date of birth or age
hint-child-dob = A day, a month, a year or an age; what is not known stays open
list-child-dob_claims = Other birth dates, as said or printed
    .add = Add a birth date
field-child-dob_claims-dob = Birth date
field-child-dob_claims-source = Where it comes from
field-child-birth_country = Country of birth
field-child-birth_place = Place of birth
hint-child-birth_place = Exactly as said; the name of a village helps tracing
list-child-nationalities = Nationalities
    .add = Add a nationality
field-child-nationalities-country = Nationality
hint-child-nationalities-country = Asked later, in private; not asked yet is a full answer
field-child-nationalities-status = How it is known


list-child-languages = Languages
    .add = Add a language
field-child-languages-language = Language
field-child-interpreter_needed = Interpreter needed
field-child-communication_means = Ways of talking together

list-child-companions = Who is with the child
    .add = Add a person
field-child-companions-claim = What this person says to be
hint-child-companions-claim = As this person says it; it is checked later
field-child-companions-description = In a few words
hint-child-companions-description = Like: man, about 35
field-child-companions-paper_seen = A paper was seen
field-child-companions_answered = Who is with the child
field-child-accompaniment = With whom, in the words of the guidelines
hint-child-accompaniment = Worked out from the persons with the child
field-child-accompaniment_since = Since when
hint-child-accompaniment_since = When it came to be as it is now
list-child-accompaniment_history = How it was before
    .add = Add an earlier time
field-child-accompaniment_history-accompaniment = With whom
field-child-accompaniment_history-from = From
field-child-separation_on = When the child and the family lost each other
field-child-separation_place = Where that was
hint-child-separation_place = Exactly as said; a village, a bridge or a bus stop helps tracing
field-child-separation_cause = How it came about
field-child-separation_circumstances = What happened, as told
hint-child-separation_circumstances = In the words of whoever tells it; only as much as is offered
field-child-family_unity_note = About the family
field-child-safe_place_tonight = A safe place to sleep tonight?
hint-child-safe_place_tonight = For this night
field-child-help_asked = Help first

field-child-health_seen = Health, seen or said
hint-child-health_seen = What you see or what is said; no diagnosis
field-child-specific_needs = Specific needs, for export
field-child-life_status = Life status
hint-child-life_status = Changed only with evidence, and with a second worker
field-child-life_status_evidence = What shows it
hint-child-life_status_evidence = A paper that was seen, or who said so
field-child-life_status_confirmed = Confirmed by a second worker
hint-child-life_status_confirmed = Counts only from another worker than the one who wrote it down

field-child-where_from = Where from, a place
hint-child-where_from = A place as the child calls it; it says nothing about nationality or status
field-child-arrived_on = Arrived on
field-child-entry_point = Place of entry
field-child-entry_point_type = Kind of place of entry
field-child-country_role = What this country is on the way
field-child-left_home_on = Left home on
field-child-affected_how = How the move of people touched this child
hint-child-affected_how = Also for a child who stayed, or was born here
field-child-means_of_transport = How the child travelled
field-child-travelled_with = Travelled with
hint-child-travelled_with = On the way; never a name
list-child-journey_legs = Countries on the way
    .add = Add a country
field-child-journey_legs-country = Country
field-child-journey_legs-place = Place
field-child-journey_legs-role = What it was on the way
field-child-journey_legs-from = From
field-child-journey_legs-to = Until
field-child-journey_legs-transport = How the child came there
list-child-reasons_for_leaving = Reasons for leaving
    .add = Add a reason
field-child-reasons_for_leaving-reason = Reason
hint-child-reasons_for_leaving-reason = Asked later and in private, never at a border
field-child-reasons_for_leaving-own_words = In their own words
hint-child-reasons_for_leaving-own_words = Written as said; nothing is asked twice
field-child-reasons_for_leaving-answered_by = Who answered

list-child-legal_status = Legal status
    .add = Add a status
field-child-legal_status-status = Status
hint-child-legal_status-status = Not needed for any service
field-child-legal_status-country = In which country
field-child-legal_status-from = From
field-child-legal_status-to = Until
field-child-legal_status-procedure_stage = Stage of the procedure
field-child-legal_status-evidence = What shows it
field-child-statelessness = Statelessness
list-child-age_assessments = Age assessments
    .add = Add an age assessment
field-child-age_assessments-requested_by = Who asked for it
field-child-age_assessments-method = How it was done
hint-child-age_assessments-method = One line for each way; bones and teeth do not tell an age
field-child-age_assessments-done_on = Done on
field-child-age_assessments-result_low = Youngest age it gives
hint-child-age_assessments-result_low = Years. Protection follows the youngest age
field-child-age_assessments-result_high = Oldest age it gives
hint-child-age_assessments-result_high = Years. A result is a range
field-child-age_assessments-child_consented = The child knew what it was for, and agreed
hint-child-age_assessments-child_consented = Not agreeing says nothing about the age
field-child-age_assessments-guardian_present = A guardian or representative was there
field-child-age_assessments-appealed = The result is contested
hint-child-age_assessments-appealed = Until it is decided, the child is treated as a child

field-child-distinguishing_marks = Distinguishing marks
hint-child-distinguishing_marks = For tracing only; never on a card
field-child-photo = Photo
field-child-photo_thumbnail = Small photo
list-child-external_ids = Numbers in other systems
    .add = Add a number
field-child-external_ids-system = System
field-child-external_ids-value = Number there

field-child-interviewed_on = Talked on
hint-child-interviewed_on = The day of the talk, also when it is typed later
field-child-interviewed_by = Who talked with the child
field-child-interviewed_by_name = Name or sign of that person
hint-child-interviewed_by_name = Only of a worker, never of an interpreter
field-child-interviewed_where = Where they talked
field-child-interpreter = Interpreter
hint-child-interpreter = Never the name of the interpreter
field-child-interpreter_language = Language of the interpreter
field-child-interpreter_code = Code of the interpreter
hint-child-interpreter_code = The code that the service gave; never a name
field-child-interpreter_sex = Woman or man
field-child-interpreter_confidential = Has promised in writing to keep it confidential
field-child-interpreter_at_ease = The child is at ease with the interpreter
hint-child-interpreter_at_ease = Asked of the child while the interpreter is away
field-child-border_interview_trained = The worker is trained to talk with children
field-child-border_interview_trusted_adult = An adult whom the child trusts was there
hint-child-border_interview_trusted_adult = If the child wanted it
field-child-border_interview_child_friendly_place = The place was quiet and fit for a child
field-child-border_interview_rested = The child had rested, eaten and drunk before
field-child-border_interview_same_sex_offered = A worker of the same sex was offered
hint-child-border_interview_same_sex_offered = Also an interpreter of the same sex
field-child-border_interview_minutes = How many minutes the talk took

field-child-transit_abuse_disclosed_on = Harm on the way: told on
hint-child-transit_abuse_disclosed_on = Never asked on arrival; written down when the child tells of it
field-child-transit_abuse_kind = What kind of harm
hint-child-transit_abuse_kind = Only what was told; no details are asked for
field-child-transit_abuse_first_response_at = First response
field-child-religion = Religion
hint-child-religion = Off until a programme names what it is for
field-child-ethnicity = Ethnicity
hint-child-ethnicity = Off until a programme names what it is for

## consent

section-consent-consent = What was agreed

list-consent-consents = What was agreed
    .add = Ask for another purpose
field-consent-consents-purpose = What for
field-consent-consents-receiver = Who receives it
field-consent-consents-status = The answer
hint-consent-consents-status = No is fine and costs nothing
field-consent-consents-given_by = Who agreed?
field-consent-consents-spoke_apart = Spoke with the child apart?
hint-consent-consents-spoke_apart = The yes of an adult counts only after this
field-consent-consents-given_by_names = Name of the adult who agreed
field-consent-consents-child_assent = What the child says
field-consent-consents-assent_reason = Why the child was not asked
field-consent-consents-not_possible_reason = Why it could not be asked
field-consent-consents-legal_basis_instead = On what ground instead
hint-consent-consents-legal_basis_instead = Reviewed within 7 days
field-consent-consents-basis_reason = Why that ground applies
field-consent-consents-basis_approved_by = Approved by
hint-consent-consents-basis_approved_by = Another worker than the one who asks for it
field-consent-consents-mode = How it was given
field-consent-consents-language = Language it was explained in
field-consent-consents-explained_with = Explained with
field-consent-consents-given_on = Given on
field-consent-consents-withdrawn_on = Taken back on
field-consent-consents-expires_on = Ends on

## Every list

field-removed = Taken out, because

## Values

value-yes = Yes
value-no = No
value-not-member = Not: { $member }
value-day = { $day } { $month } { $year }
value-moment = { $day }, { $time } ({ $offset })
value-range = between { $from } and { $to }
value-estimated = { $date }, estimated
value-reads = reads it
value-preferred = prefers it
value-narrative = Written down, sealed
value-attached = Attached, sealed

value-month-1 = January
value-month-2 = February
value-month-3 = March
value-month-4 = April
value-month-5 = May
value-month-6 = June
value-month-7 = July
value-month-8 = August
value-month-9 = September
value-month-10 = October
value-month-11 = November
value-month-12 = December
