//! Hubs and devices that this one exchanges with, and what each is known to hold.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, Row, named_params};
use tern_record::{BlobId, RecordId, ScopeId, SeatId};

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// A hub or device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeerRow {
    /// Key that it signs with.
    pub key: [u8; 32],
    /// Seat of a device; a hub has none.
    pub seat: Option<SeatId>,
    /// Where it was reached last; empty when only by file.
    pub address: String,
    /// What it is known to hold.
    pub memory: Vec<u8>,
    /// When it signed last, in milliseconds since 1970.
    pub met_ms: i64,
    /// When it turned out to have come back from an old copy.
    pub fell_back_ms: Option<i64>,
}

/// An attachment that records here speak of and that is not here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedBlob {
    /// The attachment.
    pub id: BlobId,
    /// The record that speaks of it.
    pub record: RecordId,
    /// Its scope.
    pub scope: ScopeId,
    /// Bytes of content.
    pub size: u64,
}

/// An attachment that is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobRow {
    /// The attachment.
    pub id: BlobId,
    /// Its scope.
    pub scope: ScopeId,
    /// Bytes of ciphertext.
    pub size: u64,
}

impl WriteTx<'_> {
    /// Notes what a hub or device holds.
    pub fn put_peer(&self, peer: &PeerRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO peer (key, seat, address, memory, met_ms, fell_back_ms)
                 VALUES (:key, :seat, :address, :memory, :met_ms, :fell_back_ms)
                 ON CONFLICT (key) DO UPDATE SET seat = excluded.seat, memory = excluded.memory,
                     address = iif(excluded.address = '', address, excluded.address),
                     met_ms = excluded.met_ms, fell_back_ms = excluded.fell_back_ms",
            )?
            .execute(named_params! {
                ":key": peer.key, ":seat": peer.seat.map(|seat| *seat.as_bytes()), ":address": peer.address,
                ":memory": peer.memory, ":met_ms": peer.met_ms, ":fell_back_ms": peer.fell_back_ms,
            })?;
        Ok(())
    }

    /// Forgets a hub or device, and what lies with it.
    pub fn remove_peer(&self, key: &[u8; 32]) -> Result<()> {
        for table in ["peer", "blob_at"] {
            self.0
                .prepare_cached(&format!("DELETE FROM {table} WHERE key = :key"))?
                .execute(named_params! { ":key": key })?;
        }
        Ok(())
    }

    /// Notes that a file was read whole.
    pub fn note_read(&self, digest: &[u8; 32]) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO read_once (digest) VALUES (:digest) ON CONFLICT DO NOTHING")?
            .execute(named_params! { ":digest": digest })?;
        Ok(())
    }

    /// Notes what somebody who asked here holds.
    pub fn put_asker(&self, seat: SeatId, memory: &[u8]) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO asker (seat, memory) VALUES (:seat, :memory)
                 ON CONFLICT (seat) DO UPDATE SET memory = excluded.memory",
            )?
            .execute(named_params! { ":seat": seat.as_bytes(), ":memory": memory })?;
        Ok(())
    }

    /// Notes that an attachment lies with somebody.
    pub fn put_blob_at(&self, blob: BlobId, key: &[u8; 32]) -> Result<()> {
        self.0
            .prepare_cached("INSERT INTO blob_at (blob, key) VALUES (:blob, :key) ON CONFLICT DO NOTHING")?
            .execute(named_params! { ":blob": blob.as_bytes(), ":key": key })?;
        Ok(())
    }

    /// Forgets what lies with somebody: they came back from an old copy.
    pub fn forget_blobs_at(&self, key: &[u8; 32]) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM blob_at WHERE key = :key")?
            .execute(named_params! { ":key": key })?;
        Ok(())
    }

    /// Notes that an attachment does not lie with somebody.
    pub fn forget_blob_at(&self, blob: BlobId, key: &[u8; 32]) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM blob_at WHERE blob = :blob AND key = :key")?
            .execute(named_params! { ":blob": blob.as_bytes(), ":key": key })?;
        Ok(())
    }

    /// Notes that a record speaks of an attachment, unless it is here.
    pub fn want_blob(&self, wanted: &WantedBlob) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO blob_wanted (id, record, scope, size) SELECT :id, :record, :scope, :size
                 WHERE NOT EXISTS (SELECT 1 FROM blob WHERE id = :id) ON CONFLICT DO NOTHING",
            )?
            .execute(named_params! {
                ":id": wanted.id.as_bytes(), ":record": wanted.record.as_bytes(),
                ":scope": wanted.scope.as_bytes(), ":size": wanted.size.cast_signed(),
            })?;
        Ok(())
    }

    /// It came, or no record speaks of it any more.
    pub fn unwant_blob(&self, blob: BlobId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM blob_wanted WHERE id = :id")?
            .execute(named_params! { ":id": blob.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// Every hub and device, the one that was met last first.
    pub fn peers(&self) -> Result<Vec<PeerRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT key, seat, address, memory, met_ms, fell_back_ms FROM peer ORDER BY met_ms DESC, key",
        )?;
        let mut rows = query.query([])?;
        let mut peers = Vec::new();
        while let Some(row) = rows.next()? {
            peers.push(peer(row)?);
        }
        Ok(peers)
    }

    /// One of them.
    pub fn peer(&self, key: &[u8; 32]) -> Result<Option<PeerRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT key, seat, address, memory, met_ms, fell_back_ms FROM peer WHERE key = :key",
        )?;
        let mut rows = query.query(named_params! { ":key": key })?;
        rows.next()?.map(peer).transpose()
    }

    /// A file was read whole before.
    pub fn was_read(&self, digest: &[u8; 32]) -> Result<bool> {
        let mut query = self.db().prepare_cached("SELECT 1 FROM read_once WHERE digest = :digest")?;
        Ok(query.exists(named_params! { ":digest": digest })?)
    }

    /// What somebody who asked here was last known to hold.
    pub fn asker(&self, seat: SeatId) -> Result<Option<Vec<u8>>> {
        let mut query = self.db().prepare_cached("SELECT memory FROM asker WHERE seat = :seat")?;
        Ok(query.query_row(named_params! { ":seat": seat.as_bytes() }, |row| row.get(0)).optional()?)
    }

    /// Attachments that records here speak of and that are not here, small ones first.
    pub fn blobs_wanted(&self) -> Result<Vec<WantedBlob>> {
        let mut query =
            self.db().prepare_cached("SELECT id, record, scope, size FROM blob_wanted ORDER BY size, id")?;
        let mut rows = query.query([])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(wanted(row)?);
        }
        Ok(all)
    }

    /// One of them.
    pub fn wanted_blob(&self, id: BlobId) -> Result<Option<WantedBlob>> {
        let mut query =
            self.db().prepare_cached("SELECT id, record, scope, size FROM blob_wanted WHERE id = :id")?;
        let mut rows = query.query(named_params! { ":id": id.as_bytes() })?;
        rows.next()?.map(wanted).transpose()
    }

    /// Every attachment that is here, small ones first.
    pub fn blob_rows(&self) -> Result<Vec<BlobRow>> {
        let mut query = self.db().prepare_cached("SELECT id, scope, size FROM blob ORDER BY size, id")?;
        let mut rows = query.query([])?;
        let mut blobs = Vec::new();
        while let Some(row) = rows.next()? {
            blobs.push(blob(row)?);
        }
        Ok(blobs)
    }

    /// Attachments of records that a seat has written in, small ones first.
    pub fn blob_rows_of(&self, seat: SeatId) -> Result<Vec<BlobRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT id, scope, size FROM blob WHERE record IN (SELECT record FROM intent WHERE seat = :seat)
             ORDER BY size, id",
        )?;
        let mut rows = query.query(named_params! { ":seat": seat.as_bytes() })?;
        let mut blobs = Vec::new();
        while let Some(row) = rows.next()? {
            blobs.push(blob(row)?);
        }
        Ok(blobs)
    }

    /// One of them.
    pub fn blob_row(&self, id: BlobId) -> Result<Option<BlobRow>> {
        let mut query = self.db().prepare_cached("SELECT id, scope, size FROM blob WHERE id = :id")?;
        let mut rows = query.query(named_params! { ":id": id.as_bytes() })?;
        rows.next()?.map(blob).transpose()
    }

    /// Attachments that lie with somebody, as far as is known.
    pub fn blobs_at(&self, key: &[u8; 32]) -> Result<BTreeSet<BlobId>> {
        let mut query = self.db().prepare_cached("SELECT blob FROM blob_at WHERE key = :key")?;
        let rows = query.query_map(named_params! { ":key": key }, |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| id(&row?, "blob_at", BlobId::from_slice)).collect()
    }
}

