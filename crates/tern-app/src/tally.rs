//! Counting a bus: fifteen seconds a child, each on the disk before the next is looked at.
//!
//! A child that is counted has a record and a number at once: on the board, in the roll-call, found by its band. What
//! nobody knows yet is answered as not known or not asked, and is completed later from the list. The list must be as long as the
//! count by head.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Map, Value, json};
use tern_record::{Cause, Compartment, EntityId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, New, refusal};
use crate::emptied::answers_at_first;
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::view::{ArrivalLineView, ArrivalView, NewArrival, TalliedView, TallyChild, TallyLineView};

/// The kind of record.
const ARRIVAL: &str = "arrival";
/// Most children of one arrival.
const MOST: u32 = 2_000;

/// A row of the list.
struct Line {
    row: String,
    number: i64,
    child: RecordId,
}

impl App {
    /// Begins to count a bus or a boat.
    pub fn begin_arrival(&mut self, ask: &NewArrival) -> Reply<ArrivalView> {
        if ask.name.trim().is_empty() {
            return Err(Code::NameOfList.into());
        }
        let id = self.draw(RecordId::make_random);
        let today = self.ports.today().to_string();
        let puts = vec![
            self.put_of("arrival.name", ask.name.trim())?,
            own("arrival.headcount", headcount(ask.headcount)?)?,
            own("arrival.on", Scalar::from(today.as_str()))?,
        ];
        self.put(id, &[], puts, Cause::Registered, Along::default())?;
        self.arrival_of(id)
    }

    /// Arrivals, the latest first.
    pub fn arrivals(&mut self) -> Reply<Vec<ArrivalLineView>> {
        self.reads_kind(ARRIVAL)?;
        let mut views = Vec::new();
        for (id, _) in self.vault.things(ARRIVAL)? {
            let view = self.arrival_of(id)?;
            let open = view.lines.iter().filter(|line| !line.lacks.is_empty()).count();
            views.push(ArrivalLineView {
                id: view.id,
                name: view.name,
                on: view.on,
                headcount: view.headcount,
                counted: view.counted,
                to_complete: u32::try_from(open).unwrap_or(u32::MAX),
            });
        }
        views.sort_by(|a, b| (&b.on, &a.name).cmp(&(&a.on, &b.name)));
        Ok(views)
    }

    /// An arrival with its list.
    pub fn arrival(&mut self, id: &str) -> Reply<ArrivalView> {
        let id = self.thing_of_kind(id, ARRIVAL)?;
        self.arrival_of(id)
    }

    /// Corrects the count by head.
    pub fn recount(&mut self, id: &str, count: u32) -> Reply<ArrivalView> {
        let id = self.thing_of_kind(id, ARRIVAL)?;
        let puts = vec![own("arrival.headcount", headcount(count)?)?];
        self.put(id, &[], puts, Cause::Typed, Along::default())?;
        self.arrival_of(id)
    }

    /// Counts a child: its record and its line, both or neither.
    pub fn tally(&mut self, ask: &TallyChild) -> Reply<TalliedView> {
        let arrival = self.thing_of_kind(&ask.arrival, ARRIVAL)?;
        let (name, number) = self.with_record(arrival, |app, opened| {
            let name = opened.shown(&app.schema, "arrival.name");
            let last = app.all_lines(opened).iter().map(|line| line.number).max().unwrap_or(0);
            Ok((name, last + 1))
        })?;
        self.wristband_is_new(arrival, ask.wristband.as_deref())?;
        let mut answers = self.counted(ask)?;
        answers.insert("tally.arrival".into(), json!(short::long_text(arrival.as_bytes())));
        answers.insert("tally.bus".into(), json!(name.as_ref().and_then(Scalar::as_text)));
        let puts = self.puts_of_answers(&Value::Object(answers))?;
        let child = self.draw(RecordId::make_random);
        let row = self.draw(EntityId::make_random);
        let line = vec![
            row_put(
                "arrival_lines",
                &row,
                "child",
                Scalar::from(short::long_text(child.as_bytes()).as_str()),
            )?,
            row_put("arrival_lines", &row, "number", Scalar::Int(number))?,
        ];
        self.put_new(vec![(child, puts), (arrival, line)], Cause::Registered, Vec::new())?;
        Ok(TalliedView { row: short::long_text(row.as_bytes()), arrival: self.arrival_of(arrival)? })
    }

