//! The family of a child: relatives as said and as checked, who lives together, and looking for family.
//!
//! What became of a relative is told only once the child has been told (PROTECTION 1.17), and then it says so; nothing
//! is said of the living either, so that silence says nothing. Why somebody is not to be contacted is never here.

use std::collections::BTreeSet;

use serde_json::json;
use tern_record::life::{Life, Row, code, day, yes};
use tern_record::right::Topic;
use tern_record::{Cause, Compartment, EntityId, Path, RecordId, Scalar, Tier, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, New};
use crate::failure::{Code, Failure};
use crate::propose::ABOUT;
use crate::view::{
    ChildLineView, FamilyView, HouseholdView, KeepTogether, MatchView, RelativeView, RowLineView,
    SameFactView, TracingView, UpdatedView,
};

impl App {
    /// The family of a child.
    pub fn family(&mut self, id: &str) -> Reply<FamilyView> {
        let record = self.resolve(id)?;
        let child = self.line_of(record)?.ok_or(Code::UnknownChild)?;
        let life = self.with_seen(record, |app, opened| Ok(app.life(opened, Compartment::Protection)))?;
        // That somebody is to be spoken with first protects, whoever reads why.
        let sealed = self.with_record(record, |app, opened| Ok(app.life(opened, Compartment::Restricted)))?;
        let waiting = self.waiting_paths(&life);
        let mut people = Vec::new();
        for (row, fields) in life.rows("relations") {
            people.push(self.relative(row, fields, &waiting)?);
        }
        people.sort_by_key(|person| (-person.generation, nearness(&person.kind), person.row.clone()));
        let tracing = match self.sees_topic(Topic::Tracing, Tier::T3) {
            true => Some(self.requests(record, &life, &sealed, &waiting)?),
            false => None,
        };
        Ok(FamilyView {
            child,
            people,
            companions: self.companions_of(&life),
            household: self.household_of(record, &life)?,
            tracing,
        })
    }

    /// A child as lists show it, when its record is here.
    pub(crate) fn line_of(&self, record: RecordId) -> Reply<Option<ChildLineView>> {
        Ok(self.vault.find_child(record)?.map(|child| self.line(record, &child)))
    }

    fn linked(&self, row: &Row, field: &str) -> Reply<Option<ChildLineView>> {
        match code(row, field).map(|id| self.resolve(id)) {
            Some(Ok(record)) => self.line_of(record),
            _ => Ok(None),
        }
    }

    /// Paths that a proposal waits for.
    fn waiting_paths(&self, life: &Life) -> BTreeSet<String> {
        let open = |row: &Row| yes(row, "confirmed") != Some(true) && yes(row, "withdrawn") != Some(true);
        let waiting = life.rows("proposals").filter(|(_, row)| open(row));
        let about = |row: &Row| ABOUT.iter().find_map(|field| code(row, field).map(str::to_owned));
        waiting.filter_map(|(_, row)| about(row)).collect()
    }

    /// A value of a row in words; empty when there is none.
    pub(crate) fn cell_words(&self, list: &str, row: &str, fields: &Row, field: &str) -> String {
        self.row_words(list, row, fields, field)
    }

    fn relative(&self, row: &str, fields: &Row, waiting: &BTreeSet<String>) -> Reply<RelativeView> {
        let words = |field: &str| self.cell_words("relations", row, fields, field);
        let verified = code(fields, "verified").unwrap_or("claimed");
        let line = match verified {
            "consistent_stories" | "documents" | "tracing" | "dna" => "verified",
            "disproved" => "disproved",
            _ => "said",
        };
        let kind = code(fields, "kind").unwrap_or("unknown").to_owned();
        let kind_text = match words("kind") {
            words if words.is_empty() => self.text.word("family-kind-unknown"),
            words => words,
        };
        Ok(RelativeView {
            row: row.to_owned(),
            kind_text,
            name: Some(words("name")).filter(|name| !name.is_empty()),
            line: line.to_owned(),
            verified_text: self.text.word(&format!("family-line-{line}")),
            verified_on: day(fields, "verified_on").filter(|_| line == "verified").map(|on| on.to_string()),
            generation: generation(&kind),
            facts: self.facts_of(fields),
            speak_first: yes(fields, "speak_first") == Some(true),
            child: self.linked(fields, "child")?,
            together: yes(fields, "keep_together") == Some(true),
            waits: waiting.contains(&format!("relations/{row}/verified")),
            kind,
        })
    }

    fn facts_of(&self, fields: &Row) -> Vec<String> {
        let said = [
            ("lives_with", "family-lives-with"),
            ("is_primary_caregiver", "family-main-carer"),
            ("legal_responsibility", "family-responsible"),
        ];
        let mut facts: Vec<String> = said
            .into_iter()
            .filter(|(field, _)| yes(fields, field) == Some(true))
            .map(|(_, word)| self.text.word(word))
            .collect();
        let dead = matches!(code(fields, "life_status"), Some("deceased" | "presumed_dead"));
        if dead && yes(fields, "child_told") == Some(true) {
            facts.push(self.text.word("family-died-told"));
        }
        match yes(fields, "contact_allowed") {
            Some(true) => facts.push(self.text.word("family-contact-yes")),
            Some(false) => facts.push(self.text.word("family-contact-no")),
            None => {}
        }
        facts
    }

