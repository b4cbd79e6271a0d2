//! Envelopes and the logs they stand in.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, named_params};
pub use tern_record::log::InLog;
use tern_record::{EnvelopeId, LogId, RecordId, ScopeId, SeatId};

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// An envelope as it lies in the vault.
pub struct EnvelopeRow {
    /// Hash of its header.
    pub id: EnvelopeId,
    /// The log.
    pub log: LogId,
    /// Its place in the log, from 0.
    pub seq: u64,
    /// The envelope before; 32 zero bytes for the first.
    pub prev: EnvelopeId,
    /// The scope.
    pub scope: ScopeId,
    /// The seat that signed it.
    pub seat: SeatId,
    /// As made or received.
    pub bytes: Vec<u8>,
}

impl EnvelopeRow {
    /// Where it stands.
    pub const fn place(&self) -> InLog {
        InLog { id: self.id, log: self.log, seq: self.seq, prev: self.prev }
    }
}

pub(crate) fn in_log(row: &rusqlite::Row<'_>) -> Result<InLog> {
    let blob = |column: &str| row.get::<_, Vec<u8>>(column);
    Ok(InLog {
        id: id(&blob("id")?, "envelope", EnvelopeId::from_slice)?,
        log: id(&blob("log")?, "envelope", LogId::from_slice)?,
        seq: row.get::<_, i64>("seq")?.cast_unsigned(),
        prev: id(&blob("prev")?, "envelope", EnvelopeId::from_slice)?,
    })
}

/// One of this device's own logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnLog {
    /// Its id.
    pub id: LogId,
    /// The next place.
    pub next: u64,
    /// The newest envelope, when there is one.
    pub head: Option<EnvelopeId>,
}

impl WriteTx<'_> {
    /// Adds an envelope and gives its place; `None` when it was there already.
    pub fn add_envelope(&self, envelope: &EnvelopeRow) -> Result<Option<i64>> {
        self.note_place(envelope.scope, envelope.seat, &envelope.place())?;
        let added = self
            .0
            .prepare_cached(
                "INSERT INTO envelope (id, log, seq, prev, scope, seat, bytes)
                 VALUES (:id, :log, :seq, :prev, :scope, :seat, :bytes)
                 ON CONFLICT (id) DO NOTHING",
            )?
            .execute(named_params! {
                ":id": envelope.id.as_bytes(), ":log": envelope.log.as_bytes(), ":seq": envelope.seq.cast_signed(),
                ":prev": envelope.prev.as_bytes(), ":scope": envelope.scope.as_bytes(), ":seat": envelope.seat.as_bytes(), ":bytes": envelope.bytes,
            })?;
        Ok((added == 1).then(|| self.0.last_insert_rowid()))
    }

    /// This seat's log in a scope, when it has one.
    pub fn own_log(&self, scope: ScopeId, seat: SeatId) -> Result<Option<OwnLog>> {
        let row = self
            .0
            .prepare_cached("SELECT id, next, head FROM log WHERE scope = :scope AND seat = :seat")?
            .query_row(named_params! { ":scope": scope.as_bytes(), ":seat": seat.as_bytes() }, |row| {
                Ok((row.get::<_, Vec<u8>>("id")?, row.get::<_, i64>("next")?, row.get::<_, Vec<u8>>("head")?))
            })
            .optional()?;
        row.map(|(log, next, head)| {
            let head = id(&head, "log", EnvelopeId::from_slice)?;
            let head = (head != EnvelopeId::new([0; 32])).then_some(head);
            Ok(OwnLog { id: id(&log, "log", LogId::from_slice)?, next: next.cast_unsigned(), head })
        })
        .transpose()
    }

    /// Begins a log or moves it on.
    pub fn put_own_log(&self, scope: ScopeId, seat: SeatId, log: OwnLog) -> Result<()> {
        let head = log.head.unwrap_or(EnvelopeId::new([0; 32]));
        self.0
            .prepare_cached(
                "INSERT INTO log (id, scope, seat, next, head) VALUES (:id, :scope, :seat, :next, :head)
                 ON CONFLICT (id) DO UPDATE SET next = excluded.next, head = excluded.head",
            )?
            .execute(named_params! {
                ":id": log.id.as_bytes(), ":scope": scope.as_bytes(), ":seat": seat.as_bytes(),
                ":next": log.next.cast_signed(), ":head": head.as_bytes(),
            })?;
        Ok(())
    }
}

