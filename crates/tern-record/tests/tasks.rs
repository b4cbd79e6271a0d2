//! What has to be done for a child: each kind of task, the day it is due, what ends it, and what a country changes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;

use jiff::civil::Date;
use tern_record::fuzzy::FuzzyDate;
use tern_record::life::Life;
use tern_record::profile::Profile;
use tern_record::task::{Task, TaskKind, tasks};
use tern_record::{EntityId, Path, Scalar};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn entity(row: &str) -> String {
    tern_record::short::long_text(EntityId::new([row.parse().unwrap(); 16]).as_bytes())
}

/// A life from lines `path = value`; `list#1.field` stands for a field of the first row of a list.
fn life(lines: &str) -> Life {
    let mut births = Vec::new();
    let mut answers = Vec::new();
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (path, value) = line.split_once(" = ").unwrap();
        if path == "born" {
            births.push(FuzzyDate::day(day(value)));
            continue;
        }
        let number = value.parse::<i64>().ok();
        let value = match (value, number, value.strip_prefix('#')) {
            ("true" | "false", ..) => Scalar::Bool(value == "true"),
            (_, Some(number), _) => Scalar::Int(number),
            (_, _, Some(row)) => Scalar::from(entity(row).as_str()),
            _ => Scalar::from(value),
        };
        let path = match path.split_once('#') {
            Some((list, rest)) => {
                let (row, field) = rest.split_once('.').unwrap();
                format!("{list}/{}/{field}", entity(row))
            }
            None => path.to_owned(),
        };
        answers.push((Path::new(&path).unwrap(), value));
    }
    Life::read(answers, births)
}

/// Everything that a child of ten in the care of her parents has after a month. Lines of a test change it.
const SETTLED: &str = "
    born = 2016-02-01
    case.opened_on = 2026-03-01
    arrived_on = 2026-03-01
    accompaniment = accompanied
    birth.step = certified
    birth.evidence = seen_certificate
    services#1.type = shelter
    services#1.adequacy = adequate
    service_events#1.of = #1
    service_events#1.state = receiving
    service_events#1.at = 2026-03-01
    services#2.type = health
    services#2.screen_on = 2026-03-02
    services#2.immunisation_review_on = 2026-03-02
    services#2.mhpss_screen_on = 2026-03-02
    services#3.type = education
    service_events#3.of = #3
    service_events#3.state = receiving
    service_events#3.at = 2026-03-20
    trafficking_screens#1.done_on = 2026-03-03
    information_given#1.topic = rights
    information_given#1.child_friendly = true
    information_given#1.on = 2026-03-03
    consents#9.purpose = case_management
    consents#9.status = refused
";

/// The same with more lines; a path given again holds the later value, and `-prefix` takes lines away.
fn with(lines: &str) -> Life {
    let gone: Vec<&str> = lines.lines().filter_map(|line| line.trim().strip_prefix('-')).collect();
    let kept = SETTLED.lines().filter(|line| !gone.iter().any(|gone| line.trim().starts_with(gone)));
    let more = lines.lines().filter(|line| !line.trim().starts_with('-'));
    life(&kept.chain(more).collect::<Vec<_>>().join("\n"))
}

fn of(life: &Life, kind: TaskKind) -> Option<Task> {
    tasks(life, &Profile::default()).into_iter().find(|task| task.kind == kind)
}

fn on(life: &Life, today: &str) -> BTreeSet<&'static str> {
    let today = day(today);
    let all = tasks(life, &Profile::default()).into_iter().filter(|task| task.when.holds(today));
    all.map(|task| task.kind.code()).collect()
}

/// The child of these lines has the task, with this day, and no longer after the lines of `done`.
fn due(kind: TaskKind, lines: &str, on: &str, done: &str) {
    assert_eq!(of(&with(""), kind), None, "{kind:?} without a reason");
    let task = of(&with(lines), kind).unwrap_or_else(|| panic!("{kind:?} is to be done"));
    assert_eq!(task.due, day(on), "{kind:?}");
    assert_eq!(of(&with(&format!("{lines}\n{done}")), kind), None, "{kind:?} is done");
}

