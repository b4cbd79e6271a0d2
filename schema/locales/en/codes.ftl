# Words of codes. The part after `code-` is the list, then the code.

## accompaniment

code-accompaniment-accompanied = With a parent or the previous caregiver
code-accompaniment-separated = Apart from parents, perhaps with other relatives
code-accompaniment-unaccompanied = No adult with the child who is responsible by law or custom
code-accompaniment-undetermined = Not known yet

## affected_how

code-affected_how-moved = Moved to another country or place
code-affected_how-left_behind = Stayed behind when family moved
code-affected_how-born_here = Born here, to a family that moved
code-affected_how-parent_detained = A parent is held
code-affected_how-parent_removed = A parent was sent out of the country
code-affected_how-returned = Came back to the home country
code-affected_how-other = In another way

## age_assessment_method

code-age_assessment_method-documents = Papers and registers
code-age_assessment_method-interview = Talk about life so far
code-age_assessment_method-social_team = Several professions together
code-age_assessment_method-medical_general = General medical examination
code-age_assessment_method-xray_bone = X-ray of hand or bones
code-age_assessment_method-xray_dental = X-ray of teeth
code-age_assessment_method-dental_look = Look at the teeth
code-age_assessment_method-other = Another way

## age_assessment_requester

code-age_assessment_requester-guardian_or_representative = Guardian or representative
code-age_assessment_requester-child = The child
code-age_assessment_requester-child_protection = Child protection authority
code-age_assessment_requester-asylum_authority = Asylum authority
code-age_assessment_requester-court = Court
code-age_assessment_requester-health_provider = Health provider
code-age_assessment_requester-programme = This programme
code-age_assessment_requester-other = Somebody else

## calendar

code-calendar-gregorian = Gregorian
code-calendar-ethiopic = Ethiopian
code-calendar-coptic = Coptic
code-calendar-persian = Solar Hijri
code-calendar-islamic_civil = Islamic, tabular
code-calendar-islamic_umalqura = Islamic, Umm al-Qura

## child_assent

code-child_assent-assent = The child agrees
code-child_assent-dissent = The child does not agree
code-child_assent-not_sought = The child was not asked

## claimed_relation

code-claimed_relation-parent = Mother or father
code-claimed_relation-guardian = Guardian
code-claimed_relation-relative = Another relative
code-claimed_relation-spouse_or_in_law = Husband, wife or in-laws
code-claimed_relation-child_sibling = A brother or sister who is a child
code-claimed_relation-friends = Friends
code-claimed_relation-unrelated_adult = An adult who is no relative

## communication_means

code-communication_means-spoken = Spoken
code-communication_means-sign_language = Sign language
code-communication_means-pictures = Pictures
code-communication_means-writing = Writing
code-communication_means-through_family = With help of the family
code-communication_means-through_aid = With an aid
code-communication_means-other = Other

## companions_answered

code-companions_answered-listed = Persons are listed
code-companions_answered-none_to_add = No one to add
code-companions_answered-unknown = Not known

## consent_given_by

code-consent_given_by-child = The child
code-consent_given_by-caregiver = A caregiver
code-consent_given_by-guardian = The guardian
code-consent_given_by-both = The child and a caregiver

## consent_legal_basis

code-consent_legal_basis-consent = Consent
code-consent_legal_basis-vital_interest = Vital interest
code-consent_legal_basis-legal_obligation = Legal obligation
code-consent_legal_basis-child_protection_mandate = Child protection mandate
code-consent_legal_basis-none = No ground

## consent_mode

code-consent_mode-oral_witnessed = Said aloud, with a witness
code-consent_mode-written = Written
code-consent_mode-thumbprint = Thumbprint
code-consent_mode-audio = Recorded

## consent_not_possible_reason

code-consent_not_possible_reason-too_young = Too young to ask
code-consent_not_possible_reason-no_common_language = No common language
code-consent_not_possible_reason-not_well = Not well enough
code-consent_not_possible_reason-other_person_present = Somebody else was present
code-consent_not_possible_reason-other = Another reason

## consent_purpose

code-consent_purpose-case_management = Writing down here
code-consent_purpose-services_referral = Referral to a service
code-consent_purpose-family_tracing = Family tracing
code-consent_purpose-cross_border_referral = Referral to another country
code-consent_purpose-child_protection_authority = Child protection authority
code-consent_purpose-civil_registration = Birth registration at the civil registry
code-consent_purpose-photo = Photo
code-consent_purpose-portable_summary = Paper or file the child carries
code-consent_purpose-statistics_non_identifying = Statistics without names
code-consent_purpose-research = Research
code-consent_purpose-advocacy = Story or picture for advocacy

## consent_status

code-consent_status-granted = Agreed
code-consent_status-refused = Said no
code-consent_status-withdrawn = Taken back
code-consent_status-expired = Ended
code-consent_status-not_possible = Could not be asked
code-consent_status-later = Will ask later

## country

