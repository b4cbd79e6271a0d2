//! View files: what is derived from a sealed scope, under a key that only its members hold.
//!
//! A view file is never part of the vault's transaction. It says up to which intent it is derived; one
//! that lags, or cannot be opened, is made again from the intents.

use std::fs;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, named_params};
use tern_record::cbor::Canonical;
use tern_record::{BlobId, RecordId, Scalar, ScopeId};

use crate::caseload::{self, CaseRow};
use crate::db::{self, Absent};
use crate::intent::id;
use crate::{Home, Result, StoreError};

/// Raised whenever the code that fills view files changes what it writes.
pub const VIEW_VERSION: i64 = 5;

/// An open view file.
pub struct View {
    db: Connection,
}

/// What a field of a sealed scope holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewValue {
    /// Path in the record.
    pub path: String,
    /// The value to show.
    pub value: Scalar,
    /// Devices differ.
    pub disputed: bool,
}

/// Everything that one record has in a view file.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ViewRecord {
    /// Its answered fields.
    pub values: Vec<ViewValue>,
    /// Small picture and the sealed photo it was made from.
    pub thumbnail: Option<(BlobId, Vec<u8>)>,
    /// How the child stands, in the file that the board is read from.
    pub case: Option<CaseRow>,
}

impl View {
    /// Opens the file of a scope, or begins a fresh one: it holds nothing that intents do not.
    pub fn open(home: &Home, scope: ScopeId, key: &[u8; 32], vfs: Option<&str>) -> Result<Self> {
        let path = home.view_path(scope);
        let opened = db::open(&path, key, Absent::Create, vfs).and_then(Self::prepare);
        match opened {
            Err(StoreError::Damaged) => Self::renew(home, scope, key, vfs),
            opened => opened,
        }
    }

    /// Begins the file of a scope anew. It must not be open.
    pub fn renew(home: &Home, scope: ScopeId, key: &[u8; 32], vfs: Option<&str>) -> Result<Self> {
        let path = home.view_path(scope);
        for end in ["", "-wal", "-shm"] {
            let mut name = path.clone().into_os_string();
            name.push(end);
            let _ = fs::remove_file(name);
        }
        db::open(&path, key, Absent::Create, vfs).and_then(Self::prepare)
    }

    /// Pages whose seal does not hold. Empty when the file is whole.
    pub fn integrity_problems(&self) -> Result<Vec<String>> {
        db::integrity_problems(&self.db)
    }

