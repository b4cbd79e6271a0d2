//! What lists, search and profiles are derived from: folded from the documents whenever they change.

use std::collections::BTreeSet;

use tern_form::{LanguageEntry, Schema, Search};
use tern_match::Key;
use tern_record::cbor::Canonical;
use tern_record::fuzzy::{FuzzyDate, to_days};
use tern_record::name::Name;
use tern_record::{ClockFlag, Compartment, Path, RecordId, Scalar, Stamp};
use tern_store::WriteTx;
use tern_store::caseload::CaseRow;
use tern_store::child::{ChildKeys, ChildRow};
use tern_store::thing::ThingRow;
use tern_store::view::{View, ViewRecord, ViewValue};

use crate::Reply;
use crate::app::App;
use crate::failure::{Code, Failure};
use crate::record::Record;

/// Kinds of keys in the vault's table.
pub(crate) const WORD: u8 = 0;
pub(crate) const SKELETON: u8 = 2;
/// Id of a row that was moved here: what was left behind of it finds its way.
pub(crate) const ARRIVED: u8 = 3;

/// Records made again at a time, so that memory stays small.
const BATCH: u32 = 500;

/// What the vault's tables say of one record.
pub(crate) enum Derived {
    /// A child: list row, search keys, and how the child stands by the core alone.
    Child(Box<(ChildRow, ChildKeys, Option<CaseRow>)>),
    /// Any other kind of record.
    Thing { row: ThingRow, about: Option<RecordId> },
    /// A record whose every answer was taken back: it is on no list.
    Nothing,
}

impl Derived {
    /// The ages and days that a country sets.
    pub(crate) fn is_profile(&self) -> bool {
        matches!(self, Self::Thing { row, .. } if row.kind == "country_profile")
    }

    /// Writes it.
    pub(crate) fn put(&self, tx: &WriteTx<'_>, record: RecordId) -> tern_store::Result<()> {
        match self {
            Self::Child(child) => {
                let (row, keys, case) = child.as_ref();
                tx.put_child(record, row, keys)?;
                match case {
                    Some(case) => tx.put_case(record, case),
                    None => tx.drop_case(record),
                }
            }
            Self::Thing { row, about } => tx.put_thing(record, row, *about),
            Self::Nothing => tx.remove_child(record),
        }
    }
}

/// What the vault's tables are to say of records that came.
#[derive(Default)]
pub(crate) struct Tables {
    derived: Vec<(RecordId, Derived)>,
    /// Records of which it is to be looked whether their child counts.
    to_mend: Vec<RecordId>,
}

impl App {
    /// Adds what the tables say of a record that came.
    pub(crate) fn derive_into(&self, tables: &mut Tables, record: &Record) -> Reply<()> {
        if record.docs.get(&Compartment::Core).is_some_and(|document| !document.is_empty()) {
            tables.derived.push((record.id, self.derive(record)?));
        }
        if self.is_to_mend(record) {
            tables.to_mend.push(record.id);
        }
        Ok(())
    }

    /// Writes it; `true` when the profile of a country is among it.
    pub(crate) fn put_tables(&mut self, tables: &Tables) -> Reply<bool> {
        if tables.derived.is_empty() && tables.to_mend.is_empty() {
            return Ok(false);
        }
        let put = self.vault.write(|tx| {
            tables.derived.iter().try_for_each(|(id, derived)| derived.put(tx, *id))?;
            tables.to_mend.iter().try_for_each(|record| tx.note_to_mend(*record))
        });
        put.map_err(|error: tern_store::StoreError| Failure::from(error))?;
        self.links_due |= !tables.to_mend.is_empty();
        Ok(tables.derived.iter().any(|(_, derived)| derived.is_profile()))
    }

    /// What the vault's tables say of a record.
    pub(crate) fn derive(&self, record: &Record) -> Reply<Derived> {
        let kind = self.kind_of(record);
        if kind != "child" {
            let (title, about) = self.title_of(record, &kind);
            return Ok(Derived::Thing { row: ThingRow { kind, title }, about });
        }
        if self.is_blank(record) {
            return Ok(Derived::Nothing);
        }
        let (row, keys) = self.project(record)?;
        // Where more than the core is read, how a child stands lies in the view file.
        let case = (!self.views.contains_key(&Compartment::Protection)).then(|| self.core_case_of(record));
        Ok(Derived::Child(Box::new((row, keys, case))))
    }

    /// Nothing stands in the core: every answer was taken back.
    pub(crate) fn is_blank(&self, record: &Record) -> bool {
        let core = record.docs.get(&Compartment::Core);
        core.is_some_and(|document| {
            document.paths().iter().all(|path| {
                document.held_folded(path, self.schema.rule(path)).shown().is_none_or(Scalar::is_null)
            })
        })
    }

