//! The next child of a family, and families that join, part and move.
//!
//! Of a brother or sister only two answers are taken over, marked as copied: where from, and the languages. Persons with
//! the child only as far as the worker says that they are the same. Never an agreement, a paper, a relation, a status or
//! anything of a birth.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use tern_form::check::Answers;
use tern_record::{Cause, Compartment, EntityId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, New};
use crate::failure::{Code, Failure};
use crate::tally::{own, row_put};
use crate::view::{BeginNext, DraftView, FamilyPersonView, HouseholdMove, UpdatedView};

/// The kind of record.
const HOUSEHOLD: &str = "household";
/// Who may be with two children: adults. Brothers, friends and a husband are each child's own answer.
const SAME_PERSONS: [&str; 4] = ["parent", "guardian", "relative", "unrelated_adult"];

impl App {
    /// Adults with a child, of whom the worker can say that they are with the next child too.
    pub fn family_persons(&mut self, id: &str) -> Reply<Vec<FamilyPersonView>> {
        let record = self.resolve(id)?;
        self.with_seen(record, |app, opened| {
            let rows = opened.rows(&app.schema, "companions").into_iter().filter_map(|(row, fields)| {
                let claim = fields.get("claim")?.as_text()?;
                if !SAME_PERSONS.contains(&claim) {
                    return None;
                }
                let path = Path::new(&format!("companions/{row}/claim")).ok()?;
                Some(FamilyPersonView {
                    claim: app.print(&path, fields.get("claim")?),
                    description: fields.get("description").and_then(Scalar::as_text).map(str::to_owned),
                    row,
                })
            });
            Ok(rows.collect())
        })
    }

    /// Begins the form of the next child of a family.
    pub fn begin_next(&mut self, ask: &BeginNext) -> Reply<DraftView> {
        let first = self.resolve(&ask.of)?;
        self.vault.find_child(first)?.ok_or(Code::UnknownChild)?;
        let wanted: BTreeSet<&str> = ask.persons.iter().map(String::as_str).collect();
        let answers = self.with_seen(first, |app, opened| {
            let mut answers = Answers::new();
            if let Some(place) = opened.shown(&app.schema, "where_from") {
                answers.insert("where_from".into(), place);
            }
            for (at, (_, fields)) in (1..).zip(opened.rows(&app.schema, "languages")) {
                if let Some(language) = fields.get("language") {
                    answers.insert(format!("languages/+{at}/language"), language.clone());
                }
            }
            let persons = opened.rows(&app.schema, "companions").into_iter().filter(|(row, fields)| {
                let claim = fields.get("claim").and_then(Scalar::as_text);
                wanted.contains(row.as_str()) && claim.is_some_and(|claim| SAME_PERSONS.contains(&claim))
            });
            let persons: Vec<_> = persons.collect();
            if persons.len() < wanted.len() {
                return Err(Failure::about(Code::UnknownRow, ["companions".to_owned()]));
            }
            for (at, (_, fields)) in (1..).zip(persons) {
                for field in ["claim", "description"] {
                    if let Some(value) = fields.get(field) {
                        answers.insert(format!("companions/+{at}/{field}"), value.clone());
                    }
                }
                answers.insert("companions_answered".into(), Scalar::from("listed"));
            }
            let other = short::long_text(first.as_bytes());
            answers.insert("family.copied_from".into(), Scalar::from(other.as_str()));
            answers.insert("relations/+1/child".into(), Scalar::from(other.as_str()));
            answers.insert("relations/+1/verified".into(), Scalar::from("claimed"));
            let sex = opened.shown(&app.schema, "sex");
            let sex = sex.as_ref().and_then(Scalar::as_text);
            answers.insert("relations/+1/kind".into(), Scalar::from(kinship(ask.sibling, sex)));
            if ask.sibling {
                answers.insert("relations/+1/keep_together".into(), Scalar::Bool(true));
            }
            Ok(answers)
        })?;
        self.begin_draft_with(&answers)
    }

