//! What is worked out of the answers of a record and stands beside them: never kept, never restricted.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};
use tern_record::life::{BirthRegistration, Life, Row, code, day};
use tern_record::mrz::{self, Mrz, NotRead, ShortDay};
use tern_record::need::days_between;
use tern_record::{Compartment, permit};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::view::{MrzReadView, MrzView};

/// Days after birth until a registration is late, and until it is delayed: the African and UN report defaults.
const LATE: i32 = 30;
const DELAYED: i32 = 365;

/// Lines by what they stand beside: `list/row`, or the id of a field.
pub(crate) type Computed = BTreeMap<String, Vec<String>>;

impl App {
    /// What is worked out of a child's answers, below what is restricted.
    pub(crate) fn computed(&self, record: &Record) -> Computed {
        let life = self.life(record, Compartment::Protection);
        let today = self.ports.today();
        let mut computed = Computed::new();
        let mut say = |at: String, id: &str, args: Value| {
            computed.entry(at).or_default().push(self.text.say(&format!("computed-{id}"), &args));
        };
        for (row, document) in life.rows("identity_documents") {
            if let Some(is) = self.is_legal_identity(document, today) {
                say(
                    format!("identity_documents/{row}"),
                    if is { "legal-identity" } else { "no-legal-identity" },
                    json!({}),
                );
            }
        }
        for (row, held) in life.rows("permits") {
            let at = || format!("permits/{row}");
            if let Some(until) = day(held, "valid_until") {
                let days = days_between(today, until);
                let id = if days >= 0 { "permit-days" } else { "permit-ended" };
                say(at(), id, json!({ "days": days.abs() }));
            }
            if permit::ends_at_18(held, life.births()) {
                say(at(), "permit-18", json!({}));
            }
        }
        for (row, spell) in life.rows("detention") {
            if let Some(from) = day(spell, "from") {
                let to = day(spell, "to");
                // An open spell counts the day it is told on.
                let nights = to.map_or_else(|| days_between(from, today) + 1, |to| days_between(from, to));
                let id = if to.is_some() { "detention-nights" } else { "detention-so-far" };
                say(format!("detention/{row}"), id, json!({ "nights": nights.max(0) }));
            }
        }
        self.birth(&life, today, &mut say);
        computed
    }

    /// Of the legal set, held, and not over; `None` while type or state is open.
    fn is_legal_identity(&self, document: &Row, today: Date) -> Option<bool> {
        let kind = code(document, "type")?;
        let held = code(document, "status")? == "held";
        let list = self.schema.codelist("identity_document_type")?;
        let legal = list.find(kind)?.extra.get("legal_identity").and_then(Value::as_bool)?;
        let over = document.get("expires_on").and_then(last_day).is_some_and(|last| last < today);
        Some(legal && held && !over)
    }

    fn birth(&self, life: &Life, today: Date, say: &mut impl FnMut(String, &str, Value)) {
        let Some(born) = life.birth_day() else { return };
        if let Some(registered) = life.day("birth.registered_on") {
            let days = days_between(born, registered);
            let how = match days {
                ..LATE => "in-time",
                LATE..=DELAYED => "late",
                _ => "delayed",
            };
            say("birth.registered_on".into(), &format!("birth-{how}"), json!({ "days": days }));
        }
        let profile = self.profile();
        let open =
            matches!(life.birth_registration(), BirthRegistration::NotAsked | BirthRegistration::Open { .. });
        if open && life.is_host_birth(life.host(&profile)) {
            let left = profile.birth_days - days_between(born, today);
            let id = if left >= 0 { "birth-left" } else { "birth-over" };
            say("birth.step".into(), id, json!({ "days": left.abs() }));
        }
    }

    /// Reads machine-readable lines as they are typed: what they say by field of the document's row, and which digits
    /// do not fit.
    pub fn read_mrz(&self, text: &str) -> Reply<MrzView> {
        let read = mrz::read(text).map_err(|why| {
            Failure::from(match why {
                NotRead::Shape => Code::MrzShape,
                NotRead::Letters => Code::MrzLetters,
            })
        })?;
        let faults = read.faults.iter().map(|fault| self.text.word(&format!("remark-{}", fault.code())));
        Ok(MrzView { faults: faults.collect(), reads: self.mrz_reads(&read) })
    }

    /// What the lines say. A part whose digit does not fit is not offered: it would be copied as if it were known.
    fn mrz_reads(&self, read: &Mrz) -> Vec<MrzReadView> {
        let fits = |fault: mrz::Fault| !read.faults.contains(&fault);
        let year = self.ports.today().year();
        let name = format!("{} {}", read.primary, read.secondary).trim().to_owned();
        let offered = [
            (
                "name_as_printed",
                (!name.is_empty()).then(|| json!({ "text": name, "script": "Latn", "use": "document" })),
                false,
            ),
            (
                "number",
                (!read.number.is_empty() && fits(mrz::Fault::Number)).then(|| json!(read.number)),
                true,
            ),
            (
                "dob_as_printed",
                read.birth.filter(|_| fits(mrz::Fault::Birth)).map(|day| date(day, day.born_in(year))),
                true,
            ),
            (
                "expires_on",
                read.expiry.filter(|_| fits(mrz::Fault::Expiry)).map(|day| date(day, day.ends_in(year))),
                true,
            ),
            ("sex_as_printed", read.sex.map(|sex| json!(sex.to_string())), false),
            ("issuer", self.country_of(&read.issuer).map(|country| json!(country)), false),
        ];
        let reads = offered.into_iter().filter_map(|(field, value, checked)| {
            let value = value?;
            let path = tern_record::Path::new(&format!("identity_documents/{}/{field}", NO_ROW)).ok()?;
            let kept = self.schema.value_from_json(&path, &value, self.ports.today()).ok()?;
            Some(MrzReadView {
                field: field.to_owned(),
                label: self.label_of(&path),
                text: self.print(&path, &kept),
                value,
                checked,
            })
        });
        reads.collect()
    }

    /// The country that a code of the lines means; organisations have none.
    fn country_of(&self, issuer: &str) -> Option<String> {
        let issuer = if issuer == "D" { "DEU" } else { issuer };
        let field = self.schema.field("identity_documents/issuer")?;
        let found = self.schema.options(field).into_iter().find(|(_, code)| {
            code.code == issuer || code.extra.get("mrz").and_then(Value::as_str) == Some(issuer)
        });
        found.map(|(_, code)| code.code.clone())
    }
}

/// Stands for a row that is not there yet, to ask what a field of it would say.
const NO_ROW: &str = "00000000000000000000000000";

fn date(day: ShortDay, year: i16) -> Value {
    match (day.month, day.day) {
        (Some(month), Some(day)) => json!({ "date": format!("{year:04}-{month:02}-{day:02}") }),
        (Some(month), None) => json!({ "year": year, "month": month }),
        _ => json!({ "year": year }),
    }
}

fn last_day(value: &tern_record::Scalar) -> Option<Date> {
    use tern_record::cbor::Canonical;
    let date = tern_record::fuzzy::FuzzyDate::from_bytes(value.as_bytes()?).ok()?;
    Some(date.latest())
}
