//! The window of a worker who is out: what they did last is handed over, and nothing else opens.

use std::sync::Arc;

use tern_seal::scrubbed;

use super::sync::{STEP_MS, free_file, of_sending, of_writing, saved};
use super::{Desk, Reply, State};
use crate::exchange::by_file::WritingFile;
use crate::exchange::last_work::{Leaving, Line};
use crate::failure::Code;
use crate::view::{LastWorkView, WorkFileView, WrittenView};

/// How long it stays in hand while nobody does anything.
const IDLE_MS: u64 = 5 * 60 * 1000;

/// A device whose seat is out, with its words typed.
pub(super) struct InHand {
    leaving: Leaving,
    going: Option<Going>,
}

/// The way that it goes.
enum Going {
    File(Box<WritingFile>),
    Hub(Box<Line>),
}

impl State {
    fn in_hand(&mut self) -> crate::Reply<&mut InHand> {
        self.leaving.as_mut().ok_or_else(|| Code::Locked.into())
    }
}

impl Desk {
    /// Opens what a worker who is out still has to hand over, in numbers.
    pub fn last_work(&self, words: &str) -> Reply<LastWorkView> {
        self.with_state(|state| {
            state.leaving = None;
            if state.app.is_some() {
                return Err(Code::AlreadyJoined.into());
            }
            let (home, schema, ports) =
                (self.home(state)?, Arc::clone(&self.schema), Arc::clone(&self.ports));
            let leaving = Leaving::open(home, words, schema, ports)?;
            let view = view_of(&leaving)?;
            state.leaving = Some(InHand { leaving, going: None });
            state.touched_ms = self.ports.clock.steady_ms();
            Ok(view)
        })
    }

    /// Begins a file of it, where the person's downloads go.
    pub fn write_last_work(&self) -> Reply<WorkFileView> {
        self.with_state(|state| {
            self.tick(state)?;
            let hand = state.in_hand()?;
            hand.going = None;
            let file = hand.leaving.begin_writing(&free_file("tern-last-work", self.ports.today())?)?;
            let view = of_writing(&file);
            hand.going = Some(Going::File(Box::new(file)));
            Ok(view)
        })
    }

    /// Begins to send it to the hub that is set.
    pub fn send_last_work(&self) -> Reply<WorkFileView> {
        self.with_state(|state| {
            self.tick(state)?;
            let hand = state.in_hand()?;
            let line = hand.leaving.begin_line_to_hub()?;
            let view = of_line(&line);
            hand.going = Some(Going::Hub(Box::new(line)));
            Ok(view)
        })
    }

    /// Goes on for a moment. A hub may be long in answering: meanwhile nobody holds the desk, and whoever leaves has left.
    pub fn step_last_work(&self) -> Reply<WorkFileView> {
        let (mut hand, turn) = self.with_state(|state| {
            self.tick(state)?;
            state.touched_ms = self.ports.clock.steady_ms();
            Ok((state.leaving.take().ok_or(Code::Locked)?, state.leaving_turn))
        })?;
        let done = self.answer(scrubbed(|| self.step_on(&mut hand)));
        self.with_state(|state| {
            if state.leaving_turn == turn && state.leaving.is_none() {
                state.leaving = Some(hand);
                // Over a slow line one step may take longer than a device is left alone.
                state.touched_ms = self.ports.clock.steady_ms();
            }
            Ok(())
        })?;
        done
    }

    fn step_on(&self, hand: &mut InHand) -> crate::Reply<WorkFileView> {
        match hand.going.take().ok_or(Code::Internal("last work"))? {
            Going::File(mut file) => {
                let until = self.ports.clock.steady_ms() + STEP_MS;
                while hand.leaving.write_on(&mut file)? {
                    if self.ports.clock.steady_ms() >= until {
                        let view = of_writing(&file);
                        hand.going = Some(Going::File(file));
                        return Ok(view);
                    }
                }
                let (view, saved) = (of_writing(&file), saved(file.file()));
                hand.leaving.end_writing(*file)?;
                Ok(WorkFileView { done: true, saved: Some(saved), ..view })
            }
            Going::Hub(mut line) => {
                let more = hand.leaving.step_line(&mut line)?;
                let view = of_line(&line);
                if more {
                    hand.going = Some(Going::Hub(line));
                    return Ok(view);
                }
                let problems = hand.leaving.left_over(&line).into_iter().collect();
                Ok(WorkFileView { done: true, problems, ..view })
            }
        }
    }

    /// What is still to be handed over by now.
    pub fn last_work_left(&self) -> Reply<LastWorkView> {
        self.with_state(|state| {
            self.tick(state)?;
            view_of(&state.in_hand()?.leaving)
        })
    }

    /// Stops, and lets the keys go. Of a file that was not whole nothing stays.
    pub fn leave_last_work(&self) -> Reply<()> {
        self.with_state(|state| {
            state.leaving = None;
            state.leaving_turn += 1;
            Ok(())
        })
    }

    /// Lets it go when nobody is there any more.
    pub(super) fn tick_leaving(&self, state: &mut State) {
        if self.ports.clock.steady_ms().saturating_sub(state.touched_ms) >= IDLE_MS {
            state.leaving = None;
        }
    }
}

fn of_line(line: &Line) -> WorkFileView {
    of_sending(&line.handed().tally)
}

fn view_of(leaving: &Leaving) -> crate::Reply<LastWorkView> {
    let is = leaving.still_here()?;
    let written = is.written.map(|written| WrittenView {
        saved: saved(written.file.as_ref()),
        at: leaving.moment_of(written.at_ms),
    });
    Ok(LastWorkView {
        changes: is.changes,
        children: is.children,
        files: is.files,
        unsealed: is.unsealed,
        hub: leaving.has_hub()?,
        written,
    })
}