code-country-ABW = Aruba
code-country-AFG = Afghanistan
code-country-AGO = Angola
code-country-AIA = Anguilla
code-country-ALA = Åland Islands
code-country-ALB = Albania
code-country-AND = Andorra
code-country-ARE = United Arab Emirates
code-country-ARG = Argentina
code-country-ARM = Armenia
code-country-ASM = American Samoa
code-country-ATA = Antarctica
code-country-ATF = French Southern Territories
code-country-ATG = Antigua and Barbuda
code-country-AUS = Australia
code-country-AUT = Austria
code-country-AZE = Azerbaijan
code-country-BDI = Burundi
code-country-BEL = Belgium
code-country-BEN = Benin
code-country-BES = Bonaire, Sint Eustatius and Saba
code-country-BFA = Burkina Faso
code-country-BGD = Bangladesh
code-country-BGR = Bulgaria
code-country-BHR = Bahrain
code-country-BHS = Bahamas
code-country-BIH = Bosnia and Herzegovina
code-country-BLM = Saint Barthélemy
code-country-BLR = Belarus
code-country-BLZ = Belize
code-country-BMU = Bermuda
code-country-BOL = Bolivia
code-country-BRA = Brazil
code-country-BRB = Barbados
code-country-BRN = Brunei Darussalam
code-country-BTN = Bhutan
code-country-BVT = Bouvet Island
code-country-BWA = Botswana
code-country-CAF = Central African Republic
code-country-CAN = Canada
code-country-CCK = Cocos (Keeling) Islands
code-country-CHE = Switzerland
code-country-CHL = Chile
code-country-CHN = China
code-country-CIV = Côte d'Ivoire
code-country-CMR = Cameroon
code-country-COD = Congo, The Democratic Republic of the
code-country-COG = Congo
code-country-COK = Cook Islands
code-country-COL = Colombia
code-country-COM = Comoros
code-country-CPV = Cabo Verde
code-country-CRI = Costa Rica
code-country-CUB = Cuba
code-country-CUW = Curaçao
code-country-CXR = Christmas Island
code-country-CYM = Cayman Islands
code-country-CYP = Cyprus
code-country-CZE = Czechia
code-country-DEU = Germany
code-country-DJI = Djibouti
code-country-DMA = Dominica
code-country-DNK = Denmark
code-country-DOM = Dominican Republic
code-country-DZA = Algeria
code-country-ECU = Ecuador
code-country-EGY = Egypt
code-country-ERI = Eritrea
code-country-ESH = Western Sahara
code-country-ESP = Spain
code-country-EST = Estonia
code-country-ETH = Ethiopia
code-country-FIN = Finland
code-country-FJI = Fiji
code-country-FLK = Falkland Islands (Malvinas)
code-country-FRA = France
code-country-FRO = Faroe Islands
code-country-FSM = Micronesia, Federated States of
code-country-GAB = Gabon
code-country-GBR = United Kingdom
code-country-GEO = Georgia
code-country-GGY = Guernsey
code-country-GHA = Ghana
code-country-GIB = Gibraltar
code-country-GIN = Guinea
code-country-GLP = Guadeloupe
code-country-GMB = Gambia
code-country-GNB = Guinea-Bissau
code-country-GNQ = Equatorial Guinea
code-country-GRC = Greece
code-country-GRD = Grenada
code-country-GRL = Greenland
code-country-GTM = Guatemala
code-country-GUF = French Guiana
code-country-GUM = Guam
code-country-GUY = Guyana
code-country-HKG = Hong Kong
code-country-HMD = Heard Island and McDonald Islands
code-country-HND = Honduras
code-country-HRV = Croatia
code-country-HTI = Haiti
code-country-HUN = Hungary
code-country-IDN = Indonesia
code-country-IMN = Isle of Man
code-country-IND = India
code-country-IOT = British Indian Ocean Territory
code-country-IRL = Ireland
code-country-IRN = Iran
code-country-IRQ = Iraq
code-country-ISL = Iceland
code-country-ISR = Israel
code-country-ITA = Italy
code-country-JAM = Jamaica
code-country-JEY = Jersey
code-country-JOR = Jordan
code-country-JPN = Japan
code-country-KAZ = Kazakhstan
code-country-KEN = Kenya
code-country-KGZ = Kyrgyzstan
code-country-KHM = Cambodia
code-country-KIR = Kiribati
code-country-KNA = Saint Kitts and Nevis
code-country-KOR = South Korea
code-country-KWT = Kuwait
code-country-LAO = Laos
code-country-LBN = Lebanon
code-country-LBR = Liberia
code-country-LBY = Libya
code-country-LCA = Saint Lucia
code-country-LIE = Liechtenstein
code-country-LKA = Sri Lanka
code-country-LSO = Lesotho
code-country-LTU = Lithuania
code-country-LUX = Luxembourg
code-country-LVA = Latvia
code-country-MAC = Macao
code-country-MAF = Saint Martin (French part)
code-country-MAR = Morocco
code-country-MCO = Monaco
code-country-MDA = Moldova
code-country-MDG = Madagascar
code-country-MDV = Maldives
code-country-MEX = Mexico
code-country-MHL = Marshall Islands
code-country-MKD = North Macedonia
code-country-MLI = Mali
code-country-MLT = Malta
code-country-MMR = Myanmar
code-country-MNE = Montenegro
code-country-MNG = Mongolia
code-country-MNP = Northern Mariana Islands
code-country-MOZ = Mozambique
code-country-MRT = Mauritania
code-country-MSR = Montserrat
code-country-MTQ = Martinique
code-country-MUS = Mauritius
code-country-MWI = Malawi
code-country-MYS = Malaysia
code-country-MYT = Mayotte
code-country-NAM = Namibia
code-country-NCL = New Caledonia
code-country-NER = Niger
code-country-NFK = Norfolk Island
code-country-NGA = Nigeria
code-country-NIC = Nicaragua
code-country-NIU = Niue
code-country-NLD = Netherlands
code-country-NOR = Norway
code-country-NPL = Nepal
code-country-NRU = Nauru
code-country-NZL = New Zealand
code-country-OMN = Oman
code-country-PAK = Pakistan
code-country-PAN = Panama
code-country-PCN = Pitcairn
code-country-PER = Peru
code-country-PHL = Philippines
code-country-PLW = Palau
code-country-PNG = Papua New Guinea
code-country-POL = Poland
code-country-PRI = Puerto Rico
code-country-PRK = North Korea
code-country-PRT = Portugal
code-country-PRY = Paraguay
code-country-PSE = Palestine, State of
code-country-PYF = French Polynesia
code-country-QAT = Qatar
code-country-REU = Réunion
code-country-ROU = Romania
code-country-RUS = Russian Federation
code-country-RWA = Rwanda
code-country-SAU = Saudi Arabia
code-country-SDN = Sudan
code-country-SEN = Senegal
code-country-SGP = Singapore
code-country-SGS = South Georgia and the South Sandwich Islands
code-country-SHN = Saint Helena, Ascension and Tristan da Cunha
code-country-SJM = Svalbard and Jan Mayen
code-country-SLB = Solomon Islands
code-country-SLE = Sierra Leone
code-country-SLV = El Salvador
code-country-SMR = San Marino
code-country-SOM = Somalia
code-country-SPM = Saint Pierre and Miquelon
code-country-SRB = Serbia
code-country-SSD = South Sudan
code-country-STP = Sao Tome and Principe
code-country-SUR = Suriname
code-country-SVK = Slovakia
code-country-SVN = Slovenia
code-country-SWE = Sweden
code-country-SWZ = Eswatini
code-country-SXM = Sint Maarten (Dutch part)
code-country-SYC = Seychelles
code-country-SYR = Syria
code-country-TCA = Turks and Caicos Islands
code-country-TCD = Chad
code-country-TGO = Togo
code-country-THA = Thailand
code-country-TJK = Tajikistan
code-country-TKL = Tokelau
code-country-TKM = Turkmenistan
code-country-TLS = Timor-Leste
code-country-TON = Tonga
code-country-TTO = Trinidad and Tobago
code-country-TUN = Tunisia
code-country-TUR = Türkiye
code-country-TUV = Tuvalu
code-country-TWN = Taiwan
code-country-TZA = Tanzania
code-country-UGA = Uganda
code-country-UKR = Ukraine
code-country-UMI = United States Minor Outlying Islands
code-country-URY = Uruguay
code-country-USA = United States
code-country-UZB = Uzbekistan
code-country-VAT = Holy See (Vatican City State)
code-country-VCT = Saint Vincent and the Grenadines
code-country-VEN = Venezuela
code-country-VGB = Virgin Islands, British
code-country-VIR = Virgin Islands, U.S.
code-country-VNM = Vietnam
code-country-VUT = Vanuatu
code-country-WLF = Wallis and Futuna
code-country-WSM = Samoa
code-country-YEM = Yemen
code-country-ZAF = South Africa
code-country-ZMB = Zambia
code-country-ZWE = Zimbabwe

## country_practice

code-country_practice-QME = Estmark
code-country_practice-QMV = Varland
code-country_practice-QMO = Orvessa

## country_role

code-country_role-origin = Country of origin
code-country_role-transit = Country of transit
code-country_role-first_asylum = Country of first asylum
code-country_role-destination = Country of destination
code-country_role-return = Country of return

## country_special

code-country_special-XXA = Stateless person (1954 Convention)
code-country_special-XXB = Refugee (1951 Convention and 1967 Protocol)
code-country_special-XXC = Refugee, other than XXB
code-country_special-XXX = Person of unspecified nationality
code-country_special-XXK = Kosovo (as printed on some documents)
code-country_special-RKS = Kosovo (as printed on some documents)
code-country_special-UNK = UNMIK travel document holder
code-country_special-UNO = United Nations official
code-country_special-UNA = United Nations specialised agency official
code-country_special-D = Germany, as printed in machine-readable lines

## dob_basis

code-dob_basis-birth_certificate = Birth certificate
code-dob_basis-other_document = Other document
code-dob_basis-register = Register
code-dob_basis-child_statement = The child says so
code-dob_basis-caregiver_statement = A caregiver says so
code-dob_basis-relative_statement = A relative says so
code-dob_basis-event_calendar = Worked out from known events
code-dob_basis-age_assessment = Age assessment
code-dob_basis-authority_assigned = Assigned by an authority
code-dob_basis-worker_estimate = Estimated by a worker

## entry_point_type

code-entry_point_type-land_border = Land border
code-entry_point_type-port_or_landing = Port or landing
code-entry_point_type-airport = Airport
code-entry_point_type-reception_centre = Reception centre
code-entry_point_type-city_or_street = City or street
code-entry_point_type-born_here = Born here
code-entry_point_type-referred_from_abroad = Referred from abroad
code-entry_point_type-other = Other

## family_unity_note

code-family_unity_note-child_of_a_child = Has a child
code-family_unity_note-baby_in_arms = A baby in arms is with the child
code-family_unity_note-spouse_of_adult = Husband or wife of an adult
code-family_unity_note-unrelated_adult_claims_family = An unrelated adult claims to be family

## health_seen

code-health_seen-ill_or_injured = Ill or injured
code-health_seen-needs_medicine = Needs medicine
code-health_seen-nothing_seen = Nothing seen

## help_asked

code-help_asked-bed = Bed tonight
code-help_asked-doctor = Doctor
code-help_asked-food = Food

## id_system

code-id_system-unhcr_progres_individual = UNHCR proGres, person
code-id_system-unhcr_progres_case = UNHCR proGres, family
code-id_system-rcrc_tracing = Red Cross or Red Crescent tracing
code-id_system-national_child_protection = National child protection
code-id_system-asylum_file = Asylum file
code-id_system-school = School
code-id_system-health = Health
code-id_system-cpims = CPIMS+
code-id_system-story = Worked example
code-id_system-other = Other

## incident_category

code-incident_category-physical_violence = Was hit or hurt
code-incident_category-sexual_violence = Sexual violence
code-incident_category-psychological_violence = Was threatened or humiliated
code-incident_category-neglect = Was not cared for
code-incident_category-exploitation = Was made to work or used for gain
code-incident_category-abduction = Was taken or held
code-incident_category-xenophobia = Hostility to foreigners
code-incident_category-racism = Racism
code-incident_category-discrimination = Was treated worse than others
code-incident_category-denial_of_service = Help was denied
code-incident_category-theft_or_extortion = Was robbed or made to pay
code-incident_category-pushback_or_expulsion = Was pushed back or expelled
code-incident_category-recruitment = Was made to join an armed force or group
code-incident_category-other = Something else

## information_format

