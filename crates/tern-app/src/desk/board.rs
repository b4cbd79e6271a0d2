//! The day: what is to be done, for whom, and the shift.

use super::{Desk, Reply};
use crate::app::App;
use crate::view::{
    AwayView, BoardView, ChangeRef, HandOverView, OutcomeView, RollCall, TaskView, TellAway, TodayView,
    UpdateNeed, UpdatedView, WhoWhenView,
};

impl Desk {
    /// The first screen of the day.
    pub fn today(&self) -> Reply<TodayView> {
        self.at_work(|app| app.today())
    }

    /// Children against needs, today.
    pub fn board(&self) -> Reply<BoardView> {
        self.at_work(|app| app.board(app.ports().today()))
    }

    /// What is to be done today: for one child, or for all of this site.
    pub fn tasks(&self, id: Option<&str>) -> Reply<Vec<TaskView>> {
        self.at_work(|app| {
            let record = id.map(|id| app.resolve(id)).transpose()?;
            app.tasks(record, app.ports().today())
        })
    }

    /// What a cell of the board can be told.
    pub fn outcomes(&self, need: &str) -> Reply<Vec<OutcomeView>> {
        self.at_work(|app| app.outcomes(need))
    }

    /// Writes what was learned about a need of one or several children.
    pub fn update_need(&self, ask: &UpdateNeed) -> Reply<UpdatedView> {
        self.at_work(|app| app.update_need(ask))
    }

    /// Takes changes back, as new changes.
    pub fn undo(&self, changes: &[ChangeRef]) -> Reply<usize> {
        self.at_work(|app| app.undo(changes))
    }

    /// Who was seen, and who was not.
    pub fn roll_call(&self, ask: &RollCall) -> Reply<UpdatedView> {
        self.at_work(|app| app.roll_call(ask))
    }

    /// Puts children into a group of the site.
    pub fn set_group(&self, ids: &[String], group: &str) -> Reply<UpdatedView> {
        self.at_work(|app| app.set_group(ids, group))
    }

    /// This worker has the children in care, or no longer.
    pub fn take_on(&self, ids: &[String], on: bool) -> Reply<UpdatedView> {
        self.at_work(|app| app.take_on(ids, on))
    }

    /// Who is not accounted for.
    pub fn away(&self) -> Reply<Vec<AwayView>> {
        self.at_work(App::away)
    }

    /// What was done about a child that is not accounted for.
    pub fn tell_away(&self, ask: &TellAway) -> Reply<UpdatedView> {
        self.at_work(|app| app.tell_away(ask))
    }

    /// What the next worker takes over.
    pub fn hand_over(&self) -> Reply<HandOverView> {
        self.at_work(App::hand_over)
    }

    /// This worker takes the shift over.
    pub fn take_shift(&self) -> Reply<WhoWhenView> {
        self.at_work(App::take_shift)
    }
}
