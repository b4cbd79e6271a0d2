# Records that are no child's, by kind.

kind-facility = Places
    .one = Place
    .add = Add a place
    .none = No place is written down yet. Add shelters, schools and clinics that children are sent to.
kind-organisation = Organisations
    .one = Organisation
    .add = Add an organisation
    .none = No organisation is written down yet. Add those that children are referred to.
kind-household = Households
    .one = Household
    .add = Add a household
    .none = No household is written down yet. Add those who live together and should stay together.
kind-person = People
    .one = Person
    .add = Add a person
    .none = No adult is written down yet. Add relatives and carers who are not registered as children.
kind-consultation = Consultations
    .one = Consultation
    .add = Add a consultation
    .none = No consultation is written down yet. Write down what a group of children said, without names.
kind-practice = Good practice
    .one = Note of good practice
    .add = Add a note
    .none = No note of good practice yet. Write down what helped, so that others can do it too.
kind-visit = Monitoring visits
    .one = Monitoring visit
    .add = Add a visit
    .none = No visit is written down yet.
kind-country_profile = Country profiles
    .one = Country profile
    .add = Add a country profile
    .none = No country profile yet. Ages and time limits of the law come from here.
kind-corridor = Agreements between countries
    .one = Agreement between countries
    .add = Add an agreement
    .none = No agreement between countries is written down yet.
kind-measure = Baselines and benchmarks
    .one = Baseline or benchmark
    .add = Add a figure
    .none = No baseline or benchmark is written down yet.
kind-feedback = Feedback
    .one = Feedback
    .add = Add feedback
    .none = No feedback yet. Complaints, ideas and thanks are written down here; no name is needed.

occupancy-on = Counted on { $day }
occupancy-line = { $who }: { $taken } of { $places } places taken ({ $percent }%)
occupancy-total = All
occupancy-children = Children
occupancy-uasc = Unaccompanied and separated children

things-title = Places and programme
things-hint = What is not about one child: places, people, visits, countries
things-count = { $count ->
    [0] None yet
    [one] { $count } record
   *[other] { $count } records
}
things-search = Search these records
things-nothing = Nothing here has this name.
things-begin = Begin the record
things-begin-hint = More can be added once it has begun.
things-copy = Copy as text
things-copied = Copied. It holds what was typed, and no worker’s name.
things-record = Record
things-begun = { $title }: begun