code-information_format-spoken = Spoken
code-information_format-picture_card = Picture card
code-information_format-video = Video
code-information_format-audio = Audio
code-information_format-text = Text
code-information_format-play_or_drawing = Play or drawing
code-information_format-sign_language = Sign language

## interpreter_used

code-interpreter_used-none_needed = No interpreter needed
code-interpreter_used-trained_here = A trained interpreter, present
code-interpreter_used-trained_remote = A trained interpreter, by phone or video
code-interpreter_used-untrained = An untrained helper
code-interpreter_used-relative_or_companion = A relative or companion
code-interpreter_used-none_found = Needed, none found

## interviewer

code-interviewer-this_worker = The worker who typed
code-interviewer-another_worker = Another worker of the programme
code-interviewer-partner = A worker of another organisation
code-interviewer-not_a_user = Somebody who does not use Tern

## language

code-language-ara = Arabic
code-language-arb = Standard Arabic
code-language-apc = Levantine Arabic
code-language-apd = Sudanese Arabic
code-language-acm = Mesopotamian Arabic
code-language-ary = Moroccan Arabic
code-language-aeb = Tunisian Arabic
code-language-fas = Persian
code-language-prs = Dari
code-language-pbt = Southern Pashto
code-language-pus = Pashto
code-language-haz = Hazaragi
code-language-uzb = Uzbek
code-language-tuk = Turkmen
code-language-ckb = Central Kurdish (Sorani)
code-language-kmr = Northern Kurdish (Kurmanji)
code-language-aze = Azerbaijani
code-language-tur = Turkish
code-language-urd = Urdu
code-language-pan = Punjabi
code-language-ben = Bengali
code-language-rhg = Rohingya
code-language-mya = Burmese
code-language-nep = Nepali
code-language-sin = Sinhala
code-language-tam = Tamil
code-language-tir = Tigrinya
code-language-tig = Tigre
code-language-amh = Amharic
code-language-orm = Oromo
code-language-som = Somali
code-language-aar = Afar
code-language-swa = Swahili
code-language-lin = Lingala
code-language-kin = Kinyarwanda
code-language-run = Rundi
code-language-lug = Ganda
code-language-din = Dinka
code-language-nus = Nuer
code-language-fvr = Fur
code-language-zag = Zaghawa
code-language-mls = Masalit
code-language-hau = Hausa
code-language-ful = Fulah
code-language-wol = Wolof
code-language-bam = Bambara
code-language-man = Mandingo
code-language-kau = Kanuri
code-language-yor = Yoruba
code-language-ibo = Igbo
code-language-fra = French
code-language-eng = English
code-language-por = Portuguese
code-language-spa = Spanish
code-language-quc = K'iche'
code-language-mam = Mam
code-language-kek = Q'eqchi'
code-language-que = Quechua
code-language-grn = Guarani
code-language-hat = Haitian Creole
code-language-ukr = Ukrainian
code-language-rus = Russian
code-language-bel = Belarusian
code-language-ron = Romanian
code-language-sqi = Albanian
code-language-srp = Serbian
code-language-rom = Romany
code-language-ell = Greek
code-language-hye = Armenian
code-language-kat = Georgian
code-language-che = Chechen
code-language-deu = German
code-language-ita = Italian
code-language-hun = Hungarian
code-language-pol = Polish
code-language-bul = Bulgarian
code-language-zho = Chinese
code-language-vie = Vietnamese
code-language-sgn = Sign language (name it in the note)

## language_level

code-language_level-mother_tongue = Mother tongue
code-language_level-fluent = Speaks it well
code-language_level-some = Speaks some
code-language_level-understands = Understands only

## legal_status

code-legal_status-national = National of the country
code-legal_status-refugee = Recognised refugee
code-legal_status-subsidiary_protection = Subsidiary protection
code-legal_status-humanitarian_status = Humanitarian status
code-legal_status-temporary_protection = Temporary protection
code-legal_status-residence_permit = Other residence permit
code-legal_status-stateless_status = Stateless status
code-legal_status-trafficking_victim_permit = Permit as victim of trafficking
code-legal_status-asylum_seeker = Asylum seeker
code-legal_status-other_application_pending = Other application pending
code-legal_status-tolerated = Tolerated, removal suspended
code-legal_status-irregular = No status at present
code-legal_status-rejected = Application rejected
code-legal_status-in_transit = In transit, no procedure
code-legal_status-returned = Returned
code-legal_status-unknown = Not known
code-legal_status-not_asked = Not asked yet

## life_status

code-life_status-alive = Alive
code-life_status-deceased = Has died
code-life_status-presumed_dead = Thought to have died

## means_of_transport

code-means_of_transport-foot = On foot
code-means_of_transport-road = By road
code-means_of_transport-rail = By train
code-means_of_transport-small_boat = In a small boat
code-means_of_transport-ship = By ship
code-means_of_transport-air = By plane
code-means_of_transport-hidden_in_vehicle = Hidden in a vehicle
code-means_of_transport-mixed = Several
code-means_of_transport-other = Something else

## missing_value

code-missing_value-unknown = Not known
code-missing_value-not_asked = Not asked yet
code-missing_value-refused = Not said

## name_absent_reason

code-name_absent_reason-infant_not_named = Infant, not named yet
code-name_absent_reason-cannot_speak = Cannot speak
code-name_absent_reason-will_not_say = Did not want to say
code-name_absent_reason-not_asked_yet = Not asked yet

## name_part

code-name_part-given = Given
code-name_part-father = Father's given name
code-name_part-grandfather = Grandfather's given name
code-name_part-family = Family or clan name
code-name_part-second_family = Second family name
code-name_part-patronymic = Patronymic form
code-name_part-nisba = Place or tribe adjective
code-name_part-kunya = Teknonym
code-name_part-postname = Postname
code-name_part-mononym = Only name
code-name_part-title_or_honorific = Title or honorific

## name_source

code-name_source-child = The child
code-name_source-caregiver = A caregiver
code-name_source-document = A document
code-name_source-register = A civil register
code-name_source-worker = A worker

## name_use

code-name_use-official = As in the civil register
code-name_use-usual = Used every day
code-name_use-document = As printed on a document
code-name_use-card = Chosen for the card
code-name_use-alias = Other spelling or name
code-name_use-nickname = Nickname
code-name_use-previous = Previous

## nationality_status

code-nationality_status-claimed = As said
code-nationality_status-documented = A document was seen
code-nationality_status-doubtful = In doubt

## person_sex

code-person_sex-F = Woman
code-person_sex-M = Man
code-person_sex-X = Another

## reason_for_leaving

code-reason_for_leaving-armed_conflict = War or fighting
code-reason_for_leaving-gang_violence = Violence by gangs
code-reason_for_leaving-persecution = Persecution
code-reason_for_leaving-family_violence = Violence in the family
code-reason_for_leaving-forced_recruitment = Would have been made to join an armed force or group
code-reason_for_leaving-forced_or_early_marriage = Would have been made to marry
code-reason_for_leaving-discrimination = Was treated worse than others
code-reason_for_leaving-lack_of_protection = No one to turn to for safety
code-reason_for_leaving-lack_of_education = No school
code-reason_for_leaving-lack_of_health_care = No doctor or medicine
code-reason_for_leaving-lack_of_livelihood = No way to make a living
code-reason_for_leaving-join_family = To be with family
code-reason_for_leaving-disaster_or_climate = A disaster, or the climate
code-reason_for_leaving-trafficked = Was taken by deceit or force
code-reason_for_leaving-orphaned_or_no_caregiver = No caregiver left
code-reason_for_leaving-statelessness = No nationality
code-reason_for_leaving-other = Something else
code-reason_for_leaving-child_does_not_know = The child does not know

## receiver_type

code-receiver_type-child_protection_authority = Child protection authority
code-receiver_type-guardianship_authority = Guardianship authority
code-receiver_type-court = Court
code-receiver_type-health_provider = Health provider
code-receiver_type-education_provider = School
code-receiver_type-shelter_provider = Shelter
code-receiver_type-legal_aid = Lawyer or legal aid
code-receiver_type-ngo_case_management = NGO case management
code-receiver_type-unhcr = UNHCR
code-receiver_type-iom = IOM
code-receiver_type-unicef = UNICEF
code-receiver_type-rcrc_tracing = Red Cross or Red Crescent tracing
code-receiver_type-trafficking_nrm = National mechanism for victims of trafficking
code-receiver_type-asylum_authority = Asylum authority
code-receiver_type-civil_registry = Civil registry
code-receiver_type-ombudsperson = Ombudsperson or human rights commission
code-receiver_type-origin_country_partner_ngo = Partner in the country of origin
code-receiver_type-destination_partner = Partner in the country of destination
code-receiver_type-donor = Donor
code-receiver_type-coordination_group = Coordination group

## removed_reason

