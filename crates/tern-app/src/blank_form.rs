//! Forms to fill in by hand, from the same schema as the screens: A4, boxes for codes, lines for words, a number drawn
//! at random. Of a child's form it is the fast path; of any other its sections.

use tern_form::{Field, Form, Group, Item, Kind};
use tern_record::{RecordId, short};

use crate::Reply;
use crate::app::App;
use crate::failure::Code;
use crate::view::{BlankAskView, BlankFormView, BlankPartView};

/// A list with more codes than this is written on a line.
const MOST_BOXES: usize = 14;
/// Persons on a form.
const PERSONS: u32 = 3;

impl App {
    /// A blank form with a number of its own.
    pub fn blank_form(&self, id: &str) -> Reply<BlankFormView> {
        let form = self.schema.form(id).ok_or(Code::UnknownForm)?;
        let number = self.draw(RecordId::make_random);
        let own = format!("print-title-{id}");
        let named = self.schema.texts().has("en", &own);
        let title = if named { self.text.word(&own) } else { self.text.word(&first_label(form)) };
        Ok(BlankFormView {
            form: form.id.clone(),
            version: form.version,
            language: self.text.language().to_owned(),
            practice: self.is_practice(),
            title,
            number: short::short_text(number.as_bytes()),
            about: ["print-not", "print-open", "print-number"].map(|word| self.text.word(word)).to_vec(),
            parts: self.blank_parts(form),
            after: self.text.word("print-after"),
        })
    }

    fn blank_parts(&self, form: &Form) -> Vec<BlankPartView> {
        let groups = if form.pages.is_empty() { &form.sections } else { &form.pages };
        let mut parts = Vec::new();
        if form.record == "child" {
            parts.push(self.interview_part());
        }
        parts.extend(groups.iter().flat_map(|group| self.parts_of(group)));
        parts
    }

    /// Who asked, when, where, and through whom: what the typed record dates itself by.
    fn interview_part(&self) -> BlankPartView {
        let asked =
            ["interviewed_on", "interviewed_by_name", "interviewed_where", "interpreter", "interpreter_code"];
        let asks = asked.iter().filter_map(|id| self.schema.field(id)).map(|field| self.ask(field));
        BlankPartView { title: self.text.word("print-interview"), asks: asks.collect(), rows: 1 }
    }

    /// Fields of a group together; each of its lists as a part of its own, in the order of the form.
    fn parts_of(&self, group: &Group) -> Vec<BlankPartView> {
        let mut parts: Vec<BlankPartView> = Vec::new();
        let mut fields: Vec<BlankAskView> = Vec::new();
        let title = self.text.word(&group.label);
        let mut items: Vec<&Item> = group.items.iter().collect();
        // Help comes before the question whether it may be written down.
        items.sort_by_key(|item| !matches!(item, Item::Field(field) if field.id == "help_asked"));
        for item in items {
            match item {
                Item::Field(field) if can_be_written(field) => fields.push(self.ask(field)),
                Item::Field(_) => {}
                Item::List(list) => {
                    if !fields.is_empty() {
                        let asks = std::mem::take(&mut fields);
                        parts.push(BlankPartView { title: title.clone(), asks, rows: 1 });
                    }
                    let asked =
                        list.fields.iter().filter(|field| can_be_written(field) && is_asked(&list.id, field));
                    let asks: Vec<BlankAskView> = asked.map(|field| self.ask(field)).collect();
                    let rows = if list.id == "companions" { PERSONS } else { 1 };
                    if !asks.is_empty() {
                        parts.push(BlankPartView {
                            title: self.list_title(&list.id, &list.label),
                            asks,
                            rows,
                        });
                    }
                }
            }
        }
        if !fields.is_empty() {
            parts.push(BlankPartView { title, asks: fields, rows: 1 });
        }
        parts
    }

    fn list_title(&self, id: &str, label: &str) -> String {
        let own = match id {
            "consents" => "consent-question",
            "companions" => "company",
            _ => label,
        };
        self.text.word(own)
    }

    fn ask(&self, field: &Field) -> BlankAskView {
        let language = self.text.language();
        let word = |id: &str| self.text.word(id);
        let mut ask = BlankAskView {
            label: word(&field.label),
            hint: field.hint.as_ref().map(|hint| word(hint)),
            boxes: Vec::new(),
            places: Vec::new(),
            lines: 0,
        };
        let open: Vec<String> = ["unknown", "refused"]
            .into_iter()
            .filter(|code| field.missing.iter().any(|missing| missing == code))
            .map(|code| word(&format!("missing-{code}")))
            .collect();
        match field.kind {
            Kind::Code | Kind::Set => {
                let mut offered = self.schema.options(field);
                // An answer on paper is a first answer.
                offered.retain(|(list, code)| {
                    list.id != "consent_status" || !matches!(code.code.as_str(), "withdrawn" | "expired")
                });
                if offered.len() > MOST_BOXES {
                    ask.lines = 1;
                } else {
                    ask.boxes = offered
                        .iter()
                        .map(|(_, code)| self.schema.code_label(language, field, &code.code))
                        .collect();
                }
                let known: Vec<&str> = offered.iter().map(|(_, code)| code.code.as_str()).collect();
                // Some lists have a code of their own for not known.
                let doubled = known.contains(&"U") || known.contains(&"unknown");
                ask.boxes.extend(open.into_iter().skip(usize::from(doubled)));
            }
            Kind::Bool3 => {
                ask.boxes = vec![word("yes"), word("no")];
                ask.boxes.extend(open);
            }
            Kind::Date => ask.places = ["date-day", "date-month", "date-year"].map(word).to_vec(),
            Kind::FuzzyDate => {
                ask.places = ["date-day", "date-month", "date-year", "print-or-age"].map(word).to_vec();
                ask.boxes = open;
            }
            Kind::Int => ask.places = vec![word("print-count")],
            Kind::Note => ask.lines = 4,
            Kind::Language => ask.lines = 1,
            Kind::Text | Kind::Name | Kind::Place | Kind::Instant => ask.lines = 1,
            Kind::Ref | Kind::Blob => {}
        }
        ask
    }

