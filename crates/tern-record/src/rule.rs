//! Rules that stand in the way of a change, each with its number. A rule refuses only what would do harm by
//! being said: what happened can always be recorded, and is then shown as what it is.
//!
//! The table of all rules, with where each lives and the test that goes through a use case, is
//! `docs/rules.md`.

mod care;
mod share;

pub use share::stopped_on;

use std::fmt;

use jiff::civil::Date;

use crate::age::is_child;
use crate::consent::{denied_on, is_denied};
use crate::life::{Life, Row, code, yes};
use crate::path::Path;
use crate::profile::Profile;
use crate::scalar::Scalar;

/// A rule by its number: `rule-D-22`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(&'static str);

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident $code:literal;)*) => {
        impl Rule {
            $($(#[$doc])* pub const $name: Self = Self($code);)*
            /// Every rule that can refuse a change; each has its sentence, `failure-<code>`.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];
        }
    };
}

rules! {
    /// A birth registration does not go back without a reason.
    B_04 "rule-B-04";
    /// A child until people settle it: no one entry ends a childhood, a life or a record.
    D_01 "rule-D-01";
    /// What an age assessment needs before it can count.
    D_04 "rule-D-04";
    /// No decision without a guardian or a reason.
    D_05 "rule-D-05";
    /// A family is claimed until it is checked, by two.
    D_06 "rule-D-06";
    /// One agreement for each purpose and receiver; nothing is agreed by default.
    D_07 "rule-D-07";
    /// A no is not taken out by one, and never becomes a yes.
    D_08 "rule-D-08";
    /// The child's no.
    D_09 "rule-D-09";
    /// Without agreement only with a reason and a name.
    D_10 "rule-D-10";
    /// Who may be the danger is not asked.
    D_11 "rule-D-11";
    /// Who was marked as a danger stays so until two settle it.
    D_11B "rule-D-11b";
    /// Nothing to the country of origin without clearance.
    D_20 "rule-D-20";
    /// No contact with the origin State.
    D_21 "rule-D-21";
    /// The gates of a return.
    D_22 "rule-D-22";
    /// A family is not told before the child was asked and two checked.
    D_23 "rule-D-23";
    /// Nothing to an authority that is not separate from enforcement.
    D_24 "rule-D-24";
    /// What is said of staff goes outside.
    D_26 "rule-D-26";
}

impl Rule {
    /// `rule-D-22`.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.0 == code)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Who stands behind a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voices {
    /// One worker.
    One,
    /// One worker who takes back what this worker alone typed a few minutes ago, or whose interview goes on.
    Slip,
    /// One proposed, another confirmed.
    Two,
    /// A file of a practice programme: what happened elsewhere and long ago.
    File,
}

/// A change that somebody is about to make.
pub struct Change<'a> {
    /// What stands now.
    pub before: &'a Life,
    /// What would stand.
    pub after: &'a Life,
    /// What is put.
    pub puts: &'a [(Path, Scalar)],
    /// By one person or two.
    pub voices: Voices,
    /// The country's ages and days.
    pub profile: &'a Profile,
    /// The day of the change.
    pub today: Date,
}

/// A change that a rule does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Which rule.
    pub rule: Rule,
    /// The answer that it is about.
    pub path: String,
}

/// A row that something is put into.
struct Touched<'a> {
    list: &'a str,
    id: &'a str,
    /// As it would be, also when it is taken out.
    row: &'a Row,
    /// As it stood; a row that was taken out did not stand.
    before: Option<&'a Row>,
    field: &'a str,
}

impl Touched<'_> {
    /// One of these answers is put, or the row comes back.
    fn by(&self, fields: &[&str]) -> bool {
        let comes_back = self.before.is_none() && !self.row.contains_key("removed");
        self.field == "removed" && comes_back || fields.contains(&self.field)
    }
}

