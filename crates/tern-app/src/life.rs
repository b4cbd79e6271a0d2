//! A record as rules, tasks and the board read it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tern_doc::Change;
use tern_record::life::Life;
use tern_record::profile::Profile;
use tern_record::{Compartment, Held, Path, Scalar, Stamp};

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
                let held = document.held_folded(&path, &self.schema.rule(&path));
                let settled_by_people = self
                    .schema
                    .field_at(&path)
                    .is_some_and(|field| field.rule == tern_record::MergeRule::Both);
                disputes += u32::from(held.is_disputed() && settled_by_people);
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
        let mut births = self.births(record);
        births.extend(
            puts.iter()
                .filter(|(path, _)| path.form_key() == "dob")
                .filter_map(|(_, value)| tern_record::cbor::Canonical::from_bytes(value.as_bytes()?).ok()),
        );
        let mut life = Life::read(answers, births);
        life.disputes = disputes;
        life.was_without_parents = was_without_parents(record);
        life.steps_said = steps_said(record);
        life.begun =
            record.docs.get(&Compartment::Core).and_then(tern_doc::Document::span).map(|span| day(span.0));
        life
    }

    /// Rows of these paths that this worker alone typed, and all of it within the last minutes.
    pub(crate) fn just_typed<'a>(
        &self,
        record: &Record,
        paths: impl Iterator<Item = &'a Path>,
    ) -> BTreeSet<(String, String)> {
        let rows: BTreeSet<(&str, &str)> =
            paths.filter_map(|path| Some((path.list()?, path.entity()?))).collect();
        if rows.is_empty() {
            return BTreeSet::new();
        }
        let now = self.ports.clock.now_ms();
        let changes: Vec<Change> = record.docs.values().flat_map(tern_doc::Document::history).collect();
        let is_slip = |row: &(&str, &str)| {
            let mut touched = changes.iter().filter(|change| touches_row(change, *row)).peekable();
            let is_known = touched.peek().is_some();
            is_known
                && touched.all(|change| {
                    change.by == self.me.worker && (0..=SLIP_MS).contains(&(now - change.stamp.at_ms))
                })
        };
        let typed = rows.into_iter().filter(is_slip);
        typed.map(|(list, id)| (list.to_owned(), id.to_owned())).collect()
    }

    /// The ages and days that this site's country sets.
    pub(crate) fn profile(&self) -> Profile {
        Profile { country: Some(self.named("country")), ..self.profile_of_country.clone() }
    }

    /// Reads the country profile again: the newest record for the country of this site.
    pub(crate) fn read_profile(&mut self) -> Reply<()> {
        let country = self.named("country");
        let mut found = Profile::default();
        for (id, _) in self.vault.things("country_profile")? {
            let profile =
                self.with_record(id, |app, record| Ok(Profile::read(&app.life(record, Compartment::Core))))?;
            if profile.country.as_deref() == Some(&country) {
                found = profile;
            }
        }
        self.profile_of_country = found;
        Ok(())
    }

    /// What a record is of: `child`, `facility` … The forms of its answers say so.
    pub(crate) fn kind_of(&self, record: &Record) -> String {
        let path =
            record.docs.get(&Compartment::Core).and_then(|document| document.paths().into_iter().next());
        let form = path.and_then(|path| self.schema.field_at(&path).map(|field| field.form.clone()));
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

fn touches_row(change: &Change, row: (&str, &str)) -> bool {
    change.puts.iter().any(|put| put.path.list().zip(put.path.entity()) == Some(row))
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
