//! What a child still needs, as the profile says it: the seven needs, the wish about family, what else is to be done,
//! and what stands over the whole record.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::json;
use tern_record::life::{Life, Service, code, day, yes};
use tern_record::need::{Cell, CellState, Need, Span, cells};
use tern_record::profile::Profile;
use tern_record::right::Topic;
use tern_record::task::{TaskKind, majority_steps, tasks};
use tern_record::{Compartment, Path, RecordId, Scalar, Tier};

use crate::Reply;
use crate::app::App;
use crate::failure::Code;
use crate::hours::Begun;
use crate::timeline::word_id;
use crate::view::{CellView, ChildLineView, NeededRow, NeededView, NoticeView, StepView, TaskView};

/// Tasks that a row of the needs says already, and those that no screen beside the list of the day may name: a child
/// can look at the profile (PROTECTION 1.13, D-28).
const NOT_BESIDE: [TaskKind; 10] = [
    TaskKind::SafePlace,
    TaskKind::HealthScreen,
    TaskKind::Mhpss,
    TaskKind::Guardian,
    TaskKind::AssessInterests,
    TaskKind::OpenTracing,
    TaskKind::DeclareBirth,
    TaskKind::School,
    TaskKind::AnswerConcern,
    TaskKind::TraffickingScreen,
];

impl App {
    /// What a child still needs.
    pub fn needed(&mut self, id: &str) -> Reply<NeededView> {
        let record = self.resolve(id)?;
        self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let (life, begun) = self.with_record(record, |app, opened| {
            Ok((app.life(opened, Compartment::Protection), app.begun(opened)))
        })?;
        let linked = self.links(id)?.iter().any(|link| link.state == "same");
        let family = self.sees_topic_of(record, Topic::Family, Tier::T2);
        let together = if family { self.together_of(&life)? } else { Vec::new() };
        let reads_protected = self.keys.compartments.contains_key(&Compartment::Protection);
        let reader = Reader {
            app: self,
            life: &life,
            begun: &begun,
            profile: self.profile(),
            today: self.ports.today(),
            reads_protected,
            linked,
        };
        let whole = self.sees_board_whole();
        let mut rows = reader.rows();
        rows.retain(|row| match Need::from_code(&row.need) {
            Some(need) => self.sees_need(record, need),
            None => self.sees_topic(Topic::Tracing, Tier::T3),
        });
        for row in
            rows.iter_mut().filter(|row| Need::from_code(&row.need).is_some_and(|need| !self.sees_why(need)))
        {
            row.cell.why = None;
        }
        let in_place = rows.iter().filter(|row| row.cell.state == CellState::InPlace.code()).count();
        let of = rows.iter().filter(|row| row.cell.state != CellState::NotNeeded.code()).count();
        let guardian = self.sees_topic_of(record, Topic::Guardianship, Tier::T2);
        let no_guardian_days = reader.no_guardian_days().filter(|_| guardian);
        let no_guardian_late = no_guardian_days.is_some_and(|days| days > reader.profile.guardian_days);
        Ok(NeededView {
            in_place,
            of,
            tasks: reader.tasks(record),
            no_guardian_days,
            no_guardian_late,
            notices: if whole { reader.notices() } else { Vec::new() },
            acts: self.acts_of(reader.acts()),
            open: life.is_open(),
            rows,
            together,
        })
    }

    /// Of what the menu can be told, what this seat may say.
    fn acts_of(&self, acts: Vec<String>) -> Vec<String> {
        let may = |act: &String| match act.as_str() {
            "missing" | "found" => self.writes_topic(Topic::Presence, Tier::T2),
            "link" => self.writes_topic(Topic::Link, Tier::T2),
            _ => self.writes_topic(Topic::Other, Tier::T2),
        };
        acts.into_iter().filter(may).collect()
    }

    /// Children whose records say that they stay with this one.
    fn together_of(&self, life: &Life) -> Reply<Vec<ChildLineView>> {
        let mut lines = Vec::new();
        for (_, row) in life.rows("relations").filter(|(_, row)| yes(row, "keep_together") == Some(true)) {
            let Some(other) = code(row, "child").and_then(|id| self.resolve(id).ok()) else { continue };
            if let Some(child) = self.vault.find_child(other)? {
                lines.push(self.line(other, &child));
            }
        }
        Ok(lines)
    }
}

