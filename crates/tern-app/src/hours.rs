//! The hour by which something is due, where the clock of a rule is short enough to count hours: 24 hours to the first
//! answer on a high risk, three days to the child protection authority. What is late is told by days, as everywhere; the
//! hour says what "today" means.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tern_record::need::days_between;
use tern_record::task::{Task, TaskKind};
use tern_record::{Compartment, Held, Path, Scalar, Stamp};

use crate::app::App;
use crate::ports::civil_day;
use crate::record::Record;
use crate::show::stored;
use crate::view::MomentView;

/// Clocks of more days than this count days.
const HOURLY_DAYS: i32 = 3;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A moment by the clock of the device that wrote it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub ms: i64,
    /// Minutes east of UTC.
    pub min: i16,
}

impl Moment {
    /// So many days later, to the minute.
    pub fn later(self, days: i32) -> MomentView {
        stored((self.ms.saturating_add(i64::from(days).saturating_mul(DAY_MS)), self.min), false)
    }
}

/// When the short clocks of a record began: the opening under `""`, each concern under its row.
pub type Begun = BTreeMap<String, Moment>;

impl App {
    /// When the short clocks of a record began, where that is known to the hour. A day that was told of later has no hour.
    pub(crate) fn begun(&self, record: &Record) -> Begun {
        let core = record.docs.get(&Compartment::Core).and_then(tern_doc::Document::span);
        let opening = core.map(|span| (String::new(), moment(span.0)));
        let raised = |path: &Path| path.list() == Some("concerns") && path.field() == "raised_on";
        let concerns = record.paths().into_iter().filter(raised).filter_map(|path| {
            let row = path.entity()?.to_owned();
            Some((row, self.said_that_day(record, &path)?))
        });
        opening.into_iter().chain(concerns).collect()
    }

    /// When a day was written down, if that was the day itself.
    fn said_that_day(&self, record: &Record, path: &Path) -> Option<Moment> {
        let Held::Settled(said) = record.folded(&self.schema, path) else { return None };
        let day = Scalar::as_text(&said.value)?.parse::<Date>().ok()?;
        let at = moment(said.at);
        (civil_day(at.ms, at.min) == day).then_some(at)
    }
}

fn moment(stamp: Stamp) -> Moment {
    Moment { ms: stamp.at_ms, min: stamp.offset_min }
}

/// What the clock of a task runs from: its concern, or the opening of the record.
pub(crate) fn key_of(kind: &str, about: Option<&str>) -> Option<String> {
    match (TaskKind::from_code(kind)?, about) {
        (TaskKind::AnswerConcern, Some(row)) => Some(row.to_owned()),
        (TaskKind::AnswerConcern, None) | (_, Some(_)) => None,
        (_, None) => Some(String::new()),
    }
}

/// When the clock of a task began, where it counts hours.
pub(crate) fn clock_of(task: &Task, begun: &Begun) -> Option<Moment> {
    let key = key_of(task.kind.code(), task.about.as_deref())?;
    clock(&key, task.since, days_between(task.since, task.due), begun)
}

/// When a clock of so many days began, where it is short enough to count hours.
pub(crate) fn clock(key: &str, since: Date, days: i32, begun: &Begun) -> Option<Moment> {
    let moment = begun.get(key).filter(|_| (1..=HOURLY_DAYS).contains(&days))?;
    (civil_day(moment.ms, moment.min) == since).then_some(*moment)
}

/// The moment by which a task is due.
pub(crate) fn due_at(task: &Task, begun: &Begun) -> Option<MomentView> {
    clock_of(task, begun).map(|moment| moment.later(days_between(task.since, task.due)))
}

/// So many days after a clock began on this day.
pub(crate) fn by(key: &str, since: Date, days: i32, begun: &Begun) -> Option<MomentView> {
    clock(key, since, days, begun).map(|moment| moment.later(days))
}
