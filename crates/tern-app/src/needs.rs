//! What a cell of the board can be told, for one child or many, and taking it back.
//!
//! Every outcome is a change of the record like any other: an event of a service, a day, a row. Nothing here has
//! a state of its own.

use std::collections::BTreeSet;

use jiff::civil::Date;
use tern_record::need::Need;
use tern_record::right::Topic;
use tern_record::{Cause, Compartment, Path, RecordId, Scalar, Tier, short};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::view::{ChangeRef, OptionView, OutcomeView, UpdateNeed, UpdatedView};

mod outcomes;
mod puts;

use outcomes::{Does, Outcome, outcomes_of, service_type};
use puts::Puts;

fn need_of(code: &str) -> Reply<Need> {
    Need::from_code(code)
        .ok_or_else(|| Failure::about(Code::Form("wrong-code".to_owned()), ["need".to_owned()]))
}

impl App {
    /// What a cell of a need offers.
    pub fn outcomes(&self, need: &str) -> Reply<Vec<OutcomeView>> {
        let need = need_of(need)?;
        let language = self.text.language();
        let reasons = |list: &str| -> Vec<OptionView> {
            let list = self.schema.codelist(list);
            let codes = list.into_iter().flat_map(|list| list.codes.iter().map(move |code| (list, code)));
            codes
                .map(|(list, code)| OptionView {
                    code: code.code.clone(),
                    label: self
                        .schema
                        .texts()
                        .find(language, &list.message(&code.code))
                        .unwrap_or_else(|| code.label.clone()),
                })
                .collect()
        };
        let topic = crate::sight::topic_of_need(need);
        let may = |outcome: &Outcome| {
            let words = outcome.reasons.is_some() || outcome.asks_who || outcome.asks_words.is_some();
            let noted = match &outcome.does {
                Does::Note => Topic::Other,
                _ => topic,
            };
            self.writes_topic(topic, Tier::T2) && (!words || self.writes_topic(noted, Tier::T3))
        };
        let outcomes = outcomes_of(need).into_iter().filter(may);
        let views = outcomes.map(|outcome| OutcomeView {
            label: self.text.word(&self.outcome_word(need, outcome.code)),
            code: outcome.code.to_owned(),
            reasons: outcome.reasons.map(reasons).unwrap_or_default(),
            asks_who: outcome.asks_who,
            asks_words: outcome.asks_words.map(|words| self.text.word(&format!("outcome-asks-{words}"))),
            bulk: outcome.bulk,
        });
        Ok(views.collect())
    }

    fn outcome_word(&self, need: Need, outcome: &str) -> String {
        if outcome == "note" {
            return "outcome-note".to_owned();
        }
        format!("outcome-{}-{}", need.code(), outcome).replace('_', "-")
    }

    /// Writes what was learned about a need into the record of each child.
    pub fn update_need(&mut self, ask: &UpdateNeed) -> Reply<UpdatedView> {
        let need = need_of(&ask.need)?;
        let wrong = |path: &str, code: &str| Failure::about(Code::Form(code.to_owned()), [path.to_owned()]);
        let outcome = outcomes_of(need)
            .into_iter()
            .find(|outcome| outcome.code == ask.outcome)
            .ok_or_else(|| wrong("outcome", "wrong-code"))?;
        let records = self.resolve_all(&ask.ids)?;
        if !outcome.bulk && records.len() > 1 {
            return Err(Code::OneByOne.into());
        }
        let asked = |given: &Option<String>| given.as_deref().is_none_or(|text| text.trim().is_empty());
        if outcome.reasons.is_some() && asked(&ask.reason)
            || outcome.asks_who && asked(&ask.who)
            || outcome.asks_words.is_some() && asked(&ask.words)
        {
            return Err(Code::ReasonNeeded.into());
        }
        let today = self.ports.today();
        let on = match &ask.on {
            Some(on) => on.parse::<Date>().map_err(|_| wrong("on", "impossible-date"))?,
            None => today,
        };
        if on > today {
            return Err(wrong("on", "impossible-date"));
        }
        let mut puts = Vec::with_capacity(records.len());
        for record in &records {
            puts.push((*record, self.outcome_puts(*record, need, &outcome, on, ask)?));
        }
        let text = self.update_text(need, &ask.outcome, &records)?;
        self.update_all(puts, text, vec![])
    }

    /// The records of these numbers, each once however often it is named.
    pub(crate) fn resolve_all(&self, ids: &[String]) -> Reply<Vec<RecordId>> {
        let mut seen = BTreeSet::new();
        let all: Vec<RecordId> = ids.iter().map(|id| self.resolve(id)).collect::<Reply<_>>()?;
        Ok(all.into_iter().filter(|record| seen.insert(*record)).collect())
    }

