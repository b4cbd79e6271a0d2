//! What a seat sees of the board, of lists of tasks and of what a child needs: the columns, cells and tasks that are
//! about what it reads, and no hint of the others.

use jiff::civil::Date;
use tern_record::need::Need;
use tern_record::right::{Read, Topic};
use tern_record::task::{Task, TaskKind};
use tern_record::{RecordId, Tier};
use tern_store::child::ChildRow;

use crate::app::App;
use crate::caseload::Case;
use crate::view::{BoardView, CellView, RowGroup};

/// What a need is about.
pub(crate) const fn topic_of_need(need: Need) -> Topic {
    match need {
        Need::Shelter => Topic::DailyService,
        Need::Health => Topic::HealthService,
        Need::Mhpss => Topic::MhpssService,
        Need::Education => Topic::SchoolService,
        Need::Guardian => Topic::Guardianship,
        Need::BirthRegistration | Need::BestInterests => Topic::Other,
    }
}

/// What a task is about, and the tier of what it tells.
const fn about_task(kind: TaskKind) -> (Topic, Tier) {
    match kind {
        TaskKind::SafePlace => (Topic::DailyService, Tier::T2),
        TaskKind::Search => (Topic::Presence, Tier::T2),
        TaskKind::Doctor => (Topic::HealthService, Tier::T3),
        TaskKind::HealthScreen => (Topic::HealthService, Tier::T2),
        TaskKind::Mhpss => (Topic::MhpssService, Tier::T2),
        TaskKind::School => (Topic::SchoolService, Tier::T2),
        TaskKind::ServiceGap => (Topic::OtherService, Tier::T2),
        TaskKind::Guardian | TaskKind::GuardianContact => (Topic::Guardianship, Tier::T2),
        TaskKind::SpeakApart | TaskKind::ExplainRights | TaskKind::AskAgain => (Topic::Consent, Tier::T2),
        TaskKind::OpenTracing => (Topic::Tracing, Tier::T3),
        TaskKind::EndDetention | TaskKind::PermitEnds | TaskKind::AgeDispute => (Topic::Legal, Tier::T3),
        TaskKind::AnswerConcern
        | TaskKind::ReferToAuthority
        | TaskKind::TraffickingScreen
        | TaskKind::HearChild
        | TaskKind::ReviewBasis
        | TaskKind::ReferralStopped
        | TaskKind::ReturnMonitoring => (Topic::Other, Tier::T3),
        TaskKind::SecondWorker => (Topic::Proposal, Tier::T2),
        TaskKind::DestroyPaper => (Topic::PaperBatch, Tier::T2),
        TaskKind::AssessInterests
        | TaskKind::Nationality
        | TaskKind::DeclareBirth
        | TaskKind::TransitionTo18
        | TaskKind::Turned18
        | TaskKind::SolutionPlan
        | TaskKind::CareReview
        | TaskKind::Review
        | TaskKind::FollowUp
        | TaskKind::ReferralAnswer
        | TaskKind::Settle => (Topic::Other, Tier::T2),
    }
}

impl App {
    /// Everything that the board tells is read by this seat.
    pub(crate) fn sees_board_whole(&self) -> bool {
        self.rights.reads_whole("child")
    }

    /// Of children this seat sees who is overdue, and counts.
    pub(crate) fn sees_overdue(&self) -> bool {
        self.rights.right(Topic::Name, Tier::T2).read == Read::Late
    }

    /// This seat reads how a need stands.
    pub(crate) fn sees_need(&self, record: RecordId, need: Need) -> bool {
        self.sees_board_whole() || self.sees_topic_of(record, topic_of_need(need), Tier::T2)
    }

    /// This seat reads why a need was refused.
    pub(crate) fn sees_why(&self, need: Need) -> bool {
        self.sees_board_whole() || self.sees_topic(topic_of_need(need), Tier::T3)
    }

    /// This seat reads that this is to be done.
    pub(crate) fn sees_task(&self, record: RecordId, task: &Task, today: Date) -> bool {
        if self.sees_board_whole() {
            return true;
        }
        let (topic, tier) = about_task(task.kind);
        let overdue = self.sees_overdue() && tier < Tier::T3 && task.late_days(today) > 0;
        overdue || self.sees_topic_of(record, topic, tier)
    }

    /// How a child stands, as far as this seat reads: no urgency that comes from what it does not.
    pub(crate) fn seen_case(&self, record: RecordId, case: &mut Case, today: Date) {
        if self.sees_board_whole() || self.sees_overdue() {
            return;
        }
        case.cells.retain(|cell| self.sees_need(record, cell.need));
        case.why.retain(|need, _| self.sees_why(*need));
        case.tasks.retain(|task| self.sees_task(record, task, today));
        if !self.sees_topic_of(record, Topic::Presence, Tier::T2) {
            case.circle.clear();
        }
        if !self.sees_topic_of(record, Topic::Other, Tier::T2) {
            case.worker.clear();
        }
    }

    /// The board as this seat sees it.
    pub(crate) fn seen_board(&self, board: &mut BoardView, name: impl Fn(&str) -> Option<ChildRow>) {
        if self.sees_board_whole() {
            return;
        }
        if self.sees_overdue() {
            return self.overdue_board(board, name);
        }
        let shown = |need: &str| Need::from_code(need).is_some_and(|need| self.may_see_need(need));
        board.columns.retain(|column| shown(&column.need));
        board.rows.retain(|row| !row.cells.is_empty());
    }

    /// This seat reads how this need stands of some children at least.
    fn may_see_need(&self, need: Need) -> bool {
        self.rights.right(topic_of_need(need), Tier::T2).read >= Read::Own
    }

    /// Counts of every need, and by name only those for whom something is overdue, with how long.
    fn overdue_board(&self, board: &mut BoardView, name: impl Fn(&str) -> Option<ChildRow>) {
        let discreet = self.settings().discreet;
        for row in &mut board.rows {
            row.cells.retain(|_, cell| cell.late);
            for cell in row.cells.values_mut() {
                *cell = CellView { state: "waiting".to_owned(), why: None, due_at: None, ..cell.clone() };
            }
            row.longest = row.cells.values().filter_map(|cell| cell.days).max().unwrap_or(0);
            row.line.name =
                name(&row.line.id).map(|child| child.name).filter(|name| !discreet && !name.is_empty());
            row.line.initials = row.line.name.as_deref().map(crate::show::initials).unwrap_or_default();
            (row.group, row.circle, row.here, row.mine, row.tasks) =
                (RowGroup::Late, String::new(), None, false, 0);
        }
        board.rows.retain(|row| !row.cells.is_empty());
        board.circles.clear();
    }
}
