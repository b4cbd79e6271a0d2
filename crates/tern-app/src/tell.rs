//! What the menu of a profile is told: missing, found, left, died, closed, opened again. What ends a record or a life
//! waits for a second worker (D-01); until then every reminder goes on.

use jiff::civil::Date;
use serde_json::{Value, json};
use tern_record::{Cause, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::edit::{Along, refusal};
use crate::failure::{Code, Failure};
use crate::view::{ChangeRef, TellChild, ToldView};

/// What was told, and whether it counts at once.
enum Told {
    /// One worker may say it.
    Now(Vec<(&'static str, Value)>),
    /// All of it waits for a second worker, and a withdrawal leaves nothing of it: an answer, and those that stand or
    /// fall with it.
    Waits((&'static str, Value), Vec<(&'static str, Value)>),
}

impl App {
    /// Writes what was told of a child.
    pub fn tell(&mut self, ask: &TellChild) -> Reply<ToldView> {
        let record = self.resolve(&ask.id)?;
        self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let wrong = |code: &str| Failure::about(Code::Form(code.to_owned()), ["on".to_owned()]);
        let today = self.ports.today();
        let on = match &ask.on {
            Some(on) => on.parse::<Date>().map_err(|_| wrong("impossible-date"))?,
            None => today,
        };
        if on > today {
            return Err(wrong("impossible-date"));
        }
        let (changes, waits) = match told(ask, &on.to_string())? {
            Told::Now(answers) => (self.tell_puts(record, self.read_told(&answers)?)?, false),
            Told::Waits(answer, also) => {
                let answer = self.read_told(&[answer])?.pop().ok_or(Code::UnknownField)?;
                let also = self.read_told(&also)?;
                let change = self.propose_all(record, answer, &also)?.to_hex();
                (vec![ChangeRef { child: short::long_text(record.as_bytes()), change }], true)
            }
        };
        let name = self.line_of(record)?.map(|line| line.name.unwrap_or(line.short_id)).unwrap_or_default();
        let text = self.text.say(&format!("told-{}", ask.what), &json!({ "name": name }));
        Ok(ToldView { text, waits, changes })
    }

    fn read_told(&self, answers: &[(&'static str, Value)]) -> Reply<Vec<(Path, Scalar)>> {
        let read = |(path, value): &(&'static str, Value)| {
            let path = Path::new(path).map_err(|_| Failure::from(Code::UnknownField))?;
            let value = self.schema.value_from_json(&path, value, self.ports.today()).map_err(refusal)?;
            Ok((path, value))
        };
        answers.iter().map(read).collect()
    }

    fn tell_puts(&mut self, record: RecordId, puts: Vec<(Path, Scalar)>) -> Reply<Vec<ChangeRef>> {
        let put = self.put(record, &[], puts, Cause::Typed, Along::default())?;
        let child = short::long_text(record.as_bytes());
        let change =
            |change: &tern_record::IntentId| ChangeRef { child: child.clone(), change: change.to_hex() };
        Ok(put.changes.iter().map(change).collect())
    }
}

fn told(ask: &TellChild, on: &str) -> Reply<Told> {
    let words = ask.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let needed = || Failure::from(Code::ReasonNeeded);
    let told = match ask.what.as_str() {
        "missing" => Told::Now(
            std::iter::once(("case.not_seen_since", json!(on)))
                .chain(words.map(|words| ("case.last_seen_by", json!(words))))
                .collect(),
        ),
        "found" => Told::Now(vec![("case.not_seen_since", Value::Null)]),
        "left" => Told::Waits(("case.departed_on", json!(on)), Vec::new()),
        "died" => Told::Waits(
            ("life_status", json!("deceased")),
            vec![
                ("life_status.evidence", json!(words.ok_or_else(needed)?)),
                ("death.on", json!({ "date": on })),
            ],
        ),
        "closed" => Told::Waits(
            ("case.status", json!("closed")),
            vec![
                ("case.closure_reason", json!(ask.reason.as_deref().ok_or_else(needed)?)),
                ("case.closed_on", json!(on)),
            ],
        ),
        "reopened" => Told::Now(vec![
            ("case.status", json!("reopened")),
            ("case.closed_on", Value::Null),
            ("case.closure_reason", Value::Null),
            ("case.departed_on", Value::Null),
        ]),
        _ => return Err(Failure::about(Code::Form("wrong-code".to_owned()), ["what".to_owned()])),
    };
    Ok(told)
}
