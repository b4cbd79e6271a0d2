//! Somebody whom a coordinator took in while apart, before another took that coordinator out without having heard of it:
//! the admission does not count any more, and who may certify takes them in again, on the same device, with the same
//! roles. What they did meanwhile was kept and counts then.

use tern_record::{Role, SeatId, WorkerId};
use tern_seal::roster::{Author, Body, FormerSeat, Names, Roster, SeatCertified, SeatState, SiteId};

use super::admit_seat::member_name;
use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::desk::mark;
use crate::failure::{Code, Failure};

/// A seat whose admission fell, as people see it.
#[derive(Clone, Debug)]
pub struct FormerMember {
    /// The seat.
    pub seat: SeatId,
    /// The worker.
    pub worker: WorkerId,
    /// Name of the worker; empty when nobody here can read it.
    pub worker_name: String,
    /// Name of the device; empty in the same way.
    pub device_name: String,
    /// Codes of the roles that it was admitted with.
    pub roles: Vec<String>,
    /// The site that it was admitted at.
    pub site: Option<SiteId>,
    /// Name of the worker whose word it was.
    pub by: String,
    /// What that worker signed was undone with the root key.
    pub is_undone: bool,
}

/// A seat that is in; else why it is not: it was taken out, or what let it in does not count any more.
pub(crate) fn seat_at_work(roster: &Roster, seat: SeatId) -> Reply<&SeatState> {
    match (roster.seats.get(&seat), roster.former.get(&seat)) {
        (Some(state), _) if state.removed.is_none() => Ok(state),
        (None, Some(former)) if !former.is_removed => Err(Failure::about(Code::AdmissionFell, [mark(seat)])),
        _ => Err(Code::SeatRemoved.into()),
    }
}

impl App {
    /// Everybody who may be taken in again, by name.
    pub fn former_members(&self) -> Vec<FormerMember> {
        let back = self.roster.former.iter().filter(|(_, former)| !former.is_removed);
        let mut members: Vec<FormerMember> =
            back.map(|(seat, former)| self.former_member(*seat, former)).collect();
        members.sort_by(|one, other| (&one.worker_name, one.seat).cmp(&(&other.worker_name, other.seat)));
        members
    }

    fn former_member(&self, seat: SeatId, former: &FormerSeat) -> FormerMember {
        let Names { worker, device } = self.names.get(&seat).cloned().unwrap_or_else(no_names);
        let by = match former.by {
            Author::Seat(by) => self.names.get(&by).map(|names| names.worker.clone()).unwrap_or_default(),
            Author::Root => String::new(),
        };
        FormerMember {
            seat,
            worker: former.certificate.worker,
            worker_name: worker,
            device_name: device,
            roles: former.certificate.roles.clone(),
            site: former.certificate.site,
            by,
            is_undone: former.is_undone,
        }
    }

    /// The seat to be taken in again that an id, the beginning of one, or a name means.
    pub fn former_named(&self, typed: &str) -> Reply<SeatId> {
        self.seat_among(self.roster.former.keys(), typed)
    }

    /// Says of a seat once more what was said of it when it was admitted, and gives it its keys. `named` is who that is,
    /// where the name cannot be read here.
    pub fn admit_again(&mut self, seat: SeatId, named: Option<&str>) -> Reply<()> {
        self.certifies()?;
        let former = self.roster.former.get(&seat).filter(|former| !former.is_removed);
        let said = former.ok_or(Code::UnknownSeat)?.certificate.clone();
        let names = match (self.names.get(&seat), named) {
            (Some(names), _) => names.clone(),
            (None, Some(named)) => Names { worker: member_name(named)?, device: mark(seat) },
            (None, None) => return Err(Code::MemberName.into()),
        };
        let names = self.sealed_names(seat, &names)?;
        let known: Vec<Role> = said.roles.iter().filter_map(|code| Role::from_code(code)).collect();
        let event = self.event(Event::AdmittedAgain(seat, &known));
        self.say(vec![Body::Seat(SeatCertified { names, ..said })], |tx| tx.add_audit(&event))?;
        self.tend_or_later()
    }
}

fn no_names() -> Names {
    Names { worker: String::new(), device: String::new() }
}
