//! Use cases for scripts: JSON in the shapes that the command line promises.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path as FilePath;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use tern_record::{Cause, Compartment, Held, Path, Said, Scalar, short};
use tern_seal::passphrase::{RescueCode, draw_words, is_long_enough, normalise};
use tern_seal::slot::Cost;
use tern_store::Home;
use zeroize::Zeroizing;

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::history::cause_code;
use crate::ports::{Ports, civil_day, rfc3339};
use crate::programme::{NewProgramme, Secrets, create};
use crate::show::age;
use crate::unlock::{Secret, unlock};
use crate::view::EditChild;
use tern_form::Schema;

/// Makes a programme. Without a passphrase one is drawn and told once; the rescue code is always told.
pub fn programme_create(
    folder: &FilePath,
    ask: &NewProgramme,
    passphrase: Option<&str>,
    schema: Arc<Schema>,
    ports: Arc<Ports>,
) -> Reply<Value> {
    if passphrase.is_some_and(|typed| !is_long_enough(typed)) {
        return Err(Code::WordsShort.into());
    }
    let drawn = ports.draw(draw_words).join(" ");
    let rescue = ports.draw(RescueCode::make_random);
    let words = normalise(passphrase.unwrap_or(&drawn));
    let groups = rescue.groups().join("-");
    let secrets = Secrets { words: Zeroizing::new(words.to_string()), rescue };
    let mut app = create(folder, ask, &secrets, Cost::USUAL, schema, ports)?;
    let mut told = json!({
        "realm": app.realm.to_hex(),
        "practice": app.practice,
        "device": app.me.device.to_hex(),
        "seat": app.me.seat.to_hex(),
        "scopes": app.roster.scopes.keys().map(|scope| scope.to_hex()).collect::<Vec<_>>(),
        "rescue_code": groups,
    });
    if let (None, Value::Object(told)) = (passphrase, &mut told) {
        told.insert("passphrase".into(), drawn.into());
    }
    app.end_session()?;
    Ok(told)
}

/// Opens a data folder by a passphrase.
pub fn open(folder: &FilePath, passphrase: &str, schema: Arc<Schema>, ports: Arc<Ports>) -> Reply<App> {
    let home = Arc::new(Home::open(folder)?);
    let mut app = unlock(home, Secret::Words(passphrase), schema, ports)?;
    app.begin_session()?;
    Ok(app)
}

/// A view as JSON.
pub fn told<T: serde::Serialize>(view: &T) -> Value {
    serde_json::to_value(view).unwrap_or(Value::Null)
}

/// Parses JSON that a person wrote, saying where it breaks.
pub fn parse(text: &str) -> Reply<Value> {
    serde_json::from_str(text)
        .map_err(|error| Failure::from(Code::BadJson { line: error.line(), column: error.column() }))
}

/// `forms list`.
pub fn forms_list(schema: &Schema) -> Value {
    let forms =
        schema.forms().map(|form| json!({"form": form.id, "version": form.version, "record": form.record}));
    forms.collect()
}

/// `forms show`.
pub fn forms_show(schema: &Schema, form: &str) -> Reply<Value> {
    let found = schema.form(form).ok_or(Code::UnknownForm)?;
    let fields = schema.fields().filter(|(_, field)| field.form == found.id).map(|(key, field)| {
        json!({
            "field": key, "kind": field.kind.id(), "tier": format!("{:?}", field.tier), "codes": field.codes,
            "label": schema.label("en", &field.label), "source": field.source,
        })
    });
    Ok(
        json!({ "form": found.id, "version": found.version, "record": found.record, "fields": fields.collect::<Vec<_>>() }),
    )
}

/// `codes`: every list, with the fields that take from it.
pub fn code_lists(schema: &Schema) -> Value {
    let lists = schema.codelists().map(|list| {
        let of_it = schema.fields().filter(|(_, field)| field.codes.as_ref() == Some(&list.id));
        json!({
            "list": list.id, "source": list.source, "codes": list.codes.len(),
            "fields": of_it.map(|(key, _)| key).collect::<Vec<_>>(),
        })
    });
    lists.collect()
}

