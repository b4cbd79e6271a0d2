//! How a child stands, worked out whenever the record changes and kept beside it: the board and the lists of
//! tasks read these rows and open no record. What changes with the day alone is told when they are read.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tern_record::fuzzy::{from_days, to_days};
use tern_record::life::{Life, code};
use tern_record::need::{Cell, CellState, Need, Span, cells, days_between};
use tern_record::profile::Profile;
use tern_record::task::{Task, TaskKind, tasks};
use tern_record::{Compartment, RecordId};
use tern_store::caseload::CaseRow;

use crate::Reply;
use crate::app::App;
use crate::hours::{Begun, Moment, clock, clock_of, key_of};
use crate::record::Record;

#[derive(Serialize, Deserialize)]
struct StoredCell {
    n: String,
    s: String,
    since: Option<i64>,
    from: Option<i64>,
    until: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
    /// When its clock began, where that counts hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
}

/// Why a need was refused or cannot be had: a code of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// The list.
    pub list: String,
    /// The code.
    pub code: String,
}

#[derive(Serialize, Deserialize)]
struct StoredTask {
    k: String,
    since: i64,
    due: i64,
    asked: Option<i64>,
    about: Option<String>,
    from: Option<i64>,
    until: Option<i64>,
    /// When its clock began, where that counts hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
}

/// How one child stands, as it was kept.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Group within the site.
    pub circle: String,
    /// Who has the child in care, as written; empty for nobody.
    pub worker: String,
    /// The seven needs.
    pub cells: Vec<Cell>,
    /// Why some of them were refused or cannot be had.
    pub why: BTreeMap<Need, Why>,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// When its short clocks began.
    pub begun: Begun,
}

impl Case {
    /// What is to be done on a day.
    pub fn tasks_on(&self, today: Date) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(move |task| task.when.holds(today))
    }

    /// Days since the child came here: the clock of school starts on that day.
    pub fn here(&self, today: Date) -> Option<i32> {
        let since = self.cells.iter().find(|cell| cell.need == Need::Education)?.since?;
        Some(days_between(since, today).max(0))
    }
}

/// Works out how a child stands.
pub(crate) fn derive(life: &Life, profile: &Profile, begun: &Begun) -> CaseRow {
    let day = |day: Option<Date>| day.map(to_days);
    let needs: Vec<StoredCell> = cells(life, profile)
        .into_iter()
        .map(|cell| StoredCell {
            n: cell.need.code().to_owned(),
            s: cell.state.code().to_owned(),
            since: day(cell.since),
            from: day(cell.when.from),
            until: day(cell.when.until),
            why: why(life, profile, cell.need, cell.state),
            at: cell.since.and_then(|since| clock("", since, cell.need.days(profile), begun)),
        })
        .collect();
    let tasks: Vec<StoredTask> = tasks(life, profile)
        .into_iter()
        .map(|task| StoredTask {
            k: task.kind.code().to_owned(),
            at: clock_of(&task, begun),
            since: to_days(task.since),
            due: to_days(task.due),
            asked: day(task.asked),
            about: task.about,
            from: day(task.when.from),
            until: day(task.when.until),
        })
        .collect();
    CaseRow {
        open: life.is_open() && !life.is_blank() && life.code("case.status") != Some("moved_on"),
        site: life.code("case.site").unwrap_or_default().to_owned(),
        circle: life.code("case.group").unwrap_or_default().to_owned(),
        worker: life.code("case.worker").unwrap_or_default().to_owned(),
        needs: serde_json::to_string(&needs).unwrap_or_default(),
        tasks: serde_json::to_string(&tasks).unwrap_or_default(),
    }
}

/// What was said about a need that is refused or cannot be had here.
fn why(life: &Life, profile: &Profile, need: Need, state: CellState) -> Option<Why> {
    let of = |list: &str, code: &str| Some(Why { list: list.to_owned(), code: code.to_owned() });
    match (need, state) {
        (Need::BirthRegistration, CellState::Refused | CellState::NotPossible) => {
            let mut obstacles = life.rows("birth_obstacles").filter_map(|(_, row)| code(row, "obstacle"));
            obstacles
                .find(|code| {
                    state == CellState::Refused || matches!(*code, "no_office" | "not_recognised_authority")
                })
                .and_then(|code| of("birth_registration_obstacle", code))
        }
        (need, CellState::Refused) => {
            let kind = service_of(need)?;
            let service = life.best_service(kind, life.host(profile))?;
            code(service.events.last()?.2, "reason").and_then(|code| of("denial_reason", code))
        }
        _ => None,
    }
}

