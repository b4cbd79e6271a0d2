//! What happened to a child, in words of the field: read from what stands in the record, with the day on which it
//! happened and who typed it. What was taken out is not in it; the history keeps it.
//!
//! Only the core is told, beside the photo and a death: a child can look at the screen, so that no concern, no
//! disclosure and no suggestion of tracing is ever a line here.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::json;
use tern_record::life::scalar_day;
use tern_record::{Compartment, Held, Path, Scalar, Stamp};

use crate::app::App;
use crate::record::Record;
use crate::show::moment;
use crate::view::TimelineView;

type Fields = BTreeMap<String, Scalar>;

/// Rows that say something on a day: list, field with the day, field that says what, kind of line.
const DATED: [(&str, &str, &str, &str); 21] = [
    ("guardianship", "requested_on", "", "guardian"),
    ("guardianship", "appointed_on", "", "guardian"),
    ("guardianship", "ended_on", "", "guardian"),
    ("care", "from", "type", "care"),
    ("care", "to", "type", "care"),
    ("bia", "opened_on", "", "interests"),
    ("bia", "completed_on", "", "interests"),
    ("bid", "opened_on", "", "interests"),
    ("bid", "decided_on", "about", "interests"),
    ("decisions", "decided_on", "kind", "interests"),
    ("services", "screen_on", "", "service"),
    ("services", "immunisation_review_on", "", "service"),
    ("services", "mhpss_screen_on", "", "service"),
    ("services", "first_attended_on", "", "service"),
    ("information_given", "on", "topic", "told"),
    ("follow_ups", "done_on", "type", "service"),
    ("solutions", "identified_on", "type", "interests"),
    ("solutions", "agreed_on", "type", "interests"),
    ("solutions", "implemented_on", "type", "interests"),
    ("birth_obstacles", "noted_on", "obstacle", "birth"),
    ("relations", "verified_on", "kind", "family"),
];

/// Answers on their own that are a day on which something happened.
const DAYS: [(&str, &str); 8] = [
    ("arrived_on", "begun"),
    ("birth.notified_on", "birth"),
    ("birth.declared_on", "birth"),
    ("birth.registered_on", "birth"),
    ("birth.certified_on", "birth"),
    ("case.not_seen_since", "case"),
    ("case.departed_on", "case"),
    ("case.closed_on", "case"),
];

/// A message id, or a part of one, as Fluent writes it.
pub(crate) fn word_id(text: &str) -> String {
    text.replace(['_', '.', '/'], "-")
}

impl App {
    /// What happened, newest first.
    pub(crate) fn timeline(&self, record: &Record) -> Vec<TimelineView> {
        let mut lines = Lines { app: self, record, made: Vec::new() };
        lines.begun();
        lines.dated_rows();
        lines.own_days();
        lines.services();
        lines.consents();
        lines.documents();
        lines.family();
        lines.photo_and_death();
        let mut made = lines.made;
        made.sort_by_key(|(on, stamp, _)| std::cmp::Reverse((*on, stamp.at_ms)));
        made.into_iter().map(|(_, _, view)| view).collect()
    }

    /// A day in words: "22 October 2026".
    pub(crate) fn day_words(&self, day: Date) -> String {
        Path::new("interviewed_on").map_or_else(
            |_| day.to_string(),
            |path| self.print(&path, &Scalar::from(day.to_string().as_str())),
        )
    }

    /// A value of a row as people read it; empty when there is none.
    pub(crate) fn row_words(&self, list: &str, row: &str, fields: &Fields, field: &str) -> String {
        let value = fields.get(field);
        let path = Path::new(&format!("{list}/{row}/{field}")).ok();
        path.zip(value).map_or_else(String::new, |(path, value)| self.print(&path, value))
    }
}

struct Lines<'a> {
    app: &'a App,
    record: &'a Record,
    made: Vec<(Date, Stamp, TimelineView)>,
}

