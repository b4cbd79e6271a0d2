//! What has to be done for a child, and by when: made from the answers, never typed, gone when done.
//!
//! Every task names the rule or figure behind it. A day that is late stays late: asking, opening or
//! referring is said beside it and moves no date.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::life::{Life, Row, code, day};
use crate::need::{Span, days_between};
use crate::profile::Profile;

mod agreements;
mod days;
mod kind;
mod protection;
mod services;

pub use kind::TaskKind;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// Since when it is open.
    pub since: Date,
    /// Late after this day.
    pub due: Date,
    /// It was asked for, opened or declared on this day. Changes no date.
    pub asked: Option<Date>,
    /// The row that it is about.
    pub about: Option<String>,
    /// The days on which it is to be done at all.
    pub when: Span,
}

impl Task {
    /// Days over its time, or 0.
    pub fn late_days(&self, today: Date) -> i32 {
        days_between(self.due, today).max(0)
    }

    /// Half of its time is over: what the board marks before it is late. Two thirds for school.
    pub fn is_near(&self, today: Date) -> bool {
        let (all, gone) = (days_between(self.since, self.due), days_between(self.since, today));
        let part = if self.kind == TaskKind::School { (all * 2) / 3 } else { all / 2 };
        all > 0 && gone >= part
    }
}

/// Everything that has to be done for a child, most urgent first, then by day. On a given day only those
/// whose `when` holds it.
pub fn tasks(life: &Life, profile: &Profile) -> Vec<Task> {
    let mut maker = Maker { life, profile, made: Vec::new() };
    if life.code("life_status") != Some("deceased") {
        maker.returns();
        if life.is_open() {
            maker.open_case();
        }
    }
    maker.made.sort_by(|a, b| (a.kind, a.due, &a.about).cmp(&(b.kind, b.due, &b.about)));
    maker.made
}

struct Maker<'a> {
    life: &'a Life,
    profile: &'a Profile,
    made: Vec<Task>,
}

impl Maker<'_> {
    fn open_case(&mut self) {
        self.today_first();
        self.concerns();
        self.detention();
        self.without_parents();
        self.screens();
        self.rights_and_agreements();
        self.birth();
        self.nationality();
        self.services();
        self.gaps();
        self.growing_up();
        self.age();
        self.permits();
        self.reviews();
        self.people();
    }

    fn add(&mut self, kind: TaskKind, since: Date, due: Date) -> Option<&mut Task> {
        self.made.push(Task { kind, since, due, asked: None, about: None, when: Span::default() });
        self.made.last_mut()
    }

    /// To be done from a day on.
    fn add_from(&mut self, kind: TaskKind, from: Date, since: Date, due: Date) -> Option<&mut Task> {
        let task = self.add(kind, since, due)?;
        task.when.from = Some(from);
        Some(task)
    }

    fn add_days(&mut self, kind: TaskKind, since: Option<Date>, days: i32) -> Option<&mut Task> {
        let since = since?;
        let due = later(since, days)?;
        self.add(kind, since, due)
    }

    fn opened(&self) -> Option<Date> {
        self.life.opened()
    }

    fn arrived(&self) -> Option<Date> {
        self.life.arrived().or_else(|| self.opened())
    }

    fn on_day(&mut self, kind: TaskKind, row: &Row, field: &str, id: &str) {
        let (Some(due), Some(since)) = (day(row, field), self.opened()) else { return };
        if let Some(task) = self.add(kind, since.min(due), due) {
            task.about = Some(id.to_owned());
        }
    }
}

/// What turning 18 asks for, whether each was done: their copy, their own answers, who goes on (D-03). Answers count from
/// a day on.
pub fn majority_steps(life: &Life, from: Date) -> [bool; 3] {
    let answered = |row: &Row| {
        code(row, "given_by") == Some("child") && day(row, "given_on").is_some_and(|on| on >= from)
    };
    [
        life.day("majority.copy_given_on").is_some(),
        life.rows("consents").any(|(_, row)| answered(row)),
        life.code("majority.continues").is_some_and(|who| who != "unknown"),
    ]
}

fn later(day: Date, days: i32) -> Option<Date> {
    day.checked_add(days.days()).ok()
}
