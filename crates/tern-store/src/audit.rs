//! Who read what is restricted and why, what a rule stopped, and who was admitted, changed and removed by whom.

use rusqlite::named_params;
use tern_record::id::hex;
use tern_record::{RecordId, SeatId};

use crate::intent::id;
use crate::{Result, StoreError, Vault, WriteTx};

/// What an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// A record.
    Record(RecordId),
    /// A worker on a device, or a recovery sheet.
    Seat(SeatId),
}

impl About {
    const fn record(&self) -> Option<&[u8]> {
        match self {
            Self::Record(record) => Some(record.as_bytes().as_slice()),
            Self::Seat(_) => None,
        }
    }

    const fn seat(&self) -> Option<&[u8]> {
        match self {
            Self::Seat(seat) => Some(seat.as_bytes().as_slice()),
            Self::Record(_) => None,
        }
    }
}

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
    /// About which record, or about whom.
    pub about: Option<About>,
    /// The reason, or the rule.
    pub why: String,
}

impl WriteTx<'_> {
    /// Notes an event.
    pub fn add_audit(&self, row: &AuditRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO audit (at_ms, offset_min, seat, what, record, whom, why)
                 VALUES (:at_ms, :offset_min, :seat, :what, :record, :whom, :why)",
            )?
            .execute(named_params! {
                ":at_ms": row.at_ms, ":offset_min": row.offset_min, ":seat": row.seat.as_bytes(), ":what": row.what,
                ":record": row.about.as_ref().and_then(About::record), ":whom": row.about.as_ref().and_then(About::seat),
                ":why": row.why,
            })?;
        Ok(())
    }
}

impl WriteTx<'_> {
    /// Notes an event that came from elsewhere, unless it is here; says whether it was new.
    pub fn add_audit_once(&self, row: &AuditRow) -> Result<bool> {
        let known: bool = self
            .0
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM audit WHERE seat = :seat AND at_ms = :at_ms AND what = :what
                                AND record IS :record AND whom IS :whom AND why = :why)",
            )?
            .query_row(
                named_params! {
                    ":seat": row.seat.as_bytes(), ":at_ms": row.at_ms, ":what": row.what,
                    ":record": row.about.as_ref().and_then(About::record),
                    ":whom": row.about.as_ref().and_then(About::seat), ":why": row.why,
                },
                |row| row.get(0),
            )?;
        if !known {
            self.add_audit(row)?;
        }
        Ok(!known)
    }

    /// Notes how far a seat's own events are sealed.
    pub fn put_audit_sealed(&self, seat: SeatId, sealed: Sealed) -> Result<()> {
        self.put_setting(&sealed_mark(seat), &format!("{} {}", sealed.through, hex(&sealed.epoch)))
    }
}

/// How far a seat's own events are sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The place of the last.
    pub through: i64,
    /// The epoch that it was sealed for.
    pub epoch: [u8; 16],
}

/// The setting that says how far a seat's events are sealed.
fn sealed_mark(seat: SeatId) -> String {
    format!("audit_sealed {}", seat.to_hex())
}

impl Vault {
    /// How far a seat's events are sealed; nothing when none is.
    pub fn audit_sealed(&self, seat: SeatId) -> Result<Option<Sealed>> {
        let Some(mark) = self.setting(&sealed_mark(seat))? else { return Ok(None) };
        let read = |mark: &str| {
            let (through, epoch) = mark.split_once(' ')?;
            Some(Sealed {
                through: through.parse().ok()?,
                epoch: u128::from_str_radix(epoch, 16).ok()?.to_be_bytes(),
            })
        };
        read(&mark).map(Some).ok_or(StoreError::Row("audit"))
    }

    /// Events of a seat after a place, oldest first, with their places.
    pub fn audit_after(&self, seat: SeatId, after: i64, limit: u32) -> Result<Vec<(i64, AuditRow)>> {
        let mut query = self.db().prepare_cached(
            "SELECT ord, at_ms, offset_min, seat, what, record, whom, why FROM audit
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
            "SELECT at_ms, offset_min, seat, what, record, whom, why FROM audit WHERE what = :what ORDER BY ord DESC LIMIT 1",
        )?;
        let mut rows = query.query(named_params! { ":what": what })?;
        rows.next()?.map(read).transpose()
    }

    /// Events by when they happened, oldest first, whenever they were heard of: all, or those about one record or one seat.
    pub fn audit(&self, about: Option<About>) -> Result<Vec<AuditRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT at_ms, offset_min, seat, what, record, whom, why FROM audit
             WHERE (:record IS NULL OR record = :record) AND (:whom IS NULL OR whom = :whom) ORDER BY at_ms, ord",
        )?;
        let mut rows = query.query(named_params! {
            ":record": about.as_ref().and_then(About::record), ":whom": about.as_ref().and_then(About::seat),
        })?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(read(row)?);
        }
        Ok(found)
    }
}

fn read(row: &rusqlite::Row<'_>) -> Result<AuditRow> {
    let (record, whom): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get("record")?, row.get("whom")?);
    let about = match (record, whom) {
        (Some(record), None) => Some(About::Record(id(&record, "audit", RecordId::from_slice)?)),
        (None, Some(seat)) => Some(About::Seat(id(&seat, "audit", SeatId::from_slice)?)),
        (None, None) => None,
        (Some(_), Some(_)) => return Err(StoreError::Row("audit")),
    };
    Ok(AuditRow {
        at_ms: row.get("at_ms")?,
        offset_min: row.get("offset_min")?,
        seat: id(&row.get::<_, Vec<u8>>("seat")?, "audit", SeatId::from_slice)?,
        what: row.get("what")?,
        about,
        why: row.get("why")?,
    })
}