struct Reader<'a> {
    app: &'a App,
    life: &'a Life,
    begun: &'a Begun,
    profile: Profile,
    today: Date,
    reads_protected: bool,
    /// Another record is read together with this one.
    linked: bool,
}

impl Reader<'_> {
    fn say(&self, id: &str, on: Option<Date>) -> String {
        let day = on.map(|on| self.app.day_words(on)).unwrap_or_default();
        self.app.text.say(&format!("needed-{id}"), &json!({ "day": day }))
    }

    /// Late first, then by days waiting; what is met or not needed last. Nothing of a record that is over is late.
    fn rows(&self) -> Vec<NeededRow> {
        if !self.life.is_open() {
            return Vec::new();
        }
        let mut rows: Vec<NeededRow> = cells(self.life, &self.profile)
            .into_iter()
            .map(|cell| {
                let label = self.app.text.word(&format!("need-{}", word_id(cell.need.code())));
                let view = self.app.cell(&cell, &self.profile, self.today);
                let view = self.app.with_hour(view, &cell, &self.profile, self.begun);
                let target = self.target(cell.need.days(&self.profile), &view);
                let parts = [self.hint(&cell), target].into_iter().filter(|part| !part.is_empty());
                NeededRow {
                    need: cell.need.code().to_owned(),
                    label,
                    hint: sentence(&parts.collect::<Vec<_>>().join(" · ")),
                    cell: view,
                }
            })
            .collect();
        rows.extend(self.reads_protected.then(|| self.tracing()));
        rows.sort_by_key(|row| {
            let met = !row.cell.open;
            (!row.cell.late, met, row.cell.state == "not_needed", std::cmp::Reverse(row.cell.days))
        });
        rows
    }

    /// The days that it may take; a place to sleep has none.
    fn target(&self, days: i32, cell: &CellView) -> String {
        match (cell.open, days) {
            (false, _) => String::new(),
            (true, 0) => self.app.text.word("needed-any-night"),
            (true, days) => self.app.text.say("needed-target", &json!({ "days": days })),
        }
    }

    fn hint(&self, cell: &Cell) -> String {
        if cell.state_on(self.today) == CellState::NotNeeded {
            return self.not_needed(cell);
        }
        match cell.need {
            Need::Shelter => self.shelter(cell),
            Need::Health => self.health(),
            Need::Mhpss => match self.life.service_date("mhpss_screen_on") {
                Some(on) => self.with_event("mhpss", self.say("screened", Some(on))),
                None => self.with_event("mhpss", String::new()),
            },
            Need::Education => self.with_event("education", String::new()),
            Need::Guardian => self.guardian(),
            Need::BirthRegistration => self.birth(),
            Need::BestInterests => match (self.life.first_assessed(), self.life.assessment_opened()) {
                (Some(on), _) => self.say("completed", Some(on)),
                (None, Some(on)) => self.say("opened", Some(on)),
                (None, None) => String::new(),
            },
        }
    }

    fn not_needed(&self, cell: &Cell) -> String {
        let by_age = cell.need == Need::Education && !cell.when.holds(self.today);
        let by_family = matches!(cell.need, Need::Guardian | Need::BestInterests);
        match (by_age, by_family) {
            (true, _) => self.app.text.word("needed-not-by-age"),
            (_, true) => self.app.text.word("needed-not-by-family"),
            _ => self.with_event("education", String::new()),
        }
    }

    /// What was said last of a service, after what is known of it otherwise.
    fn with_event(&self, kind: &str, before: String) -> String {
        let host = self.life.host(&self.profile);
        let event =
            self.life.best_service(kind, host).map(|service| self.event(kind, &service)).unwrap_or_default();
        let parts = [before, event].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    }

    fn event(&self, kind: &str, service: &Service<'_>) -> String {
        let Some((on, _, row)) = service.events.last() else { return String::new() };
        let state = code(row, "state").unwrap_or_default();
        let own = format!("event-{}-{}", word_id(kind), word_id(state));
        let word = self.app.schema.texts().find(self.app.text.language(), &own);
        let word = word.unwrap_or_else(|| self.app.text.word(&format!("event-{}", word_id(state))));
        self.app.text.say("needed-event", &json!({ "what": word, "day": self.app.day_words(*on) }))
    }

    fn shelter(&self, cell: &Cell) -> String {
        if let Some(care) = self.life.care_now() {
            let from = day(care, "from");
            return self.say(if from.is_some() { "placed" } else { "placed-no-day" }, from);
        }
        match cell.state {
            CellState::Said => self.app.text.word("needed-place-said"),
            CellState::NotAsked => self.app.text.word("needed-place-not-asked"),
            _ => self.with_event("shelter", String::new()),
        }
    }

    fn health(&self) -> String {
        let seen = self.life.service_date("screen_on").map(|on| self.say("seen", Some(on)));
        let vaccinated = self.life.service_date("immunisation_review_on");
        let vaccinated = vaccinated.map(|on| self.say("vaccinations", Some(on)));
        let parts: Vec<String> = seen.into_iter().chain(vaccinated).collect();
        if parts.is_empty() { self.with_event("health", String::new()) } else { parts.join(", ") }
    }

    fn guardian(&self) -> String {
        let now = self.life.rows("guardianship").filter(|(_, row)| day(row, "ended_on").is_none());
        let appointed = now.filter_map(|(_, row)| day(row, "appointed_on")).max();
        match (appointed, self.life.guardian_asked()) {
            (Some(on), _) => self.say("appointed", Some(on)),
            (None, Some(on)) => self.say("asked", Some(on)),
            (None, None) if self.life.has_guardian() => self.app.text.word("needed-appointed-no-day"),
            (None, None) => String::new(),
        }
    }

    /// The step, and what stands in the way.
    fn birth(&self) -> String {
        let print = |path: &str, value: &str| {
            Path::new(path).map_or_else(|_| String::new(), |path| self.app.print(&path, &Scalar::from(value)))
        };
        let step = self.life.code("birth.step").map(|step| print("birth.step", step));
        let dated = [
            ("birth.certified_on", "certified"),
            ("birth.registered_on", "registered"),
            ("birth.declared_on", "declared"),
            ("birth.notified_on", "notified"),
        ];
        let current = self.life.code("birth.step").unwrap_or_default();
        let on =
            dated.into_iter().find(|(_, step)| *step == current).and_then(|(field, _)| self.life.day(field));
        let step = match (step, on) {
            (Some(step), Some(on)) => {
                self.app.text.say("needed-event", &json!({ "what": step, "day": self.app.day_words(on) }))
            }
            (step, _) => step.unwrap_or_default(),
        };
        let obstacles = self.life.rows("birth_obstacles").filter_map(|(id, row)| {
            Some(print(&format!("birth_obstacles/{id}/obstacle"), code(row, "obstacle")?))
        });
        let open = self.life.birth_registration() != tern_record::life::BirthRegistration::Seen;
        let obstacles: Vec<String> = if open { obstacles.collect() } else { Vec::new() };
        std::iter::once(step).chain(obstacles).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The wish about family. How far tracing is stands in the family tab alone (PROTECTION 1.16).
    fn tracing(&self) -> NeededRow {
        let requests: Vec<_> = self.life.rows("tracing_requests").map(|(_, row)| row).collect();
        let opened = requests.iter().filter_map(|row| day(row, "opened_on")).min();
        let wish = requests.iter().find_map(|row| code(row, "wish"));
        let state = match (opened, wish) {
            (Some(_), _) => CellState::InPlace,
            (None, Some("does_not_want" | "contact_maintained" | "too_young")) => CellState::NotNeeded,
            (None, Some(_)) => CellState::Waiting,
            (None, None) if self.life.is_without_parents() => CellState::NotAsked,
            (None, None) => CellState::NotNeeded,
        };
        let cell = Cell { need: Need::Guardian, state, since: self.life.opened(), when: Span::default() };
        let days = cell.days(self.today);
        let late = days.is_some_and(|days| days > self.profile.tracing_days);
        let view = CellView { late, ..self.app.cell(&cell, &self.profile, self.today) };
        let wish_words = wish.map(|wish| self.app.text.word(&format!("needed-wish-{}", word_id(wish))));
        let hint = match (opened, wish_words, state) {
            (Some(on), ..) => self.say("opened", Some(on)),
            (None, Some(wish), _) => wish,
            (None, None, CellState::NotAsked) => self.app.text.word("needed-wish-not-asked"),
            (None, None, _) => self.app.text.word("needed-not-by-family"),
        };
        let target = self.target(self.profile.tracing_days, &view);
        let parts = [hint, target].into_iter().filter(|part| !part.is_empty());
        NeededRow {
            need: "tracing".to_owned(),
            label: self.app.text.word("need-tracing"),
            hint: sentence(&parts.collect::<Vec<_>>().join(" · ")),
            cell: view,
        }
    }

    fn tasks(&self, record: RecordId) -> Vec<TaskView> {
        let mut made: Vec<_> = tasks(self.life, &self.profile)
            .into_iter()
            .filter(|task| task.when.holds(self.today) && !NOT_BESIDE.contains(&task.kind))
            .filter(|task| self.app.sees_task(record, task, self.today))
            .collect();
        made.sort_by_key(|task| (!task.kind.is_urgent(), -task.late_days(self.today), task.kind));
        made.iter().map(|task| self.app.task_view(record, task, self.begun, self.today)).collect()
    }

    fn no_guardian_days(&self) -> Option<i32> {
        let needs = self.life.is_open() && self.life.is_without_parents() && !self.life.has_guardian();
        let since = self.life.opened().filter(|_| needs)?;
        Some(tern_record::need::days_between(since, self.today).max(0))
    }

    fn notices(&self) -> Vec<NoticeView> {
        let found = [
            self.linked(),
            self.death(),
            self.missing(),
            self.over(),
            self.age_dispute(),
            self.age_doubt(),
            self.turning_18(),
        ];
        found.into_iter().flatten().collect()
    }

    fn notice(&self, kind: &str, on: Option<Date>, lines: Vec<String>) -> NoticeView {
        let day = on.map(|on| self.app.day_words(on)).unwrap_or_default();
        let id = format!("notice-{}{}", word_id(kind), if on.is_some() { "" } else { "-no-day" });
        NoticeView {
            kind: kind.to_owned(),
            title: self.app.text.say(&id, &json!({ "day": day })),
            lines,
            steps: Vec::new(),
        }
    }

    fn step(&self, id: &str, done: bool) -> StepView {
        StepView { text: self.app.text.word(&format!("step-{id}")), done }
    }

    fn line(&self, id: &str, what: &str) -> String {
        self.app.text.say(&format!("notice-line-{id}"), &json!({ "what": what }))
    }

    /// Both records of a child lead to each other: an answer that stands in one alone is as true for whoever reads the other.
    fn linked(&self) -> Option<NoticeView> {
        let elsewhere = self.life.code("case.status") == Some("duplicate");
        let (kind, line) =
            if elsewhere { ("duplicate", "linked-elsewhere") } else { ("linked", "linked-read-both") };
        (self.linked || elsewhere).then(|| self.notice(kind, None, vec![self.line(line, "")]))
    }

    fn death(&self) -> Option<NoticeView> {
        if !matches!(self.life.code("life_status"), Some("deceased" | "presumed_dead")) {
            return None;
        }
        let mut notice =
            self.notice("death", self.life.day("death.on"), vec![self.line("reminders-stop", "")]);
        notice.steps = vec![
            self.step("death-notified", self.life.day("death.notified_on").is_some()),
            self.step("death-registered", self.life.day("death.registered_on").is_some()),
            self.step("family-told", false),
        ];
        // Who tells the siblings, and how, is for people: no screen of theirs says it.
        notice.steps.truncate(2);
        notice.lines.push(self.line("siblings-not-told", ""));
        Some(notice)
    }

    fn missing(&self) -> Option<NoticeView> {
        let since = self.life.day("case.not_seen_since").filter(|_| self.life.is_open())?;
        let by = self.life.code("case.last_seen_by").map(|by| self.line("last-seen-by", by));
        Some(self.notice("missing", Some(since), by.into_iter().collect()))
    }

    /// The child left, or the record is closed: nothing is late any more, everything stays readable.
    fn over(&self) -> Option<NoticeView> {
        if self.life.is_open() || self.life.code("life_status") == Some("deceased") {
            return None;
        }
        let reason = self.life.code("case.closure_reason").and_then(|reason| {
            let path = Path::new("case.closure_reason").ok()?;
            Some(self.line("reason", &self.app.print(&path, &Scalar::from(reason))))
        });
        match (self.life.code("case.status"), self.life.day("case.departed_on")) {
            (Some("duplicate"), _) => None,
            (Some("closed" | "transferred"), _) => {
                Some(self.notice("closed", self.life.day("case.closed_on"), reason.into_iter().collect()))
            }
            (_, Some(on)) => Some(self.notice("left", Some(on), Vec::new())),
            _ => None,
        }
    }

    /// What each side says of the age; the child is protected as one meanwhile (D-01, D-04).
    fn age_dispute(&self) -> Option<NoticeView> {
        let open: Vec<_> =
            self.life.rows("age_disputes").filter(|(_, row)| day(row, "settled_on").is_none()).collect();
        let since = open.iter().filter_map(|(_, row)| day(row, "since")).min();
        let mut lines: Vec<String> = Vec::new();
        for (id, row) in &open {
            let by = code(row, "claimed_by").and_then(|by| {
                let path = Path::new(&format!("age_disputes/{id}/claimed_by")).ok()?;
                Some(self.app.print(&path, &Scalar::from(by)))
            });
            let by = by.unwrap_or_else(|| self.app.text.word("notice-somebody"));
            lines.push(match code(row, "says") {
                Some(says) => self.app.text.say("notice-line-says", &json!({ "who": by, "what": says })),
                None => self.line("doubts", &by),
            });
            lines.extend(code(row, "state").and_then(|state| {
                let path = Path::new(&format!("age_disputes/{id}/state")).ok()?;
                Some(self.line("state", &self.app.print(&path, &Scalar::from(state))))
            }));
            lines.push(match code(row, "lawyer") {
                Some(lawyer) => self.line("lawyer", lawyer),
                None => self.app.text.word("notice-line-no-lawyer"),
            });
        }
        lines.push(self.line("protected", ""));
        (!open.is_empty()).then(|| self.notice("age_dispute", since, lines))
    }

    /// A claim makes the child 18 or older: a doubt, and no more (PROTECTION 1.18).
    fn age_doubt(&self) -> Option<NoticeView> {
        let adult = |born: &tern_record::fuzzy::FuzzyDate| {
            tern_record::age::AgeRange::on(self.today, born).youngest >= self.profile.majority_age
        };
        let some = self.life.births().iter().any(adult);
        let all = self.life.births().iter().all(adult);
        (some && !all && self.life.is_open())
            .then(|| self.notice("age_doubt", None, vec![self.line("protected", "")]))
    }

    /// From 17 years and six months on (D-03), by the claim that protects.
    fn turning_18(&self) -> Option<NoticeView> {
        let born = self.life.protective_birth()?.latest();
        let adult = tern_record::age::birthday(born, self.profile.majority_age)?;
        let from = adult.checked_sub(6.months()).ok()?;
        if self.today < from || !self.life.is_open() {
            return None;
        }
        let has_turned = self.today >= adult;
        let planned =
            self.life.rows("solutions").any(|(_, row)| yes(row, "transition_plan_after_18") == Some(true));
        let [copy, asked, continues] = majority_steps(self.life, from);
        let kind = if has_turned { "turned_18" } else { "turning_18" };
        let mut notice = self.notice(kind, Some(adult), vec![self.line("nothing-is-deleted", "")]);
        notice.steps = vec![
            self.step("plan", planned),
            self.step("own-copy", copy),
            self.step("own-consent", asked),
            self.step("who-continues", continues),
        ];
        Some(notice)
    }

    /// What the menu can be told now.
    fn acts(&self) -> Vec<String> {
        let dead = matches!(self.life.code("life_status"), Some("deceased" | "presumed_dead"));
        let missing = self.life.day("case.not_seen_since").is_some();
        let acts: &[&str] = match (dead, self.life.is_open(), missing) {
            (true, ..) => &["link"],
            (false, true, false) => &["link", "missing", "left", "closed", "died"],
            (false, true, true) => &["link", "found", "left", "closed", "died"],
            (false, false, _) => &["link", "reopened", "died"],
        };
        acts.iter().map(|act| (*act).to_owned()).collect()
    }
}

/// With its first letter large.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