/// An event of a service; its row has the service's number and a letter's worth more.
fn event(row: u8, of: u8, state: &str, at: &str) -> String {
    format!(
        "service_events#{row}.of = #{of}\nservice_events#{row}.state = {state}\nservice_events#{row}.at = {at}"
    )
}

const ALONE: &str = "accompaniment = unaccompanied";

#[test]
fn a_child_who_has_everything_has_nothing_to_be_done() {
    assert_eq!(on(&with(""), "2026-04-01"), BTreeSet::new());
}

#[test]
fn before_everything_else() {
    let bed = event(2, 1, "receiving", "2026-03-02");
    due(TaskKind::SafePlace, "service_events#1.state = denied", "2026-03-01", &bed);
    due(TaskKind::Search, "case.not_seen_since = 2026-04-02", "2026-04-02", "case.status = closed");
    for (risk, by) in [("high", "2026-04-03"), ("medium", "2026-04-05"), ("low", "2026-04-09")] {
        let lines = format!("concerns#1.risk = {risk}\nconcerns#1.raised_on = 2026-04-02");
        due(TaskKind::AnswerConcern, &lines, by, "concerns#1.first_response_on = 2026-04-02");
        due(TaskKind::AnswerConcern, &lines, by, "concerns#1.status = unfounded");
    }
    due(TaskKind::EndDetention, "detention#1.from = 2026-04-02", "2026-04-02", "detention#1.to = 2026-04-03");
    let ill = "-services#2\nhealth_seen/ill_or_injured/in = true";
    let seen = "services#4.type = health\nservices#4.screen_on = 2026-03-01";
    due(TaskKind::Doctor, ill, "2026-03-01", seen);
    let urgent: Vec<&str> =
        TaskKind::ALL.into_iter().filter(|kind| kind.is_urgent()).map(TaskKind::code).collect();
    assert_eq!(urgent, ["safe_place", "search", "answer_concern", "end_detention", "doctor"]);
}

#[test]
fn what_a_child_without_parents_needs() {
    let told = "referrals#1.to = child_protection_authority\nreferrals#1.sent_on = 2026-03-02";
    due(TaskKind::ReferToAuthority, ALONE, "2026-03-04", told);
    due(TaskKind::Guardian, ALONE, "2026-03-15", "guardianship#1.appointed_on = 2026-03-10");
    let heard = "bia#1.completed_on = 2026-03-10\nbia#1.child_heard = heard";
    due(TaskKind::AssessInterests, ALONE, "2026-03-15", heard);
    due(TaskKind::OpenTracing, ALONE, "2026-03-15", "tracing_requests#1.wish = does_not_want");
    due(TaskKind::SolutionPlan, ALONE, "2026-08-28", "solutions#1.status = agreed");
    let asked = with(&format!("{ALONE}\nguardianship#1.requested_on = 2026-03-09"));
    let guardian = of(&asked, TaskKind::Guardian).unwrap();
    let asked_on = Some(day("2026-03-09"));
    assert_eq!((guardian.due, guardian.asked), (day("2026-03-15"), asked_on), "asking moves no date");
    assert_eq!(guardian.late_days(day("2026-03-20")), 5);
    for class in ["separated", "undetermined", "not_asked"] {
        let class = with(&format!("accompaniment = {class}"));
        assert!(of(&class, TaskKind::Guardian).is_some(), "anything that is not plainly accompanied");
    }
    let away = "accompaniment = separated\nguardianship#1.appointed_on = 2026-03-10
                guardianship#1.contact_due_days = 14";
    due(TaskKind::GuardianContact, away, "2026-03-24", "guardianship#1.ended_on = 2026-03-24");
}

