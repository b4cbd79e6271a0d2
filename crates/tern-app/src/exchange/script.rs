//! The exchange for scripts: JSON in the shapes that the command line promises.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tern_form::Schema;
use tern_record::SeatId;
use tern_seal::PieceKind;
use tern_store::Home;
use tern_sync::Outcome;
use tern_sync::file::{Ended, Opened};
use tern_sync::tally::{Blobs, Tally, Way};

use super::by_line::{Called, Onlooker, exchange};
use super::hub::has_key;
use super::last_work::Leaving;
use super::left_over::left_over;
use super::listen::Guest;
use super::trouble::Trouble;
use crate::Reply;
use crate::app::App;
use crate::failure::Code;
use crate::members::piece;
use crate::members::script::write_piece;
use crate::ports::Ports;

/// Bytes of the longest receipt as text.
const MOST_OF_RECEIPT: u64 = 128 * 1024;

impl App {
    /// `sync write`.
    pub fn script_write_work(&mut self, file: &Path, to: &[String]) -> Reply<Value> {
        let to = to.iter().map(|seat| self.seat_named(seat)).collect::<Reply<Vec<SeatId>>>()?;
        let mut writing = self.begin_writing(file, &to)?;
        while self.write_on(&mut writing)? {}
        let tally = self.end_writing(writing)?;
        let mut told = self.exchanged(&tally)?;
        if let (Value::Object(told), 0, 0) = (&mut told, tally.sent.envelopes, tally.blobs_sent.blobs) {
            let why = if to.is_empty() { "sync-file-empty" } else { "sync-file-nothing" };
            told.insert("note".into(), self.text().word(why).into());
        }
        Ok(told)
    }

    /// `sync read`.
    pub fn script_read_work(&mut self, file: &Path) -> Reply<Value> {
        if let Some(text) = receipt_text(file) {
            return self.script_read_receipt(&text);
        }
        let mut reading = self.begin_reading(file)?;
        while self.read_on(&mut reading)? {}
        let opened = self.end_reading(reading)?;
        let mut told = self.exchanged(&opened.tally)?;
        if let Value::Object(told) = &mut told {
            told.insert("problems".into(), problems(&opened));
            told.insert("photos_wait".into(), self.photos_that_wait(&opened)?.into());
            if self.is_of_before(&opened)? {
                told.insert("note".into(), self.text().word("work-file-of-before").into());
            }
        }
        Ok(told)
    }

    /// `sync hub`; without an address with the hub that is set. The first one that answers stays set, and is not called by
    /// itself: nobody has said so.
    pub fn script_sync_hub(&mut self, address: Option<&str>, look: &mut dyn Onlooker) -> Reply<Value> {
        let set = self.hub_set()?;
        let known = set.as_ref().map(|set| set.address.as_str());
        let address = address.or(known).ok_or(Trouble::NoHub)?.to_owned();
        let called = self.hub_at(&address)?;
        let told = self.script_exchange(&called, look)?;
        if set.is_none() && has_key(&address) {
            self.set_hub(&address, false)?;
        }
        Ok(told)
    }

    /// `sync with`.
    pub fn script_sync_with(&mut self, address: &str, look: &mut dyn Onlooker) -> Reply<Value> {
        let called = self.device_at(address)?;
        self.script_exchange(&called, look)
    }

    fn script_exchange(&mut self, called: &Called, look: &mut dyn Onlooker) -> Reply<Value> {
        let began = self.ports.clock.steady_ms();
        let outcome = exchange(&RefCell::new(&mut *self), called, look)?;
        let ms = self.ports.clock.steady_ms().saturating_sub(began);
        let mut told = self.over_a_line(&outcome.tally, ms, outcome.is_equal)?;
        if let Value::Object(told) = &mut told {
            told.insert("hub_fell_back".into(), outcome.was_rolled_back.into());
            told.insert("not_taken".into(), not_taken(&outcome));
            let blobs: Value = outcome.blobs_not_taken.iter().map(ToString::to_string).collect();
            told.insert("blobs_not_taken".into(), blobs);
            told.insert("why".into(), left_over(self.text(), &outcome, called.peer().seat.is_none()).into());
        }
        Ok(told)
    }

