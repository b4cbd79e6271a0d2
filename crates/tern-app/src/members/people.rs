//! Who is in the programme, on which devices, with what.

use std::collections::BTreeSet;

use tern_record::id::hex;
use tern_record::{Role, SeatId, WorkerId};
use tern_seal::roster::{Body, PlaceName, SeatChanged, SiteId};

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::members::admit_again::FormerMember;
use crate::members::sheet::PAPER;
use crate::programme::countries;
use crate::view::{FormerView, MemberView, MomentView, OptionView, PeopleView, SheetView, SiteView};

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
        let last = self.vault.last_work()?;
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
                last_ms: last.get(id).copied(),
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
        self.seat_among(self.roster.seats.keys(), typed)
    }

    /// The same among these seats.
    pub(crate) fn seat_among<'a>(
        &self,
        seats: impl Iterator<Item = &'a SeatId>,
        typed: &str,
    ) -> Reply<SeatId> {
        let typed = typed.trim();
        let lower = typed.to_lowercase();
        let is_prefix = lower.len() >= 4 && lower.bytes().all(|byte| byte.is_ascii_hexdigit());
        let fits = |id: &SeatId| {
            (is_prefix && id.to_hex().starts_with(&lower))
                || self.names.get(id).is_some_and(|names| names.worker == typed || names.device == typed)
        };
        let mut found = seats.filter(|id| fits(id));
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
        if !self.roster.seats.contains_key(&seat) {
            return Err(Code::UnknownSeat.into());
        }
        if !roles.contains(&Role::Coordinator) {
            self.keeps_a_coordinator(&[seat])?;
        }
        let codes: Vec<String> = roles.iter().map(|role| role.code().to_owned()).collect();
        let event = self.event(Event::RolesChanged(seat, roles));
        let cuts = self.cuts_of(seat)?;
        self.say(vec![Body::Changed(SeatChanged { seat, roles: codes, site, cuts })], |tx| {
            tx.add_audit(&event)
        })?;
        self.tend_or_later()
    }

    /// Refuses when nobody would be left who may admit.
    pub(crate) fn keeps_a_coordinator(&self, without: &[SeatId]) -> Reply<()> {
        let people = self.roster.with_role(Role::Coordinator);
        let all = people.filter(|(_, seat)| seat.certificate.device != PAPER).map(|(id, _)| id);
        let (gone, left): (Vec<SeatId>, Vec<SeatId>) = all.partition(|id| without.contains(id));
        if !gone.is_empty() && left.is_empty() { Err(Code::LastCoordinator.into()) } else { Ok(()) }
    }
}

impl App {
    /// Everybody as a screen shows them, with what this seat may do about them.
    pub fn people(&mut self) -> Reply<PeopleView> {
        let to_review = self.undecided()?;
        let sites = self.sites();
        let members = self.members()?;
        let me = self.roster.seats.get(&self.me.seat);
        let may = |may: fn(Role) -> bool| me.is_some_and(|me| me.known_roles().into_iter().any(may));
        let unfinished =
            self.roster.scopes.values().filter(|scope| self.roster.wants_new_epoch(scope)).count();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(PeopleView {
            members: members.iter().map(|member| self.member_view(member, &sites)).collect(),
            former: self.former_members().iter().map(|member| self.former_view(member, &sites)).collect(),
            sites: sites.iter().map(|(id, name)| self.site_view(*id, name)).collect(),
            roles: self.options("role"),
            reasons: self.options("removal_reason"),
            may_admit: may(Role::certifies),
            may_remove: may(Role::removes),
            coordinators: count(self.people_who_are(Role::Coordinator)),
            halves: self.halves_view(),
            auditors: count(self.people_who_are(Role::Auditor)),
            sheets: self.sheet_views()?,
            unfinished: count(unfinished),
            to_review: count(to_review),
        })
    }

    fn people_who_are(&self, role: Role) -> usize {
        let seats = self.roster.with_role(role).filter(|(_, seat)| seat.certificate.device != PAPER);
        seats.map(|(_, seat)| seat.certificate.worker).collect::<BTreeSet<WorkerId>>().len()
    }