impl WriteTx<'_> {
    /// Ends a log of this device when this envelope of it was not here: it came from elsewhere, so the device was restored
    /// from a copy or there are two of it. The next work begins a new log. Call it before the envelope is written.
    pub fn end_own_log(&self, log: LogId, came: EnvelopeId) -> Result<()> {
        if !self.is_held(came)? {
            self.0
                .prepare_cached("DELETE FROM log WHERE id = :log")?
                .execute(named_params! { ":log": log.as_bytes() })?;
        }
        Ok(())
    }

    /// Notes that an envelope lies here sealed for somebody else.
    pub fn leave_unopened(&self, ord: i64) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO unopened (envelope) VALUES (:ord)")?
            .execute(named_params! { ":ord": ord })?;
        Ok(())
    }

    /// Gives the place of an envelope that lay here unopened, and notes that it does not any more.
    pub fn opened(&self, id: EnvelopeId) -> Result<Option<i64>> {
        let ord: Option<i64> = self
            .0
            .prepare_cached("SELECT ord FROM envelope JOIN unopened ON envelope = ord WHERE id = :id")?
            .query_row(named_params! { ":id": id.as_bytes() }, |row| row.get(0))
            .optional()?;
        if let Some(ord) = ord {
            self.0
                .prepare_cached("DELETE FROM unopened WHERE envelope = :ord")?
                .execute(named_params! { ":ord": ord })?;
        }
        Ok(ord)
    }
}

impl Vault {
    /// Envelopes of a scope that lie here unopened and were not refused yet, in the order they came.
    pub fn unopened(&self, scope: ScopeId) -> Result<Vec<Vec<u8>>> {
        // The few that wait lead the join: the other way round, every unlock reads every envelope.
        let mut query = self.db().prepare_cached(
            "SELECT bytes FROM unopened CROSS JOIN envelope ON ord = envelope WHERE scope = :scope
                 AND id NOT IN (SELECT id FROM quarantine) ORDER BY envelope",
        )?;
        let rows = query.query_map(named_params! { ":scope": scope.as_bytes() }, |row| row.get(0))?;
        Ok(rows.collect::<std::result::Result<_, _>>()?)
    }

    /// Scopes of which envelopes lie here unopened and were not refused yet.
    pub fn scopes_unopened(&self) -> Result<Vec<ScopeId>> {
        let mut query = self.db().prepare_cached(
            "SELECT DISTINCT scope FROM unopened CROSS JOIN envelope ON ord = envelope
                 WHERE id NOT IN (SELECT id FROM quarantine)",
        )?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "envelope", ScopeId::from_slice)).collect()
    }
}

impl Changes {
    fn read(&mut self, rows: &mut rusqlite::Rows<'_>) -> Result<()> {
        while let Some(row) = rows.next()? {
            self.changes += 1;
            self.records.insert(id(&row.get::<_, Vec<u8>>("record")?, "intent", RecordId::from_slice)?);
        }
        Ok(())
    }
}

/// Changes, and the records that they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many. What was dropped for others and cannot be read here counts as one, and so does what is kept aside.
    pub changes: u32,
    /// The records.
    pub records: BTreeSet<RecordId>,
}

impl Vault {
    /// The changes that these envelopes carry.
    pub fn changes_in(&self, envelopes: &BTreeSet<EnvelopeId>) -> Result<Changes> {
        let mut query = self.db().prepare_cached(
            "SELECT record FROM intent WHERE envelope = (SELECT ord FROM envelope WHERE id = :id)",
        )?;
        let mut found = Changes::default();
        for envelope in envelopes {
            let before = found.changes;
            let mut rows = query.query(named_params! { ":id": envelope.as_bytes() })?;
            found.read(&mut rows)?;
            // What was taken here and carries nothing any more was handed on by another envelope.
            if found.changes == before && !self.is_taken(*envelope)? {
                found.changes += 1;
            }
        }
        Ok(found)
    }

