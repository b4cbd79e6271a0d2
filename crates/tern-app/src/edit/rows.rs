//! A change as a screen or the command line asks for it: JSON by path, `+n` for a row that begins.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tern_form::{Kind, Remark};
use tern_record::{Cause, EntityId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::propose::{LIST, kept_apart};
use crate::record::Record;
use crate::view::{EditChild, EditedView};

use super::Along;

impl App {
    /// A change from a screen or the command line, as JSON by path. `+n` stands for a row that begins.
    pub fn edit_child(&mut self, ask: &EditChild, cause: Cause) -> Reply<EditedView> {
        let mut rows = Rows::default();
        self.edit_rows(ask, cause, &mut rows).map_err(|refused| rows.as_sent(refused))
    }

    fn edit_rows(&mut self, ask: &EditChild, cause: Cause, rows: &mut Rows) -> Reply<EditedView> {
        let record = self.resolve(&ask.id)?;
        self.rows_are_there(record, ask.puts.keys())?;
        let puts = self.read_puts(&ask.puts, rows)?;
        let put = self.put(record, &ask.heads, puts.clone(), cause, Along::default())?;
        let touched: BTreeSet<String> = puts.iter().map(|(path, _)| path.to_string()).collect();
        let mut remarks = self.remarks_of(record)?;
        remarks.retain(|remark| touched.contains(&remark.path));
        Ok(EditedView {
            changes: put.changes.iter().map(|id| id.to_hex()).collect(),
            rows: rows.text(),
            heads: put.heads,
            saved: crate::show::moment(put.stamp),
            remarks: self.remark_views(remarks),
        })
    }

    /// Refuses a row that nobody began, so that a slip in an id does not begin one.
    fn rows_are_there<'a>(&mut self, record: RecordId, asked: impl Iterator<Item = &'a String>) -> Reply<()> {
        let rows: Vec<Path> = asked
            .filter_map(|text| Path::new(text).ok())
            .filter(|path| path.entity().is_some())
            .filter(|path| self.schema.field_at(path).is_some_and(|field| field.kind != Kind::Set))
            .collect();
        if rows.is_empty() {
            return Ok(());
        }
        let have = self.with_record(record, |_, opened| Ok(opened.paths()))?;
        let began =
            |row: &Path| have.iter().any(|path| (path.list(), path.entity()) == (row.list(), row.entity()));
        match rows.iter().find(|row| !began(row)) {
            Some(row) => Err(Failure::about(Code::UnknownRow, [row.form_key()])),
            None => Ok(()),
        }
    }

    /// Reads JSON by path into puts, giving an id to each row that begins.
    pub(crate) fn read_puts(
        &self,
        puts: &BTreeMap<String, Value>,
        rows: &mut Rows,
    ) -> Reply<Vec<(Path, Scalar)>> {
        let today = self.ports.today();
        puts.iter()
            .map(|(text, value)| {
                let text = rows.fill(text, || self.draw(EntityId::make_random));
                let unknown = || Failure::about(Code::UnknownField, ["?".to_owned()]);
                let path = Path::new(&text).map_err(|_| unknown())?;
                if path.list() == Some(LIST) {
                    return Err(kept_apart());
                }
                let value = self.schema.value_from_json(&path, value, today).map_err(refusal)?;
                Ok((path, value))
            })
            .collect()
    }

    /// Remarks on a record as it stands.
    pub(crate) fn remarks_of(&mut self, record: RecordId) -> Reply<Vec<Remark>> {
        self.with_record(record, |app, opened| Ok(app.remarks_in(opened)))
    }

    /// Remarks on a record that is open.
    pub(crate) fn remarks_in(&self, opened: &Record) -> Vec<Remark> {
        let answers = opened
            .paths()
            .into_iter()
            .filter_map(|path| {
                let value = opened.folded(&self.schema, &path).shown().cloned()?;
                Some((path.as_str().to_owned(), value))
            })
            .collect();
        self.schema.remarks(&answers, self.ports.today())
    }
}

/// Rows that begin with a change, by the `+n` they were sent with.
#[derive(Clone, Debug, Default)]
pub struct Rows(BTreeMap<String, EntityId>);

impl Rows {
    /// Puts the row's id in the place of `+n`.
    pub fn fill(&mut self, path: &str, draw: impl FnOnce() -> EntityId) -> String {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [list, token, field] if token.starts_with('+') => {
                let key = format!("{list}/{token}");
                let id = *self.0.entry(key).or_insert_with(draw);
                format!("{list}/{}/{field}", short::long_text(id.as_bytes()))
            }
            _ => path.to_owned(),
        }
    }

    /// A refusal that names the rows as they were sent: `relations/+1/kind`.
    pub(crate) fn as_sent(&self, refused: Failure) -> Failure {
        let sent = |path: String| {
            let row = self.0.iter().find_map(|(token, id)| {
                let list = token.split('/').next().unwrap_or_default();
                let field = path.strip_prefix(&format!("{list}/{}/", short::long_text(id.as_bytes())))?;
                Some(format!("{token}/{field}"))
            });
            row.unwrap_or(path)
        };
        Failure { paths: refused.paths.into_iter().map(sent).collect(), ..refused }
    }

    /// Ids of the rows, by what they were sent with.
    pub fn text(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(token, id)| (token.clone(), short::long_text(id.as_bytes()))).collect()
    }
}

/// A refusal of the form, as a failure.
pub(crate) fn refusal(refusal: tern_form::Refusal) -> Failure {
    use tern_form::RefusalCode;
    let code = match refusal.code {
        RefusalCode::AnswersNeeded => Code::AnswersNeeded,
        RefusalCode::UnknownField => Code::UnknownField,
        code => Code::Form(code.as_str().to_owned()),
    };
    Failure::about(code, refusal.paths.iter().map(|path| told(path)))
}

/// A path as a refusal names it: what stands in the place of a row or of a set's code was typed, and may be
/// an answer.
pub(super) fn told(path: &str) -> String {
    match path.split('/').collect::<Vec<_>>().as_slice() {
        [set, _, "in"] => (*set).to_owned(),
        [_, row, _] if short::from_long_text(row).is_some() => path.to_owned(),
        [list, _, field] => format!("{list}/{field}"),
        _ => path.to_owned(),
    }
}
