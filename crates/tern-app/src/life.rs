//! A record as rules, tasks and the board read it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tern_doc::Change;
use tern_record::age::is_child;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::FuzzyDate;
use tern_record::life::Life;
use tern_record::profile::Profile;
use tern_record::rule::BIRTH;
use tern_record::{ClockFlag, Compartment, Held, MergeRule, Path, RecordId, Scalar, Stamp};

use crate::Reply;
use crate::app::App;
use crate::record::Record;

/// Milliseconds in which what one worker typed is still a slip that this worker takes out again.
const SLIP_MS: i64 = 10 * 60 * 1000;

impl App {
    /// What stands in a record, as far as these compartments; what is restricted never reaches lists (D-28).
    pub(crate) fn life(&self, record: &Record, through: Compartment) -> Life {
        self.life_with(record, through, &[])
    }

    /// The same with changes on top that are not made yet.
    pub(crate) fn life_with(&self, record: &Record, through: Compartment, puts: &[(Path, Scalar)]) -> Life {
        let mut answers: BTreeMap<Path, Scalar> = BTreeMap::new();
        let mut disputes = 0;
        for (_, document) in record.docs.iter().filter(|(compartment, _)| **compartment <= through) {
            for path in document.paths() {
                let held = document.held_folded(&path, self.schema.rule(&path));
                if held.is_disputed() {
                    let field = self.schema.field_at(&path);
                    disputes += u32::from(field.is_some_and(|field| field.rule == MergeRule::Both));
                }
                if let Some((path, value)) = proposed(&path, &held) {
                    answers.insert(path, value);
                }
                if let Some(value) = held.shown() {
                    answers.insert(path, value.clone());
                }
            }
        }
        for (path, value) in puts {
            if self.schema.compartment(path).is_some_and(|compartment| compartment <= through) {
                answers.insert(path.clone(), value.clone());
            }
        }
        let births = match puts.iter().any(|(path, _)| is_birth(path)) {
            true => births_with(record, &answers, puts),
            false => self.births(record),
        };
        let mut life = Life::read(answers, births);
        life.births_said = births_said(record);
        life.disputes = disputes;
        life.was_without_parents = was_without_parents(record);
        life.steps_said = steps_said(record);
        life.begun =
            record.begun().map(|(_, stamp)| stamp).filter(|stamp| stamp.clock == ClockFlag::Sure).map(day);
        life
    }

    /// Answers that protect, in the rows that a change touches, that this worker alone gave, and all of it within the
    /// last minutes: a no, a mark of danger.
    pub(crate) fn just_said(&self, record: &Record, puts: &[(Path, Scalar)]) -> BTreeSet<String> {
        let said: BTreeSet<String> = puts.iter().flat_map(|(path, _)| protecting(path)).collect();
        if said.is_empty() {
            return BTreeSet::new();
        }
        let now = self.ports.clock.now_ms();
        let changes: Vec<Change> = record.docs.values().flat_map(tern_doc::Document::history).collect();
        let today = self.ports.today();
        let is_slip = |path: &String| {
            let protects = |change: &&Change| match path.as_str() {
                BIRTH => makes_a_child(change, today),
                path => protects(change, path),
            };
            let mut by = changes.iter().filter(protects).peekable();
            by.peek().is_some()
                && by.all(|change| {
                    change.by == self.me.worker && (0..=SLIP_MS).contains(&(now - change.stamp.at_ms))
                })
        };
        said.into_iter().filter(is_slip).collect()
    }

    /// The ages and days that this site's country sets.
    pub(crate) fn profile(&self) -> Profile {
        Profile { country: Some(self.named("country")), ..self.profile_of_country.clone() }
    }

    /// The profile that counts for the country of this site, for ages, days, the board and the helpline alike. Of several
    /// it is the one of which something was stated last; where that is the same moment, the one with the greater id.
    pub(crate) fn country_record(&mut self) -> Reply<Option<RecordId>> {
        let country = self.named("country");
        let mut best: Option<(i64, RecordId)> = None;
        for (id, _) in self.vault.things("country_profile")? {
            let stated = self.with_record(id, |app, record| {
                let of = record.shown(&app.schema, "profile.country");
                let is_here = of.as_ref().and_then(Scalar::as_text) == Some(country.as_str());
                let core = record.docs.get(&Compartment::Core).filter(|_| is_here);
                Ok(core.and_then(tern_doc::Document::span).map(|span| span.1.at_ms))
            })?;
            best = best.max(stated.map(|at_ms| (at_ms, id)));
        }
        Ok(best.map(|(_, id)| id))
    }

    /// Reads the country profile again.
    pub(crate) fn read_profile(&mut self) -> Reply<()> {
        self.profile_of_country = match self.country_record()? {
            Some(id) => {
                self.with_record(id, |app, record| Ok(Profile::read(&app.life(record, Compartment::Core))))?
            }
            None => Profile::default(),
        };
        Ok(())
    }

