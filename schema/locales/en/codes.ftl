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
code-calendar-julian = Julian
code-calendar-ethiopic = Ethiopian
code-calendar-coptic = Coptic
code-calendar-persian = Solar Hijri
code-calendar-islamic_civil = Islamic, tabular
code-calendar-islamic_umalqura = Islamic, Umm al-Qura
code-calendar-islamic_sighted = Islamic, local sighting (plus or minus 2 days)

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
code-country_special-D = Germany, as printed in MRZ

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
code-unhcr_specific_needs-SV-VA = Survivor of SGBV in country of asylum
code-unhcr_specific_needs-SV-VF = Survivor of SGBV during flight
code-unhcr_specific_needs-SV-VO = Survivor of SGBV in country of origin
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