/// `codes` of a field, ways of not answering among them, or of a list.
pub fn codes(schema: &Schema, of: &str) -> Reply<Value> {
    let told = |code: &str, label: String| json!({ "code": code, "label": label });
    if let Some(field) = schema.field(of).filter(|field| field.codes.is_some()) {
        let taken = schema.codes_taken(field).into_iter();
        return Ok(taken.map(|code| told(&code, schema.code_label("en", field, &code))).collect());
    }
    let list = schema.codelist(of).ok_or(Code::UnknownCodes)?;
    let label = |code: &str| schema.texts().find("en", &list.message(code));
    Ok(list
        .codes
        .iter()
        .map(|code| told(&code.code, label(&code.code).unwrap_or(code.label.clone())))
        .collect())
}

/// `forms check`.
pub fn forms_check(folder: &FilePath) -> Reply<Value> {
    match Schema::load(folder) {
        Ok(schema) => Ok(json!({ "forms": schema.forms().count(), "fields": schema.fields().count() })),
        Err(error) => Err(Failure::about(Code::BadSchema, [error.to_string()])),
    }
}

impl App {
    /// `board`.
    pub fn script_board(&self, site: Option<&str>, at_ms: Option<i64>) -> Reply<Value> {
        let board = self.board_of(site, self.on_day(at_ms))?;
        let columns = board.columns.iter().map(|c| json!({"need": c.need, "open": c.open, "late": c.late}));
        let rows = board.rows.iter().map(|row| {
            let cells: serde_json::Map<String, Value> = row
                .cells
                .iter()
                .map(|(need, cell)| {
                    (need.clone(), json!({"state": cell.state, "days": cell.days, "late": cell.late}))
                })
                .collect();
            json!({ "id": row.line.id, "short_id": row.line.short_id, "group": row.group, "cells": cells })
        });
        Ok(json!({ "columns": columns.collect::<Vec<_>>(), "rows": rows.collect::<Vec<_>>() }))
    }

    /// `tasks`.
    pub fn script_tasks(&self, id: Option<&str>, at_ms: Option<i64>) -> Reply<Value> {
        let record = id.map(|id| self.resolve(id)).transpose()?;
        let tasks = self.tasks(record, self.on_day(at_ms))?.into_iter().map(|task| {
            json!({
                "id": task.id, "child": task.child, "short_id": task.short_id, "kind": task.kind, "since": task.since,
                "due": task.due, "late_days": task.late_days, "reason": task.reason, "text": task.text,
                "asked": task.asked, "about": task.about,
            })
        });
        Ok(tasks.collect())
    }

    fn on_day(&self, at_ms: Option<i64>) -> jiff::civil::Date {
        let offset = self.ports.clock.stamp().offset_min;
        at_ms.map_or_else(|| self.ports.today(), |at| civil_day(at, offset))
    }

    /// `register`.
    pub fn script_register(&mut self, answers: &Value) -> Reply<Value> {
        let done = self.register(answers)?;
        let same = self.may_be_same(done.id)?;
        let same = same.iter().map(|(id, _, same)| {
            let fits = same.facts.iter().filter(|fact| fact.verdict == tern_match::Verdict::Same);
            json!({
                "id": short::long_text(id.as_bytes()),
                "short_id": short::short_text(id.as_bytes()),
                "strength": if same.fit == tern_match::Fit::Many { "many" } else { "some" },
                "reasons": fits.map(|fact| format!("{:?}", fact.kind).to_lowercase()).collect::<Vec<_>>(),
            })
        });
        Ok(json!({
            "id": short::long_text(done.id.as_bytes()),
            "short_id": short::short_text(done.id.as_bytes()),
            "heads": done.heads,
            "remarks": done.remarks.iter().map(|remark| json!({"path": remark.path, "code": remark.code})).collect::<Vec<_>>(),
            "may_be_same": same.collect::<Vec<_>>(),
        }))
    }