    /// Refuses a wristband that another line of the list has: one child would be looked for under two numbers.
    fn wristband_is_new(&mut self, arrival: RecordId, band: Option<&str>) -> Reply<()> {
        let Some(band) = band.map(worn).filter(|band| !band.is_empty()) else { return Ok(()) };
        let lines = self.with_record(arrival, |app, opened| Ok(app.live_lines(opened)))?;
        for line in lines {
            let have =
                self.with_record(line.child, |app, opened| Ok(opened.shown(&app.schema, "tally.wristband")))?;
            if have.as_ref().and_then(Scalar::as_text).map(worn).as_ref() == Some(&band) {
                return Err(Code::WristbandTwice(line.number).into());
            }
        }
        Ok(())
    }

    /// Takes a line out that was typed by mistake. A record that holds nothing but what was counted is emptied with it;
    /// once anybody has added to it, it stays.
    pub fn take_out_line(&mut self, arrival: &str, row: &str) -> Reply<ArrivalView> {
        let arrival = self.thing_of_kind(arrival, ARRIVAL)?;
        let line = self.with_record(arrival, |app, opened| {
            let mut lines = app.all_lines(opened).into_iter();
            lines.find(|line| line.row == row).ok_or_else(|| Failure::from(Code::UnknownRow))
        })?;
        let out = removed(row, Scalar::from("typed_by_mistake"))?;
        let mut new = vec![New { id: arrival, steps: vec![(Cause::PutBack, vec![out])] }];
        if self.is_untouched(line.child, arrival)? {
            new.push(New { id: line.child, steps: vec![(Cause::PutBack, self.emptied(line.child)?)] });
        }
        self.put_together(new, &Along::default())?;
        self.arrival_of(arrival)
    }

    /// Takes a line back in.
    pub fn put_back_line(&mut self, arrival: &str, row: &str) -> Reply<ArrivalView> {
        let id = self.thing_of_kind(arrival, ARRIVAL)?;
        let line = self.with_record(id, |app, opened| {
            let mut lines = app.all_lines(opened).into_iter();
            lines.find(|line| line.row == row).ok_or_else(|| Failure::from(Code::UnknownRow))
        })?;
        let mut new = vec![New { id, steps: vec![(Cause::PutBack, vec![removed(row, Scalar::Null)?])] }];
        let back = self.filled_again(line.child, id)?;
        if !back.is_empty() {
            new.push(New { id: line.child, steps: vec![(Cause::PutBack, back)] });
        }
        self.put_together(new, &Along::default())?;
        self.arrival_of(id)
    }

    /// The first answers of a record that was counted here and emptied, so that they stand again.
    fn filled_again(&mut self, record: RecordId, arrival: RecordId) -> Reply<Vec<(Path, Scalar)>> {
        let blank = self.with_record(record, |app, opened| Ok(app.is_blank(opened)))?;
        let changes = self.changes(&short::long_text(record.as_bytes()))?;
        Ok(if blank && was_counted(&changes, arrival) {
            answers_at_first(&self.schema, &changes)
        } else {
            Vec::new()
        })
    }

    /// The record was begun by being counted here, and nobody has added anything since.
    fn is_untouched(&mut self, record: RecordId, arrival: RecordId) -> Reply<bool> {
        let changes = self.changes(&short::long_text(record.as_bytes()))?;
        Ok(was_counted(&changes, arrival) && changes.iter().all(|change| change.cause == Cause::Registered))
    }

    /// Every answer of a record, taken back.
    fn emptied(&mut self, record: RecordId) -> Reply<Vec<(Path, Scalar)>> {
        self.with_record(record, |app, opened| {
            let paths = opened.paths().into_iter();
            Ok(paths
                .filter(|path| app.schema.field_at(path).is_some())
                .map(|path| (path, Scalar::Null))
                .collect())
        })
    }