const fn service_of(need: Need) -> Option<&'static str> {
    match need {
        Need::Shelter => Some("shelter"),
        Need::Health => Some("health"),
        Need::Mhpss => Some("mhpss"),
        Need::Education => Some("education"),
        _ => None,
    }
}

/// Reads a row back. What newer code wrote and this code does not know is left out.
pub(crate) fn read(row: &CaseRow) -> Case {
    let day = |day: Option<i64>| day.and_then(from_days);
    let cells: Vec<StoredCell> = serde_json::from_str(&row.needs).unwrap_or_default();
    let tasks: Vec<StoredTask> = serde_json::from_str(&row.tasks).unwrap_or_default();
    let clocks = cells.iter().filter_map(|cell| Some((String::new(), cell.at?)));
    let begun = tasks.iter().filter_map(|task| Some((key_of(&task.k, task.about.as_deref())?, task.at?)));
    let begun = clocks.chain(begun).collect();
    let whys = cells.iter().filter_map(|cell| Some((Need::from_code(&cell.n)?, cell.why.clone()?)));
    let why = whys.collect();
    let cell = |cell: StoredCell| {
        Some(Cell {
            need: Need::from_code(&cell.n)?,
            state: CellState::from_code(&cell.s)?,
            since: day(cell.since),
            when: Span { from: day(cell.from), until: day(cell.until) },
        })
    };
    let task = |task: StoredTask| {
        Some(Task {
            kind: TaskKind::from_code(&task.k)?,
            since: from_days(task.since)?,
            due: from_days(task.due)?,
            asked: day(task.asked),
            about: task.about,
            when: Span { from: day(task.from), until: day(task.until) },
        })
    };
    Case {
        circle: row.circle.clone(),
        worker: row.worker.clone(),
        why,
        begun,
        cells: cells.into_iter().filter_map(cell).collect(),
        tasks: tasks.into_iter().filter_map(task).collect(),
    }
}

impl App {
    /// How a child stands, as far as this seat reads.
    pub(crate) fn case_of(&self, record: &Record) -> CaseRow {
        derive(&self.life(record, Compartment::Protection), &self.profile(), &self.begun(record))
    }

    /// How a child stands by the core alone, for seats that read no more.
    pub(crate) fn core_case_of(&self, record: &Record) -> CaseRow {
        derive(&self.life(record, Compartment::Core), &self.profile(), &self.begun(record))
    }

    /// Open records of this site.
    pub(crate) fn cases_here(&self) -> Reply<Vec<(RecordId, Case)>> {
        self.cases_at(&self.named("site"))
    }

    /// Open records of a site.
    pub(crate) fn cases_at(&self, site: &str) -> Reply<Vec<(RecordId, Case)>> {
        let rows = match self.views.get(&Compartment::Protection) {
            Some(view) => view.open_cases(Some(site))?,
            None => self.vault.open_cases(Some(site))?,
        };
        Ok(rows.into_iter().map(|(id, row)| (id, read(&row))).collect())
    }

    /// One child.
    pub(crate) fn case(&self, record: RecordId) -> Reply<Option<Case>> {
        let row = match self.views.get(&Compartment::Protection) {
            Some(view) => view.case(record)?,
            None => self.vault.case(record)?,
        };
        Ok(row.map(|row| read(&row)))
    }

    /// Writes how a child stands into the view file after a change of the core alone, when it differs.
    pub(crate) fn refresh_case(&mut self, record: &Record) -> Reply<()> {
        if !self.views.contains_key(&Compartment::Protection) || self.kind_of(record) != "child" {
            return Ok(());
        }
        let case = self.case_of(record);
        if let Some(view) = self.views.get_mut(&Compartment::Protection)
            && view.case(record.id)?.as_ref() != Some(&case)
        {
            view.put_case(record.id, &case)?;
        }
        Ok(())
    }
}
