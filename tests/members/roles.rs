//! Each role at work on a device of its own: what it may put, what another device takes of it, and what it sees of the
//! same children. The table of rights is walked whole: role by topic by tier, reading and writing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::{Value, json};
use tern_app::admit::Admitted;
use tern_app::{App, Ports, Schema, script};
use tern_record::right::{Read, Rights, Topic, Write};
use tern_record::{Role, Tier};
use tern_stories::tern::WORDS;
use tern_stories::{Hand, Tern, worker_as};

const TERN: &str = env!("CARGO_BIN_EXE_tern-in-stories");

fn open(tern: &Tern) -> App {
    let schema = Arc::new(Schema::embedded().unwrap());
    script::open(&tern.home(), WORDS, schema, Arc::new(Ports::system())).unwrap()
}

/// An answer of each topic and tier of a child: its form key, what it is set to, and the type of its service.
fn answers() -> BTreeMap<(Topic, Tier), (&'static str, Value, &'static str)> {
    use Tier::{T1, T2, T3, T4};
    use Topic as T;
    BTreeMap::from([
        ((T::Other, T1), ("interpreter_needed", json!(true), "")),
        ((T::Name, T2), ("names/name", json!("Zuna Velmar"), "")),
        ((T::Age, T2), ("dob", json!({ "age": 9 }), "")),
        ((T::Language, T2), ("languages/language", json!("prs"), "")),
        ((T::DayNeed, T2), ("safe_place_tonight", json!(true), "")),
        ((T::Presence, T2), ("case.group", json!("Blue"), "")),
        ((T::Bed, T2), ("care/from", json!("2026-01-02"), "")),
        ((T::DailyService, T2), ("services/provider", json!("Harbour centre"), "shelter")),
        ((T::SchoolService, T2), ("services/provider", json!("Harbour centre"), "education")),
        ((T::HealthService, T2), ("services/provider", json!("Harbour centre"), "health")),
        ((T::MhpssService, T2), ("services/provider", json!("Harbour centre"), "mhpss")),
        ((T::LegalService, T2), ("services/provider", json!("Harbour centre"), "legal_aid")),
        ((T::TracingService, T2), ("services/provider", json!("Harbour centre"), "family_tracing")),
        ((T::OtherService, T2), ("services/provider", json!("Harbour centre"), "transport")),
        ((T::Consent, T2), ("information_given/topic", json!("rights"), "")),
        ((T::Link, T2), ("same_as/on", json!("2026-01-02"), "")),
        ((T::Guardianship, T2), ("guardianship/requested_on", json!("2026-01-02"), "")),
        ((T::Functioning, T2), ("functioning/assessed_on", json!("2026-01-02"), "")),
        ((T::Accommodation, T2), ("functioning_accommodations/measure", json!("easy_read_or_pictures"), "")),
        ((T::Family, T2), ("relations/kind", json!("uncle"), "")),
        ((T::Other, T2), ("where_from", json!("Tarrin"), "")),
        ((T::DailyService, T3), ("services/satisfaction", json!(3), "shelter")),
        ((T::SchoolService, T3), ("services/satisfaction", json!(3), "education")),
        ((T::HealthService, T3), ("services/satisfaction", json!(3), "health")),
        ((T::MhpssService, T3), ("services/satisfaction", json!(3), "mhpss")),
        ((T::LegalService, T3), ("services/satisfaction", json!(3), "legal_aid")),
        ((T::TracingService, T3), ("services/satisfaction", json!(3), "family_tracing")),
        ((T::Guardianship, T3), ("guardianship/authority", json!("District court"), "")),
        ((T::Legal, T3), ("statelessness", json!("at_risk"), "")),
        ((T::Functioning, T3), ("functioning/any_difficulty", json!(true), "")),
        ((T::Family, T3), ("relations/whereabouts_known", json!(true), "")),
        ((T::Tracing, T3), ("separation.place", json!("the old mill"), "")),
        ((T::Other, T3), ("concerns/risk", json!("medium"), "")),
        ((T::HealthService, T4), ("services/score", json!(3), "mhpss")),
        ((T::Tracing, T4), ("sought_persons/phone", json!("+999 555 0100"), "")),
        ((T::Other, T4), ("trafficking_screens/tool", json!("none"), "")),
    ])
}

