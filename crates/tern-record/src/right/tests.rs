use super::*;
use crate::tier::Compartment;

fn what<'a>(list: Option<&'a str>, field: &'a str, form: &'a str, tier: Tier) -> What<'a> {
    What { record: "child", form, list, field, tier, service: None }
}

#[test]
fn columns_are_the_roles_in_their_order() {
    for (at, role) in Role::ALL.iter().enumerate() {
        assert_eq!(*role as usize, at);
    }
    assert_eq!(Role::ALL.len(), 13);
}

#[test]
fn each_topic_and_tier_has_one_row() {
    for (at, (topic, tier, _)) in TABLE.iter().enumerate() {
        let twice = TABLE.iter().skip(at + 1).any(|row| (row.0, row.1) == (*topic, *tier));
        assert!(!twice, "{topic:?} {tier:?} has two rows");
    }
}

/// A right that a seat has no key for would be a promise that the keys break.
#[test]
fn whoever_reads_an_answer_holds_its_key() {
    for (topic, tier, rights) in TABLE {
        for (role, right) in Role::ALL.iter().zip(rights) {
            let holds = role.holds(Compartment::from(*tier));
            if right.read > Read::No || right.write > Write::Drop {
                assert!(holds, "{role:?} has no key for {topic:?} {tier:?}");
            }
        }
    }
}

/// Without a right to anything of it, a role has no business with the key of a site's answers.
#[test]
fn whoever_holds_a_key_reads_something_under_it() {
    for role in Role::ALL {
        for tier in [T3, T4] {
            let reads = TABLE
                .iter()
                .any(|(topic, at, _)| *at == tier && right_of(*role, *topic, tier).read > Read::No);
            assert_eq!(role.holds(Compartment::from(tier)), reads, "{role:?} {tier:?}");
        }
    }
}

#[test]
fn what_is_restricted_is_never_read_without_a_reason() {
    for (topic, tier, rights) in TABLE {
        if *tier == T4 {
            assert!(rights.iter().all(|right| right.read < Read::Yes), "{topic:?}");
        }
    }
}

#[test]
fn three_roles_see_no_child_at_all() {
    for role in [Role::BorderChecker, Role::Auditor, Role::Administrator] {
        let rights = Rights::of(&[role]);
        assert!(!rights.sees_children() && !rights.registers());
        assert!(TABLE.iter().all(|(topic, tier, _)| rights.right(*topic, *tier) == NO), "{role:?}");
    }
    let monitor = Rights::of(&[Role::Monitor]);
    assert!(!monitor.sees_children());
    assert_eq!(monitor.right(Topic::Facility, T2), R_);
    assert_eq!(monitor.right(Topic::Visit, T2), RW);
}

#[test]
fn several_roles_may_what_any_of_them_may() {
    let both = Rights::of(&[Role::Registrar, Role::Education]);
    assert_eq!(both.right(Topic::Name, T2), right(Read::Yes, Write::Intake));
    assert_eq!(both.right(Topic::SchoolService, T3), RW);
    assert_eq!(both.right(Topic::HealthService, T3), DR);
    let two = [Role::Registrar, Role::CaseWorker];
    let story = what(Some("concerns"), "story", "concern", T4);
    assert_eq!(writes(&two, &story), Write::Caseload);
    assert_eq!(reads(&two, &story), Read::Caseload);
    assert_eq!(writes(&[Role::Registrar], &story), Write::Drop);
    assert_eq!(reads(&[Role::Registrar], &story), Read::No);
}

#[test]
fn services_go_by_their_type_and_an_unknown_one_by_the_rest() {
    let service = |service| What { service, ..what(Some("services"), "state", "service", T3) };
    let school = [Role::Education];
    assert_eq!(writes(&school, &service(Some("education"))), Write::Yes);
    assert_eq!(reads(&school, &service(Some("mhpss"))), Read::No);
    assert_eq!(reads(&school, &service(None)), Read::No);
    assert_eq!(reads(&school, &service(Some("safe_house"))), Read::No);
}

#[test]
fn an_answer_of_a_form_that_is_not_known_goes_with_its_tier() {
    let new = |tier| what(Some("new_list"), "new_field", "new_form", tier);
    assert_eq!(reads(&[Role::CentreStaff], &new(T2)), Read::No);
    assert_eq!(writes(&[Role::Registrar], &new(T3)), Write::Drop);
    assert_eq!(reads(&[Role::LegalOrGuardian], &new(T4)), Read::Reason);
}

#[test]
fn who_begins_a_programme_alone_may_write_everything() {
    let first = Rights::of(&[Role::Coordinator, Role::CaseSupervisor, Role::CaseWorker]);
    for (topic, tier, _) in TABLE {
        assert_eq!(first.right(*topic, *tier).write, Write::Yes, "{topic:?} {tier:?}");
    }
    assert!(first.reads_whole("child"));
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/security/roles.md");
const FROM: &str = "<!-- made from crates/tern-record/src/right.rs -->\n";
const TO: &str = "<!-- end -->\n";

fn cell(right: Right) -> &'static str {
    match (right.read, right.write) {
        (Read::No, Write::No) => "–",
        (Read::No, Write::Drop) => "drop",
        (Read::Yes, Write::No) => "R",
        (Read::Yes, Write::Yes) => "RW",
        (Read::Own, Write::Intake) => "intake",
        (Read::Own, Write::Yes) => "own R, W",
        (Read::Band, Write::No) => "age band",
        (Read::Late, Write::No) => "overdue",
        (Read::Caseload, Write::Caseload) => "own, reason",
        (Read::Reason, Write::No) => "reason",
        (Read::Reason, Write::Yes) => "reason, W",
        other => panic!("the page has no word for {other:?}"),
    }
}

fn table() -> String {
    let short = ["BOR", "REG", "CEN", "CW", "HLT", "EDU", "LEG", "TRC", "COO", "SUP", "MON", "AUD", "ADM"];
    let mut page = format!("| Tier | What | {} |\n", short.join(" | "));
    page.push_str(&format!("|---|---|{}\n", "---|".repeat(short.len())));
    for (topic, tier, rights) in TABLE {
        let cells: Vec<&str> = rights.iter().map(|right| cell(*right)).collect();
        page.push_str(&format!("| {tier:?} | {} | {} |\n", topic.what(), cells.join(" | ")));
    }
    page
}

#[test]
fn the_page_of_roles_is_the_table() {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (head, rest) = page.split_once(FROM).unwrap();
    let (_, foot) = rest.split_once(TO).unwrap();
    let made = format!("{head}{FROM}{}{TO}{foot}", table());
    if std::env::var_os("TERN_WRITE").is_some() {
        return std::fs::write(PAGE, &made).unwrap();
    }
    assert!(page == made, "run with TERN_WRITE=1 to write docs/security/roles.md");
}