code-removed_reason-typed_by_mistake = Typed by mistake
code-removed_reason-entered_twice = Entered twice
code-removed_reason-wrong_child = Belongs to another child
code-removed_reason-no_longer_so = No longer so

## separation_cause

code-separation_cause-conflict = War or fighting
code-separation_cause-death_of_caregiver = A caregiver died
code-separation_cause-family_violence_or_exploitation = Violence or exploitation in the family
code-separation_cause-lack_of_services = No school, doctor or help at home
code-separation_cause-caafag = Taken by, or stayed with, an armed force or group
code-separation_cause-sickness_of_family_member = Somebody in the family fell ill
code-separation_cause-entrusted_to_individual = Given into the care of somebody
code-separation_cause-arrest_or_detention = Somebody was arrested or held
code-separation_cause-parent_detained = A parent is held
code-separation_cause-parent_removed = A parent was sent out of the country
code-separation_cause-abandonment = A caregiver left
code-separation_cause-repatriation = Sent or taken back to the home country
code-separation_cause-population_movement = Many people fled at once
code-separation_cause-border_closure_or_pushback = A border was closed, or people were pushed back
code-separation_cause-migration = Somebody went to another country
code-separation_cause-poverty = Poverty
code-separation_cause-natural_disaster = A natural disaster
code-separation_cause-divorce_or_remarriage = Parents parted or married again
code-separation_cause-lost_on_route = Lost each other on the way
code-separation_cause-smuggler_separated = Parted by those who led the way
code-separation_cause-medical_evacuation = Taken away for treatment
code-separation_cause-other = Something else

## sex

code-sex-F = Girl
code-sex-M = Boy
code-sex-X = Another or not clear
code-sex-U = Not known

## statelessness

code-statelessness-none_identified = No sign found
code-statelessness-at_risk = May become stateless
code-statelessness-undetermined = Not known yet
code-statelessness-stateless_stated = Says or seems stateless, not determined
code-statelessness-stateless_determined = Formally determined

## travelled_with

code-travelled_with-alone = No one
code-travelled_with-relatives = Relatives
code-travelled_with-unrelated_adults = Adults who are no relatives
code-travelled_with-peers = Other children or young people
code-travelled_with-smuggler_suspected = Somebody who was paid to lead the way

## unhcr_specific_needs

code-unhcr_specific_needs-CR-CP = Child parent
code-unhcr_specific_needs-CR-CS = Child spouse
code-unhcr_specific_needs-CR-CC = Child carer
code-unhcr_specific_needs-CR-TP = Teenage pregnancy
code-unhcr_specific_needs-CR-LW = Worst forms of child labour
code-unhcr_specific_needs-CR-LO = Other forms of child labour
code-unhcr_specific_needs-CR-NE = At risk of not attending school
code-unhcr_specific_needs-CR-SE = Special education needs
code-unhcr_specific_needs-CR-AF = Associated with armed forces or groups
code-unhcr_specific_needs-CR-CL = In conflict with the law
code-unhcr_specific_needs-SC-SC = Separated child
code-unhcr_specific_needs-SC-UC = Unaccompanied child
code-unhcr_specific_needs-SC-CH = Child-headed household
code-unhcr_specific_needs-SC-IC = Child in institutional care
code-unhcr_specific_needs-SC-FC = Child in foster care
code-unhcr_specific_needs-SC-NC = Neglected child with extended family
code-unhcr_specific_needs-SM-MI = Mental illness
code-unhcr_specific_needs-SM-MN = Malnutrition
code-unhcr_specific_needs-SM-DP = Difficult pregnancy
code-unhcr_specific_needs-SM-CI = Chronic illness
code-unhcr_specific_needs-SM-CC = Critical medical condition
code-unhcr_specific_needs-SM-OT = Other medical condition
code-unhcr_specific_needs-SM-AD = Addiction
code-unhcr_specific_needs-FU-TR = Tracing required
code-unhcr_specific_needs-FU-FR = Family reunification required
code-unhcr_specific_needs-LP-ND = No legal documentation
code-unhcr_specific_needs-LP-BN = Unmet basic needs
code-unhcr_specific_needs-LP-NA = No access to services
code-unhcr_specific_needs-LP-MM = Mixed marriage
code-unhcr_specific_needs-LP-MD = Multiple displacements
code-unhcr_specific_needs-LP-RR = At risk of refoulement
code-unhcr_specific_needs-LP-RD = At risk of deportation
code-unhcr_specific_needs-LP-DA = Detained or held in country of asylum
code-unhcr_specific_needs-LP-DO = Detained or held in country of origin
code-unhcr_specific_needs-LP-DT = Detained or held elsewhere
code-unhcr_specific_needs-LP-IH = In hiding
code-unhcr_specific_needs-LP-WP = Absence of witness protection
code-unhcr_specific_needs-LP-AN = Violence, abuse or neglect
code-unhcr_specific_needs-LP-RP = At risk due to profile
code-unhcr_specific_needs-LP-MS = Marginalised from society or community
code-unhcr_specific_needs-LP-LS = Lack of durable solution prospects
code-unhcr_specific_needs-LP-AF = Formerly associated with armed forces or groups
code-unhcr_specific_needs-TR-PI = Impairment due to torture
code-unhcr_specific_needs-TR-HO = Forced to egregious acts
code-unhcr_specific_needs-TR-WV = Witness of violence to another
code-unhcr_specific_needs-SV-VA = Survivor of sexual or gender-based violence in country of asylum
code-unhcr_specific_needs-SV-VF = Survivor of sexual or gender-based violence during flight
code-unhcr_specific_needs-SV-VO = Survivor of sexual or gender-based violence in country of origin
code-unhcr_specific_needs-SV-GM = Female genital mutilation
code-unhcr_specific_needs-SV-HP = Harmful traditional practice
code-unhcr_specific_needs-SV-HK = Threat of honour violence
code-unhcr_specific_needs-SV-FM = Forced or early marriage
code-unhcr_specific_needs-SV-SS = Survival sex

## who_answered

code-who_answered-child = The child
code-who_answered-caregiver = A caregiver
code-who_answered-relative = Another relative
code-who_answered-community = Somebody of the community
code-who_answered-file = A file or paper
code-who_answered-other = Somebody else

## age_band_seen

code-age_band_seen-baby = Baby
code-age_band_seen-small = Small child, to 5
code-age_band_seen-child = 6 to 11
code-age_band_seen-teen = 12 to 17

## alternative_type

code-alternative_type-community_based_family_accommodation = Family place in the community
code-alternative_type-foster_or_host_family = Foster or host family
code-alternative_type-kinship = With relatives
code-alternative_type-supported_independent_living = Own flat or room, with support
code-alternative_type-case_management_with_liberty = Case management, in freedom
code-alternative_type-open_centre = Open centre
code-alternative_type-reporting = Reports to an office
code-alternative_type-bail_or_guarantor = Bail or a guarantor
code-alternative_type-designated_residence = Lives at a stated address
code-alternative_type-other = Other

## bip_source

code-bip_source-interview_child = Talk with the child
code-bip_source-family = Family
code-bip_source-guardian = Guardian
code-bip_source-school = School
code-bip_source-health = Health staff
code-bip_source-documents = Papers
code-bip_source-observation = Seen by a worker

## bip_trigger

code-bip_trigger-initial_uasc = First assessment of a child without parents
code-bip_trigger-at_risk = A child at risk
code-bip_trigger-care_placement = A place of care is chosen
code-bip_trigger-tracing = Tracing
code-bip_trigger-reunification = Family reunification
code-bip_trigger-resettlement_or_pathway = Resettlement or another legal way
code-bip_trigger-return = Return
code-bip_trigger-separation_from_parents = Separation from parents
code-bip_trigger-custody_dispute = Dispute over custody
code-bip_trigger-detention = Detention
code-bip_trigger-periodic_review = Regular review
code-bip_trigger-other = Other
code-bip_trigger-parent_detained_or_removed = A parent is held or was sent away

## birth_attendant

code-birth_attendant-physician = Doctor
code-birth_attendant-nurse = Nurse
code-birth_attendant-midwife = Midwife
code-birth_attendant-other_paramedical = Other health worker
code-birth_attendant-traditional_birth_attendant = Traditional birth attendant
code-birth_attendant-layperson = Somebody without training
code-birth_attendant-none = No helper

## birth_authority_state

code-birth_authority_state-functioning = Works
code-birth_authority_state-suspended = Suspended
code-birth_authority_state-none = There is none
code-birth_authority_state-not_recognised = Not recognised

## birth_informant

code-birth_informant-mother = Mother
code-birth_informant-father = Father
code-birth_informant-both_parents = Both parents
code-birth_informant-grandparent = Grandparent
code-birth_informant-brother_or_sister = Brother or sister
code-birth_informant-other_relative = Other relative
code-birth_informant-guardian = Guardian
code-birth_informant-health_worker = Health worker
code-birth_informant-centre_staff = Centre staff
code-birth_informant-self = The person registered
code-birth_informant-other = Other