    /// What lists show of a record and what it is found by.
    pub(crate) fn project(&self, record: &Record) -> Reply<(ChildRow, ChildKeys)> {
        let names = self.names_of(record);
        let (begun, changed) = span(record);
        let mut child = ChildRow {
            name: names.first().cloned().unwrap_or_default(),
            names,
            sex: record
                .shown(&self.schema, "sex")
                .and_then(|sex| sex.as_text().map(str::to_owned))
                .unwrap_or_default(),
            places: self.places_of(record),
            languages: self.languages_of(record),
            begun: (begun.at_ms, begun.offset_min),
            changed: (changed.at_ms, changed.offset_min),
            unsure: changed.clock == ClockFlag::Unsure,
            disputes: self.disputes_of(record, Compartment::Core),
            ..ChildRow::default()
        };
        if let Some(born) = self.youngest(record) {
            child.born = Some((to_days(born.earliest()), to_days(born.latest()), to_days(born.value())));
            child.estimated = born.estimated || born.earliest() != born.latest();
            child.heaped = born.is_heaped();
        }
        Ok((child, self.keys_of(record)))
    }

    /// Names as written. First the one to show: marked as primary, then by what it is used for, then the earliest row.
    /// Second, if there is one, a name in other letters.
    fn names_of(&self, record: &Record) -> Vec<String> {
        let rows = record.rows(&self.schema, "names");
        let mut names: Vec<((bool, usize, i64), Name)> = rows
            .into_iter()
            .filter_map(|(entity, fields)| {
                let mut name = Name::from_bytes(fields.get("name")?.as_bytes()?).ok()?;
                let path = Path::new(&format!("names/{entity}/name")).ok()?;
                let said = record.docs.get(&Compartment::Core)?.folded(&path);
                let first = said.iter().map(|said| said.at.at_ms).min().unwrap_or(i64::MAX);
                let primary = fields.get("primary").and_then(Scalar::as_bool) == Some(true);
                // Lists keep one name a line.
                name.text = name.text.trim().replace('\n', " ");
                Some(((!primary, use_rank(name.usage.as_deref()), first), name))
            })
            .filter(|(_, name)| !name.text.is_empty())
            .collect();
        names.sort_by_key(|(rank, _)| *rank);
        let mut names: Vec<Name> = names.into_iter().map(|(_, name)| name).collect();
        let script = names.first().and_then(|name| name.script.clone());
        if let Some(span) =
            names.iter().position(|name| name.script != script).and_then(|at| names.get_mut(1..=at))
        {
            span.rotate_right(1);
        }
        names.into_iter().map(|name| name.text).collect()
    }

    /// Of all birth dates claimed, the youngest: the one that protects (D-01).
    pub(crate) fn youngest(&self, record: &Record) -> Option<FuzzyDate> {
        self.births(record).into_iter().max_by_key(|born| (born.latest(), born.earliest()))
    }

    /// Every birth date claimed, concurrent ones among them.
    pub(crate) fn births(&self, record: &Record) -> Vec<FuzzyDate> {
        let Some(document) = record.docs.get(&Compartment::Core) else { return Vec::new() };
        let claims = record.rows(&self.schema, "dob_claims");
        let mut births: Vec<FuzzyDate> = Vec::new();
        let standing = Path::new("dob").map(|path| document.folded(&path)).unwrap_or_default();
        let standing = standing.into_iter().map(|said| said.value);
        for value in standing.chain(claims.into_iter().filter_map(|(_, fields)| fields.get("dob").cloned())) {
            births.extend(value.as_bytes().and_then(|bytes| FuzzyDate::from_bytes(bytes).ok()));
        }
        births.dedup();
        births
    }

    pub(crate) fn languages_of(&self, record: &Record) -> Vec<String> {
        let rows = record.rows(&self.schema, "languages");
        let read = |value: &Scalar| LanguageEntry::from_bytes(value.as_bytes()?).ok();
        let mut entries: Vec<LanguageEntry> =
            rows.iter().filter_map(|(_, fields)| read(fields.get("language")?)).collect();
        entries.sort_by_key(|entry| entry.preferred != Some(true));
        entries.into_iter().map(|entry| entry.code).collect()
    }

    fn places_of(&self, record: &Record) -> Vec<String> {
        let place =
            |key: &str| record.shown(&self.schema, key).and_then(|value| value.as_text().map(str::to_owned));
        ["where_from", "birth_place"]
            .into_iter()
            .filter_map(place)
            .map(|place| place.replace('\n', " "))
            .collect()
    }

    pub(crate) fn disputes_of(&self, record: &Record, compartment: Compartment) -> u32 {
        let Some(document) = record.docs.get(&compartment) else { return 0 };
        let left = left_paths(record, &self.schema);
        let disputed = |path: &&Path| {
            document.held_folded(path, self.schema.rule(path)).is_disputed() || left.contains(*path)
        };
        u32::try_from(document.paths().iter().filter(disputed).count()).unwrap_or(u32::MAX)
    }