#[test]
fn best_interests_of_any_child_in_danger_and_heard() {
    let danger = "concerns#1.risk = high\nconcerns#1.raised_on = 2026-03-02";
    let decided = "bid#1.decided_on = 2026-03-10\nbid#1.child_heard = heard";
    due(TaskKind::AssessInterests, danger, "2026-03-15", decided);
    let unheard = "bia#1.completed_on = 2026-03-10\nbia#1.child_heard = not_heard";
    let again = "bia#2.completed_on = 2026-03-20\nbia#2.child_heard = heard";
    due(TaskKind::HearChild, unheard, "2026-03-24", again);
}

#[test]
fn the_screens_and_what_they_find() {
    let screened = "trafficking_screens#2.done_on = 2026-03-05";
    due(TaskKind::TraffickingScreen, "-trafficking_screens", "2026-03-08", screened);
    let mind = "services#4.type = health\nservices#4.mhpss_screen_on = 2026-03-20";
    due(TaskKind::HealthScreen, "-services#2.mhpss_screen_on", "2026-03-31", mind);
    let referred = format!("services#5.type = mhpss\n{}", event(5, 5, "referred", "2026-03-10"));
    due(TaskKind::Mhpss, &referred, "2026-04-09", &event(6, 5, "receiving", "2026-03-20"));
}

#[test]
fn rights_and_agreements() {
    let explained = "information_given#2.topic = rights\ninformation_given#2.child_friendly = true";
    due(TaskKind::ExplainRights, "-information_given", "2026-03-08", explained);
    let small = with("-information_given\n-born\nborn = 2021-05-01");
    assert!(!on(&small, "2026-04-01").contains("explain_rights"), "under six");
    assert!(on(&small, "2027-05-01").contains("explain_rights"), "and six");
    let agreed = "consents#1.status = granted\nconsents#1.given_by = caregiver
                  consents#1.given_on = 2026-03-05";
    due(TaskKind::SpeakApart, agreed, "2026-03-06", "consents#1.spoke_apart = true");
    let later = "consents#1.status = later\nconsents#1.given_on = 2026-03-05";
    due(TaskKind::AskAgain, later, "2026-03-08", "consents#1.status = refused");
    let never = "-consents#9\nconsents#1.purpose = photo\nconsents#1.status = refused";
    due(
        TaskKind::AskAgain,
        never,
        "2026-03-04",
        "consents#2.purpose = case_management\nconsents#2.status = refused",
    );
    let year =
        with("consents#1.status = granted\nconsents#1.given_by = child\nconsents#1.given_on = 2026-03-05");
    assert!(!on(&year, "2027-03-04").contains("ask_again") && on(&year, "2027-03-05").contains("ask_again"));
    let without = "consents#1.status = not_possible\nconsents#1.legal_basis_instead = vital_interest
                   consents#1.given_on = 2026-03-05";
    due(TaskKind::ReviewBasis, without, "2026-03-12", "consents#1.status = refused");
    let sent = "referrals#1.to = health_provider\nreferrals#1.legal_basis = vital_interest
                referrals#1.sent_on = 2026-03-05";
    due(TaskKind::ReviewBasis, sent, "2026-03-12", "referrals#1.child_informed_on = 2026-03-06");
    // A no that came stops what has not left, and is told to who has it.
    let no = "consents#1.purpose = services_referral\nconsents#1.given_on = 2026-03-01
              consents#1.status = withdrawn\nconsents#1.withdrawn_on = 2026-03-09";
    let queued = format!("{no}\nreferrals#1.to = health_provider\nreferrals#1.state = draft");
    due(TaskKind::ReferralStopped, &queued, "2026-03-09", "referrals#1.state = recalled");
    let again = "consents#2.purpose = services_referral\nconsents#2.status = granted
                 consents#2.given_by = guardian\nconsents#2.spoke_apart = true\nconsents#2.given_on = 2026-03-10";
    due(TaskKind::ReferralStopped, &queued, "2026-03-09", again);
    let away = format!("{no}\nreferrals#1.to = health_provider\nreferrals#1.sent_on = 2026-03-05");
    due(TaskKind::ReferralStopped, &away, "2026-03-09", "referrals#1.state = completed");
    let before = format!("{no}\nreferrals#1.to = health_provider\nreferrals#1.sent_on = 2026-03-12");
    assert!(!on(&with(&before), "2026-03-13").contains("referral_stopped"));
    due(TaskKind::ReferralAnswer, sent, "2026-03-12", "referrals#1.accepted_on = 2026-03-06");
}

