//! What a cell of the board can be told, for one child or many, and taking it back.
//!
//! Every outcome is a change of the record like any other: an event of a service, a day, a row. Nothing here has
//! a state of its own.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tern_record::need::Need;
use tern_record::{Cause, Compartment, EntityId, IntentId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::Along;
use crate::failure::{Code, Failure};
use crate::view::{ChangeRef, OptionView, OutcomeView, RollCall, UpdateNeed, UpdatedView};

/// What an outcome does to the record.
enum Does {
    /// An event of the service of this need.
    Event(&'static str),
    /// An event, and what it says of the shelter.
    Shelter(&'static str),
    /// The day of a screen, on the service of this type.
    Screen(&'static str),
    /// A day on the guardianship that is open, and how it stands.
    Guardian(&'static str, &'static str),
    /// A step of the birth registration.
    Birth(&'static str),
    /// A day on the assessment of best interests.
    Assessment(&'static str),
}

struct Outcome {
    code: &'static str,
    does: Does,
    /// List of reasons to choose from.
    reasons: Option<&'static str>,
    asks_who: bool,
    asks_words: Option<&'static str>,
    bulk: bool,
}

const fn plain(code: &'static str, does: Does) -> Outcome {
    Outcome { code, does, reasons: None, asks_who: false, asks_words: None, bulk: true }
}

const fn refused(does: Does) -> Outcome {
    Outcome {
        code: "refused",
        does,
        reasons: Some("denial_reason"),
        asks_who: true,
        asks_words: None,
        bulk: false,
    }
}

const fn with_words(code: &'static str, does: Does, words: &'static str) -> Outcome {
    Outcome { code, does, reasons: None, asks_who: false, asks_words: Some(words), bulk: false }
}

/// What the cells of a need offer, in the order of their number keys. "Not needed" is there for no bed, health,
/// mental health or birth registration (PROTECTION 1.32).
fn outcomes_of(need: Need) -> Vec<Outcome> {
    use Does::{Assessment, Birth, Event, Guardian, Screen, Shelter};
    match need {
        Need::Shelter => vec![
            plain("safe", Shelter("adequate")),
            plain("not_fit", Shelter("inadequate")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
        ],
        Need::Health => vec![
            plain("screened", Screen("screen_on")),
            plain("vaccinations", Screen("immunisation_review_on")),
            plain("treated", Event("receiving")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
        ],
        Need::Mhpss => vec![
            plain("screened", Screen("mhpss_screen_on")),
            plain("supported", Event("receiving")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
        ],
        Need::Education => vec![
            plain("attending", Event("receiving")),
            plain("enrolled", Event("accepted")),
            plain("asked", Event("referred")),
            refused(Event("denied")),
            plain("no_place", Event("unavailable")),
            with_words("not_taken_up", Event("declined_by_child"), "child-view"),
            with_words("not_needed", Event("no_longer_needed"), "reason"),
        ],
        Need::Guardian => vec![
            plain("asked", Guardian("requested_on", "requested")),
            plain("appointed", Guardian("appointed_on", "appointed")),
            Outcome {
                reasons: Some("guardianship_delay_reason"),
                ..plain("delayed", Guardian("", "needed"))
            },
        ],
        Need::BirthRegistration => vec![
            Outcome { bulk: false, ..plain("declared", Birth("declared")) },
            Outcome { bulk: false, ..plain("certificate_seen", Birth("certified")) },
            Outcome { bulk: false, ..plain("said_registered", Birth("registered")) },
            Outcome { bulk: false, ..plain("not_registered", Birth("not_registered")) },
            Outcome {
                bulk: false,
                reasons: Some("birth_registration_obstacle"),
                ..plain("obstacle", Birth(""))
            },
        ],
        Need::BestInterests => {
            vec![plain("opened", Assessment("opened_on")), plain("completed", Assessment("completed_on"))]
        }
    }
}

fn service_type(need: Need) -> &'static str {
    match need {
        Need::Shelter => "shelter",
        Need::Health => "health",
        Need::Mhpss => "mhpss",
        _ => "education",
    }
}

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
        let views = outcomes_of(need).into_iter().map(|outcome| OutcomeView {
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
        if !outcome.bulk && ask.ids.len() > 1 {
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
        let records: Vec<RecordId> = ask.ids.iter().map(|id| self.resolve(id)).collect::<Reply<_>>()?;
        let mut changes = Vec::new();
        for record in &records {
            let puts = self.outcome_puts(*record, need, &outcome, on, ask)?;
            let put = self.put(*record, &[], puts, Cause::Typed, Along::default())?;
            changes.extend(put.changes.iter().map(|change| ChangeRef {
                child: short::long_text(record.as_bytes()),
                change: change.to_hex(),
            }));
        }
        Ok(UpdatedView {
            text: self.update_text(need, &ask.outcome, &records)?,
            children: records.len(),
            changes,
        })
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
        let host = self.named("country");
        let (service, guardian, assessment) = self.with_record(record, |app, opened| {
            let life = app.life(opened, Compartment::Protection);
            let service =
                life.best_service(service_type(need), Some(&host)).map(|service| service.id.to_owned());
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
        }
        Ok(puts.made)
    }

    /// Takes changes back: earlier answers stand again, rows that they began are taken out.
    pub fn undo(&mut self, changes: &[ChangeRef]) -> Reply<usize> {
        let mut by_child: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for change in changes {
            by_child.entry(&change.child).or_default().push(&change.change);
        }
        for (child, undone) in &by_child {
            let record = self.resolve(child)?;
            let mut back: BTreeMap<Path, Scalar> = BTreeMap::new();
            for change in self.changes(child)? {
                if !undone.contains(&change.id.to_hex().as_str()) {
                    continue;
                }
                for put in change.puts {
                    let before = put.before.into_iter().next().unwrap_or(Scalar::Null);
                    match (&before, put.path.list(), put.path.entity()) {
                        (Scalar::Null, Some(list), Some(entity)) if !self.is_set(list) => {
                            let removed = Path::new(&format!("{list}/{entity}/removed"));
                            let removed = removed.map_err(|_| Failure::from(Code::UnknownRow))?;
                            let began = self.began_with(record, &put.path, &undone_ids(undone))?;
                            if began {
                                back.insert(removed, Scalar::from("typed_by_mistake"));
                            } else {
                                back.entry(put.path).or_insert(Scalar::Null);
                            }
                        }
                        _ => {
                            back.entry(put.path).or_insert(before);
                        }
                    }
                }
            }
            self.put(record, &[], back.into_iter().collect(), Cause::PutBack, Along::default())?;
        }
        Ok(by_child.len())
    }

    fn is_set(&self, list: &str) -> bool {
        self.schema.field(list).is_some_and(|field| field.kind == tern_form::Kind::Set)
    }

    /// Every change of a row is one of those that are taken back.
    fn began_with(&mut self, record: RecordId, path: &Path, undone: &[IntentId]) -> Reply<bool> {
        let long = short::long_text(record.as_bytes());
        let row = (path.list().map(str::to_owned), path.entity().map(str::to_owned));
        Ok(self.changes(&long)?.iter().all(|change| {
            undone.contains(&change.id)
                || !change.puts.iter().any(|put| {
                    (put.path.list().map(str::to_owned), put.path.entity().map(str::to_owned)) == row
                })
        }))
    }

    /// Who was seen at a roll-call. It starts empty: whoever was not ticked is not accounted for, and is looked for.
    pub fn roll_call(&mut self, ask: &RollCall) -> Reply<UpdatedView> {
        let today = self.ports.today();
        let path = Path::new("case.not_seen_since").map_err(|_| Failure::from(Code::UnknownField))?;
        let mut changes = Vec::new();
        let mut away = 0;
        for id in &ask.expected {
            let record = self.resolve(id)?;
            let here = ask.present.contains(id);
            let since =
                self.with_record(record, |app, opened| Ok(opened.shown(&app.schema, "case.not_seen_since")))?;
            let value = match (here, since) {
                (true, Some(_)) => Scalar::Null,
                (false, None) => Scalar::from(today.to_string().as_str()),
                _ => {
                    away += usize::from(!here);
                    continue;
                }
            };
            away += usize::from(!here);
            let put = self.put(record, &[], vec![(path.clone(), value)], Cause::Typed, Along::default())?;
            changes.extend(put.changes.iter().map(|change| ChangeRef {
                child: short::long_text(record.as_bytes()),
                change: change.to_hex(),
            }));
        }
        let counts = serde_json::json!({ "here": ask.present.len(), "away": away });
        Ok(UpdatedView {
            text: self.text.say("roll-call-done", &counts),
            children: ask.expected.len(),
            changes,
        })
    }

    /// Puts children into a group of the site; an empty name takes them out of theirs.
    pub fn set_group(&mut self, ids: &[String], group: &str) -> Reply<UpdatedView> {
        let path = Path::new("case.group").map_err(|_| Failure::from(Code::UnknownField))?;
        let group = group.trim();
        let value = if group.is_empty() { Scalar::Null } else { Scalar::from(group) };
        let mut changes = Vec::new();
        for id in ids {
            let record = self.resolve(id)?;
            let put =
                self.put(record, &[], vec![(path.clone(), value.clone())], Cause::Typed, Along::default())?;
            changes.extend(put.changes.iter().map(|change| ChangeRef {
                child: short::long_text(record.as_bytes()),
                change: change.to_hex(),
            }));
        }
        let said = serde_json::json!({ "count": ids.len(), "group": group });
        let word = if group.is_empty() { "group-left" } else { "group-set" };
        Ok(UpdatedView { text: self.text.say(word, &said), children: ids.len(), changes })
    }
}

fn undone_ids(undone: &[&str]) -> Vec<IntentId> {
    undone.iter().filter_map(|change| IntentId::from_hex(change).ok()).collect()
}

/// Puts of one outcome, with new rows where the record has none to go on with.
struct Puts<'a> {
    app: &'a App,
    made: Vec<(Path, Scalar)>,
}

impl Puts<'_> {
    fn put(&mut self, path: &str, value: &str) -> Reply<()> {
        self.put_scalar(path, Scalar::from(value))
    }

    /// As a screen would put it: checked by the form.
    fn put_scalar(&mut self, path: &str, value: Scalar) -> Reply<()> {
        let path = Path::new(path).map_err(|_| Failure::from(Code::UnknownField))?;
        let json = self.app.schema.value_to_json(&path, &value);
        let value = self
            .app
            .schema
            .value_from_json(&path, &json, self.app.ports.today())
            .map_err(crate::edit::refusal)?;
        self.made.push((path, value));
        Ok(())
    }

    fn row(&self, have: Option<String>) -> String {
        have.unwrap_or_else(|| short::long_text(self.app.draw(EntityId::make_random).as_bytes()))
    }

    fn service(&mut self, have: Option<String>, kind: &str) -> Reply<String> {
        let begins = have.is_none();
        let row = self.row(have);
        if begins {
            self.put(&format!("services/{row}/type"), kind)?;
        }
        Ok(row)
    }

    fn event(&mut self, service: &str, state: &str, day: &str, ask: &UpdateNeed) -> Reply<()> {
        let row = self.row(None);
        let at = |field: &str| format!("service_events/{row}/{field}");
        self.put(&at("of"), service)?;
        self.put(&at("state"), state)?;
        self.put(&at("at"), day)?;
        if let Some(who) = ask.who.as_deref().filter(|who| !who.trim().is_empty()) {
            self.put(&at("refused_by"), who)?;
        }
        if let Some(reason) = ask.reason.as_deref().filter(|_| state == "denied") {
            self.put(&at("reason"), reason)?;
        }
        if let Some(words) = ask.words.as_deref().filter(|words| !words.trim().is_empty()) {
            let field = match state {
                "no_longer_needed" => "not_needed_reason",
                "declined_by_child" | "denied" => "child_view",
                _ => "note",
            };
            self.put(&at(field), words)?;
        }
        Ok(())
    }

    fn birth(&mut self, step: &str, day: &str, obstacle: Option<&str>) -> Reply<()> {
        if let Some(obstacle) = obstacle {
            let row = self.row(None);
            self.put(&format!("birth_obstacles/{row}/obstacle"), obstacle)?;
            self.put(&format!("birth_obstacles/{row}/noted_on"), day)?;
        }
        match step {
            "" => Ok(()),
            "declared" => {
                self.put("birth.step", step)?;
                self.put("birth.declared_on", day)
            }
            "certified" => {
                self.put("birth.step", step)?;
                self.put("birth.evidence", "seen_certificate")
            }
            "registered" => {
                self.put("birth.step", step)?;
                self.put("birth.evidence", "stated")
            }
            step => self.put("birth.step", step),
        }
    }
}
