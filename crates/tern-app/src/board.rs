//! The board: the open records of this site against seven needs, most urgent first.
//!
//! First who has no safe place tonight, then who wants an answer today, then who waits longest. A cell that was asked
//! for, opened or referred says so and stays as late as it is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tern_record::need::{Cell, CellState, Need};
use tern_record::profile::Profile;
use tern_record::task::{Task, TaskKind};
use tern_record::{RecordId, short};

use crate::Reply;
use crate::app::App;
use crate::caseload::{Case, Why};
use crate::hours::{Begun, by, due_at};
use crate::view::{BoardView, CellView, ColumnView, RowGroup, RowView, TaskView};

impl App {
    /// The board of this site on a day.
    pub fn board(&self, today: Date) -> Reply<BoardView> {
        self.board_of(None, today)
    }

    /// The board of a site by its name.
    pub(crate) fn board_of(&self, site: Option<&str>, today: Date) -> Reply<BoardView> {
        self.sees_children()?;
        let profile = self.profile();
        let mut cases = match site {
            Some(site) => self.cases_at(site)?,
            None => self.cases_here()?,
        };
        let discreet = self.settings().discreet;
        let me = self.name_of(self.me.worker, self.me.device).0.to_lowercase();
        let mut rows = Vec::with_capacity(cases.len());
        let records: Vec<RecordId> = cases.iter().map(|(record, _)| *record).collect();
        let children = self.vault.find_children(&records)?;
        for (record, case) in &mut cases {
            self.seen_case(*record, case, today);
            let Some(child) = children.get(record) else { continue };
            let group = group_of(case, &profile, today);
            let cells: BTreeMap<String, CellView> = case
                .cells
                .iter()
                .map(|cell| {
                    let why = case.why.get(&cell.need).and_then(|why| self.why(why));
                    let view = self.cell(cell, &profile, today);
                    let view = self.with_hour(view, cell, &profile, &case.begun);
                    (cell.need.code().to_owned(), CellView { why: why.filter(|_| view.open), ..view })
                })
                .collect();
            let longest =
                cells.values().filter(|cell| cell.open).filter_map(|cell| cell.days).max().unwrap_or(0);
            let mut line = self.line_as(*record, child, discreet);
            line.age = line.age.and_then(|_| crate::show::age(child, today));
            rows.push((
                (rank(group), std::cmp::Reverse(longest), *record.as_bytes()),
                RowView {
                    line,
                    group,
                    circle: case.circle.clone(),
                    longest,
                    here: case.here(today),
                    mine: !me.is_empty() && case.worker.trim().to_lowercase() == me,
                    tasks: case.tasks_on(today).count(),
                    cells,
                },
            ));
        }
        rows.sort_by_key(|(key, _)| *key);
        let rows: Vec<RowView> = rows.into_iter().map(|(_, row)| row).collect();
        let columns = Need::ALL.into_iter().map(|need| self.column(need, &rows)).collect();
        let mut circles: Vec<String> =
            rows.iter().map(|row| row.circle.clone()).filter(|name| !name.is_empty()).collect();
        circles.sort();
        circles.dedup();
        let mut board = BoardView { columns, rows, circles, today: today.to_string() };
        self.seen_board(&mut board, |id| {
            let id = short::from_long_text(id).map(RecordId::new)?;
            children.get(&id).cloned()
        });
        Ok(board)
    }

    fn column(&self, need: Need, rows: &[RowView]) -> ColumnView {
        let cells = || rows.iter().filter_map(|row| row.cells.get(need.code()));
        ColumnView {
            need: need.code().to_owned(),
            label: self.text.word(&format!("need-{}", need.code().replace('_', "-"))),
            open: cells().filter(|cell| cell.open).count(),
            late: cells().filter(|cell| cell.late).count(),
            target: need.days(&self.profile()),
        }
    }

    /// A reason in words: a code of a list.
    fn why(&self, why: &Why) -> Option<String> {
        let list = self.schema.codelist(&why.list)?;
        let code = list.codes.iter().find(|code| code.code == why.code)?;
        let found = self.schema.texts().find(self.text.language(), &list.message(&why.code));
        Some(found.unwrap_or_else(|| code.label.clone()))
    }

