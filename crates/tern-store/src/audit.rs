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

impl WriteTx<'_> {
    /// Notes an event that came from elsewhere, unless it is here; says whether it was new.
    pub fn add_audit_once(&self, row: &AuditRow) -> Result<bool> {
        let record = row.record.as_ref().map(|record| record.as_bytes().as_slice());
        let known: bool = self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM audit WHERE seat = :seat AND at_ms = :at_ms AND what = :what
                                AND record IS :record AND why = :why)",
            )?
            .query_row(
                named_params! {
                    ":seat": row.seat.as_bytes(), ":at_ms": row.at_ms, ":what": row.what, ":record": record,
                    ":why": row.why,
                },
                |row| row.get(0),
            )?;
        if !known {
            self.add_audit(row)?;
        }
        Ok(!known)
    }

    /// Notes up to where a seat's own events are sealed.
    pub fn audit_sealed(&self, seat: SeatId, through: i64) -> Result<()> {
        self.put_setting(&sealed_mark(seat), &through.to_string())
    }
}

/// The setting that says up to where a seat's events are sealed.
fn sealed_mark(seat: SeatId) -> String {
    format!("audit_sealed {}", seat.to_hex())
}

impl Vault {
    /// Events of a seat that no envelope carries, oldest first, with their places.
    pub fn audit_unsealed(&self, seat: SeatId, limit: u32) -> Result<Vec<(i64, AuditRow)>> {
        let after: i64 =
            self.setting(&sealed_mark(seat))?.and_then(|mark| mark.parse().ok()).unwrap_or_default();
        let mut query = self.db().prepare_cached(
            "SELECT ord, at_ms, offset_min, seat, what, record, why FROM audit
             WHERE seat = :seat AND ord > :after ORDER BY ord LIMIT :limit",
        )?;
        let mut rows =
            query.query(named_params! { ":seat": seat.as_bytes(), ":after": after, ":limit": limit })?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get("ord")?, read(row)?));
        }
        Ok(found)
    }

    /// The last event of a kind.
    pub fn last_audit(&self, what: &str) -> Result<Option<AuditRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT at_ms, offset_min, seat, what, record, why FROM audit WHERE what = :what ORDER BY ord DESC LIMIT 1",
        )?;
        let mut rows = query.query(named_params! { ":what": what })?;
        rows.next()?.map(read).transpose()
    }

    /// Events of a kind that give this reason, oldest first.
    pub fn audit_of(&self, what: &str, why: &str) -> Result<Vec<AuditRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT at_ms, offset_min, seat, what, record, why FROM audit
             WHERE what = :what AND why = :why ORDER BY ord",
        )?;
        let mut rows = query.query(named_params! { ":what": what, ":why": why })?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
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
