//! What the gate refused and kept, and what a person left aside.

use rusqlite::{OptionalExtension, Row, named_params};
use tern_record::{EnvelopeId, LogId, SeatId};

use crate::envelope::{InLog, in_log};
use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// Something that the gate kept aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRow {
    /// The envelope, once its author's signature was checked; before that, hash of the bytes.
    pub id: [u8; 32],
    /// Stable reason code.
    pub code: String,
    /// When it came first, in milliseconds since 1970.
    pub at_ms: i64,
    /// Who signed it and where it stands, once the signature was checked.
    pub signed: Option<(SeatId, InLog)>,
}

impl WriteTx<'_> {
    /// Keeps what the gate refused. What is kept already has this reason from now on, and the fuller of both forms.
    pub fn hold(&self, held: &HeldRow, bytes: &[u8]) -> Result<()> {
        let place = held.signed.map(|(_, place)| place);
        let changed = self
            .0
            .prepare_cached(
                "INSERT INTO quarantine (id, code, at_ms, bytes, seat, log, seq, prev)
                 VALUES (:id, :code, :at_ms, :bytes, :seat, :log, :seq, :prev)
                 ON CONFLICT (id) DO UPDATE SET code = excluded.code,
                     bytes = iif(length(excluded.bytes) > length(bytes), excluded.bytes, bytes)
                 WHERE code <> excluded.code OR length(excluded.bytes) > length(bytes)",
            )?
            .execute(named_params! {
                ":id": held.id, ":code": held.code, ":at_ms": held.at_ms, ":bytes": bytes,
                ":seat": held.signed.map(|(seat, _)| *seat.as_bytes()),
                ":log": place.map(|place| *place.log.as_bytes()),
                ":seq": place.map(|place| place.seq.cast_signed()),
                ":prev": place.map(|place| *place.prev.as_bytes()),
            })?;
        if changed > 0 {
            self.0
                .prepare_cached("DELETE FROM tried WHERE held = :id")?
                .execute(named_params! { ":id": held.id })?;
        }
        Ok(())
    }

    /// What was kept aside is kept elsewhere now.
    pub fn release(&self, held: [u8; 32]) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM quarantine WHERE id = :id")?
            .execute(named_params! { ":id": held })?;
        Ok(())
    }

    /// Notes that somebody left work aside.
    pub fn decline(&self, envelope: EnvelopeId) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO declined (envelope) VALUES (:id) ON CONFLICT DO NOTHING")?
            .execute(named_params! { ":id": envelope.as_bytes() })?;
        Ok(())
    }

    /// Notes that it is not left aside any more.
    pub fn undecline(&self, envelope: EnvelopeId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM declined WHERE envelope = :id")?
            .execute(named_params! { ":id": envelope.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// All that is kept aside: what is known to be signed by log and place, then the rest as it came.
    pub fn held(&self) -> Result<Vec<HeldRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT id, code, at_ms, seat, log, seq, prev FROM quarantine ORDER BY log IS NULL, log, seq, ord",
        )?;
        let mut rows = query.query([])?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            held.push(read(row)?);
        }
        Ok(held)
    }

    /// What is kept aside of a log for one reason, by place.
    pub fn held_of_log(&self, log: LogId, code: &str) -> Result<Vec<[u8; 32]>> {
        let mut query = self.db().prepare_cached(
            "SELECT id FROM quarantine WHERE log = :log AND code = :code ORDER BY seq, ord",
        )?;
        let rows =
            query.query_map(named_params! { ":log": log.as_bytes(), ":code": code }, |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Something kept aside, as it came.
    pub fn held_bytes(&self, held: [u8; 32]) -> Result<Option<Vec<u8>>> {
        let mut query = self.db().prepare_cached("SELECT bytes FROM quarantine WHERE id = :id")?;
        Ok(query.query_row(named_params! { ":id": held }, |row| row.get(0)).optional()?)
    }

    /// Somebody left this work aside.
    pub fn is_declined(&self, envelope: EnvelopeId) -> Result<bool> {
        let mut query = self.db().prepare_cached("SELECT 1 FROM declined WHERE envelope = :id")?;
        Ok(query.exists(named_params! { ":id": envelope.as_bytes() })?)
    }

    /// How much is kept aside of a seat: things, and their bytes.
    pub fn held_of_seat(&self, seat: SeatId) -> Result<(u32, u64)> {
        let mut query = self.db().prepare_cached(
            "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM quarantine WHERE seat = :seat",
        )?;
        let counted = query.query_row(named_params! { ":seat": seat.as_bytes() }, |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
        })?;
        Ok(counted)
    }

    /// Reasons for which something is kept aside that nobody declined.
    pub fn undecided(&self) -> Result<Vec<String>> {
        let mut query = self.db().prepare_cached(
            "SELECT DISTINCT code FROM quarantine WHERE id NOT IN (SELECT envelope FROM declined)",
        )?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// What is kept aside and somebody declined.
    pub fn left_aside(&self) -> Result<Vec<[u8; 32]>> {
        let mut query = self.db().prepare_cached(
            "SELECT id FROM quarantine WHERE id IN (SELECT envelope FROM declined) ORDER BY ord",
        )?;
        let rows = query.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Reasons for which something is kept aside, with how often each.
    pub fn quarantined(&self) -> Result<Vec<(String, u32)>> {
        let mut query =
            self.db().prepare_cached("SELECT code, count(*) FROM quarantine GROUP BY code ORDER BY code")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }
}

pub(crate) fn read(row: &Row<'_>) -> Result<HeldRow> {
    let signed = match row.get::<_, Option<Vec<u8>>>("seat")? {
        Some(seat) => Some((id(&seat, "quarantine", SeatId::from_slice)?, in_log(row)?)),
        None => None,
    };
    Ok(HeldRow { id: row.get("id")?, code: row.get("code")?, at_ms: row.get("at_ms")?, signed })
}
