//! Forms that were filled in by hand: a bundle with a count, typed one by one in the order of the paper.
//!
//! Who asked, when and where stands on the paper, and so in each record (`interviewed_*`): clocks run from that day. The
//! change itself is dated and signed by who types it, now.

use tern_form::check::Answers;
use tern_record::{Cause, EntityId, Path, RecordId, Scalar, short};

use crate::Reply;
use crate::app::App;
use crate::draft::with_company;
use crate::edit::{Along, New, refusal};
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::tally::{headcount, own, row_put};
use crate::view::{BatchFormView, BatchLineView, BatchView, DraftView, NewBatch};

/// The kind of record.
const BATCH: &str = "paper_batch";

/// What a bundle says of every form in it: its own field, and the child's.
const FROM_BATCH: [(&str, &str); 7] = [
    ("batch.name", "paper.batch"),
    ("batch.lies", "paper.where"),
    ("batch.destroy_on", "paper.destroy_on"),
    ("batch.interviewed_on", "interviewed_on"),
    ("batch.interviewed_by", "interviewed_by"),
    ("batch.interviewed_by_name", "interviewed_by_name"),
    ("batch.interviewed_where", "interviewed_where"),
];

impl App {
    /// Begins a bundle.
    pub fn begin_batch(&mut self, ask: &NewBatch) -> Reply<BatchView> {
        if ask.name.trim().is_empty() {
            return Err(Code::NameOfList.into());
        }
        if let (Some(on), Some(destroy)) = (day(&ask.interviewed_on), day(&ask.destroy_on))
            && destroy < on
        {
            let paths = ["batch.destroy_on".to_owned()];
            return Err(Failure::about(Code::Form("impossible-date".into()), paths));
        }
        let name = self.put_of("batch.name", ask.name.trim())?;
        let mut puts = vec![name, own("batch.forms", headcount(ask.forms)?)?];
        for (field, value) in [
            ("batch.interviewed_on", &ask.interviewed_on),
            ("batch.interviewed_by", &ask.interviewed_by),
            ("batch.interviewed_by_name", &ask.interviewed_by_name),
            ("batch.interviewed_where", &ask.interviewed_where),
            ("batch.consent", &ask.consent),
            ("batch.lies", &ask.lies),
            ("batch.destroy_on", &ask.destroy_on),
        ] {
            let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) else {
                continue;
            };
            puts.push(self.put_of(field, value)?);
        }
        let id = self.draw(RecordId::make_random);
        self.put(id, &[], puts, Cause::Registered, Along::default())?;
        self.batch_of(id)
    }

    /// Bundles, those with forms left first.
    pub fn batches(&mut self) -> Reply<Vec<BatchLineView>> {
        self.reads_kind(BATCH)?;
        let mut views = Vec::new();
        for (id, _) in self.vault.things(BATCH)? {
            let view = self.batch_of(id)?;
            views.push(BatchLineView { id: view.id, name: view.name, forms: view.forms, typed: view.typed });
        }
        views.sort_by_key(|view| (view.typed >= view.forms, view.name.clone()));
        Ok(views)
    }

    /// A bundle with what was typed of it.
    pub fn batch(&mut self, id: &str) -> Reply<BatchView> {
        let id = self.thing_of_kind(id, BATCH)?;
        self.batch_of(id)
    }

    /// Takes up the next form: a draft that knows its bundle, its number and who asked when.
    pub fn begin_paper(&mut self, batch: &str, number: &str) -> Reply<DraftView> {
        let answers = self.said_of_form(batch, number)?;
        self.begin_draft_with(&answers)
    }

    /// What stands for a form of a bundle before it is typed. There are no more forms than were counted.
    fn said_of_form(&mut self, batch: &str, number: &str) -> Reply<Answers> {
        let id = self.thing_of_kind(batch, BATCH)?;
        let number = number.trim().to_uppercase();
        let typed = self.batch_of(id)?;
        if !number.is_empty() && typed.lines.iter().any(|line| line.number == number) {
            return Err(Code::NumberTwice.into());
        }
        if typed.typed >= typed.forms {
            return Err(Code::BundleFull.into());
        }
        let mut answers = self.with_record(id, |app, opened| Ok(app.said_by_batch(opened)))?;
        answers.insert("paper.of".into(), Scalar::from(short::long_text(id.as_bytes()).as_str()));
        if !number.is_empty() {
            let path = Path::new("paper.number").map_err(|_| Failure::from(Code::UnknownField))?;
            let value = self.schema.value_from_json(&path, &number.into(), self.ports.today());
            answers.insert("paper.number".into(), value.map_err(refusal)?);
        }
        Ok(answers)
    }

    /// Answers that every form of a bundle has.
    fn said_by_batch(&self, record: &Record) -> Answers {
        FROM_BATCH
            .iter()
            .filter_map(|(of_batch, of_child)| {
                Some(((*of_child).to_owned(), record.shown(&self.schema, of_batch)?))
            })
            .collect()
    }

    /// The line of a child in the bundle that it was typed from.
    pub(crate) fn line_of_paper(&self, answers: &Answers, child: RecordId) -> Reply<Option<New>> {
        let batch = answers.get("paper.of").and_then(Scalar::as_text).and_then(short::from_long_text);
        let Some(batch) = batch else { return Ok(None) };
        let row = self.draw(EntityId::make_random);
        let child = Scalar::from(short::long_text(child.as_bytes()).as_str());
        let mut line = vec![row_put("batch_forms", &row, "child", child)?];
        if let Some(number) = answers.get("paper.number") {
            line.push(row_put("batch_forms", &row, "number", number.clone())?);
        }
        Ok(Some(New { id: RecordId::new(batch), steps: vec![(Cause::Registered, line)] }))
    }

    fn batch_of(&mut self, id: RecordId) -> Reply<BatchView> {
        let (mut view, children) = self.with_record(id, |app, opened| {
            let said = |key: &str| {
                let value = opened.shown(&app.schema, key)?;
                Some(app.print(&Path::new(key).ok()?, &value)).filter(|text| !text.is_empty())
            };
            let code =
                |key: &str| opened.shown(&app.schema, key).and_then(|v| v.as_text().map(str::to_owned));
            let forms = opened.shown(&app.schema, "batch.forms").and_then(|forms| forms.as_int());
            let rows = opened.rows(&app.schema, "batch_forms").into_iter().filter_map(|(_, row)| {
                let text = |field: &str| row.get(field).and_then(Scalar::as_text).map(str::to_owned);
                Some((short::from_long_text(&text("child")?)?, text("number").unwrap_or_default()))
            });
            let view = BatchView {
                id: short::long_text(id.as_bytes()),
                name: said("batch.name").unwrap_or_default(),
                forms: forms.and_then(|forms| u32::try_from(forms).ok()).unwrap_or(0),
                typed: 0,
                interviewed_on: said("batch.interviewed_on"),
                interviewed_by: said("batch.interviewed_by_name").or_else(|| said("batch.interviewed_by")),
                interviewed_where: said("batch.interviewed_where"),
                consent: said("batch.consent"),
                ask_again: matches!(code("batch.consent").as_deref(), Some("one_for_all" | "not_on_forms")),
                lies: said("batch.lies"),
                destroy_on: said("batch.destroy_on"),
                lines: Vec::new(),
            };
            Ok((view, rows.collect::<Vec<_>>()))
        })?;
        for (child, number) in children {
            let child = RecordId::new(child);
            let Some(row) = self.vault.find_child(child)? else { continue };
            view.lines.push(BatchFormView {
                child: short::long_text(child.as_bytes()),
                short_id: short::short_text(child.as_bytes()),
                name: self.line(child, &row).name,
                number,
            });
        }
        view.lines.sort_by(|a, b| a.number.cmp(&b.number));
        view.typed = u32::try_from(view.lines.len()).unwrap_or(u32::MAX);
        Ok(view)
    }

    /// What a script types of a form, as `tern register` takes it, with what the bundle says of it.
    pub fn type_paper(&mut self, batch: &str, number: &str, answers: &serde_json::Value) -> Reply<DraftView> {
        let puts = self
            .schema
            .register_answers(answers, self.ports.today(), &mut || self.draw(EntityId::make_random));
        let puts = puts.map_err(refusal)?;
        let mut all = self.said_of_form(batch, number)?;
        all.extend(puts.puts.into_iter().map(|(path, value)| (path.as_str().to_owned(), value)));
        self.register_draft(&with_company(&all))
    }
}

fn day(text: &Option<String>) -> Option<jiff::civil::Date> {
    text.as_deref()?.trim().parse().ok()
}
