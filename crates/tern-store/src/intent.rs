//! What people put: rows that are added and never altered.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, named_params};
use tern_record::{Compartment, DocId, IntentId, RecordId, ScopeId, SeatId};

use crate::{Result, StoreError, Vault, WriteTx};

/// An intent as it lies in the vault.
#[derive(Clone)]
pub struct IntentRow {
    /// Its id.
    pub id: IntentId,
    /// The document it belongs to.
    pub doc: DocId,
    /// The record it belongs to.
    pub record: RecordId,
    /// The compartment of that record.
    pub compartment: Compartment,
    /// The scope it travels in.
    pub scope: ScopeId,
    /// The seat that made it.
    pub seat: SeatId,
    /// When its author says it was typed, in milliseconds.
    pub at_ms: i64,
    /// Canonical bytes: plain in the core, sealed above it.
    pub body: Body,
}

/// The bytes of an intent.
#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    /// Core: plain inside the encrypted file.
    Plain(Vec<u8>),
    /// Protection and restricted: sealed under the scope's key of this epoch.
    Sealed {
        /// Epoch of the key.
        epoch: [u8; 16],
        /// Ciphertext.
        bytes: Vec<u8>,
    },
}

impl Body {
    fn columns(&self) -> (Option<&[u8; 16]>, &[u8]) {
        match self {
            Self::Plain(bytes) => (None, bytes),
            Self::Sealed { epoch, bytes } => (Some(epoch), bytes),
        }
    }
}

/// An intent and its place in the order in which this device learned of it.
#[derive(Clone)]
pub struct Placed {
    /// Place, from 1.
    pub ord: i64,
    /// The intent.
    pub intent: IntentRow,
}

const COLUMNS: &str = "ord, id, doc, record, compartment, scope, seat, at_ms, epoch, body";

