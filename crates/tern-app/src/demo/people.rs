//! Who the children are: names, ages, families, and what the first interview asks.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::draw::Draw;
use super::{Answers, Around, DemoChild, Family, Group, Names, Waits, ago, life};

/// How a child's day looks on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Standing {
    /// No safe place tonight.
    NoPlace,
    /// Something wants an answer today.
    Urgent,
    /// A need is over its time.
    Late,
    /// Needs are open and in time.
    Waiting,
    /// Everything is in place.
    #[default]
    InPlace,
}

/// Where a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Whereabouts {
    /// Open at this site.
    Here,
    /// Open at another site.
    #[default]
    Elsewhere,
    /// Closed, moved on or handed over.
    Ended,
}

/// What the children of a family share.
pub(super) struct Kin<'a> {
    pub names: &'a Names,
    pub around: &'a Around,
    pub group: &'a Group,
    pub family: String,
    pub mother: String,
    pub father: String,
    pub from: String,
    /// `accompanied`, `separated` …
    pub company: &'static str,
    pub standing: Standing,
    pub whereabouts: Whereabouts,
    /// Days since the first interview.
    pub known: i32,
    /// Days since arrival.
    pub arrived: i32,
    pub site: String,
    pub circle: String,
    pub worker: String,
    /// How many children came together.
    pub siblings: usize,
}

/// One of them.
pub(super) struct Person {
    pub at: usize,
    pub girl: bool,
    pub name: String,
    pub born: Date,
    /// Whole years today.
    pub age: i32,
    /// Born in this country.
    pub here: bool,
}

pub(super) fn family(names: &Names, around: &Around, draw: &mut Draw, most: u64) -> Family {
    let Some(kin) = kin(names, around, draw, most) else {
        return Family { children: Vec::new(), adults: Vec::new() };
    };
    let mut oldest = draw_age(draw);
    let people: Vec<Person> = (0..kin.siblings)
        .map(|at| {
            let person = person(&kin, at, oldest, draw);
            oldest = (oldest - draw.between(1, 4)).max(0);
            person
        })
        .collect();
    let together = kin.company == "accompanied" && kin.siblings > 1;
    let adults = if together { vec![adult(&kin, draw)] } else { Vec::new() };
    let children = people.iter().map(|person| child(&kin, &people, person, draw)).collect();
    Family { children, adults }
}

fn kin<'a>(names: &'a Names, around: &'a Around, draw: &mut Draw, most: u64) -> Option<Kin<'a>> {
    use Standing::{InPlace, Late, NoPlace, Urgent, Waiting};
    let group = draw_group(names, draw)?;
    let company =
        draw.weighed(&[("unaccompanied", 32), ("separated", 22), ("accompanied", 43), ("undetermined", 3)]);
    let whereabouts = whereabouts(around, draw);
    let standing = draw.weighed(&[(NoPlace, 2), (Urgent, 2), (Late, 20), (Waiting, 34), (InPlace, 42)]);
    let known = match standing {
        NoPlace => draw.between(0, 3),
        Urgent => draw.between(3, 60),
        Late => draw.between(40, 260),
        Waiting if draw.chance(60) => draw.between(0, 12),
        Waiting => draw.between(13, 80),
        InPlace => draw.between(25, 420),
    };
    let known = if whereabouts == Whereabouts::Ended { known + 60 } else { known };
    let siblings = if draw.chance(17) { 2 + usize::from(draw.chance(30)) } else { 1 };
    let site = match whereabouts {
        Whereabouts::Here => around.site.clone(),
        _ => {
            let others: Vec<String> =
                names.sites.iter().filter(|site| **site != around.site).cloned().collect();
            draw.text(&others)
        }
    };
    Some(Kin {
        names,
        around,
        group,
        family: draw.text(&group.families),
        mother: format!("{} {}", draw.text(&group.girls), draw.text(&group.families)),
        father: draw.text(&group.boys),
        from: draw.text(&names.places),
        company,
        standing,
        whereabouts,
        known,
        arrived: known + draw.weighed(&[(0, 50), (1, 25), (2, 12), (5, 9), (14, 4)]),
        site,
        circle: if draw.chance(70) { draw.text(&names.circles) } else { String::new() },
        worker: draw.text(&names.workers),
        siblings: siblings.min(usize::try_from(most).unwrap_or(1).max(1)),
    })
}

/// A large programme has many sites, and records that ended.
fn whereabouts(around: &Around, draw: &mut Draw) -> Whereabouts {
    let here = draw.below(10_000) < around.here;
    match draw.chance(33) {
        _ if here => Whereabouts::Here,
        true => Whereabouts::Elsewhere,
        false => Whereabouts::Ended,
    }
}