    /// `find`; ages as of `at_ms` when that is given.
    pub fn script_find(&self, text: &str, limit: usize, at_ms: Option<i64>) -> Reply<Value> {
        let today = at_ms.map_or_else(|| self.ports.today(), |at| civil_day(at, 0));
        let found = self.find(text, limit)?.into_iter().map(|found| {
            let (strength, reasons) = found.why();
            let line = self.line_as(found.record, &found.child, false);
            let names: Vec<&String> = line.name.iter().chain(&line.names).collect();
            json!({
                "id": short::long_text(found.record.as_bytes()),
                "short_id": short::short_text(found.record.as_bytes()),
                "name": line.name.as_deref().unwrap_or_default(),
                "names": names,
                "sex": line.sex.as_deref().unwrap_or_default(),
                "age": age(&found.child, today).filter(|_| line.band.is_none() && line.age.is_some()).map(|age| json!({"years": age.years, "estimated": age.estimated})),
                "strength": strength,
                "reasons": reasons,
            })
        });
        Ok(Value::Array(found.collect()))
    }

    /// `show`, as it stands or as it was stated at a moment.
    pub fn script_show(&mut self, id: &str, as_of_ms: Option<i64>, reason: Option<&str>) -> Reply<Value> {
        let record = self.resolve(id)?;
        if let Some(reason) = reason {
            self.note_reading(record, reason)?;
        }
        self.with_seen(record, |app, opened| {
            let mut fields = Map::new();
            let heads = opened.heads();
            let begun = |at_ms| opened.docs.values().any(|document| !document.as_of(at_ms).is_empty());
            // Nothing was stated then: said in a sentence, so that nobody takes it for a child without answers.
            let not_yet = as_of_ms.is_some_and(|at_ms| !begun(at_ms));
            for (compartment, document) in &mut opened.docs {
                if *compartment == Compartment::Restricted && reason.is_none() {
                    continue;
                }
                let mut then;
                let document = match as_of_ms {
                    Some(at_ms) => {
                        then = document.as_of(at_ms);
                        &mut then
                    }
                    None => document,
                };
                for path in document.paths() {
                    debug_assert!(app.schema.compartment(&path).is_none_or(|home| home == *compartment));
                    let held = document.held(&path, app.schema.rule(&path));
                    if let Some(shown) = app.held_json(&path, held) {
                        fields.insert(path.to_string(), shown);
                    }
                }
            }
            let mut told = json!({
                "id": short::long_text(record.as_bytes()),
                "short_id": short::short_text(record.as_bytes()),
                "heads": heads,
                "fields": fields,
            });
            let waiting = app.waiting(opened);
            if let (1.., Value::Object(told)) = (waiting.changes, &mut told) {
                told.insert("waiting".into(), waiting.changes.into());
                told.insert("waiting_with".into(), waiting.with.into());
            }
            if let (true, Value::Object(told)) = (not_yet, &mut told) {
                told.insert("note".into(), app.text.word("show-not-begun").into());
            }
            Ok(told)
        })
    }

    fn held_json(&self, path: &Path, held: Held<Scalar>) -> Option<Value> {
        match held {
            Held::Blank => None,
            Held::Settled(said) => {
                Some(json!({"state": "settled", "value": self.json_of(path, &said.value)}))
            }
            Held::Disputed { shown, all } => Some(json!({
                "state": "disputed",
                "shown": self.json_of(path, &shown.value),
                "values": all.iter().map(|said| self.said_json(path, said)).collect::<Vec<_>>(),
            })),
        }
    }

    pub(crate) fn said_json(&self, path: &Path, said: &Said<Scalar>) -> Value {
        let (by, device) = self.name_of(said.by, said.on);
        json!({
            "value": self.json_of(path, &said.value),
            "change": said.change.to_hex(),
            "by": by,
            "device": device,
            "at": rfc3339(said.at),
        })
    }

    /// `edit`: values by path.
    pub fn script_edit(&mut self, id: &str, heads: &[String], puts: BTreeMap<String, Value>) -> Reply<Value> {
        let done =
            self.edit_child(&EditChild { id: id.to_owned(), heads: heads.to_vec(), puts }, Cause::Typed)?;
        let told = json!({ "change": done.changes.first(), "changes": done.changes, "heads": done.heads });
        Ok(with_remarks(told, &done.remarks))
    }

