//! Work on a stick that is pulled out, spoilt, swapped, or read long afterwards.

use std::path::Path;

use tern_app::{App, Reply};
use tern_record::SeatId;
use tern_sync::file::Ended;

use crate::fault::Fault;
use crate::run::Run;

fn write(app: &mut App, file: &Path, to: &[SeatId], is_receipt: bool) -> Reply<()> {
    let _ = std::fs::remove_file(file);
    if is_receipt {
        return app.write_receipt(file).map(drop);
    }
    let mut writing = app.begin_writing(file, to)?;
    while app.write_on(&mut writing)? {}
    app.end_writing(writing).map(drop)
}

/// How the file ended, or why it was not read.
fn read(app: &mut App, file: &Path) -> Reply<Ended> {
    let mut reading = app.begin_reading(file)?;
    while app.read_on(&mut reading)? {}
    Ok(app.end_reading(reading)?.ended)
}

impl Run<'_> {
    /// One device writes, another reads.
    pub fn carry_stick(&mut self) {
        let (from, to) = (self.random.below(self.devices.len()), self.random.below(self.devices.len()));
        if from == to || !self.devices[from].is_in() {
            return;
        }
        let file = self.folder.path().join("stick");
        let seat = self.template.seats[self.devices[to].who];
        let whom: Vec<SeatId> = if self.random.percent(50) { vec![seat] } else { vec![] };
        let is_receipt = self.random.percent(25);
        let written = self.devices[from].within(None, |app| write(app, &file, &whom, is_receipt)).unwrap();
        if let Err(failure) = written {
            // It has not heard of the other, or that it is out.
            assert_eq!(failure.code.name(), "unknown-seat");
            return;
        }
        let whole = std::fs::read(&file).unwrap();
        let fault = self.spoil(&whole, &file);
        if fault.is_none() {
            self.sticks.push(whole);
        }
        self.read_stick(to, &file, fault);
    }

    fn spoil(&mut self, whole: &[u8], file: &Path) -> Option<Fault> {
        if !self.is_rough || !self.random.percent(60) {
            return None;
        }
        let all = [Fault::StickCut, Fault::StickFlipped, Fault::StickForeign, Fault::StickOld];
        let fault = all[self.random.below(all.len())];
        let bytes = match fault {
            Fault::StickCut => whole[..self.random.below(whole.len())].to_vec(),
            Fault::StickFlipped => {
                let mut bytes = whole.to_vec();
                self.flip(&mut bytes);
                bytes
            }
            Fault::StickForeign => b"a letter to somebody else".to_vec(),
            _ if self.sticks.is_empty() => return None,
            _ => self.sticks[self.random.below(self.sticks.len())].clone(),
        };
        std::fs::write(file, bytes).unwrap();
        self.count(fault);
        Some(fault)
    }

    fn read_stick(&mut self, to: usize, file: &Path, fault: Option<Fault>) {
        let killed = (self.is_rough && self.random.percent(50)).then(|| self.random.below(4));
        if !self.devices[to].is_in() {
            return;
        }
        let read = self.devices[to].within(killed, |app| read(app, file));
        self.say(&format!("{} reads a stick, {fault:?}: {read:?}", self.name(to)));
        match read {
            None => self.count(Fault::KilledReading),
            Some(Err(failure)) if failure.code.shuts_out() => {}
            Some(Err(failure)) => {
                let name = failure.code.name();
                let damaged = [Fault::StickCut, Fault::StickFlipped, Fault::StickForeign];
                let is_told = ["sync-not-a-file", "sync-newer-file", "other-programme"].contains(&name);
                assert!(is_told && fault.is_some_and(|fault| damaged.contains(&fault)), "{failure:?}");
            }
            Some(Ok(ended)) => {
                let is_spoilt = [Some(Fault::StickCut), Some(Fault::StickFlipped)].contains(&fault);
                // An old one may be for somebody else, who knows its writer. Any may be for a copy of this device, which the
                // writer met in its place.
                let workers = &self.devices[to].workers;
                let has_copy = self.devices.iter().filter(|device| device.workers == *workers).count() > 1;
                let is_expected = fault.is_some() || (has_copy && ended == Ended::Stranger);
                assert!(ended == Ended::Whole || is_expected, "a whole stick is read whole");
                assert!(!is_spoilt || ended != Ended::Whole, "nobody sees that a stick was spoilt");
            }
        }
    }
}