/// A programme whose first worker has written one answer of each topic and tier about one child; the paths by topic
/// and tier.
struct World {
    first: Tern,
    child: String,
    paths: BTreeMap<(Topic, Tier), String>,
}

impl World {
    fn begin() -> Self {
        let first = Tern::practising(TERN);
        let mut app = open(&first);
        let born =
            json!({ "names": ["Anri Velmar"], "sex": "M", "age": 14, "accompaniment": "unaccompanied" });
        let child = app.script_register(&born).unwrap()["id"].as_str().unwrap().to_owned();
        let mut paths = BTreeMap::new();
        for (about, (key, value, service)) in answers() {
            let path = put(&mut app, &child, key, &value, service).expect(key);
            paths.insert(about, path);
        }
        app.end_session().unwrap();
        drop(app);
        Self { first, child, paths }
    }
}

/// Puts an answer, in a row of its own where it is one of a list; gives its path.
fn put(
    app: &mut App,
    child: &str,
    key: &str,
    value: &Value,
    service: &str,
) -> Result<String, tern_app::Failure> {
    let Some((list, field)) = key.split_once('/') else {
        app.script_edit(child, &[], BTreeMap::from([(key.to_owned(), value.clone())]))?;
        return Ok(key.to_owned());
    };
    let mut fields = BTreeMap::from([(field.to_owned(), value.clone())]);
    if !service.is_empty() {
        fields.insert("type".to_owned(), json!(service));
    }
    let row = app.script_add(child, list, fields)?["entity"].as_str().unwrap().to_owned();
    Ok(format!("{list}/{row}/{field}"))
}

/// What a seat sees of a child's answers, with a reason where it may give one.
fn seen(app: &mut App, child: &str) -> BTreeSet<String> {
    let shown = match app.script_show(child, None, Some("a test")) {
        Err(refused) if ["no-right", "ask-supervisor"].contains(&refused.code.name()) => {
            app.script_show(child, None, None)
        }
        shown => shown,
    };
    let Ok(shown) = shown else { return BTreeSet::new() };
    shown["fields"].as_object().unwrap().keys().cloned().collect()
}

fn history(app: &mut App, child: &str) -> BTreeSet<String> {
    let told = app.script_history(child, None).unwrap_or_default();
    let told = told.as_array().cloned().unwrap_or_default();
    told.iter()
        .flat_map(|change| change["paths"].as_array().unwrap().clone())
        .map(|path| path.as_str().unwrap().to_owned())
        .collect()
}

/// A child of nobody's intake, that nobody has in care: what may be read of it.
fn reads(right: Read) -> bool {
    matches!(right, Read::Caseload | Read::Reason | Read::Yes)
}

#[test]
fn each_role_sees_what_the_table_says_and_nothing_else() {
    let world = World::begin();
    for role in Role::ALL {
        let device = worker_as(&world.first, "Tomas", &[*role]);
        let mut app = open(&device);
        let rights = Rights::of(&[*role]);
        let (shown, told) = (seen(&mut app, &world.child), history(&mut app, &world.child));
        for ((topic, tier), path) in &world.paths {
            let may = reads(rights.right(*topic, *tier).read);
            assert_eq!(shown.contains(path), may, "{role:?} and {path} ({topic:?} {tier:?})");
            let open = may && *tier < Tier::T4;
            assert_eq!(told.contains(path), open, "{role:?} and the history of {path}");
        }
    }
}

