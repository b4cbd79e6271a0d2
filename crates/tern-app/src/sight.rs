//! What this seat may put into a record and see of it: the one place that asks the table of rights.
//!
//! A change is held against it before anything is made ([`App::may_put`]), what comes from elsewhere at the gate
//! ([`App::might_put`]), and what is shown goes through a veil ([`App::with_seen`]): the documents stay whole, so that
//! rules and figures are worked out of all that this device has, and a view is made of what the reader may see.

mod may;
mod needs;

pub(crate) use needs::topic_of_need;

use std::collections::BTreeSet;

use tern_form::Field;
use tern_record::right::{INTAKE_DAYS, Read, Rights, Topic, What, Write};
use tern_record::{Compartment, Path, RecordId, Scalar, Tier, WorkerId};
use tern_store::child::ChildRow;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::view::ChildLineView;

const DAY_MS: i64 = 24 * 3600 * 1000;

/// Lists whose rows are services or belong to one.
const OF_SERVICES: [&str; 4] = ["services", "service_events", "service_inadequacies", "service_measures"];

/// What is true of one record for this reader.
#[derive(Clone, Copy)]
struct Stand {
    /// This worker began it within the last weeks.
    own: bool,
    /// It is in this worker's care, or in nobody's.
    mine: bool,
}

impl Stand {
    fn reads(self, read: Read) -> bool {
        match read {
            Read::No | Read::Late | Read::Band => false,
            Read::Own => self.own,
            Read::Caseload => self.mine,
            Read::Reason | Read::Yes => true,
        }
    }
}

impl App {
    /// The rights that the roster gives this seat now.
    pub(crate) fn rights_now(roster: &tern_seal::roster::Roster, seat: tern_record::SeatId) -> Rights {
        Rights::of(&roster.seats.get(&seat).map(|seat| seat.known_roles()).unwrap_or_default())
    }

