//! People and devices for scripts: JSON in the shapes that the command line promises, pieces as files.

mod closed;
mod file;

pub use closed::{
    device_join, device_request, outside, programme_recover, recover_ask, rescue, return_ask, take_approvals,
};
pub(super) use file::read_piece;
pub(crate) use file::write_piece;

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use tern_record::SeatId;
use tern_record::cbor::Canonical;
use tern_record::id::hex;
use tern_seal::PieceKind;
use tern_seal::passphrase::{RescueCode, draw_words, is_long_enough, normalise};
use tern_seal::roster::{Author, Roster, SignedEntry};
use tern_seal::slot::Cost;
use zeroize::Zeroizing;

use super::admit_seat::AdmitAs;
use super::halves::{due, holders};
use super::removal::Extent;
use super::review::Seen;
use super::{invite, people};
use crate::Reply;
use crate::app::App;
use crate::failure::Code;
use crate::ports::{Ports, rfc3339};
use crate::programme::Secrets;

/// Fewest characters by which an entry is named.
const LEAST_MARK: usize = 4;

/// Who is to be admitted, as words.
#[derive(Clone, Debug)]
pub struct Whom {
    /// Name of the worker.
    pub worker: String,
    /// Codes of the list `role`.
    pub roles: Vec<String>,
    /// Name of the site; this seat's own when absent.
    pub site: Option<String>,
}

/// Secrets that were given or are drawn, with what has to be told of them once.
fn secrets(passphrase: Option<&str>, ports: &Ports) -> Reply<(Secrets, Value)> {
    if passphrase.is_some_and(|typed| !is_long_enough(typed)) {
        return Err(Code::WordsShort.into());
    }
    let drawn = ports.draw(draw_words).join(" ");
    let rescue = ports.draw(RescueCode::make_random);
    let words = normalise(passphrase.unwrap_or(&drawn));
    let mut told = json!({ "rescue_code": rescue.groups().join("-") });
    if let (None, Value::Object(told)) = (passphrase, &mut told) {
        told.insert("passphrase".into(), drawn.into());
    }
    Ok((Secrets { words: Zeroizing::new(words.to_string()), rescue }, told))
}

impl App {
    /// `device invite`.
    pub fn script_invite(&mut self, out: &Path, hours: Option<u32>) -> Reply<Value> {
        let made = self.invite(hours.unwrap_or(invite::HOURS))?;
        write_piece(out, PieceKind::Invitation, &made.to_bytes())?;
        Ok(json!({ "expires": self.instant(made.expires_ms) }))
    }

    /// `device admit`.
    pub fn script_admit(
        &mut self,
        request: &Path,
        whom: &Whom,
        words: Option<&str>,
        out: &Path,
    ) -> Reply<Value> {
        let bytes = read_piece(request, PieceKind::Request)?;
        let asked = self.read_request(&bytes)?;
        let ask = self.admit_as(whom)?;
        let (seat, admission) = self.admit_seat(&bytes, &ask, words)?;
        write_piece(out, PieceKind::Admission, &admission.to_bytes())?;
        Ok(json!({
            "seat": seat.to_hex(), "check_words": asked.words.join(" "), "device": asked.device, "beside": asked.beside,
        }))
    }

    fn admit_as(&self, whom: &Whom) -> Reply<AdmitAs> {
        let site = match &whom.site {
            Some(name) => Some(self.site_named(name)?),
            None => self.my_site(),
        };
        let known = self.names.iter().find(|(_, names)| names.worker == whom.worker.trim());
        let same_person =
            known.and_then(|(seat, _)| self.roster.seats.get(seat)).map(|seat| seat.certificate.worker);
        let roles = people::roles_from(whom.roles.iter().map(String::as_str))?;
        Ok(AdmitAs { worker: whom.worker.clone(), same_person, roles, site })
    }

