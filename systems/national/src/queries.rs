//! Reading what the portal knows, and what came from there.

mod crossing;
mod known;

use base::{Id, Result};
use directory::queries::within_sql;
use store::{Conditions, Connection, Cursor, Slice, Sql};
use system::Officer;

use crate::tables::{ARRIVAL, ATTACHED, TOLD, arrival, attached, told};

pub(crate) use crossing::synchronised;
pub(crate) use known::Known;

pub use crate::tables::{Arrival, Attached, Fate, Told};

pub async fn of_dossier(c: &impl Connection, dossier: Id) -> Result<Option<Told>> {
    Sql::composed(format!("SELECT {TOLD} FROM national_dossiers t WHERE t.dossier_id = $1"))
        .bind(dossier.uuid())
        .one(c, |row| told(&row))
        .await
}

/// What the portal knows of an officer's dossiers, newest first; of one kind: all, or those it does not have yet.
pub async fn for_desk(
    c: &impl Connection,
    officer: &Officer,
    behind: bool,
    before: Option<Cursor>,
    size: usize,
) -> Result<Slice<Told>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into()]);
    if let Some(Cursor(before)) = before {
        conditions.and(|n| format!("t.dossier_id < ${n}"), before.uuid());
    }
    let narrow = if behind { " AND (t.told_version IS NULL OR t.told_version < t.version)" } else { "" };
    let sql = Sql::composed(format!(
        "SELECT {TOLD} FROM national_dossiers t WHERE {}{}{narrow} ORDER BY t.dossier_id DESC LIMIT {}",
        within_sql("t.agency_id", 1),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| told(&row)).await?;
    Ok(Slice::of(rows, size, |told| told.dossier))
}

pub async fn arrival_by_id(c: &impl Connection, id: Id) -> Result<Option<Arrival>> {
    Sql::composed(format!("SELECT {ARRIVAL} FROM national_arrivals a WHERE a.id = $1"))
        .bind(id.uuid())
        .one(c, |row| arrival(&row))
        .await
}

pub async fn arrival_by_code(c: &impl Connection, code: &str) -> Result<Option<Arrival>> {
    Sql::composed(format!("SELECT {ARRIVAL} FROM national_arrivals a WHERE a.code = $1"))
        .bind(code)
        .one(c, |row| arrival(&row))
        .await
}

/// The portal's code of a dossier that was filed there.
pub(crate) async fn code_at_portal(c: &impl Connection, dossier: &str) -> Result<Option<String>> {
    Sql::new("SELECT code FROM national_arrivals WHERE dossier_code = $1").bind(dossier).one(c, |row| row.get(0)).await
}

/// What came for an officer's agencies, newest first.
pub async fn arrivals(
    c: &impl Connection,
    officer: &Officer,
    before: Option<Cursor>,
    size: usize,
) -> Result<Slice<Arrival>> {
    let mut conditions = Conditions::after([officer.agency.uuid().into()]);
    if let Some(Cursor(before)) = before {
        conditions.and(|n| format!("a.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {ARRIVAL} FROM national_arrivals a WHERE {}{} ORDER BY a.id DESC LIMIT {}",
        within_sql("a.agency_id", 1),
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| arrival(&row)).await?;
    Ok(Slice::of(rows, size, |arrival| arrival.id))
}

pub(crate) async fn files_of(c: &impl Connection, of: Id) -> Result<Vec<Attached>> {
    Sql::composed(format!("SELECT {ATTACHED} FROM national_files WHERE arrival_id = $1 ORDER BY number"))
        .bind(of.uuid())
        .all(c, |row| attached(&row))
        .await
}
