//! A shift at a site: who was seen at the roll-call, who is not accounted for, and what the next worker takes over.

use tern_record::right::Topic;
use tern_record::{Path, RecordId, Scalar, Tier, short};
use tern_store::WriteTx;
use tern_store::audit::AuditRow;

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::ports::rfc3339;
use crate::show::stored;
use crate::view::{AwayView, HandOverView, RollCall, RolledView, TellAway, UpdatedView, WhoWhenView};

const NOT_SEEN: &str = "case.not_seen_since";
/// What is asked of a child that is not accounted for. It ends when the child is seen.
const ABOUT_AWAY: [&str; 4] =
    ["case.last_seen_by", "case.search_note", "case.guardian_told", "case.guardian_told_at"];

impl App {
    /// Who was seen at a roll-call. It starts empty: whoever was not ticked is not accounted for, and is looked for.
    pub fn roll_call(&mut self, ask: &RollCall) -> Reply<UpdatedView> {
        let today = Scalar::from(self.ports.today().to_string().as_str());
        let mut puts = Vec::new();
        let mut here = 0;
        let (expected, seen) = (self.resolve_all(&ask.expected)?, self.resolve_all(&ask.present)?);
        for record in expected.iter().copied() {
            let present = seen.contains(&record);
            here += usize::from(present);
            let since = self.shown_of(record, NOT_SEEN)?;
            match (present, since) {
                (true, Some(_)) => puts.push((record, self.seen_again(record)?)),
                (false, None) => puts.push((record, vec![(path(NOT_SEEN)?, today.clone())])),
                _ => {}
            }
        }
        let of = expected.len();
        let text = self.text.say("roll-call-done", &serde_json::json!({ "here": here, "away": of - here }));
        let event = self.event(Event::RollCall { here, of });
        let updated = self.update_all(puts, text, vec![event])?;
        Ok(UpdatedView { children: of, ..updated })
    }

    fn shown_of(&mut self, record: RecordId, field: &str) -> Reply<Option<Scalar>> {
        self.with_record(record, |app, opened| Ok(opened.shown(&app.schema, field)))
    }

    fn seen_again(&mut self, record: RecordId) -> Reply<Vec<(Path, Scalar)>> {
        let mut puts = vec![(path(NOT_SEEN)?, Scalar::Null)];
        for field in ABOUT_AWAY {
            if self.shown_of(record, field)?.is_some() {
                puts.push((path(field)?, Scalar::Null));
            }
        }
        Ok(puts)
    }

    /// Who is not accounted for at this site, and what was done about it.
    pub fn away(&mut self) -> Reply<Vec<AwayView>> {
        if !self.sees_topic(Topic::Presence, Tier::T2) {
            return Ok(Vec::new());
        }
        let mut views = Vec::new();
        for (record, case) in self.cases_here()? {
            if !case.tasks.iter().any(|task| task.kind == tern_record::task::TaskKind::Search) {
                continue;
            }
            let child = self.vault.find_child(record)?.unwrap_or_default();
            let line = self.line(record, &child);
            let view = self.with_seen(record, |app, opened| {
                let text = |field: &str| {
                    let value = opened.shown(&app.schema, field)?;
                    Some(app.print(&Path::new(field).ok()?, &value))
                };
                Ok(AwayView {
                    line,
                    since: text_of(opened.shown(&app.schema, NOT_SEEN)),
                    last_seen_by: text("case.last_seen_by"),
                    search_note: text("case.search_note"),
                    guardian_told: opened.shown(&app.schema, "case.guardian_told").and_then(|v| v.as_bool()),
                    guardian_told_at: text("case.guardian_told_at"),
                })
            })?;
            views.push(view);
        }
        views.sort_by(|a, b| (&a.since, &a.line.id).cmp(&(&b.since, &b.line.id)));
        Ok(views)
    }

    /// What was learned or done about a child that is not accounted for. Absent means not touched.
    pub fn tell_away(&mut self, ask: &TellAway) -> Reply<UpdatedView> {
        let record = self.resolve(&ask.id)?;
        if self.shown_of(record, NOT_SEEN)?.is_none() {
            return Err(Code::AccountedFor.into());
        }
        let mut puts = Vec::new();
        for (field, said) in
            [("case.last_seen_by", &ask.last_seen_by), ("case.search_note", &ask.search_note)]
        {
            if let Some(said) = said {
                puts.push((path(field)?, self.typed(field, &serde_json::json!(said))?));
            }
        }
        if let Some(told) = ask.guardian_told {
            let now = rfc3339(self.ports.clock.stamp());
            let at = if told {
                self.typed("case.guardian_told_at", &serde_json::json!(now))?
            } else {
                Scalar::Null
            };
            puts.push((path("case.guardian_told")?, Scalar::Bool(told)));
            puts.push((path("case.guardian_told_at")?, at));
        }
        let text = self
            .text
            .say("away-told", &serde_json::json!({ "number": short::short_text(record.as_bytes()) }));
        self.update_all(vec![(record, puts)], text, vec![])
    }

    /// An answer as a screen would put it: checked by the form.
    fn typed(&self, field: &str, json: &serde_json::Value) -> Reply<Scalar> {
        let today = self.ports.today();
        self.schema.value_from_json(&path(field)?, json, today).map_err(crate::edit::refusal)
    }

    /// What the next worker has to know, without a word of free text of a child's beyond who saw it last.
    pub fn hand_over(&mut self) -> Reply<HandOverView> {
        let today = self.ports.today();
        let tasks = self.tasks(None, today)?;
        let (urgent, rest): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|task| task.urgent);
        let day = today.to_string();
        Ok(HandOverView {
            drafts: self.draft_lines()?,
            urgent,
            away: self.away()?,
            tonight: rest.into_iter().filter(|task| task.due == day).collect(),
            to_share: self.to_share()?,
            roll_call: self.vault.last_audit("roll_call")?.and_then(|event| self.rolled(&event)),
            taken: self.vault.last_audit("shift_taken")?.map(|event| self.who_when(&event)),
        })
    }

    fn who_when(&self, event: &AuditRow) -> WhoWhenView {
        let by = self.names.get(&event.seat).map(|names| names.worker.clone()).unwrap_or_default();
        WhoWhenView { by, at: stored((event.at_ms, event.offset_min), false) }
    }

    fn rolled(&self, event: &AuditRow) -> Option<RolledView> {
        let (here, of) = event.why.split_once('/')?;
        Some(RolledView { who: self.who_when(event), here: here.parse().ok()?, of: of.parse().ok()? })
    }

    /// This worker takes the shift over; who did and when is kept.
    pub fn take_shift(&mut self) -> Reply<WhoWhenView> {
        let event = self.event(Event::ShiftTaken);
        self.vault.write(|tx: &WriteTx<'_>| tx.add_audit(&event)).map_err(Failure::from)?;
        Ok(self.who_when(&event))
    }
}

fn path(field: &str) -> Reply<Path> {
    Path::new(field).map_err(|_| Failure::from(Code::UnknownField))
}

fn text_of(value: Option<Scalar>) -> String {
    value.as_ref().and_then(Scalar::as_text).unwrap_or_default().to_owned()
}
