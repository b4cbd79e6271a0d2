//! What came of trying again what is kept aside, so that it is tried only when that may have changed.

use rusqlite::{Row, named_params};
use tern_record::{LogId, RecordId, SeatId};

use crate::intent::id;
use crate::quarantine::{HeldRow, read};
use crate::{Result, Vault, WriteTx};

/// What a seat found when it last tried something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// Hash of all that the answer depended on.
    pub knew: [u8; 32],
    /// Records whose answers it depended on.
    pub records: Vec<RecordId>,
    /// Why it would not count if somebody took it; empty when it would, `None` when nobody is asked.
    pub if_taken: Option<String>,
    /// The seat reads what it holds.
    pub opens: bool,
}

impl WriteTx<'_> {
    /// Notes what came of it.
    pub fn put_tried(&self, held: [u8; 32], seat: SeatId, tried: &Tried) -> Result<()> {
        let records: Vec<u8> = tried.records.iter().flat_map(|record| *record.as_bytes()).collect();
        self.0
            .prepare_cached(
                "INSERT INTO tried (held, seat, knew, records, if_taken, opens)
                 SELECT id, :seat, :knew, :records, :if_taken, :opens FROM quarantine WHERE id = :held
                 ON CONFLICT (held, seat) DO UPDATE SET knew = excluded.knew, records = excluded.records,
                     if_taken = excluded.if_taken, opens = excluded.opens",
            )?
            .execute(named_params! {
                ":held": held, ":seat": seat.as_bytes(), ":knew": tried.knew, ":records": records,
                ":if_taken": tried.if_taken, ":opens": tried.opens,
            })?;
        Ok(())
    }
}

impl Vault {
    /// All that is kept aside, as [`Vault::held`] gives it, each with what this seat found when it last tried it.
    pub fn held_tried(&self, seat: SeatId) -> Result<Vec<(HeldRow, Option<Tried>)>> {
        let mut query = self.db().prepare_cached(
            "SELECT id, code, at_ms, quarantine.seat, log, seq, prev, knew, records, if_taken, opens FROM quarantine
             LEFT JOIN tried ON tried.held = quarantine.id AND tried.seat = :seat
             ORDER BY log IS NULL, log, seq, ord",
        )?;
        let mut rows = query.query(named_params! { ":seat": seat.as_bytes() })?;
        let mut held = Vec::new();
        while let Some(row) = rows.next()? {
            held.push((read(row)?, read_tried(row)?));
        }
        Ok(held)
    }

    /// One thing that is kept aside.
    pub fn held_one(&self, held: [u8; 32]) -> Result<Option<HeldRow>> {
        let mut query = self
            .db()
            .prepare_cached("SELECT id, code, at_ms, seat, log, seq, prev FROM quarantine WHERE id = :id")?;
        let mut rows = query.query(named_params! { ":id": held })?;
        rows.next()?.map(read).transpose()
    }

    /// How many envelopes of a log lie here, taken or kept aside.
    pub fn count_of_log(&self, log: LogId) -> Result<u64> {
        let mut query = self.db().prepare_cached(
            "SELECT (SELECT count(*) FROM envelope WHERE log = :log)
                  + (SELECT count(*) FROM quarantine WHERE log = :log)",
        )?;
        let count: i64 = query.query_row(named_params! { ":log": log.as_bytes() }, |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// The place of the newest intent of a record; 0 when there is none.
    pub fn last_of_record(&self, record: RecordId) -> Result<i64> {
        let mut query =
            self.db().prepare_cached("SELECT coalesce(max(ord), 0) FROM intent WHERE record = :record")?;
        Ok(query.query_row(named_params! { ":record": record.as_bytes() }, |row| row.get(0))?)
    }
}

fn read_tried(row: &Row<'_>) -> Result<Option<Tried>> {
    let Some(knew) = row.get::<_, Option<[u8; 32]>>("knew")? else { return Ok(None) };
    let records = row.get::<_, Vec<u8>>("records")?;
    let records = records.chunks(16).map(|bytes| id(bytes, "tried", RecordId::from_slice));
    Ok(Some(Tried {
        knew,
        records: records.collect::<Result<_>>()?,
        if_taken: row.get("if_taken")?,
        opens: row.get("opens")?,
    }))
}