impl WriteTx<'_> {
    /// Adds an intent; `false` when it was there already.
    pub fn add_intent(&self, intent: &IntentRow) -> Result<bool> {
        let (epoch, body) = intent.body.columns();
        let added = self
            .0
            .prepare_cached(
                "INSERT INTO intent (id, doc, record, compartment, scope, seat, at_ms, epoch, body)
                 VALUES (:id, :doc, :record, :compartment, :scope, :seat, :at_ms, :epoch, :body)
                 ON CONFLICT (id) DO NOTHING",
            )?
            .execute(named_params! {
                ":id": intent.id.as_bytes(), ":doc": intent.doc.as_bytes(), ":record": intent.record.as_bytes(),
                ":compartment": intent.compartment.code(), ":scope": intent.scope.as_bytes(),
                ":seat": intent.seat.as_bytes(), ":at_ms": intent.at_ms, ":epoch": epoch, ":body": body,
            })?;
        Ok(added == 1)
    }

    /// Intents of a document, oldest known first.
    pub fn intents_of_doc(&self, doc: DocId) -> Result<Vec<Placed>> {
        intents_of_doc(self.0, doc)
    }

    /// Intents of a seat in a scope that no envelope carries yet, oldest first.
    pub fn unsealed(&self, seat: SeatId, scope: ScopeId) -> Result<Vec<Placed>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM intent WHERE envelope IS NULL AND seat = :seat AND scope = :scope ORDER BY ord"
        );
        let asked = named_params! { ":seat": seat.as_bytes(), ":scope": scope.as_bytes() };
        rows(self.0, &sql, asked)
    }

    /// Every intent of a seat in a scope, whether an envelope carries it or not.
    pub fn intents_of_scope(&self, seat: SeatId, scope: ScopeId) -> Result<Vec<Placed>> {
        let sql = format!("SELECT {COLUMNS} FROM intent WHERE seat = :seat AND scope = :scope ORDER BY ord");
        rows(self.0, &sql, named_params! { ":seat": seat.as_bytes(), ":scope": scope.as_bytes() })
    }

    /// The same intent in another scope, where no envelope carries it yet.
    pub fn move_intent(&self, ord: i64, scope: ScopeId, body: &Body) -> Result<()> {
        let (epoch, bytes) = body.columns();
        self.0
            .prepare_cached(
                "UPDATE intent SET scope = :scope, epoch = :epoch, body = :body, envelope = NULL WHERE ord = :ord",
            )?
            .execute(named_params! {
                ":scope": scope.as_bytes(), ":epoch": epoch, ":body": bytes, ":ord": ord,
            })?;
        Ok(())
    }

    /// Notes that an envelope carries these intents.
    pub fn mark_sealed(&self, envelope: i64, intents: &[i64]) -> Result<()> {
        let mut mark = self.0.prepare_cached("UPDATE intent SET envelope = :envelope WHERE ord = :ord")?;
        for ord in intents {
            mark.execute(named_params! { ":envelope": envelope, ":ord": ord })?;
        }
        Ok(())
    }

    /// Notes by id that an envelope carries an intent that was here before.
    pub fn mark_sealed_by_id(&self, envelope: i64, intent: IntentId) -> Result<()> {
        self.0
            .prepare_cached("UPDATE intent SET envelope = :envelope WHERE id = :id AND envelope IS NULL")?
            .execute(named_params! { ":envelope": envelope, ":id": intent.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// Intents of a document, oldest known first.
    pub fn intents_of_doc(&self, doc: DocId) -> Result<Vec<Placed>> {
        intents_of_doc(self.db(), doc)
    }

    /// Anything was ever put into a document.
    pub fn has_doc(&self, doc: DocId) -> Result<bool> {
        let mut query = self.db().prepare_cached("SELECT 1 FROM intent WHERE doc = :doc")?;
        Ok(query.exists(named_params! { ":doc": doc.as_bytes() })?)
    }

    /// An intent by its id, when it is on this device.
    pub fn find_intent(&self, intent: IntentId) -> Result<Option<Placed>> {
        let sql = format!("SELECT {COLUMNS} FROM intent WHERE id = :id");
        Ok(rows(self.db(), &sql, named_params! { ":id": intent.as_bytes() })?.into_iter().next())
    }

    /// Up to `limit` intents with an id from `low` to `high`.
    pub fn intents_between(&self, low: IntentId, high: IntentId, limit: u32) -> Result<Vec<IntentId>> {
        let mut query = self.db().prepare_cached(
            "SELECT id FROM intent WHERE id BETWEEN :low AND :high ORDER BY id LIMIT :limit",
        )?;
        let asked = named_params! { ":low": low.as_bytes(), ":high": high.as_bytes(), ":limit": limit };
        let found = query.query_map(asked, |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "intent", IntentId::from_slice)).collect()
    }

    /// Up to `limit` intents after a place, of every record, in the order learned.
    pub fn intents_after(&self, ord: i64, limit: u32) -> Result<Vec<Placed>> {
        let sql = format!("SELECT {COLUMNS} FROM intent WHERE ord > :ord ORDER BY ord LIMIT :limit");
        rows(self.db(), &sql, named_params! { ":ord": ord, ":limit": limit })
    }

    /// The newest place.
    pub fn last_ord(&self) -> Result<i64> {
        Ok(self.db().query_row("SELECT coalesce(max(ord), 0) FROM intent", [], |row| row.get(0))?)
    }

    /// The seat that put the first answers into a record's core, and when it says it did.
    pub fn begun_by(&self, record: RecordId) -> Result<Option<(SeatId, i64)>> {
        let mut query = self.db().prepare_cached(
            "SELECT seat, at_ms FROM intent WHERE record = :record AND compartment = 0 ORDER BY at_ms, ord LIMIT 1",
        )?;
        let mut rows = query.query(named_params! { ":record": record.as_bytes() })?;
        match rows.next()? {
            Some(row) => {
                let seat = id(&row.get::<_, Vec<u8>>(0)?, "intent", SeatId::from_slice)?;
                Ok(Some((seat, row.get(1)?)))
            }
            None => Ok(None),
        }
    }

    /// Records that something was put into after a place.
    pub fn records_since(&self, ord: i64) -> Result<BTreeSet<RecordId>> {
        let mut query = self.db().prepare_cached("SELECT record FROM intent WHERE ord > :ord")?;
        let found = query.query_map(named_params! { ":ord": ord }, |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "intent", RecordId::from_slice)).collect()
    }

    /// Every record that has an intent, in the order of their ids, after a given one.
    pub fn records_after(&self, record: Option<RecordId>, limit: u32) -> Result<Vec<RecordId>> {
        let after = record.map_or([0; 16].to_vec(), |record| record.as_bytes().to_vec());
        let mut query = self.db().prepare_cached(
            "SELECT DISTINCT record FROM intent WHERE record > :after ORDER BY record LIMIT :limit",
        )?;
        let found = query
            .query_map(named_params! { ":after": after, ":limit": limit }, |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "intent", RecordId::from_slice)).collect()
    }

    /// Records whose id lies between two others: what a typed prefix can mean.
    pub fn records_between(&self, low: [u8; 16], high: [u8; 16], limit: u32) -> Result<Vec<RecordId>> {
        let mut query = self.db().prepare_cached(
            "SELECT DISTINCT record FROM intent WHERE record BETWEEN :low AND :high ORDER BY record LIMIT :limit",
        )?;
        let asked = named_params! { ":low": low, ":high": high, ":limit": limit };
        let found = query.query_map(asked, |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "intent", RecordId::from_slice)).collect()
    }

    /// Counts of intents: in all, and not yet in an envelope.
    pub fn count_intents(&self) -> Result<(u32, u32)> {
        // Rows are numbered from 1 and never deleted, so the last number is their count.
        let sql = "SELECT (SELECT ifnull(max(ord), 0) FROM intent),
                          (SELECT count(*) FROM intent INDEXED BY intent_unsealed WHERE envelope IS NULL)";
        Ok(self.db().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }

    /// Scopes in which a seat has work that no envelope carries.
    pub fn scopes_unsealed(&self, seat: SeatId) -> Result<Vec<ScopeId>> {
        let mut query = self.db().prepare_cached(
            "SELECT DISTINCT scope FROM intent WHERE envelope IS NULL AND seat = :seat ORDER BY scope",
        )?;
        let found =
            query.query_map(named_params! { ":seat": seat.as_bytes() }, |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "intent", ScopeId::from_slice)).collect()
    }

    /// Scopes in which a seat ever worked on this device.
    pub fn scopes_worked_in(&self, seat: SeatId) -> Result<Vec<ScopeId>> {
        let mut query = self.db().prepare_cached(
            "SELECT scope FROM log WHERE seat = :seat
             UNION SELECT scope FROM intent WHERE envelope IS NULL AND seat = :seat",
        )?;
        let found =
            query.query_map(named_params! { ":seat": seat.as_bytes() }, |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "intent", ScopeId::from_slice)).collect()
    }

    /// How many intents of a seat lie in a scope.
    pub fn count_in_scope(&self, seat: SeatId, scope: ScopeId) -> Result<u32> {
        let sql = "SELECT count(*) FROM intent WHERE seat = :seat AND scope = :scope";
        let asked = named_params! { ":seat": seat.as_bytes(), ":scope": scope.as_bytes() };
        Ok(self.db().prepare_cached(sql)?.query_row(asked, |row| row.get(0))?)
    }

    /// How many intents of each seat in each scope no envelope carries.
    pub fn unsealed_by_seat(&self) -> Result<Vec<(SeatId, ScopeId, u32)>> {
        let mut query = self.db().prepare_cached(
            "SELECT seat, scope, count(*) FROM intent WHERE envelope IS NULL GROUP BY seat, scope",
        )?;
        let blob = |row: &Row<'_>, at: usize| row.get::<_, Vec<u8>>(at);
        let found = query.query_map([], |row| Ok((blob(row, 0)?, blob(row, 1)?, row.get(2)?)))?;
        found
            .map(|row| {
                let (seat, scope, count) = row?;
                let seat = id(&seat, "intent", SeatId::from_slice)?;
                Ok((seat, id(&scope, "intent", ScopeId::from_slice)?, count))
            })
            .collect()
    }

    /// Bytes of intents that a seat has not sealed into an envelope.
    pub fn unsealed_bytes(&self, seat: SeatId) -> Result<u64> {
        let sql = "SELECT coalesce(sum(length(body)), 0) FROM intent WHERE envelope IS NULL AND seat = :seat";
        let asked = named_params! { ":seat": seat.as_bytes() };
        let bytes: i64 = self.db().prepare_cached(sql)?.query_row(asked, |row| row.get(0))?;
        Ok(bytes.unsigned_abs())
    }
}