impl Change<'_> {
    /// The first rule that stands in the way.
    ///
    /// # Errors
    /// The rule, and the answer that it is about.
    pub fn check(&self) -> Result<(), Refused> {
        for (path, value) in self.puts {
            let rule = self.two_people(path, value).or_else(|| self.answer(path, value));
            if let Some(rule) = rule.or_else(|| self.row(path)) {
                return Err(Refused { rule, path: path.as_str().to_owned() });
            }
        }
        Ok(())
    }

    /// An answer of its own; clearing one says nothing.
    fn answer(&self, path: &Path, value: &Scalar) -> Option<Rule> {
        let said = Some(value).filter(|value| !value.is_null())?;
        care::answer(self, path, said).or_else(|| share::answer(self, path, said))
    }

    /// The whole row that an answer is put into, as if it stood: whatever was typed first, what stands at the end is
    /// held against the rules, and so is a row that comes back.
    fn row(&self, path: &Path) -> Option<Rule> {
        let (list, id) = (path.list()?, path.entity()?);
        let touched = Touched {
            list,
            id,
            row: self.after.any_row(list, id)?,
            before: self.before.row(list, id),
            field: path.field(),
        };
        care::row(self, &touched).or_else(|| share::row(self, &touched))
    }

    /// What one worker may not do by one entry: end a childhood or a life, make a child accompanied, close a
    /// record, make two children one, call a family found, unsay a no or a danger.
    fn two_people(&self, path: &Path, value: &Scalar) -> Option<Rule> {
        match self.voices {
            Voices::One | Voices::Slip if self.denies(path, value) || self.unsays_dissent(path, value) => {
                Some(Rule::D_08)
            }
            Voices::One | Voices::Slip if self.ends_childhood(path) || self.loses_site(path, value) => {
                Some(Rule::D_01)
            }
            Voices::One | Voices::Slip if softens(self.before, path, value) => Some(Rule::D_11B),
            Voices::One | Voices::Slip => needs_two(self.before, path, value),
            Voices::Two | Voices::File => None,
        }
    }

    /// Makes a child an adult by writing over, or taking out, the birth date by which it was one. A first date is what
    /// somebody said; a slip of a moment ago is corrected by who made it.
    fn ends_childhood(&self, path: &Path) -> bool {
        let is_claim = matches!(path.form_key().as_str(), "dob" | "dob_claims/dob" | "dob_claims/removed");
        is_claim
            && is_child(self.today, self.before.births())
            && !is_child(self.today, self.after.births())
            && self.before.births_said.iter().any(|born| is_child(self.today, [born]))
            && !self.before.just_said.contains(BIRTH)
    }

    /// A child of no site, or of one that nobody works at, is on no board. A record that is emptied is no child's.
    fn loses_site(&self, path: &Path, value: &Scalar) -> bool {
        path.as_str() == "case.site"
            && self.before.own("case.site").is_some_and(|before| before != value)
            && !self.after.is_blank()
    }

    /// Turns the no of the child, said beside the yes of an adult, into something else. A later yes of the child is an
    /// answer of its own.
    fn unsays_dissent(&self, path: &Path, value: &Scalar) -> bool {
        let (Some("consents"), Some(id)) = (path.list(), path.entity()) else { return false };
        let dissents = |row: &&Row| code(row, "child_assent") == Some("dissent");
        let Some(row) = self.before.any_row("consents", id).filter(dissents) else { return false };
        let unsays = match path.field() {
            "removed" => !value.is_null() && self.before.row("consents", id).is_some(),
            "child_assent" => value.as_text() != Some("dissent"),
            field @ ("purpose" | "receiver") => row.get(field).is_some_and(|before| before != value),
            _ => false,
        };
        unsays && !self.before.just_said.contains(&format!("consents/{id}/child_assent"))
    }

    /// Weakens a no that was said. A no stays: a later yes is an answer of its own. What the same worker typed a moment
    /// ago is taken out as it came, or taken back by undoing it.
    fn denies(&self, path: &Path, value: &Scalar) -> bool {
        let (Some("consents"), Some(id)) = (path.list(), path.entity()) else { return false };
        let Some(row) = self.before.any_row("consents", id).filter(|row| is_denied(row)) else {
            return false;
        };
        let is_slip = self.before.just_said.contains(&format!("consents/{id}/status"));
        // Who types a no one field after the other has not said all of it yet.
        let goes_on = |is_said: bool| is_slip && !is_said;
        match path.field() {
            "removed" => !value.is_null() && self.before.row("consents", id).is_some() && !is_slip,
            _ if is_slip && self.voices == Voices::Slip => false,
            "status" => !matches!(value.as_text(), Some("refused" | "withdrawn")),
            "purpose" => row.get("purpose").is_some_and(|before| before != value),
            // Without a receiver it is a no to all of them.
            "receiver" => {
                row.get("receiver").unwrap_or(&Scalar::Null) != value
                    && !goes_on(row.contains_key("receiver"))
            }
            field @ ("given_on" | "withdrawn_on") => {
                is_backdated(row, field, value) && !goes_on(denied_on(row).is_some())
            }
            _ => false,
        }
    }
}

