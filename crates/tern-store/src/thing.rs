//! Records that are no child's: places, organisations, people, country profiles.

use rusqlite::{OptionalExtension as _, Row, named_params};
use tern_record::RecordId;

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// A record as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThingRow {
    /// The kind that its form names.
    pub kind: String,
    /// What it is called; empty when nothing is answered any more.
    pub title: String,
}

/// Its own title behind that of the record it is about.
const WHOLE: &str = "SELECT thing.record, thing.kind, trim(ifnull(other.title, '') ||
    CASE WHEN ifnull(other.title, '') <> '' AND thing.title <> '' THEN ' · ' ELSE '' END || thing.title) AS whole
    FROM thing LEFT JOIN thing AS other ON other.record = thing.about";

impl WriteTx<'_> {
    /// Replaces what lists say of a record.
    pub fn put_thing(&self, record: RecordId, row: &ThingRow, about: Option<RecordId>) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO thing (record, kind, title, about) VALUES (:record, :kind, :title, :about)
                 ON CONFLICT (record) DO UPDATE SET kind = :kind, title = :title, about = :about",
            )?
            .execute(named_params! {
                ":record": record.as_bytes(), ":kind": row.kind, ":title": row.title,
                ":about": about.as_ref().map(|about| about.as_bytes().as_slice()),
            })?;
        Ok(())
    }
}

impl Vault {
    /// Records of a kind with their titles, by title. What has none was taken back and is not listed.
    pub fn things(&self, kind: &str) -> Result<Vec<(RecordId, String)>> {
        let sql = format!("{WHOLE} WHERE thing.kind = :kind AND whole <> '' ORDER BY whole, thing.record");
        let mut query = self.db().prepare_cached(&sql)?;
        let rows = query.query_map(named_params! { ":kind": kind }, parts)?;
        rows.map(|row| {
            let (record, found) = row?;
            Ok((id(&record, "thing", RecordId::from_slice)?, found.title))
        })
        .collect()
    }

    /// A record with its whole title.
    pub fn thing(&self, record: RecordId) -> Result<Option<ThingRow>> {
        let mut query = self.db().prepare_cached(&format!("{WHOLE} WHERE thing.record = :record"))?;
        let found = query.query_row(named_params! { ":record": record.as_bytes() }, parts).optional()?;
        Ok(found.map(|(_, row)| row))
    }

    /// A record as it lies in the table: its own title, and whose stands before it.
    pub fn thing_kept(&self, record: RecordId) -> Result<Option<(ThingRow, Option<RecordId>)>> {
        let mut query =
            self.db().prepare_cached("SELECT about, kind, title FROM thing WHERE record = :record")?;
        let found = query
            .query_row(named_params! { ":record": record.as_bytes() }, |row| {
                let about: Option<Vec<u8>> = row.get(0)?;
                Ok((about, ThingRow { kind: row.get(1)?, title: row.get(2)? }))
            })
            .optional()?;
        let Some((about, row)) = found else { return Ok(None) };
        let about = about.map(|about| id(&about, "thing", RecordId::from_slice)).transpose()?;
        Ok(Some((row, about)))
    }
}

fn parts(row: &Row<'_>) -> rusqlite::Result<(Vec<u8>, ThingRow)> {
    Ok((row.get(0)?, ThingRow { kind: row.get(1)?, title: row.get(2)? }))
}
