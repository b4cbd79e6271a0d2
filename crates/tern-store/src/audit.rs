//! Who read what is restricted and why, and what a rule stopped.

use rusqlite::named_params;
use tern_record::{RecordId, SeatId};

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// Minutes east of UTC.
    pub offset_min: i16,
    /// Who.
    pub seat: SeatId,
    /// Code of what was done.
    pub what: String,
    /// About which record.
    pub record: Option<RecordId>,
    /// The reason, or the rule.
    pub why: String,
}

impl WriteTx<'_> {
    /// Notes an event.
    pub fn add_audit(&self, row: &AuditRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO audit (at_ms, offset_min, seat, what, record, why)
                 VALUES (:at_ms, :offset_min, :seat, :what, :record, :why)",
            )?
            .execute(named_params! {
                ":at_ms": row.at_ms, ":offset_min": row.offset_min, ":seat": row.seat.as_bytes(), ":what": row.what,
                ":record": row.record.as_ref().map(|record| record.as_bytes().as_slice()), ":why": row.why,
            })?;
        Ok(())
    }
}

impl Vault {
    /// The last event of a kind.
    pub fn last_audit(&self, what: &str) -> Result<Option<AuditRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT at_ms, offset_min, seat, what, record, why FROM audit WHERE what = :what ORDER BY ord DESC LIMIT 1",
        )?;
        let mut rows = query.query(named_params! { ":what": what })?;
        rows.next()?.map(read).transpose()
    }

    /// Events, oldest first: of one record, or all.
    pub fn audit(&self, record: Option<RecordId>) -> Result<Vec<AuditRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT at_ms, offset_min, seat, what, record, why FROM audit
             WHERE :record IS NULL OR record = :record ORDER BY ord",
        )?;
        let asked = record.as_ref().map(|record| record.as_bytes().as_slice());
        let mut rows = query.query(named_params! { ":record": asked })?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

fn read(row: &rusqlite::Row<'_>) -> Result<AuditRow> {
    let record: Option<Vec<u8>> = row.get("record")?;
    Ok(AuditRow {
        at_ms: row.get("at_ms")?,
        offset_min: row.get("offset_min")?,
        seat: id(&row.get::<_, Vec<u8>>("seat")?, "audit", SeatId::from_slice)?,
        what: row.get("what")?,
        record: record.map(|record| id(&record, "audit", RecordId::from_slice)).transpose()?,
        why: row.get("why")?,
    })
}