fn draw_group<'a>(names: &'a Names, draw: &mut Draw) -> Option<&'a Group> {
    let mut left = draw.below(names.groups.iter().map(|group| group.weight).sum::<u64>().max(1));
    names.groups.iter().find(|group| {
        let here = left < group.weight;
        left = left.saturating_sub(group.weight);
        here
    })
}

/// Older children travel alone more often; babies are there too. Whole years.
fn draw_age(draw: &mut Draw) -> i32 {
    match draw.below(100) {
        0..=8 => draw.between(0, 3),
        9..=29 => draw.between(4, 9),
        30..=64 => draw.between(10, 14),
        _ => draw.between(15, 17),
    }
}

fn person(kin: &Kin<'_>, at: usize, age: i32, draw: &mut Draw) -> Person {
    let today = kin.around.today;
    let girl = draw.chance(43);
    let given = draw.text(if girl { &kin.group.girls } else { &kin.group.boys });
    // A small child who is not alone may have been born here.
    let here = age == 0 && kin.company == "accompanied" && draw.chance(70);
    let born = if here {
        today.checked_sub(kin.known.days()).unwrap_or(today)
    } else {
        let years = today.checked_sub(age.years()).unwrap_or(today);
        let arrived = today.checked_sub((kin.arrived + 1).days()).unwrap_or(today);
        years.checked_sub(draw.between(0, 363).days()).unwrap_or(years).min(arrived)
    };
    Person { at, girl, name: format!("{given} {}", kin.family), born, age, here }
}

fn child(kin: &Kin<'_>, people: &[Person], person: &Person, draw: &mut Draw) -> DemoChild {
    let intake = intake(kin, people, person, draw);
    let steps = life::steps(kin, person, draw);
    let waits = match draw.below(80) {
        _ if kin.whereabouts != Whereabouts::Here => Waits::No,
        0 => Waits::Dispute,
        1 if matches!(kin.company, "separated" | "unaccompanied") => Waits::SecondWorker,
        _ => Waits::No,
    };
    DemoChild { intake, steps, waits, here: kin.whereabouts == Whereabouts::Here }
}

/// The first interview.
fn intake(kin: &Kin<'_>, people: &[Person], person: &Person, draw: &mut Draw) -> Value {
    let today = kin.around.today;
    let known = ago(today, kin.known);
    let mut made = Answers::default();
    made.row("names", json!({ "text": person.name, "lang": kin.group.language, "source": "child" }));
    made.put("sex", if person.girl { "F" } else { "M" });
    birth(&mut made, kin, person, draw);
    made.put("languages", json!([{ "code": kin.group.language }]));
    made.put("case.opened_on", known.clone());
    made.put("interviewed_on", known.clone());
    made.put("case.site", kin.site.clone());
    made.put("case.country", kin.around.country.clone());
    made.put("case.worker", kin.worker.clone());
    if !kin.circle.is_empty() {
        made.put("case.group", kin.circle.clone());
    }
    if person.here {
        made.put("birth_country", kin.around.country.clone());
    } else {
        made.put("where_from", kin.from.clone());
        made.put("arrived_on", ago(today, kin.arrived));
    }
    company(&mut made, kin, draw);
    siblings(&mut made, people, person);
    made.put("safe_place_tonight", kin.standing != Standing::NoPlace);
    let hurt = kin.standing == Standing::Urgent && life::urgent(person, kin) == life::Urgent::Doctor;
    let seen =
        if hurt { "ill_or_injured" } else { draw.weighed(&[("nothing_seen", 88), ("needs_medicine", 12)]) };
    // Who came a moment ago was not seen by anybody yet.
    made.put("health_seen", json!([if kin.known < 14 && !hurt { "nothing_seen" } else { seen }]));
    made.put("interpreter", draw.code(&["trained_here", "trained_remote", "none_needed", "untrained"]));
    made.row("consents", agreement(kin, person, draw));
    Value::Object(made.0)
}

