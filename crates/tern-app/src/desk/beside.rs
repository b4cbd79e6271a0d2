//! A further worker who asks from a shared device, for a window.

use tern_record::SeatId;
use tern_seal::PieceKind;

use super::members::{drawn, mark, seat_id};
use super::{Desk, Reply, State};
use crate::failure::Code;
use crate::members::beside::Beside;
use crate::members::piece;
use crate::view::{AskBeside, BesideView, PeopleView};

impl Desk {
    /// Workers who wait on this device to be admitted, and asked while this one was at work.
    pub fn besides(&self) -> Reply<Vec<BesideView>> {
        self.at_work(|app| Ok(app.besides()?.into_iter().map(shown).collect()))
    }

    /// Asks for a further worker, with the words and the code that were drawn and typed back.
    pub fn ask_beside(&self, ask: &AskBeside) -> Reply<Vec<BesideView>> {
        self.with_state(|state| self.ask_beside_in(state, ask))?;
        self.besides()
    }

    fn ask_beside_in(&self, state: &mut State, ask: &AskBeside) -> crate::Reply<()> {
        let secrets = drawn(state, &ask.words, &ask.rescue_check)?;
        let cost = self.cost;
        let app = state.app.as_mut().filter(|_| !state.covered).ok_or(Code::Locked)?;
        let invitation = piece::read(&ask.invitation, PieceKind::Invitation);
        match invitation.and_then(|invitation| app.ask_beside(&invitation, &secrets, cost)) {
            Ok(_) => Ok(()),
            Err(failure) => {
                state.drawn = Some(secrets);
                Err(failure)
            }
        }
    }

    /// Takes the admission of a worker who waits here.
    pub fn join_beside(&self, text: &str) -> Reply<PeopleView> {
        self.at_work(|app| {
            app.join_beside(&piece::read(text, PieceKind::Admission)?)?;
            app.people()
        })
    }

    /// Gives up what a worker asked for here.
    pub fn give_up_beside(&self, seat: &str) -> Reply<Vec<BesideView>> {
        self.at_work(|app| {
            let seat: SeatId = seat_id(seat)?;
            app.give_up_beside(seat)?;
            Ok(app.besides()?.into_iter().map(shown).collect())
        })
    }
}

fn shown(beside: Beside) -> BesideView {
    let words = beside.waiting.words.to_vec();
    BesideView {
        seat: beside.seat.to_hex(),
        mark: mark(beside.seat),
        request: piece::show(PieceKind::Request, &beside.waiting.request, words, None),
    }
}