    /// What was seen of a child, as answers to the form.
    fn counted(&self, ask: &TallyChild) -> Reply<Map<String, Value>> {
        let mut answers = Map::new();
        answers.insert("name_absent_reason".into(), json!("not_asked_yet"));
        answers.insert("sex".into(), json!(ask.sex.as_deref().unwrap_or("not_asked")));
        answers.insert("dob".into(), self.born_in_band(ask.band.as_deref())?);
        answers.insert("tally.band".into(), json!(ask.band.as_deref()));
        answers.insert("tally.wristband".into(), json!(ask.wristband.as_deref().map(str::trim)));
        answers.insert("help_asked".into(), json!(ask.help));
        match ask.with.as_deref() {
            None | Some("unknown") => answers.insert("companions_answered".into(), json!("unknown")),
            Some("none_to_add") => answers.insert("companions_answered".into(), json!("none_to_add")),
            Some(claim) => answers.insert("companions".into(), json!([claim])),
        };
        Ok(answers)
    }

    /// The span of birth dates that a look allows; rules protect by its youngest end.
    fn born_in_band(&self, band: Option<&str>) -> Reply<Value> {
        let Some(band) = band else { return Ok(json!("unknown")) };
        let wrong = || Failure::about(Code::Form("wrong-code".into()), ["tally.band".to_owned()]);
        let (from, to) = years_of_band(band).ok_or_else(wrong)?;
        let (earliest, latest) = born_between(self.ports.today(), from, to).ok_or_else(wrong)?;
        Ok(json!({
            "earliest": earliest.to_string(), "latest": latest.to_string(), "estimated": true,
            "basis": "worker_estimate",
        }))
    }

    /// Answers in the shape of `tern register` as puts, at this site.
    pub(crate) fn puts_of_answers(&self, answers: &Value) -> Reply<Vec<(Path, Scalar)>> {
        let mut ids = || self.draw(EntityId::make_random);
        let registration =
            self.schema.register_answers(answers, self.ports.today(), &mut ids).map_err(refusal)?;
        Ok(self.with_site(registration.puts))
    }

    fn arrival_of(&mut self, id: RecordId) -> Reply<ArrivalView> {
        let (name, on, count, rows) = self.with_record(id, |app, opened| {
            let text =
                |key| opened.shown(&app.schema, key).and_then(|value| value.as_text().map(str::to_owned));
            let count = opened.shown(&app.schema, "arrival.headcount").and_then(|value| value.as_int());
            let count = count.and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
            Ok((text("arrival.name"), text("arrival.on"), count, app.live_lines(opened)))
        })?;
        let mut lines = Vec::with_capacity(rows.len());
        for line in rows {
            lines.push(self.tally_line(&line)?);
        }
        lines.sort_by_key(need_first);
        let twice = worn_twice(&mut lines);
        let counted = u32::try_from(lines.len() - twice).unwrap_or(u32::MAX);
        Ok(ArrivalView {
            id: short::long_text(id.as_bytes()),
            name: name.unwrap_or_default(),
            on,
            headcount: count,
            counted,
            to_find: i32::try_from(i64::from(count) - i64::from(counted)).unwrap_or(0),
            lines,
        })
    }

    fn tally_line(&mut self, line: &Line) -> Reply<TallyLineView> {
        let discreet = self.settings().discreet;
        let lacks = self.with_record(line.child, |app, opened| Ok(app.lacks(opened)))?;
        self.with_seen(line.child, |app, opened| {
            let text = |key: &str| {
                opened.shown(&app.schema, key).and_then(|value| value.as_text().map(str::to_owned))
            };
            let claims = opened.rows(&app.schema, "companions");
            let with = claims.iter().find_map(|(_, row)| row.get("claim")?.as_text().map(str::to_owned));
            let help = ["doctor", "bed", "food"].into_iter().filter(|code| {
                let said = opened.shown(&app.schema, &format!("help_asked/{code}/in"));
                said.and_then(|said| said.as_bool()) == Some(true)
            });
            let name = app.project(opened)?.0.name;
            Ok(TallyLineView {
                row: line.row.clone(),
                child: short::long_text(line.child.as_bytes()),
                short_id: short::short_text(line.child.as_bytes()),
                number: u32::try_from(line.number).unwrap_or(0),
                wristband: text("tally.wristband"),
                name: (!discreet && !name.is_empty()).then_some(name),
                sex: text("sex").filter(|sex| sex != "not_asked"),
                band: text("tally.band"),
                with: with.or_else(|| text("companions_answered")),
                help: help.map(str::to_owned).collect(),
                lacks,
            })
        })
    }

