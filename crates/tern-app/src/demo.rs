//! Plausible fictitious children with whole lives, drawn from a seed, for practice programmes and benchmarks.
//!
//! The same seed and the same day draw the same people and dates on every machine. Days are counted back from the day
//! they are made on, so that a board looks like a day at work. Every answer goes through the forms and the rules, like
//! what a person typed.

mod draw;
mod life;
mod make;
mod people;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::failure::{Code, Failure};
use draw::Draw;

/// No more children than about so many are open at one site.
pub const AT_ONE_SITE: u64 = 300;

#[derive(Deserialize)]
struct Names {
    groups: Vec<Group>,
    places: Vec<String>,
    sites: Vec<String>,
    circles: Vec<String>,
    workers: Vec<String>,
    schools: Vec<String>,
    clinics: Vec<String>,
    views: Vec<String>,
    notes: Vec<String>,
    responses: Vec<String>,
}

#[derive(Deserialize)]
struct Group {
    language: String,
    country: String,
    weight: u64,
    girls: Vec<String>,
    boys: Vec<String>,
    families: Vec<String>,
}

/// Where and when children are made.
#[derive(Clone, Debug)]
pub struct Around {
    /// The day from which days are counted back.
    pub today: Date,
    /// The site of this programme.
    pub site: String,
    /// Its country.
    pub country: String,
    /// Of ten thousand children, how many are open at this site.
    pub here: u64,
}

impl Around {
    /// What is open at one site stays as many as its staff can know: `open` are there already.
    pub fn here(children: u64, open: u64) -> u64 {
        (AT_ONE_SITE.saturating_sub(open) * 10_000 / children.max(1)).min(9_300)
    }
}

/// Children who came together, and the adults they belong to.
pub struct Family {
    /// At least one. In the answers `@child:0` stands for the first, `@adult:0` for the first adult.
    pub children: Vec<DemoChild>,
    /// Answers of records of persons.
    pub adults: Vec<Value>,
}

/// One child: what was asked first, and what came after, step by step.
pub struct DemoChild {
    /// What the first interview answers.
    pub intake: Value,
    /// Later answers, in the order in which they were learned.
    pub steps: Vec<Value>,
    /// Whether something of it waits for people.
    pub waits: Waits,
    /// The record is open at this site.
    pub here: bool,
}

/// What people have to settle about a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Nothing.
    No,
    /// Two devices wrote down different birth places.
    Dispute,
    /// A change that a second worker has not confirmed.
    SecondWorker,
}

/// Draws families one after another.
pub struct Demo {
    names: Names,
    around: Around,
    seed: u64,
    families: u64,
}

impl Demo {
    /// Begins with a seed.
    pub fn seeded(seed: u64, around: Around) -> Result<Self, Failure> {
        let names = serde_json::from_str(include_str!("demo/names.json"))
            .map_err(|_| Failure::from(Code::Internal("demo-names")))?;
        Ok(Self { names, around, seed, families: 0 })
    }

    /// The next family, with no more children than `most`.
    pub fn next_family(&mut self, most: u64) -> Family {
        let mut draw = Draw::of(self.seed, self.families);
        self.families += 1;
        people::family(&self.names, &self.around, &mut draw, most)
    }
}

/// A day so many days before another, as answers write it.
fn ago(today: Date, days: i32) -> String {
    today.checked_sub(days.days()).unwrap_or(today).to_string()
}

/// Answers of one step: fields, and rows of lists.
#[derive(Default)]
struct Answers(Map<String, Value>);

impl Answers {
    fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn row(&mut self, list: &str, row: Value) {
        let rows = self.0.entry(list).or_insert_with(|| Value::Array(Vec::new()));
        if let Some(rows) = rows.as_array_mut() {
            rows.push(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around() -> Around {
        Around {
            today: jiff::civil::date(2026, 11, 26),
            site: "Velmar".to_owned(),
            country: "QME".to_owned(),
            here: 5_000,
        }
    }

    #[test]
    fn the_same_seed_draws_the_same_lives() {
        let draw = |seed| {
            let mut demo = Demo::seeded(seed, around()).unwrap();
            let children = (0..50).flat_map(|_| demo.next_family(9).children);
            children.map(|child| (child.intake, child.steps)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7), draw(7));
        assert_ne!(draw(7), draw(8));
    }

    #[test]
    fn every_answer_of_every_child_fits_its_form_and_nobody_is_grown_up() {
        let schema = tern_form::Schema::embedded().unwrap();
        let mut demo = Demo::seeded(7, around()).unwrap();
        let today = demo.around.today;
        let mut next = 0_u128;
        let mut ids = || {
            next += 1;
            tern_record::EntityId::new(next.to_be_bytes())
        };
        let here = tern_record::short::long_text(&[1; 16]);
        for _ in 0..500 {
            for mut child in demo.next_family(5).children {
                make::point(&mut child.intake, &|_, _| here.clone());
                let registered = schema.register_answers(&child.intake, today, &mut ids);
                let registered = registered.unwrap_or_else(|refused| panic!("{refused:?}: {}", child.intake));
                let mut answers: tern_form::check::Answers =
                    registered.puts.into_iter().map(|(path, value)| (path.to_string(), value)).collect();
                for step in &mut child.steps {
                    make::point(step, &|_, _| here.clone());
                    for (key, value) in step.as_object().unwrap() {
                        let puts = schema
                            .puts_from_json(key, value, today, &mut ids)
                            .unwrap_or_else(|refused| panic!("{refused:?}: {key} {value}"));
                        answers.extend(puts.into_iter().map(|(path, value)| (path.to_string(), value)));
                    }
                }
                let remarks = schema.remarks(&answers, today);
                let wrong = remarks.iter().find(|remark| tern_form::check::IMPOSSIBLE.contains(&remark.code));
                assert!(wrong.is_none(), "{wrong:?}: {} {:?}", child.intake, child.steps);
                let grown = remarks.iter().any(|remark| remark.path == "dob" && remark.code == "age-doubt");
                assert!(!grown, "{}", child.intake);
            }
        }
    }
}