    /// The form as one page of HTML that prints by itself.
    pub fn blank_html(&self, view: &BlankFormView) -> String {
        let mut page = String::with_capacity(16_000);
        let title = escape(&view.title);
        page.push_str(&format!(
            "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title} {}</title>\n<style>{STYLE}</style></head><body>\n",
            escape(&view.language),
            escape(&view.number),
        ));
        if view.practice {
            page.push_str(&format!(
                "<p class=\"practice\">{}</p>\n",
                escape(&self.text.word("paper-practice"))
            ));
        }
        page.push_str(&format!(
            "<header><h1>{title}</h1><p class=\"no\">{}</p></header>\n",
            escape(&view.number)
        ));
        for line in &view.about {
            page.push_str(&format!("<p class=\"about\">{}</p>\n", escape(line)));
        }
        for part in &view.parts {
            page.push_str(&format!("<section><h2>{}</h2>\n", escape(&part.title)));
            for row in 1..=part.rows {
                if part.rows > 1 {
                    page.push_str(&format!("<p class=\"row\">{row}</p>\n"));
                }
                part.asks.iter().for_each(|ask| page.push_str(&ask_html(ask)));
            }
            page.push_str("</section>\n");
        }
        let form = format!("{} {}", view.form, view.version);
        page.push_str(&format!(
            "<footer>{} <span>{}</span></footer>\n</body></html>\n",
            escape(&view.after),
            escape(&form)
        ));
        page
    }
}

/// What a person can write on paper.
fn can_be_written(field: &Field) -> bool {
    !field.off && !matches!(field.kind, Kind::Ref | Kind::Blob)
}

/// Of the question whether this may be written down, only what is asked in the first talk: other purposes and receivers
/// are asked when they arise.
fn is_asked(list: &str, field: &Field) -> bool {
    match list {
        "names" => field.id == "name",
        "consents" => matches!(
            field.id.as_str(),
            "status" | "given_by" | "spoke_apart" | "not_possible_reason" | "given_on"
        ),
        _ => true,
    }
}

fn first_label(form: &Form) -> String {
    form.sections.first().or(form.pages.first()).map(|group| group.label.clone()).unwrap_or_default()
}

fn ask_html(ask: &BlankAskView) -> String {
    let mut html = format!("<div class=\"ask\"><b>{}</b>", escape(&ask.label));
    if let Some(hint) = &ask.hint {
        html.push_str(&format!("<i>{}</i>", escape(hint)));
    }
    for place in &ask.places {
        html.push_str(&format!("<span class=\"place\"><u></u>{}</span>", escape(place)));
    }
    for boxed in &ask.boxes {
        html.push_str(&format!("<span class=\"box\"><s></s>{}</span>", escape(boxed)));
    }
    for _ in 0..ask.lines {
        html.push_str("<div class=\"write\"></div>");
    }
    html.push_str("</div>\n");
    html
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

const STYLE: &str = "\
@page{size:A4;margin:14mm}\
body{font:11pt/1.35 'Noto Sans',sans-serif;color:#000;margin:0 auto;max-width:182mm}\
header{display:flex;justify-content:space-between;align-items:baseline;border-block-end:2px solid #000;gap:8mm}\
h1{font-size:17pt;margin:0 0 2mm}.no{font-size:17pt;font-weight:700;margin:0;letter-spacing:.06em;white-space:nowrap}\
h2{font-size:12.5pt;margin:5mm 0 1mm;border-block-end:1px solid #000;break-after:avoid}\
.practice{border:2px solid #000;padding:2mm;font-weight:700;text-align:center;margin:0 0 3mm}\
.about{margin:1mm 0;font-size:10pt}.row{margin:3mm 0 0;font-weight:700}\
.ask{break-inside:avoid;margin:2.2mm 0;display:flex;flex-wrap:wrap;gap:1mm 4mm;align-items:flex-end}\
.ask b{flex:1 1 100%}.ask i{flex:1 1 100%;font-style:normal;font-size:9.5pt}\
.box{white-space:nowrap}.box s{display:inline-block;width:4mm;height:4mm;border:1.5px solid #000;margin-inline-end:1.5mm;vertical-align:-.6mm}\
.place u{display:inline-block;width:16mm;height:6mm;border-block-end:1.5px solid #000;margin-inline-end:1.5mm}\
.write{flex:1 1 100%;height:7.5mm;border-block-end:1.2px solid #000}\
footer{margin-block-start:6mm;border-block-start:1px solid #000;padding-block-start:2mm;font-size:9.5pt;display:flex;justify-content:space-between;gap:6mm}";