    /// `add`: a row of a list, values by field.
    pub fn script_add(&mut self, id: &str, list: &str, fields: BTreeMap<String, Value>) -> Reply<Value> {
        if self.schema.list(list).is_none() {
            // What is no name of a list may be anything: it is not told back.
            let field = fields.keys().next().map(String::as_str).unwrap_or_default();
            let named = Path::new(&format!("{list}/n/{field}")).map(|path| path.form_key());
            return Err(Failure::about(Code::UnknownField, [named.unwrap_or_else(|_| "?".to_owned())]));
        }
        let puts = fields.into_iter().map(|(field, value)| (format!("{list}/+1/{field}"), value)).collect();
        let ask = EditChild { id: id.to_owned(), heads: Vec::new(), puts };
        let as_asked = |refused: Failure| Failure {
            paths: refused.paths.into_iter().map(|path| path.replacen("/+1/", "/", 1)).collect(),
            ..refused
        };
        let done = self.edit_child(&ask, Cause::Typed).map_err(as_asked)?;
        let told = json!({
            "entity": done.rows.values().next(),
            "change": done.changes.first(),
            "changes": done.changes,
            "heads": done.heads,
        });
        Ok(with_remarks(told, &done.remarks))
    }

    /// `move`: an entry typed into the wrong record goes to the right one.
    pub fn script_move(&mut self, id: &str, entry: &str, to: &str) -> Reply<Value> {
        let moved = self.move_entry(id, entry, to)?;
        let changes: Vec<&str> = moved.changes.iter().map(|change| change.change.as_str()).collect();
        Ok(json!({ "id": moved.child, "entry": moved.entry, "changes": changes }))
    }

    /// `history`.
    pub fn script_history(&mut self, id: &str, reason: Option<&str>) -> Reply<Value> {
        let changes = match reason {
            Some(reason) => {
                let record = self.resolve(id)?;
                self.note_reading(record, reason)?;
                self.changes_seen(id)?
            }
            None => self.changes_open(id)?,
        };
        let changes = changes.into_iter().map(|change| {
            let (by, device) = self.name_of(change.by, change.on);
            let mut before = Map::new();
            let mut after = Map::new();
            for put in &change.puts {
                let json = |value: &Scalar| self.json_of(&put.path, value);
                let seen = match put.before.as_slice() {
                    [] => Value::Null,
                    [one] => json(one),
                    all => Value::Array(all.iter().map(json).collect()),
                };
                before.insert(put.path.to_string(), seen);
                after.insert(put.path.to_string(), json(&put.after));
            }
            json!({
                "change": change.id.to_hex(),
                "at": rfc3339(change.stamp),
                "by": by,
                "device": device,
                "clock": self.clock_of_change(&change),
                "paths": change.puts.iter().map(|put| put.path.to_string()).collect::<Vec<_>>(),
                "before": before,
                "after": after,
                "cause": cause_code(change.cause),
            })
        });
        Ok(Value::Array(changes.collect()))
    }

    /// `print blank`; `over`: a file that is there already is written over.
    pub fn script_print_blank(&self, form: &str, file: &FilePath, over: bool) -> Reply<Value> {
        self.may_write(file, over)?;
        let view = self.blank_form(form)?;
        let html = self.blank_html(&view);
        tern_store::files::write_whole(file, html.as_bytes())
            .map_err(|_| Failure::from(Code::UnreadableFile))?;
        Ok(json!({ "form": view.form, "version": view.version, "number": view.number }))
    }

    /// `photo add`.
    pub fn script_photo(&mut self, id: &str, file: &FilePath) -> Reply<Value> {
        let bytes = read_bounded(file)?;
        let photo = self.add_photo(id, &bytes)?;
        Ok(json!({
            "blob": photo.blob, "bytes": photo.bytes, "width": photo.width, "height": photo.height, "heads": photo.heads,
        }))
    }

    /// `demo`; `told` hears how many are done.
    pub fn script_demo(&mut self, children: u64, seed: u64, told: &mut dyn FnMut(u64)) -> Reply<Value> {
        let made = self.demo(children, seed, told)?;
        Ok(json!({ "children": made.len() }))
    }

