//! The window of a worker who is out: what they did last is handed over, and nothing else opens.

use std::sync::Arc;

use super::sync::{STEP_MS, free_file, of_writing, saved};
use super::{Desk, Reply, State};
use crate::exchange::by_file::WritingFile;
use crate::exchange::last_work::Leaving;
use crate::failure::Code;
use crate::view::{LastWorkView, WorkFileView, WrittenView};

/// How long it stays in hand while nobody does anything.
const IDLE_MS: u64 = 5 * 60 * 1000;

/// A device whose seat is out, with its words typed.
pub(super) struct InHand {
    leaving: Leaving,
    file: Option<WritingFile>,
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
            state.leaving = Some(InHand { leaving, file: None });
            state.touched_ms = self.ports.clock.steady_ms();
            Ok(view)
        })
    }

    /// Begins a file of it, where the person's downloads go.
    pub fn write_last_work(&self) -> Reply<WorkFileView> {
        self.with_state(|state| {
            self.tick(state)?;
            let hand = state.in_hand()?;
            hand.file = None;
            let file = hand.leaving.begin_writing(&free_file("tern-last-work", self.ports.today())?)?;
            let view = of_writing(&file);
            hand.file = Some(file);
            Ok(view)
        })
    }

    /// Goes on for a moment.
    pub fn step_last_work(&self) -> Reply<WorkFileView> {
        self.with_state(|state| {
            self.tick(state)?;
            state.touched_ms = self.ports.clock.steady_ms();
            let hand = state.in_hand()?;
            let mut file = hand.file.take().ok_or(Code::Internal("last work"))?;
            let until = self.ports.clock.steady_ms() + STEP_MS;
            while hand.leaving.write_on(&mut file)? {
                if self.ports.clock.steady_ms() >= until {
                    let view = of_writing(&file);
                    hand.file = Some(file);
                    return Ok(view);
                }
            }
            let (view, saved) = (of_writing(&file), saved(file.file()));
            hand.leaving.end_writing(file)?;
            Ok(WorkFileView { done: true, saved: Some(saved), ..view })
        })
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
        written,
    })
}
