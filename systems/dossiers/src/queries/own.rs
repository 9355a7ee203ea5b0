use base::{Id, Result};
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