    /// `lock`: seals what is unsealed.
    pub fn script_lock(&mut self) -> Reply<Value> {
        self.end_session()?;
        let (intents, unsealed) = self.vault.count_intents()?;
        Ok(json!({
            "envelopes": self.vault.count_envelopes()?,
            "intents": intents,
            "unsealed": unsealed,
            "records": self.vault.count_children()?,
        }))
    }

    /// `verify`.
    pub fn script_verify(&mut self, rebuild: bool) -> Reply<Value> {
        let found = self.verify(rebuild)?;
        Ok(json!({
            "envelopes": found.envelopes,
            "intents": found.intents,
            "records": found.records,
            "problems": found.problems,
        }))
    }

    /// Every envelope that this device made, as it would be handed over. For tests of the gate.
    pub fn envelopes(&self) -> Reply<Vec<Vec<u8>>> {
        let all = self.vault.envelopes_after(0, u32::MAX)?;
        Ok(all.into_iter().map(|(_, row)| row.bytes).collect())
    }

    /// The roster as signed bytes.
    pub fn roster_bytes(&self) -> Reply<Vec<Vec<u8>>> {
        Ok(self.vault.roster_entries()?)
    }
}

/// What a text that may be the path of an answer names, `relations/kind`: never the row, which may be anything.
pub fn named(text: &str) -> Option<String> {
    Path::new(&text.replace('+', "n")).ok().map(|path| path.form_key())
}

/// What was done, and where a second look is worth it.
fn with_remarks(mut told: Value, remarks: &[crate::view::RemarkView]) -> Value {
    if let (false, Value::Object(told)) = (remarks.is_empty(), &mut told) {
        let remarks = remarks
            .iter()
            .map(|remark| json!({ "path": remark.path, "code": remark.code, "text": remark.text }));
        told.insert("remarks".into(), remarks.collect());
    }
    told
}

/// An arrival, or what was just counted at it. Where more came than were counted by head, none is to be found.
pub fn counted(view: &impl serde::Serialize) -> Value {
    let mut told = told(view);
    for at in ["/to_find", "/arrival/to_find"] {
        if let Some(left) = told.pointer_mut(at).filter(|left| left.as_i64().is_some_and(|left| left < 0)) {
            *left = json!(0);
        }
    }
    told
}

/// Reads a file that may hold a picture, never more than a picture may have.
fn read_bounded(file: &FilePath) -> Reply<Vec<u8>> {
    read_file(file, tern_photo::MAX_INPUT as u64, Code::PictureTooLarge)
}

/// Bytes of the largest file of answers or stories, and of the longest line, that are read.
pub const MOST_TEXT: u64 = 16 * 1024 * 1024;

/// Answers to `register` from a file's text. A file that is larger than any would be is not read at all.
pub fn read_text(file: &FilePath) -> Reply<String> {
    let bytes = read_file(file, MOST_TEXT, Code::UnreadableFile)?;
    String::from_utf8(bytes).map_err(|_| Code::UnreadableFile.into())
}

/// Text that comes by a stream, never more than a file may have.
pub fn read_stream(from: impl Read) -> Reply<String> {
    let bytes = take(from, MOST_TEXT, Code::UnreadableFile)?;
    String::from_utf8(bytes).map_err(|_| Code::UnreadableFile.into())
}

/// A file with bytes of its own: a pipe or a device might never end.
fn read_file(file: &FilePath, most: u64, too_large: Code) -> Reply<Vec<u8>> {
    let about = std::fs::metadata(file).map_err(|_| Code::UnreadableFile)?;
    if !about.is_file() {
        return Err(Code::UnreadableFile.into());
    }
    take(std::fs::File::open(file).map_err(|_| Code::UnreadableFile)?, most, too_large)
}

fn take(from: impl Read, most: u64, too_large: Code) -> Reply<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|_| Code::UnreadableFile)?;
    if bytes.len() as u64 > most { Err(too_large.into()) } else { Ok(bytes) }
}

/// Milliseconds of an RFC 3339 moment.
pub fn instant(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}