    fn companions_of(&self, life: &Life) -> Vec<String> {
        let line = |(row, fields): (&str, &Row)| {
            let words = |field: &str| self.cell_words("companions", row, fields, field);
            let parts = [words("claim"), words("description")].into_iter().filter(|part| !part.is_empty());
            let line = parts.collect::<Vec<_>>().join(": ");
            (!line.is_empty()).then_some(line)
        };
        life.rows("companions").filter_map(line).collect()
    }

    /// The household that has not ended, with the other children in it.
    fn household_of(&mut self, record: RecordId, life: &Life) -> Reply<Option<HouseholdView>> {
        let now = life.rows("household_history").filter(|(_, row)| day(row, "to").is_none());
        let latest = now.max_by_key(|(_, row)| day(row, "from"));
        let Some(household) = latest.and_then(|(_, row)| code(row, "household")) else { return Ok(None) };
        let Ok(household) = self.resolve(household) else { return Ok(None) };
        if self.reads_kind("household").is_err() {
            return Ok(None);
        }
        let (name, children) = self.with_record(household, |app, opened| {
            let name = opened.shown(&app.schema, "household.name");
            let home = app.life(opened, Compartment::Core);
            let members = home.rows("household_members").filter(|(_, row)| day(row, "to").is_none());
            let children: Vec<String> =
                members.filter_map(|(_, row)| code(row, "child").map(str::to_owned)).collect();
            Ok((name.and_then(|name| name.as_text().map(str::to_owned)), children))
        })?;
        let mut members = Vec::new();
        for other in children.iter().filter_map(|id| self.resolve(id).ok()).filter(|id| *id != record) {
            members.extend(self.line_of(other)?);
        }
        Ok(Some(HouseholdView {
            id: short::long_text(household.as_bytes()),
            name: name.unwrap_or_else(|| self.text.word("family-household")),
            members,
        }))
    }

    fn requests(
        &self,
        record: RecordId,
        life: &Life,
        sealed: &Life,
        waiting: &BTreeSet<String>,
    ) -> Reply<Vec<TracingView>> {
        let mut views = Vec::new();
        for (row, fields) in life.rows("tracing_requests") {
            let words = |field: &str| self.cell_words("tracing_requests", row, fields, field);
            let line = |list: &str, text: &str, hint: [&str; 2]| -> Vec<RowLineView> {
                let rows = life.rows_of(list, row);
                rows.map(|(id, fields)| RowLineView {
                    row: id.to_owned(),
                    text: self.cell_words(list, id, fields, text),
                    hint: hint
                        .map(|field| self.cell_words(list, id, fields, field))
                        .into_iter()
                        .filter(|part| !part.is_empty())
                        .collect::<Vec<_>>()
                        .join(" · "),
                })
                .collect()
            };
            let mut matches = Vec::new();
            for (id, fields) in life.rows_of("tracing_matches", row) {
                matches.push(self.match_of(record, id, fields, sealed, waiting)?);
            }
            views.push(TracingView {
                row: row.to_owned(),
                wish_text: words("wish"),
                status_text: words("status"),
                opened: words("opened_on"),
                sought: line("sought_persons", "relation", ["name", "last_place"]),
                actions: line("tracing_actions", "kind", ["on", "place"]),
                matches,
            });
        }
        Ok(views)
    }

    fn match_of(
        &self,
        record: RecordId,
        row: &str,
        fields: &Row,
        sealed: &Life,
        waiting: &BTreeSet<String>,
    ) -> Reply<MatchView> {
        let status = code(fields, "status").unwrap_or("suggested").to_owned();
        let asked_on = day(fields, "told_child_on");
        let speaks_first = sealed.rows("relations").any(|(_, person)| {
            yes(person, "danger") == Some(true) || yes(person, "speak_first") == Some(true)
        });
        let gaps = [
            (status != "verified", "family-not-verified"),
            (asked_on.is_none(), "family-child-not-asked"),
            (speaks_first, "family-speak-first"),
        ];
        let not_yet: Vec<String> =
            gaps.into_iter().filter(|(gap, _)| *gap).map(|(_, word)| self.text.word(word)).collect();
        let line = self.linked(fields, "record")?;
        let facts = match line.as_ref().map(|line| self.resolve(&line.id)) {
            Some(Ok(other)) => self.compared(record, other)?,
            _ => Vec::new(),
        };
        Ok(MatchView {
            row: row.to_owned(),
            status_text: self.text.word(&format!("match-{status}")),
            line,
            facts,
            asked_on: asked_on.map(|on| on.to_string()),
            waits: waiting.contains(&format!("tracing_matches/{row}/status")),
            may_be_told: not_yet.is_empty(),
            not_yet,
            status,
        })
    }

