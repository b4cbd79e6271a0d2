//! Who is in the programme, on which devices, with what.

use tern_record::{Role, SeatId, WorkerId};
use tern_seal::roster::{Body, SeatChanged, SiteId};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};

/// A seat as people see it.
#[derive(Clone, Debug)]
pub struct Member {
    /// The seat.
    pub seat: SeatId,
    /// The worker.
    pub worker: WorkerId,
    /// Name of the worker.
    pub worker_name: String,
    /// Name of the device.
    pub device_name: String,
    /// Codes of its roles, those of newer versions among them.
    pub roles: Vec<String>,
    /// Where it works.
    pub site: Option<SiteId>,
    /// When its newest work that is here was typed, in milliseconds since 1970.
    pub last_ms: Option<i64>,
    /// Why it is out, by a code of the list `removal_reason`.
    pub removed: Option<String>,
    /// It is the seat at work.
    pub me: bool,
    /// It waits for keys that nobody here can give.
    pub lacks_keys: bool,
}

impl App {
    /// Everybody, those at work first, by name.
    pub fn members(&self) -> Reply<Vec<Member>> {
        let mut lacking: Vec<SeatId> =
            self.roster.scopes.values().flat_map(|scope| self.roster.lacking(scope)).collect();
        lacking.sort_unstable();
        let mut members = Vec::with_capacity(self.roster.seats.len());
        for (id, state) in &self.roster.seats {
            let names = self.names.get(id);
            members.push(Member {
                seat: *id,
                worker: state.certificate.worker,
                worker_name: names.map(|names| names.worker.clone()).unwrap_or_default(),
                device_name: names.map(|names| names.device.clone()).unwrap_or_default(),
                roles: state.roles.clone(),
                site: state.site,
                last_ms: self.vault.last_work_of(*id)?,
                removed: state.removed.clone(),
                me: *id == self.me.seat,
                lacks_keys: lacking.binary_search(id).is_ok(),
            });
        }
        members.sort_by(|one, other| {
            let order = |member: &Member| (member.removed.is_some(), member.worker_name.clone(), member.seat);
            order(one).cmp(&order(other))
        });
        Ok(members)
    }

    /// The seat that a whole id, the beginning of one, or a name means, when it means one alone.
    pub fn seat_named(&self, typed: &str) -> Reply<SeatId> {
        let typed = typed.trim();
        let lower = typed.to_lowercase();
        let is_prefix = lower.len() >= 4 && lower.bytes().all(|byte| byte.is_ascii_hexdigit());
        let fits = |id: &SeatId| {
            (is_prefix && id.to_hex().starts_with(&lower))
                || self.names.get(id).is_some_and(|names| names.worker == typed || names.device == typed)
        };
        let mut found = self.roster.seats.keys().filter(|id| fits(id));
        match (found.next(), found.next()) {
            (Some(one), None) => Ok(*one),
            _ => Err(Code::UnknownSeat.into()),
        }
    }

    /// Gives a seat other roles, or another site. What it did until now is judged by what it was.
    pub fn change_seat(&mut self, seat: SeatId, roles: &[Role], site: Option<SiteId>) -> Reply<()> {
        self.certifies()?;
        if roles.is_empty() {
            return Err(Code::UnknownRole.into());
        }
        if !roles.contains(&Role::Coordinator) {
            self.keeps_a_coordinator(seat)?;
        }
        let codes: Vec<String> = roles.iter().map(|role| role.code().to_owned()).collect();
        let event = self.event("roles_changed", None, &codes.join(" "));
        let cuts = self.cuts_of(seat)?;
        self.say(vec![Body::Changed(SeatChanged { seat, roles: codes, site, cuts })], |tx| {
            tx.add_audit(&event)
        })?;
        self.tend().map(drop)
    }

    /// Refuses when nobody would be left who may admit.
    pub(crate) fn keeps_a_coordinator(&self, without: SeatId) -> Reply<()> {
        let state = self.roster.seats.get(&without).ok_or(Code::UnknownSeat)?;
        let others = self.roster.with_role(Role::Coordinator).any(|(id, _)| id != without);
        if state.is(Role::Coordinator) && !others { Err(Code::LastCoordinator.into()) } else { Ok(()) }
    }
}

/// Roles by their codes.
pub fn roles_from<'a>(codes: impl IntoIterator<Item = &'a str>) -> Reply<Vec<Role>> {
    let read = |code: &str| Role::from_code(code.trim()).ok_or_else(|| Failure::from(Code::UnknownRole));
    codes.into_iter().map(read).collect()
}
