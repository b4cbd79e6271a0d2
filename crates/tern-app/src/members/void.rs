//! `roster void`: what the root key would undo, told first and done when somebody says so.

use std::path::PathBuf;

use serde_json::{Value, json};
use tern_record::{EntryId, SeatId};
use tern_seal::PieceKind;
use tern_seal::roster::SignedEntry;

use super::script::{entry_marked, read_piece};
use super::undo::{Undoing, Undone};
use crate::Reply;
use crate::app::App;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct Void {
    /// The seat.
    pub seat: String,
    /// Its first statement that does not count.
    pub from: Option<String>,
    /// Another coordinator's half.
    pub half: Option<PathBuf>,
    /// Who comes back.
    pub back: Vec<String>,
    /// Who stays out.
    pub keep_out: Vec<String>,
    /// It is to be done; else only told.
    pub done: bool,
}

impl Void {
    /// With its seats found and its file read.
    pub(super) fn read(
        &self,
        statements: &[SignedEntry],
        find: impl Fn(&str) -> Reply<SeatId>,
    ) -> Reply<(Undoing, Option<Vec<u8>>)> {
        let all = |typed: &[String]| typed.iter().map(|typed| find(typed)).collect::<Reply<Vec<_>>>();
        let ids = statements.iter().map(|entry| *entry.id().as_bytes());
        let from = self.from.as_deref().map(|typed| entry_marked(ids, typed)).transpose()?;
        let ask = Undoing {
            seat: find(&self.seat)?,
            from: from.map(EntryId::new),
            back: all(&self.back)?,
            keep_out: all(&self.keep_out)?,
        };
        Ok((ask, self.half.as_deref().map(|file| read_piece(file, PieceKind::Half)).transpose()?))
    }
}

/// What comes of it, who would be in again first.
pub(super) fn told(ask: &Void, undoing: &Undoing, undone: &Undone, name: impl Fn(SeatId) -> Value) -> Value {
    let back = undone.back.iter().map(|(seat, why)| {
        let mut line = name(*seat);
        if let Value::Object(line) = &mut line {
            line.insert("was_out".into(), why.clone().into());
            line.insert("stays_out".into(), undoing.keep_out.contains(seat).into());
        }
        line
    });
    let names = |seats: &[SeatId]| seats.iter().map(|seat| name(*seat)).collect::<Vec<_>>();
    json!({
        "seat": undoing.seat.to_hex(), "done": ask.done, "in_again": back.collect::<Vec<_>>(),
        "out": names(&undone.out), "changed": names(&undone.changed),
        "keys": undone.keys, "statements": undone.statements,
    })
}

impl App {
    /// `roster void`.
    pub fn script_void(&mut self, ask: &Void) -> Reply<Value> {
        let (undoing, half) = ask.read(&self.statements()?, |typed| self.seat_named(typed))?;
        let undone = match ask.done {
            true => self.void_seat(&undoing, half.as_deref())?,
            false => self.would_void(&undoing, half.as_deref())?,
        };
        let name = |seat: SeatId| {
            let names = self.names.get(&seat);
            let (worker, device) = (names.map(|names| &names.worker), names.map(|names| &names.device));
            json!({ "seat": seat.to_hex(), "worker": worker, "device": device })
        };
        Ok(told(ask, &undoing, &undone, name))
    }
}
