use base::{Id, Result};
use form::Values;
use store::{Conditions, Connection, Kind, Slice, Sql};

use super::Filter;
use crate::dossier::Dossier;
use crate::tables::{DOSSIER, dossier};

/// A person's own dossiers that match, newest first.
pub async fn own(
    c: &impl Connection,
    kind: Kind,
    person: Id,
    filter: &Filter,
    before: Option<Id>,
    size: usize,
) -> Result<Slice<Dossier>> {
    let mut conditions = Conditions::after([person.uuid().into()]);
    filter.narrow(kind, &mut conditions);
    if let Some(before) = before {
        conditions.and(|n| format!("d.id < ${n}"), before.uuid());
    }
    let sql = Sql::composed(format!(
        "SELECT {DOSSIER} FROM dossiers d WHERE d.applicant_id = $1{} ORDER BY d.id DESC LIMIT {}",
        conditions.text(),
        size + 1
    ));
    let rows = conditions.bind_to(sql).all(c, |row| dossier(&row)).await?;
    Ok(Slice::of(rows, size, |dossier| dossier.id.to_string()))
}

/// The agency that received what the person last sent in.
pub(crate) async fn last_receiving(c: &impl Connection, person: Id) -> Result<Option<Id>> {
    Sql::new("SELECT d.receiving_id FROM dossiers d WHERE d.applicant_id = $1 ORDER BY d.id DESC LIMIT 1")
        .bind(person.uuid())
        .one(c, |row| Ok(Id::from_uuid(row.get(0)?)))
        .await
}

/// What the person answered when they last sent something in for themselves, and under which version of a procedure.
pub(crate) async fn last_answers(c: &impl Connection, person: Id) -> Result<Option<(Id, Values)>> {
    Sql::new("SELECT d.procedure_id, d.answers FROM dossiers d WHERE d.applicant_id = $1 ORDER BY d.id DESC LIMIT 1")
        .bind(person.uuid())
        .one(c, |row| Ok((Id::from_uuid(row.get(0)?), serde_json::from_str(&row.get::<String>(1)?)?)))
        .await
}