    /// `worker add`: words are drawn unless some were given, and told once.
    pub fn script_add_worker(&mut self, whom: &Whom, passphrase: Option<&str>) -> Reply<Value> {
        let (secrets, mut told) = secrets(passphrase, &Arc::clone(&self.ports))?;
        let ask = self.admit_as(whom)?;
        let seat = self.add_worker(&ask, &secrets, Cost::USUAL)?;
        if let Value::Object(told) = &mut told {
            told.insert("seat".into(), seat.to_hex().into());
        }
        Ok(told)
    }

    /// `worker request`: words are drawn unless some were given, and told once.
    pub fn script_ask_beside(
        &mut self,
        invitation: &Path,
        passphrase: Option<&str>,
        out: &Path,
    ) -> Reply<Value> {
        let (secrets, mut told) = secrets(passphrase, &Arc::clone(&self.ports))?;
        let invitation = read_piece(invitation, PieceKind::Invitation)?;
        let beside = self.ask_beside(&invitation, &secrets, Cost::USUAL)?;
        write_piece(out, PieceKind::Request, &beside.waiting.request)?;
        if let Value::Object(told) = &mut told {
            told.insert("seat".into(), beside.seat.to_hex().into());
            told.insert("check_words".into(), beside.waiting.words.join(" ").into());
        }
        Ok(told)
    }

    /// `worker join`.
    pub fn script_join_beside(&mut self, admission: &Path) -> Reply<Value> {
        let seat = self.join_beside(&read_piece(admission, PieceKind::Admission)?)?;
        Ok(json!({ "seat": seat.to_hex() }))
    }

    /// `worker waiting`: who waits on this device.
    pub fn script_besides(&self) -> Reply<Value> {
        let besides = self.besides()?;
        let lines = besides.iter().map(
            |beside| json!({ "seat": beside.seat.to_hex(), "check_words": beside.waiting.words.join(" ") }),
        );
        Ok(lines.collect())
    }

    /// `worker give-up`.
    pub fn script_give_up_beside(&mut self, seat: &str) -> Reply<Value> {
        let seat = SeatId::from_hex(seat).map_err(|_| Code::UnknownSeat)?;
        self.give_up_beside(seat)?;
        self.script_besides()
    }

    /// `device list`.
    pub fn script_devices(&self) -> Reply<Value> {
        let sites = self.sites();
        let fallen = self.former_members().into_iter().map(|member| {
            let site = sites.iter().find(|(id, _)| Some(*id) == member.site).map(|(_, name)| &name.name);
            json!({
                "seat": member.seat.to_hex(), "worker": member.worker_name, "device": member.device_name,
                "roles": member.roles, "site": site, "fell": { "admitted_by": member.by, "undone": member.is_undone },
            })
        });
        let members = self.members()?.into_iter().map(|member| {
            let site = sites.iter().find(|(id, _)| Some(*id) == member.site).map(|(_, name)| &name.name);
            let scopes: Vec<String> =
                self.scopes_of(member.seat).iter().map(tern_record::ScopeId::to_hex).collect();
            json!({
                "seat": member.seat.to_hex(), "worker": member.worker_name, "device": member.device_name,
                "roles": member.roles, "site": site, "scopes": scopes,
                "last_heard": member.last_ms.map(|at| self.instant(at)),
                "removed": member.removed, "lacks_keys": member.lacks_keys, "me": member.me,
                "here": self.roster.certificate(member.seat).is_some_and(|seat| seat.device == self.me.device),
            })
        });
        Ok(members.chain(fallen).collect())
    }

    /// `device admit-again`.
    pub fn script_admit_again(&mut self, seat: &str, named: Option<&str>) -> Reply<Value> {
        let seat = self.former_named(seat)?;
        self.admit_again(seat, named)?;
        Ok(json!({ "seat": seat.to_hex(), "mark": crate::desk::mark(seat) }))
    }

