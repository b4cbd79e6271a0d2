//! What lists show of a child and what search looks up. Derived; core answers only.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, named_params, params_from_iter};
use tern_record::RecordId;

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// A child as lists need it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ChildRow {
    /// The name to show; empty when none is known.
    pub name: String,
    /// Every name as written.
    pub names: Vec<String>,
    /// Code of list `sex`; empty when not answered.
    pub sex: String,
    /// First and last day the birth date can mean, and the middle, in days since 1970-01-01.
    pub born: Option<(i64, i64, i64)>,
    /// Not known to the day.
    pub estimated: bool,
    /// A day that officials write when nobody knows.
    pub heaped: bool,
    /// Codes of languages.
    pub languages: Vec<String>,
    /// Places as written.
    pub places: Vec<String>,
    /// First change: milliseconds and minutes east of UTC.
    pub begun: (i64, i16),
    /// Last change: milliseconds and minutes east of UTC.
    pub changed: (i64, i16),
    /// The clock was doubted at the last change.
    pub unsure: bool,
    /// Core fields on which devices differ.
    pub disputes: u32,
}

/// What a child is found by.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ChildKeys {
    /// Kind and text: 0 folded word, 1 romanised word, 2 consonant skeleton.
    pub words: Vec<(u8, String)>,
    /// Hashes of words with one letter left out.
    pub typos: Vec<u64>,
}

/// One thing to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A key of this kind, exactly.
    Exact(u8, String),
    /// Keys of this kind that begin so.
    Prefix(u8, String),
    /// A hash of a word with one letter left out.
    Typo(u64),
}

impl WriteTx<'_> {
    /// Replaces what is derived of a child.
    pub fn put_child(&self, record: RecordId, child: &ChildRow, keys: &ChildKeys) -> Result<()> {
        let row: i64 = self.0.prepare_cached(include_str!("child/put.sql"))?.query_row(
            named_params! {
                ":record": record.as_bytes(), ":name": child.name, ":names": child.names.join("\n"),
                ":sex": child.sex, ":born_from": child.born.map(|b| b.0), ":born_to": child.born.map(|b| b.1),
                ":born": child.born.map(|b| b.2), ":estimated": child.estimated, ":heaped": child.heaped,
                ":languages": child.languages.join(","), ":places": child.places.join("\n"),
                ":begun_ms": child.begun.0, ":begun_min": child.begun.1,
                ":changed_ms": child.changed.0, ":changed_min": child.changed.1,
                ":unsure": child.unsure, ":disputes": child.disputes,
            },
            |row| row.get(0),
        )?;
        self.put_words(row, &keys.words)?;
        self.put_typos(row, &keys.typos)
    }

    /// Takes a child off every list. What was said stays in the intents.
    pub fn remove_child(&self, record: RecordId) -> Result<()> {
        let asked = named_params! { ":record": record.as_bytes() };
        for gone in [
            "DELETE FROM name_key WHERE child = (SELECT row FROM child WHERE record = :record)",
            "DELETE FROM typo_key WHERE child = (SELECT row FROM child WHERE record = :record)",
            "DELETE FROM child WHERE record = :record",
            "DELETE FROM caseload WHERE record = :record",
        ] {
            self.0.prepare_cached(gone)?.execute(asked)?;
        }
        Ok(())
    }

    /// Writes only what differs: keys of one child lie on as many pages as there are keys.
    fn put_words(&self, row: i64, wanted: &[(u8, String)]) -> Result<()> {
        let mut have = self.0.prepare_cached("SELECT kind, key FROM name_key WHERE child = :row")?;
        let have = have.query_map(named_params! { ":row": row }, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let have: BTreeSet<(u8, String)> = have.collect::<std::result::Result<_, _>>()?;
        let wanted: BTreeSet<(u8, String)> = wanted.iter().cloned().collect();
        let mut drop = self
            .0
            .prepare_cached("DELETE FROM name_key WHERE kind = :kind AND key = :key AND child = :row")?;
        for (kind, key) in have.difference(&wanted) {
            drop.execute(named_params! { ":kind": kind, ":key": key, ":row": row })?;
        }
        let mut add =
            self.0.prepare_cached("INSERT INTO name_key (kind, key, child) VALUES (:kind, :key, :row)")?;
        for (kind, key) in wanted.difference(&have) {
            add.execute(named_params! { ":kind": kind, ":key": key, ":row": row })?;
        }
        Ok(())
    }

    fn put_typos(&self, row: i64, wanted: &[u64]) -> Result<()> {
        let mut have = self.0.prepare_cached("SELECT hash FROM typo_key WHERE child = :row")?;
        let have = have.query_map(named_params! { ":row": row }, |row| row.get(0))?;
        let have: BTreeSet<i64> = have.collect::<std::result::Result<_, _>>()?;
        let wanted: BTreeSet<i64> = wanted.iter().map(|hash| hash.cast_signed()).collect();
        let mut drop = self.0.prepare_cached("DELETE FROM typo_key WHERE hash = :hash AND child = :row")?;
        for hash in have.difference(&wanted) {
            drop.execute(named_params! { ":hash": hash, ":row": row })?;
        }
        let mut add = self.0.prepare_cached("INSERT INTO typo_key (hash, child) VALUES (:hash, :row)")?;
        for hash in wanted.difference(&have) {
            add.execute(named_params! { ":hash": hash, ":row": row })?;
        }
        Ok(())
    }
}