## birth_notifier

code-birth_notifier-health_facility = Health facility
code-birth_notifier-community_worker = Community worker
code-birth_notifier-border_staff = Border staff
code-birth_notifier-other = Other

## birth_registration_evidence

code-birth_registration_evidence-seen_certificate = Certificate seen
code-birth_registration_evidence-seen_register_extract = Extract of the register seen
code-birth_registration_evidence-registrar_message = Message from the registrar
code-birth_registration_evidence-stated = Said, not seen
code-birth_registration_evidence-none = Nothing
code-birth_registration_evidence-seen_unrecognised = Certificate of an authority that is not recognised

## birth_registration_obstacle

code-birth_registration_obstacle-parents_no_documents = The parents have no papers
code-birth_registration_obstacle-parents_marriage_proof = Proof of marriage is asked for
code-birth_registration_obstacle-mother_is_minor = Mother is under 18
code-birth_registration_obstacle-fee_or_fine = A fee or a fine
code-birth_registration_obstacle-deadline_passed = The legal time has passed
code-birth_registration_obstacle-office_refused = The office refused
code-birth_registration_obstacle-father_absent_or_required = The father has to be present
code-birth_registration_obstacle-distance = Distance
code-birth_registration_obstacle-fear_of_authorities = Fear of the authorities
code-birth_registration_obstacle-language = Language
code-birth_registration_obstacle-statelessness = Statelessness
code-birth_registration_obstacle-no_birth_notification = No notification of the birth
code-birth_registration_obstacle-parent_missing_or_dead = Parent not found or dead
code-birth_registration_obstacle-other = Other
code-birth_registration_obstacle-no_office = No office works here
code-birth_registration_obstacle-not_recognised_authority = The authority is not recognised
code-birth_registration_obstacle-born_elsewhere = Born in another country
code-birth_registration_obstacle-register_destroyed = The register was destroyed

## birth_registration_step

code-birth_registration_step-unknown = Not known
code-birth_registration_step-not_registered = Not registered
code-birth_registration_step-notified = Notified
code-birth_registration_step-declared = Declared
code-birth_registration_step-registered = Registered
code-birth_registration_step-certified = Certificate in hand
code-birth_registration_step-refused = Refused
code-birth_registration_step-under_correction = Being corrected
code-birth_registration_step-cancelled = Cancelled

## birth_site_type

code-birth_site_type-health_facility = Health facility
code-birth_site_type-home = Home
code-birth_site_type-reception_centre = Reception centre
code-birth_site_type-in_transit = On the way
code-birth_site_type-at_sea_or_vehicle = At sea or in a vehicle
code-birth_site_type-other = Other

## birth_type

code-birth_type-single = One child
code-birth_type-twin = Twins
code-birth_type-triplet = Triplets
code-birth_type-quadruplet = Quadruplets
code-birth_type-higher = Five or more

## care_arrangement_type

code-care_arrangement_type-parents = With parents
code-care_arrangement_type-customary_caregiver = With a caregiver by custom
code-care_arrangement_type-adult_sibling = With a grown brother or sister
code-care_arrangement_type-kinship_care = With relatives
code-care_arrangement_type-foster_care = Foster care
code-care_arrangement_type-kafala = Kafala
code-care_arrangement_type-host_family = Host family
code-care_arrangement_type-supported_independent_living = Own flat or room, with support
code-care_arrangement_type-child_headed_household = Household led by a child
code-care_arrangement_type-residential_small_group = Children's home, small group
code-care_arrangement_type-residential_large = Children's home, large
code-care_arrangement_type-reception_centre_general = Reception centre for all ages
code-care_arrangement_type-unrelated_adult_unassessed = With an adult who is no relative, not assessed
code-care_arrangement_type-custodial = Closed: the child may not leave
code-care_arrangement_type-street_or_none = On the street, or nowhere
code-care_arrangement_type-other = Other

## care_end_reason

code-care_end_reason-reunified = Back with family
code-care_end_reason-abuse_or_exploitation = Abuse or exploitation
code-care_end_reason-carer_ill = The carer fell ill
code-care_end_reason-carer_died = The carer died
code-care_end_reason-relationship_breakdown = They could not live together
code-care_end_reason-moved_country = Moved to another country
code-care_end_reason-turned_18 = Turned 18
code-care_end_reason-went_missing = Not accounted for
code-care_end_reason-education = Education
code-care_end_reason-poverty = Poverty
code-care_end_reason-other = Other

## care_formalised

code-care_formalised-informal = Without an order
code-care_formalised-authority_order = By order of an authority

## case_stage

code-case_stage-reception = Reception
code-case_stage-ongoing = Settled here
code-case_stage-solution = Solution
code-case_stage-monitoring = Monitoring
code-case_stage-transition = Transition

## case_status

code-case_status-open = Open
code-case_status-closed = Closed
code-case_status-transferred = Transferred
code-case_status-duplicate = Same child as another record
code-case_status-missing = Not accounted for
code-case_status-moved_on = Moved on
code-case_status-reopened = Reopened

## cefr_level

code-cefr_level-A0 = None yet
code-cefr_level-A1 = A1
code-cefr_level-A2 = A2
code-cefr_level-B1 = B1
code-cefr_level-B2 = B2
code-cefr_level-C1 = C1
code-cefr_level-C2 = C2

## check_result

code-check_result-passed = Passed
code-check_result-failed = Failed
code-check_result-not_done = Not done

## child_heard

code-child_heard-heard = Heard
code-child_heard-heard_through_other = Through somebody else
code-child_heard-observed_only = Only observed
code-child_heard-declined = Did not want to speak
code-child_heard-not_heard = Not heard

## closure_reason

code-closure_reason-solution_implemented = A lasting solution was carried out
code-closure_reason-turned_18_with_transition = Turned 18, with a plan
code-closure_reason-transferred_accepted = Handed over, and accepted
code-closure_reason-returned_and_monitored_12m = Returned, and followed for 12 months
code-closure_reason-moved_on_traced = Moved on, and found there
code-closure_reason-missing_after_search = Not found after a search
code-closure_reason-child_request = The child asked for it
code-closure_reason-died = Died
code-closure_reason-never_a_child = Closed after an age decision

## concern_source

code-concern_source-child = The child
code-concern_source-worker = A worker
code-concern_source-other_child = Another child
code-concern_source-caregiver = A caregiver
code-concern_source-school = School
code-concern_source-health = Health staff
code-concern_source-other = Other

## concern_status

code-concern_status-open = Open
code-concern_status-in_response = Being dealt with
code-concern_status-monitored = Being watched
code-concern_status-resolved = Resolved
code-concern_status-unfounded = No sign found

## contact_mode

code-contact_mode-visit = Visit
code-contact_mode-phone = Telephone
code-contact_mode-partner = Through a partner

## decision_basis

code-decision_basis-bia = Assessment of best interests
code-decision_basis-bid = Determination of best interests
code-decision_basis-none = Neither

## decision_kind

code-decision_kind-care_placement = Place of care
code-decision_kind-separation_from_caregiver = Separation from a caregiver
code-decision_kind-cross_border_referral = Referral across a border
code-decision_kind-transfer_of_case = Handing the case over
code-decision_kind-family_reunification = Family reunification
code-decision_kind-durable_solution = Lasting solution
code-decision_kind-return = Return
code-decision_kind-detention = Detention
code-decision_kind-alternative_to_detention = Alternative to detention
code-decision_kind-age_assessment = Age assessment

## denial_reason

code-denial_reason-legal_status = Legal or migration status
code-denial_reason-nationality = Nationality
code-denial_reason-no_documents = No identity documents
code-denial_reason-no_birth_certificate = No birth certificate
code-denial_reason-language = Language, no interpreter
code-denial_reason-disability_not_accommodated = No arrangement for a disability
code-denial_reason-gender = Gender
code-denial_reason-ethnicity_or_religion = Ethnicity or religion
code-denial_reason-age_cutoff_under_18 = Age limit below 18
code-denial_reason-residence_time = Residence period required
code-denial_reason-no_guardian = No guardian to sign
code-denial_reason-cost = Cost or fee
code-denial_reason-capacity = No place
code-denial_reason-distance = Too far, no transport
code-denial_reason-not_eligible_other = Other eligibility rule
code-denial_reason-wrong_service = Not the right service
code-denial_reason-security = Security grounds
code-denial_reason-unknown = No reason given
code-denial_reason-fee_for_non_citizens = Fee asked only from non-citizens

## detention_claimed_ground