#[test]
fn birth_and_nationality() {
    due(TaskKind::DeclareBirth, "birth.step = not_registered", "2026-03-31", "birth.step = certified");
    let here = with(
        "-arrived_on\ncase.country = QME\nbirth_country = QME\nbirth.occurred_on = 2026-03-05\nbirth.step = notified",
    );
    assert_eq!(of(&here, TaskKind::DeclareBirth).unwrap().due, day("2026-04-04"), "counted from the birth");
    for code in ["at_risk", "undetermined", "stateless_stated", "stateless_determined"] {
        let lines = format!("statelessness = {code}");
        due(TaskKind::Nationality, &lines, "2026-03-31", "statelessness = none_identified");
    }
}

#[test]
fn school_within_ninety_days_told_at_sixty() {
    let asked = "service_events#3.state = referred";
    due(TaskKind::School, asked, "2026-05-30", &event(4, 3, "receiving", "2026-04-01"));
    let school = of(&with(asked), TaskKind::School).unwrap();
    assert!(
        !school.is_near(day("2026-04-29")) && school.is_near(day("2026-04-30")),
        "sixty days after arrival"
    );
    assert_eq!((school.late_days(day("2026-05-30")), school.late_days(day("2026-05-31"))), (0, 1));
    let small = with(&format!("{asked}\n-born\nborn = 2022-05-01"));
    assert!(!on(&small, "2026-06-30").contains("school"), "too young");
}

#[test]
fn what_was_found_needed_and_is_not_received() {
    let legal = format!("services#5.type = legal_aid\n{}", event(5, 5, "need_assessed", "2026-03-10"));
    due(TaskKind::ServiceGap, &legal, "2026-04-09", &event(6, 5, "receiving", "2026-03-20"));
    let refused = with(&format!("{legal}\n{}", event(6, 5, "denied", "2026-03-20")));
    assert_eq!(of(&refused, TaskKind::ServiceGap).unwrap().due, day("2026-04-09"), "no clock starts again");
}

#[test]
fn growing_up() {
    let grown = with("-born\nborn = 2009-02-01");
    assert!(!on(&grown, "2026-07-31").contains("transition_to_18"));
    assert_eq!(of(&grown, TaskKind::TransitionTo18).unwrap().due, day("2026-08-01"), "seventeen and a half");
    assert!(on(&grown, "2026-08-01").contains("transition_to_18"));
    assert_eq!(of(&grown, TaskKind::Turned18).unwrap().due, day("2027-02-01"));
    assert!(!on(&grown, "2027-01-31").contains("turned_18"));
    let adult = on(&grown, "2027-02-01");
    assert!(adult.contains("turned_18") && !adult.contains("transition_to_18"), "{adult:?}");
    let leap = with("-born\nborn = 2008-02-29");
    assert!(!on(&leap, "2026-02-28").contains("turned_18"), "seventeen until the day is over");
    assert!(on(&leap, "2026-03-01").contains("turned_18"));
    let planned = with("-born\nborn = 2009-02-01\nsolutions#1.transition_plan_after_18 = true");
    assert!(!on(&planned, "2026-08-01").contains("transition_to_18"));
    let two = with("-born\nborn = 2009-02-01\nborn = 2010-05-01");
    assert!(!on(&two, "2027-02-01").contains("turned_18"), "by the claim that makes the child youngest");
}

