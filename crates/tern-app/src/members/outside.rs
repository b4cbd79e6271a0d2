//! A device whose seat is out. It opens no record. It hears what the members sign, so that it comes back when its removal
//! is undone, and a coordinator's helps to undo it: with the root key, or with one half of it.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tern_record::SeatId;
use tern_record::cbor::Canonical;
use tern_seal::PieceKind;
use tern_seal::roster::{Carried, Roster, SignedEntry};
use tern_seal::slot::{Payload, SlotFile};
use tern_store::{Home, StoreError, Vault};

use super::admit_again::seat_at_work;
use super::halves::Holder;
use super::judge::{carried_in, carried_of, judge, keep, wanted};
use super::say::Taken;
use super::script::{read_piece, roster_log, write_piece};
use super::undo::{Undoing, Undone, Word};
use super::void::{Void, told};
use crate::Reply;
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::slot;
use crate::unlock::{read_roster, statements_of, try_words};

/// What such a device has in hand once its words are typed.
pub struct Outside {
    // Held as long as the vault is open.
    _home: Arc<Home>,
    vault: Vault,
    payload: Payload,
    roster: Roster,
    ports: Arc<Ports>,
}

impl Outside {
    /// Opens the device of a seat that is out. A seat that is in opens the usual way.
    pub fn open(home: Arc<Home>, typed: &str, ports: Arc<Ports>) -> Reply<Self> {
        let slots = SlotFile::read(&home.read_slots()?).map_err(slot)?;
        let payload = try_words(&home, &slots, typed, &ports)?.payload;
        let vault = Vault::open(&home, payload.vault.as_bytes(), ports.vfs.as_deref())?;
        let roster = read_roster(&vault, slots.realm)?;
        let outside = Self { _home: home, vault, payload, roster, ports };
        if outside.is_in() { Err(Code::AlreadyJoined.into()) } else { Ok(outside) }
    }

    /// The seat is in again: the device opens the usual way.
    pub fn is_in(&self) -> bool {
        self.is_at_work().is_ok()
    }

    /// The same, with why it is not.
    pub fn is_at_work(&self) -> Reply<()> {
        seat_at_work(&self.roster, self.payload.seat).map(drop)
    }

    /// Takes in what the members signed.
    pub fn read_roster(&mut self, carried: Carried) -> Reply<Taken> {
        let judged = judge(self.roster.realm, self.statements()?, carried.entries)?;
        let wraps = wanted(&judged.roster, carried.wraps);
        let (new, left_out) = (judged.new.len(), judged.left_out);
        self.vault
            .write(|tx| keep(tx, &judged.new, &wraps))
            .map_err(|error: StoreError| Failure::from(error))?;
        self.roster = judged.roster;
        Ok(Taken { new, left_out, is_in: self.is_in() })
    }

    /// This seat's half of the root key, for one who holds the other half of a pair, in or out.
    pub fn lend_root(&self, to: SeatId) -> Reply<Vec<u8>> {
        self.holder().lend(to)
    }

    /// What would come of saying with the root key that of a seat nothing counts from one statement on.
    pub fn would_void(&self, ask: &Undoing, lent_half: Option<&[u8]>) -> Reply<Undone> {
        Ok(self.word(ask, lent_half)?.undone)
    }

    /// Says so, when somebody has said of everybody whom it brings back whether they come back or stay out.
    pub fn void_seat(&mut self, ask: &Undoing, lent_half: Option<&[u8]>) -> Reply<Undone> {
        let word = self.word(ask, lent_half)?;
        ask.decides(&word.undone, self.payload.seat, |seat| seat.to_hex())?;
        self.vault
            .write(|tx| keep(tx, &word.entries, &[]))
            .map_err(|error: StoreError| Failure::from(error))?;
        self.roster = read_roster(&self.vault, self.roster.realm)?;
        Ok(word.undone)
    }

    fn word(&self, ask: &Undoing, lent_half: Option<&[u8]>) -> Reply<Word> {
        let root = self.holder().root(&self.vault, lent_half)?;
        self.holder().undo(&root, &self.vault, &self.statements()?, ask)
    }

    /// A seat by its id or the beginning of it: names are closed here.
    pub fn seat_marked(&self, typed: &str) -> Reply<SeatId> {
        let lower = typed.trim().to_lowercase();
        let mut fits =
            self.roster.seats.keys().filter(|id| lower.len() >= 4 && id.to_hex().starts_with(&lower));
        match (fits.next(), fits.next()) {
            (Some(one), None) => Ok(*one),
            _ => Err(Code::UnknownSeat.into()),
        }
    }

    /// `roster log`.
    pub fn script_log(&self, out: Option<&Path>) -> Reply<Value> {
        if let Some(out) = out {
            write_piece(
                out,
                PieceKind::Roster,
                &carried_of(&self.vault, &self.roster, |_| true)?.to_bytes(),
            )?;
        }
        Ok(roster_log(&self.roster, &self.statements()?))
    }

    /// `roster read`.
    pub fn script_read(&mut self, file: &Path) -> Reply<Value> {
        let taken = self.read_roster(carried_in(&read_piece(file, PieceKind::Roster)?)?)?;
        Ok(json!({ "new": taken.new, "left_out": taken.left_out, "in": taken.is_in }))
    }

    /// `roster lend`.
    pub fn script_lend(&self, to: &str, out: &Path) -> Reply<Value> {
        let to = self.seat_marked(to)?;
        write_piece(out, PieceKind::Half, &self.lend_root(to)?)?;
        Ok(json!({ "to": to.to_hex() }))
    }

    /// `roster void`: names are closed here.
    pub fn script_void(&mut self, ask: &Void) -> Reply<Value> {
        let (undoing, half) = ask.read(&self.statements()?, |typed| self.seat_marked(typed))?;
        let undone = match ask.done {
            true => self.void_seat(&undoing, half.as_deref())?,
            false => self.would_void(&undoing, half.as_deref())?,
        };
        let mut told = told(ask, &undoing, &undone, |seat| json!({ "seat": seat.to_hex() }));
        if let Value::Object(told) = &mut told {
            told.insert("in".into(), self.is_in().into());
        }
        Ok(told)
    }

    fn statements(&self) -> Reply<Vec<SignedEntry>> {
        statements_of(&self.vault)
    }

    fn holder(&self) -> Holder<'_> {
        Holder { realm: self.roster.realm, roster: &self.roster, payload: &self.payload, ports: &self.ports }
    }
}