#[test]
fn each_role_writes_what_the_table_says_and_nothing_else() {
    let world = World::begin();
    for role in Role::ALL {
        let device = worker_as(&world.first, "Tomas", &[*role]);
        let mut app = open(&device);
        let rights = Rights::of(&[*role]);
        for ((topic, tier), (key, value, service)) in answers() {
            // A row of a service says its type too, in tier 2.
            let type_too = !service.is_empty() && rights.right(topic, Tier::T2).write < Write::Caseload;
            let write = rights.right(topic, tier).write;
            let may = (write >= Write::Caseload || write == Write::Drop) && !type_too;
            let value = if key.contains('/') { value } else { other(&value) };
            let done = put(&mut app, &world.child, key, &value, service);
            match done {
                Ok(path) if write == Write::Drop => {
                    let told = (seen(&mut app, &world.child), history(&mut app, &world.child));
                    assert!(!told.0.contains(&path) && !told.1.contains(&path), "{role:?} reads {path} back");
                }
                Ok(_) => assert!(may, "{role:?} wrote {key}"),
                Err(refused) => {
                    assert!(!may, "{role:?} could not write {key}: {}", refused.code.name());
                    assert_eq!(refused.code.name(), "no-right", "{role:?} {key}");
                }
            }
        }
    }
}

/// Something else of the same kind, so that a change is one.
fn other(value: &Value) -> Value {
    match value {
        Value::Bool(is) => json!(!is),
        Value::String(text) if text == "at_risk" => json!("undetermined"),
        Value::Object(_) => json!({ "age": 10 }),
        _ => json!("Harbour"),
    }
}

/// The gate does not ask what the other device let its worker do: a program that was changed may have sealed anything.
#[test]
fn the_gate_takes_what_a_role_may_write_and_keeps_the_rest_aside() {
    let world = World::begin();
    for role in [Role::CaseWorker, Role::Education, Role::CentreStaff, Role::LegalOrGuardian] {
        let device = worker_as(&world.first, "Tomas", &[role]);
        let hand = Hand::of(&device);
        let mut here = open(&world.first);
        let rights = Rights::of(&[role]);
        for ((topic, tier), path) in &world.paths {
            if !role.holds((*tier).into()) {
                continue;
            }
            let bytes = hand.seal(&world.child, path, (*tier).into());
            let taken = here.admit(&bytes).unwrap();
            let may = rights.right(*topic, *tier).write >= Write::Caseload;
            let expected = if may { Admitted::New(1) } else { Admitted::Refused("role-may-not") };
            assert_eq!(taken, expected, "{role:?} {path} {topic:?} {tier:?}");
        }
    }
}

/// A registrar's later work on a record that somebody else began is not taken; on the registrar's own it is.
#[test]
fn a_registrar_goes_on_with_the_own_intake_alone() {
    let world = World::begin();
    let device = worker_as(&world.first, "Tomas", &[Role::Registrar]);
    let mut there = open(&device);
    let born = json!({ "names": ["Layan Sarrin"], "sex": "F", "age": 7, "accompaniment": "separated" });
    let own = there.script_register(&born).unwrap()["id"].as_str().unwrap().to_owned();
    there.script_edit(&own, &[], BTreeMap::from([("where_from".to_owned(), json!("Tarrin"))])).unwrap();
    let refused = there
        .script_edit(&world.child, &[], BTreeMap::from([("where_from".to_owned(), json!("Harbour"))]))
        .unwrap_err();
    assert_eq!(refused.code.name(), "no-right");
    assert_eq!(refused.paths, ["where_from"]);
    // The own record is read, the other only as far as it takes to see that the child may be here already.
    assert!(seen(&mut there, &own).contains("where_from"));
    assert_eq!(seen(&mut there, &world.child), BTreeSet::from(["interpreter_needed".to_owned()]));
    let found = there.script_find("Anri", 5, None).unwrap();
    let hit = &found.as_array().unwrap()[0];
    assert_eq!(
        (&hit["name"], &hit["names"], &hit["sex"], &hit["age"]),
        (&json!("Anri"), &json!(["Anri"]), &json!(""), &Value::Null)
    );
    let line = there.find_view("Anri", 5).unwrap().hits.remove(0);
    assert_eq!(line.child.band.as_deref(), Some("about 8 to 10"));
    assert!(line.fits.is_none(), "the marks would tell the whole name");
    there.end_session().unwrap();
    let mut here = open(&world.first);
    for bytes in there.envelopes().unwrap() {
        assert!(!matches!(here.admit(&bytes).unwrap(), Admitted::Refused(_)));
    }
    drop(there);
    let forged = Hand::of(&device).seal(&world.child, "where_from", tern_record::Compartment::Core);
    assert_eq!(here.admit(&forged).unwrap(), Admitted::Refused("role-may-not"));
}

