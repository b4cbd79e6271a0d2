//! The exchange for scripts: JSON in the shapes that the command line promises.

use std::path::Path;

use serde_json::{Value, json};
use tern_record::SeatId;
use tern_sync::Outcome;
use tern_sync::file::{Ended, Opened};
use tern_sync::tally::{Blobs, Tally, Way};

use crate::Reply;
use crate::app::App;

impl App {
    /// `sync write`.
    pub fn script_write_work(&mut self, file: &Path, to: &[String]) -> Reply<Value> {
        let to = to.iter().map(|seat| self.seat_named(seat)).collect::<Reply<Vec<SeatId>>>()?;
        let mut writing = self.begin_writing(file, &to)?;
        while self.write_on(&mut writing)? {}
        let tally = self.end_writing(writing)?;
        self.exchanged(&tally)
    }

    /// `sync read`.
    pub fn script_read_work(&mut self, file: &Path) -> Reply<Value> {
        let mut reading = self.begin_reading(file)?;
        while self.read_on(&mut reading)? {}
        let opened = self.end_reading(reading)?;
        let mut told = self.exchanged(&opened.tally)?;
        if let Value::Object(told) = &mut told {
            told.insert("problems".into(), problems(&opened));
        }
        Ok(told)
    }

    /// `sync hub`.
    pub fn script_sync_hub(&mut self, address: &str) -> Reply<Value> {
        let began = self.ports.clock.steady_ms();
        let outcome = self.sync_with_hub(address, &mut ())?;
        let seconds = self.ports.clock.steady_ms().saturating_sub(began) as f64 / 1000.0;
        let mut told = self.exchanged(&outcome.tally)?;
        if let Value::Object(told) = &mut told {
            told.insert("seconds".into(), seconds.into());
            told.insert("equal".into(), outcome.is_equal.into());
            told.insert("hub_fell_back".into(), outcome.was_rolled_back.into());
            told.insert("not_taken".into(), not_taken(&outcome));
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
        let devices = is.devices.iter().map(|device| {
            json!({
                "seat": device.seat.to_hex(), "worker": device.worker, "device": device.device,
                "last_heard": device.met_ms.map(|at| self.instant(at)), "behind": device.behind,
                "clock": self.roster.certificate(device.seat).map(|seat| self.clock_of_device(seat.device, &device.device)),
            })
        });
        Ok(json!({
            "at_hub": is.at_hub, "on_another_device": is.on_another_device, "only_here": is.only_here,
            "children_only_here": is.children_only_here, "devices": devices.collect::<Vec<_>>(),
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
            "round_trips": tally.round_trips,
            "overhead_bytes": tally.overhead,
            "quarantined": quarantined,
            "waiting": waiting,
        }))
    }
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
    };
    let refused = opened.refused.iter().map(|(id, code)| format!("{code} {id}"));
    ended.into_iter().chain(refused).collect()
}