    fn prepare(mut db: Connection) -> Result<Self> {
        // A power cut may take the last writes away, never the order of them: the file says up to where it is
        // derived, and catches up.
        db.execute_batch("PRAGMA synchronous = NORMAL")?;
        let version: Option<i64> = match db.query_row("SELECT version FROM through", [], |row| row.get(0)) {
            Ok(version) => Some(version),
            Err(rusqlite::Error::QueryReturnedNoRows) => None,
            Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) => None,
            Err(error) => return Err(error.into()),
        };
        if version != Some(VIEW_VERSION) {
            let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            tx.execute_batch(
                "DROP TABLE IF EXISTS value; DROP TABLE IF EXISTS thumbnail; DROP TABLE IF EXISTS caseload;
                 DROP TABLE IF EXISTS through;",
            )?;
            tx.execute_batch(include_str!("view.sql"))?;
            tx.execute_batch(include_str!("caseload.sql"))?;
            tx.execute(
                "INSERT INTO through (one, ord, version) VALUES (1, 0, :version)",
                named_params! { ":version": VIEW_VERSION },
            )?;
            tx.commit()?;
        }
        Ok(Self { db })
    }

    /// Place of the newest intent that this file knows of.
    pub fn through(&self) -> Result<i64> {
        Ok(self.db.query_row("SELECT ord FROM through", [], |row| row.get(0))?)
    }

    /// Replaces what is derived of these records and notes how far the file now reaches.
    pub fn put(&mut self, records: &[(RecordId, ViewRecord)], through: i64) -> Result<()> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (record, view) in records {
            put_record(&tx, *record, view)?;
        }
        tx.execute("UPDATE through SET ord = :ord", named_params! { ":ord": through })?;
        Ok(tx.commit()?)
    }

    /// Records with an answer here that is in dispute.
    pub fn records_in_dispute(&self) -> Result<Vec<RecordId>> {
        let mut query = self.db.prepare_cached("SELECT DISTINCT record FROM value WHERE disputed = 1")?;
        let rows = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "value", RecordId::from_slice)).collect()
    }

    /// Records that another system numbers so.
    pub fn records_with_external_id(&self, number: &str, limit: u32) -> Result<Vec<RecordId>> {
        // As the index says it, so that SQLite uses it.
        let mut query = self.db.prepare_cached(
            "SELECT DISTINCT record FROM value WHERE value = :value AND path GLOB 'external_ids/*' LIMIT :limit",
        )?;
        let asked = named_params! { ":value": Scalar::from(number).to_bytes(), ":limit": limit };
        let rows = query.query_map(asked, |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "value", RecordId::from_slice)).collect()
    }

    /// Records that answer something in a row, at most two of them. Reads the whole table: for what is asked rarely.
    pub fn records_with_row(&self, list: &str, row: &str) -> Result<Vec<RecordId>> {
        let mut query =
            self.db.prepare_cached("SELECT DISTINCT record FROM value WHERE path GLOB :under LIMIT 2")?;
        let rows = query.query_map(named_params! { ":under": format!("{list}/{row}/*") }, |row| {
            row.get::<_, Vec<u8>>(0)
        })?;
        rows.map(|row| id(&row?, "value", RecordId::from_slice)).collect()
    }

    /// What a record holds at a path.
    pub fn value(&self, record: RecordId, path: &str) -> Result<Option<Scalar>> {
        let mut query =
            self.db.prepare_cached("SELECT value FROM value WHERE record = :record AND path = :path")?;
        let asked = named_params! { ":record": record.as_bytes(), ":path": path };
        let bytes: Option<Vec<u8>> = query.query_row(asked, |row| row.get(0)).optional()?;
        bytes.map(|bytes| Scalar::from_bytes(&bytes).map_err(|_| StoreError::Row("value"))).transpose()
    }

    /// Adds small pictures whose bytes came after what speaks of them.
    pub fn put_thumbnails(&mut self, pictures: &[(RecordId, BlobId, Vec<u8>)]) -> Result<()> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        pictures.iter().try_for_each(|(record, blob, jpeg)| put_thumbnail(&tx, *record, *blob, jpeg))?;
        Ok(tx.commit()?)
    }

    /// How many children have a photo.
    pub fn count_thumbnails(&self) -> Result<u32> {
        Ok(self.db.query_row("SELECT count(*) FROM thumbnail", [], |row| row.get(0))?)
    }

    /// Everything of one record.
    pub fn record(&self, record: RecordId) -> Result<ViewRecord> {
        let asked = named_params! { ":record": record.as_bytes() };
        let mut query = self
            .db
            .prepare_cached("SELECT path, value, disputed FROM value WHERE record = :record ORDER BY path")?;
        let mut rows = query.query(asked)?;
        let mut view = ViewRecord::default();
        while let Some(row) = rows.next()? {
            let value =
                Scalar::from_bytes(&row.get::<_, Vec<u8>>("value")?).map_err(|_| StoreError::Row("value"))?;
            view.values.push(ViewValue { path: row.get("path")?, value, disputed: row.get("disputed")? });
        }
        let thumbnail = self
            .db
            .prepare_cached("SELECT blob, jpeg FROM thumbnail WHERE record = :record")?
            .query_row(asked, |row| Ok((row.get::<_, Vec<u8>>("blob")?, row.get("jpeg")?)))
            .optional()?;
        view.thumbnail = match thumbnail {
            Some((blob, jpeg)) => Some((id(&blob, "thumbnail", BlobId::from_slice)?, jpeg)),
            None => None,
        };
        view.case = self.case(record)?;
        Ok(view)
    }

    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }
}

fn put_record(tx: &Connection, record: RecordId, view: &ViewRecord) -> Result<()> {
    for gone in ["DELETE FROM value WHERE record = :record", "DELETE FROM thumbnail WHERE record = :record"] {
        tx.prepare_cached(gone)?.execute(named_params! { ":record": record.as_bytes() })?;
    }
    let mut add = tx.prepare_cached(
        "INSERT INTO value (record, path, value, disputed) VALUES (:record, :path, :value, :disputed)",
    )?;
    for value in &view.values {
        add.execute(named_params! {
            ":record": record.as_bytes(), ":path": value.path, ":value": value.value.to_bytes(),
            ":disputed": value.disputed,
        })?;
    }
    if let Some(case) = &view.case {
        caseload::put(tx, record, case)?;
    }
    if let Some((blob, jpeg)) = &view.thumbnail {
        put_thumbnail(tx, record, *blob, jpeg)?;
    }
    Ok(())
}

fn put_thumbnail(tx: &Connection, record: RecordId, blob: BlobId, jpeg: &[u8]) -> Result<()> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO thumbnail (record, blob, jpeg) VALUES (:record, :blob, :jpeg)",
    )?
    .execute(named_params! { ":record": record.as_bytes(), ":blob": blob.as_bytes(), ":jpeg": jpeg })?;
    Ok(())
}
