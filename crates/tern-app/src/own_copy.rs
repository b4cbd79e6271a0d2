//! The child's own copy of its record, and a caregiver's: plain words on paper.
//!
//! A paper is read by whoever finds it. So nothing is in it but what is named here: no field with words about fear, no
//! concern, nothing behind the lock, no other person, nothing of a death. What the child asked to be kept from others
//! is left out by its part of the record; where nobody said which part, a caregiver's copy holds only who the child is.

use std::fs;
use std::path::Path as FilePath;

use jiff::civil::Date;
use serde_json::json;
use tern_record::life::{Life, Row, code, day, yes};
use tern_record::{Compartment, Path, RecordId, Scalar, short};
use tern_store::WriteTx;
use tern_store::files::write_whole;

use crate::Reply;
use crate::app::App;
use crate::audit::Event;
use crate::failure::{Code, Failure};
use crate::record::Record;
use crate::view::{CopyLineView, CopySectionView, OwnCopyView};

mod parts;

use parts::{
    For, Items, PARTS, Part, groups_of_paper, groups_of_purpose, groups_of_service, groups_of_topic,
    is_own_paper, is_plain_status,
};

/// Whose hands the paper goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// The child.
    Child,
    /// A caregiver.
    Caregiver,
}

impl Reader {
    /// Reads `child` or `caregiver`.
    pub fn from_code(code: &str) -> Reply<Self> {
        match code {
            "child" => Ok(Self::Child),
            "caregiver" => Ok(Self::Caregiver),
            _ => Err(Failure::about(Code::Form("wrong-code".into()), ["for".to_owned()])),
        }
    }

    /// `child` or `caregiver`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Caregiver => "caregiver",
        }
    }
}

impl App {
    /// A copy of a record for these hands. That it was made is kept before it is shown.
    pub fn own_copy(&mut self, id: &str, reader: Reader) -> Reply<OwnCopyView> {
        let record = self.resolve(id)?;
        // Part of a record would pass for the whole of it.
        if !self.rights.reads_whole("child") {
            return Err(Code::NoRight.into());
        }
        self.vault.find_child(record)?.ok_or(Code::UnknownChild)?;
        let today = self.ports.today();
        let view = self.with_record(record, |app, opened| app.copy_of(opened, record, reader, today))?;
        let event = self.event(Event::Exported(record, reader));
        self.vault.write(|tx: &WriteTx<'_>| tx.add_audit(&event)).map_err(Failure::from)?;
        Ok(view)
    }

    /// `export record`: plain text, or JSON when the file's name ends so.
    ///
    /// `over`: a file that is there already is written over.
    pub fn export_own_copy(
        &mut self,
        id: &str,
        file: &FilePath,
        reader: Reader,
        over: bool,
    ) -> Reply<OwnCopyView> {
        self.may_write(file, over)?;
        let view = self.own_copy(id, reader)?;
        let json = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
        let text = if json {
            serde_json::to_string_pretty(&view).map_err(|_| Code::Internal("copy"))?
        } else {
            self.copy_text(&view)
        };
        write_whole(file, text.as_bytes()).map_err(|_| Failure::from(Code::UnreadableFile))?;
        only_for_me(file);
        Ok(view)
    }

    /// Refuses to write into the folder of the vault, and over a file that is there unless that was asked for.
    pub(crate) fn may_write(&self, file: &FilePath, over: bool) -> Reply<()> {
        let unreadable = |_| Failure::from(Code::UnreadableFile);
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(FilePath::new("."))).map_err(unreadable)?;
        let vault = fs::canonicalize(self.home.folder()).map_err(unreadable)?;
        let leads_in = fs::canonicalize(file).is_ok_and(|file| file.starts_with(&vault));
        if folder.starts_with(&vault) || leads_in {
            return Err(Code::InsideVault.into());
        }
        // The new text lies beside the old until it is whole.
        if fs::symlink_metadata(file.with_extension("new")).is_ok() {
            return Err(Code::FileThere.into());
        }
        match fs::symlink_metadata(file) {
            Err(_) => Ok(()),
            Ok(_) if !over => Err(Code::FileThere.into()),
            Ok(there) if there.is_file() => Ok(()),
            Ok(_) => Err(Code::UnreadableFile.into()),
        }
    }

