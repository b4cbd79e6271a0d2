//! Keys of scopes, sealed so that only the seat's own slot opens them.

use rusqlite::{OptionalExtension as _, named_params};
use tern_record::{ScopeId, SeatId};

use crate::intent::id;
use crate::{Result, Vault, WriteTx};

/// A sealed key.
pub struct KeyRow {
    /// The scope it belongs to.
    pub scope: ScopeId,
    /// Its epoch.
    pub epoch: [u8; 16],
    /// Sealed under the seat's keyring key.
    pub sealed: Vec<u8>,
}

impl WriteTx<'_> {
    /// Keeps a key, in the place of one that was kept for the same epoch.
    pub fn add_key(&self, seat: SeatId, key: &KeyRow) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO scope_key (seat, scope, epoch, sealed) VALUES (:seat, :scope, :epoch, :sealed)
                 ON CONFLICT (seat, scope, epoch) DO UPDATE SET sealed = excluded.sealed",
            )?
            .execute(named_params! {
                ":seat": seat.as_bytes(), ":scope": key.scope.as_bytes(), ":epoch": key.epoch, ":sealed": key.sealed,
            })?;
        Ok(())
    }
}

impl WriteTx<'_> {
    /// Keeps a single secret of a seat.
    pub fn put_secret(&self, seat: SeatId, name: &str, sealed: &[u8]) -> Result<()> {
        self.0
            .prepare_cached(
                "INSERT INTO secret (seat, name, sealed) VALUES (:seat, :name, :sealed)
                 ON CONFLICT (seat, name) DO UPDATE SET sealed = excluded.sealed",
            )?
            .execute(named_params! { ":seat": seat.as_bytes(), ":name": name, ":sealed": sealed })?;
        Ok(())
    }
}

impl WriteTx<'_> {
    /// Forgets a single secret of a seat.
    pub fn remove_secret(&self, seat: SeatId, name: &str) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM secret WHERE seat = :seat AND name = :name")?
            .execute(named_params! { ":seat": seat.as_bytes(), ":name": name })?;
        Ok(())
    }
}

impl Vault {
    /// A single secret of a seat, sealed.
    pub fn secret(&self, seat: SeatId, name: &str) -> Result<Option<Vec<u8>>> {
        let mut query =
            self.db().prepare_cached("SELECT sealed FROM secret WHERE seat = :seat AND name = :name")?;
        let asked = named_params! { ":seat": seat.as_bytes(), ":name": name };
        Ok(query.query_row(asked, |row| row.get(0)).optional()?)
    }

    /// Every key that this seat holds, sealed.
    pub fn keys_of(&self, seat: SeatId) -> Result<Vec<KeyRow>> {
        let mut query = self.db().prepare_cached(
            "SELECT scope, epoch, sealed FROM scope_key WHERE seat = :seat ORDER BY scope, epoch",
        )?;
        let mut rows = query.query(named_params! { ":seat": seat.as_bytes() })?;
        let mut keys = Vec::new();
        while let Some(row) = rows.next()? {
            let scope = id(&row.get::<_, Vec<u8>>("scope")?, "scope_key", ScopeId::from_slice)?;
            keys.push(KeyRow { scope, epoch: row.get("epoch")?, sealed: row.get("sealed")? });
        }
        Ok(keys)
    }
}