    /// Keys of every answer of the core that a form marks as searched; disputed answers are all found.
    fn keys_of(&self, record: &Record) -> ChildKeys {
        let Some(document) = record.docs.get(&Compartment::Core) else { return ChildKeys::default() };
        let (mut words, mut typos) = (BTreeSet::new(), BTreeSet::new());
        for path in document.paths() {
            let Some(field) = self.schema.field_at(&path).filter(|field| field.search != Search::None) else {
                continue;
            };
            if self.is_removed(record, &path) {
                continue;
            }
            for said in document.folded(&path) {
                let text = match Name::from_bytes(said.value.as_bytes().unwrap_or_default()) {
                    Ok(name) if field.search == Search::Name => Some(name.text),
                    _ => self.schema.search_text(self.text.language(), &path, &said.value),
                };
                let found = tern_match::keys(&text.unwrap_or_default());
                typos.extend(found.typos);
                words.extend(found.keys.into_iter().map(|key| match key {
                    Key::Word(word) => (WORD, word),
                    Key::Skeleton(skeleton) => (SKELETON, skeleton),
                }));
            }
        }
        words.extend(document.arrived_rows().map(|row| (ARRIVED, row.clone())));
        ChildKeys { words: words.into_iter().collect(), typos: typos.into_iter().collect() }
    }

    fn is_removed(&self, record: &Record, path: &Path) -> bool {
        let (Some(list), Some(entity)) = (path.list(), path.entity()) else { return false };
        let removed = Path::new(&format!("{list}/{entity}/removed"));
        removed.is_ok_and(|path| {
            record.folded(&self.schema, &path).shown().is_some_and(|value| !value.is_null())
        })
    }

    /// Writes what a sealed compartment of a record derives into its view file.
    pub(crate) fn derive_view(&mut self, record: &Record, compartment: Compartment) -> Reply<()> {
        self.derive_views(&[record], compartment)
    }

    /// The same of several records at once.
    pub(crate) fn derive_views(&mut self, records: &[&Record], compartment: Compartment) -> Reply<()> {
        let done = self.try_derive_views(records, compartment);
        if done.is_ok() {
            self.behind.remove(&compartment);
        } else {
            self.behind.insert(compartment);
        }
        done
    }

    fn try_derive_views(&mut self, records: &[&Record], compartment: Compartment) -> Reply<()> {
        let derived: Vec<(RecordId, ViewRecord)> =
            records.iter().map(|record| (record.id, self.view_of(record, compartment))).collect();
        let last = self.vault.last_ord()?;
        let was_behind = self.behind.contains(&compartment);
        let Some(view) = self.views.get_mut(&compartment) else { return Ok(()) };
        if was_behind {
            let through = view.through()?;
            return self.catch_up_view(compartment, through);
        }
        Ok(view.put(&derived, last)?)
    }

    pub(crate) fn view_of(&self, record: &Record, compartment: Compartment) -> ViewRecord {
        let Some(document) = record.docs.get(&compartment) else { return ViewRecord::default() };
        let left = left_paths(record, &self.schema);
        let values = document.paths().into_iter().filter_map(|path| {
            let held = document.held_folded(&path, self.schema.rule(&path));
            let value = held.shown().filter(|value| !value.is_null())?.clone();
            Some(ViewValue {
                disputed: held.is_disputed() || left.contains(&path),
                path: path.as_str().to_owned(),
                value,
            })
        });
        let has_case = compartment == Compartment::Protection && self.kind_of(record) == "child";
        ViewRecord {
            values: values.collect(),
            thumbnail: if compartment == Compartment::Protection { self.thumbnail_of(record) } else { None },
            case: has_case.then(|| self.case_of(record)),
        }
    }

    /// Makes derived tables again where the code that makes them, or the intents, are newer.
    pub(crate) fn refresh_derived(&mut self) -> Reply<()> {
        if self.vault.is_stale() {
            self.rebuild_children()?;
        }
        self.catch_up_tables()?;
        self.read_profile()?;
        self.refresh_core_cases()?;
        let last = self.vault.last_ord()?;
        for compartment in self.views.keys().copied().collect::<Vec<_>>() {
            match self.refresh_view(compartment, last) {
                Err(failure) if failure.code == Code::Damaged => self.renew_view(compartment)?,
                refreshed => refreshed?,
            }
        }
        Ok(())
    }