fn intents_of_doc(db: &Connection, doc: DocId) -> Result<Vec<Placed>> {
    let sql = format!("SELECT {COLUMNS} FROM intent WHERE doc = :doc ORDER BY ord");
    rows(db, &sql, named_params! { ":doc": doc.as_bytes() })
}

fn rows(db: &Connection, sql: &str, asked: &[(&str, &dyn rusqlite::ToSql)]) -> Result<Vec<Placed>> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(asked)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> Result<Placed> {
    let blob = |column: &str| row.get::<_, Vec<u8>>(column);
    let bytes = blob("body")?;
    let body = match row.get::<_, Option<[u8; 16]>>("epoch")? {
        None => Body::Plain(bytes),
        Some(epoch) => Body::Sealed { epoch, bytes },
    };
    let compartment = Compartment::from_code(row.get("compartment")?).ok_or(StoreError::Row("intent"))?;
    let intent = IntentRow {
        id: id(&blob("id")?, "intent", IntentId::from_slice)?,
        doc: id(&blob("doc")?, "intent", DocId::from_slice)?,
        record: id(&blob("record")?, "intent", RecordId::from_slice)?,
        compartment,
        scope: id(&blob("scope")?, "intent", ScopeId::from_slice)?,
        seat: id(&blob("seat")?, "intent", SeatId::from_slice)?,
        at_ms: row.get("at_ms")?,
        body,
    };
    Ok(Placed { ord: row.get("ord")?, intent })
}

/// Reads an id out of a column.
pub(crate) fn id<T, E>(
    bytes: &[u8],
    table: &'static str,
    read: fn(&[u8]) -> std::result::Result<T, E>,
) -> Result<T> {
    read(bytes).map_err(|_| StoreError::Row(table))
}