impl Lines<'_> {
    /// A line about what stands at a path. Only what lies in the core is told, unless the caller says otherwise.
    fn add(&mut self, kind: &str, text: String, path: &str, on: Option<Date>) {
        let is_core = self.app.schema.field_of(path).is_some_and(|f| f.compartment() == Compartment::Core);
        if is_core {
            self.add_any(kind, text, path, on);
        }
    }

    fn add_any(&mut self, kind: &str, text: String, path: &str, on: Option<Date>) {
        let Ok(path) = Path::new(path) else { return };
        let said = match self.record.folded(&self.app.schema, &path) {
            Held::Settled(said) | Held::Disputed { shown: said, .. } => said,
            Held::Blank => return,
        };
        let typed = crate::life::day(said.at);
        let view = TimelineView {
            kind: kind.to_owned(),
            text,
            by: self.app.name_of(said.by, said.on).0,
            on: on.map(|day| day.to_string()),
            at: moment(said.at),
        };
        self.made.push((on.unwrap_or(typed), said.at, view));
    }

    fn say(&self, id: &str, what: &str) -> String {
        self.app.text.say(&format!("happened-{}", word_id(id)), &json!({ "what": what }))
    }

    fn begun(&mut self) {
        let Some(first) =
            self.record.docs.get(&Compartment::Core).and_then(|doc| doc.history().into_iter().next())
        else {
            return;
        };
        let on = self.app.life(self.record, Compartment::Core).opened();
        let typed = crate::life::day(first.stamp);
        let view = TimelineView {
            kind: "begun".to_owned(),
            text: self.app.text.word("timeline-begun"),
            by: self.app.name_of(first.by, first.on).0,
            on: on.filter(|on| *on != typed).map(|on| on.to_string()),
            at: moment(first.stamp),
        };
        self.made.push((on.unwrap_or(typed), first.stamp, view));
    }

    fn dated_rows(&mut self) {
        for (list, day_field, what, kind) in DATED {
            for (row, fields) in self.record.rows(&self.app.schema, list) {
                let Some(on) = fields.get(day_field).and_then(scalar_day) else { continue };
                let what = self.app.row_words(list, &row, &fields, what);
                let text = self.say(&format!("{list}-{day_field}"), &what);
                self.add(kind, text, &format!("{list}/{row}/{day_field}"), Some(on));
            }
        }
    }

    fn own_days(&mut self) {
        // The day of an end is told with the end, which two people say.
        let status = self.record.shown(&self.app.schema, "case.status");
        let is_open = !matches!(status.as_ref().and_then(Scalar::as_text), Some("closed" | "transferred"));
        for (path, kind) in DAYS {
            if path == "case.closed_on" && is_open {
                continue;
            }
            if let Some(on) = self.record.shown(&self.app.schema, path).as_ref().and_then(scalar_day) {
                let text = self.say(path, "");
                self.add(kind, text, path, Some(on));
            }
        }
        if let Some(step) = self.record.shown(&self.app.schema, "birth.step")
            && let Ok(path) = Path::new("birth.step")
        {
            let seen = self.record.shown(&self.app.schema, "birth.evidence");
            let seen = seen.as_ref().and_then(Scalar::as_text).is_some_and(|code| code.starts_with("seen_"));
            let step = self.app.print(&path, &step);
            let text = self.say(if seen { "birth-step-seen" } else { "birth-step" }, &step);
            self.add("birth", text, "birth.step", None);
        }
    }

    /// "School: attending". A safe house is told nowhere but in the record.
    fn services(&mut self) {
        let types: BTreeMap<String, Fields> =
            self.record.rows(&self.app.schema, "services").into_iter().collect();
        for (row, event) in self.record.rows(&self.app.schema, "service_events") {
            let of = event.get("of").and_then(Scalar::as_text).unwrap_or_default();
            let Some(service) = types.get(of) else { continue };
            let kind = service.get("type").and_then(Scalar::as_text).unwrap_or_default();
            let state = event.get("state").and_then(Scalar::as_text).unwrap_or_default();
            if kind == "safe_house" || state.is_empty() {
                continue;
            }
            let service = self.app.row_words("services", of, service, "type");
            let text = self
                .app
                .text
                .say("happened-service", &json!({ "what": service, "state": self.state(kind, state) }));
            let on = event.get("at").and_then(scalar_day);
            self.add("service", text, &format!("service_events/{row}/state"), on);
        }
    }

    fn state(&self, kind: &str, state: &str) -> String {
        let own = format!("event-{}-{}", word_id(kind), word_id(state));
        let language = self.app.text.language();
        match self.app.schema.texts().find(language, &own) {
            Some(word) => word,
            None => self.app.text.word(&format!("event-{}", word_id(state))),
        }
    }

    fn consents(&mut self) {
        for (row, fields) in self.record.rows(&self.app.schema, "consents") {
            let status = self.app.row_words("consents", &row, &fields, "status");
            let purpose = self.app.row_words("consents", &row, &fields, "purpose");
            if status.is_empty() || purpose.is_empty() {
                continue;
            }
            let receiver = self.app.row_words("consents", &row, &fields, "receiver");
            let id = if receiver.is_empty() { "happened-consent" } else { "happened-consent-to" };
            let said = json!({ "what": purpose, "state": status, "receiver": receiver });
            let text = self.app.text.say(id, &said);
            let withdrawn = fields.get("withdrawn_on").and_then(scalar_day);
            let on = withdrawn.or_else(|| fields.get("given_on").and_then(scalar_day));
            self.add("consent", text, &format!("consents/{row}/status"), on);
        }
    }

    fn documents(&mut self) {
        for (row, fields) in self.record.rows(&self.app.schema, "identity_documents") {
            let kind = self.app.row_words("identity_documents", &row, &fields, "type");
            let status = self.app.row_words("identity_documents", &row, &fields, "status");
            if kind.is_empty() || fields.get("type").and_then(Scalar::as_text) == Some("none") {
                continue;
            }
            let doubted =
                fields.get("status").and_then(Scalar::as_text) == Some("false_or_altered_suspected");
            let id = if status.is_empty() || doubted { "happened-document" } else { "happened-document-is" };
            let text = self.app.text.say(id, &json!({ "what": kind, "state": status }));
            self.add("document", text, &format!("identity_documents/{row}/type"), None);
        }
        for (row, fields) in self.record.rows(&self.app.schema, "dob_claims") {
            let dob = self.app.row_words("dob_claims", &row, &fields, "dob");
            let text = self.say("dob-claim", &dob);
            self.add("age", text, &format!("dob_claims/{row}/dob"), None);
        }
    }

    /// Who was told of, by the word for the relation alone: what became of them is not for a timeline.
    fn family(&mut self) {
        for (row, fields) in self.record.rows(&self.app.schema, "relations") {
            let kind = self.app.row_words("relations", &row, &fields, "kind");
            if !kind.is_empty() {
                let text = self.say("relation", &kind);
                self.add("family", text, &format!("relations/{row}/kind"), None);
            }
        }
    }

    fn photo_and_death(&mut self) {
        if self.record.shown(&self.app.schema, "photo").is_some() {
            self.add_any("photo", self.app.text.word("timeline-photo"), "photo", None);
        }
        let status = self.record.shown(&self.app.schema, "life_status");
        if matches!(status.as_ref().and_then(Scalar::as_text), Some("deceased" | "presumed_dead")) {
            let on = self.record.shown(&self.app.schema, "death.on").as_ref().and_then(scalar_day);
            self.add_any("case", self.say("death", ""), "life_status", on);
        }
    }
}
