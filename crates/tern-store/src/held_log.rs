//! How much of each log is held, taken or kept aside.

use rusqlite::{OptionalExtension, Row, named_params};
use tern_record::cbor::Canonical;
use tern_record::log::{InLog, LogState};
use tern_record::{EnvelopeId, LogId, ScopeId, SeatId};

use crate::envelope::in_log;
use crate::intent::id;
use crate::{Result, StoreError, Vault, WriteTx};

/// A log of which something is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLogRow {
    /// The log.
    pub log: LogId,
    /// Its scope.
    pub scope: ScopeId,
    /// The seat that writes it.
    pub seat: SeatId,
    /// How much.
    pub state: LogState,
}

/// Envelopes of a log that are held, taken or kept aside.
const PLACES: &str = "SELECT id, log, seq, prev FROM envelope WHERE log = :log AND seq >= :from
    UNION SELECT id, log, seq, prev FROM quarantine
     WHERE log = :log AND seq >= :from AND seat IS NOT NULL
    ORDER BY seq, id";

impl WriteTx<'_> {
    /// Notes that an envelope is held from now on. Call it before the row is written: what is held already is not noted
    /// again.
    pub fn note_place(&self, scope: ScopeId, seat: SeatId, at: &InLog) -> Result<()> {
        if self.is_held(at.id)? {
            return Ok(());
        }
        let state = self.log_state(at.log)?.unwrap_or_default();
        let state = match state.with(at) {
            Some(state) => state,
            None => {
                let mut places = self.places(at.log)?;
                places.push(*at);
                LogState::of(&places)
            }
        };
        self.put_log_state(&HeldLogRow { log: at.log, scope, seat, state })
    }

    /// Notes all that is held, from the envelopes.
    pub(crate) fn note_all_places(&self) -> Result<()> {
        let mut query = self.0.prepare("SELECT DISTINCT log, scope, seat FROM envelope")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (log, scope, seat) = names(row)?;
            let state = LogState::of(&self.places(log)?);
            self.put_log_state(&HeldLogRow { log, scope, seat, state })?;
        }
        Ok(())
    }

    fn is_held(&self, envelope: EnvelopeId) -> Result<bool> {
        let mut query = self.0.prepare_cached(
            "SELECT 1 FROM envelope WHERE id = :id
             UNION ALL SELECT 1 FROM quarantine WHERE id = :id AND seat IS NOT NULL",
        )?;
        Ok(query.exists(named_params! { ":id": envelope.as_bytes() })?)
    }

    fn log_state(&self, log: LogId) -> Result<Option<LogState>> {
        let mut query = self.0.prepare_cached("SELECT state FROM held_log WHERE log = :log")?;
        let state: Option<Vec<u8>> =
            query.query_row(named_params! { ":log": log.as_bytes() }, |row| row.get(0)).optional()?;
        state.map(|bytes| read_state(&bytes)).transpose()
    }

    fn places(&self, log: LogId) -> Result<Vec<InLog>> {
        let mut query = self.0.prepare_cached(PLACES)?;
        let mut rows = query.query(named_params! { ":log": log.as_bytes(), ":from": 0 })?;
        let mut places = Vec::new();
        while let Some(row) = rows.next()? {
            places.push(in_log(row)?);
        }
        Ok(places)
    }

    fn put_log_state(&self, row: &HeldLogRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO held_log (log, scope, seat, state) VALUES (:log, :scope, :seat, :state)
                 ON CONFLICT (log) DO UPDATE SET state = excluded.state",
            )?
            .execute(named_params! {
                ":log": row.log.as_bytes(), ":scope": row.scope.as_bytes(), ":seat": row.seat.as_bytes(),
                ":state": row.state.to_bytes(),
            })?;
        Ok(())
    }
}

impl Vault {
    /// Every log of which something is held.
    pub fn held_logs(&self) -> Result<Vec<HeldLogRow>> {
        let mut query = self.db().prepare_cached("SELECT log, scope, seat, state FROM held_log")?;
        let mut rows = query.query([])?;
        let mut logs = Vec::new();
        while let Some(row) = rows.next()? {
            let (log, scope, seat) = names(row)?;
            logs.push(HeldLogRow { log, scope, seat, state: read_state(&row.get::<_, Vec<u8>>("state")?)? });
        }
        Ok(logs)
    }

    /// Where the envelopes of a log stand that are held, from a place on.
    pub fn places_in(&self, log: LogId, from: u64) -> Result<Vec<InLog>> {
        let mut query = self.db().prepare_cached(PLACES)?;
        let mut rows = query.query(named_params! { ":log": log.as_bytes(), ":from": from.cast_signed() })?;
        let mut places = Vec::new();
        while let Some(row) = rows.next()? {
            places.push(in_log(row)?);
        }
        Ok(places)
    }

    /// An envelope that is held, taken or kept aside.
    pub fn held_envelope(&self, envelope: EnvelopeId) -> Result<Option<Vec<u8>>> {
        match self.envelope(envelope)? {
            Some(bytes) => Ok(Some(bytes)),
            None => self.held_bytes(*envelope.as_bytes()),
        }
    }
}

fn names(row: &Row<'_>) -> Result<(LogId, ScopeId, SeatId)> {
    let blob = |column: &str| row.get::<_, Vec<u8>>(column);
    Ok((
        id(&blob("log")?, "held_log", LogId::from_slice)?,
        id(&blob("scope")?, "held_log", ScopeId::from_slice)?,
        id(&blob("seat")?, "held_log", SeatId::from_slice)?,
    ))
}

fn read_state(bytes: &[u8]) -> Result<LogState> {
    LogState::from_bytes(bytes).map_err(|_| StoreError::Row("held_log"))
}