    /// `device remove`: the whole device when it is lost or stolen, unless somebody says otherwise.
    pub fn script_remove(&mut self, seat: &str, reason: &str, extent: Option<Extent>) -> Reply<Value> {
        let seat = self.seat_named(seat)?;
        let done = self.remove_seat(seat, extent.unwrap_or_else(|| Extent::of(reason)), reason)?;
        let out: Vec<String> = done.seats.iter().map(SeatId::to_hex).collect();
        let hex = |scopes: &[tern_record::ScopeId]| {
            scopes.iter().map(tern_record::ScopeId::to_hex).collect::<Vec<_>>()
        };
        Ok(json!({ "removed": out, "rotated": hex(&done.rotated), "waiting": hex(&done.waiting) }))
    }

    /// `device change`.
    pub fn script_change(&mut self, seat: &str, roles: &[String], site: Option<&str>) -> Reply<Value> {
        let seat = self.seat_named(seat)?;
        let roles = people::roles_from(roles.iter().map(String::as_str))?;
        let before = self.roster.certificate(seat).map(|seat| (seat.roles.clone(), seat.site));
        let (roles_before, have) = before.unwrap_or_default();
        let site = site.map(|name| self.site_named(name)).transpose()?.or(have);
        self.change_seat(seat, &roles, site)?;
        let now: Vec<&str> = roles.iter().map(|role| role.code()).collect();
        Ok(json!({ "seat": seat.to_hex(), "before": roles_before, "roles": now }))
    }

    /// `site create`.
    pub fn script_create_site(&mut self, name: &str, country: &str) -> Reply<Value> {
        let site = self.create_site(name, country)?;
        Ok(json!({ "site": hex(&site) }))
    }

    /// `scope list`.
    pub fn script_scopes(&self) -> Value {
        let scopes = self.roster.scopes.iter().map(|(id, scope)| {
            let name = scope.site.and_then(|site| self.site_name(site)).map(|site| site.name);
            let held = self.keys.held().find(|keys| keys.scope == *id);
            json!({
                "id": id.to_hex(), "name": name.unwrap_or_else(|| self.named("programme")),
                "tier": scope.kind.code(), "epoch": hex(&scope.current), "epochs": scope.epochs.len(),
                "held": held.is_some(), "written_under": held.map(|keys| hex(&keys.current)),
                "new_key_needed": self.roster.wants_new_epoch(scope),
                "lack_keys": self.roster.lacking(scope).len(),
            })
        });
        scopes.collect()
    }

    /// `roster log`: what the members have signed, without names.
    pub fn script_roster(&self, out: Option<&Path>) -> Reply<Value> {
        if let Some(out) = out {
            write_piece(out, PieceKind::Roster, &self.roster_file()?)?;
        }
        Ok(roster_log(&self.roster, &self.statements()?))
    }

    /// `roster read`: takes in what other members signed.
    pub fn script_read_roster(&mut self, file: &Path) -> Reply<Value> {
        let bytes = read_piece(file, PieceKind::Roster)?;
        let taken = self.read_roster_file(&bytes)?;
        Ok(json!({ "new": taken.new, "left_out": taken.left_out, "in": taken.is_in }))
    }

    /// `review accept` and `review decline`, by an entry's id or the beginning of it.
    pub fn script_review(&mut self, typed: &str, take: bool) -> Reply<Value> {
        let known = self.to_be_looked_at()?;
        let id = entry_marked(known.into_iter(), typed)?;
        let mut seen = Seen::default();
        let before = self.review_lines(&mut seen)?;
        self.review(&hex(&id), take)?;
        let left = self.review_lines(&mut seen)?;
        let stays = |one: &Value| {
            left.iter().any(|other| (&other["entry"], &other["state"]) == (&one["entry"], &one["state"]))
        };
        let done: Vec<Value> = before.into_iter().filter(|one| !stays(one)).collect();
        Ok(json!({ if take { "accepted" } else { "declined" }: done, "left": left }))
    }

    /// `worker recover approve` and `device return approve`.
    pub fn script_approve(&mut self, ask: &Path, words: Option<&str>, out: &Path) -> Reply<Value> {
        let bytes = read_piece(ask, PieceKind::Ask)?;
        let (ask, asked) = self.read_ask(&bytes)?;
        let approval = self.approve(&bytes, words)?;
        write_piece(out, PieceKind::Approval, &approval.to_bytes())?;
        Ok(json!({
            "worker": asked.worker, "device": asked.device, "travelled": asked.travelled,
            "check_words": ask.check_words().join(" "),
        }))
    }