fn peer(row: &Row<'_>) -> Result<PeerRow> {
    let seat = row.get::<_, Option<Vec<u8>>>("seat")?;
    Ok(PeerRow {
        key: row.get("key")?,
        seat: seat.map(|seat| id(&seat, "peer", SeatId::from_slice)).transpose()?,
        address: row.get("address")?,
        memory: row.get("memory")?,
        met_ms: row.get("met_ms")?,
        fell_back_ms: row.get("fell_back_ms")?,
    })
}

fn wanted(row: &Row<'_>) -> Result<WantedBlob> {
    let bytes = |column: &str| row.get::<_, Vec<u8>>(column);
    Ok(WantedBlob {
        id: id(&bytes("id")?, "blob_wanted", BlobId::from_slice)?,
        record: id(&bytes("record")?, "blob_wanted", RecordId::from_slice)?,
        scope: id(&bytes("scope")?, "blob_wanted", ScopeId::from_slice)?,
        size: row.get::<_, i64>("size")?.cast_unsigned(),
    })
}

fn blob(row: &Row<'_>) -> Result<BlobRow> {
    let bytes = |column: &str| row.get::<_, Vec<u8>>(column);
    Ok(BlobRow {
        id: id(&bytes("id")?, "blob", BlobId::from_slice)?,
        scope: id(&bytes("scope")?, "blob", ScopeId::from_slice)?,
        size: row.get::<_, i64>("size")?.cast_unsigned(),
    })
}