code-detention_claimed_ground-identification = Identification
code-detention_claimed_ground-entry_refused = Entry was refused
code-detention_claimed_ground-removal = To be sent out of the country
code-detention_claimed_ground-age_dispute = Age in dispute
code-detention_claimed_ground-with_detained_parent = With a parent who is held
code-detention_claimed_ground-protective = For protection
code-detention_claimed_ground-public_order = Public order
code-detention_claimed_ground-health_quarantine = Quarantine
code-detention_claimed_ground-none_given = No ground given

## detention_law

code-detention_law-prohibited = Forbidden for every child
code-detention_law-prohibited_unaccompanied_only = Forbidden for unaccompanied children only
code-detention_law-limited = Allowed within limits
code-detention_law-allowed = Allowed
code-detention_law-unknown = Not known

## detention_place_type

code-detention_place_type-border_cell = Border cell
code-detention_place_type-airport = Airport
code-detention_place_type-police = Police station
code-detention_place_type-closed_centre = Closed centre
code-detention_place_type-closed_family_unit = Closed family unit
code-detention_place_type-prison = Prison
code-detention_place_type-guarded_quarantine = Guarded quarantine
code-detention_place_type-closed_hotel_or_vessel = Closed hotel or vessel
code-detention_place_type-other = Other

## detention_release_reason

code-detention_release_reason-alternative = Moved to an alternative
code-detention_release_reason-released_free = Released without conditions
code-detention_release_reason-transferred = Transferred
code-detention_release_reason-returned = Returned
code-detention_release_reason-turned_18 = Turned 18
code-detention_release_reason-left_without_permission = Left without permission
code-detention_release_reason-other = Other

## document_status

code-document_status-held = The child has it
code-document_status-copy_only = Only a copy
code-document_status-photo_only = Only a photo of it
code-document_status-lost_in_journey = Lost on the way
code-document_status-confiscated = Taken by smuggler, employer, armed group
code-document_status-retained_by_authority = Kept by an authority
code-document_status-applied_for = Applied for
code-document_status-never_had = Never had one
code-document_status-false_or_altered_suspected = In doubt

## duplicate_decision

code-duplicate_decision-same = The same child
code-duplicate_decision-different = Another child
code-duplicate_decision-unsure = Not sure

## education_level

code-education_level-0 = Early childhood
code-education_level-1 = Primary
code-education_level-2 = Lower secondary
code-education_level-3 = Upper secondary
code-education_level-4 = Post-secondary

## education_system

code-education_system-national_formal = National, formal
code-education_system-national_non_formal = National, non-formal
code-education_system-parallel_formal = Parallel, formal
code-education_system-parallel_non_formal = Parallel, non-formal
code-education_system-private = Private
code-education_system-none = None

## exploitation_type

code-exploitation_type-sexual = Sexual
code-exploitation_type-labour = Work
code-exploitation_type-forced_begging = Forced begging
code-exploitation_type-forced_crime = Forced crime
code-exploitation_type-domestic_servitude = Work in a household, not free to leave
code-exploitation_type-forced_marriage = Forced marriage
code-exploitation_type-illegal_adoption = Adoption against the law
code-exploitation_type-organ_removal = Organ removal
code-exploitation_type-other = Other
code-exploitation_type-unknown = Not known

## facility_service_mode

code-facility_service_mode-on_site = Here
code-facility_service_mode-by_referral = By referral
code-facility_service_mode-none = Not at all
code-facility_service_mode-suspended = Suspended

## facility_type

code-facility_type-border_post = Border post
code-facility_type-landing_point = Landing point
code-facility_type-airport = Airport
code-facility_type-reception_centre = Reception centre
code-facility_type-transit_centre = Transit centre
code-facility_type-camp_or_settlement = Camp or settlement
code-facility_type-child_only_residence = Residence for children only
code-facility_type-foster_agency = Foster agency
code-facility_type-school = School
code-facility_type-clinic = Clinic
code-facility_type-hospital = Hospital
code-facility_type-civil_registry_office = Civil registry office
code-facility_type-child_friendly_space = Child-friendly space
code-facility_type-safe_house = Safe house
code-facility_type-closed_facility = Closed facility
code-facility_type-legal_centre = Legal centre
code-facility_type-other = Other

## feedback_about

code-feedback_about-service = A service
code-feedback_about-staff = Staff
code-feedback_about-centre = The centre
code-feedback_about-app = This app

## feedback_kind

code-feedback_kind-complaint = Complaint
code-feedback_kind-suggestion = Suggestion
code-feedback_kind-thanks = Thanks
code-feedback_kind-question = Question

## feedback_route

code-feedback_route-spoken = Spoken to a worker
code-feedback_route-paper = On paper, in the box
code-feedback_route-telephone = By telephone
code-feedback_route-other = Other

## field_group

code-field_group-identity = Who the child is
code-field_group-family = Family
code-field_group-documents = Papers and birth registration
code-field_group-care = Care
code-field_group-health = Health
code-field_group-education = School
code-field_group-best_interests = Best interests
code-field_group-solution = Solution plan
code-field_group-legal = Legal situation
code-field_group-tracing = Looking for family
code-field_group-concerns = Protection concerns

## finding_severity

code-finding_severity-info = To know
code-finding_severity-minor = Small
code-finding_severity-major = Major
code-finding_severity-urgent = Urgent

## follow_up_action

code-follow_up_action-none = Nothing
code-follow_up_action-ongoing_monitoring = Go on following
code-follow_up_action-urgent_intervention = Act at once

## follow_up_type

code-follow_up_type-after_reunification = After reunification
code-follow_up_type-in_care = In care
code-follow_up_type-for_service = On a service
code-follow_up_type-for_assessment = For an assessment
code-follow_up_type-after_detention = After detention
code-follow_up_type-after_return = After return
code-follow_up_type-transition_to_18 = On turning 18
code-follow_up_type-permit = On a permit

## functioning_comparison

code-functioning_comparison-1 = Not at all
code-functioning_comparison-2 = Less
code-functioning_comparison-3 = The same
code-functioning_comparison-4 = More
code-functioning_comparison-5 = A lot more

## functioning_frequency

code-functioning_frequency-1 = Daily
code-functioning_frequency-2 = Weekly
code-functioning_frequency-3 = Monthly
code-functioning_frequency-4 = A few times a year
code-functioning_frequency-5 = Never

## functioning_no_set

code-functioning_no_set-under_2 = Under two years
code-functioning_no_set-child_not_ready = The child was not ready
code-functioning_no_set-no_caregiver = No one to ask
code-functioning_no_set-no_time = No time yet
code-functioning_no_set-other = Other

## functioning_respondent

code-functioning_respondent-child = The child
code-functioning_respondent-mother = Mother
code-functioning_respondent-caregiver = Main caregiver
code-functioning_respondent-other = Other

## functioning_scale

code-functioning_scale-1 = No difficulty
code-functioning_scale-2 = Some difficulty
code-functioning_scale-3 = A lot of difficulty
code-functioning_scale-4 = Cannot do at all
code-functioning_scale-7 = Refused
code-functioning_scale-9 = Not known

## functioning_set

code-functioning_set-wg_ss = Short set, six questions (misses worry and sadness)
code-functioning_set-cfm_2_4 = Child functioning, 2 to 4 years
code-functioning_set-cfm_5_17 = Child functioning, 5 to 17 years
code-functioning_set-none = None

## guardian_type

code-guardian_type-relative = Relative
code-guardian_type-professional = Professional guardian
code-guardian_type-ngo = NGO
code-guardian_type-authority_ex_officio = An authority, by law
code-guardian_type-temporary_representative = Temporary representative

## guardianship_delay_reason

code-guardianship_delay_reason-no_guardian_available = No guardian is free
code-guardianship_delay_reason-court_backlog = The court is behind
code-guardianship_delay_reason-age_dispute = Age in dispute
code-guardianship_delay_reason-no_status = No legal status
code-guardianship_delay_reason-moved = The child moved
code-guardianship_delay_reason-request_not_sent = The request was not sent
code-guardianship_delay_reason-other = Other

## guardianship_status

code-guardianship_status-not_needed = Not needed
code-guardianship_status-needed = Needed
code-guardianship_status-requested = Asked for
code-guardianship_status-interim = For the time being
code-guardianship_status-appointed = Appointed
code-guardianship_status-refused = Refused
code-guardianship_status-ended = Ended

## identity_document_type

code-identity_document_type-birth_certificate = Birth certificate
code-identity_document_type-civil_register_extract = Extract of the civil or family register
code-identity_document_type-passport = Passport
code-identity_document_type-national_id = National identity card
code-identity_document_type-tazkira_or_national_id = Tazkira or similar
code-identity_document_type-refugee_or_asylum_id = Refugee or asylum-seeker card of the State or UNHCR
code-identity_document_type-residence_card = Residence card
code-identity_document_type-travel_document = Convention or emergency travel document
code-identity_document_type-consular_id = Consular card
code-identity_document_type-laissez_passer = Laissez-passer
code-identity_document_type-birth_notification = Birth notification of a health facility
code-identity_document_type-baptism_or_religious_record = Religious record
code-identity_document_type-school_document = School document
code-identity_document_type-vaccination_card = Vaccination card
code-identity_document_type-family_booklet = Family booklet
code-identity_document_type-marriage_certificate_of_parents = Parents' marriage certificate
code-identity_document_type-registration_card_ngo = Card of an NGO or of this app
code-identity_document_type-none = None
code-identity_document_type-other = Other

