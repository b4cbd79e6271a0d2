//! What was not taken, and what has not come though later work of the same device has, as somebody reads it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tern_record::SeatId;
use tern_record::log::LogState;

use crate::Reply;
use crate::app::App;
use crate::held::{Hope, hope};
use crate::members::review::{children_json, numbers};
use crate::record::Record;
use crate::view::{MissingView, WaitingView};

/// Entries of one device that have not come. Numbers are counted from 1, as people count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing {
    /// Who wrote them.
    seat: SeatId,
    /// The first.
    from: u64,
    /// The last.
    to: u64,
    /// So much of the same log has come and lies behind them.
    behind: u32,
}

impl App {
    /// Entries that have not come: others of their log, after them, have.
    pub(crate) fn missing_entries(&self) -> Reply<Vec<Missing>> {
        let mut missing = Vec::new();
        for row in self.vault.held_logs()? {
            let behind = u32::try_from(row.state.loose.len()).unwrap_or(u32::MAX);
            let gaps = gaps(&row.state).into_iter();
            missing.extend(gaps.map(|(from, to)| Missing { seat: row.seat, from, to, behind }));
        }
        Ok(missing)
    }

    /// The same by the names of devices, for whoever looks at what was not taken.
    pub fn missing(&self) -> Reply<Vec<MissingView>> {
        self.may_review()?;
        let named =
            |seat: &SeatId| self.names.get(seat).map(|names| (names.worker.clone(), names.device.clone()));
        let views = self.missing_entries()?.into_iter().map(|missing| {
            let (worker, device) = named(&missing.seat).unwrap_or_default();
            let number = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
            MissingView {
                worker,
                device,
                from: number(missing.from),
                to: number(missing.to),
                behind: missing.behind,
            }
        });
        Ok(views.collect())
    }

    /// The same for scripts.
    pub(crate) fn missing_json(&self) -> Reply<Value> {
        let told = self.missing_entries()?.into_iter().map(|missing| {
            let names = self.names.get(&missing.seat);
            json!({
                "seat": missing.seat.to_hex(), "worker": names.map(|names| &names.worker),
                "device": names.map(|names| &names.device), "from": missing.from, "to": missing.to,
                "behind": missing.behind,
            })
        });
        Ok(told.collect())
    }

    /// Changes to a record that have come without what they build on. Who made one had seen all of that.
    pub(crate) fn waiting(&self, opened: &Record) -> WaitingView {
        let made: Vec<String> = opened.waiting().map(|made| self.name_of(made.by, made.on).1).collect();
        let changes = u32::try_from(made.len()).unwrap_or(u32::MAX);
        let with: BTreeSet<String> = made.into_iter().filter(|device| !device.is_empty()).collect();
        WaitingView { changes, with: with.into_iter().collect() }
    }

    /// `quarantine`.
    pub fn script_quarantine(&self) -> Reply<Value> {
        let held = self.vault.held()?.into_iter().map(|row| {
            let about = match row.signed {
                Some(_) => self.about_held(row.id)?,
                None => Vec::new(),
            };
            let from = row.signed.map(|(seat, _)| seat);
            let names = from.and_then(|seat| self.names.get(&seat));
            let becomes = match hope(&row.code) {
                Hope::Decision => "decide",
                Hope::Waits => "waits",
                Hope::Never => "never",
            };
            Ok(json!({
                "records": numbers(&about), "children": children_json(&about),
                "entry": tern_record::id::hex(&row.id), "from": from.map(|seat| seat.to_hex()),
                "worker": names.map(|names| &names.worker), "device": names.map(|names| &names.device),
                "number": row.signed.map(|(_, at)| at.seq + 1), "code": row.code,
                "why": self.text.word(&format!("held-{}", row.code)), "becomes": becomes,
                "at": self.instant(row.at_ms),
            }))
        });
        held.collect()
    }
}

/// Ranges of numbers that lie before something that is here, and are not.
fn gaps(state: &LogState) -> Vec<(u64, u64)> {
    let have: BTreeSet<u64> = state.loose.iter().map(|end| end.seq + 1).collect();
    let mut next = state.tips.iter().map(|end| end.seq + 1).max().unwrap_or(0) + 1;
    let mut gaps = Vec::new();
    for number in have {
        if number > next {
            gaps.push((next, number - 1));
        }
        next = next.max(number + 1);
    }
    gaps
}

#[cfg(test)]
mod tests {
    use tern_record::EnvelopeId;
    use tern_record::log::End;

    use super::*;

    fn state(tip: Option<u64>, loose: &[u64]) -> LogState {
        let end = |seq: u64| End { seq, id: EnvelopeId::new([u8::try_from(seq).unwrap_or(0); 32]) };
        LogState {
            tips: tip.map(end).into_iter().collect(),
            loose: loose.iter().map(|seq| end(*seq)).collect(),
        }
    }

    #[test]
    fn what_lies_before_something_that_is_here_is_missing() {
        assert_eq!(gaps(&state(Some(4), &[])), []);
        assert_eq!(gaps(&state(Some(4), &[6, 7, 9])), [(6, 6), (9, 9)]);
        assert_eq!(gaps(&state(None, &[2])), [(1, 2)]);
    }
}