    /// What the record of a counted child still lacks.
    pub(crate) fn lacks(&self, record: &Record) -> Vec<String> {
        let life = self.life(record, Compartment::Core);
        let mut lacks = Vec::new();
        let named = life.rows("names").any(|(_, row)| row.contains_key("name"));
        if !named && matches!(life.code("name_absent_reason"), None | Some("not_asked_yet")) {
            lacks.push("name");
        }
        if matches!(life.code("sex"), None | Some("not_asked")) {
            lacks.push("sex");
        }
        // A guess as wide as a band: nobody has asked yet.
        let guessed = life.protective_birth().is_none_or(|born| {
            let days = born.earliest().until(born.latest()).map_or(0, |span| span.get_days());
            born.basis.as_deref() == Some("worker_estimate") && days > 366
        });
        if guessed {
            lacks.push("age");
        }
        if matches!(life.code("companions_answered"), None | Some("unknown" | "not_asked")) {
            lacks.push("company");
        }
        let asked = life.rows("consents").any(|(_, row)| {
            tern_record::life::code(row, "purpose") == Some("case_management")
                && !matches!(tern_record::life::code(row, "status"), None | Some("later"))
        });
        if !asked {
            lacks.push("consent");
        }
        lacks.into_iter().map(str::to_owned).collect()
    }

    /// Rows that stand, in the order of counting.
    fn live_lines(&self, record: &Record) -> Vec<Line> {
        let live: Vec<String> =
            record.rows(&self.schema, "arrival_lines").into_iter().map(|(row, _)| row).collect();
        self.all_lines(record).into_iter().filter(|line| live.contains(&line.row)).collect()
    }

    /// Every row that there ever was.
    fn all_lines(&self, record: &Record) -> Vec<Line> {
        let rows = record.paths().into_iter().filter_map(|path| {
            (path.list() == Some("arrival_lines") && path.field() == "child")
                .then(|| path.entity().map(str::to_owned))?
        });
        let mut lines: Vec<Line> = rows
            .filter_map(|row| {
                let shown = |field: &str| record.shown(&self.schema, &format!("arrival_lines/{row}/{field}"));
                let child = RecordId::from_slice(&short::from_long_text(shown("child")?.as_text()?)?).ok()?;
                let number = shown("number").and_then(|number| number.as_int()).unwrap_or(0);
                Some(Line { row, number, child })
            })
            .collect();
        lines.sort_by_key(|line| line.number);
        lines
    }

    /// A record of this kind, by its id.
    pub(crate) fn thing_of_kind(&self, id: &str, kind: &str) -> Reply<RecordId> {
        let record = self.resolve(id)?;
        match self.vault.thing(record)? {
            Some(found) if found.kind == kind => self.reads_kind(kind).map(|()| record),
            _ => Err(Code::UnknownList.into()),
        }
    }
}

fn worn(band: &str) -> String {
    band.trim().to_lowercase()
}

/// Two who counted one bus apart may both have counted one child: its wristband stands in two lines then. Says so at these lines,
/// and how many are too many: nobody is called found who may not be.
fn worn_twice(lines: &mut [TallyLineView]) -> usize {
    let mut wearers: BTreeMap<String, u32> = BTreeMap::new();
    for band in lines.iter().filter_map(|line| line.wristband.as_deref()) {
        *wearers.entry(worn(band)).or_default() += 1;
    }
    for line in lines {
        let wearers = line.wristband.as_deref().and_then(|band| wearers.get(&worn(band)));
        if wearers.is_some_and(|count| *count > 1) {
            line.lacks.insert(0, "wristband".to_owned());
        }
    }
    wearers.values().map(|count| *count as usize - 1).sum()
}