## information_to

code-information_to-child = The child
code-information_to-caregiver = A caregiver
code-information_to-both = Both

## information_topic

code-information_topic-rights = The child's rights
code-information_topic-procedure = What happens next
code-information_topic-asylum = Asylum
code-information_topic-guardianship = What a guardian is
code-information_topic-services = Services here
code-information_topic-tracing = Looking for family
code-information_topic-data_protection = What happens with this record
code-information_topic-complaint = How to complain
code-information_topic-detention = Being held
code-information_topic-return = Going back
code-information_topic-safety = Staying safe
code-information_topic-transition_to_18 = Turning 18

## information_understood

code-information_understood-teach_back_ok = Told it back in own words
code-information_understood-partly = Partly
code-information_understood-no = No
code-information_understood-not_checked = Not checked

## journey_stage

code-journey_stage-origin = Country of origin
code-journey_stage-transit = On the way
code-journey_stage-first_asylum = Country of first asylum
code-journey_stage-reception = Reception
code-journey_stage-ongoing = Settled here
code-journey_stage-solution = Solution
code-journey_stage-return = Return
code-journey_stage-reintegration = Reintegration

## legal_forum

code-legal_forum-asylum_authority = Asylum authority
code-legal_forum-administrative_court = Administrative court
code-legal_forum-family_court = Family court
code-legal_forum-criminal_court = Criminal court
code-legal_forum-labour_court = Labour court
code-legal_forum-constitutional_court = Constitutional court
code-legal_forum-regional_court = Regional court
code-legal_forum-un_treaty_body = UN treaty body
code-legal_forum-ombudsperson = Ombudsperson
code-legal_forum-nhri = National human rights institution

## legal_proceeding_kind

code-legal_proceeding_kind-asylum = Asylum
code-legal_proceeding_kind-residence = Residence permit
code-legal_proceeding_kind-guardianship = Guardianship
code-legal_proceeding_kind-criminal_victim = Criminal, as the victim
code-legal_proceeding_kind-age = Age in dispute
code-legal_proceeding_kind-detention_review = Review of being held

## mandate_level

code-mandate_level-national = National
code-mandate_level-bilateral = Between two countries
code-mandate_level-regional = Regional
code-mandate_level-cross_regional = Across regions

## match_status

code-match_status-suggested = To be compared
code-match_status-rejected = Found not to fit
code-match_status-plausible = May fit
code-match_status-verified = Verified
code-match_status-revoked = Taken back

## measure_kind

code-measure_kind-baseline = Where it began
code-measure_kind-benchmark = Value of citizen children

## mhpss_layer

code-mhpss_layer-1 = Basic services and security
code-mhpss_layer-2 = Community and family support
code-mhpss_layer-3 = Focused, non-specialised support
code-mhpss_layer-4 = Specialised services

## organisation_type

code-organisation_type-child_protection_authority = Child protection authority
code-organisation_type-asylum_authority = Asylum authority
code-organisation_type-civil_registry = Civil registry
code-organisation_type-health_authority = Health authority
code-organisation_type-education_authority = Education authority
code-organisation_type-un_agency = UN agency
code-organisation_type-rcrc = Red Cross or Red Crescent
code-organisation_type-international_ngo = International NGO
code-organisation_type-national_ngo = National NGO
code-organisation_type-community_or_refugee_led = Led by the community or by refugees
code-organisation_type-ombudsperson_or_nhri = Ombudsperson or human rights institution
code-organisation_type-court = Court
code-organisation_type-guardianship_service = Guardianship service

## origin_contact

code-origin_contact-safe = Safe, and cleared
code-origin_contact-unsafe = Not safe

## permit_type

code-permit_type-refugee = Refugee
code-permit_type-subsidiary = Subsidiary protection
code-permit_type-humanitarian = Humanitarian
code-permit_type-temporary_protection = Temporary protection
code-permit_type-child_specific = For children
code-permit_type-family = For family reasons
code-permit_type-trafficking_victim = For victims of trafficking
code-permit_type-tolerated = Tolerated
code-permit_type-other = Other

## perpetrator_group

code-perpetrator_group-family = Family
code-perpetrator_group-smuggler = Smuggler
code-perpetrator_group-trafficker = Trafficker
code-perpetrator_group-armed_group = Armed group
code-perpetrator_group-border_or_police = Border guards or police
code-perpetrator_group-centre_staff = Centre staff
code-perpetrator_group-service_provider = Staff of a service
code-perpetrator_group-peer = Other children
code-perpetrator_group-community = People of the community
code-perpetrator_group-employer = Employer
code-perpetrator_group-unknown = Not known

## practice_led_by

code-practice_led_by-staff = Staff
code-practice_led_by-youth = Young people
code-practice_led_by-families = Families
code-practice_led_by-together = Together

## protection_concern

code-protection_concern-trafficking = Trafficking
code-protection_concern-sexual_violence = Sexual violence
code-protection_concern-sexual_exploitation = Sexual exploitation
code-protection_concern-physical_violence = Physical violence
code-protection_concern-psychological_violence = Psychological violence
code-protection_concern-neglect = Neglect
code-protection_concern-child_labour = Child labour
code-protection_concern-worst_forms_of_child_labour = Worst forms of child labour
code-protection_concern-child_marriage = Child marriage
code-protection_concern-fgm = Female genital mutilation
code-protection_concern-recruitment_or_caafag = Recruited or used by an armed force or group
code-protection_concern-gang_violence_threat = Threatened by a gang
code-protection_concern-statelessness = Statelessness
code-protection_concern-detention = Held
code-protection_concern-conflict_with_the_law = Conflict with the law
code-protection_concern-street_situation = Lives on the street
code-protection_concern-child_parent_or_pregnancy = Child parent or pregnancy
code-protection_concern-child_headed_household = Household led by a child
code-protection_concern-serious_medical_condition = Serious medical condition
code-protection_concern-psychosocial_distress = Deep distress
code-protection_concern-self_harm_risk = May harm themselves
code-protection_concern-substance_use = Alcohol or drugs
code-protection_concern-risk_of_going_missing = Risk of leaving without a trace
code-protection_concern-risk_of_refoulement = May be sent back into danger
code-protection_concern-family_separation_risk = May be separated from family
code-protection_concern-abuse_in_transit = Harm on the way
code-protection_concern-discrimination_disclosed_by_child = Treated worse than others, as the child says
code-protection_concern-other = Other
code-protection_concern-parent_detained_or_removed = A parent is held or was sent away

## recourse_body

code-recourse_body-police = Police
code-recourse_body-court = Court
code-recourse_body-labour_inspection = Labour inspection
code-recourse_body-ombudsperson = Ombudsperson
code-recourse_body-nhri = National human rights institution
code-recourse_body-regional_court = Regional court
code-recourse_body-un_treaty_body = UN treaty body
code-recourse_body-internal_complaint = Complaint within the organisation
code-recourse_body-none = Not taken to anyone

## referral_kind

code-referral_kind-referral = Referral
code-referral_kind-transfer = Handing over
code-referral_kind-notification = Notice

## referral_state

code-referral_state-draft = Draft
code-referral_state-blocked = Stopped by a rule
code-referral_state-sent = Sent
code-referral_state-received = Received
code-referral_state-accepted = Accepted
code-referral_state-declined = Declined
code-referral_state-more_info = More was asked
code-referral_state-in_progress = In progress
code-referral_state-completed = Completed
code-referral_state-expired = Expired
code-referral_state-recalled = Called back

## registry_office_kind

code-registry_office_kind-civil_registry = Civil registration office
code-registry_office_kind-health_facility_desk = Desk in a health facility
code-registry_office_kind-mobile = Mobile team
code-registry_office_kind-consulate = Consulate of the origin State
code-registry_office_kind-not_recognised_authority = An authority that is not recognised
code-registry_office_kind-other = Other

## relationship