    fn copy_of(
        &mut self,
        record: &mut Record,
        id: RecordId,
        reader: Reader,
        today: Date,
    ) -> Reply<OwnCopyView> {
        // What is restricted is read to know what must not go out; nothing of it is in the copy.
        let life = self.life(record, Compartment::Restricted);
        // Whoever may not read who is the danger cannot know that nobody is.
        let reads_all = Compartment::ALL.iter().all(|part| self.keys.compartments.contains_key(part));
        if reader == Reader::Caregiver && !(reads_all && may_go_to_caregiver(&life, today)) {
            return Err(Code::NotForCaregiver.into());
        }
        let helpline = self.helpline();
        let kept = Kept::read(&life, reader);
        let parts = PARTS
            .iter()
            .filter(|part| (part.readers == For::Both || reader == Reader::Child) && kept.lets(part));
        let sections = parts.filter_map(|part| {
            let lines: Vec<CopyLineView> =
                part.items.iter().flat_map(|items| self.copy_lines(&life, items, reader, &kept)).collect();
            let title = self.text.word(&format!("copy-part-{}", part.id));
            (!lines.is_empty()).then_some(CopySectionView { title, lines })
        });
        let whom = reader.code();
        let mut about: Vec<String> = ["copy-what", "copy-not", "copy-left-out", "copy-more"]
            .iter()
            .map(|word| self.text.word(&format!("{word}-{whom}")))
            .collect();
        about.extend(helpline.map(|call| self.text.say("copy-helpline", &json!({ "call": call }))));
        Ok(OwnCopyView {
            whom: whom.to_owned(),
            practice: self.is_practice(),
            title: self.text.word(&format!("copy-title-{whom}")),
            number: short::short_text(id.as_bytes()),
            made_on: today.to_string(),
            about,
            sections: sections.collect(),
        })
    }

    fn copy_lines(&self, life: &Life, items: &Items, reader: Reader, kept: &Kept) -> Vec<CopyLineView> {
        match items {
            Items::Fields(fields) => {
                let told =
                    fields.iter().filter(|field| **field != "birth.place" || kept.tells(&["identity"]));
                told.filter_map(|field| self.field_line(life, field)).collect()
            }
            Items::Rows("bia", _) if !kept.tells(&["best_interests"]) => Vec::new(),
            Items::Papers => self.paper_lines(life, reader, kept),
            Items::Rows(list, fields) => {
                life.rows(list).filter_map(|(row, held)| self.row_line(list, row, held, fields)).collect()
            }
            Items::Services(types) => life
                .rows("services")
                .filter(|(_, row)| kept.tells(groups_of_service(code(row, "type").unwrap_or_default())))
                .filter_map(|(id, row)| self.service_line(life, id, row, types))
                .collect(),
            Items::Consents => life
                .rows("consents")
                .filter(|(_, row)| {
                    reader == Reader::Child
                        || matches!(code(row, "given_by"), Some("caregiver" | "guardian" | "both"))
                })
                .filter(|(_, row)| kept.tells(groups_of_purpose(code(row, "purpose").unwrap_or_default())))
                .filter_map(|(id, row)| {
                    self.row_line("consents", id, row, &["purpose", "status", "given_on"])
                })
                .collect(),
            Items::Explained => {
                let plain = life.rows("information_given").filter(|(_, row)| {
                    !matches!(code(row, "topic"), None | Some("asylum" | "detention" | "return"))
                });
                plain
                    .filter(|(_, row)| kept.tells(groups_of_topic(code(row, "topic").unwrap_or_default())))
                    .filter_map(|(id, row)| {
                        self.row_line("information_given", id, row, &["topic", "language", "on"])
                    })
                    .collect()
            }
            Items::Looking if !kept.tells(&["tracing", "family"]) => Vec::new(),
            Items::Looking => {
                let wanted =
                    life.rows("tracing_requests").filter(|(_, row)| code(row, "wish") == Some("wants"));
                wanted
                    .filter_map(|(id, row)| self.row_line("tracing_requests", id, row, &["opened_on"]))
                    .collect()
            }
        }
    }

    fn paper_lines(&self, life: &Life, reader: Reader, kept: &Kept) -> Vec<CopyLineView> {
        let mut lines = Vec::new();
        for (id, row) in life.rows("identity_documents") {
            let Some(kind) = code(row, "type") else { continue };
            if !is_own_paper(kind, reader) || !kept.tells(groups_of_paper(kind)) {
                continue;
            }
            let mut row = row.clone();
            if !code(&row, "status").is_some_and(is_plain_status) {
                row.remove("status");
            }
            let told = ["type", "status", "issued_on", "expires_on"];
            lines.extend(self.row_line("identity_documents", id, &row, &told));
        }
        lines
    }

    fn field_line(&self, life: &Life, field: &str) -> Option<CopyLineView> {
        let path = Path::new(field).ok()?;
        let text = self.print(&path, life.own(field)?);
        (!text.is_empty()).then(|| CopyLineView { label: self.label_of(&path), text })
    }

