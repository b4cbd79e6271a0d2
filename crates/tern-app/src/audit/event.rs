//! What is kept of what somebody did. Each event carries what it is about, so that nothing of a member is kept without
//! saying whom, and nothing of a child says more than which one.

use tern_record::rule::Rule;
use tern_record::{RecordId, Role, SeatId};
use tern_store::audit::{About, AuditRow};

use crate::app::App;
use crate::own_copy::Reader;

/// Something that is kept. A code of the list `audit_event` names each.
#[derive(Clone, Copy)]
pub(crate) enum Event<'a> {
    /// What is restricted was opened, for a reason.
    ReadRestricted(RecordId, &'a str),
    /// A rule stopped a change, of a record if there was one.
    Stopped(Option<RecordId>, Rule),
    /// A rule stopped something, as a story tells it.
    Blocked(RecordId, &'a str),
    /// A copy was made for these hands.
    Exported(RecordId, Reader),
    /// An entry went to another record.
    EntryMovedAway(RecordId),
    /// It came to this one.
    EntryMovedHere(RecordId),
    /// So many were here, of so many.
    RollCall { here: usize, of: usize },
    /// A shift was taken over.
    ShiftTaken,
    /// A site was opened.
    SiteOpened,
    /// A worker was admitted on a device that is new.
    Admitted(SeatId, &'a [Role]),
    /// A worker was admitted on a device where somebody works already.
    WorkerAdded(SeatId, &'a [Role]),
    /// A worker whose admission had fallen was taken in again.
    AdmittedAgain(SeatId, &'a [Role]),
    /// A worker has other roles, or another site.
    RolesChanged(SeatId, &'a [Role]),
    /// A worker on a device is out, or a sheet that somebody may have; the reason is a code of `removal_reason`.
    Removed(SeatId, &'a str),
    /// A worker who forgot the words was helped.
    WordsRecovered(SeatId),
    /// This device left its keys behind.
    KeysLeftBehind,
    /// A worker's device has its keys back.
    KeysReturned(SeatId),
    /// A recovery sheet was made.
    SheetMade(SeatId),
    /// A recovery sheet opens nothing any more: another took its place, or it never was on paper.
    SheetEnded(SeatId),
    /// The pages of a recovery sheet were tried.
    Drill(SeatId),
    /// This worker began again from a recovery sheet.
    SheetUsed(SeatId),
    /// Half of the root key was lent to this coordinator.
    RootLent(SeatId),
    /// New halves of the root key were given.
    RootShared,
    /// What this coordinator's device said does not count.
    Voided(SeatId),
    /// Work for a site that does not count any more went to this one.
    WorkMoved(&'a str),
    /// Work of this seat was taken.
    WorkAccepted(SeatId),
    /// Work of this seat was left aside.
    WorkDeclined(SeatId),
}

impl Event<'_> {
    /// The code, what it is about, and the reason.
    fn parts(self) -> (&'static str, Option<About>, String) {
        let (of, about, none) = (About::Record, About::Seat, String::new);
        match self {
            Self::ReadRestricted(record, reason) => ("read_restricted", Some(of(record)), reason.to_owned()),
            Self::Stopped(record, rule) => ("stopped", record.map(of), rule.code().to_owned()),
            Self::Blocked(record, said) => ("blocked", Some(of(record)), said.to_owned()),
            Self::Exported(record, reader) => {
                ("exported", Some(of(record)), format!("own copy for {}", reader.code()))
            }
            Self::EntryMovedAway(record) => ("entry_moved_away", Some(of(record)), none()),
            Self::EntryMovedHere(record) => ("entry_moved_here", Some(of(record)), none()),
            Self::RollCall { here, of } => ("roll_call", None, format!("{here}/{of}")),
            Self::ShiftTaken => ("shift_taken", None, none()),
            Self::SiteOpened => ("site_opened", None, none()),
            Self::Admitted(seat, roles) => ("admitted", Some(about(seat)), codes(roles)),
            Self::WorkerAdded(seat, roles) => ("worker_added", Some(about(seat)), codes(roles)),
            Self::AdmittedAgain(seat, roles) => ("admitted_again", Some(about(seat)), codes(roles)),
            Self::RolesChanged(seat, roles) => ("roles_changed", Some(about(seat)), codes(roles)),
            Self::Removed(seat, reason) => ("removed", Some(about(seat)), reason.to_owned()),
            Self::WordsRecovered(seat) => ("words_recovered", Some(about(seat)), none()),
            Self::KeysLeftBehind => ("keys_left_behind", None, none()),
            Self::KeysReturned(seat) => ("keys_returned", Some(about(seat)), none()),
            Self::SheetMade(sheet) => ("sheet_made", Some(about(sheet)), none()),
            Self::SheetEnded(sheet) => ("sheet_ended", Some(about(sheet)), none()),
            Self::Drill(sheet) => ("drill", Some(about(sheet)), none()),
            Self::SheetUsed(sheet) => ("sheet_used", Some(about(sheet)), none()),
            Self::RootLent(to) => ("root_lent", Some(about(to)), none()),
            Self::RootShared => ("root_shared", None, none()),
            Self::Voided(seat) => ("voided", Some(about(seat)), none()),
            Self::WorkMoved(site) => ("work_moved", None, site.to_owned()),
            Self::WorkAccepted(seat) => ("work_accepted", Some(about(seat)), none()),
            Self::WorkDeclined(seat) => ("work_declined", Some(about(seat)), none()),
        }
    }
}

/// Of which list the codes in the reason of an event are; a reason that was typed is of none.
pub(crate) fn list_of(what: &str) -> Option<&'static str> {
    match what {
        "admitted" | "worker_added" | "admitted_again" | "roles_changed" => Some("role"),
        "removed" => Some("removal_reason"),
        _ => None,
    }
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(" ")
}

impl App {
    /// An event of now, by this worker.
    pub(crate) fn event(&self, event: Event<'_>) -> AuditRow {
        let stamp = self.ports.clock.stamp();
        let (what, about, why) = event.parts();
        AuditRow {
            at_ms: stamp.at_ms,
            offset_min: stamp.offset_min,
            seat: self.me.seat,
            what: what.to_owned(),
            about,
            why,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_event_has_words_and_every_one_of_a_member_says_whom() {
        let schema = tern_form::Schema::embedded().unwrap();
        let list = schema.codelist("audit_event").unwrap();
        let (record, seat) = (RecordId::new([1; 16]), SeatId::new([2; 16]));
        let of_a_member = [
            Event::Admitted(seat, &[Role::Auditor]),
            Event::WorkerAdded(seat, &[Role::Auditor]),
            Event::AdmittedAgain(seat, &[Role::Auditor]),
            Event::RolesChanged(seat, &[Role::Auditor]),
            Event::SheetUsed(seat),
            Event::Removed(seat, "lost"),
            Event::SheetEnded(seat),
            Event::WordsRecovered(seat),
            Event::KeysReturned(seat),
            Event::SheetMade(seat),
            Event::Drill(seat),
            Event::RootLent(seat),
            Event::Voided(seat),
            Event::WorkAccepted(seat),
            Event::WorkDeclined(seat),
        ];
        let others = [
            Event::ReadRestricted(record, "why"),
            Event::Stopped(None, Rule::ALL[0]),
            Event::Blocked(record, "why"),
            Event::Exported(record, Reader::Child),
            Event::EntryMovedAway(record),
            Event::EntryMovedHere(record),
            Event::RollCall { here: 1, of: 2 },
            Event::ShiftTaken,
            Event::SiteOpened,
            Event::KeysLeftBehind,
            Event::RootShared,
            Event::WorkMoved("Velmar"),
        ];
        for event in of_a_member.into_iter().chain(others) {
            let (what, _, why) = event.parts();
            assert!(list.codes.iter().any(|code| code.code == what), "{what}");
            let Some(codes) = list_of(what) else { continue };
            let known = schema.codelist(codes).unwrap();
            assert!(known.codes.iter().any(|code| code.code == why), "{what}: {why}");
        }
        assert!(of_a_member.iter().all(|event| event.parts().1 == Some(About::Seat(seat))));
    }
}
