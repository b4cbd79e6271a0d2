//! One transaction.

use rusqlite::{OptionalExtension as _, Row, Transaction};
use tern_record::cbor::{Canonical, CborError};
use tern_record::log::{InLog, LogState};
use tern_record::{BlobId, EnvelopeId, LogId, RealmId, ScopeId, SeatId};
use tern_seal::SigningKey;
use tern_seal::roster::{EpochWrap, SignedEntry};
use tern_sync::blob::HeldBlob;
use tern_sync::{HeldLog, KeyFor, Memory};

use crate::store::{StoreError, Tx, Usage, WRAPS_OF_ALL, WRAPS_OF_ONE};

/// An open transaction.
pub struct SqliteTx<'a> {
    pub(super) db: Transaction<'a>,
    pub(super) only_looks: bool,
}

enum Counted {
    Envelope,
    Blob,
}

type Kept<T> = Result<T, StoreError>;

/// What must read, for it was written here.
fn whole<T>(what: &'static str, read: Result<T, CborError>) -> Kept<T> {
    read.map_err(|_| StoreError::Damaged(what))
}

fn id<T, E>(bytes: &[u8], read: impl Fn(&[u8]) -> Result<T, E>) -> Kept<T> {
    read(bytes).map_err(|_| StoreError::Damaged("an id"))
}

fn place(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

impl SqliteTx<'_> {
    fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        each: impl Fn(&Row<'_>) -> Kept<T>,
    ) -> Kept<Vec<T>> {
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(each(row)?);
        }
        Ok(all)
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        each: impl Fn(&Row<'_>) -> Kept<T>,
    ) -> Kept<Option<T>> {
        Ok(self.rows(sql, params, each)?.into_iter().next())
    }

    fn run(&self, sql: &str, params: impl rusqlite::Params) -> Kept<usize> {
        if self.only_looks {
            return Err(StoreError::OnlyLookedAt);
        }
        Ok(self.db.prepare_cached(sql)?.execute(params)?)
    }

    /// Counts one more of these, of so many bytes, as a seat's.
    fn count(&self, of: SeatId, what: Counted, bytes: u64) -> Kept<()> {
        let sql = match what {
            Counted::Envelope => {
                "INSERT INTO usage (seat, envelopes, bytes) VALUES (?1, 1, ?2)
                 ON CONFLICT (seat) DO UPDATE SET envelopes = envelopes + 1, bytes = bytes + ?2"
            }
            Counted::Blob => {
                "INSERT INTO usage (seat, blobs, blob_bytes) VALUES (?1, 1, ?2)
                 ON CONFLICT (seat) DO UPDATE SET blobs = blobs + 1, blob_bytes = blob_bytes + ?2"
            }
        };
        self.run(sql, (of.as_bytes(), place(bytes))).map(drop)
    }
}

fn log_of(row: &Row<'_>) -> Kept<HeldLog> {
    Ok(HeldLog {
        log: id(&row.get::<_, Vec<u8>>(0)?, LogId::from_slice)?,
        scope: id(&row.get::<_, Vec<u8>>(1)?, ScopeId::from_slice)?,
        seat: id(&row.get::<_, Vec<u8>>(2)?, SeatId::from_slice)?,
        state: whole("a log", LogState::from_bytes(&row.get::<_, Vec<u8>>(3)?))?,
    })
}

fn blob_of(row: &Row<'_>) -> Kept<HeldBlob> {
    Ok(HeldBlob {
        id: id(&row.get::<_, Vec<u8>>(0)?, BlobId::from_slice)?,
        scope: id(&row.get::<_, Vec<u8>>(1)?, ScopeId::from_slice)?,
        size: row.get::<_, i64>(2)?.cast_unsigned(),
    })
}

fn usage_of(row: &Row<'_>) -> Kept<Usage> {
    let number = |at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
    Ok(Usage {
        envelopes: number(0)?,
        bytes: number(1)?,
        logs: number(2)?,
        blobs: number(3)?,
        blob_bytes: number(4)?,
    })
}