    /// `sheet make`: the two pages, told once.
    pub fn script_sheet(&mut self) -> Reply<Value> {
        let name = self.text.say("recovery-sheet", &json!({}));
        let made = self.make_sheet(&name)?;
        Ok(json!({
            "sheet": made.seat.to_hex(), "pages": made.pages.map(|page| page.groups().join("-")),
            "count": self.sheets().len(),
        }))
    }

    /// `sheet list`: those that count, the oldest first.
    pub fn script_sheets(&self) -> Reply<Value> {
        let line = |seat: SeatId| {
            let tried = self.last_drill(seat)?.map(|at| self.instant(at));
            Ok(json!({ "sheet": seat.to_hex(), "tried": tried, "used": self.is_used(seat) }))
        };
        self.sheets().into_iter().map(line).collect()
    }

    /// `sheet drop`: the newest.
    pub fn script_drop_sheet(&mut self) -> Reply<()> {
        let newest = self.sheets().pop().ok_or(Code::NoSheet)?;
        self.drop_sheet(newest)
    }

    /// `sheet drill`.
    pub fn script_drill(&mut self, pages: (&str, &str)) -> Reply<Value> {
        let drilled = self.drill(pages.0, pages.1)?;
        Ok(json!({ "right": true, "sheet": drilled.seat.to_hex(), "newest": drilled.newest }))
    }

    /// `roster lend`: half of the root key, for one coordinator.
    pub fn script_lend(&mut self, to: &str, out: &Path) -> Reply<Value> {
        let to = self.seat_named(to)?;
        write_piece(out, PieceKind::Half, &self.lend_root(to)?)?;
        Ok(json!({ "to": to.to_hex() }))
    }

    /// `roster share`: new halves for those who coordinate now.
    pub fn script_share(&mut self, half: &Path) -> Reply<Value> {
        self.renew_halves(&read_piece(half, PieceKind::Half)?)?;
        Ok(json!({ "holders": hex_of(holders(&self.roster)) }))
    }

    pub(crate) fn instant(&self, at_ms: i64) -> String {
        let stamp = tern_record::Stamp { at_ms, ..self.ports.clock.stamp() };
        rfc3339(stamp)
    }
}

/// What the members have signed, without names, and who holds halves of the root key.
pub(super) fn roster_log(roster: &Roster, statements: &[SignedEntry]) -> Value {
    let said = statements.iter().map(|entry| {
        let by = match entry.author() {
            Author::Root => None,
            Author::Seat(seat) => Some(seat.to_hex()),
        };
        let counts = !roster.refused.contains(&entry.id()) && !roster.waiting.contains(&entry.id());
        let whom = entry.body().whom().map(|seat| seat.to_hex());
        json!({ "id": entry.id().to_hex(), "by": by, "says": entry.body().code(), "whom": whom, "counts": counts })
    });
    let said: Vec<Value> = said.collect();
    let root = json!({ "holders": hex_of(holders(roster)), "to_be_shared": due(roster).is_some() });
    json!({ "entries": said.len(), "seats": roster.seats.len(), "root": root, "statements": said })
}

fn hex_of(seats: impl IntoIterator<Item = SeatId>) -> Vec<String> {
    seats.into_iter().map(|seat| seat.to_hex()).collect()
}

/// The one of these ids that a whole one, or the beginning of one, means.
pub(super) fn entry_marked(ids: impl Iterator<Item = [u8; 32]>, typed: &str) -> Reply<[u8; 32]> {
    let lower = typed.trim().to_lowercase();
    let mut fits = ids.filter(|id| lower.len() >= LEAST_MARK && hex(id).starts_with(&lower));
    match (fits.next(), fits.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(Code::UnknownEntry.into()),
    }
}