    fn member_view(&self, member: &Member, sites: &[(SiteId, PlaceName)]) -> MemberView {
        let site = sites.iter().find(|(id, _)| Some(*id) == member.site);
        MemberView {
            seat: member.seat.to_hex(),
            mark: crate::desk::mark(member.seat),
            person: member.worker.to_hex(),
            worker: member.worker_name.clone(),
            device: member.device_name.clone(),
            roles: member.roles.clone(),
            role_labels: member.roles.iter().map(|role| self.label("role", role)).collect(),
            site: site.map(|(id, _)| hex(id)),
            site_name: site.map(|(_, name)| name.name.clone()).unwrap_or_default(),
            last: member.last_ms.map(|at| self.moment_of(at)),
            removed: member.removed.as_ref().map(|reason| self.label("removal_reason", reason)),
            me: member.me,
            on: self
                .roster
                .seats
                .get(&member.seat)
                .map_or_else(String::new, |seat| seat.certificate.device.to_hex()),
            paper: self.roster.seats.get(&member.seat).is_some_and(|seat| seat.certificate.device == PAPER),
            lacks_keys: member.lacks_keys,
        }
    }

    fn former_view(&self, member: &FormerMember, sites: &[(SiteId, PlaceName)]) -> FormerView {
        let site = sites.iter().find(|(id, _)| Some(*id) == member.site);
        FormerView {
            seat: member.seat.to_hex(),
            mark: crate::desk::mark(member.seat),
            worker: member.worker_name.clone(),
            device: member.device_name.clone(),
            role_labels: member.roles.iter().map(|role| self.label("role", role)).collect(),
            site_name: site.map(|(_, name)| name.name.clone()).unwrap_or_default(),
            by: member.by.clone(),
            undone: member.is_undone,
        }
    }

    fn sheet_views(&self) -> Reply<Vec<SheetView>> {
        let view = |seat: SeatId| {
            let drilled = self.last_drill(seat)?.map(|at| self.moment_of(at));
            let used = self.is_used(seat);
            Ok(SheetView { seat: seat.to_hex(), mark: crate::desk::mark(seat), drilled, used })
        };
        self.sheets().into_iter().map(view).collect()
    }

    fn site_view(&self, id: SiteId, name: &PlaceName) -> SiteView {
        let known = countries(&self.schema).find(|country| country.code == name.country);
        let country = known.map_or_else(|| name.country.clone(), |country| country.label.clone());
        SiteView { id: hex(&id), name: name.name.clone(), country }
    }

    fn options(&self, list: &str) -> Vec<OptionView> {
        let codes = self.schema.codelist(list).into_iter().flat_map(|list| &list.codes);
        codes.map(|code| OptionView { code: code.code.clone(), label: code.label.clone() }).collect()
    }

    /// A code in words; one of a newer version as it is.
    pub(crate) fn label(&self, list: &str, code: &str) -> String {
        let codes = self.schema.codelist(list).into_iter().flat_map(|list| &list.codes);
        codes
            .clone()
            .find(|known| known.code == code)
            .map_or_else(|| code.to_owned(), |known| known.label.clone())
    }

    /// A site by its id, as screens name it.
    pub(crate) fn site_by_id(&self, id: &str) -> Reply<SiteId> {
        let found = self.sites().into_iter().find(|(site, _)| hex(site) == id);
        found.map(|(site, _)| site).ok_or_else(|| Code::UnknownSite.into())
    }

    /// A moment by this device's clock, in its own offset.
    pub(crate) fn moment_of(&self, at_ms: i64) -> MomentView {
        crate::show::stored((at_ms, self.ports.clock.offset_min()), false)
    }
}

/// Roles by their codes.
pub fn roles_from<'a>(codes: impl IntoIterator<Item = &'a str>) -> Reply<Vec<Role>> {
    let read = |code: &str| Role::from_code(code.trim()).ok_or_else(|| Failure::from(Code::UnknownRole));
    codes.into_iter().map(read).collect()
}