/// May we write this down: by whom, as the age asks for.
fn agreement(kin: &Kin<'_>, person: &Person, draw: &mut Draw) -> Value {
    let today = kin.around.today;
    let given = ago(today, kin.known.min(200));
    let mut row = json!({ "purpose": "case_management", "given_on": given });
    let mut put = |key: &str, value: Value| row.as_object_mut().map(|row| row.insert(key.to_owned(), value));
    if draw.chance(3) {
        put("status", json!("refused"));
        return row;
    }
    let with_adult = matches!(kin.company, "accompanied" | "separated");
    match (with_adult, person.age) {
        (_, 15..) => {
            put("status", json!("granted"));
            put("given_by", json!("child"));
        }
        (true, age) => {
            put("status", json!("granted"));
            put("given_by", json!(if age >= 6 { "both" } else { "caregiver" }));
            put("spoke_apart", json!(kin.standing != Standing::Waiting || draw.chance(85)));
            put("child_assent", json!(if age >= 6 { "assent" } else { "not_sought" }));
        }
        (false, 12..) => {
            put("status", json!("granted"));
            put("given_by", json!("child"));
            put("child_assent", json!("assent"));
        }
        (false, _) => {
            put("status", json!("not_possible"));
            put("not_possible_reason", json!("too_young"));
            put("legal_basis_instead", json!("child_protection_mandate"));
            put("basis_reason", json!("No adult with the child yet."));
            put("basis_approved_by", json!(kin.worker));
            let due = today.checked_add(draw.between(1, 6).days()).unwrap_or(today);
            put("basis_review_due", json!(due.to_string()));
        }
    }
    row
}

/// A third know the day, a third the year, the rest an age; a few nothing, a few 1 January.
fn birth(made: &mut Answers, kin: &Kin<'_>, person: &Person, draw: &mut Draw) {
    let born = person.born;
    let year = i32::from(born.year());
    // A year alone may make a child younger than it is, never older.
    let heaped = year + i32::from(born.day_of_year() > 1 && person.age >= 16);
    match draw.below(100) {
        _ if person.here => made.put("dob", json!({ "date": born.to_string(), "basis": "other_document" })),
        0..=34 => made.put("dob", json!({ "date": born.to_string(), "basis": "child_statement" })),
        35..=44 if person.age > 1 => {
            made.put("dob", json!({ "date": format!("{heaped}-01-01"), "basis": "other_document" }));
        }
        45..=69 if person.age > 1 => made.put("dob", json!({ "year": year, "estimated": true })),
        70..=95 if person.age > 1 => {
            let (first, last) = (born.checked_sub(180.days()), born.checked_add(180.days()));
            let (first, last) = (first.unwrap_or(born), last.unwrap_or(born));
            made.put(
                "dob",
                json!({ "earliest": first.to_string(), "latest": last.to_string(), "estimated": true }),
            );
        }
        96.. if person.age > 1 && kin.standing != Standing::InPlace => made.put("age_unknown", true),
        _ => made.put("dob", json!({ "date": born.to_string(), "basis": "caregiver_statement" })),
    }
}

/// Who is with the child, as the child says it.
fn company(made: &mut Answers, kin: &Kin<'_>, draw: &mut Draw) {
    match kin.company {
        "accompanied" => made.row("companions", json!({ "claim": "parent", "description": "mother" })),
        "separated" => {
            let who = draw.code(&["aunt", "uncle", "grandmother", "older cousin"]);
            made.row("companions", json!({ "claim": "relative", "description": who }));
        }
        "unaccompanied" if kin.siblings == 1 => match draw.below(10) {
            0..=5 => made.put("companions_answered", "none_to_add"),
            6..=8 => made.row("companions", json!({ "claim": "friends" })),
            _ => made.row(
                "companions",
                json!({ "claim": "unrelated_adult", "description": "a man from the boat" }),
            ),
        },
        "unaccompanied" => {}
        _ => made.put("companions_answered", "unknown"),
    }
}

/// Who came together stays together.
fn siblings(made: &mut Answers, people: &[Person], person: &Person) {
    for other in people.iter().filter(|other| other.at != person.at) {
        let kind = if other.girl { "sister" } else { "brother" };
        made.row("companions", json!({ "claim": "child_sibling", "description": kind }));
        made.row(
            "relations",
            json!({ "kind": kind, "child": format!("@child:{}", other.at), "keep_together": true, "lives_with": true,
                "verified": "claimed" }),
        );
    }
}

/// The parent of a family with several children is a record of its own, to which all of them point.
fn adult(kin: &Kin<'_>, draw: &mut Draw) -> Value {
    json!({
        "person_names": [{ "text": kin.mother, "lang": kin.group.language }],
        "person.sex": "F",
        "person.dob": { "year": i32::from(kin.around.today.year()) - draw.between(34, 46), "estimated": true },
        "person.nationality": kin.group.country,
        "person.life_status": "alive",
        "person.whereabouts_known": true,
        "person_languages": [kin.group.language],
    })
}
