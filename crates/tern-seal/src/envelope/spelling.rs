//! How a section is spelled before it is packed. What is drawn at random stands apart, one after another, because nothing
//! packs it; the rest refers to it. Fields of one row stand together, so that the row is named once.

use std::collections::BTreeMap;

use tern_record::cbor::{Canonical, CborError, Decoder, Type, Writer, array_of, array_up_to};
use tern_record::intent::{Head, MAX_DEPS, MAX_PUTS};
use tern_record::short::{from_long_text, long_text};
use tern_record::{Compartment, Intent, IntentId, Path, RealmId, RecordId, Scalar, SeatId};

use super::section::Section;
use crate::hash::{doc_id, intent_id};
use crate::limits::{MAX_INTENTS, MAX_UNPACKED};

/// A section in two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The record, then each id where the words first speak of it.
    pub(super) ids: Vec<u8>,
    /// Everything else.
    pub(super) words: Vec<u8>,
}

pub(super) fn spell(section: &Section, realm: RealmId, seat: SeatId) -> Spelled {
    let doc = doc_id(realm, section.record, section.compartment);
    let mut ids = IdWriter::default();
    ids.number_of(*section.record.as_bytes());
    let mut earlier: Vec<IntentId> = Vec::new();
    let mut to = Writer::default();
    to.array(2).uint(u64::from(section.compartment.code())).array(section.intents.len());
    for intent in &section.intents {
        write_intent(intent, &earlier, &mut ids, &mut to);
        earlier.push(intent_id(realm, doc, seat, intent));
    }
    Spelled { ids: ids.bytes, words: to.into_bytes() }
}

pub(super) fn read(spelled: &Spelled, realm: RealmId, seat: SeatId) -> Result<Section, CborError> {
    let mut ids = IdReader { rest: &spelled.ids, known: Vec::new(), room: MAX_UNPACKED };
    let record = RecordId::new(ids.id_at(0)?);
    let mut from = Decoder::new(&spelled.words);
    array_of(&mut from, 2)?;
    let compartment = Compartment::from_code(from.u8()?).ok_or(CborError::Shape)?;
    let doc = doc_id(realm, record, compartment);
    let mut section = Section { record, compartment, intents: Vec::new() };
    let mut earlier = Vec::new();
    for _ in 0..array_up_to(&mut from, MAX_INTENTS)? {
        let intent = read_intent(&mut from, &earlier, &mut ids)?;
        earlier.push(intent_id(realm, doc, seat, &intent));
        section.intents.push(intent);
    }
    Ok(section)
}

/// Ids as they are written: each in full once, from then on by its number.
#[derive(Default)]
struct IdWriter {
    bytes: Vec<u8>,
    known: BTreeMap<[u8; 16], u64>,
}

impl IdWriter {
    fn number_of(&mut self, id: [u8; 16]) -> u64 {
        let next = self.known.len() as u64;
        *self.known.entry(id).or_insert_with(|| {
            self.bytes.extend_from_slice(&id);
            next
        })
    }
}

/// Ids as they are read: the next number stands for the next id in full.
struct IdReader<'a> {
    rest: &'a [u8],
    known: Vec<[u8; 16]>,
    /// Bytes that paths may still have: a row is named once and stands in the path of each of its fields.
    room: usize,
}

impl IdReader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        let (first, rest) = self.rest.split_first_chunk::<N>().ok_or(CborError::Shape)?;
        self.rest = rest;
        Ok(*first)
    }

    fn path(&mut self, text: &str) -> Result<Path, CborError> {
        self.room = self.room.checked_sub(text.len()).ok_or(CborError::TooLarge)?;
        Path::new(text).map_err(|_| CborError::Shape)
    }

    fn id_at(&mut self, number: u64) -> Result<[u8; 16], CborError> {
        let number = usize::try_from(number).map_err(|_| CborError::Shape)?;
        if number == self.known.len() {
            let id = self.take()?;
            self.known.push(id);
        }
        self.known.get(number).copied().ok_or(CborError::Shape)
    }
}

/// The id that a text spells, when that is all it says.
fn id_of(text: &str) -> Option<[u8; 16]> {
    from_long_text(text).filter(|id| long_text(id) == text)
}

/// What is put into one field, or into several of one row.
enum Entry<'a> {
    Field(&'a Path, &'a Scalar),
    Row { list: &'a str, row: &'a str, fields: Vec<(&'a str, &'a Scalar)> },
}