impl Tx for SqliteTx<'_> {
    fn realm(&self) -> Kept<Option<RealmId>> {
        let realm = self.one("SELECT realm FROM own", (), |row| Ok(row.get::<_, Option<Vec<u8>>>(0)?))?;
        realm.flatten().map(|bytes| id(&bytes, RealmId::from_slice)).transpose()
    }

    fn keep_realm(&self, realm: RealmId) -> Kept<()> {
        self.run("UPDATE own SET realm = ?1 WHERE realm IS NULL", [realm.as_bytes()]).map(drop)
    }

    fn key(&self, fresh: &SigningKey) -> Kept<SigningKey> {
        self.run("UPDATE own SET key = ?1 WHERE key IS NULL", [fresh.seed()])?;
        let key = self.one("SELECT key FROM own", (), |row| {
            SigningKey::from_slice(row.get_ref(0)?.as_blob().unwrap_or_default())
                .map_err(|_| StoreError::Damaged("the key"))
        })?;
        key.ok_or(StoreError::Damaged("the key"))
    }

    fn count_statements(&self) -> Kept<usize> {
        let sql = "SELECT count(*) FROM statement";
        let count = self.one(sql, (), |row| Ok(row.get::<_, i64>(0)?))?.unwrap_or_default();
        usize::try_from(count).map_err(|_| StoreError::Damaged("a count"))
    }

    fn statements(&self) -> Kept<Vec<SignedEntry>> {
        self.rows("SELECT bytes FROM statement ORDER BY ord", (), |row| {
            whole("a statement", SignedEntry::from_bytes(&row.get::<_, Vec<u8>>(0)?))
        })
    }

    fn add_statements(&self, entries: &[SignedEntry]) -> Kept<()> {
        let sql = "INSERT INTO statement (id, bytes) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING";
        for entry in entries {
            self.run(sql, (entry.id().as_bytes(), entry.to_bytes()))?;
        }
        Ok(())
    }

    fn wraps(&self, of: &[KeyFor]) -> Kept<Vec<EpochWrap>> {
        let mut found = Vec::new();
        for (epoch, seat) in of {
            let sql = "SELECT bytes FROM wrap WHERE epoch = ?1 AND seat = ?2";
            let wrap = |row: &Row<'_>| Ok(EpochWrap { epoch: *epoch, seat: *seat, bytes: row.get(0)? });
            found.extend(self.rows(sql, (epoch, seat.as_bytes()), wrap)?);
        }
        Ok(found)
    }

    fn add_wrap(&self, wrap: &EpochWrap, by: SeatId) -> Kept<bool> {
        let (epoch, seat, by) = (&wrap.epoch, wrap.seat.as_bytes(), by.as_bytes());
        let (each, all) = (place(WRAPS_OF_ONE as u64), place(WRAPS_OF_ALL as u64));
        let sql = "INSERT INTO wrap (epoch, seat, bytes, brought) SELECT ?1, ?2, ?3, ?4
                   WHERE (SELECT count(*) FROM wrap WHERE epoch = ?1 AND seat = ?2) < ?6
                   AND (SELECT count(*) FROM wrap WHERE epoch = ?1 AND seat = ?2 AND brought = ?4) < ?5
                   ON CONFLICT DO NOTHING";
        Ok(self.run(sql, (epoch, seat, &wrap.bytes, by, each, all))? > 0)
    }

    fn logs(&self) -> Kept<Vec<HeldLog>> {
        self.rows("SELECT id, scope, seat, state FROM log ORDER BY id", (), log_of)
    }

    fn log(&self, id: LogId) -> Kept<Option<HeldLog>> {
        self.one("SELECT id, scope, seat, state FROM log WHERE id = ?1", [id.as_bytes()], log_of)
    }

    fn set_log(&self, log: &HeldLog) -> Kept<()> {
        let state = log.state.to_bytes();
        if self.run("UPDATE log SET state = ?2 WHERE id = ?1", (log.log.as_bytes(), &state))? == 1 {
            return Ok(());
        }
        let row = (log.log.as_bytes(), log.scope.as_bytes(), log.seat.as_bytes(), &state);
        self.run("INSERT INTO log (id, scope, seat, state) VALUES (?1, ?2, ?3, ?4)", row)?;
        let sql = "INSERT INTO usage (seat, logs) VALUES (?1, 1)
                   ON CONFLICT (seat) DO UPDATE SET logs = logs + 1";
        self.run(sql, [log.seat.as_bytes()]).map(drop)
    }

    fn places(&self, log: LogId, from: u64) -> Kept<Vec<InLog>> {
        let sql = "SELECT id, seq, prev FROM envelope WHERE log = ?1 AND seq >= ?2 ORDER BY seq, id";
        self.rows(sql, (log.as_bytes(), place(from)), |row| {
            Ok(InLog {
                id: id(&row.get::<_, Vec<u8>>(0)?, EnvelopeId::from_slice)?,
                log,
                seq: row.get::<_, i64>(1)?.cast_unsigned(),
                prev: id(&row.get::<_, Vec<u8>>(2)?, EnvelopeId::from_slice)?,
            })
        })
    }

    fn envelope(&self, id: EnvelopeId) -> Kept<Option<Vec<u8>>> {
        self.one("SELECT bytes FROM envelope WHERE id = ?1", [id.as_bytes()], |row| Ok(row.get(0)?))
    }

    fn has_envelope(&self, id: EnvelopeId) -> Kept<bool> {
        let mut found = self.db.prepare_cached("SELECT 1 FROM envelope WHERE id = ?1")?;
        Ok(found.query_row([id.as_bytes()], |_| Ok(())).optional()?.is_some())
    }

    fn add_envelope(&self, at: &InLog, by: SeatId, bytes: &[u8]) -> Kept<()> {
        let row = (at.id.as_bytes(), at.log.as_bytes(), place(at.seq), at.prev.as_bytes(), bytes);
        self.run("INSERT INTO envelope (id, log, seq, prev, bytes) VALUES (?1, ?2, ?3, ?4, ?5)", row)?;
        self.count(by, Counted::Envelope, bytes.len() as u64)
    }

    fn memory(&self, of: SeatId) -> Kept<Option<Memory>> {
        let sql = "SELECT bytes FROM memory WHERE seat = ?1";
        // What does not read is as good as forgotten: the two tell each other again.
        let memory =
            self.one(sql, [of.as_bytes()], |row| Ok(Memory::from_bytes(&row.get::<_, Vec<u8>>(0)?).ok()))?;
        Ok(memory.flatten())
    }

    fn set_memory(&self, of: SeatId, memory: &Memory) -> Kept<()> {
        let sql = "INSERT INTO memory (seat, bytes) VALUES (?1, ?2)
                   ON CONFLICT (seat) DO UPDATE SET bytes = ?2";
        self.run(sql, (of.as_bytes(), memory.to_bytes())).map(drop)
    }

    fn blob(&self, id: BlobId) -> Kept<Option<HeldBlob>> {
        self.one("SELECT id, scope, size FROM blob WHERE id = ?1", [id.as_bytes()], blob_of)
    }

    fn blobs(&self) -> Kept<Vec<HeldBlob>> {
        self.rows("SELECT id, scope, size FROM blob ORDER BY id", (), blob_of)
    }

    fn add_blob(&self, blob: &HeldBlob, by: SeatId) -> Kept<()> {
        let row = (blob.id.as_bytes(), blob.scope.as_bytes(), place(blob.size), by.as_bytes());
        let sql = "INSERT INTO blob (id, scope, size, seat) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        if self.run(sql, row)? == 0 {
            return Ok(());
        }
        self.count(by, Counted::Blob, blob.size)
    }

    fn drop_blob(&self, id: BlobId) -> Kept<()> {
        let sql = "UPDATE usage SET blobs = blobs - 1, blob_bytes = blob_bytes - blob.size
                   FROM blob WHERE blob.id = ?1 AND blob.seat = usage.seat";
        self.run(sql, [id.as_bytes()])?;
        self.run("DELETE FROM blob WHERE id = ?1", [id.as_bytes()]).map(drop)
    }

    fn late(&self, of: SeatId) -> Kept<(u64, u64)> {
        let sql = "SELECT envelopes, bytes FROM late WHERE seat = ?1";
        let number = |row: &Row<'_>, at: usize| row.get::<_, i64>(at).map(i64::cast_unsigned);
        Ok(self.one(sql, [of.as_bytes()], |row| Ok((number(row, 0)?, number(row, 1)?)))?.unwrap_or_default())
    }

    fn add_late(&self, of: SeatId, envelopes: u64, bytes: u64) -> Kept<()> {
        let sql = "INSERT INTO late (seat, envelopes, bytes) VALUES (?1, ?2, ?3)
                   ON CONFLICT (seat) DO UPDATE SET envelopes = envelopes + ?2, bytes = bytes + ?3";
        self.run(sql, (of.as_bytes(), place(envelopes), place(bytes))).map(drop)
    }

    fn usage(&self, of: SeatId) -> Kept<Usage> {
        let sql = "SELECT envelopes, bytes, logs, blobs, blob_bytes FROM usage WHERE seat = ?1";
        Ok(self.one(sql, [of.as_bytes()], usage_of)?.unwrap_or_default())
    }

    fn total(&self) -> Kept<Usage> {
        let sql = "SELECT coalesce(sum(envelopes), 0), coalesce(sum(bytes), 0), coalesce(sum(logs), 0),
                   coalesce(sum(blobs), 0), coalesce(sum(blob_bytes), 0) FROM usage";
        Ok(self.one(sql, (), usage_of)?.unwrap_or_default())
    }

    fn touch(&self) -> Kept<()> {
        self.run("UPDATE own SET touched = (touched + 1) % 1000", ()).map(drop)
    }
}