/// What is restricted of a child in another worker's care is the supervisor's to open.
#[test]
fn a_case_worker_opens_what_is_restricted_of_the_own_caseload() {
    let world = World::begin();
    let mut here = open(&world.first);
    let care = |name: &str| BTreeMap::from([("case.worker".to_owned(), json!(name))]);
    here.script_edit(&world.child, &[], care("Somebody Else")).unwrap();
    here.end_session().unwrap();
    drop(here);
    let mut tomas = open(&worker_as(&world.first, "Tomas", &[Role::CaseWorker]));
    let asked = tomas.open_restricted(&world.child, "a visit").unwrap_err();
    assert_eq!(asked.code.name(), "ask-supervisor");
    let story = BTreeMap::from([("restricted_type".to_owned(), json!("fgm"))]);
    let written = tomas.script_add(&world.child, "concerns", story).unwrap_err();
    assert_eq!(written.code.name(), "ask-supervisor");
    tomas.script_edit(&world.child, &[], care("Tomas")).unwrap();
    assert!(!tomas.open_restricted(&world.child, "a visit").unwrap().is_empty());
    let mut sup = open(&worker_as(&world.first, "Noor", &[Role::CaseSupervisor]));
    assert_eq!(sup.open_restricted(&world.child, " ").unwrap_err().code.name(), "reason-for-reading");
    assert!(!sup.open_restricted(&world.child, "a review").unwrap().is_empty());
}

/// Whoever has nothing to do with children is told of none, by any door.
#[test]
fn three_roles_and_the_monitor_get_no_child_at_all() {
    let world = World::begin();
    for role in [Role::BorderChecker, Role::Auditor, Role::Administrator, Role::Monitor] {
        let mut app = open(&worker_as(&world.first, "Tomas", &[role]));
        let child = &world.child;
        let today = app.ports().today();
        let refused = [
            app.child(child).err(),
            app.child_on(child, "2026-01-02").err(),
            app.needed(child).err(),
            app.family(child).err(),
            app.links(child).err(),
            app.history(child).err(),
            app.photo(child).err(),
            app.proposals(child).err(),
            app.may_be_same_view(child).err(),
            app.open_restricted(child, "a look").err(),
            app.own_copy(child, tern_app::own_copy::Reader::Child).err(),
            app.find_view("Anri", 5).err(),
            app.find_view(&child.chars().take(9).collect::<String>(), 5).err(),
            app.board(today).err(),
            app.tasks(None, today).err(),
            app.begin_draft().err(),
            app.child("0000-0000").err(),
        ];
        for (at, refused) in refused.into_iter().enumerate() {
            let refused = refused.unwrap_or_else(|| panic!("{role:?} got an answer at {at}"));
            assert_eq!(refused.code.name(), "no-right", "{role:?} at {at}");
        }
        let today = app.today().unwrap();
        assert!(today.last.is_empty() && today.drafts.is_empty() && today.children == 0, "{role:?}");
        assert!(app.away().unwrap().is_empty());
        assert_eq!(app.script_audit(None, None).is_ok(), role == Role::Auditor);
        let kinds: Vec<String> = app.kinds().unwrap().into_iter().map(|kind| kind.kind).collect();
        let expected: &[&str] = match role {
            Role::Monitor => &["consultation", "facility", "feedback", "visit"],
            _ => &[],
        };
        let mut kinds: Vec<&str> = kinds.iter().map(String::as_str).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, expected, "{role:?}");
    }
}