    /// A visit of another device, for `sync serve`.
    pub fn script_visit(&self, seat: SeatId, guest: &Guest) -> Reply<Value> {
        let mut told = self.over_a_line(&guest.tally, guest.last_ms - guest.first_ms, guest.is_equal)?;
        if let Value::Object(told) = &mut told {
            told.insert("seat".into(), seat.to_hex().into());
        }
        Ok(told)
    }

    fn over_a_line(&self, tally: &Tally, ms: u64, is_equal: bool) -> Reply<Value> {
        let mut told = self.exchanged(tally)?;
        if let Value::Object(told) = &mut told {
            told.insert("seconds".into(), (ms as f64 / 1000.0).into());
            told.insert("equal".into(), is_equal.into());
        }
        Ok(told)
    }

    /// `sync receipt --for`: as text that another screen or `sync read` takes.
    pub fn script_receipt_for(&mut self, seat: &str, file: &Path) -> Reply<Value> {
        let seat = self.seat_named(seat)?;
        self.may_write(file, false)?;
        let bytes = self.receipt_for(seat)?;
        write_piece(file, PieceKind::Receipt, &bytes)?;
        let pictures = piece::show(PieceKind::Receipt, &bytes, Vec::new(), None).codes.len();
        Ok(json!({ "for": seat.to_hex(), "bytes": bytes.len(), "pictures": pictures }))
    }

    /// `sync read` of such a text.
    fn script_read_receipt(&mut self, text: &str) -> Reply<Value> {
        let by = self.read_receipt(text)?;
        let mut told = self.exchanged(&Tally::default())?;
        if let Value::Object(told) = &mut told {
            told.insert("problems".into(), json!([]));
            told.insert("receipt_of".into(), by.to_hex().into());
        }
        Ok(told)
    }

    /// `sync receipt`.
    pub fn script_receipt(&mut self, file: &Path) -> Reply<Value> {
        let tally = self.write_receipt(file)?;
        self.exchanged(&tally)
    }

    /// `sync status`.
    pub fn script_sync_status(&self) -> Reply<Value> {
        let is = self.where_work_is()?;
        let hub = match self.hub_set()? {
            None => Value::Null,
            Some(set) => json!({
                "address": set.address, "by_itself": set.by_itself,
                "last_exchange": self.hub_met_ms(&set)?.map(|at| self.instant(at)),
            }),
        };
        let devices = is.devices.iter().map(|device| {
            json!({
                "seat": device.seat.to_hex(), "worker": device.worker, "device": device.device,
                "last_heard": device.met_ms.map(|at| self.instant(at)), "behind": device.behind,
                "clock": self.roster.certificate(device.seat).map(|seat| self.clock_of_device(seat.device, &device.device)),
            })
        });
        Ok(json!({
            "hub": hub, "at_hub": is.at_hub, "on_another_device": is.on_another_device, "only_here": is.only_here,
            "children_only_here": is.children_only_here, "files_only_here": is.files_only_here,
            "devices": devices.collect::<Vec<_>>(),
            "missing": self.missing_json()?,
            "not_safe": crate::script::told(&self.is_not_safe()?),
            "clock_behind": self.clock_behind().map(|newest| self.instant(newest.at_ms)),
            "copied": is.copied.iter().map(|seat| seat.to_hex()).collect::<Vec<_>>(),
        }))
    }