    /// Changes several records at once and tells what takes all of it back.
    pub(crate) fn update_all(
        &mut self,
        puts: Vec<(RecordId, Vec<(Path, Scalar)>)>,
        text: String,
        events: Vec<tern_store::audit::AuditRow>,
    ) -> Reply<UpdatedView> {
        let children = puts.len();
        let changes = self.put_all(puts, Cause::Typed, events)?;
        let told = changes.into_iter().map(|(record, change)| ChangeRef {
            child: short::long_text(record.as_bytes()),
            change: change.to_hex(),
        });
        Ok(UpdatedView { text, children, changes: told.collect() })
    }

    fn update_text(&self, need: Need, outcome: &str, records: &[RecordId]) -> Reply<String> {
        let label = self.text.word(&format!("need-{}", need.code().replace('_', "-")));
        let said = self.text.word(&self.outcome_word(need, outcome));
        let who = match records {
            [one] => {
                let child = self.vault.find_child(*one)?.unwrap_or_default();
                let name = self.line(*one, &child).name;
                name.unwrap_or_else(|| short::short_text(one.as_bytes()))
            }
            many => self.text.say("children-count", &serde_json::json!({ "count": many.len() })),
        };
        Ok(self.text.say("need-updated", &serde_json::json!({ "need": label, "who": who, "outcome": said })))
    }

    fn outcome_puts(
        &mut self,
        record: RecordId,
        need: Need,
        outcome: &Outcome,
        on: Date,
        ask: &UpdateNeed,
    ) -> Reply<Vec<(Path, Scalar)>> {
        let profile = self.profile();
        let (service, guardian, assessment) = self.with_record(record, |app, opened| {
            let life = app.life(opened, Compartment::Protection);
            let service = life
                .best_service(service_type(need), life.host(&profile))
                .map(|service| service.id.to_owned());
            let open_row = |list: &str, done: &str| {
                let mut rows = life.rows(list).filter(|(_, row)| !row.contains_key(done));
                rows.next().map(|(id, _)| id.to_owned())
            };
            Ok((service, open_row("guardianship", "ended_on"), open_row("bia", "completed_on")))
        })?;
        let mut puts = Puts { app: self, made: Vec::new() };
        let day = on.to_string();
        let reason = ask.reason.as_deref();
        match &outcome.does {
            Does::Event(state) => {
                let service = puts.service(service, service_type(need))?;
                puts.event(&service, state, &day, ask)?;
            }
            Does::Shelter(adequacy) => {
                let service = puts.service(service, "shelter")?;
                puts.put(&format!("services/{service}/adequacy"), adequacy)?;
                puts.event(&service, "receiving", &day, ask)?;
            }
            Does::Screen(field) => {
                let service = puts.service(service, service_type(need))?;
                puts.put(&format!("services/{service}/{field}"), &day)?;
            }
            Does::Guardian(field, status) => {
                let row = puts.row(guardian);
                puts.put(&format!("guardianship/{row}/status"), status)?;
                if !field.is_empty() {
                    puts.put(&format!("guardianship/{row}/{field}"), &day)?;
                }
                if let Some(reason) = reason {
                    puts.put(&format!("guardianship/{row}/delay_reason"), reason)?;
                }
            }
            Does::Birth(step) => puts.birth(step, &day, reason)?,
            Does::Assessment(field) => {
                let row = puts.row(assessment);
                puts.put(&format!("bia/{row}/{field}"), &day)?;
            }
            Does::Note => {}
        }
        if !matches!(outcome.does, Does::Event(_) | Does::Shelter(_)) {
            puts.note(need, &day, ask)?;
        }
        Ok(puts.made)
    }

    /// Puts children into a group of the site; an empty name takes them out of theirs.
    pub fn set_group(&mut self, ids: &[String], group: &str) -> Reply<UpdatedView> {
        let ids = self.resolve_all(ids)?;
        let said = serde_json::json!({ "count": ids.len(), "group": group.trim() });
        let word = if group.trim().is_empty() { "group-left" } else { "group-set" };
        let text = self.text.say(word, &said);
        self.put_same(&ids, "case.group", group.trim(), text)
    }

    /// This worker has the children in care from now on, or no longer.
    pub fn take_on(&mut self, ids: &[String], on: bool) -> Reply<UpdatedView> {
        let me = if on { self.name_of(self.me.worker, self.me.device).0 } else { String::new() };
        let ids = self.resolve_all(ids)?;
        let said = serde_json::json!({ "count": ids.len(), "who": me });
        let text = self.text.say(if on { "care-taken" } else { "care-left" }, &said);
        self.put_same(&ids, "case.worker", &me, text)
    }

    /// The same answer for several children; an empty one clears it.
    fn put_same(
        &mut self,
        records: &[RecordId],
        field: &str,
        value: &str,
        text: String,
    ) -> Reply<UpdatedView> {
        let path = Path::new(field).map_err(|_| Failure::from(Code::UnknownField))?;
        let value = if value.is_empty() { Scalar::Null } else { Scalar::from(value) };
        let same = |record: &RecordId| (*record, vec![(path.clone(), value.clone())]);
        let puts = records.iter().map(same).collect();
        self.update_all(puts, text, vec![])
    }
}