    /// What two records have in common, without saying what it is.
    fn compared(&self, one: RecordId, other: RecordId) -> Reply<Vec<SameFactView>> {
        let (one, other) = (self.vault.find_child(one)?, self.vault.find_child(other)?);
        Ok(one.zip(other).map(|(one, other)| crate::find::compare(&one, &other)).unwrap_or_default())
    }

    /// Says in both records that two children are not to be separated, or that they may be.
    pub fn keep_together(&mut self, ask: &KeepTogether) -> Reply<UpdatedView> {
        let record = self.resolve(&ask.id)?;
        let unknown = || Failure::from(Code::UnknownRow);
        let (other, sex) = self.with_record(record, |app, opened| {
            let life = app.life(opened, Compartment::Core);
            let row = life.rows("relations").find(|(row, _)| *row == ask.row).map(|(_, row)| row);
            let other = row.and_then(|row| code(row, "child")).map(str::to_owned);
            Ok((other, life.code("sex").map(str::to_owned)))
        })?;
        let other = self.resolve(&other.ok_or_else(unknown)?)?;
        let kind = self.with_record(record, |app, opened| {
            let life = app.life(opened, Compartment::Core);
            let row = life.rows("relations").find(|(row, _)| *row == ask.row).map(|(_, row)| row);
            Ok(row.and_then(|row| code(row, "kind")).map(str::to_owned))
        })?;
        let here = vec![(row_path(&ask.row, "keep_together")?, Scalar::Bool(ask.together))];
        let theirs = self.reverse_row(other, record, kind.as_deref(), sex.as_deref(), ask.together)?;
        let both =
            [(record, here), (other, theirs)].map(|(id, puts)| New { id, steps: vec![(Cause::Typed, puts)] });
        let changes = self.put_together(both.into(), &Along::default())?;
        let word = if ask.together { "family-together-said" } else { "family-together-taken-back" };
        let other = self.line_of(other)?;
        let name = other.map(|line| line.name.unwrap_or(line.short_id)).unwrap_or_default();
        Ok(UpdatedView { text: self.text.say(word, &json!({ "name": name })), changes, children: 2 })
    }

    /// The row of the other record that points back, with the flag; it begins where there is none.
    fn reverse_row(
        &mut self,
        other: RecordId,
        back: RecordId,
        kind: Option<&str>,
        sex: Option<&str>,
        together: bool,
    ) -> Reply<Vec<(Path, Scalar)>> {
        let own = short::long_text(back.as_bytes());
        let have = self.with_record(other, |app, opened| {
            let life = app.life(opened, Compartment::Core);
            let mut rows = life.rows("relations");
            Ok(rows.find(|(_, row)| code(row, "child") == Some(own.as_str())).map(|(row, _)| row.to_owned()))
        })?;
        if let Some(row) = have {
            return Ok(vec![(row_path(&row, "keep_together")?, Scalar::Bool(together))]);
        }
        let row = short::long_text(self.draw(EntityId::make_random).as_bytes());
        Ok(vec![
            (row_path(&row, "kind")?, Scalar::from(mirrored(kind, sex))),
            (row_path(&row, "child")?, Scalar::from(own.as_str())),
            (row_path(&row, "verified")?, Scalar::from("claimed")),
            (row_path(&row, "keep_together")?, Scalar::Bool(together)),
        ])
    }
}

fn row_path(row: &str, field: &str) -> Reply<Path> {
    Path::new(&format!("relations/{row}/{field}")).map_err(|_| Failure::from(Code::UnknownRow))
}

/// Above, beside or below the child.
fn generation(kind: &str) -> i8 {
    match kind {
        "brother" | "sister" | "half_sibling" | "cousin" | "spouse_or_partner" | "unrelated_child" => 0,
        "own_child" => -1,
        _ => 1,
    }
}

/// Parents first.
fn nearness(kind: &str) -> u8 {
    match kind {
        "mother" => 0,
        "father" => 1,
        "stepmother" | "stepfather" => 2,
        "grandmother" | "grandfather" => 3,
        "brother" | "sister" => 4,
        _ => 5,
    }
}

/// What the child is to the other: as said of the pair, no more.
fn mirrored(kind: Option<&str>, sex: Option<&str>) -> &'static str {
    match (kind, sex) {
        (Some("brother" | "sister"), Some("F")) => "sister",
        (Some("brother" | "sister"), Some("M")) => "brother",
        (Some("half_sibling"), _) => "half_sibling",
        (Some("cousin"), _) => "cousin",
        (Some("spouse_or_partner"), _) => "spouse_or_partner",
        (Some("own_child"), Some("F")) => "mother",
        (Some("own_child"), Some("M")) => "father",
        (Some("mother" | "father"), _) => "own_child",
        (Some("unrelated_child"), _) => "unrelated_child",
        _ => "other_relative",
    }
}