    fn what<'a>(&'a self, field: &'a Field, service: Option<&'a str>) -> What<'a> {
        What {
            record: self.schema.record_of(field),
            form: &field.form,
            list: field.list.as_deref(),
            field: &field.id,
            tier: field.tier,
            service,
        }
    }

    /// The type of the service that a row is or belongs to, as it would be with these puts.
    fn service_at(&self, record: &Record, path: &Path, puts: &[(Path, Scalar)]) -> Option<String> {
        let (list, row) = (path.list().filter(|list| OF_SERVICES.contains(list))?, path.entity()?);
        let said = |path: String| -> Option<String> {
            let put = puts.iter().rev().find(|(at, value)| at.as_str() == path && !value.is_null());
            match put {
                Some((_, value)) => value.as_text().map(str::to_owned),
                None => record.shown(&self.schema, &path)?.as_text().map(str::to_owned),
            }
        };
        let service = if list == "services" { row.to_owned() } else { said(format!("{list}/{row}/of"))? };
        said(format!("services/{service}/type"))
    }

    /// Topic and tier of an answer; what no form knows goes with the rest of its compartment.
    fn about(&self, record: &Record, path: &Path, at: Compartment, puts: &[(Path, Scalar)]) -> (Topic, Tier) {
        self.about_with(path, at, self.service_at(record, path, puts).as_deref())
    }

    fn about_with(&self, path: &Path, at: Compartment, service: Option<&str>) -> (Topic, Tier) {
        match self.schema.field_at(path) {
            Some(field) => (self.what(field, service).topic(), field.tier),
            None => match at {
                Compartment::Core => (Topic::Other, Tier::T2),
                Compartment::Protection => (Topic::Other, Tier::T3),
                Compartment::Restricted => (Topic::Other, Tier::T4),
            },
        }
    }

    /// Refuses a change that no role of this seat may make, before anything is made of it.
    pub(crate) fn may_put(&self, record: &Record, puts: &[(Path, Scalar)]) -> Reply<()> {
        for (path, _) in puts {
            let Some(at) = self.schema.compartment(path) else { continue };
            for (topic, tier) in self.touched(record, path, at, puts) {
                let may = match self.rights.right(topic, tier).write {
                    Write::Yes | Write::Drop => true,
                    Write::No => false,
                    Write::Intake => self.is_intake(record),
                    Write::Caseload if self.is_in_care(record) => true,
                    Write::Caseload => return Err(about(Code::AskSupervisor, path)),
                };
                if !may {
                    return Err(about(Code::NoRight, path));
                }
            }
        }
        Ok(())
    }

    /// Whether a worker with these rights may have put these answers, as far as another device can tell: who has a child
    /// in care may have been somebody else when it was typed.
    pub(crate) fn might_put(
        &self,
        rights: &Rights,
        by: WorkerId,
        record: &Record,
        at: Compartment,
        puts: &[(Path, Scalar)],
    ) -> bool {
        let may = |(topic, tier)| match rights.right(topic, tier).write {
            Write::Yes | Write::Caseload | Write::Drop => true,
            Write::No => false,
            Write::Intake => self.was_intake_of(by, record),
        };
        puts.iter().all(|(path, _)| self.touched(record, path, at, puts).into_iter().all(may))
    }

    /// The same of one answer, where it is yes whatever stands in the record: the gate need not read it.
    pub(crate) fn might_always_put(&self, rights: &Rights, path: &Path, at: Compartment) -> bool {
        let always = |(topic, tier)| {
            matches!(rights.right(topic, tier).write, Write::Yes | Write::Caseload | Write::Drop)
        };
        let (topic, tier) = self.about_with(path, at, None);
        let of_services = path.list().is_some_and(|list| OF_SERVICES.contains(&list));
        always((topic, tier))
            && (!of_services || Topic::OF_SERVICES.into_iter().all(|topic| always((topic, tier))))
    }

    /// What a put is about. A service that changes its type is written as what it was and as what it will be.
    fn touched(
        &self,
        record: &Record,
        path: &Path,
        at: Compartment,
        puts: &[(Path, Scalar)],
    ) -> Vec<(Topic, Tier)> {
        let mut touched = vec![self.about(record, path, at, puts)];
        if path.list().is_some_and(|list| OF_SERVICES.contains(&list))
            && self.service_at(record, path, &[]).is_some()
        {
            touched.push(self.about(record, path, at, &[]));
        }
        touched
    }

    /// The record is being registered by this worker: it is new, was begun within the last day, or was only counted.
    pub(crate) fn is_intake(&self, record: &Record) -> bool {
        let Some((by, at)) = record.begun() else { return true };
        let age = self.ports.clock.now_ms().saturating_sub(at.at_ms);
        (by == self.me.worker && age < DAY_MS) || self.is_only_counted(record)
    }

    /// The same for another worker, whenever that was: clocks order nothing, and what others wrote before the first answers
    /// had come to them keeps these from nobody.
    fn was_intake_of(&self, by: WorkerId, record: &Record) -> bool {
        record.first_author().is_none_or(|began| began == by)
            || record.shown(&self.schema, "tally.arrival").is_some()
    }

    fn is_only_counted(&self, record: &Record) -> bool {
        record.shown(&self.schema, "tally.arrival").is_some() && !self.lacks(record).is_empty()
    }

    /// The child is in this worker's care, or in nobody's.
    pub(crate) fn is_in_care(&self, record: &Record) -> bool {
        let worker = record.shown(&self.schema, "case.worker");
        let worker = worker.as_ref().and_then(Scalar::as_text).unwrap_or_default().trim().to_lowercase();
        worker.is_empty() || worker == self.name_of(self.me.worker, self.me.device).0.trim().to_lowercase()
    }

    fn stand(&self, record: &Record) -> Stand {
        Stand { own: self.is_own(record), mine: self.is_in_care(record) }
    }

    /// This worker registered the child lately, or the child was only counted and anybody goes on.
    pub(crate) fn is_own(&self, record: &Record) -> bool {
        let own = record.begun().is_some_and(|(by, at)| by == self.me.worker && self.is_recent(at.at_ms));
        own || self.is_only_counted(record)
    }

    fn is_recent(&self, at_ms: i64) -> bool {
        self.ports.clock.now_ms().saturating_sub(at_ms) < INTAKE_DAYS * DAY_MS
    }

    /// Works on what this seat may see of a record, for reading alone.
    pub(crate) fn with_seen<T>(
        &mut self,
        id: RecordId,
        work: impl FnOnce(&mut Self, &mut Record) -> Reply<T>,
    ) -> Reply<T> {
        let mut record = self.open_record(id)?;
        self.veil(&mut record);
        let done = work(self, &mut record);
        record.docs.values_mut().for_each(|document| document.veil(BTreeSet::new()));
        self.close_record(record);
        done
    }

    /// Hides what this seat may not see. What is restricted stays behind its reason besides.
    fn veil(&self, record: &mut Record) {
        let whole = self.rights.reads_whole(&self.kind_of(record));
        let stand = self.stand(record);
        let mut veils = Vec::new();
        for (compartment, document) in &record.docs {
            if whole && *compartment < Compartment::Restricted {
                continue;
            }
            let hidden: BTreeSet<Path> = document
                .paths()
                .into_iter()
                .filter(|path| !self.sees(record, stand, path, *compartment))
                .collect();
            veils.push((*compartment, hidden));
        }
        for (compartment, hidden) in veils {
            if let Some(document) = record.docs.get_mut(&compartment) {
                document.veil(hidden);
            }
        }
    }

    fn sees(&self, record: &Record, stand: Stand, path: &Path, at: Compartment) -> bool {
        let (topic, tier) = self.about(record, path, at, &[]);
        let named = self.proposed_at(record, path).is_none_or(|about| {
            let at = self.schema.compartment(&about).unwrap_or(at);
            let (topic, tier) = self.about(record, &about, at, &[]);
            stand.reads(self.rights.right(topic, tier).read)
        });
        named && stand.reads(self.rights.right(topic, tier).read)
    }

    /// The answer that a proposal is about: whoever may not see the one does not see the other.
    fn proposed_at(&self, record: &Record, path: &Path) -> Option<Path> {
        if path.list() != Some(crate::propose::LIST) {
            return None;
        }
        let row = path.entity()?;
        let about = crate::propose::ABOUT.iter().find_map(|field| {
            record.shown(&self.schema, &format!("{}/{row}/{field}", crate::propose::LIST))
        })?;
        Path::new(about.as_text()?).ok()
    }

    /// Refuses a seat that has nothing to do with children.
    pub(crate) fn sees_children(&self) -> Reply<()> {
        if self.rights.sees_children() { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    /// Refuses a seat that may not read records of a kind.
    pub(crate) fn reads_kind(&self, kind: &str) -> Reply<()> {
        let what = What { record: kind, form: kind, list: None, field: "", tier: Tier::T2, service: None };
        let may = match kind {
            "child" => self.rights.sees_children(),
            _ => self.rights.reads(&what) > Read::No,
        };
        if may { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    /// Refuses a seat that may open nothing restricted of this record, before a reason is asked.
    pub(crate) fn may_open_restricted(&mut self, id: RecordId) -> Reply<()> {
        let rights = self.rights.clone();
        if !rights.opens_restricted() {
            return Err(Code::NoRight.into());
        }
        let others = [Topic::Other, Topic::HealthService, Topic::MhpssService, Topic::Tracing];
        let reads = |mine: bool| {
            let stand = Stand { own: false, mine };
            others.iter().any(|topic| stand.reads(rights.right(*topic, Tier::T4).read))
        };
        let in_care = self.with_record(id, |app, opened| Ok(app.is_in_care(opened)))?;
        if reads(in_care) { Ok(()) } else { Err(Code::AskSupervisor.into()) }
    }

    /// A child as this seat may see it in a list.
    pub(crate) fn seen_line(
        &self,
        record: RecordId,
        child: &ChildRow,
        mut line: ChildLineView,
    ) -> ChildLineView {
        if self.rights.reads_whole("child") {
            return line;
        }
        let own = || self.is_own_intake(record);
        let read = |topic, tier| self.rights.right(topic, tier).read;
        let sees = |read: Read| read == Read::Yes || read == Read::Own && own();
        let (name, age, other) =
            (read(Topic::Name, Tier::T2), read(Topic::Age, Tier::T2), read(Topic::Other, Tier::T2));
        if !sees(name) {
            // A registrar sees enough to tell that a child may be here already, and no more.
            let part = line.name.as_deref().and_then(|name| name.split_whitespace().next());
            line.name = part.filter(|_| name == Read::Own).map(str::to_owned);
            line.initials = line.name.as_deref().map(crate::show::initials).unwrap_or_default();
            line.names.clear();
        }
        if !sees(age) {
            let banded = matches!(age, Read::Band | Read::Own);
            line.band = crate::show::age(child, self.ports.today())
                .filter(|_| banded)
                .map(|age| self.age_band(age.years));
            line.age = None;
        }
        if !sees(other) {
            line.sex = None;
        }
        line
    }

    fn is_own_intake(&self, record: RecordId) -> bool {
        let Ok(Some((seat, at_ms))) = self.vault.begun_by(record) else { return false };
        let worker = self.roster.seats.get(&seat).map(|seat| seat.certificate.worker);
        worker == Some(self.me.worker) && self.is_recent(at_ms)
    }

    /// This seat looks children up by their names.
    pub(crate) fn reads_names(&self) -> bool {
        self.rights.right(Topic::Name, Tier::T2).read >= Read::Own
    }

    /// This seat may ask which records are of the same child, and is told enough to go and look.
    pub(crate) fn compares(&self) -> bool {
        self.rights.registers() || self.rights.right(Topic::Link, Tier::T2).read > Read::No
    }

    /// This seat reads answers about this, of every child.
    pub(crate) fn sees_topic(&self, topic: Topic, tier: Tier) -> bool {
        self.rights.right(topic, tier).read == Read::Yes
    }

    /// The same of one child, which a registrar may have registered.
    pub(crate) fn sees_topic_of(&self, record: RecordId, topic: Topic, tier: Tier) -> bool {
        let read = self.rights.right(topic, tier).read;
        read == Read::Yes || read == Read::Own && self.is_own_intake(record)
    }

    /// This seat writes answers about this, of every child.
    pub(crate) fn writes_topic(&self, topic: Topic, tier: Tier) -> bool {
        self.rights.right(topic, tier).write == Write::Yes
    }

    /// This seat sees photos.
    pub(crate) fn sees_photos(&self) -> bool {
        self.sees_topic(Topic::Photo, Tier::T3)
    }

    /// This seat adds photos.
    pub(crate) fn adds_photos(&self) -> bool {
        self.writes_topic(Topic::Photo, Tier::T3)
    }

    /// Refuses a seat that registers nobody.
    pub(crate) fn may_register(&self) -> Reply<()> {
        if self.rights.registers() { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    /// Refuses to go on with a registration that is over, where the seat does no more than register.
    pub(crate) fn may_interview(&mut self, record: RecordId) -> Reply<()> {
        self.may_register()?;
        let always = self.writes_topic(Topic::Name, Tier::T2);
        let goes_on = always || self.with_record(record, |app, opened| Ok(app.is_intake(opened)))?;
        if goes_on { Ok(()) } else { Err(Code::NoRight.into()) }
    }
}

fn about(code: Code, path: &Path) -> Failure {
    Failure::about(code, [path.form_key()])
}
