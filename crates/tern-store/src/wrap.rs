//! Keys on their way to seats: wraps that nobody signed, a few for each epoch and seat.

use std::collections::BTreeSet;

use rusqlite::{Row, named_params};
use tern_record::SeatId;

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// A wrap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapRow {
    /// The epoch.
    pub epoch: [u8; 16],
    /// Seat that it is for.
    pub seat: SeatId,
    /// Made on this device.
    pub own: bool,
    /// The wrap.
    pub bytes: Vec<u8>,
}

impl WriteTx<'_> {
    /// Keeps a wrap. Of those for the same epoch and seat at most `most` stay: the ones made here, then the newest.
    pub fn add_wrap(&self, wrap: &WrapRow, most: usize) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO wrap (epoch, seat, own, bytes) SELECT :epoch, :seat, :own, :bytes
                 WHERE NOT EXISTS (SELECT 1 FROM wrap WHERE epoch = :epoch AND seat = :seat AND bytes = :bytes)",
            )?
            .execute(named_params! {
                ":epoch": wrap.epoch, ":seat": wrap.seat.as_bytes(), ":own": wrap.own, ":bytes": wrap.bytes,
            })?;
        self.0
            .prepare_cached(
                "DELETE FROM wrap WHERE epoch = :epoch AND seat = :seat AND ord NOT IN (
                     SELECT ord FROM wrap WHERE epoch = :epoch AND seat = :seat
                     ORDER BY own DESC, ord DESC LIMIT :most)",
            )?
            .execute(named_params! {
                ":epoch": wrap.epoch, ":seat": wrap.seat.as_bytes(),
                ":most": i64::try_from(most).unwrap_or(i64::MAX),
            })?;
        Ok(())
    }

    /// Forgets the wraps for a seat: it has tried them all.
    pub fn remove_wraps_for(&self, seat: SeatId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM wrap WHERE seat = :seat")?
            .execute(named_params! { ":seat": seat.as_bytes() })?;
        Ok(())
    }

    /// Forgets the wraps of all epochs but these.
    pub fn keep_wraps_of(&self, epochs: &BTreeSet<[u8; 16]>) -> Result<()> {
        let mut gone = self.0.prepare_cached("DELETE FROM wrap WHERE epoch = :epoch")?;
        let mut query = self.0.prepare_cached("SELECT DISTINCT epoch FROM wrap")?;
        let have =
            query.query_map([], |row| row.get(0))?.collect::<std::result::Result<Vec<[u8; 16]>, _>>()?;
        for epoch in have.into_iter().filter(|epoch| !epochs.contains(epoch)) {
            gone.execute(named_params! { ":epoch": epoch })?;
        }
        Ok(())
    }
}

impl Vault {
    /// Every wrap, those of one epoch and seat together, in the order they came.
    pub fn wraps(&self) -> Result<Vec<WrapRow>> {
        let mut query =
            self.db().prepare_cached("SELECT epoch, seat, own, bytes FROM wrap ORDER BY epoch, seat, ord")?;
        let mut rows = query.query([])?;
        let mut wraps = Vec::new();
        while let Some(row) = rows.next()? {
            wraps.push(wrap(row)?);
        }
        Ok(wraps)
    }

    /// The wraps for a seat.
    pub fn wraps_for(&self, seat: SeatId) -> Result<Vec<WrapRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT epoch, seat, own, bytes FROM wrap WHERE seat = :seat ORDER BY epoch, ord",
        )?;
        let mut rows = query.query(named_params! { ":seat": seat.as_bytes() })?;
        let mut wraps = Vec::new();
        while let Some(row) = rows.next()? {
            wraps.push(wrap(row)?);
        }
        Ok(wraps)
    }
}

fn wrap(row: &Row<'_>) -> Result<WrapRow> {
    let seat = id(&row.get::<_, Vec<u8>>("seat")?, "wrap", SeatId::from_slice)?;
    Ok(WrapRow { epoch: row.get("epoch")?, seat, own: row.get("own")?, bytes: row.get("bytes")? })
}
