//! A seat on paper: when every coordinator is lost, two printed pages make a coordinator again. The drill is trying
//! whether the pages are right without using them.

use std::path::Path;
use std::sync::Arc;

use tern_form::Schema;
use tern_record::{DeviceId, Role, SeatId};
use tern_seal::SealKey;
use tern_seal::roster::{Body, SeatRemoved};
use tern_seal::sheet::{Page, Sheet, SheetError};
use tern_seal::slot::{Cost, Payload, SlotFile, SlotKind};
use tern_store::{Home, Vault};

use super::admit_seat::{AdmitAs, NewSeat};
use crate::Reply;
use crate::app::{App, sealing};
use crate::failure::{Code, Failure};
use crate::ports::Ports;
use crate::programme::{Secrets, slot};
use crate::unlock::open_app;

/// The device that a seat on paper is said to be on.
pub const PAPER: DeviceId = DeviceId::new([0; 16]);

impl App {
    /// The seat on paper that counts now.
    pub fn sheet_seat(&self) -> Option<SeatId> {
        let mut papers = self
            .roster
            .seats
            .iter()
            .filter(|(_, seat)| seat.certificate.device == PAPER && seat.removed.is_none());
        papers.next().map(|(id, _)| *id)
    }

    /// Makes the two pages of a new sheet. An earlier sheet opens nothing afterwards.
    pub fn make_sheet(&mut self, name: &str) -> Reply<[Page; 2]> {
        self.certifies()?;
        let sheet = self.draw(Sheet::make_random);
        let (signing, wrap) = sheet.keys(self.realm);
        let earlier = self.sheet_seat().filter(|seat| *seat != self.me.seat);
        let new = NewSeat {
            seat: self.draw(SeatId::make_random),
            device: PAPER,
            device_name: name.to_owned(),
            verify: signing.public().map_err(sealing)?,
            wrap: wrap.public().map_err(sealing)?,
        };
        let roles = vec![Role::Coordinator, Role::CaseSupervisor];
        let ask = AdmitAs { worker: name.to_owned(), same_person: None, roles, site: self.my_site() };
        self.certify(new, &ask, None)?;
        if let Some(seat) = earlier {
            let removed = SeatRemoved { seat, reason: "replaced".to_owned(), cuts: self.cuts_of(seat)? };
            self.say(vec![Body::Removed(removed)], |_| Ok(()))?;
            self.tend()?;
        }
        Ok(self.draw(|random| sheet.pages(random)))
    }

    /// Tries whether two pages are those of the sheet that counts, and notes that it was tried.
    pub fn drill(&mut self, one: &str, other: &str) -> Reply<()> {
        self.certifies()?;
        let sheet = read_pages(one, other)?;
        let (signing, _) = sheet.keys(self.realm);
        let seat = self.sheet_seat().and_then(|seat| self.roster.seats.get(&seat)).ok_or(Code::OtherSheet)?;
        if seat.certificate.verify != signing.public().map_err(sealing)? {
            return Err(Code::OtherSheet.into());
        }
        let event = self.event("drill", None, "");
        self.vault.write(|tx| tx.add_audit(&event)).map_err(Failure::from)
    }

    /// When the pages were tried last.
    pub fn last_drill(&self) -> Reply<Option<i64>> {
        Ok(self.vault.last_audit("drill")?.map(|event| event.at_ms))
    }
}

fn read_pages(one: &str, other: &str) -> Reply<Sheet> {
    let read = |typed: &str| Page::read(typed).map_err(told);
    Sheet::put_together(&read(one)?, &read(other)?).map_err(told)
}

fn told(error: SheetError) -> Failure {
    match error {
        SheetError::Slip => Code::PageSlip,
        SheetError::Shape => Code::NotAPage,
        SheetError::SamePage | SheetError::OtherSheet => Code::OtherSheet,
    }
    .into()
}

/// Begins again on an empty device from two pages and the signed membership, as the coordinator on paper. What was
/// recorded comes back from the devices and hubs that hold it.
pub fn begin_from_sheet(
    folder: &Path,
    roster: &[Vec<u8>],
    pages: (&str, &str),
    secrets: &Secrets,
    cost: Cost,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<App> {
    use tern_record::cbor::Canonical as _;
    use tern_seal::roster::{Roster, SignedEntry};
    let sheet = read_pages(pages.0, pages.1)?;
    let entries: Vec<SignedEntry> = roster
        .iter()
        .map(|bytes| SignedEntry::from_bytes(bytes).map_err(|_| Failure::from(Code::NotARoster)))
        .collect::<Reply<_>>()?;
    let realm = entries.first().ok_or(Code::NotARoster)?.realm();
    let known = Roster::fold(realm, &entries).map_err(|_| Code::NotARoster)?;
    if !known.missing.is_empty() {
        return Err(Code::RosterGap.into());
    }
    let (signing, wrap) = sheet.keys(realm);
    let public = signing.public().map_err(sealing)?;
    let mut seats = known.seats.iter();
    let found = seats.find(|(_, seat)| seat.certificate.verify == public && seat.removed.is_none());
    let seat = found.map(|(id, _)| *id).ok_or(Code::OtherSheet)?;
    let home = Arc::new(Home::create(folder)?);
    let payload = ports.draw(|random| Payload {
        vault: SealKey::make_random(random),
        seat,
        signing: signing.clone(),
        wrap,
        keyring: SealKey::make_random(random),
    });
    let mut vault = Vault::create(&home, payload.vault.as_bytes(), ports.vfs.as_deref())?;
    vault
        .write(|tx| {
            entries.iter().try_for_each(|entry| tx.add_roster_entry(entry.id(), &entry.to_bytes()).map(drop))
        })
        .map_err(|error: tern_store::StoreError| Failure::from(error))?;
    let device = ports.draw(DeviceId::make_random);
    let mut slots = SlotFile { realm, practice: known.practice, device, slots: Vec::new() };
    ports
        .draw(|random| {
            slots.add(SlotKind::Worker, secrets.words.as_bytes(), None, cost, &payload, random)?;
            slots.add(SlotKind::Rescue, secrets.rescue.secret(), None, cost, &payload, random)
        })
        .map_err(slot)?;
    home.write_slots(&slots.to_bytes())?;
    home.finish()?;
    let mut app = open_app(home, vault, payload, slots, schema, ports)?;
    app.catch_up()?;
    Ok(app)
}