#[test]
fn an_age_that_is_contested() {
    let since = "age_disputes#1.since = 2026-03-10";
    due(TaskKind::AgeDispute, since, "2026-04-09", "age_disputes#1.settled_on = 2026-04-01");
    let appealed = "age_assessments#1.done_on = 2026-03-10\nage_assessments#1.appealed = true";
    due(TaskKind::AgeDispute, appealed, "2026-04-09", "age_assessments#1.appealed = false");
}

#[test]
fn permits() {
    let permit = "permits#1.issued_on = 2026-03-01\npermits#1.valid_until = 2027-03-01";
    due(TaskKind::PermitEnds, permit, "2027-03-01", "permits#1.unlimited = true");
    let year = with(permit);
    let told = |life: &Life, today: &str| on(life, today).contains("permit_ends");
    assert!(!told(&year, "2026-09-01") && told(&year, "2026-09-02"), "180 days before");
    let majority = with("permits#1.issued_on = 2026-03-01\npermits#1.valid_until = 2034-02-10");
    assert!(told(&majority, "2026-03-02"), "ends with childhood: told at once");
}

#[test]
fn reviews_follow_ups_and_returns() {
    let foster = "care#1.type = foster_care\ncare#1.from = 2026-03-05\ncare#1.assessed_on = 2026-03-05";
    due(TaskKind::CareReview, foster, "2026-04-02", "care#1.to = 2026-04-01");
    let set = with(&format!("{foster}\ncare#1.review_due = 2026-06-01"));
    assert_eq!(of(&set, TaskKind::CareReview).unwrap().due, day("2026-06-01"));
    for line in
        ["case.review_due", "services#3.next_review", "legal_proceedings#1.next_date", "bia#1.review_due"]
    {
        due(TaskKind::Review, &format!("{line} = 2026-06-01"), "2026-06-01", "case.status = closed");
    }
    let visit = "follow_ups#1.due_on = 2026-04-05";
    due(TaskKind::FollowUp, visit, "2026-04-05", "follow_ups#1.done_on = 2026-04-05");
    due(TaskKind::DestroyPaper, "paper.destroy_on = 2026-05-05", "2026-05-05", "case.status = closed");
    let gone = "case.departed_on = 2026-04-01\nreturns#1.departed_on = 2026-04-01";
    let back = tasks(&with(gone), &Profile::default());
    let days: Vec<String> = back.iter().map(|task| task.due.to_string()).collect();
    assert_eq!(days, ["2026-05-01", "2026-07-01", "2026-10-01", "2027-04-01"], "after 1, 3, 6, 12 months");
    assert!(back.iter().all(|task| task.kind == TaskKind::ReturnMonitoring), "and nothing else any more");
    let seen = "return_monitoring#1.of = #1\nreturn_monitoring#1.on = 2026-05-10";
    assert_eq!(tasks(&with(&format!("{gone}\n{seen}")), &Profile::default()).len(), 3);
}

#[test]
fn what_waits_for_people() {
    let proposed = "proposals#1.about = accompaniment";
    due(TaskKind::SecondWorker, proposed, "2026-03-08", "proposals#1.withdrawn = true");
    let mut differ = with("");
    differ.disputes = 1;
    assert_eq!(of(&differ, TaskKind::Settle).unwrap().due, day("2026-03-15"));
}

#[test]
fn a_death_stops_every_reminder_and_a_closed_record_has_none() {
    for end in [
        "life_status = deceased",
        "case.status = closed",
        "case.status = duplicate",
        "case.status = transferred",
    ] {
        let over = with(&format!("{ALONE}\n-services\n-birth\n{end}"));
        assert_eq!(tasks(&over, &Profile::default()), [], "{end}");
    }
    let lost = with(&format!("{ALONE}\ncase.status = missing"));
    assert!(!tasks(&lost, &Profile::default()).is_empty(), "a missing child stays open");
}

