//! Clocks that were wrong. They order nothing; what people read of them is named as wrong where it cannot be right.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;
use tern_doc::Change;
use tern_record::{ClockFlag, DeviceId, LogId, SeatId, Stamp, WorkerId};
use tern_store::envelope::EnvelopeRow;

use crate::Reply;
use crate::app::App;
use crate::failure::Failure;
use crate::view::MomentView;

/// How far clocks of honest devices may be apart.
const APART_MS: i64 = 5 * 60 * 1000;
/// Where it is kept which clocks were ahead when their work came.
const KEPT: &str = "clocks";

/// Logs whose newest work was ahead of this device's clock.
pub(crate) type Ahead = BTreeMap<LogId, Mark>;

/// What is noted of such a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// Who writes it.
    seat: SeatId,
    /// The moment that its newest work says.
    at_ms: i64,
    /// When that came, by this device's clock.
    noted_ms: i64,
}

/// The same as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    log: String,
    seat: String,
    at_ms: i64,
    noted_ms: i64,
}

impl Mark {
    /// Work of the same seat that says a time which has come shows that the clock was set: the next of the same log, or of
    /// another what was written since the wrong time came. Older work of another log says nothing of it.
    const fn is_cleared_by(&self, is_same_log: bool, newest_ms: i64) -> bool {
        is_same_log || newest_ms > self.noted_ms
    }
}

impl App {
    /// Why the time of a change cannot be right, in words; empty when nothing speaks against it.
    pub(crate) fn clock_of_change(&self, change: &Change) -> String {
        let doubt = self.clock_of(change.by, change.on, change.stamp);
        let after = change.seen.filter(|seen| seen.at_ms.saturating_sub(change.stamp.at_ms) > APART_MS);
        let (true, Some(seen)) = (doubt.is_empty(), after) else { return doubt };
        if self.has_not_come(seen.at_ms) && seen.on != change.on {
            // What its author had seen is what is wrong.
            return doubt;
        }
        if seen.on == change.on {
            return self.wrong(change.by, change.on);
        }
        let (device, other) = (self.name_of(change.by, change.on).1, self.name_of(seen.by, seen.on).1);
        self.text.say("clock-one-of", &json!({ "device": device, "other": other }))
    }

    /// A moment that this device's clock, when nothing speaks against it, says is still to come.
    fn has_not_come(&self, at_ms: i64) -> bool {
        let own = self.ports.clock.stamp();
        let trusts = own.clock == ClockFlag::Sure && self.clock_behind().is_none();
        trusts && at_ms.saturating_sub(own.at_ms) > APART_MS
    }

    /// The same of a moment alone.
    pub(crate) fn clock_of(&self, by: WorkerId, on: DeviceId, stamp: Stamp) -> String {
        if stamp.clock == ClockFlag::Unsure {
            return self.wrong(by, on);
        }
        if stamp.at_ms.saturating_sub(self.ports.clock.now_ms()) <= APART_MS {
            return String::new();
        }
        if self.has_not_come(stamp.at_ms) || on == self.me.device {
            return self.wrong(by, on);
        }
        let here = self.name_of(self.me.worker, self.me.device).1;
        self.text.say("clock-one-of", &json!({ "device": self.name_of(by, on).1, "other": here }))
    }

    fn wrong(&self, by: WorkerId, on: DeviceId) -> String {
        self.text.say("clock-was-wrong", &json!({ "device": self.name_of(by, on).1 }))
    }

    /// Notes whether the newest work of a log says a time that has not come yet.
    pub(crate) fn note_clock(&mut self, of: &EnvelopeRow, newest: Option<i64>) -> Reply<()> {
        let Some(newest) = newest else { return Ok(()) };
        let (was, now) = (self.ahead.clone(), self.ports.clock.now_ms());
        if newest.saturating_sub(now) > APART_MS {
            self.ahead.insert(of.log, Mark { seat: of.seat, at_ms: newest, noted_ms: now });
        } else {
            self.ahead
                .retain(|log, mark| mark.seat != of.seat || !mark.is_cleared_by(*log == of.log, newest));
        }
        if self.ahead == was {
            return Ok(());
        }
        let kept = self.ahead.iter().map(|(log, mark)| Kept {
            log: log.to_hex(),
            seat: mark.seat.to_hex(),
            at_ms: mark.at_ms,
            noted_ms: mark.noted_ms,
        });
        let kept = json!(kept.collect::<Vec<_>>()).to_string();
        self.vault.write(|tx| tx.put_setting(KEPT, &kept)).map_err(Failure::from)
    }

    /// What was noted, when the vault is opened.
    pub(crate) fn remember_clocks(&mut self) -> Reply<()> {
        let kept = self.vault.setting(KEPT)?.unwrap_or_default();
        let kept: Vec<Kept> = serde_json::from_str(&kept).unwrap_or_default();
        let read = |kept: Kept| {
            let (log, seat) = (LogId::from_hex(&kept.log).ok()?, SeatId::from_hex(&kept.seat).ok()?);
            Some((log, Mark { seat, at_ms: kept.at_ms, noted_ms: kept.noted_ms }))
        };
        self.ahead = kept.into_iter().filter_map(read).collect();
        Ok(())
    }

    /// Devices whose newest work is ahead of this device's clock still.
    pub(crate) fn devices_ahead(&self) -> BTreeMap<DeviceId, i64> {
        let now = self.ports.clock.now_ms();
        let device = |seat: SeatId| self.roster.certificate(seat).map(|seat| seat.device);
        let mut ahead = BTreeMap::new();
        for mark in self.ahead.values().filter(|mark| mark.at_ms.saturating_sub(now) > APART_MS) {
            if let Some(device) = device(mark.seat) {
                let known = ahead.entry(device).or_insert(mark.at_ms);
                *known = (*known).max(mark.at_ms);
            }
        }
        ahead
    }

    /// The newest moment that others state, when this device's own clock is behind: one other device alone may be the one
    /// that is wrong, unless there is no more than one.
    pub fn clock_behind(&self) -> Option<MomentView> {
        let ahead = self.devices_ahead();
        let seats = self.roster.seats.values().filter(|seat| seat.removed.is_none());
        let others: BTreeSet<DeviceId> = seats
            .map(|seat| seat.certificate.device)
            .filter(|device| *device != self.me.device && *device != crate::members::sheet::PAPER)
            .collect();
        let agree = ahead.len() > 1 || ahead.len() == 1 && others.len() == 1;
        // Of several that are ahead, no more is said than the nearest says.
        let nearest = ahead.values().copied().min().filter(|_| agree)?;
        Some(self.moment_of(nearest))
    }

    /// What is wrong with the clock of another device, in words; empty when nothing is.
    pub(crate) fn clock_of_device(&self, device: DeviceId, name: &str) -> String {
        match (self.devices_ahead().contains_key(&device), self.clock_behind()) {
            (true, None) => self.text.say("clock-is-ahead", &json!({ "device": name })),
            _ => String::new(),
        }
    }
}