    /// On a device of several workers, those who read more leave how a child stands by the core alone to those who do not.
    fn refresh_core_cases(&mut self) -> Reply<()> {
        let readable = &self.keys.compartments;
        if self.views.contains_key(&Compartment::Protection) || !readable.contains_key(&Compartment::Core) {
            return Ok(());
        }
        let missing = self.vault.children_without_case()?;
        for records in missing.chunks(BATCH as usize) {
            let mut made = Vec::with_capacity(records.len());
            for id in records {
                let record = self.open_record(*id)?;
                made.push((*id, self.core_case_of(&record)));
                self.close_record(record);
            }
            self.vault
                .write(|tx| made.iter().try_for_each(|(id, case)| tx.put_case(*id, case)))
                .map_err(Failure::from)?;
        }
        Ok(())
    }

    fn refresh_view(&mut self, compartment: Compartment, last: i64) -> Reply<()> {
        let Some(view) = self.views.get(&compartment) else { return Ok(()) };
        let through = view.through()?;
        if through < last {
            self.catch_up_view(compartment, through)?;
        }
        self.behind.remove(&compartment);
        Ok(())
    }

    /// Begins a view file anew: it holds nothing that intents do not.
    fn renew_view(&mut self, compartment: Compartment) -> Reply<()> {
        let keys = self.keys.scope(compartment)?;
        let Some(key) = &keys.view else { return Ok(()) };
        self.views.remove(&compartment);
        let view = View::renew(&self.home, keys.scope, key.as_bytes(), self.ports.vfs.as_deref())?;
        self.views.insert(compartment, view);
        self.catch_up_view(compartment, 0)
    }

    /// The country's ages and days have changed: every day that is counted from them with them.
    pub(crate) fn change_profile(&mut self) -> Reply<()> {
        let before = self.profile_of_country.clone();
        self.read_profile()?;
        if before != self.profile_of_country { self.rebuild_all() } else { Ok(()) }
    }

    /// Makes everything derived again.
    pub(crate) fn rebuild_all(&mut self) -> Reply<()> {
        self.rebuild_children()?;
        self.views.keys().copied().collect::<Vec<_>>().into_iter().try_for_each(|view| self.renew_view(view))
    }

    /// Makes the tables behind lists and search again from the intents.
    pub(crate) fn rebuild_children(&mut self) -> Reply<()> {
        self.vault.begin_rebuild()?;
        let mut after: Option<RecordId> = None;
        loop {
            let records = self.vault.records_after(after, BATCH)?;
            let Some(last) = records.last().copied() else { return Ok(self.vault.finish_rebuild()?) };
            after = Some(last);
            let mut made = Vec::with_capacity(records.len());
            for id in records {
                let record = self.open_record(id)?;
                if record.docs.get(&Compartment::Core).is_some_and(|document| !document.is_empty()) {
                    made.push((id, self.derive(&record)?));
                }
            }
            self.vault
                .write(|tx| made.iter().try_for_each(|(id, derived)| derived.put(tx, *id)))
                .map_err(Failure::from)?;
        }
    }

    fn catch_up_view(&mut self, compartment: Compartment, through: i64) -> Reply<()> {
        let mut after = through;
        loop {
            let placed = self.vault.intents_after(after, BATCH)?;
            let Some(last) = placed.last().map(|placed| placed.ord) else { return Ok(()) };
            let touched: BTreeSet<RecordId> = placed
                .iter()
                .filter(|placed| reaches(placed.intent.compartment, compartment))
                .map(|placed| placed.intent.record)
                .collect();
            let mut derived = Vec::with_capacity(touched.len());
            for id in touched {
                let record = self.open_record(id)?;
                derived.push((id, self.view_of(&record, compartment)));
            }
            if let Some(view) = self.views.get_mut(&compartment) {
                view.put(&derived, last)?;
            }
            after = last;
        }
    }
}

/// What a name is used for, the one that the child is called by first. A name that says nothing was typed as the child said it.
fn use_rank(usage: Option<&str>) -> usize {
    const LATER: [&str; 6] = ["official", "card", "document", "nickname", "alias", "previous"];
    usage.and_then(|usage| LATER.iter().position(|later| *later == usage)).map_or(0, |place| place + 1)
}

/// A change of one compartment changes the view file of another: how a child stands is worked out from the core too.
fn reaches(changed: Compartment, view: Compartment) -> bool {
    changed == view || (changed == Compartment::Core && view == Compartment::Protection)
}

/// First and last stated change of the core: what every seat derives alike, whatever else it may read.
fn span(record: &Record) -> (Stamp, Stamp) {
    let none = Stamp { at_ms: 0, offset_min: 0, clock: ClockFlag::Sure };
    let core = record.docs.get(&Compartment::Core);
    core.and_then(tern_doc::Document::span).unwrap_or((none, none))
}

/// Answers that wait for a person to say where they belong.
fn left_paths(record: &Record, schema: &Schema) -> BTreeSet<Path> {
    record.left_behind(schema).into_iter().map(|(path, _)| path).collect()
}
