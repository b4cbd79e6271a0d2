//! Exchanging work with hubs and other devices: what the exchange asks of a vault, and the routes.

mod blobs;
pub mod by_file;
pub mod by_line;
pub mod hub;
pub mod last_work;
pub(crate) mod left_over;
pub mod listen;
pub mod receipt;
pub mod script;
mod shelf;
pub mod status;
mod sweep;
pub mod trouble;

pub use tern_net::told_to_stop;
use tern_record::SeatId;
use tern_record::cbor::Canonical;
use tern_store::peer::PeerRow;
use tern_sync::known::Known;
use tern_sync::limits::ROOM;
use tern_sync::{Answer, Asker, Memory, Next, Party, answer};
pub use tern_sync::{Exchange, Peer};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

pub(crate) use blobs::want;
pub(crate) use sweep::sweep;

/// A minute.
const A_MOMENT_MS: i64 = 60_000;

impl App {
    /// Who this device is in an exchange.
    pub(crate) fn asker(&self) -> Asker {
        Asker { seat: self.me.seat, key: self.signing.clone() }
    }

    /// Who is at work here, on this device.
    pub const fn seat(&self) -> SeatId {
        self.me.seat
    }

    /// The device of a seat, as somebody to exchange with.
    pub fn peer_of(&self, seat: SeatId) -> Reply<Peer> {
        let key = self.roster.verify_key(seat).ok_or(Code::UnknownSeat)?;
        Ok(Peer { key, seat: Some(seat) })
    }

    /// Begins an exchange. All work is sealed first, so that nothing of it stays behind.
    pub fn begin_exchange(&mut self, peer: Peer) -> Reply<Exchange> {
        self.seal_work()?;
        self.seek_lost_blobs()?;
        Ok(Exchange::begin(self.asker(), peer, self.remembered(&peer.key)?))
    }

    /// The next request.
    pub fn ask_peer(&mut self, exchange: &mut Exchange) -> Reply<Vec<u8>> {
        let ports = std::sync::Arc::clone(&self.ports);
        ports.draw(|random| exchange.ask(self, random)).map_err(Failure::from)
    }

    /// Takes a reply in; `true` when there is something more to ask. Lists wait for the last reply, but not for long, and not
    /// when replies are short because somebody is at work.
    pub fn hear_reply(&mut self, exchange: &mut Exchange, reply: &[u8]) -> Reply<bool> {
        let is_gentle = exchange.room() < ROOM as u64;
        let heard = if is_gentle {
            exchange.hear(self, reply)
        } else {
            self.with_late_lists(|app| exchange.hear(app, reply))
        };
        let more = matches!(&heard, Ok(Next::Ask));
        let is_due = !more || is_gentle || self.is_too_late().unwrap_or(true);
        let caught_up = if is_due { self.catch_up_lists() } else { Ok(()) };
        heard?;
        caught_up.map(|()| more)
    }

    /// Answers what another device asks. All work is sealed first.
    pub fn answer_peer(&mut self, request: &[u8]) -> Reply<Vec<u8>> {
        Ok(self.answer_call(request)?.body)
    }

    /// The same with what it says of who asked. What they have signed to hold is known from now on.
    pub(crate) fn answer_call(&mut self, request: &[u8]) -> Reply<Answer> {
        self.seal_work()?;
        let key = self.signing.clone();
        let answered = answer(self, &key, request)?;
        if let (Some(seat), Some(says)) = (answered.seat, &answered.says) {
            self.note_less(seat, says)?;
        }
        if let (Some(seat), Some(holds)) = (answered.seat, &answered.holds) {
            let peer = self.peer_of(seat)?;
            if !self.has_just_said(&peer, holds)? {
                self.note_peer(&peer, "", holds, false)?;
            }
        }
        // As long as more comes, it is not known yet what a record leads to.
        if answered.holds.is_some() || answered.tally.new == 0 {
            self.mend_links();
        }
        Ok(answered)
    }

    /// A device that came back from an old copy says so by what it holds: what it lost is not safe there any more.
    fn note_less(&mut self, seat: SeatId, says: &[Known]) -> Reply<()> {
        let them = Party::device(&self.roster, seat);
        let shared = self.shared_with(&them)?;
        let now = self.ports.clock.now_ms();
        for row in self.vault.peers()? {
            let is_theirs = row.seat.is_some_and(|seat| them.is_for(seat));
            let Some(less) = status::memory(&row).less(says, &shared).filter(|_| is_theirs) else { continue };
            let row = PeerRow { memory: less.to_bytes(), fell_back_ms: Some(now), ..row };
            let noted = self.vault.write(|tx| {
                tx.forget_blobs_at(&row.key)?;
                tx.put_peer(&row)
            });
            noted.map_err(|error: tern_store::StoreError| Failure::from(error))?;
        }
        Ok(())
    }

    /// It was noted a moment ago: while photos come, every request says the same.
    fn has_just_said(&self, peer: &Peer, holds: &Memory) -> Reply<bool> {
        let noted = self.vault.peer(peer.key.as_bytes())?;
        let since = |met_ms: i64| self.ports.clock.now_ms().saturating_sub(met_ms);
        Ok(noted.is_some_and(|row| {
            row.memory == holds.to_bytes() && (0..A_MOMENT_MS).contains(&since(row.met_ms))
        }))
    }

    /// Notes what a peer is known to hold after an exchange, whole or not.
    pub fn note_exchange(&mut self, exchange: &Exchange, peer: &Peer, address: &str) -> Reply<()> {
        self.note_peer(peer, address, exchange.memory(), exchange.outcome().was_rolled_back)?;
        self.catch_up_lists()?;
        self.mend_links();
        Ok(())
    }

    fn note_peer(&mut self, peer: &Peer, address: &str, holds: &Memory, fell_back: bool) -> Reply<()> {
        let now = self.ports.clock.now_ms();
        let before = self.vault.peer(peer.key.as_bytes())?;
        let row = PeerRow {
            key: *peer.key.as_bytes(),
            seat: peer.seat,
            address: address.to_owned(),
            memory: holds.to_bytes(),
            met_ms: now,
            fell_back_ms: if fell_back { Some(now) } else { before.and_then(|before| before.fell_back_ms) },
        };
        let noted = self.vault.write(|tx| {
            if fell_back {
                tx.forget_blobs_at(&row.key)?;
            }
            tx.put_peer(&row)
        });
        noted.map_err(|error: tern_store::StoreError| Failure::from(error))
    }
}