    /// What went over the wire, with what is kept aside here.
    pub(crate) fn exchanged(&self, tally: &Tally) -> Reply<Value> {
        let (quarantined, waiting) = self.count_held()?;
        Ok(json!({
            "sent": way(&tally.sent, &tally.blobs_sent),
            "received": way(&tally.received, &tally.blobs_received),
            "new": tally.new,
            "aside": tally.aside,
            "round_trips": tally.round_trips,
            "overhead_bytes": tally.overhead,
            "quarantined": quarantined,
            "waiting": waiting,
        }))
    }
}

/// The device of a seat that is out, for what its worker still hands over.
pub fn leaving(folder: &Path, typed: &str, schema: Arc<Schema>, ports: Arc<Ports>) -> Reply<Leaving> {
    Leaving::open(Arc::new(Home::open(folder)?), typed, schema, ports)
}

impl Leaving {
    /// `sync write`.
    pub fn script_write(&mut self, file: &Path) -> Reply<Value> {
        let mut writing = self.begin_writing(file)?;
        while self.write_on(&mut writing)? {}
        let tally = self.end_writing(writing)?;
        Ok(json!({ "sent": way(&tally.sent, &tally.blobs_sent), "last_work": true }))
    }

    /// `sync hub`.
    pub fn script_hand_over(&mut self, address: Option<&str>) -> Reply<Value> {
        let mut line = match address {
            Some(address) => self.begin_line(address)?,
            None => self.begin_line_to_hub()?,
        };
        while self.step_line(&mut line)? {}
        let handed = line.handed();
        let not_taken = handed.not_taken.iter().map(|(id, code)| format!("{code} {id}"));
        Ok(json!({
            "sent": way(&handed.tally.sent, &handed.tally.blobs_sent), "last_work": true,
            "whole": handed.is_whole, "not_taken": not_taken.collect::<Vec<_>>(), "why": self.left_over(&line),
            "round_trips": handed.tally.round_trips,
        }))
    }

    /// `sync status`.
    pub fn script_status(&self) -> Reply<Value> {
        let is = self.still_here()?;
        let written =
            is.written.map(|written| json!({ "file": written.file, "at": self.instant(written.at_ms) }));
        Ok(json!({
            "out": true, "only_here": is.changes, "children_only_here": is.children,
            "files_only_here": is.files, "unsealed": is.unsealed, "written": written,
        }))
    }

    /// `lock`: it was sealed when it was opened.
    pub fn script_lock(&self) -> Reply<Value> {
        Ok(json!({ "out": true, "unsealed": self.still_here()?.unsealed }))
    }
}

/// The text of a receipt, if a file is one or a part of one: no file of work is a short text.
fn receipt_text(file: &Path) -> Option<String> {
    let about = std::fs::metadata(file).ok().filter(|about| about.len() <= MOST_OF_RECEIPT)?;
    let text = about.is_file().then(|| std::fs::read_to_string(file).ok()).flatten()?;
    let is_one = match piece::read(&text, PieceKind::Receipt) {
        Ok(_) => true,
        Err(failure) => failure.code == Code::PieceDamaged && text.starts_with("TERN "),
    };
    is_one.then_some(text)
}

/// What the hub did not take, and why.
fn not_taken(outcome: &Outcome) -> Value {
    outcome.not_taken.iter().map(|(id, code)| format!("{code} {id}")).collect()
}

fn way(envelopes: &Way, blobs: &Blobs) -> Value {
    json!({
        "envelopes": envelopes.envelopes, "blobs": blobs.blobs, "bytes": envelopes.bytes + blobs.bytes,
    })
}

/// What was not read of a file. What stands before it was.
fn problems(opened: &Opened) -> Value {
    let ended = match opened.ended {
        Ended::Whole => None,
        Ended::Cut => Some("file-cut".to_owned()),
        Ended::Damaged => Some("file-damaged".to_owned()),
        Ended::Stranger => Some("file-of-a-stranger".to_owned()),
    };
    let refused = opened.refused.iter().map(|(id, code)| format!("{code} {id}"));
    ended.into_iter().chain(refused).collect()
}