    /// The same tie from the other child's side, when a child that was begun as the next of a family is numbered.
    pub(crate) fn other_sides(&self, answers: &Answers, child: RecordId) -> Reply<Option<New>> {
        let first =
            answers.get("family.copied_from").and_then(Scalar::as_text).and_then(short::from_long_text);
        let kind = answers.get("relations/+1/kind").and_then(Scalar::as_text);
        let (Some(first), Some(kind)) = (first, kind) else { return Ok(None) };
        let sibling = kind != "other_relative";
        let sex = answers.get("sex").and_then(Scalar::as_text);
        let row = self.draw(EntityId::make_random);
        let other = Scalar::from(short::long_text(child.as_bytes()).as_str());
        let mut puts = vec![
            row_put("relations", &row, "kind", Scalar::from(kinship(sibling, sex)))?,
            row_put("relations", &row, "child", other)?,
            row_put("relations", &row, "verified", Scalar::from("claimed"))?,
        ];
        if sibling {
            puts.push(row_put("relations", &row, "keep_together", Scalar::Bool(true))?);
        }
        Ok(Some(New { id: RecordId::new(first), steps: vec![(Cause::Typed, puts)] }))
    }

    /// Children join a household, leave it, or a whole household moves into another: each keeps what was before, with
    /// days.
    pub fn household_move(&mut self, ask: &HouseholdMove) -> Reply<UpdatedView> {
        let today = self.ports.today();
        let on = match ask.on.as_deref() {
            None => today,
            Some(day) => day.parse::<Date>().ok().filter(|day| *day <= today).ok_or_else(impossible_day)?,
        };
        let from = ask.whole.as_deref().map(|id| self.thing_of_kind(id, HOUSEHOLD)).transpose()?;
        let mut children: BTreeSet<RecordId> =
            ask.children.iter().map(|id| self.resolve(id)).collect::<Reply<_>>()?;
        if let Some(from) = from {
            children.extend(self.members_of(from)?.into_keys());
        }
        if children.is_empty() {
            return Err(Code::NotInHousehold.into());
        }
        let mut puts: BTreeMap<RecordId, Vec<(Path, Scalar)>> = BTreeMap::new();
        let to = self.household_to(ask, &mut puts)?;
        for child in &children {
            self.move_child(*child, to, on, &mut puts)?;
        }
        if to.is_none() {
            // Who is in no household leaves none.
            children.retain(|child| puts.contains_key(child));
            if children.is_empty() {
                return Err(Code::NotInHousehold.into());
            }
        }
        if let (Some(from), Some(to)) = (from, to)
            && from != to
        {
            let into = Scalar::from(short::long_text(to.as_bytes()).as_str());
            puts.entry(from).or_default().push(own("household.merged_into", into)?);
        }
        let new = puts.into_iter().map(|(id, puts)| New { id, steps: vec![(Cause::Typed, puts)] });
        let changes = self.put_together(new.collect(), &Along::default())?;
        let count = serde_json::json!({ "count": children.len() });
        let word = if to.is_some() { "household-moved" } else { "household-left" };
        Ok(UpdatedView { text: self.text.say(word, &count), children: children.len(), changes })
    }

    /// The household that is moved into: one that is there, or a new one.
    fn household_to(
        &mut self,
        ask: &HouseholdMove,
        puts: &mut BTreeMap<RecordId, Vec<(Path, Scalar)>>,
    ) -> Reply<Option<RecordId>> {
        if let Some(to) = ask.to.as_deref() {
            let to = self.thing_of_kind(to, HOUSEHOLD)?;
            // A household that moved into another is no place any more.
            let merged = |app: &mut Self, opened: &mut crate::record::Record| {
                Ok(opened.shown(&app.schema, "household.merged_into").is_some_and(|into| !into.is_null()))
            };
            return if self.with_record(to, merged)? { Err(Code::UnknownList.into()) } else { Ok(Some(to)) };
        }
        let name = ask.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let unit = ask.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
        if name.is_none() && unit.is_none() {
            return Ok(None);
        }
        let id = self.draw(RecordId::make_random);
        let mut all = Vec::new();
        for (field, value) in [("household.name", name), ("household.unit", unit)] {
            if let Some(value) = value {
                all.push(self.put_of(field, value)?);
            }
        }
        puts.insert(id, all);
        Ok(Some(id))
    }