    /// The changes of everybody here that no envelope carries yet.
    pub fn unsealed_changes(&self) -> Result<Changes> {
        let mut query = self.db().prepare_cached("SELECT record FROM intent WHERE envelope IS NULL")?;
        let mut found = Changes::default();
        found.read(&mut query.query([])?)?;
        Ok(found)
    }

    /// Up to `limit` envelopes after a place, with their places.
    pub fn envelopes_after(&self, ord: i64, limit: u32) -> Result<Vec<(i64, EnvelopeRow)>> {
        let mut query = self.db().prepare_cached(
            "SELECT ord, id, log, seq, prev, scope, seat, bytes FROM envelope WHERE ord > :ord ORDER BY ord LIMIT :limit",
        )?;
        let mut rows = query.query(named_params! { ":ord": ord, ":limit": limit })?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let blob = |column: &str| row.get::<_, Vec<u8>>(column);
            found.push((
                row.get("ord")?,
                EnvelopeRow {
                    id: id(&blob("id")?, "envelope", EnvelopeId::from_slice)?,
                    log: id(&blob("log")?, "envelope", LogId::from_slice)?,
                    seq: row.get::<_, i64>("seq")?.cast_unsigned(),
                    prev: id(&blob("prev")?, "envelope", EnvelopeId::from_slice)?,
                    scope: id(&blob("scope")?, "envelope", ScopeId::from_slice)?,
                    seat: id(&blob("seat")?, "envelope", SeatId::from_slice)?,
                    bytes: blob("bytes")?,
                },
            ));
        }
        Ok(found)
    }

    /// Where every envelope of a seat stands, by log and place.
    pub fn places_of(&self, seat: SeatId) -> Result<Vec<InLog>> {
        let mut query = self.db().prepare_cached(
            "SELECT id, log, seq, prev FROM envelope WHERE seat = :seat ORDER BY log, seq, id",
        )?;
        let mut rows = query.query(named_params! { ":seat": seat.as_bytes() })?;
        let mut places = Vec::new();
        while let Some(row) = rows.next()? {
            places.push(in_log(row)?);
        }
        Ok(places)
    }

    /// Where an envelope stands that lies here, taken or kept aside.
    pub fn place_of(&self, envelope: EnvelopeId) -> Result<Option<InLog>> {
        let mut query = self.db().prepare_cached(
            "SELECT id, log, seq, prev FROM envelope WHERE id = :id
             UNION ALL SELECT id, log, seq, prev FROM quarantine WHERE id = :id AND seat IS NOT NULL LIMIT 1",
        )?;
        let mut rows = query.query(named_params! { ":id": envelope.as_bytes() })?;
        rows.next()?.map(in_log).transpose()
    }

    /// An envelope was taken, and does not lie here unopened.
    pub fn is_taken(&self, envelope: EnvelopeId) -> Result<bool> {
        let mut query = self.db().prepare_cached(
            "SELECT 1 FROM envelope WHERE id = :id AND ord NOT IN (SELECT envelope FROM unopened)",
        )?;
        Ok(query.exists(named_params! { ":id": envelope.as_bytes() })?)
    }

    /// An envelope that was taken.
    pub fn envelope(&self, envelope: EnvelopeId) -> Result<Option<Vec<u8>>> {
        let mut query = self.db().prepare_cached("SELECT bytes FROM envelope WHERE id = :id")?;
        Ok(query.query_row(named_params! { ":id": envelope.as_bytes() }, |row| row.get(0)).optional()?)
    }

    /// When the newest intent that is here was typed, of every seat that has any.
    pub fn last_work(&self) -> Result<BTreeMap<SeatId, i64>> {
        let mut query =
            self.db().prepare_cached("SELECT seat, max(at_ms) AS at_ms FROM intent GROUP BY seat")?;
        let mut rows = query.query([])?;
        let mut last = BTreeMap::new();
        while let Some(row) = rows.next()? {
            last.insert(
                id(&row.get::<_, Vec<u8>>("seat")?, "intent", SeatId::from_slice)?,
                row.get("at_ms")?,
            );
        }
        Ok(last)
    }

    /// Envelopes in the vault.
    pub fn count_envelopes(&self) -> Result<u32> {
        Ok(self.db().query_row("SELECT count(*) FROM envelope", [], |row| row.get(0))?)
    }
}