code-relationship-mother = Mother
code-relationship-father = Father
code-relationship-stepmother = Stepmother
code-relationship-stepfather = Stepfather
code-relationship-grandmother = Grandmother
code-relationship-grandfather = Grandfather
code-relationship-brother = Brother
code-relationship-sister = Sister
code-relationship-half_sibling = Half brother or half sister
code-relationship-aunt = Aunt
code-relationship-uncle = Uncle
code-relationship-cousin = Cousin
code-relationship-spouse_or_partner = Husband, wife or partner
code-relationship-own_child = The child's own child
code-relationship-customary_caregiver = Caregiver by custom
code-relationship-foster_carer = Foster carer
code-relationship-legal_guardian = Legal guardian
code-relationship-other_relative = Other relative
code-relationship-family_friend = Family friend
code-relationship-unrelated_adult = Adult who is no relative
code-relationship-unrelated_child = Child who is no relative
code-relationship-unknown = Not known

## relationship_verified

code-relationship_verified-not_checked = Not checked
code-relationship_verified-claimed = Said, not checked
code-relationship_verified-consistent_stories = Both sides tell the same
code-relationship_verified-documents = By documents
code-relationship_verified-tracing = By tracing
code-relationship_verified-dna = DNA test
code-relationship_verified-disproved = Found not to be so

## return_state

code-return_state-identified = Identified
code-return_state-planned = Planned
code-return_state-departed = Left
code-return_state-received = Received there
code-return_state-cancelled = Called off
code-return_state-done_by_others = Carried out by others

## return_voluntariness

code-return_voluntariness-voluntary = Wants to go
code-return_voluntariness-accepted = Agrees to go
code-return_voluntariness-forced = Is sent
code-return_voluntariness-unknown = Not known

## risk_level

code-risk_level-high = High
code-risk_level-medium = Medium
code-risk_level-low = Low

## service_end_reason

code-service_end_reason-completed = Completed
code-service_end_reason-moved = Moved away
code-service_end_reason-reached_18 = Turned 18
code-service_end_reason-no_longer_needed = No longer needed
code-service_end_reason-dropped_out = Stopped coming
code-service_end_reason-provider_closed = The provider closed
code-service_end_reason-funding_ended = The money ended
code-service_end_reason-child_request = The child asked for it
code-service_end_reason-transferred = Handed over to another service

## service_state

code-service_state-need_assessed = Need was found
code-service_state-referred = Referred, no answer yet
code-service_state-waitlisted = On a waiting list
code-service_state-accepted = Accepted, not begun
code-service_state-receiving = Is receiving it
code-service_state-suspended = Interrupted
code-service_state-ended = Ended
code-service_state-denied = Refused
code-service_state-declined_by_child = The child did not want it
code-service_state-unavailable = There is none here
code-service_state-no_longer_needed = No longer needed

## service_type

code-service_type-shelter = Shelter
code-service_type-education = School
code-service_type-health = Health
code-service_type-mhpss = Mental health and support
code-service_type-legal_aid = Legal aid
code-service_type-legal_proceeding = Legal proceedings
code-service_type-consular = Consulate
code-service_type-social_protection = Social protection
code-service_type-social_assistance = Social assistance
code-service_type-language_training = Language training
code-service_type-documentation = Papers
code-service_type-birth_registration_support = Help with birth registration
code-service_type-family_tracing = Looking for family
code-service_type-food = Food
code-service_type-nfi = Clothes and household goods
code-service_type-wash = Water and washing
code-service_type-vocational = Learning a trade
code-service_type-inclusion_activity = Sport, play, meeting others
code-service_type-case_management = Case management
code-service_type-transport = Transport
code-service_type-safe_house = Safe house

## shelter_adequacy

code-shelter_adequacy-adequate = Fit for a child
code-shelter_adequacy-inadequate = Not fit for a child
code-shelter_adequacy-unknown = Not known

## shelter_inadequacy

code-shelter_inadequacy-overcrowded = Overcrowded
code-shelter_inadequacy-no_privacy = No privacy
code-shelter_inadequacy-shared_with_unrelated_adults = Shared with unrelated adults
code-shelter_inadequacy-no_lock_or_light = No lock or no light
code-shelter_inadequacy-not_accessible = Not accessible with a disability
code-shelter_inadequacy-unsafe_location = The place is not safe
code-shelter_inadequacy-custodial = Closed: the child may not leave
code-shelter_inadequacy-no_separate_wash = No separate washroom
code-shelter_inadequacy-no_heating = No heating
code-shelter_inadequacy-other = Other

## solution_status

code-solution_status-identified = Identified
code-solution_status-agreed = Agreed
code-solution_status-implementing = Being carried out
code-solution_status-implemented = Carried out
code-solution_status-abandoned = Given up

## solution_type

code-solution_type-local_integration = Staying in this country
code-solution_type-family_reunification_here = Family reunification here
code-solution_type-family_reunification_third_country = Family reunification in a third country
code-solution_type-resettlement = Resettlement
code-solution_type-complementary_pathway = Another legal way
code-solution_type-voluntary_return = Voluntary return
code-solution_type-statutory_care_to_adulthood = In public care until grown up
code-solution_type-adoption_or_kafala_permanent = Adoption, or kafala for good

## solution_validity

code-solution_validity-indefinite = Without end
code-solution_validity-renewable = Renewable
code-solution_validity-time_limited = For a time
code-solution_validity-until_18 = Until 18
code-solution_validity-unknown = Not known

## special_measure

code-special_measure-accessible_building = Accessible building
code-special_measure-accessible_transport = Accessible transport
code-special_measure-assistive_device = Aid such as a wheelchair
code-special_measure-sign_language_support = Sign language
code-special_measure-easy_read_or_pictures = Easy words or pictures
code-special_measure-female_staff = Female staff
code-special_measure-separate_safe_space_for_girls = Separate safe space for girls
code-special_measure-sanitary_supplies = Sanitary supplies
code-special_measure-childcare_on_site = Childcare there
code-special_measure-escort = Somebody goes along
code-special_measure-language_support = Language support
code-special_measure-bridging_class = Bridging class
code-special_measure-fee_waiver = Fee let off
code-special_measure-place_reserved_for_uasc = Place kept for a child without parents
code-special_measure-flexible_hours = Flexible hours
code-special_measure-other = Other

## tracing_action_kind

code-tracing_action_kind-case_by_case = One search after another
code-tracing_action_kind-individual = Search for one person
code-tracing_action_kind-mass = Search for many at once
code-tracing_action_kind-photo = With a photo
code-tracing_action_kind-referral_to_ngo = Referral to an NGO
code-tracing_action_kind-referral_to_rcrc = Referral to the Red Cross or Red Crescent

## tracing_status

code-tracing_status-open = Open
code-tracing_status-tracing_in_progress = Tracing in progress
code-tracing_status-potential_match = A record to compare
code-tracing_status-verified = Verified
code-tracing_status-reunified = Together again
code-tracing_status-remote_contact_restored = In touch again, from afar
code-tracing_status-closed_not_found = Closed, not found
code-tracing_status-stopped_by_child = Stopped, as the child wished
code-tracing_status-sought_person_dead = The person looked for has died

## tracing_wish

code-tracing_wish-wants = Wants family to be looked for
code-tracing_wish-does_not_want = Does not want it
code-tracing_wish-undecided = Undecided
code-tracing_wish-contact_maintained = Is in touch with family
code-tracing_wish-too_young = Too young to ask

## trafficking_screen_result

code-trafficking_screen_result-no_indicators = No signs
code-trafficking_screen_result-some_indicators = Some signs
code-trafficking_screen_result-strong_indicators = Strong signs
code-trafficking_screen_result-not_possible = Could not be done

## urgency

code-urgency-today = Today
code-urgency-soon = Within days
code-urgency-planned = Can be planned

## visit_check

code-visit_check-ok = In order
code-visit_check-partly = Partly
code-visit_check-no = No
code-visit_check-not_seen = Not seen

## weight_given

code-weight_given-full = Full weight
code-weight_given-considerable = Much weight
code-weight_given-some = Some weight
code-weight_given-little = Little weight

## withhold_reason

code-withhold_reason-fear_of_harm = Fear of harm
code-withhold_reason-wants_to_tell_self = Wants to tell it themselves
code-withhold_reason-shame = Shame
code-withhold_reason-no_reason_given = No reason given
code-withhold_reason-other = Other

## need

code-need-shelter = Shelter
code-need-health = Health
code-need-mhpss = Mental health
code-need-education = School
code-need-guardian = Guardian
code-need-birth_registration = Birth registration
code-need-best_interests = Assessment of best interests

## The age in dispute, and turning 18

code-age_dispute_state-raised = Somebody doubts the age
code-age_dispute_state-assessment_planned = An assessment is planned
code-age_dispute_state-waiting_for_decision = Waiting for a decision
code-age_dispute_state-contested = The decision is contested
code-age_dispute_state-dropped = The doubt was dropped
code-age_dispute_state-decided = Decided
code-majority_continues-same_worker = The same case worker
code-majority_continues-another_worker = Another worker of this programme
code-majority_continues-adult_service = A service for adults
code-majority_continues-public_care = Public care beyond 18
code-majority_continues-nobody = The record ends, as they wish
