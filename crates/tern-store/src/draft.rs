//! Forms that were begun. Saved as typed; never deleted unseen.

use rusqlite::{OptionalExtension, Row, named_params};
use tern_record::{Compartment, DraftId, RecordId, SeatId};

use crate::intent::{Body, id};
use crate::{Result, StoreError, Vault, WriteTx};

/// A draft without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Its id.
    pub id: DraftId,
    /// The seat that may go on with it.
    pub seat: SeatId,
    /// The form.
    pub form: String,
    /// The form's version.
    pub form_version: u32,
    /// Begun: milliseconds and minutes east of UTC.
    pub begun: (i64, i16),
    /// Last saved: milliseconds and minutes east of UTC.
    pub saved: (i64, i16),
    /// Codes of `help_asked`.
    pub help: Vec<String>,
    /// The record it became.
    pub record: Option<RecordId>,
    /// When it was dropped.
    pub dropped_ms: Option<i64>,
}

impl WriteTx<'_> {
    /// Begins a draft or saves it again.
    pub fn put_draft(&self, draft: &DraftRow) -> Result<()> {
        self.0.prepare_cached(include_str!("draft/put.sql"))?.execute(named_params! {
            ":id": draft.id.as_bytes(), ":seat": draft.seat.as_bytes(), ":form": draft.form,
            ":form_version": draft.form_version, ":begun_ms": draft.begun.0, ":begun_min": draft.begun.1,
            ":saved_ms": draft.saved.0, ":saved_min": draft.saved.1, ":help": draft.help.join(","),
            ":record": draft.record.map(|record| *record.as_bytes()), ":dropped_ms": draft.dropped_ms,
        })?;
        Ok(())
    }

    /// Saves the answers of one compartment; `None` takes them away.
    pub fn put_draft_part(
        &self,
        draft: DraftId,
        compartment: Compartment,
        body: Option<&Body>,
    ) -> Result<()> {
        let (epoch, bytes) = match body {
            None => {
                self.0
                    .prepare_cached(
                        "DELETE FROM draft_part WHERE draft = :draft AND compartment = :compartment",
                    )?
                    .execute(
                        named_params! { ":draft": draft.as_bytes(), ":compartment": compartment.code() },
                    )?;
                return Ok(());
            }
            Some(Body::Plain(bytes)) => (None, bytes),
            Some(Body::Sealed { epoch, bytes }) => (Some(epoch), bytes),
        };
        self.0
            .prepare_cached(
                "INSERT INTO draft_part (draft, compartment, epoch, body) VALUES (:draft, :compartment, :epoch, :body)
                 ON CONFLICT (draft, compartment) DO UPDATE SET epoch = excluded.epoch, body = excluded.body",
            )?
            .execute(named_params! {
                ":draft": draft.as_bytes(), ":compartment": compartment.code(), ":epoch": epoch, ":body": bytes,
            })?;
        Ok(())
    }

    /// Takes a draft away because everything in it is in a record now, or its worker let it go.
    pub fn remove_draft(&self, draft: DraftId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM draft WHERE id = :id")?
            .execute(named_params! { ":id": draft.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// A draft, when it is there.
    pub fn find_draft(&self, draft: DraftId) -> Result<Option<DraftRow>> {
        let row = self
            .db()
            .prepare_cached("SELECT * FROM draft WHERE id = :id")?
            .query_row(named_params! { ":id": draft.as_bytes() }, |row| Ok(read(row)))
            .optional()?;
        row.transpose()
    }

    /// All drafts of the device, oldest first, dropped ones among them.
    pub fn drafts(&self) -> Result<Vec<DraftRow>> {
        let mut query = self.db().prepare_cached("SELECT * FROM draft ORDER BY begun_ms, id")?;
        let mut rows = query.query([])?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next()? {
            drafts.push(read(row)?);
        }
        Ok(drafts)
    }

    /// The answers of a draft by compartment.
    pub fn draft_parts(&self, draft: DraftId) -> Result<Vec<(Compartment, Body)>> {
        let mut query = self.db().prepare_cached(
            "SELECT compartment, epoch, body FROM draft_part WHERE draft = :draft ORDER BY compartment",
        )?;
        let mut rows = query.query(named_params! { ":draft": draft.as_bytes() })?;
        let mut parts = Vec::new();
        while let Some(row) = rows.next()? {
            let compartment =
                Compartment::from_code(row.get("compartment")?).ok_or(StoreError::Row("draft_part"))?;
            let bytes = row.get("body")?;
            let body = match row.get::<_, Option<[u8; 16]>>("epoch")? {
                None => Body::Plain(bytes),
                Some(epoch) => Body::Sealed { epoch, bytes },
            };
            parts.push((compartment, body));
        }
        Ok(parts)
    }
}

fn read(row: &Row<'_>) -> Result<DraftRow> {
    let blob = |column: &str| row.get::<_, Vec<u8>>(column);
    let record = row.get::<_, Option<Vec<u8>>>("record")?;
    let help: String = row.get("help")?;
    Ok(DraftRow {
        id: id(&blob("id")?, "draft", DraftId::from_slice)?,
        seat: id(&blob("seat")?, "draft", SeatId::from_slice)?,
        form: row.get("form")?,
        form_version: row.get("form_version")?,
        begun: (row.get("begun_ms")?, row.get("begun_min")?),
        saved: (row.get("saved_ms")?, row.get("saved_min")?),
        help: help.split(',').filter(|code| !code.is_empty()).map(str::to_owned).collect(),
        record: record.map(|record| id(&record, "draft", RecordId::from_slice)).transpose()?,
        dropped_ms: row.get("dropped_ms")?,
    })
}