impl Vault {
    /// Children with an answer of the core that is in dispute.
    pub fn records_in_dispute(&self) -> Result<Vec<RecordId>> {
        let mut query = self.db().prepare_cached("SELECT record FROM child WHERE disputes > 0")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "child", RecordId::from_slice)).collect()
    }

    /// A child as lists show it, when it is on this device.
    pub fn find_child(&self, record: RecordId) -> Result<Option<ChildRow>> {
        let row = self
            .db()
            .prepare_cached("SELECT * FROM child WHERE record = :record")?
            .query_row(named_params! { ":record": record.as_bytes() }, |row| Ok(read(row)))
            .optional()?;
        Ok(row.transpose()?.map(|(_, child)| child))
    }

    /// These children as lists show them, in one reading.
    pub fn find_children(&self, records: &[RecordId]) -> Result<BTreeMap<RecordId, ChildRow>> {
        let asked: Vec<String> = records.iter().map(|record| format!("\"{}\"", record.to_hex())).collect();
        let mut query = self.db().prepare_cached(
            "SELECT * FROM child WHERE record IN (SELECT unhex(value) FROM json_each(:records))",
        )?;
        let mut rows = query.query(named_params! { ":records": format!("[{}]", asked.join(",")) })?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (record, child) = read(row)?;
            found.insert(record, child);
        }
        Ok(found)
    }

    /// What a child is found by, as it lies in the tables.
    pub fn keys_of_child(&self, record: RecordId) -> Result<ChildKeys> {
        let asked = named_params! { ":record": record.as_bytes() };
        let mut words = self.db().prepare_cached(
            "SELECT kind, key FROM name_key WHERE child = (SELECT row FROM child WHERE record = :record) ORDER BY kind, key",
        )?;
        let words = words
            .query_map(asked, |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<std::result::Result<_, _>>()?;
        let mut typos = self.db().prepare_cached(
            "SELECT hash FROM typo_key WHERE child = (SELECT row FROM child WHERE record = :record)",
        )?;
        let mut typos: Vec<u64> = typos
            .query_map(asked, |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))?
            .collect::<std::result::Result<_, _>>()?;
        typos.sort_unstable();
        Ok(ChildKeys { words, typos })
    }

    /// Children changed last, newest first.
    pub fn last_changed(&self, limit: u32) -> Result<Vec<(RecordId, ChildRow)>> {
        let mut query = self
            .db()
            .prepare_cached("SELECT * FROM child ORDER BY changed_ms DESC, row DESC LIMIT :limit")?;
        collect(&mut query.query(named_params! { ":limit": limit })?)
    }

    /// Children on this device.
    pub fn count_children(&self) -> Result<u32> {
        Ok(self.db().query_row("SELECT count(*) FROM child", [], |row| row.get(0))?)
    }

    /// Children whose record was begun between two moments.
    pub fn count_begun(&self, from_ms: i64, to_ms: i64) -> Result<u32> {
        let sql = "SELECT count(*) FROM child WHERE begun_ms >= :from AND begun_ms < :to";
        let asked = named_params! { ":from": from_ms, ":to": to_ms };
        Ok(self.db().prepare_cached(sql)?.query_row(asked, |row| row.get(0))?)
    }

    /// Rows of children that have a key, at most `limit` of them.
    pub fn rows_with(&self, lookup: &Lookup, limit: u32) -> Result<Vec<i64>> {
        let (sql, asked): (&str, Vec<Value>) = match lookup {
            Lookup::Exact(kind, key) => (
                "SELECT DISTINCT child FROM name_key WHERE kind = ?1 AND key = ?2 LIMIT ?3",
                vec![Value::from(i64::from(*kind)), Value::from(key.clone())],
            ),
            Lookup::Prefix(kind, key) => (
                "SELECT DISTINCT child FROM name_key WHERE kind = ?1 AND key >= ?2 AND key < ?4 LIMIT ?3",
                vec![Value::from(i64::from(*kind)), Value::from(key.clone())],
            ),
            Lookup::Typo(hash) => (
                "SELECT child FROM typo_key WHERE hash = ?1 LIMIT ?3",
                vec![Value::from(hash.cast_signed()), Value::Null],
            ),
        };
        let mut asked = asked;
        asked.push(Value::from(i64::from(limit)));
        if let Lookup::Prefix(_, key) = lookup {
            asked.push(Value::from(format!("{key}\u{10ffff}")));
        }
        let mut query = self.db().prepare_cached(sql)?;
        let asked = asked.into_iter().take(query.parameter_count());
        let rows = query.query_map(params_from_iter(asked), |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Children by row.
    pub fn children_by_row(&self, rows: &[i64]) -> Result<Vec<(RecordId, ChildRow)>> {
        let mut query = self.db().prepare_cached("SELECT * FROM child WHERE row = :row")?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            found.extend(collect(&mut query.query(named_params! { ":row": row })?)?);
        }
        Ok(found)
    }
}

fn collect(rows: &mut rusqlite::Rows<'_>) -> Result<Vec<(RecordId, ChildRow)>> {
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<(RecordId, ChildRow)> {
    let list = |column: &str, between: char| -> rusqlite::Result<Vec<String>> {
        let text: String = row.get(column)?;
        Ok(text.split(between).filter(|part| !part.is_empty()).map(str::to_owned).collect())
    };
    let born = match (row.get("born_from")?, row.get("born_to")?, row.get("born")?) {
        (Some(from), Some(to), Some(middle)) => Some((from, to, middle)),
        _ => None,
    };
    let child = ChildRow {
        name: row.get("name")?,
        names: list("names", '\n')?,
        sex: row.get("sex")?,
        born,
        estimated: row.get("estimated")?,
        heaped: row.get("heaped")?,
        languages: list("languages", ',')?,
        places: list("places", '\n')?,
        begun: (row.get("begun_ms")?, row.get("begun_min")?),
        changed: (row.get("changed_ms")?, row.get("changed_min")?),
        unsure: row.get("unsure")?,
        disputes: row.get("disputes")?,
    };
    Ok((id(&row.get::<_, Vec<u8>>("record")?, "child", RecordId::from_slice)?, child))
}