/// The put that takes a line out, or back in.
fn removed(row: &str, value: Scalar) -> Reply<(Path, Scalar)> {
    let path = Path::new(&format!("arrival_lines/{row}/removed"));
    Ok((path.map_err(|_| Failure::from(Code::UnknownRow))?, value))
}

/// The record was begun by being counted at this arrival.
fn was_counted(changes: &[tern_doc::Change], arrival: RecordId) -> bool {
    let id = short::long_text(arrival.as_bytes());
    let first = changes.iter().filter(|change| change.cause == Cause::Registered);
    first
        .flat_map(|change| &change.puts)
        .any(|put| put.path.as_str() == "tally.arrival" && put.after.as_text() == Some(id.as_str()))
}

/// Who needs help most comes first: a doctor, a bed, food; then no adult; then the smallest.
fn need_first(line: &TallyLineView) -> (usize, bool, usize, u32) {
    let asks = |code: &str| line.help.iter().any(|help| help == code);
    let urgent = ["doctor", "bed", "food"].iter().position(|code| asks(code)).unwrap_or(3);
    let adult = matches!(line.with.as_deref(), Some("parent" | "guardian" | "relative"));
    let band = line.band.as_deref().and_then(|band| BANDS.iter().position(|known| known.0 == band));
    (urgent, adult, band.unwrap_or(BANDS.len()), line.number)
}

/// Age bands as a look tells them, in whole years.
const BANDS: [(&str, i16, i16); 4] = [("baby", 0, 1), ("small", 2, 5), ("child", 6, 11), ("teen", 12, 17)];

fn years_of_band(band: &str) -> Option<(i16, i16)> {
    BANDS.iter().find(|known| known.0 == band).map(|(_, from, to)| (*from, *to))
}

/// Birth dates of children who are between these ages, both included.
fn born_between(today: Date, from: i16, to: i16) -> Option<(Date, Date)> {
    let latest = today.checked_sub(from.years()).ok()?;
    let earliest = today.checked_sub((to + 1).years()).ok()?.tomorrow().ok()?;
    Some((earliest, latest))
}

impl App {
    /// A put of one line that somebody typed into a field on its own, within the limits of its form.
    pub(crate) fn put_of(&self, field: &str, text: &str) -> Reply<(Path, Scalar)> {
        if text.chars().any(char::is_control) {
            return Err(Failure::about(Code::Form("hidden-sign".into()), [field.to_owned()]));
        }
        let path = Path::new(field).map_err(|_| Failure::from(Code::UnknownField))?;
        let value = self.schema.value_from_json(&path, &text.into(), self.ports.today()).map_err(refusal)?;
        Ok((path, value))
    }
}

pub(crate) fn headcount(count: u32) -> Reply<Scalar> {
    if count == 0 || count > MOST {
        return Err(Code::HeadCount.into());
    }
    Ok(Scalar::Int(i64::from(count)))
}

/// A put of a field on its own.
pub(crate) fn own(field: &str, value: Scalar) -> Reply<(Path, Scalar)> {
    Ok((Path::new(field).map_err(|_| Failure::from(Code::UnknownField))?, value))
}

/// A put of a field of a row.
pub(crate) fn row_put(list: &str, row: &EntityId, field: &str, value: Scalar) -> Reply<(Path, Scalar)> {
    Ok((Path::row(list, row, field).map_err(|_| Failure::from(Code::UnknownField))?, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn bands_meet_without_a_gap_and_end_with_childhood() {
        let today = date(2026, 11, 26);
        let spans: Vec<_> =
            BANDS.iter().filter_map(|(_, from, to)| born_between(today, *from, *to)).collect();
        assert_eq!(spans.first().map(|span| span.1), Some(today));
        assert_eq!(spans.last().map(|span| span.0), Some(date(2008, 11, 27)));
        for pair in spans.windows(2) {
            assert_eq!(pair[1].1.tomorrow().ok(), Some(pair[0].0));
        }
    }
}