    /// The answers of a row, one after another, under the name of the first.
    fn row_line(&self, list: &str, row: &str, held: &Row, fields: &[&str]) -> Option<CopyLineView> {
        let first = Path::new(&format!("{list}/{row}/{}", fields.first()?)).ok()?;
        let words: Vec<String> = fields
            .iter()
            .enumerate()
            .filter_map(|(at, field)| {
                let path = Path::new(&format!("{list}/{row}/{field}")).ok()?;
                let text = self.print(&path, held.get(*field)?);
                let kind = self.schema.field_at(&path)?.kind;
                let dated = kind == tern_form::Kind::Date || (at > 0 && kind == tern_form::Kind::FuzzyDate);
                Some(if dated { format!("{}: {text}", self.label_of(&path)) } else { text })
            })
            .collect();
        let text = words.join(", ");
        let dated = self.schema.field_at(&first)?.kind == tern_form::Kind::Date;
        let label =
            if dated { self.text.word(&self.schema.list(list)?.label) } else { self.label_of(&first) };
        (!text.is_empty()).then_some(CopyLineView { label, text })
    }

    /// A service and how it stands by its latest event.
    fn service_line(&self, life: &Life, id: &str, row: &Row, types: &[&str]) -> Option<CopyLineView> {
        let kind = code(row, "type").filter(|kind| types.contains(kind))?;
        let field = self.schema.field("services/type")?;
        let label = self.schema.code_label(self.text.language(), field, kind);
        let last = life.rows_of("service_events", id).max_by_key(|(_, event)| day(event, "at"));
        let (event, held) = last?;
        let at = Path::new(&format!("service_events/{event}/at")).ok()?;
        let day = held.get("at").map(|day| self.print(&at, day)).unwrap_or_default();
        let state = code(held, "state")?;
        let text = self.text.say(&format!("copy-state-{state}"), &json!({ "day": day }));
        let text = text.trim_end_matches([',', ' ']).to_owned();
        Some(CopyLineView { label, text })
    }

    /// The number to call that the profile of this country names.
    pub fn helpline(&mut self) -> Option<String> {
        let id = self.country_record().ok()??;
        self.with_record(id, |app, opened| {
            let number = opened.shown(&app.schema, "profile.helpline");
            Ok(number.and_then(|number| number.as_text().map(str::to_owned)))
        })
        .ok()?
    }

    /// The copy as plain text.
    pub fn copy_text(&self, view: &OwnCopyView) -> String {
        let mut text = String::new();
        if view.practice {
            text.push_str(&format!("{}\n\n", self.text.word("paper-practice")));
        }
        let day = self.day_text(&view.made_on);
        text.push_str(&format!("{}\n", view.title));
        text.push_str(&self.text.say("copy-number", &json!({ "number": view.number, "day": day })));
        text.push_str("\n\n");
        for line in &view.about {
            text.push_str(&format!("{line}\n"));
        }
        for section in &view.sections {
            text.push_str(&format!("\n{}\n", section.title));
            for line in &section.lines {
                text.push_str(&format!("  {}: {}\n", line.label, line.text.replace('\n', " ")));
            }
        }
        text
    }

    /// A day in words.
    pub(crate) fn day_text(&self, day: &str) -> String {
        Path::new("interviewed_on")
            .map_or_else(|_| day.to_owned(), |path| self.print(&path, &Scalar::from(day)))
    }
}

/// What the child asked to be kept from others.
struct Kept {
    parts: Vec<String>,
    all_but_who: bool,
}

impl Kept {
    fn read(life: &Life, reader: Reader) -> Self {
        let mut kept = Self { parts: Vec::new(), all_but_who: false };
        for (_, row) in life.rows("withholds") {
            let from = code(row, "kept_from");
            // Other children and authorities do not hold this paper; anybody else may.
            let reaches = !matches!(from, Some("other_children" | "authorities"));
            match code(row, "part") {
                Some(part) if reaches => kept.parts.push(part.to_owned()),
                None if reaches && reader == Reader::Caregiver => kept.all_but_who = true,
                _ => {}
            }
        }
        kept
    }

    fn lets(&self, part: &Part) -> bool {
        (part.id == "who" || !self.all_but_who) && self.tells(&[part.group])
    }

    /// Nothing of these parts is to be kept from who reads this paper.
    fn tells(&self, groups: &[&str]) -> bool {
        !self.parts.iter().any(|kept| groups.contains(&kept.as_str()))
    }
}

/// Where somebody of the family may be the danger, the child fears them, is not to be in contact with them or is to be
/// spoken to first, no caregiver gets a paper: who carries it home is not known. Nor does anybody speak for who is
/// grown up by every claim.
fn may_go_to_caregiver(life: &Life, today: Date) -> bool {
    let feared = life.rows("relations").any(|(_, person)| {
        yes(person, "danger") == Some(true)
            || yes(person, "speak_first") == Some(true)
            || yes(person, "child_comfortable") == Some(false)
            || yes(person, "contact_allowed") == Some(false)
    });
    let hurt = life.rows("incidents").any(|(_, row)| code(row, "perpetrator_group") == Some("family"));
    !feared && !hurt && life.youngest_age(today).is_none_or(|age| age < 18)
}

/// A file with a child's answers is for the one who made it. Where the platform has no such right, the folder decides.
fn only_for_me(file: &FilePath) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let _ = fs::set_permissions(file, fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = fs::metadata(file);
}