/// Puts stand sorted, so those of a row follow each other.
fn entries(intent: &Intent) -> Vec<Entry<'_>> {
    let mut all: Vec<Entry<'_>> = Vec::new();
    for (path, value) in intent.puts() {
        let (Some(list), Some(row)) = (path.list(), path.entity()) else {
            all.push(Entry::Field(path, value));
            continue;
        };
        match all.last_mut() {
            Some(Entry::Row { list: last_list, row: last_row, fields })
                if (*last_list, *last_row) == (list, row) =>
            {
                fields.push((path.field(), value));
            }
            _ => all.push(Entry::Row { list, row, fields: vec![(path.field(), value)] }),
        }
    }
    all
}

/// `earlier`: intents that stand before it in the section, which it may build on.
fn write_intent(intent: &Intent, earlier: &[IntentId], ids: &mut IdWriter, to: &mut Writer) {
    to.array(Head::FIELDS + 2);
    intent.head().write(to);
    to.array(intent.deps().len());
    for dep in intent.deps() {
        match earlier.iter().position(|id| id == dep) {
            Some(index) => to.uint(index as u64),
            None => {
                ids.bytes.extend_from_slice(dep.as_bytes());
                to.null()
            }
        };
    }
    let entries = entries(intent);
    to.array(entries.iter().map(|entry| if matches!(entry, Entry::Row { .. }) { 1 } else { 2 }).sum());
    for entry in entries {
        match entry {
            Entry::Field(path, value) => {
                to.text(path.as_str());
                write_value(value, ids, to);
            }
            Entry::Row { list, row, fields } => {
                to.array(2 + 2 * fields.len()).text(list);
                match id_of(row) {
                    Some(id) => to.uint(ids.number_of(id)),
                    None => to.text(row),
                };
                for (field, value) in fields {
                    to.text(field);
                    write_value(value, ids, to);
                }
            }
        }
    }
}

fn write_value(value: &Scalar, ids: &mut IdWriter, to: &mut Writer) {
    let id = if let Scalar::Text(text) = value { id_of(text) } else { None };
    match id {
        Some(id) => to.array(1).uint(ids.number_of(id)),
        None => to.item(value),
    };
}

fn read_intent(
    from: &mut Decoder<'_>,
    earlier: &[IntentId],
    ids: &mut IdReader<'_>,
) -> Result<Intent, CborError> {
    array_of(from, Head::FIELDS as u64 + 2)?;
    let head = Head::read(from)?;
    let mut deps = Vec::new();
    for _ in 0..array_up_to(from, MAX_DEPS)? {
        deps.push(if from.datatype()? == Type::Null {
            from.null()?;
            IntentId::new(ids.take()?)
        } else {
            let index = usize::try_from(from.u64()?).map_err(|_| CborError::Shape)?;
            *earlier.get(index).ok_or(CborError::Shape)?
        });
    }
    Intent::under(head, deps, read_puts(from, ids)?)
}

fn read_puts(from: &mut Decoder<'_>, ids: &mut IdReader<'_>) -> Result<Vec<(Path, Scalar)>, CborError> {
    let (mut puts, mut left) = (Vec::new(), array_up_to(from, 2 * MAX_PUTS)?);
    while left > 0 {
        if from.datatype()? == Type::Array {
            read_row(from, ids, &mut puts)?;
            left -= 1;
        } else {
            let path = ids.path(from.str()?)?;
            puts.push((path, read_value(from, ids)?));
            left = left.checked_sub(2).ok_or(CborError::Shape)?;
        }
    }
    Ok(puts)
}

fn read_row(
    from: &mut Decoder<'_>,
    ids: &mut IdReader<'_>,
    puts: &mut Vec<(Path, Scalar)>,
) -> Result<(), CborError> {
    let length = array_up_to(from, 2 + 2 * MAX_PUTS)?;
    if length < 4 || length % 2 == 1 {
        return Err(CborError::Shape);
    }
    let list = from.str()?;
    let row = match from.datatype()? {
        Type::String => from.str()?.to_owned(),
        _ => long_text(&ids.id_at(from.u64()?)?),
    };
    for _ in 1..length / 2 {
        let path = ids.path(&format!("{list}/{row}/{}", from.str()?))?;
        puts.push((path, read_value(from, ids)?));
    }
    Ok(())
}

fn read_value(from: &mut Decoder<'_>, ids: &mut IdReader<'_>) -> Result<Scalar, CborError> {
    if from.datatype()? != Type::Array {
        return Scalar::read(from);
    }
    array_of(from, 1)?;
    Ok(long_text(&ids.id_at(from.u64()?)?).as_str().into())
}

#[cfg(test)]
mod tests;