#[test]
fn a_country_sets_its_own_days_and_never_a_younger_majority() {
    let country = life(
        "profile.country = QME
         profile.guardian_days = 5
         profile.bia_days = 6
         profile.school_days = 20
         profile.authority_days = 1
         profile.screen_days = 2
         profile.health_days = 9
         profile.tracing_days = 4
         profile.birth_deadline_days = 60
         profile.solution_days = 90
         profile.service_days = 11
         profile.response_high_days = 0
         profile.majority_age = 16",
    );
    let profile = Profile::read(&country);
    assert_eq!(profile.majority_age, 18, "D-01, D-02");
    let child = with(
        "accompaniment = unaccompanied
         -trafficking_screens
         -services#2
         -birth
         service_events#3.state = referred
         statelessness = at_risk
         concerns#1.risk = high
         concerns#1.raised_on = 2026-03-01",
    );
    let made = tasks(&child, &profile);
    let days = |kind| {
        made.iter().find(|task| task.kind == kind).map(|task| task.due.to_string()).unwrap_or_default()
    };
    for (kind, due) in [
        (TaskKind::Guardian, "2026-03-06"),
        (TaskKind::AssessInterests, "2026-03-07"),
        (TaskKind::School, "2026-03-21"),
        (TaskKind::ReferToAuthority, "2026-03-02"),
        (TaskKind::TraffickingScreen, "2026-03-03"),
        (TaskKind::HealthScreen, "2026-03-10"),
        (TaskKind::OpenTracing, "2026-03-05"),
        (TaskKind::DeclareBirth, "2026-04-30"),
        (TaskKind::SolutionPlan, "2026-05-30"),
        (TaskKind::Nationality, "2026-03-12"),
        (TaskKind::AnswerConcern, "2026-03-01"),
    ] {
        assert_eq!(days(kind), due, "{kind:?}");
    }
}

/// A kind that no test above names has none.
#[test]
fn every_kind_is_tested() {
    let source = include_str!("tasks.rs");
    let untested: Vec<String> = TaskKind::ALL
        .into_iter()
        .map(|kind| format!("TaskKind::{kind:?}"))
        .filter(|name| !source.contains(&format!("{name},")) && !source.contains(&format!("{name})")))
        .collect();
    assert_eq!(untested, Vec::<String>::new());
}

#[test]
fn a_concern_that_was_settled_asks_for_no_assessment() {
    let state = |lines: &str| {
        let cells = tern_record::need::cells(&with(lines), &Profile::default());
        let cell = cells.into_iter().find(|cell| cell.need == tern_record::need::Need::BestInterests);
        cell.unwrap().state.code()
    };
    let high = "concerns#1.risk = high\nconcerns#1.raised_on = 2026-03-05";
    assert_eq!((state(""), state(high)), ("not_needed", "waiting"));
    for settled in ["unfounded", "resolved"] {
        assert_eq!(state(&format!("{high}\nconcerns#1.status = {settled}")), "not_needed");
    }
}

#[test]
fn a_child_who_sleeps_on_the_street_has_no_safe_place_whatever_was_given_before() {
    for place in ["street_or_none", "custodial"] {
        let lines = format!("care#1.type = {place}\ncare#1.from = 2026-03-20");
        let task = of(&with(&lines), TaskKind::SafePlace).unwrap_or_else(|| panic!("{place}"));
        assert_eq!((task.since, task.due), (day("2026-03-20"), day("2026-03-20")), "{place}");
        assert_eq!(of(&with(&format!("{lines}\ncare#1.to = 2026-03-21")), TaskKind::SafePlace), None);
    }
}