/// The day of a no moves back, so that a yes that was said before it would be the later one. A no without a day is
/// later than all.
fn is_backdated(row: &Row, field: &str, value: &Scalar) -> bool {
    let mut moved = row.clone();
    match value {
        Scalar::Null => drop(moved.remove(field)),
        value => drop(moved.insert(field.to_owned(), value.clone())),
    }
    match (denied_on(row), denied_on(&moved)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after < before,
    }
}

/// Makes less of a person of whom the child is afraid: unsays it, takes the person out, or calls the person somebody
/// else. One worker may only where the mark was a slip of a moment ago.
fn softens(before: &Life, path: &Path, value: &Scalar) -> bool {
    let (Some("relations"), Some(id)) = (path.list(), path.entity()) else { return false };
    let Some(row) = before.any_row("relations", id) else { return false };
    let is_kept = |mark: &str| {
        yes(row, mark) == Some(true) && !before.just_said.contains(&format!("relations/{id}/{mark}"))
    };
    let is_marked = || MARKS.into_iter().any(is_kept);
    match path.field() {
        "removed" => !value.is_null() && before.row("relations", id).is_some() && is_marked(),
        mark @ ("danger" | "speak_first") => value.as_bool() != Some(true) && is_kept(mark),
        "kind" => row.get("kind").is_some_and(|kind| kind != value) && is_marked(),
        "is_primary_caregiver" => {
            yes(row, "is_primary_caregiver") == Some(true) && value.as_bool() != Some(true) && is_marked()
        }
        _ => false,
    }
}

/// How a birth date by which somebody is a child is called among the answers that were just said.
pub const BIRTH: &str = "dob";

/// Answers about a person that protect, and that one worker does not take back.
pub const MARKS: [&str; 2] = ["danger", "speak_first"];

/// The rule by which a value needs a second worker; `None` when one may put it.
fn needs_two(before: &Life, path: &Path, value: &Scalar) -> Option<Rule> {
    let code = value.as_text();
    match (path.form_key().as_str(), code) {
        ("accompaniment", Some("accompanied")) => {
            // A first answer is a claim; it is what somebody said when the child was registered.
            let changes = before.code("accompaniment").is_some_and(|before| before != "accompanied");
            (changes || before.was_without_parents).then_some(Rule::D_06)
        }
        ("life_status", Some("deceased" | "presumed_dead")) => Some(Rule::D_01),
        // Whoever has left is on no board and in no task: nobody would notice a slip.
        ("case.status", Some("closed" | "transferred" | "duplicate" | "moved_on"))
        | ("case.departed_on", _) => Some(Rule::D_01),
        ("case.closure_reason", Some("never_a_child")) => Some(Rule::D_04),
        ("same_as/decision", Some("same")) => Some(Rule::D_06),
        // What one person saw or heard one may say; what others looked into is checked by two.
        ("relations/verified", Some("tracing" | "dna")) => Some(Rule::D_06),
        ("tracing_matches/status", Some("verified")) | ("tracing_requests/status", Some("verified")) => {
            Some(Rule::D_23)
        }
        ("returns/partner_cleared" | "referrals/clearance", _) if value.as_bool() == Some(true) => {
            Some(Rule::D_20)
        }
        _ => None,
    }
}