    /// What a record is of: `child`, `facility` … The forms of its answers say so.
    pub(crate) fn kind_of(&self, record: &Record) -> String {
        let path = record.docs.get(&Compartment::Core).and_then(tern_doc::Document::first_path);
        let form = path.and_then(|path| self.schema.field_at(path).map(|field| field.form.clone()));
        let kind = form.and_then(|form| self.schema.form(&form).map(|form| form.record.clone()));
        kind.unwrap_or_else(|| "child".to_owned())
    }
}

/// The day on which something was proposed: its change says it, no field does.
fn proposed(path: &Path, held: &Held<Scalar>) -> Option<(Path, Scalar)> {
    let (list, row) = (path.list()?, path.entity()?);
    if list != crate::propose::LIST || !path.field().starts_with("about") {
        return None;
    }
    let (Held::Settled(said) | Held::Disputed { shown: said, .. }) = held else { return None };
    let on = Path::new(&format!("{list}/{row}/proposed_on")).ok()?;
    Some((on, Scalar::from(day(said.at).to_string().as_str())))
}

/// Answers that protect in the row of a path.
fn protecting(path: &Path) -> Vec<String> {
    let fields: &[&str] = match path.list() {
        Some("consents") => &["status", "child_assent"],
        _ if is_birth(path) => return vec![BIRTH.to_owned()],
        Some("relations") => &tern_record::rule::MARKS,
        _ => &[],
    };
    let row = path.list().zip(path.entity());
    let paths = row.map(|(list, id)| fields.iter().map(move |field| format!("{list}/{id}/{field}")));
    paths.into_iter().flatten().collect()
}

/// The change says a no, or marks somebody, at this path.
fn protects(change: &Change, path: &str) -> bool {
    change.puts.iter().filter(|put| put.path.as_str() == path).any(|put| {
        put.after.as_bool() == Some(true)
            || matches!(put.after.as_text(), Some("refused" | "withdrawn" | "dissent"))
    })
}

/// A claim of the birth date, or that a row of claims is taken out.
fn is_birth(path: &Path) -> bool {
    path.as_str() == "dob" || path.list() == Some("dob_claims") && matches!(path.field(), "dob" | "removed")
}

fn birth(value: &Scalar) -> Option<FuzzyDate> {
    FuzzyDate::from_bytes(value.as_bytes()?).ok()
}

/// The claims that stand among answers, what devices differ on with every voice, once these puts are made.
fn births_with(record: &Record, answers: &BTreeMap<Path, Scalar>, puts: &[(Path, Scalar)]) -> Vec<FuzzyDate> {
    let is_out = |path: &Path| {
        let removed = path.entity().and_then(|row| Path::new(&format!("dob_claims/{row}/removed")).ok());
        removed.and_then(|removed| answers.get(&removed)).is_some_and(|value| !value.is_null())
    };
    let voices = |path: &Path| match puts.iter().rev().find(|(put, _)| put == path) {
        Some((_, value)) => vec![value.clone()],
        None => {
            let folded = record.docs.get(&Compartment::Core).map(|document| document.folded(path));
            folded.into_iter().flatten().map(|said| said.value).collect()
        }
    };
    let claims = answers.keys().filter(|path| is_birth(path) && !is_out(path));
    claims.flat_map(voices).filter_map(|value| birth(&value)).collect()
}

/// Every birth date that anybody ever claimed.
fn births_said(record: &Record) -> Vec<FuzzyDate> {
    let Some(document) = record.docs.get(&Compartment::Core) else { return Vec::new() };
    let claims = document.paths().into_iter().filter(is_birth);
    claims.flat_map(|path| document.ever(&path)).filter_map(|value| birth(&value)).collect()
}

/// The change claims a birth date by which somebody is a child.
fn makes_a_child(change: &Change, today: Date) -> bool {
    let claims = change.puts.iter().filter(|put| is_birth(&put.path)).filter_map(|put| birth(&put.after));
    claims.into_iter().any(|born| is_child(today, [&born]))
}

/// Any answer that was ever given to who is with the child, but *accompanied*.
fn was_without_parents(record: &Record) -> bool {
    let (Some(document), Ok(path)) = (record.docs.get(&Compartment::Core), Path::new("accompaniment")) else {
        return false;
    };
    document.ever(&path).iter().any(|value| value.as_text().is_some_and(|code| code != "accompanied"))
}

/// Every answer that was ever given to how far the birth registration is.
fn steps_said(record: &Record) -> Vec<String> {
    let (Some(document), Ok(path)) = (record.docs.get(&Compartment::Core), Path::new("birth.step")) else {
        return Vec::new();
    };
    document.ever(&path).iter().filter_map(|step| step.as_text().map(str::to_owned)).collect()
}

/// The day of a moment, where it was stated.
pub(crate) fn day(stamp: Stamp) -> Date {
    crate::ports::civil_day(stamp.at_ms, stamp.offset_min)
}
