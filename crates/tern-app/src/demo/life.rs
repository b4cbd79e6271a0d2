//! What came after the first interview: services with their gaps, family, papers, care, best interests, the law.

use serde_json::Value;

use super::draw::Draw;
use super::people::{Kin, Person, Standing, Whereabouts};
use super::{Answers, ago};

mod family;
mod first_days;
mod future;
mod interests;
mod papers;
mod protection;
mod services;

/// What wants an answer today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Urgent {
    /// Not accounted for since last evening.
    Search,
    /// A danger that nobody answered yet.
    Concern,
    /// Ill or injured, seen by no doctor.
    Doctor,
}

/// Which of them it is for a child.
pub(super) fn urgent(person: &Person, kin: &Kin<'_>) -> Urgent {
    match kin.known.rem_euclid(4) {
        0 if person.age >= 10 => Urgent::Search,
        1 => Urgent::Doctor,
        _ => Urgent::Concern,
    }
}

/// The needs of the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Need {
    #[default]
    Shelter,
    Health,
    Mhpss,
    School,
    Guardian,
    Birth,
    Interests,
}

/// Later answers, in the order in which they were learned. Of a child at another site they are one step.
pub(super) fn steps(kin: &Kin<'_>, person: &Person, draw: &mut Draw) -> Vec<Value> {
    let mut life = Life { kin, person, draw, open: Vec::new(), guardian: None, assessed: None };
    life.open = life.draw_open();
    let areas: [fn(&mut Life<'_>, &mut Answers); 8] = [
        |life, made| life.first_days(made),
        |life, made| life.papers(made),
        |life, made| life.services(made),
        |life, made| life.family(made),
        |life, made| life.protection(made),
        |life, made| life.interests(made),
        |life, made| life.future(made),
        |life, made| life.ending(made),
    ];
    let mut steps: Vec<Answers> = areas
        .into_iter()
        .map(|area| {
            let mut made = Answers::default();
            area(&mut life, &mut made);
            made
        })
        .filter(|made| !made.0.is_empty())
        .collect();
    if kin.whereabouts != Whereabouts::Here {
        let mut whole = Answers::default();
        for (key, value) in std::mem::take(&mut steps).into_iter().flat_map(|step| step.0) {
            match value {
                Value::Array(rows) if whole.0.contains_key(&key) => {
                    rows.into_iter().for_each(|row| whole.row(&key, row));
                }
                value => whole.put(&key, value),
            }
        }
        steps.push(whole);
    }
    steps.into_iter().map(|step| Value::Object(step.0)).collect()
}

struct Life<'a> {
    kin: &'a Kin<'a>,
    person: &'a Person,
    draw: &'a mut Draw,
    /// Needs that are over their time.
    open: Vec<Need>,
    /// Days after the first interview on which a guardian was appointed.
    guardian: Option<i32>,
    /// The same of the first assessment of best interests.
    assessed: Option<i32>,
}

impl Life<'_> {
    /// Needs over their time, of those that this child has.
    fn draw_open(&mut self) -> Vec<Need> {
        if self.kin.standing != Standing::Late {
            return Vec::new();
        }
        let mut may = vec![Need::Health, Need::Mhpss, Need::Birth, Need::Shelter];
        if self.is_pupil() && self.kin.arrived > 92 {
            may.extend([Need::School, Need::School]);
        }
        if self.is_without_parents() {
            may.extend([Need::Guardian, Need::Guardian, Need::Interests]);
        }
        let mut open = vec![self.draw.pick(&may).copied().unwrap_or_default()];
        if self.draw.chance(35) {
            open.extend(self.draw.pick(&may));
        }
        open
    }

    fn is_open(&self, need: Need) -> bool {
        self.open.contains(&need)
    }

    fn is_without_parents(&self) -> bool {
        self.kin.company != "accompanied"
    }

    /// Of school age by every date that may be written down.
    fn is_pupil(&self) -> bool {
        (6..=17).contains(&self.person.age)
    }

    /// The day so many days after the first interview.
    fn on(&self, after: i32) -> String {
        ago(self.kin.around.today, self.kin.known - after.min(self.kin.known))
    }

    /// A coming day.
    fn coming(&mut self, low: i32, high: i32) -> String {
        let days = self.draw.between(low, high);
        ago(self.kin.around.today, -days)
    }

    /// Days after the first interview on which a need was met; `None` when it is open.
    fn met(&mut self, need: Need, low: i32, high: i32) -> Option<i32> {
        let after = self.draw.between(low, high);
        match after > self.kin.known {
            _ if self.is_open(need) => None,
            true if self.kin.standing == Standing::InPlace => Some(self.kin.known),
            true => None,
            false => Some(after),
        }
    }

    fn lang(&self) -> &str {
        &self.kin.group.language
    }

    fn view(&mut self) -> String {
        self.draw.text(&self.kin.names.views)
    }
}