    /// Ends where a child was and begins where it is, in its own record and in both households.
    fn move_child(
        &mut self,
        child: RecordId,
        to: Option<RecordId>,
        on: Date,
        puts: &mut BTreeMap<RecordId, Vec<(Path, Scalar)>>,
    ) -> Reply<()> {
        let day = Scalar::from(on.to_string().as_str());
        let here: Vec<(String, RecordId)> = self.with_record(child, |app, opened| {
            let life = app.life(opened, Compartment::Core);
            let born = life.protective_birth();
            let rows = opened.rows(&app.schema, "household_history");
            let days = rows.iter().flat_map(|(_, fields)| ["from", "to"].map(|end| fields.get(end)));
            let since = days.filter_map(|day| day?.as_text()?.parse::<Date>().ok()).max();
            // Nobody moves before the last move, or before being born.
            if since.is_some_and(|since| on < since) || born.is_some_and(|born| on < born.earliest()) {
                return Err(impossible_day());
            }
            let now = rows.into_iter().filter(|(_, fields)| !fields.contains_key("to"));
            Ok(now
                .filter_map(|(row, fields)| {
                    let id = short::from_long_text(fields.get("household")?.as_text()?)?;
                    Some((row, RecordId::new(id)))
                })
                .collect())
        })?;
        if to.is_some_and(|to| here.iter().any(|(_, household)| *household == to)) {
            return Ok(());
        }
        for (row, household) in here {
            puts.entry(child).or_default().push(path_put("household_history", &row, "to", day.clone())?);
            if let Some(member) = self.members_of(household)?.get(&child) {
                puts.entry(household).or_default().push(path_put(
                    "household_members",
                    member,
                    "to",
                    day.clone(),
                )?);
            }
        }
        let Some(to) = to else { return Ok(()) };
        let text = |id: RecordId| Scalar::from(short::long_text(id.as_bytes()).as_str());
        let (row, member) = (self.draw(EntityId::make_random), self.draw(EntityId::make_random));
        puts.entry(child).or_default().extend([
            row_put("household_history", &row, "household", text(to))?,
            row_put("household_history", &row, "from", day.clone())?,
        ]);
        puts.entry(to).or_default().extend([
            row_put("household_members", &member, "child", text(child))?,
            row_put("household_members", &member, "from", day)?,
        ]);
        Ok(())
    }

    /// Children who are in a household now, with their rows.
    fn members_of(&mut self, household: RecordId) -> Reply<BTreeMap<RecordId, String>> {
        self.with_record(household, |app, opened| {
            let rows = opened.rows(&app.schema, "household_members").into_iter();
            let now = rows.filter(|(_, fields)| !fields.contains_key("to"));
            Ok(now
                .filter_map(|(row, fields)| {
                    let id = short::from_long_text(fields.get("child")?.as_text()?)?;
                    Some((RecordId::new(id), row))
                })
                .collect())
        })
    }
}

fn impossible_day() -> Failure {
    Failure::about(Code::Form("impossible-date".into()), ["on".to_owned()])
}

/// What a child of this sex is to another of its family.
fn kinship(sibling: bool, sex: Option<&str>) -> &'static str {
    match (sibling, sex) {
        (true, Some("F")) => "sister",
        (true, Some("M")) => "brother",
        (true, _) => "sibling",
        (false, _) => "other_relative",
    }
}

fn path_put(list: &str, row: &str, field: &str, value: Scalar) -> Reply<(Path, Scalar)> {
    let path = Path::new(&format!("{list}/{row}/{field}")).map_err(|_| Failure::from(Code::UnknownField))?;
    Ok((path, value))
}