#[test]
fn asking_for_help_of_the_mind_restarts_no_clock() {
    use tern_record::need::{Need, cells};
    let since = |lines: &str| {
        let all = cells(&with(lines), &Profile::default());
        all.into_iter().find(|cell| cell.need == Need::Mhpss).and_then(|cell| cell.since)
    };
    let never = "-services#2.mhpss_screen_on";
    assert_eq!(since(never), Some(day("2026-03-01")));
    let asked = format!("services#5.type = mhpss\n{}", event(5, 5, "referred", "2026-04-09"));
    assert_eq!(since(&format!("{never}\n{asked}")), Some(day("2026-03-01")), "asked for");
    let that_day = "-services#2.mhpss_screen_on\nservices#2.mhpss_screen_on = 2026-04-09";
    assert_eq!(since(&format!("{that_day}\n{asked}")), Some(day("2026-03-01")), "found and asked for in one");
    // A need that came up only after a screen had found none counts from then on.
    assert_eq!(since(&asked), Some(day("2026-04-09")));
}

#[test]
fn a_question_that_was_answered_is_not_asked_again() {
    let later = "-consents#9\nconsents#1.purpose = case_management\nconsents#1.status = later
                 consents#1.given_on = 2026-03-05";
    assert!(on(&with(later), "2026-03-09").contains("ask_again"));
    let answer = |purpose: &str, at: &str| {
        format!(
            "{later}\nconsents#2.purpose = {purpose}\nconsents#2.status = granted
             consents#2.given_by = child\nconsents#2.given_on = {at}"
        )
    };
    for at in ["2026-03-05", "2026-03-07"] {
        assert!(!on(&with(&answer("case_management", at)), "2026-03-09").contains("ask_again"), "{at}");
    }
    assert!(
        on(&with(&answer("case_management", "2026-03-04")), "2026-03-09").contains("ask_again"),
        "before"
    );
    assert!(
        on(&with(&answer("photo", "2026-03-07")), "2026-03-09").contains("ask_again"),
        "another question"
    );
    let again = answer("case_management", "2026-03-07");
    assert!(on(&with(&again), "2027-03-07").contains("ask_again"), "the answer ran out itself");
    let year = "consents#1.purpose = photo\nconsents#1.status = granted\nconsents#1.given_by = child
                consents#1.given_on = 2025-03-05";
    let renewed = "consents#2.purpose = photo\nconsents#2.status = granted\nconsents#2.given_by = child
                   consents#2.given_on = 2026-03-06";
    assert!(on(&with(year), "2026-03-09").contains("ask_again"));
    assert!(!on(&with(&format!("{year}\n{renewed}")), "2026-03-09").contains("ask_again"));
}

#[test]
fn the_next_follow_up_is_no_longer_due_when_it_was_done() {
    let first = "follow_ups#1.done_on = 2026-03-10\nfollow_ups#1.next_due = 2026-04-01";
    assert!(on(&with(first), "2026-04-05").contains("follow_up"));
    let second = "follow_ups#2.done_on = 2026-04-02";
    assert!(!on(&with(&format!("{first}\n{second}")), "2026-04-05").contains("follow_up"));
    let other = "follow_ups#2.done_on = 2026-04-02\nfollow_ups#2.type = school";
    assert!(on(&with(&format!("{first}\n{other}")), "2026-04-05").contains("follow_up"), "another kind");
}

#[test]
fn turning_eighteen_is_done_when_its_three_steps_are() {
    let grown = "-born\nborn = 2009-02-01";
    let steps = [
        "majority.copy_given_on = 2027-01-20",
        "majority.continues = adult_service",
        "consents#3.purpose = photo\nconsents#3.status = refused\nconsents#3.given_by = child
         consents#3.given_on = 2027-01-20",
    ];
    for left in 0..steps.len() {
        let some: Vec<&str> =
            steps.iter().enumerate().filter(|(at, _)| *at != left).map(|(_, step)| *step).collect();
        assert!(on(&with(&format!("{grown}\n{}", some.join("\n"))), "2027-02-01").contains("turned_18"));
    }
    assert!(!on(&with(&format!("{grown}\n{}", steps.join("\n"))), "2027-02-01").contains("turned_18"));
}
