//! How each child stands. The table lies in the vault for seats that read the core alone, and in the view file of
//! the protection scope for those who read more: what it says is worked out from what the seat may read.

use rusqlite::{Connection, OptionalExtension, named_params};
use tern_record::RecordId;

use crate::intent::id;
use crate::view::View;
use crate::{Result, Vault, WriteTx};

/// How a child stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CaseRow {
    /// The record is open.
    pub open: bool,
    /// Where the child is; empty when nobody said.
    pub site: String,
    /// Group within the site; empty for none.
    pub circle: String,
    /// Who has the child in care, as written; empty for nobody.
    pub worker: String,
    /// Needs as text of the code that made it.
    pub needs: String,
    /// Tasks as text of the code that made it.
    pub tasks: String,
}

impl WriteTx<'_> {
    /// Replaces how a child stands.
    pub fn put_case(&self, record: RecordId, case: &CaseRow) -> Result<()> {
        put(self.0, record, case)
    }

    /// Forgets how a child stands by the core alone: it has changed, and who changed it reads more.
    pub fn drop_case(&self, record: RecordId) -> Result<()> {
        self.0
            .prepare_cached("DELETE FROM caseload WHERE record = :record")?
            .execute(named_params! { ":record": record.as_bytes() })?;
        Ok(())
    }
}

impl Vault {
    /// How a child stands.
    pub fn case(&self, record: RecordId) -> Result<Option<CaseRow>> {
        one(self.db(), record)
    }

    /// Children of whom it is not known how they stand by the core alone.
    pub fn children_without_case(&self) -> Result<Vec<RecordId>> {
        let mut query = self.db().prepare_cached(
            "SELECT record FROM child WHERE record NOT IN (SELECT record FROM caseload) ORDER BY record",
        )?;
        let found = query.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        found.map(|row| id(&row?, "child", RecordId::from_slice)).collect()
    }

    /// Open records of a site; of all sites when none is named.
    pub fn open_cases(&self, site: Option<&str>) -> Result<Vec<(RecordId, CaseRow)>> {
        open(self.db(), site)
    }
}

impl View {
    /// Replaces how a child stands.
    pub fn put_case(&mut self, record: RecordId, case: &CaseRow) -> Result<()> {
        put(self.db(), record, case)
    }

    /// How a child stands.
    pub fn case(&self, record: RecordId) -> Result<Option<CaseRow>> {
        one(self.db(), record)
    }

    /// Open records of a site; of all sites when none is named.
    pub fn open_cases(&self, site: Option<&str>) -> Result<Vec<(RecordId, CaseRow)>> {
        open(self.db(), site)
    }
}

pub(crate) fn put(db: &Connection, record: RecordId, case: &CaseRow) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO caseload (record, open, site, circle, worker, needs, tasks)
         VALUES (:record, :open, :site, :circle, :worker, :needs, :tasks)
         ON CONFLICT (record) DO UPDATE SET open = :open, site = :site, circle = :circle,
             worker = :worker, needs = :needs, tasks = :tasks",
    )?
    .execute(named_params! {
        ":record": record.as_bytes(), ":open": case.open, ":site": case.site, ":circle": case.circle,
        ":worker": case.worker, ":needs": case.needs, ":tasks": case.tasks,
    })?;
    Ok(())
}

fn one(db: &Connection, record: RecordId) -> Result<Option<CaseRow>> {
    let mut query = db.prepare_cached("SELECT * FROM caseload WHERE record = :record")?;
    Ok(query.query_row(named_params! { ":record": record.as_bytes() }, read).optional()?)
}

fn open(db: &Connection, site: Option<&str>) -> Result<Vec<(RecordId, CaseRow)>> {
    let sql = match site {
        Some(_) => "SELECT * FROM caseload WHERE open = 1 AND site = ?1",
        None => "SELECT * FROM caseload WHERE open = 1",
    };
    let mut query = db.prepare_cached(sql)?;
    let mut rows = match site {
        Some(site) => query.query([site])?,
        None => query.query([])?,
    };
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((id(&row.get::<_, Vec<u8>>("record")?, "caseload", RecordId::from_slice)?, read(row)?));
    }
    Ok(found)
}

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<CaseRow> {
    Ok(CaseRow {
        open: row.get("open")?,
        site: row.get("site")?,
        circle: row.get("circle")?,
        worker: row.get("worker")?,
        needs: row.get("needs")?,
        tasks: row.get("tasks")?,
    })
}