    /// A cell as screens show it.
    pub(crate) fn cell(&self, cell: &Cell, profile: &Profile, today: Date) -> CellView {
        let state = cell.state_on(today);
        CellView {
            state: state.code().to_owned(),
            days: cell.days(today),
            late: state.is_open() && cell.is_late(today, profile),
            open: state.is_open(),
            why: None,
            due_at: None,
        }
    }

    /// With the hour by which it is due, where its clock counts hours.
    pub(crate) fn with_hour(
        &self,
        view: CellView,
        cell: &Cell,
        profile: &Profile,
        begun: &Begun,
    ) -> CellView {
        let since = cell.since.filter(|_| view.open);
        let due_at = since.and_then(|since| by("", since, cell.need.days(profile), begun));
        CellView { due_at, ..view }
    }

    /// What is to be done on a day: for one child, or for all of this site.
    pub fn tasks(&self, record: Option<RecordId>, today: Date) -> Reply<Vec<TaskView>> {
        let cases = match record {
            // A record that was emptied is no child's any more.
            Some(record) if self.vault.find_child(record)?.is_none() => Vec::new(),
            Some(record) => self.case(record)?.map(|case| (record, case)).into_iter().collect(),
            None => self.cases_here()?,
        };
        self.sees_children()?;
        let mut views: Vec<(TaskKind, i32, TaskView)> = Vec::new();
        for (record, case) in &cases {
            for task in case.tasks_on(today).filter(|task| self.sees_task(*record, task, today)) {
                let view = self.task_view(*record, task, &case.begun, today);
                views.push((task.kind, -task.late_days(today), view));
            }
        }
        views.sort_by(|a, b| {
            (!a.0.is_urgent(), a.1, a.0, &a.2.child).cmp(&(!b.0.is_urgent(), b.1, b.0, &b.2.child))
        });
        Ok(views.into_iter().map(|(_, _, view)| view).collect())
    }

    /// A task as screens show it.
    pub(crate) fn task_view(&self, record: RecordId, task: &Task, begun: &Begun, today: Date) -> TaskView {
        let code = task.kind.code();
        TaskView {
            id: format!(
                "{}:{code}{}",
                short::long_text(record.as_bytes()),
                task.about.as_ref().map(|row| format!(":{row}")).unwrap_or_default()
            ),
            child: short::long_text(record.as_bytes()),
            short_id: short::short_text(record.as_bytes()),
            kind: code.to_owned(),
            text: self.text.word(&format!("task-{}", code.replace('_', "-"))),
            reason: self.text.word(&format!("task-{}.reason", code.replace('_', "-"))),
            since: task.since.to_string(),
            due: task.due.to_string(),
            due_at: due_at(task, begun),
            days: tern_record::need::days_between(task.since, today).max(0),
            late_days: task.late_days(today),
            near: task.is_near(today),
            urgent: task.kind.is_urgent(),
            asked: task.asked.map(|asked| asked.to_string()),
            about: task.about.clone(),
        }
    }
}

/// Late and not yet late wait in one line, the longest first (PROTECTION 1.30).
const fn rank(group: RowGroup) -> RowGroup {
    match group {
        RowGroup::Waiting => RowGroup::Late,
        other => other,
    }
}

/// Where a child stands on the board.
fn group_of(case: &Case, profile: &Profile, today: Date) -> RowGroup {
    let shelter = case.cells.iter().find(|cell| cell.need == Need::Shelter);
    let no_place = case.tasks_on(today).any(|task| task.kind == TaskKind::SafePlace);
    if no_place && shelter.is_some_and(|cell| cell.state != CellState::Said) {
        return RowGroup::NoSafePlace;
    }
    if case.tasks_on(today).any(|task| task.kind.is_urgent() && task.kind != TaskKind::SafePlace) {
        return RowGroup::Today;
    }
    match case.cells.iter().any(|cell| cell.is_late(today, profile)) {
        true => RowGroup::Late,
        false if case.cells.iter().any(|cell| cell.state_on(today).is_open()) => RowGroup::Waiting,
        false => RowGroup::InPlace,
    }
}
